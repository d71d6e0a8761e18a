"""Plots of a chart: a second axis in one.

In: `second` of a chart and the series it names.  Out: which of them stand against the axis at the right, and its unit.
Always: each axis has a series and a unit.  Rule: house rules of 2023.
"""

from __future__ import annotations

from ..diagnostics import nearest
from ..syntax import Mapping, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence as Several

    from ..model import Series
    from ..syntax import Node
    from .reader import Reader

SECOND_KEYS = ("series", "unit")
TWO_AXES = ("line",)  # kinds that can be read against two


def takes_second(node: Node, kind: str, reader: Reader) -> bool:
    """Whether a chart of this kind can have a second axis, else a report."""
    if kind in TWO_AXES:
        return True
    message = f"a chart of kind `{kind}` is read against one axis"
    tip = "use `chart: line`, or one chart for each unit"
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
