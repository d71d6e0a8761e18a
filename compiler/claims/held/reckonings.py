"""What a sentence reckons itself: 从 A 升至 B，上升 C; 由 A 提高 C 至 B.

In: a scene, the book, the clause after it.  Out: findings.  Always: A and B are said beside each other, and C is no change since
another time.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..words.quantities import HAN, Quantity, fits
from ..words.reading import sentence_start
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token

_FROM = later(r"从(?![业事而容严紧宽此])|(?<![理缘自])由(?![于此])")
_TO = later(
    r"(?:升至|增至|降至|跌至|涨至|回升至|回落至|提高到|提高至|上升至|下降至|下调至|上调至|扩大至|收窄至|提升至|降到|升到|增加到|增加至|减少至|减少到|减至|增长至|下滑至|攀升至|下行至|上行至|缩减至|萎缩至|反弹至|走低至|走高至|至|到)$"
)
_WHEN = later(
    r"(?:(?:\d{4}年|今年|去年)?\d{0,2}月?(?:\d{1,2}日)?|(?:本?周|星期)[一二三四五六日]|(?:\d{4}年|今年|去年|上年)?[一二三四]季度|\d{2,4}年?Q[1-4]|目前|最新|期末|年末|月末|年底|当前)(?:末|底|份)?的?$"
)
_YEAR_BEFORE = later(r"[由从](?:上年|去年)(?:同期)?的?\d")
_STEP_BEFORE = later(
    r"[由从](?:上一?个?(?:周|月|季度?|期)|前一?个?(?:周|月|季度?|期)|前值)末?的?\d"
)  # 由上周的 A 升至 B，环比增长…
_UP = later(r"升|涨|增|提|扩|高|上|反弹|阔|拉[大开]|放大|加大")
_DOWN = later(r"降|跌|减|落|窄|滑|低|缩|下|敛")
_OTHER_NOUN = later(r"增速|增长率|价格|余额|规模|金额|指数|利率|收益率|销量|产量|收入|利润|[一-龥]{2}额")  # 社零增速回落…


def hold_reckoning(scene: Scene, book: Book, after: Scene | None) -> Iterator[Finding]:
    """从 A 升至 B，上升 C: the way from A to B, and C."""
    if scene.unsure or scene.denied or _FROM.search(scene.words) is None:
        return
    numbers = scene.of("number")
    through = _through(scene, numbers, after)
    if through is not None:
        yield from through
        return
    for one, other in itertools.pairwise(numbers):
        first, second = one.quantity, other.quantity
        assert first is not None
        assert second is not None
        between = _WHEN.sub("", scene.text[first.end : second.lead])
        lead = scene.text[max(scene.part.start, first.lead - 14) : first.lead]
        if _TO.search(between) is None or _FROM.search(lead) is None or first.about or second.about:
            continue
        if first.unit is not None and second.unit is not None and first.unit.name.split("/")[0] != second.unit.name.split("/")[0]:
            continue
        a, b = _base(first, second), _base(second, first)
        verb = between.removesuffix("至").removesuffix("到")
        if not verb:
            earlier = [token for token in scene.of("dir") if token.start < first.start] + [
                token for token in scene.of("dir") if token.start > second.end
            ]
            verb = scene.text[earlier[0].start : earlier[0].end] if len(earlier) == 1 else ""
        up, down = _UP.search(verb) is not None, _DOWN.search(verb) is not None
        said = scene.text[sentence_start(scene.text, scene.part.start) : second.lead]
        if _QUOTED.search(said) is not None and _FOR_DOLLARS.search(said) is None:
            up = down = False  # 人民币中间价由 7.1007 升至 7.0949
        if up != down and a >= 0 <= b and (a >= b if up else a <= b):
            start = first.end if between not in ("至", "到") else first.start
            end = first.end + len(between) if between not in ("至", "到") else second.end
            yield Finding("claim-change", start, max(end, start + 1), f"from {first.value} to {second.value} is no {verb}")
            return
        yield from _difference(scene, numbers, second, a, b, after)
        return


_CAME_TO = later(
    r"，?(?:并|最终|进一步|相应|一举)*(?:[升涨增提降跌减]|回[升落]|上[升行涨调]|下[降行跌调滑]|[提走][高低升]|增[加长]|[扩放]大|收窄|走阔|减少|[攀抬]升"
    r"|缩[减小])?(?:至|到|达到)"
)


def _through(scene: Scene, numbers: Sequence[Token], after: Scene | None) -> Iterator[Finding] | None:
    """由 84.59% 提高 1.65%，升至 86.24%: how far it was, said before where it came to."""
    ahead = after.of("number") if after is not None and not after.unsure and not after.of("row") and not after.of("noun") else []
    said = [*numbers, *ahead[:1]]
    if len(numbers) not in (2, 3) or len(said) < len("ABC"):
        return None
    first, third, second = (token.quantity for token in said[:3])
    assert first is not None
    assert third is not None
    assert second is not None
    verb = [one for one in scene.of("dir") if first.end <= one.start and one.end <= third.lead]
    plain = len(verb) == 1 and scene.text[first.end : third.lead].removesuffix("了") == scene.text[verb[0].start : verb[0].end]
    lead = scene.text[max(scene.part.start, first.lead - 14) : first.lead]
    if not plain or scene.text[verb[0].end - 1] in "至到" or _FROM.search(lead) is None:
        return None
    if _CAME_TO.fullmatch(scene.text, third.end, second.lead) is None or first.about or second.about:
        return None
    units = [one.unit.name if one.unit is not None else "" for one in (first, second)]
    return _held(third, second, _base(first, second), _base(second, first)) if units[0] == units[1] else None


# What is worth the more the less is paid in it for a dollar.
_QUOTED = later(r"(?:人民币|日元|瑞郎|韩元|卢比|加元|里拉|卢布)(?!计价|贷款|存款|资产|债)|中间价|(?<!美元)汇率")
_FOR_DOLLARS = later(r"(?:美元|欧元|英镑|港元)[兑对]")
PIPS = 10_000  # 基点 of a rate of exchange in one
_COMES_TO = later(r"[至到](?:[^，\d]{1,8}的)?$")


def _base(one: Quantity, other: Quantity) -> Decimal:
    unit = one.unit or other.unit
    value = one.value * (unit.factor if unit is not None else 1)
    return -value if one.sign == "-" else value


_OTHER_SPAN = later(rf"[近过去]*[{HAN}\d]+个?(?:年|月|季度|周|交易日|日|天)(?:间|里|内|以?来)|全年|年内|以来")


def _based(scene: Scene) -> set[str]:
    """What the way of a clause may be called behind it: 同比 of one from 去年同期, 环比 of one from 上周."""
    found = (("同比", _YEAR_BEFORE), ("环比", _STEP_BEFORE))
    return {word for word, begun in found if begun.search(scene.words) is not None}


def _difference(
    scene: Scene, numbers: Sequence[Token], second: Quantity, a: Decimal, b: Decimal, after: Scene | None
) -> Iterator[Finding]:
    """The rise said beside its ends."""
    later_ones = [token for token in numbers if token.start > second.end]
    home, based = scene, _based(scene)
    if (
        not later_ones
        and after is not None
        and not after.unsure
        and _OTHER_NOUN.search(after.words) is None
        and not after.of("row")
        and not after.of("noun")
        and not after.of("time")
        and _OTHER_SPAN.search(after.words) is None
        and {token.scope for token in after.of("basis")} <= based
    ):
        later_ones = list(after.of("number"))[:1]
        home = after
    if not later_ones or not [
        token
        for token in home.tokens
        if (token.kind in ("dir", "amp") or home.text[token.start : token.end] == "净增") and token.end <= later_ones[0].start
    ]:
        return
    third = later_ones[0].quantity
    assert third is not None
    if home is scene and scene.text[second.end] == "、":
        return  # 从 A 走阔至 9 日的 B、10 日的 C
    if home is not scene and _COMES_TO.search(home.text, home.part.start, third.lead) is not None:
        return  # 由 A 升至 B，月末回落至 C
    plain = home.words
    for word in based:
        plain = plain.replace(word, "")
    if any([word in plain for word in ("较", "同比", "环比", "比")]) and home is not scene:
        return
    yield from _held(third, second, a, b)


def _held(third: Quantity, second: Quantity, a: Decimal, b: Decimal) -> Iterator[Finding]:
    """What is wrong with how long a way is said to be."""
    unit, own = third.unit, second.unit
    if unit is not None and unit.name == "%":
        if own is not None and own.name == "%":
            actual = abs(b - a) / unit.factor
            if not unit.points and (fits(third, actual) or (a and fits(third, abs(b - a) * 100 / abs(a)))):
                if fits(third, actual):
                    yield Finding(
                        "claim-unit",
                        third.start,
                        third.end,
                        f"a difference of two shares is {rounded(actual, third.decimals)} 个百分点",
                    )
                return
        elif unit.points and own is None:  # 由 7.1007 升至 7.0949，累计调升 58 个基点
            actual = abs(b - a) * (PIPS if unit.factor != 1 else 1)
        elif not a:
            return
        else:
            actual = abs(b - a) * 100 / abs(a) / unit.factor  # 近一成
    elif unit is not None and unit.name == "倍":
        if a <= 0 or b < a:
            return
        actual = b / a - 1
        third = third.replace(about=third.about or "about") if third.decimals == 0 else third
    else:
        factor = unit.factor if unit is not None else own.factor if own is not None else Decimal(1)
        if unit is not None and own is not None and unit.name != own.name:
            return
        actual = abs(b - a) / factor
    if not fits(third, actual):
        points = unit is not None and unit.points and any([fits(third, actual * step) for step in (100, Decimal("0.01"))])
        yield Finding(
            "claim-unit" if points else "claim-change",
            third.start,
            third.end,
            f"this way is {rounded(actual, max(third.decimals, 1))} long",
        )
