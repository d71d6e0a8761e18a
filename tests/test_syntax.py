"""YAML as notes use it: text with places, and faults that point at what is wrong."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler import syntax
from compiler.diagnostics import Report, SourceFile
from compiler.syntax import Mapping, Scalar, Sequence, decode, front_matter, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from compiler.syntax import Node


def parsed(text: str | bytes) -> tuple[Node | None, Report]:
    """The nodes and the report of a file."""
    report = Report()
    file = decode("n.yaml", text.encode() if isinstance(text, str) else text, report)
    return (parse(file, report) if file else None), report


def value(text: str, key: str = "a") -> Scalar:
    """A scalar of a file without fault."""
    node, report = parsed(text)
    assert not len(report), list(report)
    assert isinstance(node, Mapping)
    found = node.get(key)
    assert isinstance(found, Scalar)
    return found


def found(report: Report) -> list[str]:
    """`code@line:column` of all faults; 0:0 for one without a place."""
    return [
        f"{item.code}@{':'.join(map(str, item.span.file.line_col(item.span.start))) if item.span else '0:0'}" for item in report
    ]


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers: libyaml, and PyYAML's own where the binding is missing."""
    if request.param == "python":
        monkeypatch.setattr(syntax, "_parsing", (yaml.SafeLoader, yaml.YAMLError))
    return str(request.param)


# --- what is refused -------------------------------------------------------------------------------------------------


def read_cases() -> list[tuple[str, list[str], str]]:
    """(name, expected faults, text) of the case file."""
    text = (Path(__file__).parent / "cases" / "syntax" / "CASES").read_text("utf-8")
    cases = []
    for case in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, body = case.split("\n", 1)
        name, *expected = head.split()
        cases.append((name, expected, re.sub(r"<U\+(\w+)>", lambda match: chr(int(match[1], 16)), body)))
    return cases


CASES = read_cases()
DIFFERENT = {"directive": "yaml-syntax@2:1"}  # where PyYAML's own parser sees the fault at another place


@pytest.mark.parametrize(("name", "expected", "text"), CASES, ids=[case[0] for case in CASES])
def test_refused(name: str, expected: list[str], text: str, parser: str) -> None:
    """Each fault is found where it is, with something to do about it, by either parser."""
    node, report = parsed(text)
    assert node is None
    assert found(report) == (expected if parser == "libyaml" or name not in DIFFERENT else [DIFFERENT[name]])
    for item in report:
        assert item.help or item.code == "file-empty"
        assert item.message[0] == item.message[0].lower() or item.message.startswith("`")
        assert "expected" not in item.message or parser == "python", "the parser's own words leak"


BYTES = {
    "empty": (b"", "file-empty@1:1", "empty"),
    "blank": (b" \n \n", "file-empty@1:1", "empty"),
    "only a mark": (b"\xef\xbb\xbf", "file-empty@1:1", "empty"),
    "gbk": ("a: 周报，第一期\n".encode("gbk"), "file-encoding@1:4", "GBK"),
    "gbk on line 3": (b"a: b\r\nc: d\r\ne: " + "周报".encode("gbk"), "file-encoding@3:4", "GBK"),
    "utf-16": ("a: 周报\n".encode("utf-16"), "file-encoding@0:0", "UTF-16"),
    "utf-16 without mark": ("a: 周报期\n".encode("utf-16-le"), "file-encoding", "UTF-16"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "file-encoding@0:0", "a PDF"),
    "an Office file": (b"PK\x03\x04\x14\x00\x06\x00\xff\xff", "file-encoding@0:0", "Office"),
    "noise": (b"a: \xff\xff\xff\n", "file-encoding@1:4", "not UTF-8"),
    "too large": (b"a: " + b"x" * (8 * 1024 * 1024), "file-too-large@0:0", "8 MB"),
}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a: 第 #3 期\n", ["yaml-comment@1:6"]),
        ("- 甲 #乙\n", ["yaml-comment@1:5"]),
        ("a: [甲, 乙 #丙\n]\n", ["yaml-comment@1:10"]),
        ("a: 第 # 三期\n", []),
        ("a: 三期 #\n", []),
        ("a: 'x' #y\n", []),
        ("a: '第 #3 期'\n", []),
        ("a: |\n  第 #3 期\n", []),
        ("a: 第#3 期\n", []),
        ("#!b\na: b\n", []),
    ],
)
def test_a_value_cut_by_a_number_sign(text: str, faults: list[str], parser: str) -> None:
    """What is dropped from a plain value as a comment is said; a comment written as one is not."""
    node, report = parsed(text)
    assert node is not None
    assert found(report) == faults


