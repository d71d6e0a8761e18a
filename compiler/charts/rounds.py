"""Pies and rings of no more than six slices.

In: one series over names, none below zero.  Out: a `Drawing`.  Always: slices go round clockwise from the top in the order
given, each as wide as its share; each has its name and value beside it.  Rule: house rules of 2023.
"""

from __future__ import annotations

from math import cos, pi, sin, tan

from ..record import Record
from .labels import apart, wrapped
from .scale import number
from .sketch import Outline, Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import ChartStyle
    from ..model import Chart
    from .sketch import Drawing, Gauge, Steps

RADIUS = 0.56  # times the height of a plot
HOLE = 0.6  # of a ring's radius
SEAM = 1.0  # white between slices
REACH = 3.0  # from the circle to the start of a leader
ELBOW = 14.0  # from the circle to where leaders end
LABEL_GAP = 4.0
NAME_GAP = 0.6  # em between a name and its value
EXACT = 4  # decimals of a point: sines differ in their last digits between machines
LEAD = 1.45  # em from one label to the next
FAR = 1e6  # labels may stand over and under the circle
MISSING = "—"


class _Slice(Record):
    """A slice by its angles from the top, clockwise, in radians."""

    start: float
    end: float
    names: tuple[str, ...]
    text: str
    fill: str

    @property
    def centre(self) -> float:
        """The angle it points to."""
        return (self.start + self.end) / 2


def draw_round(chart: Chart, style: ChartStyle, width: float, gauge: Gauge, total: str = "") -> Drawing:
    """A pie, or a ring with its sum inside."""
    sketch = Sketch(style, gauge)
    radius = RADIUS * style.height
    lead = LEAD * style.value.size
    room = width / 2 - radius - ELBOW - LABEL_GAP
    slices = _slices(sketch, chart, room)
    sides = [[one for one in slices if _right(one) is right] for right in (True, False)]
    x, y = width / 2, radius + REACH
    hole = HOLE * radius if chart.kind == "ring" else 0.0
    whole = len([one for one in slices if one.end > one.start]) == 1
    for one in slices:
        if one.end > one.start:
            steps = _sector(x, y, radius, hole, one)
            sketch.marks.append(Outline(steps, one.fill, "" if whole else style.ground_colour, 0.0 if whole else SEAM))
    top, foot = 0.0, y + radius + REACH
    for side in sides:
        heights = [len(one.names) * lead for one in side]
        wanted = [y - radius * cos(one.centre) for one in side]
        for one, height, at in zip(side, heights, apart(wanted, heights, -FAR, FAR)):
            _label(sketch, one, (x, y, radius), at, lead)
            top, foot = min(top, at - height / 2), max(foot, at + height / 2)
    if hole and "%" not in chart.unit:
        values = [value or 0.0 for value in chart.series[0].numbers]
        whole_number = number(sum(values), chart.series[0].decimals)
        if total:
            sketch.words(x, y - 0.25 * style.axis.size, total, style.axis, align="center")
        sketch.words(x, y + 0.9 * style.value.size, whole_number, style.value, align="center")
    return sketch.finish(foot, head=-top)


def _right(one: _Slice) -> bool:
    return one.centre < pi or one.end - one.start >= 2 * pi


def _slices(sketch: Sketch, chart: Chart, room: float) -> list[_Slice]:
    style = sketch.style
    series = chart.series[0]
    total = sum([value or 0.0 for value in series.numbers])
    at = 0.0
    slices = []
    for place, (name, value) in enumerate(zip(chart.names, series.numbers)):
        start, at = at, at + (value or 0.0)
        text = MISSING if value is None else number(value, series.decimals)
        limit = room - sketch.width(text, style.value) - NAME_GAP * style.value.size
        names = wrapped(name, limit, lambda part: sketch.width(part, style.axis))
        angles = (2 * pi * start / total, 2 * pi * at / total)
        slices.append(_Slice(*angles, tuple(names), text, style.fills[place % len(style.fills)]))
    return slices


def _label(sketch: Sketch, one: _Slice, circle: tuple[float, float, float], at: float, lead: float) -> None:
    """Name and value beside a slice, at the end of a hairline from it."""
    x, y, radius = circle
    style = sketch.style
    side = 1.0 if _right(one) else -1.0
    angle = min(one.centre, 0.35 * pi) if one.end - one.start >= 2 * pi else one.centre
    edge = (x + (radius + REACH) * sin(angle), y - (radius + REACH) * cos(angle))
    end = x + side * (radius + ELBOW)
    knee = max(edge[0] + 2.0, end - 6.0) if side > 0 else min(edge[0] - 2.0, end + 6.0)
    sketch.path([edge, (knee, at), (end, at)], style.axis.colour, style.grid_weight)
    base = middle(at - lead * (len(one.names) - 1) / 2, style.value)
    widest = max([sketch.width(name, style.axis) for name in one.names])
    gap = NAME_GAP * style.value.size
    value = sketch.width(one.text, style.value)
    left = end + LABEL_GAP if side > 0 else end - LABEL_GAP - widest - gap - value
    for row, name in enumerate(one.names):
        sketch.words(left, base + row * lead, name, style.axis, style.zero_colour)
    last = sketch.width(one.names[-1], style.axis) if side > 0 else widest
    sketch.words(left + last + gap, base + (len(one.names) - 1) * lead, one.text, style.value, style.words[0])


def _sector(x: float, y: float, radius: float, hole: float, one: _Slice) -> Steps:
    """The outline of a slice: its arc, and back along the hole or to the middle."""
    outer = _arc(x, y, radius, one.start, one.end)
    steps: list[tuple[str | float, ...]] = [("M", *outer[0]), *outer[1:]]
    if hole:
        inner = _arc(x, y, hole, one.end, one.start)
        steps += [("L", *inner[0]), *inner[1:]]
    else:
        steps.append(("L", x, y))
    return (*steps, ("Z",))


def _arc(x: float, y: float, radius: float, start: float, end: float) -> list[tuple[str | float, ...]]:
    """The first point of an arc, then curves of no more than a quarter of a circle each."""
    count = max(1, int(abs(end - start) / (pi / 2) + 0.999))
    step = (end - start) / count
    arm = radius * 4 / 3 * tan(step / 4)
    out: list[tuple[str | float, ...]] = [(round(x + radius * sin(start), EXACT), round(y - radius * cos(start), EXACT))]
    for place in range(count):
        one, other = start + place * step, start + (place + 1) * step
        x1, y1 = x + radius * sin(one), y - radius * cos(one)
        x2, y2 = x + radius * sin(other), y - radius * cos(other)
        curve = (x1 + arm * cos(one), y1 + arm * sin(one), x2 - arm * cos(other), y2 - arm * sin(other), x2, y2)
        out.append(("C", *[round(value, EXACT) for value in curve]))
    return out
