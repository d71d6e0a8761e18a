"""Disclaimers of other makers: merged, they look and read as before, and the whole keeps what it claims."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache as once
from pathlib import Path

import pytest
from pypdf import PdfReader

import makers
import verapdf
from compiler.conformance import conformance
from compiler.conformance.file import File
from compiler.conformance.structure import Check
from conftest import Build
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
ARCHIVAL = ("typst-a3a", "weasyprint-a3a", "word-like")  # they claim PDF/A themselves, so that the whole may
HIDDEN_RULES = {"link-flags"}
HIDDEN = {"weasyprint-ua1"}  # its links are not to be printed (ISO 19005-3, 6.3.2): as its maker left them


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
    found = {item.rule for item in [*conformance(file), *Check(file).run()]}
    assert found == (set() if kind in ARCHIVAL else {"meta-claim"} | ({"link-flags"} if kind in HIDDEN else set()))


def test_all_makers_in_one(build: Build, root: Path) -> None:
    """Roles, classes, identifiers and destinations of one are not those of another."""
    for kind, make in MAKERS.items():
        place(root, kind, make())
    made = build(note(*MAKERS)).pdf
    file = File(made)
    assert {item.rule for item in [*conformance(file), *Check(file).run()]} <= {"meta-claim", *HIDDEN_RULES}
    assert len(PdfReader(io.BytesIO(made)).pages) > len(MAKERS)


@pytest.mark.skipif(not verapdf.available(), reason="no Java for the judge")
def test_archival_makers_keep_the_claim(build: Build, root: Path, tmp_path: Path) -> None:
    """The judge agrees with the checks of `verify`."""
    paths = []
    known = [kind for kind in ARCHIVAL if kind in MAKERS]
    for kind in known:
        place(root, kind, MAKERS[kind]())
    for kinds in (*[(kind, kind) for kind in known], known):
        path = tmp_path / f"{'-'.join(kinds)}.pdf"
        path.write_bytes(build(note(*kinds)).pdf)
        paths.append(str(path))
    conforms, words = verapdf.judge(paths, "3a,ua1")
    assert conforms, words


@pytest.mark.skipif(makers.office() is None, reason="no LibreOffice here; it is 400 MB")
def test_office_program(build: Build, root: Path, tmp_path: Path) -> None:
    """What an office writes."""
    data = makers.libreoffice(tmp_path)
    place(root, "untagged", data)
    made = build(note("untagged")).pdf
    same_after(data, made)
    assert not Check(File(made)).run()
