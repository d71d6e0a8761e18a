"""Rows and columns a clause only points at: 前者 and 后者, 同期限国债, 成交 after 新房.

In: a clause, what went before.  Out: tokens for them.  Always: none where it is not plain which are meant.
"""

from __future__ import annotations

from ...pattern import later
from ..tables.aligned import ends_with
from ..tables.book import Token
from ..tables.subjects import NOUN, ROW
from ..words.quantities import THINGS
from ..words.synonyms import COLUMNS
from ..words.times import same, times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.book import Book
    from ..tables.subjects import Name
    from ..words.reading import Part
    from .scene import Scene

_HAN = later(r"[一-龥]{2,6}")
POINTS = later(r"(?P<first>前者)|(?P<last>后者)")


def pointed_of(text: str, part: Part, two: Sequence[Token], rows: Sequence[Token]) -> list[Token]:
    """前者 and 后者 as the rows they mean, and 一个…，另一个…: A 和 B 一个下行 7bp，一个上行 4bp."""
    ones = list(ONE.finditer(text, part.start, part.end))
    next_one = ONE.match(text, part.end + 1) is not None
    before = _ONE_BEFORE.search(text, 0, part.start) is not None
    if len(ones) == 1 and (next_one != before if ones[0].start() == part.start else next_one):
        two = rows if len(rows) == 2 else two
        return [Token(ROW, *ones[0].span("one"), names=two[not next_one].names)] if len(two) == 2 else []
    if len(two) != 2:
        return []
    return [
        Token(ROW, found.start(), found.end(), names=two[found.lastgroup == "last"].names)
        for found in POINTS.finditer(text, part.start, part.end)
    ]


_SAYS = r"(?=\d|同比|环比|[涨跌升降增减上下微大仍还则却已只仅达是为])"
ONE = later(rf"[而但却则]?(?P<one>另?一[{THINGS}者]){_SAYS}")
_ONE_BEFORE = later(rf"[而但却则]?另?一[{THINGS}者]{_SAYS}[^，。；]*[，；]$")
_TERM = later(r"同期限的?(?P<kind>[一-龥]{1,5}?债|A{1,3}[+-]?(?![A-Z]))")
_OF_TERM = later(r"\d{1,2}(?:年|个月)期?|\d{1,2}[YM]")
_OTHER_TERM = later(
    r"(?:与|和|及|、|较|比|相对|高于|低于|减)(?P<term>\d{1,2}(?:年期?|个月期?|[YM]))(?=[的之期利息价收差更]|[^一-龥]|$)(?!期?[一-龥]{0,4}债|以?来)"
)


def same_term(text: str, part: Part, found: Sequence[Token], last: Scene | None, book: Book) -> list[Token]:
    """The row that 同期限国债 means after one of a term: 10年期国债 after 10年期国开债; 同期限AAA after 5年AA."""
    said = _TERM.search(text, part.start, part.end)
    before = [token for token in found if token.kind == ROW and said is not None and token.end <= said.start()]
    before = before or (list(last.rows) if last is not None else [])
    if said is None or len({token.names for token in before}) != 1:
        return other_terms(text, part, found, book)
    for name in before[0].names:
        keys = _keys(book, name)
        term = _OF_TERM.search(keys[name.places[0]])
        kind = said.group("kind")
        wanted = {one.replace("期", "") for one in (term.group() + kind, kind + term.group())} if term is not None else {""}
        rows = [row for row, key in enumerate(keys) if key.replace("期", "") in wanted]
        if len(rows) == 1 and rows[0] != name.places[0]:
            return [Token(ROW, said.start(), said.end(), names=(name.replace(places=(rows[0],)),))]
    return []


def other_terms(text: str, part: Part, found: Sequence[Token], book: Book) -> list[Token]:
    """The rows that but another term means, right behind one that has its own: 10年 of 国债30年与10年利差."""
    out = []
    for token in found:
        said = _OTHER_TERM.match(text, token.end, part.end) if token.kind == ROW and len(token.names) == 1 else None
        if said is None or any([one.kind == ROW and one.start == said.start("term") for one in found]):
            continue
        name, keys = token.names[0], _keys(book, token.names[0])
        own = keys[name.places[0]]
        terms = list(_OF_TERM.finditer(own))
        if len(name.places) != 1 or len(terms) != 1:
            continue
        wanted = own[: terms[0].start()] + said.group("term") + own[terms[0].end() :]
        rows = [row for row, key in enumerate(keys) if key.replace("期", "") == wanted.replace("期", "")]
        if len(rows) == 1 and rows[0] != name.places[0]:
            out.append(Token(ROW, *said.span("term"), names=(name.replace(places=(rows[0],)),)))
    return out


_SPREAD = later(r"的?(?:期限|等级|品种|信用)?(?:利差|价差|息差)")


def but_spreads(text: str, found: list[Token]) -> list[Token]:
    """The tokens of a clause without a column of another table that is but the difference of two rows: 国债30年与10年利差."""
    rows = [token for token in found if token.kind == ROW]
    if len(rows) != 2 or text[rows[0].end : rows[1].start] not in ("与", "和", "同", "及", "、", "-", "较", "对"):
        return found
    homes = {name.sheet for name in rows[0].names} & {name.sheet for name in rows[1].names}
    word = _SPREAD.match(text, rows[1].end)
    if word is None or not homes:
        return found
    over = [token for token in found if token.kind == NOUN and rows[1].end <= token.start and token.end <= word.end()]
    return [token for token in found if token not in over or homes & {name.sheet for name in token.names}]


