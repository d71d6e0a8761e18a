"""How long a number has gone one way: 连续三个月上升, 连涨四周, 已连续十年取得正收益, 连续六个月处于收缩区间.

In: a clause, the book.  Out: findings.  Always: what reaches back before the first row of the data is not held against them; a
run that has ended is asked up to the time before.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...pattern import later
from ..meant.columns import of_others
from ..meant.courses import belied, by_number, of_row_elsewhere
from ..meant.options import before, clear
from ..meant.spans import begun_at
from ..tables.subjects import CHANGE, FLOW, LEVEL, WEEK
from ..words.quantities import COUNT, han_value, unit_of
from ..words.times import DAY, HALF, IN_WEEK, MONTH, QUARTER, WEEKDAYS, same, times
from .findings import Finding
from .series import UNITS, column_of, row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.times import Time

_STREAK = later(
    rf"连续(?P<th>第)?(?P<n>{COUNT})个?(?P<unit>年|月|季度|季|周|交易日|日|天)(?:度|份)?"
    rf"|(?<![周期])(?P<n2>[二两三四五六七八九十])连(?P<word>阳|阴|涨|跌|升|降|增)"
    rf"|(?<![月至到、和与及])(?P<n4>{COUNT})(?P<unit4>周|个月|个?季度|个交易日|日|天|年)连(?P<word4>涨|跌|升|降|增)(?!停)"
    rf"|连(?P<word2>涨|跌|升|降|增)(?P<n3>{COUNT})(?P<unit2>年|个月|个?季度|周|个交易日|日|天)"
)
SIGNED_UP = later(r"净买入|净流入|净申购|净投放|净增持|正增长|为正|正值|上涨|收涨|收红|收阳|增长|盈利|正收益|正回报")
SIGNED_DOWN = later(r"净卖出|净流出|净赎回|净回笼|净减持|负增长|为负|负值|下跌|收跌|收绿|收阴|亏损|负收益|负回报")
SIGNED = later(r"(?:均|都|皆|全部)?(?:实现|取得|录得|获得|斩获)了?(?:正|负)的?(?:收益|回报)")
_RISING = later(
    r"上升|回升|走高|走强|攀升|上调|调升|抬高|拉升|上移|走升|回暖|改善|增加|提升|抬升|上行|改善|增长|上涨|收涨|扩大|放大|走阔|反弹|正增长|提高|加快|提速|加速|上扬|增"
)
_FALLING = later(
    r"下降|回落|走低|走弱|下滑|下调|调降|下移|回调|走跌|恶化|减少|下行|收窄|放缓|下跌|收跌|负增长|降低|减速|萎缩|缩量|缩小|减|缩"
)
_OVER = later(
    r"(?P<side>不低于|不高于|不超过|不少于|高于|位于|处于|处|在|站上|低于|不足|超过|超)(?P<n>\d+(?:\.\d+)?)(?P<unit>万亿元?|千亿元?|亿元?|万元?|%|点|元)?(?:荣枯线|临界点|的临界点|的荣枯线)?(?:的)?(?P<part>以上|以下|上方|下方|之上|之下)?|(?P<word>扩张区间|收缩区间|(?:荣枯分?界?线|临界点)(?:以下|下方|之下|以上|上方|之上)|荣枯线(?:以上|上方|之上)|荣枯线(?:以下|下方|之下)|[高低]于(?:荣枯线|临界点)|站上荣枯线)"
)
_OVER_WITH = later(
    r"之后|(?<=[升降落涨跌滑长少加高低窄大买卖入出缩张周月年天日度])后|之?后$|之?后[，、]|终结|结束|中断|终止|止步|告终|扭转|逆转|打破|打断|[画划]上句号|止住"
)  # a streak that was
_BEFORE = later(r"(?:此前|之前|先前|早前)(?:还|也)?曾")
_ONCE = later(r"(?:而|但|在)?(?:此前|之前|先前|前期|早前|此次之前)(?![一-龥]{0,12}(?:此前|之前)?已)(?=[^，]{2,}[周月日天年]连)")
_UNTIL = later(r"，(?:直到|直至|至)[^，。；]{1,16}(?:回到|止跌|止升|转[为负正跌涨]|结束|终结|中断|打破)")
_ENDED = later(
    r"(?P<over>结束|终结|打破|打断|中断|终止|告别|扭转|止住|中止)了?(?:此前|之前|先前|早前|前期|[一-龥]{0,4}?)的?$"
    r"|(?:此前|之前|先前|早前)[，、]?[^，。；\d]{0,12}?(?:已经?|便已|就已|[也还]?曾)?$"
)  # before the streak


def streaks(scene: Scene) -> Iterator[re.Match[str]]:
    """Where a clause says how long a way has been gone."""
    return _STREAK.finditer(scene.text, scene.part.start, scene.part.end)


def unit_of_run(found: re.Match[str]) -> str:
    """What a run is counted by: 周 of 连涨三周, and of 周线三连阳; "" where it is not said."""
    part = found.groupdict()
    lines = _LINES.search(found.string, 0, found.start())
    return part["unit"] or part["unit2"] or part["unit4"] or (lines.group("unit") if lines is not None else "") or ""


_LINES = later(r"(?P<unit>[周月日])[线K]线?(?:收获|录得|走出|收出|实现|已|现|呈现?|[上下]?迎来)*了?$")


def ended(scene: Scene, found: re.Match[str]) -> bool:
    """Whether a run is one that is over."""
    over = _OVER_WITH.search(scene.text, found.end(), scene.part.end)  # 五连跌后: 后 stands right behind the run
    return over is not None or _past(scene, found) is not None


def _past(scene: Scene, found: re.Match[str]) -> re.Match[str] | None:
    """What says before a run that it goes up to the time before: 终结四连涨, 此前分红已连续八年增长, 此前，…."""
    return _ENDED.search(scene.text, max(scene.part.start - len("此前，"), 0), found.start())


_DAYS = later(r"周(?P<a>[一二三四五])[至到]周(?P<b>[一二三四五])")


def hold_streaks(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The runs of a clause that are longer or shorter in the data."""
    if scene.unsure or scene.denied:
        return
    text = scene.text
    for found in _STREAK.finditer(text, scene.part.start, scene.part.end):
        part = found.groupdict()
        number = han_value(part["n"] or part["n2"] or part["n3"] or part["n4"] or "")
        if number is None or text[found.start() - 2 : found.start()] in ("至少", "超过"):
            continue
        unit = UNITS.get(unit_of_run(found), "")
        words = text[found.end() : scene.part.end] or ""
        if _OVER_WITH.search(text, found.end(), scene.part.end) or _UNTIL.match(text, scene.part.end) or _ONCE.match(scene.words):
            continue
        if _BEFORE.search(text, scene.part.start, found.start()):
            continue
        past = _past(scene, found)
        word = part["word"] or part["word2"] or part["word4"]
        told = by_number(scene, sentence, book, found.start())
        told = told if told is not None and (not unit or _counts(book.sheets[told[0]], unit)) else None
        for place, sheet in enumerate(book.sheets):
            if not sheet.series or (unit and not _counts(sheet, unit)) or (told is not None and told[0] != place):
                continue
            measure = told[1] if told is not None else _moving(scene, sheet, place, word, found.start(), found.end())
            row = row_of(scene, sheet, _upto(scene, found)) if measure is not None else None
            now = row
            row = before(sheet, row) if past is not None and row is not None else row
            if measure is None or row is None or (told is None and belied(scene, sentence, sheet, row, measure, found.start())):
                continue
            if told is None and of_row_elsewhere(scene, book, sheet.value(row, measure), found.start()):
                continue
            values = _run(sheet, measure, row)
            if past is not None and past.group("over") and now is not None:
                on = [length for length, _ in _lengths(_run(sheet, measure, now), measure, words, word, found.start(), text)]
                if on and min(on) > 1:
                    message = f"it goes on: {sheet.cell(now, measure).text} ({sheet.name(now)} {measure.key})"
                    yield Finding("claim-streak", past.start("over"), found.end(), message, ((sheet, now, measure),))
                    return
            if _SINCE_THEN.search(text, scene.part.start, found.start()):
                values = _since(sheet, measure, scene, int(number))
            lengths = _lengths(values, measure, words, word, found.start(), text)
            if scene.of("time") and _BEGUN.search(text, scene.part.start, found.start()):  # 自8月的 49.1 起连续两个月回升
                runs = _begun(sheet, measure, row, int(number))  # with it, or after it
                lengths = [one for run in runs for one in _lengths(run, measure, words, word, found.start(), text)]
                if not lengths or any([length >= int(number) for length, _ in lengths]):
                    continue
            days = _DAYS.search(text, scene.part.start, found.start())
            count = WEEKDAYS.index(days.group("b")) - WEEKDAYS.index(days.group("a")) + 1 if days is not None else 0
            if count == number and sheet.units == {DAY} and any([length >= count for length, _ in lengths]):
                continue  # 周二至周四连降三日, of a longer run
            if not lengths:
                continue
            steps = _steps_of_way(sheet, sentence, row)
            if steps:  # 从5月的 71.5% 到8月的 63.8%，连降三个月, however long it had gone that way
                lengths = [(min(length, steps), False) for length, _ in lengths] + [(length, False) for length, _ in lengths]
            if measure.basis and _BY_SO_MUCH.match(words) and any([length >= number for length, _ in lengths]):
                continue  # PPI环比已连续四个月下降 0.4%: by just that
            if sheet.units == {DAY} and scene.scope == WEEK and not scene.of("time"):  # 本周连续三天净回笼: of any days of it
                runs = [_run(sheet, measure, at) for at in range(len(sheet.times)) if at != row]
                others = [one for run in runs for one in _lengths(run, measure, words, word, found.start(), text)]
                lengths += [(length, False) for length, _ in others]
            runs = [_run(sheet, measure, at) for at in _ends(scene, sentence, sheet, found, past is not None, book)]
            lengths += [one for run in runs for one in _lengths(run, measure, words, word, found.start(), text)]
            lengths += [(length - 1, False) for length, _ in lengths[:1] if _since_year_before(sheet, values, length)]
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


