"""Frozen data without `import dataclasses`.

In: classes that list typed fields, as a dataclass does.  Out: slotted, immutable, comparable objects with a readable
`repr`.  `import dataclasses` costs 7 ms of a cold compile and each of its classes some 0.3 ms more; this costs 10 µs a
class.  mypy checks the fields through `typing.dataclass_transform`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_options):
        return lambda cls: cls


class _Fields(type):
    """Turns annotations into slots and keeps their defaults aside."""

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]
    _made: int
    _puts: list[Callable[[Any, Any], None]] | None

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> _Fields:
        own = tuple(namespace.get("__annotations__", ()))
        defaults = {field: namespace.pop(field) for field in own if field in namespace}
        namespace["__slots__"] = own
        namespace.setdefault("__init__", _first)
        cls = super().__new__(mcls, name, bases, namespace)
        fields: tuple[str, ...] = ()
        for base in bases:
            if isinstance(base, _Fields):
                fields += base._fields
                defaults = base._defaults | defaults
        cls._fields = fields + own
        cls._defaults = defaults
        cls._made = 0
        cls._puts = None
        return cls


FEW = 20  # instances after which a class gets an `__init__` of its own; by then the plain way has cost as much as making it


def _first(self: Any, *args: Any, **named: Any) -> None:
    """The `__init__` of a class for its first few instances."""
    cls = type(self)
    cls._made += 1
    if cls._made > FEW:
        cls.__init__ = _written(cls)
        self.__init__(*args, **named)
        return
    puts = cls._puts
    if puts is None:
        puts = cls._puts = [_slot(cls, name).__set__ for name in cls._fields]
    if len(args) != len(puts) or named:
        args = _ordered(cls, args, named)
    for put, value in zip(puts, args):
        put(self, value)


def _ordered(cls: Any, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """A value for each field, out of what a call gives and the defaults."""
    fields = cls._fields
    if len(args) > len(fields):
        raise TypeError(f"{cls.__name__} takes {len(fields)} fields, got {len(args)}")
    values = {**cls._defaults, **dict(zip(fields, args))}
    for name, value in named.items():
        if name not in fields or name in fields[: len(args)]:
            raise TypeError(f"{cls.__name__} has no field, or was given it twice: {name!r}")
        values[name] = value
    for name in fields:
        if name not in values:
            raise TypeError(f"{cls.__name__} needs the field {name!r}")
    return tuple([values[name] for name in fields])


_FUNCTION: Any = type(lambda: None)
shapes: dict[int, CodeType] = {}  # the code of an `__init__` of so many fields


def _shape(count: int) -> CodeType:
    """`def __init__(self, f0, f1): s0(self, f0); s1(self, f1)`, compiled once for all classes of as many fields."""
    found = shapes.get(count)
    if found is None:
        takes = "".join([f", f{at}" for at in range(count)])
        puts = "; ".join([f"s{at}(self, f{at})" for at in range(count)]) or "pass"
        made: dict[str, Any] = {}
        exec(f"def __init__(self{takes}): {puts}", made)
        found = shapes[count] = made["__init__"].__code__
    return found


def _written(cls: Any) -> Callable[..., None]:
    """An `__init__` for just these fields, 0.5 µs a record instead of 1.5."""
    fields, defaults = cls._fields, cls._defaults
    code = _shape(len(fields)).replace(co_varnames=("self", *fields))
    puts = {f"s{at}": _slot(cls, name).__set__ for at, name in enumerate(fields)}
    late = tuple([defaults[name] for name in fields if name in defaults])
    if [name for name in fields if name in defaults] != list(fields[len(fields) - len(late) :]):
        raise TypeError(f"{cls.__name__}: a field without a default follows one that has it")
    made: Callable[..., None] = _FUNCTION(code, puts, "__init__", late)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _slot(cls: type, name: str) -> Any:
    return next(base.__dict__[name] for base in cls.__mro__ if name in base.__dict__)


@dataclass_transform(frozen_default=True)
class Record(metaclass=_Fields):
    """Base of every frozen value that passes from stage to stage.

    Errors: TypeError for an unknown, repeated or missing field; AttributeError on assignment.
    """

    if TYPE_CHECKING:
        _fields: ClassVar[tuple[str, ...]]
        _defaults: ClassVar[dict[str, Any]]

        def __init__(self, *args: Any, **named: Any) -> None: ...

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; use replace({name}=...)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def values(self) -> tuple[Any, ...]:
        """The field values in the order of their declaration."""
        return tuple([getattr(self, name) for name in self._fields])

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        values = [changes.pop(name) if name in changes else getattr(self, name) for name in self._fields]
        return type(self)(*values, **changes)  # what is left over names no field

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.values() == other.values()

    def __hash__(self) -> int:
        return hash((type(self).__name__, *self.values()))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({inside})"
