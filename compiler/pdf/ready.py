"""Ready-made disclaimers: finished PDFs from compliance, merged page by page as they are.

In: a `ReadyDisclaimer` of the note.  Out: a `Ready`, and from it, with the host's numbers, the objects to write.  Always:
pixels, text, links, bookmarks and page sizes stay; what cannot be merged without loss or harm is refused with every reason at
once; pypdf is imported only when the cache does not know the file; both ways give the same bytes.

What the writer does with one:

    merged = ready.splice(next_number, pages_root=…, document=…, outline=…, key=…, prefix="d1.", pool=pool, feet=[…])

    merged.bodies          objects next_number, next_number + 1, …
    merged.pages           their page objects, for the Kids of `pages_root`, which is each one's Parent
    merged.part            a Part element whose P is `document`: append it to that element's K
    merged.entry           the bookmark's own entries; the writer writes object `outline` as <<entry /Parent /Prev /Next>>
    merged.parents         (key, value) pairs for the parent tree's Nums; merged.next_key is the first free key after them
    merged.roles, classes  for RoleMap and ClassMap, renamed with the prefix so that nothing clashes
    merged.ids, dests      (string, object number) pairs for the IDTree and the Dests name tree, sorted, without parentheses

Painting on its pages: a foot is a Form XObject the writer has made, with the font resources of its own, in the upright
coordinates of the page as shown (origin bottom left, `pages[n]` wide and high).  Give its object number in `feet`; the page
gets one more XObject under a free name and paints it as a pagination artifact, after the page's graphics state is undone.
"""

from __future__ import annotations

from ..bundle import FORMAT as BUNDLE_FORMAT
from ..bundle import Bundle, Pool, literal, number, splice
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..diagnostics import Report
    from ..model import ReadyDisclaimer
    from ..world import World

FORMAT = 6  # of a cached Ready

CACHE = "disclaimers"


class Sheet(Record):
    """One page as a host sees it.

    Shape: `matrix` leads from the upright page, origin bottom left, to the page's own user space.  `excess` counts the `q`
    its content leaves open.  `overlay` is an XObject name its resources do not use.
    """

    number: int
    width: float
    height: float
    matrix: tuple[float, ...]
    excess: int
    overlay: bytes


class Merged(Record):
    """What a splice gives the writer; see the module."""

    bodies: list[bytes]
    pages: tuple[int, ...]
    part: int | None
    entry: bytes
    parents: tuple[tuple[int, bytes], ...]
    next_key: int
    roles: tuple[tuple[bytes, bytes], ...]
    classes: tuple[tuple[bytes, int], ...]
    ids: tuple[tuple[bytes, int], ...]
    dests: tuple[tuple[bytes, int], ...]


