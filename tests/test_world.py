"""The one door to files, environment and cache."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from compiler.world import World


@pytest.fixture
def here(tmp_path: Path) -> World:
    """A world in an empty folder, its cache beside it."""
    (tmp_path / "here").mkdir()
    return World(environ={}, cwd=str(tmp_path / "here"), cache_dir=str(tmp_path / "cache"))


# --- finding things --------------------------------------------------------------------------------------------------


def test_root(tmp_path: Path, here: World) -> None:
    """A note's root is the nearest folder above it with assets/ or notes/, else its own folder."""
    (tmp_path / "house" / "notes" / "2024").mkdir(parents=True)
    (tmp_path / "lone").mkdir()
    assert here.root_of(str(tmp_path / "house" / "notes" / "2024" / "w1.yaml")) == str(tmp_path / "house")
    assert here.root_of(str(tmp_path / "lone" / "w1.yaml")) == str(tmp_path / "lone")
    (tmp_path / "house" / "notes" / "2024" / "assets").mkdir()
    assert here.root_of(str(tmp_path / "house" / "notes" / "2024" / "w1.yaml")).endswith("2024")


def test_assets_of_the_root_come_before_the_shipped(tmp_path: Path, here: World) -> None:
    """A house's own brand hides a shipped one of the same name; both are listed."""
    name = here.asset_names(str(tmp_path), "brands")[0]
    shipped = here.asset(str(tmp_path), f"brands/{name}/brand.yaml")
    assert shipped is not None
    assert shipped.startswith(here.shipped())
    own = tmp_path / "assets" / "brands" / name
    own.mkdir(parents=True)
    (own / "brand.yaml").write_text("")
    (tmp_path / "assets" / "brands" / ".hidden").mkdir()
    assert here.asset(str(tmp_path), f"brands/{name}/brand.yaml") == str(own / "brand.yaml")
    assert ".hidden" not in here.asset_names(str(tmp_path), "brands")


def test_assets_stay_inside(tmp_path: Path, here: World) -> None:
    """No asset name leads out of the folder of assets, by dots or by a link."""
    (tmp_path / "secret").write_text("x")
    (tmp_path / "assets" / "brands").mkdir(parents=True)
    assert here.asset(str(tmp_path), "../secret") is None
    (tmp_path / "assets" / "brands" / "link").symlink_to(tmp_path / "secret")
    assert here.asset(str(tmp_path), "brands/link") is None


def test_inside_follows_links(tmp_path: Path, here: World) -> None:
    """A path is inside a folder when it really is, neighbours of a like name excluded."""
    (tmp_path / "root").mkdir()
    (tmp_path / "rooted").mkdir()
    (tmp_path / "root" / "out").symlink_to(tmp_path / "rooted")
    root = str(tmp_path / "root")
    assert here.inside(root, root)
    assert here.inside(root, str(tmp_path / "root" / "a" / "b"))
    assert not here.inside(root, str(tmp_path / "rooted"))
    assert not here.inside(root, str(tmp_path / "root" / "out" / "file"))


