"""Charts: ticks and labels as data, each fault at its place, and what is drawn, read back from the PDF."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

import pymupdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

import verapdf
from compiler.brand import ChartStyle, load
from compiler.charts import draw
from compiler.charts.axis import positions, ticks_under
from compiler.charts.labels import apart, wrapped
from compiler.charts.scale import Scale, number, spread, thinned, ticks
from compiler.charts.sketch import Block, Drawing, Outline, Words
from compiler.charts.twin import paired
from compiler.check import check, sheets
from compiler.check.cells import Cells, as_day, days_of, numbers_of, read_number
from compiler.check.days import ordinals_of, plain_days
from compiler.check.sheets import Sheet, _parted, csv_records
from compiler.codes import CODES
from compiler.diagnostics import Report, SourceFile, Span, render_short
from compiler.layout.frames import Element, Pages, PathItem, RectItem, TextItem
from compiler.model import Chart, Credit, Date, Event, Series
from compiler.pipeline import Stages, compile_note, lay_out, read_note
from compiler.syntax import decode, parse
from compiler.world import World
from conftest import BRANDS, MINIMAL, REPOSITORY, Build
from drawings import struck

GALLERY = REPOSITORY / "tests" / "cases" / "charts" / "gallery.yaml"
MARKET = "市场概况: |\n  上证指数上涨 2.06%[@sse]。\n"
OFFSET = MINIMAL.split(MARKET)[0].count("\n")
BASE = """市场概况:
  - 甲[@sse]
  - chart: {kind}
    caption: 甲乙
    alt: 说明图里的数
    source: sse
"""


# --- scales ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (2898.88, 2974.93, ["2,850", "2,900", "2,950", "3,000"]),
        (0, 4321, ["0", "2,000", "4,000", "6,000"]),
        (0.1, 0.3, ["0.10", "0.15", "0.20", "0.25", "0.30"]),
        (-3, 3, ["−4", "−2", "0", "2", "4"]),
        (0, 1, ["0.0", "0.5", "1.0"]),
        (-19.41, 3.59, ["−20", "−10", "0", "10"]),
        (1e9, 3e9, ["1,000,000,000", "1,500,000,000", "2,000,000,000", "2,500,000,000", "3,000,000,000"]),
    ],
)
def test_ticks(low: float, high: float, texts: list[str]) -> None:
    """Steps of 1, 2 or 5 round the range, with the decimals they need and a real minus sign."""
    assert list(ticks(low, high).texts()) == texts


VALUES = st.floats(-1e12, 1e12, allow_nan=False)


@given(VALUES, VALUES, st.booleans())
def test_ticks_always(one: float, other: float, inside: bool) -> None:
    """No more than five lines, as far apart as 1, 2 or 5; they reach round the range, or stay in it."""
    low, high = spread(min(one, other), max(one, other))
    found = ticks(low, high, inside=inside).lines
    assert 1 <= len(found) <= 5
    room = (high - low) * 1e-6
    if inside:
        assert low - room <= found[0] <= found[-1] <= high + room
    else:
        assert found[0] <= low + room
        assert found[-1] >= high - room
    steps = {
        round((after - before) / 10 ** math.floor(math.log10(after - before) + 1e-9), 6) for before, after in pairwise(found)
    }
    assert steps <= {1.0, 2.0, 5.0}


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        (
            (2974.9, 3120.4),
            (6400, 9800),
            [["2,950", "3,000", "3,050", "3,100", "3,150"], ["6,000", "7,000", "8,000", "9,000", "10,000"]],
        ),
        ((-5.2, 2.7), (-897, 470), [["−10", "−5", "0", "5"], ["−1,000", "−500", "0", "500"]]),
        ((0, 1), (0, 90), [["0.00", "0.25", "0.50", "0.75", "1.00"], ["0", "25", "50", "75", "100"]]),
    ],
)
def test_ticks_of_two_axes(first: tuple[float, float], second: tuple[float, float], texts: list[list[str]]) -> None:
    """Both axes have good ticks, as many on one as on the other; two zeros are one line."""
    assert [list(ticks.texts()) for ticks in paired(first, second)] == texts


@given(VALUES, VALUES, VALUES, VALUES)
@example(0.0, 5e-324, 0.0, 1.0)
@example(1e-230, -7e-171, 26.0, -1.0)
def test_ticks_of_two_axes_always(one: float, other: float, third: float, fourth: float) -> None:
    """Three to five lines for both, round both ranges; where both cross zero, on the same line; none below zero for nothing."""
    ranges = spread(min(one, other), max(one, other)), spread(min(third, fourth), max(third, fourth))
    found = paired(*ranges)
    both = all(low < 0 < high for low, high in ranges)  # two zeros on one line may cost room
    assert 3 <= len(found[0].lines) == len(found[1].lines) <= 5
    for (low, high), marks in zip(ranges, found):
        room = (high - low) * 1e-6
        assert marks.lines[0] <= low + room
        assert marks.lines[-1] >= high - room
        assert marks.lines[0] >= 0 or low < 0
        assert marks.lines[-1] <= 0 or high > 0
        assert high - low > (0.08 if both else 0.15) * (marks.lines[-1] - marks.lines[0])
    if both:
        assert found[0].lines.index(0) == found[1].lines.index(0)


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "text"),
    [
        (-3.7, 2, False, "−3.70"),
        (2.06, 2, True, "+2.06"),
        (0.0, 1, True, "0.0"),
        (-0.001, 2, True, "0.00"),
        (12345.6, 1, False, "12,345.6"),
    ],
)
def test_numbers(value: float, decimals: int, signed: bool, text: str) -> None:
    """Thousands parted, a real minus sign, no sign on what rounds to nothing."""
    assert number(value, decimals, signed=signed) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2,974.93", (2974.93, 2, False)),
        ("２，９７４．９３", (2974.93, 2, False)),
        ("−3.70", (-3.7, 2, False)),
        ("+3.1 ％", (3.1, 1, True)),
        (".5", (0.5, 1, False)),
        *[(text, None) for text in ("NaN", "inf", "1e5", "12万", "1,23", "1,2345", "--", "", "1.", "²", "٣", "1_0", "9" * 16)],
    ],
)
def test_numbers_as_typed(text: str, found: tuple[float, int, bool] | None) -> None:
    """Per cent, thousands and full-width figures are read; what is not surely a number is none."""
    assert read_number(text) == found


@given(st.lists(st.dates(), min_size=1, unique=True))
def test_long_columns_of_days(days: list[datetime.date]) -> None:
    """Read as a whole, days are the same as one by one; what is not in order, or not plain, is left to a closer look."""
    texts = [day.isoformat() for day in sorted(days)]
    found = plain_days(texts)
    assert found is not None
    assert list(found) == [as_day(text) for text in texts]
    assert list(ordinals_of(found)) == [date.ordinal for date in found]
    assert found[len(days) - 1].iso == texts[-1]
    assert plain_days([*texts, texts[0]]) is None


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2023-13-01", "2024-W01-1", "2023-1-02", "20230102", "２０２３-01-02", "", "0000-01-01"]
)
def test_columns_of_days_that_need_a_closer_look(text: str) -> None:
    """One day that is none, or written another way, and the whole column is read cell by cell."""
    assert plain_days(["1999-12-31", text]) is None


NUMBERS = st.one_of(
    st.decimals(0, 10**16, places=2).map(str),
    st.sampled_from(["1.", ".5", "", "--", "1.2.3", "-1", "1,234", "+2", "1e5", "²", "9" * 16, "0.1234567891234", "007"]),
)


@given(st.lists(NUMBERS, min_size=1, max_size=4))
def test_long_columns_of_numbers(typed: list[str]) -> None:
    """Read as a whole, numbers are the same as one by one, and what is none is told of in both."""
    where = Span(SourceFile("d.csv", "x"), 0, 1)
    short, long = Report(), Report()
    plain = [read_number(text) for text in typed]
    values, decimals, _ = numbers_of(Cells(["v"], [typed], lambda _column, _row: where, where), 0, short)
    many = numbers_of(Cells(["v"], [typed * 200], lambda _column, _row: where, where), 0, long)
    assert many[:2] == (values * 200, decimals)
    assert values == tuple([found[0] if found is not None else None for found in plain])
    assert bool(long.errors) == bool(short.errors)


LINES = st.lists(st.lists(st.text(" 1a甲\t", max_size=3), min_size=1, max_size=3), max_size=5)


@given(LINES, st.integers(0, 2))
def test_columns_as_records(lines: list[list[str]], ends: int) -> None:
    """The cells by column are those of the records; rows too long or short, and empty lines, are left to a closer look."""
    text = "\n".join(["甲,乙", *map(",".join, lines)]) + "\n" * ends
    head, records = _parted(text, ",")
    assert head == ["甲", "乙"]
    found = Sheet(SourceFile("d.csv", text), tuple(head), records, None).columns()  # type: ignore[arg-type]
    cells = [[value.strip() for value, _ in record] for record in csv_records(text)[1:]]
    if found is None:
        assert not cells or any(len(row) != 2 for row in lines)
    else:
        assert [list(row) for row in zip(*found)] == cells
    assert [[(value, at) for value, at in record] for record in records] == csv_records(text)[1:]
    assert all(text[at : at + len(value)] == value for record in records for value, at in record)


def test_long_files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long file that has not changed is parted and read once in a process; one that changed, by a digit, is read anew; the
    cells of a fault are told of each time."""
    asked: list[int] = []
    monkeypatch.setattr("compiler.check.cells.plain_days", lambda texts: asked.append(len(texts)) or plain_days(texts))
    days = [(datetime.date(1996, 1, 1) + datetime.timedelta(days=count)).isoformat() for count in range(1500)]
    text = "\n".join(["日,数", *[f"{day},{count}.5" for count, day in enumerate(days)]])
    where = Span(SourceFile("d.csv", "x"), 0, 1)

    def read(text: str) -> tuple[object, float | None, int]:
        head, records = _parted(text, ",")
        columns = Sheet(SourceFile("d.csv", text), tuple(head), records, None).columns()  # type: ignore[arg-type]  # no node
        assert columns is not None
        cells, report = Cells(["日", "数"], columns, lambda _column, _row: where, where), Report()
        values = numbers_of(cells, 1, report)[0]
        return tuple(days_of(cells, 0, report))[-1:], values[1499], report.errors

    first = read(text)
    assert first[1:] == (1499.5, 0)
    assert read(str(text.encode(), "utf-8")) == first
    assert asked == [1500]
    assert read(text.replace("1499.5", "1499.6"))[1] == 1499.6
    assert asked == [1500, 1500]
    broken = text.replace(",1499.5", ",一千")
    assert read(broken)[2] == read(broken)[2] == 1


