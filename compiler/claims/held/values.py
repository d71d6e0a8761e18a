"""Numbers in prose held against the cells they are said of.

In: a statement.  Out: what is wrong with its number (value, rounding, unit, 约 or 超, the direction before it), or the cell that
stands behind it.  Always: told only when no cell it may mean has it (house rule, 2026).
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.beside import BEHIND
from ..meant.groups import sentence_text
from ..meant.options import OUT, Option, Statement, before, is_share, plain_options
from ..meant.spans import of_week
from ..meant.steps import column_past
from ..tables.subjects import CHANGE, FLOW, LEVEL, MONTH, WEEK, YEAR
from ..words import lexicon
from ..words.quantities import ABOUT, ABOVE, BELOW, COUNT, EXACT, PRECISE, fits
from ..words.times import DAY as ON_DAY
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity, Unit


def hold(scene: Scene, statement: Statement, book: Book) -> tuple[Finding | None, Option | None]:
    """What is wrong with a number, or what stands behind it."""
    quantity = statement.quantity
    fitting = [
        option for option in statement.options if comparable(quantity, option) and fits(quantity, written(quantity, option))
    ]
    fitting = _likely(quantity, statement, fitting)
    if not fitting:
        total = _of_all_days(scene, statement, book)
        if total is not None:
            sign = _sign(statement)
            word = statement.word
            if word is None or not sign or total.measure.kind != FLOW or (total.value > 0) == (sign > 0):
                return None, None
            size = rounded(total.value / (total.measure.unit.factor if total.measure.unit is not None else 1), 1)
            said = scene.text[word.start : word.end]
            message = f"`{said}` is said of {size}, the sum of these {len(total.sheet.times)} ({total.measure.key})"
            return Finding("claim-direction", word.start, word.end, message), None
        return _week_total(scene, statement, book) or _fault(scene, statement, book), None
    if statement.every:
        left = [option for option in statement.options if option.row not in {one.row for one in fitting}]
        if left:
            return _fault(scene, statement.replace(options=tuple(left)), book), None
    sign = _sign(statement)
    agreeing = [
        option for option in fitting if not _signed(option) or not option.value or not sign or (option.value > 0) == (sign > 0)
    ]
    if not agreeing:
        return _contrary(scene, statement, fitting[0]), None
    behind = BEHIND.match(scene.text, quantity.end, scene.part.end)
    lost = behind is not None and behind.group("down") == "亏损" and not sign  # 录得 0.47% 的亏损
    if behind is not None and lost and all([one.value > 0 and one.measure.kind == CHANGE for one in agreeing]):
        message = f"`亏损` is said of {shown(agreeing[0])}"
        return Finding("claim-direction", behind.start("down"), behind.end(), message, cells_of(agreeing[:1])), None
    owned = bool(scene.of("row") or scene.of("noun"))
    unsaid = statement.word is None or statement.word.kind == "neutral" or statement.level
    bare = (
        owned
        and unsaid
        and not sign
        and not [one for one in scene.tokens if one.kind == "amp" and one.end <= quantity.lead]
        and not quantity.sign
        and _signed(fitting[0])
    )
    if bare and _NEGATIVE.search(sentence_text(scene)) is None and not [option for option in fitting if option.value >= 0]:
        return Finding(
            "claim-direction", quantity.start, quantity.end, f"{shown(fitting[0])} is below zero", cells_of(fitting[:1])
        ), None
    if statement.level and statement.word is None and (by := _moved_by(scene, quantity)) is not None:
        statement = statement.replace(word=by)
    if (
        statement.level
        and statement.word is not None
        and agreeing[0].sheet.series
        and not scene.way
        and not any([word in scene.words for word in "由从"])
    ):
        wrong = _wrong_way(scene, statement.word, agreeing)
        if wrong is not None:
            return wrong, None
    if statement.level and statement.word is not None and not agreeing[0].sheet.series:
        wrong = _other_way(scene, statement.word, agreeing[0], book)
        if wrong is not None:
            return wrong, None
    return None, agreeing[0]


def _of_all_days(scene: Scene, statement: Statement, book: Book) -> Option | None:
    """The sum of a week's days that the number is: 本周累计投放 A，到期 B."""
    quantity = statement.quantity
    for option in statement.options:
        sheet = option.sheet
        if not sheet.series or option.derived or scene.scope != WEEK or sheet.units != {"day"}:
            continue
        values = [sheet.value(row, option.measure) for row in _days(sheet, book)]
        total = option.replace(value=sum([value for value in values if value is not None], Decimal(0)))
        mean = total.replace(value=total.value / len(values)) if _MEANS.match(sentence_text(scene)) is not None else None
        for one in (total, mean):
            if one is not None and None not in values and comparable(quantity, one) and fits(quantity, written(quantity, one)):
                return one
    return None


