"""Some of a table's rows under one word: 美股 by a column of regions, 贵金属 by what the words mean, ETF by how the names end.

In: a clause, a sheet.  Out: the sets of rows a claim may be about.  Always: none where a word says 中 of a group that is not
known (新势力中), so that nothing is held against it.
"""

from __future__ import annotations

import re

from ...pattern import later
from ..tables.subjects import LEVEL
from ..words import synonyms
from ..words.lexicon import EVERY
from ..words.quantities import AREAS, COUNT, THINGS, han_value
from ..words.reading import sentence_start
from .excepted import left_out_of
from .groups import NAMELESS, TOTAL, group_of, is_head, listed, sentence_text
from .kinds import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Scene
    from ..tables.subjects import Sheet

MANY = 60  # rows of a table whose names are not taken apart any more
_JOIN = r"(?:[、和与及]|以及)"
_AFTER = (
    r"(?:评级|等级|类型|级别|市场|股市|方面|板块|品种|产品|资产|类|行业|价格|指数)*"
    rf"(?:的?(?P<n>{COUNT})[{THINGS}{AREAS}大](?:主要)?[一-龥]{{0,4}}?)?"
)
_SURE = (
    r"(?:中|里|之中|当中|均|都|全部|全线|悉数|齐|集体|普|无一|各|方面|市场|板块|[，：]|本周|当周"
    rf"|{COUNT}[{THINGS}{AREAS}大]|$)"
)
_WITHIN = later(r"(?:^|[，：]|在|从|而|且|但|为|是|居)(?P<q>[一-龥A-Za-z0-9]{2,14}?)(?:之中|当中|中|里)(?=[，：]|$|[一-龥·])")
_PLAIN = later(
    rf"(?:上表|下表|本表|图中|表中|其中|为|是|本周|当周|今年|年内|全年|上述|这|在|主要|全部|所有|各|有[一-龥]{{0,6}}的|披露[一-龥]{{0,6}}的|(?P<n>{COUNT})|个|只|家|类|大|支|项|种|座|款|部|场|艘|的|\d|月|年|周|季度)*"
)
_NUMBERED = later(rf"(?P<n>{COUNT})[{THINGS}大](?P<rest>[^，；。：中里]{{0,8}})$")
_LOOSE = "，：、；（）的在从对而且但各个只类家支项种座大款中里周月年日内外看与和及要部球是为·"
_GENERAL = (
    "指数",
    "基金",
    "公司",
    "股份",
    "集团",
    "价格",
    "行业",
    "板块",
    "汽车",
    "期货",
    "证券",
    "科技",
    "国际",
    "投资",
    "收益",
    "利率",
)
_NOT_IN = (
    "集中",
    "其中",
    "盘中",
    "适中",
    "居中",
    "年中",
    "心中",
    "手中",
    "途中",
    "期中",
    "高中",
    "空中",
    "国中",
    "从中",
    "表中",
    "图中",
)


def words_of(sheet: Sheet) -> dict[str, tuple[int, ...]]:
    """The words that mean several rows of a table, but not all."""
    count = len(sheet.table.rows)
    if count > MANY or sheet.series or sheet.table.key < 0:
        return {}
    out: dict[str, set[int]] = {}
    for at, column in enumerate(sheet.table.columns):
        if column.kind != "text" or at == sheet.table.key:
            continue
        for row in range(count):
            value = sheet.table.rows[row][at].value
            if isinstance(value, str) and 2 <= len(value) <= 8:
                for name in _said(value):
                    out.setdefault(name, set()).add(row)
    for word, members in _subtotals(sheet).items():
        out.setdefault(word, set()).update(members)
    names = [sheet.name(row).replace(" ", "") for row in range(count)]
    for kind, parts in synonyms.KINDS.items():
        rows = {row for row, name in enumerate(names) if any([part in name for part in parts])}
        if len(rows) > 1:
            for word in kind:
                out.setdefault(word, rows)
    for word, sets in synonyms.SECTORS.items():
        if len(sets) == 1 and {*sets[0]} <= {*names}:
            out.setdefault(word, {names.index(name) for name in sets[0]})
    for word in {name[-size:] for name in names for size in range(2, len(name))}:
        if word not in out and not word[0].isdigit() and word not in _GENERAL and not is_head(word, sheet):
            out[word] = {row for row, name in enumerate(names) if name.endswith(word)}
    return {word: tuple(sorted(rows)) for word, rows in out.items() if 1 < len(rows) < count and word not in names}


