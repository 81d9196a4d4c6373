"""Drawing: a cover as outlines, which need no face where they are shown.

Imports `faces.shaping` and `covers.composing`. Neither Pango nor Cairo nor Pillow has a part in it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from octopub.covers.composing import WIDTH
from octopub.faces.shaping import outline

if TYPE_CHECKING:
    from octopub.covers.composing import Colour, Composition, Placed
    from octopub.faces.shaping import Glyph


def svg(cover: Composition, height: float, ink: str, paper: str | None, lang: str) -> bytes:
    """The cover, so many units high, its words in this ink; on a paper of this colour, or on none."""
    pen = Pen()
    ground = f'<path fill="{paper}" d="M0 0H{WIDTH}V{height:g}H0Z"/>\n' if paper else ""
    return drawing(
        WIDTH, height, cover.names, lang,
        ground
        + f'<g fill="{in_css(cover.rubric)}">{pen.drawn(cover.letter)}</g>\n'
        + f'<g fill="{escape(ink)}">{"".join(map(pen.drawn, cover.words))}</g>\n',
    )  # fmt: skip


def drawing(width: float, height: float, names: str, lang: str, body: str) -> bytes:
    """An SVG file of this size that says what is written on it."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" xml:lang="{escape(lang)}">'
        f"<title>{escape(names)}</title>\n{body}</svg>\n"
    ).encode()


class Pen:
    """Writes lines as outlines; what a glyph looks like it looks up once."""

    def __init__(self) -> None:
        self._outlines: dict[tuple[int, int], str] = {}

    def drawn(self, placed: Placed) -> str:
        """The line's glyphs, in their places."""
        paths = []
        for glyph in placed.line.glyphs:
            key = (id(glyph.font), glyph.number)
            if key not in self._outlines:
                self._outlines[key] = outline(glyph.font, glyph.number)
            if data := self._outlines[key]:
                scale, x, y = place(placed, glyph)
                matrix = f"{scale:.5g} 0 0 {-scale:.5g} {x:.1f} {y:.1f}"
                paths.append(f'<path transform="matrix({matrix})" d="{data}"/>')
        return "".join(paths)


def place(placed: Placed, glyph: Glyph) -> tuple[float, float, float]:
    """A glyph's scale (units of the cover for one of the font), and its origin from the upper left."""
    size = placed.size
    return size / glyph.font.em, placed.x + glyph.x * size, placed.y - glyph.y * size


def in_css(colour: Colour) -> str:
    """A colour as CSS and SVG write it."""
    return "#" + bytes(colour).hex()
