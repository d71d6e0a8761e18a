"""Words for a side of nought that belong to one column: 折价 of 溢价率, 破发 of 首日涨跌幅, 亏损 of 净利润 or of a return.

In: scenes of a sentence, the book.  Out: findings of all, none, so many, and the farthest (六只新股无一破发, 折价的有两只,
均实现盈利, 折价幅度最深).  Always: the table has one such column, and the words say which rows are meant.
"""

from __future__ import annotations

from ...pattern import later
from ...record import Record
from ..clauses.scene import FOREIGN
from ..meant.columns import scope_of
from ..meant.domains import domains, group_rows, rows_of, says_rest
from ..meant.groups import TOTAL, counts_rows, is_head, sentence_text
from ..meant.options import clear
from ..meant.pools import columns_of, entities, values_of, versus
from ..tables.subjects import CHANGE, PAST
from ..words.quantities import COUNT, HAN, THINGS, han_value
from .extremes import subject_of
from .findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ..clauses.scene import Scene
    from ..tables.book import Book
    from ..tables.subjects import Measure, Sheet

_UNIT = rf"[{THINGS}]"
_STATE = r"(?:小幅|大幅|仍|出现|处于|录得|实现|呈现?|为|陷入|遭遇|首日|上市首日|收盘|状态|同比|告|发生|了)*"
_SIDES = (
    (r"(?<!溢)折价(?:交易|状态)?", r"(?<!折)溢价(?:交易|状态)?", later(r"溢价|折价")),
    (r"(?<!升)贴水", r"升水", later(r"升贴水|升水|贴水|基差")),
    (r"破发", r"(?!)", later(r"首日(?:涨跌|涨幅|表现|收益|回报)|上市首日")),
    (
        r"(?<!扭)亏损(?:状态)?|亏钱|浮亏(?:状态)?",
        r"盈利(?:状态)?|赚钱|浮盈(?:状态)?",
        later(r"净利润|归母|净利|利润总额|营业利润"),
    ),
)
_END = (
    r"(?!收窄|扩大|减少|加剧|增加|缩小|幅度|率|额|面|同比|环比|能力|水平|预期|超|[两一二三四五六七八九]成|约|逾|近|\d"
    r"|公司|企业|状况)"
)
_OF_RETURNS = later(r"策略|基金|产品|组合|指数|品种")


class _Side(Record):
    """A word with its column; `down`: it says that numbers lie below nought."""

    word: str
    down: bool
    column: re.Pattern[str]


