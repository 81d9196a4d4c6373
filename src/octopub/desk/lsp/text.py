"""A document's text as an editor counts it: by lines from 0, and in each line by units of its own.

Imports `reading.source`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from octopub.model import Source
from octopub.reading.source import from_text

if TYPE_CHECKING:
    from collections.abc import Callable


def utf16(text: str) -> int:
    """How many units of UTF-16 a text has: two for each character beyond the first plane."""
    return len(text) + sum(character > "\uffff" for character in text)


class Text:
    """A text, and how it is counted."""

    def __init__(self, text: str, units: Callable[[str], int] = utf16) -> None:
        """`units` tells how many units a piece of a line has."""
        self.source = from_text(text)[0] or Source("<text>", text, (0,))
        self._units = units

    def position(self, offset: int) -> tuple[int, int]:
        """The line of an offset, and the units before it in that line."""
        line = bisect_right(self.source.lines, offset) - 1
        return line, self._units(self.source.text[self.source.lines[line] : offset])

    def offset(self, line: int, units: int) -> int:
        """The offset of a position; behind the end of a line it is that end's."""
        if line >= len(self.source.lines):
            return len(self.source.text)
        start = self.source.lines[line]
        end = self.source.text.find("\n", start)
        content = self.source.text[start : end if end >= 0 else None]
        count = 0
        for index, character in enumerate(content):
            if count >= units:
                return start + index
            count += self._units(character)
        return start + len(content)

    def at(self, line: int, column: int) -> int:
        """The offset of a line and column of a complaint, which both count from 1, in characters."""
        return self.source.lines[line - 1] + column - 1
