"""Bars and small lines in the cells of a table.

In: the numbers of a column, the room of a cell.  Out: a `Drawing` for one cell.  Always: the bars of a column share one scale
and one line of zero; each small line has a scale of its own, for it shows a course and no height.  Rule: house rules of 2023.
"""

from __future__ import annotations

from .lines import runs_of
from .scale import Scale, spread
from .sketch import Sketch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import ChartStyle
    from .sketch import Drawing

THIN = 0.9  # of a bar of a chart
SPARK_WEIGHT = 0.65  # of a line of a chart
SPARK_DOT = 0.6
SPARK_HEIGHT = 0.6  # of a row


def bar_scale(values: Sequence[float | None], width: float) -> Scale:
    """The scale of a column's bars over the room they have."""
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return Scale(low, high if high > low else low + 1.0, 0.0, width)


def cell_bar(value: float | None, scale: Scale, height: float, row: float, style: ChartStyle, *, change: bool) -> Drawing:
    """The bar of one cell in the middle of its first line, `height` high, and the line of zero over the whole row."""
    sketch = Sketch(style, _no_words)
    zero = scale.at(0.0)
    if value:
        fill = (style.up if value > 0 else style.down) if change else style.fills[0]
        thick = THIN * style.bar
        sketch.block(zero, (height - thick) / 2, scale.at(value) - zero, thick, fill)
    sketch.down(zero, 0.0, row, zero=True)
    return sketch.finish(row)


def apart(columns: Sequence[Sequence[float | None]]) -> bool:
    """Whether two columns of bars never meet: one has no number over zero, the other none under it."""
    ends = [(min([value or 0.0 for value in one]), max([value or 0.0 for value in one])) for one in columns]
    return len(ends) == 2 and any([low[1] <= 0 <= high[0] for low, high in (ends, ends[::-1])])


def row_bars(
    values: Sequence[float | None], scale: Scale, height: float, row: float, style: ChartStyle, *, over: bool
) -> Drawing:
    """The bars of a row's numbers round one line of zero, each in the colour of its series: on one line, or one over another."""
    sketch = Sketch(style, _no_words)
    zero = scale.at(0.0)
    thick = THIN * style.bar / (len(values) if over else 1)
    top = (height - THIN * style.bar) / 2
    for place, value in enumerate(values):
        if value:
            y = top + place * thick if over else top
            sketch.block(zero, y, scale.at(value) - zero, thick, style.fills[place % len(style.fills)])
    sketch.down(zero, 0.0, row, zero=True)
    return sketch.finish(row)


def cell_line(numbers: Sequence[float | None], width: float, height: float, style: ChartStyle) -> Drawing:
    """A small line with a dot on its last point."""
    sketch = Sketch(style, _no_words)
    known = [value for value in numbers if value is not None]
    if not known:
        return sketch.finish(height)
    radius = SPARK_DOT * style.dot
    inset = (1 - SPARK_HEIGHT) / 2 * height
    scale = Scale(*spread(min(known), max(known)), height - inset, inset)
    step = (width - 2 * radius) / max(len(numbers) - 1, 1)
    xs = [radius + place * step for place in range(len(numbers))]
    points: list[tuple[float, float]] = []
    for run in runs_of(numbers, xs):
        points = [(xs[place], scale.at(numbers[place] or 0.0)) for place in run]
        if len(points) > 1:
            sketch.path(points, style.lines[0], SPARK_WEIGHT * style.line_weight)
    sketch.dot(*points[-1], radius, style.lines[0])
    return sketch.finish(height)


def _no_words(text: str, *_: object) -> float:
    raise TypeError(f"there are no words in a cell's drawing: {text}")
