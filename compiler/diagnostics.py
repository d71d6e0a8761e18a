"""What the compiler says about a place in a file.

In: faults found by any stage, as values.  Out: text for people, one line for editors, JSON for machines.
Always: a stage reports and goes on; nothing here raises on account of a note; spans are code points of the decoded file
(a leading byte-order mark not counted), lines and columns are derived only when a diagnostic is printed.
"""

from __future__ import annotations

from bisect import bisect_right

from .record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class SourceFile:
    """A file's name as the user gave it, and its decoded text (line ends normalised to LF)."""

    __slots__ = ("_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None

    def __repr__(self) -> str:
        return f"SourceFile({self.name!r}, {len(self.text)} characters)"

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            at = self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text.find("\n", at + 1)
            self._starts = starts
        return self._starts

    def line_col(self, index: int) -> tuple[int, int]:
        """Line and column of a code point, both counted from 1."""
        starts = self._line_starts()
        line = bisect_right(starts, index) - 1
        return line + 1, index - starts[line] + 1

    def line_start(self, number: int) -> int:
        """Where line `number` (from 1) begins; the end of the text for a line past it."""
        starts = self._line_starts()
        return starts[number - 1] if 1 <= number <= len(starts) else len(self.text)

    def line(self, number: int) -> str:
        """The text of line `number` (from 1) without its line end; empty past the end of the file."""
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        stop = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : stop]


class Span(Record):
    """A half-open range of code points in one file."""

    file: SourceFile
    start: int
    end: int

    def __repr__(self) -> str:
        line, column = self.file.line_col(self.start)
        return f"Span({self.file.name}:{line}:{column}+{self.end - self.start})"

    def narrow(self, start: int, end: int) -> Span:
        """The part of the same file from `start` to `end`, never empty."""
        return Span(self.file, start, max(end, start + 1))

    def find(self, text: str) -> Span | None:
        """The first place inside this span where `text` stands in the file."""
        at = self.file.text.find(text, self.start, self.end)
        return None if at < 0 else Span(self.file, at, at + len(text))


ERROR = "error"
WARNING = "warning"


class Diagnostic(Record):
    """One fault: what is wrong, where, and what to do about it.

    `label` stands beside the carets; each of `notes` is a second place with its own words; each of `help` is a thing the
    reader can do.
    """

    severity: str
    code: str
    message: str
    span: Span | None = None
    label: str = ""
    help: tuple[str, ...] = ()
    notes: tuple[tuple[Span, str], ...] = ()

    def sort_key(self) -> tuple[str, int, str]:
        return (self.span.file.name, self.span.start, self.code) if self.span else ("", -1, self.code)


