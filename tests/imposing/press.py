"""The press of these tests: PDFs are made and imposed, and what stands where can be asked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name

from octopub.imposing.impose import Imposed, Job, impose
from octopub.imposing.scheme import MM
from octopub.model import Imposition
from octopub.paper import parse

A5 = (148 * MM, 210 * MM)


def made(count: int, size: tuple[float, float] = A5, change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """A PDF whose pages have their number in the lower left corner, 20 points from each side."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(1, count + 1):
            page: Any = pdf.add_blank_page(page_size=size).obj
            page.Resources = Dictionary(Font=Dictionary(F=font))
            page.Contents = pdf.make_stream(f"BT /F 12 Tf 20 20 Td (p{number:03}) Tj ET".encode())
        if change:
            change(pdf)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def done(pdf: bytes, mode: Imposition, sheet: str = "a4", **options: Any) -> Imposed:
    return impose(pdf, Job(mode, parse(sheet), **options), "any.pdf", "any")


def sheets(pdf: bytes, mode: Imposition, sheet: str = "a4", **options: Any) -> bytes:
    result = done(pdf, mode, sheet, **options)
    assert result.files, result.diagnostics
    return result.files[0][1]


def words(pdf: bytes) -> list[dict[str, tuple[float, float, float, float]]]:
    """On each page, the four letters that name a page, with their box."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        letters = text.get_text_range()
        places: dict[str, tuple[float, float, float, float]] = {}
        for at in range(len(letters)):
            if letters[at] == "p":
                boxes = [text.get_charbox(at + step, loose=False) for step in range(4)]
                left, bottom, right, top = zip(*boxes, strict=True)
                places[letters[at : at + 4]] = min(left), min(bottom), max(right), max(top)
        found.append(places)
        text.close()
        page.close()
    document.close()
    return found


def near(box: tuple[float, ...], x: float, y: float) -> bool:
    """Whether the lower left corner is there (letters have some white at their sides and go below the line)."""
    return abs(box[0] - x) < 2 and abs(box[1] - y) < 4


def ink(pdf: bytes, scale: float = 1, page: int = 0) -> tuple[int, ...]:
    """The box around all that is dark on a page: left, top, right, bottom."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[page].render(scale=scale).to_pil().convert("L")
    document.close()
    box = image.point(lambda level: 255 * (level < 128)).getbbox()
    assert box
    return tuple(box)
