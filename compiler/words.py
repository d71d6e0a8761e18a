"""The words the compiler prints by itself, by language: labels, section titles, dates.

In: a language tag (BCP 47).  Out: its `Words`.  Always: what a house says in its own voice stands in its brand, not here; a
language without words of its own gets the English ones.
"""

from __future__ import annotations

from .record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .model import Date


class Words(Record):
    """What is printed in one language.

    Templates: `date` {year} {month} {day}; `issue` {year} {number}; `section` {number} {title}; `as_of` {iso} or {day}; the
    others {number} or {name}; `short` a day of a `period`, `dated` one with its year.  `months` replaces the number of a month
    where it is not empty; `numerals` "han" counts sections 一、二.
    """

    market: str
    focus: str
    watch: str
    chart: str
    section: str
    numerals: str
    view: str
    source: str
    note: str
    table: str
    figure: str
    continued: str
    comma: str
    source_comma: str
    semicolon: str
    as_of: str
    others: str
    edition: str
    conjunction: str
    issue: str
    date: str
    version: str
    effective: str
    link: str
    to_source: str
    to_note: str
    to_text: str
    to_citation: str
    tags: tuple[str, str, str, str]
    cut_axis: str
    cut_left: str
    cut_right: str
    total: str
    right_axis: str
    course: str
    overleaf: str
    months: tuple[str, ...] = ()
    short: str = "{month}.{day}"
    dated: str = "{year}.{days}"
    to: str = "—"

    def day(self, date: Date) -> str:
        """A date in words: `2024 年 1 月 2 日`, the spaces being the author's convention for a Han–digit gap."""
        month = self.months[date.month - 1] if self.months else date.month
        return self.date.format(year=date.year, month=month, day=date.day)

    def period(self, first: Date, last: Date, *, full: bool = False) -> str:
        """`12.25—12.29`; with `full`, or where they differ, with years, once where both days share it."""
        days = [
            self.short.format(month=self.months[day.month - 1][:3] if self.months else day.month, day=day.day)
            for day in (first, last)
        ]
        if first.year != last.year:
            return self.to.join([self.dated.format(year=day.year, days=words) for day, words in zip((first, last), days)])
        words = days[0] if first == last else self.to.join(days)
        return self.dated.format(year=first.year, days=words) if full else words

    def tag(self, kind: str) -> str:
        """What a key point of that kind of section is called: 市场."""
        return self.tags[("market", "focus", "watch", "chart").index(kind)]

    def title(self, kind: str) -> str:
        """The standard title of a kind of section."""
        return str(getattr(self, kind))


