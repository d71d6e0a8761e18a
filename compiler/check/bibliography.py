"""Files of sources: BibTeX and CSL-JSON.

In: `bibliography:` of a note.  Out: a shelf from which citations take what they name.  Always: what is not cited costs no more
than its reading and is never warned of; an id is given once, in the note or in one file.
"""

from __future__ import annotations

from ..diagnostics import SourceFile, Span
from ..syntax import Scalar, Sequence
from .blocks import find_file
from .sheets import CONTROL, text_of
from .sources import check_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..model import Source
    from ..syntax import Node
    from .bibtex import Entry
    from .csl import Item
    from .reader import Reader

LARGEST = 8 * 1024 * 1024  # bytes; ten thousand entries are some 5 MB


class Shelf:
    """What the files of a note hold, by citation key."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.entries: dict[str, Entry] = {}
        self.items: dict[str, Item] = {}
        self._made: dict[str, Source] = {}

    def ids(self) -> list[str]:
        """All keys."""
        return [*self.entries, *self.items]

    def source(self, id: str) -> Source | None:
        """The source of that key, read and checked when it is first cited."""
        made = self._made.get(id)
        if made is None and (id in self.entries or id in self.items):
            report = self.reader.report
            if id in self.entries:
                from .entries import source_of

                made, places = source_of(self.entries[id], self.entries, report)
            else:
                from .csl import source_of as source_of_item

                made, places = source_of_item(self.items[id], report)
            check_source(made, places, self.reader)
            self._made[id] = made
        return made

    def add(self, thing: Entry | Item, place: Span) -> bool:
        """Whether the key of an entry at `place` is free; else that is reported."""
        first = self.entries.get(thing.id) or self.items.get(thing.id)
        own = self.reader.sources.get(thing.id)
        if first is None and own is None:
            return True
        at, other = (own.span, place) if own is not None else (place, first.span if first is not None else place)
        words = "also in this file" if own is not None else "first given here"
        self.reader.report.error("source-twice", f"source `{thing.id}` is given twice", at, notes=((other, words),))
        return False


def read_bibliography(node: Node, reader: Reader) -> None:
    """Read the files a note names, so that their entries can be cited."""
    shelf = reader.shelf = Shelf(reader)
    for item in node.items if isinstance(node, Sequence) else (node,):
        if not isinstance(item, Scalar):
            tip = "write `bibliography: refs.bib`, or a list of files"
            reader.report.error("note-type", "`bibliography` names files", item.span, help=tip)
            continue
        path = find_file(item, "bibliography", reader)
        file = _decoded(path, item, reader) if path is not None else None
        if file is None:
            continue
        before = reader.report.errors
        if item.value.strip().lower().endswith(".json"):
            count = _read_csl(file, shelf)
        else:
            count = _read_bibtex(file, shelf)
        if not count and reader.report.errors == before:
            reader.report.error("bibliography-empty", f"`{item.value}` holds no source", item.span, help="is it the right file?")


def _read_bibtex(file: SourceFile, shelf: Shelf) -> int:
    from .bibtex import read_entries

    found = read_entries(file, shelf.reader.report)
    for entry in found:
        if shelf.add(entry, entry.span):
            shelf.entries[entry.id] = entry
    return len(found)


def _read_csl(file: SourceFile, shelf: Shelf) -> int:
    from .csl import read_items

    found = read_items(file, shelf.reader.report)
    for item in found:
        if shelf.add(item, item.at("id")):
            shelf.items[item.id] = item
    return len(found)


def _decoded(path: str, node: Scalar, reader: Reader) -> SourceFile | None:
    """The text of a file, or None after a report."""
    name = node.value.strip()
    data = b""
    fault = tip = ""
    if not name.lower().endswith((".bib", ".json")):
        fault, tip = "is neither a .bib nor a .json file", "export it as BibTeX or as CSL-JSON"
    else:
        try:
            data = reader.world.read(path, LARGEST + 1)
        except OSError as error:
            fault, tip = f"cannot be read: {error.strerror}", "check its permissions"
    if len(data) > LARGEST:
        fault, tip = f"is larger than {LARGEST >> 20} MB", "export only what this note needs"
    text = text_of(data) if not fault else ""
    if text is None:
        fault, tip = "is neither UTF-8 nor GB 18030", "save it as UTF-8"
    if text is None or fault:
        reader.report.error("bibliography-unreadable", f"`{name}` {fault}", node.span, help=tip)
        return None
    file = SourceFile(reader.world.shown(path), text)
    bad = CONTROL.search(file.text)
    if bad is not None:
        message = f"a control character U+{ord(bad.group()):04X} does not belong here"
        reader.report.error("bibliography-unreadable", message, Span(file, bad.start(), bad.end()), help="save it as UTF-8")
        return None
    return file
