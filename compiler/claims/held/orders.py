"""One row before another: A 高于 B, A 比 B 更贵, A 市值不及 B，股息率却更高, 依次为 A、B 和 C.

In: scenes of a sentence, the book.  Out: findings.  Always: both rows are of one table, and one column is what the words name.
"""

from __future__ import annotations

import itertools

from ...data.rounding import rounded
from ...pattern import later
from ..meant.pairs import latest
from ..meant.pools import OVER, column_for, entities, is_rate, looked_at, priced, rate_of, values_of, versus
from ..tables.subjects import CHANGE, FLOW, LEVEL, WEEK
from ..words.quantities import COUNT, HAN, fits, han_value
from .findings import Finding
from .not_ranked import of_yields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Scene, Token
    from ..tables.book import Book
    from ..tables.subjects import Measure, Sheet

_ORDER = later(
    r"依次(?:为|是)|排序(?:为|是)|(?:由|从)(?P<desc>大到小|高到低|强到弱|多到少)|(?:由|从)(?P<asc>小到大|低到高|弱到强|少到多)"
)
_STEP = later(r"[、和与及>＞，]|以及|再到|其次是?|最后是?|然后是?")
FIRST = later(rf"前(?P<n>{COUNT})(?:名|位|大)?(?:的(?:行业|板块|指数|品种|公司|基金|产品|城市)?)?(?:分别)?依次")


_PRICE = later(r"的(?:报价|价格|运价|均价|点位)")
_OF_LAST = later(r"(?<=[比较])最[一-龥]的$")


