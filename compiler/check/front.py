"""Key points and key figures: what a note says on its first page, section by section.

In: the nodes `points` and `figures`.  Out: them in the order of the sections.
"""

from __future__ import annotations

from ..diagnostics import nearest
from ..model import SECTION_ALIASES, SECTION_KINDS, SECTION_TITLES, KeyFigure, KeyPoint
from ..syntax import Mapping, Scalar, Sequence
from .blocks import inlines_of
from .inline import passage_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..syntax import Node
    from .reader import Reader


def _kind(node: Scalar, reader: Reader) -> str | None:
    """The section a key or value names; None after a report."""
    kind = SECTION_ALIASES.get(node.value)
    if kind is None:
        near = nearest(node.value, list(SECTION_ALIASES))
        tip = f"did you mean `{near}`?" if near else f"one of: {', '.join(SECTION_TITLES.values())}"
        reader.report.error("point-section", f"there is no section `{node.value}`", node.span, help=tip)
    return kind


def read_points(node: Node | None, reader: Reader) -> tuple[KeyPoint, ...]:
    """The key points, a section each."""
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        tip = "write `points: {市场概况: …, 热点聚焦: …}`"
        reader.report.error("note-type", "`points` maps sections to a sentence or two each", node.span, help=tip)
        return ()
    found: dict[str, KeyPoint] = {}
    for key, value in node.entries:
        kind = _kind(key, reader)
        inlines = inlines_of(value, "points", reader)
        if kind is None:
            continue
        if not inlines:
            reader.report.error("point-empty", f"the key point `{key.value}` is empty", key.span)
        if kind in found:
            notes = ((found[kind].span, "first given here"),)
            reader.report.error("note-key", f"the key point of `{SECTION_TITLES[kind]}` is given twice", key.span, notes=notes)
        found[kind] = KeyPoint(kind, inlines, key.span)
    return tuple([found[kind] for kind in SECTION_KINDS if kind in found])


def read_figures(node: Node | None, reader: Reader) -> tuple[KeyFigure, ...]:
    """The key figures, at most one a section."""
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        tip = 'write `- {number: "+2.06", unit: "%", text: 上证指数当周涨幅, section: 市场概况}`'
        reader.report.error("note-type", "`figures` is a list", node.span, help=tip)
        return ()
    found: dict[str, KeyFigure] = {}
    for item in node.items:
        if not isinstance(item, Mapping):
            reader.report.error("note-type", "a key figure is a mapping", item.span, help="give `number`, `text` and `section`")
            continue
        reader.keys(item, ("number", "unit", "text", "section"), "a key figure")
        values = {key: reader.text(item.get(key), key) for key in ("number", "unit", "text")}
        missing = [key for key in ("number", "text", "section") if item.get(key) is None]
        for key in missing:
            reader.report.error("note-missing", f"a key figure has no `{key}`", item.span, help=f"add `{key}: …`")
        number = item.get("number")
        if reader.prose is not None and isinstance(number, Scalar):
            printed = (values["number"],) if "{{" in number.value else ()
            reader.keep(passage_of(number), printed, values["unit"])
        section = item.get("section")
        if section is not None and not isinstance(section, Scalar):
            reader.text(section, "section")  # reports what it is
            continue
        kind = _kind(section, reader) if section is not None else None
        if kind is None:
            continue
        if kind in found:
            notes = ((found[kind].span, "first given here"),)
            reader.report.error("note-key", f"section `{SECTION_TITLES[kind]}` has two key figures", item.span, notes=notes)
        found[kind] = KeyFigure(values["number"], values["unit"], values["text"], kind, item.span)
    return tuple([found[kind] for kind in SECTION_KINDS if kind in found])
