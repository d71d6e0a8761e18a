"""The score: faults counted in the frames, checked against the glyphs of the finished PDF and against made-up lines."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest

from compiler.cli import main
from compiler.diagnostics import Report
from compiler.layout.frames import Element
from compiler.layout.score import Score, SetBlock, SetLine, blocks_of, flush_of, score, stretches_of
from compiler.pipeline import Stages, compile_note, lay_out, read_note
from compiler.world import World
from conftest import BRANDS, MINIMAL, NOTES, REPOSITORY, Build

Count = Callable[..., Score]
CLOSERS = "，。、：；！？’”）》〉」』】"


def block(*texts: str, tag: str = "P", pages: tuple[int, ...] = (), extra: float = 0.0) -> SetBlock:
    """Lines of square characters at 10 pt: Han 1 em, others half; `extra` em between the characters of all but the last."""
    element = Element(tag)
    element.frame = (0.0, 1000.0, "justify")
    lines = []
    for number, text in enumerate(texts):
        x = 0.0
        glyphs = []
        for character in text.rstrip(" "):
            advance = 10.0 if ord(character) > 0x2E7F or character in "“”" else 5.0
            glyphs.append((character, x, advance))
            x += advance + (extra * 10 if number < len(texts) - 1 else 0)
        page = pages[number] if pages else 0
        lines.append(SetLine(page, 100.0 + 18 * number, 10.0, tuple(glyphs), text.endswith(" "), False))
    return SetBlock(element, tuple(lines))


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch, world: World) -> Count:
    """Scores made-up blocks."""
    note = read_note(str(NOTES[0]), world, Report(), Stages())
    assert note is not None
    laid = lay_out(note, str(NOTES[0]), world, Report(), Stages())
    assert laid is not None

    def counted(*blocks: SetBlock) -> Score:
        monkeypatch.setattr("compiler.layout.score.blocks_of", lambda pages: list(blocks))
        return score(laid.pages, laid.brand)

    return counted


@pytest.mark.parametrize(
    ("blocks", "field"),
    [
        ([block("国国国国", "，国国国")], "forbidden_starts"),
        ([block("国国国（", "国国国国")], "forbidden_ends"),
        ([block("国国涨了2.", "06%国国国")], "unit_splits"),
        ([block("国国用了5 ", "ms国国国")], "unit_splits"),
        ([block("国国Midjourney ", "V6国国国")], "name_splits"),
        ([block("国国国国", "国。")], "lonely"),
        ([block("国国国国", "a b")], "runts"),
        ([block("国国国国", "国国国国", "国国国国", pages=(0, 0, 1))], "widows"),
        ([block("国国国国", "国国国国", "国国国国", pages=(0, 1, 1))], "orphans"),
        ([block("国" * 101)], "overfull"),
        ([block("国国", tag="H3"), block("国国国国", "国国国国", pages=(1, 1))], "stranded"),
    ],
)
def test_each_fault_is_counted_once(count: Count, blocks: list[SetBlock], field: str) -> None:
    """A fault costs points under its own name and no other."""
    found = count(*blocks)
    names = [
        "forbidden_starts", "forbidden_ends", "unit_splits", "name_splits", "lonely", "runts", "widows", "orphans", "overfull",
        "stranded",
    ]  # fmt: skip
    assert {name: getattr(found, name) for name in names if getattr(found, name)} == {field: 1}
    assert found.points < 100


def test_a_clean_paragraph_has_all_points(count: Count) -> None:
    """Latin quotes, numbers whole and a word space at a line's end are no faults."""
    found = count(block("国国国国，", "“国国”2.06%国 ", "the best V6 of 5 ms", "国国国"))
    assert found.points == 100


