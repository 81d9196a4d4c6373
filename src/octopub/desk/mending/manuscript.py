"""A manuscript as the steps of mending see it, and the edits that they ask for.

Imports `reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from octopub.model import Book, Source


class Edit(NamedTuple):
    """Characters `start` to `end` of the manuscript give way to `replacement`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text without errors: its tokens as it is typed, and the book that it makes."""

    source: Source
    tokens: Sequence[Token]
    book: Book


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, none of which overlap."""
    pieces = []
    done = 0
    for start, end, replacement in sorted(edits):
        pieces += [text[done:start], replacement]
        done = end
    return "".join(pieces) + text[done:]


def every(tokens: Iterable[Token]) -> Iterator[Token]:
    """These tokens and all within them."""
    for token in tokens:
        yield token
        yield from every(token.children or ())
