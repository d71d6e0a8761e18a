"""Composition cases: what a clause of the composition rules wants of set lines, read from YAML and held against the composer.

In: `tests/cases/clauses/*.yaml`, one file a section of the composition rules; each is a list of cases.

    - id: names the case in a failure        rule: the clause it proves        severity: must (the default) or should
      text: the source; or a list of runs, each in a style of its own; one that begins with ^ is a raised note mark
      width: measure in em, a list of them, or a sweep `4..12` in halves of an em, `4..12/1` in steps of one's own
      options: what `compose` takes (level, indent_em, hanging, line_start_trim, punct_style, plain, newline ...)
      advances: {characters: 1/1000 em} of a face unlike the square one
      each: {a: ["，", "。"], b total: [["《", 3.5]]} makes a case of every choice: {a} is replaced wherever it stands
      fails: why the composer cannot do it yet; the test is then expected to fail

What a case wants, at each width unless it says otherwise; `a|b` is the place between a and b, wherever they meet:

    lines            the texts of the lines; `first_lines` those of the first ones
    joined           the texts of the lines one after another: what white space became
    no_break         places where no line ends; `break_ok`: places where one ends at some width of the sweep
    keep             tokens that are never divided where they fit the measure
    not_line_start   characters that start no line but the first; `not_line_end`: that end none but the last
    span             from the left edge of a string's first cell to that of its last one; a number or [least, most]
    gap              the blank at a place, between the cells
    x                the left edge of a string's first cell from the left edge of the measure
    ends             {line: where its last cell ends}; line -1 is the last
    flush_right      all lines but the last end at the measure, the blank half of a mark outside
    no_overflow      no line is wider than the measure
    edge_start       lines start at the measure's edge, an opening mark with its blank half outside
    last_line_at_least   characters other than marks in the last line
    han_extra        the most that stands between two ideographs of one line
    gaps_within, spaces_within   [least, most] of the blanks between Han and Latin, and between Latin words, without what the
                     line gives every gap alike (J4 c)
    same_as          another text that is set alike

Always: spaces and characters that are not painted do not count in a string or a place.  Units: em.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import combining

import yaml

from compiler.text import set_paragraph
from compiler.text.composer import NominalFace, compose, positions
from compiler.text.items import Style
from compiler.text.setting import Run, RunStyle

FOLDER = Path(__file__).parent / "cases" / "clauses"
OPENERS = "‘“（《〈「『【〖〔［｛"
STOPS = "，、；：．。！？"
CLOSERS = "’”）》〉」』】〗〕］｝" + STOPS
CONNECTORS = "–—～-／/"
TOLERANCE = 0.02  # rules, section 12
_SIZE = 100.0
_UNSEEN = frozenset("\u200b\u00ad\u2060\ufeff")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")
_ABOUT = frozenset(("id", "rule", "severity", "text", "width", "options", "advances", "each", "fails"))
WANTS = (
    "lines", "first_lines", "joined", "no_break", "break_ok", "keep", "not_line_start", "not_line_end", "span", "gap", "x",
    "ends", "flush_right", "no_overflow", "edge_start", "last_line_at_least", "han_extra", "gaps_within", "spaces_within",
    "same_as",
)  # fmt: skip
_WHOLE = frozenset(("lines", "first_lines", "gaps_within", "spaces_within"))  # lists that are one thing wanted


class Placed(NamedTuple):
    """One painted character: the left edge of its cell and its own advance, in em."""

    character: str
    line: int
    x: float
    advance: float

    @property
    def end(self) -> float:
        """The right edge of its cell."""
        return self.x + self.advance


class SetText:
    """A paragraph as set: the texts of its lines and each painted character, spaces left out."""

    def __init__(self, lines: list[list[tuple[str, float, float]]]) -> None:
        self.texts = ["".join([one for one, _, _ in line]) for line in lines]
        self.rows = [[Placed(one, number, x, advance) for one, x, advance in line] for number, line in enumerate(lines)]
        self.placed = [one for row in self.rows for one in row if _counts(one.character)]
        self.text = "".join([one.character for one in self.placed])

    def where(self, string: str) -> list[int]:
        """Every place of a string; it has to be there."""
        found = [match.start() for match in re.finditer(f"(?={re.escape(bare(string))})", self.text)]
        if not found:
            raise LookupError(f"the case speaks of {string}, which is not in {self.text}")
        return found

    def places(self, place: str) -> list[tuple[Placed, Placed]]:
        """The characters on both sides of `a|b`, wherever it occurs."""
        before, after = place.split("|")
        skip = len(bare(before))
        return [(self.placed[at + skip - 1], self.placed[at + skip]) for at in self.where(before + after)]

    def pairs(self) -> list[tuple[Placed, Placed]]:
        """Neighbours on one line that is not the last."""
        return [(one, two) for one, two in pairwise(self.placed) if one.line == two.line < len(self.rows) - 1]

    def extra(self, line: int) -> float:
        """What stands between two ideographs of a line."""
        return min([blank(one, two) for one, two in pairwise(self.rows[line]) if both_han(one, two)], default=0.0)


def _counts(character: str) -> bool:
    return not character.isspace() and character not in _UNSEEN


def bare(text: str) -> str:
    """Without spaces and what is not painted."""
    return "".join(filter(_counts, text))


def blank(one: Placed, two: Placed) -> float:
    """What stands between two cells."""
    return two.x - one.end


def is_han(one: Placed) -> bool:
    """Whether it is an ideograph."""
    return _HAN.match(one.character) is not None


def both_han(one: Placed, two: Placed) -> bool:
    """Whether both are ideographs."""
    return is_han(one) and is_han(two)


def _is_west(one: Placed) -> bool:
    return one.character.isalnum() and ord(one.character) < 0x2000


class OddFace(NominalFace):
    """A face of squares with the advances it is told."""

    def __init__(self, advances: dict[str, float]) -> None:
        self.key = f"odd {advances}"
        self._advances = {ord(one): value for characters, value in advances.items() for one in characters}

    def advance(self, gid: int) -> float:
        return self._advances.get(gid, super().advance(gid))


_SQUARE = NominalFace()


@cache
def odd_face(advances: tuple[tuple[str, float], ...]) -> OddFace:
    """One face for the same advances: the composer keeps a table a face."""
    return OddFace(dict(advances))


# Reading ---------------------------------------------------------------------------------------------------------------------


class Case:
    """One case; `all()` are the cases of its table, itself when it has none."""

    def __init__(self, data: dict[str, Any], file: str) -> None:
        self.data = data
        self.file = file
        self.name = f"{file}:{data['id']}"
        self.severity = data.get("severity", "must")
        self.fails: str = data.get("fails", "")
        unknown = set(data) - _ABOUT - set(WANTS)
        assert not unknown, f"{self.name} says {unknown}"
        assert data["rule"], self.name
        assert self.severity in ("must", "should"), self.name

    def all(self) -> list[Case]:
        """Every choice of `each`."""
        if "each" not in self.data:
            return [self]
        rest = {key: value for key, value in self.data.items() if key != "each"}
        names = [key.split() for key in self.data["each"]]
        made = []
        for chosen in product(*self.data["each"].values()):
            values: dict[str, object] = {}
            for keys, value in zip(names, chosen):
                values.update(zip(keys, value if len(keys) > 1 else [value]))
            made.append(Case(_filled(rest, values) | {"id": f"{rest['id']}[{' '.join(map(str, values.values()))}]"}, self.file))
        return made

    def widths(self) -> list[float]:
        """The measures to set it in."""
        width = self.data.get("width", 40)
        if isinstance(width, str):
            sweep, _, step = width.partition("/")
            least, most = map(float, sweep.split(".."))
            each = float(step or 0.5)
            return [least + each * turn for turn in range(round((most - least) / each) + 1)]
        return [float(one) for one in width] if isinstance(width, list) else [float(width)]

    def wanted(self) -> int:
        """How many things it wants, each counted once however many widths it is set in."""
        listed = [self.data[want] for want in WANTS if want in self.data and want not in _WHOLE]
        whole = sum(want in self.data for want in _WHOLE)
        return whole + sum(len(value) if isinstance(value, (list, dict)) else 1 for value in listed)


def _filled(value: Any, values: dict[str, object]) -> Any:
    """A piece of a case with its table's values in place; a string that is one name alone becomes the value itself."""
    if isinstance(value, str):
        whole = re.fullmatch(r"\{(\w+)\}", value)
        if whole and whole[1] in values:
            return values[whole[1]]
        for name, word in values.items():
            value = value.replace(f"{{{name}}}", str(word))
        return value
    if isinstance(value, list):
        return [_filled(one, values) for one in value]
    if isinstance(value, dict):
        return {_filled(key, values): _filled(one, values) for key, one in value.items()}
    return value


