"""Font files made of faces: for layout, a face at its weight; for the e-book, only what it needs of it.

Imports `catalogue`, `sfnt` and `spaces`. The same face always gives the same bytes: nothing here knows
the time, and HarfBuzz writes none.

All faces that octopub comes with are under the SIL Open Font License 1.1, which permits changed fonts
under the same licence; two of the families that it knows (IBM Plex, Source) reserve their names. What
layout reads never leaves the machine but inside a PDF, which the licence leaves free ("any document
created using the fonts"). What an EPUB carries is a file of its own: it keeps its copyright and licence
and gives up its name (OFL 1.1 §§2, 3). The stylesheet names it anyway.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from octopub.faces import sfnt
from octopub.faces.spaces import complete

if TYPE_CHECKING:
    from collections.abc import Collection

    from octopub.faces.catalogue import Face, FontFile

# Where an axis other than the weight is fixed, if not at its default: a book's text is set at 8.5 to 13
# points, and optical sizes are drawn for that.
_FIXED_AXES = {"opsz": 11.0}

# Besides what HarfBuzz keeps unasked (ligatures, kerning, marks, the forms of connected scripts), the
# features that the stylesheets ask for: figures, small capitals, superiors.
_FEATURES = ("onum", "lnum", "pnum", "tnum", "smcp", "c2sc", "sups", "subs")

# What a reading system sets of its own accord: spaces, and the hyphen at a line's end.
_ALWAYS = " \u00a0-\u2010"

# What a reading system has no use for: hints and their programs go with a flag, these by name.
_USELESS_TABLES = ("DSIG", "STAT", "MVAR", "HVAR", "gasp", "meta", "vhea", "vmtx", "VORG", "FFTM")

_COPYRIGHT, _FAMILY, _STYLE, _UNIQUE, _FULL, _VERSION, _POSTSCRIPT, _LICENCE, _LICENCE_URL = (
    0, 1, 2, 3, 4, 5, 6, 13, 14,
)


def position(file: FontFile, weight: int) -> dict[str, float]:
    """Where on the axes of a variable font a face of that weight lies; empty for a static font."""
    wanted = {**_FIXED_AXES, "wght": weight}
    return {
        tag: min(max(wanted.get(tag, default), least), greatest)
        for tag, (least, default, greatest) in file.axes.items()
    }


def static(face: Face) -> bytes:
    """The face as a font file of its own: a variable font fixed at the face's weight (its `OS/2` weight
    says so), with the spaces and hyphens it lacked (`spaces`)."""
    return complete(_pinned(face))


def subset(face: Face, characters: Collection[str]) -> bytes:
    """The face as a font file with these characters only, under a name of its own, for an EPUB.

    Layout features that the stylesheets use are kept. TrueType (`font/ttf`) or OpenType with PostScript
    outlines (`font/otf`), not WOFF2: the EPUB compresses it, and old reading systems read it.
    """
    import uharfbuzz as hb  # noqa: PLC0415  # 15 ms that only those who make a font should pay

    request = hb.SubsetInput()
    request.unicode_set.update(map(ord, {*characters, *_ALWAYS}))
    request.layout_feature_tag_set.update(map(_tag, _FEATURES))
    request.name_id_set.update((_LICENCE, _LICENCE_URL))
    request.drop_table_tag_set.update(map(_tag, _USELESS_TABLES))
    request.flags = hb.SubsetFlags.NO_HINTING
    cut = request.subset(hb.Face(static(face)))
    return _renamed(cut, face)


def media_type(font: bytes) -> str:
    """The font file's media type (EPUB 3.3 §3.2)."""
    return "font/otf" if font[:4] == b"OTTO" else "font/ttf"


def _pinned(face: Face) -> bytes:
    """The face's file, a variable one fixed at the face's place on its axes."""
    import uharfbuzz as hb  # noqa: PLC0415  # as in subset

    axes = position(face.file, face.weight)
    if not axes:
        return bytes(face.file.table.blob.data)
    request = hb.SubsetInput()
    request.keep_everything()
    # CFF2 is for variable fonts alone: PDF (ISO 32000-2 §9.9) has no place for it.
    request.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
    for tag, value in axes.items():
        request.pin_axis_location(face.file.table, tag, value)
    return bytes(request.subset(face.file.table).blob.data)


def _renamed(cut: Any, face: Face) -> bytes:
    """The font under a name made of its content."""
    tables = sfnt.tables(bytes(cut.blob.data))
    digest = sha256(b"".join(tables.values())).hexdigest()[:12]
    style = ("Bold " if face.weight >= 600 else "") + ("Italic" if face.style == "italic" else "")
    style = style.strip() or "Regular"
    family = f"Face {digest}"
    names = {
        number: text for number in (_COPYRIGHT, _LICENCE, _LICENCE_URL) if (text := cut.get_name(number))
    }
    names |= {
        _FAMILY: family,
        _STYLE: style,
        _UNIQUE: digest,
        _FULL: f"{family} {style}",
        _VERSION: cut.get_name(_VERSION) or "Version 1.000",
        _POSTSCRIPT: f"Face{digest}-{style.replace(' ', '')}",
    }
    return sfnt.font({**tables, "name": sfnt.names(names)})


def _tag(name: str) -> int:
    """A tag as HarfBuzz's sets hold it."""
    return int.from_bytes(name.encode("ascii"), "big")
