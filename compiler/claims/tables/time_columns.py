"""Tables whose columns are times, read the other way: 小鹰 by 4 月, 5 月, 6 月, as a series with a column for each of its rows.

In: a table of data.  Out: the same cells with times as rows, or nothing where the columns are no times.  Always: each time has
its year, so that 去年6月 is the same month a year before; columns that are no times (全年目标, 市场预期) are left out.
"""

from __future__ import annotations

from ...data.model import DataColumn, DataTable
from ...pattern import later
from ...record import Record
from ..words import synonyms
from ..words.times import MONTH, QUARTER, YEAR, Time, key_time
from .names import noun_names, row_names
from .subjects import CHANGE, FLOW, PAST, Sheet, sheet_of, unit_column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...model import Date
    from .subjects import Sheet

FEW = 2  # times that make a series
_UNIT = later(r"[（(]([^（）()]*)[）)]\s*$")
_LAST_YEAR = later(r"(?:去年|上年)(?:(?P<m>\d{1,2})月份?|(?P<q>[一二三四])季度|(?P<same>同期|同月|同季))")
_PREFIX = later(
    r"(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|末|底|份)?|\d{4}-\d{1,2}(?:-\d{1,2})?|\d{4}年?[第]?[一二三四]季度|\d{4}[-年]?Q[1-4]|Q[1-4]|[一二三四]季度末?|\d{4}(?:年(?:末|底|度)?|[AEF])"
    r"|(?:去年|上年)(?:\d{1,2}月份?|[一二三四]季度|同期|同月|同季)|(?:本|当|上|前)(?:月|季度?|年|周|期)(?:末|底)?|今年|去年)(?=[一-龥A-Za-z]{2,})"
)
_STEM = later(r"(?!当周|单周|全周|当月|单月|全月|当日|当季|同比|环比|累计|以来|涨跌|变动|排名|目标|预期)[一-龥A-Za-z]{2,}")
_BEHIND = later(r"(?<=[一-龥A-Za-z]{2})(?:本|当|上|前)(?:月|季度?|年|周[一二三四五六日]?|期)[末底]?$")
_WITHIN = later(r"(?<=[月日季度年])(?:当周|单周|全周|当月|单月|全月|当日|当季|单季)$")
_TERM = later(
    r"(?:(?:本|当|这)(?P<week>一?周)|(?P<past>(?:上|前)(?:一|个)*)(?P<week2>周)|(?P<past3>上上一?|再前一?|前两|两)周前?|本期|当期|(?P<past2>上期|前期))"
    r"(?:末|值|数|[一二三四五六日])?"
)
_NEAR = later(r"(?P<when>本|当|上|前)(?P<unit>月|季度?|年)(?:度|值|末|底)?|(?P<year>今年|去年)")


_AMOUNTS = (
    "交付",
    "销量",
    "销售",
    "产量",
    "出货",
    "装机",
    "装车",
    "出口",
    "进口",
    "订单",
    "上险",
    "批发",
    "零售",
    "发货",
    "新增",
    "募集",
    "募资",
    "发行",
    "下载",
    "播放",
    "签约",
    "上牌",
    "网签",
    "开户",
    "揽收",
    "投递",
    "到港",
    "客流",
    "接待",
    "调用",
    "访问",
)


def amounts(tables: Iterable[DataTable]) -> str:
    """A pattern of what such a table counts, where its columns do not say it: 交付 36,411 辆; "" where a column may be that."""
    keys = [column.key for table in tables for column in table.columns]
    keys += [row[table.key].text for table in tables if table.key >= 0 for row in table.rows]
    words = [word for word in _AMOUNTS if not any([word in key for key in keys])]
    core = rf"(?:{'|'.join(words)})(?:规模|金额|[量额数])?(?![一-龥]{{0,2}}率)"
    return rf"(?:(?<!\d)月度?|单月|完成了?)(?={core})|{core}" if words else ""


class Lane(Record):
    """A table read so.  `stem`: what its columns of times measure, "" where they are bare times; `others`: the table's other
    columns; `moves`: it has columns of changes itself; `open`: which month its 本月 is nobody says."""

    sheet: Sheet
    stem: str
    words: tuple[str, ...]
    others: tuple[str, ...]
    moves: bool
    open: bool = False


