"""Hyphenation of Western paragraphs: where words may be divided, and only where a line would gape without it.

In: a prepared paragraph and its patterns' name.  Out: offsets.  Always: at least six letters, two before the hyphen and three
after it; no capitalised word (it may be a name), not the last word, at most two lines in a row.  Words of Hangul divide
between syllables, two of them on either side, without a hyphen.
Source: TYPOGRAPHY U4; Liang's patterns as pyphen has them; klreq 3.2.  House rule (2026-11-24): the numbers.
"""

from __future__ import annotations

import re

from .breaking import total_fit
from .characters import WEST
from .items import itemise
from .languages import HANGUL_SYLLABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from .items import Items, Style
    from .prepare import Prepared

    class Patterns(Protocol):
        """What is used of pyphen's dictionary."""

        def positions(self, word: str) -> list[int]:
            """Offsets at which the word may be divided."""


BEFORE, AFTER = 2, 3  # letters of the word on the line, and on the next
IN_A_ROW = 2
_GAPING = 1.0  # of the stretch that is good: a paragraph without a looser line is left whole
_WORTH = 0.5  # hyphens must bring the sum of the cubes of the lines' stretch down to this share
_LEAST_ROOM = 250.0  # 1/1000 em: what a line is taken to stretch by when nothing in it does
_WORD = re.compile(r"(?<![\w@#/.\\-])[^\W\d_]{6,}(?![\w@/\\-])")
_HANGUL = re.compile("[\uac00-\ud7a3]{4,}")
_dictionaries: dict[str, Patterns] = {}


def hyphenated(
    prepared: Prepared,
    items: Items,
    breaks: list[int],
    measure: float,
    indent: float,
    level: str,
    gap: float,
    style: Style,
    name: str,
) -> tuple[Items, list[int]]:
    """The paragraph with the hyphens that mend its gaping lines, or as it was.

    The words it does not divide stay whole, with their kerning: the last setting knows only the hyphens chosen.
    Units: `measure`, `indent`, `gap` 1/1000 em.
    """
    loose = _looseness(items, breaks, measure, indent)
    if max(loose) <= _GAPING:
        return items, breaks
    points = _points(prepared, name)
    while points:
        tried = itemise(prepared, measure, level, gap, style, points)
        chosen = total_fit(tried, measure, indent)
        used = [tried.at[entry] for entry in chosen if tried.at[entry] in points]
        excess = _third_in_a_row(tried, chosen)
        if excess is not None:
            points -= {excess}
        elif len(used) == len(points):
            return (
                (tried, chosen)
                if _badness(_looseness(tried, chosen, measure, indent)) < _WORTH * _badness(loose)
                else (items, breaks)
            )
        else:
            points = frozenset(used)
    return items, breaks


def _looseness(items: Items, breaks: list[int], measure: float, indent: float) -> list[float]:
    """The stretch of each line but the last, as a share of what is good."""
    out = []
    start = 0
    for end in breaks[:-1]:
        lack = measure - (items.ends[end] - items.starts[start] + (0 if start else indent))
        room = items.stretch_ends[end] - items.stretch_starts[start]
        out.append(max(0.0, lack / max(room, _LEAST_ROOM)))
        start = end
    return out


def _badness(loose: list[float]) -> float:
    return sum([ratio**3 for ratio in loose])


def _third_in_a_row(items: Items, breaks: list[int]) -> int | None:
    """The text position of a hyphen that follows two others on the lines before it."""
    run = 0
    for entry in breaks:
        run = run + 1 if items.at[entry] in items.hyphens else 0
        if run > IN_A_ROW:
            return items.at[entry]
    return None


def _points(prepared: Prepared, name: str) -> frozenset[int]:
    """Offsets in the paragraph's text before which a hyphen may be put."""
    text, classes = prepared.text, prepared.classes
    if name == HANGUL_SYLLABLES:
        runs = [match.span() for match in _HANGUL.finditer(text)]
        return frozenset([at for start, end in runs for at in range(start + 2, end - 1)])
    patterns = _dictionary(name)
    words = [match for match in _WORD.finditer(text) if match.group().islower() and classes[match.start()] == WEST]
    if words and not any(char.isalnum() for char in text[words[-1].end() :]):
        words.pop()
    return frozenset([word.start() + at for word in words for at in patterns.positions(word.group())])


def _dictionary(name: str) -> Patterns:
    """Patterns, read once: 30 ms of a process that needs them."""
    found = _dictionaries.get(name)
    if found is None:
        from pyphen import Pyphen

        found = _dictionaries[name] = Pyphen(lang=name, left=BEFORE, right=AFTER)
    return found