_MEANS = later(r"(?:就|从|按|以|论)?(?:日均|平均|均值)[一-龥]{0,4}?(?:而言|来看|来说|来算|看|计|计算)，")


def _days(sheet: Sheet, book: Book) -> list[int]:
    """The rows of the week a note is of, else all."""
    rows = list(range(len(sheet.table.rows)))
    week = of_week(sheet, book, rows) if sheet.units == {"day"} else None
    return week if week is not None and len(week) >= DAYS[0] else rows


_WEEK = later(r"全周|本周|当周|一周|这周")
_ONE_DAY = later(r"均|单日|最|逐日|每|其中")
_SOME_DAYS = later(rf"[前后首末头]{COUNT}个?(?:交易日|[天日])|[前后上下]半[周段]|周[初中末]")  # 本周前三个交易日
DAYS = (4, 7)  # that a table of a week has


def _week_total(scene: Scene, statement: Statement, book: Book) -> Finding | None:
    """全周净卖出 107.4 亿元, where the days of the week come to another sum and no day has that."""
    quantity = statement.quantity
    options = [one for one in statement.options if one.sheet.series and one.measure.kind == FLOW and not one.derived]
    columns = {one.measure for one in options}
    if len(columns) != 1 or quantity.about != EXACT or scene.of("time") or scene.of("base") or scene.of("versus"):
        return None
    option, sheet = options[0], options[0].sheet
    values = [sheet.value(row, option.measure) for row in _days(sheet, book)]
    own = _WEEK.search(scene.text, scene.part.start, quantity.lead) is not None and _ONE_DAY.search(scene.words) is None
    own = own and _SOME_DAYS.search(scene.text, scene.part.start, quantity.lead) is None
    if not own or sheet.units != {"day"} or None in values or not DAYS[0] <= len(values) <= DAYS[1]:
        return None
    total = option.replace(value=sum([value for value in values if value is not None], Decimal(0)))
    if not comparable(quantity, total):
        return None
    unit = quantity.unit.factor if quantity.unit is not None else Decimal(1)
    message = f"the sum of these {len(values)} is {rounded(total.value / unit, max(quantity.decimals, 1))} ({option.measure.key})"
    return Finding("claim-total", quantity.start, quantity.end, message, cells_of([option]))


def _moved_by(scene: Scene, quantity: Quantity) -> Token | None:
    """The word of direction where it is said by how much before where to: 回升 0.3 个百分点至 50.0%."""
    numbers = [token for token in scene.of("number") if token.end <= quantity.lead]
    words = [token for token in scene.of("dir") if numbers and token.end <= numbers[-1].start]
    first = numbers[-1].quantity if numbers else None
    plain = first is not None and words and scene.text[words[-1].end : first.lead] in ("", "了")
    amps = scene.of("amp") or scene.amps or scene.way or scene.of("base") or scene.of("versus") or scene.of("basis")
    return words[-1] if plain and not amps and scene.text[numbers[-1].end : quantity.lead] in ("至", "到") else None


def _other_way(scene: Scene, word: Token, option: Option, book: Book) -> Finding | None:
    """回升至 where the table's change says it fell."""
    changes = option.sheet.steps([option.measure])  # 库存升至, beside what prices moved by
    past = column_past(scene, option.sheet, option.measure, book) if not changes else None
    if past is not None:
        changes = [option.measure.replace(kind=CHANGE, minus=past.column)]
    measure = changes[0] if len(changes) == 1 else None
    change = option.sheet.value(option.row, measure) if measure is not None else None
    daily = any([token.time is not None and token.time.kind == ON_DAY for token in scene.whens])  # 12 日回升至 90.45 美元
    ends = scene.scope in ("", WEEK) and not daily and option.measure.kind == LEVEL and option.measure.scope in ("", WEEK)
    if measure is None or not change or not word.sign or not ends or (change > 0) == (word.sign > 0):
        return None
    cell = Option(option.sheet, option.row, measure, change)
    said = scene.text[word.start : word.end]
    return Finding("claim-direction", word.start, word.end, f"`{said}` is said of {shown(cell)}", cells_of([cell]))


