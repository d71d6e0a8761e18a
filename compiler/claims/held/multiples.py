"""Multiples and parts in prose: 翻倍, 增长两倍多, 为去年同期的三倍, A 是 B 的八分之一.

In: scenes of a sentence, the book.  Out: findings.  Always: both numbers are in the data, of one row at two times or of two rows.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.options import clear
from ..meant.pairs import earlier, latest, newest, of_now_only, standard
from ..meant.pools import column_for, columns_of
from ..meant.steps import based_on, before, column_past, compared, differs
from ..tables.names import akin
from ..tables.subjects import CHANGE, LEVEL
from ..tables.time_columns import column_times
from ..words.quantities import COUNT, HAN, NEAREST, fits, han_value
from ..words.times import same
from .findings import Finding
from .said import base_of, ends_of, two_said
from .series import column_of, latest_row, row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet

_TIMES = later(
    rf"(?P<double>翻(?:了)?(?:一)?[倍番](?:有余)?)|(?P<half>腰斩|减半|(?:减少|下降|缩水)(?:了)?(?:一半|过半|近半|超半))|翻(?:了)?(?P<fan>[两二三四])番"
    rf"|(?P<part>(?:至|为|是|不足|不到|约|仅)(?:上年|去年)(?:同期)?的?(?P<of>[{HAN}]+)分之(?P<share>[{HAN}]+))"
    rf"|(?P<frac>是|为|相当于|仅为|只有|仅有|不及|不足|不到|约为|超过|接近|达到?|仅|有)(?P<mid>[^，。；]{{1,24}}?)的(?P<lead3>近|约|不足|不到|超)?(?:(?P<of2>[{HAN}]+)分之(?P<share2>[{HAN}]+)|(?P<half2>一半|半数)|(?P<tenths>[一二两三四五六七八九])成(?P<tail3>半|多|有余|余|以上|出头)?)"
    rf"|(?P<rise>增长|增加|扩大|提高|上涨|提升|上升|增|涨)(?:了)?(?P<lead>超过|超|逾|近|接近|约|不足|不到)?(?P<n>\d+(?:\.\d+)?|[{HAN}]+)(?P<more>多|余)?倍(?P<tail>多|有余|以上|左右|半)?"
    rf"|(?P<is>是|为|足有|相当于|接近|逼近|超过|不足|不到|达到?|增至|扩大至|升至|高达|至)(?P<other>[^，。；]{{0,24}}?)(?:的)?(?P<lead2>超过|超|逾|近|接近|约|不足|不到)?(?P<n2>\d+(?:\.\d+)?|[{HAN}]+)(?P<more2>多|余)?倍(?P<tail2>多|有余|以上|左右|半)?"
)


_BEFORE = {
    "day": ("前一日", "前一交易日", "前一个交易日", "上一交易日", "上一个交易日"),
    "week": ("上周", "前一周"),
    "month": ("上月", "上个月", "前一月"),
    "quarter": ("上季", "前一季", "上一季"),
}
_GROWN = ("增至", "扩大至", "升至", "至")  # 较周四增至三倍
_REACHED = ("达到", "达", "足有", "高达")
_LEAST = Decimal("0.96")  # of a multiple that is reached
_LEADS = ("接近", "逼近", "超过", "不足", "不到")  # 接近传媒的五倍


def hold_multiples(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    text = scene.text
    for found in _TIMES.finditer(text, scene.part.start, scene.part.end):
        said = None if scene.unsure or scene.denied else _said(scene, found, sentence)
        if said is not None:
            if not _multiple_fits(found, said):
                shown = f"`{found.group()}`: the numbers before it come to {rounded(said, 2)} times"
                yield Finding("claim-multiple", found.start(), found.end(), shown)
            continue
        if _of_no_column(scene, found.start(), book):
            continue  # 增量却是后者的近五倍
        for place, sheet in enumerate(book.sheets):
            if sheet.series and scene.rows and not _of_sheet(scene.rows, place) and not scene.whens:
                continue  # QDII…，份额较上月腰斩, of a table by month beside one of types
            if (
                found.group("is")
                and not found.group("other")
                and any([one.unit is not None and one.unit.name == "倍" for one in sheet.measures])
            ):
                continue  # 市盈率为 41.5 倍
            ratio = _ratio(scene, sheet, place, found, book, sentence)
            if ratio is None:
                continue
            if _PAST_IS.search(text, scene.part.start, found.start()) and (found.group("is") or found.group("frac")):
                if _NOW.search(found.group()) is None:
                    continue
                ratio = 1 / ratio  # 去年同期是这一水平的四倍
            if _MORE_THAN_IT.search(found.groupdict().get("other") or ""):
                ratio = 1 / ratio - 1  # 规模大其一倍有余的 B
            if not _multiple_fits(found, ratio) and not _of_its_own(found, sentence):
                yield Finding(
                    "claim-multiple", found.start(), found.end(), f"`{found.group()}`: the data come to {rounded(ratio, 2)} times"
                )
                return


_SIZES = later(
    r"^(?:但|而|不过|且|并|虽|虽然|仍|其|该|单|净|总|同期|本周|当周|全年)*(?P<what>增量|增额|增长额|新增|差额|余量|净增|缺口|单产|单价|均价|占比|比重|比例|贡献"
    r"|人均|户均|弹性|波动|差距|空间)[一-龥]{0,2}?(?:却|也|则|仍|还|又|已|均|约|大约|更)*$"
)


def _of_no_column(scene: Scene, end: int, book: Book) -> bool:
    """Whether a clause begins with a size that no column is of, so that its multiple is of nothing the data have."""
    said = _SIZES.search(scene.text[scene.part.start : end]) if not scene.of("noun") else None
    what = said.group("what") if said is not None else ""
    return bool(what) and not any([what in one.key for sheet in book.sheets for one in sheet.measures])


def _of_its_own(found: re.Match[str], sentence: Sequence[Scene]) -> bool:
    """Whether a multiple is that of two numbers of its own sentence: 成交 1694 套，约为去年同期 702 套的 2.4 倍."""
    said = [token.quantity for one in sentence for token in one.of("number")]
    sizes = [base_of(one) for one in said if one is not None and (one.unit is None or one.unit.name not in ("倍", "%", "成"))]
    return any([other and one != other and _multiple_fits(found, one / other) for one in sizes for other in sizes])


def _said(scene: Scene, found: re.Match[str], sentence: Sequence[Scene]) -> Decimal | None:
    """The numbers a clause goes on from, one by the other: 由 A 升至 B，一周翻倍, 分别为 A 和 B，后者是前者的两倍."""
    if len(sentence) < 2:
        return None
    who = _WHO.search(scene.text, scene.part.start, found.end())
    if who is not None and who.group("one") != who.group("other"):
        two = two_said(sentence[:-1])
        if two is None or two[0].quantity is None or two[1].quantity is None:
            return None
        one, other = base_of(two[0].quantity), base_of(two[1].quantity)
        one, other = (one, other) if who.group("one") == "后者" else (other, one)
        return other / one if one else None
    plain = not (found.group("is") or found.group("frac") or found.group("part")) or _comes_to(found)
    ends = ends_of(sentence[-2]) if plain and not scene.of("row") and not scene.of("noun") and not based_on(scene) else None
    if ends is None or "同比" in scene.words or _OVER.match(scene.words) is None:
        return None
    one, other = base_of(ends[0]), base_of(ends[1])
    return other / one if one else None


def _of_sheet(rows: Sequence[Token], place: int) -> bool:
    return any([name.sheet == place for token in rows for name in token.names])


_SPAN = later(r"(?:[上下]行|[上下]涨|下跌|上升|下降|回落|回升|[上下]调)的?幅度")
_WHO = later(r"(?P<one>[前后]者)[一-龥]{0,6}?(?:是|为|相当于)(?:约|近)?(?P<other>[前后]者)的")
_OVER = later(
    r"(?:[一两二三四五六七八九十\d]+个?(?:周|月|年|季度|天|日)(?:之?[内间]|里|时间)?|期间|期内|累计|已经?|几乎|近乎|接近|基本|实现|直接|就|便|将近|整整|"
    r"足足|较此前|总[计共]|幅度|规模|水平|相当于|等于|也就是|即)*(?:翻|腰斩|减半|减少|下降|缩水|增长|增加|扩大|提高|上涨|提升|上升|[增涨])"
)


def _ratio(scene: Scene, sheet: Sheet, place: int, found: re.Match[str], book: Book, sentence: Sequence[Scene]) -> Decimal | None:
    """The later value by the earlier, or one row's by another's."""
    if not sheet.series:
        rows = [(token, row) for token in scene.of("row") for name in token.names if name.sheet == place for row in name.places]
        said = scene if scene.of("noun") or len(sentence) < 2 else sentence[-2]  # 增速仅 2.6%，约为后者的三分之一
        moves = any(
            [token.kind == "amp" or (token.kind == "neutral" and said is not scene) for token in (*scene.tokens, *said.tokens)]
        )
        span = _SPAN.search(scene.text, scene.part.start, found.start()) is not None  # 下行幅度是 B 的三倍
        steps = columns_of(scene, sheet, place, book, strict=True) if span else []
        measure = column_for(scene, sheet, place, book, moves=moves) if not span else steps[0] if len(steps) == 1 else None
        columns = {one.column for one in sheet.measures if one.minus < 0}
        sizes = {one.column for one in sheet.measures if one.minus < 0 and one.kind != CHANGE}
        timed = {*column_times(sheet.table, book.now)}
        bare = columns <= timed or (bool(sizes) and sizes <= timed and of_now_only(scene))
        last = _told_last(sheet, place, scene, sentence) if not scene.of("noun") and not moves else None
        measure = last if last is not None else measure  # 获 12436 户认购，募得 9.4 亿份，是 B 的两倍
        amount = measure is not None and measure.kind == CHANGE and not moves and bool(scene.of("amount"))
        if (measure is None or amount) and not scene.nouns and bare:
            measure = latest(sheet, book.now) or measure  # 零跑的销量约为理想的两倍, of 本月 and 上月
        if len(rows) == 1 and len(scene.past) == 1:
            rows = [
                *[(token, row) for token in scene.past for name in token.names if name.sheet == place for row in name.places],
                *rows,
            ]
        if len(rows) == 2 and rows[0][1] == rows[1][1]:  # A 不及 B 的四成，份额却是后者的 2.7 倍
            rows = [
                *[
                    (token, row)
                    for token in scene.two
                    for name in token.names
                    if name.sheet == place
                    for row in name.places
                    if row != rows[1][1]
                ],
                rows[1],
            ]
        if len(rows) < 2 and _OVER_YEAR.search(scene.words):
            return _yearly(scene, sheet, place, book)
        plain = not (found.group("is") or found.group("frac") or found.group("part"))
        if len(rows) < 2 and not plain and not differs(scene):
            scene = _of_before(scene, found)
        if len(rows) < 2 and differs(scene) and (plain or _OF_PAST.search(found.group()) is not None):
            return _since(scene, sheet, place, book)
        if len(rows) < 2 and (found.group("is") or found.group("frac")):
            return _of_standard(scene, sheet, place, found) or _of_columns(scene, sheet, place, found, sentence)
        if len(rows) != 2 or measure is None or not (found.group("is") or found.group("frac")):
            return None
        own = [token for token in scene.of("row") if token.end <= found.start()]
        if own and not scene.of("noun") and not moves and not clear(scene, own[-1].end, found.start()):
            return None  # 湖北 GDP 不足江苏的一半, where GDP is no column
        one, other = rows[0][1], rows[1][1]
        if not (rows[0][0].end <= found.start() <= rows[1][0].start or rows[1][0].end <= found.end()):
            return None
    else:
        measure = column_of(scene, sheet, place)
        whose = found.group("is") or found.group("frac")
        if whose and (ratio := _of_two(scene, sheet, place, found)) is not None:
            return ratio
        if measure is None or (measure.kind == CHANGE and not (whose and measure.basis and scene.of("noun"))):
            return None
        if any([found.start() < token.start and token.end < found.end() for token in scene.of("noun")]):
            return None  # 深圳不及南京的七成, of one column by another
        row = row_of(scene, sheet, found.start())
        if row is None:
            return None
        one = row
        base = [token.time for token in scene.of("time") if token.time is not None and found.start() <= token.start < found.end()]
        versus = [
            token.time
            for token in scene.of("time")
            if token.time is not None and any([scene.text[token.start - 1 : token.start] in ("较", "比", "从", "由", "与")])
        ]
        wanted = (base or versus)[:1]
        if wanted:
            place_of = next((at for at, time in enumerate(sheet.times) if time is not None and same(time, wanted[0])), None)
            if place_of is None:
                return None
            other = place_of
            if one == other:
                one = latest_row(sheet)
        elif measure.kind == CHANGE:
            return None
        else:
            year = "同比" in scene.words or "同期" in scene.words
            grown = found.group("is") in _GROWN and any([token.kind == "versus" for token in based_on(scene)])
            said_so = grown or any([word in scene.words for word in ("较", "比", "环比")])
            if not year and not said_so and sheet.times[one].kind != "year":  # type: ignore[union-attr]
                kinds = [kind for kind, words in _BEFORE.items() if any([word in found.group() for word in words])]
                if not found.group("is") or {*kinds} != sheet.units:  # 达到前一日的三倍以上
                    return None
            lead = sentence[-2].words if len(sentence) > 1 and not sentence[-2].of("number") else ""  # 十年间，…
            over = _OVER_YEARS.search(scene.words) or _OVER_YEARS.fullmatch(lead)
            over = over if not year and not based_on(scene) else None
            came = over is not None and _comes_to(found)  # 总资产十年间增至三倍以上
            past_said = any([word in scene.words for word in ("上年", "去年", "上月", "上季", "前一", "同期")])
            if (found.group("is") or found.group("frac")) and not came and not past_said and not grown:
                return None
            past = compared(scene, sheet, one) if based_on(scene) else before(sheet, one, year)
            past = _first_of(sheet, one, over) if over is not None else past
            if past is None:
                return None
            other = past
    a, b = sheet.value(one, measure), sheet.value(other, measure)
    return a / b if a is not None and b and a * b > 0 else None


def _comes_to(found: re.Match[str]) -> bool:
    """Whether a multiple is where a size came to, of what it was and of nothing that is named: 增至三倍以上."""
    return (found.group("is") or "").endswith("至") and _FORMER.fullmatch(found.group("other")) is not None


_FORMER = later(r"(?:了|原来|原先|当初|期初|此前|最初)?的?")


_OVER_YEARS = later(rf"(?P<n>{COUNT})年(?:之?间|来|里|内|以来|时间)")


def _first_of(sheet: Sheet, row: int, found: re.Match[str]) -> int | None:
    """The first row of a table whose years are as many as is said, or a step more: 规模九年间增长近两倍."""
    order = [at for _, at in sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])]
    number = han_value(found.group("n"))
    return order[0] if row == order[-1] and number in (len(order), len(order) - 1) else None


def _told_last(sheet: Sheet, place: int, scene: Scene, sentence: Sequence[Scene]) -> Measure | None:
    """The one column of sizes whose number of the row the clause before said last."""
    last = sentence[-2].of("number")[-1:] if len(sentence) > 1 else []
    rows = [row for token in scene.past for name in token.names if name.sheet == place for row in name.places]
    number = last[0].quantity if last else None
    unit = number.unit if number is not None else None
    if number is None or unit is None or len(rows) != 1 or number.about or unit.name in ("", "%", "倍"):
        return None
    own = [(one, sheet.value(rows[0], one), sheet.unit(rows[0], one)) for one in sheet.measures if one.kind != CHANGE]
    alike = [(one, value) for one, value, counted in own if counted is not None and counted.name == unit.name]
    fitting = [one for one, value in alike if value is not None and fits(number, abs(value) / unit.factor)]
    return fitting[0] if len(fitting) == 1 else None


_OTHER_COLUMN = later(r"(?:同[日期月]|当[日天月])?的?·+(?:的|额|量|规模|金额)*")


def _of_two(scene: Scene, sheet: Sheet, place: int, found: re.Match[str]) -> Decimal | None:
    """One column of a table by time by another, at one time: 周五沪股通净流入额是深股通的两倍."""
    words = "other" if found.group("is") else "mid"
    start, end = found.span(words)
    nouns = [token for token in scene.of("noun") if not start <= token.start < end][:1]
    inside = [token for token in scene.of("noun") if start <= token.start and token.end <= end]
    named = [
        [sheet.measures[at] for name in token.names if name.sheet == place for at in name.places] for token in nouns + inside
    ]
    if len(nouns) != 1 or nouns[0].end > found.start() or not inside or any([len(one) != 1 for one in named]):
        return None
    columns = list(dict.fromkeys([one[0] for one in named]))
    row = row_of(scene, sheet, found.start()) if len(scene.whens) == 1 and not scene.of("row") else None
    said = "".join([scene.text[start : inside[0].start], "·", scene.text[inside[-1].end : end]])
    if len(columns) != 2 or row is None or columns[0].unit != columns[1].unit or _OTHER_COLUMN.fullmatch(said) is None:
        return None
    if columns[0].unit is None or CHANGE in (columns[0].kind, columns[1].kind):
        return None
    a, b = (sheet.value(row, one) for one in columns)
    return a / b if a is not None and b and a * b > 0 else None


def _of_before(scene: Scene, found: re.Match[str]) -> Scene:
    """A clause with the time before as what it compares with: 月活增至上月的四倍, of columns 月活 and 上月月活."""
    words = found.group("other") or found.group("mid") or ""
    if _OF_PAST.fullmatch(words.removesuffix("的")) is None:
        return scene
    past = [one for one in scene.of("scope") if found.start() <= one.start and one.end <= found.end()]
    tokens = tuple([one.replace(kind="base") if one in past else one for one in scene.tokens])
    return scene.replace(tokens=tokens, scope="") if len(past) == 1 else scene


_MORE_THAN_IT = later(r"[大高多长贵]出?其$")
_OF_PAST = later(r"(?:上|前)一?个?(?:周|月|季度?|期|日|交易日)|年初")


_OF_STANDARD = later(r"(?:其|同期|业绩|比较)*基准(?:收益率?|回报率?|涨幅|水平)?")


def _of_standard(scene: Scene, sheet: Sheet, place: int, found: re.Match[str]) -> Decimal | None:
    """A row's return by that of its 基准: 年内收益达到基准的三倍."""
    words = found.group("other") or found.group("mid") or ""
    columns = standard(sheet) if _OF_STANDARD.fullmatch(words) else None
    rows = {row for token in scene.rows for name in token.names if name.sheet == place for row in name.places}
    if columns is None or len(rows) != 1:
        return None
    row = rows.pop()
    one, other = (sheet.value(row, measure) for measure in columns)
    return one / other if one is not None and other is not None and one > 0 < other else None


