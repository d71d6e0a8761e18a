"""What a clause goes on with of the one before it: its times and its scope, but not those it only compares with or leaves out.

In: the clauses of a sentence so far, a token.  Out: times, a scope, whether a word is such.  Always: by the words alone.
"""

from __future__ import annotations

from ...pattern import later
from ..words.times import same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..words.reading import Part
    from .scene import Book, Scene, Token

CAUSE = later(
    r"(?:受|在|随着|由于|因|伴随|得益于|受益于|叠加)[^，\d]*(?:预期|传闻|计划|担忧|担心|展望|目标)[^，\d]*"
    r"(?:影响|提振|带动|推动|拖累|压制|支撑|扰动|驱动|催化|刺激|下|升温|降温|落空|发酵|落地|缓解|作用|背景)"
    r"|(?:受益于|得益于|由于|鉴于|出于|围绕)[^，\d]*(?:预期|传闻|计划|担忧|担心|展望|目标)"
)  # 受降准预期提振: why, not what is supposed
LEFT_OUT = later(r"除(?!息|权|夕)[^，]*(?:以外|之外|外)$|[^，]*休市$")  # 除 1 月同比下降外; 因假期于 25 日休市


OF_LAST_YEAR = later(r"(?:^|[。；，\n])(?:回看|回顾|回溯|纵观|就|在|对比)?(?:去年|上年)(?:一年|全年)?(?:来看|看|里|中)?，")


def year_before(token: Token, text: str, book: Book) -> Token:
    """A month or quarter that names no year, in a sentence of last year: 回看去年，二季度…"""
    time = token.time
    if token.kind != "time" or time is None or time.kind not in ("month", "quarter") or time.year != book.now.year:
        return token
    return (
        token
        if text[token.start].isdigit() and "年" in text[token.start : token.end]
        else token.replace(time=time.replace(year=time.year - 1))
    )


_THAT_TIME = {"当月": "month", "当季": "quarter", "当年": "year", "当日": "day", "当天": "day"}

_SHARE = later(r"的?(?:约|近|逾|超|不足|不到|接近|将近|比重|[\d一二两三四五六七八九])")  # 占当月近六成


def that_time(found: list[Token], text: str, last: Scene | None) -> list[Token]:
    """The tokens of a clause with 当月 as the month that was said before it: 智问月活在3月见顶，当月为 11254 万."""
    out, times = [], [one.time for one in (last.whens if last is not None else ()) if one.time is not None]
    for token in found:
        share = text[token.start - 1] == "占" and _SHARE.match(text, token.end) is not None
        kind = _THAT_TIME.get(text[token.start : token.end]) if token.kind == "time" and not share else None
        before = [time for time in times if time.kind == kind]
        out.append(token.replace(time=before[-1]) if before else token)
        times += [token.time] if token.kind == "time" and token.time is not None and kind is None else []
    return out


_OVER = r"[高低快慢好强弱大小优多少]于|超过|超出|超越|不及|不如|落后于?"
_HELD = later(rf"(?:较|(?<!占)比|{_OVER})(?:其|了)?$")
_PAST = later(rf"(?:{_OVER}|追平|逼近|接近)(?:其|了)?$")


def compares(text: str, token: Token) -> bool:
    """Whether a time is that of what a clause compares with: 快于 1-8 月累计的 3.1%."""
    return _HELD.search(text, max(token.start - 4, 0), token.start) is not None


def _begins(scene: Scene, token: Token) -> bool:
    """Whether a time is where a clause's way begins: 由上月的降 4.5% 转正."""
    begun = token.start == scene.part.start + 1 and scene.text[scene.part.start] in "由从"
    return begun and scene.text[token.start] in "上去前" and scene.text[token.end : token.end + 1] == "的"


_LIKE = later(r"(?:基本|大体|大致)?(?:持平|相当|一致|相同|齐平|相若|接近)")


_FOUNDED = later(r"(?:[周日一二三四五六])(?:正式|宣告)*成立$")


def whens_on(out: Sequence[Scene], last: Scene) -> list[Token]:
    """The times a clause goes on with: not that of what the clause before likens to (与 4 月持平) or is over (超过2020年的…),
    nor the day something was founded."""
    if out and out[-1].of("row") and _FOUNDED.search(out[-1].words) is not None:
        return []
    for one in out[::-1]:
        like = [
            token
            for token in one.of("time")
            if (one.text[token.start - 1 : token.start] in ("与", "和", "同") and _LIKE.match(one.text, token.end) is not None)
            or _PAST.search(one.text, one.part.start, token.start) is not None
        ]
        whens = [token for token in one.whens if token not in like]
        if whens or not like:
            return whens
    return list(last.whens)


