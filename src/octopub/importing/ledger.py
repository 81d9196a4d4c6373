"""The ledger of a plain text: which stretch of the source became what.

Imports `importing.draft`. A reader writes into it each stretch that it takes; the proof adds it up. It knows
nothing of what the stretches mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.draft import LeftOut, Place, Stretch, Use

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD = re.compile(r"[^\W_]+")
"""Letters and figures in a row: what a typographic change leaves alone."""


class Ledger:
    """The stretches of one source, as they are taken."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.stretches: list[Stretch] = []
        self.left_out: list[LeftOut] = []

    def take(self, start: int, end: int, use: Use, key: str = "") -> None:
        """Book a stretch for the text, a note (with its key), the metadata or the markup."""
        if start < end:
            self.stretches.append(Stretch(start, end, use, key))

    def leave_out(self, start: int, end: int, line: int, why: str) -> None:
        """Book a stretch as left out, for this reason."""
        self.take(start, end, Use.LEFT_OUT)
        self.left_out.append(LeftOut(Place(line), " ".join(self.source[start:end].split()), why))

    def in_order(self) -> tuple[Stretch, ...]:
        """The stretches by their place."""
        return tuple(sorted(self.stretches, key=lambda stretch: (stretch.start, stretch.end)))


def words_of(source: str, stretches: Sequence[Stretch], use: Use, key: str = "") -> tuple[str, ...]:
    """The words in the stretches of one use. Where something else stands between two, a word ends."""
    return tuple(
        word
        for each in stretches
        if each.use is use and each.key == key
        for word in WORD.findall(source[each.start : each.end])
    )


def faults(source: str, stretches: Sequence[Stretch]) -> Iterator[tuple[int, str]]:
    """Where in the source something was taken twice, or by nothing: the offset, and what stands there."""
    done = 0
    for each in stretches:
        if each.start < done:
            yield each.start, source[each.start : min(done, each.end)]
        if lost := source[done : each.start].strip():
            yield source.index(lost[0], done), lost
        done = max(done, each.end)
    if lost := source[done:].strip():
        yield source.index(lost[0], done), lost
