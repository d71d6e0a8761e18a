"""What stands around the text: masthead, running head and foot, logo, title and imprint of the first page.

In: the brand's furniture and the words its templates ask for.  Out: items; the masthead, head and foot are artifacts, the
title, deck and imprint of the first page are content.  Always: every text edge is one the brand names.
"""

from __future__ import annotations

from ..record import Record
from ..text.characters import FULL_STOPS, LIGHT_STOPS
from ..text.setting import Run
from ..words import words_of
from .frames import BACKGROUND, HEADER, LAYOUT, Artifact, Element, PathItem, RectItem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import Brand, Furniture, Label, Mark
    from ..model import Note
    from ..text.setting import Line, Word
    from .frames import Item
    from .typeset import Typesetter


TITLE_GIVES = 0.1  # of its size, for a turn by sense
APART = "\u00a0\u00a0"  # between an author's name and role


def template_words(note: Note, brand: Brand) -> dict[str, str]:
    """What the brand's templates may ask for."""
    spoken = words_of(note.language)
    authors = [author.name for author in note.authors]
    full = []
    for author in note.authors:
        full.append(APART.join([part for part in (author.name, author.role) if part]))
        if author.certificate:
            full.append(author.certificate)
    digits = "".join([char if char.isdigit() else " " for char in note.issue]).split()
    return {
        "house": brand.house,
        "house_latin": brand.house_latin,
        "company": brand.company,
        "series": brand.series,
        "address": brand.address,
        "title": note.title,
        "subtitle": note.subtitle,
        "issue": note.issue,
        "year": digits[0] if digits else str(note.published.year),
        "number": digits[1] if len(digits) > 1 and len(digits[1]) < 4 else "",
        "period": spoken.period(*note.period) if note.period else "",
        "period_full": spoken.period(*note.period, full=True) if note.period else "",
        "published": spoken.day(note.published),
        "authors": "\n".join(authors),
        "authors_line": "　".join(authors),
        "authors_full": "\n".join(full),
        "issuer": note.issuer,
        "page": "",
        "pages": "",
        "version": "",
        "effective": "",
    }


def fill_in(template: str, words: dict[str, str]) -> str:
    """A template with its {names} replaced; braces that name nothing stay."""
    if "{" not in template:
        return template
    for name, value in words.items():
        if name in template:
            template = template.replace("{" + name + "}", value)
    return template


def draw_furniture(
    setter: Typesetter, furniture: Furniture, words: dict[str, str], owner: Artifact, dy: float = 0.0
) -> list[Item]:
    """Boxes, logos and labels of one piece of furniture, moved down by dy."""
    items = list(_shapes(setter, furniture, owner, dy))
    end = 0.0
    for label in furniture.labels:
        found, end = _label(setter, label, words, owner, dy, end)
        items += found
    return items


def _shapes(setter: Typesetter, furniture: Furniture, owner: Artifact, dy: float) -> list[Item]:
    """Boxes and logos: the very same items on every page, which saves 0.1 ms a page here and in the painter."""
    key = (id(furniture), owner.kind, owner.subtype, dy)
    if key not in setter.shapes:
        items: list[Item] = [RectItem(box.x, box.y + dy, box.width, box.height, box.colour, owner) for box in furniture.boxes]
        for mark in furniture.marks:
            items += logo(setter.brand, mark, owner, dy)
        setter.shapes[key] = (furniture, items)
    return setter.shapes[key][1]


def _label(
    setter: Typesetter, label: Label, words: dict[str, str], owner: Artifact, dy: float, end: float
) -> tuple[list[Item], float]:
    """A label's items and where it ends; `end` is where the one before it did."""
    text = fill_in(label.text, words)
    if not text.strip() or (label.needs and not words.get(label.needs)):
        return [], end
    style, geometry = label.style, setter.brand.geometry
    if label.fit:
        wide = setter.line(text, style).width
        style = style.replace(size=style.size * label.max_width / wide) if wide > label.max_width else style
    elif label.max_width:
        text = _cut(setter, text, label)
    line = setter.line(text, style)
    x = end + label.after if label.after else label.x - {"left": 0.0, "center": line.width / 2, "right": line.width}[label.align]
    if label.align == "left" and geometry.side_x > geometry.text_x and abs(x - geometry.side_x) < 0.1:
        x = min(x, geometry.side_x + geometry.side_width - line.width)  # it may reach into the gutter
    return setter.items(line, x, label.y + dy, owner), x + line.width