def _keys(book: Book, name: Name) -> list[str]:
    """What the rows of a name's table are called."""
    sheet = book.sheets[name.sheet]
    return [sheet.name(row).replace(" ", "") for row in range(len(sheet.table.rows))]


def two_of(rows: Sequence[Token], last: Scene | None) -> tuple[Token, ...]:
    """The two rows spoken of last: both of one clause, or one of it and the one before."""
    if not rows:
        return last.two if last is not None else ()
    known = list({token.names: token for token in rows}.values())
    if len(known) == 1 and last is not None and last.two:
        if known[0].names in [token.names for token in last.two]:
            return last.two
        return (last.two[-1], known[0])
    if len(known) == 1 and last is not None and len(last.rows) == 1:
        return (last.rows[0], known[0])
    return tuple(known) if len(known) == 2 else ()


def of_carried(
    found: list[Token], nouns: list[Token], rows: list[Token], last: Scene, book: Book
) -> tuple[list[Token], list[Token]]:
    """The tokens of a clause whose noun is the end of the column it goes on with: 上海新房走强，本周成交 2917 套."""
    versus = _time_against(nouns, rows, last, book)
    if versus is not None:
        return [versus if token is nouns[0] else token for token in found], []
    home = {name.sheet for token in rows or last.rows for name in token.names}
    if rows and home & {name.sheet for name in nouns[0].names}:
        return found, nouns
    carried = [token for token in last.nouns[-1:] if home & {name.sheet for name in token.names}]
    word = last.text[nouns[0].start : nouns[0].end]
    if len(nouns) != 1 or not carried or not ends_with(carried[0], word, book.sheets):
        return found, nouns
    known = {(name.sheet, at) for name in nouns[0].names for at in name.places}
    if {(name.sheet, at) for name in carried[0].names for at in name.places} <= known:
        return found, nouns  # it may mean that column already, and others: 累计销量
    new = nouns[0].replace(names=carried[0].names)
    return [new if token is nouns[0] else token for token in found], [new]


def _time_against(nouns: Sequence[Token], rows: Sequence[Token], last: Scene, book: Book) -> Token | None:
    """A column of another table that is called no more than a time, as the time a clause goes on to compare with: 渗透率升至
    44.8%，较7月提高 1 个百分点, beside a table with columns 8月 and 7月."""
    text, noun = last.text, nouns[0]
    carried = {name.sheet for token in last.nouns[-1:] for name in token.names if book.sheets[name.sheet].series}
    said = list(times(text, noun.start, noun.end, book.now))
    if rows or last.rows or len(nouns) > 1 or not carried or len(said) != 1 or text[noun.start - 1] not in "较比":
        return None
    when = said[0]
    known = any([one is not None and same(one, when.time) for at in carried for one in book.sheets[at].times])
    if (when.start, when.end) != (noun.start, noun.end) or not known or carried & {name.sheet for name in noun.names}:
        return None
    return noun.replace(kind="versus", names=(), time=when.time)


_ANY_COLUMN = "|".join([word for some in COLUMNS for word in some if _HAN.fullmatch(word)])
_STEM = later(rf"(?:资金|累计|合计|日均|全周|本周|当周|单日|总共?|一共|共)*(?P<end>{_ANY_COLUMN})")


def stem_of(text: str, part: Part, token: Token, book: Book) -> Token:
    """A column whose name begins like another's, as that one where its end follows: 北向累计成交 is no 北向净买入."""
    found = _STEM.match(text, token.end, part.end) if token.kind == NOUN else None
    alike = [word for some in COLUMNS if found is not None and found.group("end") in some for word in some]
    stem = text[token.start : token.end].removesuffix("资金")
    for word in alike:
        names = [name for name in book.names.get(stem + word, ()) if name.kind == NOUN]
        if names and {name.sheet for name in names} == {name.sheet for name in token.names}:
            return token.replace(names=tuple(names))
    return token


_ENDS = later(
    r"(?:价格|均价|报价|销量|产量|库存|成交量?|收益率|运价)(?=[^一-龥]|[自从由连再已继持较在环同小大微快加稳稍略也则仍却又][^差格])"
)
LONGEST = 6  # characters before 价格 in a column's name


def begun_before(text: str, part: Part, found: Sequence[Token], last: Scene | None, book: Book) -> list[Token]:
    """The column whose name the clause before began: 仔猪市场持续低迷，价格连续三周下跌, of 仔猪价格."""
    end = _ENDS.match(text, part.start, part.end)
    if end is None or last is None or last.of(ROW) or last.of(NOUN) or any([token.kind in (ROW, NOUN) for token in found]):
        return []
    word = end.group()
    for size in range(LONGEST, 1, -1):
        names = [name for name in book.names.get(last.words[:size] + word, ()) if name.kind == NOUN]
        if names:
            return [Token(NOUN, end.start(), end.end(), names=tuple(names))]
    return []
