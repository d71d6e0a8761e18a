"""Reads brand files: YAML with `extends` → the records of `brand`.

In: a brand's name.  Out: a `Brand`, decoded field by field from the records' own annotations, so that the YAML mirrors them
(`label_style` ↔ `label-style`).  Always: a fault points into the brand file it stands in, inherited ones into the base.
"""

from __future__ import annotations

import os
import re

from . import brand as records
from .contrast import check as check_contrast
from .diagnostics import Span, nearest
from .palette import Fault, Palette
from .pathdata import PathError, circle_steps, path_steps, rectangle_steps
from .record import Record
from .syntax import Mapping, Scalar, Sequence, decode, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .brand import Brand, Geometry
    from .diagnostics import Report
    from .syntax import Node
    from .world import World

FILE = "brand.yaml"
LONGEST_CHAIN = 8  # brands that extend one another
NAMED_BLOCKS = ("faces", "fonts", "styles", "extends", "page", "columns", "grid", "numbers", "claims")  # no fields of Brand
TEMPLATE_NAMES = (
    "house", "house_latin", "company", "series", "address", "title", "subtitle", "issue", "year", "number", "period",
    "period_full",
    "published", "authors", "authors_line", "authors_full", "issuer", "page", "pages", "version", "effective", "disclaimers",
)  # fmt: skip
CHOICES = {
    "Brand.emphasis": ("stress", "dots"),
    "Rule.span": ("text", "side", "full"),
    "Label.align": ("left", "right", "center"),
    "Opening.meta_place": ("side", "row", "below"),
    "SectionStyle.place": ("text", "side"),
    "ExhibitStyle.number_place": ("inline", "side"),
    "ExhibitStyle.credit_place": ("side", "below"),
    "ExhibitStyle.unit_place": ("right", "below"),
    "ExhibitStyle.small_place": ("side", "text"),
    "TableStyle.span": ("text", "full"),
    "TableStyle.overflow": ("turn", "cards"),
    "CalloutStyle.label_place": ("above", "side"),
    "QuoteStyle.by_place": ("right", "side"),
    "FrontStyle.place": ("text", "side"),
    "FrontStyle.contents_place": ("side", "row"),
    "ReferenceStyle.heading_place": ("above", "side"),
    "DisclaimerStyle.label_place": ("left", "above"),
    "DisclaimerStyle.version_place": ("side", "none"),
}
HOUSE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "house.yaml")
GEOMETRY = {
    "page": ("width", "height"),
    "columns": ("text-x", "text-width", "side-x", "side-width"),
    "grid": ("top", "pitch", "lines", "spare"),
}
_EDGE = re.compile(r"([a-z]+-[a-z]+)( ?[-+] ?(?:[0-9]+\.?[0-9]*|\.[0-9]+))?")
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")


# --- files -----------------------------------------------------------------------------------------------------------


def load(name: str, root: str, world: World, report: Report, span: Span | None = None) -> Brand | None:
    """The brand called `name`, from the root's assets or the shipped ones; None when a fault was reported."""
    before = report.errors
    house, _, layout = name.partition("/")
    chain = _chain(house, root, world, report, span)
    if chain and layout:
        chain = [*_layouts(chain, layout, root, world, report, span), *chain]
    if report.errors > before:
        return None
    merged = _plain_house(world, report)
    for _, node in reversed(chain):
        merged = _merged(merged, node, report)
    folders = {node.span.file: os.path.dirname(path) for path, node in chain}
    palette = Palette(merged, folders, root, world, report)
    palette.read()
    brand = _Decoder(palette).brand(name, tuple([path for path, _ in chain]))
    return brand if report.errors == before else None


def _chain(name: str, root: str, world: World, report: Report, span: Span | None) -> list[tuple[str, Mapping]]:
    """Path and content of the brand and of those it extends, itself first; empty when a fault was reported."""
    chain: list[tuple[str, Mapping]] = []
    seen: list[str] = []
    while True:
        trail = " → ".join([*seen, name])
        if name in seen:
            report.error("brand-cycle", f"brands extend one another in a circle: {trail}", span, help="extend another brand")
            return []
        if len(seen) >= LONGEST_CHAIN:
            message = f"more than {LONGEST_CHAIN} brands extend one another: {trail}"
            report.error("brand-cycle", message, span, help="extend a brand nearer to the first")
            return []
        path = world.asset(root, f"brands/{name}/{FILE}") if _is_name(name) else None
        if path is None:
            known = world.asset_names(root, "brands")
            near = nearest(name, known)
            tip = f"did you mean `{near}`?" if near else f"brands here: {', '.join(known)}"
            report.error("brand-unknown", f"there is no brand `{name}`", span, help=tip)
            return []
        seen.append(name)
        node = _read(path, root, world, report, span)
        if node is None:
            return []
        chain.append((path, node))
        base = node.get("extends")
        if base is None:
            return chain
        if not isinstance(base, Scalar):
            report.error("brand-type", "`extends` must name one brand", base.span)
            return []
        name, span = base.value, base.span


