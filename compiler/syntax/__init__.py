"""YAML text → `Node` tree with spans; refuses what a note should not say.

In: a file's bytes.  Out: nodes whose scalars are all strings (`000001`, `no`, `12:30` stay as typed).  Always: never raises
on account of the input; every fault has its line and column; no constructor, no alias, no tag is ever run or followed.
"""

from __future__ import annotations

import re

from ..diagnostics import SourceFile, Span
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..diagnostics import Report

LARGEST = 8 * 1024 * 1024  # bytes; fifty weeklies in one file are still under 1 MB
DEEPEST = 60  # nested collections; a note needs about ten


class Scalar(Record):
    """A string.  `style` is how it was written: "" plain, ' or " quoted, | literal, > folded; "verbatim": no YAML at all."""

    value: str
    span: Span
    style: str

    def at(self, index: int) -> int:
        """The place in the file of `value[index]`; exact but for folded text with more-indented lines."""
        return _offset(self, index)

    def part(self, start: int, end: int) -> Span:
        """The span of `value[start:end]` in the file."""
        first = self.at(start)
        return Span(self.span.file, first, max(self.at(max(end - 1, start)) + 1, first + 1))


class Sequence(Record):
    items: tuple[Node, ...]
    span: Span


class Mapping(Record):
    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value of a key."""
        for name, value in self.entries:
            if name.value == key:
                return value
        return None

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its span."""
        for name, _ in self.entries:
            if name.value == key:
                return name
        return None


if TYPE_CHECKING:
    Node = Scalar | Sequence | Mapping


# --- bytes → text ----------------------------------------------------------------------------------------------------


def decode(name: str, data: bytes, report: Report) -> SourceFile | None:
    """Bytes as text: UTF-8, a byte-order mark dropped, line ends made LF."""
    if len(data) > LARGEST:
        report.error(
            "file-too-large",
            f"{name} has {len(data) / 1e6:.0f} MB; a note may have {LARGEST // 1024 // 1024} MB",
            help="keep data in CSV files beside the note, pictures in files of their own",
        )
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.error("file-encoding", f"{name} is UTF-16", help="save it as UTF-8")
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        _report_encoding(name, data, fault.start, report)
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    file = SourceFile(name, text)
    if not text.strip():
        report.error("file-empty", f"{name} is empty", Span(file, 0, 1), help="`compile-note --help` shows a first note")
        return None
    bad = _FORBIDDEN.search(text)
    if bad:
        report.error(
            "file-character",
            f"a control character U+{ord(bad.group()):04X} does not belong in a note",
            Span(file, bad.start(), bad.end()),
            help="delete it; it often comes with text pasted from another program",
        )
        return None
    return file


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def _report_encoding(name: str, data: bytes, at: int, report: Report) -> None:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    file = SourceFile(name, text)
    place = len(data[:at].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))
    guess = ""
    for codec in ("gb18030", "big5"):
        try:
            data.decode(codec)
            guess = {"gb18030": "GBK (GB 18030)", "big5": "Big5"}[codec]
            break
        except UnicodeDecodeError:
            continue
    report.error(
        "file-encoding",
        f"{name} is not UTF-8" + (f"; it looks like {guess}" if guess else ""),
        Span(file, place, place + 1),
        help="save it as UTF-8 in your editor" + (" or run `iconv -f gb18030 -t utf-8`" if guess.startswith("GBK") else ""),
    )


# --- text → nodes ----------------------------------------------------------------------------------------------------


_Parsing = tuple[type, type[Exception]]  # a parser class with get_event(), and what it raises
_parsing: _Parsing | None = None

# what libyaml's binding wants to have been imported: its error classes, by module
_BINDING_ERRORS = {
    "reader": ("ReaderError", "YAMLError"),
    "scanner": ("ScannerError", "MarkedYAMLError"),
    "parser": ("ParserError", "MarkedYAMLError"),
    "composer": ("ComposerError", "MarkedYAMLError"),
    "constructor": ("ConstructorError", "MarkedYAMLError"),
    "emitter": ("EmitterError", "YAMLError"),
    "serializer": ("SerializerError", "YAMLError"),
    "representer": ("RepresenterError", "YAMLError"),
}


def _load_parser() -> _Parsing:
    """libyaml's parser, or PyYAML's own where the binding is missing."""
    global _parsing
    if _parsing is None:
        try:
            _parsing = _load_binding()
        except (ImportError, AttributeError):
            import yaml

            _parsing = (yaml.SafeLoader, yaml.YAMLError)
    return _parsing


