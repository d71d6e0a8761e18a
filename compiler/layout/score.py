"""How well a note is set: faults and stretches counted in the laid-out frames.

In: finished pages and the brand's geometry.  Out: a `Score`, and the lines it was read from.  Always: it knows only what
stands on the pages (which glyph at which place, which element owns it), nothing of how the composer came to it; so an
independent reading of the PDF's glyphs gives the same figures, and a test says so.  Sources: TYPOGRAPHY clauses 3, 4, 7, 8
and 9 (clreq 3.1; GB/T 15834 5.1).  House rule (2026-11-24): the points each fault costs.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..record import Record
from ..text.characters import CLOSE, HAN, LEVELS, OPEN, STOP, UNITS, base_class
from ..text.composer import places
from .frames import Element, TextItem
from .sides import occupied

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..brand import Brand
    from .frames import Item, Pages

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
BLOCKS = ("P", "TD", "TH", "Lbl", "Caption", "Note", *HEADINGS)
SLACK = 0.02  # em: what no one sees
SHRUNK = 0.01
_BASIC = LEVELS["basic"]
_NUMBER = re.compile(r"(?:US|HK|RMB)?[￥¥$€£]?[+\-−±]?\d[\d,.:/]*\d(?:[%‰℃°]|[A-Za-zµ]+(?:/[a-z]+)?)?|\d[%‰℃°]")
_SPACED_UNIT = re.compile(r"\d [A-Za-zµ°%‰]+(?:/[a-z]+)?")
_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]+ [A-Z]?\d[\dA-Za-z.]*(?![\d%])")


class SetLine(Record):
    """One line of one block as it stands on a page.

    Shape: `glyphs` are (text, x, own advance) in order; `spaced` that the break replaced a word space; `raised` that the first
    glyph is.  Units: points from the page's left and top edges; `size` of the block's own text.
    """

    page: int
    y: float
    size: float
    glyphs: tuple[tuple[str, float, float], ...]
    spaced: bool
    raised: bool

    @property
    def text(self) -> str:
        return "".join([glyph[0] for glyph in self.glyphs])

    @property
    def end(self) -> float:
        """The right edge: of a mark that a line may end with, the half that is not blank."""
        text, x, advance = self.glyphs[-1]
        blank = advance / 2 if base_class(ord(text[-1])) in (STOP, CLOSE) and advance > 0.75 * self.size else 0.0
        return x + advance - blank


class SetBlock(Record):
    """A paragraph, cell, heading or label: its lines in order, over pages."""

    element: Element
    lines: tuple[SetLine, ...]


class Score(Record):
    """The counts, and `points` out of 100.

    Units: stretch em a character gap over what is natural (p95 and the worst of all lines), shrink em a line, flush points by
    which the right edges of a justified paragraph differ; `fill` the share of each page's column that is used, `white` the
    fullest share of white on a page that text runs over from.
    """

    points: float
    lines: int
    forbidden_starts: int
    forbidden_ends: int
    stretch_p95: float
    stretch_worst: float
    shrink_worst: float
    flush_worst: float
    overfull: int
    lonely: int
    runts: int
    unit_splits: int
    name_splits: int
    widows: int
    orphans: int
    stranded: int
    fill: tuple[float, ...]
    white: float


# --- reading the frames ----------------------------------------------------------------------------------------------


def blocks_of(pages: Pages) -> list[SetBlock]:
    """The set blocks in reading order; what belongs to figures and artifacts is not running text."""
    found: dict[int, tuple[Element, dict[tuple[int, float], list[TextItem]]]] = {}
    for number, page in enumerate(pages.pages):
        for item in page.items:
            if not isinstance(item, TextItem) or not isinstance(item.owner, Element):
                continue
            block = _block(item.owner)
            if block is not None:
                lines = found.setdefault(id(block), (block, {}))[1]
                lines.setdefault((number, round(item.y, 1)), []).append(item)
    return [SetBlock(block, tuple([_line(*key, items) for key, items in lines.items()])) for block, lines in found.values()]


def _block(owner: Element) -> Element | None:
    """The block an element's text belongs to; None inside a figure."""
    block: Element | None = None
    node: Element | None = owner
    while node is not None:
        if node.tag == "Figure":
            return None
        if block is None and node.tag in BLOCKS:
            block = node
        node = node.parent
    return block


