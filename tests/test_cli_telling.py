"""What the commands tell of their work: on a terminal, when piped, and when they are asked to say more or less."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from octopub import building
from octopub.cli.telling import _said
from octopub.pdf.room import Means, Stage
from tests.running import ESSAY, Run
from tests.test_readme import README
from tests.tools import needs_tool

BOOK = "---\ntitle: Two\nauthor: A\n---\n\n# First chapter\n\nText.[^1]\n\n[^1]: Note.\n\n# Second chapter\n\nText.\n"

PROGRAM = "import sys; sys.argv[0] = 'octopub'; from octopub.cli import main; main()"
"""The program as it is installed."""


def test_the_pdf_tells_its_phases_and_its_chapters(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(BOOK, "utf-8")
    heard: list[Stage] = []
    building.pdf(building.load(path), Means(tell=heard.append))
    assert list(dict.fromkeys(stage.phase for stage in heard)) == ["laying out", "proof", "putting together"]
    laying = [stage for stage in heard if stage.phase == "laying out"]
    assert {"First chapter", "Second chapter"} <= {stage.part for stage in laying}
    assert (laying[0].done, laying[-1].done) == (0, laying[-1].total)
    assert [stage.done for stage in laying] == sorted(stage.done for stage in laying)
    assert laying[-1].total > 0


def on_a_terminal(
    folder: Path, *arguments: str, columns: int = 80, wholly: bool = False, **settings: str
) -> tuple[str, str]:
    """What the command writes to a standard output that is none, unless it is `wholly` on the terminal, and to a
    standard error that is a terminal, with what moves there and its colours."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    environment = {**os.environ, "TERM": "xterm", **settings}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    out_to = theirs if wholly else subprocess.PIPE
    with subprocess.Popen(command, stdout=out_to, stderr=theirs, cwd=folder, env=environment) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # Linux says so when nobody has the other end any more
                break
            if not piece:
                break
            shown += piece
        out, _ = process.communicate()
    os.close(ours)
    return (out or b"").decode(), shown.decode().replace("\r\n", "\n")


