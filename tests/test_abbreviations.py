"""Short forms and their expansions: what a screen reader is told, and that nothing moves on the page for it."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pymupdf
import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from compiler.diagnostics import Diagnostic, Report
from compiler.pipeline import compile_note
from compiler.verify import verify
from compiler.world import World
from conftest import MINIMAL, Build

MARKET = "  上证指数上涨 2.06%[@sse]。\n"
FORMS = "abbreviations: {ETF: 交易型开放式指数基金, S&P 500: 标准普尔五百指数, 发改委: 国家发展和改革委员会}\n"
ETF, SP, NDRC = "交易型开放式指数基金", "标准普尔五百指数", "国家发展和改革委员会"


def spoken(pdf: bytes) -> list[tuple[str, str]]:
    """(the tag round it, expansion) of every element with one, in reading order."""
    found: list[tuple[str, str]] = []

    def walk(entry: PdfObject | None, tag: str) -> None:
        entry = entry.get_object() if entry is not None else None
        if isinstance(entry, ArrayObject):
            for kid in entry:
                walk(kid, tag)
        elif isinstance(entry, DictionaryObject) and entry.get("/Type") not in ("/OBJR", "/MCR"):
            if "/E" in entry:
                assert entry["/S"] == "/Span"
                assert entry["/K"], "an expansion of nothing"
                found.append((tag, str(entry["/E"])))
            walk(entry.get("/K"), str(entry.get("/S", "")))

    walk(PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"], "")
    return found


def note(text: str, forms: str = FORMS) -> str:
    """A note that says `text` in its first section, and of the other forms just one word at its end."""
    return forms + MINIMAL.replace(MARKET, f"  {text}[@sse]。\n")


def of(text: str, build: Build, *, unused: bool = True) -> list[tuple[str, str]]:
    """What is spoken of a text in Markdown."""
    return spoken(build(note(text), expect=("abbreviation-unused",) if unused else ()).pdf)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沪市 ETF 与深市ETF。ETF，（ETF）、“ETF”/ETF；ETF", [ETF] * 7),
        ("ETF's, ETF. (ETF) and 3 ETF", [ETF] * 4),
        ("ETFs、GETF、C-ETF、ETF-A、ETF2、ETF_a、S&P、etf、ETF.csv", []),
        ("成分股见 S&P 500", [SP]),
        ("成分股见 S&P\n  500", [SP]),
        ("成分股见 S&P 5000", []),
        ("国家发改委与发改委", [NDRC] * 2),
        ("**ETF**与*ETF*", [ETF] * 2),
        ("**ETF**s 与 `ETF`、`a ETF b` 再 `ETF`", []),
        ("代码 `ETF` 之外的 ETF 与 `x` ETF", [ETF] * 2),
        ("<https://a.cn/ETF> https://a.cn/ETF ETF@a.cn <ETF@a.cn>", []),
        ("<u>ETF</u>", []),
        ("ETF[@sse]，ETF^[ETF]", [ETF] * 3),
    ],
)
def test_words_of_their_own(text: str, expected: list[str], build: Build) -> None:
    """Every place where the short form is a word of its own, and no other, is read by its expansion."""
    assert [expansion for _, expansion in of(text, build)] == expected


def test_every_kind_of_text(build: Build) -> None:
    """Headings, lists, quotations, cells, captions, footnotes and links are read so as paragraphs are."""
    text = (
        "abbreviations: {ETF: 交易型基金}\n" + MINIMAL.replace("市场概况: |\n" + MARKET, "") + "市场概况:\n"
        "  - |\n    ## 话题 ETF\n\n    见 [深市 ETF 名录](https://a.cn/)[@sse]^[注 ETF。]。\n\n    - 项 ETF\n\n"
        "  - quote: 言 ETF。\n    by: 某\n"
        "  - table: {caption: 表 ETF, source: sse, columns: [名 ETF, 值], rows: [[ETF, 1], [甲, 2]]}\n"
        "  - figure: {image: pixel.png, alt: 灰色方块，宽六百像素, caption: 图 ETF, source: sse}\n"
    )
    found = spoken(build(text).pdf)
    assert {expansion for _, expansion in found} == {"交易型基金"}
    assert [tag for tag, _ in found] == ["/H3", "/Link", "/P", "/P", "/P", "/Caption", "/TH", "/TH", "/Caption"]


def test_one_element_over_a_line_end(build: Build) -> None:
    """A short form broken over two lines is one element."""
    text = note("\n\n  ".join(f"{'甲' * count}，发改委，{'乙' * 24}" for count in range(20, 45)))
    data = build(text, expect=("abbreviation-unused",)).pdf
    assert [expansion for _, expansion in spoken(data)] == [NDRC] * 25
    words = "".join(page.get_text() for page in pymupdf.open(stream=data))
    assert re.search("发\\s*\n\\s*改委|发改\\s*\n\\s*委", words), "none was broken"


WORDY = (
    "A 股 ETF 规模增长，ETF（交易所交易）与“ETF”/ETF 各有其用；S&P 500 与发改委的 ETF-A 无关。**ETF。**后面的 ETF，*ETF*，"
    "[看 ETF](https://a.cn/)、`ETF`^[注中的 ETF。]，The ETF (and S&P 500) market, fluently; office ETF, official."
)


def rendered(pdf: bytes, folder: Path) -> list[bytes]:
    """The pages' pixels by poppler."""
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "110", str(folder / "a.pdf"), str(folder / "a")], check=True, timeout=120)
    return [path.read_bytes() for path in sorted(folder.glob("*.ppm"))]


