"""Fonts: embedded, with a text and the right width for every code shown.

In: a `File`.  Out: findings.  Rules: ISO 19005-3, 6.2.11; ISO 14289-1, 7.21.
"""

from __future__ import annotations

from .file import got
from .finding import Finding
from .graphics import shown
from .truetype import glyphs_of, real_widths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .file import File

NO_WIDTH = -1.0
LAST = 0xFFFF  # CID (A 6.1.13)
KID_KINDS, SIMPLE_KINDS = ("/CIDFontType0", "/CIDFontType2"), ("/Type1", "/MMType1", "/TrueType")


def fonts(file: File) -> Iterator[Finding]:
    """All findings of all fonts."""
    for where, font, codes in shown(file):
        yield from _font(file, where, font, codes)


def _font(file: File, where: str, font: Any, codes: set[int]) -> Iterator[Finding]:
    composite = font.get("/Subtype") == "/Type0"
    kid = got((got(font.get("/DescendantFonts")) or [None])[0]) if composite else font
    descriptor = got((kid or {}).get("/FontDescriptor")) or {}
    program = next((got(descriptor[key]) for key in ("/FontFile2", "/FontFile3", "/FontFile") if key in descriptor), None)
    if font.get("/Subtype") == "/Type3":
        if any([not file.mapping(font).get(code) for code in codes]):
            yield Finding("font-unicode", f"{where}: a code stands for no text")
        return
    if program is None or not hasattr(program, "get_data"):
        yield Finding("font-embedded", f"{where} is not embedded")
        return
    kinds = KID_KINDS if composite else SIMPLE_KINDS
    named = all([one.get("/Type") == "/Font" and "/BaseFont" in one for one in (font, kid)])
    if not named or kid.get("/Subtype") not in kinds or (composite and "/Encoding" not in font):
        yield Finding("font-kind", f"{where} does not say what it is, or not its name")
    if kid.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in kid:
        yield Finding("font-kind", f"{where} does not say which glyph a code shows")
    if not composite and not _listed(font):
        yield Finding("font-widths", f"{where} does not list the widths of its codes")
    if not _readable(program, "/FontFile3" in descriptor, composite):
        yield Finding("font-embedded", f"{where}: its program cannot be read as what it says it is")
        return
    base = _base_encoding(font) if not composite else ""
    mapping = file.mapping(font)
    for code in sorted(codes):
        text = mapping.get(code, "") or _by_encoding(code, base)
        if not text or any([char in "\0\ufeff\ufffe\ufffd" for char in text]):
            yield Finding("font-unicode", f"{where}: code {code} stands for no text")
            break
    if composite:
        if 0 in codes:
            yield Finding("font-notdef", f"{where}: code 0 is shown, the missing glyph")
        yield from _widths(where, kid, program.get_data(), codes)
    elif font.get("/Subtype") == "/TrueType":
        yield from _simple(where, font, program.get_data(), codes, base, symbolic=bool(int(descriptor.get("/Flags", 0)) & 4))


def _listed(font: Any) -> bool:
    """Whether a simple font has its first code, its last one, and a width for each between (6.2.11.2)."""
    first, last, widths = font.get("/FirstChar"), font.get("/LastChar"), got(font.get("/Widths"))
    return isinstance(first, int) and isinstance(last, int) and isinstance(widths, list) and len(widths) == last - first + 1


CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}


def _base_encoding(font: Any) -> str:
    """The encoding a simple font names, or starts from."""
    encoding = got(font.get("/Encoding"))
    return str(encoding.get("/BaseEncoding", "")) if isinstance(encoding, dict) else str(encoding or "")


def _by_encoding(code: int, base: str) -> str:
    """The text of a code in one of the encodings that need no ToUnicode (6.2.11.7.2)."""
    codec = CODECS.get(base)
    return bytes([code]).decode(codec, "ignore") if codec and code < 256 else ""


def _simple(where: str, font: Any, program: bytes, codes: set[int], base: str, *, symbolic: bool) -> Iterator[Finding]:
    """Encoding, glyphs and widths of a simple TrueType font."""
    encoding = got(font.get("/Encoding"))
    if symbolic == (encoding is not None) or (not symbolic and base not in CODECS):
        yield Finding("font-kind", f"{where}: its encoding is not that of a font of its flags")
        return
    if isinstance(encoding, dict) and "/Differences" in encoding:
        return  # the names of glyphs are not looked up here
    advances, glyphs = real_widths(program, None), glyphs_of(program, symbolic=symbolic)
    given = [float(got(width)) for width in got(font.get("/Widths")) or ()]
    first = int(font.get("/FirstChar", 0))
    for code in sorted(codes):
        char = _by_encoding(code, base)
        gid = glyphs.get(code if symbolic else ord(char) if char else -1, 0)
        if not gid:
            yield Finding("font-notdef", f"{where}: code {code} shows a missing glyph")
            return
        width = given[code - first] if 0 <= code - first < len(given) else -1.0
        if gid in advances and abs(width - advances[gid]) > 1.0:
            yield Finding("font-widths", f"{where}: code {code} is {advances[gid]:g} wide, not {width:g}")
            return


def _readable(program: Any, compact: bool, composite: bool) -> bool:
    """Whether a font program begins as programs of its kind do."""
    data = program.get_data()[:4]
    if not compact:
        return data[:2] == b"%!" or data in (b"\0\1\0\0", b"true", b"ttcf")
    kind = program.get("/Subtype")
    if kind == "/OpenType":
        return data in (b"OTTO", b"\0\1\0\0")
    return bool(kind == ("/CIDFontType0C" if composite else "/Type1C")) and data[:1] == b"\1"


def _widths(where: str, kid: Any, program: bytes, codes: set[int]) -> Iterator[Finding]:
    """Held against the font program where codes are glyphs in order, or a map says which (all fonts of ours)."""
    if kid.get("/CIDToGIDMap") not in (None, "/Identity") and not hasattr(got(kid.get("/CIDToGIDMap")), "get_data"):
        return
    given = _given_widths(got(kid.get("/W")) or [])
    default = float(kid.get("/DW", 1000))
    real = real_widths(program, got(kid.get("/CIDToGIDMap")))
    for code in sorted(codes):
        if real and code not in real:
            yield Finding("font-notdef", f"{where}: code {code} shows a glyph that is not in the font")
            return
        if code in real and abs(given.get(code, default) - real[code]) > 1.0:
            yield Finding("font-widths", f"{where}: code {code} is {real[code]:g} wide, not {given.get(code, default):g}")
            return


def _given_widths(array: Any) -> dict[int, float]:
    """Code → width; of two that are given for one code neither holds."""
    out: dict[int, float] = {}
    items = [got(item) for item in array]
    at = 0
    while at < len(items) - 1:
        first = int(items[at])
        if isinstance(items[at + 1], list):
            found = {first + index: float(got(width)) for index, width in enumerate(items[at + 1])}
            at += 2
        else:
            found = dict.fromkeys(range(first, min(int(items[at + 1]), LAST) + 1), float(items[at + 2]))
            at += 3
        for code, width in found.items():
            out[code] = width if out.get(code, width) == width else NO_WIDTH
    return out
