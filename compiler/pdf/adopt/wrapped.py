"""A structure for a file without tags: each page a figure, each link an element of its own.

In: a `Foreign` without a tree, and the alternative text the note gives.  Out: the part's number and the parent tree.  Always:
marks the content may have belong to no tree and are left out.  Rules: ISO 14289-1, 7.3 (figures) and 7.18 (annotations).
"""

from __future__ import annotations

from ...bundle import Hole, text_string
from .foreign import PRINTED, Ours
from .sheets import framed, open_states

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...bundle import Builder, Piece
    from .foreign import Foreign

UNMARKED = (b"BMC", b"BDC", b"EMC", b"MP", b"DP")  # operators of marked content


class Wrapped:
    """A structure that is made.  `links`: annotation → its key in the parent tree, its words."""

    def __init__(self, foreign: Foreign, builder: Builder, title: str, alt: str) -> None:
        self.foreign = foreign
        self.builder = builder
        self.title = title
        self.alt = alt
        self.roles: dict[str, str] = {}
        self.part = -1
        self.links: dict[int, tuple[int, str]] = {}

    def place(self, pages: list[int]) -> list[tuple[int, int]]:
        """Number figures and links; (key, object) of the parent tree."""
        self.part = self.builder.place(None)
        figures = [self._figure(at, page, number) for at, (page, number) in enumerate(zip(self.foreign.pages, pages))]
        parents = [(at, array) for at, (_, array) in enumerate(figures)]
        kids: list[Piece] = []
        for figure, _ in figures:
            kids += [figure, b" "]
        for page, number in zip(self.foreign.pages, pages):
            for reference in page.get("/Annots", ()):
                element = self._link(reference, number, len(parents))
                if element is not None:
                    kids += [element, b" "]
                    parents.append((len(parents), element))
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
        box = b" ".join([b"%g" % float(edge) for edge in page.cropbox])
        entries = {"/Type": b"/StructElem", "/S": b"/Figure", "/Alt": text_string(words), "/K": b"0"}
        where = {"/A": b"<</O/Layout/Placement/Block/BBox[%b]>>" % box, "/Pg": Hole(number), "/P": Hole(self.part)}
        self.builder.fill(figure, Ours({**entries, **where}))
        return figure, self.builder.place([Hole(figure)])

    def _link(self, reference: Any, page: int, key: int) -> int | None:
        """The element of an annotation; None for what needs none."""
        note = reference.get_object()
        if not hasattr(reference, "idnum") or note.get("/Subtype") == "/Popup":
            return None
        action = note.get("/A")
        target = action.get_object().get("/URI") if action is not None else None
        self.links[id(note)] = key, str(target or self.title)
        tag = b"/Link" if note.get("/Subtype") == "/Link" else b"/Annot"
        element = self.builder.place(None)
        held = Hole(b"<</Type/OBJR/Obj ", self.builder.refer(reference), b"/Pg ", page, b">>")
        self.builder.fill(element, Ours({"/Type": b"/StructElem", "/S": tag, "/K": held, "/P": Hole(self.part)}))
        return element

    def classes(self) -> dict[str, Any]:
        """None."""
        return {}

    def ids(self) -> list[tuple[bytes, int]]:
        """None."""
        return []

    # --- rewriting ---------------------------------------------------------------------------------------------------

    def page(self, at: int, page: Any, kept: dict[str, Any]) -> None:
        """A page's place in the parent tree, and its content as one marked piece."""
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
        if id(dictionary) in self.links:
            number, contents = self.links[id(dictionary)]
            changed["/StructParent"] = Hole(("key", number))
            changed["/F"] = b"%d" % (int(dictionary.get("/F", 0)) | PRINTED)
            changed.setdefault("/Contents", text_string(contents))
