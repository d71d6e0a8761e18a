"""All data of a note with the words for them, and where a text names any.

In: sheets, the day the note is of.  Out: tokens for the names of rows and columns.  Always: a name of several columns that differ
by time means that of the time said, else the latest; a name that could mean two things of one table means neither.
"""

from __future__ import annotations

import re

from ...pattern import later
from ...record import Record
from ..meant.groups import TOTAL
from ..words import lexicon, synonyms
from ..words.quantities import COUNT, THINGS, han_value, pattern
from ..words.reading import sentence_start
from ..words.times import DAY as ON_DAY
from ..words.times import HALF, IN_WEEK, Time, same
from ..words.times import MONTH as IN_MONTH
from ..words.times import QUARTER as IN_QUARTER
from .aliases import aliases, is_price, made, prices, stands, stands_free
from .aligned import SIDE, bare_key, narrowed
from .initials import initials_in
from .lists import listed_after, listed_before
from .monies import followed, monies, of_money
from .names import akin, noun_names, shortened
from .priced import of_price
from .subjects import CHANGE, DAY, FLOW, LEVEL, MONTH, NOUN, PAST, ROW, TO_DATE, WEEK, YEAR, Name
from .time_columns import column_stems, column_times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...model import Date
    from ..words.quantities import Quantity
    from ..words.reading import Part
    from .subjects import Measure, Sheet

_AROUND = re.compile(r"\(\?<?[!=][^()]*\)")  # what a word may not stand beside
UPS = frozenset(_AROUND.sub("", lexicon.UP).split("|"))
DOWNS = frozenset(_AROUND.sub("", lexicon.DOWN).split("|"))
SCOPE_OF = {"week": WEEK, "month": MONTH, "year": YEAR, "day": DAY}


_TRADES = ("银行", "证券", "保险", "汽车", "电力", "地产", "科技", "传媒", "医药")  # rows of trades that firms' names end with
_WRAPPED = later(r"ETF|LOF|股指期货|期货|期权|转债|联接")


_MONTH_OF = later(r"(\d{1,2})月")


