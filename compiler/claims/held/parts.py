"""Parts of a group: 涨幅居前三, 前五名中有三个上涨, 其中两个跌幅超过 1%, 下跌的三个行业之一, 唯一上涨的产品.

In: scenes of a sentence, the book.  Out: findings.  Always: the group is all rows of one table but its totals, ranked by the one
column the words name; several rows of one value share the better place.
"""

from __future__ import annotations

from ...pattern import later
from ...record import Record
from ..clauses.scene import FOREIGN
from ..meant.columns import of_period
from ..meant.groups import TOTAL, is_head, sentence_text
from ..meant.options import scope_of
from ..meant.pools import columns_of, versus
from ..tables.names import akin
from ..tables.subjects import CHANGE, WEEK
from ..words import lexicon
from ..words.quantities import ABOVE, BELOW, COUNT, HAN, THINGS, han_value
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet

_UNIT = rf"[{THINGS}]"
_UP = rf"(?:录得|取得|获得|实现)?(?:{lexicon.ROSE}|盈利)"
_DOWN = rf"(?:录得|取得|出现)?(?:{lexicon.FELL}|亏损)"
_FRONT = rf"前(?P<n>{COUNT})(?!季|年|月|周|天|日|成|分|期|轮|个(?:月|季|交易|工作)|大股东|大客户|大供应)(?:位|名|强|甲|大)?"
_SETTLED = later(
    rf"(?:居|位居|位列|排名|排在|名列|列|进入|跻身|均居|位于|稳居|分列|均列|占据|包揽了?)(?:行业|板块|同类|全部|所有|(?:[涨跌升降增减]幅|涨跌幅)(?:排行)?榜?的?)?{_FRONT}"
)
_ARE = later(rf"{_FRONT}的?(?P<head>[一-龥]{{0,4}}?)(?:分别|依次)?(?:是|为)(?=·)")
_AMONG = later(rf"{_FRONT}的?(?P<head>[一-龥]{{0,4}}?)(?:中|里|之中|当中|内)")
_EVERY = later(
    rf"{_FRONT}的?(?P<head>[一-龥]{{0,4}}?)(?:本周|当周|周内|全年|年内|近[{HAN}]+个?(?:周|月|年))?(?:全部|全线|均|都|悉数|集体|无一例外地?)"
    rf"(?:实现|录得|取得|出现)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
)
_MANY = later(
    rf"(?P<m>{COUNT}){_UNIT}(?:[一-龥]{{0,2}}?)·*(?:近[{HAN}]+个?(?:周|月|年)|当周|本周|全年|年内|均|都|则|实现|同比|小幅|大幅|录得|取得)*"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?!的|[超近约])"
)
_PAIR = later(rf"{COUNT}[{THINGS}]?(?:涨|升){COUNT}[{THINGS}]?(?:跌|降)|{COUNT}[{THINGS}]?(?:跌|降){COUNT}[{THINGS}]?(?:涨|升)")
_OTHERS = later(
    rf"^其中(?:有|仅有|仅|只有)?(?P<m>{COUNT}){_UNIT}(?P<head>[一-龥]{{0,4}}?)(?:的)?·*(?:均|都|达|为)?(?=超|不足|低于|高于|不到|逾)"
)
_FEW = later(
    rf"(?:是|为|系)(?P<mid>[^，。]{{0,8}}?)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))的(?P<n>{COUNT}){_UNIT}(?P<head>[一-龥]{{0,6}}?)之一"
    rf"|(?:是|为|系)(?P<mid2>[^，。]{{0,8}}?)(?P<n2>{COUNT}){_UNIT}(?P<mid3>[^，。]{{0,5}}?)(?:(?P<up2>{_UP})|(?P<down2>{_DOWN}))的(?P<head2>[一-龥]{{0,6}}?)之一"
    rf"|(?:是|为|系)?(?P<mid4>[^，。是为]{{0,8}}?)唯一(?:一{_UNIT})?(?P<mid5>[^，。]{{0,5}}?)(?:(?P<up3>{_UP})|(?P<down3>{_DOWN}))(?:的(?P<head3>[一-龥]{{0,6}})|者$)"
)
_THESE = later(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))的(?P<n>{COUNT}){_UNIT}(?P<head>[一-龥]{{0,6}}?)(?:分别|依次)?(?:是|为)(?=·)"
)
_KNOWN = later(r"(?:其中|[·、和与及]|以及|分别|依次|均|都|双双|一同|仍|也|则|的|规模|水平|周|年|月)*")


class _Ranking(Record):
    """The column a group is ranked by, and whether from its low end: 跌幅."""

    measure: Measure
    falls: bool


