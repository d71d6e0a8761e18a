"""Claims about several rows at once: all rose, three of four fell, the largest, one before another.

In: scenes of a sentence, the book.  Out: findings.  Always: a group is all rows of a table only where the words say so (四大指数,
各行业, 主要指数) and the table has as many.
"""

from __future__ import annotations

import itertools

from ..data.rounding import rounded
from ..pattern import later
from . import lexicon, synonyms
from .domains import domains, rows_of
from .findings import Finding
from .groups import TOTAL, counts_rows, group_of, is_head, listed, sentence_text
from .lanes import column_times
from .options import current, scope_of
from .quantities import COUNT, HAN, fits, han_value
from .scene import FOREIGN, Token
from .subjects import CHANGE, FLOW, LEVEL, WEEK, akin

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from .scene import Book, Scene
    from .subjects import Measure, Sheet

_UPWARD = f"{lexicon.ROSE}|净申购|净流入|净买入|涨"
_DOWNWARD = f"{lexicon.FELL}|净赎回|净流出|净卖出|跌"
_UPWARD_TOO = f"{_UPWARD}|{lexicon.GREW}"
_DOWNWARD_TOO = f"{_DOWNWARD}|{lexicon.SHRANK}"
_SIZES = frozenset(f"{lexicon.GREW}|{lexicon.SHRANK}".split("|"))
_SIGNS = ("为正", "为负", "正收益", "负收益")
_ALL = later(
    rf"(?P<all>集体|全线|全部|悉数|齐齐|无一例外地?|一致|普遍|双双|均(?!值|价|线|衡)(?:实现|录得|取得)?|都|皆|齐|普)(?:小幅|大幅|明显|当周|本周|全年|年内|继续|实现|录得|取得|同比|环比|较上[周月季年]末?|有所|呈现)*(?:(?P<up>{_UPWARD_TOO})|(?P<down>{_DOWNWARD_TOO}))"
    rf"|无一(?:家|只|个)?(?:(?P<noup>{_UPWARD_TOO})|(?P<nodown>{_DOWNWARD_TOO}))"
    rf"|没有(?:一|任何)(?:个|只|家)?[一-龥]{{0,4}}?(?:(?P<noup2>{_UPWARD_TOO})|(?P<nodown2>{_DOWNWARD_TOO}))"
)
_MIXED = later(
    r"(?P<more_up>涨多跌少)|(?P<more_down>跌多涨少)|(?P<half>涨跌各半|涨跌参半)|(?P<mixed>涨跌互现|涨跌不一|有涨有跌|分化)|(?P<most_up>(?:多数|大多|大多数|半数以上|过半)(?:上涨|收涨|走高))|(?P<most_down>(?:多数|大多|大多数|半数以上|过半)(?:下跌|收跌|走低))"
)
_COUNT = later(
    rf"(?P<n>{COUNT})(?P<unit>个|只|家|类|支|项|种|条)(?P<noun>(?:(?![个只家类支项种条中里有{HAN}])[一-龥A-Z]){{0,6}}?)(?:则|均|都|当周|本周|全年|年内|近[{HAN}]+个?(?:周|月|年)|实现|录得|取得|同比|环比|小幅|大幅|出现|的)*(?<![涨升增跌降减])(?:(?P<up>{_UPWARD_TOO})|(?P<down>{_DOWNWARD_TOO}))(?![的跌涨降升幅])"
)
_COUNT_AFTER = later(
    rf"(?:(?P<up>{_UPWARD_TOO})|(?P<down>{_DOWNWARD_TOO}))的?(?:[一-龥]{{0,4}}?)(?:有|共有|共|为|仅有?|只有|达)(?P<n>{COUNT})(?P<unit>个|只|家|类|支|项|种|条)"
)
_PAIR = later(
    rf"(?P<ups>{COUNT})(?:个|只|家|类|支|项|种)?(?:涨|升|红|增)(?P<downs>{COUNT})(?:个|只|家|类|支|项|种)?(?:跌|降|绿|减)|(?P<downs2>{COUNT})(?:跌|降)(?P<ups2>{COUNT})(?:涨|升)"
)
_TOP = later(
    r"(?P<top>领涨|涨幅(?:最大|最高|居首|第一|居前列之首|位居榜首|位列第一|排名第一|领先|最为?突出|登顶|居榜首|位?居[一-龥]{1,6}之首)|表现最(?:好|佳|强|优|亮眼)|最为?(?:强势|强劲|亮眼|抗跌)|最强(?!音)|弹性最大|拔得头筹)"
    r"|(?P<bottom>领跌|跌幅(?:最大|最深|居首|第一|位居榜首|排名第一|居榜首|位?居[一-龥]{1,6}之首)|表现最(?:差|弱|不佳)|最为?(?:弱势|疲弱)|最弱|涨幅(?:垫底|居末|最后|排名末位|居尾)|垫底|居末|排名末位|殿后|敬陪末座)"
    r"|(?P<widest>幅度(?:最大|居首|最高))|(?P<narrowest>幅度(?:最小|最低))"
    r"|(?P<leastup>涨幅最小|涨幅最低|涨得最少)|(?P<leastdown>跌幅最小|跌幅最低|跌得最少)"
    r"|(?P<deep>最深)|(?P<high>最高|最快|最大|最多|最长|(?:稳|仍|高|位)?居[一-龥]{1,6}(?:之首|首位|榜首)|居首|位居第一|位列第一|排名第一|排在第一|位居榜首|居于首位|居第一|高居榜首|位居首位|居首位|登顶|最贵)|(?P<mild>控制得?最(?:好|佳)|控制最为?得?[好当]|控制最好|最为?可控)|(?P<low>最低|最慢|最小|最少|最短|位?居[一-龥]{1,6}(?:之末|末位)|居末位|末位|最便宜)"
)
_PLACE = later(
    r"(?:排名|位列|居|位居|排在|名列)(?:倒数)?第(?P<n>[一二三四五六七八九十\d]+)(?:位|名)?|(?P<second>次之|居次|紧随其后|位居次席)"
)
OVER = later(
    r"(?P<more>跑赢|强于|优于|好于|领先于?|胜过|大于|高于|多于|超过|高过|大过|快于|高出|压过|贵于)|(?P<less>跑输|弱于|逊于|不及|落后于?|小于|低于|少于|不如|慢于|低过|差于|逊色于|便宜于)"
)
_ORDER = later(
    r"依次(?:为|是)|排序(?:为|是)|(?:由|从)(?P<desc>大到小|高到低|强到弱|多到少)|(?:由|从)(?P<asc>小到大|低到高|弱到强|少到多)"
)
_STEP = later(r"[、和与及>＞，]|以及|再到|其次是?|最后是?|然后是?")
_FIRST = later(rf"前(?P<n>{COUNT})(?:名|位|大)?依次")
_FEW_FIRST = later(r"前[一二三四五六七八九十\d]+(?:位|名|大|强)?的?[一-龥]{0,4}(?:中|里|内)[，：]")
_SUBSET = later(r"之一|除|以外|之外|前[一二三四五六七八九十\d]+|较大|较小|相对|成份股|个股|板块内|其中一")


