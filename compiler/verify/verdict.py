"""The six checks and what they come to."""

from __future__ import annotations

from ..conformance.finding import Finding
from ..record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..conformance.file import File
    from ..world import World
    from .rebuild import Rebuilt

HOLDS, FAILS, UNKNOWN = "holds", "fails", "unknown"
SHOWN = 6  # findings of one check printed for people; JSON has all


class Outcome(Record):
    """One check: whether it holds, in words, and what was found."""

    check: str
    state: str
    words: str
    findings: tuple[Finding, ...] = ()


class Verdict(Record):
    """A file's outcomes in order."""

    path: str
    outcomes: tuple[Outcome, ...]

    @property
    def state(self) -> str:
        """`fails` when any check fails, else `unknown` when any could not be made, else `holds`."""
        states = [outcome.state for outcome in self.outcomes]
        return FAILS if FAILS in states else UNKNOWN if UNKNOWN in states else HOLDS


def _outcome(check: str, findings: list[Finding], holds: str, fails: str) -> Outcome:
    return Outcome(check, FAILS if findings else HOLDS, fails if findings else holds, tuple(findings))


def verify(path: str, world: World) -> Verdict:
    """Judge a file.  Errors: OSError when it cannot be read."""
    from ..conformance.file import File, Unreadable

    data = world.peek(path)
    try:
        file = File(data)
    except Unreadable as fault:
        return Verdict(path, (Outcome("bytes", FAILS, str(fault), (Finding("unreadable", str(fault)),)),))
    outcomes = [_bytes(file), _conformance(file, path, world), _structure(file)]
    outcomes += _made_again(file, path, world)
    return Verdict(path, tuple(outcomes))


def _bytes(file: File) -> Outcome:
    """Whether the file is as the compiler wrote it: its ID is the digest of its objects, and its table follows from them."""
    from _blake2 import blake2b

    from ..conformance.file import got
    from ..pdf.objects import HEADER

    data = file.data
    info = got(file.reader.trailer.get("/Info"))
    producer = str(got(info.get("/Producer")) or "") if isinstance(info, dict) else ""
    start = data.rfind(b"xref\n", 0, data.rfind(b"startxref"))
    mark = blake2b(data[:start], digest_size=16).hexdigest().upper().encode("ascii")
    tail = data[start:]
    whole = data.startswith(HEADER) and b"/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n" % (mark, mark, start) in tail
    if whole and tail == _table(data, start, tail):
        return Outcome("bytes", HOLDS, f"{len(data):,} bytes, as compile-note wrote them")
    if producer != "compile-note":
        what = f"it was made by {producer}" if producer else "it does not say what made it"
        return Outcome("bytes", FAILS, f"not a file of compile-note: {what}", (Finding("bytes-foreign", what),))
    if data.startswith(HEADER) and b"\nstartxref\n%d\n%%%%EOF\n" % start in tail and start > 0:
        what = "some bytes have been changed since it was written"
        return Outcome("bytes", FAILS, what, (Finding("bytes-changed", what),))
    what = "another program has saved it again, or cut it"
    return Outcome("bytes", FAILS, what, (Finding("bytes-saved-again", what),))


def _table(data: bytes, start: int, tail: bytes) -> bytes:
    """The table and trailer as the writer makes them for the objects that are there."""
    import re

    known = {found.start() + 1 for found in re.finditer(rb"\n\d+ 0 obj\n", data[:start])}
    places = [line[:10] for line in tail.split(b"\n")[3:] if line.endswith(b" 00000 n ")]
    listed = [int(place) for place in places if place.isdigit()]
    if not all([at in known and data.startswith(b"%d 0 obj\n" % number, at) for number, at in enumerate(listed, 1)]):
        return b""
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(listed) + 1)
    rows = b"".join([b"%010d 00000 n \n" % at for at in listed])
    trailer = re.search(rb"trailer\n<</Size (\d+)/Root 1 0 R/Info (\d+) 0 R/ID\[[^\]]*\]>>\nstartxref\n\d+\n%%EOF\n$", tail)
    if trailer is None or int(trailer.group(1)) != len(listed) + 1 or not 0 < int(trailer.group(2)) <= len(listed):
        return b""
    info = listed[int(trailer.group(2)) - 1]
    told = b"/Producer(compile-note)" in data[info : data.find(b"\nendobj\n", info)]
    return head + rows + trailer.group() if told else b""


