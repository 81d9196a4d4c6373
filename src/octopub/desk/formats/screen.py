"""How complaints, and what else is said, look: on a terminal folded at words and in its colours, elsewhere a line each.

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
HANGING = 2
"""So far stands in what goes on in a further line."""


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
        return self._folded([place, *words], HANGING)

    def text(self, text: str, hanging: int = HANGING) -> str:
        """A text of several lines. What is folded goes on so many columns behind the beginning of its line."""
        return "\n".join(self._line(line, hanging) for line in text.split("\n"))

    def paint(self, text: str, severity: Severity | None = None) -> str:
        """The text in bold letters, in the colour of a severity."""
        colour = f";{COLOURS[severity]}" if severity else ""
        return f"\033[1{colour}m{text}\033[0m" if self.is_coloured else text

    def _line(self, line: str, hanging: int) -> str:
        inner = line.lstrip(" ")
        indent = len(line) - len(inner)
        first, *words = inner.split(" ")
        return self._folded([" " * indent + first, *words], indent + hanging)

    def _folded(self, words: list[str], hanging: int) -> str:
        """The words, on as many lines as they need."""
        text = words[0]
        at = columns_of(text)
        for word in words[1:]:
            needed = 1 + columns_of(word)
            if self.columns and at + needed > self.columns:
                text = f"{text.rstrip(' ')}\n{' ' * hanging}{word}"
                at = hanging + needed - 1
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
