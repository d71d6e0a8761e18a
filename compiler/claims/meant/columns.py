"""Which columns a number may be said of, and the time a clause speaks of.

In: a clause, a sheet, the names before a number and the direction.  Out: measures; a scope.  Always: none where the time is one
the data do not have.
"""

from __future__ import annotations

from ...pattern import later
from ..clauses.scene import FOREIGN
from ..tables.names import akin
from ..tables.subjects import CHANGE, DAY, FLOW, LEVEL, MONTH, PAST, TO_DATE, WEEK, YEAR
from ..tables.time_columns import column_times
from ..words.reading import sentence_start
from ..words.times import DAY as ON_DAY
from ..words.times import MONTH as IN_MONTH
from ..words.times import QUARTER as IN_QUARTER
from ..words.times import YEAR as IN_YEAR
from .groups import sentence_text
from .steps import based_on, column_past, differs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

SCOPES = (WEEK, MONTH, YEAR, DAY)


def places_of(token: Token, sheet: int) -> list[int]:
    return [place for name in token.names if name.sheet == sheet for place in name.places]


_REPORTED = {"上半年": (6, 7, 8, 9), "前三季度": (9, 10, 11, 12), "单季": ()}


_LATELY = {"近一月": MONTH, "过去一月": MONTH, "近一周": WEEK, "过去一周": WEEK, "近四周": MONTH}
_SPELT = str.maketrans("123456789", "一二三四五六七八九", "个")


def _spelt(words: str) -> str:
    return words.translate(_SPELT)


def scope_of(scene: Scene, sheet: Sheet, book: Book) -> str:
    """The time a clause speaks of, for a table whose rows are no times: a scope, "" or FOREIGN."""
    scope = scene.scope
    kinds = [when.kind for when in column_times(sheet.table, book.now).values()]
    quarters = IN_QUARTER in kinds
    reported = _REPORTED.get(scope) and book.now.month in _REPORTED[scope] and not beyond_quarter(scene, book)
    if reported and not quarters and not _runs(sheet):
        scope = ""  # what companies report then
    if scope and scope not in SCOPES:
        if scope.endswith("前一周") and "上周" in sentence_text(scene).split(scope)[0]:
            return FOREIGN  # 上周是 1.53%，前一周还是 1.50%
        plain = scope.replace("上一周", "上周").replace("此前一周", "上周").replace("前一周", "上周")
        if plain in [measure.scope for measure in sheet.measures]:
            return plain
        own = [one.scope for one in sheet.measures if one.kind != LEVEL and one.scope and _spelt(plain) in _spelt(one.key)]
        if own:
            return own[0]  # 近一月, as a column is called
        lately = _LATELY.get(_spelt(plain), "")
        return lately if lately and any([one.scope == lately for one in sheet.changes()]) else FOREIGN
    said = any([token.kind == "scope" and token.scope in (WEEK, MONTH, YEAR) for token in scene.tokens])
    now = book.now
    since = [token.time for token in scene.sinces if token.time is not None]
    if since and since[-1].kind == IN_MONTH and (since[-1].year, since[-1].place) == (now.year, now.month):
        return MONTH  # 8 月以来
    if since and since[-1].kind == IN_MONTH and (since[-1].year, since[-1].place) == (now.year, now.month):
        return MONTH if any([one.scope == MONTH for one in sheet.measures]) else FOREIGN  # 5 月以来, in May
    if since:
        return YEAR if since[-1].kind == IN_YEAR and since[-1].year == now.year else FOREIGN
    begun = [scene.text[token.start : token.end] for token in based_on(scene) if scene.text[token.end - 1] == "初"]
    if (
        begun and not scope and not any([one.key.startswith(begun[-1]) and one.key != begun[-1] for one in sheet.measures])
    ):  # 与年初相比
        since_then = {"年": YEAR, "月": MONTH}.get(begun[-1][0], FOREIGN)
        return since_then if since_then in [one.scope for one in sheet.changes()] else FOREIGN
    days = [token for token in scene.whens if token.time is not None and token.time.kind == ON_DAY]
    if len(days) == 2 and book.period is not None and not scope:
        ends = [(token.time.year, token.time.place, token.time.day) for token in days if token.time is not None]
        first, last = book.period
        fits_period = ends == [(first.year, first.month, first.day), (last.year, last.month, last.day)]
        return WEEK if fits_period else FOREIGN
    for token in scene.whens:
        time = token.time
        if time is None or token.scope == "column":
            continue
        if time.kind == ON_DAY:
            if scene.text[token.start - 2 : token.start] == "截至" or (said and token.start < scene.part.start):
                continue  # 周三缩量，全周收跌
            if (time.place, time.day) != (now.month, now.day):
                return FOREIGN
            scope = scope or DAY
        if time.kind == IN_YEAR:
            if time.year != now.year:
                return FOREIGN
            scope = scope or YEAR
        elif time.kind == IN_MONTH:
            if (scene.of("basis") or scene.nouns) and columns_said(scene, sheet):
                continue  # 6 月客流同比
            if (time.year, time.place) == _month_of(sheet):
                continue
            if (time.year, time.place) != (now.year, now.month):
                return FOREIGN
            scope = scope or MONTH
        elif time.kind == IN_QUARTER and (time.year * 4 + time.place) < now.year * 4 + (now.month + 2) // 3 - 1:
            return FOREIGN
        elif time.kind == IN_QUARTER and IN_MONTH in kinds and not quarters:
            return FOREIGN  # 三季度累计交付…, of columns 7月, 8月 and 9月
        elif time.kind == IN_QUARTER and not quarters and not scope and _runs(sheet):
            return FOREIGN  # 二季度发行…, of a table with 本周份额 and 今年以来份额
    if scope == YEAR and _of_whole_year(sheet, book):
        scope = ""  # 2024年汽车制造收入同比增长 13.5%, of a column 同比 in a note of 2024
    return FOREIGN if of_that_span(scene) else scope


