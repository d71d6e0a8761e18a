"""What a note, or its house, asks of its numbers: `numbers: warn` or `strict`, and waivers.

In: the node `numbers`, the passages read.  Out: the ledger; a diagnostic for each bare number, an error where the note is strict.
"""

from __future__ import annotations

from ..claims.ledger import BARE, WAIVED, ledger
from .asked import asked_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..claims.ledger import Entry
    from ..diagnostics import SourceFile
    from ..syntax import Node
    from .reader import Reader


def hold_numbers(node: Node | None, file: SourceFile, reader: Reader, entries: list[Entry] | None) -> None:
    """Report bare numbers as the note asks; fill `entries`."""
    mode, waivers = asked_of(node, "numbers", "number-waiver", reader)
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


def _mention(found: Sequence[Entry], reader: Reader) -> None:
    """One warning for a note that does not say what it asks of its numbers."""
    bare = [entry for entry in found if entry.state == BARE]
    if bare:
        rest = f" and {len(bare) - 1} more" if len(bare) > 1 else ""
        tip = (
            "`compile-note check --ledger` lists all; bind them to data, cite a source, or say `numbers: warn`, `strict` or waive"
        )
        reader.report.warning("number-bare", f"nothing stands behind `{bare[0].text}`{rest}", bare[0].span, help=tip)
