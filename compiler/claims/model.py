"""Prose as the checks of numbers see it.

In: what `check` collects while it reads the note.  Always: `text` is what will be printed, without marks of Markdown, with
bound numbers in place; every place in it leads back to the note's file.
"""

from __future__ import annotations

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal

    from ..diagnostics import Span
    from ..model import Date

PROSE, TITLE, POINT, FIGURE, CAPTION, NOTE, ALT, QUOTE, CELL = (
    "prose", "title", "point", "figure", "caption", "note", "alt", "quote", "cell",
)  # fmt: skip


class Bound(Record):
    """A bound number: `text[start:end]` was printed from data.

    `table`, `row` and `column` name the cell (`row` and `column` are empty for a value derived from several); `value` is
    the exact one with its sign, whatever the format prints; `unit` what it counts; `path` as the note has it.
    """

    start: int
    end: int
    path: str
    value: Decimal | None
    unit: str
    table: str
    row: str = ""
    column: str = ""


class Statement(Record):
    """A paragraph, heading, caption, point, key figure or cell.

    `kind` is one of those above; `section` that of the note's section or ""; `bound` in order; `cites`: (place in `text` the
    citation follows, ids); `sources`: ids of the sources that stand behind all of it (the credit of an exhibit); `places`:
    (place in `text`, place in the file) where either jumps, first (0, …): between jumps both count alike, except inside a
    bound number, all of which lies at its `{{`.
    """

    text: str
    kind: str
    section: str
    bound: tuple[Bound, ...]
    cites: tuple[tuple[int, tuple[str, ...]], ...]
    sources: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    span: Span

    def at(self, start: int, end: int) -> Span:
        """The place in the note's file of `text[start:end]`."""
        for one in self.bound:
            if one.start <= start < one.end:
                start = one.start
        return self.span.narrow(self._place(start), max(self._place(max(end - 1, start)) + 1, self._place(start) + 1))

    def _place(self, at: int) -> int:
        base, place = max([pair for pair in self.places if pair[0] <= at], default=(0, self.span.start))
        return place + at - base


class Context(Record):
    """What the note says of itself: the period it reports on, the day it is published."""

    period: tuple[Date, Date] | None
    published: Date | None
    language: str = "zh-CN"
