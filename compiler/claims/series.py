"""Claims about the course of a number: how long it has gone one way, records, multiples, from one value to another.

In: scenes, the book.  Out: findings.  Always: what reaches back before the first row of the data is not held against them.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ..model import Date
from ..pattern import later
from .columns import of_others
from .findings import Finding
from .options import before, clear
from .pools import versus
from .quantities import COUNT, HAN, fits, han_value, unit_of
from .reading import sentence_start
from .scene import held_against
from .spans import begun_at, of_week, within_other
from .subjects import CHANGE, FLOW, LEVEL, WEEK
from .times import DAY, MONDAY, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from .scene import Book, Scene
    from .subjects import Measure, Sheet

_STREAK = later(
    rf"连续(?P<th>第)?(?P<n>{COUNT})个?(?P<unit>年|月|季度|季|周|交易日|日|天)(?:度|份)?"
    rf"|(?<![周期])(?P<n2>[二两三四五六七八九十])连(?P<word>阳|阴|涨|跌|升|降|增)"
    rf"|连(?P<word2>涨|跌|升|降|增)(?P<n3>{COUNT})(?P<unit2>年|个月|个?季度|周|个交易日|日|天)"
)
SIGNED_UP = later(r"净买入|净流入|净申购|净投放|净增持|正增长|为正|正值|上涨|收涨|收红|收阳|增长|盈利|正收益|正回报")
SIGNED_DOWN = later(r"净卖出|净流出|净赎回|净回笼|净减持|负增长|为负|负值|下跌|收跌|收绿|收阴|亏损|负收益|负回报")
SIGNED = later(r"(?:均|都|皆|全部)?(?:实现|取得|录得|获得|斩获)了?(?:正|负)的?(?:收益|回报)")
_RISING = later(
    r"上升|回升|走高|攀升|增加|提升|抬升|上行|改善|增长|上涨|收涨|扩大|放大|走阔|反弹|正增长|提高|加快|提速|加速|上扬|增"
)
_FALLING = later(r"下降|回落|走低|下滑|减少|下行|收窄|放缓|下跌|收跌|负增长|降低|减速|萎缩|缩量|缩小|减|缩")
_OVER = later(
    r"(?P<side>高于|位于|处于|处|在|站上|低于|不足|超过|超)(?P<n>\d+(?:\.\d+)?)(?P<unit>万亿元?|千亿元?|亿元?|万元?|%|点|元)?(?:荣枯线|临界点|的临界点|的荣枯线)?(?:的)?(?P<part>以上|以下|上方|下方|之上|之下)?|(?P<word>扩张区间|收缩区间|荣枯线(?:以上|上方|之上)|荣枯线(?:以下|下方|之下)|[高低]于(?:荣枯线|临界点)|站上荣枯线)"
)
_RECORD = later(
    rf"(?P<span>(?!\d{{1,2}}月(?:以来|来))(?:近|过去)?(?<!\d)(?P<n>\d{{1,2}}(?!\d)|[{HAN}]+)个?(?:年|月|季度|季|周|交易日|日|天)(?:来|内|间|以来)?|(?P<since>(?:(?:19|20)\d\d年|[去上今]年(?=\d|[一二三四]季))?(?:\d{{1,2}}月|[一二三四]季度)?)(?:开通|成立|上市|设立)?以来|有(?:数据|记录|统计)以来|样本期内?|区间内?|统计期内?|历史|年内|今年以来|周内|本周|当周|全周|期内|全年|[上下]半年|阶段)?(?:的)?(?:收盘|单[日周月季年]度?)?"
    rf"(?:(?P<high>(?<=刷新)(?:历史|单季|单月|单年|年度|月度|同期)?(?:纪录|记录)(?!低)|新高|最高(?:值|点|水平|纪录|读数)?|高点|峰值|次高|最大(?:值)?|最多|最为?(?:活跃|火爆|旺盛)|天量)|(?P<low>新低|最低(?:值|点|水平|纪录|读数)?|低点|谷值|谷底(?=出现在|是|为)|最小(?:值)?|最少|最为?(?:低迷|清淡|冷清)|地量))"
)
_MONTH_NAME = later(r"\d{1,2}月")
_OVER_WITH = later(
    r"(?<=[升降落涨跌滑长少加高低窄大买卖入出缩张])之?后|之?后$|之?后[，、]|终结|结束|中断|终止|止步|告终|扭转|逆转|打破|打断|[画划]上句号|止住"
)  # a streak that was
_UNTIL = later(r"，(?:直到|直至|至)[^，。；]{1,16}(?:回到|止跌|止升|转[为负正跌涨]|结束|终结|中断|打破)")
_ENDED = later(
    r"(?:结束|终结|打破|告别|扭转|止住|中止)了?(?:此前|之前|先前|前期)?的?$|(?:此前|之前|先前)(?:已经?|[也还]?曾)?$"
)  # before the streak
_ONCE = later(r"(?:此前|之前|先前|早前)(?:还|也)?曾")
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


def hold_series(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """All claims of a clause about the course of a number."""
    if scene.unsure or scene.denied:
        return
    yield from _streaks(scene, book)
    yield from _records(scene, book, sentence)


def column_of(scene: Scene, sheet: Sheet, place: int, steps: str = "") -> Measure | None:
    """The column of a series a clause is about: the noun's, or the only one.  `steps`: the basis its rows are steps of."""
    named = scene.columns(place, sheet)
    if named is None:
        return None
    basis = [token.scope for token in scene.of("basis")]
    pool = named
    if basis:
        pool = [one for one in named if one.basis == basis[-1] or (steps == basis[-1] and one.kind != CHANGE)]
    elif len(named) > 1:
        flat = [one for one in named if one.kind != CHANGE]
        pool = flat or named
    return pool[0] if len(pool) == 1 else None


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
    said = said or [
        token.time
        for token in (*scene.gone, *scene.whens)
        if token.time is not None
        and token.time.kind in kinds
        and token.start < scene.part.start
        and not held_against(scene.text, token)
        and _AFTER.match(scene.text, token.end, scene.part.start) is None
        and scene.text[token.start - 1 : token.start] not in ("由", "从", "自", "较", "比")
    ]
    if said:
        return next((row for row, time in enumerate(sheet.times) if time is not None and same(time, said[-1])), None)
    if sheet.units == {"week"} and _LAST_WEEK.search(scene.text, sentence_start(scene.text, scene.part.start), end):
        return before(sheet, latest_row(sheet))
    return latest_row(sheet)


