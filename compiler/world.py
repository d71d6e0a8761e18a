"""The only door to the outside: files, environment, cache, and the one clock reading a build may use.

In: paths.  Out: bytes and facts about files.  Always: a compile is a pure function of its world; nothing is written in part
(temporary file, fsync, rename); a damaged cache entry is the same as none.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

ASSETS = "assets"
CACHE_NAME = "compile-note"
_DIGEST = 16  # bytes of BLAKE2 in front of every cache entry


def _digest(data: bytes) -> bytes:
    from _blake2 import blake2b  # `import hashlib` brings OpenSSL in, 1 ms of a cold compile

    return blake2b(data, digest_size=_DIGEST).digest()


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def cores() -> int:
    """The processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


class World:
    """Files, environment and cache of one run; tests give their own.

    `environ`, `cwd`: None takes the process's.  `cache_dir`: None takes the user's cache folder, "" switches the cache off.
    """

    def __init__(self, environ: Mapping[str, str] | None = None, cwd: str | None = None, cache_dir: str | None = None) -> None:
        self.environ: Mapping[str, str] = os.environ if environ is None else environ
        self.cwd = os.getcwd() if cwd is None else cwd
        self._cache_dir = self._user_cache() if cache_dir is None else cache_dir
        self._packages: dict[tuple[str, str], str | None] = {}
        self.reads: dict[str, int] = {}
        self.contents: dict[str, bytes] | None = None  # what was read, by absolute path, while somebody wants to know

    def elsewhere(self, cwd: str, epoch: str) -> World:
        """This world as seen from another folder, with the same cache and SOURCE_DATE_EPOCH `epoch` ("": none)."""
        environ = {key: value for key, value in self.environ.items() if key != "SOURCE_DATE_EPOCH"}
        return World({**environ, "SOURCE_DATE_EPOCH": epoch} if epoch else environ, cwd, self._cache_dir)

    # --- files -------------------------------------------------------------------------------------------------------

    def absolute(self, path: str) -> str:
        """`path` from this world's working folder."""
        return os.path.normpath(os.path.join(self.cwd, path))

    def read(self, path: str, most: int = -1) -> bytes:
        """A file's bytes, or the first `most` of them.  Errors: OSError."""
        with open(self.absolute(path), "rb") as file:
            data = file.read(most)
        self.reads[path] = len(data)
        if self.contents is not None:
            self.contents[self.absolute(path)] = data
        return data

    def peek(self, path: str) -> bytes:
        """A file's bytes, not counted among what a compile was made from.  Errors: OSError."""
        with open(self.absolute(path), "rb") as file:
            return file.read()

    def size(self, path: str) -> int:
        """A file's size in bytes.  Errors: OSError."""
        return os.stat(self.absolute(path)).st_size

    def identity(self, path: str) -> tuple[int, int]:
        """Size and modification time (ns) of a file, for cache keys.  Errors: OSError."""
        found = os.stat(self.absolute(path))
        return found.st_size, found.st_mtime_ns

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there."""
        return os.path.exists(self.absolute(path))

    def is_file(self, path: str) -> bool:
        """Whether an ordinary file is there."""
        return os.path.isfile(self.absolute(path))

    def is_dir(self, path: str) -> bool:
        """Whether a folder is there."""
        return os.path.isdir(self.absolute(path))

    def listdir(self, path: str) -> list[str]:
        """Names in a folder, sorted; none where there is no folder."""
        try:
            return sorted(os.listdir(self.absolute(path)))
        except OSError:
            return []

    def root_of(self, path: str) -> str:
        """The nearest folder above `path` that holds assets/ or notes/; else the file's own folder."""
        own = os.path.dirname(self.absolute(path))
        folder = own
        while True:
            if os.path.isdir(os.path.join(folder, ASSETS)) or os.path.isdir(os.path.join(folder, "notes")):
                return folder
            above = os.path.dirname(folder)
            if above == folder:
                return own
            folder = above

    def shipped(self) -> str:
        """The assets that come with the compiler: inside an installed wheel, or beside the package in a checkout."""
        package = os.path.dirname(os.path.abspath(__file__))
        inside = os.path.join(package, ASSETS)
        return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), ASSETS)

    def asset(self, root: str, relative: str) -> str | None:
        """The first of <root>/assets/<relative> and the shipped <relative> that is there; absolute."""
        for folder in (os.path.join(root, ASSETS), self.shipped()):
            path = os.path.join(folder, *relative.split("/"))
            if os.path.exists(path) and self.inside(folder, path):
                return path
        return None

    def relative(self, root: str, path: str) -> str:
        """A path as seen from a folder, with solidi."""
        return os.path.relpath(self.absolute(path), root).replace(os.sep, "/")

    def shown(self, path: str) -> str:
        """A path as diagnostics name it: from the working folder, where it lies below it."""
        whole = self.absolute(path)
        return self.relative(self.cwd, whole) if whole.startswith(self.cwd.rstrip(os.sep) + os.sep) else whole

    def asset_name(self, root: str, path: str) -> str:
        """The path inside assets/ of a file that lies in the root's or the shipped ones, or ""."""
        whole = self.absolute(path)
        for folder in (os.path.join(root, ASSETS), self.shipped()):
            if whole.startswith(folder + os.sep):
                return whole[len(folder) + 1 :].replace(os.sep, "/")
        return ""

    def packages(self) -> list[str]:
        """The folders installed packages are found in; absolute, from the folder the interpreter works in."""
        return [os.path.abspath(folder) for folder in sys.path if os.path.isdir(folder)]

    def asset_names(self, root: str, folder: str) -> list[str]:
        """The names available under assets/<folder>, the root's and the shipped ones, without hidden files."""
        names = set(self.listdir(os.path.join(root, ASSETS, folder)))
        names.update(self.listdir(os.path.join(self.shipped(), folder)))
        return sorted(name for name in names if not name.startswith("."))

    def inside(self, root: str, path: str) -> bool:
        """Whether `path` lies in `root` once symbolic links are followed."""
        real_root = os.path.realpath(root)
        real = os.path.realpath(self.absolute(path))
        return real == real_root or real.startswith(real_root.rstrip(os.sep) + os.sep)

    def package_file(self, package: str, file: str) -> str | None:
        """A data file of an installed package, found on sys.path without importing anything (find_spec costs 0.3 ms)."""
        key = (package, file)
        if key not in self._packages:
            self._packages[key] = None
            for folder in sys.path:
                path = os.path.join(folder or self.cwd, package, *file.split("/"))
                if os.path.isfile(path):
                    self._packages[key] = path
                    break
        return self._packages[key]

    def write_atomically(self, path: str, data: bytes) -> None:
        """Write all of `data` or nothing: temporary file beside the target, fsync, rename.

        A symbolic link is followed; a device or pipe is written to as it is.  Errors: OSError; on any failure, an interrupt
        included, the target stays as it was and no temporary file remains.
        """
        target = os.path.realpath(self.absolute(path))
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as device:  # a folder is an OSError here
                device.write(data)
            return
        folder = os.path.dirname(target)
        os.makedirs(folder, exist_ok=True)
        temporary = os.path.join(folder, f".{os.urandom(6).hex()}.part")  # process ids repeat between containers
        try:
            with open(temporary, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:
            _remove(temporary)
            raise

    # --- cache -------------------------------------------------------------------------------------------------------

    def _user_cache(self) -> str:
        own = self.environ.get("CN_CACHE_DIR")
        if own is not None:
            return self.absolute(own) if own else ""
        home = self.environ.get("HOME") or self.environ.get("USERPROFILE") or ""
        if sys.platform == "win32":
            base = self.environ.get("LOCALAPPDATA") or (os.path.join(home, "AppData", "Local") if home else "")
        elif sys.platform == "darwin":
            base = os.path.join(home, "Library", "Caches") if home else ""
        else:
            base = self.environ.get("XDG_CACHE_HOME") or (os.path.join(home, ".cache") if home else "")
        return os.path.join(base, CACHE_NAME) if base else ""

    def cache_path(self, kind: str, key: str) -> str | None:
        """Where an entry lives or would live; None with the cache off.  An entry is a 16-byte digest, then the data."""
        return os.path.join(self._cache_dir, kind, key) if self._cache_dir else None

    def cached(self, kind: str, key: str) -> bytes | None:
        """A cache entry whose digest is right, else None."""
        path = self.cache_path(kind, key)
        if path is None:
            return None
        try:
            with open(path, "rb") as file:
                entry = file.read()
        except OSError:
            return None
        data = entry[_DIGEST:]
        return data if len(entry) >= _DIGEST and _digest(data) == entry[:_DIGEST] else None

    def store(self, kind: str, key: str, data: bytes) -> None:
        """Keep an entry for later compiles; a full or read-only disk is no fault."""
        path = self.cache_path(kind, key)
        if path is None:
            return
        temporary = f"{path}.{os.urandom(6).hex()}.part"
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            with open(temporary, "wb") as file:
                file.write(_digest(data))
                file.write(data)
            os.replace(temporary, path)
        except OSError:
            _remove(temporary)

    def claim(self, kind: str, key: str, seconds: int) -> bool:
        """Whether this process may do a piece of background work that another claimed less than `seconds` ago."""
        path = self.cache_path(kind, key)
        if path is None:
            return False
        from time import time

        try:
            if time() - os.stat(path).st_mtime < seconds:
                return False
        except OSError:
            pass
        self.store(kind, key, b"")
        return self.cached(kind, key) is not None

    # --- time --------------------------------------------------------------------------------------------------------

    def epoch(self) -> int | None:
        """SOURCE_DATE_EPOCH in seconds, if it is set to a whole number."""
        value = self.environ.get("SOURCE_DATE_EPOCH", "")
        return int(value) if value.isascii() and value.isdigit() else None
