"""Runs to one normalised string with a class for each character and a face for each stretch.

In: the runs of a paragraph.  Out: `Prepared` paragraphs, one for each stretch between forced breaks.  Always: `classes` is as
long as `text`; the pieces follow one another without a gap; spaces that Chinese setting does not want are gone (TYPOGRAPHY
N1 to N3) and quotes, dashes and interpuncts have taken the class of their surroundings (C1).
"""

from __future__ import annotations

from bisect import bisect_right

from ..pattern import later
from .characters import (
    AMBIGUOUS,
    AMBIGUOUS_MARKS,
    BREAKER,
    CHINESE,
    CLOSE,
    CONNECTOR,
    FORCED,
    GAP_FIRST,
    GAP_LAST,
    HAN,
    HARD_SPACE,
    JOINER,
    MARK,
    NARROW_CLOSE,
    NARROW_OPEN,
    NOTE,
    OPEN,
    QUOTES,
    RAISED,
    REGIONAL,
    ROMAN,
    SOFT_HYPHEN,
    SPACE,
    STOP,
    SYMBOL,
    WEST,
    WEST_MARK,
    WEST_NO_END,
    WEST_NO_START,
    WIDE,
    base_class,
)
from .languages import SIMPLIFIED
from .western import divisions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .faces import Face
    from .languages import Tradition
    from .setting import Run, RunStyle, Word

_UNPAINTED = frozenset((JOINER, BREAKER, SOFT_HYPHEN, SPACE, FORCED))
_UNSEEN = _UNPAINTED | {MARK}
_WEST = frozenset((WEST, WEST_MARK, HARD_SPACE, MARK))
_SPACES = later(" +")
_CURLED = later("[“”]")
_STRETCHES = later(f"[{AMBIGUOUS}]+")
_FULL_WIDTH = CHINESE | {CONNECTOR}
_DASHES = frozenset("—…⋯―‥")
_TIE = "\u200d"  # zero-width joiner
_NOTE_MARK = later(r"\[\d{1,3}(?:[,–-]\d{1,3})*\]")  # [1], [2,3]: four digits are a year
_HARD_SPACES = frozenset("\u00a0\u202f\u2007")
_SMALL = 0.85  # a run below this share of the paragraph's size and raised or lowered is a note mark or a sub- or superscript


class Stretch:
    """What a stretch of Latin letters, digits and signs is like, wherever it stands.

    `takes_gap`: it has a gap to Han before it; `edge`: behind it.  `after_west`, `inside`, `alone`: its class for the break
    before it, after Latin, after anything else, at the paragraph's start.  `previous`: the class it leaves behind.
    """

    __slots__ = ("after_west", "alone", "closes", "digit", "edge", "inside", "joints", "previous", "solidus", "takes_gap", "word")

    def __init__(self, text: str, word: Word) -> None:
        first, last = text[0], text[-1]
        more = len(text) > 1
        self.word = word
        self.joints = () if text.isalnum() else tuple(divisions(text))
        self.digit = first.isdigit()
        self.closes = first in ")]}"
        raised = first in RAISED
        self.takes_gap = (first.isalnum() and not raised and first not in ROMAN) or (first in GAP_FIRST and more)
        bound = first in WEST_NO_START
        self.after_west = NARROW_CLOSE if bound else WEST
        self.alone = self.after_west
        self.inside = WEST if first in "'\"-|*" and more else self.after_west
        if raised or (first == "[" and _NOTE_MARK.match(text)):  # a note mark (U7)
            self.inside = NOTE
        if first in _HARD_SPACES:  # no break on either side of it (UAX #14 LB12)
            self.after_west = self.inside = self.alone = NARROW_CLOSE
        self.edge = last.isalnum() or (last in GAP_LAST and more) or base_class(ord(last)) == MARK  # A4
        if last in ROMAN or (raised and RAISED.issuperset(text)):  # M3: no gap behind a note mark, as there is behind m²
            self.edge = False
        self.previous = NARROW_OPEN if last in WEST_NO_END and not (last == "#" and more) else WEST
        self.solidus = last == "/"
        if last in _HARD_SPACES:
            self.previous, self.edge = NARROW_OPEN, False


