"""Which of several columns a noun means by the noun, the money or the time beside it: 新能源车零售, 深股通净卖出, 两市成交额.

In: the tokens of a clause.  Out: the same, with the general noun behind one that says which taken up, and a flow given to its
money.  Always: two nouns are one only where their columns count the same.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.aligned import bare_key
from ..tables.book import Token
from ..tables.names import MONEY
from ..tables.subjects import CHANGE, FLOW, MONTH, NOUN, ROW, TOTALS, WEEK, YEAR, Name
from ..words.reading import dotted, sentence_start
from ..words.synonyms import FLOWS, OPPOSITE
from ..words.times import DAY as ON_DAY
from ..words.times import same, times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.book import Book

MARKET = later(
    r"(?P<who>沪深京三市|沪深两市|沪深|两市|三市|全市场|A股市场|A股|市场)(?:合计|累计|总|日均|本周|全周|当周|当日|单日|全天)*$"
)  # 两市成交额, in a table by time
_OF_ONE = later(
    r"(?:车|类|型|的|资金|基金|版号|产品|品种)?(?:(?:已经?)?连续[一-龥\d]{1,3}(?:年|月|季度?|周|日|天|交易日)的?)?(?:累计|合计|全年|单[月季周日]|当月|共|总|均)?"
)  # 股票型基金连续四个月单月发行


def qualified(text: str, tokens: list[Token], book: Book) -> list[Token]:
    """Without the general noun behind the one that says which: 新能源车零售, 深股通净卖出 of a table with columns for both."""
    out: list[Token] = []
    for token in _of_their_table(text, tokens, book):
        if token.kind == NOUN and text.startswith(_NEWLY, token.start - 1):
            token = token.replace(start=token.start - 1)
        if _alone_between(out, token, text, book):
            out.pop()
        last = out[-1] if out else None
        if last is not None and token.kind == last.kind == NOUN and _begins(last, token, text, book):
            out[-1] = Token("amount", last.start, last.end)  # 螺纹钢表观消费, of columns 螺纹钢产量 and 表观消费
            last = None
        if last is not None and token.kind == last.kind == NOUN and last.end == token.start and _closes(text, last, token):
            out.append(Token("amount", token.start, token.end))  # 中证转债指数收盘, where 收盘 is a column of another table
            continue
        if (
            last is not None
            and token.kind == last.kind == NOUN
            and _OF_ONE.fullmatch(text, last.end, token.start)
            and (_alike(last, token, book) or _of_name(last, token, text, book) or _its_price(last, token, text, book))
        ):
            if text[token.start : token.end] not in TOTALS:  # 进口版号合计: what is done with them
                out[-1] = last.replace(end=token.end, sign=last.sign or token.sign)
            continue
        if token.kind == NOUN and text[token.start : token.end] in TOTALS and _listed(text, out, token):
            continue
        if token.kind == NOUN and not token.sign and _is_money(text, token) and _buys(text, token, out):
            out.append(Token("amount", token.start, token.end))  # 深股通获外资净买入
            continue
        whose = MONEY.match(text, token.start, token.end) if token.kind == NOUN and token.sign else None
        if whose is not None and whose.end() < token.end and _GOT.search(text, 0, token.start) is not None:
            flow = _own(token.replace(start=whose.end()), tokens, text, book)
            if flow.names and not any([not book.sheets[name.sheet].series for name in token.names]):
                out.append(Token("amount", token.start, whose.end()))
                token = flow  # 快手获南向资金净买入, of a table by day that has that name
        money = next((one for one in reversed(out) if one.kind == NOUN), None)
        word = ""
        if money is not None and token.kind == NOUN and token.sign and _is_money(text, money):
            said = text[money.end : token.start]
            if _other_times(money, token, tokens, book) or _of_rows(money, token, tokens, text, book):
                token = _own(token, tokens, text, book) if not _other_times(money, token, tokens, book) else token
                out[out.index(money)] = Token("amount", money.start, money.end)  # 2022 年北向资金净买入, of a table by year
            elif whose is None and "占" not in said and "比" not in said:
                token = token.replace(names=money.names)  # 北向资金本周合计净卖出: of that money
                word = text[money.start : money.end]
        out.append(_of_whole(_at_times(token, word, text, tokens, book), text, tokens, book))
    return out


_NEWLY = ("新成立", "新发行")  # 新发行份额 is 发行份额
_ALONE = later(r"单[月季周日]")


def _alone_between(before: Sequence[Token], token: Token, text: str, book: Book) -> bool:
    """Whether 单月 stands between a noun and the general one of the same table: 股票型基金连续四个月单月发行超 200 亿份."""
    if len(before) < 2 or not token.kind == before[-2].kind == NOUN:
        return False
    single = _ALONE.fullmatch(text, before[-1].start, before[-1].end) is not None
    return single and _OF_ONE.fullmatch(text, before[-2].end, token.start) is not None and _alike(before[-2], token, book)


_CLOSE = later(r"收盘(?:价|点位)?|点位")


def _closes(text: str, noun: Token, token: Token) -> bool:
    """Whether a word for a close is of another table than the noun right before it."""
    apart = not {name.sheet for name in noun.names} & {name.sheet for name in token.names}
    return apart and _CLOSE.fullmatch(text, token.start, token.end) is not None


def _buys(text: str, token: Token, before: Sequence[Token]) -> bool:
    """Whether a money is but who buys what a column of the same table by time has."""
    homes = {name.sheet for one in before if one.kind == NOUN for name in one.names}
    return {name.sheet for name in token.names} == homes and _GOT.search(text, 0, token.start) is not None


def _is_money(text: str, token: Token) -> bool:
    return any([one.fullmatch(text, token.start, token.end) for one in (MONEY, _BARE_MONEY)])


def _of_their_table(text: str, tokens: list[Token], book: Book) -> list[Token]:
    """A row right before the column of a table by time another column of which begins with its name as no row: 螺纹钢表观消费, of
    a table with 螺纹钢产量 and 表观消费; the same with a time between, where that column does: 恒泽2024年毛利率."""
    out: list[Token] = []
    changed: dict[int, tuple[Name, ...]] = {}
    for one in tokens:
        after = next((token for token in tokens if token.kind == NOUN and token.start >= one.end), None)
        near = after is not None and text[one.end : after.start] in ("", "的")
        if one.kind == ROW and after is not None and (near or _at_time(text, one, after, tokens)):
            word = text[one.start : one.end]
            homes = [(book.sheets[name.sheet], name.places) for name in after.names]
            some = [[each for at, each in enumerate(home.measures) if home.series and (near or at in own)] for home, own in homes]
            whose = [any([each.key.startswith(word) for each in columns]) for columns in some]
            if whose and all(whose):
                out.append(Token("amount", one.start, one.end))
                continue
            theirs = tuple([name for name, own in zip(after.names, whose) if own and not near and _past(one, tokens, name, book)])
            if theirs:  # 恒泽2023年营业收入, beside a table of the firms' 营业收入 in 2024
                changed[after.start] = theirs
                out.append(Token("amount", one.start, one.end))
                continue
        out.append(one.replace(names=changed[one.start]) if one.start in changed else one)
    return out


def _past(row: Token, tokens: Sequence[Token], name: Name, book: Book) -> bool:
    """Whether the time right behind a row is one of a table by time, before its last."""
    sheet = book.sheets[name.sheet]
    last = max([time.order for time in sheet.times if time is not None], default=None)
    when = next((one.time for one in tokens if one.kind == "time" and row.end <= one.start), None)
    known = [time for time in sheet.times if time is not None and when is not None and same(time, when)]
    return last is not None and bool(known) and known[0].order < last


def _at_time(text: str, row: Token, noun: Token, tokens: Sequence[Token]) -> bool:
    """Whether there is but a time between a row and a column: 恒泽2024年毛利率."""
    between = [one for one in tokens if row.end <= one.start and one.end <= noun.start]
    whens = [one for one in between if one.kind in ("time", "scope")]
    return len(between) == len(whens) == 1 and dotted(text, row.end, noun.start, between).replace("的", "") == "·"


def said_before(token: Token, text: str, start: int, book: Book) -> int:
    """How many characters before a column's name say what another's does beside it: 转债成交额, of 中证转债 or 中证转债指数;
    逆回购净投放, of 逆回购投放 and 净投放."""
    said = text[token.start : token.end]
    keys = [one.key for name in token.names for one in book.sheets[name.sheet].measures]
    own = [book.sheets[name.sheet].measures[at].key for name in token.names for at in name.places]
    for size in (6, 5, LONGEST, 3, 2):
        word = text[token.start - size : token.start]
        if token.start - size < start or not all(["\u4e00" <= char <= "\u9fff" for char in word]):
            continue
        whole, word = word, word.removesuffix("市场")  # 转债市场成交额
        if len(word) < 2 or (size > LONGEST and word == whole):
            continue
        rests = [key[len(word) :] for key in keys if key not in own and key.startswith(word) and len(key) > len(word) + 1]
        ends = any([_INDEX_END.sub("", key).endswith(word) and key != word for key in keys]) and not _SO_FAR.search(word)
        if ends or any([said.endswith(rest) and said != rest for rest in rests]):
            return size
    return 0


LONGEST = 4  # characters of such a word
_SO_FAR = later(r"(?:以来|至今)$")
_INDEX_END = later(r"(?<=[一-龥]{3})指数(?:收盘价?|点位)?$")


# A name's beginning, and what may stand before the rest of it, a dot for each time: 相关ETF本周净流入, 相关ETF则遭遇净流出.
_MIDST = later(
    r"(?:.*·)?(?P<head>[A-Za-z0-9一-龥]{2,}?)"
    r"(?:·|合计|累计|共计|总计|的|则|也|仍|均|又|却|再度|继续|小幅|大幅|转为|录得|实现|出现|遭遇?|获得?|迎来)+"
)


def parted(text: str, tokens: list[Token], start: int, book: Book) -> list[Token]:
    """A column's name with a time or a verb in its midst as that column's: 相关ETF本周净流入, of 相关ETF净流入."""
    out = list(tokens)
    for at, token in enumerate(tokens):
        first = max([one.end for one in tokens[:at] if one.kind not in ("time", "scope")], default=start)
        found = _MIDST.fullmatch(dotted(text, first, token.start, tokens[:at])) if token.kind == NOUN else None
        if found is None:
            continue
        end = text.rfind(found.group("head"), first, token.start) + len(found.group("head"))
        for begun in range(end - len(found.group("head")), end - 1):
            whole = [name for name in book.names.get(text[begun:end] + text[token.start : token.end], ()) if name.kind == NOUN]
            if whole:
                out[at] = token.replace(names=tuple(whole))
                out.append(Token("amount", begun, end))
                break
    return sorted(out, key=_start)


def _start(token: Token) -> int:
    return token.start


_WHOLE_OF = later(r"(?:^|[，年月日季度末份的期]|全国|国内|我国|中国|全部|全市场|行业|[当本全上]周|[前后]者?)$")


def trade_before(token: Token, text: str, start: int, book: Book) -> int:
    """How many characters before a column's name say of which trade its table by time is: 三季度券商自营业务收入, 快递业务量."""
    for name in token.names:
        for word in book.sectors.get(name.sheet, ()):
            at = token.start - len(word)
            if at >= start and text.startswith(word, at) and (at == start or _WHOLE_OF.search(text, start, at) is not None):
                return len(word)
    return 0


