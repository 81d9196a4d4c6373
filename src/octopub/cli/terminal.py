"""Which terminal there is, and what is said on it.

Imports `desk.formats.screen`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from octopub.desk.formats.screen import HANGING, Screen

if TYPE_CHECKING:
    from typing import TextIO


def screen(stream: TextIO) -> Screen:
    """What is written to this stream is shown on. Colours can be forbidden (https://no-color.org)."""
    if not stream.isatty():
        return Screen()
    is_coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(_columns(stream), is_coloured)


def say(text: str, stream: TextIO, hanging: int = HANGING) -> None:
    """Write a text of lines to this stream, folded where that is a terminal."""
    click.echo(screen(stream).text(text.removesuffix("\n"), hanging), file=stream)


def _columns(stream: TextIO) -> int | None:
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except OSError:
        return None
