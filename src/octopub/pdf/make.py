"""From the book to the PDF, step by step.

Imports all parts of `pdf`. A function from values to values: it opens no file but the faces'.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from octopub.diagnostics import Code, Diagnostic, has_errors, in_order
from octopub.diagnostics import complain
from octopub.faces.choice import choose
from octopub.markup.styles import PaperTooSmallError, font_family, geometry, image_sizes, print_stylesheet
from octopub.markup.words import join_names
from octopub.markup.words import lookup as words_of
from octopub.model import NotesPlace
from octopub.paper import A5, parse
from octopub.pdf import assembly, glyphs
from octopub.pdf.engine import SCHEME, Engine
from octopub.pdf.fontset import FontSet
from octopub.pdf.heads import running_heads
from octopub.pdf.layout import Layout, units
from octopub.pdf.proof import prove
from octopub.reading.source import locate

if TYPE_CHECKING:
    from octopub.faces.catalogue import Catalogue
    from octopub.faces.choice import FaceSet
    from octopub.markup.styles import Geometry
    from octopub.model import Book
    from octopub.paper import Paper
    from octopub.pdf.record import LayoutRecord

Stylesheets = Mapping[str, str]

LEAST_DPI = 200
"""Under so many pixels an inch a picture looks coarse in print."""


def make(
    book: Book, catalogue: Catalogue, stylesheets: Stylesheets
) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The PDF's bytes and what there is to say about it; None where there are errors."""
    faces, found = choose(
        book.options.fonts, book.metadata.lang, catalogue, span=book.spans.get("octopub.fonts"), path=book.source.path
    )
    complaints = list(found)
    missing, named = glyphs.judge(book, faces)
    complaints += missing
    try:
        paper = parse(book.options.paper) if book.options.paper else A5
        page = geometry(paper, overrides=stylesheets)
    except (PaperTooSmallError, ValueError) as error:
        complaints.append(_bad_paper(book, error))
        return None, in_order(complaints)
    if has_errors(complaints):
        return None, in_order(complaints)
    record, pdf, more = _lay_out(book, faces, stylesheets, paper, page, named)
    complaints += more
    if record is not None:
        complaints += prove(record, book)
        complaints += _coarse_images(record, book)
    return (None if has_errors(complaints) else pdf), in_order(complaints)


def _lay_out(
    book: Book, faces: FaceSet, stylesheets: Stylesheets, paper: Paper, page: Geometry, named: Mapping[int, str]
) -> tuple[LayoutRecord | None, bytes | None, list[Diagnostic]]:
    """Layout, and the file that comes of it."""
    heads, complaints = running_heads(book, faces.text.face(), page.text_size, page.running_head)
    tokens = {"face-text": font_family(family.name for family in faces.for_text)}
    tokens["face-code"] = font_family((family.name for family in faces.for_code), "monospace")
    css = print_stylesheet(paper, overrides=stylesheets, tokens=tokens)
    css += image_sizes({SCHEME + each.name: (each.width, each.height) for each in book.resources}, page)
    everything = "".join(text.content for text in glyphs.texts(book))
    code = "".join(text.content for text in glyphs.texts(book) if text.is_code)
    with FontSet(faces.faces(everything, code), faces.code.name) as fonts:
        engine = Engine(css, fonts, book.resources, book.metadata)
        blank = engine.lay_out([], "", direction=book.direction, css_class="blank")
        layout = Layout(book, engine, units(book, heads, _production(book, faces, paper)), blank, named)
        record, unsettled = layout.run()
        if unsettled:
            return None, None, [*complaints, *unsettled]
        pdf = engine.write([laid.document for laid in layout.laid], layout.blanks())
    calls = {call for note in book.notes for call in note.calls[:1]}
    return record, assembly.finish(pdf, book, calls), complaints


def _production(book: Book, faces: FaceSet, paper: Paper) -> list[str]:
    """The colophon's lines about the printing."""
    words = words_of(book.metadata.lang)
    return [
        words.set_in.format(faces=join_names((faces.text.name,), words)),
        words.paper.format(paper=paper.name),
    ]


def _bad_paper(book: Book, error: ValueError) -> Diagnostic:
    span = book.spans.get("octopub.paper")
    if isinstance(error, PaperTooSmallError):
        return complain(Code.PAPER_TOO_SMALL, span, book.source.path, reason=error)
    return complain(
        Code.VALUE_INVALID, span, book.source.path, value=book.options.paper, key="paper", reason=error,
        expected="a name such as A5 or letter, or its sides such as 148x210mm",
    )  # fmt: skip


def _coarse_images(record: LayoutRecord, book: Book) -> list[Diagnostic]:
    """Warnings for pictures with fewer than 200 pixels an inch where they stand."""
    by_name = {SCHEME + resource.name: resource for resource in book.resources}
    found = []
    for page in record.pages:
        for image in page.images:
            resource = by_name.get(image.name)
            if resource is None or resource.media_type == "image/svg+xml" or not image.width:
                continue
            scale = min(image.width / resource.width, image.height / resource.height)
            dpi = round(72 / scale)
            if dpi < LEAST_DPI:
                span = locate(book.source, image.at, image.at + 2) if image.at is not None else None
                found.append(
                    complain(Code.IMAGE_RESOLUTION, span, book.source.path, path=resource.path, dpi=dpi, limit=LEAST_DPI)
                )
    return found


__all__ = ["LEAST_DPI", "NotesPlace", "Stylesheets", "make"]
