"""The columns a comparison of rows may be about.

In: a clause, a sheet.  Out: measures; the tables whose rows are things; what a message shows of two rows.  Always: none where the
words may mean several, or a table of another time.
"""

from __future__ import annotations

from decimal import Decimal

from ...pattern import later
from ..clauses.scene import FOREIGN, Token
from ..tables.names import akin
from ..tables.subjects import CHANGE, FLOW, LEVEL, MONTH, WEEK
from ..tables.time_columns import column_stems, column_times
from ..words.quantities import Unit
from ..words.times import same
from .columns import SINCE_YEAR, as_scope, of_period, of_time
from .options import current, scope_of
from .pairs import earlier, latest
from .steps import based_on, column_past

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Scene
    from ..tables.book import Book
    from ..tables.subjects import Measure, Sheet

OVER = later(
    r"(?P<more>略胜|稍胜|完胜|跑赢|强于|优于|好于|领先于?|胜过|超越|反超|赶超|好过|胜于|大于|高于|多于|超过|高过|大过|快于|深于|高出|压过|贵于)|(?P<less>跑输|弱于|逊于|不及|落后于?|小于|低于|少于|不如|慢于|低过|浅于|差于|逊色于|便宜于)"
)


def column_for(scene: Scene, sheet: Sheet, place: int, book: Book, *, moves: bool = True) -> Measure | None:
    """The one column a comparison is about; None where it may be several."""
    pool = columns_of(scene, sheet, place, book, moves=moves)
    return pool[0] if len(pool) == 1 else None


def columns_of(scene: Scene, sheet: Sheet, place: int, book: Book, *, moves: bool = True, strict: bool = False) -> list[Measure]:
    """The columns a comparison may be about: the noun's, else the changes of the scope the clause speaks of.  `strict`: what
    moved, never a size."""
    scene = as_scope(scene, sheet, place, moves=strict)
    stepped = _stepped(scene, sheet, book) if strict and not scene.of("noun") and not scene.nouns else []
    if stepped:
        return stepped
    scope = scope_of(scene, sheet, book)
    if scope == FOREIGN:
        return []
    amps = [token for token in scene.tokens if token.kind == "amp" or is_rate(scene, token)]
    amps = amps or list(scene.amps)
    priced = any([scene.text[token.start] in "涨跌" for token in amps])  # 成交额增加 179.1 亿元，涨幅也居首位
    nouns = scene.of("noun") or [
        token
        for token in scene.nouns
        if (not amps and not _moved_since(scene, token))
        or _of_time(token, sheet, place)
        or (_changes(token, sheet, place) and not (priced and _AMOUNT.search(scene.text, token.start, token.end)))
    ]
    named = [sheet.measures[one] for token in nouns[-1:] for name in token.names if name.sheet == place for one in name.places]
    if scene.of("noun") and not named:
        return []
    if nouns and not amps and not strict and _of_size_alone(scene, nouns[-1], named):
        return []
    if scene.of("noun") and not scene.of("scope") and all([one.scope not in ("", scope) for one in named]):
        scope = ""  # 今年累计交付量, after 8 月
    basis = [token.scope for token in (*scene.carried, *scene.tokens) if token.kind == "basis"]
    based = [one for one in sheet.measures if basis and one.basis == basis[-1]]
    timed = column_times(sheet.table, book.now) if basis and named and not based else {}
    levels = [one for one in named if one.kind != CHANGE]
    grown = _growths(sheet, levels, book, basis[-1]) if basis and (amps or strict) and not based and not scope else []
    if len(grown) == 1:
        return grown
    if basis and not (timed and all([one.column in timed for one in named])):
        exact = [one for one in named if one.basis == basis[-1]]
        based = [one for one in sheet.measures if one.basis == basis[-1] and one.kind == CHANGE]
        named = exact or [one for one in based if not named or not one.noun or any([akin(one, other) for other in named])]
        if not named:
            return []
        alike = [one for one in named if levels and one.scope in {other.scope for other in levels}]
        named = alike or named
    priced_by = _of_price(sheet, named, scope) if named and not basis and (amps or strict) else []
    named = [] if priced_by else named  # 净值涨幅 is what the row moved by
    pool = named or priced_by or sheet.changes()
    if strict and not pool and not basis:
        pool = _of_now(scene, sheet, book)
    if scope:
        pool = [one for one in pool if one.scope == scope] or [one for one in pool if not one.scope]
        pool = [one for one in pool if scope not in (WEEK, MONTH) or SINCE_YEAR.search(one.key) is None]
    if len(pool) > 1 and named and all([one.kind == FLOW for one in pool]):
        pool = [one for one in pool if one.scope in (scope or WEEK, "")] or pool
    elif len(pool) > 1 and named:
        flat = [one for one in pool if one.kind != CHANGE]
        changed = [one for one in pool if one.kind == CHANGE]
        if amps and changed and all([one.minus >= 0 and not _percent(one) for one in changed]):  # 增幅 is of a rate
            rates = [one for one in sheet.changes(scope) if one.minus < 0 and _percent(one)]
            changed = rates if len(rates) == 1 else changed
        pool = (changed or sheet.steps(flat, scope)) if moves or amps or basis else current(scene, flat)
    if strict and named and [one for one in pool if one.kind == LEVEL]:
        levels = [one for one in pool if one.kind == LEVEL]
        steps = sheet.steps(levels, scope)
        if len(steps) > 1 and not scope:  # 收益率下行幅度最大, of 周变动 beside 年初至今变动
            steps = [one for one in steps if of_period(one, book)] or steps
        pool = steps or _since(scene, sheet, levels, book)
    if len(pool) > 1 and named and strict:
        pool = _one(scene, pool)
    if len(pool) > 1 and not scope and not named:
        pool = [one for one in pool if one.scope in (WEEK, "")] or pool
    if not scope and not named:
        pool = [one for one in pool if of_period(one, book)]
    pool = [_since_base(scene, sheet, one, book) for one in pool]
    if not basis:  # 较上月增长, of 同比 alone
        since = {scene.text[token.start : token.end][:2] for token in (*scene.of("base"), *scene.of("versus"))}
        pool = [one for one in pool if not (one.basis == "同比" and since & {"上月", "上周", "上季"})]
    return of_time(scene, sheet, pool)


