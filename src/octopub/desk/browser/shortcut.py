"""Starters to double-click: what they say, on each system.

Imports nothing of octopub, and writes nothing.
"""

from __future__ import annotations

import shlex
from typing import NamedTuple

MARK = "Made by octopub desk --install-shortcut"
"""A line of each, by which ours is known."""


class Starter(NamedTuple):
    """A file to double-click: its name and its content."""

    name: str
    content: str


def starter(platform: str, python: str) -> Starter:
    """The starter for a system, as `sys.platform` names it, with the Python that has octopub."""
    if platform == "win32":
        program = python.replace("%", "%%")
        return Starter("octopub.bat", f'@echo off\r\nrem {MARK}\r\n"{program}" -m octopub desk\r\n')
    if platform == "darwin":
        return Starter("octopub.command", f"#!/bin/sh\n# {MARK}\nexec {shlex.quote(python)} -m octopub desk\n")
    return Starter(
        "octopub.desktop",
        f"[Desktop Entry]\n# {MARK}\nType=Application\nName=octopub\nComment=A text becomes an e-book and a booklet\n"
        f"Exec={_quoted(python)} -m octopub desk\nTerminal=false\nCategories=Office;Publishing;\n",
    )


def _quoted(program: str) -> str:
    """As the Desktop Entry Specification has it (“The Exec key”): quoted, and its backslashes once more, since the
    whole is a string."""
    quoted = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in program)
    return '"' + quoted.replace("\\", "\\\\").replace("%", "%%") + '"'
