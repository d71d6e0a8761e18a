"""The PDF writer on pages made by hand: tags, text, links, pictures, metadata, attachments, reproducibility."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

import smallfonts
import verapdf
from compiler.brand import FaceSpec
from compiler.bundle import Bundle
from compiler.conformance import conformance, structure
from compiler.conformance.file import File
from compiler.diagnostics import Report
from compiler.layout.frames import (
    BACKGROUND,
    FOOTER,
    HEADER,
    LAYOUT,
    Anchor,
    Element,
    ImageItem,
    LinkItem,
    Metadata,
    OutlineEntry,
    Page,
    Pages,
    PathItem,
    RectItem,
    Tail,
    TextItem,
)
from compiler.pdf.objects import stream
from compiler.pdf.ready import Ready
from compiler.pdf.ready import Sheet as MergedSheet
from compiler.pdf.write import write
from compiler.pictures import load
from compiler.provenance import Attachment
from compiler.text import faces, set_line, set_paragraph
from compiler.text.composer import positions
from compiler.text.setting import Run, RunStyle
from compiler.world import World
from conftest import REPOSITORY, png

TYPE_CHECKING = False
if TYPE_CHECKING:
    from compiler.layout.frames import Item

WORLD = World(environ={}, cache_dir="")
SERIF_FILE = WORLD.package_file("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
METADATA = Metadata(
    "周报 A & B <第 52 周>", ("甲某", "乙 (丙)"), "市场", ("指数", "文生视频"), "zh-CN", "2024-01-02T00:00:00+08:00"
)
BODY = "上证指数上涨2.06%，深证成指上涨1.05%；ChatGPT的AV与To排在一起，行尾的标点悬着，这一段要排成好几行才看得出来。"
WIDTH, HEIGHT = 420.0, 595.0


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small TrueType face and two pictures, one of them half transparent."""
    place = tmp_path_factory.mktemp("writer")
    smallfonts.build(str(place / "small.ttf"), dict.fromkeys("0123456789.%+ABC", 500))
    (place / "gray.png").write_bytes(png(40, 20))
    Image.new("RGBA", (30, 30), (200, 30, 30, 120)).save(place / "clear.png")
    return place


def tag_faults(data: bytes) -> list[str]:
    """What does not hang together in a file's tags."""
    return [item.words for item in structure.Check(File(data)).run()]


class Sheet:
    """Collects the items of one page."""

    def __init__(self, folder: Path) -> None:
        serif = faces.load(FaceSpec("text", SERIF_FILE, 0, ()), WORLD)
        small = faces.load(FaceSpec("figures", str(folder / "small.ttf"), 0, ()), WORLD)
        self.folder = folder
        self.text_style = RunStyle((serif,), 10.0, "#222222")
        self.figure_style = RunStyle((small,), 9.0, "#123456")
        self.items: list[Item] = []

    def text(self, words: str, y: float, owner: object, x: float = 40.0, *, figures: bool = False, rise: float = 0.0) -> None:
        """One natural line."""
        style = self.figure_style if figures else self.text_style.replace(rise=rise)
        self.items.append(TextItem(x, y, set_line([Run(words, style)]).segments, owner))

    def paragraph(self, words: str, y: float, owner: Element, measure: float = 200.0) -> list[TextItem]:
        """Justified lines, 16 points apart."""
        lines = set_paragraph([Run(words, self.text_style)], measure, size=10.0).lines
        made = [TextItem(40.0, y + 16 * at, line.segments, owner) for at, line in enumerate(lines)]
        self.items += made
        return made

    def picture(self, name: str, x: float, y: float, owner: object) -> None:
        """A picture of 60 by 40 points."""
        picture = load(str(self.folder / name), WORLD, Report(), None)
        assert picture is not None
        self.items.append(ImageItem(x, y, 60.0, 40.0, picture, owner))

    def page(self) -> Page:
        """What was collected."""
        return Page(WIDTH, HEIGHT, tuple(self.items))


def furniture(sheet: Sheet, number: str) -> None:
    """A band, a running head and a foot."""
    sheet.items.append(RectItem(0.0, 0.0, WIDTH, 24.0, "#e0e0e0", BACKGROUND))
    sheet.text("周报", 16.0, HEADER)
    sheet.text(number, 580.0, FOOTER, figures=True)


