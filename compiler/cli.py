"""`compile-note`: the command.

In: arguments.  Out: PDFs, diagnostics, an exit code.  Always: an existing output stays as it was unless a whole new one takes
its place; standard output holds what was asked for, everything else goes to standard error.  Exit codes: 0 clean, 1 errors in
a note, 2 usage, 3 something outside is missing or cannot be written, 70 a bug, 130 interrupted, 141 nobody reads the output.
"""

from __future__ import annotations

import os
import sys
from time import perf_counter

from . import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TextIO

    from .claims.ledger import Entry
    from .claims.reach import Said
    from .diagnostics import Diagnostic, Report
    from .layout.score import Score
    from .pipeline import Compiled
    from .world import World

CLEAN, FAULTS, USAGE, OUTSIDE, BUG, INTERRUPTED, UNREAD = 0, 1, 2, 3, 70, 130, 141

# codes whose cause is not the note but what surrounds it
OUTSIDE_CODES = frozenset(("note-unreadable", "output-unwritable", "brand-font", "brand-unreadable", "font-unusable"))

HELP = """\
compile-note compiles structured YAML notes into finished PDFs.

usage: compile-note [options] NOTE...         build each note
       compile-note check [options] NOTE...   run every check, write nothing
       compile-note verify [options] PDF...   say whether finished files hold
       compile-note warm [options] NOTE...    prepare its fonts for faster builds
       compile-note --explain CODE            say what a diagnostic means

NOTE is a YAML file, or - for standard input.  The PDF goes to build/<note>.pdf.

options:
  -o, --output PATH    write here: a file, or with several notes a folder
  -b, --brand NAME     use this brand instead of the note's own
      --layout NAME    another page of the brand: letter, phone
      --standard NAME  a-3a (default; the note travels in its PDF), a-2u or plain
      --format FORM    diagnostics as human (default), short or json
      --score          print how well each note is set: lines, faults, gaps, page fill
      --ledger         with check: list every number and what stands behind it
      --claims         with check: list every claim and whether a check holds it
      --min-score N    refuse a note whose setting scores less than N of 100
      --timings        print how long each stage took
      --open           open the PDF when it is done
  -q, --quiet          print diagnostics only
      --explain CODE   explain a diagnostic, e.g. figure-source
      --version        print the version
  -h, --help           print this

a first note (title, published, brand and the four sections must be there):

  title: 年末收涨
  published: 2024-01-02
  brand: hengting
  sources:
    sse: {publisher: 上海证券交易所, title: 指数行情, url: https://www.sse.com.cn/}
  市场概况: |
    上证指数当周上涨 2.06%[@sse]。
  热点聚焦: |
    ……
  每周关注: |
    ……
  每周一图: |
    ……

exit codes: 0 done; 1 errors in a note; 2 usage; 3 a file or font outside is missing
or the output cannot be written; 70 a bug in compile-note; 130 interrupted
"""

OPTIONS = (
    "--output", "--brand", "--layout", "--format", "--score", "--min-score", "--timings", "--open", "--quiet", "--explain",
    "--version", "--help", "--standard", "--ledger", "--claims",
)  # fmt: skip
SHORT = {"-o": "--output", "-b": "--brand", "-q": "--quiet", "-h": "--help", "-V": "--version"}
VALUED = ("--output", "--brand", "--layout", "--format", "--min-score", "--explain", "--standard")
FORMATS = ("human", "short", "json")
STANDARDS = ("a-3a", "a-2u", "plain")


class UsageError(Exception):
    """What is wrong with the arguments."""


