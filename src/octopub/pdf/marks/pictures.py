"""Pictures of the marked places, cut out of the pages.

Imports the mark; PDFium (`pypdfium2`, an extra) only when pictures are made.
"""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from octopub.diagnostics import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from PIL.Image import Image

    from octopub.pdf.marks.mark import Box, Mark

SCALE = 1.5
"""Pixels for a point."""

AROUND = 42.0
"""So much of the page is shown above and below, in points."""

GAP, THICK = 1.5, 1.0
"""Between the place and its frame, and the frame itself, in points."""

SHADES = [round(shade / 17) * 17 for shade in range(256)]
"""Sixteen shades of grey: enough for type, and half as large."""


class Picture(NamedTuple):
    """A picture of a place: a PNG and its size in pixels."""

    content: bytes
    width: int
    height: int


def pdfium() -> ModuleType:
    """PDFium. Raises MachineError where it is not installed."""
    try:
        import pypdfium2  # noqa: PLC0415  # an extra
    except ImportError:
        raise MachineError(
            "a report with pictures needs PDFium: `pip install 'octopub[report]'`; one in JSON does not"
        ) from None
    return pypdfium2  # type: ignore[no-any-return]  # it has no types


def pictures(pdf: bytes, marks: Sequence[Mark]) -> Iterator[Picture]:
    """A picture of each mark; they come in the order of their pages. Each page is painted but once."""
    with pdfium().PdfDocument(pdf) as document:
        for leaf, there in groupby(marks, lambda mark: mark.leaf):
            page = document[leaf]
            painted = page.render(scale=SCALE, grayscale=True, crop=beyond(page)).to_pil().point(SHADES)
            page.close()
            for mark in there:
                yield _cut(painted, mark.box)


def beyond(page: Any) -> tuple[float, ...]:
    """How far the sheet goes beyond the page on each side: left, bottom, right, top."""
    left, bottom, right, top = page.get_trimbox()
    sheet = page.get_cropbox()
    return left - sheet[0], bottom - sheet[1], sheet[2] - right, sheet[3] - top


def _cut(page: Image, box: Box) -> Picture:
    """The page's width around a place, and a frame about this."""
    from PIL import ImageDraw  # noqa: PLC0415  # with PDFium

    top = max(0, round((box.top - AROUND) * SCALE))
    bottom = min(page.height, round((box.bottom + AROUND) * SCALE))
    shown = page.crop((0, top, page.width, max(bottom, top + 1)))
    left, right = (box.left - GAP) * SCALE, (box.right + GAP) * SCALE
    frame = (left, (box.top - GAP) * SCALE - top, right, (box.bottom + GAP) * SCALE - top)
    ImageDraw.Draw(shown).rectangle(frame, outline=0, width=round(THICK * SCALE))
    out = BytesIO()
    shown.save(out, "PNG")
    return Picture(out.getvalue(), *shown.size)
