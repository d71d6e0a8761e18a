"""All claims of a note held against its data, its calendar and itself.

In: the passages `check` read, the tables, the period.  Out: findings with their places in the note, in its order; no more than
one for a word or number.
"""

from __future__ import annotations

from ..pattern import later
from ..record import Record
from .clauses.adopted import adopted, call_rows
from .clauses.growth import named_bare
from .clauses.scene import Book, scenes
from .held.added import adds
from .held.breadth import hold_breadth
from .held.checks import CHECKS, OF_COURSES
from .held.dates import hold_coming, wrong_days
from .held.ends import hold_ends
from .held.findings import Finding
from .held.origins import explained, hold_origins
from .held.portions import hold_portions
from .held.reckonings import hold_reckoning
from .held.said import hold_said
from .held.said_order import hold_said_order
from .held.strangers import OF_GROUPS, of_strangers
from .held.turns import hold_turn
from .held.twice import Facts
from .held.values import hold, hold_direction
from .meant.domains import sectors, words_of
from .meant.kinds import other_heads
from .meant.options import statements
from .meant.wholes import dotted_of
from .tables.aligned import OF_NOW, is_part
from .tables.completed import completed, of_matter, renamed, with_matter
from .tables.dated import dated
from .tables.headings import in_chinese, titled
from .tables.names import closed, read_as, untitled
from .tables.owners import with_owners
from .tables.subjects import sheet_of
from .tables.time_columns import Lane, adjoining, amounts, amounts_of, lanes_of, said_of
from .tables.transposed import transposed
from .words.contrary import contraries
from .words.lexicon import FILLER
from .words.quantities import AREAS, THINGS
from .words.reading import ENDS, read, sentence_start, sentences
from .words.synonyms import GROUPS
from .words.times import DAY, MONTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ..data.model import DataTable
    from ..diagnostics import Span
    from ..model import Date
    from .clauses.scene import Scene, Token
    from .ledger import Prose
    from .tables.subjects import Sheet
    from .words.reading import Part, Reading

_GROUP = later(rf"[两二三四五六七八九十\d]+(?!个月|个季|个交易)[{THINGS}{AREAS}大]|其余|其他|各|全部|悉数|表中|同[类行业]|行业")
_OF_DAYS = ("claim-date", "claim-weekday", "claim-period", "claim-twice", "claim-rounding")
_OF_ALL = (*_OF_DAYS, "claim-count")  # what needs all of a note's tables
_OF_ORDER = ("claim-order", "claim-extreme")
_OF_NUMBERS = ("claim-value", "claim-about", "claim-change")
_AND = later(r"和|与|及|以及|、")
_THAN = later(r"(?<![同环占])比(?![重例])[^，。；]{1,12}(?:[多少低快慢]|高(?!达))[一-龥]{0,4}$")
_REST = later(r"其[余他它]|剩余|余下")
_APART = later(r"差[距值额]?(?=[较比由从为达扩收走拉缩进约至])|相差")
_DIGIT = later(r"[0-9]")


class Claim(Record):
    """A claim that does not hold: its code, what is wrong, its place, and the cells that say otherwise (place, words)."""

    code: str
    message: str
    span: Span
    notes: tuple[tuple[Span, str], ...]


