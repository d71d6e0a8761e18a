"""ReportLab's canvas as a pen for content streams: it draws shapes into a list of operators and nothing else.

The stock canvas starts every page with a font of its own (Helvetica, not embedded: ISO 19005-3, 6.2.11.4.1) and a matrix;
this one starts with nothing, for all fonts and positions are ours.
"""

from __future__ import annotations

from ..lean import stand_ins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_pen_class: Any = None


def new_pen() -> Any:
    """A canvas whose `_code` collects operators."""
    global _pen_class
    if _pen_class is None:
        with stand_ins():
            from reportlab.pdfgen.canvas import Canvas

        class Pen(Canvas):  # type: ignore[misc]  # ReportLab ships no types
            """A canvas without a first font."""

            def _make_preamble(self) -> None:
                self._preamble = ""

        _pen_class = Pen
    return _pen_class(None, invariant=1, pageCompression=0)
