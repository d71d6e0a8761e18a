"""The note's text as one long galley of atoms: paragraphs, headings, lists, quotations, views, footnotes.

In: checked blocks, a typesetter.  Out: atoms in reading order and, under the Document element, the logical tree.  Rules:
TYPOGRAPHY R1–R6 (paragraphs, lists, headings), G1–G3 (pages).
"""

from __future__ import annotations

from ..model import Callout, Chart, Figure, Heading, List, PageBreak, Paragraph, Quote, Table, Text
from ..record import Record
from ..text.setting import Run
from .flow import FREE, MUST, NEVER, Atom, Foot, Mark, spread
from .frames import LAYOUT, Anchor, Element, RectItem
from .typeset import EM_ABOVE, Target, circled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import Brand, Rule, TextStyle
    from ..diagnostics import Span
    from ..model import Block, FootnoteMark, Inline, Section
    from ..text.setting import Line
    from .frames import Item
    from .typeset import Typesetter


PARTED = 100.0  # of a page break before the house's view, which closes what it stands under; five lines of white cost as much
PARTS_LIST = 4.0  # of an exhibit between two items of a list, on a page's top: two lines of white
PARTS_LINES = 25.0  # of one amid a paragraph or a list in a list: five


class Frame(Record):
    """Where blocks stand: left edge and measure in points, their style, and whether first lines are indented.

    `between` is the cost of an exhibit in front of one of its paragraphs."""

    x: float
    measure: float
    style: TextStyle
    indented: bool = True
    between: float = FREE


def plain(inlines: Sequence[Inline]) -> str:
    """The characters of inlines without citations and marks, newlines as the composer would join them."""
    text = "".join([inline.text for inline in inlines if isinstance(inline, Text)])
    if "\n" not in text:
        return text
    parts = text.split("\n")
    out = parts[0]
    for part in parts[1:]:
        out += part if not out or not part or ord(out[-1]) > 0x2E7F or ord(part[0]) > 0x2E7F else " " + part
    return out


def place_of(span: Span) -> tuple[str, int]:
    """Where in the note something stands, as a key."""
    return span.file.name, span.start


def _over_text(heading: Atom, room: float) -> Atom:
    """A heading in the rail that has a line of its own, and how it looks beside text: without that room."""
    top = heading.at_top
    beside = heading.replace(height=heading.height - room, at_top=top and top.replace(height=top.height - room))
    return heading.replace(over_text=beside)


