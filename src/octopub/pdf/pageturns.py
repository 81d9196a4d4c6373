"""Where the pages of another layout begin: their numbers in the margin, so that all can turn to the same page.

Imports `model`, the record and the numbered lines. A place is looked for by its words: by their offset in the
manuscript, within the text or within one note.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from octopub.model import LineNumbers
from octopub.pdf.linenumbers import GAP, Numbered
from octopub.pdf.record import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.model import Book
    from octopub.pdf.record import Image, LayoutRecord, Page, Part

LEAF = tuple[str, int]
"""A page: the name of its part, and its index there."""


class _Spot(NamedTuple):
    """A line, or a picture as if it were one, and where its words come from."""

    flow: str
    at: int
    leaf: LEAF
    line: Line


def page_turns(standard: LayoutRecord, parts: Sequence[Part], book: Book) -> dict[LEAF, list[Numbered]]:
    """Beside which lines of these parts the pages of the standard layout begin. Pages without words of the manuscript
    (contents, blanks) begin nowhere; of two that begin in one line the first has its number."""
    found: dict[LEAF, list[Numbered]] = defaultdict(list)
    spots: dict[str, list[_Spot]] = defaultdict(list)
    for spot in _spots(parts):
        spots[spot.flow].append(spot)
    for there in spots.values():
        there.sort(key=lambda spot: spot.at)
    areas = {(part.name, index): page.area for part in parts for index, page in enumerate(part.pages)}
    taken: set[tuple[LEAF, float]] = set()
    for number, start in _starts(standard):
        if not (there := spots[start.flow]):
            continue
        spot = there[max(bisect_right(there, start.at, key=lambda spot: spot.at) - 1, 0)]
        if (place := (spot.leaf, spot.line.baseline)) not in taken:
            taken.add(place)
            found[spot.leaf].append(_numbered(number, spot.line, areas[spot.leaf], book))
    return found


def _starts(standard: LayoutRecord) -> Iterator[tuple[str, _Spot]]:
    """The number of each page, and what it begins with: of a page with text its first line, above the notes."""
    for part in standard.parts:
        labels = {(part.name, index): page.label for index, page in enumerate(part.pages)}
        first: dict[LEAF, _Spot] = {}
        for spot in _spots([part]):
            known = first.setdefault(spot.leaf, spot)
            if _rank(spot) < _rank(known):
                first[spot.leaf] = spot
        yield from ((labels[leaf], spot) for leaf, spot in first.items())


def _rank(spot: _Spot) -> tuple[bool, float]:
    return bool(spot.flow), spot.line.top


def _spots(parts: Sequence[Part]) -> Iterator[_Spot]:
    """All lines and pictures that come from the manuscript, in the order of their pages."""
    for part in parts:
        flows = {block.key: block.flow for block in part.blocks}
        for index, page in enumerate(part.pages):
            for each in _of_page(page):
                if each.at is not None:
                    yield _Spot(flows[each.block], each.at, (part.name, index), each)


def _of_page(page: Page) -> Iterator[Line]:
    yield from (line for line in page.lines if not line.repeated)
    yield from (_as_line(image, page) for image in page.images)


def _as_line(image: Image, page: Page) -> Line:
    """A picture as a line at its upper edge."""
    height = min((line.height for line in page.lines), default=image.height)
    return Line(
        image.block, "", -1, -1, image.at, image.left, image.top, image.width, height, image.top + height, 0.0,
        hyphenated=False,
    )  # fmt: skip


def _numbered(number: str, line: Line, area: tuple[float, float, float, float], book: Book) -> Numbered:
    """The number in the outer margin; at the spine, if that is to be free and no numbers of lines are there. (Pages
    of large print are all rectos.)"""
    options = book.options
    is_inner = options.wide_margin and options.line_numbers is LineNumbers.NONE
    is_right = is_inner != (book.direction == "ltr")
    return Numbered(number, line, area[2] + GAP if is_right else area[0] - GAP, is_right)