class Report:
    """The diagnostics of one compile, in the order found; the same fault at the same place is kept once."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._seen: set[tuple[str, str, int, str]] = set()
        self.errors = 0
        self.warnings = 0

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found, key=Diagnostic.sort_key))

    def __len__(self) -> int:
        return len(self._found)

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic unless the same one is known."""
        where = diagnostic.span
        key = (
            diagnostic.code,
            where.file.name if where else "",
            where.start if where else -1,
            diagnostic.message,
        )
        if key in self._seen:
            return
        self._seen.add(key)
        self._found.append(diagnostic)
        if diagnostic.severity == ERROR:
            self.errors += 1
        else:
            self.warnings += 1

    def error(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        *,
        label: str = "",
        help: tuple[str, ...] | str = (),
        notes: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        """Report a fault that stops the compile after the present stage."""
        tips = (help,) if isinstance(help, str) else help
        self.add(Diagnostic(ERROR, code, message, span, label, tips, notes))

    def warning(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        *,
        label: str = "",
        help: tuple[str, ...] | str = (),
        notes: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        """Report something the reader should look at; the compile goes on."""
        tips = (help,) if isinstance(help, str) else help
        self.add(Diagnostic(WARNING, code, message, span, label, tips, notes))


def cells(text: str) -> int:
    """Terminal cells `text` takes: East Asian wide and full-width characters two, combining marks none, a tab four."""
    if text.isascii():
        return len(text) + 3 * text.count("\t")
    from unicodedata import category, east_asian_width

    total = 0
    for char in text:
        if char == "\t":
            total += 4
        elif category(char) in ("Mn", "Me", "Cf"):
            continue
        else:
            total += 2 if east_asian_width(char) in "WF" else 1
    return total


def nearest(word: str, known: Iterator[str] | tuple[str, ...] | list[str]) -> str | None:
    """The known word a slip of the hand away from `word`, if there is one (for “did you mean”)."""
    from difflib import get_close_matches

    hits = get_close_matches(word, list(known), n=1, cutoff=0.6 if len(word) > 3 else 0.5)
    return hits[0] if hits else None


_WINDOW = 100  # cells of a source line shown at most


def _excerpt(line: str, column: int, length: int) -> tuple[str, str, str]:
    """A window of `line` around a column (from 0): (shown text, padding, carets), tabs made visible as spaces."""
    length = max(1, min(length, len(line) - column) if column < len(line) else 1)
    start, end = 0, len(line)
    if cells(line) > _WINDOW:
        start = column
        budget = _WINDOW // 2
        while start > 0 and cells(line[start - 1 : column]) <= budget:
            start -= 1
        end = column
        while end < len(line) and cells(line[start : end + 1]) <= _WINDOW:
            end += 1
    head = "…" if start else ""
    tail = "…" if end < len(line) else ""
    shown = head + line[start:end].replace("\t", "    ") + tail
    pad = " " * (cells(line[start:column]) + len(head))
    carets = "^" * max(1, cells(line[column : min(column + length, end)]))
    return shown, pad, carets


def render_human(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """A diagnostic as DESIGN's example shows it: message, place, the line, carets, help."""

    def paint(code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    tone = "1;31" if diagnostic.severity == ERROR else "1;33"
    out = [f"{paint(tone, f'{diagnostic.severity}[{diagnostic.code}]')}: {paint('1', diagnostic.message)}"]
    places = [(diagnostic.span, diagnostic.label)] if diagnostic.span else []
    places += list(diagnostic.notes)
    numbered = [(span, label, *span.file.line_col(span.start)) for span, label in places]
    gutter = max((len(str(line)) for _, _, line, _ in numbered), default=1)
    for span, label, line, column in numbered:
        shown, pad, carets = _excerpt(span.file.line(line), column - 1, span.end - span.start)
        bar = paint("34", "|")
        out.append(f"{' ' * gutter}{paint('34', '-->')} {span.file.name}:{line}:{column}")
        out.append(f"{' ' * gutter} {bar}")
        out.append(f"{line:>{gutter}} {bar} {shown}")
        out.append(f"{' ' * gutter} {bar} {pad}{paint(tone, carets)}{' ' + label if label else ''}")
    out += [f"{' ' * gutter} {paint('34', '=')} help: {tip}" for tip in diagnostic.help]
    return "\n".join(out)


def render_short(diagnostic: Diagnostic) -> str:
    """`file:line:column: severity[code]: message`, one line, as compilers and editors agree on."""
    place = ""
    if diagnostic.span:
        line, column = diagnostic.span.file.line_col(diagnostic.span.start)
        place = f"{diagnostic.span.file.name}:{line}:{column}: "
    return f"{place}{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"


def as_data(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as plain data for JSON; lines and columns count from 1, `endColumn` is exclusive."""

    def place(span: Span) -> dict[str, object]:
        line, column = span.file.line_col(span.start)
        end_line, end_column = span.file.line_col(max(span.start, span.end))
        return {"file": span.file.name, "line": line, "column": column, "endLine": end_line, "endColumn": end_column}

    out: dict[str, object] = {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
    }
    if diagnostic.span:
        out["place"] = place(diagnostic.span)
    if diagnostic.label:
        out["label"] = diagnostic.label
    if diagnostic.help:
        out["help"] = list(diagnostic.help)
    if diagnostic.notes:
        out["notes"] = [place(span) | {"label": label} for span, label in diagnostic.notes]
    return out
