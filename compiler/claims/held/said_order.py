"""Two numbers of one kind, and which of them is said to be the greater: 占 40.5%，略低于看涨的 39.8%.

In: scenes of a sentence.  Out: findings.  Always: both numbers are given, count the same and go the same way; the data are not
asked.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.beside import PART
from ..words.quantities import EXACT
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Scene, Token

_OVER = later(
    r"(?<![不未没])(?:(?P<more>高于|大于|多于|超过|高过|快于|高出)|(?P<less>低于|小于|少于|不及|不如|慢于|低过))了?"
    r"(?P<who>(?!其|[^，。；]*(?:[一二两三四五\d]倍|之和|合计|总和|均为))[^，。；\d]{0,8}[^，。；]{1,12})的(?:约)?$"
)
_OF = ("的", "约", "近")
_BEGUN = later(
    r"(?:而|但|且|则|也|仍|还|已|又|均|却|远|略|稍|小幅|大幅|显著|明显|继续|依然|持续|再度|同时|微|要|并|水平|数值|规模|占比|比例|比重)*"
)
_AWAY = later(r"[跌降减亏负缩]|净流出|净卖出|净赎回|回撤幅?度?收窄|转")


def hold_said_order(sentence: Sequence[Scene]) -> Iterator[Finding]:
    """What is wrong with the order the last clause has two numbers in."""
    scene = sentence[-1]
    numbers = scene.of("number")
    quantity = numbers[-1].quantity if numbers else None
    if quantity is None or quantity.about != EXACT or scene.unsure:
        return
    if scene.text[quantity.lead - 1] in _OF and PART.search(scene.text, quantity.start, quantity.end) is not None:
        return  # 多于 KOSPI 5.94% 的六成
    found = _OVER.search(scene.text, scene.part.start, quantity.lead)
    past = _before(sentence, numbers, found.start()) if found is not None else None
    if found is None or past is None or past.quantity is None or quantity.end != scene.part.end:
        return
    one, other = past.quantity, quantity
    if one.about != EXACT or one.unit is None or other.unit is None or one.sign or other.sign:
        return
    if (one.unit.name, one.unit.points) != (other.unit.name, other.unit.points):
        return
    a, b = one.value * one.unit.factor, other.value * other.unit.factor
    less = found.group("less") is not None
    if (a > b) != less:
        return
    shown = f"{scene.text[past.start : past.end]} and {scene.text[quantity.start : quantity.end]}"
    start = found.start("less" if less else "more")
    yield Finding("claim-order", start, quantity.end, f"of {shown}, this is not so")


def _before(sentence: Sequence[Scene], numbers: Sequence[Token], at: int) -> Token | None:
    """The number that is held against another: the one right before in the clause, or the last of the clause before."""
    scene = sentence[-1]
    if len(numbers) == 2:
        home, past = scene, numbers[0]
        begun = past.end
    elif len(numbers) == 1 and len(sentence) > 1 and len(sentence[-2].of("number")) == 1 and not sentence[-2].unsure:
        home, past = sentence[-2], sentence[-2].of("number")[0]
        begun = scene.part.start
        if past.end != home.part.end:
            return None
    else:
        return None
    if past.end > at or _BEGUN.fullmatch(scene.text, begun, at) is None:
        return None
    away = _AWAY.search(scene.text, home.part.start, scene.part.end)
    sized = [token for token in home.of("amp") if token.end <= past.start]
    return past if away is None or (sized and away.start() == sized[-1].start) else None
