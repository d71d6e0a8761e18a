"""What all rows come to without a word for a sum: 八家车企一季度交付 49.7 万辆.

In: a clause, the book.  Out: findings.  Always: the clause begins with as many things as the table has, and names one column of
amounts right before a number that is larger than any cell of it.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.options import current
from ..tables.subjects import LEVEL
from ..words.quantities import ABOUT, COUNT, EXACT, THINGS, fits, han_value
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene

_LEAD = later(
    rf"(?:这|上述|表中|旗下|全部|[一-龥]{{0,6}}的)?(?P<n>{COUNT})[{THINGS}](?P<who>[一-龥A-Z]{{0,8}}?)(?:本周|本月|当周|当月|全周|全月)?的?"
)
_SAID = later(r"(?:总|共|约|为|达到?|实现|录得|了|规模|金额|[额量]|大约|在)*")
_NO_SUM = later(r"均|价(?!值)|[率比]|指数|点位|净值|占")
_FAR = 2  # times a total may be off and still be meant


def hold_together(scene: Scene, book: Book) -> Iterator[Finding]:
    """The totals of a clause that says no more than how many they are."""
    nouns, numbers = scene.of("noun"), scene.of("number")
    number = numbers[0].quantity if len(nouns) == len(numbers) == 1 else None
    if number is None or scene.unsure or scene.denied or scene.of("row") or scene.of("amp") or number.about not in (EXACT, ABOUT):
        return
    found = _LEAD.fullmatch(scene.text, scene.part.start, nouns[0].start)
    if found is None or number.unit is None or _SAID.fullmatch(scene.text, nouns[0].end, number.lead) is None:
        return
    for place, sheet in enumerate(book.sheets):
        pool = current(scene, [one for one in scene.columns(place, sheet) or [] if one.kind == LEVEL and one.minus < 0])
        if sheet.series or len(pool) != 1 or han_value(found.group("n")) != len(sheet.own) or _NO_SUM.search(pool[0].key):
            continue
        own, unit = pool[0].unit, number.unit
        if own is None or own.name != unit.name or own.name in ("%", "点", "倍") or "/" in own.name:
            continue
        values = [value for row in sheet.own if (value := sheet.value(row, pool[0])) is not None]
        size, total = number.value * unit.factor, sum(values, Decimal(0))
        if len(values) < len(sheet.own) or size <= max(values) or fits(number, total / unit.factor):
            continue
        if total / _FAR < size < total * _FAR:
            shown = rounded(total / unit.factor, max(number.decimals, 1))
            message = f"the sum of these {len(values)} is {shown} ({pool[0].key})"
            yield Finding("claim-total", number.start, number.end, message)
            return
