"""Set lines as plain data: what the composer makes and the painter writes.

Always: horizontal positions are points from the left edge of the measure; adjustments inside a segment are thousandths of
the segment's size, positive to the right (the painter turns the sign for TJ).
"""

from __future__ import annotations

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .faces import Face


class RunStyle(Record):
    """How a run looks: faces in order of preference, size and rise in points, colour #rrggbb, tracking in em.

    `mark` is drawn by the layout, not the composer: "dots" under each Han (着重号), "name" a line under all (专名号), or "".
    """

    faces: tuple[Face, ...]
    size: float
    colour: str
    rise: float = 0.0
    tracking_em: float = 0.0
    mark: str = ""


class Run(Record):
    """Characters in one style.  `owner` is opaque to the composer: it comes back on every segment made of the run."""

    text: str
    style: RunStyle
    owner: object = None


class Word(Record):
    """A shaped cluster sequence: (glyph id, its text, move after it in 1/1000 em beyond its advance); width in 1/1000 em."""

    text: str
    glyphs: tuple[tuple[int, str, float], ...]
    width: float


class Segment(Record):
    """A stretch of one line in one face, style and owner.

    Shape: `items` are str (each character its cmap glyph), float (a move, 1/1000 em, positive to the right) and Word.
    Units: `x` and `width` points; `spacing` 1/1000 em added after every character of the str items.  A Word moves by exactly
    its width: no spacing inside it and none after it (the composer adds a move where one belongs).
    """

    x: float
    width: float
    face: Face
    style: RunStyle
    spacing: float
    items: tuple[str | float | Word, ...]
    owner: object
    text: str


class Line(Record):
    """One set line.

    Units: `width` points from the left edge of the measure to the end of the last glyph's cell as set (a trimmed mark's
    blank half does not count); `stretch` the extra between two Han in em (negative: shrunk, in em over the whole line);
    `overfull` points by which the line exceeds the measure, 0 when it fits.
    `text` is the source text of the line; `ends` is "" for a soft break, "\\n" for a forced one, "¶" for the last line.
    """

    segments: tuple[Segment, ...]
    width: float
    stretch: float
    overfull: float
    text: str
    ends: str


class Setting(Record):
    """A composed paragraph.  `missing` are the characters no face of their run's chain has, each once, in text order."""

    lines: tuple[Line, ...]
    missing: tuple[str, ...]
