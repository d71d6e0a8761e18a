"""Info and XMP, which say the same; the identification of PDF/A-3 and PDF/UA-1.

Rules: ISO 19005-3, 6.6 (XMP, extension schema for pdfuaid); ISO 14289-1, 5 and 7.1 (identification, title).
"""

from __future__ import annotations

from .objects import text_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

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
<dc:title>{title}</dc:title>
{creators}{subject}{subjects}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{created}</xmp:ModifyDate>
<xmp:MetadataDate>{created}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
{keywords}{claims}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_LEVELS = {"a-3a": (3, "A"), "a-2u": (2, "U")}  # part and level of ISO 19005

_CLAIMS = """<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>{level}</pdfaid:conformance>
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


def _container(kind: str, items: Sequence[str]) -> str:
    inside = "".join([f"<rdf:li>{_escaped(item)}</rdf:li>" for item in items])
    return f"<rdf:{kind}>{inside}</rdf:{kind}>"


def _in_language(text: str, language: str) -> str:
    """A language alternative: what a reader without a preference gets, and the same text marked with its language."""
    words, tag = _escaped(text), _escaped(language)
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li><rdf:li xml:lang="{tag}">{words}</rdf:li></rdf:Alt>'


def _property(tag: str, value: str, given: object) -> str:
    """A property, or nothing where nothing was given."""
    return f"<{tag}>{value}</{tag}>\n" if given else ""


def xmp(metadata: Metadata, standard: str) -> bytes:
    """The XMP packet, UTF-8, with the identification of the standard: a-3a, a-2u (both with PDF/UA-1) or plain."""
    part, level = _LEVELS.get(standard, (0, ""))
    language, keywords = metadata.language, metadata.keywords
    return _XMP.format(
        title=_in_language(metadata.title, language),
        language=_escaped(language),
        creators=_property("dc:creator", _container("Seq", metadata.authors), metadata.authors),
        subject=_property("dc:description", _in_language(metadata.subject, language), metadata.subject),
        subjects=_property("dc:subject", _container("Bag", keywords), keywords),
        keywords=_property("pdf:Keywords", _escaped(", ".join(keywords)), keywords),
        created=metadata.created,
        producer=PRODUCER,
        claims=_CLAIMS.format(part=part, level=level) if part else "",
    ).encode("utf-8")


def pdf_date(created: str) -> bytes:
    """`2024-01-02T00:00:00Z` as `(D:20240102000000Z)` (7.9.4)."""
    digits = "".join([char for char in created[:19] if char.isdigit()])
    zone = created[19:].replace(":", "'")
    return f"(D:{digits}{zone or 'Z'})".encode("ascii")


def info(metadata: Metadata) -> bytes:
    """The document information dictionary, equal to the XMP."""
    texts = (
        (b"/Title", metadata.title),
        (b"/Author", "; ".join(metadata.authors)),
        (b"/Subject", metadata.subject),
        (b"/Keywords", ", ".join(metadata.keywords)),
        (b"/Creator", PRODUCER),
        (b"/Producer", PRODUCER),
    )
    day = pdf_date(metadata.created)
    given = b"".join([key + text_string(text) for key, text in texts if text])
    return b"<<%b/CreationDate%b/ModDate%b>>" % (given, day, day)
