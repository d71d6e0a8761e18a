"""Tables turned a quarter: on pages of their own that lie, and what a brand looks like there.

In: a table too wide for an upright page, or one that asks for it.  Out: atoms that hang on the text before them and stand on
the pages right after it, while the text goes on.  Always: a turned page is one whose MediaBox lies, with nothing turned in it,
neither by /Rotate nor in the content stream.  So it is read on a screen without turning one's head, copied and searched line by
line and magnified as any other; annotations and the boxes of tags need no matrix; a printer turns it on its sheet by itself.
A quarter turn in the stream would leave head and foot at the sheet's short side, as in bound books, but stand every line of the
table on end on a screen, and viewers that select text by lines take its columns for them.  Source: house rule, 2026-11-29.
"""

from __future__ import annotations

from ..text.setting import Run
from .frames import Element
from .widths import columns_for, crammed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import Box, Brand, Furniture, Geometry, Label, Mark
    from ..model import Table
    from .galley import Galley

TURNED = "turned"  # the kind of such pages


def set_turned(galley: Galley, table: Table, parent: Element) -> None:
    """A table on lying pages of its own, which come after the page that the text before it ends on.

    Where that is a heading without text, a line says where its table is."""
    from .tables import set_grid

    carrier = _carrier(galley)
    if galley.bound or carrier < 0:
        _point(galley, table, parent)
        carrier = _carrier(galley)
    kept = galley.brand, galley.atoms, galley.kind, galley.pending, galley.forced
    galley.brand, galley.atoms, galley.kind = lying(galley.brand), [], TURNED
    galley.pending, galley.forced = [], True
    geometry = galley.brand.geometry
    edges = geometry.text_x, geometry.text_width
    style = galley.brand.table
    grid = columns_for(galley, table, style, *edges, names=1) or columns_for(galley, table, style, *edges)
    grid = grid or crammed(galley, table, *edges)
    set_grid(galley, table, grid, parent, wide=False)
    made = [atom for atom in galley.atoms if not atom.glue]  # the white round it, which its page has already
    galley.brand, galley.atoms, galley.kind, galley.pending, galley.forced = kept
    galley.turned = True
    atom = galley.atoms[carrier]
    galley.atoms[carrier] = atom.replace(turned=(*atom.turned, *made))


def _carrier(galley: Galley) -> int:
    """The last atom that no page break swallows; -1 for none."""
    at = len(galley.atoms) - 1
    while at >= 0 and galley.atoms[at].glue:
        at -= 1
    return at


def _point(galley: Galley, table: Table, parent: Element) -> None:
    """A line that says where a table is."""
    words = galley.words.table
    name = words.format(number=galley.counts["table"] + 1) if table.caption else words.format(number="").strip()
    element = Element("P", parent)
    style = galley.brand.exhibit.credit
    runs = [Run(galley.words.overleaf.format(name=name), galley.setter.run_style(style), element)]
    lines = galley.setter.lines(runs, style, galley.body.measure, table.span, indent=0.0, align="left")
    galley.set_text(lines, style, galley.body.x, element)


# --- a brand on a lying page -----------------------------------------------------------------------------------------


def lying(brand: Brand) -> Brand:
    """The brand on its sheet laid on its side: the same margins, one column, and head and foot drawn out to its width."""
    upright = brand.geometry
    wide, high = upright.height, upright.width
    right = upright.width - upright.full_x - upright.full_width
    below = upright.height - upright.grid_top - upright.grid_lines * upright.grid_pitch
    x, width = upright.full_x, wide - upright.full_x - right
    lines = int((high - upright.grid_top - below) / upright.grid_pitch)
    geometry = upright.replace(width=wide, height=high, text_x=x, text_width=width, side_x=x, side_width=0.0, grid_lines=lines)
    exhibit = brand.exhibit
    rules = tuple([rule.replace(span="text") for rule in exhibit.rules if rule.span != "side"])
    return brand.replace(
        geometry=geometry,
        exhibit=exhibit.replace(number_place="inline", credit_place="below", rules=rules),
        head=_drawn_out(brand.head, upright, geometry),
        foot=_drawn_out(brand.foot, upright, geometry),
    )


def _drawn_out(furniture: Furniture, old: Geometry, new: Geometry) -> Furniture:
    """Each thing keeps its distance from the edge of the page it is nearer to; what reaches from side to side does so again."""

    edge = new.text_x + new.text_width

    def across(x: float) -> float:
        return x if x < old.width / 2 else x + new.width - old.width

    def down(y: float) -> float:
        return y if y < old.height / 2 else y + new.height - old.height

    def box(one: Box) -> Box:
        left, top = across(one.x), down(one.y)
        return one.replace(x=left, y=top, width=across(one.x + one.width) - left, height=one.height)

    def label(one: Label) -> Label:
        beside = one.align == "left" and old.side_width > 0.0 and one.x == old.side_x
        ends = one.align == "right" and one.x >= old.text_x + old.text_width - 1.0
        if one.x > old.width / 2 and (beside or ends):  # there is no side column it could stand in
            return one.replace(x=edge, y=down(one.y), align="right")
        return one.replace(x=across(one.x), y=down(one.y))

    def mark(one: Mark) -> Mark:
        return one.replace(x=across(one.x), y=down(one.y))

    boxes = tuple([box(one) for one in furniture.boxes])
    return furniture.replace(
        boxes=boxes, labels=tuple([label(one) for one in furniture.labels]), marks=tuple([mark(one) for one in furniture.marks])
    )
