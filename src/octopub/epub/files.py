"""Files: into which XHTML files the book is divided, and in which of them an anchor is.

Imports `model`. `Division.address` is the one place that knows where an anchor ended up; everything that
links asks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub.model import NotesPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Book, Chapter

LARGEST = 200_000
"""Letters of text in a file; with their markup they stay below the 250 kB that old readers hold."""

NOTES_FILE = "notes.xhtml"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the text: some blocks of a chapter, the last one with its notes."""

    name: str
    chapter: Chapter
    blocks: tuple[Node, ...]
    first: bool
    last: bool


class Division:
    """How a book is divided into files."""

    def __init__(self, book: Book) -> None:
        self.files = tuple(_files(book))
        self._file_of: dict[str, str] = {}
        for file in self.files:
            if file.first:
                self._enter(file.chapter.id, file.name)
            for name in _anchors(file.blocks):
                self._enter(name, file.name)
        for name in _anchors(book.title):
            self._enter(name, "title.xhtml" if book.title_page else self.files[0].name)
        of_book = book.options.notes_epub is NotesPlace.BOOK
        for file in self.files:
            if file.last:
                for note in file.chapter.notes:
                    name = NOTES_FILE if of_book else file.name
                    self._enter(note.id, name)
                    for anchor in _anchors(note.blocks):
                        self._enter(anchor, name)

    def _enter(self, anchor: str, file: str) -> None:
        self._file_of.setdefault(anchor, file)

    def address(self, anchor: str, within: str = "") -> str:
        """What a link in the file `within` says to lead to the anchor."""
        file = self._file_of[anchor]
        return f"#{anchor}" if file == within else f"{file}#{anchor}"


def _files(book: Book) -> Iterable[File]:
    number = 0
    for chapter in book.chapters:
        groups = list(_groups(chapter.blocks))
        for index, blocks in enumerate(groups):
            number += 1
            yield File(f"text-{number}.xhtml", chapter, blocks, index == 0, index == len(groups) - 1)


def _groups(blocks: Sequence[Node]) -> Iterable[tuple[Node, ...]]:
    """A chapter's blocks in groups that are not too large: parted before a heading if there is one in the
    second half of what would be a file, otherwise between two blocks."""
    sizes = [_size(block) for block in blocks]
    begin = 0
    while sum(sizes[begin:]) > LARGEST:
        total, end, heading = 0, begin, 0
        while end < len(blocks) and (total + sizes[end] <= LARGEST or end == begin):
            if blocks[end].type == "heading" and total > LARGEST // 2:
                heading = end
            total += sizes[end]
            end += 1
        end = heading or end
        yield tuple(blocks[begin:end])
        begin = end
    if begin < len(blocks):
        yield tuple(blocks[begin:])


def _size(block: Node) -> int:
    return sum(len(node.content) for node in block.walk() if not node.children)


def _anchors(nodes: Iterable[Node]) -> Iterable[str]:
    """The anchors in these nodes: ids, and those of calls. An inline note's own stand with the note."""
    for node in nodes:
        if "id" in node.attrs:
            yield str(node.attrs["id"])
        if "call" in node.meta:
            yield node.meta["call"]
        if node.type != "note_inline":
            yield from _anchors(node.children)
