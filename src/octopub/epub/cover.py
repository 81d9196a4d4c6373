"""The cover of a book that brings none: its title, its author, and one letter.

Imports `faces`; draws with HarfBuzz, writes PNG with zlib. Neither Pango nor Cairo nor Pillow has a part
in it, and together with all that it imports it costs less than 25 ms.

The idea is the rubric. Scribes set the text in black and its first letter in colour, and so did the first
printers; here that letter is all the picture there is. It stands on the lower trim of the page, as large
as the words above leave room for, on the one axis from which everything on the cover hangs (the left, or
for Hebrew and Arabic the right). What it says at the size of a stamp is a colour and a shape, no two
shelves alike; and a few large words, which are the title's.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from octopub.faces.shaping import Shaper, exact_ink, outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octopub.faces.choice import FaceSet
    from octopub.faces.shaping import Glyph, Ink, Line

Colour = tuple[int, int, int]

# Pixels, and the units of the SVG. Two to three is a book's page, and what shops crop least of; 1,200
# across is sharp on any reader's shelf, and a third of the work of the 2,000 that some ask for. The cover
# page itself shows the SVG, which is sharp everywhere.
WIDTH, HEIGHT = 1200, 1800
MARGIN = 108
MEASURE = WIDTH - 2 * MARGIN

# Uncoated book paper, and black as it prints on it: a pure white and black would glare.
PAPER = (0xF5, 0xF0, 0xE4)
INK = (0x1D, 0x1A, 0x17)
# The rubricators' colours: lapis, verdigris, vermilion, ochre, madder. Each is dark enough to stand out on
# the grey of electronic paper, and light enough to be no black.
RUBRICS = (
    (0x1F, 0x55, 0x90), (0x2B, 0x6E, 0x5B), (0xC2, 0x39, 0x1F), (0xB0, 0x6F, 0x14), (0x7C, 0x2A, 0x45),
)


class Role(NamedTuple):
    """What words are for: the largest size, the height they may take, the space above, in pixels."""

    size: float
    height: float
    space: float


# At a tenth of its size, as shops and shelves show it, a title of twenty words can still be read.
TITLE = Role(236, 720, 58)
SUBTITLE = Role(68, 220, 46)
AUTHOR = Role(64, 200, 12)
# The letter leaves air above it, even over a title of one word.
LETTER_HEIGHT = 1160
# Medium: at this size the regular's hairlines are lost in a thumbnail.
TITLE_WEIGHT = 500

# Between baselines, in ems, and at least between the ink of two lines (Arabic reaches far up and down).
LEADING, GAP = 1.03, 0.1
DESCENT = 0.22
# What a further line costs beside size and evenness: of two equal settings the one with fewer is calmer.
PER_LINE = 0.045
# Between words and letter, in pixels.
LETTER_SPACE = 96

# A title longer than this that has a colon is a title and a subtitle.
LONG_TITLE = 44
MOST_LINES = 12

# Articles, which libraries skip when they file a title, and which would make T of every third cover.
ARTICLES = {
    "en": "the a an", "de": "der die das ein eine", "fr": "le la les l un une", "nl": "de het een",
    "es": "el la los las un una", "it": "il lo la i gli le l un uno una", "pt": "o a os as um uma",
    "sv": "den det de en ett", "da": "den det de en et", "nb": "den det de en ei et", "el": "ο η το οι τα",
}
ARABIC_ARTICLE = "ال"
# What stands where no letter of the title can be drawn: rubricators marked paragraphs with it.
PILCROW = "¶"

# Steps of grey at the edge of a letter: sixteen are smooth, and compress to half of what 256 would.
STEPS = 16


class Cover(NamedTuple):
    """A cover: as outlines (`image/svg+xml`), and as pixels (`image/png`) for what shows no SVG."""

    svg: bytes
    png: bytes


class Placed(NamedTuple):
    """A line in its place: its left end and its baseline in pixels from the upper left, its size."""

    line: Line
    x: float
    y: float
    size: float

    @property
    def bottom(self) -> float:
        """Where what stands below begins to count its distance: as low as descenders reach, whether the
        line has some or not."""
        return self.y + self.size * max(DESCENT, -self.line.ink.bottom)


def draw(
    title: str,
    subtitle: str | None,
    authors: Sequence[str],
    faces: FaceSet,
    *,
    lang: str = "en",
    direction: str = "ltr",
) -> Cover:
    """The cover of a book; `direction` (`ltr` or `rtl`) is the one in which it reads and binds.

    A character that no face has is left out of the drawing. The same words give the same bytes.
    """
    title, subtitle = _divided(" ".join(_words(title)), subtitle)
    sheet = _Sheet(faces, lang, direction == "rtl")
    words = sheet.words(title, subtitle, authors)
    end = max((placed.bottom for placed in words), default=MARGIN)
    letter = sheet.letter(title, top=end + LETTER_SPACE)
    rubric = RUBRICS[zlib.crc32("\n".join((title, *authors)).encode()) % len(RUBRICS)]
    names = ". ".join(filter(None, (title, subtitle, ", ".join(authors))))
    return Cover(
        _svg(words, letter, rubric, names, lang),
        _png(words, letter, rubric, fold=round(end + LETTER_SPACE / 2)),
    )


def _divided(title: str, subtitle: str | None) -> tuple[str, str | None]:
    """A long title at its first colon, if it has no subtitle of its own."""
    head, colon, rest = title.partition(": ")
    return (head.rstrip(), rest) if colon and not subtitle and len(title) > LONG_TITLE else (title, subtitle)


@dataclass(frozen=True)
class _Sheet:
    """Where everything stands."""

    faces: FaceSet
    lang: str
    rtl: bool

    @cached_property
    def _roman(self) -> Shaper:
        faces = [family.face("normal", TITLE_WEIGHT) for family in self.faces.for_text]
        return Shaper(faces, features=("onum",), lang=self.lang)

    @cached_property
    def _italic(self) -> Shaper:
        faces = [family.face("italic") for family in self.faces.for_text]
        return Shaper(faces, features=("onum",), lang=self.lang)

    @cached_property
    def _display(self) -> Shaper:
        return Shaper([family.face() for family in self.faces.for_text], lang=self.lang)

    def words(self, title: str, subtitle: str | None, authors: Sequence[str]) -> list[Placed]:
        """All words, from the top: authors, title, subtitle."""
        placed: list[Placed] = []
        # Three names stand under each other; more would push the title down, and run on.
        names = authors if len(authors) <= 3 else (" · ".join(authors),)
        for name in names:
            role = AUTHOR._replace(height=AUTHOR.height / len(names))
            placed += self._set(name, self._roman, role, below=placed)
        placed += self._set(title, self._roman, TITLE, below=placed)
        placed += self._set(subtitle or "", self._italic, SUBTITLE, below=placed)
        return placed

    def _set(self, text: str, shaper: Shaper, role: Role, *, below: Sequence[Placed]) -> list[Placed]:
        """The text on as many lines as suit it, below what stands there already."""
        shaped = [(word, shaper.line(word, rtl=self.rtl)) for word in _words(shaper.drawable(text))]
        words = [(word, line.width) for word, line in shaped if line.width and line.ink.right > line.ink.left]
        if not words:
            return []
        size, lines = _fitted(words, shaper, role, rtl=self.rtl)
        reach = max(line.ink.top for line in lines) - min(line.ink.bottom for line in lines)
        leading = max(LEADING, reach + GAP)
        size = min(size, role.height / (leading * len(lines)))
        top = max(placed.bottom for placed in below) + role.space if below else MARGIN
        return [
            self._hung(line, line.ink, top + (lines[0].ink.top + row * leading) * size, size)
            for row, line in enumerate(lines)
        ]

    def _hung(self, line: Line, ink: Ink, y: float, size: float) -> Placed:
        """The line on the axis: its ink touches it, not its side bearing."""
        x = WIDTH - MARGIN - ink.right * size if self.rtl else MARGIN - ink.left * size
        return Placed(line, x, y, size)

    def letter(self, title: str, *, top: float) -> Placed:
        """The title's letter, as large as the sheet has room for below `top`."""
        line = self._display.line(self._initial(title), rtl=self.rtl)
        ink = exact_ink(line)
        if ink.right <= ink.left:
            return Placed(line, 0, HEIGHT, 0)
        height = min(HEIGHT - top, LETTER_HEIGHT)
        size = min(height / (ink.top - ink.bottom), MEASURE / (ink.right - ink.left))
        # The ink ends on the trim.
        return self._hung(line, ink, HEIGHT + ink.bottom * size, size)

    def _initial(self, title: str) -> str:
        """The letter or digit that the title is filed under: that of its first word, articles apart."""
        words = [letters for word in re.split(r"[\s’']+", self._display.drawable(title))
                 if (letters := "".join(filter(str.isalnum, word)))]
        if not words:
            return PILCROW
        articles = ARTICLES.get(self.lang.partition("-")[0].lower(), "").split()
        word = next((word for word in words if word.lower() not in articles), words[0])
        if len(word) > len(ARABIC_ARTICLE) + 1:
            word = word.removeprefix(ARABIC_ARTICLE)
        return _capital(word[0], self.lang)


