"""What data speak of, in the words prose uses: names of rows and columns, and what kind of number a column holds.

In: tables of data.  Out: `Sheet` for each, with measures (columns of numbers), names of rows, and rows by time; an index of all
names.  Always: a name that could mean two things of one table means neither.
"""

from __future__ import annotations

import itertools
from collections import Counter
from decimal import Decimal

from ...model import Date
from ...pattern import later
from ...record import Record
from ..words import synonyms
from ..words.quantities import Unit, is_unit, unit_of
from ..words.times import DAY as ON_DAY
from ..words.times import MONTH as IN_MONTH
from ..words.times import Time, key_time
from .column_kinds import LEVEL_YIELD, TIME, by_head, of_left, of_month, rates, returns, since_start, yields
from .names import CHANGE as CHANGE
from .names import COUNTED_SO, UNIT_IN_NAME, akin, row_names
from .names import DAY as DAY
from .names import FLOW as FLOW
from .names import LEVEL as LEVEL
from .names import MONTH as MONTH
from .names import QUARTER as QUARTER
from .names import WEEK as WEEK
from .names import YEAR as YEAR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...data.model import DataCell, DataTable

WEEKLY = (5, 9)  # days between the same weekday of two weeks, holidays allowed for
HOLIDAY = (4, 16)  # the same where a week of holidays is left out, or its last day falls early
FEW = 3  # days it takes to tell ends of months from days
TO_DATE = later(r"累计|^1[-—–~至到]\d{1,2}月|^前\d{1,2}个?月")
TOTALS = ("合计", "总计", "共计", "总额", "小计", "全部")
ROW, NOUN = "row", "noun"
PAST = ("上周", "上月", "上季", "去年")  # the times before that a column may be of
_CHANGE = later(
    r"涨跌幅度?|涨跌|涨幅|跌幅|增减幅?|增速|增幅|增长率|变动幅?度?|变化幅?度?|同比|环比|较[上前]一?个?[日周月季年期]末?|较(?:年|期|月|季)初|较(?:第?[一二三四]季度?|\d{1,2}月)末?|较去年(?:末|底|同期)?|调整(?![前后])(?:幅度)?|(?<=[一-龥])[月季年]增(?:长率?|速|幅)?(?!长)|回报率?|超额收益|收益率?$|chg|change|return"
)
_SCOPES = (
    (r"(?<![较比])(?:上一?周|前一?周)(?:末(?=[一-龥]{2}))?", "上周"),
    (r"(?<![较比])(?:上个?月|前一?月)(?:末(?=[一-龥]{2}))?", "上月"),
    (r"(?<![较比])上一?季度?末?", "上季"), (r"(?<![较比])上年", "去年"), (r"(?<![较比])去年", "去年"),
    (r"近一周|当周|本周|一周|周度|全周|周内|单周|(?<![周上])周(?!期|末)", WEEK),
    (r"月初以来|月初至今|[本当]月(?:以来|至今)|当月|本月|月内|全月|单月|月度|"
     r"近一月|近一个月|近1?个?月|(?<![\d上个])月(?=涨|跌|变动|收益|回报)", MONTH),
    (
        r"1[-—–~至到]\d{1,2}月份?(?:累计)?|前\d{1,2}个?月(?:累计)?|全年|年内|今年以来|年初以来|年初至今|本年|年度|今年|"
        r"(?:19|20)\d\d年(?:全年|以来)?|累计|(?<![\d去上近一二三四五十两])年(?=涨|跌|变动)",
        YEAR,
    ),
    (r"(?:上市|成立|建仓|发行|任职)以来", ""),
    (r"当日|单日|日度|(?<![首次末])日(?=涨|跌|变)", DAY),
    (r"近[一二三四五六七八九十\d]+个?[年月周季]度?|(?<![一二三四1-4])季度|当季|单季", ""),
)  # fmt: skip
_LATEST = later(r"^(?:最新|[周月季年期][末底]|季度末|当前|目前)(?=[一-龥]{2})")
_OF_MONTH = later(
    r"^(?:\d{4}年)?(?:\d{1,2}月份?|第?[一二三四]季度|[一二三四]季|[上下]半年|前三季度)[末底]?(?=[一-龥]{2}|[A-Z]{2})"
)
_CASH = later(r"现金流(?:量)?(?:净额)?$|净头寸$|(?:贸易|外贸)?顺差$|贸易差额$|[收结]余$")


