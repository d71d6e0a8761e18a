"""`compile-note verify`: good files hold, and whatever is broken is named for what it is."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

import mutants
from compiler.cli import main
from compiler.conformance import RULES, conformance
from compiler.conformance.cffwidths import widths
from compiler.conformance.file import File
from compiler.conformance.structure import Check
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.provenance import RECORD, _quoted
from compiler.verify import Verdict, verify
from compiler.world import World
from conftest import LANGUAGES, MINIMAL, NOTES, REPOSITORY, png


def compiled(note: Path, cache: str, **options: str) -> bytes:
    """A note's PDF."""
    report = Report()
    made = compile_note(str(note), World(environ={}, cwd=str(REPOSITORY), cache_dir=cache), report, **options)  # type: ignore[arg-type]
    assert made is not None, list(report)
    return made.pdf


@pytest.fixture(scope="session")
def good(cache: str) -> bytes:
    """The weekly, whose text, table, lists, notes, figures and merged disclaimer every mutant can break."""
    return compiled(REPOSITORY / "notes" / "2023w52.yaml", cache)


def judged(data: bytes, folder: Path, cache: str) -> Verdict:
    """The verdict on bytes."""
    path = folder / "file.pdf"
    path.write_bytes(data)
    return verify(str(path), World(environ={}, cwd=str(REPOSITORY), cache_dir=cache))


def rules(verdict: Verdict) -> set[str]:
    """The names of all findings."""
    return {item.rule for outcome in verdict.outcomes for item in outcome.findings}


def states(verdict: Verdict) -> dict[str, str]:
    """State by check."""
    return {outcome.check: outcome.state for outcome in verdict.outcomes}


def changed(data: bytes, change: mutants.Change) -> bytes:
    """A copy in which one thing is broken."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("note", [*NOTES, *LANGUAGES], ids=lambda path: path.stem)
@pytest.mark.parametrize("brand", ["hengting", "lanxu"])
def test_what_we_make_holds(note: Path, brand: str, tmp_path: Path, cache: str) -> None:
    """Every note in both houses, merged disclaimers and all."""
    verdict = judged(compiled(note, cache, brand=brand), tmp_path, cache)
    assert states(verdict) == dict.fromkeys(("bytes", "conformance", "structure", "source", "text", "rebuild"), "holds"), verdict


def test_other_pages_and_dates_hold(tmp_path: Path, cache: str) -> None:
    """The options a file was made with are part of its record."""
    phone = compiled(NOTES[0], cache, layout="phone")
    assert judged(phone, tmp_path, cache).state == "holds"
    dated = World(environ={"SOURCE_DATE_EPOCH": "1704153600"}, cwd=str(REPOSITORY), cache_dir=cache)
    made = compile_note(str(NOTES[0]), dated, Report())
    assert made is not None
    assert judged(made.pdf, tmp_path, cache).state == "holds"


@pytest.mark.parametrize("case", [*mutants.STRUCTURE, *mutants.CONFORMANCE], ids=lambda case: case[0])
def test_mutants_of_tags_and_conformance(case: tuple[str, str, mutants.Change], good: bytes) -> None:
    """The rule meant for it sees it, not some other by accident; without the source at hand."""
    _, rule, change = case
    file = File(changed(good, change))
    found = {item.rule for item in [*conformance(file), *Check(file).run()]}
    assert rule in found
    if case in mutants.CONFORMANCE:
        assert rule in RULES


@pytest.mark.parametrize("case", mutants.CONTENT, ids=lambda case: case[0])
def test_mutants_of_content(case: tuple[str, str, mutants.Change], good: bytes, tmp_path: Path, cache: str) -> None:
    """What breaks no rule, the comparison with the attached source sees."""
    _, rule, change = case
    verdict = judged(changed(good, change), tmp_path, cache)
    assert rule in rules(verdict)
    assert verdict.state == "fails"


@pytest.mark.parametrize("case", mutants.RAW, ids=lambda case: case[0])
def test_mutants_of_bytes(case: tuple[str, str, object], good: bytes, tmp_path: Path, cache: str) -> None:
    """Damage below the level of objects."""
    _, rule, change = case
    data = change(good)  # type: ignore[operator]
    assert data != good
    verdict = judged(data, tmp_path, cache)
    assert rule in rules(verdict)
    assert verdict.state == "fails"


def test_nothing_is_found_in_the_good_file_or_its_copy(good: bytes) -> None:
    """Else a mutant might be caught by accident."""
    for data in (good, changed(good, lambda writer: None)):
        file = File(data)
        assert [*conformance(file), *Check(file).run()] == []


def test_there_are_enough_mutants_and_no_name_twice() -> None:
    """Sixty at least."""
    names = [case[0] for case in (*mutants.STRUCTURE, *mutants.CONFORMANCE, *mutants.CONTENT, *mutants.RAW)]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("place", range(20))
def test_any_flipped_byte_is_seen(place: int, good: bytes, tmp_path: Path, cache: str) -> None:
    """Wherever it is, without building anything again."""
    at = len(good) * place // 20 + 7
    data = good[:at] + bytes([good[at] ^ 0x20]) + good[at + 1 :]
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    assert states(verify(str(path), World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)))["bytes"] == "fails"


@pytest.fixture(scope="session")
def small(cache: str, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A short note, for what is done many times."""
    path = tmp_path_factory.mktemp("small") / "note.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    return compiled(path, cache)


