"""The stretch of time a sentence speaks of, as rows of a table by time: 3 月至 6 月, 2017 年以来, 前七个月, 上半年, 本周, 近三年.

In: a clause, a sheet whose rows are times, the book.  Out: rows in the order of time.  Always: None where the words name no
stretch, or one the data do not have in full; 本周 is the days within the note's period.
"""

from __future__ import annotations

import itertools

from ...model import Date
from ...pattern import later
from ..words.quantities import COUNT, han_value
from ..words.times import DAY, HALF, MONTH, QUARTER, YEAR, same, times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Sheet

THROUGH = ("至", "到", "-", "—", "～", "~", "–", "末至", "份至", "份到", "底至")
_FRONT = later(
    r"前(?P<q>[二三两23])个?季度?|(?:(?<!\d)1(?:月份?)?[-—–~至到]|一(?:月份?)?至|前)(?P<m>\d{1,2}|[二三四五六七八九十]+)个?月"
)
_YEAR = later(r"全年|年内|今年以来|年初以来|年初至今|各[月季]|每[月季]|累计|合计|共计|总共|(?<![一总])共")
_WEEK = later(r"本周|全周|当周|周内|这周|一周")
_MONTH_WORDS = later(r"本月|当月|全月|月内")
WEEK_DAYS = 7
_OF_YEAR = "年"  # the time of 今年以来


def span_of(scene: Scene, sheet: Sheet, book: Book) -> list[int] | None:
    """The rows, two or more, of the stretch a clause names, or goes on with."""
    order = [row for _, row in sorted([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])]
    words = scene.words
    rows = _afterwards(scene, sheet, order)
    rows = rows if rows is not None else _between(scene, sheet, order)
    rows = rows if rows is not None else _weekdays(scene, sheet, order, book)
    rows = rows if rows is not None else _from(scene, sheet, order)
    rows = rows if rows is not None else _front(scene, sheet, order, words)
    own = [token for token in scene.of("time") if token.time is not None and token.time.kind in sheet.spoken]
    if rows is None and not own:
        rows = _whole(scene, sheet, book, order, words)
    return rows if rows is not None and len(rows) > 1 else None


_THEN = later(rf"(?:而|但|且)?(?:此后|其后|随后|之后|自此|而后)的?(?P<n>{COUNT})个?(?:年|月|季度|交易日|日|天|周)")


def _afterwards(scene: Scene, sheet: Sheet, order: Sequence[int]) -> list[int] | None:
    """So many rows after the time the clause before names: 此后四个月均不低于 0.1%."""
    found = _THEN.match(scene.text, scene.part.start, scene.part.end)
    known = [order.index(row) for token in scene.whens if (row := _row(sheet, token)) is not None]
    count = int(han_value(found.group("n")) or 0) if found is not None else 0
    if not known or not count or max(known) + count >= len(order):
        return None
    return list(order[max(known) + 1 : max(known) + 1 + count])


def _row(sheet: Sheet, token: Token) -> int | None:
    return next((row for row, time in enumerate(sheet.times) if time is not None and token.time and same(time, token.time)), None)


def _between(scene: Scene, sheet: Sheet, order: Sequence[int]) -> list[int] | None:
    """A 至 B."""
    whens = [token for token in scene.of("time") if token.time is not None]
    whens = whens or ([] if _FRONT.search(scene.words) else list(scene.whens))  # 4月至7月…。前七个月累计…
    for begun, ended in itertools.pairwise(whens):
        if scene.text[begun.end : ended.start] not in THROUGH:
            continue
        first, last = _row(sheet, begun), _row(sheet, ended)
        if first is None or last is None:
            return None
        here, there = order.index(first), order.index(last)
        return list(order[here : there + 1]) if here < there else None
    return None


def rows_through(sheet: Sheet, whens: Sequence[Token]) -> list[int]:
    """The rows from the first of two times to the second, none where the data do not have both."""
    order = [row for _, row in sorted([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])]
    first, last = _row(sheet, whens[0]), _row(sheet, whens[-1])
    return order[order.index(first) : order.index(last) + 1] if first is not None and last is not None else []


_FIRST_DAY = later(r"(?:周|星期)[一二三四](?=[至到]$)")


def _weekdays(scene: Scene, sheet: Sheet, order: Sequence[int], book: Book) -> list[int] | None:
    """周一至周五, of which the second alone is a time."""
    for ended in [token for token in scene.of("time") or scene.whens if token.time is not None and token.time.kind == DAY]:
        found = _FIRST_DAY.search(scene.text, 0, ended.start)
        said = times(scene.text[: found.end()], found.start(), found.end(), book.now) if found is not None else ()
        last = _row(sheet, ended)
        for one in said:
            first = next((row for row, time in enumerate(sheet.times) if time is not None and same(time, one.time)), None)
            if first is not None and last is not None and order.index(first) < order.index(last):
                return list(order[order.index(first) : order.index(last) + 1])
    return None


