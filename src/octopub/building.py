"""Building: from a manuscript to its outputs' bytes, with all that there is to say about them.

Imports the parts that do the work, each only when it is needed: an EPUB is made without a line of `pdf`.
It writes nothing and prints nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from octopub.covers.composing import LEAST_SPINE_MM
from octopub.diagnostics import Code, MachineError, Severity, complain, has_errors, in_order
from octopub.faces.catalogue import open_catalogue
from octopub.markup import styles
from octopub.markup.editions import office_only, tokens_of
from octopub.markup.styles import geometry
from octopub.model import Cover, Imposition, Kind, LineNumbers, NotesPlace
from octopub.paper import A5, bleed, parse
from octopub.reading import project as projects
from octopub.reading.book import Surroundings, read
from octopub.reading.limits import STRICT, USUAL
from octopub.reading.project import Project
from octopub.reading.source import decode, from_text
from octopub.standards import table as standards

COVER_PAGES = 2
"""So many pages of a cover stand before the book's own, and as many behind them."""

LAST_SECOND = 253_402_300_800
"""The first second of the year 10000, which no date in a file can name."""

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import IO

    from octopub.diagnostics import Diagnostic
    from octopub.epub.places import Places
    from octopub.imposing.impose import Job
    from octopub.imposing.judging import Content
    from octopub.model import Book, Options, Pagination, Source
    from octopub.pdf.make import Sheet
    from octopub.pdf.record import LayoutRecord, Page
    from octopub.pdf.room import Means

    Write = Callable[[IO[bytes]], object]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A manuscript, read: its book (None where there are errors), its project and its complaints."""

    book: Book | None
    project: Project
    stylesheets: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    source: Source | None = None
    """Its text, errors or not; None where it could not be decoded."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build gave: what writes it into a file that can be rewound, or None where there are errors; and
    the complaints of making it."""

    write: Write | None
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    pages: int = 0
    """Of a PDF that is to be read."""
    record: LayoutRecord | None = None
    """Where everything stands on them."""
    before: int = 0
    """So many pages of a cover stand before these."""
    covered: bytes | None = None
    """The same PDF with a cover around it, where that is to be imposed."""
    cover: Sheet | None = None
    """A cover for it on a sheet of its own."""
    pagination: Pagination | None = None
    """Where its pages begin in the text."""
    note: str = ""
    """What has to be known to print it, in a line."""

    @property
    def content(self) -> bytes | None:
        """All its bytes, where there are any."""
        if self.write is None:
            return None
        out = BytesIO()
        self.write(out)
        return out.getvalue()


def load(
    source: str | bytes | Path,
    *,
    name: str | None = None,
    base: Path | None = None,
    unsaved: Path | None = None,
    epoch: int | None = None,
    options: Mapping[str, Any] | None = None,
    untrusted: bool = False,
) -> Loaded:
    """Read a manuscript: a Path is its file, a `str` its text, `bytes` a file's content.

    `name` is what complaints call it. `base` is the project folder of a text that came from no file; `unsaved` the
    file that a text will be in when it is saved. `epoch` is `SOURCE_DATE_EPOCH`; `options` are fields of
    `model.Options` that win over the front matter. Of an `untrusted` one less is taken, and of its project nothing but
    pictures below its own folder. Raises OSError where the file cannot be read.
    """
    limits = STRICT if untrusted else USUAL
    file = source if isinstance(source, Path) else unsaved
    if file is None:
        project, path, title = Project(base, base), name or "<text>", "untitled"
    else:
        project, path, title = projects.around(file), name or str(file), projects.stem(file)
    project = replace(project, is_trusted=not untrusted)
    if file is not None and untrusted and (refused := _leading_out(project, file, path)):
        return Loaded(None, project, {}, refused)
    content = projects.content(source, limits.text_bytes) if isinstance(source, Path) else source
    if isinstance(content, bytes):
        decoded, found = decode(content, path, limits.text_bytes)
    else:
        decoded, found = from_text(content, path, limits.text_bytes)
    stylesheets, style_faults = _stylesheets(project)
    found = (*found, *style_faults)
    if decoded is None:
        return Loaded(None, project, stylesheets, in_order(found))
    around = Surroundings(title, project.folder, project.pictures, limits, epoch, options or {})
    book, more = read(decoded, around)
    found = in_order((*found, *more))
    book = None if book is None or has_errors(found) else _with_paper(book)
    return Loaded(book, project, stylesheets, found, decoded)


def _leading_out(project: Project, file: Path, path: str) -> tuple[Diagnostic, ...]:
    """The errors of a stranger's project whose manuscript, or the folder its outputs go to, is a link out of it."""
    assert project.root is not None
    places = {path: file, str(project.build): project.build}
    out = [name for name, place in places.items() if not projects.is_within(place, project.root)]
    return tuple(complain(Code.LEADS_OUT, None, name) for name in out)


