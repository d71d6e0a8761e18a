"""Our line composer against Typst's on the same text: `python tests/bench/stress.py`.

The prose of the shipped notes (paragraphs, list items, quotations, callouts, footnotes, text disclaimers) is set by both at
twenty measures from 18 to 46 em, in the same font file, justified, with a first-line indent of 2 em.  Their lists of
references are set too, as only they have web addresses, but just their breaks are judged: nobody justifies such lines.
Typst's lines are read back from its PDF.  The faults of both are counted by the same functions (faults.py).  What is equal
for both is settled before: newlines and the spaces an author types between Han and Latin are gone (each sets its own gap
there), and a character the font lacks has become 字.  Typst's `overhang` is off, as letting Latin stops stand in the margin
would count against it.  Widows, orphans and stranded headings are counted on whole pages: ours are the shipped notes in both
brands, Typst's the first note in the template of the other bench (document.py, peer.typ), a quarter as many.

    --widths W    measures in em, `18,20.5,36`
    --json FILE   also write what was counted
    --show KIND   print every place of one kind of fault (the table's first column)
    --check       exit 1 when a column of ours is worse than Typst's
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that it runs from a checkout without installation

import faults
import paged
from compiler.brand import FaceSpec
from compiler.diagnostics import Report
from compiler.layout.references import reference_words
from compiler.model import Callout, FootnoteMark, LineBreak, List, Note, Paragraph, Quote, Text, TextDisclaimer
from compiler.pipeline import Stages, compile_note, read_note
from compiler.text import faces
from compiler.text.composer import compose
from compiler.words import words_of
from compiler.world import World
from document import NOTE, REPOSITORY, longer, typst_source
from faults import SetLine, SetParagraph

FAMILY = "Noto Sans SC"
WIDTHS = tuple(round(18 + 28 * step / 19, 2) for step in range(20))
INDENT = 2.0  # em
SIZE = 10.0  # points of Typst's text
NEAR = 2e-3  # em: lengths read from a PDF that differ less are equal

# Column: what it says.  Those in `TOLD` are not judged: a line more, a mark squeezed is no fault in itself.
COLUMNS = {
    "start": "forbidden line starts",
    "end": "forbidden line ends",
    "number": "numbers split, or from their unit",
    "name": "names split from their version",
    "word": "Latin words split",
    "address": "addresses split at bad places",
    "lonely": "last lines of one Han or word",
    "short": "last lines under 2 em",
    "marks": "meeting marks not compressed",
    "gaps": "Han–Latin gaps missing",
    "overfull": "overfull lines",
    "flush": "right edge off by at most (em)",
    "loose": "lines with Han–Han extra over 0.1 em",
    "stretch p95": "Han–Han extra, 95th percentile (em)",
    "stretch max": "Han–Han extra, most (em)",
    "shrink max": "Han–Han shrunk, most (em)",
    "widow": "paragraphs with one line on a new page",
    "orphan": "paragraphs with one line before a new page",
    "stranded": "headings at a page's foot",
    "lines": "lines",
    "measure": "numbers split from a Han measure",
    "squeezed": "marks in a line squeezed by a quarter em",
}
TOLD = ("lines", "measure", "squeezed")
Counts = dict[str, float]
Places = dict[str, list[str]]


# --- text ------------------------------------------------------------------------------------------------------------

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_UNWANTED = re.compile(rf"(?<=[{_WIDE}]) (?=\S)|(?<=[^\s.,;:!?]) (?=[{_WIDE}])")


def shipped() -> list[Path]:
    """The shipped notes' files."""
    return sorted((REPOSITORY / "notes").glob("*.yaml"))


def read(path: Path) -> Note:
    """A note, checked.  Errors: SystemExit when it does not check."""
    report = Report()
    note = read_note(str(path), World(cwd=str(REPOSITORY), cache_dir=""), report, Stages())
    if note is None:
        raise SystemExit(f"{path} does not check: " + "; ".join([item.message for item in report]))
    return note


def prose(note: Note) -> Iterator[str]:
    """The plain text of what a note sets in lines, footnotes before the text that names them."""
    for section in note.sections:
        yield from _blocks(section.blocks)
    for item in note.disclaimers:
        if isinstance(item, TextDisclaimer):
            for article in item.articles:
                yield from _blocks(article.blocks)


