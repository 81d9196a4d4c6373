"""Layout: the book's parts, each a document of its own, until every page number is right.

Imports `markup` (what is on the pages), `pdf.engine` (their layout) and `pdf.harvest` (what came of
it). Page numbers are resolved here and handed in as text: WeasyPrint's `target-counter` loses notes
and prints wrong numbers where there are footnotes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.markup import pages, xhtml
from octopub.markup.scribe import Setting, Stream
from octopub.markup.styles import furniture
from octopub.markup.words import lookup as words_of
from octopub.model import Kind, NotesPlace, Target
from octopub.pdf.engine import SCHEME
from octopub.pdf.harvest import Harvest, patch
from octopub.pdf.proof import faults
from octopub.pdf.record import Block, LayoutRecord, Page, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from octopub.markup.scribe import Element
    from octopub.model import Book, Chapter, Heading
    from octopub.pdf.engine import Engine

    Make = Callable[[Setting, list[Stream]], list[Element]]

ROUNDS = 8
"""So often all parts are laid out again before the page numbers are said not to settle."""

LETTERS_A_PAGE = 1700
"""For the first guess at a page number, whose figures are counted only."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the book that is laid out on its own and begins on a recto."""

    name: str
    make: Make
    opening: bool
    """Whether its first page has no running head, and its folio at the foot."""
    verso: str | None = None
    recto: str | None = None
    bare: bool = False
    """Front matter: neither heads nor folios."""


@dataclass(slots=True)
class Laid:
    """A unit as it was laid out last."""

    unit: Unit
    start: int
    document: Any
    streams: list[Stream]
    used: dict[str, str]
    """The page numbers it was made with."""
    moved: frozenset[str] = frozenset()
    pages: tuple[Page, ...] = ()


def units(book: Book, heads: tuple[str | None, dict[str, str | None]], production: Sequence[str]) -> list[Unit]:
    """The book's parts in their order. `heads` are the running heads: the verso's, and the recto's by
    chapter; `production` the colophon's lines about the printing."""
    verso, rectos = heads
    found = []
    if front := _front(book, production):
        found.append(front)
    for index, chapter in enumerate(book.chapters):
        last = index == len(book.chapters) - 1
        make = _chapter(book, chapter, first=index == 0, last=last, production=production)
        opening = book.kind is Kind.BOOK or not book.title_page
        found.append(Unit(chapter.id, make, opening, verso, rectos.get(chapter.id)))
    if book.options.notes_pdf is NotesPlace.BOOK and book.notes:
        recto = words_of(book.metadata.lang).notes
        found.append(Unit("notes", _notes, True, verso, recto))
    return found


def _notes(setting: Setting, streams: list[Stream]) -> list[Element]:
    return [pages.notes_of_book(setting, streams)]


def _front(book: Book, production: Sequence[str]) -> Unit | None:
    """Title page, a book's colophon on its verso, contents; None where there is none of them."""
    if not (book.title_page or book.contents):
        return None

    def make(setting: Setting, streams: list[Stream]) -> list[Element]:
        made = []
        if book.title_page:
            made.append(pages.title_page(setting, streams))
            if book.kind is Kind.BOOK and book.colophon:
                made.append(pages.colophon(setting, streams, production))
        if book.contents:
            made.append(pages.contents(setting, streams))
        return made

    return Unit("front", make, opening=True, bare=True)


def _chapter(book: Book, chapter: Chapter, *, first: bool, last: bool, production: Sequence[str]) -> Make:
    """A chapter, with what stands before and behind it on the same pages."""

    def make(setting: Setting, streams: list[Stream]) -> list[Element]:
        made = []
        if first and not book.title_page:
            made.append(pages.masthead(setting, streams))
        made.append(xhtml.chapter(chapter, setting, streams))
        if last and book.colophon and not (book.kind is Kind.BOOK and book.title_page):
            own = [] if book.kind is Kind.HANDOUT else production
            made.append(pages.colophon(setting, streams, own))
        return made

    return make