def _of_columns(scene: Scene, sheet: Sheet, place: int, found: re.Match[str], sentence: Sequence[Scene]) -> Decimal | None:
    """One column of a row by another: 全周成交 341.9 亿元，约为其规模的 3.5 倍."""
    rows = {row for token in scene.rows for name in token.names if name.sheet == place for row in name.places}
    own = [token for token in scene.of("noun") if found.start() <= token.start and token.end <= found.end()]
    before = [token for token in scene.of("noun") if token.end <= found.start()]
    if not before and len(sentence) > 1 and scene.part.start <= found.start() and "其" in found.group():
        before = sentence[-2].of("noun")[-1:]
    if len(rows) != 1 or len(own) != 1 or len(before) != 1:
        return None
    one, other = (
        [sheet.measures[at] for name in token.names if name.sheet == place for at in name.places] for token in (before[0], own[0])
    )
    if len(one) != 1 or len(other) != 1 or CHANGE in (one[0].kind, other[0].kind) or one[0] is other[0]:
        return None
    units = [measure.unit.name if measure.unit is not None else "" for measure in (one[0], other[0])]
    row = rows.pop()
    a, b = sheet.value(row, one[0]), sheet.value(row, other[0])
    return a / b if units[0] == units[1] and a is not None and b and a * b > 0 else None


