"""Marks under the text: emphasis dots (着重号) and proper-noun lines (专名号).

In: a set segment whose style asks for one.  Out: shapes under it.  Always: the leading does not change; no dot under a mark or
a blank; two names side by side keep a visible gap.  Source: clreq 3.4; TYPOGRAPHY M1.
"""

from __future__ import annotations

from ..pathdata import circle_steps
from ..text.characters import HAN, base_class
from ..text.composer import places
from .frames import LAYOUT, PathItem, RectItem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..text.setting import Segment
    from .frames import Item

DOT_EM, DOT_DROP_EM = 0.07, 0.30  # radius, and centre under the baseline
LINE_EM, LINE_DROP_EM, LINE_INSET_EM = 0.05, 0.18, 0.06  # weight, upper edge under the baseline, gap at either end


def marks_under(segment: Segment, x: float, y: float) -> list[Item]:
    """The marks of one segment whose measure starts at x and whose baseline is y."""
    style = segment.style
    size, baseline = style.size, y - style.rise
    glyphs = places(segment)
    if style.mark == "name":
        shown = [glyph for glyph in glyphs if glyph[0] != " "]
        if not shown:
            return []
        inset = LINE_INSET_EM * size
        left, right = x + shown[0][1] + inset, x + shown[-1][1] + shown[-1][2] - inset
        return [RectItem(left, baseline + LINE_DROP_EM * size, right - left, LINE_EM * size, style.colour, LAYOUT)]
    out: list[Item] = []
    for text, place, advance in glyphs:
        if base_class(ord(text[-1])) == HAN:
            steps = circle_steps(x + place + advance / 2, baseline + DOT_DROP_EM * size, DOT_EM * size)
            out.append(PathItem(tuple(steps), style.colour, "", 0.0, LAYOUT))
    return out


def joined(items: list[Item]) -> None:
    """Make one of the last two lines: a name in two faces is one name."""
    first, second = items[-2:]
    if isinstance(first, RectItem) and isinstance(second, RectItem):
        items[-2:] = [first.replace(width=second.x + second.width - first.x)]
