"""Over how many rows of a series something is so: 全部为负, 十年中有六年超过千亿元, 四涨一跌

In: scenes of a sentence, the book.  Out: findings.  Always: the rows are a stretch the words name in full (近八个季度, 下半年,
本周) and the data have in full.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...model import Date
from ...pattern import later
from ..meant.columns import of_others
from ..meant.courses import of_row
from ..meant.groups import sentence_text
from ..meant.options import clear, with_changes
from ..meant.pools import versus
from ..meant.spans import of_week, span_of
from ..tables.subjects import CHANGE, FLOW, LEVEL
from ..words.quantities import ABOVE, BELOW, COUNT, han_value
from ..words.times import DAY, MONTH, QUARTER, YEAR, same, times
from .findings import Finding
from .moves import count_of_moves
from .series import HALVES, UNITS, column_of, year_of
from .streaks import SIGNED_DOWN, SIGNED_UP

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet

_SPAN = later(
    rf"(?P<lead>近|过去|最近|这|上述|节后|连续|此前|前)?(?P<n>{COUNT})个?(?P<unit>年|月|季度|季|交易日|日|天|周)(?P<in>来|间|里|中|内|以来|的)?"
)
_OF_ALL = later(
    r"(?P<here>表中|区间内?|样本期?内?|上述|所列)?(?:各|所有|全部|每)个?(?P<unit>年|月|季度|季|交易日|日|天|周)(?:度|份)?"
)
_IN_PERIOD = later(r"(?<![一-龥])(?:期内|样本期内?|统计期内?|观察期内?|表内|表中)")
_APART = later(r"(?:分|按|逐)(?P<unit>年|月|季度?)(?:度|份)?(?:来|去)?看")  # 分年份看，净买入超过 2000 亿元的有四年
_DATE = later(r"\d{1,2}[月日]")
_NO_ONE = r"无一|没有(?:任何)?一个(?:月|季度|年|交易日)"
_EACH = later(
    r"全部|悉数|(?:(?<=[各每][年月日周季])|(?<=[各每]个交易日)|(?<=[各每]交易日)|(?<![日年周季户人月])|(?<=个月))均(?!值|价|线|衡)"
    rf"|(?:都|皆)(?![是为][^，。；]*的(?:日子|时候|交易日|[月年]份|一[天周月年]))|始终|一直"
    r"|(?<![\d一二三四五六七八九十本当全上每单去今前])(?:月月|年年|季季|周周|日日|天天)(?![均度末初底报线中内期])(?:都|皆)?"
    rf"|(?:(?<=每)|(?<=每个))(?:日|天|周|月|季度|季|年|交易日)(?=净|收[涨跌]|[上下][涨跌]|为[正负]|超过|[高低]于|不[低足到超高])(?!.*[均都皆])"
    rf"|{_NO_ONE}|无一例外"
)
_EXCEPT = later(r"除(?:了|去|开)?[^，。；]{1,14}(?:以外|之外|外)，")
_NONE_AT_ALL = later(_NO_ONE)
_COUNT = later(
    rf"(?:有|共有|共|仅|只有)?(?P<n>{COUNT})(?:个)?(?P<unit>年|(?<=个)月|季度|季|交易日|(?<!\d)日|天|周)(?!来|间|里|中|内|以来|末|份|初|线|同)"
)
_COUNT_AFTER = later(rf"的(?:一共|总共|共|仅|只)?(?:有|为|达)?(?P<n>{COUNT})个?(?P<unit>年|月|季度|季|交易日|日|天|周)$")
_COUNT_LAST = later(
    rf"的(?P<unit>年|月|季度|交易日)(?:份|度)?(?:一共|总共|共计|共|仅|只)?(?:有|为|达)(?P<n>{COUNT})个?$"
)  # 环比下降的月份共有五个
_PAIR = later(rf"(?P<up>{COUNT})(?:涨|升)(?P<down>{COUNT})(?:跌|降)|(?P<down2>{COUNT})(?:跌|降)(?P<up2>{COUNT})(?:涨|升)")
_LIMIT = later(
    r"(?P<above>(?<!不)超过|(?<!不)超|(?<!不)高于|(?<!不)大于|突破|站上|(?<!不)逾|不低于|不少于|不小于)"
    r"|(?P<below>(?<!不)低于|不足|不到|(?<!不)小于|(?<!不)少于|未及|未超过?|不超过?|不高于|不大于|不多于)"
)
_OR_SO_MUCH = ("不低", "不少", "不小", "未超", "不超", "不高", "不大", "不多")  # the bound itself, too
_LINE = later(
    r"(?P<above>(?:荣枯分?界?线|临界点|枯荣线)(?:以上|上方|之上)|扩张区间|(?:高于|站上|超过|突破)(?:荣枯分?界?线|临界点|枯荣线))"
    r"|(?P<below>(?:荣枯分?界?线|临界点|枯荣线)(?:以下|下方|之下)|收缩区间|(?:低于|跌破|不及|未及)(?:荣枯分?界?线|临界点|枯荣线))"
)
_RISING, _FALLING = later(r"增长|上升|上涨|增加|回升"), later(r"下降|下滑|回落|下跌|减少")
_WITHIN = later(r"(?:保持|维持|处于?|位于|稳定|运行)?在?")
_VAGUE = ("的", "近", "约", "超", "逾", "过", "多", "第", "续", "前", "后", "每")
_JUST = later(r"仅|只|有|共")
WEEK_DAYS = 7
HOLIDAY = 4  # days between two of trading, at the most, where no holiday is


def hold_tallies(scene: Scene, book: Book) -> Iterator[Finding]:
    """All claims of a clause about many times."""
    if not scene.unsure:
        yield from _unbroken(scene, book)
    if scene.unsure or (scene.denied and _NONE_AT_ALL.search(scene.words) is None):
        return
    if (scene.of("row") and not _of_its_course(scene, book)) or (len(scene.past) > 1 and not scene.of("time")):
        return  # A、B 获净买入，涨幅均在 1% 以上
    for place, sheet in enumerate(book.sheets):
        if not sheet.series:
            continue
        finding = _tally(scene, sheet, place, listed_times(scene, sheet) or span_of(scene, sheet, book), book)
        if finding is not None:
            yield finding
            return


def _of_its_course(scene: Scene, book: Book) -> bool:
    """Whether the one row a clause names is what a column by time is called: 2018 年至 2024 年间，甲混合有五年取得正收益."""
    return any([sheet.series and of_row(scene, sheet) is not None for sheet in book.sheets])


_UNBROKEN = later(
    r"(?:而|且|但)?(?:这|该|此)一?(?:纪录|记录|高点|水平|规模|数字|成绩)(?:至今|迄今|此后|目前|仍|尚|也|一直|从)*(?:未|没有)(?:能|曾|有)?被?"
    r"(?:打破|超越|刷新|突破|超过)"
)


def _unbroken(scene: Scene, book: Book) -> Iterator[Finding]:
    """2021 年净买入 4321.69 亿元，这一纪录至今未被打破, where a later row has more."""
    found = _UNBROKEN.match(scene.text, scene.part.start, scene.part.end)
    whens = [token.time for token in scene.whens if token.time is not None]
    if found is None or scene.tokens or len(whens) != 1:
        return
    for place, sheet in enumerate(book.sheets):
        measure = column_of(scene, sheet, place) if sheet.series and scene.nouns else None
        rows = [row for row, time in enumerate(sheet.times) if time is not None and same(time, whens[0])]
        own = sheet.value(rows[0], measure) if measure is not None and len(rows) == 1 else None
        if measure is None or own is None or own <= 0:
            continue
        after = [row for row in range(len(sheet.times)) if _when(sheet, row) > _when(sheet, rows[0])]
        known = [(value, row) for row in after if (value := sheet.value(row, measure)) is not None]
        if known and max(known)[0] > own:
            holder = max(known)[1]
            message = f"`{found.group()}`: {versus(sheet, measure, holder, rows[0])}"
            yield Finding("claim-record", found.start(), found.end(), message, ((sheet, holder, measure),))
            return


def _when(sheet: Sheet, row: int) -> tuple[int, int, int]:
    time = sheet.times[row]
    assert time is not None
    return time.order


def half_years(sheet: Sheet, words: str, whens: list[Token]) -> list[int] | None:
    """The rows of the half-year a text names, where the data have all of it."""
    half = next((one for one in HALVES if one in words), "")
    kinds = {time.kind for time in sheet.times if time is not None}
    kind = next((one for one in HALVES.get(half, {}) if one in kinds), "")
    if not kind:
        return None
    dated = any([time.year for time in sheet.times if time is not None])
    years = [token.time.year for token in whens if token.time is not None and (token.time.kind == YEAR or dated)]
    years = [one for one in years if one]
    year = years[-1] if years else max([time.year for time in sheet.times if time is not None])
    first, last = HALVES[half][kind]
    rows = [at for at, time in enumerate(sheet.times) if time is not None and time.year == year and first <= time.place <= last]
    return rows if len(rows) == last - first + 1 else None


def months_of(sheet: Sheet, whens: list[Token]) -> list[int] | None:
    """The three months of the quarter that is named last."""
    quarters = [token.time for token in whens if token.time is not None and token.time.kind == QUARTER]
    if not quarters:
        return None
    wanted = range(quarters[-1].place * 3 - 2, quarters[-1].place * 3 + 1)
    rows = [
        at
        for at, time in enumerate(sheet.times)
        if time is not None and time.kind == "month" and time.place in wanted and time.year in (quarters[-1].year, 0)
    ]
    return rows if len(rows) == len(wanted) else None


def _after_holiday(sheet: Sheet, order: Sequence[int], count: int) -> list[int] | None:
    """The days since the last gap of a holiday, where they are as many as is said."""
    days = [Date(*time.order).ordinal for row in order if (time := sheet.times[row]) is not None and time.year]
    gaps = [at for at in range(1, len(days)) if days[at] - days[at - 1] > HOLIDAY]
    rows = list(order[gaps[-1] :]) if gaps and len(days) == len(order) else []
    return rows if len(rows) == count else None


def listed_times(scene: Scene, sheet: Sheet) -> list[int]:
    """The rows of the times a clause lists: 6月和8月跌幅都在 3% 以上."""
    whens = [token for token in scene.of("time") if token.time is not None]
    joined = [scene.text[one.end : other.start] in ("、", "和", "与", "及") for one, other in itertools.pairwise(whens)]
    rows = [row for row, time in enumerate(sheet.times) if time and any([same(time, one.time) for one in whens if one.time])]
    return rows if joined and all(joined) and len(rows) == len(whens) else []


def stretch_of(scene: Scene, sheet: Sheet, words: str, book: Book) -> list[int] | None:
    """The rows of the stretch a sentence names, in the order of time; None where it names none, or not all of it is there."""
    order = [row for _, row in sorted([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])]
    kinds = sheet.units
    half = half_years(sheet, words, scene.of("time"))
    if half is not None:
        return half
    for found in _SPAN.finditer(words):
        count = int(han_value(found.group("n")) or 0)
        if UNITS.get(found.group("unit")) not in kinds or count < 2:
            continue
        if _DATE.match(words, found.start()):
            continue  # 8月, of a table of eight months
        if found.group("lead") == "节后" and kinds == {DAY}:
            return _after_holiday(sheet, order, count)
        if count == len(order):
            return order
        week = of_week(sheet, book, order) if not found.group("lead") and kinds == {DAY} and book.period is not None else None
        if week is not None and count == len(week):
            return week
        if found.group("lead") in ("近", "过去", "最近") and count < len(order):
            return order[-count:]
    if [token for token in scene.whens if token.time is not None and token.time.kind in sheet.spoken]:
        return None  # 周三至周五
    if _WHOLE_YEAR.search(words) is not None and not scene.sinces:
        years = [token.time.year for token in scene.whens if token.time is not None and token.time.kind == YEAR]
        last = max([time.year for time in sheet.times if time is not None])
        return year_of(sheet, years[-1] if years else last) if len(years) < 2 else None
    begun = [token.time for token in scene.sinces if token.time is not None]
    dated = all([time is not None and time.year for time in sheet.times])
    if begun and dated and begun[-1].kind in ("year", *kinds) and _OF_ALL.search(words) is not None:
        first = (begun[-1].year, begun[-1].place, begun[-1].day)
        since = [row for row in order if (time := sheet.times[row]) is not None and time.order >= first]
        return since if len(since) > 1 else None
    every = _OF_ALL.search(words)
    if every is not None and {UNITS.get(every.group("unit"))} == kinds:
        every_year = {time.year for time in sheet.times if time is not None}
        return order if every.group("here") or len(every_year) == 1 else None
    apart = _APART.search(words)
    noun = next((token.start for token in scene.of("noun")), scene.part.end)
    if apart is not None and {UNITS.get(apart.group("unit"))} == kinds and not begun and clear(scene, scene.part.start, noun):
        return order
    if _IN_PERIOD.search(words) is not None and not begun and kinds <= {MONTH, QUARTER, YEAR}:
        return order
    days = [one for one in ("本周", "全周", "当周", "周内") if one in words]
    return order if kinds == {DAY} and days and len(order) <= WEEK_DAYS else None


def rows_named(scene: Scene, sheet: Sheet, book: Book) -> list[int] | None:
    """The rows of the stretch a clause names."""
    whens = scene.of("time")
    rows: list[int] | None = (
        months_of(sheet, whens) or half_years(sheet, scene.words, list(scene.whens)) or listed_times(scene, sheet)
    )
    rows = rows or span_of(scene, sheet, book) or stretch_of(scene, sheet, scene.words, book)
    year = rows_of_year(scene, sheet) if not rows and whens else None
    return year if year is not None and _COUNTED.search(scene.words) and len(year) in (4, 12) else rows


_COUNTED = later(r"四个季度|十二个月|12个月|全年")


def rows_of_year(scene: Scene, sheet: Sheet) -> list[int] | None:
    """The rows of the one year a clause is of: 2022年收入增速逐季回落."""
    years = [token.time.year for token in scene.whens if token.time is not None and token.time.kind == "year"]
    order = [row for _, row in sorted([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])]
    rows = [row for row in order if (time := sheet.times[row]) is not None and time.year in years[-1:]]
    return rows if len(years) == len(scene.whens) == 1 else None


def _tally(scene: Scene, sheet: Sheet, place: int, span: list[int] | None, book: Book) -> Finding | None:
    sentence = sentence_text(scene)
    stretch = stretch_of(scene, sheet, sentence, book) if span is None and _FROM_THEN.search(scene.words) is None else None
    rows = span if span is not None else stretch
    if rows is None:
        return _of_whole(scene, sheet, place, sentence)
    pair = _PAIR.search(scene.words)
    if pair is not None:
        return _paired(scene, sheet, place, rows, pair)
    rest = _REST.search(scene.words)
    if rest is not None:
        rows = _left(scene, sheet, rows, rest, sentence)
    each = _EACH.search(scene.words) if rows and _EXCEPT.search(sentence) is None else None
    if each is not None and _OF_SOME.search(scene.text, max(scene.part.start - AROUND, 0), scene.part.start + each.start()):
        return None
    if each is not None and each.group()[0] == each.group()[1:2] and "除" in sentence:
        return None  # 除 8 月 1 日当周外，这八周周周收红
    if each is not None:
        test = _test(scene, each.end(), none=each.group()[0] in "无没")
        measure = (
            _measure(scene, sheet, place, scene.part.start + each.start(), signed=test is not None and test[1])
            if test is not None
            else None
        )
        against = (
            [row for row in rows if not _holds(sheet, row, measure, test)] if test is not None and measure is not None else []
        )
        if against and measure is not None:
            message = f"not of all: {sheet.name(against[0])} {sheet.cell(against[0], measure).text} ({measure.key})"
            start = scene.part.start + each.start()
            return Finding("claim-all", start, start + len(each.group()), message, ((sheet, against[0], measure),))
        return None
    for found in (*_COUNT_AFTER.finditer(scene.words), *_COUNT_LAST.finditer(scene.words)):
        number = han_value(found.group("n"))
        if number == 1 and _JUST.search(found.group()) is None:
            continue  # 净流入最多的一天
        test = _test(scene, 0, none=False) if UNITS.get(found.group("unit")) in sheet.units else None
        measure = _measure(scene, sheet, place, scene.part.start + found.start(), signed=test[1]) if test is not None else None
        if number is None or test is None or measure is None or number >= len(rows):
            continue
        so = len([row for row in rows if _holds(sheet, row, measure, test)])
        if so != number:
            start = scene.part.start
            return Finding(
                "claim-count", start + found.start("n"), start + found.end(), f"it is so in {so} of {len(rows)} ({measure.key})"
            )
    for found in _COUNT.finditer(scene.words):
        number = han_value(found.group("n"))
        kinds = sheet.units
        before = scene.words[found.start("n") - 1 : found.start("n")]
        if number is None or UNITS.get(found.group("unit")) not in kinds or before in _VAGUE or not before or number >= len(rows):
            continue
        if _is_one(scene, scene.part.start + found.start("n"), UNITS[found.group("unit")]):
            continue
        others = [one.start() for one in _COUNT.finditer(scene.words) if one.start() > found.end()]
        test = _test(scene, found.end(), none=False, end=others[0] if others else None)
        measure = _measure(scene, sheet, place, scene.part.start + found.start("n"), signed=test[1]) if test is not None else None
        if test is None:
            at = scene.part.start + found.start("n")
            changes = _measure(scene, sheet, place, at, signed=True) if sheet.units == {YEAR} else None
            moved = count_of_moves(scene, sheet, place, rows, found, changes)
            if moved is not None:
                return moved
        if test is None or measure is None:
            continue
        so = len([row for row in rows if _holds(sheet, row, measure, test)])
        if so != number:
            start = scene.part.start + found.start("n")
            return Finding(
                "claim-count", start, scene.part.start + found.end(), f"it is so in {so} of {len(rows)} ({measure.key})"
            )
    return None


def _is_one(scene: Scene, at: int, kind: str) -> bool:
    """Whether the times counted there are but the one that is named right before: 周五一天贡献…, 10月单月."""
    named = [token for token in scene.of("time") if token.time is not None and token.time.kind == kind]
    return any([token.start < at <= token.end or (token.end == at - 1 and scene.text[at - 1] == "这") for token in named])


_WHOLE_YEAR = later(r"(?:全|整)年(?!化|度?(?:目标|计划|预算|预期))|\d{4}年(?=有|[^，。；]{0,8}有(?:[一二两三四五六七八九十]|\d))")
AROUND = 12  # characters before a clause that may say of which times it is
_OF_SOME = later(
    rf"除(?:了|去|开)?[^，。；]{{1,10}}(?:以外|之外|外)，?[一-龥]{{0,2}}$|{COUNT}[次天日个][^，。；\d]{{1,6}}(?:[之当]?中|里)，"
)


def _of_whole(scene: Scene, sheet: Sheet, place: int, sentence: str) -> Finding | None:
    """净利润同比下降的季度共有四个, without a stretch: of all the data have, or of their last year."""
    found = _COUNT_LAST.search(scene.words)
    unit = UNITS.get(found.group("unit")) if found is not None else None
    if found is None or unit not in sheet.units or scene.whens or scene.sinces or scene.scope or _NARROWED.search(sentence):
        return None
    number, test = han_value(found.group("n")), _test(scene, 0, none=False)
    measure = _measure(scene, sheet, place, scene.part.start + found.start(), signed=test[1]) if test is not None else None
    if number is None or test is None or measure is None:
        return None
    last = max([time.year for time in sheet.times if time is not None])
    every = [row for row in range(len(sheet.times)) if sheet.value(row, measure) is not None]
    recent = [row for row in every if (time := sheet.times[row]) is not None and time.year == last]
    so = [len([row for row in rows if _holds(sheet, row, measure, test)]) for rows in (every, recent)]
    if number in so or number >= len(every):
        return None
    start = scene.part.start
    return Finding(
        "claim-count", start + found.start("n"), start + found.end(), f"it is so in {so[0]} of {len(every)} ({measure.key})"
    )


_NARROWED = later(
    r"(?<!接)近[\d一二两三四五六七八九十]|过去|最近|[此之]前|上[半一个年月季周]|[前后][\d一二两三四五六七八九十]|以[来后前]|之后|首|半年|期间|[上中下]旬|节|连续"
)
_FROM_THEN = later(r"[月季年度日](?:份|末|底|初)?(?:[以之][后前]|起(?![伏色点]))")  # 四月以后均低于 50
_REST = later(rf"(?:其余|其他|其它|剩余|剩下|余下|另外)的?(?:(?P<n>{COUNT})个?(?:年|月|季度|季|交易日|日|天|周))?")


def _left(scene: Scene, sheet: Sheet, rows: list[int], rest: re.Match[str], sentence: str) -> list[int]:
    """The rows its sentence has not named, where they are as many as it says: 仅三月和四月高于 50，其余四个月都低于 50."""
    start = scene.part.end - len(sentence)
    said = [one.time for one in times(scene.text, start, scene.part.start, now_of(sheet))]
    left = [row for row in rows if not any([same(time, one) for one in said if (time := sheet.times[row]) is not None])]
    number = han_value(rest.group("n")) if rest.group("n") else None
    return left if number == len(left) < len(rows) else []


def now_of(sheet: Sheet) -> Date:
    """The end of the year of the last row."""
    last = max([time.order for time in sheet.times if time is not None])
    return Date(last[0] or 2000, 12, 31)


def _paired(scene: Scene, sheet: Sheet, place: int, rows: list[int], found: re.Match[str]) -> Finding | None:
    """四涨一跌."""
    measure = _measure(scene, sheet, place, scene.part.start + found.start(), signed=True) if not scene.of("row") else None
    ups, downs = (han_value(found.group(name) or found.group(f"{name}2")) for name in ("up", "down"))
    if measure is None or ups is None or downs is None or ups + downs != len(rows):
        return None
    values = [value for row in rows if (value := sheet.value(row, measure)) is not None]
    rose, fell = len([1 for value in values if value > 0]), len([1 for value in values if value < 0])
    if rose == ups and fell == downs:
        return None
    start = scene.part.start + found.start()
    return Finding("claim-count", start, start + len(found.group()), f"{rose} of {len(rows)} rose, {fell} fell ({measure.key})")


def _measure(scene: Scene, sheet: Sheet, place: int, end: int, *, signed: bool) -> Measure | None:
    """The column; with `signed` one of changes or flows: the noun's, or what stands on its right, or the only one."""
    measure = column_of(scene, sheet, place) or column_of(scene, sheet, place, "环比") or _compound(scene, sheet, place)
    if not signed or (measure is not None and measure.kind in (CHANGE, FLOW)):
        return measure
    named = scene.columns(place, sheet)
    if named is None:
        return None
    pool = [one for one in with_changes(sheet, named, True) if one.kind == CHANGE] or [one for one in named if _below(sheet, one)]
    if not named:
        spans = [found.end() for found in _SPAN.finditer(scene.text, scene.part.start, end)]
        if of_others(scene, end) or not clear(scene, max(spans, default=scene.part.start), end):
            return None  # 过去十年沪深300有六年上涨
    pool = pool or ([] if named else [one for one in sheet.measures if one.kind == CHANGE])
    return pool[0] if len(pool) == 1 else None