_LAST_WEEK = later(r"(?<![较比])(?:上一?周|前一周)(?!(?!本周|当周|这周).*(?:本周|当周|这周))")


def latest_row(sheet: Sheet) -> int:
    return max([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])[1]


def _run(sheet: Sheet, measure: Measure, row: int) -> list[Decimal | None]:
    """The values up to a row, the latest first."""
    order = sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])
    last = sheet.times[row]
    assert last is not None
    return [sheet.value(at, measure) for key, at in order if key <= last.order][::-1]


# --- streaks ---------------------------------------------------------------------------------------------------------


def streaks(scene: Scene) -> Iterator[re.Match[str]]:
    """Where a clause says how long a way has been gone."""
    return _STREAK.finditer(scene.text, scene.part.start, scene.part.end)


def ended(scene: Scene, found: re.Match[str]) -> bool:
    """Whether a run is one that is over."""
    words = scene.text[found.end() : scene.part.end]
    return _OVER_WITH.search(words) is not None or _ENDED.search(scene.text, scene.part.start, found.start()) is not None


def _streaks(scene: Scene, book: Book) -> Iterator[Finding]:
    text = scene.text
    for found in _STREAK.finditer(text, scene.part.start, scene.part.end):
        part = found.groupdict()
        number = han_value(part["n"] or part["n2"] or part["n3"] or "")
        if number is None or text[found.start() - 2 : found.start()] in ("至少", "超过"):
            continue
        unit = UNITS.get(part["unit"] or part["unit2"] or "", "")
        words = text[found.end() : scene.part.end] or ""
        if _OVER_WITH.search(words) or _UNTIL.match(text, scene.part.end) or _ONCE.search(text, scene.part.start, found.start()):
            continue
        ended = _ENDED.search(text, scene.part.start, found.start()) is not None
        word = part["word"] or part["word2"]
        for place, sheet in enumerate(book.sheets):
            if not sheet.series or (unit and unit not in sheet.units):
                continue
            measure = _moving(scene, sheet, place, word, found.start(), found.end())
            row = row_of(scene, sheet, found.start()) if measure is not None else None
            row = before(sheet, row) if ended and row is not None else row
            if measure is None or row is None:
                continue
            values = _run(sheet, measure, row)
            if _SINCE_THEN.search(text, scene.part.start, found.start()):
                values = _since(sheet, measure, scene, int(number))
            lengths = _lengths(values, measure, words, word, found.start(), text)
            if scene.of("time") and _BEGUN.search(text, scene.part.start, found.start()):  # 自8月的 49.1 起连续两个月回升
                runs = _begun(sheet, measure, row, int(number))  # with it, or after it
                lengths = [one for run in runs for one in _lengths(run, measure, words, word, found.start(), text)]
                if not lengths or any([length >= int(number) for length, _ in lengths]):
                    continue
            if not lengths:
                continue
            if sheet.units == {DAY} and scene.scope == WEEK and not scene.of("time"):  # 本周连续三天净回笼: of any days of it
                runs = [_run(sheet, measure, at) for at in range(len(sheet.times)) if at != row]
                others = [one for run in runs for one in _lengths(run, measure, words, word, found.start(), text)]
                lengths += [(length, False) for length, _ in others]
            ends = [_run(sheet, measure, at) for at in begun_at(scene, sheet, int(number))]
            long = [one for run in ends for one, _ in _lengths(run, measure, words, word, found.start(), text)]
            if not any([_agrees(int(number), length, whole) for length, whole in lengths]) and max(long, default=0) < number:
                length = lengths[0][0]
                yield Finding(
                    "claim-streak",
                    found.start(),
                    found.end(),
                    f"the data show {length} in a row ({measure.key})",
                    ((sheet, row, measure),),
                )
                return