_LISTED = later(r"[、和与及]|以及")


def _listed(text: str, before: Sequence[Token], token: Token) -> bool:
    """Whether the name of a column of sums stands behind a list of times, which are what is added up: 2月、4月和8月合计."""
    whens = [one for one in before if one.kind == "time"]
    last = whens[-2:] if len(whens) > 1 else []
    return (
        bool(last)
        and last[1] is before[-1]
        and _LISTED.fullmatch(text, last[0].end, last[1].start) is not None
        and text[last[1].end : token.start] in ("", "份")
    )


def _at_times(token: Token, whose: str, text: str, tokens: Sequence[Token], book: Book) -> Token:
    """北向资金净买入 of the table by year where a year is named, though another table by day has that name; `whose`: the money
    before a bare flow."""
    kinds = {one.time.kind for one in tokens if one.kind == "time" and one.time is not None}
    money = MONEY.match(text, token.start) or _BARE_MONEY.match(text, token.start)
    if token.kind == NOUN and token.sign and (money is not None or whose):
        whose = money.group() if money is not None else whose
        token = token.replace(names=(*token.names, *_by_day(token, whose, text, tokens, book)))
    if token.kind == NOUN and not token.sign and len(kinds) == 1:
        return token.replace(names=_alike_at(token, kinds, book) or token.names)
    if token.kind != NOUN or not token.sign or not kinds or money is None:
        return token
    if any([kinds & book.sheets[name.sheet].spoken for name in token.names]):
        return token
    others = [
        Name(at, NOUN, (place,))
        for at, sheet in enumerate(book.sheets)
        if sheet.series and kinds & sheet.spoken
        for place, one in enumerate(sheet.measures)
        if one.kind == FLOW and one.noun in FLOWS
    ]
    known = book.names.get(money.group(), ())
    others = others or [  # 南向合计, of the table by day
        name for name in known if name.kind == NOUN and kinds & book.sheets[name.sheet].spoken and book.sheets[name.sheet].series
    ]
    return token.replace(names=tuple(others)) if len(others) == 1 else token


