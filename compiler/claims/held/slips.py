"""Sums that a digit or two make wrong.

In: a clause, a number it calls a sum.  Out: a finding.  Always: the number is of the one column the clause names, and has
digits enough.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ..meant.columns import of_time
from ..meant.options import current
from ..tables.subjects import LEVEL
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..clauses.scene import Scene
    from ..tables.subjects import Sheet
    from ..words.quantities import Quantity

MANY = 4  # digits of a number that is hardly like a sum by chance


def slip_of(scene: Scene, sheet: Sheet, place: int, number: Quantity) -> Finding | None:
    """全社会用电量合计 10145 亿千瓦时, where the rows of that column come to 10154: a slip, whatever is summed."""
    pool = current(scene, [one for one in scene.columns(place, sheet) or [] if one.kind == LEVEL and one.minus < 0])
    pool = of_time(scene, sheet, pool)
    own = pool[0].unit if len(pool) == 1 else None
    unit = number.unit
    if sheet.series or scene.of("row") or own is None or unit is None or own.name != unit.name or own.name == "%" or number.about:
        return None
    values = [sheet.value(row, pool[0]) for row in sheet.own]
    if None in values:
        return None
    total = rounded(sum([value for value in values if value is not None], Decimal(0)) / unit.factor, number.decimals)
    said, right = f"{number.value:f}", f"{total:f}"
    if len(right.replace(".", "")) < MANY or said == right or len(said) != len(right):
        return None
    apart = [at for at, (one, other) in enumerate(zip(said, right)) if one != other]
    swapped = len(apart) == 2 and said[apart[0]] == right[apart[1]] and said[apart[1]] == right[apart[0]]
    if len(apart) != 1 and not swapped:
        return None
    message = f"the sum of these {len(values)} is {total} ({pool[0].key})"
    return Finding("claim-total", number.start, number.end, message)
