"""How far what is printed beyond a page's edges may reach on the sheet.

Imports the scheme. Sides come in the order of a PDF's boxes: left, bottom, right, top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from octopub.imposing.scheme import Edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.imposing.scheme import Placed

Sides: TypeAlias = tuple[float, float, float, float]

NONE: Sides = (0.0, 0.0, 0.0, 0.0)


def turned(sides: Sequence[float], quarters: int) -> Sides:
    """The sides of what is turned by so many quarters, with the clock."""
    left, bottom, right, top = (*sides[quarters % 4 :], *sides[: quarters % 4])
    return left, bottom, right, top


def scaled(sides: Sides, scale: float) -> Sides:
    """The sides as they print."""
    left, bottom, right, top = (side * scale for side in sides)
    return left, bottom, right, top


def room(placed: Placed, others: Sequence[Placed], bleed: Sides) -> Sides:
    """What a page may fill, as left, bottom, width and height: its own place, and beyond its edges as much of its
    bleed as is neither behind a fold nor nearer to another page."""
    left, bottom, width, height = placed.cell
    wanted = turned(bleed, -placed.rotation // 90)
    gaps = [_gaps(placed.cell, other.cell) for other in others if other is not placed]
    reach = [min((side, *(gap[at] / 2 for gap in gaps))) for at, side in enumerate(wanted)]
    for at, edge in ((0, Edge.LEFT), (2, Edge.RIGHT)):
        if placed.fold is edge:
            reach[at] = 0.0
    return left - reach[0], bottom - reach[1], width + reach[0] + reach[2], height + reach[1] + reach[3]


def _gaps(own: Sides, other: Sides) -> tuple[float, ...]:
    """How far it is from each side of a cell to another cell; endless where that is not on this side."""
    return tuple(max(0.0, gap) if is_there else float("inf") for gap, is_there in _looks(own, other))


def _looks(own: Sides, other: Sides) -> Iterator[tuple[float, bool]]:
    left, bottom, width, height = own
    x, y, wide, high = other
    right, top, far, head = left + width, bottom + height, x + wide, y + high
    beside = min(top, head) > max(bottom, y)
    in_line = min(right, far) > max(left, x)
    yield left - far, beside and x < left
    yield bottom - head, in_line and y < bottom
    yield x - right, beside and x > left
    yield y - top, in_line and y > bottom