YEAR_DAYS = (360, 366)


def _of_whole_year(sheet: Sheet, book: Book) -> bool:
    """Whether a note is of a year, and no column of a table is called the year's: what it has is of that, as it stands."""
    if book.period is None or any([one.scope == YEAR for one in sheet.measures]):
        return False
    first, last = book.period
    return first.year == last.year and YEAR_DAYS[0] <= last.ordinal - first.ordinal <= YEAR_DAYS[1]


_THAT_SPAN = later(
    r"(?:而|但|不过|与此)?(?:同期|同一?(?:时期|区间|时段)|期间|其间|此间|这(?:一|段)?(?:期间|时期|时间|区间|阶段)[里内]?)(?!相比)"
)
_FROM = later(
    r"(?:[从自由](?!上?周[，、]).*?(?:[至到以]|起)|以来).*|后[两二三四五六七八九十].*"
    r"|(?:近|过去|前|这|连续|[^上第])?[两二三四五六七八九十\d]+个?(?:周|月|季度|年|交易日|[天日])(?:累计|合计|以来|里|内|间|来|共)"
)


def of_that_span(scene: Scene) -> bool:
    """Whether a clause is of the time its sentence has gone through before, from one day to another: VIX从8月1日的 20.38
    降到 14.76，同期标普500累计上涨 3.3%."""
    if _THAT_SPAN.match(scene.text, scene.part.start, scene.part.end) is None:
        return False
    before = scene.text[sentence_start(scene.text, scene.part.start) : scene.part.start]
    found = _FROM.search(before)
    return found is not None and _DIGIT.search(before) is not None


_DIGIT = later(
    r"\d[年月日]|[两二三四五六七八九十\d]个?(?:周|月|季度|年|交易日|[天日])|周[一二三四五末初]|[年月季周]初|[一二三四]季度"
)
QUARTER_DAYS = (80, 100)


def beyond_quarter(scene: Scene, book: Book) -> bool:
    """Whether a clause is of 上半年 or 前三季度 in a note of one quarter, whose tables have no numbers of that."""
    if book.period is None or scene.scope not in _REPORTED:
        return False
    first, last = book.period
    return first.month > 1 and QUARTER_DAYS[0] <= last.ordinal - first.ordinal <= QUARTER_DAYS[1]


