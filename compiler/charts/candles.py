"""Candles: the opening, highest, lowest and closing price of each day.

In: four series over days, in that order.  Out: a `Drawing`.  Always: a rise is hollow and a fall is filled, so that they
differ in grey too; days without a price are gaps; the highest, the lowest and the last price are labelled.
"""

from __future__ import annotations

from .axis import positions
from .lines import LABEL_GAP, frame_of, names_under
from .scale import number, spread
from .sketch import ASCENT, DESCENT, Outline, Sketch, middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import ChartStyle
    from ..model import Chart
    from .sketch import Drawing, Gauge

BODY = 0.62  # of the distance of two days that a candle takes
WIDEST = 9.0
HOLLOW = 3.0  # points a candle must be wide to be hollow
WEIGHT = 0.7  # of wicks and edges
GAP = 3.0  # between a candle and its label
HIGHER = 1.4  # times the height of a plot


def draw_candles(chart: Chart, style: ChartStyle, width: float, gauge: Gauge) -> Drawing:
    """A candle chart."""
    sketch = Sketch(style, gauge)
    opens, highs, lows, closes = [one.numbers for one in chart.series]
    days = [row for row, four in enumerate(zip(opens, highs, lows, closes)) if None not in four]
    decimals = max([one.decimals for one in chart.series])
    lowest = min(days, key=lambda row: lows[row] or 0.0)
    highest = max(days, key=lambda row: highs[row] or 0.0)
    height = HIGHER * style.height
    low, high = spread(lows[lowest] or 0.0, highs[highest] or 0.0)
    room = (high - low) * (GAP + style.value.size) / height
    frame = frame_of(sketch, low - room if low - room > 0 or low < 0 else 0.0, high + room, width, height)
    last = number(closes[days[-1]] or 0.0, decimals)
    right = frame.right - sketch.width(last, style.value) - LABEL_GAP - WIDEST / 2
    xs = positions(chart, frame.left + WIDEST, right)
    step = min([xs[row] - xs[row - 1] for row in range(1, len(xs))], default=WIDEST / BODY)
    body = min(step * BODY, WIDEST)
    at = frame.scale.at
    for row in days:
        prices = [at(one[row] or 0.0) for one in (opens, highs, lows, closes)]
        _candle(sketch, xs[row], body, *prices)
    y = at(closes[days[-1]] or 0.0)
    sketch.words(xs[days[-1]] + body / 2 + LABEL_GAP, middle(y, style.value), last, style.value, style.words[0], knock=True)
    size = style.value.size
    for row, text, base in (
        (highest, number(highs[highest] or 0.0, decimals), at(highs[highest] or 0.0) - GAP - DESCENT * size),
        (lowest, number(lows[lowest] or 0.0, decimals), at(lows[lowest] or 0.0) + GAP + ASCENT * size),
    ):
        half = sketch.width(text, style.value) / 2
        x = min(max(xs[row], frame.left + half), frame.right - half)
        sketch.words(x, base, text, style.value, style.words[-1], "center", knock=True)
    total = names_under(sketch, chart, xs, frame)
    return sketch.finish(total, truncated=frame.cut())


def _candle(sketch: Sketch, x: float, width: float, first: float, top: float, foot: float, last: float) -> None:
    """One day, in points: a wick and a body, hollow for a rise (y grows downwards)."""
    style = sketch.style
    rise = last <= first
    colour = style.up if rise else style.down
    upper, lower = min(first, last), max(first, last)
    sketch.block(x - WEIGHT / 2, top, WEIGHT, upper - top, colour)
    sketch.block(x - WEIGHT / 2, lower, WEIGHT, foot - lower, colour)
    left, tall = x - width / 2, lower - upper
    if rise and width >= HOLLOW and tall > 2 * WEIGHT:
        inset = WEIGHT / 2
        steps: tuple[tuple[str | float, ...], ...] = (
            ("M", left + inset, upper + inset),
            ("L", left + width - inset, upper + inset),
            ("L", left + width - inset, lower - inset),
            ("L", left + inset, lower - inset),
            ("Z",),
        )
        sketch.marks.append(Outline(steps, "", colour, WEIGHT))
    else:
        sketch.block(left, upper, width, max(tall, WEIGHT), colour)
