"""A note with everything in an awkward place: nothing collides, overflows, strands or disappears, on any page of any house."""

from __future__ import annotations

import re

import pymupdf
import pytest

from compiler.diagnostics import Report, render_short
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import BRANDS, REPOSITORY
from drawings import struck

NOTE = REPOSITORY / "tests" / "cases" / "awkward.yaml"
# a word wider than a phone, a number wider than its column, a small exhibit that finds no room on Letter: each is said
ALLOWED = {"line-overfull", "figure-wide", "side-room"}
LAYOUTS = ("", "letter", "phone")


@pytest.fixture(scope="module", params=[(brand, layout) for brand in BRANDS for layout in LAYOUTS], ids=lambda p: "-".join(p))
def document(request: pytest.FixtureRequest, cache: str) -> pymupdf.Document:
    """The note in one house on one page."""
    brand, layout = request.param
    report = Report()
    made = compile_note(
        str(NOTE), World(environ={}, cwd=str(REPOSITORY), cache_dir=cache), report, brand=brand, layout=layout, least=0
    )
    assert not [render_short(found) for found in report if found.code not in ALLOWED]
    assert made is not None
    assert made.score is not None
    assert not made.score.widows + made.score.orphans + made.score.stranded + made.score.forbidden_starts
    return pymupdf.open(stream=made.pdf)


def rows(page: pymupdf.Page) -> list[tuple[float, float, float, float, str]]:
    """The ink of each line's spans: left, top, right, foot, words; the em box without what no glyph reaches."""
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                words = span["text"].strip()
                if words:
                    left, _, right, _ = span["bbox"]
                    base, size = span["origin"][1], span["size"]
                    found.append((left + 0.3 * size, base - 0.7 * size, right - 0.6 * size, base, words))
    return found


def test_every_item_is_there_once(document: pymupdf.Document) -> None:
    """Each token of the source is in the PDF exactly once."""
    wanted = set(re.findall(r"Q\d\d", NOTE.read_text("utf-8").split("title:", 1)[1]))
    assert len(wanted) >= 43
    found = re.findall(r"Q\d\d", "".join(page.get_text() for page in document))
    assert wanted == set(found)
    assert not [token for token in wanted if found.count(token) != 1]


def test_nothing_covers_anything(document: pymupdf.Document) -> None:
    """No two pieces of text share a place."""
    for page in document:
        boxes = rows(page)
        for index, (left, top, right, foot, words) in enumerate(boxes):
            for other_left, other_top, other_right, other_foot, other in boxes[index + 1 :]:
                apart = right <= other_left or other_right <= left or foot <= other_top or other_foot <= top
                assert apart, f"page {page.number + 1}: {words!r} over {other!r}"


def test_nothing_strikes_words(document: pymupdf.Document) -> None:
    """No rule, fill, bar, line or picture goes through words, but for what lies wholly behind them."""
    for page in document:
        assert not struck(page), page.number + 1


INK, PAPER = (0, 0, 0), (1, 1, 1)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([((40, 92, 200, 92), INK)], [], "struck"),  # a rule through the words
        ([((40, 92, 200, 92), INK), ((45, 80, 120, 110), PAPER)], [], ""),  # cut out behind them
        ([((40, 92, 200, 92), INK), ((45, 80, 70, 110), PAPER)], [], "struck"),  # but not behind all of them
        ([((40, 80, 65, 110), INK)], [], "struck"),  # the end of a bar
        ([((40, 80, 200, 110), INK)], [], ""),  # their ground
        ([((40, 101, 200, 101), INK)], [], ""),  # a rule under them
        ([], [((40, 80, 200, 110), PAPER)], "under"),
        ([], [((40, 92, 200, 92), INK)], "under"),
    ],
)
def test_what_strikes_words(
    before: list[tuple[tuple[float, ...], tuple[float, ...]]],
    after: list[tuple[tuple[float, ...], tuple[float, ...]]],
    expected: str,
) -> None:
    """What the test above looks for is found: words on a baseline of 100, with things painted before and after."""
    made = pymupdf.open()
    page = made.new_page(width=300, height=200)
    for place, things in enumerate((before, after)):
        for (left, top, right, foot), colour in things:
            if top == foot:
                page.draw_line((left, top), (right, foot), color=colour, width=0.5)
            else:
                page.draw_rect((left, top, right, foot), color=None, fill=colour)
        if not place:
            page.insert_text((50, 100), "WORDS", fontsize=12)
    found = struck(pymupdf.open(stream=made.tobytes())[0])
    assert bool(found) == bool(expected)
    assert all(expected in line for line in found)


def test_nothing_leaves_its_page(document: pymupdf.Document) -> None:
    """Words stay between the outer margins, and nothing but the foot stands in the foot."""
    for page in document:
        boxes = rows(page)
        for left, _, right, _, words in boxes:
            assert left > 20, words
            assert right < page.rect.width - 20, words
        last = max(box[3] for box in boxes)
        assert last < page.rect.height - 20
        assert not [box[4] for box in boxes if last - 8 < box[3] < last - 0.5]
