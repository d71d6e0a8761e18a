"""A file made again from what it carries.

In: the attachments and the build record of a file, the assets at hand.  Out: the bytes the compiler makes of them now, or why
it cannot.  Always: in a temporary folder that is gone afterwards; no attachment is written outside it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile

from ..conformance.finding import Finding
from ..provenance import RECORD, sha256
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..world import World


# What the house keeps, and this place does not: no fault of the file.
OUTSIDE = ("brand-unknown", "disclaimer-unknown")


class Rebuilt(Record):
    """`pdf` is None when nothing could be made; `findings` say why; `missing`: something outside is not there."""

    pdf: bytes | None
    findings: tuple[Finding, ...] = ()
    missing: bool = False


def read_record(attachments: Mapping[str, bytes]) -> dict[str, Any] | None:
    """The build record, or None where there is none that can be read."""
    try:
        record = json.loads(attachments[RECORD])
        record = record if isinstance(record, dict) and isinstance(record["note"], str) else None
        whole = record is not None and all(
            [isinstance(record[key], dict) for key in ("options", "files", "assets", "fonts", "versions")]
        )
    except (KeyError, ValueError):
        return None
    return record if whole else None


def source_findings(attachments: Mapping[str, bytes], record: Mapping[str, Any]) -> list[Finding]:
    """Whether the attachments are those the record names."""
    found = []
    for name, digest in record["files"].items():
        data = attachments.get(name)
        if data is None:
            if name == record["note"]:
                found.append(Finding("source-missing", f"the note {name} is not attached"))
        elif sha256(data) != digest:
            found.append(Finding("source-changed", f"the attached {name} is not the one the file was made from"))
    for name in attachments:
        if name != RECORD and name not in record["files"]:
            found.append(Finding("source-foreign", f"{name} is attached, and the build record does not know it"))
    return found


def rebuild(attachments: Mapping[str, bytes], record: Mapping[str, Any], root: str, world: World) -> Rebuilt:
    """Compile the attached note again with the brand and disclaimers found from `root`."""
    from ..diagnostics import Report, render_short
    from ..pipeline import compile_note

    with tempfile.TemporaryDirectory(prefix="compile-note-") as folder:
        lacking = _laid_out(attachments, record, root, folder)
        if lacking:
            return Rebuilt(None, tuple(lacking), missing=True)
        assets = os.path.join(root, "assets")
        if os.path.isdir(assets):
            shutil.copytree(assets, os.path.join(folder, "assets"), dirs_exist_ok=True)
        options = record["options"]
        report = Report()
        made = compile_note(
            record["note"],
            world.elsewhere(folder, str(options.get("epoch", ""))),
            report,
            brand=str(options.get("brand", "")) or None,
            layout=str(options.get("layout", "")),
        )
        if made is None:
            errors = [item for item in report if item.severity == "error"]
            first = render_short(errors[0]) if errors else ""
            finding = Finding("rebuild-refused", f"the attached note does not compile here: {first}")
            return Rebuilt(None, (finding,), missing=bool(errors) and all([item.code in OUTSIDE for item in errors]))
        return Rebuilt(made.pdf)


def _laid_out(attachments: Mapping[str, bytes], record: Mapping[str, Any], root: str, folder: str) -> list[Finding]:
    """Write the note's files into the folder; what cannot be had is told."""
    lacking = []
    for name, digest in record["files"].items():
        target = os.path.normpath(os.path.join(folder, *name.split("/")))
        if not target.startswith(folder + os.sep) or os.path.isabs(name) or ":" in name or "\\" in name:
            lacking.append(Finding("source-foreign", f"`{name}` would be written outside the folder"))
            continue
        data = attachments.get(name)
        if data is None:  # a large picture is not attached
            data = _at_hand(os.path.join(root, *name.split("/")), digest)
        if data is None:
            lacking.append(Finding("source-missing", f"{name} is not attached, and not in {root} as it was"))
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)
    return lacking


def _at_hand(path: str, digest: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    return data if sha256(data) == digest else None


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What was otherwise when the file was made, as sentences."""
    out = []
    for name, version in then["versions"].items():
        here = now["versions"].get(name, "none")
        if here != version:
            out.append(f"{name} {version} then, {here} here")
    for kind, word in (("assets", "has changed"), ("fonts", "is another file")):
        names = {**then[kind], **now[kind]}
        out += [f"{name} {word}" for name in names if then[kind].get(name) != now[kind].get(name)]
    return out