@cache
def read_cases() -> tuple[Case, ...]:
    """Every case of every file, tables not yet spread out."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    cases = []
    for path in sorted(FOLDER.glob("*.yaml")):
        cases += [Case(data, path.stem) for data in yaml.load(path.read_text("utf-8"), loader)]
    names = [case.name for case in cases]
    assert len(set(names)) == len(names), "two cases of one name"
    return tuple(cases)


# Setting ---------------------------------------------------------------------------------------------------------------------


def set_text(text: str | list[str], width: float, options: dict[str, Any], advances: dict[str, float]) -> SetText:
    """The text as the composer sets it."""
    face = odd_face(tuple(advances.items())) if advances else _SQUARE
    if isinstance(text, list) and any(run.startswith("^") for run in text):
        return SetText(_with_notes(text, width, options, face))
    stretches: list[list[object]] = []
    if isinstance(text, list):
        at = 0
        for run in text:
            stretches.append([at, at + len(run), f"run {len(stretches)}"])
            at += len(run)
        text = "".join(text)
    lines = compose(text, width, faces=(face,), runs=stretches, **options)
    return SetText([list(zip(line.text, line.x, line.adv)) for line in lines])


def _with_notes(
    texts: list[str], width: float, options: dict[str, Any], face: NominalFace
) -> list[list[tuple[str, float, float]]]:
    """Lines with raised note marks, which `compose` cannot say: 60 % of the size, raised by a third of it."""
    plain = RunStyle((face,), _SIZE, "#000000")  # type: ignore[arg-type]
    raised = RunStyle((face,), 0.6 * _SIZE, "#000000", _SIZE / 3)  # type: ignore[arg-type]
    runs = [Run(one.removeprefix("^"), raised if one.startswith("^") else plain) for one in texts]
    setting = set_paragraph(runs, width * _SIZE, size=_SIZE, style=Style(first=False), **options)
    return [[(one, x / _SIZE, advance / _SIZE) for one, x, advance in positions(line)] for line in setting.lines]


@cache
def token_width(text: str) -> float:
    """What a text takes on a line of its own."""
    placed = set_text(text, 1e4, {}, {}).placed
    return placed[-1].end - placed[0].x


# Judging ---------------------------------------------------------------------------------------------------------------------


def faults(case: Case) -> list[str]:
    """What the composer did otherwise than the case wants, each with the case, its clause and the lines."""
    found: list[str] = []
    for one in case.all():
        data = one.data
        about = f"{one.name} ({data['rule']}, {one.severity})"
        asked, seen = set(data.get("break_ok", ())), set[str]()
        for width in one.widths():
            made = set_text(data["text"], width, data.get("options", {}), data.get("advances", {}))
            for fault in _judged(one, made, width, seen):
                found.append(f"{about} at {width:g} em: {fault}; set {'|'.join(made.texts)}")
        if len(one.widths()) > 1:
            asked |= {string for want in ("span", "gap") for string in data.get(want, ())}
        found += [f"{about}: at no width {place}" for place in sorted(asked - seen)]
    return found


def _judged(case: Case, made: SetText, width: float, seen: set[str]) -> list[str]:
    return [
        *_broken(case.data, made, width, seen),
        *_measured(case, made, seen),
        *_alike(case.data, made, width),
        *_edges(case.data, made, width),
    ]


def _broken(data: dict[str, Any], made: SetText, width: float, seen: set[str]) -> list[str]:
    """Faults of where lines end."""
    found = []
    if "lines" in data and made.texts != data["lines"]:
        found.append(f"wanted {'|'.join(data['lines'])}")
    if "first_lines" in data and made.texts[: len(data["first_lines"])] != data["first_lines"]:
        found.append(f"wanted first {'|'.join(data['first_lines'])}")
    if "joined" in data and "".join(made.texts) != data["joined"]:
        found.append(f"wanted the text {data['joined']!r}")
    seen.update(place for place in data.get("break_ok", ()) if any(one.line < two.line for one, two in made.places(place)))
    for place in data.get("no_break", ()):
        if any(one.line < two.line for one, two in made.places(place)):
            found.append(f"a line ends at {place}")
    found += [f"{token} is divided" for token in data.get("keep", ()) if _divided(made, token, width)]
    for row in made.rows[1:]:
        if row and row[0].character in data.get("not_line_start", ""):
            found.append(f"a line starts with {row[0].character}")
    for row in made.rows[:-1]:
        if row and row[-1].character in data.get("not_line_end", ""):
            found.append(f"a line ends with {row[-1].character}")
    if "last_line_at_least" in data and len(made.rows) > 1:
        count = sum(one.character.isalnum() for one in made.rows[-1])
        if count < data["last_line_at_least"]:
            found.append(f"{count} characters in the last line")
    return found


def _divided(made: SetText, token: str, width: float) -> bool:
    string = bare(token)
    places = [match.start() for match in re.finditer(re.escape(string), made.text)]
    if not places:
        raise LookupError(f"the case speaks of {token}, which is not in {made.text}")
    if token_width(token) > width:
        return False
    return any(made.placed[at].line != made.placed[at + len(string) - 1].line for at in places)


def _measured(case: Case, made: SetText, seen: set[str]) -> list[str]:
    """Faults of distances."""
    data = case.data
    found = []
    swept = len(case.widths()) > 1
    for kind, values_of in (("span", _spans), ("gap", _gaps)):
        for string, wanted in data.get(kind, {}).items():
            values = values_of(made, string)
            if values:
                seen.add(string)
            if values or not swept:
                found += _compared(f"{kind} of {string}", values, wanted)
    for string, wanted in data.get("x", {}).items():
        found += _compared(f"x of {string}", [made.placed[made.where(string)[0]].x], wanted)
    for number, wanted in data.get("ends", {}).items():
        found += _compared(f"end of line {number}", [made.rows[number][-1].end], wanted)
    for kind, is_one in (("gaps_within", _is_gap), ("spaces_within", _is_space)):
        if kind in data:
            values = [blank(one, two) - made.extra(one.line) for one, two in made.pairs() if is_one(one, two, made)]
            found += _compared(kind, values, data[kind]) if values else []
    if "han_extra" in data:
        extras = [blank(one, two) for one, two in made.pairs() if both_han(one, two)]
        found += _compared("extra", extras, [0, data["han_extra"]]) if extras else []
    return found


def _alike(data: dict[str, Any], made: SetText, width: float) -> list[str]:
    """Faults of a text that another is to equal."""
    if "same_as" not in data:
        return []
    other = set_text(data["same_as"], width, data.get("options", {}), data.get("advances", {}))
    moved = any(one.line != two.line or abs(one.x - two.x) > TOLERANCE for one, two in zip(made.placed, other.placed))
    return [f"not as {data['same_as']} is: {'|'.join(other.texts)}"] if moved or made.text != other.text else []


def _spans(made: SetText, string: str) -> list[float]:
    last = len(bare(string)) - 1
    ends = [(made.placed[at], made.placed[at + last]) for at in made.where(string)]
    return [two.x - one.x for one, two in ends if one.line == two.line]


def _gaps(made: SetText, place: str) -> list[float]:
    return [blank(one, two) for one, two in made.places(place) if one.line == two.line]


def _compared(what: str, values: list[float], wanted: float | list[float]) -> list[str]:
    """Faults of values that are not what is wanted; no value at all is one."""
    least, most = wanted if isinstance(wanted, list) else (wanted, wanted)
    if not values:
        return [f"{what}: not on one line"]
    wrong = [value for value in values if not least - TOLERANCE <= value <= most + TOLERANCE]
    return [f"{what} is {wrong[0]:.3f} em, wanted {wanted}"] if wrong else []


def _is_gap(one: Placed, two: Placed, made: SetText) -> bool:
    return (is_han(one) and _is_west(two)) or (_is_west(one) and is_han(two))


def _is_space(one: Placed, two: Placed, made: SetText) -> bool:
    row = made.rows[one.line]
    return _is_west(one) and _is_west(two) and row[row.index(one) + 1].character == " "


def _edges(data: dict[str, Any], made: SetText, width: float) -> list[str]:
    """Faults of lines at the edges of the measure."""
    found = []
    if data.get("flush_right"):
        hung = width if data.get("options", {}).get("hanging") else -1.0
        for row in made.rows[:-1]:
            if not flush(row, width) and abs(row[-1].x - hung) > TOLERANCE:
                found.append(f"line {row[0].line} ends at {edge(row):.3f}")
    if data.get("no_overflow"):
        found += [f"line {row[0].line} reaches {edge(row):.3f}" for row in made.rows if row and edge(row) > width + TOLERANCE]
    if data.get("edge_start"):
        for row in made.rows[1:]:
            wanted = -0.5 if row[0].character in OPENERS and row[0].advance == 1 else 0
            if abs(row[0].x - wanted) > TOLERANCE:
                found.append(f"line {row[0].line} starts at {row[0].x:.3f}")
    return found


def edge(row: list[Placed]) -> float:
    """Where a line ends to the eye: the blank half of a last mark is outside the measure (W4)."""
    seen = [one for one in row if not combining(one.character) and one.character != "\u3000"]
    last = seen[-1] if seen else row[0]
    return last.end - (0.5 if last.character in CLOSERS and last.advance == 1 else 0)


def flush(row: list[Placed], width: float) -> bool:
    """Whether a line ends at the measure, or has no gap that may grow (J4, J6)."""
    return not row or abs(edge(row) - width) <= TOLERANCE or not stretches(row)


def stretches(row: list[Placed]) -> bool:
    """Whether a line has a gap that may grow: at an ideograph, but for the one beside a connector, or a space."""
    for one, two in pairwise(row):
        if one.character == " " or (
            (is_han(one) or is_han(two)) and one.character not in CONNECTORS and two.character not in CONNECTORS
        ):
            return True
    return False
