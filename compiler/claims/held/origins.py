"""Where a number comes from, whatever the words around it: a slip of a digit, another row's number, a unit or a direction.

In: a clause that names one row, and its numbers that no statement was understood of.  Out: findings.  Always: told only of a
number that is no cell of its row and nothing reckoned from its cells, with digits enough that this is no chance: one digit
away from a cell of the row, or exactly the number of one other row, or the cell's digits in another unit, or the cell with the
other sign.  Rule: house rule of 2026.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.beside import BEHIND, among_unnamed, of_other
from ..meant.columns import SCOPES, beyond_quarter, of_now
from ..meant.groups import sentence_text
from ..meant.options import Option
from ..meant.reckoned import of_way_told
from ..tables.names import akin
from ..tables.subjects import CHANGE, DAY, FLOW, WEEK
from ..tables.time_columns import column_times
from ..words.quantities import ABOVE, BELOW, EXACT, NEAR, fits, telling
from ..words.times import DAY as ON_DAY
from ..words.times import MONTH as IN_MONTH
from ..words.times import same
from .findings import Finding
from .values import cells_of, comparable, digits_of_another_unit, shown, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..meant.options import Statement
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

MANY = 4  # digits of a number that is hardly like another by chance
NOT_FAR = Decimal("0.75")  # of a bound that is said of a cell, or the other way round
SOME = 3  # the same where its column is named as well
_ELSE = later(
    r"较|(?<![同环占])比(?![重例])|高于|低于|多于|少于|超过|超出|不及|领先|落后|相差|差距|相当于|倍|平均|均值|均价|中位|合计|共计|总计|之和|其余|其他|占|"
    r"预期|目标|一度|盘中|曾|此前|原|历史|去年|上年|同期|以上|以下|之间|区间|门槛|上限|下限|分之|每|约合|折合|行业|市场"
)
_APART = later(r"[之相]差|差距|价差|利差|高出|低于|高于|多出|少于|多于|领先|落后|合计|共计|加总|之和|融资加|占")
_GAP = later(r"的?(?:之差|差距|差值|差额|落差)")
_NEAR = later(r"(?:了|约|为|达到?|共|收|报|幅度?|分别|合计|也|仅)*$")
_TURNS = later(r"分别|依次")
_LATER = later(r"最新|[周月季年][末底]|目前|当前|如今|随后|其后|此后|之后|后[，、]|再|又|先|曾|一度")


def hold_origins(scene: Scene, book: Book, sentence: Sequence[Scene], known: set[int]) -> Iterator[Finding]:
    """What is wrong with numbers of a clause; `known`: where those start that were understood."""
    if scene.unsure or scene.denied or not scene.of("number"):
        return
    for place, sheet in enumerate(book.sheets):
        if sheet.series:
            yield from _at_its_time(scene, sheet, place, known)
            continue
        if _TURNS.search(scene.words) is not None:
            finding = _in_turn(scene, sheet, place, book)
            if finding is not None:
                yield finding
            continue
        row = _row(scene, place)
        if row is None or not _own_times(scene, sheet, book) or beyond_quarter(scene, book):
            continue
        if scene.scope == DAY and not any([one.scope == DAY for one in sheet.measures]):
            continue  # 当日上涨 1.15%, of a table by week
        for token in scene.of("number"):
            quantity = token.quantity
            if quantity is None or token.start in known or quantity.unit is None or quantity.unit.name in ("倍", "成"):
                continue
            if among_unnamed(scene, token):
                continue  # 日经与恒生指数上涨 4.07% 和 3.82%, of a row 日经225
            if any([of_other(scene, one, quantity) for one in scene.of("row") if one.end <= quantity.lead]):
                continue  # 只有纯电动的不到两成
            if scene.way and not _of_noun(scene, quantity):
                continue  # 由 A 升至 B
            if not _own(scene, quantity.lead):
                moved = [one for one in _cells_of_rows(sheet, [row]) if one.measure.kind == CHANGE]
                if quantity.about == EXACT and quantity.unit.points and scene.of("row"):  # 较上周五抬升 12.58 个百分点, in bp
                    finding = _unit(scene, quantity, moved, [], telling(quantity))
                    if finding is not None:
                        yield finding
                continue
            if quantity.about == EXACT:
                finding = _held(scene, sheet, place, row, quantity, sentence)
            elif quantity.about in (ABOVE, BELOW, NEAR):
                finding = _bound(scene, sheet, row, quantity)
            else:
                finding = None
            if finding is not None:
                yield finding


def explained(scene: Scene, book: Book, statement: Statement, sentence: Sequence[Scene]) -> bool:
    """Whether a number that does not fit what it seems to be said of has another origin: another column of the same row where
    the clause names none, a row of totals, two cells of the row, two rows the sentence names; where the row is not named in
    the clause, any other row."""
    quantity = statement.quantity
    if _GAP.match(scene.text, quantity.end, scene.part.end) is not None:
        return True  # 仅有 0.1 分之差
    if of_way_told(scene, quantity, sentence):
        return True
    week = scene.scope == WEEK and bool(scene.of("scope"))  # 本周, of a table by week
    first = (sentence[0] if sentence else scene).part.start
    timed_here = [token for token in scene.whens if token.start >= first]
    moved = not timed_here or _LATER.search(sentence_text(scene)) is not None
    if (
        moved
        and not week
        and not _times(scene, sentence)
        and any([option.sheet.series and _at_another_time(quantity, option) for option in statement.options])
    ):
        return True
    if any([option.sheet.series and _of_no_row(scene, option.sheet) for option in statement.options]):
        return True
    if all([option.sheet.series for option in statement.options]) and _of_a_row(scene, book, quantity):
        return True
    way = (scene.way or _TURN.search(scene.words) is not None) and not scene.of("time")
    if quantity.unit is None or quantity.about != EXACT or telling(quantity) < (2 if quantity.unit.points or way else SOME):
        return False
    owned = bool(scene.of("noun"))
    spans = [token.scope for token in scene.of("scope") if token.end <= quantity.lead and token.scope in SCOPES]
    for place, sheet in enumerate(book.sheets):
        own = {option.row for option in statement.options if option.sheet is sheet and option.row >= 0}
        if not own or sheet.series:
            continue
        spoken = {
            at
            for one in sentence
            for token in (*one.of("row"), *one.rows)
            for name in token.names
            if name.sheet == place
            for at in name.places
        }
        rows: set[int] = {*sheet.totals}
        if not owned or way:  # 由上周的 A 跌至 B
            rows |= own
        if not scene.of("row") and "均" in scene.words:  # 消费与保租房领涨，涨幅均为 3.77%
            rows |= {*range(len(sheet.table.rows))} - own
        moved = _LATER.search(sentence_text(scene)) is not None
        timed = column_times(sheet.table, book.now) if (scene.nouns or statement.level) and not moved else {}
        mine = {option.measure.column for option in statement.options if option.sheet is sheet}
        now = [one for one in of_now(scene, sheet) if one.column not in timed or one.column in mine]  # 10 月…，募集 28.5 亿元
        cells = [one for one in _cells_of_rows(sheet, sorted(rows)) if way or one.measure in now]
        if spans and not way:
            cells = [one for one in cells if one.measure.kind != CHANGE or one.measure.scope in (spans[-1], "")]
        if not way and scene.of("basis") and not owned:
            said = [option.measure for option in statement.options if option.measure.basis and option.measure.noun]
            cells = [one for one in cells if not (said and _of_another_noun(one.measure, said))]  # 净利润…，同比增长 (of 营收)
        if any([comparable(quantity, option) and fits(quantity, written(quantity, option)) for option in cells]):
            return True
        if _APART.search(scene.text, scene.part.start, scene.part.end) is None:
            continue
        for row in own:
            if _reckoned(sheet, row, quantity, _cells_of_rows(sheet, [row]), sorted(spoken - {row})):
                return True
    return False


def _of_another_noun(measure: Measure, said: Sequence[Measure]) -> bool:
    """Whether a column has the 同比 of another thing than those a number may be of."""
    same = [one for one in said if one.basis == measure.basis]
    return bool(measure.noun and same) and not any([akin(one, measure) for one in same])


def _times(scene: Scene, sentence: Sequence[Scene]) -> list[Token]:
    """The times a clause names, or that stand alone before it: 2 月 23 日，…"""
    before = sentence[-2] if len(sentence) > 1 else None
    lead = before.of("time") if before is not None else []
    alone = lead and before is not None and (lead[0].start, lead[-1].end) == (before.part.start, before.part.end)
    return scene.of("time") or (lead if alone else [])


_TURN = later(r"[由从].*\d.*(?:转为|变为|转成)")


_ELSEWHERE = later(r"美国|欧元区|欧洲|日本|英国|德国|韩国|印度|越南|全球|海外|国际|香港|[一-龥]{2}[省市]")


def _at_its_time(scene: Scene, sheet: Sheet, place: int, known: set[int]) -> Iterator[Finding]:
    """The same in a table by time: of the one time and the one column the clause names, 7月乘用车零售同比增长 2.8%."""
    times = [token for token in scene.of("time") if token.time is not None]
    nouns = scene.of("noun")
    if len(times) != 1 or not nouns or _ELSEWHERE.search(scene.words) is not None or _TURNS.search(scene.words) is not None:
        return
    rows = [row for row, time in enumerate(sheet.times) if time is not None and times[0].time and same(time, times[0].time)]
    named = _named(scene, sheet, place)
    if len(rows) != 1 or not named or len({token.names for token in nouns}) > 1 or scene.of("scope") or scene.of("row"):
        return
    for token in scene.of("number"):
        quantity = token.quantity
        if quantity is None or token.start in known or quantity.unit is None or quantity.about != EXACT or scene.way:
            continue
        behind = nouns[-1].end <= quantity.lead and times[0].end <= nouns[-1].start
        if not behind or _ELSE.search(scene.text[nouns[-1].end : quantity.lead]) is not None:
            continue
        options = [option for option in _cells_of_rows(sheet, rows) if option.measure in named]
        same_value = [one for one in options if comparable(quantity, one) and fits(quantity, written(quantity, one))]
        finding = _direction(scene, quantity, same_value) if same_value else None
        if not same_value and not _reckoned(sheet, rows[0], quantity, _cells_of_rows(sheet, rows)):
            size = telling(quantity)
            finding = _unit(scene, quantity, options, named, size) or _slip(scene, sheet, quantity, options, named, size)
        if finding is not None:
            yield finding


def _of_a_row(scene: Scene, book: Book, quantity: Quantity) -> bool:
    """Whether a number is that of a row the sentence goes on with, in another table: 非洲…，6 月出口同比增速高达 34.8%."""
    for place, sheet in enumerate(book.sheets):
        rows = [row for token in scene.rows for name in token.names if name.sheet == place for row in name.places]
        cells = [] if sheet.series else _cells_of_rows(sheet, rows)
        if any([comparable(quantity, one) and fits(quantity, written(quantity, one)) for one in cells]):
            return True
    return False


def _of_no_row(scene: Scene, sheet: Sheet) -> bool:
    """Whether a clause names a time that is none of a table's rows: 周五收于 1.82%, where they are weeks."""
    said = [token.time for token in scene.of("time") if token.time is not None]
    return bool(said) and {one.kind for one in said} == {ON_DAY} and ON_DAY not in sheet.spoken


