"""Every note is printed whole, once, behind its call: asked of the pages themselves, not of octopub's record."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from octopub.diagnostics import Code
from tests.pdf.press import pdf, printed, structure
from tests.pdf.texts import Manuscript, chapter, manifold
from tests.tools import pdf_text, words


def places(text: list[str], mark: str) -> dict[int, int]:
    """Note → page, of the words that mark its call, its first or its last word; each stands there once."""
    found = [
        (int(number), page) for page, content in enumerate(text) for number in re.findall(rf"{mark}a(\d+)", content)
    ]
    assert len(dict(found)) == len(found), f"a {mark} is doubled"
    return dict(found)


def check(made: Manuscript, **options: str) -> bytes:
    """The PDF of a manuscript, its notes and its text looked after."""
    file = pdf(made.text, **options)
    text = pdf_text(file)
    calls, first, last = (places(text, mark) for mark in "CBZ")
    numbers = set(range(1, len(made.notes) + 1))
    assert calls.keys() == first.keys() == last.keys() == numbers
    assert [n for n in numbers if not calls[n] <= first[n] <= last[n]] == []
    check_words(made, file)
    return file


def check_words(made: Manuscript, file: bytes) -> None:
    """The structure gives the text in its order, and each note in one piece."""
    tree = structure(file)
    own = {*made.body, *(word for note in made.notes_words for word in note)}
    assert [word for word in words(tree.text(without="Note")) if word in own] == [
        *made.body, *(word for note in moved(made, file) for word in made.notes_words[note - 1])
    ]  # fmt: skip
    notes = {tuple(word for word in words(node.text()) if word in own) for node in tree.find("Note")}
    assert notes - {()} == set(map(tuple, made.notes_words))


def moved(made: Manuscript, file: bytes) -> list[int]:
    return []


