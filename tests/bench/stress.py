"""All prose of the shipped notes at twenty measures, set by us and by Typst, and what went wrong in each: one command,
`python tests/bench/stress.py`.

The same text, the same font file, justified, indented by 2 em; measures from 18 to 46 em.  Both settings are read as lines of
glyphs (character, x, own advance), Typst's out of its PDF, and one code counts in both.  Widows, orphans and stranded headings
need pages: they are counted for the first note, ours in either brand, in the frames; Typst's pages are not read for them.

    --measures N  how many (default 20)
    --json FILE   the figures, too
    --check       exit 1 when a column of ours is worse than Typst's
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that it runs from a checkout without installation

from compiler.diagnostics import Report
from compiler.layout.galley import plain
from compiler.layout.score import Score
from compiler.model import Callout, List, Note, Paragraph, Quote, TextDisclaimer
from compiler.pipeline import Stages, check_note, read_note
from compiler.text.characters import CLOSE, HAN, LEVELS, OPEN, STOP, UNITS, base_class
from compiler.text.composer import compose
from compiler.text.faces import Face
from compiler.world import World

REPOSITORY = Path(__file__).resolve().parents[2]
NOTES = sorted((REPOSITORY / "notes").glob("*.yaml"))
FONT = "NotoSansSC-Regular.otf"
LEAST, MOST = 18.0, 46.0  # em
INDENT = 2.0
EM = 10.0  # points, in Typst
SLACK = 0.03  # em
BATCH = 600  # paragraphs in one Typst document

Line = list[tuple[str, float, float]]  # character, x and own advance in em

_BASIC = LEVELS["basic"]
_NUMBER = re.compile(r"(?:US|HK)?[￥¥$€£]?[+\-−]?\d[\d,.:/]*\d?(?:[%‰℃°]|[A-Za-zµ]+(?:/[a-z]+)?)?")
_SPACED_UNIT = re.compile(r"\d [A-Za-zµ°%‰]+(?:/[a-z]+)?")
_MEASURE = re.compile(r"\d[年月日号时分秒亿万千元倍个只家次款周]")
_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]+[ -][A-Z]?\d[\dA-Za-z.]*(?![\d%])")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s一-鿿，。）]+")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%‰,+/:-]*|[^\W_]")


class Counts:
    """What was counted in one setting; all but `lines` and `measure_splits` are faults, and less is better."""

    def __init__(self) -> None:
        self.lines = 0
        self.forbidden_starts = self.forbidden_ends = 0
        self.flush = 0.0
        self.stretch: list[float] = []
        self.lonely = self.runts = 0
        self.number_splits = self.measure_splits = self.name_splits = self.address_splits = 0
        self.uncompressed = self.gaps_missing = self.overfull = 0

    def rows(self) -> dict[str, float]:
        """Figures by the names they are printed under."""
        ordered = sorted(self.stretch) or [0.0]
        return {
            "lines": self.lines,
            "forbidden line starts": self.forbidden_starts,
            "forbidden line ends": self.forbidden_ends,
            "flush error, em": round(self.flush, 3),
            "stretch p95, em a gap": round(ordered[int(len(ordered) * 0.95)], 3),
            "stretch worst, em a gap": round(ordered[-1], 3),
            "overfull lines": self.overfull,
            "last lines of one character": self.lonely,
            "last lines under 2 em": self.runts,
            "numbers and units split": self.number_splits,
            "names and versions split": self.name_splits,
            "addresses split badly": self.address_splits,
            "number and Han measure split": self.measure_splits,
            "adjacent marks not compressed": self.uncompressed,
            "Han-Latin gaps missing": self.gaps_missing,
        }


# --- the text --------------------------------------------------------------------------------------------------------


def paragraphs(note: Note) -> Iterator[str]:
    """The plain text of a note's paragraphs, those of lists, quotations, views and disclaimers included."""
    for section in note.sections:
        yield from _texts(section.blocks)
    for disclaimer in note.disclaimers:
        if isinstance(disclaimer, TextDisclaimer):
            for article in disclaimer.articles:
                yield from _texts(article.blocks)


def _texts(blocks: Iterable[object]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.inlines)
        elif isinstance(block, List):
            for item in block.items:
                yield from _texts(item.blocks)
        elif isinstance(block, Quote | Callout):
            yield from _texts(block.blocks)


