"""The finished PDF read back as rows: what stands where, how large and in which colour, beside what the brand asks for.

LOOKS.md names the tokens; `SHEET` repeats those a designer would measure first, so that neither a brand nor the program can
move them unseen.  Everything else is held against the brand as it is loaded, on A4 and on the phone's page alike.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pymupdf
import pytest

from compiler.brand import Brand, TextStyle, load
from compiler.diagnostics import Report
from compiler.layout.galley import plain
from compiler.model import Callout, Chart, Figure, Heading, List, Note, Paragraph, Quote, Table
from compiler.pipeline import Stages, compile_note, read_note
from compiler.world import World
from conftest import NOTES, REPOSITORY

# size and colour of a style, as LOOKS.md has them
SHEET = {
    "hengting": {
        "title": (27, "#1b1b1a"), "deck": (12.6, "#5b5a56"), "section": (15.75, "#1e3a5a"), "topic": (11.5, "#1b1b1a"),
        "label": (10.5, "#1e3a5a"), "body": (10.5, "#1b1b1a"), "number": (9, "#1e3a5a"), "claim": (9, "#1b1b1a"),
        "unit": (8, "#5b5a56"), "credit": (8, "#5b5a56"), "cell": (9.5, "#1b1b1a"), "view": (12.6, "#1e3a5a"),
        "reference": (9, "#1b1b1a"), "footnote": (8, "#5b5a56"), "figure": (18, "#1e3a5a"),
    },
    "lanxu": {
        "title": (32, "#ffffff"), "deck": (10.5, "#dcdee2"), "section": (13, "#17191c"), "topic": (14, "#17191c"),
        "label": (10.5, "#17191c"), "body": (10, "#17191c"), "number": (9, "#17191c"), "claim": (11, "#17191c"),
        "unit": (8.5, "#585d64"), "credit": (8, "#585d64"), "cell": (9.5, "#17191c"), "view": (12.5, "#17191c"),
        "reference": (8.5, "#17191c"), "footnote": (8, "#585d64"), "figure": (32, "#17191c"),
    },
}  # fmt: skip
EDGES = {"hengting": (50, 449), "lanxu": (147.28, 48)}  # of the text, and of the side column or rail
GRID = {"hengting": (81, 18, 37), "lanxu": (85, 17, 39)}  # top, pitch, lines
OPENING = "（《〈“‘「『【〔"  # marks whose blank half stands outside the edge
NEAR = 0.1  # points
SUBSCRIPT = 0.14  # em below the line
SMALLEST = 0.8  # of the size of a table that would be wider than its page
WIDEST = 2.5  # em between a list's label and its words, or on both sides of a note mark
ABOVE = 0.88  # of the em box over the baseline


@dataclasses.dataclass(frozen=True)
class Span:
    """Characters of one size and colour on a baseline; `places` are the x of each character and of the end."""

    page: int
    x: float
    y: float
    size: float
    colour: str
    text: str
    places: tuple[float, ...]

    @property
    def end(self) -> float:
        """Where its last character ends."""
        return self.places[-1]


Row = list[Span]


class Sheet:
    """A note in a house on a page size: the brand, the note and the rows of its own pages, disclaimers not among them."""

    def __init__(self, note: Note, brand: Brand, pdf: bytes) -> None:
        self.note, self.brand = note, brand
        document = pymupdf.open(stream=pdf)
        self.pages: list[list[Row]] = []
        end = next((page for _, title, page in document.get_toc() if title == "免责声明"), document.page_count + 1)
        for page in itertools.islice(document, end - 1):
            self.pages.append(rows_of(page))

    def rows(self) -> Iterator[Row]:
        """All rows, page by page."""
        return itertools.chain.from_iterable(self.pages)

    def said(self, words: str, style: TextStyle) -> list[Row]:
        """The rows of these words alone that look as the style does; two lines of a heading are two rows."""
        rows = [*self.rows(), *[[span] for row in self.rows() for span in row]]
        return [row for row in rows if squeezed(text_of(row)) == squeezed(words) and looks(row[0], style)]


def rows_of(page: pymupdf.Page) -> list[Row]:
    """The page's rows as the PDF has them, raised marks with the row they stand in."""
    found: list[Span] = []
    for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
        for line in block.get("lines", ()):
            if line["dir"] != (1.0, 0.0):
                continue
            for span in line["spans"]:
                chars = span["chars"]
                text = "".join(char["c"] for char in chars)
                if text.strip():
                    lead = len(text) - len(text.lstrip())
                    chars = chars[lead:]
                    x, y = chars[0]["origin"]
                    places = (*[char["origin"][0] for char in chars], chars[-1]["bbox"][2])
                    found.append(Span(page.number, x, y, round(span["size"], 2), f"#{span['color']:06x}", text.lstrip(), places))
    rows: list[Row] = []
    for span in sorted(found, key=lambda span: (round(span.y, 1), span.x)):
        last = rows[-1][-1] if rows else None
        alike = last is not None and (last.size, last.colour) == (span.size, span.colour)
        if last is not None and alike and abs(span.y - last.y) < NEAR and span.x - last.end < WIDEST * span.size:
            rows[-1].append(span)
        else:
            rows.append([span])
    raised = [row for row in rows if any(_raised(row[0], other) for other in rows)]
    for row in raised:
        home = next(other for other in rows if _raised(row[0], other))
        home[1:] = sorted([*home[1:], *row], key=lambda span: span.x)
    return [row for row in rows if row not in raised]


