"""A sum of months gone on with: 一季度新增贷款合计 9.78 万亿元，二季度只有 3.14 万亿元; 累计实现营收 A、净利润 B.

In: the scenes of a sentence up to a clause of a quarter and a number, or of a sum with others behind it, the book.  Out:
findings.  Always: the sum before holds, so that it is clear of which column or which rows both are.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.spans import span_of
from ..tables.subjects import CHANGE
from ..words.quantities import fits
from .findings import Finding
from .series import column_of
from .sums import summed_rows
from .tallies import months_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

_SUMMED = later(r"合计|共计|总计|累计|合共|总共")
_IS = later(r"(?:则|也|又|仅|只|却|共|合计|累计|约|有|为|达到?)*")


def hold_quarters(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The sum of the months of a quarter that is said behind that of another."""
    lead = sentence[-2] if len(sentence) > 1 else None
    whens, numbers = scene.of("time"), [token.quantity for token in scene.of("number") if token.quantity is not None]
    if lead is None or scene.unsure or scene.denied or lead.lost or (len(whens), len(numbers), len(scene.tokens)) != (1, 1, 2):
        return
    before = [token.quantity for token in lead.of("number") if token.quantity is not None]
    if len(before) != 1 or len(lead.of("time")) != 1 or lead.of("row") or _SUMMED.search(lead.words) is None:
        return
    number = numbers[0]
    if (
        number.end != scene.part.end
        or whens[0].start != scene.part.start
        or _IS.fullmatch(scene.text, whens[0].end, number.lead) is None
    ):
        return
    for place, sheet in enumerate(book.sheets):
        measure = column_of(lead, sheet, place) if sheet.series else None
        first, second = months_of(sheet, lead.of("time")), months_of(sheet, whens)
        if measure is None or measure.kind == CHANGE or measure.unit is None or first is None or second is None:
            continue
        said, own = _sum(sheet, measure, first), _sum(sheet, measure, second)
        units = [one.unit.name if one.unit is not None else "" for one in (before[0], number)]
        if said is None or own is None or units != [measure.unit.name] * 2 or "%" in units:
            continue
        sizes = [abs(size) / one.unit.factor for one, size in ((before[0], said), (number, own)) if one.unit is not None]
        if fits(before[0], sizes[0]) and not fits(number, sizes[1]):
            message = f"the sum of these {len(second)} is {rounded(sizes[1], max(number.decimals, 1))} ({measure.key})"
            yield Finding("claim-total", number.start, number.end, message)
            return


def _sum(sheet: Sheet, measure: Measure, rows: Sequence[int]) -> Decimal | None:
    values = [value for row in rows if (value := sheet.value(row, measure)) is not None]
    return sum(values, Decimal(0)) if len(values) == len(rows) else None


_AND = later(r"[、和与及]|以及|，")


def hold_listed_sums(scene: Scene, book: Book) -> Iterator[Finding]:
    """The sums behind one that holds: 前三季度累计实现营收 256.8 亿元、净利润 45.01 亿元, over the same rows."""
    found = _SUMMED.search(scene.words)
    at = scene.part.start + found.end() if found is not None else 0
    pairs = [pair for pair in _named(scene) if pair[0].start >= at] if found is not None else []
    if len(pairs) < 2 or scene.unsure or scene.denied or scene.lost:
        return
    for place, sheet in enumerate(book.sheets):
        terms = [(_only(scene, sheet, place, noun), number) for noun, number in pairs] if sheet.series else []
        if not terms or any([measure is None for measure, _ in terms]):
            continue
        rows = span_of(scene, sheet, book)
        rows = rows if rows is not None else summed_rows(scene, sheet, at - 2, scene.text[at - 2 : at])
        sums = [(measure, number, _sum(sheet, measure, rows or [])) for measure, number in terms if measure is not None]
        off = [one for one in sums if one[2] is None or not fits(one[1], abs(one[2]) / _factor(one[1]))]
        if rows and len(off) < len(sums):
            for measure, number, own in off:
                if own is not None and number is not sums[0][1]:
                    shown = rounded(abs(own) / _factor(number), max(number.decimals, 1))
                    message = f"the sum of these {len(rows)} is {shown} ({measure.key})"
                    yield Finding("claim-total", number.start, number.end, message)
            return


def _named(scene: Scene) -> list[tuple[Token, Quantity]]:
    """The columns of a list with a number behind each: 营收 A、净利润 B."""
    out: list[tuple[Token, Quantity]] = []
    for noun, token in itertools.pairwise(scene.tokens):
        number = token.quantity
        if noun.kind != "noun" or number is None or number.unit is None or number.unit.name in ("", "%"):
            continue
        listed = not out or _AND.fullmatch(scene.text, out[-1][1].end, noun.start) is not None
        if listed and _IS.fullmatch(scene.text, noun.end, number.lead) is not None:
            out.append((noun, number))
    return out


def _only(scene: Scene, sheet: Sheet, place: int, noun: Token) -> Measure | None:
    """The one column of a sheet that a name means in a clause."""
    tokens = tuple([token for token in scene.tokens if token.kind != "noun" or token == noun])
    measure = column_of(scene.replace(tokens=tokens, nouns=(noun,)), sheet, place)
    return measure if measure is not None and measure.kind != CHANGE else None


def _factor(number: Quantity) -> Decimal:
    return number.unit.factor if number.unit is not None else Decimal(1)
