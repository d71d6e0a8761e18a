"""What the numbers of a clause are said of.

In: a scene, the book.  Out: a statement for each number of which it is clear: the cells, or changes between two, that it may
mean.  Always: silent unless every word between the subject and the number is understood, and the time is one the data have.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...pattern import later
from ...record import Record
from ..clauses.carry import compares, past_of
from ..clauses.pointed import ONE
from ..clauses.scene import FOREIGN, Token
from ..tables.subjects import CHANGE, DAY, FLOW, LEVEL, MONTH, WEEK
from ..words import lexicon
from ..words.quantities import BELOW, CROSSED, EXACT, THINGS
from ..words.reading import sentence_start
from ..words.times import DAY as ON_DAY
from ..words.times import same
from .beside import (
    PART,
    among_unnamed,
    counts_other,
    given,
    has_been,
    of_members,
    of_other,
    of_other_measure,
    of_unknown,
    part_of,
    passing,
    ratio_at,
    share_of_some,
    told_after,
)
from .columns import SCOPES as SCOPES
from .columns import as_scope, has_past, measures_of, of_period, places_of, told_by_change
from .columns import current as current
from .columns import is_share as is_share
from .columns import scope_of as scope_of
from .columns import with_changes as with_changes
from .groups import sentence_text
from .kinds import kind_in, plain
from .moved import flows_on, moved_on
from .paired import paired_of
from .reckoned import by_so_much, summed
from .rows import rows_of_number, says_all
from .spans import of_week
from .steps import before as before
from .steps import column_past, day_before, differs, since_start
from .steps import compared as compared
from .verbs import verb_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity


class Option(Record):
    """A value a number may be said of, in base units with its sign; `derived`: a difference of two cells, or a change in %."""

    sheet: Sheet
    row: int
    measure: Measure
    value: Decimal
    derived: str = ""


class Statement(Record):
    """A number and what it is said of.  `word` is the direction before it, `level`: it is where something came to."""

    number: Token
    quantity: Quantity
    options: tuple[Option, ...]
    word: Token | None
    level: bool
    every: bool = False


# --- what a number is said of ----------------------------------------------------------------------------------------


def statements(scene: Scene, book: Book) -> Iterator[Statement]:
    """Numbers of a clause of which it is clear what they are said of."""
    if scene.lost:
        return
    numbers = [token for token in scene.tokens if token.kind == "number"]
    if scene.unsure or scene.denied:
        numbers = [token for token in numbers if given(scene, token)]
    paired, ratio = paired_of(scene, numbers), ratio_at(scene, book)
    if scene.unsure and any([has_been(scene, token) for token in numbers]) and scene.scope not in SCOPES:
        scene = scene.replace(scope="")  # 展望下周，焦炭在大跌 6.16% 之后…
    for at, number in enumerate(numbers):
        before = numbers[at - 1].end if at else scene.part.start
        if (at and _joined(scene, numbers[at - 1], number)) or (
            at + 1 < len(numbers) and _joined(scene, number, numbers[at + 1])
        ):
            continue  # 2% 至 3%
        if part_of(scene, number) or passing(scene, number) or _PLACES.match(scene.text, number.end) is not None:
            continue
        if of_members(scene, number) or of_other_measure(scene, number) or among_unnamed(scene, number):
            continue  # 机械设备九成个股上涨, 换手率分别为…
        if 0 <= ratio < number.start:
            continue  # 净利率由 7.6% 降至 7.2%, beside a column 净利同比
        made = _statement(scene, book, number, before, paired.get(number.start))
        if made is not None:
            yield made


_AND_ON = later(r"[，、](?:而?后|随后|其后|之后|然后|继而|进而|并|接着|并?(?:再|又|进一步|继续))+[一-龥]{1,3}[至到]")
_HELD_BESIDE = later(r"(?:(?<![同环占对])[比较]|[高低优弱强]于|(?P<and>[与和同跟]))[^，。；]{1,16}[（(]$")
_PLACES = later(r"(?:个?大中|个?样本|个?重点)?城(?!投)")  # 30 城商品房成交面积


def _joined(scene: Scene, one: Token, other: Token) -> bool:
    """Whether two numbers are the ends of a range."""
    first, second = one.quantity, other.quantity
    assert first is not None
    assert second is not None
    alike = first.unit is None or first.unit == second.unit
    if alike and first.unit is not None and (first.unit.name != "%" or first.unit.points):
        word, level = verb_of(scene, scene.part.start, first)
        if (
            word is not None
            and word.kind == "dir"
            and word.sign
            and not level
            and scene.text[one.end : other.start] in ("至", "到")
        ):
            return False  # 走阔 3.5bp 至 71.7bp
    return alike and scene.text[one.end : other.start] in ("至", "到", "-", "~", "—", "－", "–", "～")


def _statement(scene: Scene, book: Book, number: Token, before: int, partner: Token | None) -> Statement | None:
    quantity = number.quantity
    assert quantity is not None
    if partner is number:
        return None  # 分别, with something else than rows
    if quantity.unit is None and scene.text[quantity.end : quantity.end + 1] == "年":
        return None  # 5 年与 1 年的收益率
    if scene.text[quantity.lead - 1] in "比较" and scene.text[quantity.end : quantity.end + 1] == "的":
        return None  # 比 1.40% 的 7 天期逆回购利率低约 8bp
    if any(
        [token.kind == "noun" and scene.text[token.start - 1] in "多少" for token in scene.tokens if token.end == quantity.lead]
    ):
        return None  # 多成交 74 亿元
    here = [token for token in scene.tokens if token.end <= quantity.lead]
    rows = [token for token in here if token.kind == "row"] or [token for token in scene.rows if token.start < scene.part.start]
    nouns = [token for token in here if token.kind == "noun"]
    if any([_FLOWED.fullmatch(scene.text, token.end, quantity.lead) for token in here if token.kind == "base"]):
        return None  # 较上周净流出 1.5 亿元明显好转
    nouns = past_of([token for token in nouns if not held_beside(scene, token, quantity)], scene)
    told = told_after(scene, number)
    if told is None and counts_other(scene, number, here):
        return None
    if told is not None and told.kind == "noun":
        nouns = [told]
        behind = [token for token in scene.of("row") if token.start > told.end]
        lead = scene.text[scene.part.start : quantity.lead]
        if not here and len(behind) == 1 and not lead and _MAKES.fullmatch(scene.text, told.end, behind[0].start):
            rows = behind
        elif not here and behind and scene.past and not [token for token in scene.rows if token.start < scene.part.start]:
            rows = list(scene.past)  # A 涨 1.4%，但 61.3 亿元的成交额约是 B 的三倍
        if scene.text[quantity.lead : quantity.start].startswith(_THAN):
            quantity = quantity.replace(about=EXACT)  # 低于 49.8 的一致预期
    if nouns and nouns[-1].end < quantity.lead and _compared_at(scene, nouns[-1]) and verb_of(scene, nouns[-1].end, quantity)[0]:
        return None  # 较三季度的 226 亿美元增加 52 亿美元, of columns 三季度 and 四季度
    if share_of_some(scene, nouns, sentence_start(scene.text, scene.part.start)):
        return None
    own_rows = [token for token in here if token.kind == "row"]
    own_noun = bool(nouns)
    if not own_rows and not own_noun and ONE.search(scene.text, scene.part.start, quantity.lead) is not None:
        return None  # A 与 B，9月一个涨 21.47%，…, of two columns
    if not nouns:
        nouns = [token for token in scene.nouns if token.start < scene.part.start]
    start = before
    if own_rows and own_rows[-1].end > before:
        start = own_rows[-1].end
    if partner is not None:
        start = max(text_find(scene, ("分别", "依次"), number.start), before)
        before = max(text_find(scene, ("分别", "依次"), number.start), scene.part.start)
    if own_rows and of_other(scene, own_rows[-1], quantity):
        return None
    several = len(own_rows) > 1 or (own_rows and _AHEAD.search(scene.text, scene.part.start, own_rows[-1].start) is not None)
    if several and own_rows[-1] not in scene.subjects and scene.text[own_rows[-1].end : quantity.lead][:1] != "的":
        return None  # A 跑赢 B 约 0.4 个百分点, 高出第二名 B 4 亿多元
    past = [token for token in here if token.kind in _PAST and compares(scene.text, token)]
    if any([_ITS_OWN.fullmatch(scene.text, token.end, quantity.lead) for token in past]):
        return None  # 高于去年同期的环比 2.1%
    timed = bool(here) and here[-1].kind in ("time", "base", "scope") and scene.text[here[-1].end : quantity.lead] == "的"
    if scene.way and _AND_ON.match(scene.text, quantity.end):
        return None  # 由 A 升至 B，再升至 C
    shown = [token for token in (*scene.rows, *scene.nouns) if token.end == scene.part.start - 1]
    beside = _HELD_BESIDE.search(scene.text, 0, quantity.lead) if quantity.lead == scene.part.start else None
    if beside is not None and not (shown and beside.group("and")):
        return None  # 比下调后的MLF利率(2.00%)低 8bp
    if timed and PART.search(scene.text, quantity.start, quantity.end):
        return None  # 不足周一的三成
    known = clear(scene, start, quantity.lead)
    if not known and (rows or not says_all(scene, number)):
        return None
    if of_unknown(scene, number):
        return None  # 较到期的 12645 亿元多 5623 亿元
    caused = _CAUSED.search(scene.text, start, quantity.lead)
    if caused is not None and not [one for one in here if one.kind in ("row", "noun") and one.start >= caused.start("what")]:
        return None  # A 由于汇率升值 0.3%、…
    if summed(scene, here, quantity) or by_so_much(scene, here, quantity):
        return None
    word, level = verb_of(scene, before, quantity)
    if told is not None and (told.kind != "noun" or told.sign):
        word, level = told, False
    if word is None and here and here[-1].kind in ("base", "versus") and start < here[-1].end:
        return None  # 较上周五的 3104.82 点
    options: list[Option] = []
    for place, sheet in enumerate(book.sheets):
        found = rows_of_number(scene, sheet, place, rows, here, partner, book, number)
        if not found or not (known or _of_kind(scene, sheet, quantity.lead)):
            continue
        if sheet.series and not own_noun and _ITS.search(scene.text, scene.part.start, quantity.lead) and not scene.whens:
            continue  # 本周其微涨 0.35%, of a row
        carried = [] if _of_prices(scene, sheet, place, nouns, word, own_noun=own_noun) else nouns
        measures = measures_of(scene, sheet, place, carried, word, level, quantity, partner, own_noun, book)
        if quantity.unit is None and scene.text[quantity.end - 1] in THINGS:
            measures = [one for one in measures if one.unit is None or one.unit.name != "%"]  # 二手房 10 个, of no rate
        for row in found:
            for measure in measures:
                options += _options(scene, sheet, row, measure, word, level, quantity, book)
    options += _of_week(scene, book, options)
    if here and here[-1].kind == "base" and timed and scene.text[here[-1].start - 1] in "较比":
        options = [one for one in options if not one.derived]  # 跌幅较去年的 23% 收窄
    if told is not None and told.kind == "amp":  # 今年 1.25 亿的增幅
        options += [one.replace(derived="") for one in _levels(options)]
    if quantity.about == CROSSED and options and all([_whole_months(option) for option in options]):
        quantity = quantity.replace(about=BELOW)
    every = len({option.row for option in options}) > 1 and says_all(scene, number) and not options[0].sheet.series
    return Statement(number, quantity, tuple(options), word, level, every) if options else None


def _levels(options: Sequence[Option]) -> Iterator[Option]:
    """The cells that changes are reckoned from."""
    for one in options:
        value = one.sheet.value(one.row, one.measure)
        if one.derived and one.measure.kind == LEVEL and value is not None:
            yield one.replace(value=value)


_CAUSED = later(r"(?:由于|因为|受益于|得益于|受累于|受制于|鉴于|随着|伴随着?|叠加)(?P<what>[^，而·]{2,})$")
_AHEAD = later(
    r"(?:[高多超胜]出|领先|反超|赶超|甩开|拉开|超越|超过|跑赢|跑输|落后)(?:了|于)?(?:(?:排名?|位列|位居|名列)?第[一二三四五]名?[位大]?的?"
    r"|[次后亚首榜末]位的?|[次亚季]席的?|[亚季]军的?|紧随其后的)?$"
)
_PAST = ("base", "scope", "versus", "noun")
_ITS_OWN = later(r"的?(?:同比|环比)(?:增速|[涨跌升降增减]幅)?[涨跌升降增减]?(?:为|的)?")
_PRICES = ("上涨", "下跌", "收涨", "收跌", "大涨", "大跌", "微涨", "微跌", "涨", "跌")
_PRICED = later(r"价|收盘|点位|净值|指数|汇率")


def _of_prices(scene: Scene, sheet: Sheet, place: int, nouns: Sequence[Token], word: Token | None, *, own_noun: bool) -> bool:
    """Whether a rise is the row's own, not that of the column the clause before names: 权重维持在 7.9%，本周上涨 1.6%."""
    if own_noun or word is None or scene.text[word.start : word.end] not in _PRICES or sheet.series or not sheet.changes():
        return False
    named = [sheet.measures[one] for token in nouns[-1:] for one in places_of(token, place)]
    return bool(named) and all([one.kind == LEVEL and _PRICED.search(one.noun) is None for one in named])


