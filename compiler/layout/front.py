"""What stands between the opening and the first section: key points, contents, key figures.

In: a note's points and figures, a brand's `front`.  Out: atoms on the galley; the page numbers of the contents are asked for as
`PageNumber` items, which the layout replaces when it knows them.  Always: points and figures in the order of their sections;
every entry of the contents leads to its page.
"""

from __future__ import annotations

from ..model import Chart, Figure, TextDisclaimer
from ..text.setting import Run
from .flow import NEVER, Atom, fill
from .frames import LAYOUT, Element, PageNumber, RectItem
from .typeset import EM_ABOVE, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..brand import FrontStyle, TextStyle
    from ..model import KeyFigure, KeyPoint, Note
    from .flow import Column
    from .frames import Item
    from .galley import Galley

TAG_GAP_EM = 1.0  # from a tag wider than its column to the text, in em of the tag
NUMBER_ROOM_EM = 2.0  # of an entry of the contents, for its page
COLUMNS = 4  # a row of key figures
LEAST_COLUMN = 90.0  # points; on a narrower page the figures stand two in a row
LEAST_COVER = 0.8  # how far down the first page its chart must reach
LEAST_NUMBER = 0.9  # of its size: a key figure that must be set smaller yet is said to be too long
UNIT_GAP_EM = 0.25  # from a figure to its unit, in em of the unit


def front(galley: Galley, note: Note, root: Element) -> None:
    """The front matter a note has, in the order its brand gives it."""
    style = galley.brand.front
    if style.figures_first:
        _figures(galley, note, root)
        _points(galley, note, root)
    else:
        _points(galley, note, root)
        _figures(galley, note, root)


def cover_chart(note: Note) -> Chart | None:
    """The first section's first chart, for the first page: none that asks for a place of its own or has a picture before it."""
    for block in note.sections[0].blocks if note.sections else ():
        if isinstance(block, Figure):
            return None  # the numbers of both would change
        if isinstance(block, Chart) and not block.side and not block.wide:
            return block
    return None


def cover(galley: Galley, note: Note, root: Element, column: Callable[[int, str], Column]) -> bool:
    """Put the chart on the first page, which it ends; False when it does not fit there, or leaves too much of it white."""
    chart = cover_chart(note)
    if chart is None:
        return True
    before = len(root.kids)
    galley.exhibit(chart, root)
    pages = fill(galley.atoms, column)
    if len(pages) != 1 or pages[0][0].end < column(0, "").bottom * LEAST_COVER:
        return False
    galley.cover, galley.covering = chart, root.kids[before:]
    del root.kids[before:]
    galley.forced = True
    return True


def _entries(galley: Galley, note: Note) -> list[tuple[str, str]]:
    """What the contents list, with its anchor."""
    words = galley.words.section
    found = [(words.format(number=part.number, title=part.title), f"section-{part.kind}") for part in note.sections]
    if note.references:
        found.append((galley.brand.reference.title, "references"))
    texts = [item for item in note.disclaimers if isinstance(item, TextDisclaimer)]
    return [*found, *[(text.title, f"disclaimer-{index}") for index, text in enumerate(texts, 1)]]


# --- points and contents ---------------------------------------------------------------------------------------------


def _points(galley: Galley, note: Note, root: Element) -> None:
    style = galley.brand.front
    beside = note.contents and style.contents_place == "side"
    if not note.points and not beside:
        return
    geometry = galley.brand.geometry
    element = Element("Sect", root, title=style.points if note.points else style.contents)
    if style.place == "side":
        galley.open(style.points, element, None, note.span, text_follows=True)
        _point_lines(galley, note.points, element)
        return
    items: list[Item] = []
    if note.points:
        items += galley.rules([rule for rule in style.rules if rule.span != "side"])
        owner = Element("H2", element)
        items += galley.setter.label(style.points, style.heading, geometry.text_x, style.heading_baseline, owner)
    if not beside:  # on a narrow page the points may be longer than it
        galley.add(Atom(style.baseline - EM_ABOVE * style.text.size, tuple(items), snap=True))
        galley.bound = True
        _point_lines(galley, note.points, element)
        return
    height = 0.0
    if note.points:
        found, height = _listed(galley, note.points, element)
        items += found
    aside, tall = _contents(galley, note, element if note.points else root, geometry.side_x, geometry.side_width)
    galley.add(Atom(max(height, tall), (*items, *aside), snap=True))


