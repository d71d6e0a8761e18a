"""Inline Markdown → inlines: CommonMark manners, friendly to Chinese.

In: a passage (a block's text and where each part of it stands in the file).  Out: Text, Cite, FootnoteMark and LineBreak in
order.  Always: no text is lost; a stray mark stays as typed.  Where CommonMark's flanking rule asks for a space beside
punctuation, this does not: `**重点。**后面` and `“**引文**”` stress what their author means.
"""

from __future__ import annotations

import re

from ..model import Cite, FootnoteMark, LineBreak, Link, Text
from ..pattern import later
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..diagnostics import Span
    from ..model import Inline
    from ..syntax import Scalar
    from .reader import Reader


class Passage(Record):
    """Characters of one block.  `places` are (index in `text`, index in the scalar's value) at the start of each line."""

    text: str
    places: tuple[tuple[int, int], ...]
    scalar: Scalar

    def value_index(self, at: int) -> int:
        """The place in the scalar's value of `text[at]`."""
        start, index = self.places[0]
        for own, value in self.places:
            if own > at:
                break
            start, index = own, value
        return index + at - start

    def span(self, start: int, end: int) -> Span:
        """The span in the file of `text[start:end]`."""
        return self.scalar.part(self.value_index(start), self.value_index(max(end - 1, start)) + 1)

    def whole(self) -> Span:
        """The span of all of it."""
        return self.span(0, max(len(self.text), 1))


def passage_of(scalar: Scalar) -> Passage:
    """A whole scalar as one passage."""
    return Passage(scalar.value, ((0, 0),), scalar)


_STOP = later(r"[\\*_`\[<^~\n]|https?://")
_CITE = later(r"\[(@[^\[\]\n]*)\]")
_FOOTNOTE = later(r"\[\^([^\[\]\s]+)\]")
_LINK_END = later(r"\(\s*<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)")
_AUTO = later(r"<(https?://[^\s<>]+|mailto:[^\s<>]+)>")
_BARE = later(r"https?://[!-~]+")
_TAG = later(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]*)?/?>")
_RAISED = later(r"\^([0-9A-Za-z+\-−]{1,12})\^")
_LOWERED = later(r"~([0-9A-Za-z+\-−]{1,12})~")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class _Style(Record):
    strong: bool = False
    emphasis: bool = False
    link: Link | None = None


