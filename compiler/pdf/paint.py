"""Laid-out items → content streams, each page's marks and annotations.

In: a page of items.  Out: the page's content with every operator inside marked content.  Always: text goes in TJ arrays with
all positions computed before; what belongs to nobody cannot be painted.  ReportLab's canvas draws the shapes.
"""

from __future__ import annotations

from ..layout.frames import Anchor, Artifact, Element, ImageItem, LinkItem, PathItem, RectItem, TextItem, TurnedItem
from ..text.setting import Word
from .fonts import EmbeddedFace
from .objects import byte_string, number, text_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..layout.frames import Item
    from ..text.faces import Face
    from ..text.setting import Segment
    from .images import Images
    from .objects import Store
    from .structure import Structure


LONG = 64  # steps from which on a path of straight lines is written as a whole


class Fonts:
    """The faces of one document and their resource names."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.embedded: dict[str, EmbeddedFace] = {}
        self.numbers: dict[str, int] = {}

    def of(self, face: Face) -> EmbeddedFace:
        """The face in this document."""
        found = self.embedded.get(face.key)
        if found is None:
            found = self.embedded[face.key] = EmbeddedFace(face, f"F{len(self.embedded) + 1}")
            self.numbers[face.key] = self.store.reserve()
        return found

    def resources(self, used: set[str]) -> bytes:
        """The entries of a /Font resource dictionary."""
        entries = [(self.embedded[key].resource, self.numbers[key]) for key in used]
        return b"".join([f"/{name} {at} 0 R".encode("ascii") for name, at in sorted(entries)])

    def write(self) -> None:
        """Write all fonts, now that every code is known."""
        for key, embedded in self.embedded.items():
            embedded.write(self.store, self.numbers[key])


class Painted:
    """One page's content and what its dictionary needs."""

    __slots__ = ("anchors", "annotations", "content", "fonts", "images", "opacities")

    def __init__(self) -> None:
        self.content = b""
        self.fonts: set[str] = set()
        self.images: dict[str, int] = {}
        self.opacities: set[float] = set()
        self.annotations: list[int] = []
        self.anchors: list[Anchor] = []


