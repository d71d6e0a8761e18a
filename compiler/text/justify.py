"""Chosen breaks to set lines.

In: `Items` and the entries that end the lines.  Out: `Line`s of `Segment`s in points.  Always: what a line lacks is given out
in the order of TYPOGRAPHY J4 (word spaces, gaps, then every character gap alike), what it has too much is taken in the order
of J3 (word spaces, brackets, light stops, gaps, full stops), so that every line but the last ends at the measure.
"""

from __future__ import annotations

from bisect import bisect_left

from .characters import BREAKER, FULL_STOPS, JOINER, LIGHT_STOPS, OPEN, WIDE_SPACE
from .characters import SOFT_HYPHEN as SOFT
from .items import (
    CUT,
    DROP,
    GAP,
    GAP_SHRINK,
    GAP_STRETCH,
    LEAD,
    SOLID,
    SPACE_LEAST,
    SPACE_MOST,
    TRAIL,
    TRIM,
    UNIT,
    WORD_SPACE,
    hangs,
)
from .setting import Line, Segment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .items import Event, Items
    from .prepare import Piece
    from .setting import Word

_CLOSE_ENOUGH = 0.5  # 1/1000 em: a difference no one sees is not given out
SOFT_HYPHEN = "\u00ad"
_UNPAINTED = frozenset((JOINER, BREAKER, SOFT))
_OUTSIDE = _UNPAINTED | {WIDE_SPACE}
HALF = 500  # of a stop's cell in its paragraph's own size
_MIDDLE, _BRACKET, _LIGHT, _FULL = 0, 1, 2, 3  # in the order they give (J3 c, d, e, g)
_ORDER = dict.fromkeys("·・‧", _MIDDLE) | dict.fromkeys(LIGHT_STOPS, _LIGHT) | dict.fromkeys(FULL_STOPS, _FULL)


class _Shares:
    """What each adjustable place of one line gets, in 1/1000 em of the paragraph's size.

    `character`: added after each character; `gap`, `space`: added to each; `marks`: the share of each mark's blank that is
    taken away, by class of mark.
    """

    __slots__ = ("character", "gap", "marks", "space_grow", "space_shrink")

    def __init__(self) -> None:
        self.character = self.gap = 0.0
        self.space_grow = self.space_shrink = 0.0
        self.marks = [0.0, 0.0, 0.0, 0.0]


def set_lines(items: Items, breaks: list[int], measure: float, indent: float, size: float, align: str) -> list[Line]:
    """The lines, left-aligned ones with their natural widths.

    Units: `measure` and `indent` 1/1000 em, `size` points; `align` justify, left, right or center.
    """
    lines = []
    start = 0
    final = len(items.at) - 1
    positions = [event[0] for event in items.events]
    ends = items.prepared.ends
    for end in breaks:
        first = indent if start == 0 else 0
        lines.append(_set_line(items, positions, start, end, measure, first, size, align, ends if end == final else ""))
        start = end
    return lines