def _runs(sheet: Sheet) -> bool:
    """Whether a table counts what came in a week and in the year so far."""
    return {WEEK, YEAR} <= {one.scope for one in sheet.measures if one.kind != CHANGE}


def _month_of(sheet: Sheet) -> tuple[int, int] | None:
    """The month a table is of, where its columns 本月 and 上月 say that it is of one: 8 月, in a note of September."""
    day = sheet.table.as_of
    return (day.year, day.month) if day is not None and any([one.key.startswith("本月") for one in sheet.measures]) else None


_NOWS = {"本周": WEEK, "当周": WEEK, "本月": MONTH, "当月": MONTH, "今年": YEAR, "本年": YEAR}


def as_scope(scene: Scene, sheet: Sheet, place: int, *, moves: bool) -> Scene:
    """A clause with 本周 as the time it is, where that names a column of another table, or, with `moves`, one of sizes beside
    another of the changes: 本周铁矿石上涨, 本周四跌一平三涨."""
    bare = [token for token in scene.of("noun") if scene.text[token.start : token.end] in _NOWS]
    scopes = {_NOWS[scene.text[token.start : token.end]] for token in bare}
    own = [sheet.measures[at] for token in bare for at in places_of(token, place)]
    if len(scopes) != 1 or scene.scope or (own and not (moves and all([one.kind == LEVEL for one in own]))):
        return scene
    scope = scopes.pop()
    if not any([one.scope == scope for one in sheet.changes()]):
        return scene
    tokens = tuple([one.replace(kind="scope", scope=scope, names=()) if one in bare else one for one in scene.tokens])
    return scene.replace(tokens=tokens, nouns=tuple([one for one in scene.nouns if one not in bare]), scope=scope)


_TIMED = later(r"(?:\d{4}年)?(?:\d{1,2}月|[一二三四]季度|[上下]半年)")


def columns_said(scene: Scene, sheet: Sheet) -> set[int]:
    """The columns whose name begins with a time the clause speaks of: 3月保费 and 3月同比, of 3 月."""
    said = {scene.text[token.start : token.end].removesuffix("份") for token in scene.whens if token.time is not None}
    return {one.column for one in sheet.measures if any([one.key.startswith(word) for word in said])}


def of_time(scene: Scene, sheet: Sheet, pool: list[Measure]) -> list[Measure]:
    """Of several columns those of the time the clause speaks of, else those that name none."""
    if len(pool) < 2 or sheet.series:
        return pool
    said = columns_said(scene, sheet)
    own = [one for one in pool if one.column in said]
    return own or ([one for one in pool if _TIMED.match(one.key) is None] if said else []) or pool


