"""Tables: column widths from their content, rows as atoms, a head that is repeated when a table runs over a page.

In: a checked table.  Out: atoms and a Table element with THead and TBody (ISO 14289-1, 7.5).  Rules: TYPOGRAPHY M7 (cells),
LOOKS rules 10 and 18 (horizontal rules only, equal decimals in one vertical).
"""

from __future__ import annotations

from ..model import Text
from ..record import Record
from ..text.setting import Run
from .exhibits import Strip, caption, credits, extent, number_of
from .flow import FREE, NEVER, Atom, spread
from .frames import LAYOUT, Artifact, Element, RectItem
from .galley import plain
from .typeset import EM_ABOVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..brand import TableStyle, TextStyle
    from ..charts.scale import Scale
    from ..model import Cell, Column, Table
    from ..text.setting import Line
    from .flow import Foot
    from .frames import Item
    from .galley import Galley

SMALL_TABLE = 9  # rows up to which a split looks like an accident
SPLIT_COST = 700.0  # of a small table; a page left four tenths empty costs as much
SHORT_CELL_EM = 7.0  # a text column this narrow keeps its content on one line, where the table has room
BESIDE_BARS_EM = 10.0  # the same beside drawn columns, which can give way
LEAST_CELL_EM = 4.0  # of a text column where it has none
BAR_ROOM, LEAST_BAR_ROOM = 110.0, 36.0  # points that bars or a small line would like and need
NEAR = 0.05  # points
HAIRLINE = 0.4  # over a total where the head has no rule
SMALLEST = 0.8  # of the size of a table's words, where it would be wider than the page (house rule, 2026-11-24)
GROUP, TOTAL, HIGHLIGHT = "group", "total", "highlight"
LEAST_ROWS = 3  # of a part of a split table
REPEATED = Artifact("Pagination")


class Grid(Record):
    """The columns' left edges and widths in points, and where each column's decimal point stands (from its right edge).

    `bars` are the widths at the columns' right that hold bars and no words, empty for a table without.  `style` is the
    brand's, set smaller where the table would not fit otherwise.  `room` is what the bars behind the last column have."""

    style: TableStyle
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    points: tuple[float, ...]
    bars: tuple[float, ...] = ()
    room: float = 0.0

    @property
    def width(self) -> float:
        """Of all columns and the bars behind them."""
        return sum(self.widths) + (self.room + self.style.column_gap if self.room else 0.0)


def set_table(galley: Galley, table: Table, parent: Element) -> None:
    """A table with its caption, credits and, if it must, a split between rows."""
    style = galley.brand.table
    exhibit = galley.brand.exhibit
    wide = (table.wide or style.span == "full") and galley.brand.geometry.side_width > 0
    about: dict[str, dict[str, object]] | None = {"Table": {"Summary": table.summary}} if table.summary else None
    element = Element("Table", parent, attributes=about)
    label = number_of(galley, "table") if table.caption else ""
    head: Strip | None = None
    continued: Strip | None = None
    if table.caption:
        # the caption's text edge is the same for all exhibits, whatever the body's width
        owner = Element("Caption", element)
        head = caption(galley, label, table.caption, table.unit, owner, table.span, wide=wide)
        again = [Text(plain(table.caption) + galley.words.continued)]
        continued = caption(galley, label, again, table.unit, REPEATED, table.span, wide=wide)
    strip, aside = credits(galley, table.note, table.credit, parent, table.span, wide=wide)
    left, width = extent(galley, wide)
    grid = columns_for(galley, table, style, left, width)
    titles = _head(galley, table, grid, Element("THead", element))
    titles_again = _head(galley, table, grid, REPEATED)
    rows = _rows(galley, table, grid, Element("TBody", element), left, width)
    start = len(galley.atoms)
    groups = _groups(galley, table, grid, left, width)
    _emit(galley, style, head, continued, (titles, titles_again), rows, groups, strip, aside, (left, width))
    galley.space(exhibit.below)
    if len(rows) <= SMALL_TABLE:
        galley.floats(start)