def extracted(pdf: bytes, folder: Path) -> dict[str, str]:
    """The text by every reader at hand."""
    (folder / "t.pdf").write_bytes(pdf)
    poppler = subprocess.run(["pdftotext", str(folder / "t.pdf"), "-"], capture_output=True, text=True, check=True, timeout=60)
    pdfium = pypdfium2.PdfDocument(pdf)
    return {
        "poppler": poppler.stdout,
        "pypdf": "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages),
        "pdfium": "\n".join(page.get_textpage().get_text_range() for page in pdfium),
        "mupdf": "\n".join(page.get_text() for page in pymupdf.open(stream=pdf)),
    }


@pytest.mark.parametrize("brand", ["hengting", "lanxu"])
def test_nothing_moves(brand: str, build: Build, tmp_path: Path) -> None:
    """Pixels and text of the pages are what they are without expansions."""
    body = "\n\n  ".join(WORDY + "续写" * count for count in range(12))
    table = "\n\n  | ETF | 值 |\n  |---|---|\n  | 沪深 ETF（甲） | 1 |\n  | ETF | 2 |\n"
    plain = MINIMAL.replace(MARKET, f"  {body}[@sse]{table}")
    before, after = (build(text, brand=brand).pdf for text in (plain, FORMS + plain))
    assert len(spoken(after)) > 12 * 10
    assert not spoken(before)
    assert rendered(before, tmp_path / "before") == rendered(after, tmp_path / "after")
    assert extracted(before, tmp_path) == extracted(after, tmp_path)


HOUSE = "extends: hengting\nabbreviations: {ETF: 交易型开放式指数基金, LOF: 上市型开放式基金}\n"


def house(root: Path, text: str = HOUSE) -> None:
    """A brand of the root's own."""
    folder = root / "assets" / "brands" / "own"
    folder.mkdir(parents=True)
    (folder / "brand.yaml").write_text(text, encoding="utf-8")


def test_of_the_house(build: Build, root: Path) -> None:
    """A house's short forms hold in all its notes, unused ones without a word; a note's own word for one comes first."""
    house(root)
    text = MINIMAL.replace(MARKET, "  ETF 与 LOF[@sse]。\n")
    assert [words for _, words in spoken(build(text, brand="own").pdf)] == [ETF, "上市型开放式基金"]
    own = "abbreviations: {LOF: 另一种说法}\n" + text
    assert [words for _, words in spoken(build(own, brand="own").pdf)] == [ETF, "另一种说法"]
    assert not spoken(build(MINIMAL, brand="own").pdf)


