"""From the book to the PDF, step by step: plan, layout, proof, assembly.

Imports all parts of `pdf`, but nothing that needs WeasyPrint: a book of which nothing changed is put together
without it. A function from values to values: it opens no file but the faces'.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from octopub.diagnostics import Code, Diagnostic, complain, has_errors, in_order
from octopub.imposing.order import FOLDED
from octopub.imposing.scheme import MM
from octopub.pdf import embedding
from octopub.pdf.assembly import Finish, assemble, assemble_sheet
from octopub.pdf.colours import has_cmyk, profile_of
from octopub.pdf.equipment import Kit
from octopub.pdf.extent import too_large
from octopub.pdf.layout import Layout
from octopub.pdf.pagination import keep, pagination
from octopub.pdf.parts import SCHEME
from octopub.pdf.plan import plan
from octopub.pdf.proof import prove
from octopub.pdf.resolution import coarse_images, in_cmyk, least_dpi
from octopub.pdf.room import Means, Room, Stage
from octopub.reading.source import locate
from octopub.standards.table import USUAL, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from octopub.faces.catalogue import Catalogue
    from octopub.model import Book, Options, Pagination
    from octopub.pdf.forme import Forme
    from octopub.pdf.record import LayoutRecord


class Sheet(NamedTuple):
    """A cover that is a sheet of its own: the file, and its measures."""

    content: bytes
    width_mm: float
    height_mm: float
    spine_mm: float


class Printed(NamedTuple):
    """What became of a book: the PDF (None where there are errors, or nobody asked for it), what layout left behind
    (None where it did not come to layout), and all that there is to say about it."""

    content: bytes | None
    record: LayoutRecord | None
    diagnostics: tuple[Diagnostic, ...]
    covered: bytes | None = None
    """The same with a cover around it, where that was asked for."""
    sheet: Sheet | None = None
    """The cover as a sheet of its own, where that was asked for."""
    pages: Pagination | None = None
    """Where its pages begin, or in large print those of the others' copies; None where there are errors."""


class Covers(NamedTuple):
    """What is to be made of a book: the PDF without a cover, the same with one around it, and a cover on a sheet of its
    own, to whose spine each leaf of the book adds so many millimetres."""

    bare: bool = True
    around: bool = False
    leaf_mm: float | None = None
    marks: bool = False
    """Whether that sheet has crop marks."""


ALONE = Means()
BARE = Covers()


