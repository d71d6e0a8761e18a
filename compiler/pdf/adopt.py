"""A ready-made PDF → a `Ready`: its objects as a bundle with holes where the host's numbers go.

In: a file's bytes.  Out: pages, structure, bookmarks and destinations prepared for any host.  Always: streams stay as they
are; what carries a name that could clash (roles, classes, identifiers, destinations) gets the host's prefix; what leads into
the old file's page tree or catalog is left behind.  Rules: ISO 32000-1, 7.7.3 (pages), 12.3 (bookmarks, destinations), 14.7.
"""

from __future__ import annotations

from ..bundle import Builder, Hole, escape, exact_names, name, raw_entries, text_string
from .preflight import reasons_against
from .ready import Ready, Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from ..bundle import Piece
    from ..diagnostics import Report
    from ..model import ReadyDisclaimer

LEFT_BEHIND = ("/Parent", "/Metadata", "/PieceInfo", "/Thumb", "/B", "/AA", "/AF", "/LastModified")
OVERLAY = "CNfoot"


def adopt(data: bytes, item: ReadyDisclaimer, report: Report) -> Ready | None:
    """Preflight and prepare a file; None after a report for each reason against it."""
    import io

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        with exact_names():
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted:
                _refuse(item, report, ["it is encrypted"])
                return None
            if not len(reader.pages):
                _refuse(item, report, ["it has no pages"])
                return None
            reasons = reasons_against(reader)
            if reasons:
                _refuse(item, report, reasons)
                return None
            adoption = _Adoption(reader, item)
            if not adoption.tagged and not item.alt:
                _untagged(item, report)
                return None
            return adoption.ready()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as fault:
        report.error(
            "disclaimer-unreadable",
            f"`{item.id}.pdf` cannot be read as a PDF: {fault}",
            item.span,
            help="ask compliance for the file again; `qpdf --check` says more about it",
        )
        return None


def _refuse(item: ReadyDisclaimer, report: Report, reasons: list[str]) -> None:
    for reason in reasons:
        report.error(
            "disclaimer-refused",
            f"`{item.id}.pdf` cannot be merged: {reason}",
            item.span,
            help="ask compliance for a plain PDF with its fonts embedded (PDF/A is one)",
        )


def _untagged(item: ReadyDisclaimer, report: Report) -> None:
    report.error(
        "disclaimer-untagged",
        f"`{item.id}.pdf` has no tags: read aloud, its pages would be silent",
        item.span,
        help="ask compliance for a tagged PDF, or say what it says: `{pdf: …, title: …, alt: 全文要点…}`",
    )


PRINTED = 4  # flag of an annotation (ISO 19005-3, 6.3.2)
UNMARKED = (b"BMC", b"BDC", b"EMC", b"MP", b"DP")  # operators of marked content


