"""Charts from YAML or CSV.

In: the mapping of a block that starts with `chart:`.  Out: a Chart whose series are all as long as its names.  Always: a cell
that cannot be drawn is reported at its file, row and column; a missing value is None and never zero.  Rule: like a figure, a
chart has an alternative text, a caption and a source (ISO 14289-1, 7.3; house rule, 2023).
"""

from __future__ import annotations

from ..diagnostics import nearest
from ..model import Chart, Event, Series
from ..syntax import Mapping, Scalar, Sequence
from .cells import MISSING, csv_cells, day_of, days_of, numbers_of, places_of, read_number, row_cells
from .days import Days, ordinals_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence as Several

    from ..diagnostics import Span
    from ..model import Credit, Date, Inline
    from ..syntax import Node
    from .cells import Cells
    from .reader import Reader

CHART_KEYS = (
    "chart", "caption", "unit", "alt", "note", "source", "source-text", "as-of", "data", "rows", "x", "wide", "side", "id",
    "second", "panels",
)  # fmt: skip
EXTRA_KEYS = {
    "line": ("series", "change"),
    "bar": ("series", "change", "stacked", "whole"),
    "timeline": ("label", "end", "lane"),
    "column": ("series", "change", "stacked"),
    "area": ("series", "change", "stacked"),
    "scatter": ("series", "label"),
    "pie": ("series",),
    "ring": ("series",),
    "candle": ("series",),
}
ROUND = ("pie", "ring")
ORDERED = ("line", "area", "column", "candle")  # kinds that run along a time
MOST_SLICES = 6
MOST_SERIES = 6
MOST = {"bar": 40, "column": 120, "timeline": 40, "candle": 250}  # marks that can be told apart on a page


def read_chart(node: Mapping, key: Scalar, reader: Reader) -> Chart | None:
    """A chart, or None after a report.  `key` is the word `chart` in the note."""
    return _Reading(node, key, reader).chart()


class _Wanted:
    """A column the note asks for by name."""

    def __init__(self, key: str, title: str, span: Span) -> None:
        self.key = key
        self.title = title
        self.span = span


MEANT = {"y": "series", "type": "chart", "kind": "chart", "title": "caption", "csv": "data", "values": "rows"}  # of other tools


class _Head:
    """The words round a chart."""

    def __init__(self, caption: tuple[Inline, ...], note: tuple[Inline, ...], credit: Credit) -> None:
        self.caption = caption
        self.note = note
        self.credit = credit


