"""The parts of a book that are laid out on their own: front matter, chapters, the notes at the end.

Imports `model` and `markup`. Says what stands in each and what its pages carry; knows no layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub.markup import pages, xhtml
from octopub.markup.words import lookup as words_of
from octopub.model import Kind, NotesPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from octopub.markup.scribe import Element, Setting, Stream
    from octopub.model import Book, Chapter

    Make = Callable[[Setting, list[Stream]], list[Element]]

SCHEME = "octopub:"
"""Images are named so in the markup; what follows is the resource's name."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the book that is laid out on its own and begins on a recto."""

    name: str
    make: Make
    """Writes its markup anew, for the setting, and adds the streams of its blocks to the list."""
    verso: str | None = None
    """The running heads of its pages."""
    recto: str | None = None
    bare: bool = False
    """Front matter: neither heads nor folios."""
    weight: int = 0
    """Roughly how many letters it has."""


def units(
    book: Book, heads: tuple[str | None, dict[str, str | None]], production: Sequence[str]
) -> list[Unit]:
    """The book's parts in their order. `heads` are the running heads: the verso's, and the recto's by
    chapter; `production` the colophon's lines about the printing."""
    verso, rectos = heads
    found = []
    if front := _front(book, production):
        found.append(front)
    for index, chapter in enumerate(book.chapters):
        last = index == len(book.chapters) - 1
        make = _chapter(book, chapter, first=index == 0, last=last, production=production)
        behind = _start(book, book.chapters[index + 1]) if not last else len(book.source.text)
        weight = behind - _start(book, chapter)
        found.append(Unit(chapter.id, make, verso, rectos.get(chapter.id), weight=weight))
    if book.options.notes_pdf is NotesPlace.BOOK and book.notes:
        found.append(Unit("notes", _notes, verso, words_of(book.metadata.lang).notes))
    return found


def _start(book: Book, chapter: Chapter) -> int:
    """Where a chapter begins in the manuscript."""
    return book.source.lines[chapter.span.line - 1] + chapter.span.column - 1


def _notes(setting: Setting, streams: list[Stream]) -> list[Element]:
    return [pages.notes_of_book(setting, streams)]


def _front(book: Book, production: Sequence[str]) -> Unit | None:
    """Title page, a book's colophon on its verso, contents; None where there is none of them."""
    if not (book.title_page or book.contents):
        return None

    def make(setting: Setting, streams: list[Stream]) -> list[Element]:
        made = []
        if book.title_page:
            made.append(pages.title_page(setting, streams))
            if book.kind is Kind.BOOK and book.colophon:
                made.append(pages.colophon(setting, streams, production))
        if book.contents:
            made.append(pages.contents(setting, streams))
        return made

    return Unit("front", make, bare=True)


def _chapter(book: Book, chapter: Chapter, *, first: bool, last: bool, production: Sequence[str]) -> Make:
    """A chapter, with what stands before and behind it on the same pages."""

    def make(setting: Setting, streams: list[Stream]) -> list[Element]:
        made = []
        if first and not book.title_page:
            made.append(pages.masthead(setting, streams))
        made.append(xhtml.chapter(chapter, setting, streams))
        if last and book.colophon and not (book.kind is Kind.BOOK and book.title_page):
            own = [] if book.kind is Kind.HANDOUT else production
            made.append(pages.colophon(setting, streams, own))
        return made

    return make
