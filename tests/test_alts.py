"""Alternative texts: what says nothing is refused, and what says anything is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import MINIMAL

CAPTION = "主要指数普涨，Growth leads"


def table() -> dict[str, list[str]]:
    """Texts by what is wrong with them."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "cases" / "alts" / "ALTS").read_text("utf-8").splitlines():
        if line.startswith("=== "):
            texts = found[line[4:]] = []
        elif not line.startswith("#"):
            texts.append(line)
    return found


TABLE = table()
GOOD = TABLE.pop("good")
REFUSED = TABLE | {"is empty": ["", "  "]}


def faults(alt: str, root: Path, cache: str, kind: str = "figure") -> list[tuple[str, str]]:
    """(code, message) of a note with one exhibit."""
    words = alt.replace("'", "''")
    rest = f"alt: '{words}', caption: '{CAPTION}', source: sse, unit: '%'"
    exhibit = f"figure: {{image: pixel.png, {rest}}}" if kind == "figure" else f"{{chart: bar, {rest}, rows: [[甲, 1], [乙, 2]]}}"
    text = MINIMAL.replace("每周一图: |\n  文生视频走向公众。\n", f"每周一图:\n  - {exhibit}\n")
    (root / "notes" / "a.yaml").write_text(text, encoding="utf-8")
    report = Report()
    compile_note(str(root / "notes" / "a.yaml"), World(environ={}, cwd=str(root), cache_dir=cache), report)
    return [(item.code, item.message) for item in report]


@pytest.mark.parametrize(("fault", "alt"), [(fault, alt) for fault, alts in REFUSED.items() for alt in alts])
def test_refused(fault: str, alt: str, root: Path, cache: str) -> None:
    """A text that says nothing is an error that says why."""
    found = faults(alt, root, cache)
    assert [code for code, _ in found] == ["figure-alt"]
    message = found[0][1].removeprefix("the alternative text ")
    assert message == fault or (message.startswith(fault) and fault != "repeats the caption")


@pytest.mark.parametrize("alt", GOOD)
def test_good(alt: str, root: Path, cache: str) -> None:
    """No false alarm."""
    assert not faults(alt, root, cache)


def test_of_charts(root: Path, cache: str) -> None:
    """Charts are held to the same."""
    for alt in ("柱形图", "图1", f"{CAPTION}。", "chart.png"):
        assert [code for code, _ in faults(alt, root, cache, "chart")] == ["chart-alt"]
    assert not faults("横条：甲 1，乙 2", root, cache, "chart")
