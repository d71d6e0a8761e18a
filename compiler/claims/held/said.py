"""A sentence's own numbers held against each other; the data are not asked.

In: the clauses of a sentence.  Out: findings.  Always: both numbers are typed in the sentence, of one unit, said of two things
in turn; who is 前者 and who 后者 is plain.  前者更高 of 4.25 % and 5.50 %, 相差 5.43 个百分点 of -2.90 % and -7.33 %,
单次幅度为 50 个基点 after 由 14.75% 上调至 15.00%.  Rule: house rule of 2026.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..words.quantities import COUNT, EXACT, fits, han_value
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Scene, Token
    from ..words.quantities import Quantity

_POINTED = later(
    r"^(?:而|且|其中|显然|则|但)?(?P<who>前者|后者)的?(?P<noun>涨幅|升幅|增幅|增速|跌幅|降幅|减幅|溢价|折价|数值|读数|水平|规模|得分|占比|比例|利率|价格)?"
    r"(?:显著|明显|稍|略|也|更|仍|要|大幅|小幅|微|为|较)*(?:(?P<more>[高大快多深]|更胜一筹|胜一筹|领先|占优|居上|在前|为高|为大|为多)|(?P<less>[低小慢少浅]|落后|逊一筹|逊色|稍逊|居下))"
    r"(?:一些|一点|一筹)?$"
)
_IN_TURN = later(r"分别|依次|各为")
_DIFFER = later(r"(?:相差|差距(?:约?为|达到?|有)?|之差(?:约?为)?)(?:约|近)?$")
_BY = later(r"(?:幅度|单次|涨幅|降幅|升幅|增幅|累计|合计)(?:约?为|达到?|是|有|仅)?(?:约)?$")
_WAY = later(r"[由从]")
_TO = later(
    r"(?:至|到)(?:(?:[本上当]周[一二三四五六日]?末?|周[一二三四五六日末]|(?:\d{1,2}月)?\d{1,2}日|\d{1,2}月末?|[一二三四]季度末?)的)?$"
)


def hold_said(sentence: Sequence[Scene]) -> Iterator[Finding]:
    """What is wrong in the last clause of `sentence`, by the numbers said before it in the sentence."""
    scene = sentence[-1]
    if scene.unsure or scene.denied:
        return
    pointed = _POINTED.match(scene.words)
    if pointed is not None:
        finding = _compared(scene, sentence[:-1], pointed.group("who") == "前者", pointed.group("more") is not None, pointed)
        if finding is not None:
            yield finding
        return
    numbers = scene.of("number")
    if not numbers or numbers[0].quantity is None or numbers[0].quantity.about not in (EXACT, "about"):
        if (
            len(sentence) > 1
            and numbers
            and numbers[0].quantity is not None
            and _in_days(scene, numbers[0].quantity, sentence[-2])
        ):
            finding = _way(numbers[0].quantity, sentence[-2])
            yield from () if finding is None else (finding,)
        return
    first = numbers[0].quantity
    before = scene.text[scene.part.start : first.lead]
    if len(sentence) > 1 and len(numbers) == 2 and (found := _part(sentence[-2], numbers[0], numbers[1])) is not None:
        yield found
        return
    if (
        len(sentence) > 1
        and (found := _added(first, before, sentence[:-1]) or _restated(first, before, sentence[-2])) is not None
    ):
        yield found
        return
    if _DIFFER.search(before) is not None and len(sentence) > 1:
        finding = _apart(first, sentence[:-1])
    elif len(sentence) > 1 and len(numbers) > 1:
        finding = _short_of(scene, numbers[0], numbers[1], sentence[-2])
    elif len(sentence) > 1 and (_BY.search(before) is not None or _in_days(scene, first, sentence[-2])):
        finding = _way(first, sentence[-2])
    elif len(sentence) > 1 and (turned := _other_way(scene, first, sentence[-2])) is not None:
        finding = turned
    elif len(sentence) > 1 and _WAY.search(scene.words) is not None:
        finding = _way_before(scene, sentence[-2])
    else:
        finding = None
    if finding is not None:
        yield finding


_SHARE = later(r"占(?:据|到|了)?(?:全国|全市场|全行业|全部|全体|总计|合计|总共|其|总数)?(?:的)?$")
_MULTIPLE = later(r"(?:是|为|相当于)(?:其|了|约)?[一-龥A-Za-z]{0,12}$")
_WHOLE = later(r"[一-龥A-Za-z]{0,6}(?:总数|总量)?的(?:比重|比例)?(?:为|达)?$")
LOOSE = Decimal("0.12")


def _part(before: Scene, whole: Token, number: Token) -> Finding | None:
    """142 只，占全部 726 只的近三成; 跌 3.50%，约为其 A 股 1.72% 跌幅的三倍."""
    one = before.of("number")[-1].quantity if before.of("number") else None
    base, said = whole.quantity, number.quantity
    if one is None or base is None or said is None or said.unit is None or not _alike(one, base) or not base.value:
        return None
    if before.text[one.end : before.part.end].strip("的了") or _WHOLE.fullmatch(before.text, base.end, said.lead) is None:
        return None
    words = before.text[before.part.end + 1 : base.lead]
    ratio = one.value / base.value
    loose = sum([Decimal("0.5").scaleb(-number.decimals) / number.value for number in (one, base) if number.value], Decimal(0))
    scale = 100 / said.unit.factor if said.unit.name == "%" else 1
    if any([fits(said, ratio * scale * (1 + by)) for by in (-loose, loose)]):
        return None  # what rounded numbers leave open
    if said.unit.name == "%" and not said.unit.points and _SHARE.search(words) is not None and ratio <= 1:
        return _differs(said, ratio * 100, "claim-share")
    if said.unit.name == "倍" and _MULTIPLE.search(words) is not None:
        near = said.about in (EXACT, "about") and not said.decimals and abs(ratio - said.value) <= LOOSE * said.value
        return None if near else _differs(said, ratio, "claim-multiple")
    return None


_ADDED = later(
    r"(?:则|也|共|[两二](?P<two>者|项|地|家)|三(?P<three>者|项|地|家))*(?:合计|共计|总计|合共|加总|相加)"
    r"(?:共|约|为|是|达到?|净?(?:流[入出]|买入|卖出|投放|回笼)|发行|成交|发放|下发|规模|金额|额)*"
)
_NO_LIST = later(r"其中|占|较|比|从|由|合计|平均|剔除|扣除")


def _added(quantity: Quantity, words: str, sentence: Sequence[Scene]) -> Finding | None:
    """国产 117 款、进口 15 款，两者合计 132 款: the sum of the numbers said before, each of a thing of its own."""
    found = _ADDED.fullmatch(words)
    if found is None or quantity.unit is None or quantity.unit.name in ("", "%"):
        return None
    own: list[Quantity] = []
    ways: set[int] = set()
    for scene in sentence[::-1]:
        some = _list_of(scene, quantity)
        if not some:
            break
        own = [*some, *own]
        ways |= {token.sign for token in scene.of("dir")}
    many = 2 if found.group("two") else 3 if found.group("three") else 0
    if len(own) < max(many, 2) or len(ways) > 1:
        return None
    totals: list[Decimal] = []
    for size in [many] if many else range(2, len(own) + 1):
        last = own[-size:]
        total = sum([one.value * _factor(one) for one in last], Decimal(0))
        half = [Decimal("0.5").scaleb(-one.decimals) * _factor(one) for one in last if one.decimals or _factor(one) > 1]
        loose = sum(half, Decimal(0))
        if any([fits(quantity, (total + by) / quantity.unit.factor) for by in (-loose, 0, loose)]):
            return None
        totals.append(total)
    return _differs(quantity, totals[-1], "claim-total")


def _factor(quantity: Quantity) -> Decimal:
    return quantity.unit.factor if quantity.unit is not None else Decimal(1)


def _list_of(scene: Scene, like: Quantity) -> list[Quantity]:
    """The plain numbers of a clause that count the same, where each has a row or a column of its own."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    things = [{scene.text[token.start : token.end] for token in scene.of(kind)} for kind in ("row", "noun")]
    if scene.unsure or scene.denied or _NO_LIST.search(scene.words) is not None:
        return []
    alike = [one.unit is not None and like.unit is not None and one.unit.name == like.unit.name for one in numbers]
    if not numbers or not all(alike) or any([one.about or one.sign for one in numbers]):
        return []
    return numbers if len(numbers) in [len(one) for one in things] else []


