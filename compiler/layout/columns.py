"""Two balanced columns: articles of a disclaimer, entries of a list of references.

In: strips set to a column's width, x from its left.  Out: atoms on the galley.  Always: no strip is divided; the columns are as
even as their order allows; what is too high for a page goes on in two more on the next.
"""

from __future__ import annotations

from .flow import FREE, NEVER, Atom, spread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .frames import Item
    from .galley import Galley

    Strip = tuple[tuple[Item, ...], float]  # items from its top, and its height

HIGHEST = 0.8  # of the page's text: columns that are higher go on on the next page


def in_columns(
    galley: Galley, strips: Sequence[Strip], left: float, step: float, between: float, first: tuple[Item, ...] = ()
) -> None:
    """Set strips in two columns from `left` on, the second `step` further right; `first` are items beside their top."""
    geometry = galley.brand.geometry
    limit = geometry.grid_lines * geometry.grid_pitch * HIGHEST
    start = 0
    while start < len(strips):
        stop = start + 1
        while stop < len(strips) and balanced(strips[start : stop + 1], between)[1] <= limit:
            stop += 1
        part = strips[start:stop]
        left_count, height = balanced(part, between)
        items: list[Item] = list(first)
        first = ()
        y = 0.0
        for index, (strip, tall) in enumerate(part):
            if index == left_count:
                y = 0.0
            x = left if index < left_count else left + step
            items += [_across(item, x) for item in spread(strip, y)]
            y += tall + between
        galley.add(Atom(height, tuple(items), NEVER if start == 0 else FREE, page_kind=galley.kind))
        galley.space(between)
        start = stop


def balanced(strips: Sequence[Strip], between: float) -> tuple[int, float]:
    """How many go left so that the taller column is as short as can be, and its height."""
    whole = sum([tall + between for _, tall in strips])
    best, count, height = float("inf"), len(strips), 0.0
    for left, (_, tall) in enumerate(strips, 1):
        height += tall + between
        taller = max(height, whole - height) - between
        if taller < best - 0.01:
            best, count = taller, left
    return count, best


def _across(item: Item, dx: float) -> Item:
    """The same item `dx` points further right (text, links and anchors only)."""
    return item.replace(x=item.x + dx)  # type: ignore[union-attr]
