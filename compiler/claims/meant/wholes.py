"""What a share is of: 六只产品总规模, 全周, 去年, 全部产品, and the total a sentence has spoken of before.

In: the words of a clause behind 占, a sheet.  Out: the rows that add up to it.  Always: all rows only where the words say so, or
the row of the total.
"""

from __future__ import annotations

from ...pattern import later
from ...record import Record
from ..held.tallies import WEEK_DAYS, half_years, months_of
from ..words import synonyms
from ..words.quantities import AREAS, COUNT, THINGS, Quantity, han_value
from ..words.times import same
from .domains import counted_sector, words_of
from .groups import FEW, is_head, sentence_text
from .kinds import kinds_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Scene, Token
    from ..tables.subjects import Sheet

_SAID = r"(?:约?为|达到?|是|在|仅|有)?"
BARE = later(rf"(?:了|据了?|比(?:重|例)?)?{_SAID}$")  # 占比为 31%
_BARE_WHOLE = "(?<=全[周年月部])|(?<=[本当]周)|(?<=半年)|(?<=总[量额数])|(?<=总规模|总市值|总收入)|(?<=合计)"
OF = later(
    rf"(?:了|据了?|到|去了?)?(?P<of>[^占]{{1,24}}?)(?:的(?:比重|比例|份额)?|比重|比例|之|{_BARE_WHOLE}){_SAID}$"
)  # 占六只产品总规模的
_ALL = later(
    rf"(?:全部|所有|这|上述|旗下|全体|所列|表中|以上)*(?P<n>{COUNT})(?:[{THINGS}大](?P<noun>[一-龥A-Za-z]{{0,8}}?)|(?P<place>[城省市国股券地]))(?:的)?(?:合计|总计)?总?·?(?:合计|总计|总额|总和|之和|总量|总数)?·?"
)
_EVERY = later(
    r"(?:表中|表内|本表|上述|以上|列示的?)*(?:全部|所有|各类|各大|各家|各个|各)(?P<noun>[一-龥]{1,6}?|[A-Z]{2,6})(?:的)?(?:合计|总计)?总?·?(?:合计|总计|总额|总和|之和|总量|总数)?"
)
_TOTAL = later(
    r"(?:全部·|合计|总计|总额|总和|全部|总数|总量|总?·(?:总额|总量|合计|总和)?|(?:·的?)?(?:我国|全国|中国|整体)·{1,2}的?(?:总额|总量|总值|合计|总和)?)"
)
_EVERYWHERE = later(
    r"(?:全球|全国|全市场|市场|全行业|行业|全部)(?:的?(?:总额|总量|总和|合计|市场|总规模)|的?总?·(?:总[额量和]|合计)?)?"
)
_GROUPED = later(
    rf"(?P<n>{COUNT})(?:个|只|家|类|大|支|项|种|座|款|部|场|艘|名|(?=[城省市国股券地]))(?P<noun>[一-龥A-Z]{{0,10}}?)(?:合计|共计|总计|总额|总|之和|合共)"
)
_AMONG = later(rf"^在?(?:这|上述)?(?P<n>{COUNT})[{THINGS}大](?P<noun>[一-龥A-Z]{{0,14}}?)(?:中|里|之中|当中)[，、]$")

_OTHER_ROWS = later(r"其[他它]|其余")


class Whole(Record):
    """What a share is of: the rows that add up to it, and its name."""

    rows: tuple[int, ...]
    name: str


def whole_of(scene: Scene, sheet: Sheet, place: int, start: int, number: Quantity, sentence: Sequence[Scene]) -> Whole | None:
    """What the share is of, as far as the table has it."""
    words = scene.text[start : number.lead]
    behind = _before_noun(scene, sheet, place, start, number)
    if behind is not None:
        return behind
    if BARE.match(words):
        totals = sheet.totals
        if totals:
            return Whole((totals[-1],), sheet.name(totals[-1])) if not sheet.series else None
        return _earlier(scene, sheet, place, sentence)
    found = OF.match(words)
    if found is None:
        return None
    first, last = start + found.start("of"), start + found.end("of")
    inside = [token for token in scene.of("row") if first <= token.start and token.end <= last]
    rows = rows_in(inside, place)
    dotted = dotted_of(scene, first, last)
    owned = any([name.sheet == place for token in scene.of("noun") for name in token.names])
    if inside and {*rows} <= {*sheet.totals} and (all_of := group_of(sheet, dotted, owned)) is not None:
        return all_of  # 六家合计, where 合计 is a row
    if inside:
        return Whole(tuple(rows), sheet.name(rows[0])) if len(rows) == len(inside) == 1 and _OF_THESE.fullmatch(dotted) else None
    if sheet.series:
        return _stretch(
            scene,
            sheet,
            _without_nouns(scene, sheet, place, first, last),
            [one for one in scene.of("time") if first <= one.start < last],
        )
    return group_of(sheet, dotted, owned) or (_earlier(scene, sheet, place, sentence) if _TOTAL.fullmatch(dotted) else None)


