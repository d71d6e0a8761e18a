"""The note as a whole: its head, its sources, its four sections in their order, its disclaimers.

In: the root node.  Out: a `Note`, or None when anything was wrong; all faults of the stage are found in one run.
"""

from __future__ import annotations

import os
import re

from ..diagnostics import nearest
from ..model import SECTION_ALIASES, SECTION_KINDS, SECTION_TITLES, Author, Note, Section
from ..pattern import later
from ..syntax import Mapping, Scalar, Sequence
from ..words import han_number, words_of
from .blocks import read_blocks
from .papers import read_disclaimers
from .reader import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..claims.ledger import Entry
    from ..claims.reach import Said
    from ..diagnostics import Report, SourceFile, Span
    from ..model import Abbreviation, Date, KeyFigure, KeyPoint
    from ..syntax import Node
    from ..world import World

HEAD_KEYS = (
    "id", "title", "subtitle", "issue", "period", "published", "brand", "language", "issuer", "audience",
    "jurisdiction", "keywords", "authors", "sources", "bibliography", "max-age", "data", "numbers", "claims",
    "points", "figures", "contents", "disclaimers", "abbreviations",
)  # fmt: skip
DEFAULT_LANGUAGE = "zh-CN"
_COMMAS = later("[,，、;；]")
_LANGUAGE = later(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_WEEK = later(r"(\d{4})w(\d{1,2})$", re.IGNORECASE)


def check(
    node: Node,
    file: SourceFile,
    path: str,
    world: World,
    report: Report,
    brand: str | None = None,
    entries: list[Entry] | None = None,
    *,
    listed: bool = False,
    claimed: list[Said] | None = None,
) -> Note | None:
    """The checked note.

    `path` is absolute; `brand` overrides the note's own; `entries` are filled with the number ledger when the note asks for
    one by `numbers`, or `listed` does; prose is held against the note's data where it has any or either asks; `claimed` is filled
    with what it claims."""
    before = report.errors
    if not isinstance(node, Mapping):
        report.error("note-type", "a note is made of `key: value` lines", node.span, help="start with `title: …`")
        return None
    reader = Reader(report, world, os.path.dirname(path), world.root_of(path))
    wanted, claims = _asked(node, brand, reader)
    held = wanted is not None or listed or node.get("data") is not None or node.get("claims") is not None
    if held:
        reader.prose = []
    note = _Head(node, file, path, reader, brand).note()
    if held and report.errors == before + len(reader.told):  # what a fault kept from being read may stand behind a number
        if note is not None and note.language.startswith("zh"):
            from .claims import hold_claims

            hold_claims(node, claims, file, note.period, reader, claimed)
        from .numbers import hold_numbers

        if wanted is not None or listed:
            hold_numbers(wanted, file, reader, entries)
    if report.errors == before:  # what a fault kept from being read may be used there
        reader.unused()
        if reader.data:
            from .data import tell_unused

            tell_unused(reader)
    return note if report.errors == before else None


def _asked(node: Mapping, brand: str | None, reader: Reader) -> tuple[Node | None, Node | None]:
    """What the note, else its house, asks of its numbers and its claims."""
    from .asked import ASKED, house_asks

    own = node.get("brand")
    name = brand or (own.value.strip() if isinstance(own, Scalar) else "")
    span = own.span if own is not None else node.span
    first, second = [node.get(key) or house_asks(key, name, reader.root, reader.world, span) for key in ASKED]
    return first, second


class _Head:
    """Reads the root mapping; the head first, for the sections need its sources."""

    def __init__(self, node: Mapping, file: SourceFile, path: str, reader: Reader, brand: str | None) -> None:
        self.node = node
        self.file = file
        self.path = path
        self.reader = reader
        self.report = reader.report
        self.brand = brand
        self.start = node.span.narrow(node.span.start, node.span.start + 1)

    def note(self) -> Note | None:
        reader = self.reader
        self._keys()
        published = reader.date(self.node.get("published"), "published")
        self._sources(published)
        data = self.node.get("data")
        if data is not None:
            from .data import read_data

            read_data(data, reader)
        title = self._needed("title", "the title of the note")
        if self.node.get("published") is None:
            self._missing("published", "the day it is sent out, like 2024-01-02")
        brand = self.brand or self._needed("brand", f"one of: {', '.join(self._brands())}")
        language = self._language()
        reader.words = words_of(language)
        period = self._period()
        authors = self._authors()
        id = reader.text(self.node.get("id"), "id") or _stem(self.path)
        reader.collect_footnotes([value for key, value in self.node.entries if key.value in SECTION_ALIASES])
        points, figures = self._front()
        sections = self._sections()
        disclaimers = read_disclaimers(self.node.get("disclaimers"), reader, published)
        if published is None:
            return None
        brand_node = self.node.get("brand")
        return Note(
            id,
            title,
            reader.text(self.node.get("subtitle"), "subtitle"),
            reader.text(self.node.get("issue"), "issue") or self._issue(id),
            period,
            published,
            brand,
            brand_node.span if brand_node is not None and self.brand is None else self.start,
            authors,
            language,
            self._span_of("language"),
            reader.text(self.node.get("issuer"), "issuer"),
            reader.text(self.node.get("audience"), "audience"),
            reader.text(self.node.get("jurisdiction"), "jurisdiction"),
            self._keywords(),
            sections,
            tuple(reader.references),
            disclaimers,
            points,
            figures,
            reader.truth(self.node.get("contents"), "contents"),
            self._span_of("title"),
            self._abbreviations(),
        )

    # --- head --------------------------------------------------------------------------------------------------------

    def _keys(self) -> None:
        known = [*HEAD_KEYS, *SECTION_TITLES.values()]
        words = [*known, *SECTION_KINDS]
        for key, _ in self.node.entries:
            if key.value not in HEAD_KEYS and key.value not in SECTION_ALIASES:
                near = nearest(key.value, words)
                tip = f"did you mean `{near}`?" if near else f"a note knows: {', '.join(known)}"
                self.report.error("note-key", f"a note has no key `{key.value}`", key.span, help=tip)

    def _front(self) -> tuple[tuple[KeyPoint, ...], tuple[KeyFigure, ...]]:
        """Key points and key figures, where there are any."""
        points, figures = self.node.get("points"), self.node.get("figures")
        if points is None and figures is None:
            return (), ()
        from .front import read_figures, read_points

        return read_points(points, self.reader), read_figures(figures, self.reader)

    def _abbreviations(self) -> tuple[Abbreviation, ...]:
        node = self.node.get("abbreviations")
        if node is None:
            return ()
        from .abbreviations import read_abbreviations

        return read_abbreviations(node, self.reader)

    def _issue(self, id: str) -> str:
        """The issue by the note's id where that is a year and a week: `2023w52`."""
        found = _WEEK.match(id)
        return self.reader.words.issue.format(year=found.group(1), number=int(found.group(2))) if found else ""

    def _missing(self, key: str, what: str) -> None:
        self.report.error("note-missing", f"the note has no `{key}`", self.start, help=f"add `{key}:` — {what}")

    def _needed(self, key: str, what: str) -> str:
        node = self.node.get(key)
        text = self.reader.text(node, key)
        if not text:
            if node is None:
                self._missing(key, what)
            elif isinstance(node, Scalar):
                self.report.error("note-missing", f"`{key}` is empty", node.span, help=what)
        return text

    def _span_of(self, key: str) -> Span:
        node = self.node.get(key)
        return node.span if node is not None else self.start

    def _brands(self) -> list[str]:
        return self.reader.world.asset_names(self.reader.root, "brands")

    def _language(self) -> str:
        node = self.node.get("language")
        text = self.reader.text(node, "language") or DEFAULT_LANGUAGE
        if node is not None and not _LANGUAGE.match(text):
            self.report.error(
                "note-language", f"`{text}` is no language tag", node.span, help="write `zh-CN`, `en`, `zh-Hant-TW` …"
            )
        return text

    def _keywords(self) -> tuple[str, ...]:
        node = self.node.get("keywords")
        if isinstance(node, Sequence):
            return tuple([self.reader.text(item, "keywords") for item in node.items])
        return tuple([part.strip() for part in _COMMAS.split(self.reader.text(node, "keywords")) if part.strip()])

    def _period(self) -> tuple[Date, Date] | None:
        node = self.node.get("period")
        if node is None:
            return None
        if isinstance(node, Mapping):
            self.reader.keys(node, ("from", "to"), "`period`")
            first = self.reader.date(node.get("from"), "from")
            last = self.reader.date(node.get("to"), "to")
        else:
            parts = node.value.split("/") if isinstance(node, Scalar) else []
            if len(parts) != 2:
                self.report.error("date-form", "`period` is two days: 2023-12-25/2023-12-29", node.span)
                return None
            first, last = (self.reader.day(part.strip(), node.span, "period") for part in parts)
        if first is None or last is None:
            return None
        if first.iso > last.iso:
            self.report.error("date-order", "the period ends before it begins", node.span)
            return None
        return first, last

    def _authors(self) -> tuple[Author, ...]:
        node = self.node.get("authors")
        if node is None:
            return ()
        out = []
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Mapping):
                self.reader.keys(item, ("name", "role", "certificate"), "an author")
                name = self.reader.text(item.get("name"), "name")
                if not name:
                    self.report.error("note-missing", "an author has no `name`", item.span)
                role = self.reader.text(item.get("role"), "role")
                out.append(Author(name, role, self.reader.text(item.get("certificate"), "certificate"), item.span))
            else:
                out.append(Author(self.reader.text(item, "authors"), "", "", item.span))
        return tuple(out)

    def _sources(self, published: Date | None) -> None:
        """The sources, and what days they and the facts of the exhibits may have."""
        reader = self.reader
        reader.published = published
        reader.max_age = reader.age(self.node.get("max-age"), "max-age")
        sources, files = self.node.get("sources"), self.node.get("bibliography")
        if sources is not None:
            from .sources import read_sources

            read_sources(sources, reader)
        if files is not None:
            from .bibliography import read_bibliography

            read_bibliography(files, reader)

    # --- sections ----------------------------------------------------------------------------------------------------

    def _sections(self) -> tuple[Section, ...]:
        found: dict[str, tuple[Scalar, Node]] = {}
        for key, value in self.node.entries:
            kind = SECTION_ALIASES.get(key.value)
            if kind is None:
                continue
            if kind in found:
                self.report.error(
                    "note-key",
                    f"section `{SECTION_TITLES[kind]}` is given twice",
                    key.span,
                    notes=((found[kind][0].span, "first given here"),),
                )
                continue
            found[kind] = (key, value)
        out = []
        for place, kind in enumerate(SECTION_KINDS, 1):
            if kind not in found:
                self.report.error(
                    "section-missing",
                    f"the note has no section `{SECTION_TITLES[kind]}`",
                    self.start,
                    help=f"add `{SECTION_TITLES[kind]}: |` and its text below, indented",
                )
                continue
            number = han_number(place) if self.reader.words.numerals == "han" else str(place)
            out.append(self._section(kind, number, *found[kind]))
        return tuple(out)

    def _section(self, kind: str, number: str, key: Scalar, node: Node) -> Section:
        title = self.reader.words.title(kind)
        body = node
        if isinstance(node, Mapping) and (node.get("body") is not None or node.get("title") is not None):
            self.reader.keys(node, ("title", "body"), f"section `{title}`")
            title = self.reader.text(node.get("title"), "title") or title
            given = node.get("body")
            if given is None:
                self.report.error(
                    "section-empty", f"section `{title}` has no `body`", key.span, help="add `body: |` and its text"
                )
                return Section(kind, number, title, (), key.span)
            body = given
        before = self.report.errors
        blocks = read_blocks(body, self.reader)
        if not blocks and self.report.errors == before:
            self.report.error("section-empty", f"section `{title}` is empty", key.span)
        return Section(kind, number, title, blocks, key.span)


def _stem(path: str) -> str:
    return os.path.basename(path).rsplit(".", 1)[0] or "note"
