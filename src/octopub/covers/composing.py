"""Composing: where the words and the letter of a cover stand, on a page of any shape.

Imports `faces.shaping` and `covers.lines`.

The idea is the rubric. Scribes set the text in black and its first letter in colour, and so did the first
printers; here that letter is all the picture there is. It stands at the foot of the page, as large as the words
above leave room for, on the one axis from which everything on the cover hangs (the left, or for Hebrew and Arabic
the right). What it says at the size of a stamp is a colour and a shape, no two shelves alike; and a few large words,
which are the title's.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from octopub.covers.lines import GAP, LEADING, Role, fitted, words_of
from octopub.faces.shaping import Shaper, exact_ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.faces.choice import FaceSet
    from octopub.faces.shaping import Ink, Line

Colour = tuple[int, int, int]

# The rubricators' colours: lapis, verdigris, vermilion, ochre, madder. Each is dark enough to stand out on
# the grey of electronic paper, and light enough to be no black.
RUBRICS = (
    (0x1F, 0x55, 0x90), (0x2B, 0x6E, 0x5B), (0xC2, 0x39, 0x1F), (0xB0, 0x6F, 0x14), (0x7C, 0x2A, 0x45),
)

WIDTH = 1200
"""A cover is as many units wide: its lengths are measured by its width."""

HEIGHT = 1800
"""The height that the roles below are for; what they may take of a page of another shape is the same share."""

# At a tenth of its size, as shops and shelves show it, a title of twenty words can still be read.
TITLE = Role(236, 720, 58)
SUBTITLE = Role(68, 220, 46)
AUTHOR = Role(64, 200, 12)
# The letter leaves air above it, even over a title of one word.
LETTER_HEIGHT = 1160
# Medium: at this size the regular's hairlines are lost in a thumbnail.
TITLE_WEIGHT = 500
DESCENT = 0.22
# Between words and letter.
LETTER_SPACE = 96

# A title longer than this that has a colon is a title and a subtitle.
LONG_TITLE = 44

# Articles, which libraries skip when they file a title, and which would make T of every third cover.
ARTICLES = {
    "en": "the a an", "de": "der die das ein eine", "fr": "le la les l un une", "nl": "de het een",
    "es": "el la los las un una", "it": "il lo la i gli le l un uno una", "pt": "o a os as um uma",
    "sv": "den det de en ett", "da": "den det de en et", "nb": "den det de en ei et", "el": "ο η το οι τα",
}
ARABIC_ARTICLE = "ال"
# What stands where no letter of the title can be drawn: rubricators marked paragraphs with it.
PILCROW = "¶"


LEAST_SPINE_MM = 6.0
"""On a narrower spine words would not stay on it: no paper is folded that exactly."""


class Frame(NamedTuple):
    """A page for a cover, `WIDTH` units wide."""

    height: float
    margin: float
    """The white above the words and beside them."""
    foot: float
    """The white under the letter; 0 where it stands on the trim."""

    @property
    def measure(self) -> float:
        """The longest line."""
        return WIDTH - 2 * self.margin

    def share(self, height: float) -> float:
        """What is this height on a page of two to three."""
        return height * self.height / HEIGHT


class Placed(NamedTuple):
    """A line in its place: its left end and its baseline from the upper left, its size."""

    line: Line
    x: float
    y: float
    size: float

    @property
    def bottom(self) -> float:
        """Where what stands below begins to count its distance: as low as descenders reach, whether the
        line has some or not."""
        return self.y + self.size * max(DESCENT, -self.line.ink.bottom)


class Composition(NamedTuple):
    """A cover whose parts have their places."""

    words: Sequence[Placed]
    letter: Placed
    rubric: Colour
    """The letter's colour."""
    names: str
    """What is written on it, in a line."""
    fold: float
    """Above it stand the words alone, below it the letter alone."""


def compose(
    title: str,
    subtitle: str | None,
    authors: Sequence[str],
    faces: FaceSet,
    frame: Frame,
    *,
    lang: str = "en",
    direction: str = "ltr",
) -> Composition:
    """The cover of a book; `direction` (`ltr` or `rtl`) is the one in which it reads and binds.

    A character that no face has is left out. The same words give the same letter in the same colour.
    """
    title, subtitle = _divided(" ".join(words_of(title)), subtitle)
    sheet = _Sheet(faces, frame, lang, direction == "rtl")
    words = sheet.words(title, subtitle, authors)
    end = max((placed.bottom for placed in words), default=frame.margin)
    return Composition(
        words,
        sheet.letter(title, top=end + LETTER_SPACE),
        RUBRICS[zlib.crc32("\n".join((title, *authors)).encode()) % len(RUBRICS)],
        ". ".join(filter(None, (title, subtitle, ", ".join(authors)))),
        end + LETTER_SPACE / 2,
    )


def _divided(title: str, subtitle: str | None) -> tuple[str, str | None]:
    """A long title at its first colon, if it has no subtitle of its own."""
    head, colon, rest = title.partition(": ")
    return (head.rstrip(), rest) if colon and not subtitle and len(title) > LONG_TITLE else (title, subtitle)


@dataclass(frozen=True)
class _Sheet:
    """Where everything stands."""

    faces: FaceSet
    frame: Frame
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
        shaped = [(word, shaper.line(word, rtl=self.rtl)) for word in words_of(shaper.drawable(text))]
        words = [(word, line.width) for word, line in shaped if line.width and line.ink.right > line.ink.left]
        if not words:
            return []
        role = role._replace(height=self.frame.share(role.height))
        size, lines = fitted(words, shaper, self.frame.measure, role, rtl=self.rtl)
        reach = max(line.ink.top for line in lines) - min(line.ink.bottom for line in lines)
        leading = max(LEADING, reach + GAP)
        size = min(size, role.height / (leading * len(lines)))
        top = max(placed.bottom for placed in below) + role.space if below else self.frame.margin
        return [
            self._hung(line, line.ink, top + (lines[0].ink.top + row * leading) * size, size)
            for row, line in enumerate(lines)
        ]

    def _hung(self, line: Line, ink: Ink, y: float, size: float) -> Placed:
        """The line on the axis: its ink touches it, not its side bearing."""
        margin = self.frame.margin
        x = WIDTH - margin - ink.right * size if self.rtl else margin - ink.left * size
        return Placed(line, x, y, size)

    def letter(self, title: str, *, top: float) -> Placed:
        """The title's letter, as large as the sheet has room for below `top`."""
        line = self._display.line(self._initial(title), rtl=self.rtl)
        ink, foot = exact_ink(line), self.frame.height - self.frame.foot
        if ink.right <= ink.left:
            return Placed(line, 0, foot, 0)
        height = max(min(foot - top, self.frame.share(LETTER_HEIGHT)), 0)
        size = min(height / (ink.top - ink.bottom), self.frame.measure / (ink.right - ink.left))
        # The ink ends on the line that it stands on.
        return self._hung(line, ink, foot + ink.bottom * size, size)

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
