"""How far a share came, and where to, both in per cent: 毛利率同比下降 3.4% 至 63.2%, which are 3.4 个百分点.

In: a clause that names one row and one column, the book.  Out: findings.  Always: the table has the share and, in points, how far
it came, and both numbers are those.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.names import akin
from ..tables.subjects import CHANGE
from ..words.quantities import fits
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure

_BY = later(r"了?(?:约|近)?")
_TO = ("至", "到")


def hold_arrivals(scene: Scene, book: Book) -> Iterator[Finding]:
    """A difference of two shares that is told in per cent."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    words = [token for token in scene.of("dir") if numbers and token.end <= numbers[0].lead]
    if len(numbers) != 2 or not words or scene.way or scene.unsure or scene.denied:
        return
    first, last = numbers
    plain = all([one.unit is not None and one.unit.name == "%" and not one.unit.points for one in numbers])
    if not plain or scene.text[first.end : last.lead] not in _TO or _BY.fullmatch(scene.text, words[-1].end, first.lead) is None:
        return
    for place, sheet in enumerate(book.sheets):
        rows = {row for token in scene.rows for name in token.names if name.sheet == place for row in name.places}
        named = [one for one in scene.columns(place, sheet) or [] if one.kind != CHANGE and _is_share(one)]
        if sheet.series or len(rows) != 1 or len(named) != 1:
            continue
        row = rows.pop()
        end = sheet.value(row, named[0])
        steps = [one for one in sheet.measures if one.kind == CHANGE and _in_points(one) and akin(one, named[0])]
        step = sheet.value(row, steps[0]) if len(steps) == 1 else None
        if end is None or step is None or not fits(last, abs(end)) or not fits(first, abs(step)):
            continue
        if (step > 0) == (words[-1].sign > 0):
            said = scene.text[first.start : first.end]
            message = f"`{said}` is a difference of two shares: 个百分点"
            yield Finding("claim-unit", first.start, first.end, message, ((sheet, row, steps[0]),))
            return


def _is_share(measure: Measure) -> bool:
    return measure.unit is not None and measure.unit.name == "%" and not measure.unit.points


def _in_points(measure: Measure) -> bool:
    return measure.unit is not None and measure.unit.points
