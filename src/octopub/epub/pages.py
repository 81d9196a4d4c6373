"""The pages of a printed edition in the EPUB: in which file each begins, and the list of them (EPUB 3.3 §7.4.4).

Imports `model`, `markup.scribe` and `epub.files`. Where they begin is handed in; nothing is laid out here.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from octopub.epub.files import COLOPHON_FILE, NAV_FILE, TITLE_FILE
from octopub.markup.scribe import PageBreak
from octopub.model import Added

if TYPE_CHECKING:
    from octopub.epub.files import Division
    from octopub.model import Book, PageStart, Pagination


class Page(NamedTuple):
    """A page in the list."""

    label: str
    href: str


class Pages:
    """Where the printed pages begin. Without a printed edition there are none."""

    def __init__(self, book: Book, division: Division, edition: Pagination | None) -> None:
        self.list: list[Page] = []
        self.source = edition.source if edition else None
        self.numbers = edition.numbers if edition else {}
        self._breaks: dict[str, list[PageBreak]] = {}
        self._at_top: dict[str, list[PageBreak]] = {}
        texts = [(file.chapter.blocks[0].meta["at"], file.name) for file in division.files if file.chapter.blocks]
        begins = [at for at, _ in texts]
        added = {
            Added.TITLE: TITLE_FILE,
            Added.CONTENTS: NAV_FILE,
            Added.COLOPHON: COLOPHON_FILE,
            Added.MASTHEAD: division.files[0].name,
        }
        ids = _Ids(book)
        for start in edition.starts if edition else ():
            found = PageBreak(start.label, ids.of(start), start.at or 0)
            if start.added:
                file = added[start.added]
                self._at_top.setdefault(file, []).append(found)
            else:
                _, file = texts[max(bisect_right(begins, found.at) - 1, 0)]
                self._breaks.setdefault(file, []).append(found)
            self.list.append(Page(start.label, f"{file}#{found.id}"))

    def inside(self, file: str) -> tuple[PageBreak, ...]:
        """Those that begin with a word of the text in a file."""
        return tuple(self._breaks.get(file, ()))

    def at_top(self, file: str) -> tuple[PageBreak, ...]:
        """Those that begin with the file itself."""
        return tuple(self._at_top.get(file, ()))


class _Ids:
    """An id for each page, unlike all others in the book."""

    def __init__(self, book: Book) -> None:
        calls = (call for note in book.notes for call in note.calls)
        self._taken = {*book.anchors, *(note.id for note in book.notes), *calls}

    def of(self, start: PageStart) -> str:
        """`page-12`, or with a number behind it."""
        plain = "".join(each if each.isalnum() and each.isascii() else "-" for each in start.label)
        name, number = f"page-{plain}", 1
        while name in self._taken:
            number += 1
            name = f"page-{plain}-{number}"
        self._taken.add(name)
        return name
