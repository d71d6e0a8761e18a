"""Two columns' names side by side, or one that ends another's: 北向 and 净买入, 新房 and 成交, 今年累计 and 交付量.

In: two tokens of a clause, the sheets.  Out: the tokens with the columns both may mean.  Always: the first one's columns count
where the second says no more of them.
"""

from __future__ import annotations

from ...pattern import later
from ..words.synonyms import FLOWS, OPPOSITE
from .names import UNIT_IN_NAME
from .subjects import FLOW, NOUN, Name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .book import Token
    from .subjects import Measure, Sheet

SIDE = later(r"(?:资金|的|单日|[全本当单上]周|[全本当单上]月|合计|累计|共计|[仅只则也还已共])*")  # what may stand between them


def bare_key(measure: Measure) -> str:
    """A column's name without its unit."""
    return UNIT_IN_NAME.sub("", measure.key.replace(" ", ""))


def narrowed(one: Token, other: Token, sheets: Sequence[Sheet], text: str) -> list[Token]:
    """Two nouns side by side as the columns both may mean: 北向 and 净买入, where three columns are of net purchases."""
    if one.kind != NOUN:
        return [one, other]
    common = [
        Name(name.sheet, NOUN, places)
        for name in one.names
        for second in other.names
        if second.sheet == name.sheet and (places := tuple([place for place in name.places if place in second.places]))
    ]
    if common and text[other.start : other.end] in _FLOWED:
        common += _of_flows(one, other, sheets)
    if not common and _is_time(one, sheets):
        common = [name for name in one.names if name.sheet in {second.sheet for second in other.names}]  # 今年累计交付量
        return [one, other.replace(names=tuple(common))] if common else [one, other]
    if not common and ends_with(one, text[other.start : other.end], sheets):
        return [one, other.replace(names=one.names)]  # 新房本周成交, of 新房成交
    return [one.replace(names=tuple(common)), other.replace(names=tuple(common))] if common else [one, other]


_FLOWED = frozenset([*FLOWS, *OPPOSITE.values()])


def _of_flows(one: Token, other: Token, sheets: Sequence[Sheet]) -> list[Name]:
    """The flows a name means in the tables that do not know the word behind it: 北向净流入, beside 北向净买入 by day."""
    known = {name.sheet for name in other.names}
    return [
        name
        for name in one.names
        if name.sheet not in known and all([sheets[name.sheet].measures[at].kind == FLOW for at in name.places])
    ]


def ends_with(token: Token, word: str, sheets: Sequence[Sheet]) -> bool:
    """Whether a column a name may mean ends with a word: 新房 and 成交, of 新房成交."""
    keys = [bare_key(sheets[name.sheet].measures[at]) for name in token.names for at in name.places]
    return any([key.endswith(word) and key != word for key in keys])


def _is_time(token: Token, sheets: Sequence[Sheet]) -> bool:
    """Whether a column is called no more than the time of what it counts: 今年累计, 去年同期."""
    return all([_DATE_ONLY.fullmatch(bare_key(sheets[name.sheet].measures[at])) for name in token.names for at in name.places])


_DATE_ONLY = later(
    r"(?:去年|上年)(?:\d{1,2}月|同期|同月)|(?:今年|年内|年初至今|全年|本年)?累计|年初以来累计|今年以来|1[-—–~至到]\d{1,2}月(?:累计)?"
)


def is_part(part: Token, whole: Token, text: str, heads: Sequence[str]) -> bool:
    """Whether a name is part of a longer one that says more: not 上证 of 上证指数, nor 热卷 of 热卷库存, of 库存."""
    rest = text[whole.start : part.start] + text[part.end : whole.end]
    return whole.start <= part.start and part.end <= whole.end and bool(rest) and rest not in heads


OF_NOW = ("本周", "当周", "本月", "当月", "本期", "单周", "单月", "全周", "周", "月", "最新", "额", "量")
