"""Bars that lie, one row a name, in the order given.

In: a chart of series over names.  Out: a `Drawing`.  Always: bars start from zero and are as long as their values; each has
its value at its end; series are named once, on the first row; what is missing is a dash.  Rule: house rules of 2023.
"""

from __future__ import annotations

from ..record import Record
from .labels import wrapped
from .names import names_over, too_long
from .scale import MOST_TICKS, Scale, Ticks, number, spread, ticks
from .sketch import Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import ChartStyle
    from ..model import Chart
    from .sketch import Drawing, Gauge

NAME_SHARE = 0.34  # of the width that the names of rows may take on one line
NAME_GAP = 14.0  # between the longest name and the bars or their labels
VALUE_GAP = 4.0  # between a bar and its value
SERIES_GAP = 0.7  # em between a value and the series' name
LEAST_PLOT = 0.15  # of the width that is left to the bars whatever the labels need
STACK_THICK = 1.6  # times a bar: parts of a stack hold their values
MISSING = "—"
TICK_GAP = 5.0  # from the grid to the top of its figures
LEAST_GRID = 4  # rows from which on a scale is worth its space; fewer are read off their labels


class _Plot(Record):
    """Where bars stand: the edges of the plot, the scale from left to right, the height of all rows."""

    left: float
    right: float
    scale: Scale
    height: float


def draw_bars(chart: Chart, style: ChartStyle, width: float, gauge: Gauge, labels: float) -> Drawing:
    """A chart of lying bars; stacked ones in one row with a label for each part."""
    sketch = Sketch(style, gauge)
    lanes = 1 if chart.stacked else len(chart.series)
    group = STACK_THICK * style.bar if chart.stacked else lanes * style.bar + (lanes - 1) * style.bar_gap
    room = NAME_SHARE * width
    names = [wrapped(name, room, lambda text: sketch.width(text, style.name)) for name in chart.names]
    lead = style.name.size * 1.3
    heights = [max(group, len(lines) * lead) + style.row_gap for lines in names]
    column = max([sketch.width(line, style.name) for lines in names for line in lines])
    left = max(column + NAME_GAP, labels)
    several = len(chart.series) > 1
    over = several and too_long(sketch, [one.name for one in chart.series], width)
    top = 0.0
    if over:
        top = names_over(sketch, [one.name for one in chart.series], style.fills, left, width)
    elif several and chart.stacked:
        top = 1.5 * style.axis.size
    plot = _plot(sketch, chart, left, width, top + sum(heights), named=not over)
    if several and chart.stacked and not over:
        _part_names(sketch, chart, plot)
    foot = _grid(sketch, chart, plot, top)
    for row, (lines, height) in enumerate(zip(names, heights)):
        centre = top + height / 2
        base = middle(centre - lead * (len(lines) - 1) / 2, style.name)
        for place, line in enumerate(lines):
            sketch.words(0.0, base + place * lead, line, style.name)
        if chart.stacked:
            _stack(sketch, chart, row, centre - group / 2, plot)
        else:
            _group(sketch, chart, row, centre - group / 2, plot, named=not over)
        top += height
    return sketch.finish(foot)


def _plot(sketch: Sketch, chart: Chart, left: float, width: float, height: float, *, named: bool) -> _Plot:
    return _Plot(left, width, scale_of_bars(sketch, chart, left, width, named=named), height)


