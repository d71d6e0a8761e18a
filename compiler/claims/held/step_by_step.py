"""Whether something went one way from each time to the next: 逐年增加, 逐月回落, 无一年下降.

In: a clause, the book.  Out: findings.  Always: the words name a stretch the data have in full, and one column; what did not
move from one time to the next is let be.
"""

from __future__ import annotations

import itertools

from ...pattern import later
from ..meant.groups import sentence_text
from ..meant.spans import span_of
from ..tables.subjects import CHANGE
from .findings import Finding
from .series import UNITS, column_of
from .tallies import stretch_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_UP = r"递增|增加|增长|上升|提高|提升|走高|攀升|上行|扩大|回升|抬升|上涨|改善|抬高|走强|攀高|上移"
_DOWN = r"递减|减少|下降|回落|走低|下滑|下行|收窄|降低|下跌|萎缩|缩减|走弱|缩小|下移|走跌"
_EACH = later(
    rf"(?:逐(?P<unit>年|季|月|周|日)|(?P<twice>年年|月月|天天|日日))(?:度|份)?(?:均|都|在|持续|稳步|小幅|保持|呈|稳定|不断|有所)*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?![幅了]|\d)"
)
_NONE = later(
    rf"(?:无一个?|没有(?:任何)?(?:哪)?一?个?|未有一个?)(?P<unit>年|季度|季|月|周|交易日|日|天)(?:份|度)?(?:出现|录得|是|发生)*(?:过)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?!幅|\d)"
)
_EXCEPT = later(r"除|外|仅|只有|唯有|其余|其他|例外|但|不过|[升降落长高低少加]至\d{4}年|后(?:又|再)?")
_TO_END = later(r"[^。；！？\n]*")
_TWICE = {"年": "year", "月": "month", "天": "day", "日": "day"}


def hold_step_by_step(scene: Scene, book: Book) -> Iterator[Finding]:
    """The claims of a clause about each step that some step is against."""
    found = _EACH.search(scene.text, scene.part.start, scene.part.end)
    none = found is None
    found = found or _NONE.search(scene.text, scene.part.start, scene.part.end)
    if found is None or scene.unsure or scene.way or scene.lost or scene.other or scene.of("row") or scene.of("amp"):
        return
    if (scene.denied and not none) or scene.of("basis") or scene.of("number") or _EXCEPT.search(_whole(scene)):
        return
    unit = UNITS.get(found.group("unit"), "") if found.group("unit") else _TWICE[found.group("twice")[0]]
    for place, sheet in enumerate(book.sheets):
        measure = column_of(scene, sheet, place) if sheet.series and sheet.units == {unit} else None
        if measure is None or (none and measure.kind == CHANGE):
            continue
        rows = span_of(scene, sheet, book) or stretch_of(scene, sheet, sentence_text(scene), book)
        rising = (found.group("up") is not None) != none
        at = _against(sheet, measure, rows, rising) if rows else None
        if at is not None:
            cells = ((sheet, at[1], measure), (sheet, at[0], measure))
            shown = " to ".join([f"{sheet.cell(row, measure).text} ({sheet.name(row)})" for row in at])
            message = f"`{found.group()}`: it went from {shown} ({measure.key})"
            yield Finding("claim-all", found.start(), found.end(), message, cells)
            return


def _whole(scene: Scene) -> str:
    """The sentence to its end: what comes after may be an exception, 逐月提升，仅11月回落."""
    return sentence_text(scene) + _TO_END.match(scene.text, scene.part.end).group()  # type: ignore[union-attr]


def _against(sheet: Sheet, measure: Measure, rows: Sequence[int], rising: bool) -> tuple[int, int] | None:
    """The first two times between which it went the other way."""
    for one, other in itertools.pairwise(rows):
        old, now = sheet.value(one, measure), sheet.value(other, measure)
        if old is not None and now is not None and now != old and (now > old) != rising:
            return one, other
    return None