_WEEK_AGO = ("上周", "上一周", "前一周")


def scope_on(out: Sequence[Scene], last: Scene) -> str:
    """The scope a clause goes on with: not that of what the clause before compares with."""
    for one in out[::-1] or [last]:
        own = one.of("scope")
        begun = [token for token in own if one.text[token.start - 1 : token.start] in ("由", "从") and token.scope in _WEEK_AGO]
        if begun and one.way:  # 本周涨幅由上周的 A 收窄至 B
            return next((token.scope for token in own[::-1] if token not in begun), "")
        if not own or not all([compares(one.text, token) or token.start == own[0].end or _begins(one, token) for token in own]):
            return one.scope
    return ""


_THIS_WEEK = later(r"本周|这周|本期")


def of_other_week(text: str, part: Part, whens: Sequence[Token], book: Book) -> bool:
    """Whether a clause is of 本周, and the day told of before it is of an earlier one."""
    if _THIS_WEEK.search(text, part.start, part.end) is None:
        return False
    last = whens[-1].time if whens else None
    if last is None or last.kind != "day" or not last.year or book.period is None:
        return False
    return last.order < (book.period[0].year, book.period[0].month, book.period[0].day)


_COMPARING = later(r"相比|相较|较之|对比|看$|^较(?:去年|上年)同期$")
_YEAR_AGO = later(r"(?:去年|上年)(?:同期|同[月季])|同比")


def of_past(text: str, token: Token) -> bool:
    """Whether a column's name is no more than a time that has been: 去年同期, beside 本月."""
    return _PAST_TIME.fullmatch(text, token.start, token.end) is not None


_PAST_TIME = later(r"(?:去年|上年)(?:同期|同月|同季)?|[上前]一?个?(?:[周月季年期]|季度)末?")


def is_base(text: str, part: Part, found: Sequence[Token]) -> bool:
    """Whether a clause says no more than what is compared with: 与上周相比, and 与去年同期相比 where that is a column."""
    kinds = {"base" if token.kind == "noun" and of_past(text, token) else token.kind for token in found}
    return bool(kinds) and kinds <= {"base", "versus"} and _COMPARING.search(text[part.start : part.end]) is not None


def past_of(nouns: Sequence[Token], scene: Scene) -> list[Token]:
    """The columns before a number without the last, where that is but what is measured at the time named before it, which is a
    column itself: 去年同期螺纹钢库存为 776.5 万吨."""
    if len(nouns) < 2 or not of_past(scene.text, nouns[-2]):
        return list(nouns)
    between = scene.dotted(nouns[-2].end, nouns[-1].start)
    beside = _BESIDE.search(scene.text, scene.part.start, nouns[-2].start) is not None
    return list(nouns if beside or _OF_IT.fullmatch(between) is None else nouns[:-1])


_BESIDE = later(r"[较比与和同跟]$|[高低多少优强]于$|超过$|不及$|[由从]$")
_OF_IT = later(r"[·的]*")


def bases_on(scene: Scene, found: Sequence[Token]) -> tuple[Token, ...]:
    """The time a clause says that all after it is compared with, or one before it said so; and the 去年同期 it says its direction
    of, for a 增幅 that says none: 均较去年同期增长，甲增幅 87%."""
    if is_base(scene.text, scene.part, scene.tokens):
        return scene.tokens
    own = {token.kind for token in found}
    if "amp" not in own or not {"row", "noun"} & own or {"base", "versus", "basis"} & own or not scene.of("dir"):
        return scene.bases
    ago = [token for token in scene.tokens if token.kind in ("base", "basis") and _YEAR_AGO.match(scene.text, token.start)]
    return tuple(ago) or scene.bases


def of_its_time(token: Token, whens: Sequence[Token], book: Book) -> Token:
    """A column's name with its time in it, carried to a clause of another: 8月销量站上3万辆，9月升至…, of 9月销量."""
    out = []
    for name in token.names:
        measures, dated = book.sheets[name.sheet].measures, book.dated[name.sheet]
        known = [(at, *dated[one.column]) for at, one in enumerate(measures) if one.minus < 0 and one.column in dated]
        stems = [stem for at, stem, _ in known if name.kind == "noun" and (at,) == name.places]
        said = whens[-1].time if whens else None
        other = [at for at, stem, time in known if stems == [stem] and said is not None and same(time, said)]
        out.append(name.replace(places=(other[0],)) if len(other) == 1 else name)
    return token.replace(names=tuple(out))