def scale_of_bars(sketch: Sketch, chart: Chart, left: float, width: float, *, named: bool) -> Scale:
    """The widest scale from `left` to `width` that leaves each bar room for its label at its end."""
    ends = []  # value, width of its label
    for row in range(len(chart.names)):
        if chart.stacked:
            total = sketch.width(_sum(chart, row), sketch.style.value)
            ends.append((sum([one.numbers[row] or 0.0 for one in chart.series]), total + VALUE_GAP if total else 0.0))
            continue
        for place, one in enumerate(chart.series):
            ends.append((one.numbers[row] or 0.0, _label_width(sketch, chart, place, row, named=named) + VALUE_GAP))
    low, high = min(0.0, *[value for value, _ in ends]), max(0.0, *[value for value, _ in ends])
    low, high = (0.0, 1.0) if low == high else spread(low, high)
    if chart.whole:  # all labels stand behind the tracks
        low, high = 0.0, chart.whole
        ends = [(chart.whole, room) for _, room in ends]
    start, end = left, width
    for _ in range(12):  # each label bounds the scale; the bounds meet quickly
        scale = Scale(low, high, start, end)
        over = max([scale.at(value) + room - width for value, room in ends if value >= 0] or [0.0])
        under = max([left - scale.at(value) + room for value, room in ends if value < 0] or [0.0])
        if over < 0.01 and under < 0.01:
            break
        end, start = end - max(over, 0.0), start + max(under, 0.0)
        if end - start < LEAST_PLOT * width:
            middle_x = (start + end) / 2
            start, end = middle_x - LEAST_PLOT * width / 2, middle_x + LEAST_PLOT * width / 2
            break
    return Scale(low, high, start, end)


def _label_width(sketch: Sketch, chart: Chart, place: int, row: int, *, named: bool) -> float:
    text, name = _label(chart, place, row, named=named)
    style = sketch.style.value
    return sketch.width(text, style) + (sketch.width(name, style) + SERIES_GAP * style.size if name else 0.0)


def _label(chart: Chart, place: int, row: int, *, named: bool) -> tuple[str, str]:
    """A bar's value, and the name of its series where it is the first that has one."""
    one = chart.series[place]
    value = one.numbers[row]
    first = min([at for at, number in enumerate(one.numbers) if number is not None], default=0)
    name = one.name if named and len(chart.series) > 1 and row == first else ""
    return (MISSING if value is None else number(value, one.decimals, signed=_signed(chart))), name


def _signed(chart: Chart) -> bool:
    return chart.change or any([value is not None and value < 0 for one in chart.series for value in one.numbers])


def _grid(sketch: Sketch, chart: Chart, plot: _Plot, top: float) -> float:
    """The grid with its figures below and the line of zero; returns the height of the whole drawing."""
    style, scale = sketch.style, plot.scale
    zero = scale.at(0.0)
    signs = scale.low < 0 < scale.high
    bars = len(chart.names) * (1 if chart.stacked else len(chart.series))
    foot = plot.height
    if chart.whole:
        return foot
    if bars >= LEAST_GRID:
        marks = _ticks(sketch, plot)
        base = plot.height + TICK_GAP + 0.88 * style.axis.size
        for value, text in zip(marks.lines, marks.texts()):
            if value != 0:
                sketch.down(scale.at(value), top, plot.height)
            half = sketch.width(text, style.axis) / 2
            sketch.words(min(scale.at(value), plot.right - half), base, text, style.axis, align="center")
        foot += TICK_GAP + style.axis.size + 1.0
    if signs or bars >= LEAST_GRID:
        sketch.down(zero, top, plot.height, zero=True)
    return foot


def _ticks(sketch: Sketch, plot: _Plot) -> Ticks:
    """As many grid lines as their figures find room for."""
    scale = plot.scale
    for most in range(MOST_TICKS, 1, -1):
        marks = ticks(scale.value(plot.left), scale.value(plot.right), most, inside=True)
        widest = max([sketch.width(text, sketch.style.axis) for text in marks.texts()])
        if len(marks.lines) < 2 or scale.at(marks.lines[1]) - scale.at(marks.lines[0]) >= widest + 2 * VALUE_GAP:
            break
    return marks


def _colours(sketch: Sketch, chart: Chart, place: int, value: float) -> tuple[str, str]:
    """The colours of a bar and of its label: the market's up and down for a single series of changes."""
    style = sketch.style
    if chart.change and (chart.panels or len(chart.series) == 1):
        colour = style.up if value > 0 else style.down if value < 0 else style.value.colour
        return colour, colour
    place = 0 if chart.panels else place
    return style.fills[place % len(style.fills)], style.words[place % len(style.words)]


