"""What prose calls the rows and columns of a table, besides their names.

In: a name, a measure.  Out: the words for it.  Always: shorter names and usual ones, never a word that is a unit.
"""

from __future__ import annotations

from ...pattern import later
from ..words import synonyms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..words.quantities import Unit
    from .subjects import Measure

LEVEL, CHANGE, FLOW = "level", "change", "flow"
WEEK, MONTH, YEAR, DAY, QUARTER = "周", "月", "年", "日", "季"
UNIT_IN_NAME = later(r"[（(]([^（）()]*)[）)]\s*$")
_LISTED = later(
    r"^(?:(?:其中|其他)[:：]|其中|[#*·—\-]+|[一二三四五六七八九十]+、|\d+[.、](?!\d)|[（(][一二三四五六七八九十\d]+[）)])+"
)
_TENOR = later(r"(?P<n>\d{1,2})(?P<unit>[YyMm]|年期?|个月期?)")
_GRADED = later(r"(?P<what>[一-龥]{2,})[A-Z]{1,4}\d{2,}[A-Z]?")  # 螺纹钢HRB400
_OF_GROWTH = later(r"(?:当月|累计)?(?:同比|环比)(?:增速|增长|增幅)?$")
CURRENCIES = ("美元", "港元", "欧元", "日元", "英镑", "人民币")
_COUNTED = frozenset("辆套台部吨户人件份枚艘架头")
_SUFFIX = later(r"(?:指数|行业|板块|公司|集团|股份|基金|期货|证券|价格)$")
_BRACKETS = later(r"[（(][^（）()]*[）)]")


_CLOSED = str.maketrans("()（）", "〔〕〔〕")


def closed(key: str) -> str:
    """A name with brackets that part no clause: 山海奇缘〔2〕."""
    return key.translate(_CLOSED)


