"""Laid-out pages → the file: content, fonts, pictures, structure, outline, destinations, metadata, merged disclaimers.

In: `Pages` and prepared disclaimers.  Out: bytes of one PDF 1.7.  Always: the same input gives the same bytes; everything our
own pages hold is tagged; no object is written that nothing refers to.  Rules: ISO 32000-1; ISO 19005-3 level A; ISO 14289-1.
"""

from __future__ import annotations

from . import metadata as meta
from .attachments import attach
from .images import Images
from .objects import PAGES, Store, name_tree, number, text_string
from .paint import Fonts, Painter, opacity_name
from .pen import new_pen
from .structure import Structure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..layout.frames import Item, Page, Pages
    from ..provenance import Attachment
    from ..text.faces import Face
    from ..world import World
    from .paint import Painted
    from .ready import Merged, Ready

    Attached = Callable[[Iterable[Face]], Sequence[Attachment]]

ICC_PROFILE = "icc/srgb.icc"


class Bookmark:
    """An outline item: its object number, its entries but for the links to its neighbours, and what is under it."""

    def __init__(self, number: int, body: bytes) -> None:
        self.number = number
        self.body = body
        self.kids: list[Bookmark] = []


class _File:
    """One document being written."""

    def __init__(self, pages: Pages, ready: Sequence[Ready], world: World, attached: Attached | None, standard: str) -> None:
        self.pages = pages
        self.ready = ready
        self.attached = attached
        self.standard = standard if all([item.archival for item in ready]) else "plain"
        self.world = world
        self.store = Store()
        self.catalog = self.store.reserve()
        self.tree = self.store.reserve()
        self.page_root = self.store.reserve()
        self.document = self.store.reserve()
        self.fonts = Fonts(self.store)
        self.images = Images(self.store)
        self.structure = Structure(pages.root)
        self.painter = Painter(new_pen(), self.fonts, self.images, self.structure, self.store)
        self.numbers: list[int] = []
        self.destinations: list[tuple[bytes, bytes]] = []
        self.merged: list[Merged] = []
        self.entries: list[tuple[int, bytes]] = []

    def finished(self) -> bytes:
        """The finished file."""
        self.numbers = [self.store.reserve() for _ in self.pages.pages]
        for at, page in zip(self.numbers, self.pages.pages):
            self._page(at, page)
        for item, tail in zip(self.ready, self.pages.tails):
            self._splice(item, tail.overlays)
        self.fonts.write()
        kids = self.numbers + [page for part in self.merged for page in part.pages]
        references = b" ".join([b"%d 0 R" % kid for kid in kids])
        self.store.fill(self.page_root, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), references))
        self.structure.write(self.store, self.tree, self.document, self.numbers, self.merged)
        outline = self._outline()
        info = self.store.add(meta.info(self.pages.metadata))
        self._catalog(outline)
        return self.store.file(self.catalog, info)

    # --- pages -------------------------------------------------------------------------------------------------------

    def _page(self, at: int, page: Page) -> None:
        """Paint a page."""
        key = self.structure.start_page()
        painted = self.painter.paint(page.items, page.height)
        body = [
            b"<</Type/Page/Parent %d 0 R/MediaBox%b" % (self.page_root, _box(page.width, page.height)),
            b"/Resources%b/Contents %d 0 R" % (self._resources(painted), self.store.add_stream(b"", painted.content, PAGES)),
            b"/StructParents %d/Tabs/S" % key,
        ]
        if painted.annotations:
            body.append(b"/Annots[%b]" % b" ".join([b"%d 0 R" % annotation for annotation in painted.annotations]))
        self.store.fill(at, b"".join([*body, b">>"]))
        for anchor in painted.anchors:
            view = f"/XYZ {number(anchor.x)} {number(page.height - anchor.y)} null".encode("ascii")
            self.destinations.append((anchor.name.encode("utf-8"), b"[%d 0 R%b]" % (at, view)))

    def _resources(self, painted: Painted) -> bytes:
        """The dictionary of what a content stream names."""
        fonts = self.fonts.resources(painted.fonts)
        images = "".join([f"/{name} {at} 0 R" for name, at in sorted(painted.images.items())]).encode("ascii")
        states = b"".join(
            [
                b"/%b<</ca %b/CA %b>>" % (opacity_name(one).encode(), *[number(one).encode()] * 2)
                for one in sorted(painted.opacities)
            ]
        )
        return b"<<%b%b%b>>" % (
            b"/Font<<%b>>" % fonts if fonts else b"",
            b"/XObject<<%b>>" % images if images else b"",
            b"/ExtGState<<%b>>" % states if states else b"",
        )

    def _splice(self, item: Ready, overlays: Sequence[Sequence[Item]]) -> None:
        """A ready-made disclaimer's pages, structure, bookmarks and destinations."""
        feet = [self._form(items, *size) if items else None for size, items in zip(item.pages, overlays)]
        outline = self.store.reserve()
        merged = item.splice(
            len(self.store) + 1,
            pages_root=self.page_root,
            document=self.document,
            outline=outline,
            key=self.structure.next_key,
            prefix=f"d{len(self.merged) + 1}.",
            pool=self.store.pool,
            feet=feet,
        )
        for body in merged.bodies:
            self.store.add(body)
        self.structure.next_key = merged.next_key
        self.destinations += [(name, b"%d 0 R" % number) for name, number in merged.dests]
        self.merged.append(merged)
        self.entries.append((outline, merged.entry))

    def _form(self, items: Sequence[Item], width: float, height: float) -> int:
        """Items as a form, to be painted over a merged page."""
        painted = self.painter.paint(items, height, marked=False)
        entries = b"/Type/XObject/Subtype/Form/BBox%b/Resources%b" % (_box(width, height), self._resources(painted))
        return self.store.add_stream(entries, painted.content)

    # --- outline, catalog --------------------------------------------------------------------------------------------

    def _outline(self) -> int:
        """All bookmarks; returns the root's number, 0 without any."""
        top: list[Bookmark] = []
        levels: list[tuple[int, Bookmark]] = []
        for entry in self.pages.outline:
            height = self.pages.pages[entry.page].height
            y = number(height - entry.y + 4).encode("ascii")
            body = b"/Title%b/Dest[%d 0 R/XYZ 0 %b null]" % (text_string(entry.title), self.numbers[entry.page], y)
            node = Bookmark(self.store.reserve(), body)
            while levels and levels[-1][0] >= entry.level:
                levels.pop()
            (levels[-1][1].kids if levels else top).append(node)
            levels.append((entry.level, node))
        top += [Bookmark(at, body) for at, body in self.entries]
        if not top:
            return 0
        root = self.store.reserve()
        self._level(top, root)
        self.store.fill(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (top[0].number, top[-1].number, len(top)))
        return root

    def _level(self, nodes: Sequence[Bookmark], parent: int) -> None:
        for index, node in enumerate(nodes):
            below = b""
            if node.kids:
                self._level(node.kids, node.number)
                below = b"/First %d 0 R/Last %d 0 R/Count -%d" % (
                    node.kids[0].number, node.kids[-1].number, len(node.kids),
                )  # fmt: skip
            before = b"/Prev %d 0 R" % nodes[index - 1].number if index else b""
            after = b"/Next %d 0 R" % nodes[index + 1].number if index + 1 < len(nodes) else b""
            self.store.fill(node.number, b"<<%b/Parent %d 0 R%b%b%b>>" % (node.body, parent, before, after, below))

    def _catalog(self, outline: int) -> None:
        store = self.store
        metadata = self.pages.metadata
        packet = meta.xmp(metadata, self.standard)
        xmp = store.add(b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream" % (len(packet), packet))
        profile = store.add_stream(b"/N 3", self._profile(), 9)
        intent = (
            b"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/RegistryName(http://www.color.org)"
            b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]" % profile
        )
        entries = [
            b"<</Type/Catalog/Version/1.7/Pages %d 0 R/Metadata %d 0 R/OutputIntents%b" % (self.page_root, xmp, intent),
            b"/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%b" % (self.tree, text_string(metadata.language)),
            b"/ViewerPreferences<</DisplayDocTitle true>>/PageLabels<</Nums[0<</S/D>>]>>",
        ]
        if outline:
            entries.append(b"/Outlines %d 0 R/PageMode/UseOutlines" % outline)
        names = b""
        if self.destinations:
            names += b"/Dests" + name_tree(store, self.destinations)
        if self.attached is not None:
            attachments = self.attached([embedded.face for embedded in self.fonts.embedded.values()])
            listed = [(item.name.encode("utf-8"), attach(item, metadata, store)) for item in attachments]
            names += b"/EmbeddedFiles" + name_tree(store, listed)
            entries.append(b"/AF[" + b" ".join([reference for _, reference in listed]) + b"]")
        if names:
            entries.append(b"/Names<<" + names + b">>")
        store.fill(self.catalog, b"".join([*entries, b">>"]))

    def _profile(self) -> bytes:
        return self.world.peek(f"{self.world.shipped()}/{ICC_PROFILE}")


def _box(width: float, height: float) -> bytes:
    return f"[0 0 {number(width)} {number(height)}]".encode("ascii")


def write(pages: Pages, ready: Sequence[Ready], world: World, attached: Attached | None = None, standard: str = "a-3a") -> bytes:
    """One finished PDF.

    `attached` gives the attachments once the faces used are known; `standard` is what the file claims: a-3a, a-2u (both
    with PDF/UA-1) or plain; with a disclaimer that does not meet them it claims nothing.

    Errors: TypeError for an item that belongs to nobody; ValueError for a character its face lacks."""
    return _File(pages, ready, world, attached, standard).finished()
