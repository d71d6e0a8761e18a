"""Which rows a number may be said of.

In: a clause, a sheet, the names and times before a number.  Out: row numbers, -1 for any.  Always: of a table by time, the rows
of the time that is said.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.subjects import DAY, MONTH, WEEK, YEAR
from ..words.times import QUARTER as IN_QUARTER
from ..words.times import YEAR as IN_YEAR
from ..words.times import same
from .columns import SCOPES, places_of
from .domains import domains, rows_of
from .excepted import left_out_of
from .groups import group_of, sentence_text
from .sides import side_of
from .steps import WEEKS, before

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Sheet


def rows_of_number(
    scene: Scene,
    sheet: Sheet,
    place: int,
    rows: Sequence[Token],
    here: Sequence[Token],
    partner: Token | None,
    book: Book,
    number: Token,
) -> list[int]:
    """The rows of one sheet the number may be said of."""
    if not sheet.series:
        if scene.way and not [token for token in here if token.kind in ("number", "scope", "time", "base")]:
            return []  # from what it had been
        if partner is not None and partner.kind == "row":
            return places_of(partner, place)
        found = places_of(rows[-1], place) if rows else []
        own = [token for token in rows if token.start >= scene.part.start]
        if not own and says_all(scene, number):
            whole = group_of(scene, sheet, sentence_text(scene), place, number.start)
            some = rows_of(domains(scene, sheet, number.start)) if whole is None and not rows else ()
            side = side_of(scene, sheet, number.start)
            if whole is not None or side is not None or 1 < len(some) < len(sheet.own):
                left_out = left_out_of(scene, sheet, number.start)  # 除 A 与 B 外，均不足 2 万辆
                if left_out is None:
                    return []
                every = side if side is not None else whole if whole is not None else some
                return [row for row in every if row not in left_out]
        if not own and _ONE_OF.search(scene.words) is not None:
            either = [row for token in rows for row in places_of(token, place)]
            return either if len(set(either)) == TWO else found
        if found and says_all(scene, number):
            group = [row for token in rows for row in places_of(token, place)]
            return group if len(group) > 1 else found
        return found
    if scene.sinces:
        return []  # 2020 年以来累计…
    if [token for token in rows if token.start >= scene.part.start] and not scene.way:
        return []  # 对印度出口同比增长, of a table of all exports by month
    whens = [token for token in here if token.kind == "time"] or list(scene.whens)
    if scene.way:
        whens = _on_way(scene, here, whens)
    if partner is not None and partner.kind == "time":
        whens = [partner]
    if sheet.spoken == {"week"} and max([time.place for time in sheet.times if time is not None]) > WEEKS:
        return _week(scene, sheet, here)
    of_day = scene.scope == "单日" and sheet.units == {"day"} and bool(whens)  # 周一…单日净卖出 102.70 亿元
    if (scene.scope not in ("", *SCOPES) and not of_day) or (
        scene.scope == YEAR and sheet.units <= {"day", "week"} and not whens
    ):
        return []
    kinds = sheet.spoken
    fitting = [token for token in whens if token.time is not None and token.time.kind in kinds]
    if whens and not fitting:
        return []
    if fitting:
        wanted = fitting[-1].time
        assert wanted is not None
        return [row for row, time in enumerate(sheet.times) if time is not None and same(time, wanted)]
    if not scene.way and (scene.of("base") or "环比" in scene.words):
        return [max([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])[1]]
    if not scene.way and sheet.units == {"week"} and scene.scope in (WEEK, "上周"):
        latest = max([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])[1]
        row = latest if scene.scope == WEEK else before(sheet, latest)
        return [row] if row is not None else []
    return [-1]  # any


_ONE_OF = later(
    r"(?:^|[却则而但内周])(?:其中)?(?:另外?)?(?:另?一[个只家类支项种者]|一(?=则[涨跌升降]))(?=[^，]{0,4}\d)"
)  # 一个涨 0.3%，一个跌 1.9%
TWO = 2


def _week(scene: Scene, sheet: Sheet, here: Sequence[Token]) -> list[int]:
    """The rows of a number where the times are this week and the last: 由上周的 101.2 降至 98.7."""
    if any([token.time is not None and token.time.kind in (IN_YEAR, IN_QUARTER) for token in scene.whens]):
        return []  # 今年基本没赚钱，只涨了 0.5%
    if scene.scope in (YEAR, MONTH, DAY):
        return []
    said = [scene.text[token.start : token.end] for token in here if token.kind in ("scope", "base")]
    numbers = [token for token in here if token.kind == "number"]
    latest = max([(time.order, row) for row, time in enumerate(sheet.times) if time is not None])[1]
    if not said or (scene.way and numbers):
        return [latest] if scene.scope == WEEK or (scene.way and numbers) else [] if scene.way else [-1]
    past = said[-1] in ("上周", "上一周", "前一周")
    if scene.way and past:
        return [row for row in [before(sheet, latest)] if row is not None]
    last = [token for token in here if token.kind in ("scope", "base")][-1]
    return [latest] if last.kind == "base" or last.scope == WEEK else []


def _on_way(scene: Scene, here: Sequence[Token], whens: list[Token]) -> list[Token]:
    """The times of a number on the way from one to another: 9 月由 8 月的 A 增至 B; none where the words leave it open."""
    numbers = [token for token in here if token.kind == "number"]
    end = numbers[0].start if numbers else scene.part.end
    start = max(scene.text.rfind(word, scene.part.start, end) for word in "由从")
    if start < 0:
        return whens if len(whens) != 1 or bool(numbers) == (whens[0].start < scene.part.start) else []
    inner = [token for token in here if token.kind == "time" and start < token.start < end]
    if not numbers:
        return inner
    own = [token for token in here if token.kind == "time" and token not in inner]
    return own or [token for token in scene.whens if token.start < scene.part.start]


_EACH = later(r"(?<![人日月年周平户亩次加])均(?![值价线衡数])|(?<!首)都(?!市)|双双|皆|各自|同涨|同跌|同为|全部|悉数")


def says_all(scene: Scene, number: Token) -> bool:
    """Whether the number is said of each of several: 均为, not 人均."""
    return _EACH.search(scene.text, scene.part.start, number.start) is not None
