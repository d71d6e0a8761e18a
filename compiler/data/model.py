"""Data as the note sees them: tables of typed cells.

Out: frozen tables.  Always: a number is exact (`decimal.Decimal`, so that 2.06 is 2.06 and rounds as on paper); every cell
knows its place in its file; a missing cell has the value None and is never zero.
"""

from __future__ import annotations

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal

    from ..diagnostics import Span
    from ..model import Date

    Value = Decimal | Date | str | None

KINDS = ("number", "percent", "currency", "date", "text")


class DataColumn(Record):
    """A column.  `key`: its name in the file's head, the word a path uses.  `title`: its name in the note's own words.

    `unit` is what the numbers count (`元`, `亿元`, `%`, `点`, ``); a percent column holds 2.06 for 2.06 %.  `decimals`: as
    many as any of its cells was typed with.  `words`: other names the prose may call it by (`当周`, `周涨幅`).
    """

    key: str
    kind: str
    unit: str
    decimals: int
    title: str = ""
    words: tuple[str, ...] = ()


class DataCell(Record):
    """A cell: its text as typed, its value (Decimal for number, percent and currency), its place in its file."""

    text: str
    value: Value
    span: Span


class DataTable(Record):
    """A table of data.

    `rows[r][c]` belongs to `columns[c]`; `key` is the place of the column that names the rows, -1 for none; `source` the id
    of the source, or ""; `as_of` the day the data are of; `file` the path as the note names it, "" for rows in the note.
    """

    id: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[DataCell, ...], ...]
    key: int
    source: str
    as_of: Date | None
    file: str
    span: Span
