"""A foreign PDF made ready for the merge: preflighted with pypdf, its pages, links, bookmarks and tags turned into a bundle.

In: the bytes of a disclaimer.  Out: a `Ready`, or the reasons against it in the report.  Always: streams keep their bytes;
inherited page attributes are resolved; structure stays, under one Part (ISO 32000-1, 14.7.2), its IDs, roles and classes
marked for a prefix; an untagged page becomes one paragraph, its links Link elements (ISO 14289-1, 7.1 and 7.18.5).
Imported only when the cache does not know a file, since pypdf takes 40 ms.
"""

from __future__ import annotations

import logging
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ContentStream, IndirectObject, NameObject, NullObject

from ..bundle import Builder, Hole, Stream, escape, exact_names, raw_entries, text_string
from .preflight import Reason, Survey, survey
from .ready import Ready, Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from ..diagnostics import Report
    from ..model import ReadyDisclaimer

_BROKEN_HELP = "open it, see that it is complete, and export it again"
_DAMAGE = ("not defined", "startxref", "xref", "EOF marker", "stream has ended", "Invalid stream")
_PAGE_KEEPS = ("/Group", "/UserUnit", "/BleedBox", "/TrimBox", "/ArtBox")
_DROPPED = frozenset(("/PieceInfo", "/Metadata", "/Thumb", "/OC", "/AF", "/NS", "/LastModified", "/OPI", "/Alternates"))
# Structure types of PDF 2.0 (ISO 32000-2, 14.8.4) that PDF 1.7 does not know, and what comes nearest.
_NEWER_ROLES = {
    "/Title": b"P", "/FENote": b"Note", "/Sub": b"Span", "/Em": b"Span", "/Strong": b"Span", "/Aside": b"Sect",
    "/DocumentFragment": b"Part", "/Artifact": b"NonStruct",
}  # fmt: skip


