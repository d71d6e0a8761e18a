"""Tables with rows that are not like the others: heads of groups, totals, rows set off."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pypdfium2
import pytest

import verapdf
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.verify.conformance import conformance
from compiler.verify.file import File
from compiler.verify.structure import Check
from compiler.world import World
from conftest import MINIMAL, REPOSITORY, Build

SECTION = "每周一图: |\n  文生视频走向公众。\n"


def note(table: str) -> str:
    """A note with a table in its last section."""
    lines = "".join(f"      {line}\n" for line in table.strip().splitlines())
    return MINIMAL.replace(SECTION, f"每周一图:\n  - table:\n{lines}")


GALLERY = REPOSITORY / "tests" / "cases" / "tables" / "gallery.yaml"
TABLE = """
caption: 规模
source: sse
columns: [产品, {title: 规模, kind: number}, {title: 收益率, kind: change}]
rows:
  - group: 权益类
  - [成长 A, "1,023.70", -2.41%]
  - [红利 A, "141.25", 1.98%]
  - group: 固收类
  - [稳健 A, "58.4", "--"]
total: 合计
highlight: 红利 A
"""


def texts(pdf: bytes) -> list[str]:
    """The words of each page without blanks."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(io.BytesIO(pdf))]


def cells(pdf: bytes) -> list[list[tuple[str, str, int]]]:
    """(tag, scope, columns covered) of each cell, row by row, of the first table."""
    root = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    found: list[list[tuple[str, str, int]]] = []

    def walk(element: object) -> None:
        node = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(node, list):
            for kid in node:
                walk(kid)
            return
        if not isinstance(node, dict):
            return
        if node.get("/S") == "/TR":
            found.append([])
        if node.get("/S") in ("/TH", "/TD"):
            attributes = node.get("/A", {})
            listed = attributes if isinstance(attributes, list) else [attributes]
            merged = {key: value for one in listed for key, value in one.items()}
            found[-1].append((str(node["/S"]), str(merged.get("/Scope", "")), int(merged.get("/ColSpan", 1))))
        walk(node.get("/K", []))

    walk(root["/K"])
    return found


@pytest.mark.parametrize("brand", ["hengting", "lanxu"])
def test_groups_and_totals_are_tagged_and_reckoned(brand: str, build: Build) -> None:
    """A group's head covers all columns; the total is exact, of amounts only."""
    pdf = build(note(TABLE).replace("brand: hengting", f"brand: {brand}")).pdf
    rows = cells(pdf)
    assert rows[1] == [("/TH", "/Row", 3)]
    assert rows[4] == [("/TH", "/Row", 3)]
    assert [cell[0] for cell in rows[6]] == ["/TH", "/TD", "/TD"]
    assert "合计1,223.35" in "".join(texts(pdf))
    file = File(pdf)
    assert [*conformance(file), *Check(file).run()] == []


def test_a_row_set_off_stands_on_the_brands_ground(build: Build) -> None:
    """As wide as the table."""
    plain, marked = build(note(TABLE.replace("highlight: 红利 A\n", ""))).pdf, build(note(TABLE)).pdf
    colour = (0xEE, 0xF1, 0xF5)

    def count(pdf: bytes) -> int:
        pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
        return sum(page.render(scale=1).to_pil().convert("RGB").tobytes().count(bytes(colour)) for page in pages)

    assert count(marked) > count(plain) + 2_000


def test_a_group_goes_on_over_a_page(build: Build) -> None:
    """Its name stands again under the repeated head, and never alone at a foot."""
    rows = "".join(f"\n  - [产品 {number}, {number}]" for number in range(80))
    head = "caption: 长表\nsource: sse\ncolumns: [产品, 规模]\nrows:\n  - group: 宽基"
    table = f"{head}{rows}\n  - group: 其他\n  - [末, 1]\n  - [尾, 2]"
    pages = texts(build(note(table)).pdf)
    parts = [page for page in pages if "产品规模" in page]
    assert len(parts) >= 2
    assert all("宽基（续）" in page for page in parts[1:] if "产品" in page.split("产品规模", 1)[1][:40])
    assert all("其他末1" in page for page in pages if "其他" in page and "末1" in page)


def test_groups_and_totals_of_data(root: Path, build: Build) -> None:
    """A column gives the groups and is not shown itself."""
    (root / "notes" / "a.csv").write_text("类别,名称,数额\n宽基,甲,1.5\n宽基,乙,2.25\n跨境,丙,3\n", "utf-8")
    table = "caption: 数\nsource: sse\ndata: a.csv\ngroup: 类别\ntotal: {title: 平均, by: mean}"
    text = "".join(texts(build(note(table)).pdf))
    assert "宽基甲1.5乙2.25跨境丙3平均2.25" in text
    assert "类别" not in text


