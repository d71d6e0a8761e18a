"""What is told of a claim that does not hold."""

from __future__ import annotations

from ...record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tables.subjects import Measure, Sheet


class Finding(Record):
    """What is wrong with `text[start:end]`; `cells`: (sheet, row, measure) that say otherwise; `against`: the words of the note
    that do."""

    code: str
    start: int
    end: int
    message: str
    cells: tuple[tuple[Sheet, int, Measure], ...] = ()
    against: str = ""
