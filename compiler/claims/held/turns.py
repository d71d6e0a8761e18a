"""Which way something went where no number says how far: 营收环比增长, 成交额较上周有所放大.

In: a scene, the book.  Out: a finding.  Always: the clause ends with the word, names one row or time and what it measures, and
says what it is compared with, or the table has one column of changes for it.
"""

from __future__ import annotations

from ...pattern import later
from ..clauses.scene import FOREIGN
from ..meant.groups import sentence_text
from ..meant.options import before, clear, compared, scope_of
from ..meant.pools import yearly
from ..tables.subjects import CHANGE, LEVEL, WEEK
from ..words.quantities import COUNT, THINGS
from ..words.times import DAY, MONTH, YEAR
from .findings import Finding
from .series import row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet

_END = later(r"(?:了|态势|趋势|势头|的?(?:态势|趋势|局面))?$")
_VOLUME = ("放量", "缩量")
_MANY = later(rf"其[余他它]|剩余|余下|另外|[各均皆]|全部|悉数|全线|集体|{COUNT}(?!个[月季交])[{THINGS}]")
_PACE_BEFORE = later(r"增速|增长率|增长速度|[涨升增跌降减]幅|幅度")
_PACES = ("增速", "增长率", "增长速度")
_TURN = later(r"[由从转未]|止|收复|企稳|终结|结束|若|将")


def hold_turn(scene: Scene, book: Book) -> Finding | None:
    """A direction at the end of a clause that the data contradict."""
    words = scene.of("dir")
    if not words or scene.unsure or scene.denied or scene.lost or scene.of("number"):
        return None
    word = words[-1]
    if not word.sign or _END.match(scene.text, word.end, scene.part.end) is None or len(words) > 1:
        return None
    rows = scene.of("row")
    if len(rows) > 1 or _TURN.search(scene.text, scene.part.start, word.start) or not clear(scene, scene.part.start, word.start):
        return None
    if not scene.of("row") and _MANY.search(scene.text, scene.part.start, word.start) is not None:
        return None  # 甲和乙双双缩水，其余四类均增长
    amps = scene.of("amp")
    if amps and (len(amps) > 1 or amps[0].end > word.start):
        return None
    for place, sheet in enumerate(book.sheets):
        if amps and not sheet.series:
            continue
        moved = _by_time(scene, sheet, place, word) if sheet.series else _by_row(scene, sheet, place, word, book)
        if moved is None or not moved[2] or (moved[2] > 0) == (word.sign > 0):
            continue
        row, measure, _, shown = moved
        said = scene.text[word.start : word.end]
        return Finding("claim-direction", word.start, word.end, f"`{said}` is said of {shown}", ((sheet, row, measure),))
    return None


def _named(scene: Scene, sheet: Sheet, place: int, word: Token) -> list[Measure]:
    """The columns of sizes the word is said of."""
    said = scene.text[word.start : word.end]
    if said in _VOLUME and not scene.of("noun"):
        return [one for one in sheet.measures if one.kind == LEVEL and one.noun.startswith("成交")]
    named = scene.columns(place, sheet) or []
    return [one for one in named if one.kind == LEVEL]


def _rates(scene: Scene, sheet: Sheet, place: int, word: Token) -> list[Measure]:
    """The column of growth that a clause names right before the word, which says its side of nought: 净利润同比增长, not 回升."""
    nouns = scene.of("noun")
    said = scene.text[nouns[-1].start : nouns[-1].end] if nouns else ""
    if not said.endswith(_BASES) or _OF_RATE.match(scene.text, word.start) is not None:
        return []
    return [one for one in scene.columns(place, sheet) or [] if one.kind == CHANGE and one.basis == said[-2:]]


_BASES = ("同比", "环比")
_OF_RATE = later(r"[回反走抬攀]|[上下][行移探]|加快|放缓|扩大|收窄|提速|降速|改善|缩小|放大")  # of the rate itself: PPI同比走高
_OF_SIZE = later(r"[正负]?增[长加]|减少|萎缩|下滑|[上下][涨跌]")  # of what the rate is of, also where the rate went the other way


def _by_row(scene: Scene, sheet: Sheet, place: int, word: Token, book: Book) -> tuple[int, Measure, Decimal, str] | None:
    rows = [row for token in scene.rows for name in token.names if name.sheet == place for row in name.places]
    levels = _named(scene, sheet, place, word)
    scope = scope_of(scene, sheet, book)
    held = [token for token in scene.of("noun") if scene.text[token.start - 1] in "较比"]  # 较7月下降, of a column 7月
    against = bool(scene.of("base") or scene.of("versus") or held)
    bare = against and not scene.nouns and any([scene.text[token.start : token.end][:2] == "上周" for token in scene.of("base")])
    rates = _rates(scene, sheet, place, word) if not levels and not against else []
    if len(rows) != 1 or not (levels or bare or rates):
        return None
    basis = [token.scope for token in scene.of("basis")]
    if scope == FOREIGN and not against:
        return None
    steps = sheet.steps(levels, "" if scope == FOREIGN else scope) if levels else sheet.changes(WEEK)
    if rates:
        steps = rates
    elif basis:
        steps = [one for one in steps if one.basis == basis[-1]]
    elif against:
        year = any(["年" in scene.text[token.start : token.end] for token in (*scene.of("base"), *held)])
        steps = [one for one in steps if (one.basis == "同比") == year]
    months = [token for token in scene.of("time") if token.time is not None and token.time.kind in (MONTH, DAY)]
    if months and not against:  # 净值…，12月小幅回落, of 四季度收益
        steps = [one for one in steps if _LONGER.search(one.key) is None]
    if not steps and len(levels) == 1 and not against:  # 2024年营收 after 2023年营收
        steps = yearly(sheet, levels, book)
    values = [value for one in steps if (value := sheet.value(rows[0], one)) is not None]
    if not values or len({value > 0 for value in values if value}) > 1:
        return None
    value = sheet.value(rows[0], steps[0])
    return (rows[0], steps[0], value, _shown(sheet, rows[0], steps[0])) if value is not None else None


