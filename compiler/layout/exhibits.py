"""Exhibits: the caption over a table or figure, the note and source beside or under it, and the figure itself.

In: a checked table's or figure's caption, note and credit.  Out: items, heights.  Always: caption, body and credit stay on
one page unless a table splits between rows; a figure is never wider or higher than the page gives it.
"""

from __future__ import annotations

from .. import pictures
from ..model import Cite, Text
from ..record import Record
from ..text.setting import Run
from .flow import FREE, Atom, spread
from .frames import Element, ImageItem, PathItem, TurnedItem
from .typeset import EM_ABOVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..diagnostics import Span
    from ..model import Credit, Figure, Inline
    from ..pictures import Drawing, Picture
    from .frames import Artifact, Item
    from .galley import Galley

NUMBER_GAP_EM = 0.8  # between the exhibit's number and its claim, in em of the claim
SMALL = 0.5  # of the text column: a picture meant for the side column, where it cannot stand there
READABLE = 0.75  # of the size of an exhibit's source: smaller words in a drawing are set larger, where they have room
GIVES = 0.125  # of its height: a picture so much smaller still shows what it did, and may stand where it did not fit
LOW_DPI = 100.0  # below this a raster picture looks soft in print


class Strip(Record):
    """Items with y from their own top, and their height."""

    items: tuple[Item, ...]
    height: float


def extent(galley: Galley, wide: bool) -> tuple[float, float]:
    """Left edge and width of an exhibit's body."""
    geometry = galley.brand.geometry
    return (geometry.full_x, geometry.full_width) if wide else (geometry.text_x, geometry.text_width)


def caption(
    galley: Galley,
    label: str,
    claim: Sequence[Inline],
    unit: str,
    owner: Element | Artifact,
    span: Span,
    *,
    wide: bool,
) -> Strip:
    """Number, claim and unit over an exhibit; the height reaches to the body's top.  `owner` an artifact: a repeated one."""
    style = galley.brand.exhibit
    setter = galley.setter
    parent = owner if isinstance(owner, Element) else None
    left, width = extent(galley, wide)
    geometry = galley.brand.geometry
    baseline = style.caption_baseline
    items = galley.rules(style.rules)
    number = setter.line(label, style.number)
    if style.number_place == "side":
        items += setter.items(number, geometry.side_x, baseline, owner)
        x = geometry.text_x
    else:
        items += setter.items(number, left, baseline, owner)
        x = left + number.width + NUMBER_GAP_EM * style.claim.size
    right = left + width
    unit_line = setter.line(unit, style.unit, span=span) if unit else None
    room = right - x
    beside = unit_line is not None and style.unit_place == "right"
    if unit_line is not None and beside:
        room -= unit_line.width + style.claim.size
    lines = setter.lines(setter.runs(claim, style.claim, parent), style.claim, room, span, align="left", indent=0.0)
    for index, line in enumerate(lines):
        items += setter.items(line, x, baseline + index * style.claim.lead, owner)
    if unit_line is not None and beside:
        items += setter.items(unit_line, right - unit_line.width, baseline, owner)
    baseline += max(len(lines) - 1, 0) * style.claim.lead
    if unit_line is not None and style.unit_place == "below":
        baseline += style.unit_gap
        items += setter.items(unit_line, x, baseline, owner)
    return Strip(tuple(items), baseline + style.gap)


def _credit_runs(galley: Galley, credit: Credit, parent: Element) -> list[Run]:
    """`资料来源：A[1]，B[2]；截至 2023-12-29；本公司整理`."""
    style = galley.brand.exhibit.credit
    words = galley.words
    inlines: list[Inline] = [Text(words.source)] if credit.ids or credit.text else []
    names = galley.publishers
    for place, (id, number) in enumerate(zip(credit.ids, credit.numbers)):
        inlines.append(Text((words.source_comma if place else "") + names[id]))
        inlines.append(Cite((id,), (number,), credit.span))
    as_of = credit.as_of
    said = [words.as_of.format(iso=as_of.iso, day=words.day(as_of))] if as_of else []
    rest = words.semicolon.join([*said, *([credit.text] if credit.text else [])])
    if rest:
        inlines.append(Text((words.semicolon if credit.ids else "") + rest))
    return galley.setter.runs(inlines, style, parent)


