"""Labels that keep out of each other's way.

In: where labels would like to stand.  Out: where they can.  Always: their order is kept; none leaves its room unless there
are more than it holds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .sketch import Box


EVEN_STEPS = 8  # tries to make the lines of a name even


def apart(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Middles of labels, as near to the wanted ones as they can be without touching.

    Labels that would touch form a block about the mean of their wishes, as in isotonic regression.
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    blocks: list[_Block] = []
    for place in order:
        blocks.append(_Block(place, wanted[place], heights[place]))
        while True:
            blocks[-1].settle(top, bottom)
            if len(blocks) < 2 or blocks[-2].top + blocks[-2].height <= blocks[-1].top:
                break
            last = blocks.pop()
            blocks[-1].join(last)
    out = [0.0] * len(wanted)
    for block in blocks:
        at = block.top
        for place in block.places:
            out[place] = at + heights[place] / 2
            at += heights[place]
    return out


class _Block:
    """Labels that touch: their places, the height of all, and the tops of the block each one wishes for."""

    def __init__(self, place: int, wanted: float, height: float) -> None:
        self.places = [place]
        self.height = height
        self.wishes = [wanted - height / 2]
        self.top = 0.0

    def join(self, other: _Block) -> None:
        """Take in the block below."""
        self.places += other.places
        self.wishes += [wish - self.height for wish in other.wishes]
        self.height += other.height

    def settle(self, top: float, bottom: float) -> None:
        """Go to the mean of the wishes, inside the room; its top counts where the room is too small."""
        self.top = max(min(sum(self.wishes) / len(self.wishes), bottom - self.height), top)


def wrapped(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """A name in as few lines as fit the room, and these as even as can be: broken at blanks, and between any two Han."""
    whole = width(text)
    if whole <= room:
        return [text]
    pieces = _pieces(text)
    lines = _filled(pieces, room, width)
    for share in range(EVEN_STEPS):
        narrow = whole / len(lines) + (room - whole / len(lines)) * share / EVEN_STEPS
        tried = _filled(pieces, narrow, width)
        if len(tried) == len(lines) and max([width(line) for line in tried]) <= room:
            return tried
    return lines


def _filled(pieces: Sequence[str], room: float, width: Callable[[str], float]) -> list[str]:
    """Lines as full as the room lets them be."""
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and width((line + piece).rstrip()) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """What may not be divided: words with the blank after them, single Han with the marks after them."""
    pieces: list[str] = []
    for char in text:
        glued = pieces and (
            char in " ，、。；：）》”’％%"
            or pieces[-1][-1] in "（《“‘"
            or (char < "\u2e80" and pieces[-1][-1] < "\u2e80" and pieces[-1][-1] != " ")
        )
        if glued:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def crossed(box: Box, points: Sequence[tuple[float, float]]) -> bool:
    """Whether a line through points, from left to right, passes a box."""
    near = range(1, len(points))
    if len(points) > 2:  # a long line is far from most of the boxes beside it
        at = [x for x, _ in points]
        near = range(max(bisect_left(at, box.left), 1), min(bisect_right(at, box.right) + 1, len(points)))
    return any([_cuts(box, *points[place - 1], *points[place]) for place in near])


def _cuts(box: Box, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether the stretch from (x1, y1) to (x2, y2) has a point in the box (Liang and Barsky's clipping)."""
    start, end = 0.0, 1.0
    for delta, near, far in ((x2 - x1, box.left - x1, box.right - x1), (y2 - y1, box.top - y1, box.bottom - y1)):
        if delta == 0:
            if near > 0 or far < 0:
                return False
            continue
        first, last = near / delta, far / delta
        if first > last:
            first, last = last, first
        start, end = max(start, first), min(end, last)
        if start > end:
            return False
    return True