class _Adoption:
    """One file on its way into a bundle.

    One without tags is wrapped: each page becomes a figure whose alternative text the note gives, its links elements of
    their own (ISO 14289-1, 7.3 and 7.18); marks its content may have belong to no tree and are left out."""

    def __init__(self, reader: Any, item: ReadyDisclaimer) -> None:
        self.reader = reader
        self.title = item.title
        self.alt = item.alt
        self.links: dict[int, tuple[int, str]] = {}  # annotations of a wrapped file: key in the parent tree, contents
        self.root = reader.trailer["/Root"].get_object()
        self.builder = Builder(self.rewrite)
        self.pages = list(reader.pages)
        self.page_at = {id(page.indirect_reference.get_object()): index for index, page in enumerate(self.pages)}
        tree = self.root.get("/StructTreeRoot")
        self.tree = tree.get_object() if tree is not None else None
        marked = self.root.get("/MarkInfo")
        self.tagged = self.tree is not None and bool(marked and marked.get_object().get("/Marked"))
        if not self.tagged:
            self.tree = None
        self.roles = {str(key): str(value) for key, value in self._inner(self.tree, "/RoleMap").items()}
        self.part: int | None = None
        self.outlines = self.root.get("/Outlines")
        self.outlines = self.outlines.get_object() if self.outlines is not None else None

    @staticmethod
    def _inner(holder: Any, key: str) -> Any:
        value = holder.get(key) if holder is not None else None
        return value.get_object() if value is not None else {}

    # --- the whole ---------------------------------------------------------------------------------------------------

    def ready(self) -> Ready:
        """Everything numbered and written."""
        builder = self.builder
        numbers = [builder.refer(page.indirect_reference) for page in self.pages]
        if self.tree is not None:
            self.part = builder.place(None)
            self._part()
        parents = self._parents() if self.tree is not None else self._wrap(numbers)
        classes = [(key[1:].encode("latin-1"), builder.place(value)) for key, value in self._classes().items()]
        ids = self._ids()
        dests = self._destinations()
        bookmarks = self._bookmarks()
        bundle = builder.finish(tuple(numbers))
        sheets = tuple([self._sheet(index, at) for index, at in enumerate(numbers)])
        roles = [
            (key[1:].encode("latin-1"), value[1:].encode("latin-1"), value in self.roles) for key, value in self.roles.items()
        ]
        return Ready(
            self.title,
            bundle,
            sheets,
            True,
            self.part,
            max([key for key, _ in parents], default=-1) + 1,
            tuple(parents),
            tuple(sorted(roles)),
            tuple(sorted(classes)),
            tuple(sorted(ids)),
            tuple(sorted(dests)),
            bookmarks,
            self._claims_archival(),
        )

    def _claims_archival(self) -> bool:
        """Whether the file's XMP says it is PDF/A-1, 2 or 3 (part 4 stands on PDF 2.0, which ours is not)."""
        import re

        packet = self._inner(self.root, "/Metadata")
        if not hasattr(packet, "get_data"):
            return False
        part = re.search(rb"pdfaid:part(?:>|\s*=\s*[\"'])\s*([0-9]+)", packet.get_data())
        return part is not None and part[1] in (b"1", b"2", b"3")

    def _sheet(self, index: int, at: int) -> Sheet:
        page = self.pages[index]
        left, bottom, right, top = (float(edge) for edge in page.cropbox)
        turn = int(page.get("/Rotate", 0) or 0) % 360
        width, height = (top - bottom, right - left) if turn in (90, 270) else (right - left, top - bottom)
        matrix = {
            90: (0.0, 1.0, -1.0, 0.0, right, bottom),
            180: (-1.0, 0.0, 0.0, -1.0, right, top),
            270: (0.0, -1.0, 1.0, 0.0, left, top),
        }.get(turn, (1.0, 0.0, 0.0, 1.0, left, bottom))
        excess = self._open_states(page) if self.tree is not None else 0
        return Sheet(at, width, height, matrix, excess, name(f"/{OVERLAY}"))

    @staticmethod
    def _open_states(page: Any) -> int:
        """How many `q` the content leaves open."""
        contents = page.get_contents()
        depth = 0
        for _, operator in contents.operations if contents is not None else ():
            depth += (operator == b"q") - (operator == b"Q")
        return max(depth, 0)

    # --- rewriting ---------------------------------------------------------------------------------------------------

    def rewrite(self, dictionary: Any) -> Mapping[str, Any] | None:
        """A dictionary's entries as the host is to have them."""
        if isinstance(dictionary, _Raw):
            return dictionary
        at = self.page_at.get(id(dictionary))
        entries = raw_entries(dictionary)
        if at is not None:
            return self._page(at, entries)
        changed = dict(entries)
        for key in ("/StructParent", "/StructParents"):
            if key in changed:
                if self.tree is None:
                    del changed[key]
                else:
                    changed[key] = Hole(("key", int(changed[key])))
        if entries.get("/Subtype") == "/Link" and "/Rect" in entries:
            changed["/F"] = b"%d" % (int(changed.get("/F", 0)) | PRINTED)
        if id(dictionary) in self.links:
            number, contents = self.links[id(dictionary)]
            changed["/StructParent"] = Hole(("key", number))
            changed["/F"] = b"%d" % (int(entries.get("/F", 0)) | PRINTED)
            changed.setdefault("/Contents", text_string(contents))
        if self._is_element(entries):
            self._element(changed)
        if "/Dest" in changed:
            changed["/Dest"] = self._destination(changed["/Dest"])
        if entries.get("/S") == "/GoTo" and "/D" in changed:
            changed["/D"] = self._destination(changed["/D"])
        if "/Headers" in changed and isinstance(entries.get("/O"), str):
            changed["/Headers"] = [self._prefixed(one) for one in changed["/Headers"]]
        parent = changed.get("/Parent")
        if parent is not None and self.outlines is not None and parent.get_object() is self.outlines:
            changed["/Parent"] = Hole("outline")
        for key in ("/AF", "/AA", "/PieceInfo"):
            changed.pop(key, None)
        return changed

    def _page(self, at: int, entries: dict[str, Any]) -> dict[str, Any]:
        page = self.pages[at]
        kept = {key: value for key, value in entries.items() if key not in LEFT_BEHIND}
        kept["/Type"] = b"/Page"
        kept["/Parent"] = Hole("pages")
        for key in ("/MediaBox", "/CropBox", "/Rotate"):
            value = self._inherited(page, key)
            if value is not None:
                kept[key] = value
        kept["/Resources"] = self._resources(at, self._inherited(page, "/Resources"))
        kept["/Contents"] = Hole(b"[", f"open{at}", *self._streams(entries.get("/Contents")), f"close{at}", b"]")
        kept.pop("/StructParents", None)
        kept["/Tabs"] = b"/S"
        if self.tree is None:
            kept["/StructParents"] = Hole(("key", at))
            kept["/Contents"] = Hole(b"[", f"open{at}", self.builder.place(self._figure(page)), b" ", f"close{at}", b"]")
        elif "/StructParents" in entries:
            kept["/StructParents"] = Hole(("key", int(entries["/StructParents"])))
        return kept

    def _figure(self, page: Any) -> Any:
        """The content of a page without tags as one marked piece."""
        from pypdf.generic import DecodedStreamObject

        contents = page.get_contents()
        excess = self._open_states(page)
        data = b""
        if contents is not None:
            contents.operations = [one for one in contents.operations if one[1] not in UNMARKED]
            data = contents.get_data()
        stream = DecodedStreamObject()
        stream.set_data(b"/Figure<</MCID 0>>BDC\nq\n" + data + b"\nQ" * (1 + excess) + b"\nEMC")
        return stream.flate_encode()

    @staticmethod
    def _inherited(page: Any, key: str) -> Any:
        """An attribute of a page or of the nodes above it (7.7.3.4), the reference unresolved."""
        node, depth = page, 0
        while node is not None and depth < 50:
            entries = raw_entries(node)
            if key in entries:
                return entries[key]
            above = entries.get("/Parent")
            node = above.get_object() if above is not None else None
            depth += 1
        return None

    def _resources(self, at: int, resources: Any) -> dict[str, Any]:
        """A page's resources with room for the foot among its XObjects."""
        entries = dict(raw_entries(resources.get_object())) if resources is not None else {}
        shapes = entries.get("/XObject")
        pieces: list[Piece] = [b"<<"]
        for key, value in raw_entries(shapes.get_object()).items() if shapes is not None else ():
            pieces += [name(key) + b" ", self.builder.refer(value), b" "]
        entries["/XObject"] = Hole(*pieces, f"foot{at}", b">>")
        return entries

    def _streams(self, contents: Any) -> Iterator[Piece]:
        """References to a page's content streams."""
        if contents is None:
            return
        target = contents.get_object()
        if isinstance(target, list):
            for one in list.__iter__(target):
                yield self.builder.refer(one)
                yield b" "
        else:
            yield self.builder.refer(contents)

    # --- structure ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _is_element(entries: Mapping[str, Any]) -> bool:
        return "/S" in entries and entries.get("/Type", "/StructElem") == "/StructElem" and ("/P" in entries or "/K" in entries)

    def _element(self, changed: dict[str, Any]) -> None:
        role = str(changed["/S"])
        if role in self.roles:
            changed["/S"] = Hole(b"/", "prefix", name(role)[1:])
        elif role == "/Document":
            changed["/S"] = b"/Part"
        parent = changed.get("/P")
        if parent is not None and self.part is not None and parent.get_object() is self.tree:
            changed["/P"] = Hole(self.part)
        if "/ID" in changed:
            changed["/ID"] = self._prefixed(changed["/ID"])
        if "/C" in changed:
            value = changed["/C"].get_object()
            classes = list(list.__iter__(value)) if isinstance(value, list) else [value]
            holes = [Hole(b"/", "prefix", name(str(one))[1:]) if str(one).startswith("/") else one for one in classes]
            changed["/C"] = holes if isinstance(value, list) else holes[0]
        for key in ("/NS", "/Ref"):
            changed.pop(key, None)

    @staticmethod
    def _prefixed(value: Any) -> Hole:
        """A string with the host's prefix in front."""
        return Hole(b"(", "prefix", escape(_bytes(value)) + b")")

    def _part(self) -> None:
        """The element that holds the file's own top elements."""
        assert self.part is not None
        kids: Any = raw_entries(self.tree or {}).get("/K") or []
        target = kids.get_object() if hasattr(kids, "get_object") else kids
        listed = list(list.__iter__(target)) if isinstance(target, list) else [kids]
        references: list[Piece] = []
        for kid in listed:
            references += [self.builder.refer(kid), b" "]
        entries: dict[str, Any] = {
            "/Type": b"/StructElem",
            "/S": b"/Part",
            "/T": text_string(self.title),
            "/K": Hole(b"[", *references, b"]"),
        }
        language = self.root.get("/Lang")
        if language:
            entries["/Lang"] = text_string(str(language))
        entries = {"/Type": entries.pop("/Type"), "/S": entries.pop("/S"), **entries}
        self.builder.fill(self.part, _Raw({**entries, "/P": Hole("document")}))

    def _wrap(self, pages: list[int]) -> list[tuple[int, int]]:
        """Figures and links for a file without tags; (key, object) of the parent tree."""
        builder = self.builder
        self.part = builder.place(None)
        kids: list[Piece] = []
        parents = []
        for at, (page, number) in enumerate(zip(self.pages, pages)):
            figure = builder.place(None)
            kids += [figure, b" "]
            words = self.alt if len(pages) == 1 else f"{self.alt} ({at + 1}/{len(pages)})"
            box = b" ".join([b"%g" % float(edge) for edge in page.cropbox])
            entries = {"/Type": b"/StructElem", "/S": b"/Figure", "/Alt": text_string(words), "/K": b"0"}
            where = {"/A": b"<</O/Layout/Placement/Block/BBox[%b]>>" % box, "/Pg": Hole(number), "/P": Hole(self.part)}
            builder.fill(figure, _Raw({**entries, **where}))
            parents.append((at, builder.place([Hole(figure)])))
        for page, number in zip(self.pages, pages):
            for reference in page.get("/Annots", ()):
                note = reference.get_object()
                if not hasattr(reference, "idnum") or note.get("/Subtype") == "/Popup":
                    continue
                key = len(parents)
                action = note.get("/A")
                target = action.get_object().get("/URI") if action is not None else None
                self.links[id(note)] = key, str(target or self.title)
                tag = b"/Link" if note.get("/Subtype") == "/Link" else b"/Annot"
                element = builder.place(None)
                held = Hole(b"<</Type/OBJR/Obj ", builder.refer(reference), b"/Pg ", number, b">>")
                builder.fill(element, _Raw({"/Type": b"/StructElem", "/S": tag, "/K": held, "/P": Hole(self.part)}))
                kids += [element, b" "]
                parents.append((key, element))
        whole: dict[str, Any] = {
            "/Type": b"/StructElem",
            "/S": b"/Part",
            "/T": text_string(self.title),
            "/K": Hole(b"[", *kids, b"]"),
        }
        builder.fill(self.part, _Raw({**whole, "/P": Hole("document")}))
        return parents

    def _parents(self) -> list[tuple[int, int]]:
        """(key, object) of the parent tree."""
        assert self.tree is not None
        out = []
        for key, value in _flat(self.tree.get("/ParentTree"), "/Nums"):
            reference = hasattr(value, "idnum")
            out.append((int(key), self.builder.refer(value) if reference else self.builder.place(value)))
        return sorted(out)

    def _classes(self) -> dict[str, Any]:
        return raw_entries(self._inner(self.tree, "/ClassMap")) if self.tree is not None else {}

    def _ids(self) -> list[tuple[bytes, int]]:
        """(identifier, element) of every element that has one.

        From the elements, not from the file's own tree of them: WeasyPrint writes none, Typst not for cells of tables, and
        ISO 32000-1, 14.7.2 asks for all."""
        found: dict[bytes, int] = {}
        stack: list[Any] = [raw_entries(self.tree or {}).get("/K")]
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
                if number is not None and "/ID" in entries and self._is_element(entries):
                    found.setdefault(_bytes(entries["/ID"]), self.builder.refer(value))
                stack.append(entries.get("/K"))
        return list(found.items())

    # --- destinations and bookmarks ----------------------------------------------------------------------------------

    def _destination(self, value: Any) -> Any:
        """A named destination with the prefix; an explicit one as it is."""
        target = value.get_object() if hasattr(value, "get_object") else value
        if isinstance(target, list):
            return value
        return self._prefixed(target)

    def _destinations(self) -> list[tuple[bytes, int]]:
        """(name, destination array) of the file's named destinations."""
        found: dict[bytes, Any] = {}
        old = self._inner(self.root, "/Dests")
        for key, value in raw_entries(old).items() if old else ():
            found[key[1:].encode("latin-1")] = value
        names = self._inner(self.root, "/Names")
        for label, value in _flat(names.get("/Dests") if names else None, "/Names"):
            found[_bytes(label)] = value
        out: list[tuple[bytes, int]] = []
        for name_bytes, value in found.items():
            target = value.get_object()
            if isinstance(target, dict):
                target = target.get("/D")
            if isinstance(target, list):
                out.append((name_bytes, self.builder.place(target)))
        return out

    def _bookmarks(self) -> tuple[int, ...]:
        """First, last and number of the file's own top bookmarks."""
        if self.outlines is None or self.outlines.get("/First") is None:
            return ()
        entries = raw_entries(self.outlines)
        item, count = self.outlines["/First"].get_object(), 0
        while item is not None and count < 10_000:
            count += 1
            following = item.get("/Next")
            item = following.get_object() if following is not None else None
        return self.builder.refer(entries["/First"]), self.builder.refer(entries["/Last"]), count


class _Raw(dict):  # type: ignore[type-arg]  # typing is not imported at run time
    """Entries that are ours already: not to be rewritten as if they came from the file."""


def _bytes(value: Any) -> bytes:
    """A string's or name's own bytes."""
    original = getattr(value, "original_bytes", None)
    if original is not None:
        return bytes(original)
    return str(value).lstrip("/").encode("latin-1", "replace")


def _flat(node: Any, leaf: str, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Pairs of a name or number tree (7.9.6, 7.9.7), values unresolved."""
    node = node.get_object() if node is not None else None
    if not isinstance(node, dict) or depth > 30:
        return
    pairs = node.get(leaf)
    pairs = list(list.__iter__(pairs.get_object())) if pairs is not None else []
    yield from zip(pairs[::2], pairs[1::2])
    kids = node.get("/Kids")
    for kid in list(list.__iter__(kids.get_object())) if kids is not None else ():
        yield from _flat(kid, leaf, depth + 1)
