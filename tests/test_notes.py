"""The shipped notes, read back from their PDFs: text, fonts, links, bookmarks, metadata, conformance, reproducibility."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

import verapdf
from compiler.diagnostics import Report, render_short
from compiler.layout.galley import plain
from compiler.model import Callout, Figure, Heading, List, Note, Paragraph, Quote, Table
from compiler.pipeline import Stages, compile_note, read_note
from compiler.words import words_of
from compiler.world import World
from conftest import BRANDS, LANGUAGES, NOTES, REPOSITORY


@pytest.fixture(
    scope="module", params=[(note, brand) for note in NOTES + LANGUAGES for brand in BRANDS], ids=lambda p: f"{p[0].stem}-{p[1]}"
)
def made(request: pytest.FixtureRequest, cache: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Note, Path]:
    """A shipped note, or one in another language, in a shipped brand, compiled without a word of complaint."""
    path, brand = request.param
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    report = Report()
    note = read_note(str(path), world, report, Stages(), brand=brand)
    compiled = compile_note(str(path), world, report, brand=brand)
    assert not len(report), "\n".join(map(render_short, report))
    assert compiled is not None
    assert note is not None
    target = tmp_path_factory.mktemp("made") / f"{path.stem}-{brand}.pdf"
    target.write_bytes(compiled.pdf)
    return note, target


def paragraphs(blocks: tuple[object, ...]) -> Iterator[str]:
    """The words of all blocks, in order, without marks."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield plain(block.inlines)
        elif isinstance(block, List):
            for item in block.items:
                yield from paragraphs(item.blocks)
        elif isinstance(block, Quote | Callout):
            yield from paragraphs(block.blocks)
        elif isinstance(block, Table):
            yield plain(block.caption)
            for row in block.rows:
                yield from (plain(cell.inlines) for cell in row)
        elif isinstance(block, Figure):
            yield plain(block.caption)


def squeezed(text: str) -> str:
    """Text without white space, note marks and hyphens: of one at a line's end every reader makes something else."""
    text = re.sub("\\[\\d+(,\\d+)*\\]|[①-⑳]|[-\u00ad\ufffe]", "", text)
    return re.sub(r"\s", "", text)


RUNNING = re.compile(r"(第\d+页/共\d+页)|请务必阅读文末的免责声明与风险提示")


def lost(note: Note, whole: str) -> list[str]:
    """The words of the note that a PDF's text lacks."""
    missing = []
    for section in note.sections:
        for words in paragraphs(section.blocks):
            wanted = squeezed(words)
            if wanted in whole:
                continue
            halves = [wanted[:at] for at in range(len(wanted) - 1, 0, -1) if wanted[:at] in whole]
            if not halves or wanted[len(halves[0]) :] not in whole:  # a paragraph over a page break comes in two parts
                missing.append(words)
    return missing


def test_text_comes_back(made: tuple[Note, Path]) -> None:
    """Every paragraph, item, cell and heading is in the PDF's text, character by character."""
    note, path = made
    document = pypdfium2.PdfDocument(str(path))
    pages = []
    for page in document:
        text = squeezed(page.get_textpage().get_text_range())
        pages.append(RUNNING.sub("", text))
    whole = "".join(pages)
    assert not lost(note, whole)


def test_pypdf_gives_paragraphs_back(made: tuple[Note, Path]) -> None:
    """The same words by a third reader."""
    note, path = made
    whole = squeezed("".join([page.extract_text() for page in PdfReader(path).pages]))
    assert not lost(note, RUNNING.sub("", whole))


@pytest.mark.skipif(shutil.which("pdftotext") is None and not os.environ.get("CI"), reason="poppler is not installed")
def test_pdftotext_gives_paragraphs_back(made: tuple[Note, Path]) -> None:
    """Poppler reads the same text, and the sections in the order of the note."""
    note, path = made
    whole = squeezed(subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout)
    assert not lost(note, RUNNING.sub("", whole))
    firsts = [squeezed(words)[:12] for section in note.sections for words in [next(iter(paragraphs(section.blocks)))]]
    places = [whole.find(words) for words in firsts]
    assert places == sorted(places)


def fonts(path: Path) -> list[DictionaryObject]:
    """All font dictionaries of a file."""
    reader = PdfReader(path)
    found = []
    for number in range(1, reader.trailer["/Size"]):
        try:
            value = reader.get_object(IndirectObject(number, 0, reader))
        except Exception:  # pypdf raises several kinds for free numbers
            continue
        if isinstance(value, DictionaryObject) and value.get("/Type") == "/Font":
            found.append(value)
    return found


