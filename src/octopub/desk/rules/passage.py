"""Passages: the running text of a block as it is typed, which the rules look at.

Imports `reading`. Code, images, addresses and words of another language are opaque in it; whatever is in another
language as a whole is left out. A note is a passage of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octopub.diagnostics import complain
from octopub.reading import text
from octopub.reading.languages import Language, lookup
from octopub.reading.markdown import Markdown
from octopub.reading.notes import CALLS
from octopub.reading.source import locate
from octopub.reading.typesetting import OPAQUE, partner, seen_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from octopub.diagnostics import Code, Diagnostic
    from octopub.model import Source
    from octopub.reading.typography import Quotes


def tongue(lang: str) -> str:
    """The language of a tag without its region: `en` of `en-GB`."""
    return lang.lower().split("-")[0]


@dataclass(frozen=True, slots=True)
class Copy:
    """A manuscript as its copy editor has it."""

    source: Source
    lang: str
    quotes: Quotes | None
    """The marks that stand in for the language's own."""
    passages: tuple[Passage, ...]

    @property
    def language(self) -> Language:
        """What is usual in its language."""
        return lookup(self.lang)

    @property
    def tongue(self) -> str:
        """The language by itself: `en` of `en-GB`."""
        return tongue(self.lang)

    def mark(self, code: Code, passage: Passage, start: int, end: int, **fields: object) -> Diagnostic:
        """A complaint about a stretch of a passage."""
        place = locate(self.source, passage.offset(start), passage.offset(end - 1) + 1)
        return complain(code, place, self.source.path, **fields)


@dataclass(slots=True)
class Passage:
    """The text of one block: a line break of the source is a newline in it, one that is wanted U+2028, a call of
    a note and whatever may not be looked into U+FFFC."""

    block: str
    """What it stands in: `paragraph`, `heading`, `th`, …"""
    text: str = ""
    calls: list[int] = field(default_factory=list)
    """Where notes are called in it."""
    seams: list[int] = field(default_factory=list)
    """Where markup begins or ends in it."""
    _starts: list[int] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)

    def offset(self, index: int) -> int:
        """The offset in the manuscript of a character of the text."""
        piece = bisect_right(self._starts, index) - 1
        return self._places[piece] + index - self._starts[piece]

    def has_markup(self, start: int, end: int) -> bool:
        """Whether markup begins or ends within this stretch."""
        return any(start < seam < end for seam in self.seams)

    def add(self, piece: str, at: int) -> None:
        """Go on with a piece from this offset of the manuscript."""
        if piece:
            self._starts.append(len(self.text))
            self._places.append(at)
            self.text += piece


def copy_of(source: Source, begin: int, lang: str, quotes: Quotes | None) -> Copy:
    """The manuscript, whose Markdown begins at this offset, for its copy editor."""
    read = text.parse(source, begin, Markdown(), None)
    tokens = read.tokens if read.is_whole else []
    return Copy(source, lang, quotes, tuple(_passages(tokens, lang)))


def _passages(tokens: Sequence[Token], lang: str) -> Iterator[Passage]:
    """The passages of these blocks that are in the language."""
    open_: list[tuple[str, str]] = [("", lang)]
    for token in tokens:
        if token.nesting > 0:
            open_.append((token.type.removesuffix("_open"), str(token.attrs.get("lang", open_[-1][1]))))
        elif token.nesting < 0:
            open_.pop()
        elif token.type == "inline" and tongue(open_[-1][1]) == tongue(lang):
            yield from _texts(open_[-1][0], token.children or (), lang)


def _texts(block: str, tokens: Sequence[Token], lang: str) -> Iterator[Passage]:
    """The text of a block, and then those of the notes in it."""
    passage = Passage(block)
    notes = []
    skip_to = 0
    for index, token in enumerate(tokens):
        if index < skip_to:
            continue
        other = token.attrs.get("lang") if token.nesting > 0 else None
        piece = seen_of(tokens, index)
        if isinstance(other, str) and tongue(other) != tongue(lang):
            skip_to, piece = partner(tokens, index) + 1, OPAQUE
        elif token.type in CALLS:
            passage.calls.append(len(passage.text))
            notes += [token] if token.children else []
        elif token.type == "softbreak":
            piece = "\n"
        elif token.nesting:
            passage.seams.append(len(passage.text))
        is_escaped = token.type == "text_special" and token.markup.startswith("\\")
        passage.add(piece, token.meta.get("at", 0) + is_escaped)
    if passage.text:
        yield passage
    for note in notes:
        yield from _texts("note", note.children or (), lang)
