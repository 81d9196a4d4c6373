"""Which terminal there is.

Imports `desk.formats.screen`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from octopub.desk.formats.screen import Screen

if TYPE_CHECKING:
    from typing import TextIO


def screen(stream: TextIO) -> Screen:
    """What is written to this stream is shown on. Colours can be forbidden (https://no-color.org)."""
    if not stream.isatty():
        return Screen()
    is_coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(_columns(stream), is_coloured)


def _columns(stream: TextIO) -> int | None:
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except OSError:
        return None
