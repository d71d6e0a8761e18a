"""Entries of a BibTeX file as sources.

In: an entry that is cited.  Out: its source, and where each part of it stands.  Always: a fault of a field is reported at the
field, and only because the entry is cited.  Rule: the fields of BibTeX 0.99d and of biblatex; the types of GB/T 7714-2015.
"""

from __future__ import annotations

import re

from ..diagnostics import nearest
from ..model import Date, Source, days_in
from ..pattern import later
from .bibtex import MONTHS
from .latex import address, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..diagnostics import Report, Span
    from .bibtex import Entry, Field

KINDS = {
    "article": "论文", "book": "图书", "booklet": "图书", "mvbook": "图书", "inbook": "图书", "incollection": "图书",
    "collection": "图书", "inproceedings": "会议", "conference": "会议", "proceedings": "会议", "phdthesis": "学位论文",
    "mastersthesis": "学位论文", "thesis": "学位论文", "techreport": "报告", "report": "报告", "manual": "图书", "misc": "",
    "online": "官网", "electronic": "官网", "www": "官网", "unpublished": "其他", "periodical": "论文", "patent": "专利",
    "standard": "标准", "dataset": "数据集", "database": "数据库", "software": "软件", "newspaper": "新闻",
    "legislation": "法规", "reference": "图书", "inreference": "图书",
}  # fmt: skip
_LANGUAGES = {"english": "en", "american": "en", "british": "en", "chinese": "zh", "schinese": "zh", "tchinese": "zh",
              "japanese": "ja", "korean": "ko", "german": "de", "ngerman": "de", "french": "fr"}  # fmt: skip
_SMALL = later(r"[0-9]{1,2}$")
_DASH = later(r"\s*[-\u2010-\u2015\u2212]+\s*")
_WORDS = later(r"[^\W\d_]+|\d+")
_ISO = later(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:T[\d:.Z+-]*)?)?)?[~?%]?(?:/.*)?$", re.ASCII)
_AND = later(r"[{}]|(?<=\s)and(?=\s)")
_ONLY_URL = later(r"\s*(?:\\(?:url|href|path)\s*\{|\{?https?://\S*$)")


def source_of(entry: Entry, entries: dict[str, Entry], report: Report) -> tuple[Source, dict[str, Span]]:
    """The source of a cited entry, and where each of its parts stands; `entries` are those it may take fields over from."""
    return _Reading(entry, entries, report).source()


