"""What a row of the language table says: the type, and the spaces it names.

Imports nothing of octopub. `languages` holds the rows; `typography` and its parts read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

NO_BREAK = "\u00a0"
NARROW = "\u202f"

Pair = tuple[str, str]
"""An opening and a closing quotation mark."""


class DashStyle(Enum):
    """How a dash that breaks the sentence stands between its words."""

    CLOSED = "word—word"
    SPACED = "word – word"
    """With a no-break space before: a line may end with a dash, but not begin with one."""
    PAIRED = "word — aside — word"
    """Spaced, and no line breaks on the inner side of an aside's two dashes."""
    ATTACHED = "word —aside— word"
    """The two dashes of an aside hold to it as brackets do."""
    AS_TYPED = "spaces are left as they are"


class HighMarks(NamedTuple):
    """Punctuation that a space sets off from the word before it."""

    marks: str
    space: str
    added: bool = True
    """False: the space is made one that does not break, but none is added."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """What a typesetter of this language and region does without being told.

    There is one of each row, so rows are compared, and found again, by identity.
    """

    tag: str
    """BCP 47; empty in the row that stands in for languages without one."""
    primary: Pair
    secondary: Pair
    """Quotation marks inside a quotation, and of single typewriter marks that stand outermost."""
    quote_space: str = ""
    """Stands inside guillemets."""
    high: tuple[HighMarks, ...] = ()
    dash: str = "–"
    """What `--` and `---` become, and ` - ` between words."""
    dash_style: DashStyle = DashStyle.SPACED
    speech_dash: str = ""
    """The dash at the beginning of a block (a speech, a quotation's source) if it is another one."""
    speech_space: str | None = NO_BREAK
    """The space behind that dash; None leaves it as typed."""
    range_dash: str = "–"
    """Between the numbers of a range; a hyphen means that hyphens are left alone."""
    ellipsis_after_mark: str = "…"
    """What three full points become behind `?` and `!`."""
    holds: bool = True
    """Whether words are held together at all; False in the generic row."""
    tight: str = NO_BREAK
    """Between the letters of an abbreviation, and between initials."""
    thousands: str = ""
    """Between groups of three digits that a space sets apart; empty leaves them alone."""
    phrases: tuple[str, ...] = ()
    """Abbreviations of several parts: `tight` replaces the spaces inside."""
    before_number: tuple[str, ...] = ()
    """Words that hold to the number behind them, in addition to `SECTION_SIGNS`."""
    before_name: tuple[str, ...] = ()
    """Words that hold to the capitalised word behind them."""
    after_number: tuple[str, ...] = ()
    """Words that hold to the number (a Roman one too) before them, in addition to `UNITS`."""
    short_words: str = ""
    """One-letter words that do not stand at the end of a line, lower case."""
    elisions: tuple[str, ...] = ()
    """Words that an apostrophe begins, lower case."""


SECTION_SIGNS = ("§", "§§")
UNITS = tuple(
    "% ‰ ° °C °F € £ $ km m dm cm mm km² m² cm² km/h m/s ha kg g mg hl cl ml min ms Hz kHz MHz kW MW kWh hPa"
    " kB MB GB dpi".split()
)
"""Signs that hold to their number in every language (SI Brochure, 9th edition, §5.4.3)."""
