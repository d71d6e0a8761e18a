"""Tables on narrow pages: the words of the last column stand below their row, from the second column's edge on.

In: a table whose columns would have to break their words side by side.  Out: the grid of the columns that stay, and the edges of
the one that does not.  Always: the order of the cells is kept, and their tags are those of any table (house rule, 2026-11-29).
"""

from __future__ import annotations

from .widths import GROUP, cell_runs, columns_for, style_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import TableStyle
    from ..model import Table
    from .galley import Galley
    from .widths import Grid

MANY = 2.5  # lines of its longest cell
FEWEST = 4  # columns of a table that is worth it: with fewer each has room enough


def is_worth(table: Table, style: TableStyle, natural: Sequence[float], least: float, width: float) -> bool:
    """Whether the table has a last column of words that would take many lines beside the others, which want `natural` widths
    and leave it `least`; and nothing drawn in it."""
    last = table.columns[-1]
    drawn = table.bars or any([column.bar or column.kind == "spark" for column in table.columns])
    if drawn or len(table.columns) < FEWEST or last.kind != "text" or last.align != "left":
        return False
    beside = width - style.column_gap * (len(natural) - 1) - sum(natural[:-1])
    return natural[-1] > MANY * max(beside, least)


def with_words_below(
    galley: Galley, table: Table, style: TableStyle, left: float, width: float, *, names: int = 0
) -> Grid | None:
    """The grid of the other columns, with the last one under all but the first; None where they do not fit either."""
    rows = tuple([row[: len(table.columns) - 1] for row in table.rows])
    others = table.replace(columns=table.columns[:-1], rows=rows)
    beside = style.replace(words_below=False)
    named = _with_names_whole(galley, others, style)
    grid = columns_for(galley, named, beside, left, width, names=names) if named is not None else None
    grid = grid or columns_for(galley, others, beside, left, width, names=names)
    if grid is None:
        return None
    x = grid.lefts[1]
    grid_style = grid.style.replace(words_below=True)
    edges = ((*grid.lefts, x), (*grid.widths, left + width - x), (*grid.points, 0.0))
    return grid.replace(style=grid_style, lefts=edges[0], widths=edges[1], points=edges[2], below=True)


def _with_names_whole(galley: Galley, table: Table, style: TableStyle) -> Table | None:
    """The table with a second column of names wide enough for all but the longest tenth of them; None for another column."""
    column = table.columns[1]
    if column.kind != "text" or column.width_em is not None:
        return None
    cell_style = style_of(style, 1, column, table)
    rows = [row[1] for number, row in enumerate(table.rows) if table.mark(number) != GROUP]
    lines = [galley.setter.line_of(cell_runs(galley, cell, column, cell_style, None), cell.span) for cell in rows]
    widths = sorted([line.width for line in lines])
    fixed = column.replace(width_em=widths[(len(widths) - 1) * 9 // 10] / cell_style.size + 0.05)
    return table.replace(columns=(table.columns[0], fixed, *table.columns[2:]))
