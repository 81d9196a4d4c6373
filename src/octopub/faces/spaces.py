"""The spaces and hyphens that a face lacks, made for it.

Imports only `sfnt`. Hardly a face has every space (EB Garamond has no U+202F, IBM Plex Mono none but two).
HarfBuzz then sets the word space at another width, and looks right; but the PDF knows one character for
each glyph, so every word space of the book would be copied, searched and read out as U+202F. And a face
without U+2011 would get its hyphen from another face. A glyph of its own for each mends both, and costs
five milliseconds a file.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from octopub.faces import sfnt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_SPACE, _HYPHEN = 0x20, 0x2D

# The widths of Unicode's spaces, in ems (Unicode 16, §6.2, table 6-2).
_EMS = {
    0x2000: 1 / 2, 0x2001: 1, 0x2002: 1 / 2, 0x2003: 1, 0x2004: 1 / 3, 0x2005: 1 / 4, 0x2006: 1 / 6,
    0x205F: 4 / 18, 0x3000: 1,
}
# The spaces thinner than the word space: in ems, and the part of the word space that they never pass
# (faces for text have word spaces from 0.18 em, and a thin space must look thinner). U+202F is the French
# espace fine insécable, an eighth of an em.
_THIN = {0x2009: (1 / 6, 2 / 3), 0x202F: (1 / 8, 2 / 3), 0x200A: (1 / 12, 1 / 3)}
# As wide as another character: the no-break space, the figure space, the punctuation space.
_LIKE = {0x00A0: _SPACE, 0x2007: ord("0"), 0x2008: ord(".")}
# Hyphens that look like the one on the keyboard.
_HYPHENS = (0x2010, 0x2011)

# They would have to grow as well, or say what is no longer true; layout and reading systems need none.
_DROPPED = ("DSIG", "LTSH", "VDMX", "VORG", "VVAR", "hdmx", "vhea", "vmtx")

# Where `head` says which form `loca` has.
_LOCA_FORMAT = 50


class _Glyph(NamedTuple):
    """A glyph to add: its advance in font units, and the glyph whose outline it takes, if any."""

    advance: int
    outline: int | None


def complete(data: bytes) -> bytes:
    """The font file with a glyph of its own for each space and hyphen that it lacks, or has only by
    sharing the glyph of the word space or of the hyphen-minus.

    Fonts with PostScript outlines (CFF) are returned as they are.
    """
    import uharfbuzz as hb  # noqa: PLC0415  # 15 ms that only those who make a font should pay

    font = hb.Font(hb.Face(data))
    if "glyf" not in font.face.table_tags:
        return data
    added = _missing(font)
    return sfnt.font(_grown(sfnt.tables(data), font, added)) if added else data


def _missing(font: Any) -> dict[int, _Glyph]:
    """The glyphs to add, by character."""
    advance = font.get_glyph_h_advance
    glyph = font.get_nominal_glyph
    word_space, hyphen = glyph(_SPACE), glyph(_HYPHEN)
    if word_space is None:
        return {}
    space, em = advance(word_space), font.face.upem
    widths = {char: round(ems * em) for char, ems in _EMS.items()}
    widths |= {char: round(min(ems * em, part * space)) for char, (ems, part) in _THIN.items()}
    widths |= {char: advance(glyph(like)) for char, like in _LIKE.items() if glyph(like) is not None}
    if advance(glyph(ord("i")) or 0) == advance(glyph(ord("m")) or 0):
        # Columns hold: in a typewriter's face every space is one step wide.
        widths = dict.fromkeys(widths, space)
    added = {char: _Glyph(width, None) for char, width in widths.items()
             if glyph(char) in (None, word_space)}
    if hyphen is not None:
        added |= {char: _Glyph(advance(hyphen), hyphen) for char in _HYPHENS
                  if glyph(char) in (None, hyphen)}
    return added


def _grown(tables: dict[str, bytes], font: Any, added: dict[int, _Glyph]) -> dict[str, bytes]:
    """The tables with the added glyphs behind the others: no glyph changes its number, so that layout
    rules hold as they are."""
    count = font.face.glyph_count
    total = count + len(added)
    cmap = {char: font.get_nominal_glyph(char) for char in font.face.unicodes}
    cmap |= {char: count + index for index, char in enumerate(added)}
    loca, glyf = _outlines(tables, added.values())
    kept = {tag: table for tag, table in tables.items() if tag not in _DROPPED}
    return kept | {
        "cmap": sfnt.character_map(cmap),
        "maxp": _with_number(tables["maxp"], 4, total),
        "hhea": _with_number(tables["hhea"], 34, total),
        "hmtx": _metrics(tables, count, added.values()),
        "head": _with_number(tables["head"], _LOCA_FORMAT, 1),
        "loca": loca,
        "glyf": glyf,
        # Version 3 names no glyphs; the names of version 2 would be too few.
        "post": struct.pack(">I", 0x00030000) + tables["post"][4:32],
    }


def _outlines(tables: dict[str, bytes], glyphs: Iterable[_Glyph]) -> tuple[bytes, bytes]:
    """`loca`, in its long form, and `glyf`, with the added glyphs."""
    (long_form,) = struct.unpack_from(">h", tables["head"], _LOCA_FORMAT)
    loca, glyf = tables["loca"], tables["glyf"]
    if long_form:
        places = list(struct.unpack(f">{len(loca) // 4}I", loca))
    else:
        places = [2 * place for place in struct.unpack(f">{len(loca) // 2}H", loca)]
    outlines = [glyf[: places[-1]]]
    for glyph in glyphs:
        if glyph.outline is not None:
            outlines.append(glyf[places[glyph.outline] : places[glyph.outline + 1]])
        places.append(places[-1] + (len(outlines[-1]) if glyph.outline is not None else 0))
    return struct.pack(f">{len(places)}I", *places), b"".join(outlines)


def _metrics(tables: dict[str, bytes], count: int, glyphs: Iterable[_Glyph]) -> bytes:
    """`hmtx`: an advance and a side bearing for every glyph, the added ones last."""
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    # Behind the full entries stand bare side bearings: theirs is the last full entry's advance.
    metrics, bare = tables["hmtx"][: 4 * full], tables["hmtx"][4 * full : 2 * (full + count)]
    last = metrics[-4:-2]
    metrics += b"".join(last + bare[index : index + 2] for index in range(0, len(bare), 2))
    for glyph in glyphs:
        bearing = b"\0\0" if glyph.outline is None else metrics[4 * glyph.outline + 2 :][:2]
        metrics += struct.pack(">H", glyph.advance) + bearing
    return metrics


def _with_number(table: bytes, offset: int, number: int) -> bytes:
    """The table with a 16-bit number at the offset replaced."""
    return table[:offset] + struct.pack(">H", number) + table[offset + 2 :]