def test_package_file_without_import(here: World) -> None:
    """A data file of an installed package is found and the package not imported."""
    script = (
        "import sys\nfrom compiler.world import World\n"
        "found = World().package_file('hypothesis', 'vendor/tlds-alpha-by-domain.txt')\n"
        "assert found and 'hypothesis' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parent.parent)
    assert here.package_file("hypothesis", "nothing.txt") is None
    assert here.package_file("no_such_package", "nothing.txt") is None


def test_reads_are_recorded(here: World) -> None:
    """What a build read is known afterwards; a part can be read of what has no end."""
    Path(here.cwd, "a").write_bytes(b"12345")
    assert here.read("a") == b"12345"
    assert here.reads == {"a": 5}
    assert here.read("a", 2) == b"12"
    with pytest.raises(OSError, match="No such file"):
        here.read("b")


@pytest.mark.parametrize(("value", "seconds"), [("0", 0), ("1703865600", 1703865600), ("", None), ("soon", None), ("-1", None)])
def test_epoch(value: str, seconds: int | None) -> None:
    """SOURCE_DATE_EPOCH is taken when it is a number of seconds."""
    assert World(environ={"SOURCE_DATE_EPOCH": value}).epoch() == seconds
    assert World(environ={}).epoch() is None


# --- writing ---------------------------------------------------------------------------------------------------------


def test_write_makes_folders_and_leaves_nothing_else(here: World) -> None:
    """A first and a second write leave just the file."""
    here.write_atomically("build/a.pdf", b"one")
    here.write_atomically("build/a.pdf", b"two")
    assert here.listdir("build") == ["a.pdf"]
    assert here.read("build/a.pdf") == b"two"
    assert stat.S_IMODE(os.stat(here.absolute("build/a.pdf")).st_mode) & 0o400


@pytest.mark.parametrize("failing", ["fsync", "replace"])
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_failed_write_leaves_the_old_file(
    here: World, monkeypatch: pytest.MonkeyPatch, failing: str, fault: BaseException
) -> None:
    """A full disk or Ctrl-C leaves what stood there, and no rest of a file."""
    here.write_atomically("a.pdf", b"old")

    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(type(fault)):
        here.write_atomically("a.pdf", b"new")
    monkeypatch.undo()
    assert here.listdir(".") == ["a.pdf"]
    assert here.read("a.pdf") == b"old"


def test_write_follows_links_and_spares_devices(here: World) -> None:
    """A link's target is replaced and the link kept; a device stays a device; a folder is refused."""
    os.mkdir(here.absolute("real"))
    os.symlink("real/a.pdf", here.absolute("latest.pdf"))
    here.write_atomically("latest.pdf", b"x")
    assert os.path.islink(here.absolute("latest.pdf"))
    assert here.read("real/a.pdf") == b"x"
    here.write_atomically(os.devnull, b"x")
    assert not os.path.isfile(os.devnull)
    with pytest.raises(IsADirectoryError):
        here.write_atomically("real", b"x")


def test_two_writers_at_once(here: World) -> None:
    """Of two processes that write one file, one wins whole."""
    script = (
        "import sys\nfrom compiler.world import World\nworld = World(cwd=sys.argv[1])\n"
        "for _ in range(40):\n    world.write_atomically('a', sys.argv[2].encode() * 200000)\n"
    )
    command = [sys.executable, "-c", script, here.cwd]
    checkout = Path(__file__).parent.parent
    writers = [subprocess.Popen([*command, letter], cwd=checkout) for letter in "xy"]
    for writer in writers:
        assert writer.wait(60) == 0
    data = here.read("a")
    assert len(data) == 200000
    assert len(set(data)) == 1
    assert here.listdir(".") == ["a"]


# --- cache -----------------------------------------------------------------------------------------------------------


def test_cache_keeps(here: World) -> None:
    """An entry comes back as it was, also an empty one."""
    assert here.cached("kind", "key") is None
    here.store("kind", "key", b"data")
    here.store("kind", "none", b"")
    assert here.cached("kind", "key") == b"data"
    assert here.cached("kind", "none") == b""
    assert here.listdir(os.path.dirname(here.cache_path("kind", "key") or "")) == ["key", "none"]


@pytest.mark.parametrize("damage", [b"", b"short", None])
def test_damaged_entry_is_none(here: World, damage: bytes | None) -> None:
    """A cut off or changed entry counts as missing and is replaced by the next store."""
    here.store("kind", "key", b"data")
    path = Path(here.cache_path("kind", "key") or "")
    path.write_bytes(path.read_bytes()[:-1] + b"!" if damage is None else damage)
    assert here.cached("kind", "key") is None
    here.store("kind", "key", b"data")
    assert here.cached("kind", "key") == b"data"


def test_unwritable_cache_is_no_fault(tmp_path: Path) -> None:
    """A cache that cannot be is not used."""
    (tmp_path / "file").write_text("")
    world = World(environ={}, cwd=str(tmp_path), cache_dir=str(tmp_path / "file" / "cache"))
    world.store("kind", "key", b"data")
    assert world.cached("kind", "key") is None
    assert not world.claim("kind", "work", 60)


def test_cache_can_be_switched_off(tmp_path: Path) -> None:
    """No cache folder, no entries."""
    for world in (World(environ={"CN_CACHE_DIR": ""}, cwd=str(tmp_path)), World(environ={}, cwd=str(tmp_path), cache_dir="")):
        world.store("kind", "key", b"data")
        assert world.cached("kind", "key") is None
        assert world.cache_path("kind", "key") is None


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/h"}, "/h/.cache/compile-note"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "/x/compile-note"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/compile-note"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/compile-note"),
        ("linux", {"HOME": "/h", "CN_CACHE_DIR": "/c"}, "/c"),
        ("linux", {"HOME": "/h", "CN_CACHE_DIR": "c"}, "/work/c"),
    ],
)
def test_cache_folder(monkeypatch: pytest.MonkeyPatch, platform: str, environ: dict[str, str], folder: str) -> None:
    """The cache lives where the system keeps caches, or where CN_CACHE_DIR says."""
    monkeypatch.setattr(sys, "platform", platform)
    assert World(environ=environ, cwd="/work").cache_path("k", "e") == f"{folder}/k/e"


def test_homeless_has_no_cache() -> None:
    """Without a home there is no cache, and nothing breaks."""
    assert World(environ={}, cwd="/").cache_path("k", "e") is None


def test_claim(here: World) -> None:
    """A piece of background work is claimed once within its time."""
    assert here.claim("kind", "work", 60)
    assert not here.claim("kind", "work", 60)
    assert here.claim("kind", "work", 0)


def test_folders_of_packages_are_the_interpreters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder of `sys.path` is seen from where the interpreter works, not from where the note is."""
    monkeypatch.setattr(sys, "path", [".", str(tmp_path / "gone"), *sys.path])
    world = World(environ={}, cwd=str(tmp_path), cache_dir="")
    assert world.packages()[0] == os.getcwd()
    assert all(world.identity(folder) for folder in world.packages())
