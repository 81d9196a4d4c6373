"""From the book to the PDF, step by step: plan, layout, proof, assembly.

Imports all parts of `pdf`, but nothing that needs WeasyPrint: a book of which nothing changed is put together
without it. A function from values to values: it opens no file but the faces'.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from octopub.diagnostics import Code, Diagnostic, complain, has_errors, in_order
from octopub.pdf import embedding
from octopub.pdf.assembly import assemble
from octopub.pdf.equipment import Kit
from octopub.pdf.layout import Layout
from octopub.pdf.parts import SCHEME
from octopub.pdf.plan import plan
from octopub.pdf.proof import prove
from octopub.pdf.resolution import LEAST_DPI, coarse_images
from octopub.pdf.room import Means, Room
from octopub.reading.source import locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octopub.faces.catalogue import Catalogue
    from octopub.model import Book
    from octopub.pdf.record import LayoutRecord


class Printed(NamedTuple):
    """What became of a book: the PDF (None where there are errors), what layout left behind (None where
    it did not come to layout), and all that there is to say about it."""

    content: bytes | None
    record: LayoutRecord | None
    diagnostics: tuple[Diagnostic, ...]


ALONE = Means()


def typeset(
    book: Book, catalogue: Catalogue, stylesheets: Mapping[str, str], means: Means = ALONE
) -> Printed:
    """Lay the book out, prove it, and put it together. Nothing is put together that is not proved. Raises
    MachineError where something of the machine is missing, or fails on the way."""
    standard: LayoutRecord | None = None
    if book.standard:
        other = replace(book, options=book.standard, standard=None)
        others, complaints = _laid_out(other, catalogue, stylesheets, means)
        standard = others and others.record
        if standard is None or has_errors(complaints):
            return Printed(None, standard, in_order(complaints))
    laid, complaints = _laid_out(book, catalogue, stylesheets, means, standard)
    if laid is None:
        return Printed(None, None, in_order(complaints))
    complaints += _coarse_images(laid.record, book)
    if has_errors(complaints):
        return Printed(None, laid.record, in_order(complaints))
    types = embedding.union(each for forme in laid.layout.formes for each in forme.types)
    with pikepdf.new() as pdf:
        content = assemble(book, laid.layout, embedding.embed(pdf, types, laid.kit, means.store), pdf)
    return Printed(content, laid.record, in_order(complaints))


class _LaidOut(NamedTuple):
    """A book that was laid out, and with what."""

    layout: Layout
    record: LayoutRecord
    kit: Kit


def _laid_out(
    book: Book,
    catalogue: Catalogue,
    stylesheets: Mapping[str, str],
    means: Means,
    standard: LayoutRecord | None = None,
) -> tuple[_LaidOut | None, list[Diagnostic]]:
    """Lay the book out and prove it; None where it does not come to that. `standard` is the record of the layout whose
    page numbers stand in the margin."""
    settled, complaints = plan(book, catalogue, stylesheets)
    if settled is None:
        return None, complaints
    kit = Kit(settled.faces, settled.code, settled.css)
    images = {SCHEME + resource.name: resource for resource in book.resources}
    with Room(kit, images, means, [unit.weight for unit in settled.units]) as room:
        layout = Layout(book, settled, room, standard)
        record, unsettled = layout.run()
    return _LaidOut(layout, record, kit), [*complaints, *unsettled, *prove(record, book)]


def _coarse_images(record: LayoutRecord, book: Book) -> Iterator[Diagnostic]:
    """Warnings for pictures with fewer than 200 pixels an inch where they stand."""
    for _, image, resource, dpi in coarse_images(record, book):
        span = locate(book.source, image.at, image.at + 2) if image.at is not None else None
        yield complain(
            Code.IMAGE_RESOLUTION, span, book.source.path, path=resource.path, dpi=dpi, limit=LEAST_DPI
        )