def _alike_at(token: Token, kinds: set[str], book: Book) -> tuple[Name, ...]:
    """12月社零增速, as the one column of the table by month that is of the same: 社零同比, beside 社零增速 by year."""
    homes = [book.sheets[name.sheet] for name in token.names]
    own = [sheet.measures[at] for name, sheet in zip(token.names, homes) for at in name.places]
    if not own or any([not sheet.series or kinds & sheet.spoken for sheet in homes]):
        return ()
    others = [
        Name(at, NOUN, (place,))
        for at, sheet in enumerate(book.sheets)
        if sheet.series and kinds & sheet.spoken
        for place, one in enumerate(sheet.measures)
        if one.noun and any([(one.noun, one.kind, one.basis) == (each.noun, each.kind, each.basis) for each in own])
    ]
    return tuple(others) if len(others) == 1 else ()


_BARE_MONEY = later(r"[东南西北]向")


def _by_day(token: Token, money: str, text: str, tokens: Sequence[Token], book: Book) -> list[Name]:
    """What a table by day has of the money of one by week, where a day is named: 周四北向资金净买入, of 北向合计."""
    if any([book.sheets[name.sheet].units != {"week"} for name in token.names]) or not names_day(text, token, tokens, book):
        return []
    return [name for name in book.names.get(money, ()) if name.kind == NOUN and book.sheets[name.sheet].units == {ON_DAY}]


