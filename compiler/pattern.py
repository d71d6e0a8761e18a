"""Regular expressions compiled when they are first used, and kept compiled from one process to the next.

A note uses a third of the patterns that could match something in one, and compiling those would cost 6 to 20 ms of a cold
compile: Han alternatives make large programs.  What a process has compiled, `lessons` gives as data; `learn` takes it in the
next one, where making a pattern of its program takes 20 µs.  CPython checks a program before it takes it; what does not fit this
interpreter, or is damaged, is compiled anew.
"""

from __future__ import annotations

import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_METHODS = ("match", "search", "fullmatch", "sub", "split", "findall", "finditer")
KEY = f"{sys.implementation.cache_tag}-{sys.hexversion:x}"  # programs are of one version of the interpreter
_known: dict[tuple[str, int], tuple[Any, ...]] = {}  # (flags, program, groups, names, order) of each
_fresh: dict[tuple[str, int], tuple[Any, ...]] = {}
_kept = False  # whether anybody will ask for what is compiled


class _Later:
    """Stands for a pattern; the first use of a method compiles it and puts the pattern's own methods in place."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = _compiled(self._source, int(self._flags))
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled on first use."""
    return _Later(source, flags)  # type: ignore[return-value]  # it has a pattern's methods


def learn(data: bytes | None) -> None:
    """Take what `lessons` of an earlier process gave, None for nothing; from now on what is compiled is kept for others."""
    global _kept
    _kept = True
    if data is None:
        return
    import marshal

    try:
        found = marshal.loads(data)
    except (ValueError, EOFError, TypeError):
        return
    if isinstance(found, dict):
        _known.update(found)


def lessons() -> bytes | None:
    """Programs known and new, as data; None where none is new."""
    if not _fresh:
        return None
    import marshal

    return marshal.dumps({**_known, **_fresh})


def _compiled(source: str, flags: int) -> re.Pattern[str]:
    parts = _known.get((source, flags))
    if parts is not None:
        try:
            import _sre  # type: ignore[import-not-found]  # no stubs

            own, program, groups, names, order = parts
            made: re.Pattern[str] = _sre.compile(source, own, list(memoryview(program).cast("I")), groups, names, order)
            return made
        except (ImportError, RuntimeError, TypeError, ValueError, OverflowError):
            pass
    if not _kept:
        return re.compile(source, flags)
    try:
        return _kept_program(source, flags)
    except (ImportError, AttributeError, TypeError, OverflowError):  # another interpreter's `re`
        return re.compile(source, flags)


def _kept_program(source: str, flags: int) -> re.Pattern[str]:
    """A pattern, its program kept; the steps are those of `re._compiler.compile`."""
    import _sre
    from array import array
    from re import _compiler, _parser  # type: ignore[attr-defined]  # no stubs

    tree = _parser.parse(source, flags)
    program = [int(word) for word in _compiler._code(tree, flags)]
    order: list[str | None] = [None] * tree.state.groups
    for name, place in tree.state.groupdict.items():
        order[place] = name
    own = int(flags | tree.state.flags)
    names = dict(tree.state.groupdict)
    groups = tree.state.groups - 1
    made: re.Pattern[str] = _sre.compile(source, own, program, groups, names, tuple(order))
    _fresh[source, flags] = (own, array("I", program).tobytes(), groups, names, tuple(order))
    return made
