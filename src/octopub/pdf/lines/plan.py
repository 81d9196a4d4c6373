"""Which lines a paragraph has at a measure, and how that changes where a page should end otherwise.

Imports `breaking` and `measure`. It knows of WeasyPrint that it goes on where it stopped, and says where that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from octopub.pdf.lines.breaking import FULL, breaks

if TYPE_CHECKING:
    from octopub.pdf.lines.measure import Paragraph


TRIALS = 4
"""So many places to part a word are tried, until there is a line that parts none."""


class Plan:
    """The lines of a paragraph at one measure."""

    def __init__(self, words: Paragraph, measure: float, indent: float) -> None:
        """Without hyphens, if all lines can be had within their bounds; otherwise with them; and if that does not help
        either, of all ways that there are."""
        self.words = words
        self._measure = measure
        self._chances = words.chances(indent)
        taken = breaks(self._chances, measure)
        if taken is None or taken.worst > FULL:
            chances = words.parted(self._chances)
            if better := breaks(chances, measure):
                self._chances, taken = chances, better
            if taken and taken.worst > FULL:
                taken = breaks(self._chances, measure, underfull=0.0)
        self.taken = taken.chances if taken else ()
        """Where each line ends; empty if there is a word that fits into no line."""
        self._worst = taken.worst if taken else 0.0
        self._starts: dict[str, int] = {str(None): 0}
        self._first = 0

    def begin(self, skip_stack: Any) -> int | None:
        """The number of the line that begins where WeasyPrint goes on; None if none does."""
        first = self._starts.get(str(skip_stack)) if self.taken else None
        self._first = first or 0
        return first

    def go_on(self, skip_stack: Any, number: int) -> None:
        """Keep where the text goes on behind a line."""
        if skip_stack is not None:
            self._starts[str(skip_stack)] = number + 1

    def bar_word(self, number: int) -> bool:
        """Let this line, and those above it on its page, end otherwise if it parts a word, and if there is a way with
        all lines within their bounds."""
        before = self.taken[self._first - 1] if self._first else self._chances[0]
        chances = [chance for chance in self._chances if chance.at >= before.at]
        taken = self.taken
        for _ in range(TRIALS):
            if number >= len(taken) or not taken[number].is_added:
                break
            chances.remove(taken[number])
            other = breaks(chances, self._measure)
            if other is None or other.worst > max(FULL, self._worst):
                return False
            taken = self.taken[: self._first] + other.chances
        if taken is self.taken or (number < len(taken) and taken[number].is_added):
            return False
        self.taken = taken
        self._starts = {key: line for key, line in self._starts.items() if line <= self._first}
        return True
