"""Short forms and what they are short for.

In: the node `abbreviations`.  Out: them in the order given.
"""

from __future__ import annotations

from ..model import Abbreviation
from ..syntax import Mapping, Scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..syntax import Node
    from .reader import Reader


def read_abbreviations(node: Node, reader: Reader) -> tuple[Abbreviation, ...]:
    """A short form and its expansion a line; one given twice is refused when the YAML is read."""
    if not isinstance(node, Mapping):
        tip = "write `abbreviations: {ETF: 交易型开放式指数基金}`"
        reader.report.error("note-type", "`abbreviations` maps short forms to what they are short for", node.span, help=tip)
        return ()
    found = []
    for key, value in node.entries:
        short = " ".join(key.value.split())
        expansion = reader.text(value, key.value)
        if not isinstance(value, Scalar):
            continue  # reported
        if not any([char.isalnum() for char in short]):
            reader.report.error(
                "abbreviation-form", f"`{key.value}` is no short form", key.span, help="write it as the text does"
            )
        elif not expansion:
            reader.report.error(
                "abbreviation-empty",
                f"`{short}` has no expansion",
                key.span,
                help=f"write what a reader is to hear: `{short}: …`",
            )
        elif expansion == short:
            reader.report.error(
                "abbreviation-form", f"`{short}` is short for itself", value.span, help="write it out, or delete the line"
            )
        found.append(Abbreviation(short, expansion, key.span))
    return tuple(found)
