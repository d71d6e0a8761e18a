"""Where the words of events stand under their line.

In: for each event its place, the width and the number of lines of its words.  Out: for each a left edge and a row.  Always: no
words meet, and where it can be done no hairline from an event down to its words passes other words.
"""

from __future__ import annotations

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BETWEEN = 10.0  # points between two events on one row of words
CLEAR = 2.0  # between a hairline and words


class Caption(Record):
    """The words of one event: the event stands at `x`, its mark reaches `reach` to both sides."""

    x: float
    reach: float
    width: float
    rows: int


class Placed(Record):
    """Words with their left edge and the first of their rows, from 0."""

    caption: Caption
    left: float
    row: int

    def meets(self, other: Placed) -> bool:
        """Whether two captions stand on a common row with less than their distance between them."""
        if self.row >= other.row + other.caption.rows or other.row >= self.row + self.caption.rows:
            return False
        return self.left < other.left + other.caption.width + BETWEEN and other.left < self.left + self.caption.width + BETWEEN

    def covers(self, other: Placed) -> bool:
        """Whether the hairline down to another caption passes these words."""
        return other.row > self.row and self.left - CLEAR < other.caption.x < self.left + self.caption.width + CLEAR


def placed(captions: Sequence[Caption], left: float, right: float) -> list[Placed]:
    """All captions between two edges, in their order.

    Words that start at their event leave room at their left, so they are placed from the last event back; words that end at
    theirs, from the first on.  Both are tried; the one whose hairlines pass fewer words wins, then the one with fewer rows."""
    count = len(captions)
    tries = [_in_order(captions, order, left, right) for order in (range(count), range(count - 1, -1, -1))]
    return min(tries, key=_cost)


def _cost(found: list[Placed]) -> tuple[int, int]:
    crossings = len([1 for one in found for other in found if one.covers(other)])
    return crossings, max([one.row + one.caption.rows for one in found], default=0)


def _in_order(captions: Sequence[Caption], order: Iterable[int], left: float, right: float) -> list[Placed]:
    found: dict[int, Placed] = {}
    for place in order:
        found[place] = _best(captions[place], list(found.values()), left, right)
    return [found[place] for place in range(len(captions))]


def _best(caption: Caption, others: list[Placed], left: float, right: float) -> Placed:
    """The highest free row where no hairline passes words, or else the highest free row."""
    free: Placed | None = None
    for row in range(max([one.row + one.caption.rows for one in others], default=0) + 1):
        for edge in _edges(caption, left, right):
            tried = Placed(caption, edge, row)
            if any([tried.meets(other) for other in others]):
                continue
            free = free or tried
            if not any([tried.covers(other) or other.covers(tried) for other in others]):
                return tried
    assert free is not None  # the row under all others is free
    return free


def _edges(caption: Caption, left: float, right: float) -> list[float]:
    """Words start at their event, or end there, or else stand where the edges let them."""
    starts, ends = caption.x - caption.reach, caption.x + caption.reach - caption.width
    good = [edge for edge in (starts, ends) if left - 0.01 <= edge and edge + caption.width <= right + 0.01]
    return good or [max(min(starts, right - caption.width), left)]
