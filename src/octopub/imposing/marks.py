"""Marks: lines outside the pages that say where the sheet is cut and folded.

Imports `model` and the scheme. Each mark stands a little off the pages, so that nothing of it is left when they are
cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.imposing.scheme import MM, Edge
from octopub.model import Imposition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octopub.imposing.scheme import Line, Placed

GAP, LENGTH = 2 * MM, 5 * MM
"""Between a page and its marks, where it has no more bleed than that; and how long they are."""

HAIRLINE = b"0.25 w 0 G"


def room(bleed: float = 0.0) -> float:
    """What marks need between the pages and the sheet's edge."""
    return max(GAP, bleed) + LENGTH


def crop_marks(pages: Sequence[Placed], bleed: float = 0.0) -> tuple[Line, ...]:
    """Marks in line with the sides of the pages, but for those where they are folded; beyond the bleed."""
    upright = {x for placed in pages for x in _cuts(placed)}
    level = {y for placed in pages for y in (placed.bottom, placed.bottom + placed.height)}
    left, bottom, right, top = _around(pages)
    start, end = room(bleed) - LENGTH, room(bleed)
    return (
        *_ticks(upright, bottom - start, bottom - end),
        *_ticks(upright, top + start, top + end),
        *_across(_ticks(level, left - start, left - end)),
        *_across(_ticks(level, right + start, right + end)),
    )


def fold_marks(places: Iterable[float], height: float, bleed: float = 0.0) -> tuple[Line, ...]:
    """Marks above and below a page of this height, where it is folded; beyond the bleed."""
    start, end = room(bleed) - LENGTH, room(bleed)
    places = tuple(places)
    return (*_ticks(places, -start, -end), *_ticks(places, height + start, height + end))


def painted(lines: Iterable[Line]) -> bytes:
    """The operators that draw marks."""
    drawn = (f"{numbers(line[:2])} m {numbers(line[2:])} l S".encode() for line in lines)
    return b"\n".join((b"q", HAIRLINE, *drawn, b"Q"))


def numbers(values: Iterable[float]) -> str:
    """Numbers as a content stream has them."""
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values)


def fold_ticks(pages: Sequence[Placed], height: float) -> tuple[Line, ...]:
    """Short lines at the edge of a sheet of this height, where these pages are folded."""
    folds = {_right(placed) if placed.fold is Edge.RIGHT else placed.left for placed in pages if placed.fold}
    upper = _ticks(folds, height, height - LENGTH)
    is_whole = any(placed.bottom < height / 2 for placed in pages)  # or else its upper half
    return (*_ticks(folds, 0, LENGTH), *upper) if is_whole else upper


def inner_cut(mode: Imposition, width: float, height: float) -> tuple[Line, ...]:
    """The line along which a sheet of these sides is cut before it is folded, and ticks for the folds of a zine that
    no spine shows: along its middle, and across."""
    middle = height / 2
    if mode is Imposition.CUT_STACK:
        return ((0, middle, width, middle),)
    if mode is Imposition.ZINE:
        ends = (0, middle, LENGTH, middle), (width, middle, width - LENGTH, middle)
        return ((width / 4, middle, 3 * width / 4, middle), *ends, *_ticks([width / 2], 0, LENGTH),
                *_ticks([width / 2], height, height - LENGTH))  # fmt: skip
    return ()


def _cuts(placed: Placed) -> tuple[float, ...]:
    if placed.fold is Edge.LEFT:
        return (_right(placed),)
    if placed.fold is Edge.RIGHT:
        return (placed.left,)
    return placed.left, _right(placed)


def _right(placed: Placed) -> float:
    return placed.left + placed.width


def _around(pages: Sequence[Placed]) -> tuple[float, float, float, float]:
    """The box around all pages: left, bottom, right, top."""
    return (
        min(placed.left for placed in pages),
        min(placed.bottom for placed in pages),
        max(_right(placed) for placed in pages),
        max(placed.bottom + placed.height for placed in pages),
    )


def _ticks(places: Iterable[float], start: float, end: float) -> tuple[Line, ...]:
    """Upright lines at these places."""
    return tuple((x, start, x, end) for x in sorted({round(place, 3) for place in places}))


def _across(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple((start, x, end, to_x) for x, start, to_x, end in lines)
