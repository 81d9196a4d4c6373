"""With what of the text a page begins: read from its lines, when they are in their places.

Imports `pdf.record`. Notes are not of the text; of the pages that octopub adds their first pages count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.pdf.record import Page, Start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.markup.scribe import Stream


def start_of(page: Page, streams: Sequence[Stream]) -> Start | None:
    """What a page of a unit begins with; `streams` are those of the unit's blocks."""
    for key, letter in sorted(_items(page, streams)):
        stream = streams[key]
        if stream.added is None:
            at = stream.placed[0][1] if stream.tag == "img" else stream.letter(letter)
            if at is not None:
                return Start(at)
        elif letter == 0 and (key == 0 or streams[key - 1].added != stream.added):
            return Start(added=str(stream.added))
    return None


def _items(page: Page, streams: Sequence[Stream]) -> Iterator[tuple[int, int]]:
    """The key of each line's block and its first letter's index in it; images have one letter, as it were."""
    for line in page.lines:
        if line.block >= 0 and line.start >= 0 and not streams[line.block].flow:
            yield line.block, line.start
    for image in page.images:
        if image.block >= 0 and not streams[image.block].flow:
            yield image.block, 0
