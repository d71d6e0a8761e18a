"""What a sentence speaks of: its rows, nouns, times, numbers and directions, and what each number is said of.

In: a reading, the book of the data.  Out: `Scene` for each clause with tokens that do not overlap, and `Statement` for each
number.  Always: what is not understood between a subject and its number makes the statement unclear, and nothing is held
against it.
"""

from __future__ import annotations

from ...pattern import later
from ...record import Record
from ..meant.domains import words_of
from ..tables.book import Book as Book
from ..tables.book import Token as Token
from ..tables.subjects import MONTH, NOUN, ROW, WEEK, YEAR
from ..words import lexicon
from ..words.quantities import AREAS, COUNT, THINGS
from ..words.reading import BLOT, clauses, dotted
from ..words.synonyms import GROUPS
from ..words.times import same
from .carry import (
    CAUSE,
    LEFT_OUT,
    OF_LAST_YEAR,
    bases_on,
    compares,
    is_base,
    of_its_time,
    of_other_week,
    of_past,
    scope_on,
    that_time,
    whens_on,
    year_before,
)
from .pointed import POINTS, begun_before, but_spreads, of_carried, pointed_of, same_term, two_of
from .qualified import BY_PACE, paced
from .tokens import start_of, tokens_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..tables.subjects import Measure, Sheet
    from ..words.reading import Part, Reading

# 由 2023 年的 228.2 亿元增长 22.6%，升至…: what it grew by is not of 2023.
_WAY_BY = later(
    r"[由从](?:(?:\d{2,4}年|去年|上年|今年)(?:同期)?(?:\d{1,2}月|[一二三四]季度)?|\d{1,2}月|[一二三四]季度|上(?:个)?[周月季年]度?)(?:份|末|底)?的?"
    r"-?\d[\d.]*[^\d，]{1,6}(?:[升涨增提扩降跌减回下上缩][一-龥]?|走[高低阔])了?约?\d"
)
FOREIGN = "?"  # a time the data say nothing of
_WAY = later(r"(?:由(?!于)|从(?![业事而])|(?<![各来])自(?![身然]))(?!其).*\d.*(?:至|到|[转变][为成])")


class Scene(Record):
    """A clause.  `subject`, `nouns`, `times` and `scope` are its own or those it goes on with; `unsure`: it claims nothing;
    `denied`: it says what is not; `past`: the rows of the clause before; `way`: it tells of a way from one value to another, or
    goes on with one; `lost`: it speaks of something the data do not know, or goes on with that; `carried`: the 跌幅 or 同比
    the clause before speaks of (净利润降幅更深，达 81.9%); `other`: it speaks of somebody else's numbers; `summed`: it goes on
    with several rows taken together (三类合计发行…，净融资…); `two`: the two rows 前者 and 后者 would mean after it; `subjects`:
    its rows but those it compares with, what the next clause goes on with; `sinces`: the times it reckons from; `amps`: its
    跌幅, or that of the clauses it goes on with; `gone`: the times of the clause before;
    `bases`: the time a clause before it says all is compared with (与上周相比，…)."""

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
    sinces: tuple[Token, ...] = ()
    amps: tuple[Token, ...] = ()
    gone: tuple[Token, ...] = ()
    bases: tuple[Token, ...] = ()

    def of(self, kind: str) -> list[Token]:
        """Its own tokens of a kind."""
        return [token for token in self.tokens if token.kind == kind]

    def dotted(self, start: int, end: int, *kinds: str) -> str:
        """A stretch of its text with a dot for each of its tokens, of these kinds where any are named."""
        return dotted(self.text, start, end, [one for one in self.tokens if not kinds or one.kind in kinds])

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


_FUTURES = later(r"(?:期货)?(?:主力|近月|远月|连续)?(?:合约|期货)")
_SPOT = later(r"现货|贴水|升水|基差|期现")


def _of_futures(text: str, part: Part, named: Sequence[Token]) -> bool:
    """Whether a clause speaks of the futures of what the data name, in a sentence that tells them from what is on the spot."""
    if not any([_FUTURES.match(text, token.end, part.end) for token in named]):
        return False
    start = max(text.rfind(char, 0, part.start) for char in "。；\n") + 1
    ends = [at for char in "。；\n" if (at := text.find(char, part.end)) >= 0]
    return _SPOT.search(text, start, min(ends, default=len(text))) is not None


