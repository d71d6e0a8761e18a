"""Tables with rows that are not like the others: heads of groups, totals, rows set off."""

from __future__ import annotations

import io
from pathlib import Path

import pymupdf
import pypdf
import pypdfium2
import pytest

import verapdf
from compiler.conformance import conformance
from compiler.conformance.file import File
from compiler.conformance.structure import Check
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
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
    (f"columns: [a, b]\nrows: [[甲, {'9' * 30}], [乙, 2.5]]\ntotal: 合计", "table-total", "合计"),
    ("turn: quarter" + TABLE, "note-type", "quarter"),
    ("trun: true" + TABLE, "note-key", "trun"),
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


# --- tables too wide -------------------------------------------------------------------------------------------------


def wide(columns: int, rows: int = 4, more: str = "", name: str = "沪深 300 指数增强第 {} 号", cell: str = "-{}.25%") -> str:
    """A table of so many columns."""
    years = ", ".join(f"{2000 + year} 年回报" for year in range(columns - 1))
    body = "".join(
        f"\n  - [{name.format(row)}, {', '.join(cell.format(10 + row + year) for year in range(columns - 1))}]"
        for row in range(rows)
    )
    return f"caption: 历年回报\nunit: 单位：%\nsource: sse\nnote: 示例。\n{more}columns: [基金, {years}]\nrows:{body}"


def in_text(table: str) -> str:
    """The same, with text before and after."""
    made = note(table).replace("每周一图:\n", "每周一图:\n  - 各只基金的回报见表。\n")
    return made + "  - 表后的文字排在前一页。\n"


def boxes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, none of them rotated."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert not any(page.rotation for page in pages)
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages]


def conforms(pdf: bytes) -> bool:
    """By our own reading of PDF/A-3a and PDF/UA-1."""
    file = File(pdf)
    return [*conformance(file), *Check(file).run()] == []


UP, ON_ITS_SIDE = (595, 842), (842, 595)


@pytest.mark.parametrize("brand", ["hengting", "lanxu"])
def test_a_table_too_wide_for_the_page_stands_on_one_that_lies(brand: str, build: Build) -> None:
    """Behind the page of the text before it, which text after it fills; over two pages with its caption and head again."""
    pdf = build(in_text(wide(13, 30)).replace("brand: hengting", f"brand: {brand}"), least=95).pdf
    assert boxes(pdf)[:3] == [UP, ON_ITS_SIDE, ON_ITS_SIDE]
    pages = texts(pdf)
    assert "表后的文字排在前一页" in pages[0]
    assert "历年回报" not in pages[0]
    assert all("2011年回报" in page and "表1历年回报" in page for page in pages[1:3])
    assert "表1历年回报（续）单位：%" in pages[2]
    assert "注：示例。资料来源：上海证券交易所" in pages[2]
    assert all(f"第{number}页" in page for number, page in enumerate(pages[:3], 1))
    assert [sum(f"第{row}号−{10 + row}.25%" in page for page in pages) for row in range(30)] == [1] * 30
    assert conforms(pdf)


def test_what_is_turned_keeps_its_place_for_who_listens(build: Build) -> None:
    """The table is read between the paragraphs it stands between in the note."""
    pdf = build(in_text(wide(13))).pdf
    tags: list[str] = []

    def walk(element: object) -> None:
        node = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict) and "/S" in node:
            tags.append(str(node["/S"]))
            if node["/S"] in ("/Document", "/Sect"):
                walk(node.get("/K", []))

    walk(pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    at = tags.index("/Table")
    assert tags[at - 1 : at + 4] == ["/P", "/Table", "/P", "/P", "/P"]  # note and source, then the text after it


def test_words_of_a_turned_table_are_set_smaller_down_to_seven_points(build: Build) -> None:
    """Read from the page: thirteen columns and long names need smaller words, and none is under 7 pt but reference marks."""
    text = pypdfium2.PdfDocument(io.BytesIO(build(in_text(wide(14))).pdf))[1].get_textpage()
    found: dict[float, set[str]] = {}
    for at in range(text.count_chars()):
        size = round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, at), 2)
        found.setdefault(size, set()).add(text.get_text_range(at, 1))
    assert [size for size, characters in found.items() if size < 7 and characters - set("[1]\r\n ")] == []
    assert any(7 <= size < 9.5 and "沪" in characters for size, characters in found.items())