def _with_paper(book: Book) -> Book:
    """The book with its page, where no paper is named; and so for the others' copies, where it is large print."""
    lang = book.metadata.lang
    standard = book.standard and _on_paper(book.standard, lang)
    return replace(book, options=_on_paper(book.options, lang), standard=standard)


def _on_paper(wanted: Options, lang: str) -> Options:
    """The options with the paper, where none is named, that the sheet is folded or cut into, or that another of them
    needs. Large print is one-sided."""
    wanted = replace(wanted, one_sided=wanted.one_sided or wanted.large_print)
    if wanted.paper is None and (wanted.impose is not None or office_only(wanted)):
        from octopub.imposing.sheets import page_of, usual_sheet  # noqa: PLC0415  # most books need none

        sheet = parse(wanted.sheet) if wanted.sheet else usual_sheet(lang)
        wanted = replace(wanted, paper=(page_of(sheet, wanted.impose) if wanted.impose else sheet).name)
    return wanted


def with_profile(loaded: Loaded, profile: bytes) -> Loaded:
    """The same for another printing condition."""
    return replace(loaded, book=loaded.book and replace(loaded.book, output_profile=profile))


def epoch(environment: Mapping[str, str]) -> int | None:
    """`SOURCE_DATE_EPOCH` of an environment, where it is set (reproducible-builds.org, version 1.1). Raises
    MachineError for one that is no number."""
    stamp = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if stamp and not (stamp.isdecimal() and int(stamp) < LAST_SECOND):
        raise MachineError(f"SOURCE_DATE_EPOCH is “{stamp}”: set it to seconds since 1970, or unset it")
    return int(stamp) if stamp else None


def options(given: Mapping[str, str | bool | None]) -> dict[str, Any]:
    """Options given as texts, or yes and no, as fields of `model.Options`; those that are None were not given. Raises
    ValueError for a word that is none of those allowed."""
    kinds: dict[str, Callable[[Any], str | None]] = {
        "kind": Kind,
        "notes_epub": NotesPlace,
        "notes_pdf": NotesPlace,
        "impose": lambda mode: None if mode == "none" else Imposition(mode),
        "line_numbers": LineNumbers,
        "bleed": bleed,
        "cover": Cover,
        "standard": lambda text: str(standards.parse(text)),
    }
    return {
        name: kinds[name](value) if name in kinds else value
        for name, value in given.items()
        if value is not None
    }


def _stylesheets(project: Project) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """The project's own stylesheets, and what is wrong with them."""
    if project.root is None or project.root.resolve() == _own_root():
        return {}, ()
    texts, refused = projects.stylesheets(project)
    untrusted = [complain(Code.NOT_TRUSTED, None, name) for name in project.unread]
    unread = [
        complain(Code.STYLE_SYNTAX, None, f"{projects.STYLES}/{name}", problem=reason)
        for name, reason in refused.items()
    ]
    return texts, (*untrusted, *unread, *styles.faults(texts, projects.STYLES))


def _own_root() -> Path | None:
    """The root of octopub's own checkout, whose `styles/` is the built-in set itself."""
    root = Path(__file__).resolve().parents[2]
    return root if (root / "src/octopub").is_dir() else None


