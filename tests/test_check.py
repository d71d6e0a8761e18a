"""The checked note: what a note file means, and each fault of the stage at its line and column, all in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from compiler.check import check
from compiler.codes import CODES
from compiler.diagnostics import Report
from compiler.model import (
    Callout,
    Cite,
    Figure,
    List,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    ReadyDisclaimer,
    Table,
    Text,
    TextDisclaimer,
)
from compiler.syntax import decode, parse
from compiler.world import World
from conftest import MINIMAL

MARKET = "市场概况: |\n  上证指数上涨 2.06%[@sse]。\n"
HEAD, TAIL = MINIMAL.split(MARKET)
OFFSET = HEAD.count("\n")

Read = Callable[..., "tuple[Note | None, Report]"]


@pytest.fixture
def read(root: Path) -> Read:
    """Checks a note's text in the root; the clean ones fail on any diagnostic."""
    notes = root / "notes"
    (notes / "open.csv").write_text('名称,值\n甲,"1\n乙,2\n', "utf-8")
    (notes / "semi.csv").write_text("名称;值\n甲;1\n", "utf-8")
    (notes / "twice.csv").write_text("名称,名称\n甲,1\n", "utf-8")
    (notes / "nul.csv").write_bytes("名称,值\n甲,1\0\n".encode())
    world = World(environ={}, cwd=str(root), cache_dir="")

    def run(text: str, brand: str | None = None, name: str = "note.yaml") -> tuple[Note | None, Report]:
        report = Report()
        file = decode(f"notes/{name}", text.encode(), report)
        assert file is not None
        node = parse(file, report)
        assert node is not None, list(report)
        return check(node, file, str(notes / name), world, report, brand), report

    return run


@pytest.fixture
def clean(read: Read) -> Callable[..., Note]:
    """The note of a text nothing is wrong with."""

    def run(text: str, **how: str) -> Note:
        note, report = read(text, **how)
        assert not list(report)
        assert note is not None
        return note

    return run


def words(inlines: Iterable[object]) -> str:
    """The characters of inlines."""
    return "".join(inline.text for inline in inlines if isinstance(inline, Text))


def market(note: Note) -> tuple[object, ...]:
    """The blocks of the first section."""
    return note.sections[0].blocks


# --- faults ----------------------------------------------------------------------------------------------------------


def read_cases() -> list[tuple[str, list[str], str]]:
    """(name, expected diagnostics, section) of the case file."""
    text = (Path(__file__).parent / "cases" / "note" / "CASES").read_text("utf-8")
    cases = []
    for case in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, body = case.split("\n", 1)
        name, *expected = head.split()
        cases.append((name, expected, body))
    return cases


def placed(report: Report) -> list[str]:
    """`code@line:column`, counted from the section's first line; 0:0 for the start of the note."""
    out = []
    for item in report:
        assert item.span is not None
        line, column = item.span.file.line_col(item.span.start)
        inside = item.span.file.name.endswith(".yaml")
        if inside and line == 1:
            line, column = OFFSET, 0
        out.append(f"{item.code}@{line - OFFSET if inside else line}:{column}")
    return out


@pytest.mark.parametrize(("name", "expected", "section"), read_cases(), ids=[case[0] for case in read_cases()])
def test_fault(name: str, expected: list[str], section: str, read: Read) -> None:
    """Each fault of a section is found where it is, with the others of its run, and stops the compile if it is an error."""
    note, report = read(HEAD + section + TAIL)
    assert sorted(placed(report)) == sorted(expected)
    assert (note is None) == bool(report.errors)
    for item in report:
        assert item.code in CODES
        assert item.message[0] == item.message[0].lower() or item.message.startswith("`")


def test_all_faults_in_one_run(read: Read) -> None:
    """Faults of the head, the sources, several sections and the disclaimers are told together."""
    note, report = read(
        "titel: 周报\npublished: 2023-02-30\nbrand: hengting\nlanguage: Chinese!\n"
        "sources: {a: {kind: 报纸, publisher: P, title: T}}\n"
        "disclaimers: [nobody]\n市场概况: 甲[@b]\n热点聚焦: ''\n"
    )
    assert note is None
    assert {item.code for item in report} == {
        "note-key", "note-missing", "date-unreal", "note-language", "source-kind", "disclaimer-unknown", "source-unknown",
        "section-empty", "section-missing",
    }  # fmt: skip
    assert sum(item.code == "section-missing" for item in report) == 2


