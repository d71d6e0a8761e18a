"""Embedded fonts in a PDF: the text comes out again in every extractor, and there is ink."""

from __future__ import annotations

import io
import shutil
import subprocess
from itertools import pairwise

import pymupdf
import pypdf
import pypdfium2
import pytest

from compiler.brand import FaceSpec
from compiler.pdf.fonts import BLOCK, EmbeddedFace, _to_unicode
from compiler.pdf.objects import Store, stream
from compiler.text import faces
from compiler.world import World
from smallfonts import build

WORLD = World(cache_dir="")
SERIF = (WORLD.package_file("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"), 0, ())
SANS = (WORLD.package_file("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"), 0, ())
VARIABLE = WORLD.package_file("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc")
MEDIUM = (VARIABLE, 2, (("wght", 500.0),))
ROWS = (
    "张三·李四•要点・中点‧尾",  # four characters, one glyph in the sans face
    "⺼肉⼉儿⻓长",  # radicals and the characters they look like
    "表内扩展字𠮷𫓧𬬻完",  # outside the BMP
    "破折号、省略号，引号“你好”‘单’；：！？",
    "AB\u00a0CD\u2011EF",
)


def load(path, index=0, axes=(), scale=1.0):
    """A face without a brand."""
    return faces.load(FaceSpec("test", path, index, axes, scale), WORLD)


def document(face, rows, size=20.0):
    """A PDF with one row below another; a row is characters, or an operand made with the embedded face."""
    embedded = EmbeddedFace(face, "F1")
    store = Store()
    shown = [f"BT /F1 {size} Tf 1 0 0 1 20 {780 - 30 * at} Tm " for at in range(len(rows))]
    operators = [row(embedded) if callable(row) else f"<{embedded.text(row)}>Tj" for row in rows]
    content = "\n".join([f"{head}{operator} ET" for head, operator in zip(shown, operators)])
    pages, page, font = store.reserve(), store.reserve(), store.reserve()
    embedded.write(store, font)
    at = store.add(stream(b"", content.encode("ascii")))
    resources = b"<</Font<</F1 %d 0 R>>>>" % font
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources%b>>"
    store.fill(page, leaf % (pages, at, resources))
    store.fill(pages, b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page)
    info = store.add(b"<<>>")
    return store.file(store.add(b"<</Type/Catalog/Pages %d 0 R>>" % pages), info)


def texts(data, tmp_path):
    """The page's text by each extractor at hand, white space left out."""
    found = {
        "pypdf": pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(),
        "pymupdf": pymupdf.open(stream=data)[0].get_text(),
        "pdfium": pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range(),
    }
    if shutil.which("pdftotext"):
        (tmp_path / "a.pdf").write_bytes(data)
        found["poppler"] = subprocess.check_output(["pdftotext", "-enc", "UTF-8", tmp_path / "a.pdf", "-"], text=True)
    return {tool: "".join(text.split()) for tool, text in found.items()}


def ink(data, scale=2):
    """Mean darkness of the page in two renderers, 0 to 255."""
    pdfium = pypdfium2.PdfDocument(data)[0].render(scale=scale).to_pil().convert("L")
    mupdf = pymupdf.open(stream=data)[0].get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace="gray")
    counts = pdfium.histogram()
    dark = sum((255 - level) * count for level, count in enumerate(counts)) / sum(counts)
    return dark, 255 - sum(mupdf.samples) / len(mupdf.samples)


def box(data):
    """Left, right, top and bottom of the page's ink in points, in pdfium."""
    picture = pypdfium2.PdfDocument(data)[0].render(scale=4).to_pil().convert("L").point(lambda level: 255 * (level < 128))
    return [edge / 4 for edge in picture.getbbox()]


@pytest.mark.parametrize("source", [SERIF, SANS, MEDIUM], ids=["serif", "sans", "variable"])
def test_text_comes_out_as_it_went_in(source, tmp_path):
    """Characters that share a glyph, radicals, astral characters and no-break marks extract as themselves."""
    face = load(*source)
    rows = ROWS if source is MEDIUM else [row.replace("𠮷", "") for row in ROWS]  # only the large font has that one
    for tool, text in texts(document(face, rows), tmp_path).items():
        assert text == "".join("".join(rows).split()), tool


@pytest.mark.parametrize("source", [SERIF, SANS, MEDIUM], ids=["serif", "sans", "variable"])
def test_words_come_out_as_they_went_in(source, tmp_path):
    """Ligatures, kerned words and dashes extract as their letters."""
    face = load(*source)
    words = ("office", "AVATAR", "12.5%", "——", "……")
    rows = [lambda embedded, text=text: f"[{embedded.word(face.word(text))}]TJ" for text in words]
    for tool, text in texts(document(face, rows), tmp_path).items():
        assert text == "".join(words), tool


