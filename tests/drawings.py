"""What is painted on a page besides text, and which words it strikes.

In: a page of a PDF.  Out: shapes and words in the order they were painted.  A shape strikes words when its edge, or a line of
it, goes through their ink and nothing painted later hides it there; what lies wholly behind them is their ground.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pymupdf

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, foot

CURVE = 8  # chords for a curve
TOUCH = 0.15  # points by which ink may touch a rule


class Letter(NamedTuple):
    """A character's ink: the em box without what no glyph reaches; `words` is what it stands in."""

    box: Box
    order: int
    words: str


class Shape(NamedTuple):
    """A filled or stroked path as outlines of points; `weight` is 0 for a fill.  A `blank` one has the colour of the paper."""

    outlines: list[list[Point]]
    weight: float
    filled: bool
    blank: bool
    order: int
    around: Box

    def is_near(self, box: Box) -> bool:
        """Whether the shape could touch the box at all."""
        reach, around = self.weight / 2, self.around
        return (
            around[0] - reach < box[2]
            and box[0] < around[2] + reach
            and around[1] - reach < box[3]
            and box[1] < around[3] + reach
        )

    def crosses(self, box: Box) -> bool:
        """Whether an edge goes through the box."""
        reach = self.weight / 2 - TOUCH
        wide = (box[0] - reach, box[1] - reach, box[2] + reach, box[3] + reach)
        return any(_through(one, two, wide) for outline in self.outlines for one, two in pairwise(outline))

    def holds(self, box: Box) -> bool:
        """Whether the box lies wholly in the fill."""
        if not self.filled or self.crosses(box):
            return False
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        inside = False
        for outline in self.outlines:
            for (ax, ay), (bx, by) in pairwise(outline):
                if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                    inside = not inside
        return inside


def _through(one: Point, two: Point, box: Box) -> bool:
    """Whether a stretch has points in the box (Liang and Barsky)."""
    if box[2] <= box[0] or box[3] <= box[1]:
        return False
    first, last = 0.0, 1.0
    for start, end, low, high in ((one[0], two[0], box[0], box[2]), (one[1], two[1], box[1], box[3])):
        step = end - start
        if abs(step) < 1e-9:
            if not low < start < high:
                return False
            continue
        near, far = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, near), min(last, far)
        if first >= last:
            return False
    return True


def shapes_of(page: pymupdf.Page) -> list[Shape]:
    """The paths of a page and the frames of its pictures."""
    found = []
    for drawing in page.get_drawings():
        outlines: list[list[Point]] = []
        for kind, *places in drawing["items"]:
            if kind == "re":
                frame = places[0]
                corners = [(frame.x0, frame.y0), (frame.x1, frame.y0), (frame.x1, frame.y1), (frame.x0, frame.y1)]
                outlines.append([*corners, corners[0]])
                continue
            points = [(point.x, point.y) for point in places] if kind in "lc" else [(p.x, p.y) for p in places[0]]
            run = _chords(points) if kind == "c" else points
            if outlines and outlines[-1][-1] == run[0] and kind != "qu":
                outlines[-1] += run[1:]
            else:
                outlines.append(run)
        filled = "f" in drawing["type"]
        if filled:
            outlines = [[*outline, outline[0]] for outline in outlines]
        weight = float(drawing["width"] or 0.0) if "s" in drawing["type"] else 0.0
        blank = filled and not weight and drawing["fill"] == (1.0, 1.0, 1.0)
        around = drawing["rect"]
        found.append(Shape(outlines, weight, filled, blank, drawing["seqno"], (around.x0, around.y0, around.x1, around.y1)))
    return found


def _chords(points: list[Point]) -> list[Point]:
    """A cubic Bézier curve as chords."""
    out = []
    for step in range(CURVE + 1):
        at = step / CURVE
        parts = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
        out.append(tuple(sum(part * point[axis] for part, point in zip(parts, points)) for axis in (0, 1)))
    return out  # type: ignore[return-value]


def letters_of(page: pymupdf.Page) -> list[Letter]:
    """The characters of a page as they are painted; what is turned is left out."""
    found = []
    for span in page.get_texttrace():
        if span["dir"] != (1.0, 0.0):
            continue
        size = span["size"]
        words = "".join(chr(code) for code, *_ in span["chars"]).strip()
        for code, _, (_, base), (left, _, right, _) in span["chars"]:
            if chr(code).isalnum():
                inset = min(0.08 * size, 0.2 * (right - left))
                found.append(Letter((left + inset, base - 0.7 * size, right - inset, base), span["seqno"], words))
    return found


def struck(page: pymupdf.Page) -> list[str]:
    """The words of a page that a rule, fill, bar, line or picture goes through or covers."""
    shapes = shapes_of(page)
    pictures = [tuple(info["bbox"]) for info in page.get_image_info()]
    out = []
    for box, order, words in letters_of(page):
        if any(box[0] < right and box[2] > left and box[1] < foot and box[3] > top for left, top, right, foot in pictures):
            out.append(f"{words!r} on a picture")
        near = [shape for shape in shapes if shape.is_near(box)]
        for shape in near:
            if shape.order > order and (shape.crosses(box) or shape.holds(box)):
                out.append(f"{words!r} under a shape at {_about(shape)}")
            elif shape.order < order and not shape.blank and shape.crosses(box) and not _hidden(shape, box, order, near):
                out.append(f"{words!r} struck by a shape at {_about(shape)}")
    return sorted(set(out))


def _hidden(shape: Shape, box: Box, order: int, near: list[Shape]) -> bool:
    """Whether something between the shape and the character lies behind all of it."""
    return any(shape.order < other.order < order and other.holds(box) for other in near)


def _about(shape: Shape) -> str:
    return "{:.0f},{:.0f} to {:.0f},{:.0f}".format(*shape.around)
