"""Tables that lie on their side: measures in rows, each with its unit, and what they are of in columns.

In: a table of data.  Out: the same cells with a row for each of those, or None where the table stands upright.  Always: only a
table whose rows count different things, and whose columns are no times and no changes.
"""

from __future__ import annotations

from ...data.model import DataColumn, DataTable
from ...pattern import later
from ..words.quantities import is_unit
from .subjects import series_of
from .time_columns import column_times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...model import Date

NAMELESS = "公司"  # what the things are called where their names do not say it
FEW = 2  # columns, and units, that make such a table
_UNIT = later(r"[（(]([^（）()]*)[）)]\s*$")
_NO_ENTITY = later(
    r"同比|环比|增速|变动|变化|涨跌|涨幅|较|占比|比重|单位|数值|本|上|去年|今年|累计|目标|预期|前值|实际|分位|排名|均值|中位|最高|最低|合计|平均"
)
_HEADS = (
    (later(r"指数|沪深|中证|上证|创业板|科创|恒生|标普"), "指数"),
    (later(r"银行|[工农中建交招]行$"), "银行"),
    (later(r"ETF|混合|债券[ABC]|基金|增强|优选"), "产品"),
    (later(r"[省市]$"), "城市"),
)


def transposed(table: DataTable, now: Date) -> DataTable | None:
    """The table turned, so that what it speaks of are its rows; None where they are already."""
    if table.key < 0:
        return None
    if series_of(table, now):
        return _across(table)
    counted = next((at for at, column in enumerate(table.columns) if column.key.endswith("单位") or column.key == "unit"), -1)
    columns = [at for at in range(len(table.columns)) if at not in (table.key, counted)]
    units = [_unit(table, row, counted) for row in range(len(table.rows))]
    if len(columns) < FEW or len({unit for unit in units if unit}) < FEW or column_times(table, now):
        return None
    for at in columns:
        column = table.columns[at]
        if (
            column.kind in ("text", "date")
            or column.unit not in ("", "%")
            or _NO_ENTITY.search(column.key)
            or _UNIT.search(column.key)
        ):
            return None
    names = [table.columns[at].key for at in columns]
    made = [table.columns[table.key].replace(key=_head(names))]
    for row, cells in enumerate(table.rows):
        key = _UNIT.sub("", cells[table.key].text) if counted < 0 and units[row] else cells[table.key].text
        made.append(DataColumn(key, "percent" if units[row] == "%" else "number", units[row], 0, "", ()))
    rows = []
    for at in columns:
        label = table.rows[0][at].replace(text=table.columns[at].key, value=table.columns[at].key)
        rows.append((label, *[cells[at] for cells in table.rows]))
    return table.replace(columns=tuple(made), rows=tuple(rows), key=0)


_OF_THINGS = later(
    r"额|量|率|价|值|数|款|融|收入|利润|成本|费用|出口|进口|差|投放|到期|合计|总计|新增|增|发行|规模|存款|资产|负债|面积|回笼|买入|流入|申购|销|产|库存|融券|营收|票房|人次|支出|开支"
)
MANY = 3  # columns that are things rather than what is measured of one


def _across(table: DataTable) -> DataTable | None:
    """A table of times, with things that count the same as columns (微软, 谷歌, 亚马逊 in 亿美元): a row for each of these."""
    columns = [at for at in range(len(table.columns)) if at != table.key]
    units = {table.columns[at].unit for at in columns}
    names = [table.columns[at].key for at in columns]
    if len(columns) < MANY or len(units) != 1 or not units - {"", "%"} or "点" in units:
        return None
    if any([table.columns[at].kind in ("text", "date", "percent") or table.columns[at].words for at in columns]) or any(
        [_OF_THINGS.search(name) or _NO_ENTITY.search(name) for name in names]
    ):
        return None
    made = [table.columns[table.key].replace(key=_head(names))]
    for cells in table.rows:
        made.append(DataColumn(cells[table.key].text, "number", min(units), 0, "", ()))
    rows = []
    for at in columns:
        label = table.rows[0][at].replace(text=table.columns[at].key, value=table.columns[at].key)
        rows.append((label, *[cells[at] for cells in table.rows]))
    return table.replace(columns=tuple(made), rows=tuple(rows), key=0)


def _head(names: list[str]) -> str:
    """What the things are called together."""
    return next(
        (word for pattern, word in _HEADS if len([1 for name in names if pattern.search(name)]) * 2 > len(names)), NAMELESS
    )


def _unit(table: DataTable, row: int, counted: int) -> str:
    """What the numbers of a row count, "" where it does not say."""
    if counted >= 0:
        cell = table.rows[row][counted]
        return cell.text if cell.value is not None else ""
    found = _UNIT.search(table.rows[row][table.key].text)
    return found.group(1) if found is not None and is_unit(found.group(1)) else ""
