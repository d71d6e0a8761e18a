"""SVG → a `Drawing`, out of the user's cache or drawn anew by `svgdraw`.

In: a file's bytes.  Out: paths, lines of text and pictures in points, y down, none of it outside the drawing's box.
"""

from __future__ import annotations

import marshal

from . import Drawing, DrawnImage, DrawnPath, DrawnText, Picture

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..diagnostics import Report, Span
    from ..world import World

FORMAT = 2  # of the cached drawings


def read(data: bytes, key: str, name: str, world: World, report: Report, span: Span | None) -> Picture | None:
    """An SVG picture, or None after a report."""
    known = world.cached("drawings", f"{key}.{FORMAT}")
    if known is not None:
        width, height, shapes, missing = marshal.loads(known)
    else:
        from .svgdraw import Refused, drawn

        try:
            width, height, shapes, missing = drawn(data)
        except Refused as reason:
            report.error(
                "picture-unsupported",
                f"`{name}` {reason}: a picture must be complete and passive",
                span,
                help="embed what it refers to, or export it as a PDF or PNG",
            )
            return None
        except Exception as fault:  # svglib and lxml raise whatever they meet
            words = str(fault) or "its shapes make no sense"
            report.error("picture-corrupt", f"`{name}` cannot be read as SVG: {words}", span, help="open and save it again")
            return None
        world.store("drawings", f"{key}.{FORMAT}", marshal.dumps((width, height, shapes, missing)))
    if not shapes:
        report.error("picture-corrupt", f"`{name}` draws nothing", span, help="open and save it again")
        return None
    if missing:
        report.warning(
            "svg-unsupported", f"`{name}` uses what is left out: {', '.join(missing)}", span, help="export it as a PDF"
        )
    picture = Picture(key, "drawing", width, height, world)
    picture.drawing = Drawing(width, height, tuple([_shape(values, world) for values in shapes]))
    return picture


def _shape(values: tuple[Any, ...], world: World) -> DrawnPath | DrawnText | DrawnImage:
    if values[0] == "path":
        return DrawnPath(*values[1:])
    if values[0] == "text":
        return DrawnText(*values[1:])
    from . import key_of

    x, y, width, height, width_px, height_px, data = values[1:]
    picture = Picture(key_of(data), "raster", width, height, world)
    picture.width_px, picture.height_px, picture._data = width_px, height_px, data
    return DrawnImage(x, y, width, height, picture)