_SIGNS = later(r"录得[正负]|转[涨跌正负升降]")


_NEGATIVE = later(
    r"折价|贴水|倒挂|亏|跌|降|负|流出|卖出|赎回|回笼|偿还|减|(?<!最大)回撤|回[落调吐]|[下重]挫|下[行滑探移]|走[弱低]|跳水|缩|萎|折损|损失|失[血守地]"
    r"|收[绿阴]|[翻飘]绿|阴线|贬值|逆差|调整|修正|拖累|吞没|抹去"
)  # 甲折价最深，乙亦接近 19%; 1.64% 的回撤


def hold_direction(scene: Scene, book: Book) -> Finding | None:
    """A direction said without a number: 上证指数当周收跌."""
    timed = scene.scope in (WEEK, MONTH, YEAR) or (not scene.scope and _of_this_week(scene))
    found = lexicon.PLAIN.search(scene.words) or (lexicon.SOFT.search(scene.words) if timed else None)
    if found is None or scene.unsure or scene.denied or scene.of("number"):
        return None
    at = scene.part.start + found.start()
    down = found.group("down") is not None
    if _AFTER_IT.match(scene.words) is not None and not scene.of("time"):
        return None  # 周内最大值出现在周四，随后有所回落
    if _AT_TIMES.search(scene.text, scene.part.start, at) is not None:
        return None  # 本周有三个交易日沪指收跌
    for options in plain_options(scene, book, at):
        if not any([option.value == 0 or (option.value < 0) == down for option in options]):
            word = found.group().removesuffix("了")
            return Finding(
                "claim-direction", at, at + len(word), f"`{word}` is said of {shown(options[0])}", cells_of(options[:1])
            )
    return None


_AFTER_IT = later(r"(?:但|而|不过)?(?:随后|此后|其后|之后|后续)")
_AT_TIMES = later(
    rf"(?<![连近续前后首末第月\d]){COUNT}个?(?:交易日|[天日](?!期|均|内|线))|[前后首末头]{COUNT}?个?(?:交易日|[天日半]|一段)"
    rf"|(?:多数|大多|半数|部分|个别|近半|过半)(?:以上)?(?:的)?(?:交易日|时间|日子)|[周年月]初(?!以来|至今|起)|{COUNT}[度次](?!的?新)|(?:数|多|几)[次度日天]"
)
_ALL_WEEK = later(r"本周|当周|全周")
_OTHER_SPAN = later(r"今年|年内|全年|年初|[本当]月|月内|上周|周[一二三四五]|盘中|[早午尾]盘")


def _of_this_week(scene: Scene) -> bool:
    """Whether the sentence up to its stop, semicolons and all, is of the week: 本周…；创业板指领涨，科创50走强."""
    said = scene.text[max(scene.text.rfind(stop, 0, scene.part.start) for stop in "。！？\n") + 1 : scene.part.end]
    return _ALL_WEEK.search(said) is not None and _OTHER_SPAN.search(said) is None


def _likely(quantity: Quantity, statement: Statement, fitting: list[Option]) -> list[Option]:
    """Without those nobody would put so: 涨超 2 % is not said of 10.5 where another column has 1.34."""
    if quantity.about not in (ABOVE, BELOW) or len(fitting) == len(statement.options) or not quantity.value:
        return fitting
    far = Decimal(2)
    near = [option for option in fitting if 1 / far < written(quantity, option) / quantity.value < far]
    if statement.every:  # 周涨幅均在 1% 以上: the least of them is near
        return [option for option in fitting if any([one.measure == option.measure for one in near])]
    return near


_SIZES = ("扩大", "收窄", "缩小", "走阔", "加深")  # of a fall, too


