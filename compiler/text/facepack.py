"""Face packs: a CFF face cooked once by HarfBuzz, so that later compiles cut fonts out of it with slices.

In: an opened font file (to cook), the world's cache (to read).  Out: glyph ids, advances, plain words and coded outlines without
importing uharfbuzz, which with its subsets is 14 ms of a cold compile.  Always: what a pack answers is what HarfBuzz would;
where it cannot know (accents, odd combinations) it answers None.  A damaged or outdated pack is the same as none.

Shape of a file: length and digest of the head; the head, marshalled (facts, units, words, where the sections start); then the
sections: starts of outlines, advances, the map of the BMP, pair moves, outlines, the map of the other planes.  The outlines of
common characters come first, so that a note touches few pages of the mapped file: a tenth of those it would touch in the font's
own order, and each first touch takes 10 µs.
"""

from __future__ import annotations

import marshal
import sys
from mmap import ACCESS_READ, mmap
from struct import Struct

from ..record import Record
from .faces import Facts
from .outlines import outline
from .setting import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..world import World
    from .fontfile import FontFile
    from .outlines import Outline

VERSION = 6  # of the format; a change makes all packs new
_KIND = "faces"
_STORED_DIGEST = 16  # bytes the world's cache puts in front of an entry
_LEAD = 24  # bytes: length of the head (4), of the file (4), digest of the head (16)
_BMP = 0x10000
_LEAST = 0x3100  # letters, figures and marks stand below
_WIDE = range(0xFF00, 0x10000)
_OUTLINE = Struct("=IHHH")  # bits, bytes, two sums; the coded bits follow
_UNKNOWN = 32767  # in the table of pairs: HarfBuzz must be asked
_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")  # longest first
_AMBIGUOUS = "fff"  # HarfBuzz matches from the left, replacing does not
_MARKS = "\u00a0−–—•…’‘“”°±×·€£¥§№℃‰éèêëàâäáöüßçñíóúÉÖÜÄ"
_LETTERS = (*map(chr, range(0x21, 0x7F)), *_MARKS, *map(chr, range(0x2460, 0x2474)))  # ASCII, marks, ① to ⑳
_WORDS = ("——", "……", "—", "…")


