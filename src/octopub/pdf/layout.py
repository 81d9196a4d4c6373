"""Layout: the book's parts, each set by itself, until every page number is right.

Imports `markup` (what is on the pages), and of `pdf` the plan, the room (where jobs are set), the record and the
proof. Page numbers are resolved here: WeasyPrint's `target-counter` loses notes and prints wrong numbers where
there are footnotes. A part is set with as many figures as a number will have, and the right ones are put in at
the end; only where their count was guessed wrong is it set again.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from itertools import count, islice
from math import inf
from typing import TYPE_CHECKING

from lxml import etree
from msgspec.structs import force_setattr, replace

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.markup.notes import called_inside
from octopub.markup.scribe import Setting, Stream
from octopub.markup.styles import image_sizes, pages_from, rectos_only, room_for_furniture
from octopub.markup.words import lookup as words_of
from octopub.model import LineNumbers, NotesPlace, Target
from octopub.pdf.forme import PLACEHOLDER, Job, Picture
from octopub.pdf.furniture import ZERO, Furniture, places, specimens
from octopub.pdf.guess import guess
from octopub.pdf.linenumbers import LineCounter, counted
from octopub.pdf.pageturns import page_turns
from octopub.pdf.parts import SCHEME
from octopub.pdf.proof import faults
from octopub.pdf.record import Block, LayoutRecord, Page, Part
from octopub.pdf.room import Stage
from octopub.pdf.starts import start_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from octopub.markup.scribe import Element
    from octopub.model import Book
    from octopub.pdf.forme import Forme
    from octopub.pdf.furniture import Place
    from octopub.pdf.linenumbers import Numbered
    from octopub.pdf.parts import Unit
    from octopub.pdf.plan import Plan
    from octopub.pdf.room import Room

DOUBT = 0.15
"""By so much of itself the first guess at a page number may be wrong."""

FEW = 3
"""In a book of so few parts none waits for the others to tell its page numbers."""

ROUNDS = 8
"""So often parts are set again before the page numbers are said not to settle."""


@dataclass(slots=True)
class Laid:
    """A unit as it was set last."""

    unit: Unit
    moved: frozenset[str]
    """The notes that do not fit at the foot of their page."""
    streams: list[Stream] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)
    """The page numbers it was set with, by anchor."""
    counted_from: int | None = None
    """The number of its first page that it was set with; None where that makes no difference to it."""
    waiting: Job | None = None
    """What is to be set when its page numbers are less in doubt."""
    forme: Forme | None = None
    start: int = 0
    """The number of its first page."""
    one_sided: bool = False
    counted: Mapping[int, bool] = field(default_factory=dict)
    """The blocks whose lines count, where lines are numbered (`linenumbers.counted`)."""
    numbered: tuple[tuple[Numbered, ...], ...] = ()
    """The lines of each page that have numbers beside them: their own, or those of the standard layout's pages."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """Its pages."""
        assert self.forme
        return self.forme.pages

    @property
    def behind(self) -> int:
        """The page on which the next unit begins: the next recto."""
        return _recto(self.start + len(self.pages), one_sided=self.one_sided)

    def places(self) -> Iterator[Place | None]:
        """The place of each of its pages in the book, as far as its furniture goes."""
        assert self.forme
        return places(self.unit, self.forme, one_sided=self.one_sided)

    @property
    def is_rigid(self) -> bool:
        """Whether its page numbers cannot be put in later, since its figures are of different widths."""
        assert self.forme
        return len(self.forme.slots) < sum(len(page.references) for page in self.forme.pages)


