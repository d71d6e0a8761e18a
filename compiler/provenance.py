"""What a PDF was made from, so that it can be made again: the attachments of a note and its build record.

In: the bytes a compile read, the brand, the faces it used, the options.  Out: the note's files as attachments, and the record,
a JSON file of versions and SHA-256 digests.  Always: the same compile gives the same record, with a cache or without; no
import that a plain compile does not need.  Rule: ISO 19005-3, 6.8 and annex E (Source, Data, Supplement).
"""

from __future__ import annotations

from . import __version__
from .record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from .text.faces import Face
    from .world import World

RECORD = "build-record.json"
FORMAT = 1  # of the record
LIBRARIES = ("pillow", "pypdf", "pyphen", "pyyaml", "reportlab", "svglib", "uharfbuzz")  # those that decide what is written
LARGEST_PICTURE = 1_000_000  # bytes of a picture that is attached
SOURCE, DATA, SUPPLEMENT = "Source", "Data", "Supplement"
_KINDS = {
    "yaml": ("application/yaml", SOURCE), "yml": ("application/yaml", SOURCE), "csv": ("text/csv", DATA),
    "tsv": ("text/tab-separated-values", DATA), "json": ("application/json", DATA), "bib": ("application/x-bibtex", DATA),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", DATA), "png": ("image/png", SOURCE),
    "jpg": ("image/jpeg", SOURCE), "jpeg": ("image/jpeg", SOURCE), "webp": ("image/webp", SOURCE),
    "svg": ("image/svg+xml", SOURCE), "pdf": ("application/pdf", SOURCE),
}  # fmt: skip


class Attachment(Record):
    """A file to attach.  `relationship` is Source, Data, Alternative, Supplement or Unspecified (ISO 19005-3, annex E)."""

    name: str
    mime: str
    relationship: str
    data: bytes
    description: str = ""


class Origin(Record):
    """What a compile started from.

    `note` and `root` are absolute paths; `contents` every file read through the world, by absolute path; `files` those of
    the brand; `options` as the command line gave them, "" where it did not; `numbers` the ledger of a note that asks for it.
    """

    note: str
    root: str
    contents: Mapping[str, bytes]
    files: Sequence[str]
    options: Mapping[str, str]
    numbers: Sequence[Mapping[str, object]] = ()

    def attachments(self, faces: Iterable[Face], world: World) -> tuple[Attachment, ...]:
        """The note, the files it names, and the build record, in this order."""
        own, assets = self._parted(world)
        named = sorted(own, key=lambda name: (name != self._named(self.note, world), name))
        out = [_attached(name, own[name], first=index == 0) for index, name in enumerate(named) if _travels(name, own[name])]
        record: dict[str, object] = {
            "format": FORMAT,
            "note": named[0],
            "options": {key: value for key, value in self.options.items() if value},
            "files": {name: sha256(own[name]) for name in named},
            "assets": {name: sha256(assets[name]) for name in sorted(assets)},
            **made_with(sorted({face.path for face in faces}), world),
        }
        if self.numbers:
            record["numbers"] = list(self.numbers)
        words = _json(record) + "\n"
        what = "what the file was made from, and with"
        return (*out, Attachment(RECORD, "application/json", SUPPLEMENT, words.encode("utf-8"), what))

    def _parted(self, world: World) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The note's own files by their path from the root, and those of brand and disclaimers by their path in assets/."""
        own: dict[str, bytes] = {}
        assets: dict[str, bytes] = {}
        contents = dict(self.contents)
        for path in self.files:
            if path not in contents:
                contents[path] = world.read(path)
        for path, data in contents.items():
            inside = world.asset_name(self.root, path)
            if inside:
                assets[inside] = data
            else:
                own[self._named(path, world)] = data
        return own, assets

    def _named(self, path: str, world: World) -> str:
        name = world.relative(self.root, path)
        return name if name != RECORD else f"./{name}"


def _travels(name: str, data: bytes) -> bool:
    """Whether a file is attached: a scan of 20 MB would make the mail bounce; the record has its digest all the same."""
    return len(data) <= LARGEST_PICTURE or not _KINDS.get(name.rpartition(".")[2].lower(), ("",))[0].startswith("image/")


