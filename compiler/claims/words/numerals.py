"""Numbers in Chinese numerals that state a quantity: 三家, 两成, 十年, 一倍, 百分之三十, 数十只.

In: a passage.  Out: where each stands, its measure word included.  Always: a numeral counts only before a measure word that
counts things in a note, or as a part of a whole; one within a word (统一, 十分, 百家号, 三季度, 五年期), an ordinal, a name
(两市, 七天逆回购) or a way of speaking (一家公司, 三个方面) is left out, for a false alarm is worse than silence.  Source: house
rule, 2026-11-29.
"""

from __future__ import annotations

from ...pattern import later
from .quantities import han_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGIT = "一二两三四五六七八九"
_WHOLE = "一二两三四五六七八九十百千万亿零"
# a numeral that says how many: more than one, or round with a word before it; 一家, 一次 are articles more often than numbers
_COUNT = (
    rf"(?:[数几][十百千万亿]+|(?P<lead>上|近|约|超|逾|过)[百千万]|[{_DIGIT}]?十[{_DIGIT}几]?|[{_DIGIT}][{_DIGIT}]十"
    rf"|[{_DIGIT}][百千万亿][{_WHOLE}]*|[二两三四五六七八九][二两三四五六七八九]?)[余多来]?"
)
_MEASURE = (
    r"(?:万亿|千亿|百亿|亿|万)?(?:美元|港元|欧元|日元|元(?![桥朋材锂乳里悖正旦月宵素器件老首气勋宇])|家(?![人具居电长庭族乡里务境园号争姓政])"
    r"|只(?![有是要能不会怕])|支(?![持付出撑配队票部])|股(?![权东市票票价份指民息本东])|人(?![民口工才士心物均气类大员间力生家物行为际])|名(?![义单称字列气次誉])"
    r"|(?<!二)次(?![方产日年月要级新序品贷元])|轮(?![驱车流换番])|款(?![项式])|笔(?![者试])|台(?![山湾阶账风])|辆|架(?![构])|艘|吨|公里|小时|分钟|个(?:月(?!期|内)|百分点|基点|交易日|工作日|季度|小时|涨停|跌停)"
    r"|天(?![逆期回通无气天然空下])|年(?![级制行期代级度终底初末内货轻来国美企定封持LPS])|岁)"
)
_PATTERN = later(
    rf"(?<![第每某之初本一二两三四五六七八九十百千万亿零〇\d.]){_COUNT}{_MEASURE}"
    rf"|(?<![第统单唯同划归合达建组构生变转形完造促a-zA-Z\d])[{_DIGIT}几][{_DIGIT}]?成(?![交立功为本员长分果绩型熟都语千就人份效因品见套渝色不])[多半]?"
    rf"|(?<![第\d])(?:[{_DIGIT}十百数几]+)倍(?![做杠增数率速频感受镜])[多余]?|(?<=翻)[{_DIGIT}]番|(?<=翻了)[{_DIGIT}]番"
    rf"|[{_WHOLE}]+分之[{_WHOLE}点]+|(?<![\d.\s{_WHOLE}])(?:百|千|万|十|百万|千万)亿(?:美元|元)"
)
_ORDINAL = later(r"(?:第|前|后|末|周|星期|礼拜|正月|十[一二]?月|农历|初|排名|位列|位居|名列|十四|十三)$")
_PLAN = later(r"(?:如一日|规划|计划(?!投资)|树木|寒窗|磨一剑|河东|两头|同期|五载|一遇|LPR|国债|美债)")

_SINCE = later(r"[多余]?(?:以?来|[之以]?[前后内]|间|里)")
_LATELY = later(r"(?:过去|未来|近|这|此[前后]|今后|前|后|最近|往后|随后)(?:的|这)?$")


def han_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each, in order, and "time" for one that says when (两年多来, 过去三年): nothing has to stand behind it."""
    for found in _PATTERN.finditer(text):
        start, end = found.end("lead") if found.group("lead") else found.start(), found.end()
        if _ORDINAL.search(text, max(start - 4, 0), start) or _PLAN.match(text, end):
            continue
        when = text[end - 1] in "年天月时日钟" and (_SINCE.match(text, end) or _LATELY.search(text, max(start - 4, 0), start))
        yield start, end, "time" if when else ""


def in_digits(words: str) -> str:
    """The same number as it would be typed (三家: 3家, 两成: 20%), or the words where it has none."""
    below, part, above = words.partition("分之")
    if part:
        whole, share = han_value(below), han_value(above)
        return f"{share * 100 / whole:.6g}%" if whole and share is not None else words
    at = next((place for place, char in enumerate(words) if char not in _WHOLE), len(words))
    value = han_value(words[:at]) if at else None
    if value is None or words[at : at + 1] in ("余", "多", "来", "几"):
        return words
    return f"{value * 10}%" if words[at:] == "成" else f"{value}{words[at:]}"
