"""The structure of a file with tags: its elements under a part of the host's tree, with names of their own.

In: a `Foreign` with a tree.  Out: the part's number, the parent tree, classes and identifiers, and elements as they are
rewritten.  Always: roles, classes and identifiers carry the host's prefix; keys of the parent tree count from the host's next.
Rules: ISO 32000-1, 14.7.2 to 14.7.4.
"""

from __future__ import annotations

from ...bundle import Hole, name, raw_entries, text_string
from .foreign import Ours, flat, inner, language, listed, notes_of, own_bytes, prefixed, sound
from .links import Links
from .sheets import open_states

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...bundle import Builder, Piece
    from .foreign import Foreign


class Tagged:
    """A structure that is kept."""

    def __init__(self, foreign: Foreign, builder: Builder, title: str) -> None:
        self.foreign = foreign
        self.builder = builder
        self.title = title
        roles = {str(key): str(value.get_object()) for key, value in inner(foreign.tree, "/RoleMap").items()}
        self.roles = {key: value for key, value in roles.items() if key != value}  # a standard tag that is what it is
        self.part = -1
        self.links = Links(builder)
        self.given: dict[int, bytes] = {}  # notes without an identifier, and the one they get (ISO 14289-1, 7.9)

    def place(self, pages: list[int]) -> list[tuple[int, int]]:
        """Number the structure; (key, object) of the parent tree."""
        self.part = self.builder.place(None)
        kids = [self.builder.refer(kid) for kid in self._top()]
        parents = self._parents()
        key = max([key for key, _ in parents], default=-1) + 1
        for page, number in zip(self.foreign.pages, pages):
            for reference in notes_of(page):
                note = reference.get_object()
                if hasattr(reference, "idnum") and note.get("/Subtype") == "/Link" and "/StructParent" not in note:
                    kids.append(self.links.add(reference, number, self.part, key))
                    parents.append((key, kids[-1]))
                    key += 1
        self.builder.fill(self.part, self._part(kids))
        return parents

    def _top(self) -> list[Any]:
        """The file's own top elements, by reference."""
        found = listed(raw_entries(self.foreign.tree or {}).get("/K") or [])
        return [kid for kid in found if hasattr(kid, "idnum") and isinstance(kid.get_object(), dict)]

    def _parents(self) -> list[tuple[int, int]]:
        """(key, object) of the file's own parent tree."""
        out = []
        for key, value in flat(inner(self.foreign.tree, "/ParentTree"), "/Nums"):
            if not isinstance(key.get_object(), int):
                continue
            reference = hasattr(value, "idnum")
            out.append((int(key), self.builder.refer(value) if reference else self.builder.place(value)))
        return sorted(out)

    def _part(self, kids: list[int]) -> Ours:
        """The element that holds the file's own top elements."""
        references: list[Piece] = []
        for kid in kids:
            references += [kid, b" "]
        entries: dict[str, Any] = {
            "/Type": b"/StructElem",
            "/S": b"/Part",
            "/T": text_string(self.title),
            "/K": Hole(b"[", *references, b"]"),
        }
        spoken = language(self.foreign.root["/Lang"]) if "/Lang" in self.foreign.root else None
        if spoken is not None:
            entries["/Lang"] = spoken
        return Ours({**entries, "/P": Hole("document")})

    def classes(self) -> dict[str, Any]:
        """The class map (14.7.5.3)."""
        return raw_entries(inner(self.foreign.tree, "/ClassMap"))

    def ids(self) -> list[tuple[bytes, int]]:
        """(identifier, element) of every element that has one.

        From the elements, not from the file's own tree of them: WeasyPrint writes none, Typst not for cells of tables, and
        ISO 32000-1, 14.7.2 asks for all."""
        found: dict[bytes, int] = {}
        stack: list[Any] = [raw_entries(self.foreign.tree or {}).get("/K")]
        seen: set[int] = set()
        while stack:
            value = stack.pop()
            number = getattr(value, "idnum", None)
            if value is None or number in seen:
                continue
            if number is not None:
                seen.add(number)
            target = value.get_object()
            if isinstance(target, list):
                stack += list.__iter__(target)
            elif isinstance(target, dict):
                entries = raw_entries(target)
                if number is not None and _is_element(entries):
                    if "/ID" not in entries and self._is_note(entries):
                        self.given[id(target)] = b"note %d" % self.builder.refer(value)
                    mark = self.given.get(id(target)) or own_bytes(entries.get("/ID", ""))
                    if mark:
                        found.setdefault(mark, self.builder.refer(value))
                stack.append(entries.get("/K"))
        return list(found.items())

    def _is_note(self, entries: Mapping[str, Any]) -> bool:
        tag = str(entries["/S"])
        for _ in self.roles:
            tag = self.roles.get(tag, tag)
        return tag == "/Note"

    # --- rewriting ---------------------------------------------------------------------------------------------------

    def page(self, _at: int, page: Any, kept: dict[str, Any]) -> None:
        """A page's place in the parent tree."""
        entries = raw_entries(page)
        if "/StructParents" in entries:
            kept["/StructParents"] = Hole(("key", int(entries["/StructParents"])))

    def excess(self, page: Any) -> int:
        """How many graphics states a page's content leaves open."""
        return open_states(page)

    def rewrite(self, dictionary: Any, changed: dict[str, Any]) -> None:
        """Keys and names of the structure in any dictionary."""
        for key in ("/StructParent", "/StructParents"):
            if key in changed:
                changed[key] = Hole(("key", int(changed[key])))
        self.links.rewrite(dictionary, changed)
        if id(dictionary) in self.given:
            changed["/ID"] = self.given[id(dictionary)]
        if _is_element(changed):
            self._element(changed)
        if "/Headers" in changed and isinstance(changed.get("/O"), str):
            changed["/Headers"] = [prefixed(one) for one in changed["/Headers"]]

    def _element(self, changed: dict[str, Any]) -> None:
        role = str(changed["/S"])
        if role in self.roles:
            changed["/S"] = Hole(b"/", "prefix", name(sound(role))[1:])
        elif role == "/Document":
            changed["/S"] = b"/Part"
        parent = changed.get("/P")
        if parent is not None and parent.get_object() is self.foreign.tree:
            changed["/P"] = Hole(self.part)
        if "/ID" in changed:
            changed["/ID"] = prefixed(changed["/ID"])
        if "/C" in changed:
            value = changed["/C"].get_object()
            holes = [Hole(b"/", "prefix", name(str(one))[1:]) if str(one).startswith("/") else one for one in listed(value)]
            changed["/C"] = holes if isinstance(value, list) else holes[0]
        for key in ("/NS", "/Ref"):
            changed.pop(key, None)


def _is_element(entries: Mapping[str, Any]) -> bool:
    return "/S" in entries and entries.get("/Type", "/StructElem") == "/StructElem" and ("/P" in entries or "/K" in entries)
