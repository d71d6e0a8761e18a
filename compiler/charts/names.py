"""Names of series where they cannot stand at their marks: in rows over the plot, each after a patch of its colour.

In: series, the room over a plot.  Out: words and patches in a sketch.  Always: no name is cut and none leaves the room.
"""

from __future__ import annotations

from .labels import wrapped
from .sketch import middle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .sketch import Sketch

PATCH = 0.62  # em of a patch
PATCH_GAP = 0.35  # em between a patch and its name
BETWEEN = 1.6  # em between two names
LEAD = 1.5  # em from one row to the next
MOST_SHARE = 0.18  # of the width up to which names stand at their marks


def too_long(sketch: Sketch, names: Sequence[str], width: float) -> bool:
    """Whether names are so long that marks would have no room beside them."""
    return any([sketch.width(name, sketch.style.value) > MOST_SHARE * width for name in names])


def names_over(sketch: Sketch, names: Sequence[str], colours: Sequence[str], left: float, right: float) -> float:
    """Print names from the top down between two edges; returns the height they take, white below included."""
    style = sketch.style.axis
    size = style.size
    mark = (PATCH + PATCH_GAP) * size
    x, row = left, 0
    for place, name in enumerate(names):
        lines = wrapped(name, right - left - mark, lambda text: sketch.width(text, style))
        widest = max([sketch.width(line, style) for line in lines])
        if x > left and (x + mark + widest > right or len(lines) > 1):
            x, row = left, row + 1
        base = 0.88 * size + row * LEAD * size
        patch = PATCH * size
        sketch.block(x, base - middle(0.0, style) - patch / 2, patch, patch, colours[place % len(colours)])
        for line in lines:
            sketch.words(x + mark, base, line, style, sketch.style.zero_colour)
            base += LEAD * size
        row += len(lines) - 1
        x = x + mark + widest + BETWEEN * size if len(lines) == 1 else right + 1.0
    return (row + 1) * LEAD * size + 0.5 * size