class Arguments:
    """The parsed command line.  Our own parser: argparse costs 6 ms of a cold compile."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.check = self.warm = self.verify = False
        self.notes: list[str] = []
        self.output = ""
        self.brand: str | None = None
        self.layout = ""
        self.standard = "a-3a"
        self.format = "human"
        self.min_score = ""
        self.least: float | None = None  # the score a note must have; 0 to be told it only, None when nobody asks
        self.ledger = self.claims = self.score = self.timings = self.open = self.quiet = self.version = self.help = False
        self.explain = ""
        self._parse(list(argv))

    def _parse(self, rest: list[str]) -> None:
        only_notes = False
        first = True
        while rest:
            word = rest.pop(0)
            if only_notes or word == "-" or not word.startswith("-"):
                if first and not only_notes and word in ("check", "warm", "verify"):
                    self.check = True
                    self.verify = word == "verify"
                    self.warm = word == "warm"
                else:
                    self.notes.append(word)
                first = False
            elif word == "--":
                only_notes = True
            else:
                self._option(word, rest)
        if self.help or self.version or self.explain:
            return
        self._settle()

    def _option(self, word: str, rest: list[str]) -> None:
        name, equals, value = word.partition("=")
        if len(word) > 2 and word[:2] in SHORT and not word.startswith("--"):  # -oFILE
            name, equals, value = word[:2], "=", word[2:].removeprefix("=")
        name = SHORT.get(name, name)
        if name not in OPTIONS:
            from .diagnostics import nearest

            near = nearest(name, OPTIONS)
            raise UsageError(f"unknown option {name}" + (f"; did you mean {near}?" if near else ""))
        if name in VALUED:
            if not equals:
                if not rest:
                    raise UsageError(f"{name} needs a value")
                value = rest.pop(0)
            if not value:
                raise UsageError(f"{name} needs a value")
            setattr(self, name[2:].replace("-", "_"), value)
        elif equals:
            raise UsageError(f"{name} takes no value")
        else:
            setattr(self, name[2:], True)

    def _settle(self) -> None:
        if self.format not in FORMATS:
            raise UsageError(f"--format is human, short or json, not {self.format}")
        if self.standard not in STANDARDS:
            raise UsageError(f"--standard is a-3a, a-2u or plain, not {self.standard}")
        self.least = self._least()
        if not self.notes:
            raise UsageError("name at least one PDF" if self.verify else "name at least one note")
        if self.notes.count("-") > 1:
            raise UsageError("standard input can be read only once")
        if self.output == "-":
            raise UsageError("--output names a file or a folder; a PDF does not go to standard output")
        for name in ("ledger", "claims"):
            if getattr(self, name) and (not self.check or self.warm or self.verify):
                raise UsageError(f"--{name} goes with check: compile-note check --{name} NOTE")
        if self.check and (self.output or self.open):
            raise UsageError("check, verify and warm write no PDF: --output and --open do not go with them")

    def _least(self) -> float | None:
        if not self.min_score:
            return 0.0 if self.score else None
        digits = self.min_score.replace(".", "", 1)
        if not (digits.isascii() and digits.isdigit() and 0 <= float(self.min_score) <= 100):
            raise UsageError(f"--min-score is a number from 0 to 100, not {self.min_score}")
        return float(self.min_score)


def stem(path: str) -> str:
    """A note's file name without folder and ending."""
    return os.path.basename(path).rsplit(".", 1)[0] or "note"


