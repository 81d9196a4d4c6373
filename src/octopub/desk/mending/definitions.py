"""Definitions of notes that stand together are brought into the order of their first calls.

Imports `desk.mending.manuscript`. Each goes whole to the place of another; what stands between two of them stays.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from octopub.desk.mending.manuscript import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.mending.manuscript import Manuscript


class _Definition(NamedTuple):
    """A definition, and from where to where in the manuscript it stands."""

    label: str
    start: int
    end: int


def reorder(manuscript: Manuscript) -> Iterator[Edit]:
    """The definitions that have to stand in other places."""
    order = {note.label: index for index, note in enumerate(manuscript.book.notes)}
    text = manuscript.source.text
    for run in _runs(manuscript):
        wanted = sorted(run, key=lambda definition: order[definition.label])
        for place, definition in zip(run, wanted, strict=True):
            if place is not definition:
                yield Edit(place.start, place.end, text[definition.start : definition.end])


def _runs(manuscript: Manuscript) -> Iterator[list[_Definition]]:
    """The definitions that stand together, with nothing but blank lines between them."""
    found = list(_definitions(manuscript))
    text = manuscript.source.text
    run = found[:1]
    for before, here in pairwise(found):
        if text[before.end : here.start].strip():
            yield run
            run = []
        run.append(here)
    if run:
        yield run


def _definitions(manuscript: Manuscript) -> Iterator[_Definition]:
    """Those that stand in nothing else, each without the blank lines behind it."""
    source = manuscript.source
    for token in manuscript.tokens:
        if token.type == "footnote_reference_open" and token.level == 0 and token.map:
            first, behind = token.map
            start = source.lines[first]
            end = source.lines[behind] if behind < len(source.lines) else len(source.text)
            yield _Definition(str(token.meta["label"]), start, start + len(source.text[start:end].rstrip()))