@pytest.mark.parametrize(
    ("written", "right"),
    [("2023/12/29", "2023-12-29"), ("２０２３-12-29", "2023-12-29"), ("2023年12月9日", "2023-12-09"), ("20231229", "2023-12-29")],
)
def test_date_is_suggested(written: str, right: str, read: Read) -> None:
    """A day written some other common way is an error that says how to write it."""
    _, report = read(MINIMAL.replace("2024-01-02", written))
    assert [(item.code, item.help) for item in report] == [("date-form", (f"write `{right}`",))]


# --- head ------------------------------------------------------------------------------------------------------------


def test_defaults(clean: Callable[..., Note]) -> None:
    """Id, issue and language come from the file's name and the house when the note does not say them."""
    note = clean(MINIMAL, name="2023w07.yaml")
    assert (note.id, note.issue, note.language, note.period) == ("2023w07", "2023 年第 7 期", "zh-CN", None)


def test_head_forms(clean: Callable[..., Note]) -> None:
    """Keywords, authors and the period may be written in their short and their long forms."""
    short = clean("period: 2023-12-25/2023-12-29\nkeywords: A 股、算力网，游戏\nauthors: [沈知远]\n" + MINIMAL)
    long = clean(
        "period: {from: 2023-12-25, to: 2023-12-29}\nkeywords: [A 股, 算力网, 游戏]\n"
        "authors:\n  - {name: 沈知远, role: 研究员, certificate: 示例编号 0001}\n" + MINIMAL
    )
    assert short.period == long.period
    assert short.keywords == long.keywords == ("A 股", "算力网", "游戏")
    assert [author.name for author in short.authors] == ["沈知远"]
    assert (long.authors[0].role, long.authors[0].certificate) == ("研究员", "示例编号 0001")


def test_brand_of_the_command(clean: Callable[..., Note]) -> None:
    """A brand from the command line stands for the note's, which then need not name one."""
    assert clean(MINIMAL, brand="lanxu").brand == "lanxu"
    assert clean(MINIMAL.replace("brand: hengting\n", ""), brand="lanxu").brand == "lanxu"


# --- sections and blocks ---------------------------------------------------------------------------------------------


def test_sections_in_their_order(clean: Callable[..., Note]) -> None:
    """Sections may be written in any order, by either name, under a title of their own; they come out in theirs."""
    note = clean("chart: 图\nwatch: 看\nfocus: {title: 焦点, body: 热}\nmarket: 市\ntitle: T\npublished: 2024-01-02\nbrand: b\n")
    assert [(part.number, part.title) for part in note.sections] == [
        ("一", "市场概况"), ("二", "焦点"), ("三", "每周关注"), ("四", "每周一图"),
    ]  # fmt: skip


def test_blocks(clean: Callable[..., Note]) -> None:
    """A list of blocks mixes Markdown with quotations, views and page breaks."""
    note = clean(
        HEAD + "市场概况:\n  - 甲[@sse]\n  - quote: 乙\n    by: 某人\n    date: 2023 年\n"
        "  - view: 丙\n  - {view: 丁, label: 观点}\n  - break: page\n" + TAIL
    )
    quote, view, other, page = market(note)[1:]
    assert isinstance(quote, Quote)
    assert (quote.by, quote.date) == ("某人", "2023 年")
    assert isinstance(view, Callout)
    assert isinstance(other, Callout)
    assert (view.label, other.label) == ("我们认为", "观点")
    assert isinstance(page, PageBreak)


