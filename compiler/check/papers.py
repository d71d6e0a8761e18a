"""The disclaimers a note asks for: Markdown with a head, or a finished PDF.

In: the ids under `disclaimers:`.  Out: text disclaimers parsed, ready-made ones located.  Rule: what is printed must be in
force on the day of publication (house rule, 2023).
"""

from __future__ import annotations

import os

from ..diagnostics import nearest
from ..model import Article, ReadyDisclaimer, TextDisclaimer
from ..syntax import Mapping, Scalar, Sequence, decode, front_matter
from .reader import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..diagnostics import SourceFile, Span
    from ..model import Block, Date
    from ..syntax import Node

FOLDER = "disclaimers"
HEAD_KEYS = ("title", "language", "version", "effective", "expires")


def read_disclaimers(node: Node | None, reader: Reader, published: Date | None) -> tuple[TextDisclaimer | ReadyDisclaimer, ...]:
    """All disclaimers in the order asked for."""
    if node is None:
        return ()
    out: list[TextDisclaimer | ReadyDisclaimer] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        wanted = _wanted(item, reader)
        if wanted is None:
            continue
        name, kinds, title, span, alt = wanted
        found = _find(name, kinds, reader, span)
        if found is None:
            continue
        if found.endswith(".pdf"):
            out.append(ReadyDisclaimer(name, title or name, found, span, alt))
        else:
            text = _text(name, found, reader, span, published)
            if text is not None:
                out.append(text.replace(title=title) if title else text)
    return tuple(out)


def _wanted(item: Node, reader: Reader) -> tuple[str, tuple[str, ...], str, Span, str] | None:
    """Id, possible endings, title, span and alternative text of one entry."""
    if isinstance(item, Mapping):
        reader.keys(item, ("pdf", "text", "title", "alt"), "a disclaimer")
        alt = reader.text(item.get("alt"), "alt")
        for key, end in (("pdf", ".pdf"), ("text", ".md")):
            value = item.get(key)
            if isinstance(value, Scalar):
                return value.value.removesuffix(end), (end,), reader.text(item.get("title"), "title"), value.span, alt
        reader.report.error("note-type", "a disclaimer is an id, `{pdf: id}` or `{text: id}`", item.span)
        return None
    name = reader.text(item, "disclaimers")
    if not name:
        return None
    for end in (".md", ".pdf"):
        if name.endswith(end):
            return name.removesuffix(end), (end,), "", item.span, ""
    return name, (".md", ".pdf"), "", item.span, ""


def _find(name: str, kinds: tuple[str, ...], reader: Reader, span: Span) -> str | None:
    if not any(char in name for char in "/\\:") and not name.startswith("."):
        for end in kinds:
            path = reader.world.asset(reader.root, f"{FOLDER}/{name}{end}")
            if path is not None:
                return path
    names = reader.world.asset_names(reader.root, FOLDER)
    known = [entry.rsplit(".", 1)[0] for entry in names if entry.endswith((".md", ".pdf"))]
    near = nearest(name, known)
    tip = f"did you mean `{near}`?" if near else f"disclaimers here: {', '.join(known) or 'none'}"
    reader.report.error("disclaimer-unknown", f"there is no disclaimer `{name}`", span, help=tip)
    return None


def _text(name: str, path: str, reader: Reader, span: Span, published: Date | None) -> TextDisclaimer | None:
    report = reader.report
    before = report.errors
    shown = os.path.relpath(path, reader.world.cwd) if path.startswith(reader.root) else path
    try:
        data = reader.world.read(path)
    except OSError as fault:
        report.error("disclaimer-unreadable", f"{shown} cannot be read: {fault.strerror}", span)
        return None
    file = decode(shown, data, report)
    if file is None:
        return None
    head, start = front_matter(file, report)
    if report.errors > before:
        return None
    inner = Reader(report, reader.world, os.path.dirname(path), reader.root)
    at = head.span if head is not None else span.replace(file=file, start=0, end=1)
    if head is None:
        report.error("disclaimer-head", f"{shown} has no head", at, help="start the file with `---`, `title: …`, `---`")
        return None
    inner.keys(head, HEAD_KEYS, "a disclaimer's head")
    title = inner.text(head.get("title"), "title")
    if not title:
        report.error("disclaimer-head", f"{shown} has no `title`", at)
    effective = inner.date(head.get("effective"), "effective")
    expires = inner.date(head.get("expires"), "expires")
    _in_force(name, effective, expires, published, span, reader)
    articles = _articles(file, start, inner)
    if not articles:
        report.error("disclaimer-empty", f"{shown} has no text", at)
    if report.errors > before:
        return None
    language = inner.text(head.get("language"), "language") or "zh-CN"
    version = inner.text(head.get("version"), "version")
    return TextDisclaimer(name, title, language, version, effective, expires, articles, span)


def _in_force(
    name: str, effective: Date | None, expires: Date | None, published: Date | None, span: Span, reader: Reader
) -> None:
    if published is None:
        return
    if effective is not None and published.iso < effective.iso:
        message = f"disclaimer `{name}` is in force only from {effective.iso}"
    elif expires is not None and published.iso > expires.iso:
        message = f"disclaimer `{name}` expired on {expires.iso}"
    else:
        return
    reader.report.error(
        "disclaimer-not-in-force",
        f"{message}; the note is published on {published.iso}",
        span,
        help="ask compliance for the version in force",
    )


def _articles(file: SourceFile, start: int, reader: Reader) -> tuple[Article, ...]:
    """The body cut at its `##` headings."""
    from ..diagnostics import Span as FileSpan
    from .markdown import parse_blocks

    articles: list[Article] = []
    label, label_at, at = "", start, start
    body_at = start
    text = file.text

    def close(end: int) -> None:
        body = text[body_at:end]
        if not body.strip() and not label:
            return
        scalar = Scalar(body, FileSpan(file, body_at, max(end, body_at + 1)), "verbatim")
        blocks: tuple[Block, ...] = parse_blocks(scalar, reader)
        articles.append(Article(label, blocks, FileSpan(file, label_at, label_at + max(len(label), 1))))

    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        if line.startswith("## "):
            close(at)
            label, label_at, body_at = line[3:].strip(), at, stop + 1
        at = stop + 1
    close(len(text))
    return tuple(articles)
