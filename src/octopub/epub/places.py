"""Places: where in the manuscript the elements of the book's files come from.

Imports nothing of octopub but types. For those who look at the finished book and complain of an element: it is
found again by its number in the file, since files are written as they were made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octopub.markup.scribe import Element


class Places:
    """The places of all files of a book, told while it is made and known once it is written."""

    def __init__(self) -> None:
        self._told: defaultdict[str, list[tuple[Element, int]]] = defaultdict(list)
        self._of: dict[str, list[int | None]] = {}

    def begin(self, name: str) -> list[tuple[Element, int]]:
        """What takes the elements of a file, each with the offset of a text in it, in their order."""
        return self._told[name]

    def keep(self, name: str, body: Element) -> None:
        """The file is made, and this is its body. An element begins where the first text in it does; one without
        text of the manuscript stands where the text before it does."""
        order = {each: number for number, each in enumerate(body.iter())}
        found: list[int | None] = [None] * len(order)
        told = self._told[name]
        for element, at in told:
            outer: Element | None = element
            while outer is not None and outer is not body and outer in order and found[order[outer]] is None:
                found[order[outer]] = at
                outer = outer.getparent()
        told.clear()
        last: int | None = None
        for number, place in enumerate(found):
            last = last if place is None else place
            found[number] = last
        self._of[name] = found

    def of(self, name: str, number: int) -> int | None:
        """The offset in the manuscript where the element with this number in the body of a file (itself is 0) comes
        from; None where it comes from octopub."""
        found = self._of.get(name, [])
        return found[number] if 0 <= number < len(found) else None
