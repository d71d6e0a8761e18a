"""Numbers in prose held against the cells they speak of.

In: a scene, a number in it.  Out: the cells it may be said of, and what is wrong with it: its value, its rounding, its unit, its
约 or 超, the direction before it.  Always: silent unless every word between the subject and the number is understood, and all
cells it could mean say otherwise (house rule, 2026).
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ..record import Record
from . import lexicon
from .quantities import ABOVE, BELOW, EXACT, fits, rounded
from .scene import FOREIGN, Token
from .subjects import CHANGE, DAY, FLOW, LEVEL, MONTH, WEEK, YEAR
from .times import DAY as ON_DAY
from .times import MONTH as IN_MONTH
from .times import QUARTER as IN_QUARTER
from .times import YEAR as IN_YEAR
from .times import same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .quantities import Quantity
    from .scene import Book, Scene
    from .subjects import Measure, Sheet

SCOPES = (WEEK, MONTH, YEAR, DAY)


class Finding(Record):
    """What is wrong with `text[start:end]`; `cells`: (sheet, row, measure) that say otherwise."""

    code: str
    start: int
    end: int
    message: str
    cells: tuple[tuple[Sheet, int, Measure], ...] = ()


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
    if scene.unsure or scene.denied:
        return
    numbers = [token for token in scene.tokens if token.kind == "number"]
    paired = _paired(scene, numbers)
    for at, number in enumerate(numbers):
        before = numbers[at - 1].end if at else scene.part.start
        after = numbers[at + 1].start if at + 1 < len(numbers) else scene.part.end
        if _joined(scene, before if at else -1, number.start) or _joined(
            scene, number.end, after if at + 1 < len(numbers) else -1
        ):
            continue  # 2% 至 3%
        made = _statement(scene, book, number, before, paired.get(number.start))
        if made is not None:
            yield made


def _joined(scene: Scene, start: int, end: int) -> bool:
    return 0 <= start < end and scene.text[start:end] in ("至", "到", "-", "~", "—", "－", "–", "～")


def _paired(scene: Scene, numbers: Sequence[Token]) -> dict[int, Token]:
    """A、B 分别为 1、2: the row, noun or time each number goes with."""
    text = scene.text
    at = max(text.find(word, scene.part.start, scene.part.end) for word in ("分别", "依次"))
    if at < 0:
        return {}
    after = [number for number in numbers if number.start > at]
    for kind in ("row", "noun", "time", "scope"):
        group = [token for token in scene.tokens if token.kind == kind and token.end <= at]
        if len(after) > 1 and len(group) == len(after):
            return {number.start: token for number, token in zip(after, group)}
    return {number.start: number for number in after} if len(after) > 1 else {}


def _statement(scene: Scene, book: Book, number: Token, before: int, partner: Token | None) -> Statement | None:
    quantity = number.quantity
    assert quantity is not None
    if partner is number:
        return None  # 分别, with something else than rows
    here = [token for token in scene.tokens if token.end <= quantity.lead]
    rows = [token for token in here if token.kind == "row"] or [token for token in scene.rows if token.start < scene.part.start]
    nouns = [token for token in here if token.kind == "noun"]
    own_rows = [token for token in here if token.kind == "row"]
    own_noun = bool(nouns)
    if not nouns:
        nouns = [token for token in scene.nouns if token.start < scene.part.start]
    start = before
    if own_rows and own_rows[-1].end > before:
        start = own_rows[-1].end
    if partner is not None:
        start = max(text_find(scene, ("分别", "依次"), number.start), before)
        before = text_find(scene, ("分别", "依次"), number.start)
    if not _clear(scene, start, quantity.lead, bool(own_rows)) or _summed(scene, here, quantity):
        return None
    word, level = _verb(scene, before, quantity)
    options: list[Option] = []
    for place, sheet in enumerate(book.sheets):
        found = _rows(scene, sheet, place, rows, here, partner, book, number)
        if not found:
            continue
        measures = _measures(scene, sheet, place, nouns, word, level, quantity, partner, own_noun, book)
        for row in found:
            for measure in measures:
                options += _options(scene, sheet, row, measure, word, level, quantity)
    every = len({option.row for option in options}) > 1 and _all_of(scene, number) and not options[0].sheet.series
    return Statement(number, quantity, tuple(options), word, level, every) if options else None


def _summed(scene: Scene, here: Sequence[Token], quantity: Quantity) -> bool:
    """Whether the number is a sum or a mean, which `sums` holds."""
    words = scene.text[scene.part.start : quantity.lead]
    if any([word in words for word in ("合计", "共计", "总计", "之和", "合共", "总共", "平均", "日均", "月均", "年均", "均值")]):
        return True
    whens = [token for token in here if token.kind == "time"]
    return len(whens) > 1 and any(
        [scene.text[one.end : other.start] in ("至", "到", "—", "-", "~", "～", "–") for one, other in itertools.pairwise(whens)]
    )


def text_find(scene: Scene, words: Sequence[str], end: int) -> int:
    """Where the last of `words` before `end` ends."""
    return max([scene.text.rfind(word, scene.part.start, end) + len(word) for word in words])


def _clear(scene: Scene, start: int, end: int, owned: bool) -> bool:
    """Whether every word of `text[start:end]` is understood."""
    out = []
    at = start
    for token in scene.tokens:
        if token.start >= start and token.end <= end:
            out.append(scene.text[at : token.start])
            out.append("·")
            at = token.end
    out.append(scene.text[at:end] if at <= end else "")
    return lexicon.FILLER.match("".join(out)) is not None


def _verb(scene: Scene, before: int, quantity: Quantity) -> tuple[Token | None, bool]:
    """The direction before a number, and whether the number is a level: 升至 3%."""
    words = [
        token
        for token in scene.tokens
        if (token.kind in ("dir", "amp", "neutral") or (token.kind == "noun" and token.sign))
        and before <= token.start
        and token.end <= quantity.lead
    ]
    if not words:
        return None, False
    last = words[-1]
    between = scene.text[last.end : quantity.lead]
    said = scene.text[last.start : last.end]
    amps = [token for token in words if token.kind == "amp"]
    if amps and last.kind == "dir":  # 跌幅收窄至
        return amps[-1], False
    level = said[-1] in "至破" or (last.kind == "dir" and between[:1] in ("至", "到", "为", "报") and between[:2] != "到了")
    return last, level


def _rows(
    scene: Scene,
    sheet: Sheet,
    place: int,
    rows: Sequence[Token],
    here: Sequence[Token],
    partner: Token | None,
    book: Book,
    number: Token,
) -> list[int]:
    """The rows of one sheet the number may be said of."""
    if not sheet.series:
        if partner is not None and partner.kind == "row":
            return _places(partner, place)
        found = _places(rows[-1], place) if rows else []
        if found and _all_of(scene, number):
            group = [row for token in rows for row in _places(token, place)]
            return group if len(group) > 1 else found
        return found
    whens = [token for token in here if token.kind == "time"] or list(scene.whens)
    if partner is not None and partner.kind == "time":
        whens = [partner]
    if scene.scope not in ("", *SCOPES) and not whens:
        return []
    kinds = {time.kind for time in sheet.times if time is not None}
    fitting = [token for token in whens if token.time is not None and token.time.kind in kinds]
    if whens and not fitting:
        return []
    if fitting:
        wanted = fitting[-1].time
        assert wanted is not None
        return [row for row, time in enumerate(sheet.times) if time is not None and same(time, wanted)]
    return [-1]  # any


def _all_of(scene: Scene, number: Token) -> bool:
    return any(
        [word in scene.text[scene.part.start : number.start] for word in ("均", "都", "双双", "皆", "各自", "同涨", "同跌")]
    )


def _places(token: Token, sheet: int) -> list[int]:
    return [place for name in token.names if name.sheet == sheet for place in name.places]


def scope_of(scene: Scene, sheet: Sheet, book: Book) -> str:
    """The time a clause speaks of, for a table whose rows are no times: a scope, "" or FOREIGN."""
    scope = scene.scope
    if scope and scope not in SCOPES:
        plain = scope.replace("上一周", "上周").replace("前一周", "上周")
        return plain if plain in [measure.scope for measure in sheet.measures] else FOREIGN
    now = book.now
    days = [token for token in scene.whens if token.time is not None and token.time.kind == ON_DAY]
    if len(days) == 2 and book.period is not None and not scope:
        ends = [(token.time.year, token.time.place, token.time.day) for token in days if token.time is not None]
        first, last = book.period
        fits_period = ends == [(first.year, first.month, first.day), (last.year, last.month, last.day)]
        return WEEK if fits_period else FOREIGN
    for token in scene.whens:
        time = token.time
        if time is None:
            continue
        if time.kind == ON_DAY:
            if scene.text[token.start - 2 : token.start] == "截至" or (time.place, time.day) == (now.month, now.day):
                continue
            return FOREIGN
        if time.kind == IN_YEAR:
            if time.year != now.year:
                return FOREIGN
            scope = scope or YEAR
        elif time.kind == IN_MONTH:
            if (time.year, time.place) != (now.year, now.month):
                return FOREIGN
            scope = scope or MONTH
        elif time.kind == IN_QUARTER and (time.year * 4 + time.place) < now.year * 4 + (now.month + 2) // 3 - 1:
            return FOREIGN
    return scope


def _measures(
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
    scope = "" if sheet.series else scope_of(scene, sheet, book)
    if scope == FOREIGN:
        return []
    if partner is not None and partner.kind == "scope":
        scope = partner.scope
    token = partner if partner is not None and partner.kind == "noun" else nouns[-1] if nouns else None
    named = [sheet.measures[one] for one in _places(token, place)] if token is not None else []
    if own_noun and not named:
        return []
    if sheet.series and not named:
        return []
    basis = [one.scope for one in scene.of("basis") if one.end <= quantity.lead]
    said = basis[-1] if basis else ""
    moves = word is not None and not level
    out = []
    for measure in named or sheet.measures:
        if not named and measure.noun and (moves or measure.kind != LEVEL):
            continue
        if said and measure.basis != said and measure.kind != LEVEL:
            continue
        if said and measure.kind == LEVEL and not sheet.series:
            continue
        if measure.basis and not said and not own_noun and not sheet.series:
            continue
        if scope and measure.kind != LEVEL and measure.scope not in (scope, *(("",) if scope in (WEEK, MONTH) else ())):
            continue
        if not moves and measure.kind == CHANGE and not measure.noun and word is None and not _share(quantity):
            continue
        if moves and measure.kind == LEVEL and not sheet.series:
            continue
        if level and measure.kind == CHANGE and not measure.noun:
            continue
        out.append(measure)
    return out


def _share(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.name == "%"


def _options(
    scene: Scene, sheet: Sheet, row: int, measure: Measure, word: Token | None, level: bool, quantity: Quantity
) -> list[Option]:
    """The values a number may be said of in one row and column."""
    out = []
    rows = range(len(sheet.table.rows)) if row < 0 else (row,)
    moves = word is not None and not level and word.kind != "neutral"
    for one in rows:
        value = sheet.value(one, measure)
        if value is None:
            continue
        if not (moves and measure.kind == LEVEL):
            out.append(Option(sheet, one, measure, value))
        if sheet.series and (moves or word is None) and (measure.kind == LEVEL or _differs(scene)):
            out += _moved(scene, sheet, one, measure, value, quantity)
    return out


def _differs(scene: Scene) -> bool:
    return any([char in scene.words for char in ("较", "比上", "比前", "环比")])


def _moved(scene: Scene, sheet: Sheet, row: int, measure: Measure, value: Decimal, quantity: Quantity) -> list[Option]:
    """The change to the row before, or to the same time a year before."""
    other = before(sheet, row, "同比" in scene.words or "去年同期" in scene.words or "上年同期" in scene.words)
    if other is None or not (_differs(scene) or "同比" in scene.words or sheet.times[row].kind == IN_YEAR):  # type: ignore[union-attr]
        return []
    old = sheet.value(other, measure)
    if old is None:
        return []
    difference = value - old
    share = measure.unit is not None and measure.unit.name == "%"
    if share or not _share(quantity) or (quantity.unit is not None and quantity.unit.points):
        return [Option(sheet, row, measure, difference, "difference")]
    return [Option(sheet, row, measure, difference * 100 / abs(old), "change")] if old else []


def before(sheet: Sheet, row: int, year: bool = False) -> int | None:
    """The row of the time before, or of the same time a year before."""
    time = sheet.times[row]
    if time is None:
        return None
    if year:
        if not time.year:
            return None
        wanted = time.replace(year=time.year - 1)
        return next((at for at, one in enumerate(sheet.times) if one == wanted), None)
    order = [one.order for one in sheet.times if one is not None]
    earlier = [(key, at) for at, key in enumerate(order) if key < time.order]
    return max(earlier)[1] if earlier else None


# --- is it right -----------------------------------------------------------------------------------------------------


def hold(scene: Scene, statement: Statement) -> tuple[Finding | None, Option | None]:
    """What is wrong with a number, or what stands behind it."""
    quantity = statement.quantity
    fitting = [
        option for option in statement.options if _comparable(quantity, option) and fits(quantity, _written(quantity, option))
    ]
    fitting = _likely(quantity, statement, fitting)
    if not fitting:
        return _fault(scene, statement), None
    if statement.every:
        left = [option for option in statement.options if option.row not in {one.row for one in fitting}]
        if left:
            return _fault(scene, statement.replace(options=tuple(left))), None
    sign = _sign(statement)
    agreeing = [
        option for option in fitting if not _signed(option) or not option.value or not sign or (option.value > 0) == (sign > 0)
    ]
    if not agreeing:
        return _contrary(scene, statement, fitting[0]), None
    bare = (
        _signed(fitting[0])
        and not sign
        and not quantity.sign
        and (statement.word is None or statement.word.kind == "neutral" or statement.level)
    )
    if bare and not [option for option in fitting if option.value >= 0]:
        return Finding(
            "claim-direction", quantity.start, quantity.end, f"{_shown(fitting[0])} is below zero", _cells(fitting[:1])
        ), None
    if (
        statement.level
        and statement.word is not None
        and agreeing[0].sheet.series
        and "由" not in scene.words
        and "从" not in scene.words
    ):
        wrong = _wrong_way(scene, statement.word, agreeing)
        if wrong is not None:
            return wrong, None
    return None, agreeing[0]


def _likely(quantity: Quantity, statement: Statement, fitting: list[Option]) -> list[Option]:
    """Without those nobody would put so: 涨超 2 % is not said of 10.5 where another column has 1.34."""
    if quantity.about not in (ABOVE, BELOW) or len(fitting) == len(statement.options) or not quantity.value:
        return fitting
    far = Decimal(2)
    return [option for option in fitting if 1 / far < _written(quantity, option) / quantity.value < far] or fitting[:0]


def _wrong_way(scene: Scene, word: Token, options: Sequence[Option]) -> Finding | None:
    """回升至 where the time before had more."""
    for option in options:
        past = before(option.sheet, option.row)
        old = option.sheet.value(past, option.measure) if past is not None else None
        if old is None or old == option.value or (option.value > old) == (word.sign > 0) or not word.sign or option.derived:
            return None
    option = options[0]
    past = before(option.sheet, option.row)
    shown = f"{_shown(option)}, {option.sheet.cell(past, option.measure).text} before" if past is not None else ""
    return Finding(
        "claim-direction", word.start, word.end, f"`{scene.text[word.start : word.end]}` is said of {shown}", _cells([option])
    )


def _sign(statement: Statement) -> int:
    """Which way a number is said to go; 0 where it is not said."""
    written = statement.quantity.sign
    word = statement.word
    if word is not None and not statement.level and word.sign:
        return 0 if written == "-" and word.sign < 0 else word.sign
    return {"+": 1, "-": -1}.get(written, 0)


def _signed(option: Option) -> bool:
    if "回撤" in option.measure.key:
        return False
    return bool(option.derived) or option.measure.kind in (CHANGE, FLOW) or option.value < 0


def _comparable(quantity: Quantity, option: Option) -> bool:
    """Whether number and cell count the same thing."""
    said, own = quantity.unit, option.sheet.unit(option.row, option.measure)
    if option.derived == "change":
        return said is not None and said.name == "%" and not said.points
    if option.derived == "difference" and own is not None and own.name == "%":
        return said is not None and said.points
    if option.derived == "difference" and own is None:
        return True
    if said is None or own is None:
        return said is None or (own is None and not said.points)
    if said.points and not own.points:
        return False
    return said.name == own.name or (not said.name and own.name != "%") or (own.name == "" and said.name != "%")


def _written(quantity: Quantity, option: Option) -> Decimal:
    """The option's size in the unit the number is written in."""
    value = abs(option.value)
    if quantity.unit is None:
        own = option.sheet.unit(option.row, option.measure)
        return value / own.factor if own is not None and not option.derived else value
    if option.sheet.unit(option.row, option.measure) is None and not option.derived:
        return value
    return value / quantity.unit.factor


