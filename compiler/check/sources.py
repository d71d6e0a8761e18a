"""Sources of facts: `sources:` of a note, and what is asked of every source that is cited.

In: the node of `sources`, or a source read from a bibliography.  Out: the reader's sources.  Always: each fault stands at the
key it concerns.  Rule: GB/T 7714-2015 wants for what is read online its address and the day it was read (4.6).
"""

from __future__ import annotations

import re

from ..diagnostics import nearest
from ..model import Source
from ..pattern import later
from ..syntax import Mapping, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..diagnostics import Span
    from ..model import Date
    from ..syntax import Node
    from .reader import Reader

MORE_KEYS = ("container", "volume", "issue", "pages", "number", "place", "edition")
SOURCE_KEYS = ("kind", "publisher", "title", "date", "accessed", "url", "owner", "authors", *MORE_KEYS)
SOURCE_KINDS = (
    "官网", "公告", "法规", "数据库", "新闻", "报告", "论文", "图书", "会议", "学位论文", "标准", "专利", "数据集",
    "软件", "其他",
)  # fmt: skip
_PART = later(r"(\d{4})(?:-(\d{2}))?$", re.ASCII)
_UNCITABLE = later(r"[\s;,\[\]@；，]")
_BETWEEN = later(r"\s*[;；、，]\s*|\s+and\s+")
_HAN_COMMA = later(r"(?<=[^\x00-\u2e7f])\s*,\s*(?=[^\x00-\u2e7f])")


def read_sources(node: Node | None, reader: Reader) -> None:
    """Read `sources:` of a note."""
    if node is None:
        return
    if not isinstance(node, Mapping):
        reader.report.error("note-type", "`sources` maps ids to sources", node.span, help="write `sse: {title: …}`")
        return
    for key, value in node.entries:
        if not isinstance(value, Mapping):
            reader.report.error("note-type", f"source `{key.value}` must be a mapping", value.span, help="add `title:`")
            continue
        if _UNCITABLE.search(key.value):
            reader.report.error("source-id", f"`{key.value}` cannot be cited", key.span, help="use letters, digits, - and _")
        _read_source(key, value, reader)


def _read_source(key: Scalar, node: Mapping, reader: Reader) -> None:
    reader.keys(node, SOURCE_KEYS, f"source `{key.value}`")
    kind_node = node.get("kind")
    kind = reader.text(kind_node, "kind")
    if kind and kind_node is not None and kind not in SOURCE_KINDS:
        near = nearest(kind, SOURCE_KINDS)
        tip = f"did you mean `{near}`?" if near else f"one of: {', '.join(SOURCE_KINDS)}"
        reader.report.error("source-kind", f"no kind of source `{kind}`", kind_node.span, help=tip)
    url_node = node.get("url")
    url = reader.text(url_node, "url")
    if url and url_node is not None:
        reader.link(url, url_node.span)
    day, issued = _issued(node.get("date"), reader)
    source = Source(
        key.value,
        kind,
        reader.text(node.get("publisher"), "publisher"),
        reader.text(node.get("title"), "title"),
        day,
        reader.date(node.get("accessed"), "accessed"),
        url,
        reader.text(node.get("owner"), "owner"),
        key.span,
        issued,
        _authors(node.get("authors"), reader),
        *[reader.text(node.get(name), name) for name in MORE_KEYS],
    )
    reader.sources[key.value] = source
    check_source(source, {name.value: value.span for name, value in node.entries}, reader)


def _issued(node: Node | None, reader: Reader) -> tuple[Date | None, str]:
    """A day, or only its year or month: journals and books are dated so."""
    found = _PART.match(reader.text(node, "date")) if isinstance(node, Scalar) else None
    if found is not None and (found.group(2) is None or 1 <= int(found.group(2)) <= 12):
        return None, found.group()
    day = reader.date(node, "date")
    return day, day.iso if day else ""


def _authors(node: Node | None, reader: Reader) -> tuple[str, ...]:
    """One name or a list; names in one string are parted by ; 、 ， or `and`."""
    names: list[str] = []
    for item in node.items if isinstance(node, Sequence) else (node,) if node is not None else ():
        text = reader.text(item, "authors")
        parts = [text] if text[:1] == "{" else _BETWEEN.split(_HAN_COMMA.sub("、", text))
        names += [part for part in parts if part]
    return tuple(names)


def check_source(source: Source, places: dict[str, Span], reader: Reader) -> None:
    """Report what a source lacks for the list of references, and days that cannot be."""
    report = reader.report
    if not source.title:
        report.error("source-title", f"source `{source.id}` has no `title`", source.span, help="add `title:`")
    if not (source.publisher or source.authors or source.container):
        report.warning(
            "source-publisher",
            f"nobody is named for source `{source.id}`",
            source.span,
            help="add `publisher:`, or `authors:`; the lines under exhibits name it",
        )
    read, issued, published = source.accessed, source.issued, reader.published
    if read and issued and read.iso[: len(issued)] < issued:
        report.error(
            "source-dates",
            f"source `{source.id}` was read on {read.iso}, before it was published ({issued})",
            places.get("accessed", source.span),
            help="`date` is when it was published or last changed, `accessed` when it was read",
        )
    if published and issued > published.iso[: len(issued)]:
        report.error(
            "source-dates",
            f"source `{source.id}` is dated {issued}, after the note ({published.iso})",
            places.get("date", source.span),
            help="correct `date` of the source, or `published` of the note",
        )
    if published and read and read.iso > published.iso:
        report.warning(
            "source-dates",
            f"source `{source.id}` was read on {read.iso}, after the note ({published.iso})",
            places.get("accessed", source.span),
            help="correct `accessed` of the source, or `published` of the note",
        )
    if source.url and source.kind and not read and not source.url.startswith("https://doi.org/"):
        report.warning(
            "source-accessed",
            f"source `{source.id}` has an address, but not the day it was read",
            places.get("url", source.span),
            help="add `accessed:`, for pages change (GB/T 7714 asks for it)",
        )