class _Run:
    """One call of the command."""

    def __init__(self, arguments: Arguments, world: World, out: TextIO, err: TextIO) -> None:
        self.arguments = arguments
        self.world = world
        self.out = out
        self.err = err
        self.data: list[dict[str, object]] = []
        self.taken: dict[str, str] = {}  # outputs by absolute path, with the note each is made from
        self.worst = CLEAN
        self.last: Compiled | None = None  # kept to the process's end
        colour = getattr(err, "isatty", lambda: False)() and not world.environ.get("NO_COLOR")
        self.colour = bool(colour) and world.environ.get("TERM") != "dumb"
        self.terminal = bool(getattr(err, "isatty", lambda: False)())

    def all(self) -> int:
        """Every note in turn; the worst exit code."""
        notes = self.arguments.notes
        targets = self._targets()
        for place, path in enumerate(notes, 1):
            if len(notes) > 1 and self.terminal and not self.arguments.quiet and self.arguments.format == "human":
                self.err.write(f"\r\x1b[K[{place}/{len(notes)}] {path}")
                self.err.flush()
            try:
                self._one(path, targets.get(path, ""))
            except BrokenPipeError:
                raise
            except Exception as bug:  # one note's misfortune does not stop the others
                self._failed(path, bug)
        if self.arguments.format == "json":
            import json

            self.out.write(json.dumps({"version": __version__, "notes": self.data}, ensure_ascii=False, indent=1) + "\n")
        self.out.flush()
        if self.arguments.warm:
            self._warm()
        return self.worst

    def _failed(self, path: str, bug: Exception) -> None:
        code, words = explain_failure(bug)
        self.worst = max(self.worst, code)
        self.data.append({"note": path, "ok": False, "failure": words, "diagnostics": []})
        self.err.write(f"compile-note: {path}: {words}\n")
        self.err.flush()

    def _warm(self) -> None:
        """Face packs for all fonts the notes use."""
        from .text.faces import cook_missing

        prepared = cook_missing(self.world, 100)
        if not self.arguments.quiet:
            self.err.write(f"{prepared} fonts prepared\n" if prepared else "all fonts are prepared\n")

    def _targets(self) -> dict[str, str]:
        """Where each note's PDF goes; two notes never share one."""
        arguments = self.arguments
        if arguments.check:
            return {}
        targets: dict[str, str] = {}
        folder = arguments.output
        single = len(arguments.notes) == 1
        is_folder = folder.endswith(("/", os.sep)) or (bool(folder) and self.world.is_dir(folder))
        if not single and folder and not is_folder:
            raise UsageError(f"with several notes --output must be a folder: {folder}{os.sep}")
        for path in arguments.notes:
            if path == "-" and not (single and folder and not is_folder):
                continue  # named by its id once it is known
            name = self._named(stem(path))
            target = folder if single and folder and not is_folder else os.path.join(folder or "build", name)
            if path != "-" and _same(self.world.absolute(target), self.world.absolute(path)):
                raise UsageError(f"the output would overwrite the note itself: {path}")
            other = self._take(target, path)
            if other:
                raise UsageError(f"{other} and {path} would both be written to {target}")
            targets[path] = target
        return targets

    def _take(self, target: str, path: str) -> str:
        """Claim an output for a note; the note that has it already, or ""."""
        whole = os.path.normcase(self.world.absolute(target))
        if whole in self.taken:
            return self.taken[whole]
        self.taken[whole] = path
        return ""

    def _one(self, path: str, target: str) -> None:
        from .diagnostics import Report
        from .pipeline import Stages, check_note, compile_note

        arguments = self.arguments
        report = Report()
        stages = Stages()
        started = perf_counter()
        data = self._stdin(report) if path == "-" else None
        entry: dict[str, object] = {"note": path}
        score: Score | None = None
        asked: dict[str, Any] = {
            "brand": arguments.brand,
            "stages": stages,
            "data": data,
            "least": arguments.least,
            "layout": arguments.layout,
        }
        if report.errors:
            done = False
        elif self.arguments.check:
            entries: list[Entry] | None = [] if arguments.ledger else None
            claimed: list[Said] | None = [] if arguments.claims else None
            checked = check_note(path, self.world, report, entries=entries, claimed=claimed, **asked)
            if entries or (entries is not None and checked is not None):  # a note that does not hold may not have got so far
                self._ledger(entries, entry)
            if claimed or (claimed is not None and checked is not None):
                self._claims(claimed, entry)
            done = checked is not None
            score = checked.score if checked is not None else None
        else:
            self.last = compiled = compile_note(path, self.world, report, standard=arguments.standard, **asked)
            done = compiled is not None
            score = compiled.score if compiled is not None else None
            if compiled is not None:
                target = target or self._target_of_stdin(compiled.id, report)
                done = bool(target) and self._write(target, compiled.pdf, report)
                stages.done("output")
                entry |= {"output": target, "pages": compiled.pages, "bytes": len(compiled.pdf)}
        spent = (perf_counter() - started) * 1000
        if score is not None and self.arguments.score:
            self._score(score, entry)
        self._tell(path, entry, report, stages, spent, done)
        if done and self.arguments.open and not self.arguments.check:
            self._open(target)

    def _named(self, stem: str) -> str:
        """The file of a note; another layout has a name of its own, for both may be sent out."""
        return f"{stem}-{self.arguments.layout}.pdf" if self.arguments.layout else f"{stem}.pdf"

    def _ledger(self, entries: list[Entry], entry: dict[str, object]) -> None:
        from .claims.ledger import as_data, as_text

        entry["ledger"] = as_data(entries)
        if self.arguments.format != "json":
            self.out.write(f"{entry['note']}: {as_text(entries)}")

    def _claims(self, claimed: list[Said], entry: dict[str, object]) -> None:
        from .claims.reach import as_data, as_text

        entry["claims"] = as_data(claimed)
        if self.arguments.format != "json":
            self.out.write(f"{entry['note']}: {as_text(claimed)}")

    def _score(self, score: Score, entry: dict[str, object]) -> None:
        from .layout.score import as_data, as_text

        entry["score"] = as_data(score)
        if self.arguments.format != "json":
            self.out.write(f"{entry['note']}: {as_text(score)}")

    def _stdin(self, report: Report) -> bytes | None:
        from .syntax import LARGEST

        try:
            return sys.stdin.buffer.read(LARGEST + 1)
        except (OSError, AttributeError) as fault:  # AttributeError: closed before we were started
            report.error("note-unreadable", f"standard input cannot be read: {getattr(fault, 'strerror', '') or 'it is closed'}")
            return None

    def _target_of_stdin(self, id: str, report: Report) -> str:
        target = os.path.join(self.arguments.output or "build", self._named(_safe(id)))
        other = self._take(target, "-")
        if not other:
            return target
        report.error("output-unwritable", f"{other} is written to {target} already", help="give the notes different ids")
        return ""

    def _write(self, target: str, pdf: bytes, report: Report) -> bool:
        try:
            self.world.write_atomically(target, pdf)
        except OSError as fault:
            report.error(
                "output-unwritable",
                f"{target} cannot be written: {fault.strerror or fault}",
                help="free some space, choose another place with --output, or close the program that holds the file",
            )
            return False
        return True

    # --- telling -----------------------------------------------------------------------------------------------------

    def _tell(self, path: str, entry: dict[str, object], report: Report, stages: object, spent: float, done: bool) -> None:
        from .diagnostics import as_data

        found = list(report)
        self.worst = max(self.worst, _exit_code(found), CLEAN if done else FAULTS)
        if self.arguments.format == "json":
            if not done:
                entry.pop("output", None)
            entry |= {"ok": done, "milliseconds": round(spent, 1), "diagnostics": [as_data(item) for item in found]}
            if self.arguments.timings:
                entry["stages"] = {name: round(time, 2) for name, time in stages.times}  # type: ignore[attr-defined]
            self.data.append(entry)
            return
        if self.terminal and len(self.arguments.notes) > 1 and not self.arguments.quiet:
            self.err.write("\r\x1b[K")
        self._diagnostics(found)
        if not self.arguments.quiet:
            self._summary(path, entry, report, spent, done)
        if self.arguments.timings:
            times = "  ".join([f"{name} {time:.1f}" for name, time in stages.times])  # type: ignore[attr-defined]
            self.err.write(f"  ms: {times}\n")
        self.err.flush()

    def _diagnostics(self, found: Sequence[Diagnostic]) -> None:
        from .diagnostics import ERROR, render_human, render_short

        for item in found:
            if self.arguments.quiet and item.severity != ERROR:
                continue
            if self.arguments.format == "short":
                self.err.write(render_short(item) + "\n")
            else:
                self.err.write(render_human(item, colour=self.colour) + "\n\n")

    def _summary(self, path: str, entry: dict[str, object], report: Report, spent: float, done: bool) -> None:
        counts = [
            f"{count} {word}{'s' if count != 1 else ''}"
            for count, word in ((report.errors, "error"), (report.warnings, "warning"))
            if count
        ]
        faults = ", ".join(counts)
        if not done:
            self.err.write(f"{path}: {faults}\n")
        elif self.arguments.check:
            self.err.write(f"{path}: {faults or 'clean'}, {spent:.0f} ms\n")
        else:
            pages, size = entry["pages"], entry["bytes"]
            assert isinstance(size, int)
            tail = f", {faults}" if faults else ""
            self.err.write(
                f"{entry['output']}: {pages} page{'s' if pages != 1 else ''}, {size / 1000:.0f} kB, {spent:.0f} ms{tail}\n"
            )

    def _open(self, target: str) -> None:
        from .opener import open_file

        open_file(self.world.absolute(target))


