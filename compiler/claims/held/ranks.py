"""Claims about several rows at once: all rose, three of four fell, most of them; and, by other hands, the first and the order.

In: scenes of a sentence, the book.  Out: findings.  Always: a group is all rows of a table only where the words say so (四大指数,
各行业, 主要指数) and the table has as many.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.domains import domains, group_rows, left_out, rest_of, rows_of, says_rest
from ..meant.groups import FEW, NAMELESS, TOTAL, counts_rows, is_called, is_head, listed, of_other
from ..meant.kinds import other_heads, plain
from ..meant.pairs import earlier
from ..meant.pools import columns_of, entities, values_of
from ..meant.sides import side_before
from ..tables.subjects import CHANGE, LEVEL, NOUN
from ..words import lexicon, synonyms
from ..words.quantities import AREAS, COUNT, HAN, THINGS, han_value
from ..words.reading import dotted, sentence_start
from .extremes import hold_extremes
from .findings import Finding
from .next_to import hold_next_to
from .orders import FIRST, hold_orders, hold_sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Scene
    from ..tables.book import Book
    from ..tables.subjects import Measure, Sheet

_UPWARD = f"{lexicon.ROSE}|净申购|净流入|净买入|加息|涨"
_DOWNWARD = f"{lexicon.FELL}|净赎回|净流出|净卖出|降息|跌"
_UPWARD_TOO = f"{_UPWARD}|{lexicon.GREW}"
_DOWNWARD_TOO = f"{_DOWNWARD}|{lexicon.SHRANK}"
_KEPT = "(?:实现|录得|取得|出现|遭[遇到受]?|获得?|得到|迎来|被)?(?:主力|北向|南向|外资|内资)?(?:资金)?"
_SIZES = frozenset(f"{lexicon.GREW}|{lexicon.SHRANK}".split("|"))
_SIGNS = ("为正", "为负", "正收益", "负收益", "转正", "转负", "转跌", "转涨")
_ALL = later(
    rf"(?P<all>{lexicon.EVERY}|普遍|一片|齐|普){lexicon.HOW}"
    rf"(?:(?P<up>{_UPWARD_TOO}|{lexicon.BOUNCED}|转正|转涨|翻红|翻正)|(?P<down>{_DOWNWARD_TOO}|{lexicon.SLUMPED}|转负|转跌|翻绿))"
    rf"|无一(?:[{THINGS}]|行业|品种|板块|指数)?(?:{_KEPT})(?:(?P<noup>{_UPWARD_TOO})|(?P<nodown>{_DOWNWARD_TOO}))"
    rf"|没有(?:一|任何)[{THINGS}]?[一-龥]{{0,4}}?(?<![大暴猛飙])(?:(?P<noup2>{_UPWARD_TOO})|(?P<nodown2>{_DOWNWARD_TOO}))"
)
_MIXED = later(
    rf"(?P<more_up>涨多跌少)|(?P<more_down>跌多涨少)|(?P<half>涨跌各半|涨跌参半)|(?P<mixed>涨跌互现|涨跌不一|有涨有跌|分化)|(?P<most_up>(?:多数|大多数?|半数以上|过半数?|超半数|大部分|过半的?)[一-龥]{{0,4}}?·*(?:{_UPWARD}))(?![的幅跌降])|(?P<most_down>(?:多数|大多数?|半数以上|过半数?|超半数|大部分|过半的?)[一-龥]{{0,4}}?·*(?:{_DOWNWARD}))(?![的幅涨升])|(?P<few_up>(?:{_UPWARD})的?(?:[一-龥]{{0,3}}?)(?:不到|不足|少于)(?:一半|半数))|(?P<many_up>(?:{_UPWARD})的?(?:[一-龥]{{0,3}}?)(?:超过|超|过)(?:一半|半数))|(?P<few_down>(?:{_DOWNWARD})的?(?:[一-龥]{{0,3}}?)(?:不到|不足|少于)(?:一半|半数))|(?P<many_down>(?:{_DOWNWARD})的?(?:[一-龥]{{0,3}}?)(?:超过|超|过)(?:一半|半数))"
)
_COUNT = later(
    rf"(?P<n>{COUNT})(?!个[月交季]|位数)[{THINGS}{AREAS}](?P<noun>(?:(?![中里有{HAN}])[一-龥A-Z]){{0,6}}?)(?:则|均|都|当周|本周|全周|全年|年内|\d{{4}}年|\d{{1,2}}月份?|[一二三四]季度|近[{HAN}]+个?(?:周|月|年)|今年以来|年初以来|年初至今|年内|仍|依然|还|是|实现|录得|取得|同比|环比|小幅|大幅|出现|的)*(?<![涨升增跌降减])(?:(?P<up>{_UPWARD_TOO}|转正|转涨)|(?P<down>{_DOWNWARD_TOO}|转负|转跌))(?!的(?!$)|[跌涨降升幅多少])"
)
_COUNT_AFTER = later(
    rf"(?:(?P<up>{_UPWARD_TOO})|(?P<down>{_DOWNWARD_TOO}))的?(?:[一-龥]{{0,4}}?)(?:有|共有|共|为|仅有?|只有|达)(?P<n>{COUNT})[{THINGS}{AREAS}]"
)
_COUNT_OF = later(
    rf"(?P<n>{COUNT})[{THINGS}{AREAS}](?P<noun>(?:(?![中里有{HAN}])[一-龥A-Z]){{0,6}}?)的?·{{2,}}(?:较[上前]一?个?[周月季年期]度?[末底]?|同比|环比|[·均都仍也]|有所|小幅|大幅|出现)*"
    rf"(?:(?P<up>{_UPWARD_TOO}|(?:高于|超过|多于|大于)(?=·+$))|(?P<down>{_DOWNWARD_TOO}|(?:低于|少于|小于|不及)(?=·+$)))(?![的幅率停势多少])"
)  # 四类的发行份额低于上周
_FLAT = rf"(?:[，、]?(?P<flat{{}}>{COUNT})[{THINGS}]?(?:平|持平|走平|收平|持稳)[，、]?)?"
_PAIR = later(
    rf"(?P<ups>{COUNT})[{THINGS}]?(?:涨|升|红|增){_FLAT.format(1)}(?P<downs>{COUNT})[{THINGS}]?(?:跌|降|绿|减){_FLAT.format(2)}"
    rf"|(?P<downs2>{COUNT})[{THINGS}]?(?:跌|降|绿|减){_FLAT.format(3)}(?P<ups2>{COUNT})[{THINGS}]?(?:涨|升|红|增){_FLAT.format(4)}"
)
_ELSE = later(r"合计|共计|总计|合共|总共|普遍|多数|大都|两位数|翻[倍番]")  # 十只合计净流出 is of the sum, 七城普遍回落 of most
_FEW_FIRST = later(r"前[一二三四五六七八九十\d]+(?:位|名|大|强)?的?[一-龥]{0,4}(?:中|里|内)[，：]")
_SUBSET = later(  # but 十个股指
    r"之一|除|以外|之外|前[一二三四五六七八九十\d]+(?!个?[周月日年季期])|较大|较小|相对|成份股|个股(?!指)|板块内|其中一"
)
_OWN_HEADS = later("个股")  # where that is what a table's rows are


def hold_groups(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """All claims of a clause about several rows."""
    if scene.unsure:
        return
    if _SUBSET.search(_OWN_HEADS.sub("", scene.words) if any([sheet.head == "个股" for sheet in book.sheets]) else scene.words):
        if FIRST.search(scene.words):
            yield from hold_sequence(scene, book, sentence)
        return
    if _FEW_FIRST.search(scene.text, sentence[0].part.start, scene.part.start):
        return  # 成交额前五的行业中，四个上涨
    if not scene.denied or "无一" in scene.words or "没有一" in scene.words or "没有任何" in scene.words:
        yield from _all(scene, book, sentence)
    if scene.denied:
        return
    yield from _mixed(scene, book)
    yield from _counts(scene, book, sentence)
    yield from hold_extremes(scene, book, sentence)
    yield from hold_next_to(scene, book, sentence)
    yield from hold_orders(scene, book, sentence)
    yield from hold_sequence(scene, book, sentence)


# --- all, mixed, counts ----------------------------------------------------------------------------------------------


def _all(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    for found in _ALL.finditer(scene.text, scene.part.start, scene.part.end):
        ups = found.group("up") or found.group("nodown") or found.group("nodown2")
        loose = found.group("all") in ("普遍", "普")
        if _THOSE.match(scene.text, found.end(), scene.part.end):
            continue  # 均有增长的有四家
        if _of_chosen(scene, found.start()):
            continue  # 营收同比增长的公司净利润也都增长
        for place, sheet in entities(book):
            rows = group_rows(scene, sheet, place, found.start(), sentence)
            spared = 0
            if rows is None:  # 新片带动客流，其余七部全部回升: who the others are is not said
                spared = left_out(scene, sheet, found.start(), sentence)
                rows = list(sheet.own) if spared else None
            if rows is None:
                continue
            if found.group("all") == "双双" and len(rows) != PAIR:
                continue  # 除 A 外，B 亦双双走低: which two is not said
            if not scene.of("noun") and not scene.nouns and _is_of_sizes(sheet, rows, found):
                continue  # 当月均为负值, of 10月新增 beside 同比变化
            exceptions = [
                (measure, _exceptions(values_of(sheet, measure, rows), found, bool(ups), loose))
                for measure in _moved(scene, sheet, place, book, found)
            ]
            if exceptions and all([len(against) > spared for _, against in exceptions]):
                measure, against = exceptions[0]
                row = against[0]
                text = sheet.text(row, measure)
                message = f"`{found.group()}` is not true of all: {sheet.name(row)} {text}"
                yield Finding("claim-all", found.start(), found.end(), message, ((sheet, row, measure),))
                return


def _is_of_sizes(sheet: Sheet, rows: Sequence[int], found: re.Match[str]) -> bool:
    """Whether a column of sizes or flows has the sign that several rows are said to have, no column being named."""
    if not found.group().endswith(("为正", "为负")):
        return False
    up = found.group().endswith("为正")
    for one in sheet.measures:
        values = [value for _, value in values_of(sheet, one, rows)] if one.kind != CHANGE and one.minus < 0 else []
        if values and min(values) < 0 and all([(value > 0) == up for value in values]):
            return True
    return False


_CHOSEN = later(
    rf"(?:[涨跌升降增减高低多少]|增长|下[降滑行跌]|[上回提]升|回落|为[正负]|亏损|盈利|[正负]增长|以[上下]|之[上下]|[超高低]过?于?[^，。；]{{1,8}})的"
    rf"(?!是|有|为)[^，。；]{{0,6}}?(?:公司|企业|{'|'.join(synonyms.GROUPS)})"
)


def _of_chosen(scene: Scene, end: int) -> bool:
    """Whether what is said is but of those a column of which goes one way."""
    chosen = _CHOSEN.search(scene.text, scene.part.start, end)
    return chosen is not None and any([scene.part.start <= token.end <= chosen.start() + 1 for token in scene.of("noun")])


_THOSE = later(r"的[一-龥]{0,4}?(?:共|仅|只)?(?:有|为|是|达)")


def _moved(scene: Scene, sheet: Sheet, place: int, book: Book, found: re.Match[str]) -> list[Measure]:
    """The columns that a word such as 上涨 or 放大 is of."""
    word = next((one for name, one in found.groupdict().items() if name.startswith(("up", "down", "noup", "nodown")) and one), "")
    if word in _SIZES and (scene.of("amp") or not (scene.of("noun") or scene.nouns)):
        return []
    pool = columns_of(scene, sheet, place, book, strict=word not in _SIGNS)
    if word in ("加息", "降息"):
        pool = [one for one in pool if one.unit is not None and one.unit.points]
    return [
        one for one in pool if not (word in _SIZES and one.kind == CHANGE and one.noun and _by_itself(scene, one, sheet, place))
    ]


def _by_itself(scene: Scene, measure: Measure, sheet: Sheet, place: int) -> bool:
    """Whether the clause names a column of changes itself: 增速悉数放缓 is of what they were, 占比全部提升 of 占比较上季变动."""
    nouns = scene.of("noun") or list(scene.nouns)
    if nouns and scene.text[nouns[-1].start : nouns[-1].end] == measure.noun:
        return False
    named = [sheet.measures[one] for token in nouns[-1:] for name in token.names if name.sheet == place for one in name.places]
    return all([one.kind == CHANGE for one in named]) and measure in named


def _exceptions(values: list[tuple[int, Decimal]], found: re.Match[str], ups: bool, loose: bool) -> list[int]:
    """The rows of which it is not true."""
    if found.group("nodown") or found.group("nodown2"):
        return [row for row, value in values if value < 0]
    if found.group("noup") or found.group("noup2"):
        return [row for row, value in values if value > 0]
    against = [row for row, value in values if (value <= 0 if ups else value >= 0)]
    return [] if loose and len(against) * 2 < len(values) and len(values) > 2 else against


def _tally(sheet: Sheet, measure: Measure, rows: Sequence[int] | None = None) -> tuple[int, int, int]:
    values = values_of(sheet, measure, rows)
    return len([1 for _, value in values if value > 0]), len([1 for _, value in values if value < 0]), len(values)


def _undotted(scene: Scene) -> str:
    """The text with a dot for each letter of the clause's nouns and times."""
    text = scene.text
    for token in scene.tokens:
        if token.kind in ("noun", "time", "scope", "basis"):
            text = text[: token.start] + "·" * (token.end - token.start) + text[token.end :]
    return text


