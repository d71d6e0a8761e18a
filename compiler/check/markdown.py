"""Block Markdown → blocks, with the place of every character kept.

In: a scalar of the note.  Out: paragraphs, headings, lists, quotations and pipe tables of the model.  Always: every line of
text ends up in some block; list labels keep the form the author chose (1. / （1） / ① / 一、).
"""

from __future__ import annotations

from ..model import Cell, Column, Heading, List, ListItem, Paragraph, Quote, SideNote, Table, Text
from ..pattern import later
from ..record import Record
from .inline import Passage, parse_inlines

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from ..model import Block, Inline
    from ..syntax import Scalar
    from .reader import Reader


class Row(Record):
    """A line of a scalar: its text from `column` on, and where that text starts in the scalar's value."""

    text: str
    index: int


_HEADING = later(r"(#{1,6})[ \u3000]+(?=[^ \u3000])")
_NO_HEADING = later(r" {0,3}(#{2,4})[^#\s]")
_RULE = later(r" {0,3}([-*_])(?: *\1){2,} *$")
_QUOTE = later(r" {0,3}> ?")
_SIDE = later(r"\[>([^\[\]\n]*)\][:：][ \u3000]*")
_DEFINITION = later(r"[ >]*\[\^([^\[\]\s]+)\]: ?")
_TABLE_RULE = later(r"(?:\| *)?:?-+:? *(?:\| *:?-+:? *)*\|?$")
_BY = later(r"(?:——|--) ?(.+)$")
_MARKERS = (
    ("bullet", later(r"( {0,9})([-*+•])([ \u3000]+)(?=\S)")),
    ("decimal", later(r"( {0,9})([0-9]{1,9})(?:[.)] +(?=\S)|、(?=[^\s0-9])|、 +(?=\S))")),
    ("paren", later(r"( {0,9})[（(]([0-9]{1,3})[）)]( *)(?=\S)")),
    ("circle", later(r"( {0,9})([①-⑳])( *)(?=\S)")),
    ("han", later(r"( {0,9})([一二三四五六七八九十]{1,3})(?:、(?=[^\s一二三四五六七八九十])|、 +(?=\S))")),  # no 一、二线城市
)
_MARKER_STARTS = frozenset("-*+•0123456789（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十")
_FIRSTS = {"1", "①", "一"}
DEEPEST = 4  # lists and quotations in one another: the levels a brand has indents for


def parse_blocks(scalar: Scalar, reader: Reader) -> tuple[Block, ...]:
    """The blocks of a Markdown scalar."""
    rows = []
    at = 0
    for line in scalar.value.split("\n"):
        rows.append(_untabbed(line, at) if "\t" in line else Row(line, at))
        at += len(line) + 1
    return tuple(_Blocks(scalar, reader).parse(rows))


def _untabbed(line: str, at: int) -> Row:
    """A line whose leading tabs are blanks up to the next fourth column, and whose other tabs are one blank each."""
    body = line.lstrip(" \t")
    lead = line[: len(line) - len(body)].expandtabs(4)
    return Row(lead + body.replace("\t", " "), at + len(line) - len(body) - len(lead))


def definition_of(line: str) -> re.Match[str] | None:
    """The start of a footnote's definition on a line."""
    return _DEFINITION.match(line)


def _marker(text: str) -> tuple[str, re.Match[str]] | None:
    if text.lstrip(" ")[:1] not in _MARKER_STARTS:
        return None
    for kind, pattern in _MARKERS:
        found = pattern.match(text)
        if found and not _RULE.match(text):
            return kind, found
    return None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def interrupts(text: str) -> bool:
    """Whether a line ends the paragraph before it; a numbered item does only when it is the first of its list."""
    head = text.lstrip(" ")[:1]
    if head == "[" and _SIDE.match(text.lstrip(" ")):
        return True
    if head in "#>[-*_" and (_HEADING.match(text.strip()) or _QUOTE.match(text) or _DEFINITION.match(text) or _RULE.match(text)):
        return True
    found = _marker(text)
    return found is not None and (found[0] == "bullet" or found[1].group(2) in _FIRSTS)


