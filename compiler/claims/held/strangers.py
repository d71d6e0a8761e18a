"""Groups a sentence speaks of that are none of the data's: 六家公司合计 where the tables have four, 五个城市三升两降.

In: a sentence, the sheets.  Out: whether what it tells of a group is no matter of the data.  Always: only a number of things that
stands before 中, 合计, 平均 or a tally counts, not the number a sentence claims; a count that any table, or kind of rows, has is
the data's.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.domains import words_of
from ..meant.kinds import kinds_of
from ..meant.signed import says_sign
from ..words.quantities import AREAS, COUNT, THINGS, han_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.subjects import Sheet

OF_GROUPS = ("claim-count", "claim-total", "claim-all", "claim-share")
_UNITS = f"[{THINGS}{AREAS}]?"
_SOME = r"[一二两三四五六七八九十\d]+"
_TALLY = rf"{_SOME}{_UNITS}(?:上|收)?[涨升红增][，、]?{_SOME}{_UNITS}(?:下|收)?[跌降绿减]"
_GROUP = later(
    rf"(?P<n>{COUNT})(?!个[月交季])[{THINGS}{AREAS}大](?P<noun>[一-龥A-Za-z]{{0,8}}?)"
    rf"(?:中(?![证标小盘])|之中|当中|里|合计|共计|总计|加总|平均|均值|{_TALLY}|以?(?=[，：]?{_TALLY}))"
)
_LIST = later(r"[、和与及][^，。、]{1,12}(?:等|这|[位包][列居揽]前[一-龥]，)?$")  # the rows themselves, and how many they are
_PART = later(r"(?:前|后|其余|其他|另外?|剩余|余下|排名)$")


def of_strangers(words: str, sheets: Sequence[Sheet]) -> bool:
    """Whether a sentence counts a group no table has."""
    counts = {len(sheet.own) for sheet in sheets}
    for sheet in sheets:
        counts |= {len([1 for row in sheet.own if sheet.value(row, one) is not None]) for one in sheet.measures}
        counts |= {len(rows) for kinds in (kinds_of(sheet), words_of(sheet)) for rows in kinds.values()}
    if says_sign(words):
        for sheet in sheets:
            values = [[sheet.value(row, one) or 0 for row in sheet.own] for one in sheet.measures]
            counts |= {sum(value > 0 for value in own) for own in values} | {sum(value < 0 for value in own) for own in values}
    for found in _GROUP.finditer(words):
        number = han_value(found.group("n"))
        before = words[: found.start()]
        ours = number is None or number <= 2 or number in counts
        if not ours and _PART.search(before) is None and _LIST.search(before) is None:
            return True
    return False
