"""Columns of a table by time named side by side, and which way each of them went: 周四沪股通与深股通双双净流入.

In: a clause, the book.  Out: findings.  Always: the words say that it is so of each, and the data have one time that is meant; a
level is held against that of the time before.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...pattern import later
from ..meant.steps import before
from ..tables.subjects import CHANGE, FLOW
from ..words.times import DAY, YEAR
from .findings import Finding
from .series import row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_AND = later(r"[、和与及同跟]|以及")
_EACH = later(
    r"(?:的|资金|价格|两者|二者|当[天日月周]|单[日月]|也|则|又|却|仍|·)*(?P<each>双双|均|都|皆|同步|齐齐|一齐|一同|同时|悉数|全部|集体|携手)"
    r"(?:小幅|大幅|明显|继续|持续|再度|再次|温和|转为|转|呈现?|为|录得|实现|出现|获|遭|遭遇|有所|震荡|·)*"
)
_OWN = later(r"净.*|.*(?:上涨|下跌|增长|[涨跌]|正|负)")  # what a rate itself says
_END = later(r"(?:了|态势|状态|格局|局面|走势)?")


def hold_both_columns(scene: Scene, book: Book) -> Iterator[Finding]:
    """A direction said of each of the columns a clause lists that one of them did not go."""
    nouns, words = (
        [one for one in scene.of("noun") if not one.sign],
        scene.of("dir") + [one for one in scene.of("noun") if one.sign],
    )
    held = [kind for kind in ("row", "number", "base", "versus", "amp", "basis") if scene.of(kind)]
    if (
        len(nouns) < 2
        or len(words) != 1
        or not words[0].sign
        or held
        or scene.unsure
        or scene.denied
        or scene.way
        or scene.sinces
    ):
        return
    word = words[0]
    said = _EACH.fullmatch(scene.dotted(nouns[-1].end, word.start, "time", "scope", "amount"))
    joined = [_AND.fullmatch(scene.text, one.end, other.start) is not None for one, other in itertools.pairwise(nouns)]
    if said is None or not all(joined) or len(scene.whens) > 1 or _END.fullmatch(scene.text, word.end, scene.part.end) is None:
        return
    for place, sheet in enumerate(book.sheets):
        named = [[sheet.measures[at] for name in one.names if name.sheet == place for at in name.places] for one in nouns]
        row = row_of(scene, sheet, word.start) if sheet.series and all([len(one) == 1 for one in named]) else None
        if row is None or (sheet.units == {DAY} and not scene.whens) or scene.scope:
            continue
        own = _OWN.fullmatch(scene.text, word.start, word.end) is not None
        moves = [(one[0], _move(sheet, row, one[0], own=own)) for one in named]
        wrong = [(one, by) for one, by in moves if by is not None and by * word.sign < 0]
        if wrong and all([by is not None for _, by in moves]):
            measure = wrong[0][0]
            shown = f"`{scene.text[word.start : word.end]}`: {measure.key} {sheet.cell(row, measure).text} ({sheet.name(row)})"
            yield Finding("claim-all", word.start, word.end, shown, ((sheet, row, measure),))
            return


def _move(sheet: Sheet, row: int, measure: Measure, *, own: bool) -> Decimal | None:
    """Which way a column went at a time: its own sign, or that of the step from the time before; nought where a rate
    that is up is lower than it was, and may be said to do either."""
    value = sheet.value(row, measure)
    if measure.kind == FLOW or (measure.kind == CHANGE and own) or value is None:
        return value
    past = before(sheet, row) if YEAR not in sheet.units else None
    old = sheet.value(past, measure) if past is not None else None
    step = value - old if old is not None else None
    if measure.kind == CHANGE and step is not None and step * value <= 0:
        return Decimal(0)
    return step
