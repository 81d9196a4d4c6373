"""What cannot be imposed, what is warned of, and the line for the person at the printer."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from octopub.model import Imposition
from tests.imposing.press import done, made, saved


def boxed(box: list[Any]) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[-1].obj.MediaBox = Array(box)

    return change


def trimmed(box: Any, key: str = "TrimBox") -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[-1].obj[f"/{key}"] = Array(box) if isinstance(box, list) else box

    return change


def locked() -> bytes:
    with pikepdf.open(io.BytesIO(made(4))) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))


def restricted() -> bytes:
    with pikepdf.open(io.BytesIO(made(4))) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="o", user=""))


def without_content(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = Array([Dictionary()])


def damaged(pdf: pikepdf.Pdf) -> None:
    """A compressed stream that ends too early."""
    pdf.pages[0].obj.Contents = pdf.make_stream(zlib.compress(b"q Q " * 500)[:20], Filter=Name.FlateDecode)


BAD = {
    "empty": (b"", "pdf-unreadable", "broken"),
    "text": (b"words", "pdf-unreadable", "broken"),
    "cut off": (made(4)[:-300], "pdf-unreadable", "broken"),
    "no pages": (made(0), "pdf-unreadable", "no pages"),
    "no content": (made(4, change=without_content), "pdf-unreadable", "a page of it is broken"),
    "damaged content": (made(4, change=damaged), "pdf-unreadable", "a page of it is broken"),
    "locked": (locked(), "pdf-unreadable", "encrypted"),
    "restricted": (restricted(), "pdf-unreadable", "encrypted"),
    "two sizes": (made(4, change=boxed([0, 0, 400, 400])), "pages-differ", "page 4 is 141 × 141 mm"),
    "no size": (made(4, change=boxed([0, 0, 0, 0])), "page-box", "[0 0 0 0]"),
    "three numbers": (made(4, change=boxed([0, 0, 9])), "pdf-unreadable", "MediaBox"),
    "words in it": (made(4, change=boxed([0, 0, Name.a, 9])), "pdf-unreadable", "MediaBox"),
    "too large": (made(1, change=boxed([0, 0, 90_000, 9])), "page-box", "page 1"),
    "a trim box of three numbers": (made(2, change=trimmed([0, 0, 9])), "page-box", "page 2"),
    "a trim box of words": (made(2, change=trimmed([Name.a, 0, 0, 9])), "page-box", "[? 0 0 9]"),
    "a trim box that is none": (made(2, change=trimmed(Name.a)), "page-box", "its box is missing"),
    "a trim box without size": (made(2, change=trimmed([9, 9, 9, 9])), "page-box", "[9 9 9 9]"),
    "a trim box beside the page": (made(2, change=trimmed([900, 0, 990, 90])), "page-box", "[900 0 990 90]"),
    "a bleed box of three numbers": (made(2, change=trimmed([0, 0, 9], "BleedBox")), "page-box", "[0 0 9]"),
    "other trim boxes": (made(2, change=trimmed([0, 0, 300, 300])), "pages-differ", "page 2 is 106 × 106 mm"),
    "larger than the sheet": (made(4, (1000.0, 1000.0)), "sheet-too-small", "353 × 353 mm"),
}


@pytest.mark.parametrize(("file", "code", "says"), BAD.values(), ids=BAD)
def test_bad_files(file: bytes, code: str, says: str) -> None:
    result = done(file, Imposition.BOOKLET)
    assert result.files == ()
    (complaint,) = result.diagnostics
    assert complaint.code.slug == code
    assert says in str(complaint)
    assert complaint.path == "any.pdf"


def test_a_zine_of_nine_pages() -> None:
    (complaint,) = done(made(9), Imposition.ZINE).diagnostics
    assert (complaint.code.slug, "has 9" in str(complaint)) == ("zine-too-long", True)


def test_no_room_for_marks_names_the_sheet_that_has_it() -> None:
    (complaint,) = done(made(8), Imposition.BOOKLET, marks=True).diagnostics
    assert complaint.code.slug == "marks-no-room"
    assert "--sheet tabloid" in str(complaint)
    assert done(made(8), Imposition.BOOKLET, "tabloid", marks=True).diagnostics == ()


@pytest.mark.parametrize(
    ("mode", "count", "signature", "warned"),
    [
        (Imposition.BOOKLET, 64, 4, False),
        (Imposition.BOOKLET, 65, 4, True),
        (Imposition.CUT_STACK, 72, 4, True),
        (Imposition.SIGNATURES, 200, 4, False),
        (Imposition.SIGNATURES, 200, 17, True),
        (Imposition.TWO_UP, 200, 4, False),
    ],
)
def test_too_thick(mode: Imposition, count: int, signature: int, warned: bool) -> None:
    found = done(made(count), mode, signature_sheets=signature).diagnostics
    assert [each.code.slug for each in found] == ["too-thick"] * warned


def test_the_line_for_the_person_at_the_printer() -> None:
    assert done(made(12), Imposition.BOOKLET, copies=40).summary == (
        "12 pages on 3 sheets A4 a copy (--copies 40: 120 sheets): both sides, flip on short edge, "
        "actual size, the printer's own booklet mode off"
    )
