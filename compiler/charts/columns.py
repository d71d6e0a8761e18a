"""Columns: upright bars over names or days, side by side or stacked, and lines over them against a second axis.

In: a chart of series over names.  Out: a `Drawing`.  Always: columns start from zero; few of them carry their values, of many
only the first axis and the grid speak; series are named once, at the right; lines never hide a column's end without parting
from it by a seam of the ground.  Rule: house rules of 2023.
"""

from __future__ import annotations

from ..model import known as known_of
from .axis import ticks_under
from .labels import apart, wrapped
from .lines import FOOT, LABEL_GAP, LABEL_LEAD, LABEL_SHARE, NAMES_BELOW, Frame, frame_of, runs_of
from .scale import number, spread
from .sketch import DESCENT, Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import ChartStyle
    from ..model import Chart, Series
    from .sketch import Drawing, Gauge

FILL = 0.62  # of the room of a name that its columns take
THICKEST = 2.6  # times a bar
SEAM = 0.8  # points of the ground between the parts of a stack
NAME_GAP = 4.0  # between the names of two columns
NAME_LEAD = 1.3  # em from one row of a name to the next
MOST_ROWS = 3
VALUE_GAP = 3.0  # between a column and its value
KEY = 0.9  # em that the piece of a line beside its name stands out to the left
MOST_DOTS = 24  # points of a line over columns that have a dot each


def draw_columns(chart: Chart, style: ChartStyle, width: float, gauge: Gauge, right: str = "") -> Drawing:
    """A chart of upright bars; series of the second axis are lines, `right` follows their names."""
    sketch = Sketch(style, gauge)
    count = len(chart.names)
    upright = _upright(chart)
    bars = [chart.series[place] for place in upright]
    labels = _labels(sketch, chart, width, right)
    lanes = 1 if chart.stacked else len(bars)
    low, high = _range(chart, bars)
    low, high = spread(min(low, 0.0), max(high, 0.0)) if low != high else (min(low, -1.0) if low < 0 else 0.0, max(high, 1.0))
    room = _labels_room(sketch, labels)
    lead = style.value.size * LABEL_LEAD
    height = max(style.height, sum([len(lines) for lines in labels]) * lead)
    step = (width - room - 24.0) / count
    thick = min(step * FILL / lanes, THICKEST * style.bar)
    valued = _valued(sketch, chart, thick)
    if valued:  # room for the values over and under the columns
        extra = (high - low) * (style.value.size + VALUE_GAP) / height
        low, high = (low - extra if low < 0 else low), (high + extra if high > 0 else high)
    head = 0.0
    if chart.second_unit:
        from .twin import twin_frame

        frame, head = twin_frame(sketch, chart, width, height, (low, high))
    else:
        frame = frame_of(sketch, low, high, width, height, inside=True)
    end = frame.right - room
    step = (end - frame.left) / count
    group = min(step * FILL, lanes * THICKEST * style.bar)
    gap = min(style.bar_gap, group / lanes / 5) if lanes > 1 else 0.0
    thick = (group - gap * (lanes - 1)) / lanes
    centres = [frame.left + (place + 0.5) * step for place in range(count)]
    for row, centre in enumerate(centres):
        if chart.stacked:
            _pile(sketch, chart, row, centre - thick / 2, thick, frame)
        else:
            for lane, place in enumerate(upright):
                draw_column(sketch, chart, place, row, centre - group / 2 + lane * (thick + gap), thick, frame, valued=valued)
    sketch.marks += sketch.zero_lines(frame.scale.at(0.0), frame.left, end if chart.second_unit else frame.right)
    for place, one in enumerate(chart.series):
        if one.second:
            _line_over(sketch, chart, place, centres, frame)
    _names_right(sketch, chart, frame, room, labels)
    rows, hidden = column_names(sketch, chart, centres, frame, step)
    height = frame.height + NAMES_BELOW + style.axis.size + (rows - 1) * NAME_LEAD * style.axis.size + FOOT
    return sketch.finish(height, truncated=frame.cut(), head=head).replace(hidden=hidden)


