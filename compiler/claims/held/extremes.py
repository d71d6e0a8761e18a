"""The first, the last and their places: 涨幅最大, 垫底, 居各行业之首, 排名第二, 缩水最多.

In: scenes of a sentence, the book.  Out: findings.  Always: among all rows of a table or those of one kind, by the one column the
words name.
"""

from __future__ import annotations

from ...pattern import later
from ..clauses.carry import of_past
from ..meant.courses import of_size
from ..meant.domains import domains, listed_before, words_of
from ..meant.groups import is_head
from ..meant.pairs import latest
from ..meant.pools import columns_of, entities, is_rate, looked_at, priced, values_of, versus
from ..meant.sides import one_side
from ..tables.names import akin
from ..tables.subjects import CHANGE, FLOW, LEVEL
from ..words import synonyms
from ..words.quantities import AREAS, COUNT, THINGS, han_value
from ..words.superlatives import PLACE, TOP
from .findings import Finding
from .not_ranked import end_of_yields, of_other_number, of_own_past, says_pace
from .placed_by import at_other_time, by_number, by_numbers_before, drawdown, excess_of, like_other, second_of, strong_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Scene, Token
    from ..tables.book import Book
    from ..tables.subjects import Measure, Sheet


def hold_extremes(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    text = scene.text
    full: Scene | None = None  # with the columns left out for one word
    for found in [
        *TOP.finditer(text, scene.part.start, scene.part.end),
        *PLACE.finditer(text, scene.part.start, scene.part.end),
    ]:
        scene, full = full or scene, None
        kind = found.lastgroup or "bottom_n"
        over = [one for one in scene.of("noun") if one.start < found.end() and found.start() < one.end]
        if any([not _inside(one, found) for one in over]):
            continue  # 最大回撤
        if _DONE.search(text, max(scene.part.start, found.start() - 3), found.start()) is not None:
            continue  # 问得最多
        if _IN.search(text, sentence[0].part.start, found.start()) is not None:
            continue  # 在国内跌得最多
        after = max([one.end for one in scene.of("row") if one.end <= found.start()], default=scene.part.start)
        if not scene.of("noun") and _JUDGED.search(text, after, found.start()) is not None:
            continue  # 同比回落 1.64 个百分点，压力最大; but 小盘价值跌幅最大
        if _of_something(scene, found) or _before_another(scene, found) or of_own_past(scene, found):
            continue  # 是最大推手, 涨幅领先银行, 为三年来最高
        near = _of_nearest(scene, found)
        scene, full = near, scene if near is not scene else None
        if not scene.of("noun") and any([text[one.start] in "较比" for one in scene.nouns if one.start < scene.part.start]):
            continue  # 较上周下降 3.9%，仍居首: by what the clause before that measures
        if kind in ("high", "low") and not scene.amps and not scene.of("noun"):
            scene = like_other(scene, sentence, found)
        timed = scene.of("time") or scene.of("scope")
        if timed and not scene.of("noun") and _RETURN.search(text, scene.part.start, found.start()) is not None:
            scene = scene.replace(nouns=())  # 规模是七只中最小的，今年的收益却最高
        if _SEEN.fullmatch(found.group()) and text[found.start() - 1] != "幅" and not _way(scene, found.start()):
            continue  # 改善最明显
        if _DRAGS.match(text, found.end()) is not None:
            continue  # 少增 5603 亿元，是最大的拖累
        if _ARE_SEVERAL.match(text, found.end()) is not None:
            continue  # 是赎回最多的两只
        if text[found.end() : found.end() + 2] in ("之一",) or text[found.start() - 2 : found.start()] in ("要求", "监管"):
            continue
        if text[found.start() - 1] in "由从非" or _of_way_since(scene, found, sentence):
            continue  # 由去年同期的第六升至第五
        if [one for one in scene.of("time") if one.start - found.end() in (0, 1)]:
            continue  # 离年内最高的3月
        if _WHICH_TIME.match(text, found.end(), scene.part.end) is not None:
            continue  # 元宝最高的是 2025年1月, of a table by month
        if _SHIFTS.search(text, scene.part.start, found.start()) is not None:
            continue  # 降幅收窄 1.7 个百分点，收窄幅度居首
        for place, sheet in entities(book):
            subject = subject_of(scene, place, found, sentence)
            if subject is None:
                continue
            kind = found.lastgroup or "bottom_n"
            way = _way(scene, found.start()) if kind in ("high", "low", "widest", "narrowest", "deep") else 0
            if kind == "deep" and way < 0 and "回撤" not in scene.words:
                kind = "high"  # 回调最深
            if kind in ("high", "low") and not way and "幅度" in scene.words[: found.start() - scene.part.start]:
                kind = "widest" if kind == "high" else "narrowest"  # 累计降息 100bp，幅度为五家中最大
            lead = sentence[-2] if len(sentence) > 1 else None
            looked = looked_at(lead)
            rates = lead is not None and not lead.of("row") and any([is_rate(lead, one) for one in lead.tokens])
            told = by_number(scene, sheet, subject, found) if not scene.of("noun") and way == 0 else None
            moves = (
                way != 0
                or (rates and not scene.of("noun"))
                or found.group() in ("最快", "最慢")
                or _RETURN.search(scene.text, scene.part.start, found.start()) is not None
                or (kind in ("first", "last") and not scene.nouns)
                or kind in ("top", "bottom", "leastup", "leastdown", "widest", "narrowest")
                or bool([one for one in scene.tokens if one.kind in ("amp", "basis") or is_rate(scene, one)])
                or bool(scene.amps or looked)  # 累计涨幅接近 1.5 倍，居各航线之首
            )
            said = by_numbers_before(scene, sheet, subject, found, sentence)
            bare = not scene.nouns and not scene.of("noun")
            last = latest(sheet, book.now) if bare else None
            if last is not None and any(
                [one.kind == LEVEL and not akin(one, last) and one.unit != last.unit for one in sheet.measures]
            ):
                last = None  # of columns that are not all times, nobody says which
            if (
                kind in ("high", "low")
                and not moves
                and bare
                and last is None
                and told is None
                and said is None
                and found.group()[-1] not in "贵宜"
            ):
                continue
            pool = columns_of(scene, sheet, place, book, moves=moves, strict=way != 0)
            if last is not None and ((kind in ("high", "low") and not moves) or (not pool and found.group() == "垫底")):
                pool = [last]
            if bare and found.group() in ("最贵", "最便宜"):
                pool = [one for one in [priced(sheet)] if one is not None]
            if told is not None and (len(pool) != 1 or (bare and last is None and not moves) or _in_other_unit(pool[0], told)):
                pool = [told]
            if said is not None:
                pool = [said]
            excess = excess_of(scene, sheet, lead, found)
            if excess == []:
                continue  # 超额收益最高, of a table without 基准
            pool = excess or pool
            if lead is not None and scene.of("time") and not scene.of("noun") and not scene.of("number"):
                pool = at_other_time(scene, sheet, subject, lead, pool)
            if way and _FLOWS.search(scene.text, scene.part.start, found.start()) is not None:
                pool = [one for one in pool if one.kind == FLOW] or [one for one in sheet.measures if one.kind == FLOW]
            measure = pool[0] if len(pool) == 1 else None
            if measure is not None and measure.kind == LEVEL and found.group()[:1] in "领涨跌" and kind != "first":
                continue  # 二手房…，深圳领涨
            if kind in ("mild", "deep") and measure is None:
                deep = [one for one in sheet.measures if "回撤" in one.key]
                measure = deep[0] if len(deep) == 1 and "回撤" in scene.words else None
            drawn = drawdown(scene, sheet, found)
            if drawn is not None:
                measure, way = drawn, 0
            if kind == "deep" and scene.amps and (measure is None or "回撤" not in measure.key):
                kind = "high"  # 跌幅最深
            if kind in ("mild", "deep") and (measure is None or "回撤" not in measure.key):
                continue
            if kind in ("widest", "narrowest") and (measure is None or measure.kind == LEVEL):
                plain = [one for one in sheet.changes() if one.minus < 0] or sheet.changes()
                measure = plain[0] if len(plain) == 1 and _HELD.match(sentence[0].words) is None else None
            if measure is None or (found.group() in ("最快", "最慢") and measure.kind != CHANGE):
                continue
            way_of = end_of_yields(sheet, measure, kind, found)
            if way_of is None or (said is None and told is None and of_other_number(scene, sheet, measure, subject, sentence)):
                continue  # 升水 394 元/吨，为八个品种之最, of a column 基差
            kind = way_of
            if over and _TIMED.search(found.group()) and not any([word in measure.key for word in _TIMED.findall(found.group())]):
                continue  # 夺回周销量第一, of a table by month
            if of_size(scene, measure):
                continue  # 净利润增速转负，为六年最低
            if measure.kind == LEVEL and _APART.search(scene.text, scene.part.start, found.start()) is not None:
                continue  # 3年期相差约 25bp，差距最大
            if _SEVERAL.search(text, max(scene.part.start, found.start() - 8), found.start()):
                continue  # 增加 74.9 亿元，增幅 3.60%，均为最高
            side = one_side(scene, sheet, measure, found.start(), sentence)
            if (
                _of_a_kind(scene, sheet, found.end())
                or side == ()
                or (not side and _OF_SOME.search(scene.text, scene.part.start, found.start()))
                or _of_another(scene, sheet, measure, sentence)
                or _among_others(sheet, sentence)
            ):
                continue
            if not _whole(found.group(), sheet) or not _led(scene, sheet, found):
                continue
            led = _led_group(scene, sheet, found)
            sets = [rows for rows in (led or ([side] if side else domains(scene, sheet, found.end()))) if subject in rows]
            head = second_of(scene, lead, found) if kind == "second" else ""
            listed = listed_before(sentence, place)
            sets += [listed] if sets and subject in listed else []
            wrong = [_ranked(scene, sheet, measure, subject, kind, found, rows, way, looked, head) for rows in sets]
            if wrong and None not in wrong and (steps := strong_in(sheet, measure, kind, found)):  # 对非洲出口最为强劲
                wrong += [
                    _ranked(scene, sheet, one, subject, kind, found, rows, way, looked, head) for one in steps for rows in sets
                ]
            if wrong and wrong[0] is not None and None not in wrong:
                yield wrong[0]
                return


def _of_nearest(scene: Scene, found: re.Match[str]) -> Scene:
    """A clause without the columns behind the word, where one stands right before it and a row after: 评分最高的 A 价格最低."""
    nouns = scene.of("noun")
    rows = [token for token in scene.of("row") if token.start > found.end()]
    own = [token for token in nouns if token.end == found.start()]
    if not own or not rows or scene.text[found.end() : rows[0].start] not in ("的", "的是"):
        return scene
    kept = tuple([token for token in scene.tokens if token.kind != "noun" or token.end <= found.start()])
    return scene.replace(tokens=kept)


_DRAGS = later(r"的?(?:拖累|拖后腿|短板|掣肘|失血|逆风|压力)")
_FROM_PLACE = later(r"[由从]第[^，。；]*$")
_IN_TIME = later(r"[季月年周]")
_WAY_TO = later(r"[由从][^，。；]*$|[退降升跌跃滑掉][至到入]?$")


def _of_way_since(scene: Scene, found: re.Match[str], sentence: Sequence[Scene]) -> bool:
    """Whether a place is one a row came to, where the sentence names but the column of the time before, or two times."""
    if _WAY_TO.search(scene.text, scene.part.start, found.start()) is None:
        return False
    if _FROM_PLACE.search(scene.text, scene.part.start, found.start()) and not (scene.nouns or scene.amps or scene.of("basis")):
        return True  # 由第一降至第二, of what nobody says
    past = [token for token in scene.nouns if of_past(scene.text, token)]
    times = [token for one in sentence[:-1] for token in one.of("time")]
    times += [token for token in scene.nouns if _IN_TIME.search(scene.text, token.start, token.end)]
    return bool(past) or (len(times) > 1 and bool(scene.nouns) and not scene.of("noun") and not scene.of("time"))


_SHIFTS = later(r"(?:收窄|扩大|改善|走阔|缩小|放缓|加快|提速|变动|变化)(?:的)?幅度(?:也|则|仍|均|同样|在[^，]{1,8}中)*$")
_HELD = later(r"(?:与|和|同|较|相较于?|相比|对比|比|自|从)(?:年|季|月|期|去年|上年)[初末底]")  # 较年初看，…


def _in_other_unit(one: Measure, other: Measure) -> bool:
    """Whether two columns count different things: 欧洲以 43.2% 居首 is of no column in 亿美元."""
    units = [measure.unit.name if measure.unit is not None else "" for measure in (one, other)]
    return units[0] != units[1] and ("" not in units or "%" in units)  # 以 79.6% 居首 is of no price


_RETURN = later(r"(?:收益|回报|业绩)(?:率|表现)?(?:的|方面|却|也|则|反而|反倒|倒)*$")
_DONE = later(r"[一-龥](?<![涨升增赚多高大快走跌降减亏少低缩慢卖买流出入跑回下上得])得$")
_IN = later(
    rf"在(?:(?:全部|所有)?(?:的)?{COUNT}[{THINGS}])?"
    r"(?:国内|境内|海外|境外|国外|本土|本地|内地|场内|场外|同[业类行]|同[一-龥]{1,4}中|历史)(?:[^，]{0,6}|，[^，]*)$"
)
_SOME = later(r"(?P<who>[一-龥]{2,6})(?:之一)?")
# What nobody counts, and no column is of.
_JUDGED = later(
    r"(?:压力|难度|风险|潜力|隐忧|挑战|分歧|争议|看点|确定性|关注度|热度|信心|意愿|影响|冲击|性价比|吸引力|安全边际|安全垫|胜率|赔率"
    r"|韧性|动能|景气度?|包袱|阻力|约束|扰动|诱因|空间|预期差|敏感度|敏感性|议价权|话语权|竞争力|护城河|把握|机会|期待|关注|受[益损冲]"
    r"|意义|价值量?|担忧|焦虑|抛压|隐患|障碍|优势|劣势|短板)(?:程度|面|度|性)?(?:也|则|仍|亦|却|均|相对|又)*(?:是|为)?$"
)


def _of_something(scene: Scene, found: re.Match[str]) -> bool:
    """Whether the largest of something else is meant, no row: 是最大推手, 成为最大变数."""
    if scene.text[found.start() - 1] not in "是为" or found.group()[0] != "最":
        return False
    who = _SOME.fullmatch(scene.text, found.end(), scene.part.end)
    return who is not None and not any([word in who.group("who") for word in synonyms.GROUPS])


_OBJECT = later(
    rf"(?:{COUNT}[{THINGS}大]|主要|各大?|全部|所有|表中|整个|全球|全|其余|其他|本周|当周|A股|同期|同类)*(?P<who>[一-龥]{{2,6}}?)(?:指数|市场|中)?$"
)
_ANY = ("市场", "大盘", "两市", "全球", "全市场", "世界", "同类", "同业", "行情", "一周", "当周", "本周", "市")


_SO_MANY = later(rf"(?P<n>{COUNT})[{AREAS}](?=$|[，。；])")
_IS_LED = later(rf"(?:的?(?:{'|'.join(synonyms.GROUPS)})?|者)(?:是|为|当属)|[，。；]|$")


def _led(scene: Scene, sheet: Sheet, found: re.Match[str]) -> bool:
    """Whether what is led, 领跑财险, is all rows, or those under a word the table knows."""
    if found.group() not in ("领跑", "领涨", "领跌", "冠绝", "傲视"):
        return True
    if _IS_LED.match(scene.text, found.end(), scene.part.end):
        return True  # 领涨的是银行
    many = _SO_MANY.match(scene.text, found.end(), scene.part.end)
    if many is not None and han_value(many.group("n")) == len(sheet.own):
        return True  # 领跑五城
    who = _OBJECT.match(scene.text, found.end(), scene.part.end)
    word = who.group("who") if who is not None else ""
    return not word or word in (*_ANY, *synonyms.GROUPS) or is_head(word, sheet) or word in words_of(sheet)


def _led_group(scene: Scene, sheet: Sheet, found: re.Match[str]) -> list[tuple[int, ...]]:
    """The rows under the word that stands behind: 领涨A股主要股指."""
    if found.group() not in ("领跑", "领涨", "领跌"):
        return []
    return [rows for word, rows in words_of(sheet).items() if scene.text.startswith(word, found.end(), scene.part.end)]


def _of_another(scene: Scene, sheet: Sheet, measure: Measure, sentence: Sequence[Scene]) -> bool:
    """Whether the word is of the number said last, which another column has: GDP 同比增长 4.2%，为六省最低."""
    if len(sentence) < 2 or not scene.inherited or scene.of("number") or measure.unit is None or says_pace(scene, measure):
        return False
    said = [token.quantity for token in sentence[-2].of("number") if token.quantity is not None]
    units = {one.unit.name for one in said[-1:] if one.unit is not None and one.unit.name not in ("", "倍", "成")}
    return bool(units) and measure.unit.name not in units and not measure.unit.name.startswith(tuple(units))


_SEEN_FROM = later(r"(?:就|从|以|论|单看)(?P<who>[一-龥A-Z\d]{2,10}?)(?:而言|来看|来说|看|论)")
_PLACE_OF = later(r"在(?P<who>[一-龥]{2,8}?)(?:之?中|里|内|方面|上|之间)?$")


def _among_others(sheet: Sheet, sentence: Sequence[Scene]) -> bool:
    """Whether the sentence begins with a place or a group the table does not know: 在中西部."""
    lead = sentence[0]
    seen = _SEEN_FROM.fullmatch(lead.words) if len(sentence) > 1 else None
    if seen is not None and lead.of("row"):
        return seen.group("who").endswith(tuple(synonyms.GROUPS))  # 就 3 年期品种而言
    if seen is not None and not lead.of("noun"):
        return _some_of(seen.group("who"), sheet)
    found = _PLACE_OF.fullmatch(lead.words) if len(sentence) > 1 else None
    if found is None or [token for token in lead.tokens if token.kind in ("row", "noun", "time", "scope")]:
        return False
    who = found.group("who")
    return not (is_head(who, sheet) or who in words_of(sheet) or who in synonyms.GROUPS or who in ("表", "表中"))


_LOOKED_AT = later(
    r"(?:表现|走势|[涨跌升降增]?幅度?|规模|收益|业绩|估值|数据|结构|角度|情况|节奏|变化|变动|维度|水平|口径|贡献|体|价格|成交|资金|流向|速|速度|率|比|额|量|值|份额"
    r"|弹性|趋势|期限|[周月年日季]|排名|顺序|历史|过去|近期|短期|长期|本身|自身|结果|方向|力度|强弱|差|动能|风格|面)(?<!经济体)(?<!主体)$"
)
_PLAIN = later(rf"(?:主要|各|大|类|全部|所有|表中|上述|以上|这|本周|当周|全周|今年|年内|{COUNT}[{THINGS}{AREAS}大]?)*")


def _some_of(who: str, sheet: Sheet) -> bool:
    """Whether a group is only some of the rows, by a word the table does not know: 美国三大指数, 发达经济体."""
    if who in words_of(sheet) or _LOOKED_AT.search(who) is not None:
        return False
    word = next((one for one in (sheet.head, *synonyms.GROUPS) if one and who.endswith(one)), "")
    left = _PLAIN.sub("", who.removesuffix(word))
    return bool(left) and left not in words_of(sheet)


def _before_another(scene: Scene, found: re.Match[str]) -> bool:
    """Whether one row is only said to be before another: 涨幅领先银行."""
    if not found.group().endswith("领先"):
        return False
    at = found.end() + (scene.text[found.end() : found.end() + 1] in ("于", "了"))
    return any([token.start == at for token in scene.of("row")]) or at > found.end()


_SEVERAL = later(r"(?:均|都|皆|双双)(?:为|是|居|列|位居|处于|达|创)[^，]*$")
_AMONG = later(
    rf"(?:居|位列|名列|排名|排在)(?:所列|样本|各(?:类|大|只|家|支)?|全部|所有|表中|本周|当周|全周|这|上述|其中|{COUNT}[{THINGS}{AREAS}大]?)*(?P<who>[一-龥A-Z]*?)(?:之首|首位|榜首|第一|之末|末位)"
)


_BOARD = later(r"(?:[涨跌升降增减]幅|涨跌幅)(?:排行)?榜?")


def _whole(words: str, sheet: Sheet) -> bool:
    """Whether 居…之首 is of all rows, or of those under a word the table knows."""
    found = _AMONG.search(words)
    who = _BOARD.sub("", found.group("who") if found is not None else "")
    who = who.removesuffix("中").removesuffix("市场").removesuffix("的")
    return not who or who in synonyms.GROUPS or is_head(who, sheet) or who in words_of(sheet) or who in ("榜", "前", "于", "第")


def subject_of(scene: Scene, place: int, found: re.Match[str], sentence: Sequence[Scene]) -> int | None:
    """The row that is said to be the largest: the last before the word, else the first after it."""
    tokens = scene.of("row")
    before = [token for token in tokens if token.end <= found.start()]
    after = [token for token in tokens if token.start >= found.end()]
    between = scene.text[found.end() : after[0].start] if after else ""
    if after and len(between) <= 5 and any([word in between for word in ("的", "是", "为")]):
        token = after[0]
    elif before:
        near = scene.text[before[-1].end : found.start()]
        if "中" in near[:2] or len([one for one in before if scene.text[one.end : one.end + 1] in ("、", "和", "与")]) > 1:
            return None
        group = [one for one in before if scene.text[one.end : one.end + 1] in ("、", "和", "与")]
        if (
            group
            and not any([scene.text[one.end : one.end + 1] not in ("、", "和", "与") for one in before[:-1]])
            and len(group) == len(before) - 1
            and group
        ):
            return None  # A、B 涨幅居前
        token = before[-1]
    else:
        inherited = [one for one in scene.rows if one.start < scene.part.start]
        within = bool(scene.of("noun")) and all([_inside(one, found) for one in scene.of("noun")])  # 夺回销量第一
        own = scene.inherited or within or _own_noun(scene, found.start())
        if len(sentence) > 1 and sentence[-2].of("row") and _INSIDE.search(sentence[-2].words) is not None:
            return None  # 煤炭板块内，龙头公司涨幅最大
        if len(inherited) != 1 or not own or scene.lost or (scene.other and not within):
            return None
        token = inherited[0]
    rows = [row for name in token.names if name.sheet == place for row in name.places]
    return rows[0] if len(rows) == 1 else None


_WHICH_TIME = later(
    r"的?(?:月份?|年份?|季度|交易日|一?个?[天日周月年])?(?:则|也|都)?(?:是|为|(?:出现)?在)(?=\d{4}年|\d{1,2}月|[一二三四]季度|周[一二三四五])"
)
_INSIDE = later(r"(?:板块|行业|个股|指数|成份股|领域|产业链)*(?:之中|当中|中|内|里)$")
_SEEN = later(r"最为?(?:明显|显著|突出)")
_TIMED = later(r"周|[日月季年](?!交)|累计|历史")


def _inside(noun: Token, found: re.Match[str]) -> bool:
    """Whether a column is named between the words for a place: 居规模之首."""
    return found.start() < noun.start and noun.end < found.end()


def _own_noun(scene: Scene, end: int) -> bool:
    """Whether a clause begins with a column, and says no more before a place: 计算机成交 4326 亿元，成交额在各行业中居首."""
    nouns = scene.of("noun")
    begun = len(nouns) == 1 and (
        nouns[0].start == scene.part.start or _IS_OF.fullmatch(scene.text, scene.part.start, nouns[0].start)
    )
    return bool(begun) and _IN_ALL.fullmatch(scene.text, nouns[0].end, end) is not None


_IS_OF = later(r"(?:也|仍|同时|则|更)*(?:是|为|系|成为)[^，。；]{2,8}[中里内](?:的)?")
_IN_ALL = later(r"(?:也|则|同样)?(?:在[^，。；]{1,8}[中里])?")
_SWINGS = later(r"波动|变动|变化|振幅|调整")
_APART = later(r"(?:差距|差值|差额|落差)[一-龥]{0,2}$|相差")
_GOES = later(r"(?:得|了|幅度|规模|金额|额|量|力度|的)?(?:的|在[^，。；]{1,8}[中里])?$")


_LOSES = later(
    r"(?:(?P<up>盈利|赚|涨|升|流入|申购|买入|增|加)|(?P<down>亏损|亏|跌|降|流出|赎回|卖出|失血|减|(?<![以之上])下))得?(?:额|规模|金额)?$"
)


_ARE_SEVERAL = later(rf"的(?:前)?(?!一[{THINGS}]){COUNT}[{THINGS}]")
_OF_SOME = later(r"(?:增长|收益|[上下收]涨|[上下收]跌|[上下]行|下降|上升|回落|回升|减少|增加|走[高低阔]|收窄)的[^，。；]{0,6}中")
_KIND = later(
    r"的(?![是为当属仍也还就则依莫非])(?P<kind>[一-龥A-Za-z]{2,8}?)(?:产品|基金|公司|行业|品种|ETF|指数|城市|企业|个股|股票)"
)


def _of_a_kind(scene: Scene, sheet: Sheet, end: int) -> bool:
    """Whether the first is one among a kind the table does not know: 最大的固收增强产品."""
    found = _KIND.match(scene.text, end, scene.part.end)
    kind = found.group("kind") if found is not None else ""
    if found is None or "为" in kind or any([found.start() < one.end and one.start < found.end() for one in scene.of("row")]):
        return False
    return bool(kind) and kind not in words_of(sheet) and not is_head(kind, sheet) and kind not in synonyms.GROUPS


_FLOWS = later(r"(?:流入|流出|失血|吸金|新增)[^，。；]{0,4}$")  # 资金流出最多


def _way(scene: Scene, at: int) -> int:
    """The direction right before a word: 增长最多, 走阔幅度最大, 净流出最多."""
    said = _LOSES.search(scene.text, max(scene.part.start, at - 6), at)
    if said is not None:
        return 1 if said.lastgroup == "up" else -1
    tokens = [
        token for token in scene.tokens if token.end <= at and (token.kind == "dir" or (token.kind == "noun" and token.sign))
    ]
    if not tokens or _GOES.fullmatch(scene.text, tokens[-1].end, at) is None:
        return 0
    return tokens[-1].sign


def _ranked(
    scene: Scene,
    sheet: Sheet,
    measure: Measure,
    row: int,
    kind: str,
    found: re.Match[str],
    rows: Sequence[int],
    way: int = 0,
    looked: Sequence[Token] = (),
    head: str = "",
) -> Finding | None:
    values = values_of(sheet, measure, rows)
    own = sheet.value(row, measure)
    if own is None or len(values) < 2:
        return None
    amps = [one for one in scene.amps if one.end <= found.end()] or looked
    falls = any([scene.text[one.start] in "跌降减" for one in amps])
    sizes = sorted([value for _, value in values], reverse=True)
    if "回撤" in measure.key and kind in ("high", "low", "mild", "deep"):  # written with a sign, or without
        best = (max if kind in ("high", "deep") else min)(sizes, key=abs)
    elif way and measure.kind in (CHANGE, FLOW):  # 缩水最多
        side = [one for one in sizes if one * way > 0]
        best = (max if kind in ("high", "widest") else min)(side, key=abs, default=own)
    elif kind in ("top", "high", "first"):
        best = sizes[-1] if falls and kind in ("high", "first") else sizes[0]
    elif kind == "last" and falls:
        return None
    elif kind == "low" and amps and not falls and own != sizes[-1]:
        best = min([one for one in sizes if one > 0], default=sizes[-1])  # 增幅最小, of those that rose
    elif kind in ("bottom", "low", "last"):
        best = max([one for one in sizes if one < 0], default=sizes[0]) if falls and kind == "low" else sizes[-1]
        if falls and kind == "low":
            best = max([one for one in sizes if one < 0], default=own)
    elif kind in ("widest", "narrowest"):
        if scene.text.endswith("调整", 0, found.start()) and own == sizes[-1]:
            return None  # of a share, what fell most
        swings = _SWINGS.search(scene.text, scene.part.start, found.end()) is not None  # 波动幅度 is of rises and falls
        sides = [value for _, value in values if swings or value * own > 0]
        best = (max if kind == "widest" else min)(sides, key=abs, default=own)
    elif kind == "leastup":
        best = min([one for one in sizes if one > 0], default=own)
    elif kind == "leastdown":
        best = max([one for one in sizes if one < 0], default=own)
    else:
        by = found.groupdict().get("by") or ""
        ordinal = 2 if kind == "second" else int(han_value(found.group("n") or found.group("nth")) or 0)
        if (kind == "second" and not head) or not ordinal or ordinal > len(sizes):
            return None
        if falls and by in tuple("小少浅") and kind != "second":  # 跌幅第二小
            sizes = [one for one in sizes if one < 0][::-1]
            if ordinal > len(sizes):
                return None
        order = sizes[::-1] if ("倒数" in found.group()) != (falls or by in tuple("低小少慢短") or head == "low") else sizes
        best = order[ordinal - 1]
    if (
        own == best
        or (kind == "widest" and abs(own) == abs(best))
        or (measure.kind == FLOW and not way and scene.inherited and own in (sizes[0], sizes[-1]))
    ):
        return None  # 净流出 118 亿元，规模居首
    holder = next(at for at, value in values if value == best)
    message = f"`{found.group()}` is {versus(sheet, measure, holder, row)}"
    return Finding("claim-extreme", found.start(), found.end(), message, ((sheet, holder, measure), (sheet, row, measure)))
