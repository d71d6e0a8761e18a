"""How what a clause names moved on a day: by its column of changes, else since the day before (周五沪指收跌), or what flowed.

In: a clause, a sheet by day, its rows.  Out: row, column, by how much, "difference" where that is of two cells.  Always:
no column of 同比 or 环比.
"""

from __future__ import annotations

from ..tables.subjects import CHANGE, DAY, FLOW, LEVEL
from .columns import places_of
from .steps import before

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ..clauses.scene import Scene
    from ..tables.subjects import Measure, Sheet


def moved_on(scene: Scene, sheet: Sheet, place: int, rows: Sequence[int]) -> list[tuple[int, Measure, Decimal, str]]:
    """The moves of the columns named on these days."""
    named = [one for one in scene.columns(place, sheet) or [] if not one.basis and one.minus < 0]
    changes = [one for one in named if one.kind == CHANGE and one.scope in ("", DAY)]
    out = []
    for row in rows:
        out += [(row, one, value, "") for one in changes if (value := sheet.value(row, one)) is not None]
        past = before(sheet, row)
        for one in named if not changes and past is not None else ():
            now, old = sheet.value(row, one), sheet.value(past, one) if past is not None else None
            if one.kind == LEVEL and now is not None and old is not None:
                out.append((row, one, now - old, "difference"))
    return out


def flows_on(scene: Scene, sheet: Sheet, place: int, at: int) -> list[Measure]:
    """The one column of a flow a bare 净买入 is said of on the day its clause names: 周一深股通获外资净买入."""
    whens = [token for token in scene.whens if token.time is not None]
    if not scene.text.startswith("净", at) or len(whens) != 1 or scene.scope or scene.way:
        return []
    own = [one for one in scene.of("noun") if one.end <= at]
    named = [sheet.measures[one] for token in own for one in places_of(token, place)]
    return named if len(own) == 1 and len(named) == 1 and named[0].kind == FLOW else []
