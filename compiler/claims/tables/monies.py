"""Names that more than one table answers to: 外资 for 北向资金, 沪指 by day beside 沪指 by week.

In: sheets, the names of a book.  Out: other names of a flow's money; the columns by day of what is a row elsewhere.  Always: a
word the data have themselves keeps its own meaning.
"""

from __future__ import annotations

from ...pattern import later
from ..words import synonyms
from ..words.times import DAY as ON_DAY
from .subjects import FLOW, NOUN, ROW

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from .subjects import Name, Sheet


def monies(sheets: Sequence[Sheet], names: dict[str, list[Name]]) -> dict[str, list[Name]]:
    """Other words for the money whose flows a table by time has: 外资 and 北上资金 for 北向资金."""
    out: dict[str, list[Name]] = {}
    for group in synonyms.MONIES:
        known = next((names[word] for word in group if word in names), [])
        flows = [one for one in known if one.kind == NOUN and sheets[one.sheet].series]
        if flows == known and all([sheets[one.sheet].measures[at].kind == FLOW for one in known for at in one.places]):
            out |= {word: known for word in group if known and word not in names}
    return out


def of_money(text: str, found: re.Match[str], start: int) -> bool:
    """Whether 外资 is money that buys and sells shares: no 外资机构, 国内资金 or 利用外资."""
    other = _INSIDE if found.group()[0] == "内" else _OTHER_MONEY
    return _NO_MONEY.match(text, found.end()) is None and other.search(text, start, found.start()) is None


_NO_MONEY = later(
    r"[金行企车方]|机构|券商|投行|银行|品牌|[私公]募|基金|保险|股东|[控参]股|独资|背景|巨头|准入|政策|持股|持仓|资产|标的|成分股?|ETF"
)
_OTHER_MONEY = later(r"(?:使用|利用|吸收|引进|吸引|合资|中)$")
_INSIDE = later(r"[一-龥]$")  # 周内资金, 国内资金


def followed(sheets: Sequence[Sheet], names: dict[str, list[Name]]) -> dict[str, tuple[Name, ...]]:
    """The names of rows that a table by day has columns for: 沪指, a row of the week, and of 上证指数收盘 by day."""
    out: dict[str, tuple[Name, ...]] = {}
    for word, known in names.items():
        days = tuple([one for one in known if one.kind == NOUN and sheets[one.sheet].units == {ON_DAY}])
        if days and any([one.kind == ROW for one in known]):
            out[word] = days
    return out
