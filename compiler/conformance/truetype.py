"""What a font program itself says: advances, and which glyph a character has.

In: the bytes of a program.  Out: tables by code.  For TrueType and, for advances, OpenType and CFF.  Rules: OpenType, `hmtx` and
`cmap`; ISO 19005-3, 6.2.11.6 for the subtable that counts.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _tables(program: bytes) -> dict[bytes, tuple[int, int]]:
    """Offset and length of each table."""
    tables = {}
    for index in range(int.from_bytes(program[4:6], "big")):
        entry = program[12 + 16 * index : 28 + 16 * index]
        tables[entry[:4]] = (int.from_bytes(entry[8:12], "big"), int.from_bytes(entry[12:16], "big"))
    return tables


def real_widths(program: bytes, cid_map: Any) -> dict[int, float]:
    """Code → advance in thousandths of an em, as far as the program tells."""
    if program[:1] == b"\1" and program[:4] != b"\1\0\0\0":
        from .cffwidths import widths

        return widths(program)
    if program[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        return {}
    tables = _tables(program)
    if not {b"head", b"hhea", b"hmtx", b"maxp"} <= set(tables):
        return {}
    head, hhea, hmtx = (tables[key][0] for key in (b"head", b"hhea", b"hmtx"))
    em = int.from_bytes(program[head + 18 : head + 20], "big") or 1000
    count = int.from_bytes(program[hhea + 34 : hhea + 36], "big")
    advances = [int.from_bytes(program[hmtx + 4 * gid : hmtx + 4 * gid + 2], "big") * 1000 / em for gid in range(count)]
    glyphs = int.from_bytes(program[tables[b"maxp"][0] + 4 : tables[b"maxp"][0] + 6], "big")
    advances += advances[-1:] * (glyphs - count)  # the rest are as wide as the last
    if not hasattr(cid_map, "get_data"):
        return dict(enumerate(advances))
    raw = cid_map.get_data()
    gids = [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw) - 1, 2)]
    return {cid: advances[gid] for cid, gid in enumerate(gids) if 0 < gid < len(advances)}


def glyphs_of(program: bytes, *, symbolic: bool) -> dict[int, int]:
    """Code → glyph: of a symbolic font by its codes, (3,0) or the only subtable; of another by characters, (3,1)."""
    start = _tables(program).get(b"cmap", (0, 0))[0]
    if not start:
        return {}
    found = {}
    for index in range(int.from_bytes(program[start + 2 : start + 4], "big")):
        entry = program[start + 4 + 8 * index : start + 12 + 8 * index]
        found[entry[0] << 8 | entry[1], entry[2] << 8 | entry[3]] = start + int.from_bytes(entry[4:8], "big")
    if not symbolic:
        return _subtable(program, found[3, 1]) if (3, 1) in found else {}
    if (3, 0) in found:
        return {code & 0xFF if code >= 0xF000 else code: gid for code, gid in _subtable(program, found[3, 0]).items()}
    return _subtable(program, next(iter(found.values()))) if len(found) == 1 else {}


def _subtable(program: bytes, at: int) -> dict[int, int]:
    """Formats 0, 4 and 6; nothing of others."""

    def word(place: int) -> int:
        return program[place] << 8 | program[place + 1]

    kind = word(at)
    if kind == 0:
        return {code: gid for code, gid in enumerate(program[at + 6 : at + 262]) if gid}
    if kind == 6:
        return {word(at + 6) + index: word(at + 10 + 2 * index) for index in range(word(at + 8))}
    if kind != 4:
        return {}
    size = word(at + 6)
    ends, starts, deltas, offsets = at + 14, at + 16 + size, at + 16 + 2 * size, at + 16 + 3 * size
    out = {}
    for place in range(0, size, 2):
        offset = word(offsets + place)
        for code in range(word(starts + place), min(word(ends + place), 0xFFFE) + 1):
            gid = word(offsets + place + offset + 2 * (code - word(starts + place))) if offset else code
            if gid:
                out[code] = (gid + word(deltas + place)) & 0xFFFF
    return out
