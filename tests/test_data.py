"""Data, bound numbers, and what is said of them."""

from __future__ import annotations

import datetime
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler.claims.ledger import Prose, ledger
from compiler.cli import main
from compiler.diagnostics import Report, SourceFile, Span
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import MINIMAL, REPOSITORY, Build

CSV = """\
指数,当周涨跌,成交额,日期,代码
上证指数,2.0649,"1,234.5",2023-12-29,000001
深证成指,-3.295,８００,2023-12-28,399001
沪深 300,2.81,--,2023-12-27,000300
"""
DATA = """\
data:
  indices: {file: indices.csv, columns: {成交额: {unit: 亿元}}}
  flows:
    rows: [[年, 净买入], [2021, 43700000000], [2022, -5], [2023, 7], [2024, 8]]
    key: 年
    columns: {净买入: {unit: 元}}
"""


def note(sentence: str, data: str = DATA) -> str:
    """A note with data and a sentence; each table is used, so that nothing is told about that."""
    used = "{{ indices.上证指数.代码 }}{{ flows.2024.净买入 }}"
    return data + MINIMAL.replace("文件公开征求意见。", f"用了{used}。\n\n  始{sentence}终。")


def said(pdf: bytes) -> str:
    """The text between 始 and 终, without blanks."""
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))
    return text[text.index("始") + 1 : text.index("终")]


@pytest.fixture
def data(root: Path) -> Path:
    """The data of these notes."""
    path = root / "notes" / "indices.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


SHOWN = [
    ("{{ indices.上证指数.当周涨跌 }}", "2.0649"),
    ("{{indices.深证成指.当周涨跌}}", "\u22123.295"),
    ("{{ indices.上证指数.当周涨跌 | pct 2 }}", "2.06%"),
    ("{{ indices.深证成指.当周涨跌 | pct 2 }}", "\u22123.30%"),  # half up, on the decimal itself
    ("{{ indices.深证成指.当周涨跌 | abs | pct 1 }}", "3.3%"),
    ("{{ indices.上证指数.当周涨跌 | sign }}", "+2.0649"),
    ("{{ indices.上证指数.当周涨跌 | fixed 1 }}", "2.1"),
    ("{{ indices.上证指数.成交额 }}", "1,234.5"),
    ("{{ indices.深证成指.成交额 | fixed 1 }}", "800.0"),
    ("{{ flows.2021.净买入 | 亿 }} 亿元", "437亿元"),
    ("{{ flows.2021.净买入 | 万 | thousands }} 万元", "4,370,000万元"),
    ("{{ flows.2021.净买入 | thousands }}", "43,700,000,000"),
    ("{{ indices.上证指数.成交额 | 万 }}", "12345000"),
    ("{{ indices.上证指数.日期 | day }}", "12月29日"),
    ("{{ indices.上证指数.日期 | month }}", "2023年12月"),
    ("{{ indices.上证指数.日期 | iso }}", "2023-12-29"),
    ("{{ indices.上证指数.代码 }}", "000001"),
    ('{{ indices."沪深 300".当周涨跌 | pct }}', "2.81%"),
    ("{{ indices.#3.当周涨跌 }}", "2.81"),
    ("{{ row(max(indices.当周涨跌)) }}", "沪深300"),
    ("{{ min(indices.当周涨跌) | abs }}", "3.295"),
    ("{{ sum(indices.成交额) | fixed 1 }}", "2034.5"),
    ("{{ mean(indices.当周涨跌) | fixed 3 }}", "0.527"),
    ("{{ count(indices.成交额) | han }}", "二"),
    ("{{ rank(indices.上证指数.当周涨跌) }}", "2"),
    ("{{ streak(flows.净买入) | han }}", "二"),
    ("{{ diff(indices.上证指数.当周涨跌, indices.深证成指.当周涨跌) | fixed 2 }}", "5.36"),
    ("{{ ratio(flows.2024.净买入, flows.2023.净买入) }}", "1.14"),
    ("{{ change(flows.2024.净买入, flows.2023.净买入) | pct }}", "14.29%"),
    ("**涨 {{ indices.上证指数.当周涨跌 | pct 2 }}**", "涨2.06%"),
    ("\\{{ 原样 }}", "{{原样}}"),
]


