"""The resolution of pictures where they are printed.

Imports `model`, `pdf.parts` and `pdf.record`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from octopub.pdf.parts import SCHEME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.model import Book, Resource
    from octopub.pdf.record import Image as Shown
    from octopub.pdf.record import LayoutRecord

LEAST_DPI = 200
"""Under so many pixels an inch a picture looks coarse in print."""

SHOP_DPI = 300
"""The same on a press, whose screens have 150 lines an inch: two pixels for each."""


class Coarse(NamedTuple):
    """A picture that looks coarse where it stands."""

    page: int
    """Index among the record's pages."""
    image: Shown
    resource: Resource
    dpi: int


def least_dpi(book: Book) -> int:
    """How many pixels an inch a picture should have: more where the book goes to a print shop."""
    is_for_shop = book.options.bleed not in (None, "0mm") or "x-4" in (book.options.standard or "")
    return SHOP_DPI if is_for_shop else LEAST_DPI


def in_cmyk(record: LayoutRecord, book: Book) -> Iterator[int]:
    """Where in the manuscript the pictures stand that are in CMYK."""
    named = {SCHEME + each.name for each in book.resources if each.media_type == "image/jpeg" and _mode(each) == "CMYK"}
    images = (image for page in record.pages for image in page.images)
    return (image.at for image in images if image.name in named and image.at is not None)


def _mode(resource: Resource) -> str:
    with Image.open(io.BytesIO(resource.read())) as opened:
        return opened.mode


def coarse_images(record: LayoutRecord, book: Book) -> Iterator[Coarse]:
    """The pictures with fewer pixels an inch than they should have; drawings have none."""
    least = least_dpi(book)
    by_name = {SCHEME + resource.name: resource for resource in book.resources}
    for index, image in ((index, image) for index, page in enumerate(record.pages) for image in page.images):
        resource = by_name.get(image.name)
        if resource is None or resource.media_type == "image/svg+xml" or not image.width:
            continue
        # A picture keeps its shape, so that in a box of another shape one of its sides tells its size.
        dpi = round(72 * max(resource.width / image.width, resource.height / image.height))
        if dpi < least:
            yield Coarse(index, image, resource, dpi)
