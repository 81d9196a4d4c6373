"""The commands that show a page in the browser: `preview`.

Imports `desk`, and of `cli` the files and the means.
"""

from __future__ import annotations

import os
import webbrowser

import click

from octopub import building
from octopub.cli.files import manuscript_of
from octopub.cli.means import means
from octopub.diagnostics import MachineError

PORT = 8917


@click.command()
@click.argument("manuscript", required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, metavar="N",
              help=f"Where the page is on this machine: {PORT} (usual), or the next that is free; 0 for any.")
@click.option("--no-open", is_flag=True, help="Open no browser; only say where the page is.")
@click.option("--editor", default="vscode", metavar="NAME|ADDRESS",
              help="What opens the manuscript: vscode (usual), vscodium, cursor, zed, sublime, textmate, bbedit, "
              "idea, or an address with {path}, {line} and {column}.")
def preview(manuscript: str | None, port: int, no_open: bool, editor: str) -> None:
    r"""Show the printed pages and the e-book in the browser, anew whenever the manuscript is saved. Ctrl-C ends it.

    \b
    octopub preview
    octopub preview essay.md --editor sublime
    """
    path = manuscript_of(manuscript, "")
    if path is None:
        raise click.UsageError("a preview follows a file; standard input is none")
    try:
        from octopub.desk.attempt import Order  # noqa: PLC0415  # an extra
        from octopub.desk.server import Rooms, app  # noqa: PLC0415  # as above
        from octopub.desk.serving import HERE, bind, server  # noqa: PLC0415  # as above
        from octopub.desk.state import EDITORS  # noqa: PLC0415  # as above
        from octopub.desk.workshop import Workshop  # noqa: PLC0415  # as above
    except ImportError as error:
        raise MachineError(f"{error.name} is not installed: `pip install 'octopub[desk]'`") from None
    if editor not in EDITORS and "{path}" not in editor:
        raise click.UsageError(f"{editor} is no editor that is known here; name its address, with {{path}} in it")
    bound = bind(port)
    number = bound.getsockname()[1]
    if port not in (0, number):
        click.echo(f"port {port} is in use: the page is at {number}", err=True)
    address = f"http://{HERE}:{number}/"
    with means(None, None, cache=True) as usable:
        workshop = Workshop(Order(path, {}, building.epoch(os.environ)), usable)
        rooms = Rooms(workshop, EDITORS.get(editor, editor))
        click.echo(address)
        if not no_open:
            webbrowser.open(address)
        server(app(workshop, number, rooms.routes)).run(sockets=[bound])
