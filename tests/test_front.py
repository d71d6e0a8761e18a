"""Key points, contents and key figures: what a reader finds on the first page, and where it leads."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pymupdf
import pytest
from pypdf import PdfReader

from compiler.diagnostics import Report, render_short
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import BRANDS, REPOSITORY

NOTE = re.sub(
    r"numbers:\n(?:  .*\n)+", "", (REPOSITORY / "notes" / "2023w52.yaml").read_text("utf-8")
)  # the cases bring numbers of their own
FRONT = re.search(r"^contents:.*?(?=^市场概况:)", NOTE, re.S | re.M)
assert FRONT is not None


def made(source: str, brand: str, cache: str) -> bytes:
    """The note compiled without a word of complaint."""
    report = Report()
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    compiled = compile_note(str(REPOSITORY / "notes" / "own.yaml"), world, report, brand=brand, data=source.encode())
    assert not len(report), "\n".join(map(render_short, report))
    assert compiled is not None
    return compiled.pdf


def complaints(front: str, cache: str) -> list[str]:
    """`code:line of the front matter` of what is reported."""
    report = Report()
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    start = NOTE.index("contents:")
    source = NOTE[:start] + front + NOTE[NOTE.index("\n市场概况:") :]
    compile_note(str(REPOSITORY / "notes" / "own.yaml"), world, report, data=source.encode())
    first = NOTE[:start].count("\n")
    return [f"{found.code}:{found.span.file.line_col(found.span.start)[0] - first}" for found in report if found.span is not None]


@pytest.mark.parametrize("brand", BRANDS)
def test_contents_say_the_pages(brand: str, cache: str) -> None:
    """Each entry ends with the number of the page its section opens on, and links to it."""
    pdf = made(NOTE, brand, cache)
    reader = PdfReader(io.BytesIO(pdf))
    text = reader.pages[0].extract_text()
    entries = [entry for entry in reader.outline if not isinstance(entry, list)]
    pages = {str(entry["/Title"]): reader.get_destination_page_number(entry) for entry in entries}
    for title in ("一、市场概况", "二、热点聚焦", "三、每周关注", "四、每周一图"):
        found = re.search(rf"{title}\s*(\d+)", text)
        assert found is not None, text
        assert int(found.group(1)) == pages[title] + 1
    targets = {str(note.get_object().get("/Dest")) for note in reader.pages[0]["/Annots"]}
    assert {f"section-{kind}" for kind in ("market", "focus", "watch", "chart")} <= targets
    assert targets <= set(reader.named_destinations) | {"None"}


@pytest.mark.parametrize("brand", BRANDS)
def test_points_and_figures_stand_on_the_first_page(brand: str, cache: str) -> None:
    """Every word of them, the figures in a size of their own, all of one row on one baseline."""
    page = pymupdf.open(stream=made(NOTE, brand, cache))[0]
    text = re.sub(r"\s", "", page.get_text())
    for words in ("创业板指周涨3.59%；北向资金连续十年净买入。", "审批限定60日", "+2.06", "Pika社区用户"):
        assert words in text
    body = 10.0 if brand == "lanxu" else 10.5
    spans = [span for block in page.get_text("dict")["blocks"] for line in block.get("lines", ()) for span in line["spans"]]
    large = [span for span in spans if span["text"].strip() in ("+2.06", "60", "80", "50") and span["size"] > 1.5 * body]
    assert len(large) == 4
    assert len({round(span["origin"][1], 1) for span in large}) == 1


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("kept", ["contents", "points", "figures"])
def test_each_stands_alone(brand: str, kept: str, cache: str) -> None:
    """Contents, points or figures without the others make a page too."""
    assert FRONT is not None
    parts = re.findall(r"^(\w+):.*?(?=^\w|\Z)", FRONT.group(), re.S | re.M)
    blocks = dict(zip(parts, re.findall(r"^\w+:.*?(?=^\w|\Z)", FRONT.group(), re.S | re.M)))
    pdf = made(NOTE.replace(FRONT.group(), blocks[kept] + "\n"), brand, cache)
    text = re.sub(r"\s", "", pymupdf.open(stream=pdf)[0].get_text())
    assert ("四、每周一图" in text) == (kept == "contents")
    assert ("审批限定60日" in text) == (kept == "points")
    assert ("Pika社区用户" in text) == (kept == "figures")


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("points: 指数收涨\n", ["note-type:1"]),
        ("points:\n  市场概况: 指数收涨\n  市场: 指数收涨\n", ["point-section:3"]),
        ("points:\n  市场概况: 指数收涨\n  market: 指数收涨\n", ["note-key:3"]),
        ("points:\n  市场概况:\n", ["point-empty:2"]),
        ("figures: 2.06\n", ["note-type:1"]),
        ('figures:\n  - {number: "2.06", section: 市场概况}\n', ["note-missing:2"]),
        ('figures:\n  - {number: "2.06", text: 涨幅, section: 市况}\n', ["point-section:2"]),
        ('figures:\n  - {number: "2.06", text: 涨幅, section: market, size: 3}\n', ["note-key:2"]),
        ('figures:\n  - {number: "123456789012", unit: 万, text: 涨幅, section: market}\n', ["figure-wide:2"]),
        ("contents: maybe\n", ["note-type:1"]),
    ],
)
def test_faults_point_at_their_place(front: str, expected: list[str], cache: str) -> None:
    """What is wrong is said at its line."""
    assert complaints(front, cache) == expected


def test_without_front_matter_nothing_changes(cache: str, tmp_path: Path) -> None:
    """A note without any of it has no contents and no empty rule where they would be."""
    assert FRONT is not None
    pdf = made(NOTE.replace(FRONT.group(), ""), "hengting", cache)
    assert "目录" not in pymupdf.open(stream=pdf)[0].get_text()


def test_a_chart_ends_the_first_page(cache: str) -> None:
    """In a house that asks for it, the first chart stands there once and text starts on page 2; where it finds no room, not."""
    pages = [re.sub(r"\s", "", page.get_text()) for page in pymupdf.open(stream=made(NOTE, "lanxu", cache))]
    assert [text.count("成长弹性居前") for text in pages[:3]] == [1, 0, 0]
    assert "2023年最后一周" not in pages[0]
    assert pages[1].index("2023年最后一周") < pages[1].index("主要指数当周普涨，全年仍有缺口")
    longer = NOTE.replace("  市场概况: 上证", "  市场概况: " + "指数收涨，" * 60 + "上证", 1)
    assert longer != NOTE
    crowded = pymupdf.open(stream=made(longer, "lanxu", cache))
    assert sum(re.sub(r"\s", "", page.get_text()).count("成长弹性居前") for page in crowded) == 1
    assert "成长弹性居前" not in crowded[0].get_text()
    assert "2023年最后一周" in re.sub(r"\s", "", pymupdf.open(stream=made(NOTE, "hengting", cache))[0].get_text())


def test_the_chart_of_the_first_page_is_read_in_its_section(cache: str) -> None:
    """Tags follow the note: the chart painted on page 1 comes after the table before it, as in the other house."""
    found = []
    for brand in BRANDS:
        reader = PdfReader(io.BytesIO(made(NOTE, brand, cache)))
        top = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()
        parts = [kid.get_object() for kid in top["/K"] if not isinstance(kid, int)]
        assert "/Figure" not in [part["/S"] for part in parts]
        section = next(part for part in parts if part.get("/T") == "市场概况")
        found.append([kid.get_object() for kid in section["/K"]])
    tags = [[str(kid["/S"]) for kid in kids] for kids in found]
    assert tags[0] == tags[1]
    assert tags[1].index("/Table") < tags[1].index("/Figure") < tags[1].index("/Div") - 1  # with its source between
    figure = found[1][tags[1].index("/Figure")]
    assert figure["/P"].get_object()["/T"] == "市场概况"


@pytest.mark.parametrize(("brand", "step"), [("hengting", 0.7), ("lanxu", 1.0)])
def test_a_comma_in_the_title_is_closed_up(brand: str, step: float, cache: str) -> None:
    """In large type its blank looks too wide: a house says how much goes; before a bracket it is gone anyhow."""
    source = NOTE.replace("title: 年末收涨，两份文件值得细读", "title: 年末，收涨，《文件》细读", 1)
    assert source != NOTE
    page = pymupdf.open(stream=made(source, brand, cache))[0]
    spans = [span for block in page.get_text("rawdict")["blocks"] for line in block.get("lines", ()) for span in line["spans"]]
    size = max(span["size"] for span in spans if any(char["c"] == "末" for char in span["chars"]))
    chars = [char for span in spans if span["size"] == size for char in span["chars"]]
    x = {place: char["origin"][0] for place, char in enumerate(chars) if char["c"] in "，收《"}
    comma, after, second, bracket = [x[place] for place in sorted(x)][:4]
    assert (after - comma) / size == pytest.approx(step, abs=0.01)
    assert (bracket - second) / size == pytest.approx(0.5, abs=0.02)


PLAIN = """title: 标题
published: 2024-01-02
{more}
市场概况: 一段话。
热点聚焦:
  - quote: 资金面整体宽松。
    by: 某机构
    date: 2024 年
