"""Vertical material before it has a page: atoms, and how they fall on pages.

In: a sequence of atoms, each a strip that never splits.  Out: for each page the atoms on it and their y.  Always: nothing is
lost or doubled except what an atom says is repeated; an atom higher than a page stands alone on one.  Rules: TYPOGRAPHY
clauses G1 (headings), G2 (widows and orphans); a break is chosen by its cost, not first fit.
"""

from __future__ import annotations

from ..record import Record
from .frames import Anchor, ImageItem, LinkItem, PageNumber, PathItem, RectItem, TextItem, TurnedItem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..diagnostics import Span
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


class Side(Record):
    """What stands in the side column beside a strip: `y` from the strip's top where it would like to stand.

    A `loose` one, an exhibit, makes room for those that belong to one line."""

    y: float
    height: float
    items: tuple[Item, ...]
    span: Span
    loose: bool = False


class Atom(Record):
    """A strip of the page that never splits.

    `items` have final x and y counted from the strip's top.  `before` is the cost of a page break in front of it (NEVER,
    MUST or points²).  A `glue` atom vanishes at a page's top.  `snap` first moves on to the baseline grid.  `at_top` replaces
    the atom where it opens a page.  If a page breaks in front of it, `repeated` comes first on the new page, and `closing`
    is drawn where the old one ends.  `weight` is how much white before it counts: between the rows of a table it looks like
    an error.  `floats` atoms from here on are an exhibit that may go on to the next page's top while text after it fills this
    one; `between` is the cost of having it in front of this atom (FREE anywhere, else on a page's top), `over_text` replaces a
    heading that its exhibit left so.
    `page_kind` "" is the body; a change of kind goes with MUST.  What is `turned` stands on pages of its own behind the page of
    this atom, and an exhibit that `waits` behind these.  A picture `gives` so many points of its height: `smaller` draws it so.
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
    weight: float = 1.0
    floats: int = 0
    between: float = NEVER
    sides: tuple[Side, ...] = ()
    turned: tuple[Atom, ...] = ()
    waits: bool = False
    over_text: Atom | None = None
    gives: float = 0.0
    smaller: Callable[[float], Atom | None] | None = None


class Column(Record):
    """Where text may stand on a page: from `top` to `bottom`, lines on the grid `origin` + n × `pitch`; `under` a title.

    `spare`: how far a page may run on below `bottom` at a cost."""

    top: float
    bottom: float
    origin: float
    pitch: float
    foot_clearance: float
    under: bool = False
    spare: float = 0.0


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
        steps = tuple(
            [_shifted_step(step, dy) if len(step) != 3 else (step[0], step[1], step[2] + dy) for step in item.steps]  # type: ignore[union-attr, operator]
        )
        return item.replace(steps=steps)
    if kind in (ImageItem, TurnedItem, LinkItem, Anchor, PageNumber):
        return item.replace(y=item.y + dy)  # type: ignore[union-attr]
    raise TypeError(f"not an item: {item!r}")


def _shifted_step(step: tuple[str | float, ...], dy: float) -> tuple[str | float, ...]:
    return (step[0], *[value + dy if index % 2 else value for index, value in enumerate(step[1:])])  # type: ignore[operator]


def spread(items: Iterable[Item], dy: float) -> tuple[Item, ...]:
    """All of `items`, `dy` points further down."""
    return tuple([shifted(item, dy) for item in items])


class Break(Record):
    """A page break met on the way: the next page's first atom, its cost, the same where nothing more would have fitted, and
    what the page then holds."""

    following: int
    cost: float
    forced: float
    placed: int
    feet: int
    feet_height: float
    end: float


class Walk:
    """Atoms laid one under another from `start` until no more fit, and the breaks met on the way."""

    __slots__ = ("atoms", "breaks", "column", "feet", "kind", "placed", "start")

    def __init__(self, atoms: Sequence[Atom], start: int, column: Column, kind: str) -> None:
        self.atoms = atoms
        self.start = start
        self.column = column
        self.kind = kind
        self.placed: list[tuple[Atom, float]] = []
        self.feet: list[Foot] = []
        self.breaks: list[Break] = []

    def run(self) -> list[Break]:
        """Lay until the page is full; returns the breaks, of which at least one is taken.

        Breaks chosen together walk a page again and again: plain names and no calls take half the time.
        """
        atoms, index, column, placed = self.atoms, self.start, self.column, self.placed
        bottom, origin, pitch = column.bottom, column.origin, column.pitch
        height, furthest = max(bottom - column.top, pitch), bottom + column.spare + 0.01
        within = 0  # breaks met while the page was not longer than others
        end, feet_height = column.top, 0.0
        early: tuple[int, float, float, int, int, float, float] = (-1, NEVER, NEVER, 0, 0, 0.0, 0.0)
        for atom in atoms[index].repeated:
            placed.append((atom, end))
            end += atom.height
        first = True
        while index < len(atoms):
            atom = atoms[index]
            if first:
                if atom.glue:
                    index += 1
                    continue
                if atom.at_top is not None and not column.under:
                    atom = atom.at_top
            elif atom.before < NEVER:
                share = max(bottom - feet_height - end, 0.0) / height * LINES  # white, by its square
                cost = share * share * atom.weight + atom.before
                if end + feet_height > bottom + 0.01:
                    cost += _LONG
                if cost < _EARLY:
                    wanted = cost + _VOLUNTARY * (cost - atom.before)  # more would fit, unless it is the last one
                    self.breaks.append(Break(index, wanted, cost, len(placed), len(self.feet), feet_height, end))
                    within = len(self.breaks) if end + feet_height <= bottom + 0.01 else within
                elif cost <= early[1]:
                    early = (index, cost, cost, len(placed), len(self.feet), feet_height, end)
            top = end
            if atom.snap:  # to the first grid line at or below, within a hundredth of a point
                top = origin + pitch * -(-((end - origin) / pitch - 0.001) // 1)
            more = self._feet_height(atom) if atom.feet else 0.0
            if not first and top + atom.height + feet_height + more > furthest:
                break
            placed.append((atom, top))
            end = top + atom.height
            if more:
                self.feet += atom.feet
                feet_height += more
            first = False
            index += 1
        else:
            lines = LINES * (end + feet_height - column.top) / height
            cost = _FORLORN_WEIGHT * max(0.0, _FORLORN - lines) ** 2  # how much white it has otherwise does not matter
            long = not first and end + feet_height > bottom + 0.01
            cost += _LONG if long else 0.0
            self.breaks = self.breaks if long else []
            self.breaks.append(Break(len(atoms), cost, cost, len(placed), len(self.feet), feet_height, end))
            if not long:
                return self.breaks
        if self.breaks:
            self.breaks[-1] = self.breaks[-1].replace(cost=self.breaks[-1].forced)
        if within:
            self.breaks[within - 1] = self.breaks[within - 1].replace(cost=self.breaks[within - 1].forced)
        if not self.breaks and early[0] >= 0:
            self.breaks.append(Break(*early))
        if not self.breaks:  # nothing on this page may end it: break where it is full
            self.breaks.append(Break(index, _UNWANTED, _UNWANTED, len(placed), len(self.feet), feet_height, end))
        return self.breaks

    def _feet_height(self, atom: Atom) -> float:
        """What the atom's footnotes take, the first ones on a page with the clearance above them."""
        return sum([foot.height for foot in atom.feet]) + (0.0 if self.feet else self.column.foot_clearance)

    def white(self, taken: Break) -> float:
        """What the white of the page costs when it ends there, whatever follows; or what running on does."""
        bottom, top = self.column.bottom, self.column.top
        left = bottom - taken.feet_height - taken.end
        return _LONG if left < -0.01 else float((left / max(bottom - top, self.column.pitch) * LINES) ** 2)

    def best(self) -> Break:
        """The cheapest break, of equal ones the last."""
        return min(reversed(self.breaks), key=_cost_of)

    def filled(self, taken: Break) -> Filled:
        """The page when it ends there, without the glue at its foot."""
        placed = self.placed[: taken.placed]
        end = taken.end
        while placed and placed[-1][0].glue:
            end = placed.pop()[1]
        bottom, long = self.column.bottom, taken.end + taken.feet_height > self.column.bottom + 0.01
        foot_y = bottom + (self.column.spare if long else 0.0) - taken.feet_height
        return Filled(tuple([Placed(atom, y) for atom, y in placed]), tuple(self.feet[: taken.feet]), foot_y, end, self.kind)


