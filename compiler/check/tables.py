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
    from .sheets import Sheet

MOST_BARS = 2  # series beside one another in a table
TABLE_KEYS = (
    "caption", "unit", "columns", "rows", "data", "note", "source", "source-text", "as-of", "wide", "side", "bars", "id",
    "group", "total", "highlight", "summary", "turn",
)  # fmt: skip
COLUMN_KEYS = ("title", "key", "kind", "align", "width", "bar")
KINDS = ("text", "number", "change", "spark")
ALIGNS = ("left", "right", "center", "decimal")
MISSING = ("", "--", "—", "空", "-")
MINUS = "\u2212"
PLAIN, GROUP, TOTAL, HIGHLIGHT = "", "group", "total", "highlight"
TOTAL_WORDS = ("合计", "总计", "共计", "總計", "合計", "Total", "total", "Sum", "합계")


class Wanted:
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


class Body:
    """The rows of a table and the mark of each."""

    def __init__(self, wanted: list[Wanted], rows: list[list[Cell]], marks: list[str]) -> None:
        self.wanted = wanted
        self.rows = rows
        self.marks = marks

    def plain(self) -> list[list[Cell]]:
        """The rows that hold facts: neither heads of groups nor totals."""
        return [row for row, mark in zip(self.rows, self.marks) if mark in (PLAIN, HIGHLIGHT)]


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
    group = node.get("group")
    if group is not None and data is None:
        reader.report.error("table-data", "`group` names a column of `data`", group.span, help="in `rows`, write `- group: 名称`")
    units = node.get("unit") is None
    body = _csv_rows(data, wanted, group, reader, units=units) if data is not None else _inline_rows(rows, wanted, reader)
    note = inlines_of(node.get("note"), "note", reader)
    credit = read_credit(node, key, "table", reader, needed=bool(caption))
    if body is None or reader.report.errors > before:
        return None
    if not body.plain() or not body.wanted:
        reader.report.error("table-empty", "the table has no rows", (rows or data or key).span)
        return None
    bars = _drawn(node.get("bars"), body.wanted, reader)
    if node.get("total") is not None or node.get("highlight") is not None or plain_text(body.rows[-1][0]) in TOTAL_WORDS:
        from .rows import mark_rows

        mark_rows(node, body, reader)
    columns, cells = _settled(body, bars, reader)
    if reader.report.errors > before:
        return None
    return Table(
        columns,
        cells,
        caption,
        reader.text(node.get("unit"), "unit"),
        note,
        credit,
        reader.truth(node.get("wide"), "wide"),
        reader.label(node.get("id")),
        key.span,
        tuple(body.marks) if any(body.marks) else (),
        _summary(node.get("summary"), caption, reader),
        reader.truth(node.get("side"), "side"),
        bars,
        _turn(node.get("turn"), reader),
    )


def _turn(node: Node | None, reader: Reader) -> str:
    """Whether a table stands on a page that lies: `true`, `false`, or `auto` where it is too wide otherwise."""
    if node is None or (isinstance(node, Scalar) and node.value.strip().lower() == "auto"):
        return "auto"
    before = reader.report.errors
    if reader.truth(node, "turn"):
        return "always"
    return "never" if reader.report.errors == before else "auto"


def _summary(node: Node | None, caption: tuple[Inline, ...], reader: Reader) -> str:
    """What a reader who cannot see the table is told of it before its cells are read out."""
    text = reader.text(node, "summary")
    if node is not None and text == "".join([one.text for one in caption if isinstance(one, Text)]).strip():
        tip = "say how the table is built and what to look for: `四行三列，按涨幅排列，最高 3.59%`"
        reader.report.error("table-summary", "the summary repeats the caption", node.span, help=tip)
    return text


