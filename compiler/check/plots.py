"""Plots of a chart: a second axis in one, or a small plot for each series or group.

In: `second` or `panels` of a chart and its series.  Out: which series stand against the axis at the right, and its unit; a
series for each panel.  Always: each axis has a series and a unit; all panels have the same first axis.  Rule: house rules
of 2023.
"""

from __future__ import annotations

from ..diagnostics import nearest
from ..model import Series
from ..syntax import Mapping, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence as Several

    from ..diagnostics import Span
    from ..model import Date
    from ..syntax import Node
    from .cells import Cells
    from .reader import Reader

    Groups = tuple[tuple[Series, ...], tuple[str, ...], Several[Date]]  # series, and the names and days they stand over

SECOND_KEYS = ("series", "unit")
YES, NO = ("true", "yes", "是"), ("false", "no", "否")
PANEL_KINDS = ("line", "area", "column", "bar")
PANELS = (2, 12)  # fewest, most: one is no comparison, more are too small
PANEL_NAMES = {"column": 40, "bar": 40}  # columns of one panel; bars of all
NOT_SMALL = ("second", "stacked", "whole", "side")  # what a panel has no room for
TWO_AXES = ("line", "column")  # kinds that can be read against two


def takes_second(node: Node, kind: str, reader: Reader) -> bool:
    """Whether a chart of this kind can have a second axis, else a report."""
    if kind in TWO_AXES:
        return True
    message = f"a chart of kind `{kind}` is read against one axis"
    tip = "use `chart: line` or `chart: column`, or one chart for each unit"
    reader.report.error("chart-second", message, node.span, help=tip)
    return False


def second_of(node: Node, names: Several[tuple[str, str]], reader: Reader) -> tuple[frozenset[int], str]:
    """The places of the series on the second axis, and its unit as typed.

    `names` are key and title of each series.  Errors: no place after a report.
    """
    series, unit = node, ""
    if isinstance(node, Mapping):
        reader.keys(node, SECOND_KEYS, "`second`")
        series = node.get("series") or node
        unit = reader.text(node.get("unit"), "unit")
    items = series.items if isinstance(series, Sequence) else () if isinstance(series, Mapping) else (series,)
    found = set()
    faults = reader.report.errors
    for item in items:
        word = reader.text(item, "second")
        places = [place for place, pair in enumerate(names) if word in pair]
        found.update(places)
        if not places:
            known = [title for _, title in names]
            near = nearest(word, known)
            tip = f"did you mean `{near}`?" if near else f"series of this chart: {', '.join(known)}"
            reader.report.error("chart-second", f"`{word}` is no series of this chart", item.span, help=tip)
    message = ""
    if not items:
        message, tip = "`second` names no series", "write `second: {series: [成交额], unit: 亿元}`"
    elif len(found) == len(names):
        message, tip = "no series is left for the first axis", "leave `second` out, or draw one more series"
    if message and reader.report.errors == faults:
        reader.report.error("chart-second", message, series.span, help=tip)
    return (frozenset(found) if reader.report.errors == faults else frozenset()), unit


def check_units(units: tuple[str, str], node: Node, reader: Reader) -> None:
    """With two axes each must say what it counts: a reader cannot tell from one unit over two of them."""
    for unit, which, tip in zip(
        units, ("first", "second"), ("add `unit:` to the chart", "write `second: {series: [成交额], unit: 亿元}`")
    ):
        if not unit:
            reader.report.error("chart-second", f"the {which} axis has no unit", node.span, help=tip)


def alike(series: Several[Series]) -> tuple[Series, ...]:
    """Series with equal decimals for all that are read against one axis."""
    most = {side: max([one.decimals for one in series if one.second == side], default=0) for side in (False, True)}
    return tuple([one.replace(decimals=most[one.second]) for one in series])


# --- panels ----------------------------------------------------------------------------------------------------------


def grouped_by(node: Node | None) -> str:
    """The column whose values are a panel each; "" where every series is one, or there are no panels."""
    word = node.value.strip() if isinstance(node, Scalar) else ""
    return "" if word.lower() in (*YES, *NO) else word


