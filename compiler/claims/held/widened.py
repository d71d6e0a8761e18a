"""How the difference of two moved: 两者利差较上周收窄, A 与 B 的差距较 11 月进一步拉大, 增速差走阔至 0.4 个百分点.

In: a clause, the book.  Out: findings.  Always: both are named side by side, the difference has one sign at both times, and both
times are in the data: that of the clause, and the one it is compared with, else the one before.
"""

from __future__ import annotations

from ...data.rounding import rounded
from ...pattern import later
from ..meant.steps import based_on, before, column_past, compared
from ..tables.subjects import CHANGE, LEVEL
from ..tables.time_columns import column_stems, column_times
from ..words.times import same
from .findings import Finding
from .series import row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet

    Cell = tuple[Sheet, int, Measure]

_JOINED = ("与", "和", "同", "跟", "及", "、", "-", "相对", "较")
_OF = later(r"(?:两者|二者|两家|两地|双方|各自|当?[周月季年]|单[周月季])?(?:之间)?的?\0*的?")
_GAP = later(
    r"(?P<pace>(?:同比|环比)?(?:增速|增长率|涨幅|跌幅|增幅|降幅)(?:之间)?的?)?(?:同比|环比)?(?:[一-龥]{0,4}?(?:差[距值额]|之差)|[一-龥]{0,3}差|剪刀差)"
    r"(?![距离异别])(?:幅度|水平)?"
)
_BASE = later(r"(?:相?较于?|相?比|与|和)?(?:·\0*)?(?:相比|相较|水平|时|末|底)?")
_HOW = r"(?:继续|进一步|小幅|大幅|明显|显著|略有?|有所|则|也|均|再度|再次|又|持续|逐步|已|在|出现|呈现?)*"
_WAY = later(
    rf"{_HOW}(?:(?P<wide>走阔|扩大|拉大|走扩|拉开|加大|放大|变大|扩张)|(?P<narrow>收窄|缩小|压缩|收敛|缩窄|变小|收缩))"
    r"(?=[了至到]|$|态势|趋势|约?\d)"
)


def hold_widened(scene: Scene, book: Book) -> Iterator[Finding]:
    """The words of a clause for how a difference moved that go the other way in the data."""
    if scene.unsure or scene.denied or scene.way or scene.lost:
        return
    for place, sheet in enumerate(book.sheets):
        tokens = _two(scene, sheet, place)
        if tokens is None:
            continue
        rest = _rest(scene, tokens[1].end)
        begun = _OF.match(rest)
        gap = _GAP.match(rest, begun.end() if begun is not None else 0)
        base = _BASE.match(rest, gap.end()) if gap is not None else None
        way = _WAY.match(rest, base.end()) if base is not None else None
        if gap is None or way is None:
            continue
        found = (_over_time if sheet.series else _over_columns)(scene, sheet, place, tokens, book)
        pairs = found if not gap.group("pace") or all([one[2].kind == CHANGE for both in found for one in both]) else ()
        start, end = way.span(way.lastgroup or 0)
        finding = _held(scene, pairs, (tokens[1].end + start, tokens[1].end + end), way.lastgroup == "wide")
        if finding is not None:
            yield finding
            return


def _two(scene: Scene, sheet: Sheet, place: int) -> tuple[Token, Token] | None:
    """The two things a clause names side by side: columns of a table by time, else rows."""
    tokens = [one for one in scene.of("noun" if sheet.series else "row") if any([name.sheet == place for name in one.names])]
    if len(tokens) < 2 or (sheet.series and scene.of("row")):
        return None
    first, second = tokens[:2]
    if scene.text[first.end : second.start].removeprefix("同比").removeprefix("增速") not in _JOINED:
        return None
    return (first, second) if sheet.series or len(scene.of("row")) == 2 else None


def _rest(scene: Scene, at: int) -> str:
    """A clause from there on, with dots for the times it is compared with, and none of the words for what is measured."""
    out = list(scene.text[at : scene.part.end])
    for token in scene.tokens:
        if token.start < at:
            continue
        if token.kind in ("versus", "base"):
            out[token.start - at : token.end - at] = "·" + "\0" * (token.end - token.start - 1)
        elif token.kind in ("amount",) or (token.kind == "noun" and token.names):
            out[token.start - at : token.end - at] = "\0" * (token.end - token.start)
    return "".join(out)


