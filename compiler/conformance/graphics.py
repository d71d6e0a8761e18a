"""What pages are painted with, wherever it hangs: colour spaces, states, images, forms, patterns, operators.

In: a `File`.  Out: findings, and the codes shown with each font.  Always: forms in forms, patterns, glyphs that are drawings and
the looks of annotations are walked, too.  Rules: ISO 19005-3, 6.2.2 to 6.2.10.
"""

from __future__ import annotations

from .file import FAULTS, SHOWING, codes_of, got, operations_of
from .finding import Finding
from .syntax import beyond

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from .file import File

OPERATORS = frozenset((
    "b", "B", "b*", "B*", "BDC", "BMC", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "DP", "EMC", "ET", "EX",
    "f", "F", "f*", "G", "g", "gs", "h", "i", "j", "J", "K", "k", "l", "m", "M", "MP", "n", "q", "Q", "re", "RG", "rg", "ri",
    "s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz",
    "v", "w", "W", "W*", "y", "'", '"', "INLINE IMAGE",
))  # fmt: skip
BLENDS = frozenset((
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
    "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity",
))  # fmt: skip
INTENTS = frozenset(("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"))
FOUR_INKS = frozenset(("/DeviceCMYK", "/CMYK"))
PROCESS = frozenset(("/Cyan", "/Magenta", "/Yellow", "/Black", "/None", "/All"))
DEEPEST_STATE = 28  # q inside q (6.1.13)
DEEPEST = 20  # resources inside resources


def graphics(file: File) -> Iterator[Finding]:
    """All findings of all pages, each once a page."""
    for index, walk in enumerate(_walks(file)):
        for rule, words in dict.fromkeys(walk.found):
            yield Finding(rule, f"page {index + 1}: {words}")


def shown(file: File) -> Iterator[tuple[str, Any, set[int]]]:
    """(where it is, font, the codes shown with it) of every font of the file."""
    found: dict[int, tuple[str, Any, set[int]]] = {}
    for index, walk in enumerate(_walks(file)):
        for name, font, codes in walk.fonts.values():
            found.setdefault(id(font), (f"page {index + 1}, font {name[1:]}", font, set()))[2].update(codes)
    yield from found.values()


def unjudged(file: File) -> list[str]:
    """What stands in the file that no rule here can tell anything of."""
    found = [f"page {index + 1}: {words}" for index, walk in enumerate(_walks(file)) for words in dict.fromkeys(walk.unknown)]
    for where, font, codes in shown(file):
        kind, encoding = font.get("/Subtype"), got(font.get("/Encoding"))
        mapped = kind == "/Type0" and encoding not in ("/Identity-H", "/Identity-V")
        simple = kind != "/Type0" and (kind != "/TrueType" or (isinstance(encoding, dict) and "/Differences" in encoding))
        if codes and (mapped or simple):
            found.append(f"{where}: whether its codes are glyphs of the right width")
    return found


def _walks(file: File) -> list[_Walk]:
    """One for each page, made once."""
    if file.walks is None:
        file.walks = [_walk(file, index) for index in range(len(file.pages))]
    return file.walks


def _walk(file: File, index: int) -> _Walk:
    page = file.pages[index]
    walk = _Walk(file)
    resources = got(_inherited(page, "/Resources"))
    walk.resources(resources, 0)
    walk.group(page)
    for annotation in got(page.get("/Annots")) or ():
        walk.looks(got(annotation))
    walk.operators(file.operations(index), resources)
    return walk


NAMING = {"Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject", "sh": "/Shading"}
STORED = ("/Length", "/Filter", "/DecodeParms", "/DL")
SPACES = frozenset(("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"))


def _names(parsed: Sequence[tuple[Any, str]]) -> Iterator[tuple[str, Any]]:
    """(kind of resource, name) of all that operators name."""
    for operands, sign in parsed:
        if sign in NAMING and operands:
            yield NAMING[sign], operands[0]
        elif sign in ("cs", "CS") and operands and operands[0] not in SPACES:
            yield "/ColorSpace", operands[0]
        elif sign in ("scn", "SCN") and operands and isinstance(operands[-1], str):
            yield "/Pattern", operands[-1]
        elif sign in ("BDC", "DP") and len(operands) > 1 and isinstance(operands[1], str):
            yield "/Properties", operands[1]


def _meaning(value: Any, depth: int = 0) -> object:
    """A value with all it refers to, to be compared."""
    value = got(value)
    if depth > DEEPEST:
        return None
    if isinstance(value, dict):
        entries = tuple([(str(key), _meaning(item, depth + 1)) for key, item in sorted(value.items()) if key not in STORED])
        return (entries, value.get_data()) if hasattr(value, "get_data") else entries
    if isinstance(value, list):
        return tuple([_meaning(item, depth + 1) for item in value])
    return float(value) if isinstance(value, int | float) else str(value)


def _inherited(page: Any, key: str) -> Any:
    node, depth = page, 0
    while isinstance(node, dict) and depth < DEEPEST:
        if key in node:
            return node[key]
        node, depth = got(node.get("/Parent")), depth + 1
    return None


