"""Judging: what a printing person would object to in sheets that could be printed.

Imports `diagnostics`, `model`, and of `imposing` the scheme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.imposing.scheme import MM
from octopub.model import Imposition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.imposing.scheme import Placed, Scheme

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

LEAST_TYPE = 7.0
"""Points."""

MOST_SHEETS = 16
"""So many sheets can be folded together and stapled."""

WHITE_MM = 5.0
"""What office printers leave white at the sheet's edge."""


class Content(NamedTuple):
    """What is known of the text on the pages."""

    type_size: float | None
    """Of the body, in points; None where there is no type."""
    boxes: Sequence[Box | None]
    """What is printed on each page, from the page's lower left corner; None for a blank one."""


def judge(scheme: Scheme, mode: Imposition, content: Content | None, path: str) -> Iterator[Diagnostic]:
    """The warnings; those about the text only where something is known of it."""
    if scheme.depth > MOST_SHEETS:
        is_parted = mode is Imposition.SIGNATURES
        remedy = "lower `--signature-sheets`" if is_parted else "take `--impose signatures`"
        yield complain(Code.TOO_THICK, None, path, sheets=scheme.depth, limit=MOST_SHEETS, remedy=remedy)
    if content is None:
        return
    size = (content.type_size or LEAST_TYPE) * scheme.scale
    if content.type_size and size < LEAST_TYPE:
        yield complain(Code.TOO_SMALL, None, path, size=f"{size:.1f}", limit=f"{LEAST_TYPE:g}")
    nearest = min(_distances(scheme, content.boxes), default=None)
    if nearest is not None and nearest[0] < (WHITE_MM - 0.05) * MM:
        distance = f"{max(nearest[0], 0) / MM:.1f}"
        fields = {"page": nearest[1] + 1, "distance": distance, "limit": f"{WHITE_MM:g}"}
        yield complain(Code.UNPRINTABLE_EDGE, None, path, **fields)


def _distances(scheme: Scheme, boxes: Sequence[Box | None]) -> Iterator[tuple[float, int]]:
    """For each page how near its content comes to the edge of the sheet."""
    for sheet in scheme.sheets:
        for placed in (*sheet.front.pages, *sheet.back.pages):
            box = None if placed.page is None else boxes[placed.page]
            if placed.page is not None and box is not None:
                left, bottom, right, top = _on_sheet(box, placed, scheme.scale)
                yield min(left, bottom, scheme.width - right, scheme.height - top), placed.page


def _on_sheet(box: Box, placed: Placed, scale: float) -> Box:
    """A box of the page where it comes to lie; pages stand upright or upside down."""
    left, bottom, right, top = (side * scale for side in box)
    if placed.rotation == 180:
        left, right = placed.width - right, placed.width - left
        bottom, top = placed.height - top, placed.height - bottom
    return placed.left + left, placed.bottom + bottom, placed.left + right, placed.bottom + top
