"""Records (创年内新高, 为 3 月以来最低), and which row and column of a table by time a clause is about.

In: scenes, the book.  Out: findings.  Always: what reaches back before the first row of the data is not held against them.
"""

from __future__ import annotations

from ...model import Date
from ...pattern import later
from ..clauses.scene import held_against
from ..meant.courses import belied, by_number, calls, of_pace, of_price, of_row, of_row_elsewhere
from ..meant.options import before
from ..meant.pools import versus
from ..meant.spans import THROUGH, of_week, rows_through, within_other
from ..tables.subjects import CHANGE, DAY, FLOW, LEVEL, MONTH, WEEK
from ..words.quantities import COUNT, HAN, THINGS, fits, han_value
from ..words.reading import sentence_start
from ..words.times import MONDAY, same, times
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet
    from ..words.times import Time

_RECORD = later(
    rf"(?P<span>(?!\d{{1,2}}月(?:以来|来))(?:近|过去)?(?<!\d)(?P<n>\d{{1,2}}(?!\d)|[{HAN}]+)个?(?:年|月|季度|季|周|交易日|日|天)(?:来|内|间|以来)?|(?P<since>(?:(?:19|20)\d\d年|[去上今]年(?=\d|[一二三四]季))?(?:\d{{1,2}}月|[一二三四]季度)?)(?P<third>[上中下]旬)?[初末底份中]?(?:开通|成立|上市|设立)?以来|有(?:数据|记录|统计)以来|样本期内?|区间内?|统计期内?|历史|年内|今年以来|周内|(?:本周|当周)(?:以来)?|全周|期内|全年|[上下]半年|阶段)?(?:的)?(?:收盘|单[日周月季年]度?|[月季周年]度|周线|日线|月线)*(?:收盘)?"
    rf"(?:(?P<high>(?<=刷新)(?:历史|单季|单月|单年|年度|月度|同期)?(?:纪录|记录)(?!低)|新高|最高(?:值|点|水平|纪录|读数)?|高点|峰值|峰顶|顶点|次高|最大(?:值)?|最多|最为?(?:活跃|火爆|旺盛)|最快|天量)|(?P<low>新低|最低(?:值|点|水平|纪录|读数)?|低点|谷值|谷底|最小(?:值)?|最少|最为?(?:低迷|清淡|冷清)|最慢|地量))"
)
_MONTH_NAME = later(r"\d{1,2}月")
HALVES: dict[str, dict[str, tuple[int, int]]] = {
    "上半年": {"month": (1, 6), "quarter": (1, 2)},
    "下半年": {"month": (7, 12), "quarter": (3, 4)},
}
UNITS = {
    "年": "year",
    "月": "month",
    "个月": "month",
    "季度": "quarter",
    "季": "quarter",
    "个季度": "quarter",
    "周": "week",
    "交易日": "day",
    "个交易日": "day",
    "日": "day",
    "天": "day",
}


def column_of(scene: Scene, sheet: Sheet, place: int, steps: str = "") -> Measure | None:
    """The column of a series a clause is about: the noun's, or the only one.  `steps`: the basis its rows are steps of."""
    named = scene.columns(place, sheet)
    if not named and sheet.series:
        return of_row(scene, sheet)
    if named is None:
        return None
    basis = [token.scope for token in scene.of("basis")]
    pool = named
    if basis:
        pool = [one for one in named if one.basis == basis[-1] or (steps == basis[-1] and one.kind != CHANGE)]
        pool = pool or [one for one in sheet.steps(named) if one.basis == basis[-1]]  # 销售额同比降幅, of 同比 beside 销售额
    elif len(named) > 1:
        paces = [token for token in scene.of("neutral") if scene.text[token.start : token.end] in ("增速", "增长率")]
        paced = bool(paces) or of_pace(scene)
        flat = [one for one in named if (one.kind == CHANGE) == paced]  # 出口增速最高
        pool = flat or named
    if sheet.series and scene.of("row") and len(pool) == 1 and not calls(scene, pool[0]) and not _of_its_own(scene, sheet):
        return None  # 半导体ETF连续两周净流出, where the table by week is of 北向净买入
    return pool[0] if len(pool) == 1 else None


def _of_its_own(scene: Scene, sheet: Sheet) -> bool:
    """Whether a clause names no row but the one whose course a table is."""
    return bool(sheet.of) and all([scene.text[one.start : one.end] in sheet.of for one in scene.of("row")])


