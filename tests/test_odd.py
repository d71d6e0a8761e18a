"""Odd disclaimers, one thing odd in each: what can be mended keeps the whole its claim, what cannot takes it or is refused.

`MENDED`, `SPOILT` and `REFUSED` are data; the judge agrees with all three.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

import verapdf
from compiler.conformance import claims, conformance
from compiler.conformance.file import File
from compiler.conformance.structure import Check
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import Build
from test_makers import FORM, PIXEL, as_pdf, edited, fonts, paint, same_after
from test_ready import elements_of, note, pages_of, place

Change = Callable[[PdfWriter], object]
N, T = NameObject, TextStringObject
IMAGE = PIXEL | {"ColorSpace": "DeviceRGB"}
RED = {"FunctionType": 2, "Domain": [0, 1], "C0": [0, 0, 0], "C1": [1, 0, 0], "N": 1}
GREEN = RED | {"C1": [0, 1, 0]}


# --- finding things, and changing them ----------------------------------------------------------------------------------


def tree(writer: PdfWriter) -> DictionaryObject:
    """The structure tree's root."""
    found = writer.root_object["/StructTreeRoot"].get_object()
    assert isinstance(found, DictionaryObject)
    return found


def first(node: object, tag: str) -> DictionaryObject | None:
    """The first element of a kind."""
    one = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(one, DictionaryObject) and one.get("/S") == f"/{tag}":
        return one
    kids = one.get("/K") if isinstance(one, DictionaryObject) else one
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    if not isinstance(kids, ArrayObject):
        kids = [kids] if isinstance(kids, DictionaryObject) else []
    return next((found for kid in kids if (found := first(kid, tag)) is not None), None)


def link(writer: PdfWriter) -> DictionaryObject:
    """The link of the first page."""
    found = writer.pages[0]["/Annots"][0].get_object()  # type: ignore[index]
    assert isinstance(found, DictionaryObject)
    return found


def put(find: Callable[[PdfWriter], DictionaryObject | None], **entries: object) -> Change:
    """Entries of a dictionary; None takes one out."""

    def change(writer: PdfWriter) -> None:
        one = find(writer)
        assert one is not None
        for key, value in entries.items():
            if value is None:
                one.pop(f"/{key}", None)
            else:
                one[N(f"/{key}")] = value if hasattr(value, "get_object") else as_pdf(value, writer)

    return change


def element(tag: str, **entries: object) -> Change:
    """Entries of the first element of a kind."""
    return put(lambda writer: first(tree(writer), tag), **entries)


def page(**entries: object) -> Change:
    """Entries of the first page."""
    return put(lambda writer: writer.pages[0], **entries)


def catalog(**entries: object) -> Change:
    """Entries of the catalog."""
    return put(lambda writer: writer.root_object, **entries)


def action(**entries: object) -> Change:
    """What the link does."""
    return put(link, A=entries)


def roles(**entries: str) -> Change:
    """The role map."""
    return put(tree, RoleMap=entries)


def both(*changes: Change) -> Change:
    """One after the other."""
    return lambda writer: [change(writer) for change in changes]


def content(old: bytes, new: bytes) -> Change:
    """The first page's content with something else in it."""

    def change(writer: PdfWriter) -> None:
        contents = writer.pages[0].get_contents()
        assert contents is not None
        data, count = re.subn(old, new, contents.get_data(), count=1)
        assert count
        stream = DecodedStreamObject()
        stream.set_data(data)
        writer.pages[0][N("/Contents")] = writer._add_object(stream)

    return change


def picture(data: bytes = b"abc", **entries: object) -> Change:
    """A picture painted."""
    return paint(b"/I Do", XObject={"I": (IMAGE | entries, data)})


def private(writer: PdfWriter) -> None:
    """All characters of the first font are of private use, as bullets of office programs are."""
    font = fonts(writer)[0]
    data = font["/ToUnicode"].get_object().get_data()  # type: ignore[union-attr]
    stream = DecodedStreamObject()
    stream.set_data(re.sub(rb"(<[0-9A-Fa-f]{4}> )<[0-9A-Fa-f]{4}>", rb"\1<F095>", data))
    font[N("/ToUnicode")] = writer._add_object(stream)


