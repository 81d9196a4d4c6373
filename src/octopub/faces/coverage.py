"""Coverage: which stretches of a text are set in which family.

Imports nothing of octopub but the catalogue. Answers questions; the complaints that follow from the
answers (`glyph-missing`, `fallback-face`) are the renderer's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.faces.catalogue import Family

# Characters that ask for no glyph. First those that are drawn as nothing: Unicode's
# Default_Ignorable_Code_Point (DerivedCoreProperties, Unicode 16): soft hyphen, joiners, bidi marks,
# U+2060, variation selectors, tags and their like. Then spaces and line ends (general category Z and the
# controls that a text may hold): a space that a face lacks is made for it (`spaces`), never borrowed.
# Last U+FFFC, which stands for what is no text.
_SILENT = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    "\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "\ufffc"
)
_IS_SILENT = re.compile(f"[{_SILENT}]")


class Run(NamedTuple):
    """A stretch of a text, from `start` to `end`, that is not set in the first family: the one it is set
    in, or None if no face has it."""

    start: int
    end: int
    family: Family | None


def needs_glyph(char: str) -> bool:
    """Whether the character shows as ink: spaces and default-ignorable characters do not."""
    return not _IS_SILENT.match(char)


def runs(text: str, families: Sequence[Family]) -> Iterator[Run]:
    """The stretches of the text that the first family lacks, in order, each as long as one family (or
    none) sets it. Silent characters inside a stretch belong to it.

    A book costs milliseconds: what is looked at first is the set of its characters.
    """
    first, *others = families
    foreign = {char for char in set(text) - first.characters if needs_glyph(char)}
    if not foreign:
        return
    setting = {
        char: next((family for family in others if char in family.characters), None) for char in foreign
    }
    marks = "".join(map(re.escape, sorted(foreign)))
    # A space between two foreign words joins them; one that ends a stretch does not belong to it.
    for match in re.finditer(f"[{marks}](?:[{_SILENT}]*[{marks}])*", text):
        yield from _split(text, match.start(), match.end(), setting)


def _split(text: str, start: int, end: int, setting: dict[str, Family | None]) -> Iterator[Run]:
    """The stretch from `start` to `end`, cut where the family changes."""
    begin, stop, family = start, start, setting[text[start]]
    for position in range(start, end):
        char = text[position]
        if char not in setting:
            continue
        if setting[char] is not family:
            yield Run(begin, stop, family)
            begin, family = position, setting[char]
        stop = position + 1
    yield Run(begin, stop, family)
