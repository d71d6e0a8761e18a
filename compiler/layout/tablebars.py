"""What is drawn in a table: bars and small lines in its cells, and bars behind its last column.

In: a table whose cells have numbers, its grid.  Out: items.  Always: bars are artifacts, for they say nothing that the numbers
do not; a small line is a figure whose alternative text is its numbers.
"""

from __future__ import annotations

from ..charts.incell import apart, bar_scale, cell_bar, cell_line, row_bars
from ..record import Record
from .charts import drawn
from .frames import LAYOUT, Element, RectItem
from .galley import plain
from .typeset import EM_ABOVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..charts.scale import Scale
    from ..model import Cell, Table
    from .frames import Item
    from .galley import Galley
    from .widths import Grid

BAR_GAP = 8.0  # between a number and its bar
ZERO_GAP = 4.0  # from the line of zero to a name over its bars
SWATCH_EM = 0.6  # of the colour of a series before its name


def bar_scales(table: Table, grid: Grid) -> dict[int, Scale]:
    """The scale of each column of bars, over all its rows."""
    if not any(grid.bars):
        return {}
    scales = {}
    for index, column in enumerate(table.columns):
        if column.bar:
            values = [_number(table, at, index) for at in range(len(table.rows))]
            scales[index] = bar_scale(values, grid.bars[index] - BAR_GAP)
    return scales


def bar(galley: Galley, table: Table, cell: Cell, index: int, grid: Grid, scale: Scale, height: float) -> list[Item]:
    """The bar beside a number: an artifact, for it says nothing the number does not."""
    style = grid.style
    gap = style.column_gap if index < len(table.columns) - 1 else 0.0
    room = grid.bars[index] - BAR_GAP
    value = cell.numbers[0] if cell.numbers else None
    change = table.columns[index].kind == "change"
    drawing = cell_bar(value, scale, style.row_height, height, galley.brand.chart, change=change)
    return drawn(galley, drawing, grid.lefts[index] + grid.widths[index] - gap - room, 0.0, LAYOUT)


def small_line(galley: Galley, cell: Cell, x: float, width: float, owner: Element) -> list[Item]:
    """A small line as a figure whose alternative text is its numbers."""
    words = plain(cell.inlines)
    figure = Element("Figure", owner, alt=galley.words.course + galley.words.comma.join(words.split()))
    return drawn(galley, cell_line(cell.numbers, width, galley.brand.table.row_height, galley.brand.chart), x, 0.0, figure)


# --- bars behind the last column -------------------------------------------------------------------------------------


class Behind(Record):
    """The bars behind a table: their series, the scale they share, and whether they stand one over another in a row."""

    series: tuple[tuple[float | None, ...], ...]
    scale: Scale
    over: bool


def behind(table: Table, grid: Grid) -> Behind:
    """What the rows of a table share."""
    series = tuple([tuple([_number(table, at, index) for at in range(len(table.rows))]) for index in table.bars])
    scale = bar_scale([value for one in series for value in one], grid.room)
    return Behind(series, scale, len(series) > 1 and not apart(series))


def _number(table: Table, row: int, index: int) -> float | None:
    """What is drawn of a cell: nothing of a group's head, nor of a total, which would dwarf its rows."""
    numbers = table.rows[row][index].numbers
    return numbers[0] if numbers and table.mark(row) not in ("group", "total") else None


def bars_of(galley: Galley, plan: Behind, row: int, grid: Grid, height: float) -> list[Item]:
    """The numbers of a row as bars."""
    values = [one[row] for one in plan.series]
    drawing = row_bars(values, plan.scale, grid.style.row_height, height, galley.brand.chart, over=plan.over)
    return drawn(galley, drawing, grid.lefts[0] + grid.width - grid.room, 0.0, LAYOUT)


def bar_titles(galley: Galley, table: Table, grid: Grid, height: float) -> list[Item]:
    """The names of the series over their bars: on their side of zero where each has one, else behind their colours."""
    setter, style = galley.setter, grid.style.head
    y = height - (grid.style.head_height - style.size) / 2 - (1 - EM_ABOVE) * style.size
    right = grid.lefts[0] + grid.width
    plan = behind(table, grid)
    zero = right - grid.room + plan.scale.at(0.0)
    names = [plain(table.columns[index].title).partition("（")[0] for index in table.bars]  # the unit stands over the numbers
    lines = [setter.line(name, style) for name in names]
    if apart(plan.series):
        under = [max([value or 0.0 for value in one]) <= 0 for one in plan.series]
        rooms = [zero - right + grid.room if low else right - zero for low in under]
        if under[0] != under[1] and all([line.width + ZERO_GAP <= room for line, room in zip(lines, rooms)]):
            xs = [zero - ZERO_GAP - line.width if low else zero + ZERO_GAP for line, low in zip(lines, under)]
            return [item for line, x in zip(lines, xs) for item in setter.items(line, x, y, LAYOUT)]
    items: list[Item] = []
    x = right
    for line, colour in reversed(list(zip(lines, galley.brand.chart.fills))):
        x -= line.width
        items += setter.items(line, x, y, LAYOUT)
        if len(lines) > 1:
            swatch = SWATCH_EM * style.size
            x -= 1.5 * swatch
            items.append(RectItem(x, y - swatch, swatch, swatch, colour, LAYOUT))
            x -= style.size
    return items
