"""Shares of a whole that is named elsewhere: 占行业总销量的近四成, of another table by time; A、B 两者库存中，A 占比超过一半.

In: a clause, the book, the sentence so far.  Out: findings.  Always: part and whole are counted in one unit and at one time, and
the words between 占 and the number say no more than what they are.
"""

from __future__ import annotations

import itertools
from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ..meant.wholes import BARE, rows_in
from ..tables.subjects import FLOW, LEVEL
from ..tables.time_columns import column_times
from ..words.quantities import COUNT, THINGS, fits, han_value
from ..words.times import same
from .findings import Finding
from .series import latest_row
from .shares import halves
from .widened import column_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

    Cell = tuple[Sheet, int, Measure]

_OF_ALL = later(
    r"占(?:了|到|去)?(?:同期|当[月年季周日]|全[月年季周])*(?:(?:全国|国内|全?行业|全?市场|全体|整体|整个(?:行业|市场)|全部)的?)?总?·(?:总[额量和]|总规模|合计)?"
    r"(?:的)?(?:比重|比例|份额)?(?:约?为|达到?|是|在|有)?$"
)
_WHOLE = later(r"占[^·]*(?:全国|国内|行业|市场|全体|整体|整个|全部|总)|·(?:总|合计)")
_WITHIN = later(
    rf"(?:(?P<n>{COUNT})(?:[{THINGS}]|者|地|种商品)?)?(?:的|之间的?)?(?:合计|总计|总)?[·一-龥]{{0,6}}?(?:之中|当中|中|里|内)$"
)
_PLAIN = later(r"(?:其中|单是|仅|光|只)*")


