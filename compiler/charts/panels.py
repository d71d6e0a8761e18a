"""Small multiples: a grid of small equal plots, one for each series, each under its name.

In: a chart whose series are one panel each.  Out: a `Drawing`.  Always: all panels have one size, one scale and one first
axis; figures stand once a row, names once a column; the last value stands beside a panel's name, or each at its mark.
Rule: house rules of 2023; after Tufte's small multiples, what differs between the panels is the data and nothing else.
"""

from __future__ import annotations

from ..record import Record
from .axis import positions
from .bars import draw_bar, scale_of_bars
from .columns import FILL, THICKEST, VALUE_GAP, column_names, draw_column, room_for_values
from .labels import wrapped
from .lines import AXIS_GAP, FOOT, NAMES_BELOW, Frame, draw_line, fill_under, names_under, runs_of
from .scale import Scale, from_zero, number, spread, ticks
from .sketch import Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import ChartStyle
    from ..model import Chart, Series
    from .sketch import Drawing, Gauge

GAP = 18.0  # points between two panels side by side
BELOW = 1.4  # em of a name from a panel down to it
LEAST = 100.0  # points of the narrowest panel
LEAST_BARS = 9.4  # em of a value of the narrowest panel of lying bars: three in the text, with room for a label
HIGHEST = 0.66  # of the plot of a whole chart that a panel is high
ALL_ROWS = 2.0  # plots of a whole chart that all rows together may take
FINE = 0.75  # of the weight of lines and the size of dots
BAR = 0.8  # of the thickness of a bar
MOST_TICKS = 4
TITLE_LEAD = 1.35  # em from one line of a name to the next
TITLE_GAP = 6.0  # from a name down to the plot
NAME_SHARE = 0.25  # of the width that names of bars may take in one line
BAR_PITCH = 1.35  # em of a name from one bar to the next, at least
BAR_ROOM = 5.0  # between two bars