def two_widths(writer: PdfWriter) -> None:
    """Ranges of widths that overlap: readers differ in which they take."""
    for font in fonts(writer):
        kid = font["/DescendantFonts"][0].get_object()  # type: ignore[index]
        kid["/W"].get_object().extend([NumberObject(1), NumberObject(2_000_000_000), NumberObject(999)])


def glyph_sets(writer: PdfWriter) -> None:
    """Lists of glyphs that name one of many."""
    for font in fonts(writer):
        kid = font["/DescendantFonts"][0].get_object()  # type: ignore[index]
        held = kid["/FontDescriptor"].get_object()
        stream = DecodedStreamObject()
        stream.set_data(b"\x80")
        held[N("/CIDSet")] = writer._add_object(stream)
        for one in (font, kid):
            one[N("/BaseFont")] = N("/ABCDEF+Some")
        held[N("/FontName")] = N("/ABCDEF+Some")


def xmp_of_a_picture(writer: PdfWriter) -> None:
    """XMP as picture editors leave it, with properties nobody describes."""
    picture()(writer)
    stream = DecodedStreamObject()
    stream.set_data(
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d" bytes="3"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        b'xmlns:e="http://editor.example/"><e:Brush>1</e:Brush></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    stream.update({N("/Type"): N("/Metadata"), N("/Subtype"): N("/XML")})
    image = writer.pages[0]["/Resources"]["/XObject"]["/I"].get_object()  # type: ignore[index]
    image[N("/Metadata")] = writer._add_object(stream)


def layer(settings: dict[str, object]) -> Change:
    """A red square in a layer, the file's first page."""

    def change(writer: PdfWriter) -> None:
        group = writer._add_object(DictionaryObject({N("/Type"): N("/OCG"), N("/Name"): T("layer")}))
        held = {N(f"/{key}"): ArrayObject([group]) if value is True else as_pdf(value, writer) for key, value in settings.items()}
        about = DictionaryObject({N("/Order"): ArrayObject([group]), N("/Name"): T("D"), **held})
        writer.root_object[N("/OCProperties")] = DictionaryObject({N("/OCGs"): ArrayObject([group]), N("/D"): about})
        paint(b"/OC /Layer BDC 1 0 0 rg 100 100 200 200 re f EMC")(writer)
        writer.pages[0]["/Resources"][N("/Properties")] = DictionaryObject({N("/Layer"): group})  # type: ignore[index]

    return change


def marked_form(times: int) -> Change:
    """A form whose marks are its own: an element of the tree refers into it, the parent tree knows it by its key."""

    def change(writer: PdfWriter) -> None:
        where = writer.pages[0]
        form = as_pdf((FORM | {"Resources": {}, "StructParents": 5000}, b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC"), writer)
        where["/Resources"].setdefault(N("/XObject"), DictionaryObject()).get_object()[N("/Own")] = form  # type: ignore[union-attr]
        content(rb"$", b"\nq /Own Do Q" * times)(writer)
        root = tree(writer)
        above = first(root, "Document")
        assert above is not None
        mark = {N("/Type"): N("/MCR"), N("/Pg"): where.indirect_reference, N("/Stm"): form, N("/MCID"): NumberObject(0)}
        one = DictionaryObject(
            {N("/Type"): N("/StructElem"), N("/S"): N("/P"), N("/P"): above.indirect_reference or NullObject()}
        )
        one[N("/K")] = ArrayObject([DictionaryObject(mark)])  # type: ignore[arg-type]
        reference = writer._add_object(one)
        above["/K"].append(reference)  # type: ignore[attr-defined]
        parents = root["/ParentTree"].get_object()
        parents["/Nums"].extend([NumberObject(5000), ArrayObject([reference])])  # type: ignore[index]

    return change


def same_ids(writer: PdfWriter) -> None:
    """One identifier for two elements."""
    for tag in ("P", "L"):
        element(tag, ID=T("same"))(writer)


def bookmark(**entries: object) -> Change:
    """A bookmark that does something."""

    def change(writer: PdfWriter) -> None:
        item = writer.add_outline_item(title="x", page_number=0).get_object()
        item.pop("/Dest", None)  # type: ignore[union-attr]
        item[N("/A")] = as_pdf(entries, writer)  # type: ignore[index]

    return change


def untagged_link(writer: PdfWriter) -> None:
    """A link that the maker's tags do not know, as LibreOffice leaves those of footnotes."""
    entries = as_pdf({"Type": "Annot", "Subtype": "Link", "Rect": [0, 0, 9, 9], "F": 4}, writer)
    assert isinstance(entries, DictionaryObject)
    entries[N("/Contents")] = T("a footnote")
    writer.pages[0]["/Annots"].append(writer._add_object(entries))  # type: ignore[attr-defined]


def numbered_place(writer: PdfWriter) -> None:
    """The link leads to a page by its number, which only links to other files may."""
    put(link, A=None, Dest=ArrayObject([NumberObject(1), N("/Fit")]))(writer)


def named_place(writer: PdfWriter) -> None:
    """The link leads to a name of PDF 1.1, with a blank in it."""
    catalog(Dests=DictionaryObject({N("/a b"): ArrayObject([writer.pages[1].indirect_reference or NullObject(), N("/Fit")])}))(
        writer
    )
    put(link, A=None, Dest=N("/a b"))(writer)


def scattered_fonts(writer: PdfWriter) -> None:
    """Fonts whose names in the resources are those of entries that are left behind elsewhere."""
    held = writer.pages[0]["/Resources"]["/Font"].get_object()  # type: ignore[index]
    old = sorted(held)[0]
    held[N("/AA")] = held.raw_get(old)
    del held[old]
    content(old.encode() + rb" ", b"/AA ")(writer)


MENDED: dict[str, Change] = {
    "a role with a blank": both(roles(**{"Text body": "P"}), element("P", S="Text body")),
    "a role that is a standard tag's own": roles(P="P", H1="H1", Document="Document"),
    "a role that makes another of a standard tag": roles(H1="H1", P="Span"),
    "a chain of roles": both(roles(A1="B1", B1="P"), element("P", S="A1")),
    "a class with a blank": both(put(tree, ClassMap={"A b(c": {"O": "Layout", "SpaceAfter": 6}}), element("P", C=N("/A b(c"))),
    "a namespace of PDF 2.0": lambda w: element("P", NS=w._add_object(DictionaryObject({N("/NS"): T("x")})))(w),
    "a note without identifier": element("P", S="Note"),
    "a link without element": untagged_link,
    "null among annotations": lambda w: w.pages[0]["/Annots"].append(NullObject()),  # type: ignore[attr-defined]
    "a language with an underscore": element("P", Lang=T("en_US")),
    "a language that is none": element("P", Lang=T("?")),
    "a file's language with an underscore": catalog(Lang=T("en_US")),
    "a file without language": catalog(Lang=None),
    "incomplete lists of glyphs": glyph_sets,
    "the XMP of a picture": xmp_of_a_picture,
    "steps of a presentation": page(PresSteps={"Type": "NavNode"}, Trans={"S": "Box"}, Dur=3),
    "a layer that is shown": layer({}),
    "a form with marks of its own": marked_form(1),
    "a page by its number": numbered_place,
    "a place named as in PDF 1.1": named_place,
    "fonts with the names of other things": scattered_fonts,
    "a box round another origin": page(MediaBox=[-100, -50, 500, 700]),
    "a box turned over": page(MediaBox=[595, 842, 0, 0]),
    "a crop larger than the paper": page(CropBox=[-50, -50, 4000, 6000]),
    "a turned page": page(Rotate=-90),
    "a larger unit": page(UserUnit=2),
    "a header of PDF 2.0": lambda w: setattr(w, "pdf_header", "%PDF-2.0"),
}

BEYOND = "beyond the bounds"
SPOILT: dict[str, tuple[Change, str]] = {
    "a character of private use": (private, "U+F095"),
    "two widths of a glyph": (two_widths, "wide, not -1"),
    "an unknown packing": (picture(Filter="Foo"), "packed with /Foo"),
    "data in another file": (picture(F="abc"), "in another file"),
    "a number too large": (paint(b"4294967296 0 m 9 9 l S"), BEYOND),
    "a real too large": (paint(b"4" + b"0" * 40 + b".0 0 m 9 9 l S"), BEYOND),
    "a real too small": (paint(b"0." + b"0" * 40 + b"1 0 m 9 9 l S"), BEYOND),
    "a name too long": (paint(b"/%b gs" % (b"a" * 140), ExtGState={"a" * 140: {"CA": 1}}), BEYOND),
    "a string too long": (put(link, Contents=T("x" * 40_000)), BEYOND),
    "a form that borrows from its page": (
        paint(b"/F Do", XObject={"F": (FORM, b"/G gs 0 0 9 9 re f")}, ExtGState={"G": {"CA": 1}}),
        "not among its resources",
    ),
    "an ink of two meanings": (
        paint(
            b"/A cs 1 sc 0 0 9 9 re f /B cs 1 sc 9 9 9 9 re f",
            ColorSpace={"A": ["Separation", "Ours", "DeviceRGB", RED], "B": ["Separation", "Ours", "DeviceRGB", GREEN]},
        ),
        "not the same everywhere",
    ),
    "an ink among others without meaning": (
        paint(b"/A cs 1 sc 0 0 9 9 re f", ColorSpace={"A": ["DeviceN", ["Ours"], "DeviceRGB", RED]}),
        "does not say what it is",
    ),
    "three bits": (picture(BitsPerComponent=3), "number of bits"),
    "a mask of eight bits": (
        picture(Mask=(PIXEL | {"ImageMask": True}, b"a")),
        "number of bits",
    ),
    "a link seen or not": (put(link, F=260), "hidden or not printed"),
    "a link of two looks": (put(link, AP={"N": (FORM, b""), "D": (FORM, b"")}), "more than one look"),
    "a link that shows a layer": (action(S="SetOCGState", State=[]), "SetOCGState"),
    "a link that prints": (action(S="Named", N="Print"), "Print"),
    "a link that does more afterwards": (action(S="GoTo", D=[0], Next={"S": "Trans"}), "Trans"),
    "a link into another file": (action(S="GoToR", F={"Type": "Filespec"}, D=[0]), "another file"),
    "a bookmark that shows a layer": (bookmark(S="SetOCGState", State=[]), "SetOCGState"),
    "a bookmark that prints": (bookmark(S="Named", N="Print"), "Print"),
    "words in a language that is none": (paint(b"EMC /Span <</Lang (en_US)>> BDC EMC /Artifact BMC"), "en_US"),
    "an artifact in a paragraph": (content(rb"BT ", b"/Artifact BMC EMC BT "), "an artifact stands inside"),
    "a paragraph in an artifact": (content(rb"^", b"/Artifact BMC\n"), "stands inside an artifact"),
    "a form with marks painted twice": (marked_form(2), "painted twice"),
    "two heads of a table": (element("TBody", S="THead"), "two heads"),
    "a part of a table astray": (element("Table", S="Div"), "THead stands in Div"),
    "cells astray": (element("TR", S="Div"), "TH stands in Div"),
    "items astray": (element("L", S="Div"), "LI stands in Div"),
    "an item's body astray": (element("LI", S="Div"), "L holds Div"),
    "an item of a paragraph": (element("Lbl", S="P"), "LI holds P"),
    "contents of items of a list": (element("L", S="TOC"), "TOC holds LI"),
    "an item of contents astray": (element("P", S="TOCI"), "TOCI stands in"),
    "a heading without level": (element("P", S="H"), "no levels"),
    "a formula without words": (element("P", S="Formula"), "a formula"),
    "a field of a form": (element("P", S="Form"), "a field of a form"),
    "a link in a span": (element("Link", S="Span"), "is no Link"),
    "a link in a reference": (element("Link", S="Reference"), "is no Link"),
    "a head over two of two": (element("TH", A={"O": "Table", "ColSpan": 2, "Scope": "Column"}), "2 or 3 cells"),
    "roles in a circle": (both(roles(A1="B1", B1="A1"), element("P", S="A1")), "neither standard"),
    "a tag of nobody": (element("P", S="Textbody"), "neither standard"),
    "one identifier twice": (same_ids, "used twice"),
    "a note on the page": (
        lambda w: w.pages[0]["/Annots"].append(w._add_object(as_pdf({"Subtype": "Text", "Rect": [0, 0, 9, 9]}, w))),  # type: ignore[attr-defined]
        "kind Text",
    ),
    "a group of four inks": (page(Group={"S": "Transparency", "CS": "DeviceCMYK"}), "four inks"),
    "one key for two pages": (lambda w: put(lambda x: x.pages[1], StructParents=w.pages[0]["/StructParents"])(w), "twice"),
    "an element that says it is something else": (element("TBody", Type="Structure"), "something else"),
    "a tree of no elements": (put(tree, K=ArrayObject([NumberObject(5), NullObject(), T("x")])), "belongs to no element"),
    "a parent tree of words": (
        lambda w: put(lambda x: tree(x)["/ParentTree"].get_object(), Nums=ArrayObject([T("a"), T("b")]))(w),  # type: ignore[arg-type, return-value]
        "the parent tree has no",
    ),
    "the same page twice": (
        lambda w: w.root_object["/Pages"]["/Kids"].append(w.pages[0].indirect_reference),  # type: ignore[index]
        "belongs to no element",
    ),
    "a link to nowhere": (put(link, A=None, Dest=T("nowhere")), "nowhere"),
}
STRICTER = {
    "two widths of a glyph",
    "a tree of no elements",
    "the same page twice",
    "one identifier twice",
    "one key for two pages",
    "a link to nowhere",
}  # than the judge: it does not look

HIDDEN = "hidden, or shown on some occasions"
REFUSED: dict[str, tuple[Change, str]] = {
    "a layer that is hidden": (layer({"OFF": True}), HIDDEN),
    "all layers hidden": (layer({"BaseState": "OFF"}), HIDDEN),
    "a layer for printing": (layer({"AS": [{"Event": "Print"}]}), HIDDEN),
}


MADE: dict[str, bytes] = {}  # what the tests before have made, for the judge


def compiled(data: bytes, root: Path, cache: str) -> tuple[bytes | None, list[str]]:
    """A note with a disclaimer twice, and what was said of it."""
    place(root, "typst-ua1", data)
    (root / "notes" / "n.yaml").write_text(note("typst-ua1", "typst-ua1"), encoding="utf-8")
    report = Report()
    made = compile_note("notes/n.yaml", World(environ={}, cwd=str(root), cache_dir=cache), report)
    return made.pdf if made is not None else None, [f"{item.code}: {item.message}" for item in report]


@pytest.mark.parametrize("kind", MENDED)
def test_mended(kind: str, root: Path, cache: str) -> None:
    """The whole keeps its claim, and the pages their looks, words and links."""
    data = edited("typst-ua1", MENDED[kind])
    made, said = compiled(data, root, cache)
    assert made is not None
    assert not said
    MADE[kind] = made
    file = File(made)
    assert claims(file) == {"PDF/A": "3A", "PDF/UA": "1"}
    assert not [*conformance(file), *Check(file).run()]
    if kind != "null among annotations":  # pypdf stumbles over the original
        same_after(data, made, 2)


@pytest.mark.parametrize("kind", SPOILT)
def test_spoilt(kind: str, root: Path, cache: str) -> None:
    """The whole claims nothing, and the warning says why."""
    change, words = SPOILT[kind]
    made, said = compiled(edited("typst-ua1", change), root, cache)
    assert made is not None
    MADE[kind] = made
    assert not claims(File(made))
    assert all([one.startswith("disclaimer-claim") and words in one for one in said])
    assert said


@pytest.mark.parametrize("kind", REFUSED)
def test_refused(kind: str, root: Path, cache: str) -> None:
    """Merged, its pages would show what they hide."""
    change, words = REFUSED[kind]
    made, said = compiled(edited("typst-ua1", change), root, cache)
    assert made is None
    assert all([one.startswith("disclaimer-refused") and words in one for one in said])
    assert said


@pytest.mark.skipif(not verapdf.available(), reason="no Java for the judge")
def test_the_judge_agrees(root: Path, cache: str, tmp_path: Path) -> None:
    """All that keeps its claim conforms; all that loses it breaks a rule, other than that of the claim."""
    files = {}
    for number, (kind, change) in enumerate({**MENDED, **{kind: change for kind, (change, _) in SPOILT.items()}}.items()):
        made = MADE.get(kind) or compiled(edited("typst-ua1", change), root, cache)[0]
        assert made is not None
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(made)
        files[str(path)] = kind
    _, words = verapdf.judge(list(files), "3a,ua1")
    assert "ERROR" not in words
    broken: dict[str, set[str]] = {kind: set() for kind in files.values()}
    for line in words.splitlines():
        _, _, path, rules = line.split(maxsplit=3)
        broken[files[path]] |= set(re.findall(r"[\d.]+-\d+", rules)) - {"6.6.4-1", "5-1"}
    assert {kind: found for kind, found in broken.items() if found and kind in MENDED} == {}
    assert {kind for kind, found in broken.items() if not found and kind in SPOILT} == STRICTER


def test_a_blank_page_stays_blank(build: Build, root: Path, tmp_path: Path) -> None:
    """Left so on purpose, with tags for the others or wrapped: it has no words to be read, and is no fault."""

    def blank(writer: PdfWriter) -> None:
        writer.insert_blank_page(index=1)

    def bare(writer: PdfWriter) -> None:
        blank(writer)
        for key in ("/StructTreeRoot", "/MarkInfo"):
            del writer.root_object[N(key)]

    files = []
    for kind, change in (("typst-ua1", blank), ("untagged", bare)):
        data = edited("typst-ua1", change)
        place(root, kind, data)
        made = build(note(kind)).pdf
        same_after(data, made)
        assert not [*conformance(File(made)), *Check(File(made)).run()]
        alts = [str(element.get("/Alt")) for element in elements_of(PdfReader(io.BytesIO(made)), "/Figure")]
        assert alts == (["分发条款要点 (1/3)", "分发条款要点 (3/3)"] if kind == "untagged" else [])
        files.append(str(tmp_path / f"{kind}.pdf"))
        Path(files[-1]).write_bytes(made)
    if verapdf.available():
        conforms, words = verapdf.judge(files, "3a,ua1")
        assert conforms, words


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("user", ["", "secret"])
@pytest.mark.parametrize("bits", ["40", "128", "256"])
def test_locked(bits: str, user: str, root: Path, cache: str, tmp_path: Path) -> None:
    """Whatever the cipher, and whether or not pypdf has it."""
    (tmp_path / "open.pdf").write_bytes(edited("typst-ua1", lambda _: None))
    command = ["qpdf", "--allow-weak-crypto", "--encrypt", user, "owner", bits, "--"]
    subprocess.run([*command, str(tmp_path / "open.pdf"), str(tmp_path / "locked.pdf")], check=True)
    made, said = compiled((tmp_path / "locked.pdf").read_bytes(), root, cache)
    assert made is None
    assert all(["it is encrypted" in one for one in said])


@pytest.mark.parametrize("name", [b"/Fl         ", b"/FlateDdcode"])
def test_streams_packed_in_ways_that_are_none(name: bytes, root: Path, cache: str) -> None:
    """Whichever it is that is merged, that is a reason, and no exception; pypdf has several for it."""
    whole = edited("typst-ua1", lambda _: None)
    places = [found.start() for found in re.finditer(rb"/FlateDecode", whole)]
    told = 0
    for at in places:
        made, said = compiled(whole[:at] + name + whole[at + len(name) :], root, cache)
        told += bool(said)
        if not said:  # it was left behind: a profile, metadata
            assert made is not None
            assert not conformance(File(made))
    assert told > 3


def test_font_names_are_read_as_they_were_written(build: Build, root: Path) -> None:
    """A name in GBK, of a Chinese office program of its day, is one in UTF-8 afterwards (ISO 19005-3, 6.1.8)."""

    def renamed(writer: PdfWriter) -> None:
        for font in fonts(writer):
            font[N("/BaseFont")] = N("/ABCDEF+XXXXYYYYZZZZ")

    place(root, "typst-ua1", edited("typst-ua1", renamed).replace(b"XXXXYYYYZZZZ", b"#B7#C2#CB#CE"))
    made = build(note("typst-ua1")).pdf
    assert b"/ABCDEF+" + b"".join(b"#%02X" % byte for byte in "仿宋".encode()) in made


def test_a_page_by_its_number_is_the_page_of_its_file(build: Build, root: Path) -> None:
    """Not the one of that number in the note."""
    place(root, "typst-ua1", edited("typst-ua1", numbered_place))
    reader = PdfReader(io.BytesIO(build(note("typst-ua1")).pdf))
    goal = reader.pages[-2]["/Annots"][0].get_object()["/Dest"]  # type: ignore[index]
    assert list.__getitem__(goal, 0) == reader.pages[-1].indirect_reference


@pytest.mark.parametrize("kind", ["a box turned over", "a crop larger than the paper", "a box round another origin"])
def test_the_foot_is_seen(kind: str, build: Build, root: Path) -> None:
    """A running foot stands on what is shown of a page, whatever its boxes say."""
    place(root, "typst-ua1", edited("typst-ua1", MENDED[kind]))
    plain, footed = [pages_of(build(note("typst-ua1"), brand=brand).pdf)[-2] for brand in ("hengting", "lanxu")]
    assert plain[0] != footed[0]
    assert plain[2] == footed[2]
