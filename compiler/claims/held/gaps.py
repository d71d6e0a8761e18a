"""How far two things are apart: the 价差 of two rows, the 增速差 of two columns, 金银比; 占其公募规模的近八成 of one row.

In: a scene, the book.  Out: findings.  Always: both things are named, in one table and one unit; a table whose own column or row
is the difference is left to itself.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..clauses.scene import FOREIGN, Token
from ..meant.groups import sentence_text
from ..meant.options import before, clear, scope_of
from ..meant.pairs import earlier
from ..meant.pools import OVER, column_for
from ..meant.spans import span_of
from ..tables.subjects import CHANGE, FLOW, LEVEL, TOTALS, WEEK, Name
from ..words.quantities import COUNT, fits, han_value
from ..words.reading import sentence_start
from ..words.times import DAY, same
from .findings import Finding
from .series import row_of
from .tallies import stretch_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity, Unit

_GAP = later(r"(?:倒挂(?:幅度|程度)?|价差|利差|息差|差值|差距|差额|之差|剪刀差|增速差|[一-龥]{0,4}差)(?!距?[离异别])")
_RETURN = later(r"(?:收益|回报|业绩)(?:率|表现)?(?:之?[间]?的?)?(?:差|相差)")
_WAY = later(r"(?:由|从)[^，。；]*$")
_RATIO = later(r"(?P<a>[金银铜油铝锌])(?P<b>[金银铜油铝锌])比(?:价|值|率)?")
_SAID = later(
    r"(?:目前|最新|当前|约|大约|仍|则|已)*(?:为|在|是|至|到|升至|降至|回升至|回落至|达到?|扩大至|收窄至|走阔至|报|约)*(?:约)?$"
)
_OF_OWN = later(
    r"占(?:其|公司|自身|当[年月日季周]|同期|该[一-龥]{1,3})?(?:的)?(?:北向(?:资金)?|全市场|总|全部)?·(?:的)?(?:比重|比例|比|份额)?(?:约?为|达到?|是|在|仅|有|接近)?(?:约)?$"
)


def hold_gaps(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The differences and ratios of a clause that are others in the data."""
    if scene.unsure or scene.denied:
        return
    for place, sheet in enumerate(book.sheets):
        finding = (
            _apart(scene, sheet, place, book) or _ratio(scene, sheet, book) or _own_share(scene, sheet, place, book, sentence)
        )
        finding = finding or _moved(scene, sheet, place, book, sentence) or _columns(scene, sheet, place, book)
        finding = finding or _both(scene, sheet, place, book, sentence)
        if finding is not None:
            yield finding
            return


_BOTH = later(r"(?:二者|两者|两地|两只|两家)(?:之间)?(?:相差|差距|利差|价差)(?:为|达|约)?$")


