"""The colophon stands at the foot of its page."""

from __future__ import annotations

import pytest

from octopub.building import load
from octopub.faces.catalogue import open_catalogue
from octopub.pdf.make import typeset
from octopub.pdf.record import Page

ESSAY = """\
---
title: On Feet
rights: All of them.
---

## One

{text}

## Two

The end.{call}
"""


def last_page(text: str, call: str = "") -> Page:
    book = load(ESSAY.format(text=text, call=call)).book
    assert book is not None
    printed = typeset(book, open_catalogue(), {})
    assert printed.record is not None
    assert printed.content is not None
    return printed.record.pages[-1]


@pytest.mark.parametrize("words", [20, 200, 330, 400])
def test_the_colophon_ends_where_the_text_block_ends(words: int) -> None:
    page = last_page("word " * words)
    (credit,) = [line for line in page.lines if line.text == "Set with octopub"]
    assert page.area[3] - 10 < credit.baseline <= page.area[3]


def test_it_stays_above_the_notes() -> None:
    page = last_page("Word.", "^[" + "A note. " * 40 + "]")
    (credit,) = [line for line in page.lines if line.text == "Set with octopub"]
    note = min(line.top for line in page.lines if line.text.strip().startswith("1"))
    assert note - 40 < credit.baseline < note


def test_it_ends_the_last_page_of_notes_if_that_has_room() -> None:
    page = last_page("Word.", "^[" + "A note. " * 1500 + "]")
    note = min(line.top for line in page.lines if "note" in line.text)
    (credit,) = [line for line in page.lines if line.text == "Set with octopub"]
    assert note - 40 < credit.baseline < note


def test_that_of_a_book_stays_on_its_page_before_the_contents() -> None:
    text = "---\ntitle: On Feet\noctopub:\n  kind: book\n---\n\n" + "".join(
        f"# Chapter {n}\n\nText.\n\n" for n in range(9)
    )
    book = load(text).book
    assert book is not None
    printed = typeset(book, open_catalogue(), {})
    assert printed.record is not None
    (page,) = (
        page for page in printed.record.pages if "Set with octopub" in {line.text for line in page.lines}
    )
    assert page.label == "2"
    assert printed.content is not None