_SIZE_OF = later(r"的?(?:总?规模|总额|总量|体量|金额|绝对[值额量]|水平)(?![增涨升降减缩扩变])")
_PACE_OF = later(r"同比|环比|增速|增长|[增涨升降减跌]幅|变动|变化|率$")


def _of_size_alone(scene: Scene, noun: Token, named: Sequence[Measure]) -> bool:
    """Whether a word that begins the name of a column of changes is said of the size, which this table has not: 营收规模居第二,
    of 营收同比."""
    own = [one for one in named if one.kind == CHANGE and one.basis]
    said = _PACE_OF.search(scene.text, noun.start, noun.end) is not None
    paced = any([token.kind in ("basis", "dir", "neutral") for token in (*scene.tokens, *scene.carried)])
    return (
        bool(own)
        and len(own) == len(named)
        and not said
        and (_SIZE_OF.match(scene.text, noun.end) is not None or (not paced and noun.start >= scene.part.start))
    )


_PRICE_OF = later(r"净值|收盘|点位|股价|价格|均价|汇率")


def _of_price(sheet: Sheet, named: Sequence[Measure], scope: str) -> list[Measure]:
    """What a column that is the price of its row moved by, by the row's own 涨跌幅."""
    prices = all([one.kind == LEVEL and one.minus < 0 and _PRICE_OF.search(one.key) for one in named])
    return (sheet.steps(list(named), scope) or sheet.changes(scope)) if prices else []


_AMOUNT = later(r"成交|规模|份额|余额|库存|金额")
_MOVED = later(r"[涨跌升降](?![^，。；]{0,3}[至到])[^，。；\d]{0,4}\d+(?:\.\d+)?%")


