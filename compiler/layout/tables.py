"""Tables: column widths from their content, rows as atoms, a head that is repeated when a table runs over a page.

In: a checked table.  Out: atoms and a Table element with THead and TBody (ISO 14289-1, 7.5).  Rules: TYPOGRAPHY M7 (cells),
LOOKS rules 10 and 18 (horizontal rules only, equal decimals in one vertical).
"""

from __future__ import annotations

from ..model import Text
from ..record import Record
from .exhibits import Strip, caption, credits, extent, number_of
from .flow import FREE, NEVER, Atom, spread
from .frames import LAYOUT, Artifact, Element, RectItem
from .galley import plain
from .typeset import EM_ABOVE
from .widths import GROUP, HIGHLIGHT, TOTAL, cell_runs, columns_for, crammed, fraction_of, strong, style_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import TableStyle
    from ..charts.scale import Scale
    from ..model import Cell, Column, Table
    from ..text.setting import Line
    from .flow import Foot
    from .frames import Item
    from .galley import Galley
    from .widths import Grid

SMALL_TABLE = 9  # rows up to which a split looks like an accident
SPLIT_COST = 700.0  # of a small table; a page left four tenths empty costs as much
HAIRLINE = 0.4  # over a total where the head has no rule
LEAST_ROWS = 3  # of a part of a split table
REPEATED = Artifact("Pagination")


def set_table(galley: Galley, table: Table, parent: Element) -> None:
    """A table in the first form it fits: as it is, in smaller words, as wide as both columns, turned; or cards, in their house.

    One that `turn` asks for is turned whether it fits or not.  Source: house rule, 2026-11-29."""
    style = galley.brand.table
    cards = style.overflow == "cards"
    wide = (table.wide or style.span == "full") and galley.brand.geometry.side_width > 0
    if table.turn != "always" or cards:
        grid = columns_for(galley, table, style, *extent(galley, wide), names=int(cards))
        if grid is None and not wide and galley.brand.geometry.side_width > 0:
            edges = extent(galley, True)
            wide, grid = True, columns_for(galley, table, style, *edges, names=1) or columns_for(galley, table, style, *edges)
        if grid is not None:
            set_grid(galley, table, grid, parent, wide=wide)
            return
    if cards:
        from .cards import set_cards

        set_cards(galley, table, parent)
    elif table.turn != "never":
        from .turned import set_turned

        set_turned(galley, table, parent)
    else:
        set_grid(galley, table, crammed(galley, table, *extent(galley, wide)), parent, wide=wide)


class Top(Record):
    """What stands over the rows of a table: caption and the same for a further part; None where there is none."""

    first: Strip | None
    again: Strip | None


def opened(galley: Galley, table: Table, parent: Element, *, wide: bool) -> tuple[Element, Top]:
    """The table's element with its caption."""
    about: dict[str, dict[str, object]] | None = {"Table": {"Summary": table.summary}} if table.summary else None
    element = Element("Table", parent, attributes=about)
    if not table.caption:
        return element, Top(None, None)
    label = number_of(galley, "table")
    # the caption's text edge is the same for all exhibits, whatever the body's width
    owner = Element("Caption", element)
    first = caption(galley, label, table.caption, table.unit, owner, table.span, wide=wide)
    continued = [Text(plain(table.caption) + galley.words.continued)]
    return element, Top(first, caption(galley, label, continued, table.unit, REPEATED, table.span, wide=wide))


def set_grid(galley: Galley, table: Table, grid: Grid, parent: Element, *, wide: bool) -> None:
    """A table with its caption, credits and, if it must, a split between rows."""
    element, top = opened(galley, table, parent, wide=wide)
    strip, aside = credits(galley, table.note, table.credit, parent, table.span, wide=wide)
    left, width = extent(galley, wide)
    titles = _head(galley, table, grid, Element("THead", element))
    titles_again = _head(galley, table, grid, REPEATED)
    rows = _rows(galley, table, grid, Element("TBody", element), left, width)
    start = len(galley.atoms)
    groups = group_heads(galley, table, grid, left, width)
    emit(galley, top, (titles, titles_again), rows, groups, strip, (left, width), aside=aside)
    galley.space(galley.brand.exhibit.below)
    if len(rows) <= SMALL_TABLE:
        galley.floats(start)


