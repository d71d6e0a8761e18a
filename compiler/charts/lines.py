"""Line and area charts, and the grid with an upright axis that columns share.

In: a chart of series over names or days.  Out: a `Drawing`.  Always: a missing value is a gap; the last point is labelled,
and of a single series the lowest; lines of some thousand points show every low and high.  Rule: house rules of 2023 for lines
(no legend: the series' names stand at their ends; zero where it matters, said where it is left out).
"""

from __future__ import annotations

from ..model import known as known_of
from ..record import Record
from .axis import monthly, positions, ticks_under
from .labels import apart, crossed, wrapped
from .scale import Scale, Ticks, from_zero, number, spread, thinned, ticks
from .sketch import ASCENT, DESCENT, Box, Outline, Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import ChartStyle
    from ..model import Chart, Series
    from .sketch import Drawing, Gauge

AXIS_GAP = 8.0  # points between the figures of the axis and the grid
NAMES_BELOW = 6.0  # from the lowest grid line to the top of the names under it
FOOT = 1.0  # below the names
LABEL_GAP = 6.0  # from the last point to its label
LOW_GAP = 5.5  # from the lowest point to the top of its label
LABEL_SHARE = 0.25  # of the width that a name may take in one line
LABEL_LEAD = 1.35  # em from one label of the column to the next
NAME_BETWEEN = 0.3  # of a line between two labels of several lines
NAME_GAP = 5.0  # between a name and its value
LEADER = 4.0  # points a label may be moved before a hairline leads to it
LEADER_ROOM = 16.0  # from the last point to its label where hairlines stand between them
DENSE, FINE = 120, 0.7  # points of a line from which on it is so much finer
DASH, PAUSE = 3.6, 1.6  # times the weight of a line that is read against the second axis
MANY = 3  # series from which on a plot is higher
HIGHER = 1.3  # times


class Frame(Record):
    """A plot with an upright axis: its edges, its scale from the bottom up, its ticks; `second`: the scale at the right."""

    left: float
    right: float
    height: float
    scale: Scale
    ticks: Ticks
    second: Scale | None = None

    def cut(self) -> str:
        """Which axis does not start at zero, as in `Drawing.truncated`."""
        first, second = [scale.low > 0 or scale.high < 0 for scale in (self.scale, self.second or self.scale)]
        return "all" if first and second else "left" if first else "right" if second else ""

    def scale_of(self, one: Series) -> Scale:
        """The scale a series is read against."""
        return self.second if one.second and self.second is not None else self.scale


def frame_of(sketch: Sketch, low: float, high: float, width: float, height: float, *, inside: bool = False) -> Frame:
    """The grid for values from `low` to `high`, drawn, with its figures at the left edge.

    Its outermost lines stand round the values or, `inside`, between them: columns end where they end."""
    style = sketch.style
    marks = ticks(low, high, inside=inside)
    texts = marks.texts()
    left = max([sketch.width(text, style.axis) for text in texts]) + AXIS_GAP
    scale = Scale(low, high, height, 0.0) if inside else Scale(marks.lines[0], marks.lines[-1], height, 0.0)
    frame = Frame(left, width, height, scale, marks)
    signs = marks.lines[0] < 0 < marks.lines[-1]
    for value, text in zip(marks.lines, texts):
        y = scale.at(value)
        if not (signs and value == 0):
            sketch.across(y, left, width)
        sketch.words(left - AXIS_GAP, middle(y, style.axis), text, style.axis, align="right")
    if signs:
        sketch.across(scale.at(0.0), left, width, zero=True)
    return frame


def names_under(sketch: Sketch, chart: Chart, xs: Sequence[float], frame: Frame) -> float:
    """Print the names of the points; returns the height of plot and names."""
    style = sketch.style.axis
    base = frame.height + NAMES_BELOW + 0.88 * style.size

    def width(text: str) -> float:
        return sketch.width(text, style)

    for tick in ticks_under(chart, xs, width, frame.left, frame.right):
        sketch.words(tick.x, base, tick.text, style, align="center")
    return frame.height + NAMES_BELOW + style.size + FOOT


