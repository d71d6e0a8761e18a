"""Rounding as on paper.

In: an exact number and how many decimals are printed.  Out: the number rounded half up, however many digits that takes: the
usual context of 28 digits would raise for a cell with more.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

USUAL = 28  # digits of the default context


def rounded(value: Decimal, decimals: int, way: str = ROUND_HALF_UP) -> Decimal:
    """`value` to so many decimals, below zero to tens, hundreds …; `way` is one of the `decimal` module's roundings."""
    digits = max(value.adjusted(), 0) + max(decimals, 0) + 2
    return value.quantize(Decimal(1).scaleb(-decimals), way, Context(prec=max(digits, USUAL)))
