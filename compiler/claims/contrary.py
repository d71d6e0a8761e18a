"""The contrary of what is claimed, word for word: 四涨两跌 as 五涨三跌, 最高 as 最低, 2.08% as 5.08%.

In: the words of a claim.  Out: words as long that say something else.  Always: none where there is nothing to turn round.  A
table that objects to the contrary and not to the claim has understood it, and holds it.
"""

from __future__ import annotations

_SIDES = "涨跌升降增减高低大小多少首末买卖正负快慢强弱入出长短扩缩前后"
_TURNED = str.maketrans(_SIDES, "".join([two[::-1] for two in (_SIDES[at : at + 2] for at in range(0, len(_SIDES), 2))]))
_NUMERALS = str.maketrans("一二两三四五六七八九十", "二三三四五六七八九八九")
_SHIFTED = tuple([str.maketrans("123456789", to) for to in ("567891234", "999999999", "111111111")])


def contraries(words: str) -> list[str]:
    """Other words in its place."""
    made = [words.translate(_NUMERALS), *[_first_digit(words, table) for table in _SHIFTED]]
    if not any([char.isdigit() for char in words]):
        made.append(words.translate(_TURNED))
    return [one for one in dict.fromkeys(made) if one != words]


def _first_digit(words: str, table: dict[int, int]) -> str:
    at = next((at for at, char in enumerate(words) if char in "123456789"), len(words))
    return words[:at] + words[at : at + 1].translate(table) + words[at + 1 :]
