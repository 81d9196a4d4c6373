"""Plain text becomes a draft: which unit is what, and in which order they are asked.

Imports the other parts of `importing` that work on plain text. Decides nothing by itself: notes are found by
`notes`, the title page by `frontpage`, headings by `headings`, the blocks by
`blocks`. Every guess is a finding, with its line and its reason.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from octopub.importing import ledger as ledgers
from octopub.importing.draft import Draft, Finding, Note, Place, Use
from octopub.importing.ledger import Ledger
from octopub.importing.plaintext import headings
from octopub.importing.plaintext.blocks import Composer
from octopub.importing.plaintext.frontpage import FrontPage
from octopub.importing.plaintext.gutenberg import Frame
from octopub.importing.plaintext.inline import Owner
from octopub.importing.plaintext.lines import groups, lines_of, units_of, width_of
from octopub.importing.plaintext.notes import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.importing.draft import Block
    from octopub.importing.plaintext.lines import Unit
    from octopub.importing.plaintext.noteextents import Found


class _Plain:
    """One text while it is read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.ledger = Ledger(source)
        self.frame = Frame()
        lines = self.frame.strip(lines_of(source), self.ledger)
        self.units, self.wrapped = units_of(lines)
        self.width = width_of(groups(lines))
        self.notes = find(self.units)
        self.margin = _margin(self.units)
        self.lone = {id(self.units[index]) for index in self.notes.lone}
        self.calls = {
            id(self.units[index]): sorted(calls, key=lambda call: call[:2])
            for index, calls in self.notes.calls.items()
        }

    def draft(self) -> Draft:
        """All of it."""
        own = {unit for note in self.notes.notes for unit in note.units} | set(self.notes.furniture)
        front = FrontPage(self.ledger, self.calls, dict(self.frame.metadata), list(self.frame.findings))
        body = self._between(front, [unit for index, unit in enumerate(self.units) if index not in own])
        composer = self._composer(body[len(front.kept) :], front.title)
        blocks = composer.text(body, self.margin)
        notes = tuple(self._note(note, composer) for note in self.notes.notes)
        for index, why in self.notes.furniture.items():
            self._leave_out([self.units[index]], why)
        stretches = self.ledger.in_order()
        words = ledgers.words_by_use(self.source, stretches)
        return Draft(
            blocks=tuple(blocks),
            notes=notes,
            metadata=front.metadata,
            findings=tuple(self._findings([*front.findings, *composer.findings])),
            left_out=tuple(sorted(self.ledger.left_out, key=lambda each: each.place.number)),
            unmatched=tuple(self.notes.unmatched),
            text_words=words.get((Use.TEXT, ""), ()),
            note_words={note.key: words.get((Use.NOTE, note.key), ()) for note in notes},
            source=self.source,
            stretches=stretches,
        )

    def _between(self, front: FrontPage, units: list[Unit]) -> list[Unit]:
        """What stands between the head and the foot of the text, without a table of contents."""
        begin = front.head(units, self.lone)
        body = units[begin : len(units) - front.foot(units[begin:], set(self.calls) | self.lone)]
        table = headings.contents(body)
        self._leave_out(table, "the table of contents: octopub makes its own")
        return front.kept + [unit for unit in body if unit not in table]

    def _composer(self, body: Sequence[Unit], title: Unit | None) -> Composer:
        """What makes the blocks. A `title` that calls a note is a heading in the text."""
        ranks = headings.ranks(body, self.calls, self.lone, wrapped=self.wrapped, margin=self.margin)
        levels = headings.levels(body, ranks)
        if title:
            ranks[id(title)] = headings.TITLE
            levels[id(title)] = 1
        return Composer(self.ledger, self.calls, self.lone, ranks, levels, self.wrapped, self.width)

    def _leave_out(self, units: Sequence[Unit], why: str) -> None:
        for unit in units:
            self.ledger.leave_out(unit.lines[0].start, unit.lines[-1].end, unit.number, why)

    def _findings(self, more: Sequence[Finding]) -> list[Finding]:
        lines = "broken to fit a width" if self.wrapped else "one for each paragraph"
        found = [Finding(Place(1), f"lines {lines}", "told by their lengths")]
        for call, definition, count in self.notes.styles:
            mark = "notes" if count > 1 else "note"
            reason = f"every call has its note, written as {definition}"
            found.append(Finding(Place(1), f"{count} {mark}, called as {call}", reason))
        return found + sorted(more, key=lambda each: each.place.number)

    def _note(self, note: Found, composer: Composer) -> Note:
        """A note's blocks: its paragraphs, and what else it is made of."""
        first, *more = [self.units[number] for number in note.units]
        owner = Owner(self.ledger, Use.NOTE, note.key)
        self.ledger.take(first.lines[0].start, first.running.origin(note.begin - 1) + 1, Use.MARKUP)
        end = None
        tail: list[Unit] = []
        if note.closes:
            # The bracket at the end belongs to the mark, so that the last unit can only be a paragraph.
            last = more.pop() if more else first
            self.ledger.take(last.lines[-1].end - 1, last.lines[-1].end, Use.MARKUP)
            end, tail = (len(first.text) - 1, []) if last is first else (None, [last])
        blocks: list[Block] = [composer.paragraph(first, owner, note.begin, end)]
        blocks += composer.blocks(more, owner, min((unit.indent for unit in more), default=0))
        blocks += [composer.paragraph(unit, owner, 0, len(unit.text) - 1) for unit in tail]
        return Note(note.key, note.mark, tuple(blocks), Place(first.number))


def _margin(units: Sequence[Unit]) -> int:
    """The indent of most lines."""
    counted = Counter(line.indent for unit in units for line in unit.lines)
    return counted.most_common(1)[0][0] if counted else 0


def read(source: str) -> Draft:
    """The draft of a plain text."""
    return _Plain(source).draft()