def _capital(letter: str, lang: str) -> str:
    """The letter's capital, if it has one that is one letter. Greek capitals bear no accents when they
    stand alone, and the Turkish i keeps its dot."""
    if letter == "i" and lang.partition("-")[0].lower() in ("tr", "az"):
        return "İ"
    if "\u0370" <= letter <= "\u03ff" or "\u1f00" <= letter <= "\u1fff":
        from unicodedata import normalize  # noqa: PLC0415  # a megabyte that other titles do without

        letter = normalize("NFD", letter)[0]
    capital = letter.upper()
    return capital if len(capital) == 1 else letter


def _words(text: str) -> list[str]:
    """The words between which a line may end: a no-break space holds two together."""
    return re.sub("[\t\n\r ]+", " ", text).strip(" ").split(" ")


def _fitted(
    words: Sequence[tuple[str, float]], shaper: Shaper, role: Role, *, rtl: bool
) -> tuple[float, list[Line]]:
    """The words (each with its width in ems) on lines, and their size: of all numbers of lines the one that
    sets them large and fills its lines evenly."""
    space = shaper.line(" ").width
    widths = [width for _, width in words]
    best: tuple[float, float, list[int]] = (0, 0, [])
    for count in range(1, min(len(words), MOST_LINES) + 1):
        breaks = _narrowest(widths, space, count)
        lengths = _lengths(widths, space, breaks)
        size = min(role.size, MEASURE / max(lengths), role.height / (len(lengths) * LEADING))
        best = max(best, (size * _evenness(lengths) * (1 - PER_LINE * count), size, breaks))
    _, size, breaks = best
    rows = (" ".join(word for word, _ in words[start:end]) for start, end in _spans(words, breaks))
    lines = [shaper.line(row, rtl=rtl) for row in rows]
    # Ink may reach beyond the advances.
    return min(size, MEASURE / max(line.ink.right - line.ink.left for line in lines)), lines


