"""Which marks of a passage belong together: stress, links, inline notes, code spans.

In: text.  Out: `Marks`, places that open and places that close.  Always: pairs nest; each place is looked at a bounded number
of times.  This is CommonMark's delimiter stack (0.31.2, “phase 2: inline structure”) with two house rules (2023): where its
flanking rule asks for a space beside punctuation this does not, so that `**重点。**后面` and `“**引文**”` stress what their
author means; and one star pairs with one, two with two, four or more are a mask (`138****1234`) or a blank to fill in.
"""

from __future__ import annotations

from ..pattern import later

CITE = later(r"\[(@[^\[\]]*[^\[\]\s@;；,，][^\[\]]*)\]")
_TICKS = later("`+")
FOOTNOTE = later(r"\[\^([^\[\]\s]+)\]")
AUTO = later(r"<(https?://[^\s<>]+|mailto:[^\s<>]+)>")
_LINK_END = later(r"\(\s*<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)")
_TOKEN = later(r"\\[!-/:-@\[-`{-~]|`+|[\[\]]|\*+|_+|<(?:https?://|mailto:)|https?://")
_BARE = later(r"https?://[!#-;=?-Z_a-z|~]*")

LONGEST_STRESS = 3
_OPENING = frozenset("（【《〈「『“‘〔［｛([{")  # no stress ends after one of these
_CLOSING = frozenset("，。、；：！？）】》〉」』”’〕］｝,;:!?)]}")  # and none begins before one of these


class Marks:
    """What `marks_of` finds; all keys and values are places in the text.

    `opens`, `closes`: stress, with the number of signs.  `links`: `[` → (end of the target, address).  `link_ends`: the `]` of a
    link → end of the target.  `notes`: the `[` of `^[` → its `]`.  `codes`: first backtick → (start, stop, end).  `unclosed`:
    marks that lack their partner → their length.
    """

    __slots__ = ("closes", "codes", "link_ends", "links", "notes", "opens", "unclosed")

    def __init__(self) -> None:
        self.opens: dict[int, int] = {}
        self.closes: dict[int, int] = {}
        self.links: dict[int, tuple[int, str]] = {}
        self.link_ends: dict[int, int] = {}
        self.notes: dict[int, int] = {}
        self.codes: dict[int, tuple[int, int, int]] = {}
        self.unclosed: dict[int, int] = {}


_NONE = Marks()


def marks_of(text: str) -> Marks:
    """The marks of a passage."""
    if not ("*" in text or "_" in text or "`" in text):
        plain = "](" not in text and "^[" not in text  # citations and marks of footnotes at most: the common case
        if plain and ("[" not in text or text.count("[") == text.count("]")):
            return _NONE
    marks = Marks()
    runs = _brackets(text, marks)
    if runs:
        _stress(text, runs, marks)
    return marks


def address_end(text: str, at: int) -> int:
    """Where the bare address that starts at `at` ends: before closing punctuation and unbalanced parentheses."""
    found = _BARE.match(text, at)
    assert found is not None
    address = found.group()
    while True:
        cut = address.rstrip(".,;:!?'*_")
        if cut.endswith(")") and cut.count(")") > cut.count("("):
            cut = cut[:-1]
        if cut == address:
            break
        address = cut
    return at + max(len(address), text.index("//", at) + 2 - at)


# --- brackets and code -----------------------------------------------------------------------------------------------


def _brackets(text: str, marks: Marks) -> list[tuple[int, int]]:
    """Finds code spans, links and notes; returns the runs of stars and underscores outside code and addresses."""
    runs: list[tuple[int, int]] = []
    open_at: list[int] = []
    last_link = -1
    ticks: dict[int, list[int]] | None = None
    found = _TOKEN.search(text)
    while found:
        at, end = found.span()
        char = text[at]
        if char in "*_":
            runs.append((at, end - at))
        elif char == "`":
            if ticks is None:
                ticks = _ticks(text)
            end = _code(text, at, end, ticks, marks)
        elif char == "[":
            whole = CITE.match(text, at) or FOOTNOTE.match(text, at)
            if whole:
                end = whole.end()
            else:
                open_at.append(at)
        elif char == "]" and open_at:
            start = open_at.pop()
            if _is_note(text, start):
                marks.notes[start] = at
            elif last_link < start and (target := _LINK_END.match(text, end)):
                end = target.end()
                marks.links[start] = (end, target.group(1))
                marks.link_ends[at] = end
                last_link = start
        elif char == "<":
            auto = AUTO.match(text, at)
            end = auto.end() if auto else at + 1
        elif char == "h":
            end = address_end(text, at)
        found = _TOKEN.search(text, end)
    for start in open_at:
        if _is_note(text, start):
            marks.unclosed[start - 1] = 2
        elif text[start + 1 : start + 2] == "@":
            marks.unclosed[start] = 2
    return runs


