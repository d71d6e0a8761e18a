"""What the pages are set in, read back from the finished PDF: sizes, colours, edges, the grid, decimal points."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

import pymupdf
import pypdf
import pytest

from compiler.brand import Brand, TextStyle, load
from compiler.diagnostics import Report
from compiler.model import Note
from compiler.pipeline import Stages, compile_note, read_note
from compiler.record import Record
from compiler.world import World
from conftest import REPOSITORY

CLOSE = 0.1  # points
CASES = [(note, brand) for note in ("2023w52", "typeface-survey") for brand in ("hengting", "lanxu")]
ids = [f"{note}-{brand}" for note, brand in CASES]


class Row(NamedTuple):
    """A run of characters: page from 0, left edge, baseline, size, colour, face, words, and the x of each character."""

    page: int
    x: float
    y: float
    size: float
    colour: str
    face: str
    text: str
    places: tuple[float, ...]


class Pages(NamedTuple):
    """A compiled note, its brand, all rows of its own pages, and the frames of its pictures and charts (page, box)."""

    note: Note
    brand: Brand
    rows: tuple[Row, ...]
    figures: tuple[tuple[int, pymupdf.Rect], ...]
    count: int


@cache
def pages(name: str, house: str) -> Pages:
    """Compiled once for all tests."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir="")
    path = f"notes/{name}.yaml"
    note = read_note(path, world, Report(), Stages(), brand=house)
    brand = load(house, str(REPOSITORY), world, Report(), None)
    made = compile_note(path, world, Report(), brand=house)
    assert note is not None
    assert brand is not None
    assert made is not None
    merged = sum(len(pypdf.PdfReader(item.path).pages) for item in note.disclaimers if hasattr(item, "path"))
    document = pymupdf.open(stream=made.pdf)
    count = len(document) - merged
    rows = []
    for page in range(count):
        for block in document[page].get_text("rawdict")["blocks"]:
            for span in [span for line in block.get("lines", ()) for span in line["spans"]]:
                text = "".join(char["c"] for char in span["chars"])
                places = tuple(char["origin"][0] for char in span["chars"])
                size, colour = round(span["size"], 2), f"#{span['color']:06x}"
                rows.append(Row(page, *span["origin"], size, colour, span["font"].split("+")[-1], text, places))
    return Pages(note, brand, tuple(rows), tuple(_figures(made.pdf)), count)


def _figures(pdf: bytes) -> list[tuple[int, pymupdf.Rect]]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    numbers = {page.indirect_reference.idnum: (index, float(page.mediabox.height)) for index, page in enumerate(reader.pages)}
    found = []
    stack = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while stack:
        node = stack.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            stack += node
        elif isinstance(node, dict):
            stack.append(node.get("/K", []))
            attributes = node.get("/A", [])
            for one in attributes if isinstance(attributes, list) else [attributes]:
                if node.get("/S") == "/Figure" and "/BBox" in one and "/Pg" in node:
                    index, height = numbers[node.raw_get("/Pg").idnum]
                    left, bottom, right, top = (float(edge) for edge in one["/BBox"])
                    found.append((index, pymupdf.Rect(left - 1, height - top - 1, right + 1, height - bottom + 1)))
    return found


def _in_figure(row: Row, made: Pages) -> bool:
    return any(page == row.page and box.contains(pymupdf.Point(row.x + 0.5, row.y - 0.5)) for page, box in made.figures)


def _styles(value: object) -> list[TextStyle]:
    if isinstance(value, TextStyle):
        return [value]
    kids = value if isinstance(value, tuple) else value.values() if isinstance(value, Record) else ()
    return [style for kid in kids for style in _styles(kid)]


@pytest.mark.parametrize(("name", "house"), CASES, ids=ids)
def test_sizes_and_colours_are_the_brands(name: str, house: str) -> None:
    """Every character outside pictures is set in a size and colour of the brand; raised ones in its share of one."""
    made = pages(name, house)
    brand = made.brand
    styles = [style for value in brand.values() for style in _styles(value)]
    known = {(round(style.size, 2), style.colour) for style in styles}
    signed = {(round(style.size, 2), colour) for style in styles for colour in (brand.table.up, brand.table.down)}
    raised = {
        (round(style.size * brand.superscript_scale, 2), colour)
        for style in styles
        for colour in (style.colour, brand.superscript_colour or style.colour)
    }
    terms = {(round(style.size, 2), brand.body.colour) for style in styles if style.name == "note"}  # of a gloss
    stray = Counter(
        (row.size, row.colour, row.text[:8])
        for row in made.rows
        if row.text.strip() and (row.size, row.colour) not in known | signed | raised | terms and not _in_figure(row, made)
    )
    assert not stray


@pytest.mark.parametrize(("name", "house"), CASES, ids=ids)
def test_title_sections_and_body_are_set_as_declared(name: str, house: str) -> None:
    """The words of each, in the size and colour of its style."""
    made = pages(name, house)
    brand, note = made.brand, made.note
    found: dict[tuple[float, str], str] = defaultdict(str)
    for row in made.rows:
        found[round(row.size, 2), row.colour] += row.text.replace(" ", "").replace("\u00a0", "")

    def words(style: TextStyle) -> str:
        return found[round(style.size, 2), style.colour]

    title = next(
        style for style in _styles(brand.masthead) + _styles(brand.opening) + _styles(brand.front) if style.name == "title"
    )
    assert words(title).startswith(note.title.replace(" ", "")[:6])
    section = next(style for style in _styles(brand.section) if style.name == "section")
    for part in note.sections:
        assert part.title.replace(" ", "") in words(section)
    shares = Counter({key: len(text) for key, text in found.items()})
    own = shares[brand.body.size, brand.body.colour]
    assert own > 2_000  # characters


