"""Pictures: files → what layout measures and the PDF embeds.

In: a path.  Out: a `Picture`: raster (PNG, JPEG, WebP), drawing (SVG) or page (PDF).  Always: the kind is told from the
content, not the name; a broken or monstrous file is a diagnostic; heavy libraries load only when a picture needs them, and
what they make is cached by content.
"""

from __future__ import annotations

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..diagnostics import Report, Span
    from ..world import World

LARGEST_FILE = 64 * 1024 * 1024  # bytes
LARGEST_PIXELS = 100_000_000
PRINT_DPI = 300.0  # more dots than this are not seen on paper


class Raster(Record):
    """Samples ready for an image XObject.

    `colour` "rgb", "gray" or "indexed" (then `palette` holds RGB triples); `filter` FlateDecode or DCTDecode; `predictor` 15
    for PNG-filtered rows, 0 for none; `mask` the alpha channel as a gray raster.
    """

    width_px: int
    height_px: int
    colour: str
    bits: int
    filter: str
    predictor: int
    data: bytes
    palette: bytes = b""
    mask: Raster | None = None


class DrawnPath(Record):
    """A filled or stroked path of a drawing; steps as in `layout.frames.PathItem`, points, y down.

    `dash` lengths in points; `cap` and `join` as in PDF (ISO 32000-1, 8.4.3.3); `opacity` from 0 to 1.
    """

    steps: tuple[tuple[str | float, ...], ...]
    fill: str
    stroke: str
    weight: float
    even_odd: bool = False
    dash: tuple[float, ...] = ()
    cap: int = 0
    join: int = 0
    opacity: float = 1.0


class DrawnText(Record):
    """A line of text on its baseline; `anchor` start, middle or end; `angle` in degrees, anticlockwise round (x, y)."""

    text: str
    x: float
    y: float
    size: float
    anchor: str
    colour: str
    bold: bool
    angle: float = 0.0


class DrawnImage(Record):
    """A raster picture in a drawing, upright in its box."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture


class Drawing(Record):
    """A vector drawing's shapes in painting order, all inside its box."""

    width: float
    height: float
    shapes: tuple[DrawnPath | DrawnText | DrawnImage, ...]


class Picture:
    """A picture of any kind.  `key` is a hash of its content; `width` and `height` its natural size in points."""

    __slots__ = ("_data", "_world", "drawing", "form", "height", "height_px", "key", "kind", "width", "width_px")

    def __init__(self, key: str, kind: str, width: float, height: float, world: World) -> None:
        self.key = key
        self.kind = kind
        self.width = width
        self.height = height
        self.width_px = 0
        self.height_px = 0
        self.drawing: Drawing | None = None
        self.form: tuple[object, ...] | None = None
        self._data = b""
        self._world = world

    def raster(self, width: float, height: float) -> Raster:
        """The samples for a box of that size in points, with no more dots than print needs."""
        from .raster import samples

        limit = (max(1, round(width / 72 * PRINT_DPI)), max(1, round(height / 72 * PRINT_DPI)))
        return samples(self._data, self.key, limit, self._world)


def load(path: str, world: World, report: Report, span: Span | None) -> Picture | None:
    """A picture from a file, or None after a report at `span`."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    try:
        if world.exists(path) and not world.is_file(path):
            raise OSError(0, "it is no file")
        size = world.size(path)
        if size > LARGEST_FILE:
            report.error(
                "picture-too-large",
                f"`{name}` has {size / 1e6:.0f} MB; a picture may have {LARGEST_FILE // 1024 // 1024} MB",
                span,
                help="export it smaller: print needs 300 dots per inch",
            )
            return None
        data = world.read(path)
    except (OSError, ValueError) as fault:  # ValueError: a name no file can have
        reason = getattr(fault, "strerror", None) or str(fault)
        report.error(
            "picture-missing", f"`{name}` cannot be read: {reason}", span, help="check the name and the file's permissions"
        )
        return None
    key = key_of(data)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        from .raster import read
    elif b"%PDF-" in data[:1024]:
        from .page import read
    elif head.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")) and b"<svg" in data[:65536]:
        from .svg import read
    else:
        report.error(
            "picture-unsupported",
            f"`{name}` is {_other_kind(data)}, not a PNG, JPEG, WebP, SVG or PDF",
            span,
            help="export the picture as one of these",
        )
        return None
    return read(data, key, name, world, report, span)


_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"BM", "a BMP"),
    (b"\0\0\1\0", "an icon"),
    (b"8BPS", "a Photoshop file"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a packed file"),
    (b"PK\3\4", "an Office or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"\xd7\xcd\xc6\x9a", "a Windows metafile"),
    (b"\0\0\0\x0cjP", "a JPEG 2000"),
)


def _other_kind(data: bytes) -> str:
    """What a file of another kind is, in words."""
    if not data:
        return "empty"
    if data[4:8] == b"ftyp":
        return {b"avif": "an AVIF", b"heic": "a HEIC", b"heix": "a HEIC", b"mif1": "a HEIF"}.get(data[8:12], "a film")
    return next((words for start, words in _OTHERS if data.startswith(start)), "some other kind of file")


def key_of(data: bytes) -> str:
    """A name for the content."""
    from _blake2 import blake2b

    return blake2b(data, digest_size=16).hexdigest()