def draw_lines(chart: Chart, style: ChartStyle, width: float, gauge: Gauge, right: str = "") -> Drawing:
    """A line or area chart; `right` follows the names of what is read against a second axis."""
    sketch = Sketch(style, gauge)
    area = chart.kind == "area"
    rows = _stacked(chart.series) if chart.stacked else [one.numbers for one in chart.series]
    known = [known_of(row) for row in rows] if chart.stacked else [one.known() for one in chart.series]
    filled = [row for row in known if row]
    least = low = min([min(row) for row in filled])
    high = max([max(row) for row in filled])
    single = len(rows) == 1
    labelled = single and low < high and not area
    if area:
        low, high = min(low, 0.0), max(high, 0.0)
    low, high = spread(*from_zero(low, high))
    height = style.height * (HIGHER if len(rows) >= MANY else 1.0)
    if labelled and low != 0:
        low -= (high - low) * (LOW_GAP + style.value.size) / height  # room for the label of the lowest point
    ends = _Ends(sketch, chart, rows, width, right)
    height = max(height, ends.height - ends.lead)
    head = 0.0
    if chart.second_unit:
        from .twin import twin_frame

        frame, head = twin_frame(sketch, chart, width, height)
    else:
        frame = frame_of(sketch, low, high, width, height)
    ends.place(frame)
    half = sketch.width(_first_name(chart), style.axis) / 2
    inset = min(half, (frame.right - frame.left) / 8) if len(chart.names) <= 40 else 0.0
    xs = positions(chart, frame.left + inset, frame.right - max(ends.room, inset))
    bases: list[float | None] = [0.0] * len(xs)
    points: list[list[tuple[float, float]]] = []
    for place, row in enumerate(rows):
        one = chart.series[place]
        scale = frame.scale_of(one)
        points = [[(xs[at], scale.at(row[at] or 0.0)) for at in run] for run in runs_of(row, xs, gaps=chart.stacked or one.gaps)]
        if area:
            under = bases if chart.stacked else [0.0] * len(xs)
            fill_under(sketch, row, under, xs, frame, place, solid=chart.stacked)
            bases = [value if value is not None else base for value, base in zip(row, bases)]
        if not (area and chart.stacked):
            draw_line(sketch, points, style.lines[place % len(style.lines)], dotted=len(rows) == 1, dashed=one.second)
    ends.draw(xs)
    if labelled:
        _lowest(sketch, least, chart.series[0], xs, frame, ends, [point for run in points for point in run])
    height = names_under(sketch, chart, xs, frame)
    return sketch.finish(height, truncated=frame.cut(), head=head)


def _first_name(chart: Chart) -> str:
    if chart.dates:
        first = chart.dates[0]
        return f"{first.year}.{first.month}" if monthly(chart) else f"{first.month}.{first.day}"
    return chart.names[0]


def _stacked(series: Sequence[Series]) -> list[tuple[float | None, ...]]:
    """Running sums over the series; what is missing adds nothing."""
    rows: list[tuple[float | None, ...]] = []
    below: Sequence[float] = [0.0] * len(series[0].numbers)
    for one in series:
        sums = [base + (value or 0.0) for base, value in zip(below, one.numbers)]
        rows.append(tuple(sums))
        below = sums
    return rows


def runs_of(row: Sequence[float | None], xs: Sequence[float], *, gaps: bool = True) -> list[list[int]]:
    """The places of a line's points between its gaps, long ones thinned; without `gaps` there surely are none."""
    if not gaps or None not in row:
        return [thinned(xs, row)]  # type: ignore[arg-type]  # none is missing
    runs: list[list[int]] = [[]]
    for place, value in enumerate(row):
        if value is not None:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    out = []
    for run in runs:
        if run:
            kept = thinned([xs[place] for place in run], [row[place] or 0.0 for place in run])
            out.append([run[place] for place in kept])
    return out


