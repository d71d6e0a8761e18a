"""Laid-out pages → the file: content, fonts, pictures, structure, outline, destinations, metadata, merged disclaimers.

In: `Pages` and prepared disclaimers.  Out: bytes of one PDF 1.7.  Always: the same input gives the same bytes; everything our
own pages hold is tagged; no object is written that nothing refers to.  Rules: ISO 32000-1; ISO 19005-3 level A; ISO 14289-1.
"""

from __future__ import annotations

from . import metadata as meta
from .images import Images
from .objects import Store, number, stream, text_string
from .paint import Fonts, Painter
from .pen import new_pen
from .structure import Structure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..layout.frames import Item, Pages
    from ..world import World
    from .paint import Painted
    from .ready import Merged, Ready

ICC_PROFILE = "icc/srgb.icc"


class Bookmark:
    """An outline item: its object number, its entries but for the links to its neighbours, and what is under it."""

    def __init__(self, number: int, body: bytes) -> None:
        self.number = number
        self.body = body
        self.kids: list[Bookmark] = []


class _File:
    """One document being written."""

    def __init__(self, pages: Pages, ready: Sequence[Ready], world: World) -> None:
        self.pages = pages
        self.ready = ready
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
        self.keys: list[int] = []
        self.destinations: list[tuple[bytes, bytes]] = []
        self.merged: list[Merged] = []
        self.entries: list[tuple[int, bytes]] = []

    def finished(self) -> bytes:
        """The finished file."""
        self.numbers = [self.store.reserve() for _ in self.pages.pages]
        painted = []
        for page in self.pages.pages:
            self.keys.append(self.structure.start_page())
            painted.append(self.painter.paint(page.items, page.height))
        for index, page in enumerate(self.pages.pages):
            self._page(index, painted[index], page.width, page.height)
        for item, tail in zip(self.ready, self.pages.tails):
            self._splice(item, tail.overlays)
        self.fonts.write()
        kids = self.numbers + [page for part in self.merged for page in part.pages]
        references = b" ".join([b"%d 0 R" % kid for kid in kids])
        self.store.fill(self.page_root, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), references))
        self._structure()
        outline = self._outline()
        info = self.store.add(meta.info(self.pages.metadata))
        self._catalog(outline)
        return self.store.file(self.catalog, info)

    # --- pages -------------------------------------------------------------------------------------------------------

    def _page(self, index: int, painted: Painted, width: float, height: float) -> None:
        content = self.store.add(stream(b"", painted.content))
        resources = b"/Font<<%b>>" % self.fonts.resources(painted.fonts) if painted.fonts else b""
        if painted.images:
            entries = "".join([f"/{name} {at} 0 R" for name, at in sorted(painted.images.items())])
            resources += b"/XObject<<%b>>" % entries.encode("ascii")
        annotations = b""
        if painted.annotations:
            annotations = b"/Annots[%b]" % b" ".join([b"%d 0 R" % at for at in painted.annotations])
        self.store.fill(
            self.numbers[index],
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %b %b]/Resources<<%b>>/Contents %d 0 R"
            b"/StructParents %d/Tabs/S%b>>"
            % (
                self.page_root, number(width).encode("ascii"), number(height).encode("ascii"), resources, content,
                self.keys[index], annotations,
            )  # fmt: skip
        )
        for anchor in painted.anchors:
            x, y = number(anchor.x).encode("ascii"), number(height - anchor.y).encode("ascii")
            self.destinations.append((anchor.name.encode("ascii"), b"[%d 0 R/XYZ %b %b null]" % (self.numbers[index], x, y)))

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
        box = f"[0 0 {number(width)} {number(height)}]".encode("ascii")
        resources = b"/Font<<%b>>" % self.fonts.resources(painted.fonts)
        entries = b"/Type/XObject/Subtype/Form/BBox%b/Resources<<%b>>" % (box, resources)
        return self.store.add(stream(entries, painted.content))

    # --- structure, outline, catalog ---------------------------------------------------------------------------------

    def _structure(self) -> None:
        roles: dict[bytes, bytes] = {}
        parents: list[tuple[int, bytes]] = []
        ids: list[tuple[bytes, int]] = []
        classes = b""
        for part in self.merged:
            roles.update(part.roles)
            parents += part.parents
            ids += part.ids
            classes += b"".join([b"%b %d 0 R" % pair for pair in part.classes])
        parts = [part.part for part in self.merged if part.part is not None]
        extra = b"/ClassMap<<%b>>" % classes if classes else b""
        self.structure.write(
            self.store, self.numbers, self.keys, parts, parents, roles, self.tree, self.document, extra, ids
        )

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
        self.store.fill(
            root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (top[0].number, top[-1].number, len(top))
        )
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
        packet = meta.xmp(metadata, claims=all([item.tagged for item in self.ready]))
        xmp = store.add(b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream" % (len(packet), packet))
        profile = store.add(stream(b"/N 3", self._profile(), 9))
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
        if self.destinations:
            self.destinations.sort()
            names = b" ".join([b"<%b>%b" % (key.hex().upper().encode("ascii"), value) for key, value in self.destinations])
            first, last = self.destinations[0][0].hex().upper(), self.destinations[-1][0].hex().upper()
            limits = f"[<{first}><{last}>]".encode("ascii")
            leaf = store.add(b"<</Limits%b/Names[%b]>>" % (limits, names))
            entries.append(b"/Names<</Dests<</Kids[%d 0 R]>>>>" % leaf)
        store.fill(self.catalog, b"".join([*entries, b">>"]))

    def _profile(self) -> bytes:
        return self.world.read(f"{self.world.shipped()}/{ICC_PROFILE}")


def write(pages: Pages, ready: Sequence[Ready], world: World) -> bytes:
    """One finished PDF."""
    return _File(pages, ready, world).finished()
