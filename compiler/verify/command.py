"""`compile-note verify FILE.pdf...`: the command.

Exit codes: 0 everything holds, 1 something does not, 3 a file cannot be read, or could not be built again here.
"""

from __future__ import annotations

from .verdict import FAILS, HOLDS, UNKNOWN, as_data, as_text, verify

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from ..world import World

CODES = {HOLDS: 0, FAILS: 1, UNKNOWN: 3}
UNREADABLE = 3


def run(paths: Sequence[str], form: str, quiet: bool, world: World, out: TextIO, err: TextIO) -> int:
    """Judge files, print the verdicts, return the exit code: 1 if any fails, else 3 if any cannot be judged, else 0."""
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would complain of is ours to tell
    codes = []
    data: list[dict[str, object]] = []
    for path in paths:
        try:
            verdict = verify(path, world)
        except OSError as fault:
            err.write(f"compile-note: {path} cannot be read: {fault.strerror or fault}\n")
            data.append({"file": path, "state": "unreadable", "checks": []})
            codes.append(UNREADABLE)
            continue
        codes.append(CODES[verdict.state])
        data.append(as_data(verdict))
        if form == "human" and not (quiet and verdict.state == HOLDS):
            out.write(as_text(verdict))
        elif form == "short":
            failed = [outcome.check for outcome in verdict.outcomes if outcome.state != HOLDS]
            out.write(f"{path}: {verdict.state}" + (f": {', '.join(failed)}" if failed else "") + "\n")
    if form == "json":
        import json

        out.write(json.dumps({"files": data}, ensure_ascii=False, indent=1) + "\n")
    out.flush()
    return 1 if 1 in codes else max(codes, default=0)
