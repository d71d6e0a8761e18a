"""Blocks given as YAML: figures, tables, charts, quotations, views, lists; and the strings of Markdown between them.

In: a section's node.  Out: blocks.  Rule: every figure has a picture, an alternative text that says what it shows
(ISO 14289-1, 7.3), a caption and a source (house rule, 2023).
"""

from __future__ import annotations

import os

from ..diagnostics import nearest
from ..model import Callout, Chart, Credit, Figure, Heading, List, ListItem, PageBreak, Paragraph, Quote, Table
from ..syntax import Mapping, Scalar, Sequence
from ..words import han_number
from .inline import parse_inlines, passage_of
from .markdown import DEEPEST, parse_blocks
from .reader import listed
from .tables import TABLE_KEYS, read_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..data.model import DataTable
    from ..diagnostics import Span
    from ..model import Block, Date, Inline
    from ..syntax import Node
    from .reader import Reader

KEYWORDS = ("text", "heading", "list", "table", "figure", "chart", "quote", "view", "break")
FIGURE_KEYS = ("image", "alt", "caption", "source", "source-text", "as-of", "unit", "note", "width", "wide", "side", "id")


def read_blocks(node: Node, reader: Reader) -> tuple[Block, ...]:
    """A section's body: Markdown, or a list of blocks."""
    if isinstance(node, Scalar):
        return parse_blocks(node, reader)
    if isinstance(node, Mapping):
        made = _block(node, reader)
        _check_sides(made, reader)
        return tuple(made)
    out: list[Block] = []
    for item in node.items:
        if isinstance(item, Scalar):
            out += parse_blocks(item, reader)
        elif isinstance(item, Mapping):
            out += _block(item, reader)
        else:
            reader.report.error("note-type", "a block is text or one keyword with its content", item.span)
    _check_sides(out, reader)
    return tuple(out)


def _check_sides(blocks: list[Block], reader: Reader) -> None:
    """Each small exhibit for the side column stands right behind the paragraph it is level with, others between at most."""
    served = False
    for block in blocks:
        if not isinstance(block, Figure | Table | Chart) or not block.side:
            served = isinstance(block, Paragraph)
        elif not served:
            tip = "put it right behind the paragraph it stands beside, or leave `side` out"
            reader.report.error("side-place", "there is no paragraph before this small exhibit", block.span, help=tip)
        elif block.wide:
            reader.report.error("side-wide", "an exhibit is `wide` or stands in the side column", block.span, help="choose one")


def _block(node: Mapping, reader: Reader) -> list[Block]:
    leading = [key for key, _ in node.entries if key.value in KEYWORDS]
    if not leading:
        first = node.entries[0][0] if node.entries else None
        near = nearest(first.value, KEYWORDS) if first else None
        reader.report.error(
            "block-unknown",
            f"no block starts with `{first.value if first else ''}`",
            first.span if first else node.span,
            help=f"did you mean `{near}`?" if near else f"blocks: {', '.join(KEYWORDS)}",
        )
        return []
    key = leading[0]
    value = node.get(key.value)
    assert value is not None
    if key.value in ("table", "figure", "chart"):
        return _exhibit(node, key, value, reader)
    extra = {"quote": ("by", "date"), "view": ("label",)}.get(key.value, ())
    reader.keys(node, (key.value, *extra), f"`{key.value}`")
    if key.value == "text":
        return list(read_blocks(value, reader))
    if key.value == "heading":
        return _heading(value, reader)
    if key.value == "list":
        return _list(value, reader)
    if key.value == "quote":
        by, date = reader.text(node.get("by"), "by"), reader.text(node.get("date"), "date")
        return [Quote(read_blocks(value, reader), by, date, node.span)]
    if key.value == "view":
        label = reader.text(node.get("label"), "label") or reader.words.view
        return [Callout(label, read_blocks(value, reader), key.span)]
    if reader.text(value, "break") != "page":
        reader.report.error("note-type", "`break` knows only `page`", value.span)
    return [PageBreak(key.span)]


def _exhibit(node: Mapping, key: Scalar, value: Node, reader: Reader) -> list[Block]:
    """A table, figure or chart; what it cites stands behind the numbers in it."""
    reader.credited = _ids(node if key.value == "chart" else value, reader)
    made: Block | None
    if key.value == "chart":
        from .charts import read_chart

        made = read_chart(node, key, reader)
    else:
        reader.keys(node, (key.value,), f"`{key.value}`", TABLE_KEYS if key.value == "table" else FIGURE_KEYS)
        made = read_table(value, key, reader) if key.value == "table" else _figure(value, key, reader)
    reader.credited = ()
    return [made] if made else []


