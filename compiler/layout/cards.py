"""Tables too wide for a narrow page: each row under its name, in columns where these fit the page, else as a card.

In: a table whose columns do not fit, in a house (a layout of it, as a rule) that asks for cards.  Out: atoms and a Table element
as of any table.  Always: the names of the columns are the heads of the table once, over the rows or on the first card; on the
other cards they are artifacts, as a repeated head is, for who listens is told them with each cell.  All cards of a table are
alike, so that one looks down them.  Source: house rule, 2026-11-29.
"""

from __future__ import annotations

from ..record import Record
from .exhibits import credits, extent
from .flow import Atom, spread
from .frames import LAYOUT, Element, RectItem
from .tables import HAIRLINE, REPEATED, SMALL_TABLE, aligned, emit, group_heads, group_items, opened, set_cell
from .typeset import EM_ABOVE
from .widths import GROUP, HIGHLIGHT, TOTAL, Grid, cell_runs, columns_for, strong, style_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ..brand import TableStyle, TextStyle
    from ..model import Cell, Table
    from .flow import Foot
    from .frames import Artifact, Item
    from .galley import Galley

    Body = Callable[[int, Element, float, list[Item], list[Foot]], float]  # number and element of a row, y; returns where it ends

LABEL_GAP_EM = 1.0  # between a label and its value
LEAST_ROWS, LEAST_CARDS = 2, 1  # of a part of a table
TIGHT = 0.5  # of the white over and under a row of a table: what a row of several lines has


class Pair(Record):
    """Where a column stands on a card: left edge and width of its place, its first line from 0, whether (1) or not (0) the value
    stands under the label, and the lines that takes."""

    left: float
    width: float
    line: int
    under: int
    height: int


def set_cards(galley: Galley, table: Table, parent: Element) -> None:
    """A table with the name of each row over its cells."""
    left, width = extent(galley, False)
    element, top = opened(galley, table, parent, wide=False)
    strip, aside = credits(galley, table.note, table.credit, parent, table.span, wide=False)
    cells = _cells(table)
    grid = columns_for(galley, cells, galley.brand.table, left, width)
    least = LEAST_ROWS if grid is not None else LEAST_CARDS
    head = Element("TR", Element("THead", element))
    if grid is not None:
        grid = grid.replace(style=_closer(grid.style, galley.brand.table))
        titles = _head(galley, table, cells, grid, head), _head(galley, table, cells, grid, REPEATED)
        body = _columns(galley, table, cells, grid)
    else:
        grid = Grid(galley.brand.table, (left,), (width,), (0.0,))
        titles = _head(galley, table, None, grid, head), _head(galley, table, None, grid, REPEATED)
        body = _card(galley, table, grid, head)
    rows = _rows(galley, table, grid, Element("TBody", element), body)
    start = len(galley.atoms)
    groups = group_heads(galley, table, grid, left, width)
    emit(galley, top, titles, rows, groups, strip, (left, width), aside=aside, least=least)
    galley.space(galley.brand.exhibit.below)
    if len(rows) <= SMALL_TABLE // 2:
        galley.floats(start)


def _closer(style: TableStyle, house: TableStyle) -> TableStyle:
    """A style whose words were set smaller, with their lines as much closer."""
    scale = style.cell.size / house.cell.size
    words = {name: getattr(style, name) for name in ("head", "cell", "first")}
    return style.replace(**{name: one.replace(lead=one.lead * scale) for name, one in words.items()})


def _cells(table: Table) -> Table:
    """The table without the names of its rows."""
    rows = tuple([row[1:] for row in table.rows])
    return table.replace(columns=table.columns[1:], rows=rows, marks=table.marks or ("",) * len(rows), bars=())


