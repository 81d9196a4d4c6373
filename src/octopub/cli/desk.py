"""The commands that show a page in the browser: `preview`, `desk`.

Imports `desk`, and of `cli` the files and the means.
"""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octopub import building
from octopub.cli import homes
from octopub.cli.files import text_of
from octopub.cli.means import means
from octopub.cli.placing import Output, place, put
from octopub.desk.browser.shortcut import MARK, starter
from octopub.diagnostics import MachineError

if TYPE_CHECKING:
    from socket import socket


PORT = 8917

PORT_OPTION = click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, metavar="N",
    help=f"Where the page is on this machine: {PORT} (usual), or the next that is free; 0 for any.",
)  # fmt: skip
NO_OPEN_OPTION = click.option("--no-open", is_flag=True, help="Open no browser; only say where the page is.")


@click.command(short_help="Show pages and e-book in the browser, after each save anew.")
@click.argument("manuscript", required=False, type=click.Path())
@PORT_OPTION
@NO_OPEN_OPTION
@click.option("--editor", default="vscode", metavar="NAME|ADDRESS",
              help="What opens the manuscript: vscode (usual), vscodium, cursor, zed, sublime, textmate, bbedit, "
              "idea, or an address with {path}, {line} and {column}.")
def preview(manuscript: str | None, port: int, no_open: bool, editor: str) -> None:
    r"""Show the printed pages and the e-book in the browser, anew whenever the manuscript is saved. Ctrl-C ends it.

    \b
    octopub preview
    octopub preview essay.md --editor sublime
    """
    path = text_of(manuscript)
    if path is None:
        raise click.UsageError("a preview follows a file; standard input is none")
    _need_extra()
    from octopub.desk.browser.attempt import Order  # noqa: PLC0415  # an extra
    from octopub.desk.browser.server import Rooms, app  # noqa: PLC0415  # as above
    from octopub.desk.browser.serving import server  # noqa: PLC0415  # as above
    from octopub.desk.browser.state import EDITORS  # noqa: PLC0415  # as above
    from octopub.desk.browser.workshop import Workshop  # noqa: PLC0415  # as above

    if editor not in EDITORS and "{path}" not in editor:
        raise click.UsageError(f"{editor} is no editor that is known here; name its address, with {{path}} in it")
    bound, number = _bound(port)
    with means(None, None, cache=True) as usable:
        workshop = Workshop(Order(path, {}, building.epoch(os.environ)), usable)
        rooms = Rooms(workshop, EDITORS.get(editor, editor))
        _tell(number, no_open=no_open)
        server(app(workshop, number, rooms.routes)).run(sockets=[bound])


@click.command(short_help="Make e-books and booklets in the browser alone.")
@click.option("--folder", type=click.Path(file_okay=False), metavar="FOLDER",
              help="Where the texts are kept; usual is octopub in your documents.")
@PORT_OPTION
@NO_OPEN_OPTION
@click.option("--install-shortcut", is_flag=True, help="Only put a starter to double-click on the desktop.")
def desk(folder: str | None, port: int, no_open: bool, install_shortcut: bool) -> None:
    r"""Make e-books and booklets in the browser, without a terminal: bring a text, a web page or a Word file, choose
    paper and sheets, take the files. It ends when its page has been closed for a minute.

    \b
    octopub desk
    octopub desk --install-shortcut
    """
    if install_shortcut:
        _install_starter()
        return
    _need_extra()
    from octopub.desk.browser.attendance import Attendance  # noqa: PLC0415  # an extra
    from octopub.desk.browser.server import Rooms, app  # noqa: PLC0415  # as above
    from octopub.desk.browser.serving import server  # noqa: PLC0415  # as above
    from octopub.desk.browser.table import Table  # noqa: PLC0415  # as above
    from octopub.desk.browser.texts import Texts  # noqa: PLC0415  # as above
    from octopub.desk.browser.workshop import Workshop  # noqa: PLC0415  # as above

    texts = Texts(_folder(folder), _keep)
    bound, number = _bound(port)
    with means(None, None, cache=True) as usable:
        workshop = Workshop(None, usable)
        attendance = Attendance(lambda: setattr(running, "should_exit", True))
        rooms = Rooms(workshop, "", attendance, is_desk=True)
        table = Table(workshop, texts, building.epoch(os.environ))
        running = server(app(workshop, number, [*rooms.routes, *table.routes], attendance))
        _tell(number, no_open=no_open)
        running.run(sockets=[bound])


def _need_extra() -> None:
    """Raise MachineError where what the page needs is not installed."""
    try:
        import octopub.desk.browser.pictures  # noqa: PLC0415  # an extra
        import octopub.desk.browser.server  # noqa: PLC0415  # as above
        import octopub.desk.browser.serving  # noqa: F401, PLC0415  # as above
    except ImportError as error:
        raise MachineError(f"{error.name} is not installed: `pip install 'octopub[desk]'`") from None


def _bound(port: int) -> tuple[socket, int]:
    """A socket at this port, or at the next; if so, that is said."""
    from octopub.desk.browser.serving import bind  # noqa: PLC0415  # an extra

    bound = bind(port)
    number = int(bound.getsockname()[1])
    if port not in (0, number):
        click.echo(f"port {port} is in use: the page is at {number}", err=True)
    return bound, number


def _tell(number: int, *, no_open: bool) -> None:
    """Say where the page is, and open it. The socket listens already: the browser waits for the server."""
    from octopub.desk.browser.serving import HERE  # noqa: PLC0415  # an extra

    address = f"http://{HERE}:{number}/"
    click.echo(address)
    if not no_open:
        webbrowser.open(address)


def _folder(named: str | None) -> Path:
    return Path(named) if named else homes.documents() / "octopub"


def _keep(target: Path, content: bytes) -> None:
    place([Output(target, put(content), make_folder=True)], remedy="nothing was saved")


def _install_starter() -> None:
    """Write the starter; one of ours is replaced, a file of somebody else's is not."""
    name, content = starter(sys.platform, sys.executable)
    target = homes.desktop() / name
    if target.is_symlink() or (target.exists() and MARK.encode() not in target.read_bytes()):
        raise click.UsageError(f"{target} is there already, and not octopub's: move it away first")
    _keep(target, content.encode())
    target.chmod(0o755)
    click.echo(str(target))
