"""A first or last place that is none among the rows of the column found: of a row's own past (为三年来最高), of the number said
right before, which is another column's (升水 394 元/吨，为八个品种之最), or of bonds, which do best where their yields fall most.

In: a clause, a sheet, its column, where the word stands.  Out: yes or no.  Always: by the words alone, but for the number.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.subjects import CHANGE
from ..words.quantities import COUNT, EXACT, fits

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from ..clauses.scene import Scene
    from ..tables.subjects import Measure, Sheet

_SINGLE = r"(?:的)?(?:单[日周月季年]度?|[日周月季年]度|同期)?"
_OWN_PAST = later(
    rf"(?:^|为|是|创下?了?|系|属|达到?|处于|刷新|触及|录得|写下|升至|降至|回到|[，、])(?:也|仍|均|自)?(?:(?:近|过去|最近|这|连续)?{COUNT}[个]?"
    r"(?:多|余)?(?:年|季度?|月|周|日|交易日|财年|年度|档期|假期)(?:以?来|之?内|之?中|里|同期)?"
    r"|(?:年内|今年|今年以来|开年以来|年初以来|年初至今|本年|本轮|历史|历年|有记录以来|有统计以来|上市以来|成立以来)"
    rf"|[^，。；]{{2,8}}以来|(?=单[日周月季年])){_SINGLE}$"
)
_WHICH_TIME = later(r"的一个?(?:交易日|[年月周日天]|季度?)(?!度)")
_AT_END = later(
    r"$|[，。；）)]|的?(?:值|点|水平|纪录|记录|一[年季月周次]|单[月季周])(?!的?[是为])|的?(?:一个)?[年月季周](?:份|度)?$"
)


def of_own_past(scene: Scene, found: re.Match[str]) -> bool:
    """Whether a row is held against its own past: 收获 95.4 亿元，为三年来最高; 5月升至 2.6 亿元，为年内单月最高; 是表现最好的
    一周."""
    if _WHICH_TIME.match(scene.text, found.end(), scene.part.end) is not None:
        return True
    return (
        found.group()[0] == "最"
        and _OWN_PAST.search(scene.text, scene.part.start, found.start()) is not None
        and _AT_END.match(scene.text, found.end(), scene.part.end) is not None
    )


def of_other_number(scene: Scene, sheet: Sheet, measure: Measure, row: int, sentence: Sequence[Scene]) -> bool:
    """Whether the number said right before is that of another column of the row, and not of the one found."""
    own = scene.of("number") or scene.of("noun") or scene.of("time")  # 三季末退居第三
    numbers = sentence[-2].of("number") if len(sentence) > 1 and not own else []
    quantity = numbers[-1].quantity if numbers else None
    if quantity is None or quantity.unit is None or quantity.about != EXACT or len(numbers) > 1 or not scene.inherited:
        return False
    if says_pace(scene, measure):
        return False
    unit = quantity.unit
    cells = [(one, sheet.value(row, one), sheet.unit(row, one)) for one in sheet.measures if one.minus < 0]
    has = [
        one
        for one, value, own in cells
        if value is not None and own is not None and own.name == unit.name and fits(quantity, abs(value) / unit.factor)
    ]
    return bool(has) and not any([one.column == measure.column for one in has])


_PACES = later(r"[涨跌]幅|增速|增长率|涨跌幅|同比|环比")


def says_pace(scene: Scene, measure: Measure) -> bool:
    """Whether a clause says itself that a column of changes is meant: 售出 22.7 万辆，环比增速居首."""
    paces = [one for one in scene.tokens if one.kind in ("amp", "basis", "neutral")]
    return measure.kind == CHANGE and any([_PACES.fullmatch(scene.text, one.start, one.end) is not None for one in paces])


_DOES = later(r"表现|抗跌|坚挺|亮眼|最强|最弱|强势|弱势|领先|领涨|领跌")
_WELL = later(r"表现|抗跌|坚挺|亮眼")
_BONDS = later(r"国债|国开|债|收益率|(?<![毛净])利率|期限")
_OTHER_END = {"top": "bottom", "bottom": "top"}


def of_yields(sheet: Sheet, measure: Measure) -> bool:
    """Whether a column is what the yields of bonds moved by."""
    words = (sheet.head, measure.key, *[one.key for one in sheet.measures])
    points = measure.kind == CHANGE and measure.unit is not None and measure.unit.points
    return points and any([_BONDS.search(word) is not None for word in words])


def end_of_yields(sheet: Sheet, measure: Measure, kind: str, found: re.Match[str]) -> str | None:
    """Which end is meant of rows that do best by what falls: 30年期国债表现最好, of a column of basis points; None where 最强 may
    be of the bond or of its yield."""
    said = kind in _OTHER_END and "幅" not in found.group() and _DOES.search(found.group()) is not None
    if not said or not of_yields(sheet, measure):
        return kind
    return _OTHER_END[kind] if _WELL.search(found.group()) is not None else None
