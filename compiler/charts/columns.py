"""Columns: upright bars over names or days, side by side or stacked.

In: a chart of series over names.  Out: a `Drawing`.  Always: columns start from zero; few of them carry their values, of many
only the first axis and the grid speak; series are named once, at the right.  Rule: house rules of 2023.
"""

from __future__ import annotations

from .axis import ticks_under
from .labels import apart, wrapped
from .lines import FOOT, LABEL_GAP, LABEL_LEAD, LABEL_SHARE, NAMES_BELOW, Frame, frame_of
from .scale import number, spread
from .sketch import DESCENT, Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import ChartStyle
    from ..model import Chart
    from .sketch import Drawing, Gauge

FILL = 0.62  # of the room of a name that its columns take
THICKEST = 2.6  # times a bar
SEAM = 0.8  # points of the ground between the parts of a stack
NAME_GAP = 4.0  # between the names of two columns
NAME_LEAD = 1.3  # em from one row of a name to the next
MOST_ROWS = 3
VALUE_GAP = 3.0  # between a column and its value


def draw_columns(chart: Chart, style: ChartStyle, width: float, gauge: Gauge) -> Drawing:
    """A chart of upright bars."""
    sketch = Sketch(style, gauge)
    count = len(chart.names)
    lanes = 1 if chart.stacked else len(chart.series)
    low, high = _range(chart)
    low, high = spread(min(low, 0.0), max(high, 0.0)) if low != high else (min(low, -1.0) if low < 0 else 0.0, max(high, 1.0))
    room = _names_room(sketch, chart, width)
    height = max(style.height, _names_height(sketch, chart, width))
    step = (width - room - 24.0) / count
    thick = min(step * FILL / lanes, THICKEST * style.bar)
    valued = _valued(sketch, chart, thick)
    if valued:  # room for the values over and under the columns
        extra = (high - low) * (style.value.size + VALUE_GAP) / height
        low, high = (low - extra if low < 0 else low), (high + extra if high > 0 else high)
    frame = frame_of(sketch, low, high, width, height, inside=True)
    right = frame.right - room
    step = (right - frame.left) / count
    group = min(step * FILL, lanes * THICKEST * style.bar)
    gap = min(style.bar_gap, group / lanes / 5) if lanes > 1 else 0.0
    thick = (group - gap * (lanes - 1)) / lanes
    centres = [frame.left + (place + 0.5) * step for place in range(count)]
    for row, centre in enumerate(centres):
        if chart.stacked:
            _pile(sketch, chart, row, centre - thick / 2, thick, frame)
        else:
            for place in range(lanes):
                draw_column(sketch, chart, place, row, centre - group / 2 + place * (thick + gap), thick, frame, valued=valued)
    sketch.marks += sketch.zero_lines(frame.scale.at(0.0), frame.left, frame.right)
    _names_right(sketch, chart, frame, room)
    rows, hidden = column_names(sketch, chart, centres, frame, step)
    height = frame.height + NAMES_BELOW + style.axis.size + (rows - 1) * NAME_LEAD * style.axis.size + FOOT
    return sketch.finish(height).replace(hidden=hidden)


def _range(chart: Chart) -> tuple[float, float]:
    if chart.stacked:
        sums = [sum([one.numbers[row] or 0.0 for one in chart.series]) for row in range(len(chart.names))]
        return min(sums), max(sums)
    filled = [value for one in chart.series for value in one.numbers if value is not None]
    return min(filled), max(filled)


def _names_room(sketch: Sketch, chart: Chart, width: float) -> float:
    """What the names of several series take at the right."""
    if len(chart.series) == 1:
        return 0.0
    style = sketch.style.value
    names = [line for one in chart.series for line in _lines(sketch, one.name, width)]
    return max([sketch.width(name, style) for name in names]) + 2 * LABEL_GAP + style.size


def _names_height(sketch: Sketch, chart: Chart, width: float) -> float:
    """What they take from the top down."""
    rows = sum([len(_lines(sketch, one.name, width)) for one in chart.series])
    return rows * sketch.style.value.size * LABEL_LEAD if len(chart.series) > 1 else 0.0


def _lines(sketch: Sketch, name: str, width: float) -> list[str]:
    return wrapped(name, LABEL_SHARE * width, lambda text: sketch.width(text, sketch.style.value))


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
    if chart.change and (chart.panels or len(chart.series) == 1):
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
        if not value:
            continue
        foot, top = frame.scale.at(at), frame.scale.at(at + value)
        at += value
        hair = SEAM if foot - top > 4 * SEAM else 0.0
        sketch.block(x, top + hair, thick, foot - top - hair, style.fills[place % len(style.fills)])


def _names_right(sketch: Sketch, chart: Chart, frame: Frame, room: float) -> None:
    """The series' names with a patch of their colours, level with the last pile's parts or the last group's columns."""
    if not room:
        return
    style = sketch.style
    size = style.value.size
    lead = size * LABEL_LEAD
    x = frame.right - room + LABEL_GAP * 2
    names = [_lines(sketch, one.name, frame.right) for one in chart.series]
    wanted = []
    at = 0.0
    for one in chart.series:
        value = one.numbers[-1] or 0.0
        wanted.append(frame.scale.at(at + value / 2 if chart.stacked else value))
        at += value
    middles = apart(wanted, [lead * len(lines) for lines in names], 0.0, frame.height)
    for place, (lines, y) in enumerate(zip(names, middles)):
        patch = 0.62 * size
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
