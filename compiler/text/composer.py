"""The composer by itself: text in, lines with positions out; no PDF and no font needed.

In: a text and a measure in em.  Out: lines with the x of every character.  Without faces a nominal one measures: wide
characters 1 em, the others 1/2 em.
"""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from ..record import Record
from . import set_paragraph
from .items import Style
from .languages import tradition
from .setting import Line, Run, RunStyle, Segment, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import cast

    from .faces import Face
else:

    def cast(_kind: str, value: object) -> object:
        """What `typing.cast` does, without its import."""
        return value


_SIZE = 100.0  # points; positions are divided by it
_WIDE_IN_CHINESE = frozenset("‘’“”—…⋯·‧‼⁇⁈⁉―‥")
# Em that dashes and ellipses take whatever their advance (TYPOGRAPHY C2)
_CELLS = {"—": 1.0, "―": 1.0, "——": 2.0, "……": 2.0, "⋯⋯": 2.0, "⸺": 2.0, "――": 2.0, "‥‥": 2.0}
_UNSEEN = ((0x200B, 0x200F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x1160, 0x11FF), (0xE0020, 0xE007F))
_HALF_ALL = "，、；：．。！？’”）》〉」』】〗〕］｝‘“（《〈「『【〖〔［｛"
STYLES = {
    "全角": "",  # W1: every mark 1 em
    "开明": _HALF_ALL.translate({ord(mark): None for mark in "。！？"}),
    "半角": _HALF_ALL,
    "trim-all": _HALF_ALL,
    "normal": "",
}


class NominalFace:
    """A face of squares and half squares that has every character."""

    key = "nominal"

    def gid(self, codepoint: int) -> int:
        """The code point itself."""
        return codepoint

    def advance(self, gid: int) -> float:
        """Units: 1/1000 em."""
        character = chr(gid)
        if combining(character) or any([first <= gid <= last for first, last in _UNSEEN]):
            return 0.0
        return 1000.0 if character in _WIDE_IN_CHINESE or east_asian_width(character) in "FW" else 500.0

    def word(self, text: str) -> Word:
        """Every character its own glyph, no kerning."""
        return Word(text, tuple([(ord(one), one, 0.0) for one in text]), sum([self.advance(ord(one)) for one in text]))


class Composed(Record):
    """One line: its text, the x of each character and each character's own advance without justification, in em."""

    text: str
    x: tuple[float, ...]
    adv: tuple[float, ...]


def compose(
    text: str,
    width_em: float,
    *,
    level: str = "basic",
    indent_em: float = 0.0,
    autospace_em: float = 0.25,
    newline: str = "join",
    hanging: bool = False,
    line_start_trim: str = "normal",
    punct_style: str = "全角",
    plain: bool = False,
    language: str = "zh-Hans",
    hyphenate: bool = False,
    runs: Sequence[Sequence[object]] = (),
    faces: Sequence[Face | NominalFace] = (),
) -> list[Composed]:
    """Lines of `text` justified to `width_em`, the last one natural.

    `level`: none, basic, gb or strict.  `newline`: "join" joins source lines as Chinese wants it, "hard" keeps them as
    breaks.  `line_start_trim`: "normal" keeps the blank of an opening mark on the first line and cuts it on the others,
    "trim-start" cuts it on every line, "space-first" is "normal" by its CSS name.  `punct_style`: 全角, 开明 or 半角
    ("trim-all").
    `hanging`: a stop at a line's end stands outside the measure where pushing in cannot make room for it (J8).
    `language`: a tag (BCP 47); zh-Hans, zh-Hant (also zh-TW, zh-HK), ja and ko have rules of their own.  `hyphenate`: words of
    Western paragraphs are divided by the patterns of the language (English ones in a Chinese text), where a line would gape;
    the hyphen put in is U+00AD.
    `plain`: ragged right, each line as full as it can be.  `runs`: [start, end, name] stretches of a style of their own.
    """
    chain = cast("tuple[Face, ...]", tuple(faces) or (NominalFace(),))
    if newline == "hard":
        text = text.replace("\n", "\u2028")
    halved = STYLES[punct_style]
    style = Style(halved, first=line_start_trim == "trim-start", hanging=hanging)
    setting = set_paragraph(
        _runs(text, runs, RunStyle(chain, _SIZE, "#000000")),
        width_em * _SIZE,
        size=_SIZE,
        indent=indent_em * _SIZE,
        align="plain" if plain else "justify",
        level=level,
        autospace_em=autospace_em,
        style=style,
        own=tradition(language),
        hyphenate=hyphenate,
    )
    return [_composed(line) for line in setting.lines]


def _runs(text: str, stretches: Sequence[Sequence[object]], style: RunStyle) -> list[Run]:
    cuts = {0, len(text)}
    for start, end, *_ in stretches:
        cuts |= {int(str(start)), int(str(end))}
    edges = sorted(cuts)
    ends = edges[1:]
    return [Run(text[start:end], style) for start, end in zip(edges, ends)] or [Run(text, style)]


def _composed(line: Line) -> Composed:
    placed = positions(line)
    return Composed(
        "".join([character for character, _, _ in placed]),
        tuple([x / _SIZE for _, x, _ in placed]),
        tuple([advance / _SIZE for _, _, advance in placed]),
    )


def positions(line: Line) -> list[tuple[str, float, float]]:
    """(character, x of its cell, its own advance) of everything a line paints, without the space a break replaced.

    Units: points from the left edge of the measure.
    """
    placed = [glyph for segment in line.segments for glyph in places(segment)]
    if placed and placed[-1][0] == " ":
        placed.pop()
    return placed


def places(segment: Segment) -> list[tuple[str, float, float]]:
    """(character, x of its cell, its own advance) of what a segment paints; units as in `positions`."""
    placed: list[tuple[str, float, float]] = []
    unit = segment.style.size / 1000
    x = segment.x
    face = segment.face
    for item in segment.items:
        if isinstance(item, str):
            for character in item:
                advance = face.advance(face.gid(ord(character))) * unit
                placed.append((character, x, advance))
                x += advance + segment.spacing * unit
        elif isinstance(item, Word) and item.text in _CELLS:
            cell = _CELLS[item.text] * segment.style.size / len(item.text)
            start = x - (_CELLS[item.text] * 1000 - item.width) * unit / 2  # the glyphs stand in the middle
            placed += [(character, start + place * cell, cell) for place, character in enumerate(item.text)]
            x += item.width * unit
        elif isinstance(item, Word):
            for gid, source, move in item.glyphs:
                whole = (face.advance(gid) + move) * unit
                each = whole / max(1, len(source))
                for place, character in enumerate(source):
                    placed.append((character, x + place * each, each))
                x += whole
        else:
            x += item * unit
    return placed


def dump(lines: Sequence[Line]) -> str:
    """The lines for a test to read: one a row, `|` before the x in points of each segment, then what was adjusted."""
    rows = []
    for line in lines:
        parts = []
        for segment in line.segments:
            parts.append(f"{segment.x:g}|{''.join([_shown(item) for item in segment.items])}")
        rows.append(f"{line.width:8.2f} {line.stretch:+.3f} {' '.join(parts)}{'' if not line.overfull else ' OVERFULL'}")
    return "\n".join(rows)


def _shown(item: str | float | Word) -> str:
    if isinstance(item, float):
        return f"<{item:g}>"
    return item if isinstance(item, str) else item.text