def document(folder: Path) -> Pages:
    """Two pages with everything a note may hold."""
    root = Element("Document")
    first, second = Sheet(folder), Sheet(folder)
    furniture(first, "1")
    heading = Element("H1", root)
    first.items.append(Anchor("top", 40.0, 40.0))
    first.text("周报标题", 50.0, heading)
    over = Element("P", root)
    lines = first.paragraph(BODY, 80.0, over)
    second.items.append(lines[-1].replace(y=60.0))
    first.items.remove(lines[-1])
    linked(first, Element("P", root))
    table(first, Element("Table", root))
    figure(first, Element("Figure", root, alt="一幅示意图", attributes={"Layout": {"Placement": "Block"}}))
    furniture(second, "2")
    listed(second, Element("L", root, attributes={"List": {"ListNumbering": "Decimal"}}))
    english = Element("P", root, lang="en", title="An aside")
    second.text("Quick brown fox", 200.0, english)
    Element("Div", Element("Sect", root))  # nothing is painted for these
    outline = (
        OutlineEntry("周报标题", 1, 0, 50.0),
        OutlineEntry("列表 (一)", 2, 1, 100.0),
        OutlineEntry("更深", 3, 1, 120.0),
        OutlineEntry("旁白", 1, 1, 200.0),
    )
    return Pages((first.page(), second.page()), root, outline, METADATA, ())


def linked(sheet: Sheet, owner: Element) -> None:
    """Text, a link in the middle of it, and the mark of a note that stands at the foot of the page."""
    sheet.text("见", 200.0, owner)
    link = Element("Link", owner)
    sheet.text("交易所", 200.0, link, 50.0)
    sheet.items.append(LinkItem(50.0, 190.0, 30.0, 12.0, "https://example.com/行情?a=(1)", "", "交易所网站", link))
    sheet.text("及附注", 200.0, owner, 80.0)
    mark = Element("Link", Element("Reference", owner))
    sheet.text("①", 200.0, mark, 110.0, rise=3.0)
    sheet.items.append(LinkItem(110.0, 188.0, 8.0, 10.0, "", "note-1", "附注 1", mark))
    note = Element("Note", owner, id="note-1")
    sheet.items.append(Anchor("note-1", 40.0, 540.0))
    sheet.text("①", 550.0, Element("Lbl", note))
    sheet.text("一条附注。", 550.0, Element("P", note), 52.0)


def table(sheet: Sheet, owner: Element) -> None:
    """A caption, a head, and a body with an empty cell."""
    sheet.text("表 1", 240.0, Element("Caption", owner))
    head = Element("TR", Element("THead", owner))
    body = Element("TR", Element("TBody", owner))
    for x, words in ((40.0, "名称"), (120.0, "涨跌")):
        cell = Element("TH", head, attributes={"Table": {"Scope": "Column"}})
        sheet.text(words, 260.0, Element("P", cell), x)
    sheet.items.append(RectItem(40.0, 266.0, 200.0, 0.5, "#000000", LAYOUT))
    sheet.text("上证指数", 280.0, Element("TD", body))
    Element("TD", body)


def figure(sheet: Sheet, owner: Element) -> None:
    """Two pictures, one of them twice, a drawn curve and a word in it."""
    sheet.picture("gray.png", 40.0, 320.0, owner)
    sheet.picture("gray.png", 110.0, 320.0, owner)
    sheet.picture("clear.png", 180.0, 320.0, owner)
    steps = (("M", 40.0, 400.0), ("L", 90.0, 410.0), ("C", 100.0, 390.0, 110.0, 380.0, 130.0, 370.0), ("Z",))
    sheet.items.append(PathItem(steps, "#ff0000", "#0000ff", 0.75, owner, even_odd=True))
    sheet.text("1.5", 390.0, owner, 150.0, figures=True)
    sheet.text("图 1", 430.0, Element("Caption", owner))


def listed(sheet: Sheet, owner: Element) -> None:
    """Two items with their labels."""
    for at, words in enumerate(("其一", "其二")):
        item = Element("LI", owner)
        sheet.text(f"{at + 1}.", 100.0 + 20 * at, Element("Lbl", item), figures=True)
        sheet.text(words, 100.0 + 20 * at, Element("LBody", item), 60.0)


