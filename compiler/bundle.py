"""Objects of another PDF as finished bytes that can be numbered anew: made once with pypdf, spliced in without it.

In: objects that pypdf read (a disclaimer, a PDF picture).  Out: a `Bundle`, plain enough for `marshal`, and from it the
bodies of objects for our own file.  Always: streams stay byte for byte as they were (only LZW, which ISO 19005-3, 6.1.7.2
forbids, is coded again); equal input gives equal bytes; whatever is reachable from the roots is there, once.

The format.  A bundle's objects count from 0.  A body is `bytes`, or a tuple of pieces to be joined:

    bytes            as they are
    int n            a reference to object n of the bundle                              `17 0 R`
    str name         a slot: bytes that the host gives under that name (`""` may stand for nothing)
    ("key", n)       a key of the structure's parent tree, counted from the host's next free key

To make one: `Builder().refer(indirect)` or `.place(value)` hand out numbers, `.finish(roots)` writes all that hangs on
them.  A value is a pypdf object or plain Python: dict (keys with their solidus), list, int, float, bool, None, `bytes`
(written verbatim), `Stream`, or `Hole`, which holds pieces.  `rewrite` sees every dictionary before it is written and may
return other entries.

To use one: `splice(bundle, base, slots, key, pool)` returns bodies for the object numbers base, base + 1, … and the number
that each object of the bundle has got.  `digests` name the objects that depend on nothing outside themselves (fonts,
images, profiles); with one `Pool` for the whole file, equal ones are written once, whichever bundle they come from.

    builder = Builder()
    form = builder.place(Stream({"/Type": b"/XObject", "/Subtype": b"/Form", "/BBox": [0, 0, 90, 60],
                                 "/Resources": page["/Resources"]}, content))
    bundle = builder.finish((form,))            # kept: marshal.dumps(bundle.plain()), Bundle.of(marshal.loads(data))
    spliced = splice(bundle, base=next_number, pool=pool)
    write(spliced.bodies); use(b"%d 0 R" % spliced.numbers[bundle.roots[0]])
"""

from __future__ import annotations

from .record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    Piece = bytes | int | str | tuple[str, int]
    Body = bytes | tuple[Piece, ...]
    Rewrite = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]

FORMAT = 1  # of what `plain` returns; part of every cache key

_DIGEST = 16
# Two of these may look alike and still be two: never shared.
_INDIVIDUALS = (b"/Annot", b"/OCG", b"/OCMD", b"/Page", b"/StructElem", b"/Outlines", b"/Filespec")


def digest_of(body: bytes) -> bytes:
    """The name under which a pool knows a finished body."""
    from _blake2 import blake2b

    return blake2b(body, digest_size=_DIGEST).digest()


class Bundle(Record):
    """Finished objects with holes.  `digests[n]` is b"" for an object that cannot be shared; `roots` are where to begin."""

    bodies: tuple[Body, ...]
    digests: tuple[bytes, ...]
    roots: tuple[int, ...]

    def plain(self) -> tuple[object, ...]:
        """The same as tuples, bytes, strings and numbers, for `marshal`."""
        return (self.bodies, self.digests, self.roots)

    @staticmethod
    def of(plain: Any) -> Bundle:
        """Back from `plain`.  Errors: ValueError for anything else."""
        bodies, digests, roots = plain
        if type(bodies) is not tuple or len(bodies) != len(digests):
            raise ValueError("not a bundle")
        return Bundle(bodies, digests, roots)


class Pool:
    """The shareable objects a file has so far, by content."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}

    def add(self, body: bytes, number: int) -> int:
        """Offer an object of the file itself that refers to no other; the number to use for it."""
        return self.number(digest_of(body), number)

    def number(self, digest: bytes, number: int) -> int:
        """The number of the object of that content, which is `number` where there was none."""
        return self._numbers.setdefault(digest, number)


class Spliced(Record):
    """`bodies[i]` is for object number base + i; `numbers[n]` is the number that object n of the bundle has in the file."""

    bodies: list[bytes]
    numbers: list[int]


def splice(
    bundle: Bundle, base: int, slots: Mapping[str, bytes] | None = None, key: int = 0, pool: Pool | None = None
) -> Spliced:
    """Number a bundle for a file whose next free object number is `base`.  Errors: KeyError for a slot not given."""
    numbers: list[int] = []
    kept: list[Body] = []
    free = base
    for body, digest in zip(bundle.bodies, bundle.digests):
        number = pool.number(digest, free) if pool is not None and digest else free
        numbers.append(number)
        if number == free:
            kept.append(body)
            free += 1
    references = [b"%d 0 R" % number for number in numbers]
    given: Mapping[str, bytes] = slots or {}

    def fill(piece: Piece) -> bytes:
        if isinstance(piece, bytes):
            return piece
        if isinstance(piece, int):
            return references[piece]
        if isinstance(piece, str):
            return given[piece]
        return b"%d" % (key + piece[1])

    bodies = [body if type(body) is bytes else b"".join(map(fill, body)) for body in kept]
    return Spliced(bodies, numbers)


# --- making one ------------------------------------------------------------------------------------------------------


class Hole:
    """Pieces to stand in an object's place; see the format above."""

    __slots__ = ("pieces",)

    def __init__(self, *pieces: Piece) -> None:
        self.pieces = pieces