def epub(loaded: Loaded, pages: Pagination | None = None, places: Places | None = None) -> Outcome:
    """The EPUB of a manuscript that was read, with the pages of a printed edition; `places` is told, when it is
    written, where its elements come from."""
    if loaded.book is None:
        return Outcome(None)
    from octopub.epub import make, write  # noqa: PLC0415  # ebooklib is not needed to check a text

    package, found = make(
        loaded.book, open_catalogue(loaded.project.fonts), loaded.stylesheets, edition=pages, places=places
    )
    return Outcome(None if has_errors(found) else partial(write, package), found)


def pdf(
    loaded: Loaded,
    means: Means | None = None,
    *,
    thickness_mm: float | None = None,
    marks: bool = False,
    only_sheets: bool = False,
) -> Outcome:
    """The PDF of a manuscript that was read. `means` are what may be used for it besides this process;
    `thickness_mm` is that of the paper, for the spine of a cover that is a sheet of its own, and `marks` whether that
    has crop marks even if the PDF has none; with `only_sheets` the PDF itself is not wanted. Raises MachineError where
    Pango is missing."""
    book = loaded.book
    if book is None:
        return Outcome(None)
    from octopub.imposing.impose import THICKNESS_MM  # noqa: PLC0415  # pikepdf
    from octopub.pdf.covering import cover_of  # noqa: PLC0415  # as below
    from octopub.pdf.make import ALONE, Covers, typeset  # noqa: PLC0415  # an EPUB needs nothing of it

    mode = book.options.impose
    thickness_mm = THICKNESS_MM if thickness_mm is None else thickness_mm
    on_sheets = mode is not None and cover_of(book, mode) is Cover.SELF
    to_read = on_sheets if only_sheets else cover_of(book, None) is Cover.SELF
    covers = Covers(
        bare=not to_read or (mode is not None and not on_sheets),
        around=to_read or on_sheets,
        leaf_mm=thickness_mm if cover_of(book, mode) is Cover.SEPARATE else None,
        marks=marks or book.options.marks,
    )
    printed = typeset(book, open_catalogue(loaded.project.fonts), loaded.stylesheets, means or ALONE, covers)
    content = printed.covered if to_read else printed.content
    return Outcome(
        None if content is None else partial(_write, content),
        printed.diagnostics,
        len(printed.record.pages) if printed.record else 0,
        printed.record,
        before=COVER_PAGES if to_read else 0,
        covered=printed.covered if on_sheets else None,
        cover=printed.sheet,
        pagination=printed.pages,
    )


def pages_of(
    loaded: Loaded, edition: str | bytes, means: Means | None = None, *, name: str = "<pdf>"
) -> tuple[Pagination | None, tuple[Diagnostic, ...]]:
    """The pages of a printed edition, and the errors that keep it from having any: of one on this paper (a `str`), or
    of the PDF that octopub made of it (its content; `name` is what complaints call it). Raises MachineError where
    Pango is missing and the edition has to be laid out."""
    if loaded.book is None:
        return None, ()
    if isinstance(edition, bytes):
        from octopub.pdf.pagination import kept  # noqa: PLC0415  # an EPUB without pages needs nothing of it

        return kept(edition, name, loaded.book)
    from octopub.pdf import make  # noqa: PLC0415  # as above

    wanted = loaded.book.standard or loaded.book.options
    book = replace(loaded.book, options=replace(wanted, paper=edition), standard=None)
    catalogue = open_catalogue(loaded.project.fonts)
    found, complaints = make.pages_of(book, catalogue, loaded.stylesheets, means or make.ALONE)
    # What is to be said about a print is said to those who print.
    return found, tuple(each for each in complaints if each.severity is Severity.ERROR)