def _attached(name: str, data: bytes, *, first: bool) -> Attachment:
    mime, relationship = _KINDS.get(name.rpartition(".")[2].lower(), ("application/octet-stream", SOURCE))
    if first:
        return Attachment(name, "application/yaml", SOURCE, data, "the note this file was compiled from")
    return Attachment(name, mime, relationship, data, "a file the note names")


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def sha256(data: bytes) -> str:
    """The digest in hexadecimal; the interpreter's own module, for hashlib would load OpenSSL (1 ms)."""
    if not _hashes:
        _hashes.append(_own_sha256())
    return str(_hashes[0](data).hexdigest())


_hashes: list[Any] = []  # the function, once found: an import that fails costs 0.1 ms each time


def _own_sha256() -> Any:
    import sys

    try:
        if sys.version_info >= (3, 12):
            from _sha2 import sha256 as made  # type: ignore[import-not-found,unused-ignore]
        else:
            from _sha256 import sha256 as made  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from hashlib import sha256 as made
    return made


# --- what it was made with -------------------------------------------------------------------------------------------

_known: dict[str, dict[str, dict[str, str]]] = {}


def made_with(fonts: Sequence[str], world: World) -> dict[str, dict[str, str]]:
    """The digests of font files and the versions of what decides the bytes; kept until a font or a package changes."""
    from marshal import dumps, loads

    folders = world.packages()
    state = [(path, world.identity(path)) for path in (*fonts, *folders)]
    key = sha256(repr((FORMAT, __version__, state)).encode("utf-8"))
    found = _known.get(key)
    if found is None:
        kept = world.cached("digests", key)
        found = _known[key] = loads(kept) if kept is not None else _looked_up(fonts, folders, world)
        if kept is None:
            world.store("digests", key, dumps(found))
    return found


def _looked_up(fonts: Sequence[str], folders: Sequence[str], world: World) -> dict[str, dict[str, str]]:
    digests = {_base(path): font_digest(path, world) for path in fonts}
    return {"fonts": dict(sorted(digests.items())), "versions": {"compile-note": __version__, **versions(folders, world)}}


def font_digest(path: str, world: World) -> str:
    """The SHA-256 of a font file.

    That of a font out of a pip package is read from the package's RECORD, which pip has held against the file: digesting
    the 80 MB of a brand's fonts would take longer than the whole compile.
    """
    found = _recorded(path, world)
    if not found:
        from hashlib import sha256 as fast  # with OpenSSL: a font is large

        found = fast(world.peek(path)).hexdigest()
    return found


def _recorded(path: str, world: World) -> str:
    """The digest a wheel gives for one of its files, or ""."""
    plain = path.replace("\\", "/")
    folder, _, name = plain.rpartition("/")
    site, _, package = folder.rpartition("/")
    for entry in world.listdir(site):
        if not entry.endswith(".dist-info") or not entry.startswith(package[:8]):
            continue
        try:
            lines = world.peek(f"{site}/{entry}/RECORD").decode("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for line in lines:
            if line.startswith(f"{package}/{name},sha256="):
                from binascii import a2b_base64

                text = line.split(",")[1].removeprefix("sha256=").replace("-", "+").replace("_", "/")
                return a2b_base64(text + "=" * (-len(text) % 4)).hex()
    return ""


def versions(folders: Sequence[str], world: World) -> dict[str, str]:
    """The versions of the libraries that decide the bytes, read from the names of their folders."""
    from zlib import ZLIB_RUNTIME_VERSION

    found = {"zlib": ZLIB_RUNTIME_VERSION}
    for folder in folders:
        for entry in world.listdir(folder):
            if entry.endswith(".dist-info"):
                name, _, version = entry[:-10].partition("-")
                name = name.lower().replace("_", "-")
                if name in LIBRARIES:
                    found.setdefault(name, version)
    return dict(sorted(found.items()))


def _json(value: object, indent: str = "") -> str:
    """A value of mappings, lists, strings and whole numbers as JSON (`import json` costs 2 ms)."""
    if isinstance(value, dict):
        if not value:
            return "{}"
        inner = indent + " "
        lines = [f"{inner}{_quoted(str(key))}: {_json(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list):
        return "[\n" + ",\n".join([f"{indent} {_json(item, indent + ' ')}" for item in value]) + f"\n{indent}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """A JSON string (RFC 8259, 7); loading the interpreter's `_json` takes 0.3 ms."""
    if not text.isprintable() or '"' in text or "\\" in text:
        text = text.translate({**{code: f"\\u{code:04x}" for code in range(32)}, **_ESCAPES})
    return f'"{text}"'


_ESCAPES = {ord(char): "\\" + letter for char, letter in zip('"\\\b\f\n\r\t', '"\\bfnrt')}
