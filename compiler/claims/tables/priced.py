"""A name that is both a row's and a column's by day: 螺纹钢收跌 is of the prices, beside a table of stocks with a row 螺纹钢.

In: what a word may be a name of, the sheets, the clause.  Out: whether the column is meant.  Always: only where the other table
has no changes of its own, and the sentence up to there speaks of nothing that table has.
"""

from __future__ import annotations

from ...pattern import later
from ..words.reading import sentence_start
from ..words.times import DAY
from .subjects import NOUN, ROW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .subjects import Name, Sheet

_OF_PRICE = later(r"收于|收[在报跌涨高低盘]|报收|收盘|[涨跌](?!价)幅?|上行|下行|走[高低强弱]|反弹|回调|回落")
_PAIRS = later(r"(?=([一-龥]{2}))")


def of_price(names: Sequence[Name], sheets: Sequence[Sheet], text: str, start: int, end: int) -> bool:
    """Whether a name in the clause from `start` to `end` is that of the prices by day."""
    rows = [sheets[name.sheet] for name in names if name.kind == ROW]
    nouns = [sheets[name.sheet] for name in names if name.kind == NOUN]
    if not nouns or any([sheet.units != {DAY} for sheet in nouns]) or any([sheet.changes() for sheet in rows]):
        return False
    said = [column.key for sheet in rows for column in sheet.table.columns] + [sheet.table.id for sheet in rows]
    words = _PAIRS.findall(text, sentence_start(text, start), end)
    return not any([word in key for word in words for key in said]) and _OF_PRICE.search(text, start, end) is not None
