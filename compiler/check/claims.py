"""What the prose of a note says, held against its data, the calendar and itself.

In: the reader after the note has been read.  Out: a diagnostic for each claim that does not hold, with the place of the cell
that says otherwise; the numbers typed that a cell stands behind.  Always: Chinese prose only; what a fault kept from being read
is not held against anything.
"""

from __future__ import annotations

from ..model import Date
from ..syntax import Scalar
from .asked import asked_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..claims.ledger import Prose
    from ..claims.reach import Said
    from ..diagnostics import SourceFile
    from ..syntax import Mapping, Node
    from .reader import Reader

HELP = {
    "claim-direction": "turn the word round, or correct the data",
    "claim-unit": "correct the unit",
    "claim-rounding": "round half up, or bind the number: `{{ … }}`",
    "claim-date": "correct the day",
    "claim-weekday": "correct the day, or the weekday",
    "claim-period": "correct the day, or the period of the note",
    "claim-twice": "correct one of them, or say how they differ",
}


def hold_claims(
    node: Mapping,
    asked: Node | None,
    file: SourceFile,
    period: tuple[Date, Date] | None,
    reader: Reader,
    claimed: list[Said] | None = None,
) -> None:
    """Report the claims that do not hold: as errors, or warnings where the note or its house asks for these; not those waived.
    `claimed` is filled with all of them, where somebody asks."""
    mode, waivers = asked_of(asked, "claims", "claims-waiver", reader)
    if reader.published is None:
        return
    prose = [*_heads(node, reader), *reader.spoken, *[one for one in reader.prose or () if one.at(0, 1).file is file]]
    now = period[1] if period is not None else reader.published
    from ..claims.ledger import within
    from ..claims.passages import Held

    used: set[str] = set()
    held = Held(reader.data.values(), now, reader.published, period, reader.row_names)
    for claim in held.claims(prose):
        if (claim.span.file.name, claim.span.start) in reader.told:
            continue
        waived = [one for one in waivers if within(claim.span.file.text, one.text, claim.span.start)]
        if waived:
            used.update([one.text for one in waived])
            continue
        tip = HELP.get(claim.code, "correct the sentence, or the data") + "; if it is right, waive it under `claims`"
        tell = reader.report.warning if mode == "warn" else reader.report.error
        tell(claim.code, claim.message, claim.span, notes=claim.notes, help=tip)
    for one in waivers:
        if one.text not in used:
            reader.report.warning("claims-waiver", f"`{one.text}` waives nothing", one.span, help="delete it")
    reader.bound_to |= held.used
    reader.matched = held.matched
    if claimed is not None:
        from ..claims.reach import reach

        claimed += reach(held, prose, waivers)


def _heads(node: Mapping, reader: Reader) -> list[Prose]:
    """Title and subtitle: what has braces is among the passages already."""
    from ..claims.ledger import Prose
    from .inline import passage_of

    out = []
    for key in ("title", "subtitle"):
        value = node.get(key)
        if isinstance(value, Scalar) and value.value and "{{" not in value.value:
            out.append(Prose(value.value, passage_of(value).span, (), ()))
    return out