def _cut(setter: Typesetter, text: str, label: Label) -> str:
    """`text` shortened with an ellipsis until it is at most as wide as the label allows."""
    whole = text
    while len(text) > 1 and setter.line(text, label.style).width > label.max_width:
        whole = whole[:-1]
        text = whole + "…"
    return text


def logo(brand: Brand, mark: Mark, owner: Artifact, dy: float = 0.0) -> list[Item]:
    """The logo's shapes scaled to the mark's height."""
    scale = mark.height / brand.logo.height
    other = dict(mark.colours)
    items: list[Item] = []
    for shape in brand.logo.shapes:
        steps = []
        for step in shape.steps:
            values = [(mark.y + dy if index % 2 else mark.x) + float(value) * scale for index, value in enumerate(step[1:])]
            steps.append((step[0], *values))
        items.append(PathItem(tuple(steps), other.get(shape.role, shape.colour), "", 0.0, owner))
    return items


class Opened(Record):
    """The first page's head: its items, what stands behind them, and the y the body may start at."""

    behind: tuple[Item, ...]
    items: tuple[Item, ...]
    bottom: float


def opening(setter: Typesetter, note: Note, words: dict[str, str], root: Element) -> Opened:
    """Title, deck and imprint below the masthead, with the band behind them if the brand has one."""
    style = setter.brand.opening
    items: list[Item] = []
    title = Element("H1", root)
    runs = [Run(note.title, setter.run_style(style.title))]
    lines = setter.display_lines(runs, style.title, style.title_width, note.span, TITLE_GIVES)
    if style.title_stop_em:
        lines = tuple([_closed_up(line, style.title_stop_em) for line in lines])
    baseline = style.title_baseline
    for index, line in enumerate(lines):
        items += setter.items(line, style.title_x, baseline + index * style.title.lead, title)
    baseline += max(len(lines) - 1, 0) * style.title.lead
    grown = max(len(lines) - style.title_lines, 0) * style.title.lead
    if note.subtitle:
        deck = Element("P", root)
        baseline += style.deck_gap
        runs = [Run(note.subtitle, setter.run_style(style.deck))]
        set_lines = setter.lines(runs, style.deck, style.deck_width, note.span, indent=0.0)
        for index, line in enumerate(set_lines):
            items += setter.items(line, setter.brand.geometry.text_x, baseline + index * style.deck.lead, deck)
        baseline += (len(set_lines) - 1) * style.deck.lead
    meta, last = _meta(setter, words, root, baseline)
    items += meta
    bottom = max(baseline, last) + 0.12 * style.deck.size
    behind: list[Item] = []
    if style.band:
        height = max(style.band_height + grown, bottom + style.band_padding)
        width = setter.brand.geometry.width
        behind.append(RectItem(0.0, 0.0, width, height, style.band, BACKGROUND))
        if style.strip:
            behind.append(RectItem(0.0, height, width, style.strip_height, style.strip, BACKGROUND))
        bottom = height + style.strip_height
    return Opened(tuple(behind), tuple(items), bottom + style.after)


def _closed_up(line: Line, cut: float) -> Line:
    """The line with `cut` em less blank after each mark before an ideograph; other marks have lost theirs already."""
    moved = 0.0
    segments = []
    for segment in line.segments:
        items: list[str | float | Word] = []
        for item in segment.items:
            start = 0
            if isinstance(item, str):
                for place, char in enumerate(item[:-1], 1):
                    if char in LIGHT_STOPS + FULL_STOPS:
                        items += (item[start:place], -1000 * cut)
                        start = place
                item = item[start:]
            items.append(item)
        cuts = (len(items) - len(segment.items)) / 2 * cut * segment.style.size
        segments.append(segment.replace(x=segment.x - moved, width=segment.width - cuts, items=tuple(items)))
        moved += cuts
    return line.replace(segments=tuple(segments), width=line.width - moved)