_SINCE_THEN = later(r"此后|其后|随后|之后|自此|而后|(?<![前然最先背幕])后[，、]?(?:已|便|就)?$")


_BEGUN = later(r"[自从][^，。；]{1,16}起[，已便就]*$")


def _begun(sheet: Sheet, measure: Measure, row: int, number: int) -> list[list[Decimal | None]]:
    """The values of so many steps from a row on, and of as many that end with a row less."""
    order = [at for _, at in sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])]
    first = order.index(row)
    spans = [order[at : at + number + 1] for at in (first - 1, first) if at >= 0]
    return [[sheet.value(at, measure) for at in span[::-1]] for span in spans if len(span) == number + 1]


def _since(sheet: Sheet, measure: Measure, scene: Scene, number: int) -> list[Decimal | None]:
    """The values up to as many rows after the time the clause before names: 2022 年触底，此后连续两年回升."""
    whens = [token.time for token in scene.whens if token.time is not None and token.time.kind in sheet.spoken]
    start = next((row for row, time in enumerate(sheet.times) if whens and time is not None and same(time, whens[-1])), None)
    order = [at for _, at in sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])]
    last = order.index(start) + number if start is not None else len(order)
    if last >= len(order):
        return []
    return [sheet.value(at, measure) for at in order[last - number : last + 1]][::-1]


def _agrees(said: int, length: int, whole: bool) -> bool:
    """Whether a streak may be said to be so long; `whole`: it reaches back to the first row."""
    return said >= length if whole else said == length