class Stream:
    """A new stream: its dictionary's entries, and its data, which are compressed on the way."""

    __slots__ = ("data", "entries")

    def __init__(self, entries: Mapping[str, Any], data: bytes) -> None:
        self.entries = entries
        self.data = data


def text_string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else in UTF-16BE behind its mark."""
    return literal(text.encode() if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be"))


def literal(data: bytes) -> bytes:
    """A literal string of any bytes (ISO 32000-1, 7.3.4.2)."""
    return b"(" + escape(data) + b")"


def escape(data: bytes) -> bytes:
    """What stands between the parentheses of a literal string."""
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")


_REGULAR = frozenset(range(33, 127)) - frozenset(b"#()<>[]{}/%")


def name(text: str) -> bytes:
    """A name object from its text with the solidus; beyond ASCII each character is the byte `exact_names` read."""
    try:
        raw = text[1:].encode("latin-1")
    except UnicodeEncodeError:
        raw = text[1:].encode()
    return b"/" + b"".join([bytes((byte,)) if byte in _REGULAR else b"#%02X" % byte for byte in raw])


def number(value: float) -> bytes:
    """A real number without exponent, as short as 1e-10 allows (font matrices need it)."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode()


def raw_entries(dictionary: Mapping[str, Any]) -> dict[str, Any]:
    """A dictionary's entries with their indirect references (pypdf follows them where it can)."""
    return dict(dict.items(dictionary)) if isinstance(dictionary, dict) else dict(dictionary)


class exact_names:
    """While open, pypdf keeps the bytes of names one to one (it guesses UTF-8, then GBK, so content would miss its fonts)."""

    def __enter__(self) -> None:
        from pypdf.generic import NameObject

        self._charsets = NameObject.CHARSETS
        NameObject.CHARSETS = ("latin-1",)  # type: ignore[assignment]

    def __exit__(self, *_fault: object) -> None:
        from pypdf.generic import NameObject

        NameObject.CHARSETS = self._charsets


class Builder:
    """Collects objects and writes them with holes; numbers are handed out in the order objects are first met."""

    def __init__(self, rewrite: Rewrite | None = None) -> None:
        self._rewrite = rewrite
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._values: list[Any] = []
        self._writer = _value_writer(self)

    def refer(self, indirect: Any) -> int:
        """The number of the object an indirect reference of pypdf leads to."""
        key = (id(indirect.pdf), indirect.idnum, indirect.generation)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = self.place(indirect.get_object())
        return found

    def place(self, value: object) -> int:
        """Add a value as an object of its own."""
        self._values.append(value)
        return len(self._values) - 1

    def fill(self, number: int, value: object) -> None:
        """Put a value where `place(None)` kept a number."""
        self._values[number] = value

    def entries(self, dictionary: Mapping[str, Any]) -> Mapping[str, Any]:
        """A dictionary's entries as they are to be written, references unresolved."""
        changed = self._rewrite(dictionary) if self._rewrite is not None else None
        return raw_entries(dictionary) if changed is None else changed

    def finish(self, roots: Sequence[int]) -> Bundle:
        """Write every object handed out and all that hangs on it."""
        bodies: list[Body] = []
        while len(bodies) < len(self._values):
            bodies.append(_join(self._writer(self._values[len(bodies)])))
        return Bundle(tuple(bodies), _digests(bodies), tuple(roots))


def _join(pieces: Iterator[Piece]) -> Body:
    """Neighbouring bytes made one; a body without holes is plain bytes."""
    out: list[Piece] = []
    run: list[bytes] = []
    for piece in pieces:
        if type(piece) is bytes:
            run.append(piece)
            continue
        if run:
            out.append(b"".join(run))
            run = []
        out.append(piece)
    if run or not out:
        out.append(b"".join(run))
    return out[0] if len(out) == 1 and type(out[0]) is bytes else tuple(out)