class _Walk:
    """What hangs on one page."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.found: list[tuple[str, str]] = []
        self.unknown: list[str] = []
        self.fonts: dict[int, tuple[str, Any, set[int]]] = {}
        self.seen: set[int] = set()

    def _add(self, rule: str, words: str) -> None:
        self.found.append((rule, words))

    def resources(self, resources: Any, depth: int) -> None:
        """Everything a resource dictionary names."""
        if not isinstance(resources, dict) or id(resources) in self.seen:
            return
        self.seen.add(id(resources))
        if depth > DEEPEST:
            self._add("painted-deep", "forms stand in forms too deep to be looked at")
            return
        for value in (got(resources.get("/ColorSpace")) or {}).values():
            self.space(value)
        for value in (got(resources.get("/ExtGState")) or {}).values():
            self._state(got(value), depth)
        for value in (got(resources.get("/XObject")) or {}).values():
            self.object(got(value), depth)
        for value in (got(resources.get("/Pattern")) or {}).values():
            self._pattern(got(value), depth)
        for value in (got(resources.get("/Shading")) or {}).values():
            self.space((got(value) or {}).get("/ColorSpace"))
        for name, value in (got(resources.get("/Font")) or {}).items():
            font = got(value)
            if not isinstance(font, dict):
                continue
            self.fonts.setdefault(id(font), (str(name), font, set()))
            if font.get("/Subtype") == "/Type3":
                inner = got(font.get("/Resources"))
                self.resources(inner, depth + 1)
                for glyph in (got(font.get("/CharProcs")) or {}).values():
                    self._stream(got(glyph), inner or resources)

    def looks(self, annotation: Any) -> None:
        """The appearances of an annotation, state by state."""
        stack = list((got((annotation or {}).get("/AP")) or {}).values())
        while stack:
            look = got(stack.pop())
            if hasattr(look, "get_data"):
                self.object(look, 1)
            elif isinstance(look, dict):
                stack += look.values()

    def object(self, item: Any, depth: int) -> None:
        """An image or a form."""
        if not hasattr(item, "get_data") or id(item) in self.seen:
            return
        self.seen.add(id(item))
        kind = item.get("/Subtype")
        if kind not in ("/Image", "/Form") or item.get("/Subtype2") == "/PS" or "/Ref" in item or "/PS" in item:
            self._add("painted-object", "an object of PostScript or of another file")
        if "/OPI" in item or "/Alternates" in item:
            self._add("painted-object", "a picture that may be replaced by another")
        if kind == "/Image":
            self._image(item)
        else:
            self.group(item)
            self.resources(got(item.get("/Resources")), depth + 1)
            self._stream(item, got(item.get("/Resources")))

    def _image(self, image: Any) -> None:
        if image.get("/Interpolate") == True:  # noqa: E712  pypdf's truth is no bool
            self._add("painted-smooth", "a picture that is to be smoothed")
        if image.get("/Intent") not in (None, *INTENTS):
            self._add("painted-state", "a rendering intent that is none")
        filters = got(image.get("/Filter"))
        if "/JPXDecode" in (filters if isinstance(filters, list) else [filters]):
            self.unknown.append("a picture packed as JPEG 2000")
        mask = image.get("/ImageMask") == True  # noqa: E712  the same
        if got(image.get("/BitsPerComponent")) not in ((None, 1) if mask else (None, 1, 2, 4, 8, 16)):
            self._add("painted-object", "a picture of a number of bits that is not allowed")
        self.space(image.get("/ColorSpace"))
        self.object(got(image.get("/SMask")), 0)
        if hasattr(got(image.get("/Mask")), "get_data"):
            self.object(got(image.get("/Mask")), 0)

    def group(self, holder: Any) -> None:
        """The colour space of a transparency group."""
        group = got(holder.get("/Group"))
        if isinstance(group, dict):
            self.space(group.get("/CS"))

    def _pattern(self, pattern: Any, depth: int) -> None:
        if not isinstance(pattern, dict):
            return
        self._state(got(pattern.get("/ExtGState")), depth)
        self.space((got(pattern.get("/Shading")) or {}).get("/ColorSpace"))
        if hasattr(pattern, "get_data") and id(pattern) not in self.seen:
            self.seen.add(id(pattern))
            self.resources(got(pattern.get("/Resources")), depth + 1)
            self._stream(pattern, got(pattern.get("/Resources")))

    def _state(self, state: Any, depth: int) -> None:
        if not isinstance(state, dict):
            return
        if "/TR" in state or state.get("/TR2") not in (None, "/Default") or "/HTP" in state:
            self._add("painted-state", "a transfer function")
        halftone = got(state.get("/HT"))
        if isinstance(halftone, dict) and (halftone.get("/HalftoneType") not in (1, 5) or "/HalftoneName" in halftone):
            self._add("painted-state", "a halftone by name, or of a kind that is not allowed")
        blends = got(state.get("/BM"))
        if any([one not in BLENDS for one in (blends if isinstance(blends, list) else [blends]) if one is not None]):
            self._add("painted-state", "a blend mode that is none of the standard's")
        if state.get("/RI") not in (None, *INTENTS):
            self._add("painted-state", "a rendering intent that is none")
        mask = got(state.get("/SMask"))
        if isinstance(mask, dict):
            self.object(got(mask.get("/G")), depth + 1)

    def space(self, value: Any, depth: int = 0) -> None:
        """A colour space; four inks may come with a profile of their own, but not without."""
        value = got(value)
        if isinstance(value, str):
            if value in FOUR_INKS:
                self._add("colour-device", "a colour of four inks")
        elif isinstance(value, list) and value and depth < DEEPEST:
            kind = got(value[0])
            if kind == "/ICCBased":
                self._profile(got(value[1]))
            elif kind in ("/Indexed", "/I", "/Pattern") and len(value) > 1:
                self.space(value[1], depth + 1)
            elif kind in ("/Separation", "/DeviceN") and len(value) > 3:
                self.space(value[2], depth + 1)
                self._spot(kind, value)
            elif kind in FOUR_INKS:
                self.space(kind)

    def _spot(self, kind: str, value: Any) -> None:
        """An ink by name means the same everywhere, and one among others says what it is (A 6.2.4.4)."""
        if kind == "/Separation":
            meaning = _meaning(value[2]), _meaning(value[3])
            if self.file.inks.setdefault(str(got(value[1])), meaning) != meaning:
                self._add("colour-spot", f"the ink {got(value[1])[1:]} is not the same everywhere")
            return
        about = (got(value[4]) if len(value) > 4 else None) or {}
        process = got((got(about.get("/Process")) or {}).get("/Components")) or ()
        known = {*PROCESS, *map(str, process), *map(str, got(about.get("/Colorants")) or {})}
        if not {str(one) for one in got(value[1])} <= known:
            self._add("colour-spot", "an ink among others does not say what it is")
        for ink in (got(about.get("/Colorants")) or {}).values():
            self.space(ink, 1)

    def _profile(self, profile: Any) -> None:
        data = profile.get_data() if hasattr(profile, "get_data") else b""
        parts = {b"RGB ": 3, b"CMYK": 4, b"GRAY": 1, b"Lab ": 3}.get(data[16:20], 0)
        kind = data[12:16] in (b"mntr", b"prtr", b"scnr", b"spac")
        if data[36:40] != b"acsp" or not kind or int(profile.get("/N", 0)) != parts or data[8:9] > b"\4":
            self._add("colour-profile", "a colour profile that is damaged, too new, or not of as many inks as it says")

    def _stream(self, stream: Any, resources: Any) -> None:
        """The content of a form, a pattern or a glyph; what it names is its own, not the page's (A 6.2.2)."""
        try:
            parsed = operations_of(stream, self.file.reader)
        except FAULTS:
            self._add("painted-operator", "content that cannot be read")
            return
        self.operators(parsed, resources)
        if any([str(name) not in (got((resources or {}).get(kind)) or {}) for kind, name in _names(parsed)]):
            self._add("painted-operator", "content that names what is not among its resources")

    def operators(self, parsed: Sequence[tuple[Any, str]], resources: Any) -> None:
        """The operators of a content stream, with the resources they name."""
        fonts = got((resources or {}).get("/Font")) or {}
        depth = 0
        codes: set[int] = set()
        font: Any = None
        for operands, sign in parsed:
            if any([beyond(operand) for operand in operands]):
                self._add("limits", "a number, a string or a name beyond the bounds")
            if sign in SHOWING:
                codes.update(codes_of(operands, font))
            elif sign == "Tf":
                font = got(fonts.get(operands[0]))
                codes = self.fonts[id(font)][2] if id(font) in self.fonts else set()
            elif sign in ("q", "Q"):
                depth += 1 if sign == "q" else -1
                if depth > DEEPEST_STATE:
                    self._add("painted-deep", "more than 28 graphics states in each other")
            elif sign not in OPERATORS:
                self._add("painted-operator", f"an operator `{sign}` that is none")
            elif sign in ("k", "K"):
                self._add("colour-device", "a colour of four inks")
            elif sign in ("cs", "CS"):
                self.space(operands[0])
            elif sign == "ri" and operands[0] not in INTENTS:
                self._add("painted-state", "a rendering intent that is none")
            elif sign == "INLINE IMAGE":
                self._inline(operands)

    def _inline(self, operands: Any) -> None:
        settings = operands.get("settings", {}) if isinstance(operands, dict) else {}
        self.space(settings.get("/CS", settings.get("/ColorSpace")))
        if settings.get("/I", settings.get("/Interpolate")) == True:  # noqa: E712  pypdf's truth is no bool
            self._add("painted-smooth", "a picture that is to be smoothed")
        filters = got(settings.get("/F", settings.get("/Filter")))
        if any([one in ("/LZW", "/LZWDecode") for one in (filters if isinstance(filters, list) else [filters])]):
            self._add("stream-filter", "a picture packed with LZW")
