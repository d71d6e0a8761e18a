"""Speed, memory and size against the Typst binding, on the same document, in one run: `python tests/bench/run.py`.

Builds the wheel, installs it into a virtual environment of its own (compiled to bytecode, as pip does), makes the same
document at 1, 10 and 50 times the length for both, and runs the two in turn, so that what slows the machine slows both.  The
copies in a long document differ, so that neither sets a paragraph once for all of them.
Each row gives medians; a ratio under 1 is in our favour.  Typst writes PDF/A-3a (with `a-3a`), we PDF/A-3a and PDF/UA-1.

    --rounds N    pairs of runs per length (default 15; a fifth of it at 50 times the length)
    --lengths L   the multiples of the note to measure (default 1,10,50)
    --cold-cache  also time builds that find the user's cache empty
    --check       exit 1 when a bar of the project is missed
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that it runs from a checkout without installation

from document import REPOSITORY, VARIED, longer, typst_source

BARS = {"wall": 1.0, "cpu": 1.0, "memory": 0.7, "warm": 1 / 1.3}

# Notes per second and *core*: both stay on one, where the system can say so.
ONE_CORE = """
import os
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
"""

PEER = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=sys.argv[4:], ignore_system_fonts=True, pdf_standards=[sys.argv[3]])
"""

WARM_PEER = (
    ONE_CORE
    + VARIED
    + """
import sys, time, typst
source, fonts = sys.argv[1], sys.argv[2:]
compiler = typst.Compiler(source, font_paths=fonts, ignore_system_fonts=True)
import pathlib
body = pathlib.Path(source).with_name("body.typ")
text = body.read_text("utf-8")
for turn in sys.stdin:
    body.write_text(text.translate(VARIED(int(turn))), "utf-8")
    start = time.perf_counter()
    compiler.compile(pdf_standards=["a-3a"])
    print((time.perf_counter() - start) * 1000, flush=True)
"""
)

WARM_OURS = (
    ONE_CORE
    + VARIED
    + """
import sys, time
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
for turn in sys.stdin:
    data = text.translate(VARIED(int(turn))).encode()
    start = time.perf_counter()
    compile_note(path, World(), Report(), data=data)
    print((time.perf_counter() - start) * 1000, flush=True)
"""
)


class Run:
    """What one process used: wall and CPU seconds, peak memory in MB."""

    def __init__(self, wall: float, cpu: float, memory: float) -> None:
        self.wall = wall
        self.cpu = cpu
        self.memory = memory


