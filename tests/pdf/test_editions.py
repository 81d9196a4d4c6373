"""Editions: what a page has to be besides its size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from octopub.pdf.record import FURNITURE, Page
from tests.pdf.press import HEBREW, SAMPLE, printed


def pages(source: Path | str, **options: Any) -> tuple[Page, ...]:
    record = printed(source, **options).record
    assert record is not None
    return record.pages


def folios(page: Page) -> list[float]:
    """Where the page's own number ends on the right, if it stands at the head."""
    return [
        round(line.left + line.width, 1)
        for line in page.lines
        if line.block == FURNITURE and line.text == page.label and line.top < page.area[1]
    ]


@pytest.mark.parametrize("source", [SAMPLE, HEBREW], ids=["ltr", "rtl"])
def test_one_sided_pages_are_all_alike(source: Path) -> None:
    laid = pages(source, one_sided=True)
    (area,) = {page.area for page in laid}
    assert area[0] == pytest.approx(laid[0].width - area[2], abs=0.1), "the white is the same on both sides"
    sides = {round(side, 1) for page in laid for side in folios(page)}
    assert len({side > area[0] + 50 for side in sides}) == 1, "folios on one side"
    assert len(pages(source)) >= len(laid)
    assert {page.area for page in pages(source)} != {area}


def test_one_sided_chapters_open_on_the_next_page() -> None:
    record = printed(SAMPLE, one_sided=True).record
    assert record is not None
    assert not any(page.blank for page in record.pages)
    assert any(int(part.pages[0].label) % 2 == 0 for part in record.parts)
    heads = {line.text for page in record.pages for line in page.lines if line.block == FURNITURE}
    assert "The Salt Road" not in heads, "the recto's heads only"
    assert "The Road" in heads
