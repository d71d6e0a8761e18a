"""The note compiler: one structured YAML note in, one finished PDF out."""

__version__ = "0.1.0"