class Pack:
    """An opened pack.

    Errors: ValueError when the file is no whole pack of this format.
    """

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            try:
                self._map = mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
                self._read_head(mapped)
            except (ValueError, EOFError, TypeError, IndexError) as fault:
                raise ValueError("no whole face pack") from fault

    def _read_head(self, mapped: mmap) -> None:
        """The small things, and where the tables are: a page of the file is read when something on it is first asked for."""
        lead = mapped[_STORED_DIGEST : _STORED_DIGEST + _LEAD]
        size, whole = int.from_bytes(lead[:4], "little"), int.from_bytes(lead[4:8], "little")
        start = _STORED_DIGEST + _LEAD + size
        head = mapped[start - size : start]
        if len(lead) != _LEAD or len(mapped) != _STORED_DIGEST + whole or _digest(head) != lead[8:]:
            raise ValueError("it was cut short or changed")
        facts, (self._singles, self._places), self._words, sections = marshal.loads(head)
        self.facts = Facts(*facts)
        parts = [memoryview(mapped)[start + first : start + end] for first, end in sections]
        self._starts, self._advances, self._bmp = parts[0].cast("I"), parts[1].cast("H"), parts[2].cast("H")
        self._pairs, self._astral_pairs = parts[3].cast("h"), parts[5].cast("I")
        self._data = start + sections[4][0]
        self._outlines: dict[int, Outline] = {}
        self._astral: dict[int, int] | None = None

    def gid(self, codepoint: int) -> int:
        """Glyph of a character, 0 when the face has none."""
        if codepoint >= _BMP:
            if self._astral is None:  # most notes ask for none; 0.1 ms a face
                self._astral = dict(zip(self._astral_pairs[::2], self._astral_pairs[1::2]))
            return self._astral.get(codepoint, 0)
        return self._bmp[codepoint]

    def advance(self, gid: int) -> float:
        """Units: 1/1000 em."""
        return self._advances[gid] / 10

    def outlines(self, gids: list[int]) -> list[Outline]:
        """Coded outlines of these glyphs, kept for the next note: 1.5 ms of a warm compile."""
        known = self._outlines
        missing = set(gids).difference(known)
        if missing:
            mapped, starts, read, lead = self._map, self._starts, _OUTLINE.unpack_from, _OUTLINE.size
            number = int.from_bytes
            for gid in missing:
                at = self._data + starts[gid]
                count, size, own, sums = read(mapped, at)
                at += lead
                known[gid] = number(mapped[at : at + (count + 7 >> 3)], "little"), count, size, own, sums
        return [known[gid] for gid in gids]

    def word(self, text: str) -> Word | None:
        """The shaped word, or None when only HarfBuzz knows."""
        known = self._words.get(text)
        if known is not None:
            return Word(text, *known)
        rest = text
        if "f" in text:
            if _AMBIGUOUS in text:
                return None
            for ligature in _LIGATURES:
                if ligature in rest and ligature in self._places:
                    rest = rest.replace(ligature, _stand_for(ligature))
        return self._composed(text, rest)

    def _composed(self, text: str, rest: str) -> Word | None:
        """A word out of single glyphs and pair moves; `rest` is `text` with one character for a ligature."""
        places, singles, pairs = self._places, self._singles, self._pairs
        count = len(singles)
        row = -1
        glyphs: list[tuple[int, str, float]] = []
        tenths = 0
        for char in rest:
            place = places.get(char)
            if place is None:
                return None
            gid, shown = singles[place]
            if not gid:
                return None
            if row >= 0:
                move = pairs[row + place]
                if move == _UNKNOWN:
                    return None
                if move:
                    before, before_shown, _ = glyphs[-1]
                    glyphs[-1] = before, before_shown, move / 10
                    tenths += move
            glyphs.append((gid, shown, 0.0))
            tenths += self._advances[gid]
            row = place * count
        return Word(text, tuple(glyphs), tenths / 10)


def _stand_for(ligature: str) -> str:
    return chr(0xE000 + _LIGATURES.index(ligature))


def _digest(data: bytes) -> bytes:
    from _blake2 import blake2b

    return blake2b(data, digest_size=16).digest()


# --- the cache -------------------------------------------------------------------------------------------------------


def _entry(key: tuple[object, ...], world: World) -> str:
    """The cache's name for a face of one file as it is now, this format, this HarfBuzz."""
    return _digest(repr((VERSION, marshal.version, sys.byteorder, _harfbuzz_version(world), key)).encode()).hex()


def _harfbuzz_version(world: World) -> str:
    """The installed uharfbuzz by its version file, read without importing anything."""
    path = world.package_file("uharfbuzz", "_version.py")
    return repr(world.identity(path)) if path else ""


def load(key: tuple[object, ...], world: World) -> Pack | None:
    """The pack of a face, if the cache has a sound one."""
    path = world.cache_path(_KIND, _entry(key, world))
    if path is None:
        return None
    try:
        return Pack(path)
    except (OSError, ValueError, EOFError, TypeError, IndexError):
        return None


def known(key: tuple[object, ...], world: World) -> bool:
    """Whether the cache has a sound pack of the face."""
    return load(key, world) is not None


def keep(key: tuple[object, ...], world: World, pack: bytes) -> None:
    """Put a pack into the cache."""
    world.store(_KIND, _entry(key, world), pack)


def writable(world: World) -> bool:
    """Whether the cache keeps what it is given; cooking for a read-only one would cost every run a second."""
    world.store(_KIND, "writable", b"yes")
    return world.cached(_KIND, "writable") == b"yes" and _can_replace(world)


def _can_replace(world: World) -> bool:
    """An entry left over from when the folder was writable proves nothing, so write another value."""
    world.store(_KIND, "writable", b"")
    return world.cached(_KIND, "writable") == b""


