"""Sums a clause of its own says, and of steps: 五天相加，北向净买入 38.6 亿元; 一季度国债收益率合计下行 26bp.

In: scenes, the book.  Out: findings.  Always: the rows are a stretch the sentence names in full; steps are added only where they
are points, and may be told by the column of steps or by the levels at both ends.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.options import before, with_changes
from ..meant.wholes import dotted_of
from ..tables.subjects import CHANGE, FLOW, LEVEL
from ..words.quantities import COUNT, fits
from .findings import Finding
from .series import column_of
from .stretches import adds_up
from .tallies import rows_named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

_ADDED = r"(?:相加|累加|加总|加起来|加在一起|合起来|合在一起|合并(?:计算|来看)?|算在一起|累计|合计|算下来|全算上)"
_LEAD = later(
    rf"(?:若|如果)?(?:把|将)?(?:这|上述|前后|·[、和与及至到]?|(?:周|星期)[一二三四][至到])*(?:{COUNT}个?(?:天|日|交易日|月|季度|年|周)|(?<=·))"
    rf"(?:的)?(?:数据|数字|金额)?{_ADDED}(?:之?后|来看|看|算|下来|的话)?"
)
_SAID = (
    r"(?:全周|本周|当周|全年|共|总共|合计|累计|约|为|达到?|是|实现|录得|仍|还|已|总?额|规模|金额|了|的|两市|沪深两市|公司|共计)*"
)
_TOLD = later(_SAID)
_FLOWED = later(rf"{_SAID}(?:净?(?:买入|卖出|流入|流出|申购|赎回|投放|回笼|增持|减持))?{_SAID}")
_SUM = later(r"(?:合计|累计|共计|总共|合共|一共|(?<=[，·\w])共)(?:大幅|小幅|净|已|又)?$")
_AGAINST = later(r"较|(?<!占)比(?!重|例)|同比|环比|最|其中|每|均")


def hold_added(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The sums of a clause that are others in the data."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    if scene.unsure or scene.denied or scene.way or scene.of("row") or not numbers or _AGAINST.search(scene.words):
        return
    lead = sentence[-2] if len(sentence) > 1 else None
    for place, sheet in enumerate(book.sheets):
        if not sheet.series:
            continue
        finding = _after_lead(scene, lead, sheet, place, book, numbers[0]) if lead is not None else None
        finding = finding or _of_steps(scene, lead, sheet, place, book, numbers[0])
        if finding is not None:
            yield finding
            return


def adds(lead: Scene) -> bool:
    """Whether a clause says no more than what is added up: 周四、周五两天相加."""
    said = dotted_of(lead, lead.part.start, lead.part.end)
    return not lead.of("row") and not lead.of("noun") and _LEAD.fullmatch(said) is not None


def _after_lead(scene: Scene, lead: Scene, sheet: Sheet, place: int, book: Book, number: Quantity) -> Finding | None:
    """五天相加，北向净买入 38.6 亿元."""
    nouns = scene.of("noun")
    gaps = [_TOLD.fullmatch(scene.text, one.end, other.start) for one, other in itertools.pairwise(nouns)]
    joined = None not in gaps  # 北向资金净流入, 北向资金全周净卖出
    if not adds(lead) or not nouns or not joined or scene.of("time"):
        return None
    if _TOLD.fullmatch(scene.text, scene.part.start, nouns[0].start) is None:
        return None
    if _FLOWED.fullmatch(scene.text, nouns[-1].end, number.lead) is None:
        return None
    measure = column_of(scene, sheet, place)
    rows = rows_named(lead, sheet, book)
    if measure is None or not rows or not adds_up(measure, sheet) or not _alike(measure, number):
        return None
    values = [value for row in rows if (value := sheet.value(row, measure)) is not None]
    total = sum(values, Decimal(0))
    factor = number.unit.factor if number.unit is not None else Decimal(1)
    signs = [one.sign for one in (*nouns, *scene.of("dir")) if one.sign]
    turned = measure.kind == FLOW and bool(signs) and total != 0 and (total > 0) != (signs[-1] > 0)
    if len(values) < len(rows) or (fits(number, abs(total) / factor) and not turned):
        return None
    return _told(number, total / factor, len(values), measure)


def _of_steps(scene: Scene, lead: Scene | None, sheet: Sheet, place: int, book: Book, number: Quantity) -> Finding | None:
    """一季度国债收益率合计下行 26bp, of a column of what each month moved it by."""
    words = [token for token in scene.of("dir") if token.end <= number.lead and token.sign]
    if len(words) != 1 or number.unit is None or not number.unit.points or len(scene.of("number")) != 1:
        return None
    near = scene.text[words[0].end : number.lead] in ("", "了")
    if not near or _SUM.search(scene.text, scene.part.start, words[0].start) is None:
        return None
    named = scene.columns(place, sheet)
    steps = [one for one in with_changes(sheet, named, True) if one.kind == CHANGE and not one.basis] if named else []
    rows = rows_named(scene, sheet, book) or (
        rows_named(lead, sheet, book) if lead is not None and not scene.of("time") else None
    )
    if len(steps) != 1 or not rows or steps[0].unit is None or not steps[0].unit.points:
        return None
    values = [value for row in rows if (value := sheet.value(row, steps[0])) is not None]
    levels = [one for one in named or [] if one.kind == LEVEL and one.unit is not None and one.unit.name == "%"]
    totals = [sum(values, Decimal(0)), *[one for level in levels for one in _ends(sheet, level, rows)]]
    if len(values) < len(rows):
        return None
    if any([fits(number, abs(one) / number.unit.factor) and (one > 0) == (words[0].sign > 0) for one in totals]):
        return None
    return _told(number, totals[0] / number.unit.factor, len(values), steps[0])


def _ends(sheet: Sheet, level: Measure, rows: Sequence[int]) -> list[Decimal]:
    """How far a level went over a stretch: from its first row, or from the one before."""
    past = before(sheet, rows[0])
    first = [sheet.value(row, level) for row in (rows[0], past) if row is not None]
    last = sheet.value(rows[-1], level)
    return [last - one for one in first if one is not None and last is not None]


def _alike(measure: Measure, number: Quantity) -> bool:
    return number.unit is not None and measure.unit is not None and number.unit.name == measure.unit.name


def _told(number: Quantity, total: Decimal, many: int, measure: Measure) -> Finding:
    message = f"the sum of these {many} is {rounded(total, max(number.decimals, 1))} ({measure.key})"
    return Finding("claim-total", number.start, number.end, message)