def table_strip(galley: Galley, table: Table, style: TableStyle, element: Element, left: float) -> tuple[Strip, list[Foot]]:
    """A small table as one strip in the side column, in a style for it, and its footnotes."""
    width = galley.brand.geometry.side_width
    grid = columns_for(galley, table, style, left, width)
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


def _smaller(style: TableStyle, scale: float) -> TableStyle:
    """The style with its words and gaps set smaller; rows keep their height."""
    words = {name: getattr(style, name) for name in ("head", "cell", "first")}
    sizes: dict[str, object] = {name: one.replace(size=one.size * scale) for name, one in words.items()}
    return style.replace(column_gap=style.column_gap * scale, **sizes)


def _emit(
    galley: Galley,
    style: TableStyle,
    head: Strip | None,
    continued: Strip | None,
    titles: tuple[Atom, Atom],
    rows: Sequence[Atom],
    groups: dict[int, Atom],
    strip: Strip,
    aside: bool,
    edges: tuple[float, float],
) -> None:
    """Caption, head, rows and credit as atoms tied to one another."""
    left, width = edges
    exhibit = galley.brand.exhibit
    foot = RectItem(left, style.padding, width, style.foot_weight, style.colour, LAYOUT) if style.foot_weight else None
    galley.space(exhibit.above)
    first = titles[0]
    top: list[Item] = list(first.items)
    if aside:
        first_line = (style.head_height - exhibit.credit.size) / 2
        top += spread(strip.items, first_line)
    if head is not None:
        galley.add(Atom(head.height, head.items, page_kind=galley.kind))
        galley.bound = True
    galley.add(Atom(first.height, tuple(top), page_kind=galley.kind))
    again = titles[1]
    repeated = (again,) if continued is None else (Atom(continued.height, continued.items), again)
    count = len(rows)
    cost = SPLIT_COST if count <= SMALL_TABLE else FREE
    total = first.height + sum([row.height for row in rows])
    group: tuple[Atom, ...] = ()
    for index, row in enumerate(rows):
        before = NEVER if index < LEAST_ROWS or index > count - LEAST_ROWS or index - 1 in groups else cost
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


# --- columns ---------------------------------------------------------------------------------------------------------


def _cell_runs(galley: Galley, cell: Cell, column: Column, style: TextStyle, parent: Element | None) -> list[Run]:
    colour = ""
    if column.kind == "change":
        text = plain(cell.inlines).strip()
        table = galley.brand.table
        colour = table.up if text.startswith(("+", "＋")) else table.down if text.startswith(("−", "-")) else ""
    return galley.setter.runs(cell.inlines, style, parent, colour)


def _style_of(style: TableStyle, index: int, column: Column, table: Table) -> TextStyle:
    """What a cell is set in; names in a group step back behind the group's."""
    if column.kind == "change" or (index == 0 and not table.marks):
        return style.first
    return style.cell


def _fraction(text: str) -> str:
    """What stands from the decimal point on, the sign % included."""
    for at, char in enumerate(text):
        if char == ".":
            return text[at:]
    tail = len(text)
    while tail and not text[tail - 1].isdigit():
        tail -= 1
    return text[tail:]


class _Needs(Record):
    """What each column would like, the least it can do with, the same with short cells whole, where its decimal points stand
    (from its right edge), and what its words take of a column that is drawn in."""

    natural: list[float]
    least: list[float]
    whole_lines: list[float]
    points: list[float]
    figures: dict[int, float]


def fits(galley: Galley, table: Table, style: TableStyle, width: float) -> bool:
    """Whether the columns of a table find room in a width, in a style that is not set smaller for it."""
    return sum(_needs(galley, table, style).least) + style.column_gap * (len(table.columns) - 1) <= width + NEAR