_COUNTED = r"进出口|出口|进口|销售?|交付|出货|产|装机|发行|成交|募集|募资|到期|投放|保费|需求|供应|消费"
_TOTAL = later(
    r"(?:(?:全?市场|行业|样本|产品|各类)?(?:合计|总计|共计|总额|小计|全部|平均|均值|总体|整体|总和)[/／、（）()]*)+|全市场|全行业|全球|全世界|全国"
    rf"|(?:全国|全球|全市场|全行业|我国|中国)?总(?:{_COUNTED})[额量值数]?|(?:全国|全球|全市场|全行业|我国|中国)?(?:{_COUNTED})(?:总[额量值数计]|合计)"
)


def is_total(name: str) -> bool:
    """Whether a row adds up others."""
    return _TOTAL.fullmatch(name.replace(" ", "")) is not None or name.replace(" ", "").endswith(("合计", "总计", "小计"))


class Measure(Record):
    """A column of numbers.

    `noun`: what it measures in its own name, "" for the plain change of what the row names; `basis`: 同比, 环比 or "";
    `scope`: the time a change is taken over, "" where the name does not say; `minus`: the column taken from it, -1 for none
    (本周成交额 less 上周成交额); `ratio`: in per cent of it.
    """

    column: int
    key: str
    kind: str
    noun: str
    basis: str
    scope: str
    unit: Unit | None
    minus: int = -1
    ratio: bool = False


class Sheet(Record):
    """A table with the words for it.  `times[row]` where rows are times, else empty; `head`: what its rows are called; `of`: the
    names of the one whose course it is, where another table has that as a row."""

    table: DataTable
    measures: tuple[Measure, ...]
    times: tuple[Time | None, ...]
    head: str
    rows: tuple[tuple[str, ...], ...]
    counted: tuple[Unit | None, ...] = ()
    of: tuple[str, ...] = ()

    def unit(self, row: int, measure: Measure) -> Unit | None:
        """What a cell counts: as its column says, else as a column 单位 says of its row."""
        return measure.unit or (self.counted[row] if self.counted and measure.kind == LEVEL else None)

    def value(self, row: int, measure: Measure) -> Decimal | None:
        """In base units (元, %, 点), None where it is missing."""
        number = self.table.rows[row][measure.column].value
        if not isinstance(number, Decimal):
            return None
        if measure.minus >= 0:
            past = self.table.rows[row][measure.minus].value
            if not isinstance(past, Decimal):
                return None
            if measure.ratio:
                return (number - past) * 100 / abs(past) if past else None
            number -= past
        unit = self.unit(row, measure)
        return number * unit.factor if unit is not None else number

    def cell(self, row: int, measure: Measure) -> DataCell:
        """The cell itself."""
        return self.table.rows[row][measure.column]

    def text(self, row: int, measure: Measure) -> str:
        """The cell as it is typed, and the one before it where the measure is of both: 18,508 from 8,047."""
        own = self.cell(row, measure).text
        return f"{own} from {self.table.rows[row][measure.minus].text}" if measure.minus >= 0 else own

    def name(self, row: int) -> str:
        """What the row is called."""
        return self.table.rows[row][self.table.key].text if self.table.key >= 0 else f"#{row + 1}"

    def grows(self, row: int) -> bool:
        """Whether a row is itself a change: 工业增加值同比, in 9月 and 8月."""
        return not self.series and _CHANGE.search(self.name(row)) is not None

    @property
    def spoken(self) -> set[str]:
        """The kinds of times prose may name its rows by: those at the end of a month by their day, too."""
        known = [time for time in self.times if time is not None]
        return {time.kind for time in known} | {ON_DAY for time in known if time.day}

    @property
    def units(self) -> set[str]:
        """The kinds of times its rows may be counted by: days a week apart are weeks."""
        kinds = {time.kind for time in self.times if time is not None}
        days = sorted([Date(*time.order).ordinal for time in self.times if time is not None and time.day and time.year])
        apart = [after - one for one, after in itertools.pairwise(days)]
        regular = [one for one in apart if WEEKLY[0] <= one <= WEEKLY[1]]
        around = all([HOLIDAY[0] <= one <= HOLIDAY[1] for one in apart])
        weekly = len(apart) + 1 == len(self.times) and around and len(regular) * 2 > len(apart)
        return {"week"} if weekly else kinds

    @property
    def totals(self) -> tuple[int, ...]:
        """The rows that add up others."""
        return tuple([row for row in range(len(self.table.rows)) if is_total(self.name(row))])

    @property
    def own(self) -> tuple[int, ...]:
        """The other rows."""
        return tuple([row for row in range(len(self.table.rows)) if not is_total(self.name(row))])

    @property
    def series(self) -> bool:
        """Whether its rows are times."""
        return bool(self.times)

    def column_before(self, measure: Measure) -> Measure | None:
        """In a table whose columns are times, the one of the time before: 3月 of 4月, 上期 of 本期."""
        if measure.key[:1] in ("本", "当"):
            return next((one for one in self.measures if one.key == "上" + measure.key[1:]), None)
        own = key_time(measure.key, Date(1, 1, 1))
        if own is None:
            return None
        known = [(key_time(one.key, Date(1, 1, 1)), one) for one in self.measures]
        earlier = [
            (time.order, one) for time, one in known if time is not None and time.kind == own.kind and time.order < own.order
        ]
        return max(earlier, key=_order)[1] if earlier else None

    def latest_column(self) -> Measure | None:
        """In a table whose columns are times, the last of them."""
        known = [(key_time(one.key, Date(1, 1, 1)), one) for one in self.measures]
        dated = [(time.order, one) for time, one in known if time is not None]
        return max(dated, key=_order)[1] if len(dated) > 1 and not self.series else None

    def changes(self, scope: str = "") -> list[Measure]:
        """The plain changes of what the rows name, of one scope where it is given."""
        return [one for one in self.measures if one.kind == CHANGE and not one.noun and (not scope or one.scope in (scope, ""))]

    def steps(self, levels: Sequence[Measure], scope: str = "") -> list[Measure]:
        """What columns of sizes move by: changes of the same noun, else the plain changes that stand on their right or, with one
        column of sizes in all, anywhere."""
        changes = [one for one in self.measures if one.kind == CHANGE and (not scope or one.scope in (scope, ""))]
        own = [one for one in changes if one.noun and any([akin(one, other) for other in levels])]
        if own:
            return own
        sizes = [one for one in self.measures if one.kind == LEVEL and not (one.unit is not None and one.unit.name == "%")]
        out = []
        for level in levels:
            alone = sizes == [level]
            for one in changes:
                between = [
                    other
                    for other in self.measures
                    if level.column < other.column < one.column
                    and other not in changes
                    and other.noun != level.noun
                    and (other.noun or other.kind != CHANGE)  # 年初至今变动, behind 周变动
                ]
                if not one.noun and _moves(one, level) and (alone or (one.column > level.column and not between)):
                    out.append(one)
        return out