def _moved_since(scene: Scene, noun: Token) -> bool:
    """Whether changes were told of since a column was named: 净值悉数上涨，甲涨 1.18%，弹性最大."""
    return noun.end <= scene.part.start and _MOVED.search(scene.text, noun.end, scene.part.end) is not None


def is_rate(scene: Scene, token: Token) -> bool:
    """Whether a word says that changes are meant: 增速."""
    return token.kind == "neutral" and scene.text[token.start : token.end] in ("增速", "增长率", "涨跌幅")


_LOOKS = later(r"(?:来)?[看计]|而言|来说|方面|上$|排[序名列]")


def looked_at(lead: Scene | None) -> list[Token]:
    """The 涨幅 the clause before says rows are held against each other by: 从年内涨幅看，A 超过 B; 涨幅方面，A 居首."""
    if lead is None or lead.of("row") or lead.of("number") or _LOOKS.search(lead.words[-3:]) is None:
        return []
    return lead.of("amp")


_PRICED = later(r"估值|市盈率|市净率|市销率|P[EBS]|价")


def priced(sheet: Sheet) -> Measure | None:
    """The one column that 贵 and 便宜 are of, where none is named: a price, or how often earnings are paid."""
    found = [one for one in sheet.measures if one.kind == LEVEL and one.minus < 0 and _PRICED.search(one.key)]
    return found[0] if len(found) == 1 else None


def _percent(measure: Measure) -> bool:
    """Whether a column is in per cent, no points."""
    return measure.unit is not None and measure.unit.name == "%" and not measure.unit.points


def _one(scene: Scene, pool: list[Measure]) -> list[Measure]:
    """Of a change in size and one in per cent, what the words mean: 增幅 the second, else the first."""
    rates = [one for one in pool if one.unit is not None and one.unit.name == "%" and not one.unit.points]
    sizes = [one for one in pool if one not in rates]
    if len(rates) == len(sizes) == 1 and sizes[0].noun and not rates[0].noun:
        return rates if sizes[0].basis else pool  # 同比 beside 入住率同比
    return pool if len(rates) != 1 or len(sizes) != 1 else rates if "幅" in scene.words else sizes


def _since(scene: Scene, sheet: Sheet, levels: Sequence[Measure], book: Book) -> list[Measure]:
    """What columns moved by since the time a clause compares with, else since the time before."""
    if not based_on(scene):
        return yearly(sheet, levels, book)
    past = [(one, column_past(scene, sheet, one, book)) for one in levels]
    return [one.replace(kind=CHANGE, minus=other.column) for one, other in past if other is not None and other is not one]


def _since_base(scene: Scene, sheet: Sheet, step: Measure, book: Book) -> Measure:
    """What a column moved by since the column a clause compares with, of one that has moved since another: 与去年同期相比, of
    本周库存 less 上周库存."""
    level = next((one for one in sheet.measures if one.minus < 0 and one.column == step.column), None)
    if step.minus < 0 or level is None or level.kind != LEVEL or not based_on(scene):
        return step
    past = column_past(scene, sheet, level, book)
    return step if past is None else step.replace(minus=past.column)


def yearly(sheet: Sheet, levels: Sequence[Measure], book: Book) -> list[Measure]:
    """What a column has moved by since that of the time before: 2024年营收 less 2023年营收, 二季度末规模 less 一季度末规模."""
    times = column_times(sheet.table, book.now)
    out = []
    for one in levels:
        when = times.get(one.column)
        past = earlier(sheet, one, book.now, year=when.kind == "year") if when is not None and when.kind in _TERMS else None
        out += [one.replace(kind=CHANGE, minus=past.column)] if past is not None else []
    return out


def _of_now(scene: Scene, sheet: Sheet, book: Book) -> list[Measure]:
    """What the last of columns called but a time moved by since the one before: 走阔幅度最大, of 利差 by 本周 and 上周."""
    own = latest(sheet, book.now)
    past = earlier(sheet, own, book.now) if own is not None and own.kind == LEVEL and not based_on(scene) else None
    return [own.replace(kind=CHANGE, minus=past.column)] if own is not None and past is not None else []


