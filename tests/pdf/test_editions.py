"""Editions: what a page has to be besides its size."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from octopub.diagnostics import Code
from octopub.pdf.record import FURNITURE, Line, Page
from tests.pdf.press import HEBREW, SAMPLE, pdf, printed, structure
from tests.pdf.texts import Manuscript
from tests.tools import pdf_text


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


MM = 72 / 25.4


@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_a_wide_margin_is_free_on_either_side(paper: str) -> None:
    for page in (page for page in pages(SAMPLE, wide_margin=True, paper=paper) if not page.blank):
        outer = page.area[0] if int(page.label) % 2 == 0 else page.width - page.area[2]
        assert outer >= 55 * MM
        assert page.width - (page.area[2] - page.area[0]) - outer >= 20 * MM
        for line in page.lines:
            left, right = line.left, page.width - line.left - line.width
            assert (left if int(page.label) % 2 == 0 else right) >= 55 * MM


@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_large_print_is_ragged_and_its_lines_hold_45_to_60_characters(paper: str) -> None:
    made = Manuscript()
    laid = pages(made.add(*(made.prose(90) + ".^[A note of some words.]" for _ in range(20))).text,
                 large_print=True, paper=paper)  # fmt: skip
    lines = [line for page in laid for line in page.lines if line.block != FURNITURE]
    assert not any(line.hyphenated or line.stretch for line in lines)
    full = [line.text for line, below in pairwise(lines) if line.block == below.block]
    assert 45 <= sum(map(len, full)) / len(full) <= 60
    steps = {round(below.baseline - line.baseline, 1) for line, below in pairwise(lines) if line.block == below.block}
    assert min(step for step in steps if step > 0) == pytest.approx(18 * 14 / 11, abs=0.1)
    assert len({page.area for page in laid}) == 1


@pytest.mark.parametrize("option", ["large_print", "wide_margin"])
@pytest.mark.parametrize("paper", ["A5", "tabloid", "297x210mm"])
def test_what_needs_an_offices_paper_says_so(option: str, paper: str) -> None:
    result = printed(SAMPLE, **{option: True, "paper": paper})
    assert result.content is None
    assert Code.PAPER_UNFIT in {each.code for each in result.diagnostics}


@pytest.mark.parametrize(("lang", "width"), [("en-GB", 210), ("en-US", 215.9)])
def test_an_offices_paper_is_taken_where_none_is_named(lang: str, width: float) -> None:
    text = f"---\ntitle: T\nlang: {lang}\noctopub:\n  large-print: yes\n---\n\nText.\n"
    assert pages(text)[0].width == pytest.approx(width * MM, abs=0.1)


# -- the numbers of lines ----------------------------------------------------------------------------

LINED = """---
title: Lines
---

# One

First.

## A heading^[A note of its own.]

> Two.

| three | four |
|-------|------|
| 2     | 3    |

| Three, and this line of verse is too long for the measure of its page, so that it turns over and hangs there,
| four,
| five.

## Another

- Six.
- Seven.

Eight.

Nine.

Ten.

# Two

Eleven.

Twelve.

Thirteen.

Fourteen.

Fifteen.
"""


def is_beside(line: Line, page: Page) -> bool:
    """Whether it is furniture that stands to the left or the right of the text."""
    return line.block == FURNITURE and not page.area[0] - 1 < line.left < page.area[2] + 1


def margin_numbers(page: Page) -> list[tuple[str, str]]:
    """Each number in the margin, with the text of its line."""
    return [
        (each.text, line.text)
        for each in page.lines
        if is_beside(each, page)
        for line in page.lines
        if line.block != FURNITURE and line.baseline == each.baseline
    ]


@pytest.mark.parametrize(
    ("scope", "numbers"),
    [
        ("text", [("5", "five."), ("10", "Ten."), ("15", "Fifteen.")]),
        ("page", [("5", "five."), ("10", "Ten."), ("5", "Fifteen.")]),
        ("none", []),
    ],
)
def test_every_fifth_line_of_the_text_has_its_number(scope: str, numbers: list[tuple[str, str]]) -> None:
    found = [each for page in pages(LINED, line_numbers=scope, paper="A4") for each in margin_numbers(page)]
    assert found == numbers


def test_the_numbers_of_lines_are_printed_as_artifacts_and_change_no_line() -> None:
    plain, numbered = (pages(LINED, line_numbers=scope) for scope in ("none", "text"))
    for before, after in zip(plain, numbered, strict=True):
        assert after.lines[: len(before.lines)] == before.lines
    file = pdf(LINED, line_numbers="text")
    printed_lines = [line.split() for page in pdf_text(file, layout=True) for line in page.splitlines()]
    assert {"5", "five."} in [set(line) for line in printed_lines]
    assert {"Fifteen.", "15"} in [set(line) for line in printed_lines]
    (document,) = structure(file).find("Document")
    assert "15" not in document.text().split()


@pytest.mark.parametrize(
    ("options", "sides"),
    [({}, {"outer"}), ({"one_sided": True}, {"left"}), ({"wide_margin": True}, {"inner"})],
)
@pytest.mark.parametrize("source", [SAMPLE, HEBREW], ids=["ltr", "rtl"])
def test_the_numbers_of_lines_stand_in_the_outer_margin_unless_it_is_to_be_free(
    source: Path, options: dict[str, bool], sides: set[str]
) -> None:
    found = set()
    for page in pages(source, line_numbers="text", **options):
        for line in page.lines:
            if is_beside(line, page):
                assert 0 < line.left < line.left + line.width < page.width
                is_left = line.left < page.area[0]
                starts_left = source == SAMPLE
                spine = is_left == ((int(page.label) % 2 == 1) == starts_left)
                side = ("left" if is_left == starts_left else "right") if "one_sided" in options else None
                found.add(side or ("inner" if spine else "outer"))
    assert found == sides
