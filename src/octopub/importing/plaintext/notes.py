"""The notes of a plain text: which calls and definitions there are, how far each note reaches, and what does not
match.

Imports `notestyles`, `matching` and `lines`. A form of notes counts only if its
calls and its definitions match as a whole; where half of them do not, they are reported, not guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from octopub.importing.draft import Place, Unmatched
from octopub.importing.plaintext.matching import Match, clusters, match
from octopub.importing.plaintext.noteextents import Extents, Found
from octopub.importing.plaintext.notestyles import (
    STRONG,
    Style,
    calls,
    definition,
    loose_calls,
    may_call,
    may_define,
    notes_heading,
)  # fmt: skip
from octopub.importing.plaintext.recognise import heading, separator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octopub.importing.plaintext.lines import Line, Unit
    from octopub.importing.plaintext.matching import Cluster
    from octopub.importing.plaintext.notestyles import Call, Definition

Either = TypeVar("Either", "Call", "Definition")

CALL_STYLES = (
    Style.BRACKETS, Style.BRACES, Style.LETTERS, Style.SUPERSCRIPT, Style.SIGNS, Style.HALF, Style.PARENTHESES,
)  # fmt: skip
"""The forms of calls, the surest first."""

NUMBERED = (
    Style.BRACKETS, Style.BRACES, Style.SUPERSCRIPT, Style.PARENTHESES, Style.STOP, Style.HALF, Style.BARE,
)  # fmt: skip
ALONE = frozenset({Style.SIGNS, Style.LETTERS})
"""These forms go with definitions of their own form only."""

WEAK = frozenset({Style.STOP, Style.HALF, Style.PARENTHESES, Style.BARE})
"""Definitions in these forms may as well be the items of a list."""


@dataclass
class Notes:
    """All notes of a text."""

    calls: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    """By unit: from where to where a call stands, and its note's key."""
    notes: list[Found] = field(default_factory=list)
    furniture: dict[int, str] = field(default_factory=dict)
    """Units that go when the notes move: their heading, the rule above them; and why."""
    unmatched: list[Unmatched] = field(default_factory=list)
    lone: set[int] = field(default_factory=set)
    """Units that define what nothing calls: kept as text, each a paragraph."""
    styles: list[tuple[str, str, int]] = field(default_factory=list)
    """The forms that count: how calls and definitions are written, and how many notes."""


