"""Quantities as prose writes them: `约 2.1%`, `近 440 亿元`, `400 余亿元`, `三成`, `两倍多`.

In: plain text.  Out: quantities with their unit, and whether a value of the data may be written so.  Always: exact arithmetic,
rounded half up to the decimals written (house rule, 2026).
"""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from ...data.rounding import rounded
from ...pattern import later
from ...record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EXACT, ABOUT, ABOVE, BELOW, NEAR, MORE = "", "about", "above", "below", "near", "more"
CROSSED = "crossed"  # 跌破 2900 点: on the way, it may have come back
SCALES = {"万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2}
_SCALE = "|".join(SCALES)
_UNITS = (
    "个百分点", "百分点", "个基点", "基点", "个bp", "bps", "bp", "BP", "pct", "pp", "%", "‰", "成", "倍",
    "元/吨", "美元/桶", "美元/盎司", "美元/吨", "元/公斤", "元/千克", "元/克", "元/平方米", "元/股", "元/桶",
    "美元", "港元", "欧元", "日元", "英镑", "元", "个点", "点", "吨", "桶", "家", "只", "户", "人", "辆", "股", "份", "手",
    "盎司",
)  # fmt: skip
HAN = "零一二两三四五六七八九十百千万亿半"
COUNT = rf"(?:\d+|[{HAN}]+)"  # a whole number in digits or numerals, in the patterns of claims
THINGS = "个只家类支项种条款部座场艘名位宗"  # what things are counted by, for a set of characters in a pattern
AREAS = "城省市国地"  # and places, which need none: 八城, 五省
_SHARE = {"个百分点": "1", "百分点": "1", "%": "1", "个基点": "0.01", "基点": "0.01", "个bp": "0.01", "bps": "0.01", "bp": "0.01"}
_SHARE |= {"BP": "0.01", "‰": "0.1", "成": "10", "pct": "1", "pp": "1"}
POINTS = ("个百分点", "百分点", "pct", "pp", "个基点", "基点", "个bp", "bps", "bp", "BP")
_DIGITS = {char: at for at, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_LEAD = later(
    r"(?:(?P<above>不少于|不低于|至少|超过|突破|高于|大于|多于|站上|超|逾|(?<!跌)破|过)|(?P<near>接近|将近|逼近|近)"
    r"|(?P<below>不足|不到|低于|小于|少于|未到|未及|(?<=[已报收盘])(?:跌破|失守|击穿|跌穿))|(?P<crossed>跌破|失守|击穿|跌穿)|(?P<about>大约|约为|(?<![签契解违预续履])(?<!(?<!折)合)约|大致|左右))(?:了|为)?(?:每[一-龥]{1,3})?$"
)
_TAIL = later(
    r"(?P<above>(?:及|或|和)?以上|之上)|(?P<below>(?:及|或|和)?以下|以内|之内|之下|(?:不到|不足)(?=[，。；、]|$))|(?P<about>左右|上下|附近|前后|一线)|(?P<more>多(?![出了约近逾超不少卖买流投发赚收募增净\d])|有余|出头|强(?![于势劲力]))"
)
MANY = 10_000
NEAREST = (Decimal("0.85"), Decimal("0.92"))  # 近 400, 近 440: no less than this share of it
PRECISE = 3  # digits a round number has at most
FRACTION = Decimal("0.08")  # 五分之一: within this share of it
LOOSE = Decimal("0.05")  # 约 440: within this share of it


class Unit(Record):
    """What is counted: `元`, `%`, `点`, …; `factor` of what is written (万亿元: 10^12); `points`: 百分点 and bp, a difference of
    shares."""

    name: str
    factor: Decimal
    points: bool = False


class Quantity(Record):
    """`text[start:end]`, unit included; `value` without its sign, in the unit written; `lead` is where its 约 or 超 begins;
    `even`: the bound itself, too (400 亿元及以上, 不低于 400 亿元)."""

    start: int
    end: int
    value: Decimal
    sign: str
    decimals: int
    unit: Unit | None
    about: str
    lead: int
    step: Decimal
    even: bool = False


def unit_of(text: str) -> Unit | None:
    """The unit a column or a number gives; None for none."""
    text = text.strip().strip("（）()")
    if not text:
        return None
    if text in _SHARE:
        return Unit("%", Decimal(_SHARE[text]), text in POINTS)
    for scale, power in SCALES.items():
        if text.startswith(scale) and text not in ("千克", "千瓦时", "千瓦", "千米", "百分点"):
            return Unit(_counted(text[len(scale) :]), Decimal(1).scaleb(power))
    return Unit(_counted(text), Decimal(1))


_LIKE = later(
    r"(?:万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)?(?:[一-龥A-Za-z]{0,5}(?:元|吨|桶|只|家|户|人|辆|股|份|手|克|米|瓦时|千瓦时|千瓦|点|倍|天|小时|个|套|台|笔|件|次|万平|张|艘|亩|箱|斤|盎司|元人民币)|平|GWh|GW|MW|TEU)(?:/[一-龥A-Za-z]{1,4})?"
    r"|万亿|亿|万|个百分点|百分点|个基点|基点|pct|[bB][pP]s?|%|％|‰"
)


def is_unit(text: str) -> bool:
    """Whether what stands in brackets behind a name is a unit: 亿元, not 累计 or 季调."""
    return _LIKE.fullmatch(text.strip()) is not None


def _counted(name: str) -> str:
    return {"个点": "点", "人民币": "元"}.get(name, name)


def pattern(units: Iterable[str]) -> re.Pattern[str]:
    """Quantities in the units prose has, and in `units`, those of the data."""
    known = {*_UNITS}
    for unit in units:
        bare = unit_of(unit)
        if bare is not None and bare.name and not bare.name.isdigit():
            known.add(bare.name)
    words = "|".join([re.escape(word) for word in sorted(known, key=len, reverse=True)])
    tails = "|".join([re.escape(word[1:]) for word in sorted(known) if word[0] == "个" and word[1:] not in known])
    once = f"(?:个(?!{tails}))?" if tails else "个?"  # 20 个月 is one unit, where the data count 个月
    return later(
        rf"(?<![\d.,A-Za-z/])(?P<sign>[+\-])?(?:(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"(?P<more>多|余)?(?P<scale>{_SCALE})?(?P<more2>多|余)?{once}(?P<unit>{words})?"
        r"(?:(?<=[一-龥])(?=\d{1,3}(?:天|年|个月)期)|(?![A-Za-z\d]|/\d|年期|年国|天期|个?月(?:期|存单|国债|美债|国开|票据|Shibor|SHIBOR|Libor|LIBOR)))"
        rf"|(?P<parts>[{HAN}]+分之[{HAN}]+)|(?P<han>[{HAN}]+)(?P<more3>多|余)?(?P<hanscale>)(?P<hanunit>成|倍|个百分点|个基点|亿元|万元|元|(?<=[{HAN[1:-3]}][万亿])(?:{words}))"
        rf"(?P<fifth>半|[一二三四五六七八九](?![一-龥]*个))?"
        rf"|(?<=[过超破逾近足到])(?P<round>[一二两三四五六七八九]?(?:百亿|千亿|万亿)(?![一-龥]?元|元)|(?:千万|百万|十万|[万千百])(?=的[一-龥]|[，。；]|$)))"
    )


def quantities(text: str, start: int, end: int, known: re.Pattern[str]) -> Iterator[Quantity]:
    """Those in `text[start:end]`."""
    for found in known.finditer(text, start, end):
        made = _quantity(text, found, start, end)
        if made is not None:
            yield made


def _quantity(text: str, found: re.Match[str], first: int, last: int) -> Quantity | None:
    about, lead = _before(text, first, found.start())
    sign = found.group("sign") or ""
    if (
        sign
        and found.start() > first
        and (text[found.start() - 1].isalnum() and not "\u4e00" <= text[found.start() - 1] <= "\u9fff")
    ):
        sign = ""  # 2-3
    unit: Unit | None
    if found.group("parts"):
        below, _, above = found.group("parts").partition("分之")
        whole, part = han_value(below), han_value(above)
        if not whole or part is None:
            return None
        share = part * 100 / whole
        loose = EXACT if whole == 100 else about or ABOUT
        end = found.end()
        if text[end : end + 1] in ("强", "多") and whole != 100:  # 三分之一强
            loose, end = MORE, end + 1
        tail = _TAIL.match(text, end, last)
        if tail is not None and tail.lastgroup in (ABOVE, BELOW) and whole != 100:  # 三分之一以上
            loose, end = tail.lastgroup, tail.end()
        return Quantity(found.start(), end, share, "", 0, Unit("%", Decimal(1)), loose, lead, share / 5)
    if found.group("round"):  # 规模过万亿, 门店数过千的
        words = found.group("round")
        many = Decimal(_DIGITS[words[0]] if len(words) > 2 else 1)
        own = unit_of(words[-2:])
        return Quantity(found.start(), found.end(), many, "", 0, own, about or ABOUT, lead, Decimal(1))
    if found.group("han"):
        value = han_value(found.group("han"))
        if value is None:
            return None
        fifth = found.group("fifth")
        decimals = 0
        if fifth:
            value += Decimal("0.5") if fifth == "半" else Decimal(_DIGITS[fifth]) / 10
            decimals = 1
        unit = unit_of(found.group("hanunit"))
        more = MORE if found.group("more3") else ""
        end = found.end()
        step = Decimal(1)
        if value >= MANY:  # 两千亿元
            step = value if len(found.group("han").strip("千百十万亿")) == 0 else Decimal(1).scaleb(value.adjusted())
            about = about or ABOUT
    else:
        digits = found.group("number").replace(",", "")
        value = Decimal(digits)
        decimals = len(digits.partition(".")[2])
        scale = found.group("scale") or ""
        unit = unit_of(scale + (found.group("unit") or ""))
        more = MORE if found.group("more") or found.group("more2") else ""
        end = found.end()
        zeros = len(digits) - len(digits.rstrip("0")) if "." not in digits else 0
        step = Decimal(10) ** zeros
    tail = _TAIL.match(text, end, last)
    if tail is not None and not (tail.lastgroup == "more" and text[tail.end() : tail.end() + 1] in ("家", "只", "个")):
        about = about if about and tail.lastgroup == "about" else tail.lastgroup or about
        end = tail.end()
    last_at = end
    counted = _MEASURED.match(text, end, last) if unit is None and tail is None and not about else None
    tail = _TAIL.match(text, counted.end(), last) if counted is not None else None
    if tail is not None:  # 20 个月以上, where the data do not say what they count
        about, last_at = tail.lastgroup or about, tail.end()
    even = _EVEN_TAIL.search(text, found.start(), last_at) is not None or text.startswith(_EVEN_LEADS, lead, found.start())
    return Quantity(found.start(), end, value, sign, decimals, unit, more or about, lead, step, even)


_MEASURED = later(r"(?<=个)月|天|周|小时|分钟|岁|次|套|台|笔|件|张|平(?:方米)?")
_EVEN_TAIL = later(r"以[上下内]$|之内$")
_EVEN_LEADS = ("不少于", "不低于", "至少", "不多于", "不高于", "不超过", "至多", "最多")


def _before(text: str, first: int, at: int) -> tuple[str, int]:
    found = _LEAD.search(text, max(first, at - 9), at)
    return (found.lastgroup or "", found.start()) if found is not None else ("", at)


def han_value(text: str) -> Decimal | None:
    """The value of Chinese numerals, or of digits; None for what is no number."""
    if text.isdigit():
        return Decimal(text)
    if text == "半":
        return Decimal("0.5")
    whole = total = last = 0
    for char in text:
        if char in _TENS:
            total += (last or 1) * _TENS[char]
            last = 0
        elif char in "万亿":
            if char == "亿" and not total and not last:
                whole, total = 0, whole
            whole += (total + last or 1) * (10_000 if char == "万" else 100_000_000)
            total = last = 0
        elif char in _DIGITS:
            last = _DIGITS[char]
        else:
            return None
    return Decimal(whole + total + last)


# --- may a value be written so ---------------------------------------------------------------------------------------


def fits(written: Quantity, actual: Decimal) -> bool:
    """Whether `actual` (no sign, in the unit written) may be written so."""
    value, about = written.value, written.about
    same = rounded(actual, written.decimals) == value
    if about == CROSSED:
        return True
    if about == EXACT:
        return same
    if about == ABOUT:
        digits = len(value.normalize().as_tuple().digits)
        digits = digits if written.decimals or value == value.to_integral_value() else 2  # 三分之一
        parts = written.step * 5 == value and written.step.normalize().as_tuple().digits != (1,)
        if parts and not written.decimals:  # 五分之一 says more than 两成
            return same or abs(actual - value) <= value * FRACTION
        if written.decimals or (
            digits > PRECISE and value == value.to_integral_value()
        ):  # 约 2.18, 约 1247: rounded, not cut off
            return same
        plain = written.unit is not None and written.unit.name == "%" and written.unit.factor == 1 and not written.unit.points
        if plain and digits == 2 and value == value.to_integral_value() and value % 5:
            return same or int(actual) == value  # 约 42 %, rounded or cut off
        loose = LOOSE / (1, 1, 1, 4, 10)[min(digits, 4)]  # 约 8714 says more than 约 8700
        near = abs(actual - value) <= value * loose
        if 1 < digits <= PRECISE and value == value.to_integral_value() and value.normalize().as_tuple().digits[-1] % 5:
            near = near and _leading(actual, value, ROUND_DOWN) == value  # 约 61, 约 7400: no round numbers, rounded or cut off
        return same or near or _leading(actual, value) == value
    if about == ABOVE:
        return actual > value or (same and actual >= value)
    if about == BELOW:
        return actual < value or (written.even and actual == value)
    if about == NEAR:
        nearest = NEAREST[len(value.normalize().as_tuple().digits) > 1]
        return value * nearest <= actual < value or (same and written.decimals > 0)
    return value < actual < value + max(written.step, Decimal(1).scaleb(-written.decimals))


def _leading(actual: Decimal, value: Decimal, way: str = ROUND_HALF_UP) -> Decimal:
    """`actual` with as many leading digits as `value` has."""
    digits = len(value.normalize().as_tuple().digits)
    return rounded(actual, digits - 1 - actual.adjusted(), way) if actual else actual


def telling(quantity: Quantity) -> int:
    """How many digits of a number tell it from others: three of 0.205 and of 41.3, two of 4,100."""
    digits = f"{quantity.value:f}".replace(".", "").lstrip("0")
    return len(digits if quantity.decimals else digits.rstrip("0"))