def _at_another_time(quantity: Quantity, option: Option) -> bool:
    """Whether a number is that of its column at another time: 最新报 7.83 万元/吨, after a day of the clause before."""
    others = [one for one in _cells_of_rows(option.sheet, range(len(option.sheet.table.rows))) if one.measure == option.measure]
    return telling(quantity) >= SOME and any(
        [comparable(quantity, one) and fits(quantity, written(quantity, one)) for one in others]
    )


def _cells_of_rows(sheet: Sheet, rows: Sequence[int]) -> list[Option]:
    return [
        Option(sheet, row, measure, value)
        for row in rows
        for measure in sheet.measures
        if measure.minus < 0 and (value := sheet.value(row, measure)) is not None
    ]


def _row(scene: Scene, place: int) -> int | None:
    """The one row of a sheet the clause names, else the one it goes on with."""
    tokens = scene.of("row")
    if not tokens and scene.inherited and not scene.lost and not scene.other:
        tokens = list(scene.subjects)
    rows = {row for token in tokens for name in token.names if name.sheet == place for row in name.places}
    names = {token.names for token in tokens}
    return rows.pop() if len(rows) == len(names) == 1 else None


def _own_times(scene: Scene, sheet: Sheet, book: Book, *, carried: bool = True) -> bool:
    """Whether every time the clause names, or goes on with, is one of the table's columns, or the month a note is of."""
    keys = [one.key.replace(" ", "") for one in sheet.measures]
    times = [token for token in scene.tokens if token.kind in ("time", "versus", "base", "foreign", "since")]
    times += list(scene.whens) if carried else []
    times = [token for token in times if not _of_note(token, book)]
    return all([any([scene.text[token.start : token.end] in key for key in keys]) for token in times])


