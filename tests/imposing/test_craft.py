"""Creep and marks, by their geometry."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from octopub.imposing.marks import GAP, LENGTH, room
from octopub.imposing.placing import DIVIDED, NoRoomForMarksError, SheetTooSmallError, Wishes, place
from octopub.imposing.scheme import MM, Edge, Flip, Line, Scheme, Side
from octopub.model import Imposition

A3, A4, A5, A6 = (
    (width * MM, height * MM) for width, height in ((297, 420), (210, 297), (148, 210), (105, 148))
)


def sides(scheme: Scheme) -> list[Side]:
    return [side for sheet in scheme.sheets for side in (sheet.front, sheet.back)]


@pytest.mark.parametrize("binds_right", [False, True])
@pytest.mark.parametrize("flip", Flip)
@pytest.mark.parametrize(
    ("mode", "depths"),
    [
        (Imposition.BOOKLET, [[0, 0], [1, 1], [2, 2], [3, 3], [4, 4]]),
        (Imposition.SIGNATURES, [[0, 0], [1, 1], [0, 0], [1, 1], [0, 0]]),
        (Imposition.CUT_STACK, [[0, 0, 3, 3], [1, 1, 4, 4], [2, 2, 5, 5]]),
        (Imposition.TWO_UP, [[0, 0]] * 5),
    ],
)
def test_pages_move_towards_the_fold_by_what_lies_around_them(
    mode: Imposition, depths: list[list[int]], flip: Flip, binds_right: bool
) -> None:
    thickness = 0.1 * MM
    page = A6 if mode is Imposition.CUT_STACK else A5
    wishes = Wishes(mode, flip=flip, binds_right=binds_right, signature=2)
    still = place(20, page, A4, wishes)
    moved = place(
        20, page, A4, Wishes(mode, flip=flip, binds_right=binds_right, signature=2, creep=thickness)
    )
    for sheet, around in enumerate(depths):
        for before, after in zip(sides(still)[2 * sheet : 2 * sheet + 2], sides(moved)[2 * sheet : 2 * sheet + 2], strict=True):
            for old, new, depth in zip(before.pages, after.pages, around, strict=True):
                way = {Edge.LEFT: -1, Edge.RIGHT: 1, None: 0}[old.fold]
                assert new.left - old.left == pytest.approx(way * depth * thickness)
                assert (new.bottom, new.width, new.rotation) == (old.bottom, old.width, old.rotation)
                fold = still.width / 2
                left, _, width, _ = new.cell
                assert left + width <= fold + 0.01 or left >= fold - 0.01, "nothing prints over the fold"


def test_pages_lie_still_without_it() -> None:
    assert all(placed.shift == 0 for side in sides(place(80, A5, A4, Wishes(Imposition.BOOKLET))) for placed in side.pages)


@pytest.mark.parametrize("mode", Imposition)
def test_marks_stand_on_the_sheet_and_off_the_pages(mode: Imposition) -> None:
    with pytest.raises(NoRoomForMarksError) as refused:
        place(8, A6, A6, Wishes(mode, marks=True))
    smallest = refused.value.sides
    scheme = place(8, A6, smallest, Wishes(mode, marks=True))
    assert scheme.scale == 1
    for side in sides(scheme):
        assert bool(side.marks) == bool(side.pages)
        for x, y, to_x, to_y in side.marks:
            assert (x == to_x) != (y == to_y)
            assert min(x, y, to_x, to_y) >= -0.01
            assert max(x, to_x) <= scheme.width + 0.01
            assert max(y, to_y) <= scheme.height + 0.01
            is_cut = y == to_y == scheme.height / 2 and mode in DIVIDED
            assert is_cut or abs(to_x - x) + abs(to_y - y) == pytest.approx(LENGTH)
            low_x, high_x, low_y, high_y = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
            for placed in side.pages:
                inside_x = placed.left + 0.01 < high_x and low_x < placed.left + placed.width - 0.01
                inside_y = placed.bottom + 0.01 < high_y and low_y < placed.bottom + placed.height - 0.01
                assert not (inside_x and inside_y)
    with pytest.raises(NoRoomForMarksError):
        place(8, A6, (smallest[0] - 1, smallest[1] - 1), Wishes(mode, marks=True))


def test_crop_marks_of_a_booklet_are_in_line_with_its_cuts_and_fold_ticks_are_on_the_outside() -> None:
    scheme = place(12, A5, A3, Wishes(Imposition.BOOKLET, marks=True))
    fold, left, right = scheme.width / 2, scheme.width / 2 - A5[0], scheme.width / 2 + A5[0]
    bottom, top = (scheme.height - A5[1]) / 2, (scheme.height + A5[1]) / 2
    crops = {
        *((x, y, x, to_y) for x in (left, right) for y, to_y in ((bottom - GAP, bottom - room()), (top + GAP, top + room()))),
        *((x, y, to_x, y) for y in (bottom, top) for x, to_x in ((left - GAP, left - room()), (right + GAP, right + room()))),
    }
    folds = {(fold, 0, fold, LENGTH), (fold, scheme.height, fold, scheme.height - LENGTH)}

    def rounded(lines: Iterable[Line]) -> set[tuple[float, ...]]:
        return {tuple(round(number, 2) for number in line) for line in lines}

    for index, side in enumerate(sides(scheme)):
        assert rounded(side.marks) == rounded(crops | folds if index == 0 else crops)


@pytest.mark.parametrize(
    ("mode", "shares"), [(Imposition.ZINE, (0.25, 0.75)), (Imposition.CUT_STACK, (0, 1)), (Imposition.REPEAT_FOUR, None)]
)
def test_the_line_of_a_cut_before_folding_is_on_the_front(mode: Imposition, shares: tuple[float, float] | None) -> None:
    scheme = place(8, A6, (2000, 2000), Wishes(mode, marks=True))
    for index, side in enumerate(sides(scheme)):
        lines = [line for line in side.marks if line[1] == line[3] == 1000 and abs(line[2] - line[0]) > LENGTH + 0.01]
        assert [(x / 2000, to_x / 2000) for x, _, to_x, _ in lines] == ([shares] if shares and index == 0 else [])


@pytest.mark.parametrize("page", [A3, (100.0, 900.0)])
def test_a_sheet_smaller_than_a_page(page: tuple[float, float]) -> None:
    with pytest.raises(SheetTooSmallError):
        place(4, page, A4, Wishes(Imposition.BOOKLET))


@pytest.mark.parametrize(
    ("mode", "page", "scale"),
    [
        (Imposition.BOOKLET, A5, 1),
        (Imposition.BOOKLET, A6, 1),  # nothing is enlarged
        (Imposition.BOOKLET, A4, 2**-0.5),
        (Imposition.FOUR_UP, A6, 1),
        (Imposition.ZINE, (A4[1] / 4, A4[0] / 2), 1),
    ],
)
def test_scale(mode: Imposition, page: tuple[float, float], scale: float) -> None:
    assert place(4, page, A4, Wishes(mode)).scale == pytest.approx(scale, rel=0.005)
