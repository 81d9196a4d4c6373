"""The e-book's cover, where the manuscript brings none: as outlines, and as pixels.

Imports `covers`; draws with HarfBuzz, writes PNG with zlib. Neither Pango nor Cairo nor Pillow has a part
in it, and together with all that it imports it costs less than 25 ms.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

from octopub.covers.composing import HEIGHT, WIDTH, Frame, compose
from octopub.covers.drawing import in_css, place, svg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octopub.covers.composing import Colour, Placed
    from octopub.faces.choice import FaceSet

# Two to three is a book's page, and what shops crop least of. Apple asks for 1,400 pixels across at the least, Amazon
# for 1,000 and at best 1,600; the cover page itself shows the SVG, which is sharp everywhere.
ACROSS = 1600
SCALE = ACROSS / WIDTH
"""Pixels in a unit."""
DOWN = round(HEIGHT * SCALE)
MARGIN = 108
FRAME = Frame(HEIGHT, MARGIN, foot=0)

# Uncoated book paper, and black as it prints on it: a pure white and black would glare.
PAPER = (0xF5, 0xF0, 0xE4)
INK = (0x1D, 0x1A, 0x17)

# Steps of grey at the edge of a letter: sixteen are smooth, and compress to half of what 256 would.
STEPS = 16


class Cover(NamedTuple):
    """A cover: as outlines (`image/svg+xml`), and as pixels (`image/png`) for what shows no SVG."""

    svg: bytes
    png: bytes


def draw(
    title: str,
    subtitle: str | None,
    authors: Sequence[str],
    faces: FaceSet,
    *,
    lang: str = "en",
    direction: str = "ltr",
) -> Cover:
    """The cover of a book; `direction` (`ltr` or `rtl`) is the one in which it reads and binds. The same words give
    the same bytes."""
    cover = compose(title, subtitle, authors, faces, FRAME, lang=lang, direction=direction)
    return Cover(
        svg(cover, HEIGHT, in_css(INK), in_css(PAPER), lang),
        _png(cover.words, cover.letter, cover.rubric, fold=round(cover.fold * SCALE)),
    )


def _png(words: Iterable[Placed], letter: Placed, rubric: Colour, *, fold: int) -> bytes:
    """The cover as pixels. Words and letter share no row: above the fold stand the ones, below it the
    other, so that each half is a picture of its own, of so many steps between paper and one colour."""
    steps = range(STEPS)
    grey = bytes(round(value * (STEPS - 1) / 255) for value in range(256))
    tinted = bytes(STEPS + step if step else 0 for step in grey)
    # Nothing in the picture repeats but runs of one colour: looking for no more takes half the time.
    packer = zlib.compressobj(level=1, memLevel=9, strategy=zlib.Z_RLE)
    data = b"".join((
        packer.compress(_scanlines(words, 0, fold).translate(grey)),
        packer.compress(_scanlines((letter,), fold, DOWN).translate(tinted)),
        packer.flush(),
    ))
    palette = bytes(
        round(paper + (colour - paper) * step / (STEPS - 1))
        for ink in (INK, rubric) for step in steps for paper, colour in zip(PAPER, ink, strict=True)
    )
    # One byte a pixel, an index to the palette (PNG 3, §11.2).
    header = struct.pack(">IIBBBBB", ACROSS, DOWN, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _scanlines(lines: Iterable[Placed], top: int, bottom: int) -> bytes:
    """How much of each pixel between two rows is ink, of 255, as PNG has its rows: from above, each behind
    a byte that says how it is filtered (PNG 3, §9). That byte is zero, for not at all, and so is a pixel
    left of the page; so it is drawn along."""
    import uharfbuzz as hb  # noqa: PLC0415  # as in faces: only who draws pays for it

    pen = hb.RasterDraw()
    pen.extents = hb.RasterExtents(-1, top, ACROSS + 1, bottom - top, ACROSS + 1)
    for placed in lines:
        for glyph in placed.line.glyphs:
            scale, x, y = place(placed, glyph)
            # HarfBuzz counts rows from below, and thinks that it draws upside down.
            pen.transform = (scale * SCALE, 0, 0, -scale * SCALE, x * SCALE, y * SCALE)
            pen.draw_glyph(glyph.font.harfbuzz, glyph.number)
    return bytes(pen.render().buffer)