class Chain(dict[int, str]):
    """The class of each code point as a chain of faces sets it; a table for `str.translate` that fills itself.

    `second` maps code points that another face than the first supplies to that face's place; `missing` are those that none
    has.  Marks narrower than their cell are of the narrow classes: they have no blank to trim (TYPOGRAPHY C2).
    """

    def __init__(self, faces: tuple[Face, ...], own: Tradition) -> None:
        super().__init__()
        self.faces = faces
        self.first = faces[0]
        self.own_class = own.classes.get
        self.second: dict[int, int] = {}
        self.elsewhere: set[str] = set()  # the characters of `second`: most texts have none of them
        self.latin: dict[int, int] = {}
        self.missing: set[str] = set()
        self.advances: dict[int, float] = {}
        self.stretches: dict[Face, dict[str, Stretch]] = {}  # the Latin stretches met, by the face that has them
        self.han_place = next((place for place, face in enumerate(faces) if face.gid(0x4E00)), 0)

    def place(self, code: int) -> int:
        """The first face that has the character; -1 when none has."""
        return next((place for place, face in enumerate(self.faces) if face.gid(code)), -1)

    def __missing__(self, code: int) -> str:
        if 0x4E00 <= code < 0xA000:  # what nearly every character of a note is, in its own face and of one em
            gid = self.first.gid(code)
            if gid and self.first.advance(gid) == 1000:
                self.advances[code] = 1000.0
                self[code] = HAN
                return HAN
        letter = self.own_class(code) or base_class(code)
        if letter in _UNPAINTED and (code != ord(" ") or self.faces[0].gid(code)):
            self[code] = letter
            return letter
        gid = self.faces[0].gid(code)
        place = 0 if gid else self.place(code)
        if place < 0:
            place = 0
            if letter is not MARK:
                self.missing.add(chr(code))
        if letter != HAN and chr(code) in AMBIGUOUS:
            self.latin[code] = place
            if self.faces[self.han_place].gid(code):
                place = self.han_place
        if place:
            self.second[code] = place
            self.elsewhere.add(chr(code))
        face = self.faces[place]
        advance = self.advances[code] = face.advance(face.gid(code) if place else gid)
        if advance != 1000:
            if letter == HAN:
                letter = WIDE
            elif letter in (STOP, CLOSE):
                letter = NARROW_CLOSE
            elif letter == OPEN:
                letter = NARROW_OPEN
        self[code] = letter
        return letter


def chain_of(faces: tuple[Face, ...], own: Tradition = SIMPLIFIED) -> Chain:
    """The chain's table in a tradition, kept for the life of the process."""
    chain = own.chains.get(faces)
    if chain is None:
        if len(own.chains) > 200:
            own.chains.clear()
        chain = own.chains[faces] = Chain(faces, own)
    return chain


