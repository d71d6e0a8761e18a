"""Node → Note: the schema, the inline language, sources, figures, disclaimers."""
