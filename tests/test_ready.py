"""Ready-made disclaimers: what is merged looks, reads and leads as before; what may not be merged is refused with its reasons."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, Fit, NameObject, NumberObject, TextStringObject

import verapdf
from compiler.conformance import conformance
from compiler.conformance.file import File
from compiler.conformance.structure import Check
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import MINIMAL, REPOSITORY, Build

NOTICE = REPOSITORY / "assets" / "disclaimers" / "channel-notice.pdf"


def note(*names: str) -> str:
    """The minimal note with ready-made disclaimers."""
    alt = ", alt: 分发条款要点"
    listed = ", ".join(f"{{pdf: {name}, title: 声明 {name}{alt if name == 'untagged' else ''}}}" for name in names)
    return MINIMAL.replace("brand:", f"disclaimers: [{listed}]\nbrand:")


def place(root: Path, name: str, data: bytes) -> None:
    """Put a disclaimer into the root's own assets."""
    folder = root / "assets" / "disclaimers"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(data)


def edited(change: Callable[[PdfWriter], None]) -> bytes:
    """The shipped notice with something done to it."""
    writer = PdfWriter(clone_from=PdfReader(NOTICE))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def untagged(writer: PdfWriter) -> None:
    """Take the structure away."""
    for key in ("/StructTreeRoot", "/MarkInfo"):
        del writer.root_object[NameObject(key)]


def landscape(writer: PdfWriter) -> None:
    """Turn the first page."""
    writer.pages[0][NameObject("/Rotate")] = NumberObject(90)


def bookmarked(writer: PdfWriter) -> None:
    """Add nested bookmarks, a named destination and a link to it."""
    top = writer.add_outline_item(title="第一页", page_number=0)
    writer.add_outline_item(title="第二页", page_number=1, parent=top)
    writer.add_named_destination(title="here", page_number=1)
    writer.add_annotation(0, Link(rect=(50, 50, 90, 70), target_page_index=1, fit=Fit.fit()))


GOOD = {
    "tagged": lambda: NOTICE.read_bytes(),
    "untagged": lambda: edited(untagged),
    "landscape": lambda: edited(landscape),
    "bookmarked": lambda: edited(bookmarked),
    "cropped": lambda: edited(lambda writer: writer.pages[0].cropbox.scale(0.9, 0.9)),
}


def pages_of(data: bytes) -> list[tuple[bytes, str, tuple[float, float]]]:
    """Pixels, text and size of each page."""
    out = []
    for page in pypdfium2.PdfDocument(data):
        out.append((page.render(scale=1).to_numpy().tobytes(), page.get_textpage().get_text_range(), page.get_size()))
    return out


@pytest.mark.parametrize("kind", GOOD)
def test_nothing_is_lost(kind: str, build: Build, root: Path) -> None:
    """Pixels, text and size of every merged page, its links and bookmarks are those of the file before."""
    data = GOOD[kind]()
    place(root, kind, data)
    made = build(note(kind), expect=("disclaimer-claim",) if kind == "bookmarked" else ()).pdf  # its link says nothing
    before, after = pages_of(data), pages_of(made)
    assert after[-len(before) :] == before
    old, new = PdfReader(io.BytesIO(data)), PdfReader(io.BytesIO(made))
    for was, now in zip(old.pages, new.pages[-len(before) :]):
        assert len(was.get("/Annots", ())) == len(now.get("/Annots", ()))
        for link, moved in zip(was.get("/Annots", ()), now.get("/Annots", ())):
            uri = link.get_object().get("/A", {}).get("/URI")
            assert uri == moved.get_object().get("/A", {}).get("/URI")
    titles = _titles(new.outline)
    assert f"声明 {kind}" in titles
    for title in _titles(old.outline):
        assert title in titles
    assert len(new.named_destinations) >= len(old.named_destinations)


def _titles(outline: list[object]) -> list[str]:
    out: list[str] = []
    for item in outline:
        out += _titles(item) if isinstance(item, list) else [str(item["/Title"])]
    return out


def test_cold_and_warm_cache_give_the_same(root: Path, tmp_path: Path) -> None:
    """Prepared by pypdf or taken from the cache: the same bytes."""
    place(root, "notice", NOTICE.read_bytes())
    (root / "notes" / "n.yaml").write_text(note("notice"), encoding="utf-8")
    found = set()
    for folder in (str(tmp_path / "cache"), str(tmp_path / "cache"), ""):
        made = compile_note("notes/n.yaml", World(environ={}, cwd=str(root), cache_dir=folder), Report())
        assert made is not None
        found.add(made.pdf)
    assert len(found) == 1


def test_twice_and_several(build: Build, root: Path) -> None:
    """The same file twice and another: all pages are there, equal fonts once, page totals count them."""
    place(root, "a", NOTICE.read_bytes())
    place(root, "b", GOOD["bookmarked"]())
    once, thrice = build(note("a")), build(note("a", "a", "b"), expect=("disclaimer-claim",))
    assert thrice.pages == once.pages + 4
    assert thrice.pdf.count(b"/FontFile3") == once.pdf.count(b"/FontFile3")
    text = PdfReader(io.BytesIO(thrice.pdf)).pages[0].extract_text()
    assert f"共 {thrice.pages} 页".replace(" ", "") in text.replace(" ", "").replace("\u00a0", "")


