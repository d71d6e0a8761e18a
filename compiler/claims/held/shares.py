"""Shares of a total: 稳健添利占六只产品总规模的 39.6%, 其中 12 月占两成, 华东收入占比 31%.

In: scenes of a sentence, the book.  Out: findings.  Always: both the part and the whole are rows of one table, the whole being
all its rows only where the words say so, or its row of the total; 占全市场的 8% is of what the data do not have, and left alone.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..clauses.scene import FOREIGN
from ..meant.columns import of_time
from ..meant.groups import FEW
from ..meant.options import Option, current, scope_of
from ..meant.pairs import latest, of_now_only
from ..meant.pools import of_said_time
from ..meant.signed import signed_group
from ..meant.spans import span_of
from ..meant.wholes import BARE, OF, Whole, dotted_of, group_of, row_at, rows_in, whole_of
from ..tables.subjects import FLOW, LEVEL
from ..tables.time_columns import column_times
from ..words import lexicon
from ..words.quantities import ABOUT, ABOVE, AREAS, BELOW, COUNT, THINGS, Quantity, Unit, fits, han_value
from .findings import Finding
from .gaps import told_of
from .tallies import months_of
from .values import comparable, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_SUM_WORDS = ("合计", "总计", "小计", "总额", "总量")  # a column of another table may be called so
_TOGETHER = later(r"合计|共|之和|一起|两者|二者|三者|两家|加起来|总共")
_BOTH = later(r"[二两][者家地只个]|两城|两市")
_SO_MANY = later(rf"(?P<n>{COUNT})[{THINGS}{AREAS}股者]")
_APIECE = later(r"分别|各[占自为]|依次|均")
_IN = later(rf"在(?P<of>(?:这|上述|全部)*{COUNT}(?:[{THINGS}大]|(?=[城省市国股券地]))[^，。]{{0,10}}?)(?:之中|当中|中|里)的?$")
_HALF = later(
    r"(?:(?P<above>超过?|逾|过)|(?P<near>接近|将近|近)|(?P<below>不足|不到)|(?P<about>大约|约为|约))?(?P<half>一半|半数)(?:(?P<over>以上)|(?P<under>以下))?|(?P<most>(?:超过?|逾|过)半)(?![数年月天程])"
)
_ALLOWED = later(
    rf"(?:[《》]|其中|对|向|自|从|来自|一[{THINGS}日天](?:产品|基金|行业|板块|指数|公司|[转个]?[债券])?|{COUNT}[{THINGS}{AREAS}股者]|[·、和与及]|以及|两地|两者|二者|三者|合计|共|之和|总|一项|单[日月]|当[日天月]|一地|两[家只个]|三[家只个]|就|便|已|则|的|独|单独|恰好|刚好|正好|几乎|大约|约|也|仍|仅)*"
)
VERBS = ("占", "相当于", "贡献")
NOT_MOVED = later(r"较|(?<!占)比(?!重|例)|同比|环比|升至|降至|提高|提升|下降|上升|增加|减少|回落")


def hold_shares(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The shares of a clause that are others in the data."""
    if scene.unsure or scene.denied or scene.way or not any([word in scene.words for word in VERBS]):
        return
    numbers = scene.of("number")
    for number in [*[token.quantity for token in numbers], *halves(scene)]:
        if number is None or number.unit is None or number.unit.name != "%" or number.unit.points or number.sign:
            continue
        at, word = max((scene.text.rfind(one, scene.part.start, number.lead), one) for one in VERBS)
        inner = [token.quantity for token in numbers if at < token.start < number.start]
        if at < 0 or [one for one in inner if one is not None and one.unit is not None and one.unit.name not in THINGS]:
            continue
        if NOT_MOVED.search(scene.text, at, number.lead) or _APIECE.search(scene.words):
            continue
        for place, sheet in enumerate(book.sheets):
            verb = (at, at + len(word))
            finding = (
                _told(scene, sheet, place, verb, number)
                or _share(scene, sheet, place, verb, number, book, sentence)
                or _of_columns(scene, sheet, place, verb, number, book)
                or _among_columns(scene, sheet, place, verb, number, sentence)
            )
            if finding is not None:
                yield finding
                return