def table_strip(galley: Galley, table: Table, style: TableStyle, element: Element, left: float) -> tuple[Strip, list[Foot]]:
    """A small table as one strip in the side column, in a style for it, and its footnotes."""
    width = galley.brand.geometry.side_width
    grid = columns_for(galley, table, style, left, width)
    assert grid is not None  # for it fits
    head = _head(galley, table, grid, Element("THead", element))
    items, y = list(head.items), head.height
    feet: list[Foot] = []
    for row in _rows(galley, table, grid, Element("TBody", element), left, width):
        items += spread(row.items, y)
        feet += row.feet
        y += row.height
    if style.foot_weight:
        items.append(RectItem(left, y + style.padding, width, style.foot_weight, style.colour, LAYOUT))
    return Strip(tuple(items), y + style.padding + style.foot_weight), feet


def emit(
    galley: Galley,
    top: Top,
    titles: tuple[Atom, Atom],
    rows: Sequence[Atom],
    groups: dict[int, Atom],
    strip: Strip,
    edges: tuple[float, float],
    *,
    aside: bool,
    least: int = LEAST_ROWS,
) -> None:
    """Caption, head, rows and credit as atoms tied to one another; a part on a page has at least so many rows."""
    left, width = edges
    style, exhibit = galley.brand.table, galley.brand.exhibit
    foot = RectItem(left, style.padding, width, style.foot_weight, style.colour, LAYOUT) if style.foot_weight else None
    galley.space(exhibit.above)
    first = titles[0]
    over_head: list[Item] = list(first.items)
    if aside:
        first_line = (style.head_height - exhibit.credit.size) / 2
        over_head += spread(strip.items, first_line)
    if top.first is not None:
        galley.add(Atom(top.first.height, top.first.items, page_kind=galley.kind))
        galley.bound = True
    galley.add(Atom(first.height, tuple(over_head), page_kind=galley.kind))
    again = titles[1]
    repeated = (again,) if top.again is None else (Atom(top.again.height, top.again.items), again)
    count = len(rows)
    cost = SPLIT_COST if count <= SMALL_TABLE else FREE
    total = first.height + sum([row.height for row in rows])
    group: tuple[Atom, ...] = ()
    for index, row in enumerate(rows):
        before = NEVER if index < least or index > count - least or index - 1 in groups else cost
        over = repeated if index in groups else (*repeated, *group)
        group = (groups[index],) if index in groups else group
        closing = (foot,) if foot is not None else ()
        items, height = row.items, row.height
        if index == count - 1:
            last: list[Item] = [] if foot is None else [foot.replace(y=height + style.padding)]
            height += style.padding + style.foot_weight
            if aside:
                height = max(height, height + strip.height - total)
            elif strip.height:
                last += spread(strip.items, height + exhibit.credit_gap)
                height += exhibit.credit_gap + strip.height
            items = (*items, *last)
        atom = Atom(height, items, before, repeated=over, closing=closing, feet=row.feet, page_kind=galley.kind, weight=3.0)
        galley.add(atom)


# --- rows ------------------------------------------------------------------------------------------------------------


