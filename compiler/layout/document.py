"""The whole layout: a checked note and a brand in, finished pages out.

Always: the pages hold every block of the note once and in its order; page numbers count all pages of the file, the merged
ones included; nothing is drawn twice to learn a total.
"""

from __future__ import annotations

from ..model import TextDisclaimer
from .closing import disclaimers, version_words
from .flow import Column, fill, spread
from .frames import FOOTER, LAYOUT, Anchor, Element, Metadata, OutlineEntry, Page, PageNumber, Pages, RectItem, Tail
from .furniture import draw_furniture, imprint, opening, page_furniture, template_words
from .galley import Galley, place_of
from .typeset import Typesetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import Brand
    from ..diagnostics import Report
    from ..model import Note
    from ..world import World
    from .flow import Filled, Side
    from .frames import Item
    from .furniture import Opened


SINGLY = 4  # layouts in which one crowded side note or exhibit goes into the text; then all that are left


class _Sheets:
    """Gives each page its column and turns filled columns into pages."""

    def __init__(self, setter: Typesetter, note: Note, opened: Opened, words: dict[str, str], total_tail: int) -> None:
        self.setter = setter
        self.brand = setter.brand
        self.note = note
        self.opened = opened
        self.words = words
        self.tail = total_tail
        self.numbers: dict[str, int] = {}  # pages by the names of their anchors, for the contents
        self._first_disclaimer: int | None = None
        self._lying: Brand | None = None
        self.crowded: list[Side] = []  # what found no room beside its paragraph

    def look(self, kind: str) -> Brand:
        """The brand as pages of a kind have it."""
        if kind != "turned":
            return self.brand
        if self._lying is None:
            from .turned import lying

            self._lying = lying(self.brand)
        return self._lying

    def column(self, page: int, kind: str) -> Column:
        """The text column of a page: shorter under the opening and under a disclaimer's masthead."""
        geometry = self.look(kind).geometry
        pitch = geometry.grid_pitch
        origin = geometry.grid_top
        bottom = origin + geometry.grid_lines * pitch
        top = origin
        under = False
        spare = 0.0 if kind == "disclaimer" else geometry.grid_spare * pitch
        if page == 0:
            under = not self.opened.behind  # a band parts the title from what follows
            lines = -(-(self.opened.bottom - origin) // pitch)
            top = origin + max(lines, 0.0) * pitch
        elif kind == "disclaimer" and self._first_disclaimer in (None, page):
            self._first_disclaimer = page
            top = origin = self.brand.disclaimer.top
            bottom -= self.brand.disclaimer.imprint_height
        style = self.brand.footnote
        clearance = style.clearance + style.rule_weight + style.gap
        return Column(top, bottom, origin, pitch, clearance, under, spare)

    def page(self, index: int, filled: Filled, closing: Sequence[Item], pages: int, *, last: bool, root: Element) -> Page:
        """One page: what stands behind, head, text, footnotes, foot."""
        kind = filled.kind
        brand = self.look(kind)
        geometry = brand.geometry
        if kind == "disclaimer":
            kind = "disclaimer" if index == self._first_disclaimer else "more"
        head, foot = page_furniture(self.setter, brand, self.words, index, pages, kind, foot_owner=FOOTER)
        items: list[Item] = []
        if index == 0:
            items += self.opened.behind
        items += head
        if index == 0:
            items += self.opened.items
        for placed in filled.placed:
            items += spread(placed.atom.items, placed.y)
        if self.numbers:
            items = self._numbered(items)
        notes: list[Item] = []
        if any([placed.atom.sides for placed in filled.placed]):
            from .sides import beside

            notes, crowded = beside(self.setter, filled, items)
            self.crowded += crowded
        items += closing
        items += self._feet(filled, geometry.text_x)
        if last and filled.kind == "disclaimer" and self.brand.disclaimer.imprint_height:
            bottom = geometry.grid_top + geometry.grid_lines * geometry.grid_pitch
            items += imprint(self.setter, self.words, bottom - self.brand.disclaimer.imprint_height, root)
        items += foot
        items += notes  # last: beside the line just set, PDFium would mix the two
        return Page(geometry.width, geometry.height, tuple(items))

    def _numbered(self, items: Sequence[Item]) -> list[Item]:
        """The items with page numbers for what asks for them."""
        out: list[Item] = []
        for item in items:
            if isinstance(item, PageNumber):
                line = self.setter.line(str(self.numbers[item.anchor]), item.style)
                out += self.setter.items(line, item.x - line.width, item.y, item.owner)
            else:
                out.append(item)
        return out

    def _feet(self, filled: Filled, x: float) -> list[Item]:
        if not filled.feet:
            return []
        style = self.brand.footnote
        y = filled.foot_y + style.clearance
        items: list[Item] = [RectItem(x, y, style.rule_width, style.rule_weight, style.rule_colour, LAYOUT)]
        y += style.rule_weight + style.gap
        for foot in filled.feet:
            items += spread(foot.items, y)
            y += foot.height
        return items


def layout(
    note: Note, brand: Brand, tails: Sequence[tuple[str, Sequence[tuple[float, float]]]], world: World, report: Report
) -> Pages:
    """Lay out a note.

    `tails`: title and page sizes (points) of each ready-made disclaimer, in order; the pages themselves are merged later.
    What finds no room in the side column is set in the text when all is laid out again.
    """
    inset: frozenset[tuple[str, int]] = frozenset()
    pages, crowded = _laid(note, brand, tails, world, report, inset)
    rounds = 0
    while crowded:
        rounds += 1
        for side in crowded if rounds > SINGLY else crowded[:1]:  # with one of them in the text, others may find room
            inset |= {place_of(side.span)}
            message = f"there is no room for this {'small exhibit' if side.loose else 'side note'}"
            report.warning("side-room", message, side.span, help="shorten it, or move it to another paragraph")
        pages, crowded = _laid(note, brand, tails, world, report, inset)
    return pages


def _laid(
    note: Note,
    brand: Brand,
    tails: Sequence[tuple[str, Sequence[tuple[float, float]]]],
    world: World,
    report: Report,
    inset: frozenset[tuple[str, int]],
    *,
    covered: bool = True,
) -> tuple[Pages, list[Side]]:
    """One layout, with the side notes and small exhibits of some places in the text, and those that found no room.

    `covered`: a chart may end the first page, where the brand asks for it."""
    setter = Typesetter(brand, world, report, note.language)
    if note.abbreviations or brand.abbreviations:
        from .abbreviations import abbreviations

        setter.abbreviations = abbreviations(note, brand)
    words = template_words(note, brand)
    texts = [item for item in note.disclaimers if isinstance(item, TextDisclaimer)]
    if texts:
        said = version_words(texts[0], setter.words)
        words["version"] = said[0] if texts[0].version else ""
        words["effective"] = said[-1] if texts[0].effective else ""
        words["disclaimers"] = setter.words.conjunction.join([text.title for text in texts])
    root = Element("Document")
    opened = opening(setter, note, words, root)
    galley = Galley(setter, inset)
    if note.references:
        from .references import credit_name

        galley.publishers = {source.id: credit_name(source, galley.words) for source in note.references}
    galley.language = note.language
    tail_pages = sum([len(sizes) for _, sizes in tails])
    sheets = _Sheets(setter, note, opened, words, tail_pages)
    if note.points or note.figures or note.contents:
        from .front import cover, front

        front(galley, note, root)
        if covered and brand.front.chart and not cover(galley, note, root, sheets.column):
            return _laid(note, brand, tails, world, report, inset, covered=False)
    for section in note.sections:
        galley.section(section, root)
    if note.references:
        from .references import references

        references(galley, note.references, root)
    disclaimers(galley, texts, root)
    columns = fill(galley.atoms, sheets.column)
    count = len(columns) + tail_pages
    if note.contents:
        sheets.numbers = _pages_of(columns)
    pages = []
    for index, (filled, closing) in enumerate(columns):
        last = index == len(columns) - 1
        pages.append(sheets.page(index, filled, closing, count, last=last, root=root))
    overlays = _overlays(setter, words, tails, len(pages), count)
    if note.abbreviations and setter.abbreviations is not None and not sheets.crowded:
        from .abbreviations import tell_unused

        tell_unused(note, setter.abbreviations.used, report)
    return Pages(tuple(pages), root, _outline(columns), metadata(note, brand, world), overlays), sheets.crowded


def _pages_of(columns: Sequence[tuple[Filled, Sequence[Item]]]) -> dict[str, int]:
    """The number of the page each anchor stands on, from 1."""
    found = {}
    for page, (filled, _) in enumerate(columns, 1):
        for placed in filled.placed:
            for item in placed.atom.items:
                if isinstance(item, Anchor):
                    found[item.name] = page
    return found


def _overlays(
    setter: Typesetter,
    words: dict[str, str],
    tails: Sequence[tuple[str, Sequence[tuple[float, float]]]],
    first: int,
    count: int,
) -> tuple[Tail, ...]:
    """The running foot on merged pages where the brand asks for it, kept at its distance from the page's foot."""
    out = []
    number = first
    brand = setter.brand
    for title, sizes in tails:
        pages = []
        for _, height in sizes:
            items: list[Item] = []
            if brand.foot_on_merged:
                numbered = words | {"page": str(number + 1), "pages": str(count)}
                items = draw_furniture(setter, brand.foot, numbered, FOOTER, height - brand.geometry.height)
            pages.append(tuple(items))
            number += 1
        out.append(Tail(title, tuple(pages)))
    return tuple(out)


def _outline(columns: Sequence[tuple[Filled, Sequence[Item]]]) -> tuple[OutlineEntry, ...]:
    entries = []
    for index, (filled, _) in enumerate(columns):
        for placed in filled.placed:
            for mark in placed.atom.marks:
                entries.append(OutlineEntry(mark.title, mark.level, index, placed.y))
    return tuple(entries)


def metadata(note: Note, brand: Brand, world: World) -> Metadata:
    """What Info and XMP say; the date is the note's, or SOURCE_DATE_EPOCH when it is set."""
    created = f"{note.published.iso}T00:00:00Z"
    epoch = world.epoch()
    if epoch is not None:
        created = iso_time(epoch)
    authors = tuple([author.name for author in note.authors]) or (brand.company or brand.house,)
    subject = "　".join([part for part in (brand.house + brand.series, note.issue, note.subtitle) if part])
    return Metadata(note.title, authors, subject, note.keywords, note.language, created)


def iso_time(seconds: int) -> str:
    """Seconds since 1970 as `2024-01-02T03:04:05Z`, without the clock or the time zone of the machine (Hinnant's days)."""
    days, rest = divmod(seconds, 86400)
    era_days = days + 719468
    era, day_of_era = divmod(era_days, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return f"{year:04d}-{month:02d}-{day:02d}T{rest // 3600:02d}:{rest % 3600 // 60:02d}:{rest % 60:02d}Z"