def scenes(reading: Reading, sentence: Part, book: Book, before: Scene | None) -> list[Scene]:
    """The clauses of a sentence; `before` is the last one of the sentence before it in the passage."""
    out: list[Scene] = []
    text = reading.text
    last = before
    supposed = strange = False
    for part in clauses(text, sentence):
        words = lexicon.BEATEN.sub("", text[part.start : part.end])
        found = tokens_of(text, part, book)
        if OF_LAST_YEAR.search(text, max(sentence.start - 1, 0), part.start) is not None:
            found = [year_before(token, text, book) for token in found]
        found = that_time(found, text, last if out else None)
        pointed = pointed_of(text, part, last.two if last is not None else (), [one for one in found if one.kind == ROW])
        pointed += same_term(text, part, found, last, book)
        found = [one for one in found if not any([one.start < new.end and new.start < one.end for new in pointed])]
        found = but_spreads(text, sorted([*found, *pointed], key=start_of))
        if not out and BY_PACE.fullmatch(text, part.start, part.end) is not None:
            found = [paced(text, one, book) for one in found]
        if out:
            found = sorted([*found, *begun_before(text, part, found, last, book)], key=start_of)
        rows = [token for token in found if token.kind == ROW]
        held = _of_home(_subjects(text, part, rows) or (list(last.subjects) if last is not None and out else []), rows)
        found, rows = [held.get(one.start, one) for one in found], [held.get(one.start, one) for one in rows]
        nouns = [] if is_base(text, part, found) else [token for token in found if token.kind == NOUN]
        if last is not None and nouns:
            found, nouns = of_carried(found, nouns, rows, last, book)
        whens = [token for token in found if token.kind == "time"]
        scope = _scope(text, found, book)
        narrow = book.cumulative or any(book.dated)
        if nouns and narrow:
            found, nouns, whens = _dated(found, nouns, whens, last, book, scope)
        for token in rows:  # 沈若川, 无锡银行
            words = words.replace(text[token.start : token.end], "·")
        supposed = supposed or lexicon.CONDITION.search(words) is not None
        cause = lexicon.MOVED_BY.match(words) if rows else None
        if cause is not None and lexicon.UNSURE.search(cause.group("what")) is None:
            words = words[cause.end() :]
        if rows:
            words = lexicon.RARE.sub("", words)
        if nouns and lexicon.UNSURE.search(words) is not None:  # a column may be called 目标 or 预期
            for token in nouns:
                words = words.replace(text[token.start : token.end], "·")
        for token in nouns:  # 将政策利率由 A 上调至 B
            if text[token.start - 1 : token.start] == "将" and token.start > part.start:
                words = words.replace("将" + text[token.start : token.end], "")
                words = words.replace("将·", "·")
        unsure = supposed or lexicon.UNSURE.search(words) is not None or _of_futures(text, part, rows + nouns)
        if (
            unsure
            and lexicon.UNSURE.search(words) is not None
            and CAUSE.fullmatch(words) is None
            and not ((lexicon.HOPES.fullmatch(words) or (not rows and lexicon.BACKGROUND.match(words))) and not nouns)
        ):
            supposed = True
        if not out:
            strange = not rows and not nouns and _TOPIC.fullmatch(text, part.start, part.end) is not None
            strange = strange and not ("份额" in words and "占" in text[part.end : sentence.end])  # 从份额看，A 占三家合计的…
        supposed = supposed or (not out and _OTHERWISE.fullmatch(text, part.start, part.end) is not None)
        unsure = unsure or (strange and not nouns)  # 换手率方面，…, where the data have none
        inherited = not rows and not nouns
        way = (_WAY.search(words) or _WAY_BY.search(words)) is not None or (inherited and not whens and bool(out) and out[-1].way)
        other = not rows and bool(nouns) and bool(_foreign(text, part, nouns[0], found, book))
        other = other and not _confirmed(found, nouns, book)
        titled = not rows and words[:2] == "《" + BLOT  # 《破阵》后劲不足: a film, not what went before
        lost = (titled or (not pointed and POINTS.search(words) is not None)) or (
            inherited and (_strange(text, part, found, book) or (not whens and bool(out) and (out[-1].lost or out[-1].other)))
        )
        if (
            rows
            and not nouns
            and out
            and not out[-1].of("noun")
            and _APART.search(_rowless(out[-1]))
            and not any([token.kind in ("dir", "amp") for token in found])
        ):
            lost = True  # 1 年期限的利差为 35.5bp，10 年则不到 10bp
        if not rows and out and out[-1].other and _THAT_ONE.search(words) is not None:
            lost = True  # 某城商行净利润 9.1 亿元，该行总资产…
        if inherited and out and len(out[-1].of(ROW)) == 1 and _DIFFERENCE.search(out[-1].words) is not None:
            lost = True  # AA+与AAA的等级利差为 13.45bp，较上周扩大, where AAA is no row
        summed = (
            not rows
            and last is not None
            and bool(out)
            and (
                last.summed
                or (_several(last) and _TOGETHER.search(last.words + _apart(last)) is not None)
                or (not last.of(ROW) and not last.rows and _ALL_TOLD.search(last.words) is not None)
                or (not nouns and len(last.of(NOUN)) > 1 and _GAP.search(last.words) is not None)
            )
        )
        two = two_of(rows, last)
        sinces = tuple([token for token in found if token.kind == "since"])
        if not sinces and not whens and not scope and out:
            sinces = out[-1].sinces
        past = last.subjects if last is not None and out else ()
        denied = lexicon.NOT.search(lexicon.NO_NOT.sub("", words)) is not None
        moved = whens or scope or [token for token in found if token.kind in ("amp", "dir", "neutral")]
        carried = _left_open(last) if last is not None and out and inherited and not moved else ()
        gone = () if last is None or not out else tuple([one for one in last.whens if not _beside(text, one)]) or last.gone
        if last is not None and LEFT_OUT.match(last.words):
            gone = ()
        if out and not [token for token in found if token.kind == "basis"] and _only_basis(out[-1]):
            carried = (*carried, *out[-1].of("basis"))  # 同比来看，成都下降
        amps = tuple([token for token in found if token.kind == "amp"])
        turned = [token for token in found if token.kind == "dir" and _OWN_WAY.fullmatch(text, token.start, token.end)]
        if not amps and not nouns and not rows and out and not turned:
            amps = out[-1].amps
        words = text[part.start : part.end]
        excepted = last is not None and bool(out) and _EXCEPT.fullmatch(last.words) is not None  # 除 A 外，三家均提升
        if last is not None and (excepted or _REST.match(words)):  # 其余四只产品全部上涨
            last = last.replace(rows=(), subjects=())
        subjects = _subjects(text, part, rows) or list(last.subjects if last is not None and (rows or out) else ())
        if last is not None:
            home = {name.sheet for token in rows for name in token.names}
            rows = rows or list(last.subjects)
            subjects = subjects or rows
            if not nouns and narrow:
                again_scope = scope or (scope_on(out, last) if not whens else "")
                found, again, whens = _dated(found, list(last.nouns), whens, last, book, again_scope)
                own = [one for one in found if one.kind == "time"]
                last = last.replace(nouns=tuple([of_its_time(one, own, book) for one in again]))
            if not nouns and scope and _GAINS.search(words):
                last = last.replace(nouns=())  # 最大回撤 1.31%，月度收益 0.12%
            if not nouns and (whens or scope):
                last = last.replace(nouns=tuple([token for token in last.nouns if not _of_a_time(text, token)]))
            if not nouns:
                last = last.replace(nouns=tuple(_but_compared(text, last.nouns)))
            nouns = nouns or [token for token in last.nouns if not home or home & {name.sheet for name in token.names}]
            if last.scope and not last.rows and not last.nouns and _THROUGH_IT.match(last.words):
                last = last.replace(scope="")  # 经过半年的炒作，…
            if not whens and not scope and _BY_NOW.match(words):
                scope = ""
                nouns = [token for token in nouns if token in found or not of_past(text, token)]
            elif not whens and not scope:
                whens = [] if LEFT_OUT.match(last.words) else whens_on(out, last)
                if whens and all(
                    [held_against(text, one) and _TIMES_OF.match(text, one.end) for one in whens]
                ):  # 约为2024年一季度的两倍，不过环比减少…
                    whens = list(last.gone)
                whens, scope = [one for one in whens if text[one.start - 1 : one.start] not in ("由", "从")], scope_on(out, last)
            elif not whens and scope == WEEK and of_other_week(text, part, last.whens, book):
                pass  # 净流入在7月12日当周升至 254.6 亿元，本周再增至 647.5 亿元
            elif not whens and not (last.lost and scope == WEEK and any([token.kind == ROW for token in found])):
                whens = list(last.whens)  # not that of what the data do not know: 6月CPI同比涨 3%，2年期美债一周下行 15bp
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
            sinces,
            amps,
            gone,
            bases_on(out[-1], found) if out else (),
        )
        out.append(last)
    return out