def _head(galley: Galley, table: Table, grid: Grid, owner: Element | Artifact) -> Atom:
    """The head row between its rules; `owner` an artifact for a repeated one."""
    style, columns = grid.style, table.columns
    row = Element("TR", owner) if isinstance(owner, Element) else None
    left, width = grid.lefts[0], grid.width
    cells: list[tuple[Sequence[Line], Column, int, Element | Artifact]] = []
    tallest, under = 1, 0
    for index, column in enumerate(columns):
        cell = Element("TH", row, attributes={"Table": {"Scope": "Column"}}) if row is not None else REPEATED
        parent = cell if isinstance(cell, Element) else None
        gap = style.column_gap if index < grid.last else 0.0
        runs = galley.setter.runs(column.title, style.head, parent)
        lines = galley.setter.lines(runs, style.head, grid.widths[index] - gap, None, align="left", indent=0.0)
        if index > grid.last:
            under = len(lines)
        else:
            tallest = max(tallest, len(lines))
        cells.append((lines, column, index, cell))
    height = style.head_height + (tallest + under - 1) * style.head.lead
    items: list[Item] = []
    if style.top_weight:
        items.append(RectItem(left, 0.0, width, style.top_weight, style.colour, LAYOUT))
    for set_lines, column, index, cell in cells:
        y = (style.head_height - style.head.size) / 2 + EM_ABOVE * style.head.size
        y += (tallest if index > grid.last else tallest - len(set_lines)) * style.head.lead
        for line in set_lines:
            x = aligned(grid, index, column, line.width, style.column_gap)
            items += galley.setter.items(line, x, y, cell)
            y += style.head.lead
    if grid.room:
        from .tablebars import bar_titles

        items += bar_titles(galley, table, grid, height)
    if style.head_weight:
        items.append(RectItem(left, height - style.head_weight, width, style.head_weight, style.colour, LAYOUT))
    return Atom(height + style.padding, tuple(items), page_kind=galley.kind)


def aligned(grid: Grid, index: int, column: Column, width: float, gap: float) -> float:
    """The x of a line of `width` in its column."""
    right = grid.lefts[index] + grid.widths[index] - (gap if index < grid.last else 0.0)
    if grid.bars:
        right -= grid.bars[index]
    if column.align in ("right", "decimal"):
        return right - width
    if column.align == "center":
        return (grid.lefts[index] + right - width) / 2
    return grid.lefts[index]


def _rows(galley: Galley, table: Table, grid: Grid, body: Element, left: float, width: float) -> list[Atom]:
    style = grid.style
    scales: dict[int, Scale] = {}
    if any(grid.bars) or grid.room:
        from .tablebars import bar, bar_scales, bars_of, behind

        scales = bar_scales(table, grid)
        plan = behind(table, grid)
    rows = []
    count = len(table.columns)
    for number, row in enumerate(table.rows):
        element = Element("TR", body)
        items: list[Item] = []
        feet: list[Foot] = []
        mark = table.mark(number)
        tallest = 1
        if mark == GROUP:
            head = Element("TH", element, attributes={"Table": {"Scope": "Row", **({"ColSpan": count} if count > 1 else {})}})
            words, tallest = group_items(galley, row[0], grid, width, head)
            items += words
        else:
            for index, (cell, column) in enumerate(zip(row, table.columns)):
                shown = strong(cell) if mark == TOTAL or (mark == HIGHLIGHT and not style.highlight_colour) else cell
                heads = index == 0 and column.kind == "text"
                found: list[Item] = []
                lines = set_cell(galley, shown, column, index, table, grid, element, found, feet, heads=heads)
                if index > grid.last:
                    items += spread(found, tallest * style.cell.lead)
                    tallest += lines if plain(cell.inlines).strip() else 0
                else:
                    items += found
                    tallest = max(tallest, lines)
        height = style.row_height + (tallest - 1) * style.cell.lead
        for index, scale in scales.items():
            items += bar(galley, table, row[index], index, grid, scale, height) if mark not in (GROUP, TOTAL) else []
        if grid.room:
            items += bars_of(galley, plan, number, grid, height) if mark not in (GROUP, TOTAL) else []
        if mark == HIGHLIGHT and style.highlight_colour:
            items.insert(0, RectItem(left, 0.0, width, height, style.highlight_colour, LAYOUT))
        if mark == TOTAL:
            items.append(RectItem(left, 0.0, width, style.head_weight or HAIRLINE, style.colour, LAYOUT))
        if style.row_weight and number < len(table.rows) - 1 and table.mark(number + 1) != TOTAL:
            items.append(RectItem(left, height - style.row_weight, width, style.row_weight, style.row_colour, LAYOUT))
        rows.append(Atom(height, tuple(items), feet=tuple(feet), page_kind=galley.kind))
    return rows


