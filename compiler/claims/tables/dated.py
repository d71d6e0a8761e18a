"""Columns called by a time that the table's own day says: 本月 of a table as of 31 August, in a note of September, is 8月.

In: a table of data, the day the note is of.  Out: the same with 本月, 上月 and 去年同期 as months, and what they were.  Always: a
table of the note's own month, or without a day of its own, keeps its headings.
"""

from __future__ import annotations

from ...pattern import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from ...data.model import DataTable
    from ...model import Date

_TIMED = later(r"^(?:(?P<own>[本当]月)|(?P<last>上个?月)|(?P<year>[去上]年(?:同期|同月)))")


def dated(table: DataTable, now: Date) -> tuple[DataTable, dict[str, str]]:
    """The table with its months named, and the headings they stood under."""
    day = table.as_of
    if day is None or (day.year, day.month) == (now.year, now.month):
        return table, {}
    keys = [column.key.strip() for column in table.columns]
    if not any([(found := _TIMED.match(key)) is not None and found.group("own") for key in keys]):
        return table, {}
    month = day.year * 12 + day.month - 1
    named = [_TIMED.sub(lambda found: _month(found, month, now.year), key) for key in keys]
    was = {new: old for new, old in zip(named, keys) if new != old}
    columns = tuple([column.replace(key=key) for column, key in zip(table.columns, named)])
    return table.replace(columns=columns), was


def _month(found: re.Match[str], month: int, year: int) -> str:
    """8月, or 2023年8月 of another year than the note's."""
    one = month - 12 if found.group("year") else month - 1 if found.group("last") else month
    return f"{one % 12 + 1}月" if one // 12 == year else f"{one // 12}年{one % 12 + 1}月"
