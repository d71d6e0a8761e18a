"""The number ledger: every number of the prose, and what stands behind it.

In: the passages `check` read, with their marks of Markdown.  Out: entries in the order of the note.  Always: a number is bound
(to a cell), matched (typed, and its sentence says it of a cell that has it), cited (a source in its sentence, else its
paragraph, its exhibit), repeated (said with a cell or source behind it elsewhere in the note), exempt (a date, an article, a
label, a name), waived (by a person, with a reason), or bare.  Chinese numerals are listed where they state a quantity (see
`numerals`).
"""

from __future__ import annotations

from ..pattern import later
from ..record import Record
from .words.numerals import han_numbers, in_digits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..diagnostics import Span

BOUND, MATCHED, CITED, REPEATED = "bound", "matched", "cited", "repeated"
EXEMPT, WAIVED, BARE = "exempt", "waived", "bare"
_MASKED = later(r"\^\[[^\[\]\n]*\]|\[@[^\[\]\n]*\]|\[\^[^\[\]\n]*\]:?|https?://[^\s，。；）)]+|\]\([^()\s]*\)|\{\{.*?\}\}|\\\{\{")
_CITE = later(r"\[@([^\[\]\n]*)\]")
_BRACES = later(r"\{\{(.*?)\}\}")
_NUMBER = later(r"(?<![\d.])[+\-\u2212]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")  # 走弱,3200点失守
_UNIT = later(
    r"\s*(%|％|‰|个百分点|个基点|bp|ms|km|kg|GB|TB|GW|MW|kWh|nm|万亿|亿|万|千)?"
    r"\s*(美元|港元|欧元|日元|元|家|个|倍|次|人|点|年|天|日|月|小时|分钟|秒|名|项|条|款|章|届|期|周|只|起|股|吨|米|公里|字)?"
)
_SENTENCE = later(r"[。！？!?；;\n]")
_BEFORE_NAME = later(r"(?:[A-Za-z][A-Za-z&.\-/+]*[ \-]?|沪深|中证|上证|科创|北证|标普|日经|纳斯达克|富时|恒生|中小|创业板)\s?$")
_DAY = later(
    r"(?:\d{4}\s*年(?:度|底|末|初)?)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}\s*(?=[一二三四]季度)|\d{1,2}\s*月(?:份|底|末|初|\s*\d{1,2}\s*日)?"
)
_LISTED = later(r"\s*(?:[(（]\d+[)）]|\d+[.、．](?!\d))")


class Prose(Record):
    """A passage as it stands in the note.  `at(start, end)` is the place in the file of `text[start:end]`; `sources`: ids behind
    all of it, an exhibit's credit; `printed`: what each pair of braces came to, in order; `unit`: of a key figure."""

    text: str
    at: Callable[[int, int], Span]
    sources: tuple[str, ...]
    printed: tuple[str, ...]
    unit: str = ""


class Entry(Record):
    """A number: its words with the unit, its state, what stands behind it, its place."""

    text: str
    state: str
    behind: str
    span: Span


class Waiver(Record):
    """A number that may stand by itself: the words it is part of, why, and who says so."""

    text: str
    reason: str
    name: str
    span: Span

    @property
    def words(self) -> str:
        """What the ledger says of a number it waives."""
        return f"{self.name}: {self.reason}"


def ledger(prose: Sequence[Prose], waivers: Sequence[Waiver] = (), matched: dict[int, str] | None = None) -> tuple[Entry, ...]:
    """All numbers, in the order of the note.  `matched`: places of typed numbers that a cell of the data stands behind."""
    found = [entry for one in prose for entry in _numbers(one, waivers, matched or {})]
    backed = {_plain(entry.text): entry for entry in found if entry.state in (BOUND, MATCHED, CITED)}
    out = []
    for entry in found:
        same = backed.get(_plain(entry.text)) if entry.state == BARE else None
        if same is not None:
            entry = entry.replace(state=REPEATED, behind=f"line {line_of(same.span)}: {same.behind}")
        out.append(entry)
    return tuple(sorted(out, key=_place))


def line_of(span: Span) -> int:
    """The line a span begins in, from 1."""
    return span.file.text.count("\n", 0, span.start) + 1


def _place(entry: Entry) -> int:
    return entry.span.start


def _plain(text: str) -> str:
    """Words that say the same number in two places: blanks, plus signs and zeros at the end do not matter."""
    text = text.replace(" ", "").replace("％", "%").replace(",", "").lstrip("+")
    return in_digits(text) if text[:1] > "9" else text