def _spans(words: Sequence[object], breaks: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Beginning and end of each line."""
    return zip([0, *breaks], [*breaks, len(words)], strict=True)


def _lengths(widths: Sequence[float], space: float, breaks: Sequence[int]) -> list[float]:
    """The lengths of the lines, in ems."""
    return [sum(widths[start:end]) + space * (end - start - 1) for start, end in _spans(widths, breaks)]


def _evenness(lengths: Sequence[float]) -> float:
    """How well lines of these lengths fill their block, 1 at best. A short one at the end does less harm
    than one between others."""
    longest = max(lengths)
    shortest = min(lengths[:-1], default=longest)
    return sum(lengths) / (len(lengths) * longest) * (1 + shortest / longest) / 2


def _narrowest(widths: Sequence[float], space: float, count: int) -> list[int]:
    """Where lines begin, but the first, if the words stand on at most so many, the longest of which is as
    short as can be."""
    low, high = max(widths), sum(widths) + space * len(widths)
    found = _filled(widths, space, high)
    # An em's hundredth is near enough.
    while high - low > 0.01:
        middle = (low + high) / 2
        breaks = _filled(widths, space, middle)
        if len(breaks) < count:
            found, high = breaks, middle
        else:
            low = middle
    return found


def _filled(widths: Sequence[float], space: float, measure: float) -> list[int]:
    """Where lines begin, but the first, if each takes what the measure holds."""
    breaks, length = [], -space
    for index, width in enumerate(widths):
        length += space + width
        if length > measure and index:
            breaks.append(index)
            length = width
    return breaks


def _svg(words: Iterable[Placed], letter: Placed, rubric: Colour, names: str, lang: str) -> bytes:
    """The cover as outlines: it needs no face where it is shown."""
    outlines: dict[tuple[int, int], str] = {}

    def drawn(placed: Placed) -> str:
        paths = []
        for glyph in placed.line.glyphs:
            key = (id(glyph.font), glyph.number)
            if key not in outlines:
                outlines[key] = outline(glyph.font, glyph.number)
            if data := outlines[key]:
                scale, x, y = _place(placed, glyph)
                matrix = f"{scale:.5g} 0 0 {-scale:.5g} {x:.1f} {y:.1f}"
                paths.append(f'<path transform="matrix({matrix})" d="{data}"/>')
        return "".join(paths)

    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" xml:lang="{escape(lang)}">'
        f"<title>{escape(names)}</title>\n"
        f'<path fill="{_hex(PAPER)}" d="M0 0H{WIDTH}V{HEIGHT}H0Z"/>\n'
        f'<g fill="{_hex(rubric)}">{drawn(letter)}</g>\n'
        f'<g fill="{_hex(INK)}">{"".join(map(drawn, words))}</g>\n'
        "</svg>\n"
    ).encode()


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
        packer.compress(_scanlines((letter,), fold, HEIGHT).translate(tinted)),
        packer.flush(),
    ))
    palette = bytes(
        round(paper + (colour - paper) * step / (STEPS - 1))
        for ink in (INK, rubric) for step in steps for paper, colour in zip(PAPER, ink, strict=True)
    )
    # One byte a pixel, an index to the palette (PNG 3, §11.2).
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
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
    pen.extents = hb.RasterExtents(-1, top, WIDTH + 1, bottom - top, WIDTH + 1)
    for placed in lines:
        for glyph in placed.line.glyphs:
            scale, x, y = _place(placed, glyph)
            # HarfBuzz counts rows from below, and thinks that it draws upside down.
            pen.transform = (scale, 0, 0, -scale, x, y)
            pen.draw_glyph(glyph.font.harfbuzz, glyph.number)
    return bytes(pen.render().buffer)


def _place(placed: Placed, glyph: Glyph) -> tuple[float, float, float]:
    """A glyph's scale (pixels a font unit), and its origin in pixels from the upper left."""
    size = placed.size
    return size / glyph.font.em, placed.x + glyph.x * size, placed.y - glyph.y * size


def _hex(colour: Colour) -> str:
    return "#" + bytes(colour).hex()