def test_house_in_another_language(build: Build, root: Path) -> None:
    """In a note of another language a house's expansion is read in that language, or not at all."""
    house(root, HOUSE + "phrases: {交易型开放式指数基金: {en: exchange-traded fund}}\n")
    text = "language: en\n" + MINIMAL.replace(MARKET, "  An ETF and a LOF[@sse].\n")
    assert [words for _, words in spoken(build(text, brand="own").pdf)] == ["exchange-traded fund"]


def test_foreign_disclaimer(build: Build, root: Path) -> None:
    """A disclaimer in another language than the note's has none of the note's expansions."""
    folder = root / "assets" / "disclaimers"
    folder.mkdir(parents=True)
    for name, language in (("ours", "zh-CN"), ("theirs", "en")):
        head = f"---\ntitle: 声明 {name}\nlanguage: {language}\n---\n"
        (folder / f"{name}.md").write_text(head + "An ETF is a fund.\n", encoding="utf-8")
    text = "abbreviations: {ETF: 交易型开放式指数基金}\n" + MINIMAL
    assert len(spoken(build("disclaimers: [ours]\n" + text).pdf)) == 1
    assert not spoken(build("disclaimers: [theirs]\n" + text, expect=("abbreviation-unused",)).pdf)


def test_house_faults(root: Path, cache: str) -> None:
    """A house's expansions are words."""
    for number, (value, code) in enumerate(
        [("[ETF]", "brand-type"), ("{ETF: ''}", "brand-value"), ("{ETF: ETF}", "brand-value")]
    ):
        house_root = root / str(number)
        house(house_root, f"extends: hengting\nabbreviations: {value}\n")
        (house_root / "notes").mkdir()
        (house_root / "notes" / "a.yaml").write_text(MINIMAL, encoding="utf-8")
        report = Report()
        compile_note(
            str(house_root / "notes" / "a.yaml"), World(environ={}, cwd=str(house_root), cache_dir=cache), report, brand="own"
        )
        assert [item.code for item in report] == [code]


def test_verify(build: Build, root: Path, cache: str) -> None:
    """The file holds, and is built again from itself byte for byte, with the house's short forms and the note's."""
    house(root)
    text = MINIMAL.replace("brand: hengting", "brand: own").replace(MARKET, "  ETF 与 QDII[@sse]。\n")
    made = build("abbreviations: {QDII: 合格境内机构投资者}\n" + text)
    assert len(spoken(made.pdf)) == 2
    path = root / "notes" / "note.pdf"
    path.write_bytes(made.pdf)
    verdict = verify(str(path), World(environ={}, cwd=str(root), cache_dir=cache))
    assert {outcome.check: outcome.state for outcome in verdict.outcomes if outcome.state != "holds"} == {}, verdict
    assert made.pdf == build("abbreviations: {QDII: 合格境内机构投资者}\n" + text).pdf


def placed(item: Diagnostic) -> str:
    """`code@line:column`."""
    assert item.span is not None
    line, column = item.span.file.line_col(item.span.start)
    return f"{item.code}@{line}:{column}"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("abbreviations: {ETF: 基金}", "abbreviation-unused@1:17"),
        ("abbreviations: {2.06: ''}", "abbreviation-empty@1:17"),
        ("abbreviations: {上证指数: 上证指数}", "abbreviation-form@1:23"),
        ("abbreviations: {（）: 括号}", "abbreviation-form@1:17"),
        ("abbreviations: [ETF]", "note-type@1:16"),
        ("abbreviations: {ETF: [a]}", "note-type@1:22"),
        ("abbreviations: {上证指数: 甲, 上证指数: 乙}", "yaml-duplicate-key@1:26"),
        ("abbreviation: {上证指数: 甲}", "note-key@1:1"),
    ],
)
def test_diagnostics(head: str, expected: str, root: Path, cache: str) -> None:
    """What is wrong with an abbreviation is told at its place."""
    path = root / "notes" / "note.yaml"
    path.write_text(head + "\n" + MINIMAL, encoding="utf-8")
    report = Report()
    compile_note(str(path), World(environ={}, cwd=str(root), cache_dir=cache), report)
    assert [placed(item) for item in report] == [expected]
    if expected.startswith("note-key"):
        assert next(iter(report)).help == ("did you mean `abbreviations`?",)
