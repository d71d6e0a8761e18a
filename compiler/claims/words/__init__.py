"""The words claims are made of: numbers, times, directions, comparisons; and the plain text they are looked for in."""
