"""Words of direction before a bound number, held against its sign.

In: a sentence, the place of the number, the cell behind it.  Out: the place of a word that says the contrary.  Always: silent
when unsure: negations, expectations, conditions, and levels (`回落至`) are left alone.
"""

from __future__ import annotations

from ..pattern import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal

    from ..data.model import DataTable

UP = "净买入|净流入|净申购|上涨|收涨|大涨|微涨|走高|走强|攀升|上升|回升|反弹|增长|增加|提高|提升|扩大|上行|上调|涨超|涨|升"
DOWN = "净卖出|净流出|净赎回|下跌|收跌|大跌|微跌|走低|走弱|回落|下滑|下降|下行|下调|减少|降低|缩小|收窄|跌超|跌|降"
_WORD = later(rf"(?P<up>{UP})|(?P<down>{DOWN})")
_BETWEEN = later(r"[了约近超逾达为\s*]*$|(?:超过|接近|不足|幅度为|幅度达|大约)\s*$")
_CLAUSE = later(r"[，。；：！？,;:!?\n（）()“”]|\}\}")
_UNSURE = later(
    r"[未没不非无]|由[涨跌升降]|[涨跌降升增]幅|有望|预计|预期|料|或|若|如果|能否|是否|可能|目标|假设|曾|此前|上[周月年]"
)
SIGNED = ("涨跌", "涨幅", "变动", "变化", "增减", "同比", "环比", "净", "change", "chg", "return")


def contrary(text: str, at: int, value: Decimal, table: DataTable, column: int) -> tuple[int, int] | None:
    """The word right before `text[at:]` in its clause that contradicts the sign of `value`, or None."""
    start = max([found.end() for found in _CLAUSE.finditer(text, 0, at)], default=0)
    clause = text[start:at]
    if _UNSURE.search(clause):
        return None
    last = None
    for found in _WORD.finditer(clause):
        last = found
    if last is None or not _BETWEEN.match(clause[last.end() :]):
        return None
    rises = last.group("up") is not None
    if (rises and value >= 0) or (not rises and value <= 0):
        return None
    if not rises and not _signed(table, column):
        return None  # a column of sizes: 净卖出 12 亿元 is written with a 12
    return start + last.start(), start + last.end()


_ALL = later(r"(?:集体|全线|齐齐|均|普遍?)(?:(?P<up>上涨|收涨|走高|飘红|上行|涨)|(?P<down>下跌|收跌|走低|飘绿|下行|跌))")
_SENTENCE = later(r"[。！？!?；;]|\n\n")


def exception(text: str, at: int, table: DataTable, column: int) -> tuple[int, int, int] | None:
    """The word before `text[at:]` that says all rose or fell, with the row of the column that did not, or None.

    The word counts for the first number after it, in its own sentence or the next.
    """
    if not _signed(table, column):
        return None
    found = None
    for one in _ALL.finditer(text, 0, at):
        found = one
    if found is None or "{{" in text[found.end() : at]:
        return None
    clause = text[max([end.end() for end in _CLAUSE.finditer(text, 0, found.start())], default=0) : found.start()]
    if _UNSURE.search(clause) or len(_SENTENCE.findall(text[found.end() : at])) > 1:
        return None
    rises = found.group("up") is not None
    for row, cells in enumerate(table.rows):
        value = cells[column].value
        if value is not None and (value < 0 if rises else value > 0):  # type: ignore[operator]  # a bound column has numbers
            return found.start(), found.end(), row
    return None


def _signed(table: DataTable, column: int) -> bool:
    """Whether a column's numbers carry their direction in their sign."""
    about = table.columns[column]
    if any([word in about.key.lower() for word in SIGNED]):
        return True
    cells = [row[column] for row in table.rows if row[column].value is not None]
    return any([cell.text.lstrip()[:1] in ("-", "+", "\u2212", "－", "＋") for cell in cells])
