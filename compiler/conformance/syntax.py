"""The file's own form: header, end, identifier, streams.

In: a `File`.  Out: findings.  Rules: ISO 19005-3, 6.1.
"""

from __future__ import annotations

import re

from .file import FAULTS, got
from .finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .file import File

FILTERS = frozenset((
    "/ASCIIHexDecode", "/ASCII85Decode", "/FlateDecode", "/RunLengthDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCTDecode",
    "/JPXDecode",
))  # fmt: skip
LONGEST_STRING, LONGEST_NAME = 32_767, 127  # bytes (A 6.1.13)
LEAST, MOST_REAL, MOST = 1.175e-38, 3.403e38, 2_147_483_647
_STREAM = re.compile(rb"/Length (\d+)(?! \d+ R)\b[^>]*>>\s*stream\r?\n")


def syntax(file: File) -> Iterator[Finding]:
    data = file.data
    if not re.match(rb"%PDF-1\.[0-7][\r\n]+%[\x80-\xff]{4}", data):
        yield Finding("file-header", "the header is not %PDF-1.n with a comment of four bytes beyond ASCII")
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield Finding("file-end", "something follows %%EOF, or it is missing")
    mark = got(file.reader.trailer.get("/ID"))
    if not isinstance(mark, list) or len(mark) != 2:
        yield Finding("file-id", "the trailer has no ID")
    for found in _STREAM.finditer(data):
        end = found.end() + int(found.group(1))
        if not data[end : end + 12].lstrip(b"\r\n").startswith(b"endstream"):
            yield Finding("stream-length", f"the stream at byte {found.end():,} is not {int(found.group(1)):,} bytes long")


def streams(file: File) -> Iterator[Finding]:
    for number in range(1, int(file.reader.trailer.get("/Size", 0))):
        value: Any = None
        try:
            value = file.reader.get_object(number)
        except FAULTS as fault:
            yield Finding("stream-filter", f"object {number} cannot be read: {fault}")
            continue
        if beyond(value):
            yield Finding("limits", f"object {number} holds a number, a string or a name beyond the bounds")
        if not hasattr(value, "get_data"):
            continue
        if any([key in value for key in ("/F", "/FFilter", "/FDecodeParms")]):
            yield Finding("stream-filter", f"object {number} has its data in another file")
        filters = got(value.get("/Filter"))
        names = [str(one) for one in (filters if isinstance(filters, list) else [filters]) if one is not None]
        if "/LZWDecode" in names:
            yield Finding("stream-filter", f"object {number} is packed with LZW")
        elif not FILTERS.issuperset(names):
            yield Finding("stream-filter", f"object {number} is packed with {', '.join(names)}")
        elif names == ["/FlateDecode"] and not value.get("/DecodeParms"):
            from zlib import decompress
            from zlib import error as Damaged

            try:
                decompress(value._data)
            except Damaged:
                yield Finding("stream-filter", f"object {number} cannot be unpacked")


def beyond(value: Any) -> bool:
    """Whether a value, or one inside it, is larger or longer than a file may have (A 6.1.13); references are not followed."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            stack += one.keys()
            stack += dict.values(one)
        elif isinstance(one, list):
            stack += list.__iter__(one)
        elif isinstance(one, float):
            if one and not LEAST <= abs(one) <= MOST_REAL:
                return True
        elif isinstance(one, int):
            if not -MOST - 1 <= one <= MOST:
                return True
        elif isinstance(one, str):
            name = one[:1] == "/" and not hasattr(one, "original_bytes")
            if len(one) > 40 and len(_bytes(one)) > (LONGEST_NAME + 1 if name else LONGEST_STRING):
                return True
        elif isinstance(one, bytes) and len(one) > LONGEST_STRING:
            return True
    return False


def _bytes(text: str) -> bytes:
    """A string's or a name's own bytes."""
    return getattr(text, "original_bytes", None) or text.encode("utf-8", "replace")
