"""Ways to break a good file, as data: what each does, and the rule of `verify` that must name it.

A mutant is (name, rule, change).  `change` takes a pypdf writer that holds a copy of a finished note and breaks one thing;
those of RAW take and give the bytes of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

Change = Callable[[PdfWriter], object]


def key(name: str) -> NameObject:
    """A name object."""
    return NameObject(f"/{name}")


# --- finding things ---------------------------------------------------------------------------------------------------


def tree(writer: PdfWriter) -> Any:
    """The structure tree's root."""
    return writer.root_object["/StructTreeRoot"].get_object()


def elements(writer: PdfWriter, tag: str) -> list[Any]:
    """All structure elements of a tag, in order."""

    def walk(node: Any) -> Iterator[Any]:
        kids = node.get("/K")
        kids = kids.get_object() if kids is not None else []
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            kid = kid.get_object()
            if isinstance(kid, DictionaryObject) and "/S" in kid:
                yield kid
                yield from walk(kid)

    return [one for one in walk(tree(writer)) if one["/S"] == f"/{tag}"]


def font(writer: PdfWriter) -> Any:
    """The first composite font of page 1."""
    fonts = writer.pages[0]["/Resources"]["/Font"]
    return next(one.get_object() for _, one in sorted(fonts.items()) if one.get_object()["/Subtype"] == "/Type0")


def descendant(writer: PdfWriter) -> Any:
    """Its font of CIDs."""
    return font(writer)["/DescendantFonts"][0].get_object()


def program(writer: PdfWriter) -> Any:
    """Its program."""
    return descendant(writer)["/FontDescriptor"].get_object()["/FontFile3"].get_object()


def address(writer: PdfWriter) -> Any:
    """The action of the first link out of the file."""
    notes = [one.get_object() for page in writer.pages for one in page.get("/Annots", ())]
    return next(note["/A"].get_object() for note in notes if "/A" in note)


def attributes(writer: PdfWriter) -> Any:
    """The attributes of the first head of a table."""
    held = elements(writer, "TH")[0]["/A"].get_object()
    return held[0].get_object() if isinstance(held, ArrayObject) else held


def link(writer: PdfWriter) -> Any:
    """The first link of the file."""
    return next(one.get_object() for page in writer.pages for one in page.get("/Annots", ()))


def linked_page(writer: PdfWriter) -> Any:
    """The first page with a link."""
    return next(page for page in writer.pages if page.get("/Annots"))


def attachment(writer: PdfWriter) -> Any:
    """The first attachment's specification."""
    node = writer.root_object["/Names"]["/EmbeddedFiles"]
    while "/Kids" in node:
        node = node["/Kids"][0].get_object()
    return node["/Names"][1].get_object()


def nums(writer: PdfWriter) -> Any:
    """The parent tree's keys and values."""
    return tree(writer)["/ParentTree"]["/Nums"]


def rewritten(writer: PdfWriter, holder: Any, entry: str, change: Callable[[bytes], bytes]) -> None:
    """Replace a stream by one with other data."""
    old = holder[f"/{entry}"].get_object()
    made = DecodedStreamObject()
    made.update({name: value for name, value in old.items() if name not in ("/Filter", "/Length", "/DecodeParms")})
    made.set_data(change(old.get_data()))
    holder[key(entry)] = writer._add_object(made)


def content(page: int, pattern: bytes, new: bytes) -> Change:
    """Replace the first match in a page's content."""

    def change(writer: PdfWriter) -> None:
        def once(data: bytes) -> bytes:
            made, count = re.subn(pattern, new, data, count=1, flags=re.S)
            assert count, pattern
            return made

        rewritten(writer, writer.pages[page], "Contents", once)

    return change


def xmp(pattern: bytes, new: bytes) -> Change:
    """Replace the first match in the metadata."""

    def change(writer: PdfWriter) -> None:
        def once(data: bytes) -> bytes:
            made, count = re.subn(pattern, new, data, count=1, flags=re.S)
            assert count, pattern
            return made

        rewritten(writer, writer.root_object, "Metadata", once)

    return change


def without(find: Callable[[PdfWriter], Any], *names: str) -> Change:
    """Delete entries of what `find` gives."""

    def change(writer: PdfWriter) -> None:
        found = find(writer)
        for name in names:
            del found[f"/{name}"]

    return change