def whole(folder: Path) -> bytes:
    """The document with an attachment."""
    source = Attachment("周报.yaml", "application/yaml", "Source", "标题: 周报\n".encode(), "源文件")
    return write(document(folder), (), WORLD, lambda _: (source,))


@pytest.fixture(scope="session")
def made(folder: Path) -> bytes:
    """The document, written once for all tests."""
    return whole(folder)


def single(folder: Path, *items: Item, root: Element | None = None, **changes: object) -> bytes:
    """One page of items."""
    pages = Pages((Page(WIDTH, HEIGHT, items),), root or Element("Document"), (), METADATA.replace(**changes), ())
    return write(pages, (), WORLD)


def content(data: bytes, page: int = 0) -> str:
    """A page's operators."""
    return PdfReader(io.BytesIO(data)).pages[page].get_contents().get_data().decode("ascii")


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not verapdf.available() and not os.environ.get("CI"), reason="no Java for the judge")
def test_archival_and_accessible(made: bytes, folder: Path, tmp_path: Path) -> None:
    """PDF/A-3a and PDF/UA-1 hold with all kinds of content, and for the emptiest of documents."""
    (tmp_path / "full.pdf").write_bytes(made)
    root = Element("Document")
    sheet = Sheet(folder)
    sheet.text("空", 50.0, Element("P", root))
    (tmp_path / "least.pdf").write_bytes(single(folder, *sheet.items, root=root, authors=(), subject="", keywords=()))
    conforms, words = verapdf.judge([str(tmp_path / "full.pdf"), str(tmp_path / "least.pdf")], "3a,ua1")
    assert conforms, words


@pytest.mark.skipif(shutil.which("qpdf") is None and not os.environ.get("CI"), reason="qpdf is not installed")
def test_syntax_is_clean(made: bytes, tmp_path: Path) -> None:
    """Offsets, lengths and streams are right."""
    (tmp_path / "a.pdf").write_bytes(made)
    subprocess.run(["qpdf", "--check", str(tmp_path / "a.pdf")], check=True, capture_output=True)


def test_same_bytes_in_another_process(made: bytes, folder: Path) -> None:
    """Neither hash seed nor process shows in the file."""
    script = "import sys, hashlib, test_pdf; print(hashlib.sha256(test_pdf.whole(test_pdf.Path(sys.argv[1]))).hexdigest())"
    paths = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
    for seed in ("1", "4711"):
        environ = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        command = [sys.executable, "-c", script, str(folder)]
        run = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == hashlib.sha256(made).hexdigest()


def test_identifier_follows_content(folder: Path) -> None:
    """Two documents that differ in one word have different identifiers; equal ones the same."""
    one, again, other = [single(folder, title=title) for title in ("甲", "甲", "乙")]
    marks = [re.search(rb"/ID\[<(\w+)>", data)[1] for data in (one, again, other)]
    assert marks[0] == marks[1] != marks[2]


def test_every_object_is_used(made: bytes) -> None:
    """Nothing is written that the catalog or Info does not lead to."""
    reader = PdfReader(io.BytesIO(made))
    seen: set[int] = set()

    def walk(value: object) -> None:
        if hasattr(value, "idnum"):
            if value.idnum in seen:
                return
            seen.add(value.idnum)
            value = value.get_object()
        if isinstance(value, dict):
            for key in value:
                walk(value.raw_get(key))
        elif isinstance(value, list):
            for item in list.__iter__(value):
                walk(item)

    walk(reader.trailer.raw_get("/Root"))
    walk(reader.trailer.raw_get("/Info"))
    assert seen == set(range(1, reader.trailer["/Size"]))


# --- structure --------------------------------------------------------------------------------------------------------


def outline_of(element: DictionaryObject) -> list[object]:
    """Tags as nested lists: ["P", ["Link"]]."""
    kids = [kid.get_object() for kid in structure.entries(element.get("/K"))]
    return [str(element["/S"])[1:], *[outline_of(kid) for kid in kids if isinstance(kid, dict) and "/S" in kid]]


