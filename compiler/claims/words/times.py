"""Times prose speaks of, and times that name the rows of data: years, quarters, months, days.

In: text, and the day the note is of.  Out: times that compare equal when they mean the same.  Always: what names no year is the
latest that had begun by then.
"""

from __future__ import annotations

from ...model import Date
from ...pattern import later
from ...record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

YEAR, QUARTER, MONTH, DAY = "year", "quarter", "month", "day"
HALF, IN_WEEK = "half", "week"
WEEKDAYS = "一二三四五六日"
MONDAY = Date(2024, 1, 1).ordinal
_QUARTERS = {char: at % 4 + 1 for at, char in enumerate("一二三四1234")}
NO_WEEKDAY = (  # 当周四种商品, 周三大指数, 周一至周五: after the numeral, in patterns of weekdays
    r"(?!(?<=一)(?:同[上下走涨跌回]|[致齐道并举]|路[上下走])|至|到(?!期)|均|线|分之|个(?!股)|只(?!是|有|能)|家(?![电居具])|大(?![涨跌幅])|类|种|项|宗|款|座|艘"
    r"|城(?![投市商])|支(?=[个股基债指产])|部(?=[影电新])|成(?=[以多左个股行板品指标公])|地(?=[均都价楼房共合])|国(?=[股货央均])|者"
    r"|[涨跌升降][一二两三四五六七八九][涨跌升降])"
)
_SAID = later(
    r"(?:(?<!\d)(?:(?P<dy>\d{4})年)?(?P<dm>\d{1,2})月(?P<dd>\d{1,2})日"
    r"|(?<!\d)(?P<iy>(?:19|20)\d\d)(?:[-/]|\.(?=\d{1,2}\.\d|(?:0[1-9]|1[0-2])(?![\d%‰亿万千点元])))(?P<im>\d{1,2})(?:[-/.](?P<id>\d{1,2}))?(?!\d)"
    r"|(?<!\d)(?:(?P<qy>\d{4}|\d\d(?=Q|q))年?|(?P<qr>今年|去年))?(?<!前)(?:第?(?P<q>[一二三四1-4])季度?|[Qq](?P<q2>[1-4])|(?P<q4>[一二三四])季报)"
    r"|(?<!\d)(?:(?P<my>\d{4})年|(?P<mr>今年|去年))?(?P<m>\d{1,2})(?:(?:(?<=[、和与]\d)|(?<=[、和与]\d\d))两个?)?月(?:份(?!额)|末|底)?"
    r"|(?<!\d)(?P<y>19\d\d|20[0-4]\d)年?(?:全年|年度|年末|年底|末|底)?(?![\d.%]|[万亿千百点元吨桶只家户手股辆套份倍美港]|年?[-/])"
    rf"|(?<!上)(?<!下)(?:本)?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天]){NO_WEEKDAY}"
    r"|(?P<rel>今年|本年|本月|当月|本季度?))"
)
_LAST_DAY = later(r"(?:至|到|—|-|~|–)(?P<day>\d{1,2})日")
_BARE_DAY = later(
    r"(?<![\d.,月年近前第后过去每整满续达共计约\-–—~～/])(?P<day>[12]\d|3[01]|[1-9])日(?![线内间元度期游圆]|均[线价值量]|以内|移动|年化|平均|[涨跌]幅|滚动)"
)
_KEY = later(
    r"(?P<y>\d{4})年?(?:(?:度|全年)?$|[-/.年]?(?P<m>\d{1,2})(?:月份?)?$|[-/.年](?P<dm>\d{1,2})[-/.月](?P<dd>\d{1,2})日?$"
    r"|年?第?(?P<q>[一二三四])季度?$|[-年]?[Qq](?P<q2>[1-4])$)"
    r"|(?P<m2>\d{1,2})月份?$|第?(?P<q3>[一二三四])季度$|[Qq](?P<q4>[1-4])$|(?P<sy>\d\d)[Qq](?P<sq>[1-4])$"
    r"|(?P<dm2>\d{1,2})月(?P<dd2>\d{1,2})日(?:当周|所在周|周)?$|(?:周|星期)(?P<wd>[一二三四五六日])$"
)