def _group(sketch: Sketch, chart: Chart, row: int, top: float, plot: _Plot, *, named: bool) -> None:
    """The bars of one row, one below the other, with their values."""
    style = sketch.style
    for place in range(len(chart.series)):
        draw_bar(sketch, chart, place, row, top + place * (style.bar + style.bar_gap), plot.scale, named=named)


def draw_bar(sketch: Sketch, chart: Chart, place: int, row: int, y: float, scale: Scale, *, named: bool) -> None:
    """One bar with its top at `y`, its value at its end, its series' name behind that."""
    style = sketch.style
    zero = scale.at(0.0)
    value = chart.series[place].numbers[row]
    text, name = _label(chart, place, row, named=named)
    fill, colour = _colours(sketch, chart, place, value or 0.0)
    end = scale.at(value or 0.0)
    if chart.whole:
        sketch.block(zero, y, scale.at(chart.whole) - zero, style.bar, style.track_colour)
    if value:
        sketch.block(zero, y, end - zero, style.bar, fill)
    end = scale.at(chart.whole) if chart.whole else end
    base = middle(y + style.bar / 2, style.value)
    left = value is not None and value < 0
    box = sketch.words(end - VALUE_GAP if left else end + VALUE_GAP, base, text, style.value, colour, _side(left), knock=True)
    if name:
        gap = SERIES_GAP * style.value.size
        sketch.words(box.left - gap if left else box.right + gap, base, name, style.value, colour, _side(left), knock=True)


def _side(left: bool) -> str:
    return "right" if left else "left"


def _stack(sketch: Sketch, chart: Chart, row: int, top: float, plot: _Plot) -> None:
    """The parts of one row side by side, each with its value where it is long enough, and their sum at the end."""
    style = sketch.style
    thick = STACK_THICK * style.bar
    base = middle(top + thick / 2, style.value)
    at = 0.0
    for place, one in enumerate(chart.series):
        value = one.numbers[row]
        if not value:
            continue
        start, end = plot.scale.at(at), plot.scale.at(at + value)
        at += value
        fill = style.fills[place % len(style.fills)]
        sketch.block(start, top, end - start, thick, fill)
        text = number(value, one.decimals)
        if sketch.width(text, style.value) + 2 * VALUE_GAP <= end - start:
            colour = sketch.legible(fill)
            sketch.words((start + end) / 2, base, text, style.value, colour, "center")
    text = _sum(chart, row)
    if text:
        sketch.words(plot.scale.at(at) + VALUE_GAP, base, text, style.value, knock=True)


def _sum(chart: Chart, row: int) -> str:
    """What the parts of a row make, unless every row makes the same (100%)."""
    decimals = max([one.decimals for one in chart.series])
    sums = [number(sum([one.numbers[at] or 0.0 for one in chart.series]), decimals) for at in range(len(chart.names))]
    return sums[row] if len(set(sums)) > 1 else ""


def _part_names(sketch: Sketch, chart: Chart, plot: _Plot) -> None:
    """The series' names over the first row, each from the left edge of its part on where there is room."""
    style = sketch.style
    at, edge = 0.0, -1e9
    places = []
    for one in chart.series:
        x = max(plot.scale.at(at), edge)
        at += one.numbers[0] or 0.0
        edge = x + sketch.width(one.name, style.axis) + NAME_GAP
        places.append((x, edge - NAME_GAP))
    limit = plot.right
    for place in range(len(places) - 1, -1, -1):
        x, end = places[place]
        shift = max(end - limit, 0.0)
        sketch.words(x - shift, 0.88 * style.axis.size, chart.series[place].name, style.axis, style.words[-1])
        limit = x - shift - NAME_GAP