def test_a_list_in_a_list_belongs_to_the_item_before_it(clean: Callable[..., Note]) -> None:
    """The items of a list count on after a list within it; one that comes first stands alone."""
    note = clean(
        HEAD + "市场概况:\n  - 甲[@sse]\n  - list: {items: [一, [子, 丑], 二], numbered: 1.}\n  - list: [[寅], 卯]\n" + TAIL
    )
    first, second = market(note)[1:]
    assert isinstance(first, List)
    assert isinstance(second, List)
    assert [len(item.blocks) for item in first.items] == [2, 1]
    assert [item.label for item in first.items] == ["1.", "2."]
    assert [[type(block) for block in item.blocks] for item in second.items] == [[List], [Paragraph]]


def test_citations_count_as_the_page_is_read(clean: Callable[..., Note]) -> None:
    """Sources are numbered by first use: an exhibit's caption, head, cells and note before its credit."""
    sources = "sources: {" + ", ".join(f"{id}: {{publisher: p, title: {id}}}" for id in "gfedcba") + "}\n"
    head = "title: T\npublished: 2024-01-02\nbrand: b\n" + sources
    note = clean(
        head + "市场概况:\n  - table:\n      source: e\n      note: 注[@d]\n      rows: [['甲[@c]', 1]]\n"
        "      columns: ['名[@b]', 值]\n      caption: 表[@a]\n"
        "  - figure: {source: g, alt: 灰色方块, image: pixel.png, caption: '图[@f]'}\n" + TAIL
    )
    assert [source.id for source in note.references] == list("abcdefg")
    table, figure = market(note)
    assert isinstance(table, Table)
    assert isinstance(figure, Figure)
    assert table.credit is not None
    assert (table.credit.numbers, figure.credit.numbers) == ((5,), (7,))


def test_footnote_defined_in_another_section(clean: Callable[..., Note]) -> None:
    """A footnote may be defined anywhere in the note; its citations count where its mark stands."""
    note = clean(HEAD + "市场概况: 甲[^x]乙^[丙]\n" + TAIL.replace("算力网", "[^x]: 见\n  [@sse]。\n\n  算力网"))
    assert [inline.number for inline in market(note)[0].inlines if hasattr(inline, "number")] == [1, 2]  # type: ignore[attr-defined]
    assert [source.id for source in note.references] == ["sse"]
    assert words(note.sections[2].blocks[0].inlines) == "算力网有了时间表。"  # type: ignore[union-attr]


# --- tables and figures ----------------------------------------------------------------------------------------------


def table_of(clean: Callable[..., Note], body: str) -> Table:
    """The table whose keys are `body`, a line each."""
    lines = "".join(f"      {line}\n" for line in body.splitlines())
    table = market(clean(HEAD + "市场概况:\n  - 甲[@sse]\n  - table:\n" + lines + TAIL))[1]
    assert isinstance(table, Table)
    return table


def cells(table: Table) -> list[list[str]]:
    """The words of all cells."""
    return [[words(cell.inlines) for cell in row] for row in table.rows]


def test_kinds_of_columns(clean: Callable[..., Note]) -> None:
    """A column of numbers is one and stands at the decimal point; codes, times and the first column stay text."""
    table = table_of(clean, "rows:\n  - [2021, '1,234.5', 000001, 12:30]\n  - [2022, -3%, 0700, no]\n  - [2023, --, '', x]")
    assert [(column.kind, column.align) for column in table.columns] == [
        ("text", "left"), ("number", "decimal"), ("text", "left"), ("text", "left"),
    ]  # fmt: skip
    assert cells(table) == [["2021", "1,234.5", "000001", "12:30"], ["2022", "\u22123%", "0700", "no"], ["2023", "—", "", "x"]]


def test_change(clean: Callable[..., Note]) -> None:
    """Changes carry their sign, a real minus or a plus, also beside a citation; nothing is added to zero."""
    rows = "rows: [[甲, 2.06%], [乙, -3.29], [丙, 0.00%], [丁, +1], [戊, －2％], [己, '-4[@sse]']]"
    table = table_of(clean, "columns: [名称, {title: 涨跌, kind: change}]\n" + rows)
    assert [row[1] for row in cells(table)] == ["+2.06%", "\u22123.29", "0.00%", "+1", "\u22122%", "\u22124"]
    assert any(isinstance(inline, Cite) for inline in table.rows[-1][1].inlines)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