class Time(Record):
    """A year, quarter, month or day; `year` 0 where the data do not say one."""

    kind: str
    year: int
    place: int = 0
    day: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        """In the order of the calendar."""
        return self.year, self.place, self.day


class Said(Record):
    """A time at `text[start:end]`."""

    start: int
    end: int
    time: Time


_TO_DATE = later(r"(?<=\d{4}年)(?:至今|以来|年?初?至今|截至.*)$|(?<=\d{4})[（(](?:至今|年内|截至[^（）()]*)[）)]$")
_KEY_WEEK = later(r"(?:(?P<y>\d{4})[-年]?)?(?:第|[Ww])(?P<w>\d{1,2})周?")
_KEY_DAYS = later(  # a week by its first day and its last: 06.07-06.11, 6月7日—11日
    r"(?:(?P<y>\d{4})[-./年])?(?P<m>\d{1,2})[-./月](?P<d>\d{1,2})日?(?:至|到|—|-|~|–|～)(?:\d{4}[-./年])?(?:(?P<m2>\d{1,2})[-./月])?(?P<d2>\d{1,2})日?"
)
_KEY_HALF = later(r"(?P<y>\d{4})[-年]?(?:H(?P<h>[12])|(?P<h2>[上下])半年|(?P<h3>中)报)")
_WEEKS = later(r"(?:(?P<y>\d{4})年)?第(?P<w>\d{1,2})周")
_HALVES = later(r"(?:(?P<y>\d{4})年|(?P<r>今年|去年|上年))?(?P<h>[上下])半年|(?P<y2>\d{4})[Hh](?P<h2>[12])")


def long_times(text: str, start: int, end: int, now: Date) -> Iterator[Said]:
    """The weeks and half-years of a text, which only some data are of."""
    for found in _WEEKS.finditer(text, start, end):
        yield Said(found.start(), found.end(), Time(IN_WEEK, int(found.group("y") or 0), int(found.group("w"))))
    for found in _HALVES.finditer(text, start, end):
        digits = found.group("y") or found.group("y2")
        first = (found.group("h") or found.group("h2")) in "上1"
        year = int(digits) if digits else now.year - (found.group("r") in ("去年", "上年"))
        if not digits and not found.group("r") and not first and now.month <= 6:
            year -= 1
        yield Said(found.start(), found.end(), Time(HALF, year, 1 if first else 2))


def key_time(text: str, now: Date) -> Time | None:
    """What the name of a row says of time, or None."""
    text = _TO_DATE.sub("", text.strip().replace(" ", ""))
    week = _KEY_WEEK.fullmatch(text)
    if week is not None:
        return Time(IN_WEEK, int(week.group("y") or 0), int(week.group("w")))
    span = _KEY_DAYS.fullmatch(text)
    if span is not None:
        last, until = int(span.group("m2") or span.group("m")), int(span.group("d2"))
        return Time(DAY, int(span.group("y") or now.year), last, until) if 1 <= last <= 12 and 1 <= until <= 31 else None
    half = _KEY_HALF.fullmatch(text)
    if half is not None:
        return Time(HALF, int(half.group("y")), 1 if (half.group("h") or half.group("h2") or half.group("h3")) in "1上中" else 2)
    found = _KEY.match(text)
    if found is None:
        return None
    part = found.groupdict()
    year = int(part["y"] or 0)
    if part["wd"]:
        return _weekday(part["wd"], now)
    for month, day in (("dm", "dd"), ("dm2", "dd2")):
        if part[month]:
            return Time(DAY, year or now.year, int(part[month]), int(part[day]))
    for month in ("m", "m2"):
        if part[month]:
            return Time(MONTH, year, int(part[month])) if 1 <= int(part[month]) <= 12 else None
    for quarter in ("q", "q2", "q3", "q4", "sq"):
        if part[quarter]:
            return Time(QUARTER, year or (2000 + int(part["sy"]) if part["sy"] else 0), _QUARTERS[part[quarter]])
    return Time(YEAR, year)