def hold_groups(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """All claims of a clause about several rows."""
    if scene.unsure:
        return
    if _SUBSET.search(scene.words):
        if _FIRST.search(scene.words):
            yield from _sequence(scene, book, sentence)
        return
    if _FEW_FIRST.search(scene.text, sentence[0].part.start, scene.part.start):
        return  # 成交额前五的行业中，四个上涨
    if not scene.denied or "无一" in scene.words or "没有一" in scene.words or "没有任何" in scene.words:
        yield from _all(scene, book)
    if scene.denied:
        return
    yield from _mixed(scene, book)
    yield from _counts(scene, book, sentence)
    yield from _extremes(scene, book, sentence)
    yield from _orders(scene, book)
    yield from _sequence(scene, book, sentence)


# --- which rows, which column ----------------------------------------------------------------------------------------


def _column(scene: Scene, sheet: Sheet, place: int, book: Book, *, moves: bool = True) -> Measure | None:
    """The one column a comparison is about; None where it may be several."""
    pool = columns_of(scene, sheet, place, book, moves=moves)
    return pool[0] if len(pool) == 1 else None


def columns_of(
    scene: Scene, sheet: Sheet, place: int, book: Book, *, moves: bool = True, strict: bool = False
) -> list[Measure]:
    """The columns a comparison may be about: the noun's, else the changes of the scope the clause speaks of.  `strict`: what moved,
    never a size."""
    scope = scope_of(scene, sheet, book)
    if scope == FOREIGN:
        return []
    amps = [token for token in scene.tokens if token.kind == "amp"]
    nouns = scene.of("noun") or [token for token in scene.nouns if not amps or _of_time(token, sheet, place)]
    named = [sheet.measures[one] for token in nouns[-1:] for name in token.names if name.sheet == place for one in name.places]
    if scene.of("noun") and not named:
        return []
    basis = [token.scope for token in (*scene.carried, *scene.tokens) if token.kind == "basis"]
    timed = column_times(sheet.table, book.now) if basis and named else {}
    if basis and not (timed and all([one.column in timed for one in named])):
        exact = [one for one in named if one.basis == basis[-1]]
        based = [one for one in sheet.measures if one.basis == basis[-1] and one.kind == CHANGE]
        named = exact or [one for one in based if not named or not one.noun or any([akin(one, other) for other in named])]
        if not named:
            return []
    pool = named or sheet.changes()
    if scope:
        pool = [one for one in pool if one.scope == scope] or [one for one in pool if not one.scope]
    if len(pool) > 1 and named:
        flat = [one for one in pool if one.kind != CHANGE]
        changed = [one for one in pool if one.kind == CHANGE]
        pool = (changed or sheet.steps(flat, scope)) if moves or amps or basis else current(scene, flat)
    if strict and named and [one for one in pool if one.kind == LEVEL]:
        pool = sheet.steps([one for one in pool if one.kind == LEVEL], scope)
    if len(pool) > 1 and not scope and not named:
        pool = [one for one in pool if one.scope in (WEEK, "")] or pool
    return pool


def _of_time(token: Token, sheet: Sheet, place: int) -> bool:
    """Whether a column's name says no more than a time: 近一年."""
    return any([not sheet.measures[one].noun for name in token.names if name.sheet == place for one in name.places])


def _entities(book: Book) -> Iterator[tuple[int, Sheet]]:
    for place, sheet in enumerate(book.sheets):
        if not sheet.series and sheet.table.key >= 0:
            yield place, sheet


def _values(sheet: Sheet, measure: Measure, rows: Sequence[int] | None = None) -> list[tuple[int, Decimal]]:
    out = []
    for row in sheet.own if rows is None else rows:
        value = sheet.value(row, measure)
        if value is not None:
            out.append((row, value))
    return out


# --- all, mixed, counts ----------------------------------------------------------------------------------------------


def _all(scene: Scene, book: Book) -> Iterator[Finding]:
    for found in _ALL.finditer(scene.text, scene.part.start, scene.part.end):
        ups = found.group("up") or found.group("nodown") or found.group("nodown2")
        loose = found.group("all") in ("普遍", "普")
        for place, sheet in _entities(book):
            rows = _group(scene, sheet, place, found.start())
            if rows is None:
                continue
            exceptions = [
                (measure, _exceptions(_values(sheet, measure, rows), found, bool(ups), loose))
                for measure in _moved(scene, sheet, place, book, found)
            ]
            if exceptions and all([against for _, against in exceptions]):
                measure, against = exceptions[0]
                row = against[0]
                text = sheet.cell(row, measure).text
                message = f"`{found.group()}` is not true of all: {sheet.name(row)} {text}"
                yield Finding("claim-all", found.start(), found.end(), message, ((sheet, row, measure),))
                return


def _moved(scene: Scene, sheet: Sheet, place: int, book: Book, found: re.Match[str]) -> list[Measure]:
    """The columns that a word such as 上涨 or 放大 is of."""
    word = next((one for name, one in found.groupdict().items() if name.startswith(("up", "down", "noup", "nodown")) and one), "")
    if word in _SIZES and (scene.of("amp") or not (scene.of("noun") or scene.nouns)):
        return []
    pool = columns_of(scene, sheet, place, book, strict=word not in _SIGNS)
    return [one for one in pool if not (word in _SIZES and one.kind == CHANGE and one.noun and _by_itself(scene, one, sheet, place))]


def _by_itself(scene: Scene, measure: Measure, sheet: Sheet, place: int) -> bool:
    """Whether the clause names a column of changes itself: 增速悉数放缓 is of what they were."""
    nouns = scene.of("noun") or list(scene.nouns)
    named = [sheet.measures[one] for token in nouns[-1:] for name in token.names if name.sheet == place for one in name.places]
    return all([one.kind == CHANGE for one in named]) and measure in named


def _group(scene: Scene, sheet: Sheet, place: int, end: int) -> list[int] | None:
    """The rows of which it is said: a list, some under one word, or all."""
    rows = group_of(scene, sheet, sentence_text(scene), place, end)
    if listed(scene, place, end):
        return rows
    sets = domains(scene, sheet, end)
    if len(sets) > 1:
        return rows
    some = rows_of(sets)
    if len(some) < len(sheet.own):
        return list(some) or None
    return rows


def _exceptions(values: list[tuple[int, Decimal]], found: re.Match[str], ups: bool, loose: bool) -> list[int]:
    """The rows of which it is not true."""
    if found.group("nodown") or found.group("nodown2"):
        return [row for row, value in values if value < 0]
    if found.group("noup") or found.group("noup2"):
        return [row for row, value in values if value > 0]
    against = [row for row, value in values if (value <= 0 if ups else value >= 0)]
    return [] if loose and len(against) * 2 < len(values) and len(values) > 2 else against


def _tally(sheet: Sheet, measure: Measure, rows: Sequence[int] | None = None) -> tuple[int, int, int]:
    values = _values(sheet, measure, rows)
    return len([1 for _, value in values if value > 0]), len([1 for _, value in values if value < 0]), len(values)


def _mixed(scene: Scene, book: Book) -> Iterator[Finding]:
    for found in _MIXED.finditer(scene.text, scene.part.start, scene.part.end):
        if scene.of("row"):
            continue
        for place, sheet in _entities(book):
            noun = scene.text[scene.part.start : found.start()]
            if not (any([word in noun for word in synonyms.GROUPS]) and _any_head(noun, sheet)):
                continue
            measures = columns_of(scene, sheet, place, book)
            if len(measures) != 1:
                continue
            measure = measures[0]
            ups, downs, count = _tally(sheet, measure)
            kind = found.lastgroup
            right = {
                "more_up": ups > downs, "more_down": downs > ups, "half": ups == downs,
                "mixed": (ups > 0 and downs > 0) or found.group() == "分化",
                "most_up": ups * 2 > count, "most_down": downs * 2 > count,
            }[kind or ""]  # fmt: skip
            if not right:
                yield Finding("claim-count", found.start(), found.end(), f"{ups} of {count} rose, {downs} fell ({measure.key})")
                return


def _any_head(words: str, sheet: Sheet) -> bool:
    return any([is_head(noun, sheet) for noun in synonyms.GROUPS if noun in words])


def _counts(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """三个上涨, 上涨的有三个, 四涨两跌."""
    text = scene.text
    whole = text[sentence[0].part.start : scene.part.end]
    for place, sheet in _entities(book):
        total = [found for found in TOTAL.finditer(whole) if counts_rows(found, scene, sheet, place)]
        rows = rows_of(domains(scene, sheet, scene.part.end))
        count = len(rows)
        some = count < len(sheet.own)
        complete = any([han_value(found.group("n")) == count for found in total])
        partial = any([han_value(found.group("n")) != count for found in total if found.group("unit") == "大"])
        if not rows or (partial and not some):
            continue
        for found in [
            one for pattern in (_COUNT, _COUNT_AFTER, _PAIR) for one in pattern.finditer(text, scene.part.start, scene.part.end)
        ]:
            parts = found.groupdict()
            after = text[found.end() : found.end() + 1]
            tallies = [(measure, *_tally(sheet, measure, rows)) for measure in _moved(scene, sheet, place, book, found)]
            if not tallies or listed(scene, place, found.start()) or (after and (after.isdigit() or after in "超幅停势")):
                continue
            own = complete or any([han_value(one.group("n")) == known for one in total for _, _, _, known in tallies])
            if not (is_head(parts.get("noun") or "", sheet) or own or some or _any_head(whole, sheet)):
                continue
            if any([_counted(parts, ups, downs, text, found, count) for _, ups, downs, _ in tallies]):
                continue
            measure, ups, downs, known = tallies[0]
            start, end = (found.start(), found.end()) if "ups" in parts else (found.start("n"), found.end("n"))
            yield Finding("claim-count", start, end, f"{ups} of {known} rose, {downs} fell ({measure.key})")
            return


def _counted(parts: dict[str, str], ups: int, downs: int, text: str, found: re.Match[str], rows: int) -> bool:
    """Whether so many rose or fell as is said."""
    if "ups" in parts:
        said = parts["ups"] or parts["ups2"], parts["downs"] or parts["downs2"]
        return han_value(said[0]) == ups and han_value(said[1]) == downs
    number = han_value(parts["n"])
    return number is None or number > rows or number == (ups if parts["up"] else downs) or _precise(text, found.start("n"))


def _precise(text: str, at: int) -> bool:
    """Whether the number is said with 超, 近, 第 or the like before it."""
    return text[at - 1 : at] in "超近约逾第前后另至连过"


# --- largest, smallest, places ---------------------------------------------------------------------------------------


def _extremes(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    text = scene.text
    for found in [
        *_TOP.finditer(text, scene.part.start, scene.part.end),
        *_PLACE.finditer(text, scene.part.start, scene.part.end),
    ]:
        kind = found.lastgroup or "bottom_n"
        if any([token.kind == "noun" and token.start < found.end() and found.start() < token.end for token in scene.tokens]):
            continue  # 最大回撤
        if text[found.end() : found.end() + 2] in ("之一",) or text[found.start() - 2 : found.start()] in ("要求", "监管"):
            continue
        for place, sheet in _entities(book):
            subject = _subject(scene, place, found, sentence)
            if subject is None:
                continue
            way = _way(scene, found.start()) if kind in ("high", "low") else 0
            moves = (
                way != 0
                or found.group() in ("最快", "最慢")
                or kind in ("top", "bottom", "leastup", "leastdown", "widest", "narrowest")
                or bool([one for one in scene.tokens if one.kind in ("amp", "basis")])
            )
            if kind in ("high", "low") and not moves and not scene.nouns and not scene.of("noun"):
                continue
            pool = columns_of(scene, sheet, place, book, moves=moves, strict=way != 0)
            measure = pool[0] if len(pool) == 1 else None
            if kind in ("mild", "deep") and (measure is None or "回撤" not in measure.key):
                continue
            if kind in ("widest", "narrowest"):
                plain = sheet.changes()
                measure = plain[0] if len(plain) == 1 else None
            if measure is None or (found.group() in ("最快", "最慢") and measure.kind != CHANGE):
                continue
            sets = [rows for rows in domains(scene, sheet, found.end()) if subject in rows]
            wrong = [_ranked(scene, sheet, measure, subject, kind, found, rows, way) for rows in sets]
            if wrong and wrong[0] is not None and None not in wrong:
                yield wrong[0]
                return


def _subject(scene: Scene, place: int, found: re.Match[str], sentence: Sequence[Scene]) -> int | None:
    """The row that is said to be the largest: the last before the word, else the first after it."""
    tokens = scene.of("row")
    before = [token for token in tokens if token.end <= found.start()]
    after = [token for token in tokens if token.start >= found.end()]
    between = scene.text[found.end() : after[0].start] if after else ""
    if after and len(between) <= 5 and any([word in between for word in ("的", "是", "为")]):
        token = after[0]
    elif before:
        near = scene.text[before[-1].end : found.start()]
        if "中" in near[:2] or len([one for one in before if scene.text[one.end : one.end + 1] in ("、", "和", "与")]) > 1:
            return None
        group = [one for one in before if scene.text[one.end : one.end + 1] in ("、", "和", "与")]
        if (
            group
            and not any([scene.text[one.end : one.end + 1] not in ("、", "和", "与") for one in before[:-1]])
            and len(group) == len(before) - 1
            and group
        ):
            return None  # A、B 涨幅居前
        token = before[-1]
    else:
        inherited = [one for one in scene.rows if one.start < scene.part.start]
        if len(inherited) != 1 or not scene.inherited or scene.lost:
            return None
        token = inherited[0]
    rows = [row for name in token.names if name.sheet == place for row in name.places]
    return rows[0] if len(rows) == 1 else None


def versus(sheet: Sheet, measure: Measure, right: int, said: int) -> str:
    """The row that is, and the one that is not, with their cells."""
    one, other = (f"{sheet.name(row)} with {sheet.cell(row, measure).text}" for row in (right, said))
    return f"{one}, not {other} ({measure.key})"


_GOES = later(r"(?:得|了|幅度|的)?(?:的)?$")


def _way(scene: Scene, at: int) -> int:
    """The direction right before a word: 增长最多, 走阔幅度最大, 净流出最多."""
    tokens = [token for token in scene.tokens if token.end <= at and (token.kind == "dir" or (token.kind == "noun" and token.sign))]
    if not tokens or _GOES.fullmatch(scene.text, tokens[-1].end, at) is None:
        return 0
    return tokens[-1].sign


def _ranked(
    scene: Scene, sheet: Sheet, measure: Measure, row: int, kind: str, found: re.Match[str], rows: Sequence[int], way: int = 0
) -> Finding | None:
    values = _values(sheet, measure, rows)
    own = sheet.value(row, measure)
    if own is None or len(values) < 2:
        return None
    falls = any([scene.text[one.start] in "跌降减" for one in scene.tokens if one.kind == "amp" and one.end <= found.end()])
    sizes = sorted([value for _, value in values], reverse=True)
    if "回撤" in measure.key and kind in ("high", "low", "mild", "deep"):  # written with a sign, or without
        best = (max if kind in ("high", "deep") else min)(sizes, key=abs)
    elif way and measure.kind in (CHANGE, FLOW):  # 缩水最多
        side = [one for one in sizes if one * way > 0]
        best = (max if kind == "high" else min)(side, key=abs, default=own)
    elif kind in ("top", "high"):
        best = sizes[-1] if falls and kind == "high" else sizes[0]
    elif kind in ("bottom", "low"):
        best = max([one for one in sizes if one < 0], default=sizes[0]) if falls and kind == "low" else sizes[-1]
        if falls and kind == "low":
            best = max([one for one in sizes if one < 0], default=own)
    elif kind in ("widest", "narrowest"):
        best = (max if kind == "widest" else min)([value for _, value in values if value * own > 0], key=abs, default=own)
    elif kind == "leastup":
        best = min([one for one in sizes if one > 0], default=own)
    elif kind == "leastdown":
        best = max([one for one in sizes if one < 0], default=own)
    else:
        ordinal = 2 if kind == "second" else int(han_value(found.group("n")) or 0)
        if kind == "second" or not ordinal or ordinal > len(sizes):
            return None
        order = sizes[::-1] if "倒数" in found.group() or falls else sizes
        best = order[ordinal - 1]
    if own == best:
        return None
    holder = next(at for at, value in values if value == best)
    message = f"`{found.group()}` is {versus(sheet, measure, holder, row)}"
    return Finding("claim-extreme", found.start(), found.end(), message, ((sheet, holder, measure), (sheet, row, measure)))


# --- one before another ----------------------------------------------------------------------------------------------


def _orders(scene: Scene, book: Book) -> Iterator[Finding]:
    rows = scene.of("row")
    if len(rows) == 1 and len(scene.past) == 1:
        rows = [*scene.past, *rows]
    for one, other in itertools.pairwise(rows):
        between = scene.text[max(one.end, scene.part.start) : other.start]
        found = OVER.search(between)
        less = False
        tail = False
        if (found is None and between and between[-1] in "比较") or between.endswith("相比"):
            after = scene.text[other.end : scene.part.end]
            found = _AFTER.match(after)
            tail = True
        if found is None or len(between) > 14:
            continue
        less = found.lastgroup == "less"
        for place, sheet in _entities(book):
            first = [row for name in one.names if name.sheet == place for row in name.places]
            second = [row for name in other.names if name.sheet == place for row in name.places]
            if len(first) != 1 or len(second) != 1:
                continue
            amps = [token for token in scene.tokens if token.kind == "amp"]
            word = found.group()
            moves = bool(amps) or "表现" in between or word in ("跑赢", "跑输", "强于", "弱于", "领先", "领先于", "落后", "落后于")
            measure = _column(scene, sheet, place, book, moves=moves)
            if not moves and not scene.of("noun") and not scene.nouns and word in ("高于", "低于"):
                levels = [one for one in sheet.measures if one.kind == LEVEL and one.scope in ("", WEEK)]
                measure = levels[0] if len(levels) == 1 else None
            if measure is None or (not amps and not moves and measure.kind == CHANGE and not scene.of("noun")):
                continue
            a, b = sheet.value(first[0], measure), sheet.value(second[0], measure)
            if a is None or b is None:
                continue
            falls = bool(amps) and scene.text[amps[0].start] in "跌降减"
            if falls:
                a, b = -a, -b
            if a == b or (a < b) != less:
                start = other.end if tail else max(one.end, scene.part.start) + found.start()
                cells = ((sheet, first[0], measure), (sheet, second[0], measure))
                shown = " and ".join([f"{sheet.name(row)} {sheet.cell(row, measure).text}" for row in (first[0], second[0])])
                yield Finding("claim-order", start, start + len(word), f"`{word}` is said of {shown} ({measure.key})", cells)
                return
            wrong = _apart(scene, sheet, measure, abs(a - b), other.end)
            if wrong is not None:
                yield wrong
                return


_AFTER = later(r"(?:的)?(?:涨幅|表现|规模|收益)?(?:更|明显|略|要)?(?:(?P<more>高出?|大|强|多|好|快)|(?P<less>低|小|弱|少|差|慢))")


_GAP = later(r"[一-龥]{0,4}?(?:高出?|低|多|少|快|慢|领先|落后|跑赢|跑输)(?:了|约)?$|$")


def _apart(scene: Scene, sheet: Sheet, measure: Measure, apart: Decimal, end: int) -> Finding | None:
    """What is wrong with the number by which one row is said to be above another."""
    number = next((token.quantity for token in scene.of("number") if token.start >= end), None)
    if number is None or number.unit is None or _GAP.fullmatch(scene.text, end, number.lead) is None:
        return None
    unit = measure.unit
    share = unit is not None and unit.name == "%"
    if unit is None or number.unit.name != unit.name or (share and not number.unit.points):
        return None
    if fits(number, apart / number.unit.factor):
        return None
    other = share and fits(number, apart if number.unit.factor != 1 else apart * 100)
    shown = f"they are {rounded(apart / number.unit.factor, max(number.decimals, 1))} apart ({measure.key})"
    return Finding("claim-unit" if other else "claim-change", number.start, number.end, shown)


def _sequence(scene: Scene, book: Book, sentence: Sequence[Scene]) -> Iterator[Finding]:
    """依次为 A、B 和 C."""
    text = scene.text
    whole = text[sentence[0].part.start : scene.part.end]
    found = _ORDER.search(text, scene.part.start, scene.part.end)
    if found is None or ("排" not in whole and "由" not in whole and "从" not in whole and "依次" not in found.group()):
        return
    rows = [token for token in scene.of("row") if token.start >= found.start()] or scene.of("row")
    if len(rows) < 2 or [token for token in scene.of("number") if token.start > found.end()]:
        return
    rising = any([one in whole for one in ("小到大", "低到高", "弱到强", "少到多")])
    for place, sheet in _entities(book):
        places = [row for token in rows for name in token.names if name.sheet == place for row in name.places]
        if len(places) != len(rows):
            continue
        last = sentence[0]
        measure = _column(scene, sheet, place, book, moves=True) or _column(last, sheet, place, book, moves=True)
        if measure is None:
            continue
        values = [sheet.value(row, measure) for row in places]
        first = _FIRST.search(scene.words)
        if first is not None and han_value(first.group("n")) == len(rows) and None not in values:
            sizes = sorted(
                [value for _, value in _values(sheet, measure)], reverse=not any([one in whole for one in ("跌幅", "降幅")])
            )
            wrong = next((at for at, (value, size) in enumerate(zip(values, sizes)) if value != size), None)
            if wrong is not None:
                holder = next(row for row, value in _values(sheet, measure) if value == sizes[wrong])
                shown = versus(sheet, measure, holder, places[wrong])
                yield Finding("claim-order", rows[wrong].start, rows[wrong].end, shown, ((sheet, holder, measure),))
            return
        falls = any([word in whole for word in ("跌幅", "降幅")])
        for at, (a, b) in enumerate(itertools.pairwise(values)):
            if a is None or b is None:
                return
            wrong = a > b if rising != falls else a < b
            if wrong:
                token = rows[at + 1]
                shown = ", ".join([f"{sheet.name(row)} {sheet.cell(row, measure).text}" for row in places[at : at + 2]])
                yield Finding(
                    "claim-order",
                    token.start,
                    token.end,
                    f"this order is not that of the data: {shown} ({measure.key})",
                    ((sheet, places[at + 1], measure),),
                )
                return
