"""Disclaimers as other programs write them, made when a test asks: Typst, WeasyPrint, LibreOffice, ReportLab, and one as word
processors write theirs."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pypdf
import reportlab as stock
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject, TextStringObject

from conftest import REPOSITORY

TITLE = "Terms of distribution"
WORDS = "This paper is for the clients it is addressed to."


def typst(standard: str) -> bytes:
    """Tagged, with a list, a table and a link."""
    import typst as compiler

    source = (
        f'#set document(title: "{TITLE}", date: datetime(year: 2024, month: 1, day: 2))\n#set text(lang: "en")\n'
        f"= {TITLE}\n{WORDS}\n- first point\n- second point\n\n"
        '#link("https://www.example.org/terms")[The terms in full]\n\n'
        "#table(columns: 2, table.header[Kind][Share], [one], [40 %], [two], [60 %])\n#pagebreak()\n== Second page\nMore words.\n"
    )
    return bytes(compiler.compile(source.encode(), pdf_standards=[standard]))


FACE = Path(stock.__file__).parent / "fonts" / "Vera.ttf"  # one that is there wherever ReportLab is
HTML = f"""<!doctype html><html lang="en"><head><title>{TITLE}</title>
<style>@font-face {{ font-family: Vera; src: url({FACE.as_uri()}) }} body {{ font-family: Vera }}
@page {{ size: A5 landscape; margin: 2cm }} h2 {{ break-before: page }}</style></head>
<body><h1>{TITLE}</h1><p>{WORDS}</p><ul><li>first point</li><li>second point</li></ul>
<p><a href="https://www.example.org/terms">The terms in full</a> and <a href="#second">the second page</a></p>
<table><thead><tr><th scope="col">Kind</th><th scope="col">Share</th></tr></thead>
<tbody><tr><td>one</td><td>40 %</td></tr></tbody></table><h2 id="second">Second page</h2><p>More words.</p></body></html>"""


def weasyprint(variant: str) -> bytes:
    """From HTML, on pages of another size."""
    import weasyprint as printer

    return bytes(printer.HTML(string=HTML).write_pdf(pdf_variant=variant, pdf_tags=True))


def pango() -> bool:
    """Whether the libraries are there that WeasyPrint lays out text with."""
    try:
        import weasyprint  # noqa: F401  # it loads them
    except (ImportError, OSError):
        return False
    return True


OFFICE_FILE = REPOSITORY / "tests" / "cases" / "terms.fodt"  # a style with a blank, a footnote, a table, a picture, links
OFFICE: dict[str, dict[str, object]] = {  # the boxes one can tick as one exports
    "as it comes": {},
    "without tags": {"UseTaggedPDF": False},
    "for all": {"PDFUACompliance": True},
    "PDF/A-2b": {"SelectPdfVersion": 2},
    "PDF/A-2b for all": {"SelectPdfVersion": 2, "PDFUACompliance": True},
    "PDF/A-3b": {"SelectPdfVersion": 3},
    "with bookmarks and places": {
        "ExportBookmarks": True, "ExportBookmarksToPDFDestination": True, "ConvertOOoTargetToPDFTarget": True,
        "PDFUACompliance": True,
    },
    "PDF/A-1b": {"SelectPdfVersion": 1},
    "from HTML": {"PDFUACompliance": True},
    "locked": {"RestrictPermissions": True, "PermissionPassword": "secret"},
}  # fmt: skip


def libreoffice(folder: Path, kind: str) -> bytes:
    """By the office program, in headless mode."""
    source = OFFICE_FILE
    if kind == "from HTML":
        source = folder / "terms.html"
        source.write_text(HTML, "utf-8")
    names = {bool: "boolean", int: "long", str: "string"}
    values = {key: {"type": names[type(value)], "value": str(value).lower()} for key, value in OFFICE[kind].items()}
    export = "writer_web_pdf_Export" if kind == "from HTML" else "writer_pdf_Export"
    command = [office() or "soffice", "--headless", "--convert-to", f"pdf:{export}:{json.dumps(values)}"]
    command += ["--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(folder)})
    return (folder / "terms.pdf").read_bytes()


def office() -> str | None:
    """The office program, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def reportlab() -> bytes:
    """Stock ReportLab with an embedded face: no tags at all."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    registerFont(TTFont("Vera", FACE))
    out = io.BytesIO()
    document = SimpleDocTemplate(out, title=TITLE, invariant=1, initialFontName="Vera")
    style = ParagraphStyle("plain", fontName="Vera", fontSize=11, leading=15)
    document.build([Paragraph(WORDS, style), Paragraph("More words.", style)])
    return out.getvalue()


def word_like() -> bytes:
    """The shipped notice with what word processors do: roles of their own (one named like a standard one of ours), a parent
    tree with a gap, classes, an ID, object streams."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(REPOSITORY / "assets" / "disclaimers" / "channel-notice.pdf"))
    root = writer.root_object["/StructTreeRoot"].get_object()
    roles = DictionaryObject({NameObject("/Textbody"): NameObject("/P"), NameObject("/Standard"): NameObject("/Textbody")})
    root[NameObject("/RoleMap")] = roles
    first = _first(root, "/P")
    first[NameObject("/S")] = NameObject("/Standard")
    first[NameObject("/ID")] = TextStringObject("p1")
    first[NameObject("/C")] = NameObject("/Body")
    layout = DictionaryObject({NameObject("/O"): NameObject("/Layout"), NameObject("/SpaceAfter"): NumberObject(6)})
    root[NameObject("/ClassMap")] = DictionaryObject({NameObject("/Body"): layout})
    root[NameObject("/IDTree")] = DictionaryObject(
        {NameObject("/Names"): ArrayObject([TextStringObject("p1"), first.indirect_reference or NullObject()])}
    )
    tree = root["/ParentTree"].get_object()
    keys = tree["/Nums"]
    moved = ArrayObject()
    for key, value in zip(keys[::2], keys[1::2]):
        moved += [NumberObject(int(key) * 3 + 5), value]
    tree[NameObject("/Nums")] = moved
    root[NameObject("/ParentTreeNextKey")] = NumberObject(99)
    for page in writer.pages:
        page[NameObject("/StructParents")] = NumberObject(int(page["/StructParents"]) * 3 + 5)
        for link in page.get("/Annots", ()):
            note = link.get_object()
            if "/StructParent" in note:
                note[NameObject("/StructParent")] = NumberObject(int(note["/StructParent"]) * 3 + 5)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _first(node: object, tag: str) -> DictionaryObject:
    """The first element of a kind."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, DictionaryObject) and found.get("/S") == tag:
        return found
    kids = found.get("/K", []) if isinstance(found, DictionaryObject) else []
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        try:
            return _first(kid, tag)
        except LookupError:
            continue
    raise LookupError(tag)