@pytest.mark.parametrize(("braces", "text"), SHOWN, ids=[braces for braces, _ in SHOWN])
def test_bound_numbers_print(braces: str, text: str, data: Path, build: Build) -> None:
    """Paths, functions and formats, rounded half up on the exact value."""
    assert said(build(note(braces)).pdf) == text


FAULTS = [
    ("{{ index.上证指数.当周涨跌 }}", "bind-table", "index"),
    ("{{ indices.上证.当周涨跌 }}", "bind-row", "上证"),
    ("{{ indices.上证指数.涨跌 }}", "bind-column", "涨跌"),
    ("{{ indices.当周涨跌 }}", "bind-path", "indices"),
    ("{{ best(indices.当周涨跌) }}", "bind-function", "best"),
    ("{{ max(indices.上证指数.当周涨跌) }}", "bind-function", "max"),
    ("{{ max(indices.指数) }}", "bind-function", "max"),
    ("{{ diff(indices.上证指数.当周涨跌) }}", "bind-function", "diff"),
    ("{{ indices.上证指数.当周涨跌 | percent }}", "bind-format", "percent"),
    ("{{ indices.上证指数.代码 | pct }}", "bind-format", "pct"),
    ("{{ indices.上证指数.当周涨跌 | day }}", "bind-format", "day"),
    ("{{ flows.2022.净买入 | han }}", "bind-format", "han"),
    ("{{ indices.沪深 300.当周涨跌 }}", "bind-form", "300"),
    ('{{ indices."沪深 300".成交额 }}', "bind-missing", '"沪深 300"'),
    ("{{ ratio(flows.2024.净买入, diff(flows.2023.净买入, flows.2023.净买入)) }}", "bind-zero", "ratio"),
    ("{{ }}", "bind-form", "}"),
    ("{{ indices.上证指数.当周涨跌 | }}", "bind-form", "}"),
    ("{{ indices.上证指数.当周涨跌 2 }}", "bind-form", "2"),
    ("{{ __import__('os') }}", "bind-function", "__import__"),
    ("{{ 未完", "bind-form", "{{"),
]


@pytest.mark.parametrize(("braces", "code", "word"), FAULTS, ids=[case[0] for case in FAULTS])
def test_faults_point_at_the_word(braces: str, code: str, word: str, data: Path, root: Path, cache: str) -> None:
    """One diagnostic, at the wrong word."""
    found = faults(note(braces), root, cache)
    assert [(item.code, item.span.file.text[item.span.start : item.span.end]) for item in found] == [(code, word)]  # type: ignore[union-attr]


def faults(text: str, root: Path, cache: str) -> list:  # type: ignore[type-arg]
    """The diagnostics of a note."""
    path = root / "notes" / "a.yaml"
    path.write_text(text, encoding="utf-8")
    report = Report()
    compile_note(str(path), World(environ={}, cwd=str(root), cache_dir=cache), report)
    return list(report)