def _cost_of(taken: Break) -> float:
    return taken.cost


_EARLY = 400.0  # breaks that cost more, half a page of white, are kept only for want of others
_VOLUNTARY = 3.0  # white counts so much more where the page could have held another line
_UNWANTED = 1e6  # a break where none is allowed
_LONG = 60.0  # a page that runs on into its spare lines: as much as seven and more of white
LINES = 40.0  # of a page: white is counted in fortieths
_FORLORN = 10.0  # fortieths of a page: a last page with less is nearly empty
_FORLORN_WEIGHT = 4.0  # of such a page against white at the foot of the pages before it
_HOLE = 9.0  # three lines of white: something else may fill them
_FAULT = 40.0  # a page that costs more is worth a search: some six lines of white
_WINDOW = 8  # pages before a stop that are searched; a longer search would show in the time of a compile
_KEPT = 10  # openings of one page that are followed


def fill(atoms: Sequence[Atom], columns: Callable[[int, str], Column], before: int = 0) -> list[tuple[Filled, tuple[Item, ...]]]:
    """Distribute atoms over pages, `before` of which are there already.

    `columns(page index, kind)` gives each page's column.  Out: for each page its material and what closes it (a table's
    rule), already in page coordinates.
    """
    pages: list[tuple[Filled, tuple[Item, ...]]] = []
    start = 0
    while start < len(atoms):
        stop = start + 1
        while stop < len(atoms) and atoms[stop].before != MUST:
            stop += 1
        end = stop
        while end > start and atoms[end - 1].glue:  # it would vanish on a page of its own
            end -= 1
        if end == start:
            start = stop
            continue
        made = _chapter(list(atoms[start:end]), before + len(pages), columns)
        early = _early([page[0] for page in made])
        at = next((at for at in range(start + 1, end) if atoms[at] is early), 0)
        if at:
            atoms = [*atoms[:at], atoms[at].replace(before=MUST), *atoms[at + 1 :]]
            continue
        for page in made:
            pages.append(page)
            behind = [one for placed in page[0].placed for one in placed.atom.turned]
            if behind:
                pages += fill(behind, columns, before + len(pages))
        start = stop
    return pages


