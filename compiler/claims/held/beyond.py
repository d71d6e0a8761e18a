"""Times the data have not: 11月销量 302.7 万辆, where that is the number of October and the table ends there.

In: a clause and the sheets that have times.  Out: what is told of a time by the very number of another.  Always: the number has
three digits that tell, or two where a week or a month that is not over cannot have it yet; before the data's end, the column
has it once only.
"""

from __future__ import annotations

from ...model import Date
from ...pattern import later
from ..tables.subjects import FLOW
from ..words.reading import sentence_start
from ..words.times import same
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene
    from ..meant.options import Option, Statement
    from ..tables.subjects import Sheet
    from ..words.quantities import Quantity
    from ..words.times import Time

_OF_WEEK = later(r"[本当全这]周|周内|一周")
_UP_TO = later(r"截[至止到]|[至到]|(?:在|于)?(?:之前|前)$")
PLAIN = 3  # digits of a number that is hardly that of another day by chance


def hold_beyond(scene: Scene, book: Book) -> Iterator[Finding]:
    """A day after the data's last that is told of by the very number of that: 3 月 6 日上涨 0.54%, of a week to 3 月 3 日; the
    same of a month, quarter or year, and of a time the table leaves out by the number of one it has."""
    own = [token for token in scene.of("time") if token.time is not None]
    begun = sentence_start(scene.text, scene.part.start)
    said = own or [one for one in scene.whens if one.time is not None and one.kind == "time" and one.start >= begun]
    if len(said) != 1 or scene.unsure or scene.denied or scene.way or book.period is None:
        return
    if _TOLD_THEN.search(scene.text, begun, scene.part.end) is not None:
        return  # 2024年4月披露，净利润…
    when, dated = said[0].time, "年" in scene.text[said[0].start : said[0].end]
    up_to = _UP_TO.search(scene.text, max(said[0].start - 3, 0), said[0].start) is not None  # 截至3月15日, a Saturday
    if when is None:
        return
    for sheet in book.sheets:
        for row, time in _rows_for(sheet, _meant(when, sheet, dated=dated), book.period[1], dated=dated):
            moved = said[0].replace(time=time, kind="time")
            tokens = tuple([moved if token is said[0] else token for token in scene.tokens])
            whens = tuple([moved if token == said[0] else token for token in scene.whens])
            then = scene.replace(tokens=tokens, whens=whens)
            quantity = _said_of(then, book, sheet, row, when) if row < 0 or not up_to else None
            if quantity is None:
                continue
            name, at = sheet.name(sheet.times.index(time)), said[0] if own else quantity
            late, left_out = (
                f"the data end on {name}, and this is the number of that",
                f"the data have no such time, and this is the number of {name}",
            )
            yield Finding("claim-period", at.start, at.end, late if row < 0 else left_out)
            return


def _said_of(then: Scene, book: Book, sheet: Sheet, row: int, when: Time) -> Quantity | None:
    """The number of a clause that is the very number of a table at another time than is said; `row`: which, -1 for its last."""
    from ..meant.options import statements
    from ..words.quantities import EXACT
    from .values import hold

    for statement in statements(then, book):
        quantity = statement.quantity
        digits = len(f"{quantity.value:f}".replace(".", "").strip("0"))
        week = when.kind == "day" and _OF_WEEK.search(then.text[quantity.end :].split("。")[0]) is not None
        plain = digits >= PLAIN or (digits > 1 and row < 0 and (week or _begun(statement, when, book)))
        plain = plain and _BESIDE.search(then.text, then.part.start, quantity.lead) is None  # 较 60.4 亿元回落
        wrong, option = hold(then, statement, book)
        if not plain or quantity.about != EXACT or wrong is not None or option is None or option.sheet is not sheet:
            continue
        if row < 0 or (not option.derived and option.row == row and _alone(sheet, option)):
            return quantity
    return None


def _rows_for(sheet: Sheet, when: Time, end: Date, *, dated: bool) -> list[tuple[int, Time]]:
    """The times whose number may be told of a time that a table has not: -1 with its last, where it goes on to the end of the
    period and that time is later, and each row with its own.  `dated`: its year is said."""
    known = [(row, time) for row, time in enumerate(sheet.times) if time is not None]
    if not known or sheet.units != {when.kind} or not when.year or any([same(time, when) for _, time in known]):
        return []
    last = max([time for _, time in known], key=_order)
    late = [(-1, last)] if _goes_to(sheet, last, end) and _after(when, last) else []
    years = all([time.year for _, time in known])
    other = any([(time.place, time.day) == (when.place, when.day) for _, time in known])  # of another year: which is meant?
    return [*late, *known] if years and (dated or not other) else late


_PLACES = {"month": 12, "quarter": 4}  # in a year


def _meant(when: Time, sheet: Sheet, *, dated: bool) -> Time:
    """The time a word names; 11月 said without a year as the November to come, of a table up to October that has no other."""
    count, times = _PLACES.get(when.kind, 0), [time for time in sheet.times if time is not None]
    if dated or not count or not times or sheet.units != {when.kind} or any([same(one, when) for one in times]):
        return when
    last = max(times, key=_order)
    coming = last.year > 0 and last.year * count + last.place + 1 == (when.year + 1) * count + when.place
    return when.replace(year=when.year + 1) if coming else when


def _order(time: Time) -> tuple[int, int, int]:
    return time.order


def _begun(statement: Statement, when: Time, book: Book) -> bool:
    """Whether a number counts a whole month or quarter that was not over when the note came out: 7月M2同比增长8.2%."""
    months = {"month": 1, "quarter": 3}.get(when.kind, 0)
    last = when.place * months
    if not last or (when.year, last) < (book.published.year, book.published.month):
        return False
    return all([one.measure.kind == FLOW or bool(one.measure.basis) for one in statement.options])


def _alone(sheet: Sheet, option: Option) -> bool:
    """Whether no other row of a column has a number: an interest rate may stay what it was."""
    return [sheet.value(row, option.measure) for row in range(len(sheet.times))].count(option.value) == 1


_TOLD_THEN = later(r"公告|披露|公布|发布|显示|回[看顾溯]|年报|季报|基数")
_BESIDE = later(r"较|(?<![同环占])比(?![重例])|[由从]|高于|低于|目标|上限|下限")


def _after(when: Time, last: Time) -> bool:
    """Whether a time is of the same kind, and later."""
    return when.kind == last.kind and when.year > 0 < last.year and when.order > last.order


def _goes_to(sheet: Sheet, last: Time, end: Date) -> bool:
    """Whether a table by day, month, quarter or year has the last of its note's period."""
    if sheet.units == {"day"}:
        return Date(*last.order).ordinal == end.ordinal
    place = {"month": end.month, "quarter": (end.month + 2) // 3, "year": last.place}.get(last.kind)
    return sheet.units == {last.kind} and (last.year, last.place) == (end.year, place)
