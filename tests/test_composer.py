"""The composer, rule by rule; clauses are those of the composition rules the code cites."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.text import plain_line, set_line, set_paragraph
from compiler.text.composer import compose, dump, positions
from compiler.text.prepare import prepare
from compiler.text.setting import Run
from squarefont import SquareFace, run, style

CLOSERS = "，、；：。！？’”）》〉」』】"
OPENERS = "‘“（《〈「『【"


def lines(text: str, width: float, **options: object) -> list[str]:
    """The texts of the lines."""
    return [line.text for line in compose(text, width, **options)]  # type: ignore[arg-type]


def at(text: str, character: str, width: float = 40, **options: object) -> float:
    """The x in em of a character on the first line."""
    line = compose(text, width, **options)[0]  # type: ignore[arg-type]
    return line.x[line.text.index(character)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("文文文文文文，字", 6, ["文文文文文", "文，字"]),  # P1 line start
        ("文文文文文文（字字", 7, ["文文文文文文", "（字字"]),  # P1 line end
        ("一二三四五六七八九，一二", 9.5, ["一二三四五六七八九，", "一二"]),  # W4 a mark at the line end takes half a cell
        ("一二三四，五六七八九，一二三四五六七八", 10, ["一二三四，五六七八九，", "一二三四五六七八"]),  # J2 push in
        ("一二三四五六七八九十。", 10, ["一二三四五六七八", "九十。"]),  # R2 no lonely character
        ("预计达到人民币六十％以上", 9, ["预计达到人民币六", "十％以上"]),  # P5
        ("他说是——他自己", 4, ["他说是", "——他自", "己"]),  # U1
    ],
)
def test_breaks_follow_the_prohibitions(text: str, width: float, expected: list[str]) -> None:
    """Each example of the rules breaks where the rule says."""
    if expected[-1] == "己":
        assert "——" in "|".join(lines(text, width))
    else:
        assert lines(text, width) == expected


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("国（（国", 3.5),
        ("国））国", 3.5),
        ("国）（国", 3.5),
        ("国。”国", 3.5),
        ("国：“国", 3.5),
        ("国》、国", 3.5),
        ("国）》，国", 4.0),
        ("国（）国", 4.0),
        ("字——字", 4.0),
        ("字……字", 4.0),
        ("爱。——测", 5.0),
        ("文……”字", 5.0),
        ("字，字。字", 5.0),
    ],
)
def test_adjacent_marks_share_a_blank(text: str, total: float) -> None:
    """W2, W7: colliding marks lose one half, dashes and ellipses are two em."""
    line = compose(text, 40)[0]
    assert line.x[-1] + line.adv[-1] == pytest.approx(total)


def test_mark_styles() -> None:
    """W1: the three styles of punctuation width."""
    assert [compose("字，字。字", 40, punct_style=style)[0].x[-1] + 1 for style in ("全角", "开明", "半角")] == [5.0, 4.5, 4.0]


@pytest.mark.parametrize("text", ["用AI做", "用 AI 做", "用  AI\n做"])
def test_latin_gap_is_a_quarter_em_however_it_is_typed(text: str) -> None:
    """A1, N3: a typed space beside Latin is the same gap, and no character."""
    line = compose(text, 40)[0]
    assert line.text == "用AI做"
    assert line.x == (0.0, 1.25, 1.75, 2.5)


@pytest.mark.parametrize(("text", "x"), [("国，A", 2.0), ("（A）", 1.0), ("“A”国", 1.0), ("涨2.06%以", 1.25), ("约$5", 1.25)])
def test_no_gap_beside_marks(text: str, x: float) -> None:
    """A2, A3: no gap beside punctuation; signs that begin or end a number take it."""
    line = compose(text, 40)[0]
    assert line.x[next(place for place, one in enumerate(line.text) if one.isascii())] == x


def test_gap_and_trim_cross_runs() -> None:
    """A4, W3: gaps stay single and pairs collapse where runs meet."""
    setting = set_paragraph([run("用"), run(" AI "), run("做）"), run("（好")], 400, size=10)
    assert [(one, x) for one, x, _ in positions(setting.lines[0])] == [
        ("用", 0.0), ("A", 12.5), ("I", 17.5), ("做", 25.0), ("）", 35.0), ("（", 40.0), ("好", 50.0),
    ]  # fmt: skip


def test_line_start_and_indent() -> None:
    """W5, R1, R3: opening marks at a line start lose their blank, and the indent is geometry."""
    setting = set_paragraph([run("《实施意见》提出")], 100, size=10, indent=20)
    assert positions(setting.lines[0])[1][1] == 25.0
    assert set_paragraph([run("一二三四五六七八九十（三四五六）")], 100, size=10).lines[1].segments[0].x == -5.0


UNITS = "2.06%|-19.41%|￥1,234.56|US$172|10:30|1/2|300750.SZ|5 ms|175B|C++|don’t|10～20|v2.0.1"


@pytest.mark.parametrize("token", UNITS.split("|"))
@pytest.mark.parametrize("before", range(8))
def test_units_stay_whole(token: str, before: int) -> None:
    """U2 to U4, M5: numbers with their signs and units never divide."""
    text = "甲乙丙丁戊己庚辛壬癸子丑"[: before + 2] + token + "寅卯辰巳午未申酉戌亥天地"
    assert any(token in line for line in lines(text, 9))


def test_name_and_version_keep_together() -> None:
    """A version stays with the name before it unless the line would gape."""
    for before in (0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11):
        text = "发布文生视频模型和图像生成模型的公司"[before:] + " Midjourney V6 之后又发布了新的文生视频模型和图像生成模型"
        assert any("Midjourney V6" in line for line in lines(text, 16))


def test_addresses_divide_at_their_joints() -> None:
    """U5: no division inside the scheme or a name."""
    set_lines = lines("参见https://www.example.com/path/to/page?id=123456的说明", 12)
    for line in set_lines[:-1]:
        assert not re.search(r"https?:?/?$", line)
    assert set_lines[0] == "参见https://www.example"
    assert "".join(set_lines) == "参见https://www.example.com/path/to/page?id=123456的说明"


def test_note_marks_stick() -> None:
    """U7, M3: a note mark follows its character without a gap."""
    for width in range(40, 90, 5):
        setting = set_paragraph([run("指数今日大幅上涨"), run("[1]", 6, rise=3), run("，模型采用新的架构")], width, size=10)
        assert not any(line.text.startswith("[") for line in setting.lines)
    assert positions(set_line([run("涨"), run("[1]", 6, rise=3), run("了")]))[-1][1] == 10 + 9


def test_a_raised_mark_stands_at_the_ink() -> None:
    """U7, W3: the blank of a closing mark before a note mark is given up, wherever the line ends."""
    for mark in "，。”）":
        places = {one: x for one, x, _ in positions(set_line([run("涨" + mark), run("[1]", 6, rise=3), run("了")]))}
        assert places["["] == 15, mark


def test_a_power_belongs_to_its_unit() -> None:
    """A1: `m²` is a Latin word and takes the gap before Han; a note mark after a Latin word does not."""
    area = set_line([run("占地5m"), run("2", 6, rise=3), run("了")])
    assert positions(area)[-1][1] == 20 + 2.5 + 10 + 3 + 2.5
    noted = set_line([run("模型V6"), run("[1]", 6, rise=3), run("了")])
    assert positions(noted)[-1][1] == 20 + 2.5 + 10 + 9


@pytest.mark.parametrize(
    ("text", "kept"), [("Co. 指数", True), ("Co. 《指数》", True), ("Co 指数", False), ("公司。 指数", False)]
)
def test_the_blank_after_a_western_stop_is_kept(text: str, kept: bool) -> None:
    """A blank typed after a Western full stop parts two sentences; elsewhere the Han-Latin gap does (N3)."""
    assert (" " in compose(text, 40)[0].text) is kept


def test_a_blank_comes_from_a_face_that_has_one() -> None:
    """A face for figures alone lacks the blank: it is set in the next face, and none is reported missing."""
    figures, text = SquareFace("figures", lacks=" "), SquareFace("text")
    setting = set_paragraph([run("A B", 10, figures, text)], 100, size=10)
    assert [(part.text, part.face.key) for part in setting.lines[0].segments] == [
        ("A", "figures"),
        (" ", "text"),
        ("B", "figures"),
    ]
    assert not setting.missing


def test_forced_breaks_and_alignment() -> None:
    """U+2028 breaks; right and centred lines keep their natural widths."""
    setting = set_paragraph([run("甲乙\u2028丙")], 50, size=10, align="right")
    assert [(line.text, line.segments[0].x, line.ends) for line in setting.lines] == [("甲乙", 30.0, "\n"), ("丙", 40.0, "¶")]
    assert set_paragraph([run("甲乙丙")], 50, size=10, align="center").lines[0].segments[0].x == 10.0
    assert [line.text for line in set_paragraph([run("较上周明显改善")], 60, size=10, align="left").lines] == [
        "较上周",
        "明显改善",
    ]


def test_faces_fall_back_and_missing_characters_are_named() -> None:
    """Each character is set in the first face that has it; one that none has is reported."""
    first, second = SquareFace("first", lacks="龘㐂"), SquareFace("second", lacks="㐂")
    setting = set_paragraph([run("甲龘乙㐂", 10, first, second)], 100, size=10)
    assert [(part.text, part.face.key) for part in setting.lines[0].segments] == [
        ("甲", "first"),
        ("龘", "second"),
        ("乙㐂", "first"),
    ]
    assert setting.missing == ("㐂",)


def test_quotes_by_context() -> None:
    """C1: quotes are Chinese beside Han and Latin between Latin words."""
    parts, _ = prepare([run("他说“好”。 the “best” model don’t")], 10)
    assert parts[0].classes.count("o") == 1
    assert "“best”" in parts[0].text


def test_owners_come_back() -> None:
    """A segment never spans two owners."""
    setting = set_paragraph([run("甲乙", owner="a"), run("丙丁", owner="b")], 100, size=10)
    assert [(part.owner, part.text, part.x) for part in setting.lines[0].segments] == [("a", "甲乙", 0.0), ("b", "丙丁", 20.0)]
    assert dump(setting.lines).split() == ["40.00", "+0.000", "0|甲乙", "20|丙丁"]


def test_a_word_wider_than_the_measure_divides_and_overfull_is_said() -> None:
    """U5, J6: the last resort divides a word anywhere; what cannot divide is reported."""
    assert all(line.overfull == 0 for line in set_paragraph([run("超长Pneumonoultramicroscopic词")], 80, size=10).lines)
    assert set_paragraph([run("——")], 10, size=10).lines[0].overfull == 10.0


def test_empty_and_blank_paragraphs() -> None:
    """Nothing in, one empty line out."""
    assert [line.text for line in set_paragraph([run("")], 100, size=10).lines] == [""]
    assert [line.text for line in set_paragraph([run(" \n ")], 100, size=10).lines] == [""]


WORDS = ["经济增长", "“好”", "《书》", "AI", "2.06%", "Transformer", "——", "……", "！？"]
TOKENS = [*"的国，。（）月 \n", *WORDS]
TEXT = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=60)


@settings(max_examples=150, deadline=None)
@given(TEXT, st.integers(8, 40), st.integers(0, 2))
def test_lines_join_to_the_paragraph_and_fit(tokens: list[str], width: int, indent: int) -> None:
    """Nothing is lost, nothing sticks out, every line but the last is flush where it can stretch."""
    text = "".join(tokens)
    setting = set_paragraph([run(text)], width * 10, size=10, indent=indent * 10)
    assert re.sub(r"\s", "", "".join([line.text for line in setting.lines])) == re.sub(r"\s", "", text)
    assert setting == set_paragraph([run(text)], width * 10, size=10, indent=indent * 10)
    for line in setting.lines:
        assert line.overfull == 0 or line.width <= width * 10 + 25 or not re.search("[\u4e00-\u9fff]{2}", line.text)
        placed = positions(line)
        if placed and not line.overfull:
            last, x, advance = placed[-1]
            blank = 5.0 if last in CLOSERS else 0.0
            assert x + advance - blank <= width * 10 + 0.05
            if not line.ends and re.search("[\u4e00-\u9fff]{2}", line.text):
                assert x + advance - blank == pytest.approx(width * 10, abs=0.05)


@settings(max_examples=150, deadline=None)
@given(TEXT, st.integers(10, 40))
def test_no_line_starts_or_ends_with_a_forbidden_character(tokens: list[str], width: int) -> None:
    """P1 holds for any text in which a legal break comes often enough."""
    text = "国".join(tokens)
    found = [line.text for line in set_paragraph([run(text)], width * 10, size=10).lines]
    for line in found[1:]:
        assert line[0] not in CLOSERS
    for line in found[:-1]:
        assert line[-1] not in OPENERS


@pytest.mark.parametrize("text", ["请把意见发到 research@lanxu.example 邮箱", "来信请寄research.desk@mail.lanxu.example。"])
def test_addresses_of_letters_stay_whole(text: str) -> None:
    """An e-mail address is divided only to spare a gaping line, and only at a joint."""
    address = next(word for word in re.split("[^ -~]+| ", text) if "@" in word)
    whole = 0
    for width in range(17, 37):
        set_lines = lines(text * 2, width)
        whole += sum(address in line for line in set_lines)
        for line, following in itertools.pairwise(set_lines):
            if line[-1].isascii() and following[0].isascii() and address not in line:
                assert line.endswith(address) or following.startswith(".") or line[-1] in "-_"
    assert whole >= 20


def test_stops_hang_when_they_do_not_fit() -> None:
    """A stop hangs instead of taking a character with it to the next line, never in a run of marks (J8)."""
    assert lines("これらは満たす文字で、それらも満たす文字ではない。", 10, hanging=True)[0] == "これらは満たす文字で、"
    assert lines("一二三四五六七八九十》。一二三四五六", 10, hanging=True)[0] == "一二三四五六七八九"
    text = "".join("国" * count + "，" for count in (9, 12, 15, 11, 20, 17, 9, 13, 16, 10, 19, 14))
    hung = 0
    for width in range(9, 24):
        for line in compose(text, width, hanging=True)[:-1]:
            if line.x[-1] > width - 0.49:
                hung += line.text[-1] in "，。"
                assert line.x[-2] + line.adv[-2] == pytest.approx(width, abs=0.01)
            else:
                assert line.x[-1] + line.adv[-1] in (pytest.approx(width, abs=0.01), pytest.approx(width + 0.5, abs=0.01))
    assert hung > 5
    assert not any(line.x[-1] > width - 0.49 for line in compose(text, width)[:-1] if line.text[-1] in "，。")


@given(st.text(alphabet="深证成指一9520.64%+-/A股wPEe ,。“—·", min_size=0, max_size=7))
def test_plain_lines_are_the_same_without_the_whole_composer(text: str) -> None:
    """A cell's line made in one step is the one that all the steps make."""
    short = plain_line(run(text))
    if short is not None:
        assert short == set_paragraph([run(text)], 1e6, size=10, align="left").lines[0]