def _mixed(scene: Scene, book: Book) -> Iterator[Finding]:
    text = _undotted(scene)
    for found in _MIXED.finditer(text, scene.part.start, scene.part.end):
        if scene.of("row"):
            continue
        for place, sheet in entities(book):
            noun = scene.text[sentence_start(scene.text, scene.part.start) : found.end()]
            if not (any([word in noun for word in synonyms.GROUPS]) and _any_head(noun, sheet)):
                continue
            measures = columns_of(scene, sheet, place, book, strict=True)
            rows = rows_of(domains(scene, sheet, scene.part.end))
            if len(measures) != 1 or not rows:
                continue
            measure = measures[0]
            ups, downs, count = _tally(sheet, measure, rows)
            kind = found.lastgroup
            right = {
                "more_up": ups > downs, "more_down": downs > ups, "half": ups == downs,
                "mixed": (ups > 0 and downs > 0) or found.group() == "分化",
                "most_up": ups * 2 > count, "most_down": downs * 2 > count,
                "many_up": ups * 2 > count, "many_down": downs * 2 > count,
                "few_up": ups * 2 < count, "few_down": downs * 2 < count,
            }[kind or ""]  # fmt: skip
            if not right:
                yield Finding("claim-count", found.start(), found.end(), f"{ups} of {count} rose, {downs} fell ({measure.key})")
                return