def _line(page: int, y: float, items: Sequence[TextItem]) -> SetLine:
    glyphs: list[tuple[str, float, float]] = []
    size = 0.0
    raised = False
    for item in items:
        for segment in item.segments:
            if not glyphs:
                raised = segment.style.rise > 0
            if not segment.style.rise:
                size = max(size, segment.style.size)
            glyphs += [(text, item.x + x, advance) for text, x, advance in places(segment)]
    size = size or items[0].segments[0].style.size
    spaced = len(glyphs) > 1 and glyphs[-1][0] == " "
    if spaced:
        glyphs.pop()
    return SetLine(page, y, size, tuple(glyphs), spaced, raised)


# --- counting --------------------------------------------------------------------------------------------------------


def score(pages: Pages, brand: Brand) -> Score:
    """Count the faults of laid-out pages."""
    blocks = [block for block in blocks_of(pages) if block.lines]
    running = [block for block in blocks if len(block.lines) > 1]
    stretches = sorted([value for block in blocks for value in stretches_of(block)])
    worst = stretches[-1] if stretches else 0.0
    fill, white = _fill(pages, blocks, brand)
    counts = {
        "forbidden_starts": sum([_starts_wrong(line) for block in running for line in block.lines[1:]]),
        "forbidden_ends": sum([_ends_wrong(line) for block in running for line in block.lines[:-1]]),
        "overfull": sum([_overfull(block, pages, brand) for block in blocks]),
        "lonely": sum([_lonely(block) for block in running]),
        "runts": sum([_runt(block) for block in running]),
        "unit_splits": sum([_splits(block, _NUMBER) + _splits(block, _SPACED_UNIT) for block in running]),
        "name_splits": sum([_splits(block, _NAME) for block in running]),
        "widows": sum([_alone(block, -1) for block in running]),
        "orphans": sum([_alone(block, 0) for block in running]),
        "stranded": sum(_stranded(blocks)),
    }
    p95 = stretches[min(int(len(stretches) * 0.95), len(stretches) - 1)] if stretches else 0.0
    lines = sum([len(block.lines) for block in blocks])
    points = _points(counts, lines, p95, worst, white)
    return Score(
        points=points,
        lines=lines,
        stretch_p95=round(p95, 4),
        stretch_worst=round(worst, 4),
        shrink_worst=round(max([_shrink(line) for block in running for line in block.lines[:-1]], default=0.0), 4),
        flush_worst=round(max([flush_of(block) for block in running], default=0.0), 4),
        fill=fill,
        white=white,
        **counts,
    )


COSTS = {
    "forbidden_starts": 10.0,
    "forbidden_ends": 10.0,
    "overfull": 10.0,
    "stranded": 10.0,
    "unit_splits": 5.0,
    "name_splits": 3.0,
    "widows": 5.0,
    "orphans": 3.0,
    "lonely": 5.0,
    "runts": 1.0,
}


def _points(counts: dict[str, int], lines: int, p95: float, worst: float, white: float) -> float:
    """100 less the costs of the faults in a hundred lines, of stretch beyond what is good (J4) and of a page half empty."""
    lost = sum([COSTS[name] * count for name, count in counts.items()]) * 100 / max(lines, 100)
    lost += 100 * max(0.0, p95 - 0.10) + 20 * max(0.0, worst - 0.25) + 20 * max(0.0, white - 0.25)
    return round(max(0.0, 100 - lost), 1)


def _starts_wrong(line: SetLine) -> bool:
    first = line.glyphs[0][0][0]
    letter = base_class(ord(first))
    if line.raised:
        return True
    return letter in _BASIC.no_start if letter not in (STOP, CLOSE) or ord(first) > 0x2E7F else first in "”’" and _wide(line, 0)


def _ends_wrong(line: SetLine) -> bool:
    last = line.glyphs[-1][0][-1]
    return base_class(ord(last)) == OPEN and (ord(last) > 0x2E7F or _wide(line, -1))


