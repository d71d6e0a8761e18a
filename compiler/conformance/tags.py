"""Tags: standard ones, in the shapes they must have, with the words they must carry.

In: a `File`.  Out: findings.  Rules: ISO 14289-1, 7.1 to 7.9; ISO 32000-1, 14.8.  Whether marks, elements and the parent tree
agree is the business of `structure`.
"""

from __future__ import annotations

import re

from .file import got
from .finding import Finding

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
_FILE_NAME = re.compile(r"[^\s]+\.(png|jpe?g|svg|webp|pdf|gif|tiff?)", re.I)


def tags(file: File) -> Iterator[Finding]:
    tree = got(file.catalog.get("/StructTreeRoot"))
    if not isinstance(tree, dict):
        return
    if tree.get("/Type") != "/StructTreeRoot":
        yield Finding("tag-root", "the structure tree does not say that it is one")
    roles = {str(key)[1:]: str(got(value))[1:] for key, value in (got(tree.get("/RoleMap")) or {}).items()}
    last = 0
    for element in elements(tree):
        tag = str(element.get("/S", ""))[1:]
        for _ in range(len(roles) + 1):
            tag = roles.get(tag, tag)
        attributes = got(element.get("/A"))
        for one in attributes if isinstance(attributes, list) else [attributes]:
            if isinstance(got(one), dict) and "/O" not in got(one):
                yield Finding("tag-owner", f"attributes of {tag or '?'} have no owner")
        if tag not in STANDARD:
            yield Finding("tag-unknown", f"the tag {tag or '?'} is neither standard nor mapped to one")
        if len(tag) == 2 and tag[0] == "H" and tag[1].isdigit():
            if int(tag[1]) > last + 1:
                yield Finding("heading-order", f"H{tag[1]} follows H{last}" if last else f"the first heading is H{tag[1]}")
            last = int(tag[1])
        elif tag == "Part" and str(got(element.get("/P")).get("/S")) == "/Document":
            last = min(last, 1)
        check = SHAPES.get(tag)
        if check is not None:
            yield from check(element)


def elements(node: Any, depth: int = 0) -> Iterator[Any]:
    """All elements below a node, in order."""
    kids = got(node.get("/K"))
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = got(kid)
        if isinstance(kid, dict) and ("/S" in kid or kid.get("/Type") == "/StructElem" or "/P" in kid) and depth < 100:
            yield kid
            yield from elements(kid, depth + 1)


def _kids(element: Any) -> list[Any]:
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


def _figure(element: Any) -> Iterator[Finding]:
    alt = str(element.get("/Alt", "")).strip()
    if (len(alt) < 2 and "/ActualText" not in element) or _FILE_NAME.fullmatch(alt):
        yield Finding("figure-alt", f"a figure's alternative text is `{alt}`")
    if "/BBox" not in _attributes(element):
        yield Finding("figure-box", f"a figure has no bounding box: {alt[:40]}")


def _table(element: Any) -> Iterator[Finding]:
    rows = [kid for kid in elements(element) if kid.get("/S") == "/TR"]
    if not _headed([cell for row in rows for cell in _kids(row)]):
        yield Finding("table-shape", "a head of a table has no scope")
        return
    open_spans: list[int] = []  # rows a cell above still reaches into, column by column
    widths = set()
    for row in rows:
        width = len([span for span in open_spans if span > 0])
        open_spans = [span - 1 for span in open_spans if span > 1]
        for cell in _kids(row):
            values = _attributes(cell)
            across, down = int(values.get("/ColSpan", 1)), int(values.get("/RowSpan", 1))
            width += across
            open_spans += [down - 1] * across if down > 1 else []
            if cell.get("/S") not in ("/TH", "/TD"):
                yield Finding("table-shape", f"a row of a table holds {str(cell.get('/S'))[1:]}")
                return
        widths.add(width)
    if len(widths) != 1:
        yield Finding("table-shape", f"the rows of a table have {' or '.join(map(str, sorted(widths))) or 'no'} cells")


def _headed(cells: list[Any]) -> bool:
    """Whether each head has a scope, or else all have identifiers and each cell names its heads."""
    heads = [cell for cell in cells if cell.get("/S") == "/TH"]
    if all(["/Scope" in _attributes(cell) for cell in heads]):
        return True
    named = all(["/Headers" in _attributes(cell) for cell in cells if cell.get("/S") == "/TD"])
    return named and all(["/ID" in cell for cell in heads])


def _list(element: Any) -> Iterator[Finding]:
    for item in _kids(element):
        if item.get("/S") not in ("/LI", "/L", "/Caption"):
            yield Finding("list-shape", f"a list holds {str(item.get('/S'))[1:]}")
            return
        if item.get("/S") == "/LI" and not any([kid.get("/S") == "/LBody" for kid in _kids(item)]):
            yield Finding("list-shape", "an item of a list has no body")
            return


def _note(element: Any) -> Iterator[Finding]:
    if "/ID" not in element:
        yield Finding("note-id", "a note has no identifier")


SHAPES = {"Figure": _figure, "Table": _table, "L": _list, "Note": _note}