def _starts_table(rows: list[Row], at: int) -> bool:
    """A pipe table begins: a row with a pipe, and below it the rule of dashes."""
    if "|" not in rows[at].text or at + 1 >= len(rows):
        return False
    rule = rows[at + 1].text.strip()
    return "-" in rule and ("|" in rule or ":" in rule) and _TABLE_RULE.match(rule) is not None


class _Blocks:
    """Parses rows into blocks; a list item's or quotation's rows are parsed by the same means."""

    def __init__(self, scalar: Scalar, reader: Reader) -> None:
        self.scalar = scalar
        self.reader = reader
        self.depth = 0
        self.defining = "[^" in scalar.value

    def parse(self, rows: list[Row]) -> list[Block]:
        """All blocks of some rows."""
        if self.depth > DEEPEST:
            return self._too_deep(rows)
        out: list[Block] = []
        at = 0
        while at < len(rows):
            text = rows[at].text
            if not text.strip() or (self.defining and self.reader.defines(self.scalar, max(rows[at].index, 0))):
                at += 1
            elif "#" in text and _indent(text) < 4 and _HEADING.match(text.strip()):
                self._heading(rows[at], out)
                at += 1
            elif text.lstrip(" ")[:1] in "-*_" and _RULE.match(text):
                self._thematic(rows[at])
                at += 1
            elif ">" in text and _QUOTE.match(text):
                at = self._quote(rows, at, out)
            elif _marker(text):
                at = self._list(rows, at, out)
            elif "|" in text and _starts_table(rows, at):
                at = self._table(rows, at, out)
            else:
                at = self._paragraph(rows, at, out)
        return out

    def inside(self, rows: list[Row]) -> list[Block]:
        """The blocks of a list item or quotation."""
        self.depth += 1
        out = self.parse(rows)
        self.depth -= 1
        return out

    def _too_deep(self, rows: list[Row]) -> list[Block]:
        passage = self.passage(rows)
        self.reader.report.error(
            "block-depth", f"lists and quotations nest {DEEPEST} deep at most", passage.whole(), help="flatten it"
        )
        return [Paragraph(parse_inlines(passage, self.reader), passage.whole())]

    def passage(self, rows: list[Row]) -> Passage:
        """Rows as one passage, white space at both ends of each line dropped (two blanks at the end mean a break)."""
        parts: list[str] = []
        places: list[tuple[int, int]] = []
        at = 0
        for row in rows:
            lead = len(row.text) - len(row.text.lstrip())
            text = row.text.lstrip()
            places.append((at, row.index + lead))
            parts.append(text)
            at += len(text) + 1
        joined = "\n".join(parts)
        return Passage(joined.rstrip(), tuple(places), self.scalar)

    # --- leaf blocks -------------------------------------------------------------------------------------------------

    def _heading(self, row: Row, out: list[Block]) -> None:
        text = row.text.lstrip(" ")
        found = _HEADING.match(text)
        assert found is not None
        level = len(found.group(1))
        start = row.index + (len(row.text) - len(text))
        words = text[found.end() :].rstrip()
        words = words.rstrip("#").rstrip() or words
        passage = Passage(words, ((0, start + found.end()),), self.scalar)
        mark = self.scalar.part(start, start + level)
        if level == 1:
            self.reader.report.error(
                "markdown-heading",
                "`#` would be a section's own heading, which comes from its key",
                mark,
                help="use `##` for a topic of the section, `###` below it",
            )
        elif level > 4:
            self.reader.report.error("markdown-heading", "headings go down to `####`", mark, help="use `####` or bold words")
        out.append(Heading(min(max(level - 1, 1), 3), parse_inlines(passage, self.reader), passage.whole()))

    def _thematic(self, row: Row) -> None:
        start = row.index + _indent(row.text)
        self.reader.report.error(
            "markdown-rule",
            "a note has no free rules",
            self.scalar.part(start, start + 3),
            help="for a new page end the text here and put `- break: page` into the section's list",
        )

    def _paragraph(self, rows: list[Row], at: int, out: list[Block]) -> int:
        start = at
        at += 1
        while at < len(rows) and rows[at].text.strip() and not interrupts(rows[at].text) and not _starts_table(rows, at):
            at += 1
        side = _SIDE.match(rows[start].text.lstrip(" ")) if "[>" in rows[start].text else None
        if side is not None:
            self._side(rows[start:at], side, out)
            return at
        passage = self.passage(rows[start:at])
        if "##" in passage.text:
            self._check_headings(rows[start:at])
        if "[^" in passage.text and (lost := _DEFINITION.match(passage.text)):
            self.reader.report.error(
                "footnote-place",
                "a footnote is not defined here",
                passage.span(lost.start(1) - 2, lost.end(1) + 1),
                help="put the definition on a line of its own, outside lists",
            )
        out.append(Paragraph(parse_inlines(passage, self.reader), passage.whole()))
        return at

    def _side(self, rows: list[Row], found: re.Match[str], out: list[Block]) -> None:
        """A side note: it belongs to the paragraph before it."""
        lead = len(rows[0].text) - len(rows[0].text.lstrip(" "))
        start, term = rows[0].index + lead, found.group(1).strip()
        place = self.scalar.part(start, start + len(found.group()))
        passage = self.passage([Row(rows[0].text[lead + found.end() :], start + found.end()), *rows[1:]])
        before = out[-1] if out else None
        if not isinstance(before, Paragraph):
            tip = "put it on a line of its own right after the paragraph it serves"
            self.reader.report.error("side-place", "there is no paragraph before this side note", place, help=tip)
            return
        if not passage.text:
            self.reader.report.error("side-empty", "this side note is empty", place, help="write its text behind the colon")
            return
        words = "".join([inline.text for inline in before.inlines if isinstance(inline, Text)]).replace("\n", "")
        if term and term not in words:
            tip = "write it as the paragraph does; `[>]: …` stands at the paragraph's first line"
            self.reader.report.error("side-term", f"the paragraph before does not say `{term}`", place, help=tip)
            return
        note = SideNote(term, parse_inlines(passage, self.reader), place)
        out[-1] = before.replace(sides=(*before.sides, note))

    def _check_headings(self, rows: list[Row]) -> None:
        for row in rows:
            found = _NO_HEADING.match(row.text)
            if found:
                start = row.index + found.start(1)
                self.reader.report.warning(
                    "markdown-heading",
                    "a heading needs a blank after its signs; this is printed as text",
                    self.scalar.part(start, start + len(found.group(1))),
                    help=f"write `{found.group(1)} …`, or `\\#` for the sign itself",
                )

    # --- containers --------------------------------------------------------------------------------------------------

    def _quote(self, rows: list[Row], at: int, out: list[Block]) -> int:
        inner: list[Row] = []
        first = at
        while at < len(rows) and rows[at].text.strip():
            found = _QUOTE.match(rows[at].text)
            if not found and (not inner or interrupts(rows[at].text)):
                break
            cut = found.end() if found else 0
            inner.append(Row(rows[at].text[cut:], rows[at].index + cut))
            at += 1
        by = date = ""
        last = _BY.match(inner[-1].text.strip())
        if last and len(inner) > 1:
            inner.pop()
            by, _, date = last.group(1).partition("，")
        span = self.scalar.part(rows[first].index, rows[at - 1].index + len(rows[at - 1].text))
        out.append(Quote(tuple(self.inside(inner)), by.strip(), date.strip(), span))
        return at

    def _list(self, rows: list[Row], at: int, out: list[Block]) -> int:
        first = at
        found = _marker(rows[at].text)
        assert found is not None
        kind, base = found[0], len(found[1].group(1))
        items: list[ListItem] = []
        while at < len(rows):
            here = _marker(rows[at].text)
            if here is None or here[0] != kind or abs(len(here[1].group(1)) - base) > 1:
                break
            at = self._item(rows, at, kind, here[1], items)
            while at + 1 < len(rows) and not rows[at].text.strip():  # blank lines between items
                following = _marker(rows[at + 1].text)
                if rows[at + 1].text.strip() and (following is None or following[0] != kind):
                    break
                at += 1
        span = self.scalar.part(rows[first].index, rows[at - 1].index + len(rows[at - 1].text))
        out.append(List(kind, tuple(items), span))
        return at

    def _item(self, rows: list[Row], at: int, kind: str, found: re.Match[str], items: list[ListItem]) -> int:
        cut = found.end()
        base = len(found.group(1))
        row = rows[at]
        inner = [Row(row.text[cut:], row.index + cut)]
        start = at
        at += 1
        blank = False
        while at < len(rows):
            text = rows[at].text
            if not text.strip():
                blank = True
                inner.append(Row("", rows[at].index))
                at += 1
                continue
            deeper = _indent(text) >= base + 2
            if not deeper and (blank or interrupts(text) or _marker(text)):
                break
            drop = min(_indent(text), cut)
            inner.append(Row(text[drop:], rows[at].index + drop))
            blank = False
            at += 1
        while at > start + 1 and not rows[at - 1].text.strip():  # trailing blanks belong to the list
            at -= 1
            inner.pop()
        label = "•" if kind == "bullet" else row.text[base:cut].strip()
        span = self.scalar.part(row.index + base, row.index + len(row.text))
        items.append(ListItem(label, tuple(self.inside(inner)), span))
        return at

    def _table(self, rows: list[Row], at: int, out: list[Block]) -> int:
        """A GFM pipe table: no caption, no source."""
        first = at
        heads = self._cells(rows[at])
        aligns = [cell.strip() for cell in rows[at + 1].text.strip().strip("|").split("|")]
        at += 2
        body: list[list[Cell]] = []
        while at < len(rows) and "|" in rows[at].text:
            body.append(self._cells(rows[at]))
            at += 1
        columns: list[Column] = []
        for index, cell in enumerate(heads):
            mark = aligns[index] if index < len(aligns) else ""
            right, left = mark.endswith(":"), mark.startswith(":")
            align = "center" if right and left else "right" if right else "left"
            columns.append(Column(cell.inlines, "text", align))
        span = self.scalar.part(rows[first].index, rows[at - 1].index + len(rows[at - 1].text))
        filled = []
        for cells in body:
            if len(cells) > len(columns):
                self.reader.report.error(
                    "table-row", f"this row has {len(cells)} cells, the table {len(columns)} columns", cells[0].span
                )
            empty = Cell((), span)
            filled.append(tuple([*cells, *[empty] * len(columns)][: len(columns)]))
        out.append(Table(tuple(columns), tuple(filled), (), "", (), None, False, "", span))
        return at

    def _cells(self, row: Row) -> list[Cell]:
        text = row.text
        start = _indent(text)
        if text[start : start + 1] == "|":
            start += 1
        end = len(text.rstrip())
        if text[end - 1 : end] == "|":
            end -= 1
        cells = []
        at = start
        while at <= end:
            stop = text.find("|", at, end)
            while stop > 0 and text[stop - 1] == "\\":
                stop = text.find("|", stop + 1, end)
            stop = end if stop < 0 else stop
            lead = len(text[at:stop]) - len(text[at:stop].lstrip())
            passage = Passage(text[at:stop].strip(), ((0, row.index + at + lead),), self.scalar)
            inlines: tuple[Inline, ...] = parse_inlines(passage, self.reader)
            cells.append(Cell(inlines, passage.whole()))
            at = stop + 1
        return cells
