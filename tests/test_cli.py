"""The command as people and machines use it: options, exit codes, what is written and what is left alone."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from compiler import __version__
from compiler.cli import Arguments, UsageError, main
from compiler.world import World
from conftest import MINIMAL, REPOSITORY


@pytest.fixture
def note(root: Path) -> Path:
    """A good note in the root."""
    path = root / "notes" / "good.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    return path


def call(root: Path, cache: str, *argv: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    code = main(list(argv), World(environ={}, cwd=str(root), cache_dir=cache), out, err)
    return code, out.getvalue(), err.getvalue()


def shell(root: Path, cache: str, *argv: str, **options: object) -> subprocess.CompletedProcess[str]:
    """The command as a process."""
    environ = os.environ | {"CN_CACHE_DIR": cache, "CN_PACKS": "0", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "compiler.cli", *argv]
    return subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, timeout=120, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_build_and_summary(note: Path, root: Path, cache: str) -> None:
    """One line says file, pages, size and time; standard output stays free."""
    code, out, err = call(root, cache, "notes/good.yaml")
    assert (code, out) == (0, "")
    assert err.startswith("build/good.pdf: ")
    assert " pages, " in err
    assert (root / "build" / "good.pdf").read_bytes().startswith(b"%PDF")


def test_check_writes_nothing(note: Path, root: Path, cache: str) -> None:
    """`check` says clean and leaves no file."""
    code, _, err = call(root, cache, "check", "notes/good.yaml")
    assert code == 0
    assert "clean" in err
    assert not (root / "build").exists()


def test_output_names(note: Path, root: Path, cache: str) -> None:
    """A file, a folder, several notes into a folder."""
    assert call(root, cache, "notes/good.yaml", "-o", "here.pdf")[0] == 0
    assert (root / "here.pdf").exists()
    assert call(root, cache, "-oout/", "notes/good.yaml")[0] == 0
    assert (root / "out" / "good.pdf").exists()
    (root / "notes" / "other.yaml").write_text(MINIMAL, encoding="utf-8")
    assert call(root, cache, "notes/good.yaml", "notes/other.yaml", "--output=both/")[0] == 0
    assert sorted(path.name for path in (root / "both").iterdir()) == ["good.pdf", "other.pdf"]


USAGE = {
    "nothing": [],
    "unknown option": ["--ouput", "x", "a.yaml"],
    "no value": ["a.yaml", "-o"],
    "bad format": ["--format", "xml", "a.yaml"],
    "several into one file": ["a.yaml", "b.yaml", "-o", "x.pdf"],
    "two notes, one output": ["a/n.yaml", "b/n.yaml"],
    "check with output": ["check", "a.yaml", "-o", "x.pdf"],
    "stdin twice": ["-", "-"],
    "value for a switch": ["--quiet=yes", "a.yaml"],
    "over the note itself": ["a.yaml", "-o", "a.yaml"],
}


@pytest.mark.parametrize("case", USAGE)
def test_usage_errors(case: str, root: Path, cache: str) -> None:
    """Exit code 2 and a word on what is wrong; a slip of the hand is guessed."""
    code, out, err = call(root, cache, *USAGE[case])
    assert (code, out) == (2, "")
    assert err.startswith("compile-note: ")
    if case == "unknown option":
        assert "did you mean --output?" in err


def test_help_version_explain(root: Path, cache: str) -> None:
    """They answer on standard output."""
    assert call(root, cache, "--help")[1].startswith("compile-note compiles")
    assert call(root, cache, "--version")[1] == f"compile-note {__version__}\n"
    code, out, _ = call(root, cache, "--explain", "figure-source")
    assert code == 0
    assert "图片须注明资料来源" in out
    code, _, err = call(root, cache, "--explain", "figure-sorce")
    assert code == 2
    assert "figure-source" in err


def test_help_names_every_option() -> None:
    """No option without a line in --help, no line without an option."""
    import re

    from compiler.cli import HELP, OPTIONS

    assert set(re.findall(r"--[a-z]+", HELP)) == set(OPTIONS)


def test_the_help_note_compiles(root: Path, cache: str) -> None:
    """The first note of --help is a note."""
    from compiler.cli import HELP

    text = HELP[HELP.index("  title:") : HELP.index("\nexit codes")]
    (root / "notes" / "first.yaml").write_text("\n".join(line[2:] for line in text.splitlines()) + "\n", encoding="utf-8")
    assert call(root, cache, "notes/first.yaml")[0] == 0


def test_formats(root: Path, cache: str) -> None:
    """human has carets, short is one line a fault, json is one document for all notes."""
    (root / "notes" / "bad.yaml").write_text(MINIMAL.replace("[@sse]", "[@sze]"), encoding="utf-8")
    code, _, err = call(root, cache, "check", "notes/bad.yaml")
    assert code == 1
    assert "\n --> notes/bad.yaml:7:16\n" in err
    assert "^^^^" in err
    _, _, err = call(root, cache, "check", "--format", "short", "-q", "notes/bad.yaml")
    assert err.splitlines() == ["notes/bad.yaml:7:16: error[source-unknown]: there is no source `sze`"]
    _, out, err = call(root, cache, "check", "--format=json", "notes/bad.yaml", "notes/bad.yaml")
    data = json.loads(out)
    assert not err
    assert [entry["ok"] for entry in data["notes"]] == [False, False]
    assert data["notes"][0]["diagnostics"][0]["place"]["column"] == 16


def test_timings_and_brand(note: Path, root: Path, cache: str) -> None:
    """--timings lists the stages; --brand takes another house."""
    _, _, err = call(root, cache, "notes/good.yaml", "--timings", "--brand", "lanxu")
    for stage in ("parse", "check", "brand", "layout", "write", "output"):
        assert stage in err
    code, _, err = call(root, cache, "notes/good.yaml", "-b", "lanxo")
    assert code == 1
    assert "did you mean `lanxu`?" in err


def test_standard_input(root: Path, cache: str) -> None:
    """`-` reads a note; its id names the output, and places say <stdin>."""
    run = shell(root, cache, "-", input=MINIMAL.replace("title:", "id: 2024w01\ntitle:", 1))
    assert run.returncode == 0, run.stderr
    assert (root / "build" / "2024w01.pdf").exists()
    run = shell(root, cache, "check", "-", input=MINIMAL.replace("title:", "titel:", 1))
    assert run.returncode == 1
    assert "<stdin>:1:1" in run.stderr


def test_failed_build_keeps_the_old_pdf(note: Path, root: Path, cache: str) -> None:
    """A note that stops compiling leaves the last good PDF."""
    call(root, cache, "notes/good.yaml")
    before = (root / "build" / "good.pdf").read_bytes()
    note.write_text(MINIMAL.replace("brand:", "brnad:"), encoding="utf-8")
    assert call(root, cache, "notes/good.yaml")[0] == 1
    assert (root / "build" / "good.pdf").read_bytes() == before


class FullDisk(World):
    """A world whose disk is full when the PDF is synced."""

    def write_atomically(self, path: str, data: bytes) -> None:
        """Fail as a full disk does, in the middle."""
        import builtins

        real = builtins.open

        def failing(name: str, mode: str = "r", *rest: object, **named: object) -> object:
            file = real(name, mode, *rest, **named)  # type: ignore[call-overload]
            if "w" in mode:
                file.write(data[:100])
                file.close()
                raise OSError(28, "No space left on device")
            return file

        builtins.open = failing  # type: ignore[assignment]
        try:
            super().write_atomically(path, data)
        finally:
            builtins.open = real


def test_full_disk(note: Path, root: Path, cache: str) -> None:
    """Exit code 3, the old file whole, no rubbish beside it."""
    call(root, cache, "notes/good.yaml")
    before = (root / "build" / "good.pdf").read_bytes()
    out, err = io.StringIO(), io.StringIO()
    code = main(["notes/good.yaml"], FullDisk(environ={}, cwd=str(root), cache_dir=cache), out, err)
    assert code == 3
    assert "No space left on device" in err.getvalue()
    assert (root / "build" / "good.pdf").read_bytes() == before
    assert [path.name for path in (root / "build").iterdir()] == ["good.pdf"]


def test_output_is_a_folder(note: Path, root: Path, cache: str) -> None:
    """What cannot be replaced is said, with exit code 3."""
    (root / "build" / "good.pdf").mkdir(parents=True)
    code, _, err = call(root, cache, "notes/good.yaml")
    assert code == 3
    assert "output-unwritable" in err


def test_unwritable_cache_is_no_fault(note: Path, root: Path, tmp_path: Path) -> None:
    """A cache folder that is a file, or cannot be made, only costs time."""
    blocked = tmp_path / "blocked"
    blocked.write_text("x")
    assert call(root, str(blocked), "notes/good.yaml")[0] == 0


def test_damaged_cache_is_rebuilt(note: Path, root: Path, tmp_path: Path) -> None:
    """Flipped bytes in every cache entry change nothing in the output."""
    cache = tmp_path / "cache"
    call(root, str(cache), "notes/good.yaml", "-o", "a.pdf")
    for path in cache.rglob("*"):
        if path.is_file():
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 0xFF
            path.write_bytes(bytes(data))
    assert call(root, str(cache), "notes/good.yaml", "-o", "b.pdf")[0] == 0
    assert (root / "a.pdf").read_bytes() == (root / "b.pdf").read_bytes()


def test_two_compiles_at_once(note: Path, root: Path, cache: str) -> None:
    """Both end well and the output is whole."""
    environ = os.environ | {"CN_CACHE_DIR": cache, "CN_PACKS": "0", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "compiler.cli", "-q", "notes/good.yaml"]
    both = [subprocess.Popen(command, cwd=root, env=environ) for _ in range(4)]
    assert [process.wait(60) for process in both] == [0, 0, 0, 0]
    data = (root / "build" / "good.pdf").read_bytes()
    assert data.endswith(b"%%EOF\n")
    assert [path.name for path in (root / "build").iterdir()] == ["good.pdf"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_in_the_middle(how: signal.Signals, note: Path, root: Path, cache: str) -> None:
    """Whenever the end comes, the old PDF or the whole new one is there; Ctrl-C shows no traceback."""
    call(root, cache, "notes/good.yaml")
    before = (root / "build" / "good.pdf").read_bytes()
    note.write_text(MINIMAL.replace("周报", "新周报"), encoding="utf-8")
    environ = os.environ | {"CN_CACHE_DIR": cache, "CN_PACKS": "0", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "compiler.cli", "-q", "notes/good.yaml"]
    for wait in (0.03, 0.06, 0.09, 0.12):
        process = subprocess.Popen(command, cwd=root, env=environ, stderr=subprocess.PIPE)
        time.sleep(wait)
        process.send_signal(how)
        _, words = process.communicate(timeout=60)
        if how == signal.SIGINT and wait > 0.1:  # before that Python itself may still be starting
            assert b"compiler/" not in words
        data = (root / "build" / "good.pdf").read_bytes()
        assert data == before or data.endswith(b"%%EOF\n")


def test_closed_pipe(note: Path, root: Path, cache: str) -> None:
    """`compile-note … | head` ends quietly."""
    environ = os.environ | {"CN_CACHE_DIR": cache, "CN_PACKS": "0", "PYTHONPATH": str(REPOSITORY)}
    line = f"{sys.executable} -m compiler.cli check --format json notes/good.yaml | true"
    run = subprocess.run(line, shell=True, cwd=root, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in run.stderr


def test_bug_is_told_as_one(root: Path, cache: str, note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 70, one sentence, a traceback only when asked for."""
    environ = os.environ | {"CN_CACHE_DIR": cache, "CN_PACKS": "0", "PYTHONPATH": str(REPOSITORY)}
    script = (
        "import sys, compiler.pipeline as p\n"
        "def broken(*a, **k): raise RuntimeError('oops')\n"
        "p.compile_note = broken\n"
        "sys.argv = ['compile-note', 'notes/good.yaml']\n"
        "from compiler.cli import entry; entry()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 70
    assert "a bug in compile-note, not in your note" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("argv", [["-x"], ["--"], ["check"], ["--format"]])
def test_arguments_never_crash(argv: list[str]) -> None:
    """Odd command lines are usage errors."""
    with pytest.raises(UsageError):
        Arguments(argv)
