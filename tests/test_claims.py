"""What prose says in numbers, typed as people type them, held against the data, the calendar and the note itself."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.claims.tables.headings import in_chinese
from compiler.codes import CODES
from compiler.data.model import DataCell, DataColumn, DataTable
from compiler.diagnostics import Report, SourceFile, Span
from compiler.pipeline import check_note, compile_note
from compiler.world import World
from conftest import MINIMAL, REPOSITORY, Build
from corpus import FILES, Sentence, beside, forms, sentences, told
from plain import plain

ALL = sentences()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world with no notes of its own."""
    root = tmp_path_factory.mktemp("claims")
    (root / "notes").mkdir()
    return World(environ={}, cwd=str(root), cache_dir="")


@pytest.mark.parametrize("sentence", [one for one in ALL if not one.code], ids=lambda one: one.say)
def test_nothing_is_told_of_a_right_sentence(sentence: Sentence, here: World) -> None:
    """False alarms are worse than silence."""
    assert told(sentence, here) == []


@pytest.mark.parametrize("sentence", [one for one in ALL if "，" in one.say][::97], ids=lambda one: one.say)
def test_a_comma_of_half_width_is_a_comma(sentence: Sentence, here: World) -> None:
    """上涨,2025年… as 上涨，2025年…; that of 24,720 is none."""
    narrow = sentence.say.replace("，", ",")
    same = sentence._replace(say=narrow, note=sentence.note.replace(sentence.say, narrow))
    assert [one[0] for one in told(same, here)] == [one[0] for one in told(sentence, here)]


def test_right_sentences_are_right_in_company(here: World) -> None:
    """A sentence that says what it is about itself is not held against what the one before it speaks of."""
    assert [(one.say, found) for one in beside(800, 3) if (found := told(one, here))] == []


def test_a_sentence_that_goes_on_is_held(here: World) -> None:
    """What names nothing itself is of what the one before it names."""
    note = ALL[0].note.replace(ALL[0].say, "创业板指当周表现最强。全年则累计上涨 19.41%。")
    assert [code for code, _, _ in told(Sentence("", "", "", note), here)] == ["claim-direction"]


KNOWN = pytest.mark.xfail(reason="counted in the figures, not caught yet", strict=True)
WRONG = [pytest.param(one, marks=[KNOWN] if one.missed else [], id=one.say) for one in ALL if one.code]


@pytest.mark.parametrize("sentence", WRONG)
def test_a_wrong_sentence_is_named_for_what_it_is(sentence: Sentence, here: World) -> None:
    """By its own code, once, in the sentence."""
    found = told(sentence, here)
    assert sentence.code in [code for code, _, _ in found]
    assert all(words in sentence.say for _, words, _ in found)


@pytest.mark.parametrize("form", forms(), ids=lambda one: one[0].say)
def test_a_wording_is_understood(form: list[Sentence], here: World) -> None:
    """Told of with the names and numbers that make it wrong, and not with those that make it right."""
    assert [one.say for one in form if bool(told(one, here)) != bool(one.code)] == []


def test_plain_sentences_are_understood(here: World) -> None:
    """Made by rule from the cells of the newest tables: none right told of, and nearly all wrong ones caught."""
    made = [(one, bool(told(one, here))) for _, one in plain(FILES[-4:])]
    assert [one.say for one, found in made if found and not one.code] == []
    wrong = [found for one, found in made if one.code]
    assert len(wrong) > 400
    assert sum(wrong) > 0.97 * len(wrong)


def test_the_corpus_is_what_it_should_be() -> None:
    """Two hundred sentences or more, about half of them wrong, every kind of claim among them."""
    wrong = [one for one in ALL if one.code]
    assert len(ALL) >= 200
    assert 0.4 < len(wrong) / len(ALL) < 0.6
    assert {one.code for one in wrong} == {code for code in CODES if code.startswith("claim-")}


