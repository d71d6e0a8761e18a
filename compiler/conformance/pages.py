"""Pages and their annotations.

In: a `File`.  Out: findings.  Rules: ISO 19005-3, 6.2.4.3, 6.3 and 6.5; ISO 14289-1, 7.18.
"""

from __future__ import annotations

from .file import got, pairs
from .finding import Finding
from .metadata import started
from .structure import PAINTING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .file import File

PRINT, FORBIDDEN = 4, 1 | 2 | 32 | 256  # invisible, hidden, not viewed, viewed or not (A 6.3.2)


def pages(file: File) -> Iterator[Finding]:
    tree = got(file.catalog.get("/Pages")) or {}
    if tree.get("/Count") != len(file.pages):
        yield Finding("page-tree", f"the page tree counts {tree.get('/Count', 'nothing')}, and has {len(file.pages)}")
    tags = got(file.catalog.get("/StructTreeRoot")) or {}
    spoken = {int(key) for key, value in pairs(tags.get("/ParentTree"), "/Nums") if got(value)} if tags else {None}
    for index, page in enumerate(file.pages):
        where = f"page {index + 1}"
        if page.get("/Type") != "/Page":
            yield Finding("page-tree", f"{where} does not say that it is one")
        if page.get("/StructParents") in spoken and not any([sign in PAINTING for _, sign in file.operations(index)]):
            yield Finding("page-blank", f"{where}: nothing is painted")
        annotations = [got(one) for one in got(page.get("/Annots")) or ()]
        if annotations and page.get("/Tabs") != "/S":
            yield Finding("page-tabs", f"{where}: Tabs is not S")
        for annotation in annotations:
            yield from _annotation(annotation, where)


def _annotation(annotation: Any, where: str) -> Iterator[Finding]:
    kind = str(annotation.get("/Subtype"))
    flags = int(annotation.get("/F", 0))
    if kind not in ("/Link", "/Popup"):
        yield Finding("annotation-kind", f"{where}: an annotation of kind {kind[1:]}")
    if not flags & PRINT or flags & FORBIDDEN:
        yield Finding("link-flags", f"{where}: an annotation that is hidden or not printed")
    if kind == "/Link" and not str(annotation.get("/Contents", "")).strip():
        yield Finding("link-contents", f"{where}: a link without words")
    looks = got(annotation.get("/AP"))
    if isinstance(looks, dict) and (list(looks) != ["/N"] or not hasattr(got(looks["/N"]), "get_data")):
        yield Finding("annotation-look", f"{where}: an annotation has more than one look, or one that is none")
    for words in started(annotation.get("/A")):
        yield Finding("action", f"{where}: an annotation starts {words}")
    if "/AA" in annotation:
        yield Finding("action", f"{where}: an annotation starts something by itself")
