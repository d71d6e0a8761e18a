"""How many rows of a table lie over or under a bound: 四个期限中有三个低于 2%, 仅 A 超过 100 亿元.

In: scenes of a sentence, the book.  Out: findings.  Always: the sentence says how many rows there are, and the table has as
many; the clause names the column, or the table has one that its unit fits.
"""

from __future__ import annotations

from ..pattern import later
from .findings import Finding
from .groups import TOTAL, counts_rows, sentence_text
from .quantities import ABOVE, BELOW, COUNT, han_value
from .ranks import columns_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .quantities import Quantity
    from .scene import Book, Scene
    from .subjects import Measure, Sheet

_SO_MANY = later(rf"(?P<n>{COUNT})(?:个|只|家|类|支|项|种|条)(?!以|月)[一-龥]{{0,8}}?的?(?:在|处于)?$")
_ONLY = later(r"(?:仅|只)有?$")
_VAGUE = ("近", "约", "超", "逾", "过", "多", "第", "前", "后", "每", "另", "余")


def hold_limits(scene: Scene, book: Book) -> Iterator[Finding]:
    """The claims of a clause about how many rows are over or under a number."""
    if scene.unsure or scene.denied:
        return
    numbers = [token for token in scene.of("number") if token.quantity is not None and token.quantity.about in (ABOVE, BELOW)]
    if len(numbers) != 1 or numbers[0].quantity is None:
        return
    quantity = numbers[0].quantity
    for place, sheet in enumerate(book.sheets):
        if sheet.series or sheet.table.key < 0:
            continue
        rows = len(sheet.table.rows)
        totals = [found for found in TOTAL.finditer(sentence_text(scene)) if han_value(found.group("n")) == rows]
        if not any([counts_rows(found, scene, sheet, place) for found in totals]):
            continue
        measure = _column(scene, sheet, place, book, quantity)
        if measure is None:
            continue
        finding = _counted(scene, sheet, measure, quantity) or _alone(scene, sheet, place, measure, quantity)
        if finding is not None:
            yield finding
            return


def _column(scene: Scene, sheet: Sheet, place: int, book: Book, quantity: Quantity) -> Measure | None:
    """The column that is named, or the only one the number's unit fits."""
    named = columns_of(scene, sheet, place, book, moves=False)
    if scene.of("noun") and not named:
        return None  # one of another table
    fitting = [one for one in named or sheet.measures if _fits(one, quantity)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(measure: Measure, quantity: Quantity) -> bool:
    own, said = measure.unit, quantity.unit
    if own is None or said is None:
        return own is None and said is None
    return own.name == said.name and own.points == said.points


def _bound(sheet: Sheet, measure: Measure, quantity: Quantity) -> list[int]:
    """The rows that lie on the side that is said."""
    bound = quantity.value * (quantity.unit.factor if quantity.unit is not None else 1)
    values = [(row, sheet.value(row, measure)) for row in range(len(sheet.table.rows))]
    above = quantity.about == ABOVE
    return [row for row, value in values if value is not None and (value > bound if above else value < bound)]


def _counted(scene: Scene, sheet: Sheet, measure: Measure, quantity: Quantity) -> Finding | None:
    """有三个期限的收益率低于 2%."""
    found = _SO_MANY.search(scene.text, scene.part.start, quantity.lead)
    number = han_value(found.group("n")) if found is not None else None
    if "其中" in scene.words:  # of those the clause before counts
        return None
    if found is None or number is None or scene.of("row") or scene.text[found.start() - 1] in _VAGUE:
        return None
    so = len(_bound(sheet, measure, quantity))
    if so == number or number >= len(sheet.table.rows):
        return None
    return Finding("claim-count", found.start("n"), quantity.end, f"it is so of {so} of {len(sheet.table.rows)} ({measure.key})")


def _alone(scene: Scene, sheet: Sheet, place: int, measure: Measure, quantity: Quantity) -> Finding | None:
    """仅 1 年期国债低于 2%."""
    rows = [token for token in scene.of("row") if token.end <= quantity.lead]
    if len(rows) != 1 or _ONLY.search(scene.text, scene.part.start, rows[0].start) is None:
        return None
    own = {row for name in rows[0].names if name.sheet == place for row in name.places}
    others = [row for row in _bound(sheet, measure, quantity) if row not in own]
    if not others or not own:
        return None
    shown = f"it is so of {sheet.name(others[0])}, too: {sheet.cell(others[0], measure).text} ({measure.key})"
    return Finding("claim-count", rows[0].start, quantity.end, shown, ((sheet, others[0], measure),))
