"""What the package says about its accessibility, computed from the content (EPUB Accessibility 1.1 §2).

Imports `model`. It claims nothing that it has not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Book


def accessibility(book: Book, *, has_pages: bool = False) -> Iterator[tuple[str, str]]:
    """The properties (of the vocabulary schema.org) and their values. `has_pages`: whether printed pages are marked."""
    images = (
        [node for node in _nodes(book) if node.type == "image" and not _is_decorative(node)]
        if book.resources
        else []
    )
    described = all(node.meta["alt"] for node in images)
    headings = any(chapter.heading or chapter.sections for chapter in book.chapters)
    yield "accessMode", "textual"
    if images:
        yield "accessMode", "visual"
        yield "accessModeSufficient", "textual,visual"
    if described:
        yield "accessModeSufficient", "textual"
    yield "accessibilityFeature", "readingOrder"
    yield "accessibilityFeature", "tableOfContents"
    if headings:
        yield "accessibilityFeature", "structuralNavigation"
    if has_pages:
        yield "accessibilityFeature", "pageBreakMarkers"
        yield "accessibilityFeature", "pageNavigation"
    if images and described:
        yield "accessibilityFeature", "alternativeText"
    yield "accessibilityHazard", "none"
    sentences = ["A screen reader can read the text in its order."]
    if headings:
        sentences.append("Its headings are marked, and form the table of contents.")
    if book.notes:
        sentences.append("Each note is linked from its call, and leads back to it.")
    if has_pages:
        sentences.append("The pages of the printed edition are marked and listed.")
    if images:
        sentences.append("Its pictures are described." if described else "Not every picture is described.")
    yield "accessibilitySummary", " ".join(sentences)


def _is_decorative(node: Node) -> bool:
    carrier = node.parent if node.parent is not None and node.parent.type == "figure" else node
    return "decorative" in str(carrier.attrs.get("class", "")).split()


def _nodes(book: Book) -> Iterator[Node]:
    for nodes in (*(chapter.blocks for chapter in book.chapters), *(note.blocks for note in book.notes)):
        for node in nodes:
            yield from node.walk()
