"""All that knows PDF: embedded fonts, painting, tags, metadata, merging."""
