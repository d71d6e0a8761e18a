"""The word of direction a number is said with: 下跌 2%, 升至 3%, 降幅扩大至 5.4%.

In: a clause, where to look from, a number.  Out: a token, None for none, and whether the number is where something came to.
Always: the last such word before the number; a word for how a fall or a rise changed has the sign of both.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.book import Token
from .steps import differs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..clauses.scene import Scene
    from ..words.quantities import Quantity


def verb_of(scene: Scene, before: int, quantity: Quantity) -> tuple[Token | None, bool]:
    """The direction before a number, and whether the number is a level: 升至 3%."""
    words = [
        token
        for token in scene.tokens
        if (token.kind in ("dir", "amp", "neutral") or (token.kind == "noun" and token.sign))
        and before <= token.start
        and token.end <= quantity.lead
    ]
    if not words:
        carried = next((token for token in reversed(scene.carried) if token.kind != "basis"), None)
        return carried, carried is None and not scene.way and scene.text[quantity.lead - 1] in "至到"  # 下行 8BP 至 1.74%
    last = words[-1]
    between = scene.text[last.end : quantity.lead]
    said = scene.text[last.start : last.end]
    amps = [token for token in words if token.kind == "amp"] or (_amp_of_both(scene, before) if last.sign else [])
    if not amps and not scene.of("noun") and _GREW.match(said) is not None:  # 降幅扩大至 5.4%，较 5 月扩大 0.8 个百分点
        amps = list(scene.amps)
    if amps and last.kind == "dir":  # 降幅较上月扩大 0.3 个百分点: what grew is a fall
        if between[:1] in ("至", "到", "为") or said[-1] in "至到":
            return amps[-1], False
        return Token("shift", last.start, last.end, sign=amps[-1].sign * last.sign), False
    grew = _GREW.search(said) if last.kind == "amp" and between[:1] not in ("至", "到", "为") and differs(scene) else None
    if grew is not None:  # 与上周相比，跌幅收窄 0.3 个百分点
        return Token("shift", last.start, last.end, sign=last.sign * (1 if grew.group("more") else -1)), False
    level = said[-1] in "至破" or (last.kind == "dir" and between[:1] in ("至", "到", "为", "报") and between[:2] != "到了")
    return last, level


_GREW = later(r"(?P<more>扩大|走阔|加深)|收窄|缩小|放缓")
_OF_BEFORE = later(r"(?:较|(?<!占)比)[^，]*$")


def _amp_of_both(scene: Scene, end: int) -> list[Token]:
    """The 跌幅 of which a clause gives the number before, too: 降幅较 5 月的 1.4% 收窄 0.6 个百分点."""
    amps = [token for token in scene.of("amp") if token.end < end]
    return [one for one in amps[-1:] if _OF_BEFORE.fullmatch(scene.text, one.end, end)]