class Galley:
    """Collects atoms; the exhibits' part is in `exhibits`, which adds to the same galley."""

    def __init__(self, setter: Typesetter, inset: frozenset[tuple[str, int]] = frozenset()) -> None:
        self.setter = setter
        self.brand: Brand = setter.brand
        self.words = setter.words
        self.atoms: list[Atom] = []
        self.pending: list[Mark] = []  # bookmarks for the next atom
        self.bound = False  # the next atom may not start a page
        self.forced = False  # the next atom must start a page
        self.kind = ""  # page kind of the atoms to come
        self.counts = {"table": 0, "figure": 0}
        geometry = self.brand.geometry
        self.pitch = geometry.grid_pitch
        self.body = Frame(geometry.text_x, geometry.text_width, self.brand.body)
        self._depth: list[int] = []
        self.publishers: dict[str, str] = {}  # source id → name in credits
        self.language = ""
        self.side_count = 0
        self.inset = inset  # what found no room in the side column, by its place in the note
        self.turned = False  # a table stands on a page of its own
        self.served = -1  # the first atom of the paragraph just set
        self.cover: Chart | None = None  # stands on the first page already
        self.covering: list[Element] = []  # its elements, which wait for their place in the tree

    # --- adding ------------------------------------------------------------------------------------------------------

    def add(self, atom: Atom) -> None:
        """Append an atom, with the bookmarks and ties that wait for it."""
        if atom.glue:
            self.atoms.append(atom)
            return
        changes: dict[str, object] = {}
        if self.pending:
            changes["marks"] = (*self.pending, *atom.marks)
            self.pending = []
        if self.forced:
            changes["before"] = MUST
        elif self.bound:
            changes["before"] = NEVER
        if self.kind != atom.page_kind:
            changes["page_kind"] = self.kind
        self.forced = self.bound = False
        if changes:
            atom = atom.replace(**changes)
            if atom.at_top is not None:
                atom = atom.replace(at_top=atom.at_top.replace(marks=atom.marks, page_kind=atom.page_kind))
        self.atoms.append(atom)

    def space(self, points: float, before: float = FREE, *, between: float = NEVER) -> None:
        """White that vanishes at the top and at the foot of a page; breaking in it costs what it does after it, `before`."""
        if points > 0:
            cost = NEVER if self.bound else before
            self.atoms.append(Atom(points, before=cost, glue=True, page_kind=self.kind, between=between))

    def floats(self, start: int) -> None:
        """What was added from atom `start` on is an exhibit that may go to the next page's top."""
        if start < len(self.atoms) and not self.bound:
            self.atoms[start] = self.atoms[start].replace(floats=len(self.atoms) - start)

    def rules(self, rules: Sequence[Rule], dy: float = 0.0) -> list[Item]:
        """A style's rules as items, their y counted from `dy`."""
        return [self.rule(rule.span, rule.y + dy, rule.weight, rule.colour) for rule in rules]

    def rule(self, span: str, y: float, weight: float, colour: str) -> Item:
        """One rule over the text, the side column or both."""
        geometry = self.brand.geometry
        x, width = {
            "text": (geometry.text_x, geometry.text_width),
            "side": (geometry.side_x, geometry.side_width),
            "full": (geometry.full_x, geometry.full_width),
        }[span]
        return RectItem(x, y, width, weight, colour, LAYOUT)

    # --- text --------------------------------------------------------------------------------------------------------

    def set_text(
        self,
        lines: Sequence[Line],
        style: TextStyle,
        x: float,
        owner: Element,
        *,
        first: tuple[Item, ...] = (),
        snap: bool = True,
        before: float = FREE,
        within: float = FREE,
        between: float = NEVER,
    ) -> None:
        """Lines as atoms: no first line alone at a page's foot, no last line alone at its top (G2).

        `first` are items that stand on the first line, relative to its top (a list's label, a by-line in the rail); `before`
        and `within` cost page breaks; `between` is the cost of an exhibit in front of them."""
        count = len(lines)
        baseline = EM_ABOVE * style.size
        for index, line in enumerate(lines):
            items = tuple(self.setter.items(line, x, baseline, owner))
            if index == 0:
                items = first + items
                penalty = before
            else:
                penalty = NEVER if index == 1 or index == count - 1 else within
            feet = tuple(self._feet(line))
            opens = index == 0
            free = between if opens or not snap else PARTS_LINES
            atom = Atom(style.lead, items, penalty, snap=snap and opens, feet=feet, page_kind=self.kind, between=free)
            self.add(atom)

    def paragraph(self, block: Paragraph, parent: Element, frame: Frame, first: tuple[Item, ...] = ()) -> None:
        """A paragraph of running text."""
        element = Element("P", parent)
        runs = self.setter.runs(block.inlines, frame.style, element)
        indent = None if frame.indented else 0.0
        lines = self.setter.lines(runs, frame.style, frame.measure, block.span, indent=indent)
        element.frame = (frame.x, frame.x + frame.measure, frame.style.align)
        start = self.served = len(self.atoms)
        self.set_text(lines, frame.style, frame.x, element, first=first, between=frame.between)
        if block.sides:
            from .sides import set_sides

            set_sides(self, block.sides, [line.text for line in lines], start, parent, frame.style)
        if plain(block.inlines).rstrip().endswith(("：", ":")):
            self.bound = True

    def _feet(self, line: Line) -> list[Foot]:
        out = []
        for segment in line.segments:
            found = self.setter.notes.pop(id(segment.owner), None) if segment.owner is not None else None
            if found is not None:
                out.append(self._foot(*found))
        return out

    def _foot(self, mark: FootnoteMark, element: Element) -> Foot:
        """A footnote's lines under its mark; the mark leads back to the place in the text."""
        style = self.brand.footnote
        x = self.brand.geometry.text_x
        measure = self.brand.geometry.text_width - style.hang
        setter = self.setter
        items: list[Item] = [Anchor(f"note-{mark.number}", x, 0.0)]
        label = Element("Link", Element("Lbl", element))
        setter.targets[id(label)] = Target("", f"note-mark-{mark.number}", setter.words.to_text)
        run_style = setter.run_style(style.mark)
        line = setter.line_of([Run(circled(mark.number), run_style, label)])
        items += setter.items(line, x, EM_ABOVE * style.style.size, label)
        y = 0.0
        for block in mark.blocks:
            if not isinstance(block, Paragraph):
                continue
            body = Element("P", element)
            body.frame = (x + style.hang, x + style.hang + measure, "left")
            runs = setter.runs(block.inlines, style.style, body)
            for set_line in setter.lines(runs, style.style, measure, block.span, align="ragged", indent=0.0):
                items += setter.items(set_line, x + style.hang, y + EM_ABOVE * style.style.size, body)
                y += style.style.lead
        return Foot(y, tuple(items))

    # --- blocks ------------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block], parent: Element, frame: Frame, first: tuple[Item, ...] = ()) -> None:
        """Blocks in order; `first` stands on the first line of the first one."""
        for block in blocks:
            self.block(block, parent, frame, first)
            first = ()

    def block(self, block: Block, parent: Element, frame: Frame, first: tuple[Item, ...] = ()) -> None:
        """One block of any kind."""
        if block is self.cover:
            self._adopt(parent)
        elif isinstance(block, Paragraph):
            self.paragraph(block, parent, frame, first)
        elif isinstance(block, Heading):
            self.heading(block, parent)
        elif isinstance(block, List):
            self.itemised(block, parent, frame)
        elif isinstance(block, Quote):
            self.quote(block, parent, frame)
        elif isinstance(block, Callout):
            self.callout(block, parent)
        elif isinstance(block, PageBreak):
            self.forced = True
        elif isinstance(block, Table | Figure | Chart):
            self.exhibit(block, parent)

    def _adopt(self, parent: Element) -> None:
        """Give the first page's chart its place in the tree: tags follow the note, wherever a thing is painted (14.7)."""
        for element in self.covering:
            element.parent = parent
        parent.kids += self.covering

    def exhibit(self, block: Table | Figure | Chart, parent: Element) -> None:
        """A table, figure or chart, in the side column if it is small and asks for it."""
        if block.side and self.brand.exhibit.small_place == "side" and place_of(block.span) not in self.inset:
            from .small import set_small

            if set_small(self, block, parent):
                return
        start = len(self.atoms)
        self._exhibit(block, parent)
        if self.turned:  # it is numbered after that table
            first = next((at for at in range(start, len(self.atoms)) if not self.atoms[at].glue), len(self.atoms))
            self.atoms[first : first + 1] = [atom.replace(waits=True) for atom in self.atoms[first : first + 1]]

    def _exhibit(self, block: Table | Figure | Chart, parent: Element) -> None:
        """An exhibit in the text."""
        if isinstance(block, Table):
            from .tables import set_table

            set_table(self, block, parent)
        elif isinstance(block, Figure):
            from .exhibits import set_figure

            set_figure(self, block, parent)
        else:
            from .charts import set_chart

            set_chart(self, block, parent)

    def tag_for(self, level: int) -> str:
        """H3 and on for headings under a section's H2, never skipping a level (ISO 14289-1, 7.4.2)."""
        while self._depth and self._depth[-1] >= level:
            self._depth.pop()
        self._depth.append(level)
        return f"H{min(2 + len(self._depth), 6)}"

    def heading(self, block: Heading, parent: Element) -> None:
        """A heading inside a section, kept with the two lines after it (G1)."""
        brand = self.brand
        style = brand.heading.styles[min(block.level, len(brand.heading.styles)) - 1]
        element = Element(self.tag_for(block.level), parent)
        lines = self._heading_lines(block, style, element)
        text = len(lines) * style.lead
        parts = brand.heading.above + brand.heading.below
        white = -(-(text + parts * self.pitch - 0.01) // self.pitch) * self.pitch - text  # whole lines with the text
        below = white * brand.heading.below / parts if parts else white
        if not self.bound:  # what is left of a line under an exhibit comes above the heading, not below
            self.add(Atom(0.0, (), glue=True, snap=True, page_kind=self.kind))
        self.space(white - below)
        self.pending.append(Mark(plain(block.inlines), 1 + len(self._depth)))
        self._solid(lines, style, element, below=below)
        self.bound = True

    def _heading_lines(self, block: Heading, style: TextStyle, element: Element) -> tuple[Line, ...]:
        runs = self.setter.runs(block.inlines, style, element)
        return self.setter.display_lines(runs, style, self.brand.geometry.text_width, block.span)

    def _solid(self, lines: Sequence[Line], style: TextStyle, owner: Element, *, below: float) -> None:
        """Lines in one atom; at a page's top they keep their distance from the text under them, which stands on the grid."""
        items: list[Item] = []
        feet: list[Foot] = []
        for index, line in enumerate(lines):
            y = index * style.lead + EM_ABOVE * style.size
            items += self.setter.items(line, self.brand.geometry.text_x, y, owner)
            feet += self._feet(line)
        height = len(lines) * style.lead + below
        atom = Atom(height, tuple(items), feet=tuple(feet), page_kind=self.kind)
        room = -(-(height - 0.01) // self.pitch) * self.pitch - height  # the space above it goes at a page's top, but for this
        self.add(atom.replace(at_top=Atom(height + room, spread(items, room), feet=atom.feet, page_kind=self.kind)))

    def itemised(self, block: List, parent: Element, frame: Frame) -> None:
        """Labels in a hanging indent, turnover lines under the text (R5)."""
        style = self.brand.list
        numbering = {"bullet": "Disc", "decimal": "Decimal", "paren": "Decimal", "circle": "Decimal", "han": "None"}
        element = Element("L", parent, attributes={"List": {"ListNumbering": numbering.get(block.numbering, "None")}})
        size = frame.style.size
        indent = style.indent_em * size if frame.indented else 0.0
        labels = [style.bullet if block.numbering == "bullet" else item.label for item in block.items]
        widest = max([self.setter.line(label, frame.style).width for label in labels], default=0.0)
        hang = max(style.hang_em * size, -(-(widest + 0.2 * size) // (size / 2)) * (size / 2))
        if block.numbering == "bullet":
            hang = min(hang, 1.5 * size)
        x = frame.x + indent + hang
        between = PARTS_LINES if frame.between else PARTS_LIST
        inner = Frame(x, frame.measure - indent - hang, frame.style, indented=False, between=between)
        count = len(block.items)
        for index, (item, label) in enumerate(zip(block.items, labels)):
            entry = Element("LI", element)
            mark = Element("Lbl", entry)
            line = self.setter.line(label, frame.style, span=item.span)
            first = tuple(self.setter.items(line, frame.x + indent, EM_ABOVE * size, mark))
            first_alone = index == 1 and len(block.items[0].blocks) == 1  # an item with its own list is no stray line
            last_alone = index == count - 1 and index and len(item.blocks) == 1
            self.bound = self.bound or first_alone or bool(last_alone)
            self.blocks(item.blocks, Element("LBody", entry), inner, first)

    def quote(self, block: Quote, parent: Element, frame: Frame) -> None:
        """A quotation in from both sides, its by-line under it or in the rail."""
        style = self.brand.quote
        element = Element("BlockQuote", parent)
        inset = style.indent_em * style.style.size
        inner = Frame(frame.x + inset, frame.measure - 2 * inset, style.style, indented=False)
        words = "，".join([part for part in (block.by, block.date) if part])
        if not self.bound:  # its lines stand half a line off the grid, whatever stood before it
            self.add(Atom(0.0, (), glue=True, snap=True, page_kind=self.kind))
        self.space(style.above)
        first: tuple[Item, ...] = ()
        if words and style.by_place == "side":
            first = self._side_lines((block.by, block.date), style.by, Element("P", element), EM_ABOVE * style.style.size)
        for index, inside in enumerate(block.blocks):
            if isinstance(inside, Paragraph):
                self._unsnapped(inside, element, inner, first if index == 0 else ())
            else:
                self.block(inside, element, inner)
        if words and style.by_place != "side":
            by = Element("P", element)
            runs = [Run(f"——{words}", self.setter.run_style(style.by))]
            for line in self.setter.lines(runs, style.by, inner.measure, block.span, indent=0.0, align="left"):
                x = inner.x + inner.measure - line.width
                items = tuple(self.setter.items(line, x, EM_ABOVE * style.by.size, by))
                self.add(Atom(style.by.lead, items, NEVER, page_kind=self.kind))
        self.space(style.below)

    def _unsnapped(self, block: Paragraph, parent: Element, frame: Frame, first: tuple[Item, ...]) -> None:
        element = Element("P", parent)
        runs = self.setter.runs(block.inlines, frame.style, element)
        lines = self.setter.lines(runs, frame.style, frame.measure, block.span, indent=0.0)
        element.frame = (frame.x, frame.x + frame.measure, frame.style.align)
        self.set_text(lines, frame.style, frame.x, element, first=first, snap=False)

    def _side_lines(self, parts: Sequence[str], style: TextStyle, owner: Element, baseline: float) -> tuple[Item, ...]:
        """Short lines in the side column, the first on `baseline`."""
        items: list[Item] = []
        geometry = self.brand.geometry
        for part in parts:
            if part:
                words = self._words(part, style)
                for line in self.setter.lines(words, style, geometry.side_width, None, align="ragged", indent=0.0):
                    items += self.setter.items(line, geometry.side_x, baseline, owner)
                    baseline += style.lead
        return tuple(items)

    def _words(self, text: str, style: TextStyle) -> list[Run]:
        return [Run(text, self.setter.run_style(style))]

    def callout(self, block: Callout, parent: Element) -> None:
        """The house's view under (or beside) its label."""
        style = self.brand.callout
        geometry = self.brand.geometry
        element = Element("Div", parent)
        head = Element("P", element)
        x = geometry.text_x if style.label_place == "above" else geometry.side_x
        items = self.rules(style.rules) + self.setter.label(block.label, style.label, x, style.label_baseline, head)
        whole = (geometry.text_width // style.style.size) * style.style.size  # a whole number of em (J7)
        baseline = style.baseline
        feet: list[Foot] = []
        for inside in block.blocks:
            if not isinstance(inside, Paragraph):
                self.setter.report.warning(
                    "callout-content", "a view holds paragraphs only; this block is set as ordinary text", inside.span
                )
                continue
            body = Element("P", element)
            body.frame = (geometry.text_x, geometry.text_x + whole, style.style.align)
            runs = self.setter.runs(inside.inlines, style.style, body)
            for line in self.setter.lines(runs, style.style, whole, inside.span, indent=0.0):
                items += self.setter.items(line, geometry.text_x, baseline, body)
                feet += self._feet(line)
                baseline += style.style.lead
        last = baseline - style.style.lead + 0.12 * style.style.size
        self.space(style.above, PARTED, between=FREE)
        self.add(Atom(last, tuple(items), PARTED, feet=tuple(feet), page_kind=self.kind))
        self.space(style.below)
        for inside in block.blocks:
            if not isinstance(inside, Paragraph):
                self.block(inside, parent, self.body)

    # --- sections ----------------------------------------------------------------------------------------------------

    def section(self, section: Section, parent: Element) -> None:
        """A section: its opener, the topic directly under it, and its blocks."""
        element = Element("Sect", parent, title=section.title)
        blocks = section.blocks
        if blocks and isinstance(blocks[0], PageBreak):  # meant for the section: its name would stay behind
            self.forced, blocks = True, blocks[1:]
        shown = [block for block in blocks if block is not self.cover]
        topic = shown[0] if shown and isinstance(shown[0], Heading) and shown[0].level == 1 else None
        self._depth = []
        name = self.words.section.format(number=section.number, title=section.title)
        if topic is not None:
            blocks, shown = tuple([block for block in blocks if block is not topic]), shown[1:]
        follows = bool(shown) and isinstance(shown[0], Paragraph | List | Quote)
        if shown and isinstance(shown[0], Quote) and self.brand.quote.by_place == "side" and (shown[0].by or shown[0].date):
            follows = False  # its by-line stands in the rail, where the name would be
        self.open(name, element, topic, section.span, text_follows=follows, anchor=f"section-{section.kind}")
        self.blocks(blocks, element, self.body)

    def _name_lines(self, name: str, style: TextStyle, measure: float, span: Span) -> tuple[Line, ...]:
        """A section's name, on two lines where the rail or the column is too narrow for one."""
        line = self.setter.line(name, style)
        if line.width <= measure:
            return (line,)
        number, mark, title = name.partition("、")
        if mark and self.setter.line(title, style).width <= measure:
            name = f"{number}{mark}\u2028{title}"
        return self.setter.lines([Run(name, self.setter.run_style(style))], style, measure, span, indent=0.0, align="left")

    def open(
        self, name: str, parent: Element, topic: Heading | None, span: Span, *, text_follows: bool, anchor: str = ""
    ) -> None:
        """The opener of a section named `name`, with its topic if one follows.

        In the rail the name stands beside the first line of text; where no text follows it needs a line of its own."""
        style = self.brand.section
        heading = Element("H2", parent)
        height = (style.topic_lines if topic else style.lines) * self.pitch
        shift = style.topic_shift if topic else 0.0
        geometry = self.brand.geometry
        if style.place == "side":
            beside = style.topic if topic else self.brand.body
            x, measure, baseline = geometry.side_x, geometry.side_width, height + EM_ABOVE * beside.size
        else:
            x, measure, baseline = geometry.text_x, geometry.text_width, style.baseline + shift
        lines = self._name_lines(name, style.style, measure, span)
        alone = self.pitch * len(lines) if style.place == "side" and topic is None and not text_follows else 0.0
        if alone:
            height += alone
        elif style.place != "side":
            height += -(-(len(lines) - 1) * style.style.lead // self.pitch) * self.pitch
        words: list[Item] = []
        for place, line in enumerate(lines):
            words += self.setter.items(line, x, baseline + place * style.style.lead, heading)
        rules = self.rules(style.rules, shift)
        items = (*rules, *words)
        ink = baseline - EM_ABOVE * style.style.size
        kept = rules if style.rules_at_top else []
        ink = min([ink, *[rule.y for rule in kept]])  # type: ignore[union-attr]
        up = ink // self.pitch * self.pitch
        at_top = Atom(height - up, spread((*kept, *words), -up), snap=True, page_kind=self.kind)
        self.pending.append(Mark(name, 1))
        if anchor:
            here = Anchor(anchor, geometry.full_x, 0.0)
            items, at_top = (here, *items), at_top.replace(items=(here, *at_top.items))
        self.add(Atom(height, items, snap=True, at_top=at_top, page_kind=self.kind))
        if alone:
            self.atoms[-1] = _over_text(self.atoms[-1], alone)
        self.bound = True
        if topic is not None:
            self._topic(topic, parent)

    def _topic(self, topic: Heading, parent: Element) -> None:
        style = self.brand.section.topic
        element = Element(self.tag_for(1), parent)
        lines = self._heading_lines(topic, style, element)
        items: list[Item] = []
        for index, line in enumerate(lines):
            y = index * style.lead + EM_ABOVE * style.size
            items += self.setter.items(line, self.brand.geometry.text_x, y, element)
        self.pending.append(Mark(plain(topic.inlines), 2))
        self.add(Atom(len(lines) * style.lead + self.brand.section.topic_after, tuple(items), page_kind=self.kind))
        self.bound = True