def _of_whole(token: Token, text: str, tokens: Sequence[Token], book: Book) -> Token:
    """周五的净卖出规模, of 北向合计 by day beside 沪股通 and 深股通, where nothing before it says whose."""
    bare = text[token.start : token.end].removesuffix("额")
    if token.kind != NOUN or (bare not in OPPOSITE and bare not in OPPOSITE.values()) or _homes(tokens):
        return token
    begun = sentence_start(text, token.start)
    of_days = names_day(text, token, tokens, book) or _IN_DAYS.search(text, begun, token.start) is not None
    if not of_days or any([book.sheets[name.sheet].units == {ON_DAY} for name in token.names]):
        return token
    for at, sheet in enumerate(book.sheets):
        flows = [place for place, one in enumerate(sheet.measures) if one.kind == FLOW] if sheet.units == {ON_DAY} else []
        whole = [place for place in flows if _WHOLE.match(sheet.measures[place].key)]
        if len(flows) > 1 and len(whole) == 1:
            others = [Name(at, NOUN, (place,)) for place in flows if place not in whole]
            other = [one for one, known in book.names.items() if any([each in others or each.kind == ROW for each in known])]
            stems = [_FLOW_END.sub("", sheet.measures[place].key) for place in flows if place not in whole]
            other += [stem for stem in stems if len(stem) > 1] + (_LEVERED if "融资" in stems else [])
            if not any([one in text[: token.start] for one in other]):
                return token.replace(names=(*token.names, Name(at, NOUN, (whole[0],))))
    return token


