"""Lines that a page parts by `<br>` become blocks where notes begin among them.

Imports `conventions` and `tree`. Old pages have a whole text, or all of its notes, in one element.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octopub.importing.trees.conventions import is_notes_heading
from octopub.importing.trees.tree import BLOCKS, HEADINGS, Element, at_line_of, is_block, make, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINS_NOTE = re.compile(
    r"\s*(?:\[\s*(?:\d{1,3}|[a-z]|[*†‡]{1,3})\s*\]|\(?\d{1,3}[.)]\s|[⁰¹²³⁴-⁹]|[*†‡]{1,3}\s?\w)"
)
_NOT_OF_WORDS = HEADINGS | frozenset(
    "table tbody thead tfoot tr ul ol dl dt figure figcaption caption summary".split()
)
_OWN = frozenset({"id", "name"})


def part_lines(root: Element) -> None:
    """Make each line that begins as a note does, and each paragraph behind it, an element of its own."""
    for element in list(root.iter()):
        if tag(element) in BLOCKS - _NOT_OF_WORDS and any(True for _ in _breaks(element)):
            for run in _runs(element):
                _part(run)


def wrap_runs(root: Element) -> None:
    """Put the words that stand between blocks into blocks of their own."""
    for element in list(root.iter()):
        if tag(element) in BLOCKS - _NOT_OF_WORDS and any(map(is_block, element)):
            _runs(element)


def _breaks(block: Element) -> Iterator[Element]:
    """The line breaks of a block's own lines."""
    for child in block:
        if tag(child) == "br":
            yield child
        elif tag(child) not in BLOCKS:
            yield from _breaks(child)


def _runs(block: Element) -> list[Element]:
    """The stretches of words in a block, each in an element: the block itself, if it holds no other."""
    if not any(is_block(child) for child in block) and tag(block) in ("p", "div"):
        return [block]
    found: list[Element] = []
    here: Element | None = None
    text, block.text = block.text, None
    if (text or "").strip():
        here = _begin(block, text, found)
        block.insert(0, here)
    for child in list(block):
        tail, child.tail = child.tail, None
        if is_block(child) or tag(child) in ("hr", "pre"):
            here = None
            if (tail or "").strip():
                here = _begin(block, tail, found)
                child.addnext(here)
            continue
        if here is None:
            here = _begin(block, None, found)
            child.addprevious(here)
        here.append(child)
        child.tail = tail
    return found


def _begin(block: Element, text: str | None, found: list[Element]) -> Element:
    made = at_line_of(make("div", text or ""), block)
    found.append(made)
    return made


def _part(run: Element) -> None:
    """Part a run at the breaks before notes; and at the empty lines behind the first, if it has several."""
    lines = list(_lines(run, None))
    begins = [at for at, (_, text) in enumerate(lines) if _BEGINS_NOTE.match(text) or is_notes_heading(text)]
    if not begins or begins == [0]:
        return
    points: list[Element] = []
    for at, (point, text) in enumerate(lines):
        is_behind_empty = len(begins) > 1 and at > begins[0] and not lines[at - 1][1].strip()
        if point is not None and text.strip() and (at in begins or is_behind_empty):
            points.append(point)
    for point in reversed(points):
        split_at(point, run)


def _lines(element: Element, point: Element | None) -> list[tuple[Element | None, str]]:
    """The lines of a run, each with the break that it begins at."""
    found: list[tuple[Element | None, str]] = [(point, element.text or "")]
    for child in element:
        if tag(child) == "br":
            found.append((child, child.tail or ""))
            continue
        last, text = found.pop()
        inner = _lines(child, last)
        found += [(last, text + _raised(child, inner[0][1])), *inner[1:]]
        last, text = found.pop()
        found.append((last, text + (child.tail or "")))
    return found


def _raised(element: Element, text: str) -> str:
    """A raised number as what stands for it."""
    return "¹" if tag(element) == "sup" and text.strip().isdigit() else text


def split_at(point: Element, block: Element) -> Element:
    """Part a block at an element in it, which goes; gives the second part, which stands behind the first."""
    parent = point.getparent()
    assert parent is not None
    rest = _like(parent, point)
    rest.text = point.tail
    rest.extend(list(point.itersiblings()))
    parent.remove(point)
    while parent is not block:
        above = parent.getparent()
        assert above is not None
        outer = _like(above, point)
        following = list(parent.itersiblings())
        rest.tail, parent.tail = parent.tail, None
        outer.append(rest)
        outer.extend(following)
        parent, rest = above, outer
    block.addnext(rest)  # and before what stands behind the block, which stands behind the rest now
    return rest


def _like(element: Element, point: Element) -> Element:
    """An empty element like another, but for its names."""
    attributes = {name: value for name, value in element.items() if name not in _OWN}
    made = at_line_of(make(tag(element)), point)
    made.attrib.update(attributes)
    return made
