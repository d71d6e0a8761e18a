"""Which rows a claim about several is about: a list, or all rows of a table.

In: a clause, a sheet.  Out: row numbers.  Always: a group is all rows only where the words say so (四大指数, 各行业, 主要指数)
and the table has as many.
"""

from __future__ import annotations

import itertools

from ...pattern import later
from ..words import lexicon, synonyms
from ..words.quantities import COUNT, THINGS, han_value
from ..words.reading import sentence_start
from .kinds import kind_in, other_heads, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from ..clauses.scene import Scene
    from ..tables.subjects import Sheet

NAMELESS = ("名称", "简称", "代码", "标的", "项目", "名字", "证券简称", "证券名称")  # heads that do not say what the rows are
FEW = 3  # rows a table must have for a number alone to mean all of them
TOTAL = later(
    rf"(?P<n>{COUNT})(?:(?P<unit>个|只|家|类|大|支|项|种|款|部|座|场|艘|条|宗)(?P<noun>[一-龥A-Za-z]{{0,12}}?)"
    r"(?:中|里|之中|当中|内|，|合计|共计|总计|平均|均|都|全|集体|悉数|无一|齐|涨|跌|当周|本周|全年|有|(?:\d{4}年)?\d{1,2}月|(?:\d{4}年)?[一二三四]季度|\d{4}年|单月|[当本]月|今年|年内|同比|环比|周[内度]|一周|近|无一|清一色|(?=[一二两三四五六七八九十\d]+[家只个类支项种]?(?:同比|环比)?[涨跌升降])|(?=[一二两三四五六七八九十\d]+[家只个类支项种](?:同比|环比)?(?:增长|收涨|收跌|上涨|下[跌降滑]|回升|回落))|$)|(?P<place>[城省市国股券地]))"
)
_ALL_OF = rf"(?:{lexicon.EVERY}|全|无一|没有一|没有任何|齐|普|当周|本周|全年)"
_GROUP = later(
    rf"主要(?:股)?指数|各(?:[{THINGS}大]|主要)?(?P<noun>[一-龥A-Z]{{1,8}}?)(?={_ALL_OF})|A股(?:主要)?(?:股指|指数)|主要股指|三大指数"
    rf"|全部(?P<noun2>[一-龥]{{1,4}})|所有(?P<noun3>[一-龥]{{1,4}})"
    rf"|旗下(?P<noun4>产品|基金)|(?:上述|表中|所列|以上)(?:各|这)?[{THINGS}大]?(?P<noun5>[一-龥]{{1,6}}?)(?={_ALL_OF})"
)


def listed(scene: Scene, place: int, end: int) -> list[int]:
    """The rows of a list right before `end`."""
    tokens = [token for token in scene.of("row") if token.end <= end]
    out: list[int] = []
    for token in tokens:
        out += [row for name in token.names if name.sheet == place for row in name.places]
    return out


def group_of(scene: Scene, sheet: Sheet, sentence: str, place: int, end: int) -> list[int] | None:
    """The rows a claim about a group is about: a list before it, or all of the table; None where the words do not say."""
    named = listed(scene, place, end)
    if named:
        return named if len(named) > 1 else None
    words = scene.text[scene.part.start : end] + scene.text[end : scene.part.end]
    kind = kind_in(scene, sheet, scene.part.start, end)
    if kind is not None:
        some = list(kind[1])
        counts = [found for found in TOTAL.finditer(scene.words) if counts_rows(found, scene, sheet, place)]
        if any([han_value(found.group("n")) != len(some) for found in counts]):
            return None
        return some if len(some) > 1 and plain(scene, sheet, scene.part.start, end, kind[0]) else None
    total = next((found for found in TOTAL.finditer(sentence) if counts_rows(found, scene, sheet, place)), None)
    if total is not None:
        number = han_value(total.group("n"))
        here = total.start() >= len(sentence) - len(scene.words)
        if number != len(sheet.own) or not (here or (plain(scene, sheet, scene.part.start, end) and not goes_on_with_one(scene))):
            return None  # 七大股指两涨五跌，欧洲市场普遍收低
        return list(sheet.own)
    found = next((one for one in _GROUP.finditer(words) if _is_group(one, sheet)), None)
    if found is None:
        if not plain(scene, sheet, scene.part.start, end):
            return None
        own = [token for token in scene.of("noun") if any([name.sheet == place for name in token.names])]
        before = scene.text[scene.part.start : end]
        counted = [*TOTAL.finditer(scene.words), *_THESE.finditer(sentence)]
        others = any([han_value(one.group("n")) != len(sheet.own) for one in counted if one.groupdict().get("unit", "个")])
        none_of = _NONE_OF.match(scene.text, end, scene.part.end)  # 无一品种回落
        called = before + (none_of.group("noun") if none_of is not None else "")
        several = not others and not scene.rows and len(sheet.table.rows) >= FEW and sheet.head
        return list(sheet.own) if several and (own or _speaks_of(called, sheet)) else _gone_on(scene, sheet, place, sentence)
    noun = _noun(found)
    if not noun and "指数" not in sheet.head and not any(["指" in sheet.name(row) for row in sheet.own]):
        return None
    if found.group() == "三大指数" and len(sheet.own) != 3:
        return None
    return list(sheet.own)


