"""A sentence's own whole held against its parts: 合计 12.92 万亿元，其中 1 月 5.13 万亿元，占比约六成.

In: the clauses of a sentence.  Out: findings.  Always: part and whole are typed in the sentence and count the same, the part is
said to be one of the whole (其中), and a mean of as many as the words say (前 8 个月); the data are not asked.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..words.quantities import ABOUT, COUNT, EXACT, THINGS, fits, han_value
from .findings import Finding
from .shares import halves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Scene
    from ..words.quantities import Quantity

_SHARE = later(
    r"(?:单[这此]?一?(?:项|月|日|天|家|类|地|季)?)?(?:就|便|则|已|也|仅|只|恰好|刚好|大约|约|几乎)*"
    r"(?:占(?:比|了|据|到|去了?)?(?:约)?|占?(?:比重|比例|份额)|占比)"
    r"(?:(?:总数|总量|总额|总规模|总体|全部|合计|其)(?:的|之)?(?:比重|比例)?)?(?:约?为|约?是|达到?|约?在|仅|仅为|仅有|只有|有|已)?"
)
_AMONG = later(r"其中|当中")
_WHOLE = later(r"合计|共|总|累计|全部|全[年周月国市]|近[一-龥\d]+个?[年月周日]")
_OTHER = later(r"较|(?<!占)比(?![重例])|同比|环比|增长|增加|减少|下降|[多少低高]出|以上各|剔除|扣除|目标|预期|上限")
_MEAN = later(
    r"(?:也即|即|折合|折算|相当于|换算)?(?:约合)?(?:平均(?:到|下来)?)?(?:(?P<each>每|单)(?:个)?(?P<unit>[年月周日天季家只个款部场辆城位])"
    r"(?:度|产品|公司|基金)?(?:平均)?|(?P<unit2>[年月周日季])均)"
    r"(?:仅|约|大约|为|达到?|是|有|在|销售|成交|交付|净?(?:买入|流入|卖出|流出)|发行|募集|额|规模|量|产量|销量|新增|实现|录得)*"
)
_UNITS = {"天": "日", "交易日": "日", "个交易日": "日", "季度": "季", "个季度": "季", "个月": "月"}
_MANY = later(
    rf"(?<![第近])(?P<n>{COUNT})(?P<unit>个?交易日|个?季度|个月|[年周日天]|[{THINGS}])(?!度|均|以[来上]|期|间隔|月|季|交易)"
)
_HALF_YEAR = later(r"[上下]半年")


def hold_portions(sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The share, or the mean, of the last clause of `sentence`."""
    scene = sentence[-1]
    if len(sentence) < 2 or scene.unsure or scene.denied:
        return
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    rates = len(sentence) > 2 and sentence[-2].inherited and _OF_RATE.fullmatch(sentence[-2].words) is not None
    moved = _moved(scene, numbers, sentence[-3 if rates else -2])
    if moved is not None:
        yield moved
        return
    numbers = numbers or halves(scene)
    if len(numbers) != 1 or numbers[0].unit is None or numbers[0].unit.points:
        return
    number = numbers[0]
    if number.unit is not None and number.unit.name == "%":
        finding = _share(scene, number, sentence)
    else:
        finding = _mean(scene, number, sentence[-2])
    if finding is not None:
        yield finding


_OF_RATE = later(r"(?:同比|环比)[一-龥]{2,6}\d+(?:\.\d+)?%")  # 交付 48122 辆，同比增长 37.8%，较 7 月的 51000 辆有所…


def _share(scene: Scene, number: Quantity, sentence: Sequence[Scene]) -> Finding | None:
    """其中 1 月 5.13 万亿元，占比约六成."""
    if _SHARE.fullmatch(scene.text, scene.part.start, number.lead) is None:
        return None
    part = _one(sentence[-2])
    if part is None or _OTHER.search(sentence[-2].words) is not None:
        return None
    at = next((at for at in range(len(sentence) - 2, 0, -1) if _AMONG.match(sentence[at].words)), 0)
    whole = _one(sentence[at - 1]) if at else None
    if whole is None or whole.unit is None or part.unit is None or whole.unit.name != part.unit.name:
        return None
    if at < len(sentence) - 2 and not sentence[-2].of("row") and not sentence[-2].of("noun"):
        return None
    size, total = _size(part), _size(whole)
    if not 0 < size <= total:
        return None
    return _differs(number, size * 100 / total, _loose(part) + _loose(whole), "claim-share")


