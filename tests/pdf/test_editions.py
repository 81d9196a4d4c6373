"""Editions: what a page has to be besides its size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from octopub import building
from octopub.diagnostics import Code
from octopub.faces.catalogue import open_catalogue
from octopub.pdf.make import typeset
from octopub.pdf.record import FURNITURE, LayoutRecord, Line, Page
from tests.pdf.press import ESSAY, HEBREW, SAMPLE, pdf, printed, structure
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


@pytest.mark.parametrize("tokens", ["--measure: 150mm", "--inner: 40mm", "--measure: 150mm; --inner: 40mm; --outer: 20mm"])
def test_a_wide_margin_is_free_whatever_a_projects_own_tokens_say(tokens: str) -> None:
    loaded = building.load(SAMPLE, options={"wide_margin": True, "paper": "A4"})
    assert loaded.book
    record = typeset(loaded.book, open_catalogue(), {"tokens.css": f":root {{ {tokens} }}"}).record
    assert record
    for page in (page for page in record.pages if not page.blank):
        assert (page.area[0] if int(page.label) % 2 == 0 else page.width - page.area[2]) >= 55 * MM


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


# -- the page numbers of the standard layout ----------------------------------------------------------

ESSAY_OF_NOTES = """---
title: Of Notes
octopub: {paper: a6}
---

"""


def of_notes() -> str:
    """A text whose standard layout has pages of notes alone, a table, and a picture at a page's head."""
    made = Manuscript()
    parts = [made.prose(160) + f"^[{made.prose(40 * number)}]" for number in range(1, 14)]
    return ESSAY_OF_NOTES + "\n\n".join([*parts[:6], "## A section", *parts[6:], f"A last one.^[{made.prose(900)}]"])


def text_of(record: LayoutRecord) -> Iterator[tuple[Page, list[Line]]]:
    """Each page with its lines from the manuscript: the text's, or where there are none, the notes'. Without pages
    that begin with a picture."""
    for part in record.parts:
        notes = {block.key for block in part.blocks if block.flow}
        for page in part.pages:
            lines = [line for line in page.lines if line.block != FURNITURE and line.at is not None]
            text = [line for line in lines if line.block not in notes]
            if lines and not any(image.top < lines[0].top for image in page.images):
                yield page, text or lines


@pytest.mark.parametrize("source", [SAMPLE, HEBREW, ESSAY, of_notes()], ids=["sample", "rtl", "essay", "notes"])
def test_the_line_marked_in_large_print_has_the_first_word_of_the_standard_page(source: Path | str) -> None:
    standard, large = printed(source).record, printed(source, large_print=True, paper="A4").record
    assert standard and large
    marked: dict[str, str] = {}
    for number, text in (each for page in large.pages for each in margin_numbers(page)):
        marked[number] = f"{marked.get(number, '')} {text}"  # a table's row has several
    first = {page.label: min(lines, key=lambda line: line.top).text.split()[0] for page, lines in text_of(standard)}
    assert marked.keys() == first.keys()
    assert {number: word in marked[number].split() or word in marked[number] for number, word in first.items()} == (
        dict.fromkeys(first, True)
    )
    assert len(first) > 1
    assert list(map(int, marked)) == sorted(map(int, marked)) or source == of_notes()


def test_the_standard_layout_is_that_of_the_front_matter() -> None:
    text = of_notes()
    on_a6, on_a4 = printed(text).record, printed(text.replace("a6", "a4")).record
    assert on_a6 and on_a4 and len(on_a6.pages) > len(on_a4.pages)
    for own, record in (("a6", on_a6), ("a4", on_a4)):
        large = pages(text.replace("a6", own), large_print=True, paper="letter")
        marked = [int(number) for page in large for number, _ in margin_numbers(page)]
        assert max(marked) in (len(record.pages), len(record.pages) - 1)


@pytest.mark.parametrize(
    ("options", "is_right"),
    [({}, True), ({"wide_margin": True}, False), ({"line_numbers": "text"}, True),
     ({"wide_margin": True, "line_numbers": "text"}, True)],
)  # fmt: skip
def test_the_numbers_of_pages_and_of_lines_stand_on_two_sides(options: dict[str, Any], is_right: bool) -> None:
    counted = printed(SAMPLE, large_print=True, **options).record
    assert counted
    sides = [
        (each.left > page.area[2]) == is_right
        for page in counted.pages
        for each in page.lines
        if is_beside(each, page) and (not options.get("line_numbers") or int(each.text) % 5)
    ]
    assert len(sides) > 5 and all(sides)


def test_a_page_that_begins_with_a_picture_is_marked_there() -> None:
    text = f"# One\n\n{'Words and words. ' * 60}\n\n{{.newpage}}\n![A cart](cart.svg)\n\nMore words.\n"
    standard, large = printed(text).record, printed(text, large_print=True, paper="A4").record
    assert standard and large
    (number,) = (page.label for page in standard.pages if any(image.top < page.area[1] + 20 for image in page.images))
    (page,) = (page for page in large.pages if any(is_beside(line, page) and line.text == number for line in page.lines))
    (image,) = page.images
    assert any(line.text == number and 0 < line.baseline - image.top < 30 for line in page.lines if is_beside(line, page))


def test_the_numbers_of_pages_are_artifacts() -> None:
    def read(**options: Any) -> int:
        (document,) = structure(pdf(of_notes(), **options)).find("Document")
        return sum(word.isdigit() for word in document.text().split())

    assert read(large_print=True, paper="A4") == read(paper="A5") > 0


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