def _needs(galley: Galley, table: Table, style: TableStyle) -> _Needs:
    """The room the columns of a table need."""
    setter = galley.setter
    count = len(table.columns)
    natural = [0.0] * count
    least = [0.0] * count
    whole_lines = [0.0] * count
    points = [0.0] * count
    fractions: dict[tuple[int, str], float] = {}
    drawn = any([column.bar or column.kind == "spark" for column in table.columns])
    figures: dict[int, float] = {}  # what the words take of a column that is drawn in
    for index, column in enumerate(table.columns):
        title = setter.line_of(setter.runs(column.title, style.head, None))
        cell_style = _style_of(style, index, column, table)
        natural[index] = title.width
        least[index] = min(title.width, 6 * style.head.size)
        whole = fraction = 0.0
        for number, row in enumerate(table.rows):
            if column.kind == "spark":
                break
            if table.mark(number) == GROUP:
                continue
            inlines = _strong(row[index]) if table.mark(number) == TOTAL else row[index]
            line = setter.line_of(_cell_runs(galley, inlines, column, cell_style, None), row[index].span)
            natural[index] = max(natural[index], line.width)
            if column.align == "decimal":
                tail = _fraction(plain(row[index].inlines))
                if (index, tail) not in fractions:
                    fractions[index, tail] = setter.line(tail, cell_style).width if tail else 0.0
                fraction = max(fraction, fractions[index, tail])
                whole = max(whole, line.width - fractions[index, tail])
                least[index] = max(least[index], whole + fraction)
        if column.align == "decimal":
            natural[index] = max(natural[index], whole + fraction)
            points[index] = fraction
        else:
            least[index] = max(least[index], min(natural[index], LEAST_CELL_EM * cell_style.size))
        short = column.align != "decimal" and natural[index] <= (BESIDE_BARS_EM if drawn else SHORT_CELL_EM) * cell_style.size
        whole_lines[index] = natural[index] if short else least[index]
        if column.bar or column.kind == "spark":
            figures[index] = natural[index] if column.bar else 0.0
            natural[index] = max(natural[index], figures[index] + BAR_ROOM)
            least[index] = max(least[index], figures[index] + LEAST_BAR_ROOM)
            whole_lines[index] = least[index]
        if column.width_em is not None:
            natural[index] = least[index] = whole_lines[index] = column.width_em * cell_style.size
    return _Needs(natural, least, whole_lines, points, figures)


def columns_for(galley: Galley, table: Table, style: TableStyle, left: float, width: float) -> Grid:
    """Widths: what the author fixed, then numbers as wide as their widest, all alike, then the text shares the rest."""
    count = len(table.columns)
    needs = _needs(galley, table, style)
    least, whole_lines, figures = needs.least, needs.whole_lines, needs.figures
    gaps = style.column_gap * (count - 1)
    room = 0.0
    if table.bars and style.bars:
        wanted, left_over = style.bars * width, width - gaps - style.column_gap  # words that would break anyhow leave them half
        room = max(min(wanted, left_over - sum(needs.natural)), min(wanted / 2, left_over - sum(least)), LEAST_BAR_ROOM)
        gaps += room + style.column_gap
    if sum(whole_lines) + gaps <= width:
        least = whole_lines
    needed = sum(least) + gaps
    if needed > width + NEAR and style is galley.brand.table:
        return columns_for(galley, table, _smaller(style, max(SMALLEST, width / needed)), left, width)
    widths = _shares(galley, table, style.column_gap, needs.natural, least, width - (room + style.column_gap if room else 0.0))
    lefts = []
    x = left
    for share in widths:
        lefts.append(x)
        x += share
    bars: tuple[float, ...] = ()
    if figures:
        after = [style.column_gap] * (count - 1) + [0.0]
        rooms = [widths[index] - after[index] - figures[index] if index in figures else 0.0 for index in range(count)]
        bars = tuple([room if column.bar else 0.0 for room, column in zip(rooms, table.columns)])
    return Grid(style, tuple(lefts), tuple(widths), tuple(needs.points), bars, room)


def _plain_number(column: Column) -> bool:
    return column.kind in ("number", "change") and column.width_em is None and not column.bar