def _raised(span: Span, row: Row) -> bool:
    """Whether a span is a small mark over or under a row's line."""
    size = row[0].size
    off = abs(span.y - row[0].y)
    return span.size < 0.8 * size and NEAR < off < 0.4 * size and row[0].x < span.x < row[-1].end + size / 2


def text_of(row: Row) -> str:
    """The words of a row."""
    return "".join(span.text for span in row)


def squeezed(text: str) -> str:
    """Words without blanks, note marks and hyphens at line ends."""
    return re.sub(r"\s|\[\d+(,\d+)*\]|[①-⑳]|[\u00ad\ufffe]", "", text)


def looks(span: Span, style: TextStyle) -> bool:
    """Whether a span has the size and colour of a style."""
    return abs(span.size - style.size) < 0.02 and span.colour == style.colour


def of_kind(blocks: tuple[Any, ...], *kinds: type) -> Iterator[Any]:
    """Blocks of some kinds, those inside lists too."""
    for block in blocks:
        if isinstance(block, kinds):
            yield block
        if isinstance(block, List):
            for item in block.items:
                yield from of_kind(item.blocks, *kinds)


def all_of(note: Note, *kinds: type) -> list[Any]:
    """The note's blocks of some kinds."""
    return [block for section in note.sections for block in of_kind(section.blocks, *kinds)]


CASES = [(path, brand, layout) for path in NOTES for brand, layout in itertools.product(("hengting", "lanxu"), ("", "phone"))]


@pytest.fixture(scope="module", params=CASES, ids=lambda p: "-".join((p[0].stem, p[1], p[2] or "a4")))
def sheet(request: pytest.FixtureRequest, cache: str) -> Sheet:
    """A shipped note as its PDF has it."""
    path, house, layout = request.param
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    note = read_note(str(path), world, Report(), Stages(), brand=house)
    made = compile_note(str(path), world, Report(), brand=house, layout=layout)
    brand = load(f"{house}/{layout}" if layout else house, str(REPOSITORY), world, Report())
    assert note is not None
    assert made is not None
    assert brand is not None
    return Sheet(note, brand, made.pdf)


def style_of(brand: Brand, name: str) -> TextStyle:
    """A style by the word LOOKS.md has for it."""
    exhibit = brand.exhibit
    return {
        "title": brand.opening.title, "deck": brand.opening.deck, "section": brand.section.style, "topic": brand.section.topic,
        "label": brand.callout.label, "body": brand.body, "number": exhibit.number, "claim": exhibit.claim, "unit": exhibit.unit,
        "credit": exhibit.credit, "cell": brand.table.cell, "view": brand.callout.style, "reference": brand.reference.style,
        "footnote": brand.footnote.style, "figure": brand.front.number,
    }[name]  # fmt: skip


@pytest.mark.parametrize("house", SHEET)
def test_the_brand_says_what_the_sheet_says(house: str, world: World) -> None:
    """Sizes, colours, edges and grid of the brand are those of LOOKS.md."""
    brand = load(house, str(REPOSITORY), world, Report())
    assert brand is not None
    for name, token in SHEET[house].items():
        style = style_of(brand, name)
        assert (style.size, style.colour) == token, name
    page = brand.geometry
    assert (page.text_x, page.side_x) == EDGES[house]
    assert (page.grid_top, page.grid_pitch, page.grid_lines) == GRID[house]


