"""Shaping: how wide words are in a face, and their outlines, with kerning and ligatures.

Imports `bidi`, `catalogue`, `coverage` and `instance`. HarfBuzz does it, as it does for Pango and for
browsers: what is measured here is what layout will find. Nothing is hinted, nothing rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from octopub.faces import bidi
from octopub.faces.coverage import needs_glyph
from octopub.faces.instance import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octopub.faces.catalogue import Face

# Points looked at on each curve of an outline. A curve of a letter turns by a quarter of a circle at most:
# with sixteen the extreme is missed by less than a thousandth of its size.
_SAMPLES = 16


class Metrics(NamedTuple):
    """The vertical measures of a face, in ems from the baseline; the descent counts downwards."""

    ascent: float
    descent: float
    cap_height: float
    x_height: float

    @property
    def middle(self) -> float:
        """How far under the middle of its line a baseline lies."""
        return (self.ascent - self.descent) / 2


class Font:
    """A face ready to be measured: HarfBuzz's font, a variable one at the face's place on its axes."""

    def __init__(self, face: Face) -> None:
        import uharfbuzz as hb  # noqa: PLC0415  # 15 ms that only those who measure should pay

        self.em: int = face.file.table.upem
        self.harfbuzz: Any = hb.Font(face.file.table)
        self.harfbuzz.set_variations(position(face.file, face.weight))

    def has(self, char: str) -> bool:
        """Whether it has a glyph for the character."""
        return self.harfbuzz.get_nominal_glyph(ord(char)) is not None

    @property
    def metrics(self) -> Metrics:
        """Its vertical measures, those that layout goes by."""
        import uharfbuzz as hb  # noqa: PLC0415  # as above

        def measure(tag: Any) -> float:
            return float(self.harfbuzz.get_metric_position_with_fallback(tag)) / self.em

        tags = hb.OTMetricsTag
        return Metrics(measure(tags.HORIZONTAL_ASCENDER), -measure(tags.HORIZONTAL_DESCENDER),
                       measure(tags.CAP_HEIGHT), measure(tags.X_HEIGHT))


class Ink(NamedTuple):
    """The rectangle that outlines touch, in ems from a line's left end and its baseline (upwards)."""

    left: float
    bottom: float
    right: float
    top: float


class Glyph(NamedTuple):
    """A glyph in its place: the origin in ems from the line's left end and its baseline (upwards)."""

    font: Font
    number: int
    x: float
    y: float

    @property
    def ink(self) -> Ink | None:
        """Where it has ink, if it has any."""
        box = self.font.harfbuzz.get_glyph_extents(self.number)
        if box is None or not box.width:
            return None
        em = self.font.em
        left, top = self.x + box.x_bearing / em, self.y + box.y_bearing / em
        return Ink(left, top + box.height / em, left + box.width / em, top)


@dataclass(frozen=True)
class Line:
    """A shaped line: its glyphs from left to right, and its width in ems."""

    glyphs: tuple[Glyph, ...]
    width: float

    @cached_property
    def ink(self) -> Ink:
        """Where it has ink; all zero if it has none."""
        boxes = [box for glyph in self.glyphs if (box := glyph.ink)]
        if not boxes:
            return Ink(0, 0, 0, 0)
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return Ink(min(lefts), min(bottoms), max(rights), max(tops))


