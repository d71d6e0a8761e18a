"""Events along a line of time, drawn to scale.

In: a chart of events, some on one day, some from one day to another, in lanes.  Out: a `Drawing`.  Always: an event stands
where its day is; its words stand at it, under the line, and never over those of another.  Rule: house rules of 2023.
"""

from __future__ import annotations

from math import ceil, floor

from ..model import Date
from ..record import Record
from .captions import BETWEEN, Caption, placed
from .labels import wrapped
from .scale import Scale
from .sketch import ASCENT, DESCENT, Block, Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import ChartStyle
    from ..model import Chart, Event
    from .sketch import Drawing, Gauge

LANE_GAP = 12.0  # between the longest name of a lane and the line of time
NAME_SHARE = 0.25  # of the width that names of lanes may take on one line
MARGIN = 0.04  # of the time shown, added at both ends
PADDING = 14.0  # over and under what a lane holds
ABOVE_GAP = 4.0  # from a thin stretch of time up to its words
LEADER_END = 2.0  # from a hairline down to words on a lower row to those words
WORDS_GAP = 5.0  # from a lane down to the words under it
DATE_GAP = 0.6  # em between a day and what happened
CAPTION_SHARE = 0.62  # of the time shown that the words of one event may take on one line
CAPTION_LEAD = 1.45  # em from one row of words to the next
INSIDE = 7.0  # from the edge of a stretch of time to the words in it
TICK_GAP = 5.0
MONTH = 30
STEPS = (1, 2, 7, 14, MONTH, 61, 91, 182, 365, 730, 1826, 3652, 7305)  # days between two grid lines, about
MOST_LINES = 5
MONDAY = Date(2024, 1, 1).ordinal
EVENT_DOT = 1.5  # times the dot of a line


class _Lane(Record):
    """A row of the timeline: its name and its events by day."""

    name: str
    events: tuple[Event, ...]


class _Plot(Record):
    """The edges of the time shown, its scale in days, and whether days of several years are shown."""

    left: float
    right: float
    scale: Scale
    years: bool


def draw_timeline(chart: Chart, style: ChartStyle, width: float, gauge: Gauge, labels: float) -> Drawing:
    """Lanes from top to bottom in the order in which they are first named."""
    sketch = Sketch(style, gauge)
    names = list(dict.fromkeys([event.lane for event in chart.events]))
    in_order = sorted(chart.events, key=lambda event: event.start.iso)
    lanes = [_Lane(name, tuple([event for event in in_order if event.lane == name])) for name in names]
    column = min(max([sketch.width(name, style.name) for name in names]), NAME_SHARE * width)
    left = max(column + LANE_GAP, labels) if column else labels
    scale = _scale(chart.events, left, width)
    years = {event.start.year for event in chart.events}
    plot = _Plot(left, width, scale, len(years) > 1)
    top = 0.0
    for place, lane in enumerate(lanes):
        foot = _lane(sketch, lane, top, plot)
        top = max(foot, top + style.lane) if place < len(lanes) - 1 else foot
    base = top + TICK_GAP + 0.88 * style.axis.size
    edge = -1e9
    for x, text in _ticks(plot):
        sketch.down(x, 0.0, top)
        half = sketch.width(text, style.axis) / 2
        x = min(max(x, labels + half), width - half)
        if x - half > edge:
            edge = sketch.words(x, base, text, style.axis, align="center").right + BETWEEN / 2
    return sketch.finish(base + 0.12 * style.axis.size + 1.0)


def _scale(events: Sequence[Event], left: float, right: float) -> Scale:
    days = [event.start.ordinal for event in events]
    first, last = min(days), max([*days, *[event.end.ordinal for event in events if event.end]])
    room = max((last - first) * MARGIN, 1.0)
    open_end = any([event.end is not None and event.end.ordinal == last for event in events])
    open_end = open_end and not any([event.end is None and event.start.ordinal > last - room for event in events])
    return Scale(first - room, last + (0.0 if open_end and last > first else room), left, right)


