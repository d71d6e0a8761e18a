"""What a note's prose says in numbers, and what stands behind it: the ledger, and claims held against the data."""
