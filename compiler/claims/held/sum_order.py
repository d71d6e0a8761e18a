"""What several rows come to, held against another row: 两只跨境ETF合计净流入 14.88 亿元，高于 A 一只产品.

In: the scenes of a sentence, the book.  Out: findings.  Always: the clause before says the sum, and nothing is said of the other
row but that it has more or less.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.pools import OVER
from ..tables.subjects import FLOW, LEVEL
from ..words.quantities import EXACT, THINGS
from ..words.synonyms import GROUPS
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene

_SUM = later(r"合计|共计|总计|合共|总共|一共|之和|相加|加总|加起来")
_SO = later(r"(?:但|却|且|而|已|也|仍|还|则|均|明显|大幅|略|远|甚至|约)*")
_ALONE = later(
    rf"(?:一[{THINGS}]|单[{THINGS}]|独自|单独|自身|一己)?(?:{'|'.join(GROUPS)}|ETF|企业|之力|的|·|额|规模|金额|水平|总额|资金)*"
)
_OTHERS = ("跑赢", "跑输", "强于", "弱于", "快于", "慢于", "深于", "浅于")


def hold_sum_order(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """高于 or 低于 a row that has more, or less, than the sum just said."""
    lead = sentence[-2] if len(sentence) > 1 else None
    rows, numbers = scene.of("row"), lead.of("number") if lead is not None else []
    if lead is None or len(rows) != 1 or scene.of("number") or scene.unsure or scene.denied or lead.unsure:
        return
    found = OVER.search(scene.text, scene.part.start, rows[0].start)
    number = numbers[-1].quantity if numbers else None
    if found is None or found.group() in _OTHERS or number is None or number.about != EXACT or number.unit is None:
        return
    summed = _SUM.search(lead.text, lead.part.start, number.lead)
    before = scene.text[scene.part.start : found.start()]
    if summed is None or found.end() != rows[0].start or _SO.fullmatch(before) is None:
        return
    after = scene.text[rows[0].end : scene.part.end]
    for token in scene.of("noun"):
        after = after.replace(scene.text[token.start : token.end], "·")
    if _ALONE.fullmatch(after) is None:
        return
    signs = [token.sign for token in lead.tokens if token.sign and token.end <= number.lead]
    for place, sheet in enumerate(book.sheets):
        at = [row for name in rows[0].names if name.sheet == place for row in name.places]
        pool = [one for one in (scene.columns(place, sheet) or []) if one.kind in (LEVEL, FLOW) and one.minus < 0]
        if sheet.series or len(at) != 1 or len(pool) != 1 or pool[0].unit is None or pool[0].unit.name != number.unit.name:
            continue
        value = sheet.value(at[0], pool[0])
        if value is None or pool[0].unit.name in ("%", "点", "倍"):
            continue
        other = -value if pool[0].kind == FLOW and signs and signs[-1] < 0 else value
        size = number.value * number.unit.factor
        if size == other or (size < other) == (found.lastgroup == "less"):
            continue
        shown = f"`{found.group()}` is said of {sheet.cell(at[0], pool[0]).text} ({sheet.name(at[0])} {pool[0].key})"
        yield Finding("claim-order", found.start(), found.end(), shown, ((sheet, at[0], pool[0]),))
        return
