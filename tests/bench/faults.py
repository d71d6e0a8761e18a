"""The faults of set lines, found from what is on the paper alone: which character stands where and how wide it is.

In: paragraphs as lines of characters with positions, whoever set them.  Out: for each kind of fault the places where it is,
in words a person can look up; and the spacings between ideographs.  Always: positions are em from the left edge of the
measure; white space is not a character of a line, it is known from the paragraph's source; a break is blamed for one fault
at most, the first of address, number, name, word, line end and line start; nothing here comes from the compiler, so that its
tables cannot excuse it.
Source: TYPOGRAPHY, the rule beside each function.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

SEEN = 0.02  # em: what a reader could see of an edge that is not flush (TYPOGRAPHY 12)
GAP = 0.1  # em: less than this between Han and Latin is no gap
RUNT = 2.0  # em
LOOSE = 0.1  # em between ideographs: what J4 calls good

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{_HAN}]")
_LETTER = "A-Za-z\u00c0-\u024f\u0370-\u04ff"
_ALPHANUMERIC = re.compile(f"[0-9{_LETTER}]")
_COUNTED = re.compile(rf"[{_HAN}]|[0-9{_LETTER}](?:[^\s{_HAN}\u3000-\u303f\uff00-\uffef]*[0-9{_LETTER}%])?")

STOPS = frozenset("，、；：．。！？")
CLOSING = frozenset("’”）》〉」』】〗〕］｝")
OPENING = frozenset("‘“（《〈「『【〖〔［｛〝")
_NO_START = STOPS | CLOSING | frozenset("‼⁇⁈⁉–～〜·・‧／％‰℃℉々〻ー〞｠")
_NO_START_JOINED = frozenset(")]},.;:!?%°/")  # ASCII, where no space stands before them
_NO_END = OPENING | frozenset("([{￥¥＄$€￡£№")
_PAIRS = frozenset("—…⋯")

_UNIT = (
    "(?:[nuµμm]?s|min|h|[nuµμmck]?m|km/h|m/s|k?g|mg|t|m?[lL]|[mk]?V|m?A|[kMGT]?Wh?|[kMGT]?Hz|[kKMGTP]?B|[kMG]b(?:it|ps)?|bps?|dB"
    "|[kM]?Pa|px|pt|em|fps|rpm|USD|CNY|RMB|HKD|EUR|JPY)(?![A-Za-z])"
)
_MEASURE = re.compile("[年月日号时点分秒亿万千百元美港欧倍个只家次名位项款类届期季周天条件份吨米度档轮批章节人种张页]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[A-Za-z][\w-]*)+", re.ASCII)
_SIGN = re.compile(r"(?:^|[^0-9A-Za-z)\]])[-+−±]$")
_NUMBER_END = re.compile(r"\d[-–.,:/]?$", re.ASCII)
_DIGIT_END = re.compile(r"\d$", re.ASCII)


class SetLine(NamedTuple):
    """One line: its characters without white space, the x of each one's cell and each one's own advance.  Units: em."""

    text: str
    x: tuple[float, ...]
    adv: tuple[float, ...]


class SetParagraph(NamedTuple):
    """A paragraph as it was given and as it was set.  Units: `measure` em."""

    source: str
    measure: float
    lines: tuple[SetLine, ...]


class Break(NamedTuple):
    """Where a line ends: the source on both sides without the space between them, and whether there was one."""

    before: str
    after: str
    spaced: bool
    at: int

    def __str__(self) -> str:
        return f"{self.before[-8:]}|{self.after[:8]}"


def breaks(paragraph: SetParagraph) -> list[Break]:
    """The breaks of a paragraph in its source.

    Errors: ValueError when the lines do not hold the source's characters in their order.
    """
    source = paragraph.source
    places = [at for at, character in enumerate(source) if not character.isspace()]
    painted = "".join([line.text for line in paragraph.lines])
    if painted != "".join([source[at] for at in places]):
        raise ValueError(f"set as {painted!r}, given as {source!r}")
    found = []
    count = 0
    for line in paragraph.lines[:-1]:
        count += len(line.text)
        last, first = places[count - 1], places[count]
        found.append(Break(source[: last + 1], source[first:], first > last + 1, first))
    return found


# --- breaks ----------------------------------------------------------------------------------------------------------


def _address(source: str, one: Break) -> str:
    """ "good" or "bad" for a break inside a web or mail address, else "" (U5)."""
    for match in _ADDRESS.finditer(source):
        start, end = match.span()
        if start < one.at < end:
            scheme = source.find("://", start, end)
            near = one.at - start < 4 or end - one.at < 4 or (start <= scheme and one.at < scheme + 3)
            joint = source[one.at - 1] in "/?&=#-_" or source[one.at] in ".%"
            return "good" if joint and not near else "bad"
    return ""


def _number(one: Break) -> bool:
    """Inside a number, or between it and its sign, currency, percent or unit (U2, U3, P5, P6)."""
    before, after, spaced = one.before, one.after, one.spaced
    signed = before[-1] in "￥¥＄$€￡£№" or (not spaced and (_SIGN.search(before) or _NUMBER_END.search(before)))
    if signed and re.match(r"\d", after, re.ASCII):
        return True
    if not spaced and re.search("[A-Z]$", before) and re.match(r"[$¥€£]\d", after):
        return True
    if not _DIGIT_END.search(before):
        return False
    if re.match("[%‰°℃℉％㎡′″]", after) or re.match(_UNIT, after):
        return True
    return not spaced and re.match(r"[-–.,:/]?\d|\.?[A-Za-z]", after) is not None


def _name(one: Break) -> bool:
    """Between a Latin name and its version (U3, U4)."""
    before, after = one.before, one.after
    if one.spaced:
        return re.search(r"(?<![A-Za-z])[A-Z][A-Za-z]*$", before) is not None and re.match(r"[A-Z]?\d", after) is not None
    return re.search(r"[A-Za-z][-+]?$", before) is not None and re.match(r"[-+]?\d", after) is not None


def _word(one: Break) -> bool:
    """Inside a Latin word, before its hyphen, or so that two letters or fewer stand after it (U4)."""
    if one.spaced:
        return False
    if re.search(rf"[{_LETTER}]-$", one.before):
        return re.match(rf"[{_LETTER}]{{1,2}}(?![-{_LETTER}])", one.after) is not None
    return re.search(rf"[{_LETTER}]['’]?$", one.before) is not None and re.match(rf"[-'’]?[{_LETTER}]", one.after) is not None


def _end(one: Break) -> bool:
    """A line end that is forbidden (P1, P6)."""
    return one.before[-1] in _NO_END


def _start(one: Break) -> bool:
    """A line start that is forbidden, the second half of a dash or ellipsis among them (P1, P5, U1)."""
    first = one.after[0]
    if first in _PAIRS:
        run = len(one.before) - len(one.before.rstrip(first))
        return run % 2 == 1 or (first == "—" and run == 0 and one.after[1:2] != first)
    return first in _NO_START or (first in _NO_START_JOINED and not one.spaced)


_BLAME: tuple[tuple[str, Callable[[Break], bool]], ...] = (
    ("number", _number),
    ("name", _name),
    ("word", _word),
    ("end", _end),
    ("start", _start),
)


def blame(paragraph: SetParagraph) -> list[tuple[str, Break]]:
    """Every faulty break with its kind: address, number, name, word, end or start; "measure" is no fault (U6)."""
    found = []
    for one in breaks(paragraph):
        address = _address(paragraph.source, one)
        kind = "address" if address == "bad" else ""
        if not address:
            kind = next((name for name, broken in _BLAME if broken(one)), "")
        if not kind and _DIGIT_END.search(one.before) and _MEASURE.match(one.after):
            kind = "measure"
        if kind:
            found.append((kind, one))
    return found


# --- lines -----------------------------------------------------------------------------------------------------------


def _edges(line: SetLine) -> tuple[float, float]:
    """The right edge of a line with the blank half of a mark at its end left out, and with it (W4)."""
    edge = line.x[-1] + line.adv[-1]
    wide = line.adv[-1] > 0.75 and line.text[-1] in STOPS | CLOSING
    return edge - line.adv[-1] / 2 if wide else edge, edge


def flush_error(paragraph: SetParagraph) -> tuple[float, str]:
    """The most by which the end of a line that is not the last misses the measure, and that line (J1)."""
    worst = (0.0, "")
    for line in paragraph.lines[:-1]:
        missed = min([abs(edge - paragraph.measure) for edge in _edges(line)])
        worst = max(worst, (missed, line.text))
    return worst


def overfull(paragraph: SetParagraph) -> list[str]:
    """Lines with ink beyond the measure (J6)."""
    return [line.text for line in paragraph.lines if _edges(line)[0] > paragraph.measure + SEEN]


def extras(line: SetLine) -> list[float]:
    """What stands between each two neighbouring ideographs of a line, negative where they are drawn together (J3, J4)."""
    han = [HAN.match(character) is not None for character in line.text]
    return [line.x[at + 1] - line.x[at] - line.adv[at] for at in range(len(han) - 1) if han[at] and han[at + 1]]


def loose(paragraph: SetParagraph) -> list[str]:
    """Lines whose ideographs stand further apart than readers tolerate without seeing it (J4 c)."""
    return [line.text for line in paragraph.lines[:-1] if max(extras(line), default=0.0) > LOOSE + 1e-6]


def squeezed(paragraph: SetParagraph) -> list[str]:
    """Stops and closing marks inside a line that lost more than half their blank to the ideograph after them (J3 d to g).

    Not a fault: the price of a line that took in one character more.
    """
    found = []
    for line in paragraph.lines:
        for at in range(len(line.text) - 1):
            left, right = line.text[at : at + 2]
            wide = left in STOPS | CLOSING and line.adv[at] > 0.75
            if wide and HAN.match(right) and line.x[at + 1] - line.x[at] < 0.75 * line.adv[at]:
                found.append(f"{left}{right} in {line.text}")
    return found


def loose_marks(paragraph: SetParagraph) -> list[str]:
    """Pairs of full-width marks that meet with both their blanks (W2)."""
    found = []
    for line in paragraph.lines:
        extra = max(extras(line), default=0.25)
        for at in range(len(line.text) - 1):
            left, right = line.text[at : at + 2]
            meet = (left in STOPS | CLOSING and right in STOPS | CLOSING | OPENING) or (left in OPENING and right in OPENING)
            if meet and min(line.adv[at : at + 2]) > 0.75 and line.x[at + 1] - line.x[at] > line.adv[at] - 0.25 + max(extra, 0):
                found.append(f"{left}{right} in {line.text}")
    return found


def missing_gaps(paragraph: SetParagraph) -> list[str]:
    """Places where Han and a letter or digit stand without a gap (A1)."""
    found = []
    for line in paragraph.lines:
        for at in range(len(line.text) - 1):
            left, right = line.text[at : at + 2]
            if HAN.match(left):
                meet = _ALPHANUMERIC.match(right)
            else:
                meet = HAN.match(right) and _ALPHANUMERIC.match(left)
            if meet and line.x[at + 1] - line.x[at] - line.adv[at] < GAP:
                found.append(f"{left}{right} in {line.text}")
    return found


def lonely(paragraph: SetParagraph) -> list[str]:
    """The last line when it holds a single ideograph or word, marks aside (R2)."""
    ends = breaks(paragraph)
    return [str(ends[-1])] if ends and len(_COUNTED.findall(ends[-1].after)) < 2 else []


def short(paragraph: SetParagraph) -> list[str]:
    """The last line when it is under 2 em, be it lonely or not (R2)."""
    lines = paragraph.lines
    return [lines[-1].text] if len(lines) > 1 and _edges(lines[-1])[0] < RUNT - 1e-6 else []
