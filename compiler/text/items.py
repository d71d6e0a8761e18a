"""Breakable items: the paragraph as arrays with one entry for each *legal* break, and the events between them.

In: a `Prepared` paragraph.  Out: `Items`.  A line that starts at entry i and ends at entry j has, in 1/1000 em of the
paragraph's size,
    natural width  ends[j] - starts[i]          (blanks of marks and gaps at the break already dropped on both sides)
    stretch        stretch_ends[j] - stretch_starts[i]     (what is good: 0.1 em between characters, 0.25 em at a gap)
    shrink         shrink_ends[j] - shrink_starts[i]
so that the breaker needs six additions for a line.  A prohibition is simply a break with no entry.  Han stretches are
filled with `range`, which is what makes the composer fast (SPEED 3).
Source: TYPOGRAPHY sections 3 to 7 (clreq 3.1, 3.2; GB/T 15834 5.1).
"""

from __future__ import annotations

from itertools import accumulate, pairwise, repeat

from ..pattern import later
from .characters import (
    AFTER_NOTE,
    BREAKER,
    CIRCLED,
    CLOSE,
    CONNECTOR,
    DASH,
    HAN,
    HANGING,
    HANGUL,
    ITERATION,
    LEVELS,
    MARK,
    MEASURES,
    MIDDLE,
    NARROW_CLOSE,
    NARROW_OPEN,
    NOTE,
    OPEN,
    PREFIX,
    SOLIDUS,
    SPACE,
    STOP,
    SYMBOL,
    UNITS,
    WEST,
    WEST_MARK,
    WEST_NO_START,
    WIDE,
    WIDE_SPACE,
    base_class,
)
from .prepare import Stretch
from .western import ANYWHERE_COST, everywhere, seams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from .prepare import Piece, Prepared
    from .setting import Word

# Events: (position, kind, value, end, word)
GAP = 1  # a Han-Latin gap before position
WORD_SPACE = 2  # the space [position, end); value its width
LEAD = 3  # the leading blank of the opening mark at position
TRAIL = 4  # the trailing blank of the mark that ends at position
TRIM = 5  # the move back by `value` before position, always
UNIT = 6  # a word, dash or cluster [position, end): no spacing inside
DROP = 7  # characters [position, end) that are not painted
SOLID = 8  # no spacing between the characters on both sides of position
CUT = 9  # the move back by `value` after the mark that ends at position; nothing where a line starts there
if TYPE_CHECKING:
    Event = tuple[int, int, float, int, Word | None]

GOOD = 100  # stretch of one character gap that readers do not see (J4 c)
GAP_STRETCH = 250  # a gap may grow by this (J4 b, to 1/2 em)
GAP_SHRINK = 125  # and shrink by this (J3 f, to 1/8 em)
SPACE_MOST, SPACE_LEAST = 500, 250  # word spaces (J3 b, J4 a)
MEASURE_COST = 48.0  # between a number and its Han measure (U6)
NAME_COST = 2400.0  # inside a name like `Midjourney V6` (U3)
HYPHEN_COST = 260.0  # of a hyphen: a line is rather stretched by three quarters of what is good (U4)
DATE_COST = 48.0  # inside a date like 12月21日 (U6)
_TOKEN = later("(?s)h+(?!k)|[wqb][wqbk]*|[^wqbk ]k+|[sco]+|d+|u+| +|.")
_VERSION = later(r"[A-Z]?\d[A-Za-z0-9.]*(?:(?![\w%])|(?=[\u3400-\u9fff]))")
_NEXT_WORD = later(r"([A-Za-zµμΩ°%‰]+[²³]?)(?:/([A-Za-z]+[²³]?))?")
_BOUND = frozenset((CONNECTOR, SOLIDUS, HANGUL))  # no stretch beside them (J4; klreq 3.2)
_ODD = frozenset((WIDE, SYMBOL, ITERATION, NARROW_OPEN, NARROW_CLOSE, MIDDLE, CONNECTOR, SOLIDUS, PREFIX, HANGUL, WIDE_SPACE))
_NARROW = 750  # a middle dot up to this wide stands in no cell of its own (C2)
_LONG_WORD = 6000  # one word that is longer, an address, makes a last line
_RUNS = frozenset((STOP, CLOSE, OPEN, NARROW_CLOSE, NARROW_OPEN))
_HANLIKE = frozenset((HAN, WIDE, ITERATION))
_NOTED = frozenset((*_HANLIKE, WEST, CLOSE, NARROW_CLOSE))  # a circled figure behind these is a note mark, elsewhere it counts
_COUNTED = later("[，、；：。][①-⑳❶-❿][㐀-鿿A-Za-z0-9《“（「]")  # the figures of such a text count: ：①甲；②乙
HELD, FREE = "held", "free"  # what an unpainted character makes of the break that follows it