def _dated(
    found: list[Token], nouns: list[Token], whens: list[Token], last: Scene | None, book: Book, scope: str
) -> tuple[list[Token], list[Token], list[Token]]:
    """The tokens of a clause with each column's name as that of the time that is said before it, after it, or went before."""
    out: dict[int, Token] = {}
    for noun in nouns:
        near = [token for token in whens if token.end <= noun.start] or whens or (list(last.whens) if last is not None else [])
        new, used = book.at_time(noun, near[-1:], scope)
        out[noun.start] = new
        if used is not None and used in whens:
            out[used.start] = used.replace(scope="column")
    fresh = [out.get(token.start, token) if token.kind in ("noun", "time") else token for token in found]
    return fresh, [out[token.start] for token in nouns], [out.get(token.start, token) for token in whens]


def _only_basis(scene: Scene) -> bool:
    """Whether a clause says no more than 同比来看."""
    kinds = {token.kind for token in scene.tokens}
    return kinds == {"basis"} and len(scene.words) <= len("从同比来看的话")


_OWN_WAY = later(r"(?:上|下|收|大|微)?[涨跌升降增减](?:长|加|少)?")  # of what the row does, no more of its 降幅: 本月增 40.1%


def _left_open(scene: Scene) -> tuple[Token, ...]:
    """The 跌幅 or 同比增速 a clause speaks of, no number given."""
    said = [token for token in scene.tokens if token.kind in ("amp", "neutral", "basis", "number")]
    return tuple(said) if said and all([token.kind != "number" for token in said]) else ()


