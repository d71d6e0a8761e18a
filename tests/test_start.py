"""The modules of a compile out of one file of the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compiler.start import MODULES
from conftest import MINIMAL, REPOSITORY, png

TABLE = "  - table: {caption: 主要指数, source: sse, columns: [名称, 涨幅], rows: [[上证指数, 2.06], [深证成指, 3.29]]}\n"
FIGURE = "  - figure: {image: pixel.png, caption: 一块灰, alt: 一块均匀的浅灰色, source: sse}\n"
NOTE = (
    MINIMAL[: MINIMAL.index("每周一图")].replace("热点聚焦", "disclaimers: [general]\n热点聚焦") + "每周一图:\n" + TABLE + FIGURE
)

# Prints the modules of the package that the import system had to find, in the order in which they were done.
SPY = """
import sys
from importlib.machinery import PathFinder
class Told:
    def __init__(self, own): self.own = own
    def create_module(self, spec): return self.own.create_module(spec)
    def exec_module(self, module):
        self.own.exec_module(module)
        done.append(module.__name__.partition(".")[2])
class Spy:
    @staticmethod
    def find_spec(name, path, target=None):
        if not name.startswith("compiler"): return None
        spec = PathFinder.find_spec(name, path, target)
        spec.loader = Told(spec.loader)
        return spec
done = []
sys.meta_path.insert(0, Spy)
import os
real = os._exit
def leave(code):
    print(*done)
    sys.stdout.flush()
    real(code)
os._exit = leave
from compiler.start import entry
entry()
"""


class Home:
    """A copy of the package with a cache and a note of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(REPOSITORY / "compiler", folder / "compiler", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(REPOSITORY / "assets", folder / "assets")
        self.note = folder / "notes" / "short.yaml"
        self.note.parent.mkdir()
        (self.note.parent / "pixel.png").write_bytes(png(60, 20))
        self.note.write_text(NOTE, "utf-8")
        self.out = folder / "out.pdf"

    def run(self, *arguments: str, **environ: str) -> list[str]:
        """The modules that were imported from files of their own."""
        arguments = arguments or ("-q", str(self.note), "-o", str(self.out))
        own = {key: value for key, value in os.environ.items() if key not in ("CN_LEAN", "PYTHONDONTWRITEBYTECODE")}
        own |= {"CN_CACHE_DIR": str(self.folder / "cache"), "CN_PACKS": "0", "PYTHONPATH": str(self.folder), **environ}
        command = [sys.executable, "-c", SPY, *arguments]
        done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=120, cwd=self.folder)
        assert not done.returncode, done.stderr
        return done.stdout.splitlines()[-1].split()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One for all tests: each leaves a whole entry in the cache."""
    return Home(tmp_path_factory.mktemp("home"))


def test_the_list_is_what_a_compile_imports_and_in_order(home: Home) -> None:
    """The list holds nothing that a note with a table and a picture does not need, each after what it imports."""
    shutil.rmtree(home.folder / "cache", ignore_errors=True)
    found = [name for name in home.run() if name in MODULES]
    assert sorted(found) == sorted(MODULES)
    ran = set()
    for name in MODULES:  # in this order, each finds what it imports when it starts
        ran.add(name)
        before = found[: found.index(name)]
        parents = {".".join(name.split(".")[:at]) for at in range(1, name.count(".") + 1)}
        late = [one for one in before if one not in ran and one not in parents and _imports(home, name, one)]
        assert not late, f"{name} runs before {late}"


def _imports(home: Home, name: str, other: str) -> bool:
    """Whether a module names another in an import at its top level."""
    import ast

    path = home.folder / "compiler" / Path(*name.split("."))
    is_package = path.is_dir()
    tree = ast.parse((path / "__init__.py" if is_package else path.with_suffix(".py")).read_text("utf-8"))
    base = ["compiler", *name.split(".")][: None if is_package else -1]
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            stem = ".".join([*base[: len(base) - node.level + 1], *(node.module or "").split(".")]).strip(".")
            if f"compiler.{other}" == stem or any(f"compiler.{other}" == f"{stem}.{alias.name}" for alias in node.names):
                return True
    return False


def test_the_second_run_takes_them_from_the_cache(home: Home) -> None:
    """No module of the list is looked for, the bytes are the same, and a check profits too."""
    shutil.rmtree(home.folder / "cache", ignore_errors=True)
    assert {*MODULES} <= {*home.run()}
    first = home.out.read_bytes()
    assert {*home.run()} <= {"start", "world", "pictures.raster", "pictures.headers", "text.fontfile"}  # what few runs need
    assert home.out.read_bytes() == first
    assert not {*MODULES} & {*home.run("check", "-q", str(home.note))}


def test_other_commands_run_none_of_them(home: Home) -> None:
    """`--version` needs the command alone."""
    assert len(home.run("--version")) < 8


def test_a_changed_source_is_read_anew(home: Home) -> None:
    """By its time or its size; the entry is made anew."""
    home.run()
    words = home.folder / "compiler" / "words.py"
    words.write_text(words.read_text("utf-8") + "\n", "utf-8")
    assert {*MODULES} <= {*home.run()}
    assert not {*MODULES} & {*home.run()}


@pytest.mark.parametrize("damage", ["short", "flipped", "empty"])
def test_a_damaged_entry_is_as_none(home: Home, damage: str) -> None:
    """And it is put right."""
    home.run()
    (entry,) = (home.folder / "cache" / "program").iterdir()
    data = bytearray(entry.read_bytes())
    data[len(data) // 2] ^= 1
    entry.write_bytes({"short": data[:-7], "flipped": data, "empty": b""}[damage])
    assert {*MODULES} <= {*home.run()}
    assert not {*MODULES} & {*home.run()}


def test_the_switch(home: Home) -> None:
    """CN_LEAN=0: every import as it comes."""
    home.run()
    assert {*MODULES} <= {*home.run(CN_LEAN="0")}


def test_modules_look_as_if_imported(home: Home) -> None:
    """Name, file, package, loader and source are those of an ordinary import."""
    home.run()
    script = (
        "import os, sys\nsys.path.insert(0, sys.argv[1])\n"
        "from compiler import start\nfrom compiler.world import World\nassert start.load(World())\n"
        "import importlib, inspect\nfrom compiler import text, words\nfrom compiler.layout import document\n"
        "for one in (text, words, document):\n"
        "    path = one.__file__\n"
        "    assert one.__spec__.origin == path and one.__spec__.name == one.__name__ and one.__spec__.cached\n"
        "    assert one.__package__ == (one.__name__ if path.endswith('__init__.py') else one.__name__.rpartition('.')[0])\n"
        "    assert inspect.getsource(one) == open(path, encoding='utf-8').read()\n"
        "    assert importlib.reload(one) is one\n"
        "assert text.__path__ == [os.path.dirname(text.__file__)]\n"
    )
    environ = {**os.environ, "CN_CACHE_DIR": str(home.folder / "cache"), "CN_LEAN": ""}
    command = [sys.executable, "-c", script, str(home.folder)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, cwd=home.folder)
    assert not done.returncode, done.stderr
