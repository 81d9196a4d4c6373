"""Completing: what may stand at a place of a manuscript, by what stands before it in its line.

Imports `reading` and the names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from octopub.desk.lsp.names import NOTE, Kind
from octopub.reading.schema import HELP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octopub.desk.lsp.names import Names


class Proposal(NamedTuple):
    """What may be written in place of the last so many characters, and what it is."""

    text: str
    replaces: int
    about: str = ""


_CALL = re.compile(r"\[\^([^\]\s]*)$")
_PLACE = re.compile(r"\]\(#([^)\s]*)$")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]*)$")
_KEY = re.compile(r"([ ]*)([\w-]*)$")


def proposals(before: str, names: Names, pictures: Iterable[str]) -> Iterator[Proposal]:
    """What may follow these words of a line of the text."""
    if found := _CALL.search(before):
        yield from _named(names, Kind.NOTE, found[1])
    elif found := _PLACE.search(before):
        typed = found[1]
        yield from _named(names, Kind.ANCHOR, typed)
        yield from _named(names, Kind.NOTE, typed, NOTE)
    elif found := _PICTURE.search(before):
        typed = found[1]
        yield from (Proposal(path, len(typed)) for path in pictures if path.startswith(typed))


def _named(names: Names, kind: Kind, typed: str, prefix: str = "") -> Iterator[Proposal]:
    for name in names.known(kind):
        if (prefix + name).startswith(typed):
            yield Proposal(prefix + name, len(typed), names.hints.get((kind, name), ""))


def keys(above: str, before: str) -> Iterator[Proposal]:
    """The keys that may stand in a line of the front matter: those of the group that the lines above it open."""
    found = _KEY.fullmatch(before)
    if found is None:
        return
    group, indent = "", len(found[1])
    for line in reversed(above.splitlines()):
        opening = re.match(r"([ ]*)([\w-]+):[ ]*$", line)
        if opening and len(opening[1]) < indent:
            group, indent = f"{opening[2]}.{group}", len(opening[1])
    for key, about in HELP.items():
        inside, _, name = key.rpartition(".")
        if inside == group.rstrip(".") and name.startswith(found[2]):
            yield Proposal(name, len(found[2]), about)