def _wrong_way(scene: Scene, word: Token, options: Sequence[Option]) -> Finding | None:
    """回升至 where the time before had more."""
    amps = [token for token in scene.tokens if token.kind == "amp" and token.end <= word.start]
    way = word.sign * (amps[-1].sign if amps else 1)  # 降幅收窄至
    if scene.text[word.start : word.end].startswith(_SIZES) and options[0].value < 0:
        return None
    out = options[0].measure.kind == FLOW and OUT.search(sentence_text(scene)) is not None
    for option in options:
        past = before(option.sheet, option.row)
        old = option.sheet.value(past, option.measure) if past is not None else None
        if old is not None and option.value < 0 and old < 0 and out:  # 净回笼…，26 日降至 2316 亿元
            option, old = option.replace(value=-option.value), -old
        if old is None or old == option.value or (option.value > old) == (way > 0) or not way or option.derived:
            return None
    option = options[0]
    past = before(option.sheet, option.row)
    how = f"{shown(option)}, {option.sheet.cell(past, option.measure).text} before" if past is not None else ""
    return Finding(
        "claim-direction", word.start, word.end, f"`{scene.text[word.start : word.end]}` is said of {how}", cells_of([option])
    )


def _sign(statement: Statement) -> int:
    """Which way a number is said to go; 0 where it is not said."""
    written = statement.quantity.sign
    word = statement.word
    if word is not None and not statement.level and word.sign:
        if written == "-":  # 净流入为 -8.2 亿元, 跌幅 -3.1%
            return -1 if word.kind == "noun" and word.sign > 0 else 0 if word.sign < 0 else word.sign
        return word.sign
    return {"+": 1, "-": -1}.get(written, 0)


def _signed(option: Option) -> bool:
    if "回撤" in option.measure.key:
        return False
    return bool(option.derived) or option.measure.kind in (CHANGE, FLOW) or option.value < 0


def comparable(quantity: Quantity, option: Option) -> bool:
    """Whether number and cell count the same thing."""
    said, own = quantity.unit, option.sheet.unit(option.row, option.measure)
    if option.derived == "change":
        return said is not None and said.name == "%" and not said.points
    if option.derived == "difference" and own is not None and own.name == "%":
        return said is not None and said.points
    if option.derived == "difference" and own is None:
        return said is None or said.factor >= 1 or not said.points  # 基点 of a rate of exchange are no hundredths of a point
    if said is None or own is None:
        return said is None or (own is None and not said.points)
    if said.points and not own.points:
        return False
    if own.points and said.name == "%" and not said.points and not option.derived:
        return False  # 市占率提升 1.9 个百分点, not 1.9 %
    return (
        said.name == own.name or _bare(said, own) or (not said.name and own.name != "%") or (own.name == "" and said.name != "%")
    )


def _bare(said: Unit, own: Unit) -> bool:
    """Whether 美元 is said of 美元/桶, the rest being in other words or left out."""
    return own.name.startswith(said.name + "/") and bool(said.name)


def written(quantity: Quantity, option: Option) -> Decimal:
    """The option's size in the unit the number is written in."""
    value = abs(option.value)
    if quantity.unit is None:
        own = option.sheet.unit(option.row, option.measure)
        return value / own.factor if own is not None and option.derived != "change" else value  # 下降 47.2、4.4 和 1.3 万吨
    if option.sheet.unit(option.row, option.measure) is None and not option.derived:
        scaled = value / quantity.unit.factor
        return (
            scaled if quantity.unit.name != "%" and scaled < 2 * quantity.value < 4 * scaled else value
        )  # 7.83 万元/吨 of 78,300
    return value / quantity.unit.factor


def _contrary(scene: Scene, statement: Statement, option: Option) -> Finding:
    word = statement.word
    start, end = (word.start, word.end) if word is not None else (statement.quantity.start, statement.quantity.end)
    return Finding("claim-direction", start, end, f"`{scene.text[start:end]}` is said of {shown(option)}", cells_of([option]))


_NUMBER = later(r"-?[0-9]")


def _in_other_table(quantity: Quantity, option: Option, book: Book) -> bool:
    """Whether another table has the number of the same row as it is written: 鼎岳营收 30.9 亿元, beside a 营收同比 of 30.93."""
    name = option.sheet.name(option.row)
    for sheet in book.sheets:
        rows = [row for row in range(len(sheet.table.rows)) if sheet is not option.sheet and sheet.name(row) == name]
        cells = [
            Option(sheet, row, one, value)
            for row in rows
            for one in sheet.measures
            if (value := sheet.value(row, one)) is not None and one.minus < 0 and sheet.unit(row, one) is not None
        ]
        if any([comparable(quantity, one) and fits(quantity, written(quantity, one)) for one in cells]):
            return True
    return False