def _moves(change: Measure, level: Measure) -> bool:
    """Whether a column of plain changes may be what another moves by, as far as their units say."""
    if change.unit is None or level.unit is None:
        return change.unit is None or change.unit.name == "%" or level.unit is None
    if change.unit.name == "%":
        return change.unit.points or change.unit.factor != 1 or level.unit.name != "%"
    return change.unit.name == level.unit.name


def _order(dated: tuple[tuple[int, int, int], Measure]) -> tuple[int, int, int]:
    return dated[0]


class Name(Record):
    """What a name stands for: a row of a sheet, or the measures of a noun."""

    sheet: int
    kind: str
    places: tuple[int, ...]


def sheet_of(table: DataTable, now: Date, extra: dict[str, str]) -> Sheet | None:
    """The table with its words; None where it has no numbers.  `extra`: other names of rows."""
    measures = [_measure(table, place) for place in range(len(table.columns)) if place != table.key]
    known = tuple([one for one in measures if one is not None])
    if not known or not table.rows:
        return None
    known = of_left(of_month(known, table, now))
    known += tuple(_differences(table, known))
    known = rates(returns(known, table)) if series_of(table, now) else by_head(since_start(yields(known, table)), table)
    keys = [row[table.key].text if table.key >= 0 else "" for row in table.rows]
    whens = tuple([key_time(key, now) for key in keys])
    series = len([when for when in whens if when is not None]) == len(whens)
    whens = _monthly(whens) if series else whens
    more = [] if series else _titles(table)
    rows = [() if series else tuple(row_names(key, extra)) for key in keys]
    rows = [tuple(dict.fromkeys([*names, *row_names(title, extra)])) for names, title in zip(rows, more)] if more else rows
    rows = rows if series else _of_one_house(keys, rows)
    head = table.columns[table.key].key if table.key >= 0 else ""
    of = _HEAD_OF.fullmatch(head) if not series else None
    if of is not None:  # LME库存: its row 铜 is LME铜
        rows = [tuple(dict.fromkeys([*names, *[of.group("of") + one for one in names[:1]]])) for names in rows]
    own = any(["国债" in one.key for one in known])
    if head == "期限" and not own and _TREASURIES.search(" ".join([table.id, *[one.key for one in known]])):
        rows = [
            tuple(dict.fromkeys([*names, *[name + "国债" for name in names if name.endswith(("年", "期"))]])) for names in rows
        ]
    said = unit_column(table)
    units = tuple([unit_of(row[said].text) if row[said].value is not None else None for row in table.rows]) if said >= 0 else ()
    units = units or (() if series else _units_in(keys))
    if said < 0 and not series and [key for key in keys if UNIT_IN_NAME.search(key)]:
        inside = [UNIT_IN_NAME.search(key) for key in keys]
        units = tuple([unit_of(found.group(1)) if found is not None and is_unit(found.group(1)) else None for found in inside])
    return Sheet(table, known, whens if series else (), head, tuple(rows), units)