_RESTATED = later(
    r"(?:若|如果|按)?(?:四舍五入|(?:四舍五入)?(?:后|并)?保留(?:到|至)?[一二两三四\d]位小数)(?:到|至)?(?:[一二两三四\d]位小数|小数点?后[一二两三四\d]位)?之?后?"
    r"(?:即|就是|则|可?记?[为作]|约|得|是|为|等于)*"
)


def _restated(quantity: Quantity, words: str, before: Scene) -> Finding | None:
    """收于 2.0649%，四舍五入即 2.06%: the number said last, to fewer places."""
    numbers = [token.quantity for token in before.of("number") if token.quantity is not None]
    if not numbers or _RESTATED.fullmatch(words) is None or not _alike(numbers[-1], quantity.replace(about="")):
        return None
    right = rounded(numbers[-1].value, quantity.decimals)
    if numbers[-1].decimals <= quantity.decimals or right == quantity.value:
        return None
    return Finding("claim-rounding", quantity.start, quantity.end, f"{numbers[-1].value} rounds to {right}")


def two_said(sentence: Sequence[Scene]) -> tuple[Token, Token] | None:
    """The two numbers said of two things in turn: of one clause, or of the last two."""
    if not sentence:
        return None
    last = sentence[-1].of("number")
    if len(last) == 2 and _IN_TURN.search(sentence[-1].words) is not None:
        return last[0], last[1]
    if len(last) == 1 and len(sentence) > 1:
        past = sentence[-2].of("number")
        if (
            len(past) == 1
            and sentence[-2].of("row") + sentence[-2].of("noun")
            and sentence[-1].of("row") + sentence[-1].of("noun")
        ):
            return past[0], last[0]
    return None