每周关注: 一段话。
每周一图: 一段话。
"""


def shown(more: str, brand: str, cache: str) -> list[tuple[str, pymupdf.Rect, float]]:
    """(words, box, size) of what stands on the first page of a short note; warnings are no matter here."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    source = PLAIN.format(more=more).encode()
    compiled = compile_note(str(REPOSITORY / "notes" / "own.yaml"), world, Report(), brand=brand, data=source)
    assert compiled is not None
    found = []
    for block in pymupdf.open(stream=compiled.pdf)[0].get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            found += [
                (one["text"].strip(), pymupdf.Rect(one["bbox"]), one["size"]) for one in line["spans"] if one["text"].strip()
            ]
    return found


@pytest.mark.parametrize("brand", BRANDS)
def test_long_key_figures_stay_in_their_columns(brand: str, cache: str) -> None:
    """All are set smaller alike, so that the longest has room with its unit."""
    kinds = ("market", "focus", "watch", "chart")
    rows = [f'  - {{number: "123456789{at}.8", unit: 亿元, text: 涨幅, section: {kind}}}' for at, kind in enumerate(kinds)]
    found = shown("figures:\n" + "\n".join(rows), brand, cache)
    numbers = [(box, size) for words, box, size in found if words.startswith("12345678")]
    units = [box for words, box, _ in found if words == "亿元"]
    assert len(numbers) == len(units) == 4
    assert len({size for _, size in numbers}) == 1
    for (box, _), unit in zip(numbers, units, strict=True):
        assert box.x1 < unit.x0 + 1
    assert all(unit.x1 < box.x0 for unit, (box, _) in zip(units, numbers[1:], strict=False))


