"""Data a note is bound to: `data:` in its head.

In: the mapping id → file or rows.  Out: tables of typed cells in the reader, by id.  Always: numbers are exact; a missing cell is
None and never zero; a cell that is not of its column's kind is reported at its file, row and column.
"""

from __future__ import annotations

from decimal import Decimal

from ..data.model import KINDS, DataCell, DataColumn, DataTable
from ..diagnostics import Span, nearest
from ..syntax import Mapping, Scalar, Sequence
from .cells import DAY, MISSING, MOST_FAULTS, NUMBER, WIDE, as_day
from .reader import listed
from .sheets import Sheet, read_sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..data.model import Value
    from ..syntax import Node
    from .reader import Reader

DATA_KEYS = ("file", "rows", "columns", "key", "names", "source", "as-of", "max-age")
COLUMN_KEYS = ("kind", "unit", "words")


def read_data(node: Node, reader: Reader) -> None:
    """Fill `reader.data` and `reader.sheets`."""
    if not isinstance(node, Mapping):
        tip = "write `data: {indices: 2023w52/indices.csv}`"
        reader.report.error("note-type", "`data` maps names to files or rows", node.span, help=tip)
        return
    for name, value in node.entries:
        if name.value in reader.data:
            reader.report.error("data-twice", f"data `{name.value}` are given twice", name.span, help="rename one of them")
            continue
        table = _table(name, value, reader)
        if table is not None:
            reader.data[name.value] = table


def _table(name: Scalar, value: Node, reader: Reader) -> DataTable | None:
    if isinstance(value, Scalar):
        value = Mapping(((Scalar("file", value.span, ""), value),), value.span)
    if not isinstance(value, Mapping):
        reader.report.error("note-type", f"data `{name.value}` is a file, or `file` or `rows` with more", value.span)
        return None
    reader.keys(value, DATA_KEYS, f"data `{name.value}`")
    file, rows = value.get("file"), value.get("rows")
    if (file is None) == (rows is None):
        reader.report.error("data-form", f"data `{name.value}` have either a `file` or `rows`", name.span)
        return None
    sheet = read_sheet(file, reader) if file is not None else _rows(name, rows, reader)
    if sheet is None:
        return None
    before = reader.report.errors
    records = sheet.whole(reader)
    for column in sheet.head:
        if sheet.head.count(column) > 1:
            reader.report.error("data-column", f"two columns are called `{column}`", name.span, help="rename one of them")
            break
    if reader.report.errors > before:
        return None
    reader.sheets[name.value] = sheet
    wanted = _wanted(value.get("columns"), sheet, reader)
    columns: list[DataColumn] = []
    cells: list[list[DataCell]] = []
    for place, title in enumerate(sheet.head):
        about, made = _column(title, place, records, sheet, wanted.get(title), reader)
        columns.append(about)
        cells.append(made)
    body = tuple([tuple([column[row] for column in cells]) for row in range(len(records))])
    key = _key(value.get("key"), columns, body, sheet, reader)
    reader.row_names[name.value] = _other_names(value.get("names"), key, body, reader)
    source = value.get("source")
    id = reader.text(source, "source").removeprefix("@")
    if source is not None and id not in reader.known():
        reader.cite(id, source.span)  # reports it
    from .blocks import read_as_of

    as_of = read_as_of(value.get("as-of"), reader, reader.age(value.get("max-age"), "max-age"))
    return DataTable(name.value, tuple(columns), body, key, id, as_of, sheet.node.value if file is not None else "", name.span)


def _rows(name: Scalar, node: Node | None, reader: Reader) -> Sheet | None:
    """Rows in the note: the first gives the names of the columns."""
    tip = "write `- [名称, 值]` first, then a row for each"
    if not isinstance(node, Sequence) or len(node.items) < 2:
        reader.report.error("note-type", "`rows` is a list of rows, the first with the columns' names", name.span, help=tip)
        return None
    records: list[list[tuple[str, int]]] = []
    file = name.span.file
    for item in node.items:
        cells = item.items if isinstance(item, Sequence) else ()
        if not cells or not all([isinstance(cell, Scalar) for cell in cells]):
            reader.report.error("note-type", "a row is a list of cells", item.span, help=tip)
            return None
        records.append([(cell.value, cell.at(0)) for cell in cells if isinstance(cell, Scalar)])
    return Sheet(file, tuple([text.strip() for text, _ in records[0]]), records[1:], name)


def _wanted(node: Node | None, sheet: Sheet, reader: Reader) -> dict[str, Mapping]:
    """What the note says of columns."""
    out: dict[str, Mapping] = {}
    if node is None:
        return out
    if not isinstance(node, Mapping):
        reader.report.error("note-type", "`columns` maps names of columns to their kind", node.span)
        return out
    for key, value in node.entries:
        if sheet.column(key.value, reader, key.span) is None:
            continue
        if isinstance(value, Mapping):
            reader.keys(value, COLUMN_KEYS, f"column `{key.value}`")
            out[key.value] = value
        else:
            reader.report.error("note-type", "a column is `{kind: …, unit: …}`", value.span)
    return out