def _since(scene: Scene, sheet: Sheet, place: int, book: Book) -> Decimal | None:
    """A row's number by what it was at the time before, as its column of what moved has it: 占比 7.28%, 较上季变动 2.15."""
    rows = {row for token in scene.rows for name in token.names if name.sheet == place for row in name.places}
    named = scene.columns(place, sheet) or []
    now = latest(sheet, book.now) if not named and not scene.nouns else None
    named = [now] if now is not None else named
    if len(rows) != 1 or not named:
        return None
    row = rows.pop()
    levels = [one for one in named if one.kind != CHANGE and column_past(scene, sheet, one, book) is not None]
    past = column_past(scene, sheet, levels[0], book) if len(levels) == 1 else None
    if past is not None:  # 净利润 and 上年净利润
        one, other = sheet.value(row, levels[0]), sheet.value(row, past)
        return one / other if one is not None and other and one * other > 0 else None
    moved = [one for one in named if one.kind == CHANGE] or sheet.steps([one for one in named if one.kind == LEVEL])
    if len(moved) != 1 or moved[0].basis or moved[0].unit is None:
        return None
    change, unit = sheet.value(row, moved[0]), moved[0].unit
    if change is None or (unit.name == "%" and not unit.points and unit.factor == 1):
        return 1 + change / 100 if change is not None and moved[0] not in named else None
    sizes = [one for one in named if one.kind == LEVEL]
    sizes = sizes or [one for one in sheet.measures if one.kind == LEVEL and one.column == moved[0].column - 1]
    size = sheet.value(row, sizes[0]) if len(sizes) == 1 and _same(sizes[0], moved[0]) else None
    return size / (size - change) if size is not None and size > change else None


