"""A folder of bad notes: each gives just the diagnostics written down for it, at their lines and columns, and its exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from compiler.cli import main
from compiler.codes import CODES
from compiler.world import World
from conftest import MINIMAL

CASES = Path(__file__).parent / "cases" / "bad"
EXPECTED = [line.split() for line in (CASES / "EXPECTED").read_text().splitlines() if not line.startswith("#")]


def check(root: Path, cache: str, name: str) -> tuple[int, list[dict[str, object]]]:
    """Exit code and diagnostics of `compile-note check --format json`."""
    out, err = io.StringIO(), io.StringIO()
    world = World(environ={}, cwd=str(root), cache_dir=cache)
    code = main(["check", "--format", "json", f"notes/{name}"], world, out, err)
    assert not err.getvalue()
    return code, json.loads(out.getvalue())["notes"][0]["diagnostics"]


def placed(diagnostic: dict[str, object]) -> str:
    """`code@line:column`, 0:0 for one without a place."""
    place = diagnostic.get("place")
    where = f"{place['line']}:{place['column']}" if isinstance(place, dict) else "0:0"
    return f"{diagnostic['code']}@{where}"


def test_every_file_is_expected() -> None:
    """The folder and the list of expectations hold the same cases."""
    assert {case[0] for case in EXPECTED} == {path.stem for path in CASES.glob("*.yaml")}


@pytest.mark.parametrize("case", EXPECTED, ids=[case[0] for case in EXPECTED])
def test_bad_note(case: list[str], root: Path, cache: str) -> None:
    """Each bad note is told what is wrong with it, where, and what to do."""
    name, exit_code, *diagnostics = case
    (root / "notes" / f"{name}.yaml").write_bytes((CASES / f"{name}.yaml").read_bytes())
    code, found = check(root, cache, f"{name}.yaml")
    assert [placed(item) for item in found] == diagnostics
    assert code == int(exit_code)
    for item in found:
        assert item["code"] in CODES
        if item["severity"] == "error" and item["code"] not in ("note-type", "date-order", "date-unreal"):
            assert item.get("help") or item.get("notes") or len(str(item["message"])) > 20


BYTES = {
    "gbk": (MINIMAL.encode("gb18030"), 1, "file-encoding@1:8"),
    "utf16": (MINIMAL.encode("utf-16"), 1, "file-encoding@0:0"),
    "empty": (b"", 1, "file-empty@1:1"),
    "blank": (b" \n\n", 1, "file-empty@1:1"),
    "nul": (MINIMAL.replace("周报", "周\0报").encode(), 1, "file-character@1:9"),
    "fifty-megabytes": (b"title: " + b"x" * 50_000_000, 1, "file-too-large@0:0"),
    "alias-bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "yaml-alias@1:4"),
    "deep": (b"[" * 100_000, 1, "yaml-depth@1:61"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bad_bytes(name: str, root: Path, cache: str) -> None:
    """Wrong encodings and monstrous files are diagnostics, never tracebacks."""
    data, exit_code, first = BYTES[name]
    (root / "notes" / "bytes.yaml").write_bytes(data)
    code, found = check(root, cache, "bytes.yaml")
    assert (code, placed(found[0])) == (exit_code, first)


@pytest.mark.parametrize("change", ["bom", "crlf", "cr", "trailing"])
def test_harmless_bytes(change: str, root: Path, cache: str) -> None:
    """A byte-order mark, Windows and old Mac line ends and trailing blanks change nothing."""
    text = {
        "bom": "\ufeff" + MINIMAL,
        "crlf": MINIMAL.replace("\n", "\r\n"),
        "cr": MINIMAL.replace("\n", "\r"),
        "trailing": MINIMAL.replace("\n", "  \n"),
    }[change]
    (root / "notes" / "bytes.yaml").write_bytes(text.encode())
    assert check(root, cache, "bytes.yaml") == (0, [])


def test_symlink_out_of_the_root(root: Path, cache: str) -> None:
    """A link that leads out of the note's root is refused like a path that does."""
    (root / "notes" / "link.png").symlink_to(root.parent / "outside.png")
    case = (CASES / "figure-missing.yaml").read_text().replace("pixle.png", "link.png")
    (root / "notes" / "link.yaml").write_text(case)
    code, found = check(root, cache, "link.yaml")
    assert (code, [placed(item) for item in found]) == (1, ["figure-outside@14:14"])


def test_missing_note(root: Path, cache: str) -> None:
    """A note that is not there is exit code 3."""
    code, found = check(root, cache, "nowhere.yaml")
    assert (code, placed(found[0])) == (3, "note-unreadable@0:0")


def test_strings_stay_strings(root: Path, cache: str) -> None:
    """`000001`, `0700`, `no` and `12:30` are text, in cells as anywhere."""
    from compiler.diagnostics import Report
    from compiler.pipeline import check_note

    table = "市场概况:\n  - table:\n      columns: [代码, 时间]\n      rows:\n        - [000001, 12:30]\n        - [0700, no]\n"
    note = (
        MINIMAL.replace("市场概况: |\n  上证指数上涨 2.06%[@sse]。\n", table)
        .replace("  sse:", "  sse_: ")
        .replace("sse_: ", "sse:")
    )
    note = note.replace("文件公开征求意见。", "文件公开征求意见[@sse]。")
    (root / "notes" / "strings.yaml").write_text(note)
    report = Report()
    made = check_note("notes/strings.yaml", World(environ={}, cwd=str(root), cache_dir=cache), report)
    assert made is not None
    assert not len(report)
    rows = made.note.sections[0].blocks[0].rows
    cells = [["".join([inline.text for inline in cell.inlines]) for cell in row] for row in rows]
    assert cells == [["000001", "12:30"], ["0700", "no"]]
