"""Tables whose columns are times, read the other way: 小鹰 by 4 月, 5 月, 6 月, as a series with a column for each of its rows.

In: a table of data.  Out: the same cells with times as rows, or nothing where the columns are no times.  Always: each time has its
year, so that 去年6月 is the same month a year before; columns that are no times (全年目标, 市场预期) are left out.
"""

from __future__ import annotations

from ..data.model import DataColumn, DataTable
from ..pattern import later
from . import synonyms
from .subjects import CHANGE, FLOW, LEVEL, row_names, sheet_of, unit_column
from .times import MONTH, QUARTER, YEAR, Time, key_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import Date
    from .subjects import Sheet

FEW = 2  # times that make a series
_UNIT = later(r"[（(][^（）()]*[）)]\s*$")
_LAST_YEAR = later(r"(?:去年|上年)(?:(?P<m>\d{1,2})月份?|(?P<q>[一二三四])季度|(?P<same>同期|同月|同季))")
_NEAR = later(r"(?P<when>本|当|上|前)(?P<unit>月|季度?|年)(?:度|值)?|(?P<year>今年|去年)")


_AMOUNTS = ("交付", "销量", "销售", "产量", "出货", "装机", "装车", "出口", "进口", "订单", "上险", "批发", "零售", "发货", "新增")


def amounts(tables: Iterable[DataTable]) -> str:
    """A pattern of what such a table counts, where its columns do not say it: 交付 36,411 辆; "" where a column may be that."""
    keys = [column.key for table in tables for column in table.columns]
    keys += [row[table.key].text for table in tables if table.key >= 0 for row in table.rows]
    words = [word for word in _AMOUNTS if not any([word in key for key in keys])]
    core = rf"(?:{'|'.join(words)})[量额数]?(?![一-龥]{{0,2}}率)"
    return rf"(?:(?<!\d)月度?|单月|完成了?)(?={core})|{core}" if words else ""


def lane_of(table: DataTable, now: Date, extra: dict[str, str]) -> Sheet | None:
    """The sheet of the table read so; None where its columns are no times."""
    across = turned(table, now, extra)
    sheet = sheet_of(across, now, {}) if across is not None else None
    if sheet is None:
        return None
    words = [word for at in column_times(table, now) for word in table.columns[at].words]
    if any([flow in word for flow in synonyms.FLOWS for word in words]):
        return sheet.replace(measures=tuple([one.replace(kind=FLOW) for one in sheet.measures]))
    falls = any([(sheet.value(row, one) or 0) < 0 for one in sheet.measures for row in range(len(sheet.table.rows))])
    shares = all([one.unit is not None and one.unit.name == "%" for one in sheet.measures])
    if not (falls and shares):
        return sheet
    growths = [one.replace(kind=CHANGE, basis=one.basis or "同比") if one.kind == LEVEL else one for one in sheet.measures]
    return sheet.replace(measures=tuple(growths))


def column_times(table: DataTable, now: Date) -> dict[int, Time]:
    """The times that columns are of, all of the kind of the latest; empty where fewer than two are."""
    named = [(at, when) for at in range(len(table.columns)) if at != table.key and (when := _time(table, at, now)) is not None]
    latest = max([when.order for _, when in named if not isinstance(when, str)], default=None)
    if latest is None:
        return {}
    kind = next(when.kind for _, when in named if not isinstance(when, str) and when.order == latest)
    whole = Time(kind, latest[0] - 1, latest[1], 0)
    times = [(at, whole if isinstance(when, str) else when) for at, when in named]
    times = [(at, when) for at, when in times if when.kind == kind]
    return dict(times) if FEW <= len(times) == len({when.order for _, when in times}) else {}


def turned(table: DataTable, now: Date, extra: dict[str, str]) -> DataTable | None:
    """The table with its rows as columns; None where fewer than two columns are times.  `extra`: other names of rows."""
    times = list(column_times(table, now).items()) if table.key >= 0 and table.rows else []
    if not times:
        return None
    if all([key_time(row[table.key].text, now) is not None for row in table.rows]):
        return None
    units = {table.columns[at].unit for at, _ in times}
    kinds = {table.columns[at].kind for at, _ in times}
    counted = unit_column(table)
    head = table.columns[times[0][0]].replace(key="时间", kind="text", unit="", words=())
    columns = [head]
    for row in table.rows:
        names = tuple(row_names(row[table.key].text, extra))
        unit = row[counted].text if counted >= 0 else next(iter(units)) if len(units) == 1 else ""
        columns.append(DataColumn(row[table.key].text, min(kinds), unit, 0, "", names))
    rows = []
    for at, when in times:
        label = table.rows[0][at].replace(text=_written(when), value=_written(when))
        rows.append((label, *[row[at] for row in table.rows]))
    return table.replace(columns=tuple(columns), rows=tuple(rows), key=0)


def _time(table: DataTable, at: int, now: Date) -> Time | str | None:
    """The time a column is of, "same" for the same time a year before the latest."""
    key = _UNIT.sub("", table.columns[at].key.replace(" ", ""))
    past = _LAST_YEAR.fullmatch(key)
    if past is not None:
        if past.group("same"):
            return "same"
        if past.group("m"):
            return Time(MONTH, now.year - 1, int(past.group("m")))
        return Time(QUARTER, now.year - 1, "一二三四".index(past.group("q")) + 1)
    near = _NEAR.fullmatch(key)
    if near is not None:
        return _near(near.group("when") or near.group("year")[0], near.group("unit") or "年", now)
    when = key_time(key, now)
    if when is None or when.year or when.kind not in (MONTH, QUARTER):
        return when
    first = when.place if when.kind == MONTH else when.place * 3 - 2
    return when.replace(year=now.year - (first > now.month))


def _near(when: str, unit: str, now: Date) -> Time:
    """本月, 上月, 上季, 去年."""
    back = 0 if when in "本当今" else 1
    if unit == "年":
        return Time(YEAR, now.year - back)
    if unit == "月":
        months = now.year * 12 + now.month - 1 - back
        return Time(MONTH, months // 12, months % 12 + 1)
    quarters = now.year * 4 + (now.month - 1) // 3 - back
    return Time(QUARTER, quarters // 4, quarters % 4 + 1)


def _written(when: Time) -> str:
    """A name that `key_time` reads as the same time."""
    if when.kind == YEAR:
        return f"{when.year}年"
    if when.kind == QUARTER:
        return f"{when.year}Q{when.place}"
    return f"{when.year}-{when.place}" + (f"-{when.day}" if when.day else "")