_UNTIL = later(r"[从自由][^，。；]*\d[^，。；]*[至到]$")  # 从5月的 71.5% 到8月的 63.8%，连降三个月
_AFTER = later(r"[^，。；]*(?<![前然最先背幕])后[，、]")  # 在 6 月净流出后，已连续三月…


def row_of(scene: Scene, sheet: Sheet, end: int) -> int | None:
    """The row of the last time before `end` of the text, else the latest; None where the time is not in the data."""
    kinds = sheet.spoken
    if scene.scope[:1] == "那" or any([token.scope in ("次日", "翌日", "隔日") for token in scene.of("scope")]):
        return None
    if not scene.of("time") and len(scene.whens) == 2 and scene.text[scene.whens[0].end : scene.whens[1].start] in ("至", "到"):
        last = scene.whens[1].time  # 从 9 月 25 日到 10 月 9 日，连续六个交易日…
        return next((row for row, time in enumerate(sheet.times) if time is not None and last and same(time, last)), None)
    said = [
        token.time
        for token in scene.tokens
        if token.kind == "time" and token.end <= end and token.time is not None and token.time.kind in kinds
    ]
    aside, earlier = _aside(scene, sheet) if not said else (None, [])
    said = (
        said
        or earlier
        or [
            token.time
            for token in (*scene.gone, *scene.whens)
            if token.time is not None
            and token.time.kind in kinds
            and token.start < (aside.start() if aside is not None else scene.part.start)
            and (not held_against(scene.text, token) or _UNTIL.search(scene.text, 0, token.start) is not None)
            and _AFTER.match(scene.text, token.end, scene.part.start) is None
            and scene.text[token.start - 1 : token.start] not in ("由", "从", "自", "较", "比")
        ]
    )
    if said:
        return next((row for row, time in enumerate(sheet.times) if time is not None and same(time, said[-1])), None)
    if _of_other_year(scene, sheet) or _within_year(scene, sheet):
        return None
    until = min(aside.start(), end) if aside is not None else end
    if sheet.units == {"week"} and _LAST_WEEK.search(scene.text, sentence_start(scene.text, scene.part.start), until):
        return before(sheet, latest_row(sheet))
    return latest_row(sheet)


_ASIDE = later(
    r"[，（(](?:而|虽然?|且|但)?(?:[上前]一?个?(?:[周月季年期日]|季度|交易日)|此前一?[周月季年期日]?|去年同期|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度)"
    r"(?:的?(?:数[据值字]|读数|水平|[涨跌增降]幅|增速))?(?:则|仅|只|也|还|曾|同样)*(?:为|是|有|录得|报|在|高达|达到?|[涨跌升降增减])?"
    r"(?:约|近|超过?|逾|不足|不到)?-?\d[\d.,]*[一-龥%A-Za-z]{0,5}(?:左右|上下)?[，）)]+(?:但|而|且|不过|却)?$"
)


def _aside(scene: Scene, sheet: Sheet) -> tuple[re.Match[str] | None, list[Time]]:
    """The clause before, where it but names the number of a time before the one that is told of, and the time told of before it,
    if any: 本周涨 0.41%，前一周为 3.44%，但已是连续第四周上涨; 9月为 49.8，8月为 49.4，已连续两个月回升."""
    start = sentence_start(scene.text, scene.part.start)
    found = _ASIDE.search(scene.text, start, scene.part.start)
    if found is None or _DIGIT.search(scene.text, start, found.start()) is None:
        return None, []
    last = sheet.times[latest_row(sheet)]
    now = Date(last.year or 2000, 12, 31) if last is not None else Date(2000, 12, 31)
    own, other = (
        [one.time for one in times(scene.text, *span, now) if one.time.kind in sheet.spoken]
        for span in ((start, found.start()), found.span())
    )
    told = own[-1] if own else last
    if other and (told is None or told.order <= other[-1].order):
        return None, []
    return found, own[-1:]


_DIGIT = later(r"\d")


def _of_other_year(scene: Scene, sheet: Sheet) -> bool:
    """Whether a clause is of a year that a table by day has none of: 2020 年北向净买入…，再创新高."""
    years = [token.time.year for token in scene.whens if token.time is not None and token.time.kind == "year"]
    known = {time.year for time in sheet.times if time is not None}
    return bool(years) and 0 not in known and not known & {*years}


