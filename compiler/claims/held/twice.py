"""The same fact with two numbers in one note.

In: scenes of all passages.  Out: findings at the second.  Always: the same fact is the same words before the number in its
clause, of the same time, with the same unit; a list of like things (A 公司收入, B 公司收入) is not one.
"""

from __future__ import annotations

from collections import Counter

from ...pattern import later
from ..tables.subjects import DAY, MONTH, WEEK, YEAR
from ..words import lexicon
from ..words.quantities import THINGS
from ..words.reading import sentence_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..clauses.scene import Book, Scene
    from ..words.quantities import Quantity
    from .findings import Finding

_SMALL = later(r"(?<!合)约|[的了近超逾达为是到至在有将已也则均仅仍还、，]|大约|接近|超过|不足|累计|目前|截至|其中|达到")
_VAGUE = later(
    r"^(?:其|该|这|此|那|另?一[个只家类项者]|前者|后者|同比|环比|占比|涨幅|跌幅|增速|其中|另|再|又|首|每|第|单|另有|分别|上涨|下跌|增长|下降)*$"
)
_NEWS = later(r"(?:本周|今日|昨日|日前|近日|周[一二三四五六日])?(?:刚刚|最新|新近|已)?(?:公布|发布|披露|出炉)的")
_TURN = later(
    r"^(?:好在|所幸|可惜|不过|而且|而|但是|但|且|并且|并|考虑到|同时|另外|此外|因此|由于|虽然|尽管|毕竟|既然|要知道|事实上|实际上|也?有人(?:说|称|认为)|这笔|这一|该|其)+"
)
_HEADS = later(r"^(?:我们[一-龥]{0,4}(?:调研|测算|统计|跟踪|估算)|考虑|我们给予|给予|公司|这笔|这)+")
_ENDS = later(r"(?:回升|回落|上升|下降|上涨|下跌|提升|降低|增加|增长|升|降|增|减|涨|跌|维持|保持|录得|共计?)$")
_AFTER = later(r"的(?:\d{1,2}月|[当本单](?:[日周月季年]|季度|年度))?(?P<words>[一-龥A-Za-z]{4,})")
# The time said before, or none: 1168.4亿元的当月收入与我们此前判断一致.
_THEN = ("当日", "当周", "当月", "当季", "当季度", "当年", "当年度", "此前", "前期")
_SAME = dict.fromkeys(("本周", "全周", "当周", "周内", "单周", "这周"), "周")
LEAST_AFTER = 4  # the same behind a number, within one passage
LEAST = 5  # Han characters that make a fact of its own


