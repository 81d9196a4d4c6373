"""How much can be laid out in one piece: a part beyond that is refused before it is begun, since it would take more
memory than most machines have.

Imports `model` and `diagnostics`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Span, complain

if TYPE_CHECKING:
    from octopub.diagnostics import Diagnostic
    from octopub.model import Book, Chapter

NODE_BYTES, LETTER_BYTES = 10_000, 350
"""What WeasyPrint's boxes take for each node of the tree and each letter, roughly: `tools/limits.py` measures it."""

LIMIT = 2_000_000_000
"""Bytes that a part may take. One of 100,000 words with 1,000 notes takes 350 million."""


def too_large(book: Book) -> list[Diagnostic]:
    """An error for each part of a book that takes more than the limit."""
    return [
        complain(Code.TOO_LARGE, _beginning(chapter), book.source.path, **_fields(needed))
        for chapter in book.chapters
        if (needed := _bytes(chapter)) > LIMIT
    ]


def _bytes(chapter: Chapter) -> int:
    return sum(
        NODE_BYTES + (0 if node.children else LETTER_BYTES * len(node.content))
        for blocks in (chapter.blocks, *(note.blocks for note in chapter.notes))
        for block in blocks
        for node in block.walk()
    )


def _fields(needed: int) -> dict[str, str]:
    return {
        "what": "this part of the text",
        "limit": f"what is laid out in one piece: it would take {needed / 1e9:.0f} GB of memory",
        "remedy": "part it into chapters with headings of level 1",
    }


def _beginning(chapter: Chapter) -> Span:
    line, column = chapter.span.line, chapter.span.column
    return Span(line, column, line, column + 1)
