"""Places: which line of the manuscript a line of the page is, and where on the pages the text was changed.

Imports the layout record and `reading.source`. All is from the record: the pages themselves are not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from octopub.reading.source import locate

_MARKS = re.compile(r"[^\w\n]*")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.model import Book
    from octopub.pdf.record import LayoutRecord, Line


class Place(NamedTuple):
    """A line of print as the page shows it: its box in parts of the page's sides, its words, and the line and column
    of the manuscript in which the first of them stands."""

    left: float
    top: float
    width: float
    height: float
    text: str
    line: int
    column: int


class Spot(NamedTuple):
    """A place on the pages: the page's index, how far down it, in parts of its height, and what the line there says."""

    page: int
    top: float
    text: str


class Places:
    """The places of a book that was laid out."""

    def __init__(self, record: LayoutRecord, book: Book) -> None:
        self._source = book.source
        self._pages = record.pages
        self._lines = list(_lines(record, book))

    def of(self, page: int) -> list[Place]:
        """The lines of a page that are the manuscript's; none where there is no such page."""
        return [self._place(page, line, at) for line, at in self._lines[page]] if page < len(self._pages) else []

    def _place(self, page: int, line: Line, at: int) -> Place:
        width, height = self._pages[page].width, self._pages[page].height
        span = locate(self._source, at, at)
        box = (line.left / width, line.top / height, line.width / width, line.height / height)
        return Place(*box, line.text, span.line, span.column)

    def changed_from(self, before: str) -> Spot | None:
        """Where the pages show what differs first from that state of the text; None where nothing does, or not on the
        pages."""
        after = self._source.text
        different = (at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
        return None if before == after else self.spot(next(different, min(len(before), len(after))))

    def line(self, number: int) -> Spot | None:
        """Where the pages show a line of the manuscript, counted from 1."""
        starts = self._source.lines
        return self.spot(starts[number - 1]) if 0 < number <= len(starts) else None

    def spot(self, offset: int) -> Spot | None:
        """Where the pages show the word at this offset of the manuscript, or behind what begins its line: `##`, `>`."""
        offset = _beyond_marks(self._source.text, offset)
        best, found = -1, None
        for page, lines in enumerate(self._lines):
            for line, at in lines:
                if best < at <= offset and not line.repeated:
                    best, found = at, Spot(page, line.top / self._pages[page].height, line.text)
        return found


def _beyond_marks(text: str, offset: int) -> int:
    """The offset of a line's first word, where only signs stand before it; elsewhere the offset itself."""
    start = text.rfind("\n", 0, offset) + 1
    first = _MARKS.match(text, start)
    assert first is not None
    return max(offset, first.end())


def _lines(record: LayoutRecord, book: Book) -> Iterator[list[tuple[Line, int]]]:
    """The lines of each page, with the offset of their first word in the manuscript. The first word of a note's first
    line is octopub's own, its number; there it is the note's."""
    starts = book.source.lines
    notes = {note.id: starts[note.span.line - 1] + note.span.column - 1 for note in book.notes}
    for part in record.parts:
        firsts = {block.key: notes.get(block.flow) for block in part.blocks}
        for page in part.pages:
            found = ((line, firsts.get(line.block) if line.at is None else line.at) for line in page.lines)
            yield [(line, at) for line, at in found if at is not None]
