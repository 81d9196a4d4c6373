"""A table's row that takes much of a page is cut between its lines; others stay whole."""

from __future__ import annotations

from typing import Any

import pytest

from octopub.pdf.record import Line
from tests.pdf.press import pdf, printed, structure
from tests.pdf.texts import Manuscript
from tests.tools import words

CASES: dict[str, tuple[list[int], dict[str, Any]]] = {
    "higher than a page": ([3, 3, 400, 3, 3], {"paper": "a6"}),
    "the only one": ([600], {"paper": "a6"}),
    "the first, and the last": ([500, 3, 3, 500], {"paper": "a5"}),
    "one behind the other": ([300, 400, 350], {"paper": "a6"}),
    "half a page high, at its foot": ([4, 4, 4, 4, 4, 190, 4, 4, 4, 4], {"paper": "a5"}),
    "in large print": ([3, 300, 3], {"paper": "a4", "large_print": True}),
    "with notes": ([3, 400, -300, 3], {"paper": "a5"}),
}


def manuscript(lengths: list[int]) -> Manuscript:
    """A table whose rows have so many words in their second cell, and fewer in the first; less than none: with notes."""
    made = Manuscript()
    made.add(made.prose(40))
    rows = [f"| {made.prose(1)} | {made.prose(1)} |", "|---|---|"]
    for length in lengths:
        calls = (60, 20) if length < 0 else ()
        rows.append(f"| {made.prose(max(abs(length) // 30, 1))} | {made.prose(abs(length), *calls)} |")
    return made.add("\n".join(rows), made.prose(40))


def pages(made: Manuscript, **options: Any) -> list[list[tuple[str, Line]]]:
    """The lines of the table's cells, with their element, on each of its pages."""
    record = printed(made.text, kind="essay", **options).record
    assert record is not None
    part = next(part for part in record.parts if part.name == "text-1")
    tags = {block.key: block.tag for block in part.blocks}
    found = ([(tags[line.block], line) for line in page.lines if tags.get(line.block) in ("th", "td")] for page in part.pages)
    return [cells for cells in found if cells]


@pytest.mark.parametrize("case", CASES)
def test_a_tall_row_is_printed_whole_under_its_head(case: str) -> None:
    lengths, options = CASES[case]
    made = manuscript(lengths)
    text = structure(pdf(made.text, kind="essay", **options)).text(without="Note")
    assert [word for word in words(text) if word in {*made.body}] == made.body
    shown = pages(made, **options)
    assert len(shown) > 1
    for cells in shown:
        assert [tag for tag, _ in cells[:2]] == ["th", "th"]


def test_its_cells_begin_on_one_page() -> None:
    for before in range(200, 380, 20):
        made = manuscript([before, 150])
        first = [{line.block for _, line in cells if line.start == 0} for cells in pages(made, paper="a5")]
        assert [len(begun - {0}) % 2 for begun in first] == [0] * len(first), before


def test_a_row_that_is_less_than_a_third_of_a_page_stays_in_one_piece() -> None:
    made = manuscript([70] * 12)
    shown = [{line.block for tag, line in cells if tag == "td"} for cells in pages(made, paper="a5")]
    assert len(shown) > 2
    assert sum(map(len, shown)) == len(set.union(*shown)) == 24
    assert all(cells[0][0] == "th" for cells in pages(made, paper="a5"))


def test_of_a_table_that_is_cut_no_row_stands_alone() -> None:
    """Rows of three lines: four of them are more than may stay white, two are not."""
    for before in range(40, 300, 20):
        text = Manuscript()
        made = text.add(text.prose(before), manuscript([18] * 7).text.partition("\n\n")[2])
        shown = [sum(line.start == 0 and tag == "td" for tag, line in cells) for cells in pages(made, paper="a6")]
        assert sum(shown) == 14, before
        assert min(shown) > 2, (before, shown)
