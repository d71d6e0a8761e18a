"""Small exhibits: a picture, chart or table in the side column, level with the paragraph it stands behind in the note.

In: an exhibit with `side`, the galley whose last atoms are its paragraph.  Out: a strip on the paragraph's first atom, which
`sides.beside` gives its place on the page.  Always: caption, body, note and source stand one under another within the column's
width; what would not be legible there is left to the text column, and said.  Rule: LOOKS (side column; text 8 pt at least).
"""

from __future__ import annotations

from .. import pictures
from ..model import Chart, Figure
from ..record import Record
from ..text.setting import Run
from .drawn import LEAST_WORDS
from .exhibits import NUMBER_GAP_EM, Strip, check_resolution, credit_lines, draw, number_of
from .flow import Side, spread
from .frames import Element
from .typeset import EM_ABOVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import ChartStyle, TableStyle, TextStyle
    from ..model import Inline, Table
    from .flow import Foot
    from .frames import Item
    from .galley import Galley

GAP = 6.0  # points between caption, body and source
PLOT = 0.6  # of its width: how high a plot is
BAR = 6.0  # points: a bar, and the most that stands between two
DOT = 0.8  # of a brand's dots
TALLEST = 0.5  # of the page's text: a higher exhibit is not small
OVER = 0.5  # points that the words of a chart may stand beyond the column


class _Body(Record):
    """What stands under a small exhibit's caption, y from its top; its note, and the footnotes met in it."""

    items: Sequence[Item]
    height: float
    note: Sequence[Inline]
    feet: Sequence[Foot] = ()


def set_small(galley: Galley, block: Figure | Chart | Table, parent: Element) -> bool:
    """Put an exhibit beside the paragraph just set; False when it must stand in the text, which is said."""
    tagged = isinstance(block, Figure | Chart)
    element = Element("Figure", alt=block.alt) if tagged else Element("Table")  # type: ignore[union-attr]
    caption = Element("Caption", element) if block.caption else element
    body = _body(galley, block, element)
    geometry = galley.brand.geometry
    if isinstance(body, _Body) and body.height > TALLEST * geometry.grid_lines * geometry.grid_pitch:
        body = f"it would be {body.height:.0f} pt high"
    if isinstance(body, str):
        if body:
            galley.setter.report.warning(
                "side-narrow",
                f"this exhibit does not fit the side column: {body}",
                block.span,
                help="leave `side` out, or make it smaller",
            )
        return False
    element.parent = parent
    parent.kids.append(element)
    head = _caption(galley, block, caption)
    y = head.height
    items = [*head.items, *spread(body.items, y)]
    y += body.height
    edges = (geometry.side_x, geometry.side_width)
    under = credit_lines(galley, body.note, block.credit, parent, block.span, edges, aside=True)
    if under.height:
        items += spread(under.items, y + GAP)
        y += GAP + under.height
    atom = galley.atoms[galley.served]
    top = EM_ABOVE * (galley.brand.body.size - galley.brand.exhibit.claim.size)  # one baseline with the line
    side = Side(top, y, tuple(items), block.span, loose=True)
    galley.atoms[galley.served] = atom.replace(sides=(*atom.sides, side), feet=(*atom.feet, *body.feet))
    return True


def _body(galley: Galley, block: Figure | Chart | Table, element: Element) -> _Body | str:
    """A small exhibit without the words round it, or why it does not fit; "" where that was said."""
    if isinstance(block, Figure):
        return _picture(galley, block, element)
    if isinstance(block, Chart):
        return _chart(galley, block, element)
    return _table(galley, block, element)


