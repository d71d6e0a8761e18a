"""Whether a number is reckoned from others, a sum, a mean or a difference: other checks hold those.

In: a clause, its tokens before the number.  Out: yes or no.
"""

from __future__ import annotations

import itertools

from ...pattern import later
from ..tables.subjects import TOTALS
from ..words.quantities import AREAS, COUNT, THINGS, fits
from .groups import TOTAL, sentence_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Scene, Token
    from ..words.quantities import Quantity

_DIFFERENCE = later(r"价差|利差|差值|差距|差额|之差|剪刀差|增速差|比价|比值|之比")
_DAILY = later(r"(?<!交易)日均")


_MORE = later(r"[一-龥]{0,4}?(?:多|少|高|低|快|慢|大|小|强|弱|贵|便宜|领先|落后)(?:出|了|约|近|逾)*$")


def by_so_much(scene: Scene, here: Sequence[Token], quantity: Quantity) -> bool:
    """Whether the number is by how much one is over another: 比远航汽车多 4.3 万辆."""
    over = _OVER_BY.search(scene.text, scene.part.start, quantity.lead) is not None
    if over and quantity.unit is not None and quantity.unit.name == "倍":
        return True  # 市净率高出后者近一倍
    for token in here[::-1]:
        if token.kind in ("row", "noun", "time") and scene.text[token.start - 1] in "较比":
            return _MORE.fullmatch(scene.text, token.end, quantity.lead) is not None
    return False


_OVER_BY = later(r"[高多超大长]出[^，。；\d]{0,12}$")
_ADDED = later(r"(?:合计|共计|总计)(?:约|达|为)?$")


def counts_some(scene: Scene) -> bool:
    """Whether a sentence counts rows: 三只产品, not 发行 2 只."""
    text = sentence_text(scene)
    start = scene.part.end - len(text)
    return any([start + found.start() not in _starts(scene) for found in TOTAL.finditer(text)])


def _starts(scene: Scene) -> set[int]:
    """Where a number stands right behind a column's name."""
    return {token.end for token in scene.nouns}


def summed(scene: Scene, here: Sequence[Token], quantity: Quantity) -> bool:
    """Whether the number is a sum or a mean, which `sums` holds."""
    words = _without_nouns(scene, quantity.lead)
    rows = [token for token in here if token.kind == "row"]
    if len(rows) > 1 and any([scene.text[token.start : token.end] in TOTALS for token in rows]):
        return True
    if len(rows) > 1 and _IN_ALL.search(words) is not None:
        return True  # A、B 两只产品共募集 109.9 亿份
    listed = [token for token in here if token.kind in ("row", "noun")][-2:]
    joined = len(listed) > 1 and scene.text[listed[0].end : listed[1].start] in ("、", "和", "与", "及")
    if joined and _GIVEN.search(words) is not None:
        return True  # 其中 A 和 B 贡献 57.1 亿元
    if scene.summed and not [token for token in here if token.kind == "row"]:
        return True
    if _DIFFERENCE.search(_without_nouns(scene, quantity.lead)):
        return True
    if _AND_SO_MUCH.search(scene.text, 0, scene.part.start) is not None:
        return True  # 超过其后四家之和（19.0GWh）
    if _BESIDE.match(scene.words) and _TOTALLED.search(sentence_text(scene)[: scene.part.start - scene.part.end]):
        return True  # 两周合计入账 5.13 亿元，略逊于 B 的 5.54 亿元
    alone = len({token.names for token in scene.rows}) == 1 and not counts_some(scene)
    if alone and not [token for token in here if token.kind == "row"] and _ADDED.search(words) is not None:
        return False  # 可转债发行 2 只，合计 21.3 亿元
    if any(
        [word in words for word in ("合计", "共计", "总计", "之和", "合共", "总共", "平均", "月均", "年均", "均值")]
    ) or _DAILY.search(_without_nouns(scene, quantity.lead)):
        return True
    if "累计" in words and [token for token in here if token.sign and scene.text[token.end - 3 : token.end - 2] == "净"]:
        return True
    whens = [token for token in here if token.kind == "time"]
    both = whens or scene.whens
    if len(both) > 1 and _SO_MANY_MONTHS.match(scene.text, both[-1].end) is not None:
        return True  # 7、8两月完成 88.8
    if len(whens) == 2 and _TWO_DAYS.fullmatch(scene.text, whens[0].end, whens[1].start) and _once(scene, whens[1].end):
        return True  # 周四、周五则回吐 2.7%
    return len(whens) > 1 and any(
        [scene.text[one.end : other.start] in ("至", "到", "—", "-", "~", "～", "–") for one, other in itertools.pairwise(whens)]
    )


_TWO_DAYS = later(r"[、和与及]?")
_EACH = later(r"均|都|各|双双|分别|依次|先后|接连|连续|相继")


def _once(scene: Scene, start: int) -> bool:
    """Whether one number alone is said of two days, of neither by itself."""
    numbers = [token for token in scene.of("number") if token.start >= start]
    return len(numbers) == 1 and _EACH.search(scene.text, start, numbers[0].start) is None


_BESIDE = later(
    r"(?:略|稍|远|大幅|明显|也|仍|但|则|依然|均|都|已|微)*(?:[高低多少大小优弱强逊]于|超过|超出|不及|不如|落后|领先|逊色于|胜过|好于|跑赢|接近|逼近)"
)
_GIVEN = later(
    r"(?<!分别)(?<!依次)(?<!各自)(?:贡献|带来|拿下|包揽|吸引|揽下|斩获|占去|占据|两者|二者|两家|两只|三者)(?!分别|依次|各)[^，。；\d]{0,6}$"
)
_IN_ALL = later(rf"{COUNT}[{THINGS}{AREAS}][^，·]{{0,4}}共(?![同识])")
_TOTALLED = later(r"合计|共计|总计|合共|总共|加起来|之和")


_SO_MANY_MONTHS = later(r"[两二三四五六]个?月(?![均都]|分别)")
_AND_SO_MUCH = later(r"(?:之和|总和|合计|均值)[（(]$")


def _without_nouns(scene: Scene, end: int) -> str:
    """The clause up to there, without the names of columns and rows."""
    words = scene.text[scene.part.start : end]
    for token in scene.tokens:
        if token.kind in ("noun", "row"):
            words = words.replace(scene.text[token.start : token.end], "·")
    return words


def of_way_told(scene: Scene, quantity: Quantity, sentence: Sequence[Scene]) -> bool:
    """Whether a share is what the clauses before come to: 14487 万吨，较去年同期多 1576.4 万吨，增幅 12.2%."""
    amps = scene.of("amp")
    if not (scene.inherited and amps and quantity.unit is not None and quantity.unit.name == "%" and not quantity.unit.points):
        return False
    said = [token.quantity for one in sentence[:-1] for token in one.of("number") if token.quantity is not None]
    if len(said) < 2 or said[-1].unit is None or said[-2].unit is None or said[-1].unit.name != said[-2].unit.name:
        return False
    now, moved = (one.value * one.unit.factor for one in said[-2:] if one.unit is not None)
    base = now - moved * amps[-1].sign
    return base > 0 and fits(quantity, moved * 100 / base / quantity.unit.factor)