SAID = [  # sentence, the word that is wrong or ""
    ("上证指数上涨 {{ indices.上证指数.当周涨跌 | pct 2 }}", ""),
    ("深证成指下跌 {{ indices.深证成指.当周涨跌 | abs | pct }}", ""),
    ("深证成指上涨 {{ indices.深证成指.当周涨跌 | pct }}", "上涨"),
    ("深证成指上涨 {{ indices.深证成指.当周涨跌 | abs | pct }}", "上涨"),
    ("深证成指收涨 {{ indices.深证成指.当周涨跌 | abs | pct }}", "收涨"),
    ("深证成指累计上涨了 {{ indices.深证成指.当周涨跌 | abs | pct }}", "上涨"),
    ("上证指数收跌 {{ indices.上证指数.当周涨跌 | pct 2 }}", "收跌"),
    ("上证指数下跌约 {{ indices.上证指数.当周涨跌 | pct 1 }}", "下跌"),
    ("北向资金净卖出 {{ flows.2023.净买入 }} 元", "净卖出"),
    ("北向资金净买入 {{ flows.2022.净买入 | abs }} 元", "净买入"),
    ("北向资金净买入 {{ flows.2023.净买入 }} 元", ""),
    ("上证指数未下跌，变动 {{ indices.上证指数.当周涨跌 | pct 2 }}", ""),
    ("深证成指没有上涨 {{ indices.深证成指.当周涨跌 | abs | pct }}", ""),
    ("市场预计上涨 {{ indices.深证成指.当周涨跌 | abs | pct }}", ""),
    ("成交额下降至 {{ indices.上证指数.成交额 }} 亿元", ""),
    ("成交额减少 {{ indices.上证指数.成交额 }} 亿元", ""),  # a column of sizes carries no direction
    ("涨跌互现，幅度为 {{ indices.深证成指.当周涨跌 | pct }}", ""),
    ("上涨之后转弱，收报 {{ indices.深证成指.当周涨跌 | pct }}", ""),
    ("主要指数集体收涨，上证指数上涨 {{ indices.上证指数.当周涨跌 | pct }}", "集体收涨"),
    ("主要指数全线下跌。深证成指下跌 {{ indices.深证成指.当周涨跌 | abs | pct }}", "全线下跌"),
    ("主要指数未集体收涨，上证指数上涨 {{ indices.上证指数.当周涨跌 | pct }}", ""),
    ("主要指数多数上涨，上证指数上涨 {{ indices.上证指数.当周涨跌 | pct }}", ""),
]


@pytest.mark.parametrize(("sentence", "word"), SAID, ids=[case[0] for case in SAID])
def test_direction_is_held_against_the_data(sentence: str, word: str, data: Path, root: Path, cache: str) -> None:
    """The caret stands under the word that is wrong; the right sentences pass."""
    found = faults(note(sentence), root, cache)
    assert [item.span.file.text[item.span.start : item.span.end] for item in found] == ([word] if word else [])
    assert {item.code for item in found} <= {"claim-direction", "claim-all"}


@pytest.mark.parametrize("row", ["上证指数", "深证成指", "创业板指", "沪深300"])
def test_a_changed_sign_stops_the_weekly(row: str, tmp_path: Path, cache: str) -> None:
    """One cell of the CSV, and all that no longer holds is pointed at: beside the word before the number 集体收涨, the 四 of
    四个指数同向走高 and the name that comes too late in 弹性由大到小依次是…"""
    notes = tmp_path / "notes"
    (notes / "2023w52").mkdir(parents=True)
    text = (REPOSITORY / "notes" / "2023w52.yaml").read_text("utf-8")
    (notes / "2023w52.yaml").write_text(text, "utf-8")
    table = (REPOSITORY / "notes" / "2023w52" / "indices.csv").read_text("utf-8")
    (notes / "2023w52" / "indices.csv").write_text(table.replace(f"{row},", f"{row},-", 1), "utf-8")
    report = Report()
    assert compile_note(str(notes / "2023w52.yaml"), World(environ={}, cwd=str(tmp_path), cache_dir=cache), report) is None
    words = [item.span.file.text[item.span.start : item.span.end] for item in report if item.span is not None]
    order = {"深证成指": {"沪深 300"}, "创业板指": {"深证成指"}, "沪深300": {"上证指数"}}
    assert {"上涨", "集体收涨", "四"} <= set(words) <= {"上涨", "集体收涨", "四", "周涨", "涨"} | order.get(row, set())
    assert order.get(row, set()) <= set(words)