def _same(size: Measure, change: Measure) -> bool:
    return size.unit is not None and change.unit is not None and size.unit.name == change.unit.name


_PAST_IS = later(r"(?<![较比])(?:去年|上年)(?:同期|同月|\d{1,2}月)?(?:则|却|还|曾|为|约)*$")
_NOW = later(r"这一|目前|当前|现在|现值|今年|其|如今|本[周月期]")
_OVER_YEAR = later(r"同比|上年|去年|一年(?:之?内|之?间|来|时间)")


def _yearly(scene: Scene, sheet: Sheet, place: int, book: Book) -> Decimal | None:
    """A row's number by what it was a year before, as its column of 同比 or that of the time itself has it."""
    rows = [row for token in scene.rows for name in token.names if name.sheet == place for row in name.places]
    named = scene.columns(place, sheet) or []
    pool = [
        one
        for one in sheet.measures
        if one.kind == CHANGE and one.minus < 0 and one.basis == "同比" and any([akin(one, other) for other in named])
    ]
    own = newest(sheet, [one for one in named if one.kind != CHANGE and one.minus < 0], book.now)
    past = earlier(sheet, own[0], book.now, year=True) if len(own) == 1 else None
    if past is not None and len(set(rows)) == 1:
        a, b = sheet.value(rows[0], own[0]), sheet.value(rows[0], past)
        return a / b if a is not None and b and a * b > 0 else None
    if named and not pool and all([one.kind == LEVEL for one in named]):  # 9 月交付…，较去年同期翻倍
        pool = [one for one in sheet.steps([one for one in named if one.minus < 0][:1]) if one.basis == "同比"]
    if not named and not scene.nouns:
        pool = [one for one in sheet.measures if one.kind == CHANGE and one.basis == "同比"]
    if len(set(rows)) != 1 or len(pool) != 1:
        return None
    change = sheet.value(rows[0], pool[0])
    return 1 + change / 100 if change is not None and pool[0].unit is not None and pool[0].unit.name == "%" else None


