"""Every diagnostic code with its explanation.

In: nothing.  Out: `CODES`, read by `compile-note --explain` and by the test that wants each code raised by some case and no
code raised that is not here.  Never imported by a plain compile.
"""

from __future__ import annotations

from .record import Record


class Code(Record):
    """A code's one-line meaning and the paragraph `--explain` prints (why it is asked for, and how to mend it)."""

    summary: str
    explanation: str


CODES: dict[str, Code] = {
    # --- world: files and environment ---------------------------------------------------------------------------
    # --- syntax: the YAML of a note or a brand --------------------------------------------------------------------
    # --- note: the schema and the inline language -----------------------------------------------------------------
    # --- brand ----------------------------------------------------------------------------------------------------
    # --- pictures -------------------------------------------------------------------------------------------------
    # --- disclaimers ----------------------------------------------------------------------------------------------
    # --- text and layout ------------------------------------------------------------------------------------------
    # --- output ---------------------------------------------------------------------------------------------------
}
