"""Tables from YAML or CSV.

In: a `table:` node.  Out: a Table whose rows are all as wide as its columns.  Always: cells are text as typed; a bad cell is
reported at its file, row and column.
"""

from __future__ import annotations

from ..diagnostics import SourceFile, Span, nearest
from ..model import Cell, Column, Table, Text
from ..syntax import Mapping, Scalar, Sequence
from .inline import parse_inlines, passage_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..model import Inline
    from ..syntax import Node
    from .reader import Reader

TABLE_KEYS = ("caption", "unit", "columns", "rows", "data", "note", "source", "source-text", "wide", "id")
COLUMN_KEYS = ("title", "key", "kind", "align", "width")
KINDS = ("text", "number", "change")
ALIGNS = ("left", "right", "center", "decimal")
MISSING = ("", "--", "—", "空", "-")
MINUS = "\u2212"


class _Wanted:
    """A column as the note asks for it."""

    __slots__ = ("align", "key", "kind", "title", "width")

    def __init__(self, title: tuple[Inline, ...], key: str, kind: str = "", align: str = "", width: float | None = None) -> None:
        self.title = title
        self.key = key
        self.kind = kind
        self.align = align
        self.width = width


def read_table(node: Node, key: Scalar, reader: Reader) -> Table | None:
    """A table, or None after a report."""
    from .blocks import inlines_of, read_credit

    if not isinstance(node, Mapping):
        reader.report.error("note-type", "`table` needs `columns` and `rows`, or `data`", node.span)
        return None
    reader.keys(node, TABLE_KEYS, "`table`")
    wanted = _columns(node.get("columns"), reader)
    data, rows = node.get("data"), node.get("rows")
    if (data is None) == (rows is None):
        reader.report.error("table-data", "a table has either `rows` or `data`", key.span)
        return None
    before = reader.report.errors
    cells = _csv_rows(data, wanted, reader) if data is not None else _inline_rows(rows, wanted, reader)
    if cells is None or reader.report.errors > before:
        return None
    if not cells[1]:
        reader.report.error("table-empty", "the table has no rows", (rows or data or key).span)
        return None
    columns, body = _settled(*cells)
    caption = inlines_of(node.get("caption"), "caption", reader)
    credit = read_credit(node, key, "table", reader, needed=bool(caption))
    return Table(
        columns,
        body,
        caption,
        reader.text(node.get("unit"), "unit"),
        inlines_of(node.get("note"), "note", reader),
        credit,
        reader.truth(node.get("wide"), "wide"),
        reader.text(node.get("id"), "id"),
        key.span,
    )


def _columns(node: Node | None, reader: Reader) -> list[_Wanted]:
    if node is None:
        return []
    if not isinstance(node, Sequence):
        reader.report.error("note-type", "`columns` must be a list", node.span)
        return []
    out = []
    for item in node.items:
        if isinstance(item, Scalar):
            out.append(_Wanted(parse_inlines(passage_of(item), reader), item.value.strip()))
        elif isinstance(item, Mapping):
            out.append(_column(item, reader))
        else:
            reader.report.error("note-type", "a column is a title or a mapping", item.span)
    return out


def _column(node: Mapping, reader: Reader) -> _Wanted:
    reader.keys(node, COLUMN_KEYS, "a column")
    title, key = node.get("title"), reader.text(node.get("key"), "key")
    if not isinstance(title, Scalar) and not key:
        reader.report.error("table-column", "a column needs a `title` or a `key`", node.span)
    words = parse_inlines(passage_of(title), reader) if isinstance(title, Scalar) else (Text(key),)
    values = {}
    for name, known in (("kind", KINDS), ("align", ALIGNS)):
        value = node.get(name)
        word = reader.text(value, name)
        if word and value is not None and word not in known:
            near = nearest(word, known)
            tip = f"did you mean `{near}`?" if near else f"one of: {', '.join(known)}"
            reader.report.error("table-column", f"no {name} `{word}`", value.span, help=tip)
            word = ""
        values[name] = word
    width = None
    width_node = node.get("width")
    if width_node is not None:
        try:
            width = float(reader.text(width_node, "width").removesuffix("em"))
        except ValueError:
            reader.report.error("table-column", "`width` is a number of em", width_node.span)
    plain = title.value.strip() if isinstance(title, Scalar) else key
    return _Wanted(words, key or plain, values["kind"], values["align"], width)


# --- rows ------------------------------------------------------------------------------------------------------------


def _cell_of(node: Node, reader: Reader) -> Cell:
    if not isinstance(node, Scalar):
        reader.report.error("note-type", "a cell is text", node.span)
        return Cell((), node.span)
    return Cell(parse_inlines(passage_of(node), reader), node.span)


def _inline_rows(node: Node | None, wanted: list[_Wanted], reader: Reader) -> tuple[list[_Wanted], list[list[Cell]]] | None:
    if not isinstance(node, Sequence):
        reader.report.error("note-type", "`rows` must be a list of rows", node.span if node else None)
        return None
    rows: list[list[Cell]] = []
    for item in node.items:
        if isinstance(item, Sequence):
            cells = [_cell_of(cell, reader) for cell in item.items]
        elif isinstance(item, Mapping):
            known = tuple([column.key for column in wanted])
            reader.keys(item, known, "a row of this table")
            cells = [_cell_of(value, reader) if (value := item.get(name)) else Cell((), item.span) for name in known]
        else:
            reader.report.error("note-type", "a row is a list of cells", item.span, help="write `- [a, b, c]`")
            continue
        if not wanted and not rows:
            wanted = [_Wanted((), str(index)) for index in range(len(cells))]
        if len(cells) != len(wanted):
            reader.report.error(
                "table-row", f"this row has {len(cells)} cells, the table {len(wanted)} columns", item.span,
                help='write "" for an empty cell; put a cell with a comma in quotes',
            )  # fmt: skip
            continue
        rows.append(cells)
    return wanted, rows


