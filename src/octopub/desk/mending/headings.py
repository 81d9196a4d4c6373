"""Headings that skip a level are brought to the next one, and those under them along with them.

Imports `desk.mending.manuscript`. The book has no gap in any case (`reading.structure`), so nothing changes in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from octopub.desk.mending.manuscript import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.mending.manuscript import Change, Manuscript


class _Open(NamedTuple):
    """A heading under which others may stand."""

    written: int
    mended: int


def straighten(manuscript: Manuscript) -> Iterator[Change]:
    """The marks that have to be fewer, as one change."""
    if edits := tuple(_edits(manuscript)):
        yield edits


def _edits(manuscript: Manuscript) -> Iterator[Edit]:
    headings = [token for token in manuscript.tokens if token.type == "heading_open" and token.level == 0]
    open_: list[_Open] = []
    for token in headings[len(manuscript.book.title) :]:
        written = int(token.tag[1])
        while open_ and open_[-1].written >= written:
            open_.pop()
        mended = open_[-1].mended + 1 if open_ else written
        open_.append(_Open(written, mended))
        at = token.meta["at"]
        if mended != written and manuscript.source.text.startswith("#" * written, at):
            yield Edit(at, at + written, "#" * mended)
