"""Which of the legal breaks end the lines: total fit over the paragraph, or a balanced ragged setting.

In: `Items`, the measure and the indent.  Out: the entries that end the lines, the last one always the last entry.  Always:
the cheapest set of breaks under the costs below; ties go to the set found first, so the result never varies.
Source: Knuth and Plass, Breaking Paragraphs into Lines (1981), with the adjustments of Chinese setting as glue; costs
TYPOGRAPHY J2, J5, R2.  House rule (2026-11-23): the figures of the costs.
"""

from __future__ import annotations

from bisect import bisect_right

from .western import ANYWHERE_COST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .items import Items

_NEVER = 1e18
_STRETCH_COST = 400.0  # of a line stretched by what is good; more of it costs its cube, less its power of 1.5 (J5)
_SHRINK_COST = 5.0  # times the cube of shrink; pushing in comes before pushing out (J2, J5)
_CONTRAST_COST = 30.0  # a tight line beside a loose one (J5)
_RUNT_COST = 240.0  # a last line under 2 em (R2)
_WORD_COST = 1600.0  # a last line of one Latin word or number (R2)
_LONELY_COST = 4e5  # a last line of one character (R2)
_WHOLE_WEIGHT = 8.0  # of a costly break where the edge is ragged anyhow: an address stays whole rather than fill its line
_MARKED = 0.5  # from this ratio on a line counts as tight or loose
_GOOD, _ACCEPTABLE, _ANY = 1.0, 2.5, 1e9  # tolerances: 0.10 em, 0.25 em a character gap, and no bound (J4)
_FURTHEST = 2500  # no mark can bring an entry further back than this


def total_fit(items: Items, measure: float, indent: float) -> list[int]:
    """The breaks of a justified paragraph.

    The first search is believed only when its total proves that no looser line could be part of something cheaper; looser
    lines than the second allows are looked for only when it leaves a lonely character or finds nothing (J4, R2).
    Units: 1/1000 em.
    """
    last = len(items.ends) - 1
    if items.ends[last] - items.starts[0] + indent <= measure:
        return [last]
    fewest = (items.ends[last] + indent) // max(measure, 1.0)
    for tolerance, bound in ((_GOOD, _STRETCH_COST + fewest), (_ACCEPTABLE, _LONELY_COST), (_ANY, _NEVER / 2)):
        total, breaks = _search(items, measure, indent, tolerance)
        if total <= bound and (total < ANYWHERE_COST or max(items.costs) < ANYWHERE_COST):
            return breaks
    return last_resort(items, measure, indent)


def _search(items: Items, measure: float, indent: float, tolerance: float) -> tuple[float, list[int]]:
    """Dynamic programme over (entry, class of the line that ends there); classes: 0 tight, 1 normal, 2 loose.

    Shape: `tight[j]` is the least cost of a paragraph part whose last line ends at entry j and is tight; `from_tight[j]` is
    3 * (entry where that line starts) + class of the line before.
    """
    ends, starts, costs = items.ends, items.starts, items.costs
    stretch_ends, stretch_starts = items.stretch_ends, items.stretch_starts
    shrink_ends, shrink_starts = items.shrink_ends, items.shrink_starts
    count = len(ends)
    last = count - 1
    tight, normal, loose = [_NEVER] * count, [_NEVER] * count, [_NEVER] * count
    from_tight, from_normal, from_loose = [-1] * count, [-1] * count, [-1] * count
    normal[0] = 0.0
    for entry in range(last):
        after_tight, after_normal, after_loose = tight[entry], normal[entry], loose[entry]
        to_normal, code = after_normal, 3 * entry + 1
        if after_tight < to_normal:
            to_normal, code = after_tight, 3 * entry
        if after_loose < to_normal:
            to_normal, code = after_loose, 3 * entry + 2
        if to_normal >= _NEVER:
            continue
        to_tight, tight_code = _cheapest(after_normal, after_tight, after_loose, entry, 0, 2)
        to_loose, loose_code = _cheapest(after_normal, after_loose, after_tight, entry, 2, 0)
        to_tight += 1.0
        to_normal += 1.0
        to_loose += 1.0
        start = starts[entry] - (0 if entry else indent)
        stretch, shrink = stretch_starts[entry], shrink_starts[entry]
        edge = start + measure
        middle = bisect_right(ends, edge, entry + 1)
        for end in range(middle, count):
            excess = ends[end] - edge
            room = shrink_ends[end] - shrink
            if excess > room:
                if excess > _FURTHEST:
                    break
                continue
            ratio = excess / room
            added = _SHRINK_COST * ratio * ratio * ratio + costs[end]
            if end == last:
                added += _last_line_cost(items, entry)
            if ratio > _MARKED:
                if to_tight + added < tight[end]:
                    tight[end], from_tight[end] = to_tight + added, tight_code
            elif to_normal + added < normal[end]:
                normal[end], from_normal[end] = to_normal + added, code
        end = middle - 1
        if end == last:
            added = _last_line_cost(items, entry)
            if to_normal + added < normal[end]:
                normal[end], from_normal[end] = to_normal + added, code
            end -= 1
        while end > entry:
            room = stretch_ends[end] - stretch
            lack = edge - ends[end]
            if lack > tolerance * room:
                break
            ratio = lack / room if room else 0.0
            added = _STRETCH_COST * ratio ** (1.5 if ratio < 1.0 else 3.0) + costs[end]
            if ratio > _MARKED:
                if to_loose + added < loose[end]:
                    loose[end], from_loose[end] = to_loose + added, loose_code
            elif to_normal + added < normal[end]:
                normal[end], from_normal[end] = to_normal + added, code
            end -= 1
    total = min(tight[last], normal[last], loose[last])
    if total >= _NEVER:
        return _NEVER, []
    chains = (from_tight, from_normal, from_loose)
    kind = 0 if tight[last] == total else 1 if normal[last] == total else 2
    breaks, entry = [], last
    while entry > 0:
        breaks.append(entry)
        before = chains[kind][entry]
        entry, kind = before // 3, before % 3
    return total, breaks[::-1]


