"""The same note on other pages: Letter, and the narrow page of a phone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest

from compiler.brand import load
from compiler.diagnostics import Report, render_short
from compiler.pipeline import Stages, compile_note, read_note
from compiler.world import World
from conftest import BRANDS, NOTES, REPOSITORY
from test_notes import lost, squeezed

SIZES = {"letter": (612.0, 792.0), "phone": (390.0, 780.0)}
LARGEST = {"letter": 11.0, "phone": 17.0}


@pytest.mark.parametrize("layout", SIZES)
@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_everything_is_there_and_on_the_page(path: Path, brand: str, layout: str, cache: str) -> None:
    """No word lost, none beside or below the page, none in the foot, and body text in the size of the layout."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    report = Report()
    note = read_note(str(path), world, report, Stages(), brand=brand)
    made = compile_note(str(path), world, report, brand=brand, layout=layout)
    assert not [render_short(found) for found in report if found.code != "line-overfull"]
    assert note is not None
    assert made is not None
    document = pymupdf.open(stream=made.pdf)
    width, height = SIZES[layout]
    ours = [page for page in document if (round(page.rect.width), round(page.rect.height)) == (width, height)]
    assert len(ours) > 3
    sizes: dict[float, int] = {}
    for page in ours:
        rows = []
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    if span["text"].strip():
                        assert span["bbox"][0] > -1
                        assert span["bbox"][2] < width + 8, span["text"]  # the blank half of a mark
                        rows.append(span["origin"][1])
                        sizes[round(span["size"], 1)] = sizes.get(round(span["size"], 1), 0) + len(span["text"])
        foot = max(rows)
        assert foot < height - 20
        assert not [y for y in rows if foot - 12 < y < foot - 0.5]  # the foot stands alone
    assert sizes[16.0 if layout == "phone" else {"hengting": 10.5, "lanxu": 10.0}[brand]] > 1000
    text = squeezed("".join(page.get_text() for page in document))
    missing = lost(note, text.replace("请务必阅读文末的免责声明与风险提示", ""))
    assert not missing


def test_a_layout_has_a_file_of_its_own(tmp_path: Path, cache: str) -> None:
    """`--layout phone` writes beside the A4 PDF, not over it; an unknown one is an error that names those there are."""
    command = [sys.executable, "-m", "compiler", "-q", str(NOTES[0]), "-o", f"{tmp_path}/"]
    environ = {"PYTHONPATH": str(REPOSITORY), "CN_CACHE_DIR": cache, "CN_PACKS": "0", "PATH": ""}
    subprocess.run([*command, "--layout", "phone"], env=environ, check=True, timeout=120)
    assert [path.name for path in tmp_path.iterdir()] == [f"{NOTES[0].stem}-phone.pdf"]
    wrong = subprocess.run([*command, "--layout", "fone"], env=environ, capture_output=True, text=True, check=False, timeout=120)
    assert wrong.returncode == 1
    assert "brand-layout" in wrong.stderr
    assert "did you mean `phone`?" in wrong.stderr


def test_a_house_has_the_pages_of_the_one_it_extends(tmp_path: Path, cache: str) -> None:
    """`extends: hengting` brings its phone page, in the house's own colours; a file of its own says more."""
    house = tmp_path / "assets" / "brands" / "own"
    house.mkdir(parents=True)
    (house / "brand.yaml").write_text('extends: hengting\ncolours: {accent: "#5a1e3a"}\n', "utf-8")
    (house / "tablet.yaml").write_text("page: {width: 600, height: 800}\ngrid: {lines: 34}\n", "utf-8")
    report = Report()
    world = World(environ={}, cwd=str(tmp_path), cache_dir=cache)
    phone = load("own/phone", str(tmp_path), world, report)
    assert not len(report)
    assert phone is not None
    assert (phone.geometry.width, phone.section.style.colour) == (390.0, "#5a1e3a")
    (house / "phone.yaml").write_text("page: {height: 900}\n", "utf-8")
    phone = load("own/phone", str(tmp_path), World(environ={}, cwd=str(tmp_path), cache_dir=cache), report)
    assert phone is not None
    assert (phone.geometry.width, phone.geometry.height) == (390.0, 900.0)
    tablet = load("own/tablet", str(tmp_path), world, report)
    assert tablet is not None
    assert (tablet.geometry.width, tablet.geometry.side_width) == (600.0, 96.0)


@pytest.mark.parametrize("brand", BRANDS)
def test_no_reference_is_left_alone(brand: str, cache: str) -> None:
    """The last entry keeps the one before it, with white between the entries, too."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    path = REPOSITORY / "notes" / "typeface-survey.yaml"
    made = compile_note(str(path), world, Report(), brand=brand, layout="phone")
    assert made is not None
    pages = [page.get_text() for page in pymupdf.open(stream=made.pdf)]
    last = next(text for text in pages if "Small Faults on Large Pages" in text)
    assert "W3C. Requirements" in last


def read(path: Path, brand: str, cache: str, layout: str = "phone") -> pymupdf.Document:
    """The note in a brand's layout."""
    made = compile_note(str(path), World(environ={}, cwd=str(REPOSITORY), cache_dir=cache), Report(), brand=brand, layout=layout)
    assert made is not None
    return pymupdf.open(stream=made.pdf)


def spans(page: pymupdf.Page) -> list[tuple[str, float, float, float]]:
    """(words, x, baseline, size) of what stands on a page."""
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            found += [(one["text"].strip(), *one["origin"], one["size"]) for one in line["spans"]]
    return found


