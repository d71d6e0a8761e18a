"""All that knows characters: classes, faces and shaping, line breaking, justification.

`compose` is the composer for others: text and a width in, lines out, no PDF and no font needed.

    >>> from compiler.text import compose
    >>> [line.text for line in compose("上证指数上涨2.06%，深证成指上涨1.19%。", 10)]
    ['上证指数上涨2.06%，', '深证成指上涨1.19%。']
"""

from __future__ import annotations

from .breaking import first_fit, ragged_fit, total_fit
from .characters import AMBIGUOUS_MARKS, HAN, WEST, WEST_MARK
from .items import FULL, Style, itemise
from .justify import set_lines
from .languages import SIMPLIFIED
from .prepare import chain_of
from .prepare import missing_in as missing_in
from .prepare import prepare as prepare_runs
from .setting import Line, Segment, Setting
from .western import divisions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .composer import Composed as Composed
    from .composer import compose as compose
    from .items import Items
    from .languages import Tradition
    from .setting import Run, Word

GAP_EM = 0.25  # Han to Latin (TYPOGRAPHY A1)


def set_paragraph(
    runs: Sequence[Run],
    measure: float,
    *,
    size: float,
    indent: float = 0.0,
    align: str = "justify",
    level: str = "basic",
    autospace_em: float = GAP_EM,
    style: Style = FULL,
    own: Tradition = SIMPLIFIED,
    hyphenate: bool = True,
) -> Setting:
    """Set a paragraph: collect and prepare, break, justify.

    `size` is the paragraph's; runs may differ from it.  `align`: justify; left, right and center, which balance
    up to three lines; ragged (left, fewest lines, the last as long as it comes but no runt); plain (left, each line as full
    as it can be).
    A newline in a run joins as Chinese wants it; U+2028 breaks.  `own` is the tradition of the paragraph's language;
    `hyphenate`: words of a Western paragraph are divided where a line would gape.
    Units: `measure`, `size`, `indent` points.
    """
    parts, missing = prepare_runs(runs, size, own)
    if own.gap is not None:
        autospace_em = own.gap
    em = 1000 / size
    lines: list[Line] = []
    width = measure * em
    for part in parts:
        first = 0.0 if lines else indent * em
        items = itemise(part, width, level, autospace_em * 1000, style)
        breaks = _breaks(items, width, first, align)
        divides = align == "justify" and hyphenate and own.hyphens and len(breaks) > 1
        if divides and 2 * part.classes.count(WEST) > len(part.classes):
            from .hyphens import hyphenated  # few notes have a paragraph that is mostly Western

            gap = autospace_em * 1000
            items, breaks = hyphenated(part, items, breaks, width, first, level, gap, style, own.hyphens)
        made = set_lines(items, breaks, width, first, size, align)
        excess = max([line.overfull for line in made])
        if excess:  # divide what need not be whole, and the first word where it does not fit behind the indent (J6)
            room = width - (first if made[0].overfull else 0)
            items = itemise(part, room, level, autospace_em * 1000, style, strained=True)
            strained = set_lines(items, _breaks(items, width, first, align), width, first, size, align)
            if max([line.overfull for line in strained]) < excess:
                made = strained
        lines += made
    return Setting(tuple(lines), missing)


def _breaks(items: Items, width: float, first: float, align: str) -> list[int]:
    """The entries that end the lines, by the kind of setting."""
    if align == "justify":
        return total_fit(items, width, first)
    if align == "plain":
        return first_fit(items, width, first)
    return ragged_fit(items, width, first, even=align != "ragged")


def plain_line(run: Run, own: Tradition = SIMPLIFIED) -> Line | None:
    """The natural line of a run that is nothing but ideographs, or one number or word; None for any other.

    Most cells of a table are: 10 µs instead of 60.
    """
    text, style = run.text, run.style
    chain = chain_of(style.faces, own)
    classes = text.translate(chain)
    if style.tracking_em or (chain.second and not chain.elsewhere.isdisjoint(text)):
        return None
    shown: str | Word
    if classes and not classes.strip(HAN):
        shown, width = text, 1000.0 * len(text)
    elif classes and not classes.strip(WEST + WEST_MARK) and AMBIGUOUS_MARKS.isdisjoint(text) and not divisions(text):
        shown = chain.faces[0].word(text)
        width = shown.width
    else:
        return None
    width *= style.size / 1000
    return Line((Segment(0.0, width, chain.faces[0], style, 0.0, (shown,), run.owner, text),), width, 0.0, 0.0, text, "¶")


def set_line(runs: Sequence[Run], own: Tradition = SIMPLIFIED) -> Line:
    """One natural line, never broken: labels, page numbers, running heads."""
    if len(runs) == 1:
        line = plain_line(runs[0], own)
        if line is not None:
            return line
    size = max([run.style.size for run in runs], default=1.0)
    parts, _ = prepare_runs(runs, size, own)
    gap = GAP_EM if own.gap is None else own.gap
    items = itemise(parts[0], 1e9, "whole", gap * 1000)
    return set_lines(items, [len(items.at) - 1], 1e9, 0.0, size, "left")[0]


def __getattr__(name: str) -> object:
    """`compose` and `Composed`, imported when they are first asked for: no compile of a note needs them."""
    if name in ("compose", "Composed"):
        from . import composer

        return getattr(composer, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
