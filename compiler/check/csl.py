"""CSL-JSON files: text → items with the place of each, and an item → a source.

In: a decoded file.  Out: items in their order; on demand the source of one.  Always: a fault of the form is reported at its line
and column; a fault inside an item at its key, and only when the item is cited.  Rule: the CSL-JSON schema 1.0.2.
"""

from __future__ import annotations

import json

from ..diagnostics import Span
from ..model import Source
from ..pattern import later
from ..record import Record
from .entries import iso, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..diagnostics import Report, SourceFile

KINDS = {
    "article-journal": "论文", "article-magazine": "论文", "article-newspaper": "新闻", "article": "其他", "webpage": "官网",
    "post": "官网", "post-weblog": "官网", "report": "报告", "book": "图书", "chapter": "图书", "entry-encyclopedia": "图书",
    "paper-conference": "会议", "thesis": "学位论文", "dataset": "数据集", "legislation": "法规", "regulation": "法规",
    "bill": "法规", "standard": "标准", "patent": "专利", "software": "软件",
}  # fmt: skip
_BLANK = later(r"\s*")
_TAG = later(r"</?(?:i|b|em|strong|sup|sub|span|sc)\b[^<>]*>")
_SMALL = later(r"[0-9]{1,4}$")
_UNPRINTABLE = later("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")  # escapes can hide them
_DASH = later(r"\s*[-\u2010-\u2015\u2212]+\s*")


class Item(Record):
    """An item: its id, what it holds, and where it stands."""

    id: str
    fields: dict[str, Any]
    span: Span

    def at(self, key: str) -> Span:
        """Where a key's value stands."""
        found = self.span.find(f'"{key}"')
        return found if found is not None else self.span.narrow(self.span.start, self.span.start + 1)


class _Twice(Exception):
    """A key given twice in one object."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for at, name in enumerate(names) if name in names[:at]))
    return out


def read_items(file: SourceFile, report: Report) -> list[Item]:
    """All items of a file; those before a fault of the form too."""
    text = file.text
    decoder = json.JSONDecoder(object_pairs_hook=_pairs)
    out: list[Item] = []

    def fail(message: str, at: int) -> list[Item]:
        report.error(
            "bibliography-syntax",
            message,
            Span(file, min(at, max(len(text) - 1, 0)), at + 1),
            help='a CSL-JSON file is a list of items: `[{"id": "…", "title": "…"}]`',
        )
        return out

    at = _blank(text, 0)
    if text[at : at + 1] != "[":
        return fail("the file is no list", at)
    at = _blank(text, at + 1)
    while text[at : at + 1] != "]":
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as fault:
            return fail(f"this is no JSON: {fault.msg[:1].lower()}{fault.msg[1:]}", fault.pos)
        except _Twice as fault:
            return fail(f"an item has the key `{fault}` twice", at)
        except RecursionError:
            return fail("lists are nested too deeply", at)
        except ValueError:  # a number of thousands of digits
            return fail("this is no JSON: a number is too long", at)
        id = value.get("id") if isinstance(value, dict) else None
        if not isinstance(id, str | int) or isinstance(id, bool) or not str(id).strip():
            fail("an item has an `id`", at)
        else:
            out.append(Item(str(id).strip(), value, Span(file, at, end)))
        at = _blank(text, end)
        if text[at : at + 1] == ",":
            at = _blank(text, at + 1)
        elif text[at : at + 1] != "]":
            return fail("a comma or `]` is missing here", at)
    rest = _blank(text, at + 1)
    return out if rest == len(text) else fail("the file goes on after its list", rest)


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


# --- an item as a source ---------------------------------------------------------------------------------------------


def source_of(item: Item, report: Report) -> tuple[Source, dict[str, Span]]:
    """The source of a cited item, and where each of its parts stands."""
    kind = KINDS.get(_text(item, "type"), "")
    url = _address(item, report)
    issued = _date(item, "issued", report)
    title = _text(item, "title")
    number = _text(item, "number")
    source = Source(
        item.id,
        kind or ("官网" if url else "其他"),
        _text(item, "publisher"),
        title,
        whole(issued),
        whole(_date(item, "accessed", report)),
        url,
        "",
        item.span.narrow(item.span.start, item.span.start + 1),
        issued,
        _names(item, report),
        _text(item, "container-title"),
        _text(item, "volume"),
        _text(item, "issue"),
        _DASH.sub("-", _text(item, "page")),
        number,
        _text(item, "publisher-place"),
        _text(item, "edition"),
        _text(item, "language").lower(),
    )
    keys = {"date": "issued", "accessed": "accessed", "url": "URL"}
    return source, {name: item.at(key) for name, key in keys.items() if key in item.fields}


def _text(item: Item, key: str) -> str:
    value = item.fields.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return " ".join(_UNPRINTABLE.sub(" ", _TAG.sub("", str(value))).split())


def _address(item: Item, report: Report) -> str:
    url = _text(item, "URL")
    if url and (not url.lower().startswith(("https://", "http://")) or " " in url):
        report.error("link-target", f"`{url}` is no web address", item.at("URL"), help="write it in full: `https://…`")
        return ""
    doi = _text(item, "DOI").removeprefix("https://doi.org/")
    return url or (f"https://doi.org/{doi}" if doi else "")


def _date(item: Item, key: str, report: Report) -> str:
    """`2023`, `2023-12` or `2023-12-29`."""
    value = item.fields.get(key)
    if value is None:
        return ""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    raw = value.get("raw") or value.get("literal") if isinstance(value, dict) else value
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and first and all([_SMALL.match(str(part)) for part in first]):
        raw = "-".join([f"{int(part):02d}" for part in first])
    found = iso(str(raw)) if raw is not None else ""
    if not found:
        tip = 'write `{"date-parts": [[2023, 12, 29]]}`'
        report.error("bibliography-date", f"`{key}` of `{item.id}` is no date", item.at(key), help=tip)
    return found


def _names(item: Item, report: Report) -> tuple[str, ...]:
    key = next((key for key in ("author", "editor") if item.fields.get(key)), "")
    people = item.fields.get(key) if key else ()
    out = []
    for person in people if isinstance(people, list | tuple) else (people,):
        name = _name(person) if isinstance(person, dict) else ""
        if not name:
            tip = 'write `{"family": "…", "given": "…"}` or `{"literal": "…"}`'
            report.error("bibliography-field", f"an author of `{item.id}` has no name", item.at(key), help=tip)
            continue
        out.append(name)
    return tuple(out)


def _name(person: dict[str, Any]) -> str:
    literal, family, given, suffix, *particles = (
        _UNPRINTABLE.sub(" ", str(person.get(key) or "")).strip()
        for key in ("literal", "family", "given", "suffix", "dropping-particle", "non-dropping-particle")
    )
    if not family:
        return f"{{{literal or given}}}" if literal or given else ""
    family = " ".join([part for part in (*particles, family) if part])
    return ", ".join([part for part in (family, suffix, given) if part]) if given else f"{{{family}}}"
