"""`--pages`, and the pages that `build` gives the EPUB, from the command line."""

from __future__ import annotations

import pytest

from tests.epub.opened import Opened
from tests.running import ESSAY, Run


def test_build_and_epub_with_pages_make_the_same(run: Run) -> None:
    run.write("manuscript/essay.md", ESSAY)
    assert run("build").status == 0
    built = (run.folder / "build/essay.epub").read_bytes()
    assert len(list(Opened(built).typed("page-list"))) == 1
    assert run("epub", "--pages", "build/essay.pdf", "-o", "e.epub") == (0, "e.epub\n", "")
    assert (run.folder / "e.epub").read_bytes() == built
    assert run("epub", "--pages", "a5", "-o", "a5.epub").status == 0
    assert Opened((run.folder / "a5.epub").read_bytes()).values("dc:source") == Opened(built).values("dc:source")
    assert run("epub", "-o", "plain.epub").status == 0
    assert not list(Opened((run.folder / "plain.epub").read_bytes()).typed("page-list"))


@pytest.mark.parametrize(
    ("pages", "status", "said"),
    [
        ("a55", 2, "a55"),
        ("missing.pdf", 2, "there is no PDF missing.pdf"),
        ("no.pdf", 1, "no.pdf: error: this PDF does not tell where the pages of the manuscript begin"),
    ],
)
def test_an_edition_that_there_is_not(run: Run, pages: str, status: int, said: str) -> None:
    run.write("essay.md", ESSAY)
    run.write("no.pdf", "words")
    ran = run("epub", "essay.md", "--pages", pages)
    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err
    assert run.files() == {"essay.md", "no.pdf"}


def test_what_print_has_to_say_is_not_said_of_an_epub(run: Run) -> None:
    """A text that a paper cannot hold is an error all the same."""
    run.write("essay.md", ESSAY)
    ran = run("epub", "essay.md", "--pages", "20x20mm")
    assert ran.status == 1
    assert "[paper-too-small]" in ran.err
