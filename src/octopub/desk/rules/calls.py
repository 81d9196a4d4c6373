"""Calls of notes: before or behind the punctuation mark, but not now here, now there.

Imports `desk.rules.passage`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from octopub.diagnostics import Code
from octopub.reading.typesetting import OPAQUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.rules.passage import Copy, Passage
    from octopub.diagnostics import Diagnostic

BY_SENSE = frozenset("de cs sk sv da nb nn no fi nl hu".split())
"""Languages in which the side says whether the note belongs to the word or to the sentence."""

SPLIT = frozenset("ru uk be bg pl es ca gl".split())
"""Languages in which calls stand before a full point or a comma, but behind `!`, `?` and `…`."""

FROM = 5
"""So many calls beside a mark show what is usual in the text."""
SHARE = 0.75
"""Such a part of them is most."""

_MARKS = frozenset(".,;:!?…。，；：！？")
_LOUD = frozenset("!?…")
_BETWEEN = frozenset("\"'”’»“«)]")


class Call(NamedTuple):
    """A call beside a mark of punctuation."""

    passage: Passage
    at: int
    is_behind: bool
    mark: str


def calls(copy: Copy) -> Iterator[Diagnostic]:
    """The calls that stand on the other side than most."""
    if copy.tongue in BY_SENSE:
        return
    found = [call for passage in copy.passages for at in passage.calls if (call := _beside(passage, at))]
    if copy.tongue in SPLIT:
        found = [call for call in found if call.mark not in _LOUD]
    behind = sum(call.is_behind for call in found)
    most = max(behind, len(found) - behind)
    if len(found) < FROM or most < SHARE * len(found):
        return
    is_usual = behind == most
    sides = ("behind", "before")
    for call in found:
        if call.is_behind is not is_usual:
            here, there = sides if call.is_behind else sides[::-1]
            yield copy.mark(
                Code.NOTE_PLACING, call.passage, call.at, call.at + 1,
                here=here, there=there, mark=call.mark, most=most, all=len(found),
            )  # fmt: skip


def _beside(passage: Passage, at: int) -> Call | None:
    """The call, if it stands beside a mark; other calls between do not count."""
    text = passage.text
    after = at + 1
    while text[after : after + 1] == OPAQUE and after in passage.calls:
        after += 1
    if text[after : after + 1] in _MARKS:
        return Call(passage, at, is_behind=False, mark=text[after])
    before = at - 1
    while before >= 0 and (text[before] in _BETWEEN or (text[before] == OPAQUE and before in passage.calls)):
        before -= 1
    if before >= 0 and text[before] in _MARKS:
        mark = "…" if text.endswith("...", 0, before + 1) else text[before]
        return Call(passage, at, is_behind=True, mark=mark)
    return None