def hold_parts(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The claims of a clause about parts of a group."""
    if scene.unsure or scene.denied:
        return
    for place, sheet in enumerate(book.sheets):
        if sheet.series or sheet.table.key < 0 or scope_of(scene, sheet, book) == FOREIGN:
            continue
        finding = (
            _listed(scene, sheet, place, book)
            or _settled(scene, sheet, place, book)
            or _among(scene, sheet, place, book, sentence)
            or _every(scene, sheet, place, book)
            or _others(scene, sheet, place, book, sentence)
            or _few(scene, sheet, place, book)
            or _these(scene, sheet, place, book)
        )
        if finding is not None:
            yield finding
            return


def said_of_some(scene: Scene, sentence: Sequence[Scene]) -> bool:
    """Whether a sentence speaks of the first few of a group before: what it counts then is of these."""
    return any([_AMONG.search(one.words) for one in sentence if one.part.start < scene.part.start])


def _ranking(scene: Scene, sheet: Sheet, place: int, book: Book, end: int) -> _Ranking | None:
    """What 前三 counts by: 涨幅, 跌幅, or the noun before it."""
    amps = [token for token in scene.tokens if token.kind == "amp" and token.end <= end]
    nouns = [token for token in scene.of("noun") if token.end <= end]
    if amps and not nouns:
        pool = [one for one in columns_of(scene, sheet, place, book) if one.kind == CHANGE]
        return _Ranking(pool[0], scene.text[amps[-1].start] in "跌降减") if len(pool) == 1 else None
    if not nouns or amps:
        return None
    named = [sheet.measures[one] for name in nouns[-1].names if name.sheet == place for one in name.places]
    levels = [one for one in named if one.kind != CHANGE]
    pool = levels or named
    return _Ranking(pool[0], False) if len(pool) == 1 else None


def _order(sheet: Sheet, ranking: _Ranking) -> list[tuple[int, Decimal]] | None:
    """All rows, the first one first; None where a cell is missing."""
    found = [(row, sheet.value(row, ranking.measure)) for row in sheet.own]
    known = [(row, value) for row, value in found if value is not None]
    return sorted(known, key=_size, reverse=not ranking.falls) if len(known) == len(found) else None


def _size(entry: tuple[int, Decimal]) -> Decimal:
    return entry[1]


def _first(order: list[tuple[int, Decimal]], count: int) -> set[int]:
    """The rows that may be called the first `count`: those of the last one's value too."""
    last = order[count - 1][1]
    sure = [row for row, _ in order[:count]]
    return {*sure, *[row for row, value in order if value == last]}


def _number(found: re.Match[str], sheet: Sheet, name: str = "n") -> int:
    """How many are meant, 0 where it cannot be."""
    count = int(han_value(found.group(name)) or 0)
    return count if 1 < count < len(sheet.own) else 0


def _outside(
    scene: Scene, sheet: Sheet, place: int, ranking: _Ranking, count: int, span: tuple[int, int], word: tuple[int, int]
) -> Finding | None:
    """A row named in a span that is none of the first."""
    order = _order(sheet, ranking)
    tokens = [token for token in scene.of("row") if span[0] <= token.start and token.end <= span[1]]
    rows = [row for token in tokens for name in token.names if name.sheet == place for row in name.places]
    if order is None or len(rows) != len(tokens) or not rows or len(rows) > count:
        return None
    first = _first(order, count)
    wrong = [row for row in rows if row not in first]
    if not wrong:
        return None
    holder = next(row for row, _ in order if row not in rows)
    shown = versus(sheet, ranking.measure, holder, wrong[0])
    return Finding("claim-extreme", *word, f"of the first {count} is {shown}", ((sheet, holder, ranking.measure),))


def _listed(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """涨幅前三的行业是 A、B 和 C."""
    dotted, places = _dots(scene)
    found = _ARE.search(dotted)
    count = _number(found, sheet) if found is not None else 0
    if found is None or not count or (found.group("head") and not is_head(found.group("head"), sheet)):
        return None
    start, end = places[found.start()], places[found.end()]
    ranking = _ranking(scene, sheet, place, book, start)
    if ranking is None or len([token for token in scene.of("row") if token.start >= end]) != count:
        return None
    return _outside(scene, sheet, place, ranking, count, (end, scene.part.end), (start, end))


def _settled(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """A、B 和 C 涨幅居前三."""
    found = _SETTLED.search(scene.text, scene.part.start, scene.part.end)
    count = _number(found, sheet) if found is not None else 0
    if found is None or not count:
        return None
    after = scene.text[found.end() : found.end() + 1]
    ranking = _ranking(scene, sheet, place, book, found.end())
    before = [token for token in scene.of("row") if token.end <= found.start()]
    if ranking is None or not before or after in ("的", "中", "里", "分", "季", "个"):
        return None
    rest = scene.text[before[-1].end : found.start()]
    for token in [*scene.tokens][::-1]:
        if before[-1].end <= token.start and token.end <= found.start():
            rest = rest.replace(scene.text[token.start : token.end], "·")
    if _KNOWN.fullmatch(rest) is None:
        return None
    return _outside(scene, sheet, place, ranking, count, (scene.part.start, found.start()), found.span())


def _dots(scene: Scene) -> tuple[str, list[int]]:
    """The clause with a dot before each row, and where each character of that stands."""
    starts = {token.start for token in scene.of("row")}
    out, places = [], []
    for at in range(scene.part.start, scene.part.end):
        if at in starts:
            out.append("·")
            places.append(at)
        out.append(scene.text[at])
        places.append(at)
    return "".join(out), [*places, scene.part.end]


# --- how many of some ------------------------------------------------------------------------------------------------


def _among(scene: Scene, sheet: Sheet, place: int, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """规模前三名中有两只上涨, in this clause or in those after it."""
    home, found = next(((one, got) for one in sentence[::-1] if (got := _AMONG.search(one.words)) is not None), (scene, None))
    count = _number(found, sheet) if found is not None else 0
    if found is None or not count or (found.group("head") and not is_head(found.group("head"), sheet)):
        return None
    ranking = _ranking(home, sheet, place, book, home.part.start + found.start())
    order = _order(sheet, ranking) if ranking is not None else None
    nouns = [token for token in scene.of("noun") if home is not scene or token.start >= scene.part.start + found.end()]
    measure = _moves(scene, sheet, place, book, nouns)
    if ranking is None or order is None or measure is None or order[count - 1][1] == order[count][1]:
        return None
    start = scene.part.start + found.end() if home is scene else scene.part.start
    values = [value for row, _ in order[:count] if (value := sheet.value(row, measure)) is not None]
    text = scene.text
    for token in nouns:
        text = text[: token.start] + "·" * (token.end - token.start) + text[token.end :]
    for many in _MANY.finditer(text, start, scene.part.end):
        so = len([value for value in values if (value > 0 if many.group("up") else value < 0)])
        said = han_value(many.group("m"))
        if said is not None and said <= count and said != so and len(values) == count:
            return Finding("claim-count", many.start("m"), many.end(), f"it is so of {so} of these {count} ({measure.key})")
    return None


def _every(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """成交额前四的板块全部下跌."""
    found = _EVERY.search(scene.text, scene.part.start, scene.part.end)
    count = _number(found, sheet) if found is not None else 0
    if found is None or not count or (found.group("head") and not is_head(found.group("head"), sheet)):
        return None
    ranking = _ranking(scene, sheet, place, book, found.start())
    order = _order(sheet, ranking) if ranking is not None else None
    measure = _moves(scene, sheet, place, book)
    if order is None or measure is None or order[count - 1][1] == order[count][1]:
        return None
    up = found.group("up") is not None
    for row, _ in order[:count]:
        value = sheet.value(row, measure)
        if value is not None and ((value <= 0) if up else (value >= 0)):
            message = f"not of all {count}: {sheet.name(row)} {sheet.cell(row, measure).text} ({measure.key})"
            return Finding("claim-all", *found.span("up" if up else "down"), message, ((sheet, row, measure),))
    return None


def _moves(scene: Scene, sheet: Sheet, place: int, book: Book, nouns: Sequence[Token] = ()) -> Measure | None:
    """The changes that words such as 上涨 are of: those of the noun, else of what the rows name, else the only ones."""
    scope = scope_of(scene, sheet, book)
    named = [sheet.measures[one] for token in nouns for name in token.names if name.sheet == place for one in name.places]
    changes = [one for one in sheet.measures if one.kind == CHANGE]
    if nouns:
        pool = [one for one in named if one.kind == CHANGE]
        pool = (
            pool
            or [one for one in changes if any([akin(one, other) for other in named])]
            or (changes if len(changes) == 1 else [])
        )
    else:
        pool = sheet.changes() or changes
    basis = [token.scope for token in scene.of("basis")]
    pool = [one for one in pool if (not scope or one.scope in (scope, "")) and (not basis or one.basis == basis[-1])]
    if len(pool) > 1 and not scope and not nouns:
        pool = [one for one in pool if one.scope == WEEK and of_period(one, book)] or pool
    return pool[0] if len(pool) == 1 else None


def _others(scene: Scene, sheet: Sheet, place: int, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """八个行业中三个下跌，其中一个跌幅超过 1%."""
    if len(sentence) < 2 or scene.of("row"):
        return None
    dotted = scene.text[scene.part.start : scene.part.end]
    for token in [one for one in scene.tokens if one.kind in ("amp", "noun", "dir", "scope", "neutral")]:
        dotted = dotted.replace(scene.text[token.start : token.end], "·", 1)
    found = _OTHERS.search(dotted)
    before = sentence[-2]
    counted = _MANY.search(before.words) or _PAIR.search(before.words)
    measure = _moves(scene, sheet, place, book, scene.of("noun") or before.of("noun"))
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None and token.quantity.unit is not None]
    whole = [one for one in TOTAL.finditer(sentence_text(scene)) if is_head(one.group("noun") or one.group("place") or "", sheet)]
    if found is None or counted is None or measure is None or len(numbers) != 1 or said_of_some(scene, sentence):
        return None
    if not any([han_value(one.group("n")) == len(sheet.own) for one in whole]) or numbers[0].about not in (ABOVE, BELOW):
        return None
    limit, up = numbers[0], counted.groupdict().get("up") is not None
    amps = [token for token in scene.tokens if token.kind in ("amp", "dir") and token.sign]
    if "up" not in counted.groupdict():  # 三涨三跌
        if not amps and "增速" not in scene.words:
            return None
        up = not amps or amps[0].sign > 0
    if any([token.kind in ("amp", "dir") and token.sign * (1 if up else -1) < 0 for token in scene.tokens]):
        return None
    unit = limit.unit
    if unit is None or measure.unit is None or unit.name != measure.unit.name or unit.points != measure.unit.points:
        return None
    bound = limit.value * unit.factor
    values = [value for row in sheet.own if (value := sheet.value(row, measure)) is not None and (value > 0) == up and value]
    so = len([value for value in values if (abs(value) > bound if limit.about == ABOVE else abs(value) < bound)])
    said = han_value(found.group("m"))
    if said is None or said == so or said > len(values):
        return None
    start = scene.part.start + found.start("m")
    return Finding("claim-count", start, limit.end, f"it is so of {so} of these {len(values)} ({measure.key})")


def _few(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """A 是下跌的三个行业之一; A 是唯一上涨的产品."""
    found = _FEW.search(scene.text, scene.part.start, scene.part.end)
    if found is None:
        return None
    groups = found.groupdict()
    head = (groups["head"] or groups["head2"] or groups["head3"] or "").removesuffix("中")
    head = "" if head[:1] == "一" and len(head) == 2 else head  # 唯一下滑的一家
    tokens = [token for token in scene.of("row") if token.end <= found.start()]
    rows = [row for token in tokens[-1:] for name in token.names if name.sheet == place for row in name.places]
    measure = _moves(scene, sheet, place, book, scene.of("noun"))
    if (head and not is_head(head, sheet)) or len(rows) != 1 or len(tokens) != 1 or measure is None:
        return None
    value = sheet.value(rows[0], measure)
    up = bool(groups["up"] or groups["up2"] or groups["up3"])
    if value is None:
        return None
    if (value <= 0) if up else (value >= 0):
        cell = sheet.cell(rows[0], measure).text
        name = next(one for one in ("up", "down", "up2", "down2", "up3", "down3") if groups[one])
        message = f"{sheet.name(rows[0])} has {cell} ({measure.key})"
        return Finding("claim-direction", *found.span(name), message, ((sheet, rows[0], measure),))
    count = groups["n"] or groups["n2"] or "一"
    so = len([1 for row in sheet.own if (one := sheet.value(row, measure)) is not None and (one > 0 if up else one < 0)])
    if han_value(count) != so:
        return Finding("claim-count", *found.span(), f"it is so of {so} of {len(sheet.own)} ({measure.key})")
    return None


def _these(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """下跌的三个行业是 A、B 和 C."""
    dotted, places = _dots(scene)
    found = _THESE.search(dotted)
    if found is None or (found.group("head") and not is_head(found.group("head"), sheet)):
        return None
    start, end = places[found.start()], places[found.end()]
    measure = _moves(scene, sheet, place, book, [token for token in scene.of("noun") if token.end <= end])
    tokens = [token for token in scene.of("row") if token.start >= end]
    rows = [row for token in tokens for name in token.names if name.sheet == place for row in name.places]
    if measure is None or len(rows) != len(tokens) or len(rows) != han_value(found.group("n")) or scene.of("number"):
        return None
    up = found.group("up") is not None
    for token, row in zip(tokens, rows):
        value = sheet.value(row, measure)
        if value is not None and ((value <= 0) if up else (value >= 0)):
            message = f"{sheet.name(row)} has {sheet.cell(row, measure).text} ({measure.key})"
            return Finding("claim-direction", start, token.end, message, ((sheet, row, measure),))
    return None