@pytest.mark.parametrize("name", BYTES)
def test_wrong_bytes(name: str) -> None:
    """Bytes that are no UTF-8 text are named for what they seem to be, at the first wrong one."""
    data, where, words = BYTES[name]
    node, report = parsed(data)
    assert node is None
    assert len(report) == 1
    assert found(report)[0].startswith(where)
    assert words in next(iter(report)).message


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "".join(" " * i + "a:\n" for i in range(300))])
def test_deep_nesting(text: str, parser: str) -> None:
    """Nesting without end stops at a bound of ours, not at the interpreter's."""
    node, report = parsed(text)
    assert node is None
    assert [item.code for item in report] == ["yaml-depth"]


@pytest.mark.parametrize(
    "text",
    ["\t\n" * 1_000_000, "\t" * 2_000_000, "a: |\n" + "  \t\n" * 400_000, "a: '" + "x\n\n " * 300_000, "&a [" * 50_000],
    ids=["tab lines", "one line of tabs", "blank literal", "open quote", "anchors"],
)
def test_large_nonsense_is_quick(text: str) -> None:
    """Megabytes of nonsense take a second or two, not minutes."""
    started = time.monotonic()
    parsed(text)
    assert time.monotonic() - started < 10


def test_alias_bomb() -> None:
    """Aliases are reported, never followed."""
    bomb = "a: &a [x, x]\n" + "".join(f"k{i}: &b{i} [*a, *a]\n" for i in range(20))
    node, report = parsed(bomb)
    assert node is None
    assert {item.code for item in report} == {"yaml-alias"}
    assert len(report) == 61


def test_second_key_points_at_the_first() -> None:
    """A duplicate key shows both places."""
    _, report = parsed("a: 1\nb: 2\na: 3\n")
    [(span, label)] = next(iter(report)).notes
    assert span.file.line_col(span.start) == (1, 1)
    assert "first" in label


# --- what is read ----------------------------------------------------------------------------------------------------


def test_scalars_are_strings(parser: str) -> None:
    """Nothing is taken for a number, a date or a truth value."""
    node, report = parsed("a: [000001, 0700, no, 12:30, 2024-01-02, 1e3, ~, null, 0x1F, =, yes]\n")
    assert not len(report)
    assert isinstance(node, Mapping)
    items = node.get("a")
    assert isinstance(items, Sequence)
    texts = [item.value for item in items.items if isinstance(item, Scalar)]
    assert texts == ["000001", "0700", "no", "12:30", "2024-01-02", "1e3", "~", "null", "0x1F", "=", "yes"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_mark(ends: str, mark: str) -> None:
    """Line ends of any system and a byte-order mark change neither text nor places."""
    scalar_text = (mark + "a: |\n  一\n  二\nb: c\n").replace("\n", ends)
    scalar = value(scalar_text)
    assert scalar.value == "一\n二\n"
    assert scalar.span.file.line_col(scalar.at(2)) == (3, 3)


def test_spans_cover_what_they_name(parser: str) -> None:
    """A node's span is its text, without the blanks and line ends after it."""
    node, _ = parsed("键: 值  # 注\nlist:\n  - [a, b]\n  - {c: d}\n\nlast: 'x y'\n")
    assert isinstance(node, Mapping)
    text = node.span.file.text

    def cut(item: Node | None) -> str:
        assert item is not None
        return text[item.span.start : item.span.end]

    assert cut(node.key("键")) == "键"
    assert cut(node.get("键")) == "值"
    assert cut(node.get("list")) == "- [a, b]\n  - {c: d}"
    assert cut(node.get("last")) == "'x y'"
    assert node.get("nothing") is None
    assert node.key("nothing") is None


def test_front_matter() -> None:
    """The head of a Markdown file keeps its places in that file, and the body starts after it."""
    report = Report()
    file = SourceFile("d.md", "---\ntitle: 声明\n---\n正文\n")
    head, body = front_matter(file, report)
    assert head is not None
    title = head.get("title")
    assert isinstance(title, Scalar)
    assert file.line_col(title.at(1)) == (2, 9)
    assert file.text[body:] == "正文\n"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("no head", []),
        ("---\ntitle: x\n", ["front-matter@1:1"]),
        ("---\n- x\n---\n", ["front-matter@2:1"]),
        ("---\na: b\na: c\n---\n", ["yaml-duplicate-key@3:1"]),
        ("---\na: [b\n---\nx\n", ["yaml-syntax@2:4"]),
        ("---\n\ta: b\n---\n", ["yaml-tab@2:1"]),
        ("---\n---\nx\n", ["file-empty@2:1"]),
    ],
)
def test_front_matter_faults(text: str, faults: list[str]) -> None:
    """Faults of a head point into the Markdown file."""
    report = Report()
    head, _ = front_matter(SourceFile("d.md", text), report)
    assert head is None
    assert found(report) == faults


# --- places ----------------------------------------------------------------------------------------------------------