class Style:
    """How marks are set: the base style and its alternatives (W1, W5)."""

    __slots__ = ("halved", "hanging", "pairs", "trim_ends", "trim_first", "trim_starts")

    def __init__(
        self,
        halved: str = "",
        *,
        pairs: bool = True,
        ends: bool = True,
        starts: bool = True,
        first: bool = True,
        hanging: bool = False,
    ) -> None:
        self.halved = frozenset(halved)
        self.pairs = pairs
        self.trim_ends = ends
        self.trim_starts = starts
        self.trim_first = first
        self.hanging = hanging  # a stop that does not fit may stand outside the measure (TYPOGRAPHY J8; clreq 3.1.6.3)


FULL = Style()
HUNG = Style(hanging=True)


class Items:
    """The arrays the breaker reads and the events the line setter reads."""

    __slots__ = (
        "alone",
        "at",
        "costs",
        "ends",
        "even",
        "events",
        "hyphens",
        "lonely",
        "prepared",
        "runt",
        "shrink_ends",
        "shrink_starts",
        "starts",
        "stretch_ends",
        "stretch_starts",
        "style",
    )

    def __init__(self, prepared: Prepared, style: Style) -> None:
        self.prepared = prepared
        self.style = style
        self.even = _ODD.isdisjoint(prepared.classes)  # no character that is set by itself has a cell of another width
        self.at: list[int] = []
        self.ends: list[float] = []
        self.starts: list[float] = []
        self.stretch_ends: list[float] = []
        self.stretch_starts: list[float] = []
        self.shrink_ends: list[float] = []
        self.shrink_starts: list[float] = []
        self.costs: list[float] = []
        self.events: list[Event] = []
        self.hyphens: dict[int, Word] = {}  # by the place in the text where a line may end with one
        self.lonely = self.alone = self.runt = 0  # entries from which a last line is one character, one word, short (R2)


def itemise(
    prepared: Prepared,
    measure: float,
    level: str,
    autospace: float,
    style: Style = FULL,
    hyphens: frozenset[int] = frozenset(),
    *,
    strained: bool = False,
) -> Items:
    """The items of one paragraph; at `hyphens`, offsets in its text, a word may be divided by one.

    `strained`: what should stay together but is too wide for a line may part: the ends of a range, full-width
    figures.
    Units: `measure` (units wider than it may break anywhere, U5) and `autospace` in 1/1000 em.
    """
    classes = prepared.classes
    builder = (_Middles if MIDDLE in classes else _Builder)(prepared, measure, level, autospace, style)
    builder.hyphens = hyphens
    builder.strained = strained
    handlers = _HANDLERS
    marked = MARK in classes
    for piece in prepared.pieces:
        builder.enter(piece)
        for token in _TOKEN.finditer(classes, piece.start, piece.end):
            start, end = token.span()
            letter = classes[start]
            if marked and letter == HAN and end - start > 1 and classes[end - 1] == MARK:
                builder.cluster(start, end)
            else:
                handlers[letter](builder, start, end)
        if piece.sticky:
            builder.leave(piece)
    return builder.finish()


