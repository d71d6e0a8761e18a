"""BibTeX files: text → entries with the place of each field.

In: a decoded file.  Out: entries in their order, fields as typed.  Always: a fault of the form is reported where it is, and
reading goes on at the next entry; what stands between entries is a comment.  Rule: the format of BibTeX 0.99d: values in
braces, in quotes or bare, joined by #, with the abbreviations of @string.
"""

from __future__ import annotations

from ..diagnostics import Span
from ..pattern import later
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..diagnostics import Report, SourceFile

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
COMMON = ("article", "book", "misc", "online", "report", "techreport", "inproceedings", "phdthesis", "string")
_START = later(r"@[ \t]*([A-Za-z]+)\s*([{(]?)")
_NEXT = later(r"\n[ \t]*@[ \t]*[A-Za-z]+\s*[{(]")
_KEY = later(r"\s*([^\s,=(){}#%\"]*)\s*")
_NAME = later(r"\s*([A-Za-z_][\w:+.-]*)\s*")
_BARE = later(r"[^\s,#{}()\"=]+")
_BLANK = later(r"\s*")
_BRACES = later(r"[{})]")
_QUOTES = later(r'[{}"]')


class Field(Record):
    """A field's text as typed, its parts joined; `missing`: abbreviations that no @string names."""

    text: str
    span: Span
    missing: tuple[Span, ...] = ()


class Entry(Record):
    """An entry; `span` is its key.  `again`: the places of fields that were given already."""

    id: str
    type: str
    fields: dict[str, Field]
    span: Span
    again: tuple[Span, ...] = ()


class _Fault(Exception):
    """Ends the reading of one entry; it has been reported."""


def read_entries(file: SourceFile, report: Report) -> list[Entry]:
    """All entries of a file that can be read."""
    return _Parser(file, report).entries()


class _Parser:
    def __init__(self, file: SourceFile, report: Report) -> None:
        self.file = file
        self.text = file.text
        self.report = report
        self.strings = {name: str(number) for number, name in enumerate(MONTHS, 1)}
        self.limit = 0  # where the next entry begins: nothing of this one lies behind it

    def entries(self) -> list[Entry]:
        out = []
        text, at = self.text, 0
        while (found := _START.search(text, at)) is not None:
            following = _NEXT.search(text, found.end())
            self.limit = following.start() + 1 if following else len(text)
            word = found.group(1).lower()
            at = found.end()
            if not found.group(2):
                if word in COMMON and not text[found.start() - 1 : found.start()].strip():  # no mail address in a comment
                    self._say("an entry starts with its type and a brace", found.start(), at, f"write `@{word}{{key,`")
                continue
            try:
                if word in ("comment", "preamble"):
                    at = self._end_of(at - 1, at) + 1
                elif word == "string":
                    at = self._string(at, found.group(2))
                else:
                    entry, at = self._entry(word, at, found.group(2))
                    out.append(entry)
            except _Fault:
                at = self.limit
        return out

    def _say(self, message: str, start: int, end: int, tip: str) -> None:
        self.report.error("bibliography-syntax", message, Span(self.file, start, max(end, start + 1)), help=tip)

    def _fail(self, message: str, start: int, tip: str) -> _Fault:
        self._say(message, start, start + 1, tip)
        return _Fault()

    def _end_of(self, opened: int, at: int) -> int:
        """Where the bracket at `opened` closes; braces inside pair."""
        close = "}" if self.text[opened] == "{" else ")"
        depth = 0
        for found in _BRACES.finditer(self.text, at, self.limit):
            char = found.group()
            if char == close and depth == 0:
                return found.start()
            depth += {"{": 1, "}": -1}.get(char, 0)
        raise self._fail(f"this `{self.text[opened]}` is never closed", opened, f"close it with `{close}` before the next entry")

    def _string(self, at: int, bracket: str) -> int:
        found = _NAME.match(self.text, at)
        if found is None or self.text[found.end() : found.end() + 1] != "=":
            raise self._fail("an abbreviation is `@string{name = {words}}`", at, "give it a name and a value")
        field, at = self._value(found.end() + 1)
        self.strings[found.group(1).lower()] = field.text
        at = _blank(self.text, at)
        if self.text[at : at + 1] != ("}" if bracket == "{" else ")"):
            raise self._fail("this abbreviation does not end here", at, "close it with a brace")
        return at + 1

    def _entry(self, word: str, at: int, bracket: str) -> tuple[Entry, int]:
        text, close = self.text, "}" if bracket == "{" else ")"
        opened = at - 1
        key = _KEY.match(text, at)
        assert key is not None
        if not key.group(1) or text[key.end() : key.end() + 1] not in (",", close):
            raise self._fail("an entry has a key", key.start(1), f"write `@{word}{{key,` and cite it as `[@key]`")
        fields: dict[str, Field] = {}
        again: list[Span] = []
        at = key.end()
        while True:
            at = _blank(text, at)
            if at >= self.limit:
                raise self._fail(f"this `{bracket}` is never closed", opened, f"close it with `{close}` before the next entry")
            if text[at] == close:
                break
            if text[at] == ",":
                at += 1
                continue
            name = _NAME.match(text, at)
            if name is None or text[name.end() : name.end() + 1] != "=":
                raise self._fail("a field is `name = {value}`", at, "is a brace, a quotation mark or a comma missing before it?")
            field, at = self._value(name.end() + 1)
            if name.group(1).lower() in fields:
                again.append(Span(self.file, name.start(1), name.end(1)))
            else:
                fields[name.group(1).lower()] = field
            at = _blank(text, at)
            if at < self.limit and text[at] not in (",", close):
                raise self._fail("a comma is missing before this", at, "each field but the last ends in a comma")
        return Entry(key.group(1), word, fields, Span(self.file, key.start(1), key.end(1)), tuple(again)), at + 1

    def _value(self, at: int) -> tuple[Field, int]:
        """A value: parts in braces, quotes or bare, joined by #."""
        text = self.text
        parts: list[str] = []
        missing: list[Span] = []
        start = stop = -1
        while True:
            at = _blank(text, at)
            char = text[at : at + 1] if at < self.limit else ""
            if char == "{":
                end = self._end_of(at, at + 1)
                first, last, at, piece = at + 1, end, end + 1, text[at + 1 : end]
            elif char == '"':
                end = self._quote_end(at)
                first, last, at, piece = at + 1, end, end + 1, text[at + 1 : end]
            elif (found := _BARE.match(text, at, self.limit)) is not None:
                first, last, at, piece = at, found.end(), found.end(), found.group()
                if not piece.isdigit():
                    known = self.strings.get(piece.lower())
                    if known is None:
                        missing.append(Span(self.file, first, last))
                    piece = known or ""
            else:
                raise self._fail("there is no value here", at, "write `name = {value}`")
            parts.append(piece)
            start = first if start < 0 else start
            stop = last
            following = _blank(text, at)
            if following >= self.limit or text[following] != "#":
                return Field("".join(parts), Span(self.file, start, max(stop, start + 1)), tuple(missing)), at
            at = following + 1

    def _quote_end(self, opened: int) -> int:
        depth = 0
        for found in _QUOTES.finditer(self.text, opened + 1, self.limit):
            char = found.group()
            if char == '"' and depth == 0:
                return found.start()
            depth += {"{": 1, "}": -1}.get(char, 0)
        raise self._fail(
            "this quotation mark is never closed", opened, "close it before the next entry; a mark inside needs braces"
        )


def _blank(text: str, at: int) -> int:
    """The first place from `at` on that is no blank."""
    found = _BLANK.match(text, at)
    return found.end() if found else at