def held_beside(scene: Scene, noun: Token, quantity: Quantity) -> bool:
    """Whether a column is but what a number is held against: 较上周末上行 6.3bp 至 2.195%."""
    return scene.text[noun.start - 1] in "较比" and scene.text[noun.end : quantity.lead] not in ("", "的")


_TIME_NAME = later(r"(?:\d{4}年?)?(?:\d{1,2}月|[一二三四]季度|Q[1-4])?(?:末|底)?的?")


def _compared_at(scene: Scene, noun: Token) -> bool:
    """Whether a column that is but a time is what the clause compares with."""
    return scene.text[noun.start - 1] in "较比" and _TIME_NAME.fullmatch(scene.text, noun.start, noun.end) is not None


def _of_week(scene: Scene, book: Book, options: Sequence[Option]) -> list[Option]:
    """What the days of this week come to: 本周投放 400 亿元, of a table by day that has the week before, too."""
    if scene.scope != WEEK or scene.of("time"):
        return []
    out = []
    for sheet, measure in dict.fromkeys([(one.sheet, one.measure) for one in options if one.sheet.series and not one.derived]):
        share = measure.unit is None or measure.unit.name == "%"
        rows = of_week(sheet, book, range(len(sheet.times))) if sheet.units == {"day"} and not share else None
        values = [sheet.value(row, measure) for row in rows or ()]
        if rows is not None and 1 < len(values) < len(sheet.times) and None not in values:
            out.append(Option(sheet, rows[-1], measure, sum([one for one in values if one is not None], Decimal(0)), "sum"))
    return out