@pytest.mark.parametrize("part", ["trailer", "Info", "table", "objects"])
def test_no_flip_outside_of_streams_stops_it(part: str, small: bytes, tmp_path: Path, cache: str) -> None:
    """Digits that are none, numbers of other objects, names cut in two: each is told of, whatever pypdf makes of it."""
    start, end = small.rfind(b"xref\n", 0, small.rfind(b"startxref")), len(small)
    trailer = small.rfind(b"trailer")
    info = small.find(b"/Info ", trailer)
    ranges = {"trailer": (trailer, end), "Info": (info, info + 12), "table": (start, trailer), "objects": (0, 3000)}
    chance = random.Random(part)
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    path = tmp_path / "file.pdf"
    for _ in range(16):
        at = chance.randrange(*ranges[part])
        value = chance.choice([value for value in b"\x10 \n09/\xf1<" if value != small[at]])
        path.write_bytes(small[:at] + bytes([value]) + small[at + 1 :])
        assert verify(str(path), world).outcomes[0].state == "fails", (at, value)


# --- what operations meets -------------------------------------------------------------------------------------------


def test_saved_again(good: bytes, tmp_path: Path, cache: str) -> None:
    """The content is equal, the bytes are not."""
    assert shutil.which("qpdf"), "apt-get install qpdf"
    (tmp_path / "good.pdf").write_bytes(good)
    subprocess.run(["qpdf", str(tmp_path / "good.pdf"), str(tmp_path / "again.pdf")], check=True)
    verdict = judged((tmp_path / "again.pdf").read_bytes(), tmp_path, cache)
    assert rules(verdict) == {"bytes-saved-again", "rebuild-bytes"}
    assert states(verdict)["text"] == "holds"


