"""A mark: a place on a page that a typesetter would look at again.

Imports nothing of octopub. The kinds stand in the order in which a report tells them.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What is wrong: its name in a report, its heading, and what the measure says (`{}`)."""

    WIDOW = "widow", "Widows: the last line of a paragraph or stanza alone at the head of a page", ""
    ORPHAN = "orphan", "Orphans: the first line of a paragraph or stanza alone at the foot of a page", ""
    LOOSE = "loose-line", "Lines stretched too far", "word spaces of {:g} times their natural width"
    TIGHT = "tight-line", "Lines squeezed too far", "word spaces of {:g} times their natural width"
    HYPHENS = "hyphens", "Three hyphens in a row, or more", "{:g} hyphens in a row"
    TURN = "broken-word", "Words broken over the turn of a leaf", ""
    HEADING = "heading", "Headings with fewer than two lines under them", "lines under it: {:g}"
    LAST_PAGE = "last-page", "Last pages of chapters with fewer than five lines", "lines: {:g}"
    LATE_NOTE = "late-note", "Notes that begin on a later page than their call", "pages behind its call: {:g}"
    FEW_LINES = "few-lines", "Pages with fewer than five lines of text above the notes", "lines of text: {:g}"
    COARSE = "coarse-image", "Pictures that look coarse", "{:g} pixels an inch"
    FALLBACK = "fallback-face", "Words set in another face than the text's", ""

    def __init__(self, slug: str, title: str, measured: str) -> None:
        self.slug, self.title, self.measured = slug, title, measured


class Box(NamedTuple):
    """A place on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Mark(NamedTuple):
    """A place that is marked."""

    kind: Kind
    leaf: int
    """Index of its page in the file."""
    page: str
    """The number that the page bears."""
    line: int | None
    """In the manuscript, from 1; None for words of octopub's own."""
    words: str
    """What stands there."""
    measure: float | None
    box: Box

    @property
    def said(self) -> str:
        """The measure in words; empty where there is none."""
        return "" if self.measure is None else self.kind.measured.format(self.measure)
