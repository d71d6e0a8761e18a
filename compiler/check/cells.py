"""The data of a chart: cells by column, and their reading as numbers and days.

In: a CSV file the note names, or rows in the note.  Out: `Cells`; series of numbers, days.  Always: every cell knows its
place; what is no number or no day is reported there, and a column full of such faults is reported no more than thrice.
"""

from __future__ import annotations

from ..diagnostics import Span
from ..model import Date, Text, days_in
from ..pattern import later
from ..syntax import Mapping, Scalar, Sequence
from .days import plain_days
from .sheets import Column, read_sheet
from .tables import MISSING as NO_VALUE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence as Several
    from typing import TypeVar

    from ..diagnostics import Report
    from ..model import Cell
    from ..syntax import Node
    from .reader import Reader

    T = TypeVar("T")

MISSING = (*NO_VALUE, "\u2013", "－", "——", "N/A", "n/a")
LARGEST = 1e15  # beyond it a float no longer tells whole numbers apart
MOST_FAULTS = 3  # of one column
LONGEST = 15  # characters of a number in such a column
LONG = 200  # rows from which a column is looked at as a whole first
FINE, PLAIN = 4, 2  # decimals that labels show of small numbers, and of others
SMALL = 100  # a net value of 1.0447 or a rate of 7.2464 is shown as it was typed
WIDE = str.maketrans("０１２３４５６７８９．，％＋－\u2212", "0123456789.,%+--")
NUMBER = later(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?$")
DAY = later(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?$")


class Cells:
    """Cells by column, as text, and the place each came from; `span` is where the note gives them."""

    def __init__(self, names: list[str], columns: list[list[str]], place: Callable[[int, int], Span], span: Span) -> None:
        self.names = names
        self.columns = columns
        self.place = place
        self.span = span


def csv_cells(node: Node, reader: Reader) -> Cells | None:
    """The cells of a CSV file, or None after a report."""
    sheet = read_sheet(node, reader)
    if sheet is None:
        return None
    before = reader.report.errors
    columns = sheet.columns()
    records: list[list[tuple[str, int]]] = []  # when a cell's place is asked for, and then for all of them
    if columns is None:
        records += sheet.whole(reader)
        if reader.report.errors > before:
            return None
        columns = [[record[place][0].strip() for record in records] for place in range(len(sheet.head))]

    def place(column: int, row: int) -> Span:
        if not records:
            records.extend(sheet.whole(reader))
        text, start = records[row][column]
        return Span(sheet.file, start, max(start + len(text), start + 1))

    return Cells(list(sheet.head), columns, place, node.span)


def row_cells(node: Node | None, names: list[str], reader: Reader) -> Cells | None:
    """The cells of rows in the note, or None after a report."""
    report = reader.report
    if not isinstance(node, Sequence):
        report.error("note-type", "`rows` must be a list of rows", node.span if node else None, help="write `- [甲, 1]` for each")
        return None
    before = report.errors
    cells: list[list[Scalar]] = []
    for item in node.items:
        row: list[Node] = []
        if isinstance(item, Sequence):
            row = list(item.items)
        elif isinstance(item, Mapping):
            reader.keys(item, tuple(names), "a row of this chart")
            row = [item.get(name) or Scalar("", item.span, "") for name in names]
        if len(row) != len(names):
            report.error(
                "table-row", f"this row has {len(row)} cells, the chart {len(names)} columns", item.span,
                help='write `- [甲, 1]` for each row, "" for an empty cell; put a cell with a comma in quotes',
            )  # fmt: skip
            continue
        for cell in row:
            if not isinstance(cell, Scalar):
                report.error("note-type", "a cell is text", cell.span)
        cells.append([cell for cell in row if isinstance(cell, Scalar)])
    if report.errors > before:
        return None
    columns = [[row[place].value.strip() for row in cells] for place in range(len(names))]
    return Cells(names, columns, lambda column, row: cells[row][column].span, node.span)


# --- numbers ---------------------------------------------------------------------------------------------------------


def read_number(text: str) -> tuple[float, int, bool] | None:
    """A number as people type it: its value, its decimals, and whether it is per cent; None for anything else."""
    whole, _, fraction = text.partition(".")
    if text.isascii() and whole.isdigit() and fraction.isdigit() and len(whole) < 16:  # most are
        return float(text), len(fraction), False
    plain = text.translate(WIDE).strip()
    share = plain.endswith("%")
    if share:
        plain = plain[:-1].rstrip()
    if not plain[-1:].isdigit() or not plain.isascii() or not NUMBER.match(plain):
        return None
    value = float(plain.replace(",", ""))
    if not -LARGEST < value < LARGEST:
        return None
    return value, len(plain.partition(".")[2]), share


_DIGITS = b"0123456789.\n"
_DECIMALS = [later(rf"\.[0-9]{{{count}}}") for count in range(1, FINE + 2)]


def _shown(typed: int, largest: float) -> int:
    """The decimals to show of a column: what is finer than `FINE` was reckoned, not typed."""
    if largest < 1 or (largest < SMALL and typed <= FINE):
        return min(typed, FINE)
    return min(typed, PLAIN)


def _plain_numbers(texts: list[str]) -> tuple[tuple[float | None, ...], int, bool] | None:
    """A long column of digits and points, at a fifth of the time; None where it holds anything else."""
    if len(texts) < LONG or max(map(len, texts)) > LONGEST:
        return None
    joined = "\n".join(texts) + "\n"
    if not joined.isascii() or joined.encode("ascii").translate(None, _DIGITS) or ".\n" in joined:
        return None
    try:
        values = tuple(map(float, texts))
    except ValueError:  # nothing at all, or a second point
        return None
    largest = max(values)
    typed = FINE + 1 if largest < SMALL else PLAIN
    while typed and not _DECIMALS[typed - 1].search(joined):  # seen at the first number as a rule
        typed -= 1
    return values, _shown(typed, largest), False


def _kept(kind: str, texts: list[str], read: Callable[[list[str]], T]) -> T:
    """What a column is read as; of a column that is kept it is read once."""
    if not isinstance(texts, Column):
        return read(texts)
    if kind not in texts.read:
        texts.read[kind] = read(texts)
    return texts.read[kind]  # type: ignore[return-value]  # of this kind `read` gave it


def numbers_of(cells: Cells, column: int, report: Report) -> tuple[tuple[float | None, ...], int, bool]:
    """A column as numbers, None for a missing one; the decimals to print them with; whether all are per cent."""
    texts = cells.columns[column]
    plain = _kept("numbers", texts, _plain_numbers)
    if plain is not None:
        return plain
    values: list[float | None] = []
    most = faults = 0
    all_shares = True
    largest = 0.0
    for row, text in enumerate(texts):
        if text in MISSING:
            values.append(None)
            continue
        found = read_number(text)
        if found is None:
            faults += 1
            values.append(None)
            if faults <= MOST_FAULTS:
                _no_number(text, cells.place(column, row), report)
            continue
        value, decimals, share = found
        values.append(value)
        all_shares = all_shares and share
        most = max(most, decimals)
        largest = max(largest, abs(value))
    return tuple(values), _shown(most, largest), all_shares


def _no_number(text: str, span: Span, report: Report) -> None:
    plain = text.translate(WIDE).strip().rstrip("%")
    tip = "write `--` for no value"
    if plain.replace(",", "").replace(".", "", 1).lstrip("+-").isdigit():
        large = "," not in plain
        tip = "choose a larger unit" if large else "part thousands by threes: 12,345.6"
    elif any([char.isdigit() for char in text]):
        tip = "write digits only: the unit belongs into `unit`, words into another column"
    report.error("chart-number", f"`{text}` is no number a chart can draw", span, help=tip)


def drawn_numbers(cell: Cell, kind: str, report: Report) -> tuple[float | None, ...]:
    """What is drawn in a cell of a table: its number, or for a small line its numbers parted by blanks or semicolons."""
    text = "".join([inline.text for inline in cell.inlines if isinstance(inline, Text)]).strip()
    parts = text.replace(";", " ").replace("；", " ").split() if kind == "spark" else [text]
    numbers: list[float | None] = []
    for part in parts:
        found = read_number(part) if part not in MISSING else None
        if found is None and part not in MISSING:
            _no_number(part, cell.span.find(part) or cell.span, report)
            break
        numbers.append(found[0] if found is not None else None)
    return tuple(numbers)


def places_of(cells: Cells, column: int, report: Report) -> tuple[float, ...]:
    """A column of numbers of which none may be missing."""
    values, _, _ = numbers_of(cells, column, report)
    for row, value in enumerate(values):
        if value is None and cells.columns[column][row] in MISSING:
            report.error("chart-number", "this point has no place", cells.place(column, row), help="delete the row")
            break
    return tuple([value or 0.0 for value in values])


# --- days ------------------------------------------------------------------------------------------------------------


def day_of(text: str, span: Span, report: Report) -> Date | None:
    """A day as spreadsheets write it, 2024-01-02, 2024/1/2 or 2024-01; None after a report."""
    if DAY.match(text) is None:
        report.error("date-form", f"`{text}` is no date", span, help="write it like 2024-01-02 or 2024/1/2")
        return None
    day = as_day(text)
    if day is None:
        report.error("date-unreal", f"{text} is no day of the calendar", span)
    return day


def as_day(text: str) -> Date | None:
    """The same, None for what is no day of the calendar."""
    found = DAY.match(text)
    year, month, day = (int(part) if part else 1 for part in found.groups()) if found is not None else (0, 0, 0)
    real = year and 1 <= month <= 12 and 1 <= day <= days_in(year, month)
    return Date(year, month, day) if real else None


def days_of(cells: Cells, column: int, report: Report, *, needed: bool = False) -> Several[Date]:
    """A column of days; empty when its first cell is none, unless days are needed, or after a report."""
    texts = cells.columns[column]
    if not needed and not DAY.match(texts[0]):
        return ()
    plain = _kept("days", texts, plain_days) if len(texts) >= LONG else None
    if plain is not None:
        return plain
    before = report.errors
    days: list[Date | None] = []
    for row, text in enumerate(texts):
        days.append(day_of(text, cells.place(column, row), report))
        if report.errors >= before + MOST_FAULTS:
            break
    return tuple([day for day in days if day is not None]) if report.errors == before else ()
