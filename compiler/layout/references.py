"""The list of references: each source in the words of the standard, its number leading back to its first citation.

In: cited sources in their order.  Out: atoms on the galley.  Always: an entry's parts end in a full stop and a blank; the
address is a link; what is not known is left out.  Rule: GB/T 7714-2015, numeric style; its clauses are named where they are
followed.  House rule: the place of publication may be missing (the standard would print 出版地不详), and the owner of the
rights is printed last.
"""

from __future__ import annotations

from ..pattern import later
from ..text.setting import Run
from ..words import words_of
from .flow import FREE, NEVER, Atom, Mark, spread
from .frames import Anchor, Element
from .typeset import EM_ABOVE, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Source
    from ..text.setting import Line
    from ..words import Words
    from .frames import Item
    from .galley import Galley

# GB/T 7714-2015, Appendix B: type of document
MARKS = {
    "官网": "EB",
    "公告": "EB",
    "法规": "S",
    "数据库": "DB",
    "新闻": "N",
    "报告": "R",
    "论文": "J",
    "图书": "M",
    "会议": "C",
    "学位论文": "D",
    "标准": "S",
    "专利": "P",
    "数据集": "DS",
    "软件": "CP",
    "其他": "Z",
}
SERIAL = ("J", "N")  # what stands in a journal or newspaper
BOUND = ("M", "C")  # what a publisher prints but does not write
MOST_NAMES = 3  # 8.1.2
FIRST_WIDE = 0x2E7F  # the last code point before the CJK blocks
SPLIT_COST = (
    400.0  # of a page break between references: a quarter of a page left white before the list costs as much; twice in one
)
_BLANKS = later(r"(?<=[^\x00-\u2e7f]) (?=[^\x00-\u2e7f])")


def reference_words(source: Source, words: Words) -> tuple[str, str, str]:
    """A reference before its address, the address, and what follows: `国家新闻出版署. 题名[EB/OL]. (2023-12-22)[2023-12-29]. `.

    `words` are the note's.  Source: GB/T 7714-2015, 4.1 (books, reports), 4.2 (parts of them), 4.4 (articles), 4.5 (patents),
    4.6 (electronic resources), 8.2.3 (numbers follow the title).
    """
    own = _own_words(source, words)
    mark = MARKS.get(source.kind) or ("EB" if source.url else "Z")
    if mark == "EB" and not source.url and not source.accessed:
        mark = "Z"  # nothing says that it is electronic
    title = source.title.rstrip(" .。")
    if source.number and source.number not in title:
        title += f": {source.number}"
    title += f"[{mark}/OL]" if source.url else f"[{mark}]"
    serial = bool(source.container) and mark in SERIAL
    if source.container and not serial:
        title += f"//{source.container}"
    said = names(source.authors, own)
    house = source.publisher
    if not said and mark not in BOUND and house != source.container and not (serial and mark == "J"):
        said, house = house, (house if source.place else "")
    parts = [said, title, _edition(source.edition, own), _serial(source, mark) if serial else _imprint(source, mark, house)]
    line = "".join([f"{part.rstrip('.')}. " for part in parts if part])
    return _BLANKS.sub("\u3000", line), source.url, ("." if source.url else "") + (f" {source.owner}." if source.owner else "")


def _own_words(source: Source, words: Words) -> Words:
    """The words of an entry: the note's for one in its script, English ones for a Western one (8.1.2: 等 or et al.)."""
    if source.language:
        wide = source.language[:2] in ("zh", "ja", "ko")
    else:
        wide = any([ord(char) > FIRST_WIDE for char in source.title + "".join(source.authors)])
    return words if wide else words_of("en")


def _accessed(source: Source) -> str:
    return f"[{source.accessed.iso}]" if source.accessed else ""


def issued(source: Source) -> str:
    """When a source was published, as far as that is known."""
    return source.issued or (source.date.iso if source.date else "")


def _serial(source: Source, mark: str) -> str:
    """`中国出版, 1998, 12(5): 38-39` (4.4); a newspaper has its day and page: `人民日报, 2013-01-12(2)` (8.4.3.2)."""
    day = issued(source)
    line = source.container
    if mark == "N":
        line += f", {day}" if day else ""
        page = source.pages or source.issue
        return line + (f"({page})" if page else "") + _accessed(source)
    line += f", {day[:4]}" if day else ""
    line += f", {source.volume}" if source.volume else ""
    line += f"({source.issue})" if source.issue else ""
    return line + (f": {source.pages}" if source.pages else "") + _accessed(source)


def _imprint(source: Source, mark: str, house: str) -> str:
    """`北京: 科学出版社, 2012: 3-5`, and of what is electronic `(2012-03-01)[2013-05-06]` (4.1, 4.6)."""
    day = issued(source)
    electronic = bool(source.url or source.accessed) or mark in ("EB", "DB")
    if mark == "P":
        return day + _accessed(source)
    line = ": ".join([part for part in (source.place, house) if part])
    if line or source.pages:
        year = ", ".join([part for part in (line, day[:4]) if part])
        line = ": ".join([part for part in (year, source.pages) if part])
        day = day if electronic and len(day) > 4 else ""
    if electronic and day:
        day = f"({day})"
    return line + day + _accessed(source)


def _edition(edition: str, words: Words) -> str:
    """`3 版`, `3rd ed.`; the first is not named (8.3)."""
    plain = edition.strip().removeprefix("第").removesuffix("版").strip()
    first = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "1st", "2nd", "3rd")
    word = plain.lower().removesuffix(".").removesuffix("edition").removesuffix(" ed").strip().removesuffix("th")
    number = str(first.index(word) % 10 + 1) if word in first else word
    if number in ("", "1", "一"):
        return ""
    if not number.isdigit():
        return edition
    if "ed" in words.edition:
        tail = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th") if number[-2:-1] != "1" else "th"
        number += tail
    return words.edition.format(number=number)


