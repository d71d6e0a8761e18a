"""What a sentence speaks of: its rows, nouns, times, numbers and directions, and what each number is said of.

In: a reading, the book of the data.  Out: `Scene` for each clause with tokens that do not overlap, and `Statement` for each
number.  Always: what is not understood between a subject and its number makes the statement unclear, and nothing is held
against it.
"""

from __future__ import annotations

import re

from ..pattern import later
from ..record import Record
from . import lexicon, synonyms
from .groups import TOTAL
from .quantities import han_value, pattern, quantities
from .reading import clauses
from .subjects import CHANGE, DAY, LEVEL, MONTH, NOUN, ROW, WEEK, YEAR, Name, akin, noun_names, shortened
from .times import times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..model import Date
    from .quantities import Quantity
    from .reading import Part, Reading
    from .subjects import Measure, Sheet
    from .times import Said, Time

_SINCE = later(r"(?:年|月)?[一-龥]{0,5}以来")
_SCOPE_OF = {"week": WEEK, "month": MONTH, "year": YEAR, "day": DAY}
_SO_FAR = {"今年": YEAR, "本年": YEAR, "本月": MONTH, "当月": MONTH}
FOREIGN = "?"  # a time the data say nothing of
_WAY = later(r"[由从].*\d.*(?:至|到)")
_UPS = frozenset(lexicon.UP.split("|"))
_DOWNS = frozenset(lexicon.DOWN.split("|"))
_RANGE = later(r"(?:至|到|—|-|~|－|–)$")


class Book:
    """All data of a note, with the words for them.  `now` is the last day of the period."""

    def __init__(self, made: Iterable[Sheet | None], now: Date, period: tuple[Date, Date] | None) -> None:
        self.sheets: list[Sheet] = [sheet for sheet in made if sheet is not None]
        entities = [sheet for sheet in self.sheets if not sheet.series]
        self.counts = {len(sheet.own) for sheet in entities}
        self.heads = [*(synonyms.GROUPS if entities else ()), *[sheet.head[-2:] for sheet in entities if sheet.head]]
        if [sheet for sheet in self.sheets if sheet.series and sheet.changes()]:
            self.heads += ["周", "月", "年"]  # 周二下跌 0.22%
        self.amounts = ""  # words for what is counted that no column has
        self.now = now
        self.period = period
        self.names: dict[str, list[Name]] = {}
        self.short: set[str] = set()
        self.signs: dict[str, int] = {}
        for at, sheet in enumerate(self.sheets):
            self._index(at, sheet)
        words = sorted(self.names, key=len, reverse=True)
        self._found = re.compile("|".join([re.escape(word) for word in words])) if words else None
        units = [one.unit.name for sheet in self.sheets for one in sheet.measures if one.unit is not None]
        self.quantity = pattern(units)

    def _index(self, at: int, sheet: Sheet) -> None:
        rows: dict[str, list[int]] = {}
        for row, names in enumerate(sheet.rows):
            for name in names:
                rows.setdefault(name, []).append(row)
        for name, places in rows.items():
            full = [row for row in places if sheet.rows[row][0] == name]
            if len(places) == 1 or len(full) == 1:
                self._add(name, Name(at, ROW, tuple(full or places)))
                if not full and shortened(sheet.rows[places[0]][0]) == name:
                    self.short.add(name)
        nouns: dict[str, list[int]] = {}
        for place, measure in enumerate(sheet.measures):
            self.signs |= _ways(sheet.table.columns[measure.column].words)
            for name in noun_names(measure, sheet.table.columns[measure.column].words):
                both = nouns.setdefault(name, [])
                both += [place] if place not in both else []
            for other, level in enumerate(sheet.measures):  # 国债: of 国债周变动, and of 国债收益率
                if measure.kind == CHANGE and level.kind == LEVEL and len(measure.noun) > 1 and akin(measure, level):
                    both = nouns.setdefault(measure.noun, [])
                    both += [other] if other not in both else []
        known = {measure.noun for measure in sheet.measures} | {measure.key for measure in sheet.measures}
        for name, found in nouns.items():
            if name not in known and not all([akin(sheet.measures[found[0]], sheet.measures[place]) for place in found]):
                continue  # a shorter name of two
            own = [place for place in found if sheet.measures[place].key == name]
            past = any([sheet.measures[place].scope in ("去年", "上月", "上周") for place in found if place not in own])
            if name not in rows and len(name) > 1:
                sure = own and (past or sheet.measures[own[0]].noun != name)
                self._add(name, Name(at, NOUN, tuple(own if sure else found)))

    def _add(self, word: str, name: Name) -> None:
        self.names.setdefault(word, []).append(name)

    def _plain(self, name: Name, word: str) -> bool:
        """Whether a column's name says no more than a direction and the time of its change: 下行, 周跌幅, 今年以来."""
        measures = [self.sheets[name.sheet].measures[place] for place in name.places] if name.kind == NOUN else []
        if not measures or any([one.kind != CHANGE or one.noun for one in measures]):
            return False
        said = [(found.lastgroup, found.end()) for found in lexicon.WORDS.finditer(word)]
        whole = bool(said) and "".join([one.group() for one in lexicon.WORDS.finditer(word)]) == word
        scopes = [_SCOPE_OF[kind] for kind, _ in said if kind in _SCOPE_OF]
        moves = [kind for kind, _ in said if kind in ("dir", "amp", "neutral")]
        return (
            whole
            and len(scopes) + len(moves) == len(said)
            and (not scopes or all([one.scope in (*scopes, "") for one in measures]))
        )

    def speaks(self, text: str, part: Part) -> bool:
        """Whether a sentence names anything of the data, or a group of what they list."""
        if self._found is None:
            return False
        if self._found.search(text, part.start, part.end) is not None:
            return True
        words = text[part.start : part.end]
        return any([word in words for word in self.heads]) or any(
            [han_value(found.group("n")) in self.counts for found in TOTAL.finditer(words) if found.group("place")]
        )

    def mentions(self, text: str, start: int, end: int) -> list[Token]:
        """Rows and nouns named in `text[start:end]`."""
        out = []
        for found in self._found.finditer(text, start, end) if self._found is not None else ():
            before = text[found.start() - 1 : found.start()] if found.start() > start else ""
            if before == "非" and not found.group().startswith("非"):
                continue
            if found.group() in self.short and text[found.end() : found.end() + 1].isdigit():
                continue  # 上证 50 is not 上证指数
            if found.group().isascii() and (before.isascii() and before.isalnum()):
                continue
            names = [name for name in self.names[found.group()] if not self._plain(name, found.group())]
            if not names:
                continue
            kind = ROW if names[0].kind == ROW else NOUN
            named = tuple([name for name in names if name.kind == kind])
            sign = self.signs.get(found.group()) or _flow_sign(found.group())
            out.append(Token(kind, found.start(), found.end(), names=named, sign=sign))
        return out


