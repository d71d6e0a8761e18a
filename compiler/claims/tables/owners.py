"""Whose course a table by time is, where its columns do not say it: that of the row of another table that has its last numbers.

In: the sheets of a note.  Out: the same, each course with the names of its owner.  Always: two or more columns are called alike
and hold the same number at the last time, and of one row only.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .subjects import Sheet

LEAST = 2  # columns that agree, which is no chance


def with_owners(sheets: Sequence[Sheet | None]) -> list[Sheet | None]:
    """营收 775.60 and 毛利率 27.85 of 三季度 are those of 澜海智家, beside a table of companies."""
    others = [sheet for sheet in sheets if sheet is not None and not sheet.series]
    return [sheet.replace(of=_owner(sheet, others)) if sheet is not None and sheet.series else sheet for sheet in sheets]


def _owner(sheet: Sheet, others: Sequence[Sheet]) -> tuple[str, ...]:
    order = [(time.order, row) for row, time in enumerate(sheet.times) if time is not None]
    if len(order) < LEAST:
        return ()
    last = max(order)[1]
    own = {one.key: value for one in sheet.measures if one.minus < 0 and (value := sheet.value(last, one)) is not None}
    found = []
    for other in others:
        shared = [one for one in other.measures if one.minus < 0 and one.key in own]
        for row in other.own if len(shared) >= LEAST else ():
            alike = [one for one in shared if other.value(row, one) == own[one.key]]
            found += [other.rows[row]] if len(alike) >= LEAST and len(alike) * 2 > len(shared) else []
    return found[0] if len(set(found)) == 1 else ()
