"""Elements for annotations that have none: all of a file without tags, and those a maker forgot (LibreOffice, its footnotes').

Rules: ISO 14289-1, 7.18.1 and 7.18.5; ISO 32000-1, 14.7.4.3 (object references).
"""

from __future__ import annotations

from ...bundle import Hole, text_string
from .foreign import PRINTED, Ours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...bundle import Builder


class Links:
    """The annotations that were given an element."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self._known: dict[int, tuple[int, str]] = {}  # annotation → key in the parent tree, words where it has none

    def add(self, reference: Any, page: int, part: int, key: int, words: str = "") -> int:
        """A new element for an annotation, below `part`; its number."""
        note = reference.get_object()
        self._known[id(note)] = key, words
        tag = b"/Link" if note.get("/Subtype") == "/Link" else b"/Annot"
        element = self.builder.place(None)
        held = Hole(b"<</Type/OBJR/Obj ", self.builder.refer(reference), b"/Pg ", page, b">>")
        self.builder.fill(element, Ours({"/Type": b"/StructElem", "/S": tag, "/K": held, "/P": Hole(part)}))
        return element

    def rewrite(self, dictionary: Any, changed: dict[str, Any]) -> None:
        """The annotation's side of it."""
        if id(dictionary) not in self._known:
            return
        key, words = self._known[id(dictionary)]
        changed["/StructParent"] = Hole(("key", key))
        changed["/F"] = b"%d" % (int(dictionary.get("/F", 0)) | PRINTED)
        if words:
            changed.setdefault("/Contents", text_string(words))