def _wide(line: SetLine, at: int) -> bool:
    """Whether a mark that Chinese and English share is the Chinese one."""
    return line.glyphs[at][2] > 0.75 * line.size


def _lonely(block: SetBlock) -> bool:
    """Whether the last line is one Han or word, in a heading one character (R2, R6)."""
    last = block.lines[-1].text
    if block.element.tag.startswith("H"):
        return sum([character.isalnum() for character in last]) < 2
    return _counted(last) < 2


def _counted(text: str) -> int:
    """Characters of a last line that count: Han and words (R2)."""
    return len(re.findall(r"[A-Za-z0-9][A-Za-z0-9.%‰,+/:-]*|[^\W_]", text))


def _runt(block: SetBlock) -> bool:
    last = block.lines[-1]
    return _counted(last.text) >= 2 and last.end - last.glyphs[0][1] < 2 * last.size - SLACK


def _splits(block: SetBlock, pattern: re.Pattern[str]) -> int:
    """How many line ends fall inside a match of the pattern."""
    text = ""
    ends: list[int] = []
    for line in block.lines:
        text += line.text + (" " if line.spaced else "")
        ends.append(len(text))
    ends.pop()
    inside = 0
    for match in pattern.finditer(text):
        if pattern is _SPACED_UNIT and match.group().split(" ")[1] not in UNITS:
            continue
        inside += sum([match.start() < end < match.end() for end in ends])
    return inside


def _alone(block: SetBlock, at: int) -> bool:
    """Whether a paragraph's first or last line stands alone on its page (G2)."""
    if block.element.tag != "P":
        return False
    page = block.lines[at].page
    return sum([line.page == page for line in block.lines]) == 1


def _stranded(blocks: Sequence[SetBlock]) -> Iterable[int]:
    """Headings that text does not follow on their page: two lines, or all there are (G1)."""
    for place, block in enumerate(blocks):
        if block.element.tag not in HEADINGS:
            continue
        page = block.lines[-1].page
        for after in blocks[place + 1 :]:
            if after.element.tag in HEADINGS and after.lines[0].page == page:
                continue
            wanted = min(2, len(after.lines)) if after.element.tag == "P" else 1
            yield int(sum([line.page == page for line in after.lines]) < wanted)
            break
        else:
            yield 1


def stretches_of(block: SetBlock) -> list[float]:
    """Em between neighbouring Han beyond their own advance, once for each line that is justified and has any."""
    found: list[float] = []
    if block.element.frame is None or block.element.frame[2] != "justify":
        return found
    for line in block.lines[:-1]:
        for (before, x, advance), (after, following, _) in zip(line.glyphs, line.glyphs[1:]):
            if _han(before) and _han(after) and abs(advance - line.size) < SLACK * line.size:
                found.append(max(0.0, following - x - advance) / line.size)
                break
    return found


def _shrink(line: SetLine) -> float:
    """Em by which marks and gaps of a line are narrower than in an unhurried one: what single marks lost."""
    total = 0.0
    glyphs = line.glyphs
    for place in range(1, len(glyphs) - 1):
        text, x, advance = glyphs[place]
        letter = base_class(ord(text[-1]))
        if letter in (STOP, CLOSE) and advance > 0.75 * line.size and _han(glyphs[place + 1][0]):
            total += max(0.0, x + advance - glyphs[place + 1][1])
        elif letter == OPEN and advance > 0.75 * line.size and _han(glyphs[place - 1][0]):
            total += max(0.0, glyphs[place - 1][1] + glyphs[place - 1][2] - x)
    return total / line.size if total > SHRUNK else 0.0


def _han(text: str) -> bool:
    return base_class(ord(text[-1])) == HAN


def flush_of(block: SetBlock) -> float:
    """How far apart the right edges of a justified paragraph's lines are; 0 for what is ragged by its style."""
    if block.element.frame is None or block.element.frame[2] != "justify":
        return 0.0
    right = block.element.frame[1]
    return max([abs(line.end - right) for line in block.lines[:-1]], default=0.0)