def _ends(scene: Scene, sentence: Sequence[Scene], sheet: Sheet, found: re.Match[str], past: bool, book: Book) -> Sequence[int]:
    """The rows a run may have ended with, before the last: any where it was over by a time no row is called by (7月初, 一度), the
    one before where what comes next says when it turned (，直到周五才…)."""
    text, begun = found.string, sentence[0].part.start
    every, upto = range(len(sheet.times)), max(_upto(scene, found), found.start())
    if _WAS.search(text, scene.part.start, found.start()) is not None:
        return every
    whens = [one.time for part in sentence for one in part.of("time") if one.end <= upto and one.time is not None]
    if any([one.kind in sheet.spoken for one in whens]):
        return ()
    if sheet.units <= {DAY, IN_WEEK} and _PART_OF_MONTH.search(text, begun, found.start()) is not None:
        return every
    turned = None if past else _AFTER_IT.match(text, found.end()) or _TURNED.match(text, found.end())
    if turned is not None:
        until = _CLAUSE_END.search(text, turned.end())
        said = [one.time for one in times(text, found.end(), until.start() if until is not None else len(text), book.now)]
        known = [at for at in every for time in said[:1] if (own := sheet.times[at]) is not None and same(own, time)]
        return [at for row in known if (at := before(sheet, row)) is not None] if known else every
    then = _THEN.match(text, found.end())  # DR007连续三天抬升，9月18日到1.56%
    said = [one.time for one in times(text, then.end(), then.end() + A_DAY, book.now) if one.start == then.end()] if then else []
    if said:
        return [at for at in every if (own := sheet.times[at]) is not None and same(own, said[0])]
    last = max([one for one in sheet.times if one is not None], key=_order)
    return every if whens and not _within(last, whens[-1]) else ()