def find(data: bytes, tag: str) -> list[DictionaryObject]:
    """All structure elements of a kind, in the order of the tree."""

    def walk(element: DictionaryObject) -> list[DictionaryObject]:
        here = [element] if element["/S"] == "/" + tag else []
        kids = [kid.get_object() for kid in structure.entries(element.get("/K"))]
        return here + [found for kid in kids if isinstance(kid, dict) and "/S" in kid for found in walk(kid)]

    top = PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()
    return walk(top)


def test_tags_hang_together(made: bytes) -> None:
    """Content, elements, parent tree, annotations, identifiers and destinations agree."""
    assert tag_faults(made) == []


def test_structure_is_the_tree(made: bytes) -> None:
    """The tree is laid out as given, without what has no content, and empty cells are kept."""
    assert outline_of(find(made, "Document")[0]) == [
        "Document",
        ["H1"],
        ["P"],
        ["P", ["Link"], ["Reference", ["Link"]], ["Note", ["Lbl"], ["P"]]],
        [
            "Table",
            ["Caption"],
            ["THead", ["TR", ["TH", ["P"]], ["TH", ["P"]]]],
            ["TBody", ["TR", ["TD"], ["TD"]]],
        ],
        ["Figure", ["Caption"]],
        ["L", ["LI", ["Lbl"], ["LBody"]], ["LI", ["Lbl"], ["LBody"]]],
        ["P"],
    ]


def test_link_stands_where_it_is_read(made: bytes) -> None:
    """A link inside a paragraph comes between the words before and after it."""
    kids = structure.entries(find(made, "P")[1]["/K"])
    kinds = [kid.get_object() if isinstance(kid.get_object(), int) else kid.get_object()["/S"] for kid in kids]
    assert [isinstance(kind, int) for kind in kinds] == [True, False, True, False, False]
    assert [kind for kind in kinds if not isinstance(kind, int)] == ["/Link", "/Reference", "/Note"]


def test_paragraph_over_a_page_break_is_one_element(made: bytes) -> None:
    """Its second part refers to the other page."""
    paragraph = find(made, "P")[0]
    first, second = [kid.get_object() for kid in structure.entries(paragraph["/K"])]
    assert isinstance(first, int)
    assert second["/Type"] == "/MCR"
    assert second.raw_get("/Pg") != paragraph.raw_get("/Pg")


def test_element_entries(made: bytes) -> None:
    """Alternative text, language, title, identifier and attributes are written."""
    assert find(made, "Figure")[0]["/Alt"] == "一幅示意图"
    aside = find(made, "P")[-1]
    assert (aside["/Lang"], aside["/T"]) == ("en", "An aside")
    assert find(made, "Note")[0]["/ID"] == "note-1"
    assert [cell["/A"] for cell in find(made, "TH")] == [{"/O": "/Table", "/Scope": "/Column"}] * 2
    assert find(made, "L")[0]["/A"] == {"/O": "/List", "/ListNumbering": "/Decimal"}


def test_cell_headers_are_identifiers(folder: Path) -> None:
    """`Headers` of a cell names other cells by identifier, a number stays a number."""
    root = Element("Document")
    sheet = Sheet(folder)
    row = Element("TR", Element("Table", root))
    sheet.text("甲", 50.0, Element("TH", row, id="c1"))
    cell = Element("TD", row, attributes={"Table": {"Headers": ("c1",), "ColSpan": 2}})
    sheet.text("乙", 50.0, cell, 80.0)
    attributes = find(single(folder, *sheet.items, root=root), "TD")[0]["/A"]
    assert [structure.as_bytes(mark) for mark in attributes["/Headers"]] == [b"c1"]
    assert attributes["/ColSpan"] == 2


def test_figure_knows_its_box(made: bytes) -> None:
    """The box holds pictures, paths and words of the figure, but not its caption."""
    attributes = find(made, "Figure")[0]["/A"]
    assert attributes["/Placement"] == "/Block"
    left, bottom, right, top = [float(edge) for edge in attributes["/BBox"]]
    assert (left, right, top) == (40.0, 240.0, HEIGHT - 320.0)
    assert bottom == HEIGHT - 410.0


def test_nothing_is_painted_for_nobody(folder: Path) -> None:
    """An item without an owner is an error, the first one on a page too."""
    for owner in (None, "P", object()):
        with pytest.raises(TypeError, match="neither an artifact nor an element"):
            single(folder, RectItem(0.0, 0.0, 9.0, 9.0, "#000000", owner))


