"""The order of the modules, the fences round the libraries, and what a plain compile may import."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache as once
from pathlib import Path

import yaml

from compiler.codes import CODES
from conftest import REPOSITORY

PACKAGE = REPOSITORY / "compiler"
ORDER = [
    "record",
    "pattern",
    "diagnostics",
    "codes",
    "lean",
    "world",
    "syntax",
    "model",
    "words",
    "brand",
    "pathdata",
    "palette",
    "contrast",
    "branding",
    "edition",
    "bundle",
    "pictures",
    "data",
    "claims",
    "check",
    "text",
    "charts",
    "layout",
    "provenance",
    "conformance",
    "pdf",
    "pipeline",
    "verify",
    "opener",
    "cli",
    "start",
    "__main__",
]
FENCES = {
    "yaml": {"syntax"},
    "uharfbuzz": {"text/fontfile", "lean"},
    "reportlab": {"pdf/pen", "pictures/svgdraw", "lean"},
    "svglib": {"pictures/svgdraw"},
    "pypdf": {
        "conformance/file", "conformance/structure", "bundle", "pdf/adopt", "pdf/adopt/wrapped",
        "pdf/preflight", "pictures/page",
    },
    "PIL": {"pictures/raster"},
    "pyphen": {"text/hyphens"},
    "openpyxl": {"check/grids"},
    "time": {"world", "pipeline", "cli"},
    "datetime": {"check/grids"},
    "pathlib": set(),
    "os": {
        "verify/rebuild", "world",
        "branding", "cli", "start", "opener", "lean", "check/note", "check/blocks", "check/papers", "text/fontfile",
        "text/facepack",
    },
}  # fmt: skip
HEAVY = (
    "argparse", "fontTools", "pypdf", "PIL", "svglib", "lxml", "reportlab.platypus", "reportlab.graphics", "socket", "ssl",
    "http", "email", "logging", "subprocess", "multiprocessing", "asyncio", "dataclasses", "importlib.metadata", "json",
    "uharfbuzz", "pyphen", "openpyxl",
)  # fmt: skip

UNUSED = (  # without a chart, without a bibliography, without data
    "compiler.data", "compiler.claims", "compiler.check.data", "compiler.check.binding", "compiler.check.grids",
    "compiler.check.numbers", "compiler.check.abbreviations", "compiler.layout.abbreviations",
    "decimal",
    "compiler.charts", "compiler.layout.charts", "compiler.check.charts", "compiler.check.cells", "compiler.check.bibliography",
    "compiler.check.bibtex", "compiler.check.latex", "compiler.check.entries", "compiler.check.csl",
)  # fmt: skip


@once
def modules() -> list[tuple[str, ast.Module]]:
    """(path inside the package without ending, tree) of every module."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__")
        found.append((name, ast.parse(path.read_text("utf-8"))))
    return found


def imports(name: str, tree: ast.Module) -> list[tuple[str, int]]:
    """(imported module as a dotted name, line); relative ones made absolute."""
    is_package = (PACKAGE / name / "__init__.py").exists()
    here = ["compiler", *([] if name == "__init__" else name.split("/"))]
    base = here if is_package or name == "__init__" else here[:-1]
    out = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            out += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            stem = base[: len(base) - node.level + 1] if node.level else []
            module = ".".join([*stem, *([node.module] if node.module else [])])
            out += [(f"{module}.{alias.name}", node.lineno) for alias in node.names]
    return out


def test_import_order() -> None:
    """Imports run one way, from the command down to the records."""
    wrong = []
    for name, tree in modules():
        top = name.split("/")[0]
        if top in ("__init__", "py.typed"):
            continue
        assert top in ORDER, f"{name} has no place in the order of modules"
        for target, line in imports(name, tree):
            parts = target.split(".")
            if parts[0] != "compiler" or len(parts) < 2 or parts[1] not in ORDER:
                continue
            if ORDER.index(parts[1]) > ORDER.index(top) and not _typing_only(tree, line):
                wrong.append(f"compiler/{name}.py:{line} imports {target}")
    assert not wrong, "\n".join(wrong)