def _set_line(
    items: Items, positions: list[int], start: int, end: int, measure: float, indent: float, size: float, align: str, ends: str
) -> Line:
    text, classes = items.prepared.text, items.prepared.classes
    begin, stop = items.at[start], items.at[end]
    while begin < stop and classes[begin] in _UNPAINTED:
        begin += 1
    events = items.events[bisect_left(positions, begin) : bisect_left(positions, stop)]
    tail = stop
    while tail > begin and classes[tail - 1] in _OUTSIDE:
        tail -= 1
    if tail < stop:  # the mark before is the last that is seen: its blank is outside already
        events = [event for event in events if event[1] != TRAIL or event[0] != tail]
    spaced = bool(events) and events[-1][1] == WORD_SPACE and events[-1][3] == stop
    if spaced:
        stop = events.pop()[0]
    natural = items.ends[end] - items.starts[start] + indent
    lack = measure - natural
    hung = 0
    if items.style.hanging and hangs(text, classes, stop):
        room = items.shrink_ends[end] - items.shrink_starts[start]
        hung = HALF - lack > room  # neither does it fit nor is pushing in enough
        natural += HALF * (not hung)
        lack -= HALF * (not hung)
    if lack > 0 and (ends or align != "justify"):
        lack = 0
    offset = _offset(indent, measure - natural, align)
    shares = None
    rest = 0.0
    if lack > _CLOSE_ENOUGH:
        shares, rest = _stretch(events, begin, stop - hung, lack)
    elif lack < -_CLOSE_ENOUGH:
        shares, rest = _shrink(events, begin, text, -lack)
        rest = -rest
    if classes[begin : begin + 1] == OPEN and _opens_trimmed(items, events, begin, start):
        offset -= events[_first_of(events, LEAD)][2]
    if lack >= -_CLOSE_ENOUGH:  # marks keep their blanks: 2 µs of 14 a line
        events = [event for event in events if event[1] != TRAIL and event[1] != LEAD]
    segments = _segments(items, events, begin, stop, offset, shares, size, spaced=spaced)
    width = natural + lack - rest
    if align in ("right", "center"):
        width += offset
    overfull = max(0.0, width - measure) if width - measure > _CLOSE_ENOUGH else 0.0
    stretch = shares.character / 1000 if shares and lack > 0 else min(lack, 0) / 1000
    return Line(tuple(segments), width * size / 1000, stretch, overfull * size / 1000, text[begin:stop], ends)


def _offset(indent: float, lack: float, align: str) -> float:
    if align == "right":
        return max(0.0, lack) + indent
    if align == "center":
        return max(0.0, lack) / 2 + indent
    return indent


def _first_of(events: list[Event], kind: int) -> int:
    return next(place for place, event in enumerate(events) if event[1] == kind)


def _opens_trimmed(items: Items, events: list[Event], begin: int, start: int) -> bool:
    """Whether the line starts with an opening mark that loses its blank (W5)."""
    style = items.style
    if not (style.trim_starts if start else style.trim_first):
        return False
    return any(event[1] == LEAD and event[0] == begin for event in events[:3])


# Shares ----------------------------------------------------------------------------------------------------------------------


def _stretch(events: list[Event], begin: int, stop: int, lack: float) -> tuple[_Shares, float]:
    """Word spaces to 1/2 em, gaps to 1/2 em, then all gaps alike (J4); the rest is what could not be given out."""
    shares = _Shares()
    spaces = []
    gaps = 0
    characters = stop - begin - 1
    joint = -1  # where a unit ends
    for position, kind, value, end, _ in events:
        if kind == UNIT:
            characters -= end - position - (position != joint)
            joint = end
        elif kind == WORD_SPACE:
            spaces.append(max(0.0, SPACE_MOST - value))
            characters -= position == joint
        elif kind == DROP:
            characters -= end - position
            joint = end if position == joint else joint
        elif position > begin:
            if kind == GAP:
                gaps += 1
            elif kind == SOLID:
                characters -= 1
    room = sum(spaces)
    if room:
        shares.space_grow = min(1.0, lack / room)
        lack -= shares.space_grow * room
    if gaps and lack > 0:
        shares.gap = min(float(GAP_STRETCH), lack / gaps)
        lack -= shares.gap * gaps
    if characters > 0 and lack > 1e-9:
        shares.character = lack / characters
        lack = 0.0
    elif lack > 1e-9 and (spaces or gaps):
        each = lack / (len(spaces) + gaps)
        shares.gap += each
        if spaces:
            shares.space_grow += each * len(spaces) / room if room else 0.0
        lack = 0.0
    return shares, lack


