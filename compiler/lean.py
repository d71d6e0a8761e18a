"""Imports without their dead weight: stand-ins for modules that ReportLab and uharfbuzz import and a compile never uses.

    with stand_ins():
        from reportlab.pdfgen.canvas import Canvas

In the block, `sys.modules` has a small module in the place of each one listed that is not loaded yet; after it they are
gone, and any later `import` gets the real module.  What ReportLab bound meanwhile forwards to the real module on first use,
so nothing works differently: it is only later.  No library code is changed.  `CN_LEAN=0` in the environment switches it off.
One thing is left out: ReportLab looks for a user's changes to it (`local_rl_mods`, `reportlab_mods`, `~/.reportlab_mods`), and a
compile depends on nothing of the kind.

What it buys, medians of 15 processes on a busy 2-core VM, byte code compiled: importing the canvas alone takes 38 ms without
and 75 ms stock above bare Python (PIL 12, uharfbuzz 12, rl_safe_eval 6, urllib.parse 4, ast 3, pickle 3, rltempfile 3,
hashlib with OpenSSL 2, inspect 2, datetime, glob and platform 1 each); importing uharfbuzz alone 31 and 39 ms (inspect, pathlib).
"""

from __future__ import annotations

import os
import sys
from bisect import bisect_left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType, TracebackType
    from typing import Any
else:
    ModuleType = type(sys)

_SWITCH = "CN_LEAN"

# What uharfbuzz's Cython start code reads from `inspect`: the meaning of code flags, fixed by CPython's C headers.
_CODE_FLAGS = {
    "CO_OPTIMIZED": 1,
    "CO_NEWLOCALS": 2,
    "CO_VARARGS": 4,
    "CO_VARKEYWORDS": 8,
    "CO_NESTED": 16,
    "CO_GENERATOR": 32,
    "CO_COROUTINE": 128,
    "CO_ITERABLE_COROUTINE": 256,
    "CO_ASYNC_GENERATOR": 512,
}


class _Later(ModuleType):
    """A module that is imported when an attribute of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in ("__version__", "__all__", "__file__"):
            raise AttributeError(name)
        return getattr(_real(self.__name__), name)


def _real(name: str) -> ModuleType:
    """The module itself, imported now if need be."""
    module = sys.modules.get(name)
    if module is None or type(module) is _Later:
        sys.modules.pop(name, None)
        __import__(name)
        module = sys.modules[name]
    return module


def _later_function(module: str, name: str) -> Callable[..., Any]:
    """A function that calls the real one; for what is bound by `from … import`."""

    def forward(*args: Any, **named: Any) -> Any:
        return getattr(_real(module), name)(*args, **named)

    forward.__name__ = forward.__qualname__ = name
    forward.__module__ = module
    return forward


def _module(name: str, *functions: str, **constants: object) -> _Later:
    module = _Later(name)
    for function in functions:
        setattr(module, function, _later_function(name, function))
    for constant, value in constants.items():
        setattr(module, constant, value)
    return module


def _pillow() -> _Later:
    """PIL with its Image: an empty `__path__` makes `from PIL import Image` take the attribute and search no further."""
    return _module("PIL", __path__=[], Image=_module("PIL.Image"))


def _python_implementation() -> str:
    """`platform.python_implementation()`, which ReportLab calls while it is imported."""
    return {"cpython": "CPython", "pypy": "PyPy"}.get(sys.implementation.name) or str(_real("platform").python_implementation())


def _numbers(*values: Any) -> str:
    """`reportlab.lib.rl_accel.fp_str`: six significant digits, at most six decimals, no needless zeros.

    Its module tries eleven imports of an accelerator that is not installed before it falls back on Python: 2 ms.
    """
    if len(values) == 1 and isinstance(values[0], tuple | list):
        values = tuple(values[0])
    out = []
    for value in values:
        size = abs(value)
        if size <= 1e-7:
            out.append("0")
            continue
        text = _PLACES[bisect_left(_SIZES, size)] % value
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        out.append(text[1:] if text[0] == "0" and len(text) > 1 else text)
    return " ".join(out)


_SIZES = (9.999999999999998, 99.99999999999999, 999.9999999999999, 9999.999999999998, 99999.99999999999, 999999.9999999999)
_PLACES = ("%.6f", "%.5f", "%.4f", "%.3f", "%.2f", "%.1f", "%.0f")


class _Path:
    """`pathlib.Path` where it only serves as an annotation."""

    def __new__(cls, *args: Any) -> Any:
        return _real("pathlib").Path(*args)


_STAND_INS: dict[str, Callable[[], ModuleType]] = {
    "PIL": _pillow,
    "ast": lambda: _module("ast", "literal_eval"),
    "base64": lambda: _module("base64", "decodebytes", "encodebytes"),
    "datetime": lambda: _module("datetime"),
    "glob": lambda: _module("glob", "glob"),
    "hashlib": lambda: _module("hashlib", "md5"),
    "inspect": lambda: _module("inspect", **_CODE_FLAGS),
    "pathlib": lambda: _module("pathlib", Path=_Path),
    "pickle": lambda: _module("pickle"),
    "platform": lambda: _module("platform", python_implementation=_python_implementation),
    "reportlab.lib.rl_safe_eval": lambda: _module(
        "reportlab.lib.rl_safe_eval", "rl_safe_exec", "rl_safe_eval", "safer_globals", "rl_extended_literal_eval"
    ),
    "reportlab.lib.rl_accel": lambda: _module(
        "reportlab.lib.rl_accel", "instanceStringWidthT1", "instanceStringWidthTTF", "unicode2T1", "escapePDF", fp_str=_numbers
    ),
    "reportlab.local_rl_mods": lambda: _module("reportlab.local_rl_mods"),
    "reportlab_mods": lambda: _module("reportlab_mods"),
    "reportlab.lib.rltempfile": lambda: _module("reportlab.lib.rltempfile", "get_rl_tempfile", "get_rl_tempdir"),
    "uharfbuzz": lambda: _module("uharfbuzz"),
    "urllib.parse": lambda: _module("urllib.parse", "unquote", "urlparse"),
}


class stand_ins:  # lower case: it reads as a statement: with stand_ins():
    """The block in which the stand-ins stand; names given in `but` are imported as they are."""

    def __init__(self, *but: str) -> None:
        self._but = but
        self._placed: dict[str, ModuleType] = {}

    def __enter__(self) -> None:
        if os.environ.get(_SWITCH) == "0":
            return
        for name, make in _STAND_INS.items():
            if name not in sys.modules and name not in self._but:
                sys.modules[name] = self._placed[name] = make()

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        for name, module in self._placed.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
        self._placed.clear()
