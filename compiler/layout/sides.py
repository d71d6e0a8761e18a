"""Side notes: glosses and remarks in the side column, level with the lines they serve.

In: a paragraph's notes; later a filled page.  Out: notes on the atoms of the lines; then items with their places.  Always: a
note starts level with its line unless something stands there, then as near below it as there is room, or above; it never
covers anything and never leaves the text's height (LOOKS rule 15).  A page without a side column has them under the paragraph.
"""

from __future__ import annotations

from ..text.setting import Run
from .flow import NEVER, Atom, Side, spread
from .frames import Element, ImageItem, PathItem, RectItem, TextItem
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


def set_sides(
    galley: Galley, notes: Sequence[SideNote], lines: Sequence[str], start: int, parent: Element, body: TextStyle
) -> None:
    """Put a paragraph's notes on the atoms of its lines, which are the galley's last ones, from `start` on."""
    geometry = galley.brand.geometry
    style = galley.brand.exhibit.credit
    below = not geometry.side_width
    for note in notes:
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


def beside(setter: Typesetter, filled: Filled, items: Sequence[Item]) -> list[Item]:
    """The items of a page's side notes, each where there is room for it."""
    geometry = setter.brand.geometry
    top = min([placed.y for placed in filled.placed])
    bottom = geometry.grid_top + geometry.grid_lines * geometry.grid_pitch
    taken = _occupied(items, geometry.side_x, geometry.side_x + geometry.side_width)
    out: list[Item] = []
    floor = top
    for placed in filled.placed:
        for side in placed.atom.sides:
            y = _free(placed.y + side.y, side.height, taken, floor, bottom)
            if y is None:  # not below the note before it: anywhere
                y = _free(placed.y + side.y, side.height, taken, top, bottom)
            if y is None:
                y = placed.y + side.y
                setter.report.warning(
                    "side-room",
                    "there is no room for this side note",
                    side.span,
                    help="shorten it, or move it to another paragraph",
                )
            taken.append((y, y + side.height))
            floor = max(floor, y + side.height)
            out += spread(side.items, y)
    return out


def _occupied(items: Sequence[Item], left: float, right: float) -> list[tuple[float, float]]:
    """What stands in the side column already, from top to foot."""
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


def _free(wanted: float, height: float, taken: Sequence[tuple[float, float]], top: float, bottom: float) -> float | None:
    """The free place nearest to the one wanted, of those level with it or below first; None when there is none."""
    edges = [wanted, *[end + APART for _, end in taken], *[start - APART - height for start, _ in taken], bottom - height]
    places = [
        y
        for y in edges
        if top - 0.01 <= y <= bottom - height + 0.01
        and not any([y < end + APART - 0.01 and y + height > start - APART + 0.01 for start, end in taken])
    ]
    return min(places, key=lambda y: (abs(y - wanted) * (1 if y >= wanted else 1.5), y), default=None)
