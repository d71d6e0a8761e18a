"""A PDF opened for examination: raw bytes, pypdf's objects, parsed contents, fonts' mappings.

In: bytes.  Out: `File`.  Errors: `Unreadable` with the reason, for what is no PDF, is encrypted, or cannot be parsed.
"""

from __future__ import annotations

import io
import re
import struct
import zlib

from pypdf import PdfReader
from pypdf.errors import DependencyError, DeprecationError, PyPdfError
from pypdf.generic import ContentStream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from .graphics import _Walk

_BFRANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\[[^\]]*\]|<[0-9A-Fa-f]*>)")
_BFCHAR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_BLOCK = re.compile(r"begin(bfrange|bfchar)(.*?)end", re.S)
SHOWING = frozenset(("Tj", "TJ", "'", '"'))


# what damage may raise in whoever reads a file
FAULTS = (
    PyPdfError, DependencyError, DeprecationError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError,
    OverflowError, NotImplementedError, AssertionError, EOFError, struct.error, zlib.error,
)  # fmt: skip


class Unreadable(Exception):
    """Why a file cannot be examined."""


def got(value: Any) -> Any:
    """What a reference leads to."""
    return value.get_object() if value is not None else None


def pairs(node: Any, kind: str, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """The pairs of a name tree (`/Names`) or a number tree (`/Nums`), in order."""
    node = got(node)
    if not isinstance(node, dict) or depth > 20:
        return
    found = list(list.__iter__(got(node.get(kind)) or []))
    yield from zip(found[::2], found[1::2])
    for kid in got(node.get("/Kids")) or ():
        yield from pairs(kid, kind, depth + 1)


class File:
    """One file under examination."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        if not data.startswith(b"%PDF-"):
            raise Unreadable("it is no PDF")
        try:
            self.reader = PdfReader(io.BytesIO(data))
            if self.reader.is_encrypted:
                raise Unreadable("it is encrypted")
            catalog: Any = self.reader.trailer["/Root"].get_object()
            self.catalog = catalog
            self.pages: Sequence[Any] = list(self.reader.pages)
        except DependencyError as fault:  # for one of its ciphers
            raise Unreadable("it is encrypted") from fault
        except FAULTS as fault:
            raise Unreadable(f"it cannot be parsed: {fault}") from fault
        if not isinstance(catalog, dict):
            raise Unreadable("it has no catalog")
        self._operations: dict[int, list[tuple[list[Any], str]]] = {}
        self._mappings: dict[int, dict[int, str]] = {}
        self.walks: list[_Walk] | None = None  # of `graphics`
        self.inks: dict[str, object] = {}  # of `graphics`: what each ink by name means

    def operations(self, index: int) -> list[tuple[list[Any], str]]:
        """The operators of a page's content with their operands."""
        found = self._operations.get(index)
        if found is None:
            content = self.pages[index].get_contents()
            found = self._operations[index] = operations_of(content, self.reader) if content is not None else []
        return found

    def fonts(self, index: int) -> dict[str, Any]:
        """The fonts of a page by their resource names."""
        resources = got(self.pages[index].get("/Resources")) or {}
        return {str(name): got(font) for name, font in (got(resources.get("/Font")) or {}).items()}

    def mapping(self, font: Any) -> dict[int, str]:
        """Code → text of a composite font's ToUnicode."""
        found = self._mappings.get(id(font))
        if found is None:
            stream: Any = got(font.get("/ToUnicode"))
            found = self._mappings[id(font)] = to_unicode(stream.get_data()) if hasattr(stream, "get_data") else {}
        return found

    def attachments(self) -> dict[str, bytes]:
        """The embedded files by name."""
        names = got(self.catalog.get("/Names")) or {}
        out = {}
        for _, specification in pairs(names.get("/EmbeddedFiles"), "/Names"):
            spec = got(specification)
            stream: Any = got((got(spec.get("/EF")) or {}).get("/F")) if isinstance(spec, dict) else None
            if hasattr(stream, "get_data"):
                out[str(spec.get("/UF") or spec.get("/F"))] = stream.get_data()
        return out

    def codes(self, index: int) -> Iterator[tuple[str, Any, int, object]]:
        """Everything shown on a page with a composite font: (font's name, font, code, the MCID it stands under or None)."""
        fonts = self.fonts(index)
        font: Any = None
        name = ""
        marks: list[object] = []
        for operands, sign in self.operations(index):
            if sign == "Tf":
                name = str(operands[0])
                font = fonts.get(name)
            elif sign in ("BDC", "BMC"):
                listed = operands[1] if len(operands) > 1 else None
                marks.append(listed.get("/MCID") if isinstance(listed, dict) else None)
            elif sign == "EMC" and marks:
                marks.pop()
            elif sign in SHOWING and isinstance(font, dict) and font.get("/Subtype") == "/Type0":
                mark = next((one for one in reversed(marks) if one is not None), None)
                for code in two_bytes(operands):
                    yield name, font, code, mark


def operations_of(stream: Any, reader: PdfReader) -> list[tuple[Any, str]]:
    """The operators of a content stream with their operands."""
    return [(operands, sign.decode("latin-1")) for operands, sign in ContentStream(stream, reader).operations]


def codes_of(operands: Sequence[Any], font: Any) -> Iterator[int]:
    """The codes of a showing operator: two bytes each under a composite font, else one."""
    if isinstance(font, dict) and font.get("/Subtype") == "/Type0":
        yield from two_bytes(operands)
        return
    for operand in operands:
        for part in operand if isinstance(operand, list) else [operand]:
            raw = getattr(part, "original_bytes", part if isinstance(part, bytes) else None)
            if raw is not None:
                yield from raw


def two_bytes(operands: Sequence[Any]) -> Iterator[int]:
    """The codes of a showing operator under a font with codes of two bytes."""
    for operand in operands:
        parts = operand if isinstance(operand, list) else [operand]
        for part in parts:
            raw = getattr(part, "original_bytes", None)
            if raw is None and isinstance(part, bytes):
                raw = part
            if raw is not None:
                for at in range(0, len(raw) - 1, 2):
                    yield raw[at] << 8 | raw[at + 1]


def to_unicode(data: bytes) -> dict[int, str]:
    """A ToUnicode CMap as code → text (ISO 32000-1, 9.10.3)."""
    out: dict[int, str] = {}
    for kind, body in _BLOCK.findall(data.decode("latin-1")):
        if kind == "bfchar":
            out |= {int(code, 16): _text(value) for code, value in _BFCHAR.findall(body)}
            continue
        for first, last, values in _BFRANGE.findall(body):
            low, high = int(first, 16), int(last, 16)
            if values.startswith("["):
                for code, value in zip(range(low, high + 1), re.findall(r"<([0-9A-Fa-f]*)>", values)):
                    out[code] = _text(value)
            else:
                start = _text(values[1:-1])
                for code in range(low, min(high, low + 0xFFFF) + 1):
                    out[code] = start[:-1] + chr(ord(start[-1]) + code - low) if start else ""
    return out


def _text(value: str) -> str:
    return bytes.fromhex(value if len(value) % 2 == 0 else value + "0").decode("utf-16-be", "replace")