def _contrary(scene: Scene, statement: Statement, option: Option) -> Finding:
    word = statement.word
    start, end = (word.start, word.end) if word is not None else (statement.quantity.start, statement.quantity.end)
    return Finding("claim-direction", start, end, f"`{scene.text[start:end]}` is said of {_shown(option)}", _cells([option]))


def _fault(scene: Scene, statement: Statement) -> Finding | None:
    """What kind of fault it is that no option fits."""
    quantity = statement.quantity
    start, end = quantity.start, quantity.end
    said = scene.text[quantity.lead : end]
    same = [option for option in statement.options if _comparable(quantity, option)]
    others = [option for option in statement.options if not option.derived and _raw(quantity, option)]
    if others and not [option for option in same if option.derived]:
        unit = f"`{said}` is {others[0].sheet.cell(others[0].row, others[0].measure).text} in the data, in another unit"
        return Finding("claim-unit", start, end, unit, _cells(others[:1]))
    points = [option for option in statement.options if option.derived == "difference" and fits(quantity, abs(option.value))]
    if points and _share(quantity):
        return Finding("claim-unit", start, end, f"`{said}` is a difference of two shares: 个百分点", _cells(points[:1]))
    if not same:
        return None
    close = min(same, key=lambda option: abs(_written(quantity, option) - quantity.value))
    size = _written(quantity, close)
    if quantity.about != EXACT:
        return Finding("claim-about", quantity.lead, end, f"`{said}` is said of {_shown(close)}", _cells([close]))
    ulp = Decimal(1).scaleb(-quantity.decimals)
    if abs(size - quantity.value) < 2 * ulp and quantity.decimals and size != rounded(size, quantity.decimals):
        right = rounded(size, quantity.decimals)
        return Finding("claim-rounding", start, end, f"{_shown(close)} rounds to {right}", _cells([close]))
    return Finding("claim-value", start, end, f"`{said}` is said of {_shown(close)}", _cells([close]))


def _raw(quantity: Quantity, option: Option) -> bool:
    """Whether the cell as typed has the digits of the number, in a unit that is another."""
    own, said = option.sheet.unit(option.row, option.measure), quantity.unit
    if own is None or said is None or (own.name, own.factor, own.points) == (said.name, said.factor, said.points):
        return False
    return fits(quantity, abs(option.value) / own.factor)


def _cells(options: Sequence[Option]) -> tuple[tuple[Sheet, int, Measure], ...]:
    return tuple([(option.sheet, option.row, option.measure) for option in options])


def _shown(option: Option) -> str:
    """The value with its row and column, for a message."""
    sheet, measure = option.sheet, option.measure
    name = f"{sheet.name(option.row)} {measure.key}"
    if option.derived:
        return f"{rounded(option.value, 2)} (the change of {name})"
    return f"{sheet.cell(option.row, measure).text} ({name})"
