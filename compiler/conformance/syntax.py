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

_STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")


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
        if not hasattr(value, "get_data"):
            continue
        filters = got(value.get("/Filter"))
        names = [str(one) for one in (filters if isinstance(filters, list) else [filters]) if one is not None]
        if "/LZWDecode" in names:
            yield Finding("stream-filter", f"object {number} is packed with LZW")
        elif names == ["/FlateDecode"] and not value.get("/DecodeParms"):
            from zlib import decompress
            from zlib import error as Damaged

            try:
                decompress(value._data)
            except Damaged:
                yield Finding("stream-filter", f"object {number} cannot be unpacked")
