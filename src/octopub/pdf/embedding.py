"""The faces in the file: one copy of each, cut down to the glyphs that the whole book uses.

Imports HarfBuzz, pikepdf and `pdf.forme`. Glyphs keep their numbers: the pages name them, wherever they were set.

ISO 32000-1 §§9.6 to 9.10: each face is a composite font (`Type0`) whose codes are its glyphs' numbers, with the
glyphs' widths and the characters that they stand for.
"""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from octopub.pdf.forme import Type, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from octopub.pdf.equipment import Kit
    from octopub.pdf.forme import FaceFile
    from octopub.pdf.store import Store

FIXED_PITCH = 1
"""The flag of a face whose glyphs are all of one width (ISO 32000-1 §9.8.2)."""

_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Tables that a PDF has no use for."""

_BATCH = 100
"""So many characters a block of a CMap may map (Adobe Technical Note 5014, §2.4)."""


def union(types: Iterable[Type]) -> list[Type]:
    """One for each face, with all glyphs that any of these uses. The same in whatever order they come."""
    by_name: dict[str, list[Type]] = {}
    for each in types:
        by_name.setdefault(each.name, []).append(each)
    return [_union(same) for _, same in sorted(by_name.items())]


def _union(same: Sequence[Type]) -> Type:
    first = same[0]
    widths = {glyph: width for each in same for glyph, width in each.widths.items()}
    text: dict[int, str] = {}
    for each in same:
        for glyph, characters in each.text.items():
            # A glyph may stand for several; of two the book takes the same one, whichever it meets first.
            text[glyph] = min(characters, text.get(glyph, characters))
    return Type(
        first.name, first.base, first.face, first.flags, first.ascent, first.descent,
        dict(sorted(widths.items())), dict(sorted(text.items())),
    )  # fmt: skip


def embed(pdf: pikepdf.Pdf, types: Sequence[Type], kit: Kit, store: Store | None) -> Mapping[str, Any]:
    """Put these faces into a file: the font dictionaries by their names among a page's resources."""
    key = digest("faces", kit.key, *(repr(each) for each in types))
    case = store.get(key) if store is not None else None
    if case is None:
        case = _case(types, kit.equipment.faces)
        if store is not None:
            store.put(key, case)
    source = pikepdf.open(io.BytesIO(case))
    fonts = pdf.copy_foreign(source.Root.Fonts)
    return {each.name: fonts[f"/{each.name}"] for each in types}


def _case(types: Sequence[Type], faces: Sequence[FaceFile]) -> bytes:
    """A file with the faces alone."""
    with pikepdf.new() as pdf:
        files = {face: _cut(faces[face].content, types, face) for face in {each.face for each in types}}
        streams = {face: _font_file(pdf, content) for face, content in sorted(files.items())}
        fonts = {f"/{each.name}": _font(pdf, each, faces[each.face], streams[each.face]) for each in types}
        pdf.Root.Fonts = pdf.make_indirect(Dictionary(fonts))
        out = io.BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def _cut(content: bytes, types: Sequence[Type], face: int) -> bytes:
    """A font file with these glyphs only, each with the number that it had."""
    import uharfbuzz as hb  # noqa: PLC0415  # 15 ms that only those who make a font should pay

    used = {glyph for each in types if each.face == face for glyph in each.text}
    flags = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NO_HINTING
    request = hb.SubsetInput()
    request.glyph_set.update(used)
    request.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    request.flags = flags | hb.SubsetFlags.RETAIN_GIDS
    cut = request.subset(hb.Face(content))
    # Those behind the last are empty now, and may go.
    short = hb.SubsetInput()
    short.glyph_set.update(range(max(used, default=0) + 1))
    short.flags = flags
    return bytes(short.subset(cut).blob.data)


def _font_file(pdf: pikepdf.Pdf, content: bytes) -> Any:
    facts = {"Subtype": Name.OpenType} if content[:4] == b"OTTO" else {"Length1": len(content)}
    return pdf.make_indirect(pikepdf.Stream(pdf, content, **facts)), "Subtype" in facts


def _font(pdf: pikepdf.Pdf, used: Type, face: FaceFile, file: tuple[Any, bool]) -> Any:
    """The dictionaries of one face."""
    stream, is_otf = file
    pitches = set(used.widths.values())
    is_fixed = len(used.widths) > 1 and len(pitches) == 1
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(used.base), FontFamily=String(face.family),
        Flags=used.flags + is_fixed * FIXED_PITCH,
        FontBBox=Array([0, used.descent, max(pitches, default=0), used.ascent]), ItalicAngle=0,
        Ascent=used.ascent, Descent=used.descent, CapHeight=used.ascent, StemV=80, StemH=80,
    )  # fmt: skip
    descriptor["/FontFile3" if is_otf else "/FontFile2"] = stream
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0 if is_otf else Name.CIDFontType2, BaseFont=Name(used.base),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity, W=Array(_widths(used.widths)), FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(used.base), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, _characters(used.text))),
        )
    )  # fmt: skip


def _widths(widths: Mapping[int, float]) -> list[Any]:
    """The widths, in runs of glyphs whose numbers follow one another (ISO 32000-1 §9.7.4.3)."""
    found: list[Any] = []
    for _, run in groupby(enumerate(sorted(widths)), lambda pair: pair[1] - pair[0]):
        glyphs = [glyph for _, glyph in run]
        found += [glyphs[0], Array([widths[glyph] for glyph in glyphs])]
    return found


def _characters(text: Mapping[int, str]) -> bytes:
    """The CMap from glyphs to what they stand for (ISO 32000-1 §9.10.3)."""
    rows = [f"<{glyph:04x}> <{characters.encode('utf-16-be').hex()}>" for glyph, characters in text.items()]
    batches = (rows[at : at + _BATCH] for at in range(0, len(rows), _BATCH))
    lines = (
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange",
        *(line for batch in batches for line in (f"{len(batch)} beginbfchar", *batch, "endbfchar")),
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    )  # fmt: skip
    return "\n".join(lines).encode()
