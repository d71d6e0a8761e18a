"""Two columns of one time against each other: 9 月出厂价格指数低于新出口订单指数, 2019 年基金跑赢基准 1.13 个百分点.

In: a clause, the book.  Out: findings.  Always: both columns are named, hold one kind of number in one unit, and nothing else
stands between them.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.groups import sentence_text
from ..meant.pairs import standard
from ..meant.pools import OVER
from ..meant.spans import span_of
from ..tables.subjects import YEAR
from ..words.quantities import fits
from .against import GAP, UNBEATEN, YARDSTICK, Pair, apart, exception, of_fall, unbeaten
from .findings import Finding
from .gaps import BY
from .series import row_of
from .stretches import adds_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_PLAIN = later(
    r"(?:·|指数|增速|价格?|报价|均价|合计|总计|共计|累计|资金|净(?:买入|卖出|流入|流出|申购|赎回)|规模|金额|额|力度|的|则|也|仍|已|又|却|均|略|明显|显著|远|大幅|持续|继续|再度|依然|不?再|要)*$"
)
_IN, _OUT = later(r"净(?:买入|流入|申购)"), later(r"净(?:卖出|流出|赎回)")
_AFTER = later(r"(?:·|指数|增速|价格?|报价|均价|合计|总计|资金|的)*$")


def hold_two_columns(scene: Scene, book: Book) -> Iterator[Finding]:
    """What is wrong with a clause that holds two columns against each other."""
    if scene.unsure or (scene.denied and not unbeaten(scene)):
        return
    finding = (None if scene.denied else _columns(scene, book)) or next(
        (one for sheet in book.sheets if (one := _yardstick_at(scene, sheet, book))), None
    )
    if finding is not None:
        yield finding


def _columns(scene: Scene, book: Book) -> Finding | None:
    nouns = scene.of("noun")
    nouns = [one for at, one in enumerate(nouns) if not (at and one.sign and one.names == nouns[at - 1].names)]  # 深股通净买入额
    if len(nouns) != 2 or scene.of("row") or scene.of("number") or scene.of("versus") or scene.of("base"):
        return None
    first, second = nouns
    found = OVER.search(scene.text, first.end, second.start)
    if found is None or found.end() != second.start or _PLAIN.fullmatch(scene.dotted(first.end, found.start(), "amount")) is None:
        return None
    if (
        _AFTER.fullmatch(scene.dotted(second.end, scene.part.end, "amount")) is None
        or BY.search(sentence_text(scene)) is not None
    ):
        return None
    for place, sheet in enumerate(book.sheets):
        if not sheet.series:
            continue
        columns = [[sheet.measures[at] for name in token.names if name.sheet == place for at in name.places] for token in nouns]
        if [len(one) for one in columns] != [1, 1]:
            continue
        own, other = columns[0][0], columns[1][0]
        row = row_of(scene, sheet, first.start)
        rows = span_of(scene, sheet, book)
        if (own.kind, own.unit, own.basis) != (other.kind, other.unit, other.basis) or row is None:
            continue
        summed = rows is not None and adds_up(own, sheet)  # 全周深股通的净卖出额高于沪股通: of the sums
        if rows is not None and not summed:
            continue
        a, b = (_total(sheet, rows or (row,), one) for one in (own, other))
        between = scene.text[first.end : found.start()]
        flow = _OUT.search(between) or _IN.search(between)
        if a is not None and b is not None and flow is not None:  # 净卖出规模小于深股通
            out = _OUT.search(between) is not None
            a, b = (-a, -b) if out else (a, b)
            if a <= 0 or b <= 0:
                continue
        if a is None or b is None or (a != b and (a < b) == (found.lastgroup == "less")):
            continue
        if rows is not None:
            shown = " and ".join([f"{one.key} {_in_unit(size, one)}" for one, size in ((own, a), (other, b))])
            return Finding(
                "claim-order", found.start(), found.end(), f"`{found.group()}` is said of sums over {len(rows)}: {shown}"
            )
        shown = " and ".join([f"{one.key} {sheet.cell(row, one).text}" for one in (own, other)])
        message = f"`{found.group()}` is said of {shown} ({sheet.name(row)})"
        return Finding("claim-order", found.start(), found.end(), message, ((sheet, row, own), (sheet, row, other)))
    return None


def _total(sheet: Sheet, rows: Sequence[int], measure: Measure) -> Decimal | None:
    """What a column comes to over some rows, None where one is missing."""
    values = [value for row in rows if (value := sheet.value(row, measure)) is not None]
    return sum(values, Decimal(0)) if len(values) == len(rows) else None


def _in_unit(size: Decimal, measure: Measure) -> str:
    """A sum in the unit of its column: 41.29, of 4129000000 in 亿元."""
    factor = measure.unit.factor if measure.unit is not None else 1
    return f"{rounded(size / factor, 2)}"


_OWN = later(
    r"(?:·|本|该|基金|产品|组合|年|全年|当年|期间|也|仍|仅|均|则|小幅|大幅|略|依然|继续|再度|最终|收益率?|业绩|回报率?|的|而|但|且)*$"
)


def _of_row(scene: Scene, sheet: Sheet, book: Book) -> bool:
    """Whether a clause that names no time of a course goes on with a row whose own table has a yardstick: 本月收益率6.48%，领先
    业绩基准2.33个百分点."""
    timed = any([token.time is not None and token.time.kind in sheet.spoken for token in scene.whens])
    homes = [book.sheets[name.sheet] for token in scene.rows for name in token.names]
    return not timed and any([not home.series and standard(home) is not None for home in homes])


_MANY_YEARS = later(r"[年月季周]均|平均")


def _yardstick_at(scene: Scene, sheet: Sheet, book: Book) -> Finding | None:
    """2019 年基金跑赢基准 1.13 个百分点, of a table by time that has both."""
    columns = standard(sheet) if sheet.series else None
    found = (UNBEATEN if scene.denied else YARDSTICK).search(scene.text, scene.part.start, scene.part.end)
    if columns is None or found is None or found.group("what") != "基准" or scene.of("row"):
        return None
    if _of_row(scene, sheet, book):
        return None
    dotted = "".join(
        [
            "·" if any([one.start <= at < one.end for one in scene.tokens]) else scene.text[at]
            for at in range(scene.part.start, found.start())
        ]
    )
    yearly = scene.scope == YEAR and sheet.units == {"year"}
    known = _OWN.match(dotted) is not None and _MANY_YEARS.search(dotted) is None and (not scene.scope or yearly)
    row = row_of(scene, sheet, found.start()) if known else None
    if row is None:
        return None
    pair, over = Pair(sheet, *columns), (found.groupdict().get("over") is not None) != of_fall(scene, found)
    gap = pair.gap(row)
    if gap is not None and gap and (gap > 0) != over:
        return exception(pair, [row], (found.start(), found.end()), scene)
    number = next((token.quantity for token in scene.of("number") if token.start >= found.end()), None)
    if number is None or GAP.fullmatch(scene.text, found.end(), number.lead) is None:
        return None
    wrong = apart(pair, row, number, over)
    other = gap is not None and number.unit is not None and fits(number, abs(gap) if number.unit.factor != 1 else abs(gap) * 100)
    return wrong.replace(code="claim-unit") if wrong is not None and other else wrong