def _fault(scene: Scene, statement: Statement, book: Book) -> Finding | None:
    """What kind of fault it is that no option fits."""
    quantity = statement.quantity
    start, end = quantity.start, quantity.end
    said = scene.text[quantity.lead : end]
    same = [option for option in statement.options if comparable(quantity, option)]
    others = [option for option in statement.options if not option.derived and digits_of_another_unit(quantity, option)]
    way_to = quantity.unit is not None and quantity.unit.points and scene.text[end : end + 1] in ("至", "到")
    rates = all([one.sheet.series and one.measure.kind == CHANGE and not one.derived for one in statement.options])
    if way_to and rates and _NUMBER.match(scene.text, end + 1) is not None:
        return None  # 回落 0.2 个百分点至 -0.2%
    moved = statement.word is not None and statement.word.kind == "dir" and not statement.level
    if others and moved and _columns_apart(quantity, others[0]):
        return None  # 美元指数回落 0.44 点, from 98.98 to 98.54, beside a change of -0.44 %
    if others and _in_other_table(quantity, others[0], book):
        return None
    if others and not [option for option in same if option.derived]:
        unit = f"`{said}` is {others[0].sheet.cell(others[0].row, others[0].measure).text} in the data, in another unit"
        return Finding("claim-unit", start, end, unit, cells_of(others[:1]))
    points = [option for option in statement.options if option.derived == "difference" and fits(quantity, abs(option.value))]
    if points and is_share(quantity):
        return Finding("claim-unit", start, end, f"`{said}` is a difference of two shares: 个百分点", cells_of(points[:1]))
    slips = [option for option in same if _slipped(quantity, option)]
    if slips:
        unit = f"`{said}` is said of {shown(slips[0])}: one is in 基点, one in 百分点"
        return Finding("claim-unit", start, end, unit, cells_of(slips[:1]))
    if not same:
        return None
    close = min(same, key=lambda one: (abs(written(quantity, one) - quantity.value), bool(one.derived), one.measure.minus >= 0))
    if close.sheet.series and len({option.row for option in same}) > 1:  # no time was said: the latest
        close = max(same, key=_when)
    size = written(quantity, close)
    ulp = Decimal(1).scaleb(-quantity.decimals)
    cut = quantity.value <= size < quantity.value + ulp and (quantity.decimals or len(quantity.value.as_tuple().digits) > PRECISE)
    if quantity.about == ABOUT and cut and size != rounded(size, quantity.decimals):  # 约 3.68, of 3.6868
        right = rounded(size, quantity.decimals)
        return Finding("claim-rounding", start, end, f"{shown(close)} rounds to {right}", cells_of([close]))
    if quantity.about != EXACT and not scene.of("noun") and _unlikely(scene, quantity, close, size):
        return None  # 广东约 5.4 万元, of a table in 亿元
    if quantity.about != EXACT:
        return Finding("claim-about", quantity.lead, end, f"`{said}` is said of {shown(close)}", cells_of([close]))
    if abs(size - quantity.value) < 2 * ulp and quantity.decimals and size != rounded(size, quantity.decimals):
        right = rounded(size, quantity.decimals)
        return Finding("claim-rounding", start, end, f"{shown(close)} rounds to {right}", cells_of([close]))
    whole = not quantity.decimals and len(quantity.value.as_tuple().digits) >= PRECISE and size != size.to_integral_value()
    if whole and abs(size - quantity.value) < 1:  # 387, of 387.9
        return Finding("claim-rounding", start, end, f"{shown(close)} rounds to {rounded(size, 0)}", cells_of([close]))
    if not close.derived and not scene.of("basis") and _unlikely(scene, quantity, close, size):
        return None
    own = [option.measure for option in same if option.measure.minus < 0 and not option.derived and option.measure.kind == CHANGE]
    own = own or [one for one in close.sheet.changes() if one.minus < 0 and close.sheet.value(close.row, one) == close.value]
    code = "claim-change" if close.derived or (close.measure.minus >= 0 and not own) else "claim-value"
    return Finding(code, start, end, f"`{said}` is said of {shown(close)}", cells_of([close]))


def _columns_apart(quantity: Quantity, option: Option) -> bool:
    """Whether a number is what two columns of sizes of a row are apart."""
    sheet, row = option.sheet, option.row
    if row < 0 or is_share(quantity) or (quantity.unit is not None and quantity.unit.points):
        return False
    factor = quantity.unit.factor if quantity.unit is not None else Decimal(1)
    sizes = [value for one in sheet.measures if one.kind == LEVEL and (value := sheet.value(row, one)) is not None]
    return any([fits(quantity, abs(a - b) / factor) for a, b in itertools.combinations(sizes, 2) if a != b])


