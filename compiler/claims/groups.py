"""Which rows a claim about several is about: a list, or all rows of a table.

In: a clause, a sheet.  Out: row numbers.  Always: a group is all rows only where the words say so (四大指数, 各行业, 主要指数)
and the table has as many.
"""

from __future__ import annotations

from ..pattern import later
from . import synonyms
from .kinds import kind_in, plain
from .quantities import COUNT, THINGS, han_value
from .reading import sentence_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from .book import Book
    from .scene import Scene
    from .subjects import Sheet

NAMELESS = ("名称", "简称", "代码", "标的", "项目", "名字", "证券简称", "证券名称")  # heads that do not say what the rows are
FEW = 3  # rows a table must have for a number alone to mean all of them
TOTAL = later(
    rf"(?P<n>{COUNT})(?:(?P<unit>个|只|家|类|大|支|项|种|款|部|座|场|艘|条|宗)(?P<noun>[一-龥A-Za-z]{{0,12}}?)"
    r"(?:中|里|之中|当中|内|，|合计|共计|总计|平均|均|都|全|集体|悉数|无一|齐|涨|跌|当周|本周|全年|有|(?:\d{4}年)?\d{1,2}月|(?:\d{4}年)?[一二三四]季度|\d{4}年|单月|[当本]月|今年|年内|同比|环比|周[内度]|一周|近|无一|清一色|(?=[一二两三四五六七八九十\d]+[涨跌升降])|$)|(?P<place>[城省市国股券地]))"
)
_GROUP = later(
    rf"主要(?:股)?指数|各(?:[{THINGS}大]|主要)?(?P<noun>[一-龥A-Z]{{1,8}}?)(?:均|都|全|集体|悉数|无一|齐|普|当周|本周|全年)|A股(?:主要)?(?:股指|指数)|主要股指|三大指数|全部(?P<noun2>[一-龥]{{1,4}})|所有(?P<noun3>[一-龥]{{1,4}})|(?P<noun4>[一-龥]{{2,4}})(?=全线|集体|悉数|普[涨跌])|旗下(?P<noun5>产品|基金)|(?:上述|表中|所列|以上)(?:各|这)?[{THINGS}大]?(?P<noun6>[一-龥]{{1,6}}?)(?=均|都|全|无一|集体|悉数|普|齐)"
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
        return list(sheet.own) if number == len(sheet.own) else None
    found = _GROUP.search(words)
    if found is None:
        own = [token for token in scene.of("noun") if any([name.sheet == place for name in token.names])]
        alone = own and not scene.rows and len(sheet.table.rows) >= FEW and sheet.head
        return list(sheet.own) if alone and plain(scene, sheet, scene.part.start, end) else None
    noun = next((one for one in found.groupdict().values() if one), "")
    if noun and not is_head(noun, sheet):
        return None
    if not noun and "指数" not in sheet.head and not any(["指" in sheet.name(row) for row in sheet.own]):
        return None
    if found.group() == "三大指数" and len(sheet.own) != 3:
        return None
    return list(sheet.own)


def counts_rows(total: re.Match[str], scene: Scene, sheet: Sheet, place: int) -> bool:
    """Whether what `TOTAL` found counts things the rows of a table are: by their name, or as many as there are and its column."""
    called = (total.group("noun") or total.group("place") or "").removesuffix("的")
    nouns = scene.of("noun")
    for said in [token for token in scene.tokens if token.kind in ("time", "scope", "amount")]:
        called = called.replace(scene.text[said.start : said.end], "")
    for said in scene.of("base"):  # 八只重仓股的占比较上季
        word = scene.text[said.start : said.end]
        called = called.replace("较" + word, "").replace("比" + word, "")
    for noun in [scene.text[token.start : token.end] for token in nouns]:  # 六只产品规模共计
        called = called.removesuffix(noun).removesuffix("的")
    called = _TAIL.sub("", called)
    if not called or is_head(called, sheet):
        return True
    own = any([name.sheet == place for token in nouns for name in token.names])
    endings = [sheet.name(row)[-2:] for row in sheet.own]
    own = own or (len(set(endings)) == 1 and called.endswith(endings[0]))  # 八只跨境ETF
    own = own or called in ("品种", "标的") or (sheet.head in NAMELESS and called in synonyms.GROUPS)
    return own and han_value(total.group("n")) == len(sheet.own) >= FEW


def counts_others(scene: Scene, book: Book, place: int) -> bool:
    """Whether the things a sentence counts are the rows of another table alone: 八只ETF中规模过千亿元的有五只, beside one of six
    kinds of funds."""
    for found in TOTAL.finditer(sentence_text(scene)):
        if not (found.group("noun") or found.group("place")):
            continue
        fits = [
            at
            for at, sheet in enumerate(book.sheets)
            if not sheet.series and han_value(found.group("n")) == len(sheet.own) and counts_rows(found, scene, sheet, at)
        ]
        if fits and place not in fits and han_value(found.group("n")) != len(book.sheets[place].own):
            return True
    return False


_TAIL = later(r"(?<=[一-龥])的?(?:收益率?|回报率?|涨跌幅|表现)?(?:已经?|也|则|便|目前|现在)*$")  # 十一个行业的年内收益已全部转正


def is_head(noun: str, sheet: Sheet) -> bool:
    """Whether a noun is what the rows of a table are called."""
    noun = noun.removeprefix("主要").removeprefix("大").removeprefix("样本").removeprefix("一级")
    head = sheet.head.removesuffix("名称").removesuffix("简称")
    if not noun or not head:
        return False
    if len(noun) > 1 and sheet.own and all([sheet.name(row).endswith(noun) for row in sheet.own]):
        return True  # 各类ETF
    return noun in head or head in noun or any([head in group and noun in group for group in synonyms.ALIKE])


def sentence_text(scene: Scene) -> str:
    start = sentence_start(scene.text, scene.part.start)
    return scene.text[start : scene.part.end]
