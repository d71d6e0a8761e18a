"""How many rows of a table lie over or under a bound: 四个期限中有三个低于 2%, 仅 A 超过 100 亿元, 规模超过千亿元的共有四只.

In: scenes of a sentence, the book.  Out: findings.  Always: the rows are all of a table, or one kind of them; before the number
the sentence says how many there are, after it how many are so is said in full (共有, 仅有); the clause names the column, or the
table has one that its unit fits.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.domains import domains, rows_of
from ..meant.groups import TOTAL, counts_rows, is_head, of_other, sentence_text
from ..meant.kinds import kind_in, plain
from ..meant.pairs import latest
from ..meant.pools import columns_of, is_rate, rate_of
from ..tables.subjects import CHANGE, FLOW
from ..words.quantities import ABOVE, AREAS, BELOW, COUNT, THINGS, han_value
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

_SO_MANY = later(rf"(?P<n>{COUNT})[{THINGS}{AREAS}](?!以|月)(?:(?![中里])[一-龥·]){{0,16}}?的?(?:在|处于)?$")
_ONLY = later(r"(?:仅|只)有?$")
_VAGUE = ("近", "约", "超", "逾", "过", "多", "第", "前", "后", "每", "另", "余")
_UNITS = ("国", "省", "个", "只", "家", "类", "支", "项", "种", "条", "座", "城", "款", "部", "场", "艘")
_MANY_ARE = later(
    rf"的(?P<noun>[一-龥A-Za-z]{{0,6}}?)(?:数量|家数|只数|个数)?(?:一共|总共|共计|共|合计|仅|只|也|已|就)*(?:有|为|是|达到?)?"
    rf"(?P<n>{COUNT})(?P<unit>{'|'.join(_UNITS)})(?![半多余])"
)
_THESE_ARE = later(r"的(?P<noun>[一-龥A-Za-z]{0,6}?)(?P<only>仅有?|只有|就是|分别[是为]|[是为])(?=·)")
_LIST = later(rf"(?:·|[、和与及]|以及)+(?:这|等)?(?:(?P<n>{COUNT})(?:{'|'.join(_UNITS)})[一-龥]{{0,4}})?")


def hold_limits(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The claims of a clause about how many rows are over or under a number."""
    if scene.unsure or scene.denied:
        return
    numbers = [token for token in scene.of("number") if token.quantity is not None and token.quantity.about in (ABOVE, BELOW)]
    if len(numbers) != 1 or numbers[0].quantity is None:
        return
    quantity = numbers[0].quantity
    for place, sheet in enumerate(book.sheets):
        if sheet.series or sheet.table.key < 0 or of_other(scene, book.sheets, place):
            continue
        measure = _column(scene, sheet, place, book, quantity)
        if measure is None:
            continue
        finding = _all_told(scene, sheet, place, measure, quantity, sentence, book)
        rows = len(sheet.own)
        totals = [found for found in TOTAL.finditer(sentence_text(scene)) if han_value(found.group("n")) == rows]
        if finding is None and any([counts_rows(found, scene, sheet, place) for found in totals]):
            finding = _counted(scene, sheet, measure, quantity, sheet.own) or _alone(scene, sheet, place, measure, quantity)
        some = rows_of(domains(scene, sheet, quantity.lead)) if finding is None and not scene.of("row") else ()
        if 1 < len(some) < rows:
            finding = _counted(scene, sheet, measure, quantity, some)
        headed = _headed(scene, sheet, quantity) if finding is None and len(some) in (0, rows) else None
        if headed is not None:
            finding = _counted(scene, sheet, measure, quantity, sheet.own, over=not headed.group("has"))
        other = _other_side(scene, sheet, place, measure, quantity, sentence, book) if finding is None and not headed else None
        if other is not None and len(some) in (0, rows):
            finding = _counted(scene, sheet, measure, quantity, sheet.own, over=not other.group("has"))
        if finding is not None:
            yield finding
            return


_HEADED = later(rf"[·的，]*(?P<has>(?:一共|总共|共|仅|只)?有)?{COUNT}(?P<unit>{'|'.join(_UNITS)})(?P<noun>[一-龥]{{2,5}}?)的?·.*")


def _headed(scene: Scene, sheet: Sheet, quantity: Quantity) -> re.Match[str] | None:
    """How a clause begins with how many of what the rows are called: 本周共有三只指数涨幅超过 2%.  Without 有 no more can be so,
    but others may."""
    found = _HEADED.fullmatch(scene.dotted(scene.part.start, quantity.lead))
    return found if found is not None and is_head(found.group("noun"), sheet) and not scene.rows else None


_ANOTHER = later(
    rf"(?:另外?|还|而|但|也|却|仅|只)*(?P<has>有)?(?:{COUNT})(?P<unit>{'|'.join(_UNITS)})(?:则|均|都|也|的?·|在|处于|位于|仍|不足|低|高)*"
)