GROUPS = {one.group: one for one in ALL}
ODD = (
    "九十九亿", "0", "-0", "0.0", "9" * 40, f"0.{'0' * 40}1", "半", "百分之零", "三分之零", "百分之百", "零", "翻一亿番",
    "前一万", "第一百万", "连续九千年", "十万亿亿", "1,234,567,890,123", "１２", "0 倍", "%",
)  # fmt: skip
NUMERALS = re.compile(r"[0-9][0-9,.]*|[一二三四五六七八九十百千万亿两半]+")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_sentence_brings_the_checks_down(data: st.DataObject) -> None:
    """Sentences cut, mixed, with numbers no one would write, and cells too: told of or not, but never an exception."""
    home = data.draw(st.sampled_from([*GROUPS.values()]))
    said = []
    for one in data.draw(st.lists(st.sampled_from(ALL), min_size=1, max_size=5)):
        say = one.say[data.draw(st.integers(0, 6)) :]
        found = [*NUMERALS.finditer(say)]
        if found:
            spot = data.draw(st.sampled_from(found))
            say = say[: spot.start()] + data.draw(st.sampled_from(ODD)) + say[spot.end() :]
        said.append(say)
    note = home.note.replace(home.say, " ".join(said).replace("\n", " "))
    cells = [*re.finditer(r"(?<=')-?[0-9.]+(?=')", note)]
    if cells and data.draw(st.booleans()):
        spot = data.draw(st.sampled_from(cells))
        note = note[: spot.start()] + data.draw(st.sampled_from(["0", "--", "9" * 40, "-0", "0.0000000001"])) + note[spot.end() :]
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir="")
    check_note("notes/claims.yaml", world, Report(), data=note.encode())


CARETS = [
    ("上证指数当周收跌 2.06%。", "收跌"),
    ("沪指周涨 2.16%，成交 16234.5 亿元。", "2.16%"),
    ("四大指数全年**集体收涨**[^a]。\n\n  [^a]: 注。", "集体收涨"),
    ("主要指数回升，深证成指领涨。", "领涨"),
    ("上证指数涨幅不足 2%。", "不足 2%"),
    ("12 月 26 日（周一）公布。", "一"),
    ("涨幅从 2.0% 升至 1.0%。", "升至"),
]


@pytest.mark.parametrize(("say", "words"), CARETS)
def test_the_caret_stands_under_the_words(say: str, words: str, here: World) -> None:
    """Marks of Markdown and blanks do not move it."""
    note = ALL[0].note.replace(ALL[0].say, say)
    assert [found[1] for found in told(Sentence("", say, "", note), here)] == [words]


def test_the_cell_is_shown(here: World) -> None:
    """Beside the sentence the data."""
    report = Report()
    note = ALL[0].note.replace(ALL[0].say, "沪指周涨 2.16%。")
    check_note("notes/a.yaml", here, report, data=note.encode())
    notes = [(span.file.text[span.start : span.end], words) for item in report for span, words in item.notes]
    assert notes == [("2.0649", "the data say 2.0649")]


def test_other_names_of_rows(here: World) -> None:
    """As the note gives them; those of the common indices are known."""
    note = ALL[0].note.replace(ALL[0].say, "大盘当周上涨 2.16%。")
    assert told(Sentence("", "", "", note), here) == []
    note = note.replace("    key: 指数\n", "    key: 指数\n    names: {大盘: 上证指数}\n")
    assert [code for code, _, _ in told(Sentence("", "", "", note), here)] == ["claim-value"]
    report = Report()
    check_note("notes/a.yaml", here, report, data=note.replace("{大盘: 上证指数}", "{大盘: 上证}").encode())
    assert [item.code for item in report] == ["bind-row"]


