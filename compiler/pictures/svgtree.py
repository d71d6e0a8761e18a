"""The XML of an SVG file, checked and made ready for svglib.

In: a file's bytes.  Out: its root element and what will be left out of the drawing.  Always: a file that reaches for
anything outside itself, runs programs or defines entities is refused; what svglib passes over in silence (opacity, baselines,
clips in a style) is put where it reads it.  Rules: SVG 2, 11 to 14; XML 1.0, 4.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LEFT_OUT = {
    "pattern": "patterns",
    "textPath": "text on a path",
    "foreignObject": "foreign objects",
    "animate": "animation",
    "animateTransform": "animation",
    "animateMotion": "animation",
    "set": "animation",
    "video": "video",
}
_LEFT_OUT_PROPERTIES = {
    "filter": "filters",
    "mask": "masks",
    "marker-start": "markers",
    "marker-mid": "markers",
    "marker-end": "markers",
}
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use", "image")
_LOWERED = {"central": "0.35em", "middle": "0.35em", "hanging": "0.8em", "text-before-edge": "0.88em", "mathematical": "0.4em"}
_OUTSIDE = r"url\(\s*[\"']?(?!#)[^)]{0,60}|@import[^;]{0,60}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")


class Refused(Exception):
    """Why a file is not used at all."""


def tree_of(data: bytes) -> tuple[Any, set[str]]:
    """The root element and the names of what is left out.  Errors: Refused, ValueError for what is no SVG."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise ValueError(fault.msg or "it is not well formed") from None
    document = root.getroottree().docinfo.internalDTD
    if next(root.iter(etree.Entity), None) is not None or (document is not None and any(document.iterentities())):
        raise Refused("defines entities")
    if _name(root) != "svg":
        raise ValueError(f"its outermost element is `{_name(root)}`")
    missing: set[str] = set()
    opacities: dict[Any, float] = {}
    for element in list(root.iter(etree.Element)):
        missing |= _checked(element)
        style = _style(element)
        if "clip-path" in style:
            element.set("clip-path", style["clip-path"])
        own = _number(style.get("opacity", element.get("opacity")))
        above = element.getparent()
        opacities[element] = own * opacities.get(above, 1.0)
        if _name(element) in _SHAPES and opacities[element] < 1.0:
            missing |= _fade(element, opacities[element])
        if _name(element) == "text":
            _lower(element)
    return root, missing


def _name(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _checked(element: Any) -> set[str]:
    """What of an element is left out.  Errors: Refused."""
    name = _name(element)
    if name == "script":
        raise Refused("holds a script")
    if name != "a":
        for key in _HREF:
            target = element.get(key, "").strip()
            if target and not target.startswith(("#", "data:")):
                raise Refused(f"refers to `{target[:60]}`")
    texts = [value for value in element.attrib.values() if "(" in value]
    if name == "style":
        texts.append(element.text or "")
    for text in texts:
        outside = re.search(_OUTSIDE, text, re.IGNORECASE)
        if outside and not outside.group().lower().startswith(("url(data:", "url('data:", 'url("data:')):
            raise Refused(f"refers to `{outside.group()}`")
    found = {_LEFT_OUT[name]} if name in _LEFT_OUT else set()
    style = _style(element)
    for key, words in _LEFT_OUT_PROPERTIES.items():
        if style.get(key, element.get(key, "none")).strip() != "none":
            found.add(words)
    return found


def _style(element: Any) -> dict[str, str]:
    """An element's own style attribute."""
    pairs = [part.partition(":") for part in element.get("style", "").split(";")]
    return {key.strip(): value.strip() for key, _, value in pairs if value}


def _number(text: str | None) -> float:
    """An opacity; 1 for what is none."""
    try:
        value = float(text[:-1]) / 100 if text and text.endswith("%") else float(text or 1)
    except ValueError:
        return 1.0
    return min(max(value, 0.0), 1.0)


def _inherited(element: Any, key: str) -> str | None:
    while element is not None:
        value = _style(element).get(key, element.get(key))
        if value is not None:
            return str(value)
        element = element.getparent()
    return None


def _fade(element: Any, opacity: float) -> set[str]:
    """Give a shape its opacity as those of fill and stroke (of a group: as if each shape stood alone)."""
    if _name(element) == "image":
        return {"opacity of a picture"}
    faded = [f"{key}:{opacity * _number(_inherited(element, key)):.4f}" for key in ("fill-opacity", "stroke-opacity")]
    element.set("style", ";".join([element.get("style", "").strip().rstrip(";"), *faded]).lstrip(";"))
    return set()


def _lower(element: Any) -> None:
    """Move text whose reference line is not its baseline."""
    line = _inherited(element, "dominant-baseline") or element.get("alignment-baseline") or ""
    shift = _LOWERED.get(line)
    if shift and not element.get("dy"):
        element.set("dy", shift)