def test_structcheck_sees_what_a_merge_breaks(made: bytes) -> None:
    """The checker itself: swapped or missing StructParents, a lost element, a lost parent tree."""

    def broken(change: object) -> list[str]:
        writer = PdfWriter(clone_from=io.BytesIO(made))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return tag_faults(out.getvalue())

    def swap(writer: PdfWriter) -> None:
        one, two = writer.pages
        one[NameObject("/StructParents")], two[NameObject("/StructParents")] = two["/StructParents"], one["/StructParents"]

    def forget(writer: PdfWriter) -> None:
        del writer.pages[0]["/StructParents"]

    def orphan(writer: PdfWriter) -> None:
        writer.root_object["/StructTreeRoot"]["/K"][0].get_object()["/K"].pop(0)

    def misplace(writer: PdfWriter) -> None:
        writer.pages[0]["/Annots"][0].get_object()[NameObject("/StructParent")] = NumberObject(99)

    assert broken(lambda writer: None) == []
    assert "another element" in broken(swap)[0]
    assert "no StructParents" in broken(forget)[0]
    assert "belongs to no element" in broken(orphan)[0]
    assert "the parent tree has no 99" in broken(misplace)[0]


def test_widths_are_held_against_the_program(made: bytes) -> None:
    """A reader that trusts W would set other gaps (ISO 19005-3, 6.2.11.5)."""
    writer = PdfWriter(clone_from=io.BytesIO(made))
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        kid = font.get_object()["/DescendantFonts"][0].get_object()
        if kid["/Subtype"] == "/CIDFontType2":
            kid[NameObject("/W")] = ArrayObject()
    out = io.BytesIO()
    writer.write(out)
    assert "font-widths" not in {item.rule for item in conformance(File(made))}
    assert "font-widths" in {item.rule for item in conformance(File(out.getvalue()))}


# --- text -------------------------------------------------------------------------------------------------------------


def test_text_is_read_in_order(made: bytes) -> None:
    """What a reader extracts is the text, in painting order, with both faces."""
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(made))
    places = [
        text.find(words) for words in ("周报标题", BODY[:12], "见交易所及附注①", "表1名称涨跌上证指数", "1.5图1", "Quickbrownfox")
    ]
    assert places == sorted(places)
    assert -1 not in places


def test_words_stay_apart_over_lines(folder: Path) -> None:
    """The space at a line's end is a glyph: who reads by the tags, not by places, needs it (ISO 32000-1, 14.8.2.5)."""
    root = Element("Document")
    sheet = Sheet(folder)
    words = "The quick brown fox jumps over the lazy dog and runs away from the weekly report of a fund house."
    assert len(sheet.paragraph(words, 80.0, Element("P", root, lang="en"))) > 2
    page = pymupdf.open(stream=single(folder, *sheet.items, root=root))[0]
    read = "".join(chr(char[0]) for span in page.get_texttrace() for char in span["chars"])
    assert read.replace("\u00ad", "") == words  # soft hyphens at line ends are no part of the text (14.8.2.2.3)


def test_glyphs_stand_where_the_composer_put_them(folder: Path) -> None:
    """Spacing, moves and words together give the composed positions to a hundredth of a point."""
    root = Element("Document")
    sheet = Sheet(folder)
    owner = Element("P", root)
    sheet.paragraph(BODY, 80.0, owner)
    lines = set_paragraph([Run(BODY, sheet.text_style)], 200.0, size=10.0).lines
    page = pymupdf.open(stream=single(folder, *sheet.items, root=root))[0]
    drawn = [
        (char["c"], char["origin"][0], char["origin"][1])
        for block in page.get_text("rawdict")["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        for char in span["chars"]
    ]
    wanted = [(char, 40.0 + x, 80.0 + 16 * at) for at, line in enumerate(lines) for char, x, _ in positions(line)]
    assert sorted(char for char, _, _ in drawn if char != " ") == sorted(char for char, _, _ in wanted if char != " ")
    for char, x, y in wanted:
        if char != " ":
            near = min(abs(x - at) + abs(y - on) for other, at, on in drawn if other == char)
            assert near < 0.02, (char, x, y)


def test_state_is_set_once(folder: Path) -> None:
    """Lines of one owner in one style share a marked-content sequence, a font and a colour."""
    root = Element("Document")
    sheet = Sheet(folder)
    sheet.paragraph(BODY * 2, 80.0, Element("P", root))
    operators = content(single(folder, *sheet.items, root=root))
    assert operators.count("BDC") == operators.count("EMC") == operators.count(" rg") == operators.count(" Tf") == 1


def test_fonts_are_subsets_of_both_kinds(made: bytes) -> None:
    """A CFF and a TrueType face are embedded as one Type0 font each."""
    fonts = PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/Font"]
    kinds = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts.values()]
    assert sorted(kind["/Subtype"] for kind in kinds) == ["/CIDFontType0", "/CIDFontType2"]
    assert all(re.match(r"/[A-Z]{6}\+", kind["/BaseFont"]) for kind in kinds)


