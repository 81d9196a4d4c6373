"""What a manuscript says, by octopub's own reading of it: the words of text and notes, who calls whom, and the
headings. Never looks into an EPUB: it is what the readers' screens are held against.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it.tree import SyntaxTreeNode as Node

from octopub.model import Book, Heading
from tests.tools import words

IN_LINE = frozenset("text text_special code_inline em strong s span raw link footnote_ref".split())
"""Nodes beside which no line ends."""

OUT_OF_LINE = frozenset({"image", "note_inline"})
"""Nodes whose own text does not stand where they do."""


class Call(NamedTuple):
    """A call: its anchor, and the anchor of the note that it calls."""

    id: str
    note: str


@dataclass(frozen=True)
class Said:
    """What a book says."""

    text: list[str]
    """Its words, without title page, contents, colophon, calls and notes."""
    notes: dict[str, list[str]]
    """The words of each note by its anchor, without number and ways back, in their order."""
    calls: list[Call]
    """Those of the text, in its order."""
    headings: list[str]

    def ways_back(self, note: str) -> list[str]:
        """The anchors of a note's calls, in their order."""
        return [call.id for call in self.calls if call.note == note]


def said_by(book: Book) -> Said:
    """What a book says."""
    return Said(
        text=_words(node for chapter in book.chapters for node in chapter.blocks),
        notes={note.id: _words(note.blocks) for chapter in book.chapters for note in chapter.notes},
        calls=[call for chapter in book.chapters for call in _calls(chapter.blocks)],
        headings=[text for chapter in book.chapters for text in _headings(chapter.heading, chapter.sections)],
    )


def _calls(nodes: Iterable[Node]) -> Iterator[Call]:
    for block in nodes:
        for node in block.walk():
            if "call" in node.meta:
                yield Call(node.meta["call"], node.meta["note"])


def _headings(own: Heading | None, sections: Iterable[Heading]) -> Iterator[str]:
    if own:
        yield own.text
    for section in sections:
        yield from _headings(section, section.children)


def _words(nodes: Iterable[Node]) -> list[str]:
    return words("".join(_pieces(nodes)))


def _pieces(nodes: Iterable[Node]) -> Iterator[str]:
    """The text of these nodes; a line ends on both sides of a block."""
    for node in nodes:
        if node.type in OUT_OF_LINE:
            continue
        around = "" if node.type in IN_LINE else "\n"
        yield around
        if node.children:
            yield from _pieces(node.children)
        else:
            yield node.content
        yield str(node.meta.get("words", "")) + around
