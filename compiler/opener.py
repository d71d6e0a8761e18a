"""Opens a finished file in the user's viewer."""

from __future__ import annotations

import os
import sys


def open_file(path: str) -> None:
    """Hand a file to the system; a system without a viewer is no fault."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    import subprocess

    command = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen([command, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        sys.stderr.write(f"compile-note: no viewer found for {path}\n")
