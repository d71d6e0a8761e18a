"""Files that travel inside the PDF: the note's source, its data.

In: an `Attachment`.  Out: an embedded file and its specification.  Rules: ISO 19005-3, 6.8 (MIME type, F and UF,
AFRelationship, listed in the catalog's AF); ISO 14289-1, 7.11.
"""

from __future__ import annotations

from .metadata import pdf_date
from .objects import PAGES, name, text_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..layout.frames import Metadata
    from ..provenance import Attachment
    from .objects import Store


LARGE = 50_000  # bytes of a file packed at a lower level, 10,000 rows in a third of the time and 4 % more room, and kept packed


def attach(item: Attachment, metadata: Metadata, store: Store) -> bytes:
    """Write the file; returns the reference to its specification.  It is as old as the document: no other date is ours."""
    large = len(item.data) > LARGE
    file = store.add_stream(
        b"/Type/EmbeddedFile/Subtype%b/Params<</Size %d/ModDate%b>>"
        % (name(item.mime), len(item.data), pdf_date(metadata.created)),
        item.data,
        PAGES if large else 6,
        lasting=large,
    )
    shown = text_string(item.name)
    words = b"/Desc" + text_string(item.description) if item.description else b""
    specification = store.add(
        b"<</Type/Filespec/F%b/UF%b/AFRelationship%b%b/EF<</F %d 0 R/UF %d 0 R>>>>"
        % (shown, shown, name(item.relationship), words, file, file)
    )
    return b"%d 0 R" % specification