# --- names -----------------------------------------------------------------------------------------------------------


_SUFFIXES = ("jr", "sr", "ii", "iii", "iv")
# words no person's name has
_BODIES = frozenset((
    "of", "the", "for", "and", "&", "agency", "association", "authority", "bank", "board", "bureau", "center", "centre",
    "commission", "committee", "company", "consortium", "corporation", "corp", "council", "department", "exchange",
    "federation", "foundation", "fund", "group", "inc", "institute", "institution", "international", "llc", "ltd",
    "ministry", "office", "organisation", "organization", "plc", "research", "securities", "society", "team", "union",
    "university",
))  # fmt: skip


def names(authors: Sequence[str], words: Words, most: int = MOST_NAMES) -> str:
    """Up to three names, more as `, 等` or `, et al.` (8.1.2)."""
    known = [name for name in authors if name.rstrip(".").lower() not in ("others", "等", "et al")]
    shown = [_name(name) for name in known[:most]]
    if len(authors) > len(shown):
        shown.append(words.others)
    return ", ".join(shown)


def _name(name: str) -> str:
    """`EINSTEIN A`: the family name in capitals, initials without stops (8.1.1); Han names and those of bodies stay (8.1.4)."""
    if name[:1] == "{" and name[-1:] == "}":
        return name[1:-1]
    if any([ord(char) > FIRST_WIDE for char in name]):
        return "".join([part.strip() for part in name.split(",")])
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) > 1:
        suffix = parts[1] if len(parts) > 2 else ""
        return _person(parts[0], parts[-1].split(), suffix)
    words = name.split()
    if len(words) < 2 or not _BODIES.isdisjoint([word.lower().strip(".,") for word in words]):
        return name
    suffix = words.pop() if words[-1].lower().rstrip(".") in _SUFFIXES and len(words) > 2 else ""
    if len(words[0]) > 1 and "." not in words[0] and all([len(word) == 1 and word.isupper() for word in words[1:]]):
        return _person(words[0], words[1:], suffix)  # EINSTEIN A
    start = next((at for at in range(1, len(words) - 1) if words[at].islower()), len(words) - 1)
    return _person(" ".join(words[start:]), words[:start], suffix)


def _person(family: str, given: Sequence[str], suffix: str) -> str:
    pieces = [piece for word in given for piece in word.replace("-", " ").replace(".", " ").split()]
    initials = [piece[0].upper() for piece in pieces if not piece.islower()] or [piece[0].upper() for piece in pieces]
    return " ".join([family.upper(), *initials, *([suffix.rstrip(".")] if suffix else [])])


def credit_name(source: Source, words: Words) -> str:
    """What a source is called under an exhibit: who published it, else where it stands, else who wrote it."""
    return source.publisher or source.container or names(source.authors, _own_words(source, words), 1) or source.title


# --- the list --------------------------------------------------------------------------------------------------------


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
    width = geometry.text_width if style.columns == 1 else (geometry.text_width - style.column_gap) / 2
    if style.columns == 2:
        from .columns import in_columns

        strips = [_entry_strip(galley, number, source, entries, width) for number, source in enumerate(sources, 1)]
        in_columns(galley, strips, geometry.text_x, width + style.column_gap, style.between)
        return
    for number, source in enumerate(sources, 1):
        alone = len(sources) > 2 and number in (2, len(sources))  # neither the first nor the last stands by itself
        before = FREE if number == 1 else NEVER if alone else SPLIT_COST
        if number > 1:
            galley.space(style.between, before)
        label, lines, body = _reference(galley, number, source, entries, geometry.text_x, width)
        x = geometry.text_x + style.hang
        within = 2 * SPLIT_COST
        galley.set_text(lines, style.style, x, body, first=tuple(label), snap=False, before=before, within=within)


def _entry_strip(galley: Galley, number: int, source: Source, entries: Element, width: float) -> tuple[tuple[Item, ...], float]:
    """An entry set to a column's width at x 0."""
    style = galley.brand.reference
    items, lines, body = _reference(galley, number, source, entries, 0.0, width)
    y = EM_ABOVE * style.style.size
    for line in lines:
        items += galley.setter.items(line, style.hang, y, body)
        y += style.style.lead
    return tuple(items), len(lines) * style.style.lead


def _reference(
    galley: Galley, number: int, source: Source, entries: Element, left: float, width: float
) -> tuple[list[Item], Sequence[Line], Element]:
    """An entry's number, its lines and their owner; in a column of `width` whose left edge is `left`."""
    style = galley.brand.reference
    setter = galley.setter
    entry = Element("LI", entries)
    back = Element("Link", Element("Lbl", entry))
    setter.targets[id(back)] = Target("", f"cite-{number}", galley.words.to_citation.format(number=number))
    baseline = EM_ABOVE * style.style.size
    line = setter.line_of([Run(f"[{number}]", setter.run_style(style.number), back)])
    label: list[Item] = [Anchor(f"source-{number}", left, 0.0), *setter.items(line, left, baseline, back)]
    body = Element("LBody", entry)
    words, url, after = reference_words(source, galley.words)
    plain_style = setter.run_style(style.style)
    runs = [Run(words, plain_style)]
    if url:
        link = Element("Link", body)
        setter.targets[id(link)] = Target(url, "", galley.words.link.format(name=url))
        runs.append(Run(url, plain_style, link))
    if after:
        runs.append(Run(after, plain_style))
    lines = setter.lines(runs, style.style, width - style.hang, source.span, align="ragged", indent=0.0)
    return label, lines, body