def measures_of(
    scene: Scene,
    sheet: Sheet,
    place: int,
    nouns: Sequence[Token],
    word: Token | None,
    level: bool,
    quantity: Quantity,
    partner: Token | None,
    own_noun: bool,
    book: Book,
) -> list[Measure]:
    """The columns a number may be said of."""
    if sheet.series and of_weeks(scene) and sheet.units <= {IN_MONTH, IN_QUARTER, IN_YEAR}:
        return []
    if sheet.series and sheet.units == {IN_YEAR} and not scene.whens and _since_within(scene):
        return []
    scope = "" if sheet.series else scope_of(scene, sheet, book)
    if scope == FOREIGN:
        return []
    if partner is not None and partner.kind == "scope":
        scope = partner.scope
    token = partner if partner is not None and partner.kind == "noun" else nouns[-1] if nouns else None
    named = [sheet.measures[one] for one in places_of(token, place)] if token is not None else []
    if own_noun and not named:
        return []
    if (
        named
        and quantity.unit is not None
        and quantity.unit.name not in ("", "%", "倍", "成")
        and all([one.kind == CHANGE for one in named])
    ):
        sizes = [one for one in sheet.measures if one.kind == LEVEL and any([akin(one, other) for other in named])]
        named = [one for one in sizes if one.unit is not None and one.unit.name == quantity.unit.name] or named
    if scene.way and token is not None and token.end < quantity.lead:  # but 由上周净流入 8.1 亿元
        named = [one for one in named if one.column not in column_times(sheet.table, book.now)]  # 由 5 月的 6.4% 回落至 4.8%
        if not named:
            return []
    if scene.way and named and not sheet.series and _of_before(scene, quantity):
        past = [column_past(scene, sheet, one, book) for one in named if one.kind == LEVEL and one.minus < 0]
        named = [one for one in past if one is not None]
        if not named:
            return []
    basis = [one.scope for one in scene.of("basis") if one.end <= quantity.lead]
    basis = basis or [one.scope for one in scene.carried if one.kind == "basis"]
    said = basis[-1] if basis else ""
    if sheet.series or (named and not said):
        named = with_changes(sheet, named, word is not None and not level)
    if sheet.series and sheet.units == {"day"} and scene.scope == WEEK and not scene.of("time"):
        named = [one for one in named if one.kind != CHANGE]  # 全周下跌 1.13%, of changes by day
    if sheet.series and not named:
        return []
    if sheet.series and token is None and of_others(scene, quantity.lead):
        named = [one for one in named if not _FUND.match(one.key)]  # 2018 年市场下跌 24.6%, beside 基金收益率
        if not named:
            return []
    moves = word is not None and not level
    sized = moves and token is not None and all([sheet.measures[one].kind == LEVEL for one in places_of(token, place)])
    before = [one for one in scene.of("scope") if one.end <= quantity.lead]
    if own_noun and not before and scope not in {one.scope for one in named} and not (sized and scope == YEAR):
        scope = ""  # a column that has its own
    stepped = said == "环比" and moves and not sheet.series and any([has_past(scene, sheet, one, book) for one in named])
    if said and named and not [one for one in named if one.basis == said] and not sheet.series:
        based = _based(sheet, named, said)
        stepped = stepped and not (based and is_share(quantity))
        named = named if stepped else based
    if level and not named and not scene.way and not scene.whens:
        named = last_of(of_now(scene, sheet), sheet, book)
    if named and moves and not own_noun and not said and is_share(quantity) and _of_price(scene, word):
        sizes = [one for one in named if one.kind == LEVEL and one.unit is not None and one.unit.name == "元"]
        if len(sizes) == len(named) and not sheet.series and not sheet.steps(named):
            named = []  # 流通市值达 302 亿元。本周其微涨 0.35%
    other = token is not None and token.kind == "noun" and bool(token.names)  # 规模 6.43 亿元，增长 10.5%, of another table
    if moves and not named and not other and (latest := sheet.latest_column()) is not None:
        named = [latest]
    out = []
    to_date = [one for one in sheet.measures if one.kind == LEVEL and TO_DATE.search(one.key)]
    single = [
        one
        for one in sheet.measures
        if one.kind == LEVEL and one not in to_date and one.unit in [other.unit for other in to_date]
    ]
    alone = len({one.basis for one in sheet.changes()}) == 1 and not scene.of("base") and not scene.of("versus")
    if named and to_date and "累计" in scene.words:  # 前三季度累计销量
        named = [*named, *[one for one in to_date if one not in named and one.unit in [other.unit for other in named]]]
    for measure in current(scene, named) if named else of_now(scene, sheet):
        if not named and to_date and single and measure.kind == LEVEL and (scope == YEAR) != (measure in to_date):
            continue
        if (
            not named
            and not sheet.series
            and measure.kind == LEVEL
            and is_share(quantity)
            and _PACE.search(_told_so_far(scene, quantity))
        ):
            continue  # 增速最低的是 A，B 和 C 分别为 6.8% 和 3.9%, beside a column of shares
        pointed = quantity.unit is not None and quantity.unit.points and measure.unit is not None and measure.unit.points
        sized = moves and measure.kind == LEVEL and (pointed or not is_share(quantity)) and has_past(scene, sheet, measure, book)
        if not named and measure.noun and (moves or measure.kind != LEVEL) and not sized:
            continue
        if measure.minus >= 0 and not moves:
            continue
        if said and measure.basis != said and measure.kind != LEVEL and not (measure.kind == FLOW and sheet.series):
            continue
        if said and measure.kind == LEVEL and not sheet.series and not stepped:
            continue
        if measure.basis and not said and not own_noun and not sheet.series and not scene.carried and not (moves and alone):
            continue
        if not scope and not named and moves and not of_period(measure, book):
            continue
        if scene.scope == DAY and measure.kind == LEVEL and measure.scope == WEEK and not sheet.series:
            continue  # 当日流水, of a table by week
        if scope in (WEEK, MONTH) and SINCE_YEAR.search(measure.key):
            continue
        if scope and measure.kind != LEVEL and measure.scope not in (scope, *(("",) if scope in (WEEK, MONTH) else ())):
            continue
        if not moves and measure.kind == CHANGE and not measure.noun and word is None and not is_share(quantity):
            continue
        if (
            moves
            and measure.kind == LEVEL
            and not sheet.series
            and (
                told_by_change(sheet, measure, quantity)
                or not has_past(scene, sheet, measure, book)
                or (scope == DAY and not differs(scene) and not _by_day(sheet, measure, book))
            )
        ):
            continue
        if level and measure.kind == CHANGE and not measure.noun:
            continue
        out.append(measure)
    return of_time(scene, sheet, out)


