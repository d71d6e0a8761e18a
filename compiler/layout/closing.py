"""What closes a note: the list of references and the disclaimers kept as text.

In: cited sources, text disclaimers.  Out: atoms on the same galley.  Rules: GB/T 7714-2015, numeric style (references);
LOOKS (disclaimer page: articles named, never split over columns).
"""

from __future__ import annotations

from ..model import Date, Paragraph, Source
from ..text.setting import Run
from .flow import FREE, NEVER, Atom, Mark, spread
from .frames import Anchor, Element
from .galley import Frame
from .typeset import EM_ABOVE, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Article, TextDisclaimer
    from ..words import Words
    from .frames import Item
    from .galley import Galley

# GB/T 7714-2015, Appendix B: type of document; all of them are read online here when they have an address
KIND_CODES = {
    "官网": "EB",
    "公告": "EB",
    "法规": "S",
    "数据库": "DB",
    "新闻": "N",
    "报告": "R",
    "论文": "J",
}


FIRST_WIDE = 0x2E7F  # the last code point before the CJK blocks
SPLIT_COST = 90.0  # of a page break between references; some five lines of white that need not be cost as much


def reference_words(source: Source) -> tuple[str, str]:
    """A reference without its address, and the address: `国家新闻出版署. 题名[EB/OL]. (2023-12-22)[2023-12-29]. `."""
    code = KIND_CODES.get(source.kind, "EB" if source.url else "Z")
    carrier = "/OL" if source.url else ""
    words = f"{source.publisher}. " if source.publisher else ""
    words += f"{_kept_blanks(source.title)}[{code}{carrier}]. "
    dates = f"({_iso(source.date)})" if source.date else ""
    dates += f"[{_iso(source.accessed)}]" if source.accessed else ""
    if dates:
        words += f"{dates}. "
    if source.owner:
        words += f"{source.owner}. "
    return words, source.url


def _kept_blanks(title: str) -> str:
    """A title whose blanks between Han stay: ordinary ones vanish there in running text (TYPOGRAPHY N2)."""
    out = list(title)
    for at in range(1, len(out) - 1):
        if out[at] == " " and ord(out[at - 1]) > FIRST_WIDE and ord(out[at + 1]) > FIRST_WIDE:
            out[at] = "\u3000"
    return "".join(out)


def _iso(day: Date | None) -> str:
    return day.iso if day else ""


