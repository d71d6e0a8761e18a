"""Columns that mean something else beside others: 本周 and 上周 beside 变动, 较年初 behind 不良率, 10月 among returns.

In: the columns of a table.  Out: the same with another kind or noun.  Always: by what the other columns and the rows are.
"""

from __future__ import annotations

from decimal import Decimal

from ...pattern import later
from .names import CHANGE, LEVEL, MONTH, UNIT_IN_NAME, YEAR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...data.model import DataTable
    from ...model import Date
    from .subjects import Measure

_PRICE = later(r"涨|跌|回报|收益")
_RATE = later(r"[率比]|PMI|指数$|利差|分位|仓位")
_INDEX = later(
    r"(?:[上深]证|综|成|板|恒|科|创|股|债|红利|道|纳|恒生)指数?$|(?:上证|中证|沪深|科创|北证|标普|国证|日经|富时)\d+$"
    r"|^恒生|^纳斯达克|^道琼斯|ETF$"
)
_ENDS = later(r"(?:本|当|上|上上|前|去)一?(?:周[一二三四五六日]?|月|季度?|期|年)(?:末|底)?|[年月季期]初|年末|最新|现值|前值")
TIME = later(
    r"(?:\d{4}年)?\d{1,2}月份?|\d{4}年?(?:[第一二三四]*季度|Q[1-4])?|[一二三四]季度|(?:本|上|当)[月季周期年]|去年同期|上年同期|前值|今值|现值"
)
LEVEL_YIELD = later(
    r"^\d{1,3}(?:个月|年|天|[YMDymd])期?$|中票|短融|存单|(?<![A-Z])AA|国债|国开|期限|到期|债|利率|[年月天]期|LPR|SHIBOR|DR\d|R\d"
)


def _bare(measure: Measure) -> str:
    return UNIT_IN_NAME.sub("", measure.key.replace(" ", ""))


_SAYS = later(r"[一-龥A-Z]*?(?P<noun>利差|库存|收益率|利率|汇率|价格|报价|销量|产量|余额|规模|持仓|仓位|指数)")


def by_head(known: tuple[Measure, ...], table: DataTable) -> tuple[Measure, ...]:
    """Columns of bare times, 本周 and 上周, as what the head of the rows says: 信用利差, LME库存."""
    found = _SAYS.fullmatch(UNIT_IN_NAME.sub("", table.columns[table.key].key.replace(" ", ""))) if table.key >= 0 else None
    if found is None:
        return known
    timed = [one for one in known if one.kind == LEVEL and (_ENDS.fullmatch(_bare(one)) or TIME.fullmatch(_bare(one)))]
    if len(timed) < 2:
        return known
    return tuple([one.replace(noun=found.group()) if one in timed else one for one in known])


def of_month(known: tuple[Measure, ...], table: DataTable, now: Date) -> tuple[Measure, ...]:
    """A column 10月 of shares, some below zero, as what prices moved by in that month, where it is the only such time."""
    timed = [one for one in known if one.kind == LEVEL and TIME.fullmatch(one.noun) and one.unit is not None]
    if len(timed) != 1 or timed[0].noun != f"{now.month}月" or timed[0].unit is None or timed[0].unit.name != "%":
        return known
    values = [row[timed[0].column].value for row in table.rows]
    if not any([isinstance(value, Decimal) and value < 0 for value in values]):
        return known
    return tuple([one.replace(kind=CHANGE, noun="", scope=MONTH) if one is timed[0] else one for one in known])


