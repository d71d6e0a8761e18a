"""Compact Font Format: just what embedding needs.

In: a flattened CFF table as HarfBuzz's subsetter leaves it (no subroutines, no hints).  Out: a CID-keyed CFF in which the
glyph at position n has CID n, the form a PDF embeds as CIDFontType0C; its charstrings stand at its end, so that whoever has
them ready in another form can add them.  Always: the same charstrings give the same bytes, whichever table they were read from.
Source: Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings); ISO 32000-1, 9.9.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from struct import error as StructError
from struct import pack, unpack, unpack_from

_SHORT, _LONG, _REAL, _ESCAPE = 28, 29, 30, 12
_CHARSTRINGS, _PRIVATE, _SUBRS, _DEFAULT_WIDTH, _NOMINAL_WIDTH = 17, 18, 19, 20, 21
_FD_ARRAY, _FD_SELECT = 0x0C24, 0x0C25
_NIBBLES = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "E", "E-", "", "-")
_STRINGS = b"\x00\x02\x01\x01\x06\x0eAdobeIdentity"  # an INDEX of two: SIDs 391 and 392
_ROS = b"\xf8\x1b\xf8\x1c\x8b\x0c\x1e"  # 391 392 0 ROS: Adobe-Identity-0
_NO_ENTRIES = b"\x00\x00"  # the INDEX of global subroutines
_FONT_DICT = 11  # bytes: two five-byte integers and the operator Private
_FIXED16 = 255  # first byte of a 16.16 number in a charstring
_ARGUMENTS = {21: 2, 22: 1, 4: 1, 14: 0}  # what rmoveto, hmoveto, vmoveto and endchar take; one more is the width


class CFFError(ValueError):
    """The table is no CFF that can be embedded."""


# --- reading ---------------------------------------------------------------------------------------------------------


def read(table: bytes, em: int) -> list[bytes]:
    """The charstrings of a flattened CFF table, brought to one form: widths count from 0, and `em` is left out.

    HarfBuzz chooses default and nominal widths anew for every subset; with one form a glyph is the same bytes always.

    Errors: CFFError when the table is damaged or still holds subroutines or hints.
    """
    try:
        return _read(table, em)
    except CFFError:
        raise
    except (IndexError, KeyError, ValueError, StructError) as fault:
        raise CFFError(f"damaged CFF table: {fault}") from fault


def _read(table: bytes, em: int) -> list[bytes]:
    _, after_names = _index(table, table[2])
    tops, _ = _index(table, after_names)
    top = _dictionary(table[tops[0] : tops[1]])
    ends, _ = _index(table, int(top[_CHARSTRINGS][0]))
    count = len(ends) - 1
    if _FD_ARRAY in top:
        fonts, _ = _index(table, int(top[_FD_ARRAY][0]))
        dictionaries = [_dictionary(table[start:end]) for start, end in pairwise(fonts)]
        selectors = _selectors(table, int(top[_FD_SELECT][0]), count)
    else:
        dictionaries, selectors = [top], bytes(count)
    widths = [_widths(table, dictionary) for dictionary in dictionaries]
    return [_with_width(table[start:end], *widths[selector], em) for (start, end), selector in zip(pairwise(ends), selectors)]


def _with_width(charstring: bytes, default: int, nominal: int, em: int) -> bytes:
    """A charstring whose width is given from 0, and only if it is not an em."""
    at = 0
    ends = []
    while (lead := charstring[at]) == _SHORT or lead >= 32:
        at += 1 if 32 <= lead < 247 else 2 if 247 <= lead < _FIXED16 else 3 if lead == _SHORT else 5
        ends.append(at)
    if lead not in _ARGUMENTS:
        raise CFFError(f"a charstring starts with operator {lead}")
    extra = len(ends) - _ARGUMENTS[lead]
    if extra not in (0, 1):
        raise CFFError("an accented character is put together by reference")
    width = default
    if extra:
        if charstring[0] == _FIXED16:
            width = nominal + round(unpack_from(">i", charstring, 1)[0] / 65536)
        else:
            width = nominal + _number(charstring, 0)[0]
        charstring = charstring[ends[0] :]
    return charstring if width == em else _integer(width) + charstring


def _index(table: bytes, at: int) -> tuple[list[int], int]:
    """Absolute offsets of an INDEX (one more than it has entries) and where it ends."""
    count = unpack_from(">H", table, at)[0]
    if not count:
        return [at + 2], at + 2
    size = table[at + 2]
    first = at + 3
    end = first + (count + 1) * size
    if size in (1, 2, 4):
        offsets = unpack(f">{count + 1}{'BHxI'[size - 1]}", table[first:end])
    else:
        offsets = tuple([int.from_bytes(table[at : at + size], "big") for at in range(first, end, size)])
    if end - 1 + offsets[-1] > len(table):
        raise CFFError("an INDEX runs past the end")
    return [end - 1 + offset for offset in offsets], end - 1 + offsets[-1]


def _dictionary(data: bytes) -> dict[int, list[float]]:
    """A DICT: operator (escaped ones as 0x0Cnn) to its operands."""
    entries: dict[int, list[float]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        lead = data[at]
        if lead == _REAL:
            value, at = _real(data, at + 1)
            operands.append(value)
        elif lead in (_SHORT, _LONG) or lead >= 32:
            number, at = _number(data, at)
            operands.append(number)
        else:
            at += 1
            if lead == _ESCAPE:
                lead = _ESCAPE << 8 | data[at]
                at += 1
            entries[lead] = operands
            operands = []
    return entries


def _number(data: bytes, at: int) -> tuple[int, int]:
    """An integer operand of a DICT and where it ends."""
    lead = data[at]
    if lead == _SHORT:
        return unpack_from(">h", data, at + 1)[0], at + 3
    if lead == _LONG:
        return unpack_from(">i", data, at + 1)[0], at + 5
    if lead >= 251:
        return -(lead - 251) * 256 - data[at + 1] - 108, at + 2
    if lead >= 247:
        return (lead - 247) * 256 + data[at + 1] + 108, at + 2
    return lead - 139, at + 1


def _real(data: bytes, at: int) -> tuple[float, int]:
    """A real operand (packed decimal, ended by a nibble 15) and where it ends."""
    digits = ""
    while True:
        pair = data[at]
        at += 1
        for nibble in (pair >> 4, pair & 15):
            if nibble == 15:
                return float(digits or 0), at
            digits += _NIBBLES[nibble]


def _selectors(table: bytes, at: int, count: int) -> bytes:
    """FDSelect, format 0 or 3, as one byte a glyph."""
    if table[at] == 0:
        return table[at + 1 : at + 1 + count]
    ranges = unpack_from(">H", table, at + 1)[0]
    chosen = bytearray()
    for entry in range(at + 3, at + 3 + 3 * ranges, 3):
        first, font, after = unpack_from(">HBH", table, entry)
        chosen += bytes([font]) * (after - first)
    return bytes(chosen)


def _widths(table: bytes, dictionary: dict[int, list[float]]) -> tuple[int, int]:
    size, at = map(int, dictionary.get(_PRIVATE, (0, 0)))
    private = _dictionary(table[at : at + size])
    if _SUBRS in private:
        raise CFFError("local subroutines are left")
    return round(private.get(_DEFAULT_WIDTH, [0])[0]), round(private.get(_NOMINAL_WIDTH, [0])[0])


# --- writing ---------------------------------------------------------------------------------------------------------


def head(name: str, sizes: list[int], bbox: tuple[int, int, int, int], em: int) -> bytes:
    """A CID-keyed CFF up to its charstrings (as `read` gives them), glyph n being CID n and of `sizes[n]` bytes.

    Units: `bbox` in font units, of which the em has `em`.
    """
    count = len(sizes)
    charset = b"\x02" + pack(">HH", 1, count - 2) if count > 1 else b"\x00"
    select = b"\x03" + pack(">HHBH", 1, 0, 0, count)  # every glyph is of Font DICT 0
    private = _integer(em) + bytes([_DEFAULT_WIDTH]) + _integer(0) + bytes([_NOMINAL_WIDTH])

    names = b"\x01\x00\x04\x04" + _write_index([name.encode("ascii", "replace")])
    fixed = _ROS + _box(bbox) + _matrix(em) + _five(count) + b"\x0c\x22"
    offsets = 4 * 5 + 6  # bytes of the four operands and their operators below
    at_charset = len(names) + len(_write_index([fixed + bytes(offsets)])) + len(_STRINGS) + len(_NO_ENTRIES)
    at_select = at_charset + len(charset)
    at_fonts = at_select + len(select)
    at_private = at_fonts + len(_write_index([bytes(_FONT_DICT)]))
    at_glyphs = at_private + len(private)
    top = fixed + _five(at_charset) + b"\x0f" + _five(at_select) + b"\x0c\x25"
    top += _five(at_glyphs) + b"\x11" + _five(at_fonts) + b"\x0c\x24"
    font = _five(len(private)) + _five(at_private) + bytes([_PRIVATE])
    parts = [names, _write_index([top]), _STRINGS, _NO_ENTRIES, charset, select, _write_index([font]), private, _offsets(sizes)]
    return b"".join(parts)


def _write_index(entries: list[bytes]) -> bytes:
    """An INDEX."""
    return _offsets(list(map(len, entries))) + b"".join(entries)


def _offsets(sizes: list[int]) -> bytes:
    """An INDEX up to its entries; offsets as wide as they must be."""
    offsets = list(accumulate(sizes, initial=1))
    count = len(sizes)
    last = offsets[-1]
    size, letter = (1, "B") if last < 0x100 else (2, "H") if last < 0x10000 else (4, "I")
    return pack(">HB", count, size) + pack(f">{count + 1}{letter}", *offsets)


def _box(bbox: tuple[int, int, int, int]) -> bytes:
    return b"".join(map(_integer, bbox)) + b"\x05"


def _matrix(units_per_em: int) -> bytes:
    """FontMatrix, which may be left out when an em is 1000 units."""
    if units_per_em == 1000:
        return b""
    scale = _packed(f"{1 / units_per_em:.10f}".strip("0"))
    nothing = _integer(0)
    return scale + nothing + nothing + scale + nothing + nothing + b"\x0c\x07"


def _packed(digits: str) -> bytes:
    nibbles = [_NIBBLES.index(digit) for digit in digits] + [15]
    nibbles += [15] * (len(nibbles) % 2)
    return bytes([_REAL]) + bytes([high << 4 | low for high, low in zip(nibbles[::2], nibbles[1::2])])


def _integer(value: int) -> bytes:
    """A DICT operand in its shortest form."""
    if -107 <= value <= 107:
        return bytes([value + 139])
    if 108 <= value <= 1131:
        return bytes([247 + (value - 108 >> 8), value - 108 & 255])
    if -1131 <= value <= -108:
        return bytes([251 + (-value - 108 >> 8), -value - 108 & 255])
    if -32768 <= value <= 32767:
        return b"\x1c" + pack(">h", value)
    return _five(value)


def _five(value: int) -> bytes:
    """A DICT operand of five bytes whatever its value, so that offsets do not move what they point at."""
    return b"\x1d" + pack(">i", value)