DATA_FAULTS = [
    ("data: indices.csv\n", "note-type"),
    ("data: {a: {}}\n", "data-form"),
    ("data: {a: {file: none.csv}}\n", "data-missing"),
    ("data: {a: indices.csv, a: indices.csv}\n", "yaml-duplicate-key"),
    ("data: {a: {file: indices.csv, key: 名}}\n", "data-column"),
    ("data: {a: {file: indices.csv, columns: {当周涨跌: {kind: figure}}}}\n", "data-kind"),
    ("data: {a: {file: indices.csv, columns: {指数: {kind: number}}}}\n", "data-cell"),
    ("data: {a: {rows: [[名, 值], [甲, 1], [甲, 2]], key: 名}}\n", "data-key"),
    ("data: {a: {rows: [[名, 名], [甲, 1]]}}\n", "data-column"),
    ("data: {a: {rows: [[名, 值], [甲]]}}\n", "table-row"),
    ("data: {a: {rows: [[名, 值]]}}\n", "note-type"),
    ("data: {a: {file: indices.csv, source: sze}}\n", "source-unknown"),
    ("data: {a: {file: indices.csv, as-of: 2024-02-01}}\n", "as-of-late"),
    ("data: {a: {file: indices.csv, as-of: 2023-12-01, max-age: 7}}\n", "as-of-old"),
    ("data: {a: {file: indices.csv, max-age: week}}\n", "note-type"),
    ("data: {a: {rows: [[名, 值], [甲, 1]]}}\n", "data-unused"),
]


@pytest.mark.parametrize(("text", "code"), DATA_FAULTS, ids=[case[0].strip() for case in DATA_FAULTS])
def test_faults_of_data(text: str, code: str, data: Path, root: Path, cache: str) -> None:
    """Each has its code."""
    assert code in {item.code for item in faults(text + MINIMAL, root, cache)}


def test_tables_and_charts_take_data_by_name(data: Path, build: Build) -> None:
    """And say where they come from, and of what day they are."""
    section = """\
每周一图:
  - table:
      caption: 指数
      data: indices
      columns: [指数, {key: 当周涨跌, kind: change}]
  - chart: bar
    caption: 涨跌
    alt: 横条图，沪深 300 最高，深证成指为负
    data: indices
    x: 指数
    series: [当周涨跌]
"""
    text = "data: {indices: {file: indices.csv, source: sse, as-of: 2023-12-29}}\n" + MINIMAL.replace(
        "每周一图: |\n  文生视频走向公众。\n", section
    )
    made = build(text).pdf
    page = "".join("".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(io.BytesIO(made)))
    assert page.count("资料来源：上海证券交易所[1]；截至2023-12-29") == 2
    assert "\u22123.295" in page


def test_bound_words_outside_prose(data: Path, build: Build) -> None:
    """Title, subtitle and alternative texts too."""
    text = DATA + MINIMAL.replace("title: 周报", 'title: "周涨 {{ indices.上证指数.当周涨跌 | pct 2 }}"').replace(
        "文件公开征求意见。", "净买入 {{ flows.2024.净买入 }} 元。"
    )
    pdf = pypdfium2.PdfDocument(build(text).pdf)
    assert pdf.get_metadata_value("Title") == "周涨 2.06%"


# --- kinds of files --------------------------------------------------------------------------------------------------


def workbook(path: Path, change: Callable[[openpyxl.Workbook], object] = lambda book: None, *, epoch: object = None) -> None:
    """A workbook with a per-cent column, a day and a missing value."""
    book = openpyxl.Workbook()
    if epoch is not None:
        book.epoch = epoch
    sheet = book.active
    for row in (
        ["指数", "周", "日期", "点位"],
        ["上证指数", 0.020649, datetime.date(2023, 12, 29), 2974.93],
        ["深证成指", -0.0329, None, "--"],
    ):
        sheet.append(row)
    for cell in ("B2", "B3"):
        sheet[cell].number_format = "0.00%"
    sheet["D2"].number_format = "0.000"
    change(book)
    book.save(path)