def _subtotals(sheet: Sheet) -> dict[str, tuple[int, ...]]:
    """The rows above a row of their sum: 一线 of 一线合计, where a column of amounts adds up."""
    out: dict[str, tuple[int, ...]] = {}
    first = 0
    for row in range(len(sheet.table.rows)):
        found = _SUM_OF.fullmatch(sheet.name(row).replace(" ", ""))
        if found is None:
            continue
        rows = tuple(range(first, row))
        first = row + 1
        levels = [one for one in sheet.measures if one.kind == LEVEL and one.minus < 0]
        sums = [[sheet.value(at, one) for at in (*rows, row)] for one in levels]
        adds = [one for one in sums if None not in one and sum(one[:-1]) == one[-1]]  # type: ignore[arg-type]
        if adds and len(rows) > 1:
            out |= {name: rows for name in (found.group("of"), found.group("of") + "城市") if len(name) > 1}
    return out


_ACCOUNTS = later(r"营业|营收|利润|净利|毛利|费用|市值|市盈|市净|收盘|价格|[涨跌]幅?|规模|占比|同比|环比")  # that all firms have


def sectors(sheets: Sequence[Sheet]) -> dict[int, tuple[str, ...]]:
    """What the table of a whole trade by time may be called, by the one table of its firms that counts what no other table does:
    券商, of a table by quarter beside one with a head 券商 that has its 经纪业务收入, too; 快递, as its firms' names end."""
    out = {}
    for at, sheet in enumerate(sheets):
        alike = [one for one in sheets if sheet.series and not one.series and _is_whole(sheet, one)]
        firms = alike[0] if len(alike) == 1 else None
        if firms is not None:
            nouns = [one.noun for one in sheet.measures]
            many = [word for word, rows in words_of(firms).items() if 2 * len(rows) > len(firms.own)]
            heads = [] if firms.head in (*synonyms.GROUPS, *_GENERAL) or len(firms.head) < 2 else [firms.head]
            out[at] = tuple([word for word in (*heads, *many) if not any([word in noun for noun in nouns])])
    return out


def _is_whole(sheet: Sheet, firms: Sheet) -> bool:
    """Whether a table by time has of one thing, which not all firms have, more at any time than any of the firms."""
    for one in [each for each in sheet.measures if each.noun and each.kind == LEVEL and not _ACCOUNTS.search(each.noun)]:
        same = [each for each in firms.measures if (each.noun, each.kind, each.unit) == (one.noun, one.kind, one.unit)]
        sizes = [[value for row in firms.own if (value := firms.value(row, each)) is not None] for each in same]
        whole = [value for row in range(len(sheet.times)) if (value := sheet.value(row, one)) is not None]
        if len(sizes) == 1 and sizes[0] and whole and min(whole) > max(sizes[0]):
            return True
    return False


_SUM_OF = later(r"(?P<of>[一-龥]{2,6})(?:合计|小计)")


def _said(value: str) -> list[str]:
    """A value of a column, and what else it is called: 美国, 美股."""
    out = [value]
    out += [name for begun, names in _FUNDS.items() if value.removesuffix("基金").removesuffix("型") == begun for name in names]
    bare = value.removesuffix("国").removesuffix("洲").removesuffix("市场")
    if bare and bare != value:
        out += [bare + "股", value + "市场"] if len(bare) == 1 else [bare]
    return out


_FUNDS = {"债券": ("债基", "债券基金"), "货币": ("货基", "货币基金"), "股票": ("股基", "股票基金"), "混合": ("混基", "混合基金")}


