"""One column held against another, row by row: 超预期, 跑输业绩基准, 环比下滑的有两家, 均高于 5 月, 完成全年目标的 36%.

In: scenes of a sentence, the book.  Out: findings.  Always: the table has both columns (see `pairs`), and the words say which
rows are meant: those named, all, or so many of them.
"""

from __future__ import annotations

from decimal import Decimal

from ...data.rounding import rounded
from ...pattern import later
from ...record import Record
from ..meant.domains import domains, rows_of
from ..meant.groups import goes_on_with_one, listed, of_other_head, sentence_text
from ..meant.options import OUT, before
from ..meant.pairs import called, earlier, expected, is_rank, latest, of_another_time, standard, target
from ..meant.pools import column_for, of_said_time
from ..tables.subjects import CHANGE, FLOW, LEVEL
from ..tables.time_columns import column_times
from ..words import lexicon
from ..words.quantities import AREAS, COUNT, THINGS, fits, han_value
from ..words.reading import sentence_start
from .findings import Finding
from .series import column_of, row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

_OVER = r"超出?|超过|超越|好于|高于|高出|强于|优于|胜过|跑赢|战胜|领先于?|大超|大于|深于"
_UNDER = r"不及|低于|弱于|逊于|逊色于|略逊于|差于|未达|未及|跑输|落后于?|输给|小于|浅于|窄于"
_BETWEEN = r"(?:了|其|同期|市场|一致|此前|业绩|比较|机构|\d+(?:\.\d+)?%|的)*"
YARDSTICK = later(rf"(?:(?P<over>{_OVER})|(?P<under>{_UNDER})){_BETWEEN}(?P<what>预期|基准)(?:值|收益率?|水平)?")
_NOT = r"(?:(?:并|尚|仍|均|都|也)*(?:未曾?能?够?|没有?能?够?)|不能|无法|难以)(?:明显|显著|有效|最终|成功)?"
UNBEATEN = later(  # 未能跑赢业绩基准
    rf"(?P<under>{_NOT}(?:{_OVER}|达到?|及)){_BETWEEN}(?P<what>预期|基准)(?:值|收益率?|水平)?"
)
_THAN = later(
    rf"(?:较|比){_BETWEEN}(?P<what>预期|基准)(?:值|收益率?|水平)?(?:(?P<over>高|多|好|快|大|深|重)|(?P<under>低|少|差|慢|小|浅|轻))出?(?:了)?"
)
_OF_FALL = later(
    r"(?:跌幅|降幅|亏损|亏幅|跌势|[跌亏降]得|[下续收]跌(?:的)?(?:幅度)?)(?:的)?(?:幅度|程度)?(?:也|则|仍|都|均|还|却|要|略|明显|显著|远|大幅|小幅|·|\0)*$"
)
_FALLS = later(r"[跌亏降损输挫]")  # 少跌 0.55 个百分点
_NO_RETURN = later(r"回撤|波动|费率|换手|仓位|久期|股息|估值|持仓|集中度|夏普")
_EXCESS = later(
    r"(?:(?P<over>正(?:的|向)?超额|超额(?:收益率?|回报)?(?:均|都|全部|悉数|仍|皆)?为正)|(?P<under>负(?:的|向)?超额|超额(?:收益率?|回报)?(?:均|都|全部|悉数|仍|皆)?为负))"
    r"(?:收益率?|回报)?"
)
_BY_EXCESS = later(r"(?<![正负])(?:超额(?:收益率?|回报)?|阿尔法)(?=为?[达有约是近逾超至在录得]{0,3}\d)")
_BESIDE = later(
    rf"(?:与|和|同|较|相对|相对于|相较于?){_BETWEEN}基准(?:指数)?(?:之间)?的?·*(?:收益率?|回报|业绩|[涨跌]幅)?(?:差[距额值异]?|之差|相差|[拉]开)(?!距?[离异别])"
)
_MANY = later(
    rf"(?P<n>{COUNT})[{THINGS}{AREAS}](?![^，]{{0,4}}?{COUNT}[{THINGS}{AREAS}])(?P<head>[一-龥]{{0,4}}?)(?:产品|基金|指标)?"
    r"(?:均|都|则|小幅|大幅|明显|略|近一年|实现|录得)*$"
)
_SO_MANY = later(rf"^的?[一-龥]{{0,4}}?(?:有|共|共有|仅|仅有|只有|达|为)+(?P<n>{COUNT})[{THINGS}{AREAS}]")
_EACH = later(r"均|都|全部|悉数|全线|集体|齐齐|无一例外")
_NONE = later(rf"无一|没有一[{THINGS}]|没有任何")
_REST = later(r"其余|其他|其它|剩余")
_VAGUE = ("近", "约", "超", "逾", "过", "多", "第", "前", "后", "每", "余", "续")
GAP = later(r"(?:了|约|近|逾|超过?|达|幅度|为|[一-龥]{0,2}?)*$")
_STEP = later(
    r"(?:(?P<month>环比|较上[月季周期]末?|比上[月季周期]末?|较前[月周]|较前一[月周])|(?P<year>同比|较去年同[期月]|较上年同[期月]|比去年同[期月]|比上年同[期月])|(?P<than>较|比)(?P<named>·)\0*)"
    r"(?:的|份|的?[一-龥]{2,4}量|均|都|也|则|又|实现|录得|悉数|全部|全线|集体|继续|小幅|大幅|明显|略有?|有所|进一步)*"
    r"(?:(?P<up>增长|上升|回升|上涨|增加|提升|提高|加快|走高|改善|攀升|扩大|多增|正增长|[多高](?=出?了?约?\d))|(?P<down>下滑|下降|回落|下跌|减少|降低|放缓|走低|收窄|恶化|负增长|萎缩|少增|[少低](?=出?了?约?\d)))"
)
_SIDE = later(r"(?:(?P<over>高于|超过|多于|大于|好于|快于|强于)|(?P<under>低于|少于|不及|小于|慢于|弱于|不如))(?P<named>·)\0*")
_SPREAD = later(r"利差|价差|息差|剪刀差|差距|差额|差值|之差")
_DONE = later(
    r"(?:完成|达成|实现)了?(?:其)?·?(?:全年)?(?:·|目标|计划|预算)的?$|(?:完成率|完成度|完成进度|达成率|完成比例)(?:分别)?(?:为|约为|达到?|仅为|仅|约|是|在)?$"
)


