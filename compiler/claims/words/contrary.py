"""The contrary of what is claimed, word for word: 四涨两跌 as 五涨三跌, 最高 as 最低, 2.08% as 5.08%.

In: the words of a claim.  Out: words as long that say something else.  Always: none where there is nothing to turn round.  A
table that objects to the contrary and not to the claim has understood it, and holds it.
"""

from __future__ import annotations

from ...pattern import later

_SIDES = "涨跌升降增减高低大小多少首末买卖正负快慢强弱入出长短扩缩前后深浅"
_TURNED = str.maketrans(_SIDES, "".join([two[::-1] for two in (_SIDES[at : at + 2] for at in range(0, len(_SIDES), 2))]))
_TURNED |= {ord(char): ord("小") for char in "猛惨"}
_NUMERALS = str.maketrans("一二两三四五六七八九十", "二三三四五六七八九八九")
_SHIFTED = tuple([str.maketrans("123456789", to) for to in ("567891234", "999999999", "111111111")])


_PAIRS = (
    "上涨下跌", "收涨收跌", "上行下行", "上升下降", "走高走低", "走强走弱", "回升回落", "增长下降",
    "增加减少", "扩大收窄", "放大萎缩", "飘红飘绿", "收红收绿", "流入流出", "买入卖出", "申购赎回",
    "高于低于", "多于少于", "大于小于", "超过不及", "跑赢跑输", "领涨领跌",
)  # fmt: skip
_CONTRARY = {one: other for pair in _PAIRS for half in [len(pair) // 2] for one, other in [(pair[:half], pair[half:])]}
_CONTRARY |= {other: one for one, other in reversed(_CONTRARY.items())}
_CONTRARY |= dict.fromkeys(("下挫", "下滑", "重挫", "跳水", "回调", "走跌", "下探", "阴跌"), "上涨")
_CONTRARY |= dict.fromkeys(("上扬", "攀升", "反弹", "走升", "飙升"), "下跌")
_CONTRARY |= {"翻红": "翻绿", "翻绿": "翻红", "走阔": "收窄", "走扩": "收窄"}
_WORDS = later("|".join(_CONTRARY))


def contraries(words: str) -> list[str]:
    """Other words in its place."""
    made = [words.translate(_NUMERALS), *[_first_digit(words, table) for table in _SHIFTED]]
    if not any([char.isdigit() for char in words]):
        made += [words.translate(_TURNED), _WORDS.sub(lambda found: _CONTRARY[found.group()], words)]
    return [one for one in dict.fromkeys(made) if one != words]


def slipped(words: str) -> list[str]:
    """With the last digit before the unit changed: 19.46% as 19.86%, which is no number of another size."""
    at = max([at for at, char in enumerate(words) if char in "0123456789"], default=-1)
    return [words[:at] + words[at].translate(_SHIFTED[0]).replace("0", "4") + words[at + 1 :]] if at >= 0 else []


def half_turned(words: str) -> list[str]:
    """With one character turned round: 涨幅居首 as 涨幅居末, which 跌幅居末 is no contrary of."""
    turned = [(at, char.translate(_TURNED)) for at, char in enumerate(words)]
    return [words[:at] + char + words[at + 1 :] for at, char in turned if char != words[at]]


def _first_digit(words: str, table: dict[int, int]) -> str:
    at = next((at for at, char in enumerate(words) if char in "123456789"), len(words))
    return words[:at] + words[at : at + 1].translate(table) + words[at + 1 :]
