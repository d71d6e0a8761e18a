"""Data files → rows of cells as texts: CSV and TSV here, the other kinds on demand.

In: the name of a file under the note's root, or of its data.  Out: a `Sheet`.  Always: every cell knows its place; a file that
cannot be read is reported where the note names it.  Rule: RFC 4180.
"""

from __future__ import annotations

from ..diagnostics import SourceFile, Span, nearest
from ..pattern import later
from ..record import Record
from ..syntax import Scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..syntax import Node
    from .reader import Reader

LARGEST_DATA = 8 * 1024 * 1024  # bytes of a CSV file; a table of 100 pages is under 1 MB
_PRINTED = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
KEPT_FROM = 20_000  # characters of a file from which on its columns are kept for the next compile of this process
_MOST_KEPT = 4  # files
_kept: dict[tuple[str, int, str, int], list[list[str]]] = {}
CONTROL = later("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


class Column(list[str]):
    """The cells of a long column, and what they were read as, which is kept with them: a preview compiles the same file
    again and again."""

    __slots__ = ("read",)

    def __init__(self, cells: Iterable[str]) -> None:
        super().__init__(cells)
        self.read: dict[str, object] = {}


class Sheet(Record):
    """A CSV file: the names in its first line, the records after it, and where the note names it."""

    file: SourceFile
    head: tuple[str, ...]
    records: Iterable[list[tuple[str, int]]]
    node: Scalar

    def column(self, key: str, reader: Reader, span: Span | None = None) -> int | None:
        """The place of a column, or None after a report at `span`, else where the note names the file."""
        found = self.head.count(key)
        if found == 1:
            return self.head.index(key)
        if found:
            message, tip = f"`{self.node.value}` has two columns `{key}`", "give each a name of its own"
        else:
            near = nearest(key, self.head)
            message = f"`{self.node.value}` has no column `{key}`"
            tip = f"did you mean `{near}`?" if near else f"columns there: {', '.join(self.head)}"
        reader.report.error("data-column", message, span or self.node.span, help=tip)
        return None

    def columns(self) -> list[list[str]] | None:
        """All cells by column, without blanks round them; None where the records must be looked at one by one."""
        return self.records.columns(len(self.head)) if isinstance(self.records, _Lines) else None

    def whole(self, reader: Reader) -> list[list[tuple[str, int]]]:
        """The records that have a cell for each column; the others are reported."""
        count = len(self.head)
        out = []
        for record in self.records:
            if len(record) == count:
                out.append(record)
                continue
            start = record[0][1]
            reader.report.error(
                "table-row",
                f"this row has {len(record)} cells, the head {count}",
                Span(self.file, start, start + 1),
                help="put a cell that holds a comma in quotes",
            )
        return out


def read_sheet(node: Node, reader: Reader) -> Sheet | None:
    """The data file a note names, or the data of that name; None after a report."""
    from .blocks import find_file

    if not isinstance(node, Scalar):
        reader.report.error("note-type", "`data` names a CSV file", node.span)
        return None
    if node.value.strip() in reader.sheets:
        reader.bound_to.add(node.value.strip())
        return reader.sheets[node.value.strip()]
    path = find_file(node, "data", reader)
    if path is None:
        return None
    data = _read(path, node, reader)
    if data is None:
        return None
    if path.lower().endswith((".xlsx", ".json")):
        from .grids import grid

        return grid(path, data, node, reader)
    file = _text_file(data, path, node, reader)
    if file is None:
        return None
    comma = "\t" if path.lower().endswith(".tsv") else ","
    head, records = _parted(file.text, comma)
    left_open = _open_quote(file.text, comma)
    if left_open >= 0:
        reader.report.error(
            "data-quote",
            "this quotation mark is never closed",
            Span(file, left_open, left_open + 1),
            help='close it; a mark inside a cell is written twice: ""',
        )
        return None
    if not head:
        reader.report.error("data-empty", f"`{node.value}` is empty", node.span)
        return None
    if len(head) == 1 and comma == "," and (sign := next((sign for sign in ";\t" if sign in head[0]), "")):
        name = "semicolons" if sign == ";" else "tabs"
        reader.report.error(
            "data-unreadable",
            f"the columns of `{node.value}` are parted by {name}",
            node.span,
            help="save it with commas, or as .tsv",
        )
        return None
    return Sheet(file, tuple(head), records, node)


def _read(path: str, node: Scalar, reader: Reader) -> bytes | None:
    """A data file's bytes, or None after a report."""
    try:
        data = reader.world.read(path, LARGEST_DATA + 1)
    except OSError as fault:
        reader.report.error("data-unreadable", f"`{node.value}` cannot be read: {fault.strerror}", node.span)
        return None
    if len(data) > LARGEST_DATA:
        reader.report.error("data-unreadable", f"`{node.value}` is larger than {LARGEST_DATA >> 20} MB", node.span)
        return None
    return data


def text_of(data: bytes, codecs: tuple[str, ...] = ("utf-8", "gb18030")) -> str | None:
    """The text of a file made by whatever program, in the first encoding that fits; line ends made LF."""
    for codec in codecs:
        try:
            return data.decode(codec).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return None


def _harmless(data: bytes) -> bool:
    """Whether a file in UTF-8 surely holds no control character: only what is not printed ASCII is looked at."""
    try:
        return CONTROL.search(data.translate(None, _PRINTED).decode("utf-8")) is None
    except UnicodeDecodeError:
        return False


def _text_file(data: bytes, path: str, node: Scalar, reader: Reader) -> SourceFile | None:
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")  # spreadsheets call it Unicode text
    text = text_of(data, ("utf-16",)) if marked else text_of(data)
    if text is None:
        reader.report.error("data-unreadable", f"`{node.value}` is neither UTF-8 nor GB 18030", node.span)
        return None
    if not _harmless(data) and (bad := CONTROL.search(text)) is not None:
        reader.report.error(
            "data-unreadable", f"`{node.value}` holds a control character U+{ord(bad.group()):04X}", node.span,
            help="save it as CSV, UTF-8",
        )  # fmt: skip
        return None
    return SourceFile(reader.world.shown(path), text)


def csv_records(text: str, comma: str = ",") -> list[list[tuple[str, int]]]:
    """RFC 4180 records, parted by `comma`: each cell with its place in the text (the csv module keeps no places)."""
    if '"' not in text:
        return _plain_records(text, comma)
    records: list[list[tuple[str, int]]] = []
    record: list[tuple[str, int]] = []
    at, end = 0, len(text)
    ends = comma + "\n"
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
            stop = at
            while stop < end and text[stop] not in ends:
                stop += 1
            parts.append(text[at:stop].rstrip())  # words after the closing mark belong to the cell
            at = stop
            record.append(("".join(parts), start))
        else:
            stop = at
            while stop < end and text[stop] not in ends:
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


class _Lines:
    """The records of a file without quotation marks from a place on, parted when somebody asks for them.

    A chart of a long series asks for columns: 2 ms for 10,000 rows that take 30 as records of cells with their places.
    """

    def __init__(self, text: str, start: int, comma: str) -> None:
        self._text = text
        self._start = start
        self._comma = comma

    def __iter__(self) -> Iterator[list[tuple[str, int]]]:
        return iter(_plain_records(self._text[self._start :], self._comma, self._start))

    def columns(self, count: int) -> list[list[str]] | None:
        """The cells by column; None unless every row has `count` of them, two at least."""
        if len(self._text) < KEPT_FROM:
            return self._columns(count)
        key = (self._text, self._start, self._comma, count)
        found = _kept.get(key)
        if found is None:
            columns = self._columns(count)
            if columns is None:
                return None
            found = [Column(column) for column in columns]
            while len(_kept) >= _MOST_KEPT:
                _kept.pop(next(iter(_kept)), None)
            _kept[key] = found
        return list(found)

    def _columns(self, count: int) -> list[list[str]] | None:
        body = self._text[self._start :].rstrip("\n")
        rows = body.count("\n") + 1
        cells = body.replace("\n", self._comma + "\n").split(self._comma)
        if count < 2 or len(cells) != rows * count:
            return None
        first = "".join(cells[::count])  # of each row but the first it is the cell that starts with the end of a line
        if first.count("\n") != rows - 1:
            return None
        columns = [first.split("\n"), *[cells[place::count] for place in range(1, count)]]
        if body.isascii() and " " not in body and "\t" not in body:
            return columns
        return [[cell.strip() for cell in column] for column in columns]


def _parted(text: str, comma: str) -> tuple[list[str], Iterable[list[tuple[str, int]]]]:
    """The cells of the first record, and the other records; no cells where there is none."""
    start = 0
    while '"' not in text and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        found = _plain_records(text[start:end], comma)
        start = end + 1
        if found:
            return [value.strip() for value, _ in found[0]], _Lines(text, start, comma)
    records = csv_records(text, comma)
    return [value.strip() for value, _ in records[0]] if records else [], records[1:]


def _plain_records(text: str, comma: str, at: int = 0) -> list[list[tuple[str, int]]]:
    """The same for a file without quotation marks, as long series of numbers are: a third of the time.  It starts at `at`."""
    records = []
    for line in text.split("\n"):
        record = []
        start = at
        for value in line.split(comma):
            record.append((value, start))
            start += len(value) + 1
        if len(record) > 1 or line.strip():
            records.append(record)
        at += len(line) + 1
    return records


def _open_quote(text: str, comma: str) -> int:
    """Where a quoted cell starts that nothing closes, or -1."""
    at = text.find('"')
    while at >= 0:
        if at and text[at - 1] not in comma + "\n":  # a mark inside an unquoted cell
            at = text.find('"', at + 1)
            continue
        close = text.find('"', at + 1)
        while close >= 0 and text[close + 1 : close + 2] == '"':
            close = text.find('"', close + 2)
        if close < 0:
            return at
        at = text.find('"', close + 1)
    return -1