@given(st.dates(), st.dates())
def test_days_between(one: datetime.date, other: datetime.date) -> None:
    """A day's number is as far from another's as the days are."""
    ours = [Date(day.year, day.month, day.day).ordinal for day in (one, other)]
    assert ours[1] - ours[0] == (other - one).days


@given(st.lists(st.floats(-200, 200, allow_nan=False), min_size=1, max_size=12), st.floats(4, 12))
def test_labels_keep_apart(wanted: list[float], height: float) -> None:
    """No two labels touch, their order is kept, and they stay in their room while it holds them."""
    found = apart(wanted, [height] * len(wanted), 0.0, 100.0)
    ordered = [at for _, at in sorted(zip(wanted, found))]
    assert all(after - before >= height - 1e-6 for before, after in pairwise(ordered))
    if height * len(wanted) <= 100:
        assert min(found) >= height / 2 - 1e-6
        assert max(found) <= 100 - height / 2 + 1e-6


def test_labels_stay_where_they_are_free() -> None:
    """Labels that touch nothing are not moved; three at one height stand evenly about it."""
    assert apart([10, 50, 90], [10, 10, 10], 0, 100) == [10, 50, 90]
    assert apart([50, 50, 50], [10, 10, 10], 0, 100) == [40, 50, 60]
    assert apart([98, 99], [10, 20], 0, 100) == [75, 90]


def test_names_break() -> None:
    """A long name breaks between Han and at blanks, never in a word or before a stop."""
    assert wrapped("非常长的一个行业", 4, len) == ["非常长的", "一个行业"]
    assert wrapped("沪深 300 指数", 6, len) == ["沪深 300", "指数"]
    assert wrapped("短", 6, len) == ["短"]


@given(st.integers(1200, 1500), st.integers(0, 9999))
def test_thinning_keeps_every_extreme(count: int, seed: int) -> None:
    """A long line keeps its ends and the lowest and the highest point of each column."""
    random = Random(seed)
    ys = [random.uniform(-1e6, 1e6) for _ in range(count)]
    xs = [place * 100 / len(ys) for place in range(len(ys))]
    kept = thinned(xs, ys, 0.5)
    assert kept == sorted(set(kept))
    assert kept[0] == 0
    assert kept[-1] == len(ys) - 1
    assert len(kept) <= 402 + 2
    columns: dict[int, list[float]] = {}
    shown: dict[int, set[float]] = {}
    for x, y in zip(xs, ys):
        columns.setdefault(int(x / 0.5), []).append(y)
    for place in kept:
        shown.setdefault(int(xs[place] / 0.5), set()).add(ys[place])
    assert all({min(here), max(here)} <= shown[column] for column, here in columns.items())


def days(first: datetime.date, count: int, step: int = 1) -> tuple[Date, ...]:
    """Days from the first on, Saturdays and Sundays left out where they follow each other."""
    found = [first + datetime.timedelta(step * place) for place in range(count)]
    return tuple([Date(day.year, day.month, day.day) for day in found if step > 1 or day.weekday() < 5])


