"""One row right behind others: A 的涨幅仅次于 B, 规模仅次于 B 和 C.

In: scenes of a sentence, the book.  Out: findings.  Always: among all rows of a table or those of one kind, by the one column the
words name; what is no change may be counted from either end.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.domains import domains
from ..meant.pools import columns_of, entities, is_rate, looked_at, rate_of, versus
from ..meant.wholes import row_at
from ..tables.subjects import CHANGE
from ..words import lexicon
from .findings import Finding
from .series import column_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Scene, Token
    from ..tables.book import Book

_BEHIND = later(r"(?:仅|只)?次于")
_LISTED = ("、", "和", "与", "及", "以及")
_SIZES = later(r"·(?:的)?(?:规模|金额|数量|体量|总量|总额|份额|数额|水平|额|量)")  # 出口规模, of a column 出口
_MOVES = later(r"表现|走势|收益|回报|业绩")


def hold_next_to(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """What is wrong with a clause that puts a row right behind others."""
    found = _BEHIND.search(scene.text, scene.part.start, scene.part.end)
    if found is None:
        return
    if (finding := _by_time(scene, book, found.start(), found.end())) is not None:
        yield finding
        return
    rows = scene.of("row")
    before = [token for token in rows if token.end <= found.start()]
    after = _list(scene, [token for token in rows if token.start >= found.end()], found.end())
    own = before[-1:] or ([one for one in scene.past if one.start < scene.part.start] if scene.inherited or not before else [])
    if len(own) != 1 or len(before) > 1 or not after or scene.text[after[-1].end : after[-1].end + 1] == "的":
        return
    lead = sentence[-2] if len(sentence) > 1 else None
    amps = [*scene.of("amp"), *looked_at(lead)] or list(scene.amps)
    words = scene.text[max(own[0].end, scene.part.start) : found.start()]
    for token in scene.tokens:
        words = words.replace(scene.text[token.start : token.end], "·", 1)
    moves = bool(amps) or _MOVES.search(words) is not None or any([is_rate(scene, one) for one in scene.tokens])
    if lexicon.FILLER.match(_SIZES.sub("·", _MOVES.sub("", words))) is None or not (moves or scene.of("noun")):
        return
    falls = any([scene.text[one.start] in "跌降减" for one in amps])
    for place, sheet in entities(book):
        row, *others = [one for token in (own[0], *after) for one in _places(token, place)] or [-1]
        if len(others) != len(after) or row < 0:
            continue
        pool = columns_of(scene, sheet, place, book, moves=moves)
        for measure in pool if len(pool) == 1 else ():
            sets = [some for some in domains(scene, sheet, found.start()) if {row, *others} <= {*some}]
            values = {at: sheet.value(at, measure) for some in sets for at in some}
            value = values.get(row)
            if value is None or None in [values[one] for one in others]:
                continue
            ways = (not falls,) if measure.kind == CHANGE or falls else (True, False)
            wrong = [_ahead(values, some, row, others, high) for some in sets for high in ways]
            if (rate := rate_of(measure)) is not None and wrong and None not in wrong:  # 增幅仅次于 B, in per cent
                rates = {at: sheet.value(at, rate) for at in values}
                known = None not in [rates[one] for one in (row, *others)]
                wrong += [_ahead(rates, some, row, others, high) for some in sets for high in ways if known]
            if wrong and None not in wrong:
                holder = next(one for one in wrong if one is not None)
                cells = ((sheet, holder, measure), (sheet, row, measure))
                shown = versus(sheet, measure, holder, row)
                yield Finding("claim-extreme", found.start(), after[-1].end, f"`{found.group()}` is {shown}", cells)
                return


_SPOKEN = later(
    r"(?:当?月|全?年|季度?)?(?:的)?(?:[一-龥]{0,3}(?:规模|金额|力度|水平|数量|[总增减]?[量额])|·)*(?:的)?(?:仍|也|则|排名|仅|在全年中)*"
)
_YEARLY = {"month", "quarter"}


def _by_time(scene: Scene, book: Book, start: int, end: int) -> Finding | None:
    """9 月新增社融仅次于 1 月, of a table by month: among the months of the year."""
    whens = scene.of("time")
    if len(whens) != 2 or whens[0].end > start or whens[1].start != end or scene.of("row") or scene.of("amp"):
        return None
    words = scene.text[whens[0].end : start]
    for token in scene.of("noun"):
        words = words.replace(scene.text[token.start : token.end], "·", 1)
    if _SPOKEN.fullmatch(words) is None or scene.text[whens[1].end : whens[1].end + 1] == "的":
        return None
    for place, sheet in enumerate(book.sheets):
        measure = column_of(scene, sheet, place) if sheet.series and scene.nouns else None
        both = [row for one in whens for row in row_at(sheet, one)]
        if measure is None or len(both) != 2 or both[0] == both[1]:
            continue
        times = [sheet.times[row] for row in both]
        years = {time.year for time in times if time is not None}
        among = [at for at, time in enumerate(sheet.times) if time is not None and time.year in years]
        some = among if sheet.units <= _YEARLY and len(years) == 1 else range(len(sheet.times)) if sheet.units == {"year"} else ()
        values = {at: sheet.value(at, measure) for at in some}
        if not some or None in [values[one] for one in both]:
            continue
        ways = (True,) if measure.kind == CHANGE else (True, False)
        wrong = [_ahead(values, some, both[0], both[1:], high) for high in ways]
        if wrong[0] is not None and None not in wrong:
            cells = ((sheet, wrong[0], measure), (sheet, both[0], measure))
            shown = versus(sheet, measure, wrong[0], both[0])
            return Finding("claim-extreme", start, whens[1].end, f"`{scene.text[start:end]}` is {shown}", cells)
    return None


def _places(token: Token, place: int) -> list[int]:
    rows = [row for name in token.names if name.sheet == place for row in name.places]
    return rows if len(rows) == 1 else []


def _list(scene: Scene, rows: Sequence[Token], start: int) -> list[Token]:
    """The rows of the list that begins right there."""
    out: list[Token] = []
    for token in rows:
        if token.start == start or (out and scene.text[out[-1].end : token.start] in _LISTED):
            out.append(token)
            start = -1
    return out


def _ahead(values: dict[int, Decimal | None], some: Sequence[int], row: int, others: Sequence[int], high: bool) -> int | None:
    """A row that stands before one though it is none of the others, or one of these that does not."""
    own = values[row]
    assert own is not None
    sizes = {at: value for at in some if (value := values[at]) is not None and at != row}
    before = [at for at, value in sizes.items() if (value > own if high else value < own)]
    behind = [at for at in others if at in sizes and (sizes[at] < own if high else sizes[at] > own)]
    return next(iter([*[at for at in before if at not in others], *behind]), None)
