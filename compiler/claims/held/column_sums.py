"""Two columns of a table by time, each over a stretch of it: 全周沪股通净卖出额比深股通多出 24.74 亿元, 两者五日之和….

In: a scene, the book, the sentence so far.  Out: findings.  Always: both columns count what each time brings, in one unit, and
the table has all of the stretch that is named.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.spans import of_week, span_of
from ..tables.subjects import FLOW, NOUN
from ..words.lexicon import FILLER
from ..words.quantities import COUNT, fits, han_value
from ..words.times import DAY
from .findings import Finding
from .stretches import adds_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

_THAN = later(r"(?:的?·)*(?:总|合计|累计)?(?:额|量|规模|金额)?(?:则|也|要|明显|均)*(?:比|较)$")
_BY = later(
    r"(?:的|总|合计|累计|额|量|规模|金额|净|则|要|明显)*(?:(?P<more>多|高|大)|(?P<less>少|低|小))(?:出|了|卖出|买入|流出|流入|成交|销售|生产)*(?:约|近|逾|超过?|达)*$"
)
_BESIDE = later(
    r"(?:的|总|合计|累计|额|量|规模|金额|净|之间|两者|二者|·)*(?:相差|差距|差额|之差)(?:约|近|逾|超过?|达到?|为|了|有|在)*$"
)
_JOINED = ("与", "和", "、", "及", "同", "跟", "以及")
_TOGETHER = later(
    rf"(?:的|·)*(?:(?P<n>{COUNT})(?:个?交易日|日|天|周|个月)的?|(?P<whole>全周|本周|当周|一周)的?)?(?:·|的)*(?:之和|相加|合计|加总|加起来|加在一起|合并)(?:来)?(?:显示|看|计算|计|算|后)?$"
)
_SO_MUCH = later(r"(?:共计?|合计|累计|总计|总共|一共)")


def hold_column_sums(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The differences and sums of two columns that are others in the data."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    if scene.unsure or scene.denied or scene.way or scene.of("row") or len(numbers) != 1 or scene.of("base"):
        return
    for place, sheet in enumerate(book.sheets):
        if sheet.series and numbers[0].unit is not None:
            finding = _apart(scene, sheet, place, book, numbers[0]) or _summed(scene, sheet, place, book, numbers[0], sentence)
            if finding is not None:
                yield finding
                return


def _parts(scene: Scene, sheet: Sheet, place: int, end: int) -> list[tuple[Measure, list[Token]]]:
    """The columns a clause names up to there, each with its words: 沪股通, 净卖出."""
    out: list[tuple[Measure, list[Token]]] = []
    for token in [one for one in scene.of(NOUN) if one.end <= end]:
        named = [sheet.measures[at] for name in token.names if name.sheet == place for at in name.places]
        if len(named) != 1 or not adds_up(named[0], sheet):
            return []
        if out and out[-1][0] is named[0]:
            out[-1][1].append(token)
        else:
            out.append((named[0], [token]))
    return out


_WORDS = ("noun", "scope", "time", "dir")


def _apart(scene: Scene, sheet: Sheet, place: int, book: Book, number: Quantity) -> Finding | None:
    """全周 A 净卖出额比 B 多出 24.74 亿元; A 与 B 全周净卖出额相差 24.74 亿元."""
    parts = _parts(scene, sheet, place, number.lead)
    rows = span_of(scene, sheet, book) if len(parts) == 2 and parts[0][0].unit == parts[1][0].unit else None
    if not rows or not _begun(scene, parts[0][1][0].start):
        return None
    (one, _), (other, behind) = parts
    between = scene.text[parts[0][1][-1].end : behind[0].start]
    by = _BY.fullmatch(scene.dotted(behind[-1].end, number.lead, *_WORDS)) if _THAN.fullmatch(between) else None
    if by is None and not (between in _JOINED and _BESIDE.fullmatch(scene.dotted(behind[-1].end, number.lead, *_WORDS))):
        return None
    sums = [_sum(sheet, measure, rows) for measure in (one, other)]
    if sums[0] is None or sums[1] is None or number.unit is None or one.unit is None or number.unit.name != one.unit.name:
        return None
    out = any([token.sign < 0 for token in (*parts[0][1], *behind)])
    gap = (sums[1] - sums[0]) if out else (sums[0] - sums[1])
    if out and (sums[0] > 0 or sums[1] > 0):
        return None  # not both of them went out
    shown = rounded(abs(gap) / number.unit.factor, max(number.decimals, 1))
    told = f"over these {len(rows)} they are {shown} apart ({one.key}, {other.key})"
    if by is not None and gap and (gap > 0) != (by.group("more") is not None):
        return Finding("claim-order", behind[-1].end, number.end, told)
    return None if fits(number, abs(gap) / number.unit.factor) else Finding("claim-change", number.start, number.end, told)


def _begun(scene: Scene, end: int) -> bool:
    """Whether nothing but times and words that add nothing stands before a column."""
    return FILLER.match(scene.dotted(scene.part.start, end, *_WORDS)) is not None


def _summed(scene: Scene, sheet: Sheet, place: int, book: Book, number: Quantity, sentence: Sequence[Scene]) -> Finding | None:
    """A 与 B 五日之和显示，外资共流出 69.76 亿元."""
    lead = sentence[-2] if len(sentence) > 1 else None
    if lead is None or lead.of("number") or lead.of("row") or scene.of(NOUN) or _SO_MUCH.search(scene.words) is None:
        return None
    parts = _parts(lead, sheet, place, lead.part.end)
    if len(parts) < 2 or len({one.unit for one, _ in parts}) > 1 or not _begun(lead, parts[0][1][0].start):
        return None
    joined = [lead.text[one[-1].end : other[0].start] for (_, one), (_, other) in itertools.pairwise(parts)]
    found = _TOGETHER.fullmatch(lead.dotted(parts[-1][1][-1].end, lead.part.end, *_WORDS))
    rows = _stretch(lead, sheet, book, found.group("n")) if found is not None else None
    if not rows or any([one not in _JOINED for one in joined]):
        return None
    unit, sums = parts[0][0].unit, [_sum(sheet, one, rows) for one, _ in parts]
    if unit is None or number.unit is None or number.unit.name != unit.name or any([one is None for one in sums]):
        return None
    total = sum([one for one in sums if one is not None], Decimal(0))
    words = [token for token in scene.of("dir") if token.end <= number.lead]
    shown = rounded(total / number.unit.factor, max(number.decimals, 1))
    told = f"the sum of these {len(parts)} over {len(rows)} is {shown}"
    if not fits(number, abs(total) / number.unit.factor):
        return Finding("claim-total", number.start, number.end, told)
    if parts[0][0].kind == FLOW and words and total and (total > 0) != (words[-1].sign > 0):
        return Finding("claim-direction", words[-1].start, words[-1].end, told)
    return None


def _stretch(scene: Scene, sheet: Sheet, book: Book, number: str | None) -> list[int] | None:
    """The days of the week, where they are as many as is said, or the stretch a clause names."""
    if number is None:
        return span_of(scene, sheet, book)
    week = of_week(sheet, book, range(len(sheet.times))) if sheet.units == {DAY} else None
    return week if week is not None and han_value(number) == len(week) else None


def _sum(sheet: Sheet, measure: Measure, rows: Sequence[int]) -> Decimal | None:
    values = [sheet.value(row, measure) for row in rows]
    return None if None in values else sum([value for value in values if value is not None], Decimal(0))
