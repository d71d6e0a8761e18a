"""What a paragraph's language changes: the class of some marks, the gap beside Latin, the most a first line is indented.

In: a language tag (BCP 47).  Out: its `Tradition`.  Always: a language this knows nothing of is set by its own script's
rules; Simplified Chinese is what the tables of `characters` say as they stand.
Sources: clreq 3.1.2 (position of stops in Taiwan and Hong Kong), JLREQ 3.1 and appendix A (cl-04, cl-05), klreq 2.2, 3.2.
"""

from __future__ import annotations

from ..words import family
from .characters import HANGUL, ITERATION, MIDDLE, WEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .prepare import Chain


class Tradition:
    """How one language differs from Simplified Chinese.

    `classes` are code points of another class there; `gap` the blank between Han and Latin, None for the caller's;
    `indent_em` the most a paragraph is indented, in em; `hyphens` names the hyphenation patterns, "" for none; `chains` are
    the tables made for it, by their faces.
    """

    __slots__ = ("chains", "classes", "gap", "hyphens", "indent_em", "name")

    def __init__(
        self, name: str, classes: Mapping[int, str], *, gap: float | None = None, indent_em: float = 9.0, hyphens: str = "en_US"
    ) -> None:
        self.name = name
        self.classes = classes
        self.gap = gap
        self.indent_em = indent_em
        self.hyphens = hyphens
        self.chains: dict[tuple[object, ...], Chain] = {}


def _all(marks: str, letter: str) -> dict[int, str]:
    return {ord(mark): letter for mark in marks}


_CENTRED = _all("，、；：．。！？", MIDDLE)  # in the middle of the cell: ¼ em of blank at either side (clreq 3.1.2)
_JAPANESE = _all("；：", MIDDLE) | _all("！？", ITERATION)  # JLREQ cl-05 middle dots; cl-04 dividing marks, which keep their cell


class _Hangul(dict[int, str]):
    """Hangul as letters: words of syllables, whole, with spaces between them (klreq 2.2, 3.2)."""

    def get(self, code: int, default: str | None = None) -> str | None:  # type: ignore[override]
        from .characters import base_class

        return WEST if base_class(code) == HANGUL else default


HANGUL_SYLLABLES = "hangul"  # instead of a pattern's name
SIMPLIFIED = Tradition("zh-Hans", {})
_TRADITIONS = {
    "zh-Hans": SIMPLIFIED,
    "zh-Hant": Tradition("zh-Hant", _CENTRED),
    "ja": Tradition("ja", _JAPANESE, indent_em=1.0),
    "ko": Tradition("ko", _Hangul(), gap=0.0, indent_em=1.0, hyphens=HANGUL_SYLLABLES),
    "en": Tradition("en", {}, indent_em=1.5),
}
_PATTERNS = {"en": "en_US", "en-gb": "en_GB", "de": "de_DE", "fr": "fr", "es": "es", "it": "it_IT", "pt": "pt_PT", "nl": "nl_NL"}


def tradition(tag: str) -> Tradition:
    """The tradition of a language tag; the same object for the same family."""
    known = _TRADITIONS.get(tag)
    if known is None:
        name = family(tag)
        known = _TRADITIONS.get(name)
        if known is None or (name == "en" and tag.lower() in _PATTERNS):
            patterns = _PATTERNS.get(tag.lower(), _PATTERNS.get(name, ""))
            known = Tradition(name, {}, indent_em=1.5, hyphens=patterns)
        _TRADITIONS[tag] = known
    return known