def _load_binding() -> _Parsing:
    """The binding `yaml._yaml` without the pure-Python half of PyYAML, which nothing here uses: 4 instead of 16 ms.

    While it is imported, sys.modules holds a bare package `yaml` whose error modules are stand-ins; both are taken out again,
    so that a later `import yaml` is the real one.
    """
    import sys
    from importlib.machinery import PathFinder

    if "yaml" in sys.modules:
        import yaml

        return (yaml.cyaml.CParser, yaml.YAMLError)  # type: ignore[attr-defined]
    spec = PathFinder.find_spec("yaml")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("PyYAML is not installed")
    module = type(sys)
    package = module("yaml")
    package.__path__ = list(spec.submodule_search_locations)
    placed = {"yaml": package}
    sys.modules["yaml"] = package
    try:
        import yaml.error as errors

        for name, (error, base) in _BINDING_ERRORS.items():
            stand_in = module(f"yaml.{name}")
            setattr(stand_in, error, type(error, (getattr(errors, base),), {}))
            setattr(package, name, stand_in)
            placed[f"yaml.{name}"] = sys.modules[f"yaml.{name}"] = stand_in
        import yaml.events
        import yaml.nodes
        import yaml.tokens
        from yaml._yaml import CParser
    finally:
        for name, stood in placed.items():
            if sys.modules.get(name) is stood:
                del sys.modules[name]
    return (CParser, errors.YAMLError)


def parse(file: SourceFile, report: Report) -> Node | None:
    """The one document of a file as nodes, or None when a fault was reported."""
    return _Parser(file, file.text, 0, report).run()


def front_matter(file: SourceFile, report: Report) -> tuple[Mapping | None, int]:
    """The YAML head of a Markdown file between `---` lines, and where the body starts; (None, 0) when there is none."""
    text = file.text
    if not text.startswith("---\n"):
        return None, 0
    end = text.find("\n---", 3)
    while end >= 0 and text[end + 4 : end + 5] not in ("", "\n"):
        end = text.find("\n---", end + 1)
    if end < 0:
        report.error("front-matter", "the head that starts with `---` does not end", Span(file, 0, 3), help="close it with `---`")
        return None, 0
    node = _Parser(file, text[4 : end + 1], 4, report).run()
    if node is not None and not isinstance(node, Mapping):
        report.error("front-matter", "the head between `---` lines must be `key: value` lines", node.span)
        node = None
    return node, min(end + 5, len(text))


