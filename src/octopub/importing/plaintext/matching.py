"""Which call belongs to which definition: the matching of all with all.

Imports `notestyles`. It never guesses: a call without a definition, and a definition without a call,
are handed back as what they are.

Definitions come in clusters: those of one cluster have no call of the form between them. A cluster serves the
calls since the one before it. Where numbers begin again within a cluster (all notes at the end, counted by
chapter), so must those of the calls.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octopub.importing.plaintext.notestyles import Call, Definition


@dataclass(frozen=True)
class Cluster:
    """Definitions that stand together, and whether under a heading of notes."""

    definitions: tuple[Definition, ...]
    headed: bool

    @property
    def runs(self) -> list[list[Definition]]:
        """Its definitions, parted where the numbers begin again."""
        labels = [each.label for each in self.definitions]
        if len(set(labels)) == len(labels):
            return [list(self.definitions)]
        found: list[list[Definition]] = []
        for each in self.definitions:
            if not found or (each.label.isalnum() and _rank(each) <= _rank(found[-1][-1])):
                found.append([])
            found[-1].append(each)
        return found


@dataclass
class Match:
    """What belongs together, and what is left over."""

    pairs: list[tuple[Call, Definition]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    """Without a definition."""
    definitions: list[Definition] = field(default_factory=list)
    """Without a call."""

    @property
    def is_whole(self) -> bool:
        """Whether every call has its definition, and every definition a call."""
        return bool(self.pairs) and not self.calls and not self.definitions


def _rank(definition: Definition) -> int:
    """Its place in the order of numbers, or of letters."""
    return int(definition.label) if definition.label.isdecimal() else ord(definition.label)


def clusters(
    definitions: Sequence[Definition], calls: Sequence[Call], headings: Sequence[int]
) -> list[Cluster]:
    """The definitions in clusters. `headings` are the units that are headings of notes."""
    own = {each.unit for each in definitions}
    units = sorted(call.unit for call in calls if call.unit not in own)
    found: list[list[Definition]] = []
    for each in definitions:
        if found and not _any_between(units, found[-1][-1].unit, each.unit):
            found[-1].append(each)
        else:
            found.append([each])
    return [
        Cluster(tuple(group), _any_between(headings, (found[i - 1][-1].unit if i else -1), group[0].unit))
        for i, group in enumerate(found)
    ]


def _any_between(units: Sequence[int], first: int, last: int) -> bool:
    """Whether one of these units lies between two others."""
    at = bisect_left(units, first + 1)
    return at < len(units) and units[at] < last


def match(
    calls: Sequence[Call], clusters: Sequence[Cluster], sections: Sequence[int], *, signs: bool
) -> Match:
    """All calls with all definitions, both in the order of the text. `sections` are the units that are headings:
    where numbers may begin again. Signs begin again everywhere."""
    result = Match()
    units = [call.unit for call in calls]
    done = 0
    for number, cluster in enumerate(clusters):
        end = cluster.definitions[-1].unit if number + 1 < len(clusters) else None
        begin, done = done, len(calls) if end is None else bisect_right(units, end, done)
        segment = calls[begin:done]
        if signs:
            _by_sign(segment, cluster, result)
        elif len(cluster.runs) == 1:
            _by_number(segment, cluster.runs[0], result)
        else:
            _by_run(segment, cluster.runs, sections, result)
    result.calls += calls[done:]
    _late_calls(clusters, result)
    result.pairs.sort(key=lambda pair: pair[0].at)
    return result


def _by_number(calls: Sequence[Call], run: Sequence[Definition], result: Match) -> None:
    """Calls and definitions of one run: the same number belongs together."""
    by_label = {each.label: each for each in run}
    called = set[str]()
    for call in calls:
        if call.label in by_label:
            called.add(call.label)
            result.pairs.append((call, by_label[call.label]))
        else:
            result.calls.append(call)
    result.definitions += [each for each in run if each.label not in called]


def _by_sign(calls: Sequence[Call], cluster: Cluster, result: Match) -> None:
    """Signs: as many calls as definitions belong together in their order; one definition serves any number."""
    grouped: dict[str, tuple[list[Call], list[Definition]]] = defaultdict(lambda: ([], []))
    for call in calls:
        grouped[call.label][0].append(call)
    for each in cluster.definitions:
        grouped[each.label][1].append(each)
    for own_calls, own in grouped.values():
        if len(own_calls) == len(own):
            result.pairs += zip(own_calls, own, strict=True)
        elif len(own) == 1 and own_calls:
            result.pairs += [(call, own[0]) for call in own_calls]
        else:
            result.calls += own_calls
            result.definitions += own


def _by_run(
    calls: Sequence[Call], runs: Sequence[Sequence[Definition]], sections: Sequence[int], result: Match
) -> None:
    """Several runs in one cluster: the calls of each section belong to one run, or the calls begin again as the
    definitions do, each number once."""
    wanted = [{each.label for each in run} for run in runs]
    for parts in (_by_section(calls, sections), _by_restart(calls, wanted)):
        if [{call.label for call in part} for part in parts] == wanted:
            for part, run in zip(parts, runs, strict=True):
                _by_number(part, run, result)
            return
    result.calls += calls
    result.definitions += [each for run in runs for each in run]


def _by_section(calls: Sequence[Call], sections: Sequence[int]) -> list[list[Call]]:
    parts: dict[int, list[Call]] = {}
    for call in calls:
        parts.setdefault(bisect_left(sections, call.unit + 1), []).append(call)
    return list(parts.values())


def _by_restart(calls: Sequence[Call], wanted: Sequence[set[str]]) -> list[list[Call]]:
    """The calls, parted where one that was there before comes again and all of its run were there."""
    parts: list[list[Call]] = [[]]
    for call in calls:
        seen = {each.label for each in parts[-1]}
        if call.label in seen:
            if len(parts) > len(wanted) or seen != wanted[len(parts) - 1]:
                return []  # a number twice in one run, while numbers begin again: that can be read in two ways
            parts.append([])
        elif len(parts) < len(wanted) and seen == wanted[len(parts) - 1]:
            parts.append([])
        parts[-1].append(call)
    return parts


def _late_calls(clusters: Sequence[Cluster], result: Match) -> None:
    """A call behind its note's cluster: it belongs to an earlier note if only one has its number."""
    by_label: dict[str, list[Definition]] = defaultdict(list)
    for cluster in clusters:
        for each in cluster.definitions:
            by_label[each.label].append(each)
    late = [call for call in result.calls if call.label.isalnum() and len(by_label[call.label]) == 1]
    for call in late:
        definition = by_label[call.label][0]
        if definition.unit < call.unit or definition in result.definitions:
            result.pairs.append((call, definition))
            result.calls.remove(call)
            if definition in result.definitions:
                result.definitions.remove(definition)
