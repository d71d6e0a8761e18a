"""A course that is said to go one way step by step, 逐日增加, 逐月回落, 无一年下降, and does not.

In: a clause, the book.  Out: findings.  Always: the clause names the stretch itself (本周, 3月至6月, 上半年) in a table by just
these times, and no time it only begins after (此后逐月回落); what did not move from one time to the next is let be.
"""

from __future__ import annotations

import itertools

from ...pattern import later
from ..meant.groups import sentence_text
from ..meant.spans import span_of
from ..tables.subjects import CHANGE, FLOW, WEEK
from ..words.reading import sentence_start
from ..words.times import DAY
from .findings import Finding
from .series import UNITS, column_of
from .tallies import half_years, rows_named, rows_of_year, stretch_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_STEPWISE = later(
    r"(?:逐(?P<unit>[日周月季年])|(?P<each>[日周月季年])(?:日|周|月|季|年)(?<=日日|月月|年年))(?:度|份)?(?:均|都|在|地|持续|稳步|小幅|大幅|明显|有所|渐次|依次)*"
    r"(?:(?P<more>增加|增长|上升|上行|走高|走强|抬升|抬高|攀升|提升|提高|回升|放大|扩大|走阔|放量|递增|加码|升温|改善|加快)"
    r"|(?P<less>减少|下降|下行|走低|走弱|回落|下滑|降低|收窄|缩小|缩量|萎缩|缩减|递减|降温|放缓))(?![的至到])"
)
_LATER = later(
    r"此后|其后|随后|之后|自此|而后|后[，、]|[自从由][^，。；]{1,12}(?:起|以来|开始)|直[至到]|前[一二三四五六七八九十\d]|后[一二三四五六七八九十\d]|中断|势头|趋势|态势"
)
_UP = r"递增|增加|增长|上升|提高|提升|走高|攀升|上行|扩大|回升|抬升|上涨|改善|抬高|走强|攀高|上移"
_DOWN = r"递减|减少|下降|回落|走低|下滑|下行|收窄|降低|下跌|萎缩|缩减|走弱|缩小|下移|走跌"
_NONE = later(
    rf"(?:无一个?|没有(?:任何)?(?:哪)?一?个?|未有一个?)(?P<unit>年|季度|季|月|周|交易日|日|天)(?:份|度)?(?:出现|录得|是|发生)*(?:过)?(?:(?P<less>{_UP})|(?P<more>{_DOWN}))(?!幅|\d)"
)  # the course is the other way
_EXCEPT = later(r"除|外|仅|只有|唯有|其余|其他|例外|但|不过|[升降落长高低少加]至\d{4}年|后(?:又|再)?")
_TO_END = later(r"[^。；！？\n]*")
_STRETCH = later(r"(?:自|从|在)?\d{1,4}[\d年月日季度至到—~\-–]+(?:之?间|期间)?，")
_SIZES = ("扩大", "收窄", "缩小", "走阔", "放缓", "加快")


def hold_gradual(scene: Scene, book: Book) -> Iterator[Finding]:
    """The course of a clause that turns in the data."""
    found = _STEPWISE.search(scene.text, scene.part.start, scene.part.end)
    none = _NONE.search(scene.text, scene.part.start, scene.part.end) if found is None else None
    found = found or none
    if found is None or scene.unsure or (scene.denied and none is None) or scene.lost or scene.other or scene.of("row"):
        return
    if none is not None and (scene.of("number") or _EXCEPT.search(_whole(scene))):
        return
    if none is None and (
        (scene.gone and not _only_when(scene)) or _LATER.search(scene.words) is not None or scene.of("since") or scene.sinces
    ):
        return
    part = found.groupdict()
    unit = UNITS[part["unit"] or part["each"]]
    for place, sheet in enumerate(book.sheets):
        measure = column_of(scene, sheet, place) if sheet.series and sheet.units == {unit} else None
        rows = _rows(scene, sheet, book) if measure is not None else None
        if measure is None or not rows or len(rows) < TWO or (none is not None and measure.kind == CHANGE):
            continue
        sizes = _sizes(scene, sheet, measure, rows, found.end())
        steps = [new - old for old, new in itertools.pairwise(sizes)]
        rising = found.group("more") is not None
        wrong = next((at for at, step in enumerate(steps, 1) if (step < 0 if rising else step > 0)), None)
        if wrong is None:
            continue
        shown = " and ".join([f"{sheet.name(row)} {sheet.cell(row, measure).text}" for row in rows[wrong - 1 : wrong + 1]])
        cells = tuple([(sheet, row, measure) for row in rows[wrong - 1 : wrong + 1]])
        yield Finding("claim-streak", found.start(), found.end(), f"`{found.group()}`: {shown} ({measure.key})", cells)
        return


TWO = 3  # times that make a course


_FIRST_DAY = later(r"(?:周|星期)[一二三四][至到](?:周|星期)")  # of which the second alone is a time


def _rows(scene: Scene, sheet: Sheet, book: Book) -> list[int] | None:
    """The rows of the stretch a clause is of, in the order of time."""
    ends = len(scene.of("time") or scene.whens) == 2 or _FIRST_DAY.search(sentence_text(scene)) is not None
    if sheet.units == {DAY} and scene.scope != WEEK and not ends:
        return None
    if sheet.units == {DAY} and scene.scope == WEEK and scene.of("time"):
        return None
    rows = half_years(sheet, scene.words, list(scene.whens)) or span_of(scene, sheet, book)
    if rows or sheet.units == {DAY}:
        return rows
    return rows_named(scene, sheet, book) or stretch_of(scene, sheet, sentence_text(scene), book) or rows_of_year(scene, sheet)


def _only_when(scene: Scene) -> bool:
    """Whether the clause before says no more than the stretch: 2018年至2024年，."""
    start = sentence_start(scene.text, scene.part.start)
    return _STRETCH.fullmatch(scene.text, start, scene.part.start) is not None


def _whole(scene: Scene) -> str:
    """The sentence to its end: what comes after may be an exception, 逐月提升，仅11月回落."""
    return sentence_text(scene) + _TO_END.match(scene.text, scene.part.end).group()  # type: ignore[union-attr]


def _sizes(scene: Scene, sheet: Sheet, measure: Measure, rows: Sequence[int], end: int) -> list[Decimal]:
    """What is said to have grown or shrunk: the cells, or how far they lie below zero (降幅, 净卖出); none where that is open."""
    values = [value for row in rows if (value := sheet.value(row, measure)) is not None]
    if len(values) < len(rows):
        return []
    amps = [token for token in scene.of("amp") if token.end <= end]
    said = scene.text[end - 2 : end]
    if amps or (measure.kind == CHANGE and said in _SIZES):
        sign = amps[-1].sign if amps else 1
        return [value * sign for value in values] if amps and all([value * sign > 0 for value in values]) else []
    out = [one for one in scene.tokens if one.sign < 0 and one.end <= end and "净" in scene.text[one.start : one.end]]
    if measure.kind == FLOW and (out or any([value < 0 for value in values])):
        sign = -1 if out else 1
        return [value * sign for value in values] if all([value * sign > 0 for value in values]) else []
    return values