def _both(scene: Scene, sheet: Sheet, place: int, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """A 最高，B 最低，二者相差 76BP."""
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    if len(numbers) != 1 or sheet.series or _BOTH.fullmatch(scene.text, scene.part.start, numbers[0].lead) is None:
        return None
    begun = sentence_start(scene.text, scene.part.start)
    tokens = [token for one in sentence if begun <= one.part.start < scene.part.start for token in one.of("row")]
    rows = list(dict.fromkeys([row for token in tokens for name in token.names if name.sheet == place for row in name.places]))
    measure = (told_of(sheet, rows, sentence[:-1]) if len(rows) == 2 else None) or _level(scene, sheet, place, book)
    if len(rows) != 2 or measure is None:
        return None
    number, unit = numbers[0], sheet.unit(rows[0], measure)
    a, b = (sheet.value(row, measure) for row in rows)
    if a is None or b is None or unit is None or number.unit is None or unit != sheet.unit(rows[1], measure):
        return None
    if (
        number.unit.name != unit.name
        or (unit.name == "%" and not number.unit.points)
        or fits(number, abs(a - b) / number.unit.factor)
    ):
        return None
    message = f"they are {rounded(abs(a - b) / number.unit.factor, max(number.decimals, 1))} apart ({measure.key})"
    return Finding("claim-change", number.start, number.end, message, ((sheet, rows[0], measure), (sheet, rows[1], measure)))


def told_of(sheet: Sheet, rows: Sequence[int], sentence: Sequence[Scene]) -> Measure | None:
    """The one column of which numbers of both rows were said before: A 净流入 412.6 亿元，B 为 305.8 亿元，两者相差…."""
    said = [token.quantity for one in sentence for token in one.of("number") if token.quantity is not None]
    out = []
    for measure in sheet.measures:
        cells = [(sheet.value(row, measure), sheet.unit(row, measure)) for row in rows]
        told = [
            any([_alike(one, unit) and fits(one, abs(value) / one.unit.factor) for one in said if one.unit is not None])
            for value, unit in cells
            if value is not None and unit is not None
        ]
        out += [measure] if len(told) == len(rows) and all(told) else []
    return out[0] if len(out) == 1 else None


def _alike(number: Quantity, unit: Unit) -> bool:
    return number.unit is not None and (number.unit.name, number.unit.points) == (unit.name, unit.points)


def _apart(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """M2 与 M1 的增速差收窄至 3.7 个百分点; 布伦特原油与 WTI 原油的价差由 2.34 美元走阔至 2.71 美元."""
    kind = "noun" if sheet.series else "row"
    tokens = [token for token in scene.of(kind) if any([name.sheet == place for name in token.names])]
    if len(tokens) != 2 or len(scene.of("row")) > (0 if sheet.series else 2):
        return None
    first, second = tokens
    start = _behind(scene, second.end, by_time=sheet.series)
    word = _GAP.match(scene.text, start, scene.part.end)
    if word is None or scene.text[first.end : second.start] not in ("与", "和", "同", "跟", "及", "、", "-", "相对", "较"):
        return None
    over = [token for token in scene.of("noun") if token.start < word.end() and word.start() < token.end]
    if any([name.sheet == place for token in over for name in token.names]):
        return None
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None and token.start >= word.end()]
    if not sheet.series and (finding := _stepped(scene, sheet, place, tokens, book, word.end())) is not None:
        return finding
    values = _differences(scene, sheet, place, tokens, book, way=len(numbers) == 2)
    if len(numbers) not in (1, 2) or (len(numbers) == 2 and _WAY.search(scene.text, word.end(), numbers[0].lead) is None):
        return None
    if len(numbers) == 1 and not _names_size(scene, word.end(), numbers[0]):
        return None
    for number, (value, unit) in zip(numbers[::-1], values):
        if value is None or unit is None or number.unit is None or number.sign:
            continue
        name, said = unit.name.split("/")[0], number.unit.name.split("/")[0]
        if name != said or (name == "%" and not number.unit.points):
            continue
        size = abs(value) / number.unit.factor
        if not fits(number, size):
            message = f"they are {rounded(size, max(number.decimals, 1))} apart"
            return Finding("claim-change", number.start, number.end, message)
    return None


def _behind(scene: Scene, start: int, *, by_time: bool) -> int:
    """Where the words for a difference begin behind two names: 的年内涨幅, then 差距."""
    kinds = ("amp", "scope", "basis", "neutral") if by_time else ("noun", "amp", "scope", "basis", "neutral")
    while True:
        start += scene.text[start : start + 1] == "的"
        next_one = next((token for token in scene.tokens if token.start == start and token.kind in kinds), None)
        if next_one is None:
            return start
        start = next_one.end


_STEP = later(
    r"(?:(?:较|比)(?P<base>上[周月季年期])末?|本周末?|当周|继续|进一步|小幅|大幅|明显|略有?|有所|则|也|均|再度)*"
    r"(?:(?P<wide>走阔|扩大|拉大|走扩|抬升|拉开)|(?P<narrow>收窄|缩小|压缩|收敛))"
)


def _stepped(scene: Scene, sheet: Sheet, place: int, tokens: Sequence[Token], book: Book, at: int) -> Finding | None:
    """A 与 B 的利差较上周收窄 2.8bp, of a table that has the last week, too."""
    found = _STEP.match(scene.text, at, scene.part.end)
    measure = _level(scene, sheet, place, book)
    past = earlier(sheet, measure, book.now) if measure is not None else None
    if found is None or past is None or scene.way or scene.scope not in ("", WEEK):
        return None
    if found.group("base") and not past.key.startswith(found.group("base")):
        return None
    (now, unit), (old, _) = (_differences(scene, sheet, place, tokens, book, way=False) + [(None, None)] * 2)[:2]
    if now is None or old is None or now * old <= 0 or unit is None:
        return None
    word = "wide" if found.group("wide") is not None else "narrow"
    number = next((token.quantity for token in scene.of("number") if token.quantity is not None), None)
    if number is not None and scene.text[found.end() : number.lead] not in ("", "了"):
        number = None  # 收窄至 29.88bp: how far they are
    return _held(scene.text, found.span(word), 1 if word == "wide" else -1, number, (abs(now), abs(old)), unit)


def _held(
    text: str, word: tuple[int, int], sign: int, number: Quantity | None, sizes: tuple[Decimal, Decimal], unit: Unit
) -> Finding | None:
    """A word for how a difference moved, and by how much, held against the difference `sizes` now and before."""
    now, old = sizes
    if not now - old or (now > old) != (sign > 0):
        places = unit.factor if number is None or number.unit is None else number.unit.factor
        told = [rounded(one / places, 3) for one in (now, old)]
        return Finding("claim-direction", *word, f"`{text[slice(*word)]}`: they are {told[0]} apart, and were {told[1]}")
    if number is None or number.unit is None or number.unit.name != unit.name.split("/")[0]:
        return None
    size = abs(now - old) / number.unit.factor
    if (unit.name == "%" and not number.unit.points) or fits(number, size):
        return None
    return Finding("claim-change", number.start, number.end, f"it moved by {rounded(size, max(number.decimals, 1))}")


def _moved(scene: Scene, sheet: Sheet, place: int, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """10年期与2年期利差走阔至 52bp，较前一周扩大 19bp: by how much the difference of the clause before moved."""
    lead = sentence[-2] if len(sentence) > 1 else None
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    if numbers and scene.of("base") and scene.text[scene.of("base")[-1].end : numbers[0].lead] == "的":
        numbers = numbers[1:]  # 较上周的 33bp 扩大 19bp
    if lead is None or len(numbers) != 1 or scene.of("row") or scene.of("noun") or sheet.series:
        return None
    number, words = numbers[0], scene.of("dir")
    tokens = [token for token in lead.of("row") if any([name.sheet == place for name in token.names])]
    if len(tokens) != 2 or len(lead.of("row")) != 2 or _GAP.search(lead.text, tokens[1].end, lead.part.end) is None:
        return None
    against = any([_LAST.match(scene.text, token.start) for token in scene.of("base")])
    if len(words) != 1 or not against or scene.text[words[0].end : number.lead] not in ("", "了"):
        return None
    (now, unit), (past, _) = _differences(lead, sheet, place, tokens, book, way=True) or ((None, None), (None, None))
    if now is None or past is None or unit is None or abs(now) == abs(past):
        return None
    return _held(scene.text, (words[0].start, words[0].end), words[0].sign, number, (abs(now), abs(past)), unit)


_LAST = later(r"上一?[周月期]|上周|前一[周月日]|上个月")


def _names_size(scene: Scene, start: int, number: Quantity) -> bool:
    """Whether a number says how far, not by how much that changed: 收窄至 3.7, not 收窄 3.7."""
    words = scene.text[start : number.lead]
    return words[-1:] in ("至", "到", "为", "达", "约", "在", "是", "有", "") or words in ("", "仅", "已", "近")


def _differences(
    scene: Scene, sheet: Sheet, place: int, tokens: Sequence[Token], book: Book, *, way: bool
) -> list[tuple[Decimal | None, Unit | None]]:
    """The difference now and, of a way, before."""
    if sheet.series:
        columns = [
            [sheet.measures[one] for name in token.names if name.sheet == place for one in name.places] for token in tokens
        ]
        if any([len(one) != 1 for one in columns]) or columns[0][0].unit != columns[1][0].unit:
            return []
        pair = [one[0] for one in columns]
        if scene.scope == WEEK and not scene.whens and sheet.units == {DAY} and pair[0].kind == FLOW:
            return []  # 全周…相差, of what the days of a week come to
        whens = [token.time for token in scene.whens if token.time is not None and token.time.kind in sheet.spoken]
        past: int | None = None
        if way:
            inner = [token.time for token in scene.of("time") if token.time is not None and token.start > tokens[1].end]
            now_row = (
                _named(sheet, [one for one in whens if one not in inner]) if len(whens) > len(inner) else row_of(scene, sheet, 0)
            )
            if len(inner) == 2:  # 由 1 月的 5.9 扩大至 2 月的 7.1
                now_row, inner = _named(sheet, inner), inner[:1]
            past = _named(sheet, inner) if inner else before(sheet, now_row) if now_row is not None else None
        else:
            now_row = row_of(scene, sheet, scene.part.end)
        out = []
        for row in (now_row, past):
            both = [sheet.value(row, one) for one in pair] if row is not None else [None]
            out.append((both[0] - both[1] if len(both) == 2 and None not in both else None, pair[0].unit))  # type: ignore[operator]
        return out
    rows = [row for token in tokens for name in token.names if name.sheet == place for row in name.places]
    said = scene.text[tokens[-1].end : scene.part.end]
    pace = any([token.start >= tokens[-1].end for token in scene.of("amp")]) or (not scene.of("noun") and _RETURN.search(said))
    measure = column_for(scene, sheet, place, book) if pace else _level(scene, sheet, place, book)
    behind = [one for token in scene.of("noun") if token.start >= tokens[-1].end for one in _own(token, sheet, place)]
    if len(behind) == 1 and behind[0].kind == CHANGE:  # 的周收益率差约 2 个百分点
        measure = behind[0]
    if len(rows) != 2 or measure is None or sheet.unit(rows[0], measure) != sheet.unit(rows[1], measure):
        return []
    out = []
    for column in (measure, earlier(sheet, measure, book.now)):
        both = [sheet.value(row, column) for row in rows] if column is not None else [None]
        out.append((both[0] - both[1] if len(both) == 2 and None not in both else None, sheet.unit(rows[0], measure)))  # type: ignore[operator]
    return out


def _own(token: Token, sheet: Sheet, place: int) -> list[Measure]:
    """The columns of a table a word names."""
    return [sheet.measures[at] for name in token.names if name.sheet == place for at in name.places]


def _named(sheet: Sheet, times: Sequence[object]) -> int | None:
    return next((row for row, time in enumerate(sheet.times) if times and time is not None and same(time, times[-1])), None)  # type: ignore[arg-type]


def _level(scene: Scene, sheet: Sheet, place: int, book: Book) -> Measure | None:
    """The column of levels two rows are compared by: the first there is, or the one named."""
    levels = [one for one in sheet.measures if one.kind == LEVEL]
    now = [one for one in levels if earlier(sheet, one, book.now) is not None]
    past = [earlier(sheet, one, book.now) for one in now]
    named = [one for one in scene.columns(place, sheet) or [] if one.kind == LEVEL and one not in past] if place >= 0 else []
    if named:
        return named[0] if len(named) == 1 else None
    now = [one for one in now if one not in past] or now
    if not now and scope_of(scene, sheet, book) == FOREIGN and not [token for token in scene.of("noun") if token.names]:
        return None
    pool = now or levels
    return pool[0] if len(pool) == 1 else None


def _ratio(scene: Scene, sheet: Sheet, book: Book) -> Finding | None:
    """金银比约为 90."""
    found = _RATIO.search(scene.text, scene.part.start, scene.part.end)
    if found is None or sheet.series or sheet.table.key < 0:
        return None
    rows = [_ending(sheet, found.group(name)) for name in ("a", "b")]
    measure = _level(scene, sheet, -1, book)
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None and token.start >= found.end()]
    if (
        None in rows
        or measure is None
        or len(numbers) != 1
        or (numbers[0].unit is not None and numbers[0].unit.name not in ("", "倍"))
    ):
        return None
    if _SAID.fullmatch(scene.text, found.end(), numbers[0].lead) is None:
        return None
    a, b = (sheet.value(row, measure) for row in rows)  # type: ignore[arg-type]
    if a is None or not b or sheet.unit(rows[0], measure) != sheet.unit(rows[1], measure):  # type: ignore[arg-type]
        return None
    if fits(numbers[0], a / b):
        return None
    return Finding("claim-multiple", numbers[0].start, numbers[0].end, f"the data come to {rounded(a / b, 1)} ({measure.key})")


def _ending(sheet: Sheet, char: str) -> int | None:
    """The one row of gold, silver, …"""
    names = {"金": ("黄金", "沪金"), "银": ("白银", "沪银"), "油": ("原油",)}.get(char, (char,))
    found = [row for row in sheet.own if any([sheet.name(row).endswith(name) for name in names])]
    return found[0] if len(found) == 1 else None


def _own_share(scene: Scene, sheet: Sheet, place: int, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """非货规模占其公募规模的近八成; 研发费用 4.03 亿元，占营收的 6.8%."""
    at = scene.text.rfind("占", scene.part.start, scene.part.end)
    scopes = [
        token for token in scene.of("scope") if not (token.start == at + 1 and scene.text[token.start] in "当同")
    ]  # 占当月…
    if at < 0 or scene.lost or scopes or (not sheet.series and scope_of(scene, sheet, book) == FOREIGN):
        return None
    wholes = [token for token in scene.of("noun") if token.start > at]
    parts = [token for token in scene.of("noun") if token.end <= at]
    if not parts and len(sentence) > 1 and _STARTS.fullmatch(scene.text, scene.part.start, at) and not sentence[-2].lost:
        parts = list(sentence[-2].nouns)[-1:]
    elif parts and not clear(scene, parts[-1].end, at) and _OF_KIND.fullmatch(scene.text, parts[-1].end, at) is None:
        return None
    from .shares import halves

    numbers = [
        one for one in (*[token.quantity for token in scene.of("number")], *halves(scene)) if one is not None and one.start > at
    ]
    then = [token for token in scene.of("time") if wholes and at < token.start and token.end <= wholes[0].start]
    rows = _rows(scene, sheet, place, wholes[0].start if then and then == scene.of("time") and sheet.series else at)
    total = _OF_TOTAL.match(scene.text, at, scene.part.end) if not wholes else None
    summed = [one for one in sheet.measures if one.noun in TOTALS or one.key in TOTALS] if total is not None else []
    if total is not None and len(summed) == 1:
        place_of = sheet.measures.index(summed[0])
        wholes = [Token("noun", total.start("what"), total.end("what"), names=(Name(place, "noun", (place_of,)),))]
    if len(wholes) != 1 or not parts or len(rows) != 1 or not numbers:
        return None
    number = numbers[0]
    words = scene.text[at : wholes[0].start] + "·" + scene.text[wholes[0].end : number.lead]
    if len(then) == 1 and then == scene.of("time") and sheet.series:  # 出口量占 10 月总销量的四分之一
        words = words.replace(scene.text[then[0].start : then[0].end], "", 1)
    if number.unit is None or number.unit.name != "%" or number.unit.points or _OF_OWN.fullmatch(words) is None:
        return None
    columns = [[one for one in _own(token, sheet, place) if one.kind != CHANGE] for token in (parts[-1], wholes[0])]
    if len(columns[1]) > 1:  # 商用车销量, beside 电动商用车销量
        columns[1] = [one for one in columns[1] if one.noun == scene.text[wholes[0].start : wholes[0].end]]
    if any([len(one) != 1 for one in columns]) or columns[0][0].unit is None:
        return None
    own, other = columns[0][0], columns[1][0]
    part, whole = sheet.value(rows[0], own), sheet.value(rows[0], other)
    if part is None or not whole or own.unit != other.unit or own.unit.name == "%" or own is other or part * whole < 0:  # type: ignore[union-attr]
        return None
    if fits(number, part * 100 / whole / number.unit.factor):
        return None
    message = f"it is {rounded(part * 100 / whole, 1)} % ({sheet.name(rows[0])} {own.key} of {other.key})"
    return Finding("claim-share", number.start, number.end, message, ((sheet, rows[0], own), (sheet, rows[0], other)))


def _columns(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """2024 年沪深300涨幅高于沪金; 9 月出口增速高于进口 0.9 个百分点: two columns of one row."""
    nouns = [token for token in scene.of("noun") if any([name.sheet == place for name in token.names])]
    if len(nouns) != 2 or scene.lost or scene.way or (not sheet.series and scope_of(scene, sheet, book) == FOREIGN):
        return None
    found = OVER.search(scene.text, nouns[0].end, nouns[1].start)
    rows = _rows(scene, sheet, place, nouns[1].end)
    between = scene.text[nouns[0].end : found.start()] if found is not None else "-"
    if found is None or len(rows) != 1 or _PACE.fullmatch(between) is None:
        return None
    many = _SO_MANY.match(scene.text, nouns[1].end) if sheet.series else None
    if sheet.series and many is None and (span_of(scene, sheet, book) is not None or BY.search(sentence_text(scene))):
        return None  # 全周深股通高于沪股通: of the sums; 从净流入的天数看，…: of no column
    if (
        _PACE.fullmatch(scene.text, found.end(), nouns[1].start) is None
        or (many is None and _THOSE.match(scene.text, nouns[1].end, scene.part.end) is not None)
        or clear(scene, scene.part.start, nouns[0].start) is False
    ):
        return None
    basis = [token.scope for token in scene.of("basis")]
    pace = bool(basis or [token for token in scene.tokens if token.kind in ("neutral", "amp")])
    pair = []
    for token in nouns:
        pool = [sheet.measures[one] for name in token.names if name.sheet == place for one in name.places]
        pool = [one for one in pool if (one.kind == CHANGE) == pace and (not basis or one.basis == basis[-1])]
        pair += pool if len(pool) == 1 else []
    if len(pair) != 2 or pair[0] is pair[1] or pair[0].unit != pair[1].unit:
        return None
    one, other = (sheet.value(rows[0], measure) for measure in pair)
    falls = [token for token in scene.of("amp") if token.sign < 0]
    if one is None or other is None:
        return None
    if falls:
        one, other = -one, -other
    less = found.lastgroup == "less"
    if many is not None:
        return _times_so(scene, sheet, book, pair, many, less=less)
    cells = tuple([(sheet, rows[0], measure) for measure in pair])
    if one == other or (one < other) != less:
        shown = " and ".join([f"{measure.key} {sheet.cell(rows[0], measure).text}" for measure in pair])
        return Finding("claim-order", found.start(), found.end(), f"`{found.group()}` is said of {shown}", cells)
    numbers = [token.quantity for token in scene.of("number") if token.start >= nouns[1].end and token.quantity is not None]
    if (
        len(numbers) != 1
        or numbers[0].unit is None
        or pair[0].unit is None
        or _PACE.fullmatch(scene.text, nouns[1].end, numbers[0].lead) is None
    ):
        return None
    number, unit = numbers[0], pair[0].unit
    if (
        numbers[0].unit.name != unit.name
        or (unit.name == "%" and not numbers[0].unit.points)
        or fits(number, abs(one - other) / numbers[0].unit.factor)
    ):
        return None
    return Finding(
        "claim-change",
        number.start,
        number.end,
        f"they are {rounded(abs(one - other) / numbers[0].unit.factor, max(number.decimals, 1))} apart",
        cells,
    )


BY = later(r"(?:天数|次数|日均|均值|波动|振幅|占比|频率|弹性|稳定性|峰值)[^，。；]{0,4}，")
_SO_MANY = later(
    rf"的(?:交易日|日子|月份|季度|年份|天数)?(?:一共|总共|共|仅|只)?(?:有|为|达)(?P<n>{COUNT})"
    r"(?:个(?:月|季度|交易日)|天|日|周|年)(?![半多余])"
)


def _times_so(
    scene: Scene, sheet: Sheet, book: Book, pair: Sequence[Measure], many: re.Match[str], *, less: bool
) -> Finding | None:
    """五天当中，上涨家数多于下跌家数的有三天."""
    rows = span_of(scene, sheet, book) or stretch_of(scene, sheet, sentence_text(scene), book)
    number = han_value(many.group("n"))
    gaps = [(sheet.value(row, pair[0]), sheet.value(row, pair[1])) for row in rows or ()]
    known = [(one, other) for one, other in gaps if one is not None and other is not None]
    so = len([1 for one, other in known if (one < other if less else one > other)])
    if not known or len(known) != len(gaps) or number is None or number == so:
        return None
    message = f"it is so in {so} of {len(known)} ({pair[0].key}, {pair[1].key})"
    return Finding("claim-count", many.start("n"), many.end(), message)


_OF_KIND = later(r"(?!成交|余额|增速|规模)[一-龥]{1,3}")  # 进口版号, 新能源车
_OF_TOTAL = later(r"占(?:其|当[年月日季周]|同期)?的?(?:全部)?(?P<what>总数|总量|总额|合计|总计|总规模|全部)")
_PACE = later(
    r"(?:的|同比|环比|增速|涨幅|跌幅|降幅|增幅|收益率?|利率|表现|同期限?|了|约|近|逾|则|也|明显|略|大幅|小幅|显著|仍|依然)*"
)
_THOSE = later(r"的(?:年份|月份|季度|交易日)?(?:共|仅|只|就)?(?:有|占|达|是|为)")  # 增速快于营收的有三个
_STARTS = later(r"(?:约|大约|共|合计|已|仅|则|恰好|刚好|正好|几乎|也|仍)*")


def _rows(scene: Scene, sheet: Sheet, place: int, at: int) -> list[int]:
    """The one row of which it is said."""
    if sheet.series:
        row = row_of(scene, sheet, at)
        return [row] if row is not None and not scene.of("row") else []
    rows = [row for token in scene.rows for name in token.names if name.sheet == place for row in name.places]
    return rows if len(scene.of("row")) <= 1 else []