class Held:
    """The passages of a note held against its data.  `used`: ids of the data some sentence speaks of; `matched`: places of
    numbers, with the path of the cell that stands behind each."""

    def __init__(
        self,
        tables: Iterable[DataTable],
        now: Date,
        published: Date,
        period: tuple[Date, Date] | None,
        names: dict[str, dict[str, str]],
    ) -> None:
        tables = list(tables)
        matters = with_matter(tables, now)
        tables = [renamed(table, matters.get(table.id, {})) for table in tables]
        self._each = [(table, now, published, period, names) for table in tables] if len(tables) > 1 else []
        self._alone: dict[str, Held] = {}
        days = period[1].ordinal - period[0].ordinal + 1 if period is not None else 0
        given = []
        self.headings: dict[str, dict[str, str]] = {}
        for table in tables:
            read, was = in_chinese(table, days)
            for step in (dated, completed):
                read, named = step(read, now)
                was = {**was, **{new: was.get(old, old) for new, old in named.items()}}
            was = {**matters.get(table.id, {}), **was}
            given.append(read)
            if was:
                self.headings[table.id] = was
        turned = [transposed(table, now) if not of_matter(table, now) else None for table in given]
        self.turned = {table.id for table in turned if table is not None}
        tables = [other or table for table, other in zip(given, turned)]
        self.book = Book(with_owners([sheet_of(one, now, names.get(one.id, {})) for one in tables]), now, period)
        for sheet in self.book.sheets:
            self.book.heads += [*words_of(sheet), *[word for word in other_heads(sheet) if len(word) > 1 and not sheet.series]]
        self.book.sectors = sectors(self.book.sheets)
        known = {sheet.table.id: sheet for sheet in self.book.sheets}
        lanes = [lane for table in tables for lane in lanes_of(table, known.get(table.id), now, names.get(table.id, {}))]
        self.lanes = [(lane, Book([lane.sheet], now, period)) for lane in lanes]
        titles = "|".join([one for one in (titled(tables), *[one.id for one in tables if of_matter(one, now)]) if one])
        counted = amounts(tables)
        for lane, book in self.lanes:
            book.amounts = "|".join([one for one in (titles, amounts_of(lane) or counted) if one])
        self.book.amounts = "|".join([one for one in (titles, counted if any([not one.stem for one in lanes]) else "") if one])
        for book in (self.book, *[book for _, book in self.lanes]):
            book.late = published.year > now.year
            book.published = published
        sheets = [sheet for sheet in self.book.sheets if not sheet.series]
        keys = [untitled(read_as(sheet.name(row))) for sheet in sheets for row in range(len(sheet.table.rows))]
        wide = str.maketrans("()", "（）")
        self.titles = {one: closed(key) for key in keys for one in (key, key.translate(wide))}
        self.published = published
        self.facts = Facts()
        self.used: set[str] = set()
        self.matched: dict[int, str] = {}
        self.wrong: set[str] = set()  # numbers told of
        self.reckoned: set[int] = set()  # places of numbers that are the change between two cells

    def claims(self, prose: Iterable[Prose]) -> Iterator[Claim]:
        """Those that do not hold."""
        readings = [read(one, self.titles) for one in prose]
        self._adopt(readings)
        for reading in readings:
            for finding in self._kept(reading):
                yield self._told(finding, reading)

    def _adopt(self, readings: Sequence[Reading]) -> None:
        """Learn what the note itself calls the matter of a table."""
        words = adopted(readings, self.book)
        if words:
            self.book.amounts = "|".join([words, self.book.amounts] if self.book.amounts else [words])
        call_rows(readings, self.book, self.turned)

    def findings(self, reading: Reading) -> list[Finding]:
        """What is told of one passage by itself; nothing of it is remembered."""
        kept = self.facts, self.used, self.matched, self.wrong, self.reckoned
        self.facts, self.used, self.matched, self.wrong, self.reckoned = Facts(), set(), {}, set(), set()
        found = list(self._kept(reading))
        self.facts, self.used, self.matched, self.wrong, self.reckoned = kept
        return found

    def _kept(self, reading: Reading) -> Iterator[Finding]:
        """The findings of a passage nothing speaks against, one for a word or number."""
        taken: list[tuple[int, int]] = []
        for finding in list(self._of_passage(reading)):
            if finding.code in _OF_NUMBERS and self._stands(finding, reading):
                continue
            if any([finding.start < end and start < finding.end for start, end in taken]):
                continue
            if finding.code in OF_GROUPS and of_strangers(_around(reading.text, finding.start), self.book.sheets):
                continue
            if self._has(finding, reading) or (finding.against in self.wrong and self._matches(finding, reading)):
                continue
            self.wrong |= {reading.text[finding.start : finding.end]} if finding.code in _OF_NUMBERS else set()
            taken.append((finding.start, finding.end))
            yield finding

    def _matches(self, finding: Finding, reading: Reading) -> bool:
        """Whether the number told of is that of its cell."""
        return _at_any(finding, reading, self.matched)

    def _has(self, finding: Finding, reading: Reading) -> bool:
        """Whether one table by itself has what another is told to object to: 九个品种六涨三跌, of one of two tables of 品种."""
        if not self._each or finding.code in _OF_DAYS:
            return False
        start, end, many = finding.start, finding.end, 1 if finding.code == "claim-streak" else None
        others = _turned(finding, reading)[:many]  # two weeks agree with three of them: another number is asked for
        for id, held in self._by_itself().items():
            silent = bool(held.book.sheets) and not held._objects(reading, start, end)
            if not silent or self._of_longer(finding, reading, id, held.book) or self._of_column(finding, reading, held.book):
                continue  # 玉米 of 玉米北港库存
            if any([held._objects(one, start, end, finding.code) for one in others]):
                return True
        return False

    def _of_column(self, finding: Finding, reading: Reading, book: Book) -> bool:
        """Whether a clause orders rows by a column it names, all of which tables have for it that is told of and `book` has none:
        A 的新能源占比低于 B, beside a table of the same rows with one column of sizes."""
        if finding.code not in _OF_ORDER or not finding.cells:
            return False
        sentence = _sentence(reading, finding.start)
        scene = next((one for one in scenes(reading, sentence, self.book, None) if finding.start < one.part.end), None)
        homes = {sheet.table.id for sheet, _, _ in finding.cells}
        nouns = [one for one in scene.of("noun") if one.end <= finding.start] if scene is not None else []
        known = {reading.text[one.start : one.end] for one in nouns[-1:] if homes >= _homes(one, self.book)}
        return bool(known) and not known & {*book.names}

    def _by_itself(self) -> dict[str, Held]:
        """Each table as the only one of the note."""
        if not self._alone:
            self._alone = {table.id: Held((table,), *rest) for table, *rest in self._each}  # type: ignore[arg-type]
            for at, words in self.book.sectors.items():  # which another table says
                self._alone[self.book.sheets[at].table.id].book.sectors = {0: words}
        return self._alone

    def _objects(self, reading: Reading, start: int, end: int, code: str = "") -> bool:
        """`code`: of what is told, which no order of the sentence's own numbers is (5.8%，高于 8.4%): that needs no table."""
        self.facts = Facts()
        found = [one for one in self._of_passage(reading) if one.start < end and start < one.end]
        own = code not in _OF_NUMBERS or _speaks(self.book, reading, _sentence(reading, start), ())
        return any([own or one.code != "claim-order" for one in found])

    def _stands(self, finding: Finding, reading: Reading) -> bool:
        """Whether another reading has the number for the change between two cells: 净流入额较上周增加 61.1 亿元."""
        return _at_any(finding, reading, self.reckoned)

    def _of_passage(self, reading: Reading) -> Iterator[Finding]:
        if "月" in reading.text:
            yield from wrong_days(reading.text, self.published, self.book.period)
        found = list(self._of_book(self.book, reading))
        known = set(self.matched)
        for lane, book in self.lanes:  # not of a number that the table has as it stands
            told = [one for one in self._of_book(book, reading, lane) if not _at_any(one, reading, known)]
            found += [one for one in told if not self._of_longer(one, reading, lane.sheet.table.id, book)]
        yield from found
        if self._each:
            yield from self._of_tables(reading, found)

    def _of_longer(self, finding: Finding, reading: Reading, home: str, book: Book) -> bool:
        """Whether what `book`, of one table, is told of is but part of another's name: 铁矿石 of 铁矿石港口库存已连增四周."""
        sentence = _sentence(reading, finding.start)
        scene = next((one for one in scenes(reading, sentence, book, None) if finding.start < one.part.end), None)
        whole = [token for one in scenes(reading, sentence, self.book, None) for token in (*one.of("row"), *one.of("noun"))]
        other = [one for one in whole if not any([self.book.sheets[name.sheet].table.id == home for name in one.names])]
        own = (*scene.nouns, *scene.rows) if scene is not None else ()
        heads = [*GROUPS, *OF_NOW, *[sheet.head for sheet in self.book.sheets if sheet.table.id == home]]
        return bool(own) and all([any([is_part(part, one, reading.text, heads) for one in other]) for part in own])

    def _of_tables(self, reading: Reading, found: Sequence[Finding]) -> Iterator[Finding]:
        """What a table by itself has against a sentence all names of which it knows, where other tables know some of them, too,
        and nothing was told: 银行市盈率最高, of a table of 行业 beside one with a column 银行指数收盘."""
        told: dict[str, list[Finding]] = {}
        before: list[Part] = []
        for sentence in sentences(reading):
            around = [*before, sentence]
            before = [sentence]
            if any([one.start < sentence.end and sentence.start < one.end for one in found]):
                continue
            named = [place for part in around for place in _named(self.book, reading, part)]
            knows: list[str] = []
            for id, held in self._by_itself().items() if named else ():
                if not held.book.sheets or not (id in told or _speaks(held.book, reading, sentence, ())):
                    continue
                own = {at for part in around for one in _named(held.book, reading, part, _KNOWN) for at in range(*one)}
                if not all([own.issuperset(range(*one)) for one in named]):
                    continue
                if id not in told:
                    held.facts = Facts()
                    told[id] = [one for one in held._of_passage(reading) if one.code not in (*_OF_DAYS, "claim-unit")]
                knows.append(id)
            for id in knows:
                others = [(self._by_itself()[other].book.sheets[0], told[other]) for other in knows if other != id]
                for one in told[id]:
                    if not sentence.start <= one.start < sentence.end or not self._names_it(one, reading, id):
                        continue
                    if one.code not in OF_GROUPS or self._is_of(one, reading.text[sentence.start : sentence.end], id, others):
                        yield one

    def _is_of(self, finding: Finding, words: str, id: str, others: Sequence[tuple[Sheet, Sequence[Finding]]]) -> bool:
        """Whether a group is that of the table told of: no other's head is said (除春节外，其他档期…, of 假期 beside 档期), and
        none that knows the sentence as well, by time like it or not, is silent."""
        own = next(sheet for sheet in self.book.sheets if sheet.table.id == id)
        heads = [sheet.head for sheet in self.book.sheets if len(sheet.head) > 1 and sheet.head != own.head]
        if any([head in words for head in heads]):
            return False
        return all([any([one.start == finding.start for one in told]) for sheet, told in others if sheet.series == own.series])

    def _names_it(self, finding: Finding, reading: Reading, id: str) -> bool:
        """Whether the names of the clause told of are those of the table that tells of it: not 股票ETF净流出 57 亿元，但全部ETF仍
        净流入 61 亿元, of a table that knows no 全部ETF."""
        book = self._by_itself()[id].book
        sentence = _sentence(reading, finding.start)
        own = {at for one in _named(book, reading, sentence, _KNOWN) for at in range(*one)}
        scene = next((one for one in scenes(reading, sentence, self.book, None) if finding.start < one.part.end), None)
        return scene is None or all([own.issuperset(range(one.start, one.end)) for one in scene.of("amount")])

    def _of_book(self, book: Book, reading: Reading, lane: Lane | None = None) -> Iterator[Finding]:
        last: Scene | None = None
        for sentence in sentences(reading):
            if "\n" in reading.text[max(sentence.start - 1, 0) : sentence.start]:
                last = None
            if lane is not None and not said_of(
                lane, [one for one, _ in self.lanes], reading.text[sentence.start : sentence.end]
            ):
                last = None
                continue
            speaks = (
                last is not None or book.speaks(reading.text, sentence) or named_bare(reading.text, sentence, book) is not None
            )
            if not speaks and _DIGIT.search(reading.text, sentence.start, sentence.end) is None:
                continue
            found = scenes(reading, sentence, book, last)
            speaks = speaks or any([scene.of("noun") for scene in found])  # 仔猪市场低迷，价格…
            told = list(self._of_sentence(found, reading, speaks) if lane is None else self._of_lane(lane, book, found, reading))
            if told and last is not None:  # what holds where the sentence stands alone is right
                alone = scenes(reading, sentence, book, None)
                again = list(
                    self._of_sentence(alone, reading, _speaks(book, reading, sentence, alone), once=False)
                    if lane is None
                    else self._of_lane(lane, book, alone, reading)
                )
                told = [one for one in told if one.code == "claim-twice" or _again(one, again) or _goes_on(one, alone)]
            yield from told
            other = "“" in reading.text[sentence.start : sentence.end] and not any([scene.tokens for scene in found])
            last = found[-1] if found and speaks and not other else None  # 常被问到“金价是不是太贵了”

    def _of_sentence(self, found: Sequence[Scene], reading: Reading, speaks: bool, *, once: bool = True) -> Iterator[Finding]:
        """`speaks`: of the data, as far as one can tell."""
        lead: frozenset[str] = frozenset()
        known = len(self.matched)
        for at, scene in enumerate(found):
            after = found[at + 1] if at + 1 < len(found) else None
            yield from hold_reckoning(scene, self.book, after)
            yield from hold_said(found[: at + 1])
            yield from hold_portions(found[: at + 1])
            yield from hold_breadth(scene, self.book)
            if speaks:
                for check in CHECKS:
                    yield from check(scene, self.book, found[: at + 1])
                yield from self._numbers(scene, self.book, reading, found[: at + 1])
                yield from hold_ends(scene, self.book, found[: at + 1])
            yield from hold_said_order(found[: at + 1])
            if once:
                yield from self.facts.hold(scene, lead)
                yield from self.facts.hold_slips(scene, self.book)
            lead |= {scene.text[one.start : one.end] for one in scene.tokens if one.kind in ("time", "scope")}
        tells = speaks and any([(scene.of("row") or scene.of("noun")) and scene.of("dir") for scene in found])
        if len(self.matched) > known or tells:
            yield from hold_coming(found, self.published, self.book)

    def _of_lane(self, lane: Lane, book: Book, found: Sequence[Scene], reading: Reading) -> Iterator[Finding]:
        """What a sentence says of the course of one row in a table whose columns are times."""
        for at, scene in enumerate(found):
            if any([key in scene.text[found[0].part.start : scene.part.end] for key in lane.others]) or _REST.match(scene.words):
                continue
            if lane.open and any([token.time is not None and token.time.kind == MONTH for token in scene.whens]):
                continue  # 8月…, of a table of 本月 in a note of September
            if _GROUP.search(dotted_of(scene, scene.part.start, scene.part.end)) is None:  # 六家中最低 is of other rows
                for check in OF_COURSES:
                    yield from check(scene, book, found[: at + 1])
            if len(scene.of("noun")) > 1 and _APART.search(scene.words) is not None:
                continue  # A 与 B 的库存差扩大至 57.7 万吨
            yield from self._numbers(scene, book, reading, (), derived=not lane.moves or _on_step(lane, scene))

    def _numbers(
        self, scene: Scene, book: Book, reading: Reading, sentence: Sequence[Scene], *, derived: bool = True
    ) -> Iterator[Finding]:
        turned = hold_direction(scene, book) or hold_turn(scene, book)
        if turned is not None and (sentence or _GROUP.search(scene.words) is None):  # 其余四类均增长, in a lane
            yield turned
        known: set[int] = set()
        for statement in statements(scene, book) if not sentence[-2:-1] or not adds(sentence[-2]) else ():
            known.add(statement.number.start)
            if not derived and any([option.derived for option in statement.options]) and not scene.of("versus"):
                continue  # the table's own column of changes says it
            plain = not any([one.derived for one in statement.options])
            if plain and _THAN.search(scene.text, scene.part.start, statement.quantity.lead) is not None:
                continue  # 比极氪多交付 10 辆
            wrong, option = hold(scene, statement, book)
            if wrong is not None and _of_several(scene):
                continue  # A 与 B …；年初至今仍有 25.71% 和 11.43% 的涨幅
            if wrong is not None:
                if wrong.code not in _OF_NUMBERS or not explained(scene, book, statement, sentence):
                    yield wrong
            elif option is not None:
                self.used.add(option.sheet.table.id)
                place = reading.span(statement.quantity.start, statement.quantity.end)
                if option.derived:
                    self.reckoned.add(place.start)
                was = self.headings.get(option.sheet.table.id, {})
                path = tuple([was.get(key, key) for key in (option.sheet.name(option.row), option.measure.key)])
                across = (book is not self.book) != (option.sheet.table.id in self.turned)
                self.matched[place.start] = ".".join((option.sheet.table.id, *(path[::-1] if across else path)))
        if sentence:
            yield from hold_origins(scene, book, sentence, known)

    def _told(self, finding: Finding, reading: Reading) -> Claim:
        notes = tuple(
            [
                (cell.span, f"the data say {cell.text}")
                for sheet, row, measure in finding.cells[:2]
                for cell in [sheet.cell(row, measure)]
            ]
        )
        message = finding.message
        for table in dict.fromkeys([sheet.table.id for sheet, _, _ in finding.cells]) or self.headings:
            for word, was in self.headings.get(table, {}).items():  # as the data have it
                message = message.replace(f" {word})", f" {was})").replace(f"({word})", f"({was})")
        return Claim(finding.code, message, reading.span(finding.start, finding.end), notes)


