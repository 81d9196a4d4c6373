"""Which cover a book has: the one that is asked for, or the one that its kind and its sheets call for.

Imports `model`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.model import Cover, Imposition, Kind

if TYPE_CHECKING:
    from octopub.model import Book

STAPLED = frozenset({Imposition.BOOKLET, Imposition.CUT_STACK})
"""The modes whose booklets have their cover around them without being asked."""


def cover_of(book: Book, mode: Imposition | None) -> Cover:
    """The cover of a book that is imposed so, or not at all. A handout has none unless one is asked for."""
    if book.options.cover is not None:
        return book.options.cover
    return Cover.SELF if mode in STAPLED and book.kind is not Kind.HANDOUT else Cover.NONE


def has_cover(book: Book) -> bool:
    """Whether anything that is printed of the book has a cover."""
    return any(cover_of(book, mode) is not Cover.NONE for mode in (None, book.options.impose))
