"""How complaints look: on a terminal folded at words and in its colours, elsewhere a line each.

Imports `diagnostics`. It does not know which terminal there is: `cli` says so.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Severity

if TYPE_CHECKING:
    from octopub.diagnostics import Diagnostic

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33"}
"""Red and yellow (ECMA-48 §8.3.117)."""
HANGING = "  "


class Screen(NamedTuple):
    """What the text is shown on."""

    columns: int | None = None
    """Lines are folded to so many; None where they are not."""
    is_coloured: bool = False

    def complaint(self, found: Diagnostic, severity: Severity) -> str:
        """A complaint, of one line or of several."""
        place = f"{found.path}:{found.span.line}:{found.span.column}:" if found.span else f"{found.path}:"
        words = f"{severity}: {found.message} [{found.code.slug}]".split(" ")
        if self.is_coloured:
            place, words[0] = self.paint(place), self.paint(words[0], severity)
        return self._folded([place, *words])

    def paint(self, text: str, severity: Severity | None = None) -> str:
        """The text in bold letters, in the colour of a severity."""
        colour = f";{COLOURS[severity]}" if severity else ""
        return f"\033[1{colour}m{text}\033[0m" if self.is_coloured else text

    def _folded(self, words: list[str]) -> str:
        """The words, on as many lines as they need."""
        text = words[0]
        at = columns_of(text)
        for word in words[1:]:
            needed = 1 + columns_of(word)
            if self.columns and at + needed > self.columns:
                text += f"\n{HANGING}{word}"
                at = len(HANGING) + needed - 1
            else:
                text += f" {word}"
                at += needed
        return text


def columns_of(text: str) -> int:
    """The columns that a text takes on a terminal: Chinese letters take two, accents on a letter none, colours none."""
    columns = 0
    is_colour = False
    for letter in text:
        if is_colour or letter == "\033":
            is_colour = letter != "m"
        elif unicodedata.category(letter) not in ("Mn", "Me"):
            columns += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return columns