_PACE = later(r"增速|[涨跌升降增]幅")


def _told_so_far(scene: Scene, quantity: Quantity) -> str:
    """The sentence up to a number."""
    return scene.text[sentence_start(scene.text, scene.part.start) : quantity.lead]


def _by_day(sheet: Sheet, measure: Measure, book: Book) -> bool:
    """Whether a column is one of a day: only those tell what 周五回落 12.5 美元 means."""
    time = column_times(sheet.table, book.now).get(measure.column)
    return time is not None and time.kind == ON_DAY


def of_weeks(scene: Scene) -> bool:
    """Whether a clause that names no time speaks of a week, or of a change since the last: nothing of a table by month."""
    compared = [token for token in (*scene.tokens, *scene.bases) if token.kind in ("base", "versus", "noun")]
    since = any([scene.text.startswith("上周", token.start) for token in compared])
    return (scene.scope == WEEK or since) and not scene.whens


def _since_within(scene: Scene) -> bool:
    """Whether a clause compares with a time within a year, of which a table by year says nothing: 与年初相比，…上涨 9.7%."""
    return any([_WITHIN_YEAR.match(scene.text, token.start) is not None for token in based_on(scene)])


_WITHIN_YEAR = later(r"年初|(?:去年|上年)(?:同期|同月|同季)|[上前]一?个?(?:[周月季]|交易日)|[月季]初")
_FUND = later(r"(?:本|该)?(?:基金|产品|组合|策略|账户)")
_OTHERS = later(r"市场|A股|大盘|港股|美股|指数|行业|板块|蓝筹|成长|股市|债市|全国|国内")


def of_others(scene: Scene, end: int) -> bool:
    """Whether a clause speaks of the market, not of the fund whose returns a table has."""
    words = scene.text[scene.part.start : end]
    return _OTHERS.search(words) is not None and _FUND.search(words) is None


_PRICE = later(r"[微小大上下收领续][涨跌]|[涨跌]|走[高低强弱]")


def _of_price(scene: Scene, word: Token | None) -> bool:
    """Whether a word of direction is one of prices: 微涨, not 增长."""
    return word is not None and _PRICE.fullmatch(scene.text, word.start, word.end) is not None


SINCE_YEAR = later(r"较(?:年初|上年末|去年末|上年底|去年底)")  # no change of a week
SPANS = ((10, WEEK), (35, MONTH))  # days of a period, and what it is


def of_period(measure: Measure, book: Book) -> bool:
    """Whether a column of changes may be the one a note of this period means where it names no time: not 今年以来 in a weekly."""
    if book.period is None or measure.kind != CHANGE or measure.scope not in (WEEK, MONTH, YEAR, DAY, *PAST):
        return True
    first, last = book.period
    span = last.ordinal - first.ordinal
    own = next((scope for days, scope in SPANS if span <= days), measure.scope)
    return measure.scope == own