def test_a_summary_is_for_those_who_listen(build: Build) -> None:
    """An attribute of the table (ISO 32000-1, 14.8.5.7), not on the page; the file still conforms."""
    words = "三行三列，按类别分组，末行为合计"
    pdf = build(note(f"summary: {words}" + TABLE)).pdf
    assert words not in "".join(texts(pdf))
    held = [
        item.get_object().get("/A")
        for item in pypdf.PdfWriter(clone_from=io.BytesIO(pdf))._objects
        if isinstance(item, dict) and item.get("/S") == "/Table"
    ]
    assert [attributes["/Summary"] for attributes in held] == [words]
    file = File(pdf)
    assert [*conformance(file), *Check(file).run()] == []


FAULTS = [
    ("summary: 规模" + TABLE, "table-summary", "规模"),
    (TABLE.replace("total: 合计", "total: {title: 合计, by: median}"), "table-total", "median"),
    (TABLE.replace("total: 合计", "total: [合计]"), "table-total", "[合计]"),
    (TABLE.replace("红利 A\n", "红利 C\n"), "table-highlight", "红利 C"),
    (TABLE.replace("  - [稳健 A, \"58.4\", \"--\"]\n", ""), "table-group", "固收类"),
    (TABLE.replace("rows:", "group: 产品\nrows:"), "table-data", "产品"),
    ("columns: [a, b]\nrows: [[甲, 1], [乙, 2], [合计, 5]]", "table-total", "5"),
    ("columns: [a, b]\nrows: [[甲, 1.5], [乙, 2.5], [总计, '5.0']]", "table-total", "5.0"),
    ("columns: [a, 占比]\nrows: [[甲, 1%], [乙, 2%]]\ntotal: 合计", "table-total", "合计"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "words"), FAULTS, ids=[f"{case[1]}-{case[2]}" for case in FAULTS])
def test_faults_of_rows(table: str, code: str, words: str, root: Path, cache: str) -> None:
    """At the word that is wrong."""
    path = root / "notes" / "a.yaml"
    path.write_text(note(table), encoding="utf-8")
    report = Report()
    compile_note(str(path), World(environ={}, cwd=str(root), cache_dir=cache), report)
    found = [(item.code, item.span.file.text[item.span.start : item.span.end].strip("'\"")) for item in report if item.span]
    assert (code, words) in found


RIGHT = [
    "columns: [a, b]\nrows: [[甲, 1.4], [乙, 2.4], [丙, 3.4], [合计, 7]]",  # each may be rounded
    "columns: [a, 收益率]\nrows: [[甲, 1%], [乙, 2%], [合计, 1.4%]]",
    "columns: [a, b]\nrows: [[甲, 10], [乙, 20], [合计, 15]]",  # a mean
    "columns: [a, 价格]\nrows: [[甲, 10], [乙, 20], [合计, 40]]",
    "columns: [a, b]\nrows: [[甲, '1,000'], [乙, '--'], [合计, '1,000']]",
    "columns: [a, b]\nrows: [[甲, 1], [合计, 4]]",
]


@pytest.mark.parametrize("table", RIGHT)
def test_right_totals_are_left_alone(table: str, build: Build) -> None:
    """Rounded terms, shares, means, prices, missing values."""
    assert build(note(table)).pdf


# --- the gallery -----------------------------------------------------------------------------------------------------


def gallery(brand: str, cache: str, layout: str = "") -> tuple[bytes, list[str]]:
    """The gallery in one brand, and what was said of it."""
    report = Report()
    world = World(environ={}, cwd=str(GALLERY.parent), cache_dir=cache)
    made = compile_note(str(GALLERY), world, report, brand=brand, layout=layout)
    assert made is not None, list(report)
    return made.pdf, [item.code for item in report]


@pytest.mark.parametrize(("brand", "layout", "said"), [("hengting", "", 0), ("lanxu", "", 0), ("hengting", "phone", 1)])
def test_every_cell_of_the_gallery_is_there(brand: str, layout: str, said: int, cache: str, tmp_path: Path) -> None:
    """Fifty-two rows, twelve columns (too many for a phone, which is told), long and empty cells, huge and tiny numbers."""
    pdf, codes = gallery(brand, cache, layout)
    assert codes == ["table-too-wide"] * said
    whole = "".join(texts(pdf))
    for line in (GALLERY.parent / "indices.csv").read_text("utf-8").splitlines()[1:]:
        name, last = line.split(",")[1:3]
        assert name.replace(" ", "") in whole
        assert last in whole
    for words in ("1,234,567,890,123.45", "0.000001", "\u221299.99%", "AVeryLongWord", "未涉及", "平均", "3,001"):
        assert words in whole
    file = File(pdf)
    assert [*conformance(file), *Check(file).run()] == []
    if verapdf.available():
        path = tmp_path / "gallery.pdf"
        path.write_bytes(pdf)
        conforms, said_by = verapdf.judge([str(path)], "3a,ua1")
        assert conforms, said_by


def test_names_beside_bars_stay_whole(cache: str) -> None:
    """Bars give way to words."""
    pdf, _ = gallery("hengting", cache)
    lines = {
        line.replace(" ", "")
        for page in pypdfium2.PdfDocument(io.BytesIO(pdf))
        for line in page.get_textpage().get_text_range().splitlines()
    }
    assert any(line.startswith("电力设备行业") for line in lines)
    assert any(line.startswith("纳斯达克综合指数") for line in lines)
