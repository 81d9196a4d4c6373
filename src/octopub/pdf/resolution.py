"""The resolution of pictures where they are printed.

Imports `model`, `pdf.parts` and `pdf.record`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from octopub.pdf.parts import SCHEME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.model import Book, Resource
    from octopub.pdf.record import Image, LayoutRecord

LEAST_DPI = 200
"""Under so many pixels an inch a picture looks coarse in print."""


class Coarse(NamedTuple):
    """A picture that looks coarse where it stands."""

    page: int
    """Index among the record's pages."""
    image: Image
    resource: Resource
    dpi: int


def coarse_images(record: LayoutRecord, book: Book) -> Iterator[Coarse]:
    """The pictures with fewer than 200 pixels an inch; drawings have none."""
    by_name = {SCHEME + resource.name: resource for resource in book.resources}
    for index, image in ((index, image) for index, page in enumerate(record.pages) for image in page.images):
        resource = by_name.get(image.name)
        if resource is None or resource.media_type == "image/svg+xml" or not image.width:
            continue
        # A picture keeps its shape, so that in a box of another shape one of its sides tells its size.
        dpi = round(72 * max(resource.width / image.width, resource.height / image.height))
        if dpi < LEAST_DPI:
            yield Coarse(index, image, resource, dpi)