def _compound(scene: Scene, sheet: Sheet, place: int) -> Measure | None:
    """The column a flow is of, by the noun right before it: 北向净买入, of a column 北向 with 净买入 among its words."""
    nouns = scene.of("noun")
    flow = scene.text[nouns[-1].start : nouns[-1].end] if nouns else ""
    for noun in nouns[-2:-1]:
        named = [sheet.measures[at] for name in noun.names if name.sheet == place for at in name.places]
        apart = _UNTIL_FLOW.fullmatch(scene.text, noun.end, nouns[-1].start)
        if len(named) == 1 and apart is not None and flow in sheet.table.columns[named[0].column].words:
            return named[0]
    return None


_UNTIL_FLOW = later(
    rf"(?:资金|当周|本周|全周)?(?:均|都|皆|全部|悉数|无一[日天]?|每[个天日]?(?:交易日)?|(?:仅|只)?有?{COUNT}(?:[天日]|个交易日)|为|是|录得|呈现?)*"
)


def _below(sheet: Sheet, measure: Measure) -> bool:
    """Whether a column of levels has any number under zero: 经营现金流为负."""
    return measure.kind == LEVEL and any([(sheet.value(row, measure) or 0) < 0 for row in range(len(sheet.table.rows))])


def _test(scene: Scene, at: int, *, none: bool, end: int | None = None) -> tuple[Callable[[Decimal], bool], bool] | None:
    """What is said of each row by the words of a clause from `at` on, and whether it is of a sign; `none`: of no row; `end`:
    where the words begin that are of others (三天净回笼、两天净投放)."""
    words = scene.words[at:end]
    line = _LINE.search(words)
    up, down = SIGNED_UP.search(words), SIGNED_DOWN.search(words)
    limit = _LIMIT.search(words)
    signed = even = False
    if line is not None:
        bound, above = Decimal(50), line.group("above") is not None
    elif limit is not None:
        start = scene.part.start + at + limit.end()
        numbers = [
            token.quantity
            for token in scene.of("number")
            if token.quantity is not None and 0 <= token.quantity.start - start <= 1
        ]
        if not numbers:
            return None
        unit = numbers[0].unit
        bound = numbers[0].value * (unit.factor if unit is not None else 1)
        above, even = limit.group("above") is not None, limit.group().startswith(_OR_SO_MUCH)
    elif (side := _side(scene, scene.part.start + at)) is not None:
        bound, above, even = side
    elif (way := _based_way(scene)) != 0:
        bound, above, signed = Decimal(0), way > 0, True  # CPI环比下降的月份
    elif (
        scene.of("basis")
        and up is None
        and down is None
        and (rising := _RISING.search(words)) != (falling := _FALLING.search(words))
    ):
        bound, above, signed = Decimal(0), rising is not None and falling is None, True  # 各月同比均下降
    elif (up is None) != (down is None):
        bound, above, signed = Decimal(0), up is not None, True
    else:
        return None
    falls = not signed and any([token.kind == "amp" and token.sign < 0 for token in scene.tokens])  # 跌幅都在 1% 以上

    def so(value: Decimal) -> bool:
        size = abs(value) if falls else value
        return (even and size == bound) or (size > bound if above else size < bound) != none

    return so, signed