def _is_note(text: str, bracket: int) -> bool:
    return bracket > 0 and text[bracket - 1] == "^" and text[bracket - 2 : bracket - 1] != "\\"


def _ticks(text: str) -> dict[int, list[int]]:
    """Runs of backticks by their length, the last first."""
    out: dict[int, list[int]] = {}
    for found in _TICKS.finditer(text):
        out.setdefault(found.end() - found.start(), []).append(found.start())
    for places in out.values():
        places.reverse()
    return out


def _code(text: str, at: int, end: int, ticks: dict[int, list[int]], marks: Marks) -> int:
    """A code span ends at the next run of as many backticks; one blank beside each of its ends is no part of it."""
    places = ticks.get(end - at, [])
    while places and places[-1] < end:
        places.pop()
    if not places:
        return end
    close = places[-1]
    inside = text[end:close]
    inset = 1 if inside.startswith(" ") and inside.endswith(" ") and inside.strip() else 0
    marks.codes[at] = (end + inset, close - inset, close + end - at)
    return close + end - at


# --- stress ----------------------------------------------------------------------------------------------------------


class _Opener:
    __slots__ = ("at", "char", "left")

    def __init__(self, at: int, left: int, char: str) -> None:
        self.at = at
        self.left = left
        self.char = char


class _Stress:
    """The stack of runs that may still be closed; inside a link or note only those opened there count."""

    def __init__(self, text: str, marks: Marks) -> None:
        self.text = text
        self.marks = marks
        self.stack: list[_Opener] = []
        self.floors = [0]
        self.searched: list[dict[tuple[str, int], int]] = [{}]  # below these places a search has already failed

    def enter(self) -> None:
        """A link or note begins."""
        self.floors.append(len(self.stack))
        self.searched.append({})

    def leave(self) -> None:
        """It ends: what was opened in it stays unclosed."""
        del self.stack[self.floors.pop() :]
        self.searched.pop()

    def run(self, at: int, size: int) -> None:
        """Close what this run can close, and keep the rest of it to be closed."""
        if size > LONGEST_STRESS:
            return
        char = self.text[at]
        opens, closes = _sides(self.text, at, size)
        start, left = at, size
        while closes and left:
            index = self._opener(char, left)
            if index < 0:
                self.searched[-1][char, left] = at
                break
            opener = self.stack[index]
            pair = 2 if left >= 2 and opener.left >= 2 else 1
            opener.left -= pair
            self.marks.opens[opener.at + opener.left] = pair
            self.marks.closes[start] = pair
            start += pair
            left -= pair
            del self.stack[index + (1 if opener.left else 0) :]
        if opens and left:
            self.stack.append(_Opener(start, left, char))
        if (opens or closes) and left == size and (size == 2 or (size == LONGEST_STRESS and opens)):
            self.marks.unclosed[at] = size  # unless a later run closes it

    def _opener(self, char: str, left: int) -> int:
        known = self.searched[-1].get((char, left), -1)
        for index in range(len(self.stack) - 1, self.floors[-1] - 1, -1):
            opener = self.stack[index]
            if opener.at < known:
                return -1
            if opener.char == char and ((left >= 2 and opener.left >= 2) or (left != 2 and opener.left != 2)):
                return index
        return -1


def _sides(text: str, at: int, size: int) -> tuple[bool, bool]:
    """Whether a run may open and whether it may close."""
    before, after = text[at - 1 : at] if at else "", text[at + size : at + size + 1]
    opens = bool(after) and not after.isspace() and after not in _CLOSING
    closes = bool(before) and not before.isspace() and before not in _OPENING
    if text[at] == "_":
        return opens and not _is_western(before), closes and not _is_western(after)
    if size == 1 and _is_western(before) and _is_western(after):  # 5*3
        return False, False
    return opens, closes


def _is_western(char: str) -> bool:
    """A letter or digit of a Western word (Han counts as no word: stress may begin beside it)."""
    return bool(char) and char.isalnum() and ord(char) < 0x2E80


def _stress(text: str, runs: list[tuple[int, int]], marks: Marks) -> None:
    edges = [(start, 0) for start in (*marks.links, *marks.notes)]
    edges += [(stop, -1) for stop in (*marks.link_ends, *marks.notes.values())]
    events = sorted([*runs, *edges]) if edges else runs
    stress = _Stress(text, marks)
    for at, size in events:
        if size > 0:
            stress.run(at, size)
        elif size == 0:
            stress.enter()
        else:
            stress.leave()
    for at in list(marks.unclosed):
        size = marks.unclosed[at]
        if any(place in marks.opens or place in marks.closes for place in range(at, at + size)):
            del marks.unclosed[at]
