"""The checked note: frozen, typed, with the place in the file each thing came from.

In: what `check` makes of the YAML.  Out: what `layout` sets.  Always: every inline and block carries the span of the text
it came from; every citation names a source that exists; sections come in their fixed order; strings are as typed.
"""

from __future__ import annotations

from .diagnostics import Span
from .record import Record

SECTION_KINDS = ("market", "focus", "watch", "chart")
SECTION_TITLES = {"market": "市场概况", "focus": "热点聚焦", "watch": "每周关注", "chart": "每周一图"}
SECTION_ALIASES = {kind: kind for kind in SECTION_KINDS} | {title: kind for kind, title in SECTION_TITLES.items()}


class Date(Record):
    """A calendar day of the proleptic Gregorian calendar, known to exist."""

    year: int
    month: int
    day: int

    @property
    def iso(self) -> str:
        """`2024-01-02`."""
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def ordinal(self) -> int:
        """The day's number, 0001-01-01 being 1, so that two days' difference is their distance."""
        year = self.year - (self.month < 3)  # years that start in March end with the leap day
        return 365 * year + year // 4 - year // 100 + year // 400 + (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 306


def days_in(year: int, month: int) -> int:
    """Days of a month in the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


# --- inlines ------------------------------------------------------------------------------------------------------


class Link(Record):
    """The target of linked text; shared by the pieces of one link."""

    url: str
    span: Span


class Text(Record):
    """Characters of one kind.  `script` is "", "super" or "sub"; `lang` a BCP 47 tag where it differs from the note's; `name`: a
    proper noun that is to be underlined (专名号); `codes`: the stretches of `text` that were typed as code."""

    text: str
    strong: bool = False
    emphasis: bool = False
    script: str = ""
    link: Link | None = None
    lang: str = ""
    name: bool = False
    codes: tuple[tuple[int, int], ...] = ()


class Cite(Record):
    """A citation `[@id]` or `[@a; @b]`; `numbers` are its sources' places in the list of references, from 1."""

    ids: tuple[str, ...]
    numbers: tuple[int, ...]
    span: Span


class FootnoteMark(Record):
    """The mark of a footnote; `number` counts through the note from 1."""

    number: int
    blocks: tuple[Block, ...]
    span: Span


class LineBreak(Record):
    """A break the author asked for inside a paragraph (two spaces or a backslash at the line end)."""


# --- blocks -------------------------------------------------------------------------------------------------------


class SideNote(Record):
    """A gloss or remark in the side column, level with the line that first says `term`; "" is the paragraph's first line."""

    term: str
    inlines: tuple[Inline, ...]
    span: Span


class Paragraph(Record):
    inlines: tuple[Inline, ...]
    span: Span
    sides: tuple[SideNote, ...] = ()


class Heading(Record):
    """A heading below the section's: level 1 is a topic of the section, 2 and 3 divide it."""

    level: int
    inlines: tuple[Inline, ...]
    span: Span


class ListItem(Record):
    """`label` is what is printed: `（1）`, `1.`, `①`, `一、` or `•`."""

    label: str
    blocks: tuple[Block, ...]
    span: Span


class List(Record):
    """`numbering`: "bullet", "decimal" (1.), "paren" (（1）), "circle" (①) or "han" (一、)."""

    numbering: str
    items: tuple[ListItem, ...]
    span: Span


class Column(Record):
    """A table column.  `kind`: "text", "number", "change" (signed, coloured up or down) or "spark" (a small line); `align`:
    "left", "right", "center" or "decimal"; `width_em` None leaves the width to the content; `bar`: a bar beside each number."""

    title: tuple[Inline, ...]
    kind: str = "text"
    align: str = "left"
    width_em: float | None = None
    bar: bool = False


class Cell(Record):
    """A cell of a table; `numbers` are what is drawn in it: one for a bar, all of a small line, None for a missing one."""

    inlines: tuple[Inline, ...]
    span: Span
    numbers: tuple[float | None, ...] = ()


class Credit(Record):
    """Where an exhibit comes from: sources by id, the day its facts are of, and free words added (`本公司整理`)."""

    ids: tuple[str, ...]
    numbers: tuple[int, ...]
    text: str
    span: Span
    as_of: Date | None = None


