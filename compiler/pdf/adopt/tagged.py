"""The structure of a file with tags: its elements under a part of the host's tree, with names of their own.

In: a `Foreign` with a tree.  Out: the part's number, the parent tree, classes and identifiers, and elements as they are
rewritten.  Always: roles, classes and identifiers carry the host's prefix; keys of the parent tree count from the host's next.
Rules: ISO 32000-1, 14.7.2 to 14.7.4.
"""

from __future__ import annotations

from ...bundle import Hole, name, raw_entries, text_string
from .foreign import Ours, flat, inner, listed, own_bytes, prefixed
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
        self.roles = {str(key): str(value) for key, value in inner(foreign.tree, "/RoleMap").items()}
        self.part = -1

    def place(self, _pages: list[int]) -> list[tuple[int, int]]:
        """Number the structure; (key, object) of the parent tree."""
        self.part = self.builder.place(None)
        self.builder.fill(self.part, self._part())
        out = []
        for key, value in flat(inner(self.foreign.tree, "/ParentTree"), "/Nums"):
            reference = hasattr(value, "idnum")
            out.append((int(key), self.builder.refer(value) if reference else self.builder.place(value)))
        return sorted(out)

    def _part(self) -> Ours:
        """The element that holds the file's own top elements."""
        references: list[Piece] = []
        for kid in listed(raw_entries(self.foreign.tree or {}).get("/K") or []):
            references += [self.builder.refer(kid), b" "]
        entries: dict[str, Any] = {
            "/Type": b"/StructElem",
            "/S": b"/Part",
            "/T": text_string(self.title),
            "/K": Hole(b"[", *references, b"]"),
        }
        language = self.foreign.root.get("/Lang")
        if language:
            entries["/Lang"] = text_string(str(language))
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
                if number is not None and "/ID" in entries and _is_element(entries):
                    found.setdefault(own_bytes(entries["/ID"]), self.builder.refer(value))
                stack.append(entries.get("/K"))
        return list(found.items())

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
        if _is_element(changed):
            self._element(changed)
        if "/Headers" in changed and isinstance(changed.get("/O"), str):
            changed["/Headers"] = [prefixed(one) for one in changed["/Headers"]]

    def _element(self, changed: dict[str, Any]) -> None:
        role = str(changed["/S"])
        if role in self.roles:
            changed["/S"] = Hole(b"/", "prefix", name(role)[1:])
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
