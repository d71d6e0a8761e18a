"""Scales: ticks, numbers as a chart prints them, and the thinning of long series.

In: numbers.  Out: where they stand, and their words.  Always: steps are 1, 2 or 5 times a power of ten; ticks are counted in
whole numbers and formatted with fixed decimals, so that the same data give the same bytes on any machine.
"""

from __future__ import annotations

from bisect import bisect_left
from math import ceil, floor, log10

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_TICKS = 5  # grid lines of an axis (house rule, 2023)
MINUS = "\u2212"
FINEST = 1e-9  # what is nearer than this share of its size counts as equal
SMALLEST = 1e-200  # what is less counts as nothing: a part of it may be nothing
FROM_ZERO = 0.5  # a line starts from zero where its lowest value is below this share of its highest
COLUMN = 0.72  # points, a hundredth of an inch; what a long series shows in one such column is its lowest and its highest value


class Ticks(Record):
    """The lines of an axis: their values, equally far apart, and the decimals they are printed with."""

    lines: tuple[float, ...]
    decimals: int

    def texts(self) -> tuple[str, ...]:
        """The ticks as printed."""
        return tuple([number(value, self.decimals) for value in self.lines])


class Scale(Record):
    """A linear scale: `low` stands at `start`, `high` at `end`, both in points."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        return self.start + (self.end - self.start) * ((value - self.low) / (self.high - self.low))

    def value(self, place: float) -> float:
        """What stands at a place."""
        return self.low + (self.high - self.low) * ((place - self.start) / (self.end - self.start))


def number(value: float, decimals: int, *, signed: bool = False) -> str:
    """A number with thousands parted by commas, a real minus sign, and + on a rise where signs are asked for."""
    text = f"{abs(value):,.{decimals}f}"
    if not text.strip("0.,"):
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


def spread(low: float, high: float) -> tuple[float, float]:
    """A range with some room in it, even where all values are equal."""
    if high - low > max(FINEST * max(abs(low), abs(high)), SMALLEST):
        return low, high
    room = abs(low) / 10 if abs(low) > SMALLEST else 1.0
    return low - room, high + room


def ticks(low: float, high: float, most: int = MOST_TICKS, *, inside: bool = False) -> Ticks:
    """The finest steps of 1, 2 or 5 that need no more than `most` lines.

    They reach round the range or, `inside`, stay in it.  Errors: the range must not be empty (see `spread`).
    """
    exponent = floor(log10((high - low) / most)) - 1
    while True:
        for factor in (1, 2, 5):
            step = factor * 10.0**exponent
            if inside:
                first, last = ceil(low / step - FINEST), floor(high / step + FINEST)
            else:
                first, last = floor(low / step + FINEST), ceil(high / step - FINEST)
            if last - first < most:
                values = [exact(count * factor, exponent) for count in range(first, last + 1)]
                return Ticks(tuple(values), max(0, -exponent))
        exponent += 1


def exact(count: int, exponent: int) -> float:
    """count × 10^exponent as the float nearest to it."""
    return float(count * 10**exponent) if exponent >= 0 else count / 10**-exponent


def from_zero(low: float, high: float) -> tuple[float, float]:
    """The range a line is drawn over: with zero where that costs little of its height."""
    if low > 0 and low < FROM_ZERO * high:
        return 0.0, high
    if high < 0 and high > FROM_ZERO * low:
        return low, 0.0
    return low, high


def thinned(xs: Sequence[float], ys: Sequence[float], column: float = COLUMN) -> list[int]:
    """The points of a long line that can be seen, by their places: of each column the lowest and the highest.

    The first and the last are among them, so a line keeps its ends, every extreme, and what it looks like in print; 10,000
    points become some 900, in 1 ms, before anything else is reckoned of them.
    """
    count = len(xs)
    if count < 3 or (xs[-1] - xs[0]) / column * 2 > count:
        return list(range(count))
    kept: list[int] = [0]
    start = 0
    while start < count:
        end = bisect_left(xs, (floor(xs[start] / column) + 1) * column, start + 1)
        part = ys[start:end]
        first, second = part.index(min(part)) + start, part.index(max(part)) + start
        if first > second:
            first, second = second, first
        if first > kept[-1]:
            kept.append(first)
        if second > kept[-1]:
            kept.append(second)
        start = end
    if kept[-1] != count - 1:
        kept.append(count - 1)
    return kept
