"""Embedding: the faces that the book carries, as subsets of what it uses (`octopub.fonts.embed`).

Imports `model` and `faces`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octopub.markup.styles import font_family

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from octopub.faces.choice import FaceSet
    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Book


@dataclass(frozen=True, slots=True)
class Carried:
    """The faces of a book as files (name, media type, bytes), and how the stylesheet names them."""

    files: tuple[tuple[str, str, bytes], ...] = ()
    css: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)
    families: frozenset[str] = frozenset()


NOTHING = Carried()


def carry(book: Book, faces: FaceSet) -> Carried:
    """The faces that the book's text needs, each with the characters that the book has."""
    from octopub.faces.instance import subset  # noqa: PLC0415  # fonts are opened only where they are embedded

    meta = book.metadata
    texts = [meta.title, meta.subtitle or "", *meta.authors, meta.publisher or "", meta.rights or "", meta.date or ""]
    text = "".join([book.source.text, *texts, *_words(book)])
    code = "".join(node.content for node in _nodes(book) if node.type in ("code_inline", "fence", "code_block"))
    characters = frozenset(text) | frozenset("0123456789↩ ")
    files, rules, families = [], [], set()
    for face in faces.faces(text, code):
        name = f"fonts/{face.family.replace(' ', '')}-{face.weight}-{face.style}.ttf"
        files.append((name, "font/ttf", subset(face, characters)))
        families.add(face.family)
        rules.append(
            f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; '
            f"font-weight: {face.weight}; src: url({name}) }}\n"
        )
    tokens = {
        "face-text": font_family(family.name for family in faces.for_text if family.name in families),
        "face-code": font_family((family.name for family in faces.for_code if family.name in families), "monospace"),
    }
    return Carried(tuple(files), "".join(rules), tokens, frozenset(families))


def _nodes(book: Book) -> Iterator[Node]:
    groups: Iterable[Iterable[Node]] = (
        *(chapter.blocks for chapter in book.chapters), *(note.blocks for note in book.notes), book.imprint,
    )  # fmt: skip
    for nodes in groups:
        for node in nodes:
            yield from node.walk()


def _words(book: Book) -> Iterator[str]:
    """The text as the typography left it: it has marks that the manuscript does not."""
    return (node.content for node in _nodes(book) if node.type in ("text", "text_special"))
