"""One block of text while its typography is worked out: what was asked for, and what is open.

Imports `reading.conventions`. `quotation`, `dashes` and `typography` share it; it knows no rule itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re

    from octopub.reading.conventions import Language

SPACE = " \t\n\u00a0\u202f\u2009"
"""The spaces that may be replaced."""

BLANK = frozenset(SPACE + "\u2002\u2003\u200a\u2028\u3000")
"""Every character that parts words, a line break that the author wants (U+2028) among them."""

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for what may not be looked into."""

APOSTROPHE = "’"

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
_SEEN_THROUGH = frozenset("\"'" + _INVISIBLE)
_AS_FAR_AS = 16
"""So many of them; a longer row of marks means nothing, and must not cost its length for each."""


class Edit(NamedTuple):
    """Characters `start` to `end` of a text give way to `replacement`.

    What is replaced is either white space or marks, never both, so that an edit rarely reaches over the
    border of two nodes; it is never empty.
    """

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Rules:
    """A language's row made ready: what to stop at, and what stands there then."""

    language: Language
    stops: re.Pattern[str]
    """Finds the places where something may have to be done; the group's name says what."""
    spaces: dict[str, str]
    """For a group that is a space: the space that stands there then."""
    openings: tuple[str, str]
    closings: tuple[str, str]
    """The primary and the secondary quotation marks, with the spaces that stand inside them."""
    opening_marks: dict[str, int]
    closing_marks: dict[str, int]
    """The marks by themselves, and their level."""
    single_first: bool
    """Whether the primary marks are single ones."""
    before: frozenset[str]
    behind: frozenset[str]
    """Marks that stand before an opening and behind a closing quotation mark."""
    elision: re.Pattern[str]
    """An apostrophe with the word that it begins."""
    pairs: frozenset[tuple[str, str]]
    before_number: frozenset[str]
    before_name: frozenset[str]
    behind_number: frozenset[str]
    """The words that hold together, as sets."""


class Side(Enum):
    """What a dash is to the aside beside it."""

    OPENS = 0
    CLOSES = 1
    ALONE = 2


@dataclass(slots=True)
class Quotation:
    """A quotation that is open: what closes it, whether it is the primary (0) or the secondary (1) kind,
    where it began, and the edit that opened it (None where the mark stays as it was typed)."""

    closing: str
    level: int
    at: int
    edit: int | None


class Block:
    """A text on the way from left to right."""

    __slots__ = ("done", "edits", "last_single", "open", "rules", "sides", "text")

    def __init__(self, text: str, rules: Rules) -> None:
        self.text = text
        self.rules = rules
        self.edits: list[Edit] = []
        self.open: list[Quotation] = []
        self.done = 0
        self.sides: dict[int, Side] | None = None
        """Which dashes open an aside and which close it, once somebody asked."""
        self.last_single: int | None = None
        """Where the last single mark stands that may close a quotation (-1: nowhere), likewise."""

    def put(self, start: int, end: int, replacement: str) -> None:
        """Ask for an edit, unless it changes nothing; what was asked for in its place gives way."""
        while self.edits and self.edits[-1].end > start:
            self.edits.pop()
        if self.text[start:end] != replacement:
            self.edits.append(Edit(start, end, replacement))
        self.done = end

    def before(self, at: int) -> str:
        """The character before `at`, typewriter marks and invisible ones seen through; a space at the
        beginning."""
        for here in range(at - 1, max(at - 1 - _AS_FAR_AS, -1), -1):
            if self.text[here] not in _SEEN_THROUGH:
                return self.text[here]
        return " "

    def behind(self, at: int) -> str:
        """The character at `at` or the first behind it, likewise; a space at the end."""
        for here in range(at, min(at + _AS_FAR_AS, len(self.text))):
            if self.text[here] not in _SEEN_THROUGH:
                return self.text[here]
        return " "

    def follows_space(self, at: int) -> bool:
        """Whether a space stands before `at`, as edited so far, or nothing does."""
        for edit in reversed(self.edits):
            if edit.end != at:
                break
            if edit.replacement:
                return edit.replacement[-1] in BLANK
            at = edit.start
        return at == 0 or self.text[at - 1] in BLANK