class Painter:
    """Paints the items of one page after another."""

    def __init__(self, pen: Any, fonts: Fonts, images: Images, structure: Structure, store: Store) -> None:
        self.pen = pen
        self.fonts = fonts
        self.images = images
        self.structure = structure
        self.store = store
        self.code: list[str] = pen._code
        self.height = 0.0
        self.page = Painted()
        self._embedded: EmbeddedFace
        self._owner: Element | Artifact | None = None
        self._marked = True
        self._fill = ""
        self._stroke = ""
        self._in_text = False
        self._x = self._y = 0
        self._face: Face | None = None
        self._size = 0.0
        self._spacing = 0.0
        self._rgb: dict[str, str] = {}
        self._moves: dict[float, str] = {}  # as they are written: trims and the spaces of one line come again and again
        self._drawn: dict[tuple[int, float], str] = {}  # the paths of logos, the same items on every page

    def paint(self, items: Sequence[Item], height: float, *, marked: bool = True) -> Painted:
        """Content for one page's items; without marks for a form that will stand inside an artifact."""
        self.height = height
        self._marked = marked
        self.page = page = Painted()
        self.code.clear()
        self._owner = None
        self._fill = self._stroke = ""
        self._face = None
        self._spacing = 0.0
        for item in items:
            self._item(item)
        self._close()
        page.content = "\n".join(self.code).encode("ascii")
        self.code.clear()
        return page

    # --- marked content ----------------------------------------------------------------------------------------------

    def _open(self, owner: Element | Artifact) -> None:
        """Start the owner's marked content unless it is open already.  Errors: TypeError for what belongs to nobody."""
        if owner is self._owner and owner is not None:
            return
        if isinstance(owner, Artifact):
            subtype = f"/Subtype/{owner.subtype}" if owner.subtype else ""
            mark = f"/Artifact<</Type/{owner.kind}{subtype}>>BDC"
        elif isinstance(owner, Element) and self._marked:
            mark = f"/{owner.tag}<</MCID {self.structure.mark(owner)}>>BDC"
        else:
            raise TypeError(f"painted for {owner!r}, which is neither an artifact nor an element of a page of ours")
        if self._marked:
            self._close()
            self.code.append(mark)
            self._owner = owner

    def _close(self) -> None:
        self._end_text()
        if self._owner is not None:
            self.code.append("EMC")
            self._owner = None

    def _end_text(self) -> None:
        if self._in_text:
            self._in_text = False
            self.code.append("ET")

    # --- items -------------------------------------------------------------------------------------------------------

    def _item(self, item: Item) -> None:
        if isinstance(item, TextItem):  # most are
            self._text(item)
        elif isinstance(item, RectItem):
            self._rect(item)
        elif isinstance(item, LinkItem):
            self._link(item)
        elif isinstance(item, PathItem):
            self._path(item)
        elif isinstance(item, ImageItem):
            self._image(item)
        elif isinstance(item, Anchor):
            self.page.anchors.append(item)
        elif isinstance(item, TurnedItem):
            self._turned(item)
        else:
            raise TypeError(f"not an item: {item!r}")

    def _text(self, item: TextItem) -> None:
        """Segments of one line; lines of one owner that follow each other share a text object."""
        if not item.segments:
            return
        owner = item.owner
        self._open(owner)
        self._set(item.segments, item.x, self.height - item.y)
        if owner.__class__ is Element and owner.tag == "Figure":
            self._grow_by_text(item, owner)

    def _set(self, segments: Sequence[Segment], left: float, base: float) -> None:
        """Segments from a point of the page."""
        code = self.code
        if not self._in_text:
            self._in_text = True
            self._x = self._y = 0
            code.append("BT")
        for segment in segments:
            style = segment.style
            if style.colour != self._fill:
                self._set_fill(style.colour)
            if segment.face is not self._face or style.size != self._size:
                self._set_font(segment.face, style.size)
            x, y = round((left + segment.x) * 1000), round((base + style.rise) * 1000)  # whole, so that no error adds up
            code.append(f"{(x - self._x) / 1000:.10g} {(y - self._y) / 1000:.10g} Td")
            self._x, self._y = x, y
            self._show(segment.items, round(segment.spacing * style.size / 1000, 4))

    def _turned(self, item: TurnedItem) -> None:
        """Text at an angle, in a graphics state of its own."""
        from math import cos, radians, sin

        if not item.segments:
            return
        self._open(item.owner)
        self._end_text()
        kept = (self._fill, self._face, self._size, self._spacing)
        turn, base = radians(item.angle), self.height - item.y
        a, b = cos(turn), sin(turn)
        self.code.append("q " + " ".join([number(value) for value in (a, b, -b, a, item.x, base)]) + " cm")
        self._set(item.segments, 0.0, 0.0)
        self._end_text()
        self.code.append("Q")
        self._fill, self._face, self._size, self._spacing = kept
        length = max([segment.x + segment.width for segment in item.segments])
        size = item.segments[0].style.size
        corners = [(x * a - y * b, x * b + y * a) for x in (0.0, length) for y in (-0.12 * size, 0.88 * size)]
        xs, ys = [item.x + x for x, _ in corners], [base + y for _, y in corners]
        self._grow(item.owner, min(xs), min(ys), max(xs), max(ys))

    def _set_font(self, face: Face, size: float) -> None:
        self._face, self._size = face, size
        self._embedded = embedded = self.fonts.of(face)
        self.page.fonts.add(face.key)
        self.code.append(f"/{embedded.resource} {number(size)} Tf")

    def _show(self, items: Sequence[str | float | Word], spacing: float) -> None:
        """Show a segment: Tc is `spacing` (points) for characters and nothing for words, which move by their own width."""
        code, embedded, moves = self.code, self._embedded, self._moves
        parts: list[str] = []
        for item in items:
            if isinstance(item, str):
                shown, wanted = f"<{embedded.text(item)}>", spacing
            elif isinstance(item, Word):
                shown, wanted = embedded.word(item), 0.0
            else:
                move = moves.get(item)
                if move is None:
                    move = moves[item] = f"{round(item * -1000) / 1000:.10g}"
                parts.append(move)
                continue
            if wanted != self._spacing:
                if parts:
                    code.append(f"[{' '.join(parts)}]TJ")
                    parts = []
                self._spacing = wanted
                code.append(f"{wanted:g} Tc")
            parts.append(shown)
        if parts:
            code.append(f"[{' '.join(parts)}]TJ")

    def _grow_by_text(self, item: TextItem, figure: Element) -> None:
        """Words in a figure belong to its box, each as high as its em square."""
        for segment in item.segments:
            left, size = item.x + segment.x, segment.style.size
            y = self.height - item.y + segment.style.rise
            self.structure.extend(figure, left, y - 0.12 * size, left + segment.width, y + 0.88 * size)

    def _operands(self, colour: str) -> str:
        """#rrggbb as three numbers from 0 to 1."""
        found = self._rgb.get(colour)
        if found is None:
            parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
            found = self._rgb[colour] = " ".join([number(part) for part in parts])
        return found

    def _set_fill(self, colour: str) -> None:
        if colour != self._fill:
            self._fill = colour
            self.code.append(f"{self._operands(colour)} rg")

    def _rect(self, item: RectItem) -> None:
        self._open(item.owner)
        self._end_text()
        self._set_fill(item.colour)
        bottom = self.height - item.y - item.height
        self.pen.rect(item.x, bottom, item.width, item.height, stroke=0, fill=1)
        self._grow(item.owner, item.x, bottom, item.x + item.width, bottom + item.height)

    def _path(self, item: PathItem) -> None:
        self._open(item.owner)
        self._end_text()
        if item.fill:
            self._set_fill(item.fill)
        if item.stroke:
            if item.stroke != self._stroke:
                self._stroke = item.stroke
                self.code.append(f"{self._operands(item.stroke)} RG")
            self.pen.setLineWidth(round(item.weight, 3))
        artifact = isinstance(item.owner, Artifact)
        drawn = self._drawn.get((id(item), self.height)) if artifact else None
        if drawn is not None:
            self.code.append(drawn)
            return
        path, xs, ys = self._path_of(item.steps)
        mode = 0 if item.even_odd else 1
        special = self._special(item)
        self.code += special
        self.pen.drawPath(path, stroke=1 if item.stroke else 0, fill=1 if item.fill else 0, fillMode=mode)
        if special:
            self.code.append("Q")
        if artifact and not special:
            self._drawn[id(item), self.height] = self.code[-1]
        elif xs:
            self._grow(item.owner, min(xs), min(ys), max(xs), max(ys))

    def _path_of(self, steps: Sequence[tuple[str | float, ...]]) -> tuple[Any, list[float], list[float]]:
        """Steps as a path of the pen, with all their x and y in the page's coordinates."""
        xs: list[float] = []
        ys: list[float] = []
        closed = steps[-1][0] == "Z"
        if len(steps) > LONG and {step[0] for step in steps[1 : -1 if closed else None]} == {"L"}:  # a long series
            height = self.height
            for _, x, y in steps[: -1 if closed else None]:
                xs.append(x)  # type: ignore[arg-type]  # only the first of a step is a word
                ys.append(height - y)  # type: ignore[operator]
            return self.pen.polyline(xs, ys, close=closed), xs, ys
        path = self.pen.beginPath()
        for step in steps:
            values = [float(value) for value in step[1:]]
            points = [self.height - value if index % 2 else value for index, value in enumerate(values)]
            xs += points[::2]
            ys += points[1::2]
            if step[0] == "M":
                path.moveTo(*points)
            elif step[0] == "L":
                path.lineTo(*points)
            elif step[0] == "C":
                path.curveTo(*points)
            else:
                path.close()
        return path, xs, ys

    def _special(self, item: PathItem) -> list[str]:
        """What a path needs beyond colours and weight, in a graphics state of its own."""
        out = []
        if item.dash:
            out.append(f"[{' '.join([number(length) for length in item.dash])}]0 d")
        if item.cap:
            out.append(f"{item.cap} J")
        if item.join:
            out.append(f"{item.join} j")
        if item.opacity < 1.0:
            self.page.opacities.add(item.opacity)
            out.append(f"/{opacity_name(item.opacity)} gs")
        return ["q", *out] if out else []

    def _grow(self, owner: Element | Artifact, left: float, bottom: float, right: float, top: float) -> None:
        if not isinstance(owner, Artifact) and owner.tag == "Figure":
            self.structure.extend(owner, left, bottom, right, top)

    def _image(self, item: ImageItem) -> None:
        self._open(item.owner)
        self._end_text()
        resource, reference, matrix = self.images.place(item.picture, item.width, item.height)
        self.page.images[resource] = reference
        bottom = self.height - item.y - item.height
        a, b, c, d, e, f = matrix
        place = " ".join([number(value) for value in (a, b, c, d, item.x + e, bottom + f)])
        self.code.append(f"q {place} cm /{resource} Do Q")
        self._grow(item.owner, item.x, bottom, item.x + item.width, bottom + item.height)

    def _link(self, item: LinkItem) -> None:
        if not self._marked:
            raise TypeError("a link belongs on a page of ours: a form has no annotations")
        bottom = self.height - item.y - item.height
        box = (item.x, bottom, item.x + item.width, bottom + item.height)
        rect = " ".join([number(edge) for edge in box]).encode("ascii")
        reference = self.store.reserve()
        key = self.structure.annotate(item.owner, reference)
        if item.uri:
            action = b"/A<</Type/Action/S/URI/URI%b>>" % text_string(_ascii_address(item.uri))
        else:
            action = b"/Dest" + byte_string(item.target)
        self.store.fill(
            reference,
            b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4/StructParent %d/Contents%b%b>>"
            % (rect, key, text_string(item.contents), action),
        )
        self.page.annotations.append(reference)


def opacity_name(opacity: float) -> str:
    """The resource name of a graphics state with that opacity."""
    return f"O{round(opacity * 100)}"


def _ascii_address(uri: str) -> str:
    """An address as 7-bit ASCII (12.6.4.7): other characters percent-encoded as UTF-8."""
    if uri.isascii():
        return uri
    return "".join([char if char.isascii() else "".join([f"%{byte:02X}" for byte in char.encode("utf-8")]) for char in uri])