def hold_orders(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    rows = scene.of("row")
    lead = sentence[-2] if len(sentence) > 1 else None
    if len(rows) == 1 and len(scene.past) == 1 and not (lead is not None and _TOGETHER.search(lead.words)):
        rows = [*scene.past, *rows]
    yield from _more(scene, book, sentence)
    for one, other in itertools.pairwise(rows):
        between = scene.text[max(one.end, scene.part.start) : other.start]
        found = OVER.search(between)
        less = False
        tail = False
        between = _OF_LAST.sub("", between)
        after = scene.text[other.end : scene.part.end]
        if _SUM_OF.match(after) or _PART_OF.match(after):
            continue  # 低于传媒与医药生物之和, 超过国债的一半
        if found is None and _OVER_IT.search(between) is not None and (over := _OVER_THAT.match(after)) is not None:
            found, tail = over, True
        elif found is None and _THAN.search(between) is not None:
            found = _AFTER.match(after)
            tail = True
        if found is None or len(between) > 14 or (not tail and between[: found.start()].endswith(("不", "未"))):
            continue
        less = found.lastgroup == "less"
        scene = _but_of(scene, one.end + found.end(), other.start, sentence) if not tail else scene
        if not tail and between[found.end() :] == "的" and found.group() in ("领先", "落后"):
            less = not less  # 与领先的 B 相差
        wrongs: list[Finding] = []
        for place, sheet in entities(book):
            first = [row for name in one.names if name.sheet == place for row in name.places]
            second = [row for name in other.names if name.sheet == place for row in name.places]
            if len(first) != 1 or len(second) != 1:
                continue
            amps = [token for token in scene.tokens if token.kind == "amp"] or looked_at(lead)
            word = found.group()
            pace = _GOT.search(between) or _WIDTH.search(between)
            moves = (
                bool(amps)
                or pace is not None
                or _RETURN.search(between) is not None
                or (_YIELD.search(between) is not None and any([_YIELD.search(one.key) for one in sheet.changes()]))
                or (lead is not None and not lead.of("row") and not lead.of("noun") and _RETURN.search(lead.words) is not None)
                or word in ("跑赢", "跑输", "强于", "弱于")
                or (word in ("落后", "落后于") and not _of_size(scene, other.end))
                or (word in ("领先", "领先于") and not scene.of("noun") and not _of_size(scene, other.end))
                or (tail and _MOVED.match(word) is not None)
                or (not tail and not scene.nouns and _alone(scene, one, other, word))
            )
            moves = moves or any([is_rate(scene, token) for token in scene.tokens if one.end <= token.start < other.start])
            moves = moves or _of_its_rate(scene, other)
            measure = column_for(scene, sheet, place, book, moves=moves)
            price = _PRICE.search(between) is not None
            if not moves and not scene.of("noun") and not scene.nouns and (word in ("高于", "低于") or price):
                levels = [one for one in sheet.measures if one.kind == LEVEL and one.scope in ("", WEEK)]
                units = [token.quantity.unit for token in scene.of("number") if token.quantity is not None]
                levels = [
                    one
                    for one in levels
                    if all(
                        [
                            unit is None or (unit.name == one.unit.name if one.unit is not None else unit.name != "%")
                            for unit in units
                        ]
                    )
                ]
                measure = levels[0] if len(levels) == 1 else latest(sheet, book.now) if price else None
            if measure is None and lead is not None and lead.way and not scene.of("noun") and not scene.nouns:
                measure = latest(sheet, book.now)  # 由 4 月的 -937 亿元转为 12266 亿元，一举超过 B
            said = _by_its_number(scene, sheet, second[0], other) if measure is None and not scene.nouns else None
            measure, moves = (said, True) if said is not None else (measure, moves)
            if not scene.of("noun") and not scene.nouns and tail and word.endswith(("贵", "便宜")):
                measure, price = priced(sheet), True
            better = word in ("好于", "强于", "优于", "胜过", "好过", "弱于", "逊于", "差于", "逊色于")
            if measure is not None and better and measure.kind == LEVEL and _RATES.search(measure.noun):
                continue  # 1 年期国债的表现好于 30 年期: a bond is no better for what it yields
            if measure is not None and better and not amps and of_yields(sheet, measure):
                continue  # nor for a yield that rose
            if measure is not None and measure.kind == LEVEL and word in ("跑赢", "跑输"):
                plain = sheet.changes(scene.scope)  # of what they moved by, whatever the clause before measures
                measure = plain[0] if len(plain) == 1 else None
            if measure is None or (not amps and not moves and not price and measure.kind == CHANGE and not scene.of("noun")):
                continue
            a, b = sheet.value(first[0], measure), sheet.value(second[0], measure)
            if a is None or b is None or _of_other_size(scene, sheet, one, other, second[0], measure, found.group()):
                continue
            falls = (bool(amps) and scene.text[amps[0].start] in "跌降减") or (pace is not None and pace.lastgroup == "falls")
            falls = falls or (tail and found.groupdict().get("falls") is not None)
            falls = falls or (measure.kind == FLOW and a < 0 > b and _OUTWARD.search(between) is not None)  # 净卖出…，规模高于
            if falls or ("回撤" in measure.key and a <= 0 >= b and not better):  # written with a sign, and said without
                a, b = -a, -b
            if (a == b or (a < b) != less) and amps and _by_rate(sheet, measure, first[0], second[0], falls) == less:
                continue  # 规模增幅高于 B, in per cent
            if a == b or (a < b) != less:
                start = other.end if tail else max(one.end, scene.part.start) + found.start()
                cells = ((sheet, first[0], measure), (sheet, second[0], measure))
                shown = " and ".join([f"{sheet.name(row)} {sheet.text(row, measure)}" for row in (first[0], second[0])])
                message = f"`{word}` is said of {shown} ({measure.key})"
                wrongs.append(Finding("claim-order", start, start + len(word), message, cells))
                continue
            wrong = _apart(scene, sheet, measure, abs(a - b), other.end)
            wrongs += [wrong] if wrong is not None else []
            if wrong is None:  # a table that agrees is the one that is meant
                wrongs = []
                break
        if wrongs:
            yield wrongs[0]
            return


_OUTWARD = later(r"净?(?:卖出|流出|赎回|减持|回笼|偿还)|规模|金额|力度")
_RATE_OF = later(r"的?·[·的]*")


def _of_its_rate(scene: Scene, other: Token) -> bool:
    """Whether what another row is held against is its rate, said behind the number: 高于 B 3.37% 的增速."""
    rates = [token.start for token in scene.tokens if token.start >= other.end and is_rate(scene, token)]
    return bool(rates) and _RATE_OF.fullmatch(scene.dotted(other.end, rates[0])) is not None


def _by_rate(sheet: Sheet, measure: Measure, first: int, second: int, falls: bool) -> bool | None:
    """Whether one row grew by less than another in per cent, where the column says it in amount; None where it does not."""
    rate = rate_of(measure)
    a, b = (sheet.value(row, rate) for row in (first, second)) if rate is not None else (None, None)
    return None if a is None or b is None or a == b else (a > b if falls else a < b)


def _of_size(scene: Scene, end: int) -> bool:
    """Whether what one row is ahead by is counted, no share: 领先第二名的 B 4.32 亿元."""
    number = next((token.quantity for token in scene.of("number") if token.start >= end), None)
    unit = number.unit if number is not None and _GAP.fullmatch(scene.text, end, number.lead) is not None else None
    return unit is not None and unit.name != "%"


_PART_OF = later(
    r"(?:的?(?:约|近|逾)?[+-]?\d[\d.,]*[%％一-龥]{0,5}|[（(][^（）()]{1,10}[）)]|[一-龥]{1,6})?"
    rf"的(?:约|近|逾|超过?|不足|不到|接近)?(?:一半|半数|[{HAN}]+(?:成|分之|倍)|\d+(?:\.\d+)?[成倍])"
)
_SUM_OF = later(r"[、与和及][^，。；]{1,24}?(?:之和|总和|合计|相加|加起来)")


def _but_of(scene: Scene, start: int, end: int, sentence: Sequence[Scene]) -> Scene:
    """A clause without the columns that only say which row another is: 净流入 187.3 亿元，超过规模大其一倍的 B."""
    inner = [token for token in scene.of("noun") if start <= token.start and token.end < end]
    if not inner or scene.text[end - 1] != "的" or len(inner) < len(scene.of("noun")) or len(sentence) < 2:
        return scene
    return scene.replace(tokens=tuple([one for one in scene.tokens if one not in inner]), nouns=sentence[-2].nouns)


def _by_its_number(scene: Scene, sheet: Sheet, row: int, other: Token) -> Measure | None:
    """The one column of changes whose number of the other row is said: 涨 8.92%，略高于恒生指数的 8.73%."""
    number = next((token.quantity for token in scene.of("number") if token.start >= other.end), None)
    if number is None or number.unit is None or number.unit.name != "%" or scene.text[other.end : number.lead] != "的":
        return None
    same = [
        one
        for one in sheet.changes()
        if (value := sheet.value(row, one)) is not None and value > 0 and fits(number, value / number.unit.factor)
    ]
    return same[0] if len(same) == 1 else None


_RATES = later(
    r"收益率|利率|利差|成本|费率|费用|不良|回撤|波动|负债|杠杆|库存|赔付|损失|亏损|失业|能耗|估值|市盈率|市净率|市销率|P[EBS]|价"
)
_TOGETHER = later(r"合计|共计|总计|合共|之和|加总")
_RETURN = later(r"表现|走势|(?:反弹|上涨)(?:力度|幅度)|(?<!超额)(?:收益|回报|业绩|涨跌幅)(?!率)")
_YIELD = later(r"(?:收益|回报)率")  # that of funds, a change; that of bonds is none
_SOMETHING = later(
    r"^(?:但|而|不过|且|并|虽|仍|其|该|单|净|总)*(?P<what>[一-龥]{2,6}?)(?:仍|也|还|依然|却|均|明显|略|已|则|要|大幅|远)*$"
)
_MEASURES = ("增量", "增额", "增长额", "新增", "差额", "余量", "净增", "缺口", "单产", "单价", "占比", "比重", "比例", "贡献")


def _of_other_size(scene: Scene, sheet: Sheet, one: Token, other: Token, row: int, measure: Measure, word: str) -> bool:
    """Whether what is held against each other is no column: 增量仍不及新程人寿的 160 亿元."""
    between = scene.text[max(one.end, scene.part.start) : other.start].removesuffix(word)
    said = _SOMETHING.match(between)
    if said is not None and said.group("what") in _MEASURES and said.group("what") not in measure.key:
        return True
    number = next((token.quantity for token in scene.of("number") if token.start >= other.end), None)
    if number is None or number.unit is None:
        return False
    between, behind = scene.text[other.end : number.lead], scene.text[number.end : number.end + 1]
    if between != "的" and (between or behind != "的"):  # 高于 B 3.37% 的增长
        return False
    value, unit = sheet.value(row, measure), sheet.unit(row, measure)
    return value is not None and unit is not None and not fits(number, abs(value) / number.unit.factor)


_MORE = later(
    r"(?:却|也|亦|则|而|但|仍|反而|相对|同样|明显|要)*更(?:为|加)?(?:(?P<more>高|大|强|多|好|快|长|贵)|(?P<less>低|小|弱|少|差|慢|短|便宜))(?:势|一些|一筹)?$"
)
_BESIDE = later(
    r"(?:与|和|同|跟|较|较之|相比|相较于?|对比|比起|相[比对]于?)·(?:板块|行业|指数)?(?:的)?(?:相比|相较|比较|对比)?(?:之下|而言|来说)?"
)


_MOVES = later(r"(?:表现|走势)[^，]{0,6}$|(?<![一-龥])更(?:强势?|弱势?|抗跌)$|[强弱]势$|更[强弱]$")


def _but_times(scene: Scene, row: Token) -> str:
    """A clause without its times, and a dot for its row."""
    words = scene.words.replace(scene.text[row.start : row.end], "·")
    for token in scene.of("scope"):
        words = words.replace(scene.text[token.start : token.end], "", 1)
    return words


def _more(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """与 B 相比，A 年内涨幅更高; A 市值不及 B，股息率却更高."""
    found = _MORE.search(scene.text, scene.part.start, scene.part.end)
    before = sentence[-2] if len(sentence) > 1 else None
    if found is None or before is None or scene.of("number"):
        return
    own, past = scene.of("row"), before.of("row")
    if len(own) == 1 and len(past) == 1 and _BESIDE.fullmatch(_but_times(before, past[0])):
        pair = (own[0], past[0])
    elif not own and len(scene.two) == 2 and len(before.subjects) == 1 and OVER.search(before.words):
        first = before.subjects[0]
        others = [token for token in scene.two if token.names != first.names]
        if len(others) != 1:
            return
        pair = (first, others[0])
    else:
        return
    for place, sheet in entities(book):
        rows = [[row for name in token.names if name.sheet == place for row in name.places] for token in pair]
        amps = scene.of("amp")
        plain = not scene.nouns and _MOVES.search(scene.text, scene.part.start, found.end()) is not None
        moves = bool(amps) or plain or any([is_rate(scene, one) for one in scene.tokens])
        measure = column_for(scene, sheet, place, book, moves=moves)
        if [len(one) for one in rows] != [1, 1] or measure is None or not (scene.of("noun") or amps or plain):
            continue
        a, b = sheet.value(rows[0][0], measure), sheet.value(rows[1][0], measure)
        if a is None or b is None:
            continue
        if amps and amps[-1].sign < 0:
            a, b = -a, -b
        if a == b or (a < b) != (found.lastgroup == "less"):
            shown = " and ".join([f"{sheet.name(row)} {sheet.cell(row, measure).text}" for (row,) in rows])
            yield Finding(
                "claim-order",
                found.start(),
                found.end(),
                f"`{found.group()}` is said of {shown} ({measure.key})",
                ((sheet, rows[0][0], measure),),
            )
            return


_GOT = later(r"(?:(?P<falls>跌|降|亏)|(?P<rises>涨|升|增))得?(?:[还也更]?(?:比|较|不如|不及|没有))$")
_THAN = later(r"[比较]$|相比$|比起$|相[较对对]于?$")
_OVER_IT = later(r"(?:位?居|在|处于|位于|排在|列)$")
_OVER_THAT = later(r"(?P<more>之上|上方|之前)|(?P<less>之下|下方|之后)")
_MOVED = later(r"[涨跌升降]得|.*(?:表现|超额|[强弱]势?$)")
_ALONE = later(
    r"(?:的|表现|走势|整体|总体|明显|大幅|略|稍|小幅|显著|远远?|要|则|也|仍|又|均|继续|再度|依然|板块|行业|指数|了|均?在)*"
)
_COMPARED = frozenset(
    ("优于", "好于", "胜过", "胜于", "好过", "逊于", "差于", "逊色于", "不及", "不如", "超越", "完胜", "略胜", "稍胜")
)


def _alone(scene: Scene, one: Token, other: Token, word: str) -> bool:
    """Whether one row is said to be better than another, and by nothing named: 本周银行不及食品饮料."""
    if word not in _COMPARED or scene.of("noun") or scene.text[other.end : other.end + 1] == "的":
        return False
    rest = "".join(
        [
            scene.text[at]
            for at in range(max(one.end, scene.part.start), other.start)
            if not any([token.kind == "scope" and token.start <= at < token.end for token in scene.tokens])
        ]
    )
    return rest.endswith(word) and _ALONE.fullmatch(rest.removesuffix(word)) is not None


_WIDTH = later(r"(?:(?P<falls>下行|下跌|下降|回落|下调|走低|回撤)|(?P<rises>上行|上涨|上升|回升|上调|走高|走阔|反弹))的?幅度")
_AFTER = later(
    r"(?:板块|行业|指数)?(?:的)?(?:涨幅|表现|规模|收益)?(?:更为?|明显|略|要|还|来得|(?P<falls>[跌降]得)|[涨升]得)*"
    r"(?:(?P<more>高出?|大|强势?|多|好|快|长|贵|重|深|猛|惨|(?:取得|获得|录得|实现|有|跑出)(?:了|明显|显著|正)*超额(?:收益|回报)?)"
    r"|(?P<less>低|小|弱势?|少|差|慢|短|便宜|轻|浅))"
)


_GAP = later(
    r"[一-龥]{0,4}?(?:高出?|低|多|少|快|慢|领先|落后|跑赢|跑输)(?:了|约)?$|(?:了|约|大约|幅度|整整|足足|高?达|多达|为|到)*$"
)


def _apart(scene: Scene, sheet: Sheet, measure: Measure, apart: Decimal, end: int) -> Finding | None:
    """What is wrong with the number by which one row is said to be above another."""
    number = next((token.quantity for token in scene.of("number") if token.start >= end), None)
    if number is None or number.unit is None or _GAP.fullmatch(scene.text, end, number.lead) is None:
        return None
    unit = measure.unit
    share = unit is not None and unit.name == "%"
    if unit is None or number.unit.name != unit.name or (share and not number.unit.points):
        return None
    if fits(number, apart / number.unit.factor) or (unit.name == "倍" and number.decimals == 0):
        return None  # 市净率高出一倍
    other = share and fits(number, apart if number.unit.factor != 1 else apart * 100)
    shown = f"they are {rounded(apart / number.unit.factor, max(number.decimals, 1))} apart ({measure.key})"
    return Finding("claim-unit" if other else "claim-change", number.start, number.end, shown)


_SHIFTED = later(r"[一-龥]{2}(?:收窄|扩大|缩小|走阔|放大|提升|改善|回落|抬升|下移|上移|压缩|走扩)(?:的)?(?:幅度|多少|程度)")


_FELL = later(r"(?:下跌|收跌|走低|下行|下降|回落|下滑|回调|走弱|收绿|飘绿)的")  # the one that fell most goes first


def hold_sequence(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """依次为 A、B 和 C."""
    text = scene.text
    whole = text[sentence[0].part.start : scene.part.end]
    found = _ORDER.search(text, scene.part.start, scene.part.end)
    if found is None or ("排" not in whole and "由" not in whole and "从" not in whole and "依次" not in found.group()):
        return
    rows = [token for token in scene.of("row") if token.start >= found.start()] or scene.of("row")
    if len(rows) < 2 or [token for token in scene.of("number") if token.start > found.end()]:
        return
    if _SHIFTED.search(whole) is not None and not any([token for one in sentence for token in one.of("noun")]):
        return  # 溢价收窄幅度由大到小, where no column is the premium's change
    rising = any([one in whole for one in ("小到大", "低到高", "弱到强", "少到多")])
    for place, sheet in entities(book):
        places = [row for token in rows for name in token.names if name.sheet == place for row in name.places]
        if len(places) != len(rows):
            continue
        last = sentence[0]
        measure = column_for(scene, sheet, place, book, moves=True) or column_for(last, sheet, place, book, moves=True)
        if measure is None:
            continue
        values = [sheet.value(row, measure) for row in places]
        first = FIRST.search(scene.words)
        if first is not None and han_value(first.group("n")) == len(rows) and None not in values:
            sizes = sorted(
                [value for _, value in values_of(sheet, measure)], reverse=not any([one in whole for one in ("跌幅", "降幅")])
            )
            wrong = next((at for at, (value, size) in enumerate(zip(values, sizes)) if value != size), None)
            if wrong is not None:
                holder = next(row for row, value in values_of(sheet, measure) if value == sizes[wrong])
                shown = versus(sheet, measure, holder, places[wrong])
                yield Finding("claim-order", rows[wrong].start, rows[wrong].end, shown, ((sheet, holder, measure),))
            return
        falls = any([word in whole for word in ("跌幅", "降幅")]) or (measure.kind == CHANGE and _FELL.search(whole) is not None)
        for at, (a, b) in enumerate(itertools.pairwise(values)):
            if a is None or b is None:
                return
            wrong = a > b if rising != falls else a < b
            if wrong:
                token = rows[at + 1]
                shown = ", ".join([f"{sheet.name(row)} {sheet.cell(row, measure).text}" for row in places[at : at + 2]])
                yield Finding(
                    "claim-order",
                    token.start,
                    token.end,
                    f"this order is not that of the data: {shown} ({measure.key})",
                    ((sheet, places[at + 1], measure),),
                )
                return
