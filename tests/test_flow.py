"""Atoms on pages: what keeps together, and breaks whose costs are least together."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from compiler.layout.flow import FREE, MUST, NEVER, Atom, Column, Filled, Foot, Mark, fill

LINE = 10.0
PAGE = 40  # lines


def column(page: int, kind: str) -> Column:
    """A page of forty lines."""
    del page, kind
    return Column(0.0, PAGE * LINE, 0.0, LINE, 5.0)


def lines(count: int, *, before: float = FREE) -> list[Atom]:
    """A paragraph's lines: no orphan, no widow."""
    inner = [NEVER if at in (1, count - 1) else FREE for at in range(1, count)]
    return [Atom(LINE, before=cost) for cost in (before, *inner)]


def heights(atoms: Sequence[Atom]) -> list[float]:
    """How many lines each page holds."""
    return [filled.end / LINE for filled, _ in fill(atoms, column)]


def test_pages_are_filled() -> None:
    """Free lines fill page after page."""
    assert heights([Atom(LINE) for _ in range(90)]) == [40, 40, 10]


def test_a_forced_break_ends_the_page() -> None:
    """What is forced starts a page, and the page before it need not be full."""
    assert heights([*lines(5), *lines(5, before=MUST)]) == [5, 5]


def test_white_makes_no_page() -> None:
    """White after a full page is no page, at the end as before a forced break."""
    space = Atom(LINE, glue=True)
    assert heights([*[Atom(LINE) for _ in range(40)], space, space]) == [40]
    assert heights([*[Atom(LINE) for _ in range(40)], space, *lines(5, before=MUST)]) == [40, 5]


def test_bound_atoms_move_together() -> None:
    """A heading bound to two lines leaves with them."""
    heading = [Atom(LINE), Atom(LINE, before=NEVER), Atom(LINE, before=NEVER)]
    assert heights([*[Atom(LINE) for _ in range(38)], *heading, *lines(20)]) == [38, 23]


def test_no_widow_and_no_orphan() -> None:
    """A paragraph of three lines moves whole, one of four splits two and two (G2)."""
    assert heights([*[Atom(LINE) for _ in range(38)], *lines(3), *lines(20)]) == [38, 23]
    assert heights([*[Atom(LINE) for _ in range(38)], *lines(4), *lines(20)]) == [40, 22]


@pytest.mark.parametrize("before", range(1, 7))
def test_the_last_page_is_not_nearly_empty(before: int) -> None:
    """Rather than leave a last page with a line or two, the pages before it end a little earlier."""
    found = heights([Atom(LINE) for _ in range(PAGE * before + 2)])
    assert len(found) == before + 1
    assert found[-1] >= 4
    assert min(found[:-1]) >= 34


def test_white_before_a_high_exhibit_is_shared() -> None:
    """White that a picture leaves is spread over the pages before it, most of it in front of the picture, which explains it."""
    found = heights([*[Atom(LINE) for _ in range(40 + 40 + 25)], Atom(20 * LINE), *[Atom(LINE) for _ in range(40)]])
    assert len(found) == 5
    white = [40 - height for height in found[:3]]
    assert white[2] <= 10
    assert max(white[:2]) <= 3


def test_a_table_fills_the_page_it_leaves() -> None:
    """White is shared among pages of text, not left between the rows of a table."""

    def first(weight: float) -> float:
        rows = [Atom(LINE, weight=weight) for _ in range(32)]
        return heights([*[Atom(LINE) for _ in range(20)], *rows, *lines(12), Atom(20 * LINE), *lines(20)])[0]

    assert first(3.0) > first(1.0)


def test_nothing_is_lost_or_doubled() -> None:
    """All atoms stand on the pages once and in order, footnotes with the line of their mark."""
    foot = Foot(20.0, ())
    atoms = [Atom(LINE, feet=(foot,) if at % 7 == 0 else (), before=NEVER if at % 5 else FREE) for at in range(200)]
    placed = [place.atom for filled, _ in fill(atoms, column) for place in filled.placed]
    assert [id(atom) for atom in placed] == [id(atom) for atom in atoms]
    for filled, _ in fill(atoms, column):
        assert filled.end <= filled.foot_y + 0.01
        assert len(filled.feet) == sum(len(place.atom.feet) for place in filled.placed)


