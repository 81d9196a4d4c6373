"""The command as a whole: its parts, and what becomes of its errors.

Imports the commands, and of `cli` the files.
"""

from __future__ import annotations

import click

from octopub import __version__
from octopub.cli import bring, checking, desk, editor, interrupt, look, make, start
from octopub.cli.files import INTERRUPTED, MACHINE_FAILED, say
from octopub.diagnostics import BuildError, MachineError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="octopub")
def commands() -> None:
    r"""One Markdown manuscript becomes an EPUB for the e-reader and a PDF for the printer.

    MANUSCRIPT may be left out: then it is the one .md file in manuscript/. “-” is standard input.

    \b
    octopub new my-essay
    octopub build my-essay/manuscript/essay.md
    """


COMMANDS = (
    make.epub,
    make.pdf,
    make.build,
    checking.check,
    checking.explain,
    bring.import_,
    start.new,
    desk.preview,
    editor.lsp,
    desk.desk,
    look.schema,
    look.doctor,
)

for command in COMMANDS:
    commands.add_command(command)
for command in (commands, *COMMANDS):
    # The mark of lines that stay as they are is a character that a docstring cannot show (click, “Help pages”).
    command.help = (command.help or "").replace("\\b", "\b")


def run() -> int:
    """Run the command; gives its exit status."""
    interrupt.heed()
    try:
        return int(commands.main(standalone_mode=False) or 0)
    except (KeyboardInterrupt, click.Abort):
        click.echo("octopub: interrupted", err=True)
        return INTERRUPTED
    except (click.ClickException, BuildError, MachineError, OSError) as error:
        return say(error)
    except MemoryError:
        click.echo("octopub: there is not enough memory for this text", err=True)
        return MACHINE_FAILED
