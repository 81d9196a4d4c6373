"""Printing, folding and cutting of the sheets that a scheme describes, by the geometry of paper alone.

What is printed is first brought onto the paper: a point on the back is where the printer puts it when it turns the
sheet about one of its edges. From then on everything has the coordinates of the sheet's front. Nothing here knows
which page should be where.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin
from typing import NamedTuple

from octopub.imposing.scheme import Flip, Placed, Scheme

EPS = 0.01


class Print(NamedTuple):
    """A page as it lies on the paper, seen through from the front."""

    page: int | None
    left: float
    bottom: float
    right: float
    top: float
    up: tuple[int, int]
    """Where its head points."""
    along: tuple[int, int]
    """Where its lines run."""

    @property
    def box(self) -> tuple[float, ...]:
        return tuple(round(side, 2) for side in self[1:5])


class Paper(NamedTuple):
    """A piece of paper: its sides, and what is printed on its two faces."""

    width: float
    height: float
    front: list[Print]
    back: list[Print]


def printed(scheme: Scheme) -> list[Paper]:
    """The stack of sheets that comes out of the printer."""
    return [
        Paper(
            scheme.width,
            scheme.height,
            [_inked(placed) for placed in sheet.front.pages],
            [_turned(_inked(placed), scheme) for placed in sheet.back.pages],
        )
        for sheet in scheme.sheets
    ]


def _inked(placed: Placed) -> Print:
    angle = radians(placed.rotation)
    along = round(cos(angle)), round(sin(angle))
    up = -along[1], along[0]
    right, top = placed.left + placed.width, placed.bottom + placed.height
    return Print(placed.page, placed.left, placed.bottom, right, top, up, along)


def _turned(ink: Print, scheme: Scheme) -> Print:
    """Where the ink of a back comes to lie: the sheet turns about its long or its short edge."""
    long_edge_is_upright = scheme.height >= scheme.width
    about_upright_edge = long_edge_is_upright == (scheme.flip is Flip.LONG)
    (ux, uy), (ax, ay) = ink.up, ink.along
    if about_upright_edge:
        left, right = scheme.width - ink.right, scheme.width - ink.left
        return Print(ink.page, left, ink.bottom, right, ink.top, (-ux, uy), (-ax, ay))
    bottom, top = scheme.height - ink.top, scheme.height - ink.bottom
    return Print(ink.page, ink.left, bottom, ink.right, top, (ux, -uy), (ax, -ay))


def is_upright(ink: Print, *, on_back: bool) -> bool:
    """Whether it can be read when the paper is held upright, and for its back is turned like a leaf."""
    return ink.up == (0, 1) and ink.along == ((-1, 0) if on_back else (1, 0))


def cut_across(paper: Paper) -> tuple[Paper, Paper]:
    """The upper and the lower half. Nothing may be printed over the cut."""
    middle = paper.height / 2

    def part(face: Sequence[Print], low: float, high: float) -> list[Print]:
        assert all(ink.top < middle + EPS or ink.bottom > middle - EPS for ink in face), "cut through a page"
        return [
            ink._replace(bottom=ink.bottom - low, top=ink.top - low)
            for ink in face
            if low - EPS < ink.bottom and ink.top < high + EPS
        ]

    def half(low: float, high: float) -> Paper:
        return Paper(paper.width, middle, part(paper.front, low, high), part(paper.back, low, high))

    return half(middle, paper.height), half(0, middle)


def folded(stack: Sequence[Paper], *, binds_right: bool) -> list[Print]:
    """The pages of a booklet, in the order in which one leafs through it: the stack lies with its fronts down, and is
    folded upright in the middle."""
    middle = stack[0].width / 2

    def half(face: Sequence[Print], *, is_right: bool) -> Print:
        (ink,) = [ink for ink in face if (ink.left + ink.right > 2 * middle) == is_right]
        assert ink.left > middle - EPS if is_right else ink.right < middle + EPS, "a page lies over the fold"
        return ink

    first = not binds_right  # the half that is on top when the booklet lies before the reader
    into = [half(face, is_right=first) for paper in stack for face in (paper.front, paper.back)]
    out = [half(face, is_right=not first) for paper in reversed(stack) for face in (paper.back, paper.front)]
    for paper in stack:
        assert all(is_upright(ink, on_back=False) for ink in paper.front)
        assert all(is_upright(ink, on_back=True) for ink in paper.back)
        assert sorted(ink.box for ink in paper.front) == sorted(ink.box for ink in paper.back), "back to back"
    heights = {(round(ink.bottom, 2), round(ink.top, 2)) for ink in (*into, *out)}
    assert len(heights) == 1, "facing pages are level"
    distances = {
        round(min(abs(ink.left - middle), abs(ink.right - middle)), 2) for ink in (*into, *out)
    }
    assert distances == {0}, "facing pages meet at the fold"
    return into + out


def zine(paper: Paper, *, binds_right: bool) -> list[Print]:
    """The pages of a sheet that is folded lengthwise, fronts outside, cut along that fold between its quarters, and
    pushed together from both ends: seen from above its four wings stand around the spine. From the left wing on,
    against the clock, one comes by the lower row from left to right, then by the upper one from right to left."""
    assert paper.back == []
    quarter, middle = paper.width / 4, paper.height / 2

    def at(column: int, *, is_upper: bool) -> Print:
        (ink,) = [
            ink
            for ink in paper.front
            if column * quarter - EPS < ink.left
            and ink.right < (column + 1) * quarter + EPS
            and (ink.bottom > middle - EPS if is_upper else ink.top < middle + EPS)
        ]
        head = (0, -1) if is_upper else (0, 1)  # the upper row hangs behind the fold
        assert (ink.up, ink.along) == (head, (head[1], 0))
        spine = quarter if column < 2 else 3 * quarter
        assert min(abs(ink.left - spine), abs(ink.right - spine)) < EPS, "a page meets the spine"
        return ink

    around = [at(column, is_upper=False) for column in range(4)]
    around += [at(column, is_upper=True) for column in (3, 2, 1, 0)]
    # The openings are those of the lower row's first two, its last two, and so on: left page, right page.
    start = next(index for index, ink in enumerate(around) if ink.page == 0)
    assert start % 2 == (0 if binds_right else 1), "the first page is a recto"
    if binds_right:
        return [around[(start - step) % 8] for step in range(8)]
    return [around[(start + step) % 8] for step in range(8)]


def read_in_rows(paper: Paper, *, binds_right: bool) -> list[Print]:
    """The pages of a flat sheet in reading order: rows from above, the front, then the back, turned like a leaf."""

    def rows(face: Sequence[Print], *, on_back: bool) -> list[Print]:
        assert all(is_upright(ink, on_back=on_back) for ink in face)
        from_right = binds_right != on_back
        return sorted(face, key=lambda ink: (-round(ink.top, 1), -ink.left if from_right else ink.left))

    return rows(paper.front, on_back=False) + rows(paper.back, on_back=True)


def cut_apart(paper: Paper) -> list[tuple[Print, Print]]:
    """The pieces of a flat sheet: each page with the one behind it."""
    assert all(is_upright(ink, on_back=False) for ink in paper.front)
    assert all(is_upright(ink, on_back=True) for ink in paper.back)
    behind = {ink.box: ink for ink in paper.back}
    return [(ink, behind[ink.box]) for ink in paper.front]


def lies_well(paper: Paper) -> bool:
    """Whether nothing is printed outside the paper, or one page over another."""
    for face in (paper.front, paper.back):
        for index, ink in enumerate(face):
            if ink.left < -EPS or ink.bottom < -EPS or ink.right > paper.width + EPS or ink.top > paper.height + EPS:
                return False
            for other in face[:index]:
                beside = ink.right < other.left + EPS or other.right < ink.left + EPS
                above = ink.top < other.bottom + EPS or other.top < ink.bottom + EPS
                if not (beside or above):
                    return False
    return True
