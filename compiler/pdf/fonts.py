"""Embedded fonts: one Type0 font per face and document, codes dense in the order of first use.

In: faces and the text set in them.  Out: codes for content streams, and the font's objects.  Always: a code stands for one
glyph *and* one text, so characters that share a glyph extract as themselves; every used code is in ToUnicode; nothing but
what is used is embedded.  Rules: ISO 32000-1, 9.6–9.10; ISO 19005-3, 6.2.11; ISO 14289-1, 7.21.
"""

from __future__ import annotations

import zlib

from .objects import number, packed, utf16

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..text.faces import Face
    from ..text.setting import Word
    from .objects import Store

MOST = 10_000  # texts kept
BLOCK = 100  # entries a bfrange array may hold (Adobe Technical Note 5014)


_shown: dict[str, str] = {}  # a text in ToUnicode, by the text: the same in every document
_code_words: list[str] = ["0000"]  # a code in hexadecimal, by the code


def _code_word(code: int) -> str:
    while code >= len(_code_words):
        _code_words.append(f"{len(_code_words):04x}")
    return _code_words[code]


def _unicode(text: str) -> str:
    found = _shown.get(text)
    if found is None:
        found = f"<{ord(text):04X}>" if len(text) == 1 and text <= "\uffff" else f"<{utf16(text)}>"
        if len(_shown) < MOST:
            _shown[text] = found
    return found


class EmbeddedFace(dict[int, str]):
    """A face in one document.

    The mapping itself is a table for `str.translate`: code point → code in hexadecimal, made on demand."""

    __slots__ = ("_gid", "_order", "_words", "face", "resource")

    def __init__(self, face: Face, resource: str) -> None:
        super().__init__()
        self.face = face
        self.resource = resource
        self._order: dict[tuple[int, str], int] = {}
        self._words: dict[str, str] = {}
        self._gid = face.gid

    def code(self, gid: int, text: str) -> int:
        """The code of a glyph shown for a text; codes count from 1."""
        order = self._order
        return order.setdefault((gid, text), len(order) + 1)

    def __missing__(self, codepoint: int) -> str:
        gid = self._gid(codepoint)
        if not gid:  # the composer reports what no face has, so this is a bug, and PDF/A forbids .notdef (6.2.11.8)
            raise ValueError(f"U+{codepoint:04X} is not in {self.face.ps_name}")
        order = self._order
        code = self[codepoint] = _code_word(order.setdefault((gid, chr(codepoint)), len(order) + 1))
        return code

    def text(self, characters: str) -> str:
        """Characters as hexadecimal codes."""
        return characters.translate(self)

    def word(self, word: Word) -> str:
        """A shaped word as the inside of a TJ array; Tc must be 0."""
        found = self._words.get(word.text)
        if found is None:
            found = self._words[word.text] = self._word(word)
        return found

    def _word(self, word: Word) -> str:
        out = []
        codes = ""
        for gid, text, move in word.glyphs:
            codes += f"{self.code(gid, text):04x}"
            if move:
                out.append(f"<{codes}>{number(-move)}")
                codes = ""
        if codes:
            out.append(f"<{codes}>")
        return "".join(out)

    # --- objects -----------------------------------------------------------------------------------------------------

    def write(self, store: Store, reserved: int) -> None:
        """Write the font and what it needs; `reserved` is its own object number."""
        face = self.face
        keys = list(self._order)
        program = face.program([gid for gid, _ in keys])
        base = f"{_subset_tag(keys)}+{face.ps_name}".encode("ascii", "replace").replace(b" ", b"")
        if program.kind == "CFF":
            file = store.add(packed(b"/Subtype/CIDFontType0C", program.data))
            file_key, kind, mapping = b"FontFile3", b"CIDFontType0", b""
        else:
            file = store.add_stream(b"/Length1 %d" % len(program.data), program.data)
            map_number = store.add_stream(b"", program.cid_to_gid or b"")
            file_key, kind, mapping = b"FontFile2", b"CIDFontType2", b"/CIDToGIDMap %d 0 R" % map_number
        box = " ".join([number(edge) for edge in face.bbox]).encode("ascii")
        descriptor = store.add(
            b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[%b]/ItalicAngle %b/Ascent %d/Descent %d/CapHeight %d/StemV %d"
            % (base, box, number(face.italic_angle).encode("ascii"), face.ascent, face.descent, face.cap_height, face.stem_v)
            + b"/%b %d 0 R>>" % (file_key, file)
        )
        cid_font = store.add(
            b"<</Type/Font/Subtype/%b/BaseFont/%b"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/FontDescriptor %d 0 R/DW 1000/W[%b]%b>>" % (kind, base, descriptor, self._widths(keys), mapping)
        )
        to_unicode = store.add_stream(b"", _to_unicode([text for _, text in keys]))
        store.fill(
            reserved,
            b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
            % (base, cid_font, to_unicode),
        )

    def _widths(self, keys: list[tuple[int, str]]) -> bytes:
        """The W array: runs of codes whose width is not DW."""
        out: list[str] = []
        run: list[str] = []
        start = 0
        for code, (gid, _) in enumerate(keys, 1):
            advance = self.face.advance(gid)
            if advance == 1000:
                if run:
                    out.append(f"{start}[{' '.join(run)}]")
                    run = []
                continue
            if not run:
                start = code
            run.append(number(advance))
        if run:
            out.append(f"{start}[{' '.join(run)}]")
        return "".join(out).encode("ascii")


def _subset_tag(keys: list[tuple[int, str]]) -> str:
    """Six capitals from the order of the codes: equal subsets, equal names (9.6.4)."""
    value = zlib.crc32("\0".join([f"{gid} {text}" for gid, text in keys]).encode("utf-8"))
    letters = []
    for _ in range(6):
        value, letter = divmod(value, 26)
        letters.append(chr(65 + letter))
    return "".join(letters)


def _to_unicode(texts: list[str]) -> bytes:
    """The ToUnicode CMap (9.10.3): codes 1… in order, UTF-16BE, arrays that stay within one high byte."""
    out = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    ]
    count = len(texts)
    code = 1
    while code <= count:
        last = min(code + BLOCK - 1, count, code | 0xFF)
        values = " ".join([_unicode(text) for text in texts[code - 1 : last]])
        out.append(f"1 beginbfrange\n<{code:04X}> <{last:04X}> [{values}]\nendbfrange\n")
        code = last + 1
    out.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return "".join(out).encode("ascii")
