"""The colophon sinks to the foot of its page: what CSS for pages has no word for.

Imports WeasyPrint's boxes. It moves what is laid out already, as a whole, within the room that the page has
left.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from octopub.pdf.boxes import page_box, real


def sink(document: Any) -> None:
    """Move the colophon, if the document ends with one, down to the end of the text block, or to the notes at the
    foot of the page. Where pages of notes follow, it moves to the last of them, if that has room."""
    # A page of notes alone counts as blank.
    home = next((page for page in reversed(document.pages) if not page_box(page).page_type.blank), None)
    place = _find(page_box(home)) if home else None
    if place is None:
        return
    parent, colophon = place
    end = document.pages[-1]
    last = page_box(end)
    notes = next((box for box in last.children if isinstance(box, boxes.FootnoteAreaBox)), None)
    foot = notes.position_y if notes else last.content_box_y() + last.height
    if home is not end:
        if foot - colophon.margin_height() < last.content_box_y():
            return
        parent.children = [child for child in parent.children if real(child) is not colophon]
        text = last.children[0]
        text.children = [*text.children, colophon]
        colophon.translate(
            text.content_box_x() - colophon.position_x, last.content_box_y() - colophon.position_y
        )
    colophon.translate(dy=max(0, foot - (colophon.position_y + colophon.margin_height())))
    # A page gathers its links and anchors when it is made.
    document.pages[:] = [
        type(page)(page_box(page)) if page in (home, end) else page for page in document.pages
    ]


def _find(box: Any) -> tuple[Any, Any] | None:
    """The colophon below a box, and the box that it is directly in."""
    if isinstance(box, boxes.LineBox):
        return None
    for child in map(real, box.children):
        if _is_colophon(child):
            return box, child
        if found := _find(child):
            return found
    return None


def _is_colophon(box: Any) -> bool:
    return box.element is not None and box.element.tag == "section" and box.element.get("class") == "colophon"
