"""Units of plain text become blocks: paragraphs, lists, verse, quotations, separators.

Imports the recognisers, `inline`, `importing.draft` and `importing.ledger`. Which units are headings,
and which belong to a note, is known before; a note's blocks are made in the same way as those of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from octopub.importing.draft import (
    Finding,
    Heading,
    Items,
    Paragraph,
    Place,
    Quotation,
    Separator,
    Text,
    Use,
    Verse,
)  # fmt: skip
from octopub.importing.plaintext.inline import Owner, Stretch, inline
from octopub.importing.plaintext.lines import UNDERLINE, follows, is_filled
from octopub.importing.plaintext.recognise import (
    ATX,
    MARKED,
    QUOTE_MARK,
    illustration,
    is_item,
    marker,
    quotation,
    separator,
    verse,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from octopub.importing.draft import Block, Inline
    from octopub.importing.ledger import Ledger
    from octopub.importing.plaintext.lines import Unit
    from octopub.importing.plaintext.recognise import Rank

INDENTED = 2
"""Columns from which on a block is indented on purpose."""

EPIGRAPH = 80
"""A quotation before the text with at most so many words is an epigraph."""

SHORT_LINE = 60
"""Lines of at most so many characters may have been ended on purpose."""


@dataclass
class Composer:
    """What is known of a text before its blocks are made."""

    ledger: Ledger
    calls: Mapping[int, Sequence[tuple[int, int, str]]]
    """By unit: from where to where a call stands, and its note."""
    lone: Collection[int]
    """Units that define what nothing calls: paragraphs, whatever they look like."""
    ranks: Mapping[int, Rank]
    levels: Mapping[int, int]
    """By unit: headings, and their levels."""
    wrapped: bool
    width: int
    findings: list[Finding] = field(default_factory=list)

    def text(self, body: Sequence[Unit], margin: int) -> list[Block]:
        """The text's blocks. A short quotation that is indented, and stands before all else, is an epigraph."""
        found = self.blocks(body, Owner(self.ledger), margin)
        if len(found) > 1 and isinstance(first := found[0], Quotation) and self._is_indented(body[0], margin):
            found[0] = Quotation(first.blocks, first.place, epigraph=_words(first) <= EPIGRAPH)
        return found

    def blocks(self, body: Sequence[Unit], owner: Owner, margin: int) -> list[Block]:
        """The blocks of these units; `margin` is the indent of what is not indented."""
        found: list[Block] = []
        at = 0
        while at < len(body):
            block, size = self._block(body, at, owner, margin)
            found.append(block)
            at += size
        return found

    def find(self, unit: Unit, what: str, reason: str) -> None:
        """Report what a unit was taken for."""
        self.findings.append(Finding(Place(unit.number), what, reason))

    def masked(self, unit: Unit) -> str:
        """A unit's text with a mark in place of each call."""
        return masked(unit, self.calls)

    def _block(self, body: Sequence[Unit], at: int, owner: Owner, margin: int) -> tuple[Block, int]:
        """The block that begins at a unit, and the number of its units."""
        unit = body[at]
        place = Place(unit.number)
        if reason := separator(unit.text):
            self.find(unit, "separator", reason)
            self.ledger.take(unit.lines[0].start, unit.lines[-1].end, Use.MARKUP)
            return Separator(place), 1
        if id(unit) in self.levels:
            return self._heading(unit), 1
        if size := self._list_size(body, at):
            return self._list(body[at : at + size], owner), size
        if size := self._verse_size(body, at, margin):
            return self._verse(body[at : at + size], owner, margin), size
        if self._is_indented(unit, margin):
            size = 1
            while at + size < len(body) and self._is_indented(body[at + size], margin):
                size += 1
            self.find(unit, "block quotation", "indented")
            return Quotation(tuple(self.paragraph(each, owner) for each in body[at : at + size]), place), size
        return self._marked(unit, owner) or self._quotation(unit, owner) or self.paragraph(unit, owner), 1

    def _is_indented(self, unit: Unit, margin: int) -> bool:
        """Whether a unit is indented on purpose, and nothing else than a quotation."""
        fits = unit.indent - margin >= INDENTED and id(unit) not in self.levels and id(unit) not in self.lone
        return (
            fits
            and not is_item(unit.text)
            and not separator(unit.text)
            and not self._verse_reason(unit, margin)
        )

    def _stretch(self, unit: Unit, *, breaks: bool = False) -> Stretch:
        return Stretch(unit.running, unit.lines, self.calls.get(id(unit), ()), breaks)

    # -- headings and paragraphs ----------------------------------------------------------------

    def _heading(self, unit: Unit) -> Heading:
        rank, text = self.ranks[id(unit)], unit.text
        self.find(unit, "heading", rank.reason)
        begin, end = 0, len(text)
        if len(unit.lines) == 2 and UNDERLINE.fullmatch(unit.lines[1].text):
            end -= len(unit.lines[1].text)
            self.ledger.take(unit.lines[1].start, unit.lines[1].end, Use.MARKUP)
        elif hashes := ATX.fullmatch(text):
            begin, end = hashes.span("words")
            for start, stop in ((0, begin), (end, len(text))):
                self._book(unit, start, stop)
        words = inline(self._stretch(unit), begin, end, Owner(self.ledger))
        return Heading(self.levels[id(unit)], words, Place(unit.number))

    def _book(self, unit: Unit, start: int, stop: int) -> None:
        """Book a stretch of a unit's text as markup."""
        if start < stop:
            origin = unit.running.origin
            self.ledger.take(origin(start), origin(stop - 1) + 1, Use.MARKUP)

    def paragraph(self, unit: Unit, owner: Owner, begin: int = 0, end: int | None = None) -> Paragraph:
        """A unit as a paragraph, from one place in its text to another."""
        words = inline(
            self._stretch(unit, breaks=owner.use is Use.TEXT and self._breaks(unit)),
            begin,
            len(unit.text) if end is None else end,
            owner,
        )
        if reason := illustration(unit.text):
            self.find(unit, "kept as text", reason)
        return Paragraph(words, Place(unit.number))

    def _breaks(self, unit: Unit) -> bool:
        """Whether a unit's lines end where they were meant to: an address, lines of a title."""
        if (
            len(unit.lines) == 1
            or any(len(line.text) > SHORT_LINE for line in unit.lines)
            or is_item(unit.text)
        ):
            return False
        if not self.wrapped:
            return True
        begins = not any(line.text[0].islower() for line in unit.lines)
        return begins and not is_filled(unit.lines, self.width)

    # -- quotations -----------------------------------------------------------------------------

    def _marked(self, unit: Unit, owner: Owner) -> Quotation | None:
        """Lines that all begin with `>`: a block quotation, as in letters and in Markdown."""
        marks = [QUOTE_MARK.match(line.text) for line in unit.lines]
        if not all(marks) or id(unit) in self.lone:
            return None
        self.find(unit, "block quotation", "each line begins with >")
        words: list[Inline] = []
        for (at, _), line, mark in zip(unit.running.starts, unit.lines, marks, strict=True):
            assert mark
            self._book(unit, at, at + mark.end())
            words += [*inline(self._stretch(unit), at + mark.end(), at + len(line.text), owner), Text(" ")]
        place = Place(unit.number)
        return Quotation((Paragraph(tuple(words[:-1]), place),), place)

    def _quotation(self, unit: Unit, owner: Owner) -> Quotation | None:
        """A paragraph that is wholly one long quotation: without its marks."""
        quoted = quotation(self.masked(unit)) if id(unit) not in self.lone else None
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

    # -- lists ----------------------------------------------------------------------------------

    def _list_size(self, body: Sequence[Unit], at: int) -> int:
        """How many units from here on are a list: its items, and what is indented below them. 0 where there are
        not two items."""
        first = body[at]
        if id(first) in self.lone or not marker(first.text):
            return 0
        indent, item = first.lines[0].indent, first
        items, size = 1, 1
        for count, unit in enumerate(body[at + 1 :], 2):
            deeper = unit.lines[0].indent - indent >= INDENTED
            if id(unit) in self.levels or id(unit) in self.lone or separator(unit.text):
                break
            if not deeper and not self._continues(item, unit):
                break
            if not deeper:
                item = unit
                items += 1
            # What stands below the last item belongs to it if it is a list, or stands under its words.
            if not deeper or marker(unit.text) or _is_under(item, unit):
                size = count
        return size if items > 1 else 0

    def _continues(self, unit: Unit, behind: Unit) -> bool:
        return (
            id(behind) not in self.levels and id(behind) not in self.lone and follows(unit.text, behind.text)
        )

    def _list(self, units: Sequence[Unit], owner: Owner) -> Items:
        """A list of these units."""
        indent = units[0].lines[0].indent
        starts = [
            index for index, unit in enumerate(units)
            if not index or (unit.lines[0].indent - indent < INDENTED)
        ]  # fmt: skip
        first = marker(units[0].text)
        assert first
        kind = f"numbered from {first.label}" if first.number else "with a mark before each item"
        self.find(units[0], f"list of {len(starts)}", kind)
        items: list[tuple[Block, ...]] = []
        for begin, end in pairwise([*starts, len(units)]):
            unit, *more = units[begin:end]
            mark = marker(unit.text)
            assert mark
            self._book(unit, 0, mark.end)
            margin = min((each.indent for each in more), default=0)
            items.append((self.paragraph(unit, owner, mark.end), *self.blocks(more, owner, margin)))
        return Items(tuple(items), Place(units[0].number), first.number or None, first.style, dense=True)

    # -- verse ----------------------------------------------------------------------------------

    def _verse_reason(self, unit: Unit, margin: int) -> str:
        if id(unit) in self.lone or is_item(unit.text):
            return ""
        filled = self.wrapped and is_filled(unit.lines, self.width)
        indents = [line.indent - margin for line in unit.lines]
        return verse([line.text for line in unit.lines], indents=indents, filled=filled)

    def _verse_size(self, body: Sequence[Unit], at: int, margin: int) -> int:
        size = 0
        while (
            at + size < len(body)
            and id(body[at + size]) not in self.levels
            and self._verse_reason(body[at + size], margin)
        ):
            size += 1
        return size

    def _verse(self, units: Sequence[Unit], owner: Owner, margin: int) -> Verse:
        self.find(units[0], "verse", self._verse_reason(units[0], margin))
        least = min(unit.indent for unit in units)
        stanzas = []
        for unit in units:
            stanza: list[tuple[int, tuple[Inline, ...]]] = []
            stretch, at = self._stretch(unit), 0
            for line in unit.lines:
                end = at + len(line.text)
                stanza.append((line.indent - least, inline(stretch, at, end, owner)))
                at = end + (unit.text[end : end + 1] == "\n")
            stanzas.append(tuple(stanza))
        return Verse(tuple(stanzas), Place(units[0].number))


def _is_under(item: Unit, unit: Unit) -> bool:
    """Whether a unit stands under the words of a list's item."""
    mark = marker(item.text)
    return mark is not None and abs(unit.indent - item.lines[0].indent - mark.end) <= 1


def masked(unit: Unit, calls: Mapping[int, Sequence[tuple[int, int, str]]]) -> str:
    """A unit's text with a mark in place of each call."""
    text = unit.text
    for start, end, _ in calls.get(id(unit), ()):
        text = text[:start] + MARKED * (end - start) + text[end:]
    return text


def _words(quotation: Quotation) -> int:
    return sum(
        len(getattr(each, "text", "").split())
        for block in quotation.blocks if isinstance(block, Paragraph)
        for each in block.inside
    )  # fmt: skip
