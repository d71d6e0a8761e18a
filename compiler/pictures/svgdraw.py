"""An SVG file's shapes: svglib reads it (styles, transforms, `use`), its shapes are flattened here.

In: a file's bytes.  Out: paths, lines of text and pictures as plain tuples, in points, y down, none of it outside the drawing's
box.  Always: nothing outside the file is fetched; text stays text, to be set in the brand's faces; what cannot be carried over
is named; the result does not depend on the machine's fonts or language.
"""

from __future__ import annotations

from .clip import common, cut_area, cut_line, holds, hull, meets
from .svgtree import Refused as Refused
from .svgtree import tree_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Step = tuple[str | float, ...]

KAPPA = 0.5522847498307936  # a quarter circle as a Bézier curve

Matrix = tuple[float, float, float, float, float, float]


class _Faces:
    """In the place of svglib's font map, which asks the machine: only whether text is bold matters here."""

    def find_font(self, _family: str, weight: str = "normal", _style: str = "normal") -> tuple[str, bool]:
        heavy = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
        return "Helvetica-Bold" if heavy else "Helvetica", True


def drawn(data: bytes) -> tuple[float, float, list[tuple[Any, ...]], list[str]]:
    """Width, height, shapes and the names of what is left out.  Errors: Refused, and whatever svglib meets."""
    import math
    import warnings

    root, missing = tree_of(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawing, remarks = _rendered(root)
    width, height = float(drawing.width), float(drawing.height)
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise ValueError("it has no size")
    walk = _Walk(width, height)
    walk.group(drawing, _times((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), tuple(drawing.transform)))
    return width, height, walk.shapes, sorted({*missing, *walk.missing, *remarks})


def _rendered(root: Any) -> tuple[Any, list[str]]:
    """svglib's drawing, and what it said about the file."""
    import logging

    remarks: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            remarks.append(record.getMessage().rstrip("."))

    from svglib import svglib as module

    svglib: Any = module
    logger, listener = logging.getLogger("svglib"), Listener(logging.WARNING)
    own = logging.getLogger("svglib.svglib")
    before = (own.level, logger.propagate, svglib.stringWidth, svglib._default_language)
    own.setLevel(logging.WARNING)  # below it svglib lists unused attributes, which is slow
    logger.propagate = False
    logger.addHandler(listener)
    measure = svglib.stringWidth
    # Helvetica knows no Han; and the machine's language must not choose between texts.
    svglib.stringWidth = lambda text, face, size: sum([size if char >= "\u2e80" else measure(char, face, size) for char in text])
    svglib._default_language = lambda: "zh_CN"
    try:
        return svglib.SvgRenderer("", font_map=_Faces()).render(root), remarks
    finally:
        logger.removeHandler(listener)
        own.level, logger.propagate, svglib.stringWidth, svglib._default_language = before


def _times(a: Matrix, b: Any) -> Matrix:
    """The matrix that applies b, then a."""
    return (
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    )


def _scale(matrix: Matrix) -> float:
    """By how much a matrix enlarges, on average over directions."""
    return float(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5)


class _Walk:
    """Flattens groups of reportlab.graphics shapes."""

    def __init__(self, width: float, height: float) -> None:
        self.height = height
        self.clip = (0.0, 0.0, width, height)
        self.shapes: list[tuple[Any, ...]] = []
        self.missing: set[str] = set()

    def group(self, group: Any, matrix: Matrix) -> None:
        """Everything in a group; a clip in it holds for what follows it there."""
        outer = self.clip
        for shape in group.contents:
            if hasattr(shape, "contents"):
                inner = getattr(shape, "transform", None)
                self.group(shape, _times(matrix, tuple(inner)) if inner else matrix)
            elif getattr(shape, "isClipPath", 0):
                self._narrow(_path_steps(shape), matrix)
            else:
                self._one(shape, matrix)
        self.clip = outer

    def _one(self, shape: Any, matrix: Matrix) -> None:
        kind = type(shape).__name__
        steps = _STEPS.get(kind)
        if kind == "String":
            self._string(shape, matrix)
        elif kind == "Image":
            self._image(shape, matrix)
        elif kind in ("LinearGradientShape", "RadialGradientShape"):
            self._gradient(shape, matrix)
        elif steps is not None:
            self._emit(shape, matrix, steps(shape))
        else:
            self.missing.add(kind)

    def _point(self, matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        return (
            round(matrix[0] * x + matrix[2] * y + matrix[4], 3),
            round(self.height - (matrix[1] * x + matrix[3] * y + matrix[5]), 3),
        )

    def _placed(self, steps: list[Step], matrix: Matrix) -> tuple[Step, ...]:
        out: list[Step] = []
        for step in steps:
            points: list[float] = []
            for at in range(1, len(step), 2):
                points += self._point(matrix, float(step[at]), float(step[at + 1]))
            if sum(points) - sum(points) != 0:
                raise ValueError("a coordinate is no number")
            out.append((step[0], *points))
        return tuple(out)

    def _narrow(self, steps: list[Step], matrix: Matrix) -> None:
        """Clip what follows to a path; other than rectangles count as the box around them."""
        placed = self._placed(steps, matrix)
        if len(placed) < 2:
            return
        box = hull(placed)
        corners = {(step[1], step[2]) for step in placed if len(step) == 3}
        straight = all([len(step) < 4 for step in placed])
        if not straight or not corners <= {(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])}:
            self.missing.add("clips that are no rectangles")
        self.clip = common(self.clip, box)

    def _emit(self, shape: Any, matrix: Matrix, steps: list[Step]) -> None:
        placed = self._placed(steps, matrix)
        if len(placed) < 2:
            return
        fill, fill_opacity = self._colour(getattr(shape, "fillColor", None), None)
        stroke, stroke_opacity = self._colour(getattr(shape, "strokeColor", None), getattr(shape, "strokeOpacity", None))
        scale = _scale(matrix)
        width = getattr(shape, "strokeWidth", None)
        weight = round((1.0 if width is None else float(width)) * scale, 3)
        if weight <= 0 or type(shape).__name__ == "NoStrokePath":
            stroke = ""
        if type(shape).__name__ in ("Line", "PolyLine"):
            fill = ""
        even_odd = getattr(shape, "fillMode", 1) == 0
        dash: tuple[float, ...] = ()
        cap = join = 0
        if stroke:
            dash = _dash(getattr(shape, "strokeDashArray", None), scale)
            cap, join = int(getattr(shape, "strokeLineCap", 0) or 0), int(getattr(shape, "strokeLineJoin", 0) or 0)
        inside = holds(self.clip, hull(placed))
        if not inside and not meets(self.clip, hull(placed)):
            return
        if fill and stroke and inside and fill_opacity == stroke_opacity:
            self.shapes.append(("path", placed, fill, stroke, weight, even_odd, dash, cap, join, fill_opacity))
            return
        area = placed if inside else cut_area(placed, self.clip)
        line = placed if inside else cut_line(placed, self.clip)
        if fill and area:
            self.shapes.append(("path", area, fill, "", 0.0, even_odd, (), 0, 0, fill_opacity))
        if stroke and line:
            self.shapes.append(("path", line, "", stroke, weight, False, dash, cap, join, stroke_opacity))

    def _colour(self, colour: Any, opacity: float | None) -> tuple[str, float]:
        """#rrggbb and opacity; "" for what is not seen."""
        if colour is None:
            return "", 1.0
        alpha = getattr(colour, "alpha", 1) if opacity is None else opacity
        alpha = 1.0 if alpha is None else round(float(alpha), 2)
        if alpha <= 0:
            return "", 1.0
        try:
            parts = [colour.red, colour.green, colour.blue]
        except AttributeError:
            from reportlab.lib.colors import toColor

            parts = list(toColor(colour).rgb())
        return "#" + "".join([f"{max(0, min(255, round(part * 255))):02x}" for part in parts]), min(alpha, 1.0)

    def _gradient(self, shape: Any, matrix: Matrix) -> None:
        """A shape in the mean of its gradient's colours."""
        from copy import copy

        self.missing.add("gradients (one colour is drawn)")
        colours = shape._rl_colors
        flat, mean = copy(shape._clip_shape), copy(colours[0])
        for part in ("red", "green", "blue", "alpha"):
            setattr(mean, part, sum([getattr(colour, part) for colour in colours]) / len(colours))
        flat.fillColor, flat.strokeColor = mean, None
        self._one(flat, matrix)

    def _string(self, shape: Any, matrix: Matrix) -> None:
        from math import atan2, degrees

        text = " ".join(str(shape.text).split())
        if not text:
            return
        x, y = self._point(matrix, shape.x, shape.y)
        size = round(float(shape.fontSize) * _scale(matrix), 3)
        if size <= 0 or not meets(self.clip, (x - size, y - size, x + size, y + size)):
            return
        colour, opacity = self._colour(shape.fillColor, None)
        if not colour:
            return
        if opacity < 1:
            self.missing.add("transparent text")
        angle = round(degrees(atan2(matrix[1], matrix[0])), 2) + 0.0  # anticlockwise on paper
        anchor = shape.textAnchor if shape.textAnchor in ("middle", "end") else "start"
        self.shapes.append(("text", text, x, y, size, anchor, colour, "Bold" in str(shape.fontName), angle))

    def _image(self, shape: Any, matrix: Matrix) -> None:
        import io

        if isinstance(shape.path, str) or matrix[0] <= 0 or matrix[3] <= 0 or abs(matrix[1]) + abs(matrix[2]) > 1e-3:
            self.missing.add("turned pictures")
            return
        left, bottom = self._point(matrix, shape.x, shape.y)
        right, top = self._point(matrix, shape.x + shape.width, shape.y + shape.height)
        if not holds(self.clip, (left, top, right, bottom)):
            self.missing.add("cut pictures")
            return
        image, out = shape.path, io.BytesIO()
        if image.format == "JPEG":
            image.save(out, "JPEG", quality="keep")
        else:
            (image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else image.convert("RGB")).save(out, "PNG")
        box = (left, top, round(right - left, 3), round(bottom - top, 3))
        self.shapes.append(("image", *box, image.width, image.height, out.getvalue()))


# --- shapes as steps, in their own coordinates -----------------------------------------------------------------------


def _dash(lengths: Any, scale: float) -> tuple[float, ...]:
    if not isinstance(lengths, list | tuple):
        return ()
    dash = tuple([round(float(length) * scale, 3) for length in lengths])
    return dash if sum(dash) > 0 and min(dash) >= 0 else ()


def _path_steps(shape: Any) -> list[Step]:
    steps: list[Step] = []
    at = 0
    for operator in shape.operators:
        letter, count = (("M", 2), ("L", 2), ("C", 6), ("Z", 0))[operator]
        steps.append((letter, *shape.points[at : at + count]))
        at += count
    return steps


def _rect_steps(shape: Any) -> list[Step]:
    x, y, w, h = shape.x, shape.y, shape.width, shape.height
    rx, ry = min(shape.rx or 0, w / 2), min(shape.ry or 0, h / 2)
    if not rx or not ry:
        return [("M", x, y), ("L", x + w, y), ("L", x + w, y + h), ("L", x, y + h), ("Z",)]
    kx, ky = rx * (1 - KAPPA), ry * (1 - KAPPA)
    return [
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
    ]


def _round_steps(x: float, y: float, rx: float, ry: float) -> list[Step]:
    kx, ky = rx * KAPPA, ry * KAPPA
    return [
        ("M", x + rx, y),
        ("C", x + rx, y + ky, x + kx, y + ry, x, y + ry),
        ("C", x - kx, y + ry, x - rx, y + ky, x - rx, y),
        ("C", x - rx, y - ky, x - kx, y - ry, x, y - ry),
        ("C", x + kx, y - ry, x + rx, y - ky, x + rx, y),
        ("Z",),
    ]


def _points_steps(shape: Any) -> list[Step]:
    points = list(shape.points)
    return [("L" if at else "M", points[at], points[at + 1]) for at in range(0, len(points) - 1, 2)]


_STEPS: dict[str, Any] = {
    "Path": _path_steps,
    "NoStrokePath": _path_steps,
    "Rect": _rect_steps,
    "Circle": lambda shape: _round_steps(shape.cx, shape.cy, shape.r, shape.r),
    "Ellipse": lambda shape: _round_steps(shape.cx, shape.cy, shape.rx, shape.ry),
    "Line": lambda shape: [("M", shape.x1, shape.y1), ("L", shape.x2, shape.y2)],
    "PolyLine": _points_steps,
    "Polygon": lambda shape: [*_points_steps(shape), ("Z",)],
}
