"""The only ones: 仅 A 与 B 上涨, 唯一取得正收益的是 A, 逆势上涨的只有 A; and one against all others together: 超过其余三家之和.

In: scenes of a sentence, the book.  Out: findings.  Always: the list is read in full, and the rest is all other rows of the table
or of the one kind the sentence names.
"""

from __future__ import annotations

from decimal import Decimal

from ...pattern import later
from ..meant.domains import domains, rows_of
from ..meant.groups import is_head, sentence_text
from ..meant.kinds import plain
from ..meant.pools import columns_of
from ..tables.subjects import LEVEL
from ..words import lexicon
from ..words.quantities import AREAS, COUNT, THINGS, han_value
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_UP = rf"(?:录得|取得|获得|实现|保持)?(?:{lexicon.ROSE}|净流入|净申购|净买入|盈利|涨)"
_DOWN = rf"(?:录得|取得|出现|遭遇)?(?:{lexicon.FELL}|净流出|净赎回|净卖出|亏损|跌)"
_UNIT = rf"[{THINGS}{AREAS}]"
_LIST = rf"·(?:(?:[、和与及]|以及)·)*(?:这|等)?(?:{COUNT}{_UNIT}[一-龥]{{0,4}}?)?"
_BEHIND = later(
    rf"(?:逆势|唯一|独自)*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))的(?P<head>[一-龥]{{0,6}}?)(?:也|便|就)?(?:仅有?|只有|唯有|仅为|(?<=唯一)是)(?P<list>{_LIST})$"
    rf"|唯一一?{_UNIT}?[·一-龥]{{0,6}}?(?:(?P<up2>{_UP})|(?P<down2>{_DOWN}))的(?P<head2>[一-龥]{{0,6}}?)(?:是|为|当属)(?P<list2>·)$"
)
_BEFORE = later(
    rf"(?:仅有?|只有|唯有|唯独)(?P<list>{_LIST})(?:一{_UNIT})?(?:逆势|录得|取得|小幅|大幅|微|实现|保持|同比|环比|收盘|当周|本周|全周|年内|则|能|的|。)*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?$"
)
_REST = later(
    rf"(?:(?P<more>超过|高于|大于|多于|超出|胜过)|(?P<less>不及|低于|少于|小于|不敌|比不上|不如))了?其(?:余|他|它)(?P<n>{COUNT})?[{THINGS}{AREAS}大者]?[一-龥]{{0,4}}?(?:之和|总和|合计|加总|的总和)"
)


def hold_only(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The claims of a clause that only some rows, or one against the rest, are so."""
    if scene.unsure or (scene.denied and "唯一" not in scene.words):
        return
    for place, sheet in enumerate(book.sheets):
        if sheet.series or sheet.table.key < 0:
            continue
        finding = _only(scene, sheet, place, book) or _over_rest(scene, sheet, place, book)
        if finding is not None:
            yield finding
            return


def _only(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    dotted = scene.dotted(scene.part.start, scene.part.end, "row")
    found = _BEHIND.search(dotted) or _BEFORE.search(dotted)
    if found is None or scene.of("number") or _SOME.search(sentence_text(scene)):
        return None
    groups = found.groupdict()
    head = groups.get("head") or groups.get("head2") or ""
    count = dotted[: found.start()].count("·")
    inside = scene.of("row")[count : count + (groups["list"] or groups.get("list2") or "").count("·")]
    rows = [row for token in inside for name in token.names if name.sheet == place for row in name.places]
    if count or len(rows) != len(inside) or not rows or (head and not is_head(head, sheet) and head not in _HEADS):
        return None
    if not plain(scene, sheet, scene.part.start, scene.part.start + found.start()):
        return None
    sets = domains(scene, sheet, scene.part.end)
    whole = rows_of(sets)
    pool = columns_of(scene, sheet, place, book, strict=True)
    if len(pool) != 1 or not whole or not {*rows} <= {*whole}:
        return None
    measure, up = pool[0], bool(groups.get("up") or groups.get("up2"))
    so = [row for row in whole if (value := sheet.value(row, measure)) is not None and (value > 0 if up else value < 0)]
    wrong = [row for row in rows if row not in so and sheet.value(row, measure) is not None] or [
        row for row in so if row not in rows
    ]
    if not wrong:
        return None
    start = scene.part.start if not inside else inside[0].start
    shown = f"{sheet.name(wrong[0])} has {sheet.cell(wrong[0], measure).text} ({measure.key})"
    return Finding("claim-count", start, inside[-1].end, shown, ((sheet, wrong[0], measure),))


_SOME = later(r"前[一二三四五六七八九十\d]|除|以外|之外|其[余他它中]|较大|较小|后[二三四五两]")
_HEADS = ("指数", "行业", "板块", "品种", "公司", "基金", "产品", "城市", "企业", "银行", "个股", "一只", "一个", "一家")


def _over_rest(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """天枢电器的市值超过其余三家之和."""
    found = _REST.search(scene.text, scene.part.start, scene.part.end)
    rows = [row for token in scene.rows for name in token.names if name.sheet == place for row in name.places]
    if found is None or len(rows) != 1 or len(scene.of("row")) > 1:
        return None
    pool: list[Measure] = [one for one in columns_of(scene, sheet, place, book, moves=False) if one.kind == LEVEL]
    others = [row for row in sheet.own if row != rows[0]]
    if (
        len(pool) != 1
        or (found.group("n") and han_value(found.group("n")) != len(others))
        or not (scene.nouns or scene.of("noun"))
    ):
        return None
    own = sheet.value(rows[0], pool[0])
    values = [value for row in others if (value := sheet.value(row, pool[0])) is not None]
    if own is None or len(values) < len(others):
        return None
    rest = sum(values, Decimal(0))
    if (own > rest) == (found.lastgroup == "more" or found.group("more") is not None):
        return None
    unit = sheet.unit(rows[0], pool[0])
    shown = f"the others come to {rest / unit.factor if unit is not None else rest} ({pool[0].key})"
    return Finding("claim-order", found.start(), found.end(), shown, ((sheet, rows[0], pool[0]),))