def _blocks(blocks: Iterable[object]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _paragraph(block)
        elif isinstance(block, List):
            for item in block.items:
                yield from _blocks(item.blocks)
        elif isinstance(block, (Quote, Callout)):
            yield from _blocks(block.blocks)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    words = ""
    for inline in paragraph.inlines:
        if isinstance(inline, Text):
            words += inline.text
        elif isinstance(inline, FootnoteMark):
            yield from _blocks(inline.blocks)
        elif isinstance(inline, LineBreak):
            words += "\u2028"
    yield from words.split("\u2028")


def plain(words: str, face: faces.Face) -> str:
    """The text as both get it: one space between words, none beside Han, no character without a glyph."""
    words = _UNWANTED.sub("", " ".join(words.split()))
    return "".join([character if face.gid(ord(character)) else "字" for character in words])


def texts(face: faces.Face) -> tuple[list[str], list[str]]:
    """The prose and the references of all shipped notes, each paragraph once."""
    found = [read(path) for path in shipped()]
    words = dict.fromkeys([plain(text, face) for note in found for text in prose(note)])
    lines = ["".join(reference_words(source, words_of(note.language))) for note in found for source in note.references]
    references = dict.fromkeys([plain(line, face) for line in lines])
    return list(words), list(references)


def font() -> str:
    """The font file both use.  Errors: SystemExit when it is not installed."""
    path = World(cache_dir="").package_file("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
    if path is None:
        raise SystemExit("pip install pylopdf-fonts-zh-cn: the font of the bench is not there")
    return path


def face_of(path: str) -> faces.Face:
    """The bench's face, measured by HarfBuzz."""
    return faces.load(FaceSpec("bench", path), World(cache_dir=""))


# --- lines -----------------------------------------------------------------------------------------------------------


def ours(source: str, measure: float, face: faces.Face) -> SetParagraph:
    """A paragraph as our composer sets it."""
    lines = []
    for line in compose(source, measure, indent_em=INDENT, faces=[face]):
        lines.append(_line(zip(line.text, line.x, line.adv)))
    return SetParagraph(source, measure, tuple(lines))


def _line(placed: Iterable[tuple[str, float, float]]) -> SetLine:
    """A line without its white space."""
    kept = [one for one in placed if not one[0].isspace()]
    return SetLine("".join([one[0] for one in kept]), tuple([one[1] for one in kept]), tuple([one[2] for one in kept]))


def typst(sources: Sequence[str], widths: Sequence[float], path: str) -> list[SetParagraph]:
    """Every paragraph at every measure as Typst sets it: one page each, read back from the PDF.

    Errors: ImportError without the Typst binding or PyMuPDF.
    """
    import pymupdf
    import typst as peer

    jobs = [(source, width) for width in widths for source in sources]
    pages = [
        f"#set page(margin: 0pt, height: auto)\n"
        f'#set text(font: "{FAMILY}", size: {SIZE}pt, lang: "zh", region: "cn", hyphenate: false, overhang: false)\n'
        f"#set par(justify: true, first-line-indent: (amount: {INDENT}em, all: true))\n"
    ]
    for source, width in jobs:
        pages.append(f"#page(width: {width * SIZE:.4f}pt, par({json.dumps(source, ensure_ascii=False)}))\n")
    data = peer.compile("".join(pages).encode(), font_paths=[str(Path(path).parent)], ignore_system_fonts=True)
    with pymupdf.open(stream=data) as pdf:
        if len(pdf) != len(jobs):
            raise SystemExit(f"Typst made {len(pdf)} pages of {len(jobs)} paragraphs")
        return [SetParagraph(source, width, _read(page)) for (source, width), page in zip(jobs, pdf)]


def _read(page: Any) -> tuple[SetLine, ...]:
    """The lines of a page, top to bottom: glyphs on one baseline are a line, the letters of a ligature share its width."""
    rows: dict[int, list[tuple[str, float, float]]] = {}
    for span in page.get_texttrace():
        glyphs: list[list[Any]] = []  # one glyph each: its characters, x, y, advance
        for code, glyph, (x, y), (left, _, right, _) in span["chars"]:
            if glyph < 0 and glyphs:
                glyphs[-1][0] += chr(code)
            else:
                glyphs.append([chr(code), x, y, right - left])
        for characters, x, y, advance in glyphs:
            each = advance / len(characters)
            row = rows.setdefault(round(y), [])
            row += [(one, (x + place * each) / SIZE, each / SIZE) for place, one in enumerate(characters)]
    return tuple([_line(rows[y]) for y in sorted(rows)])


# --- pages -----------------------------------------------------------------------------------------------------------


def our_pages() -> list[tuple[str, str]]:
    """The faults of the pages of the shipped notes in both brands.  Errors: SystemExit when a note does not compile."""
    found = []
    for path in shipped():
        note = read(path)
        for brand in sorted(folder.name for folder in (REPOSITORY / "assets" / "brands").iterdir()):
            report = Report()
            made = compile_note(str(path), World(cwd=str(REPOSITORY), cache_dir=""), report, brand=brand)
            if made is None:
                raise SystemExit(f"{path} does not compile: " + "; ".join([item.message for item in report]))
            found += [(kind, f"{note.id}, {brand}: {words}") for kind, words in paged.faults_of(paged.place(note, made.pdf))]
    return found


def typst_pages(path: str) -> list[tuple[str, str]]:
    """The faults of Typst's pages of the first note."""
    import typst as peer

    with TemporaryDirectory() as name:
        source = longer(1, Path(name) / "root")
        pdf = peer.compile(
            str(typst_source(source, Path(name) / "peer")), font_paths=[str(Path(path).parent)], ignore_system_fonts=True
        )
        return [(kind, f"{NOTE.stem}: {words}") for kind, words in paged.faults_of(paged.place(read(source), pdf))]


# --- counting --------------------------------------------------------------------------------------------------------


def count(
    paragraphs: Sequence[SetParagraph], references: Sequence[SetParagraph] = (), pages: Sequence[tuple[str, str]] = ()
) -> tuple[Counts, Places]:
    """The table's columns for set paragraphs, and where each fault is.

    Of `references` only the breaks and the lines count; `pages` are the faults of pages with their kinds.
    """
    places: Places = {name: [] for name in COLUMNS}
    for kind, place in pages:
        places[kind].append(place)
    found: list[tuple[float, str]] = []
    flush = (0.0, "")
    for one in (*paragraphs, *references):
        for kind, broken in faults.blame(one):
            places[kind].append(f"{one.measure:g} em: {broken}")
    for one in paragraphs:
        where = f"{one.measure:g} em: "
        for kind, fault in (
            ("lonely", faults.lonely),
            ("short", faults.short),
            ("marks", faults.loose_marks),
            ("gaps", faults.missing_gaps),
            ("overfull", faults.overfull),
            ("loose", faults.loose),
            ("squeezed", faults.squeezed),
        ):
            places[kind] += [where + words for words in fault(one)]
        missed, line = faults.flush_error(one)
        flush = max(flush, (missed, where + line))
        found += [(extra, where + line.text) for line in one.lines[:-1] for extra in faults.extras(line)]
    counts: Counts = {name: float(len(places[name])) for name in COLUMNS}
    found.sort()
    extras = [max(0.0, extra) for extra, _ in found] or [0.0]
    counts["lines"] = float(sum([len(one.lines) for one in (*paragraphs, *references)]))
    counts["flush"], places["flush"] = flush[0], [flush[1]]
    counts["stretch p95"] = extras[min(len(extras) - 1, int(0.95 * len(extras)))]
    counts["stretch max"] = extras[-1]
    worst = dict.fromkeys([f"{extra:.3f} at {line}" for extra, line in reversed(found) if extra > 0.25])
    places["stretch max"] = list(worst)
    counts["shrink max"] = max(0.0, -found[0][0]) if found else 0.0
    places["shrink max"] = list(dict.fromkeys([f"{extra:.3f} at {line}" for extra, line in found if extra < -NEAR]))
    return counts, places


def worse(mine: Counts, other: Counts) -> list[str]:
    """The judged columns in which the first is worse than the second."""
    return [name for name in COLUMNS if name not in TOLD and mine[name] > other[name] + NEAR]


def alike(mine: Sequence[SetParagraph], other: Sequence[SetParagraph]) -> str:
    """The 95th percentile of stretch where neither leaves a lonely or short last line, which costs the lines before it."""
    sound = [
        place
        for place, pair in enumerate(zip(mine, other))
        if not any(map(faults.lonely, pair)) and not any(map(faults.short, pair))
    ]
    shown = []
    for paragraphs in (mine, other):
        lines = [line for place in sound for line in paragraphs[place].lines[:-1]]
        extras = sorted([max(0.0, extra) for line in lines for extra in faults.extras(line)]) or [0.0]
        shown.append(f"{extras[int(0.95 * (len(extras) - 1))]:.4f}")
    return f"where neither ends in a lonely or short line ({len(sound)} of {len(mine)}): stretch p95 {shown[0]}, Typst {shown[1]}"


def table(mine: Counts, other: Counts) -> str:
    """The columns as rows, with the difference; `*` marks one in which we are worse."""
    rows = [f"{'':<13}{'':<42}{'ours':>8}{'Typst':>9}{'ours − Typst':>14}"]
    lost = worse(mine, other)
    for name, words in COLUMNS.items():
        digits = 0 if "(em)" not in words else 3
        difference = mine[name] - other[name]
        numbers = f"{mine[name]:>8.{digits}f}{other[name]:>9.{digits}f}{difference:>+14.{digits}f}"
        rows.append(f"{name:<13}{words:<42}{numbers}{' *' if name in lost else ''}")
    return "\n".join(rows)


def main() -> None:
    """Print the table; with --check judge it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--widths", default=",".join([f"{width:g}" for width in WIDTHS]))
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--show", metavar="KIND", choices=list(COLUMNS))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    widths = [float(width) for width in options.widths.split(",")]
    path = font()
    face = face_of(path)
    kinds = words, references = texts(face)
    set_by_us = [[ours(source, width, face) for width in widths for source in kind] for kind in kinds]
    mine, my_places = count(*set_by_us, our_pages())
    set_by_typst = [typst(kind, widths, path) for kind in kinds]
    other, other_places = count(*set_by_typst, typst_pages(path))
    span = f"{len(widths)} measures from {min(widths):g} to {max(widths):g} em"
    print(f"{len(words)} paragraphs and {len(references)} references at {span}")
    print(table(mine, other))
    print(alike(set_by_us[0], set_by_typst[0]))
    if options.show:
        for name, places in (("ours", my_places), ("Typst", other_places)):
            print("\n".join([f"{name}: {place}" for place in places[options.show]]))
    if options.json:
        data = {"widths": widths, "ours": mine, "typst": other, "places": {"ours": my_places, "typst": other_places}}
        Path(options.json).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if options.check and worse(mine, other):
        sys.exit(1)


if __name__ == "__main__":
    main()
