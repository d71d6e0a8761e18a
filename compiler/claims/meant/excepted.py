"""The rows a sentence leaves out by 除…外, also by names it shortens: 除政金债、存单和短融外, 除华岳和启明两只外.

In: a clause, a sheet, where the claim ends.  Out: rows, None where one that is left out is no row that is known.  Always: a short
name counts only where it is that of one row.
"""

from __future__ import annotations

import re

from ...pattern import later
from ..tables.aliases import aliases
from ..words.quantities import AREAS, COUNT, THINGS
from ..words.reading import sentence_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..clauses.scene import Scene
    from ..tables.subjects import Sheet

_EXCEPT = later(
    r"除(?!息|权|夕|非)(?:了|去|开)?(?P<rows>[^，。；]{1,40}?)(?:以外|之外|外(?![汇币盘资贸需债部围卖]))"
    r"|(?<![一-龥A-Za-z\d、（）])(?P<bare>[^，。；\n]{2,40}?)(?:以外|之外)(?=，)"
)
_JOIN = later(r"[、和与及]|以及")
_KNOWN = "·"
_SMALL = later(
    rf"^(?:其中|本周|当周|[^·]*的(?=[^·的]+$))|(?:等|这)?(?:{COUNT}[{THINGS}{AREAS}大][一-龥]{{0,4}})?$"
    r"|(?:板块|行业|指数|产品|品种|基金|公司|市场|期限?|档|类)$"
)
_NOTHING = ("", "此", "这", "上述")
# What no letters of the whole name tell: 政金债, of 政策银行债 as of 政策性金融债.
_SPOKEN = {"政金": "政策(?:性?银行|性?金融)", "城投": "城市建设投资", "转债": "可转换?债", "利率债": "国债"}


def left_out_of(scene: Scene, sheet: Sheet, end: int) -> set[int] | None:
    """The rows its sentence has left out before `end`: 除煤炭、食品饮料外."""
    found = _EXCEPT.search(scene.text, sentence_start(scene.text, scene.part.start), end)
    if found is None:
        return set()
    short: dict[int, list[str]] = {}
    for word, row in aliases([sheet.name(row) for row in range(len(sheet.table.rows))], sheet.head).items():
        short.setdefault(row, []).append(word)
    said = found.group("rows") or found.group("bare")
    names = [(name, row) for row, own in enumerate(sheet.rows) for name in (*own, *short.get(row, ())) if name]
    out = {row for name, row in names if name in said}
    for name, _ in sorted(names, key=_longest):
        said = said.replace(name, _KNOWN)
    for item in _unknown(said):
        meant = _meant(item, sheet)
        if meant is not None:
            out.add(meant)
        elif found.group("bare"):
            return set()  # 欧洲三大股指一涨两跌之外
        elif not sheet.series:
            return None
    return out


def _longest(one: tuple[str, int]) -> int:
    return -len(one[0])


def _unknown(said: str) -> Iterator[str]:
    """What is left out by no name of a row, bare of words for their number and kind."""
    for part in _JOIN.split(said):
        item = _SMALL.sub("", _SMALL.sub("", part))
        if item not in _NOTHING and _KNOWN not in item:
            yield item


def _meant(item: str, sheet: Sheet) -> int | None:
    """The one row an item is short for: a part of the name, or letters of it from its first on."""
    names = [(row, sheet.name(row).replace(" ", "")) for row in range(len(sheet.table.rows))]
    spoken = next((like for word, like in _SPOKEN.items() if word in item), "")
    in_order = item[0] + ".*".join(["", *[re.escape(one) for one in item[1:]]]) if len(item) > 1 else "(?!)"
    for like in (spoken, re.escape(item) if len(item) > 1 else "", in_order):
        rows = [row for row, name in names if like and re.search(like, name)]
        if rows:
            return rows[0] if len(rows) == 1 else None
    return None
