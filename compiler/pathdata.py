"""SVG path data (SVG 1.1, 8.3) → steps: M L H V C Q Z, absolute and relative; enough for a logo drawn for a brand file."""

from __future__ import annotations

from .pattern import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    Step = tuple[str | float, ...]

_TOKEN = later(r"(?a)([MLHVCQZmlhvcqz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([\s,]+)|(.)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}
_ARC = 0.5522847498  # control arm of a quarter circle of radius 1, 4/3 (sqrt 2 - 1)


class PathError(ValueError):
    """What is wrong with the path, and at which of its characters."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def path_steps(data: str) -> tuple[Step, ...]:
    """Absolute steps ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",).  Errors: PathError."""
    steps: list[Step] = []
    x = y = start_x = start_y = 0.0
    for letter, place, numbers in _commands(data):
        command = letter.upper()
        relative = letter != command
        if not steps and command != "M":
            raise PathError("it does not start with M", place)
        count = _COUNTS[command]
        if (len(numbers) % count or not numbers) if count else numbers:
            raise PathError(f"{letter} takes {count} numbers at a time, not {len(numbers)}", place)
        if command == "Z":
            steps.append(("Z",))
            x, y = start_x, start_y
        for at in range(0, len(numbers), count or 1):
            points = _absolute(command, numbers[at : at + count], x, y, relative)
            if command == "Q":
                points = _raised(x, y, points)
            x, y = points[-2], points[-1]
            if command == "M" and at == 0:
                start_x, start_y = x, y
                steps.append(("M", x, y))
            else:
                steps.append(("C" if len(points) == 6 else "L", *points))
    if not steps:
        raise PathError("it is empty", 0)
    return tuple(steps)


def _absolute(command: str, numbers: list[float], x: float, y: float, relative: bool) -> list[float]:
    """The points of one step, as x and y by turns."""
    dx, dy = (x, y) if relative else (0.0, 0.0)
    if command == "H":
        return [numbers[0] + dx, y]
    if command == "V":
        return [x, numbers[0] + dy]
    return [value + (dy if index % 2 else dx) for index, value in enumerate(numbers)]


def _raised(x: float, y: float, points: list[float]) -> list[float]:
    """A quadratic curve from (x, y) as the cubic one that is the same."""
    middle_x, middle_y, end_x, end_y = points
    return [
        x + (middle_x - x) * 2 / 3, y + (middle_y - y) * 2 / 3,
        end_x + (middle_x - end_x) * 2 / 3, end_y + (middle_y - end_y) * 2 / 3,
        end_x, end_y,
    ]  # fmt: skip


def _commands(data: str) -> list[tuple[str, int, list[float]]]:
    """Each letter with its place and the numbers after it."""
    out: list[tuple[str, int, list[float]]] = []
    for found in _TOKEN.finditer(data):
        letter, number, _, other = found.groups()
        if letter:
            out.append((letter, found.start(), []))
        elif number:
            if not out:
                raise PathError("it does not start with M", found.start())
            value = float(number)
            if abs(value) > 1e6:
                raise PathError(f"{number} is out of all proportion", found.start())
            out[-1][2].append(value)
        elif other:
            raise PathError(f"`{other}` does not belong in a path", found.start())
    return out


def circle_steps(x: float, y: float, radius: float) -> tuple[Step, ...]:
    """A full circle of four curves."""
    arm = radius * _ARC
    left, right, top, bottom = x - radius, x + radius, y - radius, y + radius
    return (
        ("M", left, y),
        ("C", left, y - arm, x - arm, top, x, top),
        ("C", x + arm, top, right, y - arm, right, y),
        ("C", right, y + arm, x + arm, bottom, x, bottom),
        ("C", x - arm, bottom, left, y + arm, left, y),
        ("Z",),
    )


def rectangle_steps(x: float, y: float, width: float, height: float) -> tuple[Step, ...]:
    """A rectangle from its upper left corner."""
    return (("M", x, y), ("L", x + width, y), ("L", x + width, y + height), ("L", x, y + height), ("Z",))
