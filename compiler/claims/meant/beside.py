"""What stands beside a number: the noun behind it, the thing it is a part of, the mark it is.

In: a clause, a number of it.  Out: a token, or whether the number says less than it seems: a multiple of another, a mark that was
passed, what is taken for granted.  Always: by the words of the clause alone.
"""

from __future__ import annotations

from ...pattern import later
from ..words import lexicon
from ..words.reading import sentence_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Sheet
    from ..words.quantities import Quantity


BEHIND = later(r"的?(?:(?P<down>亏损|跌幅|降幅|净流出|净卖出|净赎回|缺口|回撤)|(?P<up>涨幅|升幅|增幅|净流入|净买入|净申购|盈利))")


def of_other(scene: Scene, row: Token, quantity: Quantity) -> bool:
    """Whether a share or a multiple is of another row: 相当于工商银行的四分之一, 为银行的 12 倍."""
    unit = quantity.unit.name if quantity.unit is not None else ""
    if unit not in ("%", "倍") or scene.text[row.end : quantity.lead] != "的":
        return False
    return unit == "倍" or scene.text[: row.start].endswith(("相当于", "是", "为", "占", "到", "有", "及", "足", "约"))


_AFTER = later(r"(?:的|之)?(?:资金|规模|小额|大额|巨额|小幅|单周|当周|本周|周|年内|累计|单日|日)*$")
PART = later(r"[成倍半]|分之")
_GIVEN = later(r"(?:的|这|近|约|逾|高达|达|单周|本周|当周)*")


def given(scene: Scene, number: Token) -> bool:
    """Whether a number is taken for granted by what is not sure: 跨境类 53.8 亿元的周净流入或难以持续, 大跌 6% 之后或有反弹."""
    if lexicon.CONDITION.search(scene.words) is not None or number.quantity is None:
        return False
    if has_been(scene, number):
        return True
    owners = [token for token in scene.tokens if token.kind in ("row", "noun") and token.end <= number.quantity.lead]
    between = scene.text[owners[-1].end : number.quantity.lead].removeprefix("类") if owners else "-"
    after = scene.text[number.quantity.end : number.quantity.end + 1]
    return _GIVEN.fullmatch(between) is not None and after == "的" and told_after(scene, number) is not None


_HAS_BEEN = later(r"(?:之后|后|过后|的背景下|的基础上|之余)(?![一-龥]?[期市续])")
_SOON = later(r"展望|未来|后续|下周|下月|明年")


def has_been(scene: Scene, number: Token) -> bool:
    """Whether what a number tells is over before what is not sure: 展望下周，焦炭在大跌 6.16% 之后或有反弹."""
    if number.quantity is None or _HAS_BEEN.match(scene.text, number.quantity.end, scene.part.end) is None:
        return False
    start = sentence_start(scene.text, scene.part.start)
    words = _SOON.sub("", scene.text[start : number.quantity.lead])
    own = scene.text[scene.part.start : number.quantity.lead]
    moved = [token for token in scene.of("dir") if scene.part.start <= token.start and token.end == number.quantity.lead]
    return bool(moved) and "在" in own and lexicon.UNSURE.search(words) is None and lexicon.CONDITION.search(words) is None


def told_after(scene: Scene, number: Token) -> Token | None:
    """The noun or 跌幅 a number stands before: 1.89% 的跌幅, 获 11.5 亿元净流入, 1470 亿元的发行额; not one
    with a number of its own."""
    end = number.quantity.end if number.quantity is not None else number.end
    for token in scene.tokens:
        if token.start < end or token.kind == "scope":
            continue
        between = scene.text[end : token.start]
        if token.kind not in ("noun", "amp", "neutral", "dir", "basis") or _AFTER.match(between) is None:
            return None
        if token.kind == "dir" and scene.text[token.start] != "净" and not _as_noun(scene, token, between):
            return None
        if token.kind == "basis":
            continue
        rest = [one for one in scene.tokens if one.start >= token.end and one.kind in ("number", "row", "noun")]
        if between[:1] in ("的", "之") or not rest or scene.text[token.end : token.end + 1] in ("、", "和", "与", "及"):
            return token
        return None
    return None


