"""Files: into which XHTML files the book is divided, and in which of them an anchor is.

Imports `model` and `epub.parting`. `Division.address` is the one place that knows where an anchor ended up;
everything that links asks it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from octopub.epub.parting import parts
from octopub.model import Note, NotesPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Book, Chapter

LARGEST = 240_000
"""Bytes of a file, as near as can be told before it is written: old readers refuse more than 300 kB."""

ELEMENT, ANCHOR, BACK = 15, 100, 115
"""Bytes of markup that a node comes with, an anchor (a call and its link, for one), and a note's way back."""

TITLE_FILE, NAV_FILE, NOTES_FILE, COLOPHON_FILE = "title.xhtml", "nav.xhtml", "notes.xhtml", "colophon.xhtml"


class File(NamedTuple):
    """A file of the text."""

    name: str
    chapter: Chapter
    """A chapter, or that part of one whose blocks and notes stand in this file."""
    begins: bool
    """Whether the chapter begins here."""


class NotesFile(NamedTuple):
    """A file of the notes at the book's end."""

    name: str
    chapters: tuple[Chapter, ...]
    """Those whose notes stand in this file, with these notes only."""


class _Piece(NamedTuple):
    """A block or a note: its size in bytes, and the anchors in it."""

    content: Node | Note
    size: int
    anchors: tuple[str, ...]

    @property
    def is_heading(self) -> bool:
        return not isinstance(self.content, Note) and self.content.type == "heading"


class Division:
    """How a book is divided into files, each of at most `largest` bytes as far as its blocks allow."""

    def __init__(self, book: Book, largest: int = LARGEST) -> None:
        self.files: list[File] = []
        self.notes: list[NotesFile] = []
        """Those of the notes, where they stand at the book's end."""
        self._file_of: dict[str, str] = {}
        at_end = book.options.notes_epub is NotesPlace.BOOK
        for chapter in book.chapters:
            notes = () if at_end else chapter.notes
            files = _files([*map(_of_block, chapter.blocks)], [*map(_of_note, notes)], largest)
            for number, pieces in enumerate(files):
                self._add_text(chapter, pieces, begins=number == 0)
        if at_end:
            for pieces in _groups(map(_of_note, book.notes), largest):
                self._add_notes(book, pieces)
        _, in_title = _inside(book.title)
        self._enter(in_title, TITLE_FILE if book.title_page else self.files[0].name)

    def _add_text(self, chapter: Chapter, pieces: Sequence[_Piece], *, begins: bool) -> None:
        """A file that holds a chapter or a part of it."""
        name = f"text-{len(self.files) + 1}.xhtml"
        blocks = tuple(piece.content for piece in pieces if not isinstance(piece.content, Note))
        notes = tuple(piece.content for piece in pieces if isinstance(piece.content, Note))
        self.files.append(File(name, replace(chapter, blocks=blocks, notes=notes), begins))
        for piece in pieces:
            self._enter(piece.anchors, name)

    def _add_notes(self, book: Book, pieces: Sequence[_Piece]) -> None:
        """A file of notes at the book's end."""
        name = f"notes-{len(self.notes) + 1}.xhtml" if self.notes else NOTES_FILE
        here = {anchor for piece in pieces for anchor in piece.anchors}
        chapters = (
            replace(chapter, notes=tuple(note for note in chapter.notes if note.id in here))
            for chapter in book.chapters
        )
        self.notes.append(NotesFile(name, tuple(chapter for chapter in chapters if chapter.notes)))
        self._enter(here, name)

    def _enter(self, anchors: Iterable[str], file: str) -> None:
        self._file_of.update(dict.fromkeys(anchors, file))

    def address(self, anchor: str, within: str = "") -> str:
        """What a link in the file `within` says to lead to the anchor."""
        file = self._file_of[anchor]
        return f"#{anchor}" if file == within else f"{file}#{anchor}"


def _files(blocks: Sequence[_Piece], notes: Sequence[_Piece], largest: int) -> Iterator[list[_Piece]]:
    """What each of a chapter's files holds. Notes without room behind the text have files of their own."""
    *others, last = _groups(blocks, largest)
    yield from others
    if sum(piece.size for piece in (*last, *notes)) <= largest:
        yield [*last, *notes]
    else:
        yield last
        yield from _groups(notes, largest)


def _groups(pieces: Iterable[_Piece], largest: int) -> Iterator[list[_Piece]]:
    """The pieces in groups that are not too large, each parted from the next before the last heading in its
    second half; without one, anywhere but behind a heading."""
    group: list[_Piece] = []
    size = heading = 0
    for piece in (part for whole in pieces for part in _parted(whole, largest - size, largest)):
        while group and size + piece.size > largest:
            cut = heading or len(group)
            while cut > 1 and group[cut - 1].is_heading:
                cut -= 1
            yield group[:cut]
            group, heading = group[cut:], 0
            size = sum(each.size for each in group)
        if piece.is_heading and size > largest // 2:
            heading = len(group)
        group.append(piece)
        size += piece.size
    if group:
        yield group


def _parted(piece: _Piece, room: int, largest: int) -> Iterator[_Piece]:
    """The piece; or those that it becomes where it is too large for a file. The first fills the file that there is,
    unless little room is left in it."""
    if piece.size <= largest or isinstance(piece.content, Note):
        yield piece
    else:
        first = room if room > largest // 4 else largest
        yield from map(_of_block, parts(piece.content, first, largest, _size))


def _of_block(block: Node) -> _Piece:
    return _Piece(block, *_inside([block]))


def _size(block: Node) -> int:
    return _inside([block])[0]


def _of_note(note: Note) -> _Piece:
    size, anchors = _inside(note.blocks)
    return _Piece(note, size + 2 * ANCHOR + len(note.calls) * BACK, (note.id, *anchors))


def _inside(nodes: Iterable[Node]) -> tuple[int, tuple[str, ...]]:
    """The size of what stands in these nodes, and the anchors in it: ids, and those of calls. An inline
    note's own text stands elsewhere."""
    size, anchors, waiting = 0, [], [*nodes]
    while waiting:
        node = waiting.pop()
        size += ELEMENT
        if name := node.attrs.get("id"):
            anchors.append(str(name))
        if call := node.meta.get("call"):
            anchors.append(call)
            if node.type == "note_inline":
                continue
        if node.children:
            waiting += node.children
        else:
            size += len(node.content if node.content.isascii() else node.content.encode())
    return size + ANCHOR * len(anchors), tuple(anchors)