def _of_note(token: Token, book: Book) -> bool:
    """Whether a time is the month that the period of a note is."""
    time, now = token.time, book.now
    if token.kind != "time" or time is None or time.kind != IN_MONTH or book.period is None:
        return False
    first, last = book.period
    whole = first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= SHORTEST
    return whole and (time.year, time.place) == (now.year, now.month)


SHORTEST = 28  # days a month has


def _own(scene: Scene, at: int) -> bool:
    """Whether the number is the row's own: it stands behind the row's name, with no word of a comparison before it."""
    first = min([token.start for token in scene.of("row")], default=scene.part.start)
    words = list(scene.text[:at])
    for token in [one for one in scene.of("noun") if one.end <= at]:  # 累计票房 is a column
        words[token.start : token.end] = "·" * (token.end - token.start)
    return first <= at and _ELSE.search("".join(words), first) is None


def _held(scene: Scene, sheet: Sheet, place: int, row: int, quantity: Quantity, sentence: Sequence[Scene]) -> Finding | None:
    options = _cells_of_rows(sheet, [row])
    held = [option for option in options if comparable(quantity, option) and fits(quantity, written(quantity, option))]
    if held:
        return _direction(scene, quantity, held)
    if _reckoned(sheet, row, quantity, options):
        return None
    named = _named(scene, sheet, place)
    size = telling(quantity)
    return (
        _unit(scene, quantity, options, named, size)
        or _slip(scene, sheet, quantity, options, named, size)
        or _other_row(scene, sheet, place, row, quantity, named, size, sentence)
    )


