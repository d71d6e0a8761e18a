"""What may move so that text fills a page: exhibits that go on to the next page, pictures a little smaller, white between blocks.

In: a page as broken, with more white than others, and the atoms around.  Out: the atoms in another order or size; or the same
page with some of its white between its blocks.  Always: text keeps its order and so do exhibits; none passes a heading or
stands before what it stood behind, its mention; what moves stays on the baseline grid.
"""

from __future__ import annotations

from .flow import FREE, NEVER, Atom, Column, Filled, Placed, Walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .flow import Break

_WORTH_FLOATING = 9.0  # three lines of white
_WORTH_PARTING = 36.0  # six, for which a heading's text comes before its exhibit
_HIGH = 0.5  # of a page: exhibits higher than that part no list
_PINNED = -1e4  # of the page break before such an exhibit, which may stand nowhere else
_FEW = 10.0  # lines behind an exhibit; with fewer, a last page is nearly empty
_HOLE = 3.0  # lines of white at a page's foot, from which on they are shared out between its blocks
_SECTION, _HEADING, _BLOCK = 1, 2, 3
_PARTED = 0.75  # of a line: what stands so far from what is above it may stand a line further down


def moved(atoms: list[Atom], walk: Walk, found: Break) -> list[Atom] | None:
    """The atoms with a smaller picture on the page or an exhibit behind text that fills it; None when nothing is gained."""
    if found.following >= len(atoms) or found.cost <= _WORTH_FLOATING:
        return None
    return _shrunk(atoms, walk, found) or _floated(atoms, walk, found)


def _shrunk(atoms: list[Atom], walk: Walk, found: Break) -> list[Atom] | None:
    """The atoms with the picture that ended the page so much smaller that it stands on it, if it can give so much."""
    at = found.following
    while at < len(atoms) - 1 and not atoms[at].gives and (atoms[at].glue or atoms[at + 1].before == NEVER):
        at += 1
    atom = atoms[at]
    room = walk.column.bottom - found.feet_height - found.end
    if not atom.smaller or not atom.gives or atom.height - atom.gives > room:
        return None
    rest = sum([one.height for one in atoms[at + 1 :] if not one.glue], 0.0)
    if 0.0 < rest < _FEW * walk.column.pitch:
        return None
    column = walk.column.replace(bottom=walk.column.bottom + atom.gives, spare=0.0)
    trial = Walk(atoms[: at + 1], walk.start, column, walk.kind)
    last = trial.run()[-1]
    over = last.end + last.feet_height - walk.column.bottom
    if last.following <= at or over <= 0.0:
        return None
    less = atom.smaller(over)
    if less is None:
        return None
    return [*atoms[:at], less.replace(before=atom.before, marks=atom.marks, waits=atom.waits), *atoms[at + 1 :]]


def _floated(atoms: list[Atom], walk: Walk, found: Break) -> list[Atom] | None:
    """The atoms with the exhibits that ended the page set back behind text that fills it; None when there is nothing to gain.

    They pass no turned table.  One right under a heading follows the text under it only for more white than others.  On the next
    page's top one may part a list, and even a paragraph.
    """
    at, worth = found.following, _WORTH_FLOATING
    if found.cost <= worth or at >= len(atoms):
        return None
    if not atoms[at].floats and at > walk.start and atoms[at - 1].floats:  # the break is behind the white above it
        at -= 1
    headed = _under_heading(atoms, at)
    if headed > at:
        atoms = [*atoms[:at], *[atom.over_text or atom for atom in atoms[at:headed]], *atoms[headed:]]
        at, worth = headed, _WORTH_PARTING
    count = atoms[at].floats
    if not count or (headed == found.following and _is_bound(atoms[at : at + count])):
        return None
    text = _text_after(atoms, at)
    behind = [atoms[place] for place in text]
    if headed > found.following and behind:
        behind[0] = behind[0].replace(before=NEVER)
    trial = Walk([*atoms[:at], *behind], walk.start, walk.column, walk.kind)
    trial.run()
    ends = [(trial.white(one) + _parting(atoms, at, text, one, walk.column), one) for one in trial.breaks if one.following > at]
    white, best = min(reversed(ends), key=_first, default=(NEVER, found))  # the exhibit is next, and did not fit
    if white > found.forced - worth:
        return None
    drawn_up = text[: best.following - at]
    last = drawn_up[-1] + 1
    left = _unbound([atoms[place] for place in range(at, last) if place not in drawn_up] or [atoms[at]], count)
    rest = atoms[last:]
    if _parting(atoms, at, text, best, walk.column):
        left[0] = left[0].replace(before=_PINNED)
        next_line = text[best.following - at] - last
        rest[next_line] = rest[next_line].replace(snap=True)
    return [*atoms[:at], *behind[: len(drawn_up)], *left, *rest]