def _one(scene: Scene) -> Quantity | None:
    """The only number of a clause, where it is plain and counts something."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    if len(numbers) != 1 or scene.unsure or scene.denied or scene.way:
        return None
    number = numbers[0]
    plain = number.about in (EXACT, ABOUT) and not number.sign and number.unit is not None
    return number if plain and number.unit is not None and number.unit.name not in ("%", "倍", "点") else None


def _mean(scene: Scene, number: Quantity, before: Scene) -> Finding | None:
    """前 8 个月累计 703.4 万辆，平均每月 87.8 万辆."""
    found = _MEAN.fullmatch(scene.text, scene.part.start, number.lead)
    whole = _one(before)
    if found is None or whole is None or whole.unit is None or number.unit is None or whole.unit.name != number.unit.name:
        return None
    if _WHOLE.search(before.words) is None or _OTHER.search(before.words) is not None or before.of("versus") or before.of("base"):
        return None
    unit = found.group("unit") or found.group("unit2")
    counts = [
        han_value(one.group("n"))
        for one in _MANY.finditer(before.text, before.part.start, whole.lead)
        if _UNITS.get(one.group("unit"), one.group("unit")) == _UNITS.get(unit, unit)
    ]
    if not counts and unit == "月" and _HALF_YEAR.search(before.text, before.part.start, whole.lead):
        counts = [Decimal(6)]
    if len(counts) != 1 or counts[0] is None or counts[0] < 2:
        return None
    return _differs(number, _size(whole) / counts[0], _loose(whole), "claim-total")


_FROM = later(
    r"(?:也|仍|则|均|都|亦|总量|规模|水平)*(?:较|(?<![占同环])比)"
    r"[^，。；\d]{0,12}?(?:\d{0,4}年?\d{1,2}月[份末底]?)?[^，。；\d]{0,6}的$"
)
_MOVED = later(r"(?:略有?|仅|也|又|则|小幅|大幅|有所|明显|继续|进一步|微|再度|净|环比|同比|了)*")


def _moved(scene: Scene, numbers: Sequence[Quantity], before: Scene) -> Finding | None:
    """合计成交 112.2 万平方米，较上周的 150.4 万平方米下降 25.3%."""
    here = _one(before)
    if here is None or not 1 <= len(numbers) <= 2 or _OTHER.search(before.words) is not None or here.about:
        return None
    past = numbers[0]
    start = scene.part.start
    if past.unit != here.unit or past.about or past.sign or _FROM.fullmatch(scene.text[start : past.lead]) is None:
        return None
    words = [token for token in scene.of("dir") if token.start >= past.end]
    if len(words) != 1 or scene.of("row") or scene.of("amp") or not here.value or not past.value:
        return None
    word = words[0]
    if _MOVED.fullmatch(scene.text, past.end, word.start) is None or here.value == past.value:
        return None
    if (here.value > past.value) != (word.sign > 0):
        said = scene.text[word.start : word.end]
        message = f"`{said}`: by the sentence's own numbers it went from {past.value} to {here.value}"
        return Finding("claim-direction", word.start, word.end, message)
    if len(numbers) < 2 or scene.text[word.end : numbers[1].lead] not in ("", "了") or numbers[1].unit is None:
        return None
    number, apart = numbers[1], abs(_size(here) - _size(past))
    loose = (_loose(here) * _size(here) + _loose(past) * _size(past)) / apart
    if number.unit is not None and number.unit.name == "%" and not number.unit.points:
        return _differs(number, apart * 100 / _size(past), loose, "claim-change")
    alike = number.unit is not None and past.unit is not None and number.unit.name == past.unit.name
    return _differs(number, apart, loose, "claim-change") if alike else None


def _size(quantity: Quantity) -> Decimal:
    return quantity.value * (quantity.unit.factor if quantity.unit is not None else 1)


def _loose(quantity: Quantity) -> Decimal:
    """What a rounded number leaves open, as a part of it; whole things that are counted leave nothing."""
    scaled = quantity.decimals or (quantity.unit is not None and quantity.unit.factor > 1) or quantity.about
    return Decimal("0.5").scaleb(-quantity.decimals) / quantity.value if scaled and quantity.value else Decimal(0)


def _differs(number: Quantity, size: Decimal, loose: Decimal, code: str) -> Finding | None:
    actual = size / (number.unit.factor if number.unit is not None else 1)
    ends = [actual * (1 + by) for by in (-loose, Decimal(0), loose)]
    if ends[0] <= number.value <= ends[2] or any([fits(number, one) for one in ends]):
        return None
    message = f"by the sentence's own numbers it is {rounded(actual, max(number.decimals, 1))}"
    return Finding(code, number.start, number.end, message)
