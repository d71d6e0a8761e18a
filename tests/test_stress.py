"""The bench that counts the faults of lines: that it sees each fault once, none where none is, and none of ours."""

from __future__ import annotations

import unicodedata

import pytest

import faults
import paged
import stress
from faults import SetLine, SetParagraph
from paged import Placed, Words

JUDGED = [name for name, words in stress.COLUMNS.items() if "(em)" not in words and name != "lines"]
CLOSED = ("start", "end", "number", "name", "word", "address", "lonely", "short", "marks", "gaps", "overfull")


def laid(shown, measure=99.0, moves=None):
    """A paragraph from `line|line`: wide characters an em, others half, gaps and meeting marks as they should be.

    `moves` maps a pair of characters to what stands between them instead.
    """
    lines = []
    for text in shown.split("|"):
        x, places, before = 0.0, [], ""
        for character in text:
            if (moves or {}).get(before + character) is not None:
                x += moves[before + character]
            elif before in "，。》”）" and character in "，。》”）《“（" and before:
                x -= 0.5
            elif before and bool(faults.HAN.match(before)) != bool(faults.HAN.match(character)):
                x += 0.25 if (before + character).isalnum() else 0.0
            if not character.isspace():
                places.append((character, x, cell(character)))
            x += cell(character)
            before = character
        lines.append(SetLine(*["".join(part) if place == 0 else part for place, part in enumerate(zip(*places))]))
    return SetParagraph(shown.replace("|", ""), measure, tuple(lines))


def cell(character):
    """Units: em."""
    return 1.0 if character in "“”‘’—…" or unicodedata.east_asian_width(character) in "FW" else 0.5


def counted(paragraph):
    """The columns that are not nought."""
    counts, _ = stress.count([paragraph])
    return {name: counts[name] for name in JUDGED if counts[name]}


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ("文文文|，文文文", "start"),  # P1
        ("文文文|”文文文", "start"),
        ("文文—|—文文文", "start"),  # U1
        ("文文十|％文文文", "start"),  # P5
        ("文文（|文）文文", "end"),  # P1
        ("文文“|文”文文", "end"),
        ("涨2.|06%文文", "number"),  # U2
        ("涨2|.06%文文", "number"),
        ("涨2.06|%文文", "number"),
        ("跌-|19.41%文文", "number"),
        ("价￥|99文文", "number"),  # P6
        ("约20 |GB文文", "number"),  # U3
        ("约20|GB文文", "number"),
        ("参数175|B文文", "number"),
        ("一块120|㎡文文", "number"),
        ("收入5,|500文文", "number"),
        ("用Midjourney |V6文文", "name"),  # U3
        ("用Pika |1.0文文", "name"),
        ("用GPT-|4文文", "name"),  # U4
        ("用Trans|former文文", "word"),
        ("用e-|ab文文", "word"),
        ("见https:|//www.example.com/path文文", "address"),  # U5
        ("见https://www.exam|ple.com/path文文", "address"),
        ("见https://www.example.com/path/to|/a文文", "address"),
        ("信research@|example.org文文", "address"),
        ("有437|亿元", "measure"),  # U6
    ],
)
def test_a_break_is_blamed_once(shown, kind):
    """Every bad break is in one column."""
    assert counted(laid(shown)) == {kind: 1}


@pytest.mark.parametrize(
    "shown",
    [
        "文文文，|文文文文，文文文",
        "文文。”|“文文》，文文文",
        "文文——|——文文文文文",
        "售价|￥99文文文文文",
        "上涨2.06%|文文文用AI|做文文文",
        "见https://www.example.com/|path/to文文文",
        "见https://www.example|.com/path文文文",
        "a text-|to-video word of |15 MB and two words",
        "文文|文文",
        "文",
    ],
)
def test_a_clean_paragraph_has_no_fault(shown):
    """What the rules allow is not counted."""
    assert counted(laid(shown)) == {}


def test_last_lines_of_one_word_or_little_width():
    """A lonely ideograph is also short; a long lonely word is not; two short words are short alone (R2)."""
    assert counted(laid("文文文文|文。")) == {"lonely": 1, "short": 1}
    assert counted(laid("文文文文|Transformer。")) == {"lonely": 1}
    assert counted(laid("文文文文|66.2%。")) == {"lonely": 1}
    assert counted(laid("a word or |a b")) == {"short": 1}