def references(galley: Galley, sources: Sequence[Source], parent: Element) -> None:
    """The list 资料来源: each entry a destination of its citations, its number leading back to the first of them."""
    if not sources:
        return
    style = galley.brand.reference
    setter = galley.setter
    geometry = galley.brand.geometry
    element = Element("Sect", parent, title=style.title)
    heading = Element("H2", element)
    x = geometry.text_x if style.heading_place == "above" else geometry.side_x
    height = style.lines * galley.pitch
    items = galley.rules(style.rules) + setter.label(style.title, style.heading, x, style.heading_baseline, heading)
    galley.pending.append(Mark(style.title, 1))
    ink = min([*(rule.y for rule in style.rules), style.heading_baseline - EM_ABOVE * style.heading.size])
    up = max(ink // galley.pitch, 0) * galley.pitch
    items = [Anchor("references", geometry.full_x, 0.0), *items]
    at_top = Atom(height - up, spread(items, -up), snap=True)
    galley.add(Atom(height, tuple(items), snap=True, at_top=at_top))
    galley.bound = True
    entries = Element("L", element, attributes={"List": {"ListNumbering": "Decimal"}})
    for number, source in enumerate(sources, 1):
        if number > 1:
            galley.space(style.between)
        _reference(galley, number, source, entries)


def _reference(galley: Galley, number: int, source: Source, entries: Element) -> None:
    style = galley.brand.reference
    setter = galley.setter
    geometry = galley.brand.geometry
    entry = Element("LI", entries)
    back = Element("Link", Element("Lbl", entry))
    setter.targets[id(back)] = Target("", f"cite-{number}", galley.words.to_citation.format(number=number))
    baseline = EM_ABOVE * style.style.size
    line = setter.line_of([Run(f"[{number}]", setter.run_style(style.number), back)])
    label = [Anchor(f"source-{number}", geometry.text_x, 0.0), *setter.items(line, geometry.text_x, baseline, back)]
    body = Element("LBody", entry)
    words, url = reference_words(source)
    plain_style = setter.run_style(style.style)
    runs = [Run(words, plain_style)]
    if url:
        link = Element("Link", body)
        setter.targets[id(link)] = Target(url, "", galley.words.link.format(name=url))
        runs.append(Run(url, plain_style, link))
        runs.append(Run(".", plain_style))
    measure = geometry.text_width - style.hang
    lines = setter.lines(runs, style.style, measure, source.span, align="ragged", indent=0.0)
    galley.set_text(
        lines,
        style.style,
        geometry.text_x + style.hang,
        body,
        first=tuple(label),
        snap=False,
        before=SPLIT_COST if number > 1 else FREE,
    )


# --- disclaimers -----------------------------------------------------------------------------------------------------


def disclaimers(galley: Galley, texts: Sequence[TextDisclaimer], root: Element) -> None:
    """All text disclaimers, from a page of their own on."""
    if not texts:
        return
    galley.kind = "disclaimer"
    galley.forced = True
    for index, text in enumerate(texts):
        _disclaimer(galley, text, root, f"disclaimer-{index + 1}", first=index == 0)


def _disclaimer(galley: Galley, text: TextDisclaimer, root: Element, anchor: str, *, first: bool) -> None:
    style = galley.brand.disclaimer
    setter = galley.setter
    geometry = galley.brand.geometry
    language = text.language if text.language != galley.language else ""
    element = Element("Sect", root, title=text.title, lang=language)
    heading = Element("H2", element)
    height = style.title_lines * galley.pitch
    if not first:
        galley.space(style.title_above)
    items = [] if first and not style.rules_first else galley.rules(style.rules)
    items += setter.label(text.title, style.title, geometry.full_x, style.title_baseline, heading)
    up = 0.0
    if first and not style.rules_first:
        up = max(style.title_baseline - EM_ABOVE * style.title.size, 0.0) // galley.pitch * galley.pitch
    galley.pending.append(Mark(text.title, 1))
    items = [Anchor(anchor, geometry.full_x, up), *items]
    galley.add(Atom(height - up, spread(items, -up), page_kind=galley.kind))
    galley.bound = True
    version = _version_items(galley, text, element) if first else ()
    if style.columns == 2:
        _two_columns(galley, text.articles, element, version)
    else:
        _one_column(galley, text.articles, element, version)


def version_words(text: TextDisclaimer, words: Words) -> list[str]:
    """`声明版本 2023-07`, `适用自 2023 年 7 月 1 日`."""
    said = [words.version.format(name=text.version)] if text.version else []
    if text.effective:
        said.append(words.effective.format(name=words.day(text.effective)))
    return said


def _version_items(galley: Galley, text: TextDisclaimer, parent: Element) -> tuple[Item, ...]:
    style = galley.brand.disclaimer
    if style.version_place != "side":
        return ()
    items: list[Item] = []
    y = EM_ABOVE * style.style.size
    for words in version_words(text, galley.words):
        items += galley.setter.label(words, style.version, galley.brand.geometry.side_x, y, Element("P", parent))
        y += style.version.lead
    return tuple(items)


def _one_column(galley: Galley, articles: Sequence[Article], parent: Element, first: tuple[Item, ...]) -> None:
    """Labels in a column of their own at the left, the text beside them; or each label on a line above its article."""
    style = galley.brand.disclaimer
    geometry = galley.brand.geometry
    above = style.label_place == "above"
    hang = 0.0 if above else style.label_width
    x = geometry.text_x + hang
    measure = geometry.text_width - hang
    for index, article in enumerate(articles):
        if index:
            galley.space(style.between)
        element = Element("Sect", parent)
        head: tuple[Item, ...] = first
        first = ()
        if article.label and above:
            name = galley.setter.label(article.label, style.label, x, EM_ABOVE * style.label.size, Element("H3", element))
            galley.add(Atom(style.label.lead, (*head, *name)))
            galley.bound = True
            head = ()
        elif article.label:
            baseline = EM_ABOVE * style.style.size
            head += tuple(galley.setter.label(article.label, style.label, geometry.text_x, baseline, Element("H3", element)))
        _article_text(galley, article, element, Frame(x, measure, style.style, indented=False), head)


def _article_text(galley: Galley, article: Article, parent: Element, frame: Frame, head: tuple[Item, ...]) -> None:
    for block in article.blocks:
        if isinstance(block, Paragraph):
            element = Element("P", parent)
            runs = galley.setter.runs(block.inlines, frame.style, element)
            element.frame = (frame.x, frame.x + frame.measure, frame.style.align)
            lines = galley.setter.lines(runs, frame.style, frame.measure, block.span, indent=0.0)
            galley.set_text(lines, frame.style, frame.x, element, first=head, snap=False)
        else:
            galley.block(block, parent, frame, head)
        head = ()


def _two_columns(galley: Galley, articles: Sequence[Article], parent: Element, first: tuple[Item, ...]) -> None:
    """Two balanced columns of whole articles; a set too high for a page goes on in two more on the next."""
    style = galley.brand.disclaimer
    geometry = galley.brand.geometry
    width = (geometry.full_width - style.column_gap) / 2
    lefts = (geometry.full_x, geometry.full_x + width + style.column_gap)
    strips = [_article_strip(galley, article, parent, width) for article in articles]
    limit = geometry.grid_lines * geometry.grid_pitch * 0.8
    start = 0
    while start < len(strips):
        stop = start + 1
        while stop < len(strips) and _balanced(strips[start : stop + 1], style.between)[1] <= limit:
            stop += 1
        part = strips[start:stop]
        left_count, height = _balanced(part, style.between)
        items: list[Item] = list(first)
        first = ()
        y = 0.0
        for index, (strip, tall) in enumerate(part):
            if index == left_count:
                y = 0.0
            x = lefts[0] if index < left_count else lefts[1]
            items += [_across(item, x) for item in spread(strip, y)]
            y += tall + style.between
        galley.add(Atom(height, tuple(items), NEVER if start == 0 else FREE, page_kind=galley.kind))
        galley.space(style.between)
        start = stop


def _article_strip(galley: Galley, article: Article, parent: Element, width: float) -> tuple[tuple[Item, ...], float]:
    """An article set to a column's width at x 0."""
    style = galley.brand.disclaimer
    setter = galley.setter
    element = Element("Sect", parent)
    items: list[Item] = []
    y = 0.0
    if article.label:
        items += setter.label(article.label, style.label, 0.0, EM_ABOVE * style.label.size, Element("H3", element))
        y += style.label.lead
    for block in article.blocks:
        if not isinstance(block, Paragraph):
            setter.report.warning(
                "disclaimer-content", "a disclaimer in two columns holds paragraphs only; this block is left out", block.span
            )
            continue
        body = Element("P", element)
        runs = setter.runs(block.inlines, style.style, body)
        for line in setter.lines(runs, style.style, width, block.span, indent=0.0):
            items += setter.items(line, 0.0, y + EM_ABOVE * style.style.size, body)
            y += style.style.lead
    return tuple(items), y


def _balanced(strips: Sequence[tuple[tuple[Item, ...], float]], between: float) -> tuple[int, float]:
    """How many go left so that the taller column is as short as can be, and its height."""
    best, count = float("inf"), len(strips)
    for left in range(1, len(strips) + 1):
        heights = [sum([tall for _, tall in part]) + between * max(len(part) - 1, 0) for part in (strips[:left], strips[left:])]
        if max(heights) < best - 0.01:
            best, count = max(heights), left
    return count, best


def _across(item: Item, dx: float) -> Item:
    """The same item `dx` points further right (text, links and anchors only)."""
    return item.replace(x=item.x + dx)  # type: ignore[union-attr]
