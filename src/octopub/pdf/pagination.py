"""The pagination of a printed edition: from the layout record, into its PDF, and out of it again.

Imports `model`, `reading.identity`, pikepdf, and of `pdf` the record. The EPUB gets it as plain values.

Another program's PDF tells on which page a word stands only by its text, which ligatures, hyphens and running heads
make doubtful. So octopub's own tells it itself: in the document's page-piece dictionary (ISO 32000-1 §14.5, which
ISO 14289-1 allows) lie the places with the words around them. By these they are found again where the manuscript was
corrected since: the printed pages stay what they are.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal

import pikepdf
from msgspec import MsgspecError, Struct, json
from pikepdf import Dictionary, String

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.model import Added, PageStart, Pagination
from octopub.reading.identity import edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.model import Book
    from octopub.pdf.record import LayoutRecord, Page

AROUND = 60
"""So many letters of the manuscript are kept on either side of a page's beginning."""

KEY = "/octopub"
"""Its name there."""


def pagination(record: LayoutRecord, book: Book) -> Pagination:
    """The pages of a book as it was laid out."""
    starts = tuple(_starts(record, book))
    numbers = {each.anchor: each.text.strip() for page in record.pages for each in page.references}
    return Pagination(starts, numbers, _source(book, starts))


def _source(book: Book, starts: Sequence[PageStart]) -> str:
    """The identifier that the book gives its print edition, or one that is made of its pages."""
    own = book.options.print_identifier
    return own or edition(book.metadata.identifier, [(each.label, "".join(_around(book, each))) for each in starts])


def _starts(record: LayoutRecord, book: Book) -> Iterator[PageStart]:
    """Where each page begins. One without text begins with the next that has some."""
    waiting: list[Page] = []
    place = PageStart("", at=len(book.source.text))
    for part in record.parts:
        for page in part.pages:
            if page.blank or (part.name == "front" and not _has_place(page)):
                continue
            waiting.append(page)
            if page.start:
                place = PageStart("", page.start.at, Added(page.start.added) if page.start.added else None)
                yield from (PageStart(each.label, place.at, place.added) for each in waiting)
                waiting = []
    if place.added is None:
        place = PageStart("", at=len(book.source.text))
    yield from (PageStart(each.label, place.at, place.added) for each in waiting)


def _has_place(page: Page) -> bool:
    """Whether a page of the front matter begins with what the EPUB has at its beginning as well. Its colophon stands
    at its end."""
    return page.start is not None and page.start.added != Added.COLOPHON


def _around(book: Book, start: PageStart) -> tuple[str, str]:
    """The manuscript before and behind a page's beginning."""
    at, text = start.at, book.source.text
    return ("", "") if at is None else (text[max(at - AROUND, 0) : at], text[at : at + AROUND])


# -- in the PDF ----------------------------------------------------------------------------------------


class _Kept(Struct, frozen=True, array_like=True):
    """A page's beginning as it lies in the PDF."""

    label: str
    at: int | None
    added: Added | None
    before: str
    behind: str


class _Piece(Struct, frozen=True):
    """All that lies there."""

    version: Literal[1]
    source: str
    numbers: dict[str, str]
    starts: tuple[_Kept, ...]


def keep(pdf: pikepdf.Pdf, pages: Pagination, book: Book) -> None:
    """Lay the pagination into the PDF."""
    assert book.metadata.modified
    starts = tuple(_Kept(each.label, each.at, each.added, *_around(book, each)) for each in pages.starts)
    piece = _Piece(1, pages.source, dict(pages.numbers), starts)
    stamp = String(book.metadata.modified.strftime("D:%Y%m%d%H%M%SZ"))
    private = pdf.make_stream(json.encode(piece))
    pdf.Root.PieceInfo = Dictionary({KEY: Dictionary(LastModified=stamp, Private=private)})


def kept(content: bytes, name: str, book: Book) -> tuple[Pagination | None, tuple[Diagnostic, ...]]:
    """The pagination that lies in a PDF, for a manuscript that may have been corrected since; `name` is the file's,
    for complaints."""
    said = _read(content)
    if said is None:
        return None, (complain(Code.PAGES_NONE, None, name, reason="octopub did not make it of a text"),)
    finder = _Finder(book.source.text)
    starts, lost = [], []
    for each in said.starts:
        at = None if each.at is None else finder.find(each.at, each.before, each.behind)
        if each.added or at is not None:
            starts.append(PageStart(each.label, at, each.added))
        else:
            lost.append(each.label)
    if len(lost) > len(starts):
        reason = f"it is of another text; of {len(lost) + len(starts)} beginnings {len(lost)} are not found"
        return None, (complain(Code.PAGES_NONE, None, name, reason=reason),)
    complaints = tuple(complain(Code.PAGE_LOST, None, name, label=label) for label in lost)
    return Pagination(tuple(starts), said.numbers, said.source), complaints


def _read(content: bytes) -> _Piece | None:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            root: Any = pdf.Root
            stream = root.PieceInfo[KEY].Private
            return json.decode(stream.read_bytes(), type=_Piece)
    except (pikepdf.PdfError, MsgspecError, AttributeError, KeyError, TypeError, ValueError):
        return None


class _Finder:
    """Finds the beginnings of pages in a text that may have been corrected, one behind the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._moved = 0
        """By how much the last one was moved."""
        self._done = 0

    def find(self, was: int, before: str, behind: str) -> int | None:
        """Where a page begins now, between these words; None where neither those before its beginning nor those behind
        it are there."""
        expected = max(was + self._moved, self._done)
        for words, offset in ((before + behind, len(before)), (behind, 0), (before, len(before))):
            at = self._nearest(words, expected - offset) if words.strip() else None
            if at is not None and at + offset >= self._done:
                self._done = at + offset
                self._moved = self._done - was
                return self._done
        return None

    def _nearest(self, words: str, expected: int) -> int | None:
        """Where words stand, as near as may be to where they are expected."""
        found = (self._text.rfind(words, 0, expected + len(words)), self._text.find(words, max(expected, 0)))
        places = [at for at in found if at >= 0]
        return min(places, key=lambda at: abs(at - expected), default=None)
