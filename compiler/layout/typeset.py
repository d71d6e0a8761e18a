"""From the note's words to set lines: styles become faces, inlines become runs, lines become items with owners.

In: inlines or plain strings, a brand's text style, a measure.  Out: lines, and items that belong to elements of the logical
tree.  Always: a character no face has is an error at its place; a citation, a link and a footnote mark own their glyphs.
"""

from __future__ import annotations

from ..model import Cite, FootnoteMark, LineBreak, Text
from ..record import Record
from ..text import missing_in, set_line, set_paragraph
from ..text.characters import HAN, base_class
from ..text.faces import FaceError, load
from ..text.items import FULL, HUNG
from ..text.languages import tradition
from ..text.setting import Line, Run, RunStyle, Segment, Setting
from ..words import words_of
from .frames import Anchor, Artifact, Element, LinkItem, TextItem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from ..brand import Brand, FaceSpec, Furniture, TextStyle
    from ..diagnostics import Report, Span
    from ..model import Inline
    from ..text.faces import Face
    from ..world import World
    from .abbreviations import Abbreviations
    from .frames import Item

    Kept = TypeVar("Kept")

EM_ABOVE = 0.88  # the ideographic em box over the baseline (TYPOGRAPHY G4); 0.12 below
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def has_han(text: str) -> bool:
    """Whether there is an ideograph or kana in it."""
    return any([char > "\u3040" and base_class(ord(char)) == HAN for char in text])


def circled(number: int) -> str:
    """① to ⑳, then plain figures in brackets."""
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"[{number}]"


SENSE_MARKS = "，、；：—》”\u3000"  # a heading may turn after these, or else at a blank
_UNDERLINED: dict[str, dict[str, object]] = {"Layout": {"TextDecorationType": "Underline"}}
UNEVEN = 0.6  # the most by which its two lines may differ, as a share of both


def _turn(text: str, marks: str) -> int | None:
    """Where a heading turns best: after one of `marks`, the lines as even as can be."""
    places = [at for at in range(1, len(text)) if text[at - 1] in marks and not text[at].isspace()]
    even = [(abs(2 * at - len(text)) / len(text), at) for at in places]
    best = min(even, default=(1.0, 0))
    return best[1] if best[0] < UNEVEN else None


def _broken(runs: Sequence[Run], at: int) -> list[Run]:
    """Runs with a forced break before character `at` of their joint text."""
    out = []
    start = 0
    for run in runs:
        cut = at - start
        start += len(run.text)
        if 0 <= cut < len(run.text):
            run = Run(f"{run.text[:cut].rstrip()}\u2028{run.text[cut:]}", run.style, run.owner)
        out.append(run)
    return out


class Target(Record):
    """Where a linked element leads: an outside address or an anchor's name, and what a reader is told about it."""

    uri: str
    target: str
    contents: str


# What was set before, in this process: notes of one house share their disclaimers, heads, labels and many cells.  Styles are kept
# as long as the process, so that their identity may stand for them.  A fifth of a warm compile.
_styles: dict[tuple[object, ...], RunStyle] = {}
_lines: dict[tuple[object, ...], Line] = {}
_settings: dict[tuple[object, ...], Setting] = {}
_MOST = 10_000  # of each; then they start anew


def _shared(
    faces: tuple[Face, ...], size: float, colour: str, rise: float = 0.0, tracking_em: float = 0.0, mark: str = ""
) -> RunStyle:
    """The one style of its kind in this process."""
    key = (faces, size, colour, rise, tracking_em, mark)
    found = _styles.get(key)
    if found is None:
        found = _styles[key] = RunStyle(faces, size, colour, rise, tracking_em, mark)
    return found


def _kept(kind: dict[tuple[object, ...], Kept], key: tuple[object, ...], value: Kept) -> None:
    if len(kind) >= _MOST:
        kind.clear()
    kind[key] = value


def _place(owners: Sequence[object], owner: object) -> int:
    """The first place of an owner in a list that starts with none."""
    return next(at for at, one in enumerate(owners) if one is owner)


def _owned(setting: Setting, owners: Sequence[object]) -> Setting:
    """A paragraph whose segments belong to places in a list, given to the owners there."""
    lines = []
    for line in setting.lines:
        segments = [one if one.owner is None else _given(one, owners[one.owner]) for one in line.segments]  # type: ignore[call-overload]
        lines.append(Line(tuple(segments), line.width, line.stretch, line.overfull, line.text, line.ends))
    return Setting(tuple(lines), setting.missing)


def _given(one: Segment, owner: object) -> Segment:
    return Segment(one.x, one.width, one.face, one.style, one.spacing, one.items, owner, one.text)