def _of_before(scene: Scene, quantity: Quantity) -> bool:
    """Whether a number is said to be that of the time before: 从上周的 8026 亿元升至 8815 亿元."""
    here = [token for token in scene.tokens if token.end <= quantity.lead]
    if not here or here[-1].kind not in ("scope", "base"):
        return False
    last = here[-1]
    return scene.text[last.start] in "上去前" and scene.text[last.end : quantity.lead].strip("的为末底") == ""


def _based(sheet: Sheet, named: Sequence[Measure], basis: str) -> list[Measure]:
    """The 环比 of the columns named: one of like name, else a bare one, of whatever the table counts, but not one that stands
    left of them behind another size (新房, 环比, 二手房, 二手环比)."""
    based = [one for one in sheet.measures if one.basis == basis]
    own = [one for one in based if one.noun and any([akin(one, other) for other in named])]
    if own:
        return own
    sizes = [one.column for one in sheet.measures if one.kind == LEVEL and one not in named]
    first = min([one.column for one in named])
    return [one for one in based if not one.noun and not (one.column < first and any([at < one.column for at in sizes]))]


_SPOKEN = later(r"上一?[周月年季期]|去年|前一?[周月日期]|前值|同期|[由从较]|(?<!占)比(?!重|例)")


def last_of(columns: Sequence[Measure], sheet: Sheet, book: Book) -> list[Measure]:
    """Without the columns of earlier days or months, where there are later ones of the same: 下行 8BP 至 1.74%."""
    times = column_times(sheet.table, book.now)
    latest = max([when.order for when in times.values()], default=None)
    left = [one for one in columns if one.column not in times or times[one.column].order == latest]
    return left if len(left) < len(columns) else []


def of_now(scene: Scene, sheet: Sheet) -> list[Measure]:
    """The columns but those of a time before, of which neither the sentence nor what it goes on with speaks."""
    spoken = scene.scope in PAST or _SPOKEN.search(sentence_text(scene)) is not None
    return [one for one in sheet.measures if spoken or one.scope not in PAST or one.kind == FLOW]


def current(scene: Scene, levels: list[Measure]) -> list[Measure]:
    """Without the columns of a time before, where the clause does not speak of one."""
    now = [one for one in levels if one.scope not in PAST and (one.kind != LEVEL or one.key[:2] not in _BEGUN)]
    return now if now and _BEGINS.search(scene.words) is None and _SPOKEN.search(scene.words) is None else levels


_BEGUN = ("年初", "季初", "月初", "期初")
_BEGINS = later(r"[年季月期]初")


def has_past(scene: Scene, sheet: Sheet, measure: Measure, book: Book) -> bool:
    """Whether the table has what a column was at the time before: 本周价 and 上周价."""
    return measure.minus < 0 and column_past(scene, sheet, measure, book) is not None


def told_by_change(sheet: Sheet, measure: Measure, quantity: Quantity) -> bool:
    """Whether a change is rather one the table has a column of: 4.2 % beside 周涨跌幅, but not 364 元."""
    own, said = measure.unit, quantity.unit
    points = own is not None and own.name == "%" and said is not None and said.points
    changes = [one for one in sheet.changes() if not points or (one.unit is not None and one.unit.points)]
    return bool(changes) and is_share(quantity)


def with_changes(sheet: Sheet, named: list[Measure], moves: bool) -> list[Measure]:
    """The columns named and, where something moves, what they move by: in a table by time the column on their right."""
    if not moves:
        return named
    plain = sheet.changes()
    if not named:
        return plain
    left = [one for one in plain if any([one.column == other.column + 1 for other in named])]
    if any([_PRICE.search(other.noun) for other in named if other.kind == LEVEL]):
        left += [one for one in plain if one not in left]  # what a price moved by stands anywhere
    left += [one for one in sheet.steps([one for one in named if one.kind == LEVEL]) if one not in left and one not in named]
    return [*named, *left]


_PRICE = later(r"价格?$|^收盘|点位$|净值$")


def is_share(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.name == "%"