_FAMILIES = ("zh-Hans", "zh-Hant", "ja", "ko", "en")  # the columns of the table
_TABLE: dict[str, tuple[object, ...]] = {
    "market": ("市场概况", "市場概況", "市場概況", "시장 개요", "Market overview"),
    "focus": ("热点聚焦", "焦點話題", "注目の話題", "주요 이슈", "In focus"),
    "watch": ("每周关注", "每週關注", "今週の注目点", "이번 주 관심사", "The week ahead"),
    "chart": ("每周一图", "每週一圖", "今週の一枚", "이번 주 차트", "Chart of the week"),
    "section": ("{number}、{title}", "{number}、{title}", "{number}、{title}", "{number}. {title}", "{number}. {title}"),
    "numerals": ("han", "han", "han", "decimal", "decimal"),
    "view": ("我们认为", "我們認為", "当社の見方", "당사 의견", "Our view"),
    "source": ("资料来源：", "資料來源：", "出所：", "자료: ", "Source: "),
    "note": ("注：", "註：", "注：", "주: ", "Note: "),
    "table": ("表 {number}", "表 {number}", "表 {number}", "표 {number}", "Table {number}"),
    "figure": ("图 {number}", "圖 {number}", "図 {number}", "그림 {number}", "Figure {number}"),
    "continued": ("（续）", "（續）", "（続き）", " (계속)", " (continued)"),
    "comma": ("、", "、", "、", ", ", ", "),
    "source_comma": ("，", "，", "、", ", ", ", "),
    "semicolon": ("；", "；", "；", "; ", "; "),
    "as_of": ("截至 {iso}", "截至 {iso}", "{day}現在", "{day} 기준", "as of {day}"),
    "others": ("等", "等", "他", "외", "et al."),
    "edition": ("{number} 版", "{number} 版", "第 {number} 版", "제{number}판", "{number} ed."),
    "conjunction": ("与", "與", "および", " 및 ", " and "),
    "issue": (
        "{year} 年第 {number} 期", "{year} 年第 {number} 期", "{year} 年第 {number} 号", "{year}년 제{number}호",
        "{year}, No. {number}",
    ),
    "date": (
        "{year} 年 {month} 月 {day} 日", "{year} 年 {month} 月 {day} 日", "{year} 年 {month} 月 {day} 日",
        "{year}년 {month}월 {day}일", "{day} {month} {year}",
    ),
    "version": ("声明版本 {name}", "聲明版本 {name}", "版 {name}", "고지 버전 {name}", "Version {name}"),
    "effective": ("适用自 {name}", "適用自 {name}", "適用開始日 {name}", "적용일 {name}", "Effective {name}"),
    "link": ("链接：{name}", "連結：{name}", "リンク：{name}", "링크: {name}", "Link: {name}"),
    "to_source": ("资料来源 {number}", "資料來源 {number}", "出所 {number}", "자료 {number}", "Source {number}"),
    "to_note": ("脚注 {number}", "註腳 {number}", "脚注 {number}", "각주 {number}", "Footnote {number}"),
    "to_text": ("回到正文", "回到正文", "本文に戻る", "본문으로 돌아가기", "Back to the text"),
    "to_citation": (
        "回到引用 {number} 处", "回到引用 {number} 處", "引用 {number} に戻る", "인용 {number}(으)로 돌아가기",
        "Back to citation {number}",
    ),
    "tags": (
        ("市场", "热点", "关注", "一图"), ("市場", "焦點", "關注", "一圖"), ("市場", "話題", "注目", "一枚"),
        ("시장", "이슈", "관심", "차트"), ("Market", "Focus", "Ahead", "Chart"),
    ),
    "cut_axis": (
        "纵轴未从零起。", "縱軸未從零起。", "縦軸はゼロから始まっていない。", "세로축은 0에서 시작하지 않는다.",
        "The vertical axis does not start at zero.",
    ),
    "cut_left": (
        "左轴未从零起。", "左軸未從零起。", "左軸はゼロから始まっていない。", "좌축은 0에서 시작하지 않는다.",
        "The left axis does not start at zero.",
    ),
    "cut_right": (
        "右轴未从零起。", "右軸未從零起。", "右軸はゼロから始まっていない。", "우축은 0에서 시작하지 않는다.",
        "The right axis does not start at zero.",
    ),
    "total": ("合计", "合計", "合計", "합계", "Total"),
    "right_axis": ("（右轴）", "（右軸）", "（右軸）", " (우축)", " (right)"),
    "course": ("走势：", "走勢：", "推移：", "추이: ", "Course: "),
    "overleaf": (
        "{name} 见后页。", "{name} 見後頁。", "{name} は次ページ以降に示す。", "{name}은(는) 뒤쪽에 있다.", "{name} is overleaf.",
    ),
}  # fmt: skip
_ENGLISH_DATES: dict[str, object] = {
    "months": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
    "short": "{day} {month}",
    "dated": "{days} {year}",
    "to": " – ",
}  # fmt: skip
_made: dict[str, Words] = {}
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


def family(tag: str) -> str:
    """What decides words and rules of a tag: zh-Hans, zh-Hant, ja, ko, or the bare language of any other.

    A script that is named decides, else the region does: `zh-Hans-HK` is Simplified.
    """
    parts = tag.lower().replace("_", "-").split("-")
    if parts[0] in ("zh", "yue"):
        if "hans" in parts:
            return "zh-Hans"
        return "zh-Hant" if parts[0] == "yue" or not _TRADITIONAL.isdisjoint(parts) else "zh-Hans"
    return parts[0]


def words_of(tag: str) -> Words:
    """The words of a language tag."""
    words = _made.get(tag)
    if words is None:
        name = family(tag)
        column = _FAMILIES.index(name if name in _FAMILIES else "en")
        more = _ENGLISH_DATES if _FAMILIES[column] == "en" else {}
        words = _made[tag] = Words(**{field: row[column] for field, row in _TABLE.items()}, **more)  # type: ignore[arg-type]
    return words


def han_number(number: int) -> str:
    """一 to 九十九, as headings and lists count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not number else "")
