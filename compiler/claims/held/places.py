"""Places in a column of ranks: 升至第三, 由第 8 升至第 6, 上升两位, 同类排名第 23（共 654 只）, 排名 182/654.

In: scenes of a sentence, the book.  Out: findings.  Always: the table has one column of places, whole numbers or 182/654, and the
clause speaks of one row.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.pairs import earlier, is_rank
from ..words.quantities import COUNT, han_value
from ..words.reading import sentence_start
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Sheet

_WORD = later(r"排名|名次|位次|座次|排位")
_PLACE = later(rf"第(?P<n>{COUNT})(?:位|名)?(?!季|大|[一二三四]?阶段|届|期|批|[个只家类条项章款产])")
_FROM = later(
    rf"(?:由|从)(?P<lead>[^，。；第]{{0,10}}?)第(?P<a>{COUNT})(?:位|名)?[^，。；第\d]{{0,8}}?(?:至|到|为)第(?P<b>{COUNT})"
)
_BY = later(
    rf"(?:(?P<up>上升|提升|前进|跃升|上移|攀升|升|进)|(?P<down>下滑|下降|后退|回落|下移|滑落|跌|降|退))了?(?P<n>{COUNT})(?:个)?(?:位(?!数|置)|名(?!次)|个?位次)"
)
_OF = later(r"(?P<a>\d+)/(?P<b>\d+)")
_AMONG = later(r"(?:共|同类共?|全部)(?P<n>\d+)(?:只|家|个|位|名)|(?<!第)(?P<m>\d+)(?:只|家)(?:同类)?(?:产品|基金)?中")
_IN = later(r"(?:行业|市场|表中|全国|同业)第")


def hold_places(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The places a clause gives that are others in the data."""
    if scene.unsure or scene.denied or "倒数" in scene.words:
        return
    for place, sheet in enumerate(book.sheets):
        if sheet.series or sheet.table.key < 0:
            continue
        row = _row(scene, place)
        if row is None:
            continue
        finding = _whole(scene, sheet, row, book) or _of_many(scene, sheet, row, sentence)
        if finding is not None:
            yield finding
            return


def _row(scene: Scene, place: int) -> int | None:
    tokens = scene.of("row")
    if not tokens and not scene.lost:
        tokens = [one for one in scene.rows if one.start < scene.part.start]
    rows = [row for token in tokens for name in token.names if name.sheet == place for row in name.places]
    return rows[0] if len(rows) == len(tokens) == 1 else None


def _whole(scene: Scene, sheet: Sheet, row: int, book: Book) -> Finding | None:
    """Places as whole numbers: 排名由第 8 升至第 6, 较上季末上升一位."""
    ranks = [one for one in sheet.measures if is_rank(one)]
    pairs = [(one, other) for one in ranks if (other := earlier(sheet, one, book.now)) is not None]
    own = pairs[0][0] if len(pairs) == 1 else ranks[0] if len(ranks) == 1 else None
    if own is None or not _of_rank(scene, sheet):
        return None
    other = pairs[0][1] if len(pairs) == 1 else None
    now = sheet.value(row, own)
    past = sheet.value(row, other) if other is not None else None
    way = _FROM.search(scene.text, scene.part.start, scene.part.end)
    if way is not None:
        for name, value, column in (("a", past, other), ("b", now, own)):
            if value is not None and column is not None and han_value(way.group(name)) != value:
                shown = f"{sheet.cell(row, column).text} ({sheet.name(row)} {column.key})"
                return Finding(
                    "claim-value", *way.span(name), f"`第 {way.group(name)}` is said of {shown}", ((sheet, row, column),)
                )
        return None
    moved = _BY.search(scene.text, scene.part.start, scene.part.end)
    if moved is not None and now is not None and past is not None and other is not None:
        steps = int(past - now)
        said = int(han_value(moved.group("n")) or 0) * (1 if moved.group("up") else -1)
        if said and steps != said:
            shown = f"{sheet.name(row)} went from {sheet.cell(row, other).text} to {sheet.cell(row, own).text} ({own.key})"
            code = "claim-direction" if steps * said <= 0 else "claim-change"
            return Finding(code, *moved.span(), shown, ((sheet, row, own), (sheet, row, other)))
    if moved is None and "上" not in scene.scope:
        for found in _PLACE.finditer(scene.text, scene.part.start, scene.part.end):
            if now is None or _IN.search(scene.text, found.start() - 3, found.end()) or _named(scene, sheet, found, own.key):
                return None
            if han_value(found.group("n")) != now and "上" not in scene.text[scene.part.start : found.start()]:
                shown = f"`{found.group()}` is said of {sheet.cell(row, own).text} ({sheet.name(row)} {own.key})"
                return Finding("claim-value", found.start(), found.end(), shown, ((sheet, row, own),))
    return None


def _named(scene: Scene, sheet: Sheet, found: re.Match[str], key: str) -> bool:
    """Whether the place is said to be by something else than the column of ranks is: 公募规模排名第四."""
    before = [token for token in scene.of("noun") if token.end <= found.start()]
    said = scene.text[before[-1].start : before[-1].end] if before else ""
    return bool(said) and said not in key and key not in said and said.removesuffix("规模")[:2] not in key


def _of_rank(scene: Scene, sheet: Sheet) -> bool:
    """Whether the clause, or the one it goes on with, speaks of the places the table has."""
    begun = sentence_start(scene.text, scene.part.start)
    return _WORD.search(scene.text, begun, scene.part.end) is not None


def _of_many(scene: Scene, sheet: Sheet, row: int, sentence: Sequence[Scene]) -> Finding | None:
    """Places as 182/654."""
    cells = [(at, column) for at, column in enumerate(sheet.table.columns) if _WORD.search(column.key) is not None]
    if len(cells) != 1 or not _of_rank(scene, sheet):
        return None
    at, column = cells[0]
    own = _OF.fullmatch(sheet.table.rows[row][at].text.replace(" ", ""))
    if own is None:
        return None
    shown = f"is said of {own.group()} ({sheet.name(row)} {column.key})"
    said = _OF.search(scene.text, scene.part.start, scene.part.end)
    if said is not None:
        if said.group() != own.group():
            return Finding("claim-value", said.start(), said.end(), f"`{said.group()}` {shown}")
        return None
    for found in _PLACE.finditer(scene.text, scene.part.start, scene.part.end):
        if han_value(found.group("n")) != int(own.group("a")):
            return Finding("claim-value", found.start(), found.end(), f"`{found.group()}` {shown}")
    many = _AMONG.search(scene.text, scene.part.start, scene.part.end)
    if many is not None and int(many.group("n") or many.group("m")) != int(own.group("b")):
        return Finding("claim-value", many.start(), many.end(), f"`{many.group()}` {shown}")
    return None
