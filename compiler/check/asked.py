"""How strict a note, or its house, is with numbers and claims: `numbers: warn`, `claims: {mode: warn, waive: […]}`.

In: the node of the note, the brand's file.  Out: the mode, and the waivers with text, reason and name.  Always: what the note
says comes before what its house says; a waiver is a person's word, so it is asked who gives it and why.
"""

from __future__ import annotations

from ..pattern import later
from ..syntax import Mapping, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..claims.ledger import Waiver
    from ..diagnostics import Span
    from ..syntax import Node
    from ..world import World
    from .reader import Reader

MODES = ("warn", "strict")
ASKED = ("numbers", "claims")  # keys of a brand, too
WAIVER_KEYS = ("text", "reason", "name")
LONGEST_CHAIN = 8  # brands that extend one another
_SAYS = {key: later(rf"^{key}:[ \t]*[\"']?(\w+)[\"']?[ \t]*(?:#.*)?$", 8) for key in (*ASKED, "extends")}  # 8: re.MULTILINE


def asked_of(node: Node | None, key: str, code: str, reader: Reader) -> tuple[str, list[Waiver]]:
    """The mode and the waivers a note asks for; "" and none where it does not."""
    if node is None:
        return "", []
    mode_node: Node | None = node
    waivers: list[Waiver] = []
    if isinstance(node, Mapping):
        reader.keys(node, ("mode", "waive"), f"`{key}`")
        mode_node = node.get("mode")
        listed = node.get("waive")
        if listed is not None and not isinstance(listed, Sequence):
            reader.report.error("note-type", "`waive` is a list of `{text, reason, name}`", listed.span)
        for item in listed.items if isinstance(listed, Sequence) else ():
            waiver = _waiver(item, code, reader)
            if waiver is not None:
                waivers.append(waiver)
    mode = reader.text(mode_node, key) or "strict"
    if mode not in MODES:
        reader.report.error("note-type", f"`{key}` is warn or strict, not {mode}", node.span)
        return "", []
    return mode, waivers


def _waiver(node: Node, code: str, reader: Reader) -> Waiver | None:
    """A waiver, or None after a report: it needs all three."""
    from ..claims.ledger import Waiver

    values = {key: node.get(key) for key in WAIVER_KEYS} if isinstance(node, Mapping) else {}
    words = [value.value.strip() for value in values.values() if isinstance(value, Scalar) and value.value.strip()]
    if len(words) != len(WAIVER_KEYS):
        tip = "write `- {text: 60 日, reason: 草案原文, name: 沈知远}`"
        reader.report.error(code, "a waiver needs a text, a reason and a name", node.span, help=tip)
        return None
    return Waiver(words[0], words[1], words[2], node.span)


def house_asks(key: str, brand: str, root: str, world: World, span: Span) -> Scalar | None:
    """What the brand, or one it extends, says under `key`, as if the note said it; None where none does.

    The file is looked through, not parsed: it is read as a whole when the note is set, and what is wrong in it told then.
    """
    for _ in range(LONGEST_CHAIN):
        path = world.asset(root, f"brands/{brand}/brand.yaml") if brand and not set(brand) & set("/\\:\0.") else None
        if path is None:
            return None
        try:
            text = world.peek(path).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        said = _SAYS[key].search(text)
        if said is not None:
            return Scalar(said.group(1), span, "") if said.group(1) in MODES else None
        base = _SAYS["extends"].search(text)
        if base is None:
            return None
        brand = base.group(1)
    return None