def goes_on_with_one(scene: Scene) -> bool:
    """Whether a clause is still of the one row its sentence speaks of: A 占比仅 22.4%，为八家中最低，销量同比、环比均下滑."""
    begun = sentence_start(scene.text, scene.part.start)
    return len(scene.rows) == 1 and begun <= scene.rows[0].start < scene.part.start


def of_other(scene: Scene, sheets: Sequence[Sheet], place: int) -> bool:
    """Whether a sentence counts the rows of another table, which has so many: 六类基金, beside a table of eight ETF."""
    own = len(sheets[place].own)
    for found in TOTAL.finditer(sentence_text(scene)):
        number = han_value(found.group("n"))
        if number == own:
            return False
        if not found.group("noun"):
            continue
        for at, other in enumerate(sheets):
            if at != place and not other.series and number == len(other.own) and counts_rows(found, scene, other, at):
                return True
    return False


def _noun(found: re.Match[str]) -> str:
    return next((one for one in found.groupdict().values() if one), "")


def _is_group(found: re.Match[str], sheet: Sheet) -> bool:
    """Whether a group is of this table, as far as it is named at all."""
    noun = _noun(found)
    return not noun or is_head(noun, sheet)


def _speaks_of(words: str, sheet: Sheet, *, whole: bool = False) -> bool:
    """Whether the first word for a group is what a table's rows are called: 行业, in 本周行业指数均上涨; `whole`: and no other
    words stand with it."""
    bonds = other_heads(sheet)[:1]  # 个券 may be those of all the market
    nouns = sorted([*synonyms.GROUPS, *itertools.chain(*synonyms.ALIKE), *bonds, sheet.head], key=len, reverse=True)
    found = [(words.find(noun), noun) for noun in nouns if noun and noun in words]
    if not found or _OTHERS.search(words) is not None:
        return False
    first = min([at for at, _ in found])
    noun = next(one for at, one in found if at == first)
    rest = words.replace(noun, "", 1)
    for other in nouns:
        rest = rest.replace(other, "") if other else rest
    return is_head(noun, sheet) and (not whole or _BARE.fullmatch(rest) is not None)


_THESE = later(rf"(?:所列|上述|以上|表中|这|其中)的?(?P<n>{COUNT})[{THINGS}大](?!以|月)")
_BARE = later(r"(?:主要|各|大|类|申万|中信|一级|样本|A股|表中|全部|所有|上述|以上|这些|本周|当周|全周|今年|年内|月内)*")
_NONE_OF = later(r"(?:无一|没有一|没有任何)[个只家类支款]?(?P<noun>[一-龥]{2,4}?)(?=[涨跌升降上下收走飘录回出])")
_OTHERS = later(r"其[余他它中]|剩[余下]|余下|另外|部分|个别|少数|多数|半数|之一")
_SAID = later(rf"{lexicon.EVERY}|普遍")


