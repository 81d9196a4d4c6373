"""The rules: what is marked. A rule is a function from a chapter to its marks; `RULES` has them all.

Imports the chapter's sight, the mark, `pdf.resolution` and the diagnostics. It reads the layout record alone, so that
it would mark the pages of any layout engine.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from octopub.diagnostics import Code
from octopub.model import NotesPlace
from octopub.pdf.marks.mark import Box, Kind, Mark
from octopub.pdf.marks.sight import Placed, Sight, line_of, rows
from octopub.pdf.resolution import coarse_images

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from octopub.diagnostics import Diagnostic
    from octopub.model import Book
    from octopub.pdf.record import LayoutRecord

    Rule = Callable[[Sight], Iterator[Mark]]

LOOSEST, TIGHTEST = 1.5, 0.8
"""Between these a word space may be, in its natural width."""

HYPHENS = 2
"""So many may follow one another."""

UNDER_HEADING = 2
"""So many lines of text stand under a heading, at the least."""

FEWEST = 5
"""So many lines have a chapter's last page, and the text above notes, at the least."""

UNBROKEN = frozenset({"td", "th", "pre", "img"})
"""The elements whose lines are not a paragraph's."""


def marks(record: LayoutRecord, book: Book, diagnostics: Iterable[Diagnostic] = ()) -> list[Mark]:
    """All that a typesetter would mark, page by page. Of the diagnostics those about faces are told again, at the
    place where the words are printed."""
    found = [*_coarse(record, book), *_fallback(record, book, diagnostics)]
    chapters = {*(chapter.id for chapter in book.chapters), "notes"}
    first = 0
    for part in record.parts:
        if part.name in chapters:
            sight = Sight(book, part, first)
            found += [mark for rule in RULES for mark in rule(sight)]
        first += len(part.pages)
    order = list(Kind)
    return sorted(found, key=lambda mark: (mark.leaf, mark.box.top, mark.box.left, order.index(mark.kind)))


# -- paragraphs ----------------------------------------------------------------------------------------


def widows(sight: Sight) -> Iterator[Mark]:
    """The last line of a paragraph or stanza stands alone at the head of a page."""
    for lines in _broken_paragraphs(sight):
        if lines[-2].page < lines[-1].page:
            yield sight.mark(Kind.WIDOW, lines[-1])


def orphans(sight: Sight) -> Iterator[Mark]:
    """The first line of a paragraph or stanza stands alone at the foot of a page."""
    for lines in _broken_paragraphs(sight):
        if lines[0].page < lines[1].page:
            yield sight.mark(Kind.ORPHAN, lines[0])


def _broken_paragraphs(sight: Sight) -> Iterator[list[Placed]]:
    """The lines of the paragraphs and stanzas that go over to another page."""
    for key, lines in sight.paragraphs.items():
        if lines[0].page < lines[-1].page and sight.blocks[key].tag not in UNBROKEN:
            yield lines


# -- lines ---------------------------------------------------------------------------------------------


def uneven_spaces(sight: Sight) -> Iterator[Mark]:
    """The word spaces of a line are much wider or narrower than the face's."""
    for lines in sight.by_block.values():
        for placed in lines:
            if not placed.line.space:
                continue
            times = round((placed.line.space + placed.line.stretch) / placed.line.space, 2)
            if times > LOOSEST or times < TIGHTEST:
                yield sight.mark(Kind.LOOSE if times > 1 else Kind.TIGHT, placed, times)


def hyphens(sight: Sight) -> Iterator[Mark]:
    """More than two lines in a row end with a hyphen; the manuscript's own count too. The last of them is marked."""
    for lines in sight.by_block.values():
        for ends, group in groupby(lines, _ends_with_hyphen):
            row = list(group)
            if ends and len(row) > HYPHENS:
                yield sight.mark(Kind.HYPHENS, row[-1], len(row))


def _ends_with_hyphen(placed: Placed) -> bool:
    return placed.line.hyphenated or placed.line.text.rstrip().endswith(("-", "\N{HYPHEN}"))


def words_over_the_turn(sight: Sight) -> Iterator[Mark]:
    """A word begins at the foot of a recto, and ends behind the turn: on the verso, where pages have two sides."""
    for lines in sight.by_block.values():
        for placed, following in pairwise(lines):
            is_recto = (sight.first + placed.page) % 2 == 0 or sight.book.options.one_sided
            if placed.line.hyphenated and following.page > placed.page and is_recto:
                yield sight.mark(Kind.TURN, placed)


