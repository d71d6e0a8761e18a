"""Headings read as the words prose has for them: pe_ttm as 市盈率, netInflow as 净流入, 名称 of a table of indices as 指数.

In: a table of data, the length of the note's period.  Out: the same with names of columns in Chinese, and what they were.
Always: an English heading is read whole or not at all; what its column holds (a share, an amount) decides between two meanings;
a column whose name another has already keeps its own.  Source: field names of vendors and house sheets as seen by 2026.
"""

from __future__ import annotations

from decimal import Decimal

from ...pattern import later
from ..meant.groups import NAMELESS
from .names import MONEY, UNIT_IN_NAME
from .subjects import TOTALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...data.model import DataColumn, DataTable

_CAMEL = later(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d+[a-z]+$)")
_PARTS = later(r"[_\-\s./%]+")
# Each line: what prose says, and the headings that mean it.
_HEADS = """
名称 name sec_name s_name secname item_name full_name
指数 index indices index_name
行业 sector industry sector_name industry_name
基金 fund fund_name
产品 product
个股 stock stock_name
证券 security
市场 market
国家 country
债券 bond
商品 commodity
风格 style
日期 date day trade_date
周 week
月份 month
季度 quarter
年份 year
期限 tenor term maturity
地区 region
省份 province
城市 city
公司 company firm company_name corp issuer
银行 bank
类型 category type class
货币 currency
货币对 pair fx forex currency_pair
代码 code symbol ticker wind_code sec_code stock_code fund_code
品牌 brand
车型 model
游戏 game
影片 film movie
品种 item metal future futures variety
指标 indicator
ETF etf
基金经理 manager
时间 period
资产 asset
合约 contract
简称 short_name sec_name
"""
_TIMES = """
周 week wk w 1w weekly wtd 5d 7d
本周 this_week
月 month mth m monthly
本月 this_month mtd
近一月 1m
年初至今 ytd year_to_date
全年 year annual yearly full_year
近一年 1y 12m
近两年 2y
近三年 3y
近五年 5y
近十年 10y
近三月 3m
近六月 6m
本季 qtd
日 day d daily 1d
成立以来 since_inception si inception since_launch
累计 cum cumulative acc
本期 now current curr cur this
最新 latest
"""
_PAST = """
- prev previous prior pre
上周 last_week prev_week lw last_wk prev_wk
上月 last_month prev_month lm
去年 last_year prev_year ly
去年同期 year_ago
上季度 last_quarter prev_quarter last_q
"""
# `-`: the time before, which the note's period tells
_THINGS = """
新能源车 nev ev
渗透率 penetration pen_rate
动力电池装车量 battery batt batt_gwh battery_gwh battery_install
逆回购投放量 omo omo_amt reverse_repo repo_amt
逆回购到期量 omo_due repo_due due
公开市场净投放 omo_net net_injection injection
主力净流入 main
份额变动 unit_chg share_chg units_chg
贡献 contrib contribution ctr
国开债收益率 cdb_yield cdb
国债收益率 cgb_yield cgb treasury treasury_yield
上季末规模 last_q_aum
资产负债率 leverage
收盘 close closing cls last
收盘价 close_price closing_price px px_last last_px last_price
价格 price
结算价 settle settlement
点位 point points level
开盘价 open
最高价 high
最低价 low
均价 avg_price
单价 unit_price
成交额 amount amt turnover_value trading_value value_traded
换手率 turnover_rate to_rate
成交量 vol volume trading_volume
市盈率 pe pe_ttm ttm_pe pettm
市净率 pb pb_lf
市销率 ps ps_ttm
ROE roe
ROA roa
股息率 div dy dividend dividend_yield div_yield
市值 mv cap mcap mkt_cap market_cap market_value mkt_val
总市值 total_mv
流通市值 float_mv
规模 size aum scale
净值 nav
单位净值 unit_nav
累计净值 acc_nav
份额 shares units
占比 share proportion mix ratio
权重 weight wt
排名 rank ranking
净流入 net net_flow netflow flow net_inflow inflow net_in fund_flow
主力净流入 main_inflow main_net_inflow main_flow main_net
净买入 net_buy netbuy net_bought net_purchase
净申购 net_subscription net_sub
北向资金净流入 north northbound nb north_net northbound_net northbound_flow north_flow north_inflow northbound_net_inflow
北向资金净流入 north_net_inflow northbound_inflow
北向资金净买入 north_net_buy northbound_net_buy
南向资金净流入 south southbound south_net southbound_net southbound_flow
南向资金净买入 southbound_net_buy south_net_buy
两融余额 margin_balance margin_bal
融资余额 financing financing_balance
融资净买入 net_margin
持股市值 holding holdings holding_value hold_mv
余额 balance bal
营业收入 revenue rev income oper_rev op_rev operating_revenue total_rev
营业利润 oper_profit op_profit operating_profit
归母净利润 np_parent parent_np np_attr netprofit_parent net_profit_parent attr_np
扣非净利润 np_deducted deducted_np np_dedt adj_np
销量 sales
净利润 profit net_profit np net_income earnings
毛利率 gm gpm gross_margin gross_profit_margin grossmargin
净利率 net_margin_rate npm net_profit_margin
营业利润率 opm
EPS eps
研发费用 rd rnd r&d
现金 cash
资本开支 capex
净息差 nim
不良率 npl npl_ratio
拨备覆盖率 provision coverage
溢价率 premium
折价率 discount
转股溢价率 conv_premium
最大回撤 mdd max_drawdown maxdd drawdown max_dd dd
夏普比率 sharpe
波动率 volatility
久期 duration
利差 spread
到期收益率 yield yld ytm
票面利率 coupon
利率 interest_rate rate
政策利率 policy_rate
业绩基准 benchmark bench bm
超额收益 excess alpha
费率 fee
发行规模 issue issuance issued
募集规模 raised
新基金发行规模 new_fund
到期额 matured maturing
净融资 net_financing
数量 count num number n
只数 funds
库存 inventory inv stock stocks
产量 output production prod
产能 capacity
产能利用率 utilization
持仓量 oi open_interest
基差 basis
交付量 deliveries delivery delivered
出口 exports export
进口 imports import
贸易差额 trade_balance
贸易顺差 surplus
社零 retail retail_sales
固定资产投资 fai
工业增加值 ip iva industrial
失业率 unemployment jobless
新增贷款 loans new_loans
社融增量 tsf
CPI cpi
PPI ppi
PMI pmi
GDP gdp
M1 m1
M2 m2
核心CPI core_cpi
LPR lpr
非制造业PMI non_mfg_pmi nonmfg_pmi non_manufacturing
服务业PMI services_pmi
制造业PMI mfg_pmi manufacturing_pmi
财新PMI caixin_pmi
新订单 new_orders
票房 box_office gross
观影人次 admissions
客流 passengers visitors
面积 area
成交面积 sold_area sales_area
成交套数 units_sold
保费收入 premium_income
实际值 actual
预期 forecast consensus expected est
目标 target
上涨家数 advancers up rising
下跌家数 decliners down falling
涨停家数 limit_up
跌停家数 limit_down
仓位 position pos
股票仓位 equity_position
得分 score
下载量 downloads
用户数 users
日活 dau
月活 mau
版号数量 approvals approved licenses
用电负荷 load
上证指数 sh sse shcomp sh_index
深证成指 szcomp szse sz
创业板指 chinext cyb
沪深300 hs300 csi300
中证500 csi500
中证1000 csi1000
上证50 sse50
科创50 star50 kc50
北证50 bse50
恒生指数 hsi
恒生科技 hstech
标普500 spx sp500
纳斯达克 ndx nasdaq
道琼斯 dji djia dow
日经225 nikkei
黄金 gold
白银 silver
布伦特原油 brent
WTI原油 wti
铜 copper
美元兑人民币 usdcny
美元指数 dxy
债券指数 bond_index
成本 cost
名称 name
代码 code
单位 unit
经营现金流 cash_flow ocf
资产负债率 debt_ratio
总资产 assets total_assets
净资产 equity
申购 purchase subscription
赎回 redemption
"""
# Where the column holds shares, and where it does not.
_EITHER = {
    "turnover": ("换手率", "成交额"),
    "vol": ("波动率", "成交量"),
    "margin": ("利润率", "两融余额"),
    "share": ("占比", "份额"),
    "shares": ("占比", "份额"),
}
_CHANGES = frozenset(
    [
        "chg",
        "change",
        "changes",
        "chng",
        "ret",
        "return",
        "returns",
        "perf",
        "performance",
        "pnl",
        "gain",
        "move",
        "delta",
        "diff",
        "pctchg",
        "rtn",
    ]
)
_BASES = {"yoy": "同比", "y_y": "同比", "qoq": "环比", "mom": "环比", "wow": "环比", "growth": "同比增速", "gr": "同比增速"}
_PLACES = frozenset(["percentile", "pctile", "quantile", "pctl", "ptile"])
_PRICES = ("收盘", "收盘价", "价格", "点位", "净值", "单位净值")
_NOTHING = frozenset(
    ["pct", "percent", "perc", "value", "val", "total", "cny", "rmb", "usd", "bn", "yi", "bp", "bps", "of", "the", "in"]
)
_LONGEST = 4  # parts of one word: north_net_buy
_WEEK, _MONTH = 10, 35  # days of a period, at most
_lists: dict[str, dict[str, str]] = {}


