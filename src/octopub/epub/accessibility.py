"""What the package says about its accessibility, computed from the content (EPUB Accessibility 1.1 §2).

Imports `model`. It claims nothing that it has not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.model import Book


def accessibility(book: Book) -> list[tuple[str, str]]:
    """The properties (of the vocabulary schema.org) and their values."""
    images = [node for node in _nodes(book) if node.type == "image"]
    described = all(node.meta["alt"] or _is_decorative(node) for node in images)
    found = [("accessMode", "textual")]
    if images:
        found.append(("accessMode", "visual"))
    if described:
        found.append(("accessModeSufficient", "textual"))
    if images:
        found.append(("accessModeSufficient", "textual,visual"))
    found += [("accessibilityFeature", name) for name in ("structuralNavigation", "tableOfContents", "readingOrder")]
    if images and described:
        found.append(("accessibilityFeature", "alternativeText"))
    found.append(("accessibilityHazard", "none"))
    found.append(("accessibilitySummary", _summary(images=bool(images), described=described, notes=bool(book.notes))))
    return found


def _summary(*, images: bool, described: bool, notes: bool) -> str:
    sentences = ["The text can be read by a screen reader in its order, and its headings form the table of contents."]
    if notes:
        sentences.append("Each note is linked from its call, and leads back to it.")
    if images:
        sentences.append("Its pictures are described." if described else "Not every picture is described.")
    return " ".join(sentences)


def _is_decorative(node: Node) -> bool:
    carrier = node.parent if node.parent is not None and node.parent.type == "figure" else node
    return "decorative" in str(carrier.attrs.get("class", "")).split()


def _nodes(book: Book) -> Iterator[Node]:
    for nodes in (*(chapter.blocks for chapter in book.chapters), *(note.blocks for note in book.notes)):
        for node in nodes:
            yield from node.walk()
