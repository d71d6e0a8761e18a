"""Sources: what is asked of them, how they are listed by GB/T 7714-2015, and the files they may come from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from compiler.check.latex import plain
from compiler.diagnostics import Report, SourceFile, Span, render_short
from compiler.layout.references import names, reference_words
from compiler.model import Date, Note, Source
from compiler.pipeline import check_note
from compiler.words import words_of
from compiler.world import World
from conftest import MINIMAL, Build

CITED = "上证指数上涨 2.06%[@sse]。"
SPAN = Span(SourceFile("note.yaml", "a"), 0, 1)


def source(text: str) -> Source:
    """A source from `key=value` pairs parted by |; authors by ;."""
    given = dict(part.strip().split("=", 1) for part in text.split("|"))
    days = {key: Date(*map(int, given[key].split("-"))) if key in given else None for key in ("accessed",)}
    more = {
        key: given[key]
        for key in ("container", "volume", "issue", "pages", "number", "place", "edition", "language")
        if key in given
    }
    authors = tuple(given["authors"].split(";")) if "authors" in given else ()
    return Source(
        "a", given.get("kind", ""), given.get("publisher", ""), given["title"], None, days["accessed"], given.get("url", ""),
        given.get("owner", ""), SPAN, given.get("date", ""), authors, **more,
    )  # fmt: skip


CASES = Path(__file__).parent / "cases" / "references" / "LISTED"
LISTED = [case.split("\n") for case in CASES.read_text("utf-8").split("\n", 1)[1].strip().split("\n\n")]


@pytest.mark.parametrize(("given", "printed"), LISTED, ids=[printed[:30] for _, printed in LISTED])
def test_reference(given: str, printed: str) -> None:
    """Each kind of source has the parts, marks and order of GB/T 7714-2015."""
    words, url, after = reference_words(source(given), words_of("zh-CN"))
    assert (words + url + after).strip() == printed


NAMES = [
    ("Albert Einstein", "EINSTEIN A"),
    ("Einstein, Albert", "EINSTEIN A"),
    ("EINSTEIN A", "EINSTEIN A"),
    ("Amabel Williams-Ellis", "WILLIAMS-ELLIS A"),
    ("De Morgan, Augustus", "DE MORGAN A"),
    ("Ludwig van Beethoven", "VAN BEETHOVEN L"),
    ("Jean-Paul Sartre", "SARTRE J P"),
    ("J.K. Rowling", "ROWLING J K"),
    ("King, Jr., Martin Luther", "KING M L Jr"),
    ("Li, Jiangning", "LI J"),
    ("{World Bank}", "World Bank"),
    ("World Health Organization", "World Health Organization"),
    ("Bank of England", "Bank of England"),
    ("OpenAI", "OpenAI"),
    ("丸山敏秋", "丸山敏秋"),
    ("张, 三", "张三"),
]


@pytest.mark.parametrize(("given", "printed"), NAMES)
def test_name(given: str, printed: str) -> None:
    """A person's family name comes first, in capitals, initials follow without stops; bodies and Han names stay."""
    assert names((given,), words_of("zh-CN")) == printed


@pytest.mark.parametrize(
    ("authors", "language", "printed"),
    [
        ("甲;乙;丙", "zh-CN", "甲, 乙, 丙"),
        ("甲;乙;丙;丁", "zh-CN", "甲, 乙, 丙, 等"),
        ("甲;others", "zh-CN", "甲, 等"),
        ("甲;等", "zh-CN", "甲, 等"),
        ("甲;乙;丙;丁", "en", "甲, 乙, 丙, et al."),
    ],
)
def test_more_than_three(authors: str, language: str, printed: str) -> None:
    """Three authors are named; the others in the word of the language."""
    assert names(tuple(authors.split(";")), words_of(language)) == printed