class Table(Record):
    """`caption` is the claim, `unit` what stands beside it; `wide` asks for the full width of the page's columns, `side` for the
    side column, level with the paragraph before it; `bars` are the columns whose numbers are drawn once more behind the last.
    `marks`, where any row has one: "group" for the head of a group, "total", "highlight", "" for the others.  `summary`: what
    is said of the table before it is read aloud.  `turn`: "always", "never" or "auto", on a lying page where it is too wide."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...]
    unit: str
    note: tuple[Inline, ...]
    credit: Credit | None
    wide: bool
    label: str
    span: Span
    marks: tuple[str, ...] = ()
    summary: str = ""
    side: bool = False
    bars: tuple[int, ...] = ()
    turn: str = "auto"

    def mark(self, row: int) -> str:
        """What a row is besides a row."""
        return self.marks[row] if self.marks else ""


class Figure(Record):
    """A picture from a file.  `path` is absolute and inside the note's root; `width` is a share of the column, 0–1; `side` as of
    tables."""

    path: str
    alt: str
    caption: tuple[Inline, ...]
    unit: str
    note: tuple[Inline, ...]
    credit: Credit
    width: float
    wide: bool
    label: str
    span: Span
    path_span: Span
    side: bool = False


def known(numbers: Sequence[float | None]) -> Sequence[float]:
    """Those that are not missing."""
    some = None in numbers
    return [value for value in numbers if value is not None] if some else numbers  # type: ignore[return-value]  # none is


class Series(Record):
    """One row of a chart's numbers, None where one is missing; `decimals` as many as any of them was typed with.

    `second`: it is read against an axis of its own at the right; `gaps` is false where surely none is missing.
    """

    name: str
    numbers: tuple[float | None, ...]
    decimals: int
    second: bool = False
    gaps: bool = True

    def known(self) -> Sequence[float]:
        """The numbers that are not missing."""
        return known(self.numbers) if self.gaps else self.numbers  # type: ignore[return-value]  # none is missing


class Event(Record):
    """Something on a timeline: on one day, or from `start` to `end`.  `lane` is the row it belongs to, or ""."""

    start: Date
    end: Date | None
    words: str
    lane: str


class Chart(Record):
    """Numbers to be drawn.

    `names` are the places along the first axis as typed, `dates` the same as days if they all are, `places` as numbers for
    a scatter chart (else both empty); every series is as long as they are.  A timeline has `events` and nothing of these.
    `x_name` is what the first axis of a scatter chart counts.
    `change`: the numbers are rises and falls; `stacked`: the series add up; `whole`: what bars are shares of, 0 for nothing.
    `second_unit`: what the axis at the right counts, "" where there is none.  `panels`: each series is drawn in a
    small plot of its own.
    """

    kind: str
    names: tuple[str, ...]
    dates: Sequence[Date]
    places: tuple[float, ...]
    series: tuple[Series, ...]
    events: tuple[Event, ...]
    x_name: str
    change: bool
    stacked: bool
    alt: str
    caption: tuple[Inline, ...]
    unit: str
    note: tuple[Inline, ...]
    credit: Credit
    wide: bool
    label: str
    span: Span
    whole: float = 0.0
    side: bool = False
    second_unit: str = ""
    panels: bool = False


class Quote(Record):
    """A quotation with its speaker and date in one by-line, either of which may be empty."""

    blocks: tuple[Block, ...]
    by: str
    date: str
    span: Span


class Callout(Record):
    """A view of the house set apart, under its label (我们认为)."""

    label: str
    blocks: tuple[Block, ...]
    span: Span


class PageBreak(Record):
    """A hint: what follows starts a page."""

    span: Span


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Inline = Text | Cite | FootnoteMark | LineBreak
    Block = Paragraph | Heading | List | Table | Figure | Chart | Quote | Callout | PageBreak


# --- the note -----------------------------------------------------------------------------------------------------


class Author(Record):
    name: str
    role: str
    certificate: str
    span: Span


class Source(Record):
    """Where a fact comes from.  `accessed` is when it was read; `issued` when it was published, as far as that is known: `2023`,
    `2023-12`, `2023-12-29`; `date` the same where it is a whole day.

    `authors`: one name each, `张三`, `Albert Einstein`, `Einstein, Albert`, or `{World Bank}` for what is printed as it stands.
    `container`: the journal, newspaper or book it stands in; `number`: that of a document, report, standard or patent.
    `language`: a language tag where the source itself tells; else its characters do.
    """

    id: str
    kind: str
    publisher: str
    title: str
    date: Date | None
    accessed: Date | None
    url: str
    owner: str
    span: Span
    issued: str = ""
    authors: tuple[str, ...] = ()
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    place: str = ""
    edition: str = ""
    language: str = ""


class Section(Record):
    """One of the four parts.  `number` is 一, 二, 三 or 四, or in figures where the note's language counts so."""

    kind: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    span: Span


class Article(Record):
    """One named article of a text disclaimer; `label` may be empty."""

    label: str
    blocks: tuple[Block, ...]
    span: Span


class TextDisclaimer(Record):
    """A disclaimer kept as Markdown and set in the brand's style after the note."""

    id: str
    title: str
    language: str
    version: str
    effective: Date | None
    expires: Date | None
    articles: tuple[Article, ...]
    span: Span


class ReadyDisclaimer(Record):
    """A finished PDF from compliance, merged as it is.  `path` is absolute; `span` is where the note asks for it.

    `alt`: what a file without tags says, for those who cannot see its pages."""

    id: str
    title: str
    path: str
    span: Span
    alt: str = ""


class KeyPoint(Record):
    """One of the key points (本期要点), that of the section of `kind`."""

    kind: str
    inlines: tuple[Inline, ...]
    span: Span


class KeyFigure(Record):
    """A number set large with a line or two about it, bound to the section of `kind`."""

    number: str
    unit: str
    words: str
    kind: str
    span: Span


class Abbreviation(Record):
    """A short form as the text has it, and what is read aloud instead."""

    short: str
    expansion: str
    span: Span


class Note(Record):
    """The whole note.  `references` are the cited sources in the order of their first citation (number n at n - 1)."""

    id: str
    title: str
    subtitle: str
    issue: str
    period: tuple[Date, Date] | None
    published: Date
    brand: str
    brand_span: Span
    authors: tuple[Author, ...]
    language: str
    language_span: Span
    issuer: str
    audience: str
    jurisdiction: str
    keywords: tuple[str, ...]
    sections: tuple[Section, ...]
    references: tuple[Source, ...]
    disclaimers: tuple[TextDisclaimer | ReadyDisclaimer, ...]
    points: tuple[KeyPoint, ...]
    figures: tuple[KeyFigure, ...]
    contents: bool
    span: Span
    abbreviations: tuple[Abbreviation, ...] = ()