class _Damage(logging.Filter):
    """Keeps what pypdf complains about from the terminal, and remembers signs of damage."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if not self.found and any(sign in message for sign in _DAMAGE):
            self.found = message
        return False


def adopt(data: bytes, item: ReadyDisclaimer, report: Report) -> Ready | None:
    """Preflight and prepare; every reason against it is a diagnostic at the place the note asks for it."""
    damage = _Damage()
    logger = logging.getLogger("pypdf")
    watched = [logging.getLogger(f"pypdf.{part}") for part in ("_reader", "generic", "filters", "_utils")]
    for log in (logger, *watched):
        log.addFilter(damage)
    levels = logger.level
    try:
        with exact_names():
            ready, reasons = _try(data, item.title, damage)
    finally:
        logger.setLevel(levels)
        for log in (logger, *watched):
            log.removeFilter(damage)
    for reason in reasons:
        message = f"`{item.id}.pdf` cannot be merged: {reason.message}"
        report.error(reason.code, message, item.span, help=reason.help)
    return None if reasons else ready


def _try(data: bytes, title: str, damage: _Damage) -> tuple[Ready | None, list[Reason]]:
    def broken(why: str) -> tuple[None, list[Reason]]:
        return None, [Reason("disclaimer-broken", f"it is broken ({why})", _BROKEN_HELP)]

    if b"%PDF-" not in data[:1024]:
        return broken("it does not begin like a PDF")
    if b"%%EOF" not in data[-1024:]:
        return broken("its end is missing")
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            help = "save it without password and without restrictions"
            return None, [Reason("disclaimer-encrypted", "it is encrypted (ISO 19005-3, 6.1.3)", help)]
        if not len(reader.pages):
            return None, [Reason("disclaimer-no-pages", "it has no pages", "export it again")]
        found = survey(reader)
        if not found.reasons:
            ready = _Adoption(reader, found, title).ready()
    except Exception as fault:  # pypdf raises anything on a bad file
        return broken(str(fault).strip().rstrip(".")[:120] or type(fault).__name__)
    if damage.found:
        return broken(damage.found.strip().rstrip(".")[:120])
    return (None, found.reasons) if found.reasons else (ready, [])


class _Adoption:
    """The work on one file."""

    def __init__(self, reader: PdfReader, found: Survey, title: str) -> None:
        self.reader = reader
        self.found = found
        self.title = title
        self.catalog: Any = reader.root_object
        self.builder = Builder(self.rewrite)
        self.pages: list[Any] = list(reader.pages)
        self.page_numbers = [self.builder.refer(page.indirect_reference) for page in self.pages]
        self.tree: Any = self._structure()
        self.tagged = self.tree is not None
        self.part = self.builder.place(None)
        self.parents: dict[int, int] = {}
        self.keys = 0
        self.roles: dict[str, bytes] = {}
        self.ids: dict[bytes, int] = {}
        self.elements: set[int] = set()
        self.headers: set[int] = set()
        self.annotation_keys: dict[int, int] = {}
        self.linked: dict[int, bytes] = {}
        self.dests: dict[bytes, Any] = dict(self._named_destinations())
        outlines = self.catalog.get("/Outlines")
        self.outlines: Any = outlines if isinstance(outlines, dict) and "/First" in outlines else None

    def ready(self) -> Ready:
        """All of it, in an order that does not depend on anything but the file."""
        kids = self._adopt_structure() if self.tagged else []
        sheets = tuple([self._page(index) for index in range(len(self.pages))])
        if not self.tagged:
            kids = [Hole(number) for number in self._wrapped]
        lang = self.catalog.get("/Lang")
        entries: dict[str, Any] = {
            "/Type": b"/StructElem", "/S": b"/Part", "/P": Hole("document"), "/T": text_string(self.title), "/K": kids,
        }  # fmt: skip
        if lang:
            entries["/Lang"] = lang
        self.builder.fill(self.part, entries)
        dests = tuple([(key, self.builder.place(self._destination(value))) for key, value in sorted(self.dests.items())])
        bookmarks = self._bookmarks()
        classes = self._classes()
        return Ready(
            self.title,
            self.builder.finish(self.page_numbers),
            sheets,
            self.tagged,
            self.part,
            self.keys,
            tuple(sorted(self.parents.items())),
            self._role_map(),
            classes,
            tuple(sorted(self.ids.items())),
            dests,
            bookmarks,
        )

    # --- pages -------------------------------------------------------------------------------------------------------

    _wrapped: list[int]

    def _page(self, index: int) -> Sheet:
        """Fill in one page object with its inherited attributes resolved and slots for a foot."""
        page = self.pages[index]
        media = [float(value) for value in page.mediabox]
        crop = [float(value) for value in page.cropbox]
        turn = int(page.get("/Rotate") or 0) % 360
        overlay = _free_name(page.get("/Resources"))
        contents = self._contents(page)
        if not self.tagged:
            contents = self._wrap(index, contents)
        entries: dict[str, Any] = {"/Type": b"/Page", "/Parent": Hole("pages"), "/MediaBox": _box(media)}
        if crop != media:
            entries["/CropBox"] = _box(crop)
        if turn:
            entries["/Rotate"] = turn
        raw = raw_entries(page)
        entries |= {key: raw[key] for key in _PAGE_KEEPS if key in raw}
        entries["/Resources"] = _resources(page.get("/Resources"), index)
        pieces: list[Any] = []
        for number in contents:
            pieces += [b" ", number] if pieces else [number]
        entries["/Contents"] = Hole(b"[", f"open{index}", *pieces, f"close{index}", b"]")
        annotations = [one for one in _items(page.get("/Annots")) if not _is_null(one)]
        if annotations:
            entries["/Annots"] = annotations
            entries["/Tabs"] = b"/S"
        key = raw.get("/StructParents")
        if not self.tagged and contents:
            entries["/StructParents"] = Hole(("key", self._page_key))
        elif key is not None and int(key) in self.parents:
            entries["/StructParents"] = Hole(("key", int(key)))
        self.builder.fill(self.page_numbers[index], _Page(entries))
        width, height, matrix = _upright(crop, turn)
        number = self.page_numbers[index]
        return Sheet(number, width, height, matrix, self.found.contents[index].excess, overlay)

    def _contents(self, page: Any) -> list[int]:
        raw = raw_entries(page).get("/Contents")
        streams = raw.get_object() if raw is not None else None
        if isinstance(streams, list):
            return [self._number(one) for one in _items(streams) if not _is_null(one)]
        return [] if raw is None or _is_null(raw) else [self._number(raw)]

    def _number(self, value: Any) -> int:
        return self.builder.refer(value) if isinstance(value, IndirectObject) else self.builder.place(value)

    # --- an untagged file ----------------------------------------------------------------------------------------------

    def _wrap(self, index: int, contents: list[int]) -> list[int]:
        """One paragraph round all of a page's content, one Link for each of its links."""
        if index == 0:
            self._wrapped = []
        page, own = self.pages[index], self.page_numbers[index]
        place = self.builder.place
        if contents:
            if self.found.contents[index].marked:
                contents = [place(Stream({}, _without_marks(page, self.reader)))]
            element = place({
                "/Type": b"/StructElem", "/S": b"/P", "/P": Hole(self.part), "/Pg": Hole(own), "/K": b"[0]",
            })  # fmt: skip
            self._page_key = self.keys
            self.parents[self.keys] = place(Hole(b"[", element, b"]"))
            self.keys += 1
            self._wrapped.append(element)
            contents = [place(Stream({}, b"/P<</MCID 0>>BDC\n")), *contents, place(Stream({}, b"\nEMC\n"))]
        for reference in _items(page.get("/Annots")):
            note = reference.get_object()
            if _is_null(note) or note.get("/Subtype") == "/Popup":
                continue
            link = note.get("/Subtype") == "/Link"
            words = text_string(_words(note))
            element = place({
                "/Type": b"/StructElem", "/S": b"/Link" if link else b"/Annot", "/P": Hole(self.part), "/Pg": Hole(own),
                "/Alt": words,
                "/K": Hole(b"[<</Type/OBJR/Pg ", own, b"/Obj ", self._number(reference), b">>]"),
            })  # fmt: skip
            self.linked[id(note)] = words
            self.annotation_keys[id(note)] = self.keys
            self.parents[self.keys] = element
            self.keys += 1
            self._wrapped.append(element)
        return contents

    # --- structure -----------------------------------------------------------------------------------------------------

    def _structure(self) -> Any:
        """The structure tree of a file that says it is tagged and has one."""
        tree = self.catalog.get("/StructTreeRoot")
        marks = self.catalog.get("/MarkInfo")
        if not isinstance(tree, dict) or not isinstance(marks, dict) or not tree.get("/K"):
            return None
        return tree if bool(marks.get("/Marked")) else None

    def _adopt_structure(self) -> list[Any]:
        """Take note of every element; the kids of the Part."""
        kids = [kid for kid in _items(raw_entries(self.tree).get("/K")) if not _is_null(kid)]
        role_map = self.tree.get("/RoleMap") or {}
        stack: list[Any] = list(reversed(kids))
        while stack:
            reference = stack.pop()
            element = reference.get_object()
            if not isinstance(element, dict) or "/S" not in element or id(element) in self.elements:
                continue
            self.elements.add(id(element))
            kind = str(element["/S"])
            if kind not in role_map and kind in _NEWER_ROLES:
                self.roles[kind] = _NEWER_ROLES[kind]
            if "/ID" in element:
                self.ids[element["/ID"].original_bytes] = self._number(reference)
            for attributes in _items(element.get("/A")):
                owner = attributes.get_object()
                if isinstance(owner, dict) and "/Headers" in owner:
                    self.headers.add(id(owner))
            stack.extend(reversed(_items(raw_entries(element).get("/K"))))
        for key, value in _number_tree(self.tree.get("/ParentTree")):
            if key in self.found.keys and not _is_null(value):
                self.parents[key] = self._number(value)
        self.keys = max(self.parents, default=-1) + 1
        return kids

    def _role_map(self) -> tuple[tuple[bytes, bytes, bool], ...]:
        role_map = (self.tree.get("/RoleMap") or {}) if self.tagged else {}
        out = [(_bytes(key), _bytes(value), str(value) in role_map) for key, value in role_map.items()]
        out += [(_bytes(key), target, False) for key, target in self.roles.items()]
        return tuple(sorted(out))

    def _classes(self) -> tuple[tuple[bytes, int], ...]:
        class_map = (self.tree.get("/ClassMap") or {}) if self.tagged else {}
        return tuple([(_bytes(key), self._number(value)) for key, value in sorted(raw_entries(class_map).items())])

    def _element(self, element: Any) -> dict[str, Any]:
        """An element's entries for the host: parent, type, names."""
        out = raw_entries(element)
        parent = out.get("/P")
        if parent is None or parent.get_object() is self.tree:
            out["/P"] = Hole(self.part)
        kind = str(element["/S"])
        if kind in self.roles or kind in (self.tree.get("/RoleMap") or {}):
            out["/S"] = _marked_name(kind)
        elif kind == "/Document":
            out["/S"] = b"/Part"
        if "/ID" in out:
            out["/ID"] = _marked_string(element["/ID"].original_bytes)
        if "/C" in out:
            classes = [_marked_name(one) if isinstance(one, NameObject) else one for one in _items(element["/C"])]
            out["/C"] = classes
        return out

    # --- destinations and bookmarks --------------------------------------------------------------------------------------

    def _named_destinations(self) -> Iterator[tuple[bytes, Any]]:
        old = self.catalog.get("/Dests")
        if isinstance(old, dict):
            for key, value in dict.items(old):
                yield _bytes(key), value
        names = self.catalog.get("/Names")
        if isinstance(names, dict):
            yield from _name_tree(names.get("/Dests"))

    def _destination(self, value: Any) -> Any:
        """A destination with names marked and page numbers turned into pages."""
        target = value.get_object() if isinstance(value, IndirectObject) else value
        if isinstance(target, NameObject):
            return _marked_string(_bytes(target))
        if hasattr(target, "original_bytes"):
            return _marked_string(target.original_bytes)
        if isinstance(target, list):
            items = _items(target)
            if items and isinstance(items[0], int) and 0 <= items[0] < len(self.pages):
                items[0] = Hole(self.page_numbers[items[0]])
            return items
        if isinstance(target, dict) and "/D" in target:
            return raw_entries(target) | {"/D": self._destination(raw_entries(target)["/D"])}
        return value

    def _bookmarks(self) -> tuple[int, ...]:
        if self.outlines is None:
            return ()
        raw = raw_entries(self.outlines)
        count, item, seen = 0, self.outlines["/First"], set()
        while isinstance(item, dict) and id(item) not in seen:
            seen.add(id(item))
            count += 1 + max(0, int(item.get("/Count", 0)))
            item = item.get("/Next")
        last = raw.get("/Last", raw["/First"])
        return (self._number(raw["/First"]), self._number(last), count)

    # --- what the bundle asks about every dictionary -----------------------------------------------------------------------

    def rewrite(self, entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """A dictionary's entries for the host, or None to leave it alone."""
        if isinstance(entry, _Page):
            return entry
        identity = id(entry)
        if identity in self.elements:
            return {key: value for key, value in self._element(entry).items() if key not in _DROPPED}
        if identity in self.found.font_tables:
            return self._font_table(entry)
        out = {key: value for key, value in raw_entries(entry).items() if key not in _DROPPED}
        for key in ("/StructParent", "/StructParents"):
            if key in out:
                number = int(out[key])
                if self.tagged and number in self.parents:
                    out[key] = Hole(("key", number))
                else:
                    del out[key]
        if identity in self.annotation_keys:
            out["/StructParent"] = Hole(("key", self.annotation_keys[identity]))
            out.setdefault("/Contents", self.linked[identity])
        if identity in self.headers:
            out["/Headers"] = [_marked_string(one.get_object().original_bytes) for one in _items(entry["/Headers"])]
        if "/Dest" in out:
            out["/Dest"] = self._destination(out["/Dest"])
        if "/D" in out and entry.get("/S") == "/GoTo":
            out["/D"] = self._destination(out["/D"])
        if "/Parent" in out and self.outlines is not None and out["/Parent"].get_object() is self.outlines:
            out["/Parent"] = Hole("outline")
        if "/SE" in out and not self.tagged:
            del out["/SE"]
        return out

    def _font_table(self, table: Mapping[str, Any]) -> Mapping[str, Any]:
        """Names that only set a font never embedded, and show nothing in it, lead to an embedded one or nowhere."""
        raw = raw_entries(table)
        good = {key: value for key, value in raw.items() if not self._spare(value)}
        if not good:
            return {}
        stand_in = good[min(good)]
        return {key: good.get(key, stand_in) for key in raw}

    def _spare(self, font: Any) -> bool:
        entry = font.get_object()
        fonts = [entry, *[below.get_object() for below in _items(entry.get("/DescendantFonts"))]]
        return any(id(one) in self.found.spare_fonts for one in fonts)


class _Page(dict):  # type: ignore[type-arg]
    """The entries of a page that are already as they shall be written."""


# --- small readings of PDF objects ---------------------------------------------------------------------------------------


def _items(value: Any) -> list[Any]:
    """An array's items with their references, or a lone value as an array of one."""
    if value is None:
        return []
    target = value.get_object() if isinstance(value, IndirectObject) else value
    return list(list.__iter__(target)) if isinstance(target, list) else [value]


def _is_null(value: Any) -> bool:
    target = value.get_object() if isinstance(value, IndirectObject) else value
    return target is None or isinstance(target, NullObject)


def _bytes(name: str) -> bytes:
    """A name's own bytes, as `exact_names` read them, without the solidus."""
    return str(name)[1:].encode("latin-1", "replace")


def _marked_string(raw: bytes) -> Hole:
    return Hole(b"(", "prefix", escape(raw) + b")")


def _marked_name(kind: str) -> Hole:
    from ..bundle import name

    return Hole(b"/", "prefix", name(kind)[1:])


def _box(values: list[float]) -> list[float]:
    return [int(value) if value == int(value) else value for value in values]


def _upright(box: list[float], turn: int) -> tuple[float, float, tuple[float, ...]]:
    """Width and height of a page as shown, and the matrix from there to its user space (ISO 32000-1, 7.7.3.3, Rotate)."""
    left, bottom, right, top = min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
    width, height = right - left, top - bottom
    if turn == 90:
        return height, width, (0.0, 1.0, -1.0, 0.0, right, bottom)
    if turn == 180:
        return width, height, (-1.0, 0.0, 0.0, -1.0, right, top)
    if turn == 270:
        return height, width, (0.0, -1.0, 1.0, 0.0, left, top)
    return width, height, (1.0, 0.0, 0.0, 1.0, left, bottom)


def _free_name(resources: Any) -> bytes:
    """An XObject name for the foot that the page does not use."""
    used = (resources.get_object().get("/XObject") if resources is not None else None) or {}
    count = 0
    while f"/Foot{count}" in used:
        count += 1
    return b"/Foot%d" % count


def _resources(resources: Any, index: int) -> Any:
    """The resources written out in the page, with a slot for the foot among the XObjects."""
    raw = raw_entries(resources.get_object()) if resources is not None else {}
    forms = raw.pop("/XObject", None)
    inner: dict[str, Any] = raw_entries(forms.get_object()) if forms is not None else {}
    return raw | {"/XObject": _WithSlot(inner, f"foot{index}")}


class _WithSlot(dict):  # type: ignore[type-arg]
    """A dictionary that ends in a slot."""

    def __init__(self, entries: Mapping[str, Any], slot: str) -> None:
        super().__init__(entries)
        self.slot = slot


def _without_marks(page: Any, reader: PdfReader) -> bytes:
    """A page's content without the marks of a structure it has not got; optional content stays."""
    content = ContentStream(page.get_contents(), reader)
    kept: list[Any] = []
    depth: list[bool] = []
    for operands, operator in content.operations:
        if operator in (b"BMC", b"BDC"):
            depth.append(operator == b"BDC" and bool(operands) and operands[0] == "/OC")
            if not depth[-1]:
                continue
        elif operator == b"EMC":
            if not (depth.pop() if depth else False):
                continue
        elif operator in (b"MP", b"DP"):
            continue
        kept.append((operands, operator))
    content.operations = kept
    return bytes(content.get_data())


def _words(note: Any) -> str:
    """What to say of an annotation: its own words, or where it leads."""
    own = note.get("/Contents")
    if own:
        return str(own)
    action = note.get("/A")
    uri = action.get("/URI") if isinstance(action, dict) else None
    return f"链接：{uri}" if uri else "链接"


def _number_tree(node: Any) -> Iterator[tuple[int, Any]]:
    stack, seen = [node], set()
    while stack:
        entry = stack.pop()
        entry = entry.get_object() if entry is not None else None
        if not isinstance(entry, dict) or id(entry) in seen:
            continue
        seen.add(id(entry))
        flat = _items(entry.get("/Nums"))
        yield from zip([int(key) for key in flat[::2]], flat[1::2])
        stack.extend(reversed(_items(entry.get("/Kids"))))


def _name_tree(node: Any) -> Iterator[tuple[bytes, Any]]:
    stack, seen = [node], set()
    while stack:
        entry = stack.pop()
        entry = entry.get_object() if entry is not None else None
        if not isinstance(entry, dict) or id(entry) in seen:
            continue
        seen.add(id(entry))
        flat = _items(entry.get("/Names"))
        yield from zip([key.get_object().original_bytes for key in flat[::2]], flat[1::2])
        stack.extend(reversed(_items(entry.get("/Kids"))))