def halves(scene: Scene) -> list[Quantity]:
    """一半 as fifty per cent."""
    whole = Unit("%", Decimal(1))
    return [
        Quantity(
            found.start("half") if found.group("half") else found.start(),
            found.end(),
            Decimal(50),
            "",
            0,
            whole,
            _about(found),
            found.start(),
            Decimal(1),
        )
        for found in _HALF.finditer(scene.text, scene.part.start, scene.part.end)
    ]


def _about(found: re.Match[str]) -> str:
    said = next((name for name in ("above", "near", "below") if found.group(name)), ABOUT)
    return ABOVE if found.group("over") or found.group("most") else BELOW if found.group("under") else said


def _share(
    scene: Scene, sheet: Sheet, place: int, verb: tuple[int, int], number: Quantity, book: Book, sentence: Sequence[Scene]
) -> Finding | None:
    at, end = verb
    measure = _measure(scene, sheet, place, number.start)
    if measure is None and not [token for token in scene.tokens if token.kind in ("noun", "row", "time", "scope")]:
        told = told_of(sheet, rows_in(scene.rows, place), sentence[:-1])  # 卖出 382585 辆，占八家合计的…, of 本月 and 累计
        measure = told if told is not None and told.kind == LEVEL and told.unit is not None and told.unit.name != "%" else None
    if measure is None and scene.of("amount") and not scene.nouns and not sheet.series and of_now_only(scene):
        called = bool(sheet.head) and sheet.head in scene.text[end : number.lead]  # 占十家新势力销量的 is of others
        measure = _of_latest(sheet, book) if called else None  # 占十家车企合计销量的四成多, of 本月 and 上月
    timed = of_said_time(scene, sheet, book) if measure is None and not scene.of("noun") and not scene.nouns else None
    measure = timed if timed is not None and timed.unit is not None and timed.unit.name not in ("", "%") else measure
    lead = scene.text[sentence[0].part.start : at]
    signed = signed_group(lead, sheet, scene.scope, "") if _OF_IT.match(scene.text, end) else None
    if signed is not None and (measure is None or measure is signed[0]):
        measure = signed[0]
    if measure is None or (not sheet.series and measure is not timed and scope_of(scene, sheet, book) == FOREIGN):
        return None
    among = _IN.search(scene.text, scene.part.start, at) if BARE.match(scene.text[end : number.lead]) else None
    parts = _parts(scene, sheet, place, among.start() if among else at, sentence[-2] if len(sentence) > 1 else None)
    if among is None:
        whole = whole_of(scene, sheet, place, end, number, sentence)
    else:  # 在六类基金中占比超过五成
        whole = None if sheet.series else group_of(sheet, dotted_of(scene, *among.span("of")), owned=True)
    if signed is not None and measure is signed[0]:  # 净流入的六个行业中，A 占去合计的…
        whole = Whole(tuple(signed[1]), f"the {len(signed[1])}")
    most = whole is None and among is None and _of_all_listed(scene, sheet, verb, number, sentence) and measure.kind == LEVEL
    whole = Whole(sheet.own, f"the {len(sheet.own)}") if most else whole
    cells = parts if whole is None else whole.rows if len(whole.rows) == 1 and not parts else ()
    if sheet.series and cells and (finding := _of_cell(scene, sheet, measure, cells, verb, number, sentence)) is not None:
        return finding
    if not parts and whole is not None:
        return _of_number(scene, sheet, measure, whole, number, sentence, at)
    if not parts or (sheet.series and whole is not None and list(whole.rows) == list(parts)):
        return None  # 6 月出口 20.5 万辆，占当月销量的…, of another column
    if whole is not None and scene.text[at:end] == "相当于" and (len(whole.rows) > 1 or whole.rows[0] in sheet.totals):
        return None
    if whole is None or not set(parts) <= {*whole.rows} | {*parts} or (len(whole.rows) > 1 and not {*parts} <= {*whole.rows}):
        return None
    own, total = [[sheet.value(row, measure) for row in rows] for rows in (parts, whole.rows)]
    flows = sheet.series and measure.kind == FLOW
    if sheet.series and len(sentence) > 1 and sentence[-2].lost and at == scene.part.start:
        said = [token.quantity for token in sentence[-2].of("number") if token.quantity is not None]
        cell = Option(sheet, parts[0], measure, own[0] or Decimal(0))
        if len(said) != 1 or not comparable(said[0], cell) or not fits(said[0], written(said[0], cell)):
            return None  # of something else on that day
    mixed = len(total) > 1
    if any([value is None or (value <= 0 and not flows and not mixed) for value in (*own, *total)]):
        return None
    part, every = (sum([value for value in one if value is not None], Decimal(0)) for one in (own, total))
    if part < 0 and every < 0 and flows:
        part, every = -part, -every  # both of them went out
    if part <= 0 or every <= 0:
        return None
    share = part * 100 / every
    loose = _loose(sheet, measure, parts) / part + _loose(sheet, measure, whole.rows) / every  # what rounded cells leave open
    factor = number.unit.factor if number.unit is not None else Decimal(1)
    if any([fits(number, share * (1 + one) / factor) for one in (0, loose, -loose)]):
        return None
    if most and (number.about == BELOW or number.value * factor <= share):
        return None  # of more than the table has it is less
    if mixed or flows:  # of what came in, before what went out
        gross = sum([value for value in total if value is not None and value > 0], Decimal(0))
        if fits(number, part * 100 / gross / factor):
            return None
    named = sheet.name(parts[0]) if len(parts) == 1 else "they"
    message = (
        f"{named} {'are' if len(parts) > 1 else 'is'} {rounded(share, max(number.decimals, 1))} % of {whole.name} ({measure.key})"
    )
    return Finding("claim-share", number.start, number.end, message, ((sheet, parts[0], measure),))


