"""What a print shop asks of the pages: their boxes, marks beside them, and nothing on them that does not print.

Imports pikepdf and, of `imposing`, the marks. Pages keep the corner of what is left after cutting at 0, so that
nothing on them moves when the sheet around them grows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name

from octopub.imposing.marks import crop_marks, fold_marks, painted, room
from octopub.imposing.scheme import Placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pikepdf


def give_boxes(pdf: pikepdf.Pdf, bleed: float, *, marks: bool, folds: Sequence[float] = ()) -> None:
    """Give each page its boxes (ISO 32000-1 §14.11.2), where more than the page itself is printed. `bleed` is in
    points; with marks the sheet has room for them as well, and for those of its folds, so far from its left side."""
    around = room(bleed) if marks else bleed
    if not around:
        return
    for page in pdf.pages:
        _, _, width, height = map(float, page.mediabox.as_list())
        sheet = _grown(width, height, around)
        page.obj.MediaBox = page.obj.CropBox = sheet
        page.obj.BleedBox = _grown(width, height, bleed)
        page.obj.TrimBox = _grown(width, height, 0)
        if marks:
            lines = crop_marks([Placed(None, 0, 0, width, height)], bleed) + fold_marks(folds, height, bleed)
            # ISO 14289-1 §7.1: marks are no part of the text.
            page.contents_add(b"/Artifact BMC " + painted(lines) + b" EMC")


def _grown(width: float, height: float, by: float) -> Any:
    """A page's box with so much around it."""
    return Array([round(side, 4) for side in (-by, -by, width + by, height + by)])


def without_links(tree: Any, pages: Sequence[Any]) -> None:
    """Take the links off a forme's pages and out of its tree of tags; their words stay."""
    numbers = tree.ParentTree.Nums
    for page in pages:
        for link in page.get("/Annots", ()):
            element = numbers[2 * int(link.StructParent) + 1]
            element.K = Array(kid for kid in element.K if not _is_link(kid))
            if Name.Link == element.S:
                element.S = Name.Span
        if "/Annots" in page:
            del page.Annots
    del numbers[2 * len(pages) :]


def _is_link(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
