"""The command line: the only part that prints, exits and writes outputs.

`program` is the command, and names what it can do with the modules that do it; `files` is what these share.
Exit status: 0 done, 1 the text is at fault and nothing was written, 2 the command line is wrong, 3 something of the
machine is missing or failed, 130 interrupted, 141 nobody reads what it says.
"""

from __future__ import annotations

import atexit
import gc
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from octopub.cli import interrupt, streams

if TYPE_CHECKING:
    from octopub.cli.bounds import Bounds


def main(bounds: Bounds | None = None) -> None:
    """Run the command, and exit with its status. `bounds` are those of this process, where another waits for it."""
    try:
        interrupt.heed()
        streams.make_ready()
        status = _run(bounds)
    except KeyboardInterrupt:  # before there was a command, or behind it
        from octopub.cli.status import INTERRUPTED  # noqa: PLC0415  # few runs need it here

        sys.stderr.write("octopub: interrupted\n")
        status = INTERRUPTED
    with suppress(KeyboardInterrupt):  # all is done
        interrupt.leave()
    sys.exit(status)


def _run(bounds: Bounds | None) -> int:
    # Modules, tokens and boxes are made by the hundred thousand and live to the end: looking through them finds
    # nothing.
    gc.set_threshold(100_000, 20, 20)
    with interrupt.held():
        from octopub.cli.program import run  # noqa: PLC0415  # three hundred modules, with the collector at rest

    # Nor need it look at what was imported, which stays, nor at what is left at the end, which the system takes
    # back: together that is a tenth of the time.
    gc.freeze()
    atexit.register(gc.freeze)
    return run(bounds)