# --- cooking ---------------------------------------------------------------------------------------------------------


class _Units(Record):
    """Letters and ligatures a plain word is made of: (glyph, text) of each, place by character, moves between two."""

    singles: tuple[tuple[int, str], ...]
    places: dict[str, int]
    pairs: bytes


def cook(file: FontFile) -> bytes:
    """A pack of the face.  Errors: FaceError when its outlines cannot be flattened."""
    from array import array

    characters = array("H", bytes(2 * _BMP))
    astral: dict[int, int] = {}
    for codepoint in file.characters():
        if codepoint < _BMP:
            characters[codepoint] = file.gid(codepoint)
        else:
            astral[codepoint] = file.gid(codepoint)
    units = _cook_units(file)
    shaped = [file.word(text) for text in _WORDS]
    words = {word.text: (word.glyphs, word.width) for word in shaped if all([gid for gid, _, _ in word.glyphs])}
    advances = array("H", [round(file.advance(gid) * 10) for gid in range(file.glyph_count)])
    starts, outlines = _cook_outlines(file, characters)
    sections = [array("I", starts).tobytes(), advances.tobytes(), characters.tobytes(), units.pairs, outlines]
    sections.append(array("I", [number for pair in astral.items() for number in pair]).tobytes())
    return _file((file.facts.values(), (units.singles, units.places), words), sections)


def _cook_outlines(file: FontFile, characters: Sequence[int]) -> tuple[list[int], bytes]:
    """Where the outline of each glyph starts, and all outlines; those of common characters first."""
    charstrings = file.charstrings(set(range(file.glyph_count)))
    first = {0} | {gid for codepoint, gid in enumerate(characters) if gid and _is_common(codepoint)}
    starts = [0] * file.glyph_count
    out = bytearray()
    for gid in sorted(charstrings, key=lambda gid: (gid not in first, gid)):
        bits, *rest = outline(charstrings[gid])
        starts[gid] = len(out)
        out += _OUTLINE.pack(*rest) + bits.to_bytes(rest[0] + 7 >> 3, "little")
    return starts, bytes(out)


def _is_common(codepoint: int) -> bool:
    """A letter, a mark, or one of the 3,755 Han of the first level of GB/T 2312."""
    if codepoint < _LEAST or codepoint in _WIDE:
        return True
    coded = chr(codepoint).encode("gb2312", "ignore")
    return b"\xb0\xa1" <= coded < b"\xd8\xa0"


def _cook_units(file: FontFile) -> _Units:
    """Shape every pair of units as HarfBuzz does; a pair it does not set as its two glyphs is left to it."""
    present = [text for text in (*_LETTERS, *_LIGATURES) if len(file.word(text).glyphs) == 1]
    singles = tuple([(file.word(text).glyphs[0][0], text) for text in present])
    from array import array

    pairs = array("h")
    for first, text in singles:
        for second, next_text in singles:
            glyphs = file.word(text + next_text).glyphs
            plain = [(gid, shown) for gid, shown, _ in glyphs] == [(first, text), (second, next_text)] and not glyphs[1][2]
            pairs.append(round(glyphs[0][2] * 10) if plain and first and second else _UNKNOWN)
    places = {text if len(text) == 1 else _stand_for(text): place for place, text in enumerate(present)}
    places |= {text: place for place, text in enumerate(present) if len(text) > 1}
    return _Units(singles, places, pairs.tobytes())


def _file(head: tuple[Any, ...], sections: list[bytes]) -> bytes:
    spans = []
    at = 0
    body = bytearray()
    for section in sections:
        body += bytes(-len(body) % 8)
        at = len(body)
        body += section
        spans.append((at, len(body)))
    marshalled = marshal.dumps((*head, spans))
    whole = _LEAD + len(marshalled) + len(body)
    return b"".join([len(marshalled).to_bytes(4, "little"), whole.to_bytes(4, "little"), _digest(marshalled), marshalled, body])
