"""Layout: the book's parts, each a document of its own, until every page number is right.

Imports `markup` (what is on the pages), and of `pdf` the plan, the engine (layout), the harvest (what came of
it), the record and the proof. Page numbers are resolved here and handed in as text: WeasyPrint's
`target-counter` loses notes and prints wrong numbers where there are footnotes.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.markup.notes import called_inside
from octopub.markup.scribe import Setting, Stream
from octopub.markup.styles import furniture
from octopub.markup.words import lookup as words_of
from octopub.model import NotesPlace, Target
from octopub.pdf.guess import guess
from octopub.pdf.harvest import Harvest, patch
from octopub.pdf.parts import SCHEME
from octopub.pdf.proof import faults
from octopub.pdf.record import Block, LayoutRecord, Page, Part
from octopub.pdf.sink import sink

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence

    from octopub.markup.scribe import Element
    from octopub.model import Book
    from octopub.pdf.engine import Engine
    from octopub.pdf.parts import Unit
    from octopub.pdf.plan import Plan
    from octopub.pdf.trace import PageTrace

ROUNDS = 8
"""So often all parts are laid out again before the page numbers are said not to settle."""


@dataclass(slots=True)
class Laid:
    """A unit as it was laid out last."""

    unit: Unit
    start: int
    root: ET.Element
    """Its markup."""
    document: Any
    streams: list[Stream]
    used: dict[str, str]
    """The page numbers it was made with."""
    moved: frozenset[str] = frozenset()
    pages: tuple[Page, ...] = ()


@dataclass
class Layout:
    """Lays out a book's units until page numbers and notes are settled."""

    book: Book
    engine: Engine
    plan: Plan
    laid: list[Laid] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    """Anchor → the number of the page it is on."""

    def run(self) -> tuple[LayoutRecord, tuple[Diagnostic, ...]]:
        """Lay out; the record, or the complaint that it does not settle."""
        self.numbers = guess(self.book, self.plan.page)
        unbound = frozenset(note.id for note in self.book.notes if note.number is None)
        start = 1
        for unit in self.plan.units:
            self.laid.append(self._lay_out(unit, start, self._with_inner(unbound)))
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
            moved = self._with_inner(moved | unfit)

    def _with_inner(self, moved: frozenset[str]) -> frozenset[str]:
        """These notes, and those that are called in them: they have no page to stand at the foot of."""
        outer = (note for note in self.book.notes if note.id in moved)
        inner = frozenset(anchor for note in outer for anchor in called_inside(note))
        return moved if inner <= moved else self._with_inner(moved | inner)

    def _lay_out_once(self, unit: Unit, start: int, moved: frozenset[str]) -> Laid:
        used: dict[str, str] = {}

        def page(anchor: str) -> str:
            return used.setdefault(anchor, self.numbers.get(anchor, "0"))

        streams: list[Stream] = []
        setting = replace(self._setting(), page=page, moved=moved)
        sheet = "" if unit.bare else furniture(
            unit.verso, unit.recto, first_page=start, opening=True, direction=self.book.direction
        )  # fmt: skip
        root = self._tree(unit.make(setting, streams), self.book.kind)
        document = self.engine.lay_out(root, sheet)
        sink(document)
        laid = Laid(unit, start, root, document, streams, used, moved)
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
            named=self.plan.named,
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

    def write(self) -> tuple[bytes, list[PageTrace]]:
        """The PDF of what was laid out last, before assembly; and what was painted on its pages."""
        pages: list[Any] = []
        (blank,) = self.engine.lay_out(self._tree([], "blank"), "").pages
        for laid in self.laid:
            pages += laid.document.pages
            if self._has_blank_behind(laid):
                pages.append(copy(blank))  # what is known of a page is kept by the page
        return self.engine.write(self.laid[0].document, pages)

    def _tree(self, body: Sequence[Element], css_class: str) -> ET.Element:
        return self.engine.tree(body, direction=self.book.direction, css_class=css_class)

    def _has_blank_behind(self, laid: Laid) -> bool:
        """Whether a blank verso follows; none does at the book's end."""
        return laid is not self.laid[-1] and self._behind(laid) != laid.start + len(laid.pages)

    def _record(self) -> LayoutRecord:
        parts = []
        for laid in self.laid:
            part = self._part(laid)
            if self._has_blank_behind(laid):
                last = part.pages[-1]
                label = str(laid.start + len(laid.pages))
                empty = Page(label, last.width, last.height, last.area, blank=True)
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
