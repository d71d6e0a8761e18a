"""Rules of PDF/A and PDF/UA that can be judged in the process, in well under a second.

In: a `File`.  Out: findings, each under a rule's name.  Not a validator: it holds what a file of ours claims, and what a merge or
another program may have broken.  Rules: ISO 19005-3 (A), ISO 14289-1 (U), ISO 32000-1 (P); the clause stands beside each.
"""

from __future__ import annotations

from .file import FAULTS
from .finding import Finding
from .fonts import fonts
from .graphics import graphics
from .graphics import unjudged as unjudged
from .metadata import attachments, bookmarks, catalog, metadata
from .metadata import claims as claims
from .pages import pages
from .spoken import spoken
from .syntax import streams, syntax
from .tags import Kinds as Kinds
from .tags import elements as elements
from .tags import tags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .file import File

RULES = {  # name → what holds, clause
    "file-header": ("the header is %PDF-1.n and a comment of four bytes beyond ASCII", "A 6.1.2"),
    "file-end": ("nothing follows %%EOF", "A 6.1.3"),
    "file-id": ("the trailer has an ID", "A 6.1.3"),
    "stream-length": ("each stream is as long as it says", "A 6.1.7.1"),
    "stream-filter": ("each stream is in the file, packed in a way of the standard, and can be unpacked", "A 6.1.7"),
    "limits": ("numbers, strings and names are no larger than they may be", "A 6.1.13"),
    "meta-missing": ("the catalog has XMP metadata, stored plainly", "A 6.6.2.1"),
    "meta-claim": ("the metadata claim a standard", "A 6.6.4, U 5"),
    "meta-extension": ("the namespace of the PDF/UA claim is described", "A 6.6.2.3"),
    "meta-title": ("the metadata give the title", "U 7.1"),
    "meta-agree": ("Info and XMP say the same", "house rule, 2026"),
    "intent-missing": ("there is one PDF/A output intent with a profile", "A 6.2.3"),
    "intent-profile": ("its profile is a display or printer profile with as many components as it says", "A 6.2.3"),
    "colour-device": ("no colour of four inks is used", "A 6.2.4.3"),
    "colour-profile": ("a colour profile is whole and has as many inks as it says", "A 6.2.4.2"),
    "colour-spot": ("an ink by name is the same everywhere, and says what it is", "A 6.2.4.4"),
    "painted-object": ("pictures and forms are in the file, and there is no PostScript", "A 6.2.7, 6.2.9"),
    "painted-smooth": ("no picture is to be smoothed", "A 6.2.8"),
    "painted-state": ("no transfer function, halftone by name, or blend mode and intent of its own", "A 6.2.5, 6.2.6, 6.2.10"),
    "painted-operator": ("the content has operators of the standard only, and resources of its own", "A 6.2.2"),
    "painted-deep": ("no more than 28 graphics states stand in each other", "A 6.1.13"),
    "font-kind": ("each font says what it is, and its name", "A 6.2.11.2"),
    "font-embedded": ("the fonts are embedded", "A 6.2.11.4.1, U 7.21.4.1"),
    "font-unicode": ("each code shown stands for a text", "A 6.2.11.7.2, U 7.21.7"),
    "font-private": ("a character of private use says its text", "A 6.2.11.7.3"),
    "font-notdef": ("no code shows a missing glyph", "A 6.2.11.8, U 7.21.8"),
    "font-widths": ("the widths given are those of the glyphs", "A 6.2.11.5, U 7.21.5"),
    "page-tree": ("the page tree counts its pages, and each says it is one", "P 7.7.3.2"),
    "page-blank": ("each page that has tags shows something", "house rule, 2026"),
    "page-tabs": ("pages with annotations are walked in the order of the structure", "U 7.18.3"),
    "mark-info": ("the file is marked as tagged", "U 6.2"),
    "title-shown": ("viewers show the title", "U 7.1"),
    "language": ("the catalog names the language, and every language has a name", "U 7.2, A 6.7.4"),
    "tag-root": ("the structure tree and its elements say what they are", "U 7.1"),
    "tag-owner": ("each attribute of a tag has an owner", "P 14.7.5.1"),
    "tag-unknown": ("each tag is standard or mapped to one, and no standard one to another", "U 7.1"),
    "figure-alt": ("each figure and formula says in words what it shows", "U 7.3, 7.7"),
    "figure-box": ("each figure has a bounding box", "P 14.8.5.4.3"),
    "heading-order": ("headings begin with H1 and skip no level", "U 7.4.2"),
    "heading-kind": ("all headings have levels, or none", "U 7.4.4"),
    "table-shape": ("a table is made of rows equally wide, and its heads have a scope", "U 7.2, 7.5"),
    "list-shape": ("lists are made of items with labels and bodies", "U 7.2, 7.6"),
    "toc-shape": ("contents are made of items", "U 7.2"),
    "note-id": ("each note has an identifier", "U 7.9"),
    "link-contents": ("each link says in words where it leads", "U 7.18.5"),
    "link-flags": ("each annotation is printed and none hidden", "A 6.3.2"),
    "annotation-look": ("an annotation has one look", "A 6.3.3"),
    "annotation-kind": ("annotations are links", "A 6.3.1; house rule, 2026"),
    "action": ("nothing runs, and links lead to places and addresses", "A 6.5.1"),
    "attachment-listed": ("each attachment is listed in the catalog", "A 6.8"),
    "attachment-keys": ("each attachment has F, UF and a relationship", "A 6.8, U 7.11"),
    "attachment-kind": ("each attachment says its type, size and date", "A 6.8"),
    "bookmark": ("each bookmark leads to a page and says where", "P 12.3.3"),
}
# each with the rule that is broken when it cannot even look
CHECKS = (
    (syntax, "file-header"),
    (streams, "stream-filter"),
    (metadata, "meta-missing"),
    (catalog, "intent-missing"),
    (bookmarks, "bookmark"),
    (attachments, "attachment-keys"),
    (pages, "page-blank"),
    (graphics, "painted-operator"),
    (fonts, "font-embedded"),
    (spoken, "font-unicode"),
    (tags, "tag-unknown"),
)


def conformance(file: File) -> list[Finding]:
    """All findings, in the order of the file's parts; a part too broken to be looked at is a finding itself."""
    found: list[Finding] = []
    for check, rule in CHECKS:
        try:
            found += check(file)
        except FAULTS as fault:
            found.append(Finding(rule, f"cannot be examined: {type(fault).__name__}: {fault}"))
    return found
