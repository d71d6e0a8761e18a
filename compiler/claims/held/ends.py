"""The ends of a way, and a step, where one number shows which cells are meant: 由上周的 1.63% 升至 1.69%, 较上年多 0.9 元.

In: scenes of a sentence, the book.  Out: findings.  Always: one number is exactly that of its time in one column of a table by
time (see `courses`), so that the other can only be of the same column; what a noun of the clause leads to is asked first.
"""

from __future__ import annotations

import itertools

from ...data.rounding import rounded
from ...pattern import later
from ..meant.courses import DIGITS, by_number, of_row
from ..meant.pairs import earlier, newest
from ..meant.steps import based_on, before, compared
from ..tables.subjects import CHANGE, FLOW
from ..tables.time_columns import column_stems
from ..words.quantities import EXACT, fits, telling
from ..words.times import same
from .findings import Finding
from .series import column_of, latest_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

    Cells = tuple[tuple[Sheet, int, Measure], tuple[Sheet, int, Measure]]

_FROM = later(r"[由从自][^，。；]*$")
_TO = later(r"[一-龥]*(?:至|到|为)[^，。；]*$")
_BY = later(r"[一-龥]{1,4}(?<![至到为])")
_ON = later(r"，[^，。；]{0,10}?(?:再|又|进一步|继续|随后|此后|接着)[^，。；\d]{0,6}[至到]")  # 由 A 增至 B，2024 年再增至 C
_LAST = {"week": later(r"上一?周|前一?周"), "month": later(r"上个?月|前一?月"), "quarter": later(r"上一?季度?|前一季")}
_YEAR_AGO = later(r"(?:去年|上年)同[期月季]")
_LAST_YEAR = later(r"去年|上年|前一年")
_NOW = later(r"本周|当周|本月|当月|本季|当季|今年|本期|目前|当前|最新|(?:^|[至到为])的?$")
_OTHER = later(r"\d月|\d日|季度|周[一二三四五]|年初|月初|高点|低点")
_STEP = later(r"(?:了|约|近|逾|超)*$")
_OUT = later(r"净(?:卖出|流出|赎回|回笼|偿还)")


