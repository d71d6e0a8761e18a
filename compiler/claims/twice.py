"""The same fact with two numbers in one note.

In: scenes of all passages.  Out: findings at the second.  Always: the same fact is the same words before the number in its
clause, of the same time, with the same unit; a list of like things (A 公司收入, B 公司收入) is not one.
"""

from __future__ import annotations

from ..pattern import later
from . import lexicon

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .findings import Finding
    from .quantities import Quantity
    from .scene import Scene

_SMALL = later(r"[的了约近超逾达为是到至在有将已也则均仅、，]|大约|接近|超过|不足|合计|累计|目前|截至|其中|达到")
_VAGUE = later(
    r"^(?:其|该|这|此|那|前者|后者|同比|环比|占比|涨幅|跌幅|增速|其中|另|再|又|首|每|第|单|另有|分别|上涨|下跌|增长|下降)*$"
)
LEAST = 5  # Han characters that make a fact of its own


class Facts:
    """What the note has said so far: the words of a fact → its number, and whether more than one is right."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, ...], tuple[Quantity, str]] = {}

    def hold(self, scene: Scene, lead: str) -> Iterator[Finding]:
        """Findings of a clause; `lead`: the times its sentence has named before."""
        from .findings import Finding

        if scene.unsure or scene.denied:
            return
        numbers = scene.of("number")
        for at, token in enumerate(numbers):
            one = token.quantity
            assert one is not None
            counted = one.unit.name if one.unit is not None else scene.text[one.end : one.end + 1]
            if at or not counted or counted in "月、." or one.about == "more":
                continue
            words = scene.text[scene.part.start : one.lead]
            whens = [scene.text[time.start : time.end] for time in scene.of("time")]
            plain = _SMALL.sub("", words)
            for when in whens:
                plain = plain.replace(when, "")
            if len(plain) < LEAST or _VAGUE.match(plain) or "从" in words or "由" in words or "分别" in words:
                continue
            if lexicon.CONNECT.search(words) is not None and len(scene.of("row")) > 1:
                continue
            key = (plain, counted, lead, *whens, scene.scope)
            old = self.known.get(key)
            if old is None:
                self.known[key] = (one, scene.text[one.start : one.end])
                continue
            if not _agree(old[0], one):
                said = scene.text[one.start : one.end]
                yield Finding("claim-twice", one.start, one.end, f"`{plain}` is {old[1]} before, and {said} here")


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether both may be the same number, one perhaps rounded more."""
    from .quantities import fits

    factor, others = (one.unit.factor, other.unit.factor) if one.unit is not None and other.unit is not None else (1, 1)
    a, b = one.value * factor, other.value * others
    if one.about and other.about and (one.about != other.about or one.about == "about"):
        return True
    if one.about and one.about == other.about:
        return a == b
    return a == b or fits(one, b / factor) or fits(other, a / others)
