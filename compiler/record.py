"""Frozen data without `import dataclasses`.

In: classes that list typed fields, as a dataclass does.  Out: slotted, immutable, comparable objects with a readable
`repr`.  `import dataclasses` costs 7 ms of a cold compile and each of its classes some 0.3 ms more; this costs 20 µs a
class.  mypy checks the fields through `typing.dataclass_transform`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_options):
        return lambda cls: cls


class _Fields(type):
    """Turns annotations into slots and keeps their defaults aside."""

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]
    _made: int

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> _Fields:
        own = tuple(namespace.get("__annotations__", ()))
        defaults = {field: namespace.pop(field) for field in own if field in namespace}
        namespace["__slots__"] = own
        namespace.setdefault("__init__", _first)
        cls = super().__new__(mcls, name, bases, namespace)
        parents = [base for base in bases if isinstance(base, _Fields)]
        cls._made = 0
        cls._fields = (*(field for base in parents for field in base._fields), *own)
        cls._defaults = {key: value for base in parents for key, value in base._defaults.items()} | defaults
        return cls


FEW = 20  # instances after which a class gets an `__init__` of its own; by then the plain way has cost as much as making it


def _first(self: Any, *args: Any, **named: Any) -> None:
    """The `__init__` of a class for its first few instances."""
    cls = type(self)
    cls._made += 1
    if cls._made > FEW:
        _specialise(cls)
        self.__init__(*args, **named)
        return
    fields = cls._fields
    put = object.__setattr__
    if len(args) == len(fields) and not named:
        for name, value in zip(fields, args):
            put(self, name, value)
        return
    if len(args) > len(fields):
        raise TypeError(f"{cls.__name__} takes {len(fields)} fields, got {len(args)}")
    values = dict(zip(fields, args))
    for name, value in named.items():
        if name not in fields or name in values:
            raise TypeError(f"{cls.__name__} has no field, or was given it twice: {name!r}")
        values[name] = value
    for name in fields:
        if name not in values and name not in cls._defaults:
            raise TypeError(f"{cls.__name__} needs the field {name!r}")
        put(self, name, values[name] if name in values else cls._defaults[name])


def _specialise(cls: Any) -> None:
    """Give a class an `__init__` written for its fields: 60 µs once, then 0.5 µs a record instead of 3."""
    defaults = cls._defaults
    names = {f"set_{name}": _slot(cls, name).__set__ for name in cls._fields}
    names |= {f"default_{name}": value for name, value in defaults.items()}
    takes = [f"{name}=default_{name}" if name in defaults else name for name in cls._fields]
    lines = [f"    set_{name}(self, {name})" for name in cls._fields] or ["    pass"]
    exec("\n".join([f"def __init__(self, {', '.join(takes)}):", *lines]), names)
    made = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = made


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