def _head(galley: Galley, table: Table, cells: Table | None, grid: Grid, owner: Element | Artifact) -> Atom:
    """What the names of the rows are called and, under it, the titles of the columns where they stand in columns."""
    style, setter = grid.style, galley.setter
    left, width = grid.lefts[0], grid.width

    def title(index: int) -> tuple[Element | Artifact, Element | None]:
        if not isinstance(owner, Element):
            return REPEATED, None
        cell = Element("TH", owner, attributes={"Table": {"Scope": "Column"}})
        return cell, cell

    items: list[Item] = [RectItem(left, 0.0, width, style.top_weight, style.colour, LAYOUT)] if style.top_weight else []
    y = (style.head_height - style.head.size) / 2 + EM_ABOVE * style.head.size
    cell, parent = title(0)
    for line in setter.lines(setter.runs(table.columns[0].title, style.head, parent), style.head, width, None, indent=0.0):
        items += setter.items(line, left, y, cell)
        y += style.head.lead
    height = style.head_height
    if cells is not None:
        deepest = y - style.head.lead
        for index, column in enumerate(cells.columns):
            cell, parent = title(index + 1)
            gap = style.column_gap if index < len(cells.columns) - 1 else 0.0
            runs = setter.runs(column.title, style.head, parent)
            at = y
            for line in setter.lines(runs, style.head, grid.widths[index] - gap, None, align="left", indent=0.0):
                x = aligned(grid, index, column, line.width, style.column_gap)
                items += setter.items(line, x, at, cell)
                at += style.head.lead
            deepest = max(deepest, at - style.head.lead)
        height = deepest + style.head_height / 2 - (EM_ABOVE - 0.5) * style.head.size
    if style.head_weight:
        items.append(RectItem(left, height - style.head_weight, width, style.head_weight, style.colour, LAYOUT))
    return Atom(height + style.padding, tuple(items), page_kind=galley.kind)


def _rows(galley: Galley, table: Table, grid: Grid, body: Element, inside: Body) -> list[Atom]:
    """The rows: name, what `inside` sets under it, rules."""
    style = grid.style
    left, width = grid.lefts[0], grid.width
    house = galley.brand.table
    white = TIGHT * max(house.row_height - house.cell.lead, 0.0) / 2
    rows = []
    for number, row in enumerate(table.rows):
        element = Element("TR", body)
        items: list[Item] = []
        feet: list[Foot] = []
        mark = table.mark(number)
        if mark == GROUP:
            count = len(table.columns)
            head = Element("TH", element, attributes={"Table": {"Scope": "Row", **({"ColSpan": count} if count > 1 else {})}})
            items, lines = group_items(galley, row[0], grid, width, head)
            height = style.row_height + (lines - 1) * style.cell.lead
        else:
            y = _name(galley, row[0], grid, element, 1.5 * white, items, feet)
            height = inside(number, element, y, items, feet) + 1.5 * white
        if mark == HIGHLIGHT and style.highlight_colour:
            items.insert(0, RectItem(left, 0.0, width, height, style.highlight_colour, LAYOUT))
        if mark == TOTAL:
            items.append(RectItem(left, 0.0, width, style.head_weight or HAIRLINE, style.colour, LAYOUT))
        if number < len(table.rows) - 1 and table.mark(number + 1) != TOTAL:
            weight = style.row_weight or HAIRLINE
            items.append(RectItem(left, height - weight, width, weight, style.row_colour, LAYOUT))
        rows.append(Atom(height, tuple(items), feet=tuple(feet), page_kind=galley.kind))
    return rows


def _name(galley: Galley, cell: Cell, grid: Grid, row: Element, y: float, items: list[Item], feet: list[Foot]) -> float:
    """The name of a row from `y` down; returns where it ends."""
    style = grid.style.first
    owner = Element("TH", row, attributes={"Table": {"Scope": "Row"}})
    named = cell if style != grid.style.cell else strong(cell)
    runs = galley.setter.runs(named.inlines, style, owner)
    for line in galley.setter.lines(runs, style, grid.width, cell.span, align="left", indent=0.0):
        items += galley.setter.items(line, grid.lefts[0], _base(y, style, grid.style.cell.lead), owner)
        feet += galley._feet(line)
        y += grid.style.cell.lead
    return y


def _base(y: float, style: TextStyle, lead: float) -> float:
    """The baseline of words in the middle of a line that starts at `y`."""
    return y + (lead - style.size) / 2 + EM_ABOVE * style.size


