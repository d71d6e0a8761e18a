"""Whether a ready-made disclaimer leaves the whole file its claim: judged by what it holds, not by what it says of itself.

In: a `Ready`.  Out: reasons why a file with it cannot claim PDF/A-3a and PDF/UA-1; none when it can.  It is merged into a file
of its own, as it will be merged, and that is held against the rules of `conformance`.  What the rules know nothing of counts as
a reason, unless the disclaimer claims PDF/A itself.
"""

from __future__ import annotations

from ..conformance import Kinds, conformance, elements, unjudged
from ..conformance.file import FAULTS, File, Unreadable, got
from ..conformance.structure import Check
from ..layout.frames import Element, Metadata, Pages, Tail
from .write import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..world import World
    from .ready import Ready

# What is no fault of a part: it follows a note that has its first heading, and a page may be left blank on purpose.
PARTIAL = ("page-blank", "heading-order")
MOST = 12


def reasons_against_claim(ready: Ready, world: World, *, claimed: bool) -> tuple[str, ...]:
    """In words for compliance, each once, `MOST` of them at most."""
    metadata = Metadata(ready.title, (ready.title,), "", (), "zh-CN", "2000-01-01T00:00:00Z")
    alone = Pages((), Element("Document"), (), metadata, (Tail(ready.title, ()),))
    try:
        file = File(write(alone, [ready.replace(reasons=())], world))
        found = [*conformance(file), *Check(file).run()]
        strange = [] if claimed else unjudged(file)
    except (Unreadable, *FAULTS) as fault:
        return (f"it cannot be judged: {fault}",)
    words = [item.words for item in found if item.rule not in PARTIAL]
    tree = got(file.catalog.get("/StructTreeRoot"))
    if "H" in map(Kinds(tree), elements(tree)):  # those of the note have (ISO 14289-1, 7.4.4)
        words.append("its headings have no levels")
    words += [f"{what}: this cannot be judged here, and the file does not claim PDF/A" for what in strange]
    return tuple(dict.fromkeys(words))[:MOST]