class _Search:
    """One text while its notes are looked for."""

    def __init__(self, units: Sequence[Unit], sections: Sequence[int] | None) -> None:
        self.units = units
        self.kinds = [notes_heading(unit) for unit in units]
        self.headings = [index for index, kind in enumerate(self.kinds) if kind]
        self.sections = list(filter(self.is_section, range(len(units))) if sections is None else sections)
        self.all_headings = sorted({*self.sections, *self.headings})
        self.taken: set[int] = set()
        self.pairs: list[tuple[Call, Definition]] = []
        self.clusters: dict[int, Cluster] = {}
        """By the unit of the first definition."""
        self.result = Notes()
        whole = "\n".join(unit.text for unit in units)
        self.known_calls = {
            style: [call for index, unit in enumerate(units) for call in calls(style, index, unit.text, 0)]
            for style in CALL_STYLES
            if may_call(style, whole)
        }
        marked = [(index, unit.text) for index, unit in enumerate(units) if may_define(unit.text)]
        self.known_definitions = {
            style: [each for index, text in marked if (each := definition(style, index, text))]
            for style in Style
        }
        self.torn: set[tuple[int, tuple[int, int]]] = set()
        """Brackets that several calls share, of which one has no note."""

    def is_section(self, at: int) -> bool:
        return heading([line.text for line in self.units[at].lines], alone=True) is not None

    def run(self) -> Notes:
        """First the forms that match as a whole; what these leave may be a broken form."""
        broken = [style for style in CALL_STYLES if not self.take_whole(style)]
        for style in broken:
            self.take_broken(style)
        self.lone_under_heading()
        self.finish()
        return self.result

    def take_whole(self, style: Style) -> bool:
        """Take the notes of this form, if all calls have definitions and all definitions calls."""
        for other, result, grouped in self.matches(style):
            if result.is_whole:
                self.take(result, grouped, style, other)
                return True
        return style is Style.PARENTHESES and self.take_loose()

    def take_loose(self) -> bool:
        """Take calls in round brackets that could be an enumeration's numbers as well: only if with them all
        notes are called, each once and in order."""
        if Style.PARENTHESES not in self.known_calls:
            return False
        strict = self.known_calls[Style.PARENTHESES]
        loose = [call for index, unit in enumerate(self.units) for call in loose_calls(index, unit.text, 0)]
        self.known_calls[Style.PARENTHESES] = sorted({*strict, *loose}, key=lambda call: call.at)
        for other, result, grouped in self.matches(Style.PARENTHESES):
            units = [each.unit for _, each in result.pairs]
            in_order = all(one < two for one, two in pairwise(units))
            left = not set(strict).isdisjoint(result.calls)
            if units and in_order and not result.definitions and not left:
                self.take(result, grouped, Style.PARENTHESES, other)
                return True
        self.known_calls[Style.PARENTHESES] = strict
        return False

    def take_broken(self, style: Style) -> None:
        """Take what matches of a form that is one of notes all the same, and report the rest."""
        found = [*self.matches(style), *self.matches(style, lenient=True)]
        if not found:
            return
        other, result, grouped = max(found, key=lambda each: len(each[1].pairs))
        if not self.is_broken(style, result, grouped):
            return
        if other in WEAK and other is not style and not any(each.headed for each in grouped):
            # It may as well be a list: these are candidates, and nothing more.
            near = [each for _, each in result.pairs]
            self.report(Match(calls=[*result.calls, *(call for call, _ in result.pairs)]), near)
            return
        self.take(result, grouped, style, other)
        self.report(result)

    def matches(self, style: Style, *, lenient: bool = False) -> Iterator[tuple[Style, Match, list[Cluster]]]:
        """The calls of a form, matched with the definitions of each form that goes with it. `lenient` takes
        what may be lists for notes as well."""
        if style not in self.known_calls and style is not Style.BRACKETS:
            return
        for other in _partners(style):
            found = self.definitions(other, style)
            own = self.calls(style, found)
            if own or (found and style is other is Style.BRACKETS):
                grouped = clusters(found, own, self.headings)
                if not lenient:
                    grouped = self.worth(grouped, own, style, other)
                yield other, match(own, grouped, self.sections, signs=style is Style.SIGNS), grouped

    def definitions(self, style: Style, call_style: Style) -> list[Definition]:
        """What may be definitions of this form."""
        return [
            each for each in self.known_definitions[style]
            if each.unit not in self.taken and each.unit not in self.result.lone
            and (style is not Style.BARE or self.under_heading(each.unit))
            and (call_style is not Style.SIGNS or not self.is_bare_mark(each))
        ]  # fmt: skip

    def is_bare_mark(self, each: Definition) -> bool:
        """`***` between paragraphs, or `*emphasis* at a paragraph's beginning`."""
        text = self.units[each.unit].text
        begins_emphasis = (
            each.mark == text[: len(each.mark)]
            and not text[len(each.mark)].isspace()
            and (text.find(each.mark, len(each.mark) + 1) > 0 and each.mark.startswith("*"))
        )
        return bool(separator(text)) or begins_emphasis

    def calls(self, style: Style, definitions: Sequence[Definition]) -> list[Call]:
        """What may be calls of this form, behind the marks of these definitions."""
        begin = {each.unit: each.end for each in (*(each for _, each in self.pairs), *definitions)}
        labels = {each.label for each in definitions}
        return [
            call
            for call in self.known_calls.get(style, ())
            if call.start >= begin.get(call.unit, 0) and not (call.others and labels.isdisjoint(call.others))
        ]

    def under_heading(self, unit: int) -> bool:
        """Whether the last heading before a unit is one of notes."""
        before = bisect_left(self.all_headings, unit)
        return before > 0 and bool(self.kinds[self.all_headings[before - 1]])

    def worth(self, grouped: list[Cluster], own: Sequence[Call], style: Style, other: Style) -> list[Cluster]:
        """Without the clusters that are lists: of signs and of weak forms, those whose numbers are not called
        since the cluster before them, all of them."""
        if style is not Style.SIGNS and other not in WEAK:
            return grouped
        kept, before = [], -1
        for cluster in grouped:
            first, last = cluster.definitions[0].unit, cluster.definitions[-1].unit
            called = {call.label for call in own if before < call.unit <= last}
            wanted = {each.label for each in cluster.definitions}
            if (wanted & called) if style is Style.SIGNS or cluster.headed else (wanted == called):
                kept.append(cluster)
                before = last
            elif not kept:
                before = min(before, first)
        return kept

    def is_broken(self, style: Style, result: Match, grouped: Sequence[Cluster]) -> bool:
        """Whether a form that does not match as a whole is one of notes all the same."""
        if style in STRONG:
            return True
        if style is Style.SIGNS:
            return bool(result.pairs)
        if any(each.headed for each in grouped):
            return bool(result.pairs)
        return len(result.pairs) > 1 and len(result.pairs) >= max(len(result.calls), len(result.definitions))

    def take(self, result: Match, grouped: Sequence[Cluster], style: Style, other: Style) -> None:
        self.pairs += result.pairs
        served = {each.unit for _, each in result.pairs}
        self.taken |= served
        if served:
            self.result.styles.append((style.value, other.value, len(served)))
        for cluster in grouped:
            matched = tuple(each for each in cluster.definitions if each.unit in served)
            if matched:
                self.clusters[matched[0].unit] = replace(cluster, definitions=matched)

    def report(self, result: Match, candidates: Sequence[Definition] = ()) -> None:
        """The table of what does not match, each with what is nearest to it, be it only a candidate."""
        free_calls, free = result.calls, result.definitions
        every_call = [*free_calls, *(call for call, _ in result.pairs)]
        every = [*free, *candidates, *dict.fromkeys(each for _, each in result.pairs)]
        self.torn |= {(call.unit, call.whole) for call in free_calls if call.others}
        for call in free_calls:
            near = _nearest(call, free) or _nearest(call, every)
            hint = f"the note {near.mark} in line {self.line(near.unit, 0)}" if near else ""
            self.unmatched(call.unit, call.start, call.mark, is_call=True, hint=hint)
        for each in free:
            near_call = _nearest(each, free_calls) or self.otherwise(each) or _nearest(each, every_call)
            line = self.line(near_call.unit, near_call.start) if near_call else 0
            hint = f"the call {near_call.mark} in line {line}" if near_call else ""
            self.unmatched(each.unit, 0, each.mark, is_call=False, hint=hint)

    def otherwise(self, each: Definition) -> Call | None:
        """A call with the number of a definition, in a form that the others do not have."""
        taken = {call.at for call, _ in self.pairs}
        calls = (call for found in self.known_calls.values() for call in found)
        return next(
            (call for call in calls if call.start and call.label == each.label and call.at not in taken), None
        )

    def unmatched(self, unit: int, at: int, mark: str, *, is_call: bool, hint: str) -> None:
        line = self.source_line(unit, at)
        column = self.units[unit].running.origin(at) - line.start + line.lead + 1
        self.result.unmatched.append(Unmatched(Place(line.number), mark, is_call, hint, column))
        if not is_call:
            self.result.lone.add(unit)

    def line(self, unit: int, at: int) -> int:
        """The number of the line of the source where a place in a unit is."""
        return self.source_line(unit, at).number

    def source_line(self, unit: int, at: int) -> Line:
        """The line of the source where a place in a unit is."""
        origin = self.units[unit].running.origin(at)
        return next(line for line in reversed(self.units[unit].lines) if line.start <= origin)

    def lone_under_heading(self) -> None:
        """Definitions under a sure heading of notes, in a text that calls none of them."""
        if self.pairs or self.result.unmatched:
            return
        for index in self.headings:
            if self.kinds[index] != "sure" or index + 1 >= len(self.units):
                continue
            style = next((each for each in NUMBERED if definition(each, 0, self.units[index + 1].text)), None)
            for unit in range(index + 1, len(self.units) if style else 0):
                if unit in self.sections:
                    break
                if style and (each := definition(style, unit, self.units[unit].text)):
                    self.unmatched(unit, 0, each.mark, is_call=False, hint="")

    def finish(self) -> None:
        """Give the notes their keys, in the order of first calls, and their extents."""
        self.pairs.sort(key=lambda pair: pair[0].at)
        keys: dict[int, str] = {}
        for call, each in self.pairs:
            key = keys.setdefault(each.unit, str(len(keys) + 1))
            # A bracket of which one call has no note stays in the text, and its other calls stand behind it.
            torn = (call.unit, call.whole) in self.torn
            start, end = (call.whole[1], call.whole[1]) if torn else (call.start, call.end)
            self.result.calls.setdefault(call.unit, []).append((start, end, key))
        extents = Extents(
            self.units, self.kinds, self.sections, self.taken | self.result.lone, self.pairs, self.clusters
        )
        for cluster in self.clusters.values():
            extents.extend(cluster, keys)
        self.result.notes = sorted(extents.notes, key=lambda note: int(note.key))
        self.result.furniture = extents.furniture
        self.result.unmatched.sort(key=lambda each: each.place.number)


def _partners(style: Style) -> Iterator[Style]:
    """The forms of definitions that a form of calls goes with, its own first."""
    yield style
    if style in ALONE:
        return
    yield from (other for other in NUMBERED if other is not style)


def _nearest(one: Call | Definition, others: Sequence[Either]) -> Either | None:
    """The one with the nearest number, or in the nearest place."""
    if not others:
        return None
    if one.label.isdecimal():
        return min(
            others,
            key=lambda other: (
                abs(int(other.label) - int(one.label)) if other.label.isdecimal() else 999,
                abs(other.unit - one.unit),
            ),
        )
    return min(others, key=lambda other: (other.label != one.label, abs(other.unit - one.unit)))


def find(units: Sequence[Unit], sections: Sequence[int] | None = None) -> Notes:
    """The notes of a text that stands in these units; `sections` are its headings, if they are known."""
    return _Search(units, sections).run()
