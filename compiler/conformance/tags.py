"""Tags: standard ones, in the shapes they must have, with the words they must carry.

In: a `File`.  Out: findings.  Rules: ISO 14289-1, 7.1 to 7.9; ISO 32000-1, 14.8.  Whether marks, elements and the parent tree
agree is the business of `structure`.
"""

from __future__ import annotations

import re

from .file import got
from .finding import Finding
from .metadata import LANGUAGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .file import File

STANDARD = frozenset((
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private", "P",
    "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody",
    "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu",
    "WT", "WP", "Figure", "Formula", "Form",
))  # fmt: skip
# tag → where it may stand, and what may stand in it (ISO 14289-1, 7.2; ISO 32000-1, tables 333 to 337)
PARENTS = {
    "THead": ("Table",), "TBody": ("Table",), "TFoot": ("Table",), "TR": ("Table", "THead", "TBody", "TFoot"),
    "TH": ("TR",), "TD": ("TR",), "LI": ("L",), "LBody": ("LI",), "TOCI": ("TOC",),
}  # fmt: skip
KIDS = {
    "Table": ("Caption", "THead", "TBody", "TFoot", "TR"), "THead": ("TR",), "TBody": ("TR",), "TFoot": ("TR",),
    "TR": ("TH", "TD"), "L": ("Caption", "L", "LI"), "LI": ("Lbl", "LBody"), "TOC": ("Caption", "TOC", "TOCI"),
}  # fmt: skip
PLACE_RULES = {"L": "list-shape", "LI": "list-shape", "LBody": "list-shape", "TOC": "toc-shape", "TOCI": "toc-shape"}
_FILE_NAME = re.compile(r"[^\s]+\.(png|jpe?g|svg|webp|pdf|gif|tiff?)", re.I)


def tags(file: File) -> Iterator[Finding]:
    tree = got(file.catalog.get("/StructTreeRoot"))
    if not isinstance(tree, dict):
        return
    if tree.get("/Type") != "/StructTreeRoot":
        yield Finding("tag-root", "the structure tree does not say that it is one")
    kinds = Kinds(tree)
    yield from kinds.faults()
    last = 0
    seen: set[str] = set()
    for element in elements(tree):
        tag = kinds(element)
        attributes = got(element.get("/A"))
        for one in attributes if isinstance(attributes, list) else [attributes]:
            if isinstance(got(one), dict) and "/O" not in got(one):
                yield Finding("tag-owner", f"attributes of {tag or '?'} have no owner")
        if "/Type" in element and element["/Type"] != "/StructElem":
            yield Finding("tag-root", f"an element {tag or '?'} says that it is something else")
        if tag not in STANDARD:
            yield Finding("tag-unknown", f"the tag {tag or '?'} is neither standard nor mapped to one")
        if len(tag) == 2 and tag[0] == "H" and tag[1].isdigit():
            if int(tag[1]) > last + 1:
                yield Finding("heading-order", f"H{tag[1]} follows H{last}" if last else f"the first heading is H{tag[1]}")
            last = int(tag[1])
            seen.add("Hn")
        elif tag == "Part" and kinds(got(element.get("/P"))) == "Document":
            last = min(last, 1)
        seen.add(tag)
        if "/Lang" in element and not LANGUAGE.fullmatch(str(got(element["/Lang"]))):
            yield Finding("language", f"{tag or '?'} is in a language `{got(element['/Lang'])}` that is no name of one")
        yield from _place(element, kinds)
        check = SHAPES.get(tag)
        if check is not None:
            yield from check(element, kinds)
    if {"H", "Hn"} <= seen:
        yield Finding("heading-kind", "headings have levels in one place, and none in another")


class Kinds:
    """Elements → their standard tags by the role map; "" for what has no tag."""

    def __init__(self, tree: Any) -> None:
        roles = got(tree.get("/RoleMap")) or {}
        self.roles = {str(key)[1:]: str(got(value))[1:] for key, value in roles.items()}

    def __call__(self, element: Any) -> str:
        tag = str(element.get("/S", ""))[1:] if isinstance(element, dict) else ""
        for _ in range(len(self.roles) + 1):
            if tag in STANDARD:
                return tag
            tag = self.roles.get(tag, tag)
        return tag

    def faults(self) -> Iterator[Finding]:
        """Standard tags that are made to mean something else (U 7.1)."""
        for tag, other in self.roles.items():
            if tag in STANDARD:
                yield Finding("tag-unknown", f"the standard tag {tag} is mapped to {other}")