def _of_noun(scene: Scene, quantity: Quantity) -> bool:
    """Whether a number stands right behind a column's name: 由上周末的 1.7130%."""
    nouns = [token for token in scene.of("noun") if token.end <= quantity.lead]
    return bool(nouns) and scene.text[nouns[-1].end : quantity.lead] in ("", "的", "为")


def _named(scene: Scene, sheet: Sheet, place: int) -> list[Measure]:
    """The columns the clause names."""
    return [
        sheet.measures[one] for token in scene.of("noun") for name in token.names if name.sheet == place for one in name.places
    ]


def _reckoned(sheet: Sheet, row: int, quantity: Quantity, options: Sequence[Option], others: Sequence[int] | None = None) -> bool:
    """Whether the number is a sum, a difference or a ratio of two cells of the row, or of the row and others in one column."""
    said = quantity.unit
    assert said is not None
    pairs = list(itertools.permutations([option.value for option in options], 2))
    for option in options:
        beside = range(len(sheet.table.rows)) if others is None else others
        column = [sheet.value(other, option.measure) for other in beside if other != row]
        pairs += [(option.value, value) for value in column if value is not None]
    for one, other in pairs:
        found = [abs(one - other) / said.factor, abs(one + other) / said.factor]
        if other and said.name == "%":
            ratio = one * 100 / other
            found += [abs(ratio), abs(ratio - 100)]
        if any([fits(quantity, value) for value in found]):
            return True
    return False


# --- direction -------------------------------------------------------------------------------------------------------


