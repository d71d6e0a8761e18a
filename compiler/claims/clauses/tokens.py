"""The tokens of a clause: its rows and columns, times, numbers and words of direction.

In: a clause, the book of the data.  Out: tokens in order, none over another.  Always: names of the data go before times, times
before numbers, numbers before words.
"""

from __future__ import annotations

import re

from ...pattern import later
from ..tables.book import SCOPE_OF, UPS, Token
from ..tables.subjects import FLOW, LEVEL, MONTH, NOUN, ROW, TOTALS, YEAR, Name
from ..words import lexicon
from ..words.quantities import AREAS, COUNT, THINGS, han_value, quantities
from ..words.reading import sentence_start
from ..words.synonyms import GROUPS
from ..words.times import DAY as ON_DAY
from ..words.times import MONTH as IN_MONTH
from ..words.times import bare_days, long_times, same, times
from .growth import grown
from .pointed import stem_of
from .qualified import MARKET, names_day, parted, qualified, said_before, trade_before
from .shadowed import shadowed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.book import Book
    from ..tables.subjects import Measure
    from ..words.reading import Part
    from ..words.times import Said

_SINGLE = later(r"单季度?(?!最|新|峰)")
_LONGER = later(r"季|半年|累计|年初|今年|全年")
_QUARTER = range(89, 93)  # days from the first to the last of one
_SINCE = later(r"(?:年|月)?[一-龥]{0,5}以来")
_BEGUN = later(r"[一-龥]{0,4}起(?![伏色点初源])")  # 自周二高点起
_BY_YEAR = later(r"(?:今年|去年|上年)(?=.)")  # with its month, quarter or half
_SO_FAR = {"今年": YEAR, "本年": YEAR, "本月": MONTH, "当月": MONTH}


YEAR_LONG = 5  # characters of 2025年


