"""Where the paragraphs and headings of a note stand on the pages of a PDF, whoever made it, and what is wrong with that.

In: a checked note and a PDF of it.  Out: widows, orphans and stranded headings, by their first words.  Always: the note's own
words are looked for in the pages' glyphs, in the note's order, so that nothing is guessed from sizes or positions; words that
are not found are an error, not a page without faults.
Source: TYPOGRAPHY G1, G2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from compiler.model import Callout, Figure, Heading, List, Note, Paragraph, Quote, Table, Text, TextDisclaimer
from compiler.text.justify import SOFT_HYPHEN

RAISED = 7.9  # points: glyphs below this are citations, note marks and furniture; 8 is the size of notes
APART = 15.0  # points between glyphs of one row that belong to different columns
BACK = 6.0  # points by which a trimmed mark's cell may begin before the last one's end
KINDS = ("widow", "orphan", "stranded")


class Words(NamedTuple):
    """What is looked for: a "heading", a "paragraph" or a "caption", without white space."""

    kind: str
    text: str


class Placed(NamedTuple):
    """Words with the pages they stand on and how many rows they have on each."""

    words: Words
    rows: tuple[tuple[int, int], ...]


def words_of(note: Note) -> list[Words]:
    """The headings, paragraphs and captions of a note in the order in which they are read."""
    found: list[Words] = []
    for section in note.sections:
        found.append(Words("heading", _joined(f"{section.number}、{section.title}")))
        found += _blocks(section.blocks)
    for item in note.disclaimers:
        if isinstance(item, TextDisclaimer):
            found.append(Words("heading", _joined(item.title)))
            for article in item.articles:
                found += [Words("heading", _joined(article.label))] if article.label else []
                found += _blocks(article.blocks)
    return [words for words in found if words.text]


def _blocks(blocks: Iterable[object]) -> Iterator[Words]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Words("paragraph", _plain(block.inlines))
        elif isinstance(block, Heading):
            yield Words("heading", _plain(block.inlines))
        elif isinstance(block, (Table, Figure)):
            yield Words("caption", _plain(block.caption))
        elif isinstance(block, List):
            for item in block.items:
                yield from _blocks(item.blocks)
        elif isinstance(block, (Quote, Callout)):
            yield from _blocks(block.blocks)


def _plain(inlines: Iterable[object]) -> str:
    return _joined("".join([inline.text for inline in inlines if isinstance(inline, Text) and not inline.script]))


def _joined(text: str) -> str:
    return "".join(text.split())


class _Page:
    """The glyphs of a page as one string, with the baseline and the edges of each."""

    def __init__(self, page: Any) -> None:
        self.text = ""
        self.baselines: list[int] = []
        self.edges: list[tuple[float, float]] = []
        for span in page.get_texttrace():
            for code, _, (x, y), box in span["chars"]:
                if span["size"] >= RAISED and not chr(max(code, 32)).isspace() and code != ord(SOFT_HYPHEN):
                    self.text += chr(code)
                    self.baselines.append(round(y))
                    self.edges.append((x, box[2]))

    def find(self, words: Words, since: int) -> int:
        """Where words are set, -1 when nowhere; a heading begins its row, or a running line that quotes it would do."""
        start = self.text.find(words.text, since)
        while start > 0 and words.kind == "heading" and not self.turns(start):
            start = self.text.find(words.text, start + 1)
        return start

    def turns(self, at: int) -> bool:
        """Whether a row ends before this glyph, or one column's row before another's."""
        if at in (0, len(self.text)) or self.baselines[at - 1] != self.baselines[at]:
            return True
        return not 0 <= self.edges[at][0] - self.edges[at - 1][1] + BACK < APART

    def rows(self, start: int, end: int) -> int:
        """The rows that the glyphs from `start` to `end` stand on."""
        return len(set(self.baselines[start:end]))


def place(note: Note, pdf: bytes) -> list[Placed]:
    """All words of a note that are set on pages, found in its PDF.

    Words that an exhibit let pass are looked for again from the page before; a heading that the contents quote, where its text
    stands.  Errors: ValueError for words that are not there.
    """
    import pymupdf

    with pymupdf.open(stream=pdf) as document:
        pages = [_Page(page) for page in document]
    found = []
    number = since = 0
    for words in words_of(note):
        placed = _from(pages, number, since, words) or _from(pages, max(number - 1, 0), 0, words)
        if placed is None:
            raise ValueError(f"not found after page {number + 1}: {words.text}")
        rows, number, since = placed
        if found and found[-1].words.kind == "heading" and found[-1].rows[0][0] < rows[0][0]:
            again = _on(pages, rows[0][0], 0, found[-1].words)
            if again is not None and _on(pages, rows[0][0], again[2], words) is not None:
                found[-1] = found[-1]._replace(rows=again[0])
        found.append(Placed(words, rows))
    return found


def _from(pages: list[_Page], number: int, since: int, words: Words) -> tuple[tuple[tuple[int, int], ...], int, int] | None:
    """The words from a place on, on the first page that has them."""
    for at in range(number, len(pages)):
        placed = _on(pages, at, since if at == number else 0, words)
        if placed is not None:
            return placed
    return None


def _on(pages: list[_Page], at: int, since: int, words: Words) -> tuple[tuple[tuple[int, int], ...], int, int] | None:
    """The words from `since` on a page, or begun there and ended on the next: rows, page and place of their end."""
    page, text = pages[at], words.text
    start = page.find(words, since)
    if start >= 0:
        return ((at, page.rows(start, start + len(text))),), at, start + len(text)
    if at + 1 == len(pages) or words.kind == "heading":
        return None
    following = pages[at + 1]
    for count in range(len(text) - 1, 0, -1):
        start = page.text.find(text[:count], since)
        other = following.text.find(text[count:]) if start >= 0 else -1
        if other >= 0 and page.turns(start + count) and following.turns(other):
            end = other + len(text) - count
            return ((at, page.rows(start, start + count)), (at + 1, following.rows(other, end))), at + 1, end
    return None


def faults_of(placed: list[Placed]) -> list[tuple[str, str]]:
    """The kind of each fault and the first words of what it is about (G1, G2)."""
    found = []
    for one, following in zip(placed, [*placed[1:], None]):
        first, last = one.rows[0], one.rows[-1]
        if len(one.rows) > 1 and last[1] == 1:
            found.append(("widow", one.words.text[:20]))
        if len(one.rows) > 1 and first[1] == 1:
            found.append(("orphan", one.words.text[:20]))
        if one.words.kind == "heading" and following is not None and following.rows[0][0] > last[0]:
            found.append(("stranded", one.words.text[:20]))
    return found