@pytest.mark.parametrize(("more", "sizes"), [("", {30.0}), (" A", {28.0, 29.0, 28.5})])
def test_a_title_turns_by_sense(more: str, sizes: set[float], cache: str, tmp_path: Path) -> None:
    """On a phone, too, and rather a little smaller than in the middle of a name."""
    title = f"字库年鉴速读：When Han Meets Latin{more}"
    path = tmp_path / "note.yaml"
    sections = "市场概况: 一段话。\n热点聚焦: 一段话。\n每周关注: 一段话。\n每周一图: 一段话。\n"
    path.write_text(f"title: {title}\npublished: 2024-01-02\nbrand: lanxu\n{sections}", "utf-8")
    shown = [(words, size) for words, _, _, size in spans(read(path, "lanxu", cache)[0]) if size > 25 and words]
    assert [words for words, _ in shown] == title.replace("：", "：\n").splitlines()
    assert {round(size, 1) for _, size in shown} <= sizes
    assert len({size for _, size in shown}) == 1


@pytest.mark.parametrize("brand", BRANDS)
def test_words_of_pictures_can_be_read_on_a_phone(brand: str, cache: str) -> None:
    """Words of a drawing as wide as the screen are set larger than its scale would have them."""
    shown = [span for page in read(NOTES[1], brand, cache) for span in spans(page)]
    found = {words: size for words, _, _, size in shown if words in ("宋体 Serif", "48.2%", "80%", "66.2%", "¼ em")}
    assert len(found) >= 3
    assert min(found.values()) > 7.2


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 672 200" width="672" height="200">
<rect x="{bar}" y="0" width="20" height="100" fill="#333333"/>
<text x="10" y="60" font-size="10">甲乙丙丁</text>
<text x="10" y="150" font-size="30">大字不动</text>
</svg>"""


@pytest.mark.parametrize(("bar", "size"), [(300, 9.0), (52, 5.0)])
def test_words_of_pictures_grow_into_free_room_only(bar: int, size: float, cache: str, tmp_path: Path) -> None:
    """A word hemmed in by a shape keeps its size; others grow to what can be read, and large ones never."""
    (tmp_path / "own.svg").write_text(DRAWING.format(bar=bar), "utf-8")
    figure = "figure: {image: own.svg, alt: 四个小字、四个大字和一根竖条, caption: 字与条, source: own}"
    source = "title: 标题\npublished: 2024-01-02\nbrand: lanxu\nsources: {own: {publisher: 本公司, title: 图样}}\n"
    source += f"市场概况:\n  - 一段话。\n  - {figure}\n热点聚焦: 一段话。\n每周关注: 一段话。\n每周一图: 一段话。\n"
    path = tmp_path / "note.yaml"
    path.write_text(source, "utf-8")
    shown = {words: found for page in read(path, "lanxu", cache) for words, _, _, found in spans(page)}
    assert shown["甲乙丙丁"] == pytest.approx(size, abs=0.01)
    assert shown["大字不动"] == pytest.approx(15.0, abs=0.01)


@pytest.mark.parametrize("layout", ["", "phone"])
@pytest.mark.parametrize("brand", BRANDS)
def test_a_heading_keeps_its_text_near(brand: str, layout: str, cache: str, tmp_path: Path) -> None:
    """As near as elsewhere on a page, also under a table, and the text under it on the grid."""
    table = "  - table: {caption: 表, columns: [项目, 数], rows: [[甲, 1], [乙, 2]], source: own}\n"
    body = "市场概况:\n  - 一段话。\n  - heading: 其一\n  - 第一段。\n  - break: page\n  - heading: 其二\n  - 第二段。\n"
    body += f"{table}  - heading: 其三\n  - 第三段。\n"
    source = f"title: 标题\npublished: 2024-01-02\nbrand: {brand}\nsources: {{own: {{publisher: 本公司, title: 数}}}}\n{body}"
    path = tmp_path / "note.yaml"
    path.write_text(source + "热点聚焦: 一段话。\n每周关注: 一段话。\n每周一图: 一段话。\n", "utf-8")
    document = read(path, brand, cache, layout)
    rows = [{words: baseline for words, _, baseline, _ in spans(page)} for page in document]
    below = rows[0]["第一段。"] - rows[0]["其一"]
    assert rows[1]["第二段。"] - rows[1]["其二"] == pytest.approx(below, abs=0.01)
    assert rows[1]["第三段。"] - rows[1]["其三"] == pytest.approx(below, abs=0.01)


@pytest.mark.parametrize("words", [4, 5, 6, 7, 8])
@pytest.mark.parametrize("brand", BRANDS)
def test_contents_and_nested_lists_stay_together(brand: str, words: int, cache: str, tmp_path: Path) -> None:
    """On a phone the two rows of the contents stand on one page, and no last item of a list alone on a page's top."""
    points = "points:\n" + "".join(
        f"  {part}: {'指数收涨，' * words}收涨。\n" for part in ("市场概况", "热点聚焦", "每周关注", "每周一图")
    )
    item = "    1. 事项：\n       - 甲：\n         - 子丑寅卯\n         - 辰巳\n       - 末项\n"
    body = "市场概况:\n  - |\n    事项如下：\n\n" + "".join(item.replace("1.", f"{at}.") for at in range(1, 12))
    source = f"title: 标题\npublished: 2024-01-02\nbrand: {brand}\ncontents: true\n{points}{body}"
    path = tmp_path / "note.yaml"
    path.write_text(source + "热点聚焦: 一段话。\n每周关注: 一段话。\n每周一图: 一段话。\n", "utf-8")
    rows = [spans(page) for page in read(path, brand, cache)]
    entries = [at for at, page in enumerate(rows) for words, _, _, size in page if words[1:2] == "、" and size < 15]
    assert len(entries) >= 4
    assert len(set(entries[:4])) == 1
    tops = [min((one for one in page if 75 < one[2] < 700), key=lambda one: one[2])[0] for page in rows[1:]]
    assert "末项" not in tops
