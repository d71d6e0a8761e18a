"""All that knows characters: classes, faces and shaping, line breaking, justification."""
