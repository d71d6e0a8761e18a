"""PDF pictures: the first page of a file as a form that can be drawn in a box.

In: a file's bytes.  Out: a `Picture` whose `form` is a bundle of finished objects (see `bundle`).  Always: what would not
print everywhere is refused with its reason; the page's own bytes are kept, so it looks as it did; pypdf is loaded only when
the cache does not know the file.
"""

from __future__ import annotations

import marshal

from ..bundle import FORMAT as BUNDLE_FORMAT
from . import Picture

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..diagnostics import Report, Span
    from ..world import World

FORMAT = 1  # of a cached form


class Refused(Exception):
    """Why a PDF cannot be a picture."""


def read(data: bytes, key: str, name: str, world: World, report: Report, span: Span | None) -> Picture | None:
    """A PDF picture, or None after a report."""
    entry = f"{key}.{BUNDLE_FORMAT}.{FORMAT}"
    known = world.cached("forms", entry)
    if known is not None:
        width, height, plain = marshal.loads(known)
    else:
        try:
            width, height, plain = _form(data)
        except Refused as reason:
            report.error("picture-unsupported", f"`{name}`: {reason}", span, help="export it again, or use a PNG or SVG")
            return None
        except Exception as fault:  # pypdf raises whatever it meets in a damaged file
            report.error("picture-corrupt", f"`{name}` cannot be read as a PDF: {fault}", span, help="export it again")
            return None
        world.store("forms", entry, marshal.dumps((width, height, plain)))  # type: ignore[arg-type]  # a bundle is plain
    picture = Picture(key, "page", width, height, world)
    picture.form = plain
    return picture


def _form(data: bytes) -> tuple[float, float, tuple[object, ...]]:
    """Width and height in points, and the bundle whose root is the form."""
    import io

    from pypdf import PdfReader

    from ..bundle import Builder, Stream, exact_names

    with exact_names():
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Refused("the PDF is encrypted")
        if not reader.pages:
            raise Refused("the PDF has no pages")
        page = reader.pages[0]
        for font in _fonts(page.get("/Resources"), set()):
            raise Refused(f"the font {font} is not embedded")
        box = [float(edge) for edge in page.cropbox]
        left, bottom, right, top = box
        turn = int(page.get("/Rotate", 0) or 0) % 360
        width, height = right - left, top - bottom
        if width <= 0 or height <= 0:
            raise Refused("its page has no size")
        matrix = {
            0: [1, 0, 0, 1, -left, -bottom],
            90: [0, -1, 1, 0, -bottom, right],
            180: [-1, 0, 0, -1, right, top],
            270: [0, 1, -1, 0, top, -left],
        }.get(turn, [1, 0, 0, 1, -left, -bottom])
        contents = page.get_contents()
        entries: dict[str, Any] = {
            "/Type": b"/XObject",
            "/Subtype": b"/Form",
            "/BBox": box,
            "/Matrix": matrix,
            "/Resources": page.get("/Resources") or {},
        }
        builder = Builder(_without_structure)
        root = builder.place(Stream(entries, contents.get_data() if contents is not None else b""))
        bundle = builder.finish((root,))
    if turn in (90, 270):
        width, height = height, width
    return width, height, bundle.plain()


def _without_structure(dictionary: Any) -> Any:
    """Entries but for those that lead into the other file's pages or structure."""
    from ..bundle import raw_entries

    dropped = ("/StructParent", "/StructParents", "/Parent", "/P", "/Metadata", "/PieceInfo", "/LastModified")
    return {key: value for key, value in raw_entries(dictionary).items() if key not in dropped}


def _fonts(resources: Any, seen: set[int]) -> list[str]:
    """Names of fonts that are not embedded, forms included."""
    found: list[str] = []
    resources = resources.get_object() if resources is not None else None
    if not resources:
        return found
    for font in (resources.get("/Font") or {}).values():
        font = font.get_object()
        inner = font["/DescendantFonts"][0].get_object() if font.get("/Subtype") == "/Type0" else font
        descriptor = inner.get("/FontDescriptor")
        descriptor = descriptor.get_object() if descriptor is not None else {}
        embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        if font.get("/Subtype") != "/Type3" and not embedded:
            found.append(str(font.get("/BaseFont", "?")).lstrip("/"))
    for shape in (resources.get("/XObject") or {}).values():
        shape = shape.get_object()
        if shape.get("/Subtype") == "/Form" and id(shape) not in seen:
            seen.add(id(shape))
            found += _fonts(shape.get("/Resources"), seen)
    return found
