"""YAML text → `Node` tree with spans; refuses what a note should not say.

In: a file's bytes.  Out: nodes whose scalars are all strings (`000001`, `no`, `12:30` stay as typed).  Always: never raises
on account of the input; every fault has its line and column; no constructor, no alias, no tag is ever run or followed.
"""

from __future__ import annotations

from ..diagnostics import SourceFile, Span
from ..pattern import later
from ..record import Record
from .places import Literal, places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence as Places
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
        """The place in the file of `value[index]`, whatever quotes, escapes, folds and indents stand between."""
        return _place(self, max(0, min(index, len(self.value))))

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


_last: tuple[Scalar | None, Places[int] | Literal] = (None, ())  # the scalar asked for last, for callers ask in a row


def _place(scalar: Scalar, index: int) -> int:
    global _last
    span, value = scalar.span, scalar.value
    if scalar.style == "verbatim":
        return min(span.start + index, len(span.file.text))
    if _last[0] is not scalar:
        _last = (scalar, places(span.file, span.start, value, scalar.style))
    return _last[1][index]


# --- bytes → text ----------------------------------------------------------------------------------------------------


def decode(name: str, data: bytes, report: Report) -> SourceFile | None:
    """Bytes as text: UTF-8, a byte-order mark dropped, line ends made LF."""
    if len(data) > LARGEST:
        report.error(
            "file-too-large",
            f"{name} is larger than {LARGEST // 1024 // 1024} MB",
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
        kind, tip = _character(bad.group())
        report.error("file-character", f"{kind} does not belong in a note", Span(file, bad.start(), bad.end()), help=tip)
        return None
    return file


# what no PDF can hold, and the line ends of other systems, which YAML and editors count differently
_FORBIDDEN = later("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def _character(char: str) -> tuple[str, str]:
    """A forbidden character's description, and what to do about it."""
    if char in "\x85\u2028\u2029":
        return f"the invisible line end U+{ord(char):04X}", "delete it and start the new line with the Enter key"
    return f"a control character U+{ord(char):04X}", "delete it; it often comes with text pasted from another program"


def _report_encoding(name: str, data: bytes, at: int, report: Report) -> None:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    file = SourceFile(name, text)
    place = len(data[:at].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))
    kind = _other_kind(data)
    if kind and not kind.startswith(("UTF", "GBK", "Big5")):
        report.error("file-encoding", f"{name} is {kind}, not a note", help="name a YAML file")
        return
    tip = "save it as UTF-8 in your editor"
    report.error(
        "file-encoding",
        f"{name} is not UTF-8" + (f"; it looks like {kind}" if kind else ""),
        Span(file, place, place + 1),
        help=tip + (" or run `iconv -f gb18030 -t utf-8`" if kind.startswith("GBK") else ""),
    )


_MAGIC = ((b"%PDF-", "a PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"PK\x03\x04", "a ZIP or Office file"))


def _other_kind(data: bytes) -> str:
    """What bytes that are no UTF-8 seem to be; "" for no idea."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if b"\0" in data[:4096]:
        return "UTF-16" if data[:200].count(b"\0") * 8 > len(data[:200]) else "a binary file"
    for codec, kind in (("gb18030", "GBK (GB 18030)"), ("big5", "Big5")):
        try:
            data.decode(codec)
            return kind
        except UnicodeDecodeError:
            continue
    return ""


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
    from _frozen_importlib_external import PathFinder  # `importlib.machinery` brings two modules more

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


_ALIAS_TIP = "write it out; if it is a text that starts with `*`, put it in quotes"


_TAB = later(r"(?m)^ *(\t)[ \t]*[^ \t\n]")
_TIGHT_HASH = later(r" +#[^ #!\n]")  # comments have a blank after the sign


class _Parser:
    """Builds nodes from parser events, without recursion, so that depth is ours to bound."""

    def __init__(self, file: SourceFile, text: str, base: int, report: Report) -> None:
        self.file = file
        self.text = text
        self.base = base
        self.report = report
        self.failed = False
        self.hashes = " #" in text

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
        if "\t" not in self.text:
            return None
        found = _TAB.search(self.text)
        if found is None:
            return None
        at = found.start(1)
        self._error("yaml-tab", "a tab cannot indent YAML", at, at + 1, help="indent with spaces")
        return at

    def _syntax_error(self, fault: Any) -> None:
        mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
        if mark is None:
            self._error("yaml-syntax", f"this is not YAML: {fault}", 0, 1)
            return
        from .advice import advise

        problem = str(getattr(fault, "problem", "") or fault)
        if "nesting depth" in problem:  # libyaml of PyYAML 6.0.4 stops at 1,000, before it tells of the first bracket
            at = self._too_deep(mark.index)
            self._error("yaml-depth", f"collections are nested more than {DEEPEST} deep", at, at + 1, help="flatten it")
            return
        start = min(mark.index, max(len(self.text) - 1, 0))
        if start == len(self.text) - 1:
            start = self._last_visible(start)
        context = getattr(fault, "context_mark", None)
        advice = advise(problem, self.text, start, None if context is None else context.index)
        self._error("yaml-syntax", advice.message, advice.start, advice.end, help=advice.help)

    def _too_deep(self, end: int) -> int:
        """Where the brackets of the text first stand deeper than a note may be."""
        depth = 0
        for at in range(end):
            depth += (self.text[at] in "[{") - (self.text[at] in "]}")
            if depth > DEEPEST:
                return at
        return 0

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
                self._refuse(event, "yaml-alias", f"`*{event.anchor}` repeats another part of the file", _ALIAS_TIP)
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
                if event.style == '"' and (bad := _FORBIDDEN.search(event.value)):
                    self._refuse(event, "file-character", f"{_character(bad.group())[0]} does not belong in a note", "delete it")
                done = Scalar(event.value, self._span(event), event.style if event.style in ("'", '"', "|", ">") else "")
                if self.hashes and done.style == "":
                    self._cut_by_hash(done)
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

    def _cut_by_hash(self, scalar: Scalar) -> None:
        """A plain value that ends at ` #3`: legal YAML, and most likely not what its author meant."""
        end = scalar.span.end
        found = _TIGHT_HASH.match(self.file.text, end)
        if found is not None:
            self.report.warning(
                "yaml-comment",
                f"everything from ` {found.group().strip()}` on is a comment to YAML and is not printed",
                scalar.span.narrow(found.end() - 2, found.end()),
                help="put the text in quotes; if it is a comment, write a blank after the #",
            )

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
