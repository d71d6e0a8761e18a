"""What a file says and shows, apart from how it is stored: texts by the structure tree, digests of its parts.

In: a `File`.  Out: (tag, text) of every element that holds text, in reading order; a digest for each page, the structure and
the rest, equal when another program has merely saved the file again.
"""

from __future__ import annotations

from ..conformance import elements
from ..conformance.file import got
from ..conformance.structure import entries, identity, raw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..conformance.file import File

STORAGE = frozenset(("/Length", "/Filter", "/DecodeParms", "/DL"))


def texts(file: File) -> list[tuple[str, str]]:
    """Tag and text of every element with content of its own, and the words of figures, in reading order."""
    shown: dict[tuple[int, int], list[str]] = {}
    for index in range(len(file.pages)):
        for _, font, code, mark in file.codes(index):
            if isinstance(mark, int):
                shown.setdefault((index, int(mark)), []).append(file.mapping(font).get(code, "\ufffd"))
    page_of = {identity(page.indirect_reference): index for index, page in enumerate(file.pages)}
    out = []
    tree = got(file.catalog.get("/StructTreeRoot"))
    for element in elements(tree) if isinstance(tree, dict) else ():
        words = []
        for kid in entries(raw(element, "/K")):
            value: Any = got(kid)
            home: Any = raw(element, "/Pg")
            if hasattr(value, "raw_get") and value.get("/Type") == "/MCR":
                home, value = raw(value, "/Pg") or home, value.get("/MCID")
            if isinstance(value, int):
                words += shown.get((page_of.get(identity(home), -1), int(value)), [])
        text = "".join(words) + str(element.get("/Alt", ""))
        if text:
            out.append((str(element.get("/S"))[1:], text))
    return out


def parts(file: File) -> dict[str, bytes]:
    """Digests by the part's name: `page 1` …, `structure`, `metadata`, `bookmarks`, `names`, `the rest`."""
    pages = {identity(page.indirect_reference): index for index, page in enumerate(file.pages)}
    out = {}
    for index, page in enumerate(file.pages):
        kept = {key: value for key, value in dict.items(page) if key not in ("/Parent", "/StructParents")}
        out[f"page {index + 1}"] = _digest(kept, pages)
    named = {"/StructTreeRoot": "structure", "/Metadata": "metadata", "/Outlines": "bookmarks", "/Names": "names"}
    for key, name in named.items():
        out[name] = _digest(raw(file.catalog, key), pages)
    rest = {key: value for key, value in dict.items(file.catalog) if key not in (*named, "/Pages")}
    out["the rest"] = _digest(rest, pages)
    return out


def looks(file: File) -> list[bytes]:
    """A digest of each page's content alone, by which pages are known again wherever they stand."""
    from _blake2 import blake2b

    out = []
    for page in file.pages:
        content = page.get_contents()
        out.append(blake2b(content.get_data() if content is not None else b"", digest_size=16).digest())
    return out


def _digest(value: Any, pages: dict[int, int]) -> bytes:
    """A digest of all that hangs on a value; references are numbered as they are met, pages by their place."""
    from _blake2 import blake2b

    total = blake2b(digest_size=16)
    seen: dict[int, int] = {}
    stack = [value]
    while stack:
        one = stack.pop()
        number = identity(one)
        if number:
            if number in pages:
                total.update(b"page %d;" % pages[number])
                continue
            if number in seen:
                total.update(b"ref %d;" % seen[number])
                continue
            seen[number] = len(seen)
            one = got(one)
        if hasattr(one, "get_data"):
            total.update(b"stream;")
            total.update(one.get_data())
            one = {key: item for key, item in dict.items(one) if key not in STORAGE}
        if isinstance(one, dict):
            total.update(b"dict %d;" % len(one))
            for key, item in sorted(dict.items(one), key=lambda pair: str(pair[0]), reverse=True):
                stack += [item, str(key)]
        elif isinstance(one, list):
            total.update(b"list %d;" % len(one))
            stack += list(list.__iter__(one))[::-1]
        else:
            total.update(_scalar(one) + b";")
    return total.digest()


def _scalar(value: Any) -> bytes:
    text = getattr(value, "original_bytes", None)
    if text is not None:
        return b"s" + bytes(text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{float(value):.6g}".encode()  # other programs keep seven digits
    return str(value).encode("utf-8", "replace")
