"""The colophon sinks to the foot of its page: what CSS for pages has no word for.

Imports WeasyPrint's boxes. It moves what is laid out already, as a whole and downwards only, within the room
that the page has left.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from octopub.pdf.boxes import page_box, real


def sink(document: Any) -> None:
    """Move the colophon, if the document's last page ends with one, down to the end of the text block, or to
    the notes at the foot of the page."""
    last = document.pages[-1]
    page = page_box(last)
    colophon = next((box for box in map(real, page.descendants()) if _is_colophon(box)), None)
    if colophon is None:
        return
    notes = next((box for box in page.children if isinstance(box, boxes.FootnoteAreaBox)), None)
    foot = notes.position_y if notes else page.content_box_y() + page.height
    room = foot - (colophon.position_y + colophon.margin_height())
    if room > 0:
        colophon.translate(dy=room)
        # A page gathers its links and anchors when it is made.
        document.pages[-1] = type(last)(page)


def _is_colophon(box: Any) -> bool:
    return box.element is not None and box.element.tag == "section" and box.element.get("class") == "colophon"
