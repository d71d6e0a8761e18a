"""Notes in other languages than Simplified Chinese: composition, faces, words; what `tests/test_notes.py` proves of all notes
it proves of these too."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest
import yaml

from compiler.diagnostics import Report, render_short
from compiler.pipeline import compile_note
from compiler.text import compose
from compiler.text.faces import Face
from compiler.words import family, words_of
from compiler.world import World
from conftest import BRANDS, LANGUAGES, REPOSITORY

TAIWAN = "他說：「今天，指數上漲。」市場反應熱烈！但是，投資人仍需謹慎、觀望；不可輕忽。這就是全部嗎？"
JAPANESE = (
    "彼は言った：「今日は上がった！」マーケットの反応はよかった。しかし、ユーザーはキャッシュを待っている。ちょっと待って。"
)
KOREAN = "그는 오늘 종합지수가 2.06% 상승했다고 말했다. 시장의 반응은 뜨거웠지만 투자자들은 여전히 신중하다."
ENGLISH = (
    "Typographical refinement distinguishes documents prepared by specialists; understanding justification algorithms, "
    "particularly hyphenation and letterspacing considerations, remains worthwhile for investors everywhere."
)
PLAIN_ENGLISH = (
    "The index rose a little this week, and so did the turnover. How long can this last, investors ask. We think it is a "
    "question of time: money decides over weeks, profits decide over quarters, and good ideas decide over the years."
)
MEASURES = [width / 2 for width in range(12, 60)]
PEOPLE = ("Bonaparte", "Villefranche", "Montgomery")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-CN", "zh-Hans"), ("zh", "zh-Hans"), ("zh-Hans-HK", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-hant", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"), ("zh-MO", "zh-Hant"), ("yue", "zh-Hant"), ("ja", "ja"), ("ja-JP", "ja"), ("ko-KR", "ko"),
        ("en-GB", "en"), ("fr", "fr"),
    ],
)  # fmt: skip
def test_a_tag_names_its_family(tag: str, expected: str) -> None:
    """A script that is named decides, else the region (BCP 47)."""
    assert family(tag) == expected


# --- composition -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", MEASURES)
def test_stops_stand_centred_in_taiwan(width: float) -> None:
    """A stop in the middle of its cell keeps its place at a line's end and gives a quarter of an em at either side."""
    lines = compose(TAIWAN, width, language="zh-TW")
    assert "".join(line.text for line in lines) == TAIWAN
    for line in lines:
        assert line.text[0] not in "，。；：、！？」"
        assert line.text[-1] != "「"
        for at, char in enumerate(line.text):
            if char not in "，。；：、！？":
                continue
            if 0 < at < len(line.text) - 1 and line.text[at - 1] not in "」，" and line.text[at + 1] not in "「」":
                before = line.x[at] - line.x[at - 1] - line.adv[at - 1]
                after = line.x[at + 1] - line.x[at] - line.adv[at]
                assert before == pytest.approx(after, abs=0.002), line  # what it gives, it gives at both sides alike
                assert before > -0.2501
    for line in lines[:-1]:
        end = line.x[-1] + line.adv[-1]
        closing = line.text[-1] in "」"
        assert end - 0.5 * closing == pytest.approx(width, abs=0.01), line


def test_a_centred_stop_is_no_corner_stop() -> None:
    """On the mainland the stop at a line's end loses its blank half; centred it has none to lose."""
    text = "一二三四五六七八九，十一二三四五六七八九十"
    mainland = compose(text, 9.5)[0]
    assert mainland.text.endswith("，")
    assert mainland.x[-1] + mainland.adv[-1] == pytest.approx(10.0)
    taiwan = compose(text, 9.5, language="zh-TW")
    assert len(taiwan[0].text) == 8  # nine and the stop are 10 em, of which it gives a quarter
    assert taiwan[1].text.startswith("九，")
    whole = compose(text, 9.75, language="zh-TW")[0]
    assert whole.text.endswith("，")
    assert whole.x[-1] + whole.adv[-1] == pytest.approx(9.75)


@pytest.mark.parametrize("width", MEASURES)
def test_japanese_lines(width: float) -> None:
    """No small kana, long vowel mark or dividing mark starts a line (JLREQ 3.1.7); ！ and ？ keep their cell (cl-04)."""
    lines = compose(JAPANESE, width, language="ja")
    assert "".join(line.text for line in lines) == JAPANESE
    assert not [line.text for line in lines if line.text[0] in "ーっょゅゃッ！？：、。」"]
    for line in lines:
        for at in range(len(line.text) - 1):
            if line.text[at] in "！？" and line.text[at + 1] not in "」「":
                assert line.x[at + 1] - line.x[at] > 0.999