def hold_ends(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The ends of a clause's way that are other cells, and its step from the number before it."""
    if scene.unsure or scene.denied:
        return
    finding = _ends(scene, book) or _step(scene, book, sentence)
    if finding is not None:
        yield finding


def _ends(scene: Scene, book: Book) -> Finding | None:
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    for at, (one, other) in enumerate(itertools.pairwise(numbers)):
        between = scene.text[one.end : other.lead]
        lead = _FROM.search(scene.text, scene.part.start, one.lead)
        first = numbers[at - 1] if at else one
        if lead is not None and lead.start() < first.start < one.start and _BY.fullmatch(scene.text, first.end, one.lead):
            one = first  # 由 84.6% 提高 1.6 个百分点至 86.2%
        if lead is None or _TO.fullmatch(between) is None or one.about != EXACT or other.about != EXACT:
            continue
        if _ON.match(scene.text, other.end) is not None:
            continue
        found: list[tuple[Cells, int]] = []
        for place, sheet in enumerate(book.sheets):
            for measure in _measures(scene, sheet, place, book) if sheet.series else ():
                rows = (
                    _row(scene, sheet, lead.start(), one.lead, None),
                    _row(scene, sheet, one.end, other.lead, _last_told(scene, sheet)),
                )
                if rows[0] is None and rows[1] is not None:
                    rows = _past(sheet, rows[1], lead.group()), rows[1]
                if rows[0] is not None and rows[1] is not None and rows[0] != rows[1]:
                    cells = ((sheet, rows[0], measure), (sheet, rows[1], measure))
                    found.append((cells, DIGITS + (not _named(scene, sheet, place))))
            found += [(cells, DIGITS - 1) for cells in _columns(scene, sheet, place, lead.group(), book)]
        off = [_off(scene, cells, (one, other), digits) for cells, digits in found]
        told = [finding for finding in off if finding is not None]
        return told[0] if len(told) == 1 and told[0].code else None
    return None


def _columns(scene: Scene, sheet: Sheet, place: int, words: str, book: Book) -> list[Cells]:
    """The two cells of a row, where the table has the time before as a column: 成交额由上周的 912 亿元增至 1836 亿元."""
    rows = {row for token in scene.rows for name in token.names if name.sheet == place for row in name.places}
    own = newest(sheet, [one for one in scene.columns(place, sheet) or [] if one.kind != CHANGE and one.minus < 0], book.now)
    stems = column_stems(sheet.table, book.now)
    if len(own) == 1 and own[0].column in stems:  # 由上月的 A 升至 B names 上月交付
        own = newest(sheet, [one for one in sheet.measures if stems.get(one.column) == stems[own[0].column]], book.now)
    if sheet.series or len(rows) != 1 or len(own) != 1 or _OTHER.search(words) is not None:
        return []
    past = earlier(sheet, own[0], book.now, year=_LAST_YEAR.search(words) is not None)
    row = rows.pop()
    return [((sheet, row, past), (sheet, row, own[0]))] if past is not None else []


def _off(scene: Scene, cells: Cells, numbers: tuple[Quantity, Quantity], digits: int) -> Finding | None:
    """What is wrong where one number is that of its cell and the other is not; a finding without a code where both are right."""
    fit = [_is(sheet, row, measure, number) for (sheet, row, measure), number in zip(cells, numbers)]
    if fit == [True, True]:
        return Finding("", 0, 0, "")
    if None in fit or not any(fit) or telling(numbers[fit.index(True)]) < digits:
        return None
    number, (sheet, row, measure) = numbers[fit.index(False)], cells[fit.index(False)]
    said = scene.text[number.start : number.end]
    shown = f"`{said}` is said of {sheet.cell(row, measure).text} ({sheet.name(row)} {measure.key})"
    return Finding("claim-change", number.start, number.end, shown, ((sheet, row, measure),))


def _named(scene: Scene, sheet: Sheet, place: int) -> bool:
    return bool(scene.columns(place, sheet)) or of_row(scene, sheet) is not None


def _measures(scene: Scene, sheet: Sheet, place: int, book: Book) -> Sequence[Measure]:
    """The column a noun or row leads to, else, where none leads anywhere, all."""
    own = column_of(scene, sheet, place)
    if own is not None:
        return [own]
    named = scene.columns(place, sheet) or []
    if named:
        return named
    elsewhere = any([_named(scene, other, at) for at, other in enumerate(book.sheets) if other.series])
    return () if elsewhere else sheet.measures


def _row(scene: Scene, sheet: Sheet, start: int, end: int, now: int | None) -> int | None:
    """The row of a time named between two places of the text; `now` where none is, or the present."""
    whens = [token.time for token in scene.of("time") if start <= token.start and token.end <= end and token.time is not None]
    if whens:
        return next((row for row, time in enumerate(sheet.times) if time is not None and same(time, whens[-1])), None)
    words = scene.text[start:end]
    return now if now is not None and _NOW.search(words) is not None else None


def _last_told(scene: Scene, sheet: Sheet) -> int:
    """The row of the time the clause before ends with, else the latest: 4、5 两月接连回落，从 3 月的 A 降至 B."""
    whens = [one.time for one in scene.gone if one.time is not None and one.time.kind in sheet.spoken][-1:]
    rows = [row for row, time in enumerate(sheet.times) if time is not None and whens and same(time, whens[0])]
    return rows[0] if len(rows) == 1 else latest_row(sheet)


def _past(sheet: Sheet, row: int, words: str) -> int | None:
    """The row of 上周, 去年同期, before one."""
    if _YEAR_AGO.search(words) is not None:
        return before(sheet, row, True)
    if sheet.units == {"year"}:
        return before(sheet, row) if _LAST_YEAR.search(words) is not None else None
    last = next((pattern for kind, pattern in _LAST.items() if sheet.units == {kind}), None)
    return before(sheet, row) if last is not None and last.search(words) is not None else None


def _is(sheet: Sheet, row: int | None, measure: Measure, number: Quantity) -> bool | None:
    """Whether a number is what a cell has; None where it cannot be."""
    value = sheet.value(row, measure) if row is not None else None
    if value is None or row is None:
        return None
    unit = sheet.unit(row, measure)
    if unit is not None and number.unit is not None and unit.name.split("/")[0] != number.unit.name.split("/")[0]:
        return None
    return fits(number, abs(value) / (number.unit.factor if number.unit is not None else 1))


def _step(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """The step from the time before to the cell whose number went before: 442.6 亿港元，较前一周减少 75.6 亿港元."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    words = [token for token in scene.of("dir") if token.sign]
    bases = based_on(scene) if not scene.of("row") and not scene.of("noun") else ()
    if len(numbers) != 1 or len(words) != 1 or not bases or scene.way or scene.of("amp") or words[0].end > numbers[0].lead:
        return None
    number, word = numbers[0], words[0]
    if _STEP.fullmatch(scene.text, word.end, number.lead) is None or number.unit is None or number.about != EXACT:
        return None
    if bases[0].start >= scene.part.start and scene.text[bases[-1].end : word.start].strip("相比末底则又还仍也同期大幅小明显略"):
        return None
    told = by_number(scene, sentence, book, scene.part.start)
    if told is None:
        return None
    place, measure = told
    sheet = book.sheets[place]
    row = _told_row(scene, sheet, sentence)
    past = compared(scene, sheet, row) if row is not None else None
    if row is None or past is None or (measure.kind == CHANGE and not number.unit.points):
        return None
    now, old = sheet.value(row, measure), sheet.value(past, measure)
    if now is None or old is None or (measure.kind == FLOW and now * old < 0):
        return None
    if now < 0 and measure.kind == FLOW and any([_OUT.search(one.words) for one in sentence]):
        now, old = -now, -old
    return _held(scene, (number, word.sign, word.start), (now, old), measure, ((sheet, row, measure), (sheet, past, measure)))


def _told_row(scene: Scene, sheet: Sheet, sentence: Sequence[Scene]) -> int | None:
    from .series import row_of

    homes = [one for one in sentence if one.part.start < scene.part.start and one.of("number")]
    return row_of(homes[-1], sheet, homes[-1].part.end) if homes else None


def _held(
    scene: Scene,
    said: tuple[Quantity, int, int],
    values: tuple[Decimal, Decimal],
    measure: Measure,
    cells: tuple[tuple[Sheet, int, Measure], ...],
) -> Finding | None:
    number, sign, start = said
    now, old = values
    unit = measure.unit.name.split("/")[0] if measure.unit is not None else ""
    assert number.unit is not None
    if number.unit.name == "%" and not number.unit.points and unit != "%":
        step = (now - old) * 100 / abs(old) if old else None
    elif number.unit.name.split("/")[0] == unit and (unit != "%" or number.unit.points):
        step = (now - old) / number.unit.factor
    else:
        return None
    if step is None:
        return None
    if not fits(number, abs(step)):
        shown = f"it moved by {rounded(abs(step), max(number.decimals, 1))} ({measure.key})"
        return Finding("claim-change", number.start, number.end, shown, cells)
    if step and (step > 0) != (sign > 0):
        shown = f"it went from {rounded(old, 2)} to {rounded(now, 2)} ({measure.key})"
        return Finding("claim-direction", start, number.end, shown, cells)
    return None
