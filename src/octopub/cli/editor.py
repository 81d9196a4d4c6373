"""The command `lsp`: what an editor asks.

Imports `desk`.
"""

from __future__ import annotations

import click

from octopub.diagnostics import MachineError, remedies


@click.command(short_help="Answer an editor (Language Server Protocol).")
def lsp() -> None:
    r"""Answer an editor on the standard streams (Language Server Protocol): complaints while one types, the way from a
    call to its note and back, renaming, outline, completion. The editor starts it.

    \b
    octopub lsp
    """
    try:
        from octopub.desk.lsp.server import server  # noqa: PLC0415  # an extra
    except ImportError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise MachineError(f"the language server needs pygls: {remedies.packages(['pygls'])}") from None
    server.start_io()
