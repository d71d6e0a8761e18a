"""What a chart is drawn with: shapes and words in layers.

In: calls of the modules that know a kind of chart.  Out: a `Drawing`.  Always: the grid lies under everything, white under
the words parts them from the grid, marks lie over it, words on top; so no word is crossed and no mark is cut.
"""

from __future__ import annotations

from ..pathdata import circle_steps
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..brand import ChartStyle, TextStyle

    Gauge = Callable[[str, TextStyle, str], float]  # words, their style and colour → width in points
    Steps = tuple[tuple[str | float, ...], ...]

MIDDLE = 0.37  # em from the middle of a figure's height down to its baseline
ASCENT, DESCENT = 0.80, 0.08  # em that the ink of Han and figures takes over and under the baseline
KNOCK_X, KNOCK_Y = 1.5, 0.5  # points of white round words that stand on the grid


class Block(Record):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Outline(Record):
    """A path, filled or stroked; `steps` as in PathItem."""

    steps: Steps
    fill: str
    stroke: str
    weight: float
    round: bool = False
    opacity: float = 1.0
    dash: tuple[float, ...] = ()


class Words(Record):
    """A line of text on a baseline; `align` tells which point of it `x` is."""

    x: float
    y: float
    text: str
    style: TextStyle
    colour: str
    align: str = "left"


if TYPE_CHECKING:
    Shape = Block | Outline | Words


class Drawing(Record):
    """A finished chart: what is `head` points over its origin is its top, what is `height` points under it its foot.

    `truncated`: which axis of values does not start at zero, "left" or "right" of two, "all" of one or two.  `hidden`: names
    that should be there and found no room.
    """

    shapes: tuple[Shape, ...]
    height: float
    truncated: str = ""
    head: float = 0.0
    hidden: int = 0


class Box(Record):
    """What a word takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


class Sketch:
    """Collects shapes in layers."""

    def __init__(self, style: ChartStyle, gauge: Gauge) -> None:
        self.style = style
        self.gauge = gauge
        self.grid: list[Shape] = []
        self.ground: list[Shape] = []
        self.marks: list[Shape] = []
        self.texts: list[Words] = []

    def finish(self, height: float, *, truncated: str = "", head: float = 0.0) -> Drawing:
        """All layers as one drawing; `head` is how far it reaches over its own zero."""
        shapes: tuple[Shape, ...] = (*self.grid, *self.ground, *self.marks, *self.texts)
        return Drawing(shapes, height, truncated, head)

    def width(self, text: str, style: TextStyle, colour: str = "") -> float:
        """The width of a line of words."""
        return self.gauge(text, style, colour or style.colour)

    def lift(self, height: float) -> None:
        """Move all that is drawn so far up, over the zero of what follows."""
        self.marks = [shape.replace(y=shape.y - height) for shape in self.marks if isinstance(shape, Block)]
        self.texts = [words.replace(y=words.y - height) for words in self.texts]

    # --- shapes ------------------------------------------------------------------------------------------------------

    def across(self, y: float, left: float, right: float, *, zero: bool = False) -> None:
        """A horizontal line of the grid, or the line of zero."""
        weight, colour = self._line(zero)
        self.grid.append(Block(left, y - weight / 2, right - left, weight, colour))

    def zero_lines(self, y: float, left: float, right: float) -> list[Shape]:
        """The line of zero for a plot whose columns stand on it: it lies over their feet."""
        weight, colour = self._line(True)
        return [Block(left, y - weight / 2, right - left, weight, colour)]

    def down(self, x: float, top: float, bottom: float, *, zero: bool = False) -> None:
        """A vertical line of the grid; that of zero lies over the bars that start from it."""
        weight, colour = self._line(zero)
        (self.marks if zero else self.grid).append(Block(x - weight / 2, top, weight, bottom - top, colour))

    def _line(self, zero: bool) -> tuple[float, str]:
        style = self.style
        return (style.zero_weight, style.zero_colour) if zero else (style.grid_weight, style.grid_colour)

    def block(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle; a width or height below zero counts the other way."""
        self.marks.append(Block(min(x, x + width), min(y, y + height), abs(width), abs(height), colour))

    def path(self, points: list[tuple[float, float]], colour: str, weight: float, dash: tuple[float, ...] = ()) -> None:
        """A line through points, whole or in dashes."""
        steps: list[tuple[str | float, ...]] = [("L", x, y) for x, y in points]
        steps[0] = ("M", *points[0])
        self.marks.append(Outline(tuple(steps), "", colour, weight, round=True, dash=dash))

    def dot(self, x: float, y: float, radius: float, colour: str, ring: float = 0.0) -> None:
        """A filled circle, with a ring of the ground's colour round it."""
        ground = self.style.ground_colour if ring else ""
        self.marks.append(Outline(circle_steps(x, y, radius), colour, ground, ring))

    def legible(self, fill: str) -> str:
        """The colour of words on a fill: the ground's or that of the line of zero, whichever stands out more (WCAG 1.4.3)."""
        style = self.style
        here = _luminance(fill)
        light, dark = _luminance(style.ground_colour), _luminance(style.zero_colour)
        return style.ground_colour if (light + 0.05) * (dark + 0.05) > (here + 0.05) ** 2 else style.zero_colour

    # --- words -------------------------------------------------------------------------------------------------------

    def words(
        self, x: float, y: float, text: str, style: TextStyle, colour: str = "", align: str = "left", *, knock: bool = False
    ) -> Box:
        """A line of words on the baseline `y`; `knock` takes the grid away behind it.  Returns what it takes up."""
        colour = colour or style.colour
        box = self.box(x, y, text, style, colour, align)
        if knock:
            self.clear(box.left, y, box.right - box.left, style)
        self.texts.append(Words(box.left, y, text, style, colour))
        return box

    def clear(self, x: float, y: float, width: float, style: TextStyle) -> None:
        """Take the grid away behind a line of words that starts at x on the baseline y."""
        top, height = y - ASCENT * style.size - KNOCK_Y, (ASCENT + DESCENT) * style.size + 2 * KNOCK_Y
        self.ground.append(Block(x - KNOCK_X, top, width + 2 * KNOCK_X, height, self.style.ground_colour))

    def box(self, x: float, y: float, text: str, style: TextStyle, colour: str = "", align: str = "left") -> Box:
        """What a line of words would take up."""
        width = self.width(text, style, colour)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        return Box(left, y - ASCENT * style.size, left + width, y + DESCENT * style.size)


def _luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def middle(y: float, style: TextStyle) -> float:
    """The baseline of words whose figures are centred on `y`."""
    return y + MIDDLE * style.size