def test_locked(good: bytes, tmp_path: Path, cache: str, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """With a cipher pypdf may lack, and an empty password."""
    (tmp_path / "good.pdf").write_bytes(good)
    locked = tmp_path / "locked.pdf"
    subprocess.run(["qpdf", "--encrypt", "", "owner", "256", "--", str(tmp_path / "good.pdf"), str(locked)], check=True)
    assert main(["verify", str(locked)], world) == 1
    assert "it is encrypted" in capsys.readouterr().out


def test_lengths_elsewhere(good: bytes, tmp_path: Path, cache: str) -> None:
    """A stream whose length stands in an object of its own is as long as that says."""
    (tmp_path / "good.pdf").write_bytes(good)
    subprocess.run(["qpdf", "--qdf", str(tmp_path / "good.pdf"), str(tmp_path / "again.pdf")], check=True)
    assert states(judged((tmp_path / "again.pdf").read_bytes(), tmp_path, cache))["conformance"] == "holds"


def test_a_page_removed(good: bytes, tmp_path: Path, cache: str) -> None:
    """The page is named, and the text that went with it."""
    (tmp_path / "good.pdf").write_bytes(good)
    subprocess.run(["qpdf", str(tmp_path / "good.pdf"), "--pages", ".", "1-2,4-z", "--", str(tmp_path / "cut.pdf")], check=True)
    verdict = judged((tmp_path / "cut.pdf").read_bytes(), tmp_path, cache)
    assert {"bytes-saved-again", "text-differs", "page-missing", "mark-page"} <= rules(verdict)
    assert [item.words for item in verdict.outcomes[-1].findings] == ["page 3 is missing"]


@pytest.mark.parametrize(
    ("pages", "words"),
    [("1,3,2,4-z", ["8 pages in another order, or twice, where the source makes 8"]), ("z,1-z", ["9 pages in another"])],
)
def test_pages_out_of_order(pages: str, words: list[str], good: bytes, tmp_path: Path, cache: str) -> None:
    """Nothing is lost, and still it is another file."""
    (tmp_path / "good.pdf").write_bytes(good)
    subprocess.run(["qpdf", str(tmp_path / "good.pdf"), "--pages", ".", pages, "--", str(tmp_path / "cut.pdf")], check=True)
    found = judged((tmp_path / "cut.pdf").read_bytes(), tmp_path, cache).outcomes[-1].findings
    assert [item.rule for item in found] == ["page-order"]
    assert found[0].words.startswith(words[0])


def test_the_attached_note_changed(good: bytes, tmp_path: Path, cache: str) -> None:
    """One byte of the attached YAML: the record knows better, and the text no longer follows from it."""

    def change(writer: PdfWriter) -> None:
        node = writer.root_object["/Names"]["/EmbeddedFiles"]["/Kids"][0].get_object()["/Names"]
        for index in range(1, len(node), 2):
            specification = node[index].get_object()
            if specification["/UF"] == "notes/2023w52.yaml":
                mutants.rewritten(
                    writer,
                    specification["/EF"],
                    "F",
                    lambda data: data.replace("体验并不轻松".encode(), "体验十分轻松".encode(), 1),
                )

    verdict = judged(changed(good, change), tmp_path, cache)
    assert "source-changed" in rules(verdict)
    assert "text-differs" in rules(verdict)


def test_a_foreign_file(tmp_path: Path, cache: str) -> None:
    """Somebody else's PDF is told apart at once."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    verdict = judged(out.getvalue(), tmp_path, cache)
    assert {"bytes-foreign", "record-missing", "tags-missing", "meta-missing"} <= rules(verdict)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 999], ids=["empty", "text", "head", "zeros"]
)
def test_no_pdf_at_all(data: bytes, tmp_path: Path, cache: str) -> None:
    """A verdict, not a traceback."""
    assert rules(judged(data, tmp_path, cache)) == {"unreadable"}


def test_cut_short(good: bytes, tmp_path: Path, cache: str) -> None:
    """A download that broke off, at any place."""
    for share in (0.1, 0.5, 0.9, 0.999):
        assert judged(good[: int(len(good) * share)], tmp_path, cache).state == "fails"


def test_encrypted(good: bytes, tmp_path: Path, cache: str) -> None:
    """It says so."""
    writer = PdfWriter(clone_from=io.BytesIO(good))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    verdict = judged(out.getvalue(), tmp_path, cache)
    assert "encrypted" in verdict.outcomes[0].words


def test_without_attachments(cache: str, tmp_path: Path) -> None:
    """a-2u and plain carry nothing to build from: what can be judged holds, the rest is said to be unknown."""
    for standard, claims in (("a-2u", "holds"), ("plain", "fails")):
        verdict = judged(compiled(NOTES[0], cache, standard=standard), tmp_path, cache)
        found = states(verdict)
        assert found.pop("conformance") == claims
        assert found == {"bytes": "holds", "structure": "holds", "source": "unknown", "text": "unknown", "rebuild": "unknown"}


def test_another_brand_than_then(tmp_path: Path, cache: str) -> None:
    """A house that has changed its colours since: the text holds, the rebuild names what is otherwise."""
    root = tmp_path / "root"
    (root / "notes").mkdir(parents=True)
    (root / "assets" / "brands" / "own").mkdir(parents=True)
    brand = root / "assets" / "brands" / "own" / "brand.yaml"
    brand.write_text("extends: hengting\nhouse: 新屋基金\n", encoding="utf-8")
    note = root / "notes" / "a.yaml"
    note.write_text(MINIMAL.replace("brand: hengting", "brand: own"), encoding="utf-8")
    world = World(environ={}, cwd=str(root), cache_dir=cache)
    made = compile_note(str(note), world, Report())
    assert made is not None
    (root / "a.pdf").write_bytes(made.pdf)
    assert verify("a.pdf", world).state == "holds"
    brand.write_text("extends: hengting\nhouse: 新屋基金\ncolours: {accent: '#5a1e3a'}\n", encoding="utf-8")
    verdict = verify("a.pdf", world)
    assert verdict.state == "unknown"
    assert states(verdict)["text"] == "holds"
    assert [item.words for item in verdict.outcomes[-1].findings] == ["brands/own/brand.yaml has changed"]


def test_a_house_that_is_not_here(root: Path, tmp_path: Path, cache: str) -> None:
    """Its brand or disclaimer is no fault of the file; it cannot be built again here, which is another exit code."""
    (root / "assets" / "disclaimers").mkdir(parents=True)
    (root / "assets" / "disclaimers" / "own.md").write_text("---\ntitle: 声明\n---\n本材料仅供参考。\n", encoding="utf-8")
    (root / "notes" / "a.yaml").write_text(MINIMAL.replace("brand:", "disclaimers: [own]\nbrand:"), encoding="utf-8")
    world = World(environ={}, cwd=str(root), cache_dir=cache)
    made = compile_note("notes/a.yaml", world, report := Report())
    assert made is not None, list(report)
    (root / "a.pdf").write_bytes(made.pdf)
    assert verify("a.pdf", world).state == "holds"
    (root / "assets" / "disclaimers" / "own.md").unlink()
    verdict = verify("a.pdf", world)
    assert states(verdict)["rebuild"] == verdict.state == "unknown"
    assert "there is no disclaimer `own`" in verdict.outcomes[-1].words
    assert main(["verify", str(root / "a.pdf")], world) == 3


def test_a_large_picture_is_not_attached(root: Path, cache: str) -> None:
    """Its digest is; it is taken from its place when the file is built again, and missed when it is gone."""
    from PIL import Image

    picture = root / "notes" / "large.png"
    noise = hashlib.shake_128(b"noise").digest(3 * 800 * 600)
    Image.frombytes("RGB", (800, 600), noise).save(picture)
    assert picture.stat().st_size > 1_000_000
    figure = "每周一图:\n  - figure: {image: large.png, alt: 一片彩色噪点, caption: 噪点, source: sse}\n"
    note = root / "notes" / "a.yaml"
    note.write_text(MINIMAL.replace("每周一图: |\n  文生视频走向公众。\n", figure), encoding="utf-8")
    world = World(environ={}, cwd=str(root), cache_dir=cache)
    report = Report()
    made = compile_note(str(note), world, report)
    assert made is not None, list(report)
    assert set(PdfReader(io.BytesIO(made.pdf)).attachments) == {"notes/a.yaml", RECORD}
    (root / "a.pdf").write_bytes(made.pdf)
    assert verify("a.pdf", world).state == "holds"
    picture.write_bytes(png(600, 200))
    verdict = verify("a.pdf", world)
    assert states(verdict)["rebuild"] == "unknown"
    assert "large.png" in verdict.outcomes[-1].words


def test_the_command(good: bytes, tmp_path: Path, cache: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One screen, JSON, a line; exit codes 0, 1 and 3."""
    (tmp_path / "good.pdf").write_bytes(good)
    (tmp_path / "bad.pdf").write_bytes(good[:-40])
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    paths = str(tmp_path / "good.pdf"), str(tmp_path / "bad.pdf"), str(tmp_path / "none.pdf")
    assert main(["verify", paths[0]], world) == 0
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) <= 24
    assert "equal, byte for byte" in shown
    assert main(["verify", "--format", "short", *paths[:2]], world) == 1
    assert capsys.readouterr().out.splitlines()[0].endswith("good.pdf: holds")
    assert main(["verify", "--format", "json", paths[0], paths[2]], world) == 3
    told = json.loads(capsys.readouterr().out)
    assert [one["state"] for one in told["files"]] == ["holds", "unreadable"]
    assert main(["verify"], world) == 2
    assert main(["verify", "-o", "x", paths[0]], world) == 2


