"""Columns of one table that are held against each other: 6月 and 5月, 近一年收益 and 业绩基准, 6月 and 市场预期.

In: a sheet, the words of a clause.  Out: the column that is spoken of, and the one it is compared with.  Always: both hold what
the same thing comes to, in one unit; None where the table has no such pair.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.subjects import CHANGE
from ..tables.subjects import MONTH as THIS_MONTH
from ..tables.time_columns import column_stems, column_times
from ..words.times import DAY, MONTH, QUARTER, YEAR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...model import Date
    from ..clauses.scene import Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.times import Time

_EXPECTED = later(r"预期|一致预测|预测值|预估值?")
_STANDARD = later(r"基准")
_TARGET = later(r"目标|计划|预算|指引")
_ACTUAL = later(r"实际值?|公布值?|今值|现值|本期值?|最新值?")
_PAST = later(
    r"^(?P<when>上(?:一)?(?:周|月|季度?|年|期)(?:末|底|同期)?|去年(?:末|底|同期)?|年初|期初|前值|前一(?:周|月|日|交易日))(?P<stem>.*)$"
)
_RANK = later(r"排名|名次|位次|座次|排位")


def expected(sheet: Sheet, now: Date) -> tuple[Measure, Measure] | None:
    """What came, and what the market had expected."""
    other = _only(sheet, _EXPECTED)
    if other is None:
        return None
    own = _only(sheet, _ACTUAL) or latest(sheet, now)
    return (own, other) if own is not None and own is not other else None


def standard(sheet: Sheet) -> tuple[Measure, Measure] | None:
    """A return, and that of what it is measured by: the changes on the left of 业绩基准."""
    other = _only(sheet, _STANDARD)
    if other is None or other.unit is None:
        return None
    left = [one for one in sheet.measures if one.column < other.column and one.kind == CHANGE and one.minus < 0]
    return (left[-1], other) if left and left[-1].column == other.column - 1 else None


def target(sheet: Sheet, named: list[Measure]) -> tuple[Measure, Measure] | None:
    """What has been done, and what was to be: the column that is named, or the one on the left."""
    other = _only(sheet, _TARGET)
    if other is None:
        return None
    own = [one for one in named if one is not other] or [one for one in sheet.measures if one.column == other.column - 1]
    return (own[-1], other) if len({one.column for one in own}) == 1 else None


def _only(sheet: Sheet, words: object) -> Measure | None:
    found = [one for one in sheet.measures if words.search(one.key) is not None]  # type: ignore[attr-defined]
    return found[0] if len(found) == 1 else None


def is_rank(measure: Measure) -> bool:
    """Whether a column holds places: the first is the best."""
    return _RANK.search(measure.key) is not None and (measure.unit is None or measure.unit.name in ("", "名", "位"))


def latest(sheet: Sheet, now: Date) -> Measure | None:
    """Of columns that are times, the last."""
    known = column_times(sheet.table, now)
    if len(set(column_stems(sheet.table, now).values())) > 1:
        return None
    dated = [(when.order, one.column) for one in sheet.measures if (when := known.get(one.column)) is not None]
    last = max(dated)[1] if len(dated) > 1 else -1
    return next((one for one in sheet.measures if one.column == last), None)


def of_now_only(scene: Scene) -> bool:
    """Whether a clause speaks of no time but the month itself: not 上月销量, 今年以来销量."""
    return scene.scope in ("", THIS_MONTH) and not scene.whens and not any([one.kind in _TIMES for one in scene.tokens])


_TIMES = ("base", "versus", "since", "time")


def of_another_time(scene: Scene, now: Date) -> bool:
    """Whether a clause is of a year or a month that the note is not of."""
    whens = [token.time for token in scene.whens if token.time is not None and token.scope != "column"]
    own = {YEAR: (now.year, 0), MONTH: (now.year, now.month)}
    return any([one.kind in own and (one.year, one.place) != own[one.kind] for one in whens])


def newest(sheet: Sheet, measures: list[Measure], now: Date) -> list[Measure]:
    """Of columns of one thing at several times, the last: 本期交付 of 本期交付, 上期交付 and 去年同期交付."""
    known, stems = column_times(sheet.table, now), column_stems(sheet.table, now)
    if len(measures) < 2 or len({stems.get(one.column) for one in measures}) > 1 or {one.column for one in measures} - {*known}:
        return measures
    return [max(measures, key=lambda one: known[one.column].order)]


def earlier(sheet: Sheet, own: Measure, now: Date, *, year: bool = False) -> Measure | None:
    """The column of the time before, or of the same time a year before."""
    known = column_times(sheet.table, now)
    when = known.get(own.column)
    if when is not None:
        stems = column_stems(sheet.table, now)
        alike = [one for one in sheet.measures if one.column in known and stems[one.column] == stems[own.column]]
        if when.kind == DAY:
            past = [(known[one.column].order, one.column) for one in alike if known[one.column].order < when.order]
            last = max(past)[1] if past and not year else -1
            return next((one for one in alike if one.column == last), None)
        wanted = when.replace(year=when.year - 1) if year and when.kind != YEAR else _step_back(when)
        return next((one for one in alike if known[one.column] == wanted), None)
    spoken = [(found, one) for one in sheet.measures if (found := _PAST.match(one.key.split("（")[0])) is not None]
    spoken = [(found, one) for found, one in spoken if ("年" in found.group("when")) == year]
    if len(spoken) > 1:  # 上周成交额 of 周成交额, beside 上周
        spoken = [(found, one) for found, one in spoken if found.group("stem") and found.group("stem") in own.key]
    if len(spoken) != 1 or spoken[0][1] is own:
        return None
    stem, other = spoken[0][0].group("stem"), spoken[0][1]
    if stem and stem not in own.key:
        return None
    if not stem and [one for one in sheet.measures if _alike(one, own)] != [own, other]:
        return None
    return other if _alike(other, own) else None


def called(sheet: Sheet, own: Measure, words: str) -> Measure | None:
    """The column of the time that goes by these words: 上月末 of 本周末, beside 上周末."""
    known = [one for one in sheet.measures if one.key.startswith(words) and one is not own and _alike(one, own)]
    stems = [one for one in known if own.key.endswith(one.key.removeprefix(words).lstrip("末底"))]
    return stems[0] if len(stems) == 1 else None


def _alike(one: Measure, other: Measure) -> bool:
    """Whether two columns may be of one thing at two times: 6月新增 and 上年同期, too."""
    return (one.kind == CHANGE) == (other.kind == CHANGE) and one.unit == other.unit


def _step_back(when: Time) -> Time:
    if when.kind == YEAR:
        return when.replace(year=when.year - 1)
    if when.kind in ("week", "term"):
        return when.replace(place=when.place - 1)
    if when.kind not in (MONTH, QUARTER):
        return when
    many = 12 if when.kind == MONTH else 4
    at = when.year * many + when.place - 2
    return when.replace(year=at // many, place=at % many + 1)
