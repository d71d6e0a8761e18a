"""All that knows pages: structure, frames, blocks, tables, figures, page breaks."""