def _gone_on(scene: Scene, sheet: Sheet, place: int, sentence: str) -> list[int] | None:
    """The rows of the clause before, where a clause names none: 各行业普遍飘红，无一收跌; 煤炭和传媒走弱，双双收跌."""
    if scene.rows:
        rows = [row for token in scene.rows for name in token.names if name.sheet == place for row in name.places]
        return rows if len(rows) > 1 and len(rows) == len(scene.rows) else None
    before = sentence[: len(sentence) - len(scene.words)].rstrip("，：；")
    last = before[max([before.rfind(char) for char in "，：；"]) + 1 :]
    found = next((one for one in _GROUP.finditer(last) if _noun(one) and _is_group(one, sheet)), None)
    said = _SAID.search(last)
    own = found is not None or (said is not None and _speaks_of(last[: said.start()], sheet, whole=True))
    return list(sheet.own) if own else None


def counts_rows(total: re.Match[str], scene: Scene, sheet: Sheet, place: int) -> bool:
    """Whether what `TOTAL` found counts things the rows of a table are: by their name, or as many as there are and its column."""
    called = (total.group("noun") or total.group("place") or "").removesuffix("的")
    nouns = scene.of("noun")
    for said in [token for token in scene.tokens if token.kind in ("time", "scope", "amount")]:
        called = called.replace(scene.text[said.start : said.end], "")
    for said in (*scene.of("base"), *scene.of("versus")):  # 八只重仓股的占比较上季, 六类基金规模较一季度末
        word = scene.text[said.start : said.end]
        for than in "较比":
            called = called.replace(f"{than}{word}末", "").replace(than + word, "")
    for noun in [scene.text[token.start : token.end] for token in nouns]:  # 六只产品规模共计
        called = called.removesuffix(noun).removesuffix("的")
    called = _TAIL.sub("", called)
    if not called or is_head(called, sheet):
        return True
    own = any([name.sheet == place for token in nouns for name in token.names])
    endings = [sheet.name(row)[-2:] for row in sheet.own]
    own = own or (len(set(endings)) == 1 and called.endswith(endings[0]))  # 八只跨境ETF
    own = (
        own
        or called in ("品种", "标的")
        or (sheet.head in ("个股", "股票") and _STOCKS.fullmatch(called) is not None)
        or (sheet.head in NAMELESS and called in synonyms.GROUPS)
    )
    return own and han_value(total.group("n")) == len(sheet.own) >= FEW


_STOCKS = later(r"(?:活跃|重仓|热门|成[份分]|样本|持仓|权重|龙头|通)个?股")
_TAIL = later(r"(?<=[一-龥])的?(?:收益率?|回报率?|涨跌幅|表现)?(?:已经?|也|则|便|目前|现在)*$")  # 十一个行业的年内收益已全部转正


def is_head(noun: str, sheet: Sheet) -> bool:
    """Whether a noun is what the rows of a table are called."""
    noun = noun.removeprefix("主要").removeprefix("大").removeprefix("样本").removeprefix("一级")
    head = sheet.head.removesuffix("名称").removesuffix("简称")
    if not noun or not head:
        return False
    if len(noun) > 1 and sheet.own and all([sheet.name(row).endswith(noun) for row in sheet.own]):
        return True  # 各类ETF
    alike = noun in head or head in noun or any([head in group and noun in group for group in synonyms.ALIKE])
    return alike or noun in other_heads(sheet)


def is_called(noun: str, sheet: Sheet) -> bool:
    """Whether a noun is no more than what the rows of a table are called: 转债, not 领涨转债."""
    head = sheet.head.removesuffix("名称").removesuffix("简称")
    names = {head, *other_heads(sheet), *itertools.chain(*[group for group in synonyms.ALIKE if head in group])}
    return len(head) > 1 and noun in {*names, *[f"样本{name}" for name in names]}


_OF_HEAD = later(rf"(?:其[他余它]|各|所有|全部|剩余|余下)[{THINGS}大]?的?(?P<who>[一-龥]{{2,8}})")


def of_other_head(scene: Scene, sheets: Sequence[Sheet], place: int) -> bool:
    """Whether a clause speaks of the rows of another table by what they are called: 其他档期票房, beside a table by 假期."""
    found = _OF_HEAD.search(scene.words)
    who = found.group("who") if found is not None else ""
    own = sheets[place].head
    heads = {one.head for one in sheets if not one.series and len(one.head) > 1 and who.startswith(one.head)}
    return bool(heads) and bool(own) and not any([is_head(head, sheets[place]) for head in heads])


def sentence_text(scene: Scene) -> str:
    start = sentence_start(scene.text, scene.part.start)
    return scene.text[start : scene.part.end]