def test_many_authors_stand_in_the_column(cache: str) -> None:
    """Names that find no room in the row go on under it, and the band grows with them."""
    names = [f"某研究员{one}" for one in "甲乙丙丁戊己庚辛"]
    found = shown("authors: [" + ", ".join(names) + "]", "lanxu", cache)
    boxes = [(box, len(words) * size) for words, box, size in found if "某研究员" in words]
    assert "".join(words for words, _, _ in found).count("某研究员") == 8
    assert max(box.x0 + width for box, width in boxes) < 548  # a blank at a line's end stands outside
    assert len({round(box.y0) for box, _ in boxes}) > 1


@pytest.mark.parametrize(("issue", "size"), [("1", 56), ("24", 56), ("128", 41)])
def test_the_word_after_an_issue_number_follows_it(issue: str, size: float, cache: str) -> None:
    """However many digits it has; three of them are set smaller and stay in the rail."""
    found = shown(f"issue: 2024 年第 {issue} 期", "lanxu", cache)
    number = next(box for words, box, found_size in found if words == issue and abs(found_size - size) < 1)
    word = next(box for words, box, found_size in found if words == "期" and abs(found_size - 8.5) < 0.1)
    assert 0 < word.x0 - number.x1 < 3
    assert word.x1 < 147


def test_a_quotation_under_a_section_leaves_its_name_free(cache: str) -> None:
    """In the rail the by-line stands under the name, not on it."""
    found = shown("", "lanxu", cache)
    name = next(box for words, box, _ in found if "热点聚焦" in words)
    by = next(box for words, box, _ in found if words == "某机构")
    assert by.y0 > name.y0 + 13