class _Parser:
    """Builds nodes from parser events, without recursion, so that depth is ours to bound."""

    def __init__(self, file: SourceFile, text: str, base: int, report: Report) -> None:
        self.file = file
        self.text = text
        self.base = base
        self.report = report
        self.failed = False

    def run(self) -> Node | None:
        parser_class, yaml_error = _load_parser()
        tab = self._leading_tab()
        if tab is not None:
            return None
        try:
            parser: Any = parser_class(self.text)
            return self._events(parser.get_event)
        except yaml_error as fault:
            self._syntax_error(fault)
        except RecursionError:
            self._error("yaml-depth", f"collections are nested more than {DEEPEST} deep", 0, 1)
        return None

    # --- faults ------------------------------------------------------------------------------------------------------

    def _error(self, code: str, message: str, start: int, end: int, *, help: str = "", label: str = "") -> None:
        self.failed = True
        limit = len(self.file.text)
        start = min(self.base + start, max(limit - 1, 0))
        span = Span(self.file, start, max(self.base + end, start + 1))
        self.report.error(code, message, span, help=(help,) if help else (), label=label)

    def _leading_tab(self) -> int | None:
        """A tab in an indent, which YAML forbids and whose own message says less."""
        at = self.text.find("\t")
        while at >= 0:
            line_start = self.text.rfind("\n", 0, at) + 1
            if not self.text[line_start:at].strip() and self.text[at:].split("\n", 1)[0].strip():
                self._error("yaml-tab", "a tab cannot indent YAML", at, at + 1, help="indent with spaces")
                return at
            at = self.text.find("\t", at + 1)
        return None

    def _syntax_error(self, fault: Any) -> None:
        mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
        if mark is None:
            self._error("yaml-syntax", f"this is not YAML: {fault}", 0, 1)
            return
        problem = str(getattr(fault, "problem", "") or fault)
        start = min(mark.index, max(len(self.text) - 1, 0))
        if start and start == len(self.text) - 1 and self.text[start] == "\n":
            start = self._last_visible(start)
        context = getattr(fault, "context_mark", None)
        if ("quoted scalar" in problem or "end of stream" in problem) and context is not None:
            quoted = self.text[context.index : context.index + 1]
            if quoted in ('"', "'"):
                self._error(
                    "yaml-syntax",
                    "this quotation mark is never closed",
                    context.index,
                    context.index + 1,
                    help=f"close the text with {quoted}, or write it without quotes after `|`",
                )
                return
        if "expected ',' or" in problem and context is not None:
            bracket = self.text[context.index : context.index + 1]
            place = f"line {self.file.line_col(self.base + start)[0]}"
            self._error(
                "yaml-syntax",
                f"this `{bracket}` is not closed before {place}",
                context.index,
                context.index + 1,
                help="close the bracket, or part the items with commas",
            )
            return
        self._error("yaml-syntax", problem, start, start + 1, help=_advice(problem, self.text, start))

    def _last_visible(self, at: int) -> int:
        while at > 0 and self.text[at].isspace():
            at -= 1
        return at

    # --- events ------------------------------------------------------------------------------------------------------

    def _events(self, next_event: Callable[[], Any]) -> Node | None:
        stack: list[list[Any]] = []  # [is_mapping, start mark, children]
        root: Node | None = None
        documents = 0
        while True:
            event = next_event()
            kind = type(event).__name__
            if kind == "StreamEndEvent":
                break
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self._error(
                        "yaml-documents",
                        "a second document starts here",
                        event.start_mark.index,
                        event.start_mark.index + 3,
                        help="one file holds one note: remove the `---` line, or split the file",
                    )
                    return None
                continue
            if kind == "AliasEvent":
                self._refuse(event, "yaml-alias", f"`*{event.anchor}` repeats another part of the file", "write it out")
                done: Node = Scalar("", self._span(event), "")
            elif kind in ("MappingStartEvent", "SequenceStartEvent"):
                self._properties(event)
                if len(stack) >= DEEPEST:
                    self._refuse(event, "yaml-depth", f"collections are nested more than {DEEPEST} deep", "flatten it")
                    return None
                stack.append([kind[0] == "M", event, []])
                continue
            elif kind == "ScalarEvent":
                self._properties(event)
                done = Scalar(event.value, self._span(event), event.style if event.style in ("'", '"', "|", ">") else "")
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                is_mapping, opening, children = stack.pop()
                span = self._between(opening, event)
                done = self._mapping(children, span) if is_mapping else Sequence(tuple(children), span)
            else:
                continue
            if stack:
                stack[-1][2].append(done)
            else:
                root = done
        if root is None and not self.failed:
            self._error("file-empty", "there is nothing but comments here", 0, 1)
        return None if self.failed else root

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark.index, event.end_mark.index
        end = start + len(self.text[start:end].rstrip())
        return Span(self.file, self.base + start, self.base + max(end, start + 1))

    def _between(self, opening: Any, closing: Any) -> Span:
        start, end = opening.start_mark.index, closing.end_mark.index
        end = start + len(self.text[start:end].rstrip())
        return Span(self.file, self.base + start, self.base + max(end, start + 1))

    def _refuse(self, event: Any, code: str, message: str, help: str) -> None:
        start = event.start_mark.index
        self._error(code, message, start, max(event.end_mark.index, start + 1), help=help)

    def _properties(self, event: Any) -> None:
        """Anchors and tags: nothing in a note needs them."""
        start = event.start_mark.index
        if event.anchor is not None:
            self._error(
                "yaml-alias", f"anchor `&{event.anchor}` is not for notes", start, start + len(event.anchor) + 1,
                help="delete it; if the text starts with `&`, put it in quotes",
            )  # fmt: skip
        if event.tag is not None and event.tag != "!":
            self._error(
                "yaml-tag", f"tag `{event.tag}` is not for notes", start, start + 1,
                help="delete it; every value is text. If the text starts with `!`, put it in quotes",
            )  # fmt: skip

    def _mapping(self, children: list[Node], span: Span) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Scalar] = {}
        for key, value in zip(children[::2], children[1::2]):
            if not isinstance(key, Scalar):
                self.failed = True
                self.report.error("yaml-key", "a key must be plain text", key.span, help="write `key: value`")
                continue
            first = seen.get(key.value)
            if first is not None:
                self.failed = True
                self.report.error(
                    "yaml-duplicate-key",
                    f"key `{key.value}` is given twice",
                    key.span,
                    notes=((first.span, "first given here"),),
                    help="keep one of the two",
                )
                continue
            if key.value == "<<" and key.style == "":
                self.failed = True
                self.report.error("yaml-alias", "merge key `<<` is not for notes", key.span, help="write the keys out")
                continue
            seen[key.value] = key
            entries.append((key, value))
        return Mapping(tuple(entries), span)