def typeset(
    book: Book,
    catalogue: Catalogue,
    stylesheets: Mapping[str, str],
    means: Means = ALONE,
    covers: Covers = BARE,
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
    laid, complaints = _laid_out(book, catalogue, stylesheets, means, standard, covers)
    if laid is None:
        return Printed(None, None, in_order(complaints))
    complaints += _coarse_images(laid.record, book)
    wanted = _finish(book)
    if isinstance(wanted, Diagnostic):
        complaints.append(wanted)
    elif wanted.profile and wanted.profile.space != "CMYK" and any(has_cmyk(forme.pdf) for forme in laid.formes):
        complaints.append(_cmyk(laid.record, book, wanted))
    if has_errors(complaints) or isinstance(wanted, Diagnostic):
        return Printed(None, laid.record, in_order(complaints))
    means.tell(Stage("putting together"))
    pages = pagination(standard or laid.record, book)
    press = _Press(book, laid.layout, laid.kit, means, pages, wanted)
    return Printed(
        press.printed(None) if covers.bare else None,
        laid.record,
        in_order(complaints),
        press.printed(laid.around) if laid.around else None,
        laid.sheet and press.sheet(*laid.sheet, marks=covers.marks),
        pages,
    )


def pages_of(
    book: Book, catalogue: Catalogue, stylesheets: Mapping[str, str], means: Means = ALONE
) -> tuple[Pagination | None, tuple[Diagnostic, ...]]:
    """Lay the book out and prove it, for nothing but to know its pages; None where there are errors."""
    laid, complaints = _laid_out(book, catalogue, stylesheets, means)
    found = None if laid is None or has_errors(complaints) else pagination(laid.record, book)
    return found, in_order(complaints)


class _LaidOut(NamedTuple):
    """A book that was laid out, and with what."""

    layout: Layout
    record: LayoutRecord
    kit: Kit
    around: Forme | None = None
    """A cover around its pages."""
    sheet: tuple[Forme, float] | None = None
    """A cover on a sheet, and the width of its spine in millimetres."""

    @property
    def formes(self) -> Iterator[Forme]:
        """All that was set."""
        yield from self.layout.formes
        yield from filter(None, (self.around, self.sheet and self.sheet[0]))


def _laid_out(
    book: Book,
    catalogue: Catalogue,
    stylesheets: Mapping[str, str],
    means: Means,
    standard: LayoutRecord | None = None,
    covers: Covers = BARE,
) -> tuple[_LaidOut | None, list[Diagnostic]]:
    """Lay the book out and prove it; None where it does not come to that. `standard` is the record of the layout whose
    page numbers stand in the margin."""
    if refused := too_large(book):
        return None, refused
    settled, complaints = plan(book, catalogue, stylesheets)
    if settled is None:
        return None, complaints
    kit = Kit(settled.faces, settled.code, settled.css)
    images = {SCHEME + resource.name: resource for resource in book.resources}
    with Room(kit, images, means, [unit.weight for unit in settled.units]) as room:
        layout = Layout(book, settled, room, standard)
        record, unsettled = layout.run()
        means.tell(Stage("proof"))
        complaints = [*complaints, *unsettled, *prove(record, book)]
        laid = _LaidOut(layout, record, kit)
        if has_errors(complaints):
            return laid, complaints
        around, sheet, found = _set_covers(layout, covers)
    return laid._replace(around=around, sheet=sheet), [*complaints, *found]


def _set_covers(
    layout: Layout, covers: Covers
) -> tuple[Forme | None, tuple[Forme, float] | None, Iterable[Diagnostic]]:
    """The cover around the pages, the one on a sheet with the width of its spine (mm), as far as they are wanted; and
    what there is to say of them."""
    if not covers.around and covers.leaf_mm is None:
        return None, None, ()
    from octopub.pdf.cover import Covering  # noqa: PLC0415  # segno, which other books do without

    layout.room.tell(Stage("cover"))
    covering = Covering(layout.book, layout.plan, layout.room, layout.setting)
    around = covering.around() if covers.around else None
    found = dict.fromkeys(around.complaints if around else ())
    if covers.leaf_mm is None:
        return around and around.forme, None, found
    last = layout.laid[-1]
    pages = last.start - 1 + len(last.pages)
    spine_mm = leaves(pages, layout.book.options) * covers.leaf_mm
    sheet = covering.sheet(spine_mm)
    return around and around.forme, (sheet.forme, spine_mm), found | dict.fromkeys(sheet.complaints)


def leaves(pages: int, options: Options) -> int:
    """How many leaves so many pages are: of folded sheets, two each."""
    if options.impose in FOLDED:
        return 2 * -(-pages // 4)
    return pages if options.one_sided else -(-pages // 2)


class _Press(NamedTuple):
    """What the files of a book are put together with."""

    book: Book
    layout: Layout
    kit: Kit
    means: Means
    pages: Pagination
    wanted: Finish

    def printed(self, cover: Forme | None) -> bytes:
        """The book, with this cover around it."""
        with pikepdf.new() as pdf:
            keep(pdf, self.pages, self.book)
            faces = self._faces(pdf, [*self.layout.formes, *([cover] if cover else [])])
            return assemble(self.book, self.layout, faces, pdf, self.wanted, cover)

    def sheet(self, forme: Forme, spine_mm: float, *, marks: bool) -> Sheet:
        """A cover alone."""
        page = forme.pages[0]
        book = replace(self.book, options=replace(self.book.options, marks=marks))
        with pikepdf.new() as pdf:
            faces = self._faces(pdf, [forme])
            content = assemble_sheet(book, self.layout, faces, pdf, self.wanted, forme)
        return Sheet(content, page.width / MM, page.height / MM, spine_mm)

    def _faces(self, pdf: pikepdf.Pdf, formes: Iterable[Forme]) -> Mapping[str, Any]:
        types = embedding.union(each for forme in formes for each in forme.types)
        return embedding.embed(pdf, types, self.kit, self.means.store)


def _finish(book: Book) -> Finish | Diagnostic:
    """The standards that the file is to keep, and its profile; or the complaint that these do not do."""
    try:
        claims = parse(book.options.standard) if book.options.standard else USUAL
        return Finish(claims, profile_of(claims, book.output_profile))
    except ValueError as reason:
        span = book.spans.get("octopub.output-profile", book.spans.get("octopub.standard"))
        return complain(Code.PROFILE_UNFIT, span, book.source.path, reason=reason)


def _cmyk(record: LayoutRecord, book: Book, wanted: Finish) -> Diagnostic:
    """The complaint that something is in CMYK, with the place of the first such picture, if it is one."""
    at = next(in_cmyk(record, book), None)
    span = None if at is None else locate(book.source, at, at + 2)
    assert wanted.profile
    fields = {"standard": wanted.claims.label, "profile": wanted.profile.name}
    return complain(Code.COLOUR_UNFIT, span, book.source.path, **fields)


def _coarse_images(record: LayoutRecord, book: Book) -> Iterator[Diagnostic]:
    """Warnings for pictures with too few pixels an inch where they stand."""
    for _, image, resource, dpi in coarse_images(record, book):
        span = locate(book.source, image.at, image.at + 2) if image.at is not None else None
        yield complain(
            Code.IMAGE_RESOLUTION, span, book.source.path, path=resource.path, dpi=dpi, limit=least_dpi(book)
        )
