"""What closes a note after its references: the disclaimers kept as text.

In: text disclaimers.  Out: atoms on the same galley.  Rule: LOOKS (disclaimer page: articles named, never split over columns).
"""

from __future__ import annotations

from ..model import Paragraph
from .columns import in_columns
from .flow import Atom, Mark, spread
from .frames import Anchor, Element
from .galley import Frame
from .typeset import EM_ABOVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Article, TextDisclaimer
    from ..words import Words
    from .frames import Item
    from .galley import Galley


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
    spoken = setter.abbreviations
    if language:  # the note's are in another language
        setter.abbreviations = None
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
    setter.abbreviations = spoken


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
    """Two balanced columns of whole articles over the page's full width."""
    style = galley.brand.disclaimer
    geometry = galley.brand.geometry
    width = (geometry.full_width - style.column_gap) / 2
    strips = [_article_strip(galley, article, parent, width) for article in articles]
    in_columns(galley, strips, geometry.full_x, width + style.column_gap, style.between, first)


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
