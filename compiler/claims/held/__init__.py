"""The checks: each a `hold_…` that yields the findings of one kind of claim."""
