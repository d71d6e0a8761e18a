"""The step from one day, month or quarter to the next, told with the wrong direction: 周二融资余额下降 15.7 亿元.

In: a clause, the book.  Out: findings.  Always: the number is exactly the step from the time before to the one that is named, so
that only the word can be wrong.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.steps import before
from ..tables.subjects import LEVEL
from ..words.quantities import EXACT, fits
from ..words.times import same
from .findings import Finding
from .series import column_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene

_NEAR = later(r"(?:了|约|近)*$")
_LONGER = later(r"累计|以来|同比|较|比|合计|本周|全周|共")
DIGITS = 3  # of a number that is no other by chance


def hold_steps(scene: Scene, book: Book) -> Iterator[Finding]:
    """The steps of a clause that go the other way in the data."""
    if scene.unsure or scene.denied or scene.way or _LONGER.search(scene.words) is not None:
        return
    times, numbers = scene.of("time"), scene.of("number")
    if len(times) != 1 or len(numbers) != 1 or numbers[0].quantity is None or scene.of("row"):
        return
    quantity = numbers[0].quantity
    words = [token for token in scene.of("dir") if token.end <= quantity.lead and token.sign]
    if not words or quantity.about != EXACT or _NEAR.fullmatch(scene.text, words[-1].end, quantity.lead) is None:
        return
    if (
        len(f"{quantity.value:f}".replace(".", "").strip("0")) < DIGITS
        or quantity.unit is None
        or scene.text[words[-1].end - 1] == "至"
    ):
        return
    for place, sheet in enumerate(book.sheets):
        measure = column_of(scene, sheet, place) if sheet.series else None
        if measure is None or measure.kind != LEVEL or times[0].time is None:
            continue
        row = next((at for at, time in enumerate(sheet.times) if time is not None and same(time, times[0].time)), None)
        past = before(sheet, row) if row is not None else None
        values = [sheet.value(at, measure) if at is not None else None for at in (row, past)]
        if (
            row is None
            or values[0] is None
            or values[1] is None
            or measure.unit is None
            or measure.unit.name != quantity.unit.name
        ):
            continue
        step = values[0] - values[1]
        if step and (step > 0) != (words[-1].sign > 0) and fits(quantity, abs(step) / quantity.unit.factor):
            said = scene.text[words[-1].start : words[-1].end]
            cells = ((sheet, row, measure),)
            shown = f"`{said}` is said of {sheet.cell(row, measure).text} ({sheet.name(row)} {measure.key}), which had risen"
            shown = shown if step > 0 else shown.replace("risen", "fallen")
            yield Finding("claim-direction", words[-1].start, words[-1].end, shown, cells)
            return
