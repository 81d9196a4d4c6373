"""Plain text becomes a draft: which unit is what, and in which order they are asked.

Imports the recognisers and the other parts of `importing` that work on plain text. Decides nothing about notes
(`importing.notes`) and nothing about the title page (`importing.frontpage`); every guess is a finding, with its
line and its reason.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from octopub.importing import ledger as ledgers
from octopub.importing.draft import (
    Draft,
    Finding,
    Heading,
    Items,
    Note,
    Paragraph,
    Place,
    Quotation,
    Separator,
    Use,
    Verse,
)  # fmt: skip
from octopub.importing.frontpage import FrontPage
from octopub.importing.inline import Owner, Stretch, inline
from octopub.importing.ledger import Ledger
from octopub.importing.lines import UNDERLINE, groups, is_filled, lines_of, units_of, width_of
from octopub.importing.notes import find
from octopub.importing.recognise import (
    CHAPTER,
    MARKED,
    PLAIN,
    SHORT,
    heading,
    marker,
    quotation,
    separator,
    verse,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.importing.draft import Block, Inline
    from octopub.importing.lines import Unit
    from octopub.importing.recognise import Rank

INDENTED = 2
"""Columns from which on a block is indented on purpose."""

CENTRED = 10
"""Columns from which on an indented line is a heading rather than a quotation."""

RUN = 3
"""So many short lines one behind the other are no headings."""

EPIGRAPH = 80
"""A quotation before the text with at most so many words is an epigraph."""


class _Plain:
    """One text while it is read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.ledger = Ledger(source)
        self.findings: list[Finding] = []
        lines = lines_of(source)
        self.units, self.wrapped = units_of(lines)
        self.width = width_of(groups(lines))
        self.notes = find(self.units)
        self.margin = self._margin()
        self.number = {id(unit): index for index, unit in enumerate(self.units)}
        self.lone = {id(self.units[index]) for index in self.notes.lone}
        self.calls = {id(self.units[index]): sorted(calls) for index, calls in self.notes.calls.items()}
        self.ranks: dict[int, Rank] = {}
        self.levels: dict[int, int] = {}

    def _margin(self) -> int:
        """The indent of most lines."""
        counted = Counter(line.indent for unit in self.units for line in unit.lines)
        return counted.most_common(1)[0][0] if counted else 0

    def draft(self) -> Draft:
        """All of it."""
        own = {unit for note in self.notes.notes for unit in note.units} | set(self.notes.furniture)
        body = [unit for index, unit in enumerate(self.units) if index not in own]
        front = FrontPage(self.ledger)
        called = set(self.calls) | self.lone
        begin = front.head(body, called)
        end = len(body) - front.foot(body[begin:], called)
        body = body[begin:end]
        self._rank(body)
        blocks = self._blocks(body)
        notes = tuple(self._note(index) for index in range(len(self.notes.notes)))
        for index, why in self.notes.furniture.items():
            unit = self.units[index]
            self.ledger.leave_out(unit.lines[0].start, unit.lines[-1].end, unit.number, why)
        stretches = self.ledger.in_order()
        words = ledgers.words_by_use(self.source, stretches)
        return Draft(
            blocks=tuple(blocks),
            notes=notes,
            metadata=front.metadata,
            findings=tuple(self._all_findings(front)),
            left_out=tuple(sorted(self.ledger.left_out, key=lambda each: each.place.number)),
            unmatched=tuple(self.notes.unmatched),
            text_words=words.get((Use.TEXT, ""), ()),
            note_words={note.key: words.get((Use.NOTE, note.key), ()) for note in notes},
            source=self.source,
            stretches=stretches,
        )

    def _all_findings(self, front: FrontPage) -> list[Finding]:
        lines = "broken to fit a width" if self.wrapped else "one for each paragraph"
        found = [Finding(Place(1), f"lines {lines}", "told by their lengths")]
        for call, definition, count in self.notes.styles:
            mark = "notes" if count > 1 else "note"
            found.append(
                Finding(
                    Place(1),
                    f"{count} {mark}, called as {call}",
                    f"every call has its note, written as {definition}",
                )
            )
        return found + sorted([*front.findings, *self.findings], key=lambda each: each.place.number)

    def find(self, unit: Unit, what: str, reason: str) -> None:
        self.findings.append(Finding(Place(unit.number), what, reason))

    # -- headings -------------------------------------------------------------------------------

    def _rank(self, body: Sequence[Unit]) -> None:
        """Which units are headings, and of which level."""
        for index, unit in enumerate(body):
            alone = unit.open and unit.closed
            rank = heading([self._masked_line(unit, i) for i in range(len(unit.lines))], alone=alone)
            if rank and index + 1 < len(body) and not self._is_no_heading(unit, body[index + 1], rank):
                self.ranks[id(unit)] = rank
        for is_short, run in groupby(body, self._is_short_line):
            units = list(run)
            if is_short and len(units) >= RUN:
                for unit in units:
                    del self.ranks[id(unit)]
        self._set_levels(body)

    def _is_short_line(self, unit: Unit) -> bool:
        """Whether nothing but its shortness makes a heading of a unit."""
        rank = self.ranks.get(id(unit))
        return rank is not None and rank.style == PLAIN and rank.reason.startswith(SHORT)

    def _is_no_heading(self, unit: Unit, behind: Unit, rank: Rank) -> bool:
        if id(unit) in self.lone:
            return True
        if marker(unit.text) and (self._continues(unit, behind) or not (unit.open and unit.closed)):
            return True
        if rank.style == PLAIN:
            crowded = self.wrapped and not (unit.open and unit.closed)
            indented = INDENTED <= unit.indent - self.margin < CENTRED
            return crowded or indented
        return False

    def _set_levels(self, body: Sequence[Unit]) -> None:
        """Levels: a text's sections begin at the second, its chapters (if there are several) at the first; no
        level is skipped."""
        styles = sorted({rank.style for rank in self.ranks.values()})
        chapters = sum(rank.style == CHAPTER for rank in self.ranks.values())
        base = 1 if chapters > 1 else 2
        before = 0
        for unit in body:
            if rank := self.ranks.get(id(unit)):
                level = base + styles.index(rank.style) + rank.depth
                before = min(level, before + 1, 6) if before else min(level, 6)
                self.levels[id(unit)] = before

    # -- blocks ---------------------------------------------------------------------------------

    def _blocks(self, body: Sequence[Unit]) -> list[Block]:
        found: list[Block] = []
        at = 0
        while at < len(body):
            blocks, size = self._block(body, at)
            found += blocks
            at += size
        if (
            len(found) > 1
            and isinstance(first := found[0], Quotation)
            and _words(first) <= EPIGRAPH
            and self.epigraph
        ):
            found[0] = Quotation(first.blocks, first.place, epigraph=True)
        return found

    epigraph = False
    """Whether the first block is indented."""

    def _block(self, body: Sequence[Unit], at: int) -> tuple[list[Block], int]:
        """The block that begins at a unit, and the number of its units."""
        unit = body[at]
        owner = Owner(self.ledger)
        if reason := separator(unit.text):
            self.find(unit, "separator", reason)
            self.ledger.take(unit.lines[0].start, unit.lines[-1].end, Use.MARKUP)
            return [Separator(Place(unit.number))], 1
        if id(unit) in self.levels:
            return [self._heading(unit)], 1
        if size := self._list_size(body, at):
            return [self._list(body[at : at + size], owner)], size
        if size := self._verse_size(body, at):
            return [self._verse(body[at : at + size], owner)], size
        if self._is_indented(unit):
            size = 1
            while at + size < len(body) and self._is_indented(body[at + size]):
                size += 1
            self.find(unit, "block quotation", "indented")
            self.epigraph = self.epigraph or at == 0
            paragraphs = tuple(self._paragraph(each, owner) for each in body[at : at + size])
            return [Quotation(paragraphs, Place(unit.number))], size
        return [self._quotation(unit, owner) or self._paragraph(unit, owner)], 1

    def _is_indented(self, unit: Unit) -> bool:
        fits = (
            unit.indent - self.margin >= INDENTED
            and id(unit) not in self.levels
            and id(unit) not in self.lone
        )
        return fits and not marker(unit.text) and not separator(unit.text) and not self._verse_reason(unit)

    def _stretch(self, unit: Unit, *, breaks: bool = False) -> Stretch:
        return Stretch(unit.running, unit.lines, self.calls.get(id(unit), ()), breaks)

    def _masked(self, unit: Unit) -> str:
        """A unit's text with a mark in place of each call."""
        text = unit.text
        for start, end, _ in self.calls.get(id(unit), ()):
            text = text[:start] + MARKED * (end - start) + text[end:]
        return text

    def _masked_line(self, unit: Unit, index: int) -> str:
        begin, _ = unit.running.starts[index]
        return self._masked(unit)[begin : begin + len(unit.lines[index].text)]

    def _heading(self, unit: Unit) -> Heading:
        rank, text = self.ranks[id(unit)], unit.text
        self.find(unit, "heading", rank.reason)
        end = len(text)
        if len(unit.lines) == 2 and UNDERLINE.fullmatch(unit.lines[1].text):
            end -= len(unit.lines[1].text)
            self.ledger.take(unit.lines[1].start, unit.lines[1].end, Use.MARKUP)
        words = inline(self._stretch(unit), 0, end, Owner(self.ledger))
        return Heading(self.levels[id(unit)], words, Place(unit.number))

    def _paragraph(self, unit: Unit, owner: Owner, begin: int = 0, end: int | None = None) -> Paragraph:
        meant = len(unit.lines) > 1 and owner.use is Use.TEXT and all(
            len(line.text) <= 60 and not line.text[0].islower() for line in unit.lines
        )  # fmt: skip
        breaks = meant and not (self.wrapped and is_filled(unit.lines, self.width))
        words = inline(
            self._stretch(unit, breaks=breaks), begin, len(unit.text) if end is None else end, owner
        )
        return Paragraph(words, Place(unit.number))

    def _quotation(self, unit: Unit, owner: Owner) -> Quotation | None:
        """A paragraph that is wholly one long quotation: without its marks."""
        quoted = quotation(self._masked(unit)) if id(unit) not in self.lone else None
        if quoted is None:
            return None
        self.find(unit, "block quotation", "a paragraph that is one long quotation; its marks are left out")
        origin = unit.running.origin
        why = "the mark of a block quotation"
        self.ledger.leave_out(origin(0), origin(quoted.begin - 1) + 1, unit.number, why)
        self.ledger.leave_out(origin(quoted.end), origin(quoted.behind - 1) + 1, unit.lines[-1].number, why)
        stretch = self._stretch(unit)
        inside = (
            *inline(stretch, quoted.begin, quoted.end, owner),
            *inline(stretch, quoted.behind, len(unit.text), owner),
        )
        place = Place(unit.number)
        return Quotation((Paragraph(inside, place),), place)

    # -- lists and verse ------------------------------------------------------------------------

    def _continues(self, unit: Unit, behind: Unit) -> bool:
        """Whether two units are items of one list."""
        one, two = marker(unit.text), marker(behind.text)
        if not one or not two or one.kind != two.kind or id(behind) in self.lone:
            return False
        return one.number == 0 or two.number == one.number + 1

    def _list_size(self, body: Sequence[Unit], at: int) -> int:
        """How many units from here on are items of one list; 0 where there are not two."""
        if id(body[at]) in self.lone or not marker(body[at].text):
            return 0
        size = 1
        while at + size < len(body) and self._continues(body[at + size - 1], body[at + size]):
            size += 1
        return size if size > 1 else 0

    def _list(self, units: Sequence[Unit], owner: Owner) -> Items:
        items: list[tuple[Block, ...]] = []
        first = 0
        for unit in units:
            mark = marker(unit.text)
            assert mark
            first = first or mark.number
            self.ledger.take(unit.lines[0].start, unit.running.origin(mark.end - 1) + 1, Use.MARKUP)
            items.append((self._paragraph(unit, owner, mark.end),))
        kind = f"numbered from {first}" if first else "with a mark before each item"
        self.find(units[0], f"list of {len(units)}", kind)
        return Items(tuple(items), Place(units[0].number), first or None)

    def _verse_reason(self, unit: Unit) -> str:
        filled = self.wrapped and is_filled(unit.lines, self.width)
        indented = unit.indent - self.margin >= INDENTED
        if id(unit) in self.lone or marker(unit.text):
            return ""
        return verse([line.text for line in unit.lines], indented=indented, filled=filled)

    def _verse_size(self, body: Sequence[Unit], at: int) -> int:
        size = 0
        while (
            at + size < len(body)
            and id(body[at + size]) not in self.levels
            and self._verse_reason(body[at + size])
        ):
            size += 1
        return size

    def _verse(self, units: Sequence[Unit], owner: Owner) -> Verse:
        self.find(units[0], "verse", self._verse_reason(units[0]))
        margin = min(unit.indent for unit in units)
        stanzas = []
        for unit in units:
            stanza: list[tuple[int, tuple[Inline, ...]]] = []
            stretch, at = self._stretch(unit), 0
            for line in unit.lines:
                end = at + len(line.text)
                stanza.append((line.indent - margin, inline(stretch, at, end, owner)))
                at = end + (unit.text[end : end + 1] == "\n")
            stanzas.append(tuple(stanza))
        return Verse(tuple(stanzas), Place(units[0].number))

    # -- notes ----------------------------------------------------------------------------------

    def _note(self, index: int) -> Note:
        """A note's blocks: its paragraphs, and what else it is made of."""
        note = self.notes.notes[index]
        first = self.units[note.units[0]]
        owner = Owner(self.ledger, Use.NOTE, note.key)
        self.ledger.take(first.lines[0].start, first.running.origin(note.begin - 1) + 1, Use.MARKUP)
        blocks: list[Block] = []
        for number in note.units:
            unit = self.units[number]
            begin = note.begin if unit is first else 0
            end = len(unit.text)
            if note.closes and number == note.units[-1] and unit.text.endswith("]"):
                end -= 1
                self.ledger.take(unit.lines[-1].end - 1, unit.lines[-1].end, Use.MARKUP)
            blocks.append(self._paragraph(unit, owner, begin, end))
        return Note(note.key, note.mark, tuple(blocks), Place(first.number))


def _words(quotation: Quotation) -> int:
    return sum(
        len(getattr(each, "text", "").split())
        for block in quotation.blocks if isinstance(block, Paragraph)
        for each in block.inside
    )  # fmt: skip


def read(source: str) -> Draft:
    """The draft of a plain text."""
    return _Plain(source).draft()