def credits(
    galley: Galley, note: Sequence[Inline], credit: Credit | None, parent: Element, span: Span, *, wide: bool
) -> tuple[Strip, bool]:
    """Note and source of an exhibit, and whether they stand in the side column."""
    style = galley.brand.exhibit
    geometry = galley.brand.geometry
    aside = style.credit_place == "side" and not wide and geometry.side_width > 0
    left, width = extent(galley, wide and style.number_place != "side")
    if aside:
        left, width = geometry.side_x, geometry.side_width
    return credit_lines(galley, note, credit, parent, span, (left, width), aside=aside), aside


def credit_lines(
    galley: Galley,
    note: Sequence[Inline],
    credit: Credit | None,
    parent: Element,
    span: Span,
    edges: tuple[float, float],
    *,
    aside: bool,
) -> Strip:
    """Note and source from a left edge, in a width; `aside` with some space between the two."""
    style = galley.brand.exhibit
    setter = galley.setter
    left, width = edges
    items: list[Item] = []
    y = EM_ABOVE * style.credit.size
    parts: list[list[Run]] = []
    if note:
        element = Element("P", parent)
        runs = setter.runs([Text(galley.words.note), *note], style.credit, element)
        parts.append([run if run.owner is not None else Run(run.text, run.style, element) for run in runs])
    if credit is not None:
        element = Element("P", parent)
        runs = _credit_runs(galley, credit, element)
        parts.append([run if run.owner is not None else Run(run.text, run.style, element) for run in runs])
    for index, runs in enumerate(parts):
        if index and aside:
            y += 4.0
        for line in setter.lines(runs, style.credit, width, span, align="ragged", indent=0.0):
            items += setter.items(line, left, y, parent)
            y += style.credit.lead
    height = y - EM_ABOVE * style.credit.size
    return Strip(tuple(items), height if parts else 0.0)


def number_of(galley: Galley, kind: str) -> str:
    """`表 1`, `图 2`: each kind counts through the note."""
    galley.counts[kind] += 1
    words = galley.words
    return (words.table if kind == "table" else words.figure).format(number=galley.counts[kind])


def set_figure(galley: Galley, figure: Figure, parent: Element) -> None:
    """A picture with its caption and source as one strip."""
    setter = galley.setter
    style = galley.brand.exhibit
    picture = pictures.load(figure.path, setter.world, setter.report, figure.path_span)
    if picture is None:
        return
    wide = figure.wide and galley.brand.geometry.side_width > 0
    element = Element("Figure", parent, alt=figure.alt)
    label = number_of(galley, "figure")
    head = caption(galley, label, figure.caption, figure.unit, Element("Caption", element), figure.span, wide=wide)
    strip, aside = credits(galley, figure.note, figure.credit, parent, figure.span, wide=wide)
    left, column = extent(galley, wide)
    below = 0.0 if aside else strip.height + style.credit_gap
    geometry = galley.brand.geometry
    tallest = geometry.grid_pitch * geometry.grid_lines - head.height - below - 2 * geometry.grid_pitch
    width = column * figure.width
    if figure.side and geometry.side_width:
        width = min(width, column * SMALL)
    height = width * picture.height / picture.width
    if height > tallest:
        width, height = width * tallest / height, tallest
    check_resolution(galley, figure, picture, width)
    check_words(galley, figure, picture, width)

    def body(less: float) -> tuple[Sequence[Item], float] | None:
        share = 1.0 - less / height
        return draw(galley, picture, left, head.height, width * share, height * share, element), height * share

    place_exhibit(galley, head, body, GIVES * height, strip, aside=aside)


def place_exhibit(
    galley: Galley,
    head: Strip,
    body: Callable[[float], tuple[Sequence[Item], float] | None],
    gives: float,
    strip: Strip,
    *,
    aside: bool,
) -> None:
    """Caption, a body below it, and its credits beside or under it, as one atom that may float.

    `body` draws it so many points less high, up to `gives`, or says that it cannot."""
    style = galley.brand.exhibit
    kind = galley.kind

    def strip_of(less: float) -> Atom | None:
        drawn = body(less)
        if drawn is None:
            return None
        items, height = drawn
        top = head.height
        if aside:
            return Atom(top + max(height, strip.height), (*head.items, *items, *spread(strip.items, top)), FREE, page_kind=kind)
        credit = spread(strip.items, top + height + style.credit_gap)
        return Atom(top + height + strip.height + style.credit_gap, (*head.items, *items, *credit), FREE, page_kind=kind)

    atom = strip_of(0.0)
    assert atom is not None
    start = len(galley.atoms)
    galley.space(style.above)
    galley.add(atom.replace(gives=gives, smaller=strip_of))
    galley.space(style.below)
    galley.floats(start)