def _parting(atoms: Sequence[Atom], at: int, text: Sequence[int], end: Break, column: Column) -> float:
    """What it costs to go on, behind the exhibits from `at` on, with what follows the page's end.

    Of a list or a paragraph, only exhibits up to half a page high may come between."""
    if end.following - at >= len(text):
        return FREE
    stop = text[end.following - at]
    cost = atoms[stop].between
    if cost:
        between = sum([atoms[place].height for place in range(at, stop) if place not in text])
        cost = cost if between <= _HIGH * (column.bottom - column.top) else NEVER
    return cost


def _first(end: tuple[float, Break]) -> float:
    return end[0]


def _under_heading(atoms: Sequence[Atom], at: int) -> int:
    """Where the exhibit stands that comes right under the heading at `at`; `at` itself where there is none."""
    place = at
    while place < len(atoms) and (atoms[place].marks or atoms[place].glue) and not atoms[place].floats:
        place += 1
    return place if place < len(atoms) and atoms[place].floats else at


def _is_bound(exhibit: Sequence[Atom]) -> bool:
    """Whether a page may not break in front of the exhibit: it stands under a heading or after a colon."""
    return any([atom.before == NEVER for atom in exhibit if not atom.glue][:1])


def _unbound(exhibits: Sequence[Atom], count: int) -> list[Atom]:
    """The same where the first exhibit, of `count` atoms, may open a page."""
    out = list(exhibits)
    for place in range(min(count, len(out))):
        out[place] = out[place].replace(before=FREE)
        if not out[place].glue:
            break
    return out


def _text_after(atoms: Sequence[Atom], at: int) -> list[int]:
    """Where the text behind the exhibit `at` stands, up to the next heading or turned table, without exhibits."""
    found = []
    while at < len(atoms) and not atoms[at].marks and not atoms[at].turned:
        if not atoms[at].floats:
            found.append(at)
        at += max(atoms[at].floats, 1)
    return found


def stretched(filled: Filled, column: Column) -> Filled:
    """The page with a hole at its foot shared out: a line more over sections, over headings, over and under other blocks.

    All of a kind get one or none, so that like distances stay alike; whole lines, so that the text stays on the grid."""
    white = int((filled.foot_y - filled.end) / column.pitch + 0.001)
    if white < _HOLE:
        return filled
    gaps: dict[int, list[int]] = {_SECTION: [], _HEADING: [], _BLOCK: []}
    end, glue = column.top, False
    for at, placed in enumerate(filled.placed):
        if placed.atom.glue:
            glue = True
            continue
        marks = placed.atom.marks
        parted = bool(marks) or (glue and placed.y - end >= _PARTED * column.pitch)
        if at and parted and placed.atom.before < NEVER:  # what is bound to what stands over it stays there
            gaps[_BLOCK if not marks else _SECTION if marks[0].level == 1 else _HEADING].append(at)
        end, glue = placed.y + placed.atom.height, False
    chosen: list[int] = []
    for places in gaps.values():
        if len(chosen) + len(places) <= white:
            chosen += places
    down, out = 0.0, []
    for at, placed in enumerate(filled.placed):
        down += column.pitch if at in chosen else 0.0
        out.append(Placed(placed.atom, placed.y + down))
    return filled.replace(placed=tuple(out), end=filled.end + down)