def counts_other(scene: Scene, number: Token, here: Sequence[Token]) -> bool:
    """Whether a number counts what no column is called, though one stands before it that has a number of its own, or none does:
    6.5 亿元的融资额与 28 亿元的估值, 还有 20 亿元的授信."""
    if number.quantity is None or _OF_OTHER.match(scene.text, number.quantity.end, scene.part.end) is None:
        return False
    nouns = [token for token in here if token.kind == "noun"]
    said = [token.end for token in scene.of("number") if token.end < number.start]
    return not any([noun.start - 1 not in said or scene.text[noun.start - 1] != "的" for noun in nouns])


_MORE_THAN = r"(?:要|还|仍|略|已|则|总共|净|整整|足足)*(?:多|少|高|低|大|小)(?![于类型])"
_THAN = later(r"(?<![同环占对])[较比](?P<what>[^，。；\d]{1,16}?)的?$")
_IS_MORE = later(rf"[一-龥]{{0,1}}{_MORE_THAN}")
_BY = later(
    rf"(?<![同环占对])[较比](?P<what>[^，。；\d]{{1,16}}?)的?(?P<n>\d[\d.,]*[^，。；\d]{{0,4}}?){_MORE_THAN}[出了]*[约近逾超不足到]*$"
)


def of_unknown(scene: Scene, number: Token) -> bool:
    """Whether a number is that of something the data have no name for, which another is held against, or how far it is from it:
    较到期的 12645 亿元多 5623 亿元."""
    assert number.quantity is not None
    lead, end = number.quantity.lead, number.quantity.end
    found = _THAN.search(scene.text, scene.part.start, lead) if _IS_MORE.match(scene.text, end, scene.part.end) else None
    found = found or _BY.search(scene.text, scene.part.start, lead)
    if found is None:
        return False
    known = [token for token in scene.tokens if found.start() <= token.start < found.end("what") and token.kind != "number"]
    return not known


_OF_OTHER = later(
    r"的(?!总?规模|水平|体量|总?量|总?额|数[字额值量]|成[绩交]|高[位点增速额]|低[位点增速]|历史|[新纪记]|价[格位]|位置|读数|[涨跌增降升]|幅度|[增]?速|表现|上[涨行升]|下|回|大|小|净"
    r"|最|第|比例|占比|份额|利率|收益|同比|环比|较|年|月|周|单|全|差|区间|关口|均|中|[强弱]|前|后|态势|空间|缺口|资金|正|负|资产|[两三四五六七八九十]|不|占|权重|速度|贡献|比重)"
    r"[一-龥]{2,}"
)


def _as_noun(scene: Scene, token: Token, between: str) -> bool:
    """Whether a word of direction is what a number counts: 1.64% 的回撤主要是…, not 2.1% 的增长目标."""
    return between == "的" and _OWN_FALL.match(scene.text, token.start) is not None


_OWN_FALL = later(
    r"(?:上涨|下跌|回撤|回调|回吐|回落|反弹|下挫|重挫|大涨|大跌|升值|贬值|拉升)"
    r"(?=[，。；]|$|[是为与在被已并不也更却只则仅将尚]|主要|源[于自]|来自|多[是为半由]|大半|居[前首]|之后|后[，。]|之[最冠]|背后|令|使|让)"
)


def passing(scene: Scene, number: Token) -> bool:
    """Whether a number is where something was for a while, or a mark it passed: 一度触及 48500 点, 152 上方, 3900 点关口."""
    found = lexicon.PASSING.search(scene.text, scene.part.start, number.start)
    after = lexicon.PASSING.match(scene.text, number.end, scene.part.end)
    shown = [token for token in scene.of("number") if found is not None and found.end() <= token.start < number.start]
    return (found is not None and not shown) or after is not None


_PART_OF = later(r"(?:是|为|等于|相当于|不及|不足|不到|有)[^，。]{0,24}的(?:约|近)?$")


_GIVES = later(r"贡献了?[^，。；\d]{1,16}的$")  # 贡献了大盘的近六成


_FROM_IT = later(r"(?:左右)?(?:的[一-龥]{2,4})?[均都则也]?(?:来自|源自|源于|出自|由[^，。；\d]{1,16}贡献)")  # 四成以上来自一季度