# --- links, bookmarks, pictures ---------------------------------------------------------------------------------------


def test_links(made: bytes) -> None:
    """Addresses are ASCII; a named destination is found; each link says where it leads and prints."""
    reader = PdfReader(io.BytesIO(made))
    outer, inner = [annotation.get_object() for annotation in reader.pages[0]["/Annots"]]
    assert outer["/A"]["/URI"] == "https://example.com/%E8%A1%8C%E6%83%85?a=(1)"
    assert (outer["/Contents"], outer["/F"], outer["/Border"]) == ("交易所网站", 4, [0, 0, 0])
    assert [float(edge) for edge in outer["/Rect"]] == [50.0, HEIGHT - 202.0, 80.0, HEIGHT - 190.0]
    assert inner["/Dest"] == "note-1"
    assert sorted(reader.named_destinations) == ["note-1", "top"]
    assert reader.named_destinations["note-1"]["/Top"] == HEIGHT - 540.0


def test_bookmarks_nest(made: bytes) -> None:
    """Levels become nesting, at any depth, and lead to their pages."""
    reader = PdfReader(io.BytesIO(made))
    first, (second, (third,)), last = reader.outline
    assert [item.title for item in (first, second, third, last)] == ["周报标题", "列表 (一)", "更深", "旁白"]
    assert [reader.get_destination_page_number(item) for item in (first, second, third, last)] == [0, 1, 1, 1]


def test_pictures_are_written_once(made: bytes) -> None:
    """A picture that stands on a page twice is one object; transparency is a mask."""
    images = PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/XObject"]
    assert len(images) == 2
    assert content(made).count(" Do ") == 3
    assert sum("/SMask" in image.get_object() for image in images.values()) == 1


# --- merged pages -----------------------------------------------------------------------------------------------------


def foreign() -> Ready:
    """A finished one-page document as the merge keeps it: one paragraph (a rectangle), one destination, two identifiers."""
    drawn = b"/P<</MCID 0>>BDC 0 1 0 rg 10 10 50 30 re f EMC"
    bodies: tuple[object, ...] = (
        (
            *(b"<</Type/Page/Parent ", "pages", b"/MediaBox[0 0 200 100]/Resources<</XObject<<", "foot0", b">>>>"),
            *(b"/Contents[", "open0", 1, "close0", b"]/StructParents ", ("key", 0), b"/Tabs/S>>"),
        ),
        stream(b"", drawn),
        (b"<</Type/StructElem/S/Part/P ", "document", b"/K[", 3, b"]>>"),
        (b"<</Type/StructElem/S/P/P ", 2, b"/Pg ", 0, b"/ID(", "prefix", b"x)/K 0>>"),
        (b"[", 3, b"]"),
        (b"<</D[", 0, b"/Fit]>>"),
    )
    sheet = MergedSheet(0, 200.0, 100.0, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0, b"/Foot")
    bundle = Bundle(bodies, (b"",) * len(bodies), (0,))
    return Ready("声明", bundle, (sheet,), True, 2, 1, ((0, 4),), (), (), ((b"x", 3),), ((b"there", 5),), (), True)


