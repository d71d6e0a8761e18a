"""Shares of a total: 稳健添利占六只产品总规模的 39.6%, 其中 12 月占两成, 华东收入占比 31%.

In: scenes of a sentence, the book.  Out: findings.  Always: both the part and the whole are rows of one table, the whole being
all its rows only where the words say so, or its row of the total; 占全市场的 8% is of what the data do not have, and left alone.
"""

from __future__ import annotations

from decimal import Decimal

from ..data.rounding import rounded
from ..pattern import later
from ..record import Record
from . import lexicon, synonyms
from .findings import Finding
from .groups import FEW, is_head, sentence_text
from .options import Option, current, scope_of
from .quantities import ABOUT, ABOVE, AREAS, BELOW, COUNT, THINGS, Quantity, Unit, fits, han_value
from .scene import FOREIGN
from .signed import signed_group
from .spans import span_of
from .subjects import FLOW, LEVEL
from .tallies import WEEK_DAYS, half_years
from .times import same
from .values import comparable, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from .scene import Book, Scene, Token
    from .subjects import Measure, Sheet

_SAID = r"(?:约?为|达到?|是|在|仅|有)?"
_BARE = later(rf"(?:了|据了?|比(?:重|例)?)?{_SAID}$")  # 占比为 31%
_OF = later(rf"(?:了|据了?|到|去了?)?(?P<of>[^占]{{1,24}}?)(?:的(?:比重|比例|份额)?|比重|比例|之){_SAID}$")  # 占六只产品总规模的
_ALL = later(
    rf"(?:全部|所有|这|上述|旗下|全体)*(?P<n>{COUNT})(?:[{THINGS}大](?P<noun>[一-龥A-Za-z]{{0,8}}?)|(?P<place>[城省市国股券地]))(?:的)?(?:合计|总计)?总?·?(?:合计|总计|总额|总和|之和|总量|总数)?·?"
)
_EVERY = later(
    r"(?:表中|表内|本表|上述|以上|列示的?)*(?:全部|所有|各类|各大|各家|各个|各)(?P<noun>[一-龥]{1,6}?|[A-Z]{2,6})(?:的)?(?:合计|总计)?总?·?(?:合计|总计|总额|总和|之和|总量|总数)?"
)
_TOTAL = later(r"(?:全部·|合计|总计|总额|总和|全部|总数|总量|总?·(?:总额|总量|合计|总和)?)")
_SUM_WORDS = ("合计", "总计", "小计", "总额", "总量")  # a column of another table may be called so
_EVERYWHERE = later(r"(?:全球|全国|全市场|市场|全行业|行业)(?:的?(?:总额|总量|总和|合计|市场|总规模))?")
_TOGETHER = later(r"合计|共|之和|一起|两者|二者|三者|两家|加起来|总共")
_BOTH = later(r"[二两][者家地只个]|两城|两市")
_SO_MANY = later(rf"(?P<n>{COUNT})[{THINGS}{AREAS}股者]")
_APIECE = later(r"分别|各[占自为]|依次|均")
_GROUPED = later(
    rf"(?P<n>{COUNT})(?:个|只|家|类|大|支|项|种|座|款|部|场|艘|名|(?=[城省市国股券地]))(?P<noun>[一-龥]{{0,10}}?)(?:合计|共计|总计|总额|总|之和|合共)"
)
_AMONG = later(rf"^(?:这|上述)?(?P<n>{COUNT})[{THINGS}大](?P<noun>[一-龥]{{0,6}}?)(?:中|里|之中|当中)[，、]$")
_HALF = later(
    r"(?:(?P<above>超过?|逾|过)|(?P<near>接近|将近|近)|(?P<below>不足|不到)|(?P<about>大约|约为|约))?(?P<half>一半|半数)(?:(?P<over>以上)|(?P<under>以下))?|(?P<most>(?:超过?|逾|过)半)(?![数年月天程])"
)
_ALLOWED = later(
    rf"(?:[《》]|其中|对|向|来自|一[{THINGS}](?:产品|基金|行业|板块|指数|公司)?|{COUNT}[{THINGS}{AREAS}股者]|[·、和与及]|以及|两地|两者|二者|三者|合计|共|之和|总|一项|单月|当月|一地|两[家只个]|三[家只个]|就|便|已|则|的|独|单独|恰好|刚好|正好|几乎|大约|约|也|仍|仅)*"
)
VERBS = ("占", "相当于", "贡献")
NOT_MOVED = later(r"较|(?<!占)比(?!重|例)|同比|环比|升至|降至|提高|提升|下降|上升|增加|减少|回落")


class _Whole(Record):
    """What a share is of: the rows that add up to it, and its name."""

    rows: tuple[int, ...]
    name: str