_OF_TOTAL = later(r"(?:旗下|全部|公司|集团|各类|产品|整体)*的?总?·|总[额量数和]|全部·")
_AMONG_SOME = later(r"[中里内]|合计|共|一起|加|除|在|[与和、]")


def _of_all_listed(scene: Scene, sheet: Sheet, verb: tuple[int, int], number: Quantity, sentence: Sequence[Scene]) -> bool:
    """Whether a share is of a total nobody counts, which is all rows or more: 占总规模的两成以上, 成交额占比过半."""
    at, end = verb
    if sheet.series or sheet.totals or len(sheet.own) < FEW or len(scene.of("row")) != 1:
        return False
    if scene.text[at:end] != "占" or any([_AMONG_SOME.search(one.words) or one.of("row") for one in sentence[:-1]]):
        return False
    words = scene.text[end : number.lead]
    nouns = [one for one in scene.of("noun") if one.end == at]
    if BARE.match(words) is not None:
        return bool(nouns) and words.startswith("比") and _AMONG_SOME.search(scene.text, scene.part.start, nouns[0].start) is None
    found = OF.match(words)
    return found is not None and _OF_TOTAL.fullmatch(dotted_of(scene, *_within(found, end))) is not None


def _of_columns(scene: Scene, sheet: Sheet, place: int, verb: tuple[int, int], number: Quantity, book: Book) -> Finding | None:
    """One column as a part of another over a stretch of time: 深股通净卖出占全周北向净卖出总额的六成."""
    nouns = [token for token in scene.of("noun") if token.end <= number.lead]
    columns = [sheet.measures[at] for token in nouns for name in token.names if name.sheet == place for at in name.places]
    rows = span_of(scene, sheet, book) if sheet.series and len(nouns) == len(columns) == 2 else None
    if rows is None or not (nouns[0].end <= verb[0] and verb[1] <= nouns[1].start) or columns[0].unit != columns[1].unit:
        return None
    if columns[0] == columns[1] or scene.of("row") or OF.match(scene.text[verb[1] : number.lead]) is None:
        return None
    own, total = [[value for row in rows if (value := sheet.value(row, one)) is not None] for one in columns]
    return _part_of(sheet, columns[0], columns[1], rows, number) if len(own) == len(total) else None


def _part_of(sheet: Sheet, own: Measure, whole: Measure, rows: Sequence[int], number: Quantity) -> Finding | None:
    """What one column comes to of another over these rows, within what their rounding leaves open."""
    part, every = [sum([sheet.value(row, one) or Decimal(0) for row in rows], Decimal(0)) for one in (own, whole)]
    if not every or not 0 < part / every <= 1:
        return None
    share, factor = part * 100 / every, number.unit.factor if number.unit is not None else Decimal(1)
    loose = _loose(sheet, own, rows) / abs(part) + _loose(sheet, whole, rows) / abs(every)
    if any([fits(number, share * (1 + one) / factor) for one in (0, loose, -loose)]):
        return None
    message = f"it is {rounded(share, max(number.decimals, 1))} % over these {len(rows)} ({own.key}, {whole.key})"
    return Finding("claim-share", number.start, number.end, message, ((sheet, rows[-1], own),))