def report(loaded: Loaded, printed: Outcome, *, pictures: bool) -> Outcome:
    """The page report of a PDF that was made: as a page of HTML with pictures, or as JSON. Raises MachineError where
    PDFium is missing, which paints them."""
    book, record, content = loaded.book, printed.record, printed.content
    if book is None or record is None or content is None:
        return Outcome(None)
    from octopub.pdf.marks.report import as_json  # noqa: PLC0415  # whatever is not reported needs nothing of it
    from octopub.pdf.marks.rules import marks  # noqa: PLC0415  # only a report needs them

    found = marks(record, book, printed.diagnostics)
    found = [mark._replace(leaf=mark.leaf + printed.before) for mark in found]
    if not pictures:
        return Outcome(partial(_write, as_json(found, book, printed.pages)))
    from octopub.pdf.marks.showing import as_html  # noqa: PLC0415  # an extra

    return Outcome(partial(_write, as_html(found, book, printed.pages, content)))


def cover(printed: Outcome) -> Outcome | None:
    """The cover of a PDF that was made, where it is a file of its own."""
    sheet = printed.cover
    if sheet is None:
        return None
    words = "" if sheet.spine_mm >= LEAST_SPINE_MM else ", too narrow for words"
    note = f"cover of {sheet.width_mm:.0f} × {sheet.height_mm:.0f} mm: spine {sheet.spine_mm:.1f} mm{words}"
    return Outcome(partial(_write, sheet.content), note=note)


def imposed(loaded: Loaded, printed: Outcome, job: Job) -> list[tuple[str, Outcome]]:
    """The sheets of a PDF that was made: its files, each with what its name ends in (`""`, `-fronts`, `-backs`)."""
    book, content = loaded.book, printed.content
    if book is None or content is None or printed.record is None:
        return [("", Outcome(None, printed.diagnostics))]
    from octopub.imposing.judging import Content  # noqa: PLC0415  # only what is imposed needs it

    paper = parse(book.options.paper) if book.options.paper else A5
    page = geometry(paper, overrides=loaded.stylesheets, tokens=tokens_of(book.options))
    # What is printed for the knife may reach the edge of the sheet.
    boxes = [None if page.bleed else _bounds(each) for each in printed.record.pages]
    if printed.covered is not None:
        content = printed.covered
        inside = [None] * COVER_PAGES
        boxes = [*inside, *boxes, *[None] * (len(boxes) % 2), *inside]
    text = Content(page.text_size, boxes)
    if job.sheet is None and book.options.sheet:
        job = replace(job, sheet=parse(book.options.sheet))
    if book.options.standard:
        job = replace(job, claims=standards.parse(book.options.standard).for_sheets)
    return _outcomes(content, job, book.source.path, book.metadata.title, text, printed.diagnostics)


def imposed_file(content: bytes, job: Job, path: Path) -> list[tuple[str, Outcome]]:
    """The sheets of a PDF by any program; the file is named in complaints only."""
    from octopub.imposing.contents import look  # noqa: PLC0415  # an extra

    return _outcomes(content, job, str(path), projects.stem(path), look(content))


def _outcomes(
    content: bytes, job: Job, path: str, name: str, text: Content | None = None, said: tuple[Diagnostic, ...] = ()
) -> list[tuple[str, Outcome]]:
    from octopub.imposing.impose import impose  # noqa: PLC0415  # pikepdf

    result = impose(content, job, path, name, text)
    said = (*said, *result.diagnostics)
    if not result.files:
        return [("", Outcome(None, said))]
    notes = [result.summary, *[""] * (len(result.files) - 1)]
    return [
        (suffix, Outcome(partial(_write, file), said, note=note))
        for (suffix, file), note in zip(result.files, notes, strict=True)
    ]


ABOVE, BELOW = 0.55, 0.2
"""How far letters reach from their baseline, in heights of the line."""


def _bounds(page: Page) -> tuple[float, float, float, float] | None:
    """The box around all that is printed on a page, from its lower left corner."""
    boxes = [
        *((line.left, line.baseline - ABOVE * line.height, line.left + line.width, line.baseline + BELOW * line.height)
          for line in page.lines),
        *((image.left, image.top, image.left + image.width, image.top + image.height) for image in page.images),
    ]  # fmt: skip
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), page.height - max(bottoms), max(rights), page.height - min(tops)


def _write(content: bytes, out: IO[bytes]) -> None:
    out.write(content)