def _conformance(file: File, path: str, world: World) -> Outcome:
    from ..conformance import RULES, claims, conformance

    found = conformance(file)
    claimed = " and ".join([f"{name}-{level}" for name, level in claims(file).items()]) or "no standard claimed"
    judged, judge = _judge(path, claims(file), world)
    found += judge
    return _outcome("conformance", found, f"{claimed}: {len(RULES)} rules; {judged}", f"{claimed}; {judged}")


def _judge(path: str, claimed: Mapping[str, str], world: World) -> tuple[str, list[Finding]]:
    """veraPDF's word, where it is installed."""
    import shutil
    import subprocess

    program = shutil.which("verapdf", path=world.environ.get("PATH"))
    flavours = [claimed["PDF/A"].lower()] if "PDF/A" in claimed else []
    flavours += [f"ua{claimed['PDF/UA']}"] if "PDF/UA" in claimed else []
    if program is None or not flavours:
        return "veraPDF is not installed" if program is None else "nothing for veraPDF to judge", []
    found = []
    for flavour in flavours:
        command = [program, "--format", "text", "--flavour", flavour, world.absolute(path)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if not run.stdout.startswith("PASS"):
            found.append(Finding("verapdf", f"veraPDF refuses {flavour}: {(run.stdout or run.stderr).strip()[:200]}"))
    return f"veraPDF judged {' and '.join(flavours)}", found


def _structure(file: File) -> Outcome:
    from ..conformance import elements
    from ..conformance.file import FAULTS, got
    from ..conformance.structure import Check

    check = Check(file)
    try:
        found = check.run()
    except FAULTS as fault:
        found = [*check.faults, Finding("tags-missing", f"the structure cannot be walked: {type(fault).__name__}: {fault}")]
    tree = got(file.catalog.get("/StructTreeRoot"))
    count = sum([1 for _ in elements(tree)]) if isinstance(tree, dict) and not found else 0
    words = f"{count} elements and {len(check.owners)} marks agree with {len(file.pages)} pages"
    return _outcome("structure", found, words, "tags and pages do not agree")


# --- against the attached source -------------------------------------------------------------------------------------


def _made_again(file: File, path: str, world: World) -> list[Outcome]:
    from ..conformance.file import FAULTS
    from .rebuild import read_record, rebuild, source_findings

    try:
        attachments = file.attachments()
    except FAULTS as fault:
        what = f"the attachments cannot be read: {fault}"
        return [Outcome("source", FAILS, what, (Finding("source-missing", what),))]
    record = read_record(attachments)
    if record is None:
        what = "no build record: the file was made without it (--standard a-2u, plain), or lost it"
        source = Outcome("source", UNKNOWN, what, (Finding("record-missing", what),))
        return [
            source,
            Outcome("text", UNKNOWN, "no source to compare with"),
            Outcome("rebuild", UNKNOWN, "no source to build from"),
        ]
    changed = source_findings(attachments, record)
    others = len(attachments) - 2
    holds = record["note"] + (f" and {others} more file{'s' if others > 1 else ''}" if others > 0 else "")
    source = _outcome("source", changed, f"{holds}, as the record says", "the attachments are not what the record says")
    root = _root(path, world)
    return [source, *_compared(file, record, rebuild(attachments, record, root, world))]


def _root(path: str, world: World) -> str:
    """Where brand and disclaimers are looked for: above the file, or where the command runs."""
    for place in (path, "x"):
        root = world.root_of(place)
        if world.is_dir(f"{root}/assets"):
            return root
    return world.root_of("x")


def _compared(file: File, record: dict[str, Any], made: Rebuilt) -> list[Outcome]:
    from ..conformance.file import FAULTS
    from ..conformance.file import File as Opened
    from .content import looks, parts, texts
    from .rebuild import differences, read_record

    if made.pdf is None:
        state = UNKNOWN if made.missing else FAILS
        words = made.findings[0].words if made.findings else "nothing came of it"
        return [Outcome("text", UNKNOWN, "not compared"), Outcome("rebuild", state, words, made.findings)]
    again = Opened(made.pdf)
    there = texts(again)
    try:
        here = texts(file)
        mine = parts(file)
    except FAULTS as fault:
        what = f"the pages cannot be read: {fault}"
        finding = (Finding("text-differs", what),)
        return [
            Outcome("text", FAILS, what, finding),
            Outcome("rebuild", FAILS, "the attached source makes another file", finding),
        ]
    spoken = _text_findings(here, there)
    text = _outcome("text", spoken, f"{len(here)} passages, as the attached source has them", "not as the attached source has it")
    if made.pdf == file.data:
        return [text, Outcome("rebuild", HOLDS, "equal, byte for byte")]
    other = differences(record, read_record(again.attachments()) or record)
    if other:
        findings = tuple([Finding("rebuild-other", words) for words in other])
        return [text, Outcome("rebuild", UNKNOWN, "made with something else than is here", findings)]
    moved = _moved(looks(file), looks(again))
    if moved:
        return [text, Outcome("rebuild", FAILS, "the attached source makes other pages", tuple(moved))]
    theirs = parts(again)
    unlike = [
        Finding("rebuild-differs", f"{name} {_how(name, mine, theirs)}")
        for name in {**theirs, **mine}
        if mine.get(name) != theirs.get(name)
    ]
    if unlike:
        return [text, Outcome("rebuild", FAILS, "the attached source makes another file", tuple(unlike))]
    words = "the content is equal, the bytes are not"
    return [text, Outcome("rebuild", FAILS, words, (Finding("rebuild-bytes", words),))]


def _moved(mine: list[bytes], theirs: list[bytes]) -> list[Finding]:
    """Pages lost, added or out of order; nothing where as many stand as should."""
    if len(mine) == len(theirs) and sorted(mine) != sorted(theirs):
        return []
    lost = [Finding("page-missing", f"page {at} is missing") for at, look in enumerate(theirs, 1) if look not in mine]
    added = [Finding("page-added", f"page {at} is none of its pages") for at, look in enumerate(mine, 1) if look not in theirs]
    if lost or added or mine == theirs:
        return lost + added
    return [Finding("page-order", f"{len(mine)} pages in another order, or twice, where the source makes {len(theirs)}")]


def _how(name: str, mine: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> str:
    return "is missing" if name not in mine else "is one too many" if name not in theirs else "differs"


def _text_findings(here: list[tuple[str, str]], there: list[tuple[str, str]]) -> list[Finding]:
    """The first passage that differs, and how many there are."""
    for index, (ours, theirs) in enumerate(zip(here, there), 1):
        if ours != theirs:
            at = next((place for place, pair in enumerate(zip(ours[1], theirs[1])) if pair[0] != pair[1]), 0)
            cut = slice(max(at - 8, 0), at + 16)
            return [Finding("text-differs", f"passage {index}: `{ours[1][cut]}` where the source has `{theirs[1][cut]}`")]
    if len(here) != len(there):
        return [Finding("text-differs", f"{len(here)} passages where the source makes {len(there)}")]
    return []


# --- telling ---------------------------------------------------------------------------------------------------------


def as_text(verdict: Verdict) -> str:
    """The verdict on one screen."""
    heads = {HOLDS: "holds", FAILS: "does not hold", UNKNOWN: "cannot be judged whole here"}
    signs = {HOLDS: "ok", FAILS: "FAILS", UNKNOWN: "?"}
    lines = [f"{verdict.path}: {heads[verdict.state]}"]
    for outcome in verdict.outcomes:
        lines.append(f"  {signs[outcome.state]:<6}{outcome.check:<12} {outcome.words}")
        shown = [item for item in outcome.findings if item.words != outcome.words]
        lines += [f"{'':21}[{item.rule}] {item.words}" for item in shown[:SHOWN]]
        if len(shown) > SHOWN:
            lines.append(f"{'':21}and {len(shown) - SHOWN} more")
    return "\n".join(lines) + "\n"


def as_data(verdict: Verdict) -> dict[str, object]:
    """The same for a program."""
    return {
        "file": verdict.path,
        "state": verdict.state,
        "checks": [
            {
                "check": outcome.check,
                "state": outcome.state,
                "words": outcome.words,
                "findings": [{"rule": item.rule, "words": item.words} for item in outcome.findings],
            }
            for outcome in verdict.outcomes
        ],
    }
