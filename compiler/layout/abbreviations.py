"""Short forms that are read aloud by their expansion (ISO 32000-1, 14.9.5).

In: the short forms of the note and the brand, and what the typesetter sets.  Out: lines whose segments are cut round each short
form; the piece belongs to a Span with the expansion.  Always: lines are broken before they are cut, so that nothing moves.  Every
place is marked, not only the first: who listens goes from heading to heading or by links, and has not heard the first one.
"""

from __future__ import annotations

import re

from ..model import Cite, LineBreak, Text
from ..text.setting import Word
from .frames import Element

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..brand import Brand
    from ..diagnostics import Report
    from ..model import Inline, Note
    from ..text.setting import Line, Run, Segment
    from .frames import Artifact

# A Western short form is a word of its own: no letter or digit beside it, nor one behind a sign that joins words (C-REIT, S&P).
_LETTER = "[0-9A-Za-z\u00c0-\u024f]"
_JOINT = "[-\u2010\u2011_.&@+]"
_BEFORE = f"(?<!{_LETTER})(?<!{_LETTER}{_JOINT})"
_AFTER = f"(?!{_LETTER})(?!{_JOINT}{_LETTER})"
_OTHER = "\ufffc"  # what is no text: a citation, a footnote's mark


def _western(char: str) -> bool:
    return char.isalnum() and char < "\u0250"


def _pattern(form: str) -> str:
    """A short form as a word; Han has no blanks between words, so nothing is asked of what stands beside it."""
    words = r"\s+".join([re.escape(part) for part in form.split()])
    return (_BEFORE if _western(form[0]) else "") + words + (_AFTER if _western(form[-1]) else "")


def _counts(char: str) -> bool:
    """Whether a character is counted in the places of a run: blanks and breaks may come and go when its lines are set."""
    return char != " " and char.isprintable()


def _count(text: str) -> int:
    return sum([_counts(char) for char in text])


class _Use:
    """One place where a short form stands; its element is made when it is painted, and is one over a line's end."""

    __slots__ = ("expansion", "made", "owner")

    def __init__(self, expansion: str, owner: object) -> None:
        self.expansion = expansion
        self.owner = owner
        self.made: Element | None = None

    def element(self, owner: Element | Artifact) -> object:
        """The Span in what the text belongs to; what is an artifact is not read aloud."""
        parent = self.owner or owner
        if not isinstance(parent, Element):
            return self.owner
        if self.made is None or self.made.parent is not parent:
            self.made = Element("Span", parent, expansion=self.expansion)
        return self.made


class _Marked:
    """The owner of a run with short forms in it: its owner proper, and where they stand, in counted characters."""

    __slots__ = ("owner", "uses")

    def __init__(self, owner: object) -> None:
        self.owner = owner
        self.uses: list[tuple[int, int, _Use]] = []


