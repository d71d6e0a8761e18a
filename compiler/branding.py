"""Reads brand files: YAML with `extends` → the records of `brand`.

In: a brand's name.  Out: a `Brand`, decoded field by field from the records' own annotations, so that the YAML mirrors them
(`label_style` ↔ `label-style`).  Always: a fault points into the brand file it stands in, inherited ones into the base.
"""

from __future__ import annotations

import os

from . import brand as records
from .diagnostics import Span, nearest
from .record import Record
from .syntax import Mapping, Scalar, Sequence, decode, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .brand import Brand, FaceSpec, TextStyle
    from .diagnostics import Report
    from .syntax import Node
    from .world import World

FILE = "brand.yaml"
LONGEST_CHAIN = 8  # brands that extend one another
RULE_SPANS = ("text", "side", "full")
NAMED_BLOCKS = ("faces", "fonts", "colours", "styles", "extends", "page", "columns", "grid")


class Fault(Exception):
    """A value cannot be decoded; it has been reported."""


def load(name: str, root: str, world: World, report: Report, span: Span | None = None) -> Brand | None:
    """The brand called `name`, from the root's assets or the shipped ones; None when a fault was reported."""
    before = report.errors
    chain = _chain(name, root, world, report, span)
    if not chain or report.errors > before:
        return None
    merged = chain[-1][1]
    for _, node in reversed(chain[:-1]):
        merged = _merged(merged, node)
    files = tuple([path for path, _ in chain])
    brand = _Decoder(name, merged, files, root, world, report).brand()
    return brand if report.errors == before else None


def _chain(name: str, root: str, world: World, report: Report, span: Span | None) -> list[tuple[str, Mapping]]:
    """The brand and those it extends, itself first."""
    chain: list[tuple[str, Mapping]] = []
    seen: list[str] = []
    while True:
        if name in seen or len(seen) >= LONGEST_CHAIN:
            trail = " → ".join([*seen, name])
            report.error("brand-cycle", f"brands extend one another in a circle: {trail}", span, help="break the circle")
            return []
        path = world.asset(root, f"brands/{name}/{FILE}") if _is_name(name) else None
        if path is None:
            known = world.asset_names(root, "brands")
            near = nearest(name, known)
            tips = (f"did you mean `{near}`?",) if near else (f"brands here: {', '.join(known)}",)
            report.error("brand-unknown", f"there is no brand `{name}`", span, help=tips)
            return []
        seen.append(name)
        node = _read(path, root, world, report)
        if node is None:
            return []
        chain.append((path, node))
        base = node.get("extends")
        if base is None:
            return chain
        if not isinstance(base, Scalar):
            report.error("brand-type", "`extends` names one brand", base.span)
            return []
        name, span = base.value, base.span


def _is_name(name: str) -> bool:
    return bool(name) and not name.startswith(".") and not any(char in name for char in "/\\:\0")


def _read(path: str, root: str, world: World, report: Report) -> Mapping | None:
    shown = os.path.relpath(path, world.cwd) if path.startswith(root) else path
    try:
        data = world.read(path)
    except OSError as fault:
        report.error("brand-unreadable", f"{shown} cannot be read: {fault.strerror}")
        return None
    file = decode(shown, data, report)
    node = parse(file, report) if file else None
    if node is not None and not isinstance(node, Mapping):
        report.error("brand-type", "a brand file is made of `key: value` lines", node.span)
        return None
    return node


def _merged(base: Mapping, over: Mapping) -> Mapping:
    """`base` with what `over` says: mappings merge key by key, everything else is replaced."""
    entries = dict((key.value, (key, value)) for key, value in base.entries)
    for key, value in over.entries:
        known = entries.get(key.value)
        if known and isinstance(known[1], Mapping) and isinstance(value, Mapping):
            value = _merged(known[1], value)
        entries[key.value] = (key, value)
    return Mapping(tuple(entries.values()), over.span)