def _ways(words: Sequence[str]) -> dict[str, int]:
    """Which way each of two words for a column goes: 走阔 and 收窄, 净融资 and 净偿还."""
    if len(words) != 2:
        return {}
    first, second = ((one in _UPS) - (one in _DOWNS) or _flow_sign(one) for one in words)
    first, second = first or -second, second or -first
    return {words[0]: first, words[1]: second} if first == -second else {}


def _flow_sign(word: str) -> int:
    """Which way the name of a flow goes: 净买入 or 净卖出."""
    if any([flow in word for flow in synonyms.OPPOSITE.values()]):
        return -1
    return int(any([flow in word for flow in synonyms.FLOWS]))


class Token(Record):
    """A word that matters, `text[start:end]`: row, noun, time, number, dir, amp, neutral, basis, scope or amount."""

    kind: str
    start: int
    end: int
    names: tuple[Name, ...] = ()
    time: Time | None = None
    quantity: Quantity | None = None
    sign: int = 0
    scope: str = ""


class Scene(Record):
    """A clause.  `subject`, `nouns`, `times` and `scope` are its own or those it goes on with; `unsure`: it claims nothing;
    `denied`: it says what is not; `past`: the rows of the clause before; `way`: it tells of a way from one value to another, or
    goes on with one; `lost`: it speaks of something the data do not know, or goes on with that; `carried`: the 跌幅 or 同比
    the clause before speaks of (净利润降幅更深，达 81.9%); `other`: it speaks of somebody else's numbers; `summed`: it goes on with several rows taken together (三类合计发行…，净融资…);
    `two`: the two rows 前者 and 后者 would mean after it; `subjects`: its rows but those it compares with, what the next clause
    goes on with; `amps`: its 跌幅, or that of the clauses it goes on with."""

    text: str
    part: Part
    tokens: tuple[Token, ...]
    rows: tuple[Token, ...]
    nouns: tuple[Token, ...]
    whens: tuple[Token, ...]
    scope: str
    unsure: bool
    denied: bool
    inherited: bool
    past: tuple[Token, ...] = ()
    way: bool = False
    lost: bool = False
    other: bool = False
    carried: tuple[Token, ...] = ()
    summed: bool = False
    two: tuple[Token, ...] = ()
    subjects: tuple[Token, ...] = ()
    amps: tuple[Token, ...] = ()

    def of(self, kind: str) -> list[Token]:
        """Its own tokens of a kind."""
        return [token for token in self.tokens if token.kind == kind]

    def columns(self, place: int, sheet: Sheet) -> list[Measure] | None:
        """What its last noun measures in one sheet, else that of the clause before: none without one, None if another sheet's."""
        tokens = self.of("noun") or list(self.nouns)
        named = [
            sheet.measures[one] for token in tokens[-1:] for name in token.names if name.sheet == place for one in name.places
        ]
        return named if named or not tokens else None

    @property
    def words(self) -> str:
        """The clause."""
        return self.text[self.part.start : self.part.end]