_AGAINST = later(
    r"(?:比|较|[高多超胜]出|反超|赶超|甩开|拉开|超过|超越|高于|低于|深于|浅于|快于|慢于|高过|不及|不如|少于|多于|大于|小于|跑赢|跑输|强于|弱于|优于|好于|逊于|落后于?|领先于?|仅次于|次于|胜过|相当于)"
    r"(?:了|(?:排名?|位列|位居|名列)?第[一二三四五]名?[位大]?的?|[次后亚首榜末]位的?|[次亚季]席的?|[亚季]军的?|紧随其后的|同期的?)*$"
)
_SHARE_OF = later(r"的(?:约|近|逾|超过?|不足|不到|接近)?(?:\d|[一二两三四五六七八九十百半]+(?:成|倍|分之|半|$))")


_LISTED = ("、", "和", "与", "及", "以及")


def _subjects(text: str, part: Part, rows: Sequence[Token]) -> list[Token]:
    """The rows of a clause but those it compares others with: 高于 B, 为 B 的两倍."""
    out: list[Token] = []
    last: Token | None = None  # that others are compared with
    for token in rows:
        listed = last is not None and text[last.end : token.start] in _LISTED  # 超过 A 和 B
        if listed or _AGAINST.search(text, part.start, token.start) is not None:
            last = token
        elif _SHARE_OF.match(text, token.end, part.end) is None:
            out.append(token)
    return out


def _of_home(subjects: Sequence[Token], rows: Sequence[Token]) -> dict[int, Token]:
    """The rows that others are held against, where two tables have them, as those of the table the others are in: 热卷去库
    缓慢，…，较螺纹钢的 5.4% 相去甚远, of a table of stocks beside one of prices."""
    homes = {name.sheet for token in subjects for name in token.names}
    if len(homes) != 1 or not rows or rows == subjects:
        return {}
    out = {}
    for token in rows:
        names = tuple([name for name in token.names if name.sheet in homes])
        if token not in subjects and names and len(names) < len(token.names):
            out[token.start] = token.replace(names=names)
    return out


_GAP = later(r"[利价息]差|差值|差距|之差")


def _several(scene: Scene) -> bool:
    """Whether a clause names several rows, or one beside a name that is none."""
    rows = scene.of(ROW)
    return len(rows) > 1 or any([scene.text[one.end : one.end + 1] in _LISTED for one in rows])


def _apart(scene: Scene) -> str:
    """ "之和" where a clause speaks of how far its rows are apart, which is of them together, too."""
    return "之和" if _GAP.search(scene.words) is not None else ""


def _rowless(scene: Scene) -> str:
    """The clause with a dot for each row: 5年AA信用利差 may be one."""
    words = scene.words
    for token in scene.of(ROW):
        words = words.replace(scene.text[token.start : token.end], "·")
    return words


