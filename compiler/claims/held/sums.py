"""Sums in prose: 合计, 平均.

In: scenes, the book.  Out: findings.  Always: the terms of a sum are a list before it, or all rows where the words say so.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..clauses.scene import FOREIGN
from ..meant.domains import group_rows, says_rest
from ..meant.groups import TOTAL, listed, sentence_text
from ..meant.options import clear, current, scope_of
from ..meant.signed import group_end, signed_group
from ..meant.spans import span_of
from ..tables.subjects import CHANGE, FLOW, LEVEL, MONTH, WEEK
from ..words.lexicon import FILLER
from ..words.quantities import COUNT, HAN, Quantity, fits, han_value
from ..words.times import same
from .findings import Finding
from .series import HALVES, UNITS, column_of, row_of, year_of
from .shares import halves
from .slips import slip_of
from .tallies import WEEK_DAYS, half_years, months_of
from .widened import column_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_SUM = later(
    r"(?P<sum>合计|共计|总计|总额|加总|之和|合共|总共|累计|(?<=年)共|(?<=市场|产品|指数|基金|公司|行业)共(?!同)|相加|加起来|(?:全周|一周)(?=成交(?!均)))"
    r"|(?P<mean>平均|均值|算术平均|(?<![易两双二三四五六七八九\d每各])日均|(?<![每各])(?:月均|年均|季均))"
)
_GOES = later(
    r"(?:已|又|共)?(?:提升|提高|上升|下降|上涨|下跌|回升|回落|上行|下行|走阔|收窄|增长|涨|跌|降|升|增加|减少|下调|上调|扩大|缩小|修复|反弹|收复)"
)
_OVER_DAYS = later(rf"[{HAN}\d]+个(?:交易日|季度|月)(?:里|内|中|，|合计|共|累计)")
_MEASURE_LAST = later(
    rf"(?P<before>此前|之前|先前|前期|前面|前)?(?:的)?(?:近|过去|最近)?(?P<n>\d+|[{HAN}]+)个?(?P<unit>年|月|季度|季|周|交易日|日|天)(?:来|间|里|内)?"
)


_SHARE_OF = later(r"(?:共|约|已|也|仍|将近)*(?:占|贡献)[^，。；]*的(?:约|近)?$")
_AGAINST = later(r"多(?!达)|少|高出|低|相差|倍|领先|跑赢|跑输|落后|战胜|超越|超额")


def hold_sums(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """Totals and means of a clause."""
    if scene.unsure or scene.denied:
        return
    text = scene.text
    wrong: Finding | None = None
    goes_on = _goes_on(scene, book, sentence)
    if goes_on is not None:
        yield goes_on
        return
    for found in _SUM.finditer(text, scene.part.start, scene.part.end):
        after = [token.quantity for token in scene.of("number") if token.quantity is not None]
        after = [one for one in (*after, *halves(scene)) if found.end() <= one.start < found.end() + 14]
        if not after:
            continue
        number = after[0]
        if _GOES.match(text, found.end(), number.lead) and found.group() == "累计":
            continue  # 累计提升 4.5 个百分点
        if _AGAINST.search(text, found.end(), number.lead) or _SHARE_OF.match(text, found.end(), number.start) is not None:
            continue  # 比 A 与 B 之和还多 78.4 亿元, 合计占五家的六成以上
        if any([token.kind == "row" for token in scene.tokens if found.end() <= token.start < number.start]):
            continue
        if found.group("mean") and any([token.start < found.end() and found.start() < token.end for token in scene.of("noun")]):
            continue  # 日均成交额, of a column of that name
        week = found.group()[-1] == "周"
        for place, sheet in enumerate(book.sheets):
            if week and not (sheet.series and _of_sheet(scene, sheet, found.start())):
                continue
            if not sheet.series and found.group()[-1] == "均" and found.group() != "平均":
                continue  # 日均, of rows that are no days
            if not sheet.series and not scene.rows and _OVER_DAYS.search(sentence_text(scene)) is not None:
                continue  # 四个交易日合计, of a table by time
            own = _upto(scene, number) if sheet.series else scene
            terms = _terms(own, sheet, place, found.start(), found.group(), book, sentence, number)
            if terms is None:
                slip = slip_of(scene, sheet, place, number)
                if slip is not None:
                    yield slip
                    return
                continue
            measure, rows = terms
            turned = [
                token for token in scene.of("dir") if found.end() <= token.start < number.lead and text[token.start] != "净"
            ]
            if turned and measure.kind == LEVEL and _ADDED.search(measure.key) is None:
                continue  # 日均成交额较上周减少 4000 亿元
            columns = _columns(scene, sheet, place, measure, found.start())
            if len(columns) > 1 and found.group("mean"):
                continue  # of each of them, or of both
            values = [value for one in columns for row in rows if (value := sheet.value(row, one)) is not None]
            if len(values) < 2 or len(values) < len(rows) * len(columns):
                continue
            total = sum(values, Decimal(0))
            if found.group("mean"):
                total /= len(values)
            unit = measure.unit
            if measure.kind == CHANGE and unit is not None and number.unit is not None and number.unit.points and not unit.points:
                continue  # 合计拖累组合约 15bp
            if unit is not None and number.unit is not None and number.unit.name not in (unit.name, ""):
                continue
            size = abs(total) / (
                number.unit.factor if number.unit is not None and unit is not None else unit.factor if unit is not None else 1
            )
            if BARE_TIME.fullmatch(measure.key) and not size / FAR <= number.value <= size * FAR:
                continue  # of what a table by firm and quarter counts nobody says
            if fits(number, size):
                wrong = _contrary(scene, measure, total, number)
                if wrong is not None:
                    continue
                break
            if wrong is None:
                word = "mean" if found.group("mean") else "sum"
                message = f"the {word} of these {len(values)} is {rounded(size, max(number.decimals, 1))} ({measure.key})"
                wrong = Finding("claim-total", number.start, number.end, message)
        if wrong is not None:
            yield wrong
            return


_RUN = later(rf"(?:连续|连(?P<way>[涨跌升降增减]))(?P<n>{COUNT})个?(?P<unit>年|月|季度|季|周|交易日|日|天)")


def _of_run(scene: Scene, sheet: Sheet, measure: Measure, sentence: Sequence[Scene], number: Quantity) -> list[int] | None:
    """The rows of the run of so many times a total goes on with: any so many on end that come to it, else the last; none of a
    table that does not count them, None where no run is told of."""
    runs = list(_RUN.finditer(scene.text, sentence[0].part.start, number.lead))
    if not runs or scene.of("time") or scene.of("noun") or scene.of("scope"):
        return None
    unit, count = UNITS.get(runs[-1].group("unit"), ""), int(han_value(runs[-1].group("n")) or 0)
    if unit and unit not in sheet.units:
        return []
    order = [at for _, at in sorted([(time.order, at) for at, time in enumerate(sheet.times) if time is not None])]
    factor = number.unit.factor if number.unit is not None else Decimal(1)
    for start in range(len(order) - count + 1):
        values = [sheet.value(at, measure) for at in order[start : start + count]]
        total = sum([value for value in values if value is not None], Decimal(0))
        if None not in values and fits(number, abs(total) / factor):
            return order[start : start + count]
    last = row_of(scene, sheet, number.lead)
    end = order.index(last) + 1 if last is not None else 0
    return order[end - count : end] if end >= count > 1 else []


def _contrary(scene: Scene, measure: Measure, total: Decimal, number: Quantity) -> Finding | None:
    """What went out in all, said to have come in: 合计净流入 69.76 亿元."""
    said = [token for token in scene.tokens if token.sign and token.kind in ("noun", "dir") and token.end <= number.lead]
    if measure.kind != FLOW or not total or not said or (total > 0) == (said[-1].sign > 0):
        return None
    word = scene.text[said[-1].start : said[-1].end]
    if not word.startswith("净") or FILLER.match(scene.text[said[-1].end : number.lead]) is None:
        return None
    shown = rounded(total / (measure.unit.factor if measure.unit is not None else 1), max(number.decimals, 1))
    return Finding("claim-direction", said[-1].start, said[-1].end, f"`{word}` is said of a sum of {shown} ({measure.key})")


def _upto(scene: Scene, number: Quantity) -> Scene:
    """A clause without the columns that have numbers of their own behind it: 累计实现营收 A、净利润 B."""
    before = [token for token in scene.of("noun") if token.end <= number.lead]
    after = [token for token in scene.of("noun") if token.start >= number.end and scene.text[token.start - 1] != "的"]
    kept = tuple([token for token in scene.tokens if token not in after])
    return scene.replace(tokens=kept, nouns=tuple(before)) if before and after else scene


def _columns(scene: Scene, sheet: Sheet, place: int, measure: Measure, end: int) -> list[Measure]:
    """The columns of a table by time that are added up together: 国产与进口版号共计 926 款."""
    nouns = [token for token in scene.of("noun") if token.start < end]
    out = [measure]
    for one, other in itertools.pairwise(nouns[::-1]):
        named = [sheet.measures[at] for name in other.names if name.sheet == place for at in name.places]
        if not sheet.series or _LIST.fullmatch(scene.text, other.end, one.start) is None or len(named) != 1:
            break
        if named[0] not in out and (named[0].kind, named[0].unit) == (measure.kind, measure.unit):
            out.append(named[0])
    return out


_LIST = later(r"[一-龥]{0,2}(?:[、和与及]|以及)")
_ADDED = later(r"增量|新增|净增")  # 社融合计增加 7.57 万亿元, of 社融增量
_PLACES = later(r"二级市场|市场|交易所|板块")


def _of_sheet(scene: Scene, sheet: Sheet, end: int) -> bool:
    """Whether a clause speaks up to there of what a table has: 本周 REITs 二级市场, of one with 中证REITs指数."""
    keys = "".join([one.key for one in sheet.measures])
    words = scene.text[scene.part.start : end]
    for token in scene.tokens:
        if token.end <= end and token.kind in ("scope", "noun"):
            words = words.replace(scene.text[token.start : token.end], "")
    words = _LATIN.sub(lambda found: "" if found.group() in keys else found.group(), words)
    rest = "".join([one for one in _PLACES.sub("", words) if one not in keys])
    return FILLER.match(rest) is not None and not [token for token in scene.tokens if token.kind == "row"]


_LATIN = later(r"[A-Za-z]+")


def _goes_on(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """六类债券合计发行 14414 亿元，净融资 2430 亿元: another column of the rows that were added up."""
    lead = sentence[-2] if len(sentence) > 1 else None
    numbers, nouns = scene.of("number"), scene.of("noun")
    if lead is None or len(numbers) != 1 or len(nouns) != 1 or len(scene.tokens) != 2 or numbers[0].quantity is None:
        return None
    number = numbers[0].quantity
    found = _SUM.search(lead.words)
    whole = found is not None and found.group("sum") and found.group() not in ("累计", "相加", "加起来") and not lead.of("amp")
    if not whole or _BETWEEN.fullmatch(scene.text, nouns[0].end, number.lead) is None or not lead.of("number"):
        return None
    if _BETWEEN.fullmatch(scene.text, scene.part.start, nouns[0].start) is None:
        return None
    for place, sheet in enumerate(book.sheets):
        terms = None if sheet.series else _terms(scene, sheet, place, scene.part.start, "合计", book, sentence, number)
        if terms is None:
            continue
        measure, rows = terms
        at = lead.part.start + found.start() if found is not None else lead.part.start
        if not listed(lead, place, at) and group_rows(lead, sheet, place, at, sentence[:-1]) is None:
            continue  # 信用债合计发行…，净融资…, of a table of all kinds
        if _NO_SUM.search(measure.key) is not None:
            continue  # 销售均价
        values = [value for row in rows if (value := sheet.value(row, measure)) is not None]
        same = number.unit is not None and measure.unit is not None and number.unit.name == measure.unit.name != "%"
        if not same or len(values) < max(len(rows), 2):
            continue
        size = abs(sum(values, Decimal(0))) / number.unit.factor  # type: ignore[union-attr]
        if not fits(number, size):
            message = f"the sum of these {len(values)} is {rounded(size, max(number.decimals, 1))} ({measure.key})"
            return Finding("claim-total", number.start, number.end, message)
    return None


_NO_SUM = later(r"均|价(?!值)|[率比]|指数|点位|净值")
_BETWEEN = later(r"(?:则|也|共|合计|约|为|达到?|额|规模|录得|实现|了)*")


def _terms(
    scene: Scene, sheet: Sheet, place: int, at: int, word: str, book: Book, sentence: Sequence[Scene], number: Quantity
) -> tuple[Measure, list[int]] | None:
    if sheet.series:
        measure = column_of(scene, sheet, place)
        if measure is None or (measure.kind == FLOW and measure.key.startswith("累计")):
            return None  # 十年间累计净买入, of a column that adds up itself
        run = _of_run(scene, sheet, measure, sentence, number)
        if run is not None:
            return (measure, run) if run else None  # 截至7月5日，北向连续三周净卖出，合计 306.95 亿元
        rows = span_of(scene, sheet, book)
        rows = rows if rows is not None else summed_rows(scene, sheet, at, word) or _of_lead(scene, sheet, book, sentence)
        return (measure, rows) if rows else None
    if word == "累计":
        return None
    counted = number.unit.name if number.unit is not None else ""
    signed = (
        signed_group(scene.text[sentence[0].part.start : at], sheet, scene.scope, counted) if counted not in ("", "%") else None
    )
    if signed is not None and not scene.of("row"):
        first = scene.part.start + group_end(scene.words)
        behind = [token for token in scene.of("noun") if first <= token.start and token.end <= number.lead and not token.sign]
        sizes = [one for one in (scene.columns(place, sheet) or []) if one.kind == LEVEL] if behind else []
        sizes = current(scene, sizes)  # 遭净赎回的三只产品规模合计 168.2 亿元
        return signed if not behind else (sizes[0], signed[1]) if len(sizes) == 1 else None
    named_rows = listed(scene, place, at)
    if len(named_rows) < 2:
        before = list(dict.fromkeys([row for one in sentence if one.part.end <= at for row in listed(one, place, at)]))
        all_told = [one for one in TOTAL.finditer(scene.words) if han_value(one.group("n")) == len(sheet.own)]
        before = [] if (all_told and not named_rows) or says_rest(scene, at) else before  # A、B 合计…，七城合计…
        if len(before) == len(named_rows) == 1 and _WITH.match(scene.words):  # A 占比 31.5%，与 B 相加超过六成
            named_rows = [*before, *named_rows] if before != named_rows else named_rows
        named_rows = before if len(before) > 1 and not named_rows else named_rows
    rows = named_rows if len(named_rows) > 1 else None
    if not named_rows:
        rows = group_rows(scene, sheet, place, at, sentence)
    if rows is None:
        return None
    scope = scope_of(scene, sheet, book)
    named = scene.columns(place, sheet)
    if named is None:
        return None
    timed = column_at(scene, sheet, place, book) if not named else None
    if timed is not None:  # 11月8日螺纹钢、热卷库存合计…, of a column for each day
        return timed, rows
    if not named:
        amps = [token for token in scene.tokens if token.kind in ("amp", "dir", "neutral")]
        named = _counted_so(scene, sheet, scope, number)
        if amps:  # 合计去库 3.31 万吨
            named = [one for one in named if one.kind == CHANGE] or sheet.changes()
    bare = "" if scope in (WEEK, MONTH) else scope  # 今年以来新股首日平均涨幅 is not that of a week
    pool = [one for one in named if not scope or one.kind == LEVEL or one.scope in (scope, bare)]
    flat = current(scene, [one for one in pool if one.kind != CHANGE])
    pool = flat if len(flat) == 1 else pool
    return (pool[0], rows) if len(pool) == 1 and scope != FOREIGN else None


# A clause that says no more than over which time: 今年前五个月，成交面积累计…
_STRETCH = later(r"(?:·|[在从自至到—–~～-]|以来|期间|之?内|里|来看|整个)+")


def _of_lead(scene: Scene, sheet: Sheet, book: Book, sentence: Sequence[Scene]) -> list[int] | None:
    """The rows of the stretch that is all the clause before says, where a clause names no time itself."""
    lead = sentence[-2] if len(sentence) > 1 else None
    own = [one for one in scene.tokens if one.kind in ("time", "scope", "since", "foreign", "versus", "base")]
    if lead is None or [one for one in own if scene.text[one.start : one.end] != "累计"]:
        return None
    others = [one for one in lead.tokens if one.kind not in ("time", "scope", "since", "foreign")]
    if others or _STRETCH.fullmatch(lead.dotted(lead.part.start, lead.part.end)) is None:
        return None
    return span_of(lead, sheet, book)


BARE_TIME = later(r"(?:\d{4}年?)?(?:\d{1,2}月|[一二三四]季度|Q[1-4])?(?:末|底)?")
FAR = Decimal("1.25")


_WITH = later(r"(?:若|再)?(?:与|和|加上|连同|算上|同)")


def _counted_so(scene: Scene, sheet: Sheet, scope: str, number: Quantity) -> list[Measure]:
    """The columns that count what the number does, of two rows the clause names: A 与 B 本周合计收得 38.58 亿元."""
    unit, rows = number.unit, [token for token in scene.of("row") if token.end <= number.lead]
    if unit is None or unit.name in ("", "%") or len(rows) < 2 or not clear(scene, rows[-1].end, number.lead):
        return []
    same = [one for one in sheet.measures if one.unit is not None and one.unit.name == unit.name and one.minus < 0]
    timed = [one for one in same if scope and one.scope == scope]
    return timed or current(scene, same)


_THROUGH = ("至", "到", "-", "—", "～", "~", "–")
_WHOLE = later(r"年(?:全年|度|合计|累计|共|[一-龥]{0,8}(?:合计|累计|共计|总计|总和))|全年|四个季度|十二个月")


_LAST_YEAR = ("去年", "上年", "前年")
_FRONT = later(r"前(?P<n>[二三两23])个?季度|(?:(?<!\d)1[-—–~至到]|前)(?P<m>\d{1,2}|[二三四五六七八九十]+)个?月")


def _front(sheet: Sheet, number: str, kind: str, years: Sequence[int]) -> list[int] | None:
    """The rows of 前三季度, 1-8 月, where the data have them all."""
    count = int(han_value(number) or 0)
    year = years[-1] if years else max([time.year for time in sheet.times if time is not None])
    rows = [
        row
        for row, time in enumerate(sheet.times)
        if time is not None and time.kind == kind and time.year == year and time.place <= count
    ]
    return rows if len(rows) == count > 1 else None


def summed_rows(scene: Scene, sheet: Sheet, at: int, word: str) -> list[int] | None:
    """The rows of a stretch of time: 2021 年至 2023 年, 近三年, 一季度 and 二季度."""
    text = scene.text
    order = sorted([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])
    rows = [row for _, row in order]
    kinds = sheet.spoken
    said = [token for token in scene.of("time") if token.end <= at + 12 and token.time is not None and token.time.kind in kinds]
    near = [token for token in scene.of("time") if token.end <= at + 12]
    if not near and len(scene.whens) == 2 and not scene.scope:  # 4 月至 9 月，生产指数的平均值为…
        begun, ended = scene.whens
        if text[begun.end : ended.start] in _THROUGH and begun.time is not None and begun.time.kind in kinds:
            said = [begun, ended]
    if not said and "month" in kinds and (quarter := months_of(sheet, near or list(scene.whens))):
        return quarter  # 整个三季度，A 累计交付…
    years = [token.time.year for token in near or scene.whens if token.time is not None and token.time.kind == "year"]
    if (
        not said
        and years
        and _WHOLE.search(text, scene.part.start, scene.part.end)
        and not any([half in scene.words for half in HALVES])
    ):
        return year_of(sheet, years[-1])
    front = _FRONT.search(text, scene.part.start, scene.part.end)
    if front is not None and not years and any([one in sentence_text(scene) for one in _LAST_YEAR]):
        return None  # 去年前五个月, of a table from 6月
    if front is not None:
        return _front(sheet, front.group("n") or front.group("m"), "quarter" if front.group("n") else "month", years)
    words = text[scene.part.start : at + 2] + scene.scope
    if not [one for one in near if one.time is not None and one.time.kind != "year"] and any([half in words for half in HALVES]):
        return half_years(sheet, words, list(scene.whens))
    found = [next((row for row in rows if same(sheet.times[row], token.time)), None) for token in said]  # type: ignore[arg-type]
    if any([row is None for row in found]):
        return None
    known = [row for row in found if row is not None]
    if len(known) == 2 and text[said[0].end : said[1].start] in _THROUGH:
        here, there = rows.index(known[0]), rows.index(known[1])
        return rows[here : there + 1] if here < there else None
    if len(known) > 1:
        return known
    if (
        sheet.units == {"day"}
        and not known
        and (
            scene.scope == WEEK
            or (word == "日均" and not near and not scene.scope and not scene.whens and len(rows) <= WEEK_DAYS)
            or any([one in text[scene.part.start : at + 2] for one in ("本周", "当周", "全周", "周内")])
        )
    ):
        return rows
    span = _MEASURE_LAST.search(text, scene.part.start, scene.part.end)
    unit = {
        "年": "year",
        "月": "month",
        "季度": "quarter",
        "季": "quarter",
        "交易日": "day",
        "日": "day",
        "天": "day",
        "周": "week",
    }
    if span is not None and unit.get(span.group("unit")) in sheet.units and not known:
        count = int(han_value(span.group("n")) or 0)
        months = span.group("unit") in ("年", "月", "季度", "季")  # 前两个月 are the first of their year
        if span.group("before") and not (months and span.group("before") == "前"):  # 此前五周, without this one
            far = span.group("before") != "前" or len(rows) == count + 1
            return rows[-count - 1 : -1] if 1 < count < len(rows) and far else None
        return _last(scene, sheet, rows, count, lead=span.group()[0] in "近过最") if 1 < count <= len(rows) else None
    return None


def _last(scene: Scene, sheet: Sheet, rows: list[int], count: int, *, lead: bool) -> list[int] | None:
    """The last so many rows, or those the clause before names: 周二、周三转为净买入，两日合计…"""
    whens = [token.time for token in scene.whens if token.start < scene.part.start and token.time is not None]
    named = [row for row in rows if any([same(time, when) for when in whens if (time := sheet.times[row]) is not None])]
    if not lead and len(named) == count == len(whens):
        return named
    if len(rows) == count or lead:
        return rows[-count:]
    return rows[-count:] if not named or named[-1] == rows[-1] else None