def _moving(scene: Scene, sheet: Sheet, place: int, word: str | None, start: int, end: int) -> Measure | None:
    own = scene.of("noun")
    if own and own[0].start >= end and _APART.search(scene.text, end, own[0].start) is not None:
        return None  # 央行连续第七个月增持也强化了信心
    measure = column_of(scene, sheet, place) or column_of(scene, sheet, place, "环比")
    if measure is None and not scene.nouns and SIGNED.match(scene.text, end, scene.part.end) and not of_others(scene, start):
        plain = sheet.changes()  # 本基金连续十年取得正收益
        begun = scene.part.start + (scene.text[scene.part.start] == "本")
        measure = plain[0] if len(plain) == 1 and clear(scene, begun, start) else None
    if measure is None and word and not scene.nouns:
        plain = sheet.changes() or [one for one in sheet.measures if one.kind == LEVEL]
        measure = plain[0] if len(plain) == 1 else None
    return measure


_APART = later(r"[也令使让对将把]|强化|支撑|推动|提振|带动")


def _lengths(
    values: list[Decimal | None], measure: Measure, words: str, word: str | None, at: int, text: str
) -> list[tuple[int, bool]]:
    """How long the way named has been gone, in each sense the words may have: (length, whether back to the first row)."""
    out: list[tuple[int, bool]] = []
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values):
        cut = values.index(None)
        numbers = [value for value in values[:cut] if value is not None]
    steps = [new - old for new, old in itertools.pairwise(numbers)]
    over = _OVER.search(words)
    if over is not None:
        test = _side(over)
        if test is not None:
            limit, above = test
            said = unit_of(over.group("unit") or "")
            if measure.unit is not None and said is not None and said.name != "%":
                limit *= said.factor if said.factor != 1 or said.name == "元" else measure.unit.factor
            flags = [value > limit if above else value < limit for value in numbers]
            out.append(_first(flags))
            return out
    signed = measure.kind in (CHANGE, FLOW)
    if word:
        up = word in "阳涨升增"
        if signed:
            out.append(_first([value > 0 if up else value < 0 for value in numbers]))
        else:
            out.append(_first([step > 0 if up else step < 0 for step in steps]))
        return out
    net = _NET.search(words)
    if measure.kind == FLOW and net is not None:  # 连续六日净增
        return [_first([value > 0 if net.group("up") else value < 0 for value in numbers])]
    said_up, said_down = SIGNED_UP.search(words), SIGNED_DOWN.search(words)
    below = _OF_SIGN.match(words) is not None and any([value < 0 for value in numbers])
    if (signed or below) and (said_up or said_down):
        up = said_up is not None and (said_down is None or said_up.start() < said_down.start())
        out.append(_first([value > 0 if up else value < 0 for value in numbers]))
    rising, falling = _RISING.search(words), _FALLING.search(words)
    if measure.kind == CHANGE and measure.basis and _OF_BASIS.search(words) and (rising or falling):
        up = rising is not None and (falling is None or rising.start() < falling.start())
        out.append(_first([value > 0 if up else value < 0 for value in numbers]))
        return out
    bare = _AMP_BEFORE.search(text, max(at - 8, 0), at) is None
    if measure.kind == CHANGE and measure.basis and bare and (fell := _OF_FALL.match(words)) is not None:
        out.append(_first([value > 0 if fell.group("up") else value < 0 for value in numbers]))  # CPI环比连续五个月下降
    plain = signed and not measure.basis and _OF_PRICE.match(words) is not None  # 连续两周上涨, of what rose by so much
    if (rising or falling) and not (signed and _flow_word(words)) and not plain:
        up = rising is not None and (falling is None or rising.start() < falling.start())
        narrowing = ("收窄" in words or "扩大" in words) and numbers and numbers[0] < 0
        if narrowing:
            up = not up
            if "收窄" in words:
                up = True
            elif "扩大" in words:
                up = False
        out.append(_first([step > 0 if up else step < 0 for step in steps]))
    return out