def merged(folder: Path) -> bytes:
    """The document with two foreign ones after it, the first with words and a picture painted on its page."""
    foot = Sheet(folder)
    foot.text("页脚", 90.0, FOOTER)
    foot.picture("gray.png", 120.0, 40.0, FOOTER)
    tails = (Tail("声明", (tuple(foot.items),)), Tail("声明", ((),)))
    return write(document(folder).replace(tails=tails), (foreign(), foreign()), WORLD)


def test_merged_pages_keep_their_tags(folder: Path) -> None:
    """Pages, elements, identifiers and destinations of merged documents join ours without a clash."""
    data = merged(folder)
    assert tag_faults(data) == []
    assert outline_of(find(data, "Document")[0])[-2:] == [["Part", ["P"]], ["Part", ["P"]]]
    reader = PdfReader(io.BytesIO(data))
    assert len(reader.pages) == 4
    assert sorted(reader.named_destinations) == ["d1.there", "d2.there", "note-1", "top"]
    assert [item.title for item in reader.outline[-2:]] == ["声明", "声明"]
    assert [reader.get_destination_page_number(item) for item in reader.outline[-2:]] == [2, 3]


def test_painted_over_a_merged_page(folder: Path) -> None:
    """A foot with a picture is seen on its page, and the page without one is untouched."""
    document = pypdfium2.PdfDocument(merged(folder))
    with_foot, without = [document[at].render(scale=1).to_pil() for at in (2, 3)]
    assert document[2].get_textpage().get_text_range() == "页脚"
    assert document[3].get_textpage().get_text_range() == ""
    assert with_foot.getpixel((150, 60)) == (128, 128, 128)
    assert {colour for _, colour in without.getcolors()} == {(255, 255, 255), (0, 255, 0)}
    assert with_foot.crop((0, 0, 40, 80)).tobytes() == without.crop((0, 0, 40, 80)).tobytes()


def test_overlays_are_artifacts(folder: Path) -> None:
    """What is painted over a merged page cannot be content of ours: neither words nor links."""
    owner = Element("P", Element("Document"))
    for item in (
        RectItem(0.0, 0.0, 9.0, 9.0, "#000000", owner),
        LinkItem(0.0, 0.0, 9.0, 9.0, "https://a.example/", "", "a", owner),
    ):
        pages = document(folder).replace(tails=(Tail("声明", ((item,),)),))
        with pytest.raises(TypeError):
            write(pages, (foreign(),), WORLD)


# --- metadata, attachments --------------------------------------------------------------------------------------------


def test_info_and_xmp_are_equal(made: bytes) -> None:
    """Title, authors, subject, keywords and dates are the same in both, special characters too."""
    reader = PdfReader(io.BytesIO(made))
    info, xmp = reader.metadata, reader.xmp_metadata
    assert info.title == METADATA.title == xmp.dc_title["x-default"] == xmp.dc_title["zh-CN"]
    assert info.author == "; ".join(xmp.dc_creator) == "甲某; 乙 (丙)"
    assert info.subject == xmp.dc_description["x-default"] == "市场"
    assert info["/Keywords"] == xmp.pdf_keywords == "指数, 文生视频"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20240102000000+08'00"
    assert b"<xmp:CreateDate>2024-01-02T00:00:00+08:00</xmp:CreateDate>" in made
    assert xmp.dc_language == [reader.trailer["/Root"]["/Lang"]] == ["zh-CN"]


def test_viewers_show_title_labels_and_bookmarks(made: bytes) -> None:
    """The window shows the title, pages count from 1, and the bookmarks are open."""
    catalog = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  pypdf's truth is no bool
    assert catalog["/PageLabels"]["/Nums"][1]["/S"] == "/D"
    assert catalog["/PageMode"] == "/UseOutlines"


def test_attachment_comes_out_again(made: bytes) -> None:
    """An attached file is whole, typed, dated, and tied to the document."""
    reader = PdfReader(io.BytesIO(made))
    assert reader.attachments["周报.yaml"] == ["标题: 周报\n".encode()]
    (item,) = [item.get_object() for item in reader.trailer["/Root"]["/AF"]]
    assert (item["/AFRelationship"], item["/UF"], item["/Desc"]) == ("/Source", "周报.yaml", "源文件")
    assert item["/EF"]["/F"]["/Subtype"] == "/application/yaml"
    assert item["/EF"]["/F"]["/Params"]["/ModDate"] == "D:20240102000000+08'00"
