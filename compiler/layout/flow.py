"""Vertical material before it has a page: atoms, and how they fall on pages.

In: a sequence of atoms, each a strip that never splits.  Out: for each page the atoms on it and their y.  Always: nothing is
lost or doubled except what an atom says is repeated; an atom higher than a page stands alone on one.  Rules: TYPOGRAPHY
clauses G1 (headings), G2 (widows and orphans); a break is chosen by its cost, not first fit.
"""

from __future__ import annotations

from ..record import Record
from .frames import Anchor, ImageItem, LinkItem, PathItem, RectItem, TextItem, TurnedItem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .frames import Item

NEVER = float("inf")  # a break here is out of the question
MUST = float("-inf")  # a break here is asked for
FREE = 0.0


class Mark(Record):
    """A bookmark at the top of its atom."""

    title: str
    level: int


class Foot(Record):
    """A footnote's material, to stand at the foot of the page its mark falls on."""

    height: float
    items: tuple[Item, ...]


class Atom(Record):
    """A strip of the page that never splits.

    `items` have final x and y counted from the strip's top.  `before` is the cost of a page break in front of it (NEVER,
    MUST or points²).  A `glue` atom vanishes at a page's top.  `snap` first moves on to the baseline grid.  `at_top` replaces
    the atom where it opens a page.  If a page breaks in front of it, `repeated` comes first on the new page, and `closing`
    is drawn where the old one ends.  `page_kind` "" is the body; a change of kind goes with MUST.
    """

    height: float
    items: tuple[Item, ...] = ()
    before: float = FREE
    glue: bool = False
    snap: bool = False
    at_top: Atom | None = None
    repeated: tuple[Atom, ...] = ()
    closing: tuple[Item, ...] = ()
    feet: tuple[Foot, ...] = ()
    marks: tuple[Mark, ...] = ()
    page_kind: str = ""


class Column(Record):
    """Where text may stand on a page: from `top` to `bottom`, lines on the grid `origin` + n × `pitch`."""

    top: float
    bottom: float
    origin: float
    pitch: float
    foot_clearance: float


class Placed(Record):
    """An atom and the y of its top on the page."""

    atom: Atom
    y: float


class Filled(Record):
    """One page's material; `foot_y` is where its footnotes begin (the rule), `end` where its text ends."""

    placed: tuple[Placed, ...]
    feet: tuple[Foot, ...]
    foot_y: float
    end: float
    kind: str


def shifted(item: Item, dy: float) -> Item:
    """The same item `dy` points further down."""
    kind = type(item)
    if kind is TextItem:
        return TextItem(item.x, item.y + dy, item.segments, item.owner)  # type: ignore[union-attr]
    if kind is RectItem:
        return RectItem(item.x, item.y + dy, item.width, item.height, item.colour, item.owner)  # type: ignore[union-attr]
    if kind is PathItem:
        steps = tuple([_shifted_step(step, dy) for step in item.steps])  # type: ignore[union-attr]
        return item.replace(steps=steps)
    if kind in (ImageItem, TurnedItem, LinkItem, Anchor):
        return item.replace(y=item.y + dy)  # type: ignore[union-attr]
    raise TypeError(f"not an item: {item!r}")


def _shifted_step(step: tuple[str | float, ...], dy: float) -> tuple[str | float, ...]:
    return (step[0], *[value + dy if index % 2 else value for index, value in enumerate(step[1:])])  # type: ignore[operator]


def spread(items: Iterable[Item], dy: float) -> tuple[Item, ...]:
    """All of `items`, `dy` points further down."""
    return tuple([shifted(item, dy) for item in items])