@pytest.mark.parametrize(
    ("dates", "texts"),
    [
        (days(datetime.date(2023, 12, 25), 5), ["12.25", "12.26", "12.27", "12.28", "12.29"]),
        (days(datetime.date(2023, 12, 18), 26), ["2023.12.19", "12.22", "12.27", "2024.1.1", "1.4", "1.9", "1.12"]),
        (days(datetime.date(2023, 1, 3), 361), [f"2023.{month}" for month in (1, 3, 5, 7, 9, 11)]),
        (days(datetime.date(2019, 1, 2), 1800), ["2019", "2020", "2021", "2022", "2023"]),
        (
            tuple([Date(2022 + at // 4, at % 4 * 3 + 3, 30) for at in range(5)]),
            ["2022.3", "2022.6", "2022.9", "2022.12", "2023.3"],
        ),
        ((Date(2019, 1, 1), Date(2023, 6, 1)), ["2019.1.1", "2023.6.1"]),
    ],
    ids=["week", "over-the-year", "year", "five-years", "quarters", "two"],
)
def test_days_under_an_axis(dates: tuple[Date, ...], texts: list[str]) -> None:
    """Days, months or years, as many as find room, each the day or the month of its point."""
    chart = chart_of("line", {"甲": [1.0] * len(dates)}, [day.iso for day in dates], dates=dates)
    xs = positions(chart, 40.0, 330.0)
    found = ticks_under(chart, xs, lambda text: 4.0 * len(text) + 0.5, 30.0, 378.0)
    assert [tick.text for tick in found] == texts


@pytest.mark.parametrize("form", ["2024-{:02}", "2024/{}"])
def test_months_are_no_first_days(form: str) -> None:
    """A month typed without a day is a month under the axis, not its first day."""
    names = [form.format(month) for month in (1, 2, 3, 4)]
    chart = chart_of("column", {"甲": [1.0] * 4}, names, dates=tuple([Date(2024, month, 1) for month in (1, 2, 3, 4)]))
    found = ticks_under(chart, [60.0, 150.0, 240.0, 330.0], lambda text: 4.0 * len(text), 30.0, 378.0)
    assert [tick.text for tick in found] == ["2024.1", "2024.2", "2024.3", "2024.4"]


# --- drawings --------------------------------------------------------------------------------------------------------


def gauge(text: str, style: object, colour: str) -> float:
    """Half an em for Latin, an em for Han."""
    return sum(style.size if char > "\u2e80" else style.size / 2 for char in text)  # type: ignore[attr-defined]


def chart_of(kind: str, rows: dict[str, list[float | None]], names: list[str], **more: object) -> Chart:
    """A chart as the check makes it."""
    series = tuple(Series(name, tuple(numbers), 1) for name, numbers in rows.items())
    credit = Credit((), (), "", None)  # type: ignore[arg-type]
    base = Chart(kind, tuple(names), (), (), series, (), "", False, False, "", (), "", (), credit, False, "", None)  # type: ignore[arg-type]
    return base.replace(**more)


Draw = Callable[[Chart], Drawing]


@pytest.fixture
def style(cache: str) -> ChartStyle:
    """The first brand's style of charts."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    brand = load("hengting", str(REPOSITORY), world, Report())
    assert brand is not None
    return brand.chart


@pytest.fixture
def drawn(style: ChartStyle) -> Draw:
    """Draws a chart in the first brand's style, 400 points wide."""
    return lambda chart: draw(chart, style, 400.0, gauge, total="合计", right="（右轴）")


@pytest.fixture
def small(cache: str) -> Callable[[Chart, float], Drawing]:
    """Draws a chart in the first brand's style, as wide as asked."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    brand = load("hengting", str(REPOSITORY), world, Report())
    assert brand is not None
    style = brand.chart
    return lambda chart, width: draw(chart, style, width, gauge)


def bars(drawing: Drawing, colour: str) -> list[Block]:
    """The filled rectangles of a colour."""
    return [shape for shape in drawing.shapes if isinstance(shape, Block) and shape.colour == colour]


def said(drawing: Drawing) -> list[str]:
    """All words of a drawing."""
    return [shape.text for shape in drawing.shapes if isinstance(shape, Words)]


def strokes(drawing: Drawing) -> list[Outline]:
    """Lines drawn, without dots."""
    return [shape for shape in drawing.shapes if isinstance(shape, Outline) and shape.stroke and not shape.fill]


def test_a_gap_parts_a_line(drawn: Draw) -> None:
    """A missing value is no point: the line ends and starts again; a point between two gaps is a dot."""
    drawing = drawn(chart_of("line", {"甲": [1.0, 2.0, None, 4.0, None, 3.0, 5.0]}, list("一二三四五六日")))
    assert [len(line.steps) for line in strokes(drawing)] == [2, 2]
    dots = [shape for shape in drawing.shapes if isinstance(shape, Outline) and shape.fill]
    assert len(dots) == 3  # the point alone, the lowest, the last


def test_equal_and_single_values(drawn: Draw) -> None:
    """All equal: a level line in the middle, its value once; one point: a dot with its value."""
    level = drawn(chart_of("line", {"甲": [5.0, 5.0, 5.0]}, list("一二三")))
    (line,) = strokes(level)
    assert {step[2] for step in line.steps} == {45.0}  # half of the plot's height
    assert said(level).count("5.0") == 2  # on the axis and at the end
    one = drawn(chart_of("line", {"甲": [5.0]}, ["一"]))
    assert not strokes(one)
    for kind in ("bar", "column", "area", "ring", "pie"):
        assert drawn(chart_of(kind, {"甲": [5.0]}, ["一"], stacked=kind in ("ring", "pie"))).shapes
    zero = drawn(chart_of("bar", {"甲": [0.0, 0.0]}, list("一二")))
    assert said(zero).count("0.0") == 2
    assert drawn(chart_of("column", {"甲": [0.0, 0.0]}, list("一二"))).shapes


def test_long_lines_are_thinned(drawn: Draw) -> None:
    """Ten thousand points become what can be seen of them; the lowest of all stays."""
    numbers: list[float | None] = [1000 + 100 * math.sin(place / 500) + place % 7 for place in range(10_000)]
    numbers[4321] = 700.0
    drawing = drawn(chart_of("line", {"甲": numbers}, [str(place) for place in range(10_000)]))
    (line,) = strokes(drawing)
    assert 500 < len(line.steps) < 2000
    lowest = max(step[2] for step in line.steps)
    assert "700.0" in said(drawing)
    dot = [shape for shape in drawing.shapes if isinstance(shape, Outline) and shape.fill and shape.steps[0][2] == lowest]
    assert dot


def twin_of(first: list[list[float | None]], second: list[list[float | None]], *, unit: str = "点") -> Chart:
    """A line chart against two axes."""
    rows = {f"{name}指数": numbers for name, numbers in zip("甲乙丙", first)}
    rows |= {f"{name}成交": numbers for name, numbers in zip("丁戊己", second)}
    chart = chart_of("line", rows, [f"{place + 1} 月" for place in range(len(first[0]))], unit=unit, second_unit="亿元")
    return chart.replace(series=tuple(one.replace(second="成交" in one.name) for one in chart.series))


def test_two_axes(drawn: Draw) -> None:
    """Each series stands at its own axis' figures, which share the grid lines; the second is in dashes and says its axis."""
    drawing = drawn(twin_of([[2900.0, 3000.0]], [[9000.0, 6000.0]]))
    words = {shape.text: shape for shape in drawing.shapes if isinstance(shape, Words)}
    first, second = strokes(drawing)
    level = {text: words[text].y for text in ("2,900", "3,000", "6,000", "9,000")}
    assert level["3,000"] - level["2,900"] == pytest.approx(first.steps[1][2] - first.steps[0][2])
    assert level["9,000"] - level["6,000"] == pytest.approx(second.steps[0][2] - second.steps[1][2])
    lefts = sorted(word.y for word in words.values() if word.x < 60 and word.text[0].isdigit() and "月" not in word.text)
    rights = sorted(word.y for word in words.values() if word.x > 370 and word.text[0].isdigit())
    assert lefts == rights
    assert second.dash
    assert not first.dash
    assert {"甲指数", "丁成交（右轴）"} <= set(words)
    assert (words["点"].x, words["亿元"].x + gauge("亿元", words["亿元"].style, "")) == (0.0, 400.0)
    assert words["点"].y < min(lefts) - 0.72 * words["点"].style.size
    assert -drawing.head < words["点"].y


def test_lines_over_columns(drawn: Draw, style: ChartStyle) -> None:
    """Columns stand on zero, the line at the figures of its own axis, which has as many grid lines; only its name says so."""
    chart = twin_of([[4000.0, 9000.0, 6000.0]], [[3050.0, 3000.0, 3100.0]]).replace(kind="column")
    drawing = drawn(chart)
    words = {shape.text: shape for shape in drawing.shapes if isinstance(shape, Words)}
    columns = [shape for shape in drawing.shapes if isinstance(shape, Block) and shape.colour == style.fills[0]][:3]
    foot = {round(one.y + one.height, 6) for one in columns}
    assert len(foot) == 1
    heights = [one.height for one in columns]
    assert [height / heights[1] for height in heights] == pytest.approx([4 / 9, 1.0, 6 / 9])
    seam, line = strokes(drawing)[:2]
    assert seam.steps == line.steps
    assert seam.stroke == style.ground_colour
    high, low = words["3,100"].y, words["3,000"].y
    assert line.steps[1][2] - line.steps[2][2] == pytest.approx(low - high)
    assert [step[1] for step in line.steps] == pytest.approx([one.x + one.width / 2 for one in columns])
    named = [text for text in words if "成交" in text or "右轴" in text]
    assert any("右轴" in text for text in named)
    assert drawing.truncated == "right"


def test_parts_under_a_line_add_up_without_it(drawn: Draw, style: ChartStyle) -> None:
    """What is read at the right is no part of the pile."""
    chart = twin_of([[40.0, 10.0], [20.0, 20.0]], [[-3.0, 900.0]]).replace(kind="column", stacked=True)
    blocks = [shape for shape in drawn(chart).shapes if isinstance(shape, Block) and shape.colour in style.fills[:2]]
    first, second = [[one for one in blocks if one.colour == style.fills[place]] for place in (0, 1)]
    assert first[0].height > 3 * first[1].height
    assert second[0].height == pytest.approx(second[1].height, abs=1)


def test_a_second_axis_cut_is_said(drawn: Draw) -> None:
    """One axis that does not start at zero is enough for the note to say so."""
    assert drawn(twin_of([[0.0, 10.0]], [[9000.0, 9500.0]])).truncated == "right"
    assert drawn(twin_of([[9000.0, 9500.0]], [[0.0, 10.0]])).truncated == "left"
    assert drawn(twin_of([[9000.0, 9500.0]], [[70.0, 71.0]])).truncated == "all"
    assert not drawn(twin_of([[1.0, 10.0]], [[0.0, 10.0]])).truncated


PANELS: dict[str, list[float | None]] = {name: [1.0, 4.0, 2.0 + place] for place, name in enumerate("甲乙丙丁戊")}


@pytest.mark.parametrize(("width", "columns", "rows"), [(500.0, 3, 2), (400.0, 3, 2), (300.0, 2, 3), (150.0, 1, 5)])
def test_panels(small: Callable[[Chart, float], Drawing], width: float, columns: int, rows: int) -> None:
    """As many panels side by side as the width has room for; all of one size and scale; names and figures once."""
    drawing = small(chart_of("line", PANELS, ["一", "二", "三"], panels=True), width)
    lines = strokes(drawing)
    lefts = sorted({round(line.steps[0][1], 3) for line in lines})
    assert (len(lines), len(lefts)) == (5, columns)
    firsts = sorted({round(line.steps[0][2], 3) for line in lines})
    assert len(firsts) == rows
    assert len({round(line.steps[0][2] - line.steps[1][2], 3) for line in lines}) == 1  # from 1 to 4 in each
    assert len({round(line.steps[2][1] - line.steps[0][1], 3) for line in lines}) == 1
    words = said(drawing)
    assert words.count("一") == columns  # under the lowest of each column
    assert words.count("0") == words.count("6") == rows  # beside the first of each row
    texts = {shape.text: shape for shape in drawing.shapes if isinstance(shape, Words)}
    for line, (name, numbers) in zip(lines, PANELS.items()):
        last = texts[f"{numbers[-1]:.1f}"]
        assert texts[name].y == last.y < min(step[2] for step in line.steps)
        assert texts[name].x == pytest.approx(line.steps[0][1], abs=4)


@pytest.mark.parametrize("kind", ["bar", "column", "area"])
def test_panels_of_other_kinds_share_a_scale(drawn: Draw, kind: str) -> None:
    """The mark of a value is as large in one panel as in another; a panel's colour is not its series'."""
    drawing = drawn(chart_of(kind, {"甲": [2.0, -4.0], "乙": [1.0, 3.0]}, ["一", "二"], panels=True))
    if kind == "area":
        fills = [shape for shape in drawing.shapes if isinstance(shape, Outline) and shape.opacity < 1]
        high = [[step[2] for step in shape.steps if len(step) == 3] for shape in fills]
        assert (max(high[0]) - min(high[0])) / 6 == pytest.approx((max(high[1]) - min(high[1])) / 3)
        return
    found = bars(drawing, "#1e3a5a")
    sizes = [bar.width if kind == "bar" else bar.height for bar in found]
    assert [round(size / sizes[2], 6) for size in sizes] == [2, 4, 1, 3]
    assert {"+2.0", "−4.0", "+1.0", "+3.0"} <= set(said(drawing)) or kind == "column"
    market = drawn(chart_of(kind, {"甲": [2.0, -4.0], "乙": [1.0, 3.0]}, ["一", "二"], panels=True, change=True))
    assert (len(bars(market, "#ad2218")), len(bars(market, "#1c6a3f"))) == (3, 1)


def test_names_of_panels_keep_to_their_panel(small: Callable[[Chart, float], Drawing]) -> None:
    """A long name breaks beside its value; only the plots of its own row make room for it."""
    numbers: list[float | None] = [1.0, 3.0]
    rows = {"甲": numbers, "一个需要折行才放得下的名字": numbers, "丙": numbers, "丁": numbers}
    drawing = small(chart_of("line", rows, ["一", "二"], panels=True), 250.0)
    broken = [shape for shape in drawing.shapes if isinstance(shape, Words) and len(shape.text) > 3]
    assert "".join(shape.text for shape in broken) == "一个需要折行才放得下的名字"
    assert len(broken) == 2
    words = {shape.text: shape for shape in drawing.shapes if isinstance(shape, Words)}
    assert words["甲"].y == broken[-1].y
    short = small(chart_of("line", {name[0]: numbers for name in rows}, ["一", "二"], panels=True), 250.0)
    level = {shape.text: shape.y for shape in short.shapes if isinstance(shape, Words)}
    assert words["丙"].y - words["甲"].y == pytest.approx(level["丙"] - level["甲"])
    assert words["甲"].y > level["甲"] + 8
    assert broken[-1].x + gauge(broken[-1].text, broken[-1].style, "") < 250 - gauge("3.0", broken[-1].style, "")


def test_bars_in_the_order_given(drawn: Draw) -> None:
    """Bars are as long as their values, stand in the order given, and leave zero to the right and left."""
    drawing = drawn(chart_of("bar", {"甲": [2.0, -4.0, None, 1.0]}, list("丙乙丁甲")))
    found = bars(drawing, "#1e3a5a")
    assert [round(bar.width / found[2].width, 6) for bar in found] == [2, 4, 1]
    assert [bar.y for bar in found] == sorted(bar.y for bar in found)
    zero = found[0].x
    assert found[1].x + found[1].width == pytest.approx(zero)
    assert {"+2.0", "−4.0", "+1.0", "—"} <= set(said(drawing))


def test_changes_take_the_colours_of_the_market(drawn: Draw) -> None:
    """`change` paints rises and falls; their signs are printed too."""
    for kind in ("bar", "column"):
        drawing = drawn(chart_of(kind, {"甲": [2.0, -4.0]}, list("丙乙"), change=True))
        assert len(bars(drawing, "#ad2218")) == len(bars(drawing, "#1c6a3f")) == 1
        assert {"+2.0", "−4.0"} <= set(said(drawing))


def test_parts_of_a_stack_add_up(drawn: Draw) -> None:
    """Each part starts where the one before it ends."""
    rows: dict[str, list[float | None]] = {"甲": [30.0, 20.0], "乙": [50.0, 10.0]}
    lying = drawn(chart_of("bar", rows, list("一二"), stacked=True))
    first, second = bars(lying, "#1e3a5a")[0], bars(lying, "#8596aa")[0]
    assert first.x + first.width == pytest.approx(second.x)
    assert second.width / first.width == pytest.approx(5 / 3)
    assert {"80.0", "30.0"} <= set(said(lying))  # their sums differ
    standing = drawn(chart_of("column", rows, list("一二"), stacked=True))
    first, second = bars(standing, "#1e3a5a")[0], bars(standing, "#8596aa")[0]
    assert first.y - 0.8 == pytest.approx(second.y + second.height)


def test_bars_on_tracks(drawn: Draw) -> None:
    """`whole` draws what is left of each bar; the values stand behind the tracks."""
    drawing = drawn(chart_of("bar", {"甲": [60.0, 80.0]}, list("一二"), whole=100.0))
    tracks, shares = bars(drawing, "#dde1e6"), bars(drawing, "#1e3a5a")
    assert [share.width / track.width for share, track in zip(shares, tracks)] == pytest.approx([0.6, 0.8])
    labels = [shape for shape in drawing.shapes if isinstance(shape, Words) and shape.text in ("60.0", "80.0")]
    assert {label.x for label in labels} == {tracks[0].x + tracks[0].width + 4}


def test_zero_line_where_it_matters(drawn: Draw) -> None:
    """A line that crosses zero has its zero line; one far from zero says that its axis is cut; one near it starts there."""
    crossing = drawn(chart_of("line", {"甲": [-2.0, 3.0]}, list("一二")))
    assert len(bars(crossing, "#1b1b1a")) == 1
    assert not crossing.truncated
    assert drawn(chart_of("line", {"甲": [98.0, 103.0]}, list("一二"))).truncated
    assert not drawn(chart_of("line", {"甲": [10.0, 103.0]}, list("一二"))).truncated
    assert not drawn(chart_of("area", {"甲": [98.0, 103.0]}, list("一二"))).truncated


def test_events_stand_at_their_days(drawn: Draw) -> None:
    """Days are to scale; words of near events stand on rows of their own."""
    events = tuple(Event(Date(2023, 1, day), None, "一件不短的事情需要说明", "") for day in (1, 2, 3, 31))
    drawing = drawn(chart_of("timeline", {}, [], events=events))
    dots = [shape for shape in drawing.shapes if isinstance(shape, Outline) and shape.fill]
    xs = [dot.steps[0][1] for dot in dots]
    assert (xs[3] - xs[0]) / (xs[1] - xs[0]) == pytest.approx(30)
    words = [shape for shape in drawing.shapes if isinstance(shape, Words) and "事情" in shape.text]
    assert len({word.y for word in words}) == 3


def test_ring_turns_once(drawn: Draw) -> None:
    """Slices go round from the top, clockwise, and end where they started."""
    drawing = drawn(chart_of("ring", {"规模": [1.0, 2.0, 1.0]}, list("一二三"), stacked=True))
    slices = [shape for shape in drawing.shapes if isinstance(shape, Outline) and shape.fill]
    assert len(slices) == 3
    starts = [shape.steps[0][1:] for shape in slices]
    top = starts[0]
    assert top[0] == pytest.approx(200)  # the middle of 400
    assert starts[1][0] > top[0]  # a quarter on: to the right
    assert starts[1][1] == pytest.approx(top[1] + (starts[1][0] - top[0]), abs=0.01)
    assert {"合计", "4.0"} <= set(said(drawing))


KINDS = ("line", "area", "bar", "column", "scatter", "timeline", "pie", "ring")


def random_chart(random: Random) -> Chart:
    """A chart of any kind with names and numbers of any size, some missing."""
    kind = random.choice(KINDS)
    count = random.choice([1, 2, 5, 12]) if kind not in ("pie", "ring") else random.randint(1, 6)
    names = ["".join(random.choices("沪深指数 30A（）", k=random.choice([1, 4, 20]))).strip() or "甲" for _ in range(count)]
    stacked = kind in ("pie", "ring") or (kind in ("bar", "column", "area") and random.random() < 0.4)
    scale = 10 ** random.uniform(-2, 8)
    rows: dict[str, list[float | None]] = {}
    for _ in range(1 if kind in ("pie", "ring") else random.randint(1, 6)):
        numbers: list[float | None] = [random.gauss(0.5, 1) * scale for _ in range(count)]
        if stacked:
            numbers = [abs(value or 0.0) for value in numbers]
        numbers[1:2] = [None] if count > 1 else []
        rows["".join(random.choices("甲乙丙丁 B", k=random.choice([2, 7, 24]))).strip() or "乙"] = numbers
    if kind == "timeline":
        days = [Date(2023, random.randint(1, 12), random.randint(1, 28)) for _ in names]
        ends = [Date(2024, 1, day.day) if random.random() < 0.3 else None for day in days]
        events = tuple([Event(*parts, random.choice(["", "甲"])) for parts in zip(days, ends, names)])
        return chart_of(kind, {}, [], events=events)
    places = tuple([random.gauss(0, scale) for _ in names]) if kind == "scatter" else ()
    return chart_of(kind, rows, names, places=places, stacked=stacked, change=random.random() < 0.3)


def random_twin(random: Random) -> Chart:
    """A line chart against two axes, with numbers and units of any size."""
    count = random.choice([1, 2, 12])
    sides = [
        [[random.gauss(random.choice([0, 9]), 1) * 10**size for _ in range(count)] for _ in range(random.randint(1, 3))]
        for size in (random.uniform(-2, 8), random.uniform(-2, 8))
    ]
    return twin_of(
        sides[0],
        sides[1],
        unit=random.choice(["点", "上证指数收盘、沪深 300 收盘与深证成指收盘的平均数（点，两年移动平均，期末）"]),
    )


def random_panels(random: Random) -> Chart:
    """Two to twelve panels of any kind that has them."""
    kind = random.choice(["line", "area", "column", "bar"])
    count = random.choice([1, 2, 3] if kind == "bar" else [1, 2, 5, 24])
    names = ["".join(random.choices("沪深指数 30A", k=random.choice([1, 4, 12]))).strip() or "甲" for _ in range(count)]
    scale = 10 ** random.uniform(-2, 6)
    rows: dict[str, list[float | None]] = {}
    for place in range(random.randint(2, 12)):
        title = "".join(random.choices("甲乙丙丁 B", k=random.choice([2, 7, 16]))).strip()
        numbers: list[float | None] = [random.gauss(random.choice([0, 5]), 1) * scale for _ in range(count)]
        numbers[1:2] = [None] if count > 1 else []
        rows[f"{title}{place}"] = numbers
    return chart_of(kind, rows, names, panels=True, change=random.random() < 0.3)


@pytest.mark.parametrize(
    "made",
    [
        *[partial(random_chart, Random(seed)) for seed in range(120)],
        *[partial(random_twin, Random(seed)) for seed in range(30)],
        *[partial(random_panels, Random(seed)) for seed in range(60)],
    ],
)
def test_words_never_touch(drawn: Draw, made: Callable[[], Chart]) -> None:
    """Whatever the data: all is inside the drawing, and no two words overlap."""
    drawing = drawn(made())
    boxes: list[tuple[float, float, float, float, str]] = []
    for shape in drawing.shapes:
        if isinstance(shape, Block):
            assert shape.width >= 0
            assert shape.height >= 0
        if not isinstance(shape, Words):
            continue
        size = shape.style.size
        box = (shape.x, shape.y - 0.72 * size, shape.x + gauge(shape.text, shape.style, ""), shape.y, shape.text)
        assert -1.5 < box[0] < box[2] < 401.5, box
        assert -drawing.head - size < box[1] < box[3] < drawing.height + 1, box
        for other in boxes:
            beside = box[2] <= other[0] + 0.3 or other[2] <= box[0] + 0.3
            assert beside or box[3] <= other[1] + 0.3 or other[3] <= box[1] + 0.3, (box, other)
        boxes.append(box)


# --- faults ----------------------------------------------------------------------------------------------------------

THREE = [f"chart-number@7:{at}" for at in (16, 24, 32)]
PAIR = "    series: [甲, 乙]\n    rows: [[一, 1, 2], [二, 2, 1]]\n"
GROUPED = "    x: 月\n    series: [值]\n    panels: 组\n    rows: ["
THIRTEEN = [f"甲{place}" for place in range(13)]
SEVEN = ", ".join([f"[{name}, 1]" for name in "甲乙丙丁戊己庚"])
FAULTS = {  # kind, what follows on lines 7 and on → diagnostics with line:column from the section on
    "unknown kind": ("lien", "    rows: [[甲, 1]]\n", ["chart-kind@3:12"]),
    "all below its kind": ("{kind: line}", "    rows: [[甲, 1]]\n", ["chart-kind@3:5"]),
    "a key of another tool": ("line", "    y: [甲]\n    rows: [[甲, 1]]\n", ["note-key@7:5"]),
    "a key of another kind": ("line", "    lane: 甲\n    rows: [[甲, 1]]\n", ["note-key@7:5"]),
    "no data": ("line", "", ["chart-data@3:5"]),
    "rows and data": ("line", "    data: d.csv\n    rows: [[甲, 1]]\n", ["chart-data@3:5"]),
    "no rows": ("line", "    rows: []\n", ["chart-empty@7:11"]),
    "nothing but gaps": ("line", "    rows: [[甲, --], [乙, '']]\n", ["chart-empty@7:11"]),
    "an empty series": ("line", "    x: 日\n    series: [甲, 乙]\n    rows: [[一, 1, --], [二, 2, '']]\n", ["chart-empty@8:17"]),
    "text": ("line", "    rows:\n      - [甲, 1]\n      - [乙, 二]\n", ["chart-number@9:13"]),
    "not a number": ("line", "    rows:\n      - [甲, NaN]\n      - [乙, 1]\n", ["chart-number@8:13"]),
    "a unit": ("bar", "    rows:\n      - [甲, 12万]\n", ["chart-number@8:13"]),
    "badly parted": ("bar", '    rows:\n      - [甲, "1,23"]\n', ["chart-number@8:13"]),
    "too large": ("bar", "    rows:\n      - [甲, 12345678901234567]\n", ["chart-number@8:13"]),
    "thrice and no more": ("bar", "    rows: [[甲, a], [乙, b], [丙, c], [丁, d]]\n", THREE),
    "ragged": ("line", "    rows:\n      - [甲, 1]\n      - [乙]\n", ["table-row@9:9"]),
    "no list": ("line", "    rows: 甲\n", ["note-type@7:11"]),
    "two without names": ("line", "    rows: [[甲, 1, 2]]\n", ["chart-series@3:5"]),
    "only names": ("line", "    rows: [[甲], [乙]]\n", ["chart-series@3:5"]),
    "seven series": ("line", "    series: [a, b, c, d, e, f, g]\n    rows: [[甲, 1, 1, 1, 1, 1, 1, 1]]\n", ["chart-series@7:13"]),
    "two for a pie": ("pie", "    series: [a, b]\n    rows: [[甲, 1, 1]]\n", ["chart-series@7:13"]),
    "three for a candle": ("candle", "    series: [a, b, c]\n    rows: [[甲, 1, 1, 1]]\n", ["chart-series@7:13"]),
    "column misspelt": ("line", "    x: 日期\n    series: [收]\n    data: {csv: prices.csv}\n", ["data-column@8:14"]),
    "csv cell": ("line", "    data: {csv: prices.csv}\n    series: [收盘]\n", ["chart-number@3:12"]),
    "csv date": ("line", "    data: dates.csv\n", ["date-unreal@3:1"]),
    "csv missing": ("line", "    data: {csv: none.csv}\n", ["data-missing@7:17"]),
    "csv key": ("line", "    data: {cvs: none.csv}\n", ["chart-data@3:5", "note-key@7:12"]),
    "second axis of bars": ("bar", "    second: 甲\n    rows: [[一, 1]]\n", ["chart-second@7:13"]),
    "second axis of events": ("timeline", "    second: 甲\n    rows: [[2023-12-29, 收涨]]\n", ["chart-second@7:13"]),
    "an unknown series on the second axis": (
        "line", f"{PAIR}    second: {{series: [丙], unit: 元}}\n    unit: 点\n", ["chart-second@9:23"]
    ),
    "all on the second axis": (
        "line", f"{PAIR}    second: {{series: [甲, 乙], unit: 元}}\n    unit: 点\n", ["chart-second@9:22"]
    ),
    "none on the second axis": ("line", f"{PAIR}    second: {{unit: 元}}\n    unit: 点\n", ["chart-second@9:13"]),
    "a second axis without a unit": ("line", f"{PAIR}    second: 乙\n    unit: 点\n", ["chart-second@9:13"]),
    "a first axis without a unit": ("line", f"{PAIR}    second: {{series: 乙, unit: 元}}\n", ["chart-second@9:13"]),
    "a key of the second axis misspelt": (
        "line", f"{PAIR}    second: {{series: 乙, units: 元}}\n    unit: 点\n", ["note-key@9:25"]
    ),
    "panels of a ring": ("ring", "    panels: true\n    rows: [[一, 1]]\n", ["chart-panels@7:13"]),
    "panels of nothing": ("line", f"{PAIR}    panels: []\n", ["chart-panels@9:13"]),
    "one panel": ("line", "    panels: true\n    rows: [[一, 1], [二, 2]]\n", ["chart-panels@7:13"]),
    "thirteen panels": (
        "line", f"    panels: true\n    x: 月\n    series: [{', '.join(THIRTEEN)}]\n    rows: [[一{', 1' * 13}]]\n",
        ["chart-panels@7:13"],
    ),
    "too many bars in panels": (
        "bar", f"    panels: true\n    series: [甲, 乙]\n    rows: [{', '.join(['[一, 1, 2]'] * 21)}]\n", ["chart-panels@7:13"]
    ),
    "stacked panels": ("column", f"{PAIR}    panels: true\n    stacked: true\n", ["chart-panels@10:14"]),
    "panels and a second axis": (
        "line", f"{PAIR}    panels: true\n    second: {{series: 乙, unit: 元}}\n    unit: 点\n", ["chart-panels@10:13"]
    ),
    "panels by a column misspelt": (
        "line", "    data: groups.csv\n    x: 月\n    series: [值]\n    panels: 行\n", ["data-column@10:13"]
    ),
    "panels of two series a group": (
        "line", "    data: groups.csv\n    x: 月\n    series: [值, 月]\n    panels: 行业\n", ["chart-series@9:13"]
    ),
    "a name twice in a panel": ("line", f"{GROUPED}[一, 1, 甲], [一, 2, 乙], [一, 3, 甲]]\n", ["chart-panels@10:35"]),
    "names in another order": (
        "line", f"{GROUPED}[一, 1, 甲], [二, 1, 甲], [二, 2, 乙], [一, 2, 乙]]\n", ["chart-order@10:46"]
    ),
    "a row of no panel": ("line", f"{GROUPED}[一, 1, 甲], [一, 2, '']]\n", ["chart-panels@10:30"]),
    "a panel without a number": ("line", f"{GROUPED}[一, 1, 甲], [一, --, 乙]]\n", ["chart-empty@10:27"]),
    "negative in a stack": ("column", "    stacked: true\n    rows: [[甲, 1], [乙, -2]]\n", ["chart-negative@8:24"]),
    "negative in a pie": ("pie", "    rows: [[甲, 1], [乙, -2]]\n", ["chart-negative@7:24"]),
    "seven slices": ("ring", f"    rows: [{SEVEN}]\n", ["chart-slices@7:11"]),
    "an empty pie": ("pie", "    rows: [[甲, 0]]\n", ["chart-empty@7:11"]),
    "days out of order": ("line", "    rows:\n      - [2023-12-29, 1]\n      - [2023-12-28, 2]\n", ["chart-order@9:10"]),
    "a day twice": ("line", "    rows:\n      - [2023-12-29, 1]\n      - [2023-12-29, 2]\n", ["chart-order@9:10"]),
    "half a date": ("line", "    rows:\n      - [2023-12-28, 1]\n      - [12-29, 2]\n", ["date-form@9:10"]),
    "no such day": ("line", "    rows:\n      - [2023-12-28, 1]\n      - [2023-12-32, 2]\n", ["date-unreal@9:10"]),
    "an event without a day": ("timeline", "    rows:\n      - [年末, 收涨]\n", ["date-form@8:10"]),
    "an end before its start": (
        "timeline",
        "    x: 始\n    label: 事\n    end: 止\n    rows:\n      - [2023-12-29, 收涨, 2023-12-28]\n",
        ["chart-order@11:26"],
    ),
    "days without a price": (
        "candle", "    series: [a, b, c, d]\n    rows: [[甲, 1, 2, 1, --], [乙, --, 2, 1, 1]]\n", ["chart-empty@8:11"]
    ),
    "more than the whole": ("bar", "    whole: 100\n    rows: [[甲, 60], [乙, 120]]\n", ["chart-whole@8:25"]),
    "no whole": ("bar", "    whole: 百\n    rows: [[甲, 60]]\n", ["chart-whole@7:12"]),
    "high below low": ("candle", "    series: [a, b, c, d]\n    rows: [[甲, 1, 2, 3, 1]]\n", ["chart-prices@8:19"]),
    "too many bars": ("bar", f"    rows: [{', '.join(['[甲, 1]'] * 41)}]\n", ["chart-large@7:11"]),
    "a point without a place": ("scatter", "    rows: [[1, 1], [--, 2]]\n", ["chart-number@7:21"]),
}  # fmt: skip


def faults_of(root: Path, section: str) -> tuple[list[str], Report]:
    """`code@line:column` of what the check says, lines of the note counted from the section on."""
    notes = root / "notes"
    (notes / "prices.csv").write_text("日期,收盘\n2023-12-28,2954.70\n2023-12-29,n.a.\n", "utf-8")
    (notes / "dates.csv").write_text("日期,收盘\n2023-12-28,2954.70\n2023-13-29,1\n", "utf-8")
    (notes / "groups.csv").write_text("月,值,行业\n一,1,甲\n一,2,乙\n", "utf-8")
    world, report = World(environ={}, cwd=str(root), cache_dir=""), Report()
    file = decode("notes/note.yaml", MINIMAL.replace(MARKET, section).encode(), report)
    assert file is not None
    node = parse(file, report)
    assert node is not None, list(report)
    check(node, file, str(notes / "note.yaml"), world, report)
    out = []
    for item in report:
        assert item.span is not None
        line, column = item.span.file.line_col(item.span.start)
        out.append(f"{item.code}@{line - (OFFSET if item.span.file is file else 0)}:{column}")
    return out, report


def test_a_kind_below_chart_is_said_back(root: Path) -> None:
    """What to write is told with the kind that was meant, not with any."""
    for meant, kind in (("bar", "bar"), ("area", "area"), ("lien", "line")):
        _, report = faults_of(root, BASE.format(kind=f"{{kind: {meant}}}") + "    rows: [[甲, 1]]\n")
        assert [item.help[0].startswith(f"write `chart: {kind}`") for item in report if item.code == "chart-kind"] == [True]


def test_groups_become_panels(root: Path) -> None:
    """Rows parted by a column: a panel each, over the days of all; a day one of them does not have is a gap there."""
    lines = "\n".join(
        [
            "日期,值,行业",
            "2023-06-30,1,电子",
            "2023-12-29,3,电子",
            "2023-06-30,4.5,银行",
            "2023-09-28,5,银行",
            "2023-12-29,6,银行",
        ]
    )
    (root / "notes" / "long.csv").write_text(lines, "utf-8")
    block = BASE.format(kind="line") + "    data: long.csv\n    x: 日期\n    series: [值]\n    panels: 行业\n"
    note = read_note(str(root / "notes" / "note.yaml"), *written(root, MINIMAL.replace(MARKET, block)), Stages())
    assert note is not None
    (chart,) = [one for section in note.sections for one in section.blocks if isinstance(one, Chart)]
    assert chart.panels
    assert [(one.name, one.numbers) for one in chart.series] == [("电子", (1.0, None, 3.0)), ("银行", (4.5, 5.0, 6.0))]
    assert [date.iso for date in chart.dates] == list(chart.names) == ["2023-06-30", "2023-09-28", "2023-12-29"]
    assert {one.decimals for one in chart.series} == {1}


def written(root: Path, text: str) -> tuple[World, Report]:
    """A note on disk, and a world and a report to read it with."""
    (root / "notes" / "note.yaml").write_text(text, "utf-8")
    return World(environ={}, cwd=str(root), cache_dir=""), Report()


def test_places_of_a_long_file_are_reckoned_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days not written as ISO 8601 are read one by one, with their places: the file is parted by cells once, not for each."""
    calls: list[int] = []
    parted = sheets._plain_records
    monkeypatch.setattr(sheets, "_plain_records", lambda *given: calls.append(1) or parted(*given))
    first = datetime.date(2020, 1, 1)
    days = [first + datetime.timedelta(days=place) for place in range(300)]
    lines = "\n".join(["日期,值", *[f"{day.year}/{day.month}/{day.day},{place}" for place, day in enumerate(days)]])
    (root / "notes" / "long.csv").write_text(lines, "utf-8")
    found, _ = faults_of(root, BASE.format(kind="line") + "    data: long.csv\n")
    assert not found
    assert len(calls) <= 2  # the head, the rows


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str, root: Path) -> None:
    """What a chart cannot draw is said at its line and column, in the CSV file where it stands there, with a way out."""
    kind, rest, expected = FAULTS[name]
    found, report = faults_of(root, BASE.format(kind=kind) + rest)
    assert found == expected
    for item in report:
        assert item.code in CODES
        if item.code.startswith("chart-"):
            assert item.help


@pytest.mark.parametrize(
    ("dropped", "code"), [("caption", "chart-caption@3:5"), ("alt", "chart-alt@3:5"), ("source", "chart-source@3:5")]
)
def test_what_every_chart_has(root: Path, dropped: str, code: str) -> None:
    """As for a figure: no chart without caption, alternative text and source."""
    lines = (BASE.format(kind="line") + "    rows: [[甲, 1], [乙, 2]]\n").splitlines(keepends=True)
    found, _ = faults_of(root, "".join(line for line in lines if not line.startswith(f"    {dropped}:")))
    assert found == [code]


def test_alt_that_repeats_the_caption(root: Path) -> None:
    """An alternative text must say more than the caption."""
    section = BASE.format(kind="line").replace("说明图里的数", "甲乙") + "    rows: [[甲, 1], [乙, 2]]\n"
    assert faults_of(root, section)[0] == ["chart-alt@5:10"]


def test_nearest_kind_is_suggested(root: Path) -> None:
    """A misspelt kind is answered with the right one."""
    _, report = faults_of(root, BASE.format(kind="colunm") + "    rows: [[甲, 1]]\n")
    assert "column" in str(next(iter(report)).help)


def test_faults_of_drawn_cells(root: Path) -> None:
    """Bars and small lines in a table want numbers; a column of words has no bars."""
    table = "市场概况:\n  - 甲[@sse]\n  - table:\n      columns: [名, {title: 数, %s}]\n      rows:\n        - [甲, %s]\n"
    assert faults_of(root, table % ("bar: true", "很多"))[0] == ["chart-number@6:15"]
    assert faults_of(root, table % ("kind: spark", "1 2 x"))[0] == ["chart-number@6:19"]
    assert faults_of(root, table % ("kind: text, bar: true", "1"))[0] == ["table-column@4:20"]


BARS = """  - table:
      caption: 表
      source: sse
      bars: %s
      columns: [名, {title: 当周（%%）, key: 当周, kind: change}, {title: 全年, kind: change}]
      rows: [%s]
"""


@pytest.mark.parametrize(
    ("bars", "code"),
    [
        ("[当周, 全]", "table-bars@6:18"),
        ("[名, 全年, 当周]", "table-bars@6:13"),
        ("[当周, 当周]", "table-bars@6:13"),
        ("[]", "table-bars@6:13"),
    ],
)
def test_faults_of_bars_behind_a_table(root: Path, bars: str, code: str) -> None:
    """They are of one or two columns that the table has."""
    found, report = faults_of(root, "市场概况:\n  - 甲[@sse]\n" + BARS % (bars, "[甲, 1, 2]"))
    assert code in found
    assert all(item.help for item in report)


def filled(page: pymupdf.Page, colour: str) -> list[pymupdf.Rect]:
    """The rectangles of a colour, from the top down."""
    wanted = tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    found = [path["rect"] for path in page.get_drawings() if path["fill"] and math.dist(path["fill"], wanted) < 0.01]
    return sorted((rect for rect in found if 2 < rect.height < 20), key=lambda rect: rect.y0)


def test_bars_behind_a_table(build: Build) -> None:
    """Rises and falls stand round one zero, on one line where they never meet, else one over another, to one scale."""
    text = MINIMAL.replace(MARKET, "市场概况:\n  - 上证指数[@sse]。\n" + BARS % ("[当周, 全年]", "[甲, 2, -4], [乙, 4, --]"))
    page = pymupdf.open(stream=build(text, brand="lanxu").pdf)[0]
    amber, grey = [[rect for rect in filled(page, colour) if rect.x0 > 380] for colour in ("#f0a020", "#737a84")]
    assert len(amber) == 2
    assert len(grey) == 1
    assert amber[0].x0 == pytest.approx(amber[1].x0) == pytest.approx(grey[0].x1)
    assert (amber[0].y0, amber[0].y1) == pytest.approx((grey[0].y0, grey[0].y1))
    assert [amber[1].width, grey[0].width] == pytest.approx([2 * amber[0].width] * 2)
    assert amber[1].x1 == pytest.approx(547.28, abs=0.1)  # the right edge of the table
    names = [word for word in page.get_text("words") if word[4] in ("当周", "全年") and word[0] > 380]
    assert {word[4] for word in names} == {"当周", "全年"}
    text = text.replace("-4", "6")
    page = pymupdf.open(stream=build(text, brand="lanxu").pdf)[0]
    amber, grey = [[rect for rect in filled(page, colour) if rect.x0 > 380] for colour in ("#f0a020", "#737a84")]
    swatches = [rect for rect in (*amber, *grey) if abs(rect.width - rect.height) < 0.1]
    assert len(swatches) == 2
    over, under = amber[1], grey[1]  # the first is the swatch
    assert over.y1 == pytest.approx(under.y0, abs=0.01)
    assert over.x0 == pytest.approx(under.x0)
    assert under.width == pytest.approx(3 * over.width)
    page = pymupdf.open(stream=build(text, brand="hengting").pdf)[0]
    assert not [rect for rect in filled(page, "#1e3a5a") if rect.width > 30]  # a house without fills in its tables


def test_names_without_room_are_said(build: Build) -> None:
    """Words under columns that cannot be printed are a warning, not silence."""
    rows = ", ".join(f"[非银行金融与保险服务{chr(0x4E00 + place)}, {place}]" for place in range(40))
    text = MINIMAL.replace(MARKET, BASE.format(kind="column") + f"    rows: [{rows}]\n")
    build(text, expect=("chart-names",))


# --- the gallery -----------------------------------------------------------------------------------------------------


class Made:
    """The gallery in one brand: its pages as laid out and its PDF."""

    def __init__(self, brand: str, pages: Pages, pdf: bytes) -> None:
        self.brand = brand
        self.pages = pages
        self.pdf = pdf


@pytest.fixture(scope="module", params=BRANDS)
def gallery(request: pytest.FixtureRequest, cache: str) -> Made:
    """The gallery, without a word of complaint."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    report = Report()
    note = read_note(str(GALLERY), world, report, Stages(), brand=request.param)
    laid = lay_out(note, str(GALLERY), world, report, Stages()) if note is not None else None
    made = compile_note(str(GALLERY), world, report, brand=request.param)
    assert not len(report), "\n".join(map(render_short, report))
    assert laid is not None
    assert made is not None
    return Made(request.param, laid.pages, made.pdf)


def figures(pages: Pages) -> dict[int, tuple[Element, int, list[object]]]:
    """Each figure with its page and its items."""
    found: dict[int, tuple[Element, int, list[object]]] = {}
    for place, page in enumerate(pages.pages):
        for item in page.items:
            owner = getattr(item, "owner", None)
            if isinstance(owner, Element) and owner.tag == "Figure":
                found.setdefault(id(owner), (owner, place, []))[2].append(item)
    return found


def boxes_of(items: list[object]) -> list[tuple[float, float, float, float, str]]:
    """What the words of a figure take up, drawn tight round their figures."""
    out = []
    for item in items:
        if isinstance(item, TextItem):
            size = item.segments[0].style.size
            left = item.x + item.segments[0].x
            right = item.x + max(segment.x + segment.width for segment in item.segments)
            out.append((left, item.y - 0.74 * size, right, item.y, "".join(segment.text for segment in item.segments)))
    return out


def test_no_words_touch(gallery: Made) -> None:
    """In no figure do two words overlap, and none leaves the text."""
    for element, page, items in figures(gallery.pages).values():
        boxes = boxes_of(items)
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart_x = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
                apart_y = one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1
                assert apart_x or apart_y, (element.alt, one[4], other[4])
            assert 47 < one[0] < one[2] < 552, (page, one)


def test_nothing_strikes_words(gallery: Made) -> None:
    """No grid line, bar, slice or line of a series goes through words that have no ground of their own."""
    assert not [found for page in pymupdf.open(stream=gallery.pdf) for found in struck(page)]


def test_every_chart_is_a_figure(gallery: Made, tmp_path: Path) -> None:
    """Each chart is one Figure with its alternative text and a box round all that is drawn (ISO 14289-1, 7.3)."""
    path = tmp_path / "gallery.pdf"
    path.write_bytes(gallery.pdf)
    reader = PdfReader(path)
    found: list[DictionaryObject] = []
    stack = [reader.root_object["/StructTreeRoot"]["/K"]]
    while stack:
        node = stack.pop().get_object()
        if isinstance(node, list):
            stack += list(node)
        elif isinstance(node, DictionaryObject):
            if node.get("/S") == "/Figure":
                found.append(node)
            if "/K" in node:
                stack.append(node["/K"])
    assert len(found) == GALLERY.read_text("utf-8").count("- chart:") + 3  # and three small lines
    for figure in found:
        assert len(figure["/Alt"]) > 8
        left, bottom, right, top = (float(edge) for edge in figure["/A"]["/BBox"])
        assert 40 < left < right < 560
        assert 0 < bottom < top < 842


def test_words_are_text(gallery: Made) -> None:
    """Labels come back as text, in the brand's embedded faces."""
    document = pymupdf.open(stream=gallery.pdf)
    text = "".join(page.get_text() for page in document)
    for words in (
        "2,974.93",
        "2,898.88",
        "+2.06",
        "−19.41",
        "12.26",
        "V6 发布，画面中可嵌入英文单词",
        "4,321",
        "32.5",
        "建筑装饰",
        "日均成交额（右轴）",
        "上证科创板",
    ):
        assert words in text, words
    fonts = {font[3] for page in document for font in page.get_fonts()}
    assert all("Noto" in name for name in fonts)


def test_bars_are_as_wide_as_their_values(gallery: Made) -> None:
    """Read back from the PDF: the bars of both series, eight in all, in proportion to the table's numbers."""
    values = {"hengting": ((0x1E, 0x3A, 0x5A), (0x85, 0x96, 0xAA)), "lanxu": ((0xF0, 0xA0, 0x20), (0x73, 0x7A, 0x84))}
    first, second = values[gallery.brand]
    document = pymupdf.open(stream=gallery.pdf)
    page = next(page for page in document if "−19.41" in page.get_text() and "−13.54" in page.get_text())
    thick = {"hengting": 9, "lanxu": 10}[gallery.brand]
    top = page.search_for("−13.54")[0].y0 - 60
    foot = page.search_for("−11.38")[0].y1 + 20
    found: dict[tuple[int, ...], list[float]] = {first: [], second: []}
    for shape in page.get_drawings():
        colour = tuple(round(part * 255) for part in shape["fill"] or ())
        rect = shape["rect"]
        if colour in found and abs(rect.height - thick) < 0.01 and top < rect.y0 < foot:
            found[colour].append(rect.width)
    wide = found[first] + found[second]
    assert [round(width / wide[0] * 2.06, 2) for width in wide] == [2.06, 3.29, 3.59, 2.81, 3.7, 13.54, 19.41, 11.38]


def test_last_label_stands_at_the_last_point(gallery: Made) -> None:
    """The last value is beside the line's end, level with it; the lowest is under its point."""
    items = next(items for element, _, items in figures(gallery.pages).values() if "2,898.88" in element.alt)
    (line,) = [item for item in items if isinstance(item, PathItem) and item.stroke and not item.fill]
    points = [step[1:] for step in line.steps]
    boxes = {box[4]: box for box in boxes_of(items)}
    last, lowest = boxes["2,974.93"], boxes["2,898.88"]
    assert 0 < last[0] - points[-1][0] < 10
    assert last[1] < points[-1][1] < last[3]
    x, y = max(points, key=lambda point: point[1])
    assert lowest[0] < x < lowest[2]
    assert 0 < lowest[1] - y < 10
    scale = Scale(2850, 3000, *sorted([box[3] for text, box in boxes.items() if text in ("2,850", "3,000")], reverse=True))
    for value, point in zip((2914.78, 2918.81, 2898.88, 2914.61, 2954.70, 2974.93), points):
        assert scale.at(value) - point[1] == pytest.approx(scale.at(2914.78) - points[0][1], abs=0.01)


def test_bars_in_a_table_share_a_scale(gallery: Made) -> None:
    """Bars beside the numbers of a column are artifacts, in proportion, from one line of zero."""
    rects = [item for page in gallery.pages.pages for item in page.items if isinstance(item, RectItem)]
    up = {"hengting": "#ad2218", "lanxu": "#b3211a"}[gallery.brand]
    found = [rect for rect in rects if rect.colour == up and not isinstance(rect.owner, Element)]
    assert [round(rect.width / found[0].width * 2.06, 2) for rect in found] == [2.06, 3.29, 3.59, 2.81]
    assert len({rect.x for rect in found}) == 1


def test_cut_axis_is_said(gallery: Made) -> None:
    """A line whose axis does not start at zero says so in the note."""
    text = "".join(page.get_text() for page in pymupdf.open(stream=gallery.pdf))
    assert text.count("纵轴未从零起") == 6


def test_gallery_is_reproducible(gallery: Made, cache: str) -> None:
    """The same bytes again."""
    world = World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)
    made = compile_note(str(GALLERY), world, Report(), brand=gallery.brand)
    assert made is not None
    assert made.pdf == gallery.pdf


@pytest.mark.skipif(not verapdf.available(), reason="no Java for the judge")
def test_gallery_conforms(gallery: Made, tmp_path: Path) -> None:
    """PDF/A-3a and PDF/UA-1."""
    path = tmp_path / "gallery.pdf"
    path.write_bytes(gallery.pdf)
    conforms, words = verapdf.judge([str(path)], "3a,ua1")
    assert conforms, words


@pytest.mark.parametrize(
    ("typed", "decimals"),
    [
        (["1.0142", "1.0447"], 4),  # a net value, a rate of exchange: as typed
        (["7.2464", "6.9"], 4),
        (["2.06", "3.5"], 2),
        (["12.345678", "3.1"], 2),  # reckoned, not typed
        (["2974.9312", "2954.7"], 2),
        (["0.000123", "0.5"], 4),
        (["3", "14"], 0),
    ],
)
@pytest.mark.parametrize("times", [1, 200])
def test_labels_show_the_decimals_of_small_numbers(typed: list[str], decimals: int, times: int) -> None:
    """In short columns and in long ones, which are read as a whole."""
    where = Span(SourceFile("d.csv", "x"), 0, 1)
    cells = Cells(["v"], [typed * times], lambda _column, _row: where, where)
    assert numbers_of(cells, 0, Report())[1] == decimals
