"""Rules of PDF/A and PDF/UA that can be judged in the process, in well under a second.

In: a `File`.  Out: findings, each under a rule's name.  Not a validator: it holds what a file of ours claims, and what a merge or
another program may have broken.  Rules: ISO 19005-3 (A), ISO 14289-1 (U), ISO 32000-1 (P); the clause stands beside each.
"""

from __future__ import annotations

import re

from .file import FAULTS, got, pairs
from .finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .file import File

RULES = {  # name → what holds, clause
    "file-header": ("the header is %PDF-1.n and a comment of four bytes beyond ASCII", "A 6.1.2"),
    "file-end": ("nothing follows %%EOF", "A 6.1.3"),
    "file-id": ("the trailer has an ID", "A 6.1.3"),
    "stream-length": ("each stream is as long as it says", "A 6.1.7.1"),
    "stream-filter": ("no stream is packed with LZW, and each can be unpacked", "A 6.1.7.2"),
    "meta-missing": ("the catalog has XMP metadata, stored plainly", "A 6.6.2.1"),
    "meta-claim": ("the metadata claim a standard", "A 6.6.4, U 5"),
    "meta-extension": ("the namespace of the PDF/UA claim is described", "A 6.6.2.3"),
    "meta-title": ("the metadata give the title", "U 7.1"),
    "meta-agree": ("Info and XMP say the same", "house rule, 2026"),
    "intent-missing": ("there is one PDF/A output intent with a profile", "A 6.2.3"),
    "intent-profile": ("its profile is a display or printer profile with as many components as it says", "A 6.2.3"),
    "colour-device": ("no colour of four inks is used", "A 6.2.4.3"),
    "font-kind": ("each font says what it is, and its name", "A 6.2.11.2"),
    "font-embedded": ("the fonts are embedded", "A 6.2.11.4.1, U 7.21.4.1"),
    "font-unicode": ("each code shown stands for a text", "A 6.2.11.7.2, U 7.21.7"),
    "font-notdef": ("no code shows a missing glyph", "A 6.2.11.8, U 7.21.8"),
    "font-widths": ("the widths given are those of the glyphs", "A 6.2.11.5, U 7.21.5"),
    "page-tree": ("the page tree counts its pages, and each says it is one", "P 7.7.3.2"),
    "page-blank": ("each page shows something", "house rule, 2026"),
    "page-tabs": ("pages with annotations are walked in the order of the structure", "U 7.18.3"),
    "mark-info": ("the file is marked as tagged", "U 6.2"),
    "title-shown": ("viewers show the title", "U 7.1"),
    "language": ("the catalog names the language", "U 7.2"),
    "tag-root": ("the structure tree says what it is", "U 7.1"),
    "tag-owner": ("each attribute of a tag has an owner", "P 14.7.5.1"),
    "tag-unknown": ("each tag is standard or mapped to one", "U 7.1"),
    "figure-alt": ("each figure says in words what it shows", "U 7.3"),
    "figure-box": ("each figure has a bounding box", "P 14.8.5.4.3"),
    "heading-order": ("headings begin with H1 and skip no level", "U 7.4.2"),
    "table-shape": ("a table's rows are equally wide and its heads have a scope", "U 7.5"),
    "list-shape": ("lists are made of items with labels and bodies", "U 7.6"),
    "note-id": ("each note has an identifier", "U 7.9"),
    "link-contents": ("each link says in words where it leads", "U 7.18.5"),
    "link-flags": ("each annotation is printed and none hidden", "A 6.3.2"),
    "annotation-kind": ("annotations are links", "A 6.3.1; house rule, 2026"),
    "action": ("nothing runs: no script, no program", "A 6.5.1"),
    "attachment-listed": ("each attachment is listed in the catalog", "A 6.8"),
    "attachment-keys": ("each attachment has F, UF and a relationship", "A 6.8, U 7.11"),
    "attachment-kind": ("each attachment says its type, size and date", "A 6.8"),
    "bookmark": ("each bookmark leads to a page and says where", "P 12.3.3"),
}
STANDARD = frozenset((
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private", "P",
    "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody",
    "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu",
    "WT", "WP", "Figure", "Formula", "Form",
))  # fmt: skip
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
}
_STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")
_FILE_NAME = re.compile(r"[^\s]+\.(png|jpe?g|svg|webp|pdf|gif|tiff?)", re.I)
KID_KINDS, SIMPLE_KINDS = ("/CIDFontType0", "/CIDFontType2"), ("/Type1", "/MMType1", "/TrueType")
ACTIONS = frozenset(("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/SubmitForm", "/Hide"))
_PAINTED = frozenset(("Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "B", "sh"))


def claims(file: File) -> dict[str, str]:
    """What the metadata claim: {"PDF/A": "3A", "PDF/UA": "1"}, without what is not claimed."""
    root = _xmp(file)
    if root is None:
        return {}
    part, level = _word(root, "pdfaid:part"), _word(root, "pdfaid:conformance")
    found = {"PDF/A": f"{part}{level}" if part else "", "PDF/UA": _word(root, "pdfuaid:part")}
    return {key: value for key, value in found.items() if value}


def conformance(file: File) -> list[Finding]:
    """All findings, in the order of the file's parts; a part too broken to be looked at is a finding itself."""
    found: list[Finding] = []
    for check, rule in CHECKS:
        try:
            found += check(file)
        except FAULTS as fault:
            found.append(Finding(rule, f"cannot be examined: {type(fault).__name__}: {fault}"))
    return found


# --- the file --------------------------------------------------------------------------------------------------------


def _syntax(file: File) -> Iterator[Finding]:
    data = file.data
    if not re.match(rb"%PDF-1\.[0-7][\r\n]+%[\x80-\xff]{4}", data):
        yield Finding("file-header", "the header is not %PDF-1.n with a comment of four bytes beyond ASCII")
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield Finding("file-end", "something follows %%EOF, or it is missing")
    mark = got(file.reader.trailer.get("/ID"))
    if not isinstance(mark, list) or len(mark) != 2:
        yield Finding("file-id", "the trailer has no ID")
    for found in _STREAM.finditer(data):
        end = found.end() + int(found.group(1))
        if not data[end : end + 12].lstrip(b"\r\n").startswith(b"endstream"):
            yield Finding("stream-length", f"the stream at byte {found.end():,} is not {int(found.group(1)):,} bytes long")


def _streams(file: File) -> Iterator[Finding]:
    for number in range(1, int(file.reader.trailer.get("/Size", 0))):
        value: Any = None
        try:
            value = file.reader.get_object(number)
        except FAULTS as fault:
            yield Finding("stream-filter", f"object {number} cannot be read: {fault}")
            continue
        if not hasattr(value, "get_data"):
            continue
        filters = got(value.get("/Filter"))
        names = [str(one) for one in (filters if isinstance(filters, list) else [filters]) if one is not None]
        if "/LZWDecode" in names:
            yield Finding("stream-filter", f"object {number} is packed with LZW")
        elif names == ["/FlateDecode"] and not value.get("/DecodeParms"):
            from zlib import decompress
            from zlib import error as Damaged

            try:
                decompress(value._data)
            except Damaged:
                yield Finding("stream-filter", f"object {number} cannot be unpacked")


# --- metadata --------------------------------------------------------------------------------------------------------


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


def _metadata(file: File) -> Iterator[Finding]:
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


def _catalog(file: File) -> Iterator[Finding]:
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


def _bookmarks(file: File) -> Iterator[Finding]:
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
        goal = got(item.get("/Dest")) or (got(item.get("/A")) or {}).get("/D")
        leads = str(goal) in known if isinstance(goal, str) else not goal or _page_of(goal) in pages
        if not str(item.get("/Title", "")).strip() or not leads:
            yield Finding("bookmark", f"the bookmark `{item.get('/Title', '')}` leads nowhere, or has no words")


def _page_of(destination: Any) -> int:
    """The object number of the page a destination's array names."""
    return int(getattr(list.__getitem__(destination, 0), "idnum", 0))


def _attachments(file: File) -> Iterator[Finding]:
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


# --- pages -----------------------------------------------------------------------------------------------------------


def _pages(file: File) -> Iterator[Finding]:
    tree = got(file.catalog.get("/Pages")) or {}
    if tree.get("/Count") != len(file.pages):
        yield Finding("page-tree", f"the page tree counts {tree.get('/Count', 'nothing')}, and has {len(file.pages)}")
    for index, page in enumerate(file.pages):
        where = f"page {index + 1}"
        if page.get("/Type") != "/Page":
            yield Finding("page-tree", f"{where} does not say that it is one")
        shown = False
        for _, sign in file.operations(index):
            shown = shown or sign in _PAINTED
            if sign in ("k", "K"):
                yield Finding("colour-device", f"{where}: a colour of four inks")
                break
        if not shown:
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


def _fonts(file: File) -> Iterator[Finding]:
    used: dict[int, tuple[str, Any, set[int]]] = {}
    for index in range(len(file.pages)):
        for name, font in file.fonts(index).items():
            used.setdefault(id(font), (f"page {index + 1}, font {name[1:]}", font, set()))
        for name, font, code, _ in file.codes(index):
            used.setdefault(id(font), (f"page {index + 1}, font {name[1:]}", font, set()))[2].add(code)
    for where, font, codes in used.values():
        yield from _font(file, where, font, codes)


def _font(file: File, where: str, font: Any, codes: set[int]) -> Iterator[Finding]:
    composite = font.get("/Subtype") == "/Type0"
    kid = got((got(font.get("/DescendantFonts")) or [None])[0]) if composite else font
    descriptor = got((kid or {}).get("/FontDescriptor")) or {}
    program = next((got(descriptor[key]) for key in ("/FontFile2", "/FontFile3", "/FontFile") if key in descriptor), None)
    if font.get("/Subtype") == "/Type3":
        return
    if program is None or not hasattr(program, "get_data"):
        yield Finding("font-embedded", f"{where} is not embedded")
        return
    kinds = KID_KINDS if composite else SIMPLE_KINDS
    named = all([one.get("/Type") == "/Font" and "/BaseFont" in one for one in (font, kid)])
    if not named or kid.get("/Subtype") not in kinds or (composite and "/Encoding" not in font):
        yield Finding("font-kind", f"{where} does not say what it is, or not its name")
    if not _readable(program, "/FontFile3" in descriptor, composite):
        yield Finding("font-embedded", f"{where}: its program cannot be read as what it says it is")
        return
    if not composite:
        return
    mapping = file.mapping(font)
    for code in sorted(codes):
        text = mapping.get(code, "")
        if not text or any([char in "\0\ufeff\ufffe\ufffd" for char in text]):
            yield Finding("font-unicode", f"{where}: code {code} stands for no text")
            break
    if 0 in codes:
        yield Finding("font-notdef", f"{where}: code 0 is shown, the missing glyph")
    yield from _widths(where, kid, program.get_data(), codes)


def _readable(program: Any, compact: bool, composite: bool) -> bool:
    """Whether a font program begins as programs of its kind do."""
    data = program.get_data()[:4]
    if not compact:
        return data[:2] == b"%!" or data in (b"\0\1\0\0", b"true", b"ttcf")
    kind = program.get("/Subtype")
    if kind == "/OpenType":
        return data in (b"OTTO", b"\0\1\0\0")
    return bool(kind == ("/CIDFontType0C" if composite else "/Type1C")) and data[:1] == b"\1"


def _widths(where: str, kid: Any, program: bytes, codes: set[int]) -> Iterator[Finding]:
    """Held against the font program where codes are glyphs in order, or a map says which (all fonts of ours)."""
    if kid.get("/CIDToGIDMap") not in (None, "/Identity") and not hasattr(got(kid.get("/CIDToGIDMap")), "get_data"):
        return
    given = _given_widths(got(kid.get("/W")) or [])
    default = float(kid.get("/DW", 1000))
    real = _real_widths(program, got(kid.get("/CIDToGIDMap")))
    for code in sorted(codes):
        if code in real and abs(given.get(code, default) - real[code]) > 1.0:
            yield Finding("font-widths", f"{where}: code {code} is {real[code]:g} wide, not {given.get(code, default):g}")
            return


def _given_widths(array: Any) -> dict[int, float]:
    out: dict[int, float] = {}
    items = [got(item) for item in array]
    at = 0
    while at < len(items) - 1:
        first = int(items[at])
        if isinstance(items[at + 1], list):
            out |= {first + index: float(got(width)) for index, width in enumerate(items[at + 1])}
            at += 2
        else:
            out |= dict.fromkeys(range(first, int(items[at + 1]) + 1), float(items[at + 2]))
            at += 3
    return out


def _real_widths(program: bytes, cid_map: Any) -> dict[int, float]:
    """Code → advance in thousandths of an em, as far as the program tells."""
    if program[:1] == b"\1" and program[:4] != b"\1\0\0\0":
        from .cffwidths import widths

        return widths(program)
    if program[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        return {}
    tables = {}
    for index in range(int.from_bytes(program[4:6], "big")):
        entry = program[12 + 16 * index : 28 + 16 * index]
        tables[entry[:4]] = (int.from_bytes(entry[8:12], "big"), int.from_bytes(entry[12:16], "big"))
    if not {b"head", b"hhea", b"hmtx"} <= set(tables):
        return {}
    head, hhea, hmtx = (tables[key][0] for key in (b"head", b"hhea", b"hmtx"))
    em = int.from_bytes(program[head + 18 : head + 20], "big") or 1000
    count = int.from_bytes(program[hhea + 34 : hhea + 36], "big")
    advances = [int.from_bytes(program[hmtx + 4 * gid : hmtx + 4 * gid + 2], "big") * 1000 / em for gid in range(count)]
    if not hasattr(cid_map, "get_data"):
        return dict(enumerate(advances))
    raw = cid_map.get_data()
    gids = [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw) - 1, 2)]
    return {cid: advances[min(gid, count - 1)] for cid, gid in enumerate(gids) if gid and count}


# --- tags ------------------------------------------------------------------------------------------------------------


def _tags(file: File) -> Iterator[Finding]:
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
            if cell.get("/S") == "/TH" and "/Scope" not in values and "/ID" not in cell:
                yield Finding("table-shape", "a head of a table has no scope")
                return
            if cell.get("/S") not in ("/TH", "/TD"):
                yield Finding("table-shape", f"a row of a table holds {str(cell.get('/S'))[1:]}")
                return
        widths.add(width)
    if len(widths) != 1:
        yield Finding("table-shape", f"the rows of a table have {' or '.join(map(str, sorted(widths))) or 'no'} cells")


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
# each with the rule that is broken when it cannot even look
CHECKS = (
    (_syntax, "file-header"),
    (_streams, "stream-filter"),
    (_metadata, "meta-missing"),
    (_catalog, "intent-missing"),
    (_bookmarks, "bookmark"),
    (_attachments, "attachment-keys"),
    (_pages, "page-blank"),
    (_fonts, "font-embedded"),
    (_tags, "tag-unknown"),
)
