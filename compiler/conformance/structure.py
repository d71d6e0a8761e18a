"""Whether a PDF's tags hang together.

In: a tagged PDF.  Out: findings, none when marked content, structure elements, parent tree, annotations,
identifiers and named destinations agree in both directions.  Validators overlook swapped or missing StructParents and object
references that lead nowhere, which is just what a merge may break (ISO 32000-1, 14.7.4; ISO 14289-1, 7.1 and 7.18.5).
"""

from __future__ import annotations

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from .file import got, operations_of, pairs
from .finding import Finding
from .tags import Kinds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .file import File

PAINTING = frozenset(["Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"])
ARTIFACT = "artifact"


def entries(value: Any) -> list[Any]:
    """An array's items, or the one value that stands in its place; references stay references."""
    if value is None:
        return []
    whole = value.get_object()
    return list(list.__iter__(whole)) if isinstance(whole, ArrayObject) else [value]


def raw(dictionary: DictionaryObject, key: str) -> Any:
    """An entry as it is written."""
    return dictionary.raw_get(key) if key in dictionary else None


def identity(value: Any) -> int:
    """The object number of a reference, 0 for anything else."""
    return value.idnum if isinstance(value, IndirectObject) else 0


def as_bytes(value: Any) -> bytes:
    """A string's own bytes."""
    return getattr(value, "original_bytes", None) or str(value).encode("utf-8")


def _named(place: int) -> str:
    """A page, or a form, in words."""
    return f"page {place + 1}" if place >= 0 else f"form {-place}"


def _what(mark: object) -> str:
    """A mark in words."""
    return "an artifact" if mark == ARTIFACT else f"content {mark}"


def _is_link(reference: Any) -> bool:
    return bool(reference.get_object().get("/Subtype") == "/Link")