def put(find: Callable[[PdfWriter], Any], name: str, value: Any) -> Change:
    """Set an entry of what `find` gives."""

    def change(writer: PdfWriter) -> None:
        find(writer)[key(name)] = value

    return change


def catalog(writer: PdfWriter) -> Any:
    """The catalog."""
    return writer.root_object


def first(tag: str) -> Callable[[PdfWriter], Any]:
    """The first element of a tag."""
    return lambda writer: elements(writer, tag)[0]


def page(index: int) -> Callable[[PdfWriter], Any]:
    """A page."""
    return lambda writer: writer.pages[index]


def swap_parents(writer: PdfWriter) -> None:
    one, two = writer.pages[0], writer.pages[1]
    one[key("StructParents")], two[key("StructParents")] = two["/StructParents"], one["/StructParents"]


def swap_marks(writer: PdfWriter) -> None:
    listed = nums(writer)[1].get_object()
    listed[0], listed[-1] = listed[-1], listed[0]


def drop_nums(writer: PdfWriter) -> None:
    del nums(writer)[0:2]


def lose_element(writer: PdfWriter) -> None:
    elements(writer, "Sect")[0]["/K"].get_object().pop(0)


def lose_text(writer: PdfWriter) -> None:
    element = elements(writer, "P")[3]
    element[key("K")] = ArrayObject()


def same_note(writer: PdfWriter) -> None:
    notes = [one for one in elements(writer, "Note") if "/ID" in one]
    notes[1][key("ID")] = notes[0]["/ID"]


def widths(writer: PdfWriter) -> None:
    kid = font(writer)["/DescendantFonts"][0].get_object()
    kid[key("DW")] = NumberObject(700)
    kid[key("W")] = ArrayObject()


def shorter_map(data: bytes) -> bytes:
    return re.sub(rb"(beginbfrange\n<\w+> <\w+> \[)<\w+>", rb"\1<0000>", data, count=1)


def unmapped(writer: PdfWriter) -> None:
    rewritten(writer, font(writer), "ToUnicode", shorter_map)