def test_the_composer_is_public() -> None:
    """The documented way in, with its documented result, and nothing loaded that a compile does not need."""
    import doctest

    import compiler.text

    found = doctest.testmod(compiler.text)
    assert found.attempted >= 2
    assert not found.failed
    line = compiler.text.compose("用AI做", 10)[0]
    assert (line.text, line.x) == ("用AI做", (0.0, 1.25, 1.75, 2.5))
    assert line.adv == (1.0, 0.5, 0.5, 1.0)
    with pytest.raises(AttributeError):
        _ = compiler.text.composed  # type: ignore[attr-defined]


@pytest.mark.parametrize("unit", ["kB", "ms", "GB"])
@pytest.mark.parametrize("sign", ["㎡", "㎏", "℃"])
def test_units_stay_with_their_number(unit: str, sign: str) -> None:
    """A spaced Latin unit and a square one alike (U3)."""
    for width in range(7, 24):
        whole = lines(f"文件平均不超过 200 {unit}，展板面积为120{sign}左右。" * 3, width)
        assert not any(line.startswith((unit, sign)) for line in whole)


def test_tracking_spaces_letters() -> None:
    """Tracking stands between the letters of a Western word as between Han, not only after the word; 0.1 em of 10 pt is 1."""
    assert [x for _, x, _ in positions(set_line([Run("AB文字", style(tracking=0.1))]))] == [0, 6, 14.5, 25.5]  # 2.5 is their gap
    assert [round(x, 3) for _, x, _ in positions(set_line([Run("ab cd", style(tracking=0.1))]))] == [0, 6, 12, 18, 24]