class Shaper:
    """Sets words in the first of its faces that has them. `features` are OpenType's (`onum`)."""

    def __init__(self, faces: Iterable[Face], *, features: Sequence[str] = (), lang: str = "") -> None:
        self._faces = tuple(faces)
        self._fonts: list[Font] = []
        self._features = dict.fromkeys(features, True)
        self._lang = lang

    def drawable(self, text: str) -> str:
        """The text without the characters that none of the faces has, their places closed up."""
        kept = "".join(char for char in text if not needs_glyph(char) or self._font(char))
        return re.sub("  +", " ", kept).strip()

    def line(self, text: str, *, rtl: bool = False) -> Line:
        """The text as one line; `rtl` is the paragraph's direction."""
        glyphs: list[Glyph] = []
        pen = 0.0
        for stretch in bidi.visual(text, rtl=rtl):
            runs = self._runs(stretch.text)
            for font, words in reversed(runs) if stretch.rtl else runs:
                infos, places = self._shaped(font, words, rtl=stretch.rtl)
                for info, place in zip(infos, places, strict=True):
                    glyphs.append(Glyph(font, info.codepoint, pen + place.x_offset / font.em,
                                        place.y_offset / font.em))
                    pen += place.x_advance / font.em
        return Line(tuple(glyphs), pen)

    def _runs(self, text: str) -> list[tuple[Font, str]]:
        """The text cut where the font changes; what needs no glyph stays with what stands before it."""
        fonts: list[Font] = []
        for char in text:
            if fonts and not needs_glyph(char):
                fonts.append(fonts[-1])
            else:
                fonts.append(self._font(char) or self._opened(0))
        pairs = zip(fonts, text, strict=True)
        return [(font, "".join(char for _, char in run)) for font, run in groupby(pairs, itemgetter(0))]

    def _font(self, char: str) -> Font | None:
        """The first font that has the character."""
        fonts = map(self._opened, range(len(self._faces)))
        return next((font for font in fonts if font.has(char)), None)

    def _opened(self, place: int) -> Font:
        """The font of that face; opened when first asked for, and they are asked in order."""
        if place == len(self._fonts):
            self._fonts.append(Font(self._faces[place]))
        return self._fonts[place]

    def _shaped(self, font: Font, text: str, *, rtl: bool) -> tuple[Any, Any]:
        import uharfbuzz as hb  # noqa: PLC0415  # as in Font

        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        if self._lang:
            buffer.language = self._lang
        hb.shape(font.harfbuzz, buffer, self._features)
        return buffer.glyph_infos, buffer.glyph_positions


def exact_ink(line: Line) -> Ink:
    """Where the line's outlines run, to a thousandth of an em. `Line.ink` goes by what the font says of its
    glyphs, which may be the box of the curves' control points; this draws them."""
    import uharfbuzz as hb  # noqa: PLC0415  # as in Font

    points: list[tuple[float, float]] = []

    def curve(*numbers: float) -> None:
        controls = [points[-1], *zip(numbers[::2], numbers[1::2], strict=True)]
        # A curve leaves the box of its ends only if a control point lies outside of it.
        boxed = all(min(axis[0], axis[-1]) <= one <= max(axis[0], axis[-1])
                    for axis in zip(*controls, strict=True) for one in axis[1:-1])
        steps = 1 if boxed else _SAMPLES
        points.extend(_on_curve(controls, step / steps) for step in range(1, steps + 1))

    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, _: points.append((x, y)))
    pen.set_line_to_func(lambda x, y, _: points.append((x, y)))
    pen.set_quadratic_to_func(lambda *numbers: curve(*numbers[:4]))
    pen.set_cubic_to_func(lambda *numbers: curve(*numbers[:6]))
    pen.set_close_path_func(lambda _: None)
    placed: list[tuple[float, float]] = []
    for glyph in line.glyphs:
        points.clear()
        glyph.font.harfbuzz.draw_glyph(glyph.number, pen, None)
        em = glyph.font.em
        placed += [(glyph.x + x / em, glyph.y + y / em) for x, y in points]
    if not placed:
        return Ink(0, 0, 0, 0)
    xs, ys = zip(*placed, strict=True)
    return Ink(min(xs), min(ys), max(xs), max(ys))


def _on_curve(controls: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """The point at `t` of the curve with these control points (de Casteljau)."""
    while len(controls) > 1:
        controls = [(x + (u - x) * t, y + (v - y) * t) for (x, y), (u, v) in pairwise(controls)]
    return controls[0]


def metrics(face: Face) -> Metrics:
    """The vertical measures of the face."""
    return Font(face).metrics


def advance(face: Face, text: str, size: float, features: Sequence[str] = (), lang: str = "") -> float:
    """The width in points of the text, set on one line in the face at that size in points. `features` are
    OpenType's (`smcp`)."""
    return size * Shaper((face,), features=features, lang=lang).line(text).width


def outline(font: Font, number: int) -> str:
    """A glyph's outline as SVG path data, in font units from its origin (upwards)."""
    import uharfbuzz as hb  # noqa: PLC0415  # as in Font

    data: list[str] = []
    add = data.append
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, _: add(f"M{x:.4g} {y:.4g}"))
    pen.set_line_to_func(lambda x, y, _: add(f"L{x:.4g} {y:.4g}"))
    pen.set_quadratic_to_func(lambda a, b, x, y, _: add(f"Q{a:.4g} {b:.4g} {x:.4g} {y:.4g}"))
    pen.set_cubic_to_func(
        lambda a, b, c, d, x, y, _: add(f"C{a:.4g} {b:.4g} {c:.4g} {d:.4g} {x:.4g} {y:.4g}"))
    pen.set_close_path_func(lambda _: add("Z"))
    font.harfbuzz.draw_glyph(number, pen, None)
    return "".join(data)
