"""Whose course a clause tells, where no column's name says it: 中证1000收盘, by the row 中证1000, or by a number that is given.

In: a clause, its sentence, the sheets whose rows are times.  Out: a column, or the sheet and column.  Always: one column alone
answers; a number has three digits or more and is that of the time the clause is of.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.names import UNIT_IN_NAME, row_names
from ..tables.subjects import CHANGE
from ..words import synonyms
from ..words.quantities import EXACT, fits, telling
from .groups import sentence_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity, Unit

DIGITS = 3  # of a number that is no other by chance
_TERM = later(r"(?<=年)期|(?<=个月)期|(?<=债)(?:到期)?收益率$")
_OF_PRICE = later(
    r"(?:收盘|点位|价格|净值|单位净值|中间价|现货价|均价|报价|最新|周|日)*(?:收盘)?(?:价|点位|涨跌幅?|净值|收益率?|回报率?)?"
)


def of_row(scene: Scene, sheet: Sheet) -> Measure | None:
    """The column that is called as the row a clause names, or as that and its noun: 科技先锋股票, 锦川酒业营业收入."""
    rows = scene.of("row") or list(scene.rows)
    if len(rows) != 1:
        return None
    said = scene.text[rows[0].start : rows[0].end]
    nouns = scene.of("noun") or [token for token in scene.nouns if token.start > rows[0].start]
    noun = scene.text[nouns[-1].start : nouns[-1].end] if nouns else ""
    words = sentence_text(scene)
    returns = _RETURNS.search(words) is not None and _LEVELS.search(words) is None
    found = [one for one in sheet.measures if _called(one.key, said, noun)]
    found = [one for one in found if returns or noun or _RETURN.search(one.key) is None]  # 甲指数创年内新高: not its 收益率
    amps = bool(scene.of("amp"))
    same = [one for one in found if (one.kind == CHANGE) == amps] or found
    return same[0] if len(same) == 1 else None


_RETURN = later(r"(?:收益率?|回报率?)(?:[（(].*)?$")
_RETURNS = later(r"收益|回报|业绩|亏|盈|[涨跌]")
_LEVELS = later(r"新[高低](?!收益)|收[于报盘]|点位|\d点")


def of_price(scene: Scene, measure: Measure) -> bool:
    """Whether a 新高 is that of a price, of which a column of returns says nothing: 甲指数创阶段新高, of 甲指数收益率 by year."""
    return _RETURN.search(measure.key) is not None and _GAINS.search(sentence_text(scene)) is None


_GAINS = later(r"收益|回报|业绩|亏|盈")


def calls(scene: Scene, measure: Measure) -> bool:
    """Whether a column is called as a row the clause names, or as part of one."""
    names = [name for token in scene.of("row") for name in row_names(scene.text[token.start : token.end], {})]
    return any([name in measure.key.replace(" ", "") for name in names])


def _called(key: str, row: str, noun: str) -> bool:
    full = _TERM.sub("", UNIT_IN_NAME.sub("", key.replace(" ", "")))
    short = [row[:cut] for cut in range(SHORTEST, len(row)) if _CLASS.fullmatch(row, cut)]  # 科技先锋 of 科技先锋混合A
    for name in [*row_names(row, {}), *short]:
        start = _TERM.sub("", name)
        if len(start) < 2 or not full.startswith(start):
            continue
        rest = full[len(start) :].removeprefix("的")
        if _alike(rest, noun) or (_OF_PRICE.fullmatch(rest) is not None and _OF_PRICE.fullmatch(noun) is not None):
            return True
    return False


SHORTEST = 4  # letters of a fund's name without what kind of fund it is
_CLASS = later(r"(?:偏股|偏债|灵活配置|一年定开|发起式?)?(?:混合|股票|债券|指数|联接|ETF|FOF|QDII)?(?:发起式?)?[A-EHIR]?")


def _alike(one: str, other: str) -> bool:
    groups = [group for group in synonyms.COLUMNS if other in group]
    return one == other or any([one in group for group in groups])


def by_number(scene: Scene, sentence: Sequence[Scene], book: Book, end: int) -> tuple[int, Measure] | None:
    """The sheet and column whose cell of the time said is the number before `end` of the text."""
    own = [token for kind in ("row", "noun") for token in scene.of(kind) if token.end <= end]
    if own and not [token for token in scene.of("number") if token.end <= end]:
        return None
    said = _numbers(scene, sentence, end)
    found = [hit for home, number in said for hit in _cells(home, number, book)]
    return found[0] if len({(place, one.column) for place, one in found}) == 1 else None


def _numbers(scene: Scene, sentence: Sequence[Scene], end: int) -> list[tuple[Scene, Quantity]]:
    """The numbers of the clause before `end`, else of the clause before it that has some."""
    for one in (scene, *[other for other in sentence[::-1] if other.part.start < scene.part.start]):
        numbers = [token.quantity for token in one.of("number") if token.end <= end and token.quantity is not None]
        if numbers:
            return [] if one.unsure or one.denied else [(one, number) for number in numbers]
        if one is not scene and (one.of("row") or one.of("noun")):
            return []
    return []


def belied(scene: Scene, sentence: Sequence[Scene], sheet: Sheet, row: int, measure: Measure, end: int) -> bool:
    """Whether the number before `end` is that of another column, by its size: of the week, where this one is by day."""
    value, unit = sheet.value(row, measure), sheet.unit(row, measure)
    if value is None or unit is None:
        return False
    for home, number in _numbers(scene, sentence, end):
        moved = (
            [token for token in home.of("dir") if home.text[token.end - 1] not in "至到"] or home.of("base") or home.of("versus")
        )
        if moved or home.whens or number.about != EXACT or number.unit is None or _bare(number.unit) != _bare(unit):
            return False
        near = abs(value) / number.unit.factor
        if not near / 2 < number.value < near * 2:
            return True
    return False


def of_row_elsewhere(scene: Scene, book: Book, value: Decimal | None, end: int) -> bool:
    """Whether the number before `end` is that of the clause's row in a table that is no course, where the course has `value`:
    甲净利增速居首，毛利率 37.42% 亦为最高, beside a table of another's 毛利率 by quarter."""
    rows = scene.of("row") or list(scene.rows)
    numbers = [one.quantity for one in scene.of("number") if one.end <= end and one.quantity is not None]
    if len(rows) != 1 or not numbers or numbers[-1].about != EXACT or telling(numbers[-1]) < DIGITS:
        return False
    number = numbers[-1]
    factor = number.unit.factor if number.unit is not None else 1
    if value is not None and fits(number, abs(value) / factor):
        return False
    for name in rows[0].names:
        sheet = book.sheets[name.sheet]
        columns = () if sheet.series else scene.columns(name.sheet, sheet) or ()
        cells = [sheet.value(row, one) for row in name.places for one in columns]
        if any([cell is not None and fits(number, abs(cell) / factor) for cell in cells]):
            return True
    return False