def _shares(galley: Galley, table: Table, gap: float, natural: list[float], least: list[float], width: float) -> list[float]:
    """Column widths that add up to `width`: the gap goes to each column but the last."""
    count = len(natural)
    numbers = [i for i, column in enumerate(table.columns) if _plain_number(column)]
    if numbers:
        widest = max(natural[i] for i in numbers)
        if sum(natural) - sum(natural[i] for i in numbers) + widest * len(numbers) + gap * (count - 1) <= width:
            for i in numbers:
                natural[i] = widest
    want = [value + (gap if i < count - 1 else 0.0) for i, value in enumerate(natural)]
    floor = [value + (gap if i < count - 1 else 0.0) for i, value in enumerate(least)]
    spare = width - sum(want)
    if spare >= 0:
        free = [i for i, column in enumerate(table.columns) if column.width_em is None] or list(range(count))
        base = sum(want[i] for i in free)
        return [value + (spare * value / base if i in free else 0.0) for i, value in enumerate(want)]
    tight = width - sum(floor)
    if tight < -NEAR:
        galley.setter.report.warning(
            "table-too-wide",
            f"the table needs at least {sum(floor):.0f} pt and has {width:.0f} pt",
            table.span,
            help="drop or shorten a column, or give the table `wide: true`",
        )
        return [value * width / sum(floor) for value in floor]
    excess = [a - b for a, b in zip(want, floor)]
    return [b + tight * e / (sum(excess) or 1.0) for b, e in zip(floor, excess)]


# --- rows ------------------------------------------------------------------------------------------------------------


def _head(galley: Galley, table: Table, grid: Grid, owner: Element | Artifact) -> Atom:
    """The head row between its rules; `owner` an artifact for a repeated one."""
    style, columns = grid.style, table.columns
    row = Element("TR", owner) if isinstance(owner, Element) else None
    left, width = grid.lefts[0], grid.width
    cells: list[tuple[Sequence[Line], Column, int, Element | Artifact]] = []
    tallest = 1
    for index, column in enumerate(columns):
        cell = Element("TH", row, attributes={"Table": {"Scope": "Column"}}) if row is not None else REPEATED
        parent = cell if isinstance(cell, Element) else None
        gap = style.column_gap if index < len(columns) - 1 else 0.0
        runs = galley.setter.runs(column.title, style.head, parent)
        lines = galley.setter.lines(runs, style.head, grid.widths[index] - gap, None, align="left", indent=0.0)
        tallest = max(tallest, len(lines))
        cells.append((lines, column, index, cell))
    height = style.head_height + (tallest - 1) * style.head.lead
    items: list[Item] = []
    if style.top_weight:
        items.append(RectItem(left, 0.0, width, style.top_weight, style.colour, LAYOUT))
    for set_lines, column, index, cell in cells:
        y = (style.head_height - style.head.size) / 2 + EM_ABOVE * style.head.size
        y += (tallest - len(set_lines)) * style.head.lead
        for line in set_lines:
            x = _aligned(grid, index, column, line.width, len(columns), style.column_gap)
            items += galley.setter.items(line, x, y, cell)
            y += style.head.lead
    if grid.room:
        from .tablebars import bar_titles

        items += bar_titles(galley, table, grid, height)
    if style.head_weight:
        items.append(RectItem(left, height - style.head_weight, width, style.head_weight, style.colour, LAYOUT))
    return Atom(height + style.padding, tuple(items), page_kind=galley.kind)


def _aligned(grid: Grid, index: int, column: Column, width: float, count: int, gap: float) -> float:
    """The x of a line of `width` in its column."""
    right = grid.lefts[index] + grid.widths[index] - (gap if index < count - 1 else 0.0)
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
        feet: list[object] = []
        mark = table.mark(number)
        tallest = 1
        if mark == GROUP:
            head = Element("TH", element, attributes={"Table": {"Scope": "Row", **({"ColSpan": count} if count > 1 else {})}})
            words, tallest = _group_items(galley, row[0], grid, width, head)
            items += words
        else:
            for index, (cell, column) in enumerate(zip(row, table.columns)):
                shown = _strong(cell) if mark == TOTAL or (mark == HIGHLIGHT and not style.highlight_colour) else cell
                tallest = max(tallest, _cell(galley, shown, column, index, table, grid, element, items, feet))
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
        rows.append(Atom(height, tuple(items), feet=tuple(feet), page_kind=galley.kind))  # type: ignore[arg-type]
    return rows