@dataclass
class Layout:
    """Has a book's units set until page numbers and notes are settled."""

    book: Book
    plan: Plan
    room: Room
    standard: LayoutRecord | None = None
    """That of the copies whose page numbers stand in the margin."""
    laid: list[Laid] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    """Anchor → the number of the page it is on."""
    furniture: Furniture | None = None

    def run(self) -> tuple[LayoutRecord, tuple[Diagnostic, ...]]:
        """Lay out; the record, or the complaint that it does not settle."""
        self.numbers = guess(self.book, self.plan.page)
        unbound = self._with_inner(frozenset(note.id for note in self.book.notes if note.number is None))
        one_sided = self.book.options.one_sided
        self.laid = [Laid(unit, unbound, one_sided=one_sided) for unit in self.plan.units]
        self._tell()
        stale, rounds = list(self.laid), 0
        while stale and rounds <= ROUNDS:
            self._set(stale)
            self._number()
            stale, rounds = [laid for laid in self.laid if self._is_stale(laid)], rounds + 1
        unsettled = (complain(Code.PAGES_UNSETTLED, None, self.book.source.path),) if stale else ()
        return self._record(), unsettled

    @property
    def formes(self) -> Iterator[Forme]:
        """All that was set, in the order of the book; the furniture last."""
        yield from (laid.forme for laid in self.laid if laid.forme)
        if self.furniture:
            yield self.furniture.forme

    def _tell(self, name: str = "") -> None:
        """How much was set at least once; last the unit of this name, which is told where it is a chapter's."""
        part = next((each.heading.text for each in self.book.chapters if each.heading and each.id == name), "")
        done = sum(laid.unit.weight for laid in self.laid if laid.forme)
        self.room.tell(Stage("laying out", part, done, sum(laid.unit.weight for laid in self.laid)))

    # -- setting ----------------------------------------------------------------------------------

    def _set(self, stale: Iterable[Laid]) -> None:
        """Have units set; and again with the notes that did not fit moved to their ends, until all is whole. Units
        whose numbers may have one figure more or less than they seem wait until the others tell."""
        todo = sorted(stale, key=lambda laid: -laid.unit.weight)
        doubtful = {anchor for anchor, number in self.numbers.items() if _is_doubtful(number)}
        while todo:
            set_now: list[Laid] = []
            later: list[Laid] = []
            for index, forme in self.room.set(self._jobs(todo, doubtful, set_now, later)):
                if index == len(set_now):
                    self.furniture = Furniture(forme)
                    continue
                laid = set_now[index]
                laid.forme = forme
                self._tell(laid.unit.name)
                if unfit := self._unfit(laid):
                    laid.moved = self._with_inner(laid.moved | unfit)
                    later.append(laid)
            if later and doubtful:
                self._number()
                doubtful = set()
            todo = later

    def _jobs(
        self, todo: Iterable[Laid], doubtful: Container[str], set_now: list[Laid], later: list[Laid]
    ) -> Iterator[Job]:
        """The jobs of units. Those that hang on doubtful numbers go to the list for later, if others can tell."""
        for laid in todo:
            job = laid.waiting if laid.waiting and not self._is_stale(laid) else self.job(laid)
            waits = laid.unit.weight and any(anchor in doubtful for anchor in laid.used)
            if waits and len(self.laid) > FEW:
                laid.waiting = job
                later.append(laid)
            else:
                laid.waiting = None
                set_now.append(laid)
                yield job
        if self.furniture is None:
            # The furniture, too, is set but once, and beside the rest.
            yield specimens(self.book, self.plan.units)

    def _unfit(self, laid: Laid) -> frozenset[str]:
        if self.book.options.notes_pdf is not NotesPlace.PAGE:
            return frozenset()
        return _unfit(self._part(laid), laid.moved)

    def _with_inner(self, moved: frozenset[str]) -> frozenset[str]:
        """These notes, and those that are called in them: they have no page to stand at the foot of."""
        outer = (note for note in self.book.notes if note.id in moved)
        inner = frozenset(anchor for note in outer for anchor in called_inside(note))
        return moved if inner <= moved else self._with_inner(moved | inner)

    def job(self, laid: Laid, *, exact: bool = False) -> Job:
        """What is to be set: with zeros in the place of page numbers, as many as these have figures, or with the
        exact numbers as they are known now, where they cannot be put in later."""
        laid.used = {}
        exact = exact or (laid.forme is not None and laid.is_rigid)

        def page(anchor: str) -> str:
            number = self.numbers.get(anchor, "0")
            return laid.used.setdefault(anchor, number if exact else ZERO * len(number))

        if self.plan.counts_pages:
            laid.counted_from = laid.start or self._expected(laid)
        laid.streams = []
        setting = with_changes(self.setting, page=page, moved=laid.moved)
        root = self._tree(laid.unit.make(setting, laid.streams))
        if self.book.options.line_numbers is not LineNumbers.NONE:
            laid.counted = counted(root, laid.streams)
        sources = {image.get("src") for image in root.iter("img")}
        images = {
            src: each for each in self.book.resources if (src := SCHEME + each.name) in sources
        }
        sizes = {src: (each.width, each.height) for src, each in images.items()}
        return Job(
            name=laid.unit.name,
            markup=etree.tostring(root, encoding="utf-8"),
            css=image_sizes(sizes, self.plan.page)
            + ("" if laid.unit.bare else self._room_for_furniture())
            + ("" if laid.counted_from is None else pages_from(laid.counted_from)),
            letters=tuple(stream.text for stream in laid.streams),
            pictures={src: Picture(each.media_type, each.digest) for src, each in images.items()},
        )

    def _room_for_furniture(self) -> str:
        room = room_for_furniture(PLACEHOLDER)
        return rectos_only(room, self.book.direction) if self.book.options.one_sided else room

    @property
    def setting(self) -> Setting:
        """What the markup of every part depends on."""
        return Setting(
            book=self.book,
            target=Target.PRINT,
            words=words_of(self.book.metadata.lang),
            notes=self.book.options.notes_pdf,
            address=lambda anchor: f"#{anchor}",
            source=lambda resource: SCHEME + resource.name,
            named=self.plan.named,
        )

    def _tree(self, body: Sequence[Element]) -> Element:
        root = etree.Element("html", {"lang": self.book.metadata.lang, "dir": self.book.direction})
        etree.SubElement(root, "body", {"class": str(self.book.kind)}).extend(body)
        return root

    # -- numbers ----------------------------------------------------------------------------------

    def _number(self) -> None:
        """Where each unit begins, and which page each anchor is on: the first that has it. Of units that are not set
        yet it is reckoned, by what the others show of the first guess."""
        weight = sum(laid.unit.weight for laid in self.laid if laid.forme)
        if not weight and len(self.laid) > 1:
            return
        pages = sum(len(laid.pages) for laid in self.laid if laid.forme)
        found: dict[str, str] = {}
        marks: list[tuple[int, int]] = []
        start = 1
        for laid in self.laid:
            laid.start = start
            marks.append((int(self.numbers.get(laid.unit.name, start)), start))
            if laid.forme is None:
                start = _recto(start + round(laid.unit.weight * pages / weight), one_sided=laid.one_sided)
                continue
            for number, page in enumerate(laid.pages, start):
                for name, _, _ in page.anchors:
                    found.setdefault(name, str(number))
            start = laid.behind
        if not all(laid.forme for laid in self.laid):
            found = {name: str(_between(marks, int(page))) for name, page in self.numbers.items()} | found
        self.numbers = found

    def _expected(self, laid: Laid) -> int:
        """The number of a unit's first page, before it is known."""
        number = int(self.numbers.get(laid.unit.name, "1"))
        return 1 if laid is self.laid[0] else _recto(number, one_sided=laid.one_sided)

    def _is_stale(self, laid: Laid) -> bool:
        """Whether a unit was set with numbers that are wrong and cannot be put right in their places."""
        now = {anchor: self.numbers.get(anchor, "0") for anchor in laid.used}
        if laid.counted_from not in (None, laid.start):
            return True
        if laid.forme and laid.is_rigid:
            return now != laid.used
        return any(len(now[anchor]) != len(was) for anchor, was in laid.used.items())

    # -- the record -------------------------------------------------------------------------------

    def _part(self, laid: Laid) -> Part:
        blocks = tuple(
            Block(stream.key, stream.flow, stream.length, stream.place(0), stream.tag, stream.goes_on)
            for stream in laid.streams
        )
        return Part(laid.unit.name, blocks, laid.pages)

    def _record(self) -> LayoutRecord:
        parts = [self._with_places(laid) for laid in self.laid]
        self._number_lines(parts)
        return LayoutRecord(tuple(map(self._with_furniture, self.laid, parts)))

    def _with_places(self, laid: Laid) -> Part:
        """A unit's part, where each line and each page knows the place of its words in the manuscript. (They are this
        build's own, and nobody has seen them yet: so they are filled in, not copied.)"""
        part = self._part(laid)
        for page in part.pages:
            for line in page.lines:
                if line.start >= 0:
                    force_setattr(line, "at", laid.streams[line.block].place(line.start))
            for image in page.images:
                force_setattr(image, "at", laid.streams[image.block].place(0) if image.block >= 0 else None)
            force_setattr(page, "start", start_of(page, laid.streams))
        laid.streams = []  # of a long book they are as large as the rest
        return part

    def _number_lines(self, parts: Sequence[Part]) -> None:
        """Settle what numbers stand beside the lines."""
        lines = LineCounter(self.book)
        others = page_turns(self.standard, parts, self.book) if self.standard else {}
        for laid, part in zip(self.laid, parts, strict=True):
            laid.numbered = tuple(
                (
                    *lines.page(page, laid.counted, is_verso=number % 2 == 0 and not laid.one_sided),
                    *others.get((part.name, number - laid.start), ()),
                )
                for number, page in enumerate(part.pages, laid.start)
            )

    def _with_furniture(self, laid: Laid, part: Part) -> Part:
        pages = [
            self._placed(page, laid, number, place)
            for number, page, place in zip(count(laid.start), part.pages, laid.places(), strict=False)
        ]
        if laid is not self.laid[-1] and laid.behind != laid.start + len(pages):
            last = pages[-1]
            empty = Page(str(laid.start + len(pages)), last.width, last.height, last.area, blank=True)
            pages.append(empty)
        return replace(part, pages=tuple(pages))

    def _placed(self, page: Page, laid: Laid, number: int, place: Place | None) -> Page:
        """A page's record with what it takes from the rest of the book: its label, the numbers that are printed on
        it, its running head and folio."""
        references = tuple(
            replace(each, text=self.numbers.get(each.anchor, "0")) if not laid.is_rigid else each
            for each in page.references
        )
        label = str(number)
        assert self.furniture
        margins = self.furniture.lines(place, label) if place else ()
        numbers = self.furniture.line_numbers(laid.numbered[number - laid.start])
        return replace(page, label=label, lines=(*page.lines, *margins, *numbers), references=references)


def _is_doubtful(number: str) -> bool:
    """Whether a guessed number may have a figure more or less than it should."""
    page = int(number)
    return len(str(max(1, round(page * (1 - DOUBT))))) != len(str(round(page * (1 + DOUBT)) + 1))


def _between(marks: Sequence[tuple[int, int]], page: int) -> int:
    """Where a guessed page is, by those of which both are known: the guess, and where it is; in their order."""
    index = max(bisect_right(marks, (page, inf)) - 1, 0)
    guessed, known = marks[index]
    if index + 1 == len(marks):
        return known + page - guessed
    next_guessed, next_known = marks[index + 1]
    return known + (page - guessed) * (next_known - known) // max(next_guessed - guessed, 1)


def _recto(page: int, *, one_sided: bool) -> int:
    """The next recto from a page on. Where only one side is printed on, each page is one."""
    return page if page % 2 or one_sided else page + 1


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