def of_left(known: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The columns with a bare 较上季变动 as that of the column on its left, where another one has what prices moved by."""
    plain = [one for one in known if one.kind == CHANGE and not one.noun]
    named = any([one.kind == CHANGE and one.noun for one in known])  # 营收同比, 净利润同比, 不良率, 较年初
    prices = [one for one in plain if _PRICE.search(one.key)]
    if len(prices) == len(plain) or not (prices or (named and all([one.key[0] in "较比" for one in plain]))):
        return known
    out = []
    for one in known:
        left = next((other for other in known if other.column == one.column - 1 and other.kind == LEVEL), None)
        bare = (
            one in plain
            and (one.scope != YEAR or one.key[0] == "较")
            and _PRICE.search(one.key) is None
            and not one.basis
            and left is not None
        )
        out.append(one.replace(noun=left.noun) if bare and left is not None else one)
    return tuple(out)


_BASES = ("同比", "环比")


def rates(known: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The columns of a table by time that are called no more than 同比 and 环比 as those of the size on their left, where there
    are several sizes: 销量, 同比, 环比, 渗透率."""
    sizes = {one.column: one for one in known if one.kind == LEVEL and one.minus < 0}
    if len(sizes) == 1:
        return known
    left: Measure | None = None
    out = []
    for one in sorted(known, key=_column):
        left = sizes.get(one.column, left)
        bare = one.kind == CHANGE and not one.noun and one.minus < 0 and _bare(one) in _BASES
        if left is not None and not bare and one.column not in sizes:
            left = None  # another change is between
        out.append(one.replace(noun=left.noun) if bare and left is not None else one)
    return tuple(out)


def _column(measure: Measure) -> int:
    return measure.column


def returns(known: tuple[Measure, ...], table: DataTable) -> tuple[Measure, ...]:
    """Columns of shares in a table by time as changes, where some are below zero: 沪深300, 沪金 by 2023, 2024."""
    shares = [one for one in known if one.kind == LEVEL and one.unit is not None and one.unit.name == "%"]
    shares = [one for one in shares if _RATE.search(one.key) is None or _INDEX.search(one.key) is not None]
    if len(shares) < len(known):
        shares = [one for one in shares if _INDEX.search(one.key)]  # 上证指数 beside 成交额
    values = [row[one.column].value for one in shares for row in table.rows]
    if not any([isinstance(value, Decimal) and value < 0 for value in values]):
        return known
    return tuple([one.replace(kind=CHANGE) if one in shares else one for one in known])


def yields(known: tuple[Measure, ...], table: DataTable) -> tuple[Measure, ...]:
    """The columns of shares by time, 本周 and 上周, as what bonds yield, where another one says by how many bp they moved."""
    moved = [one for one in known if one.kind == CHANGE and not one.noun and one.unit is not None and one.unit.points]
    ends = [
        one
        for one in known
        if one.unit is not None and one.unit.name == "%" and not one.unit.points and _ENDS.fullmatch(_bare(one)) is not None
    ]
    bonds = [row for row in table.rows if table.key >= 0 and LEVEL_YIELD.search(row[table.key].text)]
    dated = [one for one in ends if _DATED.search(_bare(one))]  # 本周五, 上周末
    if not (moved or len(dated) > 1) or len(ends) < 2 or len(bonds) * 2 <= len(table.rows):
        return _near(known, table)
    return tuple([one.replace(kind=LEVEL, noun="收益率") if one in ends else one for one in known])


_DATED = later(r"[末底]$|周[一二三四五六日]$")
NEAR = Decimal("0.25")  # a part of itself that what is no change moves by from one week to the next, at the most


def _near(known: tuple[Measure, ...], table: DataTable) -> tuple[Measure, ...]:
    """The two columns 本周 and 上周 as sizes where none is below zero and nearly all are like the one of the week before:
    spreads of credit, shares, not what prices moved by."""
    ends = [one for one in known if one.kind == CHANGE and one.unit is not None and _ENDS.fullmatch(_bare(one)) is not None]
    if len(ends) != 2 or ends[0].unit != ends[1].unit or any([one.noun for one in ends]):
        return known
    pairs = [(row[ends[0].column].value, row[ends[1].column].value) for row in table.rows]
    sizes = [(a, b) for a, b in pairs if isinstance(a, Decimal) and isinstance(b, Decimal)]
    like = [1 for a, b in sizes if abs(a - b) <= NEAR * max(a, b)]
    if len(sizes) < len(pairs) or any([min(pair) < 0 for pair in sizes]) or len(like) * 5 < len(sizes) * 4:
        return known
    noun = table.columns[table.key].key if table.key >= 0 else ""
    return tuple([one.replace(kind=LEVEL, noun=noun or "水平") if one in ends else one for one in known])


_BEGUN = later(r"(?P<when>年初|去年末|去年底|上年末|上年底)(?:值|水平)?")
_NOWADAYS = later(r"(?:本周|本期|本月)末?|[周月期]末|最新|当前|目前|现值|最新值|收盘价?")


def since_start(known: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """With what a column of now moved by since 年初, where two bare columns say both and no other one the change."""
    starts = [(found.group("when"), one) for one in known if (found := _BEGUN.fullmatch(_bare(one))) is not None]
    ends = [one for one in known if one.kind == LEVEL and one.minus < 0 and _NOWADAYS.fullmatch(_bare(one))]
    if len(starts) != 1 or len(ends) != 1 or starts[0][1].unit != ends[0].unit or starts[0][1].unit is None:
        return known
    word, (end, start) = f"较{starts[0][0]}", (ends[0], starts[0][1])
    if any([one.key == word or (one.kind == CHANGE and one.scope == YEAR) for one in known]):
        return known
    unit = end.unit.replace(points=True) if end.unit is not None and end.unit.name == "%" else end.unit
    return (*known, end.replace(key=word, kind=CHANGE, noun="", scope=YEAR, unit=unit, minus=start.column))
