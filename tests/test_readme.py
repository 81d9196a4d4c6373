"""The README's examples are run, and what it lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import octopub
from octopub import cli
from octopub.building import load
from octopub.cli.program import COMMANDS, command
from octopub.diagnostics import Code
from octopub.model import Imposition
from octopub.reading.languages import LANGUAGES
from octopub.reading.raw import KEPT
from tests.running import Run
from tests.tools import ROOT, needs_tool, pdf_text, words
from tools.diagrams import diagram

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_example_manuscript_builds_without_a_complaint(tmp_path: Path) -> None:
    needs_tool("pdftotext")
    (manuscript,) = blocks("markdown")
    path = tmp_path / "paper.md"
    path.write_text(manuscript, "utf-8")
    loaded = load(path)
    assert loaded.diagnostics == ()
    assert loaded.book is not None
    assert [note.number for note in loaded.book.notes] == [1, 2]
    assert octopub.build_epub(path).startswith(b"PK")
    printed = words(" ".join(pdf_text(octopub.build_pdf(path))))
    for word in words("a book that has not been folded yet Nobody remembers quotations"):
        assert word in printed


def test_the_library_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (program,) = blocks("python")
    exec(compile(program, "README.md", "exec"), {})
    assert (tmp_path / "notes.epub").exists()


def test_the_recorded_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (session,) = [block for block in blocks("console") if block.startswith("$ cat draft.md")]
    draft, shown = session.removeprefix("$ cat draft.md\n").split("$ octopub check draft.md\n")
    Path("draft.md").write_text(draft, "utf-8")
    monkeypatch.setattr("sys.argv", ["octopub", "check", "draft.md"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out + err) == (1, shown)


def test_the_way_from_a_text_file_to_a_booklet(run: Run) -> None:
    part = "Of the river, which was low [{0}], and of those who crossed it.\n\n"
    text = "".join(f"{number}\n\n{part.format(index)}" for index, number in enumerate(["I", "II"], 1))
    run.write("essay.txt", f"THE FERRY\n\nby Ann Wick\n\n{text}Notes\n\n[1] In 1911.\n[2] As they say.\n")
    (session,) = [block for block in blocks("console") if block.startswith("$ octopub import")]
    for step in session.split("$ octopub ")[1:]:
        command, _, shown = step.partition("\n")
        ran = run(*command.split())
        assert ran.status == 0
        assert set(shown.splitlines()) <= {*ran.out.splitlines(), *ran.err.splitlines()}


def test_the_two_commands_are_the_makefiles() -> None:
    assert blocks("console")[0] == "$ make\n$ make test\n"
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^all: .*##", makefile, re.MULTILINE)
    assert re.search(r"^test: .*##", makefile, re.MULTILINE)


def test_every_command_and_option_is_listed() -> None:
    listed = blocks("text")[1]
    for name in COMMANDS:
        (line,) = [line for line in listed.splitlines() if line.startswith(f"octopub {name} ")]
        for parameter in command(name).params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[0] in line, f"{name} {parameter.opts}"


def test_every_key_of_the_front_matter_is_listed(tmp_path: Path) -> None:
    """And every listed key is known."""
    tables = README[README.index("### The front matter") : README.index("### The project folder")]
    rows = [line.split("|")[1] for line in tables.splitlines() if line.startswith("| `")]
    outer, inner = tables.split("under `octopub:`")
    keys = {part: re.findall(r"`([a-z-]+)`", " ".join(row for row in rows if row in part)) for part in (outer, inner)}
    text = "---\n" + "".join(f"{key}:\n" for key in keys[outer]) + "octopub:\n"
    text += "".join(f"  {key}:\n" for key in keys[inner]) + "---\n\nText.\n"
    path = tmp_path / "keys.md"
    path.write_text(text, "utf-8")
    assert [d for d in load(path).diagnostics if d.code.slug == "key-unknown"] == []
    source = (ROOT / "src/octopub/reading/frontmatter.py").read_text("utf-8")
    known = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source)) & {
        "title", "subtitle", "author", "translator", "date", "publisher", "edition", "rights", "description", "subject",
        "lang", "identifier", "cover-image", "kind", "paper", "notes", "fonts", "quotes", "title-page", "contents",
        "colophon", "short-title", "url", "imprint", "credit", "missing-glyphs", "modified",
    }  # fmt: skip
    assert known <= set(keys[outer]) | set(keys[inner])


def test_the_languages_are_those_of_the_table() -> None:
    listed = re.search(r"as the language asks\n\((.*?)\)", README, re.DOTALL)
    assert listed
    assert set(re.findall(r"[a-z]{2}(?:-[A-Z]{2})?", listed[1])) == set(LANGUAGES)


def test_the_kept_elements_are_those_of_the_list() -> None:
    (row,) = [line for line in README.splitlines() if line.startswith("| Raw HTML")]
    listed = re.search(r"`([^`]*)`", row)
    assert listed
    assert set(listed[1].split()) == KEPT | {"br"}


LINK = re.compile(r"\]\(((?!http|#)[^)\s]+)\)")
"""A link to a file. (The examples link to anchors, and to an image with a caption.)"""


@pytest.mark.parametrize("name", sorted(set(LINK.findall(README))))
def test_what_it_links_to_is_there(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("mode", Imposition)
def test_the_diagrams_of_the_sheets_are_those_that_are_printed(mode: Imposition) -> None:
    assert (ROOT / f"docs/images/{mode}.svg").read_text("utf-8") == diagram(mode)
    assert f"(docs/images/{mode}.svg)" in README


def test_the_copy_editor_rules_are_those_that_there_are() -> None:
    table = README[README.index("### What a copy editor would mark") :].split("turns a rule off")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`([a-z-]+)`", " ".join(rows))) == {code.slug for code in Code if code.is_rule}
