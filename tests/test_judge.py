"""The fast checks of `verify` against the reference validator: what they let pass, it lets pass.

Every kind of key of every kind of object is taken out once; the files our checks find nothing in go to the judge.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

import verapdf
from compiler.conformance import conformance
from compiler.conformance.file import File, Unreadable
from compiler.conformance.structure import Check
from conftest import MINIMAL, Build

DEEPEST = 4  # dictionaries inside an object
NOTE = MINIMAL.replace(
    "每周一图: |\n  文生视频走向公众。\n",
    """\
每周一图:
  - table: {caption: 表, source: sse, columns: [甲, 乙], rows: [[一, 1.5], [二, 2.5]]}
  - chart: bar
    caption: 图
    alt: 横条图：一为 1，二为 2
    source: sse
    x: 名
    series: [值]
    rows: [[一, 1], [二, 2]]
  - |
    ### 小题

    - 一项[^a]；
    - 见 [说明](https://example.org/)。

    [^a]: 脚注。
""",
)


def places(data: bytes) -> list[tuple[int, tuple[str | int, ...], str]]:
    """(object, way into it, key): one for each kind of dictionary and key."""
    found = []
    seen = set()
    for number, whole in enumerate(PdfWriter(clone_from=io.BytesIO(data))._objects):
        stack: list[tuple[tuple[str | int, ...], object]] = [((), whole)]
        while stack:
            way, one = stack.pop()
            if isinstance(one, DictionaryObject):
                kind = tuple(str(one.get(key)) for key in ("/Type", "/Subtype", "/S", "/O") if isinstance(one.get(key), str))
                for key in list(one):
                    if (kind, way[-1:], key) not in seen and key != "/Length":
                        seen.add((kind, way[-1:], key))
                        found.append((number, way, str(key)))
                    if len(way) < DEEPEST:
                        stack.append(((*way, str(key)), one.raw_get(key)))
            elif isinstance(one, ArrayObject) and len(way) < DEEPEST:
                stack += [((*way, at), item) for at, item in enumerate(list.__iter__(one)) if at < 3]
    return found


def without(data: bytes, number: int, way: tuple[str | int, ...], key: str) -> bytes | None:
    """The file with one key taken out; None where it cannot be written then."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    one: object = writer._objects[number]
    for step in way:
        one = list.__getitem__(one, step) if isinstance(step, int) else one.raw_get(step)  # type: ignore[arg-type, attr-defined, call-overload]
    del one[NameObject(key)]  # type: ignore[attr-defined]
    out = io.BytesIO()
    try:
        writer.write(out)
    except Exception:  # pypdf raises whatever it meets
        return None
    return out.getvalue()


def passes(data: bytes) -> bool:
    """Whether our checks find nothing."""
    try:
        file = File(data)
        return not conformance(file) and not Check(file).run()
    except Unreadable:
        return False


@pytest.mark.skipif(not verapdf.available(), reason="no Java for the judge")
def test_what_passes_here_passes_the_judge(build: Build, tmp_path: Path) -> None:
    """No key whose loss the judge minds is lost on us."""
    good = build(NOTE).pdf
    assert passes(good)
    files: dict[str, tuple[object, ...]] = {}
    tried = 0
    for index, place in enumerate(places(good)):
        data = without(good, *place)
        tried += data is not None
        if data is not None and passes(data):
            path = tmp_path / f"{index}.pdf"
            path.write_bytes(data)
            files[str(path)] = place
    _, words = verapdf.judge(list(files), "3a,ua1")
    minded = [(files[line.split()[2]], line.split(maxsplit=3)[3]) for line in words.splitlines() if line.startswith("FAIL")]
    assert not minded
    unread = [line for line in words.splitlines() if not line.startswith(("PASS", "FAIL"))]
    assert not unread, [(files[line.split()[2]], line[:60]) for line in unread]
    assert words.count("PASS") == 2 * len(files)
    assert len(files) < tried / 1.5  # and a good part is caught