_LESS = later(r"失业|不良|逾期|亏损|赤字|违约|负债率|费用率|成本")
_GRADES = later(r"[好差优]于|[强弱逊]于?|不及")


class Pair(Record):
    """Two columns, and of which rows both have numbers.  `turned`: less is better, as of places; `graded`: better is said, and
    of 失业率 less is that; `out`: what went out is spoken of; `even`: what is equal is so, too (未能跑赢)."""

    sheet: Sheet
    own: Measure
    other: Measure
    turned: bool = False
    graded: bool = False
    out: bool = False
    even: bool = False

    def gap(self, row: int) -> Decimal | None:
        """By how much the first is over the second."""
        one, other = self.sheet.value(row, self.own), self.sheet.value(row, self.other)
        if one is None or other is None:
            return None
        if self.out and one < 0 and other < 0:
            return other - one
        turned = self.turned or (self.graded and _LESS.search(self.sheet.name(row)) is not None)
        return other - one if turned else one - other

    def so(self, row: int, over: bool) -> bool:
        """Whether the first is over the second, or under it."""
        gap = self.gap(row)
        return gap is not None and ((gap > 0 if over else gap < 0) or (self.even and not gap))

    @property
    def rows(self) -> list[int]:
        """The rows that have both."""
        return [row for row in self.sheet.own if self.gap(row) is not None]


