"""The command as its users meet it: arguments, outputs, what is said where, exit codes."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from compiler import __version__, pipeline
from compiler.cli import HELP, OPTIONS, OUTSIDE_CODES, SHORT, Arguments, UsageError, main
from compiler.codes import CODES
from compiler.diagnostics import Report, SourceFile, Span
from compiler.pipeline import Compiled
from compiler.world import World
from conftest import MINIMAL, REPOSITORY

PDF = b"%PDF-1.7 finished"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Command:
    """Calls of the command in a folder of its own."""

    def __init__(self, folder: Path, cache: str) -> None:
        self.folder = folder
        self.cache = cache
        self.environ: dict[str, str] = {}
        self.err: io.StringIO = io.StringIO()
        self.out = io.StringIO()

    def __call__(self, *argv: str, terminal: bool = False) -> int:
        self.out, self.err = io.StringIO(), Terminal() if terminal else io.StringIO()
        return main(argv, World(environ=self.environ, cwd=str(self.folder), cache_dir=self.cache), self.out, self.err)

    def write(self, name: str, text: str = MINIMAL) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    def files(self) -> list[str]:
        """All files in the folder that are no notes."""
        found = [path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()]
        return sorted(name for name in found if not name.endswith(".yaml"))


@pytest.fixture
def command(tmp_path: Path, cache: str) -> Command:
    """The command, in an empty folder."""
    return Command(tmp_path, cache)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Stands in for the compiler: a note's name says what comes of it; yields the calls."""
    calls: list[dict[str, Any]] = []

    def compiled(path: str, world: World, report: Report, **options: Any) -> Compiled | None:
        calls.append({"path": path, **options})
        file = SourceFile(path, "title: 周报 x\n")
        if "broken" in path:
            report.error("note-key", "no such key", Span(file, 7, 9), label="这里", help="do this")
            return None
        if "warned" in path:
            report.warning("source-unused", "nobody cites it", Span(file, 0, 5))
        if "bug" in path:
            raise ValueError("a slip of ours")
        if "gone" in path:
            raise FileNotFoundError(2, "No such file", "font.otf")
        if "stopped" in path:
            raise KeyboardInterrupt
        return Compiled("an id/1", PDF, 1 if "single" in path else 3)

    monkeypatch.setattr(pipeline, "compile_note", compiled)
    monkeypatch.setattr(pipeline, "check_note", compiled)
    return calls


Quick = list[dict[str, Any]]

# --- arguments -------------------------------------------------------------------------------------------------------


def test_arguments() -> None:
    """Options go before, between and after the notes, long and short, with a space, `=` or nothing before their value."""
    for argv in (
        ["-o", "x", "--brand", "b", "--format=json", "n", "-q"],
        ["n", "-ox", "-bb", "--format", "json", "--quiet"],
        ["--output=x", "--brand=b", "n", "--format", "json", "-q"],
    ):
        made = Arguments(argv)
        assert (made.notes, made.output, made.brand, made.format, made.quiet) == (["n"], "x", "b", "json", True)
    assert Arguments(["--", "-n", "check"]).notes == ["-n", "check"]
    assert Arguments(["-"]).notes == ["-"]


@pytest.mark.parametrize("argv", [["check", "n"], ["--quiet", "check", "n"], ["-b", "x", "check", "n"]])
def test_check_may_follow_options(argv: list[str]) -> None:
    """`check` is the first word that is no option."""
    made = Arguments(argv)
    assert made.check
    assert made.notes == ["n"]
    assert Arguments(["n", "check"]).notes == ["n", "check"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "name at least one note"),
        (["check"], "name at least one note"),
        (["--fromat", "json", "n"], "did you mean --format"),
        (["--xyzzy", "n"], "unknown option --xyzzy"),
        (["-x", "n"], "unknown option -x"),
        (["n", "-o"], "--output needs a value"),
        (["n", "--output="], "--output needs a value"),
        (["--explain="], "--explain needs a value"),
        (["--quiet=yes", "n"], "--quiet takes no value"),
        (["--format", "xml", "n"], "human, short or json"),
        (["-", "-"], "only once"),
        (["-o", "-", "n"], "standard output"),
        (["check", "-o", "x", "n"], "--output"),
        (["a.yaml", "b.yaml", "-o", "x.pdf"], "must be a folder"),
        (["a.yaml", "x/a.yaml"], "would both be written to build/a.pdf"),
        (["a.yaml", "a.yaml"], "would both be written"),
        (["a.yaml", "-o", "a.yaml"], "overwrite the note"),
    ],
)
def test_usage(command: Command, quick: Quick, argv: list[str], words: str) -> None:
    """A wrong call says what is wrong, builds nothing and is exit code 2."""
    argv = [word.replace("/", os.sep) if word.endswith("yaml") else word for word in argv]
    assert command(*argv) == 2
    assert words.replace("/", os.sep) in command.err.getvalue()
    assert "--help" in command.err.getvalue()
    assert not command.out.getvalue()
    assert not quick
    assert not command.files()