def _among_columns(
    scene: Scene, sheet: Sheet, place: int, verb: tuple[int, int], number: Quantity, sentence: Sequence[Scene]
) -> Finding | None:
    """One column as a part of another that the clause before names: 周一北向资金净买入额中，沪股通占比约 66%."""
    before = sentence[-2] if len(sentence) > 1 else None
    if (
        before is None
        or not sheet.series
        or _INSIDE.search(before.words) is None
        or BARE.match(scene.text[verb[1] : number.lead]) is None
    ):
        return None
    if scene.of("time") or scene.of("row") or _dotless(scene, verb[0]) or before.of("row"):
        return None
    nouns = [*before.of("noun")[-1:], *scene.of("noun")]
    columns = [sheet.measures[at] for token in nouns for name in token.names if name.sheet == place for at in name.places]
    rows = [row for token in before.of("time") for row in row_at(sheet, token)]
    if len(nouns) != 2 or len(columns) != 2 or columns[0] == columns[1] or columns[0].unit != columns[1].unit or len(rows) != 1:
        return None
    return _part_of(sheet, columns[1], columns[0], rows, number)


_INSIDE = later(r"(?:之中|当中|中|里)$")


def _dotless(scene: Scene, end: int) -> bool:
    """Whether more stands before 占 than a name: 沪股通的, not 沪股通的三只股票."""
    return _ALLOWED.fullmatch(dotted_of(scene, scene.part.start, end)) is None


_OF_IT = later(r"(?:了|据了?|到|去了?)?(?:其中|合计|总计|总额|总量|总和|全部)(?:金额|规模|额|量)?的")


def _of_cell(
    scene: Scene,
    sheet: Sheet,
    measure: Measure,
    rows: Sequence[int],
    verb: tuple[int, int],
    number: Quantity,
    sentence: Sequence[Scene],
) -> Finding | None:
    """A row's number as a part of what another table has by time: 中长期贷款增加 11100 亿元，占全部新增人民币贷款的六成以上."""
    at, end = verb
    before = sentence[-2] if len(sentence) > 1 else None
    said = [token.quantity for token in before.of("number")] if before is not None and before.of("row") else []
    found = OF.match(scene.text[end : number.lead])
    whole = sheet.value(rows[0], measure) if len(rows) == 1 else None
    if len(said) != 1 or at != scene.part.start or found is None or whole is None or whole <= 0 or measure.unit is None:
        return None
    if (
        not any([token.start >= end for token in scene.of("noun")])
        or _ALL_OF.fullmatch(dotted_of(scene, *_within(found, end))) is None
    ):
        return None
    part = said[0]
    if part is None or part.about or part.unit is None or part.unit.name != measure.unit.name or part.unit.name == "%":
        return None
    share = part.value * part.unit.factor * 100 / whole
    factor = number.unit.factor if number.unit is not None else Decimal(1)
    if not 0 < share <= 100 or fits(number, share / factor):
        return None
    message = f"it is {rounded(share, max(number.decimals, 1))} % of {sheet.cell(rows[0], measure).text} ({measure.key})"
    return Finding("claim-share", number.start, number.end, message, ((sheet, rows[0], measure),))


_ALL_OF = later(r"(?:·的?)?(?:全部|总|当月|当年|当季|同期|全国)*·(?:总额|总量|总和)?")


def _within(found: re.Match[str], end: int) -> tuple[int, int]:
    return end + found.start("of"), end + found.end("of")


def _of_number(
    scene: Scene, sheet: Sheet, measure: Measure, whole: Whole, number: Quantity, sentence: Sequence[Scene], at: int
) -> Finding | None:
    """The number the clause before says, as a part: 四个一线城市合计成交 94.7 万平方米，占十城总量的四成以上."""
    before = sentence[-2] if len(sentence) > 1 else None
    said = [token.quantity for token in before.of("number")] if before is not None else []
    part = said[0] if len(said) == 1 else None
    values = [sheet.value(row, measure) for row in whole.rows]
    if part is None or part.about or part.unit is None or at != scene.part.start or len(whole.rows) < 2 or None in values:
        return None
    if measure.unit is None or part.unit.name != measure.unit.name or before is None:
        return None
    if sheet.series and not before.of("noun"):
        return None
    total, own = sum([value for value in values if value is not None], Decimal(0)), part.value * part.unit.factor
    if not 0 < own <= total:
        return None
    share, factor = own * 100 / total, number.unit.factor if number.unit is not None else Decimal(1)
    loose = _loose(sheet, measure, whole.rows) / total
    if any([fits(number, share * (1 + one) / factor) for one in (0, loose, -loose)]):
        return None
    message = f"it is {rounded(share, max(number.decimals, 1))} % of {whole.name} ({measure.key})"
    return Finding("claim-share", number.start, number.end, message)