FAR = Decimal("2.5")  # a number that is so many times off, and of no cell, is rather of something the data do not have


def _unlikely(scene: Scene, quantity: Quantity, option: Option, size: Decimal) -> bool:
    """Whether a number is too far off to be of this cell, in a clause that does not name both its row and what it measures."""
    own = {token.kind for token in scene.tokens}
    named = own & {"row", "time"} and own & {"noun", "dir", "amp", "neutral"}
    if named or size / FAR <= quantity.value <= size * FAR:
        return False
    factor = quantity.unit.factor if quantity.unit is not None else Decimal(1)
    sheet = option.sheet
    cells = [
        value
        for measure in sheet.measures
        if measure.minus < 0
        for row in range(len(sheet.table.rows))
        if (value := sheet.value(row, measure)) is not None
    ]
    if quantity.about != EXACT and quantity.value:  # 问界则超 18 万辆, where that is what its column to date has
        own_row = [sheet.value(option.row, one) for one in sheet.measures if option.row >= 0]
        sizes = [abs(value) / factor for value in own_row if value is not None]
        if any([fits(quantity, one) and 1 / FAR < one / quantity.value < FAR for one in sizes]):
            return True
    return not any([fits(quantity, abs(value) / factor) for value in cells])


def _slipped(quantity: Quantity, option: Option) -> bool:
    """Whether 百分点 are written for 基点, or the other way round."""
    own = option.sheet.unit(option.row, option.measure)
    if quantity.unit is None or not quantity.unit.points or own is None or own.name != "%" or quantity.about != EXACT:
        return False
    size = abs(option.value) / quantity.unit.factor
    return any([fits(quantity, size * step) for step in (100, Decimal("0.01"))]) and len(quantity.value.as_tuple().digits) > 1


def _when(option: Option) -> tuple[int, int, int]:
    time = option.sheet.times[option.row] if option.sheet.series else None
    return time.order if time is not None else (0, 0, 0)


def digits_of_another_unit(quantity: Quantity, option: Option) -> bool:
    """Whether the cell as typed has the digits of the number, in a unit that is another."""
    own, said = option.sheet.unit(option.row, option.measure), quantity.unit
    if own is None or said is None:
        return False
    if (own.name, own.factor, own.points) == (said.name, said.factor, said.points):  # 7.83 元/吨, of 78,300
        digits = len(quantity.value.normalize().as_tuple().digits)
        plain = own.factor == 1 and quantity.about == EXACT
        small = (
            own.name != "%"
            and digits > 2
            and (plain or (own.factor > 1 and (quantity.about == ABOUT or (digits > 3 and quantity.about == EXACT))))
        )  # 1.27 万吨, of 亿吨
        return small and fits(quantity, abs(option.value) / own.factor / 10_000)
    if quantity.about not in (EXACT, ABOUT):
        return False
    if _bare(said, own) and said.factor == own.factor:
        return False
    size = abs(option.value) / own.factor
    if own.name == said.name != "%" and own.factor != said.factor and len(quantity.value.as_tuple().digits) > 2:
        slipped = [abs(option.value) / said.factor * step for step in (Decimal(10_000), Decimal("0.0001"))]
        if any([fits(quantity, one) for one in slipped]):  # 1.94 亿元, of 19400 亿元
            return True
    return fits(quantity, size) and (quantity.about == EXACT or size < 2 * quantity.value < 4 * size)


def cells_of(options: Sequence[Option]) -> tuple[tuple[Sheet, int, Measure], ...]:
    return tuple([(option.sheet, option.row, option.measure) for option in options])


def shown(option: Option) -> str:
    """The value with its row and column, for a message."""
    sheet, measure = option.sheet, option.measure
    name = f"{sheet.name(option.row)} {measure.key}"
    if option.derived:
        unit = sheet.unit(option.row, measure)
        size = option.value / unit.factor if unit is not None and option.derived == "difference" else option.value
        whole = size == size.to_integral_value() and option.derived == "difference"
        return f"{rounded(size, 0 if whole else 2)} (the change of {name})"
    return f"{sheet.cell(option.row, measure).text} ({name})"
