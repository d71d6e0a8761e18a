"""Fonts: embedded, with a text and the right width for every code shown.

In: a `File`.  Out: findings.  Rules: ISO 19005-3, 6.2.11; ISO 14289-1, 7.21.
"""

from __future__ import annotations

from .file import got
from .finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .file import File

KID_KINDS, SIMPLE_KINDS = ("/CIDFontType0", "/CIDFontType2"), ("/Type1", "/MMType1", "/TrueType")


def fonts(file: File) -> Iterator[Finding]:
    used: dict[int, tuple[str, Any, set[int]]] = {}
    for index in range(len(file.pages)):
        for name, font in file.fonts(index).items():
            used.setdefault(id(font), (f"page {index + 1}, font {name[1:]}", font, set()))
        for name, font, code, _ in file.codes(index):
            used.setdefault(id(font), (f"page {index + 1}, font {name[1:]}", font, set()))[2].add(code)
    for where, font, codes in used.values():
        yield from _font(file, where, font, codes)


def _font(file: File, where: str, font: Any, codes: set[int]) -> Iterator[Finding]:
    composite = font.get("/Subtype") == "/Type0"
    kid = got((got(font.get("/DescendantFonts")) or [None])[0]) if composite else font
    descriptor = got((kid or {}).get("/FontDescriptor")) or {}
    program = next((got(descriptor[key]) for key in ("/FontFile2", "/FontFile3", "/FontFile") if key in descriptor), None)
    if font.get("/Subtype") == "/Type3":
        return
    if program is None or not hasattr(program, "get_data"):
        yield Finding("font-embedded", f"{where} is not embedded")
        return
    kinds = KID_KINDS if composite else SIMPLE_KINDS
    named = all([one.get("/Type") == "/Font" and "/BaseFont" in one for one in (font, kid)])
    if not named or kid.get("/Subtype") not in kinds or (composite and "/Encoding" not in font):
        yield Finding("font-kind", f"{where} does not say what it is, or not its name")
    if not _readable(program, "/FontFile3" in descriptor, composite):
        yield Finding("font-embedded", f"{where}: its program cannot be read as what it says it is")
        return
    if not composite:
        return
    mapping = file.mapping(font)
    for code in sorted(codes):
        text = mapping.get(code, "")
        if not text or any([char in "\0\ufeff\ufffe\ufffd" for char in text]):
            yield Finding("font-unicode", f"{where}: code {code} stands for no text")
            break
    if 0 in codes:
        yield Finding("font-notdef", f"{where}: code 0 is shown, the missing glyph")
    yield from _widths(where, kid, program.get_data(), codes)


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
    real = _real_widths(program, got(kid.get("/CIDToGIDMap")))
    for code in sorted(codes):
        if code in real and abs(given.get(code, default) - real[code]) > 1.0:
            yield Finding("font-widths", f"{where}: code {code} is {real[code]:g} wide, not {given.get(code, default):g}")
            return


def _given_widths(array: Any) -> dict[int, float]:
    out: dict[int, float] = {}
    items = [got(item) for item in array]
    at = 0
    while at < len(items) - 1:
        first = int(items[at])
        if isinstance(items[at + 1], list):
            out |= {first + index: float(got(width)) for index, width in enumerate(items[at + 1])}
            at += 2
        else:
            out |= dict.fromkeys(range(first, int(items[at + 1]) + 1), float(items[at + 2]))
            at += 3
    return out


def _real_widths(program: bytes, cid_map: Any) -> dict[int, float]:
    """Code → advance in thousandths of an em, as far as the program tells."""
    if program[:1] == b"\1" and program[:4] != b"\1\0\0\0":
        from .cffwidths import widths

        return widths(program)
    if program[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        return {}
    tables = {}
    for index in range(int.from_bytes(program[4:6], "big")):
        entry = program[12 + 16 * index : 28 + 16 * index]
        tables[entry[:4]] = (int.from_bytes(entry[8:12], "big"), int.from_bytes(entry[12:16], "big"))
    if not {b"head", b"hhea", b"hmtx"} <= set(tables):
        return {}
    head, hhea, hmtx = (tables[key][0] for key in (b"head", b"hhea", b"hmtx"))
    em = int.from_bytes(program[head + 18 : head + 20], "big") or 1000
    count = int.from_bytes(program[hhea + 34 : hhea + 36], "big")
    advances = [int.from_bytes(program[hmtx + 4 * gid : hmtx + 4 * gid + 2], "big") * 1000 / em for gid in range(count)]
    if not hasattr(cid_map, "get_data"):
        return dict(enumerate(advances))
    raw = cid_map.get_data()
    gids = [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw) - 1, 2)]
    return {cid: advances[min(gid, count - 1)] for cid, gid in enumerate(gids) if gid and count}
