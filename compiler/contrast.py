"""Whether a house's colours can be read: text against what it stands on, lines and marks, series apart in grey.

In: a decoded brand.  Out: reports at the colours' places.  Always: figures are computed from the colours, never taken on trust.
Rules: WCAG 2.2, 1.4.3 (text 4.5:1) and 1.4.11 (marks 3:1); relative luminance as defined there.  Bars and slices carry their
values beside them, so only lines and dots are held to 3:1.
"""

from __future__ import annotations

from .brand import Furniture, Opening, TextStyle
from .record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .brand import Box, Brand
    from .palette import Palette

TEXT, MARK, APART = 4.5, 3.0, 1.25
PAPER = "#ffffff"


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check(brand: Brand, palette: Palette) -> None:
    """Report what cannot be read."""
    seen: set[tuple[str, str]] = set()
    for style, ground in _texts(brand):
        ratio = contrast(style.colour, ground)
        if ratio < TEXT and (style.name, ground) not in seen:
            seen.add((style.name, ground))
            palette.report.warning(
                "brand-contrast",
                f"text in style `{style.name}`, {style.colour} on {ground}, has a contrast of {ratio:.1f}:1",
                palette.colour_place(style.name),
                help=f"text needs {TEXT:g}:1: take a {'darker' if luminance(ground) > 0.18 else 'lighter'} colour",
            )
    _check_chart(brand, palette)


def _texts(brand: Brand) -> Iterator[tuple[TextStyle, str]]:
    """Every style with what it is set on."""
    band = brand.opening.band or PAPER
    yield from _furniture(brand.masthead, brand.opening.band, brand.opening.band_height)
    for part in (brand.head, brand.foot, brand.disclaimer.furniture, brand.disclaimer.imprint):
        yield from _furniture(part, "", 0.0)
    if brand.table.highlight_colour:
        for style in _styles(brand.table):
            if contrast(style.colour, PAPER) >= TEXT:  # else it is told of already
                yield style, brand.table.highlight_colour
    for value in brand.values():
        ground = band if isinstance(value, Opening) else PAPER
        for style in _styles(value):
            yield style, ground


def _styles(value: object) -> Iterator[TextStyle]:
    """The text styles in a record; furniture, whose labels stand on boxes of their own, apart."""
    if isinstance(value, TextStyle):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _styles(item)
    elif isinstance(value, Record) and not isinstance(value, Furniture):
        for item in value.values():
            yield from _styles(item)


def _furniture(part: Furniture, band: str, height: float) -> Iterator[tuple[TextStyle, str]]:
    """Labels with the uppermost box they stand on, or the band, or the paper."""
    for label in part.labels:
        under: list[Box] = [
            box for box in part.boxes if box.x <= label.x <= box.x + box.width and box.y <= label.y - 1 <= box.y + box.height
        ]
        ground = under[-1].colour if under else band if label.y < height else PAPER
        yield label.style, ground


def _check_chart(brand: Brand, palette: Palette) -> None:
    chart = brand.chart
    place = palette.place_of("chart")
    for what, colours, least in (("labels", chart.words, TEXT), ("lines", chart.lines, MARK)):
        for colour in dict.fromkeys(colours):
            ratio = contrast(colour, chart.ground_colour)
            if ratio < least:
                message = f"{what} of charts in {colour} have a contrast of {ratio:.1f}:1"
                palette.report.warning("brand-contrast", message, place, help=f"they need {least:g}:1")
    for first, second in zip(chart.fills, chart.fills[1:]):
        if contrast(first, second) < APART:
            message = f"series in {first} and {second} look alike in grey ({contrast(first, second):.2f}:1)"
            tip = "put a lighter or darker colour between them in `fills`"
            palette.report.warning("brand-contrast", message, place, help=tip)
