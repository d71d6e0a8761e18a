"""The path of a note, once: source → nodes → note → pages → PDF.

Each stage collects all the faults it can find; the path ends after the first stage that reported an error.  Stages are
imported when they are reached, so a check never loads the pen.
"""

from __future__ import annotations

from time import perf_counter

from .record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .brand import Brand
    from .claims.ledger import Entry
    from .claims.reach import Said
    from .diagnostics import Report
    from .layout.frames import Pages
    from .layout.score import Score
    from .model import Note
    from .pdf.ready import Ready
    from .pdf.write import Attached
    from .world import World

STDIN = "-"


class Compiled(Record):
    """A finished note: its id, the PDF, the number of its pages, merged ones included, and its score if that was asked for.

    `laid` are the pages it was painted from, kept where the collector is off already: a process that leaves with the work need
    not take them apart, 1 % of a long note's time; one that stays would have it walk them.
    """

    id: str
    pdf: bytes
    pages: int
    score: Score | None = None
    laid: Pages | None = None


class Stages:
    """How long each stage took, in milliseconds, in order."""

    def __init__(self) -> None:
        self.times: list[tuple[str, float]] = []
        self._last = perf_counter()

    def done(self, stage: str) -> None:
        """The stage that has just ended."""
        now = perf_counter()
        self.times.append((stage, (now - self._last) * 1000))
        self._last = now


class _Laid(Record):
    note: Note
    brand: Brand
    pages: Pages
    ready: tuple[Ready, ...]


def read_note(
    path: str,
    world: World,
    report: Report,
    stages: Stages,
    *,
    brand: str | None = None,
    data: bytes | None = None,
    entries: list[Entry] | None = None,
    listed: bool = False,
    claimed: list[Said] | None = None,
) -> Note | None:
    """Source, nodes, checked note.

    `data` is the text when it did not come from a file (`path` is then its name); `entries`, `listed` and `claimed` as
    in `check`."""
    from .syntax import LARGEST, decode, parse

    if data is None:
        try:
            data = world.read(path, LARGEST + 1)
        except OSError as fault:
            report.error("note-unreadable", f"{path} cannot be read: {fault.strerror or fault}", help=_like(path, world))
            return None
    name = "<stdin>" if path == STDIN else path
    file = decode(name, data, report)
    node = parse(file, report) if file is not None else None
    stages.done("parse")
    if file is None or node is None:
        return None
    from .check import check

    place = world.absolute("note.yaml") if path == STDIN else world.absolute(path)
    note = check(node, file, place, world, report, brand, entries, listed=listed, claimed=claimed)
    stages.done("check")
    return note


def _like(path: str, world: World) -> str:
    """What may be done about a note that cannot be read."""
    from .diagnostics import nearest

    folder, slash, name = path.replace("\\", "/").rpartition("/")
    if world.is_dir(path):
        return f"name the notes in it: {path.rstrip('/')}/*.yaml"
    near = nearest(name, [entry for entry in world.listdir(folder or ".") if entry.endswith((".yaml", ".yml"))])
    return f"did you mean {folder}{slash}{near}?" if near else "check the spelling and the permissions"


def lay_out(note: Note, path: str, world: World, report: Report, stages: Stages, layout: str = "") -> _Laid | None:
    """Brand, ready-made disclaimers, pages; `layout` names another page of the brand than its own."""
    from .brand import load

    place = world.absolute("note.yaml") if path == STDIN else world.absolute(path)
    before = report.errors
    name = f"{note.brand}/{layout}" if layout else note.brand
    brand = load(name, world.root_of(place), world, report, note.brand_span)
    if brand is not None and brand.language != note.language:
        from .edition import in_language

        brand = in_language(brand, note.language, world, report, note.language_span)
    stages.done("brand")
    ready = _prepare(note, world, report)
    stages.done("disclaimers")
    if brand is None or report.errors > before:
        return None
    from .layout.document import layout as set_pages

    pages = set_pages(note, brand, [(item.title, item.pages) for item in ready], world, report)
    stages.done("layout")
    return _Laid(note, brand, pages, tuple(ready)) if report.errors == before else None


def _prepare(note: Note, world: World, report: Report) -> Sequence[Ready]:
    from .model import ReadyDisclaimer

    wanted = [item for item in note.disclaimers if isinstance(item, ReadyDisclaimer)]
    if not wanted:
        return ()
    from .pdf.ready import prepare

    found = [prepare(item, world, report) for item in wanted]
    return [item for item in found if item is not None]


class Checked(Record):
    """A note that passed every check, and its score if that was asked for."""

    note: Note
    score: Score | None = None