def _any_head(words: str, sheet: Sheet) -> bool:
    return any([is_head(noun, sheet) for noun in synonyms.GROUPS if noun in words])


def _counts(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """三个上涨, 上涨的有三个, 四涨两跌."""
    text = scene.text
    whole = text[sentence[0].part.start : scene.part.end]
    for place, sheet in entities(book):
        total = [found for found in TOTAL.finditer(whole) if counts_rows(found, scene, sheet, place)]
        rows: Sequence[int] = rows_of(domains(scene, sheet, scene.part.end))
        count = len(rows)
        some = count < len(sheet.own)
        complete = any([han_value(found.group("n")) == count for found in total])
        partial = any([han_value(found.group("n")) != count for found in total if found.group("unit") == "大"])
        if of_other(scene, book.sheets, place):
            continue
        if says_rest(scene, scene.part.end):
            rows = rest_of(scene, sheet, place, scene.part.end, sentence)
            count, some = len(rows), True
        side = side_before(sheet, sentence)
        if side is not None:  # 本周下跌的五个行业，上周有三个上涨
            rows, count, some = side, len(side), True
        if not rows or (partial and not some):
            continue
        plainly, alike = _but_counted(scene, sheet, place)
        nouns = [one.start for one in scene.of("noun")]
        of_column = [
            one
            for one in _COUNT_OF.finditer(_undotted(scene), scene.part.start, scene.part.end)
            if any([one.start() < at < one.end() for at in nouns])
        ]
        for found in [
            *[
                one
                for pattern in (_COUNT, _COUNT_AFTER, _PAIR)
                for one in pattern.finditer(text, scene.part.start, scene.part.end)
            ],
            *of_column,
        ]:
            parts = found.groupdict()
            if _OF_EACH.search(parts.get("noun") or "") and text[found.start("n") - 1] not in ("有", "这"):
                continue  # 周期五个行业全部收跌, of a part of them
            over = found in of_column and found.group().endswith(("于", "超过", "不及"))
            here = _over_past(scene, found.end(), book) if over else plainly
            if here is None:
                continue
            after = text[found.end() : found.end() + 1]
            tallies = [(measure, *_tally(sheet, measure, rows)) for measure in _moved(here, sheet, place, book, found)]
            both = listed(scene, place, found.start())
            if "ups" in parts and not both and _OF_TWO.search(text, scene.part.start, found.start()) is not None:
                both = _last_two(sentence, place)
                if len(both) != PAIR:
                    continue
            if "ups" in parts and not both and not scene.of("row") and len(scene.past) == PAIR:  # …，但年内一涨一跌
                past = [row for token in scene.past for name in token.names if name.sheet == place for row in name.places]
                both = past if _counts_two(parts) else both
            pair = "ups" in parts and len(both) == 2 and len(tallies) == 1  # A 与 B 一涨一跌
            if pair:
                tallies, both = [(measure, *_tally(sheet, measure, both)) for measure, _, _, _ in tallies], []
            if "n" in parts and text[found.start("n") - 1] == "的" and _of_chosen(scene, found.end()):
                continue  # 净利下滑的三家公司毛利率均下降
            if _ELSE.search(text, max(scene.part.start, found.start() - 4), found.end()) is not None:
                continue
            if "noun" in parts and text[found.start("n") - 1] == "这":  # 而这两类上周还是净流入
                these = [row for token in scene.past for name in token.names if name.sheet == place for row in name.places]
                number = han_value(parts["n"])
                against = [
                    (measure, row)
                    for measure in _moved(scene, sheet, place, book, found)
                    for row in these
                    if (value := sheet.value(row, measure)) is not None and (value <= 0 if parts["up"] else value >= 0)
                ]
                if number != len(these) or not against or len(tallies) != 1:
                    continue
                measure, row = against[0]
                message = f"not of all {number}: {sheet.name(row)} {sheet.text(row, measure)} ({measure.key})"
                yield Finding("claim-all", found.start("n"), found.end(), message, ((sheet, row, measure),))
                return
            if not tallies or both or (after and (after.isdigit() or after in "超幅停势")):
                continue
            own = complete or pair or any([han_value(one.group("n")) == known for one in total for _, _, _, known in tallies])
            named = any([name.sheet == place for token in scene.of("noun") for name in token.names])
            own = own or ("ups" in parts and count >= FEW and _of_all(scene, sheet, place, found, count))
            own = own or (bool(parts.get("n")) and "noun" not in parts and named) or bool(alike)
            own = own or (bool(parts.get("n")) and _among_all(scene, sheet, found.start(), sentence))
            if not (is_head(parts.get("noun") or "", sheet) or own or some or _any_head(whole, sheet)):
                continue
            of_alike = [_tally(sheet, measure, alike) for measure, _, _, _ in tallies] if alike else []
            both_ways = [(ups, downs) for ups, downs, _ in (*[one[1:] for one in tallies], *of_alike)]
            if any([_counted(parts, ups, downs, text, found, count) for ups, downs in both_ways]):
                continue
            sizes = _OF_SIZES.search(found.group()) is not None and not scene.of("basis") and not scene.carried
            steps = _steps(sheet, rows, book) if sizes else []  # 三增两降, of this month and the last
            bare = sizes and not scene.nouns and not scene.of("noun")
            steps += [_tally(sheet, one, rows)[:2] for one in sheet.measures if bare and one.kind == CHANGE and one.noun]
            if any([_counted(parts, ups, downs, text, found, count) for ups, downs in steps]):
                continue
            if pair and any(
                [_counted(parts, ups, downs, text, found, 2) for ups, downs in _elsewhere(scene, sheet, found, book)]
            ):
                continue
            measure, ups, downs, known = tallies[0]
            start, end = (found.start(), found.end()) if "ups" in parts else (found.start("n"), found.end("n"))
            yield Finding("claim-count", start, end, f"{ups} of {known} rose, {downs} fell ({measure.key})")
            return


_SO_MANY = later(rf"{COUNT}[{THINGS}]$")


def _but_counted(scene: Scene, sheet: Sheet, place: int) -> tuple[Scene, list[int]]:
    """A clause without another table's column that is but the word for what is counted, and the rows that end in it: 三项收入, of
    a table of 项目 with 利息净收入 and 其他业务收入."""
    if sheet.head not in NAMELESS:
        return scene, []
    for token in dict.fromkeys((*scene.of("noun"), *scene.nouns)):
        word = scene.text[token.start : token.end]
        rows = [row for row in sheet.own if sheet.name(row).endswith(word)]
        before = _SO_MANY.search(scene.text[sentence_start(scene.text, scene.part.start) : token.start])
        if before is not None and len(rows) > 1 and not any([name.sheet == place for name in token.names]):
            kept = tuple([one for one in scene.tokens if one is not token])
            return scene.replace(tokens=kept, nouns=tuple([one for one in scene.nouns if one is not token])), rows
    return scene, []


_OF_EACH = later(rf"{lexicon.EVERY}|普遍|齐$")


def _of_all(scene: Scene, sheet: Sheet, place: int, found: re.Match[str], count: int) -> bool:
    """Whether a tally comes to all rows, right behind what they are called or a column of theirs: 信用利差五降一升."""
    parts = found.groupdict()
    said = [han_value(one) for name, one in parts.items() if one and name.startswith(("ups", "downs", "flat"))]
    nouns = [token for token in scene.of("noun") if token.end == found.start()]
    called = len(sheet.head) > 1 and scene.text.endswith((sheet.head, *other_heads(sheet)), scene.part.start, found.start())
    known = called or any([name.sheet == place for token in nouns for name in token.names])
    known = known and plain(scene, sheet, scene.part.start, found.start())
    return known and sum([one for one in said if one is not None]) == count


_AMONG_ALL = later(
    rf"[·，]*(?:这些|上述|全部|所有|各)?(?P<who>[一-龥A-Za-z]{{1,8}}?)(?:之中|当中|[中里内])[·，]*(?:共计?|仅|只)?有?"
    rf"(?:{COUNT}[{THINGS}][一-龥]{{2,4}}[、，]?(?:而|另有|另)?)?"
)


def _among_all(scene: Scene, sheet: Sheet, end: int, sentence: Sequence[Scene]) -> bool:
    """Whether what is counted is of all rows by what they are called, here or a clause before: 样本券中有六只上涨、两只下跌."""
    lead = sentence[-2] if len(sentence) > 1 and sentence[-2].words.endswith(("中", "里")) else scene
    start = lead.part.start
    found = _AMONG_ALL.fullmatch(dotted(scene.text, start, end, [one for one in lead.tokens if one.kind in ("time", "scope")]))
    return found is not None and is_called(found.group("who"), sheet)


def _over_past(scene: Scene, end: int, book: Book) -> Scene | None:
    """A clause without the time before that its columns are held against, 发行份额低于上周; None where there is none."""
    if _PAST_TIME.fullmatch(scene.text, end, scene.part.end) is None:
        return None
    kept = [one for one in scene.tokens if one.start < end]
    return scene.replace(scope="", tokens=tuple([book.at_time(one, (), "")[0] if one.kind == NOUN else one for one in kept]))


_PAST_TIME = later(r"[上前]一?个?(?:周|月|季度?|期)(?:末|底|同期)?|去年(?:同期)?|上年同期")
PAIR = 2


_OF_TWO = later(rf"(?:两者|二者|双方|彼此|前后者|(?<![{HAN}\d])[两二2][{THINGS}大][一-龥]{{0,4}}?)[一-龥]{{0,3}}$")


def _last_two(sentence: Sequence[Scene], place: int) -> list[int]:
    """The two rows a sentence has named last: …银行跌 1.32%，但食品饮料涨 1.08%，两者一跌一涨."""
    names = [name for one in sentence for token in one.of("row") for name in token.names if name.sheet == place]
    rows = list(dict.fromkeys([row for name in names[::-1] for row in name.places]))
    return rows[:PAIR] if len(rows) >= PAIR else []


def _counts_two(parts: dict[str, str]) -> bool:
    """Whether a tally is of two: 一涨一跌."""
    said = han_value(parts["ups"] or parts["ups2"]), han_value(parts["downs"] or parts["downs2"])
    return all([one == 1 for one in said])


def _elsewhere(scene: Scene, sheet: Sheet, found: re.Match[str], book: Book) -> list[tuple[int, int]]:
    """How many of two rows went up and down in another table that has them, too: 一涨一降, of stocks beside prices."""
    others = [(other, listed(scene, place, found.start())) for place, other in entities(book) if other is not sheet]
    return [one for other, rows in others if len(rows) == 2 for one in _steps(other, rows, book)]


_OF_SIZES = later(r"^[^涨跌红绿]*[增减升降][^涨跌红绿]*$")


def _steps(sheet: Sheet, rows: Sequence[int], book: Book) -> list[tuple[int, int]]:
    """How many rows went up and down from one column of sizes to that of the time after."""
    out = []
    for one in sheet.measures:
        past = earlier(sheet, one, book.now) if one.kind == LEVEL and one.minus < 0 else None
        values = [(sheet.value(row, one), sheet.value(row, past)) for row in rows] if past is not None else []
        steps = [now - old for now, old in values if now is not None and old is not None]
        out += [(len([1 for step in steps if step > 0]), len([1 for step in steps if step < 0]))] if steps else []
    return out


def _counted(parts: dict[str, str], ups: int, downs: int, text: str, found: re.Match[str], rows: int) -> bool:
    """Whether so many rose or fell as is said."""
    if "ups" in parts:
        said = parts["ups"] or parts["ups2"], parts["downs"] or parts["downs2"]
        flat = next((one for name in ("flat1", "flat2", "flat3", "flat4") if (one := parts[name])), "")
        level = not flat or han_value(flat) in (rows - ups - downs, None)
        return han_value(said[0]) == ups and han_value(said[1]) == downs and level
    number = han_value(parts["n"])
    if (parts["up"] or parts["down"] or "").startswith("转") and number is not None and number <= (ups if parts["up"] else downs):
        return True  # others were so before
    return number is None or number > rows or number == (ups if parts["up"] else downs) or _precise(text, found.start("n"))


def _precise(text: str, at: int) -> bool:
    """Whether the number is said with 超, 近, 第 or the like before it."""
    return at > 0 and text[at - 1] in "超近约逾第前后另至连过"
