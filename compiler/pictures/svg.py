"""SVG → a `Drawing`: svglib reads the file (styles, transforms, `use`), its shapes are flattened here.

In: a file's bytes.  Out: paths and lines of text in points, y down.  Always: nothing outside the file is fetched; text stays
text, to be set in the brand's faces; what cannot be carried over is named in a warning.
"""

from __future__ import annotations

import marshal
import re

from . import Drawing, DrawnPath, DrawnText, Picture

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..diagnostics import Report, Span
    from ..world import World

FORMAT = 1  # of the cached drawings
KAPPA = 0.5522847498307936  # a quarter circle as a Bézier curve
_FORBIDDEN = rb"<!ENTITY|<script|<foreignObject|(?:xlink:)?href\s*=\s*[\"'](?!#|data:)|url\(\s*[\"']?(?!#|data:)"

Matrix = tuple[float, float, float, float, float, float]


def read(data: bytes, key: str, name: str, world: World, report: Report, span: Span | None) -> Picture | None:
    """An SVG picture, or None after a report."""
    known = world.cached("drawings", f"{key}.{FORMAT}")
    if known is not None:
        width, height, shapes, missing = marshal.loads(known)
    else:
        bad = re.search(_FORBIDDEN, data, re.IGNORECASE)
        if bad:
            report.error(
                "picture-unsupported",
                f"`{name}` holds `{bad.group().decode('latin-1').strip()}`: a picture must be complete and passive",
                span,
                help="embed what it refers to, or export it as a PDF or PNG",
            )
            return None
        try:
            width, height, shapes, missing = _drawn(data)
        except Exception as fault:  # svglib and lxml raise whatever they meet
            report.error("picture-corrupt", f"`{name}` cannot be read as SVG: {fault}", span, help="open and save it again")
            return None
        world.store("drawings", f"{key}.{FORMAT}", marshal.dumps((width, height, shapes, missing)))
    if width <= 0 or height <= 0 or not shapes:
        report.error("picture-corrupt", f"`{name}` draws nothing", span)
        return None
    if missing:
        report.warning(
            "svg-unsupported", f"`{name}` uses what is left out: {', '.join(missing)}", span, help="export it as a PDF"
        )
    picture = Picture(key, "drawing", width, height, world)
    picture.drawing = Drawing(width, height, tuple([_shape(values) for values in shapes]))
    return picture


def _shape(values: tuple[Any, ...]) -> DrawnPath | DrawnText:
    return DrawnPath(*values[1:]) if values[0] == "path" else DrawnText(*values[1:])


def _drawn(data: bytes) -> tuple[float, float, list[tuple[Any, ...]], list[str]]:
    import io
    import logging

    logging.getLogger("svglib").setLevel(logging.CRITICAL)
    from svglib.svglib import svg2rlg

    drawing = svg2rlg(io.BytesIO(data))
    if drawing is None:
        raise ValueError("it is not well formed")
    walk = _Walk(float(drawing.height))
    walk.group(drawing, _times((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), tuple(drawing.transform)), 1.0)
    return float(drawing.width), float(drawing.height), walk.shapes, sorted(walk.missing)


def _times(a: Matrix, b: Any) -> Matrix:
    """a then-inner b: the matrix that applies b first."""
    return (
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    )