def plain(shown: str) -> str:
    """Without what moves, and without colours."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


def test_a_terminal_shows_phases_chapters_and_the_time_left(run: Run) -> None:
    run.write("a.md", BOOK)
    out, shown = on_a_terminal(run.folder, "pdf", "a.md", "--no-cache", "--workers", "1")
    assert out == "build/a.pdf\n"
    for said in ("Reading …", "Laying out: ", "chapter …", "00:0"):
        assert said in plain(shown)


def test_a_terminal_shows_complaints_in_colours_and_folds_them(run: Run) -> None:
    run.write("a.md", ESSAY.replace("A text", "A text that goes on on and on, and then some"))
    _, shown = on_a_terminal(run.folder, "check", "a.md", columns=40, wholly=True)
    place, caret = "\x1b[1ma.md:7:18:\x1b[0m \x1b[1;33mwarning:\x1b[0m ", "\x1b[1;33m^~~~~\x1b[0m\n"
    assert f"{place}“on” stands here\n  twice in a row" in shown
    assert caret in shown
    said = plain(shown)[plain(shown).index("a.md:") :]
    assert max(map(len, said.splitlines())) <= 40
    for other in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert on_a_terminal(run.folder, "check", "a.md", columns=40, wholly=True, **other)[1].endswith(said)
    run.write("a.md", ESSAY.replace("[^1]\n", "[^x]\n"))
    assert "\x1b[1;31merror:" in on_a_terminal(run.folder, "epub", "a.md")[1]


SAID_ON_A_TERMINAL = {
    "a wrong command": (("check", "no-such-text.md"), "Error: there is no manuscript\n  no-such-text.md\n"),
    "nothing to complain of": (("check", "a.md"), "a.md: no complaints\n"),
    "complaints of one of two": (("check", "a.md", "b.md"), "b.md: 1 warning\na.md: no complaints\n"),
}


@pytest.mark.parametrize(("arguments", "says"), SAID_ON_A_TERMINAL.values(), ids=SAID_ON_A_TERMINAL)
def test_what_else_is_said_on_a_terminal(run: Run, arguments: tuple[str, ...], says: str) -> None:
    run.write("a.md", ESSAY)
    run.write("b.md", ESSAY.replace("A text", "A text text"))
    _, shown = on_a_terminal(run.folder, *arguments, columns=40, wholly=True)
    assert plain(shown).endswith(says)
    assert max(map(len, plain(shown).splitlines())) <= 40


def test_a_quiet_terminal_shows_nothing(run: Run) -> None:
    run.write("a.md", BOOK)
    assert on_a_terminal(run.folder, "pdf", "a.md", "--quiet") == ("build/a.pdf\n", "")


def test_piped_it_says_nothing(run: Run) -> None:
    run.write("a.md", BOOK)
    assert run("build", "a.md") == (0, "build/a.epub\nbuild/a.pdf\n", "")


@pytest.mark.parametrize("command", ["epub", "pdf", "build"])
def test_verbose_tells_where_the_time_went(run: Run, command: str) -> None:
    run.write("a.md", BOOK)
    ran = run(command, "--verbose", "a.md")
    assert ran.status == 0
    told = dict(re.findall(r"^(.*\S) +([0-9.]+) s$", ran.err, re.MULTILINE))
    assert len(told) == len(ran.err.splitlines())
    expected = {"epub": {"EPUB", "writing EPUB"}, "pdf": {"laying out", "proof", "putting together", "writing PDF"}}
    wanted = expected.get(command, expected["epub"] | expected["pdf"])
    assert set(told) == {"reading", "the rest", "in all"} | wanted
    parts = sum(float(seconds) for phase, seconds in told.items() if phase != "in all")
    assert parts == pytest.approx(float(told["in all"]), abs=0.01 * len(told))


def test_quiet_leaves_out_all_but_errors(run: Run) -> None:
    run.write("a.md", ESSAY + "\n[^2]: Nobody calls this.\n")
    run.write("b.md", ESSAY.replace("[^1]\n", "[^1][^x]\n"))
    assert run("build", "--quiet", "a.md") == (0, "build/a.epub\nbuild/a.pdf\n", "")
    assert "note-uncalled" in run("epub", "--quiet", "--strict", "a.md").err
    ran = run("build", "--quiet", "b.md", "a.md")
    assert ran.status == 1
    assert [line[-16:] for line in ran.err.splitlines()] == ["[note-undefined]"]


def test_both_at_once_are_a_wrong_command_line(run: Run) -> None:
    run.write("a.md", ESSAY)
    assert run("epub", "--quiet", "--verbose", "a.md").status == 2


@pytest.mark.parametrize(
    ("phase", "part", "expected"),
    [
        ("reading", "", "Reading …"),
        ("writing PDF", "", "Writing PDF …"),
        ("laying out", "The Sea", "Laying out: The Sea …"),
        ("laying out", "x" * 40, f"Laying out: {'x' * 29}… …"),
    ],
)
def test_how_a_phase_is_named(phase: str, part: str, expected: str) -> None:
    assert _said(phase, part) == expected


# -- completion ---------------------------------------------------------------------------------


def complete(folder: Path, shell: str, task: str, **words: str) -> str:
    """What the program says to a shell that asks."""
    environment = {**os.environ, "_OCTOPUB_COMPLETE": f"{shell}_{task}", **words}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(tmp_path: Path, shell: str) -> None:
    needs_tool("bash")
    script = complete(tmp_path, shell, "source")
    assert f"_OCTOPUB_COMPLETE={shell}_complete" in script
    assert f"_OCTOPUB_COMPLETE={shell}_source octopub" in README


COMPLETED = {
    "a command": ("octopub sch", 1, "schema"),
    "an option": ("octopub pdf --one", 2, "--one-sided"),
    "a choice": ("octopub pdf --impose z", 3, "zine"),
    "a kind": ("octopub new x --kind han", 4, "handout"),
}


@pytest.mark.parametrize(("words", "at", "expected"), COMPLETED.values(), ids=COMPLETED.keys())
def test_what_bash_completes(tmp_path: Path, words: str, at: int, expected: str) -> None:
    found = complete(tmp_path, "bash", "complete", COMP_WORDS=words, COMP_CWORD=str(at))
    assert found.splitlines() == [f"plain,{expected}"]


@pytest.mark.parametrize("words", ["octopub epub man", "octopub build a.md man", "octopub import te", "octopub pdf -o b"])
def test_manuscripts_are_files(tmp_path: Path, words: str) -> None:
    found = complete(tmp_path, "bash", "complete", COMP_WORDS=words, COMP_CWORD=str(words.count(" ")))
    assert found.splitlines() == [f"file,{words.rsplit(maxsplit=1)[-1]}"]


def test_a_real_bash_takes_it(tmp_path: Path) -> None:
    needs_tool("bash")
    program = tmp_path / "octopub"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{PROGRAM}" "$@"\n')
    program.chmod(0o755)
    asked = (
        'eval "$(_OCTOPUB_COMPLETE=bash_source octopub)"; COMP_WORDS=(octopub doc); COMP_CWORD=1; '
        '_octopub_completion octopub; echo "${COMPREPLY[@]}"'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", asked], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "doctor\n", done.stderr
