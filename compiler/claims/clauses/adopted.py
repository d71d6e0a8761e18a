"""What a note calls the matter of a table by time: 新能源车, where 新能源车渗透率 is said of a column 渗透率; and
what it calls the columns of one that lies on its side: 三款模型.

In: the passages of a note, the book.  Out: words.  Always: a word is the note's own for a column only where the note says it with
a number the column has at the time that is said, of digits enough that this is no chance.
"""

from __future__ import annotations

from ...pattern import later
from ..held.values import hold
from ..meant.groups import is_head
from ..meant.options import statements
from ..tables.subjects import NOUN
from ..tables.transposed import NAMELESS
from ..words import lexicon
from ..words.quantities import COUNT, EXACT, PRECISE, THINGS, han_value, telling
from ..words.reading import sentences
from .scene import scenes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ..tables.book import Book
    from ..words.reading import Reading
    from .scene import Scene

_WORD = later(r"[一-龥A-Za-z]{2,8}")
_HAN = later(r"[一-龥]")
_OTHERS = later(r"其中|其余|其他|部分|以外|之外|同业|可比|预期|目标|去年|上年|海外|境外")


def adopted(readings: Iterable[Reading], book: Book) -> str:
    """A pattern of such words, "" for none."""
    import re

    words: list[str] = []
    given = book.amounts
    if not any([sheet.series for sheet in book.sheets]):
        return ""
    for reading in readings:
        for sentence in sentences(reading):
            if not _may(reading.text, sentence.start, sentence.end, book):
                continue
            for at, scene in enumerate(scenes(reading, sentence, book, None)):
                word = _unknown(scene)
                if not word or word in words:
                    continue
                book.amounts = "|".join([word, given] if given else [word])
                again = scenes(reading, sentence, book, None)
                book.amounts = given
                if at < len(again) and _has(again[at], book):
                    words.append(word)
    return "|".join([re.escape(word) for word in sorted(words, key=len, reverse=True)])


def _may(text: str, start: int, end: int, book: Book) -> bool:
    """Whether a sentence names a column of a table by time with a word before it."""
    found = book.mentions(text, start, end)
    ends = {token.end for token in found}
    return any(
        [
            token.kind == NOUN
            and token.start - 1 >= start
            and token.start not in ends
            and _HAN.match(text, token.start - 1) is not None
            and any([book.sheets[name.sheet].series for name in token.names])
            for token in found
        ]
    )


def _unknown(scene: Scene) -> str:
    """The one word of a clause before its first noun that is not understood."""
    nouns = scene.of(NOUN)
    if not nouns or scene.of("row") or not scene.of("number") or scene.unsure or scene.denied:
        return ""
    gaps = []
    at = scene.part.start
    for token in scene.tokens:
        if token.start > nouns[0].start:
            break
        gaps.append(scene.text[at : token.start])
        at = token.end
    strange = [gap for gap in gaps if lexicon.FILLER.match(gap) is None]
    if len(strange) != 1 or _WORD.fullmatch(strange[0]) is None:
        return ""
    return "" if _OTHERS.search(strange[0]) is not None or lexicon.WORDS.search(strange[0]) is not None else strange[0]


def _has(scene: Scene, book: Book) -> bool:
    """Whether a number of a clause is the one its column has at its time."""
    for statement in statements(scene, book):
        quantity = statement.quantity
        if quantity.about != EXACT or telling(quantity) < PRECISE:
            continue
        wrong, option = hold(scene, statement, book)
        if wrong is None and option is not None and option.sheet.series and not option.derived:
            return True
    return False


_COUNTED = rf"(?P<n>{COUNT})[{THINGS}大](?!季度|交易|百分|基点|小时|工作)(?P<noun>[一-龥]{{2,4}}?)"
_BEHIND = r"(?=的|\d|合计|共计|总计|合共|均|都|全部|悉数|集体|中|里|本[周月年]|[当单]月|全年|[一二三四]季度|[上下]半年|今年|去年"


def call_rows(readings: Iterable[Reading], book: Book, turned: Collection[str]) -> None:
    """Call what tables that lie on their side are of as the note does, where it counts as many of them, and nothing else the
    data have is as many or called so: 三款模型, of columns 青鸾, 墨衡 and 星槎."""
    import re

    own = [at for at, sheet in enumerate(book.sheets) if sheet.table.id in turned and sheet.head == NAMELESS]
    if not own:
        return
    behind = f"{_BEHIND}|{book.amounts})" if book.amounts else f"{_BEHIND})"
    counted = [found for reading in readings for found in re.finditer(_COUNTED + behind, reading.text)]
    for at in own:
        others = [sheet for place, sheet in enumerate(book.sheets) if place != at and not sheet.series]
        many = len(book.sheets[at].own)
        if any([len(sheet.own) == many for sheet in others]):
            continue
        said = [one.group("noun") for one in counted if han_value(one.group("n")) == many]
        nouns = [one for one in dict.fromkeys(said) if not any([is_head(one, sheet) for sheet in others])]
        if len(nouns) == 1 and not is_head(nouns[0], book.sheets[at]):
            book.sheets[at] = book.sheets[at].replace(head=nouns[0])
            book.heads.append(nouns[0])