def hold_shares(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The shares of a clause that are others in the data."""
    if scene.unsure or scene.denied or scene.way or not any([word in scene.words for word in VERBS]):
        return
    numbers = scene.of("number")
    for number in [*[token.quantity for token in numbers], *halves(scene)]:
        if number is None or number.unit is None or number.unit.name != "%" or number.unit.points or number.sign:
            continue
        at, word = max((scene.text.rfind(one, scene.part.start, number.lead), one) for one in VERBS)
        if at < 0 or [other for other in numbers if at < other.start < number.start and other.quantity.unit is not None]:  # type: ignore[union-attr]
            continue
        if NOT_MOVED.search(scene.text, at, number.lead) or _APIECE.search(scene.words):
            continue
        for place, sheet in enumerate(book.sheets):
            verb = (at, at + len(word))
            finding = (
                _told(scene, sheet, place, verb, number)
                or _share(scene, sheet, place, verb, number, book, sentence)
                or _of_columns(scene, sheet, place, verb, number, book)
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
    lead = scene.text[sentence[0].part.start : at]
    signed = signed_group(lead, sheet, scene.scope, "") if _OF_IT.match(scene.text, end) else None
    if signed is not None and (measure is None or measure is signed[0]):
        measure = signed[0]
    if measure is None or (not sheet.series and scope_of(scene, sheet, book) == FOREIGN):
        return None
    parts = _parts(scene, sheet, place, at, sentence[-2] if len(sentence) > 1 else None)
    whole = _whole(scene, sheet, place, end, number, sentence)
    if signed is not None and measure is signed[0]:  # 净流入的六个行业中，A 占去合计的…
        whole = _Whole(tuple(signed[1]), f"the {len(signed[1])}")
    if sheet.series and whole is None and (finding := _of_cell(scene, sheet, measure, parts, verb, number, sentence)) is not None:
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
    mixed = not sheet.series and measure.kind == FLOW and len(total) > 1
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
    if mixed:  # of what came in, before what went out
        gross = sum([value for value in total if value is not None and value > 0], Decimal(0))
        if fits(number, part * 100 / gross / factor):
            return None
    named = sheet.name(parts[0]) if len(parts) == 1 else "they"
    message = (
        f"{named} {'are' if len(parts) > 1 else 'is'} {rounded(share, max(number.decimals, 1))} % of {whole.name} ({measure.key})"
    )
    return Finding("claim-share", number.start, number.end, message, ((sheet, parts[0], measure),))


def _of_columns(scene: Scene, sheet: Sheet, place: int, verb: tuple[int, int], number: Quantity, book: Book) -> Finding | None:
    """One column as a part of another over a stretch of time: 深股通净卖出占全周北向净卖出总额的六成."""
    nouns = [token for token in scene.of("noun") if token.end <= number.lead]
    columns = [sheet.measures[at] for token in nouns for name in token.names if name.sheet == place for at in name.places]
    rows = span_of(scene, sheet, book) if sheet.series and len(nouns) == len(columns) == 2 else None
    if rows is None or not (nouns[0].end <= verb[0] and verb[1] <= nouns[1].start) or columns[0].unit != columns[1].unit:
        return None
    if columns[0] == columns[1] or scene.of("row") or _OF.match(scene.text[verb[1] : number.lead]) is None:
        return None
    own, total = [[value for row in rows if (value := sheet.value(row, one)) is not None] for one in columns]
    part, every = sum(own, Decimal(0)), sum(total, Decimal(0))
    if len(own) != len(total) or not every or not 0 < part / every <= 1:
        return None
    share, factor = part * 100 / every, number.unit.factor if number.unit is not None else Decimal(1)
    loose = _loose(sheet, columns[0], rows) / abs(part) + _loose(sheet, columns[1], rows) / abs(every)
    if any([fits(number, share * (1 + one) / factor) for one in (0, loose, -loose)]):
        return None
    message = f"they are {rounded(share, max(number.decimals, 1))} % over these {len(rows)} ({columns[0].key}, {columns[1].key})"
    return Finding("claim-share", number.start, number.end, message, ((sheet, rows[-1], columns[0]),))


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
    found = _OF.match(scene.text[end : number.lead])
    whole = sheet.value(rows[0], measure) if len(rows) == 1 else None
    if len(said) != 1 or at != scene.part.start or found is None or whole is None or whole <= 0 or measure.unit is None:
        return None
    if (
        not any([token.start >= end for token in scene.of("noun")])
        or _ALL_OF.fullmatch(_dotted(scene, *_within(found, end))) is None
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


_ALL_OF = later(r"(?:全部|总|当月|当年|当季|同期|全国)*·(?:总额|总量|总和)?")


def _within(found: re.Match[str], end: int) -> tuple[int, int]:
    return end + found.start("of"), end + found.end("of")


def _of_number(
    scene: Scene, sheet: Sheet, measure: Measure, whole: _Whole, number: Quantity, sentence: Sequence[Scene], at: int
) -> Finding | None:
    """The number the clause before says, as a part: 四个一线城市合计成交 94.7 万平方米，占十城总量的四成以上."""
    before = sentence[-2] if len(sentence) > 1 else None
    said = [token.quantity for token in before.of("number")] if before is not None else []
    part = said[0] if len(said) == 1 else None
    values = [sheet.value(row, measure) for row in whole.rows]
    if part is None or part.about or part.unit is None or at != scene.part.start or len(whole.rows) < 2 or None in values:
        return None
    if sheet.series or measure.unit is None or part.unit.name != measure.unit.name:
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


_OTHER_ROWS = later(r"其[他它]|其余")
_SHARES = later(r"占比|比重|份额|市占率")
_MARKET = later(r"(?:全市场|市场|全行业|行业|全部|总|全国|整体|两市|A股)?的?(?:总)?")


def _told(scene: Scene, sheet: Sheet, place: int, verb: tuple[int, int], number: Quantity) -> Finding | None:
    """Shares the table gives, of several rows together: 电子与汽车合计占全市场成交的 23.74%, of a column 成交占比."""
    at, end = verb
    together = _sum_of_shares(scene, sheet, place, number)
    if together is not None:
        return together
    pool = [one for one in sheet.measures if _SHARES.search(one.key) and one.kind == LEVEL and one.minus < 0]
    found = _OF.match(scene.text[end : number.lead])
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
    rows = _rows([token for token in scene.of("row") if token.end <= number.lead], place)
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
    pool = [one for one in dict.fromkeys(pool or sheet.measures) if one.kind in (LEVEL, FLOW)]
    pool = [one for one in pool if one.unit is None or one.unit.name not in ("%", "点")]
    pool = current(scene, pool)
    if own and len(pool) > 1:
        return None
    return pool[0] if len(pool) == 1 else None


def _rows(tokens: Sequence[Token], place: int) -> list[int]:
    return [row for token in tokens for name in token.names if name.sheet == place for row in name.places]


def _parts(scene: Scene, sheet: Sheet, place: int, at: int, before: Scene | None) -> list[int]:
    """The rows before 占, or those the clause goes on with; empty where the words say more than we understand."""
    if not _understood(scene, sheet, at):
        return []
    if sheet.series:
        times = [token for token in scene.of("time") if token.end <= at and token.time is not None]
        if not times and at == scene.part.start and before is not None and not before.other:
            times = [token for token in before.of("time") if token.time is not None]  # 周四流出 42.7 亿元，占全周…
        rows = [row for token in times[-1:] for row in _row_of(sheet, token)]
        return rows if len(times) == 1 and not scene.of("row") else []
    sums = {*sheet.totals}
    own = [token for token in scene.of("row") if token.end <= at and not sums.intersection(_rows([token], place))]
    if own:
        rows = _rows(own, place)
        together = _TOGETHER.search(scene.text, scene.part.start, at) is not None
        return rows if len(rows) == len(own) and (len(rows) == 1 or (together and len(set(rows)) == len(rows))) else []
    both = scene.two if _BOTH.search(scene.text, scene.part.start, at) else ()
    inherited = [
        one for one in (both or (scene.past if scene.of("row") else scene.rows)) if not sums.intersection(_rows([one], place))
    ]
    rows = _rows(inherited, place)
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


def _row_of(sheet: Sheet, token: Token) -> list[int]:
    return [row for row, time in enumerate(sheet.times) if time is not None and token.time is not None and same(time, token.time)]


def _understood(scene: Scene, sheet: Sheet, at: int) -> bool:
    """Whether nothing but names and words that add nothing stands before 占: 华东收入, not 华东研发人员."""
    rest = _dotted(scene, scene.part.start, at)
    rest = rest.replace(sheet.head, "") if sheet.head else rest
    return _ALLOWED.fullmatch(rest) is not None or lexicon.FILLER.match(rest) is not None


def _dotted(scene: Scene, start: int, end: int) -> str:
    """A stretch of a clause with a dot for each row, noun and time."""
    out = []
    for token in scene.tokens:
        if token.kind in ("row", "noun", "time", "scope", "amount") and start <= token.start and token.end <= end:
            out += [scene.text[start : token.start], "·"]
            start = token.end
    return "".join([*out, scene.text[start:end]])


def _whole(scene: Scene, sheet: Sheet, place: int, start: int, number: Quantity, sentence: Sequence[Scene]) -> _Whole | None:
    """What the share is of, as far as the table has it."""
    words = scene.text[start : number.lead]
    if _BARE.match(words):
        totals = sheet.totals
        if totals:
            return _Whole((totals[-1],), sheet.name(totals[-1])) if not sheet.series else None
        return _earlier(scene, sheet, sentence)
    found = _OF.match(words)
    if found is None:
        return None
    first, last = start + found.start("of"), start + found.end("of")
    inside = [token for token in scene.of("row") if first <= token.start and token.end <= last]
    rows = _rows(inside, place)
    dotted = _dotted(scene, first, last)
    owned = any([name.sheet == place for token in scene.of("noun") for name in token.names])
    if inside and {*rows} <= {*sheet.totals} and (all_of := _group(sheet, dotted, owned)) is not None:
        return all_of  # 六家合计, where 合计 is a row
    if inside:
        return _Whole(tuple(rows), sheet.name(rows[0])) if len(rows) == len(inside) == 1 and _OF_THESE.fullmatch(dotted) else None
    if sheet.series:
        return _stretch(
            scene, sheet, _without_nouns(scene, first, last), [one for one in scene.of("time") if first <= one.start < last]
        )
    return _group(sheet, dotted, owned) or (_earlier(scene, sheet, sentence) if _TOTAL.fullmatch(dotted) else None)


def _without_nouns(scene: Scene, first: int, last: int) -> str:
    """The words of a whole without the column's name: 全周, of 全周北向净卖出额."""
    words = scene.text[first:last]
    for token in scene.of("noun"):
        if first <= token.start and token.end <= last:
            words = words.replace(scene.text[token.start : token.end], "")
    return _SUMS.sub("", words) if words != scene.text[first:last] else words


_OF_THESE = later(rf"(?:全部|上述|这|{COUNT}(?:[{THINGS}{AREAS}]|险企|公司|产品)|·|的)*")
_SUMS = later(r"(?:的|总|合计|总计)*(?:额|总额|总量|规模|金额)?$")


def _group(sheet: Sheet, words: str, owned: bool) -> _Whole | None:
    """六只产品总规模, 全部产品, and 总收入 where the table has a row of it; `owned`: a column of the table is named."""
    own = sheet.own
    counted = _ALL.fullmatch(words)
    if counted is not None:
        noun = (counted.group("noun") or counted.group("place") or "").removesuffix("的").removesuffix("总")
        known = not noun or is_head(noun, sheet) or (((owned and noun in synonyms.GROUPS) or "·" in words) and len(own) >= FEW)
        return _Whole(own, f"the {len(own)}") if known and han_value(counted.group("n")) == len(own) else None
    every = _EVERY.fullmatch(words)
    if every is not None and is_head(every.group("noun"), sheet):
        return _Whole(own, f"the {len(own)}")
    if _EVERYWHERE.fullmatch(words) and any([_OTHER_ROWS.search(sheet.name(row)) for row in own]) and not sheet.totals:
        return _Whole(own, f"the {len(own)}")  # with a row 其他 they are all there are
    if _TOTAL.fullmatch(words) and sheet.totals:
        return _Whole((sheet.totals[-1],), sheet.name(sheet.totals[-1]))
    return None


def _earlier(scene: Scene, sheet: Sheet, sentence: Sequence[Scene]) -> _Whole | None:
    """All rows where the sentence has spoken of their total before: 六只产品规模合计 356.3 亿元，其中…"""
    said = sentence_text(scene)[: scene.part.start - sentence[0].part.start]
    if sheet.series:
        halves = half_years(sheet, said, [token for one in sentence for token in one.of("time")])
        return _Whole(tuple(halves), "the half-year") if halves and "合计" in said else None
    for found in (*_GROUPED.finditer(said), *_AMONG.finditer(said)):
        noun = found.group("noun")
        noun = max([noun.removesuffix(one.noun) if one.noun else noun for one in sheet.measures], key=_shorter)
        if han_value(found.group("n")) == len(sheet.own) and (not noun or is_head(noun, sheet)):
            return _Whole(sheet.own, f"the {len(sheet.own)}")
    return None


def _shorter(noun: str) -> int:
    return -len(noun)


def _stretch(scene: Scene, sheet: Sheet, words: str, times: Sequence[Token]) -> _Whole | None:
    """A half-year, a year with all its months, or one other time."""
    halves = half_years(sheet, words, [*times, *scene.of("time")])
    if halves:
        return _Whole(tuple(halves), words)
    rows = [row for token in times for row in _row_of(sheet, token)]
    if words in ("全周", "本周", "当周", "周内") and sheet.spoken == {"day"} and len(sheet.times) <= WEEK_DAYS:
        return _Whole(tuple(range(len(sheet.times))), words)
    if len(rows) == 1 and len(times) == 1:
        return _Whole(tuple(rows), sheet.name(rows[0]))
    months = [row for row, time in enumerate(sheet.times) if time is not None and time.kind == "month"]
    years = {time.year for time in sheet.times if time is not None}
    if words in ("全年", "年度", "全年总量", "全年合计") and len(months) == 12 == len(sheet.times) and len(years) == 1:
        return _Whole(tuple(months), words)
    return None