@pytest.mark.parametrize("width", [width for width in MEASURES if width >= 14])
def test_korean_words(width: float) -> None:
    """Lines end at spaces or, rather than gape, inside a word with two syllables on either side; syllables never part."""
    lines = compose(KOREAN, width, language="ko")
    assert re.sub(r"\s", "", "".join(line.text for line in lines)) == re.sub(r"\s", "", KOREAN)
    for line in lines:
        for at in range(len(line.text) - 1):
            if " " not in line.text[at : at + 2]:
                assert line.x[at + 1] - line.x[at] == pytest.approx(line.adv[at], abs=0.001), line


def test_hangul_stretches_in_no_language() -> None:
    """A Korean name in a Chinese paragraph is not spaced out (klreq 3.2)."""
    text = "本周前往首尔拜访삼성전자的管理层，就存储芯片的价格走势与全年的资本开支计划交换了意见并且参观了工厂。"
    for width in MEASURES[4:]:
        for line in compose(text, width)[:-1]:
            found = re.search("[가-힣]{2,}", line.text)
            for at in range(found.start(), found.end() - 1) if found else ():
                assert line.x[at + 1] - line.x[at] == pytest.approx(1.0, abs=0.001)


# --- hyphens ---------------------------------------------------------------------------------------------------------


def hyphened(text: str, width: float, **options: object) -> list[str]:
    """The words that a setting divides, a bar where."""
    lines = compose(text, width, hyphenate=True, **options)  # type: ignore[arg-type]
    found = []
    for line, after in pairwise(lines):
        if line.text.endswith("\u00ad"):
            found.append(re.split(r"\W", line.text[:-1])[-1] + "|" + re.split(r"\W", after.text)[0])
    return found


@pytest.mark.parametrize("width", MEASURES[8:])
def test_words_are_divided_where_a_line_would_gape(width: float) -> None:
    """By the patterns: two letters before the hyphen, three after it, no third line in a row (TYPOGRAPHY U4)."""
    lines = compose(ENGLISH, width, hyphenate=True)
    joined = "".join(line.text if line.text.endswith("\u00ad") else line.text + " " for line in lines)
    assert joined.replace("\u00ad", "").strip() == ENGLISH
    for word in hyphened(ENGLISH, width):
        before, after = word.split("|")
        assert len(before) >= 2
        assert len(after) >= 3
        assert len(before + after) >= 6
    ends = "".join("h" if line.text.endswith("\u00ad") else "." for line in lines)
    assert "hhh" not in ends
    for line in lines[:-1]:
        if " " in line.text:  # a word by itself has no gap to stretch (J6)
            assert line.x[-1] + line.adv[-1] == pytest.approx(width, abs=0.01)


