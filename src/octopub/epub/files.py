"""Files: into which XHTML files the book is divided, and in which of them an anchor is.

Imports `model`. `Division.address` is the one place that knows where an anchor ended up; everything that
links asks it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octopub.model import NotesPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Book, Chapter, Note

LARGEST = 220_000
"""The bytes that a file may have, as near as can be told before it is written. Old reading systems (Adobe's,
before 2010) refuse more than 300 kB."""

MARKUP = 120
"""The bytes of markup that come with an anchor: a call with its link, a note's way back."""

TITLE_FILE, NOTES = "title.xhtml", "notes"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the text: a chapter, or the part of one that it holds."""

    name: str
    chapter: Chapter
    """Its blocks and notes are those that stand in this file."""
    begins: bool
    """Whether the chapter begins here."""


@dataclass(frozen=True, slots=True)
class NotesFile:
    """A file of the notes at the book's end: chapters that have these notes."""

    name: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block or a note: the anchors in it, and how large it will be."""

    content: Node | Note
    anchors: tuple[str, ...]
    size: int
    is_heading: bool = False


class Division:
    """How a book is divided into files, of at most so many bytes where its blocks allow it."""

    def __init__(self, book: Book, largest: int = LARGEST) -> None:
        ...
