"""Labels that keep out of each other's way.

In: where labels would like to stand.  Out: where they can.  Always: their order is kept; none leaves its room unless there
are more than it holds.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .sketch import Box


def apart(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Middles of labels of one height, as near to the wanted ones as they can be without touching.

    Labels that would touch form a block about the mean of their wishes, as in isotonic regression.
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    blocks: list[list[float]] = []  # the middle of a block's first label, how many labels, sum of their wishes
    low, high = top + height / 2, bottom - height / 2
    for place in order:
        blocks.append([wanted[place], 1.0, wanted[place]])
        while True:
            _hold(blocks[-1], height, low, high)
            if len(blocks) < 2 or blocks[-2][0] + height * blocks[-2][1] <= blocks[-1][0]:
                break
            _, count, total = blocks.pop()
            before = blocks[-1]
            before[2] += total - count * before[1] * height  # wishes as seen from the block's first label
            before[1] += count
    out = [0.0] * len(wanted)
    at = iter(order)
    for first, count, _ in blocks:
        for place in range(round(count)):
            out[next(at)] = first + place * height
    return out


def _hold(block: list[float], height: float, low: float, high: float) -> None:
    """Move a block to the mean of its wishes, inside its room; its top counts where the room is too small."""
    _, count, total = block
    block[0] = max(min(total / count, high - (count - 1) * height), low)


def wrapped(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """A name in as few lines as fit the room: broken at blanks, and between any two Han."""
    if width(text) <= room:
        return [text]
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
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
    """Whether a line through points passes a box."""
    return any([_cuts(box, *points[place - 1], *points[place]) for place in range(1, len(points))])


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
