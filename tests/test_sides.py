"""Side notes and small exhibits: level with their lines, clear of each other and of everything else, on their page."""

from __future__ import annotations

import itertools
import re

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


def compiled(body: str, brand: str, cache: str, layout: str = "") -> tuple[bytes | None, list[str]]:
    """A note whose first section is `body`, and what was said of it."""
    report = Report()
    source = HEAD + (SOURCES if "demo" in body else "") + "市场概况:\n" + body + REST
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    path = str(REPOSITORY / "notes" / "own.yaml")
    made = compile_note(path, world, report, brand=brand, layout=layout, data=source.encode())
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
    """More notes than the page is high: all are printed, and it is said which ones stand under their paragraph."""
    sides = "\n\n".join(f"    [>央行]: {WORDS * 3}" for _ in range(9))
    pdf, said = compiled(f"  - |\n    {WORDS}\n\n{sides}\n", "hengting", cache)
    assert pdf is not None
    assert said
    assert all("side-room" in words for words in said)
    text = "".join(page.get_text() for page in pymupdf.open(stream=pdf)).replace("\n", "")
    assert text.count(WORDS) == 1 + 9 * 3
    for page in pymupdf.open(stream=pdf):
        notes = in_side(page, "hengting")
        assert all(after[1] - before[1] >= 11.9 for before, after in itertools.pairwise(notes))


# --- small exhibits --------------------------------------------------------------------------------------------------

SMALL = {
    "chart": """  - chart: bar
    caption: 成长居前
    unit: 涨跌幅（%）
    alt: 两根横条，第二根更长
    source: demo
    side: true
    x: 指数
    series: [当周]
    rows: [[上证, 2.06], [深证, 3.29]]
""",
    "table": """  - table:
      caption: 两市成交
      source: demo
      side: true
      columns: [日期, {title: 成交, kind: number}]
      rows: [[周一, 6500.5], [周二, 6800.25]]
""",
    "figure": """  - figure:
      image: typeface-survey/mosaic.png
      alt: 由方格拼成的图案
      caption: 测试卡
      source: demo
      side: true
""",
}
TEXT = f"  - |\n    {WORDS * 3}\n"


def heads(page: pymupdf.Page) -> list[tuple[float, float, float, str, float]]:
    """The numbers of exhibits: 图 1, 表 2."""
    return [line for line in lines(page) if line[3].strip()[:1] in "图表" and line[3].strip()[1:].strip()[:1].isdigit()]


@pytest.mark.parametrize("kind", SMALL)
def test_a_small_exhibit_stands_level_with_its_paragraph(kind: str, cache: str) -> None:
    """Its number is on the first line's baseline, all of it stays in the side column, source and all."""
    pdf, said = compiled(TEXT + SMALL[kind] + TEXT, "hengting", cache)
    assert not said
    page = pymupdf.open(stream=pdf)[0]
    left, right = SIDE["hengting"]
    first = min(line[1] for line in lines(page) if line[4] == 10.5 and line[0] < 100 and "资金面" in line[3])
    (head,) = heads(page)
    assert (head[0], head[1]) == pytest.approx((left, first), abs=0.1)
    credit = next(line for line in in_side(page, "hengting") if line[3].startswith("资料来源"))
    assert credit[1] > head[1] + 30
    assert all(line[2] < right + 1 for line in in_side(page, "hengting"))
    drawn = [info["bbox"] for info in page.get_image_info()] + [tuple(path["rect"]) for path in page.get_drawings()]
    beside = [box for box in drawn if box[0] > left - 1 and head[1] < box[1] < credit[1]]
    assert beside
    assert all(box[2] < right + 2 for box in beside)  # the white under a label may reach over the edge


@pytest.mark.parametrize(("brand", "layout"), [("lanxu", ""), ("lanxu", "phone"), ("hengting", "phone")])
@pytest.mark.parametrize("kind", SMALL)
def test_without_a_side_column_it_stands_in_the_text(kind: str, brand: str, layout: str, cache: str) -> None:
    """A rail and a phone's page have no room for exhibits: it comes under its paragraph, and nothing is said."""
    pdf, said = compiled(TEXT + SMALL[kind] + TEXT, brand, cache, layout)
    assert not said
    document = pymupdf.open(stream=pdf)
    (head,) = [line for page in document for line in heads(page)]
    size = max(10.0, head[4])
    above = [line for line in lines(document[0]) if "下行" in line[3] and line[1] < head[1] and line[4] > size - 2]
    assert above or document.page_count > 2


