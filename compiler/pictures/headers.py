"""What the headers of PNG, JPEG and WebP files say, read without a decoder.

In: a file's bytes.  Out: a `Header`, and the parts of a file that go into the PDF as they are.  Always: no more is read than
the file holds; a file that contradicts itself raises `Broken`.  Rules: PNG 3rd edition; ITU T.81 and T.871; EXIF 2.32, 4.6.4;
RFC 9649 (WebP); ICC.1:2022, 7.3.
"""

from __future__ import annotations

import zlib

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
_PROFILE = 4 * 1024 * 1024  # bytes of an unpacked colour profile read at most


class Broken(Exception):
    """The file is damaged; the message says where."""


class Header(Record):
    """A picture as its header tells it.

    `width` and `height` are pixels as the picture is to be seen, `orientation` the EXIF turn that leads there (1: none).
    `plain`: the file's own data may stand in the PDF, then `colour` and `palette` are as in `Raster`.  `density` is dots
    per inch.
    """

    width: int
    height: int
    colour: str = "rgb"
    bits: int = 8
    density: float = 96.0
    plain: bool = False
    orientation: int = 1
    animated: bool = False
    palette: bytes = b""


def header_of(data: bytes) -> Header:
    """The header of a PNG, JPEG or WebP file.  Errors: Broken."""
    read = png_header if data.startswith(PNG) else jpeg_header if data.startswith(JPEG) else webp_header
    try:
        header = read(data)
    except IndexError:
        raise Broken("it ends inside its header") from None
    if header.width <= 0 or header.height <= 0:
        raise Broken("it has no pixels")
    turn = header.orientation
    if turn > 1:
        width, height = (header.height, header.width) if turn >= 5 else (header.width, header.height)
        return header.replace(width=width, height=height, plain=False)
    return header


def _whole(data: bytes) -> int:
    return int.from_bytes(data, "big")


# --- PNG -------------------------------------------------------------------------------------------------------------