def _other_side(
    scene: Scene, sheet: Sheet, place: int, measure: Measure, quantity: Quantity, sentence: Sequence[Scene], book: Book
) -> re.Match[str] | None:
    """How a clause counts on after one that began with how many of the rows lie on the other side: 三座城市去化周期超过 20 个月，
    另有四座在 15 个月以下; `has` of the one or the other."""
    lead = sentence[-2] if len(sentence) > 1 else None
    said = [token.quantity for token in lead.of("number") if token.quantity is not None] if lead is not None else []
    if lead is None or len(said) != 1 or said[0].about not in (ABOVE, BELOW) or said[0].about == quantity.about:
        return None
    first, found = _headed(lead, sheet, said[0]), _ANOTHER.fullmatch(scene.dotted(scene.part.start, quantity.lead))
    if first is None or found is None or first.group("unit") != found.group("unit") or scene.rows:
        return None
    return (found if found.group("has") else first) if _column(lead, sheet, place, book, said[0]) is measure else None


def _group(scene: Scene, sheet: Sheet, place: int, end: int, sentence: Sequence[Scene]) -> list[int] | None:
    """The rows a clause counts among: one kind or all, by its own words and those of the clause before it; None if others."""
    start = scene.part.start
    lead = sentence[-2] if len(sentence) > 1 else None
    if (
        lead is not None
        and not lead.of("number")
        and not lead.of("row")
        and lead.words[-1:] in "中里内，"
        and not scene.of("row")
    ):
        start = lead.part.start  # 城投债中，…
    kind = kind_in(scene, sheet, start, end) if start == scene.part.start else _kind_of(lead, scene, sheet, end)
    whole = list(kind[1]) if kind is not None else list(sheet.own)
    if not plain(scene, sheet, scene.part.start, end, kind[0] if kind is not None else ""):
        return None
    for found in TOTAL.finditer(sentence_text(scene)):
        among = counts_rows(found, scene, sheet, place) or found.group().endswith(("中", "里"))  # 八只ETF中, of another table
        if found.start() < end - start and among and han_value(found.group("n")) != len(whole):
            return None
    return whole


def _kind_of(lead: Scene | None, scene: Scene, sheet: Sheet, end: int) -> tuple[str, tuple[int, ...]] | None:
    own = kind_in(scene, sheet, scene.part.start, end)
    return own or (kind_in(lead, sheet, lead.part.start, lead.part.end) if lead is not None else None)


def _all_told(
    scene: Scene, sheet: Sheet, place: int, measure: Measure, quantity: Quantity, sentence: Sequence[Scene], book: Book
) -> Finding | None:
    """规模超过千亿元的产品共有四只; 涨幅超过 3% 的仅 A 与 B 两个."""
    if [token for token in scene.of("row") if token.end <= quantity.lead]:
        return None
    rest = scene.dotted(quantity.end, scene.part.end, "row")
    many, these = _MANY_ARE.match(rest), _THESE_ARE.match(rest)
    found = many or these
    if found is None or not _names(found.group("noun"), sheet, scene):
        return None
    noun = found.group("noun")
    if noun and not is_head(noun, sheet) and any([is_head(noun, one) for one in book.sheets if one is not sheet]):
        return None  # 产品, where another table has them
    rows = _group(scene, sheet, place, quantity.lead, sentence)
    sides = _sides(scene, sheet, measure, quantity, rows) if rows is not None else None
    if rows is None or sides is None:
        return None
    sure, edge = sides
    start = scene.part.start
    if many is not None:
        number = han_value(many.group("n"))
        if number is None or len(sure) <= number <= len(sure) + len(edge) or number > len(rows):
            return None
        return Finding("claim-count", quantity.lead, quantity.end, f"it is so of {len(sure)} of {len(rows)} ({measure.key})")
    assert these is not None
    listed = _LIST.fullmatch(rest, these.end())
    tokens = [token for token in scene.of("row") if token.start >= quantity.end]
    named = [row for token in tokens for name in token.names if name.sheet == place for row in name.places]
    if listed is None or len(named) != len(tokens) or (listed.group("n") and han_value(listed.group("n")) != len(named)):
        return None
    wrong = [row for row in named if row not in sure and row not in edge] or [row for row in sure if row not in named]
    if not wrong:
        return None
    shown = f"{sheet.name(wrong[0])} has {sheet.cell(wrong[0], measure).text} ({measure.key})"
    return Finding("claim-count", max(start, quantity.lead), quantity.end, shown, ((sheet, wrong[0], measure),))


def _names(noun: str, sheet: Sheet, scene: Scene) -> bool:
    """Whether a noun is what rows are called."""
    return not noun or is_head(noun, sheet) or noun in _ROWS or noun in ("银行", "城市", "产品", "个股", "标的", "券种", "品种")


_ROWS = ("指数", "行业", "板块", "品种", "公司", "基金", "产品", "商品", "城市", "企业", "国家", "地区")