@pytest.mark.parametrize(
    ("columns", "turn", "turned"),
    [(4, "", False), (4, "turn: true\n", True), (4, "turn: auto\n", False), (13, "turn: auto\n", True)],
)
def test_turn_is_asked_for_or_comes_of_itself(columns: int, turn: str, turned: bool, build: Build) -> None:
    """`true` turns a small one, too; `auto`, the rule, only what does not fit."""
    assert (ON_ITS_SIDE in boxes(build(in_text(wide(columns, more=turn))).pdf)) == turned


def test_a_table_may_stay_upright(build: Build) -> None:
    """With `turn: false` the author is told."""
    assert ON_ITS_SIDE not in boxes(build(in_text(wide(13, more="turn: false\n")), expect=("table-too-wide",)).pdf)


def test_a_table_too_wide_even_turned_is_told(build: Build) -> None:
    """It stands where there is most room."""
    assert ON_ITS_SIDE in boxes(build(in_text(wide(30)), expect=("table-too-wide",)).pdf)


def test_a_table_takes_both_columns_before_it_is_turned(build: Build) -> None:
    """What is too wide for the text fits text and side column."""
    pdf = build(in_text(wide(9))).pdf
    assert ON_ITS_SIDE not in boxes(pdf)
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(io.BytesIO(pdf))]
    page = next(page for page in pages if "指数增强第 0 号" in page.get_text_range())
    rights = [page.get_charbox(at)[2] for at in range(page.count_chars()) if page.get_text_range(at, 1) == "%"]
    assert max(rights) > 500


def test_what_is_numbered_after_a_turned_table_comes_after_it(build: Build) -> None:
    """A small table that would find room on the page before waits, with the heading over it; text does not."""
    small = (
        "  - heading: 小节\n  - table:\n      caption: 小表\n      source: sse\n      columns: [甲, 乙]\n      rows: [[一, 二]]\n"
    )
    pages = texts(build(in_text(wide(13)) + small).pdf)
    order = ("表后的文字", "表1历年", "小节", "表2小表")
    assert [next(at for at, page in enumerate(pages) if words in page) for words in order] == [0, 1, 2, 2]


def test_a_heading_without_text_says_where_its_table_is(build: Build) -> None:
    """No heading stands alone on its page; the line counts as content."""
    pages = texts(build(note(wide(13))).pdf)
    assert "四、每周一图表1见后页。" in pages[0]
    assert "表1历年回报" in pages[1]


@pytest.mark.parametrize("brand", ["hengting", "lanxu"])
def test_on_a_phone_cells_stand_under_the_name_of_their_row(brand: str, build: Build) -> None:
    """In columns while these fit, each number once; the file conforms, with all its rows and heads."""
    pdf = build(in_text(wide(6, 52)), brand=f"{brand}/phone").pdf
    rows = cells(pdf)
    assert [cell[:2] for cell in rows[0]] == [("/TH", "/Column")] * 6
    assert rows[1:] == [[("/TH", "/Row", 1), *[("/TD", "", 1)] * 5]] * 52
    whole = "".join(texts(pdf))
    assert [whole.count(f"第{row}号−{10 + row}.25%−{11 + row}.25%") for row in range(52)] == [1] * 52
    assert conforms(pdf)
    assert sum("历年回报" in page for page in texts(pdf)) <= 6


