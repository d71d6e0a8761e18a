"""What hangs on the catalog: metadata and claims, output intent, bookmarks, attachments.

In: a `File`.  Out: findings.  Rules: ISO 19005-3, 6.2.3, 6.6 and 6.8; ISO 14289-1, 5 and 7.1.
"""

from __future__ import annotations

import re

from .file import got, pairs
from .finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .file import File

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
}
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # RFC 3066


def claims(file: File) -> dict[str, str]:
    """What the metadata claim: {"PDF/A": "3A", "PDF/UA": "1"}, without what is not claimed."""
    root = _xmp(file)
    if root is None:
        return {}
    part, level = _word(root, "pdfaid:part"), _word(root, "pdfaid:conformance")
    found = {"PDF/A": f"{part}{level}" if part else "", "PDF/UA": _word(root, "pdfuaid:part")}
    return {key: value for key, value in found.items() if value}


def _xmp(file: File) -> Any:
    from xml.etree import ElementTree

    stream = got(file.catalog.get("/Metadata"))
    if not hasattr(stream, "get_data"):
        return None
    try:
        return ElementTree.fromstring(stream.get_data())
    except ElementTree.ParseError:
        return None


def _word(root: Any, path: str) -> str:
    """The text of the first such property; the first item of a container."""
    node = root.find(f".//{path}", NAMESPACES)
    if node is None:
        space, _, name = path.partition(":")
        for holder in root.iter(f"{{{NAMESPACES['rdf']}}}Description"):
            if value := holder.get(f"{{{NAMESPACES[space]}}}{name}"):
                return str(value)
        return ""
    item = node.find(".//rdf:li", NAMESPACES)
    return ((item if item is not None else node).text or "").strip()


def metadata(file: File) -> Iterator[Finding]:
    stream = got(file.catalog.get("/Metadata"))
    root = _xmp(file)
    if root is None or "/Filter" in stream or (stream.get("/Type"), stream.get("/Subtype")) != ("/Metadata", "/XML"):
        yield Finding("meta-missing", "there are no XMP metadata that can be read as they stand")
        return
    found = claims(file)
    if "PDF/A" not in found or "PDF/UA" not in found:
        yield Finding("meta-claim", f"the metadata claim {' and '.join([' '.join(one) for one in found.items()]) or 'nothing'}")
    described = [node.text for node in root.findall(".//pdfaSchema:namespaceURI", NAMESPACES)]
    if "PDF/UA" in found and NAMESPACES["pdfuaid"] not in described:
        yield Finding("meta-extension", "the namespace of the PDF/UA claim is not described")
    title = _word(root, "dc:title")
    if not title:
        yield Finding("meta-title", "the metadata give no title")
    info = got(file.reader.trailer.get("/Info")) or {}
    day = "".join([char for char in _word(root, "xmp:CreateDate")[:19] if char.isdigit()])
    creators = [item.text or "" for item in root.findall(".//dc:creator//rdf:li", NAMESPACES)]
    told = {
        "title": (str(info.get("/Title", "")), title),
        "authors": (str(info.get("/Author", "")), "; ".join(creators)),
        "producer": (str(info.get("/Producer", "")), _word(root, "pdf:Producer")),
        "date": (str(info.get("/CreationDate", ""))[2:16], day),
    }
    for what, (ours, theirs) in told.items():
        if ours != theirs:
            yield Finding("meta-agree", f"Info and XMP differ in the {what}: `{ours}` and `{theirs}`")


def catalog(file: File) -> Iterator[Finding]:
    catalog = file.catalog
    intents = [got(one) for one in got(catalog.get("/OutputIntents")) or ()]
    archival = [one for one in intents if one.get("/S") == "/GTS_PDFA1"]
    profile = got(archival[0].get("/DestOutputProfile")) if len(archival) == 1 else None
    if profile is None or not hasattr(profile, "get_data"):
        yield Finding("intent-missing", "there is not one PDF/A output intent with a profile")
    else:
        data = profile.get_data()
        parts = {b"RGB ": 3, b"CMYK": 4, b"GRAY": 1}.get(data[16:20], 0)
        if data[36:40] != b"acsp" or data[12:16] not in (b"mntr", b"prtr") or int(profile.get("/N", 0)) != parts:
            yield Finding("intent-profile", "the profile of the output intent is damaged, or N is not its components")
    if (got(catalog.get("/MarkInfo")) or {}).get("/Marked") != True:  # noqa: E712  pypdf's truth is no bool
        yield Finding("mark-info", "MarkInfo does not say that the file is tagged")
    if (got(catalog.get("/ViewerPreferences")) or {}).get("/DisplayDocTitle") != True:  # noqa: E712  the same
        yield Finding("title-shown", "viewers show the file's name in place of its title")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", str(catalog.get("/Lang", ""))):
        yield Finding("language", "the catalog names no language")
    for holder in (catalog, *file.pages):
        for action in (got(holder.get("/OpenAction")), *(got(holder.get("/AA")) or {}).values()):
            if isinstance(got(action), dict):
                yield Finding("action", f"an action {got(action).get('/S')} starts by itself")
    if "/JavaScript" in (got(catalog.get("/Names")) or {}):
        yield Finding("action", "the file holds scripts")