def _whole_months(option: Option) -> bool:
    """Whether a share is that of a whole month or longer, which has no mark passed for a while: PMI 跌破 50%."""
    kinds = option.sheet.units
    share = option.measure.unit is not None and option.measure.unit.name == "%"
    return option.sheet.series and kinds <= {"month", "quarter", "year"} and share and not option.derived


def _of_kind(scene: Scene, sheet: Sheet, end: int) -> bool:
    """Whether what is not understood before a number is but a kind of rows: 一线城市去化周期均超过 12 个月."""
    kind = kind_in(scene, sheet, scene.part.start, end)
    return plain(scene, sheet, scene.part.start, end, kind[0] if kind is not None else "")


_ITS = later(
    r"其(?![中他它余])|该(?:股|板块|行|品种|产品|基金|指数|公司|地块|航线|类|集团|企业|机构|平台|市|省|券商|银行|[险车药房]企)"
)
_THAN = ("高于", "低于", "超过", "大于", "小于", "多于", "少于")


def plain_options(scene: Scene, book: Book, at: int) -> list[list[Option]]:
    """The changes or flows a direction at `text[at]` is said of, where no number stands by it: for each row of a list before it
    (煤炭和传媒上涨), else for the one row it names or goes on with."""
    here = [token for token in scene.tokens if token.end <= at]
    rows = [token for token in here if token.kind == "row"]
    named = rows or [token for token in scene.rows if token.start < scene.part.start][-1:]
    for one, other in itertools.pairwise(rows):
        if _IN_LIST.fullmatch(scene.text, one.end, other.start) is None:
            return []
    start = rows[-1].end if rows else scene.part.start
    if not clear(scene, start, at):
        return []
    out = [_plain_options(scene, book, at, token) for token in named] if named else [_plain_options(scene, book, at, None)]
    return out if all(out) else []