_NET = later(r"净(?:(?P<up>买|流入|申购|投放|增|融资)|(?P<down>卖|流出|赎回|回笼|减|偿还))")
_OF_SIGN = later(r"[一-龥]{0,4}(?:为[正负]|[正负]值|[正负]增长)")  # 连续六个季度为负
_OF_PRICE = later(r"(?:小幅|大幅)?(?:上涨|下跌|收涨|收跌|收红|收绿)")
_OF_BASIS = later(r"(?:同比|环比)(?!增速|涨幅|降幅|增幅|跌幅)")


_OF_FALL = later(r"(?:小幅|大幅)?(?:(?P<up>上涨|增长|增加)|下降|下跌|减少)(?![幅率])")
_AMP_BEFORE = later(r"[涨跌升降增减]幅|增速")


_FLOW_WORDS = (
    "净买入", "净卖出", "净流入", "净流出", "净申购", "净赎回", "净投放", "净回笼", "净增持", "净减持", "为正", "为负"
)  # fmt: skip


def _flow_word(words: str) -> bool:
    return any([one in words for one in _FLOW_WORDS])


def _first(flags: list[bool]) -> tuple[int, bool]:
    length = next((at for at, flag in enumerate(flags) if not flag), len(flags))
    return length, length == len(flags)


def _side(found: re.Match[str]) -> tuple[Decimal, bool] | None:
    """A limit, and whether the numbers are to lie above it."""
    word = found.group("word")
    if word:
        return Decimal(50), word == "扩张区间" or word[0] in "高站" or word[-2:] in ("以上", "上方", "之上")
    side, part = found.group("side"), found.group("part") or ""
    if side in ("位于", "处于", "处", "在") and not part:
        return None
    above = part in ("以上", "上方", "之上") if part else side in ("高于", "站上", "超过", "超")
    return Decimal(found.group("n")), above


# --- records ---------------------------------------------------------------------------------------------------------