def _ids(node: Node, reader: Reader) -> tuple[str, ...]:
    """The ids of an exhibit's sources, as they are written; none is checked here."""
    if not isinstance(node, Mapping):
        return ()
    source, table = node.get("source"), _data_of(node, reader)
    if source is None and table is not None:
        return (table.source,) if table.source else ()
    items = source.items if isinstance(source, Sequence) else (source,)
    return tuple([item.value.strip().removeprefix("@") for item in items if isinstance(item, Scalar)])


def _heading(node: Node, reader: Reader) -> list[Block]:
    if not isinstance(node, Scalar):
        reader.report.error("note-type", "`heading` must be text", node.span)
        return []
    return [Heading(1, parse_inlines(passage_of(node), reader), node.span)]


def _list(node: Node, reader: Reader, depth: int = 1) -> list[Block]:
    """`list:` with plain items, or nested lists; numbered with `{numbered: （1）, items: […]}`."""
    numbering = "bullet"
    items: Node | None = node
    if isinstance(node, Mapping):
        reader.keys(node, ("numbered", "items"), "`list`")
        forms = {"1.": "decimal", "（1）": "paren", "(1)": "paren", "①": "circle", "一、": "han"}
        wanted = reader.text(node.get("numbered"), "numbered") or "1."
        numbering = forms.get(wanted, "")
        if not numbering:
            place = node.get("numbered") or node
            reader.report.error("note-type", f"no numbering `{wanted}`", place.span, help=f"one of: {', '.join(forms)}")
            numbering = "decimal"
        items = node.get("items")
    if not isinstance(items, Sequence):
        reader.report.error("note-type", "`list` must be a list of items", node.span, help="start each item with `- `")
        return []
    if depth > DEEPEST:
        reader.report.error("block-depth", f"lists nest {DEEPEST} deep at most", node.span, help="flatten it")
        return []
    out: list[ListItem] = []
    for item in items.items:
        nested = isinstance(item, Sequence)
        blocks = tuple(_list(item, reader, depth + 1)) if nested else read_blocks(item, reader)
        if nested and out:  # a list inside the list belongs to the item before it
            out[-1] = out[-1].replace(blocks=(*out[-1].blocks, *blocks))
        else:
            out.append(ListItem(_label(numbering, len(out) + 1), blocks, item.span))
    return [List(numbering, tuple(out), node.span)]


def _label(numbering: str, number: int) -> str:
    if numbering == "decimal":
        return f"{number}."
    if numbering == "paren":
        return f"（{number}）"
    if numbering == "circle":
        return chr(0x2460 + number - 1) if number <= 20 else f"（{number}）"
    if numbering == "han":
        return f"{han_number(number)}、"
    return "•"


# --- figures ---------------------------------------------------------------------------------------------------------


def inlines_of(node: Node | None, what: str, reader: Reader) -> tuple[Inline, ...]:
    """A short text with inline Markdown."""
    if node is None:
        return ()
    if not isinstance(node, Scalar):
        reader.report.error("note-type", f"`{what}` must be text", node.span)
        return ()
    return parse_inlines(passage_of(node), reader)


def read_credit(node: Mapping, key: Scalar, what: str, reader: Reader, *, needed: bool) -> Credit | None:
    """`source:` (an id or several), `as-of:` and `source-text:` of an exhibit."""
    source = node.get("source")
    words = reader.text(node.get("source-text"), "source-text")
    as_of = read_as_of(node.get("as-of"), reader, reader.max_age)
    table = _data_of(node, reader)
    if table is not None:
        as_of = as_of or table.as_of
        if source is None and table.source:
            source = Scalar(table.source, table.span, "")
    if source is None or (isinstance(source, Sequence) and not source.items):
        if needed:
            known = reader.known()
            tip = f"add `source: <id>` naming one of: {listed(known)}" if known else "add the source under `sources:` first"
            if words:
                tip += "; `source-text` alone names no source"
            reader.report.error(f"{what}-source", f"{what} has no source", key.span, label="图片须注明资料来源", help=tip)
        return Credit((), (), words, key.span, as_of) if words or as_of else None
    ids: list[str] = []
    numbers: list[int] = []
    for item in source.items if isinstance(source, Sequence) else (source,):
        if not isinstance(item, Scalar):
            reader.report.error("note-type", "`source` names sources by their ids", item.span)
            continue
        id = item.value.strip().removeprefix("@")
        number = reader.cite(id, item.span)
        if number:
            ids.append(id)
            numbers.append(number)
    return Credit(tuple(ids), tuple(numbers), words, source.span, as_of)