def _layouts(
    chain: list[tuple[str, Mapping]], layout: str, root: str, world: World, report: Report, span: Span | None
) -> list[tuple[str, Mapping]]:
    """Path and content of a layout in the folders of a brand and of those it extends; a house has the pages of its base."""
    found: list[tuple[str, Mapping]] = []
    known: set[str] = set()
    for path, _ in chain:
        folder = os.path.dirname(path)
        known |= {entry[:-5] for entry in world.listdir(folder) if entry.endswith(".yaml") and entry != FILE}
        beside = f"{folder}/{layout}.yaml"
        if _is_name(layout) and f"{layout}.yaml" != FILE and world.is_file(beside):
            node = _read(beside, root, world, report, span)
            if node is not None:
                found.append((beside, node))
    if layout not in known:
        near = nearest(layout, sorted(known))
        tip = f"did you mean `{near}`?" if near else f"its layouts: {', '.join(sorted(known)) or 'none'}"
        brand = os.path.basename(os.path.dirname(chain[0][0]))
        report.error("brand-layout", f"brand `{brand}` has no layout `{layout}`", span, help=tip)
    return found


def _plain_house(world: World, report: Report) -> Mapping:
    """What the first brand of every chain extends: `house.yaml`, part of the program and no file of the brand."""
    file = decode(HOUSE, world.peek(HOUSE), report)  # no input of the compile, but part of the program
    node = parse(file, report) if file else None
    assert isinstance(node, Mapping)
    return node


def _is_name(name: str) -> bool:
    return bool(name) and not name.startswith(".") and not any(char in name for char in "/\\:\0")


def _read(path: str, root: str, world: World, report: Report, span: Span | None) -> Mapping | None:
    shown = path
    if path.startswith(root.rstrip(os.sep) + os.sep):
        try:
            shown = os.path.relpath(path, world.cwd)
        except ValueError:  # another drive on Windows
            shown = path
    try:
        data = world.read(path)
    except OSError as fault:
        report.error("brand-unreadable", f"{shown} cannot be read: {fault.strerror}", span, help="check its permissions")
        return None
    file = decode(shown, data, report)
    node = parse(file, report) if file else None
    if node is not None and not isinstance(node, Mapping):
        report.error("brand-type", "a brand file is made of `key: value` lines", node.span)
        return None
    return node


def _merged(base: Mapping, over: Mapping, report: Report) -> Mapping:
    """`base` with what `over` says: mappings merge key by key, everything else is replaced.

    A mapping that says `file` is a face of its own and keeps nothing of the face it replaces.
    """
    entries = {key.value: (key, value) for key, value in base.entries}
    for key, value in over.entries:
        known = entries.get(key.value)
        if known and isinstance(known[1], Mapping):
            if not isinstance(value, Mapping):
                report.error("brand-type", f"`{key.value}` must be a mapping, as in the brand it extends", value.span)
                continue
            if value.get("file") is None:
                value = _merged(known[1], value, report)
        entries[key.value] = (key, value)
    return Mapping(tuple(entries.values()), over.span)


# --- records ---------------------------------------------------------------------------------------------------------