def tokens_of(text: str, part: Part, book: Book) -> list[Token]:
    """The tokens of a clause, none over another."""
    start, end = part.start, part.end
    taken = bytearray(end - start)
    out: list[Token] = []

    def put(token: Token) -> None:
        if not any(taken[token.start - start : token.end - start]):
            taken[token.start - start : token.end - start] = b"\1" * (token.end - token.start)
            out.append(token)

    for said in long_times(text, start, end, book.now) if book.long else ():
        if book.late and _BY_YEAR.match(text, said.start, said.end) is not None:
            put(Token("scope", said.start, said.end, scope=text[said.start : said.end]))
        elif said.time.kind in book.long:
            put(_timed(said, text[max(start, said.start - 1) : said.start], text[said.end : said.end + 10]))
    for found in _LISTED_MONTHS.finditer(text, start, end):
        for month in re.finditer(r"\d+", found.group()):
            for said in times(month.group() + "月", 0, 3, book.now):
                put(Token("time", found.start() + month.start(), found.start() + month.end(), time=said.time))
    for found in _MONTHS.finditer(text, start, end):
        number = int(han_value(found.group("n")) or 0)
        put(Token("scope", found.start(), found.end(), scope=YEAR if number == book.now.month else found.group()))
    for token in book.of_times(_as_one(book.mentions(text, start, end), text), text):
        if token.kind == ROW and _of_some(text, start, token, book):
            continue
        past = token.kind == NOUN and _START_OF.fullmatch(text, token.start - 1, token.end)
        if past and not _ITS_NUMBER.match(text, token.end):
            continue  # 与年初相比, beside a column 年初
        if token.kind == NOUN and text[token.start].isdigit() and text.startswith(f"{book.now.year}年", token.start - YEAR_LONG):
            token = token.replace(start=max(token.start - YEAR_LONG, start))  # 2025年6月销量, of 6月销量
        cut = _END_OF.match(text, token.start, token.end) if token.kind == NOUN else None
        if cut is None or not _DATED.search(text, start, token.start):
            put(_with_head(token, text, end, book) if token.kind == ROW else token)
        elif cut.end() < token.end:  # 2020年末规模 is the 规模 of 2020年末
            put(token.replace(start=cut.end()))
    for token in [one for one in out if one.kind == NOUN]:
        size = said_before(token, text, start, book) or trade_before(token, text, start, book)
        if size:
            put(Token("amount", token.start - size, token.start))
    for token in [one for one in out if one.kind == NOUN]:
        market = MARKET.search(text, start, token.start)
        by_time = tuple([name for name in token.names if book.sheets[name.sheet].series])
        if market is not None and by_time:  # of the table by time, not of a table with a row for each index
            out[out.index(token)] = token.replace(names=by_time)
            put(Token("amount", market.start(), market.end("who")))
    for found in re.finditer("累计", text[start:end]) if book.cumulative else ():
        put(Token("scope", start + found.start(), start + found.end(), scope=YEAR))
    for said in times(text, start, end, book.now):
        if text[said.start : said.end].isdigit() and _INDEX_OF.search(text, start, said.start) is not None:
            continue  # 中证2000
        whole = _SO_FAR.get(text[said.start : said.end])
        if whole is not None and text[said.end : said.end + 2] in ("以来", "至今"):
            put(Token("scope", said.start, said.end + 2, scope=whole))
            continue
        either = book.late and _BY_YEAR.match(text, said.start, said.end) is not None  # the year before 2023, or before 2024
        if either or 0 < said.time.year < book.first.get(said.time.kind, 0):
            # 去年9月, of a table from 4月
            put(Token("scope", said.start, said.end, scope=text[said.start : said.end]))
            continue
        named = any([one.kind == NOUN and one.end == said.start for one in out])  # CPI同比3月转正 compares with nothing
        put(_timed(said, "" if named else text[max(start, said.start - 1) : said.start], text[said.end : said.end + 10]))
    for said in bare_days(text, start, end, book.days):
        put(_timed(said, text[max(start, said.start - 1) : said.start], text[said.end : said.end + 10]))
    for token in [one for one in out if one.kind == "time" and one.time is not None and one.time.kind == IN_MONTH]:
        begun = _BEGUN_IN.search(text, start, token.start)  # 5—9月
        if begun is not None and token.time is not None and 0 < int(begun.group("m")) < token.time.place:
            first = token.time.replace(place=int(begun.group("m")))
            put(Token("time", begun.start("m"), begun.end("m"), time=first))
    for found in re.finditer(book.amounts, text[start:end]) if book.amounts else ():
        put(Token("amount", start + found.start(), start + found.end()))
    for found in _SINGLE.finditer(text, start, end) if _of_quarter(book) and any([one.kind == ROW for one in out]) else ():
        put(Token("amount", found.start(), found.end()))  # 江海银行单季营收
    words = list(lexicon.WORDS.finditer(text, start, end))
    for found in [one for one in words if one.lastgroup == "foreign"]:  # 前 11 个月 is no 11
        put(_word(found, text[max(start, found.start() - 1) : found.start()]))
    for one in quantities(text, start, end, book.quantity):
        if one.unit is not None or _INDEX_OF.search(text, start, one.start) is None:
            put(Token("number", one.start, one.end, quantity=one))
    for found in words:
        put(_word(found, text[max(start, found.start() - 1) : found.start()]))
    for found in _FLOWED.finditer(text, start, end) if book.flows else ():
        flowed = _flowed(found, out, book)
        if flowed is not None:
            put(flowed)
    for found in _LOST.finditer(text, start, end):
        lost = _lost(found, out, book)
        if lost is not None:
            put(lost)
    out = _weeks_of(text, out)
    out = [stem_of(text, part, one, book) for one in out]
    out = [_then(text, one, book) for one in out]
    out = [one.replace(kind="echo") if one.kind in ("time", "scope") and _echo(text, part, one) else one for one in out]
    if book.lent or book.followed:
        out = [_by_day(one, out, text, part, book) or _lent(one, out, text, part, book) for one in out]
        out = _whole_names(sorted(out, key=start_of), text, book)
    out = parted(text, sorted([*out, *_over(text, part, out)], key=start_of), start, book)
    out = shadowed(text, start, qualified(text, out, book), book)
    return grown(text, part, out, book)


_ITS_OWN = later(r"(?:公司|集团)?(?:旗下|推出|自研|自营)?的?[“《「（(]?")


def _of_quarter(book: Book) -> bool:
    """Whether a note is of one quarter, and no column of another time: 单季 says no more than that."""
    days = book.period[1].ordinal - book.period[0].ordinal if book.period is not None else 0
    return days in _QUARTER and not any([_LONGER.search(one.key) for sheet in book.sheets for one in sheet.measures])


