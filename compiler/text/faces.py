"""Faces: what the composer measures with and the PDF embeds.

In: a brand's `FaceSpec`.  Out: a `Face` with glyph ids, advances, shaped words and the program to embed.  Always: measures
are 1/1000 em rounded to the tenth, just as the PDF states them; whether HarfBuzz or a face pack answers, words and programs
are the same.
"""

from __future__ import annotations

from ..record import Record
from . import cff
from .outlines import outline, stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import FaceSpec
    from ..world import World
    from .facepack import Pack
    from .fontfile import FontFile
    from .outlines import Outline
    from .setting import Word


_DASHES = frozenset("—…")


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
    """An embeddable font program.  `kind` "CFF" (CID = glyph), its `data` a zlib stream, or "TrueType", plain, which needs
    `cid_to_gid`."""

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

    @property
    def path(self) -> str:
        """The font file."""
        return self._path

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
            if word is None and not _DASHES.isdisjoint(text) and not _DASHES.issuperset(text):
                word = self._in_parts(text)
            word = self._words[text] = word or self.file.word(text)
        return word

    def _in_parts(self, text: str) -> Word:
        """A word with dashes in it: they are Chinese marks of one em (`12.25—12.29`), shaped by themselves."""
        from .setting import Word

        parts: list[str] = []
        for char in text:
            if parts and (char in _DASHES) == (parts[-1][-1] in _DASHES):
                parts[-1] += char
            else:
                parts.append(char)
        words = [Face.word(self, part) for part in parts]
        glyphs = [glyph for word in words for glyph in word.glyphs]
        return Word(text, tuple(glyphs), sum([word.width for word in words]))

    def program(self, order: list[int]) -> Program:
        """The font program in which CID i + 1 is glyph `order[i]`; a glyph may come more than once.

        Errors: FaceError when the outlines turn out to be damaged.
        """
        if self.kind == "TrueType":
            data, cid_to_gid = self.file.truetype(order)
            return Program("TrueType", data, cid_to_gid)
        glyphs = [0, *order]
        outlines = self._pack.outlines(glyphs) if self._pack else self._outlines(glyphs)
        scale = self.units_per_em / 1000
        left, bottom, right, top = (round(edge * scale) for edge in self.bbox)
        head = cff.head(self.ps_name, [outline[2] for outline in outlines], (left, bottom, right, top), self.units_per_em)
        return Program("CFF", stream(head, outlines), None)

    def _outlines(self, glyphs: list[int]) -> list[Outline]:
        charstrings = self.file.charstrings(set(glyphs))
        return [outline(charstrings[gid]) for gid in glyphs]

    def cooked(self) -> bytes | None:
        """A face pack's bytes, or None when the face needs none or cannot have one."""
        if self._pack or self.kind != "CFF":
            return None
        from . import facepack

        try:
            return facepack.cook(self.file)
        except FaceError:
            return None


class ScaledFace(Face):
    """A face that is set larger or smaller than the size says, beside one it is to match: Latin letters beside Han.

    Its em has fewer or more units than the font's own, in measures and in the embedded program alike; so a reader of the PDF
    needs to know nothing of it.
    """

    __slots__ = ("_own_em", "_scale", "_scaled", "_shaped")

    def __init__(self, path: str, index: int, axes: tuple[tuple[str, float], ...], pack: Pack | None, scale: float) -> None:
        super().__init__(path, index, axes, pack)
        self._own_em = max(16, round(self.units_per_em / scale))  # OpenType 1.9, head: 16 to 16384
        self._scale = scale = self.units_per_em / self._own_em
        self._scaled: dict[int, float] = {}
        self._shaped: dict[str, Word] = {}
        self.key += f"*{scale:.4f}"
        self.ps_name = f"{self.ps_name[:54]}-em{self._own_em}"
        self.bbox = tuple([round(edge * scale) for edge in self.bbox])  # type: ignore[assignment]
        self.ascent, self.descent = round(self.ascent * scale), round(self.descent * scale)
        self.cap_height, self.stem_v = round(self.cap_height * scale), round(self.stem_v * scale)
        self.units_per_em = self._own_em

    def advance(self, gid: int) -> float:
        """Units: 1/1000 em."""
        advance = self._scaled.get(gid)
        if advance is None:
            advance = self._scaled[gid] = round(super().advance(gid) * self._scale, 1)
        return advance

    def word(self, text: str) -> Word:
        """The text shaped as one unit, its moves scaled too."""
        word = self._shaped.get(text)
        if word is None:
            plain = super().word(text)
            glyphs = tuple([(gid, shown, round(move * self._scale, 1)) for gid, shown, move in plain.glyphs])
            width = round(sum([self.advance(gid) + move for gid, _, move in glyphs]), 1)
            word = self._shaped[text] = plain.replace(glyphs=glyphs, width=width)
        return word

    def program(self, order: list[int]) -> Program:
        """The font program, its em changed."""
        program = super().program(order)
        if program.kind == "TrueType":
            from .fontfile import with_units_per_em

            return program.replace(data=with_units_per_em(program.data, self._own_em))
        return program


_loaded: dict[tuple[object, ...], Face] = {}


def load(spec: FaceSpec, world: World) -> Face:
    """The face a brand names; the same object for the same face of an unchanged file.

    Errors: FaceError for what is no usable font: missing, damaged, without that index or axis, not to be embedded.
    """
    path = world.absolute(spec.file)
    try:
        identity = world.identity(path)
    except OSError as fault:
        raise FaceError(f"`{path}` cannot be read") from fault
    key = (path, *identity, spec.index, spec.axes)
    face = _loaded.get(key if spec.scale == 1 else (key, spec.scale))
    if face is None:
        from . import facepack

        pack = facepack.load(key, world)
        if spec.scale == 1:
            face = _loaded[key] = Face(path, spec.index, spec.axes, pack)
        else:
            face = _loaded[key, spec.scale] = ScaledFace(path, spec.index, spec.axes, pack, spec.scale)
    return face


def lacking_packs(world: World) -> bool:
    """Whether a face loaded in this process could have a pack and has none, and there is a cache to keep it."""
    return world.cache_path("faces", "") is not None and any(
        [face.kind == "CFF" and not face.packed for face in _loaded.values()]
    )


def cook_missing(world: World, limit: int = 4) -> int:
    """Cook packs for the loaded faces that have none, at most `limit` of them; returns how many were kept.

    For the end of a run, when the PDF is written: 0.2 s a face, 1.5 s an instance of a large variable font.  Two processes may
    do it at once and either may be killed: a pack appears whole or not at all.  Without a cache to write to it does nothing.
    """
    from . import facepack

    found = [(key[0] if isinstance(key[0], tuple) else key, face) for key, face in _loaded.items()]  # scaled or not: one pack
    waiting = [(key, face) for key, face in found if face.kind == "CFF" and not face.packed]
    if not waiting or not facepack.writable(world):
        return 0
    kept = 0
    for key, face in waiting[:limit]:
        if facepack.known(key, world):  # another process was quicker
            continue
        pack = face.cooked()
        if pack is not None:
            facepack.keep(key, world, pack)
            kept += 1
    return kept