@pytest.mark.parametrize("source", [SERIF, SANS, MEDIUM], ids=["serif", "sans", "variable"])
def test_there_is_ink(source):
    """A font whose glyphs are not found draws a blank page, and text extraction does not notice."""
    assert min(ink(document(load(*source), ["国酬鬱"] * 10))) > 1.5


def test_weights_differ():
    """Each pinned weight of a variable font draws at its weight."""
    levels = [ink(document(load(VARIABLE, 2, (("wght", weight),)), ["国酬鬱"] * 10))[0] for weight in (100.0, 400.0, 900.0)]
    assert levels[0] * 1.5 < levels[1]
    assert levels[1] * 1.3 < levels[2]


@pytest.mark.parametrize("outlines", ["glyf", "cff", "cff 2048"])
def test_small_fonts_draw_at_their_size(tmp_path, outlines):
    """A rectangle of an em by 0.8 em stands where it should, whatever the outlines and units."""
    em = 2048 if "2048" in outlines else 1000
    path = build(str(tmp_path / "a.otf"), {"口": em, "l": em // 2}, em=em, cff="cff" in outlines)
    data = document(load(path), ["l口"], size=100)
    left, top, right, bottom = box(data)
    assert (left, right) == pytest.approx((20, 170), abs=0.5)
    assert (842 - bottom, 842 - top) == pytest.approx((780, 860 - 18), abs=0.5)  # the page ends at 842


@pytest.mark.parametrize("outlines", ["glyf", "cff", "cff 2048"])
def test_a_scaled_face_measures_and_draws_larger(tmp_path, outlines):
    """Beside Han of another face, Latin may be set larger: advances, the PDF's widths, outlines and text agree."""
    em = 2048 if "2048" in outlines else 1000
    path = build(str(tmp_path / "a.otf"), {"口": em, "l": em // 2, "—": em}, em=em, cff="cff" in outlines)
    face = load(path, scale=1.1)
    assert face.advance(face.gid(ord("l"))) == pytest.approx(550, abs=1)
    assert face.word("ll").width == pytest.approx(1100, abs=2)
    assert load(path).advance(1) == 1000
    parts = face.word("l").width * 2 + face.word("—").width
    assert face.word("l—l").width == pytest.approx(parts, abs=0.2)  # scaled once, though it is shaped in parts
    data = document(face, ["l口", lambda embedded: f"[{embedded.word(face.word('l口'))}]TJ"], size=50)
    left, top, right, bottom = box(data)
    assert (left, right) == pytest.approx((20, 20 + 82.5), abs=0.5)
    assert (842 - bottom, 842 - top) == pytest.approx((750, 780 + 44), abs=0.5)
    assert set(texts(data, tmp_path).values()) == {"l口l口"}


def test_a_variable_glyf_font_is_pinned(tmp_path):
    """glyf outlines with an axis: drawn at the pinned weight, text right."""
    path = build(str(tmp_path / "a.ttf"), {"口": 1000, "中": 1000}, axis=True)
    boxes = []
    for weight in (100.0, 500.0, 900.0):
        data = document(load(path, 0, (("wght", weight),)), ["口"], size=40)
        left, _, right, _ = box(data)
        boxes.append(right - left)
        assert set(texts(data, tmp_path).values()) == {"口"}
    assert boxes == pytest.approx([10, 25, 40], abs=0.5)


def test_the_same_text_gives_the_same_bytes():
    """Nothing in the font depends on the run, and the subset's name on nothing but the codes."""
    face = load(*MEDIUM)
    assert document(face, ROWS) == document(face, ROWS)
    readers = [pypdf.PdfReader(io.BytesIO(document(face, [row]))) for row in ("中国", "国中")]
    names = [reader.pages[0]["/Resources"]["/Font"]["/F1"]["/BaseFont"] for reader in readers]
    assert names[0] != names[1]


def test_a_character_the_face_lacks_stops_the_pdf():
    """.notdef is never shown: PDF/A forbids it, so it is a bug to come this far."""
    with pytest.raises(ValueError, match=r"U\+1F600"):
        document(load(*SERIF), ["\U0001f600"])


def test_to_unicode_blocks_stay_small():
    """At most 100 entries an array, and no array crosses a high byte (Adobe Technical Note 5014)."""
    lines = _to_unicode([chr(0x4E00 + at) for at in range(700)]).decode("ascii").split("\n")
    ranges = [line.split("[")[0].replace("<", "").replace(">", "").split() for line in lines if "[" in line]
    spans = [(int(first, 16), int(last, 16)) for first, last in ranges]
    assert spans[0][0] == 1
    assert spans[-1][1] == 700
    assert all(last - first < BLOCK and first >> 8 == last >> 8 for first, last in spans)
    assert all(second[0] == first[1] + 1 for first, second in pairwise(spans))


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_no_fault(tmp_path):
    """The objects are well formed."""
    (tmp_path / "a.pdf").write_bytes(document(load(*MEDIUM), ROWS))
    subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], check=True, capture_output=True)
