"""By which column a first or last place is counted, where a number or another row says it: 以 16.9% 居首, A 增幅最大，B 最小.

In: a clause that gives a row its place, a sheet, the sentence so far.  Out: the column, or the clause with what it leaves out.
Always: the row has the number in one column only.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.columns import columns_said
from ..meant.pairs import standard
from ..meant.pools import is_rate, rate_of
from ..tables.subjects import CHANGE
from ..words.quantities import EXACT, fits
from ..words.superlatives import PLACE, TOP

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from ..clauses.scene import Scene
    from ..tables.subjects import Measure, Sheet

FEW_DIGITS = 3  # of a number that tells its column
_BY = later(r"(?:的(?:成绩|水平|数值|规模|增速|涨幅|得分|收益))?(?:暂|仍|继续|再度|依然|位|高|稳)?$|$")


def by_number(scene: Scene, sheet: Sheet, row: int, found: re.Match[str] | None, few: int = FEW_DIGITS) -> Measure | None:
    """The one column whose number of the row is said beside the word: 以 16.9% 居首."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    if len(numbers) != 1 or numbers[0].about != EXACT or numbers[0].unit is None:
        return None
    number, unit = numbers[0], numbers[0].unit
    digits = f"{number.value:f}".replace(".", "").strip("0")
    if len(digits) < few or (found is not None and _BY.fullmatch(scene.text, number.end, found.start()) is None):
        return None
    own = [(one, sheet.value(row, one), sheet.unit(row, one)) for one in sheet.measures if one.minus < 0]
    same = [
        one
        for one, value, counted in own
        if value is not None
        and counted is not None
        and (counted.name, counted.points) == (unit.name, unit.points)
        and value > 0
        and fits(number, value / unit.factor)
    ]
    return same[0] if len(same) == 1 else None


_SIZED = later(
    r"(?:(?:其|总|整体|资金)?|在[^，]{1,8}[中里])(?:规模|金额|数量|体量|总量|总额|份额|数额|水平)(?:在[^，]{1,8}[中里])?(?:也|则|仍|暂|均|位|为)*"
)


def by_numbers_before(scene: Scene, sheet: Sheet, row: int, found: re.Match[str], sentence: Sequence[Scene]) -> Measure | None:
    """The one column of changes whose number of the row was said last, for a word of how fast: 同比增长 41.0%，增幅居首; of sizes
    for one of how much: 募集 3.08 亿份，规模最小; or for none, where no other number was said."""
    sized = not scene.tokens and _SIZED.fullmatch(scene.text, scene.part.start, found.start()) is not None
    paces = [token for token in scene.tokens if (token.kind == "amp" or is_rate(scene, token)) and token.end <= found.end()]
    bare = not scene.tokens and len(sentence) > 1 and len(sentence[-2].of("number")) == len(sentence[-2].of("row")) == 1
    if (
        not (bare or sized or paces or "幅度" in scene.text[scene.part.start : found.end()])
        or scene.of("number")
        or not scene.inherited
    ):
        return None
    if scene.of("basis") or scene.of("scope"):
        return None
    sign = paces[-1].sign if paces else 0
    for one in sentence[-2::-1]:
        for number in [token.quantity for token in one.of("number")][::-1]:
            if number is None or number.unit is None or number.about != EXACT:
                continue
            kind = [at for at in sheet.measures if at.minus < 0 and (at.kind == CHANGE) != sized]
            cells = [(at, value) for at in kind if (value := sheet.value(row, at)) is not None]
            same = [
                at
                for at, value in cells
                if at.unit is not None
                and (at.unit.name, at.unit.points) == (number.unit.name, number.unit.points)
                and value * sign >= 0
                and fits(number, abs(value) / number.unit.factor)
            ]
            if same:
                return same[0] if len(same) == 1 else None
        if one.of("row"):
            return None
    return None


def at_other_time(scene: Scene, sheet: Sheet, row: int, lead: Scene, pool: list[Measure]) -> list[Measure]:
    """The column of what the clause before ranks a row by, at the time this one names: 二季末以 7.3% 列第三，三季末退居第四."""
    ranked = PLACE.search(lead.words) or TOP.search(lead.words)
    if ranked is None or not lead.of("number") or lead.of("noun"):
        return pool
    past = by_number(lead, sheet, row, None, 2)
    if past is None:
        return []
    said = columns_said(scene, sheet)
    return [one for one in sheet.measures if one.column in said and one.key[-2:] == past.key[-2:] and one.unit == past.unit]


