"""Column widths of a table from its content, and what becomes of one that is too wide.

In: a checked table, a brand's style, the width there is.  Out: a `Grid`, or None where even smaller words do not fit.  Always: no
words are set smaller than four fifths of their size or than 7 points, whichever is larger (house rule, 2026-11-24).
"""

from __future__ import annotations

from ..model import Text
from ..record import Record
from .galley import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..brand import TableStyle, TextStyle
    from ..model import Cell, Column, Table
    from ..text.setting import Run
    from .frames import Element
    from .galley import Galley

SHORT_CELL_EM = 7.0  # a text column this narrow keeps its content on one line, where the table has room
BESIDE_BARS_EM = 10.0  # the same beside drawn columns, which can give way
NAME_EM = (
    16.0  # a name of a row this long is kept on one line by setting a table smaller, where it would be turned or stacked next
)
LEAST_CELL_EM = 4.0  # of a text column where it has none
BAR_ROOM, LEAST_BAR_ROOM = 110.0, 36.0  # points that bars or a small line would like and need
NEAR = 0.05  # points
SMALLEST, LEAST_WORDS = 0.8, 7.0  # a share of a table's words, and points
GROUP, TOTAL, HIGHLIGHT = "group", "total", "highlight"


class Grid(Record):
    """The columns' left edges and widths in points, and where each column's decimal point stands (from its right edge).

    `bars` are the widths at the columns' right that hold bars and no words, empty for a table without.  `style` is the
    brand's, set smaller where the table would not fit otherwise.  `room` is what the bars behind the last column have.
    `below`: the last column stands under the others, and counts for nothing in the table's width."""

    style: TableStyle
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    points: tuple[float, ...]
    bars: tuple[float, ...] = ()
    room: float = 0.0
    below: bool = False

    @property
    def last(self) -> int:
        """The column at the right edge: no gap comes after it."""
        return len(self.widths) - (2 if self.below else 1)

    @property
    def width(self) -> float:
        """Of all columns and the bars behind them."""
        return sum(self.widths[:-1] if self.below else self.widths) + (self.room + self.style.column_gap if self.room else 0.0)


def _smaller(style: TableStyle, scale: float) -> TableStyle:
    """The style with its words and gaps set smaller; rows keep their height."""
    words = {name: getattr(style, name) for name in ("head", "cell", "first")}
    sizes: dict[str, object] = {
        name: one.replace(size=max(one.size * scale, min(one.size, LEAST_WORDS))) for name, one in words.items()
    }
    return style.replace(column_gap=style.column_gap * scale, **sizes)


def cell_runs(galley: Galley, cell: Cell, column: Column, style: TextStyle, parent: Element | None) -> list[Run]:
    colour = ""
    if column.kind == "change":
        text = plain(cell.inlines).strip()
        table = galley.brand.table
        colour = table.up if text.startswith(("+", "＋")) else table.down if text.startswith(("−", "-")) else ""
    return galley.setter.runs(cell.inlines, style, parent, colour)


def style_of(style: TableStyle, index: int, column: Column, table: Table) -> TextStyle:
    """What a cell is set in; names in a group step back behind the group's."""
    if column.kind == "change" or (index == 0 and not table.marks):
        return style.first
    return style.cell


def fraction_of(text: str) -> str:
    """What stands from the decimal point on, the sign % included."""
    for at, char in enumerate(text):
        if char == ".":
            return text[at:]
    tail = len(text)
    while tail and not text[tail - 1].isdigit():
        tail -= 1
    return text[tail:]


