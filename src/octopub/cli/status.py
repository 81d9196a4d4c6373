"""How a command ends: its exit status, and what it says last.

Imports the diagnostics, and of `cli` the terminal.
"""

from __future__ import annotations

import io
import sys
from typing import Any

import click

from octopub.cli import terminal
from octopub.diagnostics import BuildError, remedies

TEXT_AT_FAULT, WRONG_COMMAND, MACHINE_FAILED, INTERRUPTED = 1, 2, 3, 130
NOBODY_READS = 141
"""What a shell says of a program that a closed pipe ended."""


class TextAtFault(click.ClickException):
    """The complaints have been printed; nothing was written."""

    exit_code = TEXT_AT_FAULT

    def __init__(self) -> None:
        super().__init__("")

    def show(self, file: Any = None) -> None:
        """Nothing more to say."""


def say(error: Exception) -> int:
    """Say what went wrong, in one line; the exit status it stands for."""
    if isinstance(error, click.ClickException):
        said = io.StringIO()
        error.show(said)
        if said.getvalue():
            terminal.say(said.getvalue(), sys.stderr)
        return WRONG_COMMAND if isinstance(error, click.UsageError) else error.exit_code
    if isinstance(error, BuildError):
        shown = terminal.screen(sys.stderr)
        for line in (*error.table, *(shown.complaint(each, each.severity) for each in error.diagnostics)):
            click.echo(line, err=True)
        return TEXT_AT_FAULT
    what = remedies.refused(error) if isinstance(error, OSError) else str(error)
    terminal.say(f"octopub: {what}", sys.stderr)
    return MACHINE_FAILED


