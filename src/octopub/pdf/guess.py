"""A first guess at page numbers: good enough to know how many figures they have.

Imports `model` and the geometry of `markup.styles`. Numbers are printed in figures of one width, so that a
wrong guess is put right in place; only one with too few or too many figures costs another layout.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from octopub.model import Kind

if TYPE_CHECKING:
    from octopub.diagnostics import Span
    from octopub.markup.styles import Geometry
    from octopub.model import Book, Heading

FULL = 0.84
"""How much of a page's room for letters is filled: paragraphs end, headings stand free."""

NOTE = 0.82**2
"""The room that a note's letter takes, measured by the text's."""

OPENING = 0.8
"""Pages that a book's chapter takes beside its letters: white at its head and end."""

BLANK = 0.5
"""Blank versos before a chapter, on average, where pages have two sides."""


def guess(book: Book, page: Geometry) -> dict[str, str]:
    """Anchor → the number of its page, roughly."""
    return _Guess(book, page).numbers()


class _Guess:
    def __init__(self, book: Book, page: Geometry) -> None:
        self._book = book
        self._room = page.characters * page.lines * FULL
        spans = sorted(self._offsets(note.span) for note in book.notes)
        self._note_starts = [start for start, _ in spans]
        self._note_letters = [0, *accumulate(end - start for start, end in spans)]
        self._openings: list[int] = []
        if book.kind is Kind.BOOK:
            self._openings = [self._at(chapter.span) for chapter in book.chapters]
        text = len(book.source.text)
        notes = self._note_letters[-1]
        # Notes stand on their calls' pages, which are spread over the text.
        self._weight = 1 + NOTE * notes / max(1, text - notes)

    def numbers(self) -> dict[str, str]:
        """The page of each anchor: of a heading, of an anchor in braces, of a note's text."""
        book = self._book
        found = {anchor: self._page(self._written(anchor)) for anchor in book.anchors}
        behind = [*(self._at(chapter.span) for chapter in book.chapters[1:]), len(book.source.text)]
        for chapter, end in zip(book.chapters, behind, strict=True):
            found |= dict.fromkeys((note.id for note in chapter.notes), self._page(end))
            headings: list[Heading] = [*filter(None, [chapter.heading]), *chapter.sections]
            while headings:
                heading = headings.pop()
                found[heading.id] = self._page(self._at(heading.span))
                headings += heading.children
        return found

    def _page(self, at: int) -> str:
        before = at - self._note_letters[bisect_left(self._note_starts, at)]
        is_two_sided = not self._book.options.one_sided
        openings = bisect_left(self._openings, at) * (OPENING + BLANK * is_two_sided)
        # Title page and imprint; in a book the contents, too, have a leaf of their own.
        front = 2 * self._book.title_page
        if self._book.contents and self._book.kind is Kind.BOOK:
            front += 1 + is_two_sided
        return str(1 + front + int(before * self._weight / self._room + openings))

    def _written(self, anchor: str) -> int:
        return max(0, self._book.source.text.find(f"#{anchor}}}"))

    def _at(self, span: Span) -> int:
        return self._book.source.lines[span.line - 1] + span.column - 1

    def _offsets(self, span: Span) -> tuple[int, int]:
        lines = self._book.source.lines
        end = lines[span.end_line - 1] if span.end_line <= len(lines) else len(self._book.source.text)
        return self._at(span), end + span.end_column - 1
