"""Advance widths in a bare CFF font program, by CID.

In: the program of a CIDFontType0C.  Out: CID → width in thousandths of an em.  Always: a glyph whose width cannot be told without
running its subroutines is left out; a damaged program gives nothing.  Rules: Adobe Technical Notes 5176 (CFF), 3.1 and 5177
(Type 2 charstrings): the width is the first argument of the first operator that clears the stack, where there is one too many.
"""

from __future__ import annotations

import itertools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARSET, _CHARSTRINGS, _PRIVATE = 15, 17, 18
_DEFAULT, _NOMINAL = 20, 21
_MATRIX, _ROS, _FD_ARRAY, _FD_SELECT = 1207, 1230, 1236, 1237
_EVEN = (1, 3, 18, 19, 20, 23)  # stems and masks take pairs
_TAKES = {21: 2, 22: 1, 4: 1}  # rmoveto, hmoveto, vmoveto


def widths(program: bytes) -> dict[int, float]:
    """All that can be told."""
    try:
        return dict(_widths(program))
    except (IndexError, ValueError, KeyError):
        return {}


def _widths(data: bytes) -> Iterator[tuple[int, float]]:
    at = data[2]
    _, at = _index(data, at)
    tops, at = _index(data, at)
    top = _dictionary(data, *tops[0])
    glyphs, _ = _index(data, int(top[_CHARSTRINGS][0]))
    if _ROS in top:
        fonts, _ = _index(data, int(top[_FD_ARRAY][0]))
        privates = [_private(data, _dictionary(data, *one)) for one in fonts]
        chosen = _select(data, int(top[_FD_SELECT][0]), len(glyphs))
        names = _charset(data, int(top.get(_CHARSET, [0.0])[0]), len(glyphs))
    else:
        privates, chosen, names = [_private(data, top)], [0] * len(glyphs), list(range(len(glyphs)))
    scale = top.get(_MATRIX, [0.001])[0] * 1000
    for gid, (start, end) in enumerate(glyphs):
        found = _own(data, start, end)
        if found is not None:
            default, nominal = privates[chosen[gid]]
            yield names[gid], (default if not found else nominal + found[0]) * scale


def _index(data: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    """Where each object of an INDEX lies, and where the INDEX ends."""
    count = int.from_bytes(data[at : at + 2], "big")
    if not count:
        return [], at + 2
    size = data[at + 2]
    offsets = [int.from_bytes(data[at + 3 + size * n : at + 3 + size * (n + 1)], "big") for n in range(count + 1)]
    base = at + 2 + size * (count + 1)
    return [(base + first, base + last) for first, last in itertools.pairwise(offsets)], base + offsets[-1]


def _dictionary(data: bytes, at: int, end: int) -> dict[int, list[float]]:
    """A DICT; operators of two bytes are 12 00 + the second."""
    out: dict[int, list[float]] = {}
    stack: list[float] = []
    while at < end:
        byte = data[at]
        if byte <= 21:
            key = 1200 + data[at + 1] if byte == 12 else byte
            at += 2 if byte == 12 else 1
            out[key], stack = stack, []
        elif byte == 30:
            words, at = "", at + 1
            while "f" not in words:
                words += f"{data[at]:02x}"
                at += 1
            digits = words.partition("f")[0].replace("a", ".").replace("c", "E-").replace("b", "E").replace("e", "-")
            stack.append(float(digits))
        else:
            number, at = _number(data, at, 29)
            stack.append(number)
    return out


def _number(data: bytes, at: int, long: int) -> tuple[float, int]:
    """A number of a DICT or a charstring; `long` is the byte before 32 bits."""
    byte = data[at]
    if byte == 28:
        return int.from_bytes(data[at + 1 : at + 3], "big", signed=True), at + 3
    if byte == long:
        value = int.from_bytes(data[at + 1 : at + 5], "big", signed=True)
        return (value / 65536 if long == 255 else value), at + 5
    if byte <= 246:
        return byte - 139, at + 1
    if byte <= 250:
        return (byte - 247) * 256 + data[at + 1] + 108, at + 2
    return -(byte - 251) * 256 - data[at + 1] - 108, at + 2


def _private(data: bytes, font: dict[int, list[float]]) -> tuple[float, float]:
    """defaultWidthX and nominalWidthX."""
    size, start = (int(number) for number in font[_PRIVATE])
    found = _dictionary(data, start, start + size)
    return found.get(_DEFAULT, [0.0])[0], found.get(_NOMINAL, [0.0])[0]


def _select(data: bytes, at: int, count: int) -> list[int]:
    """The font DICT of each glyph."""
    if data[at] == 0:
        return list(data[at + 1 : at + 1 + count])
    ranges = int.from_bytes(data[at + 1 : at + 3], "big")
    out: list[int] = []
    for number in range(ranges):
        place = at + 3 + 3 * number
        last = int.from_bytes(data[place + 3 : place + 5], "big")
        out += [data[place + 2]] * (last - len(out))
    return out


def _charset(data: bytes, at: int, count: int) -> list[int]:
    """The CID of each glyph."""
    if at <= 2:
        return list(range(count))
    out = [0]
    kind, at = data[at], at + 1
    while len(out) < count:
        first = int.from_bytes(data[at : at + 2], "big")
        more = 0 if kind == 0 else data[at + 2] if kind == 1 else int.from_bytes(data[at + 2 : at + 4], "big")
        out += range(first, first + more + 1)
        at += 2 + kind
    return out[:count]


def _own(data: bytes, at: int, end: int) -> list[float] | None:
    """[] for the default width, [what is added to the nominal one], None where it cannot be told."""
    stack: list[float] = []
    while at < end:
        byte = data[at]
        if byte >= 32 or byte == 28:
            number, at = _number(data, at, 255)
            stack.append(number)
            continue
        if byte in _EVEN:
            return stack[:1] if len(stack) % 2 else []
        if byte in _TAKES:
            return stack[:1] if len(stack) > _TAKES[byte] else []
        if byte == 14:
            return stack[:1] if len(stack) in (1, 5) else []
        return None
    return None