def _caption(galley: Galley, block: Figure | Chart | Table, owner: Element) -> Strip:
    """Number and claim on one line where they fit it, else one over the other; the unit under them."""
    style = galley.brand.exhibit
    setter = galley.setter
    geometry = galley.brand.geometry
    items: list[Item] = []
    x, y, width = geometry.side_x, EM_ABOVE * style.claim.size, geometry.side_width
    if block.caption:
        number = setter.line(number_of(galley, "figure" if isinstance(block, Figure | Chart) else "table"), style.number)
        items += setter.items(number, x, y, owner)
        runs = setter.runs(block.caption, style.claim, owner)
        beside = number.width + NUMBER_GAP_EM * style.claim.size
        if beside + setter.line_of(runs, block.span).width <= width:
            x += beside
        else:
            y += style.number.lead
        for line in setter.lines(runs, style.claim, width, block.span, align="left", indent=0.0):
            items += setter.items(line, x, y, owner)
            y += style.claim.lead
    if block.unit and not (isinstance(block, Chart) and block.second_unit):  # units of two axes stand over them
        words = [Run(block.unit, setter.run_style(style.unit), owner)]
        for line in setter.lines(words, style.unit, width, block.span, align="left", indent=0.0):
            items += setter.items(line, geometry.side_x, y, owner)
            y += style.unit.lead
    height = y - EM_ABOVE * style.claim.size + GAP
    return Strip(tuple(items), height if items else 0.0)


def _picture(galley: Galley, figure: Figure, element: Element) -> _Body | str:
    picture = pictures.load(figure.path, galley.setter.world, galley.setter.report, figure.path_span)
    if picture is None:
        return ""
    geometry = galley.brand.geometry
    width = geometry.side_width * figure.width
    scale = width / picture.width
    shapes = picture.drawing.shapes if picture.drawing is not None else ()
    least = min([shape.size * scale for shape in shapes if isinstance(shape, pictures.DrawnText)], default=LEAST_WORDS)
    if least < LEAST_WORDS:
        return f"the words of the picture would be {least:.1f} pt large"
    check_resolution(galley, figure, picture, width)
    height = picture.height * scale
    return _Body(draw(galley, picture, geometry.side_x, 0.0, width, height, element), height, figure.note)


def _chart(galley: Galley, chart: Chart, element: Element) -> _Body | str:
    from ..charts.sketch import Words
    from .charts import drawing_of, drawn, noted

    geometry, setter = galley.brand.geometry, galley.setter
    drawing = drawing_of(galley, chart, geometry.side_width, _small_chart(galley.brand.chart, geometry.side_width))
    words = [shape for shape in drawing.shapes if isinstance(shape, Words)]
    right = max([word.x + setter.line(word.text, word.style).width for word in words], default=0.0)
    left = min([word.x for word in words], default=0.0)
    if drawing.hidden or right > geometry.side_width + OVER or left < -OVER:
        return "the labels of the chart find no room"
    note = noted(chart.note, drawing, galley)
    items = drawn(galley, drawing, geometry.side_x, drawing.head, element)
    return _Body(items, drawing.head + drawing.height, note)


def _small_chart(style: ChartStyle, width: float) -> ChartStyle:
    """The style of a brand's charts for one in the side column: lower plots, thinner bars, names in the size of the axis."""
    name = style.name.replace(size=style.axis.size, lead=style.axis.lead)
    bar, gap = min(style.bar, BAR), min(style.row_gap, BAR)
    return style.replace(name=name, height=min(style.height, PLOT * width), bar=bar, row_gap=gap, dot=style.dot * DOT)


def _table(galley: Galley, table: Table, element: Element) -> _Body | str:
    from .tables import table_strip
    from .widths import fits

    geometry = galley.brand.geometry
    style = _small_table(galley.brand.table, galley.brand.exhibit.credit)
    if not fits(galley, table, style, geometry.side_width):
        return "the columns of the table find no room"
    strip, feet = table_strip(galley, table, style, element, geometry.side_x)
    return _Body(strip.items, strip.height, table.note, feet)


def _small_table(style: TableStyle, words: TextStyle) -> TableStyle:
    """The style of a brand's tables for one in the side column: words in the size of notes, rows in proportion."""
    scale = words.size / style.cell.size
    cell, first = [one.replace(size=words.size, lead=words.lead) for one in (style.cell, style.first)]
    high, gap = style.row_height * scale, style.column_gap * scale / 2
    return style.replace(cell=cell, first=first, column_gap=gap, row_height=high, head_height=style.head_height * scale)
