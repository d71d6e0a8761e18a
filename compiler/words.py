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

    Templates: `date` {year} {month} {day}; `issue` {year} {number}; `section` {number} {title}; the others {number} or
    {name}; `short` a day of a `period`, `dated` one with its year.  `months` replaces the number of a month where it is not
    empty; `numerals` "han" counts sections 一、二.
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
    semicolon: str
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
    total: str
    course: str
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


_ZH_HANS = (
    "市场概况", "热点聚焦", "每周关注", "每周一图", "{number}、{title}", "han", "我们认为",
    "资料来源：", "注：", "表 {number}", "图 {number}", "（续）", "、", "；", "与",
    "{year} 年第 {number} 期", "{year} 年 {month} 月 {day} 日", "声明版本 {name}", "适用自 {name}",
    "链接：{name}", "资料来源 {number}", "脚注 {number}", "回到正文", "回到引用 {number} 处",
    ("市场", "热点", "关注", "一图"),
    "纵轴未从零起。", "合计", "走势：",
)  # fmt: skip
_ZH_HANT = (
    "市場概況", "焦點話題", "每週關注", "每週一圖", "{number}、{title}", "han", "我們認為",
    "資料來源：", "註：", "表 {number}", "圖 {number}", "（續）", "、", "；", "與",
    "{year} 年第 {number} 期", "{year} 年 {month} 月 {day} 日", "聲明版本 {name}", "適用自 {name}",
    "連結：{name}", "資料來源 {number}", "註腳 {number}", "回到正文", "回到引用 {number} 處",
    ("市場", "焦點", "關注", "一圖"),
    "縱軸未從零起。", "合計", "走勢：",
)  # fmt: skip
_JA = (
    "市場概況", "注目の話題", "今週の注目点", "今週の一枚", "{number}、{title}", "han", "当社の見方",
    "出所：", "注：", "表 {number}", "図 {number}", "（続き）", "、", "；", "および",
    "{year} 年第 {number} 号", "{year} 年 {month} 月 {day} 日", "版 {name}", "適用開始日 {name}",
    "リンク：{name}", "出所 {number}", "脚注 {number}", "本文に戻る", "引用 {number} に戻る",
    ("市場", "話題", "注目", "一枚"),
    "縦軸はゼロから始まっていない。", "合計", "推移：",
)  # fmt: skip
_KO = (
    "시장 개요", "주요 이슈", "이번 주 관심사", "이번 주 차트", "{number}. {title}", "decimal", "당사 의견",
    "자료: ", "주: ", "표 {number}", "그림 {number}", " (계속)", ", ", "; ", " 및 ",
    "{year}년 제{number}호", "{year}년 {month}월 {day}일", "고지 버전 {name}", "적용일 {name}",
    "링크: {name}", "자료 {number}", "각주 {number}", "본문으로 돌아가기", "인용 {number}(으)로 돌아가기",
    ("시장", "이슈", "관심", "차트"),
    "세로축은 0에서 시작하지 않는다.", "합계", "추이: ",
)  # fmt: skip
_EN = (
    "Market overview", "In focus", "The week ahead", "Chart of the week", "{number}. {title}", "decimal", "Our view",
    "Source: ", "Note: ", "Table {number}", "Figure {number}", " (continued)", ", ", "; ", " and ",
    "{year}, No. {number}", "{day} {month} {year}", "Version {name}", "Effective {name}",
    "Link: {name}", "Source {number}", "Footnote {number}", "Back to the text", "Back to citation {number}",
    ("Market", "Focus", "Ahead", "Chart"),
    "The vertical axis does not start at zero.", "Total", "Course: ",
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
    "{day} {month}", "{days} {year}", " – ",
)  # fmt: skip
_TABLES = {"zh-Hans": _ZH_HANS, "zh-Hant": _ZH_HANT, "ja": _JA, "ko": _KO, "en": _EN}
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
        words = _made[tag] = Words(*_TABLES.get(family(tag), _EN))  # type: ignore[arg-type]
    return words


def han_number(number: int) -> str:
    """一 to 九十九, as headings and lists count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not number else "")