def domains(scene: Scene, sheet: Sheet, end: int) -> list[tuple[int, ...]]:
    """The sets of rows a claim that ends at `end` may be about: the last group its sentence has named before, or all rows."""
    start = sentence_start(scene.text, scene.part.start)
    text = _blank(scene, start, end)
    out = left_out_of(scene, sheet, end)
    if out is None:
        return []  # 除三家头部公司外
    alike = _counted_names(text, sheet) or counted_sector(text, sheet)
    if alike:
        return [alike]
    whole = tuple([row for row in sheet.own if row not in out])
    groups = words_of(sheet)
    found = None
    if groups:
        some = "|".join([re.escape(word) for word in sorted(groups, key=_longest)])
        pattern = re.compile(rf"(?P<w>(?:{some})(?:{_JOIN}(?:{some}))*){_AFTER}(?P<sure>(?={_SURE}))?")
        found = max(pattern.finditer(text), key=_end, default=None)
    if found is not None and found.end() <= scene.part.start - start and _all_counted(scene, sheet, end):
        found = None  # 贵金属走势分化，九个品种三涨六跌
    if found is not None:
        rows: set[int] = set()
        for word in re.findall(some, found.group("w")):
            rows |= set(groups[word])
        number = found.group("n")
        before = _NUMBERED.search(text, 0, found.start())
        counted = han_value(before.group("n")) if before is not None and not before.group("rest") else None
        if counted == len(sheet.own) != len(rows) and 2 * len(rows) > len(sheet.own):
            return [whole]  # 六家快递公司里, of six firms the names of four of which end so
        if (number and han_value(number) != len(rows)) or (before is not None and han_value(before.group("n")) != len(rows)):
            said = number or (before.group("n") if before is not None else "")
            return [whole] if sheet.head in NAMELESS and han_value(said) == len(sheet.own) else []  # 六项收入中
        every = _EVERY_TERM.search(text, 0, found.start()) is not None
        if found.start() and text[found.start() - 1] not in _LOOSE and not every:
            return []  # 红利ETF, where ETF is known
        some_rows = tuple(sorted(rows & set(whole)))
        return [some_rows] if found.group("sure") is not None or number or before is not None or every else [some_rows, whole]
    return [] if _unknown(text, sheet) else [whole]


def listed_before(sentence: Sequence[Scene], place: int) -> tuple[int, ...]:
    """The rows a clause lists that the next goes on from with 其中: A、B 与 C 集体上涨，其中 C 涨 1.12%，涨幅最大."""
    for lead, scene in zip(sentence[-2::-1], sentence[:0:-1]):
        rows = [row for token in lead.of("row") for name in token.names if name.sheet == place for row in name.places]
        if scene.words.startswith("其中"):
            return tuple(rows) if len(rows) > 1 else ()
    return ()


def _all_counted(scene: Scene, sheet: Sheet, end: int) -> bool:
    """Whether a clause counts all rows of a table before `end`, by what they are called."""
    counted = [one for one in TOTAL.finditer(scene.text, scene.part.start, end) if one.group("noun")]
    return any([han_value(one.group("n")) == len(sheet.own) and is_head(one.group("noun"), sheet) for one in counted])


_COUNTED_NAMES = later(rf"(?P<n>{COUNT})[{THINGS}大](?P<w>[一-龥A-Za-z0-9]{{4,12}})")
_SHORTEST = 4  # letters of a name's beginning that say which are meant


def _counted_names(text: str, sheet: Sheet) -> tuple[int, ...]:
    """The rows whose names begin with what is counted, where they are as many as is said: 三只沪深300ETF."""
    names = [sheet.name(row).replace(" ", "") for row in range(len(sheet.table.rows))]
    for found in _COUNTED_NAMES.finditer(text) if not sheet.series and len(names) <= MANY else ():
        word, number = found.group("w"), han_value(found.group("n"))
        for size in range(len(word), _SHORTEST - 1, -1):
            rows = tuple([row for row, name in enumerate(names) if name.startswith(word[:size]) and name != word[:size]])
            if rows:
                if 1 < len(rows) < len(sheet.own) and number == len(rows):
                    return rows
                break
    return ()


_SECTOR = later(
    rf"(?P<w>{'|'.join(synonyms.SECTORS)})(?:板块|行业|产业|概念|方向|领域)?(?:的|等|内的?|中的?|旗下)?(?:这)?(?P<n>{COUNT})[个大](?:申万|一级|子)*(?:行业|板块)"
)


