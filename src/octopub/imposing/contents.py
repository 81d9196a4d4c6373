"""What stands on the pages of a PDF of which nothing is known: how large its type is, and how near the edge it goes.

Imports the judging's values, and PDFium (`pypdfium2`, an extra) where it is installed.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from math import hypot
from typing import TYPE_CHECKING, Any

from octopub.imposing.judging import Content

if TYPE_CHECKING:
    from octopub.imposing.judging import Box

PAPER = 250
"""What is lighter is the paper's white, of 255."""


def look(pdf: bytes) -> Content | None:
    """What can be seen of the pages; None where PDFium is missing or cannot open them."""
    try:
        import pypdfium2  # noqa: PLC0415  # an extra
    except ImportError:
        return None
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            sizes: Counter[float] = Counter()
            boxes = []
            for index in range(len(document)):
                with closing(document[index]) as page:
                    boxes.append(_ink(page))
                    sizes += _type_sizes(page, pypdfium2.raw.FPDF_PAGEOBJ_TEXT)
    except pypdfium2.PdfiumError:
        return None
    return Content(_median(sizes), boxes)


def _ink(page: Any) -> Box | None:
    """The box around all that is not white, from the page's lower left corner, in points; None on a blank page, and on
    one that is cut: there the print reaches the edge as it should."""
    if page.get_trimbox() != page.get_cropbox():
        return None
    painted = page.render(scale=1, grayscale=True).to_pil()
    found = painted.point([255 * (shade < PAPER) for shade in range(256)]).getbbox()
    if found is None:
        return None
    left, top, right, bottom = found
    return left, painted.height - bottom, right, painted.height - top


def _type_sizes(page: Any, text: int) -> Counter[float]:
    """How many letters there are of each size, in points."""
    sizes: Counter[float] = Counter()
    with closing(page.get_textpage()) as letters:
        for each in page.get_objects(filter=[text], textpage=letters):
            matrix = each.get_matrix()
            sizes[round(each.get_font_size() * hypot(matrix.c, matrix.d), 1)] += len(each.extract().strip())
    return sizes


def _median(sizes: Counter[float]) -> float | None:
    """The size that half of the letters have at the least; None where there are none."""
    left = sizes.total() / 2
    for size, count in sorted(sizes.items()):
        left -= count
        if left <= 0 < count:
            return size
    return None