def png_chunks(data: bytes) -> list[tuple[bytes, int, int]]:
    """Chunks as (type, start, end of data).  Errors: Broken."""
    out: list[tuple[bytes, int, int]] = []
    at = 8
    while at + 12 <= len(data):
        length = _whole(data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            raise Broken(f"it ends inside its {kind.decode('latin-1')} chunk")
        out.append((kind, at + 8, at + 8 + length))
        at += 12 + length
        if kind == b"IEND":
            return out
    raise Broken("it has no end")


def png_samples(data: bytes) -> bytes:
    """The packed rows: all IDAT chunks joined."""
    return b"".join([data[start:end] for kind, start, end in png_chunks(data) if kind == b"IDAT"])


def png_header(data: bytes) -> Header:
    """The header of a PNG file.  Errors: Broken."""
    chunks = png_chunks(data)
    if chunks[0][0] != b"IHDR" or chunks[0][2] - chunks[0][1] != 13:
        raise Broken("it does not start with a header")
    head = data[chunks[0][1] : chunks[0][2]]
    bits, kind, packing, filtering, interlace = head[8:13]
    colour = {0: "gray", 2: "rgb", 3: "indexed"}.get(kind, "")
    density, orientation, palette, animated = 96.0, 1, b"", False
    plain = bool(colour) and bits <= 8 and not (packing or filtering or interlace)
    for name, start, end in chunks:
        if name == b"pHYs" and end - start == 9 and data[end - 1] == 1:
            density = max(_whole(data[start : start + 4]) * 0.0254, 1.0)
        elif name == b"tRNS" or (name == b"iCCP" and not _is_srgb(_unpacked_profile(data[start:end]))):
            plain = False
        elif name == b"PLTE":
            palette = data[start:end]
        elif name == b"eXIf":
            orientation = exif_orientation(data[start:end])
        elif name == b"acTL":
            animated = _whole(data[start : start + 4]) > 1
    if not any([name == b"IDAT" for name, _, _ in chunks]):
        raise Broken("it holds no picture data")
    if colour == "indexed" and not (3 <= len(palette) <= 768 and len(palette) % 3 == 0):
        raise Broken("its palette is missing or has a wrong length")
    if colour != "indexed":
        palette = b""
    width, height = _whole(head[:4]), _whole(head[4:8])
    return Header(width, height, colour or "rgb", bits, density, plain, orientation, animated, palette)


def check_png(data: bytes, header: Header) -> None:
    """Unpack the rows of a plain file once, never more than they may hold.  Errors: Broken."""
    for kind, start, end in png_chunks(data):
        if kind[:1].isupper() and zlib.crc32(data[start - 4 : end]) != _whole(data[end : end + 4]):
            raise Broken(f"the checksum of its {kind.decode('latin-1')} chunk is wrong")
    stride = 1 + (header.width * header.bits * (3 if header.colour == "rgb" else 1) + 7) // 8
    try:
        rows = zlib.decompressobj().decompress(png_samples(data), stride * header.height)
    except zlib.error:
        raise Broken("its picture data cannot be unpacked") from None
    if len(rows) < stride * header.height:
        raise Broken("rows are missing")
    if max(rows[::stride]) > 4:
        raise Broken("a row has a filter that does not exist")


def _unpacked_profile(chunk: bytes) -> bytes:
    """The profile in an iCCP chunk, b"" when it is damaged."""
    at = chunk.find(b"\0")
    try:
        return zlib.decompressobj().decompress(chunk[at + 2 :], _PROFILE) if 0 < at <= 79 else b""
    except zlib.error:
        return b""


# --- JPEG ------------------------------------------------------------------------------------------------------------


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker segments before the first scan, that scan's header included, as (marker, start of the segment, its end)."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Broken("a marker is missing")
        kind = data[at + 1]
        if kind == 0xFF:
            at += 1
        elif kind == 0x01 or 0xD0 <= kind <= 0xD8:
            at += 2
        else:
            end = at + 2 + max(2, _whole(data[at + 2 : at + 4]))
            if kind == 0xD9 or end > len(data):
                break
            yield kind, at, end
            if kind == 0xDA:
                return
            at = end
    raise Broken("it ends before its picture data")


def jpeg_header(data: bytes) -> Header:
    """The header of a JPEG file.  Errors: Broken."""
    density, orientation, adobe = 96.0, 1, False
    header: Header | None = None
    profile = b""
    for kind, start, end in _segments(data):
        part = data[start + 4 : end]
        if kind == 0xE0 and part[:5] == b"JFIF\0" and part[7:8] in (b"\1", b"\2"):
            dots = _whole(part[8:10]) * (1.0 if part[7] == 1 else 2.54)
            density = dots if dots >= 10 else 96.0
        elif kind == 0xE1 and part[:6] == b"Exif\0\0":
            orientation = exif_orientation(part[6:])
        elif kind == 0xE2 and part[:12] == b"ICC_PROFILE\0":
            profile = part[14:] if part[13] == 1 else b"several parts"
        elif kind == 0xEE and part[:5] == b"Adobe":
            adobe = True
        elif 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            bits, height, width, channels = part[0], _whole(part[1:3]), _whole(part[3:5]), part[5]
            # Without Adobe's mark, readers disagree on components named R, G and B.
            plain = kind <= 0xC2 and bits == 8 and (channels == 1 or (channels == 3 and (adobe or part[6::3] != b"RGB")))
            header = Header(width, height, "gray" if channels == 1 else "rgb", bits, plain=plain)
    if header is None:
        raise Broken("it has no frame")
    plain = header.plain and (not profile or _is_srgb(profile))
    return header.replace(density=density, orientation=orientation, plain=plain)


def jpeg_samples(data: bytes) -> bytes:
    """The file without what is not the picture: EXIF with its places and cameras, comments, previews, a second image.

    The samples stay as they are: only JFIF's and Adobe's marks are read by decoders.
    """
    import re

    kept = [data[:2]]
    end = 2
    for kind, start, end in _segments(data):
        if kind == 0xEE or (kind == 0xE0 and data[start + 4 : start + 9] == b"JFIF\0") or not (kind >= 0xE0):
            kept.append(data[start:end])
    at = end
    for found in re.compile(rb"\xff[^\x00\xd0-\xd7\xff]").finditer(data, end):
        if found.start() < at:
            continue  # inside a table between two scans
        if found.group() == b"\xff\xd9":
            kept.append(data[end : found.end()])
            return b"".join(kept)
        at = found.end() + _whole(data[found.end() : found.end() + 2])
    return b"".join([*kept, data[end:], b"\xff\xd9"])


# --- WebP ------------------------------------------------------------------------------------------------------------


def webp_header(data: bytes) -> Header:
    """The header of a WebP file; never plain, as PDF has no filter for it.  Errors: Broken."""
    size: tuple[int, int] | None = None
    orientation, animated = 1, False
    at = 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        part = data[at + 8 : at + 8 + length]
        if kind == b"VP8X":
            animated = bool(part[0] & 2)
            size = (int.from_bytes(part[4:7], "little") + 1, int.from_bytes(part[7:10], "little") + 1)
        elif kind == b"VP8L" and size is None:
            packed = int.from_bytes(part[1:5], "little")
            size = ((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
        elif kind == b"VP8 " and size is None:
            size = (int.from_bytes(part[6:8], "little") & 0x3FFF, int.from_bytes(part[8:10], "little") & 0x3FFF)
        elif kind == b"EXIF":
            orientation = exif_orientation(part.removeprefix(b"Exif\0\0"))
        at += 8 + length + length % 2
    if size is None:
        raise Broken("it has no frame")
    return Header(*size, orientation=orientation, animated=animated)


# --- EXIF and ICC ----------------------------------------------------------------------------------------------------


def exif_orientation(tiff: bytes) -> int:
    """The orientation, 1 to 8; 1 where none is given or none makes sense."""
    order: Any = "little" if tiff[:2] == b"II" else "big"
    start = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[start : start + 2], order)
    for index in range(min(count, 200)):
        at = start + 2 + 12 * index
        if int.from_bytes(tiff[at : at + 2], order) == 0x0112:
            value = int.from_bytes(tiff[at + 8 : at + 10], order)
            return value if 1 <= value <= 8 else 1
    return 1


def _is_srgb(profile: bytes) -> bool:
    """Whether a colour profile calls itself sRGB, as most in the wild do; its numbers then need no conversion."""
    if profile[16:20] != b"RGB ":
        return False
    for index in range(min(_whole(profile[128:132]), 100)):
        entry = profile[132 + 12 * index : 144 + 12 * index]
        if entry[:4] == b"desc":
            start = _whole(entry[4:8])
            name = profile[start : start + _whole(entry[8:12])]
            return b"sRGB" in name or "sRGB".encode("utf-16-be") in name
    return False