def _stepped(scene: Scene, sheet: Sheet, book: Book) -> list[Measure]:
    """What columns that are bare times moved by to the one a clause names, from the one it compares with: 8月三款模型的下载量
    均较7月增长."""
    basis = [token.scope for token in (*scene.carried, *scene.tokens) if token.kind == "basis"]
    based = bool(based_on(scene))
    own = of_said_time(scene, sheet, book)
    if own is None or not (basis or based) or (basis and based) or len(column_times(sheet.table, book.now)) < len(sheet.measures):
        return []
    past = column_past(scene, sheet, own, book) if based else earlier(sheet, own, book.now, year=basis[-1] == "同比")
    return [own.replace(kind=CHANGE, minus=past.column)] if past is not None and past is not own else []


def of_said_time(scene: Scene, sheet: Sheet, book: Book) -> Measure | None:
    """Of columns that are bare times, the one of the only time a clause names or goes on with."""
    times = column_times(sheet.table, book.now)
    said = [token.time for token in scene.whens if token.time is not None]
    if len(said) != 1 or any(column_stems(sheet.table, book.now).values()):
        return None
    dated = [one for one in sheet.measures if one.column in times and one.minus < 0 and _DATED.search(one.key)]
    own = [one for one in dated if same(times[one.column], said[0])]
    return own[0] if len(own) == 1 else None


_DATED = later(r"\d|[一二三四]季度")  # which month 本月 is nobody says


_TERMS = ("year", "quarter", "month")


def _growths(sheet: Sheet, levels: Sequence[Measure], book: Book, basis: str) -> list[Measure]:
    """What columns of sizes grew by, in per cent, since the one of the time before or of a year before: 同比增幅 of 11月交付."""
    out = []
    for one in levels or sheet.measures:
        past = earlier(sheet, one, book.now, year=basis == "同比") if one.kind == LEVEL and one.minus < 0 else None
        if past is not None and not (one.unit is not None and one.unit.name == "%"):
            out.append(one.replace(kind=CHANGE, basis=basis, unit=Unit("%", Decimal(1)), minus=past.column, ratio=True))
    return out


def rate_of(measure: Measure) -> Measure | None:
    """What a column of sizes grew by in per cent, of one that says it in amount: 规模增幅 may be either."""
    if measure.minus < 0 or measure.ratio or (measure.unit is not None and measure.unit.name == "%"):
        return None
    return measure.replace(ratio=True, unit=Unit("%", Decimal(1)))


def _of_time(token: Token, sheet: Sheet, place: int) -> bool:
    """Whether a column's name says no more than a time: 近一年."""
    return any([not sheet.measures[one].noun for name in token.names if name.sheet == place for one in name.places])


def _changes(token: Token, sheet: Sheet, place: int) -> bool:
    """Whether a column's name is that of a column of changes, too: H股, of H股周涨跌."""
    return any([sheet.measures[one].kind == CHANGE for name in token.names if name.sheet == place for one in name.places])


def entities(book: Book) -> Iterator[tuple[int, Sheet]]:
    for place, sheet in enumerate(book.sheets):
        if not sheet.series and sheet.table.key >= 0:
            yield place, sheet


def values_of(sheet: Sheet, measure: Measure, rows: Sequence[int] | None = None) -> list[tuple[int, Decimal]]:
    out = []
    for row in sheet.own if rows is None else rows:
        value = sheet.value(row, measure)
        if value is not None:
            out.append((row, value))
    return out


def versus(sheet: Sheet, measure: Measure, right: int, said: int) -> str:
    """The row that is, and the one that is not, with their cells."""
    one, other = (f"{sheet.name(row)} with {sheet.text(row, measure)}" for row in (right, said))
    return f"{one}, not {other} ({measure.key})"