GRID = "data: {a: NAME}\n" + MINIMAL.replace(
    "文件公开征求意见。",
    "始{{ a.上证指数.周 | pct 2 }}，{{ a.上证指数.日期 | day }}，{{ a.上证指数.点位 }}，{{ a.深证成指.周 }}终。",
)
PRINTED = "2.06%，12月29日，2974.930，\u22123.29%"
TEXT = "指数,周,日期,点位\n上证指数,2.0649%,2023/12/29,2974.930\n深证成指,-3.29%,,--\n"
RECORDS = """[
 {"指数": "上证指数", "周": "2.0649%", "日期": "2023-12-29", "点位": 2974.930},
 {"指数": "深证成指", "周": "-3.29%", "点位": null}
]"""
LISTS = '[["指数", "周", "日期", "点位"], ["上证指数", "2.0649%", "2023-12-29", 2974.930], ["深证成指", "-3.29%", null, null]]'
FILES: dict[str, bytes] = {
    "utf8.csv": TEXT.encode(),
    "bom.csv": TEXT.encode("utf-8-sig"),
    "gb.csv": TEXT.encode("gb18030"),
    "gb-bom.csv": ("\ufeff" + TEXT).encode("gb18030"),
    "utf16.csv": TEXT.encode("utf-16"),
    "crlf.csv": TEXT.replace("\n", "\r\n").encode(),
    "quoted.csv": TEXT.replace("上证指数,", '"上证指数",').replace("点位\n", '"点位"\n').encode("gb18030"),
    "tabs.tsv": TEXT.replace(",", "\t").encode(),
    "quoted.tsv": TEXT.replace(",", "\t").replace("2974.930", '"2,974.930"').encode(),
    "records.json": RECORDS.encode(),
    "lists.json": LISTS.encode("utf-8-sig"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_of_all_kinds_say_the_same(name: str, root: Path, build: Build) -> None:
    """CSV in any encoding, TSV, JSON."""
    (root / "notes" / name).write_bytes(FILES[name])
    assert said(build(GRID.replace("NAME", name)).pdf).replace("2,974", "2974") == PRINTED


@pytest.mark.parametrize("epoch", [None, openpyxl.utils.datetime.CALENDAR_MAC_1904], ids=["1900", "1904"])
def test_workbooks(epoch: object, root: Path, build: Build) -> None:
    """Per cent as it is shown, days in either date system, zeros as formatted."""
    workbook(root / "notes" / "a.xlsx", epoch=epoch)
    assert said(build(GRID.replace("NAME", "a.xlsx")).pdf) == PRINTED


def _merge(book: openpyxl.Workbook) -> None:
    book.active.merge_cells("A2:A3")


def _formula(book: openpyxl.Workbook) -> None:
    book.active["D2"] = "=1+1"


@pytest.mark.parametrize(("change", "code", "words"), [(_merge, "data-merged", "A2:A3"), (_formula, "data-formula", "D2")])
def test_workbooks_that_cannot_be_trusted(
    change: Callable[[openpyxl.Workbook], object], code: str, words: str, root: Path, cache: str
) -> None:
    """Merged cells and formulas nobody reckoned, named as the program names them."""
    workbook(root / "notes" / "a.xlsx", change)
    found = faults(GRID.replace("NAME", "a.xlsx"), root, cache)
    assert found[0].code == code
    assert words in found[0].message


def test_a_bad_cell_of_a_workbook_has_its_place(root: Path, cache: str) -> None:
    """The line is the row."""
    workbook(root / "notes" / "a.xlsx")
    text = "data: {a: {file: a.xlsx, columns: {指数: {kind: number}}}}\n" + MINIMAL
    found = [item for item in faults(text, root, cache) if item.code == "data-cell"]
    assert [item.span.file.text.count("\n", 0, item.span.start) + 1 for item in found] == [2, 3]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK nothing"),
        ("a.xlsx", b""),
        ("a.json", b'[{"a": 1'),
        ("a.json", b'{"a": 1}'),
        ("a.json", b"[]"),
        ("a.json", b'[{"a": [1]}]'),
        ("a.json", '["指数"]'.encode("gb18030")),
        ("a.json", b"[" * 100_000),
    ],
)
def test_broken_files(name: str, data: bytes, root: Path, cache: str) -> None:
    """A diagnostic, whatever is in them."""
    (root / "notes" / name).write_bytes(data)
    assert "data-unreadable" in {item.code for item in faults(GRID.replace("NAME", name), root, cache)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=30))
