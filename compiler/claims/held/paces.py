"""Whether something grew faster than the time before, of a table that has but its levels: 2022 年发电量增速较上年加快.

In: a clause, the book.  Out: findings.  Always: the rows are years, or months where the words say 环比; the table has no column
of the change itself; in amount and in per cent it is the other way, unless the words say which of these they mean.
"""

from __future__ import annotations

from ...data.rounding import rounded
from ...pattern import later
from ..meant.steps import based_on, before, compared
from ..tables.subjects import LEVEL
from .findings import Finding
from .series import column_of, row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_PACE = later(
    r"的?(?:同比|环比|年度|全年|每年)?(?:"
    r"(?P<rate>增速|增长率|增长速度|(?P<fall>下降速度|降速))"
    r"|(?P<amount>增量|净增量?|新增量|增加量|增长量|(?P<less>减少量|减量|净减量?))"
    r"|(?P<either>[涨升增]幅|(?:增长|增加|上升|上涨|提升|提高)的?(?:幅度|势头|步伐)|(?P<down>[降跌减]幅|(?:减少|下降|下滑|下跌|回落|减少)的?(?:幅度|势头|步伐))))"
)
_HOW = r"(?:继续|进一步|小幅|大幅|明显|显著|略有?|有所|则|也|均|再度|再次|又|持续|已|出现|呈现?|同步|均?要|还)*"
_BASE = later(r"(?:(?:相?较于?|相?比|与|和)(?:·\0*)(?:年|月)?(?:同期|相比|相较|时|末|底)?)?")
_WAY = later(
    rf"{_HOW}(?:(?P<more>加快|提速|加速|扩大|走阔|走扩|回升|上升|提升|提高|抬升|加大|加深|拉大|更快|更大|走高)"
    r"|(?P<less>放缓|减速|趋缓|收窄|缩小|回落|下降|下滑|减缓|走低|更慢|更小|降低))(?:了|态势|趋势|$)"
)


def hold_paces(scene: Scene, book: Book) -> Iterator[Finding]:
    """The words of a clause for a pace that went the other way."""
    if scene.unsure or scene.denied or scene.way or scene.lost or scene.other or scene.of("row") or scene.sinces:
        return
    nouns = scene.of("noun")
    if len(nouns) != 1 or not based_on(scene):
        return
    rest = _rest(scene, nouns[0].end)
    pace = _PACE.match(rest)
    base = _BASE.match(rest, pace.end()) if pace is not None else None
    way = _WAY.match(rest, base.end()) if base is not None else None
    if pace is None or way is None:
        return
    span = nouns[0].end + way.start(way.lastgroup or 0), nouns[0].end + way.end(way.lastgroup or 0)
    for place, sheet in enumerate(book.sheets):
        measure = column_of(scene, sheet, place) if sheet.series else None
        if measure is None or measure.kind != LEVEL or sheet.steps([measure]) or not _counts(scene, sheet):
            continue
        row = row_of(scene, sheet, nouns[0].end)
        past = compared(scene, sheet, row) if row is not None else None
        if row is None or past is None or past == row:
            continue
        falls = any([pace.group(name) for name in ("fall", "less", "down")])
        shown = [_steps(sheet, measure, at) for at in (row, past)]
        kinds = (0,) if pace.group("rate") else (1,) if pace.group("amount") else (0, 1)
        finding = _held(scene, span, way.group("more") is not None, [[one[at] for at in kinds] for one in shown], falls)
        if finding is not None:
            yield finding.replace(cells=((sheet, row, measure), (sheet, past, measure)))
            return


def _rest(scene: Scene, at: int) -> str:
    """A clause from there on, with dots for the times it is compared with."""
    out = list(scene.text[at : scene.part.end])
    for token in scene.tokens:
        if token.start >= at and token.kind in ("versus", "base"):
            out[token.start - at : token.end - at] = "·" + "\0" * (token.end - token.start - 1)
    return "".join(out)


def _counts(scene: Scene, sheet: Sheet) -> bool:
    """Whether the step from a row to the next is what the words call a pace."""
    based = [token.scope for token in scene.of("basis")]
    if sheet.units == {"year"}:
        return "环比" not in based and scene.scope in ("", "年")
    return sheet.units <= {"month", "quarter"} and based == ["环比"] and not scene.scope


def _steps(sheet: Sheet, measure: Measure, row: int) -> tuple[Decimal | None, Decimal | None]:
    """By how much, in per cent and as it is, a row is above the one before."""
    past = before(sheet, row)
    now, old = sheet.value(row, measure), sheet.value(past, measure) if past is not None else None
    if now is None or old is None or old <= 0:
        return None, None
    return (now - old) * 100 / old, now - old


def _held(scene: Scene, span: tuple[int, int], more: bool, steps: list[list[Decimal | None]], falls: bool) -> Finding | None:
    """Whether every sense of a pace is the other way; a pace of falls is of two falls."""
    now, old = steps
    pairs = [(-one, -two) if falls else (one, two) for one, two in zip(now, old) if one is not None and two is not None]
    if not pairs or any([one <= 0 or two <= 0 for one, two in pairs]) or any([(one > two) == more for one, two in pairs]):
        return None
    said = scene.text[slice(*span)]
    told = [rounded(abs(one), 2) for one in pairs[0]]
    return Finding("claim-direction", *span, f"`{said}`: the step is {told[0]}, and was {told[1]}")