# -- pages ---------------------------------------------------------------------------------------------


def bare_headings(sight: Sight) -> Iterator[Mark]:
    """A heading has less than two lines of text under it, and there is more of it."""
    for index, page in enumerate(sight.pages[:-1]):
        text = sight.text(page)
        headings = [line for line in text if sight.is_heading(line)]
        if not headings:
            continue
        last = max(headings, key=lambda line: line.baseline)
        under = rows(line for line in text if line.baseline > last.baseline)
        has_picture = any(image.top > last.top for image in page.images)
        if under < UNDER_HEADING and not has_picture:
            yield sight.mark(Kind.HEADING, Placed(index, last), under)


def short_last_page(sight: Sight) -> Iterator[Mark]:
    """A chapter's last page has but a few lines."""
    if _has_short_last_page(sight):
        lines = sight.written(sight.pages[-1])
        yield sight.mark(Kind.LAST_PAGE, Placed(len(sight.pages) - 1, lines[0]), rows(lines))


def _has_short_last_page(sight: Sight) -> bool:
    last = sight.pages[-1]
    return len(sight.pages) > 1 and not last.images and 0 < rows(sight.written(last)) < FEWEST


def few_lines(sight: Sight) -> Iterator[Mark]:
    """There are but a few lines of text on a page, above its notes. (Where there are none, it is a page of notes; a
    short last page is marked as such, and a chapter of one page is as long as it is.)"""
    pages = sight.pages[:-1] if len(sight.pages) == 1 or _has_short_last_page(sight) else sight.pages
    for index, page in enumerate(pages):
        text = sight.text(page)
        if not page.images and 0 < rows(text) < FEWEST:
            yield sight.mark(Kind.FEW_LINES, Placed(index, text[0]), rows(text))


# -- notes, pictures, faces ------------------------------------------------------------------------------


def late_notes(sight: Sight) -> Iterator[Mark]:
    """A note begins on a later page than its first call. (Where a pointer stands at the foot of that page, it does
    not.)"""
    if sight.book.options.notes_pdf is not NotesPlace.PAGE:
        return
    calls: dict[str, int] = {}
    for index, page in enumerate(sight.pages):
        for name, _, _ in page.anchors:
            calls.setdefault(name, index)
    starts: dict[str, Placed] = {}
    for key, lines in sight.by_block.items():
        starts.setdefault(sight.blocks[key].flow.removesuffix(" pointer"), lines[0])
    for note in sight.book.notes:
        start = starts.get(note.id)
        call = calls.get(note.calls[0]) if note.calls else None
        if start and call is not None and start.page > call:
            yield sight.mark(Kind.LATE_NOTE, start, start.page - call)


def _coarse(record: LayoutRecord, book: Book) -> Iterator[Mark]:
    """A picture has too few pixels for its size."""
    pages = record.pages
    for index, image, resource, dpi in coarse_images(record, book):
        box = Box(image.left, image.top, image.left + image.width, image.top + image.height)
        line = line_of(book, image.at)
        yield Mark(Kind.COARSE, index, pages[index].label, line, resource.path, dpi, box)


def _fallback(record: LayoutRecord, book: Book, diagnostics: Iterable[Diagnostic]) -> Iterator[Mark]:
    """Another face than the text's had to be taken: where it is first."""
    for diagnostic in diagnostics:
        if diagnostic.code is not Code.FALLBACK_FACE or diagnostic.span is None:
            continue
        span = diagnostic.span
        at = book.source.lines[span.line - 1] + span.column - 1
        places = (
            (line.at, -index, line)
            for index, page in enumerate(record.pages)
            for line in page.lines
            if line.at is not None and line.at <= at
        )
        if found := max(places, key=lambda place: place[:2], default=None):
            _, index, line = found
            box = Box(line.left, line.top, line.left + line.width, line.top + line.height)
            label = record.pages[-index].label
            yield Mark(Kind.FALLBACK, -index, label, span.line, line.text.strip(), None, box)


RULES: tuple[Rule, ...] = (
    widows,
    orphans,
    uneven_spaces,
    hyphens,
    words_over_the_turn,
    bare_headings,
    short_last_page,
    few_lines,
    late_notes,
)
