"""Lists of word processors: paragraphs that say of themselves how they are numbered become lists within lists.

Imports `trees.tree`. Both readers mark the elements of their flat text (`mark`); `bring` makes lists of those
that follow each other. A list goes on behind what interrupts it with the number that its source counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octopub.importing.trees.tree import PLACE, Element, make, unwrap

if TYPE_CHECKING:
    from collections.abc import Sequence

_LISTED = "data-octopub-listed"
_UNCOUNTED = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class Listed:
    """How an element stands in a list: the list, the level (from 0), how it is counted (`decimal`, `bullet`, …)
    and its number. An element that `continues` belongs to the item before it."""

    name: str
    level: int
    form: str
    number: int = 1
    continues: bool = False

    @property
    def is_ordered(self) -> bool:
        """Whether the items are counted."""
        return self.form not in _UNCOUNTED


def mark(element: Element, listed: Listed) -> None:
    """Say of an element how it stands in a list."""
    parts = (listed.name, listed.level, listed.form, listed.number, int(listed.continues))
    element.set(_LISTED, "\n".join(map(str, parts)))


def _listed(element: Element) -> Listed | None:
    given = element.get(_LISTED)
    if given is None:
        return None
    name, level, form, count, continues = given.split("\n")
    return Listed(name, int(level), form, int(count), continues == "1")


def bring(root: Element) -> None:
    """Put the marked elements of a tree into lists."""
    parents = (each.getparent() for each in root.iter() if each.get(_LISTED))
    for parent in [each for each in dict.fromkeys(parents) if each is not None]:
        run: list[tuple[Element, Listed]] = []
        for child in [*list(parent), make("end")]:
            listed = _listed(child)
            if listed is not None:
                run.append((child, listed))
                del child.attrib[_LISTED]
                continue
            if run:
                _bring_run(run)
                run = []


def _bring_run(run: Sequence[tuple[Element, Listed]]) -> None:
    """Put neighbours into lists, each in its place before the first of them."""
    frame = make("div")
    run[0][0].addprevious(frame)
    open_lists: list[tuple[Element, Listed]] = []
    for element, listed in run:
        element.tail = None
        if listed.continues:
            _continue(frame, open_lists, element, listed)
        else:
            _add_item(frame, open_lists, element, listed)
    unwrap(frame)


def _continue(
    frame: Element, open_lists: list[tuple[Element, Listed]], element: Element, listed: Listed
) -> None:
    """Add an element to the item that is open at its level; where there is none it is no list's."""
    while open_lists and open_lists[-1][1].level > listed.level:
        open_lists.pop()
    if open_lists:
        open_lists[-1][0][-1].append(element)
    else:
        frame.append(element)


def _add_item(
    frame: Element, open_lists: list[tuple[Element, Listed]], element: Element, listed: Listed
) -> None:
    while open_lists and open_lists[-1][1].level > listed.level:
        open_lists.pop()
    if open_lists and open_lists[-1][1].level == listed.level and not _goes_on(open_lists[-1][1], listed):
        open_lists.pop()
    if not open_lists or open_lists[-1][1].level < listed.level:
        items = make("ol" if listed.is_ordered else "ul")
        if place := element.get(PLACE):
            items.set(PLACE, place)
        if listed.is_ordered and listed.number != 1:
            items.set("start", str(max(listed.number, 0)))
        (open_lists[-1][0][-1] if open_lists else frame).append(items)
        open_lists.append((items, listed))
    item = make("li")
    item.append(element)
    open_lists[-1][0].append(item)
    open_lists[-1] = (open_lists[-1][0], listed)


def _goes_on(last: Listed, listed: Listed) -> bool:
    """Whether an item is the next of the same list."""
    if not listed.is_ordered or not last.is_ordered:
        return listed.is_ordered == last.is_ordered
    return last.form == listed.form and listed.number == last.number + 1
