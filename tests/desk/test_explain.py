"""`octopub explain`: each code has a page, and each example on it does what it says."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from octopub.desk.check import findings
from octopub.desk.explaining import Example, Page, pages
from octopub.diagnostics import Code
from tests.desk.stock import lay_out
from tests.running import Run

WITHOUT = {
    "note-not-whole": "the proof has nothing to find",
    "text-not-whole": "the same",
    "import-lost": "the same, of an import",
    "pages-unsettled": "needs two pages' worth of words set to the hair",
    "colour-unfit": "needs the profile of a press",
    "too-large": "needs a file beyond all bounds",
    "epubcheck": "needs Java, and a defect of octopub's",
    "epubcheck-warning": "the same",
    "ace": "needs Chromium, and a defect of octopub's",
}
"""Codes that no example shows, and why."""

EXAMPLES = [
    pytest.param(page.code, example, id=f"{page.code.slug}-{example.kind}-{'wrong' if example.is_wrong else 'right'}")
    for page in pages().values()
    for example in page.examples
]


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stock")
    lay_out(folder)
    return folder


@pytest.mark.parametrize("code", Code, ids=lambda code: code.slug)
def test_each_code_has_a_page_with_all_its_parts(code: Code) -> None:
    page: Page = pages()[code]
    assert page.what.endswith(".")
    assert page.mend.endswith(".")
    sides = [example.is_wrong for example in page.examples]
    assert sides == ([] if code.slug in WITHOUT else [True, False])


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_example(
    code: Code, example: Example, stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    if example.kind == "markdown":
        found = {each.code for each in findings(example.text, name="text.md", base=stock)}
        assert (code in found) is example.is_wrong
        return
    folder = shutil.copytree(stock, tmp_path / "stock", symlinks=True)
    monkeypatch.chdir(folder)
    command = example.text.removeprefix("$ octopub ").strip()
    ran = Run(folder, monkeypatch, capfd)(*shlex.split(command))
    assert (f"[{code.slug}]" in ran.out + ran.err) is example.is_wrong, ran
    assert example.is_wrong or ran.status == 0, ran


def test_without_a_code_it_lists_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Run(tmp_path, monkeypatch, capsys)("explain")
    assert [line.split()[0] for line in ran.out.splitlines()] == [code.slug for code in Code]


def test_it_shows_the_page_and_suggests_the_nearest_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tmp_path, monkeypatch, capsys)
    ran = run("explain", "note-undefined")
    assert ran.out.startswith("note-undefined (error)\n\nA note is called, but no definition has its label.\n")
    assert "It was so.[^who]" in ran.out
    wrong = run("explain", "note-undefind")
    assert (wrong.status, wrong.out) == (2, "")
    assert "there is no code note-undefind; did you mean note-undefined?" in wrong.err