class Book:
    """All data of a note, with the words for them.  `now` is the last day of the period."""

    def __init__(self, made: Iterable[Sheet | None], now: Date, period: tuple[Date, Date] | None) -> None:
        self.sheets: list[Sheet] = [sheet for sheet in made if sheet is not None]
        entities = [sheet for sheet in self.sheets if not sheet.series]
        self.counts = {len(sheet.own) for sheet in entities}
        self.heads = [*(synonyms.GROUPS if entities else ()), *[sheet.head[-2:] for sheet in entities if sheet.head]]
        if [sheet for sheet in self.sheets if sheet.series and sheet.changes()]:
            self.heads += ["周", "月", "年"]  # 周二下跌 0.22%
        self.amounts = ""  # words for what is counted that no column has
        self.sectors: dict[int, tuple[str, ...]] = {}  # what the whole is called that a table by time is of
        self.dated = [
            {} if sheet.series else {at: (stem, times[at]) for at, stem in column_stems(sheet.table, now).items()}
            for sheet in self.sheets
            for times in [column_times(sheet.table, now)]
        ]
        self.long = {time.kind for sheet in self.sheets for time in sheet.times if time is not None} & {HALF, IN_WEEK}
        days = [*_days_in(self.sheets), *(_days_of(*period) if period is not None else ())]
        self.days = {when.day: when for _, when in sorted([(when.order, when) for when in days])}
        self.cumulative = any([TO_DATE.search(one.key) for sheet in self.sheets for one in sheet.measures])
        self.flows = any([one.kind == FLOW for sheet in self.sheets for one in sheet.measures])
        self.now = self.published = now
        self.late = False  # published in a later year, so that 去年 may be either
        self.period = period
        series = [sheet for sheet in self.sheets if sheet.series]
        begun = [(when.kind, _first_year(sheet, now)) for sheet in series for when in sheet.times[-1:] if when is not None]
        self.first = {kind: min([year for one, year in begun if one == kind]) for kind, _ in begun}
        self.names: dict[str, list[Name]] = {}
        self.short: set[str] = set()
        self.signs: dict[str, int] = {}
        self.funds: set[str] = set()  # words for what is measured, where it is the subject itself
        for at, sheet in enumerate(self.sheets):
            self._index(at, sheet)
        self.money = monies(self.sheets, self.names)
        self.names |= self.money
        self.lent = _lent(self.sheets)
        self.followed = followed(self.sheets, self.names)
        self.aliases: set[str] = set()
        self.prices: set[str] = set()  # 铜价, of 沪铜
        for at, sheet in enumerate(self.sheets):
            self._shorten(at, sheet)
        self.terms = self._terms()
        self._found = re.compile("|".join(map(re.escape, sorted(self.names, key=len, reverse=True)))) if self.names else None
        units = [one.unit.name for sheet in self.sheets for one in sheet.measures if one.unit is not None]
        units += [unit.name for sheet in self.sheets for unit in sheet.counted if unit is not None]
        self.quantity = pattern(units)
        self.counted = {*units}

    def _index(self, at: int, sheet: Sheet) -> None:
        rows: dict[str, list[int]] = {}
        for row, names in enumerate(sheet.rows):
            for name in names:
                rows.setdefault(name, []).append(row)
        for name, places in rows.items():
            full = [row for row in places if sheet.rows[row][0] == name]
            if len(places) == 1 or len(full) == 1:
                self._add(name, Name(at, ROW, tuple(full or places)))
                if not full and shortened(sheet.rows[places[0]][0]) == name:
                    self.short.add(name)
        nouns: dict[str, list[int]] = {}
        for place, measure in enumerate(sheet.measures):
            self.signs |= _ways(sheet.table.columns[measure.column].words)
            for name in noun_names(measure, sheet.table.columns[measure.column].words):
                both = nouns.setdefault(name, [])
                both += [place] if place not in both else []
            fund = _FUND.match(measure.key) if sheet.series and measure.kind == CHANGE and not measure.noun else None
            if fund is not None:  # 基金 of 基金收益率
                self.funds |= {fund.group(), "本" + fund.group()}
                for name in (fund.group(), "本" + fund.group()):
                    nouns.setdefault(name, []).append(place)
            for other, level in enumerate(sheet.measures):  # 国债: of 国债周变动, and of 国债收益率
                if measure.kind == CHANGE and level.kind == LEVEL and len(measure.noun) > 1 and akin(measure, level):
                    both = nouns.setdefault(measure.noun, [])
                    both += [other] if other not in both else []
        whole = [n for n, one in enumerate(sheet.measures) if one.kind == LEVEL and _BARE_SO_FAR.fullmatch(bare_key(one))]
        single = [n for n, one in enumerate(sheet.measures) if one.kind == LEVEL and one.minus < 0 and n not in whole]
        for so_far in whole:  # 1-9月累计, beside 9月销量
            same = [other for other in single if _counts_like(sheet.measures[other], sheet.measures[so_far])]
            for name, both in nouns.items() if len(same) == 1 else ():
                if same[0] in both and so_far not in both and _BARE_TIME.match(name) is None:
                    both.append(so_far)
        called = _called(sheet)
        if called is not None and called not in nouns and called not in rows:
            nouns[called] = [place for place, one in enumerate(sheet.measures) if _NOW.fullmatch(bare_key(one))]
        known = {measure.noun for measure in sheet.measures} | {measure.key for measure in sheet.measures} | {called or ""}
        for name, found in nouns.items():
            alike = [place for place in found if place not in whole]
            if name not in known and not all([akin(sheet.measures[alike[0]], sheet.measures[place]) for place in alike]):
                found = [place for place in found if _same_word(sheet.measures[place].noun, name)]
                if not found:
                    continue  # a shorter name of two
            columns = [sheet.measures[place] for place in found]
            if all([one.scope in PAST and not _whole_name(one, name) for one in columns]):
                continue  # 国庆 is not 去年国庆
            own = [place for place in found if sheet.measures[place].key == name]
            past = any([sheet.measures[place].scope in PAST for place in found if place not in own])
            if name not in rows and len(name) > 1:
                sure = own and (past or sheet.measures[own[0]].noun != name or sheet.measures[own[0]].kind == FLOW)
                self._add(name, Name(at, NOUN, tuple(own if sure else found)))

    def _shorten(self, at: int, sheet: Sheet) -> None:
        """Take up the shorter names of rows, where they are no other's."""
        if sheet.series or sheet.table.key < 0:
            return
        for word, row in aliases([sheet.name(row) for row in range(len(sheet.table.rows))], sheet.head).items():
            if word in self.aliases and self.names[word][0].sheet != at:
                self._add(word, Name(at, ROW, (row,)))
            elif word not in self.names:
                self._add(word, Name(at, ROW, (row,)))
                if not (sheet.head and word.endswith(sheet.head)):  # 趋势策略 needs no neighbours
                    self.aliases.add(word)
        for word, row in made(sheet).items():
            if all([name.kind == ROW and name.sheet != at for name in self.names.get(word, ())]):
                self._add(word, Name(at, ROW, (row,)))
        for word, row in prices(sheet).items():
            self._add(word, Name(at, ROW, (row,)))
            self.prices.add(word)

    def _terms(self) -> dict[str, str]:
        """The terms that one row alone has, and what kind of bond it is: 10年期, of 10年期美债."""
        known: dict[str, list[tuple[int, int, str]]] = {}
        for at, sheet in enumerate(self.sheets):
            for row in () if sheet.series else range(len(sheet.table.rows)):
                found = _TERM.fullmatch(sheet.name(row).replace(" ", ""))
                if found is not None:
                    known.setdefault(found.group("term") + "期", []).append((at, row, found.group("kind")))
        out = {}
        for word, rows in known.items():
            if len(rows) == 1 and word not in self.names:
                self._add(word, Name(rows[0][0], ROW, (rows[0][1],)))
                out[word] = rows[0][2]
        return out

    def _add(self, word: str, name: Name) -> None:
        if word:  # a row may have no name
            self.names.setdefault(word, []).append(name)

    def _plain(self, name: Name, word: str) -> bool:
        """Whether a column's name says no more than a direction and the time of its change: 下行, 周跌幅, 今年以来."""
        measures = [self.sheets[name.sheet].measures[place] for place in name.places] if name.kind == NOUN else []
        if not measures or any([one.kind != CHANGE or one.noun for one in measures]):
            return False
        said = [(found.lastgroup, found.end()) for found in lexicon.WORDS.finditer(word)]
        whole = bool(said) and "".join([one.group() for one in lexicon.WORDS.finditer(word)]) == word
        scopes = [SCOPE_OF[kind] for kind, _ in said if kind in SCOPE_OF]
        moves = [kind for kind, _ in said if kind in ("dir", "amp", "neutral")]
        return (
            whole
            and len(scopes) + len(moves) == len(said)
            and (not scopes or all([one.scope in (*scopes, "") for one in measures]))
        )

    def speaks(self, text: str, part: Part) -> bool:
        """Whether a sentence names anything of the data, or a group of what they list."""
        if self._found is None:
            return False
        if self._found.search(text, part.start, part.end) is not None:
            return True
        words = text[part.start : part.end]
        return any([word in words for word in self.heads]) or any(
            [han_value(found.group("n")) in self.counts for found in TOTAL.finditer(words) if found.group("place")]
        )

    def by_scope(self, name: Name, scope: str) -> Name:
        """A name of several columns, as those of the time to date or of the single month that is spoken of."""
        measures = self.sheets[name.sheet].measures
        so_far = [one for one in name.places if TO_DATE.search(measures[one].key)]
        rest = [one for one in name.places if one not in so_far and measures[one].scope in ("", MONTH, WEEK)]
        if not so_far or not rest:
            return name
        return name.replace(places=tuple(so_far if scope == YEAR else [one for one in name.places if one not in so_far]))

    def at_time(self, token: Token, whens: Sequence[Token], scope: str) -> tuple[Token, Token | None]:
        """A column's name that means several times of it, as the one of the time said, or the latest; and what said so."""
        wide = token.wide or token.names
        out: list[Name] = []
        used: Token | None = None
        for name in [self.by_scope(one, scope) if self.cumulative and one.kind == NOUN else one for one in wide]:
            dated = self.dated[name.sheet]
            measures = self.sheets[name.sheet].measures
            of_scope = [one for one in name.places if measures[one].scope and measures[one].scope == _scope_word(scope)]
            if of_scope and scope not in SCOPE_OF.values():  # 上周 10 年期国债收益率
                out.append(name.replace(places=tuple(of_scope)))
                continue
            timed = [
                (dated[measures[one].column], one)
                for one in name.places
                if measures[one].column in dated and measures[one].minus < 0
            ]
            if len(timed) < 2 or len({stem for (stem, _), _ in timed}) > 1:
                out.append(name)
                continue
            said = [(when, one) for when in whens for (_, time), one in timed if when.time is not None and same(when.time, time)]
            chosen = said[-1][1] if said else max([(time.order, one) for (_, time), one in timed])[1]
            used = said[-1][0] if said else used
            rest = [one for one in name.places if one not in [place for _, place in timed]]
            out.append(name.replace(places=(chosen, *rest)))
        return (token.replace(names=tuple(out), wide=wide), used) if tuple(out) != token.names or token.wide else (token, used)

    def _stands(self, text: str, found: re.Match[str], start: int, end: int) -> bool:
        """Whether a short name is used as one: a column's name after it shows it, too."""
        noun = self._found.match(text, found.end(), end) if self._found is not None else None
        follows = noun is not None and self.names[noun.group()][0].kind == NOUN
        last = found.end() if follows else end
        return stands(text, found.start(), found.end(), start, last)

    def _wrapped(self, name: str, wrapping: str) -> bool:
        """Whether a row that goes by the name is such a product itself."""
        rows = [self.sheets[one.sheet].name(row) for one in self.names[name] if one.kind == ROW for row in one.places]
        if not name.endswith(("指", "指数")) and not any([char.isdigit() for char in name]):
            return True  # 宽基 ETF are what a row 宽基 is of
        return not rows or any([wrapping in row for row in rows])

    def _of_other_year(self, before: str, name: str) -> bool:
        """Whether a time's name stands behind a year that is not the last that had it: 12月销量, in a note of January."""
        found, month = _YEAR.search(before), _MONTH_OF.match(name)
        last = self.now.year - (month is not None and int(month.group(1)) > self.now.month)
        return found is not None and int(found.group("year")) != last

    def of_times(self, tokens: list[Token], text: str) -> list[Token]:
        """Without columns that are but times where what a table by time measures is named, and no row of theirs: 12 月出口."""
        series = [one for one in tokens if one.kind == NOUN and any([self.sheets[name.sheet].series for name in one.names])]
        if not series:
            return tokens
        homes = {name.sheet for one in tokens if one.kind == ROW for name in one.names}
        return [
            one
            for one in tokens
            if one.kind != NOUN
            or _BARE_TIME.fullmatch(text, one.start, one.end) is None
            or homes & {name.sheet for name in one.names}
        ]

    def mentions(self, text: str, start: int, end: int) -> list[Token]:
        """Rows and nouns named in `text[start:end]`."""
        out = self._initials(text, start, end)
        for found in self._found.finditer(text, start, end) if self._found is not None else ():
            found = self._over_time(text, found, end)
            before = text[found.start() - 1 : found.start()] if found.start() > start else ""
            if before == "前" and found.group()[0] in "一二三四0123456789":
                continue  # 前三季度 is no 三季度
            if before == "非" and not found.group().startswith("非"):
                continue
            if "国债" in found.group() and _ABROAD.search(text, start, found.start()) is not None:
                continue  # 美国10年期国债
            if found.group() in _TRADES and found.start() > start and not stands_free(text, found.start(), start):
                continue  # 招商银行 is not the trade
            kept = _WRAPPED.match(text, found.end(), end)
            if kept is not None and not self._wrapped(found.group(), kept.group()):
                continue  # 沪深300ETF is not the index
            if found.group() in self.money and not of_money(text, found, start):
                continue
            if found.group() in self.aliases and not self._stands(text, found, start, end):
                continue
            price = found.group() not in self.prices or is_price(text, found.start(), found.end(), start)
            if not price:
                continue  # 国际铜价
            kind_of = self.terms.get(found.group())
            if kind_of is not None and not (
                (not before or before in "与和及、较比的而但使是为于")
                and kind_of in text[sentence_start(text, start) : found.start()]
                and _AFTER_TERM.match(text, found.end(), end)
            ):
                continue
            if found.group() in self.short and text[found.end() : found.end() + 1].isdigit():
                continue  # 上证 50 is not 上证指数
            if found.group() == "募集" and _SO_MUCH.match(text, found.end(), end) is None:
                continue  # 募集期, 募集资金
            if found.group()[:1].isdigit() and before.isdigit():
                continue
            if (
                found.group()[0].isdigit()
                and before == "年"
                and self._of_other_year(text[max(start, found.start() - 5) : found.start()], found.group())
            ):
                continue  # 2023 年 10 月 is not the 10月 of a table of 2024
            if found.group() in self.funds and not _itself(text, found.start(), found.end(), start):
                continue
            if found.group().isascii() and (before.isascii() and before.isalnum()):
                continue
            if before and (before.isdigit() or before in "万亿") and found.group() in self.counted:
                continue  # 3.41 亿人次
            names = [name for name in self.names[found.group()] if not self._plain(name, found.group())]
            if not names:
                continue
            row = names[0].kind == ROW or (found.group() in _WELL_KNOWN and any([name.kind == ROW for name in names]))
            kind = ROW if row and not of_price(names, self.sheets, text, start, end) else NOUN
            home = self.sheets[names[0].sheet]
            if kind == NOUN and self._of_what(text, start, found, end):
                continue
            if kind == ROW:
                out += self._listed(names[0].sheet, listed_before(home, names[0].places[0], text, start, found.start()))
            named = tuple([name for name in names if name.kind == kind])
            per = _PER.search(text, start, found.start()) if kind == NOUN else None
            if per is not None:  # 人均 GDP is not GDP
                named = tuple(
                    [
                        name
                        for name in named
                        if any([per.group() in self.sheets[name.sheet].measures[at].key for at in name.places])
                    ]
                )
            sign = self.signs.get(found.group()) or _flow_sign(found.group())
            after_time = before.isdigit() and found.group()[0] in "年月" and len(found.group()) > 2
            after_time = after_time and found.group()[1] not in "末底初"  # 7月回报, of a column 月回报
            out.append(Token(kind, found.start() + after_time, found.end(), names=named, sign=sign))
            if kind == ROW:
                out += self._listed(names[0].sheet, listed_after(home, names[0].places[0], text, found.end(), end))
            if len(out) > 1 and found.group() in ("规模", "金额") and out[-2].sign and out[-2].end == found.start():
                out.pop()  # 净流出规模
                continue
            if kind == NOUN and len(out) > 1 and SIDE.fullmatch(text, out[-2].end, found.start()):
                out[-2:] = narrowed(out[-2], out[-1], self.sheets, text)
        return out

    def _listed(self, place: int, found: Sequence[tuple[int, int, int]]) -> list[Token]:
        return [Token(ROW, start, end, names=(Name(place, ROW, (row,)),)) for start, end, row in found]

    def _of_what(self, text: str, start: int, found: re.Match[str], end: int) -> bool:
        """Whether a column's name says no more than which rows are counted: 五宗成交地块中."""
        heads = [sheet.head for sheet in self.sheets if sheet.head and text.startswith(sheet.head, found.end(), end)]
        return bool(heads) and _MANY.search(text, start, found.start()) is not None

    def _initials(self, text: str, start: int, end: int) -> list[Token]:
        """The rows that 北上广深 or 日韩 names by a character each."""
        return [Token(names[0].kind, at, at + 1, names=tuple(names)) for at, names in initials_in(self.names, text, start, end)]

    def _over_time(self, text: str, found: re.Match[str], end: int) -> re.Match[str]:
        """The longer name that begins behind a month within a column's name: 新增人民币贷款, where 2月新增 is a column."""
        month = _MONTH_FIRST.match(found.group())
        month = month if month is not None and month.end() < len(found.group()) else None
        assert self._found is not None
        other = self._found.match(text, found.start() + month.end(), end) if month is not None else None
        return other if other is not None and other.end() > found.end() else found