def hold_polarity(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """The claims of a clause with such words that are others in the data."""
    if scene.unsure or (scene.denied and "无一" not in scene.words) or scene.of("number"):
        return
    if _BEFORE.search(scene.words) is not None:
        return
    for one in _SIDES:
        for word, down in ((one[0], True), (one[1], False)):
            side = _Side(word, down, one[2])
            if later(word).search(scene.words) is None:
                continue
            for place, sheet in entities(book):
                measure = _measure(scene, sheet, place, book, side)
                finding = _held(scene, sheet, place, measure, side, sentence) if measure is not None else None
                if finding is not None:
                    yield finding
                    return


def _measure(scene: Scene, sheet: Sheet, place: int, book: Book, side: _Side) -> Measure | None:
    """The one column the word is of."""
    scope = scope_of(scene, sheet, book)
    if scope == FOREIGN or scope in PAST:
        return None
    found = [one for one in sheet.measures if side.column.search(one.key) and one.minus < 0 and one.scope not in PAST]
    if "亏" in side.word or "盈" in side.word:
        found = [one for one in found if one.kind != CHANGE and not (one.unit is not None and one.unit.name == "%")]
        if not found and _OF_RETURNS.search(sheet.head) is not None:
            found = [one for one in columns_of(scene, sheet, place, book, strict=True) if one.kind == CHANGE and not one.noun]
    else:
        found = [one for one in found if not one.basis and ("变" not in one.key and "较" not in one.key)]
    return found[0] if len(found) == 1 else None


def _held(scene: Scene, sheet: Sheet, place: int, measure: Measure, side: _Side, sentence: Sequence[Scene]) -> Finding | None:
    return (
        _all(scene, sheet, place, measure, side, sentence)
        or _counted(scene, sheet, place, measure, side)
        or _farthest(scene, sheet, place, measure, side, sentence)
        or _single(scene, sheet, place, measure, side)
    )


def _so(value: Decimal, side: _Side) -> bool:
    return value < 0 if side.down else value > 0


def _all(scene: Scene, sheet: Sheet, place: int, measure: Measure, side: _Side, sentence: Sequence[Scene]) -> Finding | None:
    """均实现盈利, 无一破发."""
    found = later(
        rf"(?:(?P<all>全部|悉数|均(?!值|价|线)|都|皆|集体|全数|无一例外地?)|(?P<none>无一{_UNIT}?)){_STATE}(?:{side.word}){_END}"
    ).search(scene.text, scene.part.start, scene.part.end)
    if found is None or (found.group("all") and scene.denied):
        return None
    rows = group_rows(scene, sheet, place, found.start(), sentence)
    if not rows or (says_rest(scene, found.start()) and not rows):
        return None
    none = found.group("none") is not None
    against = [row for row, value in values_of(sheet, measure, rows) if _so(value, side) == none]
    if not none:
        against = [row for row, value in values_of(sheet, measure, rows) if not _so(value, side)]
    if not against:
        return None
    cell = sheet.cell(against[0], measure).text
    message = f"`{found.group()}` is not true of all: {sheet.name(against[0])} {cell} ({measure.key})"
    return Finding("claim-all", found.start(), found.end(), message, ((sheet, against[0], measure),))


def _single(scene: Scene, sheet: Sheet, place: int, measure: Measure, side: _Side) -> Finding | None:
    """远衡科技先锋今年以来实现盈利, of the one row a clause names."""
    found = later(rf"{_STATE}(?:{side.word})(?:状态)?了?$").search(scene.text[: scene.part.end], scene.part.start)
    rows = [row for token in scene.of("row") for name in token.names if name.sheet == place for row in name.places]
    if found is None or len(scene.of("row")) != 1 or len(rows) != 1 or scene.way:
        return None
    if scene.of("row")[0].end > found.start() or not clear(scene, scene.part.start, found.start()):
        return None
    value = sheet.value(rows[0], measure)
    if not value or _so(value, side):
        return None
    shown = f"{sheet.cell(rows[0], measure).text} ({sheet.name(rows[0])} {measure.key})"
    return Finding(
        "claim-direction", found.start(), found.end(), f"`{found.group()}` is said of {shown}", ((sheet, rows[0], measure),)
    )


def _counted(scene: Scene, sheet: Sheet, place: int, measure: Measure, side: _Side) -> Finding | None:
    """首日破发的有三只, 有三类策略亏损."""
    text, start, end = scene.text, scene.part.start, scene.part.end
    if scene.of("row") or _PART.search(sentence_text(scene)) is not None or says_rest(scene, end):
        return None
    after = later(
        rf"(?:{side.word})的(?P<noun>[一-龥A-Za-z]{{0,6}}?)(?:共有|有|仅有?|只有|共|达|为)(?P<n>{COUNT}){_UNIT}"
    ).search(text, start, end)
    before = later(
        rf"(?P<n>{COUNT}){_UNIT}(?P<noun>(?:(?![个只家类支款项种座名部中里有{HAN}])[一-龥A-Za-z]){{0,6}}?){_STATE}(?:{side.word})(?={_END})(?=$|[，的了、])"
    ).search(text, start, end)
    found = after or before
    if found is None or text[found.start("n") - 1] in "超近约逾第前后另至连过":
        return None
    rows = rows_of(domains(scene, sheet, end))
    known = values_of(sheet, measure, rows)
    whole = [one for one in TOTAL.finditer(sentence_text(scene)) if counts_rows(one, scene, sheet, place)]
    complete = any([han_value(one.group("n")) in (len(rows), len(known)) for one in whole])
    noun = found.group("noun")
    if not known or not (complete or (noun and is_head(noun, sheet))):
        return None
    number, so = han_value(found.group("n")), len([1 for _, value in known if _so(value, side)])
    if number is None or number == so or number > len(known):
        return None
    return Finding("claim-count", found.start("n"), found.end(), f"it is so of {so} of {len(known)} ({measure.key})")


_BEFORE = later(r"上一?个?[周月季年期]|去年|此前|年初|前一?[周日月]|往年|曾")
_PART = later(r"前[一二三四五六七八九十\d]+(?:大|名|位|家|只)|除|以外|之外|其中一|板块内")


def _farthest(scene: Scene, sheet: Sheet, place: int, measure: Measure, side: _Side, sentence: Sequence[Scene]) -> Finding | None:
    """折价幅度最深, 亏损额最大的是 A."""
    found = later(
        rf"(?:{side.word})(?:率|幅度?|额|金额|程度|水平|得)*(?:(?P<far>最[深大高多重])|(?P<near>最[浅小低少轻]))"
    ).search(scene.text, scene.part.start, scene.part.end)
    if found is None:
        return None
    row = subject_of(scene, place, found, sentence)
    rows = rows_of(domains(scene, sheet, found.end()))
    own = sheet.value(row, measure) if row is not None else None
    sizes = [(abs(value), at) for at, value in values_of(sheet, measure, rows) if _so(value, side)]
    if row is None or own is None or row not in rows or not sizes:
        return None
    far = found.group("far") is not None
    best, holder = (max if far else min)(sizes)
    if abs(own) == best and _so(own, side):
        return None
    message = f"`{found.group()}` is {versus(sheet, measure, holder, row)}"
    return Finding("claim-extreme", found.start(), found.end(), message, ((sheet, holder, measure), (sheet, row, measure)))