def _within_year(scene: Scene, sheet: Sheet) -> bool:
    """Whether a clause is of a month or a quarter alone, where a table has but years: 本基金7月跑赢基准…."""
    kinds = {token.time.kind for token in scene.whens if token.time is not None}
    shorter = bool(kinds) and kinds <= {"month", "quarter", "day"}
    return sheet.units == {"year"} and (shorter or (not kinds and scene.scope in (WEEK, MONTH, DAY)))


_LAST_WEEK = later(r"(?<![较比])(?:上一?周|前一周)(?!(?!本周|当周|这周).*(?:本周|当周|这周))")


def latest_row(sheet: Sheet) -> int:
    return max([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])[1]


_OTHER_SIZE = later(r"的?(?:出口|进口|批发|零售|产量|销量|库存|价格|成交|投资|收入|利润|贷款|存款|发行|募集)")


def hold_records(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The records of a clause that are none."""
    if scene.unsure or scene.denied:
        return
    text = scene.text
    for found in _RECORD.finditer(text, scene.part.start, scene.part.end):
        scene, through = _without(scene, max(found.start("high"), found.start("low")))
        own = [token for token in scene.of("time") if found.start() <= token.start < token.end <= found.end("span")]
        day = own[-1].time if own and found.group("since") is None else None
        on_day = day is not None and day.kind == "day"
        if on_day:  # 成交量 8 日最大, no eight days
            found = _RECORD.match(text, own[-1].end) or found
        lead = text[max(scene.part.start, found.start() - 6) : found.start()]
        if _MONTH_NAME.fullmatch(found.group("span") or "") is not None and not through:
            continue  # 其中 3 月最高
        word = found.group("high") or found.group("low")
        when = [token for token in scene.of("time") if _is_at(scene, found.end(), token)]
        new = on_day or bool(when) or bool(through) or word in ("新高", "新低") or word[-1] == "录" or bool(found.group("span"))
        if not new and not any([one in lead for one in ("创", "为", "是", "至", "达", "于", "以")]):
            continue
        if (
            "次" in word
            or text[found.end() : found.end() + 2] in ("之一",)
            or any([one in lead for one in ("距", "此前", "前期", "之前", "上一")])
            or "接近" in lead
            or lead[-1:] == "近"
        ):
            continue
        by_time = any([found.start() - len(lead) <= token.start < found.start() for token in scene.of("time")])
        if not by_time and _BY_ROW.search(lead) is not None:
            continue  # 成交以上海最多
        inside = [
            token
            for token in scene.of("noun")
            if found.start() <= token.start and token.end <= found.start("high" if found.group("high") else "low")
        ]
        if inside and len(sentence) > 1 and inside == scene.of("noun"):  # 创下本周收盘新低, where 本周收盘 is a column elsewhere
            kept = tuple([token for token in scene.tokens if token not in inside])
            scene = scene.replace(tokens=kept, nouns=sentence[-2].nouns)
        elif inside and inside != scene.of("noun"):  # 中证转债指数创出5月以来的收盘新高, where 收盘 is a column elsewhere
            kept = tuple([token for token in scene.tokens if token not in inside])
            scene = scene.replace(tokens=kept, nouns=tuple([token for token in scene.nouns if token not in inside]))
        first = max(found.start("high"), found.start("low"))
        if any([token.kind == "noun" and token.start < found.end() and first < token.end for token in scene.tokens]):
            continue  # 最大回撤
        if not scene.of("noun") and any([_OTHER_SIZE.match(text, token.end) for token in scene.of("time")]):
            continue  # 4月零售 175.5 万辆，当月出口创下新高, where the data have no 出口
        if text[found.end() : found.end() + 1] in ("增", "降", "涨", "跌", "变"):
            continue  # 最小增量
        if _OF_GROUP.search(text, scene.part.start, found.start()) is not None and not scene.of("noun"):
            continue  # 是四只中跌得最多的
        if _OF_ROWS.match(text, found.end()):
            continue  # 成为净流入最多的类型
        said = ("amp", "neutral") if scene.of("time") else ("amp", "neutral", "noun")  # 周内最大单日净卖出
        if any([token.kind in said and 0 <= token.start - found.end() < 4 for token in scene.tokens]):
            continue  # 最大单日涨幅
        if scene.inherited and not scene.tokens and _ANOTHER.fullmatch(text, scene.part.start, found.start()) is not None:
            continue  # 规模连续三年增长，企业利润仍创新高
        told = by_number(scene, sentence, book, found.start()) if _TO_RECORD.search(lead) else None
        for place, sheet in enumerate(book.sheets):
            if not sheet.series or (told is not None and told[0] != place) or within_other(scene, sheet, found.start()):
                continue
            if sheet.units <= {"month", "quarter", "year"} and _OF_A_WEEK.search(scene.words) is not None:
                continue  # 是全周流出最多的一天, of a table by year
            measure = told[1] if told is not None else column_of(scene, sheet, place)
            row = row_of(scene, sheet, found.start()) if measure is not None else None
            row = _told_after(scene, sheet, found.end(), row) if when or not _names_it(scene, found.end(), lead) else None
            if measure is None or row is None or (told is None and belied(scene, sentence, sheet, row, measure, found.start())):
                continue
            if word in ("新高", "新低") and measure.kind == CHANGE and of_price(scene, measure):
                continue
            within = rows_through(sheet, through) if through else []
            if through and row not in within:
                continue
            moved = _moved(scene, sheet, measure, row, found.start(), sentence)
            if word in ("最快", "最慢") and (moved is None or moved.kind != CHANGE):
                continue
            if moved is None or (told is None and of_row_elsewhere(scene, book, sheet.value(row, moved), found.start())):
                continue
            finding = _record(scene, sheet, moved, row, found, book, within)
            both = moved is not measure and scene.inherited  # 销量 95.6 万辆，同比增长 33.5%，创 3 月以来新高: either
            if both and _record(scene, sheet, measure, row, found, book, within) is None:
                continue
            if finding is not None:
                yield finding
                return


def _without(scene: Scene, end: int) -> tuple[Scene, tuple[Token, ...]]:
    """A clause without the two times right before `end` between which a record is taken, and these: 收益 38.76%，为 2018 年至
    2024 年间最高."""
    whens = [token for token in scene.of("time") if token.end <= end][-2:]
    if len(whens) < 2 or _BETWEEN.fullmatch(scene.text, whens[-1].end, end) is None:
        return scene, ()
    if scene.text[whens[0].end : whens[-1].start] not in THROUGH:
        return scene, ()
    kept = tuple([token for token in scene.tokens if token not in whens])
    times = tuple([token for token in scene.whens if token not in whens]) or scene.gone
    return scene.replace(tokens=kept, whens=times), tuple(whens)


_BETWEEN = later(r"(?:末|底|份)?(?:(?:之|这)?(?:期间|间|[一二两三四五六七八九十\d]+个?(?:年|月|季度)))?(?:里|内|中)?的?")


def _moved(scene: Scene, sheet: Sheet, measure: Measure, row: int, end: int, sentence: Sequence[Scene]) -> Measure | None:
    """The column of changes where a share is what was said last: 用电量仅增长 3.9%，为九年来最低; None where no column has it."""
    if measure.kind != LEVEL or measure.unit is None or measure.unit.name == "%":
        return measure
    if of_pace(scene) and not [token for token in scene.of("amp") if not scene.of("noun")]:
        paced = sheet.steps([measure])
        return paced[0] if len(paced) == 1 else None
    here = [token for token in scene.tokens if token.end <= end and token.kind in ("noun", "number", "amp", "dir")]
    if not here and len(sentence) > 1:
        here = [token for token in sentence[-2].tokens if token.kind in ("noun", "number", "amp", "dir")]
    ways = [token for token in here if token.kind in ("amp", "dir")]
    last = here[-1].quantity if here and here[-1].kind == "number" and ways else None
    if last is None or last.unit is None or last.unit.name != "%":
        return measure
    steps = [one for one in sheet.steps([measure]) if (value := sheet.value(row, one)) is not None and fits(last, abs(value))]
    return steps[0] if len(steps) == 1 else None


_ANOTHER = later(
    r"(?:但|而|且|并|不过)?[一-龥]{0,8}(?:利润|销量|产量|出口量?|进口量?|收入|营收|价格|均价|成本|毛利率?|净利率?|产能|库存|订单|投资|融资|需求|供给|渗透率|市占率|股价|市值|估值|人数|用户数?|客流量?)"
    r"(?:也|仍|却|则|均|都|已|同步|同样|一并|双双|再度|再|又|续|并|反而)*(?:刷新|创下?|为|是|达到?|升至|降至)?了?"
)
_TO_RECORD = later(r"(?:^|[^一-龥]|创下?|刷新|录得|为|是|成为|达到?|属|[再续又也并])了?$")
_OF_A_WEEK = later(r"全周|本周|当周|周内|的一[天日]|交易日")
_BY_ROW = later(r"以(?![来上下后前]$|[来后前])[一-龥]{2,5}$")
_OF_ROWS = later(r"的(?!一?个?[年月周季日天]|交易日|时期?|阶段|是|为|在|单[月季周日年]|水平|读数|值|点|纪录|记录)[一-龥]")
_OF_GROUP = later(
    rf"[是为系居在](?:这|上述|表中)?{COUNT}[{THINGS}](?!月|季|年|交易)[一-龥]{{0,4}}?(?:里|[之当]?中)[^，。；]{{0,6}}$"
)
_IS = later(
    r"的?(?:年份|月份|交易日|季度|一[年天个月季度]{1,2})?(?:仍然?|依然|还|则|却|也)?(?:是|为|(?:出现|停留|落|定格|锁定)?在|落于)|的"
)


def _told_after(scene: Scene, sheet: Sheet, end: int, row: int | None) -> int | None:
    """The row that is named after the word: 最少的是 2023 年."""
    for token in scene.of("time"):
        if token.time is not None and _is_at(scene, end, token):
            return next((at for at, time in enumerate(sheet.times) if time is not None and same(time, token.time)), None)
    return row


# What is the highest, said behind the word, with its number: 周内最大单日成交额 1046.9 亿元出现在周四.
_ITSELF = r"(?:的?(?:·|单[日周月季年]度?|(?:收盘)?(?:价|点位)|收盘|值|水平|规模|金额|数值))+"
_ITS = later(rf"{_ITSELF}(?:约?为|高?达到?|有)?")
_NAMED = later(r"的?(?:单[日周月季年]度?|[月季周年]度)*(?:·|收盘(?:价|点位)?|点位)")


_NUMBERED = later(r"(?:触及|触达|[升涨跌降探]至|[升涨跌降]到|见于?|报|达到?|至)[约近过了]?[\d.]+")


def _is_at(scene: Scene, end: int, token: Token) -> bool:
    """Whether a time is that at which what was said up to `end` was so: 最低的是 2023 年, 最大单日成交额出现在周四."""
    if token.start < end:
        return False
    if _IS.fullmatch(scene.text, end, token.start):
        return True
    between = scene.dotted(end, token.start, "noun", "number")
    its = _ITS.match(between)
    return its is not None and _IS.fullmatch(between, its.end()) is not None


def _names_it(scene: Scene, end: int, lead: str) -> bool:
    """Whether the word but says which number of a column behind it is meant, no time that has it: 最大成交额为 1046.9 亿元."""
    stated = any([one in lead for one in ("创", "为", "是", "至", "达", "于", "以", "刷新", "录得")])
    if _NUMBERED.match(scene.text, end, scene.part.end):
        return True  # 周内最高触及 1.6825%，周五略降至 1.68%
    return not stated and _NAMED.match(scene.dotted(end, scene.part.end, "noun")) is not None


def _record(
    scene: Scene, sheet: Sheet, measure: Measure, row: int, found: re.Match[str], book: Book, within: Sequence[int] = ()
) -> Finding | None:
    rows = list(within) or _window(sheet, row, found)
    if rows is not None and scene.scope == WEEK and sheet.units == {"day"}:  # 本周投放量最大的一天
        week = of_week(sheet, book, rows)
        rows = week if week is not None and row in week else rows
    if rows is None:
        return None
    values = [(sheet.value(at, measure), at) for at in rows]
    known = [(value, at) for value, at in values if value is not None]
    own = sheet.value(row, measure)
    if own is None or not known:
        return None
    high = found.group("high") is not None
    amp = [token for token in scene.tokens if token.kind == "amp" and token.end <= found.start()]
    amp = amp or ([] if scene.of("noun") else list(scene.amps))
    if amp and _READING.search(scene.words) is not None:  # 降幅扩大，读数为去年9月以来最低
        amp = []
    if amp and measure.kind == LEVEL:
        return None  # 降幅最大
    out = [
        token for token in scene.tokens if token.sign < 0 and token.start <= found.end() + 2 and scene.text[token.start] == "净"
    ]
    sold = _SOLD.search(scene.text, scene.part.start, found.start()) is not None  # 外资卖得最多的一天
    flows = measure.kind == FLOW and (out or sold or (scene.inherited and own < 0 and not scene.of("dir")))
    if (amp and scene.text[amp[-1].start] in "跌降减") or flows:
        high = not high
    best, holder = (max if high else min)(known)
    if own == best or (flows and own == (min if high else max)(known)[0]):  # 净卖出 40 亿元，为全周最低
        return None
    start = found.start("high") if found.group("high") else found.start("low")
    words = scene.text[start : found.end()] if within else found.group()
    message = f"`{words}` is {versus(sheet, measure, holder, row)}"
    return Finding("claim-record", start, found.end(), message, ((sheet, holder, measure), (sheet, row, measure)))


_SOLD = later(r"卖|流出|赎回|减持|抛|回笼|撤[出离]")
_READING = later(r"^(?:[一-龥]{0,2}读数|数值|绝对水平|绝对值|水平)")


def _order(sheet: Sheet, row: int) -> tuple[int, int, int]:
    time = sheet.times[row]
    assert time is not None
    return time.order


def span_is_past(found: re.Match[str]) -> bool:
    """Whether a record is taken over a time that lies behind, not up to its own day."""
    return found.group("span") in ("本周", "当周", "周内", "全周")


_DAYS = {"month": 30, "quarter": 91, "year": 365}
SLACK = 7  # days within which it is not said where such a time begins


_THIRDS = {"中": 11, "下": 21}


def _window(sheet: Sheet, row: int, found: re.Match[str]) -> list[int] | None:
    """The rows a record is taken over, up to its own; None where the data cannot say."""
    order = sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])
    own = sheet.times[row]
    assert own is not None
    upto = [at for key, at in order if key <= own.order]
    word = found.group("high") or found.group("low")
    if (word not in ("新高", "新低") and word[-1] != "录") or span_is_past(found) or upto[:1] == [row]:
        upto = [at for _, at in order]
    span = found.group("span") or ""
    if span_is_past(found) and "day" not in sheet.units:
        return None
    number = found.group("n")
    if number:
        unit = next((kind for name, kind in UNITS.items() if name in span.replace(number, "", 1)), "")
        count = int(han_value(number) or 0)
        kinds = sheet.units
        if number == "半" and unit == "year" and kinds <= {"month", "quarter"}:
            return upto[-6 if "month" in kinds else -2 :]
        if unit == "week" and kinds == {"day"} and own.year:  # 两周以来, of days: from the Monday of the week before
            last = Date(*own.order).ordinal
            monday = last - (last - MONDAY) % 7 - 7 * (count - 1)
            days = [(at, time) for at in upto if (time := sheet.times[at]) is not None and time.year]
            return [at for at, time in days if Date(*time.order).ordinal >= monday]
        if unit in _DAYS and kinds <= {"day", "week"} and own.year:  # 近两个月以来, of weeks
            last = Date(*own.order).ordinal - _DAYS[unit] * count + SLACK
            dated = [(at, time) for at in upto if (time := sheet.times[at]) is not None and time.year]
            return [at for at, time in dated if Date(*time.order).ordinal >= last]
        if unit not in kinds:
            per = {("year", "month"): 12, ("year", "quarter"): 4, ("quarter", "month"): 3}
            step = [per.get((unit, kind), 0) for kind in kinds]
            count *= step[0] if step else 0
        if not count:
            return None
        return upto[-count:]
    since = found.group("since")
    if since:
        said = [one.time for one in times(since, 0, len(since), Date(own.year or 2000, 12, 31))]
        year = said[0].year if said and own.year else 0
        third = found.group("third") or "上旬"  # 8月下旬以来
        day = _THIRDS[third[0]] if said and third != "上旬" else said[0].day if said else 0
        first = [at for key, at in order if said and key >= (year, said[0].place, day)]
        early = [at for at in first if order.index((_order(sheet, at), at)) <= order.index((own.order, row))]
        return early or None
    if span in HALVES:
        low, high = HALVES[span].get(own.kind, (0, 0))
        return [
            at for _, at in order if (time := sheet.times[at]) and time.year == own.year and low <= time.place <= high
        ] or None
    if span in ("年内", "今年以来", "全年"):
        return [at for at in upto if (time := sheet.times[at]) is not None and time.year == own.year]
    return upto


def year_of(sheet: Sheet, year: int) -> list[int] | None:
    """All quarters or months of a year, where the data have them."""
    for kind, many in (("quarter", 4), ("month", 12)):
        rows = [at for at, time in enumerate(sheet.times) if time is not None and time.kind == kind and time.year == year]
        if len(rows) == many:
            return rows
    return None
