"""Data a note is bound to: files and inline rows → tables of typed cells, each with its place in its file."""