def bookmarks(file: File) -> Iterator[Finding]:
    pages = {page.indirect_reference.idnum for page in file.pages}
    known = {str(name) for name, _ in pairs((got(file.catalog.get("/Names")) or {}).get("/Dests"), "/Names")}
    stack = [(got(file.catalog.get("/Outlines")) or {}).get("/First")]
    seen: set[int] = set()
    while stack:
        item = got(stack.pop())
        if not isinstance(item, dict) or id(item) in seen:
            continue
        seen.add(id(item))
        stack += [item.get("/Next"), item.get("/First")]
        for words in started(item.get("/A")):
            yield Finding("action", f"the bookmark `{item.get('/Title', '')}` starts {words}")
        goal = got(item.get("/Dest")) or (got(item.get("/A")) or {}).get("/D")
        leads = str(goal) in known if isinstance(goal, str) else not goal or _page_of(goal) in pages
        if not str(item.get("/Title", "")).strip() or not leads:
            yield Finding("bookmark", f"the bookmark `{item.get('/Title', '')}` leads nowhere, or has no words")


ACTIONS = frozenset(("/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named"))
NAMED = frozenset(("/NextPage", "/PrevPage", "/FirstPage", "/LastPage"))
MOST = 100  # actions in a chain; more is a circle


def started(action: Any) -> Iterator[str]:
    """What an action and those after it do that may not be done (A 6.5.1), or that leads to a file not attached (A 6.8)."""
    stack, done = [got(action)], 0
    while stack and done < MOST:
        one, done = stack.pop(), done + 1
        if isinstance(one, list):
            stack += [got(item) for item in one]
        elif isinstance(one, dict):
            kind = one.get("/S")
            if kind not in ACTIONS or (kind == "/Named" and one.get("/N") not in NAMED):
                yield f"{one.get('/N') if kind == '/Named' else kind or 'something that does not say what it is'}"
            if isinstance(got(one.get("/F")), dict):
                yield "another file"
            stack.append(got(one.get("/Next")))


def _page_of(destination: Any) -> int:
    """The object number of the page a destination's array names."""
    return int(getattr(list.__getitem__(destination, 0), "idnum", 0))


def attachments(file: File) -> Iterator[Finding]:
    names = got(file.catalog.get("/Names")) or {}
    found = [value for _, value in pairs(names.get("/EmbeddedFiles"), "/Names")]
    listed = {getattr(one, "idnum", 0) for one in list.__iter__(got(file.catalog.get("/AF")) or [])}
    for value in found:
        spec = got(value)
        name = str(spec.get("/UF") or spec.get("/F") or "without a name")
        if getattr(value, "idnum", -1) not in listed:
            yield Finding("attachment-listed", f"the attachment `{name}` is not listed in the catalog's AF")
        if not all([key in spec for key in ("/F", "/UF", "/AFRelationship")]):
            yield Finding("attachment-keys", f"the attachment `{name}` lacks F, UF or AFRelationship")
        stream = got((got(spec.get("/EF")) or {}).get("/F"))
        params = got(stream.get("/Params")) if isinstance(stream, dict) else None
        whole = stream is not None and hasattr(stream, "get_data") and "/Subtype" in stream and params and "/ModDate" in params
        if stream is None or params is None or not whole or int(params.get("/Size", -1)) != len(stream.get_data()):
            yield Finding("attachment-kind", f"the attachment `{name}` lacks its type or date, or has another size than it says")
    if len(listed - {0}) > len(found):
        yield Finding("attachment-listed", "the catalog's AF lists more than is attached")