_HEAD_OF = later(r"(?P<of>[A-Z]{2,6}|[一-龥]{2,4})(?:库存|价格|收盘价|现货价|收益率|利率|汇率|销量|产量)")
SHORTEST = 3  # characters of a name without its house's


def _of_one_house(keys: Sequence[str], rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The names of products without the name of the house they begin with: 稳健添益 for 华晟稳健添益."""
    names = [key.replace(" ", "") for key in keys]
    for size in (4, 3, 2):
        house = Counter([name[:size] for name in names]).most_common(1)
        if not house or house[0][1] * 3 < len(names) * 2 or len(names) <= SHORTEST or _HOUSE.fullmatch(house[0][0]) is None:
            continue
        rest = [name[size:] if name.startswith(house[0][0]) else "" for name in names]
        fit = [one for one in rest if _OWN_NAME.match(one) is not None]
        return [(*said, one) if one in fit and rest.count(one) == 1 else said for said, one in zip(rows, rest)]
    return rows


_HOUSE = later(r"(?!沪深|上证|中证|深证|恒生|标普|国证|中债|全球|中国|美国)[一-龥]+")
_OWN_NAME = later(r"[一-龥]{3}|[一-龥]{2}\d{2,4}[一-龥A-Z]{2}")  # 稳健添益, 养老2040三年FOF
_TREASURIES = later(r"国债|国开|\b(?:cgb|treasur|govt|curve|yield)")  # whose yields a table by 期限 has, where it does not say
_CODE = later(r"[0-9A-Za-z.\-]{4,}")
_TITLE = later(r"简称|名称|全称|证券|股票|基金|债券|产品|公司|标的|品种")


def _titles(table: DataTable) -> list[str]:
    """What rows are called where their key is a code: the first other column of words that has one for each."""
    if table.key < 0 or not all([_CODE.fullmatch(row[table.key].text) for row in table.rows]):
        return []
    for at, column in enumerate(table.columns):
        words = [row[at].text for row in table.rows]
        if at != table.key and _TITLE.search(column.key) and len(set(words)) == len(words) and column.kind == "text":
            return words
    return []


_NOW = later(r"^(?:当前|目前|现有?|本周|当周|本期|本月|当月|本季度?|当季|今年|本年|最新|期末|周末|月末|年末)(?=[一-龥]{2})")
_PAST = later(
    r"^(?:(?P<year>去年同期|上年同期|去年|上年)|上周末?|上期末?|上月末?|上季度?末?|上年末|前一[周日月]|前期|期初|年初)(?=[一-龥A-Z]{2})"
)


def series_of(table: DataTable, now: Date) -> bool:
    """Whether the rows of a table are times."""
    return table.key >= 0 and all([key_time(row[table.key].text, now) is not None for row in table.rows])


def _differences(table: DataTable, known: Sequence[Measure]) -> list[Measure]:
    """What columns moved by since the time another has: 本周成交额 less 上周成交额."""
    out = []
    for one in known:
        stem = _NOW.sub("", _fronted(one.key))
        for other in known:
            name = _fronted(other.key)
            past = _PAST.match(name)
            if past is None or one.kind != LEVEL or other.unit != one.unit or one is other:
                continue
            if name[past.end() :] != stem and _short_of(name[past.end() :], other, known) != [one]:
                continue
            basis = "同比" if past.group("year") else ""
            unit = one.unit.replace(points=True) if one.unit is not None and one.unit.name == "%" else one.unit
            out.append(Measure(one.column, one.key, CHANGE, one.noun, basis, one.scope, unit, other.column))
    return out


_BEHIND = later(r"(?P<what>[一-龥A-Z]{2,})(?P<when>本周|上周|本期|上期|本月|上月|去年同期|上年同期)[末底五]?(?P<unit>[（(].*)?")


def _fronted(key: str) -> str:
    """A column's name with its time before what it measures: 上周国债(%) for 国债上周(%)."""
    name = key.replace(" ", "")
    found = _BEHIND.fullmatch(name)
    return f"{found.group('when')}{found.group('what')}{found.group('unit') or ''}" if found is not None else name


def _short_of(stem: str, past: Measure, known: Sequence[Measure]) -> list[Measure]:
    """The columns of sizes whose names a shorter one begins or ends: 存续规模 for the 规模 of 上月规模, 新房成交 for 上周新房."""
    sizes = [one for one in known if one.kind == LEVEL and one.minus < 0 and one.scope not in PAST and one is not past]
    own = [one.key.replace(" ", "") for one in sizes]
    return [one for one, key in zip(sizes, own) if len(stem) > 1 and (key.startswith(stem) or key.endswith(stem))]


def _units_in(keys: Sequence[str]) -> tuple[Unit | None, ...]:
    """The plain units the names of rows give in brackets: 生猪(元/公斤)."""
    inside = [UNIT_IN_NAME.search(key) for key in keys]
    units = [unit_of(found.group(1)) if found is not None and is_unit(found.group(1)) else None for found in inside]
    units = [one if one is not None and one.factor == 1 and one.name != "%" else None for one in units]
    return tuple(units) if any(units) else ()


def unit_column(table: DataTable) -> int:
    """The column that says what the numbers of each row count, -1 for none."""
    return next((at for at, column in enumerate(table.columns) if column.key.endswith("单位") or column.key == "unit"), -1)


def _monthly(whens: tuple[Time | None, ...]) -> tuple[Time | None, ...]:
    """Days as months where each month has one, as the ends of months do: prose speaks of 6 月 and 6 月 30 日."""
    months = {(when.year, when.place) for when in whens if when is not None and when.kind == ON_DAY}
    if len(months) < len(whens) or len(whens) < FEW:
        return whens
    return tuple([when.replace(kind=IN_MONTH) if when is not None else None for when in whens])


def _measure(table: DataTable, place: int) -> Measure | None:
    about = table.columns[place]
    values = [row[place].value for row in table.rows]
    numbers = [value for value in values if isinstance(value, Decimal)]
    if not numbers or about.kind in ("text", "date"):
        return None
    name = about.key.replace(" ", "")
    inside = UNIT_IN_NAME.search(name)
    given = about.unit
    if inside is not None and not given and is_unit(inside.group(1)):
        given = inside.group(1)
    name = UNIT_IN_NAME.sub("", name)
    scope, bare = _scope(_ON_DAY.sub("", name))
    if bare in _END_OF:  # 本周末, beside 上月末
        bare = "期末"
    if scope == "上周" and (before := _WEEK_BEFORE.sub("上周", name)) != name:
        beside = [UNIT_IN_NAME.sub("", column.key.replace(" ", "")) for column in table.columns]
        scope = "前周" if before in beside or before.replace("上周", "上一周") in beside else scope
    bare = _LATEST.sub("", bare)
    if scope != YEAR:
        bare = _OF_MONTH.sub("", bare)
    if about.kind != "percent" and COUNTED_SO.fullmatch(name) is not None and not given.endswith("%"):
        return Measure(place, about.key, LEVEL, name, "", scope, unit_of(given))  # 新房环比上涨城市(个)
    basis = "环比" if "环比" in name else "同比" if _YEARLY.search(name) else ""
    flow = next((word for word in synonyms.FLOWS if any([word in one for one in (name, *about.words)])), "")
    if not flow and _CASH.search(bare) is not None:
        return Measure(place, about.key, FLOW, bare, basis, scope, unit_of(given))
    if flow:
        return Measure(place, about.key, FLOW, bare.replace("额", "") or flow, basis, scope, unit_of(given))
    change = _CHANGE.search(bare)
    if change is not None and ("收益" not in change.group() or not _of_rates(name, table)):
        noun = _CHANGE.sub("", bare).strip("的（）()_/").removeprefix("累计")
        if noun in ("本次", "本期", "当次", "此次", "单次"):
            noun = ""
        if noun and change.group() in ("收益率", "收益") and noun in ("基金", "产品", "区间", "组合"):
            noun = ""
        if "涨" in change.group() and len(noun) > 1 and table.key >= 0 and noun in table.columns[table.key].key:
            noun = ""  # 指数周涨跌幅, of a table by 跟踪指数
        return Measure(place, about.key, CHANGE, noun, basis, scope, unit_of(given) or Unit("%", Decimal(1)))
    unit = unit_of(given or ("倍" if bare in _TIMES_OF else ""))
    if (
        bare in ("", "年", "累计")
        and not _of_gaps(table, numbers)
        and (about.kind == "percent" or (unit is not None and unit.name == "%") or [one for one in numbers if one < 0])
    ):
        return Measure(place, about.key, CHANGE, "", basis, scope, unit)
    kind = CHANGE if _of_changes(name, table) or _of_prices(bare, about.kind, unit, numbers) else LEVEL
    if _ADDED.fullmatch(bare) is not None and any([one < 0 for one in numbers]):
        return Measure(place, about.key, FLOW, "", basis, scope, unit)  # 2月新增: of 票据融资 -989
    keeps = bare or scope in PAST or TO_DATE.search(name)
    return Measure(place, about.key, kind, bare or name, basis, scope if keeps else "", unit)


def _of_gaps(table: DataTable, numbers: Sequence[Decimal]) -> bool:
    """Whether the bare columns of a table have spreads themselves, not how they moved: 本周 and 上周 of 信用利差."""
    return table.key >= 0 and _GAPS.search(table.columns[table.key].key) is not None and min(numbers) >= 0


_GAPS = later(r"[利价息]差|溢价|收益率|利率")
_TIMES_OF = ("市盈率", "市净率", "市销率", "PE", "PB", "PS")  # what is said in 倍, whatever the column's unit says


_ADDED = later(r"(?:当月|单月|当季|当期|本期|本月)?(?:新增|增量|增减|增加额?|增减额)")
_PRICES = later(r"(?:CPI|PPI|GDP|核心)?(?:平减指数|价格指数|CPI|PPI)")


def _of_prices(name: str, kind: str, unit: Unit | None, numbers: Sequence[Decimal]) -> bool:
    """Whether a column of an index of prices has its change: 平减指数, in per cent, with some under zero."""
    share = kind == "percent" or (unit is not None and unit.name == "%")
    return share and _PRICES.fullmatch(name) is not None and any([one < 0 for one in numbers])


def _of_changes(name: str, table: DataTable) -> bool:
    """Whether a column is a time, and most rows are changes in it: CPI同比, 出口增速 in 4月, 3月, 去年同期."""
    keys = [row[table.key].text for row in table.rows] if table.key >= 0 else []
    if len([1 for key in keys if _CHANGE.search(key)]) * 2 <= len(keys):
        return False
    return TIME.fullmatch(name) is not None


def _of_rates(name: str, table: DataTable) -> bool:
    """Whether a 收益率 is what a bond yields, no return: its name or most rows say so."""
    keys = [row[table.key].text for row in table.rows] if table.key >= 0 else []
    return LEVEL_YIELD.search(name) is not None or len([1 for key in keys if LEVEL_YIELD.search(key)]) * 2 > len(keys)


_WEEK_BEFORE = later(r"^前一?周")  # beside 上周, the week before that
_SINCE_LAST = later(r"[较比][上前]一?个?(周|月|日)末?")


_OF_TERM = later(r"[年月天周]期|年度(?=报告)")


def _scope(name: str) -> tuple[str, str]:
    """The time a column is taken over, and the rest of its name."""
    since = _SINCE_LAST.search(name)
    if since is not None:  # 较上周 is taken over a week, not in the last one
        return {"周": WEEK, "月": MONTH, "日": DAY}[since.group(1)], name
    for words, scope in _SCOPES:
        found = later(words).search(name)
        if found is not None and not _OF_TERM.search(name[found.start() : found.end() + 1]):
            return scope or found.group(), name[: found.start()] + name[found.end() :]
    return "", name


_ON_DAY = later(r"(?<=^[本上当前]周)[一二三四五六日](?=末?$)")
_END_OF = ("末", "底")
_YEARLY = later(r"同比|增速|增长率")
