"""Long columns of days.

In: texts.  Out: days in order, or nothing where they need a closer look.  Always: the same days as read one by one.
"""

from __future__ import annotations

from ..model import Date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Days:
    """Days in order, kept as their numbers: of ten thousand a chart needs a few as dates.

    Shape: `ordinals` as in `Date.ordinal`, each larger than the one before it.
    """

    __slots__ = ("ordinals",)

    def __init__(self, ordinals: list[int]) -> None:
        self.ordinals = ordinals

    def __len__(self) -> int:
        return len(self.ordinals)

    def __iter__(self) -> Iterator[Date]:
        return map(_date, self.ordinals)

    def __getitem__(self, place: int) -> Date:
        return _date(self.ordinals[place])


def _date(ordinal: int) -> Date:
    """The day of a number."""
    from _datetime import date  # type: ignore[import-not-found]  # the part of `datetime` in C, without its 2 ms

    day = date.fromordinal(ordinal)
    return Date(day.year, day.month, day.day)


def ordinals_of(dates: Sequence[Date]) -> Sequence[int]:
    """The numbers of days, as in `Date.ordinal`."""
    return dates.ordinals if isinstance(dates, Days) else [date.ordinal for date in dates]


def plain_days(texts: list[str]) -> Sequence[Date] | None:
    """A column of days in order, all written 2024-01-02, at a twentieth of the time; None for any other."""
    from _datetime import date

    if set(map(len, texts)) != {10} or "W" in "".join(texts):  # 2024-W01-2 is a form of ISO 8601 as well
        return None
    try:
        days = list(map(date.toordinal, map(date.fromisoformat, texts)))
    except ValueError:
        return None
    return Days(days) if days == sorted(set(days)) else None  # type: ignore[return-value]  # it has what is used of one
