"""Headings completed by what stands beside them: 上周 behind 本周成交面积, 收盘 of a table by day that is called hsi_daily.

In: a table of data with headings in Chinese, the day the note is of.  Out: the same with whole headings, and what they were.
Always: a bare time takes the noun of the one column on its left that counts the same; a price takes the name of an index only in
a table by time whose own name says it, and none of whose columns names one.
"""

from __future__ import annotations

from ...pattern import later
from ..words.synonyms import ROWS
from ..words.times import key_time
from .names import UNIT_IN_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...data.model import DataColumn, DataTable
    from ...model import Date

_NOW = later(
    r"(?:[本当](?:周|月|季度?|期|年)末?|今年|(?:\d{4}年)?\d{1,2}月末?|[一二三四]季度末?)(?P<noun>(?!.*(?:涨|跌|同比|环比|增速|变动))[一-龥]{2,})"
)
_BARE = later(r"上(?:周|个?月|季度?|期)末?|[去上]年(?:同期|同月|同季)?|年初|前一?周")
_PRICE = later(r"(?:[日周月]度?)?(?:收盘(?:价|点位)?|点位|涨跌幅?|涨幅|成交额|市盈率|换手率)")
_PARTS = later(r"[A-Za-z]+\d*|[一-龥]+\d*")
_INDICES = """
上证指数 sse shcomp sh000001 shanghai
深证成指 szse szcomp sz399001
创业板指 chinext cyb gem
沪深300 csi300 hs300
中证500 csi500 zz500
中证1000 csi1000 zz1000
上证50 sse50 sz50
科创50 star50 kc50 kcb50
恒生指数 hsi hs hangseng
恒生科技 hstech
标普500 spx sp500 spx500
纳斯达克 ndx nasdaq ixic
道琼斯 dji djia dow
日经225 nikkei n225 nikkei225
"""


def completed(table: DataTable, now: Date) -> tuple[DataTable, dict[str, str]]:
    """The table with its headings completed, and what each was."""
    named = [column.key for column in table.columns]
    growths = "".join([column.key for column in table.columns])
    for at, column in enumerate(table.columns):
        if ("同比" if "年" in _plain(column) else "环比") in growths:
            continue  # the table says itself by how much it grew
        if at != table.key and _BARE.fullmatch(_plain(column)) is not None:
            noun = _on_left(table, at)
            named[at] = column.key.replace(_plain(column), _plain(column) + noun, 1) if noun else column.key
    index = _index(table, now)
    if index:
        named = [
            index + key if at != table.key and _PRICE.fullmatch(_plain(column)) is not None else key
            for at, (key, column) in enumerate(zip(named, table.columns))
        ]
    was = {new: column.key for new, column in zip(named, table.columns) if new != column.key}
    if not was or len(set(named)) < len(named):
        return table, {}
    return table.replace(columns=tuple([column.replace(key=key) for column, key in zip(table.columns, named)])), was


_MATTER = later(r"(?!.*(?:数据|行情|走势|情况|表现|明细|概览|历年|逐[日周月季年]|[日周月季年]度|市场|指数$))[一-龥]{2,6}")


def with_matter(tables: Sequence[DataTable], now: Date) -> dict[str, dict[str, str]]:
    """What the columns of a table by time are, that is called by what they count: 豆苗月活 for 豆苗 of 月活, where the rows of
    another table are called so.  By the table's id, the old name for each new one."""
    rows = {row[one.key].text for one in tables if one.key >= 0 and not _by_time(one, now) for row in one.rows}
    out: dict[str, dict[str, str]] = {}
    for table in tables:
        keys = [column.key for at, column in enumerate(table.columns) if at != table.key]
        if rows.issuperset(keys) and _may_count(table, now):
            out[table.id] = {key + table.id: key for key in keys}
    return out


def renamed(table: DataTable, was: dict[str, str]) -> DataTable:
    """The table with these names for its columns, which go by the old ones, too."""
    now = {old: new for new, old in was.items()}
    columns = [
        column.replace(key=now[column.key], words=(*column.words, column.key)) if column.key in now else column
        for column in table.columns
    ]
    return table.replace(columns=tuple(columns)) if was else table


def of_matter(table: DataTable, now: Date) -> bool:
    """Whether the columns of a table are named so."""
    keys = [column.key for at, column in enumerate(table.columns) if at != table.key]
    return _may_count(table, now) and all([key.endswith(table.id) for key in keys])


def _may_count(table: DataTable, now: Date) -> bool:
    """Whether a table by time, of several columns, is called by what these may count."""
    return len(table.columns) > 2 and _MATTER.fullmatch(table.id) is not None and _by_time(table, now)


def _by_time(table: DataTable, now: Date) -> bool:
    return table.key >= 0 and bool(table.rows) and key_time(table.rows[0][table.key].text, now) is not None


def _plain(column: DataColumn) -> str:
    return UNIT_IN_NAME.sub("", column.key.replace(" ", ""))


def _unit(column: DataColumn) -> str:
    inside = UNIT_IN_NAME.search(column.key.replace(" ", ""))
    return column.unit or (inside.group(1) if inside is not None else "")


def _on_left(table: DataTable, at: int) -> str:
    """What the columns on the left measure now, where they count the same and only one such noun is near."""
    for column in table.columns[:at][::-1]:
        found = _NOW.fullmatch(_plain(column))
        if found is not None:
            return found.group("noun") if _unit(column) == _unit(table.columns[at]) else ""
        if _BARE.fullmatch(_plain(column)) is None:
            return ""
    return ""


def _index(table: DataTable, now: Date) -> str:
    """The index a table by time is of, by its own name."""
    if not _by_time(table, now):
        return ""
    keys = [_plain(column) for at, column in enumerate(table.columns) if at != table.key]
    known = [name for group in ROWS for name in group]
    if any([key.startswith(name) for key in keys for name in known]):
        return ""
    for part in _PARTS.findall(table.id):
        for line in _INDICES.strip().splitlines():
            if part.lower() in line.split()[1:]:
                return line.split()[0]
        own = [name for name in known if part.startswith(name)]
        if own:
            return max(own, key=len)
    return ""
