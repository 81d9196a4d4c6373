r"""octopub: one Markdown manuscript becomes an EPUB for the e-reader and a PDF for the printer.

Two functions do the work:

>>> from pathlib import Path
>>> import octopub
>>> epub = octopub.build_epub("# A Title\n\nA text.[^1]\n\n[^1]: And its note.\n")
>>> epub[:2]
b'PK'

`build_pdf` gives the PDF, and `impose` puts the pages of one on sheets. A `str` is the manuscript's text, a `Path`
its file. All raise one exception, `BuildError`, whose `diagnostics` is the list that the command would have printed.

They may be called by many threads at once, and inside one another; what they give is the same, and the process is
afterwards as it was. One thread at a time sets pages, unless chapters go to processes of their own (`workers`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from octopub.diagnostics import BuildError, Diagnostic, MachineError, Severity, Span, has_errors

if TYPE_CHECKING:
    from pathlib import Path

    from octopub.building import Loaded, Outcome
    from octopub.importing.manuscript import Imported

__version__ = "0.1.0"

__all__ = [
    "BuildError",
    "Diagnostic",
    "MachineError",
    "Severity",
    "Span",
    "build_epub",
    "build_pdf",
    "import_manuscript",
    "impose",
]


def build_epub(
    source: str | Path,
    *,
    base: Path | None = None,
    kind: str | None = None,
    notes: str | None = None,
    pages: str | bytes | None = None,
    source_date_epoch: int | None = None,
    untrusted: bool = False,
) -> bytes:
    """The EPUB of a manuscript.

    `source` is its text (`str`) or its file (`Path`); `base` is the project folder of a text, without
    which it has no images. `kind` (`book`, `essay`, `handout`) and `notes` (`chapter`, `book`) win over
    the front matter. With `pages` it tells where the pages of a printed edition begin: of one on this paper
    (`str`, as `build_pdf` takes it), or of the PDF that `build_pdf` gave (`bytes`). `source_date_epoch` (seconds
    since 1970) is the date that is stamped into the file; without it, `SOURCE_DATE_EPOCH` of the environment is,
    where that is set. Of an `untrusted` text less is taken, and of its project nothing but pictures below its own
    folder; time and memory are bounded by the command alone (`octopub epub --untrusted`).

    Raises BuildError where the text is at fault, OSError where the file cannot be read; for pages on a paper also
    MachineError, where Pango is missing.
    """
    from octopub import building  # noqa: PLC0415  # a command that builds nothing should start at once

    loaded = _load(source, base, source_date_epoch, untrusted, kind=kind, notes_epub=notes)
    edition, found = building.pages_of(loaded, pages) if pages else (None, ())
    if has_errors(found):
        raise BuildError((*loaded.diagnostics, *found))
    return _content(loaded, building.epub(loaded, edition))


def build_pdf(  # noqa: PLR0913  # each is an option of the command
    source: str | Path,
    *,
    base: Path | None = None,
    kind: str | None = None,
    notes: str | None = None,
    paper: str | None = None,
    source_date_epoch: int | None = None,
    workers: int | None = None,
    cache: Path | None = None,
    untrusted: bool = False,
) -> bytes:
    """The PDF of a manuscript.

    As `build_epub`; `notes` is `page`, `chapter` or `book`, `paper` a name (`A5`, `letter`) or two sides
    (`148x210mm`). A book's chapters are laid out in as many processes as `workers` says (without it, in as many as
    there are cores), and kept in the folder `cache`, if one is given: they make no difference to the bytes. Raises
    MachineError as well, where Pango is missing or a process dies.
    """
    from octopub import building  # noqa: PLC0415  # a command that builds nothing should start at once
    from octopub.pdf.room import Means, cores  # noqa: PLC0415  # as above
    from octopub.pdf.store import Store  # noqa: PLC0415  # as above

    loaded = _load(source, base, source_date_epoch, untrusted, kind=kind, notes_pdf=notes, paper=paper)
    return _content(loaded, building.pdf(loaded, Means(workers or cores(), Store(cache) if cache else None)))


def impose(
    pdf: bytes,
    mode: str,
    *,
    sheet: str | None = None,
    signature_sheets: int = 4,
    flip: str | None = None,
    paper_thickness: float = 0.0,
    marks: bool = False,
) -> bytes:
    """The pages of a PDF, by any program, on sheets to print, fold and cut.

    `mode` is `booklet`, `signatures`, `2up`, `4up`, `8up`, `repeat2`, `repeat4`, `zine` or `cut-stack`; `sheet` a paper
    as `build_pdf` takes it (without it A4, or Letter where that is usual); `flip` the edge about which the printer
    turns the sheet, `long` or `short`. `paper_thickness` (mm) is how far the pages of a booklet that is trimmed move
    towards the fold, for each sheet around them.

    Raises BuildError where these pages cannot stand on such sheets, ValueError for a word that is none of those.
    """
    from octopub.imposing.impose import Job  # noqa: PLC0415  # pikepdf
    from octopub.imposing.impose import impose as put_on_sheets  # noqa: PLC0415  # as above
    from octopub.imposing.scheme import Flip  # noqa: PLC0415  # as above
    from octopub.model import Imposition  # noqa: PLC0415  # as above
    from octopub.paper import parse  # noqa: PLC0415  # as above

    job = Job(
        Imposition(mode),
        parse(sheet) if sheet else None,
        signature_sheets,
        Flip(flip) if flip else None,
        trim=paper_thickness > 0,
        thickness_mm=paper_thickness,
        marks=marks,
    )
    imposed = put_on_sheets(pdf, job, "<pdf>", "untitled")
    if not imposed.files:
        raise BuildError(imposed.diagnostics)
    return imposed.files[0][1]


def _load(source: str | Path, base: Path | None, epoch: int | None, untrusted: bool, **options: Any) -> Loaded:
    from octopub import building  # noqa: PLC0415  # as above

    stamp = building.epoch(os.environ) if epoch is None else epoch
    return building.load(source, base=base, epoch=stamp, options=building.options(options), untrusted=untrusted)


def _content(loaded: Loaded, outcome: Outcome) -> bytes:
    content = outcome.content
    if content is None:
        raise BuildError((*loaded.diagnostics, *outcome.diagnostics))
    return content


def import_manuscript(
    source: str | bytes | Path,
    *,
    kind: str | None = None,
    name: str | None = None,
    encoding: str | None = None,
    keep_unmatched: bool = False,
    untrusted: bool = False,
) -> Imported:
    """The manuscript that a plain text, a saved web page, or a Word, OpenDocument or EPUB file becomes: its
    `text`, its images (`resources`, by the paths that the text names) and the `report`.

    A `Path` is the source's file, `bytes` its content, a `str` a plain text. `kind` is the ending its name would
    have (`txt`, `html`, `docx`, `odt`, `epub`), `name` what complaints call it, `encoding` that of a text. With
    `keep_unmatched`, calls and notes that do not match stay as text. Of an `untrusted` source less is taken.

    Raises BuildError where it is none of these, where its notes do not match, or where words would be lost.
    """
    from octopub.importing import manuscript  # noqa: PLC0415  # readers for five kinds of file

    return manuscript.import_manuscript(
        source, kind=kind, name=name, encoding=encoding, keep_unmatched=keep_unmatched, untrusted=untrusted
    )