def tokens_of(text: str, part: Part, book: Book) -> list[Token]:
    """The tokens of a clause, none over another."""
    start, end = part.start, part.end
    taken = bytearray(end - start)
    out: list[Token] = []

    def put(token: Token) -> None:
        if not any(taken[token.start - start : token.end - start]):
            taken[token.start - start : token.end - start] = b"\1" * (token.end - token.start)
            out.append(token)

    for token in book.mentions(text, start, end):
        put(token)
    for said in times(text, start, end, book.now):
        whole = _SO_FAR.get(text[said.start : said.end])
        if whole is not None and text[said.end : said.end + 2] in ("以来", "至今"):
            put(Token("scope", said.start, said.end + 2, scope=whole))
            continue
        put(_timed(said, text[max(start, said.start - 1) : said.start], text[said.end : said.end + 10]))
    for found in re.finditer(book.amounts, text[start:end]) if book.amounts else ():
        put(Token("amount", start + found.start(), start + found.end()))
    words = list(lexicon.WORDS.finditer(text, start, end))
    for found in [one for one in words if one.lastgroup == "foreign"]:  # 前 11 个月 is no 11
        put(_word(found, text[max(start, found.start() - 1) : found.start()]))
    for one in quantities(text, start, end, book.quantity):
        put(Token("number", one.start, one.end, quantity=one))
    for found in words:
        put(_word(found, text[max(start, found.start() - 1) : found.start()]))
    return sorted(out, key=_start)


def _start(token: Token) -> int:
    return token.start


def _timed(said: Said, before: str, after: str) -> Token:
    """A time, or one that something is compared with (较 10 月) or reckoned from (2020 年以来)."""
    kind = "versus" if before and before in "较比" else "since" if after[:1] == "起" or _SINCE.match(after) else "time"
    return Token(kind, said.start, said.end, time=said.time)


def _word(found: re.Match[str], before: str) -> Token:
    kind = found.lastgroup or ""
    word = found.group()
    if kind == "dir":
        return Token("dir", found.start(), found.end(), sign=1 if word in _UPS else -1 if word[0] not in "由从" else 0)
    if kind == "amp":
        return Token("amp", found.start(), found.end(), sign=1 if word[0] in "涨升增" else -1)
    if kind in ("neutral", "basis"):
        return Token(kind, found.start(), found.end(), scope=word if kind == "basis" else "")
    if kind == "foreign" and before and before in "较比是为与和同":
        return Token("base", found.start(), found.end())
    scope = _SCOPE_OF.get(kind, word)
    return Token("scope", found.start(), found.end(), scope=scope)


def scenes(reading: Reading, sentence: Part, book: Book, before: Scene | None) -> list[Scene]:
    """The clauses of a sentence; `before` is the last one of the sentence before it in the passage."""
    out: list[Scene] = []
    text = reading.text
    last = before
    supposed = False
    for part in clauses(text, sentence):
        words = lexicon.BEATEN.sub("", text[part.start : part.end])
        found = tokens_of(text, part, book)
        pointed = _pointed(text, part, last.two if last is not None else ())
        found = sorted([*found, *pointed], key=_start)
        rows = [token for token in found if token.kind == ROW]
        nouns = [token for token in found if token.kind == NOUN]
        whens = [token for token in found if token.kind == "time"]
        scope = _scope(text, found, book)
        supposed = supposed or lexicon.CONDITION.search(words) is not None
        if nouns and lexicon.UNSURE.search(words) is not None:  # a column may be called 目标 or 预期
            for token in nouns:
                words = words.replace(text[token.start : token.end], "·")
        unsure = supposed or lexicon.UNSURE.search(words) is not None
        if unsure and lexicon.UNSURE.search(words) is not None:
            supposed = True
        inherited = not rows and not nouns
        way = _WAY.search(words) is not None or (inherited and not whens and bool(out) and out[-1].way)
        other = not rows and bool(nouns) and bool(_foreign(text, part, nouns[0], found))
        lost = (not pointed and _POINTS.search(words) is not None) or (inherited and (_strange(text, part, found) or (not whens and bool(out) and (out[-1].lost or out[-1].other))))
        summed = not rows and last is not None and bool(out) and (last.summed or (len(last.of(ROW)) > 1 and _TOGETHER.search(last.words) is not None))
        two = _two(rows, last)
        past = last.subjects if last is not None and out else ()
        denied = lexicon.NOT.search(lexicon.NO_NOT.sub("", words)) is not None
        moved = whens or scope or [token for token in found if token.kind in ("amp", "dir", "neutral")]
        carried = _left_open(last) if last is not None and out and inherited and not moved else ()
        amps = tuple([token for token in found if token.kind == "amp"])
        if not amps and not nouns and not rows and out:
            amps = out[-1].amps
        if last is not None and _REST.match(words):  # 其余四只产品全部上涨
            last = last.replace(rows=(), subjects=())
        subjects = _subjects(text, part, rows) or list(last.subjects if last is not None and (rows or out) else ())
        if last is not None:
            home = {name.sheet for token in rows for name in token.names}
            rows = rows or list(last.subjects)
            subjects = subjects or rows
            nouns = nouns or [token for token in last.nouns if not home or home & {name.sheet for name in token.names}]
            if not whens and not scope:
                whens, scope = list(last.whens), last.scope
            elif not whens:
                whens = list(last.whens)
        last = Scene(
            text,
            part,
            tuple(found),
            tuple(rows),
            tuple(nouns),
            tuple(whens),
            scope,
            unsure,
            denied,
            inherited,
            past,
            way,
            lost,
            other,
            carried,
            summed,
            two,
            tuple(subjects),
            amps,
        )
        out.append(last)
    return out