_OF_KIND = {"week": ("周",), "month": ("月",), "year": ("年",), "quarter": ("季",)}


def _over_time(scene: Scene, sheet: Sheet, place: int, tokens: Sequence[Token], book: Book) -> Sequence[tuple[Cell, Cell]]:
    """The two cells of now, and those of before, of two columns by time."""
    pair = [[sheet.measures[at] for name in one.names if name.sheet == place for at in name.places] for one in tokens]
    row = row_of(scene, sheet, tokens[1].end) if [len(one) for one in pair] == [1, 1] else None
    if row is None or scene.sinces or pair[0][0].unit != pair[1][0].unit or pair[0][0].kind != pair[1][0].kind:
        return ()
    kinds = [kind for kind in sheet.units if scene.scope in _OF_KIND.get(kind, ())]
    if scene.scope and not kinds:
        return ()  # 本周, of a table by day
    based = bool(based_on(scene))
    if "day" in sheet.units and not based and not scene.of("time"):
        return ()
    past = compared(scene, sheet, row) if based else before(sheet, row)
    if past is None or past == row:
        return ()
    first, second = pair[0][0], pair[1][0]
    return [((sheet, at, first), (sheet, at, second)) for at in (row, past)]


def _over_columns(scene: Scene, sheet: Sheet, place: int, tokens: Sequence[Token], book: Book) -> Sequence[tuple[Cell, Cell]]:
    """The same of two rows, in the column that is meant and that of the time before."""
    rows = [row for one in tokens for name in one.names if name.sheet == place for row in name.places]
    own = column_at(scene, sheet, place, book)
    past = column_past(scene, sheet, own, book) if own is not None else None
    if len(rows) != 2 or rows[0] == rows[1] or own is None or past is None or past is own or scene.sinces:
        return ()
    if sheet.unit(rows[0], own) != sheet.unit(rows[1], own) or own.unit != past.unit:
        return ()
    return [((sheet, rows[0], one), (sheet, rows[1], one)) for one in (own, past)]


_DATED = later(r"\d|[一二三四]季")


def column_at(scene: Scene, sheet: Sheet, place: int, book: Book) -> Measure | None:
    """The column a clause names, else the one of its time, where all that are times are of one thing."""
    named = scene.columns(place, sheet)
    if named is None:
        return None
    plain = [one for one in named if one.minus < 0 and one.kind == LEVEL]
    if named:
        return plain[0] if len(plain) == 1 else None
    known, stems = column_times(sheet.table, book.now), column_stems(sheet.table, book.now)
    levels = [one for one in sheet.measures if one.column in known and one.kind == LEVEL and one.minus < 0]
    pool = [one for one in levels if _DATED.search(one.key) is not None]  # which month 本月 is nobody says
    said = [token.time for token in scene.of("time") or scene.whens if token.time is not None]
    if len({stems[one.column] for one in pool}) != 1 or len(said) != 1:
        return None
    return next((one for one in pool if same(known[one.column], said[0])), None)


def _held(scene: Scene, pairs: Sequence[tuple[Cell, Cell]], span: tuple[int, int], wide: bool) -> Finding | None:
    """Whether the difference of the first pair, that of now, is wider or narrower than that of the second."""
    sizes: list[Decimal] = []
    for (sheet, row, measure), (_, other, column) in pairs:
        one, two = sheet.value(row, measure), sheet.value(other, column)
        sizes += [one - two] if one is not None and two is not None else []
    if len(sizes) != 2 or sizes[0] * sizes[1] <= 0:
        return None
    now, old = abs(sizes[0]), abs(sizes[1])
    if now != old and (now > old) == wide:
        return None
    sheet, row, measure = pairs[0][0]
    unit = sheet.unit(row, measure)
    told = [rounded(one / (unit.factor if unit is not None else 1), 2) for one in (now, old)]
    said = scene.text[slice(*span)]
    return Finding("claim-direction", *span, f"`{said}`: they are {told[0]} apart, and were {told[1]}", pairs[0])
