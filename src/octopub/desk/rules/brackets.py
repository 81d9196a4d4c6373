"""Brackets that do not close, or were never opened.

Imports `desk.rules.pairs`. The bracket behind an item's letter, faces made of marks, and intervals are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.desk.rules.pairs import Loose, unpaired
from octopub.diagnostics import Code
from octopub.reading.typesetting import OPAQUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octopub.desk.rules.passage import Copy, Passage
    from octopub.diagnostics import Diagnostic

CLOSES = {")": "(", "]": "[", "}": "{"}

_BRACKET = re.compile(r"[()\[\]{}]")
_NONE = re.compile(
    r"""
    (?: (?<![^\s*_]) | (?<=[\ufffc(]) ) (?: [^\W\d_] | \d{1,3} | [ivxlc]{1,5} ) [.]? \) (?=[\s,.;:])  # a) 12) iv)
    | (?<!\w) [:;=] [-o^']? [()\[\]]+ (?!\w)                              # faces
    | [\[(] \s* [-−+]? [\w.∞]+ \s* [,;] \s* [-−+]? [\w.∞]+ \s* [\])]        # intervals
    """,
    re.VERBOSE,
)


def brackets(copy: Copy) -> Iterator[Diagnostic]:
    """Each bracket without a partner."""
    for passage, mark in unpaired(copy.passages, _loose):
        sign = passage.text[mark.at]
        yield copy.mark(Code.BRACKET_UNPAIRED, passage, mark.at, mark.at + 1, mark=sign)


def _loose(passage: Passage) -> Iterator[Loose]:
    """The brackets without a partner in this passage."""
    open_: list[Loose] = []
    for found in _BRACKET.finditer(_without_others(passage.text)):
        kind = CLOSES.get(found[0])
        if kind is None:
            open_.append(Loose(found.start(), found[0], opens=True))
            continue
        while open_ and open_[-1].kind != kind and any(each.kind == kind for each in open_):
            yield open_.pop()
        if open_ and open_[-1].kind == kind:
            open_.pop()
        else:
            yield Loose(found.start(), kind, opens=False)
    yield from open_


def _without_others(text: str) -> str:
    """The text without the brackets that are none."""
    pieces: list[str] = []
    done = depth = 0
    for found in _NONE.finditer(text):
        before = text[done : found.start()]
        depth += _deeper(before)
        closes = depth > 0 and found[0][0] not in "([:;="
        shown = found[0] if closes else OPAQUE * len(found[0])
        depth += _deeper(shown)
        pieces += [before, shown]
        done = found.end()
    return "".join(pieces) + text[done:]


def _deeper(text: str) -> int:
    return text.count("(") - text.count(")")
