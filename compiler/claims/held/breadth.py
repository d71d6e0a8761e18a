"""How many shares rose and fell on a day: 4463 只个股上涨, 下跌个股达 814 只, of columns 上涨家数 and 下跌家数.

In: a clause, its numbers, the book.  Out: findings.  Always: the table is by time and has one such column; the clause, or the one
before it, names the time, else it is the latest.
"""

from __future__ import annotations

from ...pattern import later
from ..words.quantities import fits
from .findings import Finding
from .series import row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

FAR = 3  # times a count may be off and still be that of the whole market: not 六家上涨
_STATES = r"(?P<state>上涨|下跌|涨停|跌停|收涨|收跌|飘红|飘绿|收红|收绿)"
_BEHIND = later(rf"(?:的?(?:个股|股票|公司|标的|品种))?(?:实现|出现|录得|最终|当日|全天|以)*{_STATES}(?!的?[幅家])")
_BEFORE = later(
    rf"{_STATES}(?:的?(?:个股|股票|公司|家数|数量|只数))*(?:数量|家数)?(?:也|则|仅|只|共|合计|多|高|约)*(?:为|是|有|达到?|至|升至|降至)?$"
)
_SAME = {"收涨": "上涨", "飘红": "上涨", "收红": "上涨", "收跌": "下跌", "飘绿": "下跌", "收绿": "下跌"}
_COUNTED = ("家", "只", "个")


def hold_breadth(scene: Scene, book: Book) -> Iterator[Finding]:
    """The counts of a clause that are others in the data."""
    if scene.unsure or scene.denied:
        return
    for token in scene.of("number"):
        number = token.quantity
        if number is None or (number.unit is not None and number.unit.name not in _COUNTED):
            continue
        finding = next((one for sheet in book.sheets if sheet.series and (one := _held(scene, sheet, number)) is not None), None)
        if finding is not None:
            yield finding


def _held(scene: Scene, sheet: Sheet, number: Quantity) -> Finding | None:
    found = _BEHIND.match(scene.text, number.end, scene.part.end) or _BEFORE.search(scene.text, scene.part.start, number.lead)
    if found is None:
        return None
    measure = _column(sheet, _SAME.get(found.group("state"), found.group("state")))
    row = row_of(scene, sheet, number.lead) if measure is not None else None
    value = sheet.value(row, measure) if row is not None and measure is not None else None
    if row is None or measure is None or value is None:
        return None
    actual = value / (number.unit.factor if number.unit is not None else 1)
    if fits(number, actual) or not actual / FAR <= number.value <= actual * FAR:
        return None
    said = scene.text[number.start : number.end]
    message = f"`{said}` is said of {sheet.cell(row, measure).text} ({sheet.name(row)} {measure.key})"
    code = "claim-about" if number.about else "claim-value"
    return Finding(code, number.lead, number.end, message, ((sheet, row, measure),))


def _column(sheet: Sheet, state: str) -> Measure | None:
    """The column that counts those in a state."""
    found = [one for one in sheet.measures if state in one.key and one.minus < 0 and _counts(one)]
    return found[0] if len(found) == 1 else None


def _counts(measure: Measure) -> bool:
    return (measure.unit is not None and measure.unit.name in _COUNTED) or any([word in measure.key for word in ("家数", "只数")])