def test_damaged_workbooks(root: Path, cache: str, damage: list[tuple[int, int]]) -> None:
    """Bytes changed anywhere: read, or told of, never an exception of whoever reads it."""
    workbook(root / "notes" / "a.xlsx")
    data = bytearray((root / "notes" / "a.xlsx").read_bytes())
    for place, byte in damage:
        data[place % len(data)] = byte
    (root / "notes" / "a.xlsx").write_bytes(data)
    faults(GRID.replace("NAME", "a.xlsx"), root, cache)


def test_a_stray_cell_at_the_far_corner(root: Path, cache: str) -> None:
    """It would make a sheet of seventeen thousand million cells."""
    workbook(root / "notes" / "a.xlsx", lambda book: book.active.cell(1_048_576, 16_384, "x"))
    (found,) = [item for item in faults(GRID.replace("NAME", "a.xlsx"), root, cache) if item.code == "data-unreadable"]
    assert "XFD1048576" in found.message


def test_numbers_of_any_length(root: Path, build: Build) -> None:
    """They are exact, and do not end in a traceback."""
    (root / "notes" / "a.csv").write_text(f"指数,值\n甲,{'9' * 50}.25\n", "utf-8")
    text = "data: {a: a.csv}\n" + MINIMAL.replace("文件公开征求意见。", "始{{ a.甲.值 | fixed 1 }}终。")
    assert said(build(text).pdf).replace("\n", "") == "9" * 50 + ".3"


def test_quoted_newlines(root: Path, build: Build) -> None:
    """A cell over two lines is one cell."""
    (root / "notes" / "a.csv").write_bytes('指数,值\n"上证\n指数",2.06\n深证成指,1\n'.encode("gb18030"))
    text = "data: {a: a.csv}\n" + MINIMAL.replace("文件公开征求意见。", "始{{ a.#1.值 }}终。")
    assert said(build(text).pdf) == "2.06"


# --- the ledger ------------------------------------------------------------------------------------------------------

