"""Side notes: level with their lines, clear of each other and of everything else, on their page."""

from __future__ import annotations

import itertools

import pymupdf
import pytest

from compiler.diagnostics import Report, render_short
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import BRANDS, REPOSITORY

HEAD = """title: 旁注
published: 2024-01-02
brand: hengting
"""
SOURCES = "sources: {demo: {publisher: 某机构, title: 示例数据}}\n"
REST = """
热点聚焦: 一段话。
每周关注: 一段话。
每周一图: 一段话。
"""
WORDS = "资金面整体宽松，央行通过逆回购操作投放流动性，银行间市场利率小幅回落，债券收益率随之下行。"
SIDE = {"hengting": (449.0, 545.0), "lanxu": (48.0, 132.0)}


def compiled(body: str, brand: str, cache: str) -> tuple[bytes | None, list[str]]:
    """A note whose first section is `body`, and what was said of it."""
    report = Report()
    source = HEAD + (SOURCES if "demo" in body else "") + "市场概况:\n" + body + REST
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    made = compile_note(str(REPOSITORY / "notes" / "own.yaml"), world, report, brand=brand, data=source.encode())
    return (made.pdf if made else None), [render_short(found) for found in report]


def lines(page: pymupdf.Page) -> list[tuple[float, float, float, str, float]]:
    """(x, baseline, right edge, words, size) of every line of a page, in one span or more."""
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            spans = line["spans"]
            words = "".join(span["text"] for span in spans)
            found.append((spans[0]["origin"][0], spans[0]["origin"][1], line["bbox"][2], words, spans[0]["size"]))
    return found


def in_side(page: pymupdf.Page, brand: str) -> list[tuple[float, float, float, str, float]]:
    """The lines of small text that stand in the side column, from the top down, between head and foot."""
    left, right = SIDE[brand]
    kept = [
        line
        for line in lines(page)
        if left - 1 <= line[0] < right and line[4] < 8.4 and (80 if page.number else 190) < line[1] < 750
    ]
    return sorted(kept, key=lambda line: line[1])


@pytest.mark.parametrize("brand", BRANDS)
def test_a_note_stands_level_with_its_line(brand: str, cache: str) -> None:
    """Its first baseline is that of the line that says the term, and it stays in its column."""
    gloss = "经沪股通、深股通买卖 A 股的境外资金；净买入为买入额减卖出额。"
    body = f"  - |\n    {WORDS}{WORDS}北向资金净买入。{WORDS}\n\n    [>北向资金]: {gloss}\n\n    {WORDS * 3}\n"
    pdf, said = compiled(body, brand, cache)
    assert not said
    page = pymupdf.open(stream=pdf)[0]
    served = next(line for line in lines(page) if "北向" in line[3] and line[4] > 9)
    notes = in_side(page, brand)
    assert notes[0][3].startswith("北向资金")
    assert notes[0][1] == pytest.approx(served[1], abs=0.1)
    assert all(line[2] <= SIDE[brand][1] + 4.5 for line in notes)  # a stop's blank half may stand outside


@pytest.mark.parametrize("brand", BRANDS)
def test_notes_that_would_meet_make_room(brand: str, cache: str) -> None:
    """Three notes on one line stand one below another, in their order, each whole."""
    sides = "\n\n".join(f"    [>{term}]: 一二三四五六七八九十，一二三四五六七八九十。" for term in ("资金面", "央行", "逆回购"))
    pdf, said = compiled(f"  - |\n    {WORDS}\n\n{sides}\n\n    {WORDS * 5}\n", brand, cache)
    assert not said
    notes = in_side(pymupdf.open(stream=pdf)[0], brand)
    firsts = [index for index, line in enumerate(notes) if line[3].startswith(("资金面", "央行", "逆回购"))]
    assert [notes[index][3][:2] for index in firsts] == ["资金", "央行", "逆回"]
    assert all(after[1] - before[1] >= 11.9 for before, after in itertools.pairwise(notes))


@pytest.mark.parametrize("brand", BRANDS)
def test_a_note_on_the_last_line_stays_on_the_page(brand: str, cache: str) -> None:
    """Where a page ends, a note moves up rather than into the foot margin, and keeps clear of credits."""
    for count in range(8, 17):
        paragraphs = "\n\n".join([f"    {WORDS * 2}"] * count)
        table = (
            "  - table:\n      caption: 一张表\n      source: demo\n      source-text: 本公司整理，数据截至上周五收盘\n"
            "      columns: [甲, 乙]\n      rows: [[一, 二], [三, 四]]\n"
        )
        body = f"  - |\n{paragraphs}\n\n    最后一段提到转融通。\n\n    [>转融通]: {WORDS}\n{table}"
        pdf, said = compiled(body, brand, cache)
        assert not said
        for page in pymupdf.open(stream=pdf):
            notes = in_side(page, brand)
            assert all(line[1] < 748 for line in notes)
            assert all(after[1] - before[1] >= 9 for before, after in itertools.pairwise(notes)), notes


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("  - |\n    [>词]: 注\n", "side-place"),
        ("  - |\n    - 一项\n\n    [>一项]: 注\n", "side-place"),
        (f"  - |\n    {WORDS}\n\n    [>没有的词]: 注\n", "side-term"),
        (f"  - |\n    {WORDS}\n\n    [>央行]:\n", "side-empty"),
    ],
)
def test_faults_are_said_at_their_place(body: str, code: str, cache: str) -> None:
    """A note without its paragraph, its term or its words is an error at the line it stands on."""
    pdf, said = compiled(body, "hengting", cache)
    assert pdf is None
    line = 1 + (HEAD + "市场概况:\n" + body).split("[>")[0].count("\n")
    assert len(said) == 1
    assert f":{line}:" in said[0]
    assert code in said[0]


def test_notes_that_find_no_room_are_a_warning(cache: str) -> None:
    """More notes than the page is high: all are printed, and it is said which one has no place."""
    sides = "\n\n".join(f"    [>央行]: {WORDS * 3}" for _ in range(9))
    pdf, said = compiled(f"  - |\n    {WORDS}\n\n{sides}\n", "hengting", cache)
    assert pdf is not None
    assert said
    assert all("side-room" in words for words in said)
