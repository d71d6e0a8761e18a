"""How often something rose or fell from one time to the next: 十年间社零仅有一年下降, 六个月里有四个月上行.

In: a clause, the rows of its stretch, where it says how many.  Out: a finding, or None.  Always: silent where the number may be
had by the column of changes or by the levels, of which the first may have none before it.
"""

from __future__ import annotations

import itertools

from ...pattern import later
from ..meant.options import with_changes
from ..meant.steps import before
from ..tables.subjects import CHANGE, LEVEL
from ..words.quantities import han_value
from ..words.times import MONTH, QUARTER
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from ..clauses.scene import Scene
    from ..tables.subjects import Measure, Sheet

_WENT = later(
    r"(?:是|为|出现|录得|呈现?|发生|有所|小幅|大幅|略有?|较上年|比上年|同比|了|的)*"
    r"(?:(?P<up>上升|增加|回升|提高|走高|攀升)|下降|减少|下滑|萎缩|缩水|降低|回落|走低|负增长)(?=了?$)"
)


def count_of_moves(
    scene: Scene, sheet: Sheet, place: int, rows: list[int], found: re.Match[str], changes: Measure | None
) -> Finding | None:
    """What is told of `found`, so many of these rows; `changes`: the column of a year's changes, where there is one."""
    number = int(han_value(found.group("n")) or 0)
    went = _went(scene, sheet, place, rows, found, number, changes)
    if went is not None:
        return went
    moved = _moved(scene, sheet, place, rows, found)
    if moved is None or number in moved:
        return None
    start, end = scene.part.start + found.start("n"), scene.part.start + found.end()
    return Finding("claim-count", start, end, f"it is so in {moved[0]} of {len(rows)}")


def _went(
    scene: Scene, sheet: Sheet, place: int, rows: list[int], found: re.Match[str], number: int, measure: Measure | None
) -> Finding | None:
    """十年间社零仅有一年下降: by the column of its changes, else from one row to the next, the first of which may be any."""
    way = _WENT.match(scene.words, found.end())
    named = scene.columns(place, sheet) or []
    if way is None or not named or scene.of("amp") or scene.of("neutral") or scene.of("base") or scene.of("versus"):
        return None
    up, at = way.group("up") is not None, scene.part.start + found.start("n")
    sizes = [one for one in named if one.kind != CHANGE and one.minus < 0]
    if measure is not None and sizes and measure.kind == CHANGE:
        known = [value for row in rows if (value := sheet.value(row, measure)) is not None]
        least = most = len([1 for value in known if value and (value > 0) == up])
    elif len(sizes) == len(named) == 1 and not (sheet.units & {MONTH, QUARTER} and _counts(sizes[0])):
        measure = sizes[0]
        values = [sheet.value(row, measure) for row in rows]
        past = before(sheet, rows[0])
        least = len([1 for old, new in itertools.pairwise(values) if None not in (old, new) and new != old and (new > old) == up])  # type: ignore[operator]
        if past is not None and (old := sheet.value(past, measure)) is not None and values[0] is not None:
            least += values[0] != old and (values[0] > old) == up
        most = least + (past is None)
    else:
        return None
    if least <= number <= most:
        return None
    message = f"it is so in {least} of {len(rows)} ({measure.key})"
    return Finding("claim-count", at, scene.part.start + found.end(), message)


def _counts(measure: Measure) -> bool:
    """Whether a column counts what comes in over a month, which falls from a year before: 出口, not PMI."""
    return measure.unit is not None and measure.unit.name not in ("%", "点", "")


_MOVED = later(
    r"(?:环比|录得|出现|小幅|大幅|有所|是|为|呈)*(?:(?P<up>上行|上升|走高|回升|抬升|攀升|走强|上移)|(?P<down>下行|下降|走低|回落|下滑|走弱|下移))(?:了|的)?$"
)


def _moved(scene: Scene, sheet: Sheet, place: int, rows: Sequence[int], found: re.Match[str]) -> list[int] | None:
    """In how many of the rows a column went the way that is said: 六个月里有四个月上行; each number it may be taken for, by the
    column of its steps and by its levels, of which the first may have none before it."""
    way = _MOVED.match(scene.words, found.end())
    named = scene.columns(place, sheet)
    if way is None or not named or scene.of("amp") or scene.of("basis") or any([one.basis for one in named]):
        return None
    sign = 1 if way.group("up") else -1
    steps = [one for one in with_changes(sheet, named, True) if one.kind == CHANGE]
    levels = [one for one in named if one.kind == LEVEL]
    if len(steps) > 1 or len(levels) > 1:
        return None
    out = []
    for measure in steps:
        values = [sheet.value(row, measure) for row in rows]
        out += [len([value for value in values if value is not None and value * sign > 0])] if None not in values else []
    for measure in levels if not out else ():
        values = [sheet.value(row, measure) for row in (before(sheet, rows[0]), *rows) if row is not None]
        if None in values:
            return None
        many = len([1 for one, other in itertools.pairwise(values) if one is not None and other and (other - one) * sign > 0])
        out += [many, many + 1] if len(values) == len(rows) else [many]
    return out or None
