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

    from ..layout.frames import Pages
    from ..world import World
    from .paint import Painted
    from .ready import Ready, Spliced

ICC_PROFILE = "icc/srgb.icc"


class Outline:
    """Bookmarks as a tree of (title, destination bytes, children)."""

    def __init__(self, title: str, destination: bytes) -> None:
        self.title = title
        self.destination = destination
        self.kids: list[Outline] = []


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
        self.spliced: list[Spliced] = []

    def bytes(self) -> bytes:
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
        kids = self.numbers + [page for part in self.spliced for page in part.pages]
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

    def _splice(self, item: Ready, overlays: Sequence[Sequence[object]]) -> None:
        """A ready-made disclaimer's pages, structure, outline and destinations."""
        painted: list[Painted | None] = []
        for (_, height), items in zip(item.page_sizes, overlays):
            painted.append(self.painter.paint(items, height) if items else None)  # type: ignore[arg-type]
        part = item.splice(
            self.store,
            page_root=self.page_root,
            document=self.document,
            key=self.structure.next_key,
            prefix=f"d{len(self.spliced) + 1}.",
            overlays=[
                (page.content, self.fonts.resources(page.fonts)) if page is not None else None for page in painted
            ],
        )
        self.structure.next_key = part.next_key
        self.destinations += part.destinations
        self.spliced.append(part)

    # --- structure, outline, catalog ---------------------------------------------------------------------------------

    def _structure(self) -> None:
        roles: dict[str, str] = {}
        nums: list[tuple[int, bytes]] = []
        ids: list[tuple[bytes, int]] = []
        classes = b""
        for part in self.spliced:
            roles.update(part.roles)
            nums += part.nums
            ids += part.ids
            classes += part.classes
        parts = [part.part for part in self.spliced if part.part]
        extra = b"/ClassMap<<%b>>" % classes if classes else b""
        self.structure.write(
            self.store, self.numbers, self.keys, parts, nums, roles, self.tree, self.document, extra, ids
        )

    def _outline(self) -> int:
        """All bookmarks; returns the root's number, 0 without any."""
        top: list[Outline] = []
        levels: list[tuple[int, Outline]] = []
        for entry in self.pages.outline:
            height = self.pages.pages[entry.page].height
            y = number(height - entry.y + 4).encode("ascii")
            node = Outline(entry.title, b"[%d 0 R/XYZ 0 %b null]" % (self.numbers[entry.page], y))
            while levels and levels[-1][0] >= entry.level:
                levels.pop()
            (levels[-1][1].kids if levels else top).append(node)
            levels.append((entry.level, node))
        for item, part in zip(self.ready, self.spliced):
            node = Outline(item.title, b"[%d 0 R/Fit]" % part.pages[0])
            node.kids = [_bookmark(entry) for entry in part.outline]
            top.append(node)
        if not top:
            return 0
        root = self.store.reserve()
        first, last, count = self._level(top, root)
        self.store.fill(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, count))
        return root

    def _level(self, nodes: Sequence[Outline], parent: int) -> tuple[int, int, int]:
        numbers = [self.store.reserve() for _ in nodes]
        for index, node in enumerate(nodes):
            below = b""
            if node.kids:
                first, last, count = self._level(node.kids, numbers[index])
                below = b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, -count)
            before = b"/Prev %d 0 R" % numbers[index - 1] if index else b""
            after = b"/Next %d 0 R" % numbers[index + 1] if index + 1 < len(nodes) else b""
            self.store.fill(
                numbers[index],
                b"<</Title%b/Parent %d 0 R/Dest%b%b%b%b>>"
                % (text_string(node.title), parent, node.destination, before, after, below),
            )
        return numbers[0], numbers[-1], len(nodes)

    def _catalog(self, outline: int) -> None:
        store = self.store
        metadata = self.pages.metadata
        packet = meta.xmp(metadata, claims=all(item.conforming for item in self.ready))
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


def _bookmark(entry: tuple[str, bytes, list[object]]) -> Outline:
    title, destination, kids = entry
    node = Outline(title, destination)
    node.kids = [_bookmark(kid) for kid in kids]  # type: ignore[arg-type]
    return node


def write(pages: Pages, ready: Sequence[Ready], world: World) -> bytes:
    """One finished PDF."""
    return _File(pages, ready, world).bytes()