def counted_sector(text: str, sheet: Sheet) -> tuple[int, ...]:
    """The trades under one word, where a table has as many of them as is said: 大金融三个行业."""
    for found in _SECTOR.finditer(text) if not sheet.series and len(sheet.table.rows) <= MANY else ():
        names = {sheet.name(row).replace(" ", ""): row for row in sheet.own}
        number = han_value(found.group("n"))
        sets = [one for one in synonyms.SECTORS[found.group("w")] if len(one) == number and {*one} <= {*names}]
        if len(sets) == 1:
            return tuple(sorted([names[name] for name in sets[0]]))
    return ()


_EVERY_TERM = later(r"(?:各|全部|所有|不同|主要|关键|长短)(?:个|大|类|主要|关键)?(?:期限|等级|品种|档|久期)的?$")


def _end(found: re.Match[str]) -> int:
    return found.end()


def _longest(word: str) -> int:
    return -len(word)


def _blank(scene: Scene, start: int, end: int) -> str:
    """The sentence up to there, without the names of rows."""
    out = list(scene.text[start:end])
    for token in (*scene.rows, *scene.nouns, *scene.past, *scene.tokens):
        if token.kind in ("row", "noun") and start <= token.start < end:
            for at in range(token.start, min(token.end, end)):
                out[at - start] = "·"
    return "".join(out)


_QUALIFIED = later(
    rf"(?:(?P<n>{COUNT})[{THINGS}大])?"
    r"(?:头部|大型|中型|小型|中小型?|龙头|国有|民营|股份制|外资|合资|一线|新一线|二线|三线|老牌|新兴|部分|少数|个别|南方|北方|东部|西部|中部"
    r"|国产|自主|海外|境外|传统|新锐|腰部|尾部|成熟|新上市|次新)(?P<who>[一-龥]{2})"
)
_SOME_OF_ALL = later(
    rf"(?<![第前的])(?P<n>{COUNT})[{THINGS}大](?P<who>[一-龥]{{2,6}}?)(?:本周|当周|全周|周内|本月|今年|年内|今年以来)?(?:{EVERY}|合计|共计|平均|普遍|之中|当中|[中里内])"
)
_ON_A_SIDE = later(
    r"(?:(?:为|是|呈|录得|取得|实现|获)(?:了)?[正负](?:收益|回报|增长|数|值)?|正[收回增][益报长]|负[收回增][益报长]|盈利|亏损|为(?:净流[入出]|净[买卖][入出]))的"
    rf"(?:这)?(?:{COUNT}[{THINGS}{AREAS}大])?[一-龥]{{0,6}}?(?:之中|当中|中|里)"
)
_TRADES = later(
    r"(?:大消费|大金融|大周期|顺周期|强周期|周期|大科技|科技|成长|价值|消费|可选消费|必选消费|防御|红利|制造|高端制造|[上中下]游|资源|新能源|地产链|大基建|基建|中特估)"
    r"(?:板块|行业|类|链|方向|股|领域)"
)
_SOME = later(rf"(?:共|共有|有|仅|仅有|只有|计)(?P<n>{COUNT})[{THINGS}{AREAS}][一-龥]{{0,4}}，")


def _unknown(text: str, sheet: Sheet) -> bool:
    """Whether the words say 中 of a group that is not known, or count fewer than all: 小长假共三个，…."""
    qualified = _QUALIFIED.search(text)
    if qualified is not None and is_head(qualified.group("who"), sheet):
        number = qualified.group("n")
        if not number or han_value(number) != len(sheet.own):
            return True  # 头部券商中, not 表中十个海外指数
    part = _SOME_OF_ALL.search(text)
    if part is not None and han_value(part.group("n")) not in (None, len(sheet.own)) and is_head(part.group("who"), sheet):
        return True  # 周期五个行业全部收跌，其中…
    if _ON_A_SIDE.search(text) is not None:
        return True  # 回报为正的五只产品中
    if _TRADES.search(text) is not None and is_head("行业", sheet):
        return True  # 大消费板块集体收跌，其中…
    some = _SOME.search(text)
    if some is not None and han_value(some.group("n")) not in (None, len(sheet.own)):
        return True
    for found in _WITHIN.finditer(text):
        group = _SIZE_IN.sub("", found.group("q"))
        if any([(group + "中").endswith(word) for word in _NOT_IN]):
            continue
        plain = _PLAIN.match(group)
        rest = group[plain.end() :] if plain is not None else group
        number = plain.group("n") if plain is not None else None
        if number and han_value(number) == len(sheet.own):
            continue
        if number and not _fewer(number, group, sheet):
            return True
        if rest and not is_head(rest.removesuffix("的"), sheet) and not _column(rest, sheet):
            return True
    return False


