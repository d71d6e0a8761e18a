"""SVG path data (SVG 1.1, 8.3) → steps: M L H V C Z, absolute and relative; enough for a logo drawn for a brand file."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    Step = tuple[str | float, ...]

_TOKEN = re.compile(r"([MLHVCZmlhvcz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)|(.)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}


class PathError(ValueError):
    """What is wrong with the path."""


def path_steps(data: str) -> tuple[Step, ...]:
    """Absolute steps ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",).  Errors: PathError."""
    steps: list[Step] = []
    x = y = start_x = start_y = 0.0
    for letter, numbers in _commands(data):
        command = letter.upper()
        relative = letter != command
        if not steps and command != "M":
            raise PathError("it does not start with M")
        count = _COUNTS[command]
        if count == 0:
            steps.append(("Z",))
            x, y = start_x, start_y
            continue
        if not numbers or len(numbers) % count:
            raise PathError(f"{letter} takes {count} numbers at a time, not {len(numbers)}")
        for at in range(0, len(numbers), count):
            part = numbers[at : at + count]
            dx, dy = (x, y) if relative else (0.0, 0.0)
            if command == "H":
                x = part[0] + dx
            elif command == "V":
                y = part[0] + dy
            elif command == "C":
                points = [value + (dy if index % 2 else dx) for index, value in enumerate(part)]
                steps.append(("C", *points))
                x, y = points[4], points[5]
                continue
            else:
                x, y = part[0] + dx, part[1] + dy
                if command == "M" and at == 0:
                    start_x, start_y = x, y
                    steps.append(("M", x, y))
                    continue
            steps.append(("L", x, y))
    if not steps:
        raise PathError("it is empty")
    return tuple(steps)


def _commands(data: str) -> list[tuple[str, list[float]]]:
    out: list[tuple[str, list[float]]] = []
    for found in _TOKEN.finditer(data):
        letter, number, _, other = found.groups()
        if letter:
            out.append((letter, []))
        elif number:
            if not out:
                raise PathError("it does not start with M")
            out[-1][1].append(float(number))
        elif other:
            raise PathError(f"`{other}` does not belong in a path")
    return out
