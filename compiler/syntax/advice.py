"""What is wrong with text that is no YAML, in words an author can act on.

In: the parser's complaint and the places it names.  Out: a message, the place to look at, and what to do.  Never imported
while files are in order.
"""

from __future__ import annotations

import re

from ..record import Record


class Advice(Record):
    """A syntax fault in words; `start` and `end` are places in the text."""

    message: str
    start: int
    end: int
    help: str


WHOLE_TEXT = "put the whole text in quotes, or write it below `|`, indented"
_COLON_STUCK = re.compile(r"\s*(?:- +)*[^\s:：\"'{\[#]+(:)[^\s:/]")
_COLON_WIDE = re.compile(r"\s*(?:- +)*[^\s:：\"'{\[#]+(：)")


def advise(problem: str, text: str, at: int, context: int | None) -> Advice:
    """Words for a parser's `problem` at a place of `text`, which it met while reading what starts at `context`."""
    for judge in (_quotes, _brackets, _first_character, _colon, _block_text, _escape):
        advice = judge(problem, text, at, context)
        if advice is not None:
            return advice
    return _indentation(problem, text, at)


def _line(text: str, at: int) -> tuple[int, str]:
    """Start and text of the line that holds `at`."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start, text[start : end if end >= 0 else len(text)]


def _line_before(text: str, at: int) -> tuple[int, str]:
    """Start and text of the last line above that of `at` that is not empty; (-1, "") at the top."""
    start = text.rfind("\n", 0, at) + 1
    while start > 0:
        start, line = _line(text, start - 1)
        if line.strip():
            return start, line
    return -1, ""


def _quotes(problem: str, text: str, at: int, context: int | None) -> Advice | None:
    opened = text[context : context + 1] if context is not None else ""
    if opened in ('"', "'") and context is not None and ("end of stream" in problem or "document indicator" in problem):
        tip = f"close the text with {opened}, or write it without quotes after `|`"
        return Advice("this quotation mark is never closed", context, context + 1, tip)
    start, line = _line(text, at)
    before = text[start:at].rstrip()
    stray = "key" in problem or "block end" in problem or "'-'" in problem
    if stray and before.endswith(('"', "'")) and line[at - start :].strip():
        tip = "put the whole text in quotes, or none of it; “ ” and 「 」 are plain characters and need no care"
        return Advice("there is text after the closing quotation mark", at, start + len(line.rstrip()), tip)
    return None


def _brackets(problem: str, text: str, at: int, context: int | None) -> Advice | None:
    opened = text[context : context + 1] if context is not None else ""
    if context is not None and opened in ("[", "{") and "expected ',' or" in problem:
        tip = "close the bracket, and part the items with commas (`,`, not `，`)"
        return Advice(f"this `{opened}` is not closed, or what it holds is not parted by commas", context, context + 1, tip)
    if text[at : at + 1] in ("]", "}", ",") and ("node content" in problem or "but found" in problem):
        return Advice(f"no bracket is open before this `{text[at]}`", at, at + 1, "delete it, or " + WHOLE_TEXT)
    return None


def _first_character(problem: str, text: str, at: int, context: int | None) -> Advice | None:
    """`@`, `*`, `%` and their like in front of a text."""
    char = text[at : at + 1]
    if "cannot start any token" in problem:
        if char == "\t":
            return Advice("a tab cannot part a key from its value here", at, at + 1, "use a space")
        quoted = f"`{char}`" if char != "`" else "a backquote"
        return Advice(f"text without quotes cannot start with {quoted}", at, at + 1, WHOLE_TEXT)
    start, line = _line(text, at)
    if "directive" in problem or line.startswith("%"):
        return Advice("a line cannot start with `%` here", start, start + 1, "write `key: value`")
    sign = text[context : context + 1] if context is not None else ""
    if sign in ("*", "&", "!") and context is not None:
        return Advice(f"text without quotes cannot start with `{sign}`", context, context + 1, WHOLE_TEXT)
    return None


def _colon(problem: str, text: str, at: int, context: int | None) -> Advice | None:
    """A `：`, a colon without a space, or one too many."""
    if "expected ':'" in problem and context is not None:
        start, line = _line(text, context)
        advice = _colon_written_wrong(start, line)
        tip = "write `key: value`; a line of text belongs under `key: |`, indented"
        return advice or Advice("this line is no `key: value`", context, start + len(line.rstrip()), tip)
    if "mapping values" not in problem:
        return None
    start, line = _line(text, at)
    if ": " not in line[: at - start]:
        above, line_above = _line_before(text, at)
        advice = _colon_written_wrong(above, line_above)
        if advice is not None:
            return advice
        if above >= 0 and len(line) - len(line.lstrip(" ")) > len(line_above) - len(line_above.lstrip(" ")):
            tip = "indent it like its neighbours, or leave the line above without a value"
            first = at - len(line[: at - start].strip())
            return Advice("this key stands under a text, deeper than the line above", first, at, tip)
    tip = "put the text in quotes, or write it below `|`, indented; a Chinese `：` needs no care"
    return Advice("a second `: ` in one line of text", at, at + 1, tip)


def _colon_written_wrong(start: int, line: str) -> Advice | None:
    if start < 0:
        return None
    if wide := _COLON_WIDE.match(line):
        at = start + wide.start(1)
        tip = "write `: ` (a half-width colon and a space)"
        return Advice("a key ends with `: `, not with the full-width `：`", at, at + 1, tip)
    if stuck := _COLON_STUCK.match(line):
        at = start + stuck.start(1)
        return Advice("no space follows this colon", at, at + 1, "write `key: value`")
    return None


def _block_text(problem: str, text: str, at: int, context: int | None) -> Advice | None:
    if "comment or" in problem and "line break" in problem:
        start, line = _line(text, at)
        tip = "start the text on the next line, indented; or leave the `|` or `>` out"
        return Advice("text cannot stand on the line of `|`", at, start + max(len(line.rstrip()), at - start + 1), tip)
    return None


def _escape(problem: str, text: str, at: int, context: int | None) -> Advice | None:
    if "escape" not in problem:
        return None
    slash = text.rfind("\\", 0, at + 1)
    slash = slash if slash >= 0 else at
    tip = "write the backslash twice, or use '…' instead of \"…\""
    return Advice(f"`{text[slash : slash + 2]}` means nothing inside double quotes", slash, slash + 2, tip)


def _indentation(problem: str, text: str, at: int) -> Advice:
    start, line = _line(text, at)
    if line.lstrip(" ").startswith(":"):
        return Advice("there is no key before this colon", at, at + 1, "write `key: value`")
    if "key" in problem or "block" in problem or "'-'" in problem:
        if line.lstrip(" ").startswith("-"):
            return Advice("this `-` does not stand under those before it", at, at + 1, "give all items of a list the same indent")
        tip = "count the spaces at its start: keys of one group, and the lines of one text, begin in the same column"
        return Advice("this line is not indented like its neighbours", at, start + max(len(line.rstrip()), at - start + 1), tip)
    return Advice(problem, at, at + 1, "check quotes, brackets and the spaces at the start of the line")