# --- sizes and colours -----------------------------------------------------------------------------------------------


def test_named_rows_have_their_sizes_and_colours(sheet: Sheet) -> None:
    """Sections, labels, captions, units, heads and sources are each printed in the style that is theirs."""
    brand, note = sheet.brand, sheet.note
    wanted = [(f"{section.number}、{section.title}", brand.section.style) for section in note.sections]
    wanted += [(block.label, brand.callout.label) for block in all_of(note, Callout)]
    wanted.append((brand.reference.title, brand.reference.heading))
    assert not [words for words, style in wanted if not sheet.said(words, style)]
    head = brand.table.head
    for table in all_of(note, Table):
        least = SMALLEST if brand.name.endswith("phone") else 1.0
        for column in table.columns:
            words = squeezed(plain(column.title))
            found = [span for row in sheet.rows() for span in row if squeezed(span.text) == words and span.colour == head.colour]
            sizes = [span.size for span in found if least * head.size - 0.02 < span.size < head.size + 0.02]
            assert sizes or len(words) > 6, words  # a longer one may stand on two lines


def test_titles_and_claims_are_whole_in_their_style(sheet: Sheet) -> None:
    """The title, the deck, headings and the claims of exhibits: every line of them, and in their order, in one style."""
    brand, note = sheet.brand, sheet.note
    wanted = [(note.title, brand.opening.title), (note.subtitle, brand.opening.deck)]
    wanted += [(plain(block.caption), brand.exhibit.claim) for block in all_of(note, Table, Figure, Chart)]
    for block in all_of(note, Heading):
        wanted.append((plain(block.inlines), brand.heading.styles[min(block.level, len(brand.heading.styles)) - 1]))
    for words, style in wanted:
        whole = "".join(squeezed(text_of([span])) for row in sheet.rows() for span in row if looks(span, style))
        assert squeezed(words) in whole, words


def test_running_text_has_one_size_and_one_colour(sheet: Sheet) -> None:
    """Every span of a paragraph's lines is of the body's size and colour, or a mark raised by the brand's measure."""
    brand = sheet.brand
    count = 0
    for row in body_rows(sheet):
        for span in row:
            if looks(span, brand.body):
                count += 1
                continue
            assert span.size == pytest.approx(brand.body.size * brand.superscript_scale, abs=0.02), span
            assert span.colour in (brand.superscript_colour, brand.body.colour), span
            rise = span.y - row[0].y
            expected = (-brand.superscript_rise, 0.0, SUBSCRIPT)
            assert min([abs(rise - one * brand.body.size) for one in expected]) < NEAR, span
    assert count > 40


# --- places ----------------------------------------------------------------------------------------------------------


def body_rows(sheet: Sheet) -> list[Row]:
    """The rows of paragraphs and lists, those before the first section left out."""
    words = squeezed("".join([plain(block.inlines) for block in all_of(sheet.note, Paragraph)]))
    marks = {item.label for block in all_of(sheet.note, List) for item in block.items} | {"•"}
    found: list[Row] = []
    first = next(section for section in sheet.note.sections)
    started = False
    for row in sheet.rows():
        started = started or (first.title in text_of(row) and looks(row[0], sheet.brand.section.style))
        text = squeezed(text_of(row))
        for mark in sorted(marks, key=len, reverse=True):
            text = text.removeprefix(mark) if row[0].x > 0 and text_of(row).startswith(mark) else text
        if started and looks(row[0], sheet.brand.body) and text and text in words:
            found.append(row)
    return found


def at(x: float, span: Span, edge: float) -> bool:
    """Whether a row starts on an edge: its first character, or the drawn half of an opening mark."""
    blank = span.size / 2 if span.text[0] in OPENING else 0.0
    return min(abs(x - edge), abs(x + blank - edge)) < NEAR


def test_running_text_starts_on_the_edge_or_one_of_its_indents(sheet: Sheet) -> None:
    """Two left edges a page: the text's, and what lists and first lines are set in from it in whole half em."""
    page, body, style = sheet.brand.geometry, sheet.brand.body, sheet.brand.list
    indents = {0.0, body.indent_em * body.size, style.indent_em * body.size}
    indents |= {half * body.size / 2 for half in range(18)}  # a list's hang, and lists in lists
    for row in body_rows(sheet):
        assert any(at(row[0].x, row[0], page.text_x + indent) for indent in indents), (row[0].x, text_of(row))
    flush = [row for row in body_rows(sheet) if at(row[0].x, row[0], page.text_x)]
    assert len(flush) > len(body_rows(sheet)) / 3


