"""What prices by day come to over a week or a stretch of days: 一周跌幅为 3.8%, 当周 A 跌幅大于 B, 五个交易日中仅有四天收跌.

In: a clause, the book.  Out: findings.  Always: the table has closing prices by day and no changes; a week is reckoned from the
last day of the week before, and what fits another way to reckon it (from its first day, over five days) is let be.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...model import Date
from ...pattern import later
from ..meant.groups import sentence_text
from ..meant.options import clear
from ..meant.spans import span_of
from ..tables.subjects import LEVEL, WEEK
from ..words.quantities import COUNT, EXACT, THINGS, fits, han_value
from ..words.times import DAY, MONDAY, same
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet

_WEEK_WORDS = later(r"[一当本全单]周|周度|周内")
_SIZE = later(r"(?P<fall>[跌降]幅|(?:下跌|下降|回落|收跌|跌去?|走低))|(?P<rise>[涨升增]幅|(?:上涨|上升|回升|收涨|涨|走高))")
_SAID = later(r"(?:了|约|为|达到?|是|录得|接近|近|逾|超)*")
_BEFORE = later(r"(?:累计|合计|区间|的|则|也|小幅|大幅|周度|单周|当周|本周|全周|一周|最终|整体|录得|·)*")
_OVER = later(
    r"(?:则|也|仍|要|均|明显|略|远|大幅)*(?:(?P<more>大于|超过|高于|深于|快于|多于)|(?P<less>小于|不及|低于|浅于|不如|少于|慢于))"
)
_DAYS = later(
    rf"(?:(?:仅|只|共|总共|一共)*有?)(?P<n>{COUNT})(?:个交易日|天|日)(?:录得|实现|是|出现)?(?:(?P<fall>收跌|下跌|走低|收低|收绿|下行)|(?P<rise>收涨|上涨|走高|收高|收红|上行))(?![幅超逾过近约\d])"
)
_NOT_SO_MANY = ("近", "约", "超", "逾", "过", "多", "第", "续", "前", "后", "每")
NEAR = 6  # a sixth of a change that a number may be off and be of it


def hold_by_week(scene: Scene, book: Book) -> Iterator[Finding]:
    """The changes over days that a clause gets wrong."""
    if scene.unsure or scene.denied or scene.way or scene.lost or scene.other or scene.of("row") or scene.sinces:
        return
    for place, sheet in enumerate(book.sheets):
        if sheet.units != {DAY} or sheet.changes():
            continue
        finding = _size(scene, sheet, place) or _order(scene, sheet, place) or _first(scene, sheet, place)
        finding = finding or _days(scene, sheet, place, book) or _rate(scene, sheet, place)
        if finding is not None:
            yield finding
            return


def _named(scene: Scene, sheet: Sheet, place: int, token: Token) -> Measure | None:
    found = [sheet.measures[one] for name in token.names if name.sheet == place for one in name.places]
    return found[0] if len(found) == 1 and found[0].kind == LEVEL and found[0].minus < 0 and not _share(found[0]) else None


def _share(measure: Measure) -> bool:
    return measure.unit is not None and measure.unit.name == "%"


def _bases(scene: Scene, sheet: Sheet) -> tuple[int, list[int]] | None:
    """The last row of the week a clause speaks of, and the rows it may be reckoned from, the right one first."""
    if (
        scene.scope != WEEK
        or _WEEK_WORDS.search(sentence_text(scene)) is None
        or any([one.kind in ("base", "versus") for one in scene.tokens])
    ):
        return None
    days = sorted([(Date(*time.order).ordinal, row) for row, time in enumerate(sheet.times) if time is not None and time.year])
    if len(days) < len(sheet.times):
        return None
    whens = [one.time for one in scene.whens if one.time is not None]
    if len(whens) > 1 or any([one.kind != DAY for one in whens]):
        return None
    last = next((row for row, time in enumerate(sheet.times) if whens and time is not None and same(time, whens[0])), None)
    if whens and last is None:
        return None
    end = next(at for at, (_, row) in enumerate(days) if row == last) if last is not None else len(days) - 1
    week = (days[end][0] - MONDAY) // 7
    begun = next(at for at, (day, _) in enumerate(days) if (day - MONDAY) // 7 == week)
    final = max(at for at, (day, _) in enumerate(days) if (day - MONDAY) // 7 == week)
    if not begun or begun == end or end != final:
        return None
    others = [begun, *([end - 5] if end >= 5 else []), *([end - 4] if end >= 4 else [])]
    return days[end][1], [days[at][1] for at in (begun - 1, *others)]


def _change(sheet: Sheet, measure: Measure, row: int, base: int) -> Decimal | None:
    now, old = sheet.value(row, measure), sheet.value(base, measure)
    return (now - old) * 100 / old if now is not None and old is not None and old > 0 else None


def _size(scene: Scene, sheet: Sheet, place: int) -> Finding | None:
    """11月15日沪铜收于 74350 元，一周跌幅为 3.7%."""
    nouns = scene.of("noun") or list(scene.nouns)
    numbers = [one.quantity for one in scene.of("number") if one.quantity is not None]
    if len(nouns) != 1 or len(numbers) != 1 or numbers[0].unit is None or numbers[0].unit.name != "%" or numbers[0].unit.points:
        return None
    measure, span = _named(scene, sheet, place, nouns[0]), _bases(scene, sheet)
    said = list(_SIZE.finditer(scene.text, scene.part.start, numbers[0].lead))
    if measure is None or span is None or len(said) != 1 or numbers[0].about != EXACT:
        return None
    if _SAID.fullmatch(scene.text, said[0].end(), numbers[0].lead) is None or not clear(scene, scene.part.start, said[0].start()):
        return None
    row, bases = span
    changes = [change for base in bases if (change := _change(sheet, measure, row, base)) is not None]
    if not changes or (changes[0] < 0) != (said[0].group("fall") is not None):
        return None
    sizes = [abs(one) / numbers[0].unit.factor for one in changes]
    if any([fits(numbers[0], one) for one in sizes]) or abs(sizes[0] - numbers[0].value) > sizes[0] / NEAR:
        return None
    told = rounded(sizes[0], max(numbers[0].decimals, 1))
    message = f"over the week it moved by {told} % ({measure.key})"
    cells = ((sheet, row, measure), (sheet, bases[0], measure))
    return Finding("claim-change", numbers[0].start, numbers[0].end, message, cells)


def _order(scene: Scene, sheet: Sheet, place: int) -> Finding | None:
    """11月15日当周螺纹钢跌幅大于铁矿石."""
    nouns, amps = scene.of("noun"), scene.of("amp")
    span = _bases(scene, sheet) if len(nouns) == 2 and len(amps) == 1 and not scene.of("number") else None
    found = _OVER.match(scene.text, amps[0].end, scene.part.end) if span is not None else None
    if span is None or found is None or found.end() != nouns[1].start or scene.text[nouns[1].end : nouns[1].end + 1] == "的":
        return None
    pair = [_named(scene, sheet, place, one) for one in nouns]
    if None in pair or pair[0] is pair[1] or _BEFORE.fullmatch(scene.text, nouns[0].end, amps[0].start) is None:
        return None
    row, base = span[0], span[1][0]
    changes = [(one, change) for one in pair if one is not None and (change := _change(sheet, one, row, base)) is not None]
    sizes = [change * amps[0].sign for _, change in changes]
    if len(sizes) != 2 or min(sizes) <= 0 or (sizes[0] > sizes[1]) == (found.group("more") is not None):
        return None
    shown = " and ".join([f"{one.key} {rounded(change, 2)} %" for one, change in changes])
    start, end = found.span(found.lastgroup or 0)
    return Finding("claim-order", start, end, f"`{scene.text[start:end]}` is said of {shown}")


_WAY = later(r"(?P<fall>下行|下降|回落|走低|下跌|[降跌])|(?P<rise>上行|上升|回升|走高|抬升|上涨|[升涨])")
_HUNDRED = 100  # bp in a 个百分点


def _rate(scene: Scene, sheet: Sheet, place: int) -> Finding | None:
    """DR007一周下行 2.35bp: a rate in per cent, by so many points."""
    nouns = scene.of("noun") or list(scene.nouns)
    numbers = [one.quantity for one in scene.of("number") if one.quantity is not None]
    if len(nouns) != 1 or len(numbers) != 1 or numbers[0].unit is None or not numbers[0].unit.points:
        return None
    found = [sheet.measures[one] for name in nouns[0].names if name.sheet == place for one in name.places]
    span = _bases(scene, sheet)
    said = list(_WAY.finditer(scene.text, scene.part.start, numbers[0].lead))
    if len(found) != 1 or found[0].kind != LEVEL or not _share(found[0]) or span is None or len(said) != 1:
        return None
    if _SAID.fullmatch(scene.text, said[0].end(), numbers[0].lead) is None or not clear(scene, scene.part.start, said[0].start()):
        return None
    now, first, *others = [sheet.value(row, found[0]) for row in (span[0], *span[1])]
    if now is None or first is None:
        return None
    steps = [now - old for old in (first, *others) if old is not None]
    if 0 in steps:
        return None
    factor = numbers[0].unit.factor
    step = steps[0] / factor
    message = f"over the week it moved by {rounded(step, 2 if abs(step) >= 1 else 4)} ({found[0].key})"
    cells = ((sheet, span[0], found[0]), (sheet, span[1][0], found[0]))
    if all([(one < 0) != (said[0].group("fall") is not None) for one in steps]):
        return Finding("claim-direction", said[0].start(), said[0].end(), message, cells)
    sizes = [abs(one) / factor for one in steps]
    if numbers[0].about != EXACT or any([fits(numbers[0], one) for one in sizes]):
        return None
    scale = numbers[0].value / sizes[0]
    unit = any([abs(scale - by) < Decimal(by) / NEAR for by in (_HUNDRED, 1 / Decimal(_HUNDRED))])
    return Finding("claim-unit" if unit else "claim-change", numbers[0].start, numbers[0].end, message, cells)


_FIRST = later(r"(?:也|则|仍|要)*(?:为)?(?P<most>最大|居首|最深|最高|第一|居前)$")
_GROUP = later(
    rf"(?<![第前])(?P<n>{COUNT})(?:[{THINGS}]|大)(?:主要|大宗|工业|期货)?(?:商品|品种|资产|指数|股指|合约|期货|标的|产品)(?:之?中|里|当中|方面|全线|悉数|均|都|，)"
)


def _first(scene: Scene, sheet: Sheet, place: int) -> Finding | None:
    """11月15日当周四种商品里，沪铜跌幅最大: among the columns that are as many, all or those that are priced alike."""
    nouns, amps = scene.of("noun"), scene.of("amp")
    span = _bases(scene, sheet) if len(nouns) == len(amps) == 1 and not scene.of("number") else None
    group = _GROUP.search(sentence_text(scene)) if span is not None else None
    own = _named(scene, sheet, place, nouns[0]) if group is not None else None
    found = _FIRST.match(scene.text, amps[0].end, scene.part.end) if own is not None else None
    if span is None or group is None or own is None or found is None:
        return None
    if _BEFORE.fullmatch(scene.text, nouns[0].end, amps[0].start) is None or scene.text[scene.part.start : nouns[0].start].strip(
        "其中的，而以"
    ):
        return None
    levels = [one for one in sheet.measures if one.kind == LEVEL and one.minus < 0 and not _share(one)]
    priced = [one for one in levels if one.unit is not None and "/" in one.unit.name]
    alike = [one for one in levels if one.unit == own.unit]
    sets = [some for some in (levels, priced, alike) if len(some) == han_value(group.group("n")) and own in some]
    leaders = [_ahead(sheet, some, own, (span[0], span[1][0]), amps[0].sign) for some in sets]
    if not leaders or leaders[0] is None or None in leaders:
        return None
    message = f"it is {leaders[0]} ({own.key})"
    return Finding("claim-extreme", amps[0].start, found.end(), message)


def _ahead(sheet: Sheet, some: Sequence[Measure], own: Measure, rows: tuple[int, int], sign: int) -> str | None:
    """The column that moved further than one, and by how much."""
    changes = [(change * sign, one.key) for one in some if (change := _change(sheet, one, *rows)) is not None]
    sizes = [size for size, key in changes if key == own.key]
    most, key = max(changes, key=lambda pair: pair[0], default=(Decimal(0), ""))
    return f"{key} with {rounded(most, 2)} %, beside {rounded(sizes[0], 2)} %" if sizes and most > sizes[0] else None


def _days(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """11月11日至15日，沪铜仅有三天收跌: the days of a stretch on which a price fell."""
    nouns = scene.of("noun")
    found = _DAYS.search(scene.text, scene.part.start, scene.part.end)
    if len(nouns) != 1 or found is None or found.start() < nouns[0].end or scene.text[found.start("n") - 1] in _NOT_SO_MANY:
        return None
    measure, rows = _named(scene, sheet, place, nouns[0]), span_of(scene, sheet, book)
    number = han_value(found.group("n"))
    if measure is None or not rows or number is None or _BEFORE.fullmatch(scene.text, nouns[0].end, found.start()) is None:
        return None
    steps = _steps(sheet, measure, rows)
    falls = found.group("fall") is not None
    so = len([one for one in steps if one is not None and (one < 0 if falls else one > 0)])
    open_days = len([one for one in steps if one is None])
    if so <= number <= so + open_days or number > len(rows):
        return None
    start, end = found.span("n")[0], found.end()
    return Finding("claim-count", start, end, f"it is so of {so} of {len(rows)} ({measure.key})")


def _steps(sheet: Sheet, measure: Measure, rows: Sequence[int]) -> list[Decimal | None]:
    """The step to each of these days from the one before; None where the data begin."""
    order = [row for _, row in sorted([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])]
    out: list[Decimal | None] = []
    for row in rows:
        at = order.index(row)
        now, old = sheet.value(row, measure), sheet.value(order[at - 1], measure) if at else None
        out.append(now - old if now is not None and old is not None else None)
    return out