def _shrink(events: list[Event], begin: int, text: str, need: float) -> tuple[_Shares, float]:
    """Word spaces to 1/4 em, interpuncts, brackets, light stops, gaps to 1/8 em, full stops (J3).

    The rest is what could not be taken."""
    shares = _Shares()
    blanks = [0.0, 0.0, 0.0, 0.0]
    spaces = gaps = 0.0
    for position, kind, value, _, _ in events:
        if position == begin:
            continue
        if kind == LEAD:
            blanks[_ORDER.get(text[position], _BRACKET)] += value
        elif kind == TRAIL:
            blanks[_ORDER.get(text[position - 1], _BRACKET)] += value
        elif kind == GAP:
            gaps += min(GAP_SHRINK, value)
        elif kind == WORD_SPACE:
            spaces += max(0.0, value - SPACE_LEAST)
    shares.space_shrink, need = _take(spaces, need)
    if blanks[_MIDDLE]:
        shares.marks[_MIDDLE], need = _take(blanks[_MIDDLE], need)
    shares.marks[_BRACKET], need = _take(blanks[_BRACKET], need)
    shares.marks[_LIGHT], need = _take(blanks[_LIGHT], need)
    part, need = _take(gaps, need)
    shares.gap = -part
    shares.marks[_FULL], need = _take(blanks[_FULL], need)
    return shares, need


def _take(room: float, need: float) -> tuple[float, float]:
    """The share of `room` that meets the need, and what need is left."""
    if room <= 0 or need <= 0:
        return 0.0, max(0.0, need)
    share = min(1.0, need / room)
    return share, need - share * room


# Segments --------------------------------------------------------------------------------------------------------------------


def _segments(
    items: Items, events: list[Event], begin: int, stop: int, offset: float, shares: _Shares | None, size: float, *, spaced: bool
) -> list[Segment]:
    """The line cut at piece boundaries.

    `spaced`: a space was left out at the line's end.  It stays as a glyph beyond the line's width: who reads by the tags tells
    words by it (ISO 32000-1, 14.8.2.5)."""
    segments = []
    x = offset
    text = items.prepared.text
    place, count = 0, len(events)
    for piece in items.prepared.pieces:
        if piece.end <= begin:
            continue
        if piece.start >= stop:
            break
        since, until = max(piece.start, begin), min(piece.end, stop)
        first = place
        if until == stop:
            place = count
        else:
            while place < count and events[place][0] < until:
                place += 1
        own = events if first == 0 and place == count else events[first:place]
        filler = _Filler(piece, text, shares, begin, even=items.even)
        if place < count and events[place][0] == until and events[place][1] in (UNIT, WORD_SPACE):
            filler.joint = until
        x += filler.fill(own, since, until, stop)
        shown = filler.items
        width = filler.width
        painted = width * size / 1000
        if until == stop:
            if shares and shares.character and shown and type(shown[-1]) is str:
                painted -= shares.character * size / 1000
            if spaced:
                shown.append(" ")
            if stop in items.hyphens:
                painted += _put_hyphen(items.hyphens[stop], shown) * piece.scale * size / 1000
        run = piece.run
        left = x * size / 1000
        segments.append(Segment(left, painted, piece.face, run.style, filler.spacing, tuple(shown), run.owner, text[since:until]))
        x += width
    return segments


def _put_hyphen(hyphen: Word, shown: list[str | float | Word]) -> float:
    """End the line with a hyphen; it reads back as a soft one, which is not part of the text (ISO 32000-1, 14.8.2.2.3)."""
    from .setting import Word

    shown.append(Word(SOFT_HYPHEN, tuple([(gid, SOFT_HYPHEN, move) for gid, _, move in hyphen.glyphs]), hyphen.width))
    return hyphen.width