def _from(scene: Scene, sheet: Sheet, order: Sequence[int]) -> list[int] | None:
    """A 以来, to the last row."""
    said = [token.time for token in scene.sinces if token.time is not None]
    if not said:
        return None
    first, day = said[-1], said[-1].order
    if first.kind not in sheet.spoken and not (first.kind == YEAR and sheet.spoken & {MONTH, QUARTER, DAY}):
        return None
    rows = [row for row in order if (time := sheet.times[row]) is not None and time.order >= day]
    said_many = _SO_MANY.search(scene.words) if not scene.of("since") else None
    if said_many is not None and han_value(said_many.group("n")) != len(rows):
        return None  # 周三起连涨两日，五个交易日累计成交…
    begun = _row(sheet, next(token for token in scene.sinces if token.time is first))
    return rows if begun is not None or (rows and _begins(sheet, rows[0], first.year)) else None


_SO_MANY = later(rf"(?P<n>{COUNT})个?(?:交易日|(?<=个)月|季度|[天周年])")


def _begins(sheet: Sheet, row: int, year: int) -> bool:
    """Whether a row is the first month, quarter or day a year can have."""
    time = sheet.times[row]
    return time is not None and time.year in (year, 0) and time.place == 1


def _front(scene: Scene, sheet: Sheet, order: Sequence[int], words: str) -> list[int] | None:
    """前三季度, 1—8 月."""
    found = _FRONT.search(words)
    if found is None:
        return None
    kind, number = (QUARTER, found.group("q")) if found.group("q") else (MONTH, found.group("m"))
    count = int(han_value(number) or 0)
    if kind == QUARTER and sheet.units == {MONTH}:
        kind, count = MONTH, 3 * count
    years = [token.time.year for token in scene.whens if token.time is not None and token.time.kind == YEAR]
    if not years and _LAST_YEAR.search(words, 0, found.start()) is not None:
        return None  # 去年前五个月, of a table from 6月
    year = years[-1] if years else max([time.year for time in sheet.times if time is not None])
    rows = [
        row
        for row in order
        if (time := sheet.times[row]) is not None and (time.kind, time.year) == (kind, year) and time.place <= count
    ]
    return rows if len(rows) == count else None


_LAST_YEAR = later(r"[去上前]年(?:的|同期)*$")


def _whole(scene: Scene, sheet: Sheet, book: Book, order: Sequence[int], words: str) -> list[int] | None:
    """全年, 本周, 本月."""
    kinds = {time.kind for time in sheet.times if time is not None}
    if kinds == {DAY} and (_WEEK.search(words) or scene.scope == "周"):
        week, ends = of_week(sheet, book, order), _ENDS.search(words)
        count = int(han_value(ends.group("n")) or 0) if ends is not None else 0
        if ends is None or week is None or not 1 < count < len(week):
            return week
        return week[:count] if ends.group("way") == "前" else week[-count:]  # 本周前三个交易日累计净卖出…
    if kinds == {DAY} and _MONTH_WORDS.search(words):
        now = book.now
        return [row for row in order if (time := sheet.times[row]) and (time.year, time.place) == (now.year, now.month)]
    if scene.scope == _OF_YEAR and not scene.of("scope") and not scene.whens:
        words += "年内"  # 今年以来，制造业PMI有两个月…
    if kinds & {MONTH, QUARTER} and _YEAR.search(words) and not (kinds & {DAY, YEAR}):
        years = [token.time.year for token in scene.whens if token.time is not None and token.time.kind == YEAR]
        if not years and not _THIS_YEAR.search(words):
            return None
        year = years[-1] if years else book.now.year
        rows = [row for row in order if (time := sheet.times[row]) is not None and time.year in (year, 0)]
        full = len(rows) == (12 if MONTH in kinds else 4)
        return rows if full or (rows and not years and "全年" not in words and _begins(sheet, rows[0], year)) else None
    return None


_ENDS = later(rf"(?P<way>[前后])(?P<n>{COUNT})个?(?:交易日|[天日])")
_THIS_YEAR = later(r"全年|年内|今年|年初")


def of_week(sheet: Sheet, book: Book, order: Sequence[int]) -> list[int] | None:
    """The days within the note's period; all where there is none, if they are no more than a week's."""
    if book.period is None:
        return list(order) if len(order) <= WEEK_DAYS else None
    first, last = (day.ordinal for day in book.period)
    days = [(row, Date(*time.order).ordinal) for row in order if (time := sheet.times[row]) is not None]
    return [row for row, day in days if first <= day <= last]


_ONWARDS = later(r"(?:份|末|底|初)?(?:起|开始|的?(?:[高低]点|谷底|峰值|[触见][底顶])之?后?(?:起|以来))")


def begun_at(scene: Scene, sheet: Sheet, number: int) -> list[int]:
    """The rows a run may end at that begins at a time named, or after it: 自 7 月起，降幅连续三个月收窄."""
    sinces = [token for token in scene.sinces if _ONWARDS.match(scene.text, token.end) is not None]
    begun = [token.time for token in sinces if token.time is not None and token.time.kind in sheet.spoken]
    if "已" in scene.words:
        return []  # up to now
    start = next((row for row, time in enumerate(sheet.times) if begun and time is not None and same(time, begun[-1])), None)
    order = [at for _, at in sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])]
    first = order.index(start) + number - 1 if start is not None else len(order)
    return order[first : first + 2]


def within_other(scene: Scene, sheet: Sheet, at: int) -> bool:
    """Whether what begins or ends there is a time no row of a table is: 为二季度最高, of a table by month."""
    ends = [token.time for token in scene.of("time") if at in (token.start, token.end) and token.time is not None]
    return any([time.kind in (QUARTER, HALF) and time.kind not in sheet.units for time in ends])
