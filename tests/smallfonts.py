"""Small fonts for tests, built in milliseconds: every glyph a rectangle."""

from __future__ import annotations

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation


def rectangle(pen: object, width: int, height: int) -> object:
    """A rectangle standing on the baseline."""
    pen.moveTo((0, 0))
    pen.lineTo((0, height))
    pen.lineTo((width, height))
    pen.lineTo((width, 0))
    pen.closePath()
    return pen


def build(path: str, advances: dict[str, int], *, em: int = 1000, cff: bool = False, fs_type: int = 0, axis: bool = False) -> str:
    """A font whose glyph of each character is a rectangle of its advance, 0.8 em high; returns the path.

    `axis`: a weight axis (glyf only) from 100 to 900 on which the rectangles grow from their left quarter to their whole.
    """
    names = [".notdef", *[f"u{ord(char):04X}" for char in advances]]
    widths = [em, *advances.values()]
    builder = FontBuilder(em, isTTF=not cff)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): name for char, name in zip(advances, names[1:])})
    height = em * 8 // 10
    if cff:
        pens = {name: rectangle(T2CharStringPen(width, None), width, height) for name, width in zip(names, widths)}
        glyphs = {name: pen.getCharString() for name, pen in pens.items()}
        builder.setupCFF("Small", {"FullName": "Small"}, glyphs, {"defaultWidthX": em // 2})
    else:
        part = 4 if axis else 1
        pens = {name: rectangle(TTGlyphPen(None), width // part, height) for name, width in zip(names, widths)}
        builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in zip(names, widths)})
    builder.setupHorizontalHeader(ascent=em * 88 // 100, descent=-em * 12 // 100)
    builder.setupNameTable({"familyName": "Small", "styleName": "Regular", "psName": "Small-Regular"})
    builder.setupOS2(sTypoAscender=em * 88 // 100, sTypoDescender=-em * 12 // 100, fsType=fs_type)
    builder.setupPost()
    if axis:
        builder.setupFvar([("wght", 100, 100, 900, "Weight")], [])
        builder.setupGvar({name: [_growth(width)] for name, width in zip(names, widths)})
    builder.save(path)
    return path


def _growth(width: int) -> TupleVariation:
    right = width - width // 4
    moves = [(0, 0), (0, 0), (right, 0), (right, 0), (0, 0), (0, 0), (0, 0), (0, 0)]  # four corners, four phantom points
    return TupleVariation({"wght": (0.0, 1.0, 1.0)}, moves)