def _strong(cell: Cell) -> Cell:
    """A cell with its words set strong."""
    return cell.replace(inlines=tuple([one.replace(strong=True) if isinstance(one, Text) else one for one in cell.inlines]))


def _group_items(galley: Galley, cell: Cell, grid: Grid, width: float, owner: Element | Artifact) -> tuple[list[Item], int]:
    """The name of a group over all columns, and its number of lines."""
    style = grid.style.first
    parent = owner if isinstance(owner, Element) else None
    named = cell if style != grid.style.cell else _strong(cell)  # a style of its own is heavier already
    runs = galley.setter.runs(named.inlines, style, parent)
    lines = galley.setter.lines(runs, style, width, cell.span, align="left", indent=0.0)
    items: list[Item] = []
    y = (grid.style.row_height - style.size) / 2 + EM_ABOVE * style.size
    for line in lines:
        items += galley.setter.items(line, grid.lefts[0], y, owner)
        y += grid.style.cell.lead
    return items, len(lines)


def _groups(galley: Galley, table: Table, grid: Grid, left: float, width: float) -> dict[int, Atom]:
    """The heads of groups once more, for a part of the table that goes on with one."""
    style = grid.style
    out = {}
    for number, row in enumerate(table.rows):
        if table.mark(number) == GROUP:
            cell = row[0].replace(inlines=(Text(plain(row[0].inlines) + galley.words.continued),))
            items, lines = _group_items(galley, cell, grid, width, REPEATED)
            height = style.row_height + (lines - 1) * style.cell.lead
            if style.row_weight:
                items.append(RectItem(left, height - style.row_weight, width, style.row_weight, style.row_colour, LAYOUT))
            out[number] = Atom(height, tuple(items), page_kind=galley.kind)
    return out


def _cell(
    galley: Galley,
    cell: Cell,
    column: Column,
    index: int,
    whole: Table,
    grid: Grid,
    row: Element,
    items: list[Item],
    feet: list[object],
) -> int:
    """Set one cell; returns its number of lines."""
    table = grid.style
    style = _style_of(table, index, column, whole)
    count = len(whole.columns)
    heads_row = index == 0 and column.kind == "text"
    owner = Element("TH", row, attributes={"Table": {"Scope": "Row"}}) if heads_row else Element("TD", row)
    setter = galley.setter
    runs = _cell_runs(galley, cell, column, style, owner)
    gap = table.column_gap if index < count - 1 else 0.0
    y = (table.row_height - style.size) / 2 + EM_ABOVE * style.size
    if column.kind == "spark" and any([number is not None for number in cell.numbers]):
        from .tablebars import small_line

        items += small_line(galley, cell, grid.lefts[index], grid.widths[index] - gap, owner)
        return 1
    if column.align == "decimal":
        line = setter.line_of(runs, cell.span)
        tail = _fraction(plain(cell.inlines))
        after = setter.line(tail, style).width if tail else 0.0
        right = grid.lefts[index] + grid.widths[index] - gap - (grid.bars[index] if grid.bars else 0.0)
        x = right - grid.points[index] - (line.width - after)
        items += setter.items(line, x, y, owner)
        feet += galley._feet(line)
        return 1
    lines = setter.lines(runs, style, grid.widths[index] - gap + 0.01, cell.span, align="left", indent=0.0)
    for line in lines:
        items += setter.items(line, _aligned(grid, index, column, line.width, count, table.column_gap), y, owner)
        feet += galley._feet(line)
        y += table.cell.lead
    return len(lines)
