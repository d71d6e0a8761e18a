"""How long the composer takes: the first note's paragraphs, 3,000 characters, total fit, warm, on one core.

`python tests/bench/compose.py` prints milliseconds at 3,000 and 12,000 characters, so that linear growth shows; with --check it
exits 1 when 3,000 take more than 6 ms or a character costs half as much again in the longer text.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that it runs from a checkout without installation

import stress
from compiler.text import set_paragraph
from compiler.text.setting import Run, RunStyle

LENGTH = 3000
MEASURE, SIZE = 378.0, 10.5  # 36 em
BAR = 6.0  # ms
GROWTH = 1.5


def text_of(length: int) -> list[str]:
    """Paragraphs of the first note, repeated to a length, no two alike."""
    words = [words for words in stress.prose(stress.read(stress.shipped()[0])) if len(words) > 40]
    found: list[str] = []
    turn = 0
    while sum(map(len, found)) < length:
        found.append(words[turn % len(words)][turn // len(words) :])
        turn += 1
    return found


def best(paragraphs: list[str], face: object, rounds: int = 30) -> float:
    """Milliseconds of the quickest round."""
    style = RunStyle((face,), SIZE, "#000000")  # type: ignore[arg-type]
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for text in paragraphs:
            set_paragraph([Run(text, style)], MEASURE, size=SIZE, indent=2 * SIZE)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Print; with --check judge."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    face = stress.face_of(stress.font())
    short, long = text_of(LENGTH), text_of(4 * LENGTH)
    first, second = best(short, face), best(long, face)
    growth = second / first * sum(map(len, short)) / sum(map(len, long))
    print(f"{sum(map(len, short)):,} characters {first:.2f} ms, {sum(map(len, long)):,} characters {second:.2f} ms")
    print(f"a character in the longer text costs {growth:.2f} of one in the shorter")
    if "--check" in sys.argv and (first > BAR or growth > GROWTH):
        sys.exit(1)


if __name__ == "__main__":
    main()