def takes_panels(node: Node, chart: Mapping, kind: str, reader: Reader) -> bool:
    """Whether a chart is to be drawn in panels; what cannot be is reported."""
    if not isinstance(node, Scalar) or not node.value.strip():
        tip = "write `panels: true` for a panel a series, or name the column whose values are a panel each"
        reader.report.error("chart-panels", "`panels` is `true` or names a column", node.span, help=tip)
        return False
    if node.value.strip().lower() in NO:
        return False
    if kind not in PANEL_KINDS:
        message = f"a chart of kind `{kind}` is not drawn in panels"
        reader.report.error("chart-panels", message, node.span, help=f"kinds that are: {', '.join(PANEL_KINDS)}")
    for key in NOT_SMALL:
        other = chart.get(key)
        if other is not None and (not isinstance(other, Scalar) or other.value.lower() not in NO):
            message = f"panels have no room for `{key}`"
            reader.report.error("chart-panels", message, other.span, help=f"leave `{key}` or `panels` out")
    return True


def check_panels(kind: str, series: Several[Series], names: int, span: Span, reader: Reader) -> None:
    """Whether there are as many panels, and marks in them, as a reader can compare."""
    least, most = PANELS
    count = len(series)
    message = ""
    if count < least:
        message, tip = "one panel compares nothing", "leave `panels` out, or draw more series"
    elif count > most:
        message, tip = f"{count} panels are more than find room: at most {most}", "choose those that matter, or use a table"
    elif names * (count if kind == "bar" else 1) > PANEL_NAMES.get(kind, names * count):
        marks = f"{names * count} bars in {count} panels" if kind == "bar" else f"{names} columns in a panel"
        message, tip = f"{marks} are more than find room: at most {PANEL_NAMES[kind]}", "choose the rows that matter"
    if message:
        reader.report.error("chart-panels", message, span, help=tip)


def grouped(one: Series, data: Cells, columns: tuple[int, int, int], dates: Several[Date], reader: Reader) -> Groups:
    """One series parted by the values of a column: a series for each, all over the same names or days.

    `columns` are the places of the first axis, the series and the groups; `dates` those of the rows, if they are days.  A name
    that a group does not have is a missing value there.
    """
    first, numbers, by = columns
    texts, keys = data.columns[first], data.columns[by]
    order: dict[object, int] = {}  # name or day → a row that has it
    found: dict[str, dict[object, float | None]] = {}
    for row, (key, text) in enumerate(zip(keys, texts)):
        if not key:
            tip = "name its group, or delete the row"
            reader.report.error("chart-panels", "this row belongs to no panel", data.place(by, row), help=tip)
            break
        at = dates[row].ordinal if dates else text
        values = found.setdefault(key, {})
        if at in values:
            message = f"`{text}` stands twice in panel `{key}`"
            reader.report.error("chart-panels", message, data.place(first, row), help="give each panel one value for it")
            break
        order.setdefault(at, row)
        values[at] = one.numbers[row]
    places = sorted(order) if dates else list(order)  # type: ignore[type-var]
    rank = {at: place for place, at in enumerate(places)}
    for key, values in found.items():
        ranks = [rank[at] for at in values]
        if ranks != sorted(ranks):
            late = next(place for place in range(1, len(ranks)) if ranks[place] < ranks[place - 1])
            row = [row for row, name in enumerate(keys) if name == key][late]
            message = f"`{texts[row]}` comes in another place in panel `{key}` than in those before"
            tip = "sort the rows of all panels alike"
            reader.report.error("chart-order", message, data.place(first, row), help=tip)
            break
        if not any([value is not None for value in values.values()]):
            row = keys.index(key)
            reader.report.error("chart-empty", f"panel `{key}` has no number", data.place(numbers, row), help="leave it out")
    rows = [order[at] for at in places]
    return (
        tuple([Series(key, tuple([values.get(at) for at in places]), one.decimals) for key, values in found.items()]),
        tuple([texts[row] for row in rows]),
        tuple([dates[row] for row in rows]) if dates else (),
    )
