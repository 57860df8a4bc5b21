"""What a PDF must say of itself to be PDF/A-3a and PDF/UA-1 at once: WeasyPrint writes one of them alone."""

from __future__ import annotations

from typing import Any

_END = b"</rdf:RDF>"
_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
_ACCESSIBLE = f"""
<rdf:Description {_RDF} rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description {_RDF} rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
""".encode()
"""PDF/A allows no property that it does not know, unless the file describes it."""

VARIANT = "pdf/a-3a"


def also_accessible(metadata: Any) -> None:
    """Make a WeasyPrint document's metadata name PDF/UA-1 too.

    It must stand within the one `rdf:RDF` there is: of two, validators read the first alone.
    """
    plain = metadata.generate_rdf_metadata

    def both(*arguments: Any) -> bytes:
        written: bytes = plain(*arguments)
        return written.replace(_END, _ACCESSIBLE + _END, 1)

    metadata.generate_rdf_metadata = both
