"""Side notes and small exhibits in the side column, level with the lines they serve.

In: a paragraph's notes; later a filled page.  Out: notes on the atoms of the lines; then items with their places.  Always: a
note starts level with its line unless something stands there, then as near below it as there is room, or above, within some
lines of it; it never covers anything and never leaves the text's height (LOOKS rule 15).  On a page without a side column it
comes under the paragraph, and so does what finds no room beside it.
"""

from __future__ import annotations

from ..record import Record
from ..text.setting import Run
from .flow import NEVER, Atom, Side, spread
from .frames import Element, ImageItem, PathItem, RectItem, TextItem
from .galley import place_of
from .typeset import EM_ABOVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import TextStyle
    from ..model import SideNote
    from .flow import Filled
    from .frames import Item
    from .galley import Galley
    from .typeset import Typesetter

APART = 6.0  # points between two things in the side column
LATE = 108.0  # points from its line: a note that far away stands under its paragraph
EXHIBITS = 12.0  # between a small exhibit and anything else
AWAY = 72.0  # points of white between its paragraph's first line and an exhibit: with more it stands in the text
FARTHEST = 288.0  # points from that line in all


def set_sides(
    galley: Galley, notes: Sequence[SideNote], lines: Sequence[str], start: int, parent: Element, body: TextStyle
) -> None:
    """Put a paragraph's notes on the atoms of its lines, which are the galley's last ones, from `start` on."""
    geometry = galley.brand.geometry
    style = galley.brand.exhibit.credit
    for note in notes:
        below = not geometry.side_width or place_of(note.span) in galley.inset
        galley.side_count += 1
        element = Element("Note", parent, id=f"side-{galley.side_count}")
        x, width = (geometry.text_x, geometry.text_width) if below else (geometry.side_x, geometry.side_width)
        items, height = _set(galley, note, element, x, width)
        if below:
            galley.add(Atom(height, tuple(items), NEVER))
            galley.space(APART)
            continue
        index = _line_of(note.term, lines)
        atom = galley.atoms[start + index]
        top = EM_ABOVE * (body.size - style.size)  # one baseline with the line
        galley.atoms[start + index] = atom.replace(sides=(*atom.sides, Side(top, height, tuple(items), note.span)))


def _set(galley: Galley, note: SideNote, element: Element, x: float, width: float) -> tuple[list[Item], float]:
    """A note's items from its own top, and its height: the term in the stress of its style, then the words."""
    setter = galley.setter
    style = galley.brand.exhibit.credit
    runs = setter.runs(note.inlines, style, element)
    if note.term:
        term = setter.run_style(style, strong=True, colour=galley.brand.body.colour)
        runs = [Run(f"{note.term}\u3000", term), *runs]
    items: list[Item] = []
    y = EM_ABOVE * style.size
    lines = setter.lines(runs, style, width, note.span, align="ragged", indent=0.0)
    element.frame = (x, x + width, "left")
    for line in lines:
        items += setter.items(line, x, y, element)
        y += style.lead
    return items, len(lines) * style.lead


def _line_of(term: str, lines: Sequence[str]) -> int:
    """The line on which the first word of the term's first mention stands."""
    text, ends = "", []
    for line in lines:
        text += line.replace("\n", "").replace(" ", "")
        ends.append(len(text))
    at = max(text.find(term.replace(" ", "")), 0)
    return next((index for index, end in enumerate(ends) if at < end), 0)


def beside(setter: Typesetter, filled: Filled, items: Sequence[Item]) -> tuple[list[Item], list[Side]]:
    """The items of a page's side notes and small exhibits, each where there is room for it, and those without room.

    Notes come first, for they belong to one line; exhibits take what is left in their section, level with their paragraph or
    nearly so, in their order."""
    geometry = setter.brand.geometry
    taken = occupied(items, geometry.side_x, geometry.side_x + geometry.side_width)
    out: list[Item] = []
    crowded: list[Side] = []
    top = min([placed.y for placed in filled.placed])
    bottom = geometry.grid_top + geometry.grid_lines * geometry.grid_pitch
    seats = _seats(filled, top, bottom)
    for loose in (False, True):
        floor = top
        for seat in [one for one in seats if one.side.loose == loose]:
            side, level = seat.side, seat.level
            if loose:
                y = _free(level, side.height, taken, max(floor, seat.top), seat.bottom, EXHIBITS)
                y = y if y is not None and _near(level, y, side.height, taken) else None
            else:
                y = _free(level, side.height, taken, max(floor, level - LATE), min(bottom, level + LATE + side.height))
                if y is None:  # not below the note before it: above it
                    y = _free(level, side.height, taken, max(top, level - LATE), min(bottom, level + LATE + side.height))
            if y is None:
                crowded.append(side)
                continue
            taken.append((y, y + side.height))
            floor = max(floor, y + side.height)
            out += spread(side.items, y)
    return out, crowded


def _near(level: float, y: float, height: float, taken: Sequence[tuple[float, float]]) -> bool:
    """Whether an exhibit at `y` still belongs to its line: beside it, or under what stands there."""
    filled = sum([max(min(end, y) - max(start, level), 0.0) for start, end in taken])
    return level - height <= y <= level + min(AWAY + filled, FARTHEST)


class _Seat(Record):
    """Where something would like to stand, and the ends of its section on the page; notes have the whole page."""

    side: Side
    level: float
    top: float
    bottom: float


def _seats(filled: Filled, start: float, bottom: float) -> list[_Seat]:
    """What a page's side column is asked to hold, from top to foot."""
    found = []
    opened = [placed.y for placed in filled.placed if any([mark.level == 1 for mark in placed.atom.marks])]
    for placed in filled.placed:
        top = max([y for y in opened if y <= placed.y], default=start)
        end = min([y for y in opened if y > placed.y], default=bottom)
        for side in placed.atom.sides:
            edges = (top, end) if side.loose else (start, bottom)
            found.append(_Seat(side, placed.y + side.y, *edges))
    return found


def occupied(items: Sequence[Item], left: float, right: float) -> list[tuple[float, float]]:
    """From where to where down the page the items stand that reach between two x: what is taken there, in their order."""
    found = []
    for item in items:
        if isinstance(item, TextItem) and item.segments:
            ends = item.x + item.segments[-1].x + item.segments[-1].width
            size = item.segments[0].style.size
            extent = (item.x + item.segments[0].x, ends, item.y - EM_ABOVE * size, item.y + (1 - EM_ABOVE) * size)
        elif isinstance(item, RectItem | ImageItem):
            extent = (item.x, item.x + item.width, item.y, item.y + item.height)
        elif isinstance(item, PathItem) and item.steps:
            points = [step[at : at + 2] for step in item.steps for at in range(1, len(step), 2)]
            xs, ys = [float(x) for x, _ in points], [float(y) for _, y in points]
            extent = (min(xs), max(xs), min(ys), max(ys))
        else:
            continue
        if extent[0] < right and extent[1] > left:
            found.append(extent[2:])
    return found


def _free(
    wanted: float, height: float, taken: Sequence[tuple[float, float]], top: float, bottom: float, apart: float = APART
) -> float | None:
    """The free place nearest to the one wanted, of those level with it or below first; None when there is none."""
    edges = [wanted, *[end + apart for _, end in taken], *[start - apart - height for start, _ in taken], bottom - height]
    places = [
        y
        for y in edges
        if top - 0.01 <= y <= bottom - height + 0.01
        and not any([y < end + apart - 0.01 and y + height > start - apart + 0.01 for start, end in taken])
    ]
    return min(places, key=lambda y: (abs(y - wanted) * (1 if y >= wanted else 1.5), y), default=None)