def _meta(setter: Typesetter, words: dict[str, str], root: Element, baseline: float) -> tuple[list[Item], float]:
    """The imprint rows: items and the lowest baseline among them.

    A label wider than its column moves its value, in the side column all of them; a value that is too long takes more lines."""
    style = setter.brand.opening
    geometry = setter.brand.geometry
    items: list[Item] = []
    side = style.meta_place != "row"
    x, y = style.meta_x, style.meta_y if style.meta_place == "side" else baseline + style.meta_gap
    last = y
    rows = [(row.label, fill_in(row.value, words)) for row in style.meta_rows]
    rows = [(label, value) for label, value in rows if value.strip()]
    widths = [setter.line(label, style.meta_label).width + 0.5 * style.meta_label.size for label, _ in rows]
    common = max([style.meta_label_width, *widths])
    measure = geometry.side_x + geometry.side_width - x - common
    if style.meta_place == "below":
        measure = geometry.text_x + geometry.text_width - x - common
    right = geometry.text_x + geometry.text_width
    for (label, value), width in zip(rows, widths):
        element = Element("P", root)
        items += setter.label(label, style.meta_label, x, y, element)
        if side:
            for place, text in enumerate(value.split("\n")):
                owner = element if place == 0 else Element("P", root)
                lines: tuple[Line, ...] = (setter.line(text, style.meta_value),)
                if lines[0].width > measure:
                    runs = [Run(text.replace(APART, "\u2028"), setter.run_style(style.meta_value))]
                    lines = setter.lines(runs, style.meta_value, measure, None, align="plain", indent=0.0)
                for line in lines:
                    items += setter.items(line, x + common, y, owner)
                    last = y
                    y += style.meta_value.lead
            y += style.meta_between
        else:
            line = setter.line(value.replace("\n", "　"), style.meta_value)
            moved = x + max(style.meta_label_width, width)
            lines = (line,)
            if moved + line.width > right:  # the names of many authors
                runs = [Run(line.text, setter.run_style(style.meta_value))]
                lines = setter.lines(runs, style.meta_value, right - moved, None, align="ragged", indent=0.0)
            for place, one in enumerate(lines):
                last = max(last, y + place * style.meta_value.lead)
                items += setter.items(one, moved, y + place * style.meta_value.lead, element)
            x = moved + line.width + style.meta_between
    return items, last


def page_furniture(
    setter: Typesetter, brand: Brand, words: dict[str, str], page: int, pages: int, kind: str, *, foot_owner: Artifact
) -> tuple[list[Item], list[Item]]:
    """Head and foot of a page (from 0): `kind` "" body, "disclaimer" the first disclaimer page, "more" a further one."""
    numbered = words | {"page": str(page + 1), "pages": str(pages)}
    if page == 0 and kind == "":
        head = draw_furniture(setter, brand.masthead, numbered, HEADER)
    elif kind == "disclaimer":
        head = draw_furniture(setter, brand.disclaimer.furniture, numbered, HEADER)
    else:
        head = draw_furniture(setter, brand.head, numbered, HEADER)
    return head, draw_furniture(setter, brand.foot, numbered, foot_owner)


def imprint(setter: Typesetter, words: dict[str, str], y: float, root: Element) -> list[Item]:
    """The closing imprint: its marks and boxes are layout, its words one paragraph each of the logical tree."""
    furniture = setter.brand.disclaimer.imprint
    items = draw_furniture(setter, furniture.replace(labels=()), words, LAYOUT, y)
    for label in furniture.labels:
        text = fill_in(label.text, words)
        if text.strip():
            items += setter.label(text, label.style, label.x, label.y + y, Element("P", root), align=label.align)
    return items