def _place(element: Any, kinds: Kinds) -> Iterator[Finding]:
    """Whether it stands where it may, and holds what it may."""
    tag = kinds(element)
    rule = PLACE_RULES.get(tag, "table-shape")
    above = kinds(got(element.get("/P")))
    if tag in PARENTS and above not in PARENTS[tag]:
        yield Finding(rule, f"{tag} stands in {above or 'nothing'}")
    if tag not in KIDS:
        return
    held = [kinds(kid) for kid in kids_of(element)]
    for one in dict.fromkeys(held):
        if one not in KIDS[tag]:
            yield Finding(rule, f"{tag} holds {one or 'what has no tag'}")
    captions = [at for at, one in enumerate(held) if one == "Caption"]
    ends = (0, len(held) - 1) if tag == "Table" else (0,)
    if len(captions) > 1 or any([at not in ends for at in captions]):
        yield Finding(rule, f"{tag} has a caption in its middle, or two")


def elements(node: Any, depth: int = 0) -> Iterator[Any]:
    """All elements below a node, in order."""
    kids = got(node.get("/K"))
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = got(kid)
        if isinstance(kid, dict) and ("/S" in kid or kid.get("/Type") == "/StructElem" or "/P" in kid) and depth < 100:
            yield kid
            yield from elements(kid, depth + 1)


def kids_of(element: Any) -> list[Any]:
    """The elements right below an element."""
    kids = got(element.get("/K"))
    found = [got(kid) for kid in (kids if isinstance(kids, list) else [kids])]
    return [kid for kid in found if isinstance(kid, dict) and "/S" in kid]


def _attributes(element: Any) -> dict[str, Any]:
    listed = got(element.get("/A"))
    out: dict[str, Any] = {}
    for one in listed if isinstance(listed, list) else [listed]:
        one = got(one)
        if isinstance(one, dict):
            out |= {str(key): value for key, value in one.items()}
    return out


def _figure(element: Any, _kinds: Kinds) -> Iterator[Finding]:
    alt = str(element.get("/Alt", "")).strip()
    if (len(alt) < 2 and "/ActualText" not in element) or _FILE_NAME.fullmatch(alt):
        yield Finding("figure-alt", f"a figure's alternative text is `{alt}`")
    if "/BBox" not in _attributes(element):
        yield Finding("figure-box", f"a figure has no bounding box: {alt[:40]}")


def _formula(element: Any, _kinds: Kinds) -> Iterator[Finding]:
    if not str(element.get("/Alt", "")).strip() and "/ActualText" not in element:
        yield Finding("figure-alt", "a formula says nothing in words")


def _form(_element: Any, _kinds: Kinds) -> Iterator[Finding]:
    yield Finding("annotation-kind", "a field of a form")


def _table(element: Any, kinds: Kinds) -> Iterator[Finding]:
    parts = [kinds(kid) for kid in kids_of(element)]
    ends = parts.count("THead"), parts.count("TFoot")
    if max(ends) > 1 or (any(ends) and "TBody" not in parts):
        yield Finding("table-shape", "a table has two heads or feet, or no body")
    rows = [kid for kid in elements(element) if kinds(kid) == "TR"]
    if not _headed([cell for row in rows for cell in kids_of(row)], kinds):
        yield Finding("table-shape", "a head of a table has no scope")
        return
    open_spans: list[int] = []  # rows a cell above still reaches into, column by column
    widths = set()
    for row in rows:
        width = len([span for span in open_spans if span > 0])
        open_spans = [span - 1 for span in open_spans if span > 1]
        for cell in kids_of(row):
            values = _attributes(cell)
            across, down = int(values.get("/ColSpan", 1)), int(values.get("/RowSpan", 1))
            width += across
            open_spans += [down - 1] * across if down > 1 else []
        widths.add(width)
    if len(widths) != 1:
        yield Finding("table-shape", f"the rows of a table have {' or '.join(map(str, sorted(widths))) or 'no'} cells")


def _headed(cells: list[Any], kinds: Kinds) -> bool:
    """Whether each head has a scope, or else all have identifiers and each cell names its heads."""
    heads = [cell for cell in cells if kinds(cell) == "TH"]
    if all(["/Scope" in _attributes(cell) for cell in heads]):
        return True
    named = all(["/Headers" in _attributes(cell) for cell in cells if kinds(cell) == "TD"])
    return named and all(["/ID" in cell for cell in heads])


def _list(element: Any, kinds: Kinds) -> Iterator[Finding]:
    for item in kids_of(element):
        if kinds(item) == "LI" and not any([kinds(kid) == "LBody" for kid in kids_of(item)]):
            yield Finding("list-shape", "an item of a list has no body")
            return


def _note(element: Any, _kinds: Kinds) -> Iterator[Finding]:
    if "/ID" not in element:
        yield Finding("note-id", "a note has no identifier")


SHAPES = {"Figure": _figure, "Formula": _formula, "Form": _form, "Table": _table, "L": _list, "Note": _note}