_FLOW_END = later(r"净.*")  # 融资净额: 融资盘连续两日净卖出 is of that
_LEVERED = ["两融", "杠杆"]  # who buys on credit
_IN_DAYS = later(r"[一二两三四五]个?(?:天|交易日)|[每单][日天]")
_WHOLE = later(r"[东南西北]向(?:资金)?(?:净|合计|总计|$)")


def names_day(text: str, token: Token, tokens: Sequence[Token], book: Book) -> bool:
    """Whether a clause is of a day it names, or the clause before it does and no more: 3月23日，北向资金净卖出…."""
    begun = sentence_start(text, token.start)
    start = max(text.rfind(char, begun, token.start) for char in "，：") + 1 or begun
    said = [one.start for one in tokens if one.kind == "time" and one.time is not None and one.time.kind == ON_DAY]
    said = said or [one.start for one in times(text, begun, start, book.now) if one.end == start - 1 and one.time.kind == ON_DAY]
    scopes = [one for one in tokens if one.kind == "scope" and one.scope in (WEEK, MONTH, YEAR)]
    if not said or any([one.start > said[-1] and _PEAK.match(text, one.end) is None for one in scopes]):
        return False  # 3月1日当周
    return not any([UP_TO.search(text, begun, at) is not None for at in said])


_PEAK = later(r"(?:以来|内|的|单日)*(?:最|新[高低]|[峰谷]值|次[高低])")
UP_TO = later(r"(?:截至|截止|到|至)(?:本|上)?$")
_GOT = later(r"(?:获得?|遭到?|被|受|得到|为|吸引)$")
_FOR = later(r"(?:本周|当周|全周|资金)?(?:对|在)$")


def _of_rows(money: Token, flow: Token, tokens: Sequence[Token], text: str, book: Book) -> bool:
    """Whether the money, which a table by time has, buys or sells a row: 快手获南向资金净买入, 南向资金对中国移动的净买入."""
    if not _own(flow, tokens, text, book).names or {name.sheet for name in money.names} & _homes(tokens):
        return False
    rows = [token for token in tokens if token.kind == ROW and money.end <= token.start and token.end <= flow.start]
    got = _GOT.search(text, 0, money.start) is not None
    return got or any([_FOR.fullmatch(text, money.end, row.start) is not None for row in rows[:1]])


def _homes(tokens: Sequence[Token]) -> set[int]:
    return {name.sheet for token in tokens if token.kind == ROW for name in token.names}


def _own(flow: Token, tokens: Sequence[Token], text: str, book: Book) -> Token:
    """A flow as that of the rows' tables, or of all that have a row for each thing where the clause names none."""
    homes = _homes(tokens)
    known = [name for name in book.names.get(text[flow.start : flow.end], ()) if name.kind == NOUN]
    names = [name for name in known if (name.sheet in homes if homes else not book.sheets[name.sheet].series)]
    return flow.replace(names=tuple(names))


def _other_times(money: Token, flow: Token, tokens: Sequence[Token], book: Book) -> bool:
    """Whether the time a clause names is one of the flow's table, and none of the money's."""
    if {name.sheet for name in money.names} == {name.sheet for name in flow.names}:
        return False
    kinds = {token.time.kind for token in tokens if token.kind == "time" and token.time is not None}
    spoken = [[book.sheets[name.sheet].spoken for name in one.names] for one in (money, flow)]
    return any([kinds & one for one in spoken[1]]) and not any([kinds & one for one in spoken[0]])


