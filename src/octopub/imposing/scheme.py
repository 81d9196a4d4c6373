"""The scheme: a description of all sheets, side by side, before anything is drawn.

Imports nothing of octopub. Lengths are points, measured from the lower left corner of the side as it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

MM = 72 / 25.4
"""Points in a millimetre."""

Line: TypeAlias = tuple[float, float, float, float]
"""A mark: from x and y to x and y."""


class Flip(StrEnum):
    """The edge about which the printer turns a sheet to print its back."""

    LONG = "long"
    SHORT = "short"


class Edge(StrEnum):
    """A side of a page, as it stands on the sheet."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def opposite(self) -> Edge:
        """The side across."""
        return Edge.RIGHT if self is Edge.LEFT else Edge.LEFT


@dataclass(frozen=True, slots=True)
class Placed:
    """A page on a side of a sheet."""

    page: int | None
    """Its index in the PDF; None for a blank page."""
    left: float
    bottom: float
    width: float
    height: float
    rotation: int = 0
    """Degrees, against the clock: 0, 90, 180 or 270."""
    fold: Edge | None = None
    """Where the sheet is folded beside it."""
    shift: float = 0.0
    """How far it was moved towards the fold (creep); `left` has it in."""

    @property
    def cell(self) -> tuple[float, float, float, float]:
        """The room that the page may fill: left, bottom, width, height. What creep pushed over the fold is not
        in it."""
        left = self.left + (self.shift if self.fold is Edge.LEFT else 0)
        return left, self.bottom, self.width - self.shift, self.height


@dataclass(frozen=True, slots=True)
class Side:
    """What is printed on one side of a sheet."""

    pages: tuple[Placed, ...]
    marks: tuple[Line, ...] = ()

    def turned(self, width: float, height: float) -> Side:
        """The same upside down, on a sheet of these sides."""
        pages = tuple(
            replace(
                placed,
                left=width - placed.left - placed.width,
                bottom=height - placed.bottom - placed.height,
                rotation=(placed.rotation + 180) % 360,
                fold=placed.fold and placed.fold.opposite,
            )
            for placed in self.pages
        )
        marks = ((width - x, height - y, width - to_x, height - to_y) for x, y, to_x, to_y in self.marks)
        return Side(pages, tuple(marks))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper with both its sides."""

    front: Side
    back: Side


@dataclass(frozen=True, slots=True)
class Scheme:
    """All sheets of one copy, in the order in which they are printed: the first one's front first."""

    width: float
    height: float
    scale: float
    """How large the pages print; 1 is their own size, and nothing is enlarged."""
    flip: Flip
    sheets: tuple[Sheet, ...]
    depth: int
    """How many folded sheets lie in one another, at most; 0 where nothing is folded."""

    @property
    def is_two_sided(self) -> bool:
        """Whether anything stands on a back."""
        return any(placed.page is not None for sheet in self.sheets for placed in sheet.back.pages)