def strong(cell: Cell) -> Cell:
    """A cell with its words set strong."""
    return cell.replace(inlines=tuple([one.replace(strong=True) if isinstance(one, Text) else one for one in cell.inlines]))


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
    return columns_for(galley, table, style, 0.0, width) is not None


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
        cell_style = style_of(style, index, column, table)
        natural[index] = title.width
        least[index] = min(title.width, 6 * style.head.size)
        whole = fraction = 0.0
        for number, row in enumerate(table.rows):
            if column.kind == "spark":
                break
            if table.mark(number) == GROUP:
                continue
            inlines = strong(row[index]) if table.mark(number) == TOTAL else row[index]
            line = setter.line_of(cell_runs(galley, inlines, column, cell_style, None), row[index].span)
            natural[index] = max(natural[index], line.width)
            if column.align == "decimal":
                tail = fraction_of(plain(row[index].inlines))
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


def columns_for(galley: Galley, table: Table, style: TableStyle, left: float, width: float, *, names: int = 0) -> Grid | None:
    """The columns in their own words or, in the house's tables, in smaller ones; None where these are too wide still.

    So many columns of `names` stay on one line, too."""
    if style.words_below:
        from .narrow import is_worth, with_words_below

        needs = _needs(galley, table, style)
        grid = None
        if is_worth(table, style, needs.natural, needs.least[-1], width):
            grid = with_words_below(galley, table, style, left, width, names=names)
        if grid is not None:
            return grid
    found = _columns(galley, table, style, left, width, names=names)
    if not isinstance(found, Grid) and style.cell is galley.brand.table.cell:
        for scale in (max(SMALLEST, width / found), SMALLEST):
            smaller = _columns(galley, table, _smaller(style, scale), left, width, names=names)
            if isinstance(smaller, Grid):
                return smaller
    return found if isinstance(found, Grid) else None


def crammed(galley: Galley, table: Table, left: float, width: float) -> Grid:
    """The columns of a table that fits nowhere, each less wide than it should be, which is said."""
    grid = _columns(galley, table, _smaller(galley.brand.table, SMALLEST), left, width, cram=True)
    assert isinstance(grid, Grid)
    return grid


def _columns(
    galley: Galley, table: Table, style: TableStyle, left: float, width: float, *, cram: bool = False, names: int = 0
) -> Grid | float:
    """Widths: what the author fixed, then numbers as wide as their widest, all alike, then the text shares the rest.

    A number is the width that the columns would need; with `cram` they take what there is."""
    count = len(table.columns)
    needs = _needs(galley, table, style)
    least, whole_lines, figures = needs.least, needs.whole_lines, needs.figures
    gaps = style.column_gap * (count - 1)
    room = 0.0
    if table.bars and style.bars:
        wanted, left_over = style.bars * width, width - gaps - style.column_gap  # words that would break anyhow leave them half
        room = max(min(wanted, left_over - sum(needs.natural)), min(wanted / 2, left_over - sum(least)), LEAST_BAR_ROOM)
        gaps += room + style.column_gap
    for index in range(names):
        if table.columns[index].width_em is None:
            whole_lines[index] = min(needs.natural[index], NAME_EM * style.first.size)
    if names or sum(whole_lines) + gaps <= width:
        least = whole_lines
    needed = sum(least) + gaps
    if needed > width + NEAR:
        if not cram:
            return needed
        _too_wide(galley, table, needed, width)
        least = [value * (width - gaps) / (needed - gaps) for value in least]
    widths = _shares(table, style.column_gap, needs.natural, least, width - (room + style.column_gap if room else 0.0))
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


def _too_wide(galley: Galley, table: Table, needed: float, width: float) -> None:
    tip = "drop or shorten a column"
    if galley.brand.geometry.side_width and not table.wide:
        tip += ", or give the table `wide: true`"
    galley.setter.report.warning(
        "table-too-wide", f"the table needs at least {needed:.0f} pt and has {width:.0f} pt", table.span, help=tip
    )


def _plain_number(column: Column) -> bool:
    return column.kind in ("number", "change") and column.width_em is None and not column.bar


def _shares(table: Table, gap: float, natural: list[float], least: list[float], width: float) -> list[float]:
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
    excess = [a - b for a, b in zip(want, floor)]
    return [b + tight * e / (sum(excess) or 1.0) for b, e in zip(floor, excess)]