class Check:
    """One file under examination; `faults` are filled by `run`."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.catalog = file.catalog
        self.faults: list[Finding] = []
        self.page_of = {identity(page.indirect_reference): index for index, page in enumerate(file.pages)}
        self.owners: dict[tuple[int, int], int] = {}  # (page, or form as a negative number, MCID) → element
        self.kinds: dict[int, str] = {}  # element → standard tag
        self.annotated: dict[int, int] = {}  # annotation → element
        self.identifiers: dict[bytes, int] = {}
        self.parents: dict[int, Any] = {}
        self.used: set[int] = set()
        self.forms: set[int] = set()  # those with marks of their own that have been met

    def run(self) -> list[Finding]:
        """All faults."""
        root = self.catalog.get("/StructTreeRoot")
        if root is None:
            return [Finding("tags-missing", "the file has no structure tree")]
        root = root.get_object()
        number = identity(raw(self.catalog, "/StructTreeRoot"))
        kids = entries(raw(root, "/K"))
        if [kid.get_object().get("/S") for kid in kids] != ["/Document"]:
            self.faults.append(Finding("tags-root", "the top of the tree is not one Document"))
        self.kind = Kinds(root)
        for kid in kids:
            self._element(kid, number)
        if "/ParentTree" in root:
            self.parents = {int(key): value for key, value in pairs(root["/ParentTree"], "/Nums")}
        for index in range(len(self.file.pages)):
            self._page(index)
        for place in sorted({at for at, _ in self.owners if at < 0} - self.forms):
            self.faults.append(Finding("mark-missing", f"an element wants content of {_named(place)}, which is not painted"))
        for key in sorted(set(self.parents) - self.used):
            self.faults.append(Finding("parent-unused", f"parent tree key {key} belongs to nothing"))
        if self.parents and int(root.get("/ParentTreeNextKey", 0)) <= max(self.parents):
            self.faults.append(Finding("parent-next-key", "ParentTreeNextKey is in use"))
        self._identifiers(root)
        self._destinations()
        return self.faults

    # --- structure ---------------------------------------------------------------------------------------------------

    def _element(self, reference: Any, parent: int) -> None:
        element = reference.get_object()
        tag = str(element.get("/S", "?"))[1:]
        self.kinds[identity(reference)] = self.kind(element)
        if identity(raw(element, "/P")) != parent:
            self.faults.append(Finding("tag-parent", f"{tag}: P does not lead to its parent"))
        if "/ID" in element:
            mark = as_bytes(element["/ID"])
            if mark in self.identifiers:
                self.faults.append(Finding("tag-id", f"{tag}: identifier {mark!r} is used twice"))
            self.identifiers[mark] = identity(reference)
        for kid in entries(raw(element, "/K")):
            value = kid.get_object()
            if isinstance(value, int):
                self._mark(tag, identity(reference), raw(element, "/Pg"), value)
            elif not isinstance(value, DictionaryObject):
                self.faults.append(Finding("tag-kid", f"{tag}: a kid is neither element nor content"))
            elif value.get("/Type") == "/MCR" and "/Stm" in value:
                self._own(tag, identity(reference), -identity(raw(value, "/Stm")), int(value.get("/MCID", -1)))
            elif value.get("/Type") == "/MCR":
                self._mark(tag, identity(reference), raw(value, "/Pg") or raw(element, "/Pg"), int(value.get("/MCID", -1)))
            elif value.get("/Type") == "/OBJR":
                self.annotated[identity(raw(value, "/Obj"))] = identity(reference)
            else:
                self._element(kid, identity(reference))

    def _mark(self, tag: str, element: int, page: Any, mcid: int) -> None:
        index = self.page_of.get(identity(page))
        if index is None:
            self.faults.append(Finding("mark-page", f"{tag}: content {mcid} is on no page of the file"))
        else:
            self._own(tag, element, index, mcid)

    def _own(self, tag: str, element: int, place: int, mcid: int) -> None:
        """Content of a page, or of a form as a negative number, belongs to an element."""
        if (place, mcid) in self.owners:
            self.faults.append(Finding("mark-shared", f"{_named(place)}: content {mcid} belongs to two elements"))
        else:
            self.owners[place, mcid] = element

    # --- pages -------------------------------------------------------------------------------------------------------

    def _page(self, index: int) -> None:
        page = self.file.pages[index]
        self._marks(index, self._content(index), page)
        for annotation in entries(raw(page, "/Annots")):
            if annotation.get_object().get("/Subtype") != "/Popup":
                self._annotation(index, annotation)

    def _marks(self, place: int, found: set[int], holder: DictionaryObject) -> None:
        """Whether the marks found in a page or a form, its elements and the parent tree agree."""
        where = _named(place)
        owned = {mcid for at, mcid in self.owners if at == place}
        for mcid in sorted(found - owned):
            self.faults.append(Finding("mark-orphan", f"{where}: content {mcid} belongs to no element"))
        for mcid in sorted(owned - found):
            self.faults.append(Finding("mark-missing", f"{where}: an element wants content {mcid}, which is not there"))
        if found and (value := self._parent(holder, "/StructParents", where)) is not None:
            listed = entries(value)
            for mcid in sorted(found):
                if mcid >= len(listed) or identity(listed[mcid]) != self.owners.get((place, mcid)):
                    self.faults.append(
                        Finding("parent-tree", f"{where}: the parent tree gives content {mcid} to another element")
                    )

    def _content(self, index: int) -> set[int]:
        """The MCIDs of a page; faults of nesting and everything painted outside marked content."""
        page = self.file.pages[index]
        return self._walked(index, self.file.operations(index), got(page.get("/Resources")) or DictionaryObject())

    def _walked(self, place: int, operations: list[tuple[Any, str]], resources: DictionaryObject) -> set[int]:
        """The same of the content of a page or of a form that has marks of its own."""
        where = _named(place)
        properties = got(resources.get("/Properties")) or DictionaryObject()
        shapes = got(resources.get("/XObject")) or DictionaryObject()
        found: set[int] = set()
        open_marks: list[object] = []
        untagged = 0
        for operands, sign in operations:
            if sign in ("BMC", "BDC"):
                mark = self._opened(where, operands, properties, found)
                around = next((one for one in open_marks if one is not None), None)
                if mark is not None and around is not None and (mark, around) != (ARTIFACT, ARTIFACT):
                    self.faults.append(Finding("mark-nested", f"{where}: {_what(mark)} stands inside {_what(around)}"))
                open_marks.append(mark)
            elif sign == "EMC":
                if not open_marks:
                    self.faults.append(Finding("mark-unbalanced", f"{where}: marked content ends that never began"))
                else:
                    open_marks.pop()
            elif sign in PAINTING:
                bare = all(mark is None for mark in open_marks)
                if sign != "Do" or not self._form(raw(shapes, operands[0]), bare):
                    untagged += bare
        if open_marks:
            self.faults.append(Finding("mark-unbalanced", f"{where}: {len(open_marks)} marked-content sequences never end"))
        if untagged:
            self.faults.append(
                Finding("content-untagged", f"{where}: {untagged} painting operators are neither tagged nor artifacts")
            )
        return found

    def _form(self, reference: Any, bare: bool) -> bool:
        """Whether a form has marks of its own, which then are looked at; it is painted once, and in no mark (14.7.4.2)."""
        form = got(reference)
        if not isinstance(form, DictionaryObject) or "/StructParents" not in form or form.get("/Subtype") != "/Form":
            return False
        place = -identity(reference)
        if place in self.forms or not bare:
            self.faults.append(Finding("mark-twice", f"{_named(place)} has marks, and is painted twice or in other marks"))
            return True
        self.forms.add(place)
        found = self._walked(place, operations_of(form, self.file.reader), got(form.get("/Resources")) or DictionaryObject())
        self._marks(place, found, form)
        return True

    def _opened(self, where: str, operands: list[Any], properties: DictionaryObject, found: set[int]) -> object:
        """What a sequence is: an MCID, an artifact, or None."""
        if operands[0] == "/Artifact":
            return ARTIFACT
        listed = operands[1] if len(operands) > 1 else None
        if isinstance(listed, NameObject):
            listed = properties.get(listed, DictionaryObject()).get_object()
        mcid = listed.get("/MCID") if isinstance(listed, DictionaryObject) else None
        if mcid is None:
            return None
        if mcid in found:
            self.faults.append(Finding("mark-twice", f"{where}: content {mcid} begins twice"))
        found.add(int(mcid))
        return int(mcid)

    def _annotation(self, index: int, reference: Any) -> None:
        where = f"page {index + 1}: annotation {identity(reference)}"
        value = self._parent(reference.get_object(), "/StructParent", where)
        if value is not None and self.annotated.get(identity(reference)) != identity(value):
            self.faults.append(Finding("annotation-parent", f"{where}: its element and the parent tree disagree"))
        elif value is not None and self.kinds.get(identity(value)) != ("Link" if _is_link(reference) else "Annot"):
            self.faults.append(
                Finding("annotation-tag", f"{where}: its element is no {'Link' if _is_link(reference) else 'Annot'}")
            )

    def _parent(self, holder: DictionaryObject, entry: str, where: str) -> Any:
        """What the parent tree says of a page or an annotation; each key serves one of them."""
        key = holder.get(entry)
        if key is None:
            self.faults.append(Finding("parent-key-missing", f"{where}: no {entry[1:]}"))
        elif int(key) in self.used:
            self.faults.append(Finding("parent-key-twice", f"{where}: {entry[1:]} {key} is used twice"))
        elif int(key) not in self.parents:
            self.faults.append(Finding("parent-key-unknown", f"{where}: the parent tree has no {key}"))
        else:
            self.used.add(int(key))
            return self.parents[int(key)]
        return None

    # --- names -------------------------------------------------------------------------------------------------------

    def _identifiers(self, root: DictionaryObject) -> None:
        tree = root.get("/IDTree")
        listed = {} if tree is None else {as_bytes(key): identity(value) for key, value in pairs(tree, "/Names")}
        if listed != self.identifiers:
            self.faults.append(Finding("tag-id-tree", "the identifiers of the elements and the IDTree disagree"))

    def _destinations(self) -> None:
        """Name trees are sorted without doubles, and every link that names a destination finds it."""
        names = self.catalog.get("/Names", DictionaryObject()).get_object()
        tree = names.get("/Dests")
        known = [as_bytes(key) for key, _ in pairs(tree, "/Names")] if tree is not None else []
        if known != sorted(set(known)):
            self.faults.append(Finding("names-order", "the names of destinations are not in order, or one is there twice"))
        for index, page in enumerate(self.file.pages):
            for reference in entries(raw(page, "/Annots")):
                annotation = reference.get_object()
                goal = annotation.get("/Dest") or annotation.get("/A", DictionaryObject()).get_object().get("/D")
                if isinstance(goal, str) and not isinstance(goal, NameObject) and as_bytes(goal) not in known:
                    self.faults.append(Finding("link-nowhere", f"page {index + 1}: a link leads to {goal!r}, which is nowhere"))