def test_small_exhibits_make_room_for_notes(cache: str) -> None:
    """A note has its line; an exhibit of the paragraph before it begins where there is room, clear of the note."""
    note = f"  - |\n    {WORDS * 2}\n\n    [>央行]: {WORDS}\n"
    pdf, said = compiled(note + SMALL["chart"] + SMALL["table"] + TEXT * 5, "hengting", cache)
    assert not said
    page = pymupdf.open(stream=pdf)[0]
    served = next(line for line in lines(page) if "央行" in line[3] and line[4] > 9)
    assert in_side(page, "hengting")[0][1] == pytest.approx(served[1], abs=0.1)
    figure, table = heads(page)
    assert figure[3].strip().startswith("图")
    assert served[1] < figure[1] < table[1]
    side = sorted(line[1] for line in lines(page) if line[0] > 440 and 190 < line[1] < 750)
    assert all(after - before > 7 or after == before for before, after in itertools.pairwise(side) if after - before > 1)


def test_a_crowded_column_leaves_exhibits_to_the_text(cache: str) -> None:
    """What does not find room near its paragraph, in its section, stands in the text; it is said, and nothing is lost."""
    pdf, said = compiled(TEXT + SMALL["chart"] * 6, "hengting", cache)
    assert pdf is not None
    assert said
    assert all("side-room" in words and "small exhibit" in words for words in said)
    places = [head[0] for page in pymupdf.open(stream=pdf) for head in heads(page)]
    assert len(places) == 6
    assert 50 in [round(place) for place in places]
    assert 449 in [round(place) for place in places]


@pytest.mark.parametrize(
    ("exhibit", "why"),
    [
        (SMALL["chart"].replace("chart: bar", "chart: ring"), "labels"),
        (SMALL["table"].replace("[日期, ", "[甲的一列, 乙的一列, 日期, ").replace("[周", "[甲乙丙丁, 甲乙丙丁, 周"), "columns"),
        (SMALL["figure"].replace("mosaic.png", "share.svg"), "words of the picture"),
    ],
)
def test_what_is_too_wide_for_the_column_stands_in_the_text(exhibit: str, why: str, cache: str) -> None:
    """Long names, many columns and drawings with small words would not be legible there."""
    pdf, said = compiled(TEXT + exhibit, "hengting", cache)
    assert len(said) == 1
    assert "side-narrow" in said[0]
    assert why in said[0]
    places = [head[0] for page in pymupdf.open(stream=pdf) for head in heads(page)]
    assert places == pytest.approx([50])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (SMALL["chart"], "side-place"),
        ("  - |\n    - 一项\n" + SMALL["chart"], "side-place"),
        (TEXT + SMALL["chart"].replace("side: true", "side: true\n    wide: true"), "side-wide"),
    ],
)
def test_small_exhibits_out_of_place_are_errors(body: str, code: str, cache: str) -> None:
    """One without a paragraph before it has nothing to be level with; one that is wide too is neither."""
    pdf, said = compiled(body, "hengting", cache)
    assert pdf is None
    assert len(said) == 1
    assert code in said[0]


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("layout", ["", "letter"])
def test_forty_notes_stay_near_their_lines(brand: str, layout: str, cache: str) -> None:
    """Longer than their paragraphs, they stand in their order and within some lines of their own; others come into the text."""
    body = "".join(f"  - |\n    {WORDS}第{at}号资金净买入。{WORDS}\n\n    [>第{at}号]: {WORDS}\n" for at in range(1, 41))
    pdf, said = compiled(body, brand, cache, layout)
    assert {line.split("[")[1].split("]")[0] for line in said} <= {"side-room"}
    left, right = SIDE[brand]
    move = {"": 0.0, "letter": 8.36}[layout]
    beside = 0
    for page in pymupdf.open(stream=pdf):
        found = {}
        for x, y, _, words, size in lines(page):
            number = re.match(r"第 ?(\d+) ?号", words)
            if number and size < 8.4 and left - 1 <= x < right + move:
                found[int(number[1])] = y
        levels = {}
        for _, y, _, words, size in lines(page):
            for number in re.findall(r"第 ?(\d+) ?号", words):
                if size > 9:
                    levels[int(number)] = y
        order = sorted(found, key=lambda number: found[number])
        assert order == sorted(order)
        assert all(abs(y - levels[number]) < 125 for number, y in found.items())
        beside += len(found)
    assert beside > 20