class Facts:
    """What the note has said so far: the words of a fact → its number, and whether more than one is right."""

    def __init__(self) -> None:
        self.shown: list[tuple[Quantity, Scene]] = []
        self.known: dict[tuple[str, str, frozenset[str]], tuple[Quantity, str, str]] = {}
        self.timed: list[tuple[frozenset[str], Quantity, str, str]] = []  # numbers of a named time, with their passages

    def hold(self, scene: Scene, lead: frozenset[str]) -> Iterator[Finding]:
        """Findings of a clause; `lead`: the times its sentence has named before."""
        from .findings import Finding

        numbers = scene.of("number")
        if scene.unsure and (not numbers or _supposed(scene, numbers[0].end)):
            return
        if scene.denied and (not numbers or _denied(scene, numbers[0].end)):
            return
        for at, token in enumerate(numbers):
            one = token.quantity
            assert one is not None
            counted = one.unit.name if one.unit is not None else scene.text[one.end : one.end + 1]
            if at or not counted or counted in "月、." or one.about == "more":
                continue
            words = scene.text[scene.part.start : one.lead]
            news = _NEWS.search(words)
            start = scene.part.start + (news.end() if news is not None else 0)
            words = scene.text[start : one.lead]  # 本周公布的三季度 GDP
            times = [time for time in (*scene.of("time"), *scene.of("scope")) if time.start >= start]
            times = [time for time in times if time.end <= one.lead or scene.text[time.start - 1] not in "于过及"]
            whens = {scene.text[time.start : time.end] for time in times}
            taken = frozenset([_SAME.get(when, when) for when in (*lead, *whens)])
            full = _fact(words, [scene.text[time.start : time.end] for time in scene.of("time")])
            plain = _ENDS.sub("", _HEADS.sub("", _fact(words, whens)))
            after = _AFTER.match(scene.text, one.end, scene.part.end)
            if after is not None and not plain and _OF_OTHERS_BEFORE.search(words) is not None:
                continue
            if after is not None and not plain:  # 24% 的研发人员占比
                found = self._before(after.group("words"), counted, lead | (whens - {*_THEN}), scene.text, one)
                if found is not None:
                    yield found
                continue
            bases = [scene.text[token.start : token.end] for token in scene.of("versus") if token.end <= one.lead]
            if (
                _BESIDE.fullmatch(_fact(plain, bases)) is not None
                and bases
                and (found := self._beside(lead | whens, scene, one)) is not None
            ):
                yield found
                continue
            if scene.of("time"):
                self.timed.append((lead | whens, one, scene.text[one.start : one.end], scene.text))
            if (
                len(plain) < LEAST_AFTER
                or plain[0] in "较比"
                or _VAGUE.match(plain)
                or "从" in words
                or "由" in words
                or "分别" in words
            ):
                continue
            if lexicon.CONNECT.search(words) is not None and len(scene.of("row")) > 1:
                continue
            said_of = frozenset(_plain_times(lead | whens))
            turned = self._turned(plain, counted, said_of, scene, one)
            if turned is not None:
                yield turned
                continue
            if len(full) < LEAST:
                continue
            key = (plain, counted, taken)
            old = self.known.get(key)
            if old is None:
                self.known[key] = (one, scene.text[one.start : one.end], scene.text)
                continue
            if not _agree(old[0], one):
                said = scene.text[one.start : one.end]
                message = f"`{plain}` is {old[1]} before, and {said} here"
                yield Finding("claim-twice", one.start, one.end, message, against=old[1])

    def hold_slips(self, scene: Scene, book: Book) -> Iterator[Finding]:
        """The digits of a number said before in another order, which no cell has: 收于 1.95%，…，按 1.59% 的水平测算."""
        from .findings import Finding

        for token in scene.of("number"):
            one = token.quantity
            if one is None or one.unit is None or one.about:
                continue
            before = [said for said in self.shown if said[1].text is scene.text and said[0].end <= scene.part.start]
            alike = [said for said in before if _slipped(said[0], one) and _same_fact(said, (one, scene), book)]
            if alike and not in_cells(one, book):
                old = alike[-1][0]
                said, shown = (scene.text[quantity.start : quantity.end] for quantity in (old, one))
                yield Finding("claim-twice", one.start, one.end, f"it is {said} before, and {shown} here")
                return
            self.shown.append((one, scene))

    def _turned(self, plain: str, counted: str, times: frozenset[str], scene: Scene, one: Quantity) -> Finding | None:
        """The same digits in another order, in one passage, of what the same words name: 46 万家, 64 万家."""
        from .findings import Finding

        for (words, unit, whens), (old, said, passage) in self.known.items():
            if unit != counted or passage is not scene.text:
                continue
            if whens and times and frozenset(_plain_times(whens)) != times:
                continue
            if sorted(str(old.value)) != sorted(str(one.value)) or old.value == one.value or old.unit != one.unit:
                continue
            short, long = sorted((Counter(words), Counter(plain)), key=Counter.total)
            if not short - long and len(min(words, plain, key=len)) >= LEAST_AFTER and not scene.of("row"):
                shown = scene.text[one.start : one.end]
                return Finding("claim-twice", one.start, one.end, f"`{plain}` is {said} before, and {shown} here")
        return None

    def _beside(self, times: frozenset[str], scene: Scene, one: Quantity) -> Finding | None:
        """The digits of one number of the passage in another order, of the same time: 相比 2021 年的 4231.69 亿元."""
        from .findings import Finding

        bases = {scene.text[token.start : token.end] for kind in ("versus", "base") for token in scene.of(kind)} | times
        for whens, old, said, passage in self.timed:
            digits = sorted(str(old.value))
            if passage is not scene.text or not whens or not whens <= bases or old.unit != one.unit:
                continue
            if len(digits) > LEAST_DIGITS and digits == sorted(str(one.value)) and old.value != one.value and not one.about:
                shown = scene.text[one.start : one.end]
                return Finding("claim-twice", one.start, one.end, f"it is {said} before, and {shown} here")
        return None

    def _before(self, words: str, counted: str, whens: frozenset[str], text: str, one: Quantity) -> Finding | None:
        """What the same passage has said before of the words after a number."""
        from .findings import Finding

        for (plain, unit, times), (old, said, passage) in self.known.items():
            start = next((at for at in range(len(plain) - LEAST_AFTER + 1) if words.startswith(plain[at:])), None)
            if start is None or unit != counted or passage is not text or (times != whens and times and whens):
                continue
            if not _agree(old, one):
                return Finding(
                    "claim-twice", one.start, one.end, f"`{plain[start:]}` is {said} before, and {text[one.start : one.end]} here"
                )
        return None


_BESIDE = later(r"(?:与|和|同|较|比|相|之|于)*")
LEAST_DIGITS = 4  # that are hardly the same by chance
_OF_OTHERS = later(r"的[^，。；]{0,3}(?:差[距额异值]?|目标|预期|预测|均值|中枢|[上下]限|去年|上年|同期|历史|前值|市场|行业|全国)")


_OF_OTHERS_BEFORE = later(r"去年|上年|同期|上[周月季]|前[一期值]|历史|目标|预期|预计|市场|行业|全国|同类")


