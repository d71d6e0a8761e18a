"""The first axis: where points stand along it, and which of their names are printed.

In: a chart's names or days, the room for them.  Out: positions and ticks.  Always: no two names of an axis touch; trading days
stand equally far apart, days further from one another than a long holiday to scale.
"""

from __future__ import annotations

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..model import Chart, Date

HOLIDAY = 11  # days; the longest time between two trading days
DAYS_SHOWN = 92  # range in days up to which days are printed, and not months
BETWEEN = 10.0  # points between two names at least
STRIDES = (1, 2, 3, 4, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
MONTHS = (1, 2, 3, 6)
YEARS = (1, 2, 5, 10, 20, 50)
EARLY = 7  # the day of a month up to which a first point stands for the whole month
WHOLE = 0.75  # of the distance of two ticks that a first period must have to be named


class Tick(Record):
    """A name under the axis, centred on `x` unless the edges push it in."""

    x: float
    text: str


def positions(chart: Chart, left: float, right: float) -> list[float]:
    """Where the points of a line stand: from `left` to `right`, a single one between them."""
    count = len(chart.names)
    if count == 1:
        return [(left + right) / 2]
    if to_scale(chart.dates):
        first, last = chart.dates[0].ordinal, chart.dates[-1].ordinal
        step = (right - left) / (last - first)
        return [left + (date.ordinal - first) * step for date in chart.dates]
    step = (right - left) / (count - 1)
    return [left + place * step for place in range(count)]


def to_scale(dates: Sequence[Date]) -> bool:
    """Whether days are too far apart to be trading days one after the other."""
    days = [date.ordinal for date in dates]
    return any([days[place] - days[place - 1] > HOLIDAY for place in range(1, len(days))])


def ticks_under(chart: Chart, xs: Sequence[float], width: Callable[[str], float], left: float, right: float) -> list[Tick]:
    """The names that find room between `left` and `right`, as many as can be."""
    for candidate in _candidates(chart, xs):
        if _fits(candidate, width, left, right):
            return [_inside(tick, width, left, right) for tick in candidate]
    return [_inside(Tick(xs[-1], _names(chart, [len(xs) - 1])[0]), width, left, right)]


def _inside(tick: Tick, width: Callable[[str], float], left: float, right: float) -> Tick:
    half = width(tick.text) / 2
    return Tick(min(max(tick.x, left + half), right - half), tick.text)


def _fits(ticks: list[Tick], width: Callable[[str], float], left: float, right: float) -> bool:
    end = -1e9
    for tick in ticks:
        half = width(tick.text) / 2
        x = min(max(tick.x, left + half), right - half)
        if x - half < end + BETWEEN:
            return False
        end = x + half
    return True


def _candidates(chart: Chart, xs: Sequence[float]) -> list[list[Tick]]:
    """Choices of ticks from the finest to the coarsest."""
    count = len(xs)
    dates = chart.dates
    out = []
    if not dates or dates[-1].ordinal - dates[0].ordinal <= DAYS_SHOWN or count <= 3:
        least = count * BETWEEN / (xs[-1] - xs[0] + BETWEEN)  # a finer choice cannot fit
        for stride in STRIDES:
            if stride > max(count - 1, 1):
                break
            if stride < least / 2:
                continue
            start = (count - 1) % stride if dates else 0  # of days the last one counts most
            places = list(range(start, count, stride))
            out.append([Tick(xs[place], text) for place, text in zip(places, _names(chart, places))])
        return out
    for step in (*MONTHS, *[12 * years for years in YEARS]):
        ticks = _calendar(dates, xs, step)
        if len(ticks) > 1 or not out:
            out.append(ticks)
    return out


def _names(chart: Chart, places: Sequence[int]) -> list[str]:
    """Names as typed, days as 12.22, with the year where it changes."""
    if not chart.dates:
        return [chart.names[place] for place in places]
    out = []
    year = chart.dates[places[-1]].year if places else 0
    several = chart.dates[places[0]].year != year if places else False
    year = 0
    for place in places:
        date = chart.dates[place]
        text = f"{date.month}.{date.day}"
        out.append(f"{date.year}.{text}" if several and date.year != year else text)
        year = date.year
    return out


def _calendar(dates: Sequence[Date], xs: Sequence[float], step: int) -> list[Tick]:
    """The first points of every `step` months, with the very first if it stands for a whole period too."""
    ticks = []
    at, last = 0, len(dates) - 1
    end = (12 * dates[-1].year + dates[-1].month - 1) // step
    while (period := (12 * dates[at].year + dates[at].month - 1) // step) != end:
        low, high = at, last  # the days are in order: halve the way to the first of another period
        while high - low > 1:
            middle = (low + high) // 2
            if (12 * dates[middle].year + dates[middle].month - 1) // step == period:
                low = middle
            else:
                high = middle
        at = high
        ticks.append(Tick(xs[at], _month(dates[at], step)))
    opens = (12 * dates[0].year + dates[0].month - 1) % step == 0 and dates[0].day <= EARLY
    if opens or (len(ticks) > 1 and ticks[0].x - xs[0] >= WHOLE * (ticks[1].x - ticks[0].x)):
        ticks.insert(0, Tick(xs[0], _month(dates[0], step)))
    return ticks


def _month(date: Date, step: int) -> str:
    """The month of a point, or its year where ticks are years apart."""
    return str(date.year) if step >= 12 else f"{date.year}.{date.month}"
