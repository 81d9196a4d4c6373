"""Inside a unit of plain text: emphasis and calls.

Imports `importing.draft`, `importing.ledger` and `lines`. Every character that it passes is booked in
the ledger: as text, as a note's, or as markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from octopub.importing.draft import Break, Call, Place, Span, Text, Use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.importing.draft import Inline
    from octopub.importing.ledger import Ledger
    from octopub.importing.plaintext.lines import Line, Running

_EMPHASIS = re.compile(
    r"(?<![\w*\\/])(?P<mark>\*{1,2})(?=[^\s*])(?P<star>[^*]+?)(?<=[^\s*])(?P=mark)(?![\w*])"
    r"|(?<![\w/])_(?=[^\s_])(?P<under>[^_]+?)(?<=[^\s_])_(?!\w)"
)
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Owner:
    """Whose words are booked: the text's, or a note's."""

    ledger: Ledger
    use: Use = Use.TEXT
    key: str = ""


@dataclass(frozen=True)
class Stretch:
    """A unit's text from one place to another, and the calls in the unit."""

    running: Running
    lines: Sequence[Line]
    calls: Sequence[tuple[int, int, str]]
    breaks: bool = False
    """Whether its lines end where they were meant to."""

    @cached_property
    def masked(self) -> str:
        """The text without its calls: what stands in their place is no mark of anything."""
        letters = list(self.running.text)
        for start, stop, _ in self.calls:
            letters[start:stop] = "\ufffc" * (stop - start)
        return "".join(letters)


def inline(stretch: Stretch, begin: int, end: int, owner: Owner) -> tuple[Inline, ...]:
    """What stands between two offsets of a unit's text."""
    text = stretch.running.text
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return _inside(stretch, stretch.masked, begin, end, owner)


def _inside(stretch: Stretch, masked: str, begin: int, end: int, owner: Owner) -> tuple[Inline, ...]:
    found: list[Inline] = []
    at = begin
    if "*" in masked or "_" in masked:
        for match in _EMPHASIS.finditer(masked, begin, end):
            group = "star" if match["star"] is not None else "under"
            start, stop = match.span(group)
            if not _WORD.search(match[group]):
                continue
            found += _plain(stretch, at, match.start(), owner)
            _book(stretch, match.start(), start, owner, markup=True)
            inner = _inside(stretch, masked, start, stop, owner)
            _book(stretch, stop, match.end(), owner, markup=True)
            found.append(Span("strong" if match["mark"] == "**" else "em", inner))
            at = match.end()
    found += _plain(stretch, at, end, owner)
    return tuple(found)


def _plain(stretch: Stretch, begin: int, end: int, owner: Owner) -> list[Inline]:
    """Words and calls, without emphasis."""
    found: list[Inline] = []
    at = begin
    for start, stop, key in stretch.calls:
        if begin <= start and stop <= end:
            words = _words(stretch, at, start, owner)
            # A call stands close to its word, however it was typed; nothing holds it where none is.
            if words and isinstance(words[-1], Text) and words[-1].text.strip():
                words[-1] = Text(words[-1].text.rstrip())
            found += words
            _book(stretch, start, stop, owner, markup=True)
            origin = stretch.running.origin(start)
            line = next(line.number for line in reversed(stretch.lines) if line.start <= origin)
            found.append(Call(key, Place(line)))
            at = stop
    return found + _words(stretch, at, end, owner)


def _words(stretch: Stretch, begin: int, end: int, owner: Owner) -> list[Inline]:
    if begin >= end:
        return []
    _book(stretch, begin, end, owner)
    words = stretch.running.text[begin:end]
    if not stretch.breaks:
        return [Text(re.sub(r"\s*\n\s*", " ", words) if "\n" in words else words)]
    found: list[Inline] = []
    for index, line in enumerate(words.split("\n")):
        if index:
            found.append(Break())
        if line:
            found.append(Text(line))
    return found


def _book(stretch: Stretch, begin: int, end: int, owner: Owner, *, markup: bool = False) -> None:
    if begin < end:
        start = stretch.running.origin(begin)
        stop = stretch.running.origin(end - 1) + 1
        owner.ledger.take(start, stop, Use.MARKUP if markup else owner.use, "" if markup else owner.key)
