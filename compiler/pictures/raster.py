"""PNG, JPEG and WebP → samples for the PDF.

In: a file's bytes.  Out: a `Picture`, later a `Raster` for its box.  Plain PNG and JPEG files go in as they are and need no
Pillow; the rest (alpha, 16 bits, interlace, CMYK, EXIF rotation, other colour profiles, WebP, too many dots) is converted
once and cached by content and size.  Rules: ISO 19005-3, 6.2.4 (colour) and 6.2.8 (images).
"""

from __future__ import annotations

import marshal
import zlib

from . import LARGEST_PIXELS, Picture, Raster
from .headers import PNG, Broken, Header, check_png, header_of, jpeg_samples, png_header, png_samples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..diagnostics import Report, Span
    from ..world import World

FORMAT = 2  # of the cached conversions and verdicts
CACHE = "pictures"
JPEG_QUALITY = 88
SAMPLE_FROM = 1.5  # more dots than 1.5 times what print needs are sampled down (450 to 300, as print presets do)
PHOTO = 0.35  # a sample of a photograph packs worse than to this part of its size, one of a chart far better


def read(data: bytes, key: str, name: str, world: World, report: Report, span: Span | None) -> Picture | None:
    """A raster picture, or None after a report."""
    try:
        header = header_of(data)
        pixels = header.width * header.height
        if pixels > LARGEST_PIXELS:
            report.error(
                "picture-too-large",
                f"`{name}` has {pixels / 1e6:.0f} megapixels; a picture may have {LARGEST_PIXELS // 1_000_000}",
                span,
                help="export it smaller: print needs 300 dots per inch",
            )
            return None
        verdict = f"{key}.ok.{FORMAT}"
        if world.cached(CACHE, verdict) is None:
            _verify(data, header)
            world.store(CACHE, verdict, b"1")
    except Broken as fault:
        report.error("picture-corrupt", f"`{name}` is damaged: {fault}", span, help="export or download it again")
        return None
    if header.animated:
        report.warning(
            "picture-animated", f"`{name}` moves; paper shows its first frame", span, help="export the frame you mean as a PNG"
        )
    picture = Picture(key, "raster", header.width * 72 / header.density, header.height * 72 / header.density, world)
    picture.width_px, picture.height_px = header.width, header.height
    picture._data = data
    return picture


def _verify(data: bytes, header: Header) -> None:
    """Decode once: what cannot be read to its end is broken.  Errors: Broken."""
    if data.startswith(PNG) and header.plain:
        check_png(data, header)
    else:
        _decoded(data).close()


def _decoded(data: bytes) -> Any:
    """The first frame, decoded by Pillow without a word on the terminal.  Errors: Broken."""
    import io
    import warnings

    from PIL import Image, ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # others in the process may have asked for that: WeasyPrint does
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
            image.load()
        except Exception as fault:  # Pillow's decoders raise whatever they meet
            words = str(fault)
            raise Broken("it cannot be decoded" if not words or "BytesIO" in words else words) from fault
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return image


# --- samples ---------------------------------------------------------------------------------------------------------


def samples(data: bytes, key: str, limit: tuple[int, int], world: World) -> Raster:
    """The samples for a box: the file's own when they are plain and not too many, else converted and cached."""
    header = header_of(data)
    if header.plain and not _too_many(header.width, header.height, limit):
        if data.startswith(PNG):
            packing, predictor, body = "FlateDecode", 15, png_samples(data)
        else:
            packing, predictor, body = "DCTDecode", 0, jpeg_samples(data)
        return Raster(header.width, header.height, header.colour, header.bits, packing, predictor, body, header.palette)
    name = f"{key}.{limit[0]}x{limit[1]}.{FORMAT}"
    known = world.cached(CACHE, name)
    if known is not None:
        return _raster_of(marshal.loads(known))
    made = _converted(data, header.orientation, limit)
    world.store(CACHE, name, marshal.dumps(_plain(made)))
    return made


def _too_many(width: int, height: int, limit: tuple[int, int]) -> bool:
    return width > limit[0] * SAMPLE_FROM or height > limit[1] * SAMPLE_FROM


def _plain(raster: Raster) -> tuple[Any, ...]:
    values = raster.values()
    return (*values[:-1], _plain(raster.mask) if raster.mask else None)


def _raster_of(values: tuple[Any, ...]) -> Raster:
    mask = values[-1]
    return Raster(*[*values[:-1], _raster_of(mask) if mask else None])