class _Walk:
    """Flattens groups of reportlab.graphics shapes."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.shapes: list[tuple[Any, ...]] = []
        self.missing: set[str] = set()

    def group(self, group: Any, matrix: Matrix, scale: float) -> None:
        for shape in group.contents:
            kind = type(shape).__name__
            inner = getattr(shape, "transform", None)
            if kind == "Group" or hasattr(shape, "contents"):
                self.group(shape, _times(matrix, tuple(inner)) if inner else matrix, scale)
                continue
            handler = getattr(self, f"_{kind.lower()}", None)
            if handler is None:
                self.missing.add(kind.lower())
            else:
                handler(shape, matrix)

    def _point(self, matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        return (
            round(matrix[0] * x + matrix[2] * y + matrix[4], 3),
            round(self.height - (matrix[1] * x + matrix[3] * y + matrix[5]), 3),
        )

    def _emit(self, shape: Any, matrix: Matrix, steps: list[tuple[str | float, ...]], *, filled: bool = True) -> None:
        if getattr(shape, "isClipPath", 0):
            self.missing.add("clip path")
            return
        placed = []
        for step in steps:
            values = [float(value) for value in step[1:]]
            points: list[float] = []
            for at in range(0, len(values), 2):
                points += self._point(matrix, values[at], values[at + 1])
            placed.append((step[0], *points))
        fill = self._colour(getattr(shape, "fillColor", None), "fill") if filled else ""
        stroke = self._colour(getattr(shape, "strokeColor", None), "stroke")
        width = getattr(shape, "strokeWidth", None)
        weight = (1.0 if width is None else float(width)) * abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
        if weight <= 0:
            stroke = ""
        if getattr(shape, "strokeDashArray", None) and stroke:
            self.missing.add("dashes")
        if fill or stroke:
            even_odd = getattr(shape, "fillRule", None) == "even-odd" or getattr(shape, "_fillRule", 1) == 0
            self.shapes.append(("path", tuple(placed), fill, stroke, round(weight, 3), even_odd))

    def _colour(self, colour: Any, what: str) -> str:
        if colour is None:
            return ""
        alpha = getattr(colour, "alpha", 1)
        if alpha is not None and alpha < 0.01:
            return ""
        if alpha is not None and alpha < 0.99:
            self.missing.add("transparency")
        try:
            parts = [colour.red, colour.green, colour.blue]
        except AttributeError:
            from reportlab.lib.colors import toColor

            parts = list(toColor(colour).rgb())
        return "#" + "".join([f"{max(0, min(255, round(part * 255))):02x}" for part in parts])

    # --- shapes ------------------------------------------------------------------------------------------------------

    def _path(self, shape: Any, matrix: Matrix) -> None:
        steps: list[tuple[str | float, ...]] = []
        points = list(shape.points)
        at = 0
        for operator in shape.operators:
            letter, count = (("M", 2), ("L", 2), ("C", 6), ("Z", 0))[operator]
            steps.append((letter, *points[at : at + count]))
            at += count
        self._emit(shape, matrix, steps)

    def _rect(self, shape: Any, matrix: Matrix) -> None:
        x, y, w, h = shape.x, shape.y, shape.width, shape.height
        rx, ry = min(shape.rx or 0, w / 2), min(shape.ry or 0, h / 2)
        if not rx or not ry:
            self._emit(shape, matrix, [("M", x, y), ("L", x + w, y), ("L", x + w, y + h), ("L", x, y + h), ("Z",)])
            return
        kx, ky = rx * (1 - KAPPA), ry * (1 - KAPPA)
        self._emit(
            shape,
            matrix,
            [
                ("M", x + rx, y),
                ("L", x + w - rx, y),
                ("C", x + w - kx, y, x + w, y + ky, x + w, y + ry),
                ("L", x + w, y + h - ry),
                ("C", x + w, y + h - ky, x + w - kx, y + h, x + w - rx, y + h),
                ("L", x + rx, y + h),
                ("C", x + kx, y + h, x, y + h - ky, x, y + h - ry),
                ("L", x, y + ry),
                ("C", x, y + ky, x + kx, y, x + rx, y),
                ("Z",),
            ],
        )

    def _circle(self, shape: Any, matrix: Matrix) -> None:
        self._round(shape, matrix, shape.r, shape.r)

    def _ellipse(self, shape: Any, matrix: Matrix) -> None:
        self._round(shape, matrix, shape.rx, shape.ry)

    def _round(self, shape: Any, matrix: Matrix, rx: float, ry: float) -> None:
        x, y, kx, ky = shape.cx, shape.cy, rx * KAPPA, ry * KAPPA
        self._emit(
            shape,
            matrix,
            [
                ("M", x + rx, y),
                ("C", x + rx, y + ky, x + kx, y + ry, x, y + ry),
                ("C", x - kx, y + ry, x - rx, y + ky, x - rx, y),
                ("C", x - rx, y - ky, x - kx, y - ry, x, y - ry),
                ("C", x + kx, y - ry, x + rx, y - ky, x + rx, y),
                ("Z",),
            ],
        )

    def _line(self, shape: Any, matrix: Matrix) -> None:
        self._emit(shape, matrix, [("M", shape.x1, shape.y1), ("L", shape.x2, shape.y2)], filled=False)

    def _polyline(self, shape: Any, matrix: Matrix, *, closed: bool = False) -> None:
        points = list(shape.points)
        steps: list[tuple[str | float, ...]] = [
            ("L" if at else "M", points[at], points[at + 1]) for at in range(0, len(points) - 1, 2)
        ]
        if closed:
            steps.append(("Z",))
        self._emit(shape, matrix, steps, filled=closed)

    def _polygon(self, shape: Any, matrix: Matrix) -> None:
        self._polyline(shape, matrix, closed=True)

    def _string(self, shape: Any, matrix: Matrix) -> None:
        text = str(shape.text)
        if not text.strip():
            return
        if abs(matrix[1]) > 1e-3 or abs(matrix[2]) > 1e-3:
            self.missing.add("rotated text")
        x, y = self._point(matrix, shape.x, shape.y)
        size = round(float(shape.fontSize) * abs(matrix[3]), 3)
        bold = "bold" in str(shape.fontName).lower()
        anchor = shape.textAnchor if shape.textAnchor in ("middle", "end") else "start"
        colour = self._colour(shape.fillColor, "fill") or "#000000"
        self.shapes.append(("text", text, x, y, size, anchor, colour, bold))
