"""Two columns of one time against each other: 9 月出厂价格指数低于新出口订单指数.

In: a clause, the book.  Out: findings.  Always: both columns are named, hold one kind of number in one unit, and nothing else
stands between them.
"""

from __future__ import annotations

from ..pattern import later
from .findings import Finding
from .pools import OVER
from .series import row_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .scene import Book, Scene

_PLAIN = later(r"(?:指数|增速|的|则|也|仍|已|又|却|均|略|明显|显著|远|大幅|持续|继续|再度|依然|不?再|要)*$")
_AFTER = later(r"(?:指数|增速|的)*$")


def hold_abreast(scene: Scene, book: Book) -> Iterator[Finding]:
    """What is wrong with a clause that holds two columns against each other."""
    if scene.unsure or scene.denied:
        return
    finding = _columns(scene, book)
    if finding is not None:
        yield finding


def _columns(scene: Scene, book: Book) -> Finding | None:
    nouns = scene.of("noun")
    if len(nouns) != 2 or scene.of("row") or scene.of("number") or scene.of("versus") or scene.of("base"):
        return None
    first, second = nouns
    found = OVER.search(scene.text, first.end, second.start)
    if found is None or found.end() != second.start or _PLAIN.fullmatch(scene.text, first.end, found.start()) is None:
        return None
    if _AFTER.fullmatch(scene.text, second.end, scene.part.end) is None:
        return None
    for place, sheet in enumerate(book.sheets):
        if not sheet.series:
            continue
        columns = [[sheet.measures[at] for name in token.names if name.sheet == place for at in name.places] for token in nouns]
        if [len(one) for one in columns] != [1, 1]:
            continue
        own, other = columns[0][0], columns[1][0]
        row = row_of(scene, sheet, first.start)
        if (own.kind, own.unit, own.basis) != (other.kind, other.unit, other.basis) or row is None:
            continue
        a, b = sheet.value(row, own), sheet.value(row, other)
        if a is None or b is None or (a != b and (a < b) == (found.lastgroup == "less")):
            continue
        shown = " and ".join([f"{one.key} {sheet.cell(row, one).text}" for one in (own, other)])
        message = f"`{found.group()}` is said of {shown} ({sheet.name(row)})"
        return Finding("claim-order", found.start(), found.end(), message, ((sheet, row, own), (sheet, row, other)))
    return None
