"""Laid-out pages as plain data: what `layout` makes, `dump` prints and `pdf` paints.

Always: points, origin at the top left of the page, y down; text items stand on their baseline; every item belongs to an
element of the logical tree or is an artifact (ISO 14289-1, 7.1), so nothing can be painted untagged.
"""

from __future__ import annotations

from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import TextStyle
    from ..pictures import Picture
    from ..text.setting import Segment


class Element:
    """A node of the logical structure tree (ISO 32000-1, 14.7.2).

    `tag` is a standard structure type; `kids` are in reading order.  `attributes` are PDF attribute dictionaries by owner,
    values already plain: {"Table": {"Scope": "Column"}, "List": {"ListNumbering": "Decimal"}}; str values are names.
    `expansion` is what its text is short for (14.9.5).  `frame` is where its lines stand, if that is known: left and right edge
    in points, alignment.
    """

    __slots__ = ("actual", "alt", "attributes", "expansion", "frame", "id", "kids", "lang", "parent", "tag", "title")

    def __init__(
        self,
        tag: str,
        parent: Element | None = None,
        *,
        alt: str = "",
        actual: str = "",
        lang: str = "",
        title: str = "",
        id: str = "",
        attributes: dict[str, dict[str, object]] | None = None,
        expansion: str = "",
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.kids: list[Element] = []
        self.alt = alt
        self.actual = actual
        self.lang = lang
        self.title = title
        self.id = id
        self.attributes = attributes
        self.expansion = expansion
        self.frame: tuple[float, float, str] | None = None
        if parent is not None:
            parent.kids.append(self)

    @property
    def plain(self) -> bool:
        """Whether it is a tag and nothing else."""
        return not (self.alt or self.actual or self.lang or self.title or self.id or self.attributes or self.expansion)

    def __repr__(self) -> str:
        return f"<{self.tag}>"


class Artifact(Record):
    """What is no part of the note's content: `kind` Pagination, Layout or Background; `subtype` Header, Footer or ""."""

    kind: str
    subtype: str = ""


HEADER = Artifact("Pagination", "Header")
FOOTER = Artifact("Pagination", "Footer")
LAYOUT = Artifact("Layout")
BACKGROUND = Artifact("Background")


class TextItem(Record):
    """Set text: the segments of one line (or a part of it) that belong to one owner; x of each segment is relative."""

    x: float
    y: float
    segments: tuple[Segment, ...]
    owner: Element | Artifact


class TurnedItem(Record):
    """Set text at an angle, as charts label their axes: `angle` degrees anticlockwise round (x, y), where its line starts."""

    x: float
    y: float
    angle: float
    segments: tuple[Segment, ...]
    owner: Element | Artifact


class RectItem(Record):
    """A filled rectangle; every rule is one (y is its upper edge).  `colour` is #rrggbb."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    owner: Element | Artifact


class PathItem(Record):
    """A drawn path in page coordinates.

    Shape: `steps` are ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",).  `fill`, `stroke`: #rrggbb or "".
    `dash` lengths in points; `cap` and `join` as in ISO 32000-1, 8.4.3; `opacity` from 0 to 1.
    """

    steps: tuple[tuple[str | float, ...], ...]
    fill: str
    stroke: str
    weight: float
    owner: Element | Artifact
    even_odd: bool = False
    dash: tuple[float, ...] = ()
    cap: int = 0
    join: int = 0
    opacity: float = 1.0


class ImageItem(Record):
    """A picture in a box."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture
    owner: Element | Artifact


class LinkItem(Record):
    """A link's active area.  Just one of `uri` and `target` (an anchor's name) is set; `contents` says where it leads."""

    x: float
    y: float
    width: float
    height: float
    uri: str
    target: str
    contents: str
    owner: Element


class Anchor(Record):
    """A named destination: the view's top left comes here."""

    name: str
    x: float
    y: float


class PageNumber(Record):
    """The number of the page an anchor is on, its right edge at x; text takes its place before the page is done."""

    x: float
    y: float
    anchor: str
    style: TextStyle
    owner: Element


if TYPE_CHECKING:
    Item = TextItem | TurnedItem | RectItem | PathItem | ImageItem | LinkItem | Anchor | PageNumber


class Page(Record):
    """One finished page; items in painting order, which is also reading order for those owned by elements."""

    width: float
    height: float
    items: tuple[Item, ...]


class OutlineEntry(Record):
    """A bookmark; `page` counts from 0, `level` from 1."""

    title: str
    level: int
    page: int
    y: float


class Metadata(Record):
    """What Info and XMP say alike.  `created` is an ISO 8601 time with its zone; it never comes from the wall clock."""

    title: str
    authors: tuple[str, ...]
    subject: str
    keywords: tuple[str, ...]
    language: str
    created: str


class Tail(Record):
    """A ready-made disclaimer's place at the end: what the brand adds to each of its pages (often nothing)."""

    title: str
    overlays: tuple[tuple[Item, ...], ...]


class Pages(Record):
    """The laid-out document.  `root` is its Document element; `tails` follow the pages, one for each ready-made PDF."""

    pages: tuple[Page, ...]
    root: Element
    outline: tuple[OutlineEntry, ...]
    metadata: Metadata
    tails: tuple[Tail, ...]
