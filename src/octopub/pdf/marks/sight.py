"""A chapter as one who reads its pages for faults sees it.

Imports `model`, the reading's places, `pdf.record` and the mark.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from octopub.model import NotesPlace
from octopub.pdf.marks.mark import Box, Mark
from octopub.pdf.record import FURNITURE, VERSE
from octopub.reading.source import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from octopub.model import Book
    from octopub.pdf.marks.mark import Kind
    from octopub.pdf.record import Line, Page, Part


class Placed(NamedTuple):
    """A line, and the index of its page in the chapter."""

    page: int
    line: Line


def rows(lines: Iterable[Line]) -> int:
    """How many lines one sees: those of cells side by side are one."""
    return len({round(line.baseline) for line in lines})


class Sight:
    """A chapter's pages. `first` is the index of its first page in the file."""

    def __init__(self, book: Book, part: Part, first: int) -> None:
        self.book, self.part, self.first = book, part, first
        self.pages = [page for page in part.pages if not page.blank]
        self.blocks = {block.key: block for block in part.blocks}
        pointed = {block.flow.removesuffix(" pointer") for block in part.blocks if block.flow.endswith(" pointer")}
        self._feet = {
            block.key
            for block in part.blocks
            if block.flow and book.options.notes_pdf is NotesPlace.PAGE and block.flow not in pointed
        }

        begin = book.chapters[0].span
        body = book.source.lines[begin.line - 1] + begin.column - 1
        # Title at the head of the first page, colophon behind the last words: octopub's, and the front matter's.
        self._added = {
            block.key for block in part.blocks if not block.flow and (block.at is None or block.at < body)
        }

    def text(self, page: Page) -> list[Line]:
        """A page's written lines without the notes at its foot."""
        return [line for line in self.written(page) if line.block not in self._feet]

    def lines(self, page: Page) -> list[Line]:
        """A page's lines without its furniture."""
        return [line for line in page.lines if line.block != FURNITURE]

    def written(self, page: Page) -> list[Line]:
        """A page's lines without its furniture and what octopub adds to the text."""
        return [line for line in self.lines(page) if line.block not in self._added]

    @cached_property
    def by_block(self) -> Mapping[int, list[Placed]]:
        """The lines of each block, in their order."""
        found: dict[int, list[Placed]] = defaultdict(list)
        for index, page in enumerate(self.pages):
            for line in self.lines(page):
                if not line.repeated:
                    found[line.block].append(Placed(index, line))
        return found

    @cached_property
    def paragraphs(self) -> Mapping[int, list[Placed]]:
        """The lines of each block, by its key; those of a stanza, each a block, all by the key of its first."""
        found: dict[int, list[Placed]] = {}
        stanzas: dict[str, int] = {}
        """The stanza that each flow is at."""
        for key in sorted(self.by_block):
            block = self.blocks[key]
            if block.tag == VERSE and not block.goes_on:
                stanzas[block.flow] = key
            found.setdefault(stanzas.get(block.flow, key) if block.goes_on else key, []).extend(self.by_block[key])
        return found

    def is_heading(self, line: Line) -> bool:
        """Whether it is a heading's, in the text."""
        block = self.blocks[line.block]
        return not block.flow and len(block.tag) == 2 and block.tag[0] == "h" and block.tag[1].isdigit()

    def mark(self, kind: Kind, placed: Placed, measure: float | None = None) -> Mark:
        """A mark at a line."""
        line, page = placed.line, self.pages[placed.page]
        at = line.at if line.at is not None else self.blocks[line.block].at
        return Mark(
            kind,
            self.first + placed.page,
            page.label,
            line_of(self.book, at),
            line.text.strip(),
            measure,
            Box(line.left, line.top, line.left + line.width, line.top + line.height),
        )


def line_of(book: Book, at: int | None) -> int | None:
    """The line of the manuscript that an offset is in."""
    return None if at is None else locate(book.source, at, at).line