def texts() -> list[str]:
    """All of it, with the blanks gone that Chinese setting does not want, so that both set the same characters."""
    found = []
    for path in NOTES:
        note = read_note(str(path), World(cwd=str(REPOSITORY)), Report(), Stages())
        assert note is not None
        found += [text for text in paragraphs(note) if len(text) > 20]
    return ["".join([line.text for line in compose(text, 1e6)]) for text in found]


# --- the two settings ------------------------------------------------------------------------------------------------


def face_file() -> Path:
    """The font both set with."""
    return Path(str(importlib.import_module("pylopdf_fonts_zh_cn").__file__)).with_name(FONT)


def ours(text: str, width: float, face: Face) -> list[Line]:
    """Our lines."""
    return [list(zip(line.text, line.x, line.adv)) for line in compose(text, width, indent_em=INDENT, faces=(face,))]


def typst(jobs: Sequence[tuple[str, float]]) -> Iterator[list[Line]]:
    """Typst's lines of each (text, width)."""
    import pymupdf
    import typst as binding

    family = "Noto Sans SC"
    head = (
        f'#set text(font: "{family}", size: {EM}pt, lang: "zh", region: "cn", hyphenate: false)\n'
        f"#set par(justify: true, first-line-indent: (amount: {INDENT}em, all: true))\n"
    )
    for start in range(0, len(jobs), BATCH):
        batch = jobs[start : start + BATCH]
        pages = [f"#page(width: {width * EM}pt, height: auto, margin: 0pt)[#par[#{_quoted(text)}]]\n" for text, width in batch]
        source = (head + "".join(pages)).encode("utf-8")
        pdf = binding.compile(source, font_paths=[str(face_file().parent)], ignore_system_fonts=True)
        document = pymupdf.open(stream=pdf)
        assert len(document) == len(batch)
        for page in document:
            yield _lines(page.get_texttrace())


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _lines(spans: Iterable[dict[str, object]]) -> list[Line]:
    """Glyphs of one page by their baselines."""
    found: dict[int, Line] = {}
    for span in spans:
        for code, _, origin, box in span["chars"]:  # type: ignore[attr-defined]
            if code > 0:
                found.setdefault(round(origin[1]), []).append((chr(code), origin[0] / EM, (box[2] - box[0]) / EM))
    return [sorted(line, key=lambda glyph: glyph[1]) for _, line in sorted(found.items())]


# --- counting --------------------------------------------------------------------------------------------------------


def count(text: str, width: float, lines: Sequence[Line], into: Counts) -> None:
    """Add what one paragraph's lines show."""
    lines = [_trimmed(line) for line in lines if _trimmed(line)]
    into.lines += len(lines)
    for number, line in enumerate(lines):
        if number and _never_starts(line[0]):
            into.forbidden_starts += 1
        end = _edge(line[-1])
        into.overfull += end > width + SLACK
        if number < len(lines) - 1:
            into.forbidden_ends += base_class(ord(line[-1][0])) == OPEN and line[-1][2] > 0.75
            into.flush = max(into.flush, abs(end - width))
        extra = _extra(line) if number < len(lines) - 1 else 0.0
        if extra is not None and number < len(lines) - 1:
            into.stretch.append(extra)
        _pairs(line, extra or 0.0, into)
    if len(lines) > 1:
        last = "".join([glyph[0] for glyph in lines[-1]])
        counted = len(_WORD.findall(last))
        into.lonely += counted < 2
        into.runts += counted >= 2 and _edge(lines[-1][-1]) - lines[-1][0][1] < 2 - SLACK
        _splits(text, lines, into)


def _trimmed(line: Line) -> Line:
    """Without the blanks at its ends."""
    while line and line[-1][0].isspace():
        line = line[:-1]
    return line


def _edge(glyph: tuple[str, float, float]) -> float:
    """Where the ink's half of a mark ends, or the cell of anything else."""
    text, x, advance = glyph
    wide = base_class(ord(text)) in (STOP, CLOSE) and advance > 0.75
    return x + (advance / 2 if wide else advance)


def _never_starts(glyph: tuple[str, float, float]) -> bool:
    text, _, advance = glyph
    letter = base_class(ord(text))
    if letter in (STOP, CLOSE):
        return advance > 0.75
    return letter in _BASIC.no_start or text in ")]},.!?:;%‰°"