@pytest.mark.parametrize("brand", ["hengting", "lanxu"])
def test_on_a_phone_rows_of_many_columns_are_cards(brand: str, build: Build) -> None:
    """Name, then label and value, two beside one another; the labels of the first card are the heads of the table."""
    groups = wide(13, 6).replace("rows:", "rows:\n  - group: 指数").replace("columns: [基金", "columns: [基金名称")
    pdf = build(in_text(groups), brand=f"{brand}/phone").pdf
    rows = cells(pdf)
    assert [cell[:2] for cell in rows[0]] == [("/TH", "/Column")] * 13
    assert rows[1] == [("/TH", "/Row", 13)]
    assert rows[2:] == [[("/TH", "/Row", 1), *[("/TD", "", 1)] * 12]] * 6
    whole = "".join(texts(pdf))
    assert "第3号2000年回报−13.25%2001年回报−14.25%2002年回报" in whole
    assert ON_ITS_SIDE not in boxes(pdf)
    assert conforms(pdf)


def test_long_and_empty_cells_of_cards(build: Build) -> None:
    """A value too long for a line stands under its label; one that is empty leaves its place."""
    long = "国家出版主管部门自受理之日起六十日内作出批准或者不予批准的决定并书面通知申请人"
    titles = ", ".join(f"列{number}名称" for number in range(14))
    row = ", ".join(["甲", *['"1,234,567.89"'] * 11, '""', long])
    table = f"caption: 长\nsource: sse\ncolumns: [{titles}]\nrows: [[{row}]]"
    pdf = build(in_text(table), brand="hengting/phone").pdf
    whole = "".join(texts(pdf))
    assert f"列12名称列13名称{long}" in whole
    assert conforms(pdf)


# --- the gallery -----------------------------------------------------------------------------------------------------


def gallery(brand: str, cache: str, layout: str = "") -> tuple[bytes, list[str]]:
    """The gallery in one brand, and what was said of it."""
    report = Report()
    world = World(environ={}, cwd=str(GALLERY.parent), cache_dir=cache)
    made = compile_note(str(GALLERY), world, report, brand=brand, layout=layout)
    assert made is not None, list(report)
    return made.pdf, [item.code for item in report]


@pytest.mark.parametrize(("brand", "layout"), [("hengting", ""), ("lanxu", ""), ("hengting", "phone"), ("lanxu", "phone")])
def test_every_cell_of_the_gallery_is_there(brand: str, layout: str, cache: str, tmp_path: Path) -> None:
    """Fifty-two rows, twelve columns (which on a phone stand under the names of their rows), long and empty cells, huge and
    tiny numbers."""
    pdf, codes = gallery(brand, cache, layout)
    assert codes == []
    whole = "".join(texts(pdf))
    for line in (GALLERY.parent / "indices.csv").read_text("utf-8").splitlines()[1:]:
        name, last = line.split(",")[1:3]
        assert name.replace(" ", "") in whole
        assert last in whole
    for words in (
        "1,234,567,890,123.45",
        "0.000001",
        "\u221299.99%",
        "AVeryLongWord",
        "未涉及",
        "平均",
        "3,001",
        "国证新能源车电池指数",
    ):
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


LONG = """
caption: 处理办法
source: sse
columns: [序号, 毛病, {title: 次数, kind: number}, {title: 变化, kind: change}, 办法]
rows:
  - [A-01, 行首出现句号, "0.25", "-62.5", 避头尾，先推入，推不进再推出，全段重排，直到没有一行以标点开头]
  - [A-02, 行末留下前引号, "1", "-8", ""]
  - [A-03, 连续标点不挤压, "12.5", "+3.1", 同上]
"""


def places(pdf: bytes, *wanted: str) -> list[tuple[float, float]]:
    """(left, baseline) in points of what begins with each of some words."""
    spans = [
        (span["text"], span["origin"])
        for page in pymupdf.open(stream=pdf)
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
    ]
    return [next(origin for text, origin in spans if text.startswith(words)) for words in wanted]