class _Grid(Record):
    """Where panels stand: the left edge of the first, the width of each, how many side by side.

    `titles` are the lines of their names, `lead` apart.
    """

    left: float
    width: float
    columns: int
    titles: tuple[tuple[str, ...], ...]
    lead: float

    def rows(self) -> int:
        """Rows of panels."""
        return -(-len(self.titles) // self.columns)

    def x(self, place: int) -> float:
        """The left edge of a panel."""
        return self.left + place % self.columns * (self.width + GAP)

    def head(self, place: int) -> float:
        """From the top of a row of panels down to their plots: the names of all in the row."""
        first = place - place % self.columns
        lines = max([len(title) for title in self.titles[first : first + self.columns]])
        return lines * self.lead + TITLE_GAP

    def lowest(self, place: int) -> bool:
        """Whether no panel stands under this one."""
        return place + self.columns >= len(self.titles)


def draw_panels(chart: Chart, style: ChartStyle, width: float, gauge: Gauge) -> Drawing:
    """A grid of small line, area, column or bar charts."""
    sketch = Sketch(style.replace(line_weight=FINE * style.line_weight, dot=FINE * style.dot, bar=BAR * style.bar), gauge)
    return _lying(sketch, chart, width) if chart.kind == "bar" else _upright(sketch, chart, width)


def _grid(sketch: Sketch, chart: Chart, left: float, width: float, least: float, lasts: list[str]) -> _Grid:
    """As many panels side by side as find room, in rows as even as can be; `lasts` stand behind their names."""
    style = sketch.style.value
    count = len(chart.series)
    columns = max(1, min(count, int((width - left + GAP) / (least + GAP))))
    columns = -(-count // -(-count // columns))
    each = (width - left - GAP * (columns - 1)) / columns
    titles = []
    for one, last in zip(chart.series, lasts):
        room = each - (sketch.width(last, style) + style.size if last else 0.0)
        titles.append(tuple(wrapped(one.name, room, lambda text: sketch.width(text, style))))
    return _Grid(left, each, columns, tuple(titles), TITLE_LEAD * style.size)


def _title(sketch: Sketch, grid: _Grid, place: int, top: float, last: str) -> None:
    """The name of a panel, its last line just over the plot, with the last value level with it at the right edge."""
    style = sketch.style.value
    base = top + grid.head(place) - TITLE_GAP
    lines = grid.titles[place]
    for at, line in enumerate(lines):
        sketch.words(grid.x(place), base - (len(lines) - 1 - at) * grid.lead, line, style)
    if last:
        sketch.words(grid.x(place) + grid.width, base, last, style, sketch.style.words[0], "right")


# --- lines, areas, columns -------------------------------------------------------------------------------------------


def _upright(sketch: Sketch, chart: Chart, width: float) -> Drawing:
    """Panels with an upright axis."""
    style = sketch.style
    column = chart.kind == "column"
    known = [value for one in chart.series for value in one.numbers if value is not None]
    low, high = min(known), max(known)
    if chart.kind != "line":
        low, high = min(low, 0.0), max(high, 0.0)
    low, high = spread(*from_zero(low, high)) if low or high else (0.0, 1.0)
    lasts = ["" if column else _last(one, change=chart.change) for one in chart.series]
    figures = max([sketch.width(text, style.axis) for text in ticks(low, high, MOST_TICKS).texts()])
    grid = _grid(sketch, chart, figures + AXIS_GAP, width, LEAST, lasts)
    height = min(HIGHEST * style.height, ALL_ROWS * style.height / grid.rows())
    step = grid.width / len(chart.names)
    valued = column and all([room_for_values(sketch, chart, at, FILL * step) for at in range(len(chart.series))])
    if valued:
        room = (high - low) * (style.value.size + VALUE_GAP) / height
        low, high = (low - room if low < 0 else low), (high + room if high > 0 else high)
    marks = ticks(low, high, MOST_TICKS, inside=column)
    low, high = (low, high) if column else (marks.lines[0], marks.lines[-1])
    top, foot, hidden = 0.0, 0.0, 0
    for place, one in enumerate(chart.series):
        left = grid.x(place)
        y = top + grid.head(place)
        scale = Scale(low, high, y + height, y)
        frame = Frame(left, left + grid.width, y + height, scale, marks)
        _title(sketch, grid, place, top, lasts[place])
        _lines_across(sketch, frame, figures if place % grid.columns == 0 else 0.0, zero=not column)
        if column:
            xs = [left + (at + 0.5) * step for at in range(len(chart.names))]
            thick = min(FILL * step, THICKEST * style.bar)
            for row, x in enumerate(xs):
                draw_column(sketch, chart, place, row, x - thick / 2, thick, frame, valued=valued)
            sketch.marks += sketch.zero_lines(scale.at(0.0), left, frame.right)
        else:
            xs = positions(chart, left + style.dot, frame.right - style.dot - style.ring)
            _course(sketch, chart, one, xs, frame)
        if grid.lowest(place):
            foot, found = _names(sketch, chart, xs, frame, step if column else 0.0)
            hidden = max(hidden, found)
        if place % grid.columns == grid.columns - 1:
            top = y + height + BELOW * style.value.size
    return sketch.finish(foot, truncated="all" if low > 0 or high < 0 else "").replace(hidden=hidden)


def _last(one: Series, *, change: bool) -> str:
    """The last value of a series."""
    known = [value for value in one.numbers if value is not None]
    return number(known[-1], one.decimals, signed=change)


def _lines_across(sketch: Sketch, frame: Frame, figures: float, *, zero: bool) -> None:
    """The grid of one panel, with its figures where `figures` is the width of the widest."""
    style = sketch.style.axis
    signs = frame.scale.low < 0 < frame.scale.high
    for value, text in zip(frame.ticks.lines, frame.ticks.texts()):
        y = frame.scale.at(value)
        sketch.across(y, frame.left, frame.right, zero=zero and signs and value == 0)
        if figures:
            sketch.words(frame.left - AXIS_GAP, middle(y, style), text, style, align="right")


def _course(sketch: Sketch, chart: Chart, one: Series, xs: list[float], frame: Frame) -> None:
    """The line of a panel, filled down to zero in an area chart, with a dot on its last point."""
    style = sketch.style
    runs = runs_of(one.numbers, xs)
    if chart.kind == "area":
        fill_under(sketch, one.numbers, [0.0] * len(xs), xs, frame, 0, solid=False)
    points = [[(xs[at], frame.scale.at(one.numbers[at] or 0.0)) for at in run] for run in runs]
    draw_line(sketch, points, style.lines[0], dotted=True, dashed=False)
    sketch.dot(*points[-1][-1], style.dot, style.lines[0], style.ring)


def _names(sketch: Sketch, chart: Chart, xs: list[float], frame: Frame, step: float) -> tuple[float, int]:
    """The names under a panel: the foot of the drawing, and how many names find no room."""
    if not step:
        return names_under(sketch, chart, xs, frame), 0
    rows, hidden = column_names(sketch, chart, xs, frame, step)
    style = sketch.style.axis
    return frame.height + NAMES_BELOW + (1 + (rows - 1) * TITLE_LEAD) * style.size + FOOT, hidden


# --- lying bars ------------------------------------------------------------------------------------------------------


def _lying(sketch: Sketch, chart: Chart, width: float) -> Drawing:
    """Panels of lying bars: their names once a row of panels, their values at their ends."""
    style = sketch.style
    names = [wrapped(name, NAME_SHARE * width, lambda text: sketch.width(text, style.name)) for name in chart.names]
    column = max([sketch.width(line, style.name) for lines in names for line in lines])
    grid = _grid(sketch, chart, column + AXIS_GAP, width, LEAST_BARS * style.value.size, [""] * len(chart.series))
    lead = 1.3 * style.name.size
    least = max(BAR_PITCH * style.name.size, style.bar + BAR_ROOM)
    heights = [max(least, len(lines) * lead + BAR_ROOM / 2) for lines in names]
    scale = scale_of_bars(sketch, chart, 0.0, grid.width, named=False)
    top = 0.0
    for place in range(len(chart.series)):
        x, y = grid.x(place), top + grid.head(place)
        here = Scale(scale.low, scale.high, x + scale.start, x + scale.end)
        _title(sketch, grid, place, top, "")
        for row, (lines, height) in enumerate(zip(names, heights)):
            centre = y + height / 2
            if place % grid.columns == 0:
                base = middle(centre - lead * (len(lines) - 1) / 2, style.name)
                for at, line in enumerate(lines):
                    sketch.words(0.0, base + at * lead, line, style.name)
            draw_bar(sketch, chart, place, row, centre - style.bar / 2, here, named=False)
            y += height
        sketch.down(here.at(0.0), top + grid.head(place), y, zero=True)
        foot = y
        if place % grid.columns == grid.columns - 1:
            top = y + BELOW * style.value.size
    return sketch.finish(foot)