_LONGER = later(r"季|年")


def _shown(sheet: Sheet, row: int, measure: Measure) -> str:
    past = f", {sheet.table.rows[row][measure.minus].text} before" if measure.minus >= 0 else ""
    return f"{sheet.cell(row, measure).text}{past} ({sheet.name(row)} {measure.key})"


def _by_time(scene: Scene, sheet: Sheet, place: int, word: Token) -> tuple[int, Measure, Decimal, str] | None:
    amps = scene.of("amp")
    paces = [one for one in scene.of("neutral") if scene.text[one.start : one.end] in _PACES]  # 增速较上年放缓 is of no size
    if not amps and not paces and not scene.of("noun") and _PACE_BEFORE.search(sentence_text(scene)) is not None:
        return None  # 出口增速较上月提升，但较10月放缓
    rates = _rates(scene, sheet, place, word) if not amps and not paces else []
    if len(rates) == 1 and not scene.of("row") and not (scene.of("base") or scene.of("versus")):
        return _by_own_rate(scene, sheet, rates[0], word)
    named = scene.columns(place, sheet) or []
    paced = bool(paces) or _paced(scene, word)
    levels = [one for one in named if one.kind == CHANGE] if amps or paced else _named(scene, sheet, place, word)
    if paced and not levels:
        levels = [one for one in sheet.steps([one for one in named if one.kind == LEVEL]) if one.basis != "环比"]
    against = bool(scene.of("basis") or scene.of("base") or scene.of("versus"))
    if len(levels) != 1 or scene.of("row") or not (against or _of_year(scene, sheet, levels[0])):
        return None
    basis = [token.scope for token in scene.of("basis")]
    if paced and not (scene.of("base") or scene.of("versus")) and sheet.units != {YEAR}:
        return None
    if not amps and not paced and [one for one in sheet.measures if one.kind == CHANGE and basis and one.basis == basis[-1]]:
        return _by_rate(scene, sheet, levels[0], word, basis[-1])
    row = row_of(scene, sheet, word.start)
    other = compared(scene, sheet, row) if row is not None else None
    if row is None or other is None:
        return None
    own, old = sheet.value(row, levels[0]), sheet.value(other, levels[0])
    if own is None or old is None:
        return None
    if amps:  # 降幅较上月扩大
        sign = amps[0].sign
        if own * sign <= 0 or old * sign <= 0:
            return None
        own, old = own * sign, old * sign
    shown = f"{sheet.cell(row, levels[0]).text}, {sheet.cell(other, levels[0]).text} before ({levels[0].key})"
    return row, levels[0], own - old, shown


_TURNED = later(r"[回反]|加快|放缓|扩大|收窄|提速|降速|改善|走阔")


def _by_rate(scene: Scene, sheet: Sheet, level: Measure, word: Token, basis: str) -> tuple[int, Measure, Decimal, str] | None:
    """7月销量环比增长, by the column of that; 同比回升 may be of the rate itself."""
    if basis != "环比" and _TURNED.match(scene.text, word.start) is not None:
        return None
    rates = [one for one in sheet.measures if one.kind == CHANGE and one.basis == basis and one.noun == level.noun]
    row = row_of(scene, sheet, word.start) if len(rates) == 1 else None
    value = sheet.value(row, rates[0]) if row is not None else None
    if row is None or value is None:
        return None
    return row, rates[0], value, f"{sheet.cell(row, rates[0]).text} ({sheet.name(row)} {rates[0].key})"


def _by_own_rate(scene: Scene, sheet: Sheet, rate: Measure, word: Token) -> tuple[int, Measure, Decimal, str] | None:
    """8月业务量同比下降, by the sign of the rate; 同比上升 may be of a rate that rose, too."""
    row = row_of(scene, sheet, word.start)
    value = sheet.value(row, rate) if row is not None else None
    past = before(sheet, row) if row is not None else None
    old = sheet.value(past, rate) if past is not None else None
    if row is None or value is None:
        return None
    if _OF_SIZE.match(scene.text, word.start) is None and (old is None or (value > old) == (word.sign > 0)):
        return None
    return row, rate, value, _shown(sheet, row, rate)


def _paced(scene: Scene, word: Token) -> bool:
    """Whether what moves is a pace: 社零同比增速较11月回升."""
    said = [token for token in scene.tokens if token.kind in ("neutral", "noun") and token.end <= word.start]
    return not scene.of("amp") and bool(said) and scene.text[: said[-1].end].endswith(("增速", "增长率", "同比"))


def _of_year(scene: Scene, sheet: Sheet, measure: Measure) -> bool:
    """Whether a clause names one year, of which a direction tells what it did since the year before: 2023年分红继续上涨."""
    whens = [token for token in scene.whens if token.time is not None]
    if sheet.units != {YEAR} or len(whens) != 1 or whens[0].kind != "time" or scene.scope or scene.sinces:
        return False
    row = row_of(scene, sheet, scene.part.end)
    past = before(sheet, row) if row is not None else None
    values = [sheet.value(at, measure) for at in (row, past) if at is not None]
    paces = [sheet.value(row, one) for one in sheet.steps([measure])] if row is not None and measure.kind == LEVEL else []
    if len(values) != len(("own", "past")) or values[0] is None or values[1] is None:
        return False
    return not any([pace is not None and (pace > 0) != (values[0] > values[1]) for pace in paces])
