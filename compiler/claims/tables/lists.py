"""The rows of a list that share a part of their names with another: 3年、5年 of 3年、5年、7年期国债, 铜 of 黄金、铜.

In: the table and the row that is named, the text around it.  Out: the places of the others of its list, and their rows.
Always: of the same table, and each of one row.
"""

from __future__ import annotations

from ...pattern import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .subjects import Sheet

_JOINS = ("、", "和", "与", "及")
_BEGINS = later(r"(?:^|[^一-龥]|[月周年日])$")
_SIZES = ("大", "中", "小", "微")


def listed_before(sheet: Sheet, row_named: int, text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The rows of a list that share the end of the last one's name: 大、中 of 大、中、小型企业."""
    own = sheet.name(row_named).replace(" ", "")
    out: list[tuple[int, int, int]] = []
    while text[end - 1 : end] in _JOINS and end > start + 1:
        end -= 1
        near = [
            (cut, row)
            for row in range(len(sheet.table.rows))
            for other in [sheet.name(row).replace(" ", "")]
            for cut in range(1 if other[:1] in _SIZES else 2, len(other) - 1)
            if other != own and own.endswith(other[cut:]) and text.endswith(other[:cut], start, end)
        ]
        near = [one for one in near if one[0] > 1 or text[end - 2 : end - 1] in _JOINS or _BEGINS.search(text, start, end - 1)]
        if not near:
            break
        cut, row = max(near)
        if len([1 for size, _ in near if size == cut]) > 1 or text[end - cut - 1 : end - cut].isdigit():
            break
        out.append((end - cut, end, row))
        end -= cut
    return out


_ONE = later(r"(?P<what>[一-龥])(?=[、和与及，。；：）)]|均|都|则|分别|依次|双双|集体|全线|涨|跌|上涨|下跌|收|$)")
_AT_MARKET = later(r"[A-Z]{3,}[一-龥]")


_TAIL = later(
    r"(?=[、和与及，。；：）)的之较比上下涨跌升降共\d]|均|都|则|分别|依次|双双|集体|全线|合计|[一二两三四五六七八九十]|$)"
)


def _of_like_tail(names: list[str], own: str, text: str, at: int, end: int) -> tuple[int, int, int] | None:
    """The row behind 与 that shares the beginning of the one before, and its last word: 厂内库存 of 螺纹钢社会库存与厂内库存."""
    near = [
        (len(other) - cut, row)
        for row, other in enumerate(names)
        for cut in range(2, len(other) - 2)
        if other != own and own.startswith(other[:cut]) and own[-2:] == other[-2:] and text.startswith(other[cut:], at, end)
    ]
    size = max(near, default=(0, 0))[0]
    rows = [row for length, row in near if length == size]
    return (at, at + size, rows[0]) if len(rows) == 1 and _TAIL.match(text, at + size, end) is not None else None


def listed_after(sheet: Sheet, row_named: int, text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The rows behind one in a list that go by a single character, 铜 and 锌 of 黄金、铜、锌, where they are LME铜 and LME锌; or
    by what its name does not begin with as well."""
    names = [sheet.name(row).replace(" ", "") for row in range(len(sheet.table.rows))]
    out: list[tuple[int, int, int]] = []
    at = start
    while text[at : at + 1] in _JOINS and (tail := _of_like_tail(names, names[row_named], text, at + 1, end)) is not None:
        out.append(tail)
        at = tail[1]
    while text[at : at + 1] in _JOINS and (found := _ONE.match(text, at + 1, end)) is not None:
        rows = [row for row, one in enumerate(names) if _AT_MARKET.fullmatch(one) and one[-1] == found.group("what")]
        if len(rows) != 1:
            break
        out.append((found.start(), found.end(), rows[0]))
        at = found.end()
    return out