LATEX = [
    (r"{\"U}ber na\"{\i}ve caf\'e", "Über naïve café"),
    (r"Erd{\H{o}}s, \v{C}apek, \c{c}a, \c c, {\'\i}", "Erdős, Čapek, ça, ç, í"),
    (r"\ss\ \ae{} \O slo", "ß æ Øslo"),
    (r"R\&D 5\% \$ \#1 a\_b", "R&D 5% $ #1 a_b"),
    ("pages 1--2, a---b, ``c'', d~e", "pages 1–2, a—b, “c”, d e"),
    (r"\emph{A} \textbf{B} {\it C} $\alpha$", "A B C α"),
    ("两  行\n 一题", "两 行 一题"),
]


@pytest.mark.parametrize(("given", "printed"), LATEX)
def test_latex(given: str, printed: str) -> None:
    """Accents, letters and signs of LaTeX are the characters they stand for."""
    told: list[str] = []
    assert plain(given, told.append) == printed
    assert not told


# --- diagnostics -----------------------------------------------------------------------------------------------------


@pytest.fixture
def read(root: Path) -> Callable[..., tuple[Note | None, list[str]]]:
    """Checks a note's text; gives the note and `file:line:column code` of each diagnostic."""

    def run(text: str, **files: str | bytes) -> tuple[Note | None, list[str]]:
        for name, data in files.items():
            path = root / "notes" / name.replace("_", ".")
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        (root / "notes" / "note.yaml").write_text(text, "utf-8")
        report = Report()
        checked = check_note("notes/note.yaml", World(environ={}, cwd=str(root), cache_dir=""), report)
        found = []
        for item in report:
            assert item.span is not None, render_short(item)
            line, column = item.span.file.line_col(item.span.start)
            found.append(f"{item.span.file.name.removeprefix('notes/')}:{line}:{column} {item.code}")
        return (checked.note if checked else None), found

    return run


Read = Callable[..., "tuple[Note | None, list[str]]"]

GIVEN = [
    ("title: T", ["source-publisher 5:3"]),
    ("title: T, authors: 张三", []),
    ("title: T, kind: 论文, container: 经济研究, date: 2023", []),
    ("title: T, publisher: P, date: 2023-13", ["date-form 5:39"]),
    ("title: T, publisher: P, date: 2023-12-29, accessed: 2023-12-28", ["source-dates 5:61"]),
    ("title: T, publisher: P, date: 2023-12, accessed: 2023-12-01", []),
    ("title: T, publisher: P, date: 2023, accessed: 2022-12-31", ["source-dates 5:55"]),
    ("title: T, publisher: P, date: 2024-01-03", ["source-dates 5:39"]),
    ("title: T, publisher: P, date: 2024", []),
    ("title: T, publisher: P, accessed: 2024-01-03", ["source-dates 5:43"]),
    ("title: T, publisher: P, kind: 官网, url: https://a.cn/", ["source-accessed 5:48"]),
    ("title: T, publisher: P, kind: 论文, url: https://doi.org/10.1/2", []),
    ("title: T, publisher: P, kind: 官网, accessed: 2023-12-29, url: https://a.cn/", []),
    ("title: T, publisher: P, kind: 新间", ["source-kind 5:39"]),
    ("title: T, publisher: P, page: 3", ["note-key 5:33"]),
]


@pytest.mark.parametrize(("given", "expected"), GIVEN, ids=[given for given, _ in GIVEN])
def test_source(given: str, expected: list[str], read: Read) -> None:
    """A source says who, what and when, and no day is before what it follows."""
    old = next(line for line in MINIMAL.split("\n") if "sse:" in line)
    _, found = read(MINIMAL.replace(old, f"  sse: {{{given}}}"))
    assert found == [f"note.yaml:{place} {code}" for code, place in (line.split() for line in expected)]