_IN_LIST = later(r"(?:ETF|类|板块|行业|指数|期货|转债|产品|基金|概念)?(?:[、和与及跟同]|以及)")


def _plain_options(scene: Scene, book: Book, at: int, named: Token | None) -> list[Option]:
    out = []
    flows = [token for token in scene.of("noun") if token.sign and token.end >= at]
    for place, sheet in enumerate(book.sheets):
        scene = scene if sheet.series else as_scope(scene, sheet, place, moves=True)
        if sheet.series:
            measures = [sheet.measures[one] for token in flows for one in places_of(token, place)]
            whens = [token.time for token in scene.whens if token.time is not None]
            rows = [row for row, time in enumerate(sheet.times) if time is not None and whens and same(time, whens[-1])]
            measures = measures or flows_on(scene, sheet, place, at)
            if not flows and not measures and sheet.units == {ON_DAY}:
                out += [Option(sheet, *move) for move in moved_on(scene, sheet, place, rows)]
        else:
            scope = scope_of(scene, sheet, book)
            timed = [sheet.measures[one] for token in scene.of("noun") for one in places_of(token, place)]
            timed = [] if any([one.kind != CHANGE or one.noun for one in timed]) else timed  # 近一月
            measures = timed or ([] if scope == FOREIGN or flows or scene.of("noun") else sheet.changes(scope))
            if flows and scope != FOREIGN and not scene.whens:  # 稳健回报获净申购
                named_flows = [sheet.measures[one] for token in flows for one in places_of(token, place)]
                measures = [one for one in named_flows if one.kind == FLOW and _INWARD.search(one.noun)]
            basis = [token.scope for token in (*scene.carried, *scene.tokens) if token.kind == "basis"]
            measures = [one for one in measures if not basis or one.basis == basis[-1]]
            if scope == DAY:
                measures = [one for one in measures if one.scope == DAY]
            if not scope and not timed:  # 煤炭收涨, in a weekly: of the week, not of the year
                measures = [one for one in measures if of_period(one, book)] or measures
            rows = places_of(named, place) if named is not None else []
        for measure in measures:
            values = [(row, sheet.value(row, measure)) for row in rows]
            out += [Option(sheet, row, measure, value) for row, value in values if value is not None]
    return out