def lanes_of(table: DataTable, sheet: Sheet | None, now: Date, extra: dict[str, str]) -> list[Lane]:
    """A lane for each thing that columns of several times measure; `sheet`: the table as it stands."""
    if table.key < 0 or sheet is None or sheet.series:
        return []
    timed = _timed(table, now)
    out = []
    for stem in dict.fromkeys([stem for stem, _ in timed.values()]):
        times = {at: when for at, (own, when) in timed.items() if own == stem}
        across = _turned(table, times, extra)
        made = sheet_of(across, now, {})
        if made is not None:
            labels = [(cells[0].replace(text=table.columns[at].key), *cells[1:]) for at, cells in zip(times, across.rows)]
            made = made.replace(times=tuple(times.values()), table=across.replace(rows=tuple(labels)))
            measures = [one for one in sheet.measures if one.column in times]
            words = tuple({word for one in measures for word in noun_names(one, table.columns[one.column].words)}) if stem else ()
            others = tuple(
                [
                    _UNIT.sub("", column.key).removesuffix("值")
                    for at, column in enumerate(table.columns)
                    if at not in times and at != table.key
                ]
            )
            moves = any([one.kind == CHANGE and one.minus < 0 and one.column not in times for one in sheet.measures])
            words = tuple(
                [one for one in words if len(one) > 1 and (one[:2] not in PAST or one[2:3] == "同")]
            )  # 上周净流入: 上周, and 净流入
            of_now = any([_NEAR.match(table.columns[at].key) and "月" in table.columns[at].key[:3] for at in times])
            out.append(Lane(_as_measured(made, table, times), stem, words, others, moves, of_now and table.as_of is None))
    return out


def said_of(lane: Lane, lanes: Sequence[Lane], words: str) -> bool:
    """Whether a sentence may be of a lane: it names what that measures, and nothing that another one does."""
    if not lane.stem:
        return True
    return any([word in words for word in lane.words]) and not any(
        [word in words for other in lanes if other.stem not in ("", lane.stem) for word in other.words if word not in lane.words]
    )


def amounts_of(lane: Lane) -> str:
    """A pattern of what a lane measures, which its own columns do not say."""
    import re

    return "|".join([re.escape(word) for word in sorted(lane.words, key=len, reverse=True)])


def _as_measured(sheet: Sheet, table: DataTable, times: dict[int, Time]) -> Sheet:
    """The sheet with flows as flows, and shares that fall below zero as rates of growth."""
    words = [word for at in times for word in (table.columns[at].key, *table.columns[at].words)]
    if any([flow in word for flow in synonyms.FLOWS for word in words]):
        return sheet.replace(measures=tuple([one.replace(kind=FLOW) for one in sheet.measures]))
    falls = any([(sheet.value(row, one) or 0) < 0 for one in sheet.measures for row in range(len(sheet.table.rows))])
    shares = all([one.unit is not None and one.unit.name == "%" for one in sheet.measures])
    if not (falls and shares):
        return sheet
    basis = "" if {when.kind for when in times.values()} == {"week"} else "同比"  # 本周, 上周: of the week itself
    growths = [one.replace(kind=CHANGE, basis=one.basis or basis) for one in sheet.measures]
    return sheet.replace(measures=tuple(growths))


def adjoining(sheet: Sheet) -> bool:
    """Whether the last two times of a lane follow each other: 8月 and 7月, not 8月 and 去年8月."""
    times = sorted([when for when in sheet.times if when is not None], key=_place)
    months = 12 if times and times[-1].kind == MONTH else 4 if times and times[-1].kind == QUARTER else 0
    steps = [one.year * months + one.place if months else one.place for one in times[-2:]]
    return len(steps) == FEW and steps[1] - steps[0] == 1


def _place(when: Time) -> tuple[int, int, int]:
    return when.order


def column_times(table: DataTable, now: Date) -> dict[int, Time]:
    """The times that columns are of, where several are of one thing and one kind of time."""
    return {at: when for at, (_, when) in _timed(table, now).items()}


def column_stems(table: DataTable, now: Date) -> dict[int, str]:
    """What the columns of `column_times` measure, without the time."""
    return {at: stem for at, (stem, _) in _timed(table, now).items()}


def _timed(table: DataTable, now: Date) -> dict[int, tuple[str, Time]]:
    named = [(at, found) for at in range(len(table.columns)) if at != table.key and (found := _time(table, at, now)) is not None]
    named = _of_last_year(table, named)
    out: dict[int, tuple[str, Time]] = {}
    for stem in dict.fromkeys([stem for _, (stem, _) in named]):
        group = [(at, when) for at, (own, when) in named if own == stem]
        latest = max([when.order for _, when in group if not isinstance(when, str)], default=None)
        if latest is None:
            continue
        kind = next(when.kind for _, when in group if not isinstance(when, str) and when.order == latest)
        whole = Time(kind, latest[0] - 1, latest[1], 0)
        times = [(at, whole if isinstance(when, str) else when) for at, when in group]
        times = _of_week_before([(at, when) for at, when in times if when.kind == kind], table)
        if FEW <= len(times) == len({when.order for _, when in times}):
            out |= {at: (stem, when) for at, when in times}
    return out