_WELL_KNOWN = frozenset([name for group in synonyms.ROWS for name in group])  # 上证指数, a row, and of 沪指收盘 by day
_FUND = later(r"基金|产品|组合|策略|账户")
_ITS_OWN = later(
    r"[^一-龥]|[已仍也则却还又仅只均便就再]|有|在|连续|取得|录得|实现|全年|当年|同期|上涨|下跌|上升|下降|亏损|盈利|跑赢|跑输|战胜|领先|落后|涨|跌|回撤|小幅|大幅|表现|过去|近"
)
_BEFORE_IT = later(r"(?:^|[，。；、：年月日末度来间里中内后·]|但|而|且|虽|本|该|期间?)$")


def _itself(text: str, first: int, end: int, start: int) -> bool:
    """Whether 基金 stands as what is told of: 基金有九年取得正收益, not 偏债基金, 基金公司 or 基金规模."""
    return (first == start or _BEFORE_IT.search(text, start, first) is not None) and (
        end == len(text) or _ITS_OWN.match(text, end) is not None
    )


def _lent(sheets: Sequence[Sheet]) -> dict[str, frozenset[str]]:
    """The names of a row of which another table has the course, 上证指数 by day beside indices by week, with the kinds of its
    times."""
    out: dict[str, frozenset[str]] = {}
    rows = {names[0]: names for sheet in sheets if not sheet.series for names in sheet.rows if names}
    for sheet in sheets:
        if not sheet.series or not sheet.changes():
            continue
        own = [names for names in rows.values() if any([one.key.startswith(name) for name in names for one in sheet.measures])]
        if len(own) == 1:
            out |= dict.fromkeys(own[0], frozenset(sheet.spoken))
    return out


