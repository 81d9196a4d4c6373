"""The command as a whole: its parts, and what becomes of its errors.

Imports of `cli` the files, and each command when it is called.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from octopub import __version__
from octopub.cli import interrupt, streams
from octopub.cli.status import INTERRUPTED, MACHINE_FAILED, NOBODY_READS, say
from octopub.diagnostics import BuildError, MachineError, is_of_memory

if TYPE_CHECKING:
    from octopub.cli.bounds import Bounds

COMMANDS = {
    "epub": "epub.epub",
    "pdf": "pdf.pdf",
    "build": "build.build",
    "check": "checking.check",
    "explain": "checking.explain",
    "import": "bring.import_",
    "new": "start.new",
    "preview": "desk.preview",
    "lsp": "editor.lsp",
    "desk": "desk.desk",
    "schema": "look.schema",
    "doctor": "look.doctor",
}
"""What can be done, with the module of `cli` and the function that do it."""


class Commands(click.Group):
    """The commands, each imported when it is asked for: most of them need nothing of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's
        """Their names, in the order in which a manuscript meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's
        """One of them; None if there is none of that name."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As usual; where there is none of that name, the nearest is named."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415  # of no use where the name is right

            nearest = get_close_matches(name, COMMANDS, n=1)
            hint = f"did you mean {nearest[0]}?" if nearest else "see `octopub --help`"
            raise click.UsageError(f"there is no command {name}; {hint}", ctx)
        return super().resolve_command(ctx, args)


def command(name: str) -> click.Command:
    """One of the commands."""
    module, function = COMMANDS[name].split(".")
    with interrupt.held():  # cut off while it makes a dataclass, an import ends the process later, whatever is done
        found = getattr(import_module(f"octopub.cli.{module}"), function)
    assert isinstance(found, click.Command)
    found.help = _with_breaks(found.help)
    return found


def _with_breaks(text: str | None) -> str:
    """The mark of lines that stay as they are is a character that a docstring cannot show (click, “Help pages”)."""
    return (text or "").replace("\\b", "\b")


ABOUT = r"""\b
One Markdown manuscript becomes an EPUB for the e-reader and a PDF to print:
octopub new my-essay
octopub build my-essay/manuscript/essay.md
"""


@click.group(
    cls=Commands,
    help=_with_breaks(ABOUT),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="octopub")
def commands() -> None:
    """The command."""


def run(bounds: Bounds | None = None) -> int:
    """Run the command, within these bounds; gives its exit status."""
    try:
        return _run(bounds)
    except (BrokenPipeError, SystemExit):  # the latter is click's, for the former
        return NOBODY_READS
    except OSError:  # it could not be said either
        return MACHINE_FAILED
    finally:
        streams.let_go()


def _run(bounds: Bounds | None) -> int:
    try:
        return int(commands.main(standalone_mode=False, obj=bounds) or 0)
    except (KeyboardInterrupt, click.Abort):
        click.echo("octopub: interrupted", err=True)
        return INTERRUPTED
    except (click.ClickException, BuildError, MachineError, OSError) as error:
        return say(error)
    except Exception as error:
        if not is_of_memory(error):
            raise
        limit = bounds.reached() if bounds else ""
        click.echo(f"octopub: there is not enough memory for this text{limit}", err=True)
        return MACHINE_FAILED