def _of_name(one: Token, other: Token, text: str, book: Book) -> bool:
    """Whether two nouns are one column's name, the second one also of another table: 新房合计成交, of 新房成交面积."""
    said = text[one.start : one.end] + text[other.start : other.end]
    homes = {name.sheet for name in one.names}
    apart = not homes & {name.sheet for name in other.names}
    return apart and all([said in book.sheets[name.sheet].measures[at].key for name in one.names for at in name.places])


def _its_price(one: Token, other: Token, text: str, book: Book) -> bool:
    """Whether a noun right behind a column of what goods cost says just that, which another table calls so: 电池级碳酸锂价格."""
    apart = not {name.sheet for name in one.names} & {name.sheet for name in other.names}
    own = [book.sheets[name.sheet].measures[at] for name in one.names for at in name.places]
    costs = all([each.kind != CHANGE and each.unit is not None and "元/" in each.unit.name for each in own])
    return apart and costs and text[other.start : other.end] in ("价格", "均价", "报价") and one.end == other.start


def _begins(one: Token, other: Token, text: str, book: Book) -> bool:
    """Whether a noun right before a column's whole name is but how another column's begins, which counts something else."""
    homes = [{name.sheet for name in token.names} for token in (one, other)]
    if text[one.end : other.start] not in ("", "的") or homes[0] != homes[1]:
        return False
    word, said = text[one.start : one.end], text[other.start : other.end]
    known = [book.sheets[name.sheet].measures[at] for name in one.names for at in name.places]
    if any([measure.kind == FLOW for measure in known]):
        return False  # 深股通净买入, of a column 深股通 beside one 净买入
    keys = [bare_key(measure) for measure in known]
    own = [bare_key(book.sheets[name.sheet].measures[at]) for name in other.names for at in name.places]
    return said in own and all([key.startswith(word) and key != word and not key.endswith(said) for key in keys])


def _alike(one: Token, other: Token, book: Book) -> bool:
    """Whether two nouns are columns of one table that count the same, and no column is both."""
    for name in one.names:
        own = [book.sheets[name.sheet].measures[place] for place in name.places]
        for second in other.names:
            others = [book.sheets[second.sheet].measures[place] for place in second.places] if second.sheet == name.sheet else []
            if others and not any([measure in own for measure in others]):
                counted = {(measure.unit, measure.kind) for measure in own}
                sizes = not any([unit is not None and unit.name == "%" for unit, _ in counted])  # GDP平减指数 is no GDP
                return (
                    sizes
                    and len(counted) == 1
                    and any([(one.unit, one.kind) in counted for one in others if one.unit is not None])
                )
    return False


BY_PACE = later(
    r"(?:单?[以按从就论]|按照|依照|根据|单看|只看)?[^，\d]{1,12}?(?P<pace>增速|增长率|增幅|升幅|涨幅|同比|环比)(?:幅度|高低|大小|快慢|情况|表现)?"
    r"(?:[论看计算]|来[论看计算讲说]|来?衡量|而言|方面|角度看|排序|排名|排列|上)"
)
_PACE = later(r"的?(?:同比|环比)?(?:增速|增长率|[增升涨]幅|同比|环比)")


def paced(text: str, token: Token, book: Book) -> Token:
    """A column's name before 增速 as that of its changes alone, where a whole sentence is said by it: 以净利润增速论，A 居首."""
    if token.kind != NOUN or _PACE.match(text, token.end) is None:
        return token
    names = []
    for name in token.names:
        measures = book.sheets[name.sheet].measures
        names.append(name.replace(places=tuple([at for at in name.places if measures[at].kind == CHANGE])))
    names = [name for name in names if name.places]
    return token.replace(names=tuple(names)) if names else token
