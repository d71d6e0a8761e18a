"""A file of another maker, opened: its pages, its structure, and its objects as they are written.

In: a reader of pypdf.  Out: a `Foreign`, and small ways to read entries without following their references.
"""

from __future__ import annotations

from ...bundle import Hole, escape, raw_entries, text_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

PRINTED = 4  # flag of an annotation (ISO 19005-3, 6.3.2)
DEEPEST = 50  # nodes above a page, levels of a tree of names or numbers


class Ours(dict):  # type: ignore[type-arg]  # typing is not imported at run time
    """Entries that are ours already: not to be rewritten as if they came from the file."""


class Foreign:
    """The parts of a file that adoption asks for.  `tree` is None in a file without tags (ISO 32000-1, 14.7.1)."""

    def __init__(self, reader: Any) -> None:
        self.root = reader.trailer["/Root"].get_object()
        self.pages = list(reader.pages)
        self.page_at = {id(page.indirect_reference.get_object()): index for index, page in enumerate(self.pages)}
        marked = inner(self.root, "/MarkInfo")
        self.tree = inner(self.root, "/StructTreeRoot") or None
        if not marked.get("/Marked"):
            self.tree = None
        self.outlines = inner(self.root, "/Outlines") or None

    @property
    def claims_archival(self) -> bool:
        """Whether its XMP says it is PDF/A-1, 2 or 3 (part 4 stands on PDF 2.0, which ours is not)."""
        import re

        packet = inner(self.root, "/Metadata")
        if not hasattr(packet, "get_data"):
            return False
        part = re.search(rb"pdfaid:part(?:>|\s*=\s*[\"'])\s*([0-9]+)", packet.get_data())
        return part is not None and part[1] in (b"1", b"2", b"3")


def inner(holder: Any, key: str) -> Any:
    """What an entry leads to; an empty dictionary where there is none."""
    value = holder.get(key) if holder is not None else None
    return value.get_object() if value is not None else {}


def inherited(page: Any, key: str) -> Any:
    """An attribute of a page or of the nodes above it (7.7.3.4), the reference unresolved."""
    node, depth = page, 0
    while node is not None and depth < DEEPEST:
        entries = raw_entries(node)
        if key in entries:
            return entries[key]
        above = entries.get("/Parent")
        node = above.get_object() if above is not None else None
        depth += 1
    return None


def listed(value: Any) -> list[Any]:
    """An array's items, or the one value that stands in its place; references stay references."""
    target = value.get_object() if hasattr(value, "get_object") else value
    return list(list.__iter__(target)) if isinstance(target, list) else [value]


def flat(node: Any, leaf: str, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Pairs of a name or number tree (7.9.6, 7.9.7), values unresolved."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict) or depth > DEEPEST:
        return
    pairs = node.get(leaf)
    pairs = listed(pairs) if pairs is not None else []
    yield from zip(pairs[::2], pairs[1::2])
    kids = node.get("/Kids")
    for kid in listed(kids) if kids is not None else ():
        yield from flat(kid, leaf, depth + 1)


def own_bytes(value: Any) -> bytes:
    """A string's or name's own bytes."""
    if isinstance(value, bytes):
        return bytes(value)
    original = getattr(value, "original_bytes", None)
    if original is not None:
        return bytes(original)
    return str(value).lstrip("/").encode("latin-1", "replace")


def notes_of(page: Any) -> list[Any]:
    """A page's annotations, references where they are such; what is none is left out."""
    found = inherited(page, "/Annots")
    return [one for one in (listed(found) if found is not None else ()) if isinstance(one.get_object(), dict)]


def sound(text: str) -> str:
    """A name's text in UTF-8 (ISO 19005-3, 6.1.8); one that is not was written in GBK, as office programs of their day did."""
    raw = text.encode("latin-1", "replace")
    try:
        raw.decode()
    except UnicodeDecodeError:
        raw = raw.decode("gb18030", "replace").encode()
    return raw.decode("latin-1")


def language(value: Any) -> bytes | None:
    """A language's name as it must be (RFC 3066): `en_US` is `en-US`; None for what is none."""
    import re

    name = str(value.get_object()).strip().replace("_", "-")
    return text_string(name) if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", name) else None


def prefixed(value: Any) -> Hole:
    """A string with the host's prefix in front."""
    return Hole(b"(", "prefix", escape(own_bytes(value)) + b")")