def _of_several(scene: Scene) -> bool:
    """Whether a clause says two numbers, one after the other, of the rows it goes on with, and not 分别."""
    numbers = [one.quantity for one in scene.of("number") if one.quantity is not None]
    several = len({(one.start, one.end) for one in scene.rows}) > 1 and not scene.of("row") and "分别" not in scene.words
    return several and len(numbers) > 1 and _AND.fullmatch(scene.text, numbers[0].end, numbers[1].lead) is not None


def _turned(finding: Finding, reading: Reading) -> list[Reading]:
    """The passage with each contrary of what is told of in its place."""
    text, start, end = reading.text, finding.start, finding.end
    return [reading.replace(text=text[:start] + words + text[end:]) for words in contraries(text[start:end])]


_TIMED = later(r"^(?:\d{4}年?)?(?:\d{1,2}月份?|[一二三四]季度|[上下]半年|全年|累计)?")
_NAMES = ("row", "noun")
# 12月 and 销量, beside another's column 12月销量; 北向 and 净买入, beside 北向净买入.
_KNOWN = (*_NAMES, "time", "scope", "since", "versus", "base", "basis", "amount", "dir")


def _named(book: Book, reading: Reading, sentence: Part, kinds: Collection[str] = _NAMES) -> list[tuple[int, int]]:
    """Where a sentence names rows and columns, or what else is asked for."""
    found = scenes(reading, sentence, book, None)
    return [(token.start, token.end) for scene in found for token in scene.tokens if token.kind in kinds]