class _Builder:
    """Walks the tokens of a paragraph and fills its items; `x`, `stretch`, `shrink` are the sums so far."""

    __slots__ = (
        "allowed", "blank", "cell", "classes", "edge", "events", "gap", "half", "hanging", "hyphens", "items", "level", "measure",
        "piece", "previous", "scale", "shrink", "sticks", "strained", "stretch", "stretches", "style", "text", "tie",
        "tracking", "trim_ends", "x",
    )  # fmt: skip

    def __init__(self, prepared: Prepared, measure: float, level: str, autospace: float, style: Style) -> None:
        self.text = prepared.text
        self.classes = prepared.classes
        self.items = Items(prepared, style)
        self.events = self.items.events
        self.measure = measure
        self.level = LEVELS[level]
        self.allowed = self.level.allowed
        self.gap = autospace
        self.style = style
        self.hanging = style.hanging
        self.trim_ends = style.trim_ends
        self.hyphens: frozenset[int] = frozenset()
        self.x: float = 0
        self.stretch: float = 0
        self.shrink: float = 0
        self.blank: float = 0  # the trailing blank of the mark just set
        self.previous = ""  # class of what was just set
        self.edge = False  # whether a gap may follow the Latin stretch just set
        self.sticks = False  # the next token begins a note mark
        self.strained = False
        self.tie = ""  # HELD or FREE: there is no break before the next token, or there is one whatever it is
        self.piece: Piece = prepared.pieces[0] if prepared.pieces else None  # type: ignore[assignment]
        self.scale: float = 1
        self.stretches: dict[str, Stretch] = {}
        self.cell: float = 1000
        self.half: float = 500
        self.tracking: float = 0
        self._open(0, 0)
        self._close(0, 0)

    # The ends of lines ------------------------------------------------------------------------------------------------------

    def _close(self, at: int, cost: float) -> None:
        """A line may end here, before the gap that follows."""
        items = self.items
        blank = self.blank if self.style.trim_ends else 0
        items.at.append(at)
        items.ends.append(self.x - blank)
        items.stretch_ends.append(self.stretch)
        items.shrink_ends.append(self.shrink - blank)
        items.costs.append(cost)
        if self.hanging and hangs(self.text, self.classes, at):
            self._hang()

    def _hang(self) -> None:
        """The stop before the break just closed may stand outside the measure: the line counts as if it did."""
        self.items.ends[-1] -= self.half

    def _open(self, skip: float, give: float) -> None:
        """A line may start here, after the gap."""
        items = self.items
        items.starts.append(self.x + skip)
        items.stretch_starts.append(self.stretch)
        items.shrink_starts.append(self.shrink + give)

    def join(self, at: int, letter: str, cost: float = 0.0, gap: float = 0, lead: float = 0) -> None:
        """What stands between the thing before and the one at `at`: a break, a gap, stretch, or nothing."""
        previous = self.previous
        if not previous:
            return
        if self.sticks:
            if self.blank:
                self.swallow_blank(at)  # a raised mark stands at the ink of the mark before it
            letter = NOTE
            self.sticks = False
            gap = 0
        may_break = previous + letter in self.allowed
        if self.tie:
            may_break = self.tie == FREE and bool(self.allowed)
            self.tie = ""
        if may_break:  # as `_close` does, without the call
            blank = self.blank if self.trim_ends else 0
            items = self.items
            items.at.append(at)
            items.ends.append(self.x - blank)
            items.stretch_ends.append(self.stretch)
            items.shrink_ends.append(self.shrink - blank)
            items.costs.append(cost)
            if self.hanging and hangs(self.text, self.classes, at):
                self._hang()
        if gap:
            self.x += gap
            self.stretch += GAP_STRETCH
            self.shrink += min(GAP_SHRINK, gap)
            self.events.append((at, GAP, gap, 0, None))
        elif previous in _BOUND or letter in _BOUND:
            self.events.append((at, SOLID, 0, 0, None))
        elif not (previous == SPACE or (previous == WEST and letter != HAN and letter not in "ocs")):
            self.stretch += GOOD
        if may_break:  # as `_open` does
            skip = lead if lead and self.style.trim_starts else 0
            items.starts.append(self.x + skip)
            items.stretch_starts.append(self.stretch)
            items.shrink_starts.append(self.shrink + skip)
        self.blank = 0

    # Pieces -----------------------------------------------------------------------------------------------------------------

    def enter(self, piece: Piece) -> None:
        self.piece = piece
        known = piece.chain.stretches.get(piece.face)
        if known is None:
            known = piece.chain.stretches[piece.face] = {}
        self.stretches = known
        self.tracking = piece.run.style.tracking_em * 1000 * piece.scale
        self.scale = piece.scale if piece.scale != 1 else 1
        self.cell = 1000 * self.scale + self.tracking
        self.half = 500 * self.scale
        if self.cell == 1000:
            self.cell, self.half = 1000, 500
        self.sticks = piece.sticky and self.previous not in ("", SPACE)

    def leave(self, piece: Piece) -> None:
        """After a note mark or a sub- or superscript."""
        if self.previous == WEST:
            before = self.classes[piece.start - 1 : piece.start]
            self.edge = before in ("w", "q") and not piece.note  # m² is a word of its own, V6[1] ends in a mark
            if before not in ("w", "q"):
                self.previous = AFTER_NOTE

    # Tokens -----------------------------------------------------------------------------------------------------------------

    def han(self, at: int, end: int) -> None:
        """A stretch of ideographs: a legal break and a stretchable gap between any two."""
        previous = self.previous
        if previous == WEST and self.edge:
            number = self.text[at - 1].isdigit() and self.text[at] in MEASURES
            self.join(at, HAN, MEASURE_COST if number else 0.0, self.gap)
        elif previous:
            self.join(at, HAN)
        count = end - at
        cell = self.cell
        x, stretch = self.x, self.stretch
        if count > 1 and self.allowed:
            items = self.items
            whole, good, more = int(x), int(stretch), count - 1
            if cell == 1000 and whole == x:
                places: list[float] | range = range(whole + 1000, whole + count * 1000, 1000)
            else:
                places = list(accumulate(repeat(cell, more - 1), initial=x + cell))
            items.at += range(at + 1, end)
            items.ends += places
            items.starts += places
            items.stretch_ends += range(good, good + more * GOOD, GOOD)
            items.stretch_starts += range(good + GOOD, good + count * GOOD, GOOD)
            shrinks = [self.shrink] * more
            items.shrink_ends += shrinks
            items.shrink_starts += shrinks
            items.costs += [0.0] * more
        self.stretch = stretch + (count - 1) * GOOD
        self.x = x + cell * count
        self.blank = 0
        self.previous = HAN

    def marks(self, at: int, end: int) -> None:
        """Full-width marks: colliding blanks collapse (W2), the rest may shrink (J3)."""
        for position in range(at, end):
            letter = self.classes[position]
            if letter == OPEN:
                self.opening(position)
            else:
                self.closing(position, letter)

    def opening(self, at: int) -> None:
        half, previous, events = self.half, self.previous, self.events
        halved = self.text[at] in self.style.halved
        collides = self.style.pairs and (previous in ("o", "s", "c", MIDDLE))
        if collides or halved:
            self.join(at, OPEN)
            events.append((at, TRIM, half, 0, None))
        else:
            self.join(at, OPEN, lead=half)
            if not previous and self.style.trim_first:
                self.items.starts[0] = self.x + half
                self.items.shrink_starts[0] = half
            events.append((at, LEAD, half, 0, None))
            if previous or self.style.trim_first:  # one that opens the paragraph untrimmed stays so (R3)
                self.shrink += half
            self.x += half
        self.x += self.cell - half
        self.blank = 0
        self.previous = OPEN

    def closing(self, at: int, letter: str) -> None:
        half, events = self.half, self.events
        if self.blank:
            self.swallow_blank(at)
        self.join(at, letter)
        self.x += self.cell
        if self.text[at] in self.style.halved:
            self.x -= half
            events.append((at + 1, CUT, half, 0, None))
            self.blank = 0
        else:
            self.shrink += half
            events.append((at + 1, TRAIL, half, 0, None))
            self.blank = half
        self.previous = letter

    def swallow_blank(self, at: int) -> None:
        """The blank of the mark before vanishes in a collision."""
        if self.blank and self.style.pairs:
            self.x -= self.blank
            self.shrink -= self.blank
            place = len(self.events) - 1
            while place >= 0 and self.events[place][1] == DROP:  # a word joiner parts no pair
                place -= 1
            if place >= 0 and self.events[place][1] == TRAIL:
                self.events[place] = (self.events[place][0], CUT, self.blank, 0, None)
            self.blank = 0

    def single(self, at: int, end: int) -> None:
        """One wide sign with an advance of its own."""
        letter = self.classes[at]
        if end - at > 1:
            self.cluster(at, end)
            return
        advance = self.piece.chain.advances.get(ord(self.text[at]), 1000.0)
        if letter == MIDDLE and advance > _NARROW:
            self.middle(at)
            return
        if letter in ("i", NARROW_CLOSE):
            self.swallow_blank(at)
        gap = self.gap if letter in _HANLIKE and self.previous == WEST and self.edge else 0
        if letter in _OF_NUMBERS and self._goes_on(at):
            self.tie = self.tie or HELD
        circled = letter == SYMBOL and self.text[at] in CIRCLED
        counts = circled and _COUNTED.search(self.text) is not None
        noted = circled and not counts and self.previous in _NOTED
        self.join(at, NOTE if noted else letter, 0.0, gap)
        if letter == CONNECTOR and advance != 1000 and self.text[at] in "—―":
            advance = 1000  # a single dash fills its cell (TYPOGRAPHY CONN)
            self.events.append((at, UNIT, advance, end, self.piece.face.word(self.text[at])))
        self.x += advance * self.scale + self.tracking
        self.blank = 0
        self.previous = CONNECTOR if letter == MIDDLE else letter
        signs = counts or (letter == SYMBOL and self._signs_number(at, end))  # a marker ends no line (R5)
        if signs or (letter == CONNECTOR and self._range_goes_on(at, end)):
            self.previous = PREFIX

    def middle(self, at: int) -> None:
        """A mark in the middle of its cell, which `_Middles` sets."""
        raise NotImplementedError

    def _range_goes_on(self, at: int, end: int) -> bool:
        """10～20, 3%～5% and $3～$5 stay together (M5)."""
        text = self.text
        if self.strained or not at or end >= len(text) or (text[at - 1] not in _FIGURES and text[at - 1] not in _AFTER_FIGURES):
            return False
        return text[end] in _FIGURES or (text[end] in _BEFORE_FIGURES and text[end + 1 : end + 2] in _FIGURES)

    def _signs_number(self, at: int, end: int) -> bool:
        """A full-width sign stays with its number (P6); between words it lets a line end."""
        return self.text[at] in _WIDE_SIGNS and self.text[end : end + 1] in _FIGURES

    def _goes_on(self, at: int) -> bool:
        """Whether the number before goes on: -￥5, １２ and １．５ are whole (U2)."""
        text = self.text
        before = text[at - 1 : at]
        if text[at] in _WIDE_DIGITS:
            return not self.strained and (before in _WIDE_DIGITS or (before == "．" and text[at - 2 : at - 1] in _WIDE_DIGITS))
        return self.classes[at] == PREFIX and before in _SIGNS

    def cluster(self, at: int, end: int) -> None:
        """A character with its combining marks or variation selector; several when the stretch is Han."""
        letter = self.classes[at]
        gap = self.gap if letter in _HANLIKE and self.previous == WEST and self.edge else 0
        self.join(at, letter, 0.0, gap)
        self._unit(at, end)
        self.previous = letter

    def _unit(self, at: int, end: int) -> None:
        word = self._tracked(self.piece.face.word(self.text[at:end]))
        self.events.append((at, UNIT, word.width, end, word))
        self.x += word.width * self.scale + self.tracking
        self.blank = 0

    def _tracked(self, word: Word) -> Word:
        """The word with the run's tracking between its letters; what comes after its last one is not its own."""
        if not self.tracking or len(word.glyphs) < 2:
            return word
        each = self.piece.run.style.tracking_em * 1000
        follows = [glyph[1] for glyph in word.glyphs[1:]] + [""]  # nothing before a combining mark
        glyphs = tuple([(gid, text, move + each if after else move) for (gid, text, move), after in zip(word.glyphs, follows)])
        return word.replace(glyphs=glyphs, width=word.width + each * sum([after != "" for after in follows]))

    def stray_mark(self, at: int, end: int) -> None:
        """A combining mark at the head of a piece: with what is before."""
        self._unit(at, end)
        self.previous = self.previous or WEST

    def dash(self, at: int, end: int) -> None:
        """Dashes and ellipses: pairs of exactly 2 em (U1)."""
        text = self.text
        start = at
        while start < end:
            sign = text[start]
            stop = start + 2 if sign != "⸺" and start + 1 < end and text[start + 1] == sign else start + 1
            if start == at:
                self.join(start, DASH)
            elif DASH not in self.level.no_start:
                self._close(start, 0.0)
                self._open(0, 0)
            word = self.piece.face.word(text[start:stop])
            wanted = 2000.0 if stop - start == 2 or sign == "⸺" else word.width
            self.events.append((start, UNIT, wanted, stop, word))
            self.x += wanted * self.scale + self.tracking
            self.previous = DASH
            start = stop

    def west(self, at: int, end: int) -> None:
        """Latin letters, digits and their marks: whole but for the joints of addresses and compounds (U2 to U5)."""
        text = self.text[at:end]
        found = self.stretches.get(text)
        if found is None:
            found = self.stretches[text] = Stretch(text, self.piece.face.word(text))
        previous = self.previous
        letter = found.after_west if previous == WEST else found.inside if previous else found.alone
        if text == "-" and self.classes[end : end + 1] == PREFIX and previous in _HANLIKE:
            letter = WEST  # it signs what follows: -￥5 may start a line
        cost = 0.0
        if found.digit and previous == HAN and self.text[at - 1] in "年月第":
            cost = DATE_COST
        if found.closes and letter == NARROW_CLOSE:
            self.swallow_blank(at)
        gap = self.gap if found.takes_gap and previous in _HANLIKE else 0
        divided = found.joints or self.hyphens
        if divided or len(text) * 1200 * self.scale > self.measure:
            self._divided(at, end, found, letter, cost, gap)
        else:
            self.join(at, letter, cost, gap)
            word = self._tracked(found.word)
            self.events.append((at, UNIT, word.width, end, word))
            self.x += word.width * self.scale + self.tracking
            self.blank = 0
        self.edge = found.edge
        self.previous = found.previous
        if found.solidus and SOLIDUS in self.level.no_end:
            self.previous = NARROW_OPEN  # P2: the ASCII solidus too

    def _divided(self, at: int, end: int, found: Stretch, letter: str, cost: float, gap: float) -> None:
        """A stretch that a line may end in: at its joints, at hyphens, or anywhere where no line can hold it."""
        text = self.text[at:end]
        joints: Sequence[tuple[int, float]] = found.joints
        if self.hyphens:
            joints = sorted([*joints, *[(point - at, HYPHEN_COST) for point in self.hyphens if at < point < end]])
        if len(text) > 1 and (len(text) * 250 * self.scale > self.measure or found.word.width * self.scale > self.measure):
            joints = seams(text)
            if self._widest(text, joints) > self.measure:
                joints = everywhere(text)
                cost = ANYWHERE_COST  # it must be divided anyhow: rather that than a gaping line before it
        self.join(at, letter, cost, gap)
        start = at
        for offset, each in joints:
            self._unit(start, at + offset)
            start = at + offset
            self._close(start, each)
            if start in self.hyphens:
                self._hyphenate(start)
            self._open(0, 0)
        self._unit(start, end)

    def _widest(self, text: str, joints: Sequence[tuple[int, float]]) -> float:
        """The width of the widest part that the joints make of a stretch."""
        edges = [0, *[at for at, _ in joints], len(text)]
        word = self.piece.face.word
        return max([word(text[start:end]).width for start, end in pairwise(edges)]) * self.scale

    def _hyphenate(self, at: int) -> None:
        """The line that ends at the break just closed ends in a hyphen; between Hangul there is none."""
        if base_class(ord(self.text[at])) == HANGUL:
            return
        hyphen = self.piece.face.word("-")
        self.items.ends[-1] += hyphen.width * self.scale
        self.items.hyphens[at] = hyphen

    def space(self, at: int, end: int) -> None:
        """A word space: the line may end before it, the next starts after it."""
        chain = self.piece.chain
        advance = chain.advances.get(32)
        if advance is None:
            advance = chain.advances[32] = self.piece.face.advance(self.piece.face.gid(32))
        width = (advance or 250.0) * self.scale
        cost = self._space_cost(at, end)
        may_break = (
            cost >= 0
            and self.tie != HELD
            and bool(self.allowed)
            and self.previous not in self.level.no_end - {SPACE}
            and not self._bound(end)
        )
        if may_break:
            self._close(end, cost)
        self.x += width
        self.stretch += max(0, SPACE_MOST - width)
        self.shrink += max(0, width - SPACE_LEAST)
        self.events.append((at, WORD_SPACE, width, end, None))
        if may_break:
            self._open(0, 0)
        self.blank = 0
        self.tie = ""
        self.previous = SPACE

    def _bound(self, at: int) -> bool:
        """Whether what stands at `at`, behind a blank, starts no line."""
        after = self.classes[at : at + 1]
        if after == WEST_MARK:
            return self.text[at] in WEST_NO_START and self.text[at] not in "-\"'’*.¡"
        return after in self.level.no_start

    def wide_space(self, at: int, end: int) -> None:
        """Ideographic spaces: a line may end after them, where they stand outside the measure (UAX #14 LB21; clreq 3.1.6)."""
        previous = self.previous
        for place in range(at if previous else at + 1, end):
            self.events.append((place, SOLID, 0, 0, None))
        ends = previous and self.allowed and self.tie != HELD and previous not in self.level.no_end
        ends = ends and not self._bound(end)
        if ends:
            self._close(end, 0.0)
        advance = self.piece.chain.advances.get(ord(self.text[at]), 1000.0)
        self.x += (end - at) * (advance * self.scale + self.tracking)
        if ends:
            opens = self.style.trim_starts and self.classes[end : end + 1] == OPEN and self.text[end] not in self.style.halved
            lead = self.half if opens else 0  # as `join` does
            self._open(lead, lead)
        self.blank = 0
        self.tie = ""
        self.previous = WIDE_SPACE

    def _space_cost(self, at: int, end: int) -> float:
        """The cost of a break at this space; negative: forbidden (U3)."""
        text = self.text
        before = text[at - 1 : at]
        if before in _DIGITS and before:
            unit = _NEXT_WORD.match(text, end)
            if unit and unit[1] in UNITS and (unit[2] is None or unit[2] in UNITS):
                return -1.0
        elif before.isalpha() and before.isascii() and _VERSION.match(text, end):
            start = at - 1
            while start and text[start - 1].isascii() and text[start - 1].isalnum():
                start -= 1
            return NAME_COST if text[start].isupper() else 0.0
        return 0.0

    def unpainted(self, at: int, end: int) -> None:
        """Zero-width characters: a break before what follows or none, but nothing to paint (UAX #14 LB8, LB11)."""
        self.events.append((at, DROP, 0, end, None))
        if self.previous:
            self.tie = FREE if self.classes[at] == BREAKER else HELD

    def soft_hyphen(self, at: int, end: int) -> None:
        """Where the author lets a word be divided: it is seen only where a line ends at it (UAX #14 LB21)."""
        self.events.append((at, DROP, 0, end, None))
        if self.previous == WEST and self.allowed and self.classes[end : end + 1] == WEST:
            self._close(at, HYPHEN_COST)
            self._hyphenate(at)
            self._open(0, 0)

    def finish(self) -> Items:
        """Close the last line and find where a last line would be too short (R2)."""
        items = self.items
        length = len(self.text)
        if self.previous in (SPACE, WIDE_SPACE) and items.at[-1] == length:
            pass
        else:
            self._close(length, 0.0)
            self._open(0, 0)
        place = len(items.at) - 2
        while HAN in self.classes and place > 0 and not _two_counted(self.text, items.at[place]):
            place -= 1
        items.lonely = place + 1
        while place > 0 and items.ends[-1] - items.starts[place] < _LONG_WORD and not _two_words(self.text, items.at[place]):
            place -= 1
        items.alone = place + 1
        while place > 0 and items.ends[-1] - items.starts[place] < 2000:
            place -= 1
        items.runt = place + 1
        return items


