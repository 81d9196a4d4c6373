"""From the book to the PDF, step by step: plan, layout, proof, writing, assembly.

Imports all parts of `pdf`. A function from values to values: it opens no file but the faces'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from octopub.pdf.fontset import FontSet  # before all else of WeasyPrint's: it keeps its import quiet

# isort: split
from octopub.diagnostics import Code, Diagnostic, complain, has_errors, in_order
from octopub.pdf import assembly
from octopub.pdf.engine import Engine
from octopub.pdf.layout import Layout
from octopub.pdf.parts import SCHEME
from octopub.pdf.plan import plan
from octopub.pdf.proof import prove
from octopub.reading.source import locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octopub.faces.catalogue import Catalogue
    from octopub.model import Book
    from octopub.pdf.record import LayoutRecord

LEAST_DPI = 200
"""Under so many pixels an inch a picture looks coarse in print."""


class Printed(NamedTuple):
    """What became of a book: the PDF (None where there are errors), what layout left behind (None where
    it did not come to layout), and all that there is to say about it."""

    content: bytes | None
    record: LayoutRecord | None
    diagnostics: tuple[Diagnostic, ...]


def make(
    book: Book, catalogue: Catalogue, stylesheets: Mapping[str, str]
) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The PDF's bytes and what there is to say about it; None where there are errors."""
    printed = typeset(book, catalogue, stylesheets)
    return printed.content, printed.diagnostics


def typeset(book: Book, catalogue: Catalogue, stylesheets: Mapping[str, str]) -> Printed:
    """Lay the book out, prove it, and write it. Nothing is written that is not proved."""
    settled, complaints = plan(book, catalogue, stylesheets)
    if settled is None:
        return Printed(None, None, in_order(complaints))
    with FontSet(settled.faces, settled.code) as fonts:
        engine = Engine(settled.css, fonts, book.resources, book.metadata)
        layout = Layout(book, engine, settled)
        record, unsettled = layout.run()
        complaints = [*complaints, *unsettled, *prove(record, book), *_coarse_images(record, book)]
        if has_errors(complaints):
            return Printed(None, record, in_order(complaints))
        written, traces = layout.write()
    roots = [laid.root for laid in layout.laid]
    return Printed(assembly.finish(written, book, roots, traces), record, in_order(complaints))


def _coarse_images(record: LayoutRecord, book: Book) -> Iterator[Diagnostic]:
    """Warnings for pictures with fewer than 200 pixels an inch where they stand."""
    by_name = {SCHEME + resource.name: resource for resource in book.resources}
    for image in (image for page in record.pages for image in page.images):
        resource = by_name.get(image.name)
        if resource is None or resource.media_type == "image/svg+xml" or not image.width:
            continue
        # A picture keeps its shape, so that in a box of another shape one of its sides tells its size.
        dpi = round(72 * max(resource.width / image.width, resource.height / image.height))
        if dpi < LEAST_DPI:
            span = locate(book.source, image.at, image.at + 2) if image.at is not None else None
            yield complain(
                Code.IMAGE_RESOLUTION, span, book.source.path, path=resource.path, dpi=dpi, limit=LEAST_DPI
            )
