"""Paths cut to a rectangle by plain geometry, so that nothing of a drawing leaves its box.

In: steps as in `layout.frames.PathItem`.  Out: the same path inside a box, curves as short lines.  Filled areas and lines are
cut by different rules (Sutherland and Hodgman 1974; Liang and Barsky 1984).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]
    Box = tuple[float, float, float, float]
    Step = tuple[str | float, ...]

CHORDS = 12  # lines for one Bézier curve
SLACK = 0.01  # points a path may stick out unnoticed


def hull(steps: Sequence[Step]) -> Box:
    """Left, top, right and bottom over all points, those that only steer curves included."""
    xs = [float(value) for step in steps for value in step[1::2]]
    ys = [float(value) for step in steps for value in step[2::2]]
    return min(xs), min(ys), max(xs), max(ys)


def holds(outer: Box, inner: Box) -> bool:
    """Whether `inner` lies in `outer`."""
    return (
        inner[0] >= outer[0] - SLACK
        and inner[1] >= outer[1] - SLACK
        and inner[2] <= outer[2] + SLACK
        and inner[3] <= outer[3] + SLACK
    )


def meets(one: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common or, flat as a line, lie in each other."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def common(one: Box, other: Box) -> Box:
    """What two boxes have in common; right of left and below top are not checked."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _subpaths(steps: Sequence[Step]) -> list[tuple[list[Point], bool]]:
    """Each subpath as points and whether it is closed, curves in chords."""
    out: list[tuple[list[Point], bool]] = []
    points: list[Point] = []
    for step in steps:
        values = [float(value) for value in step[1:]]
        if step[0] == "M":
            if len(points) > 1:
                out.append((points, False))
            points = [(values[0], values[1])]
        elif step[0] == "L":
            points.append((values[0], values[1]))
        elif step[0] == "C":
            points += _chords(points[-1], values)
        elif points:
            out.append((points, True))
            points = [points[0]]
    if len(points) > 1:
        out.append((points, False))
    return out


def _chords(start: Point, values: list[float]) -> list[Point]:
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, values
    out = []
    for index in range(1, CHORDS + 1):
        t = index / CHORDS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        out.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return out


def cut_area(steps: Sequence[Step], box: Box) -> tuple[Step, ...]:
    """The filled area of a path inside a box."""
    out: list[Step] = []
    for points, _ in _subpaths(steps):
        for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
            points = _half(points, axis, limit, sign)
        if len(points) > 2:
            out += [("M" if not at else "L", round(x, 3), round(y, 3)) for at, (x, y) in enumerate(points)]
            out.append(("Z",))
    return tuple(out)


def _half(points: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """A polygon cut by one edge: what lies on the side of `sign`."""
    out: list[Point] = []
    for index, point in enumerate(points):
        before = points[index - 1]
        inside, was = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if inside != was:
            t = (limit - before[axis]) / (point[axis] - before[axis])
            out.append((before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])))
        if inside:
            out.append(point)
    return out


def cut_line(steps: Sequence[Step], box: Box) -> tuple[Step, ...]:
    """The outline of a path inside a box, in as many pieces as it takes."""
    out: list[Step] = []
    for points, closed in _subpaths(steps):
        last: Point | None = None
        for start, end in zip(points, [*points[1:], *(points[:1] if closed else [])]):
            piece = _piece(start, end, box)
            if piece is None:
                last = None
                continue
            if piece[0] != last:
                out.append(("M", round(piece[0][0], 3), round(piece[0][1], 3)))
            out.append(("L", round(piece[1][0], 3), round(piece[1][1], 3)))
            last = piece[1]
    return tuple(out)


def _piece(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a line inside a box."""
    (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
    enter, leave = 0.0, 1.0
    for step, room in ((-dx, x - box[0]), (dx, box[2] - x), (-dy, y - box[1]), (dy, box[3] - y)):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    if enter > leave:
        return None
    first = start if enter == 0.0 else (x + enter * dx, y + enter * dy)
    return first, end if leave == 1.0 else (x + leave * dx, y + leave * dy)