def test_titles_and_key_points_are_held_too(here: World) -> None:
    """Wherever the note speaks."""
    note = ALL[0].note.replace(ALL[0].say, "从略。")
    title = note.replace("title: 每周评论", "title: 沪指周跌 2.06%")
    assert [words for _, words, _ in told(Sentence("", "", "", title), here)] == ["跌"]
    points = note.replace("市场概况: |", "points: {市场概况: 沪指周跌 2.06%}\n市场概况: |")
    assert [words for _, words, _ in told(Sentence("", "", "", points), here)] == ["跌"]


def test_a_build_holds_them_as_well(here: World, cache: str) -> None:
    """Not only `check`: a wrong number is not printed."""
    report = Report()
    note = ALL[0].note.replace(ALL[0].say, "沪指周涨 2.16%。")
    world = World(environ={}, cwd=here.cwd, cache_dir=cache)
    assert compile_note("notes/a.yaml", world, report, data=note.encode()) is None
    assert [item.code for item in report] == ["claim-value"]


def test_notes_in_other_languages_are_left_alone(here: World) -> None:
    """The words are Chinese."""
    note = ALL[0].note.replace(ALL[0].say, "沪指周涨 2.16%。").replace("brand:", "language: ja\nbrand:")
    assert told(Sentence("", "", "", note), here) == []


def test_numbers_a_cell_stands_behind_are_not_bare(root: Path, build: Build) -> None:
    """The ledger says which cell."""
    data = "numbers: strict\ndata: {a: {rows: [[指数, 周涨跌], [创业板指, 3.59]]}}\n"
    assert build(data + MINIMAL.replace("文件公开征求意见。", "创业板指周涨 3.59%。")).pdf


def test_a_passage_without_data_words_costs_nothing(here: World) -> None:
    """What names nothing of the data is not taken apart, unless it has numbers of its own."""
    report = Report()
    note = ALL[0].note.replace(ALL[0].say, "文件公开征求意见，约束与鼓励并举。")
    check_note("notes/a.yaml", here, report, data=note.encode())
    assert {item.code for item in report} == {"data-unused"}


WEEKLY = (REPOSITORY / "notes" / "2023w52.yaml").read_text("utf-8")
VALUES = {
    "indices.上证指数.当周涨跌": "2.06%",
    "indices.深证成指.当周涨跌": "3.29%",
    "indices.创业板指.当周涨跌": "3.59%",
    "indices.沪深300.当周涨跌": "2.81%",
    "indices.上证指数.全年涨跌": "3.7%",
    "indices.创业板指.全年涨跌": "19.41%",
}
FOUND = re.finditer(r"\{\{ indices\.\S+?\.\S+? \|[^}]*\}\}", WEEKLY)
BOUND = [found for found in FOUND if not WEEKLY[: found.start()].endswith('number: "')]


@pytest.mark.parametrize("place", range(len(BOUND)))
def test_each_number_of_the_weekly_typed_wrong_is_caught(place: int) -> None:
    """In points, prose and alternative texts alike, whatever its paragraph has said before; typed right it passes."""
    found = BOUND[place]
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir="")
    for right, words in ((True, VALUES[found.group().split("|")[0].strip("{ ")]), (False, "7.77%")):
        report = Report()
        note = WEEKLY[: found.start()] + words + WEEKLY[found.end() :]
        check_note("notes/2023w52.yaml", world, report, data=note.encode())
        assert [item.code for item in report if item.code.startswith("claim")] == ([] if right else ["claim-value"])


SAYS = "上证指数收跌 2.06%，深证成指收涨 3.29%。"


def held(root: Path, more: str, brand: str = "extends: hengting\n") -> list[tuple[str, str, str]]:
    """(severity, code, words) told of a note with wrong claims, in a house of its own."""
    folder = root / "assets" / "brands" / "own"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brand.yaml").write_text(brand, "utf-8")
    data = (
        "data: {i: {rows: [[指数, 周涨跌幅], [上证指数, '2.06'], [深证成指, '-3.29']], columns: {周涨跌幅: {kind: percent}}}}\n"
    )
    text = MINIMAL.replace("brand: hengting", "brand: own").replace("文件公开征求意见。", SAYS)
    assert SAYS in text
    report = Report()
    check_note("notes/note.yaml", World(environ={}, cwd=str(root), cache_dir=""), report, data=(data + more + text).encode())
    return [
        (item.severity, item.code, item.span.file.text[item.span.start : item.span.end] if item.span else "")
        for item in report
        if item.code != "data-unused"
    ]