def _drawn(node: Node | None, wanted: list[Wanted], reader: Reader) -> tuple[int, ...]:
    """The columns that `bars` names, one or two, by key or title."""
    if node is None:
        return ()
    names = node.items if isinstance(node, Sequence) else (node,)
    known = [column.key for column in wanted]
    found: list[int] = []
    for name in names:
        word = name.value.strip() if isinstance(name, Scalar) else ""
        if word not in known:
            near = nearest(word, known)
            tip = f"did you mean `{near}`?" if near else f"columns: {', '.join(known)}"
            reader.report.error("table-bars", f"the table has no column `{word}`", name.span, help=tip)
        elif wanted[known.index(word)].kind in ("text", "spark"):
            kind = wanted[known.index(word)].kind
            reader.report.error("table-bars", f"a column of kind `{kind}` has no bars", name.span, help="make it `number`")
        else:
            found.append(known.index(word))
    if not 1 <= len(names) <= MOST_BARS or len(set(found)) < len(found):
        reader.report.error("table-bars", "`bars` names one or two columns", node.span, help="a chart shows more of them")
    return tuple(found)


def _columns(node: Node | None, reader: Reader) -> list[Wanted]:
    if node is None:
        return []
    if not isinstance(node, Sequence):
        reader.report.error("note-type", "`columns` must be a list", node.span)
        return []
    out = []
    for item in node.items:
        if isinstance(item, Scalar):
            out.append(Wanted(parse_inlines(passage_of(item), reader), item.value.strip()))
        elif isinstance(item, Mapping):
            out.append(_column(item, reader))
        else:
            reader.report.error("note-type", "a column is a title or a mapping", item.span)
    return out


def _column(node: Mapping, reader: Reader) -> Wanted:
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
    return Wanted(words, key or plain, kind, values["align"] if not bar else "", width, bar)


# --- rows ------------------------------------------------------------------------------------------------------------


def _cell_of(node: Node, reader: Reader) -> Cell:
    if not isinstance(node, Scalar):
        reader.report.error("note-type", "a cell is text", node.span)
        return Cell((), node.span)
    return Cell(parse_inlines(passage_of(node), reader), node.span)


def _inline_rows(node: Node | None, wanted: list[Wanted], reader: Reader) -> Body | None:
    if not isinstance(node, Sequence):
        reader.report.error("note-type", "`rows` must be a list of rows", node.span if node else None)
        return None
    rows: list[list[Cell]] = []
    marks: list[str] = []
    for item in node.items:
        group = item.get("group") if isinstance(item, Mapping) and len(item.entries) == 1 else None
        if group is not None and "group" not in [column.key for column in wanted]:
            rows.append([_cell_of(group, reader)])
            marks.append(GROUP)
            continue
        if isinstance(item, Sequence):
            cells = [_cell_of(cell, reader) for cell in item.items]
        elif isinstance(item, Mapping):
            known = tuple([column.key for column in wanted])
            reader.keys(item, known, "a row of this table")
            cells = [_cell_of(value, reader) if (value := item.get(name)) else Cell((), item.span) for name in known]
        else:
            reader.report.error("note-type", "a row is a list of cells", item.span, help="write `- [a, b, c]`")
            continue
        if not wanted and PLAIN not in marks:
            wanted = [Wanted((), str(index)) for index in range(len(cells))]
        if len(cells) != len(wanted):
            reader.report.error(
                "table-row", f"this row has {len(cells)} cells, the table {len(wanted)} columns", item.span,
                help='write "" for an empty cell; put a cell with a comma in quotes',
            )  # fmt: skip
            continue
        rows.append(cells)
        marks.append(PLAIN)
    for at, mark in enumerate(marks):
        if mark == GROUP:
            rows[at] += [Cell((), rows[at][0].span)] * (len(wanted) - 1)
            if at + 1 == len(marks) or marks[at + 1] == GROUP:
                tip = "write its rows below it, or delete it"
                reader.report.error("table-group", "this group has no rows", rows[at][0].span, help=tip)
    return Body(wanted, rows, marks)


