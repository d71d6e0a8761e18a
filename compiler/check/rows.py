"""Rows of a table that are not like the others: heads of groups, totals, those set off.

In: the rows read, and what the note asks for.  Out: the rows with a mark for each.  Always: a total reckoned here is exact; a
total typed is held against the rows above it, where its column can add up.
"""

from __future__ import annotations

from decimal import Decimal

from ..data.rounding import rounded
from ..diagnostics import nearest
from ..model import Cell, Text
from ..syntax import Mapping, Scalar, Sequence
from .cells import NUMBER, WIDE
from .tables import GROUP, HIGHLIGHT, MISSING, PLAIN, TOTAL, TOTAL_WORDS, plain_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..syntax import Node
    from .reader import Reader
    from .tables import Body

TOTAL_KEYS = ("title", "by")
WAYS = ("sum", "mean")
MOST_DIGITS = 15  # before and after the point


def mark_rows(node: Mapping, body: Body, reader: Reader) -> None:
    """Add the total the note asks for, hold one it has typed, mark what it wants set off."""
    total, highlight = node.get("total"), node.get("highlight")
    if total is not None:
        _add_total(total, body, reader)
    else:
        _hold_total(body, reader)
    if highlight is not None:
        _highlight(highlight, body, reader)


# --- totals ----------------------------------------------------------------------------------------------------------


def _add_total(node: Node, body: Body, reader: Reader) -> None:
    title, by = node, "sum"
    if isinstance(node, Mapping):
        reader.keys(node, TOTAL_KEYS, "`total`")
        title = node.get("title") or node
        by = reader.text(node.get("by"), "by") or "sum"
        if by not in WAYS:
            near = nearest(by, WAYS)
            reader.report.error(
                "table-total", f"no total `{by}`", (node.get("by") or node).span, help=f"write {near or 'sum or mean'}"
            )
            return
    if not isinstance(title, Scalar) or not title.value.strip():
        tip = "write `total: 合计`, or `total: {title: 平均, by: mean}`"
        reader.report.error("table-total", "`total` is the name of its row", node.span, help=tip)
        return
    rows = body.plain()
    cells = [Cell((Text(title.value.strip()),), title.span)]
    added = False
    for index in range(1, len(body.wanted)):
        numbers = _numbers(rows, index) if by == "mean" or _adds_up(body, rows, index) else None
        if not numbers or body.wanted[index].kind in ("text", "spark"):
            cells.append(Cell((), title.span))
            continue
        added = True
        value = sum([number for number, _ in numbers], Decimal(0))
        if by == "mean":
            value /= len(numbers)
        texts = [plain_text(row[index]) for row in rows]
        cells.append(Cell((Text(_written(value, max(places for _, places in numbers), texts)),), title.span))
    if not added:
        tip = "shares and changes have no sum: write `total: {title: 平均, by: mean}`, or leave it out"
        reader.report.error("table-total", "no column of this table can be added up", title.span, help=tip)
        return
    body.rows.append(cells)
    body.marks.append(TOTAL)


def _hold_total(body: Body, reader: Reader) -> None:
    """A last row called 合计 is a total, and has to be that of the rows above it."""
    if len(body.rows) < 3 or body.marks[-1] == GROUP or plain_text(body.rows[-1][0]) not in TOTAL_WORDS:
        return
    rows = body.plain()[:-1]
    for index in range(1, len(body.wanted)):
        cell = body.rows[-1][index]
        said = _number(plain_text(cell))
        numbers = _numbers(rows, index) if said is not None and _adds_up(body, rows, index) else None
        if said is None or not numbers or said[0] < max([number for number, _ in numbers]):
            continue  # a mean, or something else than a sum
        total = sum([number for number, _ in numbers], Decimal(0))
        unit = Decimal(1).scaleb(-min(said[1], max([places for _, places in numbers])))
        if abs(total - said[0]) > unit * (len(numbers) + 1) / 2:  # each term may be rounded
            right = _written(total, said[1], [plain_text(cell)])
            reader.report.error("table-total", f"the rows above come to {right}", cell.span, help="correct the total, or a row")
    body.marks[-1] = TOTAL


def _adds_up(body: Body, rows: list[list[Cell]], index: int) -> bool:
    """Whether the numbers of a column are amounts: no shares, no changes, none below zero but in a column of flows."""
    column = body.wanted[index]
    title = "".join([inline.text for inline in column.title if isinstance(inline, Text)]) + column.key
    if column.kind == "change" or any(
        [
            word in title
            for word in ("%", "％", "率", "比", "涨", "跌", "幅", "价", "值", "点", "最新", "收盘", "均", "倍", "年份")
        ]
    ):
        return False
    return not any([plain_text(row[index]).endswith(("%", "％", "‰")) for row in rows])


def _number(text: str) -> tuple[Decimal, int] | None:
    plain = text.translate(WIDE).replace(" ", "")
    if not plain or not plain.isascii() or not NUMBER.match(plain):
        return None
    whole, _, fraction = plain.replace(",", "").partition(".")
    if len(whole) > MOST_DIGITS or len(fraction) > MOST_DIGITS:  # no amount; the sum of such could not be held exactly
        return None
    return Decimal(plain.replace(",", "")), len(fraction)


def _numbers(rows: list[list[Cell]], index: int) -> list[tuple[Decimal, int]] | None:
    """The numbers of a column with their decimals; None where a cell is something else."""
    out = []
    for row in rows:
        text = plain_text(row[index])
        if text in MISSING:
            continue
        found = _number(text.rstrip("%％"))
        if found is None:
            return None
        out.append(found)
    return out


def _written(value: Decimal, decimals: int, like: list[str]) -> str:
    grouped = any(["," in text for text in like])
    shown = rounded(value, decimals)
    share = "%" if like and all([text.endswith(("%", "％")) for text in like if text not in MISSING]) else ""
    return (f"{shown:,f}" if grouped else f"{shown:f}") + share


# --- rows set off ----------------------------------------------------------------------------------------------------


def _highlight(node: Node, body: Body, reader: Reader) -> None:
    items = node.items if isinstance(node, Sequence) else (node,)
    names = [plain_text(row[0]) if row else "" for row in body.rows]
    for item in items:
        name = reader.text(item, "highlight")
        places = [at for at, one in enumerate(names) if one == name and body.marks[at] == PLAIN]
        if not places:
            near = nearest(name, [one for one in names if one])
            tip = f"did you mean `{near}`?" if near else "rows are called by their first cell"
            reader.report.error("table-highlight", f"the table has no row `{name}`", item.span, help=tip)
        for place in places:
            body.marks[place] = HIGHLIGHT