class _Parts:
    """What the words of a heading come to."""

    def __init__(self) -> None:
        self.when = self.past = self.thing = self.basis = self.place = ""
        self.moved = False


_OF_TIME = ("日期", "周", "月份", "季度", "年份", "时间")
_ROWS = (
    (later(r"指数?$|沪深|中证|上证|科创|恒生|标普|纳斯达克|道琼斯|日经"), "指数"),
    (later(r"ETF|混合|债券?[ABC]|基金|增强|优选|联接"), "基金"),
    (later(r"兑"), "货币对"),
    (later(r"银行$|[工农中建交招]行$"), "银行"),
)
_ABBREVIATED = later(r"(?:dr|r|gc|fr|fdr|shibor|lpr|m)\d{1,3}[dmy]?")
_SHORT_MONEY = later(r"(?:[东南西北]向|主力)净[买流申]")
_WHOLE_MONEY = later(r"[东南西北]向(?:资金)?(?:合计|总计|整体)?")


def in_chinese(table: DataTable, days: int) -> tuple[DataTable, dict[str, str]]:
    """The table with its headings as prose says them, and what each was.  `days`: of the note's period, 0 without one."""
    prior = "上周" if 0 < days <= _WEEK else "上月" if 0 < days <= _MONTH else "上期"
    known = {column.key for column in table.columns}
    made: list[DataColumn] = []
    was: dict[str, str] = {}
    flows = any(
        [
            "净" in column.key or (MONEY.fullmatch(column.key) and _below(_values(table, at)))
            for at, column in enumerate(table.columns)
        ]
    )
    signed = {one.unit for at, one in enumerate(table.columns) if MONEY.fullmatch(one.key) and _below(_values(table, at))}
    for at, column in enumerate(table.columns):
        word = _listed(_HEADS).get("_".join(_split(column.key)), "") if at == table.key or column.kind == "text" else ""
        values = _values(table, at)
        if at == table.key:
            word = (_called(table) or word) if (word or column.key) in NAMELESS else word
        elif not word and flows and MONEY.fullmatch(column.key) and "%" not in column.unit:
            word = column.key + "净流入"
        elif not word and flows and _WHOLE_MONEY.fullmatch(column.key) and (_below(values) or column.unit in signed - {"%"}):
            word = column.key[:2] + "资金净流入"  # 北向合计 and 南向合计, beside 沪股通
        elif not word and flows and column.key in TOTALS and "%" not in column.unit and _below(values):
            word = _together(table)  # 合计, of 沪股通 and 深股通
        elif not word and _SHORT_MONEY.match(column.key):
            word = column.key[:2] + "资金" + column.key[2:]  # 北向净买入
        elif not word and _ABBREVIATED.fullmatch(column.key) and values:
            word = column.key.upper()  # dr007
        elif not word:
            word = _read(column, values, prior, made[-1].key if made else "")
        if not word or word in known or word in was:
            made.append(column)
            continue
        was[word] = column.key
        made.append(column.replace(key=word))
    return (table.replace(columns=tuple(made)), was) if was else (table, was)