_SHARES = later(r"占比|比重|份额|市占率")
_MARKET = later(r"(?:全市场|市场|全行业|行业|全部|总|全国|整体|两市|A股)?的?(?:总)?")


def _told(scene: Scene, sheet: Sheet, place: int, verb: tuple[int, int], number: Quantity) -> Finding | None:
    """Shares the table gives, of several rows together: 电子与汽车合计占全市场成交的 23.74%, of a column 成交占比."""
    at, end = verb
    together = _sum_of_shares(scene, sheet, place, number)
    if together is not None:
        return together
    pool = [one for one in sheet.measures if _SHARES.search(one.key) and one.kind == LEVEL and one.minus < 0]
    found = OF.match(scene.text[end : number.lead])
    if len(pool) != 1 or sheet.series or found is None or pool[0].unit is None or pool[0].unit.name != "%":
        return None
    stem = _SHARES.sub("", pool[0].noun)
    words = found.group("of").replace(stem, "", 1) if stem else ""
    rows = _parts(scene, sheet, place, at, None)
    if not stem or words == found.group("of") or _MARKET.fullmatch(words.rstrip("额量的")) is None or len(rows) < 2:
        return None
    values = [sheet.value(row, pool[0]) for row in rows]
    total = sum([value for value in values if value is not None], Decimal(0))
    factor = number.unit.factor if number.unit is not None else Decimal(1)
    if None in values or fits(number, total / factor):
        return None
    message = f"they are {total} % together ({pool[0].key})"
    return Finding("claim-share", number.start, number.end, message, ((sheet, rows[0], pool[0]),))


def _sum_of_shares(scene: Scene, sheet: Sheet, place: int, number: Quantity) -> Finding | None:
    """东盟、欧盟、美国三大市场合计占比过半, of a column 占比."""
    tokens = [token for token in scene.of("noun") if token.end <= number.lead]
    named = [sheet.measures[one] for token in tokens for name in token.names if name.sheet == place for one in name.places]
    rows = rows_in([token for token in scene.of("row") if token.end <= number.lead], place)
    if sheet.series or len(named) != 1 or len(tokens) != 1 or _SHARES.search(named[0].key) is None or len(set(rows)) < 2:
        return None
    if named[0].unit is None or named[0].unit.name != "%" or len(rows) != len(scene.of("row")):
        return None
    if _SUMS_UP.search(scene.text, scene.part.start, number.lead) is None or not _told_so(scene, tokens[0].end, number):
        return None
    values = [value for row in rows if (value := sheet.value(row, named[0])) is not None]
    total, factor = sum(values, Decimal(0)), number.unit.factor if number.unit is not None else Decimal(1)
    if len(values) < len(rows) or fits(number, total / factor):
        return None
    return Finding(
        "claim-share", number.start, number.end, f"they are {total} % together ({named[0].key})", ((sheet, rows[0], named[0]),)
    )


_SUMS_UP = later(r"合计|共计|总计|之和|加起来|加总|一起")
_TOLD_SO = later(r"(?:约|已|仍|也|均)?(?:为|达到?|是|在|有)?")


def _told_so(scene: Scene, end: int, number: Quantity) -> bool:
    return _TOLD_SO.fullmatch(scene.text, end, number.lead) is not None


def _loose(sheet: Sheet, measure: Measure, rows: Sequence[int]) -> Decimal:
    """Half a unit of the last place of each cell, in base units."""
    out = Decimal(0)
    for row in rows:
        number = sheet.table.rows[row][measure.column].value
        unit = sheet.unit(row, measure)
        if isinstance(number, Decimal):
            exponent = number.as_tuple().exponent
            out += Decimal(5).scaleb(min(int(exponent), 0) - 1) * (unit.factor if unit is not None else 1)
    return out


