"""The composer held against the clauses of the composition rules: the cases of tests/cases/clauses, and properties of any text.

Always: a case that the composer cannot satisfy yet says so with a reason, and its test fails once it can.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from functools import cache
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses import CLOSERS, OPENERS, TOLERANCE, Case, bare, edge, faults, flush, read_cases, set_text, stretches
from compiler.text.composer import compose

SECTIONS = (
    "classes", "gaps", "justification", "linebreaking", "marks", "normalisation", "numbers", "paragraphs", "prohibitions",
    "units", "widths",
)  # fmt: skip


def marked(case: Case) -> object:
    """The case as a parameter: expected to fail, strictly, when it says why it does."""
    failing = pytest.mark.xfail(reason=case.fails, raises=AssertionError, strict=True)
    return pytest.param(case, id=case.name, marks=failing if case.fails else ())


@pytest.mark.parametrize("case", [marked(case) for case in read_cases()])
def test_clause(case: Case) -> None:
    """The text is set as the clause wants, at every measure of the case and for every row of its table."""
    found = faults(case)
    assert not found, "\n".join(found[:5])


def test_every_section_has_its_cases() -> None:
    """No section of the rules loses its cases, and a clause of each kind is proved by some case."""
    wanted = Counter[str]()
    for case in read_cases():
        wanted[case.file] += sum(one.wanted() for one in case.all())
    assert sorted(wanted) == [*SECTIONS]
    assert min(wanted.values()) >= 50
    clauses = {case.data["rule"] for case in read_cases()}
    for letter, count in {"C": 3, "N": 4, "P": 8, "U": 8, "W": 7, "A": 4, "J": 8, "R": 6}.items():
        assert {f"{letter}{number}" for number in range(1, count + 1)} <= clauses
    assert {"M3", "M4", "M5", "M6", "M7"} <= clauses


# Any text --------------------------------------------------------------------------------------------------------------------

HAN = list("国务院本周指数上涨龘㐂𠮷〇")
WORDS = [
    "AI", "Sora", "GPT-4", "C++", "AT&T", "2.06%", "-19.41%", "￥30", "$5", "20GB", "5 ms", "10:30", "36.5℃", "10～20", "v2.0.1",
    "Node.js", "e\u0301t", "don’t", "①", "——", "……", "·", "＋", "々",
]  # fmt: skip
MARKS = [*"，。、；：！？（）《》“”‘’「」【】", "。”", "：“", "）、", "》（"]
BLANKS = [" ", "  ", "\n", " \n ", "\t"]


@cache
def _pieces() -> st.SearchStrategy[str]:
    """Mixed prose: each mark or word has Han on both sides, so that legal breaks come often enough."""
    clause = st.tuples(
        st.text(st.sampled_from(HAN), min_size=2, max_size=9), st.sampled_from(["", *BLANKS]),
        st.sampled_from(["", *WORDS, *MARKS]), st.sampled_from(["", *BLANKS]),
    )  # fmt: skip
    return st.lists(clause.map("".join), min_size=1, max_size=25).map(lambda clauses: "".join([*clauses, "国家"]))


WIDTHS = st.integers(12, 80).map(lambda halves: halves / 2)


@settings(max_examples=120, deadline=None)
@given(_pieces(), WIDTHS)
def test_nothing_is_lost(text: str, width: float) -> None:
    """The lines join to the text, and what was between words is one space or none (N1 to N3)."""
    lines = compose(text, width)
    assert bare("".join([line.text for line in lines])) == bare(text)
    whole = compose(text, 1e6)[0].text
    assert not re.search(r"  |\t|\n|^ | $", whole)
    assert not re.search("[\u3400-\u9fff] [\u3400-\u9fff]", whole)
    assert bare(whole) == bare(text)


@settings(max_examples=120, deadline=None)
@given(_pieces(), WIDTHS)
def test_nothing_forbidden_stands_at_an_edge(text: str, width: float) -> None:
    """No line starts with a closing mark, a connector or a sign, none ends with an opening mark (P1, P5)."""
    lines = compose(text, width)
    for line in lines[1:]:
        assert line.text[0] not in CLOSERS + "·～％℃々%", [one.text for one in lines]
    for line in lines[:-1]:
        assert line.text[-1] not in OPENERS + "￥$", [one.text for one in lines]


@settings(max_examples=150, deadline=None)
@given(_pieces(), WIDTHS, st.sampled_from(["basic", "gb", "strict"]), st.sampled_from([0, 2]))
def test_lines_end_at_the_measure(text: str, width: float, level: str, indent: int) -> None:
    """What can be flush is flush within 0.02 em and nothing is wider than the measure, at every level (J1, J6)."""
    made = set_text(text, width, {"level": level, "indent_em": indent}, {})
    for row in made.rows:
        assert edge(row) <= width + TOLERANCE or not stretches(row), made.texts
    for row in made.rows[:-1]:
        assert flush(row, width), (made.texts, edge(row))


@settings(max_examples=80, deadline=None)
@given(_pieces(), WIDTHS, st.booleans())
def test_composing_is_a_function(text: str, width: float, hanging: bool) -> None:
    """The same text is set the same twice."""
    assert compose(text, width, hanging=hanging) == compose(text, width, hanging=hanging)


@settings(max_examples=80, deadline=None)
@given(_pieces(), WIDTHS, st.data())
def test_runs_change_nothing(text: str, width: float, data: st.DataObject) -> None:
    """Where runs of one look meet, nothing is set otherwise (W3, A4)."""
    joints = [at for at in range(1, len(text)) if _free(text, at)]
    cut = data.draw(st.sampled_from(joints))
    found = compose(text, width, runs=[[0, cut, "a"], [cut, len(text), "b"]])
    for one, two in zip(found, compose(text, width), strict=True):
        assert one.text == two.text
        assert one.x == pytest.approx(two.x, abs=1e-6)


def _free(text: str, at: int) -> bool:
    """Whether a run may start here without dividing a word, a cluster or a dash."""
    return not re.match(r"[!-~\u0300-\u036f’—…℃～·￥々]", text[at]) or re.match("[\u4e00-\u9fff]", text[at - 1]) is not None


# Any text, any options: characters that no prose mixes, in every order -------------------------------------------------------

ODD = [
    *HAN, *WORDS, *MARKS, *BLANKS, "カ", "ー", "っ", "か\u3099", "葛\U000e0100", "。』」", "？！", "！！！", "“‘", "（（",
    "》、《", "……。", "⸺", "—", "…", "–", "～", "〜", "/", "／", "\u3000", "\u200b", "\u00a0", "\u2060", "\u00ad", "\u202f",
    "[1]", "m²", "１２３", "1/2", "±5", "→", "℃", "％", "🚀", "👍🏽", "🇨🇳", "👨\u200d👩\u200d👧", "한국", "ไทย", "المال", "large",
    "Midjourney V6", "#1", "https://a.example.com/path/x?id=1", "ir@example.com", "(甲)", '"x"', *"()[]{}|*-_\\@~°′½№#'",
]  # fmt: skip
OPTIONS = st.fixed_dictionaries({
    "level": st.sampled_from(["basic", "gb", "strict", "none"]), "indent_em": st.sampled_from([0, 2]),
    "autospace_em": st.sampled_from([0.25, 0, 0.125, 0.33]), "newline": st.sampled_from(["join", "hard"]),
    "hanging": st.booleans(), "line_start_trim": st.sampled_from(["normal", "trim-start"]),
    "punct_style": st.sampled_from(["全角", "开明", "半角"]), "plain": st.booleans(), "hyphenate": st.booleans(),
    "language": st.sampled_from(["zh-Hans", "zh-Hant", "ja", "ko"]),
})  # fmt: skip
BOUND = frozenset("℃％한국")  # nothing grows beside these
ODD_TEXT = st.lists(st.sampled_from(ODD), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(ODD_TEXT, st.integers(0, 160).map(lambda quarters: quarters / 4), OPTIONS)
def test_odd_text_is_set_whole(text: str, width: float, options: dict[str, object]) -> None:
    """Nothing is lost, no character stands before the one it follows, and the same text is set the same twice."""
    lines = compose(text, width, **options)  # type: ignore[arg-type]
    assert lines == compose(text, width, **options)  # type: ignore[arg-type]
    assert bare("".join([line.text for line in lines])) == bare(text)
    for line in lines:
        for one, two, x, after in zip(line.text, line.text[1:], line.x, line.x[1:]):
            assert x <= after + 1e-6 or two in OPENERS or category(one)[0] in "MC", (one + two, line.text)


@settings(max_examples=400, deadline=None)
@given(ODD_TEXT, st.integers(32, 160).map(lambda quarters: quarters / 4), OPTIONS)
def test_odd_text_keeps_its_edges(text: str, width: float, options: dict[str, object]) -> None:
    """No mark stands where its level forbids it, and lines that can be flush are, from 8 em on."""
    text = text.replace("\u200b", "").replace("\n", " ")  # both let a line end anywhere
    made = set_text(text, width, options, {})
    rows = [row for row in made.rows if row]
    solidus = "／" if options["level"] in ("gb", "strict") else ""
    if options["level"] != "none":
        for row in rows[1:]:
            assert row[0].character not in CLOSERS.replace("’", "") + "·～％℃々ー" + solidus, made.texts
        for row in rows[:-1]:
            assert row[-1].character not in OPENERS + "￥" + solidus, made.texts
    if options["language"] == "zh-Hans" and not options["plain"] and not options["hanging"]:
        for row in rows[:-1]:
            stiff = not BOUND.isdisjoint(made.texts[row[0].line])
            assert stiff or flush(row, width) or edge(row) > width, (made.texts, edge(row))


# Speed -----------------------------------------------------------------------------------------------------------------------

PROSE = (
    "上周A股震荡走弱：上证指数跌0.94%，报2914.78点；深证成指跌1.75%。美联储维持利率在5.25%～5.50%不变，采用Transformer架构的"
    "大模型（如GPT-4）在长文本任务上表现优异——业内称其为“摄影级”模型，市场哗然……"
)


def quickest(length: int, rounds: int) -> float:
    """Seconds a character of the quickest of several settings of one long paragraph."""
    text = (PROSE * (length // len(PROSE) + 1))[:length]
    times = []
    for _ in range(rounds):
        start = time.process_time()
        compose(text, 36)
        times.append(time.process_time() - start)
    return min(times) / length


def test_composing_is_linear() -> None:
    """A character of a paragraph four times as long costs at most 1.6 times as much; the best of three: machines are noisy."""
    assert min([quickest(12_000, 6) / quickest(3_000, 12) for _ in range(3)]) <= 1.6
