"""Imposition, tried by folding: what is printed, folded and cut reads from the first page to the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from octopub.imposing.placing import Wishes, place
from octopub.imposing.scheme import MM, Flip
from octopub.model import Imposition
from tests.imposing import folding
from tests.imposing.folding import Paper, Print

A4, A5, LETTER = (210 * MM, 297 * MM), (148 * MM, 210 * MM), (612.0, 792.0)
LANDSCAPE = (297 * MM, 210 * MM)

SIGNATURE = 3

Reading = Callable[[list[Paper], bool], list[Print]]


def booklet(stack: list[Paper], binds_right: bool) -> list[Print]:
    return folding.folded(stack, binds_right=binds_right)


def signatures(stack: list[Paper], binds_right: bool) -> list[Print]:
    parts = [stack[start : start + SIGNATURE] for start in range(0, len(stack), SIGNATURE)]
    return [ink for part in parts for ink in folding.folded(part, binds_right=binds_right)]


def cut_stack(stack: list[Paper], binds_right: bool) -> list[Print]:
    upper, lower = zip(*map(folding.cut_across, stack), strict=True)
    return folding.folded([*upper, *lower], binds_right=binds_right)


def zine(stack: list[Paper], binds_right: bool) -> list[Print]:
    (paper,) = stack
    return folding.zine(paper, binds_right=binds_right)


def rows(stack: list[Paper], binds_right: bool) -> list[Print]:
    return [ink for paper in stack for ink in folding.read_in_rows(paper, binds_right=binds_right)]


def repeated(stack: list[Paper], _binds_right: bool) -> list[Print]:
    pieces = [folding.cut_apart(paper) for paper in stack]
    piles = [[ink for leaf in pile for ink in leaf] for pile in zip(*pieces, strict=True)]
    assert len({tuple(ink.page for ink in pile) for pile in piles}) == 1, "the copies are the same"
    return piles[0]


# How each mode is read, and how many pages a sheet of it takes.
MODES: dict[Imposition, tuple[Reading, int]] = {
    Imposition.BOOKLET: (booklet, 4),
    Imposition.SIGNATURES: (signatures, 4),
    Imposition.TWO_UP: (rows, 4),
    Imposition.FOUR_UP: (rows, 8),
    Imposition.EIGHT_UP: (rows, 16),
    Imposition.REPEAT_TWO: (repeated, 2),
    Imposition.REPEAT_FOUR: (repeated, 2),
    Imposition.ZINE: (zine, 8),
    Imposition.CUT_STACK: (cut_stack, 8),
}


def test_every_mode_is_tried() -> None:
    assert set(MODES) == set(Imposition)


def expected(count: int, on_sheet: int) -> list[int | None]:
    """All pages, and behind them as few blank ones as fill the last sheet."""
    return [*range(count), *[None] * (-count % on_sheet)]


BOUND = {
    Imposition.BOOKLET: booklet,
    Imposition.SIGNATURES: signatures,
    Imposition.ZINE: zine,
    Imposition.CUT_STACK: cut_stack,
}


@pytest.mark.parametrize("binds_right", [False, True], ids=["left", "right"])
@pytest.mark.parametrize("mode", BOUND)
def test_what_fills_the_sheets_stands_before_the_back_cover(mode: Imposition, binds_right: bool) -> None:
    wishes = Wishes(mode, binds_right=binds_right, signature=SIGNATURE, behind=2)
    for count in range(4, 9 if mode is Imposition.ZINE else 60):
        read = numbers(BOUND[mode](folding.printed(place(count, A5, A4, wishes)), binds_right))
        assert read[: count - 2] == [*range(count - 2)], count
        assert read[-2:] == [count - 2, count - 1], count
        assert set(read[count - 2 : -2]) <= {None}, count


def test_sheets_that_are_not_bound_have_their_blanks_at_the_end() -> None:
    scheme = place(5, A5, A4, Wishes(Imposition.TWO_UP, behind=2))
    assert numbers(rows(folding.printed(scheme), False)) == expected(5, 4)


def numbers(read: Sequence[Print]) -> list[int | None]:
    return [ink.page for ink in read]


@pytest.mark.parametrize("binds_right", [False, True], ids=["left", "right"])
@pytest.mark.parametrize("flip", Flip)
@pytest.mark.parametrize("mode", Imposition)
def test_pages_read_in_order_and_the_right_way_up(mode: Imposition, flip: Flip, binds_right: bool) -> None:
    read, on_sheet = MODES[mode]
    wishes = Wishes(mode, flip=flip, binds_right=binds_right, signature=SIGNATURE)
    for count in range(1, 9 if mode is Imposition.ZINE else 201):
        scheme = place(count, A5, A4, wishes)
        stack = folding.printed(scheme)
        assert numbers(read(stack, binds_right)) == expected(count, on_sheet), count
        assert len(stack) * on_sheet - count in range(on_sheet)
        assert count % 20 or all(map(folding.lies_well, stack))


@pytest.mark.parametrize("mode", [mode for mode in Imposition if mode is not Imposition.ZINE])
def test_a_printer_that_turns_the_other_way_is_noticed(mode: Imposition) -> None:
    read, on_sheet = MODES[mode]
    scheme = place(16, A5, A4, Wishes(mode))
    other = Flip.SHORT if scheme.flip is Flip.LONG else Flip.LONG
    with pytest.raises(AssertionError):
        assert numbers(read(folding.printed(replace(scheme, flip=other)), False)) == expected(16, on_sheet)


@pytest.mark.parametrize("page", [A4, A5, LANDSCAPE, (300.0, 300.0)], ids=["a4", "a5", "landscape", "square"])
@pytest.mark.parametrize("sheet", [A4, LETTER], ids=["a4", "letter"])
@pytest.mark.parametrize("mode", Imposition)
def test_other_pages_on_other_sheets(
    mode: Imposition, sheet: tuple[float, float], page: tuple[float, float]
) -> None:
    """Without a flip that was asked for, too. (An A4 page is a little longer than a letter sheet.)"""
    if page in (A4, LANDSCAPE) and sheet == LETTER:
        sheet = (612.0, 1008.0)
    read, on_sheet = MODES[mode]
    for binds_right in (False, True):
        scheme = place(7, page, sheet, Wishes(mode, binds_right=binds_right, signature=SIGNATURE))
        stack = folding.printed(scheme)
        assert numbers(read(stack, binds_right)) == expected(7, on_sheet)
        assert all(map(folding.lies_well, stack))
        ink = stack[0].front[0]
        assert (ink.right - ink.left, ink.top - ink.bottom) == pytest.approx([scheme.scale * side for side in page])


def test_eight_pages_of_a_booklet() -> None:
    """As every handbook has it."""
    scheme = place(8, A5, A4, Wishes(Imposition.BOOKLET))
    sides = [side for sheet in scheme.sheets for side in (sheet.front, sheet.back)]
    pairs = [[(placed.page or 0) + 1 for placed in sorted(side.pages, key=lambda each: each.left)] for side in sides]
    assert pairs == [[8, 1], [2, 7], [6, 3], [4, 5]]


@pytest.mark.parametrize(
    ("mode", "sheet", "flip"),
    [
        (Imposition.BOOKLET, A4, Flip.SHORT),
        (Imposition.TWO_UP, A4, Flip.SHORT),
        (Imposition.FOUR_UP, A4, Flip.LONG),
        (Imposition.CUT_STACK, A4, Flip.LONG),
    ],
)
def test_the_usual_flip_needs_no_page_upside_down(
    mode: Imposition, sheet: tuple[float, float], flip: Flip
) -> None:
    scheme = place(16, (105 * MM, 148 * MM), sheet, Wishes(mode))
    assert scheme.flip is flip
    assert {placed.rotation for sheet in scheme.sheets for placed in (*sheet.front.pages, *sheet.back.pages)} == {0}


def test_only_the_last_signature_may_be_smaller() -> None:
    scheme = place(33, A5, A4, Wishes(Imposition.SIGNATURES, signature=4))
    covers = [index for index, sheet in enumerate(scheme.sheets) if (sheet.front.pages[1].page or 0) % 16 == 0]
    assert (len(scheme.sheets), covers, scheme.depth) == (9, [0, 4, 8], 4)