def _typing_only(tree: ast.Module, line: int) -> bool:
    """Whether a line stands under `if TYPE_CHECKING:`, or is the one late import a loader needs."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.If | ast.FunctionDef) or not node.lineno <= line <= (node.end_lineno or node.lineno):
            continue
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return True
        if (
            isinstance(node, ast.FunctionDef)
            and node.name in ("load", "_from_cache_or_file")
            and node.lineno <= line <= (node.end_lineno or 0)
        ):
            return True
    return False


def test_fences() -> None:
    """Each library is used where it belongs and nowhere else."""
    wrong = []
    for name, tree in modules():
        for target, line in imports(name, tree):
            library = target.split(".")[0]
            if library in FENCES and name not in FENCES[library]:
                wrong.append(f"compiler/{name}.py:{line} imports {library}")
    assert not wrong, "\n".join(wrong)


def test_every_code_is_explained() -> None:
    """No code is raised that `--explain` does not know, none is explained that nothing raises."""
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.name != "codes.py")
    raised = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source)) & set(CODES)
    for kind in ("figure", "table", "chart", "data", "bibliography"):
        raised |= {f"{kind}-{tail}" for tail in ("source", "missing", "outside", "image", "alt", "caption")} & set(CODES)
    assert set(CODES) == raised
    calls = re.findall(r'(?:error|warning)\(\s*"([a-z-]+)"', source)
    assert set(calls) <= set(CODES), set(calls) - set(CODES)
    for code, words in CODES.items():
        assert words.summary, code
        assert len(words.explanation) > 10, code


def test_the_map_of_the_claims_is_whole() -> None:
    """The package's docstring says of each of its modules which stage it is of, and names none that there is not."""
    folder = PACKAGE / "claims"
    text = (folder / "__init__.py").read_text("utf-8")
    modules = {path.stem for path in folder.rglob("*.py")} - {"__init__"}
    stages = {path.parent.name for path in folder.glob("*/__init__.py")}
    named = set(re.findall(r"`([a-z_]+)`", text))
    assert modules | stages <= named
    assert named - modules - stages <= {"findings"}


def test_forbidden_names() -> None:
    """No module is a drawer for odds and ends."""
    drawers = {"utils", "helpers", "common", "manager", "base", "util", "misc"}
    assert not [path for path in PACKAGE.rglob("*.py") if path.stem in drawers]


def test_plain_compile_imports(tmp_path: Path) -> None:
    """A compile with a warm cache loads nothing it does not need."""
    text = (REPOSITORY / "notes" / "2023w52.yaml").read_text("utf-8")
    text = re.sub(r"\{\{.*?\}\}", "2.06%", text).replace("data: indices\n", "data: 2023w52/indices.csv\n")
    text = text.replace("bars: [当周涨跌, 全年涨跌]\n", "\n")  # a table without bars pays nothing for them
    words = yaml.load(text, yaml.BaseLoader)
    del words["data"], words["numbers"]  # a note without data pays nothing for them
    for section in ("市场概况", "每周一图"):  # a note without charts pays nothing for them
        words[section] = [block for block in words[section] if "chart" not in block]
    note = str(tmp_path / "notes" / "plain.yaml")
    shutil.copytree(REPOSITORY / "notes" / "2023w52", tmp_path / "notes" / "2023w52")
    shutil.copytree(REPOSITORY / "assets", tmp_path / "assets")
    Path(note).write_text(yaml.safe_dump(words, allow_unicode=True, sort_keys=False), "utf-8")
    script = (
        "import sys\n"
        "from compiler.cli import main\n"
        f"code = main(['-q', {note!r}, '-o', {str(tmp_path / 'out.pdf')!r}])\n"
        "print(code, *sorted(sys.modules))\n"
    )
    environ = {key: value for key, value in os.environ.items() if key != "CN_LEAN"}
    environ |= {"CN_CACHE_DIR": str(tmp_path / "cache"), "CN_PACKS": "0", "PYTHONPATH": str(REPOSITORY)}
    warm = [sys.executable, "-m", "compiler", "warm", "-q", note]
    subprocess.run(warm, env=environ, check=True, timeout=300)
    run = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True, timeout=60)
    code, *loaded = run.stdout.split()
    assert code == "0", run.stderr
    heavy = [name for name in loaded if any(name == bad or name.startswith(bad + ".") for bad in (*HEAVY, *UNUSED))]
    assert not heavy, json.dumps(heavy)
