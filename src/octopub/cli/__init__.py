"""The command line: the only part that prints, exits and writes outputs.

`make`, `bring` and `look` have the commands, `files` what they share. Exit status: 0 done, 1 the text is at fault and
nothing was written, 2 the command line is wrong, 3 something of the machine is missing or failed, 130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
import sys

import click

from octopub import __version__
from octopub.cli import bring, look, make
from octopub.cli.files import INTERRUPTED, MACHINE_FAILED, say
from octopub.diagnostics import BuildError, MachineError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="octopub")
def commands() -> None:
    """One Markdown manuscript becomes an EPUB for the e-reader and a PDF for the printer.

    MANUSCRIPT may be left out: then it is the one .md file in manuscript/. “-” is standard input.
    """


for command in (make.epub, make.pdf, make.build, make.check, bring.import_, look.doctor):
    commands.add_command(command)


def main() -> None:
    """Run the command, and exit with its status."""
    # The collector need not look at what was imported, which stays to the end, nor at what is left at the
    # end, which the system takes back: together that is a tenth of the time.
    gc.freeze()
    # Layout makes boxes by the hundred thousand that live to its end: looking through them finds nothing.
    gc.set_threshold(100_000, 20, 20)
    atexit.register(gc.freeze)
    try:
        status = commands.main(standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        click.echo("octopub: interrupted", err=True)
        status = INTERRUPTED
    except (click.ClickException, BuildError, MachineError, OSError) as error:
        status = say(error)
    except MemoryError:
        click.echo("octopub: there is not enough memory for this text", err=True)
        status = MACHINE_FAILED
    sys.exit(status)
