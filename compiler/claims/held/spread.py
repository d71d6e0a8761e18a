"""How far the changes, or sizes, of two rows are apart: 上证指数与沪深300的周涨幅之差为 0.37 个百分点.

In: a clause, the book.  Out: findings.  Always: both rows are named, and what they have is said by a word (涨跌幅, 换手率); a
plain A 与 B 相差 3 个百分点 is left alone.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..clauses.scene import FOREIGN
from ..meant.columns import of_period
from ..meant.options import scope_of
from ..meant.wholes import rows_in
from ..tables.subjects import CHANGE, LEVEL
from ..words.quantities import fits
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

_APART = later(
    r"(?P<what>(?:[\0\1]|的|两者|二者|之间|间|水平|表现|目前|本周末)*[\1](?:水平)?)(?:之间|间)?的?(?:之差|相差|差距|差值|差异|差额|差)"
    r"(?:[为达约有在了仅到]|扩大|拉开|拉大|走阔|收窄|缩小|已|至|大约|只有|高达)*$"
)
_MOVED = later(r"(?:扩大|拉大|走阔|收窄|缩小)了?(?:约)?$")
_JOINED = ("与", "和", "同", "跟", "及", "、", "较", "相对", "以及")


def hold_spread(scene: Scene, book: Book) -> Iterator[Finding]:
    """The differences of a clause that are others in the data."""
    rows, numbers = scene.of("row"), [token.quantity for token in scene.of("number") if token.quantity is not None]
    if scene.unsure or scene.denied or scene.way or len(rows) != 2 or len(numbers) != 1 or scene.of("base"):
        return
    if scene.text[rows[0].end : rows[1].start] not in _JOINED or _MOVED.search(scene.text, rows[1].end, numbers[0].lead):
        return
    if _APART.fullmatch(_marked(scene, rows[1].end, numbers[0].lead)) is None:
        return
    for place, sheet in enumerate(book.sheets):
        pair = rows_in(rows, place)
        columns = _columns(scene, sheet, place, book) if len(pair) == 2 and not sheet.series else []
        finding = _held(sheet, pair, columns[0], numbers[0]) if len(columns) == 1 else None
        if finding is not None:
            yield finding
            return


def _marked(scene: Scene, start: int, end: int) -> str:
    """The text with one sign for each time over which, and another for each word of what, is compared."""
    out = []
    for token in scene.tokens:
        if start <= token.start and token.end <= end and token.kind in ("scope", "amp", "neutral", "noun"):
            out += [scene.text[start : token.start], "\0" if token.kind == "scope" else "\1"]
            start = token.end
    return "".join([*out, scene.text[start:end]])


def _columns(scene: Scene, sheet: Sheet, place: int, book: Book) -> Sequence[Measure]:
    """The columns that may be meant."""
    scope = scope_of(scene, sheet, book)
    named = scene.columns(place, sheet)
    if scope == FOREIGN or named is None or scene.of("basis"):
        return []
    if not scene.of("amp") and not scene.of("neutral"):
        return [one for one in named if one.kind == LEVEL and one.minus < 0] if not scope else []
    changes = [one for one in named if one.kind == CHANGE] if named else sheet.changes()
    timed = [one for one in changes if one.scope == scope] if scope else []
    return timed or [one for one in changes if not one.scope or (not scope and of_period(one, book))]


def _held(sheet: Sheet, rows: Sequence[int], measure: Measure, number: Quantity) -> Finding | None:
    values = [value for row in rows if (value := sheet.value(row, measure)) is not None]
    unit = sheet.unit(rows[0], measure)
    if len(values) != 2 or unit is None or number.unit is None or number.unit.name != unit.name.split("/")[0]:
        return None
    size = abs(values[0] - values[1]) / number.unit.factor
    if fits(number, size) or (unit.name == "%" and not number.unit.points):
        return None
    slip = number.unit.points and any([fits(number, size * step) for step in (Decimal(100), Decimal("0.01"))]) and size > 0
    message = f"they are {rounded(size, max(number.decimals, 2))} apart ({measure.key})"
    cells = ((sheet, rows[0], measure), (sheet, rows[1], measure))
    return Finding("claim-unit" if slip else "claim-change", number.start, number.end, message, cells)
