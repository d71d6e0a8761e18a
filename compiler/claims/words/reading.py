"""A passage as a reader says it: no marks of Markdown, no blanks, no citations; bound numbers as they are printed.

In: a passage of the note.  Out: its plain text in sentences and clauses, and the place in the note of every character.  Always:
a comma is "，" unless it is within a number; what others say, in quotation marks after a verb of saying, and titles in 《》 are
blotted out: the note does not vouch for them.
"""

from __future__ import annotations

import re

from ...pattern import later
from ...record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Protocol

    from ...diagnostics import Span
    from ..ledger import Prose

    class Spot(Protocol):
        """Anything that stands at `text[start:end]`."""

        @property
        def start(self) -> int: ...
        @property
        def end(self) -> int: ...


WIDE = str.maketrans("０１２３４５６７８９．％＋－\u2212", "0123456789.%+--")
BLOT = "\u25a0"
_TOKEN = later(
    r"(?P<drop>\^\[[^\[\]]*\]|\[@[^\[\]\n]*\]|\[\^[^\[\]\n]*\]:?|\]\([^()\s]*\)|https?://[^\s，。；）)]+"
    r"|(?m:^[ \t]*(?:#+|[-*>])[ \t]+)|[*`\[\]\\])"
    r"|(?P<brace>\{\{.*?\}\})|(?P<blank>\s+)|(?P<own>.)",
    re.DOTALL,
)
_QUOTED = later(
    r"(?:称|表示|认为|指出|预测|预计|强调|写道|提到|判断|说|曰|喊出)[^“”。]{0,6}“([^“”]*)”|《([^《》]*)》|“([^“”]*[，。][^“”]*)”"
)
_SENTENCE = later(r"[。！？!?；;\n]+")
_COMMA = later(r"[，：:（）()]|——|--+")
_THIN = later(r"(?P<number>(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d))|,")  # 涨幅居首,2025年…, but not 24,720 元


class Reading(Record):
    """The plain text; `places[i]` is where its character i begins in the passage, with one place more for its end."""

    text: str
    places: tuple[int, ...]
    prose: Prose

    def span(self, start: int, end: int) -> Span:
        """The place in the note of `text[start:end]`."""
        first = self.places[start]
        last = self.places[end - 1]
        raw = self.prose.text
        if raw.startswith("{{", last):
            close = raw.find("}}", last) + 2
        else:
            close = last + 1
        return self.prose.at(first, max(close, first + 1))


class Part(Record):
    """A sentence or a clause: `text[start:end]` of its reading."""

    start: int
    end: int


def read(prose: Prose, names: Mapping[str, str]) -> Reading:
    """The passage as it is said.

    `names` are those of rows, each with one of its length that parts no clause; one that stands in 《》, as a film's does, is
    not blotted out.
    """
    known = {*names.values()}
    raw = prose.text.translate(WIDE)
    out: list[str] = []
    places: list[int] = []
    printed = iter(prose.printed)
    for found in _TOKEN.finditer(raw):
        kind = found.lastgroup
        words = ""
        if kind == "own":
            words = found.group()
        elif kind == "brace":
            words = next(printed, "").translate(WIDE).replace(" ", "")
        elif kind == "blank":
            words = _blank(raw, found.start(), found.end())
        for char in words:
            out.append(char)
            places.append(found.start())
    text = "".join(out)
    for name, shown in names.items():
        if name != shown:
            text = text.replace(name, shown)  # as long as it was
    text = _THIN.sub(lambda found: found.group("number") or "，", text)
    text = _digits(text, places)
    text = _QUOTED.sub(lambda found: found.group() if found.group(2) in known else _blotted(found), text)
    return Reading(text, (*places, len(raw)), prose)


# 七月, but not 近三月, 三个月 or 一月有余.
_MONTHS = later(
    r"(?<![\d一二三四五六七八九十个近前后每单当过续上下这两数几第半连隔各整首满达期历逾超足约满去共仅])"
    r"(?P<n>十[一二]?|[二三四五六七八九]|(?:(?<=年)|(?<=[，。；、和与至到自从由]))一|一(?=月(?:份|末|底|初|以来|至)))月"
    r"(?![期线度余间内里来之有多均一二三四五六七八九十])"
)
_HAN = "〇一二三四五六七八九"


def _digits(text: str, places: list[int]) -> str:
    """The text with months in digits, as data and patterns have them: 七月 as 7月, 十月 as 10月."""
    out: list[str] = []
    at = 0
    for found in list(_MONTHS.finditer(text)):
        said = found.group("n")
        number = str(_HAN.index(said)) if said != "十" and len(said) == 1 else f"1{_HAN.index(said[1]) if len(said) > 1 else 0}"
        out += [text[at : found.start("n")], number]
        if len(number) > len(said):  # 十月
            place = sum([len(one) for one in out]) - 1
            places.insert(place, places[place - 1])
        at = found.end("n")
    return "".join([*out, text[at:]])


def _blank(raw: str, start: int, end: int) -> str:
    """What a run of blanks comes to: the end of a paragraph, a blank between Latin words, nothing."""
    if raw.count("\n", start, end) > 1:
        return "\n"
    before, after = raw[start - 1 : start], raw[end : end + 1]
    both = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return " " if both else ""


def _blotted(found: re.Match[str]) -> str:
    place = found.lastindex or 0
    words = found.group()
    first = found.start(place) - found.start()
    return words[:first] + BLOT * len(found.group(place)) + words[first + len(found.group(place)) :]


def sentences(reading: Reading) -> Iterator[Part]:
    """Sentences with something in them; a question says nothing and is left out."""
    start = 0
    text = reading.text
    for found in _SENTENCE.finditer(text):
        if found.start() > start and found.group()[0] not in "？?":
            yield Part(start, found.start())
        start = found.end()
    if len(text) > start:
        yield Part(start, len(text))


def dotted(text: str, start: int, end: int, spots: Iterable[Spot]) -> str:
    """`text[start:end]` with a dot for each of these, in their order, that lies within it whole."""
    out = []
    for spot in spots:
        if start <= spot.start and spot.end <= end:
            out += [text[start : spot.start], "·"]
            start = spot.end
    return "".join([*out, text[start:end]])


ENDS = "。；\n！？;"


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that `text[at]` is in."""
    return max(text.rfind(char, 0, at) for char in ENDS) + 1


def clauses(text: str, sentence: Part) -> list[Part]:
    """Clauses of a sentence, the words in brackets among them."""
    out = []
    start = sentence.start
    for found in _COMMA.finditer(text, sentence.start, sentence.end):
        if found.start() > start:
            out.append(Part(start, found.start()))
        start = found.end()
    if sentence.end > start:
        out.append(Part(start, sentence.end))
    return out
