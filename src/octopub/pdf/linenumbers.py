"""The numbers of lines, in the margin: which lines count, and where each number stands.

Imports `model` and the record. No layout depends on them: they are reckoned from what was laid out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from octopub.model import LineNumbers
from octopub.pdf.record import VERSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from octopub.markup.scribe import Element, Stream
    from octopub.model import Book
    from octopub.pdf.record import Line, Page

EVERY = 5

COUNTED = frozenset({"p", "li", "dt", "dd", "pre", VERSE})
"""The elements of the text whose lines count: not headings, captions, and what stands in tables."""

ASIDE = frozenset({"masthead", "title-page", "colophon", "contents"})
"""Classes of what is no part of the text."""

GAP = 12.0
"""Points between a number and the text."""


class Numbered(NamedTuple):
    """A line with a number beside it."""

    number: str
    line: Line
    edge: float
    """Where the number begins or ends, in points from the page's left edge."""
    is_right: bool
    """Whether it stands to the right of the text."""


def counted(root: Element, streams: Iterable[Stream]) -> dict[int, bool]:
    """The keys of the blocks in a part's markup whose lines count; each with whether only its first one does, for it
    is a line of verse, which may turn over."""
    text = {stream.key for stream in streams if not stream.flow}
    blocks = {int(each.get("data-k", -1)): each.tag == VERSE for each in root.iter(*COUNTED) if not _is_aside(each)}
    return {key: is_verse for key, is_verse in blocks.items() if key in text}


def _is_aside(element: Element) -> bool:
    above = (ancestor.get("class", "") for ancestor in element.iterancestors())
    return any(ASIDE.intersection(classes.split()) for classes in above)


class LineCounter:
    """Counts the lines of a book, page by page."""

    def __init__(self, book: Book) -> None:
        options = book.options
        self._restarts = options.line_numbers is LineNumbers.PAGE
        # The outer margin of a recto is on the right; what is to be free, or stands alone, has them at the spine.
        self._is_inner = options.one_sided or options.wide_margin
        self._is_ltr = book.direction == "ltr"
        self._count = 0

    def page(self, page: Page, blocks: Mapping[int, bool], *, is_verso: bool) -> tuple[Numbered, ...]:
        """The lines of the next page that have numbers; `blocks` are
        those of `counted`."""
        if self._restarts:
            self._count = 0
        is_right = (is_verso == self._is_inner) == self._is_ltr
        left, _, right, _ = page.area
        edge = right + GAP if is_right else left - GAP
        found = []
        baseline = None
        for line in page.lines:
            if line.block not in blocks or line.baseline == baseline:
                continue
            if blocks[line.block] and line.start > 0:
                continue
            baseline = line.baseline
            self._count += 1
            if self._count % EVERY == 0:
                found.append(Numbered(str(self._count), line, edge, is_right))
        return tuple(found)
