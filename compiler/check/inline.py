"""Inline Markdown → inlines: CommonMark manners, friendly to Chinese.

In: a passage (a block's text and where each part of it stands in the file).  Out: Text, Cite, FootnoteMark and LineBreak in
order.  Always: no text is lost; a stray mark stays as typed; time grows with the length of the text, whatever is in it.
`delimiters` has found beforehand which marks belong together.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from ..model import Cite, FootnoteMark, LineBreak, Link, Text
from ..pattern import later
from ..record import Record
from .delimiters import AUTO, CITE, FOOTNOTE, address_end, marks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

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
        start, index = self.places[max(bisect_right(self.places, at, key=_own) - 1, 0)]
        return index + at - start

    def span(self, start: int, end: int) -> Span:
        """The span in the file of `text[start:end]`."""
        return self.scalar.part(self.value_index(start), self.value_index(max(end - 1, start)) + 1)

    def whole(self) -> Span:
        """The span of all of it."""
        return self.span(0, max(len(self.text), 1))


def _own(place: tuple[int, int]) -> int:
    return place[0]


def passage_of(scalar: Scalar) -> Passage:
    """A whole scalar as one passage."""
    return Passage(scalar.value, ((0, 0),), scalar)


_STOP = later(r"[\\*_`\[\]<^~\n【［]|\{\{|https?://")
_WIDE = later(r"[【［][@＠^＾][^\[\]【】［］\n]*[】］]|\[＠[^\[\]\n]*\]")
_BETWEEN = later("[;；,，]")
_TAG = later(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]*)?/?>")
_RAISED = later(r"\^([0-9A-Za-z+\-−]{1,12})\^")
_LOWERED = later(r"~([0-9A-Za-z+\-−]{1,12})~")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class _Style(Record):
    strong: bool = False
    emphasis: bool = False
    link: Link | None = None


class _Scanner:
    """Walks a passage once, with the style of the place on top of a stack."""

    def __init__(self, passage: Passage, reader: Reader) -> None:
        self.passage = passage
        self.text = passage.text
        self.reader = reader
        self.marks = marks_of(passage.text)
        self.styles = [_Style()]
        self.out: list[Inline] = []
        self.printed: list[str] = []  # what bound numbers came to
        self.pending: list[str] = []
        self.codes: list[int] = []  # which of the pending ones are code

    # --- output ------------------------------------------------------------------------------------------------------

    def flush(self, script: str = "", link: Link | None = None) -> None:
        """Turn the pending characters into text of the present style."""
        if self.pending:
            codes = self._code_places() if self.codes else ()
            text = "".join(self.pending)
            self.pending.clear()
            style = self.styles[-1]
            last = self.out[-1] if self.out else None
            made = Text(text, style.strong, style.emphasis, script, link or style.link)
            if isinstance(last, Text) and not script and last.replace(text="", codes=()) == made.replace(text=""):
                codes = (*last.codes, *[(len(last.text) + start, len(last.text) + end) for start, end in codes])
                made = self.out[-1] = last.replace(text=last.text + text)
            else:
                self.out.append(made)
            if codes:
                self.out[-1] = made.replace(codes=codes)

    def _code_places(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the pending characters that were typed as code."""
        ends = [0, *accumulate([len(part) for part in self.pending])]
        places = [(ends[index], ends[index + 1]) for index in self.codes if index + 1 < len(ends)]
        self.codes.clear()
        return tuple(places)

    def put(self, inline: Inline) -> None:
        self.flush()
        self.out.append(inline)

    # --- walking -----------------------------------------------------------------------------------------------------

    def walk(self) -> tuple[Inline, ...]:
        """The inlines of the passage."""
        text, end = self.text, len(self.text)
        at = 0
        while at < end:
            found = _STOP.search(text, at)
            if found is None:
                self.pending.append(text[at:])
                break
            if found.start() > at:
                self.pending.append(text[at : found.start()])
            at = self._special(found.start())
        self.flush()
        if self.reader.prose is not None:
            self.reader.keep(self.passage, self.printed)
        return tuple(self.out)

    def _special(self, at: int) -> int:
        """Handle the special character at `at`; returns where to go on."""
        char = self.text[at]
        if char == "\n":
            return self._newline(at)
        if char == "\\":
            return self._escape(at)
        if char in "*_":
            return self._stress(at)
        if char == "`":
            return self._code(at)
        if char in "[【［":
            return self._bracket(at)
        if char == "]":
            return self._link_end(at)
        if char == "{":
            return self._bound(at)
        if char == "<":
            return self._angle(at)
        if char in "^~":
            return self._script(at)
        return self._bare(at)

    def _literal(self, at: int, count: int = 1) -> int:
        self.pending.append(self.text[at : at + count])
        return at + count

    def _newline(self, at: int) -> int:
        blanks = 0
        while self.pending and self.pending[-1].endswith(" "):
            trimmed = self.pending[-1].rstrip(" ")
            blanks += len(self.pending[-1]) - len(trimmed)
            self.pending[-1] = trimmed
            if trimmed:
                break
            self.pending.pop()
        if blanks >= 2:
            self.put(LineBreak())
        else:
            self.pending.append("\n")
        return at + 1

    def _escape(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if self.text.startswith("{{", at + 1):
            return self._literal(at + 1, 2)
        if following == "\n":
            self.put(LineBreak())
            return at + 2
        if following in _ESCAPABLE and following:
            self.pending.append(following)
            return at + 2
        return self._literal(at)

    def _stress(self, at: int) -> int:
        size = self.marks.opens.get(at)
        if size is not None:
            self.flush()
            style = self.styles[-1]
            self.styles.append(style.replace(strong=True) if size == 2 else style.replace(emphasis=True))
            return at + size
        size = self.marks.closes.get(at)
        if size is not None:
            self.flush()
            self.styles.pop()
            return at + size
        self._warn_unclosed(at)
        return self._literal(at)

    def _warn_unclosed(self, at: int) -> None:
        size = self.marks.unclosed.get(at)
        if size is None:
            return
        sign = self.text[at : at + size]
        if "[" in sign:
            tip = "close it with `]`"
        else:
            tip = f"close the stressed words with `{sign}`"
        self.reader.report.warning(
            "markdown-unclosed",
            f"`{sign}` has no partner",
            self.passage.span(at, at + size),
            help=f"{tip}, or write `\\{sign[0]}` for the sign itself",
        )

    def _code(self, at: int) -> int:
        span = self.marks.codes.get(at)
        if span is None:
            size = 1
            while self.text[at + size : at + size + 1] == "`":
                size += 1
            return self._literal(at, size)
        start, stop, end = span
        self.codes.append(len(self.pending))
        self.pending.append(self.text[start:stop])
        return end

    def _bracket(self, at: int) -> int:
        text = self.text
        wide = _WIDE.match(text, at)
        if wide:
            self.reader.report.warning(
                "citation-form",
                f"`{wide.group()}` is printed as it stands",
                self.passage.span(at, wide.end()),
                help="cite with half-width signs: `[@id]`, footnotes `[^id]`",
            )
        cite = CITE.match(text, at)
        if cite:
            made = self._cite(cite)
            if made is not None:
                self.put(made)
            return cite.end()
        note = FOOTNOTE.match(text, at)
        if note:
            mark = self.reader.footnote(note.group(1), self.passage.span(at, note.end()))
            if mark is not None:
                self.put(mark)
            return note.end()
        target = self.marks.links.get(at)
        if target is None:
            self._warn_unclosed(at)
            return self._literal(at)
        self.flush()
        end, url = target
        style = self.styles[-1]
        if text[at - 1 : at] == "!" and text[at - 2 : at - 1] != "\\" and at:
            self.reader.report.error(
                "markdown-image",
                "a picture cannot stand in a line of text",
                self.passage.span(at - 1, end),
                help="make the section a list and add a block `figure:` with image, alt, caption and source",
            )
            self.styles.append(style)
        else:
            link = self.reader.link(url, self.passage.span(at, end))
            self.styles.append(style.replace(link=link) if link else style)
        return at + 1

    def _bound(self, at: int) -> int:
        """`{{ path | format }}`: text out of the data."""
        from .binding import bound_text

        end = self.text.find("}}", at)
        if end < 0 or "\n\n" in self.text[at:end]:
            tip = "close it with `}}`, or write `\\{{` for the signs themselves"
            self.reader.report.error("bind-form", "`{{` is never closed", self.passage.span(at, at + 2), help=tip)
            return self._literal(at, 2)
        self.printed.append(bound_text(self.passage, at, end + 2, self.reader))
        self.pending.append(self.printed[-1])
        return end + 2

    def _link_end(self, at: int) -> int:
        end = self.marks.link_ends.get(at)
        if end is None:
            return self._literal(at)
        self.flush()
        self.styles.pop()
        return end

    def _cite(self, found: re.Match[str]) -> Cite | None:
        ids: list[str] = []
        numbers: list[int] = []
        at = found.start(1)
        for part in _BETWEEN.split(found.group(1)):
            id = part.strip().removeprefix("@").strip()
            if id:
                place = at + len(part) - len(part.lstrip())
                number = self.reader.cite(id, self.passage.span(place, place + len(part.strip())))
                if number:
                    ids.append(id)
                    numbers.append(number)
            at += len(part) + 1
        if not ids:
            return None
        return Cite(tuple(ids), tuple(numbers), self.passage.span(found.start(), found.end()))

    def _angle(self, at: int) -> int:
        auto = AUTO.match(self.text, at)
        if auto and self.styles[-1].link is None:
            self.flush()
            link = self.reader.link(auto.group(1), self.passage.span(at, auto.end()))
            self.pending.append(auto.group(1).removeprefix("mailto:"))
            self.flush(link=link)
            return auto.end()
        if self.text.startswith("<u>", at):
            end = self._proper_name(at)
            if end:
                return end
        tag = _TAG.match(self.text, at)
        if tag:
            self.reader.report.warning(
                "markdown-html",
                f"`{tag.group()}` is printed as it stands; there is no HTML in a note but <u>name</u>",
                self.passage.span(at, tag.end()),
                help="use Markdown, or write `\\<` for the sign itself",
            )
        return self._literal(at)

    def _proper_name(self, at: int) -> int:
        """`<u>名</u>`, as HTML has it for Chinese proper names: the words inside, underlined; 0 when it is not closed here."""
        start = at + 3
        close = self.text.find("</u>", start)
        marks = self.marks
        inside = range(start, close)
        if close <= start or sum([place in marks.opens for place in inside]) != sum([place in marks.closes for place in inside]):
            return 0
        self.flush()
        style = self.styles[-1]
        for inline in parse_inlines(self._part(start, close), self.reader):
            if isinstance(inline, Text):
                strong, emphasis = inline.strong or style.strong, inline.emphasis or style.emphasis
                inline = inline.replace(strong=strong, emphasis=emphasis, link=inline.link or style.link, name=True)
            self.out.append(inline)
        return close + 4

    def _part(self, start: int, end: int) -> Passage:
        """A stretch of the passage as one of its own."""
        places = [(0, self.passage.value_index(start))]
        places += [(own - start, value) for own, value in self.passage.places if start < own < end]
        return Passage(self.text[start:end], tuple(places), self.passage.scalar)

    def _script(self, at: int) -> int:
        text = self.text
        close = self.marks.notes.get(at + 1) if text[at] == "^" else None
        if close is not None:
            mark = self._inline_note(at, close)
            if mark is not None:
                self.put(mark)
            return close + 1
        self._warn_unclosed(at)
        pattern, script = (_RAISED, "super") if text[at] == "^" else (_LOWERED, "sub")
        found = pattern.match(text, at)
        range_sign = script == "sub" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        if found is None or range_sign:  # 5~10~15 names a range, not a lowered 10
            return self._literal(at)
        self.flush()
        self.pending.append(found.group(1))
        self.flush(script)
        return found.end()

    def _inline_note(self, at: int, close: int) -> FootnoteMark | None:
        return self.reader.inline_note(self._part(at + 2, close), self.passage.span(at, close + 1))

    def _bare(self, at: int) -> int:
        end = address_end(self.text, at)
        if self.styles[-1].link is not None:
            return self._literal(at, end - at)
        self.flush()
        address = self.text[at:end]
        if address.endswith("//"):
            return self._literal(at, end - at)
        link = self.reader.link(address, self.passage.span(at, end))
        self.pending.append(address)
        self.flush(link=link)
        return end


def parse_inlines(passage: Passage, reader: Reader) -> tuple[Inline, ...]:
    """The inlines of a passage."""
    return _Scanner(passage, reader).walk()
