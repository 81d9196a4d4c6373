"""The help of every command fits a screen, and shows by examples how the command is used."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from octopub.cli.imposing import ABOUT_SHEETS
from octopub.cli.program import COMMANDS, command
from tests.running import Run

ROWS, COLUMNS = 40, 80

PAGES = [("--help",), *((name, "--help") for name in COMMANDS), ("pdf", "--help-sheets")]

EXAMPLE = re.compile(r"^ +octopub (.*?)(?:  +.*)?$", re.MULTILINE)
"""An example, and behind it, after some spaces, what it does."""


@pytest.fixture(params=PAGES, ids=" ".join)
def help_page(request: pytest.FixtureRequest, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    ran = run(*request.param)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def test_it_fits_a_screen(help_page: str) -> None:
    lines = help_page.splitlines()
    assert len(lines) <= ROWS
    assert [line for line in lines if len(line) > COLUMNS] == []


def test_it_has_an_example_which_the_command_takes(help_page: str) -> None:
    examples = EXAMPLE.findall(help_page)
    assert examples
    for example in examples:
        name, *arguments = shlex.split(example.split(" > ")[0])
        known = command(name)
        with click.Context(known, resilient_parsing=True) as context:
            known.make_parser(context).parse_args(arguments)  # raises UsageError for what it does not know


def test_the_list_of_commands_says_each_in_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    listed = run("--help").out.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert [line for line in listed if "..." in line] == []


def test_every_option_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    usual, sheets = (run("pdf", page).out for page in ("--help", "--help-sheets"))
    for parameter in command("pdf").params:
        if isinstance(parameter, click.Option):
            there, elsewhere = (sheets, usual) if parameter.name in ABOUT_SHEETS else (usual, sheets)
            record = re.compile(rf"^  (-\w, )?{re.escape(parameter.opts[-1])}(?=\s)", re.MULTILINE)
            assert record.search(there)
            assert not record.search(elsewhere)
