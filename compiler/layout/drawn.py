"""Sizes of the words in a vector drawing that is set so small that they could not be read.

In: a drawing and its scale on the page.  Out: for each of its words the size and how far its baseline moves down.  Always: words
grow alike and about their middle, up to what can be read, and no further than they have room: none comes to cover another word
or shape that it did not cover, or leaves the drawing (house rule, 2026-11-29).
"""

from __future__ import annotations

from math import cos, radians, sin

from .. import pictures
from ..text.setting import Run
from .exhibits import READABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..pictures import Drawing, DrawnText
    from .galley import Galley

    Box = tuple[float, float, float, float]

ABOVE, BELOW = 0.78, 0.1  # em that figures and ideographs reach over and under the baseline
MIDDLE = 0.36  # em above the baseline: half the height of a figure
LEAST_WORDS = 6.0  # points: smaller words in a picture cannot be read
STEPS = 8  # between the words' own size and what can be read
NEAR = 0.5  # points that boxes may share


def sizes(galley: Galley, drawing: Drawing, scale: float) -> dict[int, tuple[float, float]]:
    """Points of size and shift by the places of the drawing's words among its shapes; empty where none can be larger."""
    words = {at: shape for at, shape in enumerate(drawing.shapes) if isinstance(shape, pictures.DrawnText)}
    least = min([word.size for word in words.values()], default=1e9) * scale
    wanted = READABLE * galley.brand.exhibit.credit.size
    widths = [_width(galley, word) for word in words.values()]
    own = [word.size * scale for word in words.values()]
    shapes = [box for box in [_box(shape, scale) for shape in drawing.shapes] if box is not None]
    page = (0.0, 0.0, drawing.width * scale, drawing.height * scale)
    before = [_extent(word, size, width, scale) for word, size, width in zip(words.values(), own, widths)]
    for step in range(STEPS):
        floor = wanted - (wanted - least) * step / STEPS
        grown = [max(size, floor) for size in own]
        after = [_extent(word, size, width, scale) for word, size, width in zip(words.values(), grown, widths)]
        if _has_room(before, after, shapes, page):
            return {at: (size, _shift(word, size, scale)) for (at, word), size in zip(words.items(), grown)}
    return {}


def _width(galley: Galley, word: DrawnText) -> float:
    """The width of a word, in em."""
    style = galley.brand.exhibit.claim if word.bold else galley.brand.exhibit.unit
    return galley.setter.line_of([Run(word.text, galley.setter.drawn_style(style, 100.0, word.colour))]).width / 100.0


def _shift(word: DrawnText, size: float, scale: float) -> float:
    """How far the baseline moves down so that the word's middle stays."""
    return 0.0 if word.angle else MIDDLE * (size - word.size * scale)


def _extent(word: DrawnText, size: float, width: float, scale: float) -> Box:
    """What a word covers in a size: left, top, right, bottom."""
    x, y = word.x * scale, word.y * scale + _shift(word, size, scale)
    start = {"start": 0.0, "middle": -0.5, "end": -1.0}.get(word.anchor, 0.0) * width * size
    turn = radians(word.angle)
    corners = [
        (x + along * cos(turn) - over * sin(turn), y - along * sin(turn) - over * cos(turn))
        for along in (start, start + width * size)
        for over in (ABOVE * size, -BELOW * size)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _box(shape: object, scale: float) -> Box | None:
    """What a path or picture reaches over."""
    if isinstance(shape, pictures.DrawnImage):
        return shape.x * scale, shape.y * scale, (shape.x + shape.width) * scale, (shape.y + shape.height) * scale
    if not isinstance(shape, pictures.DrawnPath):
        return None
    numbers = [[float(value) for value in step[1:]] for step in shape.steps]
    xs, ys = [x for step in numbers for x in step[::2]], [y for step in numbers for y in step[1::2]]
    return (min(xs) * scale, min(ys) * scale, max(xs) * scale, max(ys) * scale) if xs else None


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] - NEAR and other[0] < one[2] - NEAR and one[1] < other[3] - NEAR and other[1] < one[3] - NEAR
    )  # fmt: skip


def _has_room(before: Sequence[Box], after: Sequence[Box], shapes: Sequence[Box], page: Box) -> bool:
    """Whether no word has come to cover anything new, or to reach out of the drawing further than it did."""
    for at, box in enumerate(after):
        was = before[at]
        if box[0] < min(page[0], was[0]) - NEAR or box[2] > max(page[2], was[2]) + NEAR:
            return False
        if box[1] < min(page[1], was[1]) - NEAR or box[3] > max(page[3], was[3]) + NEAR:
            return False
        if any([_meet(box, shape) and not _meet(was, shape) for shape in shapes]):
            return False
        if any([_meet(box, after[other]) and not _meet(was, before[other]) for other in range(at)]):
            return False
    return True