def hold_against(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The claims of a clause that hold one column against another."""
    if scene.unsure or scene.way or (scene.denied and not unbeaten(scene)):
        return
    for place, sheet in enumerate(book.sheets):
        shifted = None if scene.denied else _shifted(scene, sheet, place, book)
        if shifted is not None:
            yield shifted
            return
        if sheet.series or sheet.table.key < 0:
            continue
        if of_other_head(scene, book.sheets, place):
            continue
        finding = _yardstick(scene, sheet, place, book, sentence)
        if not scene.denied:
            finding = finding or _stepped(scene, sheet, place, book, sentence)
            finding = finding or _excess(scene, sheet, place, sentence) or _done(scene, sheet, place)
        if finding is not None:
            yield finding
            return


def _yardstick(scene: Scene, sheet: Sheet, place: int, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """超预期, 跑输业绩基准 3 个百分点."""
    for pattern in (UNBEATEN,) if scene.denied else (YARDSTICK, _THAN):
        for found in pattern.finditer(scene.text, scene.part.start, scene.part.end):
            columns = expected(sheet, book.now) if found.group("what") == "预期" else standard(sheet)
            if columns is None:
                continue
            pair = Pair(sheet, *columns, graded=_GRADES.search(found.group()) is not None, even=scene.denied)
            if found.group("what") == "基准" and (
                _NO_RETURN.search(scene.text, scene.part.start, found.start()) is not None or of_another_time(scene, book.now)
            ):
                continue  # 最大回撤低于基准; 2018年跑输基准, of a table of this month
            over = (found.groupdict().get("over") is not None) != (found.group("what") == "基准" and of_fall(scene, found))
            finding = _held(scene, place, pair, found, over, sentence) or _by(scene, place, pair, found, over)
            if finding is not None:
                return finding
    return None


def unbeaten(scene: Scene) -> bool:
    """Whether all a clause denies is that something was over its yardstick: 未能跑赢业绩基准."""
    words = lexicon.NO_NOT.sub("", UNBEATEN.sub("", scene.words))
    return UNBEATEN.search(scene.words) is not None and lexicon.NOT.search(words) is None


def of_fall(scene: Scene, found: re.Match[str]) -> bool:
    """Whether it is a fall that was less, or more: 比基准少跌 0.55 个百分点, 跌幅小于基准."""
    behind = found.group()[0] in "较比" and _FALLS.match(scene.text, found.end(), scene.part.end) is not None
    amps = [] if scene.of("amp") or scene.of("dir") else [one for one in scene.amps if scene.text[one.start] in "跌降"]
    carried = bool(amps) and not scene.of("row") and found.group()[:1] not in "好优强弱差逊跑战胜输落"
    return behind or carried or _OF_FALL.search(scene.text, scene.part.start, found.start()) is not None


def _excess(scene: Scene, sheet: Sheet, place: int, sentence: Sequence[Scene]) -> Finding | None:
    """九只取得正超额, 超额收益 9.11 个百分点, 与业绩基准的年内收益差为 1.37 个百分点."""
    columns = standard(sheet)
    nouns = [
        sheet.measures[at] for token in scene.of("noun") for name in token.names if name.sheet == place for at in name.places
    ]
    if columns is None or any([one is not columns[1] for one in nouns]):
        return None
    pair = Pair(sheet, *columns)
    for found in _EXCESS.finditer(scene.text, scene.part.start, scene.part.end):
        finding = _held(scene, place, pair, found, found.group("over") is not None, sentence)
        if finding is not None:
            return finding
    times = "".join(["·" if _of_scope(scene, at) else scene.text[at] for at in range(scene.part.start, scene.part.end)])
    by = _BY_EXCESS.search(scene.words) or _BESIDE.search(times)
    if by is None:
        return None
    rows = listed(scene, place, scene.part.start + by.start()) or _inherited(scene, place)
    end = scene.part.start + by.end()
    number = next((token.quantity for token in scene.of("number") if token.start >= end), None)
    if len(rows) != 1 or number is None or GAP.fullmatch(scene.text, end, number.lead) is None:
        return None
    return apart(pair, rows[0], number, over=True)


def _of_scope(scene: Scene, at: int) -> bool:
    """Whether a letter is of a time: 年内."""
    return any([token.start <= at < token.end for token in scene.tokens if token.kind in ("scope", "time")])


def _stepped(scene: Scene, sheet: Sheet, place: int, book: Book, sentence: Sequence[Scene]) -> Finding | None:
    """环比下滑的有两家, 均较 5 月放缓, 高于 5 月."""
    dotted, nouns = _dots(scene, sheet, place)
    for pattern in (_STEP, _SIDE):
        for found in pattern.finditer(dotted):
            groups = found.groupdict()
            other = nouns.get(found.start("named")) if groups.get("named") else None
            own = _own(scene, sheet, place, book, other, scene.part.start + found.start())
            if own is None or _SPREAD.search(dotted, 0, found.start()):
                continue  # A 与 B 的利差较上周收窄
            if other is None:
                other = called(sheet, own, (groups.get("month") or groups.get("year") or "-")[1:])
                other = other or earlier(sheet, own, book.now, year=groups.get("year") is not None)
            if other is None or other is own or other.kind != own.kind or (own.kind == CHANGE and groups.get("year")):
                continue
            if own.kind == CHANGE and scene.of("amp"):
                continue  # 降幅比上月收窄
            if own.kind == CHANGE and groups.get("month") == "环比" and found.group() != "环比":
                continue  # 环比增长 of a rate
            amps = [token for token in scene.of("amp") if token.end <= scene.part.start + found.start()] or list(scene.amps)
            if [one for one in amps if one.sign < 0 and found.group() and scene.of("amp")] and own.kind != CHANGE:
                continue
            ranks = is_rank(own) or (bool(amps) and amps[-1].sign < 0)
            up = (groups.get("up") or groups.get("over")) is not None
            at = scene.part.start + found.start()
            out = own.kind == FLOW and OUT.search(sentence_text(scene)) is not None  # 净流出较上周减少
            finding = _held(scene, place, Pair(sheet, own, other, ranks, out=out), found, up, sentence, at)
            if finding is not None and pattern is _SIDE and other.column not in column_times(sheet.table, book.now):
                finding = finding.replace(code="claim-order")  # two columns that are no times
            finding = finding or _step(scene, place, Pair(sheet, own, other), at, at + len(found.group()))
            if finding is not None:
                return finding
    return None


def _step(scene: Scene, place: int, pair: Pair, start: int, end: int) -> Finding | None:
    """The number by which a row moved from one column to another: 较上周末上涨 44.8 美元."""
    rows = listed(scene, place, start) or _inherited(scene, place)
    number = next((token.quantity for token in scene.of("number") if token.start >= end), None)
    if (
        len(rows) != 1
        or number is None
        or number.unit is None
        or scene.text[end] == "的"
        or GAP.fullmatch(scene.text, end, number.lead) is None
    ):
        return None
    gap, unit, base = pair.gap(rows[0]), pair.sheet.unit(rows[0], pair.own), pair.sheet.value(rows[0], pair.other)
    if gap is None or unit is None or not base or number.unit.name == "%":
        return None
    if number.unit.name.split("/")[0] != unit.name.split("/")[0] or fits(number, abs(gap) / number.unit.factor):
        return None
    message = f"it moved by {rounded(abs(gap) / number.unit.factor, max(number.decimals, 1))} ({pair.own.key}, {pair.other.key})"
    cells = ((pair.sheet, rows[0], pair.own), (pair.sheet, rows[0], pair.other))
    return Finding("claim-change", number.start, number.end, message, cells)


def _own(scene: Scene, sheet: Sheet, place: int, book: Book, other: Measure | None, end: int) -> Measure | None:
    """The column that is compared: the one named before, else the latest."""
    tokens = [token for token in scene.of("noun") if token.end <= end] or [
        token for token in scene.nouns if token.start < scene.part.start
    ]
    if tokens:
        named = [sheet.measures[one] for name in tokens[-1].names if name.sheet == place for one in name.places]
        named = [one for one in named if one.kind == LEVEL] or named
        return named[0] if len(named) == 1 and named[0] is not other else None
    last = of_said_time(scene, sheet, book) or latest(sheet, book.now)
    if last is None and other is not None:  # 最新价, of a table that has 上周末
        pool = [one for one in sheet.measures if one.minus < 0 and earlier(sheet, one, book.now) is other]
        return pool[0] if len(pool) == 1 else None
    return last if last is not other else None


def _dots(scene: Scene, sheet: Sheet, place: int) -> tuple[str, dict[int, Measure]]:
    """The clause with a dot at the start of each column named, blanks after it, and which column each is."""
    out = list(scene.words)
    nouns = {}
    start = scene.part.start
    for token in scene.of("noun"):
        places = [one for name in token.names if name.sheet == place for one in name.places]
        if len(places) == 1:
            nouns[token.start - start] = sheet.measures[places[0]]
            out[token.start - start : token.end - start] = "·" + "\0" * (token.end - token.start - 1)
    text = "".join(out)
    return text, nouns


def _held(
    scene: Scene, place: int, pair: Pair, found: re.Match[str], over: bool, sentence: Sequence[Scene], start: int = -1
) -> Finding | None:
    """Whether it is so of the rows that are meant."""
    own_text = start < 0
    start = found.start() if own_text else start
    end = start + len(found.group())
    words = scene.text[scene.part.start : start]
    after = scene.text[end : scene.part.end]
    so = [row for row in pair.rows if pair.so(row, over)]
    named = listed(scene, place, start)
    if not named and not scene.of("row"):
        many = _MANY.search(words.rstrip("·")) or _SO_MANY.match(after)
        if many is None and _AMOUNT.search(words):
            many = _MANY.search(_AMOUNT.sub("", words))
        rows = _meant(scene, pair, start, sentence)
        each = _EACH.search(words) or _EACH.search(found.group())
        if each is not None and rows is not None and rows and _whole(scene, pair, start, rows):
            return exception(pair, [row for row in rows if row not in so], (start, end), scene, "claim-all")
        if many is not None and rows is not None:
            return _counted(scene, pair, many, words, rows, so, (start, end))
        if _NONE.search(words) is not None and rows:
            return exception(pair, [row for row in rows if row in so], (start, end), scene, "claim-all")
    rest = _REST.search(words)
    if rest is not None:
        return None
    if not named and not scene.of("row") and not scene.lost and not scene.other:
        tokens = [token for token in scene.rows if token.start < scene.part.start]
        named = [row for token in tokens for name in token.names if name.sheet == place for row in name.places]
        named = named if len(named) == 1 else []
    if named and _ONLY.search(words) is not None and len(others := _alone(scene, pair, start)) > 1:
        left = [row for row in others if row in so and row not in named]
        if left and len(named) < len(others):
            return exception(pair, left, (start, end), scene, "claim-count")
    if not named or after[:1] == "的" or _REST.search(scene.words) or "除" in scene.words:
        return None
    if any([token.end > start for token in scene.of("row")]):
        return None
    return exception(pair, [row for row in named if row in pair.rows and row not in so], (start, end), scene)


_ONLY = later(r"(?:仅|只)有?$|(?:仅|只)有?(?=[一-龥A-Za-z])")


def _alone(scene: Scene, pair: Pair, end: int) -> list[int]:
    """The rows of which only those named are so: 五项指标中，仅 A 环比走低."""
    first = scene.of("row")[0].start if scene.of("row") else end
    if _ONLY_BEFORE.search(scene.text, scene.part.start, first) is None:
        return []
    some = rows_of(domains(scene, pair.sheet, first))
    return [row for row in pair.rows if row in some]


_ONLY_BEFORE = later(r"(?:仅有?|只有|唯有)$")
_AMOUNT = later(
    r"\d{1,2}月份?(?:的)?[一-龥]{0,4}(?:量|额|增速)?(?:的)?$|(?:近[一二三]年|本月|当月|本季|三季度|[一二四]季度)(?:的)?[一-龥]{0,4}$"
)


def _meant(scene: Scene, pair: Pair, end: int, sentence: Sequence[Scene]) -> list[int] | None:
    """The rows a number or 均 is of: a group, or all that have both; without the rows before 其余."""
    some = rows_of(domains(scene, pair.sheet, end))
    if not some:
        return None
    rows = [row for row in pair.rows if row in some]
    if _REST.search(scene.text, scene.part.start, end) is not None:
        begun = sentence_start(scene.text, scene.part.start)
        said = {
            row
            for one in sentence
            if one.part.start >= begun
            for token in one.of("row")
            for name in token.names
            if pair.sheet is one_sheet(pair, name.sheet, sentence)
            for row in name.places
        }
        rows = [row for row in rows if row not in said] if said else []
        return rows or None
    return rows


def one_sheet(pair: Pair, place: int, sentence: Sequence[Scene]) -> Sheet | None:
    """The pair's sheet; a name of another table says nothing of its rows."""
    return pair.sheet if place >= 0 and sentence else None


def _whole(scene: Scene, pair: Pair, end: int, rows: list[int]) -> bool:
    """Whether the words say that all rows are meant: 六家车企, 各指标, 表中, 其余."""
    from ..meant.groups import TOTAL, is_head

    begun = scene.part.start if goes_on_with_one(scene) else sentence_start(scene.text, scene.part.start)
    words = scene.text[begun:end]
    if any([han_value(found.group("n")) in (len(rows), len(pair.sheet.own)) for found in TOTAL.finditer(words)]):
        return True
    if len(rows) < len(pair.rows):
        return True
    return any([word in words for word in ("表中", "所有", "各")]) or is_head(words[-2:], pair.sheet)


def _counted(
    scene: Scene, pair: Pair, many: re.Match[str], words: str, rows: list[int], so: list[int], span: tuple[int, int]
) -> Finding | None:
    number = han_value(many.group("n"))
    before = words[many.start("n") - 1 : many.start("n")] if many.string is not None and many.re is not _SO_MANY else ""
    if number is None or (before in _VAGUE and before) or number > len(rows):
        return None
    right = len([row for row in rows if row in so])
    if number == right:
        return None
    message = f"it is so of {right} of {len(rows)} ({pair.own.key}, {pair.other.key})"
    return Finding("claim-count", span[0], span[1], message)


def exception(
    pair: Pair, against: list[int], span: tuple[int, int], scene: Scene, code: str = "claim-direction"
) -> Finding | None:
    """That it is not so of the first of these rows."""
    if not against:
        return None
    row, sheet = against[0], pair.sheet
    shown = f"{sheet.name(row)} has {sheet.cell(row, pair.own).text} ({pair.own.key})"
    message = f"`{scene.text[span[0] : span[1]]}`: {shown} and {sheet.cell(row, pair.other).text} ({pair.other.key})"
    return Finding(code, span[0], span[1], message, ((sheet, row, pair.own), (sheet, row, pair.other)))


_SHIFTS = (
    r"(?:进一步|继续|明显|小幅|大幅|略有?|有所|持续|再度|显著|也|则|又)*"
    r"(?:(?P<more>扩大|走阔|加深|走扩)|(?P<less>收窄|缩小|放缓))(?:至|到|了|$)"
)
_SHIFT = later(_SHIFTS)


_SHIFT_SINCE = later(rf"(?:也|则|又|均|都|已)?(?:较|比|相[较比]于?)(?:上一?个?|前一?个?)[周月季期](?:度)?(?:同期)?{_SHIFTS}")


def _shifted(scene: Scene, sheet: Sheet, place: int, book: Book) -> Finding | None:
    """降幅收窄至 11.2%, where the time before had less of a fall."""
    amps = scene.of("amp")
    if len(amps) != 1 or scene.of("versus") or scene.of("basis")[1:] or len(scene.of("row")) > 1:
        return None
    word = amps[0]
    bases = scene.of("base")
    pattern = _SHIFT if not bases else _SHIFT_SINCE
    inside = pattern.match(scene.text, word.start + 2, scene.part.end)
    if inside is None:
        return None
    if sheet.series:
        measure = column_of(scene, sheet, place)
        row = row_of(scene, sheet, word.start)
        past = before(sheet, row) if row is not None else None
        if measure is None or row is None or past is None or measure.kind != CHANGE:
            return None
        cells = ((sheet, row, measure), (sheet, past, measure))
    else:
        rows = _inherited(scene, place) if not scene.of("row") else listed(scene, place, word.start)
        own = _own(scene, sheet, place, book, None, word.start) or column_for(scene, sheet, place, book)
        other = earlier(sheet, own, book.now) if own is not None else None
        if len(rows) != 1 or own is None or other is None or not _is_change(sheet, rows[0], own):
            return None
        cells = ((sheet, rows[0], own), (sheet, rows[0], other))
    now, old = (one.value(row, column) for one, row, column in cells)
    if now is None or old is None or now == old or now * word.sign <= 0 or old * word.sign <= 0:
        return None
    if (abs(now) > abs(old)) == (inside.group("more") is not None):
        return None
    shown = " and ".join([one.cell(row, column).text for one, row, column in cells])
    said = scene.text[word.start : inside.end()]
    return Finding("claim-direction", word.start, inside.end(), f"`{said}` is said of {shown} ({cells[0][2].key})", cells)


def _is_change(sheet: Sheet, row: int, measure: Measure) -> bool:
    """Whether a cell may be a 涨幅: a share, or one of a row of them, no price."""
    return measure.kind == CHANGE or sheet.grows(row) or (measure.unit is not None and measure.unit.name == "%")


def _by(scene: Scene, place: int, pair: Pair, found: re.Match[str], over: bool) -> Finding | None:
    """The number by which it is so: 高出市场预期 1.2 个百分点."""
    rows = listed(scene, place, found.start()) or _inherited(scene, place)
    number = next((token.quantity for token in scene.of("number") if token.start >= found.end()), None)
    if len(rows) != 1 or number is None or GAP.fullmatch(scene.text, found.end(), number.lead) is None:
        return None
    return apart(pair, rows[0], number, over)


def _inherited(scene: Scene, place: int) -> list[int]:
    if scene.of("row") or (not scene.inherited and not scene.of("noun")):
        return []
    return [row for token in scene.rows for name in token.names if name.sheet == place for row in name.places]


def apart(pair: Pair, row: int, number: Quantity, over: bool) -> Finding | None:
    gap, unit = pair.gap(row), pair.own.unit
    if gap is None or unit is None or number.unit is None or number.unit.name != unit.name:
        return None
    share = unit.name == "%"
    if (share and not number.unit.points) or fits(number, abs(gap) / number.unit.factor):
        return None
    shown = f"they are {rounded(abs(gap) / number.unit.factor, max(number.decimals, 1))} apart"
    cells = ((pair.sheet, row, pair.own), (pair.sheet, row, pair.other))
    return Finding("claim-change", number.start, number.end, f"{shown} ({pair.own.key}, {pair.other.key})", cells)


def _done(scene: Scene, sheet: Sheet, place: int) -> Finding | None:
    """完成全年目标的 36%."""
    dotted, _ = _dots(scene, sheet, place)
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    for number in numbers:
        if number.unit is None or number.unit.name != "%" or number.unit.points or len(numbers) > 1:
            continue
        if _DONE.search(dotted[: number.lead - scene.part.start].replace("\0", "")) is None:
            continue
        named = [
            sheet.measures[one] for token in scene.nouns for name in token.names if name.sheet == place for one in name.places
        ]
        columns = target(sheet, named)
        rows = listed(scene, place, number.start) or _inherited(scene, place)
        if columns is None or len(rows) != 1:
            continue
        own, other = (sheet.value(rows[0], one) for one in columns)
        if own is None or not other or fits(number, own * 100 / other / number.unit.factor):
            continue
        message = f"{sheet.name(rows[0])} is at {rounded(own * 100 / other, 1)} % ({columns[0].key} of {columns[1].key})"
        return Finding(
            "claim-share", number.start, number.end, message, ((sheet, rows[0], columns[0]), (sheet, rows[0], columns[1]))
        )
    return None
