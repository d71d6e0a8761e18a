"""Regular expressions compiled when they are first used.

A note uses a third of the patterns that could match something in one; compiling the rest would cost 4 ms of a cold compile.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_METHODS = ("match", "search", "fullmatch", "sub", "split", "findall", "finditer")


class _Later:
    """Stands for a pattern; the first use of a method compiles it and puts the pattern's own methods in place."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled on first use."""
    return _Later(source, flags)  # type: ignore[return-value]  # it has a pattern's methods