NUMBERS = [  # a passage, (number, state) of each
    ("上证指数上涨 2.06%[@sse]。", ["2.06% cited"]),
    ("上证指数上涨 2.06%。深成指上涨 3.29%[@sse]。", ["2.06% cited", "3.29% cited"]),
    ("上证指数上涨 2.06%。", ["2.06% bare"]),
    ("上涨 2.06%，成交 8,000 亿元。", ["2.06% bare", "8,000 亿元 bare"]),
    ("上涨 2.06%,8,000 亿元成交,3 家跌停。", ["2.06% bare", "8,000 亿元 bare", "3 家 bare"]),
    (
        "2023 年 12 月 25 日至 29 日，第 52 周。",
        ["2023 年 exempt", "12 月 exempt", "25 日 exempt", "29 日 exempt", "52 周 exempt"],
    ),
    ("2023-12-29 与 2023/12/29。", ["2023 exempt", "12 exempt", "29 exempt"] * 2),
    ("№ 1 是它，共 12 家。", ["1 exempt", "12 家 bare"]),
    ("每日 20 时至 21 时提供 1 小时服务。", ["20 exempt", "21 exempt", "1 小时 bare"]),
    ("第 17 条、第 18 条与第 2 届。", ["17 条 exempt", "18 条 exempt", "2 届 exempt"]),
    ("沪深 300 与中证 500、标普 500。", ["300 exempt", "500 exempt", "500 exempt"]),
    ("Midjourney V6、Pika 1.0、3D、4K 与 5G。", ["6 exempt", "1.0 exempt", "3 exempt", "4 exempt", "5 exempt"]),
    ("平台 2.0 上线，000001 与 600519。", ["2.0 exempt", "000001 exempt", "600519 exempt"]),
    ("（1）共 12 家；", ["1 exempt", "12 家 bare"]),
    ("1. 共 12 家。", ["1 exempt", "12 家 bare"]),
    ("10.5 亿元的规模。", ["10.5 亿元 bare"]),
    ("时延 5ms，利差 25bp，比重 12.5‰。", ["5ms bare", "25bp bare", "12.5‰ bare"]),
    ("见 [说明](https://example.org/2024/05)。", []),
    ("**下跌 3.7%**[@sse]。", ["3.7% cited"]),
    ("连续十年，三心二意。", ["十年 bare"]),
    ("三家上涨，两成下跌，规模翻了一番，是去年的两倍多。", ["三家 bare", "两成 bare", "一番 bare", "两倍多 bare"]),
    (
        "百分之三十，三分之一，数十家，上百只，二十余年。",
        ["百分之三十 bare", "三分之一 bare", "数十家 bare", "百只 bare", "二十余年 bare"],
    ),
    ("成交超过千亿元，逾四千亿元，数百亿元，三个百分点。", ["千亿元 bare", "四千亿元 bare", "数百亿元 bare", "三个百分点 bare"]),
    ("三家上涨[@sse]。另有 3 家。", ["三家 cited", "3 家 cited"]),
    ("占两成[@sse]。\n\n其中 20% 在华东。", ["两成 cited", "20% repeated"]),
    ("两年多来，过去三年，近十年，三天里，五年前。", ["两年 exempt", "三年 exempt", "十年 exempt", "三天 exempt", "五年 exempt"]),
    ("一些统一的十分之处，第一、第三家、三季度、一是成本，二是价格。", []),
    ("五年期国债、七天逆回购、三个月期 SHIBOR、十年国债、十四五规划。", []),
    ("一家公司，一次会议，两市，两融，三大指数，四大行，三个方面，两点原因，五项措施。", []),
    ("百家号、千家万户、万家基金、百年老店、万一、唯一、同一家、每两年、前三家。", []),
    ("十月、十二月、二〇二三年、二十日、周三、星期二、三成交、统一成标准、两成本。", []),
    (
        "三人行、二次元、两轮车、三只有、三股东、五粮液、六安、三元桥、四川、九江、五台山、六年级、三年行动方案、两倍做多、十年一遇。",
        [],
    ),
    ("十年如一日，三天两头，一波三折，三令五申，万众一心，千方百计，四面八方。", []),
    ("-0.5 个百分点与 +1.2%。", ["-0.5 个百分点 bare", "+1.2% bare"]),
    ("开盘 9:30，收盘 15：00。", ["9 exempt", "30 exempt", "15 exempt", "00 exempt"]),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS, ids=[case[0] for case in NUMBERS])
def test_what_stands_behind_a_number(text: str, expected: list[str]) -> None:
    """Numbers of a passage, each with its state, Chinese numerals only where they count."""
    span = Span(SourceFile("a", text), 0, 1)
    found = ledger([Prose(text, lambda start, end: span.narrow(start, end), (), ())])
    listed = [f"{entry.text} {entry.state}" for entry in found]
    assert listed == expected


def test_the_weekly_has_no_bare_number(world: World) -> None:
    """Every one of its numbers is bound, cited, repeated, exempt or waived, and the command lists them."""
    out, err = io.StringIO(), io.StringIO()
    assert main(["check", "--ledger", "--format", "json", "notes/2023w52.yaml"], world, out, err) == 0
    entries = json.loads(out.getvalue())["notes"][0]["ledger"]
    states = Counter(entry["state"] for entry in entries)
    assert states["bound"] == 10
    assert states["waived"] == 2
    assert not states["bare"]
    assert all(entry["behind"] for entry in entries)
    out = io.StringIO()
    assert main(["check", "--ledger", "notes/2023w52.yaml"], world, out, err) == 0
    assert f"{len(entries)} numbers: 10 bound" in out.getvalue()
    assert main(["--ledger", "notes/2023w52.yaml"], world, out, err) == 2