class _Reading:
    """Reads one chart; every fault it can find is reported."""

    def __init__(self, node: Mapping, key: Scalar, reader: Reader) -> None:
        self.node = node
        self.key = key
        self.reader = reader
        self.report = reader.report
        self.share = True  # whether every number is per cent
        self.whole = 0.0  # what the bars are shares of
        self.second: Node | None = node.get("second")
        self.second_share = True  # the same of what stands against a second axis
        self.second_unit = ""
        self.panels = False
        self.by = ""  # the column whose values are a panel each

    def chart(self) -> Chart | None:
        """The chart, or None after a report."""
        from .blocks import inlines_of, read_credit

        reader, node = self.reader, self.node
        before = self.report.errors
        if not isinstance(node.get("chart"), Scalar):
            inner = node.get("chart")
            said = inner.get("kind") if isinstance(inner, Mapping) else None
            kind = said.value if isinstance(said, Scalar) and said.value in EXTRA_KEYS else "line"
            tip = f"write `chart: {kind}`, and caption, data and series beside it, not below"
            self.report.error("chart-kind", "`chart` is the kind of a chart", self.key.span, help=tip)
            return None
        kind = self._kind()
        if kind:
            reader.keys(node, (*CHART_KEYS, *EXTRA_KEYS[kind]), f"a chart of kind `{kind}`", meant=MEANT)
            if self.second is not None:
                from .plots import takes_second

                takes_second(self.second, kind, reader)
            self._panels(kind)
        self._required()
        caption = inlines_of(node.get("caption"), "caption", reader)  # in the order of the page: citations count so
        data = self._data(kind)
        note = inlines_of(node.get("note"), "note", reader)
        credit = read_credit(node, self.key, "chart", reader, needed=True)
        if not kind or data is None or credit is None or self.report.errors > before:
            return None
        head = _Head(caption, note, credit)
        made: Chart | None
        if kind == "timeline":
            made = self._made(kind, head, events=self._events(data))
        else:
            made = self._plotted(kind, data, head)
        return made if self.report.errors == before else None

    def _made(
        self,
        kind: str,
        head: _Head,
        *,
        names: tuple[str, ...] = (),
        dates: Several[Date] = (),
        places: tuple[float, ...] = (),
        series: tuple[Series, ...] = (),
        events: tuple[Event, ...] = (),
    ) -> Chart:
        reader, node = self.reader, self.node
        unit = reader.text(node.get("unit"), "unit") or ("%" if series and self.share else "")
        second_unit = ""
        if self.second is not None:
            from .plots import check_units

            second_unit = self.second_unit or ("%" if self.second_share else "")
            check_units((unit, second_unit), self.second, reader)
        return Chart(
            kind,
            names,
            dates,
            places,
            series,
            events,
            reader.text(node.get("x"), "x") if kind == "scatter" else "",
            reader.truth(node.get("change"), "change"),
            kind in ROUND or reader.truth(node.get("stacked"), "stacked"),
            reader.text(node.get("alt"), "alt"),
            head.caption,
            unit,
            head.note,
            head.credit,
            reader.truth(node.get("wide"), "wide"),
            reader.label(node.get("id")),
            self.key.span,
            self.whole,
            reader.truth(node.get("side"), "side"),
            second_unit,
            self.panels,
        )

    # --- what every chart has ----------------------------------------------------------------------------------------

    def _kind(self) -> str:
        value = self.node.get("chart")
        assert value is not None
        word = self.reader.text(value, "chart")
        if word in EXTRA_KEYS:
            return word
        near = nearest(word, list(EXTRA_KEYS))
        tip = f"did you mean `{near}`?" if near else f"kinds: {', '.join(EXTRA_KEYS)}"
        self.report.error("chart-kind", f"there is no chart of kind `{word}`", value.span, help=tip)
        return ""

    def _required(self) -> None:
        from .alts import check_alt

        alt, caption = self.node.get("alt"), self.node.get("caption")
        for name, value, why in (
            ("alt", alt, "what the chart shows, for those who cannot see it"),
            ("caption", caption, "what the reader should take from it"),
        ):
            if value is None:
                self.report.error(f"chart-{name}", f"chart has no `{name}`", self.key.span, help=f"add `{name}:` — {why}")
        if isinstance(alt, Scalar) and isinstance(caption, Scalar):
            check_alt(alt, caption, "chart", self.node, self.reader)

    # --- cells -------------------------------------------------------------------------------------------------------

    def _data(self, kind: str) -> Cells | None:
        data, rows = self.node.get("data"), self.node.get("rows")
        if isinstance(data, Mapping):
            self.reader.keys(data, ("csv",), "`data`")
            data = data.get("csv")
        if (data is None) == (rows is None):
            self.report.error(
                "chart-data",
                "a chart has either `rows` or `data`",
                self.key.span,
                help="add `data: {csv: file.csv}`, or `rows:` with a list for each point",
            )
            return None
        found = csv_cells(data, self.reader) if data is not None else row_cells(rows, self._row_names(rows), self.reader)
        if found is not None and not (found.columns and found.columns[0]):
            self.report.error("chart-empty", "the chart has no data", found.span, help="add rows, or delete the chart")
            return None
        if found is not None and kind in MOST and len(found.columns[0]) > MOST[kind]:
            count = len(found.columns[0])
            other = "line" if kind in ("candle", "column") else "a table"
            message = f"{count} rows are more than a chart of kind `{kind}` can show: at most {MOST[kind]}"
            self.report.error("chart-large", message, found.span, help=f"choose the rows that matter, or use {other}")
            return None
        return found

    def _row_names(self, node: Node | None) -> list[str]:
        """The columns of rows in the note: the keys of rows that are mappings, or what the chart names, in its order."""
        rows = node.items if isinstance(node, Sequence) else ()
        first = rows[0] if rows else None
        if isinstance(first, Mapping):
            return list(dict.fromkeys([key.value for item in rows if isinstance(item, Mapping) for key, _ in item.entries]))
        count = len(first.items) if isinstance(first, Sequence) else 0
        x = self.reader.text(self.node.get("x"), "x")
        others = [self._named(name) for name in ("label", "end", "lane")]
        named = [item.key for item in (*(self._series_wanted() or ()), *others) if item is not None]
        named += [self.by] if self.by else []
        return [x, *(named or [""] * (count - 1))]

    def _named(self, name: str) -> _Wanted | None:
        node = self.node.get(name)
        text = self.reader.text(node, name)
        return _Wanted(text, text, node.span) if node is not None and text else None

    def _series_wanted(self) -> list[_Wanted] | None:
        """The columns named under `series`, each a name or `{key, title}`; None where the chart names none."""
        node = self.node.get("series")
        if node is None:
            return None
        out = []
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Mapping):
                self.reader.keys(item, ("key", "title"), "a series")
                key = self.reader.text(item.get("key"), "key")
                title = self.reader.text(item.get("title"), "title")
                out.append(_Wanted(key or title, title or key, item.span))
            else:
                text = self.reader.text(item, "series")
                out.append(_Wanted(text, text, item.span))
        return out

    def _place(self, data: Cells, wanted: _Wanted) -> int | None:
        """Where a column stands in the data, or None after a report."""
        if data.names.count(wanted.key) == 1:
            return data.names.index(wanted.key)
        near = nearest(wanted.key, data.names)
        tip = f"did you mean `{near}`?" if near else f"columns there: {', '.join(data.names)}"
        self.report.error("data-column", f"the data have no column `{wanted.key}`", wanted.span, help=tip)
        return None

    # --- points ------------------------------------------------------------------------------------------------------

    def _plotted(self, kind: str, data: Cells, head: _Head) -> Chart | None:
        x = self._named("x")
        first = self._place(data, x) if x is not None else 0
        if first is None:
            return None
        wanted = self._series_wanted()
        if wanted is None:
            group = data.names.index(self.by) if self.by in data.names and self.by else first
            others = [place for place in range(len(data.names)) if place not in (first, group)]
            wanted = [_Wanted(data.names[place], data.names[place], data.span) for place in others]
            found: list[int | None] = list(others)
        else:
            found = [self._place(data, item) for item in wanted]
        places = [place for place in found if place is not None]
        node = self.node.get("panels")
        by = self._place(data, _Wanted(self.by, self.by, node.span)) if self.by and node is not None else -1
        if len(places) < len(found) or by is None or not self._countable(kind, wanted):
            return None
        before = self.report.errors
        series = self._series(kind, data, places, wanted)
        if self.report.errors > before:
            return None
        if kind == "scatter":
            label = self._named("label")
            at = self._place(data, label) if label is not None else None
            names = data.columns[at] if at is not None else [""] * len(data.columns[first])
            return self._made(kind, head, names=tuple(names), places=places_of(data, first, self.report), series=series)
        if kind == "candle":
            self._prices(series, data, places)
        self._shares(series, data, places)
        titles = tuple(data.columns[first])
        dates = days_of(data, first, self.report) if kind in ORDERED else ()
        if self.by:
            from .plots import grouped

            if self.report.errors == before:
                series, titles, dates = grouped(series[0], data, (first, places[0], by), dates, self.reader)
        else:
            self._in_order(dates, data, first)
        if self.panels and node is not None and self.report.errors == before:
            from .plots import check_panels

            check_panels(kind, series, len(titles), node.span, self.reader)
        return self._made(kind, head, names=titles, dates=dates, series=series)

    def _panels(self, kind: str) -> None:
        """Read `panels`."""
        node = self.node.get("panels")
        if node is None:
            return
        from .plots import grouped_by, takes_panels

        self.panels = takes_panels(node, self.node, kind, self.reader)
        self.by = grouped_by(node) if self.panels else ""

    def _series(self, kind: str, data: Cells, places: list[int], wanted: list[_Wanted]) -> tuple[Series, ...]:
        """The numbers of the columns asked for; what cannot be added up in a stack or a ring is reported."""
        series = []
        before = self.report.errors
        stacked = kind in ROUND or self.reader.truth(self.node.get("stacked"), "stacked")
        seconds: frozenset[int] = frozenset()
        if self.second is not None:
            from .plots import second_of

            seconds, self.second_unit = second_of(self.second, [(item.key, item.title) for item in wanted], self.reader)
        for at, (place, item) in enumerate(zip(places, wanted)):
            values, decimals, share = numbers_of(data, place, self.report)
            gaps = None in values
            second = at in seconds
            self.share = self.share and (share or second)
            self.second_share = self.second_share and (share or not second)
            series.append(Series(item.title, values, decimals, second, gaps))
            below = [row for row, value in enumerate(values) if value is not None and value < 0] if stacked and not second else []
            if below:
                self.report.error(
                    "chart-negative",
                    f"`{data.columns[place][below[0]]}` is less than zero and cannot be part of a whole",
                    data.place(place, below[0]),
                    help="use `chart: bar` or `chart: column` without `stacked`",
                )
        if self.report.errors > before:
            return tuple(series)
        known = [one.known() for one in series]
        filled = [value for numbers in known for value in (numbers if kind in ROUND else numbers[:1])]
        empty = [item for item, numbers in zip(wanted, known) if not numbers]
        for item in empty if filled else ():
            message = f"series `{item.title}` has no number"
            self.report.error("chart-empty", message, item.span, help="give its values, or leave it out")
        if not filled or (kind in ROUND and not any(filled)):
            self.report.error("chart-empty", "there is no number to draw", data.span, help="give values, or delete the chart")
        if kind in ROUND and len([value for value in filled if value]) > MOST_SLICES:
            self.report.error(
                "chart-slices",
                f"{len(filled)} slices are more than a reader can tell apart: at most {MOST_SLICES}",
                data.span,
                help="join the smallest into 其他, or use `chart: bar`",
            )
        if seconds:
            from .plots import alike

            return alike(series)
        decimals = max([one.decimals for one in series])  # equal ones in one chart
        return tuple([one.replace(decimals=decimals) for one in series])

    def _prices(self, series: tuple[Series, ...], data: Cells, places: list[int]) -> None:
        """Of each day, no price may be over the highest or under the lowest; one day at least has all four."""
        if not any([None not in four for four in zip(*[one.numbers for one in series])]):
            self.report.error("chart-empty", "no day has all four prices", data.span, help="give them, or use `chart: line`")
        for row, (first, high, low, last) in enumerate(zip(*[one.numbers for one in series])):
            if first is None or high is None or low is None or last is None:
                continue
            if not low <= min(first, last) <= max(first, last) <= high:
                message = f"day {data.columns[0][row]}: the highest price is not the highest, or the lowest not the lowest"
                tip = "name the columns in the order open, high, low, close"
                self.report.error("chart-prices", message, data.place(places[1], row), help=tip)
                return

    def _shares(self, series: tuple[Series, ...], data: Cells, places: list[int]) -> None:
        """Read `whole`, and see that every bar is a part of it."""
        node = self.node.get("whole")
        if node is None:
            return
        found = read_number(self.reader.text(node, "whole"))
        if found is None or found[0] <= 0 or len(series) > 1 or self.reader.truth(self.node.get("stacked"), "stacked"):
            message = "`whole` is a number above zero that the bars of one series are parts of"
            self.report.error("chart-whole", message, node.span, help="write `whole: 100`, without `stacked`")
            return
        self.whole = found[0]
        for row, value in enumerate(series[0].numbers):
            if value is not None and not 0 <= value <= self.whole:
                message = f"`{data.columns[places[0]][row]}` is no part of {self.whole:g}"
                self.report.error("chart-whole", message, data.place(places[0], row), help="leave `whole` out, or raise it")
                return

    def _in_order(self, dates: Several[Date], data: Cells, column: int) -> None:
        days = () if isinstance(dates, Days) else ordinals_of(dates)  # those are in order
        if list(days) == sorted(set(days)):
            return
        for row in range(1, len(dates)):
            if days[row] <= days[row - 1]:
                message = f"{dates[row].iso} does not come after {dates[row - 1].iso}"
                self.report.error("chart-order", message, data.place(column, row), help="sort the rows by day, each day once")
                return

    def _countable(self, kind: str, wanted: list[_Wanted]) -> bool:
        """Whether there are as many series as a chart of this kind can draw, each with a name where it needs one."""
        count = len(wanted)
        place = self.node.get("series") or self.key
        message, tip = "", ""
        if not count:
            message, tip = "the chart has no series", "name the columns to draw: `series: [收盘]`"
        elif kind == "candle" and count != 4:
            message, tip = f"a candle chart has four series, not {count}", "name them in the order open, high, low, close"
        elif kind in ROUND and count != 1:
            message, tip = f"a chart of kind `{kind}` has one series, not {count}", "name the column of its slices"
        elif self.by and count != 1:
            message, tip = f"panels by `{self.by}` have one series, not {count}", "name the column to draw: `series: [收盘]`"
        elif count > MOST_SERIES and not self.panels:
            message, tip = f"{count} series are more than a reader can tell apart", f"draw {MOST_SERIES} at most"
        elif count > 1 and not all([item.title for item in wanted]):
            message, tip = "several series need names", "add `x:` and `series: [甲, 乙]`, in the order of the cells"
        if message:
            self.report.error("chart-series", message, place.span, help=tip)
        return not message

    def _events(self, data: Cells) -> tuple[Event, ...]:
        found: dict[str, int | None] = {"x": 0, "label": min(1, len(data.names) - 1)}
        for name in ("x", "label", "end", "lane"):
            wanted = self._named(name)
            if wanted is not None:
                found[name] = self._place(data, wanted)
        first, words = found["x"], found["label"]
        if first is None or words is None or None in found.values():
            return ()
        starts = days_of(data, first, self.report, needed=True)
        at, lane = found.get("end"), found.get("lane")
        ends = [None] * len(starts) if at is None else self._ends(data, at)
        lanes = [""] * len(starts) if lane is None else data.columns[lane]
        for row, (start, end) in enumerate(zip(starts, ends)):
            if end is not None and at is not None and end.iso < start.iso:
                self.report.error("chart-order", "this ends before it begins", data.place(at, row), help="swap the two days")
        return tuple([Event(*parts) for parts in zip(starts, ends, data.columns[words], lanes)])

    def _ends(self, data: Cells, column: int) -> list[Date | None]:
        """The days on which events end; None for one that has no end."""
        texts = enumerate(data.columns[column])
        return [None if text in MISSING else day_of(text, data.place(column, row), self.report) for row, text in texts]
