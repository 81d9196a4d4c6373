"""Definitions of notes that stand together are brought into the order of their first calls.

Imports `desk.mending.manuscript`. Each goes whole to the place of another; what stands between two of them stays.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from octopub.desk.mending.manuscript import Edit, top

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.mending.manuscript import Change, Manuscript


class Definition(NamedTuple):
    """A definition that stands in nothing else, without the blank lines behind it."""

    label: str
    start: int
    end: int
    behind: int
    """So many blocks of the text stand before it."""
    is_remarked: bool
    """Whether what the tokens do not show (a comment, the address of a link) stands right before it."""


def reorder(manuscript: Manuscript) -> Iterator[Change]:
    """The definitions that have to stand in other places, run by run."""
    order = {note.label: index for index, note in enumerate(manuscript.book.notes)}
    text = manuscript.source.text
    for run in _runs(manuscript):
        wanted = sorted(run, key=lambda definition: order[definition.label])
        if run != wanted:
            yield tuple(
                Edit(place.start, place.end, text[definition.start : definition.end])
                for place, definition in zip(run, wanted, strict=True)
                if place is not definition
            )


def _runs(manuscript: Manuscript) -> Iterator[list[Definition]]:
    """The definitions that stand together, with nothing but blank lines between them."""
    found = list(definitions(manuscript))
    text = manuscript.source.text
    run = found[:1]
    for before, here in pairwise(found):
        if text[before.end : here.start].strip():
            yield run
            run = []
        run.append(here)
    if run:
        yield run


def definitions(manuscript: Manuscript) -> Iterator[Definition]:
    """Those of the text, in its order."""
    behind = 0
    done = manuscript.begin
    for block in top(manuscript):
        if block.opening.type == "footnote_reference_open":
            remarked = bool(manuscript.source.text[done : block.start].strip())
            yield Definition(str(block.opening.meta["label"]), block.start, block.end, behind, remarked)
        else:
            behind += 1
        done = block.end
