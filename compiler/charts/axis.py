"""The first axis: where points stand along it, and which of their names are printed.

In: a chart's names or days, the room for them.  Out: positions and ticks.  Always: no two names of an axis touch; trading days
stand equally far apart, days further from one another than a long holiday to scale.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import sub

from ..check.days import ordinals_of
from ..model import Date
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..model import Chart

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
        days = ordinals_of(chart.dates)
        step = (right - left) / (days[-1] - days[0])
        first = days[0]
        return [left + (day - first) * step for day in days]
    step = (right - left) / (count - 1)
    return [left + place * step for place in range(count)]


def to_scale(dates: Sequence[Date]) -> bool:
    """Whether days are too far apart to be trading days one after the other."""
    days = ordinals_of(dates)
    return len(days) > 1 and max(map(sub, days[1:], days)) > HOLIDAY


def ticks_under(chart: Chart, xs: Sequence[float], width: Callable[[str], float], left: float, right: float) -> list[Tick]:
    """The names that find room between `left` and `right`, as many as can be."""
    for candidate in _candidates(chart, xs, width):
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


def _candidates(chart: Chart, xs: Sequence[float], width: Callable[[str], float]) -> Iterator[list[Tick]]:
    """Choices of ticks from the finest to the coarsest."""
    count = len(xs)
    dates = chart.dates
    if not dates or dates[-1].ordinal - dates[0].ordinal <= DAYS_SHOWN or count <= 3:
        least = count * BETWEEN / (xs[-1] - xs[0] + BETWEEN)  # a finer choice cannot fit
        for stride in STRIDES:
            if stride > max(count - 1, 1):
                break
            if stride < least / 2:
                continue
            start = (count - 1) % stride if dates else 0  # of days the last one counts most
            places = list(range(start, count, stride))
            yield [Tick(xs[place], text) for place, text in zip(places, _names(chart, places))]
        return
    some = False
    least = width("1" * len(str(dates[0].year)))  # no name is narrower
    most = (xs[-1] - xs[0]) / (BETWEEN + least) + 2
    for step in (*MONTHS, *[12 * years for years in YEARS]):
        ticks = _calendar(dates, xs, step, most)
        if len(ticks) > 1 or not some:
            some = True
            yield ticks


def _names(chart: Chart, places: Sequence[int]) -> list[str]:
    """Names as typed, days as 12.22, with the year where it changes, months as 2024.1."""
    if not chart.dates:
        return [chart.names[place] for place in places]
    if monthly(chart):
        return [_month(chart.dates[place], 1) for place in places]
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


def monthly(chart: Chart) -> bool:
    """Whether the points are months, typed without a day: 2024-01, 2024/2."""
    ends = (chart.names[0], chart.names[-1]) if chart.dates else ("",)
    return all([name.count("-") + name.count("/") == 1 for name in ends])


def _calendar(dates: Sequence[Date], xs: Sequence[float], step: int, most: float) -> list[Tick]:
    """The first points of every `step` months, with the very first if it stands for a whole period too.

    Not many more than `most`, beyond which they find no room."""
    ticks: list[Tick] = []
    days = ordinals_of(dates)
    first, last = dates[0], dates[-1]
    here, end = first, (12 * last.year + last.month - 1) // step
    while (period := (12 * here.year + here.month - 1) // step) != end and len(ticks) < most:
        year, month = divmod((period + 1) * step, 12)
        at = bisect_left(days, Date(year, month + 1, 1).ordinal)
        here = dates[at]
        ticks.append(Tick(xs[at], _month(here, step)))
    opens = (12 * first.year + first.month - 1) % step == 0 and first.day <= EARLY
    if opens or (len(ticks) > 1 and ticks[0].x - xs[0] >= WHOLE * (ticks[1].x - ticks[0].x)):
        ticks.insert(0, Tick(xs[0], _month(first, step)))
    return ticks


def _month(date: Date, step: int) -> str:
    """The month of a point, or its year where ticks are years apart."""
    return str(date.year) if step >= 12 else f"{date.year}.{date.month}"