def test_what_is_too_high_stands_alone() -> None:
    """An atom higher than a page gets one, and what cannot be broken is broken where the page is full."""
    assert heights([Atom(LINE), Atom(50 * LINE), Atom(LINE)]) == [1, 50, 1]
    assert heights([Atom(LINE, before=NEVER) for _ in range(60)]) == [40, 20]


def paragraph(count: int) -> list[Atom]:
    """A paragraph's lines, in front of which an exhibit may stand."""
    first, *rest = lines(count)
    return [first.replace(between=FREE), *rest]


def exhibit(height: int) -> list[Atom]:
    """A figure with white around it."""
    space = Atom(LINE, glue=True)
    return [space.replace(floats=3), Atom(height * LINE), space]


def test_text_fills_the_page_an_exhibit_leaves() -> None:
    """What stands behind an exhibit that does not fit is drawn up before it, whole paragraphs only."""
    atoms = [*paragraph(30), *exhibit(20), *paragraph(4), *paragraph(5), *paragraph(12)]
    pages = [filled for filled, _ in fill(atoms, column)]
    assert pages[0].end == 39 * LINE
    assert pages[1].placed[0].atom.height == 20 * LINE
    assert [id(place.atom) for place in pages[0].placed[30:]] == [id(atom) for atom in atoms[33:42]]


def test_a_little_text_is_better_than_none() -> None:
    """Where only some of what stands behind an exhibit can be drawn up before it, the page is at least so much fuller."""
    colon = [atom.replace(between=NEVER, before=NEVER) for atom in lines(30)]  # a list bound to its line
    atoms = [*paragraph(25), *exhibit(20), *paragraph(3), *paragraph(2), *colon]
    pages = [filled for filled, _ in fill(atoms, column)]
    assert pages[0].end == 28 * LINE
    assert pages[1].placed[0].atom.height == 20 * LINE


def test_an_exhibit_stays_in_its_place() -> None:
    """It passes no heading, stays after a colon, and moves for no less than three lines."""
    heading = Atom(LINE, marks=(Mark("题", 1),))
    bound = exhibit(20)
    bound[1] = bound[1].replace(before=NEVER)
    atoms = [*paragraph(30), *exhibit(20), heading, *paragraph(9)]
    assert next(len(filled.placed) for filled, _ in fill(atoms, column)) == 30
    assert next(filled.end for filled, _ in fill([*paragraph(30), *bound, *paragraph(9)], column)) < 31 * LINE
    atoms = [*paragraph(38), *exhibit(20), *paragraph(2)]
    assert next(iter(fill(atoms, column)))[0].end == 38 * LINE


def tall(pages: Sequence[Filled]) -> list[list[float]]:
    """The heights in lines of what is higher than a line, page by page."""
    return [[one.atom.height / LINE for one in filled.placed if one.atom.height > LINE] for filled in pages]


def test_exhibits_in_a_row_move_together() -> None:
    """Text behind several exhibits fills the page that the first of them leaves; they keep their order, and so does the text."""
    first, second = exhibit(20), exhibit(5)
    atoms = [*paragraph(30), *first, *second, *paragraph(9), *paragraph(20)]
    pages = [filled for filled, _ in fill(atoms, column)]
    assert pages[0].end == 39 * LINE
    assert tall(pages)[:2] == [[], [20, 5]]
    atoms = [*paragraph(30), *first, *paragraph(4), *second, *paragraph(5), *paragraph(20)]
    pages = [filled for filled, _ in fill(atoms, column)]
    assert [id(one.atom) for one in pages[0].placed[30:]] == [id(atom) for atom in (*atoms[33:37], *atoms[40:45])]
    assert tall(pages)[:2] == [[], [20, 5]]


def test_text_comes_before_an_exhibit_under_a_heading() -> None:
    """Rather than leave six lines white, a heading goes with its text, and its exhibit opens the next page."""
    heading = Atom(2 * LINE, marks=(Mark("题", 1),))
    under = [atom.replace(before=NEVER) for atom in exhibit(20)[:2]]
    for above, filled_up in ((30, True), (35, False)):
        atoms = [*paragraph(above), heading, *under, *paragraph(5), *paragraph(9)]
        pages = [filled for filled, _ in fill(atoms, column)]
        assert (tall(pages)[0] == [2]) is filled_up
        assert tall(pages)[1][-1] == 20
    placed = [one.atom for filled, _ in fill([*paragraph(30), heading, *under, *paragraph(5)], column) for one in filled.placed]
    assert placed[31].before == NEVER  # the heading keeps its text


