"""The ledger of a plain text: which stretch of the source became what.

Imports `importing.draft`. A reader writes into it each stretch that it takes; the proof adds it up. It knows
nothing of what the stretches mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from octopub.importing.draft import LeftOut, Place, Stretch, Use

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_FOREIGN_MARK = re.compile(r"[^\x00-\x7f\w]")
_BLANKS = bytes(byte if byte > 0x7F or chr(byte).isalnum() else ord(" ") for byte in range(256))
"""For each byte of UTF-8 what stays of it: a text has words by the hundred thousand, and this is the fastest way."""


def words(text: str) -> list[str]:
    """Letters and figures in a row: what a typographic change leaves alone."""
    for mark in set(_FOREIGN_MARK.findall(text)):
        text = text.replace(mark, " ")
    return text.encode(errors="surrogatepass").translate(_BLANKS).decode(errors="surrogatepass").split()


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


def words_by_use(source: str, stretches: Sequence[Stretch]) -> dict[tuple[Use, str], tuple[str, ...]]:
    """The words of each use and key. Where something else stands between two stretches, a word ends."""
    texts: dict[tuple[Use, str], list[str]] = defaultdict(list)
    for each in stretches:
        texts[each.use, each.key].append(source[each.start : each.end])
    return {use: tuple(words(" ".join(parts))) for use, parts in texts.items()}


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