_INWARD = later(r"净(?:买入|流入|申购|增持)")


def text_find(scene: Scene, words: Sequence[str], end: int) -> int:
    """Where the last of `words` before `end` ends."""
    return max([scene.text.rfind(word, scene.part.start, end) + len(word) for word in words])


def clear(scene: Scene, start: int, end: int) -> bool:
    """Whether every word of `text[start:end]` is understood."""
    out = []
    at = start
    size = r"\g<0>"
    for token in scene.tokens:
        if token.start >= start and token.end <= end:
            out.append(lexicon.SIZE.sub(size, scene.text[at : token.start]))
            out.append("·")
            at = token.end
            size = "" if token.kind == "noun" else r"\g<0>"
    out.append(lexicon.SIZE.sub(size, scene.text[at:end]) if at <= end else "")
    return lexicon.FILLER.match("".join(out)) is not None


def _options(
    scene: Scene, sheet: Sheet, row: int, measure: Measure, word: Token | None, level: bool, quantity: Quantity, book: Book
) -> list[Option]:
    """The values a number may be said of in one row and column."""
    out: list[Option] = []
    if measure.kind == CHANGE and measure.scope in (DAY, WEEK, MONTH) and since_start(scene) and not measure.basis:
        return out  # 较年初仍跌 4.6%, of a column 较上周
    rows = range(len(sheet.table.rows)) if row < 0 else (row,)
    if row >= 0 and measure.kind == LEVEL and sheet.grows(row):
        measure = measure.replace(kind=CHANGE)
    moves = word is not None and not level and word.kind != "neutral"
    for one in rows:
        value = sheet.value(one, measure)
        if value is None:
            continue
        shift = word is not None and word.kind == "shift"
        against = (
            sheet.series and moves and measure.basis != "环比" and any([one.kind in ("versus", "base") for one in scene.tokens])
        )
        turned = word is not None and word.kind == "dir" and scene.text[word.start] != "净"
        if (
            moves
            and turned
            and measure.kind == FLOW
            and not sheet.series
            and differs(scene)
            and has_past(scene, sheet, measure, book)
        ):
            out += _flowed(scene, sheet, one, measure, value, quantity, book)
            continue
        if moves and measure.kind == LEVEL and not differs(scene) and _comes_and_goes(sheet, measure):
            out.append(Option(sheet, one, measure, value))  # 表外融资减少 1115 亿元
        if not (moves and measure.kind == LEVEL) and not shift and not against:
            out.append(Option(sheet, one, measure, value))
            past = sheet.table.rows[one][measure.minus].value if measure.minus >= 0 else None
            if (
                isinstance(past, Decimal)
                and past
                and is_share(quantity)
                and measure.unit is not None
                and measure.unit.name != "%"
            ):
                out.append(Option(sheet, one, measure, value * 100 / abs(past * measure.unit.factor), "change"))
        if not sheet.series and (
            (shift and differs(scene))
            or (moves and _by_points(scene, measure, quantity) and differs(scene))
            or (moves and measure.kind == LEVEL and not told_by_change(sheet, measure, quantity))
        ):
            out += _since_before(scene, sheet, one, measure, value, quantity, book)
        if not sheet.series and moves and measure.kind == FLOW and measure.minus < 0 and differs(scene):
            steps = _since_before(scene, sheet, one, measure, value, quantity, book)
            out += steps
            if value < 0:  # 净赎回 31.6 亿元，较上周扩大 19.1 亿元
                out += [step.replace(value=-step.value) for step in steps]
        turned = word is not None and moves and word.kind != "noun"
        if sheet.series and not scene.way and ((turned and measure.kind != CHANGE) or shift or differs(scene)):
            out += _moved(scene, sheet, one, measure, value, quantity)
    return out