def listed(count: int) -> list[Atom]:
    """The items of a list, one line each; an exhibit may part them where nothing better is to be had."""
    return [Atom(LINE, snap=True, between=4.0) for _ in range(count)]


def test_an_exhibit_may_part_a_list() -> None:
    """On the next page's top only, and none higher than half a page; a quotation stays whole."""
    for high, drawn_up in ((15, 10), (25, 0)):
        atoms = [*paragraph(30), *exhibit(high), *listed(15), *lines(20)]
        first, second = [filled for filled, _ in fill(atoms, column)][:2]
        assert len(first.placed) == 30 + drawn_up
        assert second.placed[0].atom.height == high * LINE
    quotation = [Atom(LINE) for _ in range(15)]
    first = next(filled for filled, _ in fill([*paragraph(30), *exhibit(15), *quotation, *lines(20)], column))
    assert len(first.placed) == 30


def test_what_is_drawn_up_stays_so() -> None:
    """A later page with much white has the breaks before it chosen anew, in the order that text and exhibits have by now."""
    atoms = [*paragraph(30), *exhibit(20), *paragraph(9), *paragraph(3), Atom(38 * LINE), *lines(20)]
    placed = [one.atom.height / LINE for filled, _ in fill(atoms, column) for one in filled.placed if not one.atom.glue]
    assert placed.index(20) == 39


def picture(height: float, gives: float) -> list[Atom]:
    """A figure that may be drawn smaller."""

    def smaller(less: float) -> Atom:
        return Atom(height * LINE - less)

    space = Atom(LINE, glue=True)
    return [space.replace(floats=3), Atom(height * LINE, gives=gives * LINE, smaller=smaller), space]


def test_a_picture_gives_a_little() -> None:
    """One that nearly fits is made just so much smaller that it stands on the page, if the next one is not nearly empty then."""

    def first(above: int, behind: int) -> list[float]:
        atoms = [*paragraph(above), *picture(10, 1.5), *lines(behind)]
        return tall([next(filled for filled, _ in fill(atoms, column))])[0]

    assert first(28, 30) == [10]
    assert first(30, 30) == [9]
    assert first(30, 4) == []
    assert first(31, 30) == []


def test_a_hole_is_shared_out() -> None:
    """White of three lines and more at a page's foot goes between its blocks, a line each and headings first, all on the grid."""
    heading = [Atom(2 * LINE, marks=(Mark("题", 1),)), Atom(LINE, before=NEVER, marks=(Mark("目", 2),))]
    block = Atom(30 * LINE)

    def tops(white: int) -> list[float]:
        inner = [atom.replace(before=NEVER) for atom in lines(29 - white)]
        atoms = [*lines(3), *heading, Atom(LINE, glue=True), *inner, *exhibit(3)[:2], block]
        return [one.y / LINE for one in next(filled for filled, _ in fill(atoms, column)).placed]

    assert tops(2)[3:6] == [3, 5, 6]
    assert tops(3)[3:6] == [4, 6, 7]  # the heading a line down, what stands under it with it
    assert tops(3)[-1] == 40 - 3 - 1
    assert tops(8)[-1] == 40 - 3 - 6


def roomy(page: int, kind: str) -> Column:
    """The same page with a line to spare."""
    return column(page, kind).replace(spare=LINE)


def test_a_page_may_run_a_line_longer() -> None:
    """Only where it saves much white or a last page: the end of a table, what closes the text; its footnotes go down with it."""
    block = Atom(15 * LINE)
    assert [filled.end / LINE for filled, _ in fill([*lines(26), block], roomy)] == [41]
    assert [filled.end / LINE for filled, _ in fill([*lines(26), block], column)] == [26, 15]
    assert [filled.end / LINE for filled, _ in fill([*lines(37), Atom(4 * LINE), *lines(20)], roomy)] == [37, 24]
    assert [filled.end / LINE for filled, _ in fill([Atom(LINE) for _ in range(90)], roomy)] == [40, 40, 10]
    moved = [*paragraph(34), *exhibit(20), *paragraph(5), *paragraph(2), *paragraph(9)]
    first, second = [filled for filled, _ in fill(moved, roomy)]
    assert (first.end, second.placed[0].atom.height) == (39 * LINE, 20 * LINE)  # text is not drawn up into the spare line
    foot = Foot(2 * LINE, ())
    noted = [*lines(22), Atom(16 * LINE, feet=(foot,))]
    (filled, _), *rest = fill(noted, roomy)
    assert not rest
    assert (filled.end, filled.foot_y) == (38 * LINE, 38.5 * LINE)


