"""Definitions of notes that stand astray are brought to where the text has the others.

Imports `desk.mending.definitions`. Some authors write a definition behind the paragraph that calls it, some at the
end of the section or of the chapter, most at the end of the text. The way that most definitions of a manuscript keep is
its own; where there is none, each stays. So does one with a remark before it, which may be about it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import eq
from typing import TYPE_CHECKING

from octopub.desk.mending.definitions import definitions
from octopub.desk.mending.manuscript import Edit, every, top

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from octopub.desk.mending.definitions import Definition
    from octopub.desk.mending.manuscript import Block, Change, Manuscript

_DEFINITION = "footnote_reference_open"
_BLANK_LINES = re.compile(r"\n(?:[ \t]*(?:\n|\Z))*")
_LEVELS = range(1, 7)


def gather(manuscript: Manuscript) -> Iterator[Change]:
    """The definitions that have to move, each a change of its own."""
    text = manuscript.source.text
    blocks = [block for block in top(manuscript) if block.opening.type != _DEFINITION]
    homes = _homes(manuscript, blocks)
    found = list(definitions(manuscript))
    wanted = _wanted([each for each in found if each.label in homes], homes, blocks)
    moving = {each: place for each, place in wanted.items() if place != each.behind and not each.is_remarked}
    ends = {place: (blocks[place - 1].end, "\n\n") for place in moving.values()}
    for index, each in enumerate(found):
        if each.behind in ends and each not in moving:
            is_close = index and text[found[index - 1].end : each.start] == "\n"
            ends[each.behind] = (each.end, "\n" if is_close else "\n\n")
    for each, place in moving.items():
        at, before = ends[place]
        behind = "" if _BLANK_LINES.match(text, at, at + 2) or at == len(text) else "\n"
        yield _cut(text, each), Edit(at, at, f"{before}{text[each.start : each.end]}{behind}")


def _homes(manuscript: Manuscript, blocks: Sequence[Block]) -> dict[str, int]:
    """Of each note that the text reaches, the block from which it is first called, itself or by another note."""
    homes: dict[str, int] = {}
    for index, block in enumerate(blocks):
        for label in _calls(block):
            homes.setdefault(label, index)
    calls = {
        str(block.opening.meta["label"]): _calls(block)
        for block in top(manuscript)
        if block.opening.type == _DEFINITION
    }
    for note in manuscript.book.notes:
        for label in calls.get(note.label, ()) if note.label in homes else ():
            homes[label] = min(homes[note.label], homes.get(label, len(blocks)))
    return homes


def _calls(block: Block) -> list[str]:
    """The labels of the notes that a block calls."""
    return [str(token.meta["label"]) for token in every(block.tokens) if token.type == "footnote_ref"]


def _wanted(
    called: Sequence[Definition], homes: Mapping[str, int], blocks: Sequence[Block]
) -> dict[Definition, int]:
    """Behind how many blocks each would stand in the way that most keep, of those that keep any. It has to be half
    of all, or nobody knows."""
    ways = [[ends[bisect_right(ends, homes[each.label])] for each in called] for ends in _ends(blocks)]
    now = [each.behind for each in called]
    kept = [sum(map(eq, way, now)) for way in ways]
    astray = sum(place not in of for place, of in zip(now, zip(*ways, strict=True), strict=True))
    most = max(kept)
    is_way = 2 * most > len(now) - astray and 2 * most >= len(now)
    return dict(zip(called, ways[kept.index(most)], strict=True)) if is_way else {}


def _ends(blocks: Sequence[Block]) -> Iterator[Sequence[int]]:
    """Where definitions may stand, as numbers of blocks: the end of the text; of the parts under headings of each
    level; of each block."""
    yield [len(blocks)]
    headings = {
        index: block.opening.tag for index, block in enumerate(blocks) if block.opening.type == "heading_open"
    }
    for level in _LEVELS:
        yield [*(index for index, tag in headings.items() if int(tag[1]) <= level), len(blocks)]
    yield range(len(blocks) + 1)


def _cut(text: str, definition: Definition) -> Edit:
    """A definition goes, with the blank lines behind it; what stood before it and behind it stays apart."""
    blank = _BLANK_LINES.match(text, definition.end)
    end = blank.end() if blank else len(text)
    line = text.rfind("\n", 0, max(definition.start - 1, 0)) + 1
    is_apart = end == len(text) or not text[line : definition.start].strip()
    return Edit(definition.start, end, "" if is_apart else "\n")