_OTHER_END = {"最小": "最大", "最大": "最小", "最低": "最高", "最高": "最低", "最少": "最多", "最多": "最少"}


def like_other(scene: Scene, sentence: Sequence[Scene], found: re.Match[str]) -> Scene:
    """The clause with the 同比增幅 of which another row is said to be at the other end: A 增幅最大，达 21.0%，B 最小."""
    other = _OTHER_END.get(found.group(), "")
    for one in sentence[-2::-1] if other and not scene.of("amp") else ():
        if one.of("noun"):
            return scene
        if one.of("row"):
            carried = (*scene.carried, *one.of("basis"))
            return scene.replace(amps=one.amps, carried=carried) if other in one.words and one.amps else scene
    return scene


_EXCESS = later(
    r"超额|(?:跑赢|跑输|战胜|领先于?|落后于?|超越|超过|高于|低于|不及)[^，。；]{0,6}基准|与[^，。；]{0,6}基准[^，。；]{0,6}差"
)


def excess_of(scene: Scene, sheet: Sheet, lead: Scene | None, found: re.Match[str]) -> list[Measure] | None:
    """What a return is over that of its 基准, where a clause or the one before it speaks of that: 九只取得正超额，A 幅度最大;
    None where neither does."""
    own = _EXCESS.search(scene.text, scene.part.start, found.end()) is not None
    if not own and (lead is None or _EXCESS.search(lead.words) is None or (lead.of("row") and scene.of("row"))):
        return None
    if not own and [token for token in scene.tokens if token.kind in ("noun", "amp", "dir", "neutral", "scope")]:
        return None
    columns = standard(sheet)
    return [columns[0].replace(kind=CHANGE, minus=columns[1].column)] if columns is not None else []


_DRAWN = later(r"(?:最大)?回撤(?:幅度|程度|控制)?(?:得|的|也|则|仍)*$")


def drawdown(scene: Scene, sheet: Sheet, found: re.Match[str]) -> Measure | None:
    """The one column of 回撤, where a place is counted by that: 回撤最深的是 A, no fall of this week."""
    deep = [one for one in sheet.measures if "回撤" in one.key and one.minus < 0]
    said = _DRAWN.search(scene.text, scene.part.start, found.start()) is not None
    return deep[0] if said and len(deep) == 1 else None


_BY_AMOUNT = later(r"(?:增加|减少|增量|减量|[新净]增|净减|多增|少增|缩减)[^，。；]{0,4}$")
_PACE_NEXT = later(r"，[^，。；\d]{0,8}?(?:增速|同比|增长|[增涨升]幅)[^，。；]{0,4}?\d")
_STRONG = later(r"[猛旺火热强好佳劲优]$")


def strong_in(sheet: Sheet, measure: Measure, kind: str, found: re.Match[str]) -> list[Measure]:
    """What a column of sizes moves by, where the word may be of how fast or of how much: 对非洲出口最为强劲, 规模增幅最大."""
    rate = rate_of(measure)
    if rate is not None:
        return [] if _BY_AMOUNT.search(found.string, max(found.start() - 8, 0), found.start()) is not None else [rate]
    if measure.kind == CHANGE or not (
        kind in ("top", "bottom") or _STRONG.search(found.group()) or _PACE_NEXT.match(found.string, found.end())
    ):
        return []
    return sheet.steps([measure])


def second_of(scene: Scene, lead: Scene | None, found: re.Match[str]) -> str:
    """Which end a second place is counted from, "" where that is not said: 涨幅居次的是 B, or by the clause before."""
    own = scene.amps and _SAID_SECOND.match(scene.text, found.end(), scene.part.end)
    return "high" if own else _head_of(lead)


_SAID_SECOND = later(r"的[一-龥]{0,4}?(?:是|为)")


def _head_of(lead: Scene | None) -> str:
    """Which end the clause before says its one row to be at, for what is said to come next: A 涨幅居首，B 次之; "" for none."""
    if lead is None or len(lead.of("row")) != 1 or lead.unsure or lead.denied:
        return ""
    found = TOP.search(lead.text, lead.part.start, lead.part.end)
    kind = found.lastgroup if found is not None else ""
    if kind in ("top", "high", "first"):
        falls = any([lead.text[one.start] in "跌降减" for one in lead.amps])
        return "low" if falls else "high"
    return "low" if kind == "bottom" or (kind == "low" and not lead.amps) else ""
