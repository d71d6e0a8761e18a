"""Tables as prose speaks of them: what heads, rows and columns are called, and the book of all a note has."""