def _converted(data: bytes, orientation: int, limit: tuple[int, int]) -> Raster:
    """Upright, sRGB or gray, 8 bits, at most `limit` dots; photographs as JPEG, graphics losslessly."""
    from PIL import Image

    image: Any = _decoded(data)
    was_jpeg = not data.startswith(PNG) and image.format != "WEBP"
    if orientation > 1:
        turns = Image.Transpose
        image = image.transpose(
            {
                2: turns.FLIP_LEFT_RIGHT,
                3: turns.ROTATE_180,
                4: turns.FLIP_TOP_BOTTOM,
                5: turns.TRANSPOSE,
                6: turns.ROTATE_270,
                7: turns.TRANSVERSE,
                8: turns.ROTATE_90,
            }[orientation]
        )
    image, alpha = _in_srgb(image)
    if alpha is not None and alpha.getextrema() == (255, 255):
        alpha = None
    if _too_many(image.width, image.height, limit):
        image, alpha = _sampled(image, alpha, (min(image.width, limit[0]), min(image.height, limit[1])))
    made = _jpeg(image) if was_jpeg or _is_photograph(image) else _flate(image)
    return made if alpha is None else made.replace(mask=_flate(alpha, mask=True))


def _sampled(image: Any, alpha: Any, size: tuple[int, int]) -> tuple[Any, Any]:
    """Image and alpha at another size; where pixels are clear their colour must not bleed into their neighbours."""
    from PIL import Image

    lanczos = Image.Resampling.LANCZOS
    if alpha is None:
        return image.resize(size, lanczos), None
    mode = image.mode
    both = image.convert("RGB").convert("RGBA")
    both.putalpha(alpha)
    both = both.resize(size, lanczos)  # Pillow multiplies by alpha before and divides after
    return both.convert("RGB").convert(mode), both.getchannel("A")


def _in_srgb(image: Any) -> tuple[Any, Any]:
    """The image as RGB or L in sRGB, by its own profile where it has one, and its alpha channel or None."""
    if image.mode.startswith(("I", "F")):
        image = _in_8_bits(image)
    profile = image.info.get("icc_profile")
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        image = image.convert("RGBA")
    elif image.mode == "P":
        image = image.convert("RGB")
    elif image.mode == "1":
        image = image.convert("L")
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    if alpha is not None:
        image = image.convert("RGB" if image.mode == "RGBA" else "L")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _by_profile(image, profile)
    if image.mode not in ("RGB", "L"):
        image = image.convert("RGB")
    return image, alpha


def _in_8_bits(image: Any) -> Any:
    """16-bit gray as 8 bits (Pillow would cut at 255); a value that stands for clear does so by its high byte."""
    from PIL import Image

    wide = image.convert("I")
    narrow: Any = Image.frombytes("L", wide.size, _high_bytes(wide.tobytes()))
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        high = clear >> 8
        narrow.putalpha(narrow.point([0 if value == high else 255 for value in range(256)]))
    if "icc_profile" in image.info:
        narrow.info["icc_profile"] = image.info["icc_profile"]
    return narrow


def _high_bytes(samples: bytes) -> bytes:
    """The second lowest byte of each 32-bit sample of this machine's order."""
    import sys

    return samples[1::4] if sys.byteorder == "little" else samples[2::4]


def _by_profile(image: Any, profile: bytes) -> Any:
    import io

    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a damaged or mismatched profile: the numbers are taken as they are


def _is_photograph(image: Any) -> bool:
    """Whether a thin sample of the pixels packs badly, as noise and shading do and charts and screens do not."""
    from PIL import Image

    thin = image.resize((min(image.width, 256), min(image.height, 256)), Image.Resampling.NEAREST).tobytes()
    return len(zlib.compress(thin, 6)) > PHOTO * len(thin) + 500  # what is tiny stays exact


def _jpeg(image: Any) -> Raster:
    import io

    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    colour = "rgb" if image.mode == "RGB" else "gray"
    return Raster(image.width, image.height, colour, 8, "DCTDecode", 0, jpeg_samples(out.getvalue()))


def _flate(image: Any, *, mask: bool = False) -> Raster:
    """The rows as a PNG holds them, with a palette where 256 colours are enough (never for a mask: it must be gray)."""
    import io

    if image.mode == "RGB" and not mask:
        image = _with_palette(image)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    made = out.getvalue()
    header = png_header(made)
    return Raster(image.width, image.height, header.colour, header.bits, "FlateDecode", 15, png_samples(made), header.palette)


def _with_palette(image: Any) -> Any:
    """The same pixels with a palette, or as gray, if that says the same; else the image itself."""
    from PIL import Image

    colours = image.getcolors(256)
    if colours is None:
        return image
    if all([red == green == blue for _, (red, green, blue) in colours]):
        return image.convert("L")
    fewer = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=len(colours))
    return fewer if fewer.convert("RGB").tobytes() == image.tobytes() else image