def _sides(
    scene: Scene, sheet: Sheet, measure: Measure, quantity: Quantity, rows: Sequence[int]
) -> tuple[list[int], list[int]] | None:
    """The rows that lie on the side that is said, and those on the bound itself."""
    bound = quantity.value * (quantity.unit.factor if quantity.unit is not None else 1)
    signs = [token for token in scene.tokens if token.sign and token.end <= quantity.lead]
    sign = signs[-1].sign if signs else 1
    if signs and measure.kind not in (CHANGE, FLOW):
        return None
    values = [(row, _size(sheet, row, measure)) for row in rows]
    above = quantity.about == ABOVE
    sure, edge = [], []
    for row, value in values:
        if value is None:
            continue
        size = value * sign
        if signs and size <= 0:
            continue
        if size == bound:
            edge.append(row)
        elif size > bound if above else size < bound:
            sure.append(row)
    return sure, edge


def _size(sheet: Sheet, row: int, measure: Measure) -> Decimal | None:
    """A cell; of a 回撤, which the data may have below nought, how deep it is."""
    value = sheet.value(row, measure)
    return abs(value) if value is not None and "回撤" in measure.key else value


def _column(scene: Scene, sheet: Sheet, place: int, book: Book, quantity: Quantity) -> Measure | None:
    """The column that is named, or the only one the number's unit fits."""
    turned = [token for token in scene.of("dir") if token.end <= quantity.lead]
    paced = bool(turned) or any([is_rate(scene, token) for token in scene.tokens if token.end <= quantity.lead])
    named = columns_of(scene, sheet, place, book, moves=paced, strict=paced)
    if scene.of("noun") and not named:
        return None  # one of another table
    fitting = [one for one in named or sheet.measures if _fits(one, quantity)]
    if paced and not fitting:  # 营收增速超过三成, of 营收 and 去年同期营收
        fitting = [rate for one in named if (rate := rate_of(one)) is not None and _fits(rate, quantity)]
    if not fitting and not scene.nouns:
        fitting = [one for one in sheet.measures if _fits(one, quantity)]
    last = latest(sheet, book.now) if len(fitting) > 1 and not scene.nouns else None
    if last is not None and last in fitting:
        return last
    return fitting[0] if len(fitting) == 1 else None


def _fits(measure: Measure, quantity: Quantity) -> bool:
    own, said = measure.unit, quantity.unit
    if own is None or said is None:
        return own is None and said is None
    return (own.name == said.name and own.points == said.points) or (not said.name and own.name != "%")  # 过万亿


def _bound(scene: Scene, sheet: Sheet, measure: Measure, quantity: Quantity, *, even: bool = False) -> list[int]:
    """The rows that lie on the side that is said; `even`: or on the bound itself."""
    bound = quantity.value * (quantity.unit.factor if quantity.unit is not None else 1)
    falls = measure.kind in (CHANGE, FLOW) and any([token.sign < 0 and token.end <= quantity.lead for token in scene.tokens])
    values = [(row, _size(sheet, row, measure)) for row in sheet.own]
    sizes = [(row, -value if falls else value) for row, value in values if value is not None and not (falls and value >= 0)]
    above = quantity.about == ABOVE
    return [row for row, size in sizes if (size > bound if above else size < bound) or (even and size == bound)]


def _counted(
    scene: Scene, sheet: Sheet, measure: Measure, quantity: Quantity, among: Sequence[int], *, over: bool = False
) -> Finding | None:
    """有三个期限的收益率低于 2%.  `over`: only where fewer are so than is said."""
    text = scene.text
    for token in (*scene.of("noun"), *[one for one in scene.of("time") if one.scope == "column"]):  # 有四个11月交付量超过 2 万辆
        text = text[: token.start] + "·" * (token.end - token.start) + text[token.end :]
    found = _SO_MANY.search(text, scene.part.start, quantity.lead)
    number = han_value(found.group("n")) if found is not None else None
    if "其中" in scene.words:  # of those the clause before counts
        return None
    if found is None or number is None or scene.of("row") or scene.text[found.start() - 1] in _VAGUE:
        return None
    so = len([row for row in _bound(scene, sheet, measure, quantity) if row in among])
    most = len([row for row in _bound(scene, sheet, measure, quantity, even=quantity.even) if row in among])
    if so <= number <= most or number >= len(among) or (over and number < so):
        return None
    return Finding("claim-count", found.start("n"), quantity.end, f"it is so of {so} of {len(among)} ({measure.key})")


def _alone(scene: Scene, sheet: Sheet, place: int, measure: Measure, quantity: Quantity) -> Finding | None:
    """仅 1 年期国债低于 2%."""
    rows = [token for token in scene.of("row") if token.end <= quantity.lead]
    if len(rows) != 1 or _ONLY.search(scene.text, scene.part.start, rows[0].start) is None:
        return None
    own = {row for name in rows[0].names if name.sheet == place for row in name.places}
    others = [row for row in _bound(scene, sheet, measure, quantity) if row not in own]
    if not others or not own:
        return None
    shown = f"it is so of {sheet.name(others[0])}, too: {sheet.cell(others[0], measure).text} ({measure.key})"
    return Finding("claim-count", rows[0].start, quantity.end, shown, ((sheet, others[0], measure),))
