"""The logical structure in the file: elements, the parent tree, element identifiers.

In: the Element tree and the marks painted for it.  Out: StructTreeRoot and its objects.  Always: marked content, K entries
and the parent tree agree; an element with nothing to it is left out.  Rules: ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.
"""

from __future__ import annotations

from .objects import byte_string, name, name_tree, number, text_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..layout.frames import Element
    from .objects import Store
    from .ready import Merged

KEPT_EMPTY = ("TD", "TH")  # a row must have all its cells (7.5)


def _order(entry: tuple[int, bytes]) -> int:
    return entry[0]


class _Kid:
    """One entry of an element's K that is not an element: a marked-content or an object reference."""

    __slots__ = ("mcid", "order", "page", "reference")

    def __init__(self, order: int, page: int, mcid: int, reference: int) -> None:
        self.order = order
        self.page = page
        self.mcid = mcid
        self.reference = reference


class Structure:
    """Collects what is painted for each element, then writes the tree."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._own: dict[int, list[_Kid]] = {}
        self._order = 0
        self._pages: list[list[Element]] = []
        self._keys: list[int] = []
        self._annotations: list[tuple[int, Element]] = []
        self._boxes: dict[int, list[float]] = {}
        self.next_key = 0

    def start_page(self) -> int:
        """A new page; returns its StructParents key."""
        self._pages.append([])
        key = self.next_key
        self._keys.append(key)
        self.next_key += 1
        return key

    def mark(self, element: Element) -> int:
        """A new marked-content sequence of `element` on the current page; returns its MCID."""
        page = len(self._pages) - 1
        elements = self._pages[page]
        mcid = len(elements)
        elements.append(element)
        self._order += 1
        self._own.setdefault(id(element), []).append(_Kid(self._order, page, mcid, 0))
        return mcid

    def annotate(self, element: Element, reference: int) -> int:
        """An annotation of `element` on the current page; returns its StructParent key."""
        self._order += 1
        self._own.setdefault(id(element), []).append(_Kid(self._order, len(self._pages) - 1, -1, reference))
        key = self.next_key
        self.next_key += 1
        self._annotations.append((key, element))
        return key

    def extend(self, element: Element, left: float, bottom: float, right: float, top: float) -> None:
        """Widen a figure's bounding box."""
        box = self._boxes.get(id(element))
        if box is None:
            self._boxes[id(element)] = [left, bottom, right, top]
        else:
            self._boxes[id(element)] = [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)]

    # --- writing -----------------------------------------------------------------------------------------------------

    def write(self, store: Store, tree: int, document: int, pages: Sequence[int], merged: Sequence[Merged]) -> None:
        """Write all elements, those of merged documents hanging from parts at the end of ours.

        `tree` and `document` are the numbers reserved for StructTreeRoot and the Document element, `pages` those of our pages.
        """
        kept: list[Element] = []
        first: dict[int, int] = {}
        self._prune(self.root, kept, first)
        numbers = {id(element): store.reserve() for element in kept if element is not self.root}
        numbers[id(self.root)] = document
        ids = [(key, number) for part in merged for key, number in part.ids]
        for element in kept:
            is_root = element is self.root
            parent = tree if is_root else numbers[id(element.parent)]
            more = [part.part for part in merged if part.part is not None] if is_root else []
            store.fill(numbers[id(element)], self._body(element, parent, numbers, first, pages, more))
            if element.id:
                ids.append((element.id.encode("utf-8"), numbers[id(element)]))
        body = b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d" % (
            document, self._parent_tree(store, numbers, merged), self.next_key,
        )  # fmt: skip
        if ids:
            body += b"/IDTree" + name_tree(store, [(key, b"%d 0 R" % number) for key, number in ids])
        roles = dict([pair for part in merged for pair in part.roles])
        if roles:
            body += b"/RoleMap<<" + b"".join([role + target for role, target in sorted(roles.items())]) + b">>"
        classes = b"".join([b"%b %d 0 R" % pair for part in merged for pair in part.classes])
        if classes:
            body += b"/ClassMap<<" + classes + b">>"
        store.fill(tree, body + b">>")

    def _parent_tree(self, store: Store, numbers: dict[int, int], merged: Sequence[Merged]) -> int:
        """From each page's marks and each annotation back to their elements (14.7.4.4)."""
        entries = [pair for part in merged for pair in part.parents]
        for key, elements in zip(self._keys, self._pages):
            entries.append((key, b"[" + b" ".join([b"%d 0 R" % numbers[id(element)] for element in elements]) + b"]"))
        entries += [(key, b"%d 0 R" % numbers[id(element)]) for key, element in self._annotations]
        return store.add(b"<</Nums[" + b" ".join([b"%d %b" % pair for pair in sorted(entries)]) + b"]>>")

    def _prune(self, element: Element, kept: list[Element], first: dict[int, int]) -> bool:
        """Keep what has content; note the order in which each element is first painted."""
        own = self._own.get(id(element))
        place = len(kept)
        kept.append(element)
        last = self._order + 1
        order = own[0].order if own else last  # they are numbered as they come
        some = own is not None
        for kid in element.kids:
            if self._prune(kid, kept, first):
                some = True
                if first[id(kid)] < order:
                    order = first[id(kid)]
        if not some and element.tag not in KEPT_EMPTY and element is not self.root:
            del kept[place:]
            return False
        first[id(element)] = order
        return True

    def _body(
        self,
        element: Element,
        parent: int,
        numbers: dict[int, int],
        first: dict[int, int],
        pages: Sequence[int],
        more: Sequence[int],
    ) -> bytes:
        own = self._own.get(id(element))
        if own and len(own) == 1 and not own[0].reference and not element.kids:  # most elements
            entries = [b"%d" % own[0].mcid]
            if element.plain and id(element) not in self._boxes:
                return b"<</Type/StructElem/S%b/P %d 0 R/Pg %d 0 R/K[%d]>>" % (
                    name(element.tag), parent, pages[own[0].page], own[0].mcid,
                )  # fmt: skip
        elif own:
            kids = self._kids(own, pages)
            kids += [(first[id(child)], b"%d 0 R" % numbers[id(child)]) for child in element.kids if id(child) in numbers]
            kids.sort(key=_order)
            entries = [body for _, body in kids]
        else:
            entries = [b"%d 0 R" % numbers[id(child)] for child in element.kids if id(child) in numbers]
        if more:
            entries += [b"%d 0 R" % part for part in more]
        out = [b"<</Type/StructElem/S%b/P %d 0 R" % (name(element.tag), parent)]
        if own:
            out.append(b"/Pg %d 0 R" % pages[own[0].page])
        if element.alt:
            out.append(b"/Alt" + text_string(element.alt))
        if element.actual:
            out.append(b"/ActualText" + text_string(element.actual))
        if element.expansion:
            out.append(b"/E" + text_string(element.expansion))
        if element.title:
            out.append(b"/T" + text_string(element.title))
        if element.lang:
            out.append(b"/Lang" + text_string(element.lang))
        if element.id:
            out.append(b"/ID" + byte_string(element.id))
        if element.attributes or id(element) in self._boxes:
            out.append(self._attributes(element))
        out.append(b"/K[%b]>>" % b" ".join(entries))
        return b"".join(out)

    def _kids(self, own: Sequence[_Kid], pages: Sequence[int]) -> list[tuple[int, bytes]]:
        """The K entries of an element's own marks and annotations, by the order in which they were painted."""
        home = own[0].page
        kids = []
        for kid in own:
            if kid.reference:
                body = b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (kid.reference, pages[kid.page])
            elif kid.page == home:
                body = b"%d" % kid.mcid
            else:
                body = b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid.page], kid.mcid)
            kids.append((kid.order, body))
        return kids

    def _attributes(self, element: Element) -> bytes:
        box = self._boxes.get(id(element))
        groups = dict(element.attributes or {})
        if box is not None:
            groups["Layout"] = {"Placement": "Block", "BBox": tuple(box)} | groups.get("Layout", {})
        made = []
        for owner, values in groups.items():
            inside = b"".join([name(key) + _value(key, value) for key, value in values.items()])
            made.append(b"<</O%b%b>>" % (name(owner), inside))
        return b"/A" + (made[0] if len(made) == 1 else b"[" + b"".join(made) + b"]")


def _value(key: str, value: object) -> bytes:
    """An attribute's value: str a name, but in Headers an identifier of a cell, in Summary words (14.8.5.7)."""
    if key == "Summary":
        return text_string(str(value))
    if isinstance(value, str):
        return byte_string(value) if key == "Headers" else name(value)
    if isinstance(value, bool):
        return b" true" if value else b" false"
    if isinstance(value, int | float):
        return b" " + number(value).encode("ascii")
    if isinstance(value, tuple | list):
        return b"[" + b"".join([_value(key, item) for item in value]) + b"]"
    raise TypeError(f"not an attribute value: {key} {value!r}")