def _slipped(old: Quantity, one: Quantity) -> bool:
    """Whether a number has the digits of another in another order, or but one that is not the same: 13508 and 12508."""
    if old.unit != one.unit or old.decimals != one.decimals or old.value == one.value or old.about:
        return False
    first, second = _digits(old), _digits(one)
    return sorted(first) == sorted(second) or _one_off(first, second)


def _one_off(first: str, second: str) -> bool:
    return len(first) == len(second) > LEAST_DIGITS and len([1 for a, b in zip(first, second) if a != b]) == 1


def _same_fact(old: tuple[Quantity, Scene], new: tuple[Quantity, Scene], book: Book) -> bool:
    """Whether two numbers are of the same fact: of one row, or of what the words behind 的 say (6.82 亿元的合同负债)."""
    (was, before), (one, scene) = old, new
    of = _OF_WHAT.match(scene.text, one.end, scene.part.end)
    beside = _OF_OTHERS_BEFORE.search(scene.text, scene.part.start, one.start) is not None
    if beside or _OF_OTHERS.match(scene.text, one.end) is not None or not _alike(before, scene):
        return False
    rows, past = ({scene.text[row.start : row.end] for row in one.of("row")} for one in (scene, before))
    words = of.group("words") if of is not None else ""
    lead = scene.dotted(scene.part.start, one.start, "time", "scope", "number")
    named = before.text[before.part.start : was.lead]
    if _one_off(_digits(was), _digits(one)):
        return lead.endswith("这") and len(words) >= LEAST_AFTER and words[:LEAST_AFTER] in named
    if words and _THIS.fullmatch(lead) is not None and words[:2] in named:
        return True
    if not in_cells(was, book):
        return False
    ahead = [row for row in scene.of("row") if row.start < one.start]
    if len(rows) == 1 and rows == past:
        return bool(words) or _columns(before) == _columns(scene) != set()
    return bool(words) and not ahead


def _columns(scene: Scene) -> set[str]:
    return {scene.text[noun.start : noun.end] for noun in scene.of("noun")}


def _alike(before: Scene, scene: Scene) -> bool:
    """Whether a clause names no time but those of another and of the week, month, year or day."""
    times = {scene.text[one.start : one.end] for one in before.tokens if one.kind in ("time", "scope")}
    fresh = [one for one in scene.tokens if one.kind in ("time", "scope") and scene.text[one.start : one.end] not in times]
    return not [one for one in fresh if one.kind == "time" and before.of("time")] and not [
        one for one in fresh if one.kind == "scope" and one.scope not in _NOWS and scene.text[one.start] != "单"
    ]


_NOWS = (WEEK, MONTH, YEAR, DAY)
_OF_WHAT = later(r"的(?P<words>[一-龥A-Za-z]{2,})")
_THIS = later(rf"(?:对于|对|在|而|[若如]果?|没有|·|这|该|上述|期末|年末|月末|[{THINGS}]|基金|产品|公司|的|高达|达)*")


def _digits(one: Quantity) -> str:
    return f"{one.value:f}".replace(".", "")


def in_cells(one: Quantity, book: Book) -> bool:
    """Whether any cell of the data has a number."""
    from ..words.quantities import fits

    factor = one.unit.factor if one.unit is not None else 1
    for sheet in book.sheets:
        for measure in sheet.measures:
            for row in range(len(sheet.table.rows)):
                value, unit = sheet.value(row, measure), sheet.unit(row, measure)
                alike = unit is not None and one.unit is not None and unit.name == one.unit.name
                if alike and value is not None and fits(one, abs(value) / factor):
                    return True
    return False


def _supposed(scene: Scene, end: int) -> bool:
    """Whether a sentence is of what may be, up to there: 8 月 CPI 同比 2.3% 已经接近目标, is not."""
    said = scene.text[sentence_start(scene.text, scene.part.start) : end]
    return lexicon.UNSURE.search(said) is not None or lexicon.CONDITION.search(said) is not None


def _denied(scene: Scene, end: int) -> bool:
    """Whether what is said up to there is denied: 增长 4.9% 并不能说明…, is not."""
    return lexicon.NOT.search(lexicon.NO_NOT.sub("", scene.text[scene.part.start : end])) is not None


def _plain_times(times: Iterable[str]) -> set[str]:
    """The times, with the words for this week as one."""
    return {"周" if time in ("本周", "当周", "全周", "周内", "本期", "当期", "这周") else time for time in times}


def _fact(words: str, times: Iterable[str]) -> str:
    """The words of a fact without the times it is of and what says nothing of it."""
    for time in times:
        words = words.replace(time, "")
    return _SMALL.sub("", _TURN.sub("", words))


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether both may be the same number, one perhaps rounded more."""
    from ..words.quantities import fits

    factor, others = (one.unit.factor, other.unit.factor) if one.unit is not None and other.unit is not None else (1, 1)
    a, b = one.value * factor, other.value * others
    if one.about and other.about and (one.about != other.about or one.about == "about"):
        return True
    if one.about and one.about == other.about:
        return a == b
    return a == b or fits(one, b / factor) or fits(other, a / others)
