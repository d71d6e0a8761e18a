"""What a clause says: its tokens, what it points at, and what it goes on with of the one before."""
