"""PNG, JPEG and WebP → samples for the PDF.

In: a file's bytes.  Out: a `Picture`, later a `Raster` for its box.  Plain PNG and JPEG files go in as they are and need no
Pillow; the rest (alpha, palettes, 16 bits, interlace, CMYK, EXIF rotation, other colour profiles, WebP, too many dots) is
converted once and cached.  Rules: PNG 3rd edition; ITU T.81; ISO 19005-3, 6.2.4 (colour) and 6.2.8 (images).
"""

from __future__ import annotations

import marshal
import zlib

from . import LARGEST_PIXELS, Picture, Raster

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..diagnostics import Report, Span
    from ..world import World

FORMAT = 1  # of the cached conversions
JPEG_QUALITY = 88
PHOTO_COLOURS = 4096  # a picture with more colours in a thumbnail is treated as a photograph


class Broken(Exception):
    """The file is damaged; the message says where."""


class Header:
    """What a file's header says, without decoding the samples."""

    __slots__ = ("bits", "channels", "density", "height", "plain", "width")

    def __init__(self, width: int, height: int, channels: int, bits: int, density: float, plain: bool) -> None:
        self.width = width
        self.height = height
        self.channels = channels
        self.bits = bits
        self.density = density
        self.plain = plain


def read(data: bytes, key: str, name: str, world: World, report: Report, span: Span | None) -> Picture | None:
    """A raster picture, or None after a report."""
    try:
        header = _header(data, world)
        if header.width <= 0 or header.height <= 0:
            raise Broken("it has no pixels")
        if header.width * header.height > LARGEST_PIXELS:
            report.error(
                "picture-too-large",
                f"`{name}` has {header.width * header.height / 1e6:.0f} megapixels; "
                f"a picture may have {LARGEST_PIXELS // 1_000_000}",
                span,
                help="export it smaller: print needs 300 dots per inch",
            )
            return None
        if world.cached("pictures", f"{key}.ok") is None:
            _verify(data, header)
            world.store("pictures", f"{key}.ok", b"1")
    except Broken as fault:
        report.error("picture-corrupt", f"`{name}` is damaged: {fault}", span, help="export or download it again")
        return None
    picture = Picture(key, "raster", header.width * 72 / header.density, header.height * 72 / header.density, world)
    picture.width_px, picture.height_px = header.width, header.height
    picture._data = data
    return picture


# --- headers ---------------------------------------------------------------------------------------------------------


