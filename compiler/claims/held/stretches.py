"""What a stretch of time comes to, without a word for a sum: 二季度销售额突破 1.1 万亿元, of a table by month.

In: a clause, the book.  Out: findings.  Always: the table has every month, or day, of the stretch, the clause names one column of
amounts right before its number, and no table has that by the longer time itself.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.options import clear
from ..meant.spans import span_of
from ..tables.subjects import CHANGE, FLOW, LEVEL, TO_DATE
from ..words.quantities import EXACT, fits
from .findings import Finding
from .tallies import half_years, months_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_SAID = later(r"(?:总|共|约|为|已|达到?|实现|录得|了|规模|金额|[额量]|大约|在|合计|累计|共计|突破|超过)*")
_NO_SUM = later(
    r"均|价(?!值)|[率比占]|指数|点位|净值|余额|存量|库存|规模|市值|持仓|持股|保有|储备|在手|家数|只数|[年月季]末|期末"
)
_ONE = later(r"均|单[月季日]|各|每|最|逐|同比|环比|其中|[月季年]末|较|比|至少|当中|高点|低点|峰|一度|分别")
_HALF = later(r"[上下]半年")
FAR = Decimal("1.6")  # times a sum may be off and still be meant


def hold_stretches(scene: Scene, book: Book) -> Iterator[Finding]:
    """The number of a clause that is not what its stretch of time comes to."""
    nouns, numbers = scene.of("noun"), scene.of("number")
    number = numbers[0].quantity if len(nouns) == len(numbers) == 1 else None
    if number is None or number.unit is None or scene.unsure or scene.denied or scene.way or scene.other or scene.of("row"):
        return
    if _ONE.search(scene.words) or _SAID.fullmatch(_plain(scene, nouns[0].end, number.lead)) is None:
        return
    if not clear(scene, scene.part.start, number.lead):
        return
    for place, sheet in enumerate(book.sheets):
        pool = [one for one in scene.columns(place, sheet) or [] if one.kind != CHANGE]
        if not sheet.series or len(pool) != 1 or not adds_up(pool[0], sheet) or pool[0].unit is None:
            continue
        halves = half_years(sheet, scene.words, list(scene.whens)) if _HALF.search(scene.words) else None
        rows = months_of(sheet, scene.of("time")) or halves or span_of(scene, sheet, book)
        if not rows or len(rows) < 2 or pool[0].unit.name != number.unit.name:
            continue
        values = [value for row in rows if (value := sheet.value(row, pool[0])) is not None]
        size = abs(sum(values, Decimal(0))) / number.unit.factor
        if len(values) < len(rows) or fits(number, size) or not size / FAR <= number.value <= size * FAR:
            continue
        code = "claim-total" if number.about == EXACT else "claim-about"
        message = f"the sum of these {len(values)} is {rounded(size, max(number.decimals, 1))} ({pool[0].key})"
        yield Finding(code, number.lead, number.end, message)
        return


def _plain(scene: Scene, start: int, end: int) -> str:
    """What stands between two places but for times and what is counted: 理想汽车三季度交付量超过16万辆."""
    text = scene.text[start:end]
    for token in [one for one in scene.tokens if one.kind in ("time", "amount") and start <= one.start and one.end <= end]:
        text = text.replace(scene.text[token.start : token.end], "", 1)
    return text


def adds_up(measure: Measure, sheet: Sheet) -> bool:
    """Whether a column counts what each time brings."""
    counts = measure.kind in (LEVEL, FLOW) and measure.minus < 0 and measure.unit is not None
    bare = counts and measure.unit is not None and measure.unit.name not in ("%", "点", "倍") and "/" not in measure.unit.name
    so_far = any([TO_DATE.search(one.key) is not None for one in sheet.measures])
    return bare and not so_far and _NO_SUM.search(measure.key) is None