@pytest.mark.parametrize("brand", ["hengting", "lanxu"])
def test_long_words_stand_below_their_row(root: Path, cache: str, brand: str) -> None:
    """On a phone a last column that would take many lines stands under its row, from the second column on; on A4 beside it."""
    path = root / "notes" / "note.yaml"
    path.write_text(note(LONG), "utf-8")
    for layout, below in (("phone", True), ("", False)):
        report = Report()
        made = compile_note(
            str(path), World(environ={}, cwd=str(root), cache_dir=cache), report, brand=brand, layout=layout, least=0
        )
        assert not len(report)
        assert made is not None
        key, second, last, after, title = places(made.pdf, "A-01", "行首出现", "避头尾", "A-02", "毛病")
        assert (last[1] > key[1] + 5) is below
        if below:
            assert last[0] == pytest.approx(second[0], abs=0.1)
            assert key[1] < last[1] < after[1]
            assert places(made.pdf, "办法")[0][1] > title[1] + 5
            assert places(made.pdf, "A-03")[0][1] - after[1] < after[1] - key[1]  # an empty cell takes no line
    found = "".join(texts(made.pdf))
    assert found.index("A-01") < found.index("避头尾") < found.index("A-02")


REGISTER = """
caption: 字族一览
source: sse
columns: [编号, 字族, {title: 字符数, kind: number}, {title: 体积, kind: number}, {title: 字重, kind: number}, 许可方式, 用途]
rows:
"""


@pytest.mark.parametrize("brand", ["hengting", "lanxu"])
def test_names_stay_on_one_line_on_a_phone(root: Path, cache: str, brand: str) -> None:
    """A long table with words below its rows breaks none but its longest name, and is set smaller for it."""
    names = [
        f"{first} Serif SC" for first in ("Aster", "Basalt", "Cedar", "Delta", "Ember", "Fjord", "Garnet", "Harbor", "Indigo")
    ]
    names.append("Quartz Serif SC Extended Display Caption")
    words = "屏幕界面；低分辨率设备上另附一套点阵字形"
    rows = [f'  - ["{at:06}", {name}, "{12000 + at}", "12.{at}25", "{at}", 开源 OFL, {words}]\n' for at, name in enumerate(names)]
    path = root / "notes" / "note.yaml"
    path.write_text(note(REGISTER + "".join(rows)), "utf-8")
    report = Report()
    world = World(environ={}, cwd=str(root), cache_dir=cache)
    made = compile_note(str(path), world, report, brand=brand, layout="phone", least=0)
    assert not len(report)
    assert made is not None
    lines = {
        "".join([span["text"] for span in line["spans"]]).strip()
        for page in pymupdf.open(stream=made.pdf)
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    }
    whole = [name for name in names if any([name in line for line in lines])]
    assert whole == names[:-1]


@pytest.mark.parametrize(
    ("more", "head"),
    [
        ("", "日期规模（亿元）收益率（%）名额"),
        ("unit: 亿元", "日期规模收益率名额"),  # the table says it once
        ("columns: [日期, {key: 规模, title: 大小}]", "日期大小"),  # the author's own words
    ],
)
def test_heads_say_what_declared_data_count(build: Build, more: str, head: str) -> None:
    """A column's unit stands in its head, unless its name, the table or the author says it."""
    data = (
        "data:\n  d:\n    source: sse\n    rows: [[日期, 规模, 收益率, 名额], [一月, 35.2, 2.5, 3], [二月, 36.8, 2.7, 4]]\n"
        "    columns: {规模: {unit: 亿元}, 收益率: {kind: percent}}\n"
    )
    block = f"每周一图:\n  - table:\n      caption: 月末\n      source: sse\n      data: d\n{f'      {more}' if more else ''}\n"
    text = MINIMAL[: MINIMAL.index("每周一图")].replace("sources:", data + "sources:") + block
    made = "".join(texts(build(text).pdf))
    assert head in made
    assert head + "（" not in made