def _as_one(tokens: Sequence[Token], text: str) -> list[Token]:
    """A row with what it makes, or goes by, behind it as one: 月之暗面旗下Kimi."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        same = last is not None and last.kind == token.kind == ROW and {*last.names} & {*token.names}
        if last is not None and same and last.end <= token.start and _ITS_OWN.fullmatch(text, last.end, token.start):
            out[-1] = token.replace(start=last.start)
            continue
        out.append(token)
    return out


def _flowed(found: re.Match[str], tokens: Sequence[Token], book: Book) -> Token | None:
    """流出 behind the name of a flow, or a row of a table that has one flow: 北向资金流出 71 亿元, 医药ETF流入 4 亿元."""
    sign = 1 if found.group("in") else -1
    if any([one.kind == NOUN and one.end <= found.start() for one in tokens]):
        return Token("dir", found.start(), found.end(), sign=sign)
    homes = {name.sheet for one in tokens if one.kind == ROW and one.end <= found.start() for name in one.names}
    flows = [(at, [n for n, one in enumerate(book.sheets[at].measures) if one.kind == FLOW]) for at in sorted(homes)]
    names = tuple([Name(at, NOUN, (places[0],)) for at, places in flows if len(places) == 1])
    return Token(NOUN, found.start(), found.end(), names=names, sign=sign) if names else None


_LOST = later(r"(?<![扭止减增转预首])净?亏损?(?:额|金额)?(?=(?:了|约|近|超过?|逾|为|达|高达)*\d+(?:\.\d+)?[万亿])")
_PROFIT = later(r"(?:归母|归属于?[一-龥]{0,8}的?)?净利润?|净利")


def _lost(found: re.Match[str], tokens: Sequence[Token], book: Book) -> Token | None:
    """亏损 of a row as what the one column of its net profit has: 康屿药业亏损 4.38 亿元."""
    if any([one.kind == NOUN and one.start < found.end() for one in tokens]):
        return None
    homes = {name.sheet for one in tokens if one.kind == ROW and one.end <= found.start() for name in one.names}
    profits = [(at, [n for n, one in enumerate(book.sheets[at].measures) if _profit(one)]) for at in sorted(homes)]
    names = tuple([Name(at, NOUN, (places[0],)) for at, places in profits if len(places) == 1])
    return Token(NOUN, found.start(), found.end(), names=names, sign=-1) if names else None


def _profit(measure: Measure) -> bool:
    return measure.kind == LEVEL and measure.minus < 0 and _PROFIT.fullmatch(measure.noun) is not None


_ITS_SPAN = ("当周", "当日", "当天", "当月", "当季", "那周", "一周")


def _weeks_of(text: str, tokens: list[Token]) -> list[Token]:
    """A day that others are compared with, and the week it is the end of, as one: 较 8 月 8 日当周的 16972 亿元."""
    spans = {one.start: one for one in tokens if one.kind == "scope" and text[one.start : one.end] in _ITS_SPAN}
    days = [one for one in tokens if one.kind in ("versus", "since") and one.end in spans]
    taken = [spans[one.end] for one in days]
    return [one.replace(end=spans[one.end].end) if one in days else one for one in tokens if one not in taken]


def _lent(token: Token, tokens: Sequence[Token], text: str, part: Part, book: Book) -> Token:
    """周二上证指数: of the table that has it by day, which names it nowhere but in its columns."""
    kinds = book.lent.get(text[token.start : token.end]) if token.kind == ROW else None
    if kinds is None:
        return token
    begun = sentence_start(text, part.start)
    said = [one.time.kind for one in tokens if one.kind == "time" and one.time is not None]
    said += [one.time.kind for one in times(text, begun, part.start, book.now) if one.end == part.start - 1]
    return Token("amount", token.start, token.end) if any([one in kinds for one in said]) else token


def _by_day(token: Token, tokens: Sequence[Token], text: str, part: Part, book: Book) -> Token | None:
    """周五沪指收跌, 沪指四连涨后，周五收跌: the columns of it in a table by day, not the row of a table of the week."""
    names = book.followed.get(text[token.start : token.end], ()) if token.kind == ROW else ()
    if not names:
        return None
    day = names_day(text, token, tokens, book)
    if not day and _AFTER_RUN.search(text, part.start, part.end) is not None:
        day = any([one.start == part.end + 1 for one in times(text, part.end + 1, part.end + _WORD, book.now)])
    return token.replace(kind=NOUN, names=names) if day else None


def _whole_names(tokens: list[Token], text: str, book: Book) -> list[Token]:
    """沪指 as a column by day and 收盘 right behind it as the one column both name: 7月11日沪指收盘创新低."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if last is not None and last.kind == token.kind == NOUN and last.end == token.start:
            word = text[token.start : token.end]
            kept = [
                Name(name.sheet, NOUN, (at,))
                for name in last.names
                for at in name.places
                if text[last.start : last.end] in book.followed and book.sheets[name.sheet].measures[at].key.endswith(word)
            ]
            if len(kept) == 1:
                out[-1] = last.replace(end=token.end, names=tuple(kept))
                continue
        out.append(token)
    return out


