"""The guide is a book that octopub makes, and its examples are run."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from octopub import cli
from octopub.building import epub, load, pdf
from tests.tools import ROOT, epubcheck

GUIDE = ROOT / "docs/guide/manuscript/guide.md"
BLOCKS = re.findall(r"^```([a-z ]+)\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def blocks(kind: str) -> list[str]:
    return [text for name, text in BLOCKS if name == kind]


def test_it_is_a_book_without_a_complaint() -> None:
    loaded = load(GUIDE)
    made = epub(loaded)
    assert loaded.diagnostics == made.diagnostics == ()
    assert made.content is not None
    assert epubcheck(made.content) == []
    printed = pdf(loaded)
    assert printed.diagnostics == ()
    assert printed.content is not None


@pytest.mark.parametrize("text", blocks("markdown"), ids=lambda text: text.splitlines()[1])
def test_its_manuscripts_build(text: str, tmp_path: Path) -> None:
    path = tmp_path / "example.md"
    path.write_text(text, "utf-8")
    loaded = load(path)
    assert loaded.diagnostics == ()
    assert epub(loaded).content is not None
    assert pdf(loaded).content is not None


def test_its_faulty_manuscript_is_complained_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (faulty,), (told,) = blocks("markdown faulty"), blocks("text")
    Path("slip.md").write_text(faulty, "utf-8")
    (complaint,) = load(Path("slip.md")).diagnostics
    assert str(complaint).split() == told.split()


def test_its_commands_do_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in re.split(r"^\$ ", "".join(blocks("console")), flags=re.MULTILINE)[1:]:
        command, _, shown = line.partition("\n")
        program, *arguments = shlex.split(command)
        if program == "cd":
            monkeypatch.chdir(arguments[0])
            continue
        monkeypatch.setattr(sys, "argv", [program, *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert (command, ended.value.code or 0, capsys.readouterr().out) == (command, 0, shown)


def test_its_program_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (program,) = blocks("python")
    exec(compile(program, "guide.md", "exec"), {})
    assert {path.name for path in tmp_path.iterdir()} == {"small.epub", "small.pdf"}