def test_a_heading_under_a_long_opening_goes_with_its_text() -> None:
    """Where the first page has no room for the first lines, or none at all, it holds its opening alone."""
    atoms = [Atom(3 * LINE, marks=(Mark("题", 1),)), Atom(LINE, before=NEVER), Atom(LINE, before=NEVER), *lines(30)]
    for room in (4.0, 1.0, 0.0, -2.0):

        def short(page: int, kind: str, room: float = room) -> Column:
            top = (PAGE - room) * LINE if page == 0 else 0.0
            return column(page, kind).replace(top=top)

        first, second = [filled for filled, _ in fill(atoms, short)]
        assert first.placed == ()
        assert len(second.placed) == len(atoms)
    assert (
        len(fill(atoms, lambda page, kind: column(page, kind).replace(top=(PAGE - 5) * LINE if page == 0 else 0.0))[0][0].placed)
        == 3
    )


def mixture(dice: Random) -> tuple[list[Atom], dict[float, str]]:
    """Paragraphs, lists, exhibits, headings and views as they come, each atom with a weight of its own, and what each is."""
    atoms: list[Atom] = []
    kinds: dict[float, str] = {}

    def tag(kind: str) -> float:
        weight = 1 + 1e-6 * (len(kinds) + 1)
        kinds[weight] = kind
        return weight

    for _ in range(dice.randint(3, 40)):
        what = dice.random()
        if what < 0.5:
            cost = dice.choice([FREE, FREE, 4.0, 25.0, NEVER])
            for at, atom in enumerate(lines(dice.randint(1, 9))):
                feet = (Foot(12.0, ()),) if dice.random() < 0.05 else ()
                atoms.append(atom.replace(weight=tag("text"), between=25.0 if at else cost, snap=not at, feet=feet))
        elif what < 0.75:
            height, weight = dice.uniform(20.0, 320.0), tag("exhibit")
            picture = Atom(height, weight=weight)
            if dice.random() < 0.5:

                def smaller(less: float, height: float = height, weight: float = weight) -> Atom:
                    return Atom(height - less, weight=weight)

                picture = picture.replace(gives=height / 8, smaller=smaller)
            space = Atom(LINE, glue=True)
            if atoms and atoms[-1].marks:
                atoms += [space.replace(before=NEVER), picture.replace(before=NEVER), space]
            else:
                atoms += [space.replace(floats=3), picture, space]
        elif what < 0.9:
            marks = (Mark("题", dice.choice([1, 2])),)
            atoms += [Atom(LINE, glue=True), Atom(2 * LINE, marks=marks, weight=tag("heading"))]
            if dice.random() < 0.7:
                atoms += [Atom(LINE, before=NEVER, weight=tag("text"), snap=True), Atom(LINE, before=NEVER, weight=tag("text"))]
        else:
            space = Atom(LINE, glue=True, before=100.0, between=FREE)
            atoms += [space, Atom(4.3 * LINE, before=100.0, weight=tag("text")), Atom(LINE, glue=True)]
    return atoms, kinds


@pytest.mark.parametrize("seed", range(40))
def test_whatever_moves_nothing_is_lost(seed: int) -> None:
    """Each atom stands on one page; text and exhibits keep their order, pass no heading, cover nothing and stay on the page."""
    dice = Random(seed)
    for _ in range(20):
        atoms, kinds = mixture(dice)
        spare, opening = dice.choice([0.0, LINE]), dice.choice([0, 10, 30, 38, 40]) * LINE

        def page(number: int, kind: str, spare: float = spare, opening: float = opening) -> Column:
            return column(number, kind).replace(spare=spare, top=0.0 if number else opening)

        pages = [filled for filled, _ in fill(atoms, page)]
        placed = [one.atom.weight for filled in pages for one in filled.placed if not one.atom.glue]
        assert sorted(placed) == sorted(atom.weight for atom in atoms if not atom.glue)
        for kind in ("text", "exhibit"):
            order = [weight for weight in placed if kinds[weight] in (kind, "heading")]
            assert order == sorted(order)
        for filled in pages:
            end = 0.0
            for one in filled.placed:
                assert one.y > end - 0.01
                end = one.y + one.atom.height
            if sum(not one.atom.glue for one in filled.placed) > 1:
                assert filled.end < filled.foot_y + 0.02
