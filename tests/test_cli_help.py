"""The help of every command fits a screen, and shows by examples how the command is used."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from octopub.cli.program import COMMANDS, command
from tests.running import Run

ROWS, COLUMNS = 23, 80
"""A terminal's screen without the line of the prompt."""


def pages_of(name: str) -> list[str]:
    """The options that show a command's help."""
    options = (each for each in command(name).params if each.name and each.name.startswith("help_"))
    return ["--help", *(each.opts[0] for each in options)]


PAGES = [("--help",), *((name, page) for name in COMMANDS for page in pages_of(name))]

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


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_told_on_one_page(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    pages = [run(name, page).out for page in pages_of(name)]
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            record = re.compile(rf"^  (-\w, )?{re.escape(parameter.opts[-1])}(?=\s)", re.MULTILINE)
            assert sum(bool(record.search(page)) for page in pages) == 1, parameter.opts


def test_the_first_page_tells_of_the_others() -> None:
    apart = ["--help-page", "--help-print-shop", "--help-sheets", "--help-modes", "--help-run"]
    assert pages_of("pdf") == ["--help", *apart]
    assert pages_of("epub") == pages_of("build") == ["--help", "--help-run"]
    assert pages_of("check") == ["--help"]
