"""Frozen records: the plain way and the one written for a class after its first instances behave alike."""

from __future__ import annotations

import pytest

from compiler.record import FEW, Record


class Point(Record):
    """A record."""

    x: int
    y: int = 2


class Named(Point):
    """One that adds a field."""

    name: str = ""


@pytest.mark.parametrize("turn", range(FEW + 5))
def test_records_stay_the_same(turn: int) -> None:
    """Defaults, names, order, equality and the lock, before and after the change of constructor."""
    point = Point(turn, y=3)
    assert (point.x, point.y, Point(1).y) == (turn, 3, 2)
    assert point == Point(turn, 3)
    assert hash(point) == hash(Point(turn, 3))
    assert point.replace(x=9) == Point(9, 3)
    assert repr(point) == f"Point(x={turn}, y=3)"
    assert type(point) is Point
    named = Named(turn, 3, "a")
    assert (named.x, named.name, type(named)) == (turn, "a", Named)
    assert named != point
    for wrong in (lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Point(1, x=2)):
        with pytest.raises(TypeError):
            wrong()
    if turn == FEW + 4:
        assert Point.__init__.__qualname__ == "Point.__init__"
    with pytest.raises(AttributeError, match="frozen"):
        point.x = 1  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del point.x
    with pytest.raises(AttributeError):
        point.z = 1  # type: ignore[attr-defined]


def test_a_class_without_fields() -> None:
    """It takes none."""

    class Bare(Record):
        """Nothing in it."""

    assert Bare() == Bare()
    with pytest.raises(TypeError):
        Bare(1)