def _measure(scene: Scene, sheet: Sheet, place: int, end: int) -> Measure | None:
    """The column of amounts a clause names, or goes on with, or the only one there is."""
    own = [token for token in scene.of("noun") if token.end <= end and scene.text[token.start : token.end] not in _SUM_WORDS]
    for token in own:
        if not any([name.sheet == place for name in token.names]):
            return None
    tokens = own or [token for token in scene.nouns if scene.text[token.start : token.end] not in _SUM_WORDS]
    pool: list[Measure] = []
    for token in tokens:
        for name in token.names:
            pool += [sheet.measures[one] for one in name.places if name.sheet == place]
    sheets = [token for token in tokens if any([name.sheet == place for name in token.names])]
    if tokens and not sheets:
        return None
    pool = [one for one in dict.fromkeys(pool or sheet.measures) if one.kind in (LEVEL, FLOW) and one.minus < 0]
    pool = [one for one in pool if one.unit is None or one.unit.name not in ("%", "点")]
    pool = current(scene, pool if tokens else of_time(scene, sheet, pool))
    if own and len(pool) > 1:
        return None
    return pool[0] if len(pool) == 1 else None


def _of_latest(sheet: Sheet, book: Book) -> Measure | None:
    """The last of the columns of sizes where all of them are times."""
    sizes = {one.column for one in sheet.measures if one.minus < 0 and one.kind in (LEVEL, FLOW)}
    return latest(sheet, book.now) if sizes and sizes <= {*column_times(sheet.table, book.now)} else None


def _parts(scene: Scene, sheet: Sheet, place: int, at: int, before: Scene | None) -> list[int]:
    """The rows before 占, or those the clause goes on with; empty where the words say more than we understand."""
    if not _understood(scene, sheet, at):
        return []
    if sheet.series:
        times = [token for token in scene.of("time") if token.end <= at and token.time is not None]
        if not times and before is not None and not before.other and (at == scene.part.start or _ONE_DAY.match(scene.words)):
            times = [token for token in before.of("time") if token.time is not None]  # 周四流出 42.7 亿元，占全周…
        rows = [row for token in times[-1:] for row in row_at(sheet, token)] or months_of(sheet, times) or []
        return rows if len(times) == 1 and not scene.of("row") else []
    sums = {*sheet.totals}
    own = [token for token in scene.of("row") if token.end <= at and not sums.intersection(rows_in([token], place))]
    if own:
        rows = rows_in(own, place)
        many = _SO_MANY.search(scene.text, own[-1].end, at)
        together = _TOGETHER.search(scene.text, scene.part.start, at) is not None
        together = together or (many is not None and han_value(many.group("n")) == len(rows))
        return rows if len(rows) == len(own) and (len(rows) == 1 or (together and len(set(rows)) == len(rows))) else []
    both = scene.two if _BOTH.search(scene.text, scene.part.start, at) else ()
    inherited = [
        one for one in (both or (scene.past if scene.of("row") else scene.rows)) if not sums.intersection(rows_in([one], place))
    ]
    rows = rows_in(inherited, place)
    if len(rows) != len(inherited) or len(set(rows)) < len(rows) or (before is not None and (before.lost or before.other)):
        return []
    if len(rows) < 2:
        return rows
    if both:  # 上海 5862 套，成都 4975 套紧随其后，二者合计占…
        return rows if _TOGETHER.search(scene.text, scene.part.start, at) is not None else []
    words = scene.text[before.part.start : at] if before is not None else ""
    said = _SO_MANY.search(scene.text, scene.part.start, at)
    together = _TOGETHER.search(words) is not None and before is not None and inherited[0] in before.tokens
    return rows if together and (said is None or han_value(said.group("n")) == len(rows)) else []


_ONE_DAY = later(r"(?:仅|单是|光)?(?:一|当|单)[天日]")
_HAN = later(r"[一-龥]{2,}")


def _understood(scene: Scene, sheet: Sheet, at: int) -> bool:
    """Whether nothing but names and words that add nothing stands before 占: 华东收入, not 华东研发人员."""
    rest = dotted_of(scene, scene.part.start, at)
    rest = rest.replace(sheet.head, "") if sheet.head else rest
    rest = _HAN.sub(lambda found: "" if found.group() in sheet.table.id else found.group(), rest)  # 成交, of 新房成交面积
    return _ALLOWED.fullmatch(rest) is not None or lexicon.FILLER.match(rest) is not None
