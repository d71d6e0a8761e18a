"""What a brand has names for: colours, faces, fallback chains, text styles.

In: the merged YAML of a brand.  Out: the values behind its names, and the readers of single values that `branding` builds its
records with.  Always: a fault is reported once, where it stands; what depends on a faulty name is given up in silence.
"""

from __future__ import annotations

import re

from .brand import Abbreviation, Edition, FaceSpec, Phrase, Regional, TextStyle
from .diagnostics import nearest
from .syntax import Mapping, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from .diagnostics import Report, SourceFile, Span
    from .syntax import Node
    from .world import World

ALIGNMENTS = ("justify", "left", "right", "center")
LARGEST = 14400.0  # points; the longest edge of a PDF page (ISO 32000-1, annex C, note on architectural limits)
LEAST_SCALE, MOST_SCALE = 0.5, 2.0  # of a face beside another
STYLE_KEYS = ("like", "font", "strong", "size", "lead", "colour", "align", "indent-em", "tracking-em")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class Fault(Exception):
    """A value cannot be decoded; it has been reported."""


class Values:
    """Reads single values; what is wrong is reported at its place, then `Fault` is raised."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def fail(self, code: str, message: str, node: Node, help: str = "") -> Fault:
        """Report a fault at a node; the caller raises what comes back."""
        self.report.error(code, message, node.span, help=help or ())
        return Fault()

    def stranger(self, code: str, message: str, node: Node, known: Iterable[str], what: str) -> Fault:
        """Report a word that is none of those known, with the nearest of them."""
        names = list(known)
        near = nearest(node.value, names) if isinstance(node, Scalar) else None
        return self.fail(code, message, node, f"did you mean `{near}`?" if near else f"{what}: {', '.join(names)}")

    def known_keys(self, node: Mapping, known: Iterable[str]) -> None:
        """Report every key that nobody reads."""
        names = set(known)
        for key, _ in node.entries:
            if key.value not in names:
                self.stranger("brand-key", f"unknown key `{key.value}`", key, sorted(names), "known here")

    def text(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            raise self.fail("brand-type", "this must be text", node, "write a word or words, in quotes where they hold `: `")
        return node.value

    def number(self, node: Node) -> float:
        text = self.text(node)
        if not _NUMBER.fullmatch(text):
            raise self.fail("brand-type", f"`{text}` is no number", node, "write lengths as plain points, like 10.5")
        value = float(text)
        if abs(value) > LARGEST:
            raise self.fail("brand-value", f"`{text}` is longer than any page", node, "lengths are points, 72 to the inch")
        return value

    def above_zero(self, node: Node) -> float:
        value = self.number(node)
        if value <= 0:
            raise self.fail("brand-value", f"`{self.text(node)}` must be more than 0", node)
        return value

    def whole(self, node: Node) -> int:
        value = self.number(node)
        if value != int(value) or value < 0:
            raise self.fail("brand-type", f"`{self.text(node)}` must be a whole number, 0 or more", node)
        return int(value)

    def truth(self, node: Node) -> bool:
        return self.one_of(node, ("true", "false", "yes", "no")) in ("true", "yes")

    def one_of(self, node: Node, known: tuple[str, ...]) -> str:
        text = self.text(node)
        if text not in known:
            raise self.stranger("brand-value", f"`{text}` is not possible here", node, known, "one of")
        return text


class Palette(Values):
    """The named parts of one brand.  A name whose definition is faulty is kept as None, so that its users stay quiet.

    `folders` tells for each of the brand's files the folder its own fonts lie in.
    """

    def __init__(self, node: Mapping, folders: dict[SourceFile, str], root: str, world: World, report: Report) -> None:
        super().__init__(report)
        self.node = node
        self.folders = folders
        self.root = root
        self.world = world
        self.colours: dict[str, str | None] = {}
        self.faces: dict[str, FaceSpec | None] = {}
        self.chains: dict[str, tuple[FaceSpec, ...] | None] = {}
        self.styles: dict[str, TextStyle | None] = {}
        self._style_nodes: dict[str, Node] = {}

    def read(self) -> None:
        """Decode every name, in the order in which one kind needs the other."""
        self._each("colours", self.colours, lambda key, value: self._hex(key, value))
        self._each("faces", self.faces, self._face)
        self._each("fonts", self.chains, lambda key, value: self.chain(value))
        fonts = self.node.get("fonts")
        if isinstance(fonts, Mapping) and "text" not in self.chains:
            self.fail("brand-missing", "`fonts` has no `text`", fonts, "name the chain of running text, `text: [serif, sans]`")
            self.chains["text"] = None
        block = self.block("styles")
        self._style_nodes = {key.value: value for key, value in block.entries} if block else {}
        if block and "body" not in self._style_nodes:  # every style is like it in the end
            self.fail(
                "brand-missing", "the brand has no style `body`", self.node, "add `body: {font: text, size: …}` to `styles`"
            )
            self.styles = dict.fromkeys(self._style_nodes)
            return
        for name in self._style_nodes:
            try:
                self._named_style(name, ())
            except Fault:
                continue

    def block(self, key: str) -> Mapping | None:
        """A mapping the brand must have; None when it was reported."""
        node = self.node.get(key)
        if isinstance(node, Mapping):
            return node
        if node is None:
            start = self.node.span.start
            self.report.error("brand-missing", f"the brand has no `{key}`", self.node.span.narrow(start, start + 1))
        else:
            self.fail("brand-type", f"`{key}` must be a mapping of names", node)
        return None

    def _each(self, block: str, into: dict[str, Any], decode: Callable[[Scalar, Node], Any]) -> None:
        node = self.block(block)
        for key, value in node.entries if node else ():
            try:
                into[key.value] = decode(key, value)
            except Fault:
                into[key.value] = None

    # --- colours -----------------------------------------------------------------------------------------------------

    def _hex(self, key: Scalar, node: Node) -> str:
        text = node.value.lower() if isinstance(node, Scalar) else ""
        if not _COLOUR.fullmatch(text):
            message = f'colour `{key.value}` must be like "#1e3a5a"'
            raise self.fail("brand-colour", message, node, "six hexadecimal digits, in quotes: # starts a comment")
        return text

    def colour(self, node: Node) -> str:
        """The `#rrggbb` of a role."""
        name = self.text(node)
        if name not in self.colours:
            raise self.stranger("brand-colour", f"the brand has no colour `{name}`", node, self.colours, "colours here")
        found = self.colours[name]
        if found is None:
            raise Fault
        return found

    # --- faces -------------------------------------------------------------------------------------------------------

    def _face(self, key: Scalar, node: Node) -> FaceSpec:
        if not isinstance(node, Mapping):
            raise self.fail("brand-type", f"face `{key.value}` must be a mapping", node, "write {file: fonts/Own.otf}")
        self.known_keys(node, ("package", "file", "index", "axes", "scale"))
        file, place, pinned = self._face_values(key, node)
        size = node.get("scale")
        scale = self.number(size) if size is not None else 1.0
        if size is not None and not LEAST_SCALE <= scale <= MOST_SCALE:
            raise self.fail("brand-value", f"a face is scaled by {LEAST_SCALE:g} to {MOST_SCALE:g}, not {scale:g}", size)
        return FaceSpec(key.value, self._font_path(file, node.get("package")), place, pinned, scale)

    def _face_values(self, key: Scalar, node: Mapping) -> tuple[Node, int, tuple[tuple[str, float], ...]]:
        """What a face says of its file: its name, the index in a collection, the axes pinned."""
        file, index, axes = (node.get(name) for name in ("file", "index", "axes"))
        if file is None:
            raise self.fail("brand-missing", f"face `{key.value}` names no `file`", key)
        pinned: list[tuple[str, float]] = []
        if isinstance(axes, Mapping):
            pinned = sorted((axis.value, self.number(value)) for axis, value in axes.entries)
        elif axes is not None:
            raise self.fail("brand-type", "`axes` maps axes to numbers", axes, "write {wght: 500}")
        return file, self.whole(index) if index is not None else 0, tuple(pinned)

    def _font_path(self, file: Node, package: Node | None) -> str:
        """Where a font file lies: in an installed package, in the folder of the brand that names it, or under the root."""
        name = self.text(file)
        if package is not None:
            owner = self.text(package)
            path = self.world.package_file(owner, name)
            if path is None:
                message = f"font file `{name}` of package `{owner}` is not installed"
                raise self.fail("brand-font", message, file, f"install it: `pip install {owner.replace('_', '-')}`")
            return path
        for folder in (self.folders.get(file.span.file, self.root), self.root):
            path = self.world.absolute(f"{folder}/{name}")
            if self.world.is_file(path) and self.world.inside(folder, path):
                return path
        message = f"there is no font file `{name}`"
        raise self.fail("brand-font", message, file, "the path counts from the brand's folder, then from the note's root")

    def chain(self, node: Node) -> tuple[FaceSpec, ...]:
        """A fallback chain: names of faces, or of font roles defined before, one or a list."""
        found: list[FaceSpec] = []
        for item in node.items if isinstance(node, Sequence) else (node,):
            name = self.text(item)
            if name in self.chains:
                part = self.chains[name]
            elif name in self.faces:
                face = self.faces[name]
                part = (face,) if face else None
            else:
                message = f"the brand has no face or font role `{name}`"
                raise self.stranger("brand-face", message, item, [*self.chains, *self.faces], "known here")
            if part is None:
                raise Fault
            found += [face for face in part if face not in found]
        if not found:
            raise self.fail("brand-face", "a fallback chain needs a face", node, f"faces here: {', '.join(self.faces)}")
        return tuple(found)

    # --- languages ---------------------------------------------------------------------------------------------------

    def editions(self, node: Node) -> tuple[Edition, ...]:
        """The house's faces in other languages, by tag."""
        if not isinstance(node, Mapping):
            raise self.fail("brand-type", "`languages` maps language tags to faces", node, "write {ja: {index: 0}}")
        return tuple([self._edition(key, value) for key, value in node.entries])

    def _edition(self, key: Scalar, node: Node) -> Edition:
        if not isinstance(node, Mapping):
            raise self.fail("brand-type", f"`{key.value}` must be a mapping", node, "write {index: 0, serif: …}")
        self.known_keys(node, ("index", *self.faces))
        chosen = node.get("index")
        index = self.whole(chosen) if chosen is not None else -1
        faces = [self._regional(name, value, index) for name, value in node.entries if name.value in self.faces]
        return Edition(key.value, index, tuple(faces))

    def phrases(self, node: Node) -> tuple[Phrase, ...]:
        """The house's own words in other languages."""
        if not isinstance(node, Mapping):
            raise self.fail("brand-type", "`phrases` maps words of the house to translations", node, "write {期号: {en: Issue}}")
        found = []
        for key, value in node.entries:
            if not isinstance(value, Mapping):
                raise self.fail("brand-type", f"`{key.value}` maps languages to words", value, "write {ja: …, en: …}")
            found.append(Phrase(key.value, tuple([(tag.value, self.text(words)) for tag, words in value.entries])))
        return tuple(found)

    def abbreviations(self, node: Node) -> tuple[Abbreviation, ...]:
        """The house's short forms and what they are short for."""
        if not isinstance(node, Mapping):
            tip = "write {ETF: 交易型开放式指数基金}"
            raise self.fail("brand-type", "`abbreviations` maps short forms to what they are short for", node, tip)
        found = []
        for key, value in node.entries:
            expansion = self.text(value)
            short = " ".join(key.value.split())
            if not expansion or expansion == short or not any([char.isalnum() for char in short]):
                raise self.fail("brand-value", f"`{key.value}` needs words to be read aloud instead of it", value)
            found.append(Abbreviation(short, expansion))
        return tuple(found)

    def _regional(self, name: Scalar, node: Node, index: int) -> Regional:
        """A face of its own, or another of the brand's at the language's index of its collection."""
        if isinstance(node, Mapping):
            self.known_keys(node, ("package", "file", "index", "axes"))
            package = node.get("package")
            if package is None:
                spec = self._face(name, node)
                return Regional(name.value, "", spec.file, spec.index, spec.axes)
            file, place, pinned = self._face_values(name, node)
            return Regional(name.value, self.text(package), self.text(file), place, pinned)
        other = self.faces.get(self.text(node))
        if other is None:
            raise self.stranger("brand-face", f"the brand has no face `{self.text(node)}`", node, self.faces, "faces here")
        at = index if index >= 0 and other.in_collection else other.index
        return Regional(name.value, "", other.file, at, other.axes)

    # --- styles ------------------------------------------------------------------------------------------------------

    def style(self, node: Node) -> TextStyle:
        """The style a node names."""
        if not isinstance(node, Scalar):
            raise self.fail("brand-type", "this must name a style", node, f"styles here: {', '.join(self._style_nodes)}")
        return self._named_style(self._style_name(node), ())

    def colour_place(self, name: str) -> Span | None:
        """Where a style's colour is said, or the style where it takes another's."""
        node = self._style_nodes.get(name)
        if isinstance(node, Mapping):
            colour = node.get("colour")
            return (colour or node).span
        return None

    def place_of(self, key: str) -> Span:
        """Where a block of the brand is named."""
        return next((name.span for name, _ in self.node.entries if name.value == key), self.node.span)

    def _style_name(self, node: Scalar) -> str:
        if node.value not in self._style_nodes:
            message = f"the brand has no style `{node.value}`"
            raise self.stranger("brand-style", message, node, self._style_nodes, "styles here")
        return node.value

    def _named_style(self, name: str, through: tuple[str, ...]) -> TextStyle:
        """A style by name; `through` are the styles that led here by `like`."""
        if name in self.styles:
            known = self.styles[name]
            if known is None:
                raise Fault
            return known
        try:
            made = self._new_style(name, self._style_nodes[name], (*through, name))
        except Fault:
            self.styles[name] = None
            raise
        self.styles[name] = made
        return made

    def _new_style(self, name: str, node: Node, through: tuple[str, ...]) -> TextStyle:
        if not isinstance(node, Mapping):
            raise self.fail("brand-type", f"style `{name}` must be a mapping", node, "write {like: body, size: 9}")
        self.known_keys(node, STYLE_KEYS)
        like = node.get("like")
        base: TextStyle | None = None
        if like is not None:
            other = self.text(like)
            if other in through:
                trail = " → ".join([*through, other])
                raise self.fail("brand-cycle", f"styles are like one another in a circle: {trail}", like)
            assert isinstance(like, Scalar)
            base = self._named_style(self._style_name(like), through)
        return self._style_fields(name, node, base)

    def _style_fields(self, name: str, node: Mapping, base: TextStyle | None) -> TextStyle:
        font, strong = node.get("font"), node.get("strong")
        if font is None and base is None:
            raise self.fail("brand-missing", f"style `{name}` has no `font`", node, "add `font:` or `like:`")
        faces = self.chain(font) if font is not None else base.faces if base else ()
        values: dict[str, Any] = {"name": name, "faces": faces, "strong": faces}
        if strong is not None:
            values["strong"] = self.chain(strong)
        elif base is not None and font is None:
            values["strong"] = base.strong
        readers: tuple[tuple[str, Callable[[Node], Any], Any], ...] = (
            ("size", self.above_zero, None),
            ("lead", self.above_zero, None),
            ("colour", self.colour, None),
            ("align", lambda value: self.one_of(value, ALIGNMENTS), "justify"),
            ("indent-em", self.number, 0.0),
            ("tracking-em", self.number, 0.0),
        )
        for key, reader, default in readers:
            field = key.replace("-", "_")
            value = node.get(key)
            if value is not None:
                values[field] = reader(value)
            elif base is not None:
                values[field] = getattr(base, field)
            elif default is not None:
                values[field] = default
            else:
                raise self.fail("brand-missing", f"style `{name}` has no `{key}`", node, f"add `{key}:` or `like:`")
        return TextStyle(**values)
