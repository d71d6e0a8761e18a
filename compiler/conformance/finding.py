"""What a check found."""

from __future__ import annotations

from ..record import Record


class Finding(Record):
    """A rule that does not hold: its name, and where and how, as a sentence."""

    rule: str
    words: str