def _listed(galley: Galley, points: Sequence[KeyPoint], parent: Element) -> tuple[list[Item], float]:
    """The points below their heading as one strip: items and height."""
    style = galley.brand.front
    items: list[Item] = []
    y = style.baseline
    for lines in _set_points(galley, points, parent):
        for place, row in enumerate(lines):
            for item in row:
                items.append(item.replace(y=item.y + y + place * style.text.lead))  # type: ignore[union-attr]
        y += len(lines) * style.text.lead + style.between
    return items, y - style.between - EM_ABOVE * style.text.size


def _point_lines(galley: Galley, points: Sequence[KeyPoint], parent: Element) -> None:
    """The points as lines of the galley, each point whole."""
    style = galley.brand.front
    for index, rows in enumerate(_set_points(galley, points, parent)):
        if index:
            galley.space(style.between)
        for place, row in enumerate(rows):
            shown = tuple([item.replace(y=item.y + EM_ABOVE * style.text.size) for item in row])  # type: ignore[union-attr]
            galley.add(Atom(style.text.lead, shown, NEVER if place else 0.0))


def _set_points(galley: Galley, points: Sequence[KeyPoint], parent: Element) -> list[list[list[Item]]]:
    """For each point its lines, each line's items with their baseline at 0."""
    style = galley.brand.front
    setter = galley.setter
    geometry = galley.brand.geometry
    whole = Element("L", parent, attributes={"List": {"ListNumbering": "None"}})
    widest = max([setter.line(galley.words.tag(point.kind), style.tag).width for point in points], default=0.0)
    hang = max(style.tag_width, widest + TAG_GAP_EM * style.tag.size)
    x = geometry.text_x + hang
    measure = (geometry.text_width - hang) // style.text.size * style.text.size  # a whole number of em (J7)
    out = []
    for point in points:
        entry = Element("LI", whole)
        label = Element("Lbl", entry)
        body = Element("LBody", entry)
        body.frame = (x, x + measure, style.text.align)
        runs = setter.runs(point.inlines, style.text, body)
        rows = []
        for place, line in enumerate(setter.lines(runs, style.text, measure, point.span, indent=0.0)):
            tag = setter.label(galley.words.tag(point.kind), style.tag, geometry.text_x, 0.0, label) if not place else []
            rows.append([*tag, *setter.items(line, x, 0.0, body)])
        out.append(rows)
    return out


def _contents(galley: Galley, note: Note, parent: Element, x: float, width: float) -> tuple[list[Item], float]:
    """The contents under their heading in the side column: items and height."""
    style = galley.brand.front
    setter = galley.setter
    items = galley.rules([rule for rule in style.rules if rule.span == "side"])
    items += setter.label(style.contents, style.heading, x, style.heading_baseline, Element("P", parent))
    whole = Element("TOC", parent)
    y = style.entry_baseline
    for name, anchor in _entries(galley, note):
        items += _entry(galley, style, name, anchor, whole, (x, width), y)
        y += style.entry_lead
    return items, y - style.entry_lead + 0.12 * style.entry.size


def _entry(
    galley: Galley, style: FrontStyle, name: str, anchor: str, parent: Element, place: tuple[float, float], y: float
) -> list[Item]:
    """A name with the number of its page at the right, both the link to it."""
    x, width = place
    setter = galley.setter
    link = Element("Link", Element("Reference", Element("TOCI", parent)))
    setter.targets[id(link)] = Target("", anchor, name)
    shown, room = name, width - NUMBER_ROOM_EM * style.entry.size
    while len(shown) > 2 and setter.line(shown, style.entry).width > room:
        shown = shown.removesuffix("…")[:-1] + "…"
    line = setter.line_of([Run(shown, setter.run_style(style.entry), link)])
    number = PageNumber(x + width, y, anchor, style.entry_page, link)
    return [*setter.items(line, x, y, link), number]


