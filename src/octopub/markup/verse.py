"""Verse → elements: line blocks, and paragraphs that are marked as verse. Each of its lines is a line.

Imports `markup.table` and `markup.inline`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from octopub.markup.inline import end_link, wrapper
from octopub.markup.table import common, inline, renders, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.tree import SyntaxTreeNode as Node

    from octopub.markup.scribe import Scribe


@renders("verse")
def verse(scribe: Scribe, node: Node) -> None:
    """A line block."""
    with scribe.element("div", common(node, "verse")):
        write(scribe, node.children)


@renders("stanza")
def stanza(scribe: Scribe, node: Node) -> None:
    """The lines between two empty ones."""
    with scribe.element("p", common(node, "stanza")):
        write(scribe, node.children)


@renders("verse_line")
def verse_line(scribe: Scribe, node: Node) -> None:
    """A line of a line block, as far in as it is written."""
    with _line(scribe):
        scribe.text("\N{NO-BREAK SPACE}" * int(node.meta["indent"]))
        write(scribe, node.children)


def verse_paragraph(scribe: Scribe, node: Node) -> None:
    """A paragraph that is verse, or stands in a quotation that is."""
    with scribe.element("p", common(node, "stanza")):
        for line in lines(inline(node)):
            with _line(scribe):
                _write_pieces(scribe, line)


@contextmanager
def _line(scribe: Scribe) -> Iterator[None]:
    """A line. In the e-book a break parts it from the one before, which the stylesheet hides: what does not
    go by the stylesheet (a pop-up, a search, a voice) would join the words at both ends."""
    is_first = scribe.last is None
    if not (is_first or scribe.is_print):
        scribe.add("br")
    with scribe.block("span", {"class": "line"}):
        if scribe.is_print:
            scribe.streams[-1].goes_on = not is_first
        yield


class Piece(NamedTuple):
    """What a line has of an inline node: all of it, or what stands between two line breaks."""

    node: Node
    inside: list[Piece] | None = None
    """The pieces of its children, if it is parted."""
    is_first: bool = True
    is_last: bool = True


def lines(nodes: Iterable[Node]) -> list[list[Piece]]:
    """Inline nodes, parted at their line breaks. Markup that goes over a break goes on behind it."""
    parted: list[list[Piece]] = [[]]
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            parted.append([])
            continue
        inner = lines(node.children) if node.type not in ("note_inline", "image") else []
        if len(inner) < 2:
            parted[-1].append(Piece(node))
            continue
        pieces = [
            Piece(node, inside, is_first=index == 0, is_last=index == len(inner) - 1)
            for index, inside in enumerate(inner)
        ]
        parted[-1].append(pieces[0])
        parted += [[piece] for piece in pieces[1:]]
    return parted


def _write_pieces(scribe: Scribe, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        if piece.inside is None:
            write(scribe, [piece.node])
            continue
        tag, attributes = wrapper(scribe, piece.node)
        if not piece.is_first:
            attributes.pop("id", None)
        with scribe.element(tag, attributes):
            _write_pieces(scribe, piece.inside)
            if piece.is_last and piece.node.type == "link":
                end_link(scribe, piece.node)