_ALL_TOLD = later(rf"{COUNT}[{THINGS}{AREAS}](?![月季年])[^，。；]{{0,12}}(?:合计|共计|总计|合共)")  # 六家净利合计…，同比增…
_TOGETHER = later(r"合计|共计|总计|合共|总共|之和|加总|一共|平均")


_THAT_ONE = later(r"该(?:行|公司|集团|企业|券商|银行|[险车药房]企|机构|平台)")
_DIFFERENCE = later(r"[与和、][^，。；]{1,8}(?:的|之间的?)?(?:[一-龥]{0,3}利差|价差|差距|差额|之差|息差)")
_EXCEPT = later(r"[一-龥]{0,4}除(?:了|去|开)?.{1,40}?(?:以外|之外|外)|(?:剔除|不含|不计)(?:了|掉)?[^，\d]{1,20}")
_REST = later(r"其余|其他|其它|剩余|剩下|另外?[一二两三四五六七八九十\d]")


def _strange(text: str, part: Part, found: Sequence[Token], book: Book) -> bool:
    """Whether a clause that names no row or noun puts a number to something else: 其中软件业务 48 亿元."""
    number = next((token for token in found if token.kind == "number"), None)
    if number is None or number.quantity is None:
        return False
    if _HELD_AT.search(text, part.start, number.quantity.lead) and _MARK.match(text, number.end, part.end):
        return False
    words = dotted(text, part.start, number.quantity.lead, found)
    group = _EACH_OF.match(words)
    if group is not None and any([group.group("who") in words_of(sheet) for sheet in book.sheets]):
        words = words[group.end() :]  # 美股三大指数本周跌幅均超过 2.3%
    return lexicon.FILLER.match(words) is None


_EACH_OF = later(
    rf"(?P<who>[一-龥A-Z]{{2,6}}?)(?:市场)?(?:的|这)?(?:{COUNT}[{THINGS}{AREAS}大])?(?:主要)?(?:股指|指数|ETF|{'|'.join(GROUPS)})?"
    r"(?=[·本当全]{1,8}?(?:均|都|皆|全部|悉数|双双))"
)
_HELD_AT = later(r"(?:守住|守稳|站稳|站上|失守|收复|保住|重返|重回|越过|迈过|突破|跌破|升破)了?$")
_MARK = later(r"(?:整数)?(?:关口|大关|门槛)")  # 仍守住 2 万辆关口


def _foreign(text: str, part: Part, noun: Token, found: Sequence[Token], book: Book) -> str:
    """The words before the first noun of a clause that are not understood: 同业龙头二季度毛利率."""
    words = dotted(text, part.start, noun.start, found)
    for sheet in book.sheets:  # 七款模型的数学得分
        words = words.replace(sheet.head, "") if len(sheet.head) > 1 and not sheet.series else words
    return "" if lexicon.FILLER.match(_SELF.sub("", words)) else words


def _confirmed(found: Sequence[Token], nouns: Sequence[Token], book: Book) -> bool:
    """Whether a number is that of its column at its time, so that the words before it say only what the table is of: 8月新能源
    汽车销量为 110.0 万辆, of 销量 by month."""
    times = [token.time for token in found if token.kind == "time" and token.time is not None]
    numbers = [token.quantity for token in found if token.kind == "number" and token.quantity is not None]
    if len(times) != 1 or not numbers or numbers[0].about or numbers[0].lead < nouns[-1].end:
        return False
    digits = f"{numbers[0].value:f}".replace(".", "").strip("0" if not numbers[0].decimals else "")
    if len(digits) < SURE:
        return False
    for name in nouns[-1].names:
        sheet = book.sheets[name.sheet]
        rows = [row for row, time in enumerate(sheet.times) if time is not None and same(time, times[0])]
        for place in name.places if len(rows) == 1 else ():
            if sheet.cell(rows[0], sheet.measures[place]).value in (numbers[0].value, -numbers[0].value):
                return True
    return False


SURE = 3  # digits of a number that is hardly that of another thing at the same time
_SELF = later(
    r"公司|企业|集团|我司|本基金|该股|今年|口径|来看|来说|看|从|节奏|结构|需求|供给|经济|金融|价格|工业|制造业|非制造业"
)