def test_fonts_are_embedded(made: tuple[Note, Path]) -> None:
    """Only embedded subsets with ToUnicode; no Helvetica, used or unused."""
    for font in fonts(made[1]):
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"]), font["/BaseFont"]
        if font["/Subtype"] == "/Type0":
            assert "/ToUnicode" in font
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_links_and_bookmarks(made: tuple[Note, Path]) -> None:
    """Every citation leads to an entry of the references and back; bookmarks go down to sub-headings."""
    note, path = made
    reader = PdfReader(path)
    names = set(reader.named_destinations)
    targets, uris = set(), set()
    for page in reader.pages:
        for entry in page.get("/Annots", ()):
            annotation = entry.get_object()
            assert annotation["/Contents"]
            if "/A" in annotation:
                uris.add(annotation["/A"].get("/URI"))
            else:
                targets.add(str(annotation["/Dest"]))
    assert targets <= names
    for number in range(1, len(note.references) + 1):
        assert f"source-{number}" in targets
        assert f"source-{number}" in names
    assert {source.url for source in note.references if source.url} <= uris
    titles = [str(item["/Title"]) for item in _flat(reader.outline)]
    words = words_of(note.language)
    for section in note.sections:
        assert words.section.format(number=section.number, title=section.title) in titles
        for block in section.blocks:
            if isinstance(block, Heading):
                assert plain(block.inlines) in titles
    assert {"资料来源", "資料來源", "出所", "자료 출처", "Sources"} & set(titles)


def _flat(outline: list[object]) -> Iterator[dict[str, object]]:
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            assert isinstance(item, dict)
            yield item


def test_metadata(made: tuple[Note, Path]) -> None:
    """Info and XMP say the same; the dates are the note's, not the clock's."""
    note, path = made
    reader = PdfReader(path)
    info, xmp = reader.metadata, reader.xmp_metadata
    assert info is not None
    assert xmp is not None
    assert info.title == note.title == xmp.dc_title["x-default"]
    assert [author.name for author in note.authors] == xmp.dc_creator
    assert info.author == "; ".join(xmp.dc_creator)
    assert info["/Keywords"] == ", ".join(note.keywords) == xmp.pdf_keywords
    assert info.creation_date == info.modification_date
    assert info.creation_date.date().isoformat() == note.published.iso
    assert xmp.xmp_create_date.date().isoformat() == note.published.iso
    assert reader.root_object["/Lang"] == note.language
    assert xmp.dc_language == [note.language]
    assert reader.page_labels[0] == "1"


@pytest.mark.skipif(shutil.which("qpdf") is None and not os.environ.get("CI"), reason="qpdf is not installed")
def test_qpdf_finds_no_fault(made: tuple[Note, Path]) -> None:
    """The syntax is clean."""
    subprocess.run(["qpdf", "--check", str(made[1])], check=True, capture_output=True)


@pytest.mark.skipif(not verapdf.available() and not os.environ.get("CI"), reason="no Java for the judge")
def test_verapdf_passes(made: tuple[Note, Path]) -> None:
    """PDF/A-3a and PDF/UA-1."""
    conforms, words = verapdf.judge([str(made[1])], "3a,ua1")
    assert conforms, words


@pytest.mark.parametrize("note", NOTES, ids=lambda path: path.stem)
def test_same_bytes_anywhere(note: Path, tmp_path: Path, cache: str) -> None:
    """Another folder, hash seed, time zone and an empty cache: the same bytes."""
    sums = set()
    for place, seed, zone in (("a", "0", "UTC"), ("b", "4711", "Asia/Shanghai")):
        root = tmp_path / place
        shutil.copytree(REPOSITORY / "notes", root / "notes")
        environ = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "CN_CACHE_DIR": cache if place == "a" else "",
            "CN_PACKS": "0",
            "PYTHONPATH": str(REPOSITORY),
        }
        command = [sys.executable, "-m", "compiler", "-q", f"notes/{note.name}"]
        subprocess.run(command, cwd=root, env=environ, check=True, timeout=120)
        sums.add(hashlib.sha256((root / "build" / f"{note.stem}.pdf").read_bytes()).hexdigest())
    assert len(sums) == 1


def test_epoch_dates_the_file(root: Path, cache: str) -> None:
    """SOURCE_DATE_EPOCH, when set, is the file's date."""
    shutil.copy(NOTES[0], root / "notes")
    shutil.copytree(REPOSITORY / "notes" / NOTES[0].stem, root / "notes" / NOTES[0].stem)
    world = World(environ={"SOURCE_DATE_EPOCH": "1704164645"}, cwd=str(root), cache_dir=cache)
    made = compile_note(f"notes/{NOTES[0].name}", world, Report())
    assert made is not None
    assert b"/CreationDate(D:20240102030405Z)" in made.pdf