FIRST, SECOND = ("claim-direction", "收跌"), ("claim-direction", "收涨")
WAIVER = "claims: {waive: [{text: 深证成指收涨, reason: 含息口径, name: 沈知远}]}\n"


@pytest.mark.parametrize(
    ("more", "brand", "told"),
    [
        ("", "", [("error", *FIRST), ("error", *SECOND)]),
        ("claims: warn\n", "", [("warning", *FIRST), ("warning", *SECOND)]),
        ("", "claims: warn\n", [("warning", *FIRST), ("warning", *SECOND)]),
        ("claims: strict\n", "claims: warn\n", [("error", *FIRST), ("error", *SECOND)]),
        (WAIVER, "", [("error", *FIRST)]),
        (WAIVER.replace("深证成指收涨", "从未说过"), "", [("error", *FIRST), ("error", *SECOND)]),
    ],
    ids=["strict", "note warns", "house warns", "note before house", "waived", "waives nothing"],
)
def test_how_strict_claims_are(more: str, brand: str, told: list[tuple[str, str, str]], root: Path) -> None:
    """Errors, unless the note, or else its house, asks for warnings; a waiver is for the words it has, and has to have some."""
    found = held(root, more, "extends: hengting\n" + brand)
    assert [one for one in found if one[1].startswith("claim-")] == told
    assert ("claims-waiver" in [code for _, code, _ in found]) == ("从未说过" in more)


@pytest.mark.parametrize("more", ["claims: loud\n", "claims: {waive: [{text: 收涨}]}\n", "claims: {waive: 收涨}\n"])
def test_faults_of_what_is_asked_of_claims(more: str, root: Path) -> None:
    """A mode there is not, a waiver without a reason or a name, one that is no list."""
    assert {code for severity, code, _ in held(root, more) if severity == "error"} & {"note-type", "claims-waiver"}


def test_a_house_may_ask_for_numbers(root: Path) -> None:
    """Bare numbers are errors in all notes of a house that is strict; what a brand says wrongly is told when it is read."""
    found = held(root, "claims: warn\n", "extends: base\n")
    assert "number-bare" not in [code for severity, code, _ in found if severity == "error"]
    base = root / "assets" / "brands" / "base"
    base.mkdir(parents=True)
    (base / "brand.yaml").write_text("extends: hengting\nnumbers: strict\n", "utf-8")
    found = held(root, "claims: warn\n", "extends: base\n")
    assert "number-bare" in [code for severity, code, _ in found if severity == "error"]
    found = held(root, "claims: warn\n", "extends: hengting\nnumbers: loud\n")
    assert "brand-type" in [code for _, code, _ in found]


HEADINGS = [
    ("close", "number", "", "收盘"), ("week", "percent", "", "周涨跌幅"), ("chg_1w", "percent", "", "周涨跌幅"),
    ("ytd", "percent", "", "年初至今涨跌幅"), ("peTtm", "number", "", "市盈率"), ("turnover", "percent", "", "换手率"),
    ("turnover", "number", "亿元", "成交额"), ("netInflow", "number", "亿元", "净流入"), ("week", "number", "亿元", "week"),
    ("net_inflow_prev", "number", "亿元", "上周净流入"), ("week_amount", "number", "亿元", "周成交额"),
    ("foo", "number", "", "foo"), ("prev", "number", "亿元", "上周净买入"), ("revenue_yoy", "percent", "", "营业收入同比"),
    ("chg_bp", "number", "bp", "变动"), ("pe_percentile", "percent", "", "市盈率分位"),
    ("max_drawdown", "percent", "", "最大回撤"), ("close(点)", "number", "", "收盘(点)"), ("收盘", "number", "", "收盘"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "kind", "unit", "read"), HEADINGS)
