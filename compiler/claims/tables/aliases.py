"""Shorter names prose has for rows: 茅台 and 贵州茅台, 医药 and 医药生物, 家电 and 家用电器, 工行 and 工商银行.

In: the names of a table's rows, and where such a word stands.  Out: the short names, each of one row.  Always: one that is part
of another row's name is none, nor is a word of general meaning; and it counts only where its neighbours show that it is a name.
"""

from __future__ import annotations

import re

from ...pattern import later
from ..words import lexicon, synonyms
from .names import CHANGE, read_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .subjects import Sheet

MOST = 80  # rows of a table whose names are shortened
_HAN = later(r"[一-龥]+")
_WORD = later(r"[一-龥A-Za-z][一-龥A-Za-z0-9]+")
_DASH = later(r"[-—–·]")
_BRACKETS = later(r"[（(]([^（）()]+)[）)]")
_GENERAL = frozenset((
    "中国", "美国", "全球", "国际", "国内", "市场", "科技", "成长", "价值", "增长", "混合", "股票", "债券", "设备",
    "服务", "制造", "工业", "稳健", "精选", "优选", "创新", "主力", "连续", "期货", "现货", "价格", "一年", "金额",
    "年期", "综合", "其他", "合计", "总计", "平均", "指数", "基金", "银行", "证券", "保险", "公司", "行业", "板块",
    "产品", "品种", "消费", "投资", "收益", "资金", "资产", "规模", "贸易", "金融", "能源", "材料", "地产", "技术",
    "生物", "电子", "信息", "大盘", "小盘", "中盘", "主题", "策略", "配置", "回报", "平衡", "灵活", "长期", "短期",
    "中期", "利率", "信用", "同业", "存单", "政策", "上海", "深圳", "北京", "香港", "沪深", "中证", "上证", "深证",
    "国债", "城市", "全国", "地区", "东部", "西部", "新增", "累计", "同比", "环比", "高端", "低端", "整车", "集团",
    "股份", "控股", "有限", "发展", "实业", "华东", "华南", "月度", "季度", "美元", "人民币", "欧元", "日元", "亿元",
    "万元", "货币", "汇率", "离岸", "在岸", "收盘", "开盘", "周度", "红利", "低波", "质量", "动量", "价差", "利差",
))  # fmt: skip
_BEFORE = later(
    r"(?:^|[、，,和与及而但则且较比是为中于：:（(“”仅只由从以除即如有受并或、\d]|不[到足]|达到|相当于|其中|方面|相比|板块|行业|以及|之中|反观|继而|同时|此外|另外|"
    r"当周|本周|全周|周内|年内|今年以来|年初至今|本月|当月|月内|全年|同期|期间|随后|相反|旗下|龙头|个股|"
    r"目前|当前|眼下|如今|截至[上本]周末|\d(?:月份?|日|年)|季度|半年|[年季月周]末|周[一二三四五六日]|"
    r"跑赢|跑输|超过|超越|反超|不及|不如|不敌|胜过|好过|领先|落后|领涨|领跌|当属|其次)$"
)
_AFTER = later(
    r"$|[、，,和与及则也又均都仅以的在（(：:全本当周年月日报收微大小领逆单累近录实出居位排拔垫较比跑强弱低高约同跟同略再仍已今拟至\d+\-]|板块|行业|指数|方面|股份|集团|"
    r"成交|营收|毛利|净利|占比|环比|继续|大幅|小幅|相对|表现|涨|跌|升|降|增|减|回|反|下|上|走|净|稳|连|创|为|获|遭|由|从|达|有|是|发行|到期|两|三|四|[一二]季度|上半年"
)
_NOT_AFTER = later(
    r"价格?|企业|行业协会|政策|需求|供给|投资|消费|订单|项目|市场|公司|类|链|端|品|股|人|率|上游|下游|同业|的?(?:价格|需求|供给|投资|政策)"
)


def stands_free(text: str, at: int, first: int) -> bool:
    """Whether a word at `text[at]` is no end of a longer name, as 银行 in 招商银行."""
    return text[at - 1 : at] in ("的", "大", "各") or _BEFORE.search(text[first:at]) is not None


def aliases(names: Sequence[str], head: str) -> dict[str, int]:
    """The short names, and the row each is of; `head`: what the rows are called."""
    if len(names) > MOST:
        return {}
    plain = [_BRACKETS.sub("", name.replace(" ", "")) for name in names]
    firms, trades = _FIRMS.search(head) is not None, _TRADES.search(head) is not None
    out: dict[str, set[int]] = {}
    for row, name in enumerate(plain):
        bare = {name.removesuffix(head)} - {name, ""} if head else set()
        for part in _DASH.split(name)[1:] if len(_DASH.split(name)) == 2 else ():  # 量化CTA-趋势
            bare |= {part, part + head} if _HAN.fullmatch(part) else set()
        for word in {*_parts(name, firms, trades), *bare, *[found.group(1) for found in _BRACKETS.finditer(names[row])]}:
            out.setdefault(word, set()).add(row)
    whole = {*plain}
    return {
        word: min(rows)
        for word, rows in out.items()
        if len(rows) == 1
        and word not in whole
        and word not in _GENERAL
        and word not in synonyms.GROUPS
        and not any([_STUFF.get(word, word) in other for at, other in enumerate(plain) if at not in rows])
        and _WORD.fullmatch(word) is not None
        and lexicon.FILLER.match(word) is None
        and lexicon.WORDS.search(word) is None
    }


