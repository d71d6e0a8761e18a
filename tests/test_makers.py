"""Disclaimers of other makers: merged, they look and read as before, and the whole keeps what it claims."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache as once
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
)

import makers
import verapdf
from compiler.conformance import claims, conformance
from compiler.conformance.file import File
from compiler.conformance.structure import Check
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import Build
from test_judge import places, without
from test_ready import note, pages_of, place

# WeasyPrint leaves the file of its colour profile open
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
MAKERS: dict[str, Callable[[], bytes]] = {
    "typst-a3a": once(lambda: makers.typst("a-3a")),
    "typst-ua1": once(lambda: makers.typst("ua-1")),
    "typst-plain": once(lambda: makers.typst("1.7")),
    "weasyprint-a3a": once(lambda: makers.weasyprint("pdf/a-3a")),
    "weasyprint-ua1": once(lambda: makers.weasyprint("pdf/ua-1")),
    "word-like": once(makers.word_like),
    "untagged": once(makers.reportlab),
}
if not makers.pango():
    MAKERS = {kind: make for kind, make in MAKERS.items() if not kind.startswith("weasyprint")}


def same_after(before: bytes, made: bytes, times: int = 1) -> None:
    """Pixels, text and size of the merged pages are those of the file; so are links and where they lead."""
    own = pages_of(before)
    assert pages_of(made)[-len(own) * times :] == own * times
    old, new = PdfReader(io.BytesIO(before)), PdfReader(io.BytesIO(made))
    for was, now in zip(old.pages, new.pages[-len(own) :]):
        links = [[one.get_object().get("/A", {}).get("/URI") for one in page.get("/Annots", ())] for page in (was, now)]
        assert links[0] == links[1]


@pytest.mark.parametrize("kind", MAKERS)
def test_other_makers_are_merged_whole(kind: str, build: Build, root: Path) -> None:
    """Twice, as a note may ask; tags, identifiers and parent tree agree, and nothing stands outside them."""
    data = MAKERS[kind]()
    place(root, kind, data)
    made = build(note(kind, kind)).pdf
    same_after(data, made, 2)
    file = File(made)
    assert not [*conformance(file), *Check(file).run()]
    assert claims(file) == {"PDF/A": "3A", "PDF/UA": "1"}  # whatever the disclaimer claims: it is judged by what it holds


def test_all_makers_in_one(build: Build, root: Path) -> None:
    """Roles, classes, identifiers and destinations of one are not those of another."""
    for kind, make in MAKERS.items():
        place(root, kind, make())
    made = build(note(*MAKERS)).pdf
    file = File(made)
    assert not [*conformance(file), *Check(file).run()]
    assert len(PdfReader(io.BytesIO(made)).pages) > len(MAKERS)


@pytest.mark.skipif(not verapdf.available(), reason="no Java for the judge")
def test_makers_keep_the_claim(build: Build, root: Path, tmp_path: Path) -> None:
    """The judge agrees with the checks of `verify`, also of disclaimers that claim PDF/UA only, or nothing."""
    paths = []
    for kind, make in MAKERS.items():
        place(root, kind, make())
    for kinds in (*[(kind, kind) for kind in MAKERS], tuple(MAKERS)):
        path = tmp_path / f"{'-'.join(kinds)}.pdf"
        path.write_bytes(build(note(*kinds)).pdf)
        paths.append(str(path))
    conforms, words = verapdf.judge(paths, "3a,ua1")
    assert conforms, words


@pytest.mark.skipif(not verapdf.available(), reason="no Java for the judge")
@pytest.mark.parametrize("kind", [kind for kind in ("typst-ua1", "weasyprint-ua1", "untagged") if kind in MAKERS])
def test_what_keeps_the_claim_passes_the_judge(kind: str, root: Path, cache: str, tmp_path: Path) -> None:
    """Every kind of key of a disclaimer that does not claim PDF/A is taken out once; no loss the judge minds is lost on us."""
    good = MAKERS[kind]()
    files: dict[str, object] = {}
    told = 0
    (root / "notes" / "a.yaml").write_text(note(kind), encoding="utf-8")
    for index, where in enumerate(places(good)):
        data = without(good, *where)
        if data is None:
            continue
        place(root, kind, data)
        report = Report()
        made = compile_note(str(root / "notes" / "a.yaml"), World(environ={}, cwd=str(root), cache_dir=cache), report)
        assert all(item.code.startswith("disclaimer-") for item in report)
        if made is not None and not len(report):
            path = tmp_path / f"{index}.pdf"
            path.write_bytes(made.pdf)
            files[str(path)] = where
        told += len(report) > 0
    _, words = verapdf.judge(list(files), "3a,ua1")
    assert not [(line, files.get(line.split()[2])) for line in words.splitlines() if not line.startswith("PASS")]
    assert words.count("PASS") == 2 * len(files) > 60
    assert told > 10


@pytest.mark.skipif(makers.office() is None, reason="no LibreOffice here; it is 400 MB")
@pytest.mark.parametrize("kind", makers.OFFICE)
def test_office_program(kind: str, build: Build, root: Path, tmp_path: Path, cache: str) -> None:
    """What an office writes keeps the claim, but in PDF/A-1, where LibreOffice tags half of its pages."""
    data = makers.libreoffice(tmp_path, kind)
    place(root, "untagged", data)
    if kind == "locked":
        (root / "notes" / "n.yaml").write_text(note("untagged"), encoding="utf-8")
        report = Report()
        assert compile_note("notes/n.yaml", World(environ={}, cwd=str(root), cache_dir=cache), report) is None
        assert ["encrypted" in item.message for item in report] == [True]
        return
    made = build(note("untagged", "untagged"), expect=("disclaimer-claim",) if kind == "PDF/A-1b" else ()).pdf
    same_after(data, made, 2)
    if kind != "PDF/A-1b":
        assert not [*conformance(File(made)), *Check(File(made)).run()]
        if verapdf.available():
            path = tmp_path / "made.pdf"
            path.write_bytes(made)
            conforms, words = verapdf.judge([str(path)], "3a,ua1")
            assert conforms, words


# --- what takes the whole its claim ------------------------------------------------------------------------------------


def edited(kind: str, change: Callable[[PdfWriter], None]) -> bytes:
    """A maker's file with something done to it."""
    writer = PdfWriter(clone_from=io.BytesIO(MAKERS[kind]()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def paint(code: bytes, **resources: dict[str, object]) -> Callable[[PdfWriter], None]:
    """More painted on the first page, as an artifact, with resources of its own."""

    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        more = DecodedStreamObject()
        more.set_data(b"\n/Artifact BMC q " + code + b" Q EMC")
        contents = page["/Contents"].get_object()
        listed = list(contents) if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
        page[NameObject("/Contents")] = ArrayObject([*listed, writer._add_object(more)])
        held = page["/Resources"].get_object()
        assert isinstance(held, DictionaryObject)
        for key, entries in resources.items():
            inner = held.setdefault(NameObject(f"/{key}"), DictionaryObject()).get_object()
            for name, value in entries.items():
                inner[NameObject(f"/{name}")] = as_pdf(value, writer)

    return change


def as_pdf(value: object, writer: PdfWriter) -> PdfObject:
    """Plain values as PDF's; a pair of a dictionary and bytes is a stream."""
    if isinstance(value, tuple):
        entries, data = value
        stream = DecodedStreamObject()
        stream.set_data(data)
        stream.update({NameObject(f"/{key}"): as_pdf(one, writer) for key, one in entries.items()})
        return writer._add_object(stream)
    if isinstance(value, dict):
        return DictionaryObject({NameObject(f"/{key}"): as_pdf(one, writer) for key, one in value.items()})
    if isinstance(value, list):
        return ArrayObject([as_pdf(one, writer) for one in value])
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, str):
        return NameObject(f"/{value}")
    assert isinstance(value, int)
    return NumberObject(value)


def fonts(writer: PdfWriter) -> list[DictionaryObject]:
    """The fonts of the first page."""
    found = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return [font.get_object() for font in found.values()]


def without_texts(writer: PdfWriter) -> None:
    """No code says what text it stands for."""
    for font in fonts(writer):
        del font[NameObject("/ToUnicode")]


def narrow(writer: PdfWriter) -> None:
    """All glyphs are said to be of one width."""
    for font in fonts(writer):
        kid = font["/DescendantFonts"][0].get_object()  # type: ignore[index]
        kid[NameObject("/W")] = ArrayObject()
        kid[NameObject("/DW")] = NumberObject(123)


def without_alt(writer: PdfWriter) -> None:
    """A link that says nothing."""
    for link in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
        del link.get_object()[NameObject("/Contents")]


PIXEL = {"Type": "XObject", "Subtype": "Image", "Width": 1, "Height": 1, "BitsPerComponent": 8}
INKS = {"FunctionType": 2, "Domain": [0, 1], "C0": [0, 0, 0, 0], "C1": [0, 0, 0, 1], "N": 1}
FORM = {"Type": "XObject", "Subtype": "Form", "BBox": [0, 0, 9, 9]}
SPOILT: dict[str, tuple[Callable[[PdfWriter], None], str]] = {
    "four-inks": (paint(b"0 0 0 1 k 0 0 9 9 re f"), "four inks"),
    "four-inks-by-name": (paint(b"/DeviceCMYK cs 0 0 0 1 sc 0 0 9 9 re f"), "four inks"),
    "four-inks-behind-a-spot": (
        paint(b"/S cs 1 sc 0 0 9 9 re f", ColorSpace={"S": ["Separation", "Red", "DeviceCMYK", INKS]}), "four inks",
    ),
    "four-inks-in-a-picture": (paint(b"/I Do", XObject={"I": (PIXEL | {"ColorSpace": "DeviceCMYK"}, b"abcd")}), "four inks"),
    "four-inks-in-a-form": (paint(b"/F Do", XObject={"F": (FORM, b"0 0 0 1 K 0 0 m 9 9 l S")}), "four inks"),
    "smoothed": (paint(b"/I Do", XObject={"I": (PIXEL | {"ColorSpace": "DeviceRGB", "Interpolate": True}, b"abc")}), "smoothed"),
    "replaced": (paint(b"/I Do", XObject={"I": (PIXEL | {"ColorSpace": "DeviceRGB", "Alternates": []}, b"abc")}), "replaced"),
    "postscript": (paint(b"/P Do", XObject={"P": ({"Type": "XObject", "Subtype": "PS"}, b"showpage")}), "PostScript"),
    "transfer": (paint(b"/G gs", ExtGState={"G": {"TR": "Identity"}}), "transfer"),
    "blend": (paint(b"/G gs", ExtGState={"G": {"BM": "Glow"}}), "blend mode"),
    "halftone": (paint(b"/G gs", ExtGState={"G": {"HT": {"HalftoneType": 1, "HalftoneName": "Ours"}}}), "halftone"),
    "intent": (paint(b"/Vivid ri"), "rendering intent"),
    "operator": (paint(b"1 glow"), "`glow`"),
    "deep": (paint(b"q " * 29 + b"Q " * 29), "28"),
    "no-texts": (without_texts, "no text"),
    "widths": (narrow, "wide"),
    "link": (without_alt, "without words"),
    "blank-mark": (paint(b"EMC BT ET 0 0 9 9 re f /Artifact BMC"), "neither tagged"),
}  # fmt: skip


@pytest.mark.parametrize("fault", SPOILT)
@pytest.mark.parametrize("kind", ["typst-ua1", "typst-a3a"])
def test_spoilt(kind: str, fault: str, build: Build, root: Path) -> None:
    """Each fault of a file takes the whole its claim, whatever the file claims, and the warning says why, every time."""
    change, words = SPOILT[fault]
    place(root, kind, edited(kind, change))
    made = [build(note(kind), expect=("disclaimer-claim",)).pdf for _ in range(2)]
    assert made[0] == made[1]
    assert not claims(File(made[0]))
    report = Report()
    compile_note(str(root / "notes" / "note.yaml"), World(environ={}, cwd=str(root), cache_dir=str(root / "new")), report)
    assert [item.code for item in report] == ["disclaimer-claim"]
    assert words in next(iter(report)).message


def test_believed(build: Build, root: Path) -> None:
    """What cannot be judged here is believed of a file that claims PDF/A, and of no other."""

    def packed(writer: PdfWriter) -> None:
        paint(b"/I Do", XObject={"I": (PIXEL | {"ColorSpace": "DeviceRGB", "Filter": "JPXDecode"}, b"")})(writer)

    for kind, expect in (("typst-a3a", ()), ("typst-ua1", ("disclaimer-claim",))):
        place(root, kind, edited(kind, packed))
        assert bool(claims(File(build(note(kind), expect=expect).pdf))) == (not expect)
