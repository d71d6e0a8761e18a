"""Which time was the highest, and one time against another: 8 月销量最高, 销量在 6 月见顶, 7 月销量比 8 月高.

In: scenes of a sentence, the book.  Out: findings.  Always: the rows are the stretch the sentence names, or all, and a time that
is the highest of its year or of twelve months may be said to be so; nothing else stands between the time and the word.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.courses import of_size
from ..meant.groups import sentence_text
from ..meant.pools import OVER, is_rate, versus
from ..meant.spans import of_week, span_of
from ..tables.names import akin
from ..tables.subjects import CHANGE, FLOW, LEVEL
from ..words.quantities import COUNT, han_value
from ..words.times import DAY, MONTH, QUARTER, YEAR, same
from .findings import Finding
from .series import UNITS, column_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet

_PERIOD = r"(?:月份?|年份?|季度|交易日|一?个?[月年周天日]|一个季度)"
_WORD = later(
    r"(?:(?P<high>最[高大多快好强旺]|居首位?|居榜首|登顶|(?:排名|位居|位列|居)第一|位?居[^，。；]{1,6}?(?:之首|首位|榜首))"
    r"|(?P<low>最[低小少慢差弱]|垫底|居末位?|位?居[^，。；]{1,6}?(?:之末|末位))"
    r"|(?P<peak>见顶|冲顶|(?:达到?|升至|触及|攀升至|升到)了?(?:最高|高点|顶点|顶峰|峰值))"
    rf"|(?:排名?|位列|位居|位于|名列|[列居])(?:在|于)?(?:(?:全年|年内|期内|各[月季年]|所有月份)的?[中里]?)?(?P<back>倒数)?第(?P<nth>{COUNT})[位名高]?"
    r"|(?P<trough>触底|见底|探底|(?:降至|跌至|达到?|降到|落至)了?(?:最低|低点|谷底)))(?:了|值|点|水平)?"
    rf"(?=$|的{_PERIOD}$|于\d)"
)
_PERIODS = later(r"的?(?:月份?|年份?|季度|交易日|一?个?[月年周天日]|一个季度)?")
_PLAIN = later(
    rf"(?:近|过去|最近|这|上述|表中|全?行业|在|于|从|以|各|其中|单|度|份|的|为|是|额|总?规模|金额|水平|总?量|也|则|仍|均|中|里|间|内|来|同样|依然|一直|再度"
    rf"|{COUNT}个?(?:月|季度?|年|周|个?交易日|日|天)|月|季|年|·)*"
)
_SPAN = later(
    rf"(?P<near>近|过去|最近)?(?P<n>{COUNT})个?(?P<unit>年|(?<=个)月|季度|季|交易日|日|天|周)"
    r"(?=里|中|内|间|来|以来|之|当|的|以|为|销|最|[，·])"
)
_NARROW = later(
    r"季度?|半年|[上中下]旬|节|期间|当中|同期|旺季|淡季|历[年史]|去年|上年|前[一二三四五六七八九十\d]|后[一二三四五六七八九十\d]"
    r"|以[来后前]|之[后前]|周[内中]|月内"
)
_WORSE = later(r"收益率|利率|利差|成本|费率|费用|不良|回撤|库存|失业|负债|亏损|价")
_YEAR_ROUND = 12
_KINDS = ("time", "noun", "basis", "neutral", "amp", "scope", "since", "base")


def hold_times(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """All claims of a clause about which time was the highest, or higher than another."""
    if scene.unsure or scene.denied or scene.lost or scene.of("row"):
        return
    for place, sheet in enumerate(book.sheets):
        if not sheet.series:
            continue
        finding = _highest(scene, sheet, place, book, sentence) or _compared(scene, sheet, place, sentence)
        if finding is not None:
            yield finding
            return


def _measure(scene: Scene, sheet: Sheet, place: int) -> Measure | None:
    """The column a clause is about: that of the changes where 增速 or 涨幅 is said."""
    measure = column_of(scene, sheet, place)
    rates = scene.of("amp") or [token for token in scene.tokens if is_rate(scene, token)]
    if not rates or (measure is not None and measure.kind == CHANGE):
        return measure
    basis = [token.scope for token in scene.of("basis")]
    named = scene.columns(place, sheet)
    pool = [one for one in sheet.measures if one.kind == CHANGE and one.minus < 0 and (not basis or one.basis == basis[-1])]
    if named:
        pool = [one for one in pool if any([akin(one, other) for other in named]) or not one.noun]
        sizes = [one for one in sheet.measures if one.kind == LEVEL]
        pool = pool if len(sizes) == 1 or all([one.noun for one in pool]) else []
    return pool[0] if named is not None and len(pool) == 1 else None


_WORDS = ("time", "noun", "basis", "neutral", "amp", "scope", "since")


# --- the highest -----------------------------------------------------------------------------------------------------


def _highest(scene: Scene, sheet: Sheet, place: int, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """8 月销量最高; 单月出口以 6 月最低."""
    found = _WORD.search(scene.text, scene.part.start, scene.part.end)
    others = [one for one in scene.tokens if one.kind in ("versus", "base") and scene.text[one.start] not in "近过"]
    if found is None or others or any([one.start != found.end() + 1 for one in scene.of("number")]):
        return None  # but 见顶于 29.3%
    if sheet.units == {"week"} and _OF_DAYS.search(scene.text, scene.part.start, found.start()) is not None:
        return None  # 周五的净卖出规模为本周最大
    said = scene.of("time") or (list(scene.whens) if scene.inherited else [])
    whens = [one for one in said if one.time is not None and one.time.kind in sheet.spoken and one.end <= found.start()]
    amps = scene.of("amp") or ([] if scene.of("noun") else list(scene.amps))
    if len(whens) != 1 or any([token.scope[:1] in ("去", "上", "前") for token in scene.of("scope")]):
        return None
    if _PLAIN.fullmatch(scene.dotted(scene.part.start, found.start(), *_WORDS, "amount")) is None:
        return None
    row = next((at for at, one in enumerate(sheet.times) if one is not None and whens[0].time and same(one, whens[0].time)), None)
    measure = _measure(scene, sheet, place)
    own = sheet.value(row, measure) if measure is not None and row is not None else None
    if measure is not None and scene.inherited and not _same_unit(measure, sentence):
        return None
    if measure is None or row is None or own is None or not (scene.of("noun") or scene.nouns or scene.of("neutral")):
        return None
    if (measure.kind == LEVEL and amps) or of_size(scene, measure) or (measure.kind != CHANGE and found.group()[1:2] in "快慢"):
        return None
    if found.group()[1:2] in "好强差弱" and _WORSE.search(measure.key):
        return None
    sets = _sets(scene, sheet, row, book, sentence, whens[0])
    high = found.lastgroup in ("high", "peak")
    outflow = measure.kind == FLOW and any([token.sign < 0 and scene.text[token.start] == "净" for token in scene.tokens])
    if found.group("nth") is not None:
        timed = _AMONG_TIMES.search(sentence_text(scene)) is not None and own > 0
        return _ranked(sheet, measure, row, sets, found) if timed and not outflow and not amps else None
    if outflow or any([scene.text[token.start] in "跌降减" for token in amps]):
        high = not high
    if found.lastgroup in ("peak", "trough"):
        sets = [_near(sheet, row)] if sets else []
    wrong = [_best(sheet, measure, rows, own, high) for rows in sets]
    if not wrong or None in wrong or (measure.kind == FLOW and own < 0 and not outflow):
        return None
    holder = wrong[0]
    assert holder is not None
    message = f"`{found.group()}` is {versus(sheet, measure, holder, row)}"
    return Finding("claim-extreme", found.start(), found.end(), message, ((sheet, holder, measure), (sheet, row, measure)))


def _ranked(sheet: Sheet, measure: Measure, row: int, sets: Sequence[Sequence[int]], found: re.Match[str]) -> Finding | None:
    """11月位列全年第三, 2月排名倒数第二, where it has another place in each of the stretches it may be of."""
    own, low = sheet.value(row, measure), found.group("back") is not None
    number = han_value(found.group("nth"))
    places: list[int] = []
    for rows in sets:
        values = [sheet.value(at, measure) for at in rows]
        if own is None or None in values or len(values) < FEW:
            return None
        before = [one for one in values if one is not None and (one < own if low else one > own)]
        ties = len([one for one in values if one == own])
        places += range(len(before) + 1, len(before) + 1 + ties)
    if number is None or not places or number in places:
        return None
    message = f"it is number {places[0]} ({sheet.cell(row, measure).text}, {measure.key})"
    return Finding("claim-extreme", found.start(), found.end(), message, ((sheet, row, measure),))


FEW = 4  # times that have places
_AMONG_TIMES = later(
    r"全年第|年内第|期内第|年内的?[中里]?(?:倒数)?第|单[月季][^，。；]{0,8}(?:排|看|论|计|而言)|各[月季]|所有月份"
)
_OF_DAYS = later(r"(?:[本全当这]周|周内)(?:以来|之?内|的|里|单日)*$")


def _same_unit(measure: Measure, sentence: Sequence[Scene]) -> bool:
    """Whether the number said last counts what a column does: not 用电量增长 3.9%，为九年来最低."""
    said = [token.quantity for one in sentence[-2:-1] for token in one.of("number") if token.quantity is not None]
    unit = said[-1].unit if said else None
    return not said or (unit.name if unit is not None else "") == (measure.unit.name if measure.unit is not None else "")


def _best(sheet: Sheet, measure: Measure, rows: Sequence[int], own: object, high: bool) -> int | None:
    """The row that is the highest or lowest of some, where it is not as high as `own`."""
    known = [(value, at) for at in rows if (value := sheet.value(at, measure)) is not None]
    if len(known) < 2:
        return None
    best, holder = (max if high else min)(known)
    return None if best == own else holder


def _ordered(sheet: Sheet) -> list[int]:
    return [row for _, row in sorted([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])]


def _near(sheet: Sheet, row: int) -> list[int]:
    """A row with those right before and after it."""
    order = _ordered(sheet)
    at = order.index(row)
    return order[max(at - 1, 0) : at + 2]


def _sets(scene: Scene, sheet: Sheet, row: int, book: Book, sentence: Sequence[Scene], own: Token) -> list[list[int]]:
    """The stretches a time may be said to be the highest of: what its sentence names, else all rows, its year, twelve months."""
    order = _ordered(sheet)
    words = sentence_text(scene)
    for one in [scene, *sentence[-2::-1]]:
        rows = span_of(one, sheet, book) if one is not scene or one.sinces else None
        if rows is not None:
            return [rows] if row in rows else []
    blank = words.replace(scene.text[own.start : own.end], "")
    yearly = own.time is not None and own.time.kind == YEAR
    for found in _SPAN.finditer(blank if yearly else words):  # 毛利率2020年最高; 华东一季度最高 may be of all regions
        count = int(han_value(found.group("n")) or 0)
        if UNITS.get(found.group("unit")) not in sheet.units or count < 2 or count > len(order):
            return []
        rows = order if count == len(order) else order[-count:] if found.group("near") else []
        return [rows] if row in rows else []
    before = [token for one in sentence[:-1] for token in one.of("time") if token.time is not None and token.start != own.start]
    if before or _NARROW.search(blank):
        return []
    time = sheet.times[row]
    assert time is not None
    year = [at for at in order if (other := sheet.times[at]) is not None and other.year == time.year]
    out = [order]
    if sheet.units & {MONTH, QUARTER, DAY}:
        out += [year] if len(year) > 1 else []
    if sheet.units == {MONTH} and len(order) > _YEAR_ROUND:
        out.append(order[-_YEAR_ROUND:])
    if sheet.units == {DAY}:
        week = of_week(sheet, book, order)
        out += [week] if week is not None and row in week else []
    return [rows for rows in out if row in rows]


# --- one against another ---------------------------------------------------------------------------------------------

_TAIL = later(
    r"(?:的)?(?:销量|规模|水平)?(?:更为?|要|还|来得|明显|略|大幅|稍|远)*(?:(?P<more>高|大|多|快|好|强|旺)|(?P<less>低|小|少|慢|差|弱))(?:得多|一些|些|出不少|了)?$"
)
_ABOVE = later(r"(?P<more>之上|上方)$|(?P<less>之下|下方)$")
_AT = later(r"(?:位?居|在|处于|位于)$")
_THAN = later(r"[比较]$")
_MORE = later(r"(?:明显|要|则|也|却|反而)*更为?(?:(?P<more>高|大|多|快|好|强)|(?P<less>低|小|少|慢|差|弱))(?:一些|些)?$")
_BESIDE = later(r"(?:与|和|同|跟|较|较之|相比|相较于?|对比|比起|相[比对]于?)·(?:的)?(?:相比|相较|比较|对比)?(?:之下|而言|来说)?")
_FILL = later(r"(?:的|单月|单季|总?额|总?规模|金额|水平|总?量|明显|大幅|略|稍|小幅|显著|远远?|要|则|也|仍|又|均|依然|同样|·)*")


def _compared(scene: Scene, sheet: Sheet, place: int, sentence: Sequence[Scene]) -> Finding | None:
    """2020 年净买入高于 2018 年; 7 月销量比 8 月高; 与 7 月相比，8 月销量更高."""
    if scene.of("number"):
        return None
    kinds = sheet.spoken
    whens = [
        token
        for token in scene.tokens
        if token.kind in ("time", "versus") and token.time is not None and token.time.kind in kinds
    ]
    less = None
    if len(whens) == 2:
        start, end = whens[0].end, whens[1].start
        between = scene.text[start:end]
        tail = scene.text[whens[1].end : scene.part.end]
        found = OVER.search(scene.text, start, end)
        span = found.span() if found is not None else (0, 0)
        if found is not None and found.end() == end and tail[:1] != "的":
            less, fill = found.lastgroup == "less", ""
        elif found is None:
            than = _THAN.search(between) is not None
            over = _TAIL.match(tail) if than else _ABOVE.match(tail) if _AT.search(between) is not None else None
            if over is None or scene.other:
                return None
            less, fill = over.group("less") is not None, _AT.sub("", scene.dotted(start, end, *_WORDS).rstrip("比较"))
            span = (whens[1].end + over.start(), whens[1].end + over.end())
        if less is None or _FILL.fullmatch(fill) is None:
            return None
    elif len(whens) == 1 and len(sentence) > 1:
        lead = sentence[-2]
        past = [token for token in lead.tokens if token.time is not None and token.time.kind in kinds]
        found = _MORE.search(scene.text, whens[0].end, scene.part.end)
        words = lead.words.replace(lead.text[past[0].start : past[0].end], "·") if len(past) == 1 else ""
        if found is None or not words or _BESIDE.fullmatch(words) is None:
            return None
        if _FILL.fullmatch(scene.dotted(whens[0].end, found.start(), *_WORDS)) is None:
            return None
        whens, less, span = [whens[0], past[0]], found.lastgroup == "less", found.span()
    else:
        return None
    measure = _measure(scene, sheet, place)
    rows = [
        [at for at, time in enumerate(sheet.times) if time is not None and one.time and same(time, one.time)] for one in whens
    ]
    if measure is None or [len(one) for one in rows] != [1, 1] or (measure.kind == LEVEL and scene.of("amp")):
        return None
    word = scene.text[span[0] : span[1]]
    if any([char in word for char in "好强优胜弱差逊"]) and _WORSE.search(measure.key):
        return None
    if any([char in word for char in "快慢"]) and measure.kind != CHANGE:
        return None
    (first,), (second,) = rows
    a, b = sheet.value(first, measure), sheet.value(second, measure)
    amps = any([scene.text[token.start] in "跌降减" for token in scene.of("amp")])
    if a is not None and b is not None and (amps or (measure.kind == FLOW and any([token.sign < 0 for token in scene.tokens]))):
        a, b = -a, -b  # 周二的净卖出额低于周一
    if a is None or b is None or (a != b and (a < b) == less):
        return None
    cells = ((sheet, first, measure), (sheet, second, measure))
    return Finding("claim-order", *span, versus(sheet, measure, second, first), cells)