class Abbreviations:
    """The short forms of one document; `used` are those met."""

    def __init__(self, expansions: dict[str, str]) -> None:
        self.expansions = expansions
        self.used: set[str] = set()
        longest = sorted(expansions, key=lambda form: (-len(form), form))
        self._find = re.compile("|".join([_pattern(form) for form in longest])).finditer

    # --- before lines are broken -------------------------------------------------------------------------------------

    def mark(self, inlines: Sequence[Inline], runs: list[Run]) -> None:
        """Mark the runs made of the inlines: one of each, but one of each number of a citation."""
        text, starts, barred = _joined(inlines)
        found = [match for match in self._find(text) if not _meets(match, barred)]
        if not found:
            return
        marked: dict[int, _Marked] = {}
        for match in found:
            form = " ".join(match.group().split())
            self.used.add(form)
            for place, run, start in starts:
                end = start + len(inlines[place].text)  # type: ignore[union-attr]
                first, last = max(match.start(), start), min(match.end(), end)
                if first < last:
                    owner = marked.setdefault(run, _Marked(runs[run].owner))
                    begin = _count(text[start:first])
                    use = _Use(self.expansions[form], owner.owner)
                    owner.uses.append((begin, begin + _count(text[first:last]), use))
        for run, owner in marked.items():
            runs[run] = runs[run].replace(owner=owner)

    # --- after -------------------------------------------------------------------------------------------------------

    def cut(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """All lines of a paragraph with the segments of marked runs cut."""
        passed: dict[int, int] = {}
        return tuple([self._cut(line, passed) for line in lines])

    def _cut(self, line: Line, passed: dict[int, int]) -> Line:
        if not any([segment.owner.__class__ is _Marked for segment in line.segments]):
            return line
        out: list[Segment] = []
        for segment in line.segments:
            marked = segment.owner
            if isinstance(marked, _Marked):
                start = passed.get(id(marked), 0)
                passed[id(marked)] = start + _count(segment.text)
                out += _Cutter(segment, marked, start).parts()
            else:
                out.append(segment)
        return line.replace(segments=tuple(out))

    def owned(self, line: Line, owner: Element | Artifact) -> Line:
        """A line that is to be painted for `owner`, the short forms in it elements of their own."""
        if not any([segment.owner.__class__ is _Use for segment in line.segments]):
            return line
        segments = [
            segment.replace(owner=segment.owner.element(owner)) if isinstance(segment.owner, _Use) else segment
            for segment in line.segments
        ]
        return line.replace(segments=tuple(segments))


def _joined(inlines: Sequence[Inline]) -> tuple[str, list[tuple[int, int, int]], list[tuple[int, int]]]:
    """The words of a paragraph; (inline, run, start) of each text in it; stretches in which nothing is looked for."""
    parts: list[str] = []
    starts: list[tuple[int, int, int]] = []
    barred: list[tuple[int, int]] = []
    at = run = 0
    for place, inline in enumerate(inlines):
        part = "\n" if isinstance(inline, LineBreak) else _OTHER
        if isinstance(inline, Text):
            part = inline.text
            starts.append((place, run, at))
            address = inline.link is not None and inline.link.url.removeprefix("mailto:") == part.removeprefix("mailto:")
            if address or inline.name or inline.script or inline.lang:
                barred.append((at, at + len(part)))
            barred += [(at + start, at + end) for start, end in inline.codes]
        parts.append(part)
        at += len(part)
        run += len(inline.numbers) if isinstance(inline, Cite) else 1
    return "".join(parts), starts, barred


def _meets(match: re.Match[str], stretches: Sequence[tuple[int, int]]) -> bool:
    return any([match.start() < end and start < match.end() for start, end in stretches])


class _Cutter:
    """Cuts one segment where its short forms begin and end; every glyph stays where it is."""

    def __init__(self, segment: Segment, marked: _Marked, start: int) -> None:
        self.segment = segment
        self.marked = marked
        self.at = start  # counted characters of the run before this one
        self.x = 0.0  # 1/1000 em of the segment's size from its left edge
        self.out: list[Segment] = []
        self.owner: object = None
        self.items: list[str | float | Word] = []
        self.words = ""
        self.left = self.right = 0.0

    def parts(self) -> list[Segment]:
        """The segment's parts in order."""
        segment, end = self.segment, self.at + _count(self.segment.text)
        if not any([first < end and self.at < last for first, last, _ in self.marked.uses]):
            return [segment.replace(owner=self.marked.owner)]
        advance = segment.face.advance
        gid = segment.face.gid
        for item in segment.items:
            if isinstance(item, str):
                for char in item:
                    self._put(char, advance(gid(ord(char))) + segment.spacing, char)
            elif isinstance(item, Word):
                self._word(item)
            else:
                self.x += item
        self._end()
        last = self.out[-1]
        self.out[-1] = last.replace(width=segment.x + segment.width - last.x)
        return self.out

    def _owner(self, text: str) -> object:
        """Whose the next glyph is; what is not counted goes with what stands before it."""
        if not any([_counts(char) for char in text]):
            return self.owner if self.items else self.marked.owner
        for first, last, use in self.marked.uses:
            if first <= self.at < last:
                return use
        return self.marked.owner

    def _put(self, item: str | Word, width: float, text: str) -> None:
        owner = self._owner(text)
        if self.items and owner is not self.owner:
            self._end()
        if not self.items:
            self.owner, self.left = owner, self.x
        elif self.x != self.right:
            self.items.append(self.x - self.right)
        last = self.items[-1] if self.items else None
        if isinstance(item, str) and isinstance(last, str):
            self.items[-1] = last + item
        else:
            self.items.append(item)
        self.words += text
        self.x = self.right = self.x + width
        self.at += _count(text)

    def _word(self, word: Word) -> None:
        """A word whole, or in pieces where one of them is a short form's."""
        at = self.at
        owners: list[object] = []
        for _, text, _ in word.glyphs:
            owners.append(self._owner(text) if text else owners[-1] if owners else self.marked.owner)
            self.at += _count(text)
        self.at = at
        if all([owner is owners[0] for owner in owners]):
            self._put(word, word.width, word.text)
            return
        start = 0
        for end in range(1, len(owners) + 1):
            if end == len(owners) or owners[end] is not owners[start]:
                glyphs = word.glyphs[start:end]
                width = sum([self.segment.face.advance(gid) + move for gid, _, move in glyphs])
                text = "".join([text for _, text, _ in glyphs])
                self._put(Word(text, glyphs, width), width, text)
                start = end

    def _end(self) -> None:
        segment, unit = self.segment, self.segment.style.size / 1000
        left, width = segment.x + self.left * unit, (self.right - self.left) * unit
        self.out.append(segment.replace(x=left, width=width, items=tuple(self.items), owner=self.owner, text=self.words))
        self.items, self.words = [], ""


def abbreviations(note: Note, brand: Brand) -> Abbreviations:
    """Those of the note and its house; the note has the last word."""
    known = {item.short: item.expansion for item in brand.abbreviations}
    return Abbreviations(known | {item.short: item.expansion for item in note.abbreviations})


def tell_unused(note: Note, used: Iterable[str], report: Report) -> None:
    """Warn of the note's own short forms that stand nowhere; a house lists them for all its notes."""
    for item in note.abbreviations:
        if item.short not in used:
            report.warning(
                "abbreviation-unused",
                f"the short form `{item.short}` stands nowhere as a word of its own",
                item.span,
                help="write it as the text does, or delete it",
            )