class Ready(Record):
    """A preflighted disclaimer, every number still its bundle's own.

    `roles` are (name, target, whether the target is renamed too); `classes`, `ids` and `dests` lead from names without
    solidus or parentheses to objects; `bookmarks` are the first, the last and the count of its own outline, or ().
    `claimed`: its metadata claim PDF/A-1, 2 or 3.  `reasons`: why a file with it can claim nothing.
    """

    title: str
    bundle: Bundle
    sheets: tuple[Sheet, ...]
    tagged: bool
    part: int | None
    keys: int
    parents: tuple[tuple[int, int], ...]
    roles: tuple[tuple[bytes, bytes, bool], ...]
    classes: tuple[tuple[bytes, int], ...]
    ids: tuple[tuple[bytes, int], ...]
    dests: tuple[tuple[bytes, int], ...]
    bookmarks: tuple[int, ...]
    claimed: bool
    reasons: tuple[str, ...] = ()

    @property
    def archival(self) -> bool:
        """Whether the whole file may go on claiming conformance."""
        return not self.reasons

    @property
    def pages(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page as it is shown."""
        return tuple([(sheet.width, sheet.height) for sheet in self.sheets])

    def splice(
        self,
        base: int,
        *,
        pages_root: int,
        document: int,
        outline: int,
        key: int,
        prefix: str,
        pool: Pool | None = None,
        feet: Sequence[int | None] = (),
    ) -> Merged:
        """Number everything for a host; all arguments are the host's object numbers but `key` and `prefix`."""
        mark = prefix.encode()
        slots = {
            "pages": b"%d 0 R" % pages_root,
            "document": b"%d 0 R" % document,
            "outline": b"%d 0 R" % outline,
            "prefix": mark,
        }
        extra = self._overlay(slots, feet, base)
        spliced = splice(self.bundle, base + len(extra), slots, key, pool)
        at = spliced.numbers
        return Merged(
            extra + spliced.bodies,
            tuple([at[sheet.number] for sheet in self.sheets]),
            None if self.part is None else at[self.part],
            self._entry(at),
            tuple([(key + n, b"%d 0 R" % at[value]) for n, value in self.parents]),
            key + self.keys,
            tuple([(b"/" + mark + name, b"/" + (mark if own else b"") + target) for name, target, own in self.roles]),
            tuple([(b"/" + mark + name, at[n]) for name, n in self.classes]),
            tuple([(mark + name, at[n]) for name, n in self.ids]),
            tuple([(mark + name, at[n]) for name, n in self.dests]),
        )

    def _entry(self, at: list[int]) -> bytes:
        """The bookmark of the whole disclaimer, its own bookmarks folded under it."""
        first = self.sheets[0]
        out = b"/Title %b/Dest[%d 0 R/XYZ null null null]" % (_title(self.title), at[first.number])
        if self.bookmarks:
            head, last, count = self.bookmarks
            out += b"/First %d 0 R/Last %d 0 R/Count -%d" % (at[head], at[last], count)
        return out

    def _overlay(self, slots: dict[str, bytes], feet: Sequence[int | None], base: int) -> list[bytes]:
        """Fill the slots of contents and resources; the streams that stand round the content of pages with a foot."""
        extra: list[bytes] = []
        for index, sheet in enumerate(self.sheets):
            foot = feet[index] if index < len(feet) else None
            opening = closing = resource = b""
            if foot is not None:
                if not extra:
                    extra.append(_stream(b"q\n"))
                matrix = b" ".join([number(value) for value in sheet.matrix])
                undo = b"\nQ" * (1 + sheet.excess)
                extra.append(
                    _stream(
                        b"%b\n/Artifact<</Type/Pagination/Subtype/Footer>>BDC\nq %b cm %b Do Q\nEMC\n"
                        % (undo, matrix, sheet.overlay)
                    )
                )
                opening = b"%d 0 R " % base
                closing = b" %d 0 R" % (base + len(extra) - 1)
                resource = b"%b %d 0 R" % (sheet.overlay, foot)
            slots[f"open{index}"], slots[f"close{index}"], slots[f"foot{index}"] = opening, closing, resource
        return extra


def _title(text: str) -> bytes:
    return literal(text.encode() if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be"))


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%b\nendstream" % (len(data), data)


# --- from file or cache ----------------------------------------------------------------------------------------------


def prepare(item: ReadyDisclaimer, world: World, report: Report) -> Ready | None:
    """Read, preflight and prepare a disclaimer, or take it from the cache; None when it is refused."""
    from _blake2 import blake2b

    try:
        data = world.read(item.path)
    except OSError as fault:
        report.error("disclaimer-unreadable", f"`{item.id}.pdf` cannot be read: {fault.strerror}", item.span)
        return None
    about = f"{item.title}\0{item.alt}".encode()
    state = blake2b(b"%d.%d\0%b\0" % (BUNDLE_FORMAT, FORMAT, about), digest_size=16)
    state.update(data)
    key = state.hexdigest()
    kept = _revive(world.cached(CACHE, key))
    if kept is not None:
        _tell(kept, item, report)
        return kept
    from .adopt import adopt

    ready: Ready | None = adopt(data, item, report)
    if ready is not None:
        from marshal import dumps

        from .judge import reasons_against_claim

        ready = ready.replace(reasons=reasons_against_claim(ready, world, claimed=ready.claimed))
        world.store(CACHE, key, dumps(_plain(ready)))
        _tell(ready, item, report)
    return ready


def _tell(ready: Ready, item: ReadyDisclaimer, report: Report) -> None:
    """Warn of a disclaimer that takes the whole file its claim."""
    if ready.reasons:
        report.warning(
            "disclaimer-claim",
            f"with `{item.id}.pdf` the file cannot claim PDF/A-3a and PDF/UA-1: {'; '.join(ready.reasons)}",
            item.span,
            help="ask compliance for the disclaimer as PDF/A-3a, or keep it as text",
        )


def _plain(ready: Ready) -> tuple[Any, ...]:
    flat = ready.replace(bundle=ready.bundle.plain(), sheets=tuple([sheet.values() for sheet in ready.sheets]))
    return flat.values()


def _revive(data: bytes | None) -> Ready | None:
    """A Ready from its cache entry; None for anything that does not look like one."""
    if data is None:
        return None
    from marshal import loads

    try:
        flat = Ready(*loads(data))
        sheets: Any = flat.sheets
        return flat.replace(bundle=Bundle.of(flat.bundle), sheets=tuple([Sheet(*values) for values in sheets]))
    except (ValueError, EOFError, TypeError):
        return None