_GOT = later(r"(?:了|据了?|到|去了?)?")


def _before_noun(scene: Scene, sheet: Sheet, place: int, start: int, number: Quantity) -> Whole | None:
    """The rows of a share that stands before what is counted: 贡献了全行业约三成的收入."""
    nouns = [one for one in scene.of("noun") if scene.text[number.end : one.start] in ("", "的") and one.start >= number.end]
    if sheet.series or len(nouns) != 1 or not any([name.sheet == place for name in nouns[0].names]):
        return None
    got = _GOT.match(scene.text, start, number.lead)
    words = dotted_of(scene, got.end() if got is not None else start, number.lead).removesuffix("的")
    return group_of(sheet, (words or "全部") + "·", owned=True) if "·" not in words else None


def _without_nouns(scene: Scene, sheet: Sheet, place: int, first: int, last: int) -> str:
    """The words of a whole without the column's name: 全周, of 全周北向净卖出额; 沪市全周, of a column 沪市成交额."""
    words = scene.text[first:last]
    market = _MARKET.match(words)
    nouns = scene.of("noun") or scene.nouns
    keys = [sheet.measures[at].key for token in nouns for name in token.names if name.sheet == place for at in name.places]
    if market is not None and keys and all([market.group() in key for key in keys]):
        words = words[market.end() :]
        first += market.end()
    for token in scene.of("noun"):
        if first <= token.start and token.end <= last:
            words = words.replace(scene.text[token.start : token.end], "")
    return _SUMS.sub("", words) if words != scene.text[first:last] else words


_OF_THESE = later(rf"(?:全部|上述|这|{COUNT}(?:[{THINGS}{AREAS}]|险企|公司|产品)|·|的)*")
_MARKET = later(r"[沪深两北]市|沪深两市|北交所|[沪深]股通|[北南]向资金?")
_SUMS = later(r"(?:的|总|合计|总计)*(?:额|总额|总量|规模|金额)?$")


def group_of(sheet: Sheet, words: str, owned: bool) -> Whole | None:
    """六只产品总规模, 全部产品, and 总收入 where the table has a row of it; `owned`: a column of the table is named."""
    own = sheet.own
    sector = counted_sector(words, sheet) if _SECTOR.fullmatch(words) else ()
    if sector:
        return Whole(sector, f"the {len(sector)}")  # TMT四个行业合计
    counted = _ALL.fullmatch(words)
    if counted is not None:
        noun = (counted.group("noun") or counted.group("place") or "").removesuffix("的").removesuffix("总")
        known = (
            not noun
            or is_head(noun, sheet)
            or (((owned and noun in (*synonyms.GROUPS, *_SAMPLE)) or "·" in words) and len(own) >= FEW)
        )
        some = _of_kind(sheet, noun)
        if some and han_value(counted.group("n")) == len(some) != len(own):
            return Whole(some, f"the {len(some)}")  # 四只宽基ETF合计
        return Whole(own, f"the {len(own)}") if known and han_value(counted.group("n")) == len(own) else None
    every = _EVERY.fullmatch(words)
    if every is not None and is_head(every.group("noun"), sheet):
        return Whole(own, f"the {len(own)}")
    if _EVERYWHERE.fullmatch(words) and any([_OTHER_ROWS.search(sheet.name(row)) for row in own]) and not sheet.totals:
        return Whole(own, f"the {len(own)}")  # with a row 其他 they are all there are
    if _TOTAL.fullmatch(words) and sheet.totals:
        return Whole((sheet.totals[-1],), sheet.name(sheet.totals[-1]))
    return None


_SAMPLE = ("样本", "标的")  # 占八只样本合计的三成
_SECTOR = later(
    rf"(?:全部|上述|这)*(?:{'|'.join(synonyms.SECTORS)})[^，。；]{{0,12}}?(?:行业|板块)的?总?·?(?:合计|总计|总额|总和|之和|总量)?·?"
)
_CALLED = later(rf"(?:类)?(?:ETF|{'|'.join(synonyms.GROUPS)})$")


def _of_kind(sheet: Sheet, noun: str) -> tuple[int, ...]:
    """The rows of one kind: 宽基ETF, TMT行业."""
    known = {**kinds_of(sheet), **words_of(sheet)}
    return known.get(noun) or known.get(_CALLED.sub("", noun)) or ()


