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


Change = tuple[Edit, ...]
"""Edits that make sense only together."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text without errors: its tokens as it is typed, and the book that it makes."""

    source: Source
    begin: int
    """Where its front matter ends."""
    tokens: Sequence[Token]
    book: Book


class Block(NamedTuple):
    """A block that stands in no other, without the blank lines behind it."""

    start: int
    end: int
    tokens: Sequence[Token]

    @property
    def opening(self) -> Token:
        """The token that says what it is."""
        return self.tokens[0]


def top(manuscript: Manuscript) -> Iterator[Block]:
    """The blocks of the text, definitions of notes among them; not what makes no token, as comments and the
    addresses of links."""
    text, tokens = manuscript.source.text, manuscript.tokens
    begin = depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            place = tokens[begin].meta
            start = text.rfind("\n", 0, place["at"]) + 1
            end = start + len(text[start : place["end"]].rstrip())
            yield Block(start, end, tokens[begin : index + 1])
            begin = index + 1


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, none of which overlap. It ends as it ended."""
    pieces = []
    done = 0
    for start, end, replacement in sorted(edits):
        pieces += [text[done:start], replacement]
        done = end
    made = "".join(pieces) + text[done:]
    return made.rstrip("\n") + "\n" * (len(text) - len(text.rstrip("\n")))


def every(tokens: Iterable[Token]) -> Iterator[Token]:
    """These tokens and all within them."""
    for token in tokens:
        yield token
        yield from every(token.children or ())