def test_stretch_is_measured_between_han(count: Count) -> None:
    """The extra between two Han, in em, and beyond a tenth it costs."""
    found = count(block("国国国国", "国国国国", "国国", extra=0.3))
    assert found.stretch_worst == pytest.approx(0.3)
    assert found.points < 90


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_frames_agree_with_the_glyphs_of_the_pdf(path: Path, brand: str, world: World) -> None:
    """Each line's glyphs stand in the PDF where the frames say, and stretch and flush read from them are the score's."""
    note = read_note(str(path), world, Report(), Stages(), brand=brand)
    made = compile_note(str(path), world, Report(), brand=brand)
    assert note is not None
    assert made is not None
    laid = lay_out(note, str(path), world, Report(), Stages())
    assert laid is not None
    document = pymupdf.open(stream=made.pdf)
    placed: list[dict[tuple[str, float], list[float]]] = []
    for page in document:
        found: dict[tuple[str, float], list[float]] = {}
        for span in page.get_texttrace():
            for code, _, origin, _ in span["chars"]:
                found.setdefault((chr(code), round(origin[1])), []).append(origin[0])
        placed.append(found)
    missing = total = 0
    stretch: list[float] = []
    for one in blocks_of(laid.pages):
        for number, line in enumerate(one.lines):
            read: list[tuple[str, float, float]] = []
            for text, x, advance in line.glyphs:
                total += 1
                near = [
                    at for y in (-1, 0, 1) for at in placed[line.page].get((text, round(line.y) + y), ()) if abs(at - x) < 0.1
                ]
                if near:
                    read.append((text, min(near, key=lambda at: abs(at - x)), advance))
                elif text.strip() and text.isalnum() and ord(text) > 0x2E7F:
                    missing += 1
            if number < len(one.lines) - 1 and one.element.frame is not None and one.element.frame[2] == "justify":
                pairs = [
                    (after[1] - before[1] - before[2]) / line.size
                    for before, after in pairwise(read)
                    if min(before[0], after[0]) >= "一" and max(before[0], after[0]) <= "龥" and abs(before[2] - line.size) < 0.1
                ]
                if pairs:
                    stretch.append(max(0.0, sorted(pairs)[len(pairs) // 2]))
                last = read[-1]
                edge = last[1] + (last[2] / 2 if last[0] in CLOSERS and last[2] > 0.75 * line.size else last[2])
                assert edge == pytest.approx(one.element.frame[1], abs=0.05), line.text
    assert total > 2000
    assert missing == 0
    found_score = score(laid.pages, laid.brand)
    assert max(stretch) == pytest.approx(found_score.stretch_worst, abs=0.01)
    assert found_score.flush_worst < 0.05
    assert found_score.points >= 97


def test_ragged_text_is_not_judged_by_its_edge() -> None:
    """What is ragged by its style has neither stretch nor a flush edge."""
    one = block("国国国国", "国国")
    one.element.frame = (0.0, 100.0, "left")
    assert stretches_of(one) == []
    assert flush_of(one) == 0.0


# --- the command -----------------------------------------------------------------------------------------------------


def run(world: World, *argv: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    return main(list(argv), world, out, err), out.getvalue(), err.getvalue()


def test_score_is_printed(world: World) -> None:
    """`--score` prints the counts; the note is otherwise checked as ever."""
    code, out, _ = run(world, "check", "--score", str(NOTES[0].relative_to(REPOSITORY)))
    assert code == 0
    assert out.startswith("notes/2023w52.yaml: score ")
    for words in ("forbidden", "stretch", "widows", "pages filled"):
        assert words in out


def test_score_as_json(world: World) -> None:
    """The same counts for machines."""
    code, out, _ = run(world, "check", "--score", "--format=json", str(NOTES[0].relative_to(REPOSITORY)))
    assert code == 0
    found = json.loads(out)["notes"][0]["score"]
    assert found["forbidden_starts"] == 0
    assert found["points"] >= 98
    assert len(found["fill"]) >= 5


def test_a_low_score_fails_the_build(tmp_path: Path, cache: str) -> None:
    """`--min-score` refuses a note set worse, says why, and writes nothing."""
    (tmp_path / "notes").mkdir()
    narrow = "国国国国国国国国国国国国国国国国国国国国国国国国国国国国国国国国国国国国" + "Donaudampfschifffahrtsgesellschaft" * 3
    (tmp_path / "notes" / "n.yaml").write_text(MINIMAL.replace("文件公开征求意见。", narrow * 3), encoding="utf-8")
    world = World(environ={}, cwd=str(tmp_path), cache_dir=cache)
    code, _, err = run(world, "--min-score=99.9", "notes/n.yaml")
    assert code == 1
    assert "error[score-low]" in err
    assert "stretched" in err or "overfull" in err
    assert not (tmp_path / "build").exists()
    code, _, _ = run(world, "--min-score", "0", "notes/n.yaml")
    assert code == 0


@pytest.mark.parametrize("value", ["101", "x", "-1", "1e1"])
def test_min_score_is_a_share_of_a_hundred(world: World, value: str) -> None:
    """Anything but a number from 0 to 100 is an error of usage."""
    code, _, err = run(world, f"--min-score={value}", "notes/2023w52.yaml")
    assert code == 2
    assert "--min-score" in err


def test_build_is_the_same_with_a_score(build: Build) -> None:
    """Asking for the score changes no byte; without it none is made."""
    plain = build(MINIMAL)
    assert plain.score is None
    assert build(MINIMAL, least=0.0).pdf == plain.pdf


@pytest.mark.parametrize("brand", BRANDS)
def test_fill_is_that_of_the_text_column(brand: str, world: World) -> None:
    """A side note is no footnote and fills nothing; a picture does; a footnote leaves the column shorter."""

    def fill(body: str) -> float:
        text = f"title: 版面\npublished: 2024-01-02\nbrand: {brand}\n"
        text += f"sources: {{own: {{publisher: 本公司, title: 图样}}}}\n市场概况:\n{body}"
        text += "热点聚焦: 一段话[@own]。\n每周关注: 一段话。\n每周一图: 一段话。\n"
        path = str(REPOSITORY / "notes" / "own.yaml")
        report = Report()
        note = read_note(path, world, report, Stages(), data=text.encode())
        assert note is not None
        laid = lay_out(note, path, world, report, Stages())
        assert not len(report)
        assert laid is not None
        return score(laid.pages, laid.brand).fill[0]

    words = "资金面整体宽松，央行通过逆回购操作投放流动性，银行间市场利率小幅回落。"
    figure = "  - figure: {image: typeface-survey/share.svg, caption: 图, alt: 横向条形图：宋体居首, source: own}\n"
    figure += "  - break: page\n"
    plain = fill(f"  - |\n    {words}北向资金净买入。{words}\n  - break: page\n  - {words}\n")
    noted = fill(f"  - |\n    {words}北向资金净买入。{words}\n\n    [>北向资金]: {words}\n  - break: page\n  - {words}\n")
    footed = fill(f"  - |\n    {words}北向资金^[{words}]净买入。{words}\n  - break: page\n  - {words}\n")
    drawn = fill(f"  - {words}北向资金净买入。{words}\n{figure}  - {words}\n")
    assert noted == plain
    assert plain < footed < 1.1 * plain
    assert drawn > plain + 0.2