def _on_step(lane: Lane, scene: Scene) -> bool:
    """Whether a clause speaks of a 环比 that the table has no column of, though it has one of 同比 beside 本月 and 上月."""
    based = [token.scope for token in (*scene.carried, *scene.tokens) if token.kind == "basis"]
    return based[-1:] == ["环比"] and not any(["环比" in key for key in lane.others]) and adjoining(lane.sheet)


def _at_any(finding: Finding, reading: Reading, places: Collection[int]) -> bool:
    """Whether one of these places of the note is among the words told of."""
    return any([reading.span(at, at + 1).start in places for at in range(finding.start, finding.end)])


def _speaks(book: Book, reading: Reading, sentence: Part, alone: Sequence[Scene]) -> bool:
    return book.speaks(reading.text, sentence) or any([scene.of("noun") for scene in alone])


def _homes(token: Token, book: Book) -> set[str]:
    """The tables a name is of."""
    return {book.sheets[name.sheet].table.id for name in token.names}


def _again(finding: Finding, others: Sequence[Finding]) -> bool:
    return any([finding.start < one.end and one.start < finding.end for one in others])


_WHOLE = later(r"全国|全市场|全行业|个交易日|[A港美]股|股市|债市|大盘|两市|前者|后者|其中")


def _goes_on(finding: Finding, alone: Sequence[Scene]) -> bool:
    """Whether a sentence does not say itself of what it tells, but goes on with what the one before it is about."""
    scene = next((one for one in alone if one.part.start <= finding.start < one.part.end), None)
    if scene is None or scene.rows:
        return False
    start, end = alone[0].part.start, scene.part.end
    if _GROUP.search(scene.text, start, end) or _WHOLE.search(scene.text, start, end):
        return False
    by_time = any([sheet.series for sheet, _, _ in finding.cells])
    named = any([one.of("noun") or one.of("time") for one in alone if one.part.start <= finding.start])
    if named and finding.code in ("claim-total", "claim-multiple"):
        return False
    if (scene.nouns or scene.whens) if by_time else any([one.time is not None and one.time.kind == DAY for one in scene.whens]):
        return False
    first = next((one for one in alone if one.tokens), scene)
    return FILLER.match(first.text[first.part.start : first.tokens[0].start] if first.tokens else "") is not None


def _sentence(reading: Reading, at: int) -> Part:
    """The sentence a place of a passage is in."""
    return next(one for one in sentences(reading) if one.start <= at < one.end)


def _around(text: str, at: int) -> str:
    """The sentence a place of the text is in."""
    start = sentence_start(text, at)
    ends = [end for char in ENDS if (end := text.find(char, at)) >= 0]
    return text[start : min(ends, default=len(text))]
