"""Notes compiled one after another in one process: what was set before changes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf

from compiler.diagnostics import Report
from compiler.layout import typeset
from compiler.pdf import objects
from compiler.pipeline import compile_note
from compiler.world import World
from conftest import REPOSITORY

NOTES = [str(REPOSITORY / "notes" / name) for name in ("2023w52.yaml", "typeface-survey.yaml")]


def compiled(path: str, brand: str) -> bytes:
    """The PDF of a note in a house."""
    report = Report()
    made = compile_note(path, World(), report, brand=brand)
    assert made is not None, [item.message for item in report]
    return made.pdf


def test_a_note_after_others_is_the_note_by_itself() -> None:
    """Two notes in two houses, each with nothing kept, then all again with more and more kept."""
    alone = []
    for path in NOTES:
        for brand in ("hengting", "lanxu"):
            typeset._lines.clear()
            typeset._settings.clear()
            alone.append(compiled(path, brand))
    for _ in range(2):  # paragraphs with owners are kept from the second note on, and taken in the next round
        assert [compiled(path, brand) for path in NOTES for brand in ("hengting", "lanxu")] == alone
    assert typeset._settings
    assert typeset._lines
    owners = {one.owner for setting in typeset._settings.values() for line in setting.lines for one in line.segments}
    assert owners > {None}
    assert all([one is None or isinstance(one, int) for one in owners])  # no element of any note is held


def test_a_missing_glyph_is_told_in_every_note(tmp_path: Path) -> None:
    """Also where the same words were set for a note before."""
    note = tmp_path / "note.yaml"
    note.write_text(
        "title: 题\npublished: 2024-01-02\nbrand: hengting\n市场概况: |\n  正文有\U0001f600字。\n\n"
        "  |甲|乙|\n  |-|-|\n  |丙\U0001f600|丁|\n"
        "热点聚焦: 无。\n每周关注: 无。\n每周一图: 无。\n",
        "utf-8",
    )
    told = []
    for _ in range(2):
        report = Report()
        compile_note(str(note), World(), report)
        told.append([(item.code, item.span and item.span.start) for item in report])
    assert told[0] == told[1]
    assert [code for code, _ in told[0]].count("glyph-missing") == 2


def test_what_is_kept_has_an_end() -> None:
    """A server that sets notes for weeks does not grow without bound."""
    kept: dict[tuple[object, ...], int] = {}
    for number in range(3 * typeset._MOST // 2):
        typeset._kept(kept, (number,), number)
    assert len(kept) <= typeset._MOST


def test_large_data_are_packed_once_and_never_mistaken(tmp_path: Path) -> None:
    """Data that stay as they are between two compiles are not packed again; a cell changed, and the new file travels."""
    note = tmp_path / "note.yaml"
    note.write_text(
        "title: 题\npublished: 2024-01-02\nbrand: hengting\nsources: {a: {kind: 数据库, publisher: 甲, title: 乙}}\n"
        "市场概况:\n  - 见图[@a]。\n  - chart: line\n    caption: 题\n    alt: 图中各数自左至右先升后降\n    source: a\n"
        "    data: {csv: long.csv}\n    x: 日\n    series: [数]\n热点聚焦: 无。\n每周关注: 无。\n每周一图: 无。\n",
        "utf-8",
    )
    plain = "日,数\n" + "".join([f"{place},{place % 997}.25\n" for place in range(6000)])
    objects._kept.clear()
    made = []
    for text in (plain, plain.replace(",7.25", ",8.25", 1), plain):
        (tmp_path / "long.csv").write_text(text, "utf-8")
        report = Report()
        found = compile_note(str(note), World(), report)
        assert found is not None, [item.message for item in report]
        assert pypdf.PdfReader(io.BytesIO(found.pdf)).attachments["long.csv"] == [text.encode()]
        made.append(found.pdf)
    assert made[0] == made[2] != made[1]
    assert len(objects._kept) == 2
    for place in range(20):
        objects._packed_once(b"", b"%d" % place, 4)
    assert len(objects._kept) == objects._KEPT
