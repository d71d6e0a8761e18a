"""Contrast: the figures of WCAG, and a diagnostic for a house whose colours cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.brand import load
from compiler.contrast import contrast
from compiler.diagnostics import Report
from compiler.world import World
from conftest import BRANDS, REPOSITORY


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48), ("#1b1b1a", "#ffffff", 17.2)],
)
def test_ratios_are_those_of_wcag(first: str, second: str, expected: float) -> None:
    """Both ways round."""
    assert contrast(first, second) == pytest.approx(expected, abs=0.05)
    assert contrast(second, first) == contrast(first, second)


def said(tmp_path: Path, text: str) -> list[str]:
    """What is reported of a house that extends one of ours."""
    house = tmp_path / "assets" / "brands" / "own"
    house.mkdir(parents=True)
    (house / "brand.yaml").write_text(text, "utf-8")
    report = Report()
    assert load("own", str(tmp_path), World(environ={}, cwd=str(tmp_path), cache_dir=None), report) is not None
    return [f"{found.code}: {found.message}" for found in report]


@pytest.mark.parametrize("brand", BRANDS)
def test_our_houses_can_be_read(brand: str, tmp_path: Path) -> None:
    """No text below 4.5:1, no line of a chart below 3:1, no two neighbours alike in grey."""
    report = Report()
    assert load(brand, str(REPOSITORY), World(environ={}, cwd=str(tmp_path), cache_dir=None), report) is not None
    assert not len(report)


def test_pale_text_is_a_warning(tmp_path: Path) -> None:
    """Each style in the pale colour is named, with its ratio."""
    found = said(tmp_path, 'extends: hengting\ncolours: {soft: "#999999"}\n')
    texts = [words for words in found if words.startswith("brand-contrast: text in style")]
    assert len(texts) > 3
    assert all("2.8:1" in words for words in texts)


def test_text_is_held_against_its_ground(tmp_path: Path) -> None:
    """The title of the modern house is white on graphite; on a pale band it is gone."""
    found = said(tmp_path, 'extends: lanxu\ncolours: {paper: "#eeeeee"}\nopening: {band: paper}\nmasthead: {boxes: []}\n')
    assert [words for words in found if "style `title`, #ffffff on #eeeeee" in words]


def test_series_alike_in_grey_are_a_warning(tmp_path: Path) -> None:
    """Red and green of one lightness look apart on screen and the same on paper."""
    found = said(tmp_path, 'extends: hengting\ncolours: {red: "#b03030", green: "#2f7040"}\nchart: {fills: [red, green]}\n')
    assert [words for words in found if "alike in grey" in words]


def test_pale_lines_are_a_warning(tmp_path: Path) -> None:
    """Lines of charts need 3:1."""
    found = said(tmp_path, "extends: lanxu\nchart: {lines: [amber]}\n")
    assert [words for words in found if "lines of charts in #f0a020" in words]