class _Middles(_Builder):
    """A paragraph with marks in the middle of their cells: interpuncts of 1 em, the stops of Taiwan and Hong Kong.

    Such a mark gives up to 1/4 em at either side (J3 c), the second one not where its line ends.
    """

    __slots__ = ("after",)

    def __init__(self, *given: Any) -> None:
        self.after = 0.0  # what the mark just set may give behind it
        super().__init__(*given)

    def middle(self, at: int) -> None:
        quarter = self.half / 2
        if self.blank:
            self.swallow_blank(at)
        breaks = len(self.items.at)
        self.join(at, MIDDLE)
        self.events.append((at, LEAD, quarter, 0, None))
        self.shrink += quarter
        if len(self.items.at) > breaks or not self.previous:  # a line that starts with it gives nothing before it
            self.items.shrink_starts[-1] += quarter
        self.x += self.cell
        self.blank = 0
        self.events.append((at + 1, TRAIL, quarter, 0, None))
        self.after = quarter
        self.previous = MIDDLE

    def join(self, at: int, letter: str, cost: float = 0.0, gap: float = 0, lead: float = 0) -> None:
        breaks = len(self.items.at)
        super().join(at, letter, cost, gap, lead)
        self.shrink += self.after
        if len(self.items.at) > breaks:
            self.items.shrink_starts[-1] += self.after
        self.after = 0.0

    def _open(self, skip: float, give: float) -> None:
        self.shrink += self.after
        self.after = 0.0
        super()._open(skip, give)