def timed(command: list[str], environ: dict[str, str]) -> Run:
    """Run a process to its end by the system's own accounting."""
    import time

    start = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        assert process.stderr is not None
        raise SystemExit(f"{' '.join(command)}\n{process.stderr.read().decode()}")
    assert process.stderr is not None
    process.stderr.close()
    process.returncode = 0
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Bench:
    """An environment with the wheel installed, and a folder of documents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = str(folder / "venv" / "bin" / "python")
        self.environ = {key: value for key, value in os.environ.items() if not key.startswith(("CN_", "PYTHON"))}
        self.environ |= {"CN_CACHE_DIR": str(folder / "cache"), "CN_PACKS": "0"}
        self.fonts: list[str] = []

    def install(self) -> None:
        """Wheel and peer into a fresh environment."""
        run = subprocess.check_call
        pip = [self.python, "-m", "pip", "-q", "--disable-pip-version-check"]
        run([sys.executable, "-m", "venv", str(self.folder / "venv")])
        run([*pip, "wheel", "--no-deps", "-w", str(self.folder), str(REPOSITORY)], env=self.environ)
        run([*pip, "install", str(next(self.folder.glob("compile_note-*.whl"))), "typst"], env=self.environ)
        site = subprocess.check_output([self.python, "-c", "import pypdf; print(pypdf.__path__[0])"], text=True).strip()
        self.fonts = [str(Path(site).parent / "pylopdf_fonts_zh_cn")]

    def ours(self, note: Path) -> list[str]:
        """Our command, as the console script runs it."""
        return [str(self.folder / "venv" / "bin" / "compile-note"), "-q", str(note), "-o", str(self.folder / "ours.pdf")]

    def peer(self, source: Path) -> list[str]:
        """The peer's."""
        return [self.python, "-c", PEER, str(source), str(self.folder / "peer.pdf"), "a-3a", *self.fonts]

    def cold(self, times: int, rounds: int, *, keep_cache: bool = True) -> dict[str, float]:
        """Whole processes in turn; the ratio of medians, ours to the peer's."""
        note = longer(times, self.folder / "root")
        source = typst_source(note, self.folder / f"peer-{times}")
        warm = [str(self.folder / "venv" / "bin" / "compile-note"), "warm", "-q", str(note)]
        if keep_cache:
            subprocess.check_call(warm, env=self.environ)
        timed(self.ours(note), self.environ)
        timed(self.peer(source), self.environ)
        pairs = []
        for _ in range(rounds):
            if not keep_cache:
                shutil.rmtree(self.folder / "cache", ignore_errors=True)
            pairs.append((timed(self.ours(note), self.environ), timed(self.peer(source), self.environ)))
        row: dict[str, float] = {}
        for name in ("wall", "cpu", "memory"):
            mine = statistics.median([getattr(ours, name) for ours, _ in pairs])
            other = statistics.median([getattr(peer, name) for _, peer in pairs])
            row |= {f"{name} ours": mine, f"{name} peer": other}
            row[name] = statistics.median([getattr(ours, name) / getattr(peer, name) for ours, peer in pairs])
        row["size ours"] = (self.folder / "ours.pdf").stat().st_size / 1000
        row["size peer"] = (self.folder / "peer.pdf").stat().st_size / 1000
        return row

    def warm(self, count: int = 60) -> tuple[float, float, float]:
        """Milliseconds a note in one process, of so many different notes: ours, the peer's, and the median of the ratios.

        The two processes take turns, note by note, on the same core; the first notes, which fill what is kept, do not count."""
        note = longer(1, self.folder / "root")
        source = typst_source(note, self.folder / "peer-1")
        ours = [self.python, "-c", WARM_OURS, str(note)]
        peer = [self.python, "-c", WARM_PEER, str(source), *self.fonts]
        pairs = []
        with (
            subprocess.Popen(ours, env=self.environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first,
            subprocess.Popen(peer, env=self.environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as second,
        ):
            for turn in range(count):
                pairs.append((_asked(first, turn), _asked(second, turn)))
            for process in (first, second):
                assert process.stdin is not None
                process.stdin.close()
        pairs = pairs[count // 6 :]
        mine, other = (statistics.median(times) for times in zip(*pairs))
        return mine, other, statistics.median([one / two for one, two in pairs])


def _asked(process: subprocess.Popen[str], turn: int) -> float:
    """The time a waiting process takes for its next note."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{turn}\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def line(label: str, row: dict[str, float]) -> str:
    """One row of the table."""
    parts = [f"{label:<24}"]
    for name, scale, unit in (("wall", 1000, "ms"), ("cpu", 1000, "ms"), ("memory", 1, "MB")):
        parts.append(f"{row[f'{name} ours'] * scale:7.0f} /{row[f'{name} peer'] * scale:6.0f} {unit} = {row[name]:4.2f}")
    parts.append(f"{row['size ours']:6.0f} /{row['size peer']:5.0f} kB")
    return "  ".join(parts)


def main() -> None:
    """Print the table; with --check judge it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--lengths", default="1,10,50")
    parser.add_argument("--cold-cache", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    missed = []
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        bench.install()
        print(f"{'cold process, ours / peer':<24}  {'wall':>22}  {'CPU':>26}  {'peak memory':>22}  {'size':>12}")
        for times in map(int, options.lengths.split(",")):
            rounds = max(3, options.rounds // (5 if times > 10 else 1))
            row = bench.cold(times, rounds)
            print(line(f"{times} × the note", row), flush=True)
            for bar in ("wall", "cpu") if times in (1, 50) else ():
                if row[bar] > BARS[bar]:
                    missed.append(f"{times} ×: {bar} {row[bar]:.2f} > {BARS[bar]}")
            if times == 1 and row["memory"] > BARS["memory"]:
                missed.append(f"memory {row['memory']:.2f} > {BARS['memory']}")
        ours, peer, ratio = bench.warm()
        speed = f"{1000 / ours:.0f} / {1000 / peer:.0f} notes/s"
        print(f"{'warm, one process, core':<24}  {ours:7.1f} /{peer:6.1f} ms = {ratio:4.2f}  {speed}")
        if ratio > BARS["warm"]:
            missed.append(f"warm {ratio:.2f} > {BARS['warm']:.2f}")
        if options.cold_cache:
            print(line("1 ×, empty cache", bench.cold(1, max(3, options.rounds // 3), keep_cache=False)))
    for words in missed:
        print(f"missed: {words}")
    if missed and options.check:
        sys.exit(1)


if __name__ == "__main__":
    main()