_CLAUSE_END = later(r"[，。；\n]")
_THEN = later(r"[^，。；]{0,8}[，；]")
A_DAY = 12  # characters of a time: 2025年12月18日
_AFTER_IT = later(r"(?:之|以)?后(?!期|市|续)")


def _order(time: Time) -> tuple[int, int, int]:
    return time.order


_MONTHS_OF = {QUARTER: 3, HALF: 6}


def _within(time: Time, longer: Time) -> bool:
    """Whether a day or a month is in a month, a quarter or a year, as far as the two say."""
    if longer.year and time.year and longer.year != time.year:
        return False
    if longer.kind == MONTH and time.kind == DAY:
        return time.place == longer.place
    if longer.kind in _MONTHS_OF and time.kind in (DAY, MONTH):
        return (time.place - 1) // _MONTHS_OF[longer.kind] + 1 == longer.place
    return True


_WAS = later(r"一度|先是|起初|最初|一开始|曾|(?<![此之以年月周])前[二两三四五六七八九]个?(?:周|月|季度|年)(?!期)")
_PART_OF_MONTH = later(
    r"(?:月份?(?:[上中下]{1,2}旬|[初中末底](?!旬)|第?[一二三四首末]个?周|[上下]半月|(?:前|后)半[月段])|[上中下]旬|(?:月|年|季)[初末底])(?!以来|至今)"
)
_TURNED = later(
    r"[^，。；]*[，；](?:[^，。；]{0,12}?)(?:才(?![能])|方[才始]|此后|随后|其后|之后|后来|继而|而后|直[到至]|终于|转[为而涨跌升降正负]|回流|逆转|止[跌涨升降]|收复"
    r"|(?:第[二三四五六七八九]|最后一|末|次)个?(?:周|月|季|年|交易日|日|天))"
)