def _data_of(node: Mapping, reader: Reader) -> DataTable | None:
    """The data of the note an exhibit is drawn from."""
    data = node.get("data")
    return reader.data.get(data.value.strip()) if isinstance(data, Scalar) else None


def read_as_of(node: Node | None, reader: Reader, max_age: int | None) -> Date | None:
    """The day facts are of: not after the note, and no older than `max_age` days."""
    day = reader.date(node, "as-of")
    published = reader.published
    if day is None or node is None or published is None:
        return day
    age = published.ordinal - day.ordinal
    if age < 0:
        tip = "correct `as-of`, or `published` of the note"
        reader.report.error("as-of-late", f"{day.iso} is after the note's day, {published.iso}", node.span, help=tip)
    elif max_age is not None and age > max_age:
        message = f"{day.iso} is {age} days before the note's day; its `max-age` is {max_age}"
        reader.report.error("as-of-old", message, node.span, help="bring newer facts, or allow a greater `max-age`")
    return day


def _figure(node: Node, key: Scalar, reader: Reader) -> Figure | None:
    if not isinstance(node, Mapping):
        reader.report.error("note-type", "`figure` needs `image`, `alt`, `caption` and `source`", node.span)
        return None
    reader.keys(node, FIGURE_KEYS, "`figure`")
    image, alt, caption = node.get("image"), node.get("alt"), node.get("caption")
    for name, value, why in (
        ("image", image, "the path of the picture, from the note's folder"),
        ("alt", alt, "what the picture shows, for those who cannot see it"),
        ("caption", caption, "what the reader should take from it"),
    ):
        if value is None:
            reader.report.error(f"figure-{name}", f"figure has no `{name}`", key.span, help=f"add `{name}:` — {why}")
    words = inlines_of(caption, "caption", reader)
    note = inlines_of(node.get("note"), "note", reader)
    credit = read_credit(node, key, "figure", reader, needed=True)
    path = find_file(image, "figure", reader) if isinstance(image, Scalar) else None
    if isinstance(alt, Scalar) and isinstance(caption, Scalar):
        from .alts import check_alt

        check_alt(alt, caption, "figure", node, reader)
    width = _width(node.get("width"), reader)
    if path is None or image is None or alt is None or caption is None or credit is None:
        return None
    return Figure(
        path,
        reader.text(alt, "alt"),
        words,
        reader.text(node.get("unit"), "unit"),
        note,
        credit,
        width,
        reader.truth(node.get("wide"), "wide"),
        reader.label(node.get("id")),
        key.span,
        image.span,
        reader.truth(node.get("side"), "side"),
    )


def _width(node: Node | None, reader: Reader) -> float:
    if node is None:
        return 1.0
    text = reader.text(node, "width").replace("％", "%")
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        value = 0.0
    if not 0.05 <= value <= 1.0:
        reader.report.error("note-type", "`width` is a share of the column: 5% to 100%", node.span)
        return 1.0
    return value


def find_file(scalar: Scalar, what: str, reader: Reader) -> str | None:
    """A file the note names: from its folder, then from its root; never outside the root, links followed."""
    name = scalar.value.strip()
    world = reader.world
    if os.path.isabs(name) or (len(name) > 1 and name[1] == ":"):
        reader.report.error(
            f"{what}-outside", "a path counts from the note's folder", scalar.span, help="copy the file beside the note"
        )
        return None
    tried = [os.path.normpath(os.path.join(folder, *name.split("/"))) for folder in (reader.folder, reader.root)]
    for path in tried:
        if world.exists(path):
            if not world.inside(reader.root, path):
                _outside(what, scalar.span, reader)
                return None
            if world.is_dir(path):
                reader.report.error(f"{what}-missing", f"`{name}` is a folder", scalar.span, help="name a file in it")
                return None
            return path
    if not (tried[0] + os.sep).startswith(reader.root.rstrip(os.sep) + os.sep):
        _outside(what, scalar.span, reader)
        return None
    near = nearest(os.path.basename(name), world.listdir(os.path.dirname(tried[0])))
    folder = "/".join(name.split("/")[:-1])
    tip = f"did you mean `{folder + '/' if folder else ''}{near}`?" if near else f"looked in {reader.folder} and {reader.root}"
    reader.report.error(f"{what}-missing", f"there is no file `{name}`", scalar.span, help=tip)
    return None


def _outside(what: str, span: Span, reader: Reader) -> None:
    reader.report.error(
        f"{what}-outside",
        "the file lies outside the note's root",
        span,
        help=f"copy it into {reader.root}: a note must be complete in its folder",
    )
