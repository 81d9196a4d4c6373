"""Sheets and pages that belong together: the page that a sheet is folded or cut into, and the sheet for a page.

Imports `model`, `paper`, and of `imposing` the order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octopub.imposing.order import GRIDS
from octopub.paper import PAPERS, Paper, parse

if TYPE_CHECKING:
    from octopub.model import Imposition

LETTER_REGIONS = frozenset({"US", "CA", "MX", "PH"})
"""Where offices print on Letter."""

LETTER_FAMILY = frozenset({"letter", "legal", "tabloid", "half-letter"})

CLOSE_MM = 1.0
"""A paper is as good as another where its sides are no farther apart (a half of A4 is 148.5 mm wide)."""


def page_of(sheet: Paper, mode: Imposition) -> Paper:
    """The page that the sheet is folded or cut into: of A4 A5 in a booklet, A6 where four are on a side. Upright."""
    grid = GRIDS[mode][0]
    short, long = sorted((sheet.width_mm, sheet.height_mm))
    wide, high = (long, short) if grid.columns > grid.rows else (short, long)
    width, height = sorted((wide / grid.columns, high / grid.rows))
    for paper in PAPERS.values():
        if 0 <= width - paper.width_mm < CLOSE_MM and 0 <= height - paper.height_mm < CLOSE_MM:
            return paper
    return parse(f"{width:.6g}x{height:.6g}mm")


def usual_sheet(lang: str, page_mm: tuple[float, float] | None = None) -> Paper:
    """The sheet that offices have where this language is spoken, or pages of this size are used."""
    is_letter = bool(LETTER_REGIONS.intersection(lang.upper().split("-")[1:]))
    if page_mm is not None:
        is_letter = is_letter or any(_is_close(page_mm, PAPERS[name]) for name in LETTER_FAMILY)
    return PAPERS["letter" if is_letter else "a4"]


def _is_close(page_mm: tuple[float, float], paper: Paper) -> bool:
    """Whether a page is of this size, in either position."""
    return all(
        abs(one - other) < 2 * CLOSE_MM for one, other in zip(sorted(page_mm), _sides(paper), strict=True)
    )


def smallest(width_mm: float, height_mm: float) -> str:
    """The smallest paper with a name that is as large, as `--sheet` takes it; or these sides, rounded up."""
    needed = sorted((width_mm, height_mm))
    found = [
        (paper.width_mm * paper.height_mm, name)
        for name, paper in PAPERS.items()
        if all(side >= need - 0.01 for side, need in zip(_sides(paper), needed, strict=True))
    ]
    return min(found)[1] if found else "x".join(f"{side + 0.99:.0f}" for side in needed) + "mm"


def _sides(paper: Paper) -> list[float]:
    return sorted((paper.width_mm, paper.height_mm))