@pytest.mark.parametrize(
    ("as_of", "age", "expected"),
    [
        ("2023-12-29", "", ""),
        ("2023-12-29", "max-age: 4\n", ""),
        ("2023-12-28", "max-age: 4\n", "as-of-old"),
        ("2024-01-03", "", "as-of-late"),
        ("2023-12-40", "", "date-unreal"),
        ("2023-12-29", "max-age: week\n", "note-type"),
    ],
)
@pytest.mark.parametrize("kind", ["table", "chart", "figure"])
def test_as_of(kind: str, as_of: str, age: str, expected: str, read: Read) -> None:
    """The day of an exhibit's facts is not after the note's, nor older than the note allows."""
    body = {
        "table": "  - table:\n      caption: 甲\n      rows: [[甲, 1]]\n      source: sse\n      as-of: ",
        "chart": "  - chart: bar\n    caption: 甲\n    alt: 一根横条\n    rows: [[甲, 1]]\n    source: sse\n    as-of: ",
        "figure": "  - figure:\n      image: pixel.png\n      alt: 一片灰\n      caption: 甲\n      source: sse\n      as-of: ",
    }[kind]
    _, found = read(age + MINIMAL.replace(f"市场概况: |\n  {CITED}\n", f"市场概况:\n{body}{as_of}\n"))
    assert [line.split()[1] for line in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("language", "line"),
    [("zh-CN", "资料来源：上海证券交易所"), ("en", "Source: 上海证券交易所"), ("ja", "出所：上海证券交易所")],
)
def test_credit_line(language: str, line: str, build: Build) -> None:
    """Sources, the day and the house's words stand under an exhibit, in the words of the note's language."""
    import pymupdf

    section = "市场概况:\n  - table:\n      caption: 甲\n      rows: [[甲, 1]]\n      source: sse\n"
    section += "      as-of: 2023-12-29\n      source-text: 本公司整理\n"
    text = f"language: {language}\n" + MINIMAL.replace(f"市场概况: |\n  {CITED}\n", section)
    pages = pymupdf.open(stream=build(text).pdf)
    printed = "".join(page.get_text() for page in pages).replace("\n", "").replace(" ", "")
    said = {
        "zh-CN": "；截至2023-12-29；本公司整理",
        "en": ";asof29December2023;本公司整理",
        "ja": "；2023年12月29日現在；本公司整理",
    }[language]
    assert line.replace(" ", "") in printed
    assert said in printed


def test_an_empty_list_of_sources_is_none(read: Read) -> None:
    """`source: []` names nothing."""
    table = "市场概况:\n  - table: {caption: 甲, rows: [[甲, 1]], source: []}\n  - 甲[@sse]\n"
    assert read(MINIMAL.replace(f"市场概况: |\n  {CITED}\n", table))[1] == ["note.yaml:7:5 table-source"]


# --- files of sources ------------------------------------------------------------------------------------------------

ENTRY = "@online{a, title = {T}, publisher = {P}, year = 2023, urldate = {2023-12-29}, url = {https://a.cn/x_y~z}}\n"
NOTE = "bibliography: refs.bib\n" + MINIMAL.replace("[@sse]", "[@sse; @a]")


def test_bibtex(read: Read) -> None:
    """A cited entry is a source like the note's own; what is not cited is neither read nor warned of."""
    file = (
        ENTRY
        + '@string{p = "某社"}\n@book{b, title = {{\\"U}ber}, publisher = p # "!", year = 2020, month = foo}\nmail me@b.cn\n'
    )
    note, found = read(NOTE, refs_bib=file)
    assert not found
    assert note is not None
    assert [one.id for one in note.references] == ["sse", "a"]
    assert reference_words(note.references[1], words_of("zh-CN")) == (
        "P. T[EB/OL]. (2023)[2023-12-29]. ",
        "https://a.cn/x_y~z",
        ".",
    )


