"""Placing: from the order of the pages to their places on the sheets, in points.

Imports `model`, and of `imposing` the order and the marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from octopub.imposing import order
from octopub.imposing.marks import crop_marks, fold_ticks, inner_cut, room
from octopub.imposing.scheme import Edge, Flip, Placed, Scheme, Sheet, Side
from octopub.model import Imposition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.imposing.order import Cell, Grid

ROUNDED = 1.0
"""Points by which a page may be larger than its place: programs round the sides of papers to whole points, some up."""

CLOSE = 0.005
"""Points that there may be less room for marks than they need."""

DIVIDED = frozenset({Imposition.ZINE, Imposition.CUT_STACK})
"""The modes in which the sheet is folded or cut at its half or its quarters, so that each page is in the middle of its
part. In the others the pages stand close together in the middle of the sheet."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the sheets are to be. Lengths are points."""

    mode: Imposition
    flip: Flip | None = None
    """None is the one that keeps both sides upright."""
    binds_right: bool = False
    signature: int = 4
    """Sheets in a signature."""
    creep: float = 0.0
    """How far each sheet lies farther in than the one around it: the paper's thickness, or 0."""
    marks: bool = False
    bleed: float = 0.0
    """How far pages are printed beyond their edges."""
    behind: int = 0
    """So many pages at the end are the cover's: blank ones go before them."""


class SheetTooSmallError(ValueError):
    """The sheet is smaller than a page."""


class NoRoomForMarksError(ValueError):
    """There is no room for marks beside the pages; `sides` are those of a sheet that has it."""

    def __init__(self, sides: tuple[float, float]) -> None:
        self.sides = sides
        super().__init__()


def place(count: int, page: tuple[float, float], sheet: tuple[float, float], wishes: Wishes) -> Scheme:
    """The sheets of `count` pages of one size. Raises SheetTooSmallError and NoRoomForMarksError."""
    if not _holds(sheet, page):
        raise SheetTooSmallError
    frame = _frame(page, sheet, wishes.mode)
    if wishes.marks and frame.room < room(wishes.bleed * frame.scale):
        raise NoRoomForMarksError(_roomy(page, wishes.mode, room(wishes.bleed)))
    flip = wishes.flip or upright(frame.width, frame.height)
    turn = flip is not upright(frame.width, frame.height)
    ordered = order.sheets(
        wishes.mode, count, frame.grid, wishes.signature, mirrored=wishes.binds_right, behind=wishes.behind
    )
    sheets = tuple(
        Sheet(_side(frame, front, wishes), _back(frame, back, wishes, turn=turn)) for front, back in ordered
    )
    cells = (cell for front, _ in ordered for cell in front)
    depth = 1 + max(cell.depth for cell in cells) if wishes.mode in order.FOLDED else 0
    return Scheme(frame.width, frame.height, frame.scale, flip, sheets, depth)


def upright(width: float, height: float) -> Flip:
    """The flip about an edge that stands upright: with it both sides have the same head."""
    return Flip.SHORT if width > height else Flip.LONG


def _holds(sheet: tuple[float, float], page: tuple[float, float]) -> bool:
    return all(outer > inner - ROUNDED for outer, inner in zip(sorted(sheet), sorted(page), strict=True))


# -- the frame ---------------------------------------------------------------------------------------


class _Frame(NamedTuple):
    """A sheet that lies as it is printed, divided into a grid."""

    width: float
    height: float
    grid: Grid
    page: tuple[float, float]
    """The sides of a page as it prints."""
    scale: float
    is_divided: bool

    @property
    def part(self) -> tuple[float, float]:
        """The sides of a cell."""
        if self.is_divided:
            return self.width / self.grid.columns, self.height / self.grid.rows
        return self.page

    @property
    def origin(self) -> tuple[float, float]:
        """The lower left corner of the grid."""
        wide, high = self.part
        return (self.width - wide * self.grid.columns) / 2, (self.height - high * self.grid.rows) / 2

    @property
    def room(self) -> float:
        """How much there is around the pages, which are nearest to the edge in the corners."""
        wide, high = self.part
        aside = self.origin[0] + (wide - self.page[0])
        above = self.origin[1] + (high - self.page[1]) / 2
        return min(aside, above) + CLOSE


def _frame(page: tuple[float, float], sheet: tuple[float, float], mode: Imposition) -> _Frame:
    """The sheet and the grid that leave the pages largest; the first of those that are the same to them."""
    return max(_frames(page, sheet, mode), key=lambda found: round(found[0], 4))[1]


def _frames(
    page: tuple[float, float], sheet: tuple[float, float], mode: Imposition
) -> Iterator[tuple[float, _Frame]]:
    for grid in order.GRIDS[mode]:
        for width, height in (sheet, sheet[::-1]):
            fit = min(width / grid.columns / page[0], height / grid.rows / page[1])
            scale = 1.0 if fit * max(page) > max(page) - ROUNDED else fit
            printed = page[0] * scale, page[1] * scale
            yield fit, _Frame(width, height, grid, printed, scale, mode in DIVIDED)


def _roomy(page: tuple[float, float], mode: Imposition, around: float) -> tuple[float, float]:
    """The sides of the smallest sheet with so much room for marks around pages of their own size."""

    def sides(grid: Grid) -> tuple[float, float]:
        if mode not in DIVIDED:
            return page[0] * grid.columns + 2 * around, page[1] * grid.rows + 2 * around
        return (page[0] + around) * grid.columns, (page[1] + 2 * around) * grid.rows

    return min((sides(grid) for grid in order.GRIDS[mode]), key=max)


# -- sides -------------------------------------------------------------------------------------------


def _side(frame: _Frame, cells: tuple[Cell, ...], wishes: Wishes, *, is_back: bool = False) -> Side:
    pages = tuple(_placed(frame, cell, wishes.creep) for cell in cells)
    if not (wishes.marks and cells):
        return Side(pages)
    bare = [_placed(frame, cell, 0) for cell in cells]
    marks = crop_marks(bare, wishes.bleed * frame.scale)
    if not is_back:
        outer = [placed for placed, cell in zip(bare, cells, strict=True) if cell.depth == 0]
        cut = inner_cut(wishes.mode, frame.width, frame.height)
        marks = (*marks, *fold_ticks(outer, frame.height), *cut)
    return Side(pages, marks)


def _placed(frame: _Frame, cell: Cell, creep: float) -> Placed:
    (wide, high), (width, height) = frame.part, frame.page
    left = frame.origin[0] + cell.column * wide
    bottom = frame.origin[1] + (frame.grid.rows - 1 - cell.row) * high + (high - height) / 2
    shift = cell.depth * creep
    if cell.fold is Edge.RIGHT:
        left += wide - width + shift
    elif cell.fold is Edge.LEFT:
        left -= shift
    else:
        left += (wide - width) / 2
    return Placed(cell.page, left, bottom, width, height, 180 * cell.upside_down, cell.fold, shift)


def _back(frame: _Frame, cells: tuple[Cell, ...], wishes: Wishes, *, turn: bool) -> Side:
    """A back; upside down where the printer turns the sheet over its head."""
    side = _side(frame, cells, wishes, is_back=True)
    return side.turned(frame.width, frame.height) if turn else side