def _upright(chart: Chart) -> list[int]:
    """The places of the series that are columns."""
    return [place for place, one in enumerate(chart.series) if not one.second]


def _range(chart: Chart, bars: list[Series]) -> tuple[float, float]:
    if chart.stacked:
        sums = [sum([one.numbers[row] or 0.0 for one in bars]) for row in range(len(chart.names))]
        return min(sums), max(sums)
    filled = [value for one in bars for value in one.numbers if value is not None]
    return min(filled), max(filled)


def _labels(sketch: Sketch, chart: Chart, width: float, right: str) -> list[list[str]]:
    """The names of several series as they stand at the right, each in its lines, with its axis where there are two."""
    if len(chart.series) == 1:
        return []
    style = sketch.style.value
    out = []
    for one in chart.series:
        lines = wrapped(one.name, LABEL_SHARE * width, lambda text: sketch.width(text, style))
        axis = right if one.second else ""
        if axis and len(lines) == 1 and sketch.width(one.name + axis, style) <= LABEL_SHARE * width:
            lines, axis = [one.name + axis], ""
        out.append([*lines, axis.strip()] if axis else lines)
    return out


def _labels_room(sketch: Sketch, labels: list[list[str]]) -> float:
    """What they take from the right edge of the plot, with their patches."""
    style = sketch.style.value
    widest = max([sketch.width(line, style) for lines in labels for line in lines], default=0.0)
    return widest + 2 * LABEL_GAP + style.size if labels else 0.0


def _valued(sketch: Sketch, chart: Chart, thick: float) -> bool:
    """Whether there is room for a value over every column; in stacks, for none."""
    if chart.stacked or len(chart.series) > 1:
        return False
    return room_for_values(sketch, chart, 0, thick)


def room_for_values(sketch: Sketch, chart: Chart, place: int, thick: float) -> bool:
    """Whether the values of a series are narrow enough to stand over columns so thick."""
    one = chart.series[place]
    texts = [number(value, one.decimals, signed=chart.change) for value in one.numbers if value is not None]
    widest = max([sketch.width(text, sketch.style.value) for text in texts])
    return widest + 2 * VALUE_GAP <= thick / FILL


def draw_column(
    sketch: Sketch, chart: Chart, place: int, row: int, x: float, thick: float, frame: Frame, *, valued: bool
) -> None:
    """One column of a group, from zero to its value."""
    style = sketch.style
    one = chart.series[place]
    value = one.numbers[row]
    if value is None:
        return
    look = 0 if chart.panels else place
    fill, colour = style.fills[look % len(style.fills)], style.words[look % len(style.words)]
    if chart.change and (chart.panels or len(_upright(chart)) == 1):
        fill = colour = style.up if value > 0 else style.down if value < 0 else style.value.colour
    zero, end = frame.scale.at(0.0), frame.scale.at(value)
    if value:
        sketch.block(x, zero, thick, end - zero, fill)
    if valued:
        below = value < 0 or frame.scale.high <= 0
        base = end + VALUE_GAP + 0.8 * style.value.size if below else end - VALUE_GAP - DESCENT * style.value.size
        text = number(value, one.decimals, signed=chart.change)
        sketch.words(x + thick / 2, base, text, style.value, colour, "center", knock=True)


def _pile(sketch: Sketch, chart: Chart, row: int, x: float, thick: float, frame: Frame) -> None:
    """The parts of a stack from zero up, a hair of the ground between them."""
    style = sketch.style
    at = 0.0
    for place, one in enumerate(chart.series):
        value = one.numbers[row]
        if not value or one.second:
            continue
        foot, top = frame.scale.at(at), frame.scale.at(at + value)
        at += value
        hair = SEAM if foot - top > 4 * SEAM else 0.0
        sketch.block(x, top + hair, thick, foot - top - hair, style.fills[place % len(style.fills)])


