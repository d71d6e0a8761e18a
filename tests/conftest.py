"""What all tests share: a world of their own, a small root to compile in, and a build that forgives no diagnostic."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import verapdf
from compiler.diagnostics import Report, render_short
from compiler.pipeline import Compiled, compile_note
from compiler.world import World

REPOSITORY = Path(__file__).resolve().parent.parent
NOTES = sorted((REPOSITORY / "notes").glob("*.yaml"))
LANGUAGES = sorted((REPOSITORY / "tests" / "cases" / "languages").glob("*.yaml"))
BRANDS = sorted(path.parent.name for path in (REPOSITORY / "assets" / "brands").glob("*/brand.yaml"))

os.environ["CN_PACKS"] = "0"  # no background work behind the tests' back

MINIMAL = """\
title: 周报
published: 2024-01-02
brand: hengting
sources:
  sse: {publisher: 上海证券交易所, title: 指数行情, url: https://www.sse.com.cn/}
市场概况: |
  上证指数上涨 2.06%[@sse]。
热点聚焦: |
  文件公开征求意见。
每周关注: |
  算力网有了时间表。
每周一图: |
  文生视频走向公众。
"""

BIBLIOGRAPHY = """\
@book{fields, title = {T}, title = {U}, publisher = {P}, year = 2023, month = foo}
@bok{odd, title = {A \\foo B}, publisher = {P}, year = 2023}
"""


def png(width: int, height: int, value: int = 128) -> bytes:
    """A gray PNG of one value."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([value]) * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One cache for the session."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def world(cache: str) -> World:
    """A world in the repository, with the session's cache."""
    return World(environ={}, cwd=str(REPOSITORY), cache_dir=cache)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A note root with the pictures and data the cases name."""
    notes = tmp_path / "root" / "notes"
    notes.mkdir(parents=True)
    (notes / "folder").mkdir()
    (notes / "pixel.png").write_bytes(png(600, 200))
    (notes / "corrupt.png").write_bytes(png(600, 200)[:80])
    (notes / "text.png").write_text("not a picture")
    (notes / "empty.png").write_bytes(b"")
    (notes / "huge.png").write_bytes(png(1, 1)[:16] + struct.pack(">II", 20000, 20000) + png(1, 1)[24:])
    (notes / "indices.csv").write_text("名称,值\n上证指数,2.06\n", encoding="utf-8")
    (notes / "refs.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (notes / "open.bib").write_text("@book{open, title = {T\n", encoding="utf-8")
    (notes / "empty.bib").write_text("", encoding="utf-8")
    (tmp_path / "outside.png").write_bytes(png(10, 10))
    return tmp_path / "root"


@pytest.fixture(scope="session", autouse=True)
def judge_until_the_end() -> Iterator[None]:
    """The conformance judge, once a test has asked it, sits until all are done."""
    yield
    verapdf.dismiss()


Build = Callable[..., Compiled]


@pytest.fixture
def build(root: Path, cache: str) -> Build:
    """Compiles a note's text in the root; fails on any diagnostic but the codes in `expect`."""

    def run(
        text: str,
        *,
        expect: tuple[str, ...] = (),
        brand: str | None = None,
        name: str = "note.yaml",
        least: float | None = None,
    ) -> Compiled:
        path = root / "notes" / name
        path.write_text(text, encoding="utf-8")
        report = Report()
        own = World(environ={}, cwd=str(root), cache_dir=cache)
        made = compile_note(str(path), own, report, brand=brand, least=least)
        found = [item for item in report if item.code not in expect]
        assert not found, "\n".join(render_short(item) for item in found)
        assert {item.code for item in report} >= set(expect)
        assert made is not None
        return made

    return run