_VENUE = r"(?:COMEX|NYMEX|LME|SHFE|CBOT|ICE|CME|SGX|EIA|INE|DCE|CZCE|[沪伦郑连](?=.$)|伦敦|上海|纽约|国内|现货|期货)*"
_TRADED = r"(?:主力|主连|连续|合约|期货|现货|价格|\d+)*"


_MADE = later(r"(?:主要|核心|旗下)?(?:产品|品牌|应用|模型|大模型|平台|软件|APP|App|车型|机型|药品|游戏)(?:名称?)?")
_ALSO = later(r"(?:股票|证券|公司|基金|产品)?简称|别名|俗称|英文名")
_MAKERS = later(r"公司|企业|厂商|厂家|集团|开发商|车企|药企|机构")


def made(sheet: Sheet) -> dict[str, int]:
    """What each row makes, or else goes by, as another column of words says it: 豆包, of 字节跳动 in a table of 公司 and 产品."""
    out: dict[str, int] = {}
    table = sheet.table
    for at, column in enumerate(table.columns) if table.key >= 0 and not sheet.series else ():
        words = [read_as(row[at].text) for row in table.rows]
        of_maker = _MADE.fullmatch(column.key) is not None and _MAKERS.search(sheet.head) is not None
        if (
            at == table.key
            or column.kind != "text"
            or not (of_maker or _ALSO.fullmatch(column.key))
            or len({*words}) < len(words)
        ):
            continue
        out |= {word: row for row, word in enumerate(words) if _WORD.fullmatch(word) and word not in _GENERAL}
    return out


_PRICE = later(r"价|收盘|结算|报收|最新")


def _priced(sheet: Sheet) -> bool:
    """Whether all a table has of its rows is what they cost: no stocks beside them."""
    sizes = [one for one in sheet.measures if one.minus < 0 and one.kind != CHANGE]
    moves = [one for one in sheet.measures if one.kind == CHANGE and one.noun and _PRICE.search(one.noun) is None]
    per = [one for one in sizes if _PRICE.search(one.key) or (one.unit is not None and "元/" in one.unit.name)]
    return bool(sizes) and len(per) == len(sizes) and not moves


def prices(sheet: Sheet) -> dict[str, int]:
    """铜价, of the one row that is copper; none where another's name has it too (沪铜 and LME铜)."""
    out = {}
    plain = [_BRACKETS.sub("", sheet.name(row).replace(" ", "")) for row in range(len(sheet.table.rows))]
    for word, goods in synonyms.PRICES.items() if _priced(sheet) else ():
        rows = [at for at, name in enumerate(plain) if re.fullmatch(f"{_VENUE}(?:{goods}){_TRADED}", name)]
        if len(rows) == 1 and len([name for name in plain if re.search(goods, name)]) == 1:
            out[word] = rows[0]
    return out


def is_price(text: str, start: int, end: int, first: int) -> bool:
    """Whether 铜价 stands for itself, not in 国际铜价 or 铜价差."""
    return (start == first or stands_free(text, start, first)) and text[end : end + 1] not in tuple("格差值比")


_FIRMS = later(r"公司|股票|证券|银行|个股|标的|企业|品牌|车企|房企|券商|险企|简称")
_TRADES = later(r"行业|板块|申万|赛道")
_MARKET = later(r"(?:COMEX|NYMEX|LME|SHFE|CBOT|ICE|CME|SGX|EIA|INE)(?P<what>[一-龥]{2,6})|(?P<money>[一-龥]{2,4})兑美元")
_STUFF = {"黄金": "金", "白银": "银", "精炼铜": "铜", "电解铜": "铜", "电解铝": "铝"}  # COMEX黄金 is no more 黄金 than 伦敦金现
_CLASS = later(r"(?:混合|股票|债券|指数|灵活配置|偏股|偏债)?(?:发起式?)?[A-EH]?|主力|主连|连续|主力合约|合约")


def _parts(name: str, firms: bool, trades: bool) -> Iterable[str]:
    """The beginning and end of a name that stand for it."""
    size = len(name)
    market = _MARKET.fullmatch(name)
    out = {market.group("what") or market.group("money")} if market is not None else set()
    out |= {name[:cut] for cut in range(2, size) if _CLASS.fullmatch(name, cut) is not None}
    if size == 4 and _HAN.fullmatch(name) is not None and (firms or trades):
        out.add(name[:2])
        if firms:
            out |= {name[2:], *([name[0] + name[3]] if name.endswith("银行") else [])}
        elif name[0] not in "有是在不无一":
            out.add(name[0] + name[2])
    return {word for word in out if not word[:1].isdigit() and not (word.isascii() and len(word) < 3)}


def stands(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether `text[start:end]`, in a clause from `first` to `last`, is used as a name."""
    before, after = text[max(first, start - 6) : start], text[end : min(last, end + 6)]
    return (
        (_BEFORE.search(before) is not None or start == first)
        and _AFTER.match(after) is not None
        and _NOT_AFTER.match(after) is None
    )