class _Filler:
    """Collects the items of one segment; moves are kept back until something is painted after them."""

    __slots__ = (
        "advances", "begin", "character", "even", "head", "items", "joint", "move", "scale", "shares", "spacing", "started",
        "text", "tracking", "width",
    )  # fmt: skip

    def __init__(self, piece: Piece, text: str, shares: _Shares | None, begin: int, *, even: bool) -> None:
        self.text = text
        self.even = even
        self.shares = shares
        self.begin = begin
        self.advances = piece.chain.advances
        self.scale = piece.scale
        self.items: list[str | float | Word] = []
        self.started = False
        self.joint = -1  # where the next piece goes on with a word or a space
        self.head = self.move = 0.0  # 1/1000 em of the paragraph's size
        self.width = 0.0
        self.tracking = piece.run.style.tracking_em * 1000 * piece.scale
        self.character = (shares.character if shares else 0.0) + self.tracking
        self.spacing = self.character / piece.scale

    def fill(self, events: list[Event], since: int, until: int, stop: int) -> float:
        """Fill; returns the move that stands before the segment's first item."""
        current = since
        text = self.text
        for place, (position, kind, value, end, word) in enumerate(events):
            if position > current:
                self.characters(text[current:position])
                current = position
            if kind == UNIT:
                assert word is not None
                self.word(word, value)
                current = end
                self.move += self._after_word(end, stop, events, place)
            elif kind == DROP:
                current = end
            elif kind == SOLID:
                if position > self.begin:
                    self.move -= self.shares.character if self.shares else 0.0
            else:
                self.move += self._moved(position, kind, value)
        if until > current:
            self.characters(text[current:until])
        if not self.started:
            self.head, self.move = self.move, 0.0
        elif self.move:
            self.width += self.move
            self.move = 0.0
        return self.head

    def _after_word(self, end: int, stop: int, events: list[Event], place: int) -> float:
        """The spacing after a word: none before a space, at a joint of the word or at the line's end."""
        if self.shares is None or not self.shares.character:
            return self.tracking
        for position, kind, _, after, _ in events[place + 1 : place + 4]:
            if position == end and kind in (UNIT, WORD_SPACE):
                return self.tracking
            if position == end and kind == DROP:
                end = after
        return self.tracking if end >= stop or end == self.joint else self.character

    def _moved(self, position: int, kind: int, value: float) -> float:
        """The move an event makes at its position."""
        shares = self.shares
        if kind == TRIM or (kind == CUT and position != self.begin):
            return -value
        if kind == GAP:
            if position == self.begin:
                return 0.0
            if shares is None:
                return value
            return value + (shares.gap if shares.gap >= 0 else shares.gap * min(GAP_SHRINK, value))
        if shares is None or position == self.begin:
            return 0.0
        if kind == WORD_SPACE:
            return shares.space_grow * max(0.0, SPACE_MOST - value) - shares.space_shrink * max(0.0, value - SPACE_LEAST)
        if kind == LEAD:
            return -value * shares.marks[_ORDER.get(self.text[position], _BRACKET)]
        if kind == TRAIL:
            return -value * shares.marks[_ORDER.get(self.text[position - 1], _BRACKET)]
        return 0.0

    def _flush(self) -> None:
        """Give out the moves that were kept back: before the first item they are the head."""
        if not self.started:
            self.started = True
            self.head = self.move
        else:
            self.items.append(self.move / self.scale)
            self.width += self.move
        self.move = 0.0

    def characters(self, text: str) -> None:
        """Characters one by one, each followed by the spacing."""
        if self.move or not self.started:
            self._flush()
        items = self.items
        if items and type(items[-1]) is str:
            items[-1] += text
        else:
            items.append(text)
        if self.even and " " not in text:
            advance = 1000.0 * len(text)
        else:
            advance = sum(map(self.advances.__getitem__, map(ord, text)))
        self.width += advance * self.scale + self.character * len(text)

    def word(self, word: Word, wanted: float) -> None:
        """A word in a cell of `wanted`; what is spare stands half before and half after it."""
        if not self.started:
            self._flush()
        spare = (wanted - word.width) * self.scale
        self.move += spare / 2
        if self.move:
            self._flush()
        self.items.append(word)
        self.width += word.width * self.scale
        self.move += spare / 2
