"""The column a clause means of the table its rows are of, where only another table, by time, has one of that name: 蔚来 8 月交付,
of 本月 and 上月 beside a table of 销量 by month.

In: the tokens of a clause, the book.  Out: the nouns as words for what the rows' table counts.  Always: a table that has columns
called no more than a time, which count what the other one counts.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.aligned import bare_key
from ..tables.column_kinds import TIME
from ..tables.subjects import LEVEL, NOUN, ROW
from ..words.quantities import COUNT, THINGS, han_value
from ..words.reading import sentence_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.book import Book, Token
    from ..tables.subjects import Sheet

_COUNTED = later(rf"(?P<n>{COUNT})[{THINGS}](?P<who>[一-龥]{{2,6}}?)(?:\d{{1,2}}月|[本当上]月|[本当上]周)?的?$")


def shadowed(text: str, start: int, tokens: Sequence[Token], book: Book) -> list[Token]:
    """The tokens of a clause, the nouns of another table as words for what its rows' own one counts."""
    homes = {name.sheet for token in tokens if token.kind == ROW for name in token.names}
    out = []
    for token in tokens:
        if token.kind == NOUN and not token.sign and all([book.sheets[name.sheet].series for name in token.names]):
            own = [at for at in (homes or _counted(text, start, token, book)) if not book.sheets[at].series]
            if len(own) == 1 and (
                _bare(book.sheets[own[0]], token, book) or _of_year(text, start, book.sheets[own[0]], token, tokens, book)
            ):
                out += _amount(text, token)
                continue
        out.append(token)
    return out


def _counted(text: str, start: int, token: Token, book: Book) -> set[int]:
    """The tables whose rows are counted in full right before a noun: 五家车企交付量."""
    found = _COUNTED.search(text, start, token.start)
    number = han_value(found.group("n")) if found is not None else None
    return {
        at
        for at, sheet in enumerate(book.sheets)
        if found is not None and len(sheet.own) == number and sheet.head == found.group("who")
    }


def _amount(text: str, token: Token) -> list[Token]:
    """A noun as a word for what is counted, and the 同比 at its end: 销量同比."""
    basis = text[token.end - 2 : token.end]
    if basis not in ("同比", "环比"):
        return [token.replace(kind="amount", names=())]
    cut = token.end - len(basis)
    return [
        token.replace(kind="amount", end=cut, names=()),
        token.replace(kind="basis", start=cut, names=(), scope=basis),
    ]


_NUMBER = later(r"(?:数量?|[只家户个]数)")
_YEARLY = later(r"全年|(?:19|20)\d\d年(?!\d)")
_TIMED = later(r"\d月|[一二三四]季|[上下]半年|本月|当月|单月|[本当]季")


def _of_year(text: str, start: int, sheet: Sheet, token: Token, tokens: Sequence[Token], book: Book) -> bool:
    """Whether a clause says of a row what it comes to in the year, where a table by month names what is counted and the row's own
    is called no more than 数量: QDII全年只成立了 31 只."""
    begun = sentence_start(text, start)
    if _YEARLY.search(text, begun, token.end) is None or _TIMED.search(text, begun, token.end) is not None:
        return False
    units = [one.unit for name in token.names for one in [book.sheets[name.sheet].measures[at] for at in name.places]]
    counts = {one.unit for one in sheet.measures if one.kind == LEVEL and _NUMBER.fullmatch(bare_key(one))}
    said = [one.quantity.unit for one in tokens if one.quantity is not None and one.start >= token.end]
    return len(counts) == 1 and all([unit in counts for unit in units]) and all([unit is None or unit in counts for unit in said])


def _bare(sheet: Sheet, token: Token, book: Book) -> bool:
    """Whether all columns of a table that count what a noun counts are called no more than a time."""
    units = [
        one.unit.name
        for name in token.names
        for one in [book.sheets[name.sheet].measures[place] for place in name.places]
        if one.unit is not None and one.unit.name != "%"
    ]
    like = [one for one in sheet.measures if one.kind == LEVEL and one.unit is not None and one.unit.name in units]
    return len(like) > 1 and all([TIME.fullmatch(bare_key(one)) for one in like])