class _Decoder:
    """Turns the merged mapping into records; collects every fault it can find."""

    def __init__(
        self, name: str, node: Mapping, files: tuple[str, ...], root: str, world: World, report: Report
    ) -> None:
        self.name = name
        self.node = node
        self.files = files
        self.root = root
        self.world = world
        self.report = report
        self.colours: dict[str, str] = {}
        self.faces: dict[str, FaceSpec | None] = {}
        self.chains: dict[str, tuple[FaceSpec, ...]] = {}
        self.styles: dict[str, TextStyle | None] = {}
        self.edges: dict[str, float] = {}
        self.decoders: dict[str, Callable[[Node], Any]] = {
            "str": self._text,
            "float": self._length,
            "int": self._whole,
            "bool": self._truth,
            "TextStyle": self._style,
        }

    # --- the whole ---------------------------------------------------------------------------------------------------

    def brand(self) -> Brand | None:
        """The brand, or None when a fault was reported."""
        node = self.node
        self._colours()
        self._faces()
        self._fonts()
        try:
            geometry = self._geometry()
        except Fault:
            return None
        self._style_names()
        fixed: dict[str, Any] = {
            "name": self.name,
            "geometry": geometry,
            "colours": tuple(self.colours.items()),
            "files": self.files,
        }
        keys = {field.replace("_", "-") for field in records.Brand._fields if field not in fixed}
        self._unknown(node, keys | set(NAMED_BLOCKS))
        try:
            made = self._record(node, "Brand", fixed, extra=NAMED_BLOCKS)
        except Fault:
            return None
        assert isinstance(made, records.Brand)
        self._measure(made)
        return made

    def _measure(self, brand: Brand) -> None:
        """TYPOGRAPHY J7: a measure of whole em needs no stretch on pure Han lines."""
        em = brand.geometry.text_width / brand.body.size
        if abs(em - round(em)) < 0.005:
            return
        columns = self.node.get("columns")
        place = columns.get("text-width") if isinstance(columns, Mapping) else None
        whole = round(em) * brand.body.size
        self.report.error(
            "brand-measure",
            f"the text column is {em:.2f} em of the body wide; it must be a whole number of em",
            (place or columns or self.node).span,
            help=f"make `text-width` {whole:g} ({round(em)} em of {brand.body.size:g})",
        )

    # --- colours, faces, styles --------------------------------------------------------------------------------------

    def _block(self, key: str) -> Mapping | None:
        node = self.node.get(key)
        if node is None:
            self.report.error("brand-missing", f"the brand has no `{key}`", self.node.span.narrow(0, 1))
            return None
        if not isinstance(node, Mapping):
            self.report.error("brand-type", f"`{key}` must be a mapping of names", node.span)
            return None
        return node

    def _colours(self) -> None:
        for key, value in (self._block("colours") or Mapping((), self.node.span)).entries:
            text = value.value.lower() if isinstance(value, Scalar) else ""
            if len(text) == 7 and text[0] == "#" and all(char in "0123456789abcdef" for char in text[1:]):
                self.colours[key.value] = text
            else:
                self.report.error(
                    "brand-colour", f"colour `{key.value}` must be like \"#1e3a5a\"", value.span, help="quote it: # starts a comment"
                )

    def _colour(self, node: Node) -> str:
        text = self._text(node)
        if not text:
            return ""
        found = self.colours.get(text)
        if found is None:
            near = nearest(text, list(self.colours))
            tip = f"did you mean `{near}`?" if near else f"colours here: {', '.join(self.colours)}"
            self.report.error("brand-colour", f"the brand has no colour `{text}`", node.span, help=tip)
            raise Fault
        return found

    def _faces(self) -> None:
        block = self._block("faces")
        for key, value in block.entries if block else ():
            self.faces[key.value] = None
            try:
                self.faces[key.value] = self._face(key, value)
            except Fault:
                continue

    def _face(self, key: Scalar, node: Node) -> FaceSpec:
        if not isinstance(node, Mapping):
            self.report.error("brand-type", f"face `{key.value}` must be `{{file: …}}`", node.span)
            raise Fault
        self._unknown(node, {"package", "file", "index", "axes"})
        file = node.get("file")
        if not isinstance(file, Scalar):
            self.report.error("brand-missing", f"face `{key.value}` names no `file`", key.span)
            raise Fault
        package = node.get("package")
        path = self._font_path(file, package if isinstance(package, Scalar) else None)
        index_node, axes_node = node.get("index"), node.get("axes")
        index = self._whole(index_node) if index_node is not None else 0
        axes: list[tuple[str, float]] = []
        if isinstance(axes_node, Mapping):
            axes = [(axis.value, self._number(value)) for axis, value in axes_node.entries]
        return records.FaceSpec(key.value, path, index, tuple(sorted(axes)))

    def _font_path(self, file: Scalar, package: Scalar | None) -> str:
        if package is not None:
            path = self.world.package_file(package.value, file.value)
            if path is None:
                self.report.error(
                    "brand-font",
                    f"font file `{file.value}` of package `{package.value}` is not installed",
                    file.span,
                    help=f"install it: `pip install {package.value.replace('_', '-')}`",
                )
                raise Fault
            return path
        for brand_file in self.files:
            for folder in (os.path.dirname(brand_file), self.root):
                path = os.path.join(folder, *file.value.split("/"))
                if self.world.is_file(path) and (
                    self.world.inside(os.path.dirname(brand_file), path) or self.world.inside(self.root, path)
                ):
                    return path
        self.report.error(
            "brand-font",
            f"there is no font file `{file.value}`",
            file.span,
            help="the path counts from the brand's folder and must stay in it or in the note's root",
        )
        raise Fault

    def _fonts(self) -> None:
        block = self._block("fonts")
        for key, value in block.entries if block else ():
            self.chains[key.value] = self._chain_of(value)

    def _chain_of(self, node: Node) -> tuple[FaceSpec, ...]:
        """A fallback chain: a face's name, a role's, or a list of faces."""
        if isinstance(node, Scalar) and node.value in self.chains:
            return self.chains[node.value]
        chain = []
        for item in node.items if isinstance(node, Sequence) else (node,):
            name = self._text(item)
            if name not in self.faces:
                near = nearest(name, [*self.faces, *self.chains])
                tip = f"did you mean `{near}`?" if near else f"faces here: {', '.join(self.faces)}"
                self.report.error("brand-face", f"the brand has no face or font role `{name}`", item.span, help=tip)
                continue
            face = self.faces[name]
            if face is not None:
                chain.append(face)
        return tuple(chain)

    def _style_names(self) -> None:
        block = self._block("styles")
        for key, _ in block.entries if block else ():
            try:
                self._named_style(key.value, ())
            except Fault:
                self.styles[key.value] = None

    def _named_style(self, name: str, through: tuple[str, ...]) -> TextStyle:
        known = self.styles.get(name)
        if known is not None:
            return known
        block = self.node.get("styles")
        node = block.get(name) if isinstance(block, Mapping) else None
        if not isinstance(node, Mapping) or not isinstance(block, Mapping):
            if node is not None:
                self.report.error("brand-type", f"style `{name}` must be a mapping", node.span)
            raise Fault
        self._unknown(node, {"like", "font", "strong", "size", "lead", "colour", "align", "indent-em", "tracking-em"})
        base: TextStyle | None = None
        like = node.get("like")
        if isinstance(like, Scalar):
            if like.value == name or like.value in through:
                self.report.error("brand-cycle", f"style `{name}` is like itself", like.span)
                raise Fault
            base = self._base_style(like, (*through, name))
        made = self._style_fields(name, node, base)
        self.styles[name] = made
        return made

    def _base_style(self, like: Scalar, through: tuple[str, ...]) -> TextStyle:
        block = self.node.get("styles")
        if isinstance(block, Mapping) and block.get(like.value) is None:
            self._no_style(like)
        return self._named_style(like.value, through)

    def _style_fields(self, name: str, node: Mapping, base: TextStyle | None) -> TextStyle:
        values: dict[str, Any] = {}
        font, strong = node.get("font"), node.get("strong")
        values["faces"] = self._chain_of(font) if font is not None else base.faces if base else ()
        if strong is not None:
            values["strong"] = self._chain_of(strong)
        elif base is not None and font is None:
            values["strong"] = base.strong
        else:
            values["strong"] = values["faces"]
        if not values["faces"]:
            self.report.error("brand-missing", f"style `{name}` has no `font`", node.span)
            raise Fault
        for key, decoder in (("size", self._number), ("lead", self._number), ("colour", self._colour)):
            value = node.get(key)
            if value is not None:
                values[key] = decoder(value)
            elif base is not None:
                values[key] = getattr(base, key)
            else:
                self.report.error("brand-missing", f"style `{name}` has no `{key}`", node.span)
                raise Fault
        align = node.get("align")
        values["align"] = self._one_of(align, ("justify", "left", "right", "center")) if align else (base.align if base else "justify")
        for key in ("indent-em", "tracking-em"):
            value = node.get(key)
            field = key.replace("-", "_")
            values[field] = self._number(value) if value is not None else getattr(base, field) if base else 0.0
        return records.TextStyle(name=name, **values)

    def _no_style(self, node: Scalar) -> None:
        block = self.node.get("styles")
        known = [key.value for key, _ in block.entries] if isinstance(block, Mapping) else []
        near = nearest(node.value, known)
        tip = f"did you mean `{near}`?" if near else f"styles here: {', '.join(known)}"
        self.report.error("brand-style", f"the brand has no style `{node.value}`", node.span, help=tip)
        raise Fault

    def _style(self, node: Node) -> TextStyle:
        if not isinstance(node, Scalar):
            self.report.error("brand-type", "this names a style", node.span)
            raise Fault
        if node.value not in self.styles:
            self._no_style(node)
        found = self.styles[node.value]
        if found is None:
            raise Fault
        return found

    # --- geometry ----------------------------------------------------------------------------------------------------

    def _geometry(self) -> records.Geometry:
        parts = {"page": ("width", "height"), "columns": ("text-x", "text-width", "side-x", "side-width")}
        values: dict[str, Any] = {}
        faults = False
        for block_name, keys in (*parts.items(), ("grid", ("top", "pitch", "lines"))):
            block = self._block(block_name)
            if block is None:
                faults = True
                continue
            self._unknown(block, set(keys))
            for key in keys:
                node = block.get(key)
                if node is None and key.startswith("side"):
                    values[key.replace("-", "_")] = 0.0
                elif node is None:
                    self.report.error("brand-missing", f"`{block_name}` has no `{key}`", block.span)
                    faults = True
                else:
                    field = f"grid_{key}" if block_name == "grid" else key.replace("-", "_")
                    values[field] = self._whole(node) if key == "lines" else self._number(node)
        if faults:
            raise Fault
        geometry = records.Geometry(**values)
        self.edges = {
            "page-left": 0.0,
            "page-right": geometry.width,
            "page-top": 0.0,
            "page-bottom": geometry.height,
            "text-left": geometry.text_x,
            "text-right": geometry.text_x + geometry.text_width,
            "side-left": geometry.side_x,
            "side-right": geometry.side_x + geometry.side_width,
            "full-left": geometry.full_x,
            "full-right": geometry.full_x + geometry.full_width,
            "text-width": geometry.text_width,
            "side-width": geometry.side_width,
            "full-width": geometry.full_width,
            "page-width": geometry.width,
        }
        return geometry

    # --- records -----------------------------------------------------------------------------------------------------

    def _record(self, node: Node, type_name: str, fixed: dict[str, Any] | None = None, extra: tuple[str, ...] = ()) -> Record:
        """A record from a mapping, by the annotations of its class."""
        cls: Any = getattr(records, type_name)
        if not isinstance(node, Mapping):
            self.report.error("brand-type", f"this must be a mapping ({', '.join(_keys(cls))})", node.span)
            raise Fault
        values: dict[str, Any] = dict(fixed or {})
        if fixed is None:
            self._unknown(node, set(_keys(cls)) | set(extra))
        faults = False
        for field in cls._fields:
            if field in values:
                continue
            key = field.replace("_", "-")
            value = node.get(key)
            if value is None:
                if field in cls._defaults:
                    continue
                self.report.error(
                    "brand-missing", f"`{key}` is missing", node.span.narrow(node.span.start, node.span.start + 1),
                    help=f"add `{key}:` ({_annotation(cls, field)})",
                )  # fmt: skip
                faults = True
                continue
            try:
                values[field] = self._value(value, _annotation(cls, field), field)
            except Fault:
                faults = True
        if faults:
            raise Fault
        made = cls(**values)
        assert isinstance(made, Record)
        return made

    def _value(self, node: Node, annotation: str, field: str) -> Any:
        if _is_colour(field) and annotation == "str":
            return self._colour(node)
        if field in ("span",):
            return self._one_of(node, RULE_SPANS)
        decoder = self.decoders.get(annotation)
        if decoder is not None:
            return decoder(node)
        if annotation == "Logo":
            return self._logo(node)
        if annotation == "Furniture":
            return self._furniture(node)
        if annotation == "tuple[FaceSpec, ...]":
            return self._chain_of(node)
        if annotation == "tuple[tuple[str, str], ...]":
            return self._colour_pairs(node)
        if annotation.startswith("tuple["):
            inner = annotation[6:-1].removesuffix(", ...")
            return self._list(node, inner)
        return self._record(node, annotation.removeprefix("records."))

    def _list(self, node: Node, inner: str) -> tuple[Any, ...]:
        if not isinstance(node, Sequence):
            self.report.error("brand-type", "this must be a list", node.span, help="start each item with `- `")
            raise Fault
        out = []
        for item in node.items:
            out.append(self._style(item) if inner == "TextStyle" else self._record(item, inner))
        return tuple(out)

    def _furniture(self, node: Node) -> records.Furniture:
        made = self._record(node, "Furniture")
        assert isinstance(made, records.Furniture)
        return made

    def _colour_pairs(self, node: Node) -> tuple[tuple[str, str], ...]:
        if not isinstance(node, Mapping):
            self.report.error("brand-type", "this maps colour roles to colours", node.span)
            raise Fault
        return tuple([(key.value, self._colour(value)) for key, value in node.entries])

    def _logo(self, node: Node) -> records.Logo:
        from .pathdata import PathError, path_steps

        if not isinstance(node, Mapping):
            self.report.error("brand-type", "`logo` must be a mapping", node.span)
            raise Fault
        self._unknown(node, {"width", "height", "shapes"})
        shapes = []
        listed = node.get("shapes")
        for item in listed.items if isinstance(listed, Sequence) else ():
            path, colour = (item.get("path"), item.get("colour")) if isinstance(item, Mapping) else (None, None)
            if not isinstance(path, Scalar) or not isinstance(colour, Scalar):
                self.report.error("brand-type", "a logo's shape is `{path: M0 0 …, colour: accent}`", item.span)
                raise Fault
            try:
                steps = path_steps(path.value)
            except PathError as fault:
                self.report.error("brand-path", f"this is no path: {fault}", path.span, help="use M L H V C Z with numbers")
                raise Fault from fault
            shapes.append(records.LogoShape(steps, self._colour(colour), colour.value))
        sizes = [node.get(key) for key in ("width", "height")]
        if None in sizes or not shapes:
            self.report.error("brand-missing", "`logo` needs `width`, `height` and `shapes`", node.span)
            raise Fault
        return records.Logo(self._number(sizes[0]), self._number(sizes[1]), tuple(shapes))  # type: ignore[arg-type]

    # --- values ------------------------------------------------------------------------------------------------------

    def _unknown(self, node: Mapping, known: set[str]) -> None:
        for key, _ in node.entries:
            if key.value not in known:
                near = nearest(key.value, sorted(known))
                tip = f"did you mean `{near}`?" if near else f"known here: {', '.join(sorted(known))}"
                self.report.error("brand-key", f"unknown key `{key.value}`", key.span, help=tip)

    def _text(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            self.report.error("brand-type", "this must be text", node.span)
            raise Fault
        return node.value

    def _number(self, node: Node) -> float:
        try:
            return float(self._text(node))
        except ValueError:
            self.report.error("brand-type", f"`{self._text(node)}` is no number", node.span, help="lengths are points, like 10.5")
            raise Fault from None

    def _length(self, node: Node) -> float:
        """A number, or an edge of the page by name: `text-left`, `side-right+12`, `page-right-50.28`."""
        text = self._text(node)
        for name, value in self.edges.items():
            if text.startswith(name):
                rest = text[len(name) :].replace(" ", "")
                if not rest:
                    return value
                if rest[0] in "+-":
                    try:
                        return value + float(rest)
                    except ValueError:
                        break
        return self._number(node)

    def _whole(self, node: Node) -> int:
        number = self._number(node)
        if number != int(number):
            self.report.error("brand-type", "this must be a whole number", node.span)
            raise Fault
        return int(number)

    def _truth(self, node: Node) -> bool:
        return self._one_of(node, ("true", "false", "yes", "no")) in ("true", "yes")

    def _one_of(self, node: Node, known: tuple[str, ...]) -> str:
        text = self._text(node)
        if text not in known:
            near = nearest(text, known)
            tip = f"did you mean `{near}`?" if near else f"one of: {', '.join(known)}"
            self.report.error("brand-value", f"`{text}` is not possible here", node.span, help=tip)
            raise Fault
        return text


def _keys(cls: Any) -> list[str]:
    return [field.replace("_", "-") for field in cls._fields]


def _annotation(cls: Any, field: str) -> str:
    for base in cls.__mro__:
        found = base.__dict__.get("__annotations__", {}).get(field)
        if found is not None:
            return str(found)
    raise KeyError(field)


def _is_colour(field: str) -> bool:
    return field.endswith("colour") or field in ("band", "strip", "up", "down")