def stands(scalar: Scalar) -> None:
    """Every character of the value is at its place: itself, a folded line end, or an escape."""
    text = scalar.span.file.text
    last = -1
    for index, char in enumerate(scalar.value):
        at = scalar.at(index)
        here = text[at : at + 1]
        good = here == char or (char in " \n" and here == "\n") or (scalar.style == '"' and here == "\\")
        assert good, (text, scalar.value, index, at)
        assert at > last, (text, scalar.value, index, at)
        last = at
    assert scalar.span.start <= scalar.at(len(scalar.value)) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 周报 第一期\n",
        "a: 周报\n  第一期\n\n\n  第二期\n",
        "a: '周''报'\n",
        "a: '周  \n\n   报 '\n",
        'a: "周\\n报\\t\\x41\\u5468\\U0001F600\\"end"\n',
        'a: "周 \\\n   报\\\n\n  x  \n\n  y"\n',
        "a: |\n  周\n\n    报\n  x\n",
        "a: |2-\n    周\n  报\n",
        "a: |+  # 注\n  周\n\n\nb: c\n",
        "a: >\n  周\n  报\n\n  x\n    深\n    深\n  y\n\n\n  z\n",
        "a: >-\n\n\n  周\n  报\n",
        "a: >2\n    深\n  周\n  报\n",
        "a: >+\n  周\n\n\n\nb: c\n",
        "a: >\n  周 报  \n  x\n   \n  y\n",
        "a:\n  b:\n    - |\n      周\n      报\n",
        "a: ''\n",
        "a:\n",
        "a: |\n",
        "a: |\n  周",
        "a: >\n  周\n  报",
    ],
)
def test_places(text: str) -> None:
    """The place of each character is exact in every style of scalar."""
    node, report = parsed(text)
    assert not len(report)
    while not isinstance(node, Scalar):
        assert isinstance(node, Mapping | Sequence)
        node = node.entries[0][1] if isinstance(node, Mapping) else node.items[0]
    stands(node)


LINE = st.text(alphabet="研报，。“”（）Ab 1:#-'\"\\|>\t", max_size=10)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=6), st.sampled_from(["'", '"', "|", ">", None]), st.integers(10, 80))
def test_places_of_written_text(lines: list[str], style: str | None, width: int) -> None:
    """Whatever style a program writes a text in, each character is found again."""
    text = yaml.dump({"k": {"a": "\n".join(lines)}}, default_style=style, allow_unicode=True, width=width)
    if re.search(r"(?m)^ *\t", text):
        return
    node, report = parsed(text)
    assert not len(report), (text, found(report))
    assert isinstance(node, Mapping)
    inner = node.entries[0][1]
    assert isinstance(inner, Mapping)
    scalar = inner.entries[0][1]
    assert isinstance(scalar, Scalar)
    stands(scalar)


@settings(max_examples=400, deadline=None)
@example([" "], 1, ">+")
@given(st.lists(LINE, min_size=1, max_size=6), st.integers(1, 4), st.sampled_from(["|", "|-", "|+", ">", ">-", ">+"]))
def test_places_in_blocks(lines: list[str], indent: int, style: str) -> None:
    """Blocks typed by hand, with blank and deeper lines, are mapped exactly too."""
    body = "".join((" " * indent + line if line else "") + "\n" for line in lines)
    node, report = parsed(f"k: {style}\n{body}z: 1\n")
    if len(report):
        return
    assert isinstance(node, Mapping)
    scalar = node.get("k")
    assert isinstance(scalar, Scalar)
    stands(scalar)


# --- never raises ----------------------------------------------------------------------------------------------------

PIECES = st.one_of(
    st.sampled_from(["a", "b", "周", "😀", " ", "\n", "\n  ", "\n ", "\t", "\r", "\u2028", "\x00", "\x85", "\ufeff"]),
    st.sampled_from([": ", "：", ":", "- ", "'", '"', "[", "]", "{", "}", ",", "|", ">", "#", "\\", "\\x0", "@", "`"]),
    st.sampled_from(["&x ", "*x", "!!int ", "!", "---\n", "...\n", "%YAML 9\n", "<<: ", "? "]),
)


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_parse_never_raises(text: str) -> None:
    """Any text is a tree or a fault inside the file, never an exception, and both parsers agree on which."""
    node, report = parsed(text)
    assert (node is None) == bool(report.errors)
    for item in report:
        if item.span:
            assert 0 <= item.span.start <= len(item.span.file.text)
            assert item.span.end > item.span.start


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_parse_never_raises_without_libyaml(text: str) -> None:
    """The same holds for PyYAML's own parser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(syntax, "_parsing", (yaml.SafeLoader, yaml.YAMLError))
        node, report = parsed(text)
    assert (node is None) == bool(report.errors)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_decode_never_raises(data: bytes) -> None:
    """Any bytes are text or a fault."""
    report = Report()
    assert (decode("n", data, report) is None) == bool(report.errors)
