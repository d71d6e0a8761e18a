"""Charts: numbers drawn as shapes and words, in a house's style.

In: a checked chart, a brand's `ChartStyle`, a width in points, and a gauge that measures words.  Out: a `Drawing`: plain
shapes and words whose origin is the top left of the drawing, y down; the layout makes items of them.  Always: nothing is
drawn but data, a hairline grid and words; every word is text, never an outline; the same data give the same drawing.
Rules: house rules of 2023 (no box, no legend, no more than five grid lines, the unit stated once, labels at the marks).
"""

from __future__ import annotations

from .sketch import Drawing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import ChartStyle
    from ..model import Chart
    from .sketch import Gauge


def draw(
    chart: Chart, style: ChartStyle, width: float, gauge: Gauge, labels: float = 0.0, total: str = "", right: str = ""
) -> Drawing:
    """The drawing of a chart.

    `labels` is the least width of a column of names at the left; `total` what the sum in a ring is called; `right` follows
    the name of a series that is read against the axis at the right.
    """
    if chart.panels:
        from .panels import draw_panels

        return draw_panels(chart, style, width, gauge)
    if chart.kind in ("line", "area"):
        from .lines import draw_lines

        return draw_lines(chart, style, width, gauge, right)
    if chart.kind == "bar":
        from .bars import draw_bars

        return draw_bars(chart, style, width, gauge, labels)
    if chart.kind == "timeline":
        from .timeline import draw_timeline

        return draw_timeline(chart, style, width, gauge, labels)
    if chart.kind == "column":
        from .columns import draw_columns

        return draw_columns(chart, style, width, gauge, right)
    if chart.kind in ("pie", "ring"):
        from .rounds import draw_round

        return draw_round(chart, style, width, gauge, total)
    if chart.kind == "scatter":
        from .points import draw_points

        return draw_points(chart, style, width, gauge)
    if chart.kind == "candle":
        from .candles import draw_candles

        return draw_candles(chart, style, width, gauge)
    raise ValueError(f"not a chart: {chart.kind}")
