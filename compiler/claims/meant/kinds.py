"""Kinds of rows: those with one word in a column of text (宽基, 债券型), and those whose names end or begin alike (城投债).

In: a clause, a sheet.  Out: the rows of the one kind it names, and whether what stands before a place says anything else.
Always: a kind is some rows, never all; a word that names a row, a column or rows in general (指数, 行业) is none.
"""

from __future__ import annotations

import itertools

from ...pattern import later
from ..words import lexicon, synonyms
from ..words.quantities import COUNT, THINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..clauses.scene import Scene
    from ..tables.subjects import Sheet

MOST = 80  # rows of a table whose names are looked through
_GENERAL = {
    *synonyms.GROUPS,
    "ETF",
    "基金",
    "产品",
    "指数",
    "行业",
    "价格",
    "利率",
    "收益率",
    "同比",
    "环比",
    "增速",
    "公司",
    "银行",
}
_HAN = later(r"[一-龥A-Za-z+\-]{2,}")
_TAIL = later(r"[型类]$")
_COUNTED = later(
    rf"(?:这|上述|全部|所有|各|各类|各个|其中的?|表中|表内|样本|旗下|以上)*(?:{COUNT}[{THINGS}大]|[一-龥]{{0,2}}等级)?"
)


def kinds_of(sheet: Sheet) -> dict[str, tuple[int, ...]]:
    """The words for some of the rows."""
    table = sheet.table
    count = len(table.rows)
    if sheet.series or table.key < 0 or count > MOST:
        return {}
    out: dict[str, list[int]] = {}
    for at, column in enumerate(table.columns):
        if at != table.key and column.kind == "text":
            for row, cells in enumerate(table.rows):
                word = cells[at].text.strip()
                for one in {word, _TAIL.sub("", word)}:
                    if len(one) > 1:
                        out.setdefault(one, []).append(row)
    names = [sheet.name(row).replace(" ", "") for row in range(count)]
    found: dict[str, set[int]] = {}
    for row, name in enumerate(names):
        for cut in range(1, len(name)):
            found.setdefault(name[cut:], set()).add(row)
            if not name[0].isdigit():
                found.setdefault(name[:cut], set()).add(row)
    for word, rows in found.items():
        if len(rows) > 1 and _HAN.fullmatch(word) is not None and word[0] not in "+-" and word not in out:
            out[word] = sorted(rows)
    general = {*_GENERAL, sheet.head}
    return {
        word: tuple(rows) for word, rows in out.items() if len(rows) < count and word not in general and word not in sheet.head
    }


def kind_in(scene: Scene, sheet: Sheet, start: int, end: int) -> tuple[str, tuple[int, ...]] | None:
    """The one kind `text[start:end]` names; None for none, or for two."""
    words = scene.text[start:end]
    for token in scene.tokens:
        if token.kind in ("row", "noun") and start <= token.start and token.end <= end:
            words = words[: token.start - start] + "\0" * (token.end - token.start) + words[token.end - start :]
    known = sorted([one for one in kinds_of(sheet).items() if one[0] in words], key=_length, reverse=True)
    if not known:
        return None
    if any([other not in known[0][0] for other, _ in known]):
        return None
    return known[0]


def _length(kind: tuple[str, tuple[int, ...]]) -> int:
    return len(kind[0])


_OF_BONDS = later(r"[一-龥]{0,4}(?:债|债券)(?:名称|简称)?")
_BONDS = ("样本券", "个券", "券")


def other_heads(sheet: Sheet) -> tuple[str, ...]:
    """What the rows of a table of bonds are called, too: 样本券中有五只上涨, of 转债."""
    return _BONDS if _OF_BONDS.fullmatch(sheet.head) is not None else ()


def plain(scene: Scene, sheet: Sheet, start: int, end: int, kind: str = "") -> bool:
    """Whether `text[start:end]` says nothing but the rows in general, one kind of them, columns and times."""
    out = []
    at = start
    size = r"\g<0>"
    for token in scene.tokens:
        if start <= token.start and token.end <= end:
            out += [lexicon.SIZE.sub(size, scene.text[at : token.start]), "·"]
            at = token.end
            size = "" if token.kind == "noun" else r"\g<0>"
    words = "".join([*out, lexicon.SIZE.sub(size, scene.text[at:end])])
    if kind:
        words = words.replace(kind, "")
    for noun in sorted(
        {
            *synonyms.GROUPS,
            *itertools.chain(*synonyms.ALIKE),
            sheet.head,
            *other_heads(sheet),
            "银行",
            "ETF",
            "REITs",
            "REIT",
            "资产",
            "股市",
            "股指",
            "市场",
            "全球",
            "系",
        },
        key=len,
        reverse=True,
    ):
        if noun:
            words = words.replace(noun, "")
    words = _COUNTED.sub("", words)
    return lexicon.FILLER.match(words) is not None
