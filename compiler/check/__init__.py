"""Node → Note: the schema, the inline language, sources, figures, disclaimers."""

from __future__ import annotations

from .note import check

__all__ = ["check"]