def _cheapest(normal: float, same: float, opposite: float, entry: int, same_kind: int, opposite_kind: int) -> tuple[float, int]:
    """The cheapest way into a tight or loose line, and where it comes from."""
    best, code = normal, 3 * entry + 1
    if same < best:
        best, code = same, 3 * entry + same_kind
    if opposite + _CONTRAST_COST < best:
        best, code = opposite + _CONTRAST_COST, 3 * entry + opposite_kind
    return best, code


def _last_line_cost(items: Items, entry: int) -> float:
    if entry == 0 or (entry < items.runt and entry < items.alone):
        return 0.0
    return _LONELY_COST if entry >= items.lonely else _WORD_COST if entry >= items.alone else _RUNT_COST


def last_resort(items: Items, measure: float, indent: float) -> list[int]:
    """Breaks when some stretch without a gap leaves no justified setting: lines may end short, or overfull if they must."""
    ends, starts = items.ends, items.starts
    last = len(ends) - 1
    best, origin = [_NEVER] * (last + 1), [-1] * (last + 1)
    best[0] = 0.0
    for entry in range(last):
        if best[entry] >= _NEVER:
            continue
        start = starts[entry] - (0 if entry else indent)
        for end in range(entry + 1, last + 1):
            lack = start + measure - ends[end]
            room = items.shrink_ends[end] - items.shrink_starts[entry]
            if lack < 0 and -lack > room and end > entry + 1:
                if -lack > _FURTHEST:
                    break
                continue
            cost = best[entry] + 1.0 + items.costs[end] + _short_cost(items, entry, end, lack, room)
            if cost < best[end]:
                best[end], origin[end] = cost, entry
    return _backwards(origin, last)


def _short_cost(items: Items, entry: int, end: int, lack: float, room: float) -> float:
    if lack < 0:
        return _SHRINK_COST * (lack / room) ** 2 if -lack <= room else 1e7 - lack * 1e3
    if end == len(items.ends) - 1:
        return _last_line_cost(items, entry)
    stretch = items.stretch_ends[end] - items.stretch_starts[entry]
    if stretch <= 0:
        return 1e4 + lack
    return min(_STRETCH_COST * (lack / stretch) ** 3, 1e4 + lack)


def ragged_fit(items: Items, measure: float, indent: float, *, even: bool) -> list[int]:
    """Fewest lines, then the least sum of squared shortfalls: for cells, headings and centred lines (R6, M7).

    `even`: up to three lines the last one counts like the others, which balances headings and cells; else its length is
    free, as in references and credits, but it is no runt (R2).
    """
    ends, starts = items.ends, items.starts
    last = len(ends) - 1
    if ends[last] - starts[0] + indent <= measure:
        return [last]
    balanced = even and ends[last] + indent <= 3 * measure
    weight = 0.1 if even else _WHOLE_WEIGHT
    best, origin = [_NEVER] * (last + 1), [-1] * (last + 1)
    best[0] = 0.0
    for entry in range(last):
        if best[entry] >= _NEVER:
            continue
        edge = starts[entry] - (0 if entry else indent) + measure
        end = min(max(bisect_right(ends, edge, entry + 1) - 1, entry + 1), last)
        while end > entry:
            lack = (edge - ends[end]) / 1000
            if lack > measure / 1000 * 0.7 and end != last and lack > 2 and best[end] < _NEVER:
                break
            cost = best[entry] + 1e4 + items.costs[end] * weight + (1e6 if lack < 0 else lack * lack)
            if end == last:
                cost += min(_last_line_cost(items, entry), 2e4) - (0 if balanced else lack * lack)
            if cost < best[end]:
                best[end], origin[end] = cost, entry
            if end == last and lack >= 0:
                break  # the rest fits one line: to divide it costs a line more
            end -= 1
    return _backwards(origin, last)


def first_fit(items: Items, measure: float, indent: float) -> list[int]:
    """Each line as long as it can be, with no care for the last."""
    ends, starts = items.ends, items.starts
    last = len(ends) - 1
    breaks: list[int] = []
    entry = 0
    while entry < last:
        edge = starts[entry] - (0 if entry else indent) + measure
        entry = min(max(entry + 1, bisect_right(ends, edge, entry + 1) - 1), last)
        breaks.append(entry)
    return breaks


def _backwards(origin: list[int], last: int) -> list[int]:
    breaks, entry = [], last
    while entry > 0:
        breaks.append(entry)
        entry = origin[entry]
    return breaks[::-1]
