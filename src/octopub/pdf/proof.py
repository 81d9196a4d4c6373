"""The proof: every note is printed whole, exactly once, on or behind the page of its first call and
before its chapter ends; and the text's words are all there.

Imports `diagnostics`, `model` and `pdf.record`. It reads the layout record alone: it would find a
fault of any layout engine, and of octopub's own way around one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.model import NotesPlace
from octopub.pdf.record import FURNITURE
from octopub.reading.source import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octopub.model import Book, Note
    from octopub.pdf.record import Block, LayoutRecord, Line, Page, Part

SLACK = 1.5
"""Points by which a line may reach over the text block's edge: type has overhangs."""

NEAR = 4.0
"""Lines whose baselines are less than so many points apart must stand side by side."""


class Fault(NamedTuple):
    """A block that is not printed as it should be."""

    block: Block
    reason: str
    words: str = ""


def prove(record: LayoutRecord, book: Book) -> list[Diagnostic]:
    """Errors for all that the proof does not hold for; none, if it holds."""
    notes = {note.id: note for note in book.notes}
    found: dict[object, Diagnostic] = {}
    for part in record.parts:
        for fault in faults(part):
            note = notes.get(fault.block.flow)
            subject = note.id if note else (part.name, fault.block.key)
            found.setdefault(
                subject, _note_fault(note, fault.reason, book) if note else _text_fault(fault, book)
            )
    for note, reason in _misplaced(record, book):
        found.setdefault(note.id, _note_fault(note, reason, book))
    if any(_wrong_numbers(record)):
        found.setdefault("numbers", complain(Code.PAGES_UNSETTLED, None, book.source.path))
    return list(found.values())


def _note_fault(note: Note, reason: str, book: Book) -> Diagnostic:
    return complain(Code.NOTE_NOT_WHOLE, note.span, book.source.path, label=note.label, reason=reason)


def _text_fault(fault: Fault, book: Book) -> Diagnostic:
    at, words = fault.block.at, fault.words
    place = None
    if at is not None:
        place = locate(book.source, at, at + 1)
        words = words or book.source.text[at : at + 30].split("\n")[0]
    return complain(Code.TEXT_NOT_WHOLE, place, book.source.path, words=words, reason=fault.reason)


# -- whole, once, in order ---------------------------------------------------------------------------


def faults(part: Part) -> list[Fault]:
    """The blocks of a part whose letters are not all there, each once, in order, and where they can be
    read."""
    lines: dict[int, list[_Placed]] = defaultdict(list)
    covered = {id(line) for page in part.pages for line in _covered(page)}
    for number, page in enumerate(part.pages):
        for line in page.lines:
            if line.block != FURNITURE and not line.repeated:
                readable = _on_paper(page, line), id(line) not in covered
                lines[line.block].append(_Placed(number, line, *readable))
    late = _late(part, lines)
    found = (_fault(block, lines[block.key], is_late=block.key in late) for block in part.blocks)
    return list(filter(None, found))


class _Placed(NamedTuple):
    """A line, and where it came to stand."""

    page: int
    line: Line
    on_paper: bool
    uncovered: bool


def _fault(block: Block, lines: Iterable[_Placed], *, is_late: bool) -> Fault | None:
    done = 0
    for placed in lines:
        line = placed.line
        reason = (
            "printed twice, or out of order" if line.start != done
            else "cut off at the edge of the page" if not placed.on_paper
            else "printed over other words" if not placed.uncovered
            else "printed behind words that follow it" if is_late
            else None
        )  # fmt: skip
        if reason:
            return Fault(block, reason, line.text.strip())
        done = line.end
    return None if done == block.letters else Fault(block, "not printed to its end")


def _late(part: Part, lines: dict[int, list[_Placed]]) -> set[int]:
    """The keys of the text's blocks that begin on a page behind that of a later one (notes have pages of
    their own)."""
    late = set()
    earliest = len(part.pages)
    for block in reversed(part.blocks):
        if not block.flow and lines[block.key]:
            first = lines[block.key][0].page
            if first > earliest:
                late.add(block.key)
            earliest = min(earliest, first)
    return late


def _on_paper(page: Page, line: Line) -> bool:
    """Whether the line stands between the text block's upper and lower edge."""
    _, top, _, bottom = page.area
    return top <= line.baseline <= bottom + SLACK


def _covered(page: Page) -> Iterator[Line]:
    """The lines that stand on one another."""
    lines = sorted(page.lines, key=lambda line: line.baseline)
    for index, upper in enumerate(lines):
        for lower in lines[index + 1 :]:
            if lower.baseline - upper.baseline >= NEAR:
                break
            first, second = sorted((upper, lower), key=lambda line: line.left)
            if first.left + first.width > second.left + SLACK:
                yield from (first, second)


# -- in their places ---------------------------------------------------------------------------------


def _misplaced(record: LayoutRecord, book: Book) -> Iterator[tuple[Note, str]]:
    """The notes that are printed nowhere, in two parts, or before their calls. Those to which the text does not lead
    stand together behind it, whichever of them calls which."""
    calls = _anchors(record)
    places = _first_lines(record)
    chapters: set[str] = set()  # whose notes stand in them
    if book.options.notes_pdf is not NotesPlace.BOOK:
        chapters = {chapter.id for chapter in book.chapters}
    for note in book.notes:
        found = places.get(note.id, [])
        call = calls.get(note.calls[0]) if note.calls else None
        if not found:
            yield note, "it is not printed"
        elif len(found) > 1:
            yield note, "it is printed twice"
        elif note.calls and call is None:
            yield note, "its call is not printed"
        elif call and note.reached and found[0] < call:
            yield note, "it stands before its call"
        elif call and found[0][0] != call[0] and record.parts[call[0]].name in chapters:
            yield note, "it stands in another chapter"


def _anchors(record: LayoutRecord) -> dict[str, tuple[int, int]]:
    """Anchor → its part and page, counted from 0."""
    found: dict[str, tuple[int, int]] = {}
    for index, part in enumerate(record.parts):
        for number, page in enumerate(part.pages):
            for name, _, _ in page.anchors:
                found.setdefault(name, (index, number))
    return found


def _first_lines(record: LayoutRecord) -> dict[str, list[tuple[int, int]]]:
    """Note → part and page of its first line, in each part that has it."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, part in enumerate(record.parts):
        flows = {block.key: block.flow for block in part.blocks}
        seen: set[str] = set()
        for number, page in enumerate(part.pages):
            for line in page.lines:
                flow = flows.get(line.block, "")
                if flow and flow not in seen:
                    seen.add(flow)
                    found[flow].append((index, number))
    return found


def _wrong_numbers(record: LayoutRecord) -> Iterator[str]:
    """The anchors of the printed page numbers that are not those of their pages."""
    labels: dict[str, str] = {}
    for page in record.pages:
        for name, _, _ in page.anchors:
            labels.setdefault(name, page.label)
    for page in record.pages:
        for reference in page.references:
            if labels.get(reference.anchor) != reference.text.strip():
                yield reference.anchor