@pytest.mark.parametrize(("name", "house"), CASES, ids=ids)
def test_body_lines_stand_on_the_grid(name: str, house: str) -> None:
    """Every baseline of running text on the pages after the first, exhibits and headings between; quotations half a line off."""
    made = pages(name, house)
    brand, geometry = made.brand, made.brand.geometry
    edge = geometry.text_x
    rows = [row for row in made.rows if row.page and (row.size, row.colour) == (brand.body.size, brand.body.colour)]
    rows = [row for row in rows if edge - CLOSE <= row.x <= edge + geometry.text_width]
    face = Counter(row.face for row in rows).most_common(1)[0][0]
    pitch = geometry.grid_pitch
    places = [((row.y - geometry.grid_top) % pitch, row) for row in rows if row.face == face and row.text.strip()]
    first = Counter(round(place, 1) for place, _ in places).most_common(1)[0][0]
    astray = []
    for place, row in places:
        off = min((place - first) % pitch, (first - place) % pitch)
        half = abs(off - pitch / 2) <= CLOSE and row.x >= edge + 2 * brand.body.size - CLOSE
        if off > CLOSE and not half:
            astray.append((row.page, round(row.y, 2), row.text[:12]))
    assert not astray
    assert len(places) > 60


@pytest.mark.parametrize(("name", "house"), CASES, ids=ids)
def test_columns_begin_on_their_edges(name: str, house: str) -> None:
    """Nothing stands left of the two edges; on each body page the text column has lines right on its own."""
    made = pages(name, house)
    geometry = made.brand.geometry
    left, text, side = geometry.full_x, geometry.text_x, geometry.side_x
    for page in range(1, made.count):
        rows = [row for row in made.rows if row.page == page and row.text.strip() and not _in_figure(row, made)]
        assert min(row.x + _blank(row) for row in rows) >= left - CLOSE
        grid = [
            row for row in rows if geometry.grid_top <= row.y <= geometry.grid_top + geometry.grid_pitch * geometry.grid_lines
        ]
        starts = {round(min(row.x for row in line), 1) for line in _lines(grid)}
        assert any(abs(start - edge) <= CLOSE for start in starts for edge in (text, left)), page
        beside = [row.x for row in grid if side - CLOSE <= row.x < side + 2] if side > text else []
        assert all(abs(x - side) <= CLOSE or x > side for x in beside)


def _blank(row: Row) -> float:
    """The empty half of an opening mark, which hangs out of the edge: ink is what the eye sees."""
    return row.size / 2 if row.text[0] in "《“「『（〈" else 0.0


def _lines(rows: list[Row]) -> list[list[Row]]:
    """Rows of one baseline."""
    found: dict[float, list[Row]] = defaultdict(list)
    for row in rows:
        found[round(row.y, 1)].append(row)
    return list(found.values())


@pytest.mark.parametrize(("name", "house"), CASES, ids=ids)
def test_head_and_foot_stand_on_the_edges(name: str, house: str) -> None:
    """Their outermost words begin where the columns do, on every page alike."""
    made = pages(name, house)
    geometry = made.brand.geometry
    top, bottom = geometry.grid_top, geometry.grid_top + geometry.grid_pitch * geometry.grid_lines
    right = geometry.full_x + geometry.full_width
    for page in range(1, made.count):
        here = [row for row in made.rows if row.page == page]
        for rows in ([row for row in here if row.y < top - 12], [row for row in here if row.y > bottom + 12]):
            starts = [row.x for row in rows if row.text.strip()]
            assert starts, page
            edges = (geometry.full_x, geometry.text_x, geometry.side_x)
            assert min(abs(min(starts) - edge) for edge in edges) <= 40  # after the logo, where the head has one
            optical = [row.size / 20 for row in rows]  # large words stand a little out
            assert any(abs(start - edge) <= max(CLOSE, *optical) for start in starts for edge in edges), (page, starts)
            assert max(row.places[-1] for row in rows) < right + CLOSE


@pytest.mark.parametrize(("name", "house"), CASES, ids=ids)
def test_decimal_points_stand_in_one_vertical(name: str, house: str) -> None:
    """In each column of a table."""
    made = pages(name, house)
    cell = made.brand.table.cell
    colours = {cell.colour, made.brand.table.up, made.brand.table.down}
    columns: dict[tuple[int, int], list[float]] = defaultdict(list)
    for row in made.rows:
        words = row.text.strip().strip("+-\u2212%")
        if row.size == cell.size and row.colour in colours and words.replace(".", "", 1).isdigit() and "." in words:
            at = row.places[row.text.index(".")]
            columns[row.page, round(at / 8)].append(at)  # columns are further apart than 8 pt
    lined = [places for places in columns.values() if len(places) > 1]
    assert all(max(places) - min(places) <= CLOSE for places in lined), lined
    assert lined or name != "2023w52"