def _scope(text: str, found: Sequence[Token], book: Book) -> str:
    """The time a clause's change is taken over, as far as words of scope say it; the last one counts."""
    own = [token for token in found if token.kind == "scope"]
    last = max([token.start for token in found if token.kind == "number"], default=len(text))
    own = [token for token in own if token.start < last or not compares(text, token)]  # 7.2% 的增速低于累计增速
    said = [token.scope for token in own]
    if not said and book.cumulative:  # the month by itself, where the data have the year to date, too
        months = [one for one in found if one.kind == NOUN and _MONTH.match(text, one.start) is not None]
        if [one for one in months if int(text[one.start : one.end].split("月")[0][-2:].lstrip("年")) == book.now.month]:
            return MONTH
    past = [one for one in said if one.startswith(("去年", "上年", "前年"))]
    if past and len(said) > 1 and said[-1] in ("周", "月", "日"):
        return past[-1]  # 去年同期上证50一周下跌 2.3%
    if len(said) > 1 and _LAST_YEAR.search(text, found[0].start, found[-1].end) is not None:
        said = [one for one in said if one != YEAR]  # 去年全年
    return said[-1] if said else ""


_LAST_YEAR = later(r"(?:去年|上年|前年)(?:全年|年内|年度)")
_TOPIC = later(
    r"(?:从|就|论|按|以|在)?(?!涨|跌|增|降)[一-龥A-Za-z]{1,8}(?:率|额|估值|仓位|规模|份额|面积|周期|收入|利润|费用|成本|库存|倍数|久期|回撤|溢价|利差|权重|评分)"
    r"(?:方面|来看|看|上|而言|来说|角度看)"
)
# What counts otherwise than the data do: 把两周合起来看，…; 单只平均看，….
_OTHERWISE = later(
    r"(?:若|如|如果)?(?:[把将])?(?:这|前后|近)?[一二两三四五六七八九十\d]+个?(?:[周月年]|季度?|阶段)(?:的[一-龥]{2,4})?"
    r"(?:[合加连放](?:在?一)?起来?(?:来)?(?:[看算计]|而言)?|(?:合并|合计|累计|叠加|平均|加总)(?:来)?(?:[看算]|而言|计算))"
    r"|(?:若|如|如果)?(?:按|从|以)?(?:单[只家户个支]|每[只家户个支]|只均|户均|店均|人均)(?:产品|基金|公司)?(?:平均|均值|规模)?(?:口径)?(?:来)?(?:[看算计]|而言|计算)"
)
_APART = later(r"[利价息]差|差[距值额]|溢价")
_THROUGH_IT = later(r"(?:在)?(?:经过|历经|经历)")
_GAINS = later(r"(?:收益|回报|业绩)(?:率)?(?:为|是|达|录得|约)?-?\d")
# Not of the time the clause before names.
_BY_NOW = later(
    r"截至(?:本?[周月季年]末|期末)|(?:最新|目前|当前|如今|现)(?!一?个?(?:期|季|年|月))"
)  # not of the time the clause before names


def _but_compared(text: str, nouns: Sequence[Token]) -> list[Token]:
    """The columns but those others are held against: 超过 A 和 B."""
    out: list[Token] = []
    last: Token | None = None
    for token in nouns:
        if _compared_with(text, token) or (last is not None and text[last.end : token.start] in _LISTED):
            last = token
        else:
            out.append(token)
    return out


def _compared_with(text: str, token: Token) -> bool:
    """Whether a column is named as what another is held against: 较上周, 高于去年同期."""
    before = text[: token.start]
    return before.endswith(("较", "比", "高于", "低于", "超过", "不及", "优于", "好于")) or (
        before.endswith(("由", "从")) and _VALUE.match(text, token.end) is not None
    )


_VALUE = later(r"的?-?\d")


_TIMES_OF = later(r"的(?:近|约|逾|超过?)?[\d.一二两三四五六七八九十]*(?:余|多)?(?:倍|半|成|分之)")


def _beside(text: str, token: Token) -> bool:
    """Whether a time is that of what something is held against: 为 2022 年的一半."""
    return text[: token.start].endswith(("是", "为", "到", "于", "较", "比", "及", "足", "由", "从", "相当"))


def held_against(text: str, token: Token) -> bool:
    """Whether a time is no more than what a multiple or a part is of: 是 9 月的三倍多."""
    return _beside(text, token) and text[token.end : token.end + 1] == "的"


def _of_a_time(text: str, token: Token) -> bool:
    """Whether a column's name is no more than a time: another time takes its place."""
    return _BARE_TIME.fullmatch(text, token.start, token.end) is not None


_BARE_TIME = later(r"(?:\d{4}年?)?(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度|Q[1-4])?(?:末|底|累计)?")
_MONTH = later(r"\d{1,2}月")
