"""The test sheet: two pages that show how a printer wants the backs of sheets which are turned by hand.

Imports `impose` and pikepdf. It is set in a face that every printer has, since it is no book.
"""

from __future__ import annotations

import io
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Dictionary, Name

from octopub.imposing.impose import Backs

if TYPE_CHECKING:
    from collections.abc import Sequence

A4_LYING = (841.8898, 595.2756)

FRONT = (
    "FRONT",
    "1. Print page 1 alone, at its actual size, on one side.",
    "2. Take the sheet as it lies in the printer, put it back into the tray without turning it over, and print page 2.",
    "3. If page 2 was printed over this page, begin again, and in step 2 turn the sheet over, like a leaf of a book.",
    "    Then go on with what page 2 says.",
)



class Pile(StrEnum):
    """What the test sheet says of a printer, by the letter that stands there.

    Under each sheet that comes out lies the one before it: a stack that is turned over begins with the first sheet
    again, one that is not with the last.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def is_turned(self) -> bool:
        """Whether the stack is turned over before it is put back."""
        return self in (Pile.A, Pile.C)

    @property
    def has_heads_together(self) -> bool:
        """Whether the arrows of a sheet's both sides then point to the same end."""
        return self in (Pile.A, Pile.B)

    def backs(self, *, is_lying: bool) -> frozenset[Backs]:
        """How the backs have to be for it. A sheet that is fed upright and printed across has its head at its long
        edge, so that what turns the one kind of sheet over its head does not turn the other."""
        is_rotated = self.has_heads_together is not is_lying
        found = {Backs.REVERSED: not self.is_turned, Backs.ROTATED: is_rotated}
        return frozenset(each for each, holds in found.items() if holds) or frozenset({Backs.SAME})


def _answer(pile: Pile) -> tuple[str, str]:
    """Its lines."""
    heads = "Yes" if pile.has_heads_together else "No"
    turned = "was turned over in step 2" if pile.is_turned else "was not turned over"
    lying, upright = (
        " ".join(f"--backs {each}" for each in sorted(pile.backs(is_lying=lies))) for lies in (True, False)
    )
    return f"{pile}   {heads}, and it {turned}.", f"       {lying}  for sheets that lie;  {upright}  for upright ones"


BACK = (
    "BACK",
    "Turn the sheet over like a leaf of a book. Do the arrows of both sides point to the same end of it?",
    "The letter is what octopub desk asks for, the line below it what octopub pdf --duplex manual takes.",
    *(line for pile in Pile for line in _answer(pile)),
    "Sheets that lie are those of booklets, signatures, 2up and 8up; 4up and cut-stack have upright ones.",
)

ARROW = b"q 0 g 421 555 m 381 485 l 411 485 l 411 445 l 431 445 l 431 485 l 461 485 l h f Q"


def test_sheet() -> bytes:
    """The PDF: a front and a back. Always the same bytes."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
        )
        for lines in (FRONT, BACK):
            page: Any = pdf.add_blank_page(page_size=A4_LYING).obj
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
    shown = [f" BT /F 48 Tf 72 380 Td ({first}) Tj /F 12 Tf 0 -24 Td"]
    shown += [f"0 -24 Td ({_escaped(line)}) Tj" for line in others]
    return " ".join([*shown, "ET"]).encode("ascii")


def _escaped(line: str) -> str:
    return line.replace("(", "\\(").replace(")", "\\)")
