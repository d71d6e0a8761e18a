"""Scatter charts: points by two numbers.

In: places along the first axis, series of heights, names of points.  Out: a `Drawing`.  Always: both axes say what they count;
a point's name stands beside it where it touches nothing.  Rule: house rules of 2023.
"""

from __future__ import annotations

from .lines import FOOT, NAMES_BELOW, Frame, frame_of
from .names import names_over
from .scale import Scale, from_zero, spread, ticks
from .sketch import ASCENT, DESCENT, Box, Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import ChartStyle
    from ..model import Chart
    from .sketch import Drawing, Gauge

HEIGHT = 1.5  # times the height of a plot: both axes count
GRAIN = 0.5  # points; of points that fall together in such a square one is drawn
FEW = 60  # points that may have names
NAME_GAP = 3.0
EDGE = 6.0  # from the frame to the outermost points
CROWD = 2000  # from which on they are small squares
MANY = 200  # points from which on dots are smaller


def draw_points(chart: Chart, style: ChartStyle, width: float, gauge: Gauge) -> Drawing:
    """A scatter chart."""
    sketch = Sketch(style, gauge)
    known = [value for one in chart.series for value in one.numbers if value is not None]
    lead = 1.5 * style.axis.size
    head = lead if chart.series[0].name else 0.0
    if len(chart.series) > 1:
        head = names_over(sketch, [one.name for one in chart.series], style.lines, 0.0, width)
        sketch.lift(head)
    frame = frame_of(sketch, *spread(*from_zero(min(known), max(known))), width, HEIGHT * style.height)
    marks = ticks(*spread(*from_zero(min(chart.places), max(chart.places))))
    across = Scale(marks.lines[0], marks.lines[-1], frame.left + EDGE, width - EDGE)
    base = frame.height + NAMES_BELOW + 0.88 * style.axis.size
    for value, text in zip(marks.lines, marks.texts()):
        x = across.at(value)
        half = sketch.width(text, style.axis) / 2
        sketch.words(min(x, width - half), base, text, style.axis, align="center")
        sketch.down(x, frame.height, frame.height + 3.0)
    boxes = _dots(sketch, chart, frame, across)
    _point_names(sketch, chart, frame, across, boxes)
    height = frame.height + NAMES_BELOW + style.axis.size + FOOT
    if chart.x_name:
        sketch.words(width, base + lead, chart.x_name, style.axis, align="right")
        height += lead
    if len(chart.series) == 1:
        sketch.words(0.0, 0.68 * style.axis.size - head, chart.series[0].name, style.axis)
    return sketch.finish(height, head=head)


def _dots(sketch: Sketch, chart: Chart, frame: Frame, across: Scale) -> list[Box]:
    """All points, those that would hide one another once."""
    style = sketch.style
    count = sum([len(one.numbers) for one in chart.series])
    radius = style.dot if count < MANY else style.dot / 2 if count <= CROWD else style.dot / 4
    seen: set[tuple[int, int, int]] = set()
    boxes = []
    for place, one in enumerate(chart.series):
        colour = style.lines[place % len(style.lines)]
        for at, value in zip(chart.places, one.numbers):
            if value is None:
                continue
            x, y = across.at(at), frame.scale.at(value)
            key = (place, int(x / GRAIN), int(y / GRAIN))
            if key in seen:
                continue
            seen.add(key)
            if count > CROWD:  # a square costs a tenth of a circle and looks alike at this size
                sketch.block(x - radius, y - radius, 2 * radius, 2 * radius, colour)
                continue
            sketch.dot(x, y, radius, colour, style.ring / 2)
            boxes.append(Box(x - radius, y - radius, x + radius, y + radius))
    return boxes


def _point_names(sketch: Sketch, chart: Chart, frame: Frame, across: Scale, boxes: list[Box]) -> None:
    style = sketch.style
    size = style.axis.size
    if not any(chart.names) or len(chart.names) > FEW:
        return
    reach = style.dot + NAME_GAP
    taken = list(boxes)
    for row, name in enumerate(chart.names):
        value = chart.series[0].numbers[row]
        if value is None or not name:
            continue
        x, y = across.at(chart.places[row]), frame.scale.at(value)
        for at, base, align in (
            (x + reach, middle(y, style.axis), "left"),
            (x - reach, middle(y, style.axis), "right"),
            (x, y - reach - DESCENT * size, "center"),
            (x, y + reach + ASCENT * size, "center"),
        ):
            box = sketch.box(at, base, name, style.axis, style.zero_colour, align)
            outside = box.left < frame.left or box.right > frame.right or box.bottom > frame.height or box.top < -size
            if not outside and not any([box.meets(other) for other in taken]):
                sketch.words(at, base, name, style.axis, style.zero_colour, align, knock=True)
                taken.append(box.replace(left=box.left - NAME_GAP, right=box.right + NAME_GAP))
                break