def base_of(quantity: Quantity) -> Decimal:
    """A number in the unit it counts."""
    return quantity.value * _factor(quantity)


NEAR_BY = 4  # what is said to be so far from a mark lies within this part of it
_FROM_MARK = later(r"(?:距离?|离|较)(?:前期|历史)?[一-龥]{0,4}$")
_SHORT_OF = later(r"[一-龥]{0,2}(?:整数)?(?:关口|大关|整数位|门槛)?(?:已|也|还|仅|只|就)*(?:差|有|剩)[^\d，。；]{0,4}")


def _short_of(scene: Scene, mark: Token, number: Token, before: Scene) -> Finding | None:
    """收于 9985.5 美元，距 1 万美元关口只差 14.5 美元: a mark less the number said last."""
    said = [token.quantity for token in before.of("number") if token.quantity is not None]
    limit, gap = mark.quantity, number.quantity
    if len(said) != 1 or limit is None or gap is None or limit.about or said[0].about or said[0].sign:
        return None
    names = {one.unit.name.split("/")[0] if one.unit is not None else "" for one in (said[0], limit, gap)}
    if len(names) > 1 or scene.of("row") or scene.of("noun"):
        return None
    if _FROM_MARK.fullmatch(scene.text, scene.part.start, limit.lead) is None:
        return None
    if _SHORT_OF.fullmatch(scene.text, limit.end, gap.lead) is None:
        return None
    size, loose = base_of(limit) - base_of(said[0]), Decimal("0.5").scaleb(-said[0].decimals) * _factor(said[0])
    if not 0 < size <= base_of(limit) / NEAR_BY or any([fits(gap, (size + by) / _factor(gap)) for by in (-loose, loose)]):
        return None
    return _differs(gap, size)


def _way_of(scene: Scene, number: Token) -> int:
    """Which way a number is said to go."""
    words = [token for token in scene.tokens if token.kind in ("dir", "amp", "noun") and token.sign and token.end <= number.start]
    return words[-1].sign if words else 0


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.unit is not None and one.unit == other.unit and not one.about and not other.about


def _compared(scene: Scene, sentence: Sequence[Scene], former: bool, more: bool, pointed: re.Match[str]) -> Finding | None:
    two = two_said(sentence)
    if two is None or two[0].quantity is None or two[1].quantity is None or not _alike(two[0].quantity, two[1].quantity):
        return None
    homes = [next(one for one in reversed(sentence) if number in one.tokens) for number in two]
    ways = [_way_of(home, number) for home, number in zip(homes, two)]
    one, other = [
        -number.quantity.value if number.quantity.sign == "-" else number.quantity.value for number in two if number.quantity
    ]
    word = pointed.group("more") or pointed.group("less")
    size = pointed.group("noun") in ("涨幅", "升幅", "增幅", "跌幅", "降幅", "减幅")
    if ways[0] != ways[1] or one == other or (one < 0) != (other < 0):
        return None
    if (ways[0] < 0 or one < 0) and not (size and word in ("大", "深", "小", "浅", "高", "低")):
        return None
    first = abs(one) > abs(other)
    if first == (former == more):
        return None
    start, end = scene.part.start + pointed.start("who"), scene.part.end
    said = [scene.text[number.start : number.end] for number in two]
    return Finding("claim-order", start, end, f"of {said[0]} and {said[1]}, `{scene.text[start:end]}` is not so")


def _apart(quantity: Quantity, sentence: Sequence[Scene]) -> Finding | None:
    """相差 C of two numbers that go the same way."""
    two = two_said(sentence)
    if two is None or two[0].quantity is None or two[1].quantity is None or not _alike(two[0].quantity, two[1].quantity):
        return None
    homes = [next(one for one in reversed(sentence) if number in one.tokens) for number in two]
    one, other = two[0].quantity, two[1].quantity
    if quantity.unit is None or one.unit is None or quantity.unit.name != one.unit.name or one.sign != other.sign:
        return None
    ways = {_way_of(homes[0], two[0]), _way_of(homes[1], two[1])}
    if ways == {1, -1}:  # 净买入 38.62 亿元，上周却是净卖出 15.47 亿元，相差 54.09 亿元
        return _differs(quantity, (one.value + other.value) * one.unit.factor) if not one.sign else None
    if len(ways) > 1:
        return None
    return _differs(quantity, abs(one.value - other.value) * one.unit.factor)