def _bound(scene: Scene, sheet: Sheet, row: int, quantity: Quantity) -> Finding | None:
    """超过 380 万人次 where no cell of the row that counts so is over it, and one is not far from it."""
    word = next((token for token in reversed(scene.tokens) if token.end <= quantity.lead), None)
    sign = word.sign if word is not None and word.kind in ("dir", "amp") else 0
    basis = [token.scope for token in scene.of("basis")]
    cells = [
        option
        for option in _cells_of_rows(sheet, [row])
        if comparable(quantity, option)
        and not (sign and option.measure.kind in (CHANGE, FLOW) and (option.value > 0) != (sign > 0))
        and (not basis or option.measure.basis == basis[-1])
        and (option.measure.kind == CHANGE or not (word is not None and word.kind == "amp"))
    ]
    if not quantity.value or not cells or any([fits(quantity, written(quantity, option)) for option in cells]):
        return None
    close = [option for option in cells if NOT_FAR <= written(quantity, option) / quantity.value <= 1 / NOT_FAR]
    if not close:
        return None
    close.sort(key=lambda option: abs(written(quantity, option) - quantity.value))
    said = scene.text[quantity.lead : quantity.end]
    return Finding("claim-about", quantity.lead, quantity.end, f"`{said}` is said of {shown(close[0])}", cells_of(close[:1]))


def _direction(scene: Scene, quantity: Quantity, same: Sequence[Option]) -> Finding | None:
    """增长 4.8% where every cell of the row with that number is below zero."""
    if any([option.measure.kind not in (CHANGE, FLOW) for option in same]) or any([not option.value for option in same]):
        return None
    word = next((token for token in reversed(scene.tokens) if token.end <= quantity.lead), None)
    sign, start, end = 0, quantity.start, quantity.end
    if word is not None and word.kind in ("dir", "amp") and _NEAR.fullmatch(scene.text, word.end, quantity.lead) is not None:
        sign, start, end = word.sign, word.start, word.end
        if word.kind == "amp" and end - start > len("跌幅"):
            return None  # 跌幅收窄
        if scene.text[end - 1] in "至破":
            return None  # 收益率降至 1.38%
    behind = BEHIND.match(scene.text, quantity.end, scene.part.end)
    if behind is not None:
        other = -1 if behind.group("down") else 1
        if sign and sign != other:
            return None
        sign, start, end = other, behind.start(behind.lastgroup or 0), behind.end()
    if not sign or quantity.sign or any([(option.value > 0) == (sign > 0) for option in same]):
        return None
    return Finding("claim-direction", start, end, f"`{scene.text[start:end]}` is said of {shown(same[0])}", cells_of(same[:1]))


# --- numbers ---------------------------------------------------------------------------------------------------------


def _unit(scene: Scene, quantity: Quantity, options: Sequence[Option], named: Sequence[Measure], size: int) -> Finding | None:
    """The digits of a cell, in another unit."""
    for option in options:
        if (size >= SOME or (size > 1 and option.measure in named)) and digits_of_another_unit(quantity, option):
            said = scene.text[quantity.start : quantity.end]
            cell = option.sheet.cell(option.row, option.measure).text
            message = f"`{said}` is {cell} in the data, in another unit"
            return Finding("claim-unit", quantity.start, quantity.end, message, cells_of([option]))
    return None


def _slip(
    scene: Scene, sheet: Sheet, quantity: Quantity, options: Sequence[Option], named: Sequence[Measure], size: int
) -> Finding | None:
    """A cell but for one digit, or for two that changed places."""
    typed = f"{quantity.value:f}"
    near = []
    for option in options:
        if not comparable(quantity, option):
            continue
        own = sheet.cell(option.row, option.measure)
        if len(own.text.partition(".")[2]) < quantity.decimals and quantity.unit == sheet.unit(option.row, option.measure):
            continue
        if _slipped(typed, f"{rounded(written(quantity, option), quantity.decimals):f}"):
            near.append(option)
    if len(near) != 1 or not (size >= MANY or (size >= SOME and (near[0].measure in named or _said(scene, quantity, near[0])))):
        return None
    said = scene.text[quantity.start : quantity.end]
    return Finding("claim-value", quantity.start, quantity.end, f"`{said}` is said of {shown(near[0])}", cells_of(near))