def _cells(scene: Scene, number: Quantity, book: Book) -> list[tuple[int, Measure]]:
    from ..held.series import row_of

    if number.about != EXACT or telling(number) < DIGITS:
        return []
    out = []
    for place, sheet in enumerate(book.sheets):
        row = row_of(scene, sheet, number.start) if sheet.series else None
        for measure in sheet.measures if row is not None else ():
            value, unit = sheet.value(row, measure), sheet.unit(row, measure)  # type: ignore[arg-type]
            if value is None or (unit is not None and (number.unit is None or _bare(unit) != _bare(number.unit))):
                continue
            if fits(number, abs(value) / (number.unit.factor if number.unit is not None else 1)):
                out.append((place, measure))
    return out


def _bare(unit: Unit) -> str:
    return unit.name.split("/")[0]


def of_pace(scene: Scene) -> bool:
    """Whether the noun a clause is about has its 增速 behind it, here or in the clause before: 业务量增速仅 2.9%，为十年最低."""
    nouns = scene.of("noun") or list(scene.nouns)
    return bool(nouns) and _PACED.match(scene.text, nouns[-1].end) is not None


_PACED = later(r"的?(?:年度?|季度|月度|当年|全年|当[月季])?的?(?:同比|环比)?(?:增速|增长率|增长速度|[增升涨降跌减]幅)")


def of_size(scene: Scene, measure: Measure) -> bool:
    """Whether a column is but that of the size, where a clause goes on with its 增速: 净利润增速转负，为六年最低."""
    percent = measure.unit is not None and measure.unit.name == "%"
    return measure.kind != CHANGE and not percent and not scene.of("noun") and of_pace(scene)