BIB = [
    ("never closed", "@book{a, title={T\n@book{b, title={U}}\n", ["1:16 bibliography-syntax", "note source-unknown"]),
    ("quote", '@book{a, title="T}\n', ["1:16 bibliography-syntax", "note source-unknown"]),
    ("comma", "@book{a, title={T}\n  year=2023}\n", ["2:3 bibliography-syntax", "note source-unknown"]),
    ("equals", "@book{a, title {T}}\n", ["1:10 bibliography-syntax", "note source-unknown"]),
    ("no key", "@book{, title={T}}\n", ["1:7 bibliography-syntax", "note source-unknown"]),
    ("no brace", "@book a, title={T}}\n", ["1:1 bibliography-syntax", "note source-unknown"]),
    ("no value", "@book{a, title=}\n", ["1:16 bibliography-syntax", "note source-unknown"]),
    ("twice", ENTRY + ENTRY, ["2:9 source-twice"]),
    ("own", ENTRY + ENTRY.replace("{a,", "{sse,"), ["note source-twice"]),
    ("field twice", ENTRY.replace("year", "title={U}, year"), ["1:42 bibliography-field"]),
    ("no title", "@book{a, publisher={P}}\n", ["1:7 source-title"]),
    ("no month", ENTRY.replace("2023,", "2023, month = foo,"), ["1:63 bibliography-date"]),
    ("no macro", ENTRY.replace("{P}", "foo"), ["1:37 bibliography-field", "1:9 source-publisher"]),
    ("odd month", ENTRY.replace("2023,", "2023, month = {²},"), ["1:64 bibliography-date"]),
    ("bad year", ENTRY.replace("2023,", "{in press},"), ["1:50 bibliography-date"]),
    ("bad date", ENTRY.replace("12-29", "02-30"), ["1:66 bibliography-date", "1:86 source-accessed"]),
    ("bad url", ENTRY.replace("https://", ""), ["1:86 link-target"]),
    ("no access", ENTRY.replace("urldate", "note"), ["1:83 source-accessed"]),
    ("type", ENTRY.replace("@online", "@onlien"), ["1:9 bibliography-type"]),
    ("command", ENTRY.replace("{T}", "{A \\foo{B}}"), ["1:23 bibliography-command"]),
    ("late", ENTRY.replace("2023-12-29", "2024-02-01"), ["1:66 source-dates"]),
    ("empty", "nothing here\n", ["note bibliography-empty", "note source-unknown"]),
    ("control", ENTRY.replace("T", "T\x01"), ["1:22 bibliography-unreadable", "note source-unknown"]),
]


@pytest.mark.parametrize(("name", "file", "expected"), BIB, ids=[case[0] for case in BIB])
def test_bad_bibtex(name: str, file: str, expected: list[str], read: Read) -> None:
    """A fault of a file is told at its line and column."""
    _, found = read(NOTE, refs_bib=file)
    short = [line.removeprefix("refs.bib:") if line.startswith("refs") else "note " + line.split()[1] for line in found]
    assert sorted(short) == sorted(expected)


def test_encodings(read: Read) -> None:
    """A file may be GB 18030, or UTF-8 with a byte-order mark and the line ends of Windows."""
    file = ENTRY.replace("{T}", "{题名}").replace(", ", ",\r\n  ")
    for data in (file.encode("gb18030"), file.encode("utf-8-sig")):
        note, found = read(NOTE, refs_bib=data)
        assert not found
        assert note is not None
        assert note.references[1].title == "题名"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("refs.bbi", "bibliography-missing"), ("../../outside.bib", "bibliography-outside"),
        ("indices.csv", "bibliography-unreadable"), ("{a: b}", "note-type"),
        ("huge.bib", "bibliography-unreadable"), ("utf16.bib", "bibliography-unreadable"),
    ],
)  # fmt: skip
def test_no_bibliography(line: str, expected: str, read: Read) -> None:
    """What is no file of sources is told at its name in the note."""
    text = NOTE.replace("refs.bib", line).replace("; @a", "")
    _, found = read(text, refs_bib=ENTRY, huge_bib="x" * (8 << 20 | 1), utf16_bib=b"\xff\xfe\x00\xff")
    assert [item.split()[1] for item in found] == [expected]
    assert found[0].startswith("note.yaml:1:")