def hold_parts_of_named(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The shares of a clause that are others in the data."""
    if scene.unsure or scene.denied or scene.way or scene.lost or "占" not in scene.words:
        return
    numbers = [one for one in (*[token.quantity for token in scene.of("number")], *halves(scene)) if one is not None]
    shares = [one for one in numbers if one.unit is not None and one.unit.name == "%" and not one.unit.points]
    at = scene.text.rfind("占", scene.part.start, scene.part.end)
    if len(shares) != 1 or shares[0].lead <= at or len(numbers) != 1:
        return
    found = _of_market(scene, book, at, shares[0]) or _among(scene, book, at, shares[0], sentence)
    if found is not None:
        part, whole = found
        yield from _held(part, whole, shares[0])


def _of_market(scene: Scene, book: Book, at: int, number: Quantity) -> tuple[Cell, list[Cell]] | None:
    """The cell of a row, and that of all in a table by time."""
    parts, wholes = ([one for one in scene.of("noun") if (one.start > at) == after] for after in (False, True))
    rows = scene.of("row")
    if len(parts) > 1 or len(wholes) != 1 or len(rows) != 1 or rows[0].start > at:
        return None
    timed = [one for one in scene.of("time") if at < one.start < wholes[0].start]
    words = _TIME.sub("", scene.dotted(at, wholes[0].start, "time")) + "·" + scene.text[wholes[0].end : number.lead]
    plain = scene.text[scene.part.start : at]
    for token in (*rows, *parts, *scene.of("time")):
        plain = plain.replace(scene.text[token.start : token.end], "", 1)
    times = scene.of("time") or ([] if parts else list(scene.whens))
    dated = bool(timed) or (not parts and bool(times))  # 投资收益占2024年营业收入的两成
    if _OF_ALL.match(words) is None or not (dated or _WHOLE.search(words)) or _BEFORE.fullmatch(plain) is None:
        return None
    for place, sheet in enumerate(book.sheets):
        own = _columns(parts[0], sheet, place) if parts else _sizes(sheet)
        row = rows_in(rows, place)
        if sheet.series or len(own) != 1 or len(row) != 1 or own[0].unit is None:
            continue
        said = [one.time for one in times if one.time is not None]
        when = column_times(sheet.table, book.now).get(own[0].column) or (said[0] if len(said) == 1 else None)
        for other, series in enumerate(book.sheets):
            total = [
                one for one in _columns(wholes[0], series, other) if one.unit is not None and one.unit.name == own[0].unit.name
            ]
            at_time = [at for at, time in enumerate(series.times) if time is not None and when is not None and same(time, when)]
            if series.series and len(total) == len(at_time) == 1 and (parts or at_time[0] == latest_row(series)):
                return (sheet, row[0], own[0]), [(series, at_time[0], total[0])]
    return None


_TIME = later(r"·的?")
_BEFORE = later(r"(?:的|约|已|也|仍|则|就|便|而|其|单月|当月|一家|独|就已)*")


def _columns(token: Token, sheet: Sheet, place: int) -> list[Measure]:
    named = [sheet.measures[one] for name in token.names if name.sheet == place for one in name.places]
    return [one for one in named if one.kind in (LEVEL, FLOW) and one.minus < 0]


def _sizes(sheet: Sheet) -> list[Measure]:
    """The columns of amounts of a table."""
    sizes = [one for one in sheet.measures if one.kind in (LEVEL, FLOW) and one.minus < 0 and one.unit is not None]
    return [one for one in sizes if one.unit is not None and one.unit.name not in ("", "%", "点", "倍")]


def _among(scene: Scene, book: Book, at: int, number: Quantity, sentence: Sequence[Scene]) -> tuple[Cell, list[Cell]] | None:
    """The cell of one of the rows that the clause before lists, and those of all of them."""
    lead = sentence[-2] if len(sentence) > 1 else None
    own = scene.of("row")
    if lead is None or lead.unsure or lead.of("number") or len(own) != 1 or own[0].start > at:
        return None
    listed = lead.of("row")
    before = scene.text[scene.part.start : own[0].start]
    if len(listed) < 2 or _PLAIN.fullmatch(before) is None or scene.text[own[0].end : at] not in ("", "的", "约", "就"):
        return None
    if any([lead.text[one.end : two.start] not in ("、", "和", "与", "及") for one, two in itertools.pairwise(listed)]):
        return None
    rest = lead.text[listed[-1].end : lead.part.end]
    for token in lead.of("noun"):
        rest = rest.replace(lead.text[token.start : token.end], "·", 1)
    within = _WITHIN.fullmatch(rest)
    if within is None or BARE.match(scene.text[at + 1 : number.lead]) is None:
        return None
    if within.group("n") and han_value(within.group("n")) != len(listed):
        return None
    for place, sheet in enumerate(book.sheets):
        rows, row = rows_in(listed, place), rows_in(own, place)
        measure = None if sheet.series else column_at(lead, sheet, place, book)
        if measure is None or len(rows) != len(listed) or len(row) != 1 or row[0] not in rows:
            continue
        units = {sheet.unit(one, measure) for one in rows}
        if len(units) == 1 and None not in units and next(iter(units)).name != "%":  # type: ignore[union-attr]
            return (sheet, row[0], measure), [(sheet, one, measure) for one in rows]
    return None


def _held(part: Cell, whole: Sequence[Cell], number: Quantity) -> Iterator[Finding]:
    """Whether one cell is the share of others that is said."""
    own = part[0].value(part[1], part[2])
    values = [value for sheet, row, measure in whole if (value := sheet.value(row, measure)) is not None and value > 0]
    if own is None or len(values) < len(whole) or not 0 < own <= sum(values, Decimal(0)) or number.unit is None:
        return
    share = own * 100 / sum(values, Decimal(0))
    if fits(number, share / number.unit.factor):
        return
    name = whole[0][0].text(whole[0][1], whole[0][2]) if len(whole) == 1 else f"the {len(whole)}"
    message = f"{part[0].name(part[1])} is {rounded(share, max(number.decimals, 1))} % of {name} ({part[2].key})"
    yield Finding("claim-share", number.start, number.end, message, (part, *whole[:1]))