def _since_year_before(sheet: Sheet, values: Sequence[Decimal | None], length: int) -> bool:
    """Whether a run is through all of a table of quarters whose first alone is of the year before, what a year's 同比 are counted
    from: in the year itself it is one step shorter."""
    order = sorted([time.order for time in sheet.times if time is not None])
    whole = len(values) == len(order) == length + 1 and sheet.units == {QUARTER}
    return whole and len(order) > MIN_YEAR and order[0][0] < order[1][0] == order[-1][0]


MIN_YEAR = 4  # quarters


def _upto(scene: Scene, found: re.Match[str]) -> int:
    """Where the time a run ends with has been said: before it, or right after: 连升三个月至 3 月的 53.0."""
    near = [one for one in scene.of("time") if scene.text[found.end() : one.start] in ("至", "到")]
    return near[0].end if near else found.start()


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


_FROM_TO = later(r"[从自由][^，。；]*\d[^，。；]*[至到]")


def _steps_of_way(sheet: Sheet, sentence: Sequence[Scene], row: int) -> int:
    """How many steps the way has that a clause or the one before it goes from one time to the other; 0 for none."""
    for scene in sentence[:-3:-1]:
        whens = [token for token in scene.of("time") if token.time is not None]
        if len(whens) == 2 and _FROM_TO.search(scene.text, scene.part.start, whens[1].start) is not None:
            order = [at for _, at in sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])]
            begun = [at for at in order if (time := sheet.times[at]) is not None and same(time, whens[0].time)]  # type: ignore[arg-type]
            return max(order.index(row) - order.index(begun[0]), 0) if begun else 0
    return 0


def _agrees(said: int, length: int, whole: bool) -> bool:
    """Whether a streak may be said to be so long; `whole`: it reaches back to the first row."""
    return said >= length if whole else said == length


def _counts(sheet: Sheet, unit: str) -> bool:
    return unit in sheet.units


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
    digits = _DIGITS.match(words) if measure.unit is not None and measure.unit.name == "%" else None
    if digits is not None:  # 增速连续十年保持两位数
        return [_first([value >= 10 if digits.group("two") else 0 <= value < 10 for value in numbers])]
    over = _OVER.search(words)
    if over is not None:
        test = _side(over)
        if test is not None:
            limit, above, too = test
            said = unit_of(over.group("unit") or "")
            if measure.unit is not None and said is not None and said.name != "%":
                limit *= said.factor if said.factor != 1 or said.name == "元" else measure.unit.factor
            flags = [(too and value == limit) or (value > limit if above else value < limit) for value in numbers]
            out.append(_first(flags))
            return out
    shrinks = _SHRINKS.match(words) if "PMI" in measure.key else None
    if shrinks is not None:  # 制造业PMI连续四个月收缩
        return [_first([(value > 50) == (shrinks.group("up") is not None) and value != 50 for value in numbers])]
    signed = measure.kind in (CHANGE, FLOW)
    if word:
        up = word in "阳涨升增"
        if signed or any([value < 0 for value in numbers]):
            out.append(_first([value > 0 if up else value < 0 for value in numbers]))
        size = word in "升降增" and (measure.kind != CHANGE or _AMP_BEFORE.search(text, max(at - 8, 0), at) is not None)
        if not signed or size:  # 净融资已连降两周, of a flow that is still one in
            out.append(_first([step > 0 if up else step < 0 for step in steps]))
        return out
    net = _NET.search(words)
    if measure.kind == FLOW and net is not None:  # 连续六日净增
        return [_first([value > 0 if net.group("up") or net.group("up2") else value < 0 for value in numbers])]
    said_up, said_down = SIGNED_UP.search(words), SIGNED_DOWN.search(words)
    below = _OF_SIGN.match(words) is not None and any([value < 0 for value in numbers])
    if (signed or below) and (said_up or said_down):
        up = said_up is not None and (said_down is None or said_up.start() < said_down.start())
        out.append(_first([value > 0 if up else value < 0 for value in numbers]))
    rising, falling = _RISING.search(words), _FALLING.search(words)
    if _QUOTED.search(measure.key) is not None and _OF_CURRENCY.match(words) is not None:  # 人民币中间价调升: less for a dollar
        return [_first([step > 0 for step in steps]), _first([step < 0 for step in steps])]
    if measure.kind == CHANGE and measure.basis and _OF_BASIS.search(words) and (rising or falling):
        up = rising is not None and (falling is None or rising.start() < falling.start())
        out.append(_first([value > 0 if up else value < 0 for value in numbers]))
        return out
    bare = _AMP_BEFORE.search(text, max(at - 8, 0), at) is None
    if measure.kind == CHANGE and measure.basis and bare and (fell := _OF_FALL.match(words.removeprefix("的"))) is not None:
        out.append(_first([value > 0 if fell.group("up") else value < 0 for value in numbers]))  # CPI环比连续五个月下降
    plain = signed and not measure.basis and _OF_PRICE.match(words) is not None  # 连续两周上涨, of what rose by so much
    if (rising or falling) and not (signed and _flow_word(words)) and not plain:
        up = rising is not None and (falling is None or rising.start() < falling.start())
        wider, narrower = _WIDER.search(words) is not None, "收窄" in words
        if (wider or narrower) and numbers and numbers[0] < 0:
            up = narrower
        out.append(_first([step > 0 if up else step < 0 for step in steps]))
    return out