class _Asked(Record):
    """What is asked of a run besides its note; the words of `compile_note` and `check`.  `leaves`: the process ends with it."""

    brand: str | None
    data: bytes | None
    least: float | None
    layout: str
    entries: list[Entry]
    listed: bool = False
    leaves: bool = False
    claimed: list[Said] | None = None


def _judged(path: str, world: World, report: Report, stages: Stages, asked: _Asked) -> tuple[_Laid, Score | None] | None:
    """A note read, checked, laid out and, where somebody asks, scored; None after an error."""
    wanted: dict[str, Any] = {"entries": asked.entries, "listed": asked.listed, "claimed": asked.claimed}
    note = read_note(path, world, report, stages, brand=asked.brand, data=asked.data, **wanted)
    laid = lay_out(note, path, world, report, stages, asked.layout) if note is not None else None
    least = asked.least
    if laid is None or least is None:
        return (laid, None) if laid is not None else None
    from .layout.score import faults, score

    found = score(laid.pages, laid.brand)
    stages.done("score")
    if found.points < least:
        report.error(
            "score-low",
            f"the setting scores {found.points:g} of 100 where at least {least:g} is asked for: {faults(found)}",
            help="rephrase near the faults, or move a figure or a page break; `compile-note check --score` counts them again",
        )
        return None
    return laid, found


def check_note(
    path: str,
    world: World,
    report: Report,
    *,
    brand: str | None = None,
    stages: Stages | None = None,
    data: bytes | None = None,
    least: float | None = None,
    layout: str = "",
    entries: list[Entry] | None = None,
    claimed: list[Said] | None = None,
) -> Checked | None:
    """Every check a build would make, layout included; writes nothing.

    `least` and `layout` as in `compile_note`; `entries` are filled with the number ledger, `claimed` with the claims and
    whether a check reaches them."""
    asked = _Asked(brand, data, least, layout, [] if entries is None else entries, listed=True, claimed=claimed)
    judged = _judged(path, world, report, stages or Stages(), asked)
    return Checked(judged[0].note, judged[1]) if judged is not None else None


class _resting_collector:  # lower case: it reads as a statement
    """No garbage collection in the block: nothing a compile makes is garbage before its end, and the collector's walks took a
    sixth of the time of a note of 50 times the length."""

    def __enter__(self) -> None:
        import gc

        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        import gc

        if self._was_on:
            gc.enable()


def _origin(path: str, laid: _Laid, world: World, asked: _Asked) -> Attached:
    """What gives the attachments when the faces used are known."""
    from .provenance import Origin

    contents = dict(world.contents or {})
    place = world.absolute(f"{laid.note.id}.yaml") if path == STDIN else world.absolute(path)
    if asked.data is not None:
        contents[place] = asked.data
    numbers: list[dict[str, object]] = []
    if asked.entries:
        from .claims.ledger import as_data

        numbers = as_data(asked.entries)
    options = {"brand": asked.brand or "", "layout": asked.layout, "epoch": world.environ.get("SOURCE_DATE_EPOCH", "")}
    origin = Origin(place, world.root_of(place), contents, laid.brand.files, options, numbers)
    return lambda faces: origin.attachments(faces, world)


def compile_note(
    path: str,
    world: World,
    report: Report,
    *,
    brand: str | None = None,
    stages: Stages | None = None,
    data: bytes | None = None,
    least: float | None = None,
    layout: str = "",
    standard: str = "a-3a",
) -> Compiled | None:
    """The finished PDF in memory, or None after a report.

    `least`: give the setting its score, and refuse one below this (0 only asks for the score).  `layout`: another page of
    the brand than its own, such as phone.  `standard`: a-3a with what it was made from attached, a-2u or plain without.
    """
    stages = stages or Stages()
    import gc

    asked = _Asked(brand, data, least, layout, [], leaves=not gc.isenabled())
    world.contents = {} if standard == "a-3a" else None
    try:
        with _resting_collector():
            return _compiled(path, world, report, stages, asked, standard)
    finally:
        world.contents = None


def _compiled(path: str, world: World, report: Report, stages: Stages, asked: _Asked, standard: str) -> Compiled | None:
    judged = _judged(path, world, report, stages, asked)
    if judged is None:
        return None
    from .pdf.write import write

    laid, score = judged
    attached = _origin(path, laid, world, asked) if world.contents is not None else None
    pdf = write(laid.pages, laid.ready, world, attached, standard)
    stages.done("write")
    count = len(laid.pages.pages) + sum([len(item.pages) for item in laid.ready])
    return Compiled(laid.note.id, pdf, count, score, laid.pages if asked.leaves else None)
