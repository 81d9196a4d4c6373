"""Running heads: a book has its title on the verso and the chapter on the recto, an essay its author and
its title; each in its short form, and only where it fits on one line beside the folio.

Imports `diagnostics`, `model`, `faces` and `markup.words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, Span, complain
from octopub.faces.shaping import advance
from octopub.markup.words import join_names
from octopub.markup.words import lookup as words_of
from octopub.model import Kind

if TYPE_CHECKING:
    from octopub.faces.catalogue import Face
    from octopub.model import Book

    Heads = tuple[str | None, dict[str, str | None]]

TRACKING = 0.05
"""Ems between the letters of a running head (`--tracking` in tokens.css)."""

SHORT_WORDS = 2
"""The part before a colon stands for the whole if it has so many words."""


def running_heads(book: Book, face: Face, size: float, room: float) -> tuple[Heads, list[Diagnostic]]:
    """The verso's head and the recto's by chapter. `size` is the type's, `room` the longest that a head
    may be, both in points."""
    found: list[Diagnostic] = []

    def fitting(text: str, how: str, span: Span | None) -> str | None:
        width = advance(face, text, size, ("smcp",)) + TRACKING * size * len(text)
        if width <= room:
            return text
        found.append(complain(Code.RUNNING_HEAD_TOO_LONG, span, book.source.path, text=text, how=how))
        return None

    meta = book.metadata
    title = fitting(
        book.options.short_title or short(meta.title),
        "`short-title` under `octopub:` in the front matter",
        book.spans.get("octopub.short-title", book.spans.get("title")),
    )
    if book.kind is Kind.BOOK:
        rectos = {
            chapter.id: fitting(
                chapter.heading.short or short(chapter.heading.text),
                '`{short="…"}` behind the heading',
                chapter.heading.span,
            )
            if chapter.heading
            else title
            for chapter in book.chapters
        }
        return (title, rectos), found
    author = join_names(meta.authors, words_of(meta.lang))
    verso = fitting(author, "fewer names", book.spans.get("author")) if author else title
    return (verso, {chapter.id: title for chapter in book.chapters}), found


def short(text: str) -> str:
    """A title's short form: the part before the first colon, if it says enough."""
    before, colon, _ = text.partition(": ")
    return before.strip() if colon and len(before.split()) >= SHORT_WORDS else text
