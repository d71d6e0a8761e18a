"""A bare 增速, 规模 or PMI as the one column of it a note has: 规模最大的是2021年, of a table with 市场规模 and 同比.

In: the tokens of a clause, the book.  Out: them, with the name of that column for the word.  Always: one table by time has it and
the note no other of the kind, there is but one thing that could have grown, and the clause names nothing else.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.book import Token
from ..tables.subjects import CHANGE, NOUN, ROW, Name
from ..words.quantities import COUNT
from ..words.reading import dotted, sentence_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tables.book import Book
    from ..words.reading import Part

_WORD = later(r"(?:(?P<pace>(?:同比)?(?:增速|增长率|增长速度|增幅))|(?P<code>PMI)|总?规模)(?![差目预中以效化经])")
_UNSAID = later(
    rf"(?:·|[至到、和与及—～~-]|市场|行业|其|该|总体|整体|全年|年度|月度|季度|年均|而|但|且|不过|从|按|以|的|份|期间|期内|样本期|其中|截至|每年|各[年月季]|"
    rf"(?:近|过去|最近|这|前|后)?{COUNT}个?(?:年|月|季度)(?:间|来|中|里|内|以来|之中|之间)?|(?:一共|总共|共|只|仅|就)?有|只|仅|已|也|均|中|里|内|间|来)*"
)
_GROWTH = later(r"同比|增速|增长率|增幅")


def grown(text: str, part: Part, tokens: list[Token], book: Book) -> list[Token]:
    """The tokens of a clause with a bare 增速, 规模 or PMI as the column it is."""
    found = _WORD.search(text, part.start, part.end)
    if found is None or any([one.kind in (NOUN, ROW, "amount") for one in tokens]):
        return tokens
    name = named_bare(text, part, book)
    if (
        name is None
        or not _begun(text, part, name, book)
        or _UNSAID.fullmatch(dotted(text, part.start, found.start(), tokens)) is None
    ):
        return tokens
    kept = [one for one in tokens if one.end <= found.start() or one.start >= found.end()]
    before = [one for one in kept if one.end <= found.start()]
    return [*before, Token(NOUN, found.start(), found.end(), names=(name,)), *kept[len(before) :]]


_TIMES = later(r"(?:[\d一二三四五六七八九十第]|年|月|日|季度?|截至|截止|[至到在、]|份|末|底|以来|周|全|[上下]半|，|：)*")


def _begun(text: str, part: Part, name: Name, book: Book) -> bool:
    """Whether the sentence before a clause names but times, or columns of the same table: 票据融资压降，规模…, of others."""
    begun = sentence_start(text, part.start)
    if _TIMES.fullmatch(text, begun, part.start) is not None:
        return True
    said = book.mentions(text, begun, part.start)
    bare = _WORD.search(text, begun, part.start) is not None  # 增速连续三年放缓，规模仍创新高
    return bool(said or bare) and all([one.kind == NOUN and all([own.sheet == name.sheet for own in one.names]) for one in said])


def named_bare(text: str, part: Part, book: Book) -> Name | None:
    """The column the first bare word of a stretch may be."""
    found = _WORD.search(text, part.start, part.end)
    if found is None:
        return None
    return _growth(book) if found.group("pace") else _called(book, found.group("code") or "规模")


def _growth(book: Book) -> Name | None:
    """The one column of growth of a note, where the table that has it has one size."""
    columns = [
        (at, place)
        for at, sheet in enumerate(book.sheets)
        for place, one in enumerate(sheet.measures)
        if one.kind == CHANGE or one.basis or _GROWTH.search(one.key) is not None
    ]
    if len(columns) != 1:
        return None
    at, place = columns[0]
    sheet = book.sheets[at]
    sizes = [one for one in sheet.measures if one.kind != CHANGE and (one.unit is None or one.unit.name != "%")]
    known = sheet.series and len(sizes) == 1 and _GROWTH.search(sheet.measures[place].key) is not None
    return Name(at, NOUN, (place,)) if known else None


def _called(book: Book, word: str) -> Name | None:
    """The one column of a note that ends so, where a table by time has it, and none but it has the word: PMI, of 制造业PMI."""
    columns = [(at, place) for at, one in enumerate(book.sheets) for place, each in enumerate(one.measures) if word in each.key]
    if len(columns) != 1 or any([word in one.name(row) for one in book.sheets for row in range(len(one.table.rows))]):
        return None
    at, place = columns[0]
    one = book.sheets[at].measures[place]
    return Name(at, NOUN, (place,)) if book.sheets[at].series and one.kind != CHANGE and one.noun.endswith(word) else None
