"""What a chart costs a warm compile: `python tests/bench/charts.py [--check]`.

Charts of each kind are compiled in a note of their own, and the same note without them; medians of 15 in one process,
after two of each.  A line of 10,000 points is among them: its file is parted by columns, its days and numbers are read as
a whole, once in a process while the file is the same, and of its points those are kept that can be seen in print, before
anything is reckoned of them; as it travels in the PDF too, packed, it stays packed for the next compile of the process.
`--check` fails where one costs more than BAR.
"""

from __future__ import annotations

import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World

BAR = 10.0  # milliseconds
TURNS = 15
HEAD = """\
title: 图
published: 2024-01-02
brand: hengting
sources: {sse: {kind: 数据库, publisher: 上海证券交易所, title: 指数, url: https://www.sse.com.cn/}}
热点聚焦: 从略。
每周关注: 从略。
每周一图: 从略。
市场概况:
  - 见图[@sse]。
"""
COMMON = "    caption: 题\n    alt: 图中各数自左至右先升后降\n    source: sse\n"
ROWS = "    rows:\n" + "".join(f"      - [第 {n} 项, {n * 7 % 11 + 1}, {n * 5 % 7 + 1}]\n" for n in range(8))


def charts(folder: Path) -> dict[str, str]:
    """The charts by name."""
    chance = random.Random(1)
    day, value = date(1996, 1, 1), 3000.0
    lines = []
    for _ in range(10_000):
        value *= 1 + chance.gauss(0, 0.01)
        day += timedelta(days=1)
        lines.append(f"{day.isoformat()},{value:.2f}\n")
    found = {}
    for count in (60, 500, 10_000):
        (folder / "notes" / f"{count}.csv").write_text("日期,收盘\n" + "".join(lines[-count:]), encoding="utf-8")
        data = f"    data: {{csv: {count}.csv}}\n    x: 日期\n    series: [收盘]\n"
        found[f"line, {count:,} points"] = f"  - chart: line\n{COMMON}{data}"
    two = f"{COMMON}    x: 名\n    series: [甲, 乙]\n{ROWS}"
    found["bar, 8 × 1"] = (
        f"  - chart: bar\n{COMMON}    x: 名\n    series: [甲]\n" + "    rows: [[一, 3], [二, 5], [三, 2], [四, 4]]\n"
    )
    for kind in ("bar", "column", "area"):
        found[f"{kind}, 8 × 2"] = f"  - chart: {kind}\n{two}"
    found["pie, 4 slices"] = (
        f"  - chart: pie\n{COMMON}    x: 名\n    series: [甲]\n    rows: [[一, 40], [二, 30], [三, 20], [四, 10]]\n"
    )
    return found


def once(text: str, world: World) -> float:
    """Milliseconds of a warm compile."""
    report = Report()
    started = perf_counter()
    made = compile_note("notes/chart.yaml", world, report, data=text.encode())
    if made is None:
        raise SystemExit("\n".join(f"{item.code}: {item.message}" for item in report))
    return (perf_counter() - started) * 1000


def main(check: bool) -> int:
    """The table; with and without by turns, for machines are noisy."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notes").mkdir()
        world = World(environ={}, cwd=name, cache_dir=str(folder / "cache"))
        missed = False
        for kind, chart in charts(folder).items():
            pairs = [(once(HEAD, world), once(HEAD + chart, world)) for _ in range(TURNS + 2)][2:]
            more = median(with_it - without for without, with_it in pairs)
            missed = missed or more > BAR
            print(f"{kind:24}{median(without for without, _ in pairs):8.1f} ms without, {more:5.1f} ms more")
    return int(check and missed)


if __name__ == "__main__":
    raise SystemExit(main("--check" in sys.argv[1:]))