def _earlier(scene: Scene, sheet: Sheet, place: int, sentence: Sequence[Scene]) -> Whole | None:
    """All rows where the sentence has spoken of their total before: 六只产品规模合计 356.3 亿元，其中…"""
    said = sentence_text(scene)[: scene.part.start - sentence[0].part.start]
    if sheet.series:
        halves = half_years(sheet, said, [token for one in sentence for token in one.of("time")])
        return Whole(tuple(halves), "the half-year") if halves and "合计" in said else None
    owned = any([name.sheet == place for one in sentence for token in one.of("noun") for name in token.names])
    for found in (*_GROUPED.finditer(said), *_AMONG.finditer(said)):
        noun = found.group("noun")
        noun = max([noun.removesuffix(one.noun) if one.noun else noun for one in sheet.measures], key=_shorter)
        noun = noun.split("的")[0] if noun != found.group("noun") else noun  # 六只股票的南向持股市值里
        known = not noun or is_head(noun, sheet) or ((noun in synonyms.GROUPS or owned) and len(sheet.own) >= FEW)
        if known and han_value(found.group("n")) == len(sheet.own):
            return Whole(sheet.own, f"the {len(sheet.own)}")
    return None


_SO_LONG = later(rf"[这近过去]{{0,2}}(?P<n>{COUNT})个?(?P<unit>[年月周])(?:来|间)?的?(?:累计|合计|总计|总|全部)[额量值和]?")


_OF_QUARTER = later(r"(?:\d{4}年|今年|去年)?(?:第?[一二三四]季度|[Qq][1-4])(?:的)?(?:累计|合计|总计|总|全部)?[额量值和]?")


def _shorter(noun: str) -> int:
    return -len(noun)


def _stretch(scene: Scene, sheet: Sheet, words: str, times: Sequence[Token]) -> Whole | None:
    """A half-year, a year with all its months, or one other time."""
    halves = half_years(sheet, words, [*times, *scene.of("time")])
    if halves:
        return Whole(tuple(halves), words)
    rows = [row for token in times for row in row_at(sheet, token)]
    quarter = months_of(sheet, list(times)) if len(times) == 1 and not rows else None
    if quarter and _OF_QUARTER.fullmatch(words):
        return Whole(tuple(quarter), "the quarter")  # 1 月占一季度的六成, of a table by month
    if words in ("全周", "本周", "当周", "周内") and sheet.spoken == {"day"} and len(sheet.times) <= WEEK_DAYS:
        return Whole(tuple(range(len(sheet.times))), words)
    if len(rows) == 1 and len(times) == 1:
        return Whole(tuple(rows), sheet.name(rows[0]))
    counted = _SO_LONG.fullmatch(words)
    kind = {"年": {"year"}, "月": {"month"}, "周": {"week"}}.get(counted.group("unit")) if counted is not None else None
    if counted is not None and kind == sheet.spoken and han_value(counted.group("n")) == len(sheet.times):
        return Whole(tuple(range(len(sheet.times))), words)
    return _year(scene, sheet) if _ALL_YEAR.fullmatch(words) is not None and not times else None


_ALL_YEAR = later(r"(?:全年|年度|当年)(?:总量|合计|总额|总和|总)?")


def _year(scene: Scene, sheet: Sheet) -> Whole | None:
    """All months or quarters of the year of the time that is the part: 2023年四季度占全年三成."""
    said = [token.time.year for token in scene.of("time") or scene.whens if token.time is not None and token.time.year]
    known = {time.year for time in sheet.times if time is not None}
    year = said[-1] if said and said[-1] in known else next(iter(known)) if len(known) == 1 else 0
    for kind, many in (("month", 12), ("quarter", 4)):
        rows = [at for at, time in enumerate(sheet.times) if time is not None and (time.kind, time.year) == (kind, year)]
        if len(rows) == many:
            return Whole(tuple(rows), f"{year or ''}全年")
    return None


def dotted_of(scene: Scene, start: int, end: int) -> str:
    """A stretch of a clause with a dot for each row, noun and time."""
    return scene.dotted(start, end, "row", "noun", "time", "scope", "amount")


def rows_in(tokens: Sequence[Token], place: int) -> list[int]:
    return [row for token in tokens for name in token.names if name.sheet == place for row in name.places]


def row_at(sheet: Sheet, token: Token) -> list[int]:
    return [row for row, time in enumerate(sheet.times) if time is not None and token.time is not None and same(time, token.time)]