def test_the_record_says_what_it_was_made_with(good: bytes) -> None:
    """Digests are those of the files."""
    attachments = PdfReader(io.BytesIO(good)).attachments
    assert set(attachments) == {"notes/2023w52.yaml", "notes/2023w52/indices.csv", RECORD}
    record = json.loads(attachments[RECORD][0])
    for name, digest in record["files"].items():
        assert hashlib.sha256((REPOSITORY / name).read_bytes()).hexdigest() == digest
    for name, digest in record["assets"].items():
        assert hashlib.sha256((REPOSITORY / "assets" / name).read_bytes()).hexdigest() == digest
    world = World()
    serif = world.package_file("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
    assert serif is not None
    assert record["fonts"]["NotoSerifSC-Regular.otf"] == hashlib.sha256(Path(serif).read_bytes()).hexdigest()
    assert {"compile-note", "reportlab", "uharfbuzz", "zlib"} <= set(record["versions"])
    bound = {one["text"]: one["behind"] for one in record["numbers"] if one["state"] == "bound"}
    assert bound["437亿元"] == 'flows."2023 年".净买入'


def test_widths_of_bare_programs(good: bytes) -> None:
    """Those fontTools reads, glyph by glyph."""
    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.basePen import NullPen

    seen = 0
    for program in _programs(good):
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(program), None)
        font = fonts[0]
        told = widths(program)
        for name in font.charset:
            glyph = font.CharStrings[name]
            glyph.draw(NullPen())
            cid = int(name[3:]) if name.startswith("cid") else 0
            assert told[cid] == pytest.approx(glyph.width, abs=0.01)
            seen += 1
    assert seen > 100


def _programs(data: bytes) -> list[bytes]:
    """The bare CFF programs of a file."""
    found = [item.get_object() for item in PdfWriter(clone_from=io.BytesIO(data))._objects]
    return [item.get_data() for item in found if isinstance(item, dict) and item.get("/Subtype") == "/CIDFontType0C"]


@given(st.text())
def test_the_record_is_json(text: str) -> None:
    """Strings with signs, quotes and controls are written as the standard library writes them."""
    assert _quoted(text) == json.dumps(text, ensure_ascii=False)
