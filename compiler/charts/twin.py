"""Two upright axes on one grid: a plot whose series count two things.

In: series of which some are read against an axis at the right.  Out: the frame of the plot with both scales.  Always: the two
axes have as many ticks, which stand on the same grid lines; where both cross zero, their zeros are one line; each axis has its
unit over it.  Rule: house rules of 2023; a reader must not have to guess which of two grids a figure belongs to.
"""

from __future__ import annotations

from math import ceil, floor, inf, log10

from .lines import AXIS_GAP, Frame
from .scale import FINEST, MOST_TICKS, Scale, Ticks, exact, from_zero, spread
from .sketch import middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model import Chart
    from .sketch import Sketch

    Range = tuple[float, float]
    Fit = tuple[Ticks, float]  # ticks, and the share of their height that the values leave empty

LEAST_TICKS = 3
STEPS = ((1, 0), (2, 0), (25, -1), (5, 0))  # digits of a step and their power of ten; 2.5 as well, for two ranges share a count
FEWER = 0.04  # of the height that one line more must not cost
UNIT_LEAD = 1.75  # em from a unit down to the next, and to the top of the figures


def paired(first: Range, second: Range, most: int = MOST_TICKS) -> tuple[Ticks, Ticks]:
    """Ticks round two ranges, equally many, so that the values fill as much of the height as they can.

    Errors: neither range may be empty (see `spread`).
    """
    best: tuple[float, Ticks, Ticks] = (inf, Ticks((), 0), Ticks((), 0))
    both = first[0] < 0 < first[1] and second[0] < 0 < second[1]
    for count in range(most, LEAST_TICKS - 1, -1):
        for under in range(1, count - 1) if both else (-1,):
            one, other = [_about(*each, count, under) if both else _round(*each, count) for each in (first, second)]
            cost = one[1] + other[1] + FEWER * (most - count)
            if cost < best[0] - FINEST:
                best = cost, one[0], other[0]
    return best[1], best[2]


def _round(low: float, high: float, count: int) -> Fit:
    """`count` ticks round a range that need not have zero at a given line; what is left over is shared by top and foot."""

    def lowest(step: float) -> int | None:
        first, last = floor(low / step + FINEST), ceil(high / step - FINEST)
        spare = count - 1 - (last - first)
        if spare < 0:
            return None
        down = spare // 2
        if first >= 0:
            down = min(down, first)  # no axis goes below zero without a value there
        if last <= 0:
            down = max(down, spare + last)
        return first - down

    return _finest(low, high, count, lowest)


def _about(low: float, high: float, count: int, under: int) -> Fit:
    """`count` ticks round a range with zero on the line that has `under` lines below it."""

    def lowest(step: float) -> int | None:
        fits = -low <= step * (under + FINEST) and high <= step * (count - 1 - under + FINEST)
        return -under if fits else None

    return _finest(low, high, count, lowest)


def _finest(low: float, high: float, count: int, lowest: Callable[[float], int | None]) -> Fit:
    """The ticks with the finest step that `lowest` finds a first line for, counted in steps."""
    power = floor(log10((high - low) / count)) - 1
    while True:
        for digits, shift in STEPS:
            first = lowest(digits * 10.0 ** (power + shift))
            if first is None:
                continue
            exponent = power + shift
            lines = tuple([exact(place * digits, exponent) for place in range(first, first + count)])
            return Ticks(lines, max(0, -exponent)), 1 - (high - low) / (lines[-1] - lines[0])
        power += 1


def twin_frame(sketch: Sketch, chart: Chart, width: float, height: float, first: Range | None = None) -> tuple[Frame, float]:
    """The grid with the figures and the unit of both axes, drawn; and what it takes over the plot.

    `first` is the range of the first axis where it is more than the values: columns start from zero.
    """
    style = sketch.style
    ranges = []
    for side in (False, True):
        known = [value for one in chart.series if one.second == side for value in one.numbers if value is not None]
        ranges.append(spread(*from_zero(min(known), max(known))))
    marks, others = paired(first or ranges[0], ranges[1])
    texts, other_texts = marks.texts(), others.texts()
    left = max([sketch.width(text, style.axis) for text in texts]) + AXIS_GAP
    right = width - max([sketch.width(text, style.axis) for text in other_texts]) - AXIS_GAP
    scale, second = [Scale(each.lines[0], each.lines[-1], height, 0.0) for each in (marks, others)]
    signs = scale.low < 0 < scale.high
    for value, text, other in zip(marks.lines, texts, other_texts):
        y = scale.at(value)
        base = middle(y, style.axis)
        sketch.across(y, left, right, zero=signs and value == 0)
        sketch.words(left - AXIS_GAP, base, text, style.axis, align="right")
        sketch.words(width, base, other, style.axis, align="right")
    return Frame(left, right, height, scale, marks, second), _units(sketch, chart, width)


def _units(sketch: Sketch, chart: Chart, width: float) -> float:
    """What each axis counts, over it; the one at the right lower where both have no room side by side."""
    style = sketch.style.axis
    lead = UNIT_LEAD * style.size
    beside = sketch.width(chart.unit, style) + sketch.width(chart.second_unit, style) + 2 * style.size <= width
    base = 0.68 * style.size - lead
    sketch.words(0.0, base if beside else base - lead, chart.unit, style)
    sketch.words(width, base, chart.second_unit, style, align="right")
    return lead if beside else 2 * lead
