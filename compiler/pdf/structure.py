"""The logical structure in the file: elements, the parent tree, element identifiers.

In: the Element tree and the marks painted for it.  Out: StructTreeRoot and its objects.  Always: marked content, K entries
and the parent tree agree; an element with nothing to it is left out.  Rules: ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.
"""

from __future__ import annotations

from .objects import name, number, text_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..layout.frames import Element
    from .objects import Store

KEPT_EMPTY = ("TD", "TH")  # a row must have all its cells (7.5)


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
        self._annotations: list[tuple[int, Element]] = []
        self._boxes: dict[int, list[float]] = {}
        self.next_key = 0

    def start_page(self) -> int:
        """A new page; returns its StructParents key."""
        self._pages.append([])
        key = self.next_key
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

    def write(
        self, store: Store, pages: list[int], page_keys: list[int], parts: list[int], tail_nums: list[tuple[int, bytes]],
        roles: dict[bytes, bytes], root_number: int, document_number: int, extra: bytes = b"", tail_ids: list[tuple[bytes, int]] | None = None,
    ) -> None:  # fmt: skip
        """Write all elements.

        `pages`: object number of each of our pages; `parts`: elements of merged documents, last kids of the Document;
        `tail_nums`: their parent tree entries as finished bytes.
        """
        kept: list[Element] = []
        first: dict[int, int] = {}
        self._prune(self.root, kept, first)
        numbers = {id(element): store.reserve() for element in kept if element is not self.root}
        numbers[id(self.root)] = document_number
        ids: list[tuple[bytes, int]] = list(tail_ids or [])
        for element in kept:
            parent = root_number if element is self.root else numbers[id(element.parent)]
            more = parts if element is self.root else []
            body = self._body(element, parent, numbers, first, pages, more)
            store.fill(numbers[id(element)], body)
            if element.id:
                ids.append((element.id.encode("utf-8"), numbers[id(element)]))
        nums: list[tuple[int, bytes]] = []
        for key, elements in zip(page_keys, self._pages):
            nums.append((key, b"[" + b" ".join([b"%d 0 R" % numbers[id(element)] for element in elements]) + b"]"))
        for key, element in self._annotations:
            nums.append((key, b"%d 0 R" % numbers[id(element)]))
        nums = sorted(nums + tail_nums)
        tree = store.add(b"<</Nums[" + b" ".join([b"%d %b" % pair for pair in nums]) + b"]>>")
        id_tree = b""
        if ids:
            ids.sort()
            names = b" ".join([b"<%b> %d 0 R" % (key.hex().upper().encode("ascii"), value) for key, value in ids])
            limits = b"[<%b><%b>]" % (ids[0][0].hex().upper().encode(), ids[-1][0].hex().upper().encode())
            leaf = store.add(b"<</Limits%b/Names[%b]>>" % (limits, names))
            id_tree = b"/IDTree<</Kids[%d 0 R]>>" % leaf
        role_map = b"".join([role + standard for role, standard in sorted(roles.items())])
        store.fill(
            root_number,
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d%b%b%b>>"
            % (
                document_number,
                tree,
                max([key for key, _ in nums], default=-1) + 1,
                id_tree,
                b"/RoleMap<<%b>>" % role_map if role_map else b"",
                extra,
            ),
        )

    def _prune(self, element: Element, kept: list[Element], first: dict[int, int]) -> bool:
        """Keep what has content; note the order in which each element is first painted."""
        own = self._own.get(id(element), [])
        place = len(kept)
        kept.append(element)
        orders = [kid.order for kid in own]
        for kid in element.kids:
            if self._prune(kid, kept, first):
                orders.append(first[id(kid)])
        if not orders and element.tag not in KEPT_EMPTY and element is not self.root:
            del kept[place:]
            return False
        first[id(element)] = min(orders, default=self._order + 1)
        return True

    def _body(
        self,
        element: Element,
        parent: int,
        numbers: dict[int, int],
        first: dict[int, int],
        pages: list[int],
        more: list[int],
    ) -> bytes:
        own = self._own.get(id(element), [])
        home = own[0].page if own else -1
        kids: list[tuple[int, bytes]] = []
        for kid in own:
            if kid.reference:
                body = b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (kid.reference, pages[kid.page])
            elif kid.page == home:
                body = b"%d" % kid.mcid
            else:
                body = b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid.page], kid.mcid)
            kids.append((kid.order, body))
        for child in element.kids:
            if id(child) in first and id(child) in numbers:
                kids.append((first[id(child)], b"%d 0 R" % numbers[id(child)]))
        if own:
            kids.sort(key=lambda entry: entry[0])
        entries = [body for _, body in kids] + [b"%d 0 R" % part for part in more]
        out = [b"<</Type/StructElem/S%b/P %d 0 R" % (name(element.tag), parent)]
        if home >= 0:
            out.append(b"/Pg %d 0 R" % pages[home])
        for key, value in (("Alt", element.alt), ("ActualText", element.actual), ("T", element.title)):
            if value:
                out.append(b"/%b%b" % (key.encode("ascii"), text_string(value)))
        if element.lang:
            out.append(b"/Lang" + text_string(element.lang))
        if element.id:
            out.append(b"/ID<%b>" % element.id.encode("utf-8").hex().upper().encode("ascii"))
        out.append(self._attributes(element))
        out.append(b"/K[" + b" ".join(entries) + b"]>>")
        return b"".join(out)

    def _attributes(self, element: Element) -> bytes:
        groups = dict(element.attributes or {})
        box = self._boxes.get(id(element))
        if box is not None:
            groups["Layout"] = {"Placement": "Block", "BBox": tuple(box)} | groups.get("Layout", {})
        if not groups:
            return b""
        made = []
        for owner, values in groups.items():
            inside = b"".join([name(key) + _value(value) for key, value in values.items()])
            made.append(b"<</O%b%b>>" % (name(owner), inside))
        return b"/A" + (made[0] if len(made) == 1 else b"[" + b"".join(made) + b"]")


def _value(value: object) -> bytes:
    if isinstance(value, str):
        return name(value)
    if isinstance(value, bool):
        return b" true" if value else b" false"
    if isinstance(value, int | float):
        return b" " + number(value).encode("ascii")
    if isinstance(value, tuple | list):
        return b"[" + b" ".join([number(item).encode("ascii") for item in value]) + b"]"
    raise TypeError(f"not an attribute value: {value!r}")