def bare_program(writer: PdfWriter) -> None:
    descriptor = font(writer)["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    for name in ("/FontFile2", "/FontFile3"):
        descriptor.pop(name, None)


def bad_profile(writer: PdfWriter) -> None:
    intent = writer.root_object["/OutputIntents"][0].get_object()
    rewritten(writer, intent, "DestOutputProfile", lambda data: b"\0" * 64)


def bad_bookmark(writer: PdfWriter) -> None:
    writer.root_object["/Outlines"]["/First"].get_object()[key("Title")] = TextStringObject("")


def script(writer: PdfWriter) -> None:
    action = DictionaryObject({key("S"): key("JavaScript"), key("JS"): TextStringObject("app.alert(1)")})
    writer.root_object[key("OpenAction")] = writer._add_object(action)


def second_page(writer: PdfWriter) -> None:
    """A page that is there twice."""
    pages = writer.root_object["/Pages"]
    pages["/Kids"].append(pages["/Kids"][0])
    pages[key("Count")] = NumberObject(int(pages["/Count"]) + 1)


def lose_page(writer: PdfWriter) -> None:
    pages = writer.root_object["/Pages"]
    pages["/Kids"].pop(1)
    pages[key("Count")] = NumberObject(int(pages["/Count"]) - 1)


def unlisted(writer: PdfWriter) -> None:
    writer.root_object["/AF"].get_object().pop(0)


def wrong_size(writer: PdfWriter) -> None:
    attachment(writer)["/EF"]["/F"].get_object()["/Params"].get_object()[key("Size")] = NumberObject(1)


def no_type(writer: PdfWriter) -> None:
    del attachment(writer)["/EF"]["/F"].get_object()["/Subtype"]


def destination(writer: PdfWriter) -> None:
    goal = next(
        one for one in (found.get_object() for page in writer.pages for found in page.get("/Annots", ())) if "/Dest" in one
    )
    goal[key("Dest")] = TextStringObject("nowhere")


def no_objr(writer: PdfWriter) -> None:
    element = elements(writer, "Link")[0]
    kids = element["/K"].get_object()
    kept = [kid for kid in kids if not (isinstance(kid.get_object(), DictionaryObject) and "/Obj" in kid.get_object())]
    element[key("K")] = ArrayObject(kept)


def cut_row(writer: PdfWriter) -> None:
    row = elements(writer, "TR")[1]
    row["/K"].get_object().pop()


def no_body(writer: PdfWriter) -> None:
    elements(writer, "LBody")[0][key("S")] = key("Span")


def private(writer: PdfWriter) -> None:
    """One character of private use, as bullets of office programs are."""
    stream = font(writer)["/ToUnicode"].get_object()
    changed = DecodedStreamObject()
    changed.set_data(re.sub(rb"(<[0-9A-Fa-f]{4}>\s*)<[0-9A-Fa-f]{4}>", rb"\1<F095>", stream.get_data()))
    font(writer)[key("ToUnicode")] = writer._add_object(changed)


def second_look(writer: PdfWriter) -> None:
    look = DecodedStreamObject()
    look.update({key("Type"): key("XObject"), key("Subtype"): key("Form"), key("BBox"): ArrayObject([NumberObject(0)] * 4)})
    link(writer)[key("AP")] = DictionaryObject({key(name): writer._add_object(look) for name in ("N", "D")})


def printing(writer: PdfWriter) -> None:
    address(writer)[key("S")] = key("Named")
    address(writer)[key("N")] = key("Print")


STRUCTURE: list[tuple[str, str, Change]] = [
    ("a page without StructParents", "parent-key-missing", without(page(0), "StructParents")),
    ("StructParents of two pages swapped", "parent-tree", swap_parents),
    ("StructParents of nobody", "parent-key-unknown", put(page(0), "StructParents", NumberObject(9999))),
    ("the key of another page", "parent-key-twice", lambda w: put(page(1), "StructParents", w.pages[0]["/StructParents"])(w)),
    ("two marks change owners in the parent tree", "parent-tree", swap_marks),
    ("an entry of the parent tree lost", "parent-key-unknown", drop_nums),
    ("ParentTreeNextKey in use", "parent-next-key", put(tree, "ParentTreeNextKey", NumberObject(0))),
    ("an MCID nobody knows", "mark-orphan", content(0, rb"/MCID 0>>", b"/MCID 4999>>")),
    ("an MCID twice", "mark-twice", content(0, rb"/MCID 1>>", b"/MCID 0>>")),
    ("an element lost with its content", "mark-orphan", lose_element),
    ("an element without its content", "mark-orphan", lose_text),
    ("an element with a wrong parent", "tag-parent", lambda w: put(first("P"), "P", elements(w, "P")[5].indirect_reference)(w)),
    ("content without a mark", "content-untagged", content(0, rb"/P<</MCID \d+>>BDC", b"/P BMC")),
    ("a mark that never ends", "mark-unbalanced", content(0, rb"EMC\s*$", b"")),
    ("an end without a beginning", "mark-unbalanced", content(0, rb"^", b"EMC\n")),
    ("a mark inside a mark", "mark-nested", content(0, rb"(/P<</MCID \d+>>BDC)", rb"\1\n/Span<</MCID 4998>>BDC EMC")),
    ("an annotation without its key", "parent-key-missing", without(link, "StructParent")),
    ("an annotation with a foreign key", "parent-key-unknown", put(link, "StructParent", NumberObject(9998))),
    ("a link without its object reference", "annotation-parent", no_objr),
    ("a link to nowhere", "link-nowhere", destination),
    ("a link that is a reference", "annotation-tag", put(first("Link"), "S", key("Reference"))),
    ("an artifact inside a mark", "mark-nested", content(0, rb"(/P<</MCID \d+>>BDC)", rb"\1\n/Artifact BMC EMC")),
    ("two notes with one identifier", "tag-id", same_note),
    ("the tree of identifiers lost", "tag-id-tree", without(tree, "IDTree")),
    ("the structure tree lost", "tags-missing", without(catalog, "StructTreeRoot")),
    ("another top than Document", "tags-root", put(first("Document"), "S", key("Sect"))),
    ("a page that is there twice", "parent-key-twice", second_page),
    ("a page lost", "mark-page", lose_page),
]

CONFORMANCE: list[tuple[str, str, Change]] = [
    ("a glyph without text", "font-unicode", unmapped),
    ("a character of private use", "font-private", private),
    ("a number beyond all bounds", "limits", content(0, rb"^", b"/Artifact BMC 4294967296 0 m n EMC\n")),
    ("a link of two looks", "annotation-look", second_look),
    ("a link that prints", "action", printing),
    ("a language that is none", "language", put(first("P"), "Lang", TextStringObject("en_US"))),
    ("a heading without a level", "heading-kind", put(first("P"), "S", key("H"))),
    ("an item outside its list", "list-shape", put(first("L"), "S", key("Div"))),
    ("an item of contents in a paragraph's place", "toc-shape", put(first("P"), "S", key("TOCI"))),
    ("a row outside its table", "table-shape", put(first("Table"), "S", key("Div"))),
    ("a formula without words", "figure-alt", put(first("P"), "S", key("Formula"))),
    ("a standard tag that means another", "tag-unknown", put(tree, "RoleMap", DictionaryObject({key("P"): key("Span")}))),
    ("no ToUnicode at all", "font-unicode", without(font, "ToUnicode")),
    ("a font without its program", "font-embedded", bare_program),
    ("the missing glyph shown", "font-notdef", content(0, rb"<[0-9a-f]{4}", b"<0000")),
    ("a font that does not say its kind", "font-kind", without(descendant, "Subtype")),
    ("a font without a name", "font-kind", without(descendant, "BaseFont")),
    ("a font program of another kind", "font-embedded", put(program, "Subtype", key("Type1C"))),
    ("widths left out", "font-widths", without(descendant, "W")),
    ("a structure tree that does not say so", "tag-root", without(tree, "Type")),
    ("an element without a tag", "tag-unknown", without(first("P"), "S")),
    ("attributes of nobody", "tag-owner", without(attributes, "O")),
    ("a page tree that miscounts", "page-tree", put(lambda w: w.root_object["/Pages"].get_object(), "Count", NumberObject(2))),
    ("a page that does not say so", "page-tree", without(page(0), "Type")),
    ("a link to something", "action", without(address, "S")),
    ("metadata that do not say so", "meta-missing", without(lambda w: w.root_object["/Metadata"].get_object(), "Subtype")),
    ("a figure without words", "figure-alt", without(first("Figure"), "Alt")),
    ("a figure with a file's name for words", "figure-alt", put(first("Figure"), "Alt", TextStringObject("chart-1.png"))),
    ("a figure without a box", "figure-box", without(first("Figure"), "A")),
    ("a tag of nobody", "tag-unknown", put(first("P"), "S", key("Para"))),
    ("a heading that skips a level", "heading-order", put(first("H2"), "S", key("H4"))),
    ("a head without scope", "table-shape", without(first("TH"), "A")),
    ("a row with a cell less", "table-shape", cut_row),
    ("an item without body", "list-shape", no_body),
    ("a note without identifier", "note-id", without(first("Note"), "ID")),
    ("a page blanked", "page-blank", lambda w: rewritten(w, w.pages[1], "Contents", lambda _: b"")),
    ("annotations in any order", "page-tabs", without(linked_page, "Tabs")),
    ("a link without words", "link-contents", without(link, "Contents")),
    ("a link that is not printed", "link-flags", put(link, "F", NumberObject(0))),
    ("a hidden link", "link-flags", put(link, "F", NumberObject(6))),
    ("an annotation of another kind", "annotation-kind", put(link, "Subtype", key("Highlight"))),
    ("a script that starts by itself", "action", script),
    ("a colour of four inks", "colour-device", content(0, rb"[\d.]+ [\d.]+ [\d.]+ rg", b"0 0 0 1 k")),
    ("no output intent", "intent-missing", without(catalog, "OutputIntents")),
    ("a damaged profile", "intent-profile", bad_profile),
    ("no metadata", "meta-missing", without(catalog, "Metadata")),
    ("metadata that are no XML", "meta-missing", xmp(rb"</rdf:RDF>", b"")),
    ("no claim of PDF/A", "meta-claim", xmp(rb"<pdfaid:part>.*?</pdfaid:conformance>", b"")),
    ("no claim of PDF/UA", "meta-claim", xmp(rb"<pdfuaid:part>1</pdfuaid:part>", b"")),
    ("a claim without its schema", "meta-extension", xmp(rb"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", b"")),
    ("no title", "meta-title", xmp(rb"<dc:title>.*?</dc:title>", b"")),
    ("another title", "meta-agree", xmp(rb"(<dc:title>.*?x-default\">)", rb"\1X")),
    ("another date", "meta-agree", xmp(rb"<xmp:CreateDate>2024", b"<xmp:CreateDate>2025")),
    ("another author", "meta-agree", xmp(rb"(<dc:creator>.*?<rdf:li>)", rb"\1X")),
    ("not marked as tagged", "mark-info", without(catalog, "MarkInfo")),
    ("the file's name for its title", "title-shown", put(catalog, "ViewerPreferences", DictionaryObject())),
    ("no language", "language", without(catalog, "Lang")),
    ("a bookmark without words", "bookmark", bad_bookmark),
    ("an attachment not listed", "attachment-listed", unlisted),
    ("an attachment without relationship", "attachment-keys", without(attachment, "AFRelationship")),
    ("an attachment without F", "attachment-keys", without(attachment, "F")),
    ("an attachment without a type", "attachment-kind", no_type),
    ("an attachment of another size", "attachment-kind", wrong_size),
]

CONTENT: list[tuple[str, str, Change]] = [
    (
        "a digit of the text changed",
        "text-differs",
        content(0, rb"(/P<</MCID \d+>>BDC.*?<)([0-9a-f]{4})([0-9a-f]{4})", rb"\1\3\2"),
    ),
    ("widths of nobody", "rebuild-differs", widths),
    ("a line moved", "rebuild-differs", content(0, rb"BT\n[\d.]+ ", b"BT\n77 ")),
    ("a colour changed", "rebuild-differs", content(1, rb"[\d.]+ [\d.]+ [\d.]+ rg", b"1 0 0 rg")),
    (
        "a page's size changed",
        "rebuild-differs",
        put(page(0), "MediaBox", ArrayObject([FloatObject(n) for n in (0, 0, 500, 700)])),
    ),
    ("page labels lost", "rebuild-differs", without(catalog, "PageLabels")),
    ("bookmarks hidden", "rebuild-differs", put(catalog, "PageMode", key("UseNone"))),
    ("the alternative text changed", "text-differs", put(first("Figure"), "Alt", TextStringObject("一幅别的图"))),
    (
        "the toolbar hidden",
        "rebuild-differs",
        lambda w: put(lambda x: x.root_object["/ViewerPreferences"], "HideToolbar", BooleanObject(True))(w),
    ),
]


def at(data: bytes, needle: bytes, new: bytes) -> bytes:
    """The first place of `needle` overwritten by as many bytes."""
    assert len(needle) == len(new), (needle, new)
    assert needle in data
    return data.replace(needle, new, 1)


def short_stream(data: bytes) -> bytes:
    """A stream's length made shorter."""
    return re.sub(rb"/Length (\d)(\d{4})>>", rb"/Length \g<1>0000>>", data, count=1)


def other_mark(data: bytes) -> bytes:
    """The ID's first digit changed."""
    return re.sub(rb"/ID\[<(.)", lambda found: b"/ID[<" + (b"0" if found[1] != b"0" else b"1"), data)


def no_mark(data: bytes) -> bytes:
    """The ID overwritten by blanks."""
    return re.sub(rb"/ID\[<\w+><\w+>\]", lambda found: b" " * len(found[0]), data)


RAW: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("the header of another version", "file-header", lambda data: at(data, b"%PDF-1.7\n", b"%PDF-1.9\n")),
    ("the comment of the header lost", "file-header", lambda data: at(data, b"%\xe2\xe3\xcf\xd3", b"%abcd")),
    ("words after the end", "file-end", lambda data: data + b"\nmore"),
    ("the ID lost", "file-id", no_mark),
    ("a stream shorter than it says", "stream-length", short_stream),
    ("one byte of a stream", "bytes-changed", lambda data: data[:40000] + bytes([data[40000] ^ 1]) + data[40001:]),
    ("one byte of the table", "bytes-changed", lambda data: at(data, b" 65535 f \n0000000015", b" 65535 f \n0000000016")),
    ("one digit of the ID", "bytes-changed", other_mark),
]
