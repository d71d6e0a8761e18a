"""Info and XMP, which say the same; the identification of PDF/A-3 and PDF/UA-1.

Rules: ISO 19005-3, 6.6 (XMP, extension schema for pdfuaid); ISO 14289-1, 5 and 7.1 (identification, title).
"""

from __future__ import annotations

from .objects import text_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..layout.frames import Metadata

PRODUCER = "compile-note"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li><rdf:li xml:lang="{language}">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
{subjects}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{created}</xmp:ModifyDate>
<xmp:MetadataDate>{created}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
{claims}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_CLAIMS = """<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xmp(metadata: Metadata, *, claims: bool) -> bytes:
    """The XMP packet, UTF-8; `claims` adds the PDF/A-3a and PDF/UA-1 identification."""
    keywords = ", ".join(metadata.keywords)
    subjects = "".join([f"<rdf:li>{_escaped(word)}</rdf:li>" for word in metadata.keywords])
    return _XMP.format(
        title=_escaped(metadata.title),
        language=_escaped(metadata.language),
        creators="".join([f"<rdf:li>{_escaped(author)}</rdf:li>" for author in metadata.authors]),
        subject=_escaped(metadata.subject),
        subjects=f"<dc:subject><rdf:Bag>{subjects}</rdf:Bag></dc:subject>\n" if subjects else "",
        keywords=_escaped(keywords),
        created=metadata.created,
        producer=PRODUCER,
        claims=_CLAIMS if claims else "",
    ).encode("utf-8")


def pdf_date(created: str) -> bytes:
    """`2024-01-02T00:00:00Z` as `(D:20240102000000Z)` (7.9.4)."""
    digits = "".join([char for char in created[:19] if char.isdigit()])
    zone = created[19:].replace(":", "'")
    return f"(D:{digits}{zone or 'Z'})".encode("ascii")


def info(metadata: Metadata) -> bytes:
    """The document information dictionary, equal to the XMP."""
    day = pdf_date(metadata.created)
    return b"<</Title%b/Author%b/Subject%b/Keywords%b/Creator(%b)/Producer(%b)/CreationDate%b/ModDate%b>>" % (
        text_string(metadata.title),
        text_string("; ".join(metadata.authors)),
        text_string(metadata.subject),
        text_string(", ".join(metadata.keywords)),
        PRODUCER.encode("ascii"),
        PRODUCER.encode("ascii"),
        day,
        day,
    )
