"""The command line: the only part that prints, exits and writes outputs.

`program` is the command, and names what it can do with the modules that do it; `files` is what these share.
Exit status: 0 done, 1 the text is at fault and nothing was written, 2 the command line is wrong, 3 something of the
machine is missing or failed, 130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
import sys


def main() -> None:
    """Run the command, and exit with its status."""
    # Modules, tokens and boxes are made by the hundred thousand and live to the end: looking through them finds
    # nothing.
    gc.set_threshold(100_000, 20, 20)
    from octopub.cli.program import run  # noqa: PLC0415  # three hundred modules, with the collector at rest

    # Nor need it look at what was imported, which stays, nor at what is left at the end, which the system takes
    # back: together that is a tenth of the time.
    gc.freeze()
    atexit.register(gc.freeze)
    sys.exit(run())
