"""Marks that come in pairs: those in a text that have no partner.

Imports `desk.rules.passage`. What opens in one paragraph may close in a later one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from octopub.desk.rules.passage import Passage

FURTHER = 12
"""So many passages on, something may still be closed."""


class Loose(NamedTuple):
    """A mark without a partner in its passage."""

    at: int
    kind: str
    """What both of a pair have in common."""
    opens: bool


def unpaired(
    passages: Sequence[Passage],
    loose: Callable[[Passage], Iterable[Loose]],
    goes_on: Callable[[Passage, Loose], bool] = lambda _passage, _mark: False,
) -> Iterator[tuple[Passage, Loose]]:
    """The marks that have no partner in the text, by what is loose in each passage. `goes_on` says whether a passage
    begins by opening again what an earlier one left open."""
    waiting: list[tuple[int, Passage, Loose]] = []
    for number, passage in enumerate(passages):
        stays = []
        for index, before, mark in waiting:
            if number == index + 1 and goes_on(passage, mark):
                continue
            if number - index <= FURTHER:
                stays.append((index, before, mark))
            else:
                yield before, mark
        waiting = stays
        for mark in loose(passage):
            partner = next((each for each in reversed(waiting) if each[2].kind == mark.kind), None)
            if mark.opens:
                waiting.append((number, passage, mark))
            elif partner:
                waiting.remove(partner)
            else:
                yield passage, mark
    yield from ((passage, mark) for _, passage, mark in waiting)