# --- in columns ------------------------------------------------------------------------------------------------------


def _columns(galley: Galley, table: Table, cells: Table, grid: Grid) -> Body:
    """Cells in columns, all rows alike."""
    style = grid.style
    up = (style.row_height - style.cell.lead) / 2  # what is over the words of a row of a table

    def inside(number: int, row: Element, y: float, items: list[Item], feet: list[Foot]) -> float:
        set_items: list[Item] = []
        tallest = 1
        for index, (cell, column) in enumerate(zip(cells.rows[number], cells.columns)):
            shown = strong(cell) if table.mark(number) == TOTAL else cell
            tallest = max(tallest, set_cell(galley, shown, column, index, cells, grid, row, set_items, feet, heads=False))
        items += spread(set_items, y - up)
        return y + tallest * style.cell.lead

    return inside


# --- on cards --------------------------------------------------------------------------------------------------------


def _card(galley: Galley, table: Table, grid: Grid, head: Element) -> Body:
    """Label and value, two beside one another where both find room."""
    style, setter = grid.style, galley.setter
    lead = style.cell.lead
    pairs = _pairs(galley, table, grid)
    labels: list[Element] = []
    lines = pairs[-1].line + pairs[-1].height if pairs else 0

    def inside(number: int, row: Element, y: float, items: list[Item], feet: list[Foot]) -> float:
        first = not labels
        extra = 0  # lines that values of several have pushed the others down by
        for index, pair in enumerate(pairs, 1):
            column, cell = table.columns[index], table.rows[number][index]
            owner: Element | Artifact = LAYOUT
            if first:
                owner = Element("TH", head, attributes={"Table": {"Scope": "Column"}})
                labels.append(owner)
            runs = setter.runs(column.title, style.head, owner if isinstance(owner, Element) else None)
            top = y + (pair.line + extra) * lead
            items += setter.items(setter.line_of(runs), pair.left, _base(top, style.head, lead), owner)
            shown = strong(cell) if table.mark(number) == TOTAL else cell
            words = style_of(style, index, column, table)
            value = Element("TD", row)
            if column.kind == "spark" and any([one is not None for one in cell.numbers]):
                from .tablebars import small_line

                up = (style.row_height - lead) / 2
                half = pair.width / 2
                items += spread(small_line(galley, cell, pair.left + half, half, value), top - up)
                continue
            set_lines = setter.lines(
                cell_runs(galley, shown, column, words, value), words, pair.width + 0.01, cell.span, align="left", indent=0.0
            )
            for place, line in enumerate(set_lines):
                at = _base(top + (place + pair.under) * lead, words, lead)
                x = pair.left if pair.under else pair.left + pair.width - line.width
                items += setter.items(line, x, at, value)
                feet += galley._feet(line)
            extra += max(len(set_lines) - 1, 0) if pair.under else 0
        return y + (lines + extra) * lead

    return inside


def _pairs(galley: Galley, table: Table, grid: Grid) -> list[Pair]:
    """The place of each column but the first on every card: half of it, all of it, or all with the value under its label."""
    style, setter = grid.style, galley.setter
    left, whole = grid.lefts[0], grid.width
    gutter = 2 * style.column_gap
    half = (whole - gutter) / 2
    out: list[Pair] = []
    line, at_right = 0, False
    for index, column in enumerate(table.columns[1:], 1):
        words = style_of(style, index, column, table)
        label = setter.line_of(setter.runs(column.title, style.head, None)).width
        values = [
            setter.line_of(cell_runs(galley, strong(row[index]), column, words, None)).width
            for number, row in enumerate(table.rows)
            if table.mark(number) != GROUP and column.kind != "spark"
        ]
        needed = label + LABEL_GAP_EM * words.size + max(values, default=0.0)
        if needed <= half:
            out.append(Pair(left + (half + gutter if at_right else 0.0), half, line, 0, 1))
            line, at_right = (line + 1, False) if at_right else (line, True)
            continue
        line, at_right = line + at_right, False
        under = int(needed > whole)
        out.append(Pair(left, whole, line, under, 1 + under))
        line += 1 + under
    return out