# --- key figures -----------------------------------------------------------------------------------------------------


def _figures(galley: Galley, note: Note, root: Element) -> None:
    """A row of figures, each over its section's name and page where the row is the contents too."""
    style = galley.brand.front
    row = note.contents and style.contents_place == "row"
    if not note.figures and not row:
        return
    geometry = galley.brand.geometry
    count = COLUMNS if geometry.full_width / COLUMNS >= LEAST_COLUMN else COLUMNS // 2
    width = (geometry.full_width - (count - 1) * style.column_gap) / count
    whole = Element("Sect", root, title=style.contents if row else "")
    by_kind = {figure.kind: figure for figure in note.figures}
    shown: list[KeyFigure | None] = list(note.figures)
    if row:
        shown = [by_kind.get(part.kind) for part in note.sections]
    up = 0.0 if note.figures else style.figure_rule  # names and pages alone
    contents = Element("TOC", whole) if row else None
    lines = -(-(style.figures_height - up) // galley.pitch)
    number_style = _number_style(galley, note.figures, width)
    for first in range(0, len(shown), count):
        items: list[Item] = []
        for place, figure in enumerate(shown[first : first + count]):
            x = geometry.full_x + place * (width + style.column_gap)
            if figure is not None:
                items += _figure(galley, figure, whole, x, width, number_style)
            items.append(RectItem(x, style.figure_rule - up, width, style.figure_weight, style.figure_colour, LAYOUT))
            if contents is not None:
                section = note.sections[first + place]
                name = galley.words.section.format(number=section.number, title=section.title)
                baseline = style.label_baseline - up
                items += _entry(galley, style, name, f"section-{section.kind}", contents, (x, width), baseline)
        galley.bound = galley.bound or first > 0  # the contents stay together
        galley.add(Atom(lines * galley.pitch, tuple(items), snap=True))


def _number_style(galley: Galley, figures: Sequence[KeyFigure], width: float) -> TextStyle:
    """The style of the numbers, all set smaller where one with its unit is wider than its column."""
    style, setter = galley.brand.front, galley.setter
    scale = 1.0
    for figure in figures:
        room = width - (_unit_width(galley, figure) if figure.unit else 0.0)
        wide = setter.line(figure.number, style.number, span=figure.span).width
        if wide > room:
            scale = min(scale, room / wide)
            if room / wide < LEAST_NUMBER:
                setter.report.warning(
                    "figure-wide",
                    f"`{figure.number} {figure.unit}` is wider than its column",
                    figure.span,
                    help="round it, or use 万, 亿",
                )
    return style.number if scale == 1.0 else style.number.replace(size=int(20 * scale * style.number.size) / 20)


def _unit_width(galley: Galley, figure: KeyFigure) -> float:
    style = galley.brand.front
    return UNIT_GAP_EM * style.unit.size + galley.setter.line(figure.unit, style.unit, span=figure.span).width


def _figure(galley: Galley, figure: KeyFigure, parent: Element, x: float, width: float, number: TextStyle) -> list[Item]:
    style = galley.brand.front
    setter = galley.setter
    owner = Element("P", parent)
    line = setter.line(figure.number, number, span=figure.span)
    items = setter.items(line, x, style.number_baseline, owner)
    if figure.unit:
        unit = setter.line(figure.unit, style.unit, span=figure.span)
        items += setter.items(unit, x + line.width + UNIT_GAP_EM * style.unit.size, style.number_baseline, owner)
    body = Element("P", parent)
    words = [Run(figure.words, setter.run_style(style.words))]
    for place, set_line in enumerate(setter.display_lines(words, style.words, width, figure.span)):
        items += setter.items(set_line, x, style.words_baseline + place * style.words.lead, body)
    return items
