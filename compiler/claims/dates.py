"""Days a note speaks of: that they exist, and fall on the weekday it says.

In: a passage, the day of publication.  Out: the places of what is wrong.  Always: a day without a year is the one nearest
to the publication; what names no weekday is held only against the calendar.
"""

from __future__ import annotations

from ..model import Date, days_in
from ..pattern import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKDAYS = "一二三四五六日"
_DAY = later(
    r"(?<!\d)(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
    r"(?:\s*[(（]?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天]))?"
)
LEAP = 2024  # a day without a year may be of one
MONDAY = Date(2024, 1, 1).ordinal  # a Monday


def wrong_days(text: str, published: Date) -> Iterator[tuple[str, int, int, str]]:
    """(code, start, end, what is wrong) of each."""
    for found in _DAY.finditer(text):
        year, month, day = (int(found.group(name) or 0) for name in ("year", "month", "day"))
        if not (1 <= month <= 12 and 1 <= day <= days_in(year or LEAP, month)):
            end = found.start("weekday") - 1 if found.group("weekday") else found.end()
            words = text[found.start() : end].rstrip("(（周 ")
            yield "claim-date", found.start(), found.start() + len(words), f"there is no {words}"
            continue
        said = found.group("weekday")
        if not said:
            continue
        known = [
            one for one in ((year,) if year else range(published.year - 1, published.year + 2)) if day <= days_in(one, month)
        ]
        dates = [Date(one, month, day) for one in known]
        if not dates:
            continue
        nearest = min(dates, key=lambda date: abs(date.ordinal - published.ordinal))
        right = WEEKDAYS[(nearest.ordinal - MONDAY) % 7]
        if right != said.replace("天", "日"):
            start = found.start("weekday")
            words = f"{nearest.year} 年 {month} 月 {day} 日 is 星期{right}"
            yield "claim-weekday", start, start + 1, words
