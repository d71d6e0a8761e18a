"""Pages and their annotations.

In: a `File`.  Out: findings.  Rules: ISO 19005-3, 6.2.4.3, 6.3 and 6.5; ISO 14289-1, 7.18.
"""

from __future__ import annotations

from .file import got
from .finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .file import File

ACTIONS = frozenset(("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/SubmitForm", "/Hide"))
_PAINTED = frozenset(("Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "B", "sh"))


def pages(file: File) -> Iterator[Finding]:
    tree = got(file.catalog.get("/Pages")) or {}
    if tree.get("/Count") != len(file.pages):
        yield Finding("page-tree", f"the page tree counts {tree.get('/Count', 'nothing')}, and has {len(file.pages)}")
    for index, page in enumerate(file.pages):
        where = f"page {index + 1}"
        if page.get("/Type") != "/Page":
            yield Finding("page-tree", f"{where} does not say that it is one")
        if not any([sign in _PAINTED for _, sign in file.operations(index)]):
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
    if not flags & 4 or flags & (1 | 2 | 32):
        yield Finding("link-flags", f"{where}: an annotation that is hidden or not printed")
    if kind == "/Link" and not str(annotation.get("/Contents", "")).strip():
        yield Finding("link-contents", f"{where}: a link without words")
    action = got(annotation.get("/A")) or {}
    if str(action.get("/S")) in ACTIONS or "/AA" in annotation:
        yield Finding("action", f"{where}: an annotation starts {action.get('/S', 'an action')}")
    elif "/A" in annotation and "/S" not in action:
        yield Finding("action", f"{where}: an annotation starts something that does not say what it is")