def part_of(scene: Scene, number: Token) -> bool:
    """Whether a number is a multiple or part of another that is named: 是 5 月 2.3% 的两倍, 为 A 1.20% 的八分之一."""
    quantity = number.quantity
    assert quantity is not None
    said = scene.text[quantity.start : quantity.end]
    if "分之" in said and "百分之" not in said and not scene.of("noun"):
        return True
    if _GIVES.search(scene.text, scene.part.start, quantity.lead) is not None:
        return True
    if quantity.unit is not None and quantity.unit.name == "%" and _FROM_IT.match(scene.text, quantity.end, scene.part.end):
        return True
    if "分之" not in said and not (quantity.unit is not None and quantity.unit.name == "倍"):
        return False
    return _PART_OF.search(scene.text, scene.part.start, quantity.start) is not None and "百分之" not in said


_MEMBER = (
    r"(?:的|以上的?|左右的?|多的?|的上市)?(?:个股|股票|成[分份]股|股(?=[收上下涨跌])|公司|企业|标的|产品|基金|品种|板块|行业|城市|地区|门店|样本|转债|合约"
    r"|用户|客户|家庭|受访者|受访[一-龥]{1,4}|成员|项目|楼盘|地块)"
)
_MEMBERS = later(_MEMBER)
_DIGIT = "[一二三四五六七八九]"
_NUMERAL = rf"(?:\d+(?:\.\d+)?%|{_DIGIT}成半?|[一-龥]?半数?|百分之[一-龥]+|{_DIGIT}分之{_DIGIT})"
_OF_PART = (
    rf"(?:(?:占比|比例|比重|占(?:到|了|据|去)?(?:[^，。；\d]{{0,10}}?的)?|概率|胜率)[^，。；\d]{{0,8}}?{_NUMERAL}[^，。；]{{0,6}}"
    rf"|{_NUMERAL}{_MEMBER}[^，。；]{{0,8}})"
)
_AND_SO_ON = later(rf"{_OF_PART}(?:[，、；][^，。；]{{1,14}}?{_NUMERAL}[^，。；]{{0,4}})*[，、；](?:而|其中|但)?$")
_MEASURE = later(
    r"(?:(?:从|就|按|以|论)?[^，。；]{0,8}?(?:(?<![收益回报增长利])率|比例|比重|占比|效应|概率|广度|份额|热度|集中度|面)(?:方面|角度|上|来看|看|来说|而言|来讲|论)*，)"
    r"(?:[^，。；]{1,14}?"
    rf"{_NUMERAL}[^，。；]{{0,4}}[，、；])*(?:而|其中|但)?"
)


def of_members(scene: Scene, number: Token) -> bool:
    """Whether a share is one of what a row is made of, which no column has, or goes on with such a one: 九成个股上涨; 甲上涨个股
    占比 41%，乙不到三成."""
    quantity = number.quantity
    if quantity is None or quantity.unit is None or quantity.unit.name != "%" or quantity.unit.points:
        return False
    if [token for token in scene.tokens if token.kind not in ("row", "number") and token.end <= quantity.lead]:
        return False
    if _MEMBERS.match(scene.text, quantity.end, scene.part.end) is not None:
        return True
    begun = sentence_start(scene.text, scene.part.start)
    lead = scene.text[begun : scene.part.start]
    known = any([token.start >= begun for token in scene.nouns])
    return _AND_SO_ON.search(lead) is not None or (not known and _MEASURE.fullmatch(lead) is not None)


_LIST_OF = r"[、和与及]"
_LISTS = later(rf"\d[^，。；\d]{{0,6}}(?:{_LIST_OF}|以及)[+-]?\d")
_UNNAMED = r"[A-Za-z一-龥][A-Za-z\d一-龥]{1,7}?"
_AFTER_IT = later(
    rf"(?:{_LIST_OF}|以及){_UNNAMED}(?:则|也|均|都|双双|各自?|分别|依次|仍|却|小幅|大幅|微)*"
    r"(?=$|[，：]|上涨|下跌|收[涨跌]|走[高低]|回[升落])"
)
_BEFORE_IT = later(rf"{_UNNAMED}(?:{_LIST_OF}|以及)$")