class _Decoder:
    """Turns the merged mapping into records; collects every fault it can find."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self.report = palette.report
        self.edges: dict[str, float] = {}
        self.rail = False
        self.decoders: dict[str, Callable[[Node], Any]] = {
            "str": palette.text,
            "float": self._length,
            "int": palette.whole,
            "bool": palette.truth,
            "TextStyle": palette.style,
            "Logo": self._logo,
            "tuple[FaceSpec, ...]": palette.chain,
            "tuple[Edition, ...]": palette.editions,
            "tuple[Phrase, ...]": palette.phrases,
            "tuple[Abbreviation, ...]": palette.abbreviations,
            "tuple[tuple[str, str], ...]": self._recoloured,
            "tuple[str, ...]": self._colours,
        }

    def brand(self, name: str, files: tuple[str, ...]) -> Brand | None:
        """The brand, or None when a fault was reported."""
        node = self.palette.node
        try:
            geometry = self._geometry()
            colours = tuple([(role, value) for role, value in self.palette.colours.items() if value])
            given: dict[str, Any] = {"name": name, "geometry": geometry, "colours": colours, "files": files}
            self.palette.known_keys(node, [*_keys(records.Brand), *NAMED_BLOCKS])
            for key in ("numbers", "claims"):  # what the house asks of its notes, read when they are checked
                asked = node.get(key)
                if asked is not None and (not isinstance(asked, Scalar) or asked.value not in ("warn", "strict")):
                    raise self.palette.fail("brand-type", f"`{key}` is warn or strict", asked)
            made = self._record(node, "Brand", given)
        except Fault:
            return None
        assert isinstance(made, records.Brand)
        self._check_measure(made)
        self._check_front(made)
        check_contrast(made, self.palette)
        return made

    def _record(self, node: Node, name: str, given: dict[str, Any] | None = None) -> Record:
        """A record from a mapping, by the annotations of its class; the fields `given` are not looked for."""
        cls: Any = getattr(records, name)
        keys = _keys(cls)
        if not isinstance(node, Mapping):
            raise self.palette.fail("brand-type", f"this must be a mapping of {', '.join(keys)}", node)
        values: dict[str, Any] = dict(given or {})
        if given is None:
            self.palette.known_keys(node, keys)
        found = {key.value: value for key, value in node.entries}
        complete = True
        for key, (field, annotation) in keys.items():
            if field in values:
                continue
            value = found.get(key)
            if value is not None:
                try:
                    values[field] = self._value(value, annotation, field, name)
                except Fault:
                    complete = False
            elif field not in cls._defaults:
                start = node.span.start
                place = node.span.narrow(start, start + 1)
                self.report.error("brand-missing", f"`{key}` is missing", place, help=f"add `{key}:`")
                complete = False
        if not complete:
            raise Fault
        made = cls(**values)
        assert isinstance(made, Record)
        return made

    def _value(self, node: Node, annotation: str, field: str, owner: str) -> Any:
        if annotation == "str":
            choices = CHOICES.get(f"{owner}.{field}")
            if choices:
                return self._choice(node, choices)
            if field in ("band", "strip") and isinstance(node, Scalar) and not node.value:
                return ""
            if field.endswith("colour") or field in ("band", "strip", "up", "down"):
                return self.palette.colour(node)
            if field == "text" or (owner == "MetaRow" and field == "value"):
                return self._template(node)
        if field == "columns":
            return int(self.palette.one_of(node, ("1", "2")))
        decoder = self.decoders.get(annotation)
        if decoder is not None:
            value = decoder(node)
            if owner == "ChartStyle" and annotation == "float":
                self._chart_length(node, field, value)
            if annotation == "float" and value < 0 and field.endswith(("width", "height", "weight", "lines", "scale")):
                raise self.palette.fail("brand-value", f"`{value:g}` must not be less than 0", node)
            return value
        if annotation.startswith("tuple["):
            return self._list(node, annotation[6:-1].removesuffix(", ..."))
        return self._record(node, annotation)

    def _chart_length(self, node: Node, field: str, value: float) -> None:
        """What a chart is drawn with has a size, and an opacity is a share."""
        if value < 0 or (value == 0 and field in ("height", "bar", "lane", "dot", "line_weight")):
            raise self.palette.fail("brand-value", f"`{value:g}` must be more than 0", node)
        if field == "opacity" and value > 1:
            raise self.palette.fail("brand-value", "an opacity is a share from 0 to 1", node)

    def _list(self, node: Node, inner: str) -> tuple[Any, ...]:
        if not isinstance(node, Sequence):
            raise self.palette.fail("brand-type", "this must be a list", node, "start each item with `- `")
        if inner == "TextStyle":
            if not node.items:
                raise self.palette.fail("brand-value", "this list needs a style", node)
            return tuple([self.palette.style(item) for item in node.items])
        return tuple([self._record(item, inner) for item in node.items])

    def _choice(self, node: Node, choices: tuple[str, ...]) -> str:
        chosen = self.palette.one_of(node, choices)
        if chosen == "side" and not self.rail:
            others = " or ".join([f"`{choice}`" for choice in choices if choice != "side"])
            tip = f"give `columns` a `side-width`, or choose {others}"
            raise self.palette.fail("brand-value", "there is no side column to set this in", node, tip)
        return chosen

    def _template(self, node: Node) -> str:
        text = self.palette.text(node)
        assert isinstance(node, Scalar)
        for match in _PLACEHOLDER.finditer(text):
            name = match.group(1)
            if name not in TEMPLATE_NAMES:
                near = nearest(name, TEMPLATE_NAMES)
                tip = f"did you mean `{{{near}}}`?" if near else f"known: {', '.join(TEMPLATE_NAMES)}"
                message = f"nothing is called `{{{name}}}`"
                self.report.error("brand-value", message, node.part(match.start(), match.end()), help=tip)
                raise Fault
        return text

    def _length(self, node: Node) -> float:
        """A number, or an edge of the page by name: `text-left`, `side-right+12`, `page-right-50.28`."""
        text = self.palette.text(node)
        match = _EDGE.fullmatch(text)
        if not match:
            return self.palette.number(node)
        edge, offset = match.groups()
        if edge not in self.edges:
            raise self.palette.stranger("brand-value", f"the page has no edge `{edge}`", node, self.edges, "edges")
        return self.edges[edge] + float((offset or "0").replace(" ", ""))

    # --- geometry ----------------------------------------------------------------------------------------------------

    def _geometry(self) -> Geometry:
        palette = self.palette
        values: dict[str, Any] = {}
        complete = True
        for name, keys in GEOMETRY.items():
            block = palette.block(name)
            if block is None:
                complete = False
                continue
            palette.known_keys(block, keys)
            for key in keys:
                field = f"grid_{key}" if name == "grid" else key.replace("-", "_")
                value = block.get(key)
                try:
                    if value is None and not key.startswith(("side", "spare")):
                        start = block.span.start
                        place = block.span.narrow(start, start + 1)
                        self.report.error("brand-missing", f"`{name}` has no `{key}`", place, help=f"add `{key}:`")
                        complete = False
                    elif value is None:
                        values[field] = 0.0
                    elif key in ("lines", "spare"):
                        values[field] = palette.whole(value)
                    elif key in ("top", "text-x", "side-x", "side-width"):
                        values[field] = palette.number(value)
                    else:
                        values[field] = palette.above_zero(value)
                except Fault:
                    complete = False
        if not complete:
            raise Fault
        geometry = records.Geometry(**values)
        self._check_page(geometry)
        self.rail = geometry.side_width > 0
        self.edges = _edges(geometry)
        return geometry

    def _check_page(self, page: Geometry) -> None:
        """The columns stand side by side on the page, and the grid has lines and ends on it."""
        text_right, side_right = page.text_x + page.text_width, page.side_x + page.side_width
        faults = []
        if page.text_x < 0 or text_right > page.width:
            faults.append(("columns", f"the text column, {page.text_x:g} to {text_right:g}, does not fit the page"))
        if page.side_x < 0 or page.side_width < 0 or side_right > page.width:
            faults.append(("columns", f"the side column, {page.side_x:g} to {side_right:g}, does not fit the page"))
        elif page.side_width and page.side_x < text_right and page.text_x < side_right:
            faults.append(("columns", "the side column overlaps the text column"))
        foot = page.grid_top + page.grid_pitch * (page.grid_lines + page.grid_spare)
        if page.grid_lines < 1 or page.grid_top < 0 or foot > page.height:
            faults.append(("grid", f"the grid, {page.grid_top:g} to {foot:g}, does not fit the page"))
        for block, message in faults:
            place = self._own(self.palette.node.get(block), self.palette.node.get("page"))
            self.palette.fail("brand-page", message, place, f"the page is {page.width:g} by {page.height:g} points")
        if faults:
            raise Fault

    def _own(self, *nodes: Node | None) -> Node:
        """Of the nodes to blame, the first that stands in the brand's own file; else the first, in the brand it extends."""
        there = [node for node in nodes if node is not None]
        own = [node for node in there if node.span.file is self.palette.node.span.file]
        return (own or there or [self.palette.node])[0]

    def _check_front(self, brand: Brand) -> None:
        """Contents beside the points need the side column, which points in the rail's manner leave to their heading."""
        front = self.palette.node.get("front")
        if brand.front.place == "side" and brand.front.contents_place == "side" and isinstance(front, Mapping):
            node = front.get("contents-place") or front
            tip = "write `contents-place: row`, or `place: text`"
            self.palette.fail("brand-value", "the points' heading takes the rail, where the contents would stand", node, tip)

    def _check_measure(self, brand: Brand) -> None:
        """TYPOGRAPHY J7: a measure of whole em needs no stretch on pure Han lines."""
        em = brand.geometry.text_width / brand.body.size
        if abs(em - round(em)) < 0.005:
            return
        columns, styles = self.palette.node.get("columns"), self.palette.node.get("styles")
        style = styles.get(brand.body.name) if isinstance(styles, Mapping) else None
        width = columns.get("text-width") if isinstance(columns, Mapping) else None
        size = style.get("size") if isinstance(style, Mapping) else None
        whole = max(round(em), 1)
        self.palette.fail(
            "brand-measure",
            f"the text column is {em:.2f} em of the body wide; it must be a whole number of em",
            self._own(width, size),
            f"make `text-width` {whole * brand.body.size:g} ({whole} em of {brand.body.size:g})",
        )

    # --- logo --------------------------------------------------------------------------------------------------------

    def _logo(self, node: Node) -> records.Logo:
        palette = self.palette
        if not isinstance(node, Mapping):
            raise palette.fail("brand-type", "`logo` must be a mapping of width, height, shapes", node)
        palette.known_keys(node, ("width", "height", "shapes"))
        width, height, listed = (node.get(key) for key in ("width", "height", "shapes"))
        if width is None or height is None or listed is None:
            raise palette.fail("brand-missing", "`logo` needs `width`, `height` and `shapes`", node)
        if not isinstance(listed, Sequence) or not listed.items:
            raise palette.fail("brand-type", "`shapes` must be a list of shapes", listed, "start each shape with `- `")
        shapes = tuple([self._shape(item) for item in listed.items])
        return records.Logo(palette.above_zero(width), palette.above_zero(height), shapes)

    def _shape(self, node: Node) -> records.LogoShape:
        palette = self.palette
        form = "write {path: M0 0 H4 V2 Z, colour: accent}, {circle: [x, y, radius], …} or {rect: [x, y, width, height], …}"
        if not isinstance(node, Mapping):
            raise palette.fail("brand-type", "a shape must be a mapping", node, form)
        palette.known_keys(node, ("path", "circle", "rect", "colour"))
        colour = node.get("colour")
        drawn = [(key.value, value) for key, value in node.entries if key.value in ("path", "circle", "rect")]
        if not isinstance(colour, Scalar) or len(drawn) != 1:
            raise palette.fail("brand-type", "a shape has a `colour` and one of `path`, `circle`, `rect`", node, form)
        kind, value = drawn[0]
        if kind == "path":
            steps = self._path(value)
        else:
            numbers = [palette.number(item) for item in value.items] if isinstance(value, Sequence) else []
            if len(numbers) != (3 if kind == "circle" else 4):
                raise palette.fail("brand-type", f"`{kind}` must be a list of numbers", value, form)
            steps = circle_steps(*numbers) if kind == "circle" else rectangle_steps(*numbers)
        return records.LogoShape(steps, palette.colour(colour), colour.value)

    def _path(self, node: Node) -> tuple[tuple[str | float, ...], ...]:
        data = self.palette.text(node)
        assert isinstance(node, Scalar)
        try:
            return path_steps(data)
        except PathError as fault:
            place = node.part(fault.at, fault.at + 1)
            self.report.error("brand-path", f"this is no path: {fault}", place, help="use M L H V C Q Z with numbers")
            raise Fault from fault

    def _recoloured(self, node: Node) -> tuple[tuple[str, str], ...]:
        """The colours a mark of the logo takes for its own."""
        if not isinstance(node, Mapping):
            raise self.palette.fail("brand-type", "this maps colours of the logo to others", node, "write {ink: white}")
        return tuple([(self._role(key), self.palette.colour(value)) for key, value in node.entries])

    def _colours(self, node: Node) -> tuple[str, ...]:
        """A list of colours, one at least."""
        if not isinstance(node, Sequence) or not node.items:
            raise self.palette.fail("brand-type", "this must be a list of colours", node, "write [accent, ink]")
        return tuple([self.palette.colour(item) for item in node.items])

    def _role(self, key: Scalar) -> str:
        self.palette.colour(key)
        return key.value


_plans: dict[str, dict[str, tuple[str, str]]] = {}


def _keys(cls: Any) -> dict[str, tuple[str, str]]:
    """The keys of a record's mapping, each with its field and the field's annotation."""
    plan = _plans.get(cls.__name__)
    if plan is None:
        plan = {field.replace("_", "-"): (field, str(cls.__annotations__[field])) for field in cls._fields}
        _plans[cls.__name__] = plan
    return plan


def _edges(page: Geometry) -> dict[str, float]:
    """The lengths a brand may name instead of counting them out."""
    return {
        "page-left": 0.0,
        "page-right": page.width,
        "page-top": 0.0,
        "page-bottom": page.height,
        "page-width": page.width,
        "text-left": page.text_x,
        "text-right": page.text_x + page.text_width,
        "text-width": page.text_width,
        "side-left": page.side_x,
        "side-right": page.side_x + page.side_width,
        "side-width": page.side_width,
        "full-left": page.full_x,
        "full-right": page.full_x + page.full_width,
        "full-width": page.full_width,
    }