@dataclass
class Layout:
    """Lays out a book's units until page numbers and notes are settled."""

    book: Book
    engine: Engine
    units: list[Unit]
    blank: Any
    """A document of one empty page."""
    named: Mapping[int, str] = field(default_factory=dict)
    laid: list[Laid] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    """Anchor → the number of the page it is on."""

    def run(self) -> tuple[LayoutRecord, tuple[Diagnostic, ...]]:
        """Lay out; the record, or the complaint that it does not settle."""
        self.numbers = _guess(self.book)
        start = 1
        for unit in self.units:
            self.laid.append(self._lay_out(unit, start, frozenset()))
            start = self._behind(self.laid[-1])
        for _ in range(ROUNDS):
            if not self._again():
                return self._record(), ()
        return self._record(), (complain(Code.PAGES_UNSETTLED, None, self.book.source.path),)

    def _again(self) -> bool:
        """One round: take the numbers as they are now, and lay out what they change. Whether anything
        was laid out."""
        self.numbers = self._found()
        changed = False
        start = 1
        for index, laid in enumerate(self.laid):
            same = {anchor: self.numbers.get(anchor, "0") for anchor in laid.used}
            if laid.start != start or (same != laid.used and not self._patch(laid, same)):
                self.laid[index] = self._lay_out(laid.unit, start, laid.moved)
                changed = True
            start = self._behind(self.laid[index])
        return changed

    def _patch(self, laid: Laid, numbers: dict[str, str]) -> bool:
        if not patch(laid.document, numbers):
            return False
        laid.used = numbers
        self._harvest(laid)
        return True

    def _lay_out(self, unit: Unit, start: int, moved: frozenset[str]) -> Laid:
        """Lay out one unit; notes that do not fit at the foot of their page move to its end, until all is
        whole."""
        while True:
            laid = self._lay_out_once(unit, start, moved)
            if self.book.options.notes_pdf is not NotesPlace.PAGE:
                return laid
            unfit = _unfit(self._part(laid), moved)
            if not unfit:
                return laid
            moved |= unfit

    def _lay_out_once(self, unit: Unit, start: int, moved: frozenset[str]) -> Laid:
        used: dict[str, str] = {}

        def page(anchor: str) -> str:
            return used.setdefault(anchor, self.numbers.get(anchor, "0"))

        streams: list[Stream] = []
        setting = replace(self._setting(), page=page, moved=moved)
        sheet = "" if unit.bare else furniture(
            unit.verso, unit.recto, first_page=start, opening=unit.opening, direction=self.book.direction
        )  # fmt: skip
        document = self.engine.lay_out(
            unit.make(setting, streams), sheet, direction=self.book.direction, css_class=self.book.kind
        )
        laid = Laid(unit, start, document, streams, used, moved)
        self._harvest(laid)
        return laid

    def _setting(self) -> Setting:
        return Setting(
            book=self.book,
            target=Target.PRINT,
            words=words_of(self.book.metadata.lang),
            notes=self.book.options.notes_pdf,
            address=lambda anchor: f"#{anchor}",
            source=lambda resource: SCHEME + resource.name,
            named=self.named,
        )

    def _harvest(self, laid: Laid) -> None:
        harvest = Harvest(laid.streams)
        laid.pages = tuple(
            harvest.page(page, str(number)) for number, page in enumerate(laid.document.pages, laid.start)
        )

    def _behind(self, laid: Laid) -> int:
        """The page on which the next unit begins: the next recto."""
        after = laid.start + len(laid.pages)
        return after if after % 2 else after + 1

    def _found(self) -> dict[str, str]:
        """Anchor → label of the first page it is on."""
        found: dict[str, str] = {}
        for laid in self.laid:
            for page in laid.pages:
                for name, _, _ in page.anchors:
                    found.setdefault(name, page.label)
        return found

    def _part(self, laid: Laid) -> Part:
        blocks = tuple(
            Block(stream.key, stream.flow, stream.length, stream.place(0) if stream.length else None)
            for stream in laid.streams
        )
        return Part(laid.unit.name, blocks, laid.pages)

    def blanks(self) -> dict[int, Any]:
        """The blank versos: behind which units there is one (none behind the last)."""
        return {
            index: self.blank
            for index, laid in enumerate(self.laid[:-1])
            if self._behind(laid) != laid.start + len(laid.pages)
        }

    def _record(self) -> LayoutRecord:
        blanks = self.blanks()
        parts = []
        for index, laid in enumerate(self.laid):
            part = self._part(laid)
            if index in blanks:
                last = part.pages[-1]
                empty = Page(str(laid.start + len(laid.pages)), last.width, last.height, last.area, blank=True)
                part = replace(part, pages=(*part.pages, empty))
            parts.append(part)
        return LayoutRecord(tuple(parts))


def _unfit(part: Part, moved: frozenset[str]) -> frozenset[str]:
    """The notes that have no room at the foot of their page: those that are not whole; and where words of
    the text are missing, the next note behind them, for notes alone can push words off a page (a table's
    head, when the notes of its first row fill the page)."""
    found = faults(part)
    notes = frozenset(fault.block.flow for fault in found if fault.block.flow) - moved
    if notes or not found:
        return notes
    first = found[0].block.key
    behind = (block.flow for block in part.blocks if block.key > first and block.flow not in {"", *moved})
    return frozenset(islice(behind, 1))


def _guess(book: Book) -> dict[str, str]:
    """A first guess at every page number, so that it has as many figures as it will need."""
    letters = len(book.source.text)
    last = str(3 + letters // LETTERS_A_PAGE)
    guess = dict.fromkeys([*book.anchors, *(note.id for note in book.notes)], last)
    headings: list[Heading] = []
    for chapter in book.chapters:
        headings += [*filter(None, [chapter.heading]), *chapter.sections]
    while headings:
        heading = headings.pop()
        at = book.source.lines[heading.span.line - 1]
        guess[heading.id] = str(3 + at // LETTERS_A_PAGE)
        headings += heading.children
    return guess