def test_data(codec: str, clean: Callable[..., Note], root: Path) -> None:
    """A CSV file, of a spreadsheet's encodings, gives the columns asked for, in the order and with the titles asked for."""
    (root / "notes" / "d.csv").write_bytes('名称,值,注\r\n"甲,乙",-1,"说""好"""\r\n\r\n丙,2,\r\n'.encode(codec))
    table = table_of(clean, "data: d.csv\ncolumns: [{key: 值, title: 数值}, 名称, 注]")
    assert [words(column.title) for column in table.columns] == ["数值", "名称", "注"]
    assert cells(table) == [["-1", "甲,乙", '说"好"'], ["2", "丙", ""]]


def test_rows_by_key(clean: Callable[..., Note]) -> None:
    """Rows may name their cells; what is not named is empty."""
    table = table_of(clean, "columns: [{title: 名称, key: n}, {title: 值, key: v}]\nrows: [{v: 1, n: 甲}, {n: 乙}]")
    assert cells(table) == [["甲", "1"], ["乙", "—"]]


@pytest.mark.parametrize(("written", "share"), [("80%", 0.8), ("0.5", 0.5), ("80％", 0.8)])
def test_width_of_a_figure(written: str, share: float, clean: Callable[..., Note]) -> None:
    """A figure's width is a share of the column, as a fraction or per cent."""
    figure = market(
        clean(
            HEAD
            + f"市场概况:\n  - figure: {{image: pixel.png, alt: 灰方块, caption: 图, source: sse, width: {written}}}\n"
            + TAIL
        )
    )[0]
    assert isinstance(figure, Figure)
    assert figure.width == share


# --- disclaimers -----------------------------------------------------------------------------------------------------


@pytest.fixture
def papers(root: Path) -> Path:
    """The root's own disclaimers."""
    folder = root / "assets" / "disclaimers"
    folder.mkdir(parents=True)
    (folder / "ours.md").write_text(
        "---\ntitle: 声明\nversion: 3\neffective: 2024-01-01\nexpires: 2024-01-31\n---\n\n序。\n\n## 一\n\n**甲**。\n", "utf-8"
    )
    (folder / "bank.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def test_disclaimers(clean: Callable[..., Note], papers: Path) -> None:
    """A disclaimer is named by its id, with its ending, or by its kind and a title for the outline."""
    note = clean("disclaimers: [ours, bank.pdf]\n" + MINIMAL)
    ours, bank = note.disclaimers
    assert isinstance(ours, TextDisclaimer)
    assert (ours.title, ours.version, [article.label for article in ours.articles]) == ("声明", "3", ["", "一"])
    assert isinstance(bank, ReadyDisclaimer)
    assert (bank.title, bank.path) == ("bank", str(papers / "bank.pdf"))
    note = clean("disclaimers: [{pdf: bank, title: 渠道声明}, {text: ours}]\n" + MINIMAL)
    assert [item.title for item in note.disclaimers] == ["渠道声明", "声明"]


@pytest.mark.parametrize(
    ("day", "good"), [("2023-12-31", False), ("2024-01-01", True), ("2024-01-31", True), ("2024-02-01", False)]
)
def test_in_force(day: str, good: bool, read: Read, papers: Path) -> None:
    """A disclaimer is printed from the first to the last day it is in force, both included."""
    note, report = read("disclaimers: ours\n" + MINIMAL.replace("2024-01-02", day))
    assert (note is not None) == good
    assert [item.code for item in report] == ([] if good else ["disclaimer-not-in-force"])


def test_faults_of_disclaimers(read: Read, papers: Path) -> None:
    """A misspelt and a headless disclaimer are told at once, the second in its own file; one may be asked for twice."""
    (papers / "bare.md").write_text("甲。\n", "utf-8")
    _, report = read("disclaimers: [ourz, bank, bank, bare]\n" + MINIMAL)
    found = {item.code: item for item in report}
    assert set(found) == {"disclaimer-unknown", "disclaimer-head"}
    assert found["disclaimer-unknown"].help == ("did you mean `ours`?",)
    head = found["disclaimer-head"].span
    assert head is not None
    assert head.file.name.endswith("bare.md")