@pytest.mark.parametrize(
    ("shown", "moves", "kind"),
    [
        ("文文》，文文", {"》，": 0.0}, "marks"),  # W2
        ("文文”“文文", {"”“": 0.0}, "marks"),
        ("文用AI文", {"用A": 0.0}, "gaps"),  # A1
        ("文用AI文", {"I文": 0.05}, "gaps"),
        ("文文文文|文文文文文文", {"文文": 0.2}, "loose"),  # J4
        ("文文，文文|文文", {"，文": -0.4}, "squeezed"),  # J3
    ],
)
def test_a_wrong_space_is_counted(shown, moves, kind):
    """Each distance has its column."""
    assert counted(laid(shown, moves=moves)) == {kind: 1}


def test_edges():
    """The end of a line is measured to the ink half of a mark; a last line may end anywhere (J1, J6, W4)."""
    paragraph = laid("文文文文|文文文。|文文", 4.0)
    assert faults.flush_error(paragraph)[0] == 0
    assert counted(paragraph) == {}
    assert faults.flush_error(laid("文文文。|文文", 3.5))[0] == 0
    assert faults.flush_error(laid("文文文|文文", 4.0)) == (1.0, "文文文")
    assert counted(laid("文文文文文|文文", 4.0)) == {"overfull": 1}


def test_spacings_are_those_between_ideographs():
    """The last line and what stands beside marks and Latin do not count."""
    counts, _ = stress.count([laid("文文字，文A文|文文文文", moves={"文字": 0.05, "文，": 0.4})])
    assert (counts["stretch max"], counts["stretch p95"]) == pytest.approx((0.05, 0.05))
    counts, _ = stress.count([laid("文字文|文文文文", moves={"文字": -0.05})])
    assert counts["shrink max"] == pytest.approx(0.05)


def test_page_turns():
    """One row alone before or after a page's turn, and a heading without what it heads, are faults (G1, G2)."""
    text, heading = Words("paragraph", "文"), Words("heading", "题")
    assert paged.faults_of([Placed(text, ((0, 2), (1, 1)))]) == [("widow", "文")]
    assert paged.faults_of([Placed(text, ((0, 1), (1, 2)))]) == [("orphan", "文")]
    assert paged.faults_of([Placed(heading, ((0, 1),)), Placed(text, ((1, 3),))]) == [("stranded", "题")]
    assert paged.faults_of([Placed(heading, ((1, 1),)), Placed(text, ((1, 2), (2, 2)))]) == []


def test_our_pages_have_no_fault():
    """The shipped notes in both brands, all their words found on the pages."""
    assert stress.our_pages() == []


def test_lines_must_hold_the_source():
    """A character lost on the way is no fault of a line but of the bench."""
    with pytest.raises(ValueError, match="given as"):
        faults.breaks(SetParagraph("文文字", 9, (laid("文文").lines[0],)))


def test_worse_is_worse():
    """A column is lost by more than a rounding, and what is only told is never lost."""
    other = dict.fromkeys(stress.COLUMNS, 0.0)
    assert stress.worse(other | {"lines": 9.0, "measure": 9.0, "flush": 1e-3}, other) == []
    assert stress.worse(other | {"number": 1.0, "flush": 0.1}, other) == ["number", "flush"]
    assert "*" in stress.table(other | {"start": 1.0}, other)


def test_spaces_between_han_and_latin_are_not_text():
    """Both composers get the words without the author's gaps beside Han, and with those of English."""
    face = stress.face_of(stress.font())
    typed = "涨 2.06%，\n创业 板\nA 股 of\nsome 15 MB. 因此\n“好”"
    assert stress.plain(typed, face) == "涨2.06%，创业板A股of some 15 MB. 因此“好”"


@pytest.mark.parametrize("width", [20.95, 22.42, 28.32, 36.0, 40.0, 46.0])
def test_ours_has_no_fault(width):
    """The shipped prose at ordinary measures: nothing forbidden, nothing split, nothing lonely, every edge flush."""
    face = stress.face_of(stress.font())
    prose, references = stress.texts(face)
    counts, places = stress.count(*[[stress.ours(words, width, face) for words in kind] for kind in (prose, references)])
    assert {name: places[name] for name in CLOSED if counts[name]} == {}
    assert counts["flush"] <= faults.SEEN
    assert counts["shrink max"] <= faults.SEEN
