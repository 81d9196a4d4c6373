"""Pages for the print shop: their boxes, what is painted in the bleed, and the marks."""

from __future__ import annotations

import functools
import io
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from octopub import building
from octopub.faces.catalogue import open_catalogue
from octopub.imposing.impose import Job, impose
from octopub.imposing.marks import GAP, LENGTH
from octopub.imposing.scheme import MM
from octopub.markup.styles import _built_in
from octopub.model import Imposition
from octopub.paper import parse
from octopub.pdf.make import typeset
from tests.pdf.facts import faults
from tests.pdf.press import opened, pdf, printed

TEXT = """---
title: On Edges
lang: en
octopub: {kind: book, contents: false}
---

# One

Words.

# Two

Other words.
"""

A5 = (148 * MM, 210 * MM)
BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox")
RED = (255, 0, 0)


def boxes(page: Any) -> dict[str, tuple[float, ...]]:
    return {name: tuple(map(float, page[name])) for name in BOXES if name in page}


def around(by: float) -> Any:
    return pytest.approx((-by, -by, A5[0] + by, A5[1] + by), abs=0.01)


@pytest.mark.parametrize(
    ("options", "media", "bleed"),
    [
        ({"bleed": "3mm"}, 3 * MM, 3 * MM),
        ({"bleed": "0.125in"}, 9, 9),
        ({"bleed": "3mm", "marks": True}, 3 * MM + LENGTH, 3 * MM),
        ({"bleed": "1mm", "marks": True}, GAP + LENGTH, 1 * MM),
        ({"marks": True}, GAP + LENGTH, 0),
    ],
)
def test_boxes_lie_in_one_another(options: dict[str, Any], media: float, bleed: float) -> None:
    with opened(pdf(TEXT, **options)) as book:
        assert len(book.pages) == 5, "blank pages are among them"
        for page in book.pages:
            found = boxes(page.obj)
            assert (found["/TrimBox"], found["/BleedBox"]) == (around(0), around(bleed))
            assert (found["/MediaBox"], found["/CropBox"]) == (around(media), around(media))


def test_without_bleed_the_page_is_the_sheet() -> None:
    with opened(pdf(TEXT)) as book:
        assert boxes(book.pages[0].obj) == {
            "/MediaBox": around(0), "/TrimBox": around(0),
        }  # fmt: skip


def test_nothing_on_the_page_moves() -> None:
    plain, larger = printed(TEXT), printed(TEXT, bleed="3mm", marks=True)
    assert plain.record == larger.record
    assert faults(pdf(TEXT, bleed="3mm", marks=True)) == []


@functools.cache
def coloured() -> bytes:
    """A book whose pages are red to their edges."""
    style = _built_in("print.css").replace("@page {", "@page { background: #f00;", 1)
    book = building.load(TEXT, options=building.options({"bleed": "3mm", "marks": True})).book
    assert book is not None
    content = typeset(book, open_catalogue(), {"print.css": style}).content
    assert content is not None
    return content


def shown(file: bytes, index: int, scale: float = 2) -> Image.Image:
    document = pypdfium2.PdfDocument(file)
    image: Image.Image = document[index].render(scale=scale).to_pil().convert("RGB")
    document.close()
    return image


def test_a_background_reaches_to_the_end_of_the_bleed_and_no_farther() -> None:
    image = shown(coloured(), 0)
    middle = image.height // 2
    row = [image.getpixel((x, middle)) == RED for x in range(image.width)]
    first, last = row.index(True), len(row) - row[::-1].index(True)
    assert (first, image.width - last) == pytest.approx((2 * LENGTH, 2 * LENGTH), abs=1.5)


def test_marks_stand_beyond_the_bleed_in_line_with_the_trim() -> None:
    image = shown(coloured(), 0, scale=4).convert("L")
    margin = 4 * (LENGTH + 3 * MM)
    row = [image.getpixel((x, 8)) < 160 for x in range(image.width)]  # type: ignore[operator]  # it is one band
    dark = [at for at, (before, now) in enumerate(pairwise(row)) if now and not before]
    assert dark == pytest.approx([margin, image.width - margin], abs=2)


@pytest.mark.parametrize("mode", [Imposition.BOOKLET, Imposition.TWO_UP])
def test_a_page_with_bleed_is_imposed_by_its_trim_box(mode: Imposition) -> None:
    """On the sheet it bleeds where it is cut, and not over its neighbour."""
    with pikepdf.open(io.BytesIO(coloured())) as book:
        del book.pages[1:]
        out = io.BytesIO()
        book.save(out)
    done = impose(out.getvalue(), Job(mode, parse("a3"), marks=True), "a.pdf", "a")
    assert done.scheme is not None
    assert (done.scheme.scale, round(done.scheme.sheets[0].front.pages[0].width, 2)) == (1, round(A5[0], 2))
    image = shown(done.files[0][1], 0, scale=1)
    middle = image.height // 2
    red = [x for x in range(image.width) if image.getpixel((x, middle)) == RED]
    half = image.width / 2
    expected = (half, half + A5[0] + 3 * MM) if mode is Imposition.BOOKLET else (half - A5[0] - 3 * MM, half)
    assert (red[0], red[-1] + 1) == pytest.approx(expected, abs=1.5)
