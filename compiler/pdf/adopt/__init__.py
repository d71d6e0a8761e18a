"""A ready-made PDF → a `Ready`: its objects as a bundle with holes where the host's numbers go.

In: a file's bytes.  Out: pages, structure, bookmarks and destinations prepared for any host.  Always: streams stay as they
are; what carries a name that could clash (roles, classes, identifiers, destinations) gets the host's prefix; what leads into
the old file's page tree or catalog is left behind.  Rules: ISO 32000-1, 7.7.3 (pages), 12.3 (bookmarks, destinations), 14.7.

`foreign` reads, `sheets` has the pages, `tagged` a structure that is there, `wrapped` one for a file without, `links` elements
for links that have none, `leads` the destinations and bookmarks; here they are put together.
"""

from __future__ import annotations

from ...bundle import Builder, Hole, exact_names, name, raw_entries
from ...conformance.file import FAULTS
from ..preflight import reasons_against
from ..ready import Ready
from .foreign import PRINTED, Foreign, Ours, language, sound
from .leads import bookmarks, destination, destinations
from .sheets import page_entries, sheet
from .tagged import Tagged
from .wrapped import Wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...diagnostics import Report
    from ...model import ReadyDisclaimer


def adopt(data: bytes, item: ReadyDisclaimer, report: Report) -> Ready | None:
    """Preflight and prepare a file; None after a report for each reason against it."""
    import io

    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        with exact_names():
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted:
                _refuse(item, report, ["it is encrypted"])
                return None
            if not len(reader.pages):
                _refuse(item, report, ["it has no pages"])
                return None
            reasons = reasons_against(reader)
            if reasons:
                _refuse(item, report, reasons)
                return None
            foreign = Foreign(reader)
            if foreign.tree is None and not item.alt:
                _untagged(item, report)
                return None
            return _Adoption(foreign, item).ready()
    except DependencyError:  # for one of its ciphers
        _refuse(item, report, ["it is encrypted"])
        return None
    except (*FAULTS, OSError) as fault:
        report.error(
            "disclaimer-unreadable",
            f"`{item.id}.pdf` cannot be read as a PDF: {fault}",
            item.span,
            help="ask compliance for the file again; `qpdf --check` says more about it",
        )
        return None


def _refuse(item: ReadyDisclaimer, report: Report, reasons: list[str]) -> None:
    for reason in reasons:
        report.error(
            "disclaimer-refused",
            f"`{item.id}.pdf` cannot be merged: {reason}",
            item.span,
            help="ask compliance for a plain PDF with its fonts embedded (PDF/A is one)",
        )


def _untagged(item: ReadyDisclaimer, report: Report) -> None:
    report.error(
        "disclaimer-untagged",
        f"`{item.id}.pdf` has no tags: read aloud, its pages would be silent",
        item.span,
        help="ask compliance for a tagged PDF, or say what it says: `{pdf: …, title: …, alt: 全文要点…}`",
    )


# Another program's own business, and what need not be there and is often wrong: XMP of parts (ISO 19005-3, 6.6.2.3), lists of
# the glyphs in a font (6.2.11.4.2).
LEFT_BEHIND = ("/AF", "/AA", "/PieceInfo", "/Metadata", "/CIDSet", "/CharSet", "/OC")


class _Adoption:
    """One file on its way into a bundle."""

    def __init__(self, foreign: Foreign, item: ReadyDisclaimer) -> None:
        self.foreign = foreign
        self.title = item.title
        self.builder = Builder(self.rewrite)
        self.structure: Tagged | Wrapped = (
            Wrapped(foreign, self.builder, item.title, item.alt)
            if foreign.tree is None
            else Tagged(foreign, self.builder, item.title)
        )

    def ready(self) -> Ready:
        """Everything numbered and written."""
        builder, structure, foreign = self.builder, self.structure, self.foreign
        numbers = [builder.refer(page.indirect_reference) for page in foreign.pages]
        parents = structure.place(numbers)
        classes = [(name(key)[1:], builder.place(value)) for key, value in structure.classes().items()]
        ids = structure.ids()
        dests = destinations(foreign, builder)
        outline = bookmarks(foreign, builder)
        bundle = builder.finish(tuple(numbers))
        roles = [
            (name(sound(key))[1:], name(sound(value))[1:], value in structure.roles) for key, value in structure.roles.items()
        ]
        return Ready(
            self.title,
            bundle,
            tuple([sheet(page, at, structure.excess(page)) for page, at in zip(foreign.pages, numbers)]),
            True,
            structure.part,
            max([key for key, _ in parents], default=-1) + 1,
            tuple(parents),
            tuple(sorted(roles)),
            tuple(sorted(classes)),
            tuple(sorted(ids)),
            tuple(sorted(dests)),
            outline,
            foreign.claims_archival,
        )

    def rewrite(self, dictionary: Any) -> Mapping[str, Any] | None:
        """A dictionary's entries as the host is to have them."""
        if isinstance(dictionary, Ours):
            return dictionary
        entries = raw_entries(dictionary)
        at = self.foreign.page_at.get(id(dictionary))
        if at is not None:
            page = self.foreign.pages[at]
            kept = page_entries(page, entries, at, self.builder)
            self.structure.page(at, page, kept)
            return kept
        changed = dict(entries)
        if entries.get("/Subtype") == "/Link" and "/Rect" in entries:
            changed["/F"] = b"%d" % (int(entries.get("/F", 0)) | PRINTED)
        self.structure.rewrite(dictionary, changed)
        if "/Dest" in changed:
            changed["/Dest"] = destination(changed["/Dest"], self.foreign)
        if entries.get("/S") == "/GoTo" and "/D" in changed:
            changed["/D"] = destination(changed["/D"], self.foreign)
        parent = changed.get("/Parent")
        if parent is not None and self.foreign.outlines is not None and parent.get_object() is self.foreign.outlines:
            changed["/Parent"] = Hole("outline")
        if any([key in entries for key in ("/Type", "/Subtype", "/S")]):  # not a list of resources, whose keys are any names
            for key in LEFT_BEHIND:
                changed.pop(key, None)
            for key in ("/BaseFont", "/FontName"):
                if key in changed:
                    changed[key] = name(sound(str(changed[key].get_object())))
            spoken = language(changed.pop("/Lang")) if "/Lang" in changed else None
            if spoken is not None:
                changed["/Lang"] = spoken
        return changed
