"""What an author wrote, or retouched, is not lost to a command that writes where it lies."""

from __future__ import annotations

from typing import Any

import pytest

from octopub.cli import mending, placing
from tests.running import ESSAY, Run

UNMENDED = ESSAY.replace("1", "9")
PAGE = '<title>A</title><h1>A</h1><p>Words. <img src="a.svg" alt="a"></p>'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def test_a_text_that_is_saved_while_it_is_mended(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    source = run.write("a.md", UNMENDED)
    def placed(outputs: Any, **how: Any) -> None:
        source.write_text("what was written meanwhile")
        placing.place(outputs, **how)

    monkeypatch.setattr(mending, "place", placed)
    ran = run("check", "--fix", "a.md")
    assert ran.status == 3
    assert ran.err.endswith("octopub: a.md was changed meanwhile; it stays as it is\n")
    assert source.read_text() == "what was written meanwhile"
    assert run.files() == {"a.md"}


def test_a_mended_text_keeps_its_mode(run: Run) -> None:
    source = run.write("a.md", UNMENDED)
    source.chmod(0o600)
    assert run("check", "--fix", "a.md").status == 0
    assert (source.read_text(), source.stat().st_mode & 0o777) == (UNMENDED.replace("9", "1"), 0o600)


def test_a_source_is_not_replaced_by_its_import(run: Run) -> None:
    source = run.write("a.txt", "A\n\nWords.\n")
    for force in ([], ["--force"]):
        assert run("import", "a.txt", "-o", "a.txt", *force).status == 2
    assert source.read_text() == "A\n\nWords.\n"


def test_a_link_to_nowhere_is_there_already(run: Run) -> None:
    run.write("a.txt", "A\n\nWords.\n")
    (run.folder / "a.md").symlink_to("not/mounted/a.md")
    assert run("import", "a.txt", "-o", "a.md").status == 2
    assert (run.folder / "a.md").is_symlink()


def test_an_image_that_was_retouched(run: Run) -> None:
    run.write("a.html", PAGE)
    run.write("a.svg", PICTURE)
    assert run("import", "a.html", "-o", "a.md").status == 0
    image = run.folder / "images/a/a.svg"
    imported = image.read_bytes()
    image.write_text("mine")
    ran = run("import", "a.html", "-o", "b.md")
    assert (ran.status, image.read_text()) == (2, "mine")
    assert "images/a/a.svg is there already, and differs" in ran.err
    assert run("import", "a.html", "-o", "b.md", "--force").status == 0
    assert image.read_bytes() == imported