_ABROAD = later(r"(?:美国?|德国?|日本|英国|法国|意大利|欧元区|欧洲|海外|印度)的?$")
_MONTH_FIRST = later(r"(?:\d{4}年)?\d{1,2}月(?!日)")
_BARE_SO_FAR = later(r"(?:(?:今年|年内|本年|\d{4}年)?(?:1[-—–~至到]\d{1,2}月|前\d{1,2}个?月)?)?累计值?")


def _counts_like(one: Measure, other: Measure) -> bool:
    """Whether two columns count the same, if in other units: 辆 and 万辆."""
    return (one.unit.name if one.unit is not None else "") == (other.unit.name if other.unit is not None else "")


_SO_MUCH = later(r"(?:了|约|近|超|逾|超过|不足|不到|达|仅)*\d")
_MANY = later(rf"{COUNT}[{THINGS}](?:[已被])?$")
_TERM = later(r"(?P<term>\d{1,2}(?:年|个月))期?(?P<kind>[一-龥]{1,4}债)")
_AFTER_TERM = later(r"[与和、及，。；的则也却仅均都又上下报收利升降涨跌至为达分是]|品种|$")
_BARE_TIME = later(r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度|Q[1-4])(?:末|底)?")
_YEAR = later(r"(?P<year>(?:19|20)\d\d)年$")