_BLANK = later(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")


def read_as(key: str) -> str:
    """A name as a passage is read: blanks stay between Latin words only, Orion 5.1."""
    return _BLANK.sub("", key)


def untitled(key: str) -> str:
    """A title without its marks: 《远山》."""
    return key[1:-1] if key.startswith("《") and key.endswith("》") else key


def row_names(key: str, extra: dict[str, str]) -> list[str]:
    """A row's name, and the others prose has for it."""
    plain = _LISTED.sub("", _BRACKETS.sub("", untitled(key.replace(" ", "").replace("\u3000", ""))))
    full = closed(untitled(key.replace(" ", "")))
    out = [plain, full] if full != plain else [plain]
    spaced = read_as(key)
    if " " in spaced:
        out += [_LISTED.sub("", _BRACKETS.sub("", spaced)), closed(spaced)]
    for group in synonyms.ROWS:
        if plain in group:
            out += group
    short = shortened(plain)
    if len(short) >= 2 and not short.isdigit() and short not in CURRENCIES:
        out.append(short)
    graded = _GRADED.fullmatch(plain)
    if graded is not None:
        out.append(graded.group("what"))
    tenor = _TENOR.fullmatch(plain)
    if tenor is not None:
        number, unit = tenor.group("n"), "个月" if tenor.group("unit") in ("M", "m", "个月") else "年"
        out += [f"{number}{unit}期", f"{number}{tenor.group('unit')[0].upper()}" if unit == "个月" else f"{number}Y"]
    out += _bonds(plain)
    bare = _OF_GROWTH.sub("", plain)
    if len(bare) >= 2 and bare != plain:
        out.append(bare)
    out += [other for other, name in extra.items() if name.replace(" ", "") in (plain, key.replace(" ", ""))]
    return list(dict.fromkeys(out))


_BOND = later(
    r"(?:(?P<kind>[一-龥]{2,5}|[一-龥]{0,4}A{1,3}[+-]?)-?(?P<n>\d{1,2})(?P<unit>[YyMm]|年期?|个月期?)"
    r"|(?P<n2>\d{1,2})(?P<unit2>[YyMm]|年期?|个月期?)(?P<kind2>[一-龥]{2,5}|[一-龥]{0,4}A{1,3}[+-]?))"
)
_ISSUERS = ("国开", "农发", "口行", "进出口", "地方", "城投", "政金")  # 国开 for 国开债


def _bonds(name: str) -> list[str]:
    """The names of a bond of one tenor: 10年期国开债 for 国开10Y, 3年期AAA级 for AAA3Y."""
    found = _BOND.fullmatch(name)
    if found is None:
        return []
    kind, number = found.group("kind") or found.group("kind2"), found.group("n") or found.group("n2")
    term = "个月" if (found.group("unit") or found.group("unit2"))[0] in "Mm个" else "年"
    kinds = [kind, *([kind + "债"] if kind in _ISSUERS else [kind + "级"] if kind[-1] in "A+-" else [])]
    own = [f"{number}{term}期{one}" for one in kinds] + [f"{one}{number}{term}期" for one in kinds]
    return own + [f"{number}{term}{one}" for one in kinds] + [f"{number}{'M' if term == '个月' else 'Y'}{one}" for one in kinds]


def shortened(name: str) -> str:
    """The name without what kind of thing it is: 电子 for 电子行业."""
    return _SUFFIX.sub("", name)


def akin(one: Measure, other: Measure) -> bool:
    """Whether two columns speak of the same thing: 营业收入 and 营收同比, 国债收益率 and 国债周变动."""
    if one.noun == other.noun or any([one.noun in group and other.noun in group for group in synonyms.COLUMNS]):
        return True
    change, level = (one, other) if one.kind == CHANGE else (other, one)
    if change.kind != CHANGE or level.kind != LEVEL or len(change.noun) < len("国债"):
        return False
    if level.noun.endswith(_YARDSTICKS):
        return False  # 甲混合 of 甲混合收益率 is not 甲混合业绩基准
    return level.noun.startswith(change.noun) or level.noun.endswith(change.noun)


_YARDSTICKS = ("基准", "基准收益率", "基准收益", "基准回报", "基准指数")

_MONEY = r"(?:[东南西北]向|主力|外)资金?|北上资金|南下资金|内资|[沪深陆]股通|[沪深]市港股通|[沪深]港通|港股通|公开市场"
MONEY = later(_MONEY)
_MONEY_OF = later(rf"({_MONEY})净")
_TAIL = later(r"(?:净额|套数|销量|产量|户数|金额|总额|数额|余额|收盘价?|点位|规模|总量|数量|人数|面积|指数|额|量|值|价)$")
_CORES = (
    "成交",
    "收入",
    "利润",
    "销量",
    "产量",
    "出口",
    "进口",
    "就业",
    "价格",
    "收益率",
    "投资",
    "消费",
    "贷款",
    "存款",
    "用电",
)


_SHORT = (
    "利差",
    "价差",
    "分位",
    "息差",
    "余额",
    "占比",
    "份额",
    "单价",
    "均价",
    "费率",
    "仓位",
    "评级",
    "久期",
    "敞口",
    "库存",
    "面积",
    "周期",
    "收入",
    "利润",
    "市值",
    "产能",
)
_JOINS = "期额率量值数价度性级类者款金资债"


_RAISED = later(r"(?:发行|募集)份(?:额|数)")
_TRADED = later(r"(?:沪深京?[两三]市|沪深|[两三]市|全市场|全A|A股|市场)成交(?:金|总)?额")
_HOMES = later(r"(?P<what>新房|一手房|二手房|商品房|商品住宅|新建住宅)(?:成交|销售|网签)")


COUNTED_SO = later(  # 新房环比上涨的城市, of 新房环比上涨城市数
    r"(?P<what>[一-龥]{0,8}(?:上涨|下跌|增长|下降|上升|回落|持平|盈利|亏损))(?P<who>城市|公司|企业|行业|品种|股票|个股|基金|产品|板块)(?:数量?|[家个]数)?"
)


_EACH = later(
    r"(?:平均)?(?P<who>[单每][只家户个支款])(?:平均)?(?P<what>[一-龥]{2,6})(?<=规模|份额|金额|面积|收入|利润|销量|产量)"
)
_OF_EACH = ("", "基金", "产品", "基金的", "产品的", "的")  # 单只基金的平均规模, of 平均单只规模


_NUMBER_OF = later(r"[一-龥]+(?![指次人天倍家户只股系函参总基])[一-龥]数")  # 门店, of 门店数


def _stems(noun: str, unit: Unit | None) -> list[str]:
    """Shorter names: 出口 for 出口金额, 可支配收入 for 居民人均可支配收入, 成交面积 for 新房成交 in 平方米."""
    stem = _TAIL.sub("", noun)
    out = [stem] if len(stem) >= 2 and not stem.isascii() else []
    out += [noun.removeprefix("平均")] if noun.startswith("平均") and len(noun) > 3 else []
    each = _EACH.fullmatch(noun)
    out += [f"{each.group('who')}{of}平均{each.group('what')}" for of in _OF_EACH] if each is not None else []
    out += [noun[-2:]] if len(noun) > 3 and noun[-2:] in _SHORT else []
    out += [
        noun[at:]
        for at in range(1, len(noun) - 2)
        if not noun[at:].isascii() and noun[at - 1] not in "非0123456789" and noun[at] not in _JOINS
        if _CUT.match(noun, at) is None
    ]
    out += [noun[:-1]] if _NUMBER_OF.fullmatch(noun) is not None else []
    out += [noun[:-2] + "基金"] if noun.endswith("只数") and len(noun) > 3 else []  # 新发只数
    home = _HOMES.match(noun)
    out += [home.group("what")] if home is not None else []
    out += ["发行", "募集"] if _RAISED.fullmatch(noun) is not None else []
    out += ["成交"] if _TRADED.fullmatch(noun) is not None else []  # 两市合计成交
    middle = _MIDDLE.fullmatch(noun)
    out += [middle.group("who") + middle.group("what")] if middle is not None else []
    cores = [core for core in _CORES if noun.endswith(core) and noun != core]
    if unit is not None and unit.name in ("平方米", "平米"):
        out += [f"{name}面积" for name in (noun, *cores)]
    return [*out, *cores]


_CUT = later(r"业(?![务绩态主])")  # 业收入, of 营业收入: in 行业收入 it is no name
_MIDDLE = later(  # 冷链物流规模, of 冷链物流市场规模
    r"(?P<who>[一-龥A-Za-z]{2,})(?:市场|行业|产业|业务|领域)的?(?P<what>总?(?:规模|产值|产量|销量|销售额|收入|营收|利润|产能|需求|交易额|成交额|投资|融资))"
)
_RAISED = later(r"(?:发行|募集)(?:总?份额|总?规模|总?金额|总额)")
_SUMMED = later(r"(?:合计|总计|整体)$")


def noun_names(measure: Measure, words: Iterable[str]) -> list[str]:
    """What prose may call a measure by."""
    out = [*words]
    if measure.noun:
        out.append(measure.noun)
        whole = _SUMMED.sub("", measure.noun)
        out += [whole, whole + "资金"] if len(whole) > 1 and whole != measure.noun else []
        for group in synonyms.COLUMNS:
            if measure.noun in group:
                out += group
        if measure.kind == FLOW:
            bare = next((word for word in synonyms.FLOWS if word in measure.noun), measure.noun)
            alike = ("净买入", "净流入") if bare in ("净买入", "净流入") else (bare,)
            out += [measure.noun.replace(bare, synonyms.OPPOSITE[bare])] if bare in synonyms.OPPOSITE else []
            money = _MONEY_OF.match(measure.noun)
            out += [money.group(1), money.group(1).removesuffix("资金")] if money is not None else []
            out += [*alike, *[word for name, word in synonyms.OPPOSITE.items() if any([name in one for one in alike])]]
            out += [measure.noun + "额"]
            out += [one.replace("资金净", "净") for one in (measure.noun, *out) if money is not None and "资金净" in one]
        stems = _stems(measure.noun, measure.unit)
        out += stems
        index = stems[0] if measure.kind == LEVEL and stems else measure.noun if measure.kind == CHANGE else ""
        for group in synonyms.ROWS:  # 沪指, of 上证指数收盘 and of 上证收盘
            if index and any([index + ending in group for ending in ("", "指数", "成指")]):
                out += group
        if measure.kind == LEVEL and _RAISED.fullmatch(measure.noun) is not None:
            out.append("募集")
        if measure.noun[0] == "占" and measure.noun[-1] in "比例":
            out.append(measure.noun.removesuffix("比例").removesuffix("比"))
        if measure.unit is not None and measure.unit.name in _COUNTED and measure.noun[-1] not in "量数额":
            out.append(measure.noun + "量")
        for code, word in (("PE", "市盈率"), ("PB", "市净率")):  # 市盈率分位 for PE分位
            out += [measure.noun.replace(one, other) for one, other in ((code, word), (word, code)) if one in measure.noun]
        if measure.unit is not None and measure.unit.name == "家" and measure.noun[-1] not in "数量":
            out.append(measure.noun + "家数")
    if measure.kind == LEVEL and measure.unit is not None and "元/" in measure.unit.name:
        out.append("单价")
    full = UNIT_IN_NAME.sub("", measure.key.replace(" ", ""))
    if len(full) > 2 or full.isascii():
        out.append(full)
    moved = COUNTED_SO.fullmatch(full)
    out += [f"{moved.group('what')}{of}{moved.group('who')}" for of in ("", "的")] if moved is not None else []
    out += [read_as(UNIT_IN_NAME.sub("", measure.key))] if " " in measure.key.strip() else []  # DDR5 16Gb
    if measure.kind == CHANGE and full[0] in "周月" and len(full) > 2 and full[1] not in "末底初":
        out += ["本" + full, "当" + full]  # 本周收益率 of 周收益率
    return [name for name in dict.fromkeys(out) if name]