def _of_week_before(times: list[tuple[int, Time]], table: DataTable) -> list[tuple[int, Time]]:
    """The same with 前一周 as the week before 上周, where the table has both."""
    orders = [when.order for _, when in times]
    return [
        (at, when.replace(place=when.place - 1) if orders.count(when.order) > 1 and table.columns[at].key[:1] == "前" else when)
        for at, when in times
    ]


def _of_last_year(table: DataTable, named: list[tuple[int, tuple[str, Time | str]]]) -> list[tuple[int, tuple[str, Time | str]]]:
    """The same with 去年8月 as the 8月交付 of last year, where all other such columns measure one thing in one unit."""
    stems = {stem for _, (stem, _) in named if stem}
    bare = [at for at, (stem, _) in named if not stem]
    past = [at for at in bare if _LAST_YEAR.fullmatch(table.columns[at].key.replace(" ", "")) is not None]
    units = {(table.columns[at].unit, table.columns[at].kind) for at, _ in named}
    if len(stems) != 1 or not past or past != bare or len(units) != 1 or len(named) - len(bare) < FEW:
        return named
    stem = stems.pop()
    return [(at, (stem, when)) for at, (_, when) in named]


def _turned(table: DataTable, times: dict[int, Time], extra: dict[str, str]) -> DataTable:
    """The table with its rows as columns."""
    units = {table.columns[at].unit for at in times}
    kinds = {table.columns[at].kind for at in times}
    counted = unit_column(table)
    inside = [found.group(1) for at in times if (found := _UNIT.search(table.columns[at].key)) is not None]
    common = next(iter(units)) if len(units) == 1 else ""
    head = table.columns[next(iter(times))].replace(key="时间", kind="text", unit="", words=())
    columns = [head]
    for row in table.rows:
        names = tuple(row_names(row[table.key].text, extra))
        unit = row[counted].text if counted >= 0 else common or (inside[0] if len(set(inside)) == 1 else "")
        columns.append(DataColumn(row[table.key].text, min(kinds), unit, 0, "", names))
    rows = []
    for number, at in enumerate(times):  # the years stand for the times, which are set afterwards
        label = table.rows[0][at].replace(text=f"{1990 + number}", value=f"{1990 + number}")
        rows.append((label, *[row[at] for row in table.rows]))
    return table.replace(columns=tuple(columns), rows=tuple(rows), key=0)


def _time(table: DataTable, at: int, now: Date) -> tuple[str, Time | str] | None:
    """What a column measures, and the time it is of: "same" for the same time a year before the latest."""
    key = _WITHIN.sub("", _UNIT.sub("", table.columns[at].key.replace(" ", "")))
    if table.columns[at].kind in ("text", "date"):
        return None
    bare = _when(key, now)
    if bare is not None:
        return "", bare
    behind = _BEHIND.search(key)
    if behind is not None and _STEM.fullmatch(key[: behind.start()]):  # 国债本周, 国债上周
        when = _when(behind.group(), now)
        return (key[: behind.start()], when) if when is not None else None
    found = _PREFIX.match(key)
    stem = key[found.end() :].removeprefix("的") if found is not None else ""
    if stem and not _STEM.fullmatch(stem):
        return None
    when = _when(key[: found.end()], now) if found is not None else None
    return (stem, when) if when is not None else None


def _when(key: str, now: Date) -> Time | str | None:
    past = _LAST_YEAR.fullmatch(key)
    if past is not None:
        if past.group("same"):
            return "same"
        if past.group("m"):
            return Time(MONTH, now.year - 1, int(past.group("m")))
        return Time(QUARTER, now.year - 1, "一二三四".index(past.group("q")) + 1)
    term = _TERM.fullmatch(key)
    if term is not None:
        kind = "week" if term.group("week") or term.group("week2") or term.group("past3") else "term"
        back = 2 if term.group("past3") else bool(term.group("past") or term.group("past2"))
        return Time(kind, now.year, now.ordinal // 7 - back)
    near = _NEAR.fullmatch(key)
    if near is not None:
        return _near(near.group("when") or near.group("year")[0], near.group("unit") or "年", now)
    if key[4:] in ("A", "E", "F"):
        key = key[:4]
    when = key_time(key.removesuffix("末").removesuffix("底"), now)
    if when is None or when.year or when.kind not in (MONTH, QUARTER):
        return when
    first = when.place if when.kind == MONTH else when.place * 3 - 2
    return when.replace(year=now.year - (first > now.month))


def _near(when: str, unit: str, now: Date) -> Time:
    """本月, 上月, 上季, 去年."""
    back = 0 if when in "本当今" else 1
    if unit == "年":
        return Time(YEAR, now.year - back)
    if unit == "月":
        months = now.year * 12 + now.month - 1 - back
        return Time(MONTH, months // 12, months % 12 + 1)
    quarters = now.year * 4 + (now.month - 1) // 3 - back
    return Time(QUARTER, quarters // 4, quarters % 4 + 1)