def test_help_and_version(command: Command) -> None:
    """Help names every option and exit code, fits a terminal, and its first note compiles."""
    assert command("--help") == 0
    assert command.out.getvalue() == HELP
    for option in (*OPTIONS, "-o", "-b", "-q", "-h", "check", "warm"):
        assert option in HELP
    assert set(SHORT.values()) <= set(OPTIONS)
    assert max(map(len, HELP.splitlines())) <= 90
    assert command("n.yaml", "--version") == 0
    assert command.out.getvalue() == f"compile-note {__version__}\n"
    first = "\n".join(line[2:] for line in HELP.split("must be there):\n")[1].split("\nexit codes")[0].splitlines())
    command.write("first.yaml", first)
    assert command("check", "first.yaml") == 0, command.err.getvalue()


def test_explain(command: Command) -> None:
    """Each code is explained; a near miss is suggested."""
    assert command("--explain", "figure-source") == 0
    assert CODES["figure-source"].summary in command.out.getvalue()
    assert command("--explain", "figure-sauce") == 2
    assert "figure-source" in command.err.getvalue()


def test_outside_codes() -> None:
    """The codes that give exit code 3 are those whose explanation says so."""
    assert {code for code, words in CODES.items() if "xit code 3" in words.explanation} == OUTSIDE_CODES


# --- outputs ---------------------------------------------------------------------------------------------------------


def test_default_output(command: Command, quick: Quick) -> None:
    """A note goes to build/<note>.pdf of the folder one stands in, wherever the note is."""
    assert command("notes/2023w52.v2.yaml") == 0
    assert command.files() == ["build/2023w52.v2.pdf"]
    assert (command.folder / "build" / "2023w52.v2.pdf").read_bytes() == PDF
    assert re.fullmatch(r"build.2023w52\.v2\.pdf: 3 pages, 0 kB, \d+ ms\n", command.err.getvalue())
    assert not command.out.getvalue()
    assert command("single.yaml") == 0
    assert ": 1 page, " in command.err.getvalue()


def test_named_outputs(command: Command, quick: Quick) -> None:
    """--output is a file for one note, a folder for one or several."""
    assert command("a.yaml", "-o", "x/y.pdf") == 0
    assert command("a.yaml", "-o", "new/") == 0
    assert command("a.yaml", "b.yaml", "-o", "x") == 0
    assert command.files() == ["new/a.pdf", "x/a.pdf", "x/b.pdf", "x/y.pdf"]