class _Reading:
    """One cited entry."""

    def __init__(self, entry: Entry, entries: dict[str, Entry], report: Report) -> None:
        self.entry = entry
        self.report = report
        self.fields = dict(entry.fields)
        parent = entries.get(self.fields["crossref"].text.strip()) if "crossref" in self.fields else None
        if parent is not None:
            for name, field in parent.fields.items():
                self.fields.setdefault("booktitle" if name == "title" else name, field)
        for span in entry.again:
            name = span.file.text[span.start : span.end]
            report.error("bibliography-field", f"field `{name}` is given twice", span, help="keep one of them")

    def source(self) -> tuple[Source, dict[str, Span]]:
        fields = self.fields
        kind = self._kind()
        issued = self._issued()
        accessed = self._day("urldate")
        serial = kind in ("论文", "新闻")
        article = self.entry.type == "article" or serial
        title = self._text("title")
        if title and (more := self._text("subtitle")):
            title += f": {more}"
        number = self._text("number")
        source = Source(
            self.entry.id,
            kind,
            self._first("publisher", "institution", "school", "organization", "holder"),
            title,
            whole(issued),
            accessed,
            self._address(),
            "",
            self.entry.span,
            issued,
            self._names(),
            self._first("journaltitle", "journal", "booktitle", "maintitle", "newspaper"),
            self._text("volume"),
            self._text("issue") or (number if article else ""),
            _DASH.sub("-", self._first("pages", "eid")),
            "" if article else number,
            self._first("location", "address"),
            self._text("edition"),
            self._language(),
        )
        given = {"date": ("date", "year", "month"), "accessed": ("urldate",), "url": ("url", "doi", "howpublished", "eprint")}
        places = {name: fields[key].span for name, keys in given.items() for key in keys[::-1] if key in fields}
        return source, places

    def _kind(self) -> str:
        entry = self.entry
        sub = self.fields.get("entrysubtype")
        if sub is not None and "news" in sub.text.lower():
            return "新闻"
        kind = KINDS.get(entry.type)
        if kind is None:
            near = nearest(entry.type, list(KINDS))
            tip = f"did you mean `@{near}`?" if near else "it is listed as 其他 [Z]; known: article, book, report, online …"
            self.report.warning("bibliography-type", f"no type of entry is called `@{entry.type}`", entry.span, help=tip)
        return kind or ("官网" if self._address() else "其他")

    def _text(self, name: str) -> str:
        field = self._field(name)
        return plain(field.text, lambda command: self._unknown(command, field)) if field is not None else ""

    def _first(self, *names: str) -> str:
        return next((text for name in names if (text := self._text(name))), "")

    def _field(self, name: str) -> Field | None:
        field = self.fields.get(name)
        for span in field.missing if field is not None else ():
            word = span.file.text[span.start : span.end]
            tip = f'write `@string{{{word} = "…"}}` before it, or put the value in braces'
            self.report.error("bibliography-field", f"no `@string` names `{word}`", span, help=tip)
        return field

    def _unknown(self, command: str, field: Field) -> None:
        place = field.span.find(command) or field.span
        self.report.warning("bibliography-command", f"`{command}` is left out", place, help="write the character itself")

    def _language(self) -> str:
        field = self.fields.get("langid") or self.fields.get("language")
        word = field.text.strip().strip("{}").lower() if field is not None else ""
        return _LANGUAGES.get(word, word)

    def _names(self) -> tuple[str, ...]:
        field = self._field("author") or self._field("editor")
        if field is None:
            return ()
        out = []
        for name in _split_names(field.text):
            words = plain(name, lambda command: self._unknown(command, field))
            whole = name[:1] == "{" and name[1:2] != "\\" and _closes_at_end(name)
            out.append(f"{{{words}}}" if whole and words else words)
        return tuple([name for name in out if name])

    def _address(self) -> str:
        for name in ("url", "howpublished", "note"):
            field = self.fields.get(name)
            if field is None or (name != "url" and not _ONLY_URL.match(field.text)):
                continue
            url = address(field.text)
            if not url.lower().startswith(("https://", "http://")) or any(ord(char) < 33 for char in url):
                tip = "write it in full: `https://…`"
                self.report.error("link-target", f"`{url}` is no web address", field.span, help=tip)
                return ""
            return url
        doi = self.fields.get("doi")
        if doi is not None and doi.text.strip():
            return "https://doi.org/" + address(doi.text).removeprefix("https://doi.org/").removeprefix("doi:")
        eprint, kind = self.fields.get("eprint"), self.fields.get("archiveprefix") or self.fields.get("eprinttype")
        if eprint is not None and kind is not None and kind.text.strip().lower() == "arxiv":
            return f"https://arxiv.org/abs/{eprint.text.strip()}"
        return ""

    def _bad_date(self, text: str, span: Span) -> str:
        tip = "write `date = {2023-12-29}`, or `year = 2023, month = dec`"
        self.report.error("bibliography-date", f"`{text}` is no date", span, help=tip)
        return ""

    def _issued(self) -> str:
        """`2023`, `2023-12` or `2023-12-29`."""
        field = self._field("date")
        if field is not None:
            return iso(field.text) or self._bad_date(field.text.strip(), field.span)
        field = self._field("year")
        if field is None:
            return ""
        year = field.text.strip().strip("{}")
        if len(year) != 4 or not (year.isascii() and year.isdigit()):
            return self._bad_date(year, field.span)
        month = self.fields.get("month")
        if month is None or not (month.text.strip() or month.missing):
            return year
        words = _WORDS.findall(month.text)
        name = words[0][:3].lower() if words and words[0].isalpha() and words[0].isascii() else ""
        number = MONTHS.index(name) + 1 if name in MONTHS else int(words[0]) if words and _SMALL.match(words[0]) else 0
        if not 1 <= number <= 12:
            tip = "write `month = dec`, the first three letters of its English name without braces"
            typed = month.span.file.text[month.span.start : month.span.end].strip()
            self.report.error("bibliography-date", f"`{typed}` is no month", month.span, help=tip)
            return year
        day = self.fields.get("day")
        last = day.text.strip() if day is not None else words[1] if len(words) == 2 and words[1].isdigit() else ""
        dated = f"{year}-{number:02d}" + (f"-{last:0>2}" if last.isdigit() else "")
        return iso(dated) or self._bad_date(dated, month.span)

    def _day(self, name: str) -> Date | None:
        field = self._field(name)
        if field is None:
            return None
        day = whole(iso(field.text))
        if day is None:
            self._bad_date(field.text.strip(), field.span)
        return day


def iso(text: str) -> str:
    """A date of a bibliography as far as it goes, `2023-12`; the first of a range; "" for what is none."""
    found = _ISO.match(text.strip())
    if found is None:
        return ""
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if not year or (found.group(2) and not 1 <= month <= 12) or (found.group(3) and not 1 <= day <= days_in(year, month)):
        return ""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def whole(text: str) -> Date | None:
    """The day of a date that goes so far."""
    return Date(*[int(part) for part in text.split("-")]) if len(text) == 10 else None


def _split_names(text: str) -> list[str]:
    """A list of names parted by ` and ` outside of braces."""
    out, depth, start = [], 0, 0
    for found in _AND.finditer(text):
        piece = found.group()
        if piece in "{}":
            depth += 1 if piece == "{" else -1
        elif depth == 0:
            out.append(text[start : found.start()])
            start = found.end()
    return [name.strip() for name in (*out, text[start:])]


def _closes_at_end(name: str) -> bool:
    """Whether the brace a name starts with is closed by its last character."""
    depth = 0
    for at, char in enumerate(name):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth == 0:
            return at == len(name) - 1
    return False
