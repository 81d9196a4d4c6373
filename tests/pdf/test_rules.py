"""What a typesetter would look at, measured on the layout record."""

from __future__ import annotations

import functools
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest

from octopub.markup.scribe import letters
from octopub.pdf.record import FURNITURE, LayoutRecord, Line, Page
from tests.pdf.press import ESSAY, SAMPLE, printed
from tests.pdf.texts import Manuscript, chapter

HEADS = ("Party", "Votes (thousands)", "Per cent")
"""Of the essay's table: between its rules they stand off the grid."""


@functools.cache
def record(name: str) -> LayoutRecord:
    sources: dict[str, str | Path] = {"essay": ESSAY, "book": SAMPLE, "made": chapter(5, (5, 60), 60).text}
    found = printed(sources[name]).record
    assert found is not None
    return found


@pytest.fixture(params=["essay", "book", "made"])
def laid(request: pytest.FixtureRequest) -> LayoutRecord:
    return record(request.param)


def paragraphs(laid: LayoutRecord) -> list[list[tuple[int, Line]]]:
    """Each block's lines, with the index of their page in its part."""
    found: dict[tuple[str, int], list[tuple[int, Line]]] = defaultdict(list)
    for part in laid.parts:
        for number, page in enumerate(part.pages):
            for line in page.lines:
                if line.block != FURNITURE and not line.repeated:
                    found[part.name, line.block].append((number, line))
    return list(found.values())


def prose(laid: LayoutRecord) -> list[list[tuple[int, Line]]]:
    """The paragraphs of running text: of four lines and more, as wide as the text block."""
    measure = max(page.area[2] - page.area[0] for page in laid.pages)
    return [
        lines
        for lines in paragraphs(laid)
        if len(lines) >= 4 and max(line.width for _, line in lines) > measure - 1
    ]


def test_no_line_of_a_paragraph_stands_alone_on_a_page(laid: LayoutRecord) -> None:
    alone = []
    for lines in prose(laid):
        pages = [number for number, _ in lines]
        alone += [lines[0][1].text for number in {pages[0], pages[-1]} if pages.count(number) == 1]
    assert alone == []


def body(page: Page) -> list[Line]:
    """The lines of a page's text block, from above, furniture left out."""
    lines = (line for line in page.lines if line.block != FURNITURE)
    return sorted(lines, key=lambda line: line.baseline)


def test_two_lines_follow_a_heading_on_its_page() -> None:
    for name in ("essay", "book"):
        laid = record(name)
        (text,) = {part for part in laid.parts if part.name in ("text-1", "road")}
        headings = {
            "A country at war",
            "Two powers",
            "The July days",
            "Carters and beasts",
            "A verse that they sang",
        }
        for page in text.pages:
            lines = body(page)
            below = [
                len(lines) - index - 1 for index, line in enumerate(lines) if line.text.strip() in headings
            ]
            assert [count for count in below if count < 2] == []


def test_a_full_line_of_english_on_a5_has_60_to_68_characters() -> None:
    counts = [
        len(line.text.strip())
        for lines in prose(record("essay"))
        for _, line in lines[:-1]
        if line.height > 13  # points: of the text, not of the notes
    ]
    assert len(counts) > 300
    assert 60 <= mean(counts) <= 68


def test_lines_stand_within_the_text_block(laid: LayoutRecord) -> None:
    over = [
        line.text
        for page in laid.pages
        for line in page.lines
        if line.block != FURNITURE
        and not page.area[0] - 1 <= line.left <= line.left + line.width <= page.area[2] + 2.5
    ]
    assert over == []


def test_the_texts_lines_stand_on_one_grid() -> None:
    """Headings, quotations, figures and tables take whole lines, so that the pages' lines register."""
    laid = record("essay").parts[-1]
    flows = {block.key: block.flow for block in laid.blocks}
    lines = [line for page in laid.pages for line in body(page) if not flows[line.block]]
    leading = max({line.height for line in lines}, key=[line.height for line in lines].count)
    top = min(line.baseline for line in lines)
    text = [line for line in lines if abs(line.height - leading) < 0.1 and line.text.strip() not in HEADS]
    off = [line.text for line in text if 0.2 < (line.baseline - top) % leading < leading - 0.2]
    assert len(text) > 400
    assert off == []


def test_word_spaces_are_not_torn_apart(laid: LayoutRecord) -> None:
    """Lines are justified by what the language allows to hyphenate: few are loose, none is torn."""
    stretches = [line.stretch for lines in prose(laid) for _, line in lines[:-1]]
    assert max(stretches) < 9
    assert sum(stretch > 4 for stretch in stretches) / len(stretches) < 0.03


def test_no_word_is_broken_at_a_lines_beginning(laid: LayoutRecord) -> None:
    """A line that ends with a hyphen holds more than a part of a word (see `Scribe._take_space`)."""
    torn = [
        line.text
        for lines in prose(laid)
        for _, line in lines
        if line.hyphenated and " " not in line.text.strip() and "\u00a0" not in line.text.strip()
    ]
    assert torn == []


def test_lines_know_their_words_in_the_manuscript() -> None:
    source = ESSAY.read_text("utf-8")
    pairs = [pair for lines in paragraphs(record("essay")) for pair in pairwise(line for _, line in lines)]
    known = [
        (line.text, source[line.at : line.at + 20])
        for before, line in pairs
        if line.at is not None and not before.text.endswith(("‐", "-")) and letters(line.text)[:1].isalpha()
    ]
    assert len(known) > 300
    assert [(text, there) for text, there in known if letters(text)[0] != there[0]] == []


def test_no_row_of_a_table_stands_alone() -> None:
    made = Manuscript(front="octopub:\n  contents: false\n")
    table = "| A row |\n|---|\n" + "\n".join("| word |" for _ in range(9))
    for number in range(12):
        made.add(f"# {number}", f"{made.prose(120)}\n" * number, made.prose(10 + 9 * number), table)
    found = printed(made.text).record
    assert found is not None
    rows = [[sum(line.text == "word" for line in page.lines) for page in part.pages] for part in found.parts]
    split = [counts for counts in rows if sum(count > 0 for count in counts) > 1]
    assert split, "some tables go over a page"
    assert [counts for counts in split if 1 in counts] == []


def test_short_cells_stay_on_one_line() -> None:
    long = "many words that go over several lines " * 3
    found = printed(
        f"---\ntitle: T\n---\n\n| Two words | Remarks |\n|---|---|\n| White salt | {long} |\n"
    ).record
    assert found is not None
    lines = [line.text for page in found.pages for line in page.lines]
    assert {"Two words", "White salt"} <= set(lines)