_NOW = later(r"(?:本周末?|当周|这周|本期|最新值?|期末|周末|本月末?|当月|现值|今值|当前)")
_HAN = later(r"[一-龥]{2,10}")
_VAGUE = ("数据", "行情", "指标", "表现", "指数", "概览", "一览", "统计", "市场", "基金", "产品", "板块", "行业", "估值表")


def _called(sheet: Sheet) -> str | None:
    """What the numbers of a table are whose columns are only times, as the table itself is called: 融资余额, 收益率."""
    name = sheet.table.id.replace(" ", "")
    if sheet.series or _HAN.fullmatch(name) is None or name.endswith(_VAGUE):
        return None
    now = [one for one in sheet.measures if _NOW.fullmatch(bare_key(one))]
    return name if len(now) == 1 and now[0].kind == LEVEL else None


def _days_of(first: Date, last: Date) -> list[Time]:
    """The days of a week or two, each by its number."""
    if last.ordinal - first.ordinal > SHORT:
        return []
    if first.month == last.month:
        return [Time(ON_DAY, last.year, last.month, day) for day in range(first.day, last.day + 1)]
    ends = [Time(ON_DAY, first.year, first.month, day) for day in range(first.day, 32)]
    return [*ends, *[Time(ON_DAY, last.year, last.month, day) for day in range(1, last.day + 1)]]