def among_unnamed(scene: Scene, number: Token) -> bool:
    """Whether a row stands in a list with one the data do not know by that name, and numbers in turn behind them: 恒指与
    SENSEX则下跌 0.68% 和 0.95%, of a row 印度SENSEX."""
    rows = [token for token in scene.of("row") or scene.of("noun") or scene.rows or scene.nouns if token.end <= number.start]
    found = _LISTS.search(scene.text, scene.part.start, scene.part.end)
    if len(rows) != 1 or found is None or not (found.start() < number.end and number.start <= found.end()):
        return False
    marks = [token.start for token in scene.tokens if token.start >= rows[0].end]
    after = _AFTER_IT.match(scene.text, rows[0].end, min(marks, default=scene.part.end))
    start = max([scene.text.rfind(stop, 0, rows[0].start) + 1 for stop in "，。；：\n"])
    return after is not None or _BEFORE_IT.fullmatch(scene.text, start, rows[0].start) is not None


_SHARE = later(r"(?:合计|共计?|总共|累计)?(?:的)?(?:占比|比重|比例)")
_SOME_OF = later(r"(?:其中|贡献|合计|共计|总计|之和|两者|二者|三者|[两三四]家|[两三四]只|前[两三四五六十])[^，。；]*$")


def share_of_some(scene: Scene, nouns: Sequence[Token], start: int) -> bool:
    """Whether a bare 占比 is that of what the clause before adds up, no column called 机构占比: 其中 A 和 B 贡献 57.1 亿元，
    占比超过四分之三."""
    last = nouns[-1] if nouns else None
    if last is None or last.start < scene.part.start or _SHARE.fullmatch(scene.text, last.start, last.end) is None:
        return False
    return not scene.of("row") and _SOME_OF.search(scene.text, start, scene.part.start - 1) is not None


_UNKNOWN = later(
    r"(?:的)?(?:[一-龥A-Z]{0,8}?(?<![收益回报增长利])率|[一-龥A-Z]{0,8}?(?:比例|比重|占比|分位数?|仓位|权重|份额|市盈|市净|溢价|折价|久期|概率))"
    r"(?:则|也|均|却|仍|目前|当前|最新|本周|当周)*$"
)
_IN_TURN = later(r"分别|依次")


def of_other_measure(scene: Scene, number: Token) -> bool:
    """Whether numbers in turn are of something no column is called, which stands before 分别: 甲、乙换手率分别为 5.1% 和 2.3%."""
    turn = _IN_TURN.search(scene.text, scene.part.start, number.start)
    if turn is None or any(
        [token.kind in ("noun", "amp", "neutral", "dir") and token.end == turn.start() for token in scene.tokens]
    ):
        return False
    start = max([token.end for token in scene.tokens if token.end <= turn.start()], default=scene.part.start)
    return _UNKNOWN.search(scene.text, start, turn.start()) is not None


_RATIO = later(r"(?:率(?!先|队|领)|升贴?水|贴水|溢价|折价|(?P<share>占比|占其[^，。；]{1,8}的?比[例重]|比例|比重|的?占比))")


def of_ratio(scene: Scene, book: Book) -> bool:
    """Whether a clause is about what no column is, a ratio of one that is: 净利润率最高, 上涨家数占比居首 beside 成分股数."""
    return ratio_at(scene, book) >= 0


def ratio_at(scene: Scene, book: Book) -> int:
    """Where the ratio stands that a clause is about, -1 for none."""
    for token in scene.of("noun") or scene.nouns:
        found = _RATIO.match(scene.text, token.end)
        whole = scene.text[token.start : found.end()] if found is not None else ""
        if any([whole in book.sheets[name.sheet].measures[at].key for name in token.names for at in name.places]):
            continue  # 市盈率, found by 市盈
        if found is not None and not found.group("share"):
            return token.start
        if found is not None and any([_part_of_row(book.sheets[name.sheet], at) for name in token.names for at in name.places]):
            return token.start
    return -1


_COUNTED = ("只", "家", "个", "支", "户", "人", "种", "项", "宗", "套", "部", "股", "名", "票", "座")


def _part_of_row(sheet: Sheet, place: int) -> bool:
    """Whether another column counts the same, and no row has less of it: 上涨家数 beside 成分股数."""
    own = sheet.measures[place]
    if own.unit is None or own.unit.name not in _COUNTED:
        return False
    others = [one for one in sheet.measures if one.minus < 0 and one.unit == own.unit and one is not own]
    pairs = [[(sheet.value(row, own), sheet.value(row, one)) for row in sheet.own] for one in others if own.minus < 0]
    return any([bool(some) and all([a is not None and b is not None and a <= b for a, b in some]) for some in pairs])
