"""Square faces for layout tests: wide characters 1 em, all others 1/2 em, so that positions are whole numbers.

`SquareFace` answers the composer without a font file; `build` makes a real TrueType font with the same measures.
"""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

from compiler.text.composer import NominalFace
from compiler.text.setting import Run, RunStyle

if TYPE_CHECKING:
    from collections.abc import Iterable


class SquareFace(NominalFace):
    """A nominal face that lacks the characters it is told to lack."""

    def __init__(self, key: str = "square", lacks: str = "") -> None:
        self.key = key
        self._lacks = frozenset(map(ord, lacks))

    def gid(self, codepoint: int) -> int:
        return 0 if codepoint in self._lacks else codepoint


SQUARE = SquareFace()


def style(size: float = 10.0, *faces: SquareFace, rise: float = 0.0, tracking: float = 0.0) -> RunStyle:
    """A run style of square faces."""
    return RunStyle(faces or (SQUARE,), size, "#000000", rise, tracking)


def run(text: str, size: float = 10.0, *faces: SquareFace, rise: float = 0.0, owner: object = None) -> Run:
    """A run set in square faces."""
    return Run(text, style(size, *faces, rise=rise), owner)


def build(characters: Iterable[str]) -> bytes:
    """A TrueType font of squares with these characters, the same bytes every time."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    def square(width: int) -> object:
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        pen.lineTo((0, 1000))
        pen.lineTo((width, 1000))
        pen.lineTo((width, 0))
        pen.closePath()
        return pen.glyph()

    ordered = sorted(set(characters))
    widths = {f"u{ord(one):04X}": 1000 if unicodedata.east_asian_width(one) in "FW" else 500 for one in ordered}
    names = [".notdef", *widths]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(one): f"u{ord(one):04X}" for one in ordered})
    empty = TTGlyphPen(None).glyph()
    blank = {".notdef", "u0020", "u3000"}
    builder.setupGlyf({name: empty if name in blank else square(widths[name]) for name in names})
    builder.setupHorizontalMetrics({name: (widths.get(name, 1000), 0) for name in names})
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupNameTable({"familyName": "Square", "styleName": "Regular", "psName": "Square-Regular"})
    builder.setupOS2(sTypoAscender=1000, usWinAscent=1000, usWinDescent=0)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()
