"""Charts on the page: a drawing's shapes and words as items of one Figure.

In: a checked chart.  Out: an atom with caption, drawing and source, as for a figure.  Always: all of a drawing belongs to one
Figure element with its alternative text (ISO 14289-1, 7.3); its words are set in the brand's faces.
"""

from __future__ import annotations

from ..charts import draw
from ..charts.sketch import Block, Outline, Words
from ..model import Text
from .exhibits import GIVES, caption, credits, extent, number_of, place_exhibit
from .frames import Element, PathItem, RectItem
from .galley import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import ChartStyle, TextStyle
    from ..charts.sketch import Drawing
    from ..model import Chart, Inline
    from .frames import Artifact, Item
    from .galley import Galley

AXIS_WORDS = ("轴", "軸", "축", "axis")  # a note that has one speaks of it already
ROUND = 1  # cap and join of lines (ISO 32000-1, 8.4.3)


def set_chart(galley: Galley, chart: Chart, parent: Element) -> None:
    """A chart with its caption and source as one strip."""
    geometry = galley.brand.geometry
    wide = chart.wide and geometry.side_width > 0
    element = Element("Figure", parent, alt=chart.alt)
    label = number_of(galley, "figure")
    unit = "" if chart.second_unit else chart.unit  # each over its own axis where there are two
    head = caption(galley, label, chart.caption, unit, Element("Caption", element), chart.span, wide=wide)
    left, width = extent(galley, wide)
    drawing = drawing_of(galley, chart, width, galley.brand.chart, geometry.text_x - left)
    if drawing.hidden:
        galley.setter.report.warning(
            "chart-names",
            f"{drawing.hidden} of {len(chart.names)} names find no room under their columns",
            chart.span,
            help="use `chart: bar`, where names stand beside their bars, or shorter names",
        )
    note = noted(chart.note, drawing, galley)
    strip, aside = credits(galley, note, chart.credit, parent, chart.span, wide=wide)

    def body(less: float) -> tuple[Sequence[Item], float] | None:
        shown = drawing
        if less:
            lower = galley.brand.chart.replace(height=galley.brand.chart.height - less)
            shown = drawing_of(galley, chart, width, lower, geometry.text_x - left)
            if shown.hidden != drawing.hidden or shown.head + shown.height > drawing.head + drawing.height - less + 0.01:
                return None  # its names need the height, or it has no upright axis
        return drawn(galley, shown, left, head.height + shown.head, element), shown.head + shown.height

    place_exhibit(galley, head, body, GIVES * galley.brand.chart.height, strip, aside=aside)


def drawing_of(galley: Galley, chart: Chart, width: float, style: ChartStyle, names: float = 0.0) -> Drawing:
    """The drawing of a chart in a width; `names` is the least width of a column of names at its left."""
    setter = galley.setter

    def gauge(text: str, words: TextStyle, colour: str) -> float:
        return setter.line(text, words, colour=colour, span=chart.span).width

    return draw(chart, style, width, gauge, names, galley.words.total, galley.words.right_axis)


def noted(note: Sequence[Inline], drawing: Drawing, galley: Galley) -> Sequence[Inline]:
    """The note with a word on an axis that does not start at zero, unless it has one (house rule, 2023)."""
    words = plain(note)
    if not drawing.truncated or any([word in words for word in AXIS_WORDS]):
        return note
    said = galley.words
    return (Text({"left": said.cut_left, "right": said.cut_right}.get(drawing.truncated, said.cut_axis)), *note)


def drawn(galley: Galley, drawing: Drawing, x: float, y: float, owner: Element | Artifact) -> list[Item]:
    """The items of a drawing whose top left stands at (x, y)."""
    items: list[Item] = []
    for shape in drawing.shapes:
        if isinstance(shape, Block):
            items.append(RectItem(x + shape.x, y + shape.y, shape.width, shape.height, shape.colour, owner))
        elif isinstance(shape, Outline):
            steps = tuple([_moved(step, x, y) if len(step) != 3 else (step[0], x + step[1], y + step[2]) for step in shape.steps])  # type: ignore[operator]
            form = ROUND if shape.round else 0
            items.append(
                PathItem(
                    steps, shape.fill, shape.stroke, shape.weight, owner,
                    dash=shape.dash, cap=0 if shape.dash else form, join=form, opacity=shape.opacity,
                )
            )  # fmt: skip
        elif isinstance(shape, Words):
            line = galley.setter.line(shape.text, shape.style, colour=shape.colour)
            items += galley.setter.items(line, x + shape.x, y + shape.y, owner)
    return items


def _moved(step: tuple[str | float, ...], x: float, y: float) -> tuple[str | float, ...]:
    return (step[0], *[(y if index % 2 else x) + float(value) for index, value in enumerate(step[1:])])