def draw_line(sketch: Sketch, runs: Sequence[list[tuple[float, float]]], colour: str, *, dotted: bool, dashed: bool) -> None:
    """A line with its gaps; a point alone between two gaps is a dot."""
    style = sketch.style
    for points in runs:
        if len(points) > 1:
            weight = style.line_weight * (FINE if len(points) > DENSE else 1.0)
            dash = (DASH * style.line_weight, PAUSE * style.line_weight) if dashed else ()
            sketch.path(points, colour, weight, dash)
        elif dotted or len(runs) > 1:
            sketch.dot(*points[0], style.line_weight, colour)


def fill_under(
    sketch: Sketch,
    row: Sequence[float | None],
    bases: Sequence[float | None],
    xs: Sequence[float],
    frame: Frame,
    place: int,
    *,
    solid: bool,
) -> None:
    """The area between a line and what it stands on."""
    style = sketch.style
    at = frame.scale.at
    for run in runs_of(row, xs):
        top = [(xs[place], at(row[place] or 0.0)) for place in run]
        foot = [(xs[place], at(bases[place] or 0.0)) for place in reversed(run)]
        points = [*top, *foot]
        steps: list[tuple[str | float, ...]] = [("L", x, y) for x, y in points]
        steps[0] = ("M", *points[0])
        colours = style.fills if solid else style.lines
        opacity = 1.0 if solid else style.opacity
        edge = style.ground_colour if solid else ""
        fill = colours[place % len(colours)]
        sketch.marks.append(Outline((*steps, ("Z",)), fill, edge, style.grid_weight if solid else 0.0, False, opacity))


class _End(Record):
    """The label of one series: the place of its last point, the value it stands at, the lines of its name, its last value."""

    series: int
    last: int
    level: float
    names: tuple[str, ...]
    text: str


class _Ends:
    """The labels at the right end of the lines: a value, after its series' name where there are several."""

    def __init__(self, sketch: Sketch, chart: Chart, rows: Sequence[Sequence[float | None]], width: float, right: str) -> None:
        self.sketch = sketch
        self.stacked = chart.stacked
        self.boxes: list[Box] = []
        self.several = len(chart.series) > 1
        self.series = chart.series
        ends = [_end(sketch, chart, place, row, width, right) for place, row in enumerate(rows)]
        self.ends = [end for end in ends if end is not None]
        style = sketch.style.value
        self.frame: Frame
        self.wrapped = max([len(end.names) for end in self.ends], default=0) > 1
        self.width = max([self._width(end) for end in self.ends], default=0.0)
        self.lead = style.size * LABEL_LEAD
        between = NAME_BETWEEN * self.lead if self.wrapped else 0.0
        self.heights = [self.lead * max(len(end.names), 1) + between for end in self.ends]
        self.height = sum(self.heights)
        self.last = self.ends[0].last if not self.several and self.ends else -1
        self.room = 0.0

    def place(self, frame: Frame) -> None:
        """Find the heights at which the labels stand, half a line over and under the plot at most."""
        self.frame = frame
        self.wanted = [frame.scale_of(self.series[end.series]).at(end.level) for end in self.ends]
        self.middles = apart(self.wanted, self.heights, -self.lead / 2, frame.height + self.lead / 2)
        led = self.several and any([abs(y - at) > LEADER for y, at in zip(self.wanted, self.middles)])
        self.room = self.width + (LEADER_ROOM if led else LABEL_GAP)

    def _width(self, end: _End) -> float:
        """What a label takes: its name, the value after the last line of it."""
        style = self.sketch.style.value
        names = [self.sketch.width(line, style) for line in end.names]
        return max([*names, self._indent(end) + self.sketch.width(end.text, style)])

    def _indent(self, end: _End) -> float:
        """Where the value starts in the last line of a label."""
        return self.sketch.width(end.names[-1], self.sketch.style.value) + NAME_GAP if end.names else 0.0

    def draw(self, xs: Sequence[float]) -> None:
        """Dots on the last points and the labels beside them, none over another."""
        sketch, frame = self.sketch, self.frame
        style = sketch.style
        left = frame.right - self.width
        for end, y, label_y in zip(self.ends, self.wanted, self.middles):
            x = xs[end.last]
            here = left if len(self.ends) > 1 else x + LABEL_GAP
            if abs(label_y - y) > LEADER and not self.stacked:
                bend = here - LABEL_GAP + 2.0
                points = [(x, y), (bend, label_y), (here - 2.0, label_y)]
                sketch.path(points, style.lines[end.series % len(style.lines)], style.grid_weight)
            if not self.stacked:
                sketch.dot(x, y, style.dot, style.lines[end.series % len(style.lines)], style.ring)
            self._label(end, here, label_y)

    def _label(self, end: _End, x: float, y: float) -> None:
        sketch, style = self.sketch, self.sketch.style.value
        colour = self.sketch.style.words[end.series % len(self.sketch.style.words)]
        rows = max(len(end.names), 1)
        base = middle(y - self.lead * (rows - 1) / 2, style)
        for row, line in enumerate(end.names):
            sketch.words(x, base + row * self.lead, line, style, colour, knock=True)
        last = base + (rows - 1) * self.lead
        if end.names:
            sketch.clear(x, last, self._indent(end), style)
        self.boxes.append(sketch.words(x + self._indent(end), last, end.text, style, colour, knock=True))


