"""Imposing: from a PDF and a job to the files that are printed, with all that there is to say about them.

Imports `diagnostics`, `paper`, and its neighbours in `imposing`. A function from values to values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.imposing import sheets
from octopub.imposing.drawing import both, draw
from octopub.imposing.judging import judge
from octopub.imposing.order import ZINE_PAGES
from octopub.imposing.placing import NoRoomForMarksError, SheetTooSmallError, Wishes, place
from octopub.imposing.scheme import MM
from octopub.imposing.source import Source, UnfitError, in_mm
from octopub.model import Imposition
from octopub.standards.table import NONE

if TYPE_CHECKING:
    from octopub.imposing.judging import Content
    from octopub.imposing.scheme import Flip, Scheme
    from octopub.paper import Paper
    from octopub.standards.table import Claims

SIGNATURE_SHEETS = 4
THICKNESS_MM = 0.1
"""Of a sheet of office paper (80 g/m²)."""


class Backs(StrEnum):
    """How the backs of sheets that are printed by hand go with their fronts."""

    SAME = "same"
    """In the order of the fronts, with the same head."""
    REVERSED = "reversed"
    """The last sheet's first."""
    ROTATED = "rotated"
    """Upside down."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be printed, and how."""

    mode: Imposition
    sheet: Paper | None = None
    """None is the one that offices have."""
    signature_sheets: int = SIGNATURE_SHEETS
    flip: Flip | None = None
    trim: bool = False
    """Whether the booklet is trimmed after folding, so that its pages have to creep."""
    thickness_mm: float = THICKNESS_MM
    marks: bool = False
    claims: Claims = NONE
    """The standards that the file is to keep: those that the pages of its source keep already."""
    copies: int = 1
    backs: frozenset[Backs] | None = None
    """None for a printer that prints both sides; otherwise fronts and backs are files of their own."""


class Imposed(NamedTuple):
    """What became of a PDF: its files, each with what its name ends in (`""`, `-fronts`, `-backs`); none where there
    are errors. `summary` is what the printing person has to know, in a line."""

    files: tuple[tuple[str, bytes], ...]
    summary: str
    diagnostics: tuple[Diagnostic, ...]
    scheme: Scheme | None = None


def impose(pdf: bytes, job: Job, path: str, name: str, content: Content | None = None) -> Imposed:
    """Put the pages of a PDF on sheets. `path` is what complaints call it, `name` its title where it has none;
    `content` is what is known of its text."""
    try:
        source = Source(pdf, path)
        with source.pdf:
            return _imposed(source, job, path, name, content)
    except UnfitError as error:
        return Imposed((), "", (error.complaint,))
    except pikepdf.PdfError:
        reason = {"reason": "a page of it is broken", "remedy": "save it anew"}
        return Imposed((), "", (complain(Code.PDF_UNREADABLE, None, path, **reason),))


def _imposed(source: Source, job: Job, path: str, name: str, content: Content | None) -> Imposed:
    sheet = job.sheet or sheets.usual_sheet(source.lang, (source.size[0] / MM, source.size[1] / MM))
    scheme = _scheme(source, job, sheet, path)
    source.flatten()
    files = _files(source, scheme, job, name)
    found = tuple(judge(scheme, job.mode, content, path))
    return Imposed(files, _summary(len(source.views), scheme, job, sheet), found, scheme)


def _scheme(source: Source, job: Job, sheet: Paper, path: str) -> Scheme:
    """The sheets. Raises UnfitError where there cannot be any."""
    count = len(source.views)
    if job.mode is Imposition.ZINE and count > ZINE_PAGES:
        raise UnfitError(complain(Code.ZINE_TOO_LONG, None, path, pages=count))
    wishes = Wishes(
        job.mode,
        flip=job.flip,
        binds_right=source.binds_right,
        signature=job.signature_sheets,
        creep=job.thickness_mm * MM if job.trim else 0.0,
        marks=job.marks,
        bleed=max(side for view in source.views for side in view.bleed),
        behind=source.behind,
    )
    try:
        return place(count, source.size, (sheet.width_mm * MM, sheet.height_mm * MM), wishes)
    except SheetTooSmallError:
        page = in_mm(source.size)
        complaint = complain(Code.SHEET_TOO_SMALL, None, path, page=page, sheet=sheet.name)
    except NoRoomForMarksError as error:
        smallest = sheets.smallest(error.sides[0] / MM, error.sides[1] / MM)
        complaint = complain(Code.MARKS_NO_ROOM, None, path, sheet=sheet.name, smallest=smallest)
    raise UnfitError(complaint)


def _files(source: Source, scheme: Scheme, job: Job, name: str) -> tuple[tuple[str, bytes], ...]:
    if job.backs is None or not scheme.is_two_sided:
        sides = both(scheme)
        return (("", draw(source, scheme, sides, name, claims=job.claims, both_sides=scheme.is_two_sided)),)
    fronts = [sheet.front for sheet in scheme.sheets]
    backs = [sheet.back for sheet in scheme.sheets]
    if Backs.ROTATED in job.backs:
        backs = [side.turned(scheme.width, scheme.height) for side in backs]
    if Backs.REVERSED in job.backs:
        backs.reverse()
    return (
        ("-fronts", draw(source, scheme, fronts, name, claims=job.claims, both_sides=False)),
        ("-backs", draw(source, scheme, backs, name, claims=job.claims, both_sides=False)),
    )


# -- in words ----------------------------------------------------------------------------------------


def _summary(pages: int, scheme: Scheme, job: Job, sheet: Paper) -> str:
    """`12 pages on 3 sheets A4 a copy: both sides, flip on short edge, …`."""
    number = len(scheme.sheets)
    reduced = "" if scheme.scale == 1 else f", reduced to {100 * scheme.scale:.3g} %,"
    copies = f" (--copies {job.copies}: {_counted(number * job.copies, 'sheet')})" if job.copies > 1 else ""
    return (
        f"{_counted(pages, 'page')}{reduced} on {_counted(number, 'sheet')} {sheet.name} a copy{copies}: "
        f"{_way(scheme, job)}, actual size, the printer's own booklet mode off"
    )


def _way(scheme: Scheme, job: Job) -> str:
    if not scheme.is_two_sided:
        return "one side"
    if job.backs is not None:
        return "the fronts, one side, then the backs on the same sheets"
    return f"both sides, flip on {scheme.flip} edge"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" + "s" * (number != 1)
