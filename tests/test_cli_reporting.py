"""The page report at the command line: where it goes, and what is refused."""

from __future__ import annotations

import json
import sys

import pytest

from tests.running import ESSAY, Run


@pytest.mark.parametrize("name", ["marks.json", "marks.HTML"])
def test_it_is_written_beside_the_pdf_and_told_behind_it(run: Run, name: str) -> None:
    run.write("manuscript/essay.md", ESSAY)
    ran = run("pdf", "--report", name)
    assert (ran.status, ran.out) == (0, f"build/essay.pdf\n{name}\n")
    text = (run.folder / name).read_text("utf-8")
    if name.endswith("json"):
        assert json.loads(text)["manuscript"] == "manuscript/essay.md"
    else:
        assert text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--report", "marks.txt"], "a report is a file that ends in .json or .html"),
        (["--report", "folder.json"], "folder.json is a folder"),
        (["-o", "both.json", "--report", "both.json"], "would both be written to both.json"),
        (["--from", "x.pdf", "--impose", "2up", "--report", "marks.json"], "are laid out already"),
    ],
)
def test_what_is_refused(run: Run, options: list[str], problem: str) -> None:
    run.write("manuscript/essay.md", ESSAY)
    (run.folder / "folder.json").mkdir()
    ran = run("pdf", *options)
    assert ran.status == 2
    assert problem in ran.err
    assert not (run.folder / "build").exists()


def test_without_pdfium_there_are_no_pictures_and_nothing_is_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.write("manuscript/essay.md", ESSAY)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    ran = run("pdf", "--report", "marks.html")
    assert ran.status == 3
    assert "octopub[report]" in ran.err
    assert not (run.folder / "build").exists()


def test_a_text_with_errors_has_no_report(run: Run) -> None:
    run.write("manuscript/essay.md", ESSAY + "\n[^none] is no note\n\n![](nothing.png)\n")
    ran = run("pdf", "--report", "marks.json")
    assert ran.status == 1
    assert not (run.folder / "marks.json").exists()