def _end(sketch: Sketch, chart: Chart, place: int, row: Sequence[float | None], width: float, right: str) -> _End | None:
    """What is said at the end of a series, with its axis where there are two; None for one without a number."""
    one = chart.series[place]
    last = next((at for at in range(len(one.numbers) - 1, -1, -1) if one.numbers[at] is not None), -1)
    value = one.numbers[last] if last >= 0 else None
    if value is None:
        return None
    level = (row[last] or 0.0) - (value / 2 if chart.stacked else 0.0)  # in a stack, the middle of its layer
    names: list[str] = []
    if len(chart.series) > 1:
        style = sketch.style.value
        axis = right if one.second else ""
        names = [one.name + axis]
        if sketch.width(names[0], style) > LABEL_SHARE * width:
            names = wrapped(one.name, LABEL_SHARE * width, lambda text: sketch.width(text, style)) + [axis.strip()] * bool(axis)
    return _End(place, last, level, tuple(names), number(value, one.decimals, signed=chart.change))


def _lowest(
    sketch: Sketch,
    value: float,
    one: Series,
    xs: Sequence[float],
    frame: Frame,
    ends: _Ends,
    points: Sequence[tuple[float, float]],
) -> None:
    """Dot and label of the lowest point, where the label finds a place free of the line through `points`."""
    style = sketch.style
    place = one.numbers.index(value)
    if place == ends.last:
        return
    x, y = xs[place], frame.scale.at(value)
    sketch.dot(x, y, style.dot, style.lines[0], style.ring)
    text = number(value, one.decimals)
    size = style.value.size
    half = sketch.width(text, style.value) / 2
    centre = min(max(x, frame.left + half), frame.right - half)
    below, above = y + LOW_GAP + ASCENT * size, y - LOW_GAP - DESCENT * size
    for at, base, align in (
        (centre, below, "center"),
        (x + LABEL_GAP, middle(y, style.value), "left"),
        (x - LABEL_GAP, middle(y, style.value), "right"),
        (centre, above, "center"),
    ):
        box = sketch.box(at, base, text, style.value, style.words[0], align)
        outside = box.bottom > frame.height + 1 or box.left < frame.left - 1 or box.right > frame.right
        if not outside and not crossed(box, points) and not any([box.meets(other) for other in ends.boxes]):
            sketch.words(at, base, text, style.value, style.words[0], align, knock=True)
            return