def _ticks(plot: _Plot) -> list[tuple[float, str]]:
    """At most five lines: days, Mondays, or the beginnings of months and years."""
    scale = plot.scale
    first, last = ceil(scale.low), floor(scale.high)
    step = next((step for step in STEPS if (last - first) / step <= MOST_LINES), STEPS[-1] * 10)
    if step < MONTH:
        start = MONDAY + -(-(first - MONDAY) // step) * step
        return [(scale.at(day), _printed(_date(day), plot.years)) for day in range(start, last + 1, step)]
    months = round(step / 30.4)
    date = _date(first)
    place = -(-(12 * date.year + date.month - 1 + (date.day > 1)) // months) * months
    out = []
    while (here := Date(place // 12, place % 12 + 1, 1)).ordinal <= last:
        out.append((scale.at(here.ordinal), str(here.year) if months >= 12 else f"{here.year}.{here.month}"))
        place += months
    return out


def _printed(date: Date, years: bool) -> str:
    return f"{date.year}.{date.month}.{date.day}" if years else f"{date.month}.{date.day}"


def _date(ordinal: int) -> Date:
    """The day of a number: the way back from `Date.ordinal`."""
    year = ordinal * 400 // 146097 + 1
    while Date(year, 1, 1).ordinal > ordinal:
        year -= 1
    month = 12
    while (first := Date(year, month, 1).ordinal) > ordinal:
        month -= 1
    return Date(year, month, ordinal - first + 1)


def _lane(sketch: Sketch, lane: _Lane, top: float, plot: _Plot) -> float:
    """One lane from `top` on; returns its foot."""
    style = sketch.style
    size = style.value.size
    spans = [event for event in lane.events if event.end is not None]
    inside = {id(event) for event in spans if _fits_inside(sketch, event, plot)}
    above = not _tall(style) and bool(inside)
    levels = _levels(spans)
    pitch = style.span + (size + 2 * ABOVE_GAP if above else ABOVE_GAP)
    dotted = [event for event in lane.events if event.end is None and not (_tall(style) and _starts(event, spans))]
    half = max(style.span / 2 if spans else 0.0, style.dot * EVENT_DOT if dotted else 0.0)
    y = top + PADDING + half + (size + ABOVE_GAP if above else 0.0)
    _name(sketch, lane.name, y, plot)
    if dotted or not _tall(style):
        line = (plot.right - plot.left, style.grid_weight, style.axis.colour)
        sketch.marks.append(Block(plot.left, y - style.grid_weight / 2, *line))
    for place, event in enumerate(spans):
        behind = len(spans) - 1 - place  # the last one counts most
        _span(sketch, event, behind, y + levels[place] * pitch, plot, named=id(event) in inside)
    lowest = y + half + max(levels, default=0) * pitch
    for event in dotted:
        x = plot.scale.at(event.start.ordinal)
        sketch.dot(x, y, style.dot * EVENT_DOT, style.lines[0], style.ring * 1.2)
    beside = [event for event in lane.events if id(event) not in inside]
    return (_captions(sketch, beside, lowest + WORDS_GAP, plot) if beside else lowest) + PADDING


def _levels(spans: Sequence[Event]) -> list[int]:
    """For each stretch of time the row in its lane where it covers no other."""
    ends: list[str] = []
    levels = []
    for event in spans:
        assert event.end is not None
        level = next((place for place, end in enumerate(ends) if end <= event.start.iso), len(ends))
        ends[level : level + 1] = [event.end.iso]
        levels.append(level)
    return levels


def _name(sketch: Sketch, name: str, y: float, plot: _Plot) -> None:
    style = sketch.style.name
    lines = wrapped(name, plot.left - LANE_GAP, lambda text: sketch.width(text, style)) if name else []
    base = middle(y - (len(lines) - 1) * style.size * 0.65, style)
    for place, line in enumerate(lines):
        sketch.words(0.0, base + place * 1.3 * style.size, line, style)


def _starts(event: Event, spans: Sequence[Event]) -> bool:
    """Whether an event is the beginning of a stretch of time."""
    return any([span.start == event.start for span in spans])


def _tall(style: ChartStyle) -> bool:
    """Whether a stretch of time is thick enough for words in it."""
    return style.span >= 1.4 * style.value.size


def _fits_inside(sketch: Sketch, event: Event, plot: _Plot) -> bool:
    """Whether the words of a stretch of time fit in it, or over it where it is thin."""
    style = sketch.style
    assert event.end is not None
    room = plot.scale.at(event.end.ordinal) - plot.scale.at(event.start.ordinal)
    return sketch.width(event.words, style.value) + (2 * INSIDE if _tall(style) else 4.0) <= room


def _span(sketch: Sketch, event: Event, behind: int, y: float, plot: _Plot, *, named: bool) -> None:
    """A stretch of time with its words in or over it."""
    style = sketch.style
    assert event.end is not None
    left, right = plot.scale.at(event.start.ordinal), plot.scale.at(event.end.ordinal)
    fill = style.fills[behind % len(style.fills)]
    sketch.block(left, y - style.span / 2, max(right - left, 1.0), style.span, fill)
    if not named:
        return
    if _tall(style):
        sketch.words(left + INSIDE, middle(y, style.value), event.words, style.value, sketch.legible(fill))
    else:
        colour = style.axis.colour if behind else style.words[0]
        base = y - style.span / 2 - ABOVE_GAP - DESCENT * style.value.size
        sketch.words((left + right) / 2, base, event.words, style.value, colour, "center", knock=True)


class _Told(Record):
    """The words of an event in lines, after its day."""

    day: str
    lines: tuple[str, ...]
    indent: float


def _captions(sketch: Sketch, events: Sequence[Event], top: float, plot: _Plot) -> float:
    """Days and words of events under them, each on the first row where they meet no others; returns their foot."""
    style = sketch.style
    size, plain = style.value.size, style.axis
    told = [_told(sketch, event, plot) for event in events]
    captions = []
    for event, one in zip(events, told):
        reach = style.dot * EVENT_DOT if event.end is None and not _tall(style) else 0.0
        width = one.indent + max([sketch.width(line, plain) for line in one.lines])
        captions.append(Caption(plot.scale.at(event.start.ordinal), reach, width, len(one.lines)))
    lead = CAPTION_LEAD * size
    foot = top
    for one, at in zip(told, placed(captions, plot.left, plot.right)):
        head = top + at.row * lead
        if at.row:
            length = at.row * lead + WORDS_GAP - LEADER_END
            x = at.caption.x - style.grid_weight / 2
            sketch.grid.append(Block(x, top - WORDS_GAP, style.grid_weight, length, plain.colour))
        base = head + ASCENT * size
        sketch.words(at.left, base, one.day, style.value, style.words[0], knock=True)
        for row, line in enumerate(one.lines):
            sketch.words(at.left + one.indent, base + row * lead, line, plain, style.zero_colour, knock=True)
        foot = max(foot, head + (len(one.lines) - 1) * lead + size)
    return foot


def _told(sketch: Sketch, event: Event, plot: _Plot) -> _Told:
    style = sketch.style
    day = _printed(event.start, plot.years)
    if event.end is not None:
        day += f"–{_printed(event.end, plot.years)}"
    indent = sketch.width(day, style.value) + DATE_GAP * style.value.size
    room = max((plot.right - plot.left) * CAPTION_SHARE - indent, 6 * style.value.size)
    return _Told(day, tuple(wrapped(event.words, room, lambda text: sketch.width(text, style.axis)) or [""]), indent)