SHORT = 14  # days of a period whose numbers tell which are meant


def _days_in(sheets: Sequence[Sheet]) -> list[Time]:
    """The days the rows of tables by day are."""
    return [time for sheet in sheets if sheet.units == {ON_DAY} for time in sheet.times if time is not None]


def _first_year(sheet: Sheet, now: Date) -> int:
    """The year of the first row of months or quarters without one, the last being the latest that has been; 0 for others."""
    whens = [when for when in sheet.times if when is not None]
    if any([when.year or when.kind not in (IN_MONTH, IN_QUARTER) for when in whens]):
        return 0
    past = now.month if whens and whens[-1].kind == IN_MONTH else (now.month + 2) // 3
    year = now.year
    for when in reversed(whens):
        year -= when.place > past
        past = when.place
    return year


def _whole_name(measure: Measure, name: str) -> bool:
    """Whether a name says which time a column is of: 去年国庆."""
    return any([word in name for word in PAST]) or name == measure.key


_PER = later(r"(?:人均|户均|亩均|店均|单车|单店|每股)$")


def _scope_word(scope: str) -> str:
    """上周 of 上一周 and 上周末."""
    return scope.replace("上一", "上").replace("前一", "上").removesuffix("末").removesuffix("底")


def _ways(words: Sequence[str]) -> dict[str, int]:
    """Which way each of two words for a column goes: 走阔 and 收窄, 净融资 and 净偿还."""
    if len(words) != 2:
        return {}
    first, second = ((one in UPS) - (one in DOWNS) or _flow_sign(one) for one in words)
    first, second = first or -second, second or -first
    return {words[0]: first, words[1]: second} if first == -second else {}


def _flow_sign(word: str) -> int:
    """Which way the name of a flow goes: 净买入 or 净卖出."""
    if any([flow in word for flow in synonyms.OPPOSITE.values()]):
        return -1
    return int(any([flow in word for flow in synonyms.FLOWS]))


def _same_word(noun: str, name: str) -> bool:
    """Whether a name is another word for all of a column's noun, not a part of it."""
    return noun == name or any([noun in group and name in group for group in synonyms.COLUMNS])


class Token(Record):
    """A word that matters, `text[start:end]`: row, noun, time, number, dir, amp, neutral, basis, scope or amount.  `scope` of a
    time: "column" where it says which of a name's columns is meant; `wide`: all columns of the name."""

    kind: str
    start: int
    end: int
    names: tuple[Name, ...] = ()
    time: Time | None = None
    quantity: Quantity | None = None
    sign: int = 0
    scope: str = ""
    wide: tuple[Name, ...] = ()