class _Scanner:
    """Walks a passage once; nested stress and link text are walked by a scanner of their own range."""

    def __init__(self, passage: Passage, reader: Reader) -> None:
        self.passage = passage
        self.text = passage.text
        self.reader = reader
        self.out: list[Inline] = []
        self.pending: list[str] = []

    # --- output ------------------------------------------------------------------------------------------------------

    def flush(self, style: _Style, script: str = "") -> None:
        if self.pending:
            text = "".join(self.pending)
            self.pending.clear()
            last = self.out[-1] if self.out else None
            made = Text(text, style.strong, style.emphasis, script, style.link)
            if isinstance(last, Text) and not script and last.replace(text="") == made.replace(text=""):
                self.out[-1] = last.replace(text=last.text + text)
            else:
                self.out.append(made)

    def put(self, inline: Inline, style: _Style) -> None:
        self.flush(style)
        self.out.append(inline)

    # --- walking -----------------------------------------------------------------------------------------------------

    def walk(self, start: int, end: int, style: _Style) -> None:
        """Scan text[start:end] in a style."""
        text = self.text
        at = start
        while at < end:
            found = _STOP.search(text, at, end)
            if found is None:
                self.pending.append(text[at:end])
                break
            if found.start() > at:
                self.pending.append(text[at : found.start()])
            at = self._special(found.start(), end, style)
        self.flush(style)

    def _special(self, at: int, end: int, style: _Style) -> int:
        """Handle the special character at `at`; returns where to go on."""
        char = self.text[at]
        if char == "\n":
            return self._newline(at, style)
        if char == "\\":
            return self._escape(at, end, style)
        if char in "*_":
            return self._stress(at, end, style)
        if char == "`":
            return self._code(at, end)
        if char == "[":
            return self._bracket(at, end, style)
        if char == "<":
            return self._angle(at, style)
        if char in "^~":
            return self._script(at, end, style)
        return self._bare(at, end, style)

    def _literal(self, at: int, count: int = 1) -> int:
        self.pending.append(self.text[at : at + count])
        return at + count

    def _newline(self, at: int, style: _Style) -> int:
        blanks = 0
        while self.pending and self.pending[-1].endswith(" "):
            trimmed = self.pending[-1].rstrip(" ")
            blanks += len(self.pending[-1]) - len(trimmed)
            self.pending[-1] = trimmed
            if trimmed:
                break
            self.pending.pop()
        if blanks >= 2:
            self.put(LineBreak(), style)
        else:
            self.pending.append("\n")
        return at + 1

    def _escape(self, at: int, end: int, style: _Style) -> int:
        following = self.text[at + 1 : at + 2] if at + 1 < end else ""
        if following == "\n":
            self.put(LineBreak(), style)
            return at + 2
        if following in _ESCAPABLE and following:
            self.pending.append(following)
            return at + 2
        return self._literal(at)

    def _stress(self, at: int, end: int, style: _Style) -> int:
        text = self.text
        char = text[at]
        double = text[at : at + 2] == char * 2
        marks = char * 2 if double else char
        size = len(marks)
        before, after = text[at - 1 : at], text[at + size : at + size + 1]
        if at + size >= end or after.isspace():
            return self._literal(at, size)
        if (char == "_" or not double) and _word(before) and _word(after):
            return self._literal(at, size)
        close = self._closing(marks, at + size, end)
        if close < 0:
            if double:
                self.reader.report.warning(
                    "markdown-unclosed",
                    f"`{marks}` is never closed",
                    self.passage.span(at, at + size),
                    help=f"close the stressed words with `{marks}`, or write `\\{char}` for the sign itself",
                )
            return self._literal(at, size)
        self.flush(style)
        inner = style.replace(strong=True) if double else style.replace(emphasis=True)
        self.walk(at + size, close, inner)
        return close + size

    def _closing(self, marks: str, start: int, end: int) -> int:
        """Where the closing marks stand: not after white space, not escaped, not inside a code span; -1 if nowhere."""
        text = self.text
        char = marks[0]
        at = start
        while True:
            at = text.find(marks, at, end)
            if at < 0:
                return -1
            run = 1
            while at + run < end and text[at + run] == char:
                run += 1
            single_in_double = len(marks) == 1 and run >= 2
            escaped = text[at - 1] == "\\"
            if not escaped and not text[at - 1].isspace() and at > start and not single_in_double:
                follows = text[at + len(marks) : at + len(marks) + 1]
                if not (char == "_" and _word(follows)):
                    return at + (run - len(marks) if run > len(marks) and len(marks) == 2 else 0)
            at += run

    def _code(self, at: int, end: int) -> int:
        close = self.text.find("`", at + 1, end)
        if close < 0:
            return self._literal(at)
        self.pending.append(self.text[at + 1 : close])
        return close + 1

    def _bracket(self, at: int, end: int, style: _Style) -> int:
        text = self.text
        cite = _CITE.match(text, at, end)
        if cite:
            made = self._cite(cite)
            if made is not None:
                self.put(made, style)
            return cite.end()
        note = _FOOTNOTE.match(text, at, end)
        if note:
            mark = self.reader.footnote(note.group(1), self.passage.span(at, note.end()))
            if mark is not None:
                self.put(mark, style)
            return note.end()
        close = _matching(text, at, end)
        target = _LINK_END.match(text, close + 1, end) if close > 0 else None
        if target is None or style.link is not None:
            return self._literal(at)
        self.flush(style)
        link = self.reader.link(target.group(1), self.passage.span(at, target.end()))
        self.walk(at + 1, close, style.replace(link=link) if link else style)
        return target.end()

    def _cite(self, found: re.Match[str]) -> Cite | None:
        ids: list[str] = []
        numbers: list[int] = []
        at = found.start(1)
        for part in re.split(r"[;；,，]", found.group(1)):
            id = part.strip().removeprefix("@")
            place = self.text.find(part.strip() or "@", at)
            span = self.passage.span(place, place + max(len(part.strip()), 1))
            number = self.reader.cite(id, span)
            if number:
                ids.append(id)
                numbers.append(number)
            at += len(part) + 1
        if not ids:
            return None
        return Cite(tuple(ids), tuple(numbers), self.passage.span(found.start(), found.end()))

    def _angle(self, at: int, style: _Style) -> int:
        auto = _AUTO.match(self.text, at)
        if auto and style.link is None:
            self.flush(style)
            link = self.reader.link(auto.group(1), self.passage.span(at, auto.end()))
            self.pending.append(auto.group(1).removeprefix("mailto:"))
            self.flush(style.replace(link=link))
            return auto.end()
        tag = _TAG.match(self.text, at)
        if tag:
            self.reader.report.warning(
                "markdown-html",
                f"`{tag.group()}` is printed as it stands; there is no HTML in a note",
                self.passage.span(at, tag.end()),
                help="use Markdown, or write `\\<` for the sign itself",
            )
        return self._literal(at)

    def _script(self, at: int, end: int, style: _Style) -> int:
        text = self.text
        if text.startswith("^[", at):
            close = _matching(text, at + 1, end)
            if close > 0:
                mark = self._inline_note(at, close)
                self.put(mark, style)
                return close + 1
        pattern, script = (_RAISED, "super") if text[at] == "^" else (_LOWERED, "sub")
        found = pattern.match(text, at, end)
        if found is None:
            return self._literal(at)
        self.flush(style)
        self.pending.append(found.group(1))
        self.flush(style, script)
        return found.end()

    def _inline_note(self, at: int, close: int) -> FootnoteMark:
        start = at + 2
        places = [(0, self.passage.value_index(start))]
        places += [(own - start, value) for own, value in self.passage.places if own > start]
        inner = Passage(self.text[start:close], tuple(places), self.passage.scalar)
        return self.reader.inline_note(inner, self.passage.span(at, close + 1))

    def _bare(self, at: int, end: int, style: _Style) -> int:
        found = _BARE.match(self.text, at, end)
        if found is None or style.link is not None:
            return self._literal(at)
        address = found.group().rstrip(".,;:!?'\")]}")
        self.flush(style)
        link = self.reader.link(address, self.passage.span(at, at + len(address)))
        self.pending.append(address)
        self.flush(style.replace(link=link))
        return at + len(address)


def _word(char: str) -> bool:
    """A letter or digit of a Western word (Han counts as no word: stress may begin beside it)."""
    return bool(char) and char.isalnum() and ord(char) < 0x2E80


def _matching(text: str, at: int, end: int) -> int:
    """The `]` that closes the `[` at `at`, or -1."""
    depth = 0
    while at < end:
        char = text[at]
        if char == "\\":
            at += 1
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return -1


def parse_inlines(passage: Passage, reader: Reader) -> tuple[Inline, ...]:
    """The inlines of a passage."""
    scanner = _Scanner(passage, reader)
    scanner.walk(0, len(passage.text), _Style())
    return tuple(scanner.out)