def test_standard_input(command: Command, quick: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note from standard input is named by its id, made safe for a file name, and never takes another's place."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MINIMAL.encode())))
    assert command("-") == 0
    assert quick[0]["data"] == MINIMAL.encode()
    assert command.files() == ["build/an-id-1.pdf"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert command("an-id-1.yaml", "-", "-o", "other/") == 3
    assert "an-id-1.yaml is written to" in command.err.getvalue()
    monkeypatch.setattr(sys, "stdin", None)
    assert command("-") == 3
    assert "note-unreadable" in command.err.getvalue()


def test_brand_is_handed_on(command: Command, quick: Quick) -> None:
    """--brand reaches builds and checks."""
    command("-b", "lanxu", "a.yaml")
    command("-b", "lanxu", "check", "a.yaml")
    command("a.yaml")
    assert [call["brand"] for call in quick] == ["lanxu", "lanxu", None]


def test_faulty_note_leaves_the_old_output(command: Command, quick: Quick) -> None:
    """Errors write nothing."""
    command.write("build/broken.pdf", "old")
    assert command("broken.yaml") == 1
    assert (command.folder / "build" / "broken.pdf").read_text() == "old"


def test_full_disk(command: Command, quick: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is exit code 3 with advice; the old PDF stays and no temporary file is left."""
    command.write("build/a.pdf", "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert command("a.yaml") == 3
    assert "output-unwritable" in command.err.getvalue()
    assert "No space left" in command.err.getvalue()
    assert command.files() == ["build/a.pdf"]
    assert (command.folder / "build" / "a.pdf").read_text() == "old"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder(command: Command, quick: Quick) -> None:
    """A folder that may not be written to is exit code 3."""
    (command.folder / "build").mkdir(mode=0o500)
    assert command("a.yaml") == 3


def test_folder_in_the_way(command: Command, quick: Quick) -> None:
    """A file where a folder should be, and a folder where the PDF should be, are exit code 3."""
    command.write("build/a.pdf/x", "")
    assert command("a.yaml") == 3
    command.write("file", "")
    assert command("a.yaml", "-o", "file/a.pdf") == 3


def test_check_writes_nothing(command: Command, quick: Quick) -> None:
    """A check leaves the folder as it is."""
    assert command("check", "a.yaml", "broken.yaml") == 1
    assert not command.files()
    assert "a.yaml: clean, " in command.err.getvalue()


# --- exit codes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notes", "code"),
    [
        ("good", 0),
        ("warned", 0),
        ("broken", 1),
        ("gone", 3),
        ("bug", 70),
        ("good broken good2", 1),
        ("broken gone", 3),
        ("bug broken gone good", 70),
    ],
)
def test_exit_codes(command: Command, quick: Quick, notes: str, code: int) -> None:
    """The worst note decides the exit code, and no note stops those after it."""
    names = [f"{name}.yaml" for name in notes.split()]
    assert command(*names) == code
    assert [call["path"] for call in quick] == names
    assert command.files() == sorted(f"build/{name}.pdf" for name in notes.split() if name.startswith(("good", "warned")))


def test_bug(command: Command, quick: Quick, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A bug asks to be reported, with a traceback only where CN_DEBUG asks for it."""
    monkeypatch.delenv("CN_DEBUG", raising=False)
    command("bug.yaml")
    said = command.err.getvalue()
    assert "bug.yaml: a bug in compile-note, not in your note: ValueError: a slip of ours" in said
    assert "please report it" in said
    assert "Traceback" not in said + capsys.readouterr().err
    monkeypatch.setenv("CN_DEBUG", "1")
    command("bug.yaml")
    assert "Traceback" in capsys.readouterr().err


def test_interrupt_reaches_the_entry(command: Command, quick: Quick) -> None:
    """Ctrl-C is no bug of a note."""
    with pytest.raises(KeyboardInterrupt):
        command("stopped.yaml", "good.yaml")


# --- what is said ----------------------------------------------------------------------------------------------------


def test_human(command: Command, quick: Quick) -> None:
    """People see place, line, carets under wide characters, label and help, then a line of summary; no colour in a file."""
    command("broken.yaml")
    assert command.err.getvalue() == (
        "error[note-key]: no such key\n"
        " --> broken.yaml:1:8\n"
        "  |\n"
        "1 | title: 周报 x\n"
        "  |        ^^^^ 这里\n"
        "  = help: do this\n"
        "\n"
        "broken.yaml: 1 error\n"
    )


def test_short(command: Command, quick: Quick) -> None:
    """Editors get one line a fault."""
    command("--format", "short", "broken.yaml", "warned.yaml")
    lines = command.err.getvalue().splitlines()
    assert lines[0] == "broken.yaml:1:8: error[note-key]: no such key"
    assert lines[2] == "warned.yaml:1:1: warning[source-unused]: nobody cites it"
    assert lines[3].endswith(", 1 warning")


def test_json(command: Command, quick: Quick) -> None:
    """Machines get one document for all notes on standard output, and nothing else anywhere."""
    assert command("--format", "json", "--timings", "good.yaml", "broken.yaml", "warned.yaml") == 1
    data = json.loads(command.out.getvalue())
    good, broken, warned = data["notes"]
    assert data["version"] == __version__
    assert (good["note"], good["ok"], good["pages"], good["bytes"]) == ("good.yaml", True, 3, len(PDF))
    assert good["output"] == os.path.join("build", "good.pdf")
    assert good["stages"].keys() == {"output"}
    assert not broken["ok"]
    assert "output" not in broken
    [fault] = broken["diagnostics"]
    assert fault["place"] == {"file": "broken.yaml", "line": 1, "column": 8, "endLine": 1, "endColumn": 10}
    assert warned["ok"]
    assert not command.err.getvalue()


def test_json_after_a_bug(command: Command, quick: Quick) -> None:
    """The document is whole even when a note meets a bug."""
    assert command("--format", "json", "bug.yaml", "good.yaml") == 70
    bug, good = json.loads(command.out.getvalue())["notes"]
    assert not bug["ok"]
    assert "a slip of ours" in bug["failure"]
    assert good["ok"]


def test_quiet(command: Command, quick: Quick) -> None:
    """--quiet leaves errors only."""
    assert command("-q", "good.yaml", "warned.yaml") == 0
    assert not command.err.getvalue()
    command("-q", "broken.yaml")
    assert command.err.getvalue().startswith("error[note-key]")
    assert "broken.yaml: 1 error" not in command.err.getvalue()


def test_timings(command: Command) -> None:
    """--timings lists the stages in order."""
    command.write("a.yaml")
    assert command("a.yaml", "--timings") == 0, command.err.getvalue()
    stages = re.findall(r"(\w+) \d+\.\d", command.err.getvalue().splitlines()[-1])
    assert stages == ["parse", "check", "brand", "disclaimers", "layout", "write", "output"]


def test_progress_and_colour_on_a_terminal(command: Command, quick: Quick) -> None:
    """A terminal shows which of several notes is being made, and colours; one note, a file or NO_COLOR show neither."""
    command("good.yaml", "broken.yaml", terminal=True)
    said = command.err.getvalue()
    assert "[1/2] good.yaml" in said
    assert "[2/2] broken.yaml" in said
    assert "\x1b[1;31m" in said
    command("good.yaml", terminal=True)
    assert "\x1b" not in command.err.getvalue()
    command("good.yaml", "broken.yaml")
    assert "\x1b" not in command.err.getvalue()
    for environ in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        command.environ = environ
        command("broken.yaml", terminal=True)
        assert "\x1b" not in command.err.getvalue()
    command.environ = {}
    command("-q", "good.yaml", "warned.yaml", terminal=True)
    assert not command.err.getvalue()


def test_open(command: Command, quick: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    """--open shows what was built, and only that."""
    from compiler import opener

    opened: list[str] = []
    monkeypatch.setattr(opener, "open_file", opened.append)
    command("good.yaml", "broken.yaml", "--open")
    assert opened == [str(command.folder / "build" / "good.pdf")]


def test_missing_note_suggests_another(command: Command) -> None:
    """A note that is not there is exit code 3, with its neighbour of like name."""
    command.write("notes/2023w52.yaml")
    assert command("notes/2023w25.yaml") == 3
    assert "did you mean notes/2023w52.yaml?" in command.err.getvalue()
    assert command("notes") == 3
    assert "notes/*.yaml" in command.err.getvalue()


def test_check_of_broken_yaml(command: Command) -> None:
    """The whole way from a file to an exit code."""
    command.write("a.yaml", "title: a: b\n")
    assert command("check", "a.yaml", "--format", "short") == 1
    assert command.err.getvalue().startswith("a.yaml:1:9: error[yaml-syntax]: ")


# --- as a process ----------------------------------------------------------------------------------------------------

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path, cache: str) -> Start:
    """Starts the command as a process."""
    (tmp_path / "a.yaml").write_text(MINIMAL, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("a: b: c\n")

    def run(*argv: str, **options: Any) -> subprocess.Popen[bytes]:
        environ = {key: value for key, value in os.environ.items() if key != "CN_DEBUG"}
        environ |= {"PYTHONPATH": str(REPOSITORY), "CN_CACHE_DIR": cache, "CN_PACKS": "0"}
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": tmp_path, "env": environ} | options
        if os.name == "posix":  # a shell that starts the tests in the background has interrupts ignored, and so would we
            options["preexec_fn"] = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
        return subprocess.Popen([sys.executable, "-m", "compiler", *argv], **options)

    return run


def test_process(start: Start, tmp_path: Path) -> None:
    """As a process the command flushes what it said, leaves with its code, and writes UTF-8 whatever the locale."""
    for argv, code in ((["a.yaml"], 0), (["bad.yaml"], 1), ([], 2), (["nowhere.yaml"], 3)):
        process = start(*argv)
        out, err = process.communicate(timeout=60)
        assert process.returncode == code, err.decode()
        assert not out
        assert err
    process = start("--help", env=os.environ | {"PYTHONPATH": str(REPOSITORY), "LC_ALL": "C", "PYTHONUTF8": "0"})
    out, _ = process.communicate(timeout=60)
    assert out.decode() == HELP
    assert (tmp_path / "build" / "a.pdf").read_bytes().startswith(b"%PDF-")


@POSIX
def test_nobody_reads(start: Start) -> None:
    """A reader that goes away ends the command without a traceback."""
    read, write = os.pipe()
    os.close(read)
    process = start("--help", stdout=write)
    os.close(write)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 141
    assert not err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_full_standard_output(start: Start) -> None:
    """Output that cannot be written is exit code 3, not a traceback."""
    with open("/dev/full", "wb") as full:
        process = start("--help", stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert b"No space left" in err
    assert b"Traceback" not in err


@POSIX
def test_interrupt(start: Start, tmp_path: Path) -> None:
    """Ctrl-C ends with 130, no traceback and no temporary file."""
    process = start("-", stdin=subprocess.PIPE)
    time.sleep(0.6)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert not out
    assert not err
    assert not (tmp_path / "build").exists()


def test_killed_in_the_middle(start: Start, tmp_path: Path) -> None:
    """kill -9 at any moment leaves the old PDF or the new one, whole."""
    start("a.yaml").communicate(timeout=60)
    whole = (tmp_path / "build" / "a.pdf").read_bytes()
    for delay in (0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2):
        process = start("a.yaml")
        time.sleep(delay)
        process.kill()
        process.communicate(timeout=60)
        assert (tmp_path / "build" / "a.pdf").read_bytes() == whole


def test_two_at_once(start: Start, tmp_path: Path) -> None:
    """Two compiles to one output both succeed and leave one whole PDF."""
    both = [start("a.yaml"), start("a.yaml")]
    for process in both:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    assert (tmp_path / "build" / "a.pdf").read_bytes().rstrip().endswith(b"%%EOF")
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["a.pdf"]


def test_real_terminal(start: Start) -> None:
    """On a real terminal faults are coloured."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    environ = os.environ | {"PYTHONPATH": str(REPOSITORY), "TERM": "xterm"}
    process = start("bad.yaml", stderr=follower, stdout=follower, env=environ)
    os.close(follower)
    said = b""
    while True:
        try:
            part = os.read(leader, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
    os.close(leader)
    process.communicate(timeout=60)
    assert b"\x1b[1;31merror[yaml-syntax]" in said


def test_usage_error_is_raised_before_work() -> None:
    """The parser itself raises one kind of error only."""
    with pytest.raises(UsageError):
        Arguments(["--nothing"])


def test_a_note_that_does_not_hold_is_not_said_to_have_no_numbers(command: Command, tmp_path: Path) -> None:
    """The ledger is printed where the check got so far."""
    (tmp_path / "bad.yaml").write_text(MINIMAL.replace("title: 周报", "titel: 周报"), "utf-8")
    assert command("check", "--ledger", str(tmp_path / "bad.yaml")) == 1
    assert not command.out.getvalue()
