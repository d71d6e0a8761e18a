"""Where links and bookmarks of a file lead: destinations with the host's prefix, bookmarks to hang under the host's entry.

Rules: ISO 32000-1, 12.3.2 (destinations) and 12.3.3 (the outline).
"""

from __future__ import annotations

from ...bundle import raw_entries
from .foreign import flat, inner, own_bytes, prefixed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...bundle import Builder
    from .foreign import Foreign

MOST = 10_000  # bookmarks of one level; more is a circle


def destination(value: Any, foreign: Foreign) -> Any:
    """A named destination with the prefix; an explicit one as it is, but for a page that is named by its number."""
    target = value.get_object() if hasattr(value, "get_object") else value
    if not isinstance(target, list):
        return prefixed(target)
    at = list.__getitem__(target, 0) if target else None
    if not isinstance(at, int):
        return value
    page = foreign.pages[min(max(at, 0), len(foreign.pages) - 1)]  # as viewers read it; only other files' pages have numbers
    return [page.indirect_reference, *list.__iter__(target[1:])]


def destinations(foreign: Foreign, builder: Builder) -> list[tuple[bytes, int]]:
    """(name, destination array) of the file's named destinations."""
    found: dict[bytes, Any] = {}
    for key, value in raw_entries(inner(foreign.root, "/Dests")).items():
        found[key[1:].encode("latin-1")] = value
    for label, value in flat(inner(foreign.root, "/Names").get("/Dests"), "/Names"):
        found[own_bytes(label)] = value
    out: list[tuple[bytes, int]] = []
    for label, value in found.items():
        target = value.get_object()
        if isinstance(target, dict):
            target = target.get("/D")
        if isinstance(target, list):
            out.append((label, builder.place(destination(target, foreign))))
    return out


def bookmarks(foreign: Foreign, builder: Builder) -> tuple[int, ...]:
    """First, last and number of the file's own top bookmarks."""
    if foreign.outlines is None or foreign.outlines.get("/First") is None:
        return ()
    entries = raw_entries(foreign.outlines)
    item, count = foreign.outlines["/First"].get_object(), 0
    while item is not None and count < MOST:
        count += 1
        following = item.get("/Next")
        item = following.get_object() if following is not None else None
    return builder.refer(entries["/First"]), builder.refer(entries["/Last"]), count