_ALSO = {
    "资本开支": ("资本支出", "资本性支出", "资本性开支"),
    "营业收入": ("营收", "收入"),
    "归母净利润": ("净利润",),
}


_SAYS_MORE = later(r"净|排名|目标|预期|变动|[上下跌涨]")  # which way it goes, or that it is to come


def titled(tables: Sequence[DataTable]) -> str:
    """A pattern of what tables count whose ids alone say so, as `capex` of columns that are firms; "" where there is none."""
    keys = [column.key for table in tables for column in table.columns]
    keys += [row[table.key].text for table in tables if table.key >= 0 for row in table.rows]
    words: list[str] = []
    for table in tables:
        units = {column.unit for at, column in enumerate(table.columns) if at != table.key and column.kind != "text"}
        word = _listed(_THINGS).get("_".join(_split(table.id)), "") if len(units) == 1 and "" not in units else ""
        both = [word, *_ALSO.get(word, ())] if word and _SAYS_MORE.search(word) is None else []
        words += [one for one in both if not any([one in key for key in keys])]
    return "|".join(words)


def _together(table: DataTable) -> str:
    """What the sum of the flows of several kinds of money is called, "" where nobody says: 北向资金净流入."""
    money = [column.key for column in table.columns if MONEY.fullmatch(column.key)]
    if set(money) == {"沪股通", "深股通"}:
        return "北向资金净流入"
    return "南向资金净流入" if len(money) > 1 and all([key.startswith("港股通") for key in money]) else ""


