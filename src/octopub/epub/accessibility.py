"""What the package says about its accessibility, computed from the content (EPUB Accessibility 1.1 §2 and §3).

Imports `model`, `markup.inline` for what is decorative, and `reading` for a link's words and the text's script. It
claims nothing that it has not looked at. Conformance is claimed for level A of WCAG 2.1 and no higher: that asks for
the contrast inside pictures and for the language of each foreign word, which a program cannot know.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from octopub.markup.inline import is_decorative
from octopub.reading.scripts import unfit
from octopub.reading.spans import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Book

CONFORMS_TO = "EPUB Accessibility 1.1 - WCAG 2.1 Level A"
"""As EPUB Accessibility 1.1 §3.5 words it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is in a book, as far as its claims go."""

    has_images: bool
    """Decorative ones do not count."""
    described: bool
    """Whether each of them has an alternative text."""
    has_motion: bool
    has_headings: bool
    ranks_follow: bool
    """Whether no heading is more than one rank below the one before it."""
    tables_have_heads: bool
    links_have_words: bool
    has_lang: bool
    """Whether the manuscript names its language, and is written in a script of it: the usual one is a guess."""
    has_notes: bool

    @property
    def conforms(self) -> bool:
        """Whether what a program can see of level A holds: WCAG 2.1 §1.1.1, §1.3.1, §2.2.2, §2.3.1, §2.4.4, §3.1.1."""
        return (
            self.described
            and not self.has_motion
            and self.ranks_follow
            and self.tables_have_heads
            and self.links_have_words
            and self.has_lang
        )


def facts(book: Book) -> Facts:
    """Look at the whole book."""
    nodes = list(_nodes(book))
    images = [node for node in nodes if node.type == "image" and not is_decorative(node)]
    ranks = [node.meta["rank"] for node in nodes if node.type == "heading"]
    return Facts(
        has_images=bool(images),
        described=all(node.meta["alt"] for node in images),
        has_motion=any(each.moves for each in (*book.resources, *([book.cover] if book.cover else []))),
        has_headings=any(chapter.heading or chapter.sections for chapter in book.chapters),
        ranks_follow=all(rank <= before + 1 for before, rank in pairwise([1, *ranks])),
        tables_have_heads=all(map(_has_head, (node for node in nodes if node.type == "table"))),
        links_have_words=all(map(_has_words, (node for node in nodes if node.type == "link"))),
        has_lang="lang" in book.spans and not unfit(_texts(nodes), book.metadata.lang),
        has_notes=bool(book.notes),
    )


def accessibility(book: Book, *, has_pages: bool = False) -> Iterator[tuple[str, str]]:
    """The properties and their values. `has_pages`: whether printed pages are marked."""
    known = facts(book)
    yield "schema:accessMode", "textual"
    if known.has_images:
        yield "schema:accessMode", "visual"
        yield "schema:accessModeSufficient", "textual,visual"
    if known.described:
        yield "schema:accessModeSufficient", "textual"
    for feature, holds in (
        ("readingOrder", True),
        ("tableOfContents", True),
        ("structuralNavigation", known.has_headings),
        ("pageBreakMarkers", has_pages),
        ("pageNavigation", has_pages),
        ("alternativeText", known.has_images and known.described),
    ):
        if holds:
            yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "unknown" if known.has_motion else "none"
    yield "schema:accessibilitySummary", " ".join(_sentences(known, has_pages=has_pages))
    if known.conforms:
        yield "dcterms:conformsTo", CONFORMS_TO
        yield "a11y:certifiedBy", "octopub"


def _sentences(known: Facts, *, has_pages: bool) -> Iterator[str]:
    yield "A screen reader can read the text in its order."
    if known.has_headings:
        yield "Its headings are marked, and form the table of contents."
    if known.has_notes:
        yield "Each note is linked from its call, and leads back to it."
    if has_pages:
        yield "The pages of the printed edition are marked and listed."
    if known.has_images:
        yield "Its pictures are described." if known.described else "Not every picture is described."
    if known.has_motion:
        yield "Some of its pictures move."
    if known.conforms:
        yield "That it conforms was checked by a program, not by a person."


def _texts(nodes: Iterable[Node]) -> Iterator[str]:
    return (node.content for node in nodes if node.type == "text")


def _has_head(table: Node) -> bool:
    return any(node.children for node in table.children[0].walk() if node.type == "inline")


def _has_words(link: Node) -> bool:
    """Whether a link says where it leads: in words of its own, its target's, or a picture's."""
    pictures = (node for node in link.walk() if node.type == "image")
    return bool(words(link.children).strip() or link.meta.get("words") or any(each.meta["alt"] for each in pictures))


def _nodes(book: Book) -> Iterator[Node]:
    """All that is in the book, in its order; notes behind the text."""
    texts = (chapter.blocks for chapter in book.chapters)
    for nodes in (*texts, *(note.blocks for note in book.notes), book.imprint):
        for node in nodes:
            yield from node.walk()
