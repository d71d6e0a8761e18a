"""Regular expressions kept compiled from one process to the next."""

from __future__ import annotations

import marshal
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from compiler import pattern
from conftest import REPOSITORY

SOURCES = [
    (r"(?P<a>上涨|收涨)了?(?P<b>\d+(?:\.\d+)?)%", 0, "当周收涨2.06%"),
    (r"(?<!\d)[a-z]+$", re.IGNORECASE | re.MULTILINE, "1 ABC\nDEF"),
    (r"[\u3400-\u9fff]+(?=，)", 0, "主要指数，集体"),
    (r"(x)|(y)|(?:z)", 0, "zyx"),
]


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern, "_known", {})
    monkeypatch.setattr(pattern, "_fresh", {})
    monkeypatch.setattr(pattern, "_kept", False)


@pytest.mark.parametrize(("source", "flags", "text"), SOURCES)
def test_a_kept_pattern_finds_the_same(source: str, flags: int, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups, names and places, and flags."""
    stock = [(found.span(), found.groups(), found.groupdict(), found.lastgroup) for found in re.finditer(source, text, flags)]
    pattern.learn(None)
    for _ in range(2):  # compiled here, then from its program
        kept = pattern.later(source, flags)
        assert [(found.span(), found.groups(), found.groupdict(), found.lastgroup) for found in kept.finditer(text)] == stock
        data = pattern.lessons()
        assert data is not None
        monkeypatch.setattr(pattern, "_known", {})
        pattern.learn(data)
        monkeypatch.setattr(pattern, "_fresh", dict.fromkeys([("other", 0)], (0, b"", 0, {}, ())))


@pytest.mark.parametrize("damage", [b"", b"junk", marshal.dumps([1]), marshal.dumps({("a+", 0): (0, b"\1\2\3\4", 0, {}, ())})])
def test_damaged_programs_are_compiled_anew(damage: bytes) -> None:
    """What the interpreter does not take does no harm."""
    pattern.learn(damage)
    assert pattern.later("a+").findall("caat") == ["aa"]


def test_the_command_keeps_them(tmp_path: Path) -> None:
    """The first run writes them, the second compiles none; the pages are the same bytes."""
    code = (
        "import sys, re._compiler as c\nmade = []\nown = c._code\n"
        "c._code = lambda *a: (made.append(1), own(*a))[1]\nimport os, compiler.start as start\n"
        "real = os._exit\nos._exit = lambda n: (print(len(made), file=sys.stderr), sys.stderr.flush(), real(n))\n"
        "sys.argv[1:] = ['--quiet', 'notes/2023w52.yaml', '-o', sys.argv[1]]\nstart.entry()\n"
    )
    counts, made = [], []
    for turn in range(2):
        target = tmp_path / f"{turn}.pdf"
        environ = {**os.environ, "CN_CACHE_DIR": str(tmp_path / "cache"), "CN_PACKS": "0", "PYTHONPATH": str(REPOSITORY)}
        command = [sys.executable, "-c", code, str(target)]
        done = subprocess.run(command, capture_output=True, text=True, env=environ, cwd=REPOSITORY, check=True)
        counts.append(int(done.stderr.split()[-1]))
        made.append(target.read_bytes())
    assert counts[0] > counts[1] + 30
    assert made[0] == made[1]