def hangs(text: str, classes: str, end: int) -> bool:
    """Whether a line that ends at `end` ends in a stop that may hang: one alone, none of a run of marks (J8)."""
    return end > 1 and text[end - 1] in HANGING and classes[end - 2] not in _RUNS and classes[end - 1] != MIDDLE


def _two_counted(text: str, start: int) -> bool:
    """Whether two characters from `start` on are more than marks (R2).  As a pattern it would take 1.3 ms to compile."""
    found = False
    for character in text[start:]:
        if character.isalnum() or "\u3041" <= character <= "\u30ff":
            if found:
                return True
            found = True
    return False


def _two_words(text: str, start: int) -> bool:
    """Whether two Han or words stand from `start` on, marks aside (R2)."""
    count = 0
    inside = False
    for character in text[start:]:
        if character > "\u2e7f" and (character.isalnum() or "\u3041" <= character <= "\u30ff"):
            count += 1
            inside = False
        elif not character.isspace():
            count += not inside and character.isalnum()
            inside = inside or character.isalnum()
        else:
            inside = False
        if count == 2:
            return True
    return False


_DIGITS = frozenset("0123456789")
_WIDE_DIGITS = frozenset("０１２３４５６７８９")
_FIGURES = _DIGITS | _WIDE_DIGITS
_AFTER_FIGURES = frozenset("%‰℃℉°％")
_SIGNS = frozenset("+-−±")
_WIDE_SIGNS = frozenset("＋－＃")
_BEFORE_FIGURES = _SIGNS | frozenset("$￥¥€£＄￡")
_OF_NUMBERS = frozenset((SYMBOL, PREFIX))  # the classes of what may go on with a number
_BY_CLASS: tuple[tuple[str, Callable[[_Builder, int, int], None]], ...] = (
    ("h", _Builder.han),
    ("wqb", _Builder.west),
    ("sco", _Builder.marks),
    ("d", _Builder.dash),
    (" ", _Builder.space),
    ("u", _Builder.wide_space),
    ("jz", _Builder.unpainted),
    ("y", _Builder.soft_hyphen),
    ("k", _Builder.stray_mark),
    ("xfnCOimlpg", _Builder.single),
)
_HANDLERS = {letter: handler for letters, handler in _BY_CLASS for letter in letters}
