"""PDF syntax as bytes: numbers, names, strings, streams, and the store that numbers objects and writes the file.

Rules: ISO 32000-1, 7.2–7.5; ISO 19005-3, 6.1 (header comment, end-of-line before `endstream`, no data after %%EOF).
"""

from __future__ import annotations

import _thread
import zlib

from ..bundle import Pool
from ..world import cores

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PAGES = 4  # a level for stream(): page contents in two thirds of the time of level 6 and 4 % larger


def number(value: float) -> str:
    """The shortest decimal of at most three places."""
    return f"{round(value * 1000) / 1000:.10g}"


def name(text: str) -> bytes:
    """A name object with its slash; irregular characters as #xx (7.3.5)."""
    if text.isascii() and text.isalnum():
        return b"/" + text.encode("ascii")
    out = bytearray(b"/")
    for byte in text.encode("utf-8"):
        if 33 <= byte <= 126 and byte not in b"#()<>[]{}/%":
            out.append(byte)
        else:
            out += b"#%02X" % byte
    return bytes(out)


def text_string(text: str) -> bytes:
    """A text string (7.9.2.2): a literal for plain ASCII, else UTF-16BE with its mark as hexadecimal."""
    if text.isascii() and text.isprintable():
        return b"(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("ascii") + b")"
    return b"<FEFF%b>" % utf16(text).encode("ascii")


def utf16(text: str) -> str:
    """UTF-16BE in hexadecimal; for most texts without the codec, which is a module of its own to import."""
    if not text or max(text) <= "\uffff":
        return "%04X" * len(text) % tuple(map(ord, text))
    return text.encode("utf-16-be").hex().upper()


def byte_string(text: str) -> bytes:
    """A string that is only compared, never shown: the name of a destination, an identifier."""
    return b"<" + text.encode("utf-8").hex().upper().encode("ascii") + b">"


def name_tree(store: Store, entries: Sequence[tuple[bytes, bytes]]) -> bytes:
    """The root of a name tree (7.9.6) with all entries, (key, value as it is written), in one leaf."""
    ordered = sorted(entries)
    names = b" ".join([b"<%b>%b" % (key.hex().upper().encode("ascii"), value) for key, value in ordered])
    first, last = [ordered[at][0].hex().upper().encode("ascii") for at in (0, -1)]
    leaf = store.add(b"<</Limits[<%b><%b>]/Names[%b]>>" % (first, last, names))
    return b"<</Kids[%d 0 R]>>" % leaf


def stream(entries: bytes, data: bytes, level: int = 6) -> bytes:
    """A compressed stream object; `entries` are the dictionary's own.  Level 0 stores the data as they are."""
    if level:
        return packed(entries, zlib.compress(data, level))
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def packed(entries: bytes, data: bytes) -> bytes:
    """A stream object of what is a zlib stream already."""
    return stream(entries + b"/Filter/FlateDecode", data, 0)


_WORTH_A_THREAD = 50_000  # bytes to compress
_KEPT = 8  # large streams kept packed
_kept: dict[tuple[bytes, int], bytes] = {}  # by data and level


def _packed_once(entries: bytes, data: bytes, level: int) -> bytes:
    """The same as `stream` for large data that the next file of this process has too: a preview's tables."""
    found = _kept.pop((data, level), None)
    if found is None:
        found = zlib.compress(data, level)
    while len(_kept) >= _KEPT:
        _kept.pop(next(iter(_kept)), None)  # the other thread may have been quicker
    _kept[data, level] = found  # the newest last
    return packed(entries, found)


class _Second:
    """A second thread for one piece of work; none when the system gives none.  `threading` would cost 1 ms to import."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._lock = _thread.allocate_lock()
        self._work = work
        self._lock.acquire()
        try:
            _thread.start_new_thread(self._run, ())
        except RuntimeError:
            self._lock.release()

    def _run(self) -> None:
        try:
            self._work()
        finally:
            self._lock.release()

    def wait(self) -> None:
        """Return when the work is done."""
        self._lock.acquire()


class Store:
    """Numbered objects.  A number may be reserved first and filled later; the file is written in their order."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []
        self._streams: list[tuple[int, bytes, bytes, int]] = []  # to be compressed: number, entries, data, level
        self._lasting: set[int] = set()  # those of them that are kept packed
        self.pool = Pool()  # objects that depend on nothing, by content: equal fonts and images are written once

    def add(self, body: bytes) -> int:
        """A new object; returns its number."""
        self._bodies.append(body)
        return len(self._bodies)

    def add_stream(self, entries: bytes, data: bytes, level: int = 6, *, lasting: bool = False) -> int:
        """A new stream object, compressed when the file is written; `lasting`: the next file is likely to have it too."""
        reserved = self.reserve()
        if lasting:
            self._lasting.add(reserved)
        self._streams.append((reserved, entries, data, level))
        return reserved

    def _compress(self) -> None:
        """Compress what waits, largest first, on two threads: zlib lets the other one work.  2 % of a cold compile's wall."""
        waiting = sorted(self._streams, key=lambda item: len(item[2]))
        self._streams = []

        def work() -> None:
            while waiting:
                try:
                    reserved, entries, data, level = waiting.pop()
                except IndexError:  # the other was quicker
                    return
                made = _packed_once if reserved in self._lasting else stream
                self.fill(reserved, made(entries, data, level))

        much = sum([len(item[2]) for item in waiting]) > _WORTH_A_THREAD
        second = _Second(work) if much and cores() > 1 else None
        work()
        if second is not None:
            second.wait()

    def add_once(self, body: bytes) -> int:
        """A new object that refers to no other, or the number of the one that has the same body."""
        following = len(self._bodies) + 1
        found = self.pool.add(body, following)
        return self.add(body) if found == following else found

    def reserve(self) -> int:
        """A number whose body comes later."""
        self._bodies.append(None)
        return len(self._bodies)

    def fill(self, number: int, body: bytes) -> None:
        """The body of a reserved number."""
        self._bodies[number - 1] = body

    def __len__(self) -> int:
        return len(self._bodies)

    def file(self, root: int, info: int) -> bytes:
        """The whole file.  /ID is the hash of everything before the trailer (14.4; the same content, the same ID)."""
        from _blake2 import blake2b

        self._compress()
        out = [HEADER]
        at = len(HEADER)
        offsets = []
        for index, body in enumerate(self._bodies, 1):
            if body is None:
                raise ValueError(f"object {index} was reserved and never filled")
            piece = b"%d 0 obj\n%b\nendobj\n" % (index, body)
            offsets.append(at)
            out.append(piece)
            at += len(piece)
        objects = b"".join(out)
        mark = blake2b(objects, digest_size=16).hexdigest().upper().encode("ascii")
        size = len(offsets) + 1
        out = [objects, b"xref\n0 %d\n0000000000 65535 f \n" % size]
        out += [b"%010d 00000 n \n" % offset for offset in offsets]
        out.append(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, root, info, mark, mark, at)
        )
        return b"".join(out)
