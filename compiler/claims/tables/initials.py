"""Rows that prose names by one character each: 北上广深, 对美出口, 日韩两国.

In: the names of a book, a clause.  Out: where such characters stand, each with its names.  Always: all of a list are in the data,
and a country's stands where one does business with it or behind it is counted.
"""

from __future__ import annotations

from ...pattern import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .subjects import Name

_CITY = {"北": ("北京",), "上": ("上海",), "广": ("广州",), "深": ("深圳",), "杭": ("杭州",)}
_CITIES = later(r"北上广深?杭?|北上深杭?|广深(?!高|铁)|北上(?=两[城地市])")
_COUNTRY = {
    "美": ("美国",),
    "欧": ("欧盟", "欧洲", "欧元区"),
    "日": ("日本",),
    "韩": ("韩国",),
    "英": ("英国",),
    "德": ("德国",),
    "法": ("法国",),
    "俄": ("俄罗斯",),
    "印": ("印度",),
    "澳": ("澳大利亚", "澳洲"),
    "加": ("加拿大",),
    "墨": ("墨西哥",),
    "巴": ("巴西",),
    "越": ("越南",),
    "泰": ("泰国",),
    "港": ("中国香港", "香港"),
    "台": ("中国台湾", "台湾"),
}
_C = f"[{''.join(_COUNTRY)}]"
_GOODS = r"的?(?:货物|商品|服务|直接|整车|汽车|钢材|芯片|机电|农产品|原油|稀土)?"
_TRADED = rf"{_GOODS}(?:进?出口|进口|贸易|顺差|逆差|投资|销售|销量|订单|出货|发运|发货)"
_WITH = r"(?<=[对自从向输销])(?<![应针面比相绝反核校]对)(?<!来自)"
_NEXT = r"[、和与及][对自从向]?"
_COUNTRIES = later(
    rf"{_WITH}{_C}(?={_TRADED}|{_NEXT}(?:{_C}|[一-龥]{{2,5}}){_TRADED})"
    rf"|{_WITH}{_C}{{2,4}}(?={_TRADED}|[两三四](?:国|地|大|个))"
    rf"|(?<=[对自从向]{_C}[、和与及][对自从向]){_C}(?={_TRADED})"
    rf"|(?<=[对自从向]{_C}[、和与及]){_C}(?={_TRADED})"
    rf"|(?<![一-龥]){_C}{{2,4}}(?=[两三四](?:国|地|大市场|个?市场)|市场)"
)


def initials_in(names: Mapping[str, Sequence[Name]], text: str, start: int, end: int) -> list[tuple[int, list[Name]]]:
    """Where a character stands for a row or a column, and its names."""
    out: list[tuple[int, list[Name]]] = []
    for pattern, known in ((_CITIES, _CITY), (_COUNTRIES, _COUNTRY)):
        for found in pattern.finditer(text, start, end):
            some = [(at, _named(names, known[text[at]])) for at in range(found.start(), found.end())]
            if all([own for _, own in some]):
                out += some
    return out


def _named(names: Mapping[str, Sequence[Name]], words: Sequence[str]) -> list[Name]:
    own = [name for word in words if word in names for name in names[word]]
    return [name for name in own if name.kind == own[0].kind]
