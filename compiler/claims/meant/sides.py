"""The rows that rose, or fell, where a claim is of these alone: 在下跌行业中最为抗跌; 本周下跌的五个行业，上周有三个上涨.

In: scenes of a sentence, a sheet.  Out: row numbers.  Always: the words are what the table calls its rows, and as many as the
table has on that side where they say how many; else no rows, so that nothing is held against them.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.subjects import CHANGE, WEEK
from ..words.quantities import AREAS, COUNT, THINGS, han_value
from .groups import is_head

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Scene
    from ..tables.subjects import Measure, Sheet

_UP, _DOWN = "上涨|收涨|走高|飘红|收红|上行|上升|增长", "下跌|收跌|走低|飘绿|收绿|下行|下降|回落"
_SIDE = (
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))的?(?:这?(?P<n>{COUNT})[{THINGS}{AREAS}大])?"
    r"(?P<who>(?!幅|最)(?:(?![在有共仅达为是])[一-龥A-Z]){0,6}?)"
)
_AMONG = later(rf"{_SIDE}(?:之中|当中|中|里)")
_THESE = later(rf"{_SIDE}(?:之中|当中|中|里)?")
_MANY_OF = later(rf"(?P<n>{COUNT})[{THINGS}{AREAS}大](?:当周|本周|全周|周内)?$")


def one_side(scene: Scene, sheet: Sheet, measure: Measure | None, end: int, sentence: Sequence[Scene]) -> tuple[int, ...] | None:
    """The rows a place is among, by the clause up to `end` or the one before it; () where the table has others, None for all."""
    lead = sentence[-2] if len(sentence) > 1 and sentence[-2].words[-1:] in "中里" else scene
    found = _AMONG.search(scene.text, lead.part.start, end)
    if found is None or scene.text[found.start() - 1] in "未不" or not is_head(found.group("who"), sheet):
        return None
    before = _MANY_OF.search(scene.text, lead.part.start, found.start())
    number = found.group("n") or (before.group("n") if before is not None else "")
    return _rows(sheet, measure, scene.scope, found.group("up") is not None, number)


def side_before(sheet: Sheet, sentence: Sequence[Scene]) -> tuple[int, ...] | None:
    """The rows the clause before speaks of alone: 本周下跌的五个行业，…; () where the table has others, None for all."""
    if len(sentence) < 2:
        return None
    lead = sentence[-2]
    words = lead.words
    for token in lead.of("scope"):
        words = words.replace(lead.text[token.start : token.end], "", 1)
    found = _THESE.fullmatch(words)
    if found is None or not found.group("who") or not is_head(found.group("who"), sheet):
        return None
    return _rows(sheet, None, lead.scope, found.group("up") is not None, found.group("n") or "")


def side_of(scene: Scene, sheet: Sheet, end: int) -> tuple[int, ...] | None:
    """The rows a number up to `end` is said of each of: 上涨行业涨幅均在 0.5% 以上; () where that is not clear, None for all."""
    found = _EACH_OF.search(scene.text, scene.part.start, end)
    if found is None or scene.text[found.start() - 1] in "未不" or not is_head(found.group("who"), sheet):
        return None
    moves = [one for one in sheet.changes() if one.minus < 0]
    own = moves[0] if len(moves) == 1 else None
    return _rows(sheet, own, scene.scope, found.group("up") is not None, found.group("n") or "")


_EACH_OF = later(rf"{_SIDE}(?=的?(?:·|周|本周|当周)?的?[涨跌升降增减]幅|[均都皆各]|全部|悉数)")


def _rows(sheet: Sheet, measure: Measure | None, scope: str, up: bool, number: str) -> tuple[int, ...]:
    known = measure is not None and measure.kind == CHANGE
    moves = [one for one in sheet.changes(scope or WEEK) if one.minus < 0] if not known else [measure]
    own = moves[0] if len(moves) == 1 else None
    way = 1 if up else -1
    rows = tuple([row for row in sheet.own if own is not None and (sheet.value(row, own) or 0) * way > 0])
    return rows if not number or han_value(number) == len(rows) else ()
