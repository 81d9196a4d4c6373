"""A table in a long note goes on under its head, which is no part of the text there."""

from __future__ import annotations

import pytest

from octopub.pdf.record import LayoutRecord, Line
from tests.pdf.press import pdf, printed, structure
from tests.tools import pdf_text, words

A6 = {"paper": "A6", "kind": "essay"}
ROWS = [f"kind{number} | {number}" for number in range(70)]
TALL = [f"word{number}" for number in range(300)]
"""A row's text that is higher than a page."""


def manuscript(rows: list[str], head: str = "Sort[^2] | In *all*") -> str:
    table = "\n    ".join(f"| {row} |" for row in [head, "--- | --:", *rows])
    return f"---\ntitle: T\nlang: en\n---\n\nText.[^1] More.\n\n[^1]: A table:\n\n    {table}\n\n    End.\n\n[^2]: Second.\n"


def heads(record: LayoutRecord | None) -> list[tuple[list[Line], Line]]:
    """For each page with rows of the table the lines of its head, and the first row's."""
    assert record is not None
    found = []
    for part in record.parts:
        tags = {block.key: block.tag for block in part.blocks}
        for page in part.pages:
            head = [line for line in page.lines if tags.get(line.block) == "th"]
            rows = [line for line in page.lines if tags.get(line.block) == "td"]
            if rows:
                found.append((head, rows[0]))
    return found


def test_it_is_repeated_where_the_table_goes_on() -> None:
    made = heads(printed(manuscript(ROWS), **A6).record)
    assert len(made) >= 3
    for head, row in made:
        assert [line.text.strip() for line in head] == ["Sort2", "In all"]
        assert head[0].left == pytest.approx(row.left)
        assert row.top - head[0].top == pytest.approx(made[0][1].top - made[0][0][0].top, abs=0.1)
    assert [head[0].repeated for head, _ in made] == [False] + [True] * (len(made) - 1)


def test_for_who_hears_the_text_it_stands_there_once() -> None:
    file = pdf(manuscript(ROWS), **A6)
    assert sum(page.count("Sort") for page in pdf_text(file)) >= 3
    (table,) = structure(file).find("Table")
    assert table.text().count("Sort") == 1
    assert [node.text().strip() for node in table.find("TD")] == " | ".join(ROWS).split(" | ")


def test_behind_the_table_it_is_not_repeated() -> None:
    rows = ROWS[:9]
    text = manuscript(rows).replace("End.", " ".join(TALL))
    assert len(heads(printed(text, **A6).record)) == 1


def test_it_stands_above_the_rest_of_a_row_that_is_higher_than_its_page() -> None:
    text = manuscript([f"{' '.join(TALL)} | x"] * 2)
    made = heads(printed(text, **A6).record)
    assert len(made) >= 4
    assert all(len(head) == 2 for head, _ in made)
    assert words(structure(pdf(text, **A6)).find("Table")[0].text()).count(TALL[-1]) == 2
