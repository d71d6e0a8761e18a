"""Days a note speaks of: that they exist, and fall on the weekday it says.

In: a passage, the day of publication.  Out: the places of what is wrong.  Always: a day without a year is the one nearest
to the publication; what names no weekday is held only against the calendar.
"""

from __future__ import annotations

from ...model import Date, days_in
from ...pattern import later
from ..tables.subjects import CHANGE
from ..words.reading import sentence_start
from ..words.times import NO_WEEKDAY
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token

WEEKDAYS = "一二三四五六日"
_DAY = later(
    r"(?<!\d)(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    rf"(?:[(（，,]?(?P<lead>本|当|上|下)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天]){NO_WEEKDAY}(?![度期]))?"
)
_AFTER = later(
    r"(?P<lead>本|当|上|下|这)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])[（(，]?(?:即)?(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
_WITHIN = later(
    r"(?:本周|当周|本期|这一周|本周内|全周)(?:[一二三四五六日天]|的?(?:(?:最后|最末|首|倒数第[一二]|第[一二三四五])一?个?(?:交易日|工作日|[日天])|收官日?|最后))?[（(，]?(?:即)?$"
)
_AS_OF = later(
    r"[^，。；]{1,20}，(?:也|更|并|堪|可谓|无疑)*(?:是|成为|为|系)了?(?P<when>[本当]月|[本当]周)(?=[^，。；]*(?:最|一[天日]|交易日|日子|节点|转折))"
)
_TO = later(r"(?P<to>至|到|—|-|~|–|－)(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日")
YEAR = 365
LEAP = 2024  # a day without a year may be of one
MONDAY = Date(2024, 1, 1).ordinal  # a Monday


def wrong_days(text: str, published: Date, period: tuple[Date, Date] | None) -> Iterator[Finding]:
    """What is wrong with the days of a text."""
    for found in _DAY.finditer(text):
        start, end = found.start(), found.end("day") + 1
        date = _date(found, published)
        if date is None:
            yield Finding("claim-date", start, end, f"there is no {text[start:end]}")
            continue
        if found.group("weekday"):
            yield from _weekday(date, found.group("weekday"), found.start("weekday"))
        yield from _outside(text, date, start, end, published, period)
    for found in _AFTER.finditer(text):
        date = _date(found, published)
        if date is not None:
            yield from _weekday(date, found.group("weekday"), found.start("weekday"))


def _date(found: re.Match[str], published: Date) -> Date | None:
    """The day, without a year the one nearest to the publication; None where the calendar has none."""
    year, month, day = (int(found.group(name) or 0) for name in ("year", "month", "day"))
    if not (1 <= month <= 12 and 1 <= day <= days_in(year or LEAP, month)):
        return None
    years = (year,) if year else range(published.year - 1, published.year + 2)
    near = min(years, key=lambda one: abs(Date(one, month, min(day, days_in(one, month))).ordinal - published.ordinal))
    if day <= days_in(near, month):
        return Date(near, month, day)
    if not _OTHER_YEAR.search(found.string, max(found.start() - NEAR_BY, 0), found.start()):
        return None  # 2月29日, of a year without one
    return Date(next((one for one in years if day <= days_in(one, month)), LEAP), month, day)


_OTHER_YEAR = later(r"(?:19|20)\d\d|[去上明次翌前]年")
NEAR_BY = 30  # characters before a day that may say which year it is of


def _weekday(date: Date, said: str, start: int) -> Iterator[Finding]:
    right = WEEKDAYS[(date.ordinal - MONDAY) % 7]
    if right != said.replace("天", "日"):
        yield Finding("claim-weekday", start, start + 1, f"{date.year} 年 {date.month} 月 {date.day} 日 is 星期{right}")


def hold_days(scene: Scene, book: Book) -> Iterator[Finding]:
    """A day said of a row that has another in a column of days: 成立于 2017 年 5 月 28 日."""
    rows = scene.of("row") or ([] if scene.lost else list(scene.rows))
    days = [token for token in scene.of("time") if token.time is not None and token.time.kind == "day"]
    if scene.unsure or scene.denied or not rows or len(days) != 1:
        return
    day = days[0]
    before = scene.text[scene.part.start : day.start]
    for place, sheet in enumerate(book.sheets):
        found = {row for token in rows for name in token.names if name.sheet == place for row in name.places}
        for at, column in enumerate(sheet.table.columns):
            stem = column.key.removesuffix("日期").removesuffix("时间").removesuffix("日")
            names = [*column.words, column.key, *[stem + tail for tail in ("于", "日", "日期", "时间") if len(stem) > 1]]
            said = _SAID.search(before)
            if (
                column.kind != "date"
                or len(found) != 1
                or said is None
                or not any([before[: said.end("word")].endswith(one) for one in names])
            ):
                continue
            cell = sheet.table.rows[next(iter(found))][at]
            time = day.time
            years = "年" in scene.text[day.start : day.end]
            if not isinstance(cell.value, Date) or time is None:
                continue
            own = (cell.value.year if years else time.year, cell.value.month, cell.value.day)
            if own != time.order:
                message = (
                    f"`{scene.text[day.start : day.end]}` is said of {cell.text} ({sheet.name(next(iter(found)))} {column.key})"
                )
                yield Finding("claim-value", day.start, day.end, message)
                return


_COMING = later(
    r"将|拟|计划|下周|即将|到期|召开|公布|发布|生效|实施|起[，,至]|起$|之?前|届满|申购|上市|开始|举行|披露|截止|缴款|付息|除权|派息|安排|日程|关注|定价"
)


def _not_begun(scene: Scene, book: Book, published: Date) -> Token | None:
    """The month or quarter, not begun when the note came out, that a clause tells a change of: 2025年12月CPI同比上涨 0.2%."""
    begun = sentence_start(scene.text, scene.part.start)
    said = scene.of("time") or [token for token in scene.whens if token.start >= begun]  # 2025年12月，CPI同比上涨 0.2%
    whens = [(token, token.time) for token in said if token.time is not None]
    if len(whens) != 1 or not scene.of("number") or not (scene.of("dir") or scene.of("amp")):
        return None
    token, time = whens[0]
    month = {"month": time.place, "quarter": 3 * time.place - 2}.get(time.kind, 0)
    dated = "年" in scene.text[token.start : token.end]
    if not month or not dated or (time.year, month) <= (published.year, published.month):
        return None
    named = [book.sheets[name.sheet].measures[at] for one in scene.of("noun") for name in one.names for at in name.places]
    return token if named and all([one.basis or one.kind == CHANGE for one in named]) else None


def hold_coming(found: Sequence[Scene], published: Date, book: Book) -> Iterator[Finding]:
    """A day, month or quarter after the publication, of which a sentence tells what its numbers have been."""
    if any([scene.unsure or _COMING.search(scene.words) for scene in found]):
        return
    for scene in found:
        month = _not_begun(scene, book, published)
        if month is not None:
            yield Finding("claim-period", month.start, month.end, f"the note is published on {published.iso}")
            return
        for token in scene.of("time"):
            time = token.time
            if time is None or time.kind != "day" or "日" not in scene.text[token.start : token.end]:
                continue
            if not (1 <= time.place <= 12 and 1 <= time.day <= days_in(time.year, time.place)):
                continue
            date = Date(time.year, time.place, time.day)
            if published.ordinal < date.ordinal < published.ordinal + YEAR // 2:
                yield Finding("claim-period", token.start, token.end, f"the note is published on {published.iso}")
                return


_SAID = later(r"(?P<word>[一-龥]+?)(?:是|为|在)?$")


def _outside(text: str, date: Date, start: int, end: int, published: Date, period: tuple[Date, Date] | None) -> Iterator[Finding]:
    """本周三（12 月 20 日） in a note of another week; a stretch that ends before it begins."""
    last = date
    to = _TO.match(text, end)
    if to is not None:
        month, day = int(to.group("month") or date.month), int(to.group("day"))
        if not (1 <= month <= 12 and 1 <= day <= days_in(LEAP, month)):
            if not to.group("month"):
                yield Finding("claim-date", to.start("day"), to.end(), f"there is no {month} 月 {day} 日")
            return
        if month == date.month and day < date.day:
            yield Finding("claim-period", start, to.end(), "this ends before it begins")
            return
        last = Date(date.year + (month < date.month), month, min(day, days_in(date.year + (month < date.month), month)))
        end = to.end()
    if period is not None and (that := _AS_OF.match(text, end)) is not None:  # 8月12日…，成为本月最受关注的一天
        first, final = period
        months = {(day.year, day.month) for day in period}
        inside = (
            (date.year, date.month) in months if that.group("when")[1] == "月" else first.ordinal <= date.ordinal <= final.ordinal
        )
        if not inside:
            yield Finding("claim-period", start, end, f"the note is of {first.iso} to {final.iso}")
            return
    if period is None or _WITHIN.search(text, max(start - 14, 0), start) is None:
        return
    first, final = period
    if not first.ordinal <= date.ordinal <= last.ordinal <= final.ordinal:
        yield Finding("claim-period", start, end, f"the note is of {first.iso} to {final.iso}")