def test_every_kind_of_row_starts_on_its_edge(sheet: Sheet) -> None:
    """Title, deck, sections, topics, labels, captions, sources, side notes, references, footnotes, the first column."""
    brand, page, note = sheet.brand, sheet.brand.geometry, sheet.note
    text, rail = page.text_x, page.side_x if page.side_width else page.text_x
    seats: list[tuple[TextStyle, str, tuple[float, ...]]] = [
        (brand.opening.title, note.title, (brand.opening.title_x,)),
        (brand.opening.deck, note.subtitle, (text,)),
        (brand.callout.style, "", (text,)),
        (brand.reference.style, "", (text, text + brand.reference.hang)),
    ]
    for section in note.sections:
        place = rail if brand.section.place == "side" else text
        seats.append((brand.section.style, f"{section.number}、{section.title}", (place,)))
    for block in all_of(note, Heading):
        seats.append((brand.section.topic, plain(block.inlines), (text,)))
    for block in all_of(note, Callout):
        seats.append((brand.callout.label, block.label, (rail if brand.callout.label_place == "side" else text,)))
    label = rail if brand.reference.heading_place == "side" else text
    seats.append((brand.reference.heading, brand.reference.title, (label,)))
    numbers = rail if brand.exhibit.number_place == "side" else text
    seats += [(brand.exhibit.number, f"{kind} {count}", (numbers,)) for kind in "表图" for count in range(1, 9)]
    for style, words, edges in seats:
        kept = [row for row in sheet.rows() if looks(row[0], style) and squeezed(text_of(row)) in squeezed(words)]
        if not words:
            kept = [row for row in sheet.rows() if looks(row[0], style) and _in_list(sheet, row, style)]
        for row in kept:
            assert any(at(row[0].x, row[0], edge) for edge in edges), (row[0].x, edges, text_of(row))


def _in_list(sheet: Sheet, row: Row, style: TextStyle) -> bool:
    """Whether a row of a style shared with other kinds is one of the references or views."""
    text = squeezed(text_of(row))
    if style is sheet.brand.callout.style:
        views = [plain(inside.inlines) for block in all_of(sheet.note, Callout) for inside in of_kind(block.blocks, Paragraph)]
        return any(text in squeezed(words) for words in views)
    return any(text.startswith(squeezed(source.publisher)) and len(text) > 12 for source in sheet.note.references)


def test_small_text_starts_on_an_edge(sheet: Sheet) -> None:
    """Notes, sources, side notes and footnotes: on the text's edge, their hang, or the side column's."""
    brand, page = sheet.brand, sheet.brand.geometry
    edges = {page.text_x, page.text_x + brand.footnote.hang, page.side_x if page.side_width else page.text_x, page.full_x}
    firsts = ("注：", "资料来源：", *[side.term for block in all_of(sheet.note, Paragraph) for side in block.sides if side.term])
    rows = [row for row in sheet.rows() if text_of(row).startswith(firsts) and row[0].size == brand.exhibit.credit.size]
    assert len(rows) > 3
    for row in rows:
        assert any(at(row[0].x, row[0], edge) for edge in edges), (row[0].x, text_of(row))


def test_body_lines_stand_on_the_grid(sheet: Sheet) -> None:
    """On every body page each line of running text is a whole number of lines below the first, within a tenth of a point."""
    page, body = sheet.brand.geometry, sheet.brand.body
    first = page.grid_top + ABOVE * body.size
    pages = set()
    quoted = [plain(inside.inlines) for block in all_of(sheet.note, Quote) for inside in of_kind(block.blocks, Paragraph)]
    for row in body_rows(sheet):
        if any(squeezed(text_of(row)) in squeezed(words) for words in quoted):
            continue
        lines = (row[0].y - first) / page.grid_pitch
        assert abs(lines - round(lines)) * page.grid_pitch < NEAR, (row[0].page + 1, row[0].y, text_of(row))
        assert 0 <= round(lines) < page.grid_lines
        pages.add(row[0].page)
    assert len(pages) >= 4