def _line_over(sketch: Sketch, chart: Chart, place: int, xs: list[float], frame: Frame) -> None:
    """A line over the columns, against the second axis: parted from them by a seam of the ground, with a dot on each of few
    points."""
    style = sketch.style
    one = chart.series[place]
    scale = frame.scale_of(one)
    colour = style.words[place % len(style.words)]
    known = len(known_of(one.numbers))
    for run in runs_of(one.numbers, xs):
        points = [(xs[at], scale.at(one.numbers[at] or 0.0)) for at in run]
        if len(points) > 1:
            sketch.path(points, style.ground_colour, style.line_weight + 2 * SEAM)
            sketch.path(points, colour, style.line_weight)
        if known <= MOST_DOTS or len(points) == 1:
            for x, y in points:
                sketch.dot(x, y, style.dot, colour, style.ring)


def _names_right(sketch: Sketch, chart: Chart, frame: Frame, room: float, labels: list[list[str]]) -> None:
    """The series' names with a patch of their colours, or a piece of their line, level with the last pile's parts, the last
    group's columns, or the line's end."""
    if not room:
        return
    style = sketch.style
    size = style.value.size
    lead = size * LABEL_LEAD
    x = frame.right - room + LABEL_GAP * 2
    wanted = []
    at = 0.0
    for one in chart.series:
        value = one.numbers[-1] or 0.0
        if one.second:
            wanted.append(frame.scale_of(one).at((known_of(one.numbers) or [0.0])[-1]))
            continue
        wanted.append(frame.scale.at(at + value / 2 if chart.stacked else value))
        at += value
    middles = apart(wanted, [lead * len(lines) for lines in labels], 0.0, frame.height)
    for place, (lines, y) in enumerate(zip(labels, middles)):
        patch = 0.62 * size
        if chart.series[place].second:
            colour = style.words[place % len(style.words)]
            sketch.path([(x - KEY * size, y), (x + patch, y)], colour, style.line_weight)
            sketch.dot(x + (patch - KEY * size) / 2, y, style.dot, colour, style.ring)
        elif chart.change and len(_upright(chart)) == 1:
            sketch.block(x, y - patch / 2, patch / 2, patch, style.up)
            sketch.block(x + patch / 2, y - patch / 2, patch / 2, patch, style.down)
        else:
            sketch.block(x, y - patch / 2, patch, patch, style.fills[place % len(style.fills)])
        base = middle(y - lead * (len(lines) - 1) / 2, style.value)
        for row, line in enumerate(lines):
            colour = style.words[-1]
            sketch.words(x + size, base + row * lead, line, style.value, colour, knock=True)


def column_names(sketch: Sketch, chart: Chart, centres: list[float], frame: Frame, step: float) -> tuple[int, int]:
    """Print the names: words broken to the room of their column, days and years as many as fit.

    Returns the rows they take, and how many words found no room."""
    style = sketch.style.axis
    base = frame.height + NAMES_BELOW + 0.88 * style.size

    def width(text: str) -> float:
        return sketch.width(text, style)

    words = not chart.dates and not any([char.isdigit() for name in chart.names for char in name])
    room = step - NAME_GAP
    if words:
        broken = [wrapped(name, room, width) for name in chart.names]
        if max([len(lines) for lines in broken]) <= MOST_ROWS and all([width(line) <= room for one in broken for line in one]):
            for x, lines in zip(centres, broken):
                for row, line in enumerate(lines):
                    sketch.words(x, base + row * NAME_LEAD * style.size, line, style, align="center")
            return max([len(lines) for lines in broken]), 0
    ticks = ticks_under(chart, centres, width, frame.left, max(frame.right, centres[-1] + step / 2))
    for tick in ticks:
        sketch.words(tick.x, base, tick.text, style, align="center")
    return 1, len(chart.names) - len(ticks) if words else 0