def _csv_rows(node: Node, wanted: list[Wanted], group: Node | None, reader: Reader, *, units: bool) -> Body | None:
    """The rows of a file or of declared data; with `units` the heads of its columns say what they count."""
    from .sheets import read_sheet

    sheet = read_sheet(node, reader)
    if sheet is None:
        return None
    by = reader.text(group, "group") if group is not None else ""
    if not wanted:
        counted = _counted(node, reader) if units else {}
        wanted = [Wanted((Text(name + counted.get(name, "")),), name) for name in sheet.head if name != by]
    places = []
    for column in wanted:
        place = sheet.column(column.key, reader)
        if place is None:
            return None
        places.append(place)
    own = sheet.column(by, reader, group.span) if group is not None else None
    if group is not None and own is None:
        return None
    rows: list[list[Cell]] = []
    names = []
    for record in sheet.whole(reader):
        cells = [_csv_cell(*record[place], sheet) for place in places]
        if own is not None:
            value, start = record[own]
            names.append((value.strip(), Span(sheet.file, start, max(start + len(value), start + 1))))
        rows.append(cells)
    if own is not None:
        rows, marks = _grouped(rows, names, len(wanted))
        return Body(wanted, rows, marks)
    return Body(wanted, rows, [PLAIN] * len(rows))


def _counted(node: Node, reader: Reader) -> dict[str, str]:
    """（亿元）for each column of declared data whose unit neither its name nor its cells say."""
    table = reader.data.get(node.value.strip()) if isinstance(node, Scalar) else None
    found = {}
    for at, column in enumerate(table.columns if table is not None else ()):
        cells = [row[at].text for row in table.rows] if table is not None else []
        if column.unit and column.unit not in column.key and not any([text.endswith(column.unit) for text in cells]):
            found[column.key] = f"（{column.unit}）"
    return found


def _grouped(rows: list[list[Cell]], names: list[tuple[str, Span]], count: int) -> tuple[list[list[Cell]], list[str]]:
    """Rows with the head of a group before each change of its name."""
    out: list[list[Cell]] = []
    marks: list[str] = []
    last = ""
    for row, (name, span) in zip(rows, names):
        if name and name != last:
            out.append([Cell((Text(name),), span), *[Cell((), span)] * (count - 1)])
            marks.append(GROUP)
            last = name
        out.append(row)
        marks.append(PLAIN)
    return out, marks


def _csv_cell(value: str, start: int, sheet: Sheet) -> Cell:
    span = Span(sheet.file, start, max(start + len(value), start + 1))
    return Cell((Text(value.strip()),) if value.strip() else (), span)


# --- kinds -----------------------------------------------------------------------------------------------------------


def plain_text(cell: Cell) -> str:
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


def _settled(body: Body, bars: tuple[int, ...], reader: Reader) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Kinds and alignments decided from the content where the note leaves them open; numbers normalised."""
    columns = []
    rows = body.plain()
    for index, column in enumerate(body.wanted):
        texts = [plain_text(row[index]) for row in rows]
        filled = [text for text in texts if text not in MISSING]
        drawn = column.bar or index in bars
        numeric = index in bars or (index and _number_column(filled))  # the first column names the rows
        kind = column.kind or ("number" if numeric else "text")
        if column.kind in ("number", "change") and not drawn:  # a bar asks for more
            _check_numbers(column.kind, [row[index] for row in rows], reader)
        align = column.align or ("left" if kind in ("text", "spark") else "decimal")
        columns.append(Column(column.title, kind, align, column.width, column.bar))
        if drawn or kind == "spark":
            from .cells import drawn_numbers

            for row in rows:
                row[index] = row[index].replace(numbers=drawn_numbers(row[index], kind, reader.report))
    cells = []
    for row, mark in zip(body.rows, body.marks):
        empty = mark in (GROUP, TOTAL)  # what such a row does not say is not missing
        cells.append(tuple([cell if empty and not cell.inlines else _normal(cell, column) for cell, column in zip(row, columns)]))
    return tuple(columns), tuple(cells)


def _normal(cell: Cell, column: Column) -> Cell:
    """A number's cell with a real minus sign, a plus on rises, and — for what is missing."""
    if column.kind == "text":
        return cell
    text = plain_text(cell)
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
        text = plain_text(cell)
        if text not in MISSING and not any([char.isdigit() for char in text]):
            reader.report.warning(
                "table-number",
                f"`{text}` is no number",
                cell.span,
                help=f"the column's `kind` is `{kind}`; write `--` for no value",
            )
