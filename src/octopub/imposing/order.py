"""The order: which pages stand together on a sheet, for each mode.

Imports `model` for the names of the modes. A sheet is a grid of cells here, seen from its front, and seen from its
back as it is when one turns the sheet like a leaf in a book. All of it is for binding on the left; for binding on the
right it is mirrored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from octopub.imposing.scheme import Edge
from octopub.model import Imposition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


class Grid(NamedTuple):
    """How many pages stand beside and above one another."""

    columns: int
    rows: int


class Cell(NamedTuple):
    """A page's place in the grid; the first row is the upper one."""

    column: int
    row: int
    page: int | None
    fold: Edge | None = None
    depth: int = 0
    """How many sheets lie around this one when they are folded."""
    upside_down: bool = False


Cells: TypeAlias = tuple[tuple[Cell, ...], tuple[Cell, ...]]
"""A sheet: front and back."""

Pages: TypeAlias = "Sequence[int | None]"

UPRIGHT, SQUARE, WIDE, TALL = Grid(2, 1), Grid(2, 2), Grid(4, 2), Grid(2, 4)

GRIDS: Mapping[Imposition, tuple[Grid, ...]] = {
    Imposition.BOOKLET: (UPRIGHT,),
    Imposition.SIGNATURES: (UPRIGHT,),
    Imposition.TWO_UP: (UPRIGHT, Grid(1, 2)),
    Imposition.FOUR_UP: (SQUARE,),
    Imposition.EIGHT_UP: (WIDE, TALL),
    Imposition.REPEAT_TWO: (UPRIGHT, Grid(1, 2)),
    Imposition.REPEAT_FOUR: (SQUARE,),
    Imposition.ZINE: (WIDE,),
    Imposition.CUT_STACK: (SQUARE,),
}
"""The grids that a mode may have; of several, the one that leaves the pages largest is taken."""

FOLDED = frozenset({Imposition.BOOKLET, Imposition.SIGNATURES, Imposition.CUT_STACK})
"""The modes whose sheets lie in one another."""

BOUND = FOLDED | {Imposition.ZINE}
"""The modes that make a booklet: what is last in it is its back."""

ZINE_PAGES = 8


def sheets(
    mode: Imposition, count: int, grid: Grid, signature: int, *, mirrored: bool, behind: int = 0
) -> list[Cells]:
    """The sheets of a PDF of so many pages; `signature` is the number of sheets in one. Of what is bound the last
    `behind` pages are its cover's: blank ones go before them."""
    pages = _filled(count, _multiple(mode, grid), min(behind, count) if mode in BOUND else 0)
    found = list(_ORDERS[mode](pages, grid, signature))
    return [(_mirrored(front, grid), _mirrored(back, grid)) for front, back in found] if mirrored else found


def _mirrored(cells: Sequence[Cell], grid: Grid) -> tuple[Cell, ...]:
    return tuple(
        cell._replace(column=grid.columns - 1 - cell.column, fold=cell.fold and cell.fold.opposite)
        for cell in cells
    )


def _multiple(mode: Imposition, grid: Grid) -> int:
    """How many pages a sheet takes, of which none is printed twice."""
    if mode in (Imposition.BOOKLET, Imposition.SIGNATURES):
        return 4
    if mode in (Imposition.REPEAT_TWO, Imposition.REPEAT_FOUR):
        return 2
    return ZINE_PAGES if mode is Imposition.ZINE else 2 * grid.columns * grid.rows


def _filled(count: int, multiple: int, behind: int) -> Pages:
    """The pages, with blank ones before the last of them up to a whole multiple."""
    return [*range(count - behind), *[None] * (-count % multiple), *range(count - behind, count)]


# -- folded ------------------------------------------------------------------------------------------


def _leaf(pages: Pages, depth: int, row: int = 0) -> Cells:
    """The sheet of a booklet that lies in so many others: on its front the outer pages of those left."""
    first, last = 2 * depth, len(pages) - 1 - 2 * depth
    return _spread(pages[last], pages[first], depth, row), _spread(
        pages[first + 1], pages[last - 1], depth, row
    )


def _spread(left: int | None, right: int | None, depth: int, row: int) -> tuple[Cell, Cell]:
    return Cell(0, row, left, Edge.RIGHT, depth), Cell(1, row, right, Edge.LEFT, depth)


def _booklet(pages: Pages, _grid: Grid, _signature: int) -> Iterator[Cells]:
    return (_leaf(pages, depth) for depth in range(len(pages) // 4))


def _signatures(pages: Pages, _grid: Grid, signature: int) -> Iterator[Cells]:
    for start in range(0, len(pages), 4 * signature):
        folded = pages[start : start + 4 * signature]
        yield from (_leaf(folded, depth) for depth in range(len(folded) // 4))


def _cut_stack(pages: Pages, _grid: Grid, _signature: int) -> Iterator[Cells]:
    """The upper halves of all sheets, and under them the lower ones, are the leaves of one booklet."""
    half = len(pages) // 8
    for depth in range(half):
        upper, lower = _leaf(pages, depth), _leaf(pages, half + depth, row=1)
        yield upper[0] + lower[0], upper[1] + lower[1]


def _zine(pages: Pages, _grid: Grid, _signature: int) -> Iterator[Cells]:
    """Eight pages on one side. Folded lengthwise, cut in the middle between the second and the third fold, pushed
    together and turned around the spine."""
    folds = (Edge.RIGHT, Edge.LEFT, Edge.RIGHT, Edge.LEFT)
    upper = (Cell(column, 0, pages[4 - column], folds[column], upside_down=True) for column in range(4))
    lower = (Cell(column, 1, pages[(5 + column) % 8], folds[column]) for column in range(4))
    yield (*upper, *lower), ()


# -- not folded --------------------------------------------------------------------------------------


def _cells(pages: Pages, grid: Grid) -> tuple[Cell, ...]:
    """As one reads: from left to right, and from above."""
    return tuple(Cell(index % grid.columns, index // grid.columns, page) for index, page in enumerate(pages))


def _in_turn(pages: Pages, grid: Grid, _signature: int) -> Iterator[Cells]:
    on_side = grid.columns * grid.rows
    for start in range(0, len(pages), 2 * on_side):
        middle = start + on_side
        yield _cells(pages[start:middle], grid), _cells(pages[middle : middle + on_side], grid)


def _repeated(pages: Pages, grid: Grid, _signature: int) -> Iterator[Cells]:
    on_side = grid.columns * grid.rows
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        yield _cells([front] * on_side, grid), _cells([back] * on_side, grid)


_ORDERS: Mapping[Imposition, Callable[[Pages, Grid, int], Iterator[Cells]]] = {
    Imposition.BOOKLET: _booklet,
    Imposition.SIGNATURES: _signatures,
    Imposition.TWO_UP: _in_turn,
    Imposition.FOUR_UP: _in_turn,
    Imposition.EIGHT_UP: _in_turn,
    Imposition.REPEAT_TWO: _repeated,
    Imposition.REPEAT_FOUR: _repeated,
    Imposition.ZINE: _zine,
    Imposition.CUT_STACK: _cut_stack,
}
