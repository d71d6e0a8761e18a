"""ReportLab's path object as the pen for shapes in a content stream.

Its canvas would do more than is wanted: it starts every page with a font of its own (Helvetica, not embedded: ISO 19005-3,
6.2.11.4.1) and a matrix, and importing it costs 13 ms of a cold compile where the path object costs 2.  Fonts, positions and
marked content are ours; ReportLab writes the path operators.
"""

from __future__ import annotations

from ..lean import stand_ins
from .objects import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

FILL, STROKE, BOTH, EVEN_ODD_FILL, EVEN_ODD_BOTH = "f", "S", "B", "f*", "B*"


class Pen:
    """Collects operators in `_code`."""

    def __init__(self) -> None:
        with stand_ins():
            from reportlab.pdfgen.pathobject import PDFPathObject

        self._new_path = PDFPathObject
        self._code: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, stroke: int = 0, fill: int = 1) -> None:
        """A rectangle from its lower left corner."""
        operator = BOTH if stroke and fill else STROKE if stroke else FILL
        self._code.append(f"{number(x)} {number(y)} {number(width)} {number(height)} re {operator}")

    def setLineWidth(self, width: float) -> None:
        """The weight of lines to come."""
        self._code.append(f"{width:g} w")

    def beginPath(self) -> Any:
        """A path to add steps to: moveTo, lineTo, curveTo, close."""
        return self._new_path()

    def polyline(self, xs: Sequence[float], ys: Sequence[float], *, close: bool) -> Any:
        """A path of straight lines to draw, to a hundredth of a point: a fifth of the time of lineTo for each."""
        path = self._new_path()
        path.moveTo(xs[0], ys[0])
        path._code.append(" ".join([f"{x:.2f} {y:.2f} l" for x, y in zip(xs[1:], ys[1:])]))
        if close:
            path.close()
        return path

    def drawPath(self, path: Any, stroke: int = 1, fill: int = 0, fillMode: int = 1) -> None:
        """Paint a path; `fillMode` 0 is the even–odd rule (ISO 32000-1, 8.5.3)."""
        operator = BOTH if stroke and fill else STROKE if stroke else FILL
        if fill and not fillMode:
            operator += "*"
        self._code.append(f"{path.getCode()} {operator}")


def new_pen() -> Pen:
    """A pen with nothing drawn."""
    return Pen()
