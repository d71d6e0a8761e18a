"""What is shown can be said: characters of private use say their text, and marked content is in a language that has a name.

In: a `File`.  Out: findings.  Always: forms in forms are walked under the marks they are painted in.  Rules: ISO 19005-3,
6.2.11.7.3 and 6.7.4; ISO 14289-1, 7.2.
"""

from __future__ import annotations

from .file import FAULTS, SHOWING, codes_of, got, operations_of
from .finding import Finding
from .metadata import LANGUAGE
from .structure import entries, identity, raw
from .tags import elements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from .file import File

PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
DEEPEST = 20  # forms in forms


def spoken(file: File) -> Iterator[Finding]:
    """All findings of all pages, each once."""
    said = _said(file)
    for index, page in enumerate(file.pages):
        walk = _Walk(file, {mcid for number, mcid in said if number == identity(page.indirect_reference)})
        walk.content(file.operations(index), got(page.get("/Resources")) or {}, spoken=False)
        for rule, words in dict.fromkeys(walk.found):
            yield Finding(rule, f"page {index + 1}: {words}")


def _said(file: File) -> set[tuple[int, int]]:
    """(page, MCID) of content whose element says its text."""
    tree = got(file.catalog.get("/StructTreeRoot"))
    out = set()
    for element in elements(tree) if isinstance(tree, dict) else ():
        if "/ActualText" not in element:
            continue
        for kid in entries(raw(element, "/K")):
            value: Any = got(kid)
            home: Any = raw(element, "/Pg")
            if isinstance(value, dict) and value.get("/Type") == "/MCR":
                value, home = value.get("/MCID"), raw(value, "/Pg") or home
            if isinstance(value, int):
                out.add((identity(home), int(value)))
    return out


class _Walk:
    """The content of one page; `said`: its MCIDs whose elements say their text."""

    def __init__(self, file: File, said: set[int]) -> None:
        self.file = file
        self.said = said
        self.found: list[tuple[str, str]] = []

    def content(self, operations: Sequence[tuple[Any, str]], resources: Any, *, spoken: bool, depth: int = 0) -> None:
        """The operators; `spoken`: they stand in a mark that says their text."""
        fonts = got(resources.get("/Font")) or {}
        shapes = got(resources.get("/XObject")) or {}
        marks = [spoken]
        font: Any = None
        for operands, sign in operations:
            if sign in ("BDC", "BMC"):
                marks.append(marks[-1] or self._opened(operands, resources))
            elif sign == "EMC" and len(marks) > 1:
                marks.pop()
            elif sign == "Tf":
                font = got(fonts.get(operands[0]))
            elif sign in SHOWING and not marks[-1] and isinstance(font, dict):
                self._shown(operands, font)
            elif sign == "Do" and depth < DEEPEST:
                form = got(shapes.get(operands[0]))
                if isinstance(form, dict) and form.get("/Subtype") == "/Form":
                    self._form(form, spoken=marks[-1], depth=depth + 1)

    def _form(self, form: Any, *, spoken: bool, depth: int) -> None:
        try:
            parsed = operations_of(form, self.file.reader)
        except FAULTS:  # told by `graphics`
            return
        self.content(parsed, got(form.get("/Resources")) or {}, spoken=spoken, depth=depth)

    def _opened(self, operands: Any, resources: Any) -> bool:
        """Whether a mark says the text of what stands in it."""
        listed = operands[1] if len(operands) > 1 else None
        if isinstance(listed, str):
            listed = got((got(resources.get("/Properties")) or {}).get(listed))
        if not isinstance(listed, dict):
            return False
        if "/Lang" in listed and not LANGUAGE.fullmatch(str(got(listed["/Lang"]))):
            self.found.append(("language", f"a language `{got(listed['/Lang'])}` that is no name of one"))
        return "/ActualText" in listed or listed.get("/MCID") in self.said

    def _shown(self, operands: Any, font: Any) -> None:
        mapping = self.file.mapping(font)
        for code in codes_of(operands, font):
            text = mapping.get(code, "")
            if any([low <= ord(char) <= high for char in text for low, high in PRIVATE]):
                words = f"a character of private use, U+{ord(text[0]):04X}, does not say its text"
                self.found.append(("font-private", words))
                return