def _snapped(y: float, column: Column) -> float:
    """The first grid line at or below y (within a hundredth of a point)."""
    lines = (y - column.origin) / column.pitch
    return column.origin + column.pitch * -(-(lines - 0.001) // 1)


def _cost(room: float, height: float, penalty: float) -> float:
    """Cost of ending a page with `room` points of `height` left: the white counts by its square, in lines of 1/40 page."""
    share = 40.0 * max(room, 0.0) / height
    return share * share + penalty


class _Walk:
    """Atoms laid one under another from `start` until no more fit, and the best break met on the way."""

    __slots__ = ("atoms", "best", "best_cost", "column", "end", "feet", "feet_height", "kind", "placed", "start")

    def __init__(self, atoms: Sequence[Atom], start: int, column: Column, kind: str) -> None:
        self.atoms = atoms
        self.start = start
        self.column = column
        self.kind = kind
        self.placed: list[Placed] = []
        self.feet: list[Foot] = []
        self.feet_height = 0.0
        self.end = column.top
        self.best = -1  # index of the atom the next page starts with
        self.best_cost = NEVER

    def _put(self, atom: Atom) -> None:
        if atom.snap:
            self.end = _snapped(self.end, self.column)
        self.placed.append(Placed(atom, self.end))
        self.end += atom.height
        for foot in atom.feet:
            self.feet_height += foot.height + (0.0 if self.feet else self.column.foot_clearance)
            self.feet.append(foot)

    def _fits(self, atom: Atom) -> bool:
        feet = sum([foot.height for foot in atom.feet])
        if feet and not self.feet:
            feet += self.column.foot_clearance
        top = _snapped(self.end, self.column) if atom.snap else self.end
        return top + atom.height + self.feet_height + feet <= self.column.bottom + 0.01

    def run(self) -> int:
        """Fill the page; returns the index of the next page's first atom (len(atoms) when all is placed)."""
        atoms, total = self.atoms, len(self.atoms)
        index = self.start
        for atom in atoms[index].repeated:
            self._put(atom)
        marks: list[tuple[int, int, float, int, float]] = []
        height = self.column.bottom - self.column.top
        first = True
        while index < total:
            atom = atoms[index]
            if first and atom.glue:
                index += 1
                continue
            if first and atom.at_top is not None:
                atom = atom.at_top
            if not first:
                if atom.before == MUST:
                    self._take(len(self.placed), index)
                    return index
                if atom.before < NEVER:
                    room = self.column.bottom - self.feet_height - self.end
                    cost = _cost(room, height, atom.before)
                    if cost <= self.best_cost:
                        self.best, self.best_cost = index, cost
                        marks = [(len(self.placed), len(self.feet), self.feet_height, index, self.end)]
                if not self._fits(atom):
                    break
            self._put(atom)
            first = False
            index += 1
        else:
            return total
        if marks:
            placed, feet, feet_height, best, end = marks[0]
            del self.placed[placed:], self.feet[feet:]
            self.feet_height, self.end = feet_height, end
            self._take(placed, best)
            return best
        return index  # nothing on this page may end it: break where it is full

    def _take(self, placed: int, following: int) -> None:
        """Drop glue at the page's end."""
        while self.placed and self.placed[-1].atom.glue:
            self.end = self.placed[-1].y
            self.placed.pop()

    def filled(self) -> Filled:
        foot_y = self.column.bottom - self.feet_height
        return Filled(tuple(self.placed), tuple(self.feet), foot_y, self.end, self.kind)


def fill(atoms: Sequence[Atom], columns: Callable[[int, str], Column]) -> list[tuple[Filled, tuple[Item, ...]]]:
    """Distribute atoms over pages.

    `columns(page index, kind)` gives each page's column.  Out: for each page its material and what closes it (a table's
    rule), already in page coordinates.
    """
    pages: list[tuple[Filled, tuple[Item, ...]]] = []
    index, kind = 0, ""
    while index < len(atoms):
        kind = atoms[index].page_kind
        walk = _Walk(atoms, index, columns(len(pages), kind), kind)
        following = walk.run()
        closing: tuple[Item, ...] = ()
        if following < len(atoms) and atoms[following].closing:
            closing = spread(atoms[following].closing, walk.end)
        if walk.placed:
            pages.append((walk.filled(), closing))
        index = following
    return pages


if TYPE_CHECKING:
    from collections.abc import Callable
