"""A sum of months gone on with: 一季度新增贷款合计 9.78 万亿元，二季度只有 3.14 万亿元.

In: the scenes of a sentence up to a clause of a quarter and a number, the book.  Out: findings.  Always: the sum before holds,
so that it is clear of which column both are.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..tables.subjects import CHANGE
from ..words.quantities import fits
from .findings import Finding
from .series import column_of
from .tallies import months_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_SUMMED = later(r"合计|共计|总计|累计|合共|总共")
_IS = later(r"(?:则|也|又|仅|只|却|共|合计|累计|约|有|为|达到?)*")


def hold_quarters(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The sum of the months of a quarter that is said behind that of another."""
    lead = sentence[-2] if len(sentence) > 1 else None
    whens, numbers = scene.of("time"), [token.quantity for token in scene.of("number") if token.quantity is not None]
    if lead is None or scene.unsure or scene.denied or lead.lost or (len(whens), len(numbers), len(scene.tokens)) != (1, 1, 2):
        return
    before = [token.quantity for token in lead.of("number") if token.quantity is not None]
    if len(before) != 1 or len(lead.of("time")) != 1 or lead.of("row") or _SUMMED.search(lead.words) is None:
        return
    number = numbers[0]
    if (
        number.end != scene.part.end
        or whens[0].start != scene.part.start
        or _IS.fullmatch(scene.text, whens[0].end, number.lead) is None
    ):
        return
    for place, sheet in enumerate(book.sheets):
        measure = column_of(lead, sheet, place) if sheet.series else None
        first, second = months_of(sheet, lead.of("time")), months_of(sheet, whens)
        if measure is None or measure.kind == CHANGE or measure.unit is None or first is None or second is None:
            continue
        said, own = _sum(sheet, measure, first), _sum(sheet, measure, second)
        units = [one.unit.name if one.unit is not None else "" for one in (before[0], number)]
        if said is None or own is None or units != [measure.unit.name] * 2 or "%" in units:
            continue
        sizes = [abs(size) / one.unit.factor for one, size in ((before[0], said), (number, own)) if one.unit is not None]
        if fits(before[0], sizes[0]) and not fits(number, sizes[1]):
            message = f"the sum of these {len(second)} is {rounded(sizes[1], max(number.decimals, 1))} ({measure.key})"
            yield Finding("claim-total", number.start, number.end, message)
            return


def _sum(sheet: Sheet, measure: Measure, rows: Sequence[int]) -> Decimal | None:
    values = [value for row in rows if (value := sheet.value(row, measure)) is not None]
    return sum(values, Decimal(0)) if len(values) == len(rows) else None