_NEARLY = later(r"(?:接近|近乎|几近|几乎|逼近|将近|险些|差一?点|直逼|濒临|近)(?:要|被|于|实现|达到)?了?$")


def _multiple_fits(found: re.Match[str], ratio: Decimal) -> bool:
    part = found.groupdict()
    if (part["double"] or part["half"]) and _NEARLY.search(found.string, 0, found.start()) is not None:  # 接近腰斩, 几乎翻倍
        low, high = ("1.7", "2.05") if part["double"] else ("0.47", "0.6")
        return Decimal(low) <= ratio <= Decimal(high)
    if part["double"]:
        return Decimal("1.95") <= ratio < Decimal(3)
    if part["half"]:
        return (
            Decimal("0.4") <= ratio <= Decimal("0.55")
            if "过半" not in part["half"] and "超半" not in part["half"]
            else ratio < Decimal("0.5")
        )
    if part["fan"]:
        said = Decimal(2) ** int(han_value(part["fan"]) or 0)
        return said * Decimal("0.95") <= ratio < said * Decimal("1.5")
    if part["part"]:
        below, above = han_value(part["of"]), han_value(part["share"])
        return not below or above is None or abs(ratio - above / below) <= Decimal("0.12") * above / below
    if part["frac"]:
        below, above = (han_value(part["of2"]), han_value(part["share2"])) if part["of2"] else (Decimal(2), Decimal(1))
        below, above = (Decimal(10), han_value(part["tenths"])) if part["tenths"] else (below, above)
        said = above / below if below and above is not None else ratio
        lead, tail = part["lead3"] or part["frac"], part["tail3"] or ""
        if lead in ("不及", "不足", "不到"):
            return ratio < said
        if lead in ("近", "接近", "超", "超过"):
            return said * Decimal("0.8") <= ratio < said if lead[-1] == "近" else ratio > said
        if tail and tail != "半":  # 三成多
            return said <= ratio < said + Decimal("0.1") or (tail == "以上" and said <= ratio < said * 2)
        said += Decimal("0.05") if tail else 0
        return abs(ratio - said) <= Decimal("0.12") * said
    digits = part["n"] or part["n2"] or ""
    value = Decimal(digits) if digits[0].isdigit() else han_value(digits)
    if value is None:
        return True
    decimals = len(digits.partition(".")[2]) if digits[0].isdigit() else 0
    tail = part["tail"] or part["tail2"] or ""
    lead = part["lead"] or part["lead2"] or (part["is"] if part["is"] in _LEADS else "")
    if tail == "半":
        value, decimals = value + Decimal("0.5"), 1
    actual = ratio - 1 if part["rise"] else ratio
    if part["more"] or part["more2"] or tail in ("多", "有余", "以上") or lead in ("超过", "超", "逾"):
        return value <= actual < value + 1 or (lead in ("超过", "超", "逾") and value < actual < value * Decimal("1.5"))
    if lead in ("近", "接近"):
        return value * NEAREST[0] <= actual < value
    if lead in ("不足", "不到"):
        return actual < value
    if part["is"] in _REACHED and lead != "约" and tail != "左右":  # 达到 B 的四倍: no less
        return value * _LEAST <= actual < value * Decimal("1.25")
    if lead == "约" or tail == "左右" or not digits[0].isdigit():
        return abs(actual - value) <= Decimal("0.12") * value
    return rounded(actual, decimals) == value
