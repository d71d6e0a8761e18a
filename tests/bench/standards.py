"""What tags, metadata and attachments cost: `python tests/bench/standards.py`, warm compiles of the weekly, one process, in turn.

Each row has one thing less: a-3a, without attachments (a-2u), without claims (plain), without XMP, and bare, without tags too.
For the last two the writers of metadata, marks and structure are replaced here, and only here, by ones that do nothing; the
elements themselves are laid out with the text and stay, as do those of merged disclaimers.  Prints milliseconds of processor
time, median and least, what each thing adds, and what all of it does.  The kinds are compiled in turn, so that what slows the
machine slows all, and compared turn by turn.  `--check` fails when both the median of that and the least times are above the
bar; `--rounds N` sets how often (60).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that it runs from a checkout without installation

from compiler.diagnostics import Report
from compiler.pdf import metadata
from compiler.pdf.paint import Painter
from compiler.pdf.structure import Structure
from compiler.pipeline import compile_note
from compiler.world import World

REPOSITORY = Path(__file__).resolve().parents[2]
NOTE = REPOSITORY / "notes" / "2023w52.yaml"
ROUNDS = 60
BAR = 0.15


def _nothing(*_: object) -> None:
    """Instead of a writer."""


def _no_number(*_: object) -> int:
    return 0


def _no_structure(_structure: Structure, store: object, tree: int, document: int, *_: object) -> None:
    """The two objects the catalog names, empty."""
    store.fill(tree, b"null")  # type: ignore[attr-defined]  # a Store
    store.fill(document, b"null")  # type: ignore[attr-defined]


@contextmanager
def without_metadata() -> Iterator[None]:
    """No XMP packet."""
    with patch.object(metadata, "xmp", lambda *_: b""):
        yield


@contextmanager
def bare() -> Iterator[None]:
    """Neither XMP nor tags: no marked content, no structure tree, text objects as long as they come."""
    marks = {"mark": _no_number, "annotate": _no_number, "start_page": _no_number, "extend": _nothing, "write": _no_structure}
    with without_metadata(), patch.multiple(Structure, **marks), patch.object(Painter, "_open", _nothing):
        yield


@contextmanager
def whole() -> Iterator[None]:
    """Everything there is."""
    yield


KINDS: dict[str, tuple[str, Callable[[], object], str]] = {  # name → standard, what is left out, what the one before has more
    "a-3a": ("a-3a", whole, ""),
    "a-2u": ("a-2u", whole, "attachments"),
    "plain": ("plain", whole, "claims"),
    "no XMP": ("plain", without_metadata, "metadata"),
    "bare": ("plain", bare, "tags"),
}


def measured(kind: str, world: World) -> float:
    """Milliseconds of one compile."""
    standard, less, _ = KINDS[kind]
    with less():  # type: ignore[attr-defined]  # a context
        started = process_time()
        made = compile_note(str(NOTE), world, Report(), standard=standard)
        passed = (process_time() - started) * 1000
    if made is None:
        raise SystemExit("the weekly does not compile")
    if (b"/Type/StructTreeRoot" in made.pdf) == (kind == "bare"):
        raise SystemExit(f"the kind {kind} is not what it should be")
    return passed


def main() -> int:
    """Print the table; 1 with --check when the bar is missed."""
    world = World(cwd=str(REPOSITORY))
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    rounds = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else ROUNDS
    for turn in range(rounds + 3):
        for kind in KINDS:
            passed = measured(kind, world)
            if turn >= 3:
                times[kind].append(passed)
    middle = median(times["bare"])
    before = ""
    print("         median   least")
    for kind, (_, _, what) in KINDS.items():
        added = median([full - less for full, less in zip(times[before], times[kind])]) / middle if before else 0.0
        more = f"   {what} add {added:.1%} of bare" if what else ""
        print(f"{kind:<7} {median(times[kind]):7.1f} {min(times[kind]):7.1f} ms{more}")
        before = kind
    cost = median([more / less for more, less in zip(times["a-3a"], times["bare"])]) - 1
    least = min(times["a-3a"]) / min(times["bare"]) - 1
    print(f"tags, metadata and attachments add {cost:.1%} (by the least times {least:.1%}); the bar is {BAR:.0%}")
    return int(min(cost, least) > BAR and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