STRICT = [
    ("numbers: strict\n", "涨 5%。", ["number-bare 5%"]),
    ("numbers: warn\n", "涨 5%。", ["number-bare 5%"]),
    ("", "涨 5%。", []),
    ("numbers: strict\n", "涨 5%[@sse]。", []),
    ("numbers: {waive: [{text: 涨 5%, reason: 估计, name: 甲}]}\n", "涨 5%。", []),
    ("numbers: {waive: [{text: 涨 5%, reason: 估计}]}\n", "涨。", ["number-waiver {text: 涨 5%, reason: 估计}"]),
    (
        "numbers: {mode: warn, waive: [{text: 涨 6%, reason: 估计, name: 甲}]}\n",
        "涨 5%。",
        ["number-waiver {text: 涨 6%, reason: 估计, name: 甲}", "number-bare 5%"],
    ),
    ("numbers: {waive: [{text: 共 120 家, reason: 估计, name: 甲}]}\n", "共 120 家，第 2 名得 1 分。", ["number-bare 1"]),
    ("numbers: loud\n", "涨。", ["note-type loud"]),
]


@pytest.mark.parametrize(("head", "sentence", "expected"), STRICT)
def test_numbers_are_asked_for(head: str, sentence: str, expected: list[str], root: Path, cache: str) -> None:
    """Bare ones are warnings or errors as the note asks; a waiver needs a reason and a name."""
    found = faults(head + MINIMAL.replace("文件公开征求意见。", sentence), root, cache)
    assert [f"{item.code} {item.span.file.text[item.span.start : item.span.end]}" for item in found] == expected
    assert all((item.severity == "error") == ("warn" not in head) for item in found if item.code == "number-bare")


DAYS = [  # in a note published on 2024-01-02
    ("12 月 25 日（周一）至 29 日", ""),
    ("12 月 26 日（周一）开放", "claim-weekday 一"),
    ("12 月 26 日星期二开放", ""),
    ("2023 年 12 月 24 日（星期天）", ""),
    ("2022 年 12 月 25 日（周一）", "claim-weekday 一"),
    ("1 月 15 日（周一）公布", ""),
    ("1 月 15 日周二公布", "claim-weekday 二"),
    ("2 月 30 日公布", "claim-date 2 月 30 日"),
    ("2 月 29 日公布", ""),
    ("2023 年 2 月 29 日公布", "claim-date 2023 年 2 月 29 日"),
    ("4 月 31 日（周三）公布", "claim-date 4 月 31 日"),
    ("13 月 1 日", "claim-date 13 月 1 日"),
    ("12 月 29 日周报", ""),
    ("3 月 1 日起", ""),
]


@pytest.mark.parametrize(("words", "expected"), DAYS, ids=[case[0] for case in DAYS])
def test_days_are_held_against_the_calendar(words: str, expected: str, root: Path, cache: str) -> None:
    """The caret stands under the day or the weekday."""
    found = faults("numbers: warn\n" + MINIMAL.replace("文件公开征求意见。", f"{words}。"), root, cache)
    shown = [f"{item.code} {item.span.file.text[item.span.start : item.span.end]}" for item in found]
    assert [one for one in shown if one.startswith("claim")] == ([expected] if expected else [])


def test_a_fault_in_data_names_the_file_as_one_would_open_it(root: Path, cache: str) -> None:
    """From the working folder, not from the note's: an editor finds it."""
    (root / "notes" / "wrong.csv").write_text("名称,值\n上证指数,二\n", "utf-8")
    note = MINIMAL.replace("sources:", "data:\n  d: {file: wrong.csv, source: sse, columns: {值: {kind: number}}}\nsources:")
    (root / "notes" / "note.yaml").write_text(note, "utf-8")
    for cwd, path, name in ((root, "notes/note.yaml", "notes/wrong.csv"), (root / "notes", "note.yaml", "wrong.csv")):
        report = Report()
        compile_note(path, World(environ={}, cwd=str(cwd), cache_dir=cache), report)
        assert [item.span.file.name for item in report if item.span is not None] == [name]