def _called(table: DataTable) -> str:
    """What the rows of a table are that calls them 名称: what its id says, else what most of their names show."""
    heads = _listed(_HEADS)
    for part in _split(table.id)[::-1]:
        singular = part[:-3] + "y" if part.endswith("ies") else part.removesuffix("s")
        word = heads.get(part) or heads.get(singular, "")
        if word and word not in _OF_TIME:
            return word
    names = [row[table.key].text for row in table.rows]
    return next((word for pattern, word in _ROWS if len([1 for name in names if pattern.search(name)]) * 2 > len(names)), "")


def _values(table: DataTable, at: int) -> list[object]:
    return [] if table.columns[at].kind in ("text", "date") else [row[at].value for row in table.rows]


def _below(values: Sequence[object]) -> bool:
    return any([isinstance(value, Decimal) and value < 0 for value in values])


def _listed(words: str) -> dict[str, str]:
    """The lines of a list as headings and what they mean."""
    if words not in _lists:
        lines = [line.split() for line in words.strip().splitlines()]
        _lists[words] = {heading: line[0] for line in lines for heading in line[1:]}
    return _lists[words]


def _split(key: str) -> list[str]:
    return [part for part in _PARTS.split(_CAMEL.sub("_", key).lower()) if part]


def _read(column: DataColumn, values: Sequence[object], prior: str, left: str) -> str:
    """A heading in Chinese, "" where it is not English or not understood; `left`: the name of the column before it."""
    key = column.key.strip()
    inside = UNIT_IN_NAME.search(key)
    tail = inside.group() if inside is not None else ""
    key = key[: len(key) - len(tail)] if tail else key
    if not key.isascii() or not any([char.isalpha() for char in key]):
        return ""
    words = _split(key)
    share = column.kind == "percent" or "%" in column.unit + tail or "pct" in words
    made = _Parts()
    at = 0
    while at < len(words):
        longest = min(_LONGEST, len(words) - at)
        taken = next((long for long in range(longest, 0, -1) if _take(made, words, at, long, prior, share=share)), 0)
        if not taken:
            return ""
        at += taken
    if "pct" in words and made.thing in ("市盈率", "市净率") and not made.moved:
        made.place = "分位"
    name = _named(made, column, values, UNIT_IN_NAME.sub("", left), share=share)
    return name + tail if name else ""


def _take(made: _Parts, words: Sequence[str], at: int, long: int, prior: str, *, share: bool) -> bool:
    """Whether `long` words from `at` on mean something, which is put down."""
    word = "_".join(words[at : at + long])
    alone = len(words) == 1
    if word in ("rate", "ratio") and made.thing.endswith("率"):
        return True
    if word in _EITHER:
        made.thing += _EITHER[word][not share]
    elif word in _listed(_PAST) or (word == "last" and at == 0 and not alone):
        found = _listed(_PAST).get(word, "-")
        made.past = prior if found == "-" else found
    elif word in _listed(_TIMES):
        made.when += _listed(_TIMES)[word]
    elif word in _CHANGES:
        made.moved = True
    elif word in _BASES:
        made.basis = _BASES[word]
    elif word in _PLACES:
        made.place = "分位"
    elif word in _listed(_THINGS):
        made.thing += _listed(_THINGS)[word]
    else:
        return word in _NOTHING and (not alone or word == "pct")
    return True


def _named(made: _Parts, column: DataColumn, values: Sequence[object], left: str, *, share: bool) -> str:
    """The parts put together."""
    when = made.past or made.when
    below = _below(values)
    counted = bool(column.unit) and "%" not in column.unit
    if made.past and made.thing in _PRICES and left in _PRICES:  # price, prev_close
        return when + left
    if made.thing or made.place or made.basis:
        if made.moved and not made.place and not made.basis:
            return when + ("涨跌幅" if made.thing in _PRICES and not counted else made.thing + "变动")
        return when + made.thing + made.place + made.basis
    if made.moved:
        return when + ("变动" if counted else "涨跌幅")
    if made.past and left:  # net, prev
        return when + ("涨跌幅" if left.endswith("涨跌幅") else left)
    if not when or when in ("本期", "最新"):
        return when or ("涨跌幅" if below else "占比")
    if share or (below and not counted):
        return when + "涨跌幅"
    return when + "变动" if column.unit.lower() in ("bp", "个基点", "基点") else ""