def _header(data: bytes, world: World) -> Header:
    if data.startswith(b"\x89PNG"):
        return _png_header(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_header(data)
    image = _open(data)
    try:
        return _turned(Header(image.width, image.height, 3, 8, 96.0, False), image.getexif().get(0x0112, 0))
    finally:
        image.close()


def _turned(header: Header, orientation: int) -> Header:
    """The header of the picture as it is to be seen (EXIF 2.32, orientation 5 to 8 lie on their side)."""
    if orientation > 1:
        header.plain = False
    if orientation >= 5:
        header.width, header.height = header.height, header.width
    return header


def _chunks(data: bytes) -> list[tuple[bytes, int, int]]:
    """PNG chunks as (type, start, end of data)."""
    out = []
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            raise Broken(f"it ends inside its {kind.decode('latin-1')} chunk")
        out.append((kind, at + 8, at + 8 + length))
        at += 12 + length
        if kind == b"IEND":
            return out
    raise Broken("it has no end")


def _png_header(data: bytes) -> Header:
    chunks = _chunks(data)
    if chunks[0][0] != b"IHDR" or chunks[0][2] - chunks[0][1] != 13:
        raise Broken("it does not start with a header")
    head = data[chunks[0][1] : chunks[0][2]]
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    bits, kind, _, _, interlace = head[8:13]
    density = 96.0
    orientation = 0
    plain = bits == 8 and kind in (0, 2) and not interlace
    for name, start, end in chunks:
        if name == b"pHYs" and end - start == 9 and data[end - 1] == 1:
            density = max(int.from_bytes(data[start : start + 4], "big") * 0.0254, 1.0)
        elif name in (b"tRNS", b"iCCP"):
            plain = False
        elif name == b"eXIf":
            orientation = _orientation(data[start:end])
    if not any(name == b"IDAT" for name, _, _ in chunks):
        raise Broken("it holds no picture data")
    return _turned(Header(width, height, 3 if kind == 2 else 1, bits, density, plain), orientation)


def _jpeg_header(data: bytes) -> Header:
    at, density = 2, 96.0
    plain, orientation = True, 0
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Broken("a marker is missing")
        kind = data[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        if kind == 0x01 or 0xD0 <= kind <= 0xD8:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        part = data[at + 4 : at + 2 + length]
        if kind == 0xE0 and part[:5] == b"JFIF\0" and part[7:8] in (b"\1", b"\2"):
            dots = int.from_bytes(part[8:10], "big") * (1.0 if part[7] == 1 else 2.54)
            density = dots if dots >= 10 else 96.0
        elif kind == 0xE1 and part[:6] == b"Exif\0\0":
            orientation = _orientation(part[6:])
        elif kind == 0xE2 and part[:11] == b"ICC_PROFILE":
            plain = False
        elif kind in (0xC0, 0xC1, 0xC2):
            bits, height, width, channels = part[0], *_pair(part[1:5]), part[5]
            plain = plain and bits == 8 and channels in (1, 3)
            return _turned(Header(width, height, channels, bits, density, plain), orientation)
        elif 0xC3 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            bits, height, width, channels = part[0], *_pair(part[1:5]), part[5]
            return _turned(Header(width, height, channels, bits, density, False), orientation)
        at += 2 + length
    raise Broken("it has no frame")


def _pair(part: bytes) -> tuple[int, int]:
    return int.from_bytes(part[:2], "big"), int.from_bytes(part[2:4], "big")


def _orientation(tiff: bytes) -> int:
    """The EXIF orientation, 0 when there is none."""
    order: Any = "little" if tiff[:2] == b"II" else "big"
    start = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[start : start + 2], order)
    for index in range(min(count, 200)):
        at = start + 2 + 12 * index
        if int.from_bytes(tiff[at : at + 2], order) == 0x0112:
            return int.from_bytes(tiff[at + 8 : at + 10], order)
    return 0


# --- verification ----------------------------------------------------------------------------------------------------


def _verify(data: bytes, header: Header) -> None:
    """Decode once: what cannot be read to its end is broken.  Remembered by content."""
    if data.startswith(b"\x89PNG") and header.plain:
        for kind, start, end in _chunks(data):
            if zlib.crc32(data[start - 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
                raise Broken(f"the checksum of its {kind.decode('latin-1')} chunk is wrong")
        try:
            rows = zlib.decompress(_idat(data))
        except zlib.error as fault:
            raise Broken("its picture data cannot be unpacked") from fault
        if len(rows) < header.height * (header.width * header.channels + 1):
            raise Broken("rows are missing")
        return
    image = _open(data)
    try:
        image.load()
    except Exception as fault:  # Pillow's decoders raise whatever they meet
        raise Broken(str(fault) or type(fault).__name__) from fault
    finally:
        image.close()


def _idat(data: bytes) -> bytes:
    return b"".join([data[start:end] for kind, start, end in _chunks(data) if kind == b"IDAT"])


def _open(data: bytes) -> Any:
    import io
    import warnings

    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked first
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Image.open(io.BytesIO(data))
        except Exception as fault:
            raise Broken(str(fault).replace("<_io.BytesIO object at", "<").split("<")[0].strip() or "unreadable") from fault


# --- samples ---------------------------------------------------------------------------------------------------------


def samples(data: bytes, key: str, limit: tuple[int, int], world: World) -> Raster:
    """The samples for a box: the file's own when they are plain and not too many, else converted and cached."""
    header = _header(data, world)
    fits = header.width <= limit[0] * 1.5 and header.height <= limit[1] * 1.5
    if header.plain and fits:
        colour = "rgb" if header.channels == 3 else "gray"
        if data.startswith(b"\x89PNG"):
            return Raster(header.width, header.height, colour, 8, "FlateDecode", 15, _idat(data))
        return Raster(header.width, header.height, colour, 8, "DCTDecode", 0, data)
    name = f"{key}.{limit[0]}x{limit[1]}.{FORMAT}"
    known = world.cached("pictures", name)
    if known is not None:
        return _raster_of(marshal.loads(known))
    made = _converted(data, limit)
    world.store("pictures", name, marshal.dumps(_plain(made)))
    return made


def _plain(raster: Raster) -> tuple[Any, ...]:
    values = raster.values()
    return (*values[:-1], _plain(raster.mask) if raster.mask else None)


def _raster_of(values: tuple[Any, ...]) -> Raster:
    mask = values[-1]
    return Raster(*[*values[:-1], _raster_of(mask) if mask else None])


def _converted(data: bytes, limit: tuple[int, int]) -> Raster:
    """Upright, sRGB or gray, 8 bits, at most `limit` dots; photographs as JPEG, graphics losslessly."""
    from PIL import Image, ImageOps

    image: Any = _open(data)
    lossy = image.format in ("JPEG", "MPO") or image.format == "WEBP"
    turned = ImageOps.exif_transpose(image)
    image = _in_srgb(turned if turned is not None else image)
    alpha = None
    if image.mode in ("LA", "RGBA"):
        alpha = image.getchannel("A")
        if alpha.getextrema() == (255, 255):
            alpha = None
        image = image.convert("RGB" if image.mode == "RGBA" else "L")
    if image.width > limit[0] * 1.5 or image.height > limit[1] * 1.5:
        scale = max(limit[0] / image.width, limit[1] / image.height)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS)
        alpha = alpha.resize(size, Image.Resampling.LANCZOS) if alpha is not None else None
    mask = _flate(alpha) if alpha is not None else None
    photo = lossy or (image.mode == "RGB" and image.resize((128, 128)).getcolors(PHOTO_COLOURS) is None)
    made = _jpeg(image) if photo and alpha is None else _flate(image)
    return made.replace(mask=mask)


def _in_srgb(image: Any) -> Any:
    """The image as RGB, RGBA, L or LA in sRGB, by its own profile where it has one."""
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    elif image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        image = image.point(lambda value: value / 256).convert("L") if image.mode.startswith("I;16") else image.convert("L")
    elif image.mode == "1":
        image = image.convert("L")
    elif "transparency" in image.info and image.mode in ("L", "RGB"):
        image = image.convert("RGBA")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _by_profile(image, profile)
    if image.mode not in ("RGB", "RGBA", "L", "LA"):
        image = image.convert("RGB")
    return image


def _by_profile(image: Any, profile: bytes) -> Any:
    import io

    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a damaged or mismatched profile: the numbers are taken as they are


def _jpeg(image: Any) -> Raster:
    import io

    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    colour = "rgb" if image.mode == "RGB" else "gray"
    return Raster(image.width, image.height, colour, 8, "DCTDecode", 0, out.getvalue())


def _flate(image: Any) -> Raster:
    """Rows filtered as PNG does (Up), then packed: the filter that helps flat graphics most for its cost."""
    width = image.width * (3 if image.mode == "RGB" else 1)
    rows = image.tobytes()
    out = bytearray()
    before = bytes(width)
    for at in range(0, len(rows), width):
        row = rows[at : at + width]
        if row == before:
            out += b"\2" + bytes(width)
        else:
            out += b"\0" + row
        before = row
    colour = "rgb" if image.mode == "RGB" else "gray"
    return Raster(image.width, image.height, colour, 8, "FlateDecode", 15, zlib.compress(bytes(out), 9))