def _csv_rows(node: Node, wanted: list[_Wanted], reader: Reader) -> tuple[list[_Wanted], list[list[Cell]]] | None:
    from .blocks import find_file

    if not isinstance(node, Scalar):
        reader.report.error("note-type", "`data` names a CSV file", node.span)
        return None
    path = find_file(node, "data", reader)
    if path is None:
        return None
    file = _csv_file(path, node, reader)
    if file is None:
        return None
    records = csv_records(file.text)
    if not records:
        reader.report.error("data-empty", f"`{node.value}` is empty", node.span)
        return None
    head = [value.strip() for value, _ in records[0]]
    if not wanted:
        wanted = [_Wanted((Text(name),), name) for name in head]
    places = []
    for column in wanted:
        if column.key not in head:
            near = nearest(column.key, head)
            tip = f"did you mean `{near}`?" if near else f"columns there: {', '.join(head)}"
            reader.report.error("data-column", f"`{node.value}` has no column `{column.key}`", node.span, help=tip)
            return None
        places.append(head.index(column.key))
    rows: list[list[Cell]] = []
    for record in records[1:]:
        if len(record) != len(head):
            start = record[0][1]
            reader.report.error(
                "table-row",
                f"this row has {len(record)} cells, the head {len(head)}",
                Span(file, start, start + 1),
                help="put a cell that holds a comma in quotes",
            )
            continue
        cells = []
        for place in places:
            value, start = record[place]
            span = Span(file, start, max(start + len(value), start + 1))
            cells.append(Cell((Text(value.strip()),) if value.strip() else (), span))
        rows.append(cells)
    return wanted, rows


def _csv_file(path: str, node: Scalar, reader: Reader) -> SourceFile | None:
    try:
        data = reader.world.read(path)
    except OSError as fault:
        reader.report.error("data-unreadable", f"`{node.value}` cannot be read: {fault.strerror}", node.span)
        return None
    for codec in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(codec)
            break
        except UnicodeDecodeError:
            continue
    else:
        reader.report.error("data-unreadable", f"`{node.value}` is neither UTF-8 nor GB 18030", node.span)
        return None
    return SourceFile(node.value, text.replace("\r\n", "\n").replace("\r", "\n"))


def csv_records(text: str) -> list[list[tuple[str, int]]]:
    """RFC 4180 records: each cell with its place in the text (the csv module keeps no places)."""
    records: list[list[tuple[str, int]]] = []
    record: list[tuple[str, int]] = []
    at, end = 0, len(text)
    while at < end:
        if text[at] == '"':
            start = at + 1
            at = start
            parts = []
            while True:
                close = text.find('"', at)
                if close < 0:
                    close = end
                parts.append(text[at:close])
                if text[close : close + 2] != '""':
                    break
                parts.append('"')
                at = close + 2
            at = close + 1
            record.append(("".join(parts), start))
            while at < end and text[at] not in ",\n":
                at += 1
        else:
            stop = at
            while stop < end and text[stop] not in ",\n":
                stop += 1
            record.append((text[at:stop], at))
            at = stop
        if at >= end or text[at] == "\n":
            if len(record) > 1 or record[0][0].strip():
                records.append(record)
            record = []
        elif at + 1 >= end:
            record.append(("", at + 1))
        at += 1
    if record:
        records.append(record)
    return records


# --- kinds -----------------------------------------------------------------------------------------------------------


def _plain(cell: Cell) -> str:
    return "".join([inline.text for inline in cell.inlines if isinstance(inline, Text)]).strip()


def looks_numeric(text: str) -> bool:
    """Digits with separators, a sign before, a per cent sign after; full-width forms too."""
    body = text.strip().lstrip("+-\u2212＋－").rstrip("%％‰")
    return bool(body) and body[0].isdigit() and all(char.isdigit() or char in ",.，．" for char in body)


def _settled(wanted: list[_Wanted], rows: list[list[Cell]]) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Kinds and alignments decided from the content where the note leaves them open; numbers normalised."""
    columns = []
    for index, column in enumerate(wanted):
        texts = [_plain(row[index]) for row in rows]
        filled = [text for text in texts if text not in MISSING]
        kind = column.kind or ("number" if filled and all(looks_numeric(text) for text in filled) and index else "text")
        align = column.align or ("left" if kind == "text" else "decimal")
        columns.append(Column(column.title, kind, align, column.width))
    body = [tuple([_normal(cell, column) for cell, column in zip(row, columns)]) for row in rows]
    return tuple(columns), tuple(body)


def _normal(cell: Cell, column: Column) -> Cell:
    """A number's cell with a real minus sign, a plus on rises, and — for what is missing."""
    if column.kind == "text":
        return cell
    text = _plain(cell)
    if text in MISSING:
        return Cell((Text("—"),), cell.span)
    if not looks_numeric(text) or len(cell.inlines) != 1:
        return cell
    inline = cell.inlines[0]
    assert isinstance(inline, Text)
    text = text.replace("-", MINUS).replace("－", MINUS).replace("＋", "+").replace("％", "%")
    if column.kind == "change" and text[0].isdigit() and text.strip("0.%,"):
        text = "+" + text
    return Cell((inline.replace(text=text),), cell.span)