def _records(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    text = scene.text
    for found in _RECORD.finditer(text, scene.part.start, scene.part.end):
        lead = text[max(scene.part.start, found.start() - 6) : found.start()]
        if _MONTH_NAME.fullmatch(found.group("span") or "") is not None:
            continue  # 其中 3 月最高
        word = found.group("high") or found.group("low")
        when = [token for token in scene.of("time") if _IS.fullmatch(text, found.end(), token.start)]
        new = bool(when) or word in ("新高", "新低") or word[-1] == "录" or bool(found.group("span"))
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
        first = max(found.start("high"), found.start("low"))
        if any([token.kind == "noun" and token.start < found.end() and first < token.end for token in scene.tokens]):
            continue  # 最大回撤
        if text[found.end() : found.end() + 1] in ("增", "降", "涨", "跌", "变"):
            continue  # 最小增量
        if _OF_ROWS.match(text, found.end()):
            continue  # 成为净流入最多的类型
        said = ("amp", "neutral") if scene.of("time") else ("amp", "neutral", "noun")  # 周内最大单日净卖出
        if any([token.kind in said and 0 <= token.start - found.end() < 4 for token in scene.tokens]):
            continue  # 最大单日涨幅
        for place, sheet in enumerate(book.sheets):
            if not sheet.series or within_other(scene, sheet, found.start()):
                continue
            measure = column_of(scene, sheet, place)
            row = row_of(scene, sheet, found.start()) if measure is not None else None
            row = _told_after(scene, sheet, found.end(), row)
            if measure is None or row is None:
                continue
            moved = _moved(scene, sheet, measure, row, found.start(), sentence)
            if moved is None:
                continue
            finding = _record(scene, sheet, moved, row, found, book)
            both = moved is not measure and scene.inherited  # 销量 95.6 万辆，同比增长 33.5%，创 3 月以来新高: either
            if both and _record(scene, sheet, measure, row, found, book) is None:
                continue
            if finding is not None:
                yield finding
                return


def _moved(scene: Scene, sheet: Sheet, measure: Measure, row: int, end: int, sentence: Sequence[Scene]) -> Measure | None:
    """The column of changes where a share is what was said last: 用电量仅增长 3.9%，为九年来最低; None where no column has it."""
    if measure.kind != LEVEL or measure.unit is None or measure.unit.name == "%":
        return measure
    here = [token for token in scene.tokens if token.end <= end and token.kind in ("noun", "number", "amp", "dir")]
    if not here and len(sentence) > 1:
        here = [token for token in sentence[-2].tokens if token.kind in ("noun", "number", "amp", "dir")]
    ways = [token for token in here if token.kind in ("amp", "dir")]
    last = here[-1].quantity if here and here[-1].kind == "number" and ways else None
    if last is None or last.unit is None or last.unit.name != "%":
        return measure
    steps = [one for one in sheet.steps([measure]) if (value := sheet.value(row, one)) is not None and fits(last, abs(value))]
    return steps[0] if len(steps) == 1 else None


_BY_ROW = later(r"以(?![来上下后前]$|[来后前])[一-龥]{2,5}$")
_OF_ROWS = later(r"的(?!一?个?[年月周季日天]|交易日|时期?|阶段|是|为|在|单[月季周日年]|水平|读数|值|点|纪录|记录)[一-龥]")
_IS = later(r"的?(?:年份|月份|交易日|季度|一[年天个月季度]{1,2})?(?:是|为|出现在|在)")


def _told_after(scene: Scene, sheet: Sheet, end: int, row: int | None) -> int | None:
    """The row that is named after the word: 最少的是 2023 年."""
    for token in scene.of("time"):
        if token.start >= end and token.time is not None and _IS.fullmatch(scene.text, end, token.start):
            return next((at for at, time in enumerate(sheet.times) if time is not None and same(time, token.time)), None)
    return row


def _record(scene: Scene, sheet: Sheet, measure: Measure, row: int, found: re.Match[str], book: Book) -> Finding | None:
    rows = _window(sheet, row, found)
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
    if amp and measure.kind == LEVEL:
        return None  # 降幅最大
    out = [
        token for token in scene.tokens if token.sign < 0 and token.start <= found.end() + 2 and scene.text[token.start] == "净"
    ]
    flows = measure.kind == FLOW and (out or (scene.inherited and own < 0 and not scene.of("dir")))
    if (amp and scene.text[amp[-1].start] in "跌降减") or flows:
        high = not high
    best, holder = (max if high else min)(known)
    if own == best or (flows and own == (min if high else max)(known)[0]):  # 净卖出 40 亿元，为全周最低
        return None
    message = f"`{found.group()}` is {versus(sheet, measure, holder, row)}"
    start = found.start("high") if found.group("high") else found.start("low")
    return Finding("claim-record", start, found.end(), message, ((sheet, holder, measure), (sheet, row, measure)))


def _order(sheet: Sheet, row: int) -> tuple[int, int, int]:
    time = sheet.times[row]
    assert time is not None
    return time.order


def span_is_past(found: re.Match[str]) -> bool:
    """Whether a record is taken over a time that lies behind, not up to its own day."""
    return found.group("span") in ("本周", "当周", "周内", "全周")


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
        if unit not in kinds:
            per = {("year", "month"): 12, ("year", "quarter"): 4, ("quarter", "month"): 3}
            step = [per.get((unit, kind), 0) for kind in kinds]
            count *= step[0] if step else 0
        if not count:
            return None
        return upto[-count:]
    since = found.group("since")
    if since:
        from .times import times as times_in

        said = [one.time for one in times_in(since, 0, len(since), Date(own.year or 2000, 12, 31))]
        year = said[0].year if said and own.year else 0
        first = [at for key, at in order if said and key >= (year, said[0].place, said[0].day)]
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