def _numbers(prose: Prose, waivers: Sequence[Waiver], matched: dict[int, str]) -> Iterator[Entry]:
    text = prose.text
    for found, printed in zip(_BRACES.finditer(text), prose.printed):
        if any([char.isdigit() for char in printed]):
            unit = _UNIT.match(text, found.end())
            tail = unit.group().strip() if unit is not None else ""
            tail = tail or prose.unit
            span = prose.at(found.start(), found.end())
            yield Entry(printed + tail, BOUND, found.group(1).strip(), span)
    cites = [(found.start(), found.group(1)) for found in _CITE.finditer(text)]
    masked = _MASKED.sub(lambda found: "\0" * len(found.group()), text)
    dates = [(found.start(), found.end()) for found in _DAY.finditer(masked)]
    for start, end, kind in han_numbers(masked):
        span = prose.at(start, end)
        exempt = Entry(masked[start:end], EXEMPT, kind, span)
        yield exempt if kind else _backed(prose, masked[start:end], span, start, cites, waivers, matched)
    for found in _NUMBER.finditer(masked):
        unit = _UNIT.match(masked, found.end())
        end = unit.end() if unit is not None else found.end()
        words = masked[found.start() : end].rstrip()
        span = prose.at(found.start(), found.start() + len(words))
        words += prose.unit
        kind = _exempt(masked, found.start(), found.end(), words, dates)
        if kind:
            yield Entry(words, EXEMPT, kind, span)
            continue
        yield _backed(prose, words, span, found.start(), cites, waivers, matched)


def _backed(
    prose: Prose,
    words: str,
    span: Span,
    at: int,
    cites: Sequence[tuple[int, str]],
    waivers: Sequence[Waiver],
    matched: dict[int, str],
) -> Entry:
    """What stands behind a number that is typed."""
    source = _cited(prose.text, at, cites) or ", ".join(prose.sources)
    waiver = next((one for one in waivers if within(prose.text, one.text, at)), None)
    if span.start in matched:
        return Entry(words, MATCHED, matched[span.start], span)
    if source:
        return Entry(words, CITED, source, span)
    if waiver is not None:
        return Entry(words, WAIVED, waiver.words, span)
    return Entry(words, BARE, "", span)


def within(text: str, words: str, at: int) -> bool:
    """Whether `text[at]` is part of the words where they occur."""
    start = text.find(words)
    while start >= 0:
        if start <= at < start + len(words):
            return True
        start = text.find(words, start + 1)
    return False


def _cited(text: str, at: int, cites: Sequence[tuple[int, str]]) -> str:
    """The source in the number's sentence, else the first one in its paragraph."""
    begin = text.rfind("\n\n", 0, at)
    end = text.find("\n\n", at)
    inside = [(place, id) for place, id in cites if begin < place and (end < 0 or place < end)]
    for place, id in inside:
        if place > at and not _SENTENCE.search(text[at:place].replace("\n", "")):
            return id.replace("@", "")
    return inside[0][1].replace("@", "") if inside else ""


def _exempt(text: str, start: int, end: int, words: str, dates: Sequence[tuple[int, int]]) -> str:
    """What kind of number needs nothing behind it, or ""."""
    if any([first <= start < last for first, last in dates]):
        return "date"
    before, after = text[max(start - 24, 0) : start], text[end : end + 6]
    if words.rstrip().endswith("日") and before.rstrip()[-1:] in ("至", "—", "、", "到", "和"):
        return "date"
    if (after[:1] in (":", "：") and after[1:3].isdigit()) or (before[-1:] == ":" and before[-3:-1].strip().isdigit()):
        return "time"
    if (words.endswith("时") and not words.endswith("小时")) or after.lstrip()[:1] == "时":
        return "time"
    if before.rstrip().endswith(("第", "№", "No.")) or after.lstrip()[:1] in ("条", "款", "章", "届", "期"):
        return "article" if after.lstrip()[:1] in ("条", "款", "章") else "ordinal"
    line = text.rfind("\n", 0, start) + 1
    label = _LISTED.match(text, line)
    if label is not None and label.start() <= start < label.end():
        return "label"
    if after[:1].isascii() and after[:1].isalpha() and not words[-1:].isalpha():
        return "name"
    if _BEFORE_NAME.search(before):
        return "name"
    digits = text[start:end]
    if digits.isdigit() and (digits[0] == "0" or (len(digits) == 6 and words == digits)) and len(digits) > 1:
        return "code"
    return "version" if digits.endswith(".0") and words == digits else ""


# --- telling ---------------------------------------------------------------------------------------------------------


def as_text(entries: Sequence[Entry]) -> str:
    """A line for each number, and their count by state."""
    counts: dict[str, int] = {}
    lines = []
    from ..diagnostics import cells

    width = max([cells(entry.text) for entry in entries], default=0)
    for entry in entries:
        counts[entry.state] = counts.get(entry.state, 0) + 1
        gap = " " * (width - cells(entry.text))
        lines.append(f"  {line_of(entry.span):>4}  {entry.text}{gap}  {entry.state:<8}  {entry.behind}".rstrip())
    head = ", ".join(
        [f"{counts[state]} {state}" for state in (BOUND, MATCHED, CITED, REPEATED, WAIVED, EXEMPT, BARE) if state in counts]
    )
    return "\n".join([f"{len(entries)} numbers: {head}" if entries else "no numbers", *lines]) + "\n"


def as_data(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """The same for a program."""
    return [{"text": entry.text, "state": entry.state, "behind": entry.behind, "line": line_of(entry.span)} for entry in entries]
