"""A structure for a file without tags: each page that shows something a figure, each link an element of its own.

In: a `Foreign` without a tree, and the alternative text the note gives.  Out: the part's number and the parent tree.  Always:
marks the content may have belong to no tree and are left out.  Rules: ISO 14289-1, 7.3 (figures) and 7.18 (annotations).
"""

from __future__ import annotations

from ...bundle import Hole, text_string
from .foreign import Ours, notes_of
from .links import Links
from .sheets import framed, open_states, paints, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...bundle import Builder, Piece
    from .foreign import Foreign

UNMARKED = (b"BMC", b"BDC", b"EMC", b"MP", b"DP")  # operators of marked content


class Wrapped:
    """A structure that is made."""

    def __init__(self, foreign: Foreign, builder: Builder, title: str, alt: str) -> None:
        self.foreign = foreign
        self.builder = builder
        self.title = title
        self.alt = alt
        self.roles: dict[str, str] = {}
        self.part = -1
        self.links = Links(builder)

    def place(self, pages: list[int]) -> list[tuple[int, int]]:
        """Number figures and links; (key, object) of the parent tree."""
        self.part = self.builder.place(None)
        kids: list[Piece] = []
        parents = []
        for at, (page, number) in enumerate(zip(self.foreign.pages, pages)):
            if paints(page):
                figure, array = self._figure(at, page, number)
                kids += [figure, b" "]
                parents.append((at, array))
        key = len(pages)
        for page, number in zip(self.foreign.pages, pages):
            for reference in notes_of(page):
                if hasattr(reference, "idnum") and reference.get_object().get("/Subtype") != "/Popup":
                    element = self.links.add(reference, number, self.part, key, self._words(reference))
                    kids += [element, b" "]
                    parents.append((key, element))
                    key += 1
        whole: dict[str, Any] = {
            "/Type": b"/StructElem",
            "/S": b"/Part",
            "/T": text_string(self.title),
            "/K": Hole(b"[", *kids, b"]"),
        }
        self.builder.fill(self.part, Ours({**whole, "/P": Hole("document")}))
        return parents

    def _figure(self, at: int, page: Any, number: int) -> tuple[int, int]:
        """The element of a page, and the array of the parent tree that leads to it."""
        figure = self.builder.place(None)
        pages = len(self.foreign.pages)
        words = self.alt if pages == 1 else f"{self.alt} ({at + 1}/{pages})"
        box = b" ".join([b"%g" % float(edge) for edge in visible(page)])
        entries = {"/Type": b"/StructElem", "/S": b"/Figure", "/Alt": text_string(words), "/K": b"0"}
        where = {"/A": b"<</O/Layout/Placement/Block/BBox[%b]>>" % box, "/Pg": Hole(number), "/P": Hole(self.part)}
        self.builder.fill(figure, Ours({**entries, **where}))
        return figure, self.builder.place([Hole(figure)])

    def _words(self, reference: Any) -> str:
        """What a link says that has no words: its address."""
        action = reference.get_object().get("/A")
        target = action.get_object().get("/URI") if action is not None else None
        return str(target or self.title)

    def classes(self) -> dict[str, Any]:
        """None."""
        return {}

    def ids(self) -> list[tuple[bytes, int]]:
        """None."""
        return []

    # --- rewriting ---------------------------------------------------------------------------------------------------

    def page(self, at: int, page: Any, kept: dict[str, Any]) -> None:
        """A page's place in the parent tree, and its content as one marked piece; a blank page has none."""
        if not paints(page):
            return
        kept["/StructParents"] = Hole(("key", at))
        kept["/Contents"] = framed(at, self.builder.place(self._content(page)), b" ")

    @staticmethod
    def _content(page: Any) -> Any:
        from pypdf.generic import DecodedStreamObject

        contents = page.get_contents()
        excess = open_states(page)
        data = b""
        if contents is not None:
            contents.operations = [one for one in contents.operations if one[1] not in UNMARKED]
            data = contents.get_data()
        stream = DecodedStreamObject()
        stream.set_data(b"/Figure<</MCID 0>>BDC\nq\n" + data + b"\nQ" * (1 + excess) + b"\nEMC")
        return stream.flate_encode()

    def excess(self, _page: Any) -> int:
        """None: the marked piece closes what the content leaves open."""
        return 0

    def rewrite(self, dictionary: Any, changed: dict[str, Any]) -> None:
        """Annotations get their key and their words; what tells of an old tree goes."""
        for key in ("/StructParent", "/StructParents"):
            changed.pop(key, None)
        self.links.rewrite(dictionary, changed)
