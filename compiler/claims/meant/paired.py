"""Numbers in a list, each with the row, column or time it goes with: A、B 分别为 1、2; A 与 B 下跌，收于 1 和 2.

In: a clause, its numbers.  Out: the token each goes with, itself where that is not clear.  Always: as many of one kind as
numbers.
"""

from __future__ import annotations

import itertools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..clauses.scene import Scene, Token


def paired_of(scene: Scene, numbers: Sequence[Token]) -> dict[int, Token]:
    """A、B 分别为 1、2: the row, noun or time each number goes with."""
    text = scene.text
    at = max(text.find(word, scene.part.start, scene.part.end) for word in ("分别", "依次"))
    if at < 0:
        return _in_turn(scene, numbers)
    after = [number for number in numbers if number.start > at]
    for kind in ("row", "noun", "time", "scope"):
        group = [token for token in scene.tokens if token.kind == kind and token.end <= at]
        if kind in ("row", "noun") and group and text[group[0].start - 1] in "较比":
            return {number.start: number for number in after}  # 较 A 和 B 分别低 1bp 和 2bp
        if kind == "row" and not group:
            group = list(scene.past)  # A、B 领跌，跌幅分别为 1 和 2
        if len(after) > 1 and len(group) == len(after):
            return {number.start: token for number, token in zip(after, group)}
    return {number.start: number for number in after} if len(after) > 1 else {}


def _in_turn(scene: Scene, numbers: Sequence[Token]) -> dict[int, Token]:
    """A 与 B 下跌 …，收于 1 和 2: as many numbers in a list as the clause before has rows, or columns, each of its own."""
    named = scene.past if len(scene.past) > 1 else [token for token in scene.nouns if token.start < scene.part.start]
    count = len(named)
    lists = count > 1 and len(numbers) == count and not scene.of("row") and not scene.of("noun")
    if not lists or not _all_joined(scene, numbers):
        return {}
    if not _all_joined(scene, named):
        return {number.start: number for number in numbers}
    return {number.start: token for number, token in zip(numbers, named)}


def _all_joined(scene: Scene, tokens: Sequence[Token]) -> bool:
    """Whether tokens stand in one list: A、B 和 C."""
    between = [scene.text[one.end : other.start] for one, other in itertools.pairwise(tokens)]
    return all([one in ("和", "与", "、", "及", "以及") for one in between])