def test_head_and_foot_stand_on_the_edges(sheet: Sheet) -> None:
    """Head and foot of every page start on the text's or the side column's edge, or end at the right of the text."""
    page, brand = sheet.brand.geometry, sheet.brand
    lefts = {page.text_x, page.side_x if page.side_width else page.text_x, page.full_x}
    right = page.full_x + page.full_width
    logo = {mark.x + mark.height * brand.logo.width / brand.logo.height for mark in brand.head.marks}
    for index, rows in enumerate(sheet.pages):
        foot = [row for row in rows if row[0].y > page.grid_top + page.grid_pitch * page.grid_lines + 20]
        head = [row for row in rows if index and row[0].y < page.grid_top - 12]
        assert len(foot) == 2
        assert not index or len(head) >= 2
        assert len({round(row[0].y, 2) for row in foot}) == 1
        assert len({round(row[0].y, 2) for row in head}) <= 1
        for row in head + foot:
            beside_logo = any(0 < row[0].x - end < 8 for end in logo)
            starts = any(at(row[0].x, row[0], edge) for edge in lefts)
            assert starts or beside_logo or abs(row[-1].end - right) < NEAR, (index + 1, row[0].x, text_of(row))


def test_references_and_views_stay_with_what_they_belong_to(sheet: Sheet) -> None:
    """No page break in a list of references that a quarter of a page of white can spare, nor before a view."""
    if sheet.brand.name.endswith("phone"):
        return  # a page as narrow is too short for the list
    style, label = sheet.brand.reference.number, sheet.brand.callout.label
    spans = [span for row in sheet.rows() for span in row]
    numbers = [span.page for span in spans if looks(span, style) and re.fullmatch(r"\[\d+\]\s*", span.text)]
    heads = [row[0].page for row in sheet.said(sheet.brand.reference.title, sheet.brand.reference.heading)]
    assert {*numbers, heads[-1]} == {heads[-1]}
    if sheet.note.id != "2023w52":
        return  # the other note has a view higher than the room under its text
    for block in all_of(sheet.note, Callout):
        for row in sheet.said(block.label, label):
            assert [other for other in sheet.pages[row[0].page] if 100 < other[0].y < row[0].y - 20], row[0].page + 1


# --- tables ----------------------------------------------------------------------------------------------------------


def test_first_columns_start_on_the_edge(sheet: Sheet) -> None:
    """The first column's heads and cells stand on the left edge of what the brand lets tables span."""
    brand, page = sheet.brand, sheet.brand.geometry
    checked = 0
    for table in all_of(sheet.note, Table):
        edge = page.full_x if table.wide or brand.table.span == "full" else page.text_x
        names = {squeezed(plain(cells[0].inlines)) for cells in table.rows} - {""}
        spans = [span for row in sheet.rows() for span in row if span.colour == brand.table.first.colour]
        cells = [span for span in spans if squeezed(span.text) in names and span.x < page.text_x + 40]
        for span in cells:
            if SMALLEST * brand.table.first.size <= span.size <= brand.table.first.size + 0.02:
                assert at(span.x, span, edge) or span.size == brand.chart.name.size, (span.x, span.text)
                checked += at(span.x, span, edge)
    assert checked >= 4


def test_decimal_points_stand_in_one_vertical(sheet: Sheet) -> None:
    """In each column of numbers the decimal points, and the ends of whole numbers, have one x within a tenth of a point."""
    checked = 0
    spans = [span for row in sheet.rows() for span in row]
    for table in all_of(sheet.note, Table):
        for number, column in enumerate(table.columns):
            if column.align != "decimal":
                continue
            places: list[float] = []
            for cells in table.rows:
                name, figure = plain(cells[0].inlines), plain(cells[number].inlines).strip()
                if not any(char.isdigit() for char in figure):
                    continue
                beside = [span for span in spans if squeezed(span.text) and squeezed(name).startswith(squeezed(span.text))]
                found = [
                    span
                    for span in spans
                    for first in beside
                    if span.page == first.page and abs(span.y - first.y) < NEAR and squeezed(span.text) == squeezed(figure)
                ]
                places += {round(_point(span), 3) for span in found[:1]}
            assert len(places) > 1, plain(column.title)
            assert max(places) - min(places) < NEAR, (plain(column.title), sorted(places))
            checked += len(places)
    assert checked >= 6


def _point(span: Span) -> float:
    """Where a number's decimal point stands, or would."""
    text = span.text
    at_point = text.find(".")
    if at_point >= 0:
        return span.places[at_point]
    digits = [index for index, char in enumerate(text) if char.isdigit()]
    return span.places[digits[-1] + 1]
