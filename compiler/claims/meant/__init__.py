"""What a claim is of: which rows, which columns, which time, and so which cells."""
