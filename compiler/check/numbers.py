"""What a note asks of its numbers: `numbers: warn` or `strict`, and waivers.

In: the node `numbers`, the passages read.  Out: the ledger; a diagnostic for each bare number, an error where the note is strict.
"""

from __future__ import annotations

from ..claims.ledger import BARE, WAIVED, Waiver, ledger
from ..syntax import Mapping, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence as Sequence_

    from ..claims.ledger import Entry
    from ..diagnostics import SourceFile
    from ..syntax import Node
    from .reader import Reader

MODES = ("warn", "strict")
WAIVER_KEYS = ("text", "reason", "name")


def hold_numbers(node: Node | None, file: SourceFile, reader: Reader, entries: list[Entry] | None) -> None:
    """Report bare numbers as the note asks; fill `entries`."""
    mode, waivers = _asked(node, reader)
    prose = [one for one in reader.prose or () if one.at(0, 1).file is file]  # not the disclaimers'
    found = ledger(prose, waivers, reader.matched)
    if entries is not None:
        entries += found
    if not mode:
        _mention(found, reader)
        return
    tell = reader.report.error if mode == "strict" else reader.report.warning
    for entry in found:
        if entry.state == BARE:
            tip = "bind it to data `{{ … }}`, cite a source in its sentence, or waive it with a reason"
            tell("number-bare", f"nothing stands behind `{entry.text}`", entry.span, help=tip)
    waived = [entry for entry in found if entry.state == WAIVED]
    for waiver in waivers:
        if not any([entry.text in waiver.text and entry.behind == waiver.words for entry in waived]):
            reader.report.warning("number-waiver", f"`{waiver.text}` waives nothing", waiver.span, help="delete it")


def _mention(found: Sequence_[Entry], reader: Reader) -> None:
    """One warning for a note that does not say what it asks of its numbers."""
    bare = [entry for entry in found if entry.state == BARE]
    if bare:
        rest = f" and {len(bare) - 1} more" if len(bare) > 1 else ""
        tip = (
            "`compile-note check --ledger` lists all; bind them to data, cite a source, or say `numbers: warn`, `strict` or waive"
        )
        reader.report.warning("number-bare", f"nothing stands behind `{bare[0].text}`{rest}", bare[0].span, help=tip)


def _asked(node: Node | None, reader: Reader) -> tuple[str, list[Waiver]]:
    """The mode and the waivers."""
    if node is None:
        return "", []
    mode_node: Node | None = node
    waivers: list[Waiver] = []
    if isinstance(node, Mapping):
        reader.keys(node, ("mode", "waive"), "`numbers`")
        mode_node = node.get("mode")
        listed = node.get("waive")
        if listed is not None and not isinstance(listed, Sequence):
            reader.report.error("note-type", "`waive` is a list of `{text, reason, name}`", listed.span)
        for item in listed.items if isinstance(listed, Sequence) else ():
            waiver = _waiver(item, reader)
            if waiver is not None:
                waivers.append(waiver)
    mode = reader.text(mode_node, "numbers") or "strict"
    if mode not in MODES:
        reader.report.error("note-type", f"`numbers` is warn or strict, not {mode}", node.span)
        return "", []
    return mode, waivers


def _waiver(node: Node, reader: Reader) -> Waiver | None:
    """A waiver, or None after a report: it needs all three."""
    values = {key: node.get(key) for key in WAIVER_KEYS} if isinstance(node, Mapping) else {}
    words = [value.value.strip() for value in values.values() if isinstance(value, Scalar) and value.value.strip()]
    if len(words) != len(WAIVER_KEYS):
        tip = "write `- {text: 60 日, reason: 草案原文, name: 沈知远}`"
        reader.report.error("number-waiver", "a waiver needs a text, a reason and a name", node.span, help=tip)
        return None
    return Waiver(words[0], words[1], words[2], node.span)
