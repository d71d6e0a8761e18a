"""Which side of nought a number lies on, where no number says it: 5月PPI同比为负, 年内收益转正, 经营现金流仍为负.

In: a clause, the book.  Out: findings.  Always: the words stand at the end of the clause, of one row or one time, and every word
before them is understood; a column that has numbers on both sides, or is of changes.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.options import clear
from ..meant.pools import column_for
from ..tables.subjects import CHANGE, FLOW
from ..words.quantities import COUNT
from .findings import Finding
from .series import column_of, row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_SIGN = later(
    r"(?:仍旧?|依然|依旧|已经?|再度|再次|重新|首次|意外|成功|继续|终于|录得|实现|保持|维持|出现)*"
    r"(?:(?P<up>为正值?|转正|(?:由负)?转正|正增长|正值|正区间)|(?P<down>为负值?|转负|(?:由正)?转负|负增长|负值|负区间))(?:了|区间)?$"
)
_SEVERAL = later(
    rf"均|都|皆|全部|悉数|双双|集体|无一|各|{COUNT}(?:个|只|家|类|款)|其[余他]|仅|只有|唯一|连续|首[个次]|(?<!今年)(?<!年初)以来|除"
)


def hold_signs(scene: Scene, book: Book) -> Iterator[Finding]:
    """The sign at the end of a clause that its number has not."""
    if scene.unsure or scene.denied or scene.lost or scene.way or scene.of("number") or _SEVERAL.search(scene.words):
        return
    found = _SIGN.search(scene.text, scene.part.start, scene.part.end)
    if found is None or len(scene.of("row")) > 1 or not clear(scene, scene.part.start, found.start()):
        return
    if scene.of("base") or scene.of("versus") or scene.of("amp"):
        return
    up = found.group("up") is not None
    for place, sheet in enumerate(book.sheets):
        where = _of_time(scene, sheet, place, found.start()) if sheet.series else _of_row(scene, sheet, place, book)
        if where is None:
            continue
        row, measure = where
        value = sheet.value(row, measure)
        if not value or (value > 0) == up or not _has_sides(sheet, measure):
            continue
        shown = f"{sheet.cell(row, measure).text} ({sheet.name(row)} {measure.key})"
        yield Finding(
            "claim-direction", found.start(), found.end(), f"`{found.group()}` is said of {shown}", ((sheet, row, measure),)
        )
        return


def _of_time(scene: Scene, sheet: Sheet, place: int, end: int) -> tuple[int, Measure] | None:
    if not scene.of("noun") and not scene.nouns:
        return None
    measure = column_of(scene, sheet, place)
    row = row_of(scene, sheet, end) if measure is not None and (scene.of("time") or scene.whens) else None
    return (row, measure) if row is not None and measure is not None else None


def _of_row(scene: Scene, sheet: Sheet, place: int, book: Book) -> tuple[int, Measure] | None:
    rows = [row for token in scene.rows for name in token.names if name.sheet == place for row in name.places]
    measure = column_for(scene, sheet, place, book) if len(rows) == 1 and len(scene.rows) == 1 else None
    return (rows[0], measure) if measure is not None else None


def _has_sides(sheet: Sheet, measure: Measure) -> bool:
    """Whether a column may be below nought, as its kind or its numbers say."""
    if measure.kind in (CHANGE, FLOW):
        return True
    return any([value is not None and value < 0 for value in [sheet.value(row, measure) for row in range(len(sheet.table.rows))]])
