"""`python -m compiler`: the command, where its script is not on the path."""

from .start import entry

entry()