_BASED = later(r"(?:没有(?:任何)?一个(?:月|季度|年)|小幅|大幅|仍|均)?(?:(?P<up>上涨|增长|增加)|下降|下跌|减少)(?!幅)")


def _based_way(scene: Scene) -> int:
    """Which way a column of 同比 or 环比 goes by the word behind its name; 0 for none."""
    for token in scene.of("noun"):
        found = _BASED.match(scene.text, token.end, scene.part.end)
        if found is not None and scene.text[token.end - 2 : token.end] in ("同比", "环比"):
            return 1 if found.group("up") else -1
    return 0


def _side(scene: Scene, start: int) -> tuple[Decimal, bool, bool] | None:
    """The bound and the side of 在 50 以下, 保持在 3% 之上, and whether the bound itself is on it."""
    found = _WITHIN.match(scene.text, start, scene.part.end)
    for token in scene.of("number"):
        quantity = token.quantity
        if found is None or quantity is None or quantity.lead != found.end() or quantity.about not in (ABOVE, BELOW):
            continue
        return quantity.value * (quantity.unit.factor if quantity.unit is not None else 1), quantity.about == ABOVE, quantity.even
    for token in scene.of("number"):
        quantity = token.quantity
        side = _BESIDE.match(scene.text, token.end, scene.part.end)
        if quantity is not None and side is not None and _CLOSED.fullmatch(scene.text, start, quantity.lead) is not None:
            bound = quantity.value * (quantity.unit.factor if quantity.unit is not None else 1)
            return bound, side.group("above") is not None, False
    return None


_BESIDE = later(r"(?P<above>上方)|下方")
_CLOSED = later(
    r"(?:均|都)?(?:收于|收在|报收于|报收|收盘于|位于|处于|处在|站上|站稳|运行于|运行在|维持在|保持在|稳定在|稳居|守在|守住|在)"
)


def _holds(sheet: Sheet, row: int, measure: Measure, test: tuple[Callable[[Decimal], bool], bool]) -> bool:
    value = sheet.value(row, measure)
    return value is None or test[0](value)
