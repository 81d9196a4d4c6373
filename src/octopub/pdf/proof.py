"""The proof: every note is printed whole, exactly once, on or behind the page of its first call and
before its chapter ends; and the text's words are all there.

Imports `diagnostics`, `model` and `pdf.record`. It reads the layout record alone: it would find a
fault of any layout engine, and of octopub's own way around one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code, Diagnostic, complain
from octopub.pdf.record import FURNITURE
from octopub.reading.source import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from octopub.model import Book, Note
    from octopub.pdf.record import Block, LayoutRecord, Line, Page, Part

SLACK = 1.5
"""Points by which a line may reach over the text block's edge: type has overhangs."""


class Fault(NamedTuple):
    """A block that is not printed as it should be."""

    block: Block
    reason: str
    words: str = ""


def faults(part: Part) -> list[Fault]:
    """The blocks of a part whose letters are not all there, each once, in order and on the paper."""
    lines: dict[int, list[tuple[Page, Line]]] = defaultdict(list)
    for page in part.pages:
        for line in page.lines:
            if line.block != FURNITURE and not line.repeated:
                lines[line.block].append((page, line))
    return [fault for block in part.blocks if (fault := _fault(block, lines[block.key]))]


def _fault(block: Block, lines: Iterable[tuple[Page, Line]]) -> Fault | None:
    done = 0
    for page, line in lines:
        if line.start != done:
            return Fault(block, "printed twice, or out of order", line.text.strip())
        done = line.end
        if not _on_paper(page, line):
            return Fault(block, "cut off at the edge of the page", line.text.strip())
    return None if done == block.letters else Fault(block, "not printed to its end")


def _on_paper(page: Page, line: Line) -> bool:
    """Whether the line stands between the text block's upper and lower edge."""
    _, top, _, bottom = page.area
    return line.baseline <= bottom + SLACK and line.top + line.height >= top - SLACK and line.baseline >= top


def prove(record: LayoutRecord, book: Book) -> list[Diagnostic]:
    """Errors for all that the proof does not hold for; none, if it holds."""
    notes = {note.id: note for note in book.notes}
    found: dict[str, Diagnostic] = {}
    for part in record.parts:
        for fault in faults(part):
            _complain(found, fault, notes, book)
    _prove_places(record, book, notes, found)
    _prove_numbers(record, book, found)
    return list(found.values())


def _complain(found: dict[str, Diagnostic], fault: Fault, notes: Mapping[str, Note], book: Book) -> None:
    path = book.source.path
    if note := notes.get(fault.block.flow):
        found.setdefault(
            note.id, complain(Code.NOTE_NOT_WHOLE, note.span, path, label=note.label, reason=fault.reason)
        )
    else:
        at = fault.block.at
        place = locate(book.source, at, at + 1) if at is not None else None
        words = fault.words or (book.source.text[at : at + 30].split("\n")[0] if at is not None else "")
        found.setdefault(
            f"block {fault.block.key} {at}",
            complain(Code.TEXT_NOT_WHOLE, place, path, words=words, reason=fault.reason),
        )


def _prove_places(
    record: LayoutRecord, book: Book, notes: Mapping[str, Note], found: dict[str, Diagnostic]
) -> None:
    """Each note stands in one part, on or behind the page of its first call."""
    page_of: dict[str, int] = {}
    first_line: dict[str, tuple[int, int]] = {}
    blocks_seen: dict[str, set[int]] = defaultdict(set)
    letters: set[str] = set()
    number = 0
    for index, part in enumerate(record.parts):
        flows = {block.key: block.flow for block in part.blocks}
        for block in part.blocks:
            if block.flow and block.letters:
                letters.add(block.flow)
                blocks_seen[block.flow].add(index)
        for page in part.pages:
            for name, _, _ in page.anchors:
                page_of.setdefault(name, number)
            for line in page.lines:
                flow = flows.get(line.block, "")
                if flow:
                    first_line.setdefault(flow, (index, number))
            number += 1
    for note in notes.values():
        reason = ""
        if note.id not in letters:
            continue  # it has none
        if note.id not in first_line:
            reason = "it is not printed"
        elif len(blocks_seen[note.id]) > 1:
            reason = "it is printed twice"
        elif note.calls and page_of.get(note.calls[0], number) > first_line[note.id][1]:
            reason = "it stands before its call"
        if reason:
            found.setdefault(
                note.id,
                complain(Code.NOTE_NOT_WHOLE, note.span, book.source.path, label=note.label, reason=reason),
            )


def _prove_numbers(record: LayoutRecord, book: Book, found: dict[str, Diagnostic]) -> None:
    """Every printed page number is that of the page its anchor is on."""
    labels: dict[str, str] = {}
    for page in record.pages:
        for name, _, _ in page.anchors:
            labels.setdefault(name, page.label)
    for page in record.pages:
        for reference in page.references:
            if labels.get(reference.anchor) != reference.text.strip():
                found.setdefault(
                    f"page {reference.anchor}", complain(Code.PAGES_UNSETTLED, None, book.source.path)
                )
