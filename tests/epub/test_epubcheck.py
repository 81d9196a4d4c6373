"""EPUBCheck has nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from octopub import building
from octopub.diagnostics import has_errors
from tests.epub.opened import BOOKS, book
from tests.tools import ROOT, epubcheck

GOLDEN = sorted((ROOT / "tests/golden").glob("*/manuscript.md"))


@pytest.mark.parametrize(("name", "largest"), BOOKS)
def test_on_each_small_book(name: str, largest: int | None) -> None:
    assert epubcheck(book(name, largest).data) == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_on_each_golden_manuscript_that_has_no_error(path: Path) -> None:
    loaded = building.load(path)
    made = building.epub(loaded)
    if made.content is None:
        assert has_errors((*loaded.diagnostics, *made.diagnostics))
    else:
        assert epubcheck(made.content) == []