def _left_open(scene: Scene) -> tuple[Token, ...]:
    """The 跌幅 or 同比增速 a clause speaks of, no number given."""
    said = [token for token in scene.tokens if token.kind in ("amp", "neutral", "basis", "number")]
    return tuple(said) if said and all([token.kind != "number" for token in said]) else ()


_AGAINST = later(
    r"(?:比|较|超过|超越|高于|低于|高过|不及|不如|少于|多于|大于|小于|跑赢|跑输|强于|弱于|优于|好于|逊于|落后于?|领先于?|仅次于|次于|胜过|相当于)"
    r"(?:了|第[一二三四五]名?的?|排名第[一二三四五]的|同期的?)*$"
)
_SHARE_OF = later(r"的(?:约|近|逾|超过?|不足|不到|接近)?(?:\d|[一二两三四五六七八九十百半]+(?:成|倍|分之|半|$))")


def _subjects(text: str, part: Part, rows: Sequence[Token]) -> list[Token]:
    """The rows of a clause but those it compares others with: 高于 B, 为 B 的两倍."""
    return [
        token
        for token in rows
        if _AGAINST.search(text, part.start, token.start) is None and _SHARE_OF.match(text, token.end, part.end) is None
    ]


_POINTS = later(r"(?P<first>前者)|(?P<last>后者)")
_TOGETHER = later(r"合计|共计|总计|合共|总共|之和|加总|一共|平均")


def _pointed(text: str, part: Part, two: Sequence[Token]) -> list[Token]:
    """前者 and 后者 as the rows they mean."""
    if len(two) != 2:
        return []
    return [
        Token(ROW, found.start(), found.end(), names=two[found.lastgroup == "last"].names)
        for found in _POINTS.finditer(text, part.start, part.end)
    ]


def _two(rows: Sequence[Token], last: Scene | None) -> tuple[Token, ...]:
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


_REST = later(r"其余|其他|其它|剩余|剩下|另外?[一二两三四五六七八九十\d]")


def _strange(text: str, part: Part, found: Sequence[Token]) -> bool:
    """Whether a clause that names no row or noun puts a number to something else: 其中软件业务 48 亿元."""
    number = next((token for token in found if token.kind == "number"), None)
    if number is None or number.quantity is None:
        return False
    rest = []
    at = part.start
    for token in found:
        if token.end > number.quantity.lead:
            break
        rest += [text[at : token.start], "·"]
        at = token.end
    return lexicon.FILLER.match("".join([*rest, text[at : number.quantity.lead]])) is None


def _foreign(text: str, part: Part, noun: Token, found: Sequence[Token]) -> str:
    """The words before the first noun of a clause that are not understood: 同业龙头二季度毛利率."""
    rest = []
    at = part.start
    for token in found:
        if token.start >= noun.start:
            break
        rest += [text[at : token.start], "·"]
        at = token.end
    words = "".join([*rest, text[at : noun.start]])
    return "" if lexicon.FILLER.match(_SELF.sub("", words)) else words


_SELF = later(
    r"公司|企业|集团|我司|本基金|该股|今年|口径|来看|来说|看|从|节奏|结构|需求|供给|经济|金融|价格|工业|制造业|非制造业"
)


def _scope(text: str, found: Sequence[Token], book: Book) -> str:
    """The time a clause's change is taken over, as far as words of scope say it; the last one counts."""
    said = [token.scope for token in found if token.kind == "scope"]
    return said[-1] if said else ""
