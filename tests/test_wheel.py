"""The wheel, installed away from any checkout, compiles a note copied into a user's own folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import MINIMAL, REPOSITORY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in ("compiler", "assets", "pyproject.toml", "README.md", "LICENSE"):
        path = REPOSITORY / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            source.mkdir(exist_ok=True)
            shutil.copy(path, source)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_is_pure(wheel: Path) -> None:
    """One wheel for every platform, with brands, disclaimers and profile inside, and no tests or notes."""
    assert wheel.name.endswith("-py3-none-any.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("compiler/assets/brands/hengting/brand.yaml", "compiler/assets/icc/srgb.icc", "compiler/py.typed"):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "notes/"))]


def test_wheel_compiles_anywhere(wheel: Path, tmp_path: Path) -> None:
    """Brands and disclaimers are found in the wheel; the output lands in the user's folder."""
    site = tmp_path / "site"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    user = tmp_path / "user"
    user.mkdir()
    (user / "mine.yaml").write_text(MINIMAL.replace("brand:", "disclaimers: [general]\nbrand:"), encoding="utf-8")
    environ = os.environ | {"PYTHONPATH": str(site), "CN_CACHE_DIR": str(tmp_path / "cache"), "CN_PACKS": "0"}
    run = subprocess.run(
        [sys.executable, "-m", "compiler", "mine.yaml"], cwd=user, env=environ, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert (user / "build" / "mine.pdf").read_bytes().startswith(b"%PDF-1.7")
    where = [sys.executable, "-c", "import compiler; print(compiler.__file__)"]
    assert str(site) in subprocess.run(where, cwd=user, env=environ, capture_output=True, text=True, check=True).stdout


def test_own_assets_come_first(wheel: Path, tmp_path: Path) -> None:
    """A brand in the user's own assets/ is found before the shipped ones, and may extend them."""
    site = tmp_path / "site"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    user = tmp_path / "user"
    own = user / "assets" / "brands" / "own"
    own.mkdir(parents=True)
    (own / "brand.yaml").write_text("extends: hengting\nhouse: 新屋基金\n", encoding="utf-8")
    (user / "notes").mkdir()
    (user / "notes" / "mine.yaml").write_text(MINIMAL.replace("brand: hengting", "brand: own"), encoding="utf-8")
    environ = os.environ | {"PYTHONPATH": str(site), "CN_CACHE_DIR": str(tmp_path / "cache"), "CN_PACKS": "0"}
    run = subprocess.run(
        [sys.executable, "-m", "compiler", "notes/mine.yaml"],
        cwd=user,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
