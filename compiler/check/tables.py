"""Tables from YAML or CSV.

In: a `table:` node.  Out: a Table whose rows are all as wide as its columns.  Always: cells are text as typed; a bad cell is
reported at its file, row and column.
"""

from __future__ import annotations

from ..diagnostics import Span, nearest
from ..model import Cell, Column, Table, Text
from ..syntax import Mapping, Scalar, Sequence
from .inline import parse_inlines, passage_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..model import Inline
    from ..syntax import Node
    from .reader import Reader

TABLE_KEYS = ("caption", "unit", "columns", "rows", "data", "note", "source", "source-text", "as-of", "wide", "id")
COLUMN_KEYS = ("title", "key", "kind", "align", "width", "bar")
KINDS = ("text", "number", "change", "spark")
ALIGNS = ("left", "right", "center", "decimal")
MISSING = ("", "--", "—", "空", "-")
MINUS = "\u2212"


class _Wanted:
    """A column as the note asks for it."""

    __slots__ = ("align", "bar", "key", "kind", "title", "width")

    def __init__(
        self,
        title: tuple[Inline, ...],
        key: str,
        kind: str = "",
        align: str = "",
        width: float | None = None,
        bar: bool = False,
    ) -> None:
        self.bar = bar
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
    caption = inlines_of(node.get("caption"), "caption", reader)  # read in the order of the page: citations count so
    wanted = _columns(node.get("columns"), reader)
    data, rows = node.get("data"), node.get("rows")
    if (data is None) == (rows is None):
        reader.report.error("table-data", "a table has either `rows` or `data`", key.span)
        return None
    before = reader.report.errors
    cells = _csv_rows(data, wanted, reader) if data is not None else _inline_rows(rows, wanted, reader)
    note = inlines_of(node.get("note"), "note", reader)
    credit = read_credit(node, key, "table", reader, needed=bool(caption))
    if cells is None or reader.report.errors > before:
        return None
    if not cells[1] or not cells[0]:
        reader.report.error("table-empty", "the table has no rows", (rows or data or key).span)
        return None
    columns, body = _settled(*cells, reader)
    if reader.report.errors > before:
        return None
    return Table(
        columns,
        body,
        caption,
        reader.text(node.get("unit"), "unit"),
        note,
        credit,
        reader.truth(node.get("wide"), "wide"),
        reader.label(node.get("id")),
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
            width = 0.0
        if not 0.5 <= width <= 100:
            reader.report.error("table-column", "`width` is a number of em", width_node.span, help="such as `6` or `7.5em`")
            width = None
    plain = title.value.strip() if isinstance(title, Scalar) else key
    bar = reader.truth(node.get("bar"), "bar")
    if bar and values["kind"] in ("text", "spark"):
        reader.report.error(
            "table-column", f"a column of kind `{values['kind']}` has no bars", node.span, help="make it `number`"
        )
        bar = False
    kind = values["kind"] or ("number" if bar else "")
    return _Wanted(words, key or plain, kind, values["align"] if not bar else "", width, bar)


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
    from .sheets import read_sheet

    sheet = read_sheet(node, reader)
    if sheet is None:
        return None
    file = sheet.file
    if not wanted:
        wanted = [_Wanted((Text(name),), name) for name in sheet.head]
    places = []
    for column in wanted:
        place = sheet.column(column.key, reader)
        if place is None:
            return None
        places.append(place)
    rows: list[list[Cell]] = []
    for record in sheet.whole(reader):
        cells = []
        for place in places:
            value, start = record[place]
            span = Span(file, start, max(start + len(value), start + 1))
            cells.append(Cell((Text(value.strip()),) if value.strip() else (), span))
        rows.append(cells)
    return wanted, rows


# --- kinds -----------------------------------------------------------------------------------------------------------


def _plain(cell: Cell) -> str:
    return "".join([inline.text for inline in cell.inlines if isinstance(inline, Text)]).strip()


def looks_numeric(text: str) -> bool:
    """Digits with separators, a sign before, a per cent sign after; full-width forms too."""
    body = text.strip().lstrip("+-\u2212＋－").rstrip("%％‰")
    return bool(body) and body[0].isdigit() and all(char.isdigit() or char in ",.，．" for char in body)


def _is_code(text: str) -> bool:
    """A number that names something (000001, 0700): its zeros in front count."""
    return len(text) > 1 and text[0] == "0" and text.isdigit()


def _number_column(filled: list[str]) -> bool:
    return bool(filled) and all([looks_numeric(text) for text in filled]) and not any([_is_code(text) for text in filled])


def _settled(
    wanted: list[_Wanted], rows: list[list[Cell]], reader: Reader
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Kinds and alignments decided from the content where the note leaves them open; numbers normalised."""
    columns = []
    for index, column in enumerate(wanted):
        texts = [_plain(row[index]) for row in rows]
        filled = [text for text in texts if text not in MISSING]
        kind = column.kind or ("number" if index and _number_column(filled) else "text")  # the first column names the rows
        if column.kind in ("number", "change") and not column.bar:  # a bar asks for more
            _check_numbers(column.kind, [row[index] for row in rows], reader)
        align = column.align or ("left" if kind in ("text", "spark") else "decimal")
        columns.append(Column(column.title, kind, align, column.width, column.bar))
        if column.bar or kind == "spark":
            from .cells import drawn_numbers

            for row in rows:
                row[index] = row[index].replace(numbers=drawn_numbers(row[index], kind, reader.report))
    body = [tuple([_normal(cell, column) for cell, column in zip(row, columns)]) for row in rows]
    return tuple(columns), tuple(body)


def _normal(cell: Cell, column: Column) -> Cell:
    """A number's cell with a real minus sign, a plus on rises, and — for what is missing."""
    if column.kind == "text":
        return cell
    text = _plain(cell)
    if text in MISSING and all([isinstance(inline, Text) for inline in cell.inlines]):
        return Cell((Text("—"),), cell.span, cell.numbers)
    words = [inline for inline in cell.inlines if isinstance(inline, Text)]
    if not looks_numeric(text) or len(words) != 1 or column.kind == "spark":
        return cell
    text = text.replace("-", MINUS).replace("－", MINUS).replace("＋", "+").replace("％", "%")
    if column.kind == "change" and text[0].isdigit() and text.strip("0.%,"):
        text = "+" + text
    number = words[0].replace(text=text)
    return Cell(tuple([number if inline is words[0] else inline for inline in cell.inlines]), cell.span, cell.numbers)


def _check_numbers(kind: str, cells: list[Cell], reader: Reader) -> None:
    """Warn of cells without a single digit in a column of numbers."""
    for cell in cells:
        text = _plain(cell)
        if text not in MISSING and not any([char.isdigit() for char in text]):
            reader.report.warning(
                "table-number",
                f"`{text}` is no number",
                cell.span,
                help=f"the column's `kind` is `{kind}`; write `--` for no value",
            )
