"""How many weeks a row has gone one way, in a table that has the change of this week and that of the last: 连跌两周.

In: a clause, the book.  Out: findings.  Always: only the two weeks of the table are asked; a run that has ended is none.
"""

from __future__ import annotations

from ...pattern import later
from ..meant.options import clear
from ..meant.pools import entities
from ..tables.subjects import CHANGE, MONTH, WEEK
from ..words.quantities import han_value
from .findings import Finding
from .streaks import SIGNED_DOWN, SIGNED_UP, ended, streaks, unit_of_run

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet

_UP = later(r"[一-龥]{0,2}?(?:走高|走强|上行|飘红|攀升|上升|反弹|上扬|收高|回升|走升)")
_DOWN = later(r"[一-龥]{0,2}?(?:走低|走弱|下行|飘绿|收绿|回调|调整|下滑|回落|下挫|收低|走跌|阴跌)")
_TERMS = {"周": (WEEK, "上周"), "个月": (MONTH, "上月"), "月": (MONTH, "上月")}


def hold_weeks(scene: Scene, book: Book) -> Iterator[Finding]:
    """The runs of a clause that the changes of two weeks or months do not bear out."""
    if scene.unsure or scene.denied or scene.lost or scene.of("noun") or scene.whens:  # 至 7 月 5 日当周连跌四周
        return
    for found in streaks(scene):
        part = found.groupdict()
        number = han_value(part["n"] or part["n2"] or part["n3"] or part["n4"] or "")
        scopes = _TERMS.get(unit_of_run(found))
        word = part["word"] or part["word2"] or part["word4"] or ""
        words = scene.text[found.end() : scene.part.end]
        up, down = SIGNED_UP.search(words) or _UP.match(words), SIGNED_DOWN.search(words) or _DOWN.match(words)
        if number is None or number < 2 or scopes is None or ended(scene, found) or (not word and (up is None) == (down is None)):
            continue
        own = [token.end for token in scene.of("row") if token.end <= found.start()]
        if not clear(scene, own[-1] if own else scene.part.start, _start(found)):
            continue  # 沪铜升水连续两周走高
        rising = word in tuple("阳涨升增") if word else up is not None
        for place, sheet in entities(book):
            rows = {row for token in scene.rows for name in token.names if name.sheet == place for row in name.places}
            columns = [_column(sheet, scope) for scope in scopes]
            if len(rows) != 1 or None in columns:
                continue
            row = rows.pop()
            for measure in columns:
                value = sheet.value(row, measure) if measure is not None else None
                if measure is not None and value is not None and (value <= 0 if rising else value >= 0):
                    shown = f"`{found.group()}` is said of {sheet.cell(row, measure).text} ({sheet.name(row)} {measure.key})"
                    yield Finding("claim-streak", found.start(), found.end(), shown, ((sheet, row, measure),))
                    return


def _start(found: re.Match[str]) -> int:
    """Where what is said of a run begins: with 周线."""
    line = _LINE.search(found.string, 0, found.start())
    return line.start() if line is not None else found.start()


_LINE = later(r"(?:收获|录得|走出)?[周月]K?线(?:收获|录得|走出|收出|实现|已)*了?$")


def _column(sheet: Sheet, scope: str) -> Measure | None:
    found = [one for one in sheet.changes() if one.kind == CHANGE and one.scope == scope and not one.basis]
    return found[0] if len(found) == 1 else None
