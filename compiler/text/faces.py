"""Faces: what the composer measures with and the PDF embeds.

In: a brand's `FaceSpec`.  Out: a `Face` with glyph ids, advances, shaped words and the program to embed.  Always: measures
are 1/1000 em rounded to the tenth, just as the PDF states them; whether HarfBuzz or a face pack answers, words and programs
are the same.
"""

from __future__ import annotations

from ..record import Record
from . import cff

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import FaceSpec
    from ..world import World
    from .facepack import Pack
    from .fontfile import FontFile
    from .setting import Word


class FaceError(Exception):
    """The file is no font we can set and embed; the message says why, in words fit for a diagnostic."""


class Facts(Record):
    """What a face says of itself.

    Units: 1/1000 em, degrees.  `kind` is "CFF" or "TrueType"; `has_tabular`: its digits are all of one width.
    """

    ps_name: str
    kind: str
    units_per_em: int
    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    stem_v: int
    italic_angle: float
    has_tabular: bool


class Program(Record):
    """An embeddable font program.  `kind` "CFF" (CID = glyph) or "TrueType", which needs `cid_to_gid`."""

    kind: str
    data: bytes
    cid_to_gid: bytes | None


class Face:
    """One face, shared by all documents of the process."""

    __slots__ = ("_advances", "_axes", "_file", "_gids", "_index", "_pack", "_path", "_words", "facts", "key", *Facts._fields)

    ps_name: str
    kind: str
    units_per_em: int
    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    stem_v: int
    italic_angle: float
    has_tabular: bool

    def __init__(self, path: str, index: int = 0, axes: tuple[tuple[str, float], ...] = (), pack: Pack | None = None) -> None:
        self._path = path
        self._index = index
        self._axes = tuple(sorted(axes))
        self.key = f"{path}#{index}" + "".join([f"&{tag}={value:g}" for tag, value in self._axes])
        self._pack = pack
        self._file: FontFile | None = None
        self._gids: dict[int, int] = {}
        self._advances: dict[int, float] = {}
        self._words: dict[str, Word] = {}
        self.facts = facts = pack.facts if pack else self.file.facts
        for name, value in zip(Facts._fields, facts.values()):
            setattr(self, name, value)

    def __repr__(self) -> str:
        return f"<Face {self.ps_name}>"

    @property
    def file(self) -> FontFile:
        """The font file under HarfBuzz, opened on first use."""
        if self._file is None:
            from .fontfile import FontFile

            self._file = FontFile(self._path, self._index, self._axes)
        return self._file

    @property
    def packed(self) -> bool:
        """Whether a face pack answers for this face."""
        return self._pack is not None

    def gid(self, codepoint: int) -> int:
        """Glyph of a character, 0 when the face has none."""
        gid = self._gids.get(codepoint)
        if gid is None:
            gid = self._gids[codepoint] = (self._pack or self.file).gid(codepoint)
        return gid

    def advance(self, gid: int) -> float:
        """Units: 1/1000 em."""
        advance = self._advances.get(gid)
        if advance is None:
            advance = self._advances[gid] = (self._pack or self.file).advance(gid)
        return advance

    def word(self, text: str) -> Word:
        """The text shaped as one unit: kerned, with ligatures; `——` and `……` two em long."""
        word = self._words.get(text)
        if word is None:
            word = self._pack.word(text) if self._pack else None
            word = self._words[text] = word or self.file.word(text)
        return word

    def program(self, order: list[int]) -> Program:
        """The font program in which CID i + 1 is glyph `order[i]`; a glyph may come more than once.

        Errors: FaceError when the outlines turn out to be damaged.
        """
        if self.kind == "TrueType":
            data, cid_to_gid = self.file.truetype(order)
            return Program("TrueType", data, cid_to_gid)
        glyphs = [0, *order]
        charstrings, widths = self._pack.cut(glyphs) if self._pack else self._cut(glyphs)
        scale = self.units_per_em / 1000
        left, bottom, right, top = (round(edge * scale) for edge in self.bbox)
        data = cff.write(self.ps_name, charstrings, widths, (left, bottom, right, top), self.units_per_em)
        return Program("CFF", data, None)

    def _cut(self, glyphs: list[int]) -> tuple[list[bytes], list[tuple[int, int]]]:
        """Charstrings and their default and nominal widths, cut out by HarfBuzz."""
        try:
            outlines = self.file.outlines(set(glyphs))
        except cff.CFFError as fault:
            raise FaceError(f"`{self._path}` is damaged: {fault}") from fault
        ends, data = outlines.ends, outlines.data
        places = {gid: place for place, gid in enumerate(sorted(set(glyphs)))}
        if len(places) != len(ends) - 1:
            raise FaceError(f"`{self._path}` is damaged: {len(ends) - 1} of {len(places)} glyphs have outlines")
        chosen = [places[gid] for gid in glyphs]
        charstrings = [data[ends[place] : ends[place + 1]] for place in chosen]
        return charstrings, [outlines.widths[outlines.selectors[place]] for place in chosen]


_loaded: dict[str, Face] = {}


def load(spec: FaceSpec, world: World) -> Face:
    """The face a brand names; the same object for the same face.

    Errors: FaceError for what is no usable font: missing, damaged, without that index or axis, not to be embedded.
    """
    face = Face(spec.file, spec.index, spec.axes)
    return _loaded.setdefault(face.key, face)