def ends_of(scene: Scene) -> tuple[Quantity, Quantity] | None:
    """A and B of 由 A 升至 B."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    for one, other in itertools.pairwise(numbers):
        from_it = _WAY.search(scene.text, scene.part.start, one.lead) is not None
        if from_it and _TO.search(scene.text, one.end, other.lead) and _alike(one, other) and one.sign == other.sign:
            return one, other
    return None


def _way(quantity: Quantity, scene: Scene) -> Finding | None:
    """由 A 上调至 B，幅度为 C."""
    ends = ends_of(scene)
    if ends is None or quantity.unit is None or ends[0].unit is None or quantity.unit.name != ends[0].unit.name:
        return None
    if ends[0].unit.name == "%" and not quantity.unit.points:
        return None
    return _differs(quantity, abs(ends[1].value - ends[0].value) * ends[0].unit.factor)


_LEAD = later(r"(?:环比|较(?:上|前)一?个?(?:[日周月年期]|季度?)|一[周月年]|净|则|共|累计|合计|·|了|约)*")


def _other_way(scene: Scene, quantity: Quantity, before: Scene) -> Finding | None:
    """由 A 升至 B，环比减少 C, where C is what A and B are apart: the other way."""
    ends, moved = ends_of(before), [token for token in scene.of("dir") if token.end <= quantity.lead]
    if ends is None or len(moved) != 1 or not moved[0].sign or scene.of("row") or scene.of("noun") or quantity.unit is None:
        return None
    lead = scene.text[scene.part.start : moved[0].start] + "·" + scene.text[moved[0].end : quantity.lead]
    up = ends[1].value - ends[0].value if ends[0].sign != "-" else ends[0].value - ends[1].value
    alike = ends[0].unit is not None and ends[0].unit.name == quantity.unit.name and ends[0].unit.name != "%"
    if not alike or _LEAD.fullmatch(lead) is None or not up or not fits(quantity, abs(up) * _factor(ends[0]) / _factor(quantity)):
        return None
    if (up > 0) == (moved[0].sign > 0):
        return None
    said = scene.text[moved[0].start : moved[0].end]
    return Finding("claim-twice", moved[0].start, moved[0].end, f"by its own numbers it is the other way than `{said}`")


_DAYS = later(rf"(?:短短|仅|在)?{COUNT}个?(?:交易日|[天日周月])(?:之?[里内间])?(?:累计|合计|共|便|就)*·了?")


_WEEKDAY = later(r"周(?P<day>[一二三四五六日])")
_MANY = later(COUNT)


def _as_many(words: str, before: Scene) -> bool:
    """Whether so many days are those of the way, where it says its first and last: 由周二的 A 升至周五的 B，三天里…."""
    many = _MANY.search(words)
    size = han_value(many.group()) if many is not None else None
    ends = ["一二三四五六日".index(one.group("day")) for one in _WEEKDAY.finditer(before.words)]
    return len(ends) != 2 or size in (ends[1] - ends[0], ends[1] - ends[0] + 1)


def _in_days(scene: Scene, quantity: Quantity, before: Scene) -> bool:
    """Whether a clause says no more than how far it went in so many days: 三天里拉升 86 点."""
    moved = [token for token in scene.of("dir") if token.end <= quantity.lead]
    if len(moved) != 1 or not _as_many(scene.text[scene.part.start : moved[0].start], before):
        return False
    start, end = moved[0].start, moved[0].end
    return _DAYS.fullmatch(scene.text[scene.part.start : start] + "·" + scene.text[end : quantity.lead]) is not None


def _way_before(scene: Scene, before: Scene) -> Finding | None:
    """扩大 C，由 A 升至 B."""
    numbers = before.of("number")
    ends = ends_of(scene)
    if ends is None or len(numbers) != 1 or numbers[0].quantity is None or scene.of("row") or scene.of("noun"):
        return None
    moved = [token for token in before.tokens if token.kind == "dir" and token.end <= numbers[0].start]
    lead = before.text[moved[-1].end : numbers[0].quantity.lead] if moved else "-"
    return _way(numbers[0].quantity, scene) if lead in ("", "了") and numbers[0].quantity.about in (EXACT, "about") else None


def _differs(quantity: Quantity, size: Decimal, code: str = "claim-change") -> Finding | None:
    unit = quantity.unit
    assert unit is not None
    actual = size / unit.factor
    if fits(quantity, actual):
        return None
    message = f"by its own numbers it is {rounded(actual, max(quantity.decimals, 1))}"
    return Finding(code, quantity.start, quantity.end, message)