_SIZE_IN = later(  # 规模在五城中垫底, 增速在七家中居首
    r"^(?:其|总|同比|环比)?(?:规模|金额|数量|体量|总量|总额|份额|数额|水平|增速|增长率|[涨跌升降增减]幅|涨跌幅|收益率?|回报率?|业绩|表现|排名|涨势|跌势)"
    r"(?:[也仍则均])?在"
)


def _fewer(number: str, group: str, sheet: Sheet) -> bool:
    """Whether so many rows are those that have a number in some column: 有业绩数据的六只产品."""
    counts = {len([1 for row in sheet.own if sheet.value(row, one) is not None]) for one in sheet.measures}
    return ("有" in group or "披露" in group) and han_value(number) in counts


def _column(words: str, sheet: Sheet) -> bool:
    """Whether the words end in a column's name: 非货规模增长的管理人."""
    return any([one.noun and one.noun in words for one in sheet.measures])


_REST = later(rf"(?:其余|其他|其它|剩余|剩下|余下|另外)的?(?P<n>{COUNT})?[{THINGS}{AREAS}]?")


def says_rest(scene: Scene, end: int) -> bool:
    """Whether a clause speaks of the rows that are left: 其余五城."""
    return _REST.search(scene.text, scene.part.start, end) is not None


def rest_of(scene: Scene, sheet: Sheet, place: int, end: int, sentence: Sequence[Scene]) -> list[int]:
    """The rows its sentence has not named, where they are as many as it says; empty where that is not clear."""
    found = _REST.search(scene.text, scene.part.start, end)
    if found is None:
        return []
    start = sentence_start(scene.text, scene.part.start)
    tokens = [token for one in sentence if one.part.start >= start for token in one.of("row") if token.end <= found.start()]
    named = {row for token in tokens for name in token.names if name.sheet == place for row in name.places}
    rest = [row for row in sheet.own if row not in named]
    return rest if named and found.group("n") and han_value(found.group("n")) == len(rest) else []


def rows_of(sets: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The one set there is, else none."""
    return sets[0] if len(sets) == 1 else ()


def left_out(scene: Scene, sheet: Sheet, end: int, sentence: Sequence[Scene]) -> int:
    """How many rows 其余七部 leaves out, where its sentence names none of any table; 0 where that is not clear."""
    found = _REST.search(scene.text, scene.part.start, end)
    number = han_value(found.group("n")) if found is not None and found.group("n") else None
    if number is None or any([token for one in sentence for token in one.of("row")]) or not scene.of("noun"):
        return 0
    out = len(sheet.own) - int(number)
    return out if 0 < out <= number else 0


_THESE = later(rf"(?:^|[，而且但])这(?P<n>{COUNT})[{THINGS}大]")


def group_rows(scene: Scene, sheet: Sheet, place: int, end: int, sentence: Sequence[Scene]) -> list[int] | None:
    """The rows of which it is said: a list, some under one word, the rest, or all."""
    if says_rest(scene, end):
        return rest_of(scene, sheet, place, end, sentence) or None
    these = _THESE.search(scene.text, scene.part.start, end)
    if these is not None and not listed(scene, place, end):  # 这两类上周均为净流入
        back = [row for token in scene.past for name in token.names if name.sheet == place for row in name.places]
        return back if len(back) == han_value(these.group("n")) else None
    rows = group_of(scene, sheet, sentence_text(scene), place, end)
    if listed(scene, place, end):
        return rows
    out = left_out_of(scene, sheet, end)
    if out is None:
        return None
    if out:
        return [row for row in rows or sheet.own if row not in out]
    sets = domains(scene, sheet, end)
    if len(sets) > 1:
        return rows
    some = rows_of(sets)
    if len(some) < len(sheet.own):
        own = scene.text[scene.part.start : end]
        here = (
            any([word in own for word in words_of(sheet)])
            or _counted_names(own, sheet)
            or counted_sector(own, sheet)
            or plain(scene, sheet, scene.part.start, end)
        )
        return list(some) or None if here else None  # 上涨的均为美股指数，欧洲市场普遍收低
    return rows