def times(text: str, start: int, end: int, now: Date) -> Iterator[Said]:
    """All times of `text[start:end]`."""
    for found in _SAID.finditer(text, start, end):
        made = _time(found, now)
        if made is not None and found.group("wd"):
            made = _day_before(text, found.start(), now) or made
        if made is None:
            continue
        yield Said(found.start(), found.end(), made)
        to = _LAST_DAY.match(text, found.end(), end) if made.kind == DAY and found.group("dd") else None
        if to is not None:  # 12 月 25 日至 29 日
            yield Said(to.start("day"), to.end(), made.replace(day=int(to.group("day"))))


_OF_DAY = later(r"(?<!\d)(?:\d{4}年)?\d{1,2}月\d{1,2}日[（(，,]?[本当]?$")
NEAR_BY = 16  # characters a day and a bracket take


def _day_before(text: str, at: int, now: Date) -> Time | None:
    """The day a weekday only says again: 11月5日（周二）, whichever week that is of."""
    day = _OF_DAY.search(text, max(at - NEAR_BY, 0), at)
    found = _SAID.match(text, day.start(), at) if day is not None else None
    return _time(found, now) if found is not None else None


def bare_days(text: str, start: int, end: int, known: dict[int, Time]) -> Iterator[Said]:
    """The days of `text[start:end]` that are said without their month, and of the data: 高点出现在 10 日."""
    for found in _BARE_DAY.finditer(text, start, end):
        time = known.get(int(found.group("day")))
        if time is not None:
            yield Said(found.start(), found.end(), time)


def _time(found: re.Match[str], now: Date) -> Time | None:
    part = found.groupdict()
    if part["wd"]:
        return _weekday(part["wd"], now)
    if part["dm"]:
        month, day = int(part["dm"]), int(part["dd"])
        return Time(DAY, int(part["dy"] or 0) or now.year - ((month, day) > (now.month, 31)), month, day)
    if part["iy"]:
        if part["id"]:
            return Time(DAY, int(part["iy"]), int(part["im"]), int(part["id"]))
        return Time(MONTH, int(part["iy"]), int(part["im"]))
    quarter = part["q"] or part["q2"] or part["q4"]
    if quarter:
        place = _QUARTERS[quarter]
        year = _year(part["qy"], part["qr"], now) or now.year - ((place - 1) * 3 + 1 > now.month)
        return Time(QUARTER, year, place)
    if part["m"]:
        month = int(part["m"])
        return (
            Time(MONTH, _year(part["my"], part["mr"], now) or now.year - (month > now.month), month) if 1 <= month <= 12 else None
        )
    if part["y"]:
        return Time(YEAR, int(part["y"]))
    said = part["rel"]
    if said in ("本月", "当月"):
        return Time(MONTH, now.year, now.month)
    if said.startswith("本季"):
        return Time(QUARTER, now.year, (now.month + 2) // 3)
    return Time(YEAR, now.year)


def _year(digits: str | None, word: str | None, now: Date) -> int:
    if digits:
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    return now.year - (word == "去年") if word else 0


def _weekday(char: str, now: Date) -> Time:
    """That day of the week `now` is in."""
    monday = now.ordinal - (now.ordinal - MONDAY) % 7
    return _of_ordinal(monday + WEEKDAYS.index(char.replace("天", "日")), now)


def _of_ordinal(ordinal: int, near: Date) -> Time:
    """The day with this ordinal, which lies within a week of `near`."""
    from ...model import days_in

    year, month, day = near.year, near.month, near.day + ordinal - near.ordinal
    if day < 1:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        day += days_in(year, month)
    elif day > days_in(year, month):
        day -= days_in(year, month)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return Time(DAY, year, month, day)


def same(one: Time, other: Time) -> bool:
    """Whether both mean the same; a year that is not said fits any, and a month's last day, as a row, its month and itself."""
    if one.kind == MONTH and one.day:
        one = one.replace(kind=DAY) if other.kind == DAY else one.replace(day=0)
    if one.kind != other.kind or (one.place, one.day) != (other.place, other.day):
        return False
    return one.year == other.year or not one.year or not other.year