def test_foot_where_the_brand_asks(build: Build, root: Path) -> None:
    """lanxu paints its running foot on merged pages, upright on a turned one; hengting leaves them alone."""
    place(root, "a", GOOD["landscape"]())
    plain, footed = build(note("a")).pdf, build(note("a"), brand="lanxu").pdf
    for data, expected in ((plain, False), (footed, True)):
        pages = pages_of(data)
        for _, text, _ in pages[-2:]:
            assert ("请务必阅读文末" in text) is expected


def test_untagged_only_on_request(root: Path, cache: str, build: Build) -> None:
    """Without `alt` it is refused; with it each page is a figure with that text, and its links are in the tree."""
    place(root, "untagged", edited(lambda writer: (bookmarked(writer), untagged(writer))))
    (root / "notes" / "n.yaml").write_text(note("untagged").replace(", alt: 分发条款要点", ""), encoding="utf-8")
    report = Report()
    assert compile_note("notes/n.yaml", World(environ={}, cwd=str(root), cache_dir=cache), report) is None
    assert [item.code for item in report] == ["disclaimer-untagged"]
    made = build(note("untagged")).pdf
    file = File(made)
    assert [*conformance(file), *Check(file).run()] == []
    alts = [element.get("/Alt") for element in elements_of(PdfReader(io.BytesIO(made)), "/Figure")]
    assert [alt for alt in alts if alt and "分发条款" in alt] == ["分发条款要点 (1/2)", "分发条款要点 (2/2)"]
    if verapdf.available():
        path = root / "wrapped.pdf"
        path.write_bytes(made)
        conforms, words = verapdf.judge([str(path)], "3a,ua1")
        assert conforms, words


def elements_of(reader: PdfReader, tag: str) -> list[DictionaryObject]:
    """Structure elements of a kind, in reading order."""
    out: list[DictionaryObject] = []

    def walk(node: object) -> None:
        found = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(found, list):
            for kid in found:
                walk(kid)
        elif isinstance(found, DictionaryObject):
            if found.get("/S") == tag:
                out.append(found)
            walk(found.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return out


@pytest.mark.skipif(not verapdf.available(), reason="no Java for the judge")
def test_merged_file_conforms(build: Build, root: Path, tmp_path: Path) -> None:
    """Tagged disclaimers, the same twice, keep PDF/A-3a and PDF/UA-1."""
    place(root, "a", NOTICE.read_bytes())
    for brand in ("hengting", "lanxu"):
        path = tmp_path / f"{brand}.pdf"
        path.write_bytes(build(note("a", "a"), brand=brand).pdf)
        conforms, words = verapdf.judge([str(path)], "3a,ua1")
        assert conforms, words
        file = File(path.read_bytes())  # the checks of `verify` agree with the judge
        assert [*conformance(file), *Check(file).run()] == []


def scripted(writer: PdfWriter) -> None:
    """JavaScript in the catalog, Launch on a link."""
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
    )
    writer.root_object[NameObject("/OpenAction")] = script
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x")})
    link = Link(rect=(0, 0, 9, 9), url="https://x.example")
    link[NameObject("/A")] = action
    writer.add_annotation(0, link)


def helvetica() -> bytes:
    """Stock ReportLab output: Helvetica, not embedded."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, "Terms")
    canvas.save()
    return out.getvalue()


def encrypted() -> bytes:
    """Locked with a password."""
    return edited(lambda writer: writer.encrypt("secret", algorithm="RC4-128"))


BAD = {
    "encrypted": (encrypted, ["disclaimer-refused"], "encrypted"),
    "scripted": (lambda: edited(scripted), ["disclaimer-refused", "disclaimer-refused"], "JavaScript"),
    "helvetica": (helvetica, ["disclaimer-refused"], "Helvetica is not embedded"),
    "cut": (lambda: NOTICE.read_bytes()[:3000], ["disclaimer-unreadable"], "cannot be read"),
    "empty": (lambda: b"", ["disclaimer-unreadable"], "cannot be read"),
    "words": (lambda: b"not a pdf at all", ["disclaimer-unreadable"], "cannot be read"),
    "pageless": (
        lambda: edited(lambda writer: writer.remove_page(1) or writer.remove_page(0)),
        ["disclaimer-refused"],
        "no pages",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_refused_with_reasons(kind: str, root: Path, cache: str) -> None:
    """Every reason against a file is told at once, at the place in the note that asks for it."""
    make, codes, words = BAD[kind]
    place(root, kind, make())
    (root / "notes" / "n.yaml").write_text(note(kind), encoding="utf-8")
    report = Report()
    assert compile_note("notes/n.yaml", World(environ={}, cwd=str(root), cache_dir=cache), report) is None
    found = list(report)
    assert [item.code for item in found] == codes
    assert words in " ".join(item.message for item in found)
    assert all(item.span is not None and item.span.file.line_col(item.span.start)[0] == 3 for item in found)