_NOTE_SIGNS = frozenset("[]①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


class Piece:
    """A stretch of the text in one run and one face.  `scale`: the run's size over the paragraph's."""

    __slots__ = ("chain", "end", "face", "note", "run", "scale", "start", "sticky")

    def __init__(self, start: int, end: int, run: Run, chain: Chain, face: Face, size: float) -> None:
        style: RunStyle = run.style
        self.start = start
        self.end = end
        self.run = run
        self.chain = chain
        self.face = face
        self.scale = style.size / size
        self.sticky = style.rise != 0 or self.scale < _SMALL
        self.note = self.sticky and not _NOTE_SIGNS.isdisjoint(run.text)


class Prepared:
    """One paragraph, or the part of one before a forced break, ready to be itemised."""

    __slots__ = ("classes", "ends", "pieces", "text")

    def __init__(self, text: str, classes: str, pieces: list[Piece], ends: str) -> None:
        self.text = text
        self.classes = classes
        self.pieces = pieces
        self.ends = ends


def prepare(runs: Sequence[Run], size: float, own: Tradition = SIMPLIFIED) -> tuple[list[Prepared], tuple[str, ...]]:
    """The paragraph's parts between forced breaks, and the characters no face has."""
    chains = [chain_of(run.style.faces, own) for run in runs]
    bounds = [0]
    if len(runs) == 1:
        text = runs[0].text
        classes = text.translate(chains[0])
        bounds.append(len(text))
    else:
        text = "".join([run.text for run in runs])
        classes = "".join([run.text.translate(chain) for run, chain in zip(runs, chains)])
        for run in runs:
            bounds.append(bounds[-1] + len(run.text))
    missing = _missing(runs, chains)
    if REGIONAL in classes or _TIE in text:
        classes = _clustered(text, classes)
    latin: set[int] = set()
    if not AMBIGUOUS_MARKS.isdisjoint(text):
        classes, latin = by_context(text, classes)
    if SPACE in classes:
        edits = _spaces(text, classes)
        if edits:
            text, classes, bounds, latin = _edited(text, classes, bounds, latin, edits)
    pieces = _pieces(runs, chains, bounds, text, latin, size)
    if FORCED not in classes:
        return [Prepared(text, classes, pieces, "¶")], missing
    return _parts(text, classes, pieces), missing


def missing_in(runs: Sequence[Run], own: Tradition = SIMPLIFIED) -> tuple[str, ...]:
    """The characters of composed runs that no face of their chains has, each once."""
    return _missing(runs, [chain_of(run.style.faces, own) for run in runs])


def _missing(runs: Sequence[Run], chains: Sequence[Chain]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for run, chain in zip(runs, chains):
        if chain.missing:
            found.update((character, None) for character in run.text if character in chain.missing)
    return tuple(found)


def _clustered(text: str, classes: str) -> str:
    """Classes in which what belongs to one emoji is a mark of its first: the second half of a flag, what a joiner ties to it.

    Source: UAX #14 LB8a, LB30a.
    """
    letters = list(classes)
    half = False
    for at, letter in enumerate(classes):
        if letter == REGIONAL:
            letters[at] = MARK if half else SYMBOL
            half = not half
            continue
        half = False
        if letter == SYMBOL and text[at - 1 : at] == _TIE and at > 1 and letters[at - 2] in (SYMBOL, MARK):
            letters[at] = MARK
    return "".join(letters)


# Context ---------------------------------------------------------------------------------------------------------------------


def by_context(text: str, classes: str) -> tuple[str, set[int]]:
    """Classes with quotes, dashes and interpuncts settled by their neighbours, and which of them are Latin (C1)."""
    edits: dict[int, str] = {}
    for match in _STRETCHES.finditer(text):
        start, end = match.span()
        before = _neighbour(text, classes, start - 1, -1)
        after = _neighbour(text, classes, end, 1)
        if before in _FULL_WIDTH or after in _FULL_WIDTH:
            _settle_dashes(text, classes, start, end, edits)
            continue
        for at in range(start, end):
            character = text[at]
            if character in _DASHES and _paired(text, at):
                continue
            if before or after or character in QUOTES:
                edits[at] = WEST if character in "’" and _between_letters(classes, at) else WEST_MARK
    _match_quotes(text, edits)
    if not edits:
        return classes, set()
    letters = list(classes)
    for at, letter in edits.items():
        letters[at] = letter
    return "".join(letters), {at for at, letter in edits.items() if letter in _WEST}


def _neighbour(text: str, classes: str, at: int, step: int) -> str:
    """The class of the next character that is seen and no quote; "" at the paragraph's edge."""
    while 0 <= at < len(text) and (classes[at] in _UNSEEN or text[at] in AMBIGUOUS):
        at += step
    return classes[at] if 0 <= at < len(text) else ""


def _between_letters(classes: str, at: int) -> bool:
    return 0 < at < len(classes) - 1 and classes[at - 1] == WEST == classes[at + 1]


def _paired(text: str, at: int) -> bool:
    return text[at] in (text[at - 1 : at], text[at + 1 : at + 2])


def _settle_dashes(text: str, classes: str, start: int, end: int, edits: dict[int, str]) -> None:
    """A single em dash is a connector (TYPOGRAPHY CONN); a hyphen beside Latin stays with it."""
    for at in range(start, end):
        if text[at] in "—―" and not _paired(text, at):
            edits[at] = CONNECTOR
        elif text[at] in "–‐′″" and at and classes[at - 1] in _WEST:
            edits[at] = WEST_MARK


def _match_quotes(text: str, edits: dict[int, str]) -> None:
    """A pair of quotes is Chinese on both sides or on neither."""
    stack: list[int] = []
    if "“" not in text and "”" not in text:
        return
    for match in _CURLED.finditer(text):
        at = match.start()
        if match.group() == "“":
            stack.append(at)
        elif stack:
            mate = stack.pop()
            if (mate in edits) != (at in edits):
                edits.pop(mate, None)
                edits.pop(at, None)


# White space -----------------------------------------------------------------------------------------------------------------


def _spaces(text: str, classes: str) -> list[tuple[int, int, str]]:
    """What becomes of each stretch of white space: (start, end, instead)."""
    edits = []
    last = len(classes)
    for match in _SPACES.finditer(classes):
        start, end = match.span()
        inside = start > 0 and end < last
        keep = inside and classes[start - 1] not in _SWALLOWS and classes[end] not in _SWALLOWS
        keep = keep or (inside and text[start - 1] in WESTERN_STOPS and classes[end] in (HAN, OPEN))
        if not keep:
            edits.append((start, end, ""))
        elif text[start:end] != " ":
            edits.append((start, end, " "))
    return edits


# The end of a Western sentence or clause keeps the blank typed after it, also before Han, where nothing else would part them
# (house rule, 2024; N3 speaks of letters and digits, A2 gives marks no gap).
WESTERN_STOPS = frozenset(".,;:!?")


_SWALLOWS = _FULL_WIDTH | {FORCED, BREAKER, SOFT_HYPHEN}


def _edited(
    text: str, classes: str, bounds: list[int], latin: set[int], edits: list[tuple[int, int, str]]
) -> tuple[str, str, list[int], set[int]]:
    """Text, classes and positions after the edits."""
    texts: list[str] = []
    letters: list[str] = []
    at = 0
    for start, end, instead in edits:
        texts += text[at:start], instead
        letters += classes[at:start], instead
        at = end
    edited, edited_classes = "".join([*texts, text[at:]]), "".join([*letters, classes[at:]])
    if len(bounds) == 2 and not latin:  # one run
        return edited, edited_classes, [0, len(edited)], latin
    return edited, edited_classes, *_moved(bounds, latin, edits)


def _moved(bounds: list[int], latin: set[int], edits: list[tuple[int, int, str]]) -> tuple[list[int], set[int]]:
    """Positions after the edits."""
    moved: list[int] = []
    shift = place = 0
    shifts: list[tuple[int, int]] = []
    for start, end, instead in edits:
        while place < len(bounds) and bounds[place] <= start:
            moved.append(bounds[place] - shift)
            place += 1
        while place < len(bounds) and bounds[place] < end:
            moved.append(start - shift + len(instead))
            place += 1
        shift += end - start - len(instead)
        shifts.append((end, shift))
    moved += [bound - shift for bound in bounds[place:]]
    if latin:
        starts = [end for end, _ in shifts]
        totals = [0, *[total for _, total in shifts]]
        latin = {position - totals[bisect_right(starts, position)] for position in latin}
    return moved, latin


# Pieces ----------------------------------------------------------------------------------------------------------------------


def _pieces(
    runs: Sequence[Run], chains: Sequence[Chain], bounds: list[int], text: str, latin: set[int], size: float
) -> list[Piece]:
    pieces: list[Piece] = []
    for place, (run, chain) in enumerate(zip(runs, chains)):
        start, end = bounds[place], bounds[place + 1]
        if start < end:
            if chain.second and not chain.elsewhere.isdisjoint(text[start:end]):
                _by_face(pieces, run, chain, start, end, text, latin, size)
            else:
                pieces.append(Piece(start, end, run, chain, chain.faces[0], size))
    return pieces


def _by_face(pieces: list[Piece], run: Run, chain: Chain, start: int, end: int, text: str, latin: set[int], size: float) -> None:
    """Pieces of one run whose characters come from several faces.

    Marks stay with what is before, and so does a blank, unless the first face has none.
    """
    second, current, since = chain.second, -1, start
    for at in range(start, end):
        code = ord(text[at])
        place = chain.latin.get(code, 0) if at in latin else second.get(code, 0)
        if place != current:
            if current < 0:
                current = place
            elif chain[code] not in _FOLLOWERS or (place and code == ord(" ")):
                pieces.append(Piece(since, at, run, chain, chain.faces[current], size))
                since, current = at, place
    pieces.append(Piece(since, end, run, chain, chain.faces[max(current, 0)], size))


_FOLLOWERS = frozenset((MARK, SPACE, JOINER, BREAKER, SOFT_HYPHEN, FORCED))


def _parts(text: str, classes: str, pieces: list[Piece]) -> list[Prepared]:
    """The stretches between forced breaks."""
    parts = []
    start = 0
    stops = [at for at, letter in enumerate(classes) if letter == FORCED]
    for stop in [*stops, len(text)]:
        own = [
            Piece(max(piece.start, start) - start, min(piece.end, stop) - start, piece.run, piece.chain, piece.face, 1.0)
            for piece in pieces
            if piece.start < stop and piece.end > start
        ]
        for piece, source in zip(own, [piece for piece in pieces if piece.start < stop and piece.end > start]):
            piece.scale, piece.sticky, piece.note = source.scale, source.sticky, source.note
        parts.append(Prepared(text[start:stop], classes[start:stop], own, "\n" if stop < len(text) else "¶"))
        start = stop + 1
    return parts