def _comes_and_goes(sheet: Sheet, measure: Measure) -> bool:
    """Whether what a column holds has a sign, so that 增加 and 减少 may be said of the cells as they stand: 5月 of 社融."""
    values = [sheet.value(row, measure) for row in sheet.own] if not sheet.series else []
    signs = {value > 0 for value in values if value}
    share = measure.unit is not None and measure.unit.name == "%"
    return len(signs) > 1 and not share


def _by_points(scene: Scene, measure: Measure, quantity: Quantity) -> bool:
    """Whether a rate of change moved by so many points: 周收益率较上周回落 1.09 个百分点."""
    points = quantity.unit is not None and quantity.unit.points
    rate = measure.kind == CHANGE and measure.minus < 0 and measure.unit is not None and not measure.unit.points
    return points and rate and bool(scene.nouns) and not scene.amps


def _since_before(
    scene: Scene, sheet: Sheet, row: int, measure: Measure, value: Decimal, quantity: Quantity, book: Book
) -> list[Option]:
    """In a table whose columns are times, the change from the column of the time before: 降幅比上月收窄 0.3 个百分点."""
    old = column_past(scene, sheet, measure, book)
    past = sheet.value(row, old) if old is not None else None
    if past is None:
        return []
    share = measure.unit is not None and measure.unit.name == "%"
    if share or measure.kind == CHANGE or not is_share(quantity):
        return [Option(sheet, row, measure, value - past, "difference")]
    return [Option(sheet, row, measure, (value - past) * 100 / abs(past), "change")] if past else []


_FLOWED = later(r"的?净(?:流入|流出|买入|卖出|申购|赎回|投放|回笼|融资|偿还)(?:规模|金额|额)?的?")
_MAKES = later(r"(?:增速|的?[涨跌增降]幅)?[一-龥]{0,3}(?:使得?|令|让|助推|推动|帮助)")  # 8.3% 的净利润增速仍使 A 成为…
OUT = later(r"流出|卖出|赎回|回笼|减持|偿还|[多少]卖|抛售|抛出")


def _flowed(
    scene: Scene, sheet: Sheet, row: int, measure: Measure, value: Decimal, quantity: Quantity, book: Book
) -> list[Option]:
    """How much more or less went in or out than at the time before: 净流出 35.7 亿元，较上周减少 16.4 亿元."""
    old = column_past(scene, sheet, measure, book)
    past = sheet.value(row, old) if old is not None else None
    if past is None or (value < 0 < past):
        return []
    if value < 0 and OUT.search(sentence_text(scene)) is not None:
        value, past = abs(value), abs(past)
    if not is_share(quantity):
        return [Option(sheet, row, measure, value - past, "difference")]
    return [Option(sheet, row, measure, (value - past) * 100 / abs(past), "change")] if past else []


def _moved(scene: Scene, sheet: Sheet, row: int, measure: Measure, value: Decimal, quantity: Quantity) -> list[Option]:
    """The change to the row before, to the same time a year before, or to the row the clause compares with."""
    other = compared(scene, sheet, row)
    told = is_share(quantity) and sheet.steps([measure]) and not (quantity.unit is not None and quantity.unit.points)
    if other is None and measure.kind == LEVEL and not differs(scene) and not told:  # 涨 0.25%, beside a column of that
        other = day_before(scene, sheet, row, quantity.lead)
    old = sheet.value(other, measure) if other is not None else None
    if old is None:
        return []
    if value < 0 and old < 0 and measure.kind == FLOW and OUT.search(sentence_text(scene)) is not None:
        value, old = -value, -old
    difference = value - old
    share = measure.unit is not None and measure.unit.name == "%"
    points = quantity.unit is not None and quantity.unit.points
    if share or points or not is_share(quantity):
        return [Option(sheet, row, measure, difference, "difference")]
    return [Option(sheet, row, measure, difference * 100 / abs(old), "change")] if old else []
