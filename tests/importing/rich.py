"""Word processor files and golden cases, made and read for the tests of the importing readers.

No binary lies in the repository: a case holds the XML of its parts, and the archives are packed here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from octopub.importing import proof
from octopub.importing.draft import Call, Draft
from octopub.importing.writing import writer

GOLDEN = Path(__file__).parent / "golden_rich"

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c6360606000000004000127d4f5250000000049454e44ae426082"
)
"""A picture of one point."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_STYLES = {
    "Title": "Title", "Subtitle": "Subtitle", "Author": "Author", "Heading1": "heading 1", "Heading2": "heading 2",
    "Quote": "Quote", "Verse": "Verse", "Caption": "caption", "Epigraph": "Epigraph", "TOC1": "toc 1",
    "Code": "Source Code", "Titre1": "Titre 1", "Zitat": "Zitat", "Term": "Definition Term", "Definition": "Definition",
}  # fmt: skip


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


def docx(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A DOCX file with this body (paragraphs of WordprocessingML); `parts` has the content of footnotes,
    endnotes and comments, and whole members by their paths."""
    parts = dict(parts or {})
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    styles += '<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:basedOn w:val="Heading1"/></w:style>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/></Types>',
        "_rels/.rels": _relations({"a": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {_W} {_R} {_DRAWING}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {"picture": ("image", "media/dot.png"), "web": ("hyperlink", "https://example.org/")}
        ),
        "word/media/dot.png": PIXEL,
        "word/styles.xml": f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>{styles}</w:styles>',
        "word/numbering.xml": _numbering(),
        "docProps/core.xml": '<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>An Old Title</dc:title><dc:creator>Ada Quill</dc:creator>"
        "<dcterms:created>2021-05-06T07:08:09Z</dcterms:created></p:coreProperties>",
    }
    for kind in ("footnotes", "endnotes", "comments"):
        if kind in parts:
            members[f"word/{kind}.xml"] = f"<w:{kind} {_W}>{parts.pop(kind)!s}</w:{kind}>"
    return packed(members | parts)


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if kind == 'hyperlink' else ''}/>"
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _numbering() -> str:
    """List 1 has bullets, list 2 numbers, on each level; list 3 begins list 2 anew."""
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/><w:pPr>'
            f'<w:ind w:left="{720 + 720 * level}"/></w:pPr></w:lvl>'
            for level in range(3)
        )
        + "</w:abstractNum>"
        for number, form in ((1, "bullet"), (2, "decimal"))
    )
    uses = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    anew = (
        '<w:num w:numId="3"><w:abstractNumId w:val="2"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    return f"<w:numbering {_W}>{lists}{uses}{anew}</w:numbering>"


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    (
        *(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table", "style", "meta")),
        f'xmlns:draw="{_ODF}:drawing:1.0"',
        f'xmlns:fo="{_ODF}:xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_ODF}:svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    )
)
_AUTOMATIC = """
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="C" style:family="text"><style:text-properties fo:font-variant="small-caps"/></style:style>
<style:style style:name="S" style:family="text"><style:text-properties
  style:text-line-through-style="solid"/></style:style>
<style:style style:name="Up" style:family="text"><style:text-properties
  style:text-position="super 58%"/></style:style>
<style:style style:name="Down" style:family="text"><style:text-properties
  style:text-position="sub 58%"/></style:style>
<style:style style:name="Fr" style:family="text"><style:text-properties
  fo:language="fr" fo:country="FR"/></style:style>
<style:style style:name="Symbols" style:family="text"><style:text-properties style:font-name="Symbol"/></style:style>
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Indented" style:family="paragraph"><style:paragraph-properties
  fo:margin-left="1cm" fo:margin-right="1cm"/></style:style>
<style:style style:name="Right" style:family="paragraph"><style:paragraph-properties
  fo:text-align="end"/></style:style>
<style:style style:name="Chapter" style:family="paragraph" style:parent-style-name="Heading_20_1"/>
<style:style style:name="PB" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties
  fo:font-weight="bold"/></style:style>
<style:style style:name="PQ" style:family="paragraph" style:parent-style-name="Quotations"/>
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1"/>
  <text:list-level-style-bullet text:level="2"/><text:list-level-style-bullet text:level="3"/></text:list-style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1"/>
  <text:list-level-style-number text:level="2" style:num-format="1"/>
  </text:list-style>
"""


def odt(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """An ODT file with this body."""
    members: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_SPACES}><office:automatic-styles>{_AUTOMATIC}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f'<office:document-styles {_SPACES}><office:styles><style:default-style style:family="paragraph">'
        '<style:text-properties fo:language="en" fo:country="GB"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph"/>'
        '<style:style style:name="Heading_20_1" style:family="paragraph" style:display-name="Heading 1">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:styles></office:document-styles>',
        "meta.xml": f"<office:document-meta {_SPACES}><office:meta><dc:title>An Old Title</dc:title>"
        "<meta:initial-creator>Ada Quill</meta:initial-creator>"
        "<meta:creation-date>2021-05-06T07:08:09</meta:creation-date></office:meta></office:document-meta>",
        "Pictures/image-1.png": PIXEL,
    }
    return packed(members | dict(parts or {}))


def report(draft: Draft) -> str:
    """A draft as a golden case has it: the manuscript, then what is to be said of it."""
    lines = [writer.write(draft).rstrip(), ""]
    lines += (f"found {each.place}: {each.what} ({each.reason})" for each in draft.findings)
    lines += (f"left out {each.place}: {each.text} ({each.why})" for each in draft.left_out)
    for each in draft.unmatched:
        kind = "call" if each.is_call else "note"
        lines.append(f"unmatched {kind} {each.place}: {each.mark} ({each.candidate})")
    return "\n".join(lines) + "\n"


def complaints(draft: Draft, folder: Path) -> list[str]:
    """What the proof finds wrong in the draft's manuscript; `folder` is for the draft's images."""
    for name, content in draft.resources.items():
        (folder / name).write_bytes(content)
    return [str(each) for each in proof.prove(draft, writer.write(draft), name="source", folder=folder)]


_HOLDERS = "inside blocks items entries term definitions rows stanzas caption".split()
"""The fields that hold blocks and lines."""


def called(draft: Draft) -> list[str]:
    """The keys of the calls in the draft's text, in order."""
    found: list[str] = []
    waiting: list[object] = [draft.blocks]
    while waiting:
        here = waiting.pop(0)
        if isinstance(here, Call):
            found.append(here.key)
        elif isinstance(here, tuple):
            waiting[:0] = here
        else:
            waiting[:0] = [getattr(here, name) for name in _HOLDERS if hasattr(here, name)]
    return found


OFFICE_CASES = sorted(path.parent.name for path in GOLDEN.glob("*/word.xml"))
"""What Word and OpenDocument files both say, each in its own XML, with one manuscript."""


def word_case(case: str) -> bytes:
    """The DOCX file of a case."""
    folder = GOLDEN / case
    kinds = ("footnotes", "endnotes", "comments")
    parts = {kind: path.read_text("utf-8") for kind in kinds if (path := folder / f"{kind}.xml").exists()}
    return docx((folder / "word.xml").read_text("utf-8"), parts)


def opendocument_case(case: str) -> bytes:
    """The ODT file of a case."""
    return odt((GOLDEN / case / "opendocument.xml").read_text("utf-8"))