def group_items(galley: Galley, cell: Cell, grid: Grid, width: float, owner: Element | Artifact) -> tuple[list[Item], int]:
    """The name of a group over all columns, and its number of lines."""
    style = grid.style.first
    parent = owner if isinstance(owner, Element) else None
    named = cell if style != grid.style.cell else strong(cell)  # a style of its own is heavier already
    runs = galley.setter.runs(named.inlines, style, parent)
    lines = galley.setter.lines(runs, style, width, cell.span, align="left", indent=0.0)
    items: list[Item] = []
    y = (grid.style.row_height - style.size) / 2 + EM_ABOVE * style.size
    for line in lines:
        items += galley.setter.items(line, grid.lefts[0], y, owner)
        y += grid.style.cell.lead
    return items, len(lines)


def group_heads(galley: Galley, table: Table, grid: Grid, left: float, width: float) -> dict[int, Atom]:
    """The heads of groups once more, for a part of the table that goes on with one."""
    style = grid.style
    out = {}
    for number, row in enumerate(table.rows):
        if table.mark(number) == GROUP:
            cell = row[0].replace(inlines=(Text(plain(row[0].inlines) + galley.words.continued),))
            items, lines = group_items(galley, cell, grid, width, REPEATED)
            height = style.row_height + (lines - 1) * style.cell.lead
            if style.row_weight:
                items.append(RectItem(left, height - style.row_weight, width, style.row_weight, style.row_colour, LAYOUT))
            out[number] = Atom(height, tuple(items), page_kind=galley.kind)
    return out


def set_cell(
    galley: Galley,
    cell: Cell,
    column: Column,
    index: int,
    whole: Table,
    grid: Grid,
    row: Element,
    items: list[Item],
    feet: list[Foot],
    *,
    heads: bool,
) -> int:
    """Set one cell, which `heads` its row or not; returns its number of lines."""
    table = grid.style
    style = style_of(table, index, column, whole)
    owner = Element("TH", row, attributes={"Table": {"Scope": "Row"}}) if heads else Element("TD", row)
    setter = galley.setter
    if index > grid.last:
        runs = setter.runs(cell.inlines, style, owner, table.head.colour)
    else:
        runs = cell_runs(galley, cell, column, style, owner)
    gap = table.column_gap if index < grid.last else 0.0
    y = (table.row_height - style.size) / 2 + EM_ABOVE * style.size
    if column.kind == "spark" and any([number is not None for number in cell.numbers]):
        from .tablebars import small_line

        items += small_line(galley, cell, grid.lefts[index], grid.widths[index] - gap, owner)
        return 1
    if column.align == "decimal":
        line = setter.line_of(runs, cell.span)
        tail = fraction_of(plain(cell.inlines))
        after = setter.line(tail, style).width if tail else 0.0
        right = grid.lefts[index] + grid.widths[index] - gap - (grid.bars[index] if grid.bars else 0.0)
        x = right - grid.points[index] - (line.width - after)
        items += setter.items(line, x, y, owner)
        feet += galley._feet(line)
        return 1
    lines = setter.lines(runs, style, grid.widths[index] - gap + 0.01, cell.span, align="left", indent=0.0)
    for line in lines:
        items += setter.items(line, aligned(grid, index, column, line.width, table.column_gap), y, owner)
        feet += galley._feet(line)
        y += table.cell.lead
    return len(lines)