def _digests(bodies: list[Body]) -> tuple[bytes, ...]:
    """Content names, from the leaves up; an object with a slot or a key below it, or in a circle, has none."""
    found = [b""] * len(bodies)
    waiting = [n for n, body in enumerate(bodies) if _may_share(body)]
    while True:
        later: list[int] = []
        for n in reversed(waiting):
            body = bodies[n]
            if type(body) is bytes:
                found[n] = digest_of(body)
            elif all(type(piece) is bytes or found[piece] for piece in body):  # type: ignore[index]
                parts = [piece if type(piece) is bytes else b"\0" + found[piece] for piece in body]  # type: ignore[index]
                found[n] = digest_of(b"\0".join(parts))
            else:
                later.append(n)
        later.reverse()
        if len(later) == len(waiting):
            return tuple(found)
        waiting = later


def _may_share(body: Body) -> bool:
    if type(body) is not bytes and not all(type(piece) in (bytes, int) for piece in body):
        return False
    head = body if type(body) is bytes else b"".join([piece for piece in body if type(piece) is bytes])
    head = head[: head.find(b"stream\n")] if b"stream\n" in head else head
    return head.startswith((b"<<", b"[")) and not any(
        b"/Type " + kind + end in head for kind in _INDIVIDUALS for end in (b" ", b">", b"/")
    )


def _value_writer(builder: Builder) -> Callable[[Any], Iterator[Piece]]:
    """The function that writes one value as pieces (a closure, so that pypdf is imported once and late)."""
    from pypdf import generic as pdf

    def write(value: Any) -> Iterator[Piece]:
        if isinstance(value, pdf.IndirectObject):
            target = value.get_object()
            if target is None or isinstance(target, pdf.NullObject):
                yield b"null"
            else:
                yield builder.refer(value)
        elif isinstance(value, pdf.NameObject):
            yield name(value)
        elif isinstance(value, (pdf.TextStringObject, pdf.ByteStringObject)):
            yield literal(value.original_bytes)
        elif isinstance(value, pdf.StreamObject):
            yield from write_stream(value)
        elif isinstance(value, Stream):
            yield from write_new(value)
        elif isinstance(value, dict):
            yield from write_entries(builder.entries(value))
        elif isinstance(value, list):
            yield b"["
            for index, item in enumerate(list.__iter__(value)):
                if index:
                    yield b" "
                yield from write(item)
            yield b"]"
        elif isinstance(value, Hole):
            yield from value.pieces
        else:
            yield scalar(value)

    def scalar(value: Any) -> bytes:
        if isinstance(value, bytes):
            return value
        if isinstance(value, (bool, pdf.BooleanObject)):
            return b"true" if value == True else b"false"  # noqa: E712  pypdf's truth is no bool
        if isinstance(value, int):
            return b"%d" % int(value)
        if isinstance(value, float):
            return number(value)
        if value is None or isinstance(value, pdf.NullObject):
            return b"null"
        raise TypeError(f"no PDF object: {type(value).__name__}")

    def write_entries(entries: Mapping[str, Any], tail: bytes = b"") -> Iterator[Piece]:
        yield b"<<"
        for key, value in entries.items():
            yield name(key) + b" "
            yield from write(value)
        yield tail + b">>"

    def write_stream(stream: Any) -> Iterator[Piece]:
        entries = {key: value for key, value in builder.entries(stream).items() if key != "/Length"}
        data: bytes = stream._data
        if _uses_lzw(stream):
            entries = {key: value for key, value in entries.items() if key not in ("/Filter", "/DecodeParms", "/DL")}
            yield from write_new(Stream(entries, stream.get_data()))
            return
        yield from write_entries(entries, b"/Length %d" % len(data))
        yield b"\nstream\n" + data + b"\nendstream"

    def write_new(stream: Stream) -> Iterator[Piece]:
        from zlib import compress

        data = compress(stream.data, 6)
        yield from write_entries(builder.entries(dict(stream.entries)), b"/Filter/FlateDecode/Length %d" % len(data))
        yield b"\nstream\n" + data + b"\nendstream"

    return write


def _uses_lzw(stream: Any) -> bool:
    filters = stream.get("/Filter")
    if filters is None:
        return False
    filters = filters.get_object()
    names = filters if isinstance(filters, list) else [filters]
    return any(str(one) in ("/LZWDecode", "/LZW") for one in names)
