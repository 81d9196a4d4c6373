"""How the lists of an OpenDocument text are counted (ODF 1.3 part 3 §5.3): on from another list, or anew.

Imports `lists` and `odtnames`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octopub.importing.wordprocessing.odtnames import TEXT

if TYPE_CHECKING:
    from octopub.importing.trees.tree import Element
    from octopub.importing.wordprocessing.lists import Listed

_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(slots=True)
class Counting:
    """The lists met so far, and where their counting stands."""

    _known: dict[str, str] = field(default_factory=dict)
    """The list that each goes on with, by its name, and the last one of each style."""
    _counted: dict[tuple[str, int], int] = field(default_factory=dict)

    def begin(self, source: Element, style: str) -> str:
        """The name of the list that an outermost list goes on with, or its own."""
        own = source.get(_ID) or f"list {len(self._known)}"
        if behind := source.get(f"{TEXT}continue-list"):
            found = self._known.get(behind, own)
        elif source.get(f"{TEXT}continue-numbering") == "true":
            found = self._known.get(f"style {style}", own)
        else:
            found = own
        self._known |= {own: found, f"style {style}": found}
        return found

    def start(self, name: str, level: int, first: int) -> None:
        """Let the next item at a level have this number."""
        self._counted[name, level] = first - 1

    def next(self, listed: Listed) -> Listed:
        """An item with its number. The levels below begin anew."""
        for key in [key for key in self._counted if key[0] == listed.name and key[1] > listed.level]:
            del self._counted[key]
        number = self._counted.get((listed.name, listed.level), listed.number - 1) + 1
        self._counted[listed.name, listed.level] = number
        return replace(listed, number=number)