def _column(
    title: str, place: int, records: list[list[tuple[str, int]]], sheet: Sheet, wanted: Mapping | None, reader: Reader
) -> tuple[DataColumn, list[DataCell]]:
    texts = [record[place][0].strip() for record in records]
    kind_node = wanted.get("kind") if wanted is not None else None
    kind = reader.text(kind_node, "kind")
    if kind and kind not in KINDS and kind_node is not None:
        near = nearest(kind, KINDS)
        tip = f"did you mean `{near}`?" if near else f"one of: {', '.join(KINDS)}"
        reader.report.error("data-kind", f"no kind `{kind}`", kind_node.span, help=tip)
        kind = ""
    kind = kind or _inferred([text for text in texts if text not in MISSING])
    unit = reader.text(wanted.get("unit"), "unit") if wanted is not None else ""
    words = wanted.get("words") if wanted is not None else None
    given = [item.value for item in words.items if isinstance(item, Scalar)] if isinstance(words, Sequence) else []
    cells = []
    faults = 0
    decimals = 0
    for text, record in zip(texts, records):
        start = record[place][1]
        span = Span(sheet.file, start, max(start + len(record[place][0]), start + 1))
        value = None if text in MISSING and kind != "text" else _value(text, kind)
        if value is None and text not in MISSING:
            faults += 1
            if faults <= MOST_FAULTS:
                tip = "write `--` for no value, or give the column another `kind`"
                reader.report.error("data-cell", f"`{text}` is no {kind}", span, help=tip)
        if isinstance(value, Decimal):
            decimals = max(decimals, len(text.translate(WIDE).rstrip("% ").partition(".")[2]))
        cells.append(DataCell(text, value, span))
    unit = unit or ("%" if kind == "percent" else "")
    return DataColumn(title, kind, unit, decimals, title, tuple(given)), cells


def _inferred(filled: list[str]) -> str:
    """The kind all filled cells agree on."""
    plain = [text.translate(WIDE) for text in filled]
    if not plain or any([len(text) > 1 and text[0] == "0" and text.isdigit() for text in plain]):  # 000001 names a share
        return "text"
    if all([text.endswith("%") and NUMBER.match(text[:-1].rstrip()) for text in plain]):
        return "percent"
    if all([NUMBER.match(text) for text in plain]):
        return "number"
    return "date" if all([DAY.match(text) for text in plain]) else "text"


def _value(text: str, kind: str) -> Value:
    """A cell's value, None when it is not of that kind."""
    if kind == "text":
        return text
    if kind == "date":
        return as_day(text)
    plain = text.translate(WIDE)
    if kind in ("percent", "number"):
        plain = plain.removesuffix("%").rstrip()
    return Decimal(plain.replace(",", "")) if plain.isascii() and NUMBER.match(plain) else None


def _key(
    node: Node | None, columns: list[DataColumn], rows: tuple[tuple[DataCell, ...], ...], sheet: Sheet, reader: Reader
) -> int:
    """The column that names the rows: that of `key`, else the first one of words, days or years without a double."""
    if node is not None:
        name = reader.text(node, "key")
        place = sheet.column(name, reader, node.span)
        if place is None:
            return -1
        seen: set[str] = set()
        for row in rows:
            if row[place].text in seen:
                reader.report.error("data-key", f"two rows are called `{row[place].text}`", row[place].span)
                break
            seen.add(row[place].text)
        return place
    for place, column in enumerate(columns):
        names = [row[place].text for row in rows]
        years = place == 0 and all([len(name) == 4 and name.isdigit() and name[:2] in ("19", "20") for name in names])
        if (column.kind in ("text", "date") or years) and len(set(names)) == len(names):
            return place
    return -1


def _other_names(node: Node | None, key: int, rows: tuple[tuple[DataCell, ...], ...], reader: Reader) -> dict[str, str]:
    """What else prose calls the rows: `names: {沪指: 上证指数}`."""
    if node is None:
        return {}
    if not isinstance(node, Mapping) or key < 0:
        reader.report.error("note-type", "`names` maps other names to rows of the key column", node.span, help="沪指: 上证指数")
        return {}
    known = [row[key].text for row in rows]
    out = {}
    for other, row in node.entries:
        name = reader.text(row, other.value)
        if name in known:
            out[other.value] = name
        else:
            near = nearest(name, known)
            tip = f"did you mean `{near}`?" if near else f"rows there: {', '.join(known[:8])}"
            reader.report.error("bind-row", f"the data have no row `{name}`", row.span, help=tip)
    return out


def tell_unused(reader: Reader) -> None:
    """Warn of data nothing is bound to."""
    for id, table in reader.data.items():
        if id not in reader.bound_to:
            reader.report.warning(
                "data-unused", f"nothing is bound to data `{id}`", table.span, help=f"write `{{{{ {id}.… }}}}`, or delete it"
            )


def known_data(reader: Reader) -> str:
    """The names of data, for a tip."""
    return listed(list(reader.data)) if reader.data else "none; add them under `data:`"
