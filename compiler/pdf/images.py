"""Pictures as XObjects: each once in the file, however often it stands on a page.

In: pictures and the boxes they are drawn in.  Out: resource names, object numbers and the matrix that fits them in.
"""

from __future__ import annotations

from .objects import stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..pictures import Picture, Raster
    from .objects import Store

Matrix = tuple[float, float, float, float, float, float]


class Images:
    """The XObjects of one document."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._placed: dict[tuple[str, int, int], tuple[str, int]] = {}
        self._names: dict[int, str] = {}

    def place(self, picture: Picture, width: float, height: float) -> tuple[str, int, Matrix]:
        """Resource name, object number and matrix for a picture in a box of that size (points)."""
        if picture.kind == "page":
            key = (picture.key, 0, 0)
        else:
            key = (picture.key, round(width), round(height))
        found = self._placed.get(key)
        if found is None:
            found = self._placed[key] = self._add(picture, width, height)
        matrix: Matrix = (width, 0.0, 0.0, height, 0.0, 0.0)
        if picture.kind == "page":
            matrix = (width / picture.width, 0.0, 0.0, height / picture.height, 0.0, 0.0)
        return found[0], found[1], matrix

    def _add(self, picture: Picture, width: float, height: float) -> tuple[str, int]:
        if picture.kind == "page":
            number = self._form(picture)
        else:
            number = self._raster(picture.raster(width, height))
        name = self._names.setdefault(number, f"Im{len(self._names) + 1}")
        return name, number

    def _form(self, picture: Picture) -> int:
        """A page of another PDF as a form; equal fonts and images are shared with the rest of the file."""
        from ..bundle import Bundle, splice

        bundle = Bundle.of(picture.form)
        spliced = splice(bundle, len(self.store) + 1, pool=self.store.pool)
        for body in spliced.bodies:
            self.store.add(body)
        return spliced.numbers[bundle.roots[0]]

    def _raster(self, raster: Raster) -> int:
        mask = b""
        if raster.mask is not None:
            mask = b"/SMask %d 0 R" % self._raster(raster.mask)
        space = {"rgb": b"/DeviceRGB", "gray": b"/DeviceGray"}.get(raster.colour)
        if space is None:
            palette = self.store.add_once(stream(b"", raster.palette))
            space = b"[/Indexed/DeviceRGB %d %d 0 R]" % (len(raster.palette) // 3 - 1, palette)
        parameters = b""
        if raster.predictor:
            colours = 3 if raster.colour == "rgb" else 1
            parameters = b"/DecodeParms<</Predictor %d/Colors %d/BitsPerComponent %d/Columns %d>>" % (
                raster.predictor,
                colours,
                raster.bits,
                raster.width_px,
            )
        body = (
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace%b/Filter/%b%b%b/Length %d>>\n"
            b"stream\n%b\nendstream"
            % (
                raster.width_px,
                raster.height_px,
                raster.bits,
                space,
                raster.filter.encode("ascii"),
                parameters,
                mask,
                len(raster.data),
                raster.data,
            )
        )
        return self.store.add_once(body)
