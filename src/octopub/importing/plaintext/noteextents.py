"""How far the notes of a plain text reach, and what around them goes when they move.

Imports `notestyles`, `matching` and the recognisers. Which definitions are notes is known
before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octopub.importing.plaintext import card
from octopub.importing.plaintext.recognise import separator

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from octopub.importing.plaintext.lines import Unit
    from octopub.importing.plaintext.matching import Cluster
    from octopub.importing.plaintext.notestyles import Call, Definition


@dataclass(frozen=True, slots=True)
class Found:
    """A note in the source: its key, its mark, its units, and where its first one's words begin."""

    key: str
    mark: str
    units: tuple[int, ...]
    begin: int
    closes: bool


@dataclass
class Extents:
    """One text whose notes are known."""

    units: Sequence[Unit]
    kinds: Sequence[str]
    """By unit: whether it is the heading of notes (`notestyles.notes_heading`)."""
    sections: Sequence[int]
    """Units that are headings."""
    taken: Collection[int]
    """Units that begin notes, or define what nothing calls."""
    pairs: Sequence[tuple[Call, Definition]]
    clusters: Mapping[int, Cluster]
    notes: list[Found] = field(default_factory=list)
    furniture: dict[int, str] = field(default_factory=dict)

    def extend(self, cluster: Cluster, keys: dict[int, str]) -> None:
        """How far the notes of a cluster reach: to the next note; the last one as far as it is indented, or
        under a heading to the next; one in a bracket to that bracket's end."""
        first = cluster.definitions[0].unit
        for index, each in enumerate(cluster.definitions):
            more = cluster.definitions[index + 1 :]
            end = more[0].unit if more else len(self.units)
            last = self.closing(each, end) if each.closes else 0
            units = (
                tuple(range(each.unit, last + 1))
                if last
                else self.reach(each, end, cluster, is_last=not more)
            )
            closes = bool(last)
            self.notes.append(Found(keys[each.unit], each.mark, units, each.end, closes))
        self.above(first - 1)

    def reach(self, each: Definition, end: int, cluster: Cluster, *, is_last: bool) -> tuple[int, ...]:
        """The units of a note, of those before `end`."""
        units = [each.unit]
        for unit in range(each.unit + 1, end):
            if (
                unit in self.sections
                and not is_last
                and all(between in self.sections for between in range(unit, end))
            ):
                self.move(unit, "a heading among the notes")
            elif self.stops(unit, each, is_last=is_last, headed=cluster.headed):
                break
            else:
                units.append(unit)
        return tuple(units)

    def closing(self, note: Definition, end: int) -> int:
        """The unit, of those before `end`, at whose end the bracket closes that a note stands in; 0 for none."""
        depth = 0
        for unit in range(note.unit, end):
            text = self.units[unit].text
            depth += text.count("[") - text.count("]")
            if depth <= 0:
                return unit if depth == 0 and text.endswith("]") else 0
        return 0

    def above(self, unit: int) -> None:
        """What stands right above a cluster and goes with it: headings, a rule."""
        low = unit
        while low >= 0 and low in self.sections and not self.kinds[low] and low not in self.taken:
            low -= 1
        if low >= 0 and self.kinds[low] and low not in self.taken:
            for among in range(low + 1, unit + 1):
                self.move(among, "a heading among the notes")
            self.move(low, "the heading of the notes")
            unit = low - 1
        if unit >= 0 and separator(self.units[unit].text):
            self.move(unit, "the rule above the notes")

    def stops(self, unit: int, note: Definition, *, is_last: bool, headed: bool) -> bool:
        """Whether a unit behind a note's first is none of its own."""
        here = self.units[unit]
        if unit in self.taken or separator(here.text):
            return True
        if unit in self.sections and not is_last:
            return True
        if not is_last or here.indent > self.units[note.unit].indent:
            return False
        is_final = unit > max(self.clusters)
        return (
            not headed or not is_final or unit in self.sections
            or card.signature(here.text, has_author=False) is not None
            or any(call.unit > note.unit and call.unit not in self.taken for call, _ in self.pairs)
        )  # fmt: skip

    def move(self, unit: int, why: str) -> None:
        """Leave a unit out, unless it begins a note."""
        if not any(note.unit == unit for _, note in self.pairs):
            self.furniture[unit] = why