def test_crossref_and_names(read: Read) -> None:
    """An entry takes from the one it names what it lacks; names in braces are bodies; Chinese names stay whole."""
    file = (
        "@inproceedings{a, title={T}, author={{Data Bureau} and 张三 and Jane Q. {van der} Doe and others}, crossref={p}}\n"
        "@proceedings{p, title={论文集}, publisher={某社}, address={北京}, year=2021}\n"
    )
    note, found = read(NOTE, refs_bib=file)
    assert not found
    assert note is not None
    assert reference_words(note.references[1], words_of("zh-CN"))[0] == (
        "Data Bureau, 张三, VAN DER DOE J Q, 等. T[C]//论文集. 北京: 某社, 2021. "
    )


ITEM = {
    "id": "a",
    "type": "article-journal",
    "title": "A <i>title</i>",
    "author": [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}, {"literal": "Data Bureau"}],
    "container-title": "Nature",
    "issued": {"date-parts": [[2023, 1]]},
    "volume": 5,
    "issue": "2",
    "page": "1–9",
    "DOI": "10.1/2",
}
CSL = NOTE.replace("refs.bib", "refs.json")


def test_csl(read: Read) -> None:
    """Items of CSL-JSON are sources as well."""
    note, found = read(CSL, refs_json=json.dumps([ITEM, {"id": 7, "title": "T", "issued": "no"}]))
    assert not found
    assert note is not None
    assert "".join(reference_words(note.references[1], words_of("zh-CN"))) == (
        "VAN BEETHOVEN L, Data Bureau. A title[J/OL]. Nature, 2023, 5(2): 1-9. https://doi.org/10.1/2."
    )


JSON = [
    ('{"id": "a"}', ["1:1 bibliography-syntax", "note source-unknown"]),
    ('[{"id": "a", "title": "T",}]', ["1:27 bibliography-syntax", "note source-unknown"]),
    ('[{"id": "a", "id": "b"}]', ["1:2 bibliography-syntax", "note source-unknown"]),
    ('[{"title": "T"}]', ["1:2 bibliography-syntax", "note source-unknown"]),
    ("[" * 100_000, ["1:2 bibliography-syntax", "note source-unknown"]),
    ("[" + "1" * 5000 + "]", ["1:2 bibliography-syntax", "note source-unknown"]),
    (
        '[{"id": "a", "publisher": "P\\ud800\\u0001", "title": "T", "issued": {"date-parts": [["²"]]}}]',
        ["1:58 bibliography-date"],
    ),
    ("[]", ["note bibliography-empty", "note source-unknown"]),
    ('[{"id": "a", "publisher": "P"}]', ["1:2 source-title"]),
    ('[{"id": "a", "publisher": "P", "title": "T",\n "issued": {"date-parts": [[2023, 13]]}}]', ["2:2 bibliography-date"]),
    ('[{"id": "a", "publisher": "P", "title": "T",\n "URL": "a.cn"}]', ["2:2 link-target"]),
    ('[{"id": "a", "title": "T", "author": [{}, {"family": "A"}]}]', ["1:28 bibliography-field"]),
    ('[{"id": "a", "publisher": "P", "title": "T"},\n {"id": "a"}]', ["2:3 source-twice"]),
]


@pytest.mark.parametrize(("file", "expected"), JSON, ids=[file[:40] for file, _ in JSON])
def test_bad_csl(file: str, expected: list[str], read: Read) -> None:
    """A fault of a JSON file is told at its line and column."""
    _, found = read(CSL, refs_json=file)
    short = [line.removeprefix("refs.json:") if line.startswith("refs") else "note " + line.split()[1] for line in found]
    assert sorted(short) == sorted(expected)


def test_did_you_mean(root: Path, read: Read) -> None:
    """An unknown id is compared with the note's own and with those of the files."""
    (root / "notes" / "refs.bib").write_text(ENTRY.replace("{a,", "{zhang2023,"))
    (root / "notes" / "note.yaml").write_text(NOTE.replace("@a]", "@zhang2032]"), "utf-8")
    report = Report()
    check_note("notes/note.yaml", World(environ={}, cwd=str(root), cache_dir=""), report)
    assert [(item.code, item.help) for item in report] == [("source-unknown", ("did you mean `@zhang2023`?",))]