def _advice(problem: str, text: str, at: int) -> str:
    """What to do about libyaml's message."""
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if "mapping values are not allowed" in problem:
        return "put the text in quotes, or start it with `|` on the line before: it holds `: `"
    if "could not find expected ':'" in problem:
        return "write `key: value`; a line of text belongs under `key: |`, indented"
    if "cannot start any token" in problem:
        return f"put the text in quotes: no plain text may start with `{text[at : at + 1]}`"
    if "did not find expected ',' or" in problem:
        return "close the bracket, or part the items with commas"
    if "block" in problem and line.lstrip().startswith("-"):
        return "align this `-` with those before it"
    if "expected <block end>" in problem or "block" in problem:
        return "align this line with its neighbours; count the spaces at its start"
    return "check quotes, brackets and the spaces at the start of the line"


# --- offsets ---------------------------------------------------------------------------------------------------------


def _offset(scalar: Scalar, index: int) -> int:
    """Place in the file of a character of a scalar's value: both are walked together, layout passed over."""
    value, style = scalar.value, scalar.style
    if style == "verbatim":
        return min(scalar.span.start + index, len(scalar.span.file.text))
    if style == "|":
        return _literal_offset(scalar, max(0, min(index, len(value))))
    places = _walked(scalar)
    return places[min(max(index, 0), len(value))]


_last_walk: tuple[Scalar | None, list[int]] = (None, [])


def _walked(scalar: Scalar) -> list[int]:
    """The places of all characters of a quoted, folded or plain scalar; the last walk is kept, for callers ask in a row."""
    global _last_walk
    if _last_walk[0] is scalar:
        return _last_walk[1]
    text, start, end = scalar.span.file.text, scalar.span.start, scalar.span.end
    style = scalar.style
    if style in ("'", '"'):
        start += 1
    elif style == ">":
        start = text.find("\n", start) + 1
    at = start
    places = []
    for char in scalar.value:
        at = _over_layout(text, at, end, char) if char in "\n " else _to_char(text, at, end, char, style)
        places.append(min(at, max(end - 1, scalar.span.start)))
        at = _past(text, at, char, style)
    places.append(min(at, end))
    _last_walk = (scalar, places)
    return places


def _literal_offset(scalar: Scalar, index: int) -> int:
    """The same for a literal block, whose lines are those of the file less their indent."""
    file, value = scalar.span.file, scalar.value
    first, _ = file.line_col(scalar.span.start)
    number = first + 1 + value.count("\n", 0, index)
    begin = value.rfind("\n", 0, index) + 1
    stop = value.find("\n", begin)
    length = (len(value) if stop < 0 else stop) - begin
    return file.line_start(number) + max(len(file.line(number)) - length, 0) + index - begin


def _over_layout(text: str, at: int, end: int, char: str) -> int:
    if char == "\n":
        found = text.find("\n", at, end + 1)
        return found if found >= 0 else at
    return at  # a space, or the newline that was folded into one


def _to_char(text: str, at: int, end: int, char: str, style: str) -> int:
    """The next place of `char`, over indents, folds and escapes."""
    while at < end and text[at] in " \n" and text[at] != char:
        at += 1
    if at < end and text[at] == char:
        return at
    if style == '"' and at < end and text[at] == "\\":
        return at
    found = text.find(char, at, end)
    return found if found >= 0 else at


def _past(text: str, at: int, char: str, style: str) -> int:
    """The place after the character that stands at `at`."""
    if style == '"' and text[at : at + 1] == "\\":
        wide = {"x": 4, "u": 6, "U": 10}.get(text[at + 1 : at + 2], 2)
        return at + wide
    if style == "'" and char == "'":
        return at + 2
    return at + 1
