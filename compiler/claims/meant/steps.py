"""The time before: which row or column a change is reckoned from.

In: a clause, a sheet, a row or a column.  Out: the other one; None where the data do not have it.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.subjects import DAY
from ..words.reading import sentence_start
from ..words.times import DAY as ON_DAY
from ..words.times import MONTH as IN_MONTH
from ..words.times import QUARTER as IN_QUARTER
from ..words.times import YEAR as IN_YEAR
from ..words.times import same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet
    from ..words.times import Time


def column_past(scene: Scene, sheet: Sheet, measure: Measure, book: Book) -> Measure | None:
    """The column of the time a clause compares with: 上周日均 of 日均成交额."""
    from ..tables.time_columns import column_stems, column_times
    from .pairs import called, earlier

    bases = based_on(scene)
    said = [token.time for token in bases if token.time is not None]
    times = column_times(sheet.table, book.now)
    if said and measure.column in times:
        stems = column_stems(sheet.table, book.now)
        alike = [one for one in sheet.measures if one.minus < 0 and stems.get(one.column) == stems.get(measure.column)]
        return next((one for one in alike if one.column in times and same(times[one.column], said[-1])), None)
    words = [scene.text[token.start : token.end] for token in bases]
    named = [one for word in words if (one := called(sheet, measure, word)) is not None and measure.minus < 0 > one.minus]
    if named:
        return named[-1]
    begun = next((word for word in words if word in _BEGUN), None)
    if begun is not None:  # 与年初相比, of a column 年初
        return next((one for one in sheet.measures if one.key.startswith(begun) and _alike(one, measure)), None)
    year = "同比" in scene.words or any(
        [one in word for one in ("同期", "去年", "上年", "同比") for word in (scene.words, *words)]
    )
    return (None if year else sheet.column_before(measure)) or earlier(sheet, measure, book.now, year=year)


_BEGUN = ("年初", "月初", "季初", "期初")


def _alike(one: Measure, other: Measure) -> bool:
    return one is not other and one.minus < 0 and one.kind == other.kind and one.unit == other.unit


def since_start(scene: Scene) -> bool:
    """Whether a clause compares with the start of the year, or with 去年同期, not with a shorter time before."""
    return any([_YEAR_AGO.fullmatch(scene.text, token.start, token.end) is not None for token in based_on(scene)])


_YEAR_AGO = later(r"年初|(?:去年|上年)(?:同期|同月|同季)?")


def based_on(scene: Scene) -> Sequence[Token]:
    """The times a clause, or one before it, says its numbers are compared with."""
    return [token for token in scene.tokens if token.kind in ("versus", "base")] or scene.bases


def differs(scene: Scene) -> bool:
    """Whether the clause compares with an earlier time."""
    return "环比" in scene.words or bool(based_on(scene))


_IN_MONTH = later(r"(?<!近)(?<!过去)一个月(?:之?[内间]|里|就|时间)")
_WAY_TO = later(r"\d(?:个?百分点|%|个?基点|(?i:bp))[至到]\d")
_ELSEWHERE = later(
    r"同比|同期|去年|上年|年初|年末|以来|累计|自(?![主身然])|从(?!业)|由(?!于)|[较比与]|[两二三四五六七八九十\d]个(?:月|季)|[高低]点|峰值"
)
WEEKS = 53  # of a year; more is a count of weeks
_BASES = {"week": "周", "half": "年", "term": "期", IN_YEAR: "年", IN_QUARTER: "季", IN_MONTH: "月", ON_DAY: "日天"}


def compared(scene: Scene, sheet: Sheet, row: int) -> int | None:
    """The row a change is reckoned from, None where the data do not have it."""
    own = sheet.times[row]
    assert own is not None
    tokens = based_on(scene)
    begun = None if tokens or scene.of("time") or own.kind != IN_YEAR else _first_year(scene, own.year)
    if begun is not None:
        return next((at for at, time in enumerate(sheet.times) if time is not None and time.year == begun), None)
    versus = [_not_after(own, token, scene) for token in tokens if token.kind == "versus" and token.time is not None]
    if versus:
        return next((at for at, time in enumerate(sheet.times) if time is not None and same(time, versus[-1])), None)
    words = [scene.text[token.start : token.end] for token in tokens if token.kind == "base"]
    if words:
        year = any([one in words[-1] for one in ("去年", "上年", "同期")])
        if year and own.kind != IN_YEAR:
            return before(sheet, row, True)
        weekly = sheet.units == {"week"}
        bases = "周" if weekly else _BASES[own.kind]
        fits_kind = any([char in words[-1] for char in bases]) or ("交易日" in words[-1] and not weekly) or words[-1] == "前值"
        return before(sheet, row) if fits_kind and "同期" not in words[-1] else None
    if own.kind == IN_MONTH and _IN_MONTH.search(scene.words) is not None:
        return before(sheet, row)  # 5 月一个月就反弹了 2.8 个百分点
    if own.kind == IN_MONTH and scene.of("time") and _WAY_TO.search(scene.words) and not _ELSEWHERE.search(scene.words):
        return before(sheet, row)  # 6 月回升 0.2 个百分点至 47.9%
    if sheet.units == {"week"} and "同比" not in scene.words and scene.scope == "周" and scene.of("scope"):
        return before(sheet, row)  # 一周增加 413 亿元
    if "同比" in scene.words or "同期" in scene.words:
        return before(sheet, row, own.kind != IN_YEAR)
    if "环比" in scene.words or (own.kind == IN_YEAR and "较" not in scene.words and "比" not in scene.words):
        return before(sheet, row)
    return None


_YEARS = later(r"[从自由](?P<from>\d{4})年?(?:起|开始)?[到至](?P<to>\d{4})年")


def _first_year(scene: Scene, last: int) -> int | None:
    """The year a sentence reckons from before the clause: 从2013年到2023年，物流费用率累计下降 3.6 个百分点."""
    found = _YEARS.search(scene.text, sentence_start(scene.text, scene.part.start), scene.part.start)
    return int(found.group("from")) if found is not None and int(found.group("to")) == last else None


def day_before(scene: Scene, sheet: Sheet, row: int, end: int) -> int | None:
    """The day before the one a clause names, where its sentence says of nothing else that it compares with: 周四溢价率抬升
    0.44 个百分点."""
    whens = [token for token in scene.whens if token.time is not None]
    start = sentence_start(scene.text, scene.part.start)
    plain = sheet.units == {ON_DAY} and len(whens) == 1 and scene.scope in ("", DAY, "单日") and not scene.bases
    nouns, ways = ([one.start for one in scene.of(kind) if one.end <= end] for kind in ("noun", "dir"))
    behind = not nouns or max(ways, default=0) > nouns[-1]  # 跌停家数达 14 家
    if not plain or not behind or _NOT_OF_DAY.search(scene.text, start, end) is not None:
        return None
    return before(sheet, row)


# What may reckon a number from another day than the one before: 截至周五…, 本周五个交易日….
_NOT_OF_DAY = later(
    r"同比|同期|以来|累计|合计|自(?![主身然])|从(?!业)|由(?!于)|[较比与]|相[比较]|[高低]点|峰值|周[内度]|[全本当这一上前两三四]周|月(?!\d)|连|节[前后日]|截[至止]|至今"
    r"|期间|[两二三四五六七八九十\d]个?交易?[日天]|[至到](?:本|上)?周|盘中|早盘|午后|尾盘|开盘|一度|夜盘|隔夜|小时|分钟|年(?!\d)"
)


def _not_after(own: Time, token: Token, scene: Scene) -> Time:
    """The time a clause compares with, of the year before where it would else be later: 去年四季度…，比三季度少 7.9 亿元."""
    time = token.time
    assert time is not None
    dated = "年" in scene.text[token.start : token.end] or not own.year or not time.year
    return time if dated or time.kind != own.kind or time.order <= own.order else time.replace(year=time.year - 1)


def before(sheet: Sheet, row: int, year: bool = False) -> int | None:
    """The row of the time before, or of the same time a year before."""
    time = sheet.times[row]
    if time is None:
        return None
    if year:
        if not time.year:
            return None
        wanted = time.replace(year=time.year - 1, day=time.day if time.kind == ON_DAY else 0)
        return next((at for at, one in enumerate(sheet.times) if one is not None and same(one, wanted)), None)
    order = [one.order for one in sheet.times if one is not None]
    earlier = [(key, at) for at, key in enumerate(order) if key < time.order]
    return max(earlier)[1] if earlier else None
