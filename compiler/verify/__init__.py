"""`compile-note verify`: whether a finished PDF is what it claims to be.

In: a PDF file.  Out: a `Verdict`: what holds and what does not, check by check.  Always: nothing is written but in a temporary
folder; a file that cannot be read is a verdict too.  Six checks, each on its own: the bytes (the file is as the compiler wrote
it), conformance (ISO 19005 and ISO 14289), structure (tags agree in both directions), source (attachments and record), text
(as the attached source has it), rebuild (compiled again, byte for byte).
"""

from __future__ import annotations

from ..conformance.finding import Finding
from .verdict import Outcome, Verdict, as_data, as_text, verify

__all__ = ["Finding", "Outcome", "Verdict", "as_data", "as_text", "verify"]
