"""Where the characters of a YAML scalar stand in the file.

In: a scalar's value, its style and where it starts.  Out: places in the file, one for each character and one for the end.
The walk repeats what YAML did to the text (line folding, escapes, indents; YAML 1.2.2 §6.5, §7.3, §8.1) and so is exact;
where it must guess, it stays inside the file.
"""

from __future__ import annotations

from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostics import SourceFile

_ESCAPES = {"x": 4, "u": 6, "U": 10}  # length of `\x41` and its like; all others have two characters


class Literal:
    """The places of a literal block (`|`), whose lines are those of the file less their indent; asked for by `[index]`.

    A table of its lines, made once for all the spans of a scalar, takes a fifth of the time of looking each of them up.
    """

    __slots__ = ("_begins", "_end", "_shifts")

    def __init__(self, file: SourceFile, start: int, value: str) -> None:
        number = file.line_col(start)[0]
        begin = 0
        self._begins: list[int] = []
        self._shifts: list[int] = []  # from a line of the value to the file
        for line in value.split("\n"):
            number += 1
            lead = len(file.line(number)) - len(line)
            self._begins.append(begin)
            self._shifts.append(file.line_start(number) + (lead if lead > 0 else 0) - begin)
            begin += len(line) + 1
        self._end = len(file.text)

    def __getitem__(self, index: int) -> int:
        place = index + self._shifts[bisect_right(self._begins, index) - 1]
        return place if place < self._end else self._end


def places(file: SourceFile, start: int, value: str, style: str) -> Sequence[int] | Literal:
    """The places of all characters of a scalar that starts at `start`, and of its end; `style` is YAML's sign for it."""
    text = file.text
    if style == "|":
        return Literal(file, start, value)
    if style == ">":
        return _filled(_folded(text, start, value), value, text, start)
    body = start + 1 if style else start
    if text.startswith(value, body) and not (style and ("\\" in value or style in value)):
        return range(body, body + len(value) + 1)
    return _filled(_flow(text, body, value, style), value, text, body)


def _filled(found: list[int], value: str, text: str, start: int) -> list[int]:
    """Just one place for each character and the end, all of them in the file."""
    del found[len(value) + 1 :]
    last = found[-1] + 1 if found else start
    found += [min(last, len(text))] * (len(value) + 1 - len(found))
    return found


def _flow(text: str, at: int, value: str, style: str) -> list[int]:
    found: list[int] = []
    end = len(text)
    while len(found) < len(value) and at < end:
        char = text[at]
        if char == "\\" and style == '"':
            if text[at + 1 : at + 2] == "\n":
                at = _over_breaks(text, at + 1, found)
                continue
            found.append(at)
            at += _ESCAPES.get(text[at + 1 : at + 2], 2)
        elif char == "'" and style == "'":
            found.append(at)
            at += 2
        elif char in " \t\n" and (line_end := _blank_to(text, at)) >= 0:
            before = len(found)
            at = _over_breaks(text, line_end, found)
            if len(found) == before:
                found.append(line_end)
        else:
            found.append(at)
            at += 1
    return [*found, at]


def _blank_to(text: str, at: int) -> int:
    """The line end that only blanks part from `at`, or -1."""
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at if text[at : at + 1] == "\n" else -1


def _over_breaks(text: str, at: int, found: list[int]) -> int:
    """From a line end to the next text; each empty line in between is a line feed of the value."""
    at += 1
    while (line_end := _blank_to(text, at)) >= 0:
        found.append(line_end)
        at = line_end + 1
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at


def _folded(text: str, start: int, value: str) -> list[int]:
    found: list[int] = []
    line_break = -1  # the line end before the present line, once there was text
    empty: list[int] = []  # the ends of the empty lines after it
    deeper = False  # whether the last line with text was indented more than the block
    at = _line_end(text, start) + 1
    indent = _indent(text, at, value)
    while at < len(text) and len(found) < len(value):
        line_end = _line_end(text, at)
        body = at + indent
        if body >= line_end:
            empty.append(line_end)
        elif text[at:body].strip(" "):
            break  # the block is over
        else:
            deep = text[body] in " \t"
            if line_break >= 0 and (deep or deeper or not empty):
                found.append(line_break)
            found += empty
            found += range(body, line_end)
            line_break, empty, deeper = line_end, [], deep
        at = line_end + 1
    if line_break >= 0:
        found.append(line_break)
    return found + empty


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _indent(text: str, at: int, value: str) -> int:
    """The indent of a block, from its first line with text in the file and in the value."""
    first = value.lstrip("\n")
    if not first:  # nothing but line ends: whatever blanks the lines hold are indent
        return len(text)
    own = len(first) - len(first.lstrip(" "))
    while at < len(text):
        line = text[at : _line_end(text, at)]
        if line.strip(" "):
            return len(line) - len(line.lstrip(" ")) - own
        at += len(line) + 1
    return 0