def _said(scene: Scene, quantity: Quantity, option: Option) -> bool:
    """Whether the word right before a number goes the way of a plain change."""
    word = next((token for token in reversed(scene.tokens) if token.end <= quantity.lead), None)
    if word is None or word.kind not in ("dir", "amp") or option.measure.kind not in (CHANGE, FLOW) or option.measure.noun:
        return False
    near = _NEAR.fullmatch(scene.text, word.end, quantity.lead) is not None
    return near and bool(word.sign) and (option.value > 0) == (word.sign > 0)


def _slipped(one: str, other: str) -> bool:
    if len(one) != len(other) or one == other:
        return False
    apart = [at for at, (a, b) in enumerate(zip(one, other)) if a != b]
    if len(apart) == 1:
        return True
    first, last = apart[0], apart[-1]
    return len(apart) == 2 and one[first] == other[last] and one[last] == other[first] and last - first <= 2


def _other_row(
    scene: Scene,
    sheet: Sheet,
    place: int,
    row: int,
    quantity: Quantity,
    named: Sequence[Measure],
    size: int,
    sentence: Sequence[Scene],
) -> Finding | None:
    """The number of one other row the sentence does not speak of."""
    if not scene.of("row") or size < SOME:
        return None
    found: list[tuple[int, Measure]] = []
    for other, measure in itertools.product(range(len(sheet.table.rows)), sheet.measures):
        value = sheet.value(other, measure) if measure.minus < 0 else None
        if value is None:
            continue
        option = Option(sheet, other, measure, value)
        if comparable(quantity, option) and fits(quantity, written(quantity, option)):
            found.append((other, measure))
    columns = {measure for _, measure in found}
    if len(columns) != 1:
        return None
    measure = columns.pop()
    spoken = {
        at for one in sentence for token in one.of("row") for name in token.names if name.sheet == place for at in name.places
    }
    own = sheet.value(row, measure)
    if own is None or any([other in spoken or other in sheet.totals for other, _ in found]):
        return None
    mine = Option(sheet, row, measure, own)
    if size < MANY and measure not in named and not _said(scene, quantity, Option(sheet, found[0][0], measure, own)):
        return None
    said = scene.text[quantity.start : quantity.end]
    message = f"`{said}` is said of {shown(mine)}; it is {sheet.name(found[0][0])}'s"
    return Finding("claim-value", quantity.start, quantity.end, message, cells_of([mine]))


# --- in turn ---------------------------------------------------------------------------------------------------------


def _in_turn(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """A 与 B 分别为 1 和 2 where A has 2 and B has 1."""
    found = _TURNS.search(scene.words)
    if found is None or not _own_times(scene, sheet, book, carried=False):
        return None
    at = scene.part.start + found.start()
    numbers = [token for token in scene.of("number") if token.start > at]
    tokens = [token for token in scene.of("row") if token.end <= at] or list(scene.past)
    rows = [row for token in tokens for name in token.names if name.sheet == place for row in name.places]
    quantities = [token.quantity for token in numbers if token.quantity is not None and token.quantity.about == EXACT]
    if len(rows) < 2 or not len(rows) == len(tokens) == len(set(rows)) == len(numbers) == len(quantities):
        return None
    if any([quantity.unit is None or quantity.unit != quantities[-1].unit for quantity in quantities]):
        return None
    swapped: list[tuple[Measure, list[Option]]] = []
    for measure in sheet.measures:
        values = [sheet.value(row, measure) for row in rows]
        if measure.minus >= 0 or None in values:
            continue
        own = [Option(sheet, row, measure, value) for row, value in zip(rows, values) if value is not None]
        if not all([comparable(one, option) for one, option in zip(quantities, own)]):
            continue
        if all([fits(one, written(one, option)) for one, option in zip(quantities, own)]):
            return None
        left = list(own)
        for one in quantities:
            match = next((option for option in left if fits(one, written(one, option))), None)
            if match is not None:
                left.remove(match)
        if not left and len({option.value for option in own}) == len(own):
            swapped.append((measure, own))
    if len(swapped) != 1 or max([telling(one) for one in quantities]) < 2:
        return None
    for one, option in zip(quantities, swapped[0][1]):
        if not fits(one, written(one, option)):
            said = scene.text[one.start : one.end]
            return Finding("claim-value", one.start, one.end, f"`{said}` is said of {shown(option)}", cells_of([option]))
    return None
