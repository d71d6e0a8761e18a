"""What all of a note's parsing shares: sources and their numbers, footnotes, links, and the reading of plain values.

In: the report.  Out: model values; each fault with its place.  Always: numbers are given in reading order; what is never
used is said so at the end.
"""

from __future__ import annotations

from ..diagnostics import nearest
from ..model import Date, FootnoteMark, Link, Paragraph, days_in
from ..syntax import Mapping, Scalar, Sequence
from ..words import words_of
from .inline import Passage, parse_inlines
from .markdown import definition_of, interrupts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence as Sequence_

    from ..claims.ledger import Prose
    from ..data.model import DataTable
    from ..diagnostics import Report, Span
    from ..model import Block, Source
    from ..syntax import Node
    from ..world import World
    from .bibliography import Shelf
    from .sheets import Sheet

SCHEMES = ("https://", "http://", "mailto:")


class Reader:
    """The state of one note's check."""

    def __init__(self, report: Report, world: World, folder: str, root: str) -> None:
        self.report = report
        self.world = world
        self.folder = folder
        self.root = root
        self.words = words_of("zh-CN")  # of the note's language
        self.sources: dict[str, Source] = {}
        self.shelf: Shelf | None = None  # what a bibliography holds
        self.published: Date | None = None
        self.max_age: int | None = None  # days the facts of an exhibit may be old
        self.references: list[Source] = []
        self._numbers: dict[str, int] = {}
        self._definitions: dict[str, Passage] = {}
        self._footnotes: dict[str, FootnoteMark] = {}
        self._note_lines: set[tuple[int, int]] = set()
        self._in_note = False
        self.footnote_count = 0
        self.labels: dict[str, Span] = {}
        self.data: dict[str, DataTable] = {}
        self.sheets: dict[str, Sheet] = {}  # the same as they were read, for tables and charts
        self.bound_to: set[str] = set()  # ids of the data something is bound to
        self.prose: list[Prose] | None = None  # passages for the ledger of numbers, where somebody asks for it
        self.spoken: list[Prose] = []  # titles and alternative texts, for the claims
        self.credited: tuple[str, ...] = ()  # ids of the sources of the exhibit being read
        self.row_names: dict[str, dict[str, str]] = {}  # other names of the rows of data, by its id
        self.matched: dict[int, str] = {}  # places of typed numbers → the cell a sentence says them of
        self.told: set[tuple[str, int]] = set()  # places of words already reported

    # --- sources -----------------------------------------------------------------------------------------------------

    def cite(self, id: str, span: Span) -> int:
        """The number of a source, given on its first use; 0 after a report when there is none of that name."""
        source = self.sources.get(id)
        if source is None and self.shelf is not None:
            source = self.shelf.source(id)
        if source is None:
            known = self.known()
            near = nearest(id, known)
            if near:
                tip = f"did you mean `@{near}`?"
            elif known:
                tip = f"sources here: {listed(known)}"
            else:
                tip = "add it under `sources:`"
            self.report.error("source-unknown", f"there is no source `{id}`", span, help=tip)
            return 0
        if id not in self._numbers:
            self.references.append(source)
            self._numbers[id] = len(self.references)
        return self._numbers[id]

    def known(self) -> list[str]:
        """The ids of all sources, the note's own first."""
        return [*self.sources, *(self.shelf.ids() if self.shelf is not None else ())]

    def unused(self) -> None:
        """Warn of sources and footnotes nothing refers to."""
        for id, source in self.sources.items():
            if id not in self._numbers:
                self.report.warning(
                    "source-unused", f"source `{id}` is never cited", source.span, help=f"cite it as `[@{id}]`, or delete it"
                )
        for id, passage in self._definitions.items():
            if id not in self._footnotes:
                self.report.warning(
                    "footnote-unused",
                    f"footnote `{id}` is never referred to",
                    passage.whole(),
                    help=f"put `[^{id}]` into the text, or delete the note",
                )

    # --- footnotes ---------------------------------------------------------------------------------------------------

    def collect_footnotes(self, nodes: Iterable[Node]) -> None:
        """Find the definitions `[^id]: …` of all scalars, before any text is read."""
        stack = list(nodes)[::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, Scalar):
                if "[^" in node.value:
                    self._definitions_of(node)
            elif isinstance(node, Sequence):
                stack += node.items[::-1]
            else:
                stack += [value for _, value in node.entries[::-1]]

    def _definitions_of(self, scalar: Scalar) -> None:
        at = 0
        lines = scalar.value.split("\n")
        starts = []
        for line in lines:
            starts.append(at)
            at += len(line) + 1
        for index, line in enumerate(lines):
            found = definition_of(line)
            if not found:
                continue
            parts = [line[found.end() :]]
            places = [(0, starts[index] + found.end())]
            length = len(parts[0]) + 1
            self._note_lines.add((scalar.span.start, starts[index] + len(line)))
            quoted = ">" in found.group()
            for more in range(index + 1, len(lines)):
                text = lines[more]
                body = text.lstrip(" >") if quoted else text.lstrip()
                if not body or definition_of(text) or (interrupts(body) and not text.startswith("  ")):
                    break
                cut = len(text) - len(body)
                self._note_lines.add((scalar.span.start, starts[more] + len(text)))
                places.append((length, starts[more] + cut))
                parts.append(text[cut:])
                length += len(text) - cut + 1
            passage = Passage("\n".join(parts).rstrip(), tuple(places), scalar)
            id = found.group(1)
            if id in self._definitions:
                first = ((self._definitions[id].whole(), "first defined here"),)
                self.report.error("footnote-duplicate", f"footnote `{id}` is defined twice", passage.whole(), notes=first)
            else:
                self._definitions[id] = passage

    def defines(self, scalar: Scalar, index: int) -> bool:
        """Whether the line of `scalar` that holds `index` belongs to a footnote's definition."""
        end = scalar.value.find("\n", index)
        return (scalar.span.start, len(scalar.value) if end < 0 else end) in self._note_lines

    def footnote(self, id: str, span: Span) -> FootnoteMark | None:
        """The mark for `[^id]`; a second reference to a note repeats its number only once, so it is refused."""
        passage = self._definitions.get(id)
        if passage is None:
            near = nearest(id, list(self._definitions))
            tip = f"did you mean `[^{near}]`?" if near else f"define it on a line of its own: `[^{id}]: …`"
            self.report.error("footnote-unknown", f"there is no footnote `{id}`", span, help=tip)
            return None
        if id in self._footnotes and not self._in_note:
            self.report.error(
                "footnote-duplicate", f"footnote `{id}` is referred to twice", span, help="give each place a note of its own"
            )
            return None
        mark = self.inline_note(passage, span)
        if mark is not None:
            self._footnotes[id] = mark
        return mark

    def inline_note(self, passage: Passage, span: Span) -> FootnoteMark | None:
        """A numbered mark with the note's text as one paragraph."""
        if self._in_note:
            self.report.error("footnote-nested", "a footnote cannot hold a footnote", span, help="put its words in brackets")
            return None
        if not passage.text.strip():
            self.report.error("footnote-empty", "this footnote says nothing", span, help="write its text, or delete it")
            return None
        self.footnote_count += 1
        number = self.footnote_count
        self._in_note = True
        blocks: tuple[Block, ...] = (Paragraph(parse_inlines(passage, self), passage.whole()),)
        self._in_note = False
        return FootnoteMark(number, blocks, span)

    # --- labels ------------------------------------------------------------------------------------------------------

    def label(self, node: Node | None) -> str:
        """The `id` of an exhibit, which no other may have."""
        text = self.text(node, "id")
        if text and node is not None:
            if text in self.labels:
                first = ((self.labels[text], "first given here"),)
                self.report.error("exhibit-id", f"two exhibits have the id `{text}`", node.span, notes=first)
            else:
                self.labels[text] = node.span
        return text

    # --- links -------------------------------------------------------------------------------------------------------

    def link(self, url: str, span: Span) -> Link | None:
        """A checked link target: web and mail addresses only."""
        if not url.lower().startswith(SCHEMES):
            self.report.error(
                "link-target",
                f"`{url}` is no web or mail address",
                span,
                help="write it in full: `https://…` or `mailto:…`",
            )
            return None
        if any(ord(char) < 33 or ord(char) == 127 for char in url):
            self.report.error("link-target", "an address holds no blanks", span)
            return None
        return Link(url, span)

    # --- plain values ------------------------------------------------------------------------------------------------

    def text(self, node: Node | None, what: str) -> str:
        """A scalar's words on one line; "" for an absent one."""
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.report.error("note-type", f"`{what}` must be text", node.span)
            return ""
        if "{{" in node.value:
            return self._filled(node)
        return " ".join(node.value.split("\n")).strip() if "\n" in node.value else node.value.strip()

    def keep(self, passage: Passage, printed: Sequence_[str], unit: str = "") -> None:
        """A passage for the ledger."""
        from ..claims.ledger import Prose

        if self.prose is not None:
            self.prose.append(Prose(passage.text, passage.span, self.credited, tuple(printed), unit))

    def say(self, passage: Passage, printed: Sequence_[str]) -> None:
        """Words that are held against the data but are not in the ledger: titles, alternative texts."""
        if self.prose is not None:
            from ..claims.ledger import Prose

            self.spoken.append(Prose(passage.text, passage.span, (), tuple(printed)))

    def _filled(self, node: Scalar) -> str:
        """Words with bound numbers in their braces."""
        from .binding import bound_text

        passage = Passage(node.value, ((0, 0),), node)
        text, out, at = node.value, "", 0
        printed = []
        while (start := text.find("{{", at)) >= 0:
            end = text.find("}}", start)
            if end < 0:
                tip = "close it with `}}`"
                self.report.error("bind-form", "`{{` is never closed", passage.span(start, start + 2), help=tip)
                break
            printed.append(bound_text(passage, start, end + 2, self))
            out += text[at:start] + printed[-1]
            at = end + 2
        self.say(passage, printed)
        return " ".join((out + text[at:]).split("\n")).strip()

    def truth(self, node: Node | None, what: str) -> bool:
        """`true` or `false`."""
        word = self.text(node, what).lower()
        if word in ("true", "yes", "是"):
            return True
        if word not in ("", "false", "no", "否") and node is not None:
            self.report.error("note-type", f"`{what}` must be `true` or `false`", node.span)
        return False

    def age(self, node: Node | None, what: str) -> int | None:
        """A number of days."""
        text = self.text(node, what)
        if node is not None and not (text.isascii() and text.isdigit() and len(text) < 6):
            self.report.error("note-type", f"`{what}` is a number of days", node.span, help=f"such as `{what}: 7`")
            return None
        return int(text) if text else None

    def date(self, node: Node | None, what: str) -> Date | None:
        """A day that exists, written 2024-01-02."""
        if node is None:
            return None
        return self.day(self.text(node, what), node.span, what)

    def day(self, text: str, span: Span, what: str) -> Date | None:
        """A day that exists from its text."""
        parts = text.split("-")
        shaped = [len(part) for part in parts] == [4, 2, 2] and "".join(parts).isascii()
        if shaped and all([part.isdigit() for part in parts]):
            year, month, day = (int(part) for part in parts)
            if 1 <= month <= 12 and 1 <= day <= days_in(year, month) and year:
                return Date(year, month, day)
            self.report.error("date-unreal", f"{text} is no day of the calendar", span)
            return None
        guess = _day_guess(text)
        tip = f"write `{guess}`" if guess else "write it like 2024-01-02"
        self.report.error("date-form", f"`{what}` is no date: `{text}`", span, help=tip)
        return None

    def keys(
        self,
        node: Mapping,
        known: tuple[str, ...],
        what: str,
        inner: tuple[str, ...] = (),
        meant: dict[str, str] | None = None,
    ) -> None:
        """Report keys nobody reads; `inner` are those that belong below the first one, indented, `meant` what a word of another
        tool is called here."""
        for key, _ in node.entries:
            if key.value not in known:
                near = (meant or {}).get(key.value) or nearest(key.value, known)
                tip = f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}"
                if key.value in inner:
                    tip = f"indent it by two more: it belongs to `{known[0]}:`"
                self.report.error("note-key", f"{what} has no key `{key.value}`", key.span, help=tip)


def listed(ids: list[str]) -> str:
    """Ids for a help line: the first twenty."""
    return ", ".join(ids[:20]) + (" …" if len(ids) > 20 else "")


def _day_guess(text: str) -> str:
    """The ISO form of a day written some other common way, or ""."""
    plain = text.translate({ord("０") + digit: ord("0") + digit for digit in range(10)})
    numbers = "".join([char if char.isascii() and char.isdigit() else " " for char in plain]).split()
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]
    if len(numbers) != 3 or len(numbers[0]) != 4:
        return ""
    year, month, day = (int(number) for number in numbers)
    if not (1 <= month <= 12 and 1 <= day <= days_in(year, month)):
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"