class Typesetter:
    """Sets text in one brand's styles and keeps what later stages ask of it: link targets and footnotes met."""

    def __init__(self, brand: Brand, world: World, report: Report, language: str) -> None:
        self.brand = brand
        self.world = world
        self.report = report
        self.words = words_of(language)
        self.tradition = tradition(language)
        self.targets: dict[int, Target] = {}
        self.anchors: dict[int, str] = {}
        self.notes: dict[int, tuple[FootnoteMark, Element]] = {}
        self.abbreviations: Abbreviations | None = None
        self.shapes: dict[tuple[int, str, str, float], tuple[Furniture, list[Item]]] = {}  # what furniture draws on each page
        self._marks_style = HUNG if brand.hanging else FULL
        self._faces: dict[tuple[object, ...], Face | None] = {}
        self._styles: dict[tuple[object, ...], RunStyle] = {}
        self._again = bool(_settings)  # whether the process has set a note before
        self._cited: set[int] = set()
        self._linked: dict[int, Element] = {}

    # --- styles ------------------------------------------------------------------------------------------------------

    def faces(self, chain: tuple[FaceSpec, ...]) -> tuple[Face, ...]:
        """The loaded faces of a chain; a file that is no font is reported once and left out."""
        out = []
        for spec in chain:
            key = (spec.file, spec.index, spec.axes, spec.scale)  # a record's own hash and comparison would take 1 ms a note
            if key not in self._faces:
                try:
                    self._faces[key] = load(spec, self.world)
                except FaceError as fault:
                    self._faces[key] = None
                    self.report.error(
                        "font-unusable",
                        f"face `{spec.name}` of brand `{self.brand.name}` cannot be used: {fault}",
                        help=f"check the file {spec.file}",
                    )
            face = self._faces[key]
            if face is not None:
                out.append(face)
        return tuple(out)

    def run_style(
        self, style: TextStyle, *, strong: bool = False, script: str = "", colour: str = "", mark: str = ""
    ) -> RunStyle:
        """The composer's style for a text style, its stressed, raised or marked form, or another colour."""
        key = (style.name, style.size, strong, script, colour or style.colour, mark)
        found = self._styles.get(key)
        if found is None:
            brand = self.brand
            chain = style.strong if strong else style.faces
            size, rise, tint = style.size, 0.0, colour or style.colour
            if script:
                size = style.size * brand.superscript_scale
                rise = style.size * (brand.superscript_rise if script != "sub" else -0.14)
            if script == "mark":
                chain, tint = brand.superscript_faces, brand.superscript_colour
            found = self._styles[key] = _shared(self.faces(chain), size, tint, rise, style.tracking_em, mark)
        return found

    def drawn_style(self, style: TextStyle, size: float, colour: str) -> RunStyle:
        """The style of words in a drawing: a text style's faces at the drawing's size and in its colour."""
        key = (style.name, size, colour)
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = _shared(self.faces(style.faces), size, colour)
        return found

    # --- runs --------------------------------------------------------------------------------------------------------

    def runs(self, inlines: Sequence[Inline], style: TextStyle, parent: Element | None, colour: str = "") -> list[Run]:
        """Runs for inlines; links, citations and footnote marks become elements under `parent` and own their run."""
        out: list[Run] = []
        for inline in inlines:
            if isinstance(inline, Text):
                owner = None
                if parent is not None and inline.link is not None:
                    owner = self._link(inline, parent)
                elif parent is not None and (inline.lang or inline.name):
                    owner = Element("Span", parent, lang=inline.lang, attributes=_UNDERLINED if inline.name else None)
                dotted = inline.emphasis and self.brand.emphasis == "dots" and has_han(inline.text)
                mark = "name" if inline.name else "dots" if dotted else ""
                strong = inline.strong or (inline.emphasis and not dotted)
                run_style = self.run_style(style, strong=strong, script=inline.script, colour=colour, mark=mark)
                out.append(Run(inline.text, run_style, owner))
            elif isinstance(inline, Cite):
                out += self._cite(inline, style, parent)
            elif isinstance(inline, FootnoteMark):
                out.append(self._footnote(inline, style, parent))
            elif isinstance(inline, LineBreak):
                out.append(Run("\u2028", self.run_style(style, colour=colour), None))
        if self.abbreviations is not None and parent is not None:
            self.abbreviations.mark(inlines, out)
        return out

    def _link(self, inline: Text, parent: Element) -> Element:
        link = inline.link
        assert link is not None
        known = self._linked.get(id(link))
        if known is not None and known.parent is parent:
            return known
        element = Element("Link", parent)
        self._linked[id(link)] = element
        self.targets[id(element)] = Target(link.url, "", self.words.link.format(name=link.url))
        return element

    def _cite(self, cite: Cite, style: TextStyle, parent: Element | None) -> list[Run]:
        mark = self.run_style(style, script="mark")
        runs = []
        for place, number in enumerate(cite.numbers):
            owner = None
            if parent is not None:
                owner = Element("Link", Element("Reference", parent))
                self.targets[id(owner)] = Target("", f"source-{number}", self.words.to_source.format(number=number))
                if number not in self._cited:
                    self._cited.add(number)
                    self.anchors[id(owner)] = f"cite-{number}"
            opening = "[" if place == 0 else ""
            closing = "]" if place == len(cite.numbers) - 1 else ","
            runs.append(Run(f"{opening}{number}{closing}", mark, owner))
        return runs

    def _footnote(self, mark: FootnoteMark, style: TextStyle, parent: Element | None) -> Run:
        owner = None
        if parent is not None:
            owner = Element("Link", Element("Reference", parent))
            self.targets[id(owner)] = Target("", f"note-{mark.number}", self.words.to_note.format(number=mark.number))
            self.anchors[id(owner)] = f"note-mark-{mark.number}"
            self.notes[id(owner)] = (mark, Element("Note", parent, id=f"note-{mark.number}"))
        return Run(circled(mark.number), self.run_style(style, script="mark"), owner)

    # --- lines -------------------------------------------------------------------------------------------------------

    def lines(
        self,
        runs: Sequence[Run],
        style: TextStyle,
        measure: float,
        span: Span | None,
        *,
        indent: float | None = None,
        align: str = "",
    ) -> tuple[Line, ...]:
        """Runs broken to a measure in points."""
        own = self.tradition
        first = min(style.indent_em, own.indent_em) * style.size if indent is None else indent
        align = align or style.align
        if align == "left" and not first:
            whole = self._whole(runs, style, measure, span)
            if whole is not None:
                return (whole,)
        setting = self._set(runs, measure, style.size, first, align)
        if setting.missing:
            self._report_missing(setting.missing, span)
        for line in setting.lines:
            if line.overfull > 0.5:
                self.report.warning(
                    "line-overfull",
                    f"a line is {line.overfull:.1f} pt longer than its measure: `{line.text[:40]}`",
                    span,
                    help="rephrase, or allow a break in the long word or address",
                )
        return setting.lines if self.abbreviations is None else self.abbreviations.cut(setting.lines)

    def _set(self, runs: Sequence[Run], measure: float, size: float, indent: float, align: str) -> Setting:
        """A paragraph, set now or before.

        What is kept knows no elements of any note, only the order of the runs' owners; a process's first note, which may be its
        only one, keeps none that has owners."""
        style, own, hyphenate = self._marks_style, self.tradition, self.brand.hyphenation
        owners: list[object] = [None]
        for run in runs:
            if run.owner is not None and run.owner is not owners[-1]:
                owners.append(run.owner)
        kept = len(owners) == 1 or self._again
        key: tuple[object, ...] | None = None
        if kept:
            places = [0 if run.owner is None else _place(owners, run.owner) for run in runs]
            words = [part for run, place in zip(runs, places) for part in (run.text, id(run.style), place)]
            key = (measure, size, indent, align, id(style), id(own), hyphenate, *words)
            found = _settings.get(key)
            if found is not None:
                return found if len(owners) == 1 else _owned(found, owners)
            if len(owners) > 1:
                runs = [Run(run.text, run.style, place or None) for run, place in zip(runs, places)]
        found = set_paragraph(runs, measure, size=size, indent=indent, align=align, style=style, own=own, hyphenate=hyphenate)
        if key is not None:
            _kept(_settings, key, found)
            if len(owners) > 1:
                return _owned(found, owners)
        return found

    def _whole(self, runs: Sequence[Run], style: TextStyle, measure: float, span: Span | None) -> Line | None:
        """The one line of a cell or heading that needs no second: kept already when a table's columns were measured.

        It buys a second setting of every cell, 30 µs apiece."""
        if len(runs) != 1 or runs[0].owner is not None or runs[0].style.size != style.size:
            return None
        text = runs[0].text
        if len(text) * style.size > 2 * measure or "\u2028" in text:  # it will hardly fit
            return None
        line = self.line_of(runs, span)
        return line if line.width <= measure else None

    def display_lines(
        self, runs: Sequence[Run], style: TextStyle, measure: float, span: Span | None, gives: float = 0.0
    ) -> tuple[Line, ...]:
        """A heading's lines, broken by sense where it needs two: after a mark, or at a blank the author typed (R6).

        A plain one that has no room for its parts so may be set smaller, by half points and `gives` of its size at most."""
        lines = self.lines(runs, style, measure, span, indent=0.0)
        if len(lines) != 2:
            return lines
        text = "".join([run.text for run in runs])
        best = _turn(text, SENSE_MARKS)
        best = _turn(text, " \n") if best is None else best
        if best is None:
            return lines
        tried = self.lines(_broken(runs, best), style, measure, span, indent=0.0)
        halves = 1
        while len(tried) != 2 and halves <= 2 * gives * style.size:
            smaller = style.replace(size=style.size - halves / 2)
            small = [Run(run.text, self.run_style(smaller), run.owner) for run in runs]
            tried = self.lines(_broken(small, best), smaller, measure, span, indent=0.0)
            halves += 1
        return tried if len(tried) == 2 else lines

    def line(self, text: str, style: TextStyle, *, strong: bool = False, colour: str = "", span: Span | None = None) -> Line:
        """One natural line of plain text."""
        return self.line_of([Run(text, self.run_style(style, strong=strong, colour=colour))], span)

    def line_of(self, runs: Sequence[Run], span: Span | None = None) -> Line:
        """One natural line of runs.  Lines of a single plain run are kept: furniture and table cells ask for them again."""
        own = self.tradition
        key = (runs[0].text, id(runs[0].style), id(own)) if len(runs) == 1 and runs[0].owner is None else None
        if key is not None:
            found = _lines.get(key)
            if found is not None:
                return found
        line = set_line(runs, own)
        absent = missing_in(runs, own)
        if absent:  # not kept: the next note that has the character is to be told, too
            self._report_missing(absent, span)
        elif key is not None:
            _kept(_lines, key, line)
        return line if self.abbreviations is None else self.abbreviations.cut((line,))[0]

    def _report_missing(self, chars: tuple[str, ...], span: Span | None) -> None:
        for char in chars:
            place = span.find(char) if span is not None else None
            self.report.error(
                "glyph-missing",
                f"no font of brand `{self.brand.name}` has the character {char} (U+{ord(char):04X})",
                place or span,
                help="write it another way, or add a face that has it to the brand's fallback chain",
            )

    # --- items -------------------------------------------------------------------------------------------------------

    def items(self, line: Line, x: float, y: float, owner: Element | Artifact) -> list[Item]:
        """Items for a set line whose measure starts at x and whose baseline is y: text by owner, then the links in it."""
        out: list[Item] = []
        links: list[Item] = []
        group: list[Segment] = []
        current: object = None
        marked: object = None  # the owner of the proper name just set
        if self.abbreviations is not None:
            line = self.abbreviations.owned(line, owner)
        for segment in line.segments:
            if group and segment.owner is not current:
                out.append(TextItem(x, y, tuple(group), current or owner))  # type: ignore[arg-type]
                group = []
            current = segment.owner
            group.append(segment)
            if isinstance(current, Element):
                self._link_item(segment, current, x, y, links)
            if segment.style.mark:
                from .marks import joined, marks_under

                links += marks_under(segment, x, y)
                if segment.owner is marked:
                    joined(links)
            marked = segment.owner if segment.style.mark == "name" else None
        if group:
            out.append(TextItem(x, y, tuple(group), current or owner))  # type: ignore[arg-type]
        return out + links

    def _link_item(self, segment: Segment, element: Element, x: float, y: float, links: list[Item]) -> None:
        target = self.targets.get(id(element))
        if target is None and element.expansion and element.parent is not None:  # a short form in a link
            element = element.parent
            target = self.targets.get(id(element))
        if target is None:
            return
        anchor = self.anchors.pop(id(element), "")
        size = segment.style.size
        top = y - segment.style.rise - EM_ABOVE * size
        left = x + segment.x
        if anchor:
            links.append(Anchor(anchor, left, top - size))
        last = links[-1] if links else None
        if isinstance(last, LinkItem) and last.owner is element and abs(last.y - top) < 0.1:
            links[-1] = last.replace(width=left + segment.width - last.x)
            return
        links.append(LinkItem(left, top, segment.width, size, target.uri, target.target, target.contents, element))

    def label(
        self, text: str, style: TextStyle, x: float, y: float, owner: Element | Artifact, *, align: str = "left", colour: str = ""
    ) -> list[Item]:
        """A single line of plain text at a point: `align` says which point of the line x is."""
        line = self.line(text, style, colour=colour)
        shift = {"left": 0.0, "center": line.width / 2, "right": line.width}[align]
        return self.items(line, x - shift, y, owner)
