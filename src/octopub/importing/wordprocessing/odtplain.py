"""OpenDocument's markup said plainly, before it is read: boxes, formulas, hidden text, what only serves the page.

Imports `formulas`, `odtnames`, `odtstyles`, `symbols`,
`trees.tree` and lxml. Moves words, and drops none but those that are hidden, which it tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from octopub.importing.trees.tree import remove, whole_text
from octopub.importing.wordprocessing.formulas import MATHML, linear
from octopub.importing.wordprocessing.odtnames import DRAW, OFFICE, PARAGRAPHS, TABLE, TEXT, XLINK
from octopub.importing.wordprocessing.symbols import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from octopub.importing.wordprocessing.odtstyles import Styles
from octopub.importing.trees.tree import Element

LIFTED = "lifted"
"""An attribute of paragraphs that stood in a box."""

_BOXES = tuple(f"{DRAW}{name}" for name in (
    "text-box", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "path", "connector",
    "caption", "measure", "regular-polygon",
))  # fmt: skip


def lift_boxes(body: Element) -> None:
    """Put the blocks of boxes behind the paragraphs that the boxes are tied to, or in the place of the box."""
    for box in [*body.iter(*_BOXES)]:
        blocks = [
            each
            for each in box
            if each.tag in (*PARAGRAPHS, f"{TEXT}list", f"{TABLE}table", f"{TEXT}section")
        ]
        paragraph = next(box.iterancestors(*PARAGRAPHS), None)
        anchor = paragraph if paragraph is not None else _outermost(box)
        parent = anchor.getparent()
        if parent is None:
            continue
        at = parent.index(anchor) + 1
        for each in anchor.itersiblings():
            if each.get(LIFTED) is None:
                break
            at += 1
        for offset, each in enumerate(blocks):
            each.set(LIFTED, "")
            each.tail = None
            parent.insert(at + offset, each)


def _outermost(box: Element) -> Element:
    """The drawing that a box is in."""
    found = box
    for each in box.iterancestors():
        if not str(each.tag).startswith(DRAW):
            break
        found = each
    return found


def formulas(body: Element, load: Callable[[str], Element | None]) -> list[Element]:
    """Put the letters of formulas in the place of their frames, as spans; gives the spans."""
    found: list[Element] = []
    for frame in [*body.iter(f"{DRAW}frame")]:
        thing = frame.find(f"{DRAW}object")
        if thing is None:
            continue
        inner = thing.find(f"{MATHML}math")
        root = inner if inner is not None else load(thing.get(f"{XLINK}href") or "")
        if root is None or root.tag != f"{MATHML}math":
            continue
        span = etree.Element(f"{TEXT}span")
        span.text = linear(root)
        span.tail = frame.tail
        parent = frame.getparent()
        if parent is not None:
            parent.replace(frame, span)
            found.append(span)
    return found


def show_symbols(body: Element, styles: Styles) -> None:
    """Put letters for the characters of fonts that have none."""
    for each in body.iter(f"{TEXT}span"):
        font = styles.font(each.get(f"{TEXT}style-name") or "")
        each.text = shown(each.text or "", font)
        for child in each:
            child.tail = shown(child.tail or "", font)


def take_hidden(body: Element, styles: Styles) -> list[tuple[Element, str]]:
    """Take hidden text out; gives the paragraphs that it stood in, and the text."""
    found: list[tuple[Element, str]] = []
    for each in [*body.iter(f"{TEXT}span", f"{TEXT}hidden-text", *PARAGRAPHS)]:
        family = "paragraph" if each.tag in PARAGRAPHS else "text"
        is_hidden = styles.is_hidden(family, each.get(f"{TEXT}style-name") or "")
        if each.tag == f"{TEXT}hidden-text" or is_hidden:
            owner = next((a for a in (each, *each.iterancestors()) if a.tag in PARAGRAPHS), each)
            found.append((owner, whole_text(each)))
            if each is owner:
                for inner in list(each):
                    each.remove(inner)
                each.text = None
            else:
                remove(each)
    for section in [*body.iter(f"{TEXT}section")]:
        if section.get(f"{TEXT}display") == "none":
            found += ((each, whole_text(each)) for each in section.iter(*PARAGRAPHS))
            for each in list(section):
                section.remove(each)
    return [(owner, " ".join(text.split())) for owner, text in found]


def left_frames(body: Element, load: Callable[[str], Element | None]) -> list[tuple[Element, str]]:
    """The embedded things that are neither pictures nor formulas, and what they are."""
    found: list[tuple[Element, str]] = []
    for thing in body.iter(f"{DRAW}object"):
        root = load(thing.get(f"{XLINK}href") or "")
        inner = root.find(f"{OFFICE}body") if root is not None else None
        kind = etree.QName(inner[0]).localname if inner is not None and len(inner) else "object"
        found.append((thing, kind))
    return found
