"""Laid-out pages as text, for tests and for people: one line an item, in painting order.

page 1  595.28 × 841.89
  text    50.00   90.24  P        上证指数当周上涨 2.06%，深…
  rect    50.00   62.00  #Layout  495.00 × 0.40 #cbc8c1
"""

from __future__ import annotations

from .frames import Anchor, Artifact, ImageItem, LinkItem, PathItem, RectItem, TextItem, TurnedItem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .frames import Element, Item, Pages


def _owner(owner: Element | Artifact) -> str:
    return f"#{owner.subtype or owner.kind}" if isinstance(owner, Artifact) else owner.tag


def dump(pages: Pages) -> str:
    """The pages' items as lines of text."""
    out = []
    for number, page in enumerate(pages.pages, 1):
        out.append(f"page {number}  {page.width:.2f} × {page.height:.2f}")
        out += [f"  {_line(item)}" for item in page.items]
    return "\n".join(out)


def _line(item: Item) -> str:
    if isinstance(item, TextItem):
        text = "".join([segment.text for segment in item.segments])
        x = item.x + item.segments[0].x if item.segments else item.x
        return f"text  {x:8.2f} {item.y:8.2f}  {_owner(item.owner):9} {text}"
    if isinstance(item, TurnedItem):
        text = "".join([segment.text for segment in item.segments])
        return f"turn  {item.x:8.2f} {item.y:8.2f}  {_owner(item.owner):9} {item.angle:g}° {text}"
    if isinstance(item, RectItem):
        size = f"{item.width:.2f} × {item.height:.2f} {item.colour}"
        return f"rect  {item.x:8.2f} {item.y:8.2f}  {_owner(item.owner):9} {size}"
    if isinstance(item, ImageItem):
        return f"image {item.x:8.2f} {item.y:8.2f}  {_owner(item.owner):9} {item.width:.2f} × {item.height:.2f}"
    if isinstance(item, LinkItem):
        return f"link  {item.x:8.2f} {item.y:8.2f}  {_owner(item.owner):9} {item.uri or '#' + item.target}"
    if isinstance(item, Anchor):
        return f"dest  {item.x:8.2f} {item.y:8.2f}  {item.name}"
    if isinstance(item, PathItem):
        return f"path  {len(item.steps)} steps  {_owner(item.owner):9} fill {item.fill or '-'} stroke {item.stroke or '-'}"
    raise TypeError(f"not an item: {item!r}")