def _extra(line: Line) -> float | None:
    """Em between two Han beyond their advance: the middle of what the line has, None where it has none."""
    found = sorted([b[1] - a[1] - a[2] for a, b in pairwise(line) if _han(a[0]) and _han(b[0])])
    return found[len(found) // 2] if found else None


def _han(text: str) -> bool:
    return base_class(ord(text)) == HAN


def _pairs(line: Line, extra: float, into: Counts) -> None:
    for a, b in pairwise(line):
        first, second = base_class(ord(a[0])), base_class(ord(b[0]))
        if min(a[2], b[2]) > 0.75 and (first, second) in _COLLIDING:
            into.uncompressed += b[1] - a[1] > 0.5 + max(extra, 0.0) + 2 * SLACK
        gap = b[1] - a[1] - a[2]
        if (_han(a[0]) and b[0].isascii() and b[0].isalnum()) or (_han(b[0]) and a[0].isascii() and a[0].isalnum()):
            into.gaps_missing += gap < 0.1


_COLLIDING = {(STOP, CLOSE), (STOP, OPEN), (STOP, STOP), (CLOSE, CLOSE), (CLOSE, STOP), (CLOSE, OPEN), (OPEN, OPEN)}


def _splits(text: str, lines: Sequence[Line], into: Counts) -> None:
    """Line ends inside what should stay whole."""
    breaks = []
    at = 0
    for line in lines[:-1]:
        for glyph in line:
            if not glyph[0].isspace():
                at = text.find(glyph[0], at) + 1 or at
        breaks.append(at + (text[at : at + 1] == " "))
    for match in _NUMBER.finditer(text):
        into.number_splits += _inside(match, breaks)
    for match in _SPACED_UNIT.finditer(text):
        if match.group().split(" ")[1] in UNITS:
            into.number_splits += _inside(match, breaks)
    for match in _NAME.finditer(text):
        into.name_splits += _inside(match, breaks)
    for match in _MEASURE.finditer(text):
        into.measure_splits += _inside(match, breaks)
    for match in _ADDRESS.finditer(text):
        wrong = [
            at for at in breaks if match.start() < at < match.end() and text[at - 1] not in "/?&=#-_" and text[at] not in ".%"
        ]
        into.address_splits += len(wrong)


def _inside(match: re.Match[str], breaks: Sequence[int]) -> int:
    return sum([match.start() < at < match.end() for at in breaks])


# --- the table -------------------------------------------------------------------------------------------------------


def measures(number: int) -> list[float]:
    """Evenly spread, most of them no whole number of em."""
    step = (MOST - LEAST) / max(number - 1, 1)
    return [round(LEAST + step * place, 2) for place in range(number)]


def settings(number: int) -> tuple[Counts, Counts]:
    """Both, counted."""
    face = Face(str(face_file()))
    jobs = [(text, width) for width in measures(number) for text in texts()]
    mine, other = Counts(), Counts()
    for text, width in jobs:
        count(text, width, ours(text, width, face), mine)
    for (text, width), lines in zip(jobs, typst(jobs), strict=True):
        count(text, width, lines, other)
    return mine, other


def page_scores() -> dict[str, Score]:
    """Our pages of the shipped notes in both brands."""
    found = {}
    for path in NOTES:
        for brand in sorted(path.parent.parent.glob("assets/brands/*/brand.yaml")):
            name = brand.parent.name
            made = check_note(str(path), World(cwd=str(REPOSITORY)), Report(), brand=name, least=0.0)
            assert made is not None
            assert made.score is not None
            found[f"{path.stem}, {name}"] = made.score
    return found


def main() -> None:
    """Print the table; with --check judge it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measures", type=int, default=20)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    mine, other = settings(options.measures)
    print(f"{'':<34}{'ours':>10}{'Typst':>10}")
    worse = []
    for name, value in mine.rows().items():
        peer = other.rows()[name]
        print(f"{name:<34}{value:>10g}{peer:>10g}")
        if name != "lines" and value > peer + 1e-9:
            worse.append(name)
    print("\nour pages                         widows  orphans  stranded  splits  score")
    for name, found in page_scores().items():
        splits = found.unit_splits + found.name_splits
        print(f"{name:<34}{found.widows:>6}{found.orphans:>9}{found.stranded:>10}{splits:>8}{found.points:>7g}")
    for name in worse:
        print(f"worse than Typst: {name}")
    if options.json:
        options.json.write_text(json.dumps({"ours": mine.rows(), "typst": other.rows()}, indent=1) + "\n", "utf-8")
    if worse and options.check:
        sys.exit(1)


if __name__ == "__main__":
    main()