_DIGITS = later(
    r"(?:均|都|则|也)?(?:保持|维持|实现|录得|处于|稳定|位于|为|是|取得|达到?)*了?(?:在|着)?(?:(?P<two>[两双]位数)|(?:个|一)位数)(?!以)"
)
_BY_SO_MUCH = later(r"(?:均|都|为)*(?:下降|下跌|减少|上涨|增长|上升)(?:了|约)?\d")
_WIDER = later(r"扩大|走阔|走扩|加深|拉大")
_QUOTED = later(r"中间价|汇率|人民币|兑|在岸|离岸")
_OF_CURRENCY = later(r"[一-龥]{0,2}(?:调[升降]|[上下]调|升值|贬值|走[强弱]|反弹|回调)")
_SHRINKS = later(r"(?:处于|维持|保持|呈现?|位于)?(?:(?P<up>扩张)|收缩)(?!幅|速|放缓|加快|加剧|收窄)")
_NET = later(
    r"(?:净|^[一-龥]{0,3}?)(?:(?P<up>买入|流入|申购|投放)|(?P<down>卖出|流出|赎回|回笼))|净(?:(?P<up2>买|增|融资)|(?P<down2>卖|减|偿还))"
)
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


def _side(found: re.Match[str]) -> tuple[Decimal, bool, bool] | None:
    """A limit, whether the numbers are to lie above it, and whether one may be on it: 不低于."""
    word = found.group("word")
    if word:
        return Decimal(50), word == "扩张区间" or word[0] in "高站" or word[-2:] in ("以上", "上方", "之上"), False
    side, part = found.group("side"), found.group("part") or ""
    if side in ("位于", "处于", "处", "在") and not part:
        return None
    above = part in ("以上", "上方", "之上") if part else side in ("高于", "站上", "超过", "超", "不低于", "不少于")
    return Decimal(found.group("n")), above, side[0] == "不"


def _run(sheet: Sheet, measure: Measure, row: int) -> list[Decimal | None]:
    """The values up to a row, the latest first, back to where a time is left out: 本周, 上周, 上年同期."""
    order = sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])
    last = sheet.times[row]
    assert last is not None
    upto = [at for key, at in order if key <= last.order][::-1]
    gap = next((at for at, (new, old) in enumerate(itertools.pairwise(upto), 1) if _apart(sheet, new, old)), len(upto))
    return [sheet.value(at, measure) for at in upto[:gap]]


def _apart(sheet: Sheet, new: int, old: int) -> bool:
    """Whether two weeks do not follow each other."""
    now, past = sheet.times[new], sheet.times[old]
    return now is not None and past is not None and now.kind == past.kind == "week" and now.place - past.place != 1