def check_resolution(galley: Galley, figure: Figure, picture: Picture, width: float) -> None:
    """Report a picture too coarse for the width it is printed in."""
    if picture.kind == "raster" and picture.width_px * 72.0 / width < LOW_DPI:
        galley.setter.report.warning(
            "picture-low-resolution",
            f"the picture has {picture.width_px} px for {width / 72:.1f} inches: "
            f"{picture.width_px * 72 / width:.0f} dots per inch",
            figure.path_span,
            help=f"give one at least {int(width / 72 * 150)} px wide, a vector picture, or a smaller `width`",
        )


def check_words(galley: Galley, figure: Figure, picture: Picture, width: float) -> None:
    """Report a drawing with words that cannot be read in the width it is printed in, and find no room to be larger."""
    drawing, scale = picture.drawing, width / picture.width
    if drawing is None or not _has_small_words(galley, drawing, scale):
        return
    from .drawn import LEAST_WORDS, sizes

    grown = sizes(galley, drawing, scale)
    own = [(at, shape.size * scale) for at, shape in enumerate(drawing.shapes) if isinstance(shape, pictures.DrawnText)]
    least = min([grown[at][0] if at in grown else size for at, size in own])
    if least < LEAST_WORDS - 0.05:
        galley.setter.report.warning(
            "picture-words",
            f"the picture has words of {least:.1f} pt",
            figure.path_span,
            help="give it more width, or its words more room",
        )


def _has_small_words(galley: Galley, drawing: Drawing, scale: float) -> bool:
    """Whether some words of a drawing are less than can be read well beside its source."""
    least = READABLE * galley.brand.exhibit.credit.size
    return any([isinstance(shape, pictures.DrawnText) and shape.size * scale < least for shape in drawing.shapes])


def draw(galley: Galley, picture: Picture, x: float, y: float, width: float, height: float, owner: Element) -> list[Item]:
    """A picture in a box: raster and PDF pictures as they are, a drawing as paths and set text."""
    if picture.kind != "drawing":
        return [ImageItem(x, y, width, height, picture, owner)]
    return drawing_items(galley, picture, x, y, width / picture.width, owner)


def drawing_items(galley: Galley, picture: Picture, x: float, y: float, scale: float, owner: Element) -> list[Item]:
    """A vector drawing's shapes, scaled; its words in the brand's own faces, so that they are real, embedded text.

    Words that could not be read are set larger where there is room for them."""
    setter = galley.setter
    drawing = picture.drawing
    assert drawing is not None
    items: list[Item] = []
    words: dict[int, tuple[float, float]] = {}
    if _has_small_words(galley, drawing, scale):
        from .drawn import sizes

        words = sizes(galley, drawing, scale)
    for at, shape in enumerate(drawing.shapes):
        if isinstance(shape, pictures.DrawnPath):
            steps = tuple([_scaled(step, x, y, scale) for step in shape.steps])
            dash = tuple([length * scale for length in shape.dash])
            look = (shape.even_odd, dash, shape.cap, shape.join, shape.opacity)
            items.append(PathItem(steps, shape.fill, shape.stroke, shape.weight * scale, owner, *look))
        elif isinstance(shape, pictures.DrawnImage):
            box = (shape.width * scale, shape.height * scale)
            items.append(ImageItem(x + shape.x * scale, y + shape.y * scale, *box, shape.picture, owner))
        elif isinstance(shape, pictures.DrawnText):
            style = galley.brand.exhibit.claim if shape.bold else galley.brand.exhibit.unit
            size, lower = words.get(at, (shape.size * scale, 0.0))
            run_style = setter.drawn_style(style, size, shape.colour)
            line = setter.line_of([Run(shape.text, run_style)])
            shift = {"start": 0.0, "middle": line.width / 2, "end": line.width}.get(shape.anchor, 0.0)
            left, base = x + shape.x * scale, y + shape.y * scale + lower
            if shape.angle:
                from math import cos, radians, sin

                turn = radians(shape.angle)
                start = (left - shift * cos(turn), base + shift * sin(turn))
                items.append(TurnedItem(*start, shape.angle, line.segments, owner))
            else:
                items += setter.items(line, left - shift, base, owner)
    return items


def _scaled(step: tuple[str | float, ...], x: float, y: float, scale: float) -> tuple[str | float, ...]:
    return (
        step[0],
        *[(y if index % 2 else x) + float(value) * scale for index, value in enumerate(step[1:])],
    )