def _early(pages: Sequence[Filled]) -> Atom | None:
    """What starts an exhibit, with the heading it is bound to, on the page whose turned table has to come before it."""
    for page in pages:
        atoms = [placed.atom for placed in page.placed]
        carrier = next((at for at, atom in enumerate(atoms) if atom.turned), len(atoms))
        at = next((at for at in range(carrier + 1, len(atoms)) if atoms[at].waits), carrier)
        while at > carrier and atoms[at].before == NEVER:
            at -= 1
        if at > carrier:
            return atoms[at]
    return None


def _chapter(atoms: list[Atom], page: int, columns: Callable[[int, str], Column]) -> list[tuple[Filled, tuple[Item, ...]]]:
    """The pages of what stands between two forced breaks, each with what closes it.

    Each page ends at its cheapest break, with a picture made a little smaller or text drawn up before an exhibit that does not
    fit; if a page then has much white, or the last one is nearly empty, the last pages up to it are broken anew so that their
    costs together are least, on no more pages.  A hole that is left is shared out between the blocks above it.
    """
    kind = atoms[0].page_kind
    taken: list[tuple[Walk, Break]] = []
    index = 0
    while index < len(atoms):
        column = columns(page + len(taken), kind)
        walk, found = _page(atoms, index, column, kind)
        if not (page or taken or kind) and _starts_better(walk, found, columns(1, kind)):
            taken.append((walk, Break(index, FREE, FREE, 0, 0, 0.0, column.top)))
            continue
        if _HOLE < found.cost < _UNWANTED:
            from .moving import moved

            changed = moved(atoms, walk, found)
            if changed is not None:
                atoms = changed
                walk, found = _page(atoms, index, column, kind)
        taken.append((walk, found))
        index = found.following
        if _FAULT < found.cost < _UNWANTED and len(taken) > 1:
            first = max(0, len(taken) - _WINDOW)
            taken[first:] = _together(atoms, taken[first:], index, columns, page + first) or taken[first:]
    pages: list[tuple[Filled, tuple[Item, ...]]] = []
    for walk, found in taken:
        filled = walk.filled(found)
        if not kind and found.following < len(atoms) and filled.foot_y - filled.end > 2 * walk.column.pitch:
            from .moving import stretched

            filled = stretched(filled, walk.column)
        following = walk.atoms[found.following : found.following + 1]
        closing = spread(following[0].closing, filled.end) if following and following[0].closing else ()
        if filled.placed or not (page or pages):  # a first page may hold its opening alone
            pages.append((filled, closing))
    return pages


def _starts_better(walk: Walk, found: Break, after: Column) -> bool:
    """Whether the text had better start on the second page: under a long opening there is no room for its first lines."""
    column = walk.column
    full = found.cost >= _UNWANTED or found.end + found.feet_height > column.bottom + column.spare + 0.01
    return full and after.bottom - after.top > column.bottom - column.top + 0.01


def _page(atoms: Sequence[Atom], start: int, column: Column, kind: str) -> tuple[Walk, Break]:
    walk = Walk(atoms, start, column, kind)
    walk.run()
    return walk, walk.best()


def _together(
    atoms: Sequence[Atom], taken: Sequence[tuple[Walk, Break]], target: int, columns: Callable[[int, str], Column], page: int
) -> list[tuple[Walk, Break]]:
    """The same pages, up to the atom `target` that follows them, broken where all costs together are least.

    Shape: by page, the openings reached so far, each with the cost of the way there and the way itself.
    """
    head = taken[0][0]
    openings: dict[int, tuple[float, list[tuple[Walk, Break]]]] = {head.start: (0.0, [])}
    bound = sum([found.cost for _, found in taken])
    best: list[tuple[Walk, Break]] = []
    for number in range(len(taken)):
        reached: dict[int, tuple[float, list[tuple[Walk, Break]]]] = {}
        for start, (cost, way) in sorted(openings.items(), key=_cheapest)[:_KEPT]:
            walk = Walk(atoms, start, columns(page + number, head.kind), head.kind)
            for found in walk.run():
                total = cost + found.cost
                if total >= bound or found.following > target:
                    continue
                if found.following == target:
                    bound, best = total, [*way, (walk, found)]
                elif found.following not in reached or total < reached[found.following][0]:
                    reached[found.following] = total, [*way, (walk, found)]
        openings = reached
    return best


def _cheapest(opening: tuple[int, tuple[float, object]]) -> float:
    return opening[1][0]
