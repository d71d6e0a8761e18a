"""The inline language and the blocks of a note: what a Chinese author's Markdown means, and that no text is ever lost."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.check.inline import parse_inlines, passage_of
from compiler.check.markdown import parse_blocks
from compiler.check.reader import Reader
from compiler.diagnostics import Report, SourceFile, Span
from compiler.model import Cite, FootnoteMark, Heading, LineBreak, List, Paragraph, Quote, Source, Table, Text
from compiler.record import Record
from compiler.syntax import Scalar
from compiler.world import World


def scalar_of(text: str) -> tuple[Scalar, Reader, Report]:
    """Text as a scalar, and a reader that knows the sources a and b."""
    report = Report()
    span = Span(SourceFile("text", text), 0, max(len(text), 1))
    reader = Reader(report, World(environ={}, cwd="/", cache_dir=""), "/", "/")
    for id in "ab":
        reader.sources[id] = Source(id, "", "", id, None, None, "", "", span)
    return Scalar(text, span, "verbatim"), reader, report


def blocks(text: str) -> tuple[list[object], list[str]]:
    """The blocks of a text and its diagnostics as `code@line:column`."""
    scalar, reader, report = scalar_of(text)
    reader.collect_footnotes([scalar])
    found = list(parse_blocks(scalar, reader))
    return found, [f"{item.code}@{':'.join(map(str, item.span.file.line_col(item.span.start)))}" for item in report if item.span]


def show_inline(inline: object) -> str:
    """An inline in a notation of its own: {s:strong} {e:} {es:} {l:link} {super:} {sub:} [1] (note) /."""
    if isinstance(inline, Text):
        kinds = "e" * inline.emphasis + "s" * inline.strong + "l" * (inline.link is not None) + inline.script
        return f"{{{kinds}:{inline.text}}}" if kinds else inline.text
    if isinstance(inline, Cite):
        return str(list(inline.numbers))
    if isinstance(inline, FootnoteMark):
        return f"({show(inline.blocks)})"
    assert isinstance(inline, LineBreak)
    return "/"


def show(found: object) -> str:
    """Blocks in the same notation, a bar between them."""
    out = []
    for block in found:  # type: ignore[attr-defined]
        if isinstance(block, Paragraph):
            out.append("".join(map(show_inline, block.inlines)))
        elif isinstance(block, Heading):
            out.append(f"h{block.level} " + "".join(map(show_inline, block.inlines)))
        elif isinstance(block, List):
            out.append("<" + " ".join(f"{item.label}{show(item.blocks)}" for item in block.items) + ">")
        elif isinstance(block, Quote):
            out.append(f"“{show(block.blocks)}”{block.by},{block.date}")
        elif isinstance(block, Table):
            rows = [[*map(show_inline, cell.inlines)] for row in block.rows for cell in row]
            out.append(f"{[column.align for column in block.columns]}{rows}")
    return "|".join(out)


INLINES = {
    # stress beside Han and its punctuation
    "**重点。**后面": "{s:重点。}后面",
    "“**引文**”": "“{s:引文}”",
    "**“引文”**后": "{s:“引文”}后",
    "中文**强调**中文": "中文{s:强调}中文",
    "**甲**，**乙**：*丙*。": "{s:甲}，{s:乙}：{e:丙}。",
    "（**甲**）": "（{s:甲}）",
    "**甲**乙**丙**": "{s:甲}乙{s:丙}",
    "***甲***": "{es:甲}",
    "**甲*乙*丙**": "{s:甲}{es:乙}{s:丙}",
    "*甲**乙**丙*": "{e:甲}{es:乙}{e:丙}",
    "**甲\n乙**": "{s:甲\n乙}",
    "**上涨 2.06%**，": "{s:上涨 2.06%}，",
    "a**b**c": "a{s:b}c",
    # signs that mean themselves
    "5*3*2": "5*3*2",
    "2 * 3 * 4": "2 * 3 * 4",
    "138****1234": "138****1234",
    "姓名____，电话____": "姓名____，电话____",
    "snake_case_name": "snake_case_name",
    "_甲_ 中_乙_文": "{e:甲} 中{e:乙}文",
    r"\*甲\* \[@a\] \\": "*甲* [@a] \\",
    "C:\\数据": "C:\\数据",
    "~~甲~~ ^ ~": "~~甲~~ ^ ~",
    "10~20%，30~40%": "10~20%，30~40%",
    "5~10~15": "5~10~15",
    "[甲] [甲](乙": "[甲] [甲](乙",
    "a < b & c > d": "a < b & c > d",
    # scripts and code
    "CO~2~，10^6^ m^2^": "CO{sub:2}，10{super:6} m{super:2}",
    "`**甲**`": "**甲**",
    "``a`b``": "a`b",
    "**甲 `**` 乙**": "{s:甲 ** 乙}",
    "`甲": "`甲",
    # links
    "[甲](https://a.cn)": "{l:甲}",
    "**[甲](https://a.cn/b_c_d)**": "{sl:甲}",
    "[**甲**](https://a.cn)": "{sl:甲}",
    "**甲[乙**](https://a.cn)": "**甲{l:乙**}",
    "见 https://a.cn/b_c_d。": "见 {l:https://a.cn/b_c_d}。",
    "见 https://a.cn/[@a]。": "见 {l:https://a.cn/}[1]。",
    "（https://a.cn/b_(c)）": "（{l:https://a.cn/b_(c)}）",
    "(https://a.cn).": "({l:https://a.cn}).",
    "**https://a.cn**后": "{sl:https://a.cn}后",
    "<https://a.cn>，<mailto:a@b.cn>": "{l:https://a.cn}，{l:a@b.cn}",
    "https://": "https://",
    # citations and footnotes
    "甲[@b][@a]": "甲[1][2]",
    "甲[@a; @b]，乙[@b；@a]": "甲[1, 2]，乙[2, 1]",
    "甲[@a;\n@b]": "甲[1, 2]",
    "甲^[**乙**[@a]]丙": "甲({s:乙}[1])丙",
    "**甲^[乙]**": "{s:甲}(乙)",
    # line ends
    "甲\n乙": "甲\n乙",
    "甲  \n乙\\\n丙": "甲/乙/丙",
}


@pytest.mark.parametrize("text", INLINES)
def test_inlines(text: str) -> None:
    """Signs stress, link, raise, lower and cite where a Chinese author means them to, and stand for themselves elsewhere."""
    found, faults = blocks(text)
    assert show(found) == INLINES[text]
    assert [fault for fault in faults if not fault.startswith("markdown-unclosed")] == []


BLOCKS = {
    "甲\n乙\n\n丙": "甲\n乙|丙",
    "## 甲\n### 乙 ##\n#### 丙": "h1 甲|h2 乙|h3 丙",
    "甲：\n- 乙\n- 丙": "甲：|<•乙 •丙>",
    "* 甲\n+ 乙\n• 丙": "<•甲 •乙 •丙>",
    "1. 甲\n2. 乙": "<1.甲 2.乙>",
    "3) 甲\n4) 乙": "<3)甲 4)乙>",
    "1、甲\n2、乙": "<1、甲 2、乙>",
    "（1）甲\n（2）乙": "<（1）甲 （2）乙>",
    "(1) 甲\n(2) 乙": "<(1)甲 (2)乙>",
    "①甲\n② 乙": "<①甲 ②乙>",
    "一、甲\n二、乙": "<一、甲 二、乙>",
    "一、二线城市": "一、二线城市",
    "1、2 月份": "1、2 月份",
    "1.5 万亿元\n-2.06%": "1.5 万亿元\n-2.06%",
    "截至\n2023. 年": "截至\n2023. 年",
    "- 甲\n  - 乙\n    1. 丙\n- 丁": "<•甲|<•乙|<1.丙>> •丁>",
    "- 甲\n\n  乙\n\n- 丙": "<•甲|乙 •丙>",
    "- 甲\n续\n- 乙": "<•甲\n续 •乙>",
    "- 甲\n\n乙": "<•甲>|乙",
    "> 甲\n> 乙\n> —— 某人，2023 年": "“甲\n乙”某人,2023 年",
    "> - 甲\n> - 乙": "“<•甲 •乙>”,",
    "> 甲\n续\n\n乙": "“甲\n续”,|乙",
    "甲\n| a | b |\n|:--|--:|\n| 1 | **2** |\n乙": "甲|['left', 'right']['[\\'1\\']', '[\\'{s:2}\\']']|乙",
    "a|b\n-|:-:\n1\\|2|3": "['left', 'center']['[\\'1|2\\']', '[\\'3\\']']",
    "甲[^x]\n\n[^x]: 乙\n  丙": "甲(乙\n丙)",
    "[^x]: 乙\n- 丙\n\n甲[^x]": "<•丙>|甲(乙)",
    "- 甲[^x]\n\n  [^x]: 乙": "<•甲(乙)>",
    "> 甲[^x]\n>\n> [^x]: 乙\n> 丙": "“甲(乙\n丙)”,",
    "\t甲\t乙": "甲 乙",
}


@pytest.mark.parametrize("text", BLOCKS)
def test_blocks(text: str) -> None:
    """Lines make paragraphs, headings, lists with their own labels, quotations and tables."""
    found, faults = blocks(text)
    expected = BLOCKS[text]
    assert show(found).replace('"', "'") == expected.replace("'[\\'", "['").replace("\\']'", "']")
    assert faults == []


FAULTS = {
    "# 甲": "markdown-heading@1:1",
    "甲\n##### 乙": "markdown-heading@2:1",
    "甲\n##乙": "markdown-heading@2:1",
    "甲\n\n---": "markdown-rule@3:1",
    "甲 **乙": "markdown-unclosed@1:3",
    "甲^[乙": "markdown-unclosed@1:2",
    "甲[@a": "markdown-unclosed@1:2",
    "甲<br>乙": "markdown-html@1:2",
    "\t甲\t<br>": "markdown-html@1:4",
    "【@a】": "citation-form@1:1",
    "![甲](a.png)": "markdown-image@1:1",
    "[甲](a.html)": "link-target@1:1",
    "[甲](javascript:x)": "link-target@1:1",
    "- 甲\n  - 乙[@x]": "source-unknown@2:7",
    "> 甲\n> 乙[@x]": "source-unknown@2:5",
    "| 甲 | 乙 |\n|--|--|\n| 1 |  [@x] |": "source-unknown@3:9",
    "甲^[乙\n丙[@x]]": "source-unknown@2:3",
    "[^z]\n\n[^z]: 甲\n  [@x]": "source-unknown@4:4",
    "甲[^y]": "footnote-unknown@1:2",
    "| 甲 |\n|--|\n| 1 | 2 |": "table-row@3:3",
}


@pytest.mark.parametrize("text", FAULTS)
def test_faults(text: str) -> None:
    """Each slip is found at its own line and column, whatever list, quotation or cell it stands in."""
    assert blocks(text)[1] == [FAULTS[text]]


HOSTILE = {
    "stars": "*a " * 20_000,
    "double stars": "**a " * 20_000,
    "escaped stars": "*\\*" * 20_000,
    "stress both ways": "*a **b " * 5_000 + "** *" * 5_000,
    "brackets": "[" * 20_000,
    "links that end nowhere": "[a](" * 10_000,
    "links in links": "[" * 5_000 + "a" + "](https://a.cn)" * 5_000,
    "notes in notes": "^[" * 5_000 + "a" + "]" * 5_000,
    "quotations": ">" * 20_000 + " a",
    "lists": "- " * 5_000 + "a",
    "backticks": "`a ``b ```c " * 5_000,
    "blanks": "a|" + " " * 20_000 + "b\n" + " " * 20_000 + "c",
    "a heading of blanks": "## a" + " " * 20_000 + "b",
    "dashes": "a|b\n" + "-" * 20_000 + "a",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_no_time(name: str) -> None:
    """Text made to keep a parser busy, or to exhaust its stack, is read like any other."""
    start = process_time()  # of this process alone: a busy machine is no fault of the text
    blocks(HOSTILE[name])
    assert process_time() - start < 2.0  # a few hundredths; the old ways took half a minute


# --- properties ------------------------------------------------------------------------------------------------------

SIGNS = (
    "**",
    "*",
    "_",
    "`",
    "[",
    "]",
    "(",
    ")",
    "[@a]",
    "[^x]",
    "[^x]: ",
    "^[",
    "^2^",
    "~2~",
    "\\",
    "![",
    "<b>",
    "https://a.cn/",
)
STARTS = ("\n", "\n\n", "  \n", "- ", "1. ", "（1）", "一、", "> ", "## ", "|", "|--|--|\n", "---", "\t")
MARKUP = st.sampled_from((*SIGNS, *STARTS, "甲", "乙。", "“", "”", "a", "1", " "))
PLAIN = st.text("甲乙丙丁，。：；“”（）—…%a1 .", min_size=1).filter(lambda text: text.strip() == text and "  " not in text)


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKUP, max_size=30).map("".join) | st.text(max_size=60))
def test_never_raises(text: str) -> None:
    """Whatever is typed is read, and every place told lies in the text."""
    scalar, reader, report = scalar_of(text)
    reader.collect_footnotes([scalar])
    parse_blocks(scalar, reader)
    for item in report:
        assert item.span is not None
        assert 0 <= item.span.start < item.span.end <= max(len(text), 1) + 1


@settings(max_examples=200, deadline=None)
@given(PLAIN)
def test_plain_text_stays(text: str) -> None:
    """Text without markup comes out as it went in, as one run."""
    scalar, reader, report = scalar_of(text)
    assert parse_inlines(passage_of(scalar), reader) == (Text(text),)
    assert not len(report)


LOSSLESS = MARKUP.filter(lambda mark: mark not in ("(", ")"))  # the target of a link may hold words


HEADS = (
    "",
    "",
    "- ",
    "  - ",
    "  ",
    "1. ",
    "（1）",
    "> ",
    "[^x]: ",
    "- [^x]: ",
    "      [^x]: ",
    "> [^x]: ",
    "## ",
    "| ",
    "|--|--|",
    "\n",
)
LINES = st.lists(
    st.builds("{}{}".format, st.sampled_from(HEADS), st.lists(LOSSLESS | PLAIN, max_size=4).map("".join)), max_size=8
).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_no_letter_is_lost(text: str) -> None:
    """Every Han letter, whatever signs stand around it, comes out in its place or in its footnote, unless it is told why not."""
    scalar, reader, report = scalar_of(text)
    reader.collect_footnotes([scalar])
    found = letters(parse_blocks(scalar, reader))
    reader.unused()
    told = report.errors or any(item.code == "footnote-unused" for item in report)
    order = sorted if "[^x]: " in text else list
    assert told or order(found) == order(letters(text))


def letters(found: object) -> str:
    """The letters 甲 to 丁 of some blocks, wherever they stand."""
    if isinstance(found, str):
        return "".join(char for char in found if char in "甲乙丙丁")
    if isinstance(found, (list, tuple)):
        return "".join(map(letters, found))
    if isinstance(found, Record) and not isinstance(found, (Span, Source)):
        return letters(found.values())
    return ""