_AFTER_RUN = later(r"连[阳阴涨跌升降].{0,4}后$|连续.{2,10}后$")
_WORD = 12  # characters a time has at the most


_SOME = later(
    rf"(?P<n>{COUNT})(?:[{THINGS}{AREAS}者][一-龥]{{0,4}}|大?(?:品[类种]|类别|板块|行业|产品|企业))$|[与和及、][一-龥A-Za-z]{{1,6}}$"
)


def _of_some(text: str, start: int, token: Token, book: Book) -> bool:
    """Whether a word for all rows adds up but those before it: 三者合计, 插混与增程合计, of a table with a row 合计."""
    found = _SOME.search(text, start, token.start) if text[token.start : token.end] in TOTALS else None
    many = han_value(found.group("n")) if found is not None and found.group("n") else None
    return found is not None and many not in [len(book.sheets[name.sheet].own) for name in token.names]


def _with_head(token: Token, text: str, end: int, book: Book) -> Token:
    """A row with what its table calls its rows behind its name: 5年AAA信用利差, of a table of 信用利差."""
    heads = {book.sheets[name.sheet].head for name in token.names}
    head = heads.pop() if len(heads) == 1 else ""
    if len(head) < 2 or head in GROUPS or not text.startswith(head, token.end, end):
        return token
    return token.replace(end=token.end + len(head))


def _then(text: str, token: Token, book: Book) -> Token:
    """当天, 当月 as the one day or month its sentence names before it: 6月18日论坛开幕，当天上证指数收涨 0.04%."""
    kind = _THEN.get(text[token.start : token.end])
    if kind is None or token.kind not in ("time", "scope") or text[token.start - 1 : token.start] == "占":
        return token
    said = [one.time for one in times(text, sentence_start(text, token.start), token.start, book.now)]
    named = {(time.place, time.day): time for time in said if time.kind == kind}
    time = next(iter(named.values())) if len(named) == 1 else None
    known = [one for sheet in book.sheets for one in sheet.times if one is not None and time is not None and same(one, time)]
    return token.replace(kind="time", scope="", time=time) if known else token


_THEN = {"当天": ON_DAY, "当日": ON_DAY, "该日": ON_DAY, "当月": IN_MONTH}
_BEGUN_IN = later(r"(?<![\d.])(?P<m>\d{1,2})(?:-|—|–|~|～|至|到|、)$")
_TAKEN_UP = later(r"(?:延续|承接|接续|扭转|逆转|改变|结束|终结|告别|摆脱|收复|回吐|抹去|吞没|消化|修复|弥补|一改|不改|打破)了?$")
_WAY_OF = later(
    r"的?(?:全部|部分|大部分?|多数|绝大部分)?的?(?:[涨跌升降]势|[涨跌升降]幅|[强弱颓]势|走势|势头|行情|趋势|反弹|调整|失地|上涨|下跌|上行|下行|阴霾|格局)"
)


def _echo(text: str, part: Part, token: Token) -> bool:
    """Whether a time is only that of what went before: 未能延续周三的涨势, 扭转上周的跌势, 较年内高点."""
    taken = _TAKEN_UP.search(text, part.start, token.start) is not None
    away = _AWAY.search(text, part.start, token.start) is not None
    return (taken and _WAY_OF.match(text, token.end, part.end) is not None) or (
        away and token.kind == "scope" and _PEAK.match(text, token.end, part.end) is not None
    )


_AWAY = later(r"(?:较|比|距离?|离|[从自由])$")
_PEAK = later(r"的?(?:收盘|盘中)?(?:高点|低点|高位|低位|峰值|谷值|最高|最低|顶部|底部)")