def _same(one: str, other: str) -> bool:
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _safe(id: str) -> str:
    """An id as a file name."""
    return "".join([char if char.isalnum() or char in "-_." else "-" for char in id]).strip(".") or "note"


def _exit_code(found: Sequence[Diagnostic]) -> int:
    from .diagnostics import ERROR

    codes = {item.code for item in found if item.severity == ERROR}
    if not codes:
        return CLEAN
    return OUTSIDE if codes & OUTSIDE_CODES else FAULTS


def explain(code: str, out: TextIO, err: TextIO) -> int:
    """Print what a code means."""
    from .codes import CODES

    known = CODES.get(code)
    if known is None:
        from .diagnostics import nearest

        near = nearest(code, list(CODES))
        err.write(f"compile-note: there is no code {code}" + (f"; did you mean {near}?" if near else "") + "\n")
        return USAGE
    out.write(f"{code}: {known.summary}\n\n{known.explanation.strip()}\n")
    return CLEAN


def main(argv: Sequence[str], world: World | None = None, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Run the command; returns the exit code.  Never raises but for KeyboardInterrupt and bugs."""
    out = out or sys.stdout
    err = err or sys.stderr
    try:
        arguments = Arguments(argv)
        if arguments.help:
            out.write(HELP)
            return CLEAN
        if arguments.version:
            out.write(f"compile-note {__version__}\n")
            return CLEAN
        if arguments.explain:
            return explain(arguments.explain, out, err)
        if world is None:
            from . import pattern
            from .world import World

            world = World()
            pattern.learn(world.cached("patterns", pattern.KEY))
        if arguments.verify:
            from .verify.command import run

            return run(arguments.notes, arguments.format, arguments.quiet, world, out, err)
        return _Run(arguments, world, out, err).all()
    except UsageError as fault:
        err.write(f"compile-note: {fault}\n`compile-note --help` shows how it is used\n")
        return USAGE


def command() -> int:
    """The console command on the process's own arguments and streams; returns its exit code, whatever happens."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115  # closed by whoever started us
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
        sys.stderr.flush()
        _keep_patterns()
        _warm_later(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
    except BrokenPipeError:
        code = UNREAD
    except Exception as bug:
        code, words = explain_failure(bug)
        _last_words(f"compile-note: {words}\n")
    return code


def _last_words(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        pass


def _keep_patterns() -> None:
    """What was compiled of regular expressions, for the next process."""
    from . import pattern

    lessons = pattern.lessons()
    if lessons is not None:
        from .world import World

        World().store("patterns", pattern.KEY, lessons)


def _warm_later(argv: Sequence[str]) -> None:
    """Prepare packs for fonts that had none, in a process of its own, so that nobody waits for it (0.3 to 4 s a font).

    CN_PACKS=0 switches it off; without a cache to write to, or while another such process is at it, nothing is started.
    """
    faces = sys.modules.get("compiler.text.faces")
    if faces is None or "warm" in argv[:1] or os.environ.get("CN_PACKS") == "0":
        return
    from .world import World

    world = World()
    if not faces.lacking_packs(world) or not world.claim("packs", "warming", 120):
        return
    import subprocess

    arguments = Arguments(argv)
    notes = [note for note in arguments.notes if note != "-"]
    if not notes:
        return
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    options = ["--quiet", *([f"--brand={arguments.brand}"] if arguments.brand else [])]
    options += [f"--layout={arguments.layout}"] if arguments.layout else []
    # -P: a folder `compiler` where the user happens to stand is not ours
    command = [sys.executable, "-P", "-m", "compiler", "warm", *options, "--", *notes]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environ = {**os.environ, "PYTHONPATH": paths}
    subprocess.Popen(command, start_new_session=True, env=environ, **quiet)  # type: ignore[call-overload]


def explain_failure(bug: Exception) -> tuple[int, str]:
    """Exit code and words for what no diagnostic covers: a broken environment, or a bug."""
    if os.environ.get("CN_DEBUG"):
        import traceback

        traceback.print_exception(bug)
    if isinstance(bug, OSError):
        return OUTSIDE, f"{bug.strerror or bug}" + (f": {bug.filename}" if bug.filename else "")
    return BUG, (
        f"a bug in compile-note, not in your note: {type(bug).__name__}: {bug}\n"
        "nothing was written; please report it with the note, and run again with CN_DEBUG=1 for the details"
    )
