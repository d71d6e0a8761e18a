"""Disclaimers that mean harm: bombs, circles, depths and lies.  Each is a diagnostic, or merged as harmless, at once."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache as once
from pathlib import Path
from time import perf_counter

import pytest

from compiler.cli import main
from compiler.diagnostics import Report
from compiler.pipeline import compile_note
from compiler.world import World
from test_ready import note, place

SOON = 10.0  # seconds, on a slow machine
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
TAGGED = b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 4 0 R>>"
ONE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"
FULL = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>"


def pdf(*objects: bytes) -> bytes:
    """A file of these objects; the first is the catalog."""
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail


def stream(data: bytes, entries: bytes) -> bytes:
    """A stream with its length."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), entries, data)


def deep_structure() -> bytes:
    """Five thousand elements, each in the one before."""
    chain = [b"<</Type/StructElem/S/Div/P %d 0 R/K[%d 0 R]>>" % (at - 1, at + 1) for at in range(5, 5005)]
    return pdf(TAGGED, ONE, PAGE, b"<</Type/StructTreeRoot/K 5 0 R>>", *chain, b"<</Type/StructElem/S/P/P 5004 0 R>>")


ROOT = b"<</Type/StructTreeRoot/K 5 0 R>>"
FLATE = b"/Filter/FlateDecode"
CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (lambda: pdf(CATALOG, ONE, FULL, stream(zlib.compress(b"q Q " * 30_000_000, 9), FLATE)), "disclaimer-unreadable"),
    "bomb in a bomb": (
        lambda: pdf(
            CATALOG, ONE, FULL,
            stream(zlib.compress(zlib.compress(b"0" * 100_000_000, 9), 9), b"/Filter[/FlateDecode/FlateDecode]"),
        ),
        "disclaimer-unreadable",
    ),
    "pages in a circle": (
        lambda: pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1>>", PAGE),
        "disclaimer-unreadable",
    ),
    "a page above itself": (
        lambda: pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>", b"<</Type/Page/Parent 2 0 R>>"),
        "disclaimer-refused",
    ),
    "bookmarks in a circle": (
        lambda: pdf(
            CATALOG[:-2] + b"/Outlines 4 0 R>>", ONE, PAGE, b"<</First 5 0 R/Last 5 0 R/Count 1>>",
            b"<</Title(a)/Parent 4 0 R/Next 5 0 R/First 5 0 R>>",
        ),
        "",
    ),
    "fifty thousand brackets": (
        lambda: pdf(CATALOG[:-2] + b"/X " + b"[" * 50_000 + b"]" * 50_000 + b">>", ONE, PAGE),
        "disclaimer-unreadable",
    ),
    "two hundred thousand pages": (
        lambda: pdf(CATALOG, b"<</Type/Pages/Kids[" + b"3 0 R " * 200_000 + b"]/Count 200000>>", PAGE),
        "disclaimer-unreadable",
    ),
    "structure in a circle": (
        lambda: pdf(TAGGED, ONE, PAGE, ROOT, b"<</Type/StructElem/S/P/P 4 0 R/K[5 0 R]>>"),
        "disclaimer-refused",
    ),
    "structure without a floor": (deep_structure, "disclaimer-claim"),
    "a length that is itself": (
        lambda: pdf(CATALOG, ONE, FULL, b"<</Length 4 0 R>>\nstream\nq Q\nendstream"),
        "disclaimer-unreadable",
    ),
    "a page of no size": (lambda: pdf(CATALOG, ONE, PAGE.replace(b"100 100", b"0 100")), "disclaimer-refused"),
    "a page of letters": (lambda: pdf(CATALOG, ONE, PAGE.replace(b"100 100", b"(a) 100")), "disclaimer-refused"),
    "a page of a mile": (lambda: pdf(CATALOG, ONE, PAGE.replace(b"100 100", b"99999 100")), "disclaimer-refused"),
}  # fmt: skip
MADE = {kind: once(make) for kind, (make, _) in CASES.items()}


@pytest.mark.parametrize("kind", CASES)
def test_harm_is_told_at_once(kind: str, root: Path, cache: str) -> None:
    """By its code, soon, and without an exception."""
    place(root, "untagged", MADE[kind]())
    (root / "notes" / "n.yaml").write_text(note("untagged"), encoding="utf-8")
    report = Report()
    started = perf_counter()
    made = compile_note("notes/n.yaml", World(environ={}, cwd=str(root), cache_dir=cache), report)
    assert perf_counter() - started < SOON
    code = CASES[kind][1]
    assert {item.code for item in report} == ({code} if code else set())
    assert (made is None) == (code not in ("", "disclaimer-claim"))


@pytest.mark.parametrize("kind", CASES)
def test_verify_names_them_strangers(kind: str, root: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """`verify` says that they are none of ours, or cannot be read: no exception, soon."""
    path = root / "stranger.pdf"
    path.write_bytes(MADE[kind]())
    started = perf_counter()
    assert main(["verify", str(path)], world) in (1, 3)
    assert perf_counter() - started < SOON
    assert "Traceback" not in capsys.readouterr().err
