"""What attachments and claims cost: `python tests/bench/standards.py`, warm compiles of the weekly, one process, in turn.

Prints the median milliseconds of each --standard and its ratio to plain, which has neither attachments nor claims (all three are
tagged: tags are laid out with the text and cannot be left out).  `--check` fails above the bar.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World

REPOSITORY = Path(__file__).resolve().parents[2]
NOTE = REPOSITORY / "notes" / "2023w52.yaml"
STANDARDS = ("a-3a", "a-2u", "plain")
ROUNDS = 60
BAR = 1.15


def main() -> int:
    """Print the table; 1 with --check when the bar is missed."""
    world = World(cwd=str(REPOSITORY))
    times: dict[str, list[float]] = {standard: [] for standard in STANDARDS}
    for turn in range(ROUNDS + 3):
        for standard in STANDARDS:
            started = perf_counter()
            if compile_note(str(NOTE), world, Report(), standard=standard) is None:
                raise SystemExit("the weekly does not compile")
            if turn >= 3:
                times[standard].append((perf_counter() - started) * 1000)
    plain = median(times["plain"])
    for standard in STANDARDS:
        print(f"{standard:<6} {median(times[standard]):6.1f} ms  {median(times[standard]) / plain:.3f} of plain")
    missed = median(times["a-3a"]) / plain > BAR
    return int(missed and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
