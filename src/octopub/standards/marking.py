"""Marking: a file says which standards it keeps, in its metadata and its output intents.

Imports of `standards` the table and the profiles, and pikepdf and lxml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from pikepdf import Array, Dictionary, Name, String
from pikepdf.models import PdfMetadata

from octopub.standards.table import IDENTIFICATION, Matter, Standard

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pikepdf

    from octopub.standards.profiles import Profile
    from octopub.standards.table import Claims

SCHEMES = {
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}

for _prefix, _uri in SCHEMES.items():
    PdfMetadata.register_xml_namespace(_uri, _prefix)

INTENTS = {Standard.A_3U: "/GTS_PDFA1", Standard.A_4: "/GTS_PDFA1", Standard.X_4: "/GTS_PDFX"}


def declare(pdf: pikepdf.Pdf, claims: Claims, facts: Mapping[str, Any], identifier: str) -> None:
    """Write the metadata (ISO 32000-1 §14.3): these facts by their XMP names, and the claims. `identifier` is the
    document's own, the same for each of its versions."""
    found = dict(facts)
    for each in claims.standards:
        found |= IDENTIFICATION[each]
    if claims.demand(Matter.TRAPPED):
        found["pdf:Trapped"] = "False"
    if claims.demand(Matter.VERSION_HISTORY):
        found |= {
            "xmpMM:DocumentID": f"uuid:{uuid5(NAMESPACE_URL, identifier)}",
            "xmpMM:VersionID": "1",
            "xmpMM:RenditionClass": "default",
            "xmp:MetadataDate": found["xmp:ModifyDate"],
        }
    has_info = not claims.forbid(Matter.INFO)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=has_info) as card:
        card.update(found)
    if claims.demand(Matter.TRAPPED):
        pdf.docinfo[Name.Trapped] = Name("/False")
    if not has_info and "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    if claims.demand(Matter.EXTENSION_SCHEMAS):
        _describe_schemes(pdf, found)


def intend(pdf: pikepdf.Pdf, claims: Claims, profile: Profile) -> None:
    """Say for which printing condition the file's colours are meant, once for each kind of standard. (ISO 19005-3
    §6.2.3: all name the same profile.)"""
    kinds = sorted({INTENTS[each] for each in claims.standards if each in INTENTS})
    stream = pdf.make_indirect(pdf.make_stream(profile.content, N=profile.channels))
    pdf.Root.OutputIntents = Array(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name(kind),
            OutputConditionIdentifier=String(profile.name),
            OutputCondition=String(profile.name),
            Info=String(profile.name),
            DestOutputProfile=stream,
        )
        for kind in kinds
    )


# -- what PDF/A has to be told about metadata that it does not know ------------------------------------

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PDFA = "http://www.aiim.org/pdfa/ns/"
_EXTENSION, _SCHEMA, _PROPERTY = f"{{{_PDFA}extension/}}", f"{{{_PDFA}schema#}}", f"{{{_PDFA}property#}}"

_DESCRIBED = {
    "pdfuaid:part": ("PDF/UA identification", "Integer", "internal", "The part of ISO 14289 that the file keeps"),
    "pdfxid:GTS_PDFXVersion": ("PDF/X identification", "Text", "internal", "The part of ISO 15930 that the file keeps"),
    "pdf:Trapped": ("Adobe PDF", "Text", "internal", "Whether the file was trapped"),
}
"""Properties that XMP of 2005 did not have: schema, type, category and meaning."""


def _describe_schemes(pdf: pikepdf.Pdf, facts: Mapping[str, Any]) -> None:
    """Describe the properties that PDF/A does not know (ISO 19005-3 §6.6.2.3)."""
    named = [name for name in facts if name in _DESCRIBED]
    if not named:
        return
    stream: Any = pdf.Root.Metadata
    before, packet, behind = _parted(stream.read_bytes())
    tree = etree.fromstring(packet)
    rdf = next(tree.iter(f"{{{_RDF}}}RDF"))
    names = {"pdfaExtension": _EXTENSION[1:-1], "pdfaSchema": _SCHEMA[1:-1], "pdfaProperty": _PROPERTY[1:-1]}
    about = etree.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""}, nsmap=names)
    bag = etree.SubElement(etree.SubElement(about, f"{_EXTENSION}schemas"), f"{{{_RDF}}}Bag")
    for name in named:
        _describe(bag, name)
    stream.write(before + etree.tostring(tree, encoding="utf-8") + behind)


def _parted(packet: bytes) -> tuple[bytes, bytes, bytes]:
    """A packet's wrapper and what is in it (XMP, part 1, §7.3.2)."""
    start, end = packet.index(b"?>") + 2, packet.rindex(b"<?xpacket")
    return packet[:start] + b"\n", packet[start:end].strip(), b"\n" + packet[end:]


def _describe(bag: Any, name: str) -> None:
    prefix, _, own = name.partition(":")
    schema, kind, category, meaning = _DESCRIBED[name]
    resource = {f"{{{_RDF}}}parseType": "Resource"}
    item = etree.SubElement(bag, f"{{{_RDF}}}li", resource)
    for part, said in (("schema", f"{schema} schema"), ("namespaceURI", SCHEMES[prefix]), ("prefix", prefix)):
        etree.SubElement(item, _SCHEMA + part).text = said
    listed = etree.SubElement(etree.SubElement(item, f"{_SCHEMA}property"), f"{{{_RDF}}}Seq")
    entry = etree.SubElement(listed, f"{{{_RDF}}}li", resource)
    for part, said in (("name", own), ("valueType", kind), ("category", category), ("description", meaning)):
        etree.SubElement(entry, _PROPERTY + part).text = said