def test_hyphens_only_where_they_help() -> None:
    """At a narrow measure words are divided, at a wide one none is, and none where the caller does not want it."""
    path = World(environ={}).package_file("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
    assert path is not None
    face = Face(path)
    assert hyphened(ENGLISH, 14, faces=[face])
    assert not [width for width in (36.0, 40.0, 50.0, 60.0) if hyphened(PLAIN_ENGLISH, width, faces=[face])]
    assert not [line for line in compose(ENGLISH, 14) if "\u00ad" in line.text]


def test_names_and_the_last_word_stay_whole() -> None:
    """A capitalised word may be a name; a paragraph does not end in half a word."""
    text = " and ".join(PEOPLE) + " considered internationalisation"
    for width in MEASURES[4:]:
        words = hyphened(text, width)
        assert not [word for word in words if word[0].isupper() or word.replace("|", "") == "internationalisation"]


def test_patterns_follow_the_language() -> None:
    """German words are divided as German ones; a language without patterns divides none."""
    text = "die wirtschaftlichen rahmenbedingungen verschlechterten sich zusehends gegenüber dem vorjahreszeitraum insgesamt"
    german = {word for width in MEASURES[8:24] for word in hyphened(text, width, language="de")}
    assert german
    assert not {word for word in german if word.startswith("wirtsch|")}
    assert not [word for width in MEASURES[8:24] for word in hyphened(text, width, language="fi")]


def test_chinese_paragraphs_divide_no_word() -> None:
    """In a paragraph that is mostly Han the gaps between Han make room: words stay whole."""
    text = "本周发布的 Transformer 架构改进版支持 multimodality，业内预计将带动 infrastructure 投资继续增长，值得关注。"
    assert not [word for width in MEASURES for word in hyphened(text, width)]


# --- notes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_note_in_its_language(path: Path, brand: str, cache: str) -> None:
    """The right faces, the program's and the house's words, and /Lang; no Simplified form where the language has its own."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    report = Report()
    made = compile_note(str(path), world, report, brand=brand)
    assert made is not None
    assert not len(report), "\n".join(map(render_short, report))
    tag = path.stem
    words = words_of(tag)
    document = pymupdf.open(stream=made.pdf)
    text = re.sub(r"\s", "", "".join(page.get_text() for page in document))
    assert f"/Lang({tag})".encode() in made.pdf or tag in document.xref_object(document.pdf_catalog())
    for kind in ("market", "focus", "watch", "chart"):
        assert re.sub(r"\s", "", words.title(kind)) in text
    assert re.sub(r"\s", "", words.source) in text
    assert not re.search("资料来源|请务必|共.页|期号|发布|区间", text)
    faces = {font[3].split("+")[1] for page in document for font in page.get_fonts()}
    expected = {"zh-TW": "tc", "ja": "jp", "ko": "kr", "en": "sc"}[tag]
    assert {name for name in faces if expected in name.lower()}, faces
    if tag in ("ja", "ko"):
        body = [block for block in document[0].get_text("dict")["blocks"] if block["type"] == 0]
        used = {span["font"] for block in body for line in block["lines"] for span in line["spans"] if len(span["text"]) > 8}
        assert not [name for name in used if "SC" in name], used


def test_a_missing_face_is_a_diagnostic(tmp_path: Path, cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package of the language's faces: an error at `language`, with the command that installs it."""
    source = next(path for path in LANGUAGES if path.stem == "ja").read_text("utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "ja.yaml").write_text(source, "utf-8")
    found = World.package_file
    monkeypatch.setattr(
        World, "package_file", lambda self, package, file: None if "_jp" in package else found(self, package, file)
    )
    report = Report()
    world = World(environ={}, cwd=str(tmp_path), cache_dir=cache)
    assert compile_note("notes/ja.yaml", world, report) is None
    line = 1 + source[: source.index("language:")].count("\n")
    shown = render_short(next(iter(report)))
    assert shown.startswith(f"notes/ja.yaml:{line}:")
    assert "NotoSerifJP" in shown


def test_a_brand_without_the_language_says_so(tmp_path: Path, cache: str) -> None:
    """A house that has no faces for Japanese still makes the note, and warns of the forms."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "ja.yaml").write_bytes(next(path for path in LANGUAGES if path.stem == "ja").read_bytes())
    house = tmp_path / "assets" / "brands" / "plain"
    house.mkdir(parents=True)
    values = yaml.safe_load((REPOSITORY / "assets" / "brands" / "lanxu" / "brand.yaml").read_text("utf-8"))
    del values["languages"]
    (house / "brand.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    report = Report()
    world = World(environ={}, cwd=str(tmp_path), cache_dir=cache)
    assert compile_note("notes/ja.yaml", world, report, brand="plain") is not None
    assert [diagnostic.code for diagnostic in report] == ["brand-language"]


@pytest.mark.parametrize("brand", BRANDS)
def test_long_tags_make_room(brand: str, cache: str) -> None:
    """The tag of a key point is a word of four to six letters in English: its text moves, and all texts stand on one edge."""
    path = next(path for path in LANGUAGES if path.stem == "en")
    made = compile_note(str(path), World(environ={}, cwd=str(REPOSITORY), cache_dir=cache), Report(), brand=brand)
    assert made is not None
    lines = [line for block in pymupdf.open(stream=made.pdf)[0].get_text("dict")["blocks"] for line in block.get("lines", ())]
    spans = [span for line in lines for span in line["spans"]]
    tags = [span for span in spans if span["text"].strip() in ("Market", "Ahead")]
    texts = [span for span in spans if span["text"].startswith(("Technology led a broad", "Gross domestic product is due"))]
    assert len(tags) == len(texts) == 2
    assert texts[0]["origin"][0] == pytest.approx(texts[1]["origin"][0], abs=0.01)
    assert min(text["origin"][0] for text in texts) > max(tag["bbox"][2] for tag in tags) + 4
