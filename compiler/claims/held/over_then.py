"""One time over another in so many words: 规模不及前一周, 三季度净利高于二季度, 绝对水平已高于去年同期, 净流入比上周更多.

In: a clause, the book.  Out: findings.  Always: the table has a row for each time, or columns that are times, and the clause ends
with the time that is compared with; what a flow is called when it goes out turns the words round, and so does 跌幅.
"""

from __future__ import annotations

from ...data.rounding import rounded
from ...model import Date
from ...pattern import later
from ..meant.courses import belied
from ..meant.groups import sentence_text
from ..meant.options import OUT
from ..meant.steps import before
from ..tables.subjects import CHANGE, FLOW, LEVEL
from ..words.quantities import EXACT, fits
from ..words.times import QUARTER, YEAR, same, times
from .findings import Finding
from .series import column_of, row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from ..clauses.scene import Book, Scene, Token
    from ..tables.subjects import Measure, Sheet
    from ..words.quantities import Quantity

_MORE = r"高于|超过|超出|超越|多于|大于|好于|强于|快于|高过|胜过|优于|深于|重于"
_LESS = r"不及|低于|少于|小于|弱于|逊于|慢于|不如|逊色于|低过|差于|浅于|轻于"
_NAMED = r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日)?|[第]?[一二三四]季度)|\d{4}年"
_THEN = (
    r"(?P<same>(?:去年|上年|前一年)(?:的?(?:同期|同月|同季|同一时期|此时))|同期)"
    r"|(?P<past>(?:前|上)(?:一个?)?(?P<unit>周|月|季度?|年度?|期|交易日|日)(?:末|底)?)"
    rf"|(?P<named>{_NAMED})"
)
_SIDE = later(
    rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?:了)?(?:{_THEN})(?:的?(?:同期)?(?:水平|规模|表现|水准|数值|读数|数据|强度|力度))?(?:时|左右)?"
)
_THAN = later(
    rf"[比较](?:{_THEN})(?:的?(?:水平|规模|表现))?(?:还要?|更为?|要|明显|略|有所|显著|小幅|大幅|也)*"
    r"(?:(?P<more>高|多|大|快|强|好|深|猛)|(?P<less>低|少|小|慢|弱|差|浅|轻))(?:了|些|一些|不少)?"
)
_BY = later(
    rf"(?:(?:[比较]|相较于?|相比)(?:{_THEN})(?:的?(?:水平|规模))?|(?P<year>同比)|(?P<step>环比))(?:还要?|更为?|要|仍|依然|明显|略|有所|显著|大幅|也|已|均)*"
    r"(?:(?P<more>高|多|大)|(?P<less>低|少|小))出?(?:了|达|有|出)*$"
)
_KINDS = {"周": "week", "月": "month", "季": QUARTER, "季度": QUARTER, "年": YEAR, "年度": YEAR, "交易日": "day", "日": "day"}
_SIZE = later(
    r"(?:规模|金额|绝对水平|水平|绝对量|绝对值|体量|总量|总额|力度|强度|读数|数值|整体|总体|[净总]?额|量|数|但|而|且|虽|也|亦|则|却|仍|依然|还|均"
    r"|已经?|便|就|明显|大幅|小幅|略微?|稍|显著|远远?|再度|再次|继续|持续|反而|反倒|又|依旧|当前|目前|最新|的|本[周月季期]|当[周月季期日]|单[周月季]|全[周月]"
    r"|这一?|其|该|周度?|月度?|指标|报|为|处于?|要|幅度|净?(?:流入|流出|买入|卖出|申购|赎回|投放|回笼)|[、·\0])*"
)


_SUMMED = later(r"合计|共计|总计|合共|之和|相加|加总|平均每|人均|单[只家店]")  # 五家合计交付…，比7月多出 1 万余辆


