"""Pages of a file as a host takes them: size, way to upright, content with room before, after and for a foot.

Rules: ISO 32000-1, 7.7.3.3 (page objects), 7.7.3.4 (what they inherit), 7.8.2 (content streams), 14.11.2 (boxes).
"""

from __future__ import annotations

from ...bundle import Hole, name, raw_entries
from ..ready import Sheet
from .foreign import inherited, listed, notes_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ...bundle import Builder, Piece

# what a page keeps (7.7.3.3); the rest leads into the old file, starts something, or is another program's own business
KEPT = ("/Type", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Group", "/UserUnit")
OVERLAY = "CNfoot"


def sheet(page: Any, number: int, excess: int) -> Sheet:
    """What the host must know of a page; `excess` counts the graphics states its content leaves open."""
    left, bottom, right, top = visible(page)
    turn = int(page.get("/Rotate", 0) or 0) % 360
    width, height = (top - bottom, right - left) if turn in (90, 270) else (right - left, top - bottom)
    matrix = {
        90: (0.0, 1.0, -1.0, 0.0, right, bottom),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, -1.0, 1.0, 0.0, left, top),
    }.get(turn, (1.0, 0.0, 0.0, 1.0, left, bottom))
    return Sheet(number, width, height, matrix, excess, name(f"/{OVERLAY}"))


def visible(page: Any) -> tuple[float, float, float, float]:
    """What is shown of a page: the crop box, as far as there is paper under it (14.11.2.1)."""
    boxes = [[float(edge) for edge in box] for box in (page.mediabox, page.cropbox)]
    paper, crop = [(min(x, z), min(y, w), max(x, z), max(y, w)) for x, y, z, w in boxes]
    shown = max(paper[0], crop[0]), max(paper[1], crop[1]), min(paper[2], crop[2]), min(paper[3], crop[3])
    return shown if shown[0] < shown[2] and shown[1] < shown[3] else paper


def open_states(page: Any) -> int:
    """How many `q` the content leaves open."""
    contents = page.get_contents()
    depth = 0
    for _, operator in contents.operations if contents is not None else ():
        depth += (operator == b"q") - (operator == b"Q")
    return max(depth, 0)


PAINTING = frozenset((
    b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"INLINE IMAGE",
))  # fmt: skip


def paints(page: Any) -> bool:
    """Whether a page shows anything."""
    contents = page.get_contents()
    return contents is not None and any([operator in PAINTING for _, operator in contents.operations])


def page_entries(page: Any, entries: dict[str, Any], at: int, builder: Builder) -> dict[str, Any]:
    """The entries of page `at`, which are written as `entries`, but for those of its structure, with slots `open`, `close` and
    `foot` of its number."""
    kept = {key: value for key, value in entries.items() if key in KEPT}
    kept["/Type"] = b"/Page"
    notes = notes_of(page)
    if notes:
        kept["/Annots"] = notes
    kept["/Parent"] = Hole("pages")
    for key in ("/MediaBox", "/CropBox", "/Rotate"):
        value = inherited(page, key)
        if value is not None:
            kept[key] = value
    kept["/Resources"] = _resources(at, inherited(page, "/Resources"), builder)
    kept["/Contents"] = framed(at, *_streams(entries.get("/Contents"), builder))
    kept["/Tabs"] = b"/S"
    return kept


def framed(at: int, *streams: Piece) -> Hole:
    """The array of a page's content streams, between what the host may put round them."""
    return Hole(b"[", f"open{at}", *streams, f"close{at}", b"]")


def _resources(at: int, resources: Any, builder: Builder) -> dict[str, Any]:
    """A page's resources with room for the foot among its XObjects."""
    entries = dict(raw_entries(resources.get_object())) if resources is not None else {}
    shapes = entries.get("/XObject")
    pieces: list[Piece] = [b"<<"]
    for key, value in raw_entries(shapes.get_object()).items() if shapes is not None else ():
        pieces += [name(key) + b" ", builder.refer(value), b" "]
    entries["/XObject"] = Hole(*pieces, f"foot{at}", b">>")
    return entries


def _streams(contents: Any, builder: Builder) -> Iterator[Piece]:
    """References to a page's content streams."""
    if contents is None:
        return
    streams = listed(contents)
    for index, one in enumerate(streams):
        if index:
            yield b" "
        yield builder.refer(one)
