"""How far the checks reach: each claim of the prose, and whether its contrary would be told of.

In: the passages of a note, held against its data.  Out: the claims in their order, each with the code it is held by, or why no
check holds it.  Always: a claim is held when other words in its place (另一个数, 下跌 for 上涨, 最低 for 最高) would be told of
where they stand; so silence about it means that it agrees.  Rule: house rule, 2026-11-30.
"""

from __future__ import annotations

from ..pattern import later
from ..record import Record
from .clauses.scene import scenes
from .ledger import EXEMPT, WAIVED, ledger, line_of, within
from .words import lexicon
from .words.contrary import contraries, half_turned, slipped
from .words.quantities import THINGS
from .words.reading import read, sentences
from .words.superlatives import TOP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..diagnostics import Span
    from .clauses.scene import Scene
    from .held.findings import Finding
    from .ledger import Prose, Waiver
    from .passages import Held
    from .words.reading import Part, Reading

_NUMERAL = "一二两三四五六七八九十"
_MORE = later(
    rf"(?:[{_NUMERAL}\d]+[{THINGS}]?[涨跌升降红绿平增减]){{2,}}|连续?(?:[{_NUMERAL}]+|\d+)个?[日天周月季年阳阴涨跌升降]|新高|新低|翻[一两三四]?[倍番]|腰斩"
    rf"|(?:[{_NUMERAL}]+|\d+)(?=[{THINGS}](?![月百季]))"
    r"|高于|低于|跑赢|跑输|多于|少于|大于|小于|不及|为正|为负|转正|转负|之末"
)
_NAMED = ("row", "noun", "time", "scope")
_EXPECTED, _NAMELESS = "said of what is expected, or denied", "names nothing of the data"
_BESIDE = "beside what is wrong"
HELD, OPEN, WRONG = "held", "open", "wrong"
BOUND = "bound"


class Said(Record):
    """A claim: its words; `state`; `behind`: the code it is told of by (wrong), or its contrary would be (held), `BOUND` of a
    number that is a cell, who waives it and why (waived), or why no check reaches it (open)."""

    text: str
    state: str
    behind: str
    span: Span


def reach(held: Held, prose: Iterable[Prose], waivers: Sequence[Waiver] = ()) -> tuple[Said, ...]:
    """The claims of all passages, in the order of the note, after `held.claims` has read them."""
    passages = list(prose)
    exempt = {entry.span.start for entry in ledger(passages) if entry.state == EXEMPT}
    found = [said for one in passages for said in _of_passage(held, read(one, held.titles))]
    return tuple(sorted([_waived(said, waivers) for said in found if said.span.start not in exempt], key=_place))


def _waived(said: Said, waivers: Sequence[Waiver]) -> Said:
    """A wrong claim as waived, where somebody says that it is right all the same."""
    text, start = said.span.file.text, said.span.start
    waiver = next((one for one in waivers if said.state == WRONG and within(text, one.text, start)), None)
    return said.replace(state=WAIVED, behind=waiver.words) if waiver is not None else said


def _place(said: Said) -> int:
    return said.span.start


def _of_passage(held: Held, reading: Reading) -> Iterator[Said]:
    own = held.findings(reading)
    last: Scene | None = None
    for sentence in sentences(reading):
        found = scenes(reading, sentence, held.book, last)
        last = found[-1] if found else None
        for start, end, scene in _claims(found, own):
            bound = reading.prose.text.startswith("{{", reading.places[start])
            told = next((one.code for one in own if one.start < end and start < one.end), "")
            code = told or (BOUND if bound else _code(held, reading, sentence, start, end, own))
            state = WRONG if told else HELD if code else OPEN
            beside = any([one.start < scene.part.end and scene.part.start < one.end for one in own])
            why = _BESIDE if beside else _reason(scene, start)
            yield Said(reading.text[start:end], state, code or why, reading.span(start, end))


def _claims(found: Sequence[Scene], own: Sequence[Finding]) -> Iterator[tuple[int, int, Scene]]:
    """The words of each scene that say what may be so or not, those told of among them."""
    for scene in found:
        places = [(one.start, one.end) for one in scene.tokens if one.kind == "dir"]
        places += [(one.quantity.start, one.end) for one in scene.tokens if one.kind == "number" and one.quantity is not None]
        places += [(one.start, one.end) for one in own if scene.part.start <= one.start < scene.part.end]
        for pattern in (TOP, _MORE):
            places += [(one.start(), one.end()) for one in pattern.finditer(scene.text, scene.part.start, scene.part.end)]
        end = -1
        for start, stop in sorted(places, key=_longest):
            if start >= end:
                yield start, stop, scene
                end = stop


def _longest(place: tuple[int, int]) -> tuple[int, int]:
    return place[0], -place[1]


def _code(held: Held, reading: Reading, sentence: Part, start: int, end: int, own: Sequence[Finding]) -> str:
    """What the first contrary that is told of is told by."""
    text = reading.text
    said = text[start:end]
    for words in (*contraries(said), *half_turned(said), *slipped(said)):
        other = reading.replace(text=text[:start] + words + text[end:])
        for finding in held.findings(other):
            fresh = not any([one.code == finding.code and one.start == finding.start for one in own])
            if fresh and finding.start < sentence.end and sentence.start < finding.end:
                return finding.code
    return ""


def _reason(scene: Scene, start: int) -> str:
    """Why no check holds what is said at a place."""
    if scene.unsure or scene.denied:
        return _EXPECTED
    if not any([one.kind in _NAMED for one in scene.tokens]) and not scene.rows and not scene.nouns:
        return _NAMELESS
    words = _unclear(scene, start)
    return f"not understood: {words}" if words else "no check reaches it"


_KNOWN = later(lexicon.FILLER.pattern.removesuffix("$"))


def _unclear(scene: Scene, end: int) -> str:
    """The words from the last row of a clause, or from its start, to a claim that nothing knows."""
    before = [one for one in scene.tokens if one.end <= end]
    at = max([one.end for one in before if one.kind == "row"], default=scene.part.start)
    out = []
    for token in [*[one for one in before if one.start >= at], None]:
        stop = token.start if token is not None else end
        word = ""
        while at < stop:
            known = _KNOWN.match(scene.text, at, stop)
            if known is not None and known.end() > at:
                out.append(word)
                word, at = "", known.end()
            else:
                word += scene.text[at]
                at += 1
        out.append(word)
        at = token.end if token is not None else end
    return " ".join([one for one in out if one])


# --- telling ---------------------------------------------------------------------------------------------------------


def as_text(said: Sequence[Said]) -> str:
    """A line for each claim that names something of the data, and how many are held, or wrong."""
    from ..diagnostics import cells

    named = [one for one in said if one.behind != _NAMELESS]
    width = max([cells(one.text) for one in named], default=0)
    lines = []
    for one in named:
        gap = " " * (width - cells(one.text))
        lines.append(f"  {line_of(one.span):>4}  {one.text}{gap}  {one.state:<6}  {one.behind}")
    counts = [(state, len([one for one in named if one.state == state])) for state in (HELD, WAIVED, WRONG, OPEN)]
    shown = ", ".join([f"{count} {state}" for state, count in counts if count or state in (HELD, OPEN)])
    head = f"{len(said)} claims: {shown}, {len(said) - len(named)} of nothing the data name"
    return "\n".join([head if said else "no claims", *lines]) + "\n"


def as_data(said: Sequence[Said]) -> list[dict[str, object]]:
    """The same for a program."""
    return [{"text": one.text, "state": one.state, "behind": one.behind, "line": line_of(one.span)} for one in said]
