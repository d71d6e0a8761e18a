"""Where a stretch of Latin letters, digits and signs without spaces may be divided.

In: the stretch.  Out: offsets with what a break there costs.  Numbers, names and words stay whole; addresses divide at their
joints; a compound divides after its hyphen.
Source: UAX #14 LB13, LB21, LB25, LB28; TYPOGRAPHY U2, U4, U5.
"""

from __future__ import annotations

from ..pattern import later

_ADDRESS = later(r"(?:[A-Za-z][A-Za-z0-9+.]*://|www\.|[\w.+-]+@[\w-]+\.)\S+|(?:[\w.~-]*/){3,}\S*")
_ADDRESS_END = 4  # characters an address keeps together at either end
_AFTER = {"/": 16.0, "?": 24.0, "&": 24.0, "=": 48.0, "#": 32.0, "_": 56.0, "-": 56.0}
_BEFORE = {".": 100.0, "%": 120.0}
_HYPHEN = later(r"(?<=[A-Za-z]{2}[-‐])(?=[A-Za-z]{3})")
_SLASH = later(r"(?<=[A-Za-z]{3}/)(?=[A-Za-z]{3})")
_DASH = later(r"(?<=[a-z]—)(?=[A-Za-z])")
_TSHEG = later(r"(?<=[\u0f0b\u0f0d])(?=[\u0f40-\u0f6c])")  # between syllables of Tibetan (UAX #14 BA)
_SIGNS = frozenset("/-‐—@w\u0f0b")  # one of them is in all that divides; w stands for www.
_MAIL_COST = 1350.0  # an e-mail address is divided only rather than stretch its line by 0.15 em a gap
_HYPHEN_COST = 32.0
_SLASH_COST = 32.0
ANYWHERE_COST = 3e4  # dearer than a short line
_JOINT_COST = 2e3
_EDGE_COST = 4e3  # where a word or number meets a sign: it stays whole (U2, U4)
_EDGE = later(
    r"(?<=://)(?=\w)|(?<=[^\W\d_])(?=[@#&+~])|(?<=[:;,!?@&=+~])(?=[^\W\d_])|(?<=\w/)(?=\w)|(?<=[^\W\d_]-)(?=\d)|(?<=\d-)(?=\d)"
)
# UAX #14 LB13, LB21, LB22, LB30: where a stretch too wide for the measure divides first
_JOINT = later(r"(?<=[}…—–])(?=[\w({])|(?<=\w\\)(?=[({])|(?<=\w[-‐])(?=[A-Za-z{])|(?<=[)}]-)(?=\w)|(?<=\w)(?=\{)")


def divisions(text: str) -> list[tuple[int, float]]:
    """Offsets at which `text` may be divided, ascending, each with its cost."""
    if _SIGNS.isdisjoint(text):  # figures and plain words: most
        return []
    address = _ADDRESS.search(text)
    if address:
        found = _address(text, address.start(), address.end())
        if "@" in address.group() and "/" not in address.group():
            found = [(at, cost + _MAIL_COST) for at, cost in found]
        return found
    found = [(match.start(), _HYPHEN_COST) for match in _HYPHEN.finditer(text)]
    found += [(match.start(), _SLASH_COST) for match in _SLASH.finditer(text)]
    found += [(match.start(), _HYPHEN_COST) for match in _DASH.finditer(text)]
    found += [(match.start(), 0.0) for match in _TSHEG.finditer(text)]
    return sorted(found)


def _address(text: str, start: int, end: int) -> list[tuple[int, float]]:
    scheme = text.find("://", start)
    host = scheme + 3 if scheme >= 0 else start
    first = max(start + _ADDRESS_END, host + (5 if text.startswith("www.", host) else 1 if scheme >= 0 else 0))
    found = []
    for at in range(first, end - _ADDRESS_END + 1):
        cost = _AFTER.get(text[at - 1])
        if cost is None or text[at] in _AFTER:
            cost = _BEFORE.get(text[at]) if text[at - 1] not in _AFTER else None
        if cost is not None:
            found.append((at, cost))
    return found


def seams(text: str) -> list[tuple[int, float]]:
    """Where a stretch too wide for the measure is divided so that its words and numbers stay whole; an address has none."""
    return [] if _ADDRESS.search(text) else sorted(_seams(text).items())


def _seams(text: str) -> dict[int, float]:
    found = {match.start(): _EDGE_COST for match in _EDGE.finditer(text)}
    return found | {match.start(): _JOINT_COST for match in _JOINT.finditer(text)} | dict(divisions(text))


def everywhere(text: str) -> list[tuple[int, float]]:
    """Every offset, the seams cheaper: the last resort for a word that is wider than the measure."""
    from unicodedata import category  # few texts need it

    found = _seams(text)
    return [
        (at, found.get(at, ANYWHERE_COST))
        for at in range(1, len(text))
        if at in found or (text[at] not in _NO_START and text[at - 1] not in _NO_END and category(text[at])[0] != "M")
    ]  # a mark stays with its letter (UAX #14 LB9)


_NO_START = frozenset("\u200d\u2011)]},.!?:;%/-‐—–’”·")  # UAX #14 LB8a, LB12a, LB13, LB19, LB21; TYPOGRAPHY M4
_NO_END = frozenset("([{“‘\u200d\u2011\u00a0\u202f\u2007")  # LB14, LB19, LB8a, LB12
