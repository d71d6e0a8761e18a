"""The rows a number of which lies above zero, or below: 获得净流入的六个行业, 五只遭净赎回的产品, 持仓增加的两个品种.

In: the words of a sentence, a sheet.  Out: the column and the rows.  Always: there are as many as the words say, by one column
alone of those the number may be of.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.subjects import CHANGE, FLOW, PAST
from ..words.quantities import AREAS, COUNT, THINGS, han_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tables.subjects import Measure, Sheet

_IN, _OUT = "净流入|净申购|净买入|净投放", "净流出|净赎回|净卖出|净回笼"
_GOT = r"(?:获得?|实现|录得|取得|遭遇?|遭到|出现|迎来|得到)?(?:主力|北向|外资)?(?:资金)?"
_GROUP = later(
    rf"(?:{_GOT}(?:(?P<in>{_IN})|(?P<out>{_OUT}))|(?P<more>增加|增长|增仓|扩大|上升)|(?P<less>减少|下降|减仓|缩减|收缩))"
    rf"的(?P<n>{COUNT})[{THINGS}{AREAS}]"
    rf"|(?P<n2>{COUNT})[{THINGS}{AREAS}]{_GOT}(?:(?P<in2>{_IN})|(?P<out2>{_OUT}))的(?=[一-龥])"
    rf"|(?<!、)(?P<n3>{COUNT})[{THINGS}{AREAS}](?:则|均|都|[一-龥]{{2,4}}?)?{_GOT}(?:(?P<in3>{_IN})|(?P<out3>{_OUT}))，$"
)


_SIDE = later(rf"{COUNT}[{THINGS}{AREAS}][^，、]{{0,8}}(?:{_IN}|{_OUT})，$")


def says_sign(words: str) -> bool:
    """Whether a sentence speaks of the rows on one side of zero."""
    return _GROUP.search(words) is not None


def group_end(words: str) -> int:
    """Where the words for such rows end, 0 without them."""
    found = _GROUP.search(words)
    return found.end() if found is not None else 0


def signed_group(words: str, sheet: Sheet, scope: str, unit: str) -> tuple[Measure, list[int]] | None:
    """The column a group is told by, and its rows; `scope`: of the clause, "" for none; `unit`: what is counted, "" for any."""
    found = _GROUP.search(words)
    if (
        found is not None
        and found.group("n3")
        and words[: found.start()].endswith("，")
        and _SIDE.search(words, 0, found.start())
    ):
        return None  # 六个净流入，五个净流出，合计净流入…
    number = han_value(found.group("n") or found.group("n2") or found.group("n3")) if found is not None else None
    if found is None or number is None or number < 2 or sheet.series:
        return None
    kind = CHANGE if found.group("more") or found.group("less") else FLOW
    up = bool(found.group("in") or found.group("in2") or found.group("in3") or found.group("more"))
    made = []
    for one in sheet.measures:
        own = one.unit.name if one.unit is not None else ""
        timed = one.scope == scope if scope else one.scope not in PAST
        if one.kind != kind or own in ("", "%") or (unit and own != unit) or not (timed or not one.scope):
            continue
        rows = [row for row in sheet.own if (value := sheet.value(row, one)) is not None and (value > 0 if up else value < 0)]
        made += [(one, rows)] if len(rows) == number else []
    return made[0] if len(made) == 1 else None
