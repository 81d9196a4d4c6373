"""The test sheet: two pages that show how a printer wants the backs of sheets which are turned by hand.

Imports pikepdf. It is set in a face that every printer has, since it is no book.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

A4 = (595.2756, 841.8898)

FRONT = (
    "FRONT",
    "1. Print page 1 alone, at its actual size, on one side.",
    "2. Look at the sheet as it lies in the printer:",
    "     this page below, not to be seen:  your stacks lie in their order;",
    "     this page above:  your stacks lie in reverse order.",
    "3. Put it back into the tray as you would put back a stack,",
    "     without turning its head, so that the empty side is printed.",
    "4. Print page 2, and turn the sheet over like a leaf in a book.",
)

BACK = (
    "BACK",
    "Is the arrow here at the same end of the sheet as the arrow on the front?",
    "     No:  --duplex manual --backs rotated",
    "     Yes, and the stack lay in its order:  --duplex manual --backs same",
    "     Yes, and the stack lay in reverse order:  --duplex manual --backs reversed",
    "No, and in reverse order: give both, --backs rotated --backs reversed.",
    "Is this on the front, over its words?  Put the sheet in the other way up.",
)

ARROW = b"q 0 g 297 800 m 257 730 l 287 730 l 287 690 l 307 690 l 307 730 l 337 730 l h f Q"


def test_sheet() -> bytes:
    """The PDF: a front and a back. Always the same bytes."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
        )
        for lines in (FRONT, BACK):
            page: Any = pdf.add_blank_page(page_size=A4).obj
            page.Resources = Dictionary(Font=Dictionary(F=font))
            page.Contents.write(ARROW + _text(lines))
        pdf.Root.ViewerPreferences = Dictionary(Duplex=Name.Simplex, PrintScaling=Name("/None"))
        with pdf.open_metadata(set_pikepdf_as_editor=False) as card:
            card.update({"dc:title": "octopub: test sheet", "pdf:Producer": "octopub"})
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _text(lines: Sequence[str]) -> bytes:
    """The lines under one another, the first of them large."""
    first, *others = lines
    shown = [f" BT /F 48 Tf 72 560 Td ({first}) Tj /F 12 Tf 0 -24 Td"]
    shown += [f"0 -24 Td ({line}) Tj" for line in others]
    return " ".join([*shown, "ET"]).encode("ascii")