def test_a_heading_in_english_is_read_as_prose_says_it(key: str, kind: str, unit: str, read: str) -> None:
    """Whole or not at all; what the column holds tells a share from an amount."""
    file = SourceFile("data.csv", "")
    cells = [DataCell(text, Decimal(text), Span(file, 0, 0)) for text in ("1", "-1")]
    names = [DataCell(text, text, Span(file, 0, 0)) for text in ("甲", "乙")]
    columns = (DataColumn("name", "text", "", 0), DataColumn("净买入", "number", "亿元", 0), DataColumn(key, kind, unit, 0))
    rows = tuple((name, cell, cell) for name, cell in zip(names, cells, strict=True))
    table, was = in_chinese(DataTable("funds", columns, rows, 0, "", None, "", Span(file, 0, 0)), 5)
    assert [column.key for column in table.columns] == ["基金", "净买入", read]
    assert was.get(read, read) == key


def _with(data: str, say: str) -> Sentence:
    """The first note of the corpus with other data and another sentence."""
    head, _, rest = ALL[0].note.partition("data:")
    return Sentence("", say, "", f"{head}data:\n{data}{rest[rest.index('市场概况') :].replace(ALL[0].say, say)}")


INDICES = """\
  indices:
    rows: [[name, week, amount], [沪深300, '2.81', '16870'], [中证500, '1.06', '8210'], [科创50, '-0.40', '4410']]
    key: name
    columns: {week: {kind: percent}, amount: {unit: 亿元}}
"""
DAYS = """\
  daily:
    rows: [[date, turnover], ['2023-12-27', '15120'], ['2023-12-28', '18860'], ['2023-12-29', '17950']]
    key: date
    columns: {turnover: {unit: 亿元}}
"""
SHOWN = [
    (INDICES, "沪深300本周上涨 2.18%。", "2.18%", "(沪深300 week)"),
    (INDICES, "三个指数一涨两跌。", "一涨两跌", "(week)"),
    (INDICES + DAYS, "两市成交额周三降至 1.51 亿元。", "1.51 亿元", "(2023-12-27 turnover)"),
]


@pytest.mark.parametrize(("data", "say", "words", "shown"), SHOWN)
def test_an_english_heading_is_shown_as_it_is(data: str, say: str, words: str, shown: str, here: World) -> None:
    """What is told names the column as the data do, the sum of two markets' turnover that of the table by time."""
    found = told(_with(data, say), here)
    assert [part for _, part, _ in found] == [words]
    assert shown in found[0][2]


NEW_CARS = """\
title: 每周评论
published: 2024-09-14
period: 2024-09-09/2024-09-13
brand: hengting
data:
  monthly:
    rows:
      - [月份, 销量(万辆), 渗透率(%)]
      - [6月, "104.9", "41.1"]
      - [7月, "99.1", "43.8"]
      - [8月, "110.0", "44.8"]
市场概况: |
  {first}

  新能源汽车渗透率7月为 48.3%，此后继续抬升。
热点聚焦: 从略。
每周关注: 从略。
每周一图: 从略。
"""


@pytest.mark.parametrize(
    ("first", "codes"),
    [
        ("8月新能源汽车销量为 110.0 万辆。", ["claim-value"]),
        ("8月新能源汽车销量为 150.2 万辆。", []),  # perhaps of others
        ("8月国产新能源汽车出口 13.4 万辆。", []),
    ],
)
def test_what_a_note_calls_the_matter_of_its_table(first: str, codes: list[str], here: World) -> None:
    """新能源汽车 before a column is a word of the table's once the note says it with a number the column has."""
    assert [code for code, _, _ in told(Sentence("", "", "", NEW_CARS.format(first=first)), here)] == codes