# An index the data do not have, whose digits count nothing: 受纳斯达克100回调 3.1% 拖累.
_INDEX_OF = later(
    r"(?:标普|标准普尔|纳斯达克|纳指|纳|罗素|日经|道琼斯|道指|斯托克|富时|恒生|恒指|中证|沪深|上证|深证|科创|双创|创业板|创业|北证|国证|巨潮"
    r"|全指|央视|东证|万得|红利|中国|欧洲|全球|新兴市场|海外|龙头|蓝筹|中盘|大盘|小盘)(?:中国|综|指数|成长|价值|红利)?$"
)


_MORE = later(
    r"(?:略|仅|则|约)?(?P<word>(?:多|少)(?:净?(?:流入|流出|买入|卖出|申购|赎回|投放|回笼))|多|少|高|低)(?:[出派卖产销赚收花投发建付募]|成交|交付|生产|销售|新增)?了?(?=约?\d)"
)


def _over(text: str, part: Part, tokens: Sequence[Token]) -> list[Token]:
    """The words of direction that are such only after a time: 较 8 月多 0.7 万辆."""
    out = []
    for token in tokens:
        numbers = [one.end for one in tokens if one.quantity is not None and text[token.end : one.quantity.lead] == "的"]
        at = numbers[0] if numbers else token.end  # 较 8 月的 1.2 万辆多 0.7 万辆
        found = _MORE.match(text, at, part.end) if token.kind in ("versus", "base") else None
        if found is not None:
            out.append(Token("dir", found.start("word"), found.end(), sign=1 if found.group("word")[0] in "多高" else -1))
    return out


_ITS_NUMBER = later(r"的\d")
_START_OF = later(r"[较比与和同](?:[年季月期]初|[上前]一?(?:周[一二三四五六日]?|个?月|期|季度?|个?交易日)[末底]?)")
_END_OF = later(r"[年月季周]度?[末底初]")
_DATED = later(r"[\d上去前今本当这一二三四]$")
_MONTHS = later(r"(?:(?<!\d)1[-—–~至到]|前)(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2}(?=个月))个?月份?")


_FLOWED = later(
    r"(?<!累计)(?<!合计)(?<!共计)(?<!总计)(?<!共)(?:(?P<in>流入)|流出)(?=了|约|近|超过?|逾|达到?|不足|不到|规模|金额|额|[\d]|$)"
)  # 单日流出 71 亿元
_LISTED_MONTHS = later(r"(?<![\d.])\d{1,2}(?:[、和与及]\d{1,2})+(?=[两二三四五六]个?月)")
_MULTIPLE = later(
    r"(?:同期)?的(?:约|近|逾|超过?|不足|不到|接近)?(?:[\d.]+|[一二两三四五六七八九十]+)(?:多|余)?(?:倍|成|分之)|(?:同期)?的(?:约|近)?一半"
)


def start_of(token: Token) -> int:
    """Where a token starts, to sort by."""
    return token.start


def _timed(said: Said, before: str, after: str) -> Token:
    """A time, or one that something is compared with (较 10 月) or reckoned from (2020 年以来)."""
    begun = after[:1] == "起" or (before and before in "自从" and _BEGUN.match(after))
    beside = bool(before) and before in "与和同跟" and after[:2] in ("相比", "相较")
    kind = "versus" if beside or (before and before in "较比") else "since" if begun or _SINCE.match(after) else "time"
    return Token(kind, said.start, said.end, time=said.time)


def _word(found: re.Match[str], before: str) -> Token:
    kind = found.lastgroup or ""
    word = found.group()
    if kind == "dir":
        return Token("dir", found.start(), found.end(), sign=1 if word in UPS else -1 if word[0] not in "由从" else 0)
    if kind == "amp":
        return Token("amp", found.start(), found.end(), sign=1 if word[0] in "涨升增" else -1)
    if kind in ("neutral", "basis"):
        return Token(kind, found.start(), found.end(), scope=word if kind == "basis" else "")
    if (
        kind == "foreign"
        and before
        and (before in "较比是为与和同" or (before in "到于有足及" and _MULTIPLE.match(found.string, found.end())))
    ):
        return Token("base", found.start(), found.end())
    scope = SCOPE_OF.get(kind, word)
    return Token("scope", found.start(), found.end(), scope=scope)