def hold_over_then(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The words of a clause that put one time before another the data have it behind."""
    lead = sentence[-2] if len(sentence) > 1 else None
    lost = scene.lost and (lead is None or lead.lost or lead.other)  # what is strange here, 仍高出, is read below
    if scene.unsure or scene.denied or scene.way or lost or scene.other or _SUMMED.search(sentence_text(scene)) is not None:
        return
    for pattern in (_SIDE, _THAN):
        found = pattern.search(scene.text, scene.part.start, scene.part.end)
        if found is None or found.end() != scene.part.end:
            continue
        for place, sheet in enumerate(book.sheets):
            finding = _held(scene, sheet, place, found) if sheet.series else None
            if finding is not None:
                yield finding
                return
    numbers = [token.quantity for token in scene.of("number") if token.quantity is not None]
    by = _BY.search(scene.text, scene.part.start, numbers[0].lead) if len(numbers) == 1 else None
    if by is not None and numbers[0].end == scene.part.end:
        finding = next(
            (one for place, sheet in enumerate(book.sheets) if (one := _apart(scene, sheet, place, by, numbers[0]))), None
        )
        yield from () if finding is None else (finding,)


def _apart(scene: Scene, sheet: Sheet, place: int, found: re.Match[str], number: Quantity) -> Finding | None:
    """较上年同期仍高出四成以上: by how much, in per cent or in what the column counts."""
    measure = _measured(scene, sheet, place, found.start()) if sheet.series else None
    row = row_of(scene, sheet, found.start()) if measure is not None else None
    past = _then(scene, sheet, row, found) if row is not None else None
    if measure is None or row is None or past is None or past == row or number.unit is None or number.unit.points:
        return None
    now, old, unit = sheet.value(row, measure), sheet.value(past, measure), sheet.unit(row, measure)
    if now is None or old is None or min(now, old) <= 0 or measure.kind != LEVEL or unit is None or unit.name == "%":
        return None
    cells = ((sheet, row, measure), (sheet, past, measure))
    if (now > old) != (found.group("more") is not None):
        start, end = found.span("more" if found.group("more") else "less")
        shown = " and ".join([f"{sheet.name(at)} {sheet.cell(at, measure).text}" for at in (row, past)])
        return Finding("claim-order", start, end, f"`{scene.text[start:end]}` is said of {shown} ({measure.key})", cells)
    if number.unit.name not in ("%", unit.name.split("/")[0]):
        return None
    size = abs(now - old) * 100 / old if number.unit.name == "%" else abs(now - old)
    size /= number.unit.factor
    if fits(number, size):
        return None
    code = "claim-change" if number.about == EXACT else "claim-about"
    return Finding(code, number.start, number.end, f"it is {rounded(size, max(number.decimals, 1))} ({measure.key})", cells)


def _held(scene: Scene, sheet: Sheet, place: int, found: re.Match[str]) -> Finding | None:
    measure = _measured(scene, sheet, place, found.start())
    row = row_of(scene, sheet, found.start()) if measure is not None else None
    if measure is None or row is None or belied(scene, (scene,), sheet, row, measure, found.start()):
        return None
    past = _then(scene, sheet, row, found)
    now, old = sheet.value(row, measure), sheet.value(past, measure) if past is not None else None
    if past is None or past == row or now is None or old is None:
        return None
    out = measure.kind == FLOW and OUT.search(sentence_text(scene)) is not None
    falls = any([one.sign < 0 for one in _amps(scene)])
    if out or falls:
        now, old = -now, -old
    if (min(now, old) < 0 and (measure.kind == FLOW or _amps(scene))) or (now > old) == (found.group("more") is not None):
        return None
    shown = " and ".join([f"{sheet.name(at)} {sheet.cell(at, measure).text}" for at in (row, past)])
    message = f"`{found.group()}` is said of {shown} ({measure.key})"
    return Finding("claim-order", found.start(), found.end(), message, ((sheet, row, measure), (sheet, past, measure)))


def _amps(scene: Scene) -> Sequence[Token]:
    return scene.of("amp") or (scene.amps if not scene.of("noun") else ())


def _measured(scene: Scene, sheet: Sheet, place: int, end: int) -> Measure | None:
    """The column that is spoken of, where the words before `end` say no more than that."""
    if not scene.nouns or len(scene.of("noun")) > 1 or any([one.end > end for one in scene.of("noun")]):
        return None
    words = list(scene.text[scene.part.start : end])
    for token in scene.tokens:
        if token.end <= end:
            at = token.start - scene.part.start
            words[at : at + token.end - token.start] = "\0" * (token.end - token.start)
    if _SIZE.fullmatch("".join(words)) is None:
        return None
    plain = tuple([token for token in scene.tokens if token.kind != "basis"])  # 同比高出 8.3%: of the column itself
    measure = column_of(scene.replace(tokens=plain), sheet, place)
    if measure is None or measure.minus >= 0:
        return None
    rates = bool(_amps(scene)) or bool(scene.of("neutral"))
    if rates and measure.kind == LEVEL and (measure.unit is None or measure.unit.name != "%"):
        return None  # 涨幅高于上周, of a column of prices
    return measure if not rates or measure.kind == CHANGE else None


def _then(scene: Scene, sheet: Sheet, row: int, found: re.Match[str]) -> int | None:
    """The row of the time that is compared with."""
    parts = {name: value for name, value in found.groupdict().items() if value}
    own = sheet.times[row]
    assert own is not None
    if "same" in parts or "year" in parts:
        return before(sheet, row, True) if own.kind != YEAR else None
    if "step" in parts:
        return before(sheet, row)
    if "past" in parts:
        kind = _KINDS.get(parts["unit"])
        return before(sheet, row) if parts["unit"] == "期" or kind in sheet.units else None
    start = found.start() + found.group().index(parts["named"])
    end = start + len(parts["named"])
    said = [one.time for one in times(scene.text, start, end, Date(own.year or 2000, 12, 31))]  # of the same year
    return next((at for at, time in enumerate(sheet.times) if said and time is not None and same(time, said[0])), None)