def _overfull(block: SetBlock, pages: Pages, brand: Brand) -> int:
    """Lines that reach beyond their measure, or beyond the page's columns where no measure is known."""
    geometry, frame = brand.geometry, block.element.frame
    margin = geometry.width - geometry.full_x - geometry.full_width
    rights = [pages.pages[line.page].width - margin if frame is None else frame[1] for line in block.lines]
    return sum([line.end > right + SLACK * line.size for line, right in zip(block.lines, rights)])


def _in_footnote(item: Item) -> bool:
    """Whether an item belongs to a footnote: these stand at the foot and make the column shorter; side notes do not."""
    element: object = getattr(item, "owner", None)
    while isinstance(element, Element):
        if element.tag == "Note":
            return element.id.startswith("note-")
        element = element.parent
    return False


def _fill(pages: Pages, blocks: Sequence[SetBlock], brand: Brand) -> tuple[tuple[float, ...], float]:
    """The used share of each page's text column, and the most white on a page that text runs over from."""
    geometry = brand.geometry
    top = geometry.grid_top
    below = geometry.height - top - geometry.grid_lines * geometry.grid_pitch
    fill = []
    for page in pages.pages:
        turned = page.height != geometry.height
        left, width = (0.0, page.width) if turned else (geometry.text_x, geometry.text_width)
        owned = [item for item in page.items if isinstance(getattr(item, "owner", None), Element)]
        feet = [item for item in owned if _in_footnote(item)]
        text = [item for item in owned if not _in_footnote(item)]
        foot = min([start for start, _ in occupied(feet, left, left + width)], default=page.height - below)
        end = max([end for _, end in occupied(text, left, left + width)], default=top)
        fill.append(round(min(1.0, max(0.0, end - top) / (min(foot, page.height - below) - top)), 3))
    opens_chapter = [True] * (len(pages.pages) + 1)
    seen: set[int] = set()
    for block in blocks:
        for line in block.lines:
            if line.page not in seen:
                seen.add(line.page)
                opens_chapter[line.page] = block.element.tag == "H2" or line.page == 0
    upright = [place for place, page in enumerate(pages.pages) if page.height == geometry.height]  # not the turned ones
    runs_over = [place for place, after in pairwise(upright) if not opens_chapter[after]]
    return tuple(fill), round(max([1 - fill[place] for place in runs_over], default=0.0), 3)


# --- telling ---------------------------------------------------------------------------------------------------------


def as_data(found: Score) -> dict[str, object]:
    """For JSON."""
    return dict(zip(Score._fields, found.values())) | {"fill": list(found.fill)}


_SHOWN = (
    ("forbidden_starts", "marks at a line's start"),
    ("forbidden_ends", "opening marks at a line's end"),
    ("overfull", "overfull lines"),
    ("stranded", "stranded headings"),
    ("unit_splits", "split numbers"),
    ("name_splits", "split names"),
    ("widows", "widows"),
    ("orphans", "orphans"),
    ("lonely", "last lines of one character"),
    ("runts", "last lines under 2 em"),
)


def faults(found: Score) -> str:
    """What points were lost for, in a line."""
    said = [f"{getattr(found, name)} {words}" for name, words in _SHOWN if getattr(found, name)]
    if found.stretch_p95 > 0.10 or found.stretch_worst > 0.25:
        said.append(f"gaps stretched by up to {found.stretch_worst:.2f} em")
    if found.white > 0.25:
        said.append(f"a page with {found.white:.0%} white")
    return ", ".join(said) or "nothing"


def as_text(found: Score) -> str:
    """A few lines for people."""
    fill = " ".join([f"{share:.0%}" for share in found.fill])
    return (
        f"score {found.points:g} of 100, {found.lines} lines\n"
        f"  line starts forbidden {found.forbidden_starts}, ends {found.forbidden_ends}, overfull {found.overfull}\n"
        f"  stretch a gap p95 {found.stretch_p95:.3f} em, worst {found.stretch_worst:.3f} em;"
        f" shrink worst {found.shrink_worst:.2f} em a line; flush within {found.flush_worst:.3f} pt\n"
        f"  last lines of one character {found.lonely}, under 2 em {found.runts};"
        f" numbers and units split {found.unit_splits}, names {found.name_splits}\n"
        f"  widows {found.widows}, orphans {found.orphans}, headings stranded {found.stranded}\n"
        f"  pages filled {fill}\n"
    )
